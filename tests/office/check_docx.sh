#!/bin/sh
# check_docx.sh - LibreOffice opens the Word reports of the example and shows all that stands in them:
# sh check_docx.sh NPTKIT FOLDER
#
# The witness for what must stand there is the HTML of the same reports, read by compare_docx.py.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$1
cd "$2"
study=$here/../../examples/whole-family

fail() {
    echo "FAILED: $*"
    exit 1
}

# Converts with a profile of its own; a word of warning is a fault. It says on standard error that there is no Java,
# which is not asked for.
office() {
    soffice "-env:UserInstallation=file://$PWD/profile" --headless --norestore "$@" \
        >office.log 2>office.err || fail "soffice $*: $(cat office.log office.err)"
    if grep -v 'javaldx' office.err | grep -q .; then
        fail "soffice $*: $(cat office.err)"
    fi
    if grep -iE 'warn|error' office.log; then
        fail "soffice $*"
    fi
}

for recipe in site-comparison methods; do
    "$program" report "$recipe" "$study" -o "$recipe.docx" --quiet
    "$program" report "$recipe" "$study" -o "$recipe.html" --quiet
    "$program" report "$recipe" "$study" -o again.docx --quiet
    cmp "$recipe.docx" again.docx || fail "$recipe: two runs, two files"
done
echo 'ok: the same study gives the same bytes'

office --convert-to pdf site-comparison.docx methods.docx
for made in site-comparison.pdf methods.pdf; do
    [ -s "$made" ] || fail "no $made was made"
done
echo 'ok: both reports become PDF without a word of warning'

for recipe in site-comparison methods; do
    pdftotext -enc UTF-8 -layout "$recipe.pdf" "$recipe.txt"
    pdftoppm -r 30 -png "$recipe.pdf" "$recipe-page" 2>ppm.err
    [ ! -s ppm.err ] || fail "$recipe: $(cat ppm.err)"
    pages=$(pdfinfo "$recipe.pdf" | sed -n 's/^Pages: *//p')
    drawn=$(find . -name "$recipe-page-*.png" -size +0 | wc -l)
    [ "$pages" -gt 2 ] || fail "$recipe: only $pages pages"
    [ "$drawn" -eq "$pages" ] || fail "$recipe: $drawn of $pages pages drawn"
done
echo 'ok: every page can be drawn'

# What LibreOffice writes again, from what it understood.
mkdir docx odt
office --convert-to docx --outdir docx site-comparison.docx methods.docx
office --convert-to odt --outdir odt site-comparison.docx methods.docx
python3 "$here/compare_docx.py" site-comparison methods

# The same as PDF by nptkit itself, which runs LibreOffice in a temporary folder.
mkdir temporary
TMPDIR=$PWD/temporary "$program" report methods "$study" -o own.pdf --quiet
[ -z "$(ls temporary)" ] || fail 'something was left in the temporary folder'
pdfinfo own.pdf >info.txt
grep -q '^Tagged: *yes' info.txt || fail 'the PDF has no tags to be read aloud by'
grep -q '^Page size:.*A4' info.txt || fail 'the pages are not A4'
pdftotext -enc UTF-8 -layout own.pdf own.txt
cmp own.txt methods.txt || fail 'the PDF says something else than the Word file'
echo 'ok: --format pdf gives the same text, tagged, and leaves nothing behind'
