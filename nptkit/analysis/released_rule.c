/* released_rule.c - which of the released quotes may be shown where, and whose words they may be called.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "released_rule.h"

#include "../base/intern.h"

#include <nptkit/table.h>

#include <stdlib.h>
#include <string.h>

#define SHORTEST_NAME \
    3u /* characters of a name that is looked for in quotes: "A" is a word of most */

/* ---- words ----------------------------------------------------------------------------------- */

const char *npt__released_words(npt__arena *arena, const char *text)
{
    const char *folded = npt__fold_name(arena, text);
    const size_t length = strlen(folded);
    char *words = npt__arena_take(arena, length * 2 + 3), *to = words;
    *to++ = ' ';
    for (size_t i = 0; i < length;) {
        uint32_t character;
        const size_t size = npt__utf8_read(folded + i, length - i, &character);
        if (npt__is_word(character)) {
            memcpy(to, folded + i, size);
            to += size;
        } else if (to[-1] != ' ') {
            *to++ = ' ';
        }
        i += size;
    }
    if (to[-1] != ' ')
        *to++ = ' ';
    *to = '\0';
    return words;
}

/* Whether a name stands in words, as words of its own. */
static bool has_name(npt__arena *scratch, const char *words, const char *name)
{
    const char *wanted = npt__released_words(scratch, name);
    const bool is_telling = npt__utf8_count(wanted, strlen(wanted)) >= SHORTEST_NAME + 2 ||
                            strpbrk(wanted, "0123456789");
    return is_telling && strstr(words, wanted);
}

static bool names_a_site(const struct npt__released_rule *rule, npt__arena *scratch,
                         const npt__intern *sites, const char *text)
{
    const npt_study *study = rule->study;
    const char *words = npt__released_words(scratch, text);
    bool named = false;
    for (size_t i = 0; i < study->sites.count && !named; i++)
        named = has_name(scratch, words, study->sites.items[i].name);
    for (size_t i = 0; i < sites->strings.count && !named; i++)
        named = has_name(scratch, words, sites->strings.items[i]);
    return named;
}

static bool names_its_case(const struct npt__released_rule *rule, npt__arena *scratch,
                           const struct npt__released_quote *quote)
{
    const npt_study *study = rule->study;
    const struct npt__case *owner = &study->cases.items[quote->case_index];
    const char *words = npt__released_words(scratch, quote->text);
    bool named = has_name(scratch, words, owner->name);
    for (uint32_t i = 0; i < owner->part_count && !named; i++)
        named =
            has_name(scratch, words,
                     study->sources.items[study->parts.items[owner->first_part + i].source].name);
    return named;
}

/* ---- labels ---------------------------------------------------------------------------------- */

/* The value that all interviews of a case agree on; NULL. */
static const char *value_of(const npt_study *study, uint32_t number, uint32_t attribute)
{
    const struct npt__case *owner = &study->cases.items[number];
    const char *value = NULL;
    for (uint32_t i = 0; attribute != NPT__NONE && i < owner->part_count; i++) {
        const char *own =
            npt__part_value(study, &study->parts.items[owner->first_part + i], attribute);
        if (!own || (value && strcmp(own, value) != 0))
            return NULL;
        value = own;
    }
    return value;
}

static uint32_t intern(npt__intern *strings, npt__arena *arena, const char *text)
{
    const size_t length = strlen(text);
    return npt__intern_add(strings, arena, text, length, npt__intern_hash(text, length));
}

/* Which values are told: until those whose value is not told are nobody or min-n at least. */
static void settle_labels(const struct npt__released_rule *rule, const size_t *counts, bool *told,
                          size_t values, size_t untold)
{
    while (untold && untold < rule->min_n) {
        size_t smallest = SIZE_MAX;
        for (size_t i = 0; i < values; i++)
            if (told[i] && (smallest == SIZE_MAX || counts[i] < counts[smallest]))
                smallest = i;
        if (smallest == SIZE_MAX)
            return;
        told[smallest] = false;
        untold += counts[smallest];
    }
}

