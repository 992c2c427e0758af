/* analysis_run.h - helpers of the tests of analyses: they run one by name and compare its CSV.
 *
 *     expect_rows(study, "tally", OPTIONS("by", "site", "measures", "cases"), "construct,site,...\n...");
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef ANALYSIS_RUN_H
#define ANALYSIS_RUN_H

#include "fixture.h"

#include <nptkit.h>

/* Names and values in turns; NULL ends them. */
#define OPTIONS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NO_OPTIONS OPTIONS(NULL)

static inline npt_options *make_options(const char *const *given)
{
    npt_options *options = npt_options_new();
    for (size_t i = 0; given[i]; i += 2)
        npt_options_add(options, given[i], given[i + 1]);
    return options;
}

/* All tables of an analysis, which must give at least one; free them before the study. */
static inline size_t run_all(npt_table *tables[NPT_MOST_TABLES], const npt_study *study,
                             const char *name, const char *const *given)
{
    npt_options *options = make_options(given);
    npt_diags *diags = npt_diags_new();
    size_t count = 0;
    enum npt_status status =
        npt_analysis_run_all(tables, &count, npt_analysis_find(name), study, options, diags);
    if (status != NPT_OK)
        fail_msg("%s: status %d: %s", name, (int)status, npt_diags_text(diags, false));
    assert_true(count > 0);
    npt_diags_free(diags);
    npt_options_free(options);
    return count;
}

/* The table, which the analysis must give; free it before the study. */
static inline npt_table *run_analysis(const npt_study *study, const char *name,
                                      const char *const *given)
{
    npt_options *options = make_options(given);
    npt_diags *diags = npt_diags_new();
    npt_table *table = NULL;
    enum npt_status status =
        npt_analysis_run(&table, npt_analysis_find(name), study, options, diags);
    if (status != NPT_OK)
        fail_msg("%s: status %d: %s", name, (int)status, npt_diags_text(diags, false));
    npt_diags_free(diags);
    npt_options_free(options);
    return table;
}

static inline void expect_csv(const npt_table *table, const char *expected)
{
    npt_output *output = npt_output_memory(NULL);
    npt_render(output, &table, 1, npt_format_find("csv"), NULL);
    assert_string_equal(npt_output_bytes(output, NULL), expected);
    npt_output_discard(output);
}

static inline void expect_rows(const npt_study *study, const char *name, const char *const *given,
                               const char *expected)
{
    npt_table *table = run_analysis(study, name, given);
    expect_csv(table, expected);
    npt_table_free(table);
}

/* Expects this status and exactly these messages. */
static inline void expect_refused(enum npt_status expected, const npt_study *study,
                                  const char *name, const char *const *given, const char *messages)
{
    npt_options *options = make_options(given);
    npt_diags *diags = npt_diags_new();
    npt_table *table = NULL;
    enum npt_status status =
        npt_analysis_run(&table, npt_analysis_find(name), study, options, diags);
    assert_string_equal(npt_diags_text(diags, false), messages);
    assert_int_equal(status, expected);
    assert_null(table);
    npt_diags_free(diags);
    npt_options_free(options);
}

static inline void expect_usage(const npt_study *study, const char *name, const char *const *given,
                                const char *messages)
{
    expect_refused(NPT_USAGE, study, name, given, messages);
}

/* Expects a note of the table that holds `part`. */
static inline void expect_note(const npt_table *table, const char *part)
{
    const char *note;
    for (size_t i = 0; (note = npt_table_note(table, i)) != NULL; i++)
        if (strstr(note, part))
            return;
    fail_msg("no note of '%s' says: %s", npt_table_name(table), part);
}

static inline void expect_no_note(const npt_table *table, const char *part)
{
    const char *note;
    for (size_t i = 0; (note = npt_table_note(table, i)) != NULL; i++)
        if (strstr(note, part))
            fail_msg("'%s' says: %s", npt_table_name(table), note);
}

/* Opens with positions and a codebook, and expects that it opens without a word. */
static inline struct fixture open_quietly(const char *path, const char *codebook)
{
    struct fixture opened = fixture_open_with(
        path, &(struct npt_study_options){.codebook = codebook, .positions = true, .threads = 2});
    assert_string_equal(opened.text, "");
    return opened;
}

#endif
