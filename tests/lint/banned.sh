#!/bin/sh
# banned.sh - functions and flags that the project does without: sh banned.sh [ROOT]
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}"

code=$(mktemp)
trap 'rm -f "$code"' EXIT
find nptkit include -name '*.[ch]' -exec sh "$here/code.sh" {} + >"$code"
faults=0

# forbid WHY PATTERN [EXCEPT]: PATTERN as a whole word in the code of all files but those of EXCEPT.
forbid() {
    found=$(grep -E "^[^:]*:[0-9]+:(.*[^A-Za-z0-9_])?($2)" "$code" | grep -vE "^(${3:-/}):" || true)
    [ -n "$found" ] || return 0
    echo "$found" | sed -E "s|^([^:]*:[0-9]+:) *|\\1 $1: |"
    faults=1
}

console='nptkit/cli/[^:]*|nptkit/base/arena\.c' # arena.c holds the out-of-memory handler

forbid 'writes without a bound' '(v?sprintf|strcpy|strcat|gets) *\('
forbid 'keeps hidden state' '(strtok|setlocale) *\('
forbid 'cannot tell an error from a number' '(atoi|atol|atoll|atof) *\('
forbid 'hands text to a shell' '(system|popen) *\('
# data_file_process.c forks: its child must end without running what its host left to be run at the end.
forbid 'ends the program from within the library' '(exit|_exit|_Exit|quick_exit) *\(' \
    "$console|nptkit/ingest/data_file_process\.c"
forbid 'prints from within the library' \
    '(v?f?printf|puts|putchar|fputs|fputc|putc|fwrite|perror) *\(' "$console"
forbid 'reads numbers with the locale, outside the one file that may' \
    '(strtod|strtof|strtold|sscanf|fscanf) *\(' 'nptkit/base/number\.c'
forbid 'opens the XML reader to hostile files' 'XML_PARSE_(NOENT|DTDLOAD|DTDATTR|HUGE|XINCLUDE)'

[ "$faults" -eq 0 ] || exit 1
echo 'banned functions: none.'
