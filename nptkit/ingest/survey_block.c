/* survey_block.c - rows of responses, read beside other blocks and taken into the study later.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_block.h"

#include <string.h>

#define LONGEST_VALUE ((size_t)1000) /* bytes */
#define MOST_FAULTS 100u             /* of a block that are kept to be shown */
/* No power of two, nor do its doubles become one: lanes at the same place of a page would fight for the cache. */
#define FIRST_ROOM 4000u
#define LONGEST_SHOWN 60u /* characters of a cell in a message */

/* Lanes of `room` elements become lanes of `wider`. */
static void *widen(void *old, size_t lanes, uint32_t count, uint32_t room, uint32_t wider,
                   size_t size)
{
    char *grown = npt__allocate(lanes * wider * size);
    for (size_t i = 0; i < lanes && count; i++)
        memcpy(grown + i * wider * size, (const char *)old + i * room * size, count * size);
    npt__release(old);
    return grown;
}

static void make_room(struct npt__survey_block *block)
{
    const uint32_t count = block->count, room = block->room, wider = room ? 2 * room : FIRST_ROOM;
    const struct npt__survey_plan *plan = block->plan;
    block->answers = widen(block->answers, plan->item_count, count, room, wider, 1);
    block->values =
        widen(block->values, plan->attribute_count, count, room, wider, sizeof *block->values);
    block->lines = widen(block->lines, 1, count, room, wider, sizeof *block->lines);
    block->ids = widen(block->ids, 1, count, room, wider, sizeof *block->ids);
    block->room = wider;
}

struct npt__survey_block *npt__survey_block_new(const struct npt__survey_plan *plan)
{
    struct npt__survey_block *block = npt__allocate(sizeof *block);
    *block = (struct npt__survey_block){.arena = npt__arena_new(), .plan = plan};
    const size_t lanes = plan->attribute_count;
    block->too_long = npt__arena_array(block->arena, lanes, sizeof *block->too_long);
    block->texts = npt__arena_array(block->arena, lanes, sizeof *block->texts);
    block->last = npt__arena_array(block->arena, lanes, sizeof *block->last);
    block->short_values =
        npt__arena_array(block->arena, lanes * NPT__SHORT_VALUES, sizeof *block->short_values);
    for (size_t i = 0; i < lanes; i++)
        block->last[i] = NPT__NONE;
    block->cache =
        npt__arena_array(block->arena, block->plan->item_count * NPT__CACHED, sizeof *block->cache);
    return block;
}

void npt__survey_block_free(struct npt__survey_block *block)
{
    for (size_t i = 0; i < block->plan->attribute_count; i++)
        npt__intern_release(&block->texts[i]);
    npt__array_release(&block->id_texts);
    npt__array_release(&block->faults);
    npt__release(block->answers);
    npt__release(block->values);
    npt__release(block->lines);
    npt__release(block->ids);
    npt__arena_free(block->arena);
    npt__release(block);
}

static void keep_fault(struct npt__survey_block *block, const struct npt__row *row, size_t column,
                       uint8_t answer)
{
    if (answer == NPT__NO_DIRECTION) { /* once is enough: every number of the file has this fault */
        if (block->no_direction)
            return;
        block->no_direction = true;
    }
    if (block->fault_count++ >= MOST_FAULTS)
        return;
    const struct npt__field *field = &row->fields[column];
    const size_t length = npt__utf8_offset(field->text, field->length, LONGEST_SHOWN);
    *npt__array_add(&block->faults) = (struct npt__survey_fault){
        .spot = npt__row_spot(row, column),
        .column = column,
        .text = npt__arena_print(block->arena, "%.*s%s", (int)length, field->text,
                                 length < field->length ? "..." : ""),
        .answer = answer};
}

/* Most texts in a column are a handful of labels. */
static uint8_t read_word(struct npt__survey_block *block, const struct npt__planned_column *planned,
                         const struct npt__field *field)
{
    struct npt__cached_answer *cached = &block->cache[planned->lane * NPT__CACHED];
    for (size_t i = 0; i < NPT__CACHED; i++, cached++) {
        if (!cached->text) {
            const uint8_t answer = npt__answer_read(&planned->reader, field->text, field->length);
            *cached = (struct npt__cached_answer){
                npt__arena_copy(block->arena, field->text, field->length), field->length, answer};
            return answer;
        }
        if (cached->length == field->length &&
            memcmp(cached->text, field->text, field->length) == 0)
            return cached->answer;
    }
    return npt__answer_read(&planned->reader, field->text, field->length);
}

