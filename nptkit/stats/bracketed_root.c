/* bracketed_root.c - where a function that changes sign between two points is 0.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bracketed_root.h"

#include <float.h>
#include <math.h>

#define MOST_STEPS 400

double npt__bracketed_root(double (*function)(double at, const void *user), const void *user,
                           double low, double high)
{
    double at_low = function(low, user), at_high = function(high, user);
    if (at_low == 0)
        return low;
    if (at_high == 0)
        return high;
    if (!isfinite(at_low) || !isfinite(at_high) || (at_low > 0) == (at_high > 0))
        return NAN;
    double best = low, at_best = fabs(at_low);
    int side = 0; /* which end the last step kept: -1 the low one, 1 the high one */
    for (int i = 0; i < MOST_STEPS; i++) {
        double middle = i % 8 == 7 ? low + (high - low) / 2
                                   : high - at_high / (at_high - at_low) * (high - low);
        if (!(middle > low && middle < high))
            break;
        double at_middle = function(middle, user);
        if (fabs(at_middle) < at_best) {
            best = middle;
            at_best = fabs(at_middle);
        }
        if (at_middle == 0)
            return middle;
        if ((at_middle > 0) == (at_high > 0)) {
            high = middle;
            at_high = at_middle;
            at_low = side == -1 ? at_low / 2 : at_low;
            side = -1;
        } else {
            low = middle;
            at_low = at_middle;
            at_high = side == 1 ? at_high / 2 : at_high;
            side = 1;
        }
        if (high - low <= 2 * DBL_EPSILON * fmax(fabs(low), fabs(high)))
            break;
    }
    return best;
}
