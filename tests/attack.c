/* attack.c - the attacker's search.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "attack.h"

#include "fixture.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_STEPS 4000

struct search {
    const struct attack *attack;
    const struct attack_equation *target;
    size_t steps;
    bool gave_up;
};

struct bounds {
    int64_t low[ATTACK_MOST], high[ATTACK_MOST];
};

void attack_open(struct attack *attack, size_t unknowns, int64_t most)
{
    assert_true(unknowns <= ATTACK_MOST);
    memset(attack, 0, sizeof *attack);
    attack->unknowns = unknowns;
    attack->most = most;
    attack->list = malloc(ATTACK_EQUATIONS * sizeof *attack->list);
    assert_non_null(attack->list);
}

void attack_close(struct attack *attack)
{
    free(attack->list);
}

struct attack_equation *attack_add(struct attack *attack, int64_t low, int64_t high)
{
    assert_true(attack->equations < ATTACK_EQUATIONS);
    struct attack_equation *added = &attack->list[attack->equations++];
    memset(added, 0, sizeof *added);
    added->low = low;
    added->high = high;
    return added;
}

static int64_t divide_down(int64_t a, int64_t b)
{
    const int64_t quotient = a / b;
    return quotient * b > a ? quotient - 1 : quotient;
}

/* Narrows the bounds by one equation; false where it cannot hold. */
static bool narrow(const struct attack *attack, const struct attack_equation *equation,
                   struct bounds *bounds, bool *changed)
{
    int64_t least = 0, most = 0;
    for (size_t i = 0; i < attack->unknowns; i++) {
        const int64_t factor = equation->factors[i];
        least += factor * (factor > 0 ? bounds->low[i] : bounds->high[i]);
        most += factor * (factor > 0 ? bounds->high[i] : bounds->low[i]);
    }
    if (least > equation->high || most < equation->low)
        return false;
    for (size_t i = 0; i < attack->unknowns; i++) {
        const int64_t factor = equation->factors[i];
        if (!factor || bounds->low[i] == bounds->high[i])
            continue;
        const int64_t size = factor > 0 ? factor : -factor;
        /* how far the unknown may move from the end at which the sum is least, or most */
        const int64_t up = divide_down(equation->high - least, size);
        const int64_t down = divide_down(most - equation->low, size);
        const int64_t low = bounds->high[i] - (factor > 0 ? down : up);
        const int64_t high = bounds->low[i] + (factor > 0 ? up : down);
        if (low > bounds->low[i] || high < bounds->high[i]) {
            /* the sums above hold for the old bounds: start again with the new ones */
            bounds->low[i] = low > bounds->low[i] ? low : bounds->low[i];
            bounds->high[i] = high < bounds->high[i] ? high : bounds->high[i];
            *changed = true;
            return bounds->low[i] <= bounds->high[i];
        }
    }
    return true;
}

static bool narrow_all(const struct search *search, struct bounds *bounds)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i <= search->attack->equations; i++) {
            bool once_more = true;
            while (once_more) {
                once_more = false;
                if (!narrow(search->attack,
                            i < search->attack->equations ? &search->attack->list[i]
                                                          : search->target,
                            bounds, &once_more))
                    return false;
                changed |= once_more;
            }
        }
    }
    return true;
}

static bool look(struct search *search, const struct bounds *given, int64_t *solution)
{
    struct bounds bounds = *given;
    if (++search->steps > MOST_STEPS) {
        search->gave_up = true;
        return false;
    }
    if (!narrow_all(search, &bounds))
        return false;
    /* those of the target first, then those that cannot stay at the hint, then those with the fewest values */
    size_t chosen = SIZE_MAX;
    int64_t best = INT64_MAX;
    for (size_t i = 0; i < search->attack->unknowns; i++) {
        const int64_t width = bounds.high[i] - bounds.low[i];
        const int64_t hint = search->attack->hint[i];
        const bool moved = hint < bounds.low[i] || hint > bounds.high[i];
        const int64_t cost = width + (search->target->factors[i] ? 0 : 100000) + (moved ? 0 : 1000);
        if (width > 0 && cost < best) {
            best = cost;
            chosen = i;
        }
    }
    if (chosen == SIZE_MAX) {
        memcpy(solution, bounds.low, sizeof bounds.low);
        return true;
    }
    int64_t start = search->attack->hint[chosen];
    start = start < bounds.low[chosen] ? bounds.low[chosen] : start;
    start = start > bounds.high[chosen] ? bounds.high[chosen] : start;
    for (int64_t far = 0; far <= bounds.high[chosen] - bounds.low[chosen]; far++)
        for (int side = 0; side < (far ? 2 : 1); side++) {
            const int64_t value = side ? start - far : start + far;
            if (value < bounds.low[chosen] || value > bounds.high[chosen])
                continue;
            struct bounds next = bounds;
            next.low[chosen] = next.high[chosen] = value;
            if (look(search, &next, solution))
                return true;
            if (search->gave_up)
                return false;
        }
    return false;
}

