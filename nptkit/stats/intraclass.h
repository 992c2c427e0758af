/* intraclass.h - intraclass correlations of ratings: how much of what raters say is about the subjects.
 *
 *     struct npt__intraclass ratings = npt__intraclass(values, subjects, raters, 0.95);
 *     double single = ratings.form[NPT__INTRACLASS_RANDOM_AGREEMENT].icc;
 *
 * Each of n subjects is rated once by each of k raters; subjects with a missing rating are left out by the
 * caller. The ten forms of McGraw & Wong 1996, "Forming inferences about some intraclass correlation
 * coefficients", Psychological Methods 1(1), 30-46, and 1(4), 390; six of them are those of Shrout & Fleiss
 * 1979, "Intraclass correlations: uses in assessing rater reliability", Psychological Bulletin 86(2), 420-428.
 * Forms for random and for fixed raters have the same numbers; what they claim differs. The mean of a column of
 * ratings plays no part but in agreement. Results do not depend on the order of subjects or raters, but for one
 * case in many millions.
 * For groups of unequal size, such as respondents within sites: cluster.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__INTRACLASS_H
#define NPT__INTRACLASS_H

#include "interval.h"

#include <stdbool.h>
#include <stddef.h>

enum npt__intraclass_form {
    NPT__INTRACLASS_ONEWAY, /* ICC(1), Shrout & Fleiss (1,1): each subject has its own raters */
    NPT__INTRACLASS_ONEWAY_AVERAGE,             /* ICC(k), (1,k) */
    NPT__INTRACLASS_RANDOM_CONSISTENCY,         /* ICC(C,1), raters drawn from many */
    NPT__INTRACLASS_RANDOM_CONSISTENCY_AVERAGE, /* ICC(C,k) */
    NPT__INTRACLASS_RANDOM_AGREEMENT,           /* ICC(A,1), (2,1) */
    NPT__INTRACLASS_RANDOM_AGREEMENT_AVERAGE,   /* ICC(A,k), (2,k) */
    NPT__INTRACLASS_FIXED_CONSISTENCY,          /* ICC(C,1), (3,1): these raters and no others */
    NPT__INTRACLASS_FIXED_CONSISTENCY_AVERAGE,  /* ICC(C,k), (3,k); Cronbach's alpha */
    NPT__INTRACLASS_FIXED_AGREEMENT,            /* ICC(A,1) */
    NPT__INTRACLASS_FIXED_AGREEMENT_AVERAGE,    /* ICC(A,k) */
    NPT__INTRACLASS_FORMS
};

/* Why there are no correlations. */
enum npt__intraclass_fault {
    NPT__INTRACLASS_FINE,
    NPT__INTRACLASS_SUBJECTS,   /* fewer than 2 */
    NPT__INTRACLASS_RATERS,     /* fewer than 2 */
    NPT__INTRACLASS_TOO_MANY,   /* ratings: more than 100 million */
    NPT__INTRACLASS_CONSTANT,   /* all ratings are equal */
    NPT__INTRACLASS_NOT_FINITE, /* a rating, or one beyond 1e150 */
};

struct npt__intraclass_coefficient {
    bool defined; /* not, though the ratings vary, where the denominator is not above 0 */
    double icc;   /* at most 1; may be negative, without bound for averages */
    /* Whether subjects differ (the correlation is 0 in truth): the mean square of subjects over that of errors,
       which are within subjects for the one-way forms and left over after subjects and raters for the others.
       `tested` is false, and these are 0, where there is no error at all. */
    bool tested;
    double f, freedom, error_freedom, p;
    /* From F's quantiles; for agreement with Satterthwaite's degrees of freedom (Shrout & Fleiss 1979, p. 424;
       McGraw & Wong 1996, table 7), told as `interval_freedom`, which is `error_freedom` otherwise. The
       interval of an average is that of the single rating stepped up by Spearman and Brown's formula (Shrout &
       Fleiss, p. 426). None where there is no error at all, where `interval_freedom` is below 1 (agreement
       below chance), or where the confidence is not within 0 and 1. */
    double interval_freedom;
    struct npt__interval interval;
};

struct npt__intraclass {
    bool defined;
    enum npt__intraclass_fault fault;
    size_t subjects, raters;
    /* Mean squares of subjects, raters, what is left of both, and within subjects (raters and rest). */
    double between_subjects, between_raters, rest, within_subjects;
    struct npt__intraclass_coefficient form[NPT__INTRACLASS_FORMS];
};

/* values[subject * raters + rater]. */
struct npt__intraclass npt__intraclass(const double *values, size_t subjects, size_t raters,
                                       double confidence);

#endif
