/* adjust.h - p-values of several tests, adjusted for their number.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__ADJUST_H
#define NPT__ADJUST_H

#include <stddef.h>

enum npt__adjustment {
    NPT__ADJUST_NONE,
    NPT__ADJUST_BONFERRONI,
    NPT__ADJUST_HOLM,     /* 1979, Scandinavian Journal of Statistics 6, 65-70 */
    NPT__ADJUST_HOCHBERG, /* 1988, Biometrika 75, 800-802 */
    NPT__ADJUST_HOMMEL, /* 1988, Biometrika 75, 383-386; time grows with the square of the count */
    NPT__ADJUST_BENJAMINI_HOCHBERG, /* 1995, Journal of the Royal Statistical Society B 57, 289-300 */
    NPT__ADJUST_BENJAMINI_YEKUTIELI /* 2001, Annals of Statistics 29, 1165-1188 */
};

/* Fills `adjusted` (which may be `p` itself) in the order of `p`. A p that is not within 0 and 1, such as NAN, is
   absent: it is not counted as a test, and its adjusted value is NAN. */
void npt__adjust(enum npt__adjustment adjustment, const double *p, double *adjusted, size_t count);

#endif
