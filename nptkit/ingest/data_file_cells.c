/* data_file_cells.c - the cases of a data file, as frames of one row each.
 *
 * ReadStat hands over value by value; a row is written into the output as its values come, and its length
 * is put in when it is complete.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_file_child.h"

#include "../base/unicode.h"

#include <string.h>

static void start_row(struct npt__child *child)
{
    const struct npt__data_frame frame = {NPT__DATA_ROW, 0};
    child->row_start = child->out.length;
    child->next = 0;
    child->row++;
    npt__buffer_add(&child->out, (const char *)&frame, sizeof frame);
}

/* Cells that do not come are empty. */
static void skip_cells(struct npt__child *child, size_t until)
{
    for (; child->next < until; child->next++)
        npt__child_text(&child->out, "", 0);
}

static void finish_row(struct npt__child *child)
{
    if (!child->row)
        return;
    skip_cells(child, child->variables.count);
    const size_t length = child->out.length - child->row_start - sizeof(struct npt__data_frame);
    const struct npt__data_frame frame = {NPT__DATA_ROW, (uint32_t)length};
    memcpy(child->out.bytes + child->row_start, &frame, sizeof frame);
    if (child->out.length >= NPT__CHILD_CHUNK)
        npt__child_flush(child);
}

static void add_number(struct npt__child *child, struct npt__child_variable *variable,
                       readstat_value_t value)
{
    const bool is_float = readstat_value_type(value) == READSTAT_TYPE_FLOAT;
    const double number =
        is_float ? npt__data_widen(readstat_float_value(value)) : readstat_double_value(value);
    for (size_t i = 0; i < variable->range_count; i++) {
        const struct npt__child_range *range = &variable->ranges[i];
        if (npt__child_in_range(range, number) &&
            !npt__child_is_listed(child, variable, range, number)) {
            variable->taken_as_missing++;
            return;
        }
    }
    npt__data_value_write(&child->text, number, variable->kind);
}

/* Puts the cell's text in child->text; false where it cannot be sent. */
static bool take_cell(struct npt__child *child, uint32_t column, readstat_value_t value)
{
    struct npt__child_variable *variable = &child->variables.items[column];
    npt__buffer_clear(&child->text);
    if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING) {
        const char *text = readstat_string_value(value);
        size_t length = text ? strlen(text) : 0;
        while (length && text[length - 1] == ' ')
            length--;
        if (length && !npt__child_check(child, text, length, column))
            return false;
        npt__buffer_add(&child->text, text, length);
    } else if (readstat_value_is_tagged_missing(value)) {
        const char letter = readstat_value_tag(value);
        if (letter >= 'a' && letter <= 'z' && variable->letters & UINT32_C(1) << (letter - 'a')) {
            npt__buffer_putc(&child->text, '.');
            npt__buffer_putc(&child->text, letter);
        }
    } else if (!readstat_value_is_system_missing(value)) {
        add_number(child, variable, value);
    }
    return true;
}

int npt__child_value(int row, readstat_variable_t *found, readstat_value_t value, void *user)
{
    struct npt__child *child = user;
    const int index = readstat_variable_get_index(found);
    if (row < 0 || (uint32_t)row >= NPT__DATA_MOST_ROWS)
        return npt__child_refuse(child, NPT__FAULT_ROWS, NPT__NONE);
    if (!child->row || row != child->row - 1) {
        finish_row(child);
        start_row(child);
    }
    if (row != child->row - 1 || index < 0 || (size_t)index >= child->variables.count ||
        (uint32_t)index < child->next)
        return npt__child_refuse(child, NPT__FAULT_ORDER, NPT__NONE);
    skip_cells(child, (size_t)index);
    if (!take_cell(child, (uint32_t)index, value))
        return READSTAT_HANDLER_ABORT;
    const size_t most = NPT__DATA_LONGEST_ROW - NPT__DATA_LONGEST_CELL; /* empty cells may follow */
    if (child->out.length - child->row_start > most - child->text.length)
        return npt__child_refuse(child, NPT__FAULT_ROW, NPT__NONE);
    npt__child_text(&child->out, npt__buffer_string(&child->text), child->text.length);
    child->next++;
    return child->is_broken ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

void npt__child_end_rows(struct npt__child *child, bool is_complete)
{
    if (is_complete || child->next == child->variables.count)
        finish_row(child);
    else if (child->row)
        child->out.length = child->row_start;
    for (uint32_t i = 0; is_complete && i < child->variables.count; i++) {
        const struct npt__data_range range = {child->variables.items[i].taken_as_missing, i, 0};
        if (range.count)
            npt__child_frame(child, NPT__DATA_RANGE, &range, sizeof range);
    }
}
