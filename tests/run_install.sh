#!/bin/sh
# run_install.sh - installs to a scratch folder, builds a program against what was installed, and runs it.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
make -s install DESTDIR="$scratch" PREFIX=/usr >/dev/null
cat >"$scratch/try.c" <<'C'
#include <nptkit.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    npt_diags *diags = npt_diags_new();
    npt_options *options = npt_options_new();
    npt_study *study = NULL;
    npt_table *table = NULL;
    npt_options_add(options, "by", "Site");
    npt_options_add(options, "measures", "cases");
    if (argc == 2 && npt_study_open(&study, argv[1], NULL, diags) == NPT_OK &&
        npt_analysis_run(&table, npt_analysis_find("tally"), study, options, diags) == NPT_OK)
        printf("%zu rows\n", npt_table_row_count(table));
    fputs(npt_diags_text(diags, false), stderr);
    npt_table_free(table);
    npt_study_free(study);
    npt_options_free(options);
    npt_diags_free(diags);
    return table ? 0 : 1;
}
C
flags=$(PKG_CONFIG_PATH="$scratch/usr/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$scratch" \
    pkg-config --cflags --libs nptkit)
# shellcheck disable=SC2086 # the flags are several words
${CC:-cc} -Wall -Wextra -Werror -o "$scratch/try" "$scratch/try.c" $flags
rows=$(LD_LIBRARY_PATH="$scratch/usr/lib" "$scratch/try" examples/whole-family/interviews.qdpx)
[ "$rows" = "52 rows" ] || { echo "install: the library gave '$rows', not 52 rows"; exit 1; }
"$scratch/usr/bin/nptkit" codebook list >/dev/null
[ -s "$scratch/usr/share/nptkit/codebooks/npt.qdc" ]
make -s uninstall DESTDIR="$scratch" PREFIX=/usr >/dev/null
left=$(find "$scratch/usr" -type f -o -type l)
[ -z "$left" ] || { echo "uninstall left: $left"; exit 1; }
echo "install: a program builds against it, and uninstall leaves nothing."