static bool holds(const struct attack *attack, const struct attack_equation *equation,
                  const int64_t *solution)
{
    int64_t sum = 0;
    for (size_t i = 0; i < attack->unknowns; i++)
        sum += equation->factors[i] * solution[i];
    return sum >= equation->low && sum <= equation->high;
}

static void expect_solution(const struct attack *attack, const struct attack_equation *target,
                            const int64_t *solution)
{
    for (size_t i = 0; i < attack->unknowns; i++)
        assert_true(solution[i] >= 0);
    assert_true(holds(attack, target, solution));
    for (size_t i = 0; i < attack->equations; i++)
        assert_true(holds(attack, &attack->list[i], solution));
}

/* ---- by a program ---------------------------------------------------------------------------- */

static void add_row(glp_prob *program, const struct attack *attack,
                    const struct attack_equation *equation)
{
    int columns[ATTACK_MOST + 1], count = 0;
    double factors[ATTACK_MOST + 1];
    for (size_t i = 0; i < attack->unknowns; i++)
        if (equation->factors[i]) {
            columns[++count] = (int)i + 1;
            factors[count] = (double)equation->factors[i];
        }
    const int row = glp_add_rows(program, 1);
    glp_set_row_bnds(program, row, equation->low == equation->high ? GLP_FX : GLP_DB,
                     (double)equation->low, (double)equation->high);
    glp_set_mat_row(program, row, count, columns, factors);
}

/* A whole-number program; what it finds is checked to the last digit by the caller. */
static enum attack_found solve(const struct attack *attack, const struct attack_equation *target,
                               int64_t *solution)
{
    glp_prob *program = glp_create_prob();
    glp_iocp how;
    glp_init_iocp(&how);
    how.presolve = GLP_ON;
    how.msg_lev = GLP_MSG_OFF;
    how.tm_lim = 5000;
    glp_add_cols(program, (int)attack->unknowns);
    for (size_t i = 0; i < attack->unknowns; i++) {
        glp_set_col_kind(program, (int)i + 1, GLP_IV);
        glp_set_col_bnds(program, (int)i + 1, GLP_DB, 0, (double)attack->most);
    }
    for (size_t i = 0; i < attack->equations; i++)
        add_row(program, attack, &attack->list[i]);
    add_row(program, attack, target);
    const int talks = glp_term_out(GLP_OFF), failed = glp_intopt(program, &how);
    glp_term_out(talks);
    const int status = glp_mip_status(program);
    for (size_t i = 0; i < attack->unknowns; i++)
        solution[i] = (int64_t)llround(glp_mip_col_val(program, (int)i + 1));
    glp_delete_prob(program);
    if (status == GLP_OPT || status == GLP_FEAS)
        return ATTACK_POSSIBLE;
    return status == GLP_NOFEAS || failed == GLP_ENOPFS ? ATTACK_IMPOSSIBLE : ATTACK_GAVE_UP;
}

enum attack_found attack_try(const struct attack *attack, const struct attack_equation *target,
                             int64_t solution[ATTACK_MOST])
{
    enum attack_found found = solve(attack, target, solution);
    if (found == ATTACK_GAVE_UP)
        found = attack_search(attack, target, solution);
    if (found == ATTACK_POSSIBLE)
        expect_solution(attack, target, solution);
    return found;
}

enum attack_found attack_search(const struct attack *attack, const struct attack_equation *target,
                                int64_t solution[ATTACK_MOST])
{
    struct search search = {.attack = attack, .target = target};
    struct bounds bounds;
    for (size_t i = 0; i < attack->unknowns; i++) {
        bounds.low[i] = 0;
        bounds.high[i] = attack->most;
    }
    if (!look(&search, &bounds, solution))
        return search.gave_up ? ATTACK_GAVE_UP : ATTACK_IMPOSSIBLE;
    expect_solution(attack, target, solution);
    return ATTACK_POSSIBLE;
}
