/* xlsx_workbook.c - what stands above the cells of a workbook: its sheets, and where its other parts are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "xlsx_parts.h"

#include <string.h>

#define MOST_SHEETS 1000u
#define LONGEST_NAME 1000u /* of a sheet, in bytes; Excel allows 31 characters */

static const char damaged[] =
    "the workbook is damaged; open it in a spreadsheet program and save it again";

struct reader {
    struct npt__workbook *workbook;
    npt_diags *diags;
    npt__arena *arena;
    bool in_sheets, is_workbook;
};

enum token { WORKBOOK, PROPERTIES, SHEETS, SHEET };
static const char *const tokens[] = {"workbook", "workbookPr", "sheets", "sheet", NULL};

/* A sheet names its part in an attribute r:id, and xml.h keeps back attributes of other vocabularies. So
   colons before "id=" are changed to "_" before parsing, which moves no place of a message. */
static void bare_ids(npt__buffer *bytes)
{
    static const char written[] = ":id";
    char *at = bytes->bytes;
    while (at && (at = strstr(at, written)) != NULL) {
        const char *after = at + sizeof written - 1;
        if (after[strspn(after, " \t\r\n")] == '=')
            *at = '_';
        at++;
    }
}

static const struct npt__attribute *find_relation_id(const struct npt__element *element)
{
    static const char end[] = "_id";
    for (size_t i = 0; i < element->attribute_count; i++) {
        const char *name = element->attributes[i].name;
        const size_t length = strlen(name), end_length = sizeof end - 1;
        if (length > end_length && strcmp(name + length - end_length, end) == 0)
            return &element->attributes[i];
    }
    return NULL;
}

static void stop(struct reader *reader, npt__xml *xml, const char *fault)
{
    const struct npt__place place = npt__xml_place(xml, NULL);
    npt__say(reader->diags, NPT_ERROR, &place, "%s", fault);
    npt__xml_stop(xml);
}

static void add_sheet(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    const struct npt__attribute *name = npt__xml_find(element, "name"),
                                *state = npt__xml_find(element, "state"),
                                *relation = find_relation_id(element);
    if (!name || !name->length || name->length > LONGEST_NAME) {
        stop(reader, xml, "a sheet has no name, or one that is longer than 1,000 bytes");
        return;
    }
    if (reader->workbook->sheets.count == MOST_SHEETS) {
        stop(reader, xml, "holds more than 1,000 sheets");
        return;
    }
    char *text = npt__arena_copy(reader->arena, name->value, name->length);
    text[npt__xlsx_unescape(text, name->length)] = '\0';
    *npt__array_add(&reader->workbook->sheets) = (struct npt__xlsx_sheet){
        .name = text,
        .folded = npt__fold_name(reader->arena, text),
        .relation =
            relation ? npt__arena_copy(reader->arena, relation->value, relation->length) : NULL,
        .member = NPT__NONE,
        .hidden = npt__xlsx_is(state, "hidden") || npt__xlsx_is(state, "veryHidden")};
}

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct reader *reader = user;
    if (element->depth == 1) {
        reader->is_workbook = element->token == WORKBOOK;
        if (!reader->is_workbook)
            npt__xml_stop(xml);
    } else if (element->depth == 2) {
        reader->in_sheets = element->token == SHEETS;
        if (element->token == PROPERTIES)
            reader->workbook->from_1904 = npt__xlsx_is_true(npt__xml_find(element, "date1904"));
    } else if (element->depth == 3 && reader->in_sheets && element->token == SHEET) {
        add_sheet(reader, xml, element);
    }
}

/* ---- parts ----------------------------------------------------------------------------------- */

static const struct npt__xlsx_relation *find_kind(const struct npt__xlsx_relations *relations,
                                                  const char *kind)
{
    for (size_t i = 0; i < relations->count; i++)
        if (strcmp(relations->items[i].kind, kind) == 0)
            return &relations->items[i];
    return NULL;
}

