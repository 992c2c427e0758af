/* xlsx_parts.c - the container of a workbook: a zip archive of parts that refer to each other.
 *
 * [Content_Types].xml is not looked at: relations say what a part is, and programs agree about those.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "xlsx_parts.h"

#include "../base/file.h"

#include <stdlib.h>
#include <string.h>

#define LARGEST_SMALL_PART ((uint64_t)64 << 20)
#define MOST_RELATIONS 10000u
#define LONGEST_TARGET 4096u

static const char save_again[] =
    "open it in a spreadsheet program and save it as .xlsx (Excel Workbook) or as CSV UTF-8";

static enum npt_status refuse(const char *path, npt_diags *diags, const char *fault,
                              const char *hint)
{
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path}, "%s", fault);
    npt__hint(diags, "%s", hint);
    return NPT_BAD_INPUT;
}

/* ---- files that are no zip archive ----------------------------------------------------------- */

/* Old Office files, and new ones that have a password, are compound files. In the latter a stream has this
   name, in UTF-16. */
static const char compound_start[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
static const char encrypted_stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

struct compound {
    size_t offset;  /* in the file */
    size_t matched; /* bytes of the name of the stream */
    bool is_compound, is_encrypted;
};

static bool look_at(void *user, const char *bytes, size_t length)
{
    struct compound *compound = user;
    const size_t start_length = sizeof compound_start - 1;
    if (!compound->offset)
        compound->is_compound =
            length >= start_length && memcmp(bytes, compound_start, start_length) == 0;
    compound->offset += length;
    for (size_t i = 0; i < length && compound->is_compound; i++) {
        /* its first letter does not come again, so a match that fails holds no start of another */
        if (bytes[i] != encrypted_stream[compound->matched])
            compound->matched = 0;
        compound->matched += bytes[i] == encrypted_stream[compound->matched];
        compound->is_encrypted = compound->matched == sizeof encrypted_stream - 1;
        if (compound->is_encrypted)
            return false;
    }
    return compound->is_compound;
}

static enum npt_status refuse_no_archive(const char *path, npt_diags *diags)
{
    struct compound compound = {.offset = 0};
    const enum npt_status status = npt__file_stream(path, look_at, &compound, diags);
    if (status != NPT_OK)
        return status;
    if (compound.is_encrypted)
        return refuse(path, diags, "is protected by a password",
                      "save a copy without a password, and protect the folder it lies in");
    if (compound.is_compound)
        return refuse(path, diags, "is an old Office file (.xls), which is not read", save_again);
    return refuse(path, diags, "is not a workbook (.xlsx)", save_again);
}

/* ---- parts ----------------------------------------------------------------------------------- */

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* Writes a name as a key, in place. */
static char *make_key(char *name)
{
    for (char *at = name; *at; at++)
        *at = *at == '\\' ? '/' : lower(*at);
    return name;
}

static int compare_parts(const void *a, const void *b)
{
    const struct npt__xlsx_part *x = a, *y = b;
    const int order = strcmp(x->key, y->key);
    return order ? order : (x->member > y->member) - (x->member < y->member);
}

static size_t lower_bound(const struct npt__xlsx_package *package, const char *key)
{
    size_t low = 0, high = package->part_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(package->parts[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t npt__xlsx_find(const struct npt__xlsx_package *package, const char *key)
{
    const size_t found = lower_bound(package, key);
    return found < package->part_count && strcmp(package->parts[found].key, key) == 0
               ? package->parts[found].member
               : NPT__NONE;
}

/* Which of two parts of one name is meant nobody can tell: programs differ. */
static enum npt_status list_parts(struct npt__xlsx_package *package)
{
    package->part_count = npt__archive_count(package->archive);
    package->parts = npt__arena_array(package->arena, package->part_count, sizeof *package->parts);
    for (uint32_t i = 0; i < package->part_count; i++)
        package->parts[i] = (struct npt__xlsx_part){
            make_key(npt__arena_string(package->arena, npt__archive_name(package->archive, i))), i};
    qsort(package->parts, package->part_count, sizeof *package->parts, compare_parts);
    for (size_t i = 1; i < package->part_count; i++) {
        if (strcmp(package->parts[i - 1].key, package->parts[i].key) != 0)
            continue;
        npt__say(package->diags, NPT_ERROR, &(struct npt__place){.file = package->path},
                 "holds two parts called '%s'",
                 npt__archive_name(package->archive, package->parts[i].member));
        npt__hint(package->diags,
                  "no spreadsheet program writes this; do not trust where the file came from");
        return NPT_BAD_INPUT;
    }
    return NPT_OK;
}

enum npt_status npt__xlsx_open(struct npt__xlsx_package *package, const char *path,
                               npt_diags *diags)
{
    *package = (struct npt__xlsx_package){.path = path, .diags = diags, .arena = npt__arena_new()};
    enum npt__file_kind kind;
    const enum npt_status status = npt__file_kind(&kind, path, diags);
    if (status != NPT_OK)
        return status;
    if (kind != NPT__FILE_ZIP)
        return refuse_no_archive(path, diags);
    if (npt__archive_open(&package->archive, path, diags) != NPT_OK)
        return NPT_BAD_INPUT;
    return list_parts(package);
}

void npt__xlsx_close(struct npt__xlsx_package *package)
{
    npt__archive_close(package->archive);
    npt__arena_free(package->arena);
    *package = (struct npt__xlsx_package){.path = NULL};
}

/* ---- archives that are no workbook ----------------------------------------------------------- */

/* Whether a part's key begins with `start` and ends with `end`. */
static bool has_part(const struct npt__xlsx_package *package, const char *start, const char *end)
{
    const size_t end_length = strlen(end);
    for (size_t i = lower_bound(package, start); i < package->part_count; i++) {
        const char *key = package->parts[i].key;
        const size_t length = strlen(key);
        if (strncmp(key, start, strlen(start)) != 0)
            return false;
        if (length >= end_length && strcmp(key + length - end_length, end) == 0)
            return true;
    }
    return false;
}

void npt__xlsx_foreign(const struct npt__xlsx_package *package)
{
    static const struct {
        const char *start, *end, *fault, *hint;
    } kinds[] = {
        {"xl/", "workbook.bin", "is a binary workbook (.xlsb), which is not read", save_again},
        {"word/", "document.xml", "is a document (.docx), not a workbook",
         "a survey is read from .xlsx or CSV; an interview from a coded export (.qdpx)"},
        {"ppt/", "presentation.xml", "is a presentation (.pptx), not a workbook",
         "a survey is read from .xlsx or CSV"},
        {"", ".qde", "is a coded project (.qdpx), not a workbook",
         "in study.xml it belongs into <coding file=\"...\">"},
        {"content.xml", "", "is an OpenDocument file (.ods, .odt), which is not read", save_again},
        {"index/", "document.iwa", "is a file of Apple's Numbers or its kin, which is not read",
         "in Numbers: File > Export To > Excel or CSV"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (has_part(package, kinds[i].start, kinds[i].end)) {
            refuse(package->path, package->diags, kinds[i].fault, kinds[i].hint);
            return;
        }
    refuse(package->path, package->diags, "is a zip archive without a workbook",
           "if the workbook lies in it, take it out first; else save the table as .xlsx or CSV");
}

/* ---- reading a part -------------------------------------------------------------------------- */

const char *npt__xlsx_label(const struct npt__xlsx_package *package, uint32_t member)
{
    return npt__arena_print(package->arena, "%s(%s)", package->path,
                            npt__archive_name(package->archive, member));
}

static enum npt_status refuse_part(const char *label, npt_diags *diags, const char *fault)
{
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = label}, "%s", fault);
    npt__hint(diags, "copy the file again, or save it again in a spreadsheet program");
    return NPT_BAD_INPUT;
}

enum npt_status npt__xlsx_parse(const struct npt__xlsx_package *package, uint32_t member,
                                const struct npt__xml_handler *handler, void *user,
                                void (*prepare)(npt__buffer *bytes))
{
    const char *label = npt__xlsx_label(package, member), *fault = NULL;
    npt__buffer bytes = {.ceiling = LARGEST_SMALL_PART};
    enum npt_status status =
        npt__archive_read(package->archive, member, LARGEST_SMALL_PART, &bytes, &fault);
    if (status != NPT_OK || fault) {
        status = refuse_part(label, package->diags, fault);
    } else {
        if (prepare)
            prepare(&bytes);
        status = npt__xml_parse(handler, user, label, npt__buffer_string(&bytes), bytes.length,
                                false, package->diags);
    }
    npt__buffer_release(&bytes);
    return status;
}

static bool feed(void *user, const char *bytes, size_t length)
{
    return npt__xml_feed(user, bytes, length);
}

enum npt_status npt__xlsx_stream(const struct npt__xlsx_package *package, uint32_t member,
                                 uint64_t ceiling, const struct npt__xml_handler *handler,
                                 void *user, npt_diags *diags)
{
    const char *label = npt__xlsx_label(package, member), *fault = NULL;
    npt__xml *xml = npt__xml_new(handler, user, label, diags);
    enum npt_status status =
        npt__archive_pipe(package->archive, member, ceiling, feed, xml, &fault);
    status = fault ? refuse_part(label, diags, fault) : npt__xml_finish(xml);
    npt__xml_free(xml);
    return status;
}

bool npt__xlsx_is(const struct npt__attribute *attribute, const char *value)
{
    return attribute && attribute->length == strlen(value) &&
           memcmp(attribute->value, value, attribute->length) == 0;
}

bool npt__xlsx_is_true(const struct npt__attribute *attribute)
{
    return npt__xlsx_is(attribute, "1") || npt__xlsx_is(attribute, "true") ||
           npt__xlsx_is(attribute, "on");
}

/* ---- relations ------------------------------------------------------------------------------- */

struct relating {
    const struct npt__xlsx_package *package;
    const char *folder; /* of the part whose relations these are, with a slash at its end; "" */
    NPT__ARRAY(struct npt__xlsx_relation) found;
};

enum token { RELATIONSHIP };
static const char *const tokens[] = {"Relationship", NULL};

/* The key of a target: relative to the folder, or from the top when it begins with a slash. */
static const char *resolve(npt__arena *arena, const char *folder, const char *target)
{
    npt__buffer path = {0};
    const char *at = target;
    if (*target != '/')
        npt__buffer_puts(&path, folder);
    while (*at) {
        at += *at == '/';
        const size_t length = strcspn(at, "/");
        if (length == 2 && strncmp(at, "..", 2) == 0) {
            while (path.length > 1 && path.bytes[path.length - 2] != '/')
                path.length--;
            path.length -= path.length > 0;
        } else if (length && !(length == 1 && *at == '.')) {
            npt__buffer_add(&path, at, length);
            npt__buffer_putc(&path, '/');
        }
        at += length;
    }
    const char *key =
        npt__arena_copy(arena, path.bytes ? path.bytes : "", path.length ? path.length - 1 : 0);
    npt__buffer_release(&path);
    return key;
}

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct relating *relating = user;
    const struct npt__attribute *id = npt__xml_find(element, "Id"),
                                *type = npt__xml_find(element, "Type"),
                                *target = npt__xml_find(element, "Target");
    if (element->token != RELATIONSHIP || !id || !type || !target ||
        target->length > LONGEST_TARGET ||
        npt__xlsx_is(npt__xml_find(element, "TargetMode"), "External"))
        return;
    if (relating->found.count == MOST_RELATIONS) {
        const struct npt__place place = npt__xml_place(xml, NULL);
        npt__say(relating->package->diags, NPT_ERROR, &place, "holds more than %u relations",
                 MOST_RELATIONS);
        npt__xml_stop(xml);
        return;
    }
    npt__arena *arena = relating->package->arena;
    const char *kind = npt__arena_copy(arena, type->value, type->length);
    const char *word = strrchr(kind, '/');
    *npt__array_add(&relating->found) = (struct npt__xlsx_relation){
        npt__arena_copy(arena, id->value, id->length), word ? word + 1 : kind,
        resolve(arena, relating->folder,
                make_key(npt__arena_copy(arena, target->value, target->length)))};
}

enum npt_status npt__xlsx_relate(const struct npt__xlsx_package *package, const char *key,
                                 struct npt__xlsx_relations *relations)
{
    static const struct npt__xml_handler handler = {tokens, on_start, NULL, NULL};
    const char *base = npt__path_base(key);
    struct relating relating = {
        .package = package, .folder = npt__arena_copy(package->arena, key, (size_t)(base - key))};
    const uint32_t member = npt__xlsx_find(
        package, npt__arena_print(package->arena, "%s_rels/%s.rels", relating.folder, base));
    *relations = (struct npt__xlsx_relations){.count = 0};
    if (member == NPT__NONE)
        return NPT_OK;
    const size_t faults = npt_diags_count(package->diags, NPT_ERROR);
    const enum npt_status status = npt__xlsx_parse(package, member, &handler, &relating, NULL);
    relations->count = relating.found.count;
    relations->items = npt__arena_array(package->arena, relations->count, sizeof *relations->items);
    if (relations->count)
        memcpy(relations->items, relating.found.items, relations->count * sizeof *relations->items);
    npt__array_release(&relating.found);
    return npt_diags_count(package->diags, NPT_ERROR) > faults ? NPT_BAD_INPUT : status;
}
