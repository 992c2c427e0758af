/* mixed_model.c - random-intercept models: from the data to effects, variances and groups.
 *
 * All is computed in columns that are centred and scaled by powers of two, and turned back at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mixed_model.h"

#include "tails.h"

#include "../base/arena.h"
#include "mixed_profile.h"
#include "twofold_matrix.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define STRIDE NPT__MIXED_STRIDE
#define TWO_PI 6.283185307179586
#define LARGEST 1e150 /* squares must not overflow */
#define LEAST_SHARE \
    1e-14 /* of a column's squares that is not due to rounding: R's lm() has 1e-7 of the column */

/* ---- can it be done? ------------------------------------------------------------------------- */

static bool is_usable(double value)
{
    return fabs(value) <= LARGEST; /* false where it is NAN */
}

static enum npt__mixed_fault check_data(const struct npt__mixed_data *data, const double *at)
{
    if (data->count > NPT__MIXED_MOST_ROWS || data->columns > NPT__MIXED_MOST_COLUMNS ||
        data->groups > NPT__MIXED_MOST_GROUPS)
        return NPT__MIXED_TOO_MANY;
    for (size_t j = 0; at && j < data->columns; j++)
        if (!is_usable(at[j]))
            return NPT__MIXED_NOT_FINITE;
    for (size_t i = 0; i < data->count; i++) {
        assert(data->group[i] < data->groups);
        if (!is_usable(data->y[i]))
            return NPT__MIXED_NOT_FINITE;
        for (size_t j = 0; j < data->columns; j++)
            if (!is_usable(data->x[i * data->columns + j]))
                return NPT__MIXED_NOT_FINITE;
    }
    return data->count ? NPT__MIXED_FINE : NPT__MIXED_GROUPS;
}

/* Sums of squares of y: about its mean, and what is left within groups. */
struct squares {
    double total, within;
};

/* Ranks tell what is left to learn from: with r the rank of the columns within groups, g + r - effects
   contrasts of groups' means, and n - g - r within groups. */
static enum npt__mixed_fault check_ranks(const struct npt__mixed_products *products, size_t *column,
                                         struct squares *squares)
{
    const size_t effects = products->effects, width = products->width;
    struct npt__mixed_square all, within = products->within;
    double least[STRIDE] = {0};
    struct npt__twofold *sizes = npt__allocate(products->sizes * sizeof *sizes);
    for (size_t s = 0; s < products->sizes; s++)
        sizes[s] = npt__twofold_whole((npt__int128)products->size[s]);
    npt__mixed_products_weigh(products, sizes, true, &all);
    npt__release(sizes);
    for (size_t j = 1; j < width; j++)
        least[j] = LEAST_SHARE * all.cell[j * STRIDE + j].high;
    squares->total = all.cell[effects * STRIDE + effects].high;
    npt__twofold_factor(all.cell, effects, STRIDE, least);
    for (size_t j = 1; j < effects; j++)
        if (!products->varies[j] || !(all.cell[j * STRIDE + j].high > 0)) {
            *column = j - 1;
            return NPT__MIXED_COLLINEAR;
        }
    size_t rank = npt__twofold_factor(within.cell, width, STRIDE, least);
    squares->within = within.cell[effects * STRIDE + effects].high;
    rank -= squares->within > 0;
    if (products->groups + rank <= effects)
        return NPT__MIXED_BETWEEN;
    if (products->count <= products->groups + rank)
        return NPT__MIXED_WITHIN;
    return squares->within > 0 ? NPT__MIXED_FINE : NPT__MIXED_EXACT;
}

static enum npt__mixed_fault check_products(const struct npt__mixed_products *products,
                                            size_t *column, struct squares *squares)
{
    if (products->groups < 2)
        return NPT__MIXED_GROUPS;
    if (products->groups == products->count)
        return NPT__MIXED_SINGLES;
    if (!products->varies[products->effects])
        return NPT__MIXED_CONSTANT;
    return check_ranks(products, column, squares);
}

/* ---- fixed effects --------------------------------------------------------------------------- */

