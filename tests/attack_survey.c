/* attack_survey.c - invented surveys, and what an attacker learns from tables of them.
 *
 * The unknowns are the numbers of people in each group (site, wave, role) with each answer. All that stands in the
 * tables about an item is a sum of these, whatever table it stands in: the attacker reads columns by their keys and
 * rows by their labels, and nothing of what the analyses declare.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "attack_survey.h"

#include "analysis_run.h"
#include "reference_data.h"
#include "survey_file.h"

#include <math.h>
#include <stdio.h>

static const char *const items[ITEMS] = {"a1", "a2", "b1"};

/* ---- people ---------------------------------------------------------------------------------- */

static unsigned below(uint64_t *state, unsigned most)
{
    return (unsigned)(reference_random(state) >> 33) % most;
}

void invent(struct invented *invented, size_t count, unsigned sites, unsigned waves, unsigned roles,
            uint64_t *state)
{
    *invented = (struct invented){.count = count, .sites = sites, .waves = waves, .roles = roles};
    const unsigned lean = below(state, 3);
    for (size_t i = 0; i < count; i++) {
        struct person *person = &invented->people[i];
        const unsigned a = below(state, sites), b = below(state, sites);
        person->site = a < b ? a : b;
        person->wave = below(state, waves);
        person->role = below(state, 4) ? 0 : below(state, roles);
        for (unsigned j = 0; j < ITEMS; j++) {
            const unsigned value = 1 + below(state, 3) + below(state, 2 + lean);
            person->answers[j] =
                below(state, 12) ? (value > 4 ? 4 : value) - below(state, 2) : 5 + below(state, 3);
        }
    }
}

struct fixture open_invented(const struct invented *invented)
{
    static const char *const words[ANSWERS] = {"1", "2", "3", "4", "5", "", "r", "s"};
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "site,wave,role,a1,a2,b1,g\n");
    for (size_t i = 0; i < invented->count; i++) {
        const struct person *person = &invented->people[i];
        npt__buffer_print(&csv, "S%u,%u,R%u,%s,%s,%s,5\n", person->site + 1, person->wave + 1,
                          person->role + 1, words[person->answers[0]], words[person->answers[1]],
                          words[person->answers[2]]);
    }
    struct fixture opened =
        open_survey(STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">"
                          "<column name=\"site\" as=\"site\"/><column name=\"wave\" as=\"wave\"/>"
                          "<column name=\"role\" as=\"role\"/>" ITEM_COLUMNS
                          "<not-relevant value=\"r\" kind=\"role\"/>"
                          "<not-relevant value=\"s\" kind=\"stage\"/></survey>"),
                    "w.csv", npt__buffer_string(&csv));
    npt__buffer_release(&csv);
    if (opened.status != NPT_OK)
        fail_msg("%s", opened.text);
    return opened;
}

size_t run_set(npt_table *tables[MOST_TABLES_OF_SET], const npt_study *study,
               const char *const *const *runs)
{
    size_t count = 0;
    for (; *runs; runs++) {
        assert_true(count + NPT_MOST_TABLES <= MOST_TABLES_OF_SET);
        count += run_all(tables + count, study, (*runs)[0], *runs + 1);
    }
    return count;
}

