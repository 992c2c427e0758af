/* xlsx_file.c - small workbooks for tests, and what was read of them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "xlsx_file.h"

#include "../nptkit/base/unicode.h"
#include "../nptkit/ingest/xlsx.h"

#include <stdio.h>

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MOST_PARTS (XLSX_MOST_SHEETS + 6)

/* ---- writing --------------------------------------------------------------------------------- */

/* The parts of a workbook, and the texts that they point at. */
struct parts {
    struct fixture_entry entries[MOST_PARTS];
    npt__buffer texts[MOST_PARTS];
    char names[MOST_PARTS][64];
    size_t count;
};

/* Adds a part whose text is written to the buffer that is returned. */
static npt__buffer *add_part(struct parts *parts, const char *name)
{
    const size_t index = parts->count++;
    snprintf(parts->names[index], sizeof parts->names[index], "%s", name);
    npt__buffer_puts(&parts->texts[index], XML);
    return &parts->texts[index];
}

static void add_relation(npt__buffer *relations, const char *id, const char *kind,
                         const char *target)
{
    npt__buffer_print(relations,
                      "<Relationship Id=\"%s\" Type=\"" XLSX_TYPES "/%s\" Target=\"%s\"/>", id,
                      kind, target);
}

static void add_sheets(struct parts *parts, const struct xlsx_file *file, npt__buffer *workbook,
                       npt__buffer *relations)
{
    for (size_t i = 0; i < XLSX_MOST_SHEETS && file->sheets[i].name; i++) {
        const struct xlsx_sheet *sheet = &file->sheets[i];
        char id[16], target[32], name[40];
        snprintf(id, sizeof id, "rId%zu", i + 3); /* as Excel may have it: no number of a sheet */
        snprintf(target, sizeof target, "worksheets/sheet%zu.xml", i + 1);
        snprintf(name, sizeof name, "xl/%s", target);
        npt__buffer_print(workbook, "<sheet name=\"%s\" sheetId=\"%zu\"", sheet->name, 10 - i);
        if (sheet->state)
            npt__buffer_print(workbook, " state=\"%s\"", sheet->state);
        npt__buffer_print(workbook, " r:id=\"%s\"/>", id);
        add_relation(relations, id, sheet->kind ? sheet->kind : "worksheet", target);
        if (sheet->data)
            npt__buffer_print(add_part(parts, name),
                              "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetData>%s</sheetData>"
                              "</worksheet>",
                              sheet->data);
    }
}

void xlsx_write(const char *path, const struct xlsx_file *file)
{
    struct parts parts = {.count = 0};
    npt__buffer *package = add_part(&parts, "_rels/.rels");
    npt__buffer *workbook = add_part(&parts, "xl/workbook.xml");
    npt__buffer *relations = add_part(&parts, "xl/_rels/workbook.xml.rels");
    npt__buffer_puts(package, "<Relationships xmlns=\"" XLSX_RELATIONS "\">");
    add_relation(package, "rId1", "officeDocument", "xl/workbook.xml");
    npt__buffer_puts(package, "</Relationships>");
    npt__buffer_print(workbook,
                      "<workbook xmlns=\"" XLSX_MAIN "\" xmlns:r=\"" XLSX_TYPES
                      "\"><workbookPr %s/><sheets>",
                      file->properties ? file->properties : "");
    npt__buffer_puts(relations, "<Relationships xmlns=\"" XLSX_RELATIONS "\">");
    if (file->strings) {
        add_relation(relations, "rId1", "sharedStrings", "sharedStrings.xml");
        npt__buffer_print(add_part(&parts, "xl/sharedStrings.xml"),
                          "<sst xmlns=\"" XLSX_MAIN "\">%s</sst>", file->strings);
    }
    if (file->styles) {
        add_relation(relations, "rId2", "styles", "styles.xml");
        npt__buffer_print(add_part(&parts, "xl/styles.xml"),
                          "<styleSheet xmlns=\"" XLSX_MAIN "\">%s</styleSheet>", file->styles);
    }
    add_sheets(&parts, file, workbook, relations);
    npt__buffer_puts(workbook, "</sheets></workbook>");
    npt__buffer_print(relations, "%s</Relationships>", file->relations ? file->relations : "");
    for (size_t i = 0; i < parts.count; i++)
        parts.entries[i] = (struct fixture_entry){parts.names[i], parts.texts[i].bytes,
                                                  parts.texts[i].length, false, NULL};
    fixture_zip(path, parts.entries, parts.count);
    for (size_t i = 0; i < parts.count; i++)
        npt__buffer_release(&parts.texts[i]);
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool write_row(void *user, const struct npt__row *row)
{
    npt__buffer *rows = user;
    npt__buffer_print(rows, "%zu:", row->line);
    for (size_t i = 0; i < row->count; i++) {
        const struct npt__field *field = &row->fields[i];
        assert_int_equal(strlen(field->text), field->length);
        assert_int_equal(npt__utf8_valid(field->text, field->length), field->length);
        npt__buffer_print(rows, "[%s]", field->text);
    }
    npt__buffer_putc(rows, '/');
    return true;
}

void xlsx_expect(const char *path, const char *sheet, enum npt_status status, const char *rows,
                 const char *text)
{
    npt_diags *diags = npt_diags_new();
    npt__arena *arena = npt__arena_new();
    npt__buffer read = {0};
    struct npt__xlsx_account account;
    const enum npt_status result =
        npt__xlsx_read(path, sheet, arena, &account, write_row, &read, diags);
    assert_string_equal(npt_diags_text(diags, false), text);
    assert_string_equal(npt__buffer_string(&read), rows);
    assert_int_equal(result, status);
    npt__buffer_release(&read);
    npt__arena_free(arena);
    npt_diags_free(diags);
}

void xlsx_expect_data(const char *data, const char *rows, const char *text)
{
    xlsx_write("a.xlsx", &(struct xlsx_file){.sheets = {{.name = "Answers", .data = data}}});
    xlsx_expect("a.xlsx", NULL, *text ? NPT_BAD_INPUT : NPT_OK, rows, text);
}

void xlsx_expect_fault(const char *path, const char *message)
{
    npt_diags *diags = npt_diags_new();
    npt__arena *arena = npt__arena_new();
    npt__buffer read = {0};
    struct npt__xlsx_account account;
    const enum npt_status status =
        npt__xlsx_read(path, NULL, arena, &account, write_row, &read, diags);
    fixture_expect_in(npt_diags_text(diags, false), message);
    assert_int_equal(status, NPT_BAD_INPUT);
    npt__buffer_release(&read);
    npt__arena_free(arena);
    npt_diags_free(diags);
}
