#!/bin/sh
# run_readme.sh - runs the commands that documents show and compares what they print with what stands there.
#     sh tests/run_readme.sh PROGRAM FILE...
# In ```console blocks a line "$ command" is run from the project's root; the lines below it, up to the next
# command or the end of the block, must be its output. "..." stands for the rest of the output.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
program=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
awk -v to="$scratch" '
    /^```console/ { inside = 1; next }
    /^```/ { inside = 0; next }
    inside && /^\$ / { number++; print substr($0, 3) > (to "/" number ".cmd"); printf "" > (to "/" number ".want"); next }
    inside && number { print > (to "/" number ".want") }' "$@"
passed=0 failed=0
for command in "$scratch"/*.cmd; do
    [ -e "$command" ] || continue
    want=${command%.cmd}.want got=${command%.cmd}.got
    line=$(sed "s|build/nptkit|$program|" "$command")
    if ! COLUMNS=80 sh -c "$line" >"$got" 2>/dev/null; then
        echo "failed: $(cat "$command")"
        failed=$((failed + 1))
        continue
    fi
    if grep -qx '\.\.\.' "$want"; then
        sed '/^\.\.\.$/,$d' "$want" >"$want.head"
        head -n "$(wc -l <"$want.head")" "$got" >"$got.head"
        want=$want.head got=$got.head
    fi
    if cmp -s "$want" "$got"; then
        passed=$((passed + 1))
    else
        echo "differs from the document: $(cat "$command")"
        diff "$want" "$got" || true
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
