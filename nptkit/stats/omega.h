/* omega.h - McDonald's omega total from one common factor.
 *
 * One factor is fitted by maximum likelihood; omega is the share of the total's variance that it
 * explains: the squared sum of the loadings over that and the sum of the uniquenesses (McDonald 1999).
 * Turn reversed items round first: loadings of opposite signs cancel.
 *
 *     double loadings[4], uniquenesses[4];
 *     struct npt__omega omega = npt__omega_fit(covariances, 4, loadings, uniquenesses);
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__OMEGA_H
#define NPT__OMEGA_H

#include <stdbool.h>
#include <stddef.h>

#define NPT__OMEGA_ITEMS 200u

/* Why there is no omega. */
enum npt__omega_fault {
    NPT__OMEGA_FINE,
    NPT__OMEGA_ITEM_COUNT, /* fewer than 3 or more than NPT__OMEGA_ITEMS */
    NPT__OMEGA_SINGULAR,   /* an item does not vary, or one is a sum of others: no likelihood */
    NPT__OMEGA_HEYWOOD, /* the best fit leaves an item no variance of its own, or less than none */
    NPT__OMEGA_UNDETERMINED, /* many loadings fit equally well: a factor of two items, or none at all */
    NPT__OMEGA_NOT_CONVERGED,
};

struct npt__omega {
    bool defined;
    enum npt__omega_fault fault;
    double omega;       /* NaN unless defined */
    double discrepancy; /* of the maximum likelihood fit; times the number of rows: chi-square */
    unsigned steps;
};

/* Fits the factor to items x items covariances, divided by n or by n - 1: omega is the same, loadings and
   uniquenesses are in the metric of what came in (correlations give standardised ones). `loadings` and
   `uniquenesses` take one number for each item, NaN unless defined; their sum of loadings is not
   negative. Exact to about 1e-13 where no uniqueness is very small. */
struct npt__omega npt__omega_fit(const double *covariances, size_t items, double *loadings,
                                 double *uniquenesses);

#endif