/* The key of the part that is the workbook itself. */
static const char *find_workbook(const struct npt__xlsx_relations *relations)
{
    const struct npt__xlsx_relation *document = find_kind(relations, "officeDocument");
    return document ? document->target : "xl/workbook.xml";
}

/* The part of a kind of which there is one at most. */
static uint32_t find_single(const struct npt__xlsx_package *package,
                            const struct npt__xlsx_relations *relations, const char *kind)
{
    const struct npt__xlsx_relation *relation = find_kind(relations, kind);
    return relation ? npt__xlsx_find(package, relation->target) : NPT__NONE;
}

static void connect(struct npt__workbook *workbook, const struct npt__xlsx_relations *relations)
{
    workbook->strings = find_single(workbook->package, relations, "sharedStrings");
    workbook->styles = find_single(workbook->package, relations, "styles");
    for (size_t i = 0; i < workbook->sheets.count; i++) {
        struct npt__xlsx_sheet *sheet = &workbook->sheets.items[i];
        for (size_t j = 0; j < relations->count && sheet->relation; j++)
            if (strcmp(relations->items[j].id, sheet->relation) == 0) {
                sheet->kind = relations->items[j].kind;
                sheet->member = npt__xlsx_find(workbook->package, relations->items[j].target);
                break;
            }
    }
    if (!find_kind(relations, "externalLink"))
        return;
    npt__say(workbook->package->diags, NPT_WARNING,
             &(struct npt__place){.file = workbook->package->path},
             "refers to other workbooks; the values that were stored last are read");
    npt__hint(workbook->package->diags,
              "to be sure that they are current, open it in a spreadsheet program and save it");
}

static enum npt_status read_sheets(struct npt__workbook *workbook, uint32_t member)
{
    static const struct npt__xml_handler handler = {tokens, on_start, NULL, NULL};
    const struct npt__xlsx_package *package = workbook->package;
    struct reader reader = {.workbook = workbook, .diags = package->diags, .arena = package->arena};
    const size_t faults = npt_diags_count(package->diags, NPT_ERROR);
    npt__xlsx_parse(package, member, &handler, &reader, bare_ids);
    if (npt_diags_count(package->diags, NPT_ERROR) > faults)
        return NPT_BAD_INPUT;
    if (!reader.is_workbook) {
        npt__xlsx_foreign(package);
        return NPT_BAD_INPUT;
    }
    if (workbook->sheets.count)
        return NPT_OK;
    npt__say(package->diags, NPT_ERROR, &(struct npt__place){.file = package->path},
             "is a workbook without a sheet");
    npt__hint(package->diags, "%s", damaged);
    return NPT_BAD_INPUT;
}

enum npt_status npt__workbook_read(struct npt__workbook *workbook,
                                   struct npt__xlsx_package *package)
{
    *workbook =
        (struct npt__workbook){.package = package, .strings = NPT__NONE, .styles = NPT__NONE};
    struct npt__xlsx_relations relations;
    enum npt_status status = npt__xlsx_relate(package, "", &relations);
    if (status != NPT_OK)
        return status;
    const char *key = find_workbook(&relations);
    uint32_t member = npt__xlsx_find(package, key);
    if (member == NPT__NONE)
        member = npt__xlsx_find(package, key = "xl/workbook.xml");
    const size_t length = strlen(key);
    if (member == NPT__NONE || length < 4 || strcmp(key + length - 4, ".xml") != 0) {
        npt__xlsx_foreign(package);
        return NPT_BAD_INPUT;
    }
    status = read_sheets(workbook, member);
    if (status == NPT_OK)
        status = npt__xlsx_relate(package, key, &relations);
    if (status != NPT_OK)
        return status;
    connect(workbook, &relations);
    return npt__xlsx_read_styles(workbook);
}

void npt__workbook_release(struct npt__workbook *workbook)
{
    npt__array_release(&workbook->sheets);
}
