#!/bin/sh
# measure.sh - what the parts of the benchmark share: sourced by run.sh, which sets work.
# SPDX-License-Identifier: GPL-3.0-or-later
: "${work:?}"

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
