/* data_file_expect.c - what is read of a data file, as text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_file_expect.h"

#include "../nptkit/ingest/data_file.h"
#include "../nptkit/ingest/data_file_wire.h"

#include <errno.h>
#include <sys/wait.h>

static bool take_columns(void *user, const struct npt__columns *columns)
{
    struct data_reading *reading = user;
    npt__buffer *head = &reading->head;
    reading->column_count = columns->count;
    for (size_t i = 0; i < columns->count; i++) {
        const struct npt__column *column = &columns->items[i];
        npt__buffer_print(head, "%s|%s", column->name, column->wording);
        for (size_t j = 0; j < column->label_count; j++)
            npt__buffer_print(head, "|%s=%s", column->labels[j].value, column->labels[j].label);
        for (size_t j = 0; j < column->missing_count; j++)
            npt__buffer_print(head, "|!%s", column->missing[j]);
        npt__buffer_putc(head, '\n');
    }
    return !reading->stops;
}

static void *begin_block(void *user)
{
    struct data_reading *reading = user;
    assert_int_equal(reading->rows_of_block, 0);
    reading->blocks++;
    return reading;
}

static void take_row(void *block, const struct npt__row *row)
{
    struct data_reading *reading = block;
    assert_int_equal(row->count, reading->column_count);
    assert_null(row->raw);
    assert_true(row->line > reading->last_line);
    reading->last_line = row->line;
    reading->rows_of_block++;
    for (size_t i = 0; i < row->count; i++) {
        const struct npt__field *field = &row->fields[i];
        assert_null(field->raw);
        assert_int_equal(strlen(field->text), field->length);
        assert_int_equal(npt__utf8_valid(field->text, field->length), field->length);
        npt__buffer_print(&reading->rows, "[%s]", field->text);
    }
    npt__buffer_putc(&reading->rows, '/');
}

static void end_block(void *user, void *block)
{
    struct data_reading *reading = user;
    assert_ptr_equal(block, user);
    assert_in_range(reading->rows_of_block, 1, 4096);
    if (reading->rows_of_block > reading->largest_block)
        reading->largest_block = reading->rows_of_block;
    reading->rows_of_block = 0;
}

static const struct npt__rows_handler handler = {take_columns, begin_block, take_row, end_block};

static struct data_reading new_reading(void)
{
    return (struct data_reading){.arena = npt__arena_new(), .diags = npt_diags_new()};
}

/* No child is left, alive or not. */
static void expect_no_child(void)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void read_into(struct data_reading *reading, const char *path)
{
    reading->account.rows = 99; /* counted anew */
    reading->status = npt__data_file_read(path, reading->arena, &handler, reading,
                                          &reading->account, reading->diags);
    assert_int_equal(reading->rows_of_block, 0);
    expect_no_child();
}

struct data_reading data_read(const char *path)
{
    struct data_reading reading = new_reading();
    read_into(&reading, path);
    return reading;
}

struct data_reading data_read_head(const char *path)
{
    struct data_reading reading = new_reading();
    reading.stops = true;
    read_into(&reading, path);
    return reading;
}

struct data_reading data_receive(int (*run)(void *user, int pipe), void *user, unsigned stall)
{
    struct data_reading reading = new_reading();
    const struct npt__data_job job = {
        .run = run, .user = user, .file = -1, .seconds = 1, .stall = stall};
    reading.status = npt__data_receive(&job, "a.sav", reading.arena, &handler, &reading,
                                       &reading.account, reading.diags);
    assert_int_equal(reading.rows_of_block, 0);
    expect_no_child();
    return reading;
}

void data_close(struct data_reading *reading)
{
    npt__buffer_release(&reading->head);
    npt__buffer_release(&reading->rows);
    npt_diags_free(reading->diags);
    npt__arena_free(reading->arena);
}

void data_expect(const char *path, enum npt_status status, const char *head, const char *rows,
                 const char *text)
{
    struct data_reading reading = data_read(path);
    assert_string_equal(npt_diags_text(reading.diags, false), text);
    assert_int_equal(reading.status, status);
    assert_string_equal(npt__buffer_string(&reading.head), head);
    assert_string_equal(npt__buffer_string(&reading.rows), rows);
    data_close(&reading);
}
