/* instrument_table.c - an instrument as tables: its items, its scales, its answers that are not relevant.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "instrument_table.h"

#include "../tables/cell.h"

#include <string.h>

static struct npt_cell text_or_none(npt__arena *arena, const char *text, const char *reason)
{
    return *text ? npt__text(npt__arena_string(arena, text)) : npt__absent(reason);
}

static const char *take(npt__arena *arena, npt__buffer *text)
{
    const char *taken = npt__arena_copy(arena, npt__buffer_string(text), text->length);
    npt__buffer_release(text);
    return taken;
}

/* ---- notes: what must be known to use the items ---------------------------------------------- */

/* Adds the ids of those items for which `is_meant` holds, runs of them as "nomad.4 to nomad.23". */
static void add_items(npt__buffer *text, const npt_instrument *instrument,
                      bool (*is_meant)(const struct npt__item *item, size_t scale), size_t scale)
{
    const char *mark = "";
    for (size_t i = 0, next; i < instrument->item_count; i = next) {
        for (next = i; next < instrument->item_count; next++)
            if (!is_meant(&instrument->items[next], scale))
                break;
        if (next == i) {
            next++;
            continue;
        }
        npt__buffer_puts(text, mark);
        npt__buffer_puts(text, instrument->items[i].id);
        if (next > i + 1) {
            npt__buffer_puts(text, next > i + 2 ? " to " : ", ");
            npt__buffer_puts(text, instrument->items[next - 1].id);
        }
        mark = ", ";
    }
}

static bool is_reversed(const struct npt__item *item, size_t scale)
{
    (void)scale;
    return item->reversed;
}

static bool is_on(const struct npt__item *item, size_t scale)
{
    return item->scale == scale;
}

static void add_reversed_note(npt_table *table, const npt_instrument *instrument)
{
    npt__buffer text = {0};
    add_items(&text, instrument, is_reversed, 0);
    if (text.length)
        npt__table_add_note(table,
                            "Reversed, so that agreement is unfavourable: %s; scores turn "
                            "these answers round",
                            npt__buffer_string(&text));
    npt__buffer_release(&text);
}

static void add_scale_note(npt_table *table, const npt_instrument *instrument, size_t index)
{
    const struct npt__scale *scale = &instrument->scales[index];
    npt__buffer text = {0};
    npt__buffer_print(&text, "Scale %s, %d to %d", scale->id, scale->least, scale->most);
    const char *mark = " (";
    for (int number = scale->least; number <= scale->most; number++) {
        const char *label = scale->points[number - scale->least];
        if (!label)
            continue;
        npt__buffer_print(&text, "%s%d ", mark, number);
        npt__buffer_puts(&text, label);
        mark = ", ";
    }
    npt__buffer_puts(&text, *mark == ',' ? "): " : ": ");
    add_items(&text, instrument, is_on, index);
    if (scale->declared)
        npt__buffer_puts(&text,
                         "; which end of the numbers in a file is agreement, a study declares");
    npt__table_add_note(table, "%s", npt__buffer_string(&text));
    npt__buffer_release(&text);
}

static void add_kinds_note(npt_table *table, const npt_instrument *instrument)
{
    npt__arena *arena = npt__table_arena(table);
    npt__buffer text = {0};
    for (size_t i = 0; i < instrument->not_relevant_count; i++) {
        const struct npt__not_relevant *kind = &instrument->not_relevant[i];
        npt__buffer_print(&text, "%s%s '", i ? ", " : "", kind->id);
        npt__buffer_puts(&text, npt__fill_intervention(arena, kind->label, NULL));
        npt__buffer_puts(&text, "'");
    }
    if (text.length)
        npt__table_add_note(table, "Answers that are not relevant, and in no score: %s",
                            npt__buffer_string(&text));
    npt__buffer_release(&text);
}

static void add_scoring_notes(npt_table *table, const npt_instrument *instrument)
{
    if (!instrument->construct_count)
        return;
    npt__buffer share = {0};
    const struct npt_cell cell = npt__number(instrument->min_answered);
    npt__cell_show(&share, &cell, NPT_UNIT_SHARE);
    npt__table_add_note(table,
                        "Scoring: the mean of a construct's items, where at least %s of them are "
                        "answered%s%s",
                        npt__buffer_string(&share), *instrument->scoring ? ". " : "",
                        instrument->scoring);
    if (instrument->total)
        npt__table_add_note(table, "Total: the mean over the items of all constructs, called '%s'",
                            instrument->total);
    npt__buffer_release(&share);
}

static void add_notes(npt_table *table, const npt_instrument *instrument)
{
    for (size_t i = 0; i < instrument->scale_count; i++)
        add_scale_note(table, instrument, i);
    add_reversed_note(table, instrument);
    add_kinds_note(table, instrument);
    add_scoring_notes(table, instrument);
    if (*instrument->source)
        npt__table_add_note(table, "Source: %s", instrument->source);
    if (*instrument->terms)
        npt__table_add_note(table, "Terms: %s", instrument->terms);
}

