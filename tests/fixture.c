/* fixture.c - small coded projects for tests.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "fixture.h"

#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

/* ---- a folder of the test's own -------------------------------------------------------------- */

static char folder[PATH_MAX], started_in[PATH_MAX], beside[2 * PATH_MAX];

int fixture_enter(void **state)
{
    (void)state;
    const char *place = getenv("TMPDIR");
    if (!*started_in && !getcwd(started_in, sizeof started_in))
        return -1;
    snprintf(folder, sizeof folder, "%s/nptkit-XXXXXX", place && *place ? place : "/tmp");
    return mkdtemp(folder) ? chdir(folder) : -1;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *at)
{
    (void)status, (void)kind, (void)at;
    return remove(path);
}

int fixture_leave(void **state)
{
    (void)state;
    return chdir(started_in) || nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *fixture_beside(const char *path)
{
    if (!*started_in)
        assert_non_null(getcwd(started_in, sizeof started_in));
    snprintf(beside, sizeof beside, "%s/%s", started_in, path);
    return beside;
}

/* ---- files ----------------------------------------------------------------------------------- */

void fixture_write(const char *path, const char *bytes, size_t length)
{
    remove(path); /* to write over a file makes ext4 wait for the disk */
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

void fixture_write_text(const char *path, const char *text)
{
    fixture_write(path, text, strlen(text));
}

npt__buffer fixture_read(const char *path)
{
    char chunk[4096];
    npt__buffer bytes = {0};
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (size_t length; (length = fread(chunk, 1, sizeof chunk, file)) > 0;)
        assert_true(npt__buffer_add(&bytes, chunk, length));
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static void add_member(zip_t *zip, const struct fixture_entry *entry)
{
    const size_t length = strlen(entry->name);
    if (length && entry->name[length - 1] == '/') {
        assert_true(zip_dir_add(zip, entry->name, ZIP_FL_ENC_UTF_8) >= 0);
        return;
    }
    zip_source_t *source = zip_source_buffer(zip, entry->bytes, entry->length, 0);
    assert_non_null(source);
    zip_int64_t index = zip_file_add(zip, entry->name, source, ZIP_FL_ENC_UTF_8);
    assert_true(index >= 0);
    assert_int_equal(zip_set_file_compression(zip, (zip_uint64_t)index,
                                              entry->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 1),
                     0);
    if (entry->password)
        assert_int_equal(
            zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_256, entry->password), 0);
}

void fixture_zip(const char *path, const struct fixture_entry *entries, size_t count)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(zip);
    for (size_t i = 0; i < count; i++)
        add_member(zip, &entries[i]);
    assert_int_equal(zip_close(zip), 0);
}

/* ---- projects -------------------------------------------------------------------------------- */

static void add_part(npt__buffer *xml, const char *open, const char *content, const char *close)
{
    if (content)
        npt__buffer_print(xml, "%s%s%s", open, content, close);
    npt__buffer_putc(xml, '\n');
}

void fixture_project(npt__buffer *xml, const struct fixture_project *project)
{
    npt__buffer_puts(xml, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project name=\"Test\"");
    npt__buffer_print(xml, " xmlns=\"%s\"",
                      project->space ? project->space : "urn:QDA-XML:project:1.0");
    if (project->origin)
        npt__buffer_print(xml, " origin=\"%s\"", project->origin);
    npt__buffer_puts(xml, ">\n");
    add_part(xml, "<Users>", project->users, "</Users>");
    add_part(xml, "<CodeBook><Codes>", project->codes, "</Codes></CodeBook>");
    add_part(xml, "<Variables>", project->variables, "</Variables>");
    add_part(xml, "<Cases>", project->cases, "</Cases>");
    add_part(xml, "<Sources>", project->sources, "</Sources>");
    add_part(xml, "<Notes>", project->notes, "</Notes>");
    add_part(xml, "", project->rest, "");
    npt__buffer_puts(xml, "</Project>\n");
}

void fixture_qde(const char *path, const struct fixture_project *project)
{
    npt__buffer xml = {0};
    fixture_project(&xml, project);
    fixture_write(path, xml.bytes, xml.length);
    npt__buffer_release(&xml);
}

void fixture_qdpx(const char *path, const struct fixture_project *project,
                  const struct fixture_entry *files, size_t count)
{
    npt__buffer xml = {0};
    fixture_project(&xml, project);
    struct fixture_entry *entries = npt__allocate((count + 1) * sizeof *entries);
    entries[0] = (struct fixture_entry){"project.qde", xml.bytes, xml.length, false, NULL};
    for (size_t i = 0; i < count; i++)
        entries[i + 1] = files[i];
    fixture_zip(path, entries, count + 1);
    npt__release(entries);
    npt__buffer_release(&xml);
}

/* ---- opening --------------------------------------------------------------------------------- */

struct fixture fixture_open_with(const char *path, const struct npt_study_options *options)
{
    struct fixture opened = {.diags = npt_diags_new()};
    opened.status = npt_study_open(&opened.study, path, options, opened.diags);
    opened.text = npt_diags_text(opened.diags, false);
    if ((opened.status == NPT_OK) != (opened.study != NULL))
        fail_msg("status %d, but the study is %s", (int)opened.status,
                 opened.study ? "there" : "not there");
    if (opened.status != NPT_OK && npt_diags_count(opened.diags, NPT_ERROR) == 0)
        fail_msg("status %d without an error: %s", (int)opened.status, opened.text);
    return opened;
}

struct fixture fixture_open(const char *path)
{
    return fixture_open_with(path, &(struct npt_study_options){.positions = true, .threads = 2});
}

void fixture_close(struct fixture *opened)
{
    npt_study_free(opened->study);
    npt_diags_free(opened->diags);
    *opened = (struct fixture){0};
}

void fixture_expect_in(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("not found: %s\nin: %s", part, text);
}

void fixture_expect_fault(const char *path, const char *message)
{
    struct fixture opened = fixture_open(path);
    fixture_expect_in(opened.text, message);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_close(&opened);
}

/* ---- looking at a study ---------------------------------------------------------------------- */

void fixture_expect_segments(const npt_study *study, const char *lines)
{
    static const char *const kinds[] = {"text", "picture", "pdf", "audio", "video", "source"};
    npt__buffer shown = {0};
    for (size_t i = 0; i < study->segments.count; i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        npt__buffer_print(&shown, "%s %s", study->sources.items[segment->source].name,
                          kinds[segment->kind]);
        if (segment->kind != NPT__SEGMENT_PICTURE && segment->kind != NPT__SEGMENT_PDF &&
            segment->end != UINT32_MAX)
            npt__buffer_print(&shown, " %u-%u", segment->start, segment->end);
        npt__buffer_print(
            &shown,
            " %s:", segment->coder == NPT__NONE ? "?" : study->coders.items[segment->coder].name);
        for (uint16_t j = 0; j < segment->code_count; j++) {
            const uint32_t code = study->segment_codes.items[segment->first_code + j];
            npt__buffer_print(&shown, "%s %s", j ? "," : "", study->codes.items[code].path);
        }
        npt__buffer_putc(&shown, '\n');
    }
    assert_string_equal(npt__buffer_string(&shown), lines);
    npt__buffer_release(&shown);
}

static void show_case(npt__buffer *shown, const npt_study *study, size_t number)
{
    const struct npt__case *found = &study->cases.items[number];
    const size_t attributes = study->attributes.count;
    npt__buffer_puts(shown, found->name);
    bool any = false;
    for (size_t i = 0; i < attributes; i++) {
        const char *value = study->case_values[number * attributes + i];
        if (value)
            npt__buffer_print(shown, "%s%s=%s", any ? ", " : " [", study->attributes.items[i].name,
                              value);
        any |= value != NULL;
    }
    npt__buffer_puts(shown, any ? "]:" : ":");
    for (uint32_t i = 0; i < found->part_count; i++) {
        const struct npt__part *part = &study->parts.items[found->first_part + i];
        npt__buffer_print(shown, "%s %s", i ? "," : "", study->sources.items[part->source].name);
        for (uint32_t j = 0; j < part->span_count; j++) {
            const struct npt__span *span = &study->spans.items[part->first_span + j];
            npt__buffer_print(shown, " %u-%u", span->start, span->end);
        }
    }
    npt__buffer_putc(shown, '\n');
}

void fixture_expect_cases(const npt_study *study, const char *lines)
{
    npt__buffer shown = {0};
    for (size_t i = 0; i < study->cases.count; i++)
        show_case(&shown, study, i);
    assert_string_equal(npt__buffer_string(&shown), lines);
    npt__buffer_release(&shown);
}

uint32_t fixture_code(const npt_study *study, const char *path)
{
    for (uint32_t i = 0; i < study->codes.count; i++)
        if (strcmp(study->codes.items[i].path, path) == 0)
            return i;
    return NPT__NONE;
}
