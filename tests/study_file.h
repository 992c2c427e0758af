/* study_file.h - helpers of the tests that read a study.xml: they write it into a folder of their own and
 * expect its messages as people see them. Lines and columns are counted by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef STUDY_FILE_H
#define STUDY_FILE_H

#include "../nptkit/base/buffer.h"
#include "../nptkit/ingest/manifest.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NAMESPACE "xmlns=\"urn:nptkit:study:1\""
/* The first line of a study, and its last two, which are valid. */
#define HEAD "<study " NAMESPACE ">\n"
#define TAIL "\n<coding file=\"a.qdpx\"/>\n</study>\n"

static char folder[PATH_MAX], before[PATH_MAX];

static inline int enter_folder(void **state)
{
    (void)state;
    const char *place = getenv("TMPDIR");
    if (!getcwd(before, sizeof before))
        return -1;
    snprintf(folder, sizeof folder, "%s/nptkit-XXXXXX", place && *place ? place : "/tmp");
    return mkdtemp(folder) ? chdir(folder) : -1;
}

static inline int leave_folder(void **state)
{
    (void)state;
    remove("study.xml");
    return chdir(before) || rmdir(folder);
}

static inline void write_file(const char *bytes, size_t length)
{
    FILE *file = fopen("study.xml", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* Reads `xml`, which gives these messages; the manifest is to be released. */
static inline struct npt__manifest read_study(const char *xml, enum npt_status status,
                                              const char *text)
{
    write_file(xml, strlen(xml));
    npt_diags *diags = npt_diags_new();
    struct npt__manifest manifest = {0};
    const enum npt_status came = npt__manifest_read(&manifest, "study.xml", diags);
    assert_string_equal(npt_diags_text(diags, false), text);
    assert_int_equal(came, status);
    npt_diags_free(diags);
    return manifest;
}

static inline void expect_fault(const char *xml, const char *text)
{
    struct npt__manifest manifest = read_study(xml, NPT_BAD_INPUT, text);
    npt__manifest_release(&manifest);
}

/* As above, for one error at this place of this line, whose characters are all one column wide. */
static inline void expect_one(const char *xml, size_t line, size_t column, const char *what,
                              const char *excerpt, const char *hint)
{
    npt__buffer text = {0};
    npt__buffer_print(&text, "study.xml:%zu:%zu: error: %s\n", line, column, what);
    npt__buffer_print(&text, "%6zu | %s\n       | ", line, excerpt);
    npt__buffer_fill(&text, ' ', column - 1);
    npt__buffer_print(&text, "^\n  hint: %s\n", hint);
    expect_fault(xml, text.bytes);
    npt__buffer_release(&text);
}

/* Expects `text` among the messages, and so many errors. */
static inline void expect_among(const char *xml, size_t errors, const char *text)
{
    write_file(xml, strlen(xml));
    npt_diags *diags = npt_diags_new();
    struct npt__manifest manifest = {0};
    assert_int_equal(npt__manifest_read(&manifest, "study.xml", diags), NPT_BAD_INPUT);
    const char *all = npt_diags_text(diags, false);
    if (!strstr(all, text))
        fail_msg("not found: %s\nin: %s", text, all);
    assert_int_equal(npt_diags_count(diags, NPT_ERROR), errors);
    npt__manifest_release(&manifest);
    npt_diags_free(diags);
}

#endif
