/* registry.h - what an analysis is; the list of them is in registry.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__REGISTRY_H
#define NPT__REGISTRY_H

#include "../model/study.h"
#include "../tables/table.h"

#include <nptkit/analysis.h>

/* What an analysis looks at, and is of no use without. */
enum npt__needs {
    NPT__NEEDS_CODING,
    NPT__NEEDS_SURVEY,
    NPT__NEEDS_RATINGS,
    NPT__NEEDS_RANKING,
    NPT__NEEDS_BOTH,              /* coding and survey */
    NPT__NEEDS_CODING_OR_RATINGS, /* what there is of the two: a file tells by its content */
};

/* What an analysis gives where one table does not hold it: the main one first. */
struct npt__tables {
    npt_table *items[NPT_MOST_TABLES];
    size_t count;
};

/* An analysis has one of the two ways to run. What run_several() added is freed where it fails. */
struct npt_analysis {
    const char *name, *summary, *description;
    const struct npt_option *options;                    /* ended by one without a name */
    bool (*needs_positions)(const npt_options *options); /* NULL: never */
    enum npt_status (*run)(npt_table **table, const npt_study *study, const npt_options *options,
                           npt_diags *diags);
    enum npt__needs needs;
    /* NULL: `needs`, whatever the options. It takes NULL for any options. */
    enum npt__needs (*needs_for)(const npt_options *options);
    enum npt_status (*run_several)(struct npt__tables *tables, const npt_study *study,
                                   const npt_options *options, npt_diags *diags);
};

extern const npt_analysis npt__tally, npt__codes, npt__cases, npt__quotes;
extern const npt_analysis npt__cooccur, npt__saturation;
extern const npt_analysis npt__score, npt__items, npt__responses_analysis;
extern const npt_analysis npt__correlations, npt__reliability;
extern const npt_analysis npt__compare_analysis;
extern const npt_analysis npt__joint_display;
extern const npt_analysis npt__rank_analysis;
extern const npt_analysis npt__trend_analysis;
extern const npt_analysis npt__agree_analysis;

/* The last value of an option; NULL where it was not given. */
const char *npt__option(const npt_options *options, const char *name);
/* The value number `index` of an option that can be repeated; NULL past the end. */
const char *npt__option_at(const npt_options *options, const char *name, size_t index);
/* Adds all values of one option to other options: for an analysis that has a part done by another's code. */
void npt__options_copy(npt_options *to, const npt_options *from, const char *name);
/* A whole number from `least` to `most`; `value` stays as it is when the option was not given. */
enum npt_status npt__option_number(const npt_options *options, const char *name, size_t least,
                                   size_t most, size_t *value, npt_diags *diags);
/* The items of a list "a,b,c", trimmed, in `arena`; returns how many. */
size_t npt__option_list(npt__arena *arena, const char *list, const char ***items);

/* A new table of the analysis, after those it has: npt__table_new() of the same name and title. */
npt_table *npt__tables_add(struct npt__tables *tables, const char *name, const char *title);

/* The files a table rests on. */
void npt__add_provenance(npt_table *table, const npt_study *study);
/* What was guessed and what is doubtful in a plain table; `named`: which table of several, or NULL. */
void npt__add_source_notes(npt_table *table, const struct npt__table_source *source,
                           const char *named);

#endif
