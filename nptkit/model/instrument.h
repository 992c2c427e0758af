/* instrument.h - a questionnaire: its items, their scales, the constructs they measure.
 *
 * Scales run from `least` to `most`, where `most` is the strongest agreement, whichever way the numbers of
 * a study's file run: the study declares that, and readers turn the numbers. Both lie within 0 to 100, so
 * that an answer fits one byte beside what is no answer.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__INSTRUMENT_H
#define NPT__INSTRUMENT_H

#include "../base/arena.h"
#include "../base/unicode.h"

#include <nptkit/instrument.h>

#define NPT__LARGEST_ANSWER 100

/* In a wording or a label, this stands for the name of what a study implements, article included. */
#define NPT__INTERVENTION "{intervention}"

/* A text by which an answer is known, folded by npt__fold_name(): both as the instrument has them, with
   {intervention} unfilled; npt__label_folded() fills it. */
struct npt__answer_label {
    const char *label, *folded;
    int value; /* of a scale: least..most; of not-relevant answers: the index of the kind */
};

struct npt__scale {
    const char *id;
    int least, most;
    bool declared; /* numbers mean nothing until the study says which end is agreement */
    const struct npt__answer_label *labels; /* every label and other name, points in order */
    size_t label_count;
    const char *const
        *points; /* the label shown for least, least + 1 ... most; NULL where it has none */
};

/* A kind of answer that is no answer: "not relevant to my role". */
struct npt__not_relevant {
    const char *id, *label; /* "role" */
};

struct npt__item {
    const char *id;        /* "nomad.4": the same in every instrument that holds this item */
    const char *number;    /* as printed in this questionnaire: "4" */
    const char *code;      /* its place in the construct's block: "C1.1"; "" */
    const char *wording;   /* with {intervention} where the name goes */
    const char *component; /* "" */
    uint32_t construct;    /* NPT__NONE: a general item */
    uint32_t scale;
    bool reversed; /* agreement is unfavourable: turned round in scores */
};

struct npt__measured_construct {
    const char *id, *name; /* "coherence", "Coherence" */
};

struct npt_instrument {
    npt__arena *arena;
    const char *id, *title;
    const char *summary, *source, *terms; /* "" where the file has none */
    const char *scoring;                  /* where the rule of scores comes from; "" */
    const char *path;                     /* of the file; NULL: shipped */
    const char *total; /* what the mean over all constructs' items is called; NULL: there is none */
    double min_answered; /* the share of a construct's items that must be answered for a score */
    const struct npt__scale *scales;
    size_t scale_count;
    const struct npt__not_relevant *not_relevant;
    size_t not_relevant_count;
    const struct npt__answer_label *not_relevant_labels; /* labels and other names of all kinds */
    size_t not_relevant_label_count;
    const struct npt__measured_construct *constructs;
    size_t construct_count;
    const struct npt__item *items; /* in the order of the questionnaire */
    size_t item_count;
    const char *xml; /* the file itself */
    size_t xml_length;
};

/* An item by id, without regard to case; NPT__NONE. */
uint32_t npt__instrument_find(const npt_instrument *instrument, const char *id);
/* The id nearest to one that was not found; NULL. */
const char *npt__instrument_nearest(const npt_instrument *instrument, const char *id);

/* `text` with the name for {intervention}, capitalised where it begins a sentence. A name that is NULL or
   "" is "the intervention". */
const char *npt__fill_intervention(npt__arena *arena, const char *text, const char *intervention);
/* The wording with the intervention's name in it ("the intervention" where that is ""). */
const char *npt__item_wording(npt__arena *arena, const struct npt__item *item,
                              const char *intervention);
/* The label as an answer folded by npt__fold_name() would have it in a study of this intervention. */
const char *npt__label_folded(npt__arena *arena, const struct npt__answer_label *label,
                              const char *intervention);

#endif
