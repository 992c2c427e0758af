/* docx_columns.c - fitting a panel to a page.
 *
 * Widths are guessed from numbers of characters: what a letter takes on average in Arial, with something to spare.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "docx_columns.h"

#include "docx.h"
#include "wrap.h"

#include <string.h>

#define USUAL_SIZE 18u /* half points */
#define SMALL_SIZE 16u
#define MARGINS 190u    /* of a cell, left and right together, in twentieths of a point */
#define LONGEST_WORD 26 /* characters; longer ones are broken */
#define LONGEST_LINE 60 /* from here on a text is wrapped */
#define SHORT_TEXT 16   /* up to here a text is better left whole */
#define MANY_COLUMNS 8  /* in more, the type is smaller */
#define MOST_COLUMNS 60 /* Word takes 63 */
#define MOST_LABELS 20

/* Of one column, in characters. */
struct need {
    size_t word, line;
};

struct fitting {
    const struct need *needs; /* of all columns */
    size_t labels;
    npt__arena *arena;
    unsigned size, available;
};

/* ---- what columns need ----------------------------------------------------------------------- */

static void need_text(struct need *need, const char *text, npt__buffer *scratch)
{
    npt__buffer_clear(scratch);
    npt__one_line(scratch, text);
    const char *at = npt__buffer_string(scratch);
    size_t line = npt__line_width(at, scratch->length);
    while (*at) {
        const size_t length = strcspn(at, " ");
        size_t word = length > 4 * LONGEST_WORD ? LONGEST_WORD : npt__line_width(at, length);
        word = word < LONGEST_WORD ? word : LONGEST_WORD;
        need->word = need->word > word ? need->word : word;
        at += length + strspn(at + length, " ");
    }
    line = line < LONGEST_LINE ? line : LONGEST_LINE;
    need->line = need->line > line ? need->line : line;
}

/* Headings are bold, and take a tenth more. */
static struct need *find_needs(const struct npt__panel *panel, npt__arena *arena)
{
    struct need *needs = npt__arena_array(arena, panel->column_count + 1, sizeof *needs);
    npt__buffer scratch = {0};
    for (size_t i = 0; i < panel->column_count; i++) {
        struct need *need = &needs[i];
        need_text(need, panel->columns[i].heading, &scratch);
        need->word += (need->word + 9) / 10;
        need->line += (need->line + 9) / 10;
        for (size_t j = 0; j < panel->row_count; j++)
            need_text(need, panel->rows[j].texts[i], &scratch);
        need->word = need->word < 3 ? 3 : need->word;
        need->line = need->line < need->word ? need->word : need->line;
    }
    npt__buffer_release(&scratch);
    return needs;
}

static unsigned width_of(const struct fitting *fitting, size_t characters)
{
    return (unsigned)characters * fitting->size * 56 / 10 + MARGINS;
}

/* ---- pieces ---------------------------------------------------------------------------------- */

static const struct need *need_at(const struct fitting *fitting,
                                  const struct npt__docx_piece *piece, size_t index)
{
    return &fitting
                ->needs[index < fitting->labels ? index : piece->first + index - fitting->labels];
}

/* What a column gets at least: its words, and short texts whole. */
static unsigned least(const struct fitting *fitting, const struct need *need, size_t shortest)
{
    const size_t whole = need->line < shortest ? need->line : shortest;
    return width_of(fitting, need->word > whole ? need->word : whole);
}

static uint64_t sum(const struct fitting *fitting, const struct npt__docx_piece *piece,
                    size_t shortest)
{
    uint64_t widths = 0;
    for (size_t i = 0; i < fitting->labels + piece->end - piece->first; i++)
        widths += least(fitting, need_at(fitting, piece, i), shortest);
    return widths;
}

/* Gives each column its least, and shares out the rest by what whole lines would take. Where even the words are too
   wide they are squeezed: then they are broken. */
static void set_widths(const struct fitting *fitting, struct npt__docx_piece *piece)
{
    const size_t count = fitting->labels + piece->end - piece->first;
    const uint64_t available = fitting->available;
    unsigned *widths = npt__arena_array(fitting->arena, count + 1, sizeof *widths);
    size_t shortest = LONGEST_LINE;
    while (shortest && sum(fitting, piece, shortest) > available)
        shortest -= shortest > SHORT_TEXT ? LONGEST_LINE - SHORT_TEXT : shortest;
    const uint64_t taken = sum(fitting, piece, shortest), lines = sum(fitting, piece, LONGEST_LINE);
    for (size_t i = 0; i < count; i++) {
        const struct need *need = need_at(fitting, piece, i);
        const uint64_t low = least(fitting, need, shortest),
                       high = least(fitting, need, LONGEST_LINE);
        if (taken > available)
            widths[i] = (unsigned)(low * available / taken);
        else if (lines > available)
            widths[i] = (unsigned)(low + (available - taken) * (high - low) / (lines - taken));
        else
            widths[i] = (unsigned)high;
    }
    piece->widths = widths;
}

static bool fits(const struct fitting *fitting, size_t columns)
{
    uint64_t words = 0;
    for (size_t i = 0; i < columns; i++)
        words += width_of(fitting, fitting->needs[i].word);
    return columns <= MOST_COLUMNS && words <= fitting->available;
}

/* As many columns as the page holds, one at least. */
static size_t find_end(const struct fitting *fitting, size_t first, size_t columns)
{
    uint64_t words = 0;
    for (size_t i = 0; i < fitting->labels; i++)
        words += width_of(fitting, fitting->needs[i].word);
    size_t end = first;
    while (end < columns && fitting->labels + end - first < MOST_COLUMNS) {
        words += width_of(fitting, fitting->needs[end].word);
        if (words > fitting->available && end > first)
            break;
        end++;
    }
    return end;
}

static void cut(const struct fitting *fitting, struct npt__docx_plan *plan, size_t columns)
{
    size_t first = plan->labels;
    do {
        struct npt__docx_piece *piece = &plan->pieces[plan->piece_count++];
        *piece = (struct npt__docx_piece){.first = first, .end = find_end(fitting, first, columns)};
        set_widths(fitting, piece);
        first = piece->end;
    } while (first < columns);
}

struct npt__docx_plan npt__docx_plan_columns(const struct npt__panel *panel, npt__arena *arena)
{
    static const struct {
        unsigned size, available;
    } pages[] = {
        {USUAL_SIZE, NPT__TEXT_WIDTH},
        {SMALL_SIZE, NPT__TEXT_WIDTH},
        {USUAL_SIZE, NPT__TEXT_WIDTH_ACROSS},
        {SMALL_SIZE, NPT__TEXT_WIDTH_ACROSS},
    };
    const size_t columns = panel->column_count, last = sizeof pages / sizeof *pages - 1;
    struct npt__docx_plan plan = {0};
    while (plan.labels < columns && plan.labels < MOST_LABELS && panel->columns[plan.labels].label)
        plan.labels++;
    struct fitting fitting = {
        .needs = find_needs(panel, arena), .labels = plan.labels, .arena = arena};
    for (size_t i = columns > MANY_COLUMNS; i <= last; i++) {
        fitting.size = pages[i].size;
        fitting.available = pages[i].available;
        if (fits(&fitting, columns))
            break;
    }
    plan.size = fitting.size == USUAL_SIZE ? 0 : fitting.size;
    plan.across = fitting.available == NPT__TEXT_WIDTH_ACROSS;
    plan.pieces = npt__arena_array(arena, columns + 1, sizeof *plan.pieces);
    cut(&fitting, &plan, columns);
    return plan;
}
