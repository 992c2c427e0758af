/* tails.h - the probabilities beyond a value of t and F, to their last digits.
 *
 * Each is the probability that a variable is at least as large as the value, with its relative accuracy kept far
 * out: errors are below 1e-13 where the tail is above 1e-100, tested for degrees of freedom up to 1e6. Degrees of
 * freedom need not be whole. NAN where an argument is NAN or degrees of freedom are not above 0; GSL's error handler
 * is never called.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__TAILS_H
#define NPT__TAILS_H

/* P(T >= t) for any t; freedom may be INFINITY (the normal distribution). The two-sided probability is
   2 * npt__t_tail(fabs(t), freedom). */
double npt__t_tail(double t, double freedom);
/* P(F >= f); 1 for f <= 0. `denominator` may be INFINITY. */
double npt__f_tail(double f, double numerator, double denominator);

/* The regularised incomplete beta functions I_x(a, b) and 1 - I_x(a, b), each with its relative accuracy:
   NIST Digital Library of Mathematical Functions, 8.17. `x` and `y` = 1 - x, both given so that neither is
   rounded; a and b above 0. */
struct npt__beta_parts {
    double below, above;
};
struct npt__beta_parts npt__beta_parts(double x, double y, double a, double b);
/* x^a y^b / B(a, b). */
double npt__beta_power(double x, double y, double a, double b);

#endif
