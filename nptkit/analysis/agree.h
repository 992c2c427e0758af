/* agree.h - agreement of coders: what agree*.c share.
 *
 * Everything is counted in *units* of the texts that both coders read: characters, sentences, paragraphs, or whole
 * interviews. Passages become *stretches*: from one unit up to another, those of one coder and one row (a construct
 * or a code) without overlaps, so that a few sweeps along the interviews do all the counting.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__AGREE_H
#define NPT__AGREE_H

#include "../stats/bootstrap.h"
#include "scope.h"

enum npt__agree_unit {
    NPT__AGREE_CHARACTERS,
    NPT__AGREE_SENTENCES,
    NPT__AGREE_PARAGRAPHS,
    NPT__AGREE_SOURCES,
};

/* The levels of the codebook (enum npt__level), and one more. */
#define NPT__AGREE_CODES 3

#define NPT__AGREE_CONFIDENCE 0.95

/* Where the sentences or paragraphs of a document begin and end, in characters. */
struct npt__agree_extent {
    uint32_t start, end;
};
struct npt__agree_extents {
    NPT__ARRAY(struct npt__agree_extent) list;
};

/* Of the texts of one interview in units: all of it, or what the chosen cases hold. */
struct npt__agree_stretch {
    uint32_t interview; /* of npt__agree.interviews */
    uint32_t row, coder;
    uint32_t text; /* which document of the interview */
    uint32_t start, end;
    uint64_t before; /* how many units of the interview that are looked at come before it */
};

/* One source, or the same source in several exports. */
struct npt__agree_interview {
    uint32_t source; /* the first of them */
    uint64_t units;  /* that are looked at */
    uint32_t first_reader, reader_count;
};

/* How one interview was coded to one row. Of two coders: units that both, or only one, coded to it. Of any number:
   `ones` is the sum over units of how many did, `apart` the sum of did * did not. */
struct npt__agree_count {
    uint32_t row;
    uint32_t place; /* among the interviews of the comparison */
    uint64_t both, first, second, ones, apart;
};

/* Two coders, or all (NPT__NONE), over the interviews that both (at least two) read. */
struct npt__comparison {
    uint32_t first, second;
    uint64_t units;
    NPT__ARRAY(uint32_t) interviews;
    NPT__ARRAY(struct npt__agree_count) counts; /* by row, then by place; only what is not zero */
};

struct npt__agree {
    const npt_study *study;
    struct npt__scope scope;
    bool filtered;  /* only what some cases hold */
    uint32_t focus; /* only pairs with this coder; NPT__NONE */
    enum npt__agree_unit unit;
    int level;
    size_t replicates, seed, most;
    bool wants_disagreements, wants_unitised, shows_ratings;

    NPT__ARRAY(const char *) rows;      /* their names */
    uint32_t *row_of_code;              /* NPT__NONE: none */
    struct npt__agree_extents *extents; /* of each document; NULL where none are needed */
    uint32_t *next_source;              /* the next source that is the same interview */

    NPT__ARRAY(uint32_t) coders; /* who are compared */
    NPT__ARRAY(struct npt__agree_interview) interviews;
    NPT__ARRAY(uint32_t) readers; /* coders, ascending, interview by interview */
    NPT__ARRAY(struct npt__comparison)
    compared; /* pairs in order, then all where there are more than two */
    NPT__ARRAY(struct npt__agree_stretch)
    kept; /* where disagreements or unitised alpha are wanted: by interview,
                                                   row, coder, text and start */
    NPT__ARRAY(const char *) left_out; /* interviews that one person coded */
    size_t without_text, without_coder, unmatched;
};

/* ---- agree_units.c --------------------------------------------------------------------------- */

/* Finds the sentences or paragraphs of the texts, where such units are asked for. */
enum npt_status npt__agree_units_read(struct npt__agree *agree, npt_diags *diags);
void npt__agree_units_release(struct npt__agree *agree);
/* Adds to `extents` those of one text; `in_sentences`, or else paragraphs. */
void npt__text_extents(struct npt__agree_extents *extents, const char *text, size_t length,
                       bool in_sentences);
