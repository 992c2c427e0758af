/* attack_reports.c - what an attacker learns from all tables of a set of reports, about one score at a time.
 *
 * The unknowns are how many people of each site had which score in the first wave and which in the second (or none, or
 * were not there). Every count, and every mean times its n, is a sum of these. Of interviews the unknowns are how many
 * cases of each site were coded in which way. Columns are read by their keys: what analyses declare is not looked at.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "attack_reports.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- what is unknown ------------------------------------------------------------------------- */

/* What is looked at: a score, in steps of which the scale has so many, or a construct of interviews. */
struct subject {
    const char *name;
    unsigned values; /* score classes 0 to values - 1; then: no score; then: not there */
    int64_t least;   /* the score of class 0, in steps */
    double step;
    bool interviews, pairs; /* pairs: who had which score before and after is told apart */
};

struct kind {
    unsigned site, in[WAVES];
};

struct view {
    const struct invented_study *invented;
    struct subject subject;
    struct kind kinds[ATTACK_MOST];
    size_t kind_count;
    struct attack attack;
};

static unsigned class_of(const struct subject *subject, const struct respondent *person,
                         unsigned wave)
{
    const unsigned *answers = person->answers[wave], a = answers[A1], b = answers[A2];
    if (!person->there[wave])
        return subject->values + 1;
    if (strcmp(subject->name, "Overall") == 0)
        return answers[G];
    if (strcmp(subject->name, "Beta") == 0)
        return answers[B1] == NO_ANSWER ? subject->values : 5 - answers[B1]; /* turned round */
    if (a == NO_ANSWER && b == NO_ANSWER)
        return subject->values;
    return (a == NO_ANSWER ? 2 * b : b == NO_ANSWER ? 2 * a : a + b) - 2;
}

static size_t find_kind(const struct view *view, struct kind kind)
{
    for (size_t i = 0; i < view->kind_count; i++)
        if (view->kinds[i].site == kind.site && view->kinds[i].in[0] == kind.in[0] &&
            view->kinds[i].in[1] == kind.in[1])
            return i;
    fail_msg("no such kind of people");
    return 0;
}

static void list_kinds(struct view *view)
{
    const unsigned gone = view->subject.values + 1;
    for (unsigned s = 0; s < view->invented->sites; s++)
        for (unsigned i = 0; i <= gone; i++)
            for (unsigned j = 0; j <= gone; j++) {
                const bool one = i == gone || j == gone;
                if ((view->subject.interviews && j != gone) || (i == gone && j == gone) ||
                    (!one && !view->subject.pairs))
                    continue;
                assert_true(view->kind_count < ATTACK_MOST);
                view->kinds[view->kind_count++] = (struct kind){s, {i, j}};
            }
    attack_open(&view->attack, view->kind_count, (int64_t)MOST_PEOPLE);
}

static void fill_hint(struct view *view)
{
    const struct invented_study *invented = view->invented;
    const unsigned gone = view->subject.values + 1;
    const bool alpha = strcmp(view->subject.name, "Alpha") == 0;
    for (size_t i = 0; view->subject.interviews && i < invented->case_count; i++)
        view->attack
            .hint[find_kind(view, (struct kind){invented->cases[i].site,
                                                {invented->cases[i].codes[!alpha], gone}})]++;
    for (size_t i = 0; !view->subject.interviews && i < invented->people_count; i++) {
        const struct respondent *person = &invented->people[i];
        const unsigned before = class_of(&view->subject, person, 0),
                       after = class_of(&view->subject, person, 1);
        if (view->subject.pairs || before == gone || after == gone) {
            view->attack.hint[find_kind(view, (struct kind){person->site, {before, after}})]++;
            continue;
        }
        view->attack.hint[find_kind(view, (struct kind){person->site, {before, gone}})]++;
        view->attack.hint[find_kind(view, (struct kind){person->site, {gone, after}})]++;
    }
}

/* ---- columns --------------------------------------------------------------------------------- */

enum what {
    THERE,
    SCORED,
    UNSCORED,
    SUM,
    LINKED,
    CHANGE,
    ONLY_BEFORE,
    ONLY_AFTER,
    CASES,
    SPEAKING,
    FOR,
    AGAINST
};
enum whose { OWN, OTHERS, EVERYBODY };
enum bound { EXACT, AT_LEAST, AT_MOST }; /* what it is of what the column says */

