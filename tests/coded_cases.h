/* coded_cases.h - for tests of compared interviews: a study written from a list of cases, each with its site and how
 * many segments it has.
 *
 * The constructs are Setting (every case has it once), Sense, and Action, which nobody has. A segment of Sense is two
 * characters long, and no two overlap.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODED_CASES_H
#define CODED_CASES_H

#include "survey_table.h"

#define CODED_CODES \
    PARENT("C1", "Sense", CODE("C2", "Purpose")) CODE("C4", "Action") CODE("C5", "Setting")

struct coded_case {
    const char *site;  /* NULL: none */
    int segments;      /* of Sense */
    const char *words; /* its text; NULL: not in the export */
};

static inline void add_selection(npt__buffer *sources, int start, int end, const char *coding)
{
    npt__buffer_print(
        sources,
        "<PlainTextSelection guid=\"" GUID("01") "\" startPosition=\"%d\" "
                                                 "endPosition=\"%d\" creatingUser=\"" GUID(
                                                     "A1") "\">%s</PlainTextSelection>",
        start, end, coding);
}

static inline void add_source(npt__buffer *sources, const struct coded_case *coded, int id)
{
    npt__buffer_print(sources, "<TextSource guid=\"00000000-0000-4000-8000-0000000000%02X\" ", id);
    if (coded->words)
        npt__buffer_print(sources, "name=\"s%02X\"><PlainTextContent>%s</PlainTextContent>", id,
                          coded->words);
    else
        npt__buffer_print(sources, "name=\"s%02X\" plainTextPath=\"internal://missing%d.txt\">", id,
                          id);
    for (int i = 0; i < coded->segments; i++)
        add_selection(sources, 2 * i, 2 * i + 2, CODING("C1", "A1"));
    add_selection(sources, 0, 10, CODING("C5", "A1"));
    npt__buffer_puts(sources, "</TextSource>");
}

static inline void write_small_codebook(void)
{
    fixture_write_text("tiny.qdc", "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>" FOLDER(
                                       "D1", "Context", CODE("C5", "Setting"))
                                       FOLDER("D2", "Work",
                                              PARENT("C1", "Sense", CODE("C2", "Purpose"))
                                                  CODE("C4", "Action")) "</Codes></CodeBook>");
}

/* Writes and opens them, P0, P1 ... `reversed`: the last one first in the file. */
static inline struct fixture open_cases(const struct coded_case *coded, size_t count, bool reversed)
{
    npt__buffer cases = {0}, sources = {0};
    for (size_t i = 0; i < count; i++) {
        const size_t at = reversed ? count - 1 - i : i;
        const int id = (int)at + 0x10;
        npt__buffer_print(
            &cases, "<Case guid=\"00000000-0000-4000-8000-0000000001%02X\" name=\"P%zu\">", id, at);
        if (coded[at].site)
            npt__buffer_print(&cases, VALUE("E1", "Text", "%s"), coded[at].site);
        npt__buffer_print(
            &cases, "<SourceRef targetGUID=\"00000000-0000-4000-8000-0000000000%02X\"/></Case>",
            id);
        add_source(&sources, &coded[at], id);
    }
    write_small_codebook();
    fixture_qde("cases.qde", &(struct fixture_project){.users = USER("A1", "Ann"),
                                                       .codes = CODED_CODES,
                                                       .variables = VARIABLE("E1", "Site", "Text"),
                                                       .cases = npt__buffer_string(&cases),
                                                       .sources = npt__buffer_string(&sources)});
    npt__buffer_release(&cases);
    npt__buffer_release(&sources);
    return open_quietly("cases.qde", "tiny.qdc");
}

/* Runs `compare` with these options, and frees its tables. */
struct compared {
    npt_table *tables[NPT_MOST_TABLES];
    size_t count;
};

static inline struct compared compare_coded(const npt_study *study, const char *const *options)
{
    struct compared compared = {.count = 0};
    compared.count = run_all(compared.tables, study, "compare", options);
    return compared;
}

static inline void compared_free(struct compared *compared)
{
    for (size_t i = 0; i < compared->count; i++)
        npt_table_free(compared->tables[i]);
}

static inline void expect_text(const npt_table *table, const char *column, const char *const *row,
                               const char *text)
{
    const struct npt_cell *cell = cell_at(table, column, row);
    assert_int_equal(cell->kind, NPT_CELL_TEXT);
    assert_string_equal(cell->text, text);
}

static inline void expect_near(const npt_table *table, const char *column, const char *const *row,
                               double expected, double relative)
{
    const struct npt_cell *cell = cell_at(table, column, row);
    if (cell->kind != NPT_CELL_NUMBER)
        fail_msg("%s of '%s' is no number", column, row[0]);
    reference_expect(cell->number, expected, relative);
}

#endif
