/* palette.h - the colours of pictures, and how well one stands out from another.
 *
 * Marks stand out from white by 3:1 and differ in shape and dash too, never in colour alone; text stands
 * out from its ground by 4.5:1 (WCAG 2.2, 1.4.1, 1.4.3 and 1.4.11).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PALETTE_H
#define NPT__PALETTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__WHITE UINT32_C(0xFFFFFF)
#define NPT__BLACK UINT32_C(0x000000)
#define NPT__TEXT_COLOUR UINT32_C(0x1A1A1A)
#define NPT__FAINT_COLOUR UINT32_C(0x595959) /* less important text, and frames */
#define NPT__GRID_COLOUR UINT32_C(0xE4E4E4)
#define NPT__AXIS_COLOUR UINT32_C(0x333333)
#define NPT__MIDDLE_COLOUR UINT32_C(0x666666) /* the line of all sites */
#define NPT__OTHERS_COLOUR UINT32_C(0x808080) /* the sites that are not one's own */
#define NPT__HATCH_COLOUR UINT32_C(0x8C8C8C)
#define NPT__OWN_ROW_COLOUR UINT32_C(0xFFF3D6)
#define NPT__NEUTRAL_COLOUR UINT32_C(0xBDBDBD)

/* Series that can be told apart, in the order of the markers and dashes. */
#define NPT__SERIES 4

struct npt__palette {
    const char *name, *of; /* "af", and whose colours these are */
    uint32_t series[NPT__SERIES];
    uint32_t own;                 /* one's own site among grey ones */
    uint32_t low, high;           /* disagreement and the low end; agreement and the high end */
    uint32_t pale_low, pale_high; /* the same, weakly */
};

/* The palette of this name, NULL: the first. NULL where there is none. */
const struct npt__palette *npt__palette_find(const char *name);
/* NULL past the end. */
const struct npt__palette *npt__palette_at(size_t index);

/* The ratio of WCAG 2.2: 1 (the same) to 21 (black on white). */
double npt__contrast(uint32_t a, uint32_t b);
/* Black or white, whichever is read better on `ground`: at least 4.5:1 on every colour. */
uint32_t npt__text_on(uint32_t ground);
/* Of disagreement, or agreement: from the pale colour (0) to the full one (1). */
uint32_t npt__palette_tone(const struct npt__palette *palette, bool agreement, double strength);
/* From the low colour (0) through near white (0.5) to the high colour (1). */
uint32_t npt__diverging(const struct npt__palette *palette, double share);
/* From near white (0) to the high colour (1): for counts. */
uint32_t npt__sequential(const struct npt__palette *palette, double share);

#endif
