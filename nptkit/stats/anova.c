/* anova.c - analysis of variance, Welch's, Brown and Forsythe's, and shares of variance with intervals.
 *
 * Values are put in order, by group and by size, before anything is added. Sums run in twice the precision of doubles
 * over values brought near 1, so a large common offset costs no digit and nothing overflows on the way.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "anova.h"

#include "describe.h"

#include "../base/arena.h"
#include "noncentral.h"
#include "tails.h"

#include <assert.h>
#include <math.h>

/* ---- groups ---------------------------------------------------------------------------------- */

/* Group g's values are values[starts[g]] up to values[starts[g + 1] - 1], in rising order. */
struct sorted_groups {
    double *values;
    size_t *starts;
    size_t groups;
};

static struct sorted_groups sort_groups(const struct npt__grouped *data)
{
    size_t *starts = npt__allocate((data->groups + 2) * sizeof *starts);
    for (size_t g = 0; g < data->groups + 2; g++)
        starts[g] = 0;
    for (size_t i = 0; i < data->count; i++) {
        assert(data->group_of[i] < data->groups);
        starts[data->group_of[i] + 2]++;
    }
    for (size_t g = 2; g < data->groups + 2; g++)
        starts[g] += starts[g - 1];
    double *values = npt__allocate((data->count + 1) * sizeof *values);
    for (size_t i = 0; i < data->count; i++) /* which moves each start to the next group's */
        values[starts[data->group_of[i] + 1]++] = data->values[i];
    for (size_t g = 0; g < data->groups; g++)
        if (starts[g + 1] > starts[g])
            npt__sort(values + starts[g], starts[g + 1] - starts[g]);
    return (struct sorted_groups){values, starts, data->groups};
}

static void free_groups(struct sorted_groups *sorted)
{
    npt__release(sorted->values);
    npt__release(sorted->starts);
}

static size_t group_size(const struct sorted_groups *sorted, size_t group)
{
    return sorted->starts[group + 1] - sorted->starts[group];
}

void npt__describe_groups(const struct npt__grouped *data, struct npt__description *descriptions)
{
    struct sorted_groups sorted = sort_groups(data);
    for (size_t g = 0; g < data->groups; g++)
        descriptions[g] = npt__describe(sorted.values + sorted.starts[g], group_size(&sorted, g));
    free_groups(&sorted);
}

/* ---- analysis of variance -------------------------------------------------------------------- */

static struct npt__twofold negative(struct npt__twofold a)
{
    return (struct npt__twofold){-a.high, -a.low};
}

static struct npt__twofold square(struct npt__twofold a)
{
    return npt__twofold_multiply(a, a);
}

static struct npt__twofold whole(size_t count)
{
    return npt__twofold_whole((npt__int128)count);
}

/* Times a power of two. */
static struct npt__twofold scaled(struct npt__twofold a, double scale)
{
    return (struct npt__twofold){a.high * scale, a.low * scale};
}

static struct npt__anova no_anova(size_t count)
{
    return (struct npt__anova){.count = count,
                               .mean = NAN,
                               .between_squares = NAN,
                               .within_squares = NAN,
                               .between_freedom = NAN,
                               .within_freedom = NAN,
                               .between_mean = NAN,
                               .within_mean = NAN,
                               .f = NAN,
                               .p = NAN,
                               .eta_squared = NAN,
                               .omega_squared = NAN,
                               .epsilon_squared = NAN};
}

struct squares {
    double scale; /* the values were multiplied with */
    struct npt__twofold mean, between, within;
};

static struct squares sums_of_squares(const struct sorted_groups *sorted, size_t count,
                                      double largest)
{
    struct squares squares = {.scale = npt__twofold_scale(largest)};
    struct npt__twofold sum = {0, 0};
    for (size_t g = 0; g < sorted->groups; g++) {
        size_t size = group_size(sorted, g);
        const double *values = sorted->values + sorted->starts[g];
        if (size)
            sum = npt__twofold_add(
                sum,
                npt__twofold_multiply(npt__twofold_mean(values, size, squares.scale), whole(size)));
    }
    squares.mean = npt__twofold_divide(sum, whole(count));
    for (size_t g = 0; g < sorted->groups; g++) {
        size_t size = group_size(sorted, g);
        const double *values = sorted->values + sorted->starts[g];
        if (!size)
            continue;
        struct npt__twofold mean = npt__twofold_mean(values, size, squares.scale);
        struct npt__twofold apart = npt__twofold_add(mean, negative(squares.mean));
        squares.between =
            npt__twofold_add(squares.between, npt__twofold_multiply(square(apart), whole(size)));
        for (size_t i = 0; i < size; i++)
            squares.within = npt__twofold_add(
                squares.within, square(npt__twofold_deviation(values[i], squares.scale, mean)));
    }
    return squares;
}

