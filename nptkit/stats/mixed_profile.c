/* mixed_profile.c - the likelihood of a random-intercept model along the ratio tau^2 / sigma^2.
 *
 * Derivatives are exact ones, in numbers of twice the precision, so that the search can go on until the ratio's
 * last digit: near its minimum a function's own digits tell only half as many of the place.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mixed_profile.h"

#include "../base/arena.h"
#include "twofold_matrix.h"

#include <float.h>
#include <float.h>
#include <math.h>

#define STRIDE NPT__MIXED_STRIDE

/* ---- at one ratio ---------------------------------------------------------------------------- */

/* What a size's means weigh, s / (1 + s ratio), and its two derivatives by the ratio, -w^2 and 2 w^3; also the
   derivatives of sum log(1 + s ratio). */
struct weights {
    struct npt__twofold *by_order[3];
    struct npt__twofold log_slope, log_curvature;
};

static struct weights weights_at(const struct npt__mixed_products *products,
                                 struct npt__twofold ratio)
{
    struct weights weights = {{0}, {0, 0}, {0, 0}};
    struct npt__twofold *all = npt__allocate(3 * products->sizes * sizeof *all);
    for (size_t i = 0; i < 3; i++)
        weights.by_order[i] = all + i * products->sizes;
    for (size_t s = 0; s < products->sizes; s++) {
        struct npt__twofold size = npt__twofold_whole((npt__int128)products->size[s]);
        struct npt__twofold groups = npt__twofold_whole((npt__int128)products->groups_of_size[s]);
        struct npt__twofold w =
            npt__twofold_divide(size, npt__twofold_gather(npt__twofold_of(1), size, ratio));
        struct npt__twofold square =
            npt__twofold_multiply(w, (struct npt__twofold){-w.high, -w.low});
        weights.by_order[0][s] = w;
        weights.by_order[1][s] = square;
        weights.by_order[2][s] =
            npt__twofold_multiply(square, (struct npt__twofold){-2 * w.high, -2 * w.low});
        weights.log_slope = npt__twofold_gather(weights.log_slope, groups, w);
        weights.log_curvature = npt__twofold_gather(weights.log_curvature, groups, square);
    }
    return weights;
}

static struct npt__twofold cell(const struct npt__mixed_square *square, size_t i, size_t j)
{
    return i > j ? square->cell[i * STRIDE + j] : square->cell[j * STRIDE + i];
}

/* products = square * (-effects, 1), one for each of the columns with y. */
static void apply(const struct npt__mixed_square *square, const struct npt__twofold *effects,
                  size_t count, struct npt__twofold *products)
{
    for (size_t i = 0; i <= count; i++) {
        products[i] = cell(square, i, count);
        for (size_t j = 0; j < count; j++)
            products[i] = npt__twofold_minus(products[i],
                                             npt__twofold_multiply(cell(square, i, j), effects[j]));
    }
}

static struct npt__twofold residual_form(const struct npt__twofold *products,
                                         const struct npt__twofold *effects, size_t count)
{
    struct npt__twofold sum = products[count];
    for (size_t i = 0; i < count; i++)
        sum = npt__twofold_minus(sum, npt__twofold_multiply(products[i], effects[i]));
    return sum;
}

static struct npt__twofold twice_less(struct npt__twofold sum, struct npt__twofold a,
                                      struct npt__twofold b)
{
    return npt__twofold_gather(sum, (struct npt__twofold){-2 * a.high, -2 * a.low}, b);
}

/* The fixed effects, and the residual form's derivatives. The effects follow the ratio: that plays no part in
   the first derivative, as the form is least there, and takes 2 q' M^-1 q off the second. */
static void fit(const struct npt__mixed_square squares[3], size_t count,
                struct npt__mixed_profile *profile)
{
    struct npt__mixed_square factors = squares[0];
    struct npt__twofold products[STRIDE], solved[STRIDE];
    const double least[STRIDE] = {0};
    npt__twofold_factor(factors.cell, count, STRIDE, least);
    for (size_t i = 0; i < count; i++) {
        profile->pivot[i] = factors.cell[i * STRIDE + i];
        profile->effect[i] = squares[0].cell[count * STRIDE + i];
    }
    npt__twofold_solve(factors.cell, count, STRIDE, profile->effect);
    npt__twofold_invert(factors.cell, count, STRIDE, profile->inverse.cell);
    for (size_t order = 3; order-- > 0;) {
        apply(&squares[order], profile->effect, count, products);
        profile->rest[order] = residual_form(products, profile->effect, count);
        if (order != 1)
            continue;
        for (size_t i = 0; i < count; i++)
            solved[i] = products[i];
        npt__twofold_solve(factors.cell, count, STRIDE, solved);
        for (size_t i = 0; i < count; i++)
            profile->rest[2] = twice_less(profile->rest[2], products[i], solved[i]);
    }
}

