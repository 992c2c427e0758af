/* refi_project.c - reading a project: container, users, codebook, variables, cases, sets.
 *
 * The XML is parsed as it inflates. Child lists of REFI-QDA are sequences (codes before cases before
 * sources before sets), so one pass is enough: what a selection refers to has been read, and the little
 * that comes later (a case's sources, a set's members) is kept as pending and settled at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "refi_reader.h"

#include "../base/file.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_PATH 8192u /* of a code */

/* In the order of enum npt__refi_token. */
static const char *const tokens[] = {"Project",
                                     "Users",
                                     "User",
                                     "CodeBook",
                                     "Code",
                                     "Variables",
                                     "Variable",
                                     "Cases",
                                     "Case",
                                     "Sources",
                                     "Notes",
                                     "Sets",
                                     "Set",
                                     "MemberSource",
                                     "Description",
                                     "TextSource",
                                     "PictureSource",
                                     "PDFSource",
                                     "AudioSource",
                                     "VideoSource",
                                     "PlainTextContent",
                                     "PlainTextSelection",
                                     "PictureSelection",
                                     "PDFSelection",
                                     "AudioSelection",
                                     "VideoSelection",
                                     "TranscriptSelection",
                                     "Coding",
                                     "CodeRef",
                                     "VariableValue",
                                     "VariableRef",
                                     "TextValue",
                                     "BooleanValue",
                                     "IntegerValue",
                                     "FloatValue",
                                     "DateValue",
                                     "DateTimeValue",
                                     "SourceRef",
                                     "SelectionRef",
                                     "Representation",
                                     "TextDescription",
                                     "Transcript",
                                     "SyncPoint",
                                     "Graphs",
                                     "Links",
                                     NULL};

/* ---- users ----------------------------------------------------------------------------------- */

#define MOST_USERS 10000u

/* Coders are pooled over exports by name. */
static uint32_t pool_coder(npt_study *study, const char *name)
{
    for (uint32_t i = 0; i < study->coders.count; i++)
        if (strcmp(study->coders.items[i].name, name) == 0)
            return i;
    *npt__array_add(&study->coders) = (struct npt__coder){name};
    return (uint32_t)study->coders.count - 1;
}

static void add_user(struct npt__refi_reader *reader, npt__xml *xml,
                     const struct npt__element *element)
{
    struct npt__guid guid;
    const char *name = npt__refi_name(reader->arena, xml, element, "name", reader->diags);
    if (name && !*name)
        name = npt__refi_name(reader->arena, xml, element, "id", reader->diags);
    if (!name || !npt__refi_guid(element, "guid", &guid))
        return;
    if (reader->user_map.entries.count == MOST_USERS) {
        npt__refi_fault(reader, npt__xml_line(xml), "holds more than %u users", MOST_USERS);
        npt__xml_stop(xml);
        return;
    }
    if (!*name)
        name = npt__arena_print(reader->arena, "(unnamed user, line %u)", npt__xml_line(xml));
    npt__guid_map_add(&reader->user_map, guid, pool_coder(reader->study, name));
}

/* ---- codebook -------------------------------------------------------------------------------- */

static uint32_t find_path(const npt_study *study, const char *folded_path)
{
    for (uint32_t i = 0; i < study->codes.count; i++)
        if (strcmp(study->codes.items[i].folded_path, folded_path) == 0)
            return i;
    return NPT__NONE;
}

/* The study's code for a local one: the code of the same path, or a new one. */
static uint32_t reconcile(struct npt__refi_reader *reader, struct npt__code *local)
{
    npt_study *study = reader->study;
    npt__arena *arena = reader->arena;
    uint32_t parent = local->parent == NPT__NONE ? NPT__NONE : reader->study_code[local->parent];
    const char *folded = npt__fold_name(arena, local->name);
    const char *path = local->name;
    if (parent != NPT__NONE) {
        const struct npt__study_code *above = &study->codes.items[parent];
        path = npt__arena_print(arena, "%s > %s", above->path, local->name);
        folded = npt__arena_print(arena, "%s > %s", above->folded_path, folded);
    }
    if (strlen(path) > LONGEST_PATH) {
        npt__refi_fault(reader, local->line, "a code's path is longer than %u bytes", LONGEST_PATH);
        path = folded = local->name = "";
    }
    uint32_t found = find_path(study, folded);
    if (found == NPT__NONE) {
        found = (uint32_t)study->codes.count;
        *npt__array_add(&study->codes) =
            (struct npt__study_code){.name = local->name,
                                     .path = path,
                                     .folded_path = folded,
                                     .guid = local->guid,
                                     .parent = parent,
                                     .first_export = reader->export_index,
                                     .last_export = NPT__NONE,
                                     .construct = NPT__NONE,
                                     .suggestion = NPT__NONE};
    }
    struct npt__study_code *code = &study->codes.items[found];
    if (code->last_export == reader->export_index) {
        npt__say(reader->diags, NPT_WARNING,
                 &(struct npt__place){.file = reader->label, .line = local->line},
                 "two codes have the same path '%s'; their segments are counted together", path);
    } else {
        code->exports++;
        code->last_export = reader->export_index;
    }
    code->codable |= local->codable;
    return found;
}