void free_set(npt_table *const *tables, size_t count)
{
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static size_t group_of(const struct invented *invented, unsigned site, unsigned wave, unsigned role)
{
    return (site * invented->waves + wave) * invented->roles + role;
}

/* The cell of a row in the column of this key; NULL. */
static const struct npt_cell *cell_at(const npt_table *table, size_t row, const char *key)
{
    const size_t column = npt_table_find_column(table, key);
    return column == SIZE_MAX ? NULL : &npt_table_row(table, row)[column];
}

static bool says(const struct npt_cell *cell, const char *text)
{
    return cell && cell->kind == NPT_CELL_TEXT && strcmp(cell->text, text) == 0;
}

/* Whether a row is about this item: its own, or, in a table of scores, its construct where it has no other. */
static bool is_about(const npt_table *table, size_t row, unsigned item)
{
    const struct npt_cell *named = cell_at(table, row, "item");
    if (named)
        return says(named, items[item]);
    if (strcmp(npt_table_name(table), "score") == 0)
        return item == 2 && says(cell_at(table, row, "construct"), "Beta");
    return strcmp(npt_table_name(table), "responses") == 0;
}

static bool is_value(const struct npt_cell *cell, const char *prefix, unsigned number)
{
    char text[16];
    snprintf(text, sizeof text, "%s%u", prefix, number + 1);
    return !cell || cell->kind == NPT_CELL_TOTAL || says(cell, text);
}

/* Whether the note on filters, "Only a part of the data: role=R1, wave = 1.", lets a value through. */
static bool lets_through(const npt_table *table, const char *key, const char *prefix,
                         unsigned number)
{
    const char *note = NULL, *found;
    for (size_t i = 0; (note = npt_table_note(table, i)) != NULL; i++)
        if (strncmp(note, "Only a part of the data: ", 25) == 0)
            break;
    if (!note || !(found = strstr(note, key)))
        return true;
    char text[32];
    snprintf(text, sizeof text, "%s=%s%u", key, prefix, number + 1);
    if (strstr(note, text))
        return true;
    snprintf(text, sizeof text, "%s = %s%u", key, prefix, number + 1);
    return strstr(note, text) != NULL;
}

static bool holds_group(const npt_table *table, size_t row, unsigned site, unsigned wave,
                        unsigned role)
{
    return is_value(cell_at(table, row, "site"), "S", site) &&
           is_value(cell_at(table, row, "wave"), "", wave) &&
           is_value(cell_at(table, row, "role"), "R", role) &&
           lets_through(table, "site", "S", site) && lets_through(table, "wave", "", wave) &&
           lets_through(table, "role", "R", role);
}

/* Adds a weight for each answer, in all groups that a row sums over. */
static void weigh(struct attack_equation *equation, const struct invented *invented,
                  const npt_table *table, size_t row, const int64_t weights[ANSWERS])
{
    for (unsigned s = 0; s < invented->sites; s++)
        for (unsigned w = 0; w < invented->waves; w++)
            for (unsigned r = 0; r < invented->roles; r++)
                for (size_t a = 0; a < ANSWERS && holds_group(table, row, s, w, r); a++)
                    equation->factors[group_of(invented, s, w, r) * ANSWERS + a] += weights[a];
}

static const struct {
    const char *table, *key;
    int64_t weights[ANSWERS];
    bool people; /* of whom none withheld is 0, as zeros are shown */
    bool target; /* a count of people, to be attacked where it is withheld */
} columns[] = {
    {"items", "n", {1, 1, 1, 1, 1, 0, 0, 0}, true, true},
    {"items", "disagree", {1, 1, 0, 0, 0, 0, 0, 0}, false, true},
    {"items", "neutral", {0, 0, 1, 0, 0, 0, 0, 0}, false, true},
    {"items", "agree", {0, 0, 0, 1, 1, 0, 0, 0}, false, true},
    {"items", "missing", {0, 0, 0, 0, 0, 1, 0, 0}, false, false},
    {"items", "not_relevant", {0, 0, 0, 0, 0, 0, 1, 1}, false, false},
    {"items", "not_relevant_role", {0, 0, 0, 0, 0, 0, 1, 0}, false, false},
    {"items", "not_relevant_stage", {0, 0, 0, 0, 0, 0, 0, 1}, false, false},
    {"responses", "asked", {1, 1, 1, 1, 1, 1, 1, 1}, true, true},
    {"responses", "responses", {1, 1, 1, 1, 1, 1, 1, 1}, true, true},
    {"responses", "missing", {0, 0, 0, 0, 0, 1, 0, 0}, false, false},
    {"responses", "not_relevant", {0, 0, 0, 0, 0, 0, 1, 1}, false, false},
    {"score", "n", {1, 1, 1, 1, 1, 0, 0, 0}, true, true},
    {"score", "not_scored", {0, 0, 0, 0, 0, 1, 1, 1}, false, false},
    {"score", "missing", {0, 0, 0, 0, 0, 1, 0, 0}, false, false},
    {"score", "not_relevant", {0, 0, 0, 0, 0, 0, 1, 1}, false, false},
    {"score", "not_relevant_role", {0, 0, 0, 0, 0, 0, 1, 0}, false, false},
};
#define COLUMNS (sizeof columns / sizeof *columns)

static const int64_t as_answered[ANSWERS] = {1, 2, 3, 4, 5, 0, 0, 0};
static const int64_t turned_round[ANSWERS] = {5, 4, 3, 2, 1, 0, 0, 0};

static const int64_t *weights_of_mean(const npt_table *table)
{
    return strcmp(npt_table_name(table), "score") == 0 ? turned_round : as_answered;
}

/* ---- learning -------------------------------------------------------------------------------- */

static void learn_mean(struct attack *attack, const struct invented *invented,
                       const npt_table *table, size_t row)
{
    const struct npt_cell *mean = cell_at(table, row, "mean"), *n = cell_at(table, row, "n");
    if (!mean || mean->kind != NPT_CELL_NUMBER)
        return;
    if (!n || n->kind != NPT_CELL_COUNT) {
        fail_msg("a mean is shown without its n");
        return;
    }
    const struct npt_cell *sd = cell_at(table, row, "sd");
    const int64_t *plain = weights_of_mean(table);
    if (sd && sd->kind == NPT_CELL_NUMBER) { /* n, mean and SD tell the sum of squares */
        int64_t squared[ANSWERS];
        for (size_t i = 0; i < ANSWERS; i++)
            squared[i] = plain[i] * plain[i];
        const double people = (double)n->count;
        const int64_t squares = (int64_t)llround((people - 1) * sd->number * sd->number +
                                                 people * mean->number * mean->number);
        weigh(attack_add(attack, squares, squares), invented, table, row, squared);
    }
    const int64_t sum = (int64_t)llround(mean->number * (double)n->count);
    weigh(attack_add(attack, sum, sum), invented, table, row, weights_of_mean(table));
}

static void expect_no_share(const npt_table *table, size_t row)
{
    static const char *const parts[][2] = {{"disagree", "disagree_share"},
                                           {"neutral", "neutral_share"},
                                           {"agree", "agree_share"},
                                           {"missing", "missing_share"},
                                           {"complete", "complete_share"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct npt_cell *count = cell_at(table, row, parts[i][0]);
        const struct npt_cell *share = cell_at(table, row, parts[i][1]);
        if (count && share && count->kind == NPT_CELL_WITHHELD)
            assert_int_equal(share->kind, NPT_CELL_WITHHELD);
    }
}

static void learn_row(struct attack *attack, const struct invented *invented,
                      const npt_table *table, size_t row)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        if (strcmp(columns[i].table, npt_table_name(table)) != 0)
            continue;
        const struct npt_cell *cell = cell_at(table, row, columns[i].key);
        if (!cell)
            continue;
        if (cell->kind == NPT_CELL_COUNT)
            weigh(attack_add(attack, cell->count, cell->count), invented, table, row,
                  columns[i].weights);
        else if (cell->kind == NPT_CELL_WITHHELD && columns[i].people)
            weigh(attack_add(attack, 1, attack->most), invented, table, row, columns[i].weights);
    }
    learn_mean(attack, invented, table, row);
    expect_no_share(table, row);
}

