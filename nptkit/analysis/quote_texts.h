/* quote_texts.h - the words of chosen segments.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__QUOTE_TEXTS_H
#define NPT__QUOTE_TEXTS_H

#include "registry.h"

struct npt__quote {
    uint32_t segment, part; /* part: NPT__NONE where no case holds it */
    const char *text;       /* NULL: not in the export */
    const char *before, *after;
};

/* Fills in the texts of quotes, which come in ascending order of their segments, and so many characters before and
   after each (0: none; whole words only). The study has positions; the texts are kept in `arena`. */
enum npt_status npt__quotes_read(const npt_study *study, npt__arena *arena,
                                 struct npt__quote *quotes, size_t count, size_t context,
                                 npt_diags *diags);
/* A stretch of any document, in characters. */
struct npt__words {
    uint32_t document, start, end;
    const char *text; /* NULL: not in the export */
};
/* Fills in the texts of stretches, in any order; `words` must not move meanwhile. */
enum npt_status npt__words_read(const npt_study *study, npt__arena *arena, struct npt__words *words,
                                size_t count, npt_diags *diags);
/* The text as a cell; absent, with the reason, where there is none. */
struct npt_cell npt__quote_cell(const npt_study *study, const struct npt__quote *quote);

#endif