static void fill_in(struct npt__anova *anova, const struct squares *squares, double confidence)
{
    size_t between = anova->groups - 1, within = anova->count - anova->groups;
    struct npt__twofold between_mean = npt__twofold_divide(squares->between, whole(between));
    struct npt__twofold within_mean = npt__twofold_divide(squares->within, whole(within));
    struct npt__twofold total = npt__twofold_add(squares->between, squares->within);
    struct npt__twofold excess = npt__twofold_add(
        squares->between, negative(npt__twofold_multiply(within_mean, whole(between))));
    double back = 1 / squares->scale;
    anova->between_squares = scaled(squares->between, back).high * back;
    anova->within_squares = scaled(squares->within, back).high * back;
    anova->between_mean = scaled(between_mean, back).high * back;
    anova->within_mean = scaled(within_mean, back).high * back;
    anova->between_freedom = (double)between;
    anova->within_freedom = (double)within;
    anova->f = npt__twofold_divide(between_mean, within_mean).high;
    anova->eta_squared = npt__twofold_divide(squares->between, total).high;
    anova->epsilon_squared = npt__twofold_divide(excess, total).high;
    anova->omega_squared = npt__twofold_divide(excess, npt__twofold_add(total, within_mean)).high;
    anova->p = npt__f_tail(anova->f, anova->between_freedom, anova->within_freedom);
    anova->share = npt__noncentral_f_limits(anova->f, anova->between_freedom, anova->within_freedom,
                                            confidence);
    double n = (double)anova->count;
    anova->share.low /= anova->share.low + n;
    anova->share.high /= anova->share.high + n;
}

static struct npt__anova analyse(const struct sorted_groups *sorted, size_t count,
                                 double confidence)
{
    struct npt__anova anova = no_anova(count);
    double largest = 0;
    bool finite = true, varies = false;
    for (size_t i = 0; i < count; i++) {
        finite = finite && isfinite(sorted->values[i]);
        largest = fmax(largest, fabs(sorted->values[i]));
    }
    for (size_t g = 0; g < sorted->groups; g++) {
        size_t start = sorted->starts[g], end = sorted->starts[g + 1];
        anova.groups += end > start;
        varies = varies || (end > start && sorted->values[start] != sorted->values[end - 1]);
    }
    if (!finite || !count) {
        anova.fault = finite ? NPT__ANOVA_GROUPS : NPT__ANOVA_NOT_FINITE;
        return anova;
    }
    struct squares squares = sums_of_squares(sorted, count, largest);
    anova.mean = squares.mean.high / squares.scale;
    if (anova.groups < 2)
        anova.fault = NPT__ANOVA_GROUPS;
    else if (count == anova.groups)
        anova.fault = NPT__ANOVA_TOO_FEW;
    else if (!varies)
        anova.fault = NPT__ANOVA_CONSTANT;
    if (anova.fault)
        return anova;
    struct npt__anova full = anova;
    fill_in(&full, &squares, confidence);
    full.defined = isfinite(full.f) && isfinite(full.between_squares + full.within_squares);
    anova.fault = NPT__ANOVA_NOT_FINITE;
    return full.defined ? full : anova;
}

struct npt__anova npt__anova(const struct npt__grouped *data, double confidence)
{
    struct sorted_groups sorted = sort_groups(data);
    struct npt__anova anova = analyse(&sorted, data->count, confidence);
    free_groups(&sorted);
    return anova;
}

/* ---- Brown and Forsythe ---------------------------------------------------------------------- */

