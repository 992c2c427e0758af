/* stratified_difference.h - the difference of two means within levels of something else, such as role, all levels in one.
 *
 * Two sites whose staff are made up differently can differ by that alone. Here people are compared with those of the
 * same level only:
 *
 *     difference = sum over levels of w (mean of the first - mean of the second) / sum of w,   w = n1 n2 / (n1 + n2)
 *
 * the weights of Cochran 1954, "Some methods for strengthening the common chi-square tests", Biometrics 10, 417-451, which
 * give most to levels in which both sides have many. Its variance is the sum of (w / sum of w)^2 sd^2 / n over both
 * sides of all levels, each with its own sd, and degrees of freedom are those of Satterthwaite 1946, Biometrics
 * Bulletin 2, 110-114. With one level this is Welch's t.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__STRATIFIED_DIFFERENCE_H
#define NPT__STRATIFIED_DIFFERENCE_H

#include "mean_difference.h"

struct npt__stratified_difference {
    size_t levels;                     /* in which both sides have two values: those that count */
    size_t first_count, second_count;  /* values in these levels */
    struct npt__mean_difference found; /* EMPTY: no such level; CONSTANT: nothing varies in any */
    /* Pooled over both sides of these levels, with its degrees of freedom; NAN and 0 where there are none. */
    double sd, sd_freedom;
};

/* Whether a level counts: both sides have two values. */
bool npt__level_counts(const struct npt__description *first, const struct npt__description *second);

/* The descriptions of both sides in each level, in an order of levels that does not depend on that of the rows. */
struct npt__stratified_difference npt__stratified_difference(const struct npt__description *first,
                                                             const struct npt__description *second,
                                                             size_t levels, double confidence);

#endif
