/* refi_codebook.c - codebooks in REFI-QDA (.qdc): opening shipped ones and one's own, writing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/file.h"
#include "../base/embedded.h"
#include "refi.h"

#include <stdlib.h>
#include <string.h>

#define LARGEST_CODEBOOK ((size_t)64 << 20)

enum { CODEBOOK, CODE, DESCRIPTION, PROJECT };
static const char *const elements[] = {"CodeBook", "Code", "Description", "Project", NULL};

struct reader {
    struct npt__refi_codes codes;
    const char *origin, *label;
};

static void check_root(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    if (element->token == CODEBOOK) {
        const struct npt__attribute *origin = npt__xml_find(element, "origin");
        if (origin && origin->length <= NPT__LONGEST_NAME)
            reader->origin = npt__arena_copy(reader->codes.arena, origin->value, origin->length);
        return;
    }
    struct npt__place place = npt__xml_place(xml, NULL);
    npt__say(reader->codes.diags, NPT_ERROR, &place,
             "is no codebook: its root is <%s>, not <CodeBook>", element->name);
    if (element->token == PROJECT)
        npt__hint(reader->codes.diags, "this is a project; a codebook is exported as .qdc");
    npt__xml_stop(xml);
}

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct reader *reader = user;
    if (element->depth == 1)
        check_root(reader, xml, element);
    else if (element->token == CODE)
        npt__refi_code_start(&reader->codes, xml, element);
    else if (element->token == DESCRIPTION)
        reader->codes.in_description = true;
}

static void on_end(void *user, npt__xml *xml, int token)
{
    (void)xml;
    struct reader *reader = user;
    if (token == CODE)
        npt__refi_code_end(&reader->codes);
    else if (token == DESCRIPTION)
        npt__refi_description_end(&reader->codes);
}

static void on_text(void *user, npt__xml *xml, const char *bytes, size_t length)
{
    (void)xml;
    struct reader *reader = user;
    if (reader->codes.in_description)
        npt__buffer_add(&reader->codes.description, bytes, length);
}

static enum npt_status parse(npt_codebook **codebook, const char *name, const char *label,
                             const char *bytes, size_t length, npt_diags *diags)
{
    static const struct npt__xml_handler handler = {elements, on_start, on_end, on_text};
    size_t faults = npt_diags_count(diags, NPT_ERROR);
    struct reader reader = {.codes = {.arena = npt__arena_new(),
                                      .diags = diags,
                                      .open = NPT__NONE,
                                      .wants_descriptions = true},
                            .origin = "",
                            .label = label};
    enum npt_status status = npt__xml_parse(&handler, &reader, label, bytes, length, false, diags);
    if (status == NPT_OK && npt_diags_count(diags, NPT_ERROR) == faults &&
        reader.codes.codes.count == 0)
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = label}, "holds no code");
    if (npt_diags_count(diags, NPT_ERROR) > faults)
        status = NPT_BAD_INPUT;
    if (status == NPT_OK) {
        *codebook = npt__codebook_new(reader.codes.arena, name, reader.codes.codes.items,
                                      reader.codes.codes.count);
        (*codebook)->origin = reader.origin;
    } else {
        npt__arena_free(reader.codes.arena);
    }
    npt__refi_codes_release(&reader.codes);
    return status;
}

/* ---- shipped codebooks ----------------------------------------------------------------------- */

static bool is_codebook(const struct npt__embedded *file)
{
    size_t length = strlen(file->name);
    return length > 4 && strcmp(file->name + length - 4, ".qdc") == 0;
}

static const struct npt__embedded *find_shipped(const char *name)
{
    size_t length = strlen(name);
    for (const struct npt__embedded *file = npt__embedded_files; file->name; file++)
        if (is_codebook(file) && strncmp(file->name, name, length) == 0 &&
            strcmp(file->name + length, ".qdc") == 0)
            return file;
    return NULL;
}

