/* saturation_order.c - in which order interviews are taken: as asked, or as guessed from a date.
 *
 * Only dates written as YYYY-MM-DD are taken for dates: exports write variables of dates so, and of 03/04/2024
 * nobody can tell the month.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "saturation_order.h"

#include "../base/unicode.h"

#include <stdlib.h>
#include <string.h>

static bool is_number(const char *text, size_t length, unsigned least, unsigned most)
{
    unsigned number = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        number = number * 10 + (unsigned)(text[i] - '0');
    }
    return number >= least && number <= most;
}

static bool is_date(const char *text)
{
    if (strlen(text) < 10 || !is_number(text, 4, 1, 9999) || text[4] != '-' ||
        !is_number(text + 5, 2, 1, 12) || text[7] != '-' || !is_number(text + 8, 2, 1, 31))
        return false;
    return text[10] == '\0' || text[10] == 'T' || text[10] == ' ';
}

/* ---- the attribute --------------------------------------------------------------------------- */

/* Whether all values of parts in scope, at least one, are dates. */
static bool holds_dates(const struct npt__scope *scope, uint32_t attribute)
{
    const npt_study *study = scope->study;
    size_t dates = 0;
    for (size_t i = 0; i < study->parts.count; i++) {
        const char *value =
            scope->part_in[i] ? npt__part_value(study, &study->parts.items[i], attribute) : NULL;
        if (value && !is_date(value))
            return false;
        dates += value != NULL;
    }
    return dates > 0;
}

/* The attribute that tells when interviews were held, by its name and its values. */
static uint32_t guess_date(const struct npt__scope *scope)
{
    const npt_study *study = scope->study;
    uint32_t guess = NPT__NONE;
    for (uint32_t i = 0; i < study->attributes.count; i++) {
        const char *name = study->attributes.items[i].folded;
        if (!strstr(name, "date") || strstr(name, "birth") || !holds_dates(scope, i))
            continue;
        if (strstr(name, "interview"))
            return i;
        if (guess == NPT__NONE)
            guess = i;
    }
    return guess;
}

static enum npt_status choose(struct npt__interview_order *order, const struct npt__scope *scope,
                              const char *asked, npt_diags *diags)
{
    order->attribute = NPT__NONE;
    order->by_name = asked && strcmp(asked, "name") == 0;
    if (order->by_name || (asked && strcmp(asked, "file") == 0))
        return NPT_OK;
    if (asked)
        order->attribute = npt__study_find_attribute(scope->study, asked);
    if (order->attribute != NPT__NONE)
        return NPT_OK;
    order->guessed = !asked || strcmp(asked, "date") == 0;
    if (order->guessed)
        order->attribute = guess_date(scope);
    if (order->attribute != NPT__NONE || !asked)
        return NPT_OK;
    if (order->guessed) {
        npt__say(diags, NPT_ERROR, NULL,
                 "--order date: no attribute with 'date' in its name holds dates written as "
                 "YYYY-MM-DD");
        npt__hint(diags, "name an attribute: --order ATTRIBUTE; or --order file");
        return NPT_USAGE;
    }
    npt__say(diags, NPT_ERROR, NULL,
             "--order takes date, name, file or an attribute of cases, not '%s'", asked);
    const char *near = npt__study_nearest_attribute(scope->study, asked);
    if (near)
        npt__hint(diags, "did you mean '%s'", near);
    return NPT_USAGE;
}

/* ---- the order ------------------------------------------------------------------------------- */

struct placed {
    const char *value; /* NULL: last */
    uint32_t interview;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (!x->value != !y->value)
        return x->value ? -1 : 1;
    const int by_value = x->value ? npt__compare_naturally(x->value, y->value) : 0;
    return by_value ? by_value : (x->interview > y->interview) - (x->interview < y->interview);
}

