#!/bin/sh
# code.sh - prints C files as file:line:text with comments and literals blanked: sh code.sh FILE...
#
# What a check finds in its output is code, not something that a comment or a message talks about.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
awk '
FNR == 1 { in_comment = 0 }
{
    rest = $0
    code = ""
    while (rest != "") {
        if (in_comment) {
            end = index(rest, "*/")
            if (!end) break
            in_comment = 0
            rest = substr(rest, end + 2)
            code = code " "
        } else if (!match(rest, /["\047]|\/\*|\/\//)) {
            code = code rest
            rest = ""
        } else {
            code = code substr(rest, 1, RSTART - 1)
            opener = substr(rest, RSTART, RLENGTH)
            rest = substr(rest, RSTART + RLENGTH)
            if (opener == "//") break
            if (opener == "/*") { in_comment = 1; continue }
            pattern = opener == "\"" ? "^([^\\\\\"]|\\\\.)*\"" : "^([^\\\\\047]|\\\\.)*\047"
            code = code opener opener
            rest = match(rest, pattern) ? substr(rest, RLENGTH + 1) : ""
        }
    }
    print FILENAME ":" FNR ":" code
}' "$@"
