/* agreement.h - how far two coders agree: a table of counts in, coefficients with errors and intervals out.
 *
 * The table has one row for each category the first coder may give and one column for each that the second may:
 *     const uint64_t counts[] = {both_absent, only_second, only_first, both_present};
 *     struct npt__agreement_table table = {.counts = counts, .categories = 2};
 *     struct npt__agreement agreement;
 *     npt__agreement_of_two(&agreement, &table, NPT__WEIGHTS_NONE, 0.95);
 *     if (agreement.kappa.defined) ... agreement.kappa.value, agreement.kappa.interval ...
 * Counts may go into hundreds of millions: sums and products are whole numbers, and what is divided has twice the
 * precision of a double.
 *
 * Errors and intervals hold where what is counted is independent. Characters of a text are not, nor are
 * paragraphs of one interview: take npt__agreement_bootstrap(), which resamples whole interviews.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__AGREEMENT_H
#define NPT__AGREEMENT_H

#include "bootstrap.h"
#include "interval.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__AGREEMENT_MOST_CATEGORIES 1000u
#define NPT__AGREEMENT_MOST_COUNT (UINT64_C(1) << 50) /* of all cells together */

/* Why there is no coefficient. */
enum npt__agreement_fault {
    NPT__AGREEMENT_FINE,
    NPT__AGREEMENT_EMPTY, /* nothing that two coders rated (no pairable unit) */
    NPT__AGREEMENT_CONSTANT, /* agreement by chance is complete, as where only one category occurs: 0 / 0 */
    NPT__AGREEMENT_SIZE,   /* no category, or more categories, coders or counts than the ceilings */
    NPT__AGREEMENT_RATERS, /* fewer than 2 coders; Fleiss' null error: coders differ in number */
    NPT__AGREEMENT_VALUES, /* the categories' values: not finite, or (ratio) below 0 */
};

struct npt__coefficient {
    bool defined;
    enum npt__agreement_fault fault;
    /* All are 0 where not defined. value = (observed - expected) / (1 - expected), at most 1, may be below 0. */
    double value;
    double observed, expected; /* agreement seen, and agreement by chance */
    double error;              /* standard error; 0 where agreement (or disagreement) is complete */
    double
        null_error; /* the same if agreement were by chance only, to test against 0: z = value / null_error;
                          0 where there is no published one */
    struct npt__interval interval; /* not cut at 1; not defined where `error` is 0 */
};

/* How much a disagreement counts: all the same; by |i - j|; by (i - j)^2. The last two are for ordered categories
   in equal steps (Cohen 1968; the quadratic ones of Fleiss & Cohen 1973). */
enum npt__agreement_weights {
    NPT__WEIGHTS_NONE,
    NPT__WEIGHTS_LINEAR,
    NPT__WEIGHTS_QUADRATIC,
};

/* counts[i * categories + j]: what the first coder put into category i and the second into j. */
struct npt__agreement_table {
    const uint64_t *counts;
    size_t categories;
};

struct npt__agreement {
    uint64_t count; /* of all cells together */
    /* The share on the diagonal (weighted: 1 - mean weight of disagreement / largest weight). The error is that
       of a share; the interval is Wilson's for weights NONE, else normal. It is defined with one category as
       well. */
    struct npt__coefficient percent;
    /* Cohen 1960, 1968. Both errors: Fleiss, Cohen & Everitt 1969, "Large sample standard errors of kappa and
       weighted kappa", Psychological Bulletin 72, 323-327, eq. 9 and 13. Interval: value +- normal quantile *
       error. */
    struct npt__coefficient kappa;
    /* Scott 1955, Public Opinion Quarterly 19, 321-325. The errors of this and of the next two: Gwet 2008,
       "Computing inter-rater reliability and its variance in the presence of high agreement", British Journal
       of Mathematical and Statistical Psychology 61, 29-48 (large samples, divided by n). */
    struct npt__coefficient pi;
    /* Gwet 2008, AC1; with weights AC2. This and the next depend on how many categories could have been given, so
       categories that do not occur count. */
    struct npt__coefficient ac;
    /* Brennan & Prediger 1981, Educational and Psychological Measurement 41, 687-699: chance is 1 / categories.
       With two categories this is PABAK of Byrt, Bishop & Carlin 1993. */
    struct npt__coefficient brennan_prediger;
    /* The largest kappa that these margins admit (Cohen 1960); of unweighted kappa whatever the weights; 0 where
       kappa is not defined. */
    double kappa_maximum;
};

/* `confidence` lies within 0 and 1, else no interval is defined. */
void npt__agreement_of_two(struct npt__agreement *agreement,
                           const struct npt__agreement_table *table,
                           enum npt__agreement_weights weights, double confidence);

/* ---- one category against all others --------------------------------------------------------- */

struct npt__category_agreement {
    bool defined; /* the table is within its ceilings and not empty */
    uint64_t both, only_first, only_second, neither;
    /* Byrt, Bishop & Carlin 1993, "Bias, prevalence and kappa", Journal of Clinical Epidemiology 46, 423-429:
       (both - neither) / n and (only first - only second) / n, each within -1 and 1. Kappa is low where either is
       far from 0, however well the coders agree. */
    double prevalence_index, bias_index;
    /* 2 both / (2 both + only first + only second), and the same with neither (Cicchetti & Feinstein 1990,
       Journal of Clinical Epidemiology 43, 551-558). */
    bool positive_defined,
        negative_defined; /* not where nobody gave (everybody gave) the category */
    double positive, negative;
};

/* `category` is below table->categories. For a table of two, category 1 is usually "present". */
struct npt__category_agreement npt__category_agreement(const struct npt__agreement_table *table,
                                                       size_t category);

/* ---- in resampled_agreement.c: intervals over interviews ------------------------------------- */

enum npt__agreement_kind {
    NPT__PERCENT_AGREEMENT,
    NPT__COHEN_KAPPA,
    NPT__SCOTT_PI,
    NPT__GWET_AC,
    NPT__BRENNAN_PREDIGER,
};

/* One table for each interview (or whatever is independent of the others), one after the other:
   counts[(unit * categories + i) * categories + j]. */
struct npt__agreement_units {
    const uint64_t *counts;
    size_t units, categories;
};

struct npt__resampled_agreement {
    size_t units;
    struct npt__coefficient
        coefficient; /* of the sum of all tables, without errors and intervals */
    /* Whole units are drawn with replacement, and the coefficient is that of the sum of their tables (the
       cluster bootstrap: Davison & Hinkley 1997, "Bootstrap methods and their application", 3.8). Resamples
       where it is not defined are left out. BCa's acceleration is from the coefficients without one unit each.
       */
    struct npt__bootstrap_interval bca, percentile;
};

/* The same digits for any order of the units and any number of threads. Too few units (below some 20) make any
   such interval too narrow: say so beside it. */
struct npt__resampled_agreement npt__agreement_bootstrap(
    const struct npt__agreement_units *units, enum npt__agreement_kind kind,
    enum npt__agreement_weights weights, const struct npt__bootstrap_options *options);

#endif