const char *npt_codebook_shipped(size_t index)
{
    static const char *const order[] = {"npt", "npt-core", "barriers-facilitators"};
    return index < sizeof order / sizeof *order ? order[index] : NULL;
}

const char *npt_codebook_summary(size_t index)
{
    static const char *const summaries[] = {
        "the 2022 coding manual: contexts, mechanisms, outcomes; 12 constructs, 16 components",
        "the four mechanisms with their 16 components",
        "what hinders and what helps, to code beside either"};
    return index < sizeof summaries / sizeof *summaries ? summaries[index] : NULL;
}

enum npt_status npt_codebook_open(npt_codebook **codebook, const char *name_or_path,
                                  npt_diags *diags)
{
    const struct npt__embedded *shipped = find_shipped(name_or_path);
    if (shipped)
        return parse(codebook, name_or_path, shipped->name, (const char *)shipped->bytes,
                     shipped->length, diags);
    if (!strchr(name_or_path, '.') && !strchr(name_or_path, '/')) {
        npt__say(diags, NPT_ERROR, NULL, "no codebook is called '%s'", name_or_path);
        npt__hint(diags,
                  "npt, npt-core and barriers-facilitators are part of nptkit; or give the path "
                  "of a .qdc file");
        return NPT_BAD_INPUT;
    }
    npt__buffer bytes = {0};
    enum npt_status status = npt__file_read(&bytes, name_or_path, LARGEST_CODEBOOK, diags);
    if (status == NPT_OK)
        status = parse(codebook, npt__path_base(name_or_path), name_or_path,
                       npt__buffer_string(&bytes), bytes.length, diags);
    npt__buffer_release(&bytes);
    return status;
}

/* ---- writing --------------------------------------------------------------------------------- */

static void put(npt_output *output, const char *text)
{
    npt_output_write(output, text, strlen(text));
}

/* The one place where text becomes XML. */
static void put_escaped(npt_output *output, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            put(output, "&amp;");
            break;
        case '<':
            put(output, "&lt;");
            break;
        case '>':
            put(output, "&gt;");
            break;
        case '"':
            put(output, "&quot;");
            break;
        default:
            npt_output_write(output, text, 1);
        }
    }
}

static void put_attribute(npt_output *output, const char *name, const char *value)
{
    put(output, " ");
    put(output, name);
    put(output, "=\"");
    put_escaped(output, value);
    put(output, "\"");
}

static void put_indent(npt_output *output, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        put(output, "  ");
}

static void put_code(npt_output *output, const npt_codebook *codebook, uint32_t index, size_t depth)
{
    const struct npt__code *code = &codebook->constructs[index].code;
    put_indent(output, depth);
    put(output, "<Code");
    put_attribute(output, "guid", code->guid_text);
    put_attribute(output, "name", code->name);
    put_attribute(output, "isCodable", code->codable ? "true" : "false");
    if (code->colour)
        put_attribute(output, "color", code->colour);
    bool has_child =
        index + 1 < codebook->count && codebook->constructs[index + 1].code.parent == index;
    if (!code->description && !has_child) {
        put(output, "/>\n");
        return;
    }
    put(output, ">\n");
    if (code->description) {
        put_indent(output, depth + 1);
        put(output, "<Description>");
        put_escaped(output, code->description);
        put(output, "</Description>\n");
    }
    for (uint32_t i = index + 1; i < codebook->count && has_child; i++)
        if (codebook->constructs[i].code.parent == index)
            put_code(output, codebook, i, depth + 1);
    put_indent(output, depth);
    put(output, "</Code>\n");
}

void npt_codebook_write(npt_output *output, const npt_codebook *codebook)
{
    put(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"nptkit\">\n  <Codes>\n");
    for (uint32_t i = 0; i < codebook->count; i++)
        if (codebook->constructs[i].code.parent == NPT__NONE)
            put_code(output, codebook, i, 2);
    put(output, "  </Codes>\n</CodeBook>\n");
}
