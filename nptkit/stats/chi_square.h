/* chi_square.h - tails of the chi-square distribution.
 *
 * GSL's gsl_cdf_chisq_P() and _Q() call its error handler, and so end the program, for some x and degrees of freedom above
 * three million that lie close to each other, as in large noncentralities; these take all x and degrees of freedom up
 * to 1e8.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CHI_SQUARE_H
#define NPT__CHI_SQUARE_H

/* P(X >= x) and P(X <= x): the regularised incomplete gamma function, by its power series and by Legendre's continued
   fraction (Press et al. 2007, Numerical Recipes, section 6.2). The one that is below 1/2 has a relative error of some
   1e-13. Below 0 as 0; NAN where x is NAN or `freedom` is out of range. */
double npt__chi_square_above(double x, double freedom);
double npt__chi_square_below(double x, double freedom);

#endif
