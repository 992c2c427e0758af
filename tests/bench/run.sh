#!/bin/sh
# run.sh - speed as ratios: nptkit against floors and peers on the same inputs in the same run.
#     sh tests/bench/run.sh build/nptkit [REPEATS]
# The generators of large inputs stand in ../shared/bench; without them there is nothing to measure.
# Each round runs all contestants in turn, so that a busy machine is busy for all; the ratio is the median
# of the rounds' ratios, the times are medians. Small inputs get more rounds.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

program=$1
repeats=${2:-}
shared=${NPTKIT_SHARED:-../shared}/bench
work=${TMPDIR:-/tmp}/nptkit-bench
sizes=${SIZES:-"600 6000"}

if [ ! -r "$shared/gen/gen_qdpx.py" ]; then
    echo "bench: the generators are not here ($shared); nothing measured"
    exit 0
fi
mkdir -p "$work"

make_input() { # INTERVIEWS
    [ -s "$work/$1.qdpx" ] && return
    echo "bench: making $1 interviews (once)"
    python3 "$shared/gen/gen_qdpx.py" "$1" "$work/part.qdpx" "$work/part.qde" >/dev/null
    rm -f "$work/part.qde"
    mv "$work/part.qdpx" "$work/$1.qdpx"
}

# Wall seconds and peak kilobytes of a shell command, appended to a file.
measure() { # NAME COMMAND
    /usr/bin/env python3 - "$work/$1.times" "$2" <<'PYTHON'
import os, subprocess, sys, time
record, command = sys.argv[1:]
started = time.perf_counter()
process = subprocess.Popen(["sh", "-c", command], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
seconds = time.perf_counter() - started
if status:
    sys.exit("bench: failed: " + command)
with open(record, "a") as file:
    file.write("%.4f %d\n" % (seconds, usage.ru_maxrss))
PYTHON
}

middle() { # NAME COLUMN
    cut -d' ' -f"$2" "$work/$1.times" | sort -n | awk '{v[NR]=$1} END {print v[int((NR + 1) / 2)]}'
}

ratio() { # OURS OTHER
    paste -d' ' "$work/$1.times" "$work/$2.times" | awk '{print $1 / $3}' | sort -n |
        awk '{v[NR]=$1} END {print v[int((NR + 1) / 2)]}'
}

report() { # LABEL OURS FLOOR TARGET
    awk -v label="$1" -v ours="$(middle "$2" 1)" -v floor="$(middle "$3" 1)" -v target="$4" \
        -v peak="$(middle "$2" 2)" -v ratio="$(ratio "$2" "$3")" 'BEGIN {
        printf "  %-46s %7.3f s  %7.3f s  %5.2f", label, ours, floor, ratio
        if (target != "-") printf "  (wanted: at most %s) %s", target, ratio <= target ? "yes" : "NO"
        printf "  peak %d MB\n", peak / 1024 }'
}

for size in $sizes; do
    make_input "$size"
    input=$work/$size.qdpx
    rm -f "$work"/*.times
    peers=no
    /usr/bin/python3 -c "import lxml" 2>/dev/null && [ "$size" -le 600 ] && peers=yes
    rounds=${repeats:-$([ "$size" -le 600 ] && echo 15 || echo 5)}
    round=0
    while [ "$round" -lt "$rounds" ]; do
        measure tally "exec $program tally $input --by site --measures cases,segments -q"
        measure xmllint "unzip -p $input project.qde | xmllint --stream --noout -"
        measure texts "exec $program tally $input --by site -q"
        measure unzip "unzip -p $input | wc -c"
        if [ "$peers" = yes ]; then
            measure lxml "exec /usr/bin/python3 $shared/peers/w10_lxml.py $input"
            measure iterparse "exec /usr/bin/python3 $shared/peers/w10_iterparse.py $input"
            measure quotes "exec $program quotes $input --construct Coherence --format csv -q"
            measure lxml_quotes "exec /usr/bin/python3 $shared/peers/w10_quotes.py $input"
        fi
        round=$((round + 1))
    done
    echo "$size interviews, median of $rounds rounds       nptkit     other      ratio"
    report "cases, segments / unzip | xmllint --stream" tally xmllint 0.60
    report "characters, coverage / unzip -p | wc -c" texts unzip 0.60
    if [ "$peers" = yes ]; then
        report "cases, segments / lxml" tally lxml -
        report "cases, segments / iterparse" tally iterparse -
        report "quotes of one construct / lxml" quotes lxml_quotes -
    fi
    "$program" tally "$input" --by site -q --threads 1 >"$work/one.txt"
    "$program" tally "$input" --by site -q --threads 2 >"$work/two.txt"
    if cmp -s "$work/one.txt" "$work/two.txt"; then
        echo "  one thread and two threads: the same digits"
    else
        echo "  one thread and two threads: DIFFERENT digits"
        exit 1
    fi
done