/* Gives each case its label: a number, 0 for what is not told. */
static void make_labels(struct npt__released_rule *rule, const npt__intern *sites,
                        uint32_t *label_of)
{
    const npt_study *study = rule->study;
    npt__arena *scratch = npt__arena_new();
    npt__intern values = {0};
    for (uint32_t i = 0; i < study->cases.count; i++) {
        const char *value = value_of(study, i, study->released.by);
        label_of[i] = value ? intern(&values, scratch, value) + 1 : 0;
    }
    size_t *counts = npt__arena_array(scratch, values.strings.count + 1, sizeof *counts);
    bool *told = npt__arena_array(scratch, values.strings.count + 1, sizeof *told);
    for (size_t i = 0; i < study->cases.count; i++)
        counts[label_of[i]] += study->cases.items[i].part_count > 0;
    size_t untold = counts[0];
    for (size_t i = 1; i <= values.strings.count; i++) {
        told[i] = counts[i] >= rule->min_n &&
                  !names_a_site(rule, scratch, sites, values.strings.items[i - 1]);
        untold += told[i] ? 0 : counts[i];
    }
    settle_labels(rule, counts + 1, told + 1, values.strings.count, untold);
    for (size_t i = 0; i < study->cases.count; i++) {
        label_of[i] = told[label_of[i]] ? label_of[i] : 0;
        if (label_of[i])
            rule->label[i] = value_of(study, (uint32_t)i, study->released.by);
    }
    npt__intern_release(&values);
    npt__arena_free(scratch);
}

/* ---- labels in sites ------------------------------------------------------------------------- */

struct key {
    uint32_t label, site, index;
};

static int compare_keys(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->label != y->label)
        return x->label < y->label ? -1 : 1;
    if (x->site != y->site)
        return x->site < y->site ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Of the cells of one label: closes the smallest until those in closed ones are nobody or min-n at least. */
static void close_cells(const struct npt__released_rule *rule, struct npt__released_cell *cells,
                        size_t count)
{
    size_t closed = 0;
    for (size_t i = 0; i < count; i++) {
        cells[i].open = cells[i].site != NPT__NONE && cells[i].count >= rule->min_n;
        closed += cells[i].open ? 0 : cells[i].count;
    }
    while (closed && closed < rule->min_n) {
        struct npt__released_cell *smallest = NULL;
        for (size_t i = 0; i < count; i++)
            if (cells[i].open && (!smallest || cells[i].count < smallest->count))
                smallest = &cells[i];
        if (!smallest)
            return;
        smallest->open = false;
        closed += smallest->count;
    }
}

static void make_cells(struct npt__released_rule *rule, const uint32_t *label_of,
                       const uint32_t *site_of)
{
    const npt_study *study = rule->study;
    struct key *keys = npt__arena_array(rule->arena, study->cases.count + 1, sizeof *keys);
    size_t count = 0;
    for (uint32_t i = 0; i < study->cases.count; i++)
        if (study->cases.items[i].part_count)
            keys[count++] = (struct key){label_of[i], site_of[i], i};
    qsort(keys, count, sizeof *keys, compare_keys);
    rule->cells = npt__arena_array(rule->arena, count + 1, sizeof *rule->cells);
    for (size_t i = 0; i < count; i++) {
        if (!i || keys[i].label != keys[i - 1].label || keys[i].site != keys[i - 1].site)
            rule->cells[rule->cell_count++] =
                (struct npt__released_cell){.label = keys[i].label, .site = keys[i].site};
        rule->cells[rule->cell_count - 1].count++;
        rule->cell[keys[i].index] = (uint32_t)(rule->cell_count - 1);
    }
    for (size_t i = 0, first = 0; i < rule->cell_count; i++)
        if (i + 1 == rule->cell_count || rule->cells[i + 1].label != rule->cells[i].label) {
            close_cells(rule, rule->cells + first, i + 1 - first);
            first = i + 1;
        }
    rule->too_few = count < rule->min_n;
}

void npt__released_rule_open(struct npt__released_rule *rule, const npt_study *study, size_t min_n)
{
    npt__arena *arena = npt__arena_new();
    const size_t cases = study->cases.count, quotes = study->released.items.count;
    *rule = (struct npt__released_rule){
        .study = study,
        .arena = arena,
        .min_n = min_n ? min_n : NPT_MIN_N,
        .cell = npt__arena_array(arena, cases + 1, sizeof *rule->cell),
        .label = npt__arena_array(arena, cases + 1, sizeof *rule->label),
        .site = npt__arena_array(arena, cases + 1, sizeof *rule->site),
        .is_named = npt__arena_array(arena, quotes + 1, sizeof *rule->is_named)};
    uint32_t *label_of = npt__arena_array(arena, cases + 1, sizeof *label_of);
    uint32_t *site_of = npt__arena_array(arena, cases + 1, sizeof *site_of);
    const uint32_t site = npt__study_find_attribute(study, "site");
    npt__intern sites = {0};
    for (uint32_t i = 0; i < cases; i++) {
        rule->cell[i] = NPT__NONE;
        rule->site[i] = value_of(study, i, site);
        site_of[i] = rule->site[i] ? intern(&sites, arena, rule->site[i]) : NPT__NONE;
    }
    make_labels(rule, &sites, label_of);
    make_cells(rule, label_of, site_of);
    for (size_t i = 0; i < quotes; i++) {
        npt__arena *scratch = npt__arena_new();
        const struct npt__released_quote *quote = &study->released.items.items[i];
        rule->is_named[i] = names_a_site(rule, scratch, &sites, quote->text) ||
                            names_its_case(rule, scratch, quote);
        npt__arena_free(scratch);
    }
    npt__intern_release(&sites);
}

