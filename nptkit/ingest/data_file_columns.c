/* data_file_columns.c - the variables of a data file: their labels, and what they declare missing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_file_child.h"

#include "../base/unicode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whole numbers of a range within this of 0 are listed. */
#define FARTHEST_LISTED 1000

/* ---- gathering ------------------------------------------------------------------------------- */

static const char *keep(struct npt__child *child, const char *text)
{
    const size_t length = text ? strlen(text) : 0;
    child->kept_length += length + 1;
    return npt__arena_copy(child->arena, text, length);
}

/* Values of text are compared with cells, which have no blanks at their end. */
static const char *keep_value(struct npt__child *child, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    while (length && text[length - 1] == ' ')
        length--;
    child->kept_length += length + 1;
    return npt__arena_copy(child->arena, text, length);
}

static void keep_ranges(struct npt__child *child, struct npt__child_variable *variable,
                        const readstat_variable_t *found)
{
    const bool is_text = readstat_variable_get_type_class(found) == READSTAT_TYPE_CLASS_STRING;
    const int count = readstat_variable_get_missing_ranges_count(found);
    for (int i = 0; i < count && i < NPT__CHILD_RANGES; i++) {
        const readstat_value_t low = readstat_variable_get_missing_range_lo(found, i);
        const readstat_value_t high = readstat_variable_get_missing_range_hi(found, i);
        if (is_text)
            variable->texts[variable->text_count++] = keep_value(child, readstat_string_value(low));
        else
            variable->ranges[variable->range_count++] = (struct npt__child_range){
                .low = readstat_double_value(low), .high = readstat_double_value(high)};
    }
}

int npt__child_metadata(readstat_metadata_t *metadata, void *user)
{
    struct npt__child *child = user;
    child->has_encoding = child->input->is_stata || readstat_get_file_encoding(metadata);
    if (readstat_get_var_count(metadata) > (int)NPT__DATA_MOST_COLUMNS)
        return npt__child_refuse(child, NPT__FAULT_COLUMNS, NPT__NONE);
    return READSTAT_HANDLER_OK;
}

int npt__child_variable(int index, readstat_variable_t *found, const char *set, void *user)
{
    struct npt__child *child = user;
    if (child->variables.count == NPT__DATA_MOST_COLUMNS)
        return npt__child_refuse(child, NPT__FAULT_COLUMNS, NPT__NONE);
    if (index < 0 || (size_t)index != child->variables.count)
        return npt__child_refuse(child, NPT__FAULT_ORDER, NPT__NONE);
    const char *format = readstat_variable_get_format(found);
    struct npt__child_variable *variable = npt__array_add(&child->variables);
    *variable =
        (struct npt__child_variable){.name = keep(child, readstat_variable_get_name(found)),
                                     .wording = keep(child, readstat_variable_get_label(found)),
                                     .set = set ? keep(child, set) : NULL};
    if (format)
        variable->kind =
            child->input->is_stata ? npt__data_stata_kind(format) : npt__data_spss_kind(format);
    keep_ranges(child, variable, found);
    return READSTAT_HANDLER_OK;
}

int npt__child_label(const char *set, readstat_value_t value, const char *text, void *user)
{
    struct npt__child *child = user;
    if (child->labels.count == NPT__DATA_MOST_LABELS || child->kept_length > NPT__DATA_LONGEST_HEAD)
        return npt__child_refuse(child, NPT__FAULT_LABELS, NPT__NONE);
    if (readstat_value_is_system_missing(value))
        return READSTAT_HANDLER_OK; /* its cells are empty */
    struct npt__child_label label = {.order = child->labels.count, .label = keep(child, text)};
    const struct npt__child_label *last =
        label.order ? &child->labels.items[label.order - 1] : NULL;
    label.set = last && strcmp(last->set, set) == 0 ? last->set : keep(child, set);
    if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING)
        label.text = keep_value(child, readstat_string_value(value));
    else if (readstat_value_is_tagged_missing(value))
        label.letter = readstat_value_tag(value);
    else
        label.number = readstat_double_value(value);
    if (label.letter && (label.letter < 'a' || label.letter > 'z'))
        return npt__child_refuse(child, NPT__FAULT_ORDER, NPT__NONE);
    *npt__array_add(&child->labels) = label;
    return READSTAT_HANDLER_OK;
}

/* ---- labels of each variable ----------------------------------------------------------------- */

