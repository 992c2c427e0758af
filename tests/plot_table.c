/* plot_table.c - tables as the analyses give them, of any number of sites, for tests of pictures.
 *
 * The mean of construct c at site s in wave w is 1.5 + ((7c + 11s + 5w) mod 31) / 10, so between 1.5 and 4.5; its
 * interval is 0.3 to both sides; n is 5 + (13s mod 40).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plot_table.h"

#include <string.h>

static const char *const constructs[] = {"Coherence", "Cognitive participation",
                                         "Collective action", "Reflexive monitoring"};

static const char *name_of(npt_table *table, const struct plot_table *how, const char *kind,
                           size_t number)
{
    npt__arena *arena = npt__table_arena(table);
    if (how->site && strcmp(kind, "Site") == 0)
        return npt__arena_print(arena, "%s %zu", how->site, number + 1);
    if (!how->name && *kind == 'C' && number < 4)
        return constructs[number];
    return npt__arena_print(arena, "%s %zu", how->name ? how->name : kind, number + 1);
}

/* What a cell holds in place of its number; NULL: nothing else. */
static const struct npt_cell *hole(const struct plot_table *how, size_t place)
{
    static struct npt_cell withheld, absent;
    withheld = npt__withheld("fewer than 10 people");
    absent = npt__absent("nobody answered");
    if (how->withheld || how->absent)
        return how->withheld ? &withheld : &absent;
    if (!how->holes)
        return NULL;
    return place % 7 == 3 ? &withheld : place % 11 == 5 ? &absent : NULL;
}

/* ---- score ----------------------------------------------------------------------------------- */

struct score_columns {
    size_t construct, site, wave, n, mean, low, high;
};

static void add_score(npt_table *table, const struct plot_table *how,
                      const struct score_columns *at, const size_t place[3])
{
    const size_t construct = place[0], site = place[1], wave = place[2];
    const double mean = 1.5 + (double)((7 * construct + 11 * site + 5 * wave) % 31) / 10;
    const struct npt_cell *instead =
        site == how->sites ? NULL : hole(how, construct + how->constructs * site + wave);
    const struct npt_cell named = npt__text(name_of(table, how, "Construct", construct));
    const struct npt_cell place_name =
        site == how->sites ? npt__total() : npt__text(name_of(table, how, "Site", site));
    struct npt_cell *row = npt__table_add_row(table);
    row[at->construct] = named;
    row[at->site] = place_name;
    if (how->waves)
        row[at->wave] = wave == how->waves
                            ? npt__total()
                            : npt__text(npt__arena_print(npt__table_arena(table), "%zu", wave + 1));
    row[at->n] = instead ? *instead : npt__count(5 + 13 * site % 40);
    row[at->mean] = instead ? *instead : npt__number(mean);
    row[at->low] = instead ? *instead : npt__number(mean - 0.3);
    row[at->high] = instead ? *instead : npt__number(mean + 0.3);
}

npt_table *plot_table_score(const struct plot_table *how)
{
    npt_table *table = npt__table_new("score", "Construct scores");
    struct score_columns at = {.wave = SIZE_MAX};
    at.construct = npt__table_dimension(table, "construct", "Construct");
    at.site = npt__table_dimension(table, "site", "Site");
    if (how->waves)
        at.wave = npt__table_dimension(table, "wave", "Wave");
    at.n = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    at.mean = npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    at.low = npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN);
    at.high = npt__table_measure(table, "high", "High", NPT_UNIT_MEAN);
    const size_t waves = how->waves ? how->waves + 1 : 1;
    for (size_t construct = 0; construct < how->constructs; construct++)
        for (size_t site = 0; site <= how->sites; site++)
            for (size_t wave = 0; wave < waves; wave++)
                add_score(table, how, &at, (const size_t[3]){construct, site, wave});
    return table;
}

/* ---- items ----------------------------------------------------------------------------------- */

/* Of every item and site, 20 answered: (3i + s) mod 9 disagree, 4 do neither, the others agree. */
npt_table *plot_table_items(const struct plot_table *how)
{
    npt_table *table = npt__table_new("items", "Answers by item");
    const size_t construct = npt__table_dimension(table, "construct", "Construct"),
                 item = npt__table_dimension(table, "item", "Item"),
                 site = npt__table_dimension(table, "site", "Site"),
                 n = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT),
                 not_relevant =
                     npt__table_measure(table, "not_relevant", "Not relevant", NPT_UNIT_COUNT),
                 disagree = npt__table_measure(table, "disagree_share", "Disagree", NPT_UNIT_SHARE),
                 neutral = npt__table_measure(table, "neutral_share", "Neutral", NPT_UNIT_SHARE),
                 agree = npt__table_measure(table, "agree_share", "Agree", NPT_UNIT_SHARE);
    for (size_t i = 0; i < 2 * how->constructs; i++)
        for (size_t s = 0; s < how->sites; s++) {
            const size_t against = (3 * i + s) % 9;
            const struct npt_cell *instead = hole(how, i + 2 * how->constructs * s);
            const struct npt_cell names[] = {npt__text(name_of(table, how, "Construct", i / 2)),
                                             npt__text(name_of(table, how, "item", i)),
                                             npt__text(name_of(table, how, "Site", s))};
            struct npt_cell *row = npt__table_add_row(table);
            row[construct] = names[0];
            row[item] = names[1];
            row[site] = names[2];
            row[n] = instead ? *instead : npt__count(20);
            row[not_relevant] = npt__count(s);
            row[disagree] = instead ? *instead : npt__number((double)against / 20);
            row[neutral] = instead ? *instead : npt__number(0.2);
            row[agree] = instead ? *instead : npt__number((double)(16 - against) / 20);
        }
    return table;
}

