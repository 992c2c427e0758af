/* test_data_damage.c - data files that are none, end too early, or hold too much or what no program would write.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "data_file_expect.h"
#include "data_file_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const struct written_label labels[] = {{"1", "Strongly disagree"}, {"5", "Strongly agree"}};

static const struct written_variable variables[] = {
    {.name = "q1",
     .label = "I can see how it differs",
     .type = READSTAT_TYPE_DOUBLE,
     .labels = labels,
     .label_count = COUNT(labels)},
    {.name = "comment", .type = READSTAT_TYPE_STRING, .width = 300},
    {.name = "day", .type = READSTAT_TYPE_DOUBLE, .format = "DATE11"},
    {.name = "code", .type = READSTAT_TYPE_STRING, .width = 8, .missing_text = "X"},
};
static const struct written_variable stata_variables[] = {
    {.name = "q1", .type = READSTAT_TYPE_INT8, .labels = labels, .label_count = COUNT(labels)},
    {.name = "single", .type = READSTAT_TYPE_FLOAT},
    {.name = "name", .type = READSTAT_TYPE_STRING, .width = 20},
    {.name = "story", .type = READSTAT_TYPE_STRING_REF},
};
static const char *const rows[] = {"5|Some words|14014684800|A", "1||2.5|B", "|||X"};
static const char *const stata_rows[] = {"5|3.1|Ann|A long story", ".a|||Another"};

static void write_spss(enum written_as as)
{
    const struct written_file file = {
        .as = as, .variables = variables, .variable_count = 4, .rows = rows, .row_count = 3};
    data_file_write("a.sav", &file);
}

static void write_stata(void)
{
    const struct written_file file = {.as = AS_DTA,
                                      .version = 118,
                                      .variables = stata_variables,
                                      .variable_count = 4,
                                      .rows = stata_rows,
                                      .row_count = 2};
    data_file_write("a.dta", &file);
}

/* ---- files that are none --------------------------------------------------------------------- */

static void files_that_are_none_are_told(void **state)
{
    (void)state;
    fixture_write("empty.sav", "", 0);
    data_expect("empty.sav", NPT_BAD_INPUT, "", "", "empty.sav: error: is empty\n" TO_ITS_END);
    fixture_write_text("a.csv", "id,q1\n1,4\n");
    data_expect("a.csv", NPT_BAD_INPUT, "", "",
                "a.csv: error: is neither an SPSS (.sav, .zsav) nor a Stata (.dta) file\n");
    fixture_write("secret.sav", "\34\0\0\0\0\0\0\0ENCRYPTEDSAV\25\0\0\0\0\0\0\0", 28);
    data_expect("secret.sav", NPT_BAD_INPUT, "", "",
                "secret.sav: error: is encrypted\n"
                "  hint: in SPSS, save it without a password\n");
    data_expect("none.sav", NPT_BAD_INPUT, "", "",
                "none.sav: error: cannot read: No such file or directory\n");
    data_expect(".", NPT_BAD_INPUT, "", "", ".: error: is a folder, not a file\n");
    assert_int_equal(mkfifo("pipe.sav", 0600), 0);
    data_expect("pipe.sav", NPT_BAD_INPUT, "", "", "pipe.sav: error: is not a regular file\n");
}

static void files_that_end_too_early_are_told(void **state)
{
    (void)state;
    static const char text[] = "error: could not be read: it ends too early\n" TO_ITS_END;
    write_spss(AS_PLAIN_SAV);
    npt__buffer file = fixture_read("a.sav");
    fixture_write("a.sav", file.bytes, 40);
    struct data_reading reading = data_read("a.sav");
    assert_int_equal(reading.status, NPT_BAD_INPUT);
    fixture_expect_in(npt_diags_text(reading.diags, false), text);
    data_close(&reading);
    fixture_write("a.sav", file.bytes, file.length - 1); /* a part of the last case is lost */
    npt__buffer_release(&file);
    reading = data_read("a.sav");
    assert_int_equal(reading.status, NPT_BAD_INPUT);
    assert_int_equal(reading.account.rows, 2);
    fixture_expect_in(npt_diags_text(reading.diags, false), text);
    data_close(&reading);
    write_stata(); /* its labels stand at its end */
    file = fixture_read("a.dta");
    fixture_write("a.dta", file.bytes, file.length - 30);
    npt__buffer_release(&file);
    reading = data_read("a.dta");
    assert_int_equal(reading.status, NPT_BAD_INPUT);
    fixture_expect_in(npt_diags_text(reading.diags, false), text);
    data_close(&reading);
}

