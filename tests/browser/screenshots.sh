#!/bin/sh
# screenshots.sh - takes pictures of a report of every recipe, on the screen and as the first page on paper.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
nptkit=$1
pictures=$2
scratch=build/browser/screenshots
rm -rf "$scratch"
mkdir -p "$scratch" "$pictures"
for recipe in $("$nptkit" report list | cut -d' ' -f1); do
    site=
    [ "$recipe" != site ] || site='Site 3'
    "$nptkit" report "$recipe" -C examples/whole-family -q ${site:+--site "$site"} -o "$scratch/$recipe.html"
done
node tests/browser/screenshots.mjs "$scratch" "$pictures"
for page in "$scratch"/*.pdf; do
    pdftoppm -r 72 -f 1 -singlefile -png "$page" "$pictures/$(basename "$page" .pdf)-print"
done
for picture in "$pictures"/*.png; do
    size=$(wc -c <"$picture")
    [ "$size" -lt 250000 ] || { echo "screenshots: $picture has $size bytes, more than 250,000"; exit 1; }
done
echo "screenshots: $(find "$pictures" -name '*.png' | wc -l) pictures in $pictures."
