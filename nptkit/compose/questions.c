/* questions.c - questions to discuss, made by rules from what a report shows.
 *
 * The rules, in this order, at most MOST_QUESTIONS of them: constructs that are clearly lower, or clearly higher, than at
 * all other sites together; that clearly changed from the last wave but one to the last; on which survey and interviews
 * disagree; that fewer than half answered in the last wave. Where none of them applies, a question on the lowest score, of
 * those on the scale of the first. All read protected tables through the report's view of its site, and there the rows that
 * are on the site, or on all people of a report on all sites: not on one role among them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report.h"
#include "wording.h"

#include <string.h>

#define MOST_QUESTIONS 8u
#define MOST_NAMES 8u
#define FEW_ANSWERED 0.5

struct questions {
    struct npt_report *report;
    NPT__ARRAY(struct npt__document_item) items;
};

static void ask(struct questions *questions, const char *format, const char *construct,
                bool several)
{
    npt__buffer text = {0};
    if (questions->items.count < MOST_QUESTIONS) {
        for (const char *at = format; *at; at++)
            if (*at == '@')
                npt__buffer_puts(&text, construct);
            else if (*at == '%')
                npt__buffer_puts(&text, several ? "are" : "is");
            else
                npt__buffer_putc(&text, *at);
        *npt__array_add(&questions->items) = (struct npt__document_item){
            npt__arena_string(questions->report->arena, npt__buffer_string(&text)), 0};
    }
    npt__buffer_release(&text);
}

/* A table that a question is asked of. */
struct asked {
    const npt_table *table;             /* NULL: there is none */
    const size_t *kept;                 /* see struct npt__view */
    const struct npt__population *made; /* what it was before protection */
};

/* The report's own rows of a table by name, from whichever analysis gives it. */
static struct asked find(const struct questions *questions, const char *name)
{
    const struct npt__recipe_results *results = questions->report->results;
    for (size_t i = 0; i < results->recipe->analyses.count; i++)
        for (size_t j = 0; results->of[i] && j < results->of[i]->count; j++) {
            const npt_table *table = results->of[i]->made[j];
            if (!table || strcmp(npt_table_name(table), name) != 0)
                continue;
            const struct npt__view *view =
                npt__report_view(questions->report, results->of[i], j, NPT__OWN_ROWS);
            return (struct asked){view->table, view->kept,
                                  npt__table_counted(results->of[i]->raw[j])};
        }
    return (struct asked){NULL, NULL, NULL};
}

static const char *last_text(const npt_table *table, size_t column)
{
    const char *last = NULL;
    for (size_t i = 0; column != SIZE_MAX && i < npt_table_row_count(table); i++)
        if (npt__told_cell(table, i, column)->kind == NPT_CELL_TEXT)
            last = npt__told_cell(table, i, column)->text;
    return last;
}

/* Whether a dimension of a row is what questions are on: the site or all people, the last wave, the step to it, all
   other sites. */
static bool fits(const struct npt_report *report, const npt_table *table, size_t column,
                 const struct npt_cell *cell)
{
    const char *key = npt_table_column(table, column)->key;
    if (strcmp(key, "construct") == 0)
        return true;
    if (strcmp(key, "other") == 0)
        return report->site && npt__is_text(cell, "others");
    if (strcmp(key, "from") == 0)
        return npt__is_text(
            cell, npt__text_of(npt__told_cell(table, npt__last_step(table, column), column)));
    if (strcmp(key, "wave") == 0 || strcmp(key, "to") == 0) {
        const char *last = last_text(table, column);
        return !last || npt__is_text(cell, last);
    }
    return report->site && column == npt__site_column(table) ? npt__is_text(cell, report->site)
                                                             : cell->kind == NPT_CELL_TOTAL;
}

static bool is_ours(const struct npt_report *report, const npt_table *table, size_t row)
{
    bool ours = !report->site || npt__site_column(table) != SIZE_MAX;
    for (size_t i = 0; i < npt_table_column_count(table) && ours; i++)
        if (npt_table_column(table, i)->dimension)
            ours = fits(report, table, i, npt__told_cell(table, row, i));
    return ours;
}

