#!/bin/sh
# run_cases.sh PROGRAM - runs the golden command-line cases in cases/ beside this script.
#
# A case is a folder: `cmd` is a shell script in which `nptkit` is the program and EXAMPLE the folder of
# the example study; it runs in an empty folder of its own. `out` is what it writes to standard output;
# `err` to standard error, where the case cares; `exit` its exit status, where that is not 0.
# With UPDATE=1 these are rewritten: read what changed before you commit it. With VALGRIND=1 the
# program runs under valgrind. The last line printed is "N passed, N failed".
# SPDX-License-Identifier: GPL-3.0-or-later
set -u

if [ $# -ne 1 ] || [ ! -x "$1" ]; then
    echo "usage: run_cases.sh PROGRAM" >&2
    exit 2
fi
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/nptkit-cases-XXXXXX") || exit 2
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

# The same words whoever runs them: no colours, no terminal, paths that do not depend on the place.
unset COLUMNS NO_COLOR CLICOLOR_FORCE 2>/dev/null
umask 022
EXAMPLE=../example
export EXAMPLE
mkdir "$scratch/bin"
if [ "${VALGRIND:-0}" = 1 ]; then
    printf '#!/bin/sh\nexec valgrind -q --error-exitcode=99 "%s" "$@"\n' "$program" >"$scratch/bin/nptkit"
else
    printf '#!/bin/sh\nexec "%s" "$@"\n' "$program" >"$scratch/bin/nptkit"
fi
chmod +x "$scratch/bin/nptkit"
PATH=$scratch/bin:$PATH
export PATH

# Leaves out, err and exit in a folder of the case's own.
run_case() {
    mkdir -p "$scratch/$2/run"
    ln -s "$here/../examples/whole-family" "$scratch/$2/example"
    (cd "$scratch/$2/run" && sh "$1/cmd" >../out 2>../err </dev/null)
    echo $? >"$scratch/$2/exit"
}

update_case() {
    if [ -f "$1/err" ] || { [ ! -f "$1/out" ] && [ -s "$scratch/$2/err" ]; }; then
        cp "$scratch/$2/err" "$1/err"
    fi
    cp "$scratch/$2/out" "$1/out"
    rm -f "$1/exit"
    if [ "$(cat "$scratch/$2/exit")" -ne 0 ]; then
        cp "$scratch/$2/exit" "$1/exit"
    fi
}

# Prints how a case differs from what is expected; nothing where it does not.
compare_case() {
    diff -u "$1/out" "$scratch/$2/out"
    if [ -f "$1/err" ]; then
        diff -u "$1/err" "$scratch/$2/err"
    fi
    expected=0
    if [ -f "$1/exit" ]; then
        expected=$(cat "$1/exit")
    fi
    status=$(cat "$scratch/$2/exit")
    if [ "$status" -ne "$expected" ]; then
        echo "exit status $status, not $expected; standard error was:"
        cat "$scratch/$2/err"
    fi
}

at_once=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
started=0
for folder in "$here"/cases/*/; do
    folder=${folder%/}
    run_case "$folder" "$(basename "$folder")" &
    started=$((started + 1))
    if [ $((started % at_once)) -eq 0 ]; then
        wait
    fi
done
wait

passed=0
failed=0
for folder in "$here"/cases/*/; do
    folder=${folder%/}
    name=$(basename "$folder")
    if [ "${UPDATE:-0}" = 1 ]; then
        update_case "$folder" "$name"
    fi
    difference=$(compare_case "$folder" "$name" 2>&1)
    if [ -z "$difference" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "case $name differs:"
        printf '%s\n' "$difference"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
