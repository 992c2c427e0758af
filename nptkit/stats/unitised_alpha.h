/* unitised_alpha.h - agreement of observers who mark passages of a text themselves: Krippendorff's alpha for
 * unitised continua.
 *
 * Observers cut the same text (the *continuum*, so many characters long) into *units* of their own choice, each with
 * a category; what lies between is a *gap*. The four coefficients (Krippendorff, Mathet, Bouvry & Widloecher 2016,
 * "On the reliability of unitizing textual continua: further developments", Quality & Quantity 50, 2347-2364; the
 * same in Krippendorff 2019, Content Analysis, 4th edition, section 12.6) ask:
 *     u       do they mark the same passages with the same categories?   (equations 1, 4, 5; 32-34 in 2019)
 *     |u      do they tell units from gaps alike, whatever the category? (equation 6; 35)
 *     cu      where two observers both marked, do categories agree?      (equations 10, 11; 36, 37)
 *     (k)u    the same for one category k against all others             (equation 13; 38)
 * Each is 1 - observed / expected disagreement: 1 for agreement throughout, 0 for what chance would bring.
 *
 * With m observers, l[c][k] is the length over which ordered pairs of them say c and k, over m - 1. Expected
 * coincidences of c and k are l[c] l[k] / (l^2 - S) * l, with l[c] l[c] - S[c] in place of l[c] l[c]: S[c] sums
 * the squared lengths of the units of c (for gaps: the lengths), since a unit is never paired with itself. In cu and
 * (k)u everything is taken of the intersections of units only: l[c] is the length of c that others marked as well, in
 * the mean of the other observers, and S[c] sums the squares of each unit's part in it.
 *
 * How far this is confirmed: the paper and its erratum (50, 2365) were not at hand, only programs and tests that cite
 * its equations. u is as three independent programs have it, |u as two. With two observers cu and (k)u are as two
 * programs have them. WITH THREE OR MORE OBSERVERS S[c] OF cu AND (k)u IS OUR OWN READING, which neither of these programs
 * has: one, which cites equation 10, takes each other observer's share alone (squares over m - 1), one the length shared
 * with any of them. Five readings were tried on the example of figure 12.11 in Krippendorff 2019, with boundaries that
 * somebody else had read off the drawing; the book has cu 0.724. Ours gives 0.724, the two programs' 0.726 and 0.728, two
 * more 0.721 and 0.740. That is weak evidence: the boundaries are not certain (|u comes out at 0.4136, the book has
 * 0.413), and other boundaries that fit u and |u allow 0.723 to 0.725 for the first two readings. What else speaks
 * for ours: sums of squares of the parts that make up l[c] cannot exceed its square, so that no expected coincidence is
 * negative; both others give alphas above 1 for some data. Readings differ by a few thousandths where most passages
 * are marked by most observers, and by much more where few are. Compare with the paper before values of
 * three or more observers are published.
 *
 *     struct npt__coded_unit units[] = {{.observer = 0, .category = 2, .start = 10, .end = 25}, ...};
 *     struct npt__unitising unitising = {.units = units, .count = 12, .observers = 2, .categories = 3,
 *                                        .length = 1800};
 *     struct npt__unitised_alpha alpha = npt__unitised_alpha(&unitising, categories);
 *
 * Several interviews are pooled by laying them end to end: shift each one's positions by the lengths of those before,
 * and give the sum of lengths. Gaps count by length, so that their borders do not matter. Every observer must have
 * read all of it. An observer's units must not overlap: where several codes may stand on one passage, ask for
 * each code alone (one category; u and |u are then the same).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__UNITISED_ALPHA_H
#define NPT__UNITISED_ALPHA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__UNITISED_OBSERVERS 100u
#define NPT__UNITISED_CATEGORIES 100000u
#define NPT__UNITISED_LENGTH UINT64_C(1000000000)
#define NPT__UNITISED_GAP UINT32_MAX /* a category: such a unit is as if it were not there */

/* What one observer marked: the characters from `start` up to, not including, `end`. Units that touch stay two units,
   even with the same category. */
struct npt__coded_unit {
    uint32_t observer; /* 0 .. observers - 1 */
    uint32_t category; /* 0 .. categories - 1, or NPT__UNITISED_GAP */
    uint64_t start, end;
};

struct npt__unitising {
    const struct npt__coded_unit *units; /* in any order */
    size_t count;
    uint32_t observers; /* those who marked nothing included */
    uint32_t categories;
    uint64_t length;
};

enum npt__unitised_fault {
    NPT__UNITISED_FINE,
    NPT__UNITISED_FEW_OBSERVERS, /* fewer than 2 */
    NPT__UNITISED_TOO_LARGE,     /* beyond the ceilings above */
    NPT__UNITISED_NO_LENGTH,
    NPT__UNITISED_OUTSIDE, /* a unit is empty, ends beyond the continuum, or has no such observer or category */
    NPT__UNITISED_OVERLAP, /* two units of an observer overlap */
};

/* Not defined where chance brings no disagreement either: all is one category, or nothing is compared. */
struct npt__unitised_coefficient {
    bool defined;
    double alpha; /* NaN unless defined */
};

struct npt__unitised_category {
    struct npt__unitised_coefficient alpha; /* (k)u */
    uint64_t length;                        /* marked with it by all observers together */
    double
        covered; /* the share of `length` that other observers marked as well, in the mean; NaN where 0 */
};

struct npt__unitised_alpha {
    enum npt__unitised_fault fault; /* no coefficient is defined unless FINE */
    size_t units;                   /* gaps not counted */
    struct npt__unitised_coefficient u, binary, cu;
    double
        covered; /* the share of the continuum that cu speaks of: pairs of observers who both marked */
};

/* `categories` takes an entry for each category; NULL: not wanted. The same digits for any order of the units, the
   observers and the categories: lengths are summed as whole numbers. */
struct npt__unitised_alpha npt__unitised_alpha(const struct npt__unitising *unitising,
                                               struct npt__unitised_category *categories);

#endif