static void close_codebook(struct npt__refi_reader *reader)
{
    size_t count = reader->codes.codes.count;
    reader->in_codebook = false;
    if (reader->study_code) {
        npt__refi_fault(reader, 0, "holds two codebooks");
        return;
    }
    reader->study_code = npt__arena_array(reader->arena, count, sizeof *reader->study_code);
    for (uint32_t i = 0; i < count; i++) {
        struct npt__code *local = &reader->codes.codes.items[i];
        reader->study_code[i] = reconcile(reader, local);
        npt__guid_map_add(&reader->code_map, local->guid, i);
    }
}

/* ---- the document ---------------------------------------------------------------------------- */

/* What is known of how programs count positions and where they put the coder. */
static void know_producer(struct npt__export *export)
{
    static const struct {
        const char *start;
        struct npt__offsets offsets;
        bool known, coder_on_selection;
    } producers[] = {
        {"NVivo", {NPT__UTF16, NPT__LINES_AS_STORED, false}, true, true},
        {"ATLAS.ti", {NPT__CHARACTERS, NPT__CRLF_AS_ONE, false}, false, false},
        {"MAXQDA", {NPT__CHARACTERS, NPT__LINES_AS_STORED, false}, false, false},
        {"QualCoder", {NPT__CHARACTERS, NPT__LINES_AS_STORED, false}, true, false},
        {"qc", {NPT__CHARACTERS, NPT__LINES_AS_STORED, false}, true, false},
    };
    for (size_t i = 0; i < sizeof producers / sizeof *producers; i++) {
        if (strncmp(export->origin, producers[i].start, strlen(producers[i].start)) != 0)
            continue;
        if (!export->overridden)
            export->usual = producers[i].offsets;
        export->usual_known = producers[i].known;
        export->coder_on_selection = producers[i].coder_on_selection;
        break;
    }
}

static void open_project(struct npt__refi_reader *reader, npt__xml *xml,
                         const struct npt__element *element)
{
    static const char standard[] = "urn:QDA-XML:project:1.0";
    struct npt__place place = npt__xml_place(xml, NULL);
    if (element->token != T_PROJECT) {
        npt__say(reader->diags, NPT_ERROR, &place,
                 "is no REFI-QDA project: its root is <%s>, not <Project>", element->name);
        if (element->token == T_CODEBOOK)
            npt__hint(reader->diags, "this is a codebook; export the whole project as .qdpx");
        npt__xml_stop(xml);
        return;
    }
    if (!element->space || strcmp(element->space, standard) != 0)
        npt__say(reader->diags, NPT_NOTE, &place,
                 "the namespace is '%.80s', not '%s'; read all the same",
                 element->space ? element->space : "", standard);
    const char *origin = npt__refi_name(reader->arena, xml, element, "origin", reader->diags);
    npt__refi_export(reader)->origin = origin ? origin : "";
    know_producer(npt__refi_export(reader));
}

