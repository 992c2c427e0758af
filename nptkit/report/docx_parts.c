/* docx_parts.c - the parts of a Word file around its text: what is in it, styles, lists, settings, the foot of pages.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/embedded.h"
#include "docx.h"
#include "markup.h"

#include <string.h>

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define CONTENT "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define PACKAGE "application/vnd.openxmlformats-package."

static const char types[] =
    XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\n"
        "<Default Extension=\"rels\" ContentType=\"" PACKAGE "relationships+xml\"/>\n"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\n";

static const char overrides[] =
    "<Override PartName=\"/word/document.xml\" ContentType=\"" CONTENT "document.main+xml\"/>\n"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"" CONTENT "styles+xml\"/>\n"
    "<Override PartName=\"/word/numbering.xml\" ContentType=\"" CONTENT "numbering+xml\"/>\n"
    "<Override PartName=\"/word/settings.xml\" ContentType=\"" CONTENT "settings+xml\"/>\n"
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"" CONTENT "footer+xml\"/>\n"
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"" PACKAGE "core-properties+xml\"/>\n"
    "</Types>\n";

static const char package[] =
    XML "<Relationships xmlns=\"" RELATIONS "\">\n"
        "<Relationship Id=\"document\" Type=\"" OFFICE "/officeDocument\" "
        "Target=\"word/document.xml\"/>\n"
        "<Relationship Id=\"core\" Type=\"" RELATIONS "/metadata/core-properties\" "
        "Target=\"docProps/core.xml\"/>\n"
        "</Relationships>\n";

static const char relations[] =
    XML "<Relationships xmlns=\"" RELATIONS "\">\n"
        "<Relationship Id=\"styles\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>\n"
        "<Relationship Id=\"numbering\" Type=\"" OFFICE "/numbering\" Target=\"numbering.xml\"/>\n"
        "<Relationship Id=\"settings\" Type=\"" OFFICE "/settings\" Target=\"settings.xml\"/>\n"
        "<Relationship Id=\"footer\" Type=\"" OFFICE "/footer\" Target=\"footer1.xml\"/>\n";

static const char numbering[] =
    XML "<w:numbering xmlns:w=\"" WORD "\">\n"
        "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"singleLevel\"/>"
        "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/>"
        "<w:pStyle w:val=\"ListBullet\"/><w:lvlText w:val=\"\xE2\x80\xA2\"/>"
        "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"397\" w:hanging=\"284\"/></w:pPr>"
        "</w:lvl></w:abstractNum>\n"
        "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\n"
        "</w:numbering>\n";

static const char settings_start[] =
    XML "<w:settings xmlns:w=\"" WORD "\">\n"
        "<w:zoom w:percent=\"100\"/>\n"
        "<w:defaultTabStop w:val=\"567\"/>\n"
        "<w:characterSpacingControl w:val=\"doNotCompress\"/>\n"
        "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
        "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\n"
        "<w:themeFontLang w:val=\"";
static const char settings_end[] = "\"/>\n"
                                   "<w:decimalSymbol w:val=\".\"/>\n"
                                   "<w:listSeparator w:val=\",\"/>\n"
                                   "</w:settings>\n";

static const char core_start[] =
    XML "<cp:coreProperties "
        "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<dc:title>";
static const char core_end[] = "</dc:title>\n</cp:coreProperties>\n";

#define FIELD(NAME) "<w:fldSimple w:instr=\" " NAME " \"><w:r><w:t>1</w:t></w:r></w:fldSimple>"
static const char footer[] = XML
    "<w:ftr xmlns:w=\"" WORD "\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>"
    "<w:r><w:t xml:space=\"preserve\">Page </w:t></w:r>" FIELD(
        "PAGE") "<w:r><w:t xml:space=\"preserve\"> of </w:t></w:r>" FIELD("NUMPAGES") "</w:p></w:ftr>\n";

static void add(struct npt__docx *docx, const char *name, const char *content)
{
    npt__archive_writer_add(docx->archive, name, content, strlen(content));
}

/* `start`, the text, and `end`. */
static void add_around(struct npt__docx *docx, const char *name, const char *start,
                       const char *text, const char *end)
{
    npt__buffer_clear(&docx->text);
    npt__buffer_puts(&docx->text, start);
    npt__markup_text(&docx->text, text);
    npt__buffer_puts(&docx->text, end);
    npt__archive_writer_add(docx->archive, name, docx->text.bytes, docx->text.length);
}

/* The styles as they are in reports/, with the language of the document in place of theirs. */
static void add_styles(struct npt__docx *docx, const char *language)
{
    static const char mark[] = "<w:lang w:val=\"";
    npt__buffer styles = {0};
    for (const struct npt__embedded *file = npt__embedded_files; file->name; file++)
        if (strcmp(file->name, "reports/word-styles.xml") == 0)
            npt__buffer_add(&styles, (const char *)file->bytes, file->length);
    const char *all = npt__buffer_string(&styles), *at = strstr(all, mark);
    npt__buffer_clear(&docx->text);
    if (at) {
        at += sizeof mark - 1;
        npt__buffer_add(&docx->text, all, (size_t)(at - all));
        npt__markup_text(&docx->text, language);
        all = at + strcspn(at, "\"");
    }
    npt__buffer_puts(&docx->text, all);
    npt__archive_writer_add(docx->archive, "word/styles.xml", docx->text.bytes, docx->text.length);
    npt__buffer_release(&styles);
}

void npt__docx_parts(struct npt__docx *docx, const struct npt__report_document *document)
{
    npt__buffer part = {0};
    npt__buffer_print(
        &part, "%s%s%s%s", types,
        docx->media.count ? "<Default Extension=\"png\" ContentType=\"image/png\"/>\n" : "",
        docx->svg ? "<Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>\n" : "", overrides);
    add(docx, "[Content_Types].xml", part.bytes);
    add(docx, "_rels/.rels", package);
    npt__archive_writer_add(docx->archive, "word/document.xml", docx->body.bytes,
                            docx->body.length);
    npt__buffer_clear(&part);
    npt__buffer_print(&part, "%s%s</Relationships>\n", relations,
                      npt__buffer_string(&docx->relations));
    add(docx, "word/_rels/document.xml.rels", part.bytes);
    add_styles(docx, document->language);
    add(docx, "word/numbering.xml", numbering);
    add_around(docx, "word/settings.xml", settings_start, document->language, settings_end);
    add(docx, "word/footer1.xml", footer);
    add_around(docx, "docProps/core.xml", core_start, document->title, core_end);
    npt__buffer_release(&part);
}