/* Of an interview with several cases the first value in order. */
static void take_values(struct npt__interview_order *order, const struct npt__scope *scope)
{
    const npt_study *study = scope->study;
    for (size_t i = 0; i < study->parts.count; i++) {
        const struct npt__part *part = &study->parts.items[i];
        const uint32_t interview = study->sources.items[part->source].same_as;
        if (!scope->part_in[i])
            continue;
        order->rank[interview] = 0;
        const char **value = &order->values[interview];
        const char *found = order->by_name ? study->sources.items[interview].name : NULL;
        if (order->attribute != NPT__NONE)
            found = npt__part_value(study, part, order->attribute);
        if (found && (!*value || npt__compare_naturally(found, *value) < 0))
            *value = found;
    }
}

static void put_in_order(struct npt__interview_order *order, npt__arena *arena)
{
    const size_t sources = order->study->sources.count;
    struct placed *placed = npt__arena_array(arena, sources, sizeof *placed);
    for (uint32_t i = 0; i < sources; i++)
        if (order->rank[i] != NPT__NONE)
            placed[order->count++] = (struct placed){order->values[i], i};
    if (order->count)
        qsort(placed, order->count, sizeof *placed, compare_placed);
    order->interviews = npt__arena_array(arena, order->count, sizeof *order->interviews);
    for (size_t i = 0; i < order->count; i++) {
        const char *value = placed[i].value;
        order->interviews[i] = placed[i].interview;
        order->rank[placed[i].interview] = (uint32_t)i;
        order->without += !value;
        order->ties += i && value && placed[i - 1].value && strcmp(value, placed[i - 1].value) == 0;
        order->undated += value && !is_date(value);
    }
}

enum npt_status npt__interview_order_open(struct npt__interview_order *order,
                                          const struct npt__scope *scope,
                                          const npt_options *options, npt_diags *diags)
{
    const size_t sources = scope->study->sources.count;
    *order = (struct npt__interview_order){.study = scope->study};
    const enum npt_status status = choose(order, scope, npt__option(options, "order"), diags);
    if (status != NPT_OK)
        return status;
    order->rank = npt__arena_array(scope->arena, sources, sizeof *order->rank);
    order->values = npt__arena_array(scope->arena, sources, sizeof *order->values);
    for (size_t i = 0; i < sources; i++)
        order->rank[i] = NPT__NONE;
    take_values(order, scope);
    put_in_order(order, scope->arena);
    return NPT_OK;
}

void npt__interview_order_note(const struct npt__interview_order *order, npt_table *table)
{
    if (order->attribute == NPT__NONE) {
        npt__table_add_note(table,
                            order->by_name ? "Interviews are in the order of their names."
                            : order->guessed
                                ? "Interviews are in the order in which the export lists them: no "
                                  "date of interviews was found. --order gives another."
                                : "Interviews are in the order in which the export lists them.");
        return;
    }
    npt__arena *arena = npt__table_arena(table);
    const struct npt__study_attribute *attribute =
        &order->study->attributes.items[order->attribute];
    npt__table_add_note(table, "Interviews are in the order of '%s'%s", attribute->name,
                        order->guessed ? ": a guess by its name and its dates. --order gives "
                                         "another."
                                       : ".");
    if (order->without)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN,
            npt__arena_print(arena, "Interviews without a value of '%s' come last.",
                             attribute->name),
            "Interviews without a value of '%s' come last: %zu.", attribute->name, order->without);
    if (order->ties)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN,
            npt__arena_print(arena,
                             "Interviews with the same '%s' are in the order in which the export "
                             "lists them.",
                             attribute->name),
            "Interviews with the same '%s' as the one before, in the order in "
            "which the export lists them: %zu.",
            attribute->name, order->ties);
    if (order->undated && strstr(attribute->folded, "date"))
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN,
            npt__arena_print(
                arena,
                "Values of '%s' that are not written as YYYY-MM-DD are in the order of "
                "their text, which may not be that of time.",
                attribute->name),
            "Values of '%s' that are not written as YYYY-MM-DD: %zu; they are in "
            "the order of their text, which may not be that of time.",
            attribute->name, order->undated);
}
