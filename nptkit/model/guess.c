/* guess.c - which column of a survey export is which item: weighing the evidence.
 *
 * Every column is looked at alone (guess_evidence.h), then all names together; then the two are weighed for
 * each column; at last columns that claim the same are set against each other.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess.h"
#include "guess_evidence.h"
#include "guess_name.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_SHOWN 30 /* characters of a column's name in a reason */

struct guessing {
    npt__arena *arena;
    const npt_instrument *instrument;
    const char *const *names, *const *wordings;
    size_t count;
    struct npt__evidence *evidence;
    struct npt__name_claim *claims;
    struct npt__column_guess *guesses;
};

static const char *id_of(const struct guessing *guessing, uint32_t item)
{
    return guessing->instrument->items[item].id;
}

/* A column as people know it: 'its name', shortened, or its number. */
static const char *show(const struct guessing *guessing, size_t column)
{
    const char *name = guessing->names[column];
    size_t length = strnlen(name, LONGEST_SHOWN * 4);
    size_t kept = npt__utf8_offset(name, length, LONGEST_SHOWN);
    if (!length)
        return npt__arena_print(guessing->arena, "column %zu", column + 1);
    npt__buffer shown = {0};
    npt__utf8_add_printable(&shown, name, kept);
    const char *result = npt__arena_print(guessing->arena, "column '%s%s'",
                                          npt__buffer_string(&shown), kept < length ? "..." : "");
    npt__buffer_release(&shown);
    return result;
}

/* ---- the intervention's name ----------------------------------------------------------------- */

struct vote {
    uint64_t fill;
    uint32_t item;
};

static int by_fill(const void *a, const void *b)
{
    const struct vote *x = a, *y = b;
    if (x->fill != y->fill)
        return (x->fill > y->fill) - (x->fill < y->fill);
    return (x->item > y->item) - (x->item < y->item);
}

/* The hash of the name that most items hold in their gaps, two at least; 0 where there is none. */
static uint64_t find_fill(const struct guessing *guessing)
{
    NPT__ARRAY(struct vote) votes = {0};
    for (size_t c = 0; c < guessing->count; c++) {
        const struct npt__likeness *likeness = &guessing->evidence[c].likeness;
        for (size_t i = 0; likeness->kind == NPT__EXACT && i < likeness->fill_count; i++)
            *npt__array_add(&votes) = (struct vote){likeness->fills[i].hash, likeness->item};
    }
    if (votes.count)
        qsort(votes.items, votes.count, sizeof *votes.items, by_fill);
    uint64_t best = 0;
    size_t most = 1, items = 0;
    for (size_t i = 0; i < votes.count; i++) {
        const struct vote *vote = &votes.items[i];
        bool is_new_fill = i == 0 || vote[-1].fill != vote->fill;
        items = is_new_fill ? 1 : items + (vote[-1].item != vote->item);
        if (items > most && vote->fill) {
            most = items;
            best = vote->fill;
        }
    }
    npt__array_release(&votes);
    return best;
}

static enum npt__certainty exactness(const struct npt__likeness *likeness, uint64_t fill)
{
    if (!likeness->has_gap)
        return likeness->fixed >= 3 ? NPT__CERTAIN : NPT__LIKELY;
    for (size_t i = 0; i < likeness->fill_count; i++)
        if (fill && likeness->fills[i].hash == fill)
            return NPT__CERTAIN;
    return likeness->fixed >= 4 ? NPT__LIKELY : NPT__POSSIBLE;
}

/* How sure the wording makes an item. */
static enum npt__certainty by_wording(const struct npt__likeness *likeness, uint64_t fill)
{
    switch (likeness->kind) {
    case NPT__EXACT:
        return exactness(likeness, fill);
    case NPT__SCALED:
    case NPT__CLOSE:
        return NPT__LIKELY;
    case NPT__BETWEEN:
    case NPT__LONGER:
    case NPT__NEGATED:
        return NPT__POSSIBLE;
    case NPT__UNLIKE:
        break;
    }
    return NPT__UNSURE;
}

