/* noncentral.h - the noncentral chi-square distribution, and which noncentralities an outcome speaks for.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__NONCENTRAL_H
#define NPT__NONCENTRAL_H

/* P(X <= x) for a noncentral chi-square variable: Patnaik 1949, Biometrika 36, 202-232, as a mixture of central ones
   with Poisson weights. The absolute error is below 1e-12 for noncentralities up to 1e6. x and the noncentrality are at
   least 0 and at most 1e9, `freedom` from 1 to 1e8. */
double npt__noncentral_chi_square(double x, double freedom, double noncentrality);
/* The noncentrality with which P(X <= x) is this probability; 0 where it is less without any. */
double npt__noncentrality(double x, double freedom, double probability);

#endif