static int by_set(const void *a, const void *b)
{
    const struct npt__child_label *x = a, *y = b;
    const int order = strcmp(x->set, y->set);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* The first label whose set does not come before `set`. */
static size_t find_set(const struct npt__child *child, const char *set)
{
    size_t low = 0, high = child->labels.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(child->labels.items[middle].set, set) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void distribute_labels(struct npt__child *child)
{
    const struct npt__child_label *labels = child->labels.items;
    if (!child->labels.count)
        return;
    qsort(child->labels.items, child->labels.count, sizeof *labels, by_set);
    for (size_t i = 0; i < child->variables.count; i++) {
        struct npt__child_variable *variable = &child->variables.items[i];
        if (!variable->set)
            continue;
        variable->label_start = find_set(child, variable->set);
        for (size_t at = variable->label_start;
             at < child->labels.count && strcmp(labels[at].set, variable->set) == 0; at++) {
            variable->label_count++;
            if (labels[at].letter)
                variable->letters |= UINT32_C(1) << (labels[at].letter - 'a');
        }
    }
}

/* ---- missing values -------------------------------------------------------------------------- */

static bool is_whole_and_near(double value)
{
    return fabs(value) <= FARTHEST_LISTED && value == floor(value);
}

bool npt__child_in_range(const struct npt__child_range *range, double value)
{
    return value >= range->low && value <= range->high;
}

bool npt__child_is_listed(const struct npt__child *child,
                          const struct npt__child_variable *variable,
                          const struct npt__child_range *range, double value)
{
    if (range->low == range->high || (range->is_expanded && is_whole_and_near(value)))
        return true;
    for (size_t i = 0; i < variable->label_count; i++) {
        const struct npt__child_label *label = &child->labels.items[variable->label_start + i];
        if (!label->text && !label->letter && label->number == value)
            return true;
    }
    return false;
}

/* A frame of one text or two. */
static void send_texts(struct npt__child *child, enum npt__data_frame_kind kind, const char *first,
                       const char *second)
{
    npt__buffer payload = {0};
    npt__child_text(&payload, first, strlen(first));
    if (second)
        npt__child_text(&payload, second, strlen(second));
    child->head_sent += payload.length;
    npt__child_frame(child, kind, payload.bytes, payload.length);
    npt__buffer_release(&payload);
}

static const char *number_text(struct npt__child *child, double value, enum npt__data_kind kind)
{
    npt__buffer_clear(&child->text);
    npt__data_value_write(&child->text, value, kind);
    return npt__buffer_string(&child->text);
}

static void send_missing(struct npt__child *child, const char *text)
{
    child->missing_sent++;
    if (child->missing_sent <= NPT__DATA_MOST_LABELS)
        send_texts(child, NPT__DATA_MISSING, text, NULL);
}

static void send_range(struct npt__child *child, struct npt__child_variable *variable,
                       struct npt__child_range *range)
{
    if (range->low == range->high) {
        send_missing(child, number_text(child, range->low, variable->kind));
        return;
    }
    /* Half of the room is kept for values that are listed one by one in the file. */
    range->is_expanded =
        variable->kind == NPT__DATA_NUMBER && child->missing_sent < NPT__DATA_MOST_LABELS / 2;
    const double first = fmax(ceil(range->low), -FARTHEST_LISTED);
    const double last = fmin(floor(range->high), FARTHEST_LISTED);
    for (double value = first; range->is_expanded && value <= last; value++)
        send_missing(child, number_text(child, value, variable->kind));
    for (size_t i = 0; i < variable->label_count; i++) {
        const struct npt__child_label *label = &child->labels.items[variable->label_start + i];
        if (!label->text && !label->letter && npt__child_in_range(range, label->number) &&
            !(range->is_expanded && is_whole_and_near(label->number)))
            send_missing(child, number_text(child, label->number, variable->kind));
    }
}

/* ---- sending --------------------------------------------------------------------------------- */

/* The value of a label, written as a cell is; good until the next call. */
static const char *label_value(struct npt__child *child, const struct npt__child_variable *variable,
                               const struct npt__child_label *label)
{
    if (label->text)
        return label->text;
    if (!label->letter)
        return number_text(child, label->number, variable->kind);
    npt__buffer_clear(&child->text);
    npt__buffer_putc(&child->text, '.');
    npt__buffer_putc(&child->text, label->letter);
    return npt__buffer_string(&child->text);
}

static bool send_labels(struct npt__child *child, const struct npt__child_variable *variable,
                        uint32_t column)
{
    child->labels_sent += variable->label_count;
    if (child->labels_sent > NPT__DATA_MOST_LABELS) {
        npt__child_refuse(child, NPT__FAULT_LABELS, NPT__NONE);
        return false;
    }
    for (size_t i = 0; i < variable->label_count; i++) {
        const struct npt__child_label *label = &child->labels.items[variable->label_start + i];
        const char *value = label_value(child, variable, label);
        if (!npt__child_check(child, value, strlen(value), column) ||
            !npt__child_check(child, label->label, strlen(label->label), column))
            return false;
        send_texts(child, NPT__DATA_LABEL, value, label->label);
    }
    return true;
}

static bool send_column(struct npt__child *child, uint32_t index)
{
    struct npt__child_variable *variable = &child->variables.items[index];
    if (!npt__child_check(child, variable->name, strlen(variable->name), index) ||
        !npt__child_check(child, variable->wording, strlen(variable->wording), index))
        return false;
    send_texts(child, NPT__DATA_COLUMN, variable->name, variable->wording);
    if (!send_labels(child, variable, index))
        return false;
    for (size_t i = 0; i < variable->range_count; i++)
        send_range(child, variable, &variable->ranges[i]);
    for (size_t i = 0; i < variable->text_count; i++) {
        if (!npt__child_check(child, variable->texts[i], strlen(variable->texts[i]), index))
            return false;
        send_missing(child, variable->texts[i]);
    }
    for (int i = 0; i < 26; i++)
        if (variable->letters & UINT32_C(1) << i)
            send_missing(child, (const char[]){'.', (char)('a' + i), '\0'});
    return true;
}

bool npt__child_send_columns(struct npt__child *child)
{
    distribute_labels(child);
    uint32_t sent = 0;
    while (sent < child->variables.count && child->head_sent <= NPT__DATA_LONGEST_HEAD)
        if (!send_column(child, sent++))
            return false;
    if (sent == child->variables.count && child->missing_sent <= NPT__DATA_MOST_LABELS)
        return true;
    npt__child_refuse(child, NPT__FAULT_LABELS, NPT__NONE);
    return false;
}
