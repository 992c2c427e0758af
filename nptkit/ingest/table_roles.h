/* table_roles.h - what the columns of a plain table are, as it is declared or guessed by name.
 *
 * Messages name the way in which the user can say it: an attribute in study.xml, or an option.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__TABLE_ROLES_H
#define NPT__TABLE_ROLES_H

#include "../model/study.h"
#include "manifest.h"
#include "plain_table.h"

/* A table file on its way into a study, and what its columns are. */
struct npt__roles {
    npt_study *study;
    const struct npt__manifest_table *declared;
    struct npt__plain_table table;
    struct npt__table_source *source; /* of the result */
    bool *is_taken;                   /* of each column: it is no coder and no candidate */
    npt_diags *diags;
    size_t fault_count;
};

/* Reads the file, fills `source` (its name is checked against the study's other tables) and marks the columns that
   are to be ignored. Call npt__roles_close() whatever the status. */
enum npt_status npt__roles_open(struct npt__roles *roles, struct npt__table_source *source,
                                const char *path, unsigned threads);
void npt__roles_close(struct npt__roles *roles);

/* The column that a setting names, which is then taken; SIZE_MAX where it says "none", is not given, or after a
   fault. */
size_t npt__roles_declared(struct npt__roles *roles, const struct npt__setting *setting);
/* Takes a column without a declaration, and notes that as a guess: `what` is "the units", `option` "units". */
void npt__roles_guessed(struct npt__roles *roles, size_t column, const char *what,
                        const char *option);
/* "--units COLUMN" or "units=\"COLUMN\"", in the study's arena. */
const char *npt__roles_option(const struct npt__roles *roles, const char *option,
                              const char *value);
/* Adds an error at a cell, counted; NULL when so many were reported that no more are looked for. */
npt_diags *npt__roles_fault(struct npt__roles *roles);
/* How many columns are not taken; their indices and names in the study's arena. */
size_t npt__roles_rest(const struct npt__roles *roles, size_t **columns, const char ***names);
/* The names in a column, one for each row, in the study's arena. Those that are missing are faults. */
const char **npt__roles_names(struct npt__roles *roles, size_t column, const char *what);
/* The lines of the rows, in the study's arena. */
uint32_t *npt__roles_lines(const struct npt__roles *roles);
void npt__roles_doubt(struct npt__roles *roles, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