static void fill_basis(const struct npt__mixed_products *products,
                       const struct npt__mixed_profile *profile, struct npt__mixed_basis *basis)
{
    const size_t effects = products->effects;
    struct npt__twofold mean = products->mean[effects];
    basis->y_scale = products->scale[effects];
    for (size_t i = 0; i < effects; i++) {
        basis->scale[i] = products->scale[i];
        basis->mean[i] = products->mean[i];
        basis->effect[i] = profile->effect[i];
        for (size_t j = 0; j < effects; j++) {
            basis->inverse[i][j] = profile->inverse.cell[i * STRIDE + j];
            basis->slope[i][j] = profile->by_ratio.cell[i * STRIDE + j];
        }
    }
    basis->mean[0] = (struct npt__twofold){-mean.high, -mean.low};
    basis->variance = profile->rest[0].high / profile->freedom;
    basis->curvature[0] = profile->freedom;
    basis->curvature[1] =
        -profile->freedom * npt__twofold_divide(profile->rest[1], profile->rest[0]).high;
    basis->curvature[2] = profile->curvature;
}

/* Weights of the effects of centred and scaled columns, to be divided by the scale of y. */
static void turn_weights(const struct npt__mixed_basis *basis, size_t effects,
                         const double *weights, struct npt__twofold *turned)
{
    turned[0] = npt__twofold_of(weights[0]);
    for (size_t j = 1; j < effects; j++)
        turned[j] = npt__twofold_gather(npt__twofold_of(weights[j] * basis->scale[j]),
                                        npt__twofold_of(-weights[0]), basis->mean[j]);
}

/* a' matrix b, the matrix's rows NPT__MIXED_MOST_EFFECTS apart. */
static double form(const struct npt__twofold *matrix, size_t effects, const struct npt__twofold *a,
                   const struct npt__twofold *b)
{
    struct npt__twofold sum = {0, 0};
    for (size_t i = 0; i < effects; i++)
        for (size_t j = 0; j < effects; j++)
            sum = npt__twofold_gather(sum, npt__twofold_multiply(a[i], b[j]),
                                      matrix[i * NPT__MIXED_MOST_EFFECTS + j]);
    return sum.high;
}

/* Weights times effects, in scaled units of y. */
static struct npt__twofold turned_estimate(const struct npt__mixed_basis *basis, size_t effects,
                                           const struct npt__twofold *turned)
{
    struct npt__twofold sum = {0, 0};
    sum = npt__twofold_minus(sum, npt__twofold_multiply(turned[0], basis->mean[0]));
    for (size_t i = 0; i < effects; i++)
        sum = npt__twofold_gather(sum, turned[i], basis->effect[i]);
    return sum;
}

/* With sigma^2 on its logarithm, f's derivatives are f itself and share * f. */
static double satterthwaite(const struct npt__mixed_model *model, double share)
{
    const double *c = model->basis.curvature;
    if (model->boundary)
        return c[0];
    double determinant = c[0] * c[2] - c[1] * c[1];
    double freedom = determinant / (c[2] - 2 * share * c[1] + share * share * c[0]);
    return isfinite(freedom) && freedom > 0 ? freedom : 0;
}

struct npt__mixed_effect npt__mixed_combination(const struct npt__mixed_model *model,
                                                const double *weights, double confidence)
{
    struct npt__mixed_effect effect = {0};
    const struct npt__mixed_basis *basis = &model->basis;
    struct npt__twofold turned[NPT__MIXED_MOST_EFFECTS];
    bool any = false, finite = true;
    for (size_t i = 0; i < model->effects; i++) {
        any = any || weights[i] != 0;
        finite = finite && is_usable(weights[i]);
    }
    if (!model->defined || !any || !finite)
        return effect;
    turn_weights(basis, model->effects, weights, turned);
    double spread = form(basis->inverse[0], model->effects, turned, turned);
    double slope = form(basis->slope[0], model->effects, turned, turned);
    effect.estimate = turned_estimate(basis, model->effects, turned).high / basis->y_scale;
    effect.error = sqrt(basis->variance * spread) / basis->y_scale;
    effect.defined = isfinite(effect.estimate) && isfinite(effect.error) && effect.error > 0;
    if (!effect.defined)
        return (struct npt__mixed_effect){0};
    effect.freedom = satterthwaite(model, slope / spread);
    effect.t = effect.estimate / effect.error;
    effect.p = effect.freedom > 0 ? 2 * npt__t_tail(fabs(effect.t), effect.freedom) : 1;
    effect.interval = npt__t_interval(effect.estimate, effect.error, effect.freedom, confidence);
    return effect;
}

