#!/bin/sh
# run.sh - what office programs make of nptkit's files: sh run.sh NPTKIT. Runs every check_*.sh beside it.
#
# A check is run as: sh check_WHAT.sh NPTKIT FOLDER, with a folder of its own for what it makes, and prints a line "ok: ..."
# for each thing that holds. It ends with another status than 0 where one does not hold.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$here/../.."
for needed in soffice pdftotext pdftoppm unzip python3; do
    command -v "$needed" >/dev/null ||
        { echo "check-office: $needed is not installed; 'make deps' installs it"; exit 1; }
done

passed=0
failed=
for check in "$here"/check_*.sh; do
    name=$(basename "$check" .sh)
    mkdir "$scratch/$name"
    echo "$name"
    if sh "$check" "$program" "$scratch/$name" >"$scratch/$name.log" 2>&1; then
        ok=$(grep -c '^ok: ' "$scratch/$name.log" || true)
        if [ "$ok" -eq 0 ]; then
            echo "  it checked nothing"
            failed="$failed $name"
        fi
        sed -n 's/^ok: /  /p' "$scratch/$name.log"
        passed=$((passed + ok))
    else
        sed 's/^/  /' "$scratch/$name.log"
        failed="$failed $name"
    fi
done
if [ -n "$failed" ]; then
    echo "check-office: FAILED:$failed"
    exit 1
fi
echo "check-office: $passed checks passed."
