/* densities.c - chances of single numbers of a Poisson and of a binomial distribution, with nearly all digits.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "densities.h"

#include <math.h>

#define TWICE_PI 6.283185307179586
#define HALF_LOG_TWICE_PI 0.9189385332046728
#define MOST_EXPONENT 600 /* beyond, e to minus this sinks out of the range of doubles */
#define SMALL 15          /* below, gamma functions are taken as they are */

double npt__deviance_part(double x, double mean, double difference)
{
    if (fabs(difference) >= 0.1 * (x + mean))
        return x * log(x / mean) - difference;
    /* ln(x / mean) = 2 artanh(v) */
    double v = difference / (x + mean), power = 2 * x * v, sum = difference * v, before;
    int odd = 3;
    do {
        before = sum;
        power *= v * v;
        sum += power / odd;
        odd += 2;
    } while (sum < before || sum > before);
    return sum;
}

/* ln Gamma(x + 1) less Stirling's formula, (x + 1/2) ln x - x + ln(2 pi) / 2. */
static double stirling_rest(double x)
{
    if (x < SMALL)
        return log(tgamma(x + 1)) - (x + 0.5) * log(x) + x - HALF_LOG_TWICE_PI;
    double inverse = 1 / (x * x);
    double rest = 1 / 1260.0 - inverse * (1 / 1680.0 - inverse * (1 / 1188.0));
    return (1 / 12.0 - inverse * (1 / 360.0 - inverse * rest)) / x;
}

double npt__poisson_density(double x, double mean)
{
    if (mean <= 0)
        return x > 0 ? 0 : 1;
    if (x < SMALL && mean < MOST_EXPONENT)
        return pow(mean, x) * exp(-mean) / tgamma(x + 1);
    if (x < SMALL)
        return exp(x * log(mean) - mean) / tgamma(x + 1);
    return exp(-stirling_rest(x) - npt__deviance_part(x, mean, x - mean)) / sqrt(TWICE_PI * x);
}

double npt__binomial_density(double successes, double count, double probability)
{
    const double failures = count - successes, other = 1 - probability;
    if (successes <= 0)
        return probability < 1 ? exp(count * log1p(-probability)) : count <= 0;
    if (failures <= 0)
        return pow(probability, count);
    if (probability <= 0 || other <= 0)
        return 0;
    const double expected = count * probability;
    const double rest = stirling_rest(count) - stirling_rest(successes) - stirling_rest(failures);
    const double deviance = npt__deviance_part(successes, expected, successes - expected) +
                            npt__deviance_part(failures, count * other, expected - successes);
    return exp(rest - deviance) * sqrt(count / (TWICE_PI * successes * failures));
}