static void start_elsewhere(struct npt__refi_reader *reader, npt__xml *xml,
                            const struct npt__element *element)
{
    switch (element->token) {
    case T_USER:
        add_user(reader, xml, element);
        break;
    case T_CODEBOOK:
        reader->in_codebook = true;
        break;
    case T_CODE:
        if (reader->in_codebook)
            npt__refi_code_start(&reader->codes, xml, element);
        break;
    case T_VARIABLE:
        npt__refi_add_variable(reader, xml, element);
        break;
    case T_CASE:
        npt__refi_open_case(reader, xml, element);
        break;
    case T_SOURCE_REF:
    case T_SELECTION_REF:
    case T_MEMBER_SOURCE:
        npt__refi_add_pending(reader, xml, element);
        break;
    case T_SET:
        npt__refi_open_set(reader, xml, element);
        break;
    case T_NOTES:
        reader->in_notes = true;
        break;
    case T_GRAPHS:
    case T_LINKS:
        reader->in_ignored = true;
        break;
    case T_VARIABLE_VALUE:
        reader->value_attribute = NPT__NONE;
        reader->in_value = reader->open_case != NPT__NONE || reader->open_source != NPT__NONE;
        break;
    case T_VARIABLE_REF:
        if (reader->in_value)
            npt__refi_refer_to_variable(reader, xml, element);
        break;
    default:
        if (reader->in_value && element->token >= T_TEXT_VALUE &&
            element->token <= T_DATE_TIME_VALUE) {
            npt__buffer_clear(&reader->captured);
            reader->capturing = true;
        }
    }
}

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct npt__refi_reader *reader = user;
    if (element->depth == 1)
        open_project(reader, xml, element);
    else if (reader->in_ignored)
        reader->plain_texts +=
            element->token == T_PLAIN_TEXT_CONTENT; /* the second pass counts them */
    else if (!npt__refi_source_start(reader, xml, element))
        start_elsewhere(reader, xml, element);
}

static void on_end(void *user, npt__xml *xml, int token)
{
    struct npt__refi_reader *reader = user;
    switch (token) {
    case T_CODE:
        if (reader->in_codebook)
            npt__refi_code_end(&reader->codes);
        break;
    case T_CODEBOOK:
        close_codebook(reader);
        break;
    case T_CASE:
        reader->open_case = NPT__NONE;
        break;
    case T_NOTES:
        reader->in_notes = false;
        break;
    case T_GRAPHS:
    case T_LINKS:
        reader->in_ignored = false;
        break;
    case T_VARIABLE_VALUE:
        reader->in_value = false;
        break;
    case T_TEXT_VALUE:
    case T_BOOLEAN_VALUE:
    case T_INTEGER_VALUE:
    case T_FLOAT_VALUE:
    case T_DATE_VALUE:
    case T_DATE_TIME_VALUE:
        if (reader->capturing)
            npt__refi_close_value(reader, xml, token);
        break;
    default:
        npt__refi_source_end(reader, token);
    }
}

static void on_text(void *user, npt__xml *xml, const char *bytes, size_t length)
{
    (void)xml;
    struct npt__refi_reader *reader = user;
    if (reader->capturing)
        npt__buffer_add(&reader->captured, bytes, length);
}

/* ---- the container --------------------------------------------------------------------------- */

uint32_t npt__refi_find_project(const npt__archive *archive, const char *label, npt_diags *diags)
{
    uint32_t found = NPT__NONE;
    for (uint32_t i = 0; i < npt__archive_count(archive); i++) {
        const char *name = npt__archive_name(archive, i);
        size_t length = strlen(name);
        if (strpbrk(name, "/\\") || length < 5 || name[length - 4] != '.' ||
            (name[length - 3] | 0x20) != 'q' || (name[length - 2] | 0x20) != 'd' ||
            (name[length - 1] | 0x20) != 'e')
            continue;
        if (found != NPT__NONE) {
            npt__say(diags, NPT_ERROR, &(struct npt__place){.file = label},
                     "holds two projects: '%s' and '%s'", npt__archive_name(archive, found), name);
            npt__hint(diags, "export each project into a file of its own");
            return NPT__NONE;
        }
        found = i;
    }
    if (found == NPT__NONE) {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = label},
                 "holds no project file (*.qde) at its top, so it is no REFI-QDA export");
        npt__hint(diags, "in NVivo: Share > Export > Export Project > REFI-QDA (.qdpx)");
    }
    return found;
}

static void list_members(struct npt__refi_reader *reader, const npt__archive *archive)
{
    for (uint32_t i = 0; i < npt__archive_count(archive); i++) {
        const char *base = npt__path_base(npt__archive_name(archive, i));
        char *lower = npt__arena_string(reader->arena, base);
        for (char *at = lower; *at; at++)
            if (*at >= 'A' && *at <= 'Z')
                *at = (char)(*at | 0x20);
        if (*lower)
            *npt__array_add(&reader->members) = (struct npt__member_name){
                lower, npt__arena_string(reader->arena, npt__archive_name(archive, i)), i};
    }
    if (reader->members.count)
        qsort(reader->members.items, reader->members.count, sizeof *reader->members.items,
              npt__refi_compare_members);
}

static bool feed(void *user, const char *bytes, size_t length)
{
    return npt__xml_feed(user, bytes, length);
}

