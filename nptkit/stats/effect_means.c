/* effect_means.c - how large the difference of two means is, in standard deviations, with an interval.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "effect_means.h"

#include "noncentral.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* With gamma(x) = sqrt(2 pi / x) (x / e)^x times a ratio near 1, all but differences of order 1 / v cancels by
   hand. */
double npt__hedges_correction(double freedom)
{
    if (!(freedom > 1))
        return NAN;
    double x = freedom / 2;
    if (x > 1e15)
        return 1;
    double power = exp(-(x - 1) * log1p(-0.5 / x) - 0.5);
    return gsl_sf_gammastar(x) / gsl_sf_gammastar(x - 0.5) * power;
}

static struct npt__mean_effect no_effect(enum npt__difference_fault fault)
{
    return (struct npt__mean_effect){
        .fault = fault, .estimate = NAN, .freedom = NAN, .correction = NAN};
}

/* The effect in units of `unit`; t = difference / (unit * error) has a noncentral t distribution. */
static struct npt__mean_effect effect_of(double difference, double unit, double error,
                                         double freedom, double confidence)
{
    if (!(confidence > 0 && confidence < 1))
        return no_effect(NPT__DIFFERENCE_CONFIDENCE);
    if (unit == 0)
        return no_effect(NPT__DIFFERENCE_CONSTANT);
    struct npt__mean_effect effect = {
        .defined = true, .estimate = difference / unit, .freedom = freedom, .correction = 1};
    if (!isfinite(effect.estimate) || !isfinite(error) || !isfinite(unit))
        return no_effect(NPT__DIFFERENCE_NOT_FINITE);
    struct npt__interval limits =
        npt__noncentral_t_limits(effect.estimate / error, freedom, confidence);
    if (limits.defined)
        effect.interval = (struct npt__interval){true, limits.low * error, limits.high * error};
    return effect;
}

static struct npt__mean_effect corrected(struct npt__mean_effect effect)
{
    double correction = npt__hedges_correction(effect.freedom);
    if (!effect.defined)
        return effect;
    if (isnan(correction)) /* with one degree of freedom the estimate's mean is infinite */
        return no_effect(NPT__DIFFERENCE_TOO_FEW);
    effect.correction = correction;
    effect.estimate *= correction;
    effect.interval.low *= correction;
    effect.interval.high *= correction;
    return effect;
}

struct npt__mean_effect npt__cohen_d(const struct npt__description *first,
                                     const struct npt__description *second, double confidence)
{
    struct npt__mean_difference difference = npt__difference_only(first, second);
    const struct npt__description both[] = {*first, *second};
    double freedom, sd = npt__pooled_sd(both, 2, &freedom);
    if (difference.fault)
        return no_effect(difference.fault);
    if (!(freedom > 0))
        return no_effect(NPT__DIFFERENCE_TOO_FEW);
    double error = sqrt(1 / (double)first->count + 1 / (double)second->count);
    return effect_of(difference.difference, sd, error, freedom, confidence);
}

struct npt__mean_effect npt__hedges_g(const struct npt__description *first,
                                      const struct npt__description *second, double confidence)
{
    return corrected(npt__cohen_d(first, second, confidence));
}

struct npt__mean_effect npt__glass_delta(const struct npt__description *first,
                                         const struct npt__description *reference,
                                         double confidence)
{
    struct npt__mean_difference difference = npt__difference_only(first, reference);
    if (difference.fault)
        return no_effect(difference.fault);
    if (first->count < 2 || reference->count < 2)
        return no_effect(NPT__DIFFERENCE_TOO_FEW);
    if (reference->sd == 0)
        return no_effect(NPT__DIFFERENCE_CONSTANT);
    double ratio = first->sd / reference->sd;
    double error = sqrt(1 / (double)reference->count + ratio * ratio / (double)first->count);
    return effect_of(difference.difference, reference->sd, error, (double)(reference->count - 1),
                     confidence);
}

/* In units of `unit` times the standard deviation of the differences. */
static struct npt__mean_effect paired_effect(const struct npt__description *differences,
                                             double unit, double confidence)
{
    double n = (double)differences->count;
    if (differences->sd == 0)
        return no_effect(NPT__DIFFERENCE_CONSTANT);
    return corrected(effect_of(differences->mean, differences->sd * unit, 1 / (sqrt(n) * unit),
                               n - 1, confidence));
}

static enum npt__difference_fault fault_of_pairs(const struct npt__description *differences)
{
    if (!differences->count)
        return NPT__DIFFERENCE_EMPTY;
    if (!isfinite(differences->mean))
        return NPT__DIFFERENCE_NOT_FINITE;
    return differences->count < 2 ? NPT__DIFFERENCE_TOO_FEW : NPT__DIFFERENCE_FINE;
}

struct npt__mean_effect npt__paired_g_z(const double *first, const double *second, size_t count,
                                        double confidence)
{
    struct npt__description differences = npt__describe_differences(first, second, count);
    enum npt__difference_fault fault = fault_of_pairs(&differences);
    return fault ? no_effect(fault) : paired_effect(&differences, 1, confidence);
}

struct npt__mean_effect npt__paired_g_av(const double *first, const double *second, size_t count,
                                         double confidence)
{
    struct npt__description differences = npt__describe_differences(first, second, count);
    enum npt__difference_fault fault = fault_of_pairs(&differences);
    if (fault)
        return no_effect(fault);
    const struct npt__description both[] = {npt__describe(first, count),
                                            npt__describe(second, count)};
    double freedom, sd = npt__pooled_sd(both, 2, &freedom);
    return paired_effect(&differences, sd / differences.sd, confidence);
}
