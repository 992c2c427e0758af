/* adjust.c - p-values of several tests, adjusted for their number.
 *
 * The p-values present are sorted; each method makes a value of every p and its place, and then sees to it that a
 * greater p has no smaller value.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "adjust.h"

#include "../base/arena.h"

#include <math.h>
#include <stdlib.h>

struct placed {
    double p, adjusted;
    size_t place;
};

static int by_p(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    return (a->p > b->p) - (a->p < b->p);
}

/* From the smallest p up: no value is below the one before. */
static void step_down(struct placed *tests, size_t count)
{
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, (double)(count - i) * tests[i].p);
        tests[i].adjusted = most;
    }
}

/* From the greatest p down: no value is above the one after. */
static void step_up(struct placed *tests, size_t count, enum npt__adjustment adjustment)
{
    double least = 1, harmonic = 0;
    for (size_t i = count; i; i--)
        harmonic += 1 / (double)i;
    for (size_t i = count; i; i--) {
        double factor = (double)count / (double)i;
        if (adjustment == NPT__ADJUST_HOCHBERG)
            factor = (double)(count - i + 1);
        else if (adjustment == NPT__ADJUST_BENJAMINI_YEKUTIELI)
            factor *= harmonic;
        least = fmin(least, factor * tests[i - 1].p);
        tests[i - 1].adjusted = least;
    }
}

/* Hommel's values as Wright 1992, "Adjusted p-values for simultaneous inference", Biometrics 48, 1005-1013, finds
   them: for each number m of hypotheses that may be true, the least m p / j among the m - 1 greatest of them. */
static void hommel(struct placed *tests, size_t count)
{
    double start = 1;
    for (size_t i = 0; i < count; i++)
        start = fmin(start, (double)count * tests[i].p / (double)(i + 1));
    for (size_t i = 0; i < count; i++)
        tests[i].adjusted = fmax(start, tests[i].p);
    for (size_t m = count; m-- > 2;) {
        const size_t small = count - m + 1;
        double least = 1;
        for (size_t j = 2; j <= m; j++)
            least = fmin(least, (double)m * tests[small + j - 2].p / (double)j);
        double last = 0;
        for (size_t i = 0; i < small; i++) {
            last = fmin((double)m * tests[i].p, least);
            tests[i].adjusted = fmax(tests[i].adjusted, last);
        }
        for (size_t i = small; i < count; i++)
            tests[i].adjusted = fmax(tests[i].adjusted, last);
    }
}

static void adjust_sorted(enum npt__adjustment adjustment, struct placed *tests, size_t count)
{
    switch (adjustment) {
    case NPT__ADJUST_NONE:
    case NPT__ADJUST_BONFERRONI:
        for (size_t i = 0; i < count; i++)
            tests[i].adjusted = tests[i].p * (adjustment == NPT__ADJUST_NONE ? 1 : (double)count);
        break;
    case NPT__ADJUST_HOLM:
        step_down(tests, count);
        break;
    case NPT__ADJUST_HOMMEL:
        hommel(tests, count);
        break;
    case NPT__ADJUST_HOCHBERG:
    case NPT__ADJUST_BENJAMINI_HOCHBERG:
    case NPT__ADJUST_BENJAMINI_YEKUTIELI:
        step_up(tests, count, adjustment);
        break;
    }
}

void npt__adjust(enum npt__adjustment adjustment, const double *p, double *adjusted, size_t count)
{
    if (!count)
        return;
    struct placed *tests = npt__allocate(count * sizeof *tests);
    size_t present = 0;
    for (size_t i = 0; i < count; i++) {
        if (p[i] >= 0 && p[i] <= 1)
            tests[present++] = (struct placed){p[i], NAN, i};
        adjusted[i] = NAN;
    }
    qsort(tests, present, sizeof *tests, by_p);
    adjust_sorted(adjustment, tests, present);
    for (size_t i = 0; i < present; i++)
        adjusted[tests[i].place] = fmin(tests[i].adjusted, 1);
    npt__release(tests);
}