/* Reads the cell of an item that is no single digit. */
static uint8_t read_cell(struct npt__survey_block *block, const struct npt__row *row, size_t column)
{
    const struct npt__planned_column *planned = &block->plan->columns[column];
    if (column >= row->count || !row->fields[column].length)
        return NPT__BLANK;
    const struct npt__field *field = &row->fields[column];
    const uint8_t answer = field->length > 3
                               ? read_word(block, planned, field)
                               : npt__answer_read(&planned->reader, field->text, field->length);
    if (answer < NPT__CONTRADICTION || answer > NPT__NO_ANSWER)
        return answer;
    keep_fault(block, row, column, answer);
    return NPT__BLANK;
}

/* Reads the cells of items; false where none is answered. What the loop needs is held in variables of its own:
   through a pointer to bytes a compiler must expect everything to change. */
static bool take_answers(struct npt__survey_block *block, const struct npt__row *row, uint32_t at)
{
    const struct npt__survey_plan *plan = block->plan;
    const struct npt__field *const fields = row->fields;
    const uint32_t *const items = plan->items;
    const uint8_t(*const digits)[16] = (const uint8_t(*)[16])plan->digits;
    const size_t count = plan->item_count, width = row->count, room = block->room;
    uint8_t *lane = block->answers + at;
    bool answered = false;
    for (size_t i = 0; i < count; i++, lane += room) {
        const size_t column = items[i];
        uint8_t answer = NPT__NO_ANSWER;
        if (column < width && fields[column].length == 1) {
            const unsigned digit = (unsigned char)fields[column].text[0] - (unsigned)'0';
            if (digit < 10)
                answer = digits[i][digit];
        }
        if (answer >= NPT__CONTRADICTION && answer <= NPT__NO_ANSWER)
            answer = read_cell(block, row, column);
        answered |= !npt__is_missing(answer);
        *lane = answer;
    }
    return answered;
}

/* Numbers a text within the block. */
static uint32_t number_text(struct npt__survey_block *block, uint32_t lane,
                            const struct npt__field *field)
{
    return npt__intern_add(&block->texts[lane], block->arena, field->text, field->length,
                           npt__intern_hash(field->text, field->length));
}

static uint32_t read_value(struct npt__survey_block *block, uint32_t lane,
                           const struct npt__field *field)
{
    const size_t length = field->length;
    if (!length || (field->text[0] == ' ' && strspn(field->text, " ") == length))
        return NPT__NONE;
    if (length <= 8) {
        uint64_t word = 0; /* by shifts: what is stored byte by byte is slow to load as a whole */
        for (size_t i = 0; i < length; i++)
            word |= (uint64_t)(unsigned char)field->text[i] << (8 * i);
        struct npt__short_value *known =
            block->short_values + lane * NPT__SHORT_VALUES + (word * 0x9E3779B97F4A7C15u >> 56);
        if (known->word != word)
            *known = (struct npt__short_value){word, number_text(block, lane, field)};
        return known->number;
    }
    if (length >
        LONGEST_VALUE) { /* free text: nobody compares by it, and it may tell who wrote it */
        block->too_long[lane] = true;
        return NPT__NONE;
    }
    uint32_t *last = &block->last[lane];
    if (*last == NPT__NONE || strcmp(block->texts[lane].strings.items[*last], field->text) != 0)
        *last = number_text(block, lane, field);
    return *last;
}

/* Ids are numbered when the block is taken in: nearly every one is new, a set of this block's own would be
   work for nothing. Rows of one respondent often stand together. */
static uint32_t read_id(struct npt__survey_block *block, const struct npt__field *field)
{
    struct npt__survey_id *last =
        block->id_texts.count ? &block->id_texts.items[block->id_texts.count - 1] : NULL;
    if (!field->length)
        return NPT__NONE;
    if (!last || strcmp(last->text, field->text) != 0)
        *npt__array_add(&block->id_texts) =
            (struct npt__survey_id){npt__arena_copy(block->arena, field->text, field->length),
                                    field->length, npt__intern_hash(field->text, field->length)};
    return (uint32_t)block->id_texts.count - 1;
}

void npt__survey_block_take(void *state, const struct npt__row *row)
{
    static const struct npt__field empty = {.text = "", .length = 0};
    struct npt__survey_block *block = state;
    const struct npt__survey_plan *plan = block->plan;
    if (block->count == block->room)
        make_room(block);
    const uint32_t at = block->count++;
    block->lines[at] = row->line > UINT32_MAX ? UINT32_MAX : (uint32_t)row->line;
    block->ids[at] =
        plan->id_column < row->count ? read_id(block, &row->fields[plan->id_column]) : NPT__NONE;
    for (size_t i = 0; i < plan->attribute_count; i++) {
        const size_t column = plan->attributes[i];
        block->values[i * block->room + at] =
            read_value(block, (uint32_t)i, column < row->count ? &row->fields[column] : &empty);
    }
    block->unanswered += !take_answers(block, row, at);
}
