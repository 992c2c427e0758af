/* dimensions.h - the attributes by which an analysis compares, and the cells that their values make.
 *
 * Rows are whatever is compared: parts of cases, or responses. A *cell* is one combination of the values of
 * all dimensions, each a value, no value, or the total over all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DIMENSIONS_H
#define NPT__DIMENSIONS_H

#include "registry.h"

#define NPT__MOST_DIMENSIONS 3u
/* A row belongs to at most 2^dimensions cells: its values and the totals. */
#define NPT__MOST_CELLS_OF_ROW 8u

struct npt__dimension {
    uint32_t attribute;
    const char *key, *heading;
    const char **
        values; /* in order; sites as declared, waves as in waves.h (those of cases: where that is no guess), others by name with numbers by value */
    size_t count;     /* of values, without "none" and the total */
    bool has_none;    /* some row has no value */
    size_t width;     /* values, none where there is one, total */
    uint32_t *of_row; /* index into values; count: none */
};

struct npt__dimensions {
    struct npt__dimension items[NPT__MOST_DIMENSIONS];
    size_t count, cell_count;
};

/* Where the values of an attribute come from. */
struct npt__dimension_source {
    const char *const *values; /* distinct; in any order */
    size_t value_count;
    const uint32_t *of_row; /* index into values; NPT__NONE */
    const bool *row_in;     /* rows that are looked at; NULL: all */
    size_t row_count;
    const npt_study *sites; /* the study whose order of sites the values take; NULL: by name */
    const uint32_t *places; /* of each value in their order, as of waves; NULL: none is given */
};

/* Fills values, count, has_none, width and of_row from rows that are looked at. */
void npt__dimension_fill(struct npt__dimension *dimension, npt__arena *arena,
                         const struct npt__dimension_source *source);
/* Makes the dimensions that --by names, or `fallback` (names by commas; NULL: none) where it is not given.
   `open` finds one attribute and fills it, or says why not. */
enum npt_status npt__dimensions_open(struct npt__dimensions *dimensions, npt__arena *arena,
                                     const npt_options *options, const char *fallback,
                                     enum npt_status (*open)(void *user, const char *name,
                                                             struct npt__dimension *dimension,
                                                             npt_diags *diags),
                                     void *user, npt_diags *diags);

/* The cells of a row; returns how many. */
size_t npt__dimensions_cells(const struct npt__dimensions *dimensions, size_t row,
                             uint32_t cells[NPT__MOST_CELLS_OF_ROW]);
/* The cell of a row's own values: no totals. */
uint32_t npt__dimensions_own_cell(const struct npt__dimensions *dimensions, size_t row);
/* All cells that sum over one or more others, as npt__dimensions_cells() would give them for a row of that cell. */
size_t npt__dimensions_totals(const struct npt__dimensions *dimensions, uint32_t cell,
                              uint32_t cells[NPT__MOST_CELLS_OF_ROW]);
/* Whether a cell sums over some dimension. */
bool npt__dimensions_is_total(const struct npt__dimensions *dimensions, uint32_t cell);
/* Fills the dimension cells of a table's row, from row[0] on. */
void npt__dimensions_label(const struct npt__dimensions *dimensions, uint32_t cell,
                           struct npt_cell *row);
/* Whether a cell is shown: some row counted has its values of all dimensions but the first. Whole rows of a
   table then are, so that columns and rows keep their order. `counts` is by cell. */
bool npt__dimensions_shows(const struct npt__dimensions *dimensions, const uint32_t *counts,
                           uint32_t cell);
/* Adds a table's columns for them; returns how many. */
size_t npt__dimensions_columns(const struct npt__dimensions *dimensions, npt_table *table);

/* Strings in order, with numbers by value: "Site 2" before "Site 10". */
int npt__compare_naturally(const char *a, const char *b);

/* Attributes that are filtered by: protection reckons with every set of them. */
#define NPT__MOST_CONDITIONS 8u
/* Says that there are more; NPT_USAGE. */
enum npt_status npt__refuse_conditions(npt_diags *diags);

#endif
