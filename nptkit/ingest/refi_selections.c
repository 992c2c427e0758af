/* refi_selections.c - the selections and codings of a project, and the elements of its sources.
 *
 * What a segment is, whatever program wrote the export: a passage as one coder coded it. A selection
 * that two people coded becomes two segments (NVivo writes two selections anyway); a PDF passage that is
 * written twice, as a region and in the PDF's text, under one GUID, becomes one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "refi_reader.h"

#include <string.h>

#define MOST_SEGMENTS 50000000u
#define LONGEST_SEGMENT_NAME 400u
#define LONGEST_SEGMENT_TEXT 65536u

/* ---- selections ------------------------------------------------------------------------------ */

static uint32_t sync_position(struct npt__refi_reader *reader, npt__xml *xml,
                              const struct npt__element *element, const char *attribute)
{
    struct npt__guid guid;
    if (npt__refi_guid(element, attribute, &guid))
        for (size_t i = 0; i < reader->sync_points.count; i++)
            if (npt__guid_equal(reader->sync_points.items[i].guid, guid))
                return reader->sync_points.items[i].position;
    npt__refi_fault(reader, npt__xml_line(xml), "a transcript selection's %s names no sync point",
                    attribute);
    reader->selection_faulty = true;
    return 0;
}

static void read_extent(struct npt__refi_reader *reader, npt__xml *xml,
                        const struct npt__element *element)
{
    struct npt__segment *selection = &reader->selection;
    const char *from = NULL, *to = NULL;
    if (element->token == T_PLAIN_TEXT_SELECTION) {
        from = "startPosition";
        to = "endPosition";
    } else if (element->token == T_AUDIO_SELECTION || element->token == T_VIDEO_SELECTION) {
        from = "begin";
        to = "end";
    } else if (element->token == T_TRANSCRIPT_SELECTION) {
        selection->start = sync_position(reader, xml, element, "fromSyncPoint");
        selection->end = sync_position(reader, xml, element, "toSyncPoint");
    }
    if (from)
        reader->selection_faulty =
            !npt__refi_number(reader, xml, element, from, &selection->start) ||
            !npt__refi_number(reader, xml, element, to, &selection->end);
    if (!reader->selection_faulty && selection->start > selection->end) {
        struct npt__place place = npt__xml_place(xml, NULL);
        npt__say(reader->diags, NPT_ERROR, &place, "a selection ends (%u) before it starts (%u)",
                 selection->end, selection->start);
        reader->selection_faulty = true;
    }
}

static enum npt__segment_kind kind_of(const struct npt__element *element)
{
    switch (element->token) {
    case T_PICTURE_SELECTION:
        return NPT__SEGMENT_PICTURE;
    case T_PDF_SELECTION:
        return NPT__SEGMENT_PDF;
    case T_AUDIO_SELECTION:
        return NPT__SEGMENT_AUDIO;
    case T_VIDEO_SELECTION:
        return NPT__SEGMENT_VIDEO;
    default:
        return NPT__SEGMENT_TEXT;
    }
}

static const char *shorten(struct npt__refi_reader *reader, const char *bytes, size_t length,
                           size_t longest)
{
    if (length > longest)
        length = npt__utf8_valid(bytes, longest);
    return length ? npt__arena_copy(reader->arena, bytes, length) : "";
}

static void open_selection(struct npt__refi_reader *reader, npt__xml *xml,
                           const struct npt__element *element)
{
    enum npt__segment_kind kind = kind_of(element);
    const struct npt__attribute *name = npt__xml_find(element, "name");
    reader->selection = (struct npt__segment){
        .source = reader->open_source,
        .document = kind == NPT__SEGMENT_TEXT ? reader->open_document : NPT__NONE,
        .kind = (uint8_t)kind,
        .line = npt__xml_line(xml),
        .name = name ? shorten(reader, name->value, name->length, LONGEST_SEGMENT_NAME) : ""};
    reader->in_selection = true;
    reader->selection_faulty = false;
    reader->codings_of_selection = 0;
    reader->codings.count = 0;
    reader->selection_user = npt__refi_user(reader, element, "creatingUser");
    reader->selection_guid = (struct npt__guid){0};
    bool is_text = reader->open_source != NPT__NONE &&
                   reader->study->sources.items[reader->open_source].kind == NPT__SOURCE_TEXT;
    if (!is_text || reader->case_selections.entries.count) /* else nothing asks for it */
        npt__refi_guid(element, "guid", &reader->selection_guid);
    read_extent(reader, xml, element);
}

