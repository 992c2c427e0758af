/* survey.h - what respondents answered: one row a response, from all survey files of a study.
 *
 * Answers are kept by item, one byte each, as the respondent gave them, on the scale of the item with the
 * strongest agreement highest: a file whose numbers run the other way was turned when it was read. Items
 * that are worded the other way (`reversed`) are kept as answered; scores turn them.
 *
 * Two instruments that hold one item (by id) share it, and constructs of one name are one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SURVEY_H
#define NPT__SURVEY_H

#include "../base/arena.h"
#include "../base/diags.h"
#include "../base/intern.h"
#include "guess.h"
#include "instrument.h"

/* An answer below NPT__NOT_RELEVANT is a value of the item's scale. */
#define NPT__NOT_RELEVANT 201u /* and up: so many kinds of "not relevant" as the study has */
#define NPT__MOST_KINDS 20u
#define NPT__NOT_ASKED 253u     /* the file has no column for the item */
#define NPT__CODED_MISSING 254u /* a value that the study or the file declares to be missing */
#define NPT__BLANK 255u

struct npt__study_item {
    const struct npt__item *item;
    const struct npt__scale *scale;
    uint32_t construct; /* of the study; NPT__NONE: a general item */
    uint8_t *answers;   /* one for each response */
};

struct npt__study_construct {
    const char *name;    /* "Coherence"; of a total: "All 20 items" */
    bool total;          /* over the items of several constructs */
    double min_answered; /* the instrument's rule */
    NPT__ARRAY(uint32_t) items;
};

/* A column by which responses are compared: site, wave, role ... */
struct npt__response_attribute {
    const char *name;   /* as in the first file that has it: "Organisation" */
    const char *folded; /* npt__fold_name() */
    const char *key;    /* what the study calls it: "site"; NULL */
    npt__intern
        values; /* as the files write them, or as the study recodes them; of the wave: in order */
    uint32_t *of_response; /* NPT__NONE: no value */
    bool too_many;         /* more different values than a comparison can use: none is kept */
};

/* What became of one column of a file. */
enum npt__column_role { NPT__IS_UNUSED, NPT__IS_ITEM, NPT__IS_ID, NPT__IS_ATTRIBUTE };
struct npt__survey_column {
    const char *name, *wording;
    enum npt__column_role role;
    uint32_t index; /* of the item or the attribute */
    bool guessed;
    struct npt__column_guess guess; /* where it was guessed; its item is one of the instrument */
};

/* One file of responses. */
struct npt__survey {
    const char *path, *label;
    const npt_instrument *instrument;
    const char *wave, *site; /* declared for the whole file; NULL */
    const char *sheet;       /* of a workbook; NULL */
    int agreement;           /* the number of the strongest agreement; -1: only words were read */
    uint32_t first_response, response_count;
    size_t empty_rows, hidden_rows;
    size_t unanswered; /* responses without a single answer, "not relevant" included */
    NPT__ARRAY(struct npt__survey_column) columns;
    const char *named;  /* what was put into practice, as the file's questions name it; NULL */
    const char *unread; /* items that are not absent by declaration and have no column; NULL */
    NPT__ARRAY(const char *) doubts;  /* on which column is which item, for `check` */
    NPT__ARRAY(const char *) remarks; /* on what is declared, for `check` */
};

/* So many people were asked to answer; NULL: not told apart by site or by wave. */
struct npt__invited {
    const char *site, *wave;
    uint32_t count;
};

struct npt__responses {
    bool is_draft; /* read to write a study.xml: every column is an attribute, none an item */
    uint32_t count, room; /* room: of every array with one entry for each response */
    NPT__ARRAY(npt_instrument *) instruments;
    NPT__ARRAY(struct npt__study_item) items;
    NPT__ARRAY(struct npt__study_construct) constructs; /* totals last */
    NPT__ARRAY(struct npt__not_relevant) kinds;         /* of all instruments, by id */
    NPT__ARRAY(struct npt__response_attribute) attributes;
    NPT__ARRAY(struct npt__survey) surveys;
    NPT__ARRAY(struct npt__invited) invited;
    npt__intern respondents;       /* ids, in the order of their first response */
    bool waves_guessed;            /* nothing says the order of the waves, see waves.h */
    struct npt__place waves_place; /* where study.xml can say it: the column that is the wave */
    uint32_t *respondent;          /* of each response; NPT__NONE */
    uint32_t *line; /* where each response stands: the file's line or the sheet's row */
};

void npt__responses_release(struct npt__responses *responses);

/* The attribute a user names: its key, or its name, exactly first and then without regard to case;
   NPT__NONE. */
uint32_t npt__responses_find(const struct npt__responses *responses, const char *name);
/* The attribute with this key; NPT__NONE. */
uint32_t npt__responses_key(const struct npt__responses *responses, const char *key);
/* What tables call an attribute: its key, or its name. */
const char *npt__response_attribute_key(const struct npt__responses *responses, uint32_t attribute);
/* The value of a response; NULL. */
const char *npt__response_value(const struct npt__responses *responses, uint32_t attribute,
                                uint32_t response);
/* The file that holds a response. */
const struct npt__survey *npt__response_survey(const struct npt__responses *responses,
                                               uint32_t response);

/* Whether an answer is a value of the scale. */
static inline bool npt__is_value(uint8_t answer)
{
    return answer < NPT__NOT_RELEVANT;
}

/* Whether the respondent said that the item is not relevant, whatever the kind. */
static inline bool npt__is_not_relevant(uint8_t answer)
{
    return answer >= NPT__NOT_RELEVANT && answer < NPT__NOT_RELEVANT + NPT__MOST_KINDS;
}

/* Whether the respondent was asked and gave no answer. */
static inline bool npt__is_missing(uint8_t answer)
{
    return answer >= NPT__CODED_MISSING;
}

#endif
