/* ranking_read.c - a plain table of rankings into the study: who judged in which group, and what is no ranking.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ratings_read.h"

#include "../base/number.h"
#include "table_roles.h"

#include <math.h>
#include <string.h>

#define LONGEST_SHOWN 60
#define MOST_SHOWN_RANKS 12u

struct reading {
    struct npt__roles roles;
    struct npt__ranking_table *result;
    size_t *columns; /* of the candidates */
    size_t judges;   /* the column that names them; SIZE_MAX */
    bool hinted;
};

static const char *const judge_words[] = {
    "judge",   "judges",      "judge id",   "rater",  "ranker", "name",   "id", "member", "advisor",
    "adviser", "participant", "respondent", "person", "voter",  "expert", "no", "nr",     NULL};
static const char *const group_words[] = {"group", "panel", "advisory group", "advisory panel",
                                          "role",  "board", "committee",      NULL};

/* ---- judges and groups ----------------------------------------------------------------------- */

/* The column of a role: as declared, or guessed by its header. */
static size_t find_role(struct npt__roles *roles, const struct npt__setting *declared,
                        const char *const *words, const char *what, const char *option)
{
    if (declared->value)
        return npt__roles_declared(roles, declared);
    const size_t column = npt__plain_guess(&roles->table, words);
    if (column == SIZE_MAX || roles->is_taken[column])
        return SIZE_MAX;
    npt__roles_guessed(roles, column, what, option);
    return column;
}

static void read_groups(struct reading *reading, size_t column)
{
    struct npt__roles *roles = &reading->roles;
    struct npt__ranking_table *result = reading->result;
    const struct npt__plain_table *table = &roles->table;
    npt__arena *arena = roles->study->arena;
    npt__intern folded = {0};
    size_t without = 0;
    result->groups = npt__arena_array(arena, table->row_count, sizeof *result->groups);
    for (size_t i = 0; i < table->row_count; i++) {
        const uint32_t text = npt__plain_cell(table, i, column);
        result->group_of[i] = NPT__NONE;
        if (text == NPT__NONE) {
            without++;
            continue;
        }
        const char *name = table->texts.strings.items[text];
        const char *key = npt__fold_name(table->arena, name);
        const size_t length = strlen(key);
        result->group_of[i] =
            npt__intern_add(&folded, table->arena, key, length, npt__intern_hash(key, length));
        if (folded.strings.count > result->group_count)
            result->groups[result->group_count++] = npt__arena_string(arena, name);
    }
    npt__intern_release(&folded);
    if (without)
        npt__roles_doubt(roles, "%zu judge%s in no group: counted among all judges only", without,
                         without == 1 ? " is" : "s are");
}

/* One person judges once; in another group there may be another of that name. */
static void check_judges(struct reading *reading, size_t column)
{
    struct npt__roles *roles = &reading->roles;
    const struct npt__ranking_table *result = reading->result;
    npt__intern known = {0};
    NPT__ARRAY(size_t) rows = {0};
    for (size_t i = 0; i < result->judge_count; i++) {
        if (!*result->judges[i])
            continue;
        const char *key =
            npt__arena_print(roles->table.arena, "%u %s", (unsigned)result->group_of[i],
                             npt__fold_name(roles->table.arena, result->judges[i]));
        const size_t length = strlen(key);
        const uint32_t number =
            npt__intern_add(&known, roles->table.arena, key, length, npt__intern_hash(key, length));
        if (number == rows.count) {
            *npt__array_add(&rows) = i;
            continue;
        }
        npt_diags *diags = npt__roles_fault(roles);
        if (!diags)
            break;
        const struct npt__place place = npt__plain_place(&roles->table, i, column);
        npt__say(diags, NPT_ERROR, &place, "the judge '%.*s' stands twice: also in row %u",
                 LONGEST_SHOWN, result->judges[i],
                 (unsigned)roles->table.lines.items[rows.items[number]]);
        npt__hint(diags, "a judge has one row; if this column does not name them, %s",
                  npt__roles_option(roles, "judge", "COLUMN"));
    }
    npt__array_release(&rows);
    npt__intern_release(&known);
}

