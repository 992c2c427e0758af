/* sentences.c - the analyses that can be told and the rules for it, and what those rules share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sentences.h"

#include "../tables/cell.h"
#include "wording.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *analysis;
    void (*tell)(struct npt__telling *telling);
    bool all_tables; /* else the main one alone */
    const char *rule;
} tellers[] = {
    {"responses", npt__tell_responses, false,
     "Responses: the last wave, all sites together; then the sites with the lowest and the highest rate that are "
     "shown. Of one site: its own, or that nobody of it answered."},
    {"score", npt__tell_score, false,
     "Scores: the highest and the lowest mean over all sites, and over all sites and constructs, among those on the "
     "scale of the first construct. Those that read alike are told together. That one mean is the highest does not say "
     "that it is clearly higher than the next."},
    {"compare", npt__tell_compare, true,
     "Comparison: sites differ where the adjusted p of the test of all sites is below 0.05. A site is clearly higher or "
     "lower than another where the whole simultaneous 95% interval of the difference lies on one side of 0, and not "
     "clearly different where it holds 0. With more than six pairs of sites only their number is told."},
    {"trend", npt__tell_trend, false,
     "Change: from the last but one to the last of the waves that were compared and, where they are three or more, "
     "from the first to the last. A change is clear where its whole 95% interval lies on one side "
     "of 0: among the people who answered both times where they are enough, else between all who answered."},
    {"tally", npt__tell_tally, false,
     "Interviews: the constructs that most and fewest cases speak of, all sites together, several where as many do; then the construct whose "
     "shares of cases lie furthest apart between two sites. This is not tested."},
    {"joint", npt__tell_joint, false,
     "Side by side: for which constructs survey and interviews agree, partly agree or disagree, by the rule that stands "
     "in the notes to the table; all sites together, then site by site."},
    {"reliability", npt__tell_reliability, false,
     "Reliability: alpha of 0.70 or more is called acceptable, as is usual for scales that compare groups (Nunnally "
     "1978)."},
};
#define TELLER_COUNT (sizeof tellers / sizeof *tellers)

const char *const npt__sayable[] = {"responses", "score", "compare",     "trend",
                                    "tally",     "joint", "reliability", NULL};

static size_t find(const char *analysis)
{
    size_t i = 0;
    while (i < TELLER_COUNT && strcmp(tellers[i].analysis, analysis) != 0)
        i++;
    return i;
}

bool npt__can_say(const char *analysis)
{
    return find(analysis) < TELLER_COUNT;
}

bool npt__tells_all(const char *analysis)
{
    const size_t index = find(analysis);
    return index < TELLER_COUNT && tellers[index].all_tables;
}

const char *npt__sentence_rule(const char *analysis)
{
    const size_t index = find(analysis);
    return index < TELLER_COUNT ? tellers[index].rule : NULL;
}

void npt__tell(struct npt__telling *telling, const char *analysis)
{
    const size_t index = find(analysis);
    telling->short_count = 1;
    if (index < TELLER_COUNT && telling->count && telling->tables[0])
        tellers[index].tell(telling);
    npt__buffer_release(&telling->line);
}

/* ---- words ----------------------------------------------------------------------------------- */

void npt__name(struct npt__names *names, const char *name)
{
    if (names->count < NPT__MOST_NAMED)
        names->items[names->count] = name;
    names->count++;
}

void npt__put_names(struct npt__telling *telling, const struct npt__names *names)
{
    const size_t shown = names->count < NPT__MOST_NAMED ? names->count : NPT__MOST_NAMED;
    for (size_t i = 0; i < shown; i++)
        npt__put_text(telling, "%s%s",
                      i == 0                 ? ""
                      : i + 1 < names->count ? ", "
                                             : " and ",
                      names->items[i]);
    if (shown < names->count)
        npt__put_text(telling, " and %zu more", names->count - shown);
}

#define FEW_NAMES 3u

void npt__put_few_names(struct npt__telling *telling, const struct npt__names *names)
{
    if (names->count <= FEW_NAMES)
        npt__put_names(telling, names);
    else
        npt__put_text(telling, "%s, %s and %zu more", names->items[0], names->items[1],
                      names->count - 2);
}

void npt__put_names_of(struct npt__telling *telling, const struct npt__names *names, size_t all,
                       const char *what)
{
    if (names->count == all && all > 1)
        npt__put_text(telling, "all %zu %s", all, what);
    else
        npt__put_names(telling, names);
}

void npt__put_text(struct npt__telling *telling, const char *format, ...)
{
    va_list arguments, copy;
    va_start(arguments, format);
    va_copy(copy, arguments);
    const int length = vsnprintf(NULL, 0, format, copy);
    va_end(copy);
    char *text = npt__allocate((size_t)(length < 0 ? 0 : length) + 1);
    vsnprintf(text, (size_t)(length < 0 ? 0 : length) + 1, format, arguments);
    va_end(arguments);
    npt__buffer_puts(&telling->line, text);
    npt__release(text);
}

void npt__put_cell(struct npt__telling *telling, const npt_table *table, size_t row, size_t column)
{
    npt__cell_show(&telling->line, npt__told_cell(table, row, column),
                   npt_table_column(table, column)->unit);
}

