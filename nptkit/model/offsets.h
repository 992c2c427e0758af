/* offsets.h - what a position in a text counts, and finding it out.
 *
 * Programs disagree: UTF-16 units (NVivo) or characters (the specification), line ends of CRLF as one or
 * two, LF as two (for MAXQDA's import), a BOM counted or not. A wrong reading shifts every quote a little
 * and no count at all, so it is measured: under the right reading, ends of segments fall on the edges of
 * words and the snippet that some programs write beside a segment is found in the text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__OFFSETS_H
#define NPT__OFFSETS_H

#include "../base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum npt__unit_counted { NPT__CHARACTERS, NPT__UTF16 };
enum npt__line_ends { NPT__LINES_AS_STORED, NPT__CRLF_AS_ONE, NPT__LF_AS_TWO };

struct npt__offsets {
    uint8_t unit, lines; /* enum npt__unit_counted, enum npt__line_ends */
    bool counts_bom;
};

/* Reads "utf16", "characters", either followed by ",crlf-as-one", ",lf-as-two", ",bom"; false. */
bool npt__offsets_read(struct npt__offsets *offsets, const char *text);
/* "UTF-16 units, CRLF as one". */
void npt__offsets_show(npt__buffer *text, struct npt__offsets offsets);
bool npt__offsets_equal(struct npt__offsets a, struct npt__offsets b);

enum npt__offsets_basis {
    NPT__OFFSETS_NOT_READ,  /* no text in the export, or not asked for */
    NPT__OFFSETS_SAME,      /* every reading gives the same positions */
    NPT__OFFSETS_MEASURED,  /* this text decided */
    NPT__OFFSETS_POOLED,    /* the other texts of the export decided */
    NPT__OFFSETS_USUAL,     /* the program's usual way; the texts could not decide */
    NPT__OFFSETS_OVERRIDDEN /* the user said so */
};

struct npt__offsets_choice {
    struct npt__offsets offsets;
    uint8_t basis;
    uint32_t checked, fitting; /* ends of segments and snippets that were checked, and that fit */
    uint32_t beyond;           /* segments that end past the text */
    uint32_t runner_up;        /* how many fit under the next best reading */
};

/* A segment's ends in the units of the export. */
struct npt__extent {
    uint32_t start, end;
    const char *name; /* the snippet or label beside it; "" */
};

/* How well each reading fits, for one text; reading i is npt__offsets_at(i). */
#define NPT__READINGS 12
struct npt__offsets npt__offsets_at(size_t index);
struct npt__fit {
    uint32_t checked[NPT__READINGS], fitting[NPT__READINGS], beyond[NPT__READINGS];
    bool all_same; /* all readings agree on this text */
};

/* A text prepared for finding positions in it; made once, then set to one text after the other. */
struct npt__text_index;
struct npt__text_index *npt__text_index_new(void);
/* `text` is valid UTF-8 without its BOM and must outlive the use of the index. */
void npt__text_index_set(struct npt__text_index *index, const char *text, size_t length,
                         bool had_bom);
void npt__text_index_free(struct npt__text_index *index);
/* Its length in characters, a line end counted as one. */
uint32_t npt__text_characters(const struct npt__text_index *index);
/* The character at a position (in characters, a line end as one) and its byte offset. false: beyond. */
bool npt__text_position(const struct npt__text_index *index, struct npt__offsets offsets,
                        uint64_t position, uint32_t *character, size_t *byte);

void npt__offsets_fit(const struct npt__text_index *index, const struct npt__extent *extents,
                      size_t count, struct npt__fit *fit);
/* Adds one text's fit to an export's. */
void npt__fit_add(struct npt__fit *sum, const struct npt__fit *fit);
/* Whether the fit tells readings apart; then `best` is the best, `usual` winning ties. */
bool npt__fit_decides(const struct npt__fit *fit, struct npt__offsets usual, size_t *best);

#endif
