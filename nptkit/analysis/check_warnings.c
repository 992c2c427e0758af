/* check_warnings.c - what in a study needs a person's eye, as located messages.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#define MOST_LISTED 12u

static int compare_segments(const void *a, const void *b)
{
    const struct npt__segment *x = *(const struct npt__segment *const *)a;
    const struct npt__segment *y = *(const struct npt__segment *const *)b;
    const uint32_t left[] = {x->source, x->document, x->kind, x->start, x->end, x->coder};
    const uint32_t right[] = {y->source, y->document, y->kind, y->start, y->end, y->coder};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

/* Segments with the ends, the coder and a code of another one: the same coding, written twice. */
size_t npt__count_repeated_segments(const npt_study *study)
{
    size_t count = study->segments.count, repeated = 0;
    const struct npt__segment **sorted = npt__allocate((count + 1) * sizeof *sorted);
    size_t texts = 0;
    for (size_t i = 0; i < count; i++)
        if (study->segments.items[i].kind == NPT__SEGMENT_TEXT)
            sorted[texts++] = &study->segments.items[i];
    if (texts)
        qsort(sorted, texts, sizeof *sorted, compare_segments);
    for (size_t i = 1; i < texts; i++) {
        bool same = false;
        for (size_t k = i; k-- > 0 && !same && compare_segments(&sorted[k], &sorted[i]) == 0;)
            for (uint32_t j = 0; j < sorted[i]->code_count && !same; j++)
                for (uint32_t l = 0; l < sorted[k]->code_count && !same; l++)
                    same = study->segment_codes.items[sorted[i]->first_code + j] ==
                           study->segment_codes.items[sorted[k]->first_code + l];
        repeated += same;
    }
    free(sorted);
    return repeated;
}

static void warn_of_export(const struct npt__export *export, npt_diags *diags)
{
    struct npt__place place = {.file = export->label};
    if (export->missing_files.count) {
        npt__buffer list = {0};
        for (size_t i = 0; i < export->missing_files.count && i < MOST_LISTED; i++)
            npt__buffer_print(&list, "%s%s", i ? ", " : "", export->missing_files.items[i]);
        if (export->missing_files.count > MOST_LISTED)
            npt__buffer_puts(&list, ", ...");
        npt__say(diags, NPT_WARNING, &place, "files that are named but missing: %zu: %s",
                 export->missing_files.count, npt__buffer_string(&list));
        npt__hint(diags, "their codings count; their words cannot be shown");
        npt__buffer_release(&list);
    }
    if (export->merged)
        npt__say(diags, NPT_NOTE, &place,
                 "segments that stand twice, as a region and in its text, and count once: %zu",
                 export->merged);
    if (export->repeated)
        npt__say(diags, NPT_NOTE, &place,
                 "segments that an earlier export of the study holds too, and that count once: %zu",
                 export->repeated);
    if (export->case_codings)
        npt__say(diags, NPT_NOTE, &place,
                 "codings that say which case a passage belongs to, and are no codes: %zu",
                 export->case_codings);
    if (export->note_codings)
        npt__say(diags, NPT_WARNING, &place, "codings in memos, which are not counted: %zu",
                 export->note_codings);
    if (export->uncoded)
        npt__say(diags, NPT_NOTE, &place, "selections without a code (annotations, comments): %zu",
                 export->uncoded);
    if (export->repeated_guids)
        npt__say(diags, NPT_NOTE, &place,
                 "identifiers that are used twice, the first is meant: %zu",
                 export->repeated_guids);
}

/* Counts things and names the first of them. */
struct named {
    size_t count;
    npt__buffer names;
};

static void name(struct named *named, const char *text)
{
    if (named->count < MOST_LISTED)
        npt__buffer_print(&named->names, "%s%s", named->count ? ", " : "", text);
    else if (named->count == MOST_LISTED)
        npt__buffer_puts(&named->names, ", ...");
    named->count++;
}

/* Says "3 WHAT: a, b, c" where there are any. */
static void say_named(struct named *named, const npt_study *study, enum npt_severity severity,
                      const char *what, npt_diags *diags)
{
    if (named->count)
        npt__say(diags, severity, &(struct npt__place){.file = study->label}, "%s: %zu (%s)", what,
                 named->count, npt__buffer_string(&named->names));
    npt__buffer_release(&named->names);
}

static bool has_site(const npt_study *study, const struct npt__case *found, uint32_t site)
{
    bool has = site == NPT__NONE || !found->part_count;
    for (uint32_t i = 0; i < found->part_count && !has; i++)
        has = npt__part_value(study, &study->parts.items[found->first_part + i], site);
    return has;
}

/* Whether the case and one of its sources say different things of an attribute. */
static bool contradicts(const npt_study *study, uint32_t case_index, uint32_t attribute)
{
    const struct npt__case *found = &study->cases.items[case_index];
    size_t wide = study->attributes.count;
    const char *own = study->case_values[case_index * wide + attribute];
    for (uint32_t i = 0; i < found->part_count && own; i++) {
        uint32_t source = study->parts.items[found->first_part + i].source;
        const char *other = study->source_values[source * wide + attribute];
        if (other && strcmp(own, other) != 0)
            return true;
    }
    return false;
}

