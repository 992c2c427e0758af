/* palette.c - the colours of pictures, and how well one stands out from another.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "palette.h"

#include <math.h>

#define PALE UINT32_C(0xF7F7F7)

const uint32_t npt__series_colours[NPT__SERIES] = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7};

static double channel(uint32_t colour, unsigned shift)
{
    return (double)(colour >> shift & 0xFF) / 255.0;
}

/* Relative luminance, WCAG 2.2. */
static double luminance(uint32_t colour)
{
    static const struct {
        unsigned shift;
        double weight;
    } channels[] = {{16, 0.2126}, {8, 0.7152}, {0, 0.0722}};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        const double value = channel(colour, channels[i].shift);
        sum += channels[i].weight *
               (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double npt__contrast(uint32_t a, uint32_t b)
{
    const double one = luminance(a), other = luminance(b);
    return (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);
}

uint32_t npt__text_on(uint32_t ground)
{
    return npt__contrast(ground, NPT__BLACK) >= npt__contrast(ground, NPT__WHITE) ? NPT__BLACK
                                                                                  : NPT__WHITE;
}

static uint32_t mixed(uint32_t from, uint32_t to, double share)
{
    uint32_t colour = 0;
    for (unsigned shift = 0; shift <= 16; shift += 8) {
        const double a = (double)(from >> shift & 0xFF), b = (double)(to >> shift & 0xFF);
        colour |= (uint32_t)lround(a + (b - a) * share) << shift;
    }
    return colour;
}

uint32_t npt__diverging(double share)
{
    const double off = fmin(1, fabs(2 * share - 1));
    return mixed(PALE, share < 0.5 ? NPT__LOW_COLOUR : NPT__HIGH_COLOUR, off);
}

uint32_t npt__sequential(double share)
{
    return mixed(PALE, NPT__HIGH_COLOUR, fmax(0, fmin(1, share)));
}
