/* check_released.c - what in released quotes needs a person's eye, before reports show them.
 *
 * Messages say in which line of the file, and nothing of what stands there.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "check.h"
#include "identifiers.h"
#include "passages.h"
#include "quote_texts.h"
#include "released_rule.h"

#include <stdlib.h>
#include <string.h>

static const char elision[] = "\xE2\x80\xA6"; /* one sign for three full stops */

static struct npt__place place_of(const npt_study *study, const struct npt__released_quote *quote)
{
    return (struct npt__place){.file = study->released.path, .line = quote->line};
}

/* ---- whether it was said --------------------------------------------------------------------- */

struct said {
    const npt_study *study;
    npt__arena *arena;
    struct npt__passages passages;
    NPT__ARRAY(struct npt__words)
    words;         /* of all quotes: what is coded so, overlaps taken together */
    size_t *first; /* which of them are of a quote: up to those of the next */
};

static bool is_coded_so(const npt_study *study, uint32_t number, uint32_t construct)
{
    const struct npt__segment *segment = &study->segments.items[number];
    for (uint32_t i = 0; i < segment->code_count; i++) {
        const uint32_t own =
            study->codes.items[study->segment_codes.items[segment->first_code + i]].construct;
        if (own != NPT__NONE && npt__construct_within(study->codebook, own, construct))
            return true;
    }
    return false;
}

/* Adds the stretches of a part that are coded to a construct. */
static void add_stretches(struct said *said, const struct npt__part *part, uint32_t construct)
{
    const npt_study *study = said->study;
    const struct npt__source *source = &study->sources.items[part->source];
    struct npt__words *last = NULL;
    npt__passages_start(&said->passages);
    npt__passages_add(&said->passages, study, part);
    npt__passages_sort(&said->passages);
    for (size_t i = 0; i < said->passages.list.count; i++) {
        const struct npt__passage *passage = &said->passages.list.items[i];
        if (!is_coded_so(study, passage->segment, construct))
            continue;
        const uint32_t document = source->first_document + passage->text;
        if (last && last->document == document && passage->start <= last->end + 1) {
            last->end = passage->end > last->end ? passage->end : last->end;
            continue;
        }
        last = npt__array_add(&said->words);
        *last = (struct npt__words){document, passage->start, passage->end, NULL};
    }
}

/* Takes brackets and dots out of a quote: the pieces that were said, each as words. */
static bool has_all_pieces(npt__arena *scratch, const char *quote, const char *const *texts,
                           size_t count)
{
    npt__buffer piece = {0};
    bool found = true;
    for (const char *at = quote; found; at++) {
        const bool cut = strncmp(at, "...", 3) == 0 || strncmp(at, elision, 3) == 0;
        const char *bracket = *at == '[' ? strchr(at, ']') : NULL;
        if (*at && !cut && !bracket) {
            npt__buffer_putc(&piece, *at);
            continue;
        }
        const char *words = npt__released_words(scratch, npt__buffer_string(&piece));
        found = strcmp(words, " ") == 0;
        for (size_t i = 0; i < count && !found; i++)
            found = strstr(texts[i], words) != NULL;
        npt__buffer_clear(&piece);
        if (!*at)
            break;
        at = bracket ? bracket : at + 2;
    }
    npt__buffer_release(&piece);
    return found;
}

static bool was_said(const struct said *said, size_t index)
{
    const size_t count = said->first[index + 1] - said->first[index];
    const struct npt__words *words = said->words.items + said->first[index];
    npt__arena *scratch = npt__arena_new();
    const char **texts = npt__arena_array(scratch, count + 1, sizeof *texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = words[i].text ? npt__released_words(scratch, words[i].text) : "";
    const bool was =
        has_all_pieces(scratch, said->study->released.items.items[index].text, texts, count);
    npt__arena_free(scratch);
    return was;
}

static void warn_of_unsaid(const npt_study *study, npt_diags *diags)
{
    const size_t quotes = study->released.items.count;
    npt__arena *arena = npt__arena_new();
    struct said said = {.study = study,
                        .arena = arena,
                        .first = npt__arena_array(arena, quotes + 1, sizeof *said.first)};
    for (size_t i = 0; i < quotes; i++) {
        const struct npt__released_quote *quote = &study->released.items.items[i];
        const struct npt__case *owner = &study->cases.items[quote->case_index];
        said.first[i] = said.words.count;
        for (uint32_t j = 0; j < owner->part_count; j++)
            add_stretches(&said, &study->parts.items[owner->first_part + j], quote->construct);
    }
    said.first[quotes] = said.words.count;
    npt__words_read(study, arena, said.words.items, said.words.count, diags);
    for (size_t i = 0; i < quotes; i++) {
        if (was_said(&said, i))
            continue;
        const struct npt__released_quote *quote = &study->released.items.items[i];
        const struct npt__place place = place_of(study, quote);
        npt__say(diags, NPT_WARNING, &place,
                 "the quote of '%s' on '%s' is not found in what was coded so",
                 study->cases.items[quote->case_index].name,
                 study->codebook->constructs[quote->construct].code.name);
        npt__hint(
            diags,
            "outside [brackets] and between ... it must be word for word what was said; or the "
            "passage is coded otherwise");
    }
    npt__passages_release(&said.passages);
    npt__array_release(&said.words);
    npt__arena_free(arena);
}

/* ---- whom it could tell of ------------------------------------------------------------------- */

static void warn_of_identifiers(const npt_study *study, const struct npt__released_rule *rule,
                                npt_diags *diags)
{
    for (size_t i = 0; i < study->released.items.count; i++) {
        const struct npt__released_quote *quote = &study->released.items.items[i];
        const struct npt__place place = place_of(study, quote);
        for (int kind = 0; kind < NPT__IDENTIFIERS; kind++) {
            if (!npt__identifier_in((enum npt__identifier)kind, quote->text))
                continue;
            npt__say(diags, NPT_WARNING, &place, "the quote seems to hold %s",
                     npt__identifier_name((enum npt__identifier)kind));
            npt__hint(diags,
                      "replace it in [brackets], or take the quote out: reports show it as it is");
        }
        if (!rule->is_named[i])
            continue;
        npt__say(
            diags, NPT_WARNING, &place,
            "the quote holds the name of a site, or of its case or interview: no report shows it");
        npt__hint(diags, "replace the name in [brackets]");
    }
}

/* How many quotes reports on one site may show, all sites together. */
static size_t count_shown_by_sites(const struct npt__released_rule *rule)
{
    size_t shown = 0;
    for (size_t i = 0; i < rule->study->released.items.count; i++) {
        const char *site = rule->site[rule->study->released.items.items[i].case_index];
        shown += site && npt__released_may_show(rule, i, site);
    }
    return shown;
}

void npt__warn_of_released(const npt_study *study, npt_diags *diags)
{
    if (!study->released.path)
        return;
    struct npt__released_rule rule;
    npt__released_rule_open(&rule, study, study->disclosure.min_n);
    size_t shown = 0;
    for (size_t i = 0; i < study->released.items.count; i++)
        shown += npt__released_may_show(&rule, i, NULL);
    npt__say(
        diags, NPT_NOTE, &(struct npt__place){.file = study->released.path},
        "quotes released for reports: %zu; a report on all sites may show %zu, reports on one site %zu",
        study->released.items.count, shown, count_shown_by_sites(&rule));
    if (study->has_positions)
        warn_of_unsaid(study, diags);
    warn_of_identifiers(study, &rule, diags);
    npt__released_rule_release(&rule);
}
