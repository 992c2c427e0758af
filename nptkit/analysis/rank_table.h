/* rank_table.h - what the tables of rankings are made from, and what they declare for protection.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RANK_TABLE_H
#define NPT__RANK_TABLE_H

#include "registry.h"

/* The judges of one group, or all, who ranked every candidate. */
struct npt__judges {
    const char *group; /* NULL: all */
    size_t count, incomplete;
    double *ranks;  /* [judge * candidates + candidate] */
    double *totals; /* of each candidate */
};

struct npt__judged_ranking {
    const struct npt__ranking_table *table;
    size_t *order;              /* of the candidates: lowest total first */
    struct npt__judges *judges; /* of each group, then of all */
    size_t sets;
};

struct npt__rank_analysis {
    const npt_study *study;
    npt__arena *arena;
    struct npt__judged_ranking *rankings;
    size_t count, chosen; /* chosen: 0 where nobody asks */
    bool has_groups;
};

/* The columns of the table of candidates. */
enum npt__rank_column {
    NPT__RANK_RANKING,
    NPT__RANK_CANDIDATE,
    NPT__RANK_GROUP,
    NPT__RANK_JUDGES,
    NPT__RANK_TOTAL,
    NPT__RANK_MEAN,
    NPT__RANK_PLACE,
    NPT__RANK_SHARED,
    NPT__RANK_CHOSEN,
    NPT__RANK_COLUMNS
};

/* Declares the tables of candidates (`at`: its columns), of concordance and of groups: `group` and `first` are columns. */
void npt__ranks_declare(const struct npt__rank_analysis *analysis, npt_table *table,
                        const size_t *at);
void npt__concordance_declare(const struct npt__rank_analysis *analysis, npt_table *table,
                              size_t group, size_t first);
void npt__rank_groups_declare(const struct npt__rank_analysis *analysis, npt_table *table,
                              size_t first);
/* Says below a table why nothing of it is shown, where that is so. */
void npt__note_few_judges(npt_table *table, const struct npt__rank_analysis *analysis);

#endif
