/* test_protect_squares.c - spreads beside means: attacked by sums of squares, and by trying all answers that fit.
 *
 * The attacker takes n, mean and SD of every row that is published, finds by elimination which sums and sums of squares of
 * the withheld groups follow from all of them together, and counts out which answers of whole numbers come to these.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/tables/table.h"
#include "analysis_run.h"
#include "reference_data.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SITES 4u
#define WAVES 2u
#define CELLS (SITES * WAVES)
#define ROWS ((SITES + 1) * (WAVES + 1))
#define LEAST 1u
#define MOST 5u
#define MOST_POOL 20u /* people whose answers are tried */

static const size_t sizes[SITES][WAVES] = {{30, 31}, {25, 20}, {9, 9}, {9, 8}};

struct sums {
    double n, sum, squares;
};

/* Answers at random; those of the two small sites are 3 or 4 where they are tight. */
static void invent(struct sums cells[SITES][WAVES], bool tight, uint64_t *state)
{
    for (size_t s = 0; s < SITES; s++)
        for (size_t w = 0; w < WAVES; w++) {
            cells[s][w] = (struct sums){.n = (double)sizes[s][w]};
            for (size_t i = 0; i < sizes[s][w]; i++) {
                const unsigned toss = (unsigned)(reference_random(state) >> 33);
                const unsigned answer = tight && s > 1 ? 3 + toss % 4 / 3 : LEAST + toss % MOST;
                cells[s][w].sum += answer;
                cells[s][w].squares += answer * answer;
            }
        }
}

/* What row `row` of the table sums over: sites down, waves in each, the totals last. */
static bool is_in(size_t row, size_t site, size_t wave)
{
    const size_t s = row / (WAVES + 1), w = row % (WAVES + 1);
    return (s == SITES || s == site) && (w == WAVES || w == wave);
}

static npt_table *make_table(struct sums cells[SITES][WAVES])
{
    static const char *const sites[] = {"A", "B", "C", "D"}, *const waves[] = {"1", "2"};
    npt_table *table = npt__table_new("scores", "Scores");
    npt__table_role(table, npt__table_dimension(table, "site", "Site"), NPT__PARTITION);
    npt__table_role(table, npt__table_dimension(table, "wave", "Wave"), NPT__PARTITION);
    const size_t n = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    const size_t mean = npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    const size_t sd = npt__table_measure(table, "sd", "SD", NPT_UNIT_MEAN);
    const size_t low = npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN);
    npt__table_counts(table, n, NPT__COUNTS_PEOPLE, "scored");
    npt__table_mean(table, mean, n);
    npt__table_describes(table, sd, n);
    npt__table_depends(table, sd, mean);
    npt__table_sd(table, sd, mean);
    npt__table_describes(table, low, n);
    npt__table_depends(table, low, mean);
    npt__table_spread(table, low, mean);
    for (size_t row = 0; row < ROWS; row++) {
        struct sums all = {0};
        for (size_t i = 0; i < CELLS; i++)
            if (is_in(row, i / WAVES, i % WAVES)) {
                all.n += cells[i / WAVES][i % WAVES].n;
                all.sum += cells[i / WAVES][i % WAVES].sum;
                all.squares += cells[i / WAVES][i % WAVES].squares;
            }
        const double about = all.squares - all.sum * all.sum / all.n;
        struct npt_cell *made = npt__table_add_row(table);
        npt__table_scale(table, LEAST, MOST);
        made[0] = row / (WAVES + 1) < SITES ? npt__text(sites[row / (WAVES + 1)]) : npt__total();
        made[1] = row % (WAVES + 1) < WAVES ? npt__text(waves[row % (WAVES + 1)]) : npt__total();
        made[n] = npt__count((size_t)all.n);
        made[mean] = npt__number(all.sum / all.n);
        made[sd] = npt__number(sqrt(about / (all.n - 1)));
        made[low] = npt__number(all.sum / all.n - 2 * sqrt(about / (all.n - 1) / all.n));
    }
    return table;
}

/* ---- what follows ---------------------------------------------------------------------------- */

enum { N, MEAN, SD, LOW };