/* ---- the tables ------------------------------------------------------------------------------ */

/* As much as a terminal holds; the notes tell scales and reversed items, other formats every column. */
static void lay_out(npt_table *table)
{
    static const char *const shown[] = {"construct", "wording"};
    struct npt__layout layout = {.across = SIZE_MAX};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        layout.shown[layout.shown_count++] =
            (struct npt__shown){.column = npt_table_find_column(table, shown[i]), .of = SIZE_MAX};
    npt__table_set_layout(table, &layout);
}

npt_table *npt_instrument_table(const npt_instrument *instrument)
{
    npt_table *table = npt__table_new("instrument", instrument->title);
    npt__arena *arena = npt__table_arena(table);
    npt__table_dimension(table, "item", "Item");
    npt__table_measure(table, "number", "Number", NPT_UNIT_TEXT);
    npt__table_measure(table, "code", "Code", NPT_UNIT_TEXT);
    npt__table_measure(table, "construct", "Construct", NPT_UNIT_TEXT);
    npt__table_measure(table, "component", "Component", NPT_UNIT_TEXT);
    npt__table_measure(table, "reversed", "Reversed", NPT_UNIT_TEXT);
    npt__table_measure(table, "scale", "Scale", NPT_UNIT_TEXT);
    npt__table_measure(table, "wording", "Wording", NPT_UNIT_TEXT);
    lay_out(table);
    for (size_t i = 0; i < instrument->item_count; i++) {
        const struct npt__item *item = &instrument->items[i];
        const bool general = item->construct == NPT__NONE;
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(npt__arena_string(arena, item->id));
        row[1] = text_or_none(arena, item->number, NULL);
        row[2] = text_or_none(arena, item->code, NULL);
        row[3] = text_or_none(arena, general ? "" : instrument->constructs[item->construct].name,
                              "a general item");
        row[4] = text_or_none(arena, item->component, NULL);
        row[5] = npt__text(item->reversed ? "yes" : "no");
        row[6] = npt__text(npt__arena_string(arena, instrument->scales[item->scale].id));
        row[7] = npt__text(npt__item_wording(arena, item, NULL));
    }
    add_notes(table, instrument);
    return table;
}

/* The names of an answer but its label, as people see them. */
static struct npt_cell other_names(npt__arena *arena, const struct npt__answer_label *labels,
                                   size_t count, int value)
{
    npt__buffer text = {0};
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        if (labels[i].value != value)
            continue;
        if (!first) {
            npt__buffer_puts(&text, text.length ? "; " : "");
            npt__buffer_puts(&text, npt__fill_intervention(arena, labels[i].label, NULL));
        }
        first = false;
    }
    return text_or_none(arena, take(arena, &text), NULL);
}

npt_table *npt__instrument_scales(const npt_instrument *instrument)
{
    npt_table *table = npt__table_new("scales", "Scales");
    npt__arena *arena = npt__table_arena(table);
    npt__table_dimension(table, "scale", "Scale");
    npt__table_dimension(table, "value", "Value");
    npt__table_measure(table, "label", "Label", NPT_UNIT_TEXT);
    npt__table_measure(table, "also_known_as", "Also read as", NPT_UNIT_TEXT);
    for (size_t i = 0; i < instrument->scale_count; i++) {
        const struct npt__scale *scale = &instrument->scales[i];
        for (int number = scale->least; number <= scale->most; number++) {
            const char *label = scale->points[number - scale->least];
            if (!label && number != scale->least && number != scale->most)
                continue;
            struct npt_cell *row = npt__table_add_row(table);
            row[0] = npt__text(npt__arena_string(arena, scale->id));
            row[1] = npt__text(npt__arena_print(arena, "%d", number));
            row[2] = text_or_none(arena, label ? npt__fill_intervention(arena, label, NULL) : "",
                                  "no label");
            row[3] = other_names(arena, scale->labels, scale->label_count, number);
        }
        if (scale->declared)
            npt__table_add_note(table,
                                "%s: the highest value is the strongest agreement, but which end "
                                "of the numbers in a file that is, a study declares",
                                scale->id);
    }
    return table;
}

npt_table *npt__instrument_not_relevant(const npt_instrument *instrument)
{
    npt_table *table = npt__table_new("not_relevant", "Answers that are not relevant");
    npt__arena *arena = npt__table_arena(table);
    npt__table_dimension(table, "kind", "Kind");
    npt__table_measure(table, "label", "Label", NPT_UNIT_TEXT);
    npt__table_measure(table, "also_known_as", "Also read as", NPT_UNIT_TEXT);
    for (size_t i = 0; i < instrument->not_relevant_count; i++) {
        const struct npt__not_relevant *kind = &instrument->not_relevant[i];
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(npt__arena_string(arena, kind->id));
        row[1] = npt__text(npt__fill_intervention(arena, kind->label, NULL));
        row[2] = other_names(arena, instrument->not_relevant_labels,
                             instrument->not_relevant_label_count, (int)i);
    }
    npt__table_add_note(table, "They are counted, but are in no score");
    return table;
}
