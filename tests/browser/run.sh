#!/bin/sh
# run.sh - makes reports, on the example study and on one with hostile names, and has them checked in a browser.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
nptkit=$1
reports=build/browser/reports
example=examples/whole-family
rm -rf "$reports"
mkdir -p "$reports"
python3 tests/browser/hostile.py "$example" surveys codebooks "$reports/study"
cp "$reports/study/names.json" "$reports"
# make_reports STUDY NAME: of every recipe; of one for a site, the report on the last site; and the page that leads to them.
make_reports() {
    mkdir -p "$reports/$2"
    for recipe in $("$nptkit" report list | cut -d' ' -f1); do
        "$nptkit" batch -C "$1" -q -o "$reports/$2/$recipe" --recipe "$recipe"
        last=
        for report in "$reports/$2/$recipe"/[!i]*.html; do last=$report; done
        [ "$recipe" != site ] || mv "$reports/$2/$recipe/index.html" "$reports/$2-index.html"
        mv "$last" "$reports/$2-$recipe.html"
    done
}
make_reports "$example" example
make_reports "$reports/study" hostile
"$nptkit" report site-comparison -C "$reports/study" -q --set by=level -o "$reports/hostile-level.html"
# A column for each of many years: a table wider than any page.
"$nptkit" report site-comparison -C "$example" -q --set of-cases=years_in_post -o "$reports/wide-site-comparison.html"
exec node tests/browser/check.mjs "$reports"
