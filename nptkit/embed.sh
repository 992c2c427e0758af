#!/bin/sh
# embed.sh - writes a C table of files to standard output: sh embed.sh FILE...
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
printf '#include "base/embedded.h"\n\n'
number=0
for file in "$@"; do
    printf 'static const unsigned char file_%d[] = {\n' "$number"
    od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
    printf '};\n\n'
    number=$((number + 1))
done
printf 'const struct npt__embedded npt__embedded_files[] = {\n'
number=0
for file in "$@"; do
    case $file in
    reports/*) name=$file ;;
    *) name=$(basename "$file") ;;
    esac
    printf '    {"%s", file_%d, sizeof file_%d},\n' "$name" "$number" "$number"
    number=$((number + 1))
done
printf '    {0, 0, 0},\n};\n'