static const struct column {
    const char *table, *key;
    enum what what;
    int wave;       /* -1: as the row says, else the last */
    const char *of; /* of a mean: the column of its n */
    enum whose whose;
    enum bound bound;
} columns[] = {
    {"responses", "responses", THERE, -1, NULL, OWN, EXACT},
    {"responses", "answered", THERE, -1, NULL, OWN, AT_LEAST},
    {"responses", "answered", SCORED, -1, NULL, OWN, AT_MOST},
    {"responses", "complete", SCORED, -1, NULL, OWN, AT_LEAST},
    {"score", "n", SCORED, -1, NULL, OWN, EXACT},
    {"score", "not_scored", UNSCORED, -1, NULL, OWN, EXACT},
    {"score", "mean", SUM, -1, "n", OWN, EXACT},
    {"compare", "n", SCORED, -1, NULL, OWN, EXACT},
    {"compare_sites", "n", SCORED, -1, NULL, OWN, EXACT},
    {"compare_sites", "not_scored", UNSCORED, -1, NULL, OWN, EXACT},
    {"compare_sites", "mean", SUM, -1, "n", OWN, EXACT},
    {"compare_pairs", "n", SCORED, -1, NULL, OWN, EXACT},
    {"compare_pairs", "n_other", SCORED, -1, NULL, OTHERS, EXACT},
    {"compare_pairs", "n_all", SCORED, -1, NULL, EVERYBODY, EXACT},
    {"compare_pairs", "mean", SUM, -1, "n", OWN, EXACT},
    {"compare_pairs", "mean_other", SUM, -1, "n_other", OTHERS, EXACT},
    {"compare_pairs", "mean_all", SUM, -1, "n_all", EVERYBODY, EXACT},
    {"trend", "n_from", SCORED, 0, NULL, OWN, EXACT},
    {"trend", "n_to", SCORED, 1, NULL, OWN, EXACT},
    {"trend", "mean_from", SUM, 0, "n_from", OWN, EXACT},
    {"trend", "mean_to", SUM, 1, "n_to", OWN, EXACT},
    {"trend", "linked", LINKED, -1, NULL, OWN, EXACT},
    {"trend", "change", CHANGE, -1, "linked", OWN, EXACT},
    {"trend_unlinked", "n_from", ONLY_BEFORE, -1, NULL, OWN, EXACT},
    {"trend_unlinked", "n_to", ONLY_AFTER, -1, NULL, OWN, EXACT},
    {"joint", "n", SCORED, -1, NULL, OWN, EXACT},
    {"joint", "mean", SUM, -1, "n", OWN, EXACT},
    {"tally", "cases", SPEAKING, -1, NULL, OWN, EXACT},
    {"tally", "of_cases", CASES, -1, NULL, OWN, EXACT},
    {"joint", "cases", SPEAKING, -1, NULL, OWN, EXACT},
    {"joint", "of_cases", CASES, -1, NULL, OWN, EXACT},
    {"joint", "cases_for", FOR, -1, NULL, OWN, EXACT},
    {"joint", "cases_against", AGAINST, -1, NULL, OWN, EXACT},
};
#define COLUMNS (sizeof columns / sizeof *columns)

static int64_t weight_of(const struct subject *subject, const struct kind *kind, enum what what,
                         const bool waves[WAVES])
{
    const unsigned values = subject->values, before = kind->in[0], after = kind->in[1];
    const bool linked = before < values && after < values;
    int64_t sum = 0;
    for (unsigned w = 0; w < WAVES; w++) {
        const unsigned in = kind->in[w];
        if (!waves[w])
            continue;
        sum += what == THERE      ? in <= values
               : what == SCORED   ? in < values
               : what == UNSCORED ? in == values
               : what == SUM      ? (in < values ? subject->least + in : 0)
                                  : 0;
    }
    switch (what) {
    case LINKED:
        return linked;
    case CHANGE:
        return linked ? (int64_t)after - (int64_t)before : 0;
    case ONLY_BEFORE:
        return before < values && !linked;
    case ONLY_AFTER:
        return after < values && !linked;
    case CASES:
        return 1;
    case SPEAKING:
        return before > 0;
    case FOR:
        return before == 2 || before == 4;
    case AGAINST:
        return before >= 3;
    default:
        return sum;
    }
}

static const struct npt_cell *cell_at(const npt_table *table, size_t row, const char *key)
{
    const size_t column = npt_table_find_column(table, key);
    return column == SIZE_MAX ? NULL : &npt_table_row(table, row)[column];
}

static bool is_site(const struct npt_cell *cell, unsigned site)
{
    char name[16];
    snprintf(name, sizeof name, "S%u", site + 1);
    return cell && cell->kind == NPT_CELL_TEXT && strcmp(cell->text, name) == 0;
}

