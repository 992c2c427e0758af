#!/bin/sh
# includes.sh - holds nptkit's folders to the directions in which they may include: sh includes.sh [ROOT]
#
# Every folder may include its own headers and the public ones (<nptkit/...>). Beyond that:
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
cd "${1:-.}"

find nptkit include -name '*.[ch]' -exec awk '
BEGIN {
    may["base"] = ""
    may["model"] = "base"
    may["ingest"] = "model base"
    may["stats"] = "base"
    may["tables"] = "base"
    may["analysis"] = "model stats tables base"
    may["report"] = "tables base"
    may["compose"] = "analysis report model tables base"
    may["cli"] = ""
}

function fault(what) { print FILENAME ":" FNR ": " what; faults = 1 }

# "nptkit/report/../tables/cell.h" -> "nptkit/tables/cell.h"
function plain(path) {
    sub(/^\.\//, "", path)
    gsub(/\/\.\//, "/", path)
    while (sub(/[^\/]+\/\.\.\//, "", path)) ;
    return path
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    match($0, /<[^>]*/)
    name = substr($0, RSTART + 1, RLENGTH - 1)
    if (name ~ /\.\./ || name ~ /^(base|model|ingest|stats|tables|analysis|report|compose|cli)\//)
        fault("\047<" name ">\047 is no public header; those of nptkit are <nptkit/NAME.h>")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    match($0, /"[^"]*/)
    name = substr($0, RSTART + 1, RLENGTH - 1)
    folder = FILENAME
    sub(/[^\/]*$/, "", folder)
    split(plain(folder), from, "/")
    split(plain(folder name), to, "/")
    if (from[1] != "nptkit")
        fault("a public header includes \047" name "\047; it may include system and <nptkit/...> headers")
    else if (!(from[2] in may))
        fault("folder \047" from[2] "\047 is not in the table of tests/lint/includes.sh")
    else if (to[1] == "include")
        fault("include public headers as <nptkit/...>, not \047" name "\047")
    else if (to[1] != "nptkit" || to[3] == "")
        fault("\047" name "\047 lies in no folder of nptkit")
    else if (from[2] != to[2] && index(" " may[from[2]] " ", " " to[2] " ") == 0)
        fault("\047" from[2] "\047 may not include \047" to[2] "\047 (" \
              (may[from[2]] == "" ? "public headers only" : "only " may[from[2]]) ")")
}

END { exit faults }' {} + || exit 1
echo 'include directions: kept.'
