/* scope.h - what an analysis looks at: which parts and segments, and by which attributes.
 *
 * A *cell* is one combination of the values of the attributes in --by, each value or the total over all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SCOPE_H
#define NPT__SCOPE_H

#include "registry.h"

#define NPT__MOST_DIMENSIONS 3u
/* A part belongs to at most 2^dimensions cells: its values and the totals. */
#define NPT__MOST_CELLS_OF_PART 8u

struct npt__dimension {
    uint32_t attribute;
    const char *key;
    const char **values; /* in order; sites as declared, others by name with numbers by value */
    size_t count;        /* of values, without "none" and the total */
    bool has_none;       /* some part has no value */
    size_t width;        /* values, none where there is one, total */
    uint32_t *of_part;   /* index into values; count: none */
};

struct npt__scope {
    const npt_study *study;
    npt__arena *arena;
    bool *part_in;  /* whether --where lets a part in */
    bool *coder_in; /* by coder; the last entry is for segments without a coder */
    bool all_coders;
    struct npt__dimension dimensions[NPT__MOST_DIMENSIONS];
    size_t dimension_count;
    size_t cell_count;
};

/* From the options by, where, site, coder. Release it whatever the status. */
enum npt_status npt__scope_open(struct npt__scope *scope, const npt_study *study,
                                const npt_options *options, npt_diags *diags);
void npt__scope_release(struct npt__scope *scope);

bool npt__scope_has_coder(const struct npt__scope *scope, const struct npt__segment *segment);
/* Whether any part that holds the segment is let in. */
bool npt__scope_has_segment(const struct npt__scope *scope, const struct npt__segment *segment);
/* The cells of a part; returns how many. */
size_t npt__scope_cells(const struct npt__scope *scope, uint32_t part,
                        uint32_t cells[NPT__MOST_CELLS_OF_PART]);
/* What people call a dimension: the attribute's own name. */
const char *npt__scope_heading(const struct npt__scope *scope, size_t dimension);
/* Fills the dimension cells of a row, from row[first] on, for a cell. */
void npt__scope_label(const struct npt__scope *scope, uint32_t cell, struct npt_cell *row);

/* Whether a cell is shown: some case has its values of all attributes but the first. Whole rows then are,
   so that columns and rows keep their order. `cases` counts the cases of each cell. */
bool npt__scope_shows(const struct npt__scope *scope, const uint32_t *cases, uint32_t cell);

/* Strings in order, with numbers by value: "Site 2" before "Site 10". */
int npt__compare_naturally(const char *a, const char *b);

/* Option texts that several analyses share. */
#define NPT__OPTION_BY \
    { \
        "by", "ATTRIBUTE[,...]", "compare by these attributes of cases, such as Site (up to 3)" \
    }
#define NPT__OPTION_WHERE \
    { \
        "where", "ATTRIBUTE=VALUE", "only cases with this value; repeat for several" \
    }
#define NPT__OPTION_CODER \
    { \
        "coder", "NAME", "only what this person coded; repeat for several" \
    }
#define NPT__OPTION_SITE \
    { \
        "site", "NAME", "only this site, as --where site=NAME" \
    }

#endif
