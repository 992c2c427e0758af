#!/bin/sh
# cppcheck.sh - runs cppcheck over the program and the library; findings are errors.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

# Suppressed, and why:
#   missingIncludeSystem  the headers of libc and the libraries are not read; cppcheck knows libc itself
set -- --suppress=missingIncludeSystem

mkdir -p build/cppcheck
cppcheck "$@" --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
    --error-exitcode=1 --template='{file}:{line}: {severity}: {message} [{id}]' \
    --cppcheck-build-dir=build/cppcheck -j 2 -Iinclude nptkit
echo 'cppcheck: clean.'