/* The derivative of M^-1, -M^-1 M' M^-1. */
static void differentiate(const struct npt__mixed_square *slope, size_t count,
                          struct npt__mixed_profile *profile)
{
    struct npt__mixed_square half = {{{0, 0}}};
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            struct npt__twofold sum = {0, 0};
            for (size_t k = 0; k < count; k++)
                sum = npt__twofold_gather(sum, profile->inverse.cell[i * STRIDE + k],
                                          cell(slope, k, j));
            half.cell[i * STRIDE + j] = sum;
        }
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            struct npt__twofold sum = {0, 0};
            for (size_t k = 0; k < count; k++)
                sum = npt__twofold_gather(sum, half.cell[i * STRIDE + k],
                                          profile->inverse.cell[k * STRIDE + j]);
            profile->by_ratio.cell[i * STRIDE + j] = (struct npt__twofold){-sum.high, -sum.low};
        }
}

/* tr(a b). */
static struct npt__twofold trace(const struct npt__mixed_square *a,
                                 const struct npt__mixed_square *b, size_t count)
{
    struct npt__twofold sum = {0, 0};
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            sum = npt__twofold_gather(sum, cell(a, i, j), cell(b, i, j));
    return sum;
}

void npt__mixed_profile_at(const struct npt__mixed_products *products,
                           enum npt__mixed_method method, struct npt__twofold ratio,
                           struct npt__mixed_profile *profile)
{
    const size_t count = products->effects;
    const bool restricted = method == NPT__MIXED_REML;
    struct npt__mixed_square squares[3];
    struct weights weights = weights_at(products, ratio);
    for (size_t order = 0; order < 3; order++)
        npt__mixed_products_weigh(products, weights.by_order[order], order == 0, &squares[order]);
    npt__release(weights.by_order[0]);
    profile->ratio = ratio;
    profile->freedom = (double)(products->count - (restricted ? count : 0));
    fit(squares, count, profile);
    differentiate(&squares[1], count, profile);
    if (restricted) {
        weights.log_slope =
            npt__twofold_add(weights.log_slope, trace(&profile->inverse, &squares[1], count));
        weights.log_curvature =
            npt__twofold_add(weights.log_curvature, trace(&profile->inverse, &squares[2], count));
        weights.log_curvature =
            npt__twofold_add(weights.log_curvature, trace(&profile->by_ratio, &squares[1], count));
    }
    struct npt__twofold freedom = npt__twofold_of(profile->freedom);
    struct npt__twofold first = npt__twofold_divide(profile->rest[1], profile->rest[0]);
    struct npt__twofold second = npt__twofold_divide(profile->rest[2], profile->rest[0]);
    profile->slope = npt__twofold_gather(weights.log_slope, freedom, first).high;
    profile->curvature = npt__twofold_gather(weights.log_curvature, freedom, second).high;
    profile->profile_curvature = profile->curvature - profile->freedom * first.high * first.high;
}

/* log(to / from). */
static double log_change(struct npt__twofold from, struct npt__twofold to)
{
    double share = npt__twofold_divide(npt__twofold_minus(to, from), from).high;
    return share > -0.5 ? log1p(share) : log(npt__twofold_divide(to, from).high);
}

double npt__mixed_profile_change(const struct npt__mixed_products *products,
                                 enum npt__mixed_method method,
                                 const struct npt__mixed_profile *from,
                                 const struct npt__mixed_profile *to)
{
    double change = from->freedom * log_change(from->rest[0], to->rest[0]);
    struct npt__twofold one = npt__twofold_of(1);
    for (size_t s = 0; s < products->sizes; s++) {
        struct npt__twofold size = npt__twofold_whole((npt__int128)products->size[s]);
        change += (double)products->groups_of_size[s] *
                  log_change(npt__twofold_gather(one, size, from->ratio),
                             npt__twofold_gather(one, size, to->ratio));
    }
    for (size_t i = 0; i < products->effects && method == NPT__MIXED_REML; i++)
        change += log_change(from->pivot[i], to->pivot[i]);
    return change;
}

