/* compare_survey.h - scores of a survey compared between sites: what is compared, and what comes of it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__COMPARE_SURVEY_H
#define NPT__COMPARE_SURVEY_H

#include "compare.h"
#include "survey_groups.h"

#include "../stats/adjust.h"
#include "../stats/interval.h"
#include "../stats/mixed_model.h"

#define NPT__COMPARE_CONFIDENCE 0.95

enum npt__compare_test {
    NPT__COMPARE_WELCH,
    NPT__COMPARE_KRUSKAL,
    NPT__COMPARE_ANOVA,
    NPT__COMPARE_PERMUTATION,
};

/* What is compared, and how. "Sites" are the values of --by, whatever it is. */
struct npt__survey_comparison {
    const npt_study *study;
    struct npt__survey_scope scope;
    const struct npt__dimension *sites;
    const struct npt__dimension *levels; /* of --adjust; NULL */
    const struct npt__measure *measures;
    size_t measure_count;
    enum npt__compare_test test;
    struct npt__rivals rivals;
    enum npt__adjustment adjustment;
    const char *adjustment_name;
    const char *wave; /* chosen because it is the last; NULL */
    bool by_site, items, mixed;
    size_t least, replicates, seed;
    size_t
        smallest; /* scores of a site in the measure where it has the fewest; without those of none */
    size_t siteless, levelless; /* scores that are left out: the most of any measure */
};

/* The scores of one measure by site. */
struct npt__compared {
    const struct npt__survey_comparison *comparison;
    const struct npt__measure *measure;
    struct npt__score_groups groups;
    struct npt__description *sites;
    double *sorted; /* the scores of site i are sorted[first[i]] up to sorted[first[i + 1]] */
    size_t *first;
    struct npt__sums *sums; /* of each site's scores, exact; the last ones of all */
};

/* Leaves out scores without a level where there are levels. Release it. */
void npt__compared_open(struct npt__compared *compared, struct npt__survey_comparison *comparison,
                        size_t measure);
void npt__compared_release(struct npt__compared *compared);

/* For protection: the values of `dimension` add up, and n is that of score. Before the first row. */
void npt__compared_declare(const struct npt__survey_comparison *comparison, npt_table *table);
/* The columns that name a construct, or an item, and their cells. Returns how many they are. */
size_t npt__compared_columns(const struct npt__survey_comparison *comparison, npt_table *table);
void npt__compared_label(const struct npt__survey_comparison *comparison,
                         const struct npt__measure *measure, struct npt_cell *row);
/* A number of an interval, or why there is none. */
struct npt_cell npt__end_or(const struct npt__interval *interval, double end, const char *reason);

/* ---- do sites differ: compare_survey_overall.c ------------------------------------------------ */

struct npt__overall {
    const struct npt__measure *measure;
    size_t count, sites, judged; /* scores; sites with one; sites with enough of them */
    const char *reason;          /* why there is no test; NULL */
    double statistic, freedom, within, p, adjusted; /* NAN: none */
    const char *effect_reason;
    double effect;
    struct npt__interval interval;
    bool flat;         /* no test of Welch's, as all scores of one site are equal */
    const char *alone; /* sites with one score, which it leaves out; NULL. In the scope's arena */
};

struct npt__overall npt__compare_overall(const struct npt__compared *compared);
/* Adjusts the p and adds the rows and notes. */
void npt__add_overall(npt_table *table, const struct npt__survey_comparison *comparison,
                      struct npt__overall *overall, size_t count);

/* Its notes: compare_survey_notes.c. */
void npt__note_overall(npt_table *table, const struct npt__survey_comparison *comparison,
                       const struct npt__overall *overall, size_t count);

/* ---- which differ: compare_survey_pairs.c ----------------------------------------------------- */

/* A site and its rival. */
struct npt__duel {
    size_t site, other; /* SIZE_MAX: all others together */
    size_t count, other_count;
    const char *reason; /* why there is no interval; NULL */
    double difference;  /* of means; of ranks Cliff's delta; NAN: none */
    struct npt__interval interval;
    double p, adjusted; /* p is NAN where the method adjusts by itself */
    const char *effect_reason;
    double effect; /* Hedges' g; of ranks the probability of superiority */
    struct npt__interval effect_interval;
    size_t levels;        /* of --adjust: that count */
    const char *left_out; /* those that do not, by name; NULL: none. In the scope's arena */
};

/* In the order of the rivals; release them with npt__release(). */
struct npt__duel *npt__compare_duels(const struct npt__compared *compared, size_t *count);
/* The same within levels of --adjust, in compare_survey_levels.c: all but site, other and adjusted p. */
void npt__compare_levels(struct npt__duel *duels, size_t count,
                         const struct npt__compared *compared, double confidence);

/* ---- tables: compare_survey_tables.c, compare_survey_model.c ---------------------------------- */

struct npt__compare_tables {
    npt_table *overall, *sites;
    npt_table *duels; /* NULL: there is nothing to compare */
    npt_table *model; /* NULL without --model */
};

void npt__add_compare_tables(struct npt__compare_tables *made, struct npt__tables *tables,
                             const struct npt__survey_comparison *comparison);
/* The rows of one measure. `shrunken`: of each site; NULL without a model. */
void npt__add_sites(npt_table *table, const struct npt__compared *compared,
                    const struct npt__mixed_model *model, const struct npt__mixed_group *shrunken);
void npt__add_duels(npt_table *table, const struct npt__compared *compared);
void npt__add_model(npt_table *table, const struct npt__compared *compared,
                    const struct npt__mixed_model *model);
void npt__note_sites(npt_table *table, const struct npt__survey_comparison *comparison);
void npt__note_duels(npt_table *table, const struct npt__survey_comparison *comparison);
void npt__note_model(npt_table *table, const struct npt__survey_comparison *comparison);
/* Columns of compare_model, its layout included. */
void npt__add_model_columns(npt_table *table, const struct npt__survey_comparison *comparison);
/* Why there is no model; NULL. */
const char *npt__why_no_model(const struct npt__mixed_model *model);

#endif
