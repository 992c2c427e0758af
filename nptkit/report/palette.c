/* palette.c - the colours of pictures, and how well one stands out from another.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "palette.h"

#include <math.h>
#include <string.h>

#define PALE UINT32_C(0xF7F7F7)

/* Of Okabe and Ito's colours those that stand out from white: blue, vermilion, green, purple. The other four are
   built to stand out from white, and each from the one before and after it: dark blue, turquoise, dark pink, orange. */
static const struct npt__palette palettes[] = {
    {.name = "okabe-ito",
     .of = "Okabe and Ito (2008)",
     .series = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7},
     .own = 0xD55E00,
     .low = 0xB35806,
     .high = 0x0571B0,
     .pale_low = 0xFDB863,
     .pale_high = 0x92C5DE},
    {.name = "af",
     .of = "the UK Government Analysis Function",
     .series = {0x12436D, 0x28A197, 0x801650, 0xF46A25},
     .own = 0x801650,
     .low = 0x801650,
     .high = 0x12436D,
     .pale_low = 0xE3B0CB,
     .pale_high = 0x8FBFE8},
};

const struct npt__palette *npt__palette_at(size_t index)
{
    return index < sizeof palettes / sizeof *palettes ? &palettes[index] : NULL;
}

const struct npt__palette *npt__palette_find(const char *name)
{
    const struct npt__palette *palette = NULL;
    for (size_t i = 0; (palette = npt__palette_at(i)) != NULL; i++)
        if (!name || strcmp(palette->name, name) == 0)
            break;
    return palette;
}

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

uint32_t npt__palette_tone(const struct npt__palette *palette, bool agreement, double strength)
{
    return agreement ? mixed(palette->pale_high, palette->high, strength)
                     : mixed(palette->pale_low, palette->low, strength);
}

uint32_t npt__diverging(const struct npt__palette *palette, double share)
{
    const double off = fmin(1, fabs(2 * share - 1));
    return mixed(PALE, share < 0.5 ? palette->low : palette->high, off);
}

uint32_t npt__sequential(const struct npt__palette *palette, double share)
{
    return mixed(PALE, palette->high, fmax(0, fmin(1, share)));
}
