/* xlsx_write_parts.c - the parts of a workbook around its cells (ISO/IEC 29500-1, part 18).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/archive_write.h"
#include "markup.h"
#include "xlsx_write.h"

#include <string.h>

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define CONTENT "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define PACKAGE "application/vnd.openxmlformats-package."

static const char package[] = XML
    "<Relationships xmlns=\"" RELATIONS "\">\n"
    "<Relationship Id=\"rId1\" Type=\"" OFFICE "/officeDocument\" Target=\"xl/workbook.xml\"/>\n"
    "<Relationship Id=\"rId2\" Type=\"" RELATIONS "/metadata/core-properties\" "
    "Target=\"docProps/core.xml\"/>\n</Relationships>\n";

/* cellXfs in the order of enum npt__book_style. */
#define TOP "<alignment vertical=\"top\" wrapText=\"1\"/></xf>"
#define XF(NUMBER, FONT, FILL) \
    "<xf numFmtId=\"" NUMBER "\" fontId=\"" FONT "\" fillId=\"" FILL \
    "\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" " \
    "applyAlignment=\"1\">"
static const char styles[] = XML
    "<styleSheet xmlns=\"" MAIN "\">\n"
    "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"[&lt;0.0005]&quot;&lt;0.001&quot;;0.000\"/></numFmts>\n"
    "<fonts count=\"4\">"
    "<font><sz val=\"11\"/><name val=\"Arial\"/><family val=\"2\"/></font>"
    "<font><b/><sz val=\"14\"/><name val=\"Arial\"/><family val=\"2\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"Arial\"/><family val=\"2\"/></font>"
    "<font><u/><sz val=\"11\"/><color rgb=\"FF0563C1\"/><name val=\"Arial\"/>"
    "<family val=\"2\"/></font></fonts>\n"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>\n"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\n"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
    "</cellStyleXfs>\n<cellXfs count=\"11\">" XF("0", "0", "0") "</xf>" XF(
        "0", "1", "0") "</xf>" XF("0", "0", "0") TOP XF("0", "2", "0") TOP XF("3", "0", "0")
        TOP XF("9", "0", "0") TOP XF("2", "0", "0") TOP XF("164", "0", "0")
            TOP XF("0", "3", "0") "<alignment vertical=\"top\"/></xf>" XF("0", "0", "0")
                TOP XF("0", "0",
                       "0") "<alignment horizontal=\"right\" vertical=\"top\" wrapText=\"1\"/></xf>"
                            "</cellXfs>\n<cellStyles count=\"1\"><cellStyle name=\"Normal\" "
                            "xfId=\"0\" builtinId=\"0\"/></cellStyles>\n</styleSheet>\n";

static void add(npt__archive_writer *archive, const char *name, npt__buffer *part)
{
    npt__archive_writer_add(archive, name, npt__buffer_string(part), part->length);
    npt__buffer_clear(part);
}

static bool is_marked(const struct npt__book_sheet *sheet)
{
    return sheet->header && sheet->row > sheet->header;
}

static void add_types(npt__archive_writer *archive, const struct npt__book *book, npt__buffer *part)
{
    npt__buffer_puts(
        part,
        XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\n"
            "<Default Extension=\"rels\" ContentType=\"" PACKAGE "relationships+xml\"/>\n"
            "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\n"
            "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" CONTENT "sheet.main+xml\"/>\n"
            "<Override PartName=\"/xl/styles.xml\" ContentType=\"" CONTENT "styles+xml\"/>\n"
            "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" CONTENT
            "sharedStrings+xml\"/>\n"
            "<Override PartName=\"/docProps/core.xml\" ContentType=\"" PACKAGE
            "core-properties+xml\"/>\n");
    for (size_t i = 0; i < book->sheets.count; i++) {
        npt__buffer_print(
            part,
            "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" ContentType=\"" CONTENT
            "worksheet+xml\"/>\n",
            i + 1);
        if (is_marked(book->sheets.items[i]))
            npt__buffer_print(
                part,
                "<Override PartName=\"/xl/tables/table%zu.xml\" ContentType=\"" CONTENT
                "table+xml\"/>\n",
                i + 1);
    }
    npt__buffer_puts(part, "</Types>\n");
    add(archive, "[Content_Types].xml", part);
    npt__archive_writer_add(archive, "_rels/.rels", package, sizeof package - 1);
}

