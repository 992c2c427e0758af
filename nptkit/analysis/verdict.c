/* verdict.c - plain words for a difference, made from its interval by one printed rule.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "verdict.h"

enum npt__verdict npt__verdict(const struct npt__interval *interval, size_t fewest, size_t least)
{
    if (fewest < least)
        return NPT__TOO_FEW;
    if (interval->defined && interval->low > 0)
        return NPT__CLEARLY_HIGHER;
    return interval->defined && interval->high < 0 ? NPT__CLEARLY_LOWER : NPT__NOT_CLEAR;
}

struct npt_cell npt__verdict_cell(npt_table *table, enum npt__verdict verdict, const char *unit)
{
    switch (verdict) {
    case NPT__CLEARLY_HIGHER:
        return npt__text("clearly higher");
    case NPT__CLEARLY_LOWER:
        return npt__text("clearly lower");
    case NPT__NOT_CLEAR:
        return npt__text("not clear");
    default:
        return npt__text(npt__arena_print(npt__table_arena(table), "too few %s", unit));
    }
}

void npt__note_verdict(npt_table *table, const char *interval, size_t least, const char *unit)
{
    npt__table_add_note(
        table,
        "In words: clearly higher or lower where the whole %s of the difference lies on one side of "
        "0; not clear where it holds 0, which does not mean that there is no difference; too few "
        "%s where one side has fewer than %zu (--least). The words go by the interval; p, adjusted in its own "
        "way, can say otherwise at the border.",
        interval, unit, least);
}

enum npt_status npt__read_least(const npt_options *options, size_t *least, npt_diags *diags)
{
    *least = NPT__LEAST;
    return npt__option_number(options, "least", 1, 1000000, least, diags);
}
