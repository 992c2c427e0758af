/* table.h - building a tidy table; reading it is in nptkit/table.h.
 *
 *     npt_table *table = npt__table_new("tally", "Constructs by site");
 *     size_t construct = npt__table_dimension(table, "construct", "Construct");
 *     size_t cases = npt__table_measure(table, "cases", "Cases", NPT_UNIT_COUNT);
 *     struct npt_cell *row = npt__table_add_row(table);
 *     row[construct] = npt__text("Coherence");
 *     row[cases] = npt__count(12);
 *
 * All dimensions come before all measures, all columns before the first row. The table owns an arena;
 * strings handed to it are copied unless said otherwise.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__TABLE_H
#define NPT__TABLE_H

#include "population.h"

#include <nptkit/table.h>

npt_table *npt__table_new(const char *name, const char *title);
npt__arena *npt__table_arena(npt_table *table);

/* Adds a column and returns its index. A key that another column has (an attribute may be called
   "cases") gets a number appended, so that keys stay distinct. */
size_t npt__table_dimension(npt_table *table, const char *key, const char *label);
size_t npt__table_measure(npt_table *table, const char *key, const char *label, enum npt_unit unit);
/* A new row, all cells absent without a reason. The pointer holds until the next row is added. */
struct npt_cell *npt__table_add_row(npt_table *table);
void npt__table_add_note(npt_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A note that tells of people, responses or cases: `fewest` is the smallest number of them that it tells. Where
   npt_protect() withholds such a number (1 to min_cell - 1) the note reads `instead`, in which NPT__FEWER stands for
   "fewer than 5", or is left out (NULL). NPT__NEVER_SHOWN: it names somebody, or tells what is left when counts of tables
   are taken from each other: no protected table has it, whatever the number. `instead` is copied. */
#define NPT__NEVER_SHOWN SIZE_MAX
#define NPT__FEWER "\1"
void npt__table_add_people_note(npt_table *table, size_t fewest, const char *instead,
                                const char *format, ...) __attribute__((format(printf, 4, 5)));
/* A note that only a protected table has: why something is withheld. Copied. */
void npt__table_add_protected_note(npt_table *table, const char *note);
/* For npt_protect(): each of these notes, and the layout, as a protected table has it. */
void npt__table_protect_words(npt_table *table, size_t min_cell);

/* Cells. Texts and reasons are borrowed: from the table's arena, the study, or literals. */
struct npt_cell npt__text(const char *text);
struct npt_cell npt__count(size_t count);
struct npt_cell npt__number(double number);
struct npt_cell npt__absent(const char *reason);
/* The number, or absent with this reason where it is not finite. */
struct npt_cell npt__number_or(double number, const char *reason);
struct npt_cell npt__total(void);
struct npt_cell npt__withheld(const char *reason);

/* Provenance: what was run on which files. */
void npt__table_set_command(npt_table *table, const char *command);
void npt__table_add_input(npt_table *table, const char *name, const char *digest);
struct npt__input {
    const char *name, *digest; /* SHA-256 in hexadecimal */
};
const char *npt__table_command(const npt_table *table);
size_t npt__table_inputs(const npt_table *table, const struct npt__input **inputs);

/* ---- protection: see population.h ------------------------------------------------------------- */

/* What is declared of a table's counts. */
struct npt__population *npt__table_population(npt_table *table);
const struct npt__population *npt__table_counted(const npt_table *table);
/* A note of why cells are absent, after all rows were added. */
void npt__table_note_absences(npt_table *table);
/* A copy for npt_protect() to withhold cells in: all but the declarations (scales are kept) and the note of absences. It borrows
   nothing. */
npt_table *npt__table_copy(const npt_table *table);
/* A copy of a protected table that borrows its texts: of these rows, which ascend (NULL: of all `count`), and of no note,
   title, command or name of an input that `drops` (NULL: nothing) says yes to. */
npt_table *npt__table_borrow(const npt_table *table, const size_t *rows, size_t count,
                             bool (*drops)(void *user, const char *text), void *user);
/* The cells of a row, to change them. */
struct npt_cell *npt__table_row(npt_table *table, size_t row);
void npt__table_drop_rows(npt_table *table);
bool npt__table_is_protected(const npt_table *table);
/* The ends of the scale of the means in a row, as npt__table_scale() said them; false where nobody did. */
bool npt__table_row_scale(const npt_table *table, size_t row, double *least, double *most);

/* ---- kept with a table ----------------------------------------------------------------------- */

/* What somebody worked out of a table's rows, kept for whoever asks next. Threads that read one table may keep and ask
   at once. It is released with the table, and when a row is added or changed. */
struct npt__kept {
    struct npt__kept *next;
    void (*release)(struct npt__kept *kept); /* which tells what it is, too */
};
void npt__table_keep(const npt_table *table, struct npt__kept *kept);
/* All that is kept, the last first; NULL: nothing. */
struct npt__kept *npt__table_kept(const npt_table *table);

/* ---- layout: what people see ----------------------------------------------------------------- */

#define NPT__MOST_SHOWN 16

/* How a measure and a second one stand together. */
enum npt__pair {
    NPT__PART,   /* a part of the other: "18/22" */
    NPT__SHARED, /* with the other in parentheses: "16 (11%)" */
    NPT__RANGE,  /* from one to the other: "2.57 to 3.04" */
};

/* One measure as shown: alone, or with a second one. */
struct npt__shown {
    size_t column;       /* the measure */
    size_t of;           /* the second measure; SIZE_MAX: none */
    const char *heading; /* NULL: the column's label */
    enum npt__pair pair;
};

/* Which dimension runs across, the others running down; which measures are shown. Where a dimension
   runs across, every shown measure becomes a panel (a matrix of its own); otherwise the measures run
   across. `cards`: every row is a block of its own (quotes): the cells of the last column as a
   paragraph, the others on a line below it. */
struct npt__layout {
    size_t across; /* SIZE_MAX: none */
    struct npt__shown shown[NPT__MOST_SHOWN];
    size_t shown_count; /* 0: every measure */
    bool cards;
};

/* After all columns were added; the layout is copied (its headings into the table's arena). */
void npt__table_set_layout(npt_table *table, const struct npt__layout *layout);
/* Another one for npt_protect(), where which columns are shown would tell what is withheld. */
void npt__table_set_protected_layout(npt_table *table, const struct npt__layout *layout);
const struct npt__layout *npt__table_layout(const npt_table *table);

#endif
