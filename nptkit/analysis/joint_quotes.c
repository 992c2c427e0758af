/* joint_quotes.c - up to two passages for each construct and site of a joint display.
 *
 * For each construct and site the first passage that speaks for it and the first that speaks against it, in the
 * order of the sources; where one side is silent, the next of the other, then passages that do neither, each of
 * another case. Passages of 40 to 600 characters go before others: shorter ones say little, longer ones are no
 * quotes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "joint_quotes.h"

#include "passages.h"
#include "quote_texts.h"
#include "scope.h"

#include <stdlib.h>
#include <string.h>

#define SHORTEST 40u
#define LONGEST 600u

enum side { FOR, AGAINST, NEITHER, SIDES };

static const char *const sides[] = {"for", "against", "neither"};

struct candidate {
    bool taken, fits;
    uint32_t case_index;
    struct npt__quote quote;
};

/* The first two of each side, of different cases. */
struct candidates {
    struct candidate of[SIDES][NPT__JOINT_MOST_QUOTES];
};

struct choice {
    enum side side;
    const struct candidate *candidate;
};

struct choosing {
    const struct npt__joint *joint;
    struct npt__scope scope;
    uint8_t *marks;
    size_t most;
    struct candidates *candidates; /* construct x site */
};

/* ---- choosing -------------------------------------------------------------------------------- */

static void consider_for(struct candidate list[NPT__JOINT_MOST_QUOTES],
                         const struct candidate *found)
{
    for (size_t i = 0; i < NPT__JOINT_MOST_QUOTES; i++) {
        const bool same_case = list[i].taken && list[i].case_index == found->case_index;
        if (!list[i].taken || (found->fits && !list[i].fits)) {
            /* What stood here moves down, but never two of one case. */
            if (list[i].taken && !same_case && i + 1 < NPT__JOINT_MOST_QUOTES)
                list[i + 1] = list[i];
            list[i] = *found;
            return;
        }
        if (same_case)
            return;
    }
}

static void add_choice(struct choice *choices, size_t *count, size_t most, enum side side,
                       const struct candidate *candidate)
{
    bool repeated = !candidate->taken || *count == most;
    for (size_t i = 0; i < *count && !repeated; i++)
        repeated = choices[i].candidate->case_index == candidate->case_index;
    if (!repeated)
        choices[(*count)++] = (struct choice){side, candidate};
}

/* One of each side first; of one case only where there is no other. Returns how many. */
static size_t choose(const struct candidates *candidates, size_t most,
                     struct choice choices[NPT__JOINT_MOST_QUOTES])
{
    const struct candidate(*of)[NPT__JOINT_MOST_QUOTES] = candidates->of;
    size_t count = 0;
    add_choice(choices, &count, most, FOR, &of[FOR][0]);
    for (size_t i = 0; i < NPT__JOINT_MOST_QUOTES && (count < 1 || choices[count - 1].side == FOR);
         i++)
        add_choice(choices, &count, most, AGAINST, &of[AGAINST][i]);
    if (count == 1 && choices[0].side == FOR && of[AGAINST][0].taken && most > 1)
        choices[count++] = (struct choice){AGAINST, &of[AGAINST][0]};
    for (size_t i = 1; i < NPT__JOINT_MOST_QUOTES; i++)
        for (enum side side = FOR; side <= AGAINST; side++)
            add_choice(choices, &count, most, side, &of[side][i]);
    for (size_t i = 0; i < NPT__JOINT_MOST_QUOTES; i++)
        add_choice(choices, &count, most, NEITHER, &of[NEITHER][i]);
    return count;
}

static size_t site_index(const struct npt__joint *joint, const char *name)
{
    for (size_t i = 0; name && joint->sites[i]; i++)
        if (strcmp(joint->sites[i], name) == 0)
            return i;
    return SIZE_MAX;
}

static bool has_construct(const npt_study *study, const struct npt__segment *segment,
                          uint32_t construct)
{
    for (uint32_t i = 0; i < segment->code_count; i++) {
        const uint32_t code = study->segment_codes.items[segment->first_code + i];
        const uint32_t own = study->codes.items[code].construct;
        if (own != NPT__NONE && npt__construct_within(study->codebook, own, construct))
            return true;
    }
    return false;
}

/* The first part in scope that holds the segment; NPT__NONE. */
static uint32_t part_of(const struct choosing *choosing, const struct npt__segment *segment)
{
    const npt_study *study = choosing->joint->study;
    const struct npt__source *source = &study->sources.items[segment->source];
    for (uint32_t i = 0; i < source->part_count; i++) {
        const uint32_t part = study->part_order.items[source->first_part + i];
        if (choosing->scope.part_in[part] &&
            npt__part_holds(study, &study->parts.items[part], segment))
            return part;
    }
    return NPT__NONE;
}

static void consider(struct choosing *choosing, uint32_t number)
{
    const struct npt__joint *joint = choosing->joint;
    const npt_study *study = joint->study;
    const struct npt__segment *segment = &study->segments.items[number];
    if (!npt__scope_has_coder(&choosing->scope, segment) || !npt__segment_has_text(study, segment))
        return;
    struct candidate found = {.taken = true, .quote = {.segment = number}};
    found.quote.part = part_of(choosing, segment);
    const uint32_t site = npt__study_find_attribute(study, "site");
    if (found.quote.part == NPT__NONE || site == NPT__NONE)
        return;
    const struct npt__part *part = &study->parts.items[found.quote.part];
    const size_t at = site_index(joint, npt__part_value(study, part, site));
    const uint8_t marks = choosing->marks[number];
    const enum side side = marks == 2 ? FOR : (marks == 1 ? AGAINST : NEITHER);
    const uint32_t length = segment->end - segment->start;
    found.case_index = part->case_index;
    found.fits = length >= SHORTEST && length <= LONGEST;
    for (size_t i = 0; i < joint->construct_count && at != SIZE_MAX; i++)
        if (has_construct(study, segment, joint->constructs[i]))
            consider_for(choosing->candidates[i * joint->site_count + at].of[side], &found);
}

