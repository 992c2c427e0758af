/* mixed_profile.h - the likelihood of a random-intercept model along the ratio tau^2 / sigma^2.
 *
 * For each ratio the best fixed effects and sigma^2 = rest / freedom are known in closed form; what is left is a
 * function of one number: criterion = freedom log rest + sum log(1 + n_g ratio) + (REML) log det M, with M the
 * fixed effects' part of the sums of products (Harville 1977, Journal of the American Statistical Association 72,
 * 320-338; Bates, Maechler, Bolker & Walker 2015, Journal of Statistical Software 67(1), equations 34 and 41).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MIXED_PROFILE_H
#define NPT__MIXED_PROFILE_H

#include "mixed_products.h"

/* All in centred and scaled columns. */
struct npt__mixed_profile {
    struct npt__twofold ratio;
    double freedom; /* n, for REML n - effects */
    /* The weighted residual sum of squares, its first and second derivative by the ratio. */
    struct npt__twofold rest[3];
    /* Of the criterion by the ratio: with sigma^2 following the ratio, and (`curvature`) with sigma^2 held. */
    double slope, profile_curvature, curvature;
    struct npt__twofold effect[NPT__MIXED_MOST_EFFECTS];
    struct npt__twofold pivot[NPT__MIXED_MOST_EFFECTS]; /* their product is det M */
    struct npt__mixed_square inverse, by_ratio; /* M^-1, and its derivative; both triangles */
};

void npt__mixed_profile_at(const struct npt__mixed_products *products,
                           enum npt__mixed_method method, struct npt__twofold ratio,
                           struct npt__mixed_profile *profile);

/* The criterion at `to` less that at `from`, with errors of some 1e-15 of this difference. */
double npt__mixed_profile_change(const struct npt__mixed_products *products,
                                 enum npt__mixed_method method,
                                 const struct npt__mixed_profile *from,
                                 const struct npt__mixed_profile *to);

/* The ratio at which the criterion is least, 0 included; of several minima the lowest. The rest within groups,
   `within`, is above 0 and `total` is that of all rows: beyond freedom * total / within the criterion only
   rises. */
void npt__mixed_profile_least(const struct npt__mixed_products *products,
                              enum npt__mixed_method method, double within, double total,
                              struct npt__mixed_profile *least);

/* Where the criterion exceeds its least value by `rise` (above 0), on both sides of the best ratio; the lower
   one is 0 where it stays below. Returns false where there is no upper one. */
bool npt__mixed_profile_limits(const struct npt__mixed_products *products,
                               enum npt__mixed_method method,
                               const struct npt__mixed_profile *least, double rise, double *low,
                               double *high);

#endif