/* One question on all rows whose `column` holds the word. "@" in the format stands for their names, "%" for "is" or "are". */
static void ask_where(struct questions *questions, const char *table_name, const char *column_name,
                      const char *word, const char *format)
{
    const npt_table *table = find(questions, table_name).table;
    const size_t construct = table ? npt__told_column(table, "construct") : SIZE_MAX,
                 column = table ? npt__told_column(table, column_name) : SIZE_MAX;
    const char *names[MOST_NAMES];
    size_t count = 0, all = 0;
    for (size_t i = 0;
         construct != SIZE_MAX && column != SIZE_MAX && i < npt_table_row_count(table); i++) {
        const struct npt_cell *name = npt__told_cell(table, i, construct);
        if (name->kind != NPT_CELL_TEXT || !npt__is_text(npt__told_cell(table, i, column), word) ||
            !is_ours(questions->report, table, i))
            continue;
        all++;
        if (count < MOST_NAMES)
            names[count++] = name->text;
    }
    npt__buffer list = {0};
    for (size_t i = 0; i < count; i++)
        npt__buffer_print(&list, "%s%s", i == 0 ? "" : i + 1 == all ? " and " : ", ", names[i]);
    if (all > count)
        npt__buffer_print(&list, " and %zu more", all - count);
    if (count)
        ask(questions, format, npt__buffer_string(&list), count > 1);
    npt__buffer_release(&list);
}

static void ask_who_answered(struct questions *questions)
{
    const npt_table *table = find(questions, "responses").table;
    const size_t rate = table ? npt__told_column(table, "rate") : SIZE_MAX;
    for (size_t i = 0; rate != SIZE_MAX && i < npt_table_row_count(table); i++) {
        const struct npt_cell *cell = npt__told_cell(table, i, rate);
        if (!is_ours(questions->report, table, i))
            continue;
        if (npt__is_number(cell) && npt__number_of(cell) < FEW_ANSWERED)
            ask(questions,
                "Fewer than half of those who were asked answered. Who did not, and what would they say?",
                "", false);
        return;
    }
}

static void ask_of_lowest(struct questions *questions)
{
    const struct asked asked = find(questions, "score");
    const npt_table *table = asked.table;
    const size_t construct = table ? npt__told_column(table, "construct") : SIZE_MAX,
                 mean = table ? npt__told_column(table, "mean") : SIZE_MAX;
    const struct npt__telling telling = {.declared = &asked.made, .rows = &asked.kept};
    size_t lowest = SIZE_MAX;
    for (size_t i = 0; construct != SIZE_MAX && mean != SIZE_MAX && i < npt_table_row_count(table);
         i++) {
        const struct npt_cell *cell = npt__told_cell(table, i, mean);
        if (npt__is_number(cell) && npt__told_cell(table, i, construct)->kind == NPT_CELL_TEXT &&
            is_ours(questions->report, table, i) && npt__on_first_scale(&telling, 0, i) &&
            (lowest == SIZE_MAX ||
             npt__number_of(cell) < npt__number_of(npt__told_cell(table, lowest, mean))))
            lowest = i;
    }
    if (lowest != SIZE_MAX)
        ask(questions,
            "@ has the lowest mean that is shown. Does that fit what you see, and what would raise it?",
            npt__text_of(npt__told_cell(table, lowest, construct)), false);
}

void npt__report_add_questions(struct npt_report *report)
{
    struct questions questions = {.report = report};
    ask_where(
        &questions, "compare_pairs", "verdict", "clearly lower",
        "@ % clearly lower here than at the other sites together. What gets in the way, and what could be "
        "learned from others?");
    ask_where(
        &questions, "compare_pairs", "verdict", "clearly higher",
        "@ % clearly higher here than at the other sites together. What helps, and could others use it?");
    ask_where(&questions, "trend", "verdict", "clearly lower",
              "@ went clearly down between waves. What happened in between?");
    ask_where(&questions, "trend", "verdict", "clearly higher",
              "@ went clearly up between waves. What was done, and how can it be kept?");
    ask_where(
        &questions, "joint", "together", "disagree",
        "Survey and interviews disagree on @. Were different people asked, or different things?");
    ask_who_answered(&questions);
    if (!questions.items.count)
        ask_of_lowest(&questions);
    if (questions.items.count)
        npt__add_items(report->document, NPT__LIST, questions.items.items, questions.items.count);
    else
        npt__add_paragraph(
            report->document,
            "What is shown raises no question by the rules that this report follows.");
    npt__array_release(&questions.items);
}