static void add_holding(struct npt__refi_reader *reader, uint32_t case_index, bool whole)
{
    const struct npt__segment *selection = &reader->selection;
    if (reader->open_source == NPT__NONE || case_index == NPT__NONE)
        return; /* a case of another export, or elements in no order that a program writes */
    *npt__array_add(&reader->gather->holdings) =
        (struct npt__holding){.case_index = case_index,
                              .source = reader->open_source,
                              .whole = whole || selection->document == NPT__NONE,
                              .span = {selection->document, selection->start, selection->end}};
}

/* Adds a segment for each coder among the codings that were gathered. */
static void add_segments(struct npt__refi_reader *reader)
{
    npt_study *study = reader->study;
    for (size_t i = 0; i < reader->codings.count && reader->open_source != NPT__NONE; i++) {
        uint32_t coder = reader->codings.items[i].coder;
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = reader->codings.items[j].coder == coder;
        if (seen)
            continue;
        if (study->segments.count >= MOST_SEGMENTS) {
            npt__refi_fault(reader, reader->selection.line, "holds more than %u coded segments",
                            MOST_SEGMENTS);
            return;
        }
        struct npt__segment segment = reader->selection;
        segment.coder = coder;
        segment.first_code = (uint32_t)study->segment_codes.count;
        for (size_t j = i; j < reader->codings.count; j++)
            if (reader->codings.items[j].coder == coder)
                npt__refi_add_code(study, &segment, reader->codings.items[j].code);
        *npt__array_add(&study->segments) = segment;
        if (study->sources.items[reader->open_source].kind != NPT__SOURCE_TEXT)
            *npt__array_add(&reader->segment_guids) = reader->selection_guid;
    }
}

static void close_selection(struct npt__refi_reader *reader)
{
    if (!reader->in_notes && !reader->selection_faulty) {
        const struct npt__guid_entry *entries;
        size_t holders =
            npt__guid_map_range(&reader->case_selections, reader->selection_guid, &entries);
        for (size_t i = 0; i < holders; i++)
            add_holding(reader, entries[i].index, false);
        if (!reader->codings_of_selection)
            npt__refi_export(reader)->uncoded++;
        add_segments(reader);
    }
    reader->in_selection = false;
}

/* ---- codings --------------------------------------------------------------------------------- */

static void open_coding(struct npt__refi_reader *reader, npt__xml *xml,
                        const struct npt__element *element)
{
    struct npt__export *export = npt__refi_export(reader);
    export->codings++;
    export->note_codings += reader->in_notes;
    reader->in_coding = true;
    reader->coding_has_code = false;
    reader->coding_line = npt__xml_line(xml);
    reader->codings_of_selection++;
    reader->coding_user = npt__refi_user(reader, element, "creatingUser");
    if (reader->in_selection)
        return;
    reader->selection = (struct npt__segment){.source = reader->open_source,
                                              .document = reader->open_document,
                                              .end = UINT32_MAX,
                                              .kind = NPT__SEGMENT_SOURCE,
                                              .line = reader->coding_line,
                                              .name = ""};
    reader->selection_user = NPT__NONE;
    reader->selection_guid = (struct npt__guid){0};
    reader->codings.count = 0;
    reader->selection_faulty = false;
}

static void refer_to_code(struct npt__refi_reader *reader, npt__xml *xml,
                          const struct npt__element *element)
{
    const struct npt__attribute *target = npt__xml_find(element, "targetGUID");
    uint32_t local = NPT__NONE;
    if (target)
        local = npt__guid_map_find_text(&reader->code_map, &reader->code_cache, target->value,
                                        target->length);
    reader->coding_has_code = true;
    if (local == NPT__NONE || !reader->study_code) {
        struct npt__place place = npt__xml_place(xml, target);
        npt__say(reader->diags, NPT_ERROR, &place,
                 "a coding refers to a code that the export does not hold");
        npt__hint(reader->diags, "export the project again, with its whole codebook");
        return;
    }
    if (reader->in_notes)
        return;
    uint32_t code = reader->study_code[local];
    if (reader->study->codes.items[code].is_case) {
        npt__refi_export(reader)->case_codings++;
        struct npt__guid guid = reader->codes.codes.items[local].guid;
        add_holding(reader, npt__guid_map_find(&reader->case_map, guid), !reader->in_selection);
        return;
    }
    bool by_selection = npt__refi_export(reader)->coder_on_selection;
    uint32_t first = by_selection ? reader->selection_user : reader->coding_user;
    uint32_t second = by_selection ? reader->coding_user : reader->selection_user;
    uint32_t coder = first == NPT__NONE ? second : first;
    *npt__array_add(&reader->codings) =
        (struct npt__open_coding){code, coder == NPT__UNLISTED ? NPT__NONE : coder};
}

