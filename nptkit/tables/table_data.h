/* table_data.h - what a table is inside, for the files that make and copy tables.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__TABLE_DATA_H
#define NPT__TABLE_DATA_H

#include "table.h"

#include <stdatomic.h>

struct npt__note {
    const char *text;
    const char *instead; /* where it is withheld; NULL: nothing */
    size_t fewest;       /* people that it tells of; 0: none */
};

struct npt_table {
    npt__arena *arena;
    const char *name, *title, *command;
    NPT__ARRAY(struct npt_column) columns;
    struct npt_cell *cells;
    size_t row_count, row_room;
    NPT__ARRAY(struct npt__note) notes;
    NPT__ARRAY(const char *) protected_notes; /* that only a protected table has */
    NPT__ARRAY(struct npt__input) inputs;
    struct npt__layout layout, protected_layout;
    bool has_protected_layout;
    struct npt__population population;
    size_t absence_note; /* number of the note + 1; 0: none */
    bool is_protected;
    _Atomic(struct npt__kept *) *kept;
};

/* Adds a column whose key is made distinct; key and label are copied. */
size_t npt__table_add_column(npt_table *table, struct npt_column column);

#endif