static void add_core(npt__archive_writer *archive, const struct npt__report_document *document,
                     npt__buffer *part)
{
    npt__buffer_puts(part, XML "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/"
                               "package/2006/metadata/core-properties\" "
                               "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<dc:title>");
    npt__markup_text(part, document->title);
    npt__buffer_puts(part, "</dc:title><dc:language>");
    npt__markup_text(part, document->language);
    npt__buffer_puts(part, "</dc:language>\n</cp:coreProperties>\n");
    add(archive, "docProps/core.xml", part);
}

static void add_workbook(npt__archive_writer *archive, const struct npt__book *book,
                         npt__buffer *part)
{
    npt__buffer_puts(part, XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\">\n<sheets>\n");
    for (size_t i = 0; i < book->sheets.count; i++) {
        npt__buffer_puts(part, "<sheet name=\"");
        npt__markup_text(part, book->sheets.items[i]->name);
        npt__buffer_print(part, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>\n", i + 1, i + 1);
    }
    npt__buffer_puts(part, "</sheets>\n</workbook>\n");
    add(archive, "xl/workbook.xml", part);
    npt__buffer_puts(part, XML "<Relationships xmlns=\"" RELATIONS "\">\n");
    for (size_t i = 0; i < book->sheets.count; i++)
        npt__buffer_print(part,
                          "<Relationship Id=\"rId%zu\" Type=\"" OFFICE
                          "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>\n",
                          i + 1, i + 1);
    npt__buffer_print(
        part,
        "<Relationship Id=\"rId%zu\" Type=\"" OFFICE
        "/styles\" Target=\"styles.xml\"/>\n<Relationship Id=\"rId%zu\" Type=\"" OFFICE
        "/sharedStrings\" Target=\"sharedStrings.xml\"/>\n</Relationships>\n",
        book->sheets.count + 1, book->sheets.count + 2);
    add(archive, "xl/_rels/workbook.xml.rels", part);
}

/* What stands before the cells: headers stay when rows scroll; columns as wide as their texts, within reason. */
static void put_view(npt__buffer *part, const struct npt__book_sheet *sheet, bool first)
{
    npt__buffer_print(part, "<sheetViews><sheetView%s workbookViewId=\"0\">",
                      first ? " tabSelected=\"1\"" : "");
    if (sheet->header)
        npt__buffer_print(part,
                          "<pane ySplit=\"%zu\" topLeftCell=\"A%zu\" activePane=\"bottomLeft\" "
                          "state=\"frozen\"/>",
                          sheet->header, sheet->header + 1);
    npt__buffer_puts(part, "</sheetView></sheetViews>\n"
                           "<sheetFormatPr defaultRowHeight=\"15\"/>\n<cols>");
    for (size_t i = 0; i < sheet->width; i++) {
        const size_t wanted = sheet->widest[i] + 2, width = wanted < 11 ? 11
                                                            : wanted > NPT__BOOK_MOST_WIDTH
                                                                ? NPT__BOOK_MOST_WIDTH
                                                                : wanted;
        npt__buffer_print(part, "<col min=\"%zu\" max=\"%zu\" width=\"%zu\" customWidth=\"1\"/>",
                          i + 1, i + 1, width);
    }
    npt__buffer_puts(part, "</cols>\n");
}

static void add_sheet(npt__archive_writer *archive, const struct npt__book_sheet *sheet,
                      size_t number, npt__buffer *part)
{
    npt__buffer file = {0};
    npt__buffer_puts(part, XML "<worksheet xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\">\n");
    npt__buffer_puts(part, "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\n");
    put_view(part, sheet, number == 1);
    npt__buffer_puts(part, "<sheetData>\n");
    npt__buffer_add(part, npt__buffer_string(&sheet->rows), sheet->rows.length);
    npt__buffer_puts(part, "</sheetData>\n");
    if (sheet->links.length)
        npt__buffer_print(part, "<hyperlinks>%s</hyperlinks>\n", sheet->links.bytes);
    npt__buffer_puts(part,
                     "<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"/>\n");
    if (is_marked(sheet))
        npt__buffer_puts(part, "<tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts>\n");
    npt__buffer_puts(part, "</worksheet>\n");
    npt__buffer_print(&file, "xl/worksheets/sheet%zu.xml", number);
    add(archive, file.bytes, part);
    npt__buffer_release(&file);
}

static void put_last_column(npt__buffer *part, size_t column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (; column && at; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    npt__buffer_add(part, letters + at, sizeof letters - at);
}

/* The table on a sheet, marked as one: without a filter. */
static void add_marked(npt__archive_writer *archive, const struct npt__book_sheet *sheet,
                       size_t number, npt__buffer *part)
{
    npt__buffer file = {0};
    npt__buffer_print(
        part, XML "<table xmlns=\"" MAIN "\" id=\"%zu\" name=\"%s\" displayName=\"%s\" ref=\"A%zu:",
        number, sheet->marked, sheet->marked, sheet->header);
    put_last_column(part, sheet->width);
    npt__buffer_print(part, "%zu\" totalsRowShown=\"0\">\n<tableColumns count=\"%zu\">", sheet->row,
                      sheet->width);
    for (size_t i = 0; i < sheet->width; i++) {
        npt__buffer_print(part, "<tableColumn id=\"%zu\" name=\"", i + 1);
        npt__markup_text(part, sheet->headers[i]);
        npt__buffer_puts(part, "\"/>");
    }
    npt__buffer_puts(part, "</tableColumns>\n<tableStyleInfo name=\"TableStyleLight1\" "
                           "showFirstColumn=\"0\" showLastColumn=\"0\" showRowStripes=\"1\" "
                           "showColumnStripes=\"0\"/>\n</table>\n");
    npt__buffer_print(&file, "xl/tables/table%zu.xml", number);
    add(archive, file.bytes, part);
    npt__buffer_clear(&file);
    npt__buffer_print(part,
                      XML "<Relationships xmlns=\"" RELATIONS
                          "\"><Relationship Id=\"rId1\" Type=\"" OFFICE
                          "/table\" Target=\"../tables/table%zu.xml\"/></Relationships>\n",
                      number);
    npt__buffer_print(&file, "xl/worksheets/_rels/sheet%zu.xml.rels", number);
    add(archive, file.bytes, part);
    npt__buffer_release(&file);
}

void npt__book_finish(struct npt__book *book, const struct npt__report_document *document,
                      npt_output *output)
{
    npt__archive_writer *archive = npt__archive_writer_new();
    npt__buffer part = {.ceiling = SIZE_MAX / 2};
    add_types(archive, book, &part);
    add_core(archive, document, &part);
    add_workbook(archive, book, &part);
    npt__archive_writer_add(archive, "xl/styles.xml", styles, sizeof styles - 1);
    for (size_t i = 0; i < book->sheets.count; i++) {
        add_sheet(archive, book->sheets.items[i], i + 1, &part);
        if (is_marked(book->sheets.items[i]))
            add_marked(archive, book->sheets.items[i], i + 1, &part);
    }
    npt__buffer_print(&part, XML "<sst xmlns=\"" MAIN "\" count=\"%zu\" uniqueCount=\"%zu\">\n",
                      book->string_count, book->string_count);
    npt__buffer_add(&part, npt__buffer_string(&book->strings), book->strings.length);
    npt__buffer_puts(&part, "</sst>\n");
    add(archive, "xl/sharedStrings.xml", &part);
    npt__archive_writer_finish(archive, output);
    npt__buffer_release(&part);
}