static void close_coding(struct npt__refi_reader *reader)
{
    if (!reader->coding_has_code)
        npt__refi_fault(reader, reader->coding_line, "a coding names no code");
    if (!reader->in_selection && !reader->in_notes && reader->open_source != NPT__NONE)
        add_segments(reader);
    reader->in_coding = false;
}

/* ---- elements -------------------------------------------------------------------------------- */

static void open_text_within(struct npt__refi_reader *reader, const struct npt__element *element)
{
    if (!reader->in_selection && reader->open_source != NPT__NONE)
        npt__refi_open_document(reader, element);
}

static void open_content(struct npt__refi_reader *reader)
{
    uint32_t ordinal = reader->plain_texts++;
    if (reader->in_selection) { /* the text of a PDF region: the segment's own words */
        npt__buffer_clear(&reader->captured);
        reader->capturing = true;
    } else if (reader->open_document != NPT__NONE) {
        struct npt__document *document = &reader->study->documents.items[reader->open_document];
        if (document->presence == NPT__TEXT_MISSING) {
            document->presence = NPT__TEXT_INLINE;
            document->member = ordinal;
        }
    }
}

static void add_sync_point(struct npt__refi_reader *reader, npt__xml *xml,
                           const struct npt__element *element)
{
    struct npt__sync_point point = {.position = 0};
    if (npt__refi_guid(element, "guid", &point.guid) && npt__xml_find(element, "position") &&
        npt__refi_number(reader, xml, element, "position", &point.position))
        *npt__array_add(&reader->sync_points) = point;
}

bool npt__refi_source_start(struct npt__refi_reader *reader, npt__xml *xml,
                            const struct npt__element *element)
{
    bool in_source = reader->open_source != NPT__NONE || reader->in_notes;
    switch (element->token) {
    case T_TEXT_SOURCE:
    case T_PICTURE_SOURCE:
    case T_PDF_SOURCE:
    case T_AUDIO_SOURCE:
    case T_VIDEO_SOURCE:
        if (!in_source)
            npt__refi_open_source(reader, xml, element);
        else if (!reader->in_notes)
            npt__refi_fault(reader, npt__xml_line(xml), "a source stands within another one");
        return true;
    case T_REPRESENTATION:
    case T_TEXT_DESCRIPTION:
    case T_TRANSCRIPT:
        open_text_within(reader, element);
        return true;
    case T_PLAIN_TEXT_CONTENT:
        open_content(reader);
        return true;
    case T_SYNC_POINT:
        add_sync_point(reader, xml, element);
        return true;
    case T_PLAIN_TEXT_SELECTION:
    case T_PICTURE_SELECTION:
    case T_PDF_SELECTION:
    case T_AUDIO_SELECTION:
    case T_VIDEO_SELECTION:
    case T_TRANSCRIPT_SELECTION:
        if (in_source)
            open_selection(reader, xml, element);
        return true;
    case T_CODING:
        if (in_source)
            open_coding(reader, xml, element);
        return true;
    case T_CODE_REF:
        if (reader->in_coding)
            refer_to_code(reader, xml, element);
        return true;
    default:
        return false;
    }
}

void npt__refi_source_end(struct npt__refi_reader *reader, int token)
{
    switch (token) {
    case T_TEXT_SOURCE:
    case T_PICTURE_SOURCE:
    case T_PDF_SOURCE:
    case T_AUDIO_SOURCE:
    case T_VIDEO_SOURCE:
        if (reader->open_source != NPT__NONE && !reader->in_notes)
            npt__refi_close_source(reader);
        break;
    case T_REPRESENTATION:
    case T_TEXT_DESCRIPTION:
    case T_TRANSCRIPT:
        if (!reader->in_selection)
            npt__refi_close_document(reader);
        break;
    case T_PLAIN_TEXT_CONTENT:
        if (reader->in_selection && reader->capturing)
            reader->selection.name = shorten(reader, npt__buffer_string(&reader->captured),
                                             reader->captured.length, LONGEST_SEGMENT_TEXT);
        reader->capturing = false;
        break;
    case T_PLAIN_TEXT_SELECTION:
    case T_PICTURE_SELECTION:
    case T_PDF_SELECTION:
    case T_AUDIO_SELECTION:
    case T_VIDEO_SELECTION:
    case T_TRANSCRIPT_SELECTION:
        if (reader->in_selection)
            close_selection(reader);
        break;
    case T_CODING:
        if (reader->in_coding)
            close_coding(reader);
        break;
    default:
        break;
    }
}