void learn(struct attack *attack, const struct invented *invented, unsigned item,
           npt_table *const *tables, size_t count)
{
    const size_t groups = (size_t)invented->sites * invented->waves * invented->roles;
    attack_open(attack, groups * ANSWERS, (int64_t)MOST_PEOPLE);
    for (size_t i = 0; i < invented->count; i++) {
        const struct person *person = &invented->people[i];
        attack->hint[group_of(invented, person->site, person->wave, person->role) * ANSWERS +
                     person->answers[item]]++;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t row = 0; row < npt_table_row_count(tables[i]); row++)
            if (is_about(tables[i], row, item))
                learn_row(attack, invented, tables[i], row);
}

/* ---- attacking ------------------------------------------------------------------------------- */

static int64_t value_of(const struct attack_equation *equation, const int64_t *solution)
{
    int64_t sum = 0;
    for (size_t i = 0; i < ATTACK_MOST; i++)
        sum += equation->factors[i] * solution[i];
    return sum;
}

/* How many values from the true one on, up or down, the attacker cannot rule out; at most `wanted`. */
static size_t count_values(const struct attack *attack, struct attack_equation *target,
                           int64_t truth, int direction, size_t wanted, bool *gave_up)
{
    int64_t solution[ATTACK_MOST] = {0};
    for (size_t i = 1; i <= wanted; i++) {
        target->low = target->high = truth + direction * (int64_t)i;
        if (target->low < 0)
            return i - 1;
        const enum attack_found found = attack_try(attack, target, solution);
        *gave_up |= found == ATTACK_GAVE_UP;
        if (found != ATTACK_POSSIBLE)
            return i - 1;
    }
    return wanted;
}

