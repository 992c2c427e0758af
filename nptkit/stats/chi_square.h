/* chi_square.h - tails of the chi-square distribution, central and noncentral, and which noncentralities an outcome
 * speaks for.
 *
 * GSL's gsl_cdf_chisq_P() and _Q() call its error handler, and so end the program, for some x and degrees of freedom above
 * three million that lie close to each other, as in large noncentralities; these take all x and degrees of freedom from
 * 1 to 1e8.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CHI_SQUARE_H
#define NPT__CHI_SQUARE_H

#include "interval.h"

/* P(X >= x) and P(X <= x): the regularised incomplete gamma function, by its power series and by Legendre's continued
   fraction (Press et al. 2007, Numerical Recipes, section 6.2). The one that is below 1/2 has a relative error of some
   1e-13. Below 0 as 0; NAN where x is NAN or `freedom` is out of range. */
double npt__chi_square_above(double x, double freedom);
double npt__chi_square_below(double x, double freedom);

/* P(X <= x) for a noncentral variable: Patnaik 1949, Biometrika 36, 202-232, as a mixture of central ones with Poisson
   weights. The absolute error is below 1e-12 for noncentralities up to 1e6. x and the noncentrality are at least 0 and
   at most 1e9. */
double npt__noncentral_chi_square(double x, double freedom, double noncentrality);
/* The noncentrality with which P(X <= x) is this probability; 0 where it is less without any. */
double npt__noncentrality(double x, double freedom, double probability);
/* The noncentralities under which neither tail at x is below (1 - confidence) / 2; an end is 0 where even 0 is too
   large. Not defined where the confidence is not within 0 and 1, or x and `freedom` are out of range. */
struct npt__interval npt__noncentrality_interval(double x, double freedom, double confidence);

#endif