static bool holds_site(const npt_table *table, size_t row, unsigned site, enum whose whose)
{
    const struct npt_cell *own = cell_at(table, row, "site"), *other = cell_at(table, row, "other");
    own = own ? own : cell_at(table, row, "Site");
    if (whose == EVERYBODY || !own || own->kind == NPT_CELL_TOTAL)
        return true;
    if (whose == OWN)
        return is_site(own, site);
    return other && other->kind == NPT_CELL_TEXT && strcmp(other->text, "others") == 0
               ? !is_site(own, site)
               : is_site(other, site);
}

static void weigh(struct attack_equation *equation, const struct view *view, const npt_table *table,
                  size_t row, const struct column *column)
{
    const struct npt_cell *wave = cell_at(table, row, "wave");
    bool waves[WAVES];
    for (unsigned w = 0; w < WAVES; w++) {
        const char digit[] = {(char)('1' + w), 0};
        waves[w] = column->wave >= 0 ? (unsigned)column->wave == w
                   : wave ? wave->kind == NPT_CELL_TOTAL || strcmp(wave->text, digit) == 0
                          : w + 1 == WAVES;
    }
    for (size_t i = 0; i < view->kind_count; i++)
        if (holds_site(table, row, view->kinds[i].site, column->whose))
            equation->factors[i] = weight_of(&view->subject, &view->kinds[i], column->what, waves);
}

/* Whether a column of a row is about the subject, and looked at. */
static const struct npt_cell *cell_of(const struct view *view, const npt_table *table, size_t row,
                                      const struct column *column)
{
    const struct npt_cell *construct = cell_at(table, row, "construct");
    const bool of_cases = column->what >= CASES,
               of_pairs = column->what >= LINKED && column->what <= ONLY_AFTER;
    if (strcmp(column->table, npt_table_name(table)) != 0 || of_cases != view->subject.interviews ||
        (of_pairs && view->invented->linked && !view->subject.pairs))
        return NULL;
    if (construct &&
        (construct->kind != NPT_CELL_TEXT || strcmp(construct->text, view->subject.name) != 0))
        return NULL;
    return cell_at(table, row, column->key);
}

/* ---- learning -------------------------------------------------------------------------------- */

static void add(struct view *view, const struct attack_equation *equation)
{
    bool empty = true;
    for (size_t i = 0; i < view->kind_count && empty; i++)
        empty = !equation->factors[i];
    for (size_t i = 0; i < view->attack.equations && !empty; i++)
        if (memcmp(&view->attack.list[i], equation, sizeof *equation) == 0)
            return;
    if (!empty)
        *attack_add(&view->attack, 0, 0) = *equation;
}

static void learn_cell(struct view *view, const npt_table *table, size_t row,
                       const struct column *column, const struct npt_cell *cell)
{
    const bool people = column->what == THERE || column->what == SCORED || column->what >= CASES;
    const struct npt_cell *n = column->of ? cell_at(table, row, column->of) : NULL;
    struct attack_equation equation = {.low = 0};
    if (cell->kind == NPT_CELL_COUNT) {
        equation.low = equation.high = cell->count;
    } else if (cell->kind == NPT_CELL_WITHHELD && people && !column->bound && !column->of) {
        equation.low = 1; /* zeros are shown */
    } else if (cell->kind == NPT_CELL_NUMBER) {
        assert_non_null(n);
        if (n->kind != NPT_CELL_COUNT)
            fail_msg("%s: %s is shown without %s", column->table, column->key, column->of);
        equation.low = equation.high =
            (int64_t)llround(cell->number * (double)n->count / view->subject.step);
    } else {
        return;
    }
    if (column->bound == AT_LEAST || equation.high < equation.low)
        equation.high = view->attack.most;
    if (column->bound == AT_MOST)
        equation.low = 0;
    weigh(&equation, view, table, row, column);
    add(view, &equation);
}

/* What is worked out from two means stands beside both of them only. */
static void expect_no_difference(const npt_table *table, size_t row)
{
    static const char *const keys[] = {"difference", "low",   "high",  "p_adjusted",
                                       "g",          "g_low", "g_high"};
    bool hidden = false;
    if (strcmp(npt_table_name(table), "compare_pairs") != 0)
        return;
    for (size_t i = 0; i < COLUMNS; i++)
        if (strcmp(columns[i].table, "compare_pairs") == 0) {
            const struct npt_cell *cell = cell_at(table, row, columns[i].key);
            hidden |= cell && cell->kind == NPT_CELL_WITHHELD;
        }
    for (size_t i = 0; hidden && i < sizeof keys / sizeof *keys; i++) {
        const struct npt_cell *cell = cell_at(table, row, keys[i]);
        if (cell && cell->kind == NPT_CELL_NUMBER && strcmp(keys[i], "p_adjusted") != 0)
            fail_msg("%s is shown beside what is withheld", keys[i]);
    }
}

