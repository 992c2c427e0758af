/* study.h - what a study collected. Readers (ingest/) fill it; for everybody else it is const.
 *
 * Exports of coded projects are pooled here: codes are reconciled by path, interviews that stand in two
 * exports are one source. Everything refers to everything by index; NPT__NONE means none.
 *
 *     case ──< part >── source ──< document ──< segment >── code ──▶ construct
 *
 * A *segment* is a coded passage (a selection of the export). A *document* is a text with positions of its
 * own: an interview, the text of a PDF, a transcript. A *part* is what one case holds of one source: all of
 * it, or some passages (a person's turns in a focus group).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__STUDY_H
#define NPT__STUDY_H

#include "../base/arena.h"
#include "../base/buffer.h"
#include "../base/diags.h"
#include "codebook.h"
#include "offsets.h"
#include "ratings.h"
#include "released.h"
#include "survey.h"

#include <nptkit/study.h>

struct npt__site {
    const char *id, *name, *match, *description; /* match: a pattern on sources, or NULL */
};

/* One export: a .qdpx or a bare .qde. */
struct npt__export {
    const char *path;   /* to open it */
    const char *label;  /* as shown in messages and provenance */
    const char *origin; /* the program that wrote it, as it says; "" when it does not */
    uint32_t site;      /* the site of all its cases; NPT__NONE */
    bool
        coder_on_selection; /* NVivo: the coder is the selection's user, the coding's is the code's author */
    struct npt__offsets usual; /* how this program counts positions */
    bool usual_known;          /* whether that was seen in real exports */
    bool overridden;           /* the user said how */
    size_t codings;            /* <Coding> elements, those of cases and notes included */
    size_t merged;             /* segments that stood twice: as a region and in its text */
    size_t repeated;           /* segments that an earlier export of the study holds too */
    size_t case_codings;       /* codings that say which case a passage belongs to */
    size_t note_codings;       /* codings within memos: counted here, in no analysis */
    size_t uncoded;            /* selections without a coding (annotations) */
    size_t repeated_guids;     /* among codes, cases, sources, users */
    NPT__ARRAY(const char *) missing_files; /* named by the export, not in it */
};

enum npt__match {
    NPT__UNMATCHED,
    NPT__BY_MAP,
    NPT__BY_GUID,
    NPT__BY_PATH,
    NPT__BY_NAME,
    NPT__BY_PARENT
};

/* A code of the study: the exports' trees reconciled by path. A parent precedes its children. */
struct npt__study_code {
    const char *name, *path, *folded_path;
    struct npt__guid guid;
    uint32_t parent;
    uint32_t first_export, exports; /* where it was first seen, in how many it stands */
    uint32_t last_export;
    bool codable;
    bool is_case; /* NVivo lists cases among the codes: never a code in an analysis */
    bool barrier, facilitator;
    uint32_t construct; /* of the study's codebook; NPT__NONE */
    enum npt__match match;
    uint32_t suggestion; /* a construct with nearly this name; NPT__NONE */
};

struct npt__coder {
    const char *name;
};

/* A column by which cases are compared. */
struct npt__study_attribute {
    const char *name;   /* as in the export or sheet: "Site", "Person:Role" */
    const char *folded; /* npt__fold_name() */
    const char *key;    /* what the study calls it (as="role"); NULL */
};

enum npt__source_kind {
    NPT__SOURCE_TEXT,
    NPT__SOURCE_PICTURE,
    NPT__SOURCE_PDF,
    NPT__SOURCE_AUDIO,
    NPT__SOURCE_VIDEO,
};

struct npt__source {
    const char *name, *folded;
    const char *folder; /* the folded folder of its path; "" */
    struct npt__guid guid;
    uint32_t export_index;
    uint32_t same_as; /* the first source that is the same interview; itself when it stands alone */
    uint32_t first_segment, segment_count;
    uint32_t first_document, document_count;
    uint32_t first_part, part_count; /* into part_order */
    uint32_t line;
    enum npt__source_kind kind;
};

enum npt__presence { NPT__TEXT_MISSING, NPT__TEXT_MEMBER, NPT__TEXT_INLINE };

struct npt__document {
    uint32_t source;
    enum npt__presence presence;
    uint32_t member; /* which member of the archive, or which <PlainTextContent> of the file */
    uint64_t size;   /* bytes and checksum as the archive tells them, to tell texts apart */
    uint32_t checksum;
    uint32_t first_segment, segment_count;
    uint32_t characters;            /* once positions are known */
    struct npt__offsets_choice how; /* how its positions were read */
};

enum npt__segment_kind {
    NPT__SEGMENT_TEXT,
    NPT__SEGMENT_PICTURE,
    NPT__SEGMENT_PDF,
    NPT__SEGMENT_AUDIO,
    NPT__SEGMENT_VIDEO,
    NPT__SEGMENT_SOURCE, /* the source as a whole */
};