/* Of every item and site, 20 answered; those who disagree as above, of whom every third does so strongly, as does
   every third of those who agree. A total of all sites, as many as if each had answered so, comes last. */
static void add_answer(npt_table *table, const struct plot_table *how, const size_t place[3])
{
    static const char *const labels[] = {"Strongly disagree", "Disagree", "Neither", "Agree",
                                         "Strongly agree"};
    static const char *const sides[] = {"disagree", "disagree", "neutral", "agree", "agree"};
    const size_t i = place[0], s = place[1], a = place[2], against = (3 * i + s) % 9;
    const size_t counts[] = {against / 3, against - against / 3, 4,
                             16 - against - (16 - against) / 3, (16 - against) / 3};
    const struct npt_cell *instead =
        s == how->sites ? NULL : hole(how, i + 2 * how->constructs * s);
    const struct npt_cell cells[] = {
        npt__text(name_of(table, how, "Construct", i / 2)),
        npt__text(name_of(table, how, "item", i)),
        npt__text(npt__arena_print(npt__table_arena(table), "%zu", a + 1)),
        s == how->sites ? npt__total() : npt__text(name_of(table, how, "Site", s)),
        npt__text(labels[a]),
        npt__text(sides[a]),
        instead ? *instead : npt__number((double)counts[a] / 20),
        instead ? *instead : npt__count(20),
        npt__count(s)};
    struct npt_cell *row = npt__table_add_row(table);
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
        row[c] = cells[c];
}

npt_table *plot_table_answers(const struct plot_table *how)
{
    npt_table *table = npt__table_new("answers", "Answers one by one");
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "item", "Item");
    npt__table_dimension(table, "answer", "Answer");
    npt__table_dimension(table, "site", "Site");
    npt__table_measure(table, "label", "Label", NPT_UNIT_TEXT);
    npt__table_measure(table, "side", "Side", NPT_UNIT_TEXT);
    npt__table_measure(table, "share", "Share", NPT_UNIT_SHARE);
    npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "not_relevant", "Not relevant", NPT_UNIT_COUNT);
    for (size_t i = 0; i < 2 * how->constructs; i++)
        for (size_t s = 0; s <= how->sites; s++)
            for (size_t a = 0; a < 5; a++)
                add_answer(table, how, (const size_t[3]){i, s, a});
    return table;
}

/* ---- tally ----------------------------------------------------------------------------------- */

/* Of the 20 cases of a site, (5c + 3s + 7v) mod 21 speak of construct c; three segments each. */
npt_table *plot_table_tally(const struct plot_table *how)
{
    static const char *const valences[] = {"barrier", "facilitator", "neither"};
    npt_table *table = npt__table_new("tally", "How strongly each construct is present");
    const size_t construct = npt__table_dimension(table, "construct", "Construct"),
                 valence = how->valence ? npt__table_dimension(table, "valence", "Valence") : 0,
                 site = npt__table_dimension(table, "site", "Site"),
                 cases = npt__table_measure(table, "cases", "Cases", NPT_UNIT_COUNT),
                 of_cases = npt__table_measure(table, "of_cases", "Of cases", NPT_UNIT_COUNT),
                 segments = npt__table_measure(table, "segments", "Segments", NPT_UNIT_COUNT);
    for (size_t c = 0; c < how->constructs; c++)
        for (size_t v = 0; v < (how->valence ? 3 : 1); v++)
            for (size_t s = 0; s < how->sites; s++) {
                const size_t count = (5 * c + 3 * s + 7 * v) % 21;
                const struct npt_cell *instead = hole(how, c + v + how->constructs * s);
                const struct npt_cell names[] = {npt__text(name_of(table, how, "Construct", c)),
                                                 npt__text(name_of(table, how, "Site", s))};
                struct npt_cell *row = npt__table_add_row(table);
                row[construct] = names[0];
                if (how->valence)
                    row[valence] = npt__text(valences[v]);
                row[site] = names[1];
                row[cases] = instead ? *instead : npt__count(count);
                row[of_cases] = npt__count(20);
                row[segments] = instead ? *instead : npt__count(3 * count);
            }
    return table;
}

