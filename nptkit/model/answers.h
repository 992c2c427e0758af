/* answers.h - from what stands in a cell to an answer: numbers, labels, both, or no answer.
 *
 * One `npt__answer_reader` for each column of an item. What a cell may hold, in this order:
 *   nothing; a value that the study recodes; in a data file, a number that the file labels or calls missing;
 *   a number of the scale; a value that the study declares to be missing or not relevant; a label of the scale
 *   or of a kind of not-relevant answer, in any case; number and label together ("4 - Agree", "4. Agree",
 *   "Agree (4)").
 *
 * So 6 can be declared "not relevant" for a file and stay an answer to an item that runs from 0 to 10.
 * Anything else is no answer, and a fault of the file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__ANSWERS_H
#define NPT__ANSWERS_H

#include "survey.h"

/* Not an answer; never stored. */
#define NPT__NO_ANSWER 252u
/* A number of a scale whose direction was not declared; never stored. */
#define NPT__NO_DIRECTION 251u
/* A number and a label that contradict each other, or the declared direction; never stored. */
#define NPT__CONTRADICTION 250u

/* A text and the answer it stands for. */
struct npt__answer_word {
    const char *folded;
    uint8_t answer;
};

struct npt__answer_reader {
    const struct npt__scale *scale;
    int agreement; /* the number of the strongest agreement: least or most; -1: not declared */
    bool already_reversed; /* the file holds the item turned round: turned back */
    const struct npt__answer_word
        *declared; /* what the study and the file declare, before all else */
    size_t declared_count;
    const struct npt__answer_word *recoded; /* values for which the study says what they mean */
    size_t recoded_count;
    bool labels_only; /* the file's labels show that its numbers are not those of the scale */
    const struct npt__answer_word *labelled; /* numbers that the file labels */
    size_t labelled_count;
    const struct npt__answer_word *words; /* labels of the scale and of not-relevant answers */
    size_t word_count;
    uint8_t by_number[100]; /* the answer for "0" to "99" */
};

/* Fills words: the labels of the reader's scale, and those of all kinds of not-relevant answers of the
   instrument. `kinds` gives the study's kind for each of the instrument's. */
void npt__answer_reader_name(struct npt__answer_reader *reader, npt__arena *arena,
                             const npt_instrument *instrument, const uint32_t *kinds,
                             const char *intervention);
/* Fills by_number; the other members are given. */
void npt__answer_reader_prepare(struct npt__answer_reader *reader);
/* Whether a text is a number of the reader's scale, so that no declaration reaches it. */
bool npt__answer_is_number(const struct npt__answer_reader *reader, const char *text);
/* Reads one cell, given without its length limit: at most 64 KiB are looked at. */
uint8_t npt__answer_read(const struct npt__answer_reader *reader, const char *text, size_t length);

#endif