static void fill_effects(struct npt__mixed_model *model, double confidence)
{
    struct npt__twofold turned[NPT__MIXED_MOST_EFFECTS][NPT__MIXED_MOST_EFFECTS];
    for (size_t i = 0; i < model->effects; i++) {
        double unit[NPT__MIXED_MOST_EFFECTS] = {0};
        unit[i] = 1;
        turn_weights(&model->basis, model->effects, unit, turned[i]);
        model->effect[i] = npt__mixed_combination(model, unit, confidence);
    }
    for (size_t i = 0; i < model->effects; i++)
        for (size_t j = 0; j < model->effects; j++)
            model->covariance[i][j] =
                form(model->basis.inverse[0], model->effects, turned[i], turned[j]) *
                model->basis.variance / model->basis.y_scale / model->basis.y_scale;
}

/* ---- variances ------------------------------------------------------------------------------- */

static double criterion(const struct npt__mixed_products *products,
                        const struct npt__mixed_profile *profile, enum npt__mixed_method method)
{
    const double scale = products->scale[products->effects];
    double sum = profile->freedom *
                 (log(TWO_PI * profile->rest[0].high / profile->freedom) - 2 * log(scale) + 1);
    for (size_t s = 0; s < products->sizes; s++)
        sum += (double)products->groups_of_size[s] *
               log1p((double)products->size[s] * profile->ratio.high);
    for (size_t i = 0; i < products->effects && method == NPT__MIXED_REML; i++)
        sum += log(profile->pivot[i].high) - 2 * log(products->scale[i]);
    return sum;
}

static void fill_icc(const struct npt__mixed_products *products,
                     const struct npt__mixed_profile *profile, double confidence,
                     struct npt__mixed_model *model)
{
    double low, high;
    model->icc = model->ratio / (1 + model->ratio);
    if (!(confidence > 0 && confidence < 1))
        return;
    double z = npt__normal_quantile((1 - confidence) / 2);
    if (npt__mixed_profile_limits(products, model->method, profile, z * z, &low, &high))
        model->icc_interval = (struct npt__interval){true, low / (1 + low), high / (1 + high)};
}

static void fill_test(const struct npt__mixed_products *products,
                      const struct npt__mixed_profile *profile, struct npt__mixed_model *model)
{
    model->groups_p = 1;
    if (model->boundary)
        return;
    struct npt__mixed_profile *none = npt__allocate(sizeof *none);
    npt__mixed_profile_at(products, model->method, npt__twofold_of(0), none);
    model->groups_statistic =
        fmax(0, npt__mixed_profile_change(products, model->method, profile, none));
    model->groups_p = erfc(sqrt(model->groups_statistic / 2)) / 2;
    npt__release(none);
}

static void fill_model(const struct npt__mixed_products *products,
                       const struct npt__mixed_profile *profile, double confidence,
                       struct npt__mixed_model *model)
{
    const double scale = products->scale[products->effects];
    model->defined = true;
    model->ratio = profile->ratio.high;
    model->boundary = !(model->ratio > 0);
    fill_basis(products, profile, &model->basis);
    model->error_variance = model->basis.variance / scale / scale;
    model->group_variance =
        npt__twofold_multiply(profile->ratio, npt__twofold_of(model->basis.variance)).high / scale /
        scale;
    model->criterion = criterion(products, profile, model->method);
    model->log_likelihood = -model->criterion / 2;
    fill_icc(products, profile, confidence, model);
    fill_test(products, profile, model);
    fill_effects(model, confidence);
}

/* ---- groups ---------------------------------------------------------------------------------- */

static struct npt__interval normal_interval(double estimate, double error, double confidence)
{
    if (!(confidence > 0 && confidence < 1) || !(error > 0) || !isfinite(error))
        return (struct npt__interval){0};
    double reach = -npt__normal_quantile((1 - confidence) / 2) * error;
    return (struct npt__interval){true, estimate - reach, estimate + reach};
}

