#!/bin/sh
# names.sh - names of files and symbols, licence lines, no paths of anybody's machine:
# sh names.sh LIBRARY.so [ROOT]
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
library=$1
symbols=$(nm -D --defined-only "$library")
symbols=$(echo "$symbols" | awk '{ sub(/@.*/, "", $NF); print $NF }')
cd "${2:-.}"

faults=0
# report WHAT LIST: a fault for each line of LIST.
report() {
    [ -n "$2" ] || return 0
    echo "$2" | sed "s|\$|: $1|"
    faults=1
}

# The text files of the project, without what is built and what others wrote.
text_files() {
    find . -name .git -prune -o -path ./build -prune -o -type f "$@" -print
}

report 'two C files have this name' \
    "$(find nptkit tests -name '*.c' | sed 's|.*/||' | sort | uniq -d)"
report "is exported but does not begin with 'npt_' (one underscore)" \
    "$(echo "$symbols" | grep -vE '^npt_[^_]' || true)"
report 'has no SPDX-License-Identifier line' \
    "$(text_files \( -name '*.[ch]' -o -name '*.sh' -o -name Makefile -o -path './.ci/*' \) |
        xargs grep -L 'SPDX-License-Identifier: GPL-3.0-or-later' || true)"
report 'names a path of one machine' \
    "$(text_files ! -name LICENSE ! -path './tests/data/*' | xargs grep -InE \
        '(^|[^A-Za-z0-9_.-])/(home|work|root|Users)/' | cut -d: -f1,2 | grep -v '^./tests/lint/names.sh:' || true)"

[ "$faults" -eq 0 ] || exit 1
echo 'names: in order.'