static enum npt_status read_archive(struct npt__refi_reader *reader, const char *path,
                                    const struct npt__xml_handler *handler)
{
    npt__archive *archive = NULL;
    enum npt_status status = npt__archive_open(&archive, path, reader->diags);
    if (status != NPT_OK)
        return status;
    uint32_t member =
        npt__refi_find_project(archive, npt__refi_export(reader)->label, reader->diags);
    if (member == NPT__NONE) {
        npt__archive_close(archive);
        return NPT_BAD_INPUT;
    }
    reader->label = npt__arena_print(reader->arena, "%s(%s)", npt__refi_export(reader)->label,
                                     npt__archive_name(archive, member));
    list_members(reader, archive);
    npt__xml *xml = npt__xml_new(handler, reader, reader->label, reader->diags);
    const char *fault = NULL;
    status = npt__archive_pipe(archive, member, NPT__LARGEST_PROJECT, feed, xml, &fault);
    if (fault)
        npt__say(reader->diags, NPT_ERROR, &(struct npt__place){.file = reader->label}, "%s",
                 fault);
    else
        status = npt__xml_finish(xml);
    npt__xml_free(xml);
    for (size_t i = 0; i < reader->study->documents.count && status == NPT_OK; i++) {
        struct npt__document *document = &reader->study->documents.items[i];
        if (document->presence == NPT__TEXT_MEMBER &&
            reader->study->sources.items[document->source].export_index == reader->export_index)
            npt__archive_header(archive, document->member, &document->size, &document->checksum);
    }
    npt__archive_close(archive);
    return status;
}

static enum npt_status read_bare(struct npt__refi_reader *reader, const char *path,
                                 const struct npt__xml_handler *handler)
{
    npt__xml *xml = npt__xml_new(handler, reader, reader->label, reader->diags);
    enum npt_status status = npt__file_stream(path, feed, xml, reader->diags);
    if (status == NPT_OK)
        status = npt__xml_finish(xml);
    npt__xml_free(xml);
    return status;
}

static void release(struct npt__refi_reader *reader)
{
    npt__refi_codes_release(&reader->codes);
    npt__guid_map_release(&reader->code_map);
    npt__guid_map_release(&reader->user_map);
    npt__guid_map_release(&reader->variable_map);
    npt__guid_map_release(&reader->case_map);
    npt__guid_map_release(&reader->source_map);
    npt__guid_map_release(&reader->case_selections);
    npt__array_release(&reader->members);
    npt__array_release(&reader->case_sources);
    npt__array_release(&reader->set_members);
    npt__array_release(&reader->set_names);
    npt__array_release(&reader->codings);
    npt__array_release(&reader->segment_guids);
    npt__array_release(&reader->sync_points);
    npt__buffer_release(&reader->captured);
}

enum npt_status npt__refi_read_project(struct npt__gather *gather, uint32_t export_index)
{
    static const struct npt__xml_handler handler = {tokens, on_start, on_end, on_text};
    npt_diags *diags = gather->diags;
    struct npt__export *export = &gather->study->exports.items[export_index];
    struct npt__refi_reader reader = {
        .gather = gather,
        .study = gather->study,
        .arena = gather->study->arena,
        .diags = diags,
        .export_index = export_index,
        .label = export->label,
        .codes = {.arena = gather->study->arena, .diags = diags, .open = NPT__NONE},
        .open_case = NPT__NONE,
        .open_source = NPT__NONE,
        .open_document = NPT__NONE,
        .value_attribute = NPT__NONE};
    size_t faults = npt_diags_count(diags, NPT_ERROR);
    enum npt__file_kind kind;
    enum npt_status status = npt__file_kind(&kind, export->path, diags);
    if (status == NPT_OK && kind == NPT__FILE_ZIP) {
        status = read_archive(&reader, export->path, &handler);
    } else if (status == NPT_OK && kind == NPT__FILE_XML) {
        status = read_bare(&reader, export->path, &handler);
    } else if (status == NPT_OK) {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = export->label},
                 "is neither a zip archive (.qdpx) nor XML (.qde)");
        npt__hint(diags,
                  "export the coded project as REFI-QDA; an .nvp or .nvpx file cannot be read");
        status = NPT_BAD_INPUT;
    }
    if (status == NPT_OK)
        npt__refi_settle(&reader);
    release(&reader);
    return npt_diags_count(diags, NPT_ERROR) > faults ? NPT_BAD_INPUT : status;
}