static const char *wording_reason(const struct guessing *guessing,
                                  const struct npt__evidence *evidence)
{
    const struct npt__likeness *likeness = &evidence->likeness;
    const char *id = id_of(guessing, likeness->item);
    npt__arena *arena = guessing->arena;
    switch (likeness->kind) {
    case NPT__EXACT:
        return npt__arena_print(
            arena,
            evidence->by_wording == NPT__CERTAIN
                ? "its wording is that of item %s"
                : "its wording is that of item %s, but for the intervention's name",
            id);
    case NPT__SCALED:
        return npt__arena_print(arena, "its wording is that of item %s, with a scale behind it",
                                id);
    case NPT__CLOSE:
        return npt__arena_print(arena, "its wording is close to that of item %s", id);
    case NPT__BETWEEN:
        return npt__arena_print(arena, "its wording is close to those of items %s and %s", id,
                                id_of(guessing, likeness->other));
    case NPT__LONGER:
        return npt__arena_print(arena, "it holds the wording of item %s, and more", id);
    case NPT__NEGATED:
        return npt__arena_print(arena, "its wording may be the opposite of that of item %s", id);
    case NPT__UNLIKE:
        break;
    }
    return "";
}

/* ---- name against wording -------------------------------------------------------------------- */

/* A run whose columns have wordings of other items more often than of its own does not number the items.
   A run of which one column asks for something else altogether numbers the questions of a survey. */
static void refute_runs(struct guessing *guessing)
{
    struct tally {
        size_t agree, differ;
        bool asks_else;
    } *tallies = npt__allocate(guessing->count * sizeof *tallies);
    memset(tallies, 0, guessing->count * sizeof *tallies);
    for (size_t c = 0; c < guessing->count; c++) {
        const struct npt__name_claim *claim = &guessing->claims[c];
        const struct npt__evidence *evidence = &guessing->evidence[c];
        if (claim->run == NPT__NONE)
            continue;
        struct tally *tally = &tallies[claim->run];
        if (evidence->by_wording >= NPT__LIKELY) {
            tally->agree += evidence->likeness.item == claim->item;
            tally->differ += evidence->likeness.item != claim->item;
        } else if (evidence->use.certainty >= NPT__LIKELY) {
            tally->asks_else = true;
        }
    }
    for (size_t c = 0; c < guessing->count; c++) {
        struct npt__name_claim *claim = &guessing->claims[c];
        if (claim->run == NPT__NONE)
            continue;
        const struct tally *tally = &tallies[claim->run];
        if (tally->differ > tally->agree) {
            *claim = (struct npt__name_claim){.item = NPT__NONE, .run = NPT__NONE, .reason = ""};
        } else if (tally->asks_else && claim->certainty > NPT__POSSIBLE) {
            claim->certainty = NPT__POSSIBLE;
            claim->reason = npt__arena_print(
                guessing->arena, "%s, but another column so numbered is no item", claim->reason);
        }
    }
    npt__release(tallies);
}

static struct npt__column_guess item_guess(uint32_t item, enum npt__certainty certainty,
                                           const char *reason)
{
    return (struct npt__column_guess){NPT__COLUMN_ITEM, item, NULL, certainty, reason};
}

/* What a name says where a wording says nothing of it. */
static struct npt__column_guess by_name(const struct guessing *guessing,
                                        const struct npt__evidence *evidence,
                                        const struct npt__name_claim *claim)
{
    enum npt__certainty most = claim->kind == NPT__NAME_RUN ? NPT__POSSIBLE : NPT__LIKELY;
    if (!evidence->has_text || claim->kind == NPT__NAME_ID || claim->certainty <= most)
        return item_guess(claim->item, claim->certainty, claim->reason);
    return item_guess(
        claim->item, most,
        npt__arena_print(guessing->arena, "%s, but its wording is another", claim->reason));
}