void npt__released_rule_release(struct npt__released_rule *rule)
{
    npt__arena_free(rule->arena);
    *rule = (struct npt__released_rule){0};
}

/* ---- choosing -------------------------------------------------------------------------------- */

static bool is_of_site(const struct npt__released_rule *rule, size_t index, const char *site)
{
    const char *own = rule->site[rule->study->released.items.items[index].case_index];
    return !site || (own && strcmp(own, site) == 0);
}

bool npt__released_may_show(const struct npt__released_rule *rule, size_t index, const char *site)
{
    const uint32_t cell = rule->cell[rule->study->released.items.items[index].case_index];
    return !rule->too_few && !rule->is_named[index] && cell != NPT__NONE &&
           is_of_site(rule, index, site) && (!site || rule->cells[cell].open);
}

static uint32_t listed_under(const npt_codebook *codebook, uint32_t construct)
{
    const struct npt__construct *found = &codebook->constructs[construct];
    return found->level == NPT__COMPONENT ? found->construct : construct;
}

/* A quote that may be shown, and how many of its case and construct come before it. */
struct candidate {
    struct npt__released_choice choice;
    uint32_t turn;
    size_t index;
};

static int compare_turns(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->choice.construct != y->choice.construct)
        return x->choice.construct < y->choice.construct ? -1 : 1;
    if (x->turn != y->turn)
        return x->turn < y->turn ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int compare_cases(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    const uint32_t left = x->choice.quote->case_index, right = y->choice.quote->case_index;
    if (x->choice.construct != y->choice.construct)
        return x->choice.construct < y->choice.construct ? -1 : 1;
    if (left != right)
        return left < right ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int compare_wordings(const void *a, const void *b)
{
    const struct npt__released_choice *x = a, *y = b;
    if (x->construct != y->construct)
        return x->construct < y->construct ? -1 : 1;
    const int order = strcmp(x->quote->text, y->quote->text);
    return order ? order : (x->quote->line > y->quote->line) - (x->quote->line < y->quote->line);
}

static void take_turns(struct candidate *candidates, size_t count)
{
    qsort(candidates, count, sizeof *candidates, compare_cases);
    for (size_t i = 1; i < count; i++)
        if (candidates[i].choice.construct == candidates[i - 1].choice.construct &&
            candidates[i].choice.quote->case_index == candidates[i - 1].choice.quote->case_index)
            candidates[i].turn = candidates[i - 1].turn + 1;
    qsort(candidates, count, sizeof *candidates, compare_turns);
}

void npt__released_choose(const struct npt__released_rule *rule, const char *site,
                          uint32_t construct, size_t most, struct npt__released_choices *choices)
{
    const npt_study *study = rule->study;
    struct candidate *candidates =
        npt__allocate((study->released.items.count + 1) * sizeof *candidates);
    size_t count = 0;
    for (size_t i = 0; i < study->released.items.count; i++) {
        const struct npt__released_quote *quote = &study->released.items.items[i];
        if (construct != NPT__NONE &&
            !npt__construct_within(study->codebook, quote->construct, construct))
            continue;
        choices->released++;
        if (npt__released_may_show(rule, i, site))
            candidates[count++] = (struct candidate){
                .choice = {quote, listed_under(study->codebook, quote->construct),
                           rule->label[quote->case_index]},
                .index = i};
    }
    take_turns(candidates, count);
    for (size_t i = 0, taken = 0; i < count; i++) {
        taken =
            i && candidates[i].choice.construct == candidates[i - 1].choice.construct ? taken : 0;
        if (taken++ < most)
            *npt__array_add(&choices->list) = candidates[i].choice;
    }
    if (choices->list.count)
        qsort(choices->list.items, choices->list.count, sizeof *choices->list.items,
              compare_wordings);
    npt__release(candidates);
}
