/* agreement_many.h - how far any number of coders agree, where some have not rated everything.
 *
 *     struct npt__ratings ratings = {.codes = codes, .units = 100, .raters = 3, .categories = 5};
 *     struct npt__agreement_many many;
 *     npt__agreement_of_many(&many, &ratings, 0.95);
 *     struct npt__krippendorff alpha = npt__krippendorff(&ratings, NPT__METRIC_ORDINAL, NULL);
 *     struct npt__resampled_krippendorff resampled =
 *         npt__krippendorff_bootstrap(&ratings, NPT__METRIC_ORDINAL, NULL, &options);
 *
 * Only how often a unit was given each category enters, so units that are alike are counted once and many
 * times over: the digits are the same for any order of units and of coders.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__AGREEMENT_MANY_H
#define NPT__AGREEMENT_MANY_H

#include "agreement.h"
#include "bootstrap.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__NO_CODE 255u /* every code that is not below `categories` is a missing one */
#define NPT__RATINGS_MOST_CATEGORIES 255u
#define NPT__RATINGS_MOST_RATERS 1000u
#define NPT__RATINGS_MOST_UNITS 2000000000u /* counted as often as they stand */

/* One row for each unit, one column for each coder: codes[unit * raters + rater], from 0 to categories - 1. */
struct npt__ratings {
    const uint8_t *codes;
    const uint32_t *times; /* how often each unit stands (0: left out); NULL: once each */
    size_t units, raters, categories;
};

/* What all share: how much there was. */
struct npt__ratings_count {
    uint64_t units;    /* with at least one rating */
    uint64_t pairable; /* units with at least two ratings */
    uint64_t values;   /* ratings in pairable units */
};

struct npt__agreement_many {
    struct npt__ratings_count count;
    /* Formulas for missing ratings: Gwet 2014, "Handbook of inter-rater reliability", 4th ed., ch. 2-5, as in R's
       irrCAC: observed agreement is the mean over pairable units of the share of pairs of coders that agree; a
       category's share is the mean over all rated units. Errors divide by n (n - 1) with n the rated units and
       hold for this set of coders; intervals are value +- t * error with n - 1 degrees of freedom. */
    struct npt__coefficient percent;
    /* Fleiss 1971, Psychological Bulletin 76, 378-382. null_error: Fleiss, Nee & Landis 1979, Psychological
       Bulletin 86, 974-977, where every rated unit has the same number of ratings; 0 elsewhere. */
    struct npt__coefficient fleiss;
    struct npt__coefficient ac; /* AC1 */
    struct npt__coefficient brennan_prediger;
};

void npt__agreement_of_many(struct npt__agreement_many *agreement,
                            const struct npt__ratings *ratings, double confidence);

/* Fleiss' kappa of one category against all others (Fleiss 1971, eq. 12 ff., generalised as above), with both
   errors and the interval; `fault` is NPT__AGREEMENT_CONSTANT where the category was given by nobody or always.
   `category` is below ratings->categories. */
struct npt__coefficient npt__fleiss_category(const struct npt__ratings *ratings, size_t category,
                                             double confidence);

/* ---- in krippendorff.c and resampled_krippendorff.c -------------------------------------------- */

/* How far apart two categories are: all the same; by the ratings that lie between (in the order of the codes); by
   the difference of their values; by the difference relative to their sum. */
enum npt__metric {
    NPT__METRIC_NOMINAL,
    NPT__METRIC_ORDINAL,
    NPT__METRIC_INTERVAL,
    NPT__METRIC_RATIO,
};

struct npt__krippendorff {
    struct npt__ratings_count count;
    bool defined;
    enum npt__agreement_fault fault;
    double alpha; /* 1 - observed / expected; this and the next two are 0 where not defined */
    /* Mean squared differences within units and over all values: D_o and D_e of Krippendorff 2011, "Computing
       Krippendorff's alpha-reliability"; ordinal ones in (ranks)^2, interval ones in the values' units squared. */
    double observed, expected;
};

/* Krippendorff's alpha (2004, "Content analysis", 2nd ed., ch. 11). Units with fewer than two ratings are left
   out, and a unit of m ratings enters with 1 / (m - 1) for each pair, whether or not anything is missing
   (irr::kripp.alpha 0.84.1 forgets that for complete data of more than two coders). `values` has one number for
   each category, needed by INTERVAL and RATIO (NULL: 1, 2, 3 ...), not looked at otherwise. Categories of equal
   value do not differ. */
struct npt__krippendorff npt__krippendorff(const struct npt__ratings *ratings,
                                           enum npt__metric metric, const double *values);

struct npt__resampled_krippendorff {
    struct npt__krippendorff alpha;
    /* Pairable units are drawn with replacement, all their ratings together, and both observed and expected
       disagreement are those of the resample. (Hayes & Krippendorff 2007, Communication Methods and Measures 1,
       77-89, draw single pairs and hold the expected disagreement fixed; their interval leaves out that pairs of
       one unit go together.) Resamples without variation are left out. */
    struct npt__bootstrap_interval bca, percentile;
};

struct npt__resampled_krippendorff npt__krippendorff_bootstrap(
    const struct npt__ratings *ratings, enum npt__metric metric, const double *values,
    const struct npt__bootstrap_options *options);

#endif
