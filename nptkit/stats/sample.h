/* sample.h - a sample of values from which means of resamples are drawn, with replacement.
 *
 *     struct npt__sample sample;
 *     npt__sample_open(&sample, values, count);
 *     ... mean = npt__sample_draw(&sample, &random) ...
 *     npt__sample_release(&sample);
 *
 * The values are put into an order of their own, so the digits do not depend on the order of the rows.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SAMPLE_H
#define NPT__SAMPLE_H

#include "random.h"

struct npt__sample {
    double *values; /* sorted */
    size_t count;
    double *distinct; /* the different values, ascending, and how often each stands */
    uint32_t *times;
    size_t distinct_count;
    double mean;
    bool by_counts; /* see npt__bootstrap_by_counts() */
};

/* `values` are finite; `count` is from 1 to UINT32_MAX. */
void npt__sample_open(struct npt__sample *sample, const double *values, size_t count);
/* The mean of as many draws as there are values. */
double npt__sample_draw(const struct npt__sample *sample, struct npt__random *random);
void npt__sample_release(struct npt__sample *sample);

#endif
