#!/bin/sh
# record_gnuplot.sh - stands in for gnuplot and writes down what it is asked to draw: called `gnuplot` on PATH.
# nptkit hands each picture's script over in the open file 4, and says so on standard input. The first one that is
# started writes into the pipe `1` of the folder it lies in, the second into `2`, and so on.
# SPDX-License-Identifier: GPL-3.0-or-later
folder=$(/usr/bin/dirname "$0")/record
slot=1
while ! /usr/bin/mkdir "$folder/taken$slot" 2>/dev/null; do slot=$((slot + 1)); done
exec 9>"$folder/$slot"
while IFS= read -r line; do
    case $line in
    load*) /usr/bin/cat /proc/self/fd/4 >&9 ;;
    *) printf '%s\n' "$line" >&9 ;;
    esac
    printf '%s\n' "$line"
done | /usr/bin/gnuplot "$@"