/* The distance is taken in twice the precision: the two values of a group are equally far from their middle. */
static void replace_by_distances(double *values, size_t count)
{
    double lower = values[(count - 1) / 2], upper = values[count / 2];
    struct npt__twofold middles =
        npt__twofold_add((struct npt__twofold){lower, 0}, (struct npt__twofold){upper, 0});
    for (size_t i = 0; i < count; i++)
        values[i] =
            fabs(
                npt__twofold_add((struct npt__twofold){2 * values[i], 0}, negative(middles)).high) /
            2;
    npt__sort(values, count);
}

struct npt__anova npt__brown_forsythe(const struct npt__grouped *data, double confidence)
{
    struct sorted_groups sorted = sort_groups(data);
    for (size_t g = 0; g < data->groups; g++)
        if (group_size(&sorted, g))
            replace_by_distances(sorted.values + sorted.starts[g], group_size(&sorted, g));
    struct npt__anova anova = analyse(&sorted, data->count, confidence);
    free_groups(&sorted);
    return anova;
}

/* ---- Welch ----------------------------------------------------------------------------------- */

static enum npt__anova_fault welch_fault(const struct npt__description *groups, size_t count,
                                         size_t used)
{
    bool few = false, constant = false;
    for (size_t g = 0; g < count; g++) {
        if (!groups[g].count)
            continue;
        if (!isfinite(groups[g].mean) || (groups[g].count > 1 && !isfinite(groups[g].sd)))
            return NPT__ANOVA_NOT_FINITE;
        few = few || groups[g].count < 2;
        constant = constant || groups[g].sd == 0;
    }
    if (used < 2)
        return NPT__ANOVA_GROUPS;
    if (few)
        return NPT__ANOVA_TOO_FEW;
    return constant ? NPT__ANOVA_CONSTANT : NPT__ANOVA_FINE;
}

/* n / variance, of values multiplied with `scale`. */
static struct npt__twofold weight_of(const struct npt__description *group, double scale)
{
    return npt__twofold_divide(whole(group->count),
                               square((struct npt__twofold){group->sd * scale, 0}));
}

struct npt__welch_anova npt__welch_anova(const struct npt__description *groups, size_t count)
{
    struct npt__welch_anova welch = {.f = NAN, .numerator = NAN, .denominator = NAN, .p = NAN};
    double largest = 0;
    for (size_t g = 0; g < count; g++) {
        welch.count += groups[g].count;
        welch.groups += groups[g].count > 0;
        largest = groups[g].count > 1 ? fmax(largest, groups[g].sd) : largest;
    }
    welch.fault = welch_fault(groups, count, welch.groups);
    if (welch.fault)
        return welch;
    double scale = npt__twofold_scale(largest), k = (double)welch.groups;
    struct npt__twofold weights = {0, 0}, mean = {0, 0}, apart = {0, 0}, spread = {0, 0};
    for (size_t g = 0; g < count; g++)
        if (groups[g].count) {
            struct npt__twofold weight = weight_of(&groups[g], scale);
            struct npt__twofold value = {groups[g].mean * scale, 0};
            weights = npt__twofold_add(weights, weight);
            mean = npt__twofold_add(mean, npt__twofold_multiply(weight, value));
        }
    mean = npt__twofold_divide(mean, weights);
    for (size_t g = 0; g < count; g++)
        if (groups[g].count) {
            struct npt__twofold weight = weight_of(&groups[g], scale);
            struct npt__twofold share = npt__twofold_divide(weight, weights);
            struct npt__twofold rest =
                npt__twofold_add((struct npt__twofold){1, 0}, negative(share));
            struct npt__twofold deviation = npt__twofold_deviation(groups[g].mean, scale, mean);
            apart = npt__twofold_add(apart, npt__twofold_multiply(weight, square(deviation)));
            spread = npt__twofold_add(
                spread, npt__twofold_divide(square(rest), whole(groups[g].count - 1)));
        }
    double between = apart.high / (k - 1), squares = k * k - 1;
    double f = between / (1 + 2 * (k - 2) / squares * spread.high);
    double denominator = squares / (3 * spread.high);
    if (!isfinite(f) || !isfinite(denominator)) {
        welch.fault = NPT__ANOVA_NOT_FINITE;
        return welch;
    }
    welch.defined = true;
    welch.f = f;
    welch.numerator = k - 1;
    welch.denominator = denominator;
    welch.p = npt__f_tail(f, k - 1, denominator);
    return welch;
}