static const struct npt_cell *at(const npt_table *table, size_t row, size_t measure)
{
    return &npt_table_row(table, row)[2 + measure];
}

struct equations {
    double factors[ROWS][CELLS + 1];
    size_t count;
};

static void add_equation(struct equations *equations, size_t row, double value)
{
    for (size_t i = 0; i < CELLS; i++)
        equations->factors[equations->count][i] = is_in(row, i / WAVES, i % WAVES);
    equations->factors[equations->count++][CELLS] = value;
}

/* Whether the target, of which the last is to be found, is a combination of the equations. */
static bool follows(struct equations equations, double target[CELLS + 1])
{
    for (size_t column = 0, done = 0; column < CELLS && done < equations.count; column++) {
        size_t pivot = done;
        for (size_t i = done; i < equations.count; i++)
            if (fabs(equations.factors[i][column]) > fabs(equations.factors[pivot][column]))
                pivot = i;
        if (fabs(equations.factors[pivot][column]) < 1e-9)
            continue;
        double swapped[CELLS + 1];
        memcpy(swapped, equations.factors[pivot], sizeof swapped);
        memcpy(equations.factors[pivot], equations.factors[done], sizeof swapped);
        memcpy(equations.factors[done], swapped, sizeof swapped);
        for (size_t i = done + 1; i <= equations.count; i++) {
            double *row = i < equations.count ? equations.factors[i] : target;
            const double times = row[column] / swapped[column];
            for (size_t j = 0; j <= CELLS; j++)
                row[j] -= times * swapped[j];
        }
        done++;
    }
    for (size_t i = 0; i < CELLS; i++)
        if (fabs(target[i]) > 1e-9)
            return false;
    target[CELLS] = -target[CELLS];
    return true;
}

/* ---- which answers fit ----------------------------------------------------------------------- */

/* Whether so many answers can come to this sum and this sum of squares. */
static bool possible[MOST_POOL + 1][MOST_POOL * MOST + 1][MOST_POOL * MOST * MOST + 1];

static void find_possible(void)
{
    possible[0][0][0] = true;
    for (size_t n = 0; n < MOST_POOL; n++)
        for (size_t sum = 0; sum <= n * MOST; sum++)
            for (size_t squares = 0; squares <= n * MOST * MOST; squares++)
                for (size_t value = LEAST; possible[n][sum][squares] && value <= MOST; value++)
                    possible[n + 1][sum + value][squares + value * value] = true;
}

/* How far apart the means of `few` can be, of a pool of which the sums are known. */
static double width_of(size_t few, size_t people, size_t sum, size_t squares)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t own = 0; own <= few * MOST && own <= sum; own++)
        for (size_t square = 0; square <= few * MOST * MOST && square <= squares; square++)
            if (possible[few][own][square] && sum - own <= MOST_POOL * MOST &&
                possible[people - few][sum - own][squares - square]) {
                low = fmin(low, (double)own / (double)few);
                high = fmax(high, (double)own / (double)few);
            }
    return high - low;
}

/* ---- the attack ------------------------------------------------------------------------------ */

struct told {
    size_t attacked, narrow;
};

/* Attacks those of some rows of which the means are withheld: `count` from the first on. SDs are those of `spreads`. */
static void attack(const npt_table *made, const npt_table *spreads, size_t first, size_t step,
                   size_t count, struct told *told)
{
    struct equations sums = {.count = 0}, squares = {.count = 0};
    for (size_t row = 0; row < ROWS; row++) {
        if (at(made, row, MEAN)->kind != NPT_CELL_NUMBER)
            continue;
        const double n = (double)at(made, row, N)->count, mean = at(made, row, MEAN)->number;
        const struct npt_cell *sd = at(spreads, row, SD);
        add_equation(&sums, row, n * mean);
        if (sd->kind == NPT_CELL_NUMBER)
            add_equation(&squares, row, (n - 1) * sd->number * sd->number + n * mean * mean);
    }
    double sum[CELLS + 1] = {0}, square[CELLS + 1] = {0};
    size_t people = 0;
    for (size_t row = first; row < first + count * step; row += step)
        if (at(made, row, MEAN)->kind == NPT_CELL_WITHHELD) {
            assert_int_equal(at(made, row, N)->kind, NPT_CELL_COUNT);
            people += (size_t)at(made, row, N)->count;
            for (size_t i = 0; i < CELLS; i++)
                square[i] = sum[i] += is_in(row, i / WAVES, i % WAVES);
        }
    if (!people || people > MOST_POOL || !follows(sums, sum))
        return;
    const bool known = follows(squares, square);
    for (size_t row = first; row < first + count * step; row += step) {
        const size_t few = (size_t)at(made, row, N)->count;
        if (at(made, row, MEAN)->kind != NPT_CELL_WITHHELD || few >= NPT_MIN_N)
            continue;
        told->attacked++;
        /* A whole answer less: between what whole answers come to and what any numbers would. */
        told->narrow += known && width_of(few, people, (size_t)nearbyint(sum[CELLS]),
                                          (size_t)nearbyint(square[CELLS])) <
                                     (MOST - LEAST) / 4.0 - 1.0 / (double)few;
    }
}