static void warn_of_cases(const npt_study *study, npt_diags *diags)
{
    struct named unheld = {0}, stand_ins = {0}, siteless = {0}, contradictions = {0};
    uint32_t site = npt__study_find_attribute(study, "site");
    for (uint32_t i = 0; i < study->cases.count; i++) {
        const struct npt__case *found = &study->cases.items[i];
        if (!found->part_count)
            name(&unheld, found->name);
        if (study->has_cases && found->is_source)
            name(&stand_ins, found->name);
        if (!has_site(study, found, site))
            name(&siteless, found->name);
        bool differs = false;
        for (uint32_t a = 0; a < study->attributes.count && !differs; a++)
            differs = contradicts(study, i, a);
        if (differs)
            name(&contradictions, found->name);
    }
    if (!study->has_cases)
        npt__say(diags, NPT_NOTE, &(struct npt__place){.file = study->label},
                 "the export has no cases: every source counts as a case");
    say_named(&unheld, study, NPT_WARNING, "cases that hold no source and are not counted", diags);
    say_named(&stand_ins, study, NPT_WARNING,
              "coded sources of no case, each counted as a case of its own", diags);
    say_named(&siteless, study, NPT_WARNING, "cases without a site", diags);
    say_named(&contradictions, study, NPT_WARNING,
              "cases whose source has another value of an attribute; the case's is used", diags);
}

static void warn_of_segments(const npt_study *study, npt_diags *diags)
{
    struct named homeless = {0};
    uint32_t last = NPT__NONE;
    for (size_t i = 0; i < study->segments.count; i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        const struct npt__source *source = &study->sources.items[segment->source];
        bool held = false;
        for (uint32_t j = 0; j < source->part_count && !held; j++)
            held = npt__part_holds(
                study, &study->parts.items[study->part_order.items[source->first_part + j]],
                segment);
        if (held)
            continue;
        if (segment->source != last)
            name(&homeless, source->name);
        else
            homeless.count++;
        last = segment->source;
    }
    say_named(&homeless, study, NPT_WARNING,
              "segments outside the passages of every case, which no case counts", diags);
    size_t repeated = npt__count_repeated_segments(study);
    if (repeated)
        npt__say(diags, NPT_WARNING, &(struct npt__place){.file = study->label},
                 "segments that repeat another one (same ends, code and coder): %zu", repeated);
}

static void warn_of_codes(const npt_study *study, npt_diags *diags)
{
    struct named unmatched = {0}, near = {0}, partial = {0};
    size_t matched = 0, codes = 0;
    npt__arena *scratch = npt__arena_new();
    for (size_t i = 0; i < study->codes.count; i++) {
        const struct npt__study_code *code = &study->codes.items[i];
        bool valence = code->barrier || code->facilitator;
        if (code->is_case)
            continue;
        codes++;
        matched += code->construct != NPT__NONE;
        if (code->match == NPT__UNMATCHED && !valence && code->codable)
            name(&unmatched, code->path);
        if (code->suggestion != NPT__NONE && !valence)
            name(&near, npt__arena_print(scratch, "%s: did you mean %s?", code->path,
                                         study->codebook->constructs[code->suggestion].path));
        if (code->exports < study->exports.count)
            name(&partial, code->path);
    }
    if (codes && !matched) {
        npt__say(diags, NPT_WARNING, &(struct npt__place){.file = study->label},
                 "no code matches a construct of the codebook '%s'", study->codebook->name);
        npt__hint(diags, "map the codes in study.xml, or choose another codebook with --codebook");
        npt__buffer_release(&unmatched.names);
    } else if (unmatched.count) {
        say_named(&unmatched, study, NPT_WARNING, "codes that match no construct", diags);
        npt__hint(
            diags,
            "in study.xml, map those that stand for one: <map code=\"...\" to=\"...\"/>; and the "
            "others to=\"none\"");
    }
    say_named(&near, study, NPT_WARNING,
              "codes with nearly the name of a construct, or in another's place", diags);
    say_named(&partial, study, NPT_WARNING, "codes that stand in some exports only", diags);
    npt__arena_free(scratch);
}

static void warn_of_positions(const npt_study *study, npt_diags *diags)
{
    size_t guessed = 0, poor = 0;
    for (size_t i = 0; i < study->documents.count; i++) {
        const struct npt__offsets_choice *how = &study->documents.items[i].how;
        if (study->documents.items[i].presence == NPT__TEXT_MISSING ||
            !study->documents.items[i].segment_count)
            continue;
        guessed += how->basis == NPT__OFFSETS_USUAL;
        poor += how->checked >= 20 && how->fitting < how->checked / 10 * 6;
    }
    struct npt__place place = {.file = study->label};
    if (guessed)
        npt__say(
            diags, NPT_NOTE, &place,
            "texts whose positions are read by a guess from the program's name: %zu; read their "
            "samples",
            guessed);
    if (poor)
        npt__say(
            diags, NPT_WARNING, &place,
            "texts in which few segments end at words under any reading: %zu; read their samples",
            poor);
}

void npt__warn_of_limits(const npt_study *study, npt_diags *diags)
{
    const struct npt_protection *set = &study->disclosure;
    const struct npt__place place = {.file = study->label, .line = study->disclosure_line};
    if (set->min_n && set->min_n < NPT_MIN_N)
        npt__say(diags, NPT_WARNING, &place,
                 "min-n=\"%zu\" is lower than the usual %d: scores of small groups are shown",
                 set->min_n, NPT_MIN_N);
    if (set->min_cell && set->min_cell < NPT_MIN_CELL)
        npt__say(diags, NPT_WARNING, &place,
                 "min-cell=\"%zu\" is lower than the usual %d: counts of very few people are shown",
                 set->min_cell, NPT_MIN_CELL);
    if ((set->min_n && set->min_n < NPT_MIN_N) || (set->min_cell && set->min_cell < NPT_MIN_CELL))
        npt__hint(diags, "keep it only where the study's ethics approval allows that");
}

void npt__warn_of_study(const npt_study *study, npt_diags *diags)
{
    for (size_t i = 0; i < study->exports.count; i++)
        warn_of_export(&study->exports.items[i], diags);
    warn_of_cases(study, diags);
    warn_of_segments(study, diags);
    warn_of_codes(study, diags);
    warn_of_positions(study, diags);
}
