/* refi_sources.c - the sources of a project and their texts.
 *
 * A PDF passage that is written twice, as a region and in the PDF's text, under one GUID, is one segment.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "refi_reader.h"

#include "../base/file.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MOST_MISSING 20000u

/* ---- sources and documents ------------------------------------------------------------------- */

int npt__refi_compare_members(const void *a, const void *b)
{
    return strcmp(((const struct npt__member_name *)a)->base,
                  ((const struct npt__member_name *)b)->base);
}

static char *lower_case(npt__arena *arena, const char *name)
{
    char *lower = npt__arena_string(arena, name);
    for (char *at = lower; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at | 0x20);
    return lower;
}

/* How well a member fits a path of its base name: in a folder of sources, and spelt the same. */
static int fitness(const char *member, const char *path)
{
    const char *base = npt__path_base(member);
    size_t folder = (size_t)(base - member);
    bool in_sources = folder == 8 && strncasecmp(member, "sources", 7) == 0;
    return 2 * in_sources + (strcmp(base, npt__path_base(path)) == 0);
}

/* The member that a path means: by base name, without regard to case, as programs disagree about folders.
   Of several the one that fits best; two that fit equally well are a fault, never a guess. */
static uint32_t find_member(struct npt__refi_reader *reader, const char *path)
{
    const struct npt__member_name *members = reader->members.items;
    size_t count = reader->members.count, low = 0, high = count;
    npt__arena *scratch = npt__arena_new();
    const char *wanted = lower_case(scratch, npt__path_base(path));
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(members[middle].base, wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t best = NPT__NONE;
    int best_fitness = -1;
    bool tie = false;
    for (; low < count && strcmp(members[low].base, wanted) == 0; low++) {
        int own = fitness(members[low].name, path);
        tie = own == best_fitness || (tie && own < best_fitness);
        if (own > best_fitness) {
            best = members[low].member;
            best_fitness = own;
        }
    }
    npt__arena_free(scratch);
    if (tie)
        npt__refi_fault(reader, 0, "holds two files that '%.80s' could mean", path);
    return best;
}

static void note_missing(struct npt__refi_reader *reader, const char *path)
{
    struct npt__export *export = npt__refi_export(reader);
    for (size_t i = 0; i < export->missing_files.count; i++)
        if (strcmp(export->missing_files.items[i], path) == 0)
            return;
    if (export->missing_files.count == MOST_MISSING) {
        npt__refi_fault(reader, 0, "names more than %u files that it does not hold", MOST_MISSING);
        return;
    }
    *npt__array_add(&export->missing_files) = path;
}

static const char *path_attribute(struct npt__refi_reader *reader,
                                  const struct npt__element *element, const char *name)
{
    const struct npt__attribute *found = npt__xml_find(element, name);
    return found && found->length && found->length <= NPT__LONGEST_NAME
               ? npt__arena_copy(reader->arena, found->value, found->length)
               : NULL;
}

/* The folder of relative:///folder/name, folded; files inside the export have none. */
static const char *folder_of(npt__arena *arena, const char *path)
{
    if (!path || strncmp(path, "internal:", 9) == 0)
        return "";
    const char *start = strstr(path, "://");
    start = start ? start + 3 + (start[3] == '/') : path;
    const char *base = npt__path_base(start);
    if (base <= start)
        return "";
    char *folder = npt__arena_copy(arena, start, (size_t)(base - start) - 1);
    return npt__fold_name(arena, folder);
}

void npt__refi_open_document(struct npt__refi_reader *reader, const struct npt__element *element)
{
    struct npt__document document = {.source = reader->open_source,
                                     .presence = NPT__TEXT_MISSING,
                                     .member = NPT__NONE,
                                     .first_segment = (uint32_t)reader->study->segments.count};
    const char *path = path_attribute(reader, element, "plainTextPath");
    if (path) {
        document.member = find_member(reader, path);
        if (document.member == NPT__NONE)
            note_missing(reader, path);
        else
            document.presence = NPT__TEXT_MEMBER;
        struct npt__source *source = &reader->study->sources.items[reader->open_source];
        if (!*source->folder)
            source->folder = folder_of(reader->arena, path);
    }
    reader->open_document = (uint32_t)reader->study->documents.count;
    *npt__array_add(&reader->study->documents) = document;
    reader->sync_points.count = 0;
}

void npt__refi_close_document(struct npt__refi_reader *reader)
{
    if (reader->open_document == NPT__NONE)
        return;
    struct npt__document *document = &reader->study->documents.items[reader->open_document];
    document->segment_count = (uint32_t)reader->study->segments.count - document->first_segment;
    reader->open_document = NPT__NONE;
}

void npt__refi_open_source(struct npt__refi_reader *reader, npt__xml *xml,
                           const struct npt__element *element)
{
    npt_study *study = reader->study;
    struct npt__source source = {.export_index = reader->export_index,
                                 .kind = (enum npt__source_kind)(element->token - T_TEXT_SOURCE),
                                 .folder = "",
                                 .line = npt__xml_start_line(xml),
                                 .same_as = (uint32_t)study->sources.count,
                                 .first_segment = (uint32_t)study->segments.count,
                                 .first_document = (uint32_t)study->documents.count};
    source.name = npt__refi_name(reader->arena, xml, element, "name", reader->diags);
    if (!source.name)
        source.name = "";
    reader->open_source = (uint32_t)study->sources.count;
    if (npt__refi_guid(element, "guid", &source.guid)) {
        npt__guid_map_add(&reader->source_map, source.guid, reader->open_source);
    }
    const char *path = path_attribute(reader, element, "path");
    if (path && strncmp(path, "internal:", 9) == 0 && find_member(reader, path) == NPT__NONE)
        note_missing(reader, path);
    source.folder = folder_of(reader->arena, path);
    if (!*source.name)
        source.name = npt__arena_print(reader->arena, "(unnamed source, line %u)", source.line);
    source.folded = npt__fold_name(reader->arena, source.name);
    *npt__array_add(&study->sources) = source;
    reader->first_of_source = source.first_segment;
    reader->segment_guids.count = 0;
    if (source.kind == NPT__SOURCE_TEXT)
        npt__refi_open_document(reader, element);
}

/* ---- a passage that is written twice, as a region and in the source's text ------------------- */

/* Gives all codes of both to `kept`, in a new run, as runs lie side by side. */
static void unite_codes(npt_study *study, struct npt__segment *kept,
                        const struct npt__segment *other)
{
    const struct npt__segment halves[] = {*kept, *other};
    kept->first_code = (uint32_t)study->segment_codes.count;
    kept->code_count = 0;
    for (size_t half = 0; half < 2; half++)
        for (uint32_t i = 0; i < halves[half].code_count; i++)
            npt__refi_add_code(study, kept,
                               study->segment_codes.items[halves[half].first_code + i]);
}

/* The segment within a text that repeats this region: of the same GUID and coder; NPT__NONE. */
static uint32_t find_twin(struct npt__guid_map *texts, const struct npt__segment *segments,
                          struct npt__guid guid, uint32_t coder)
{
    const struct npt__guid_entry *entries;
    size_t count = npt__guid_map_range(texts, guid, &entries);
    for (size_t i = 0; i < count; i++)
        if (segments[entries[i].index].coder == coder)
            return entries[i].index;
    return NPT__NONE;
}

/* Takes what is to be dropped out of the runs of segments of the open source's documents. */
static void shorten_runs(struct npt__refi_reader *reader)
{
    npt_study *study = reader->study;
    uint32_t document = study->sources.items[reader->open_source].first_document;
    for (; document < study->documents.count; document++) {
        struct npt__document *at = &study->documents.items[document];
        uint32_t before = 0, within = 0, end = at->first_segment + at->segment_count;
        for (uint32_t i = reader->first_of_source; i < end; i++)
            if (study->segments.items[i].kind == UINT8_MAX)
                ++*(i < at->first_segment ? &before : &within);
        at->first_segment -= before;
        at->segment_count -= within;
    }
}

/* Drops region segments whose GUID and coder a segment within a text repeats. */
static void merge_repeated(struct npt__refi_reader *reader)
{
    npt_study *study = reader->study;
    const struct npt__guid *guids = reader->segment_guids.items;
    size_t count = study->segments.count - reader->first_of_source, kept = 0;
    if (!count)
        return;
    struct npt__segment *segments = study->segments.items + reader->first_of_source;
    struct npt__guid_map texts = {0};
    for (uint32_t i = 0; i < count; i++)
        if (segments[i].document != NPT__NONE && (guids[i].high || guids[i].low))
            npt__guid_map_add(&texts, guids[i], i);
    for (size_t i = 0; i < count && texts.entries.count; i++) {
        uint32_t twin = NPT__NONE;
        if (segments[i].document == NPT__NONE)
            twin = find_twin(&texts, segments, guids[i], segments[i].coder);
        if (twin != NPT__NONE) {
            unite_codes(study, &segments[twin], &segments[i]);
            npt__refi_export(reader)->merged++;
            segments[i].kind = UINT8_MAX; /* to be dropped */
        }
    }
    npt__guid_map_release(&texts);
    shorten_runs(reader);
    for (size_t i = 0; i < count; i++)
        if (segments[i].kind != UINT8_MAX)
            segments[kept++] = segments[i];
    study->segments.count = reader->first_of_source + kept;
}

void npt__refi_close_source(struct npt__refi_reader *reader)
{
    npt_study *study = reader->study;
    npt__refi_close_document(reader);
    struct npt__source *source = &study->sources.items[reader->open_source];
    source->document_count = (uint32_t)study->documents.count - source->first_document;
    if (source->kind != NPT__SOURCE_TEXT && source->document_count)
        merge_repeated(reader);
    source->segment_count = (uint32_t)study->segments.count - source->first_segment;
    reader->open_source = NPT__NONE;
}