/* Sites of each wave, and waves of each site. */
static struct told attack_all(const npt_table *made, const npt_table *spreads)
{
    struct told told = {0};
    for (size_t wave = 0; wave <= WAVES; wave++)
        attack(made, spreads, wave, WAVES + 1, SITES, &told);
    for (size_t site = 0; site <= SITES; site++)
        attack(made, spreads, site * (WAVES + 1), 1, WAVES, &told);
    return told;
}

static void attack_scores(bool tight, size_t studies, size_t *attacked, size_t *bare,
                          size_t *spreads)
{
    uint64_t state = 5;
    *attacked = *bare = *spreads = 0;
    for (size_t i = 0; i < studies; i++) {
        struct sums cells[SITES][WAVES];
        invent(cells, tight, &state);
        npt_table *table = make_table(cells), *made;
        struct npt_protected summary;
        npt_table_free(npt_protect(&made, (const npt_table *const *)&table, 1, NULL, &summary));
        assert_int_equal(summary.exposed, 0);
        const struct told before = attack_all(made, table), after = attack_all(made, made);
        assert_int_equal(after.narrow, 0);
        *attacked += after.attacked;
        *bare += before.narrow;
        for (size_t row = 0; row < ROWS; row++) {
            if (at(made, row, MEAN)->kind == NPT_CELL_NUMBER)
                assert_int_equal(at(made, row, SD)->kind, at(made, row, LOW)->kind);
            *spreads += at(made, row, MEAN)->kind == NPT_CELL_NUMBER &&
                        at(made, row, SD)->kind == NPT_CELL_WITHHELD;
        }
        npt_table_free(made);
        npt_table_free(table);
    }
    printf("means attacked: %zu; told by all spreads: %zu; spreads withheld: %zu\n", *attacked,
           *bare, *spreads);
}

static void squares_do_not_tell_the_means_of_two_small_sites(void **state)
{
    (void)state;
    size_t attacked, bare, spreads;
    attack_scores(true, 6, &attacked, &bare, &spreads);
    assert_true(attacked > 0);
    assert_true(bare > 0);
    assert_true(spreads > 0);
}

static void where_answers_lie_apart_all_spreads_stay(void **state)
{
    (void)state;
    size_t attacked, bare, spreads;
    attack_scores(false, 6, &attacked, &bare, &spreads);
    assert_true(attacked > 0);
    assert_int_equal(bare, 0);
    assert_int_equal(spreads, 0);
}

/* Two answers of 1 and 5 and two of 3: sums 12 and squares 44, of which 2 people have 4 to 8. */
static void the_count_of_answers_that_fit_is_right(void **state)
{
    (void)state;
    assert_true(possible[2][6][26] && possible[2][6][18] && possible[2][6][20]);
    assert_false(possible[2][6][22]);
    assert_float_equal(width_of(2, 4, 12, 44), 2, 1e-9);
    assert_float_equal(width_of(2, 4, 12, 36), 0, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(squares_do_not_tell_the_means_of_two_small_sites),
        cmocka_unit_test(where_answers_lie_apart_all_spreads_stay),
        cmocka_unit_test(the_count_of_answers_that_fit_is_right),
    };
    find_possible();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