/* ---- cooccur --------------------------------------------------------------------------------- */

/* Constructs a and b are together in (3a + 5b) mod 10 cases; pairs that never are have no row. */
npt_table *plot_table_cooccur(const struct plot_table *how)
{
    npt_table *table = npt__table_new("cooccur", "Which constructs occur together");
    const size_t construct = npt__table_dimension(table, "construct", "Construct"),
                 with = npt__table_dimension(table, "with", "With"),
                 together = npt__table_measure(table, "cases_together", "Together", NPT_UNIT_COUNT);
    for (size_t a = 0; a < how->constructs; a++)
        for (size_t b = a + 1; b < how->constructs; b++) {
            const size_t count = (3 * a + 5 * b) % 10;
            const struct npt_cell *instead = hole(how, a + b);
            const struct npt_cell names[] = {npt__text(name_of(table, how, "Construct", a)),
                                             npt__text(name_of(table, how, "Construct", b))};
            if (!count)
                continue;
            struct npt_cell *row = npt__table_add_row(table);
            row[construct] = names[0];
            row[with] = names[1];
            row[together] = instead ? *instead : npt__count(count);
        }
    return table;
}

/* ---- saturation ------------------------------------------------------------------------------ */

/* At each site 4 interviews for each construct; interview i brings 12 / (i + 1) new codes, so 12, 6, 4, 3, 2 ... */
npt_table *plot_table_saturation(const struct plot_table *how)
{
    npt_table *table = npt__table_new("saturation", "New codes by interview");
    const size_t site = npt__table_dimension(table, "site", "Site"),
                 interview = npt__table_dimension(table, "interview", "Interview"),
                 number = npt__table_measure(table, "number", "No.", NPT_UNIT_COUNT),
                 fresh = npt__table_measure(table, "new_codes", "New", NPT_UNIT_COUNT),
                 codes = npt__table_measure(table, "codes", "So far", NPT_UNIT_COUNT);
    for (size_t s = 0; s < how->sites; s++) {
        size_t all = 0;
        for (size_t i = 0; i < 4 * how->constructs; i++) {
            const struct npt_cell *instead = hole(how, i);
            const struct npt_cell names[] = {npt__text(name_of(table, how, "Site", s)),
                                             npt__text(name_of(table, how, "interview", i))};
            struct npt_cell *row = npt__table_add_row(table);
            all += 12 / (i + 1);
            row[site] = names[0];
            row[interview] = names[1];
            row[number] = npt__count(i + 1);
            row[fresh] = instead ? *instead : npt__count(12 / (i + 1));
            row[codes] = instead ? *instead : npt__count(all);
        }
    }
    return table;
}

/* ---- agree ----------------------------------------------------------------------------------- */

/* Kappa of construct c and pair p is 0.9 - ((3c + 2p) mod 10) / 10, its interval 0.15 to both sides, 1 at most. */
npt_table *plot_table_agree(const struct plot_table *how)
{
    npt_table *table = npt__table_new("agree", "Do the coders agree");
    const size_t construct = npt__table_dimension(table, "construct", "Construct"),
                 coder = npt__table_dimension(table, "coder", "Coder"),
                 with = npt__table_dimension(table, "with", "With"),
                 kappa = npt__table_measure(table, "kappa", "kappa", NPT_UNIT_MEAN),
                 low = npt__table_measure(table, "kappa_low", "Low", NPT_UNIT_MEAN),
                 high = npt__table_measure(table, "kappa_high", "High", NPT_UNIT_MEAN),
                 caution = npt__table_measure(table, "caution", "Caution", NPT_UNIT_TEXT);
    for (size_t c = 0; c < how->constructs; c++)
        for (size_t p = 0; p < how->sites; p++) {
            const double value = 0.9 - (double)((3 * c + 2 * p) % 10) / 10;
            const struct npt_cell *instead = hole(how, c + how->constructs * p);
            const struct npt_cell names[] = {npt__text(name_of(table, how, "Construct", c)),
                                             npt__text("Coder A"),
                                             npt__text(name_of(table, how, "Coder B", p))};
            struct npt_cell *row = npt__table_add_row(table);
            row[construct] = names[0];
            row[coder] = names[1];
            row[with] = names[2];
            row[kappa] = instead ? *instead : npt__number(value);
            row[low] = instead ? *instead : npt__number(value - 0.15);
            row[high] = instead ? *instead : npt__number(value + 0.15 < 1 ? value + 0.15 : 1);
            row[caution] = c % 2 ? npt__text("few interviews") : npt__absent(NULL);
        }
    return table;
}