static void find_roles(struct reading *reading)
{
    struct npt__roles *roles = &reading->roles;
    struct npt__ranking_table *result = reading->result;
    const struct npt__manifest_table *declared = roles->declared;
    npt__arena *arena = roles->study->arena;
    reading->judges = npt__roles_declared(roles, &declared->judge);
    const size_t groups =
        find_role(roles, &declared->group, group_words, "The judges' groups are", "group");
    if (!declared->judge.value && !*roles->table.columns[0] && !roles->is_taken[0]) {
        reading->judges = 0;
        npt__roles_guessed(roles, 0, "The judges' names are", "judge");
    } else if (!declared->judge.value) {
        reading->judges =
            find_role(roles, &declared->judge, judge_words, "The judges' names are", "judge");
    }
    if (roles->fault_count)
        return;
    result->group_of = npt__arena_array(arena, result->judge_count, sizeof *result->group_of);
    for (size_t i = 0; i < result->judge_count; i++)
        result->group_of[i] = NPT__NONE;
    if (groups != SIZE_MAX) {
        result->group_column = npt__arena_string(arena, roles->table.columns[groups]);
        read_groups(reading, groups);
    }
}

static void name_judges(struct reading *reading)
{
    struct npt__roles *roles = &reading->roles;
    struct npt__ranking_table *result = reading->result;
    if (reading->judges == SIZE_MAX)
        return;
    const char *name = roles->table.columns[reading->judges];
    result->judge_column = npt__arena_string(roles->study->arena, *name ? name : "1");
    result->judges = npt__roles_names(roles, reading->judges, "judge");
    check_judges(reading, reading->judges);
}

/* ---- ranks ----------------------------------------------------------------------------------- */

static bool is_rank(const struct reading *reading, double number)
{
    return number >= 1 && number <= (double)reading->result->candidate_count &&
           2 * number == floor(2 * number);
}

static void report_rank(struct reading *reading, size_t judge, size_t candidate, uint32_t text)
{
    struct npt__roles *roles = &reading->roles;
    npt_diags *diags = npt__roles_fault(roles);
    if (!diags)
        return;
    const struct npt__place place =
        npt__plain_place(&roles->table, judge, reading->columns[candidate]);
    const size_t count = reading->result->candidate_count;
    npt__say(diags, NPT_ERROR, &place, "'%.*s' for '%s' is no rank of %zu candidates",
             LONGEST_SHOWN, roles->table.texts.strings.items[text],
             reading->result->candidates[candidate], count);
    if (!reading->hinted)
        npt__hint(diags,
                  "a rank is 1 (the best) to %zu, ties share the mean of their places; a column "
                  "that is no candidate: %s",
                  count, npt__roles_option(roles, "ignore", "COLUMN"));
    reading->hinted = true;
}

/* "1, 2, 2, 3": the ranks that a judge gave. */
static void list_ranks(npt__buffer *list, const double *ranks, size_t count)
{
    for (size_t i = 0; i < count && i < MOST_SHOWN_RANKS; i++) {
        npt__buffer_puts(list, i ? ", " : "");
        npt__number_write(list, ranks[i]);
    }
    if (count > MOST_SHOWN_RANKS)
        npt__buffer_puts(list, ", ...");
}

static void settle_judge(struct reading *reading, size_t judge)
{
    struct npt__roles *roles = &reading->roles;
    struct npt__ranking_table *result = reading->result;
    const size_t count = result->candidate_count;
    double *ranks = result->ranks + judge * count;
    bool converted = false;
    if (npt__ranks_settle(ranks, count, &converted)) {
        result->converted += converted;
        return;
    }
    npt_diags *diags = npt__roles_fault(roles);
    if (!diags)
        return;
    npt__buffer list = {0};
    list_ranks(&list, ranks, count);
    const struct npt__place place = npt__plain_place(&roles->table, judge, reading->columns[0]);
    npt__say(diags, NPT_ERROR, &place, "these ranks of judge '%.*s' are no ranking: %s",
             LONGEST_SHOWN, npt__judge_name(result, judge, roles->table.arena),
             npt__buffer_string(&list));
    npt__hint(diags, "each place is given once, or is tied: 1, 2.5, 2.5, 4 or 1, 2, 2, 4");
    npt__buffer_release(&list);
}

