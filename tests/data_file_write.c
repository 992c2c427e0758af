/* data_file_write.c - small SPSS and Stata files for tests, written by ReadStat.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_file_write.h"

#include "../nptkit/base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static ssize_t write_bytes(const void *bytes, size_t length, void *file)
{
    return fwrite(bytes, 1, length, file) == length ? (ssize_t)length : -1;
}

static int is_letter(const char *value)
{
    return value[0] == '.' && value[1] >= 'a' && value[1] <= 'z' && !value[2];
}

static readstat_label_set_t *add_labels(readstat_writer_t *writer, enum written_as as,
                                        const struct written_variable *variable)
{
    const readstat_type_t type = variable->type == READSTAT_TYPE_STRING ? READSTAT_TYPE_STRING
                                 : as == AS_DTA                         ? READSTAT_TYPE_INT32
                                                                        : READSTAT_TYPE_DOUBLE;
    readstat_label_set_t *set = readstat_add_label_set(writer, type, variable->name);
    for (size_t i = 0; i < variable->label_count; i++) {
        const struct written_label *label = &variable->labels[i];
        const double number = strtod(label->value, NULL);
        if (type == READSTAT_TYPE_STRING)
            readstat_label_string_value(set, label->value, label->label);
        else if (is_letter(label->value))
            readstat_label_tagged_value(set, label->value[1], label->label);
        else if (type == READSTAT_TYPE_INT32)
            readstat_label_int32_value(set, (int32_t)number, label->label);
        else
            readstat_label_double_value(set, number, label->label);
    }
    return set;
}

static void add_variable(readstat_writer_t *writer, enum written_as as,
                         const struct written_variable *variable)
{
    readstat_variable_t *added =
        readstat_add_variable(writer, variable->name, variable->type, variable->width);
    if (variable->label)
        readstat_variable_set_label(added, variable->label);
    if (variable->format)
        readstat_variable_set_format(added, variable->format);
    if (variable->label_count)
        readstat_variable_set_label_set(added, add_labels(writer, as, variable));
    for (size_t i = 0; i < variable->missing_count; i++) {
        const double *range = variable->missing[i];
        assert_int_equal(readstat_variable_add_missing_double_range(added, range[0], range[1]),
                         READSTAT_OK);
    }
    if (variable->missing_text)
        assert_int_equal(readstat_variable_add_missing_string_value(added, variable->missing_text),
                         READSTAT_OK);
}

/* The next cell of a row; good until the next call. */
static const char *next_cell(const char **row, npt__buffer *cell)
{
    const size_t length = strcspn(*row, "|");
    npt__buffer_clear(cell);
    npt__buffer_add(cell, *row, length);
    *row += length + ((*row)[length] == '|');
    return npt__buffer_string(cell);
}

/* Long texts must be known before the first row. */
static void add_long_texts(readstat_writer_t *writer, const struct written_file *file)
{
    npt__buffer cell = {0};
    for (size_t row = 0; row < file->row_count; row++) {
        const char *rest = file->rows[row];
        for (size_t i = 0; i < file->variable_count; i++) {
            const char *text = next_cell(&rest, &cell);
            if (file->variables[i].type == READSTAT_TYPE_STRING_REF)
                readstat_add_string_ref(writer, text);
        }
    }
    npt__buffer_release(&cell);
}

static readstat_error_t insert(readstat_writer_t *writer, const readstat_variable_t *variable,
                               const char *cell, int *long_text)
{
    const double number = strtod(cell, NULL);
    switch (readstat_variable_get_type(variable)) {
    case READSTAT_TYPE_STRING:
        return readstat_insert_string_value(writer, variable, cell);
    case READSTAT_TYPE_STRING_REF:
        return readstat_insert_string_ref(writer, variable,
                                          readstat_get_string_ref(writer, (*long_text)++));
    default:
        break;
    }
    if (!*cell)
        return readstat_insert_missing_value(writer, variable);
    if (is_letter(cell))
        return readstat_insert_tagged_missing_value(writer, variable, cell[1]);
    switch (readstat_variable_get_type(variable)) {
    case READSTAT_TYPE_INT8:
        return readstat_insert_int8_value(writer, variable, (int8_t)number);
    case READSTAT_TYPE_INT16:
        return readstat_insert_int16_value(writer, variable, (int16_t)number);
    case READSTAT_TYPE_INT32:
        return readstat_insert_int32_value(writer, variable, (int32_t)number);
    case READSTAT_TYPE_FLOAT:
        return readstat_insert_float_value(writer, variable, (float)number);
    default:
        return readstat_insert_double_value(writer, variable, number);
    }
}

static void begin(readstat_writer_t *writer, const struct written_file *file, FILE *stream)
{
    readstat_error_t result;
    readstat_writer_set_file_timestamp(writer, 1000000000);
    if (file->as == AS_ZSAV)
        readstat_writer_set_compression(writer, READSTAT_COMPRESS_BINARY);
    else if (file->as == AS_SAV)
        readstat_writer_set_compression(writer, READSTAT_COMPRESS_ROWS);
    if (file->version)
        readstat_writer_set_file_format_version(writer, (uint8_t)file->version);
    if (file->as == AS_DTA)
        result = readstat_begin_writing_dta(writer, stream, (long)file->row_count);
    else
        result = readstat_begin_writing_sav(writer, stream, (long)file->row_count);
    assert_int_equal(result, READSTAT_OK);
}

void data_file_write(const char *path, const struct written_file *file)
{
    remove(path);
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    readstat_writer_t *writer = readstat_writer_init();
    readstat_set_data_writer(writer, write_bytes);
    for (size_t i = 0; i < file->variable_count; i++)
        add_variable(writer, file->as, &file->variables[i]);
    add_long_texts(writer, file);
    begin(writer, file, stream);
    int long_text = 0;
    npt__buffer cell = {0};
    for (size_t row = 0; row < file->row_count; row++) {
        const char *rest = file->rows[row];
        assert_int_equal(readstat_begin_row(writer), READSTAT_OK);
        for (size_t i = 0; i < file->variable_count; i++)
            assert_int_equal(insert(writer, readstat_get_variable(writer, (int)i),
                                    next_cell(&rest, &cell), &long_text),
                             READSTAT_OK);
        assert_int_equal(*rest, '\0');
        assert_int_equal(readstat_end_row(writer), READSTAT_OK);
    }
    npt__buffer_release(&cell);
    assert_int_equal(readstat_end_writing(writer), READSTAT_OK);
    readstat_writer_free(writer);
    assert_int_equal(fclose(stream), 0);
}
