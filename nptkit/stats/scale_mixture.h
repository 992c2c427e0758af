/* scale_mixture.h - means over the standard deviation that a sample of normal values may show.
 *
 * The studentized range and the noncentral t are such means of simpler probabilities.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SCALE_MIXTURE_H
#define NPT__SCALE_MIXTURE_H

/* s = sqrt(chi-square / freedom), `freedom` at least 1 and finite, and the density of u = log s. */
struct npt__scale {
    double freedom, factor;
};

struct npt__scale npt__scale(double freedom);
double npt__scale_density(const struct npt__scale *scale, double u, double s);

/* The mean of function(s) over s = sqrt(chi-square / freedom), with a relative error of about 1e-14 where the
   function has none. The function lies within 0 and 1 and is analytic; times the density of log s it has one peak. `near`
   is an s not far from that peak, `width` how far log s has to move for the function to change by much.
   `freedom` is at least 1 and finite. */
double npt__scale_mixture(double (*function)(double s, void *user), void *user, double freedom,
                          double near, double width);

#endif