/* The square of the error, in scaled units, of (turned weights) times effects + u. */
static double prediction_square(const struct npt__mixed_model *model, double own,
                                const struct npt__twofold *weights)
{
    const struct npt__mixed_basis *basis = &model->basis;
    return basis->variance * (own + form(basis->inverse[0], model->effects, weights, weights));
}

/* `centred`: the point at which groups are estimated, in centred and scaled columns. */
static void fill_group(const struct npt__mixed_model *model, const struct npt__twofold *means,
                       const struct npt__twofold *centred, double confidence,
                       struct npt__mixed_group *group)
{
    const struct npt__mixed_basis *basis = &model->basis;
    const size_t effects = model->effects;
    const double rows = (double)group->count, shrunk = 1 + rows * model->ratio;
    const double weight = rows * model->ratio / shrunk, own = model->ratio / shrunk;
    struct npt__twofold left = means[effects], of_effect[NPT__MIXED_MOST_EFFECTS];
    struct npt__twofold of_estimate[NPT__MIXED_MOST_EFFECTS], fixed = {0, 0};
    for (size_t i = 0; i < effects; i++) {
        left = npt__twofold_minus(left, npt__twofold_multiply(means[i], basis->effect[i]));
        fixed = npt__twofold_gather(fixed, centred[i], basis->effect[i]);
        of_effect[i] = npt__twofold_multiply(npt__twofold_of(-weight), means[i]);
        of_estimate[i] = npt__twofold_add(centred[i], of_effect[i]);
    }
    struct npt__twofold effect = npt__twofold_multiply(left, npt__twofold_of(weight));
    fixed = npt__twofold_minus(fixed, basis->mean[0]);
    group->mean = npt__twofold_minus(means[effects], basis->mean[0]).high / basis->y_scale;
    group->weight = weight;
    group->effect = effect.high / basis->y_scale;
    group->conditional_error = sqrt(basis->variance * own) / basis->y_scale;
    group->prediction_error = sqrt(prediction_square(model, own, of_effect)) / basis->y_scale;
    group->effect_interval = normal_interval(group->effect, group->prediction_error, confidence);
    group->estimate = npt__twofold_add(fixed, effect).high / basis->y_scale;
    group->estimate_error = sqrt(prediction_square(model, own, of_estimate)) / basis->y_scale;
    group->estimate_interval = normal_interval(group->estimate, group->estimate_error, confidence);
}

static void fill_groups(const struct npt__mixed_products *products,
                        const struct npt__mixed_options *options, size_t count,
                        const struct npt__mixed_model *model, struct npt__mixed_group *groups)
{
    struct npt__twofold centred[NPT__MIXED_MOST_EFFECTS] = {{1, 0}};
    for (size_t j = 1; j < model->effects && options->at; j++)
        centred[j] =
            npt__twofold_deviation(options->at[j - 1], model->basis.scale[j], model->basis.mean[j]);
    for (size_t g = 0; g < count; g++) {
        groups[g].count = products->rows[g];
        if (groups[g].count)
            fill_group(model, products->group_mean + g * products->width, centred,
                       options->confidence, &groups[g]);
    }
}

void npt__mixed_model(const struct npt__mixed_data *data, const struct npt__mixed_options *options,
                      struct npt__mixed_model *model, struct npt__mixed_group *groups)
{
    *model = (struct npt__mixed_model){.method = options->method, .count = data->count};
    for (size_t g = 0; groups && g < data->groups; g++)
        groups[g] = (struct npt__mixed_group){0};
    model->fault = check_data(data, options->at);
    if (model->fault != NPT__MIXED_FINE)
        return;
    struct npt__mixed_products *products = npt__allocate(sizeof *products);
    struct squares squares = {0, 0};
    npt__mixed_products_make(products, data);
    model->groups = products->groups;
    model->effects = products->effects;
    model->fault = check_products(products, &model->column, &squares);
    if (model->fault == NPT__MIXED_FINE) {
        struct npt__mixed_profile *least = npt__allocate(sizeof *least);
        npt__mixed_profile_least(products, options->method, squares.within, squares.total, least);
        fill_model(products, least, options->confidence, model);
        if (groups)
            fill_groups(products, options, data->groups, model, groups);
        npt__release(least);
    }
    npt__mixed_products_release(products);
    npt__release(products);
}
