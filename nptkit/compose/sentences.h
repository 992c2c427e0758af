/* sentences.h - what the numbers of an analysis show, in plain words, made by rules that are printed.
 *
 * Sentences are made from protected tables only: a withheld cell gives a sentence that says so, or none.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SENTENCES_H
#define NPT__SENTENCES_H

#include "../base/buffer.h"
#include "../tables/table.h"

#define NPT__MOST_SENTENCES 16

/* The tables of one analysis. `declared` may be NULL, or tell of each table on what scales its rows are, as only the
   table before protection does: only measures on the scale of the first are spoken of together. `rows` may be NULL, or
   tell of each table which row of the declared one each of its rows is. */
struct npt__telling {
    npt__arena *arena; /* of the sentences */
    const npt_table *const *tables;
    const struct npt__population *const *declared;
    const size_t *const *rows;
    size_t count;
    const char
        *own;     /* a report on one site: the tables hold its rows and none of the others; NULL */
    size_t min_n; /* what describes fewer people is withheld; 0: the usual limit */
    const char *sentences[NPT__MOST_SENTENCES];
    size_t sentence_count; /* 0: the tables hold nothing to speak of */
    size_t short_count;    /* so many of them, the first ones, stand for all */
    npt__buffer line;      /* the sentence that is being made */
};

/* The analyses that can be told, ended by NULL. */
extern const char *const npt__sayable[];
bool npt__can_say(const char *analysis);
/* Whether it is told from all its tables, or from the main one alone. */
bool npt__tells_all(const char *analysis);
/* Makes the sentences of an analysis. */
void npt__tell(struct npt__telling *telling, const char *analysis);
/* The rule by which they are made; NULL for an analysis that cannot be told. */
const char *npt__sentence_rule(const char *analysis);

#endif