/* The document with the text number `text` of an interview: the first that the exports hold; NPT__NONE. */
uint32_t npt__agree_document(const struct npt__agree *agree, uint32_t source, uint32_t text);
/* How many units a document has. */
uint32_t npt__agree_length(const struct npt__agree *agree, uint32_t document);
/* From characters to units: all those that share a character. False: none does. */
bool npt__agree_to_units(const struct npt__agree *agree, uint32_t document, uint32_t *start,
                         uint32_t *end);
/* And back. */
void npt__agree_to_characters(const struct npt__agree *agree, uint32_t document, uint32_t *start,
                              uint32_t *end);

/* ---- agree_rows.c ---------------------------------------------------------------------------- */

/* False where the codebook has no such level. */
bool npt__agree_make_rows(struct npt__agree *agree);

/* ---- agree_regions.c ------------------------------------------------------------------------- */

/* What of an interview is looked at, in units. */
struct npt__agree_region {
    uint32_t text, start, end;
    uint64_t before; /* units of the regions before */
};
struct npt__agree_regions {
    const struct npt__agree *agree;
    NPT__ARRAY(struct npt__agree_region) list; /* in order, apart from each other */
};

/* Finds the sources that are one interview: fills in next_source. */
void npt__agree_link_sources(struct npt__agree *agree);
/* Whether some case in scope holds the interview, and whether one holds it as a whole. */
bool npt__agree_in_scope(const struct npt__agree *agree, uint32_t source, bool *whole);
/* The regions of an interview, and how many units they have together. */
uint64_t npt__agree_regions_find(struct npt__agree_regions *regions, uint32_t source, bool whole);

/* ---- agree_count.c --------------------------------------------------------------------------- */

/* Whether all coders are compared as well. */
bool npt__agree_has_total(const struct npt__agree *agree);
/* Makes rows, interviews and counts. False where the codebook has no such level. */
bool npt__agree_count(struct npt__agree *agree);
void npt__agree_release(struct npt__agree *agree);

/* ---- agree_intervals.c ----------------------------------------------------------------------- */

struct npt__agree_estimate {
    struct npt__agree_count sum; /* `place`: in how many interviews anybody used it */
    double percent,
        prevalence;      /* of pairs of coders and units; of units, in the mean of the coders */
    double kappa, alpha; /* NaN: not defined */
    struct npt__bootstrap_interval kappa_interval, alpha_interval;
};

/* Kappa and alpha of every row, with intervals: whole interviews are drawn with replacement, the same for all rows.
   `estimates` takes one for each row. */
void npt__agree_estimate(const struct npt__agree *agree, const struct npt__comparison *comparison,
                         struct npt__agree_estimate *estimates);

/* ---- tables ---------------------------------------------------------------------------------- */

void npt__agree_add_table(const struct npt__agree *agree, struct npt__tables *tables);
/* The words are read from the texts. */
enum npt_status npt__agree_add_disagreements(const struct npt__agree *agree,
                                             struct npt__tables *tables, npt_diags *diags);
void npt__agree_add_unitised(const struct npt__agree *agree, struct npt__tables *tables);

/* The name of a row; a copy that the table keeps. */
struct npt_cell npt__agree_row_name(const struct npt__agree *agree, uint32_t row, npt_table *table);
/* The cells that say who is compared: two; totals for all. */
void npt__agree_label(const struct npt__agree *agree, const struct npt__comparison *comparison,
                      struct npt_cell *cells);

/* ---- agree_ratings.c ------------------------------------------------------------------------- */

struct npt__ratings_request {
    const char *name; /* one table of several; NULL: all */
    size_t replicates, seed, most;
    bool wants_disagreements;
};
enum npt_status npt__agree_add_ratings(const struct npt__ratings_request *request,
                                       struct npt__tables *tables, const npt_study *study,
                                       npt_diags *diags);

#endif