/* Both speak of items. */
static struct npt__column_guess by_both(const struct guessing *guessing,
                                        const struct npt__evidence *evidence,
                                        const struct npt__name_claim *claim)
{
    const struct npt__likeness *likeness = &evidence->likeness;
    const char *reason = wording_reason(guessing, evidence);
    if (likeness->item == claim->item)
        return claim->certainty > evidence->by_wording
                   ? item_guess(claim->item, claim->certainty, claim->reason)
                   : item_guess(claim->item, evidence->by_wording, reason);
    if (claim->certainty == NPT__POSSIBLE && evidence->by_wording >= NPT__LIKELY)
        return item_guess(likeness->item, evidence->by_wording, reason);
    return item_guess(likeness->item, NPT__POSSIBLE,
                      npt__arena_print(guessing->arena, "%s, but %s", reason, claim->reason));
}

static struct npt__column_guess weigh(const struct guessing *guessing, size_t column)
{
    const struct npt__evidence *evidence = &guessing->evidence[column];
    const struct npt__name_claim *claim = &guessing->claims[column];
    const struct npt__use *use = &evidence->use;
    bool is_used = use->certainty >= NPT__LIKELY;
    if (use->is_final)
        return (struct npt__column_guess){use->use, NPT__NONE, use->as, use->certainty,
                                          use->reason};
    if (evidence->by_wording >= (is_used ? NPT__LIKELY : NPT__POSSIBLE))
        return claim->kind != NPT__NAME_NONE
                   ? by_both(guessing, evidence, claim)
                   : item_guess(evidence->likeness.item, evidence->by_wording,
                                wording_reason(guessing, evidence));
    if (claim->kind != NPT__NAME_NONE && !is_used)
        return by_name(guessing, evidence, claim);
    if (claim->kind != NPT__NAME_NONE && claim->kind != NPT__NAME_RUN)
        return item_guess(
            claim->item, NPT__POSSIBLE,
            npt__arena_print(guessing->arena, "%s, but also %s", claim->reason, use->reason));
    return (struct npt__column_guess){use->use, NPT__NONE, use->as, use->certainty, use->reason};
}

/* ---- column against column ------------------------------------------------------------------- */

static void lower(struct guessing *guessing, size_t column, size_t other)
{
    struct npt__column_guess *guess = &guessing->guesses[column];
    guess->certainty = NPT__POSSIBLE;
    guess->reason = npt__arena_print(guessing->arena, "%s; the same goes for %s", guess->reason,
                                     show(guessing, other));
}

struct rivals {
    uint32_t first, second; /* columns */
    bool is_numbered;       /* only by their numbers */
};

static bool only_numbered(const struct guessing *guessing, size_t column)
{
    return guessing->claims[column].kind == NPT__NAME_RUN &&
           guessing->evidence[column].by_wording < NPT__LIKELY;
}

/* Columns that claim one item. Those that only have its number lose to others; else nobody wins. */
static void contest_items(struct guessing *guessing)
{
    size_t items = guessing->instrument->item_count;
    struct rivals *rivals = npt__allocate(items * sizeof *rivals);
    for (size_t i = 0; i < items; i++)
        rivals[i] = (struct rivals){NPT__NONE, NPT__NONE, true};
    for (size_t c = 0; c < guessing->count; c++) {
        if (guessing->guesses[c].use != NPT__COLUMN_ITEM)
            continue;
        struct rivals *of = &rivals[guessing->guesses[c].item];
        bool is_numbered = only_numbered(guessing, c);
        if (of->first == NPT__NONE || (of->is_numbered && !is_numbered))
            *of = (struct rivals){(uint32_t)c, NPT__NONE, is_numbered};
        else if (of->is_numbered == is_numbered && of->second == NPT__NONE)
            of->second = (uint32_t)c;
    }
    for (size_t c = 0; c < guessing->count; c++) {
        struct npt__column_guess *guess = &guessing->guesses[c];
        if (guess->use != NPT__COLUMN_ITEM)
            continue;
        const struct rivals *of = &rivals[guess->item];
        if (only_numbered(guessing, c) && !of->is_numbered)
            *guess = (struct npt__column_guess){
                NPT__COLUMN_UNUSED, NPT__NONE, NULL, NPT__UNSURE,
                npt__arena_print(guessing->arena, "numbered like %s, but that is %s",
                                 id_of(guessing, guess->item), show(guessing, of->first))};
        else if (of->second != NPT__NONE)
            lower(guessing, c, of->first == c ? of->second : of->first);
    }
    npt__release(rivals);
}