void npt__put_number(struct npt__telling *telling, double number, enum npt_unit unit)
{
    const struct npt_cell cell = {.kind = NPT_CELL_NUMBER, .number = number};
    npt__cell_show(&telling->line, &cell, unit);
}

void npt__end_sentence(struct npt__telling *telling)
{
    if (telling->line.length && telling->sentence_count < NPT__MOST_SENTENCES)
        telling->sentences[telling->sentence_count++] =
            npt__arena_string(telling->arena, npt__buffer_string(&telling->line));
    npt__buffer_clear(&telling->line);
}

/* ---- tables ---------------------------------------------------------------------------------- */

size_t npt__told_table(const struct npt__telling *telling, const char *name)
{
    for (size_t i = 0; i < telling->count; i++)
        if (telling->tables[i] && strcmp(npt_table_name(telling->tables[i]), name) == 0)
            return i;
    return SIZE_MAX;
}

size_t npt__told_column(const npt_table *table, const char *key)
{
    return npt_table_find_column(table, key);
}

size_t npt__told_group(const npt_table *table)
{
    static const char *const others[] = {"construct", "item", "wave", "from", "to", "other"};
    for (size_t i = 0; i < npt_table_column_count(table); i++) {
        bool other = !npt_table_column(table, i)->dimension;
        for (size_t j = 0; j < sizeof others / sizeof *others; j++)
            other |= strcmp(npt_table_column(table, i)->key, others[j]) == 0;
        if (!other)
            return i;
    }
    return SIZE_MAX;
}

const char *npt__group_word(const npt_table *table, size_t group)
{
    const char *label = npt_table_column(table, group)->label;
    return strcmp(label, "Site") == 0 ? "site" : label;
}

const struct npt_cell *npt__told_cell(const npt_table *table, size_t row, size_t column)
{
    return &npt_table_row(table, row)[column];
}

bool npt__is_number(const struct npt_cell *cell)
{
    return cell->kind == NPT_CELL_COUNT || cell->kind == NPT_CELL_NUMBER;
}

bool npt__is_text(const struct npt_cell *cell, const char *text)
{
    return cell->kind == NPT_CELL_TEXT && strcmp(cell->text, text) == 0;
}

bool npt__is_hidden(const struct npt_cell *cell)
{
    return cell->kind == NPT_CELL_WITHHELD;
}

bool npt__reads_alike(const npt_table *table, size_t row, size_t other, size_t column)
{
    npt__buffer one = {0}, two = {0};
    const enum npt_unit unit = npt_table_column(table, column)->unit;
    npt__cell_show(&one, npt__told_cell(table, row, column), unit);
    npt__cell_show(&two, npt__told_cell(table, other, column), unit);
    const bool alike = strcmp(npt__buffer_string(&one), npt__buffer_string(&two)) == 0;
    npt__buffer_release(&one);
    npt__buffer_release(&two);
    return alike;
}

double npt__number_of(const struct npt_cell *cell)
{
    return cell->kind == NPT_CELL_COUNT ? (double)cell->count : cell->number;
}

const char *npt__text_of(const struct npt_cell *cell)
{
    return cell->kind == NPT_CELL_TEXT ? cell->text : cell->kind == NPT_CELL_TOTAL ? "Total" : "";
}

bool npt__is_all(const struct npt__telling *telling, const struct npt_cell *cell)
{
    return cell->kind == NPT_CELL_TOTAL || (telling->own && npt__is_text(cell, telling->own));
}

bool npt__is_total_but(const struct npt__telling *telling, const npt_table *table, size_t row,
                       size_t one, size_t two)
{
    for (size_t i = 0; i < npt_table_column_count(table); i++)
        if (npt_table_column(table, i)->dimension && i != one && i != two &&
            !npt__is_all(telling, npt__told_cell(table, row, i)))
            return false;
    return true;
}

static const struct npt__row_scale *scale_of(const struct npt__telling *telling, size_t table,
                                             size_t row)
{
    const struct npt__population *declared = telling->declared ? telling->declared[table] : NULL;
    const size_t of = telling->rows && telling->rows[table] ? telling->rows[table][row] : row;
    size_t low = 0,
           high = declared ? declared->scales.count : 0; /* they are in the order of rows */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (declared->scales.items[middle].row == of)
            return &declared->scales.items[middle];
        if (declared->scales.items[middle].row < of)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool npt__on_first_scale(const struct npt__telling *telling, size_t table, size_t row)
{
    double least, most;
    const struct npt__row_scale *scale = scale_of(telling, table, row);
    if (!npt__first_scale(telling, table, &least, &most))
        return true;
    return scale && !(scale->least < least || scale->least > least || scale->most < most ||
                      scale->most > most);
}

bool npt__first_scale(const struct npt__telling *telling, size_t table, double *least, double *most)
{
    const struct npt__population *declared = telling->declared ? telling->declared[table] : NULL;
    if (!declared || !declared->scales.count)
        return false;
    *least = declared->scales.items[0].least;
    *most = declared->scales.items[0].most;
    return true;
}

bool npt__row_scale(const struct npt__telling *telling, size_t table, size_t row, double *least,
                    double *most)
{
    const struct npt__row_scale *scale = scale_of(telling, table, row);
    if (!scale)
        return false;
    *least = scale->least;
    *most = scale->most;
    return true;
}