/* ---- searching ------------------------------------------------------------------------------- */

struct search {
    const struct npt__mixed_products *products;
    enum npt__mixed_method method;
    const struct npt__mixed_profile
        *least;  /* NULL: where the slope is 0; else: where the criterion is */
    double rise; /* this much above the least */
};

/* A profile at `ratio`, the function whose root is sought, and its derivative. */
static double value_at(const struct search *search, struct npt__twofold ratio,
                       struct npt__mixed_profile *profile, double *derivative)
{
    npt__mixed_profile_at(search->products, search->method, ratio, profile);
    *derivative = search->least ? profile->slope : profile->profile_curvature;
    if (!search->least)
        return profile->slope;
    return npt__mixed_profile_change(search->products, search->method, search->least, profile) -
           search->rise;
}

/* The root between two ratios, at which the function has different signs, `rising` if it is below 0 at `low`:
   Newton's steps, and halves where one would lead outside (Press et al. 2007, "Numerical recipes", section
   9.4). What is left after a step is about its square, so the last one, below 1e-10 of the ratio, leaves
   nothing. */
static void find_root(const struct search *search, double low, double high, bool rising,
                      struct npt__mixed_profile *profile)
{
    struct npt__twofold at = npt__twofold_of(low + (high - low) / 2);
    for (int i = 0; i < 2000; i++) {
        double derivative, value = value_at(search, at, profile, &derivative);
        if ((value > 0) == rising)
            high = at.high;
        else
            low = at.high;
        double step = -value / derivative, next = at.high + step;
        bool inside = isfinite(step) && next >= low && next <= high;
        if (inside && fabs(step) <= 1e-10 * at.high) {
            at = npt__twofold_add(at, npt__twofold_of(step));
            break;
        }
        double middle = low + (high - low) / 2;
        if (!inside && (middle <= low || middle >= high))
            break;
        at = npt__twofold_of(inside && next > low && next < high ? next : middle);
    }
    npt__mixed_profile_at(search->products, search->method, at, profile);
}

void npt__mixed_profile_least(const struct npt__mixed_products *products,
                              enum npt__mixed_method method, double within, double total,
                              struct npt__mixed_profile *least)
{
    const struct search search = {products, method, NULL, 0};
    struct npt__mixed_profile *spare = npt__allocate(2 * sizeof *spare), *root = spare + 1;
    npt__mixed_profile_at(products, method, npt__twofold_of(0), least);
    double before = 0, slope = least->slope;
    bool found = slope >= 0;
    double end = 4 * fmax(1, least->freedom * total / within);
    double ratio = 0x1p-10 / (double)products->size[products->sizes - 1];
    for (; ratio < 4 * end; ratio *= 4) {
        npt__mixed_profile_at(products, method, npt__twofold_of(ratio), spare);
        if (slope < 0 && spare->slope >= 0) {
            find_root(&search, before, ratio, true, root);
            if (!found || npt__mixed_profile_change(products, method, least, root) < 0)
                *least = *root;
            found = true;
        }
        before = ratio;
        slope = spare->slope;
    }
    /* Where the slope at 0 is 0, rounding makes a root of it that no sum of 1 and a multiple of it shows. */
    const double most = (double)products->size[products->sizes - 1];
    if (least->ratio.high > 0 && least->ratio.high * most < DBL_EPSILON)
        npt__mixed_profile_at(products, method, npt__twofold_of(0), least);
    npt__release(spare);
}

bool npt__mixed_profile_limits(const struct npt__mixed_products *products,
                               enum npt__mixed_method method,
                               const struct npt__mixed_profile *least, double rise, double *low,
                               double *high)
{
    const struct search search = {products, method, least, rise};
    struct npt__mixed_profile *profile = npt__allocate(sizeof *profile);
    double best = least->ratio.high, derivative, inside = best;
    double outside = fmax(2 * best, 0x1p-10 / (double)products->size[products->sizes - 1]);
    *low = 0;
    if (best > 0 && value_at(&search, npt__twofold_of(0), profile, &derivative) > 0) {
        find_root(&search, 0, best, false, profile);
        *low = profile->ratio.high;
    }
    while (outside < 1e300 &&
           value_at(&search, npt__twofold_of(outside), profile, &derivative) <= 0) {
        inside = outside;
        outside *= 2;
    }
    bool found = outside < 1e300;
    if (found) {
        find_root(&search, inside, outside, true, profile);
        *high = profile->ratio.high;
    }
    npt__release(profile);
    return found;
}