static void write_many(size_t count)
{
    struct written_variable *many = npt__allocate(count * sizeof *many);
    char(*names)[8] = npt__allocate(count * sizeof *names);
    npt__buffer row = {0};
    for (size_t i = 0; i < count; i++) {
        snprintf(names[i], sizeof names[i], "v%u", (unsigned)i);
        many[i] = (struct written_variable){.name = names[i], .type = READSTAT_TYPE_DOUBLE};
        npt__buffer_puts(&row, i ? "|1" : "1");
    }
    const struct written_file file = {.as = AS_SAV,
                                      .variables = many,
                                      .variable_count = count,
                                      .rows = (const char *const[]){row.bytes},
                                      .row_count = 1};
    data_file_write("a.sav", &file);
    npt__release(many);
    npt__release(names);
    npt__buffer_release(&row);
}

static void more_than_ten_thousand_variables_are_refused(void **state)
{
    (void)state;
    write_many(10000);
    struct data_reading reading = data_read("a.sav");
    assert_int_equal(reading.status, NPT_OK);
    assert_int_equal(reading.column_count, 10000);
    assert_int_equal(reading.rows.length, 30001);
    data_close(&reading);
    write_many(10001);
    data_expect("a.sav", NPT_BAD_INPUT, "", "",
                "a.sav: error: has more than 10,000 variables\n"
                "  hint: keep those that are needed\n");
}

/* ---- damage ---------------------------------------------------------------------------------- */

/* Whatever became of it: a status, a message where it is a fault, and no child left behind. */
static enum npt_status read_damaged(const char *path, const char *bytes, size_t length)
{
    fixture_write(path, bytes, length);
    struct data_reading reading = data_read(path);
    const bool is_fault = reading.status == NPT_BAD_INPUT;
    assert_true(is_fault || reading.status == NPT_OK);
    assert_int_equal(npt_diags_count(reading.diags, NPT_ERROR), is_fault ? 1 : 0);
    const enum npt_status status = reading.status;
    data_close(&reading);
    return status;
}

static void damage(const char *path)
{
    npt__buffer file = fixture_read(path);
    const bool is_slow = getenv("VALGRIND") != NULL;
    for (size_t length = 1; length + 100 < file.length; length += is_slow ? 970 : 97)
        assert_int_equal(read_damaged(path, file.bytes, length), NPT_BAD_INPUT);
    uint32_t seed = 20261122;
    size_t faults = 0;
    for (int round = 0; round < (is_slow ? 12 : 120); round++) {
        npt__buffer copy = {0};
        npt__buffer_add(&copy, file.bytes, file.length);
        for (int i = 0; i <= round % 4; i++) {
            seed = seed * 1664525u + 1013904223u;
            const size_t at = (seed >> 8) % copy.length;
            seed = seed * 1664525u + 1013904223u;
            copy.bytes[at] = (char)(seed >> 24);
        }
        faults += read_damaged(path, copy.bytes, copy.length) != NPT_OK;
        npt__buffer_release(&copy);
    }
    assert_in_range(faults, 1, is_slow ? 11 : 119);
    npt__buffer_release(&file);
}

static void damaged_files_are_faults_and_do_no_harm(void **state)
{
    (void)state;
    write_spss(AS_SAV);
    damage("a.sav");
    write_spss(AS_PLAIN_SAV);
    damage("a.sav");
    write_spss(AS_ZSAV);
    damage("a.sav");
    write_stata();
    damage("a.dta");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(files_that_are_none_are_told),
        FIXTURE_TEST(files_that_end_too_early_are_told),
        FIXTURE_TEST(more_than_ten_thousand_variables_are_refused),
        FIXTURE_TEST(damaged_files_are_faults_and_do_no_harm),
    };
    return cmocka_run_group_tests_name("data_damage", tests, NULL, NULL);
}
