/* survey_table.h - for tests of tables of responses: the study of the reference values, and single numbers of
 * a table found by what stands in its row.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SURVEY_TABLE_H
#define SURVEY_TABLE_H

#include "analysis_run.h"
#include "reference_data.h"
#include "survey_file.h"

/* Opens tests/data/survey_ref.csv (or another file with its columns, named as seen from here) as a study. */
static inline struct fixture open_reference(const char *file)
{
    static const char *const items[] = {"G1",  "G2",  "G3",  "C1",  "C2",  "C3",   "C4",  "CP1",
                                        "CP2", "CP3", "CP4", "CA1", "CA2", "CA3r", "CA4", "CA5",
                                        "CA6", "CA7", "RM1", "RM2", "RM3", "RM4",  "RM5"};
    npt__buffer xml = {0}, instrument = fixture_read(fixture_beside("tests/data/survey_ref.xml"));
    fixture_write("survey_ref.xml", instrument.bytes, instrument.length);
    npt__buffer_release(&instrument);
    npt__buffer_print(&xml,
                      "<study xmlns=\"urn:nptkit:study:1\">\n<survey file=\"%s\" "
                      "instrument=\"survey_ref.xml\" agree=\"5\">\n",
                      file ? file : fixture_beside("tests/data/survey_ref.csv"));
    npt__buffer_puts(&xml, "<column name=\"respondent_id\" as=\"id\"/>"
                           "<column name=\"site\" as=\"site\"/><column name=\"role\" as=\"role\"/>"
                           "<column name=\"wave\" as=\"wave\"/>\n");
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        npt__buffer_print(&xml, "<column name=\"%s\" item=\"%s\"/>\n", items[i], items[i]);
    npt__buffer_puts(&xml, "</survey>\n</study>\n");
    fixture_write("study.xml", xml.bytes, xml.length);
    npt__buffer_release(&xml);
    return fixture_open("study.xml");
}

static inline bool cell_is(const struct npt_cell *cell, const char *text)
{
    if (cell->kind == NPT_CELL_TOTAL)
        return strcmp(text, "Total") == 0;
    return cell->kind == NPT_CELL_TEXT && strcmp(cell->text, text) == 0;
}

/* The cell of a column in the row that begins with these texts ("Total" for a total), ended by NULL. */
static inline const struct npt_cell *cell_at(const npt_table *table, const char *column,
                                             const char *const *begins)
{
    const size_t at = npt_table_find_column(table, column);
    if (at == SIZE_MAX)
        fail_msg("there is no column '%s'", column);
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *row = npt_table_row(table, i);
        bool same = true;
        for (size_t j = 0; begins[j] && same; j++)
            same = cell_is(&row[j], begins[j]);
        if (same)
            return &row[at];
    }
    fail_msg("there is no row '%s'", begins[0]);
    return NULL;
}

#define ROW(...) ((const char *const[]){__VA_ARGS__, NULL})

static inline void expect_number(const npt_table *table, const char *column,
                                 const char *const *begins, double expected)
{
    const struct npt_cell *cell = cell_at(table, column, begins);
    if (cell->kind != NPT_CELL_NUMBER)
        fail_msg("%s of '%s' is no number", column, begins[0]);
    reference_expect(cell->number, expected, 1e-12);
}

static inline void expect_count(const npt_table *table, const char *column,
                                const char *const *begins, int64_t expected)
{
    const struct npt_cell *cell = cell_at(table, column, begins);
    assert_int_equal(cell->kind, NPT_CELL_COUNT);
    assert_int_equal(cell->count, expected);
}

static inline void expect_absent(const npt_table *table, const char *column,
                                 const char *const *begins, const char *reason)
{
    const struct npt_cell *cell = cell_at(table, column, begins);
    assert_int_equal(cell->kind, NPT_CELL_ABSENT);
    assert_string_equal(cell->reason, reason);
}

/* A table as CSV; free the output. */
static inline npt_output *as_csv(const npt_table *table)
{
    npt_output *output = npt_output_memory(NULL);
    npt_render(output, &table, 1, npt_format_find("csv"), NULL);
    return output;
}

/* Expects that an analysis gives the same bytes for the reference data and for its rows in another order. */
static inline void expect_same_in_any_order(const char *analysis, const char *const *given)
{
    npt__buffer csv = fixture_read(fixture_beside("tests/data/survey_ref.csv")), turned = {0};
    const char *head = strchr(csv.bytes, '\n') + 1;
    npt__buffer_add(&turned, csv.bytes, (size_t)(head - csv.bytes));
    for (size_t end = csv.length - 1, at = end; at-- > 0 && csv.bytes + at + 1 >= head;)
        if (csv.bytes[at] == '\n') { /* the last row first */
            npt__buffer_add(&turned, csv.bytes + at + 1, end - at);
            end = at;
        }
    assert_int_equal(turned.length, csv.length);
    fixture_write("turned.csv", turned.bytes, turned.length);
    struct fixture one = open_reference(NULL);
    npt_table *first = run_analysis(one.study, analysis, given);
    npt_output *expected = as_csv(first);
    npt_table_free(first);
    fixture_close(&one);
    struct fixture other = open_reference("turned.csv");
    npt_table *second = run_analysis(other.study, analysis, given);
    npt_output *actual = as_csv(second);
    assert_string_equal(npt_output_bytes(actual, NULL), npt_output_bytes(expected, NULL));
    npt_table_free(second);
    fixture_close(&other);
    npt_output_discard(expected);
    npt_output_discard(actual);
    npt__buffer_release(&csv);
    npt__buffer_release(&turned);
}

#endif
