#!/bin/sh
# check_xlsx.sh - a workbook as LibreOffice reads it, cell by cell against the folder of CSV files: sh check_xlsx.sh NPTKIT
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/out" "$work/sheets"
"$program" report -C "$here/../../examples/whole-family" --format xlsx,csv -o "$work/out" --quiet
mv "$work"/out/*.xlsx "$work/report.xlsx"
mv "$work"/out/*-csv "$work/csv"
# Every sheet, values at full precision (not as shown), all texts quoted.
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to \
    'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1' \
    --outdir "$work/sheets" "$work/report.xlsx" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
printf "ok: "
python3 "$here/compare_sheets.py" "$work/report.xlsx" "$work/sheets" "$work/csv"
