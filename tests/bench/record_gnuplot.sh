#!/bin/sh
# record_gnuplot.sh - stands in for gnuplot and writes down what it is asked to draw: called `gnuplot` on PATH.
# nptkit hands each picture's script over in the open file 4, and says so on standard input. All are added to the file
# `script` of the folder that this lies in, but for the empty picture that each process begins with.
# SPDX-License-Identifier: GPL-3.0-or-later
script=$(/usr/bin/dirname "$0")/script
first=yes
while IFS= read -r line; do
    case $line in
    load*)
        [ "$first" = yes ] || /usr/bin/cat /proc/self/fd/4 >>"$script"
        first=no
        ;;
    esac
    printf '%s\n' "$line"
done | /usr/bin/gnuplot "$@"
