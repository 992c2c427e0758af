/* refi_reader.h - the state of reading one project, shared by refi_project.c and refi_selections.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__REFI_READER_H
#define NPT__REFI_READER_H

#include "../base/archive.h"
#include "refi.h"

enum npt__refi_token {
    T_PROJECT,
    T_USERS,
    T_USER,
    T_CODEBOOK,
    T_CODE,
    T_VARIABLES,
    T_VARIABLE,
    T_CASES,
    T_CASE,
    T_SOURCES,
    T_NOTES,
    T_SETS,
    T_SET,
    T_MEMBER_SOURCE,
    T_DESCRIPTION,
    T_TEXT_SOURCE,
    T_PICTURE_SOURCE,
    T_PDF_SOURCE,
    T_AUDIO_SOURCE,
    T_VIDEO_SOURCE,
    T_PLAIN_TEXT_CONTENT,
    T_PLAIN_TEXT_SELECTION,
    T_PICTURE_SELECTION,
    T_PDF_SELECTION,
    T_AUDIO_SELECTION,
    T_VIDEO_SELECTION,
    T_TRANSCRIPT_SELECTION,
    T_CODING,
    T_CODE_REF,
    T_VARIABLE_VALUE,
    T_VARIABLE_REF,
    T_TEXT_VALUE,
    T_BOOLEAN_VALUE,
    T_INTEGER_VALUE,
    T_FLOAT_VALUE,
    T_DATE_VALUE,
    T_DATE_TIME_VALUE,
    T_SOURCE_REF,
    T_SELECTION_REF,
    T_REPRESENTATION,
    T_TEXT_DESCRIPTION,
    T_TRANSCRIPT,
    T_SYNC_POINT,
    T_GRAPHS,
    T_LINKS,
};

/* A coding of the selection that is open. */
struct npt__open_coding {
    uint32_t code, coder;
};

/* A reference to something that comes later in the file, or may not exist. */
struct npt__pending {
    uint32_t owner, line;
    struct npt__guid guid;
};

struct npt__sync_point {
    struct npt__guid guid;
    uint32_t position;
};

struct npt__member_name {
    const char *base, *name; /* base: lower case */
    uint32_t member;
};

struct npt__refi_reader {
    struct npt__gather *gather;
    npt_study *study;
    npt__arena *arena;
    npt_diags *diags;
    uint32_t export_index;
    const char *label; /* "north.qdpx(project.qde)" */

    struct npt__refi_codes codes;
    uint32_t *study_code; /* of each local code, once the codebook has ended */
    struct npt__guid_map code_map, user_map, variable_map, case_map, source_map;
    struct npt__guid_cache user_cache, code_cache;
    NPT__ARRAY(struct npt__member_name) members; /* the files of the archive by base name, sorted */
    NPT__ARRAY(struct npt__pending) case_sources, set_members;
    struct npt__guid_map case_selections; /* a selection's GUID to the case that holds it */
    NPT__ARRAY(const char *) set_names;   /* of set_members, by their owner */
    uint32_t plain_texts;                 /* <PlainTextContent> elements so far */

    bool in_codebook, in_cases, in_notes, in_ignored; /* ignored: links and graphs */
    uint32_t open_case, open_source, open_document;
    uint32_t first_of_source; /* segments before the open source */

    bool in_selection, in_coding, selection_faulty;
    struct npt__segment selection;
    struct npt__guid selection_guid;
    uint32_t selection_user, coding_user;
    size_t codings_of_selection;
    bool coding_has_code;
    uint32_t coding_line;
    NPT__ARRAY(struct npt__open_coding) codings;
    NPT__ARRAY(struct npt__guid)
    segment_guids; /* of the open source's segments, where it is no text */
    NPT__ARRAY(struct npt__sync_point) sync_points;

    bool in_value, capturing;
    uint32_t value_attribute;
    npt__buffer captured;
};

/* refi_reader.c */
struct npt__export *npt__refi_export(struct npt__refi_reader *reader);
void npt__refi_fault(struct npt__refi_reader *reader, uint32_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The coder that an attribute names; NPT__NONE where it is missing, NPT__UNLISTED where <Users> lacks it. */
#define NPT__UNLISTED (NPT__NONE - 1)
uint32_t npt__refi_user(struct npt__refi_reader *reader, const struct npt__element *element,
                        const char *attribute);
bool npt__refi_number(struct npt__refi_reader *reader, npt__xml *xml,
                      const struct npt__element *element, const char *attribute, uint32_t *number);

/* Adds a code to the segment that was added last, once. */
void npt__refi_add_code(npt_study *study, struct npt__segment *segment, uint32_t code);

/* refi_cases.c: variables and their values, cases, sets, and what refers forwards. */
void npt__refi_add_variable(struct npt__refi_reader *reader, npt__xml *xml,
                            const struct npt__element *element);
void npt__refi_refer_to_variable(struct npt__refi_reader *reader, npt__xml *xml,
                                 const struct npt__element *element);
void npt__refi_close_value(struct npt__refi_reader *reader, npt__xml *xml, int token);
void npt__refi_open_case(struct npt__refi_reader *reader, npt__xml *xml,
                         const struct npt__element *element);
void npt__refi_add_pending(struct npt__refi_reader *reader, npt__xml *xml,
                           const struct npt__element *element);
void npt__refi_open_set(struct npt__refi_reader *reader, npt__xml *xml,
                        const struct npt__element *element);
void npt__refi_settle(struct npt__refi_reader *reader);

/* refi_sources.c */
int npt__refi_compare_members(const void *a, const void *b);
void npt__refi_open_source(struct npt__refi_reader *reader, npt__xml *xml,
                           const struct npt__element *element);
void npt__refi_close_source(struct npt__refi_reader *reader);
void npt__refi_open_document(struct npt__refi_reader *reader, const struct npt__element *element);
void npt__refi_close_document(struct npt__refi_reader *reader);

/* refi_selections.c: everything within <Sources> and <Notes>. True where the element was theirs. */
bool npt__refi_source_start(struct npt__refi_reader *reader, npt__xml *xml,
                            const struct npt__element *element);
void npt__refi_source_end(struct npt__refi_reader *reader, int token);

#endif
