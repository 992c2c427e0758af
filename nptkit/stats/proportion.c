/* proportion.c - shares of cases: exact intervals, the difference of two shares, and changes within pairs.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "proportion.h"

#include "chi_square.h"
#include "densities.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

/* Two numbers whose chances differ by less than this share are equally probable. */
#define TIE 1e-7

static bool is_share(double confidence)
{
    return confidence > 0 && confidence < 1;
}

static bool can_be(size_t successes, size_t count)
{
    return count && count <= NPT__PROPORTION_MOST_CASES && successes <= count;
}

/* The chance of so many successes or more; successes are not below count * probability, so terms fall. */
static double upper_tail(double successes, double count, double probability)
{
    double term = npt__binomial_density(successes, count, probability), sum = term;
    const double odds = probability / (1 - probability);
    for (double i = successes; i < count && term > 1e-18 * sum; i++) {
        term *= (count - i) / (i + 1) * odds;
        sum += term;
    }
    return sum;
}

/* ---- one share ------------------------------------------------------------------------------- */

/* Of so many or fewer; successes are not above count * probability. */
static double lower_tail(double successes, double count, double probability)
{
    double term = npt__binomial_density(successes, count, probability), sum = term;
    const double odds = (1 - probability) / probability;
    for (double i = successes; i > 0 && term > 1e-18 * sum; i--) {
        term *= i / (count - i + 1) * odds;
        sum += term;
    }
    return sum;
}

/* The probability with which upper_tail() (lower_tail(), for the high end) is `tail`: below (above)
   successes / count. Newton's steps for the logarithms of both, kept within a bracket. */
static double exact_end(double successes, double count, double tail, bool is_low)
{
    double share = successes / count, low = is_low ? 0 : share, high = is_low ? share : 1;
    double at = low + (high - low) / 2;
    for (int i = 0; i < 300; i++) {
        double chance =
            is_low ? upper_tail(successes, count, at) : lower_tail(successes, count, at);
        double slope = npt__binomial_density(successes, count, at) / chance *
                       (is_low ? successes : -(count - successes) * at / (1 - at));
        if ((chance > tail) == is_low)
            high = at;
        else
            low = at;
        double next = chance > 0 ? at * exp(log(tail / chance) / slope) : NAN;
        if (!(next > low && next < high))
            next = low + (high - low) / 2;
        if (fabs(next - at) <= 1e-15 * at || next <= low || next >= high)
            break;
        at = next;
    }
    return at;
}

struct npt__interval npt__clopper_pearson_interval(size_t successes, size_t count,
                                                   double confidence)
{
    if (!can_be(successes, count) || !is_share(confidence))
        return (struct npt__interval){0};
    const double s = (double)successes, n = (double)count, tail = (1 - confidence) / 2;
    return (struct npt__interval){true, successes ? exact_end(s, n, tail, true) : 0,
                                  successes < count ? exact_end(s, n, tail, false) : 1};
}

/* Wilson's ends for half a success fewer and more: see npt__wilson_interval(). */
struct npt__interval npt__wilson_corrected_interval(size_t successes, size_t count,
                                                    double confidence)
{
    if (!can_be(successes, count) || !is_share(confidence))
        return (struct npt__interval){0};
    const double n = (double)count, fewer = (double)successes - 0.5, more = (double)successes + 0.5;
    const double z = -npt__normal_quantile((1 - confidence) / 2), half = z * z / 2;
    struct npt__interval interval = {true, 0, 1};
    if (successes)
        interval.low =
            fewer / n * fewer / (fewer + half + z * sqrt(fewer / n * (n - fewer) + half / 2));
    if (successes < count)
        interval.high = (more + half + z * sqrt(more / n * (n - more) + half / 2)) / (n + 2 * half);
    return interval;
}

/* The least number above the most likely one whose chance is not above the limit; count + 1 where there is none. */
static double first_rare(double from, double count, double probability, double limit)
{
    double low = from, high = count + 1;
    while (high - low > 1) {
        double middle = floor(low + (high - low) / 2);
        if (npt__binomial_density(middle, count, probability) <= limit)
            high = middle;
        else
            low = middle;
    }
    return high;
}

struct npt__binomial npt__binomial_test(size_t successes, size_t count, double probability)
{
    if (!can_be(successes, count) || !(probability >= 0 && probability <= 1))
        return (struct npt__binomial){0};
    double s = (double)successes, n = (double)count;
    if (probability <= 0 || probability >= 1)
        return (struct npt__binomial){true, s == n * probability};
    if (s <
        n * probability) { /* seen from the failures, the observed number is in the upper half */
        s = n - s;
        probability = 1 - probability;
    }
    const double expected = n * probability;
    if (s == expected)
        return (struct npt__binomial){true, 1};
    const double limit = npt__binomial_density(s, n, probability) * (1 + TIE);
    /* Failures at the far side: those beyond all failures expected. */
    double far = first_rare(floor(n - expected), n, 1 - probability, limit);
    double p = upper_tail(s, n, probability);
    if (far <= n)
        p += upper_tail(far, n, 1 - probability);
    return (struct npt__binomial){true, fmin(1, p)};
}

/* ---- two shares ------------------------------------------------------------------------------ */

struct npt__share_difference npt__share_difference(size_t first, size_t first_count, size_t second,
                                                   size_t second_count, double confidence)
{
    if (!can_be(first, first_count) || !can_be(second, second_count))
        return (struct npt__share_difference){0};
    struct npt__share_difference result = {.defined = true,
                                           .first = (double)first / (double)first_count,
                                           .second = (double)second / (double)second_count};
    result.difference = result.first - result.second;
    struct npt__interval a = npt__wilson_interval(first, first_count, confidence);
    struct npt__interval b = npt__wilson_interval(second, second_count, confidence);
    if (a.defined && b.defined)
        result.interval = (struct npt__interval){
            true, result.difference - hypot(result.first - a.low, b.high - result.second),
            result.difference + hypot(a.high - result.first, result.second - b.low)};
    return result;
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static double chi_square_p(double statistic)
{
    return npt__chi_square_above(statistic, 1);
}

struct npt__mcnemar npt__mcnemar(size_t lost, size_t gained)
{
    if (lost > NPT__PROPORTION_MOST_CASES || gained > NPT__PROPORTION_MOST_CASES ||
        !can_be(lost, lost + gained))
        return (struct npt__mcnemar){0};
    const double more = (double)(lost > gained ? lost : gained), both = (double)(lost + gained);
    const double apart = 2 * more - both, less = fmax(0, apart - 1);
    struct npt__mcnemar test = {
        .defined = true, .chi_square = apart * apart / both, .corrected = less * less / both};
    test.p = chi_square_p(test.chi_square);
    test.corrected_p = chi_square_p(test.corrected);
    const double chance = npt__binomial_density(more, both, 0.5);
    if (lost == gained) {
        test.exact_p = 1;
        test.mid_p = 1 - chance / 2;
    } else {
        double tail = upper_tail(more, both, 0.5);
        test.exact_p = fmin(1, 2 * tail);
        test.mid_p = 2 * tail - chance;
    }
    return test;
}