struct attempt {
    const struct attack *attack;
    struct attack_equation target;
    size_t wanted; /* values but the true one */
    const char *table, *key;
    size_t row;
};

static void try_all(struct attempt *attempt, size_t *attacked, size_t *given_up)
{
    const int64_t truth = value_of(&attempt->target, attempt->attack->hint);
    bool up = false, down = false;
    const size_t above =
        count_values(attempt->attack, &attempt->target, truth, 1, attempt->wanted, &up);
    const size_t under =
        count_values(attempt->attack, &attempt->target, truth, -1, attempt->wanted - above, &down);
    ++*attacked;
    if (above + under >= attempt->wanted)
        return;
    *given_up += up || down;
    if (!up && !down)
        fail_msg("%s, row %zu, %s: %lld is bounded to %zu values, not %zu", attempt->table,
                 attempt->row, attempt->key, (long long)truth, above + under + 1,
                 attempt->wanted + 1);
}

void attack_withheld(const struct attack *attack, const struct invented *invented, unsigned item,
                     npt_table *const *tables, size_t count, size_t width, size_t min_n,
                     size_t *attacked, size_t *given_up)
{
    for (size_t i = 0; i < count; i++)
        for (size_t row = 0; row < npt_table_row_count(tables[i]); row++) {
            struct attempt attempt = {
                .attack = attack, .table = npt_table_name(tables[i]), .row = row};
            if (!is_about(tables[i], row, item))
                continue;
            for (size_t c = 0; c < COLUMNS; c++) {
                const struct npt_cell *cell = cell_at(tables[i], row, columns[c].key);
                if (!columns[c].target || strcmp(columns[c].table, attempt.table) != 0 || !cell ||
                    cell->kind != NPT_CELL_WITHHELD)
                    continue;
                attempt.target = (struct attack_equation){.low = 0};
                attempt.key = columns[c].key;
                attempt.wanted = width - 1;
                weigh(&attempt.target, invented, tables[i], row, columns[c].weights);
                try_all(&attempt, attacked, given_up);
            }
            const struct npt_cell *mean = cell_at(tables[i], row, "mean");
            const struct npt_cell *n = cell_at(tables[i], row, "n");
            if (!mean || mean->kind != NPT_CELL_WITHHELD || !n || n->kind != NPT_CELL_COUNT ||
                (size_t)n->count >= min_n)
                continue;
            attempt.target = (struct attack_equation){.low = 0};
            attempt.key = "mean";
            attempt.wanted = (size_t)n->count; /* one point of the scale of 1 to 5, n times */
            weigh(&attempt.target, invented, tables[i], row, weights_of_mean(tables[i]));
            try_all(&attempt, attacked, given_up);
        }
}