/* ---- attacking ------------------------------------------------------------------------------- */

static int64_t value_of(const struct view *view, const struct attack_equation *equation)
{
    int64_t sum = 0;
    for (size_t i = 0; i < view->kind_count; i++)
        sum += equation->factors[i] * view->attack.hint[i];
    return sum;
}

/* Whether the sum can be as far from the truth as this, or further. */
static bool can_be(const struct view *view, struct attack_equation target, int64_t truth,
                   int64_t far, bool *gave_up)
{
    int64_t solution[ATTACK_MOST] = {0};
    target.low = far < 0 ? truth - 100000 : truth + far;
    target.high = far < 0 ? truth + far : truth + 100000;
    const enum attack_found found = attack_try(&view->attack, &target, solution);
    *gave_up |= found == ATTACK_GAVE_UP;
    return found == ATTACK_POSSIBLE;
}

/* How far it can go in a direction, at most `most`. */
static int64_t reach(const struct view *view, const struct attack_equation *target, int64_t truth,
                     int direction, int64_t most, bool *gave_up)
{
    int64_t low = 0, high = most;
    if (most <= 0 || can_be(view, *target, truth, direction * most, gave_up))
        return most;
    while (high - low > 1) {
        const int64_t middle = (low + high) / 2;
        if (can_be(view, *target, truth, direction * middle, gave_up))
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void attack_cell(struct view *view, const npt_table *table, size_t row,
                        const struct column *column, struct tried *tried)
{
    const struct npt_cell *n = column->of ? cell_at(table, row, column->of) : NULL;
    int64_t wanted = NPT_MIN_CELL - 1;
    struct attack_equation target = {.low = 0};
    bool gave_up = false;
    if (column->bound || column->what == UNSCORED || column->what == ONLY_BEFORE ||
        column->what == ONLY_AFTER)
        return;
    if (n) {
        if (n->kind != NPT_CELL_COUNT || n->count >= NPT_MIN_N || n->count < 1)
            return;
        const double width = (view->subject.values - 1) * (column->what == CHANGE ? 2 : 1);
        wanted = (int64_t)ceil(width / 4 * (double)n->count);
    }
    weigh(&target, view, table, row, column);
    const int64_t truth = value_of(view, &target);
    int64_t span = reach(view, &target, truth, 1, wanted, &gave_up);
    if (span < wanted)
        span += reach(view, &target, truth, -1, wanted - span, &gave_up);
    *(n ? &tried->means : &tried->counts) += 1;
    tried->given_up += span < wanted && gave_up;
    if (span < wanted && !gave_up)
        fail_msg("%s of %s, row %zu, %s: %lld is bounded to %lld values, not %lld", column->table,
                 view->subject.name, row, column->key, (long long)truth, (long long)span + 1,
                 (long long)wanted + 1);
}

static void attack_subject(struct view *view, const npt_table *const *tables, size_t count,
                           struct tried *tried)
{
    list_kinds(view);
    fill_hint(view);
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++)
            for (size_t row = 0; row < npt_table_row_count(tables[i]); row++) {
                if (!pass)
                    expect_no_difference(tables[i], row);
                for (size_t c = 0; c < COLUMNS; c++) {
                    const struct npt_cell *cell = cell_of(view, tables[i], row, &columns[c]);
                    if (cell && !pass)
                        learn_cell(view, tables[i], row, &columns[c], cell);
                    else if (cell && cell->kind == NPT_CELL_WITHHELD)
                        attack_cell(view, tables[i], row, &columns[c], tried);
                }
            }
    for (size_t i = 0; i < view->attack.equations; i++) { /* what was learnt is true */
        const struct attack_equation *equation = &view->attack.list[i];
        assert_in_range(value_of(view, equation) + 100000, equation->low + 100000,
                        equation->high + 100000);
    }
    attack_close(&view->attack);
}

void attack_reports(const struct invented_study *invented, const npt_table *const *tables,
                    size_t count, struct tried *tried)
{
    const struct subject subjects[] = {
        {"Beta", 5, 1, 1, false, invented->linked && invented->sites <= 3},
        {"Alpha", 9, 2, 0.5, false, false},
        {"Overall", 11, 0, 1, false, false},
        {"Alpha", 5, 0, 1, true, false},
        {"Beta", 5, 0, 1, true, false}};
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        const size_t classes = subjects[i].values + 1;
        if ((subjects[i].interviews && !invented->case_count) ||
            2 * classes * invented->sites > ATTACK_MOST)
            continue;
        struct view *view = malloc(sizeof *view);
        assert_non_null(view);
        *view = (struct view){.invented = invented, .subject = subjects[i]};
        attack_subject(view, tables, count, tried);
        free(view);
    }
}
