/* noncentral.h - noncentral t and F: their tails, and the noncentralities that an observed value is compatible with.
 *
 * The limits turn a test into an interval for an effect size: Steiger & Fouladi 1997, "Noncentrality interval
 * estimation and the evaluation of statistical models", in Harlow, Mulaik & Steiger (eds.), What if there were no
 * significance tests?, 221-257; Steiger 2004, "Beyond the F test", Psychological Methods 9(2), 164-182.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__NONCENTRAL_H
#define NPT__NONCENTRAL_H

#include "interval.h"

/* What lies below and above a value. Each keeps its relative accuracy (1e-12) down to 1e-20 or so; NAN where an
   argument is out of range. */
struct npt__parts {
    double below, above;
};

/* (Z + noncentrality) / sqrt(chi-square / freedom): its mixture over the chi-square variable, by quadrature, whose work
   grows with |t| / sqrt(freedom). `freedom` from 1 to 1e15; t at most NPT__MOST_T and the noncentrality at most
   ten times that, of either sign. */
#define NPT__MOST_T 1e6
struct npt__parts npt__noncentral_t(double t, double freedom, double noncentrality);
/* The Poisson mixture of beta distributions (Johnson, Kotz & Balakrishnan 1995, Continuous Univariate
   Distributions 2, chapter 30). Degrees of freedom above 0, f at least 0, noncentrality from 0 to
   NPT__MOST_NONCENTRALITY. */
#define NPT__MOST_NONCENTRALITY 1e9
struct npt__parts npt__noncentral_f(double f, double numerator, double denominator,
                                    double noncentrality);

/* The noncentralities under which the observed value would have (1 - confidence) / 2 above it (the low end) and
   below it (the high end). Not defined where the value is not finite, |t| is above NPT__MOST_T, degrees of freedom are
   below 1, the confidence is not within 0 and 1, or an end is beyond the largest noncentrality. */
struct npt__interval npt__noncentral_t_limits(double t, double freedom, double confidence);
/* The same; ends are 0 where even without any effect a value as small as the observed one is that rare. */
struct npt__interval npt__noncentral_f_limits(double f, double numerator, double denominator,
                                              double confidence);

#endif