/* ---- the table ------------------------------------------------------------------------------- */

static int compare_segments(const void *a, const void *b)
{
    const struct npt__quote *x = a, *y = b;
    return (x->segment > y->segment) - (x->segment < y->segment);
}

/* The texts of the chosen passages, each once, in ascending order. */
static enum npt_status read_quotes(const struct choosing *choosing, npt__arena *arena,
                                   struct npt__quote **quotes, size_t *count, npt_diags *diags)
{
    const struct npt__joint *joint = choosing->joint;
    const size_t places = joint->construct_count * joint->site_count;
    struct npt__quote *list =
        npt__arena_array(arena, places * NPT__JOINT_MOST_QUOTES, sizeof *list);
    size_t listed = 0, kept = 0;
    for (size_t i = 0; i < places; i++) {
        struct choice choices[NPT__JOINT_MOST_QUOTES];
        const size_t chosen = choose(&choosing->candidates[i], choosing->most, choices);
        for (size_t j = 0; j < chosen; j++)
            list[listed++] = choices[j].candidate->quote;
    }
    if (listed)
        qsort(list, listed, sizeof *list, compare_segments);
    for (size_t i = 0; i < listed; i++)
        if (!kept || list[kept - 1].segment != list[i].segment)
            list[kept++] = list[i];
    *quotes = list;
    *count = kept;
    return npt__quotes_read(joint->study, arena, list, kept, 0, diags);
}

static void fill_row(const struct choosing *choosing, npt_table *table, size_t construct,
                     size_t site, const struct choice *choice, const struct npt__quote *quote)
{
    const struct npt__joint *joint = choosing->joint;
    const npt_study *study = joint->study;
    const struct npt__segment *segment = &study->segments.items[quote->segment];
    struct npt_cell *row = npt__table_add_row(table);
    row[0] = npt__text(study->codebook->constructs[joint->constructs[construct]].code.name);
    row[1] = npt__text(joint->sites[site]);
    row[2] = npt__text(study->cases.items[choice->candidate->case_index].name);
    row[3] = npt__text(study->sources.items[segment->source].name);
    row[4] = npt__text(sides[choice->side]);
    row[5] = npt__quote_cell(study, quote);
}

static void fill_place(const struct choosing *choosing, npt_table *table, size_t construct,
                       size_t site, const struct npt__quote *quotes, size_t count)
{
    struct choice choices[NPT__JOINT_MOST_QUOTES];
    const size_t place = construct * choosing->joint->site_count + site;
    const size_t chosen = choose(&choosing->candidates[place], choosing->most, choices);
    for (size_t i = 0; i < chosen; i++) {
        const struct npt__quote *quote =
            bsearch(&choices[i].candidate->quote, quotes, count, sizeof *quotes, compare_segments);
        fill_row(choosing, table, construct, site, &choices[i], quote);
    }
}

static void fill_table(const struct choosing *choosing, npt_table *table,
                       const struct npt__quote *quotes, size_t count)
{
    const struct npt__joint *joint = choosing->joint;
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "site", "Site");
    npt__table_dimension(table, "case", "Case");
    npt__table_dimension(table, "source", "Source");
    npt__table_measure(table, "side", "Speaks", NPT_UNIT_TEXT);
    npt__table_counts(table, npt__table_measure(table, "text", "Text", NPT_UNIT_TEXT), NPT__WORDS,
                      "words");
    npt__table_set_layout(table, &(struct npt__layout){.across = SIZE_MAX, .cards = true});
    for (size_t i = 0; i < joint->construct_count; i++)
        for (size_t j = 0; joint->sites[j]; j++)
            fill_place(choosing, table, i, j, quotes, count);
    npt__table_add_note(
        table,
        "Chosen by a rule, not for what they say: for each construct and site, in the order of the "
        "sources, the first passage that speaks for it and the first that speaks against it; where one "
        "side is silent, another case's. Passages of %u to %u characters go before others.",
        SHORTEST, LONGEST);
    npt__table_add_note(table,
                        "These are people's words: check who may read them before they leave "
                        "your machine.");
    npt__add_provenance(table, joint->study);
}

enum npt_status npt__joint_quotes(struct npt__tables *tables, const struct npt__joint *joint,
                                  const npt_options *options, size_t most, npt_diags *diags)
{
    struct choosing choosing = {.joint = joint, .most = most};
    enum npt_status status = npt__scope_open(&choosing.scope, joint->study, options, diags);
    if (status == NPT_OK) {
        npt__arena *arena = choosing.scope.arena;
        choosing.candidates = npt__arena_array(arena, joint->construct_count * joint->site_count,
                                               sizeof *choosing.candidates);
        choosing.marks = npt__arena_array(arena, joint->study->segments.count, 1);
        npt__mark_valence(&choosing.scope, choosing.marks);
        for (uint32_t i = 0; i < joint->study->segments.count; i++)
            consider(&choosing, i);
        npt_table *table = npt__tables_add(tables, "joint_quotes", "What staff said");
        struct npt__quote *quotes;
        size_t count;
        status = read_quotes(&choosing, npt__table_arena(table), &quotes, &count, diags);
        if (status == NPT_OK)
            fill_table(&choosing, table, quotes, count);
    }
    npt__scope_release(&choosing.scope);
    return status;
}