struct npt__segment {
    uint32_t source, document; /* document: NPT__NONE for a region or a time span */
    uint32_t start, end; /* [start, end): characters once positions are known, the export's own
                                  units before; milliseconds of audio and video */
    uint32_t first_code; /* into segment_codes */
    uint16_t code_count;
    uint8_t kind;
    uint32_t coder; /* NPT__NONE: the export does not say */
    uint32_t line;
    const char *name; /* what the export calls it, often its first words; "" */
};

struct npt__case {
    const char *name, *folded;
    struct npt__guid guid;
    uint32_t export_index;
    uint32_t first_part, part_count; /* into parts */
    uint32_t line;
    bool is_source; /* stands for a source that no case of the export holds */
};

struct npt__span {
    uint32_t document, start, end;
};

/* What one case holds of one source. */
struct npt__part {
    uint32_t case_index, source;
    uint32_t first_span, span_count; /* 0: the whole source */
};

/* Takes one text: valid UTF-8 without its BOM. `thread` (below the number of threads) tells concurrent
   calls apart; each document is handed over once, in no order. */
typedef void npt__text_visitor(void *user, size_t thread, uint32_t document, const char *text,
                               size_t length, bool had_bom);
/* Hands over the texts of `documents` (ascending); those without a text in the export are skipped. */
typedef enum npt_status npt__text_reader(const npt_study *study, const uint32_t *documents,
                                         size_t count, size_t threads, npt__text_visitor *visitor,
                                         void *user, npt_diags *diags);

/* A file that the study rests on. */
struct npt__study_input {
    const char *path;
    bool is_export;
    bool
        not_read; /* of the half that was not asked for: named by the study, so never to be replaced */
    char digest[65]; /* SHA-256 in hexadecimal; "" where it cannot be read */
};

struct npt_study {
    npt__arena *arena;
    const char *title, *intervention;
    const char *label;                /* the study's own file */
    struct npt_protection disclosure; /* the limits it sets; 0: the usual ones */
    size_t disclosure_line;           /* where study.xml sets them; 0: nowhere */
    npt_codebook *codebook;
    char opened[65];  /* SHA-256 of the options with which it was opened; "" where it was not */
    unsigned threads; /* that analyses may use */
    bool from_manifest;
    bool has_cases;     /* some export has cases; otherwise every source is a case */
    bool has_positions; /* segments count characters of their documents */
    bool has_valence;   /* some code is a barrier or a facilitator */
    NPT__ARRAY(struct npt__site) sites;
    npt__intern waves; /* as study.xml lists them, read or not; their order: waves.h */
    NPT__ARRAY(struct npt__study_input) inputs; /* study.xml, exports, case sheets, own codebook */
    NPT__ARRAY(struct npt__export) exports;
    NPT__ARRAY(struct npt__study_code) codes;
    NPT__ARRAY(struct npt__coder) coders;
    NPT__ARRAY(struct npt__study_attribute) attributes;
    NPT__ARRAY(struct npt__source) sources;
    NPT__ARRAY(struct npt__document) documents;
    NPT__ARRAY(struct npt__segment) segments;
    NPT__ARRAY(uint32_t) segment_codes;
    NPT__ARRAY(struct npt__case) cases;
    NPT__ARRAY(struct npt__part) parts; /* ordered by case */
    NPT__ARRAY(uint32_t) part_order;    /* parts ordered by source */
    NPT__ARRAY(struct npt__span) spans;
    struct npt__responses responses; /* the survey half; empty where there is none */
    NPT__ARRAY(struct npt__rating_table) ratings;
    NPT__ARRAY(struct npt__ranking_table) rankings;
    struct npt__released released; /* quotes that may stand in reports */
    npt__text_reader *read_texts;  /* set by the reader of the study */
    const char **case_values;      /* case x attribute; NULL: no value */
    const char **source_values;    /* source x attribute */
};

/* As npt_study_reads(), and whether `path` is a folder in which one of these files lies. */
bool npt__study_reads_within(const npt_study *study, const char *path);
/* The attribute a user names: its key, its name, or the part of its name after "Classification:";
   exactly first, then without regard to case. NPT__NONE. */
uint32_t npt__study_find_attribute(const npt_study *study, const char *name);
/* The attribute nearest to a name that was not found; NULL. */
const char *npt__study_nearest_attribute(const npt_study *study, const char *name);
/* What tables call it: its key, or its name. */
const char *npt__study_attribute_key(const npt_study *study, uint32_t attribute);
/* A part's value of an attribute: the case's, else the source's; NULL. */
const char *npt__part_value(const npt_study *study, const struct npt__part *part,
                            uint32_t attribute);
/* Whether a segment lies in a part of its source. */
bool npt__part_holds(const npt_study *study, const struct npt__part *part,
                     const struct npt__segment *segment);
/* Whether two segments share characters, a region, or time. */
bool npt__segments_overlap(const struct npt__segment *a, const struct npt__segment *b);
/* A code as a user names it: its path, or its name where only one code has it; NPT__NONE. */
uint32_t npt__study_find_code(const npt_study *study, const char *name);
const char *npt__study_nearest_code(const npt_study *study, const char *name);
/* Whether `code` is `ancestor` or below it. */
bool npt__study_code_within(const npt_study *study, uint32_t code, uint32_t ancestor);

#endif
