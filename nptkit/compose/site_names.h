/* site_names.h - where names of sites stand in texts: found once for all reports, each of which asks of the same texts.
 *
 * A name stands in a text as a word, or as words, of its own, however its letters are cased. A name of a letter or two is
 * one only as it is written: "a" is a word of every text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SITE_NAMES_H
#define NPT__SITE_NAMES_H

#include "../base/intern.h"

#include <stdbool.h>

struct npt__report_site {
    const char *name;
    const char *folded; /* its name, for comparing */
    const char *file;   /* how its files are called: "north-hub" */
};

/* A name, and the number of its site. */
struct npt__sought_name {
    const char *name;
    uint32_t site;
};

struct npt__site_names {
    npt__arena *arena;
    const struct npt__report_site *sites;
    /* In the order of their bytes: short names as they are written, and the others folded. */
    NPT__ARRAY(struct npt__sought_name) lists[2];
    npt__intern texts;
    NPT__ARRAY(uint32_t) named; /* sites that texts name, text after text */
    size_t *first;              /* where those of each text begin; one more for the end */
};

/* The sites and the arena must live as long. */
void npt__site_names_init(struct npt__site_names *names, npt__arena *arena,
                          const struct npt__report_site *sites, size_t count);
/* A text that will be asked of; NULL: none. After all were added, their names are found. */
void npt__site_names_add(struct npt__site_names *names, const char *text);
void npt__site_names_find(struct npt__site_names *names);
/* Whether the text, one that was added or any other, holds the name of another site than `own`. A name within one's own
   is none: of "Site 1 North", "Site 1". */
bool npt__site_names_others(const struct npt__site_names *names, uint32_t own, const char *text);
void npt__site_names_release(struct npt__site_names *names);

#endif