static void read_ranks(struct reading *reading)
{
    struct npt__ranking_table *result = reading->result;
    const struct npt__plain_table *table = &reading->roles.table;
    const size_t count = result->candidate_count;
    for (size_t i = 0; i < result->judge_count; i++) {
        const size_t faults = reading->roles.fault_count;
        result->is_complete[i] = true;
        for (size_t j = 0; j < count; j++) {
            const uint32_t text = npt__plain_cell(table, i, reading->columns[j]);
            const double number = text == NPT__NONE ? NAN : table->numbers.items[text];
            result->ranks[i * count + j] = number;
            if (text == NPT__NONE)
                result->is_complete[i] = false;
            else if (!is_rank(reading, number))
                report_rank(reading, i, j, text);
        }
        result->complete_count += result->is_complete[i];
        if (result->is_complete[i] && reading->roles.fault_count == faults)
            settle_judge(reading, i);
    }
}

static void doubt_ranks(struct reading *reading)
{
    const struct npt__ranking_table *result = reading->result;
    struct npt__roles *roles = &reading->roles;
    npt__buffer names = {0};
    for (size_t i = 0, shown = 0; i < result->judge_count; i++)
        if (!result->is_complete[i] && shown++ < MOST_SHOWN_RANKS)
            npt__buffer_print(&names, "%s'%s'", shown > 1 ? ", " : "",
                              npt__judge_name(result, i, roles->table.arena));
    const size_t incomplete = result->judge_count - result->complete_count;
    if (incomplete)
        npt__roles_doubt(roles, "%zu judge%s not rank every candidate and %s left out: %s%s",
                         incomplete, incomplete == 1 ? " did" : "s did",
                         incomplete == 1 ? "is" : "are", npt__buffer_string(&names),
                         incomplete > MOST_SHOWN_RANKS ? ", ..." : "");
    npt__buffer_release(&names);
    if (result->converted)
        *npt__array_add(&roles->source->guesses) =
            npt__arena_print(roles->study->arena,
                             "Ties that %zu judge%s gave as 1, 2, 2, 4 were read as 1, 2.5, 2.5, 4",
                             result->converted, result->converted == 1 ? "" : "s");
}

/* ---- the whole table ------------------------------------------------------------------------- */

static void read_table(struct reading *reading)
{
    struct npt__roles *roles = &reading->roles;
    struct npt__ranking_table *result = reading->result;
    npt__arena *arena = roles->study->arena;
    result->judge_count = roles->table.row_count;
    find_roles(reading);
    result->candidate_count = npt__roles_rest(roles, &reading->columns, &result->candidates);
    if (result->candidate_count < 2 && !roles->fault_count) {
        npt__say(npt__roles_fault(roles), NPT_ERROR,
                 &(struct npt__place){.file = roles->table.path}, "has %s",
                 result->candidate_count ? "one candidate only" : "no candidates");
        npt__hint(roles->diags, "each judge has a row, each candidate a column");
    }
    if (roles->fault_count)
        return;
    name_judges(reading);
    result->lines = npt__roles_lines(roles);
    result->ranks = npt__arena_array(arena, result->judge_count * result->candidate_count,
                                     sizeof *result->ranks);
    result->is_complete = npt__arena_array(arena, result->judge_count, sizeof *result->is_complete);
    read_ranks(reading);
    if (!roles->fault_count)
        doubt_ranks(reading);
}

enum npt_status npt__ranking_read(npt_study *study, const struct npt__manifest_table *declared,
                                  const char *path, unsigned threads, npt_diags *diags)
{
    struct npt__ranking_table *result = npt__array_add(&study->rankings);
    *result = (struct npt__ranking_table){.judge_count = 0};
    struct reading reading = {.roles = {.study = study, .declared = declared, .diags = diags},
                              .result = result};
    enum npt_status status = npt__roles_open(&reading.roles, &result->source, path, threads);
    if (status == NPT_OK)
        read_table(&reading);
    npt__roles_close(&reading.roles);
    return status == NPT_OK && reading.roles.fault_count ? NPT_BAD_INPUT : status;
}