/* Whether the first use is to be kept beside the second, which is of the same kind. */
static bool outranks(const struct npt__use *a, const struct npt__use *b)
{
    if (a->is_plain != b->is_plain && strcmp(a->as, "id") != 0)
        return a->is_plain;
    return a->rank > b->rank;
}

/* Several columns that could be the site: a plain "site" keeps its certainty, nothing else is more than
   possible. Ids of people outrank ids of responses. */
static void contest_uses(struct guessing *guessing, const char *as)
{
    size_t best = SIZE_MAX, other = SIZE_MAX;
    for (size_t c = 0; c < guessing->count; c++) {
        const struct npt__column_guess *guess = &guessing->guesses[c];
        if (!guess->as || strcmp(guess->as, as) != 0)
            continue;
        if (best == SIZE_MAX) {
            best = c;
        } else if (outranks(&guessing->evidence[c].use, &guessing->evidence[best].use)) {
            other = best;
            best = c;
        } else if (other == SIZE_MAX ||
                   outranks(&guessing->evidence[c].use, &guessing->evidence[other].use)) {
            other = c;
        }
    }
    if (other == SIZE_MAX)
        return;
    const struct npt__use *winner = &guessing->evidence[best].use;
    bool wins = outranks(winner, &guessing->evidence[other].use) &&
                (winner->is_plain || strcmp(as, "id") == 0);
    for (size_t c = 0; c < guessing->count; c++) {
        struct npt__column_guess *guess = &guessing->guesses[c];
        if (!guess->as || strcmp(guess->as, as) != 0)
            continue;
        if (c != best || !wins)
            lower(guessing, c, c == best ? other : best);
        else if (guess->certainty > NPT__LIKELY &&
                 guessing->evidence[other].use.rank != NPT__RANK_WEAK)
            guess->certainty = NPT__LIKELY;
    }
}

void npt__guess_columns(npt__arena *arena, const npt_instrument *instrument,
                        const char *const *names, const char *const *wordings, size_t count,
                        struct npt__column_guess *guesses)
{
    npt__arena *scratch = npt__arena_new();
    const struct npt__wordings prepared = npt__wordings_read(scratch, instrument);
    const char **named = npt__arena_array(scratch, count, sizeof *named);
    struct guessing guessing = {
        .arena = arena,
        .instrument = instrument,
        .names = names,
        .wordings = wordings,
        .count = count,
        .evidence = npt__arena_array(scratch, count, sizeof *guessing.evidence),
        .claims = npt__arena_array(scratch, count, sizeof *guessing.claims),
        .guesses = guesses,
    };
    for (size_t c = 0; c < count; c++) {
        npt__evidence_read(&guessing.evidence[c], instrument, &prepared, names[c], wordings[c]);
        named[c] = guessing.evidence[c].use.is_final ? "" : names[c];
    }
    npt__names_claim(arena, instrument, named, count, guessing.claims);
    const uint64_t fill = find_fill(&guessing);
    for (size_t c = 0; c < count; c++)
        guessing.evidence[c].by_wording = by_wording(&guessing.evidence[c].likeness, fill);
    refute_runs(&guessing);
    for (size_t c = 0; c < count; c++)
        guesses[c] = weigh(&guessing, c);
    contest_items(&guessing);
    contest_uses(&guessing, "id");
    contest_uses(&guessing, "site");
    contest_uses(&guessing, "role");
    contest_uses(&guessing, "wave");
    npt__arena_free(scratch);
}
