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
for recipe in $("$nptkit" report list | cut -d' ' -f1); do
    "$nptkit" report "$recipe" -C "$example" -q -o "$reports/example-$recipe.html"
    "$nptkit" report "$recipe" -C "$reports/study" -q -o "$reports/hostile-$recipe.html"
done
"$nptkit" report site-comparison -C "$reports/study" -q --set by=level -o "$reports/hostile-level.html"
# A column for each of many years: a table wider than any page.
"$nptkit" report site-comparison -C "$example" -q --set of-cases=years_in_post -o "$reports/wide-site-comparison.html"
exec node tests/browser/check.mjs "$reports"
