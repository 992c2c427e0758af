/* report_methods.c - what stands at the end of a report: how it was protected, and how everything in it was made.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/file.h"
#include "../tables/table.h"
#include "report.h"

#include <string.h>

/* ---- how this was protected -------------------------------------------------------------------- */

typedef NPT__ARRAY(struct npt__document_item) items;

static void add(items *list, const char *text)
{
    *npt__array_add(list) = (struct npt__document_item){text, 0};
}

/* Of what the reader sees first: a number of cells can be found in the tables. */
static void add_counts(struct npt_report *report, items *list)
{
    npt__buffer tables = {0};
    size_t cells = 0, withheld = 0;
    for (size_t i = 0; i < report->tables.count; i++) {
        size_t shown, hidden;
        npt__report_count_shown(report->tables.items[i], &shown, &hidden);
        cells += shown;
        withheld += hidden;
        if (hidden)
            npt__buffer_print(&tables, "%stable %zu: %zu of %zu", tables.length ? "; " : "", i + 1,
                              hidden, shown);
    }
    const char *text =
        withheld
            ? npt__arena_print(
                  report->arena,
                  "Of the %zu cells that the tables of this report show, %zu %s withheld (%s).",
                  cells, withheld, withheld == 1 ? "is" : "are", npt__buffer_string(&tables))
            : "Of what the tables of this report show, nothing is withheld.";
    npt__buffer_release(&tables);
    add(list,
        npt__arena_print(
            report->arena,
            "%s Of all %zu cells that this report rests on, with rows and columns that it does not show, %zu are. That a "
            "cell is withheld does not say that its number is small.",
            text, report->result.cells, report->result.withheld));
}

void npt__report_add_protection(struct npt_report *report)
{
    const struct npt_protection *limits = &report->values.limits;
    items list = {0};
    add(&list,
        npt__arena_print(
            report->arena,
            "Counts of fewer than %zu people%s, and whatever describes a group of fewer than %zu, are "
            "withheld, with as many other cells as it takes that none of them can be worked out from what "
            "is shown. All tables were protected together, before any sentence, picture or table of this "
            "report was made.",
            limits->min_cell, limits->show_zeros ? "" : " (of answers, also of nobody)",
            limits->min_n));
    if (limits->min_n < NPT_MIN_N || limits->min_cell < NPT_MIN_CELL)
        add(&list,
            npt__arena_print(
                report->arena,
                "The study sets lower limits than the usual ones, %u people in a group and %u in a "
                "count.",
                (unsigned)NPT_MIN_N, (unsigned)NPT_MIN_CELL));
    add_counts(report, &list);
    add(&list,
        "This protects against somebody who knows the questionnaire and everything in this report. It "
        "cannot protect against what another report on the same people shows: reports of one study that "
        "go to different readers need to be made, and checked, together.");
    npt__add_box(report->document, 3, "How this was protected", list.items, list.count);
    npt__array_release(&list);
}

/* ---- methods --------------------------------------------------------------------------------- */

/* A heading, a paragraph (NULL: none) and the list, which is released; nothing where it is empty. */
static void add_section(struct npt_report *report, const char *heading, const char *paragraph,
                        items *list)
{
    if (list->count) {
        npt__add_heading(report->document, 3, heading);
        if (paragraph)
            npt__add_paragraph(report->document, paragraph);
        npt__add_items(report->document, NPT__LIST, list->items, list->count);
    }
    npt__array_release(list);
}

static void add_rules(struct npt_report *report)
{
    const npt_recipe *recipe = report->recipe;
    items list = {0};
    for (size_t i = 0; i < recipe->parts.count; i++) {
        const struct npt__recipe_part *part = &recipe->parts.items[i];
        if (part->kind != NPT__PART_SAY || !npt__report_shows(report, part) ||
            !npt__report_result(report, part)->count)
            continue;
        const char *rule =
            npt__sentence_rule(npt_analysis_name(recipe->analyses.items[part->analysis].analysis));
        bool known = false;
        for (size_t j = 0; j < list.count; j++)
            known |= list.items[j].text == rule;
        if (!known)
            add(&list, rule);
    }
    add_section(report, "How the sentences were made",
                "The sentences at the head of a section are made from its tables by these "
                "rules, and by nothing else. A number that is withheld is in no sentence.",
                &list);
}

/* "Tables 1, 3 and 4: ..."; NULL where an earlier table has the note, too. */
static const char *number_note(const struct npt_report *report, size_t table, const char *note)
{
    npt__buffer text = {0};
    size_t count = 0, last = 0;
    for (size_t i = 0; i < report->tables.count; i++) {
        if (!npt__report_has_note(report->tables.items[i], note))
            continue;
        if (i < table)
            return NULL;
        count++;
        last = i;
    }
    npt__buffer_puts(&text, count > 1 ? "Tables" : "Table");
    for (size_t i = table, seen = 0; i <= last; i++) {
        if (!npt__report_has_note(report->tables.items[i], note))
            continue;
        npt__buffer_print(&text, "%s %zu", seen == 0 ? "" : i == last ? " and" : ",", i + 1);
        seen++;
    }
    npt__buffer_print(&text, ": %s", npt__report_plain_note(report->arena, note));
    const char *copy = npt__arena_string(report->arena, npt__buffer_string(&text));
    npt__buffer_release(&text);
    return copy;
}

static void add_notes(struct npt_report *report)
{
    items list = {0};
    for (size_t i = 0; i < report->tables.count; i++) {
        const char *note;
        for (size_t j = 0; (note = npt_table_note(report->tables.items[i], j)) != NULL; j++) {
            const char *text = npt__report_has_note(report->tables.items[i], note)
                                   ? number_note(report, i, note)
                                   : NULL;
            if (text)
                add(&list, text);
        }
    }
    if (list.count) {
        report->document->notes = npt__add_heading(report->document, 3, "Notes to the tables");
        npt__add_items(report->document, NPT__LIST, list.items, list.count);
    }
    npt__array_release(&list);
}

static void add_commands(struct npt_report *report)
{
    items list = {0};
    for (size_t i = 0; i < report->recipe->analyses.count; i++) {
        const struct npt__result *result = report->results->of[i];
        const char *command = result && result->count ? npt__table_command(result->raw[0]) : NULL;
        if (command && !npt__report_names_others(report, command))
            add(&list, npt__arena_print(report->arena, "nptkit %s", command));
    }
    add_section(report, "What was run",
                "Each of these commands shows its tables again, before protection; with --protect, "
                "protected on its own.",
                &list);
}

static void add_inputs(struct npt_report *report)
{
    items list = {0};
    for (size_t i = 0; i < report->reports->study->inputs.count; i++) {
        const struct npt__study_input *input = &report->reports->study->inputs.items[i];
        const char *name = npt__path_base(input->path);
        if (npt__report_names_others(report, name))
            name = "A file that is named after another site";
        if (*input->digest)
            add(&list, npt__arena_print(report->arena, "%s, SHA-256 %s", name, input->digest));
    }
    add_section(
        report, "What it was made from",
        "The files of the study, with digests by which anybody who has them can tell that they "
        "are the same.",
        &list);
}

static void add_missing(struct npt_report *report)
{
    items list = {0};
    for (size_t i = 0; i < report->missing.count; i++)
        add(&list, report->missing.items[i]);
    add_section(report, "Pictures that are missing", NULL, &list);
}

void npt__report_add_methods(struct npt_report *report)
{
    add_missing(report);
    add_rules(report);
    add_notes(report);
    add_commands(report);
    add_inputs(report);
}
