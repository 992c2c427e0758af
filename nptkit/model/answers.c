/* answers.c - from what stands in a cell to an answer.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "answers.h"

#include <string.h>

#define LONGEST_ANSWER ((size_t)1000) /* bytes; no label is nearly so long */

static uint8_t find_word(const struct npt__answer_word *words, size_t count, const char *folded)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i].folded, folded) == 0)
            return words[i].answer;
    return NPT__NO_ANSWER;
}

/* The answer that a number of the file stands for. */
static uint8_t scale_number(const struct npt__answer_reader *reader, int number)
{
    const struct npt__scale *scale = reader->scale;
    if (number < scale->least || number > scale->most)
        return NPT__NO_ANSWER;
    if (scale->declared && reader->agreement < 0)
        return NPT__NO_DIRECTION;
    const bool downwards = scale->declared && reader->agreement == scale->least;
    const int value = downwards ? scale->least + scale->most - number : number;
    return (uint8_t)value;
}

/* Answers to an item that the file holds turned round are turned back. */
static uint8_t turned(const struct npt__answer_reader *reader, uint8_t answer)
{
    if (!reader->already_reversed || !npt__is_value(answer))
        return answer;
    return (uint8_t)(reader->scale->least + reader->scale->most - answer);
}

/* Reads "4", "04", "4.0" or "4.00" whole; -1 where it is no such number. */
static int whole_number(const char *text, size_t length)
{
    size_t at = 0;
    int number = 0;
    for (; at < length && at < 6 && text[at] >= '0' && text[at] <= '9'; at++)
        number = number * 10 + (text[at] - '0');
    if (!at)
        return -1;
    if (at < length && (text[at] == '.' || text[at] == ',')) {
        const size_t point = at++;
        while (at < length && text[at] == '0')
            at++;
        if (at == point + 1)
            return -1;
    }
    return at == length ? number : -1;
}

static uint8_t read_label(const struct npt__answer_reader *reader, const char *folded)
{
    return find_word(reader->words, reader->word_count, folded);
}

static bool is_joint(char byte)
{
    return strchr(" -.:)=(,[]\t", byte) != NULL;
}

/* Reads "4 - Agree" and its kin: the label tells, the number must not contradict it. */
static uint8_t number_and_label(const struct npt__answer_reader *reader, const char *folded,
                                npt__arena *scratch)
{
    const char *start = folded, *end = folded + strlen(folded), *digits, *label;
    size_t count, length;
    start += strspn(start, "([");
    count = strspn(start, "0123456789");
    if (count) { /* before the label */
        digits = start;
        label = start + count;
        while (*label && (is_joint(*label) || strncmp(label, "\xE2\x80\x93", 3) == 0 ||
                          strncmp(label, "\xE2\x80\x94", 3) == 0))
            label += is_joint(*label) ? 1 : 3;
        if (label == start + count || label == end)
            return NPT__NO_ANSWER;
        length = (size_t)(end - label);
    } else { /* behind it: "agree (4)" */
        const char *last = end;
        while (last > start && is_joint(last[-1]))
            last--;
        digits = last;
        while (digits > start && digits[-1] >= '0' && digits[-1] <= '9')
            digits--;
        count = (size_t)(last - digits);
        label = start;
        length = (size_t)(digits - start);
        while (length && is_joint(label[length - 1]))
            length--;
        if (!count || !length || length == (size_t)(digits - start))
            return NPT__NO_ANSWER;
    }
    const uint8_t told = read_label(reader, npt__arena_copy(scratch, label, length));
    const int number = whole_number(digits, count);
    if (!npt__is_value(told))
        return told;
    const uint8_t counted = scale_number(reader, number);
    if (counted == NPT__NO_DIRECTION) /* the label says it; but the number must be of this scale */
        return told == (uint8_t)number ||
                       told == reader->scale->least + reader->scale->most - number
                   ? told
                   : NPT__CONTRADICTION;
    return counted == told ? told : NPT__CONTRADICTION;
}

static uint8_t read_text(const struct npt__answer_reader *reader, const char *text, size_t length)
{
    const char *start = text;
    length = npt__trim(&start, length);
    if (!length)
        return NPT__BLANK;
    if (length > LONGEST_ANSWER)
        return NPT__NO_ANSWER;
    npt__arena *scratch = npt__arena_new();
    const char *folded = npt__fold_name(scratch, npt__arena_copy(scratch, start, length));
    uint8_t answer = find_word(reader->recoded, reader->recoded_count, folded);
    if (answer == NPT__NO_ANSWER)
        answer = find_word(reader->labelled, reader->labelled_count, folded);
    const int number = whole_number(folded, strlen(folded));
    if (answer == NPT__NO_ANSWER && number >= 0 && !reader->labels_only)
        answer = scale_number(reader, number);
    if (answer == NPT__NO_ANSWER)
        answer = find_word(reader->declared, reader->declared_count, folded);
    if (answer == NPT__NO_ANSWER)
        answer = read_label(reader, folded);
    if (answer == NPT__NO_ANSWER)
        answer = number_and_label(reader, folded, scratch);
    npt__arena_free(scratch);
    return turned(reader, answer);
}

void npt__answer_reader_name(struct npt__answer_reader *reader, npt__arena *arena,
                             const npt_instrument *instrument, const uint32_t *kinds,
                             const char *intervention)
{
    const struct npt__scale *scale = reader->scale;
    const size_t count = scale->label_count + instrument->not_relevant_label_count;
    struct npt__answer_word *words = npt__arena_array(arena, count, sizeof *words);
    for (size_t i = 0; i < scale->label_count; i++)
        words[i] =
            (struct npt__answer_word){npt__label_folded(arena, &scale->labels[i], intervention),
                                      (uint8_t)scale->labels[i].value};
    for (size_t i = 0; i < instrument->not_relevant_label_count; i++) {
        const struct npt__answer_label *label = &instrument->not_relevant_labels[i];
        words[scale->label_count + i] =
            (struct npt__answer_word){npt__label_folded(arena, label, intervention),
                                      (uint8_t)(NPT__NOT_RELEVANT + kinds[label->value])};
    }
    reader->words = words;
    reader->word_count = count;
}

void npt__answer_reader_prepare(struct npt__answer_reader *reader)
{
    for (unsigned i = 0; i < 100; i++) {
        const char digits[] = {(char)('0' + i / 10), (char)('0' + i % 10)};
        const size_t skipped = i < 10;
        reader->by_number[i] = read_text(reader, digits + skipped, 2 - skipped);
    }
}

bool npt__answer_is_number(const struct npt__answer_reader *reader, const char *text)
{
    const int number = whole_number(text, strlen(text));
    return number >= reader->scale->least && number <= reader->scale->most;
}

uint8_t npt__answer_read(const struct npt__answer_reader *reader, const char *text, size_t length)
{
    if (length == 1 && text[0] >= '0' && text[0] <= '9')
        return reader->by_number[text[0] - '0'];
    if (length == 2 && text[0] >= '1' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9')
        return reader->by_number[(text[0] - '0') * 10 + (text[1] - '0')];
    return length ? read_text(reader, text, length) : NPT__BLANK;
}
