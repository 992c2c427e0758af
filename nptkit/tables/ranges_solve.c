/* ranges_solve.c - the exact ranges of what is withheld, by linear and whole-number programs.
 *
 * Quantities that share a relation and are not published hang together; each such part of the whole is one program,
 * whose constraints stay while its objective changes. The true numbers are a solution, so there is always one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ranges.h"

#include <glpk.h>
#include <math.h>

#define CLOSE 1e-6
#define MOST_NODES \
    200 /* of a search for whole numbers; without a witness the item counts as unsafe */
#define MOST_RATIO_STEPS 8
#define MOST_PIVOTS 200000
#define FAR 1000.0 /* beyond the true number, nothing need be shown: programs stay bounded */

struct part {
    struct npt__ranges *ranges;
    NPT__ARRAY(uint32_t) items;
    NPT__ARRAY(size_t) relations;
    glp_prob *program;
    int nodes;
};

/* ---- collecting what hangs together ----------------------------------------------------------- */

static void reach(struct part *part, uint32_t item)
{
    struct npt__ranges *ranges = part->ranges;
    if (ranges->place[item] != NPT__NOWHERE ||
        !npt__is_open(&ranges->quantities->items.items[item]))
        return;
    ranges->place[item] = (uint32_t)part->items.count;
    *npt__array_add(&part->items) = item;
}

static void collect(struct part *part, uint32_t start, bool *taken)
{
    const struct npt__quantities *quantities = part->ranges->quantities;
    part->items.count = part->relations.count = 0;
    reach(part, start);
    for (size_t i = 0; i < part->items.count; i++) {
        const uint32_t item = part->items.items[i];
        for (size_t j = part->ranges->first[item]; j < part->ranges->first[item + 1]; j++) {
            const size_t number = part->ranges->relations[j];
            if (taken[number])
                continue;
            taken[number] = true;
            *npt__array_add(&part->relations) = number;
            const struct npt__relation *relation = &quantities->relations.items[number];
            for (size_t k = 0; k < relation->count; k++)
                reach(part, quantities->terms.items[relation->first + k].quantity);
        }
    }
}

/* ---- the program ----------------------------------------------------------------------------- */

static void set_bounds(glp_prob *program, int column, double low, double high)
{
    const int kind = isinf(low) ? (isinf(high) ? GLP_FR : GLP_UP)
                                : (isinf(high) ? GLP_LO : (high - low < CLOSE ? GLP_FX : GLP_DB));
    glp_set_col_bnds(program, column, kind, isinf(low) ? 0 : low, isinf(high) ? 0 : high);
}

static void add_row(struct part *part, const struct npt__relation *relation, int *columns,
                    double *factors)
{
    const struct npt__quantities *quantities = part->ranges->quantities;
    double known = 0, open = 0;
    int count = 0;
    for (size_t i = 0; i < relation->count; i++) {
        const struct npt__relation_term *term = &quantities->terms.items[relation->first + i];
        const double value = term->factor * quantities->items.items[term->quantity].value;
        if (!npt__is_open(&quantities->items.items[term->quantity])) {
            known += value;
            continue;
        }
        open += value;
        count++;
        columns[count] = (int)part->ranges->place[term->quantity] + 1;
        factors[count] = term->factor;
    }
    if (count < 2) /* said by the bounds already, which were passed on */
        return;
    const int row = glp_add_rows(part->program, 1);
    /* What holds exactly is written from the true numbers: rounding must not make it impossible. */
    if (relation->at_least)
        glp_set_row_bnds(part->program, row, GLP_LO, -known < open ? -known : open, 0);
    else
        glp_set_row_bnds(part->program, row, GLP_FX, open, open);
    glp_set_mat_row(part->program, row, count, columns, factors);
}

static void build(struct part *part)
{
    const struct npt__ranges *ranges = part->ranges;
    const struct npt__quantities *quantities = ranges->quantities;
    size_t longest = 1;
    for (size_t i = 0; i < part->relations.count; i++) {
        const size_t count = quantities->relations.items[part->relations.items[i]].count;
        longest = count > longest ? count : longest;
    }
    part->program = glp_create_prob();
    glp_add_cols(part->program, (int)part->items.count);
    for (size_t i = 0; i < part->items.count; i++) {
        const uint32_t item = part->items.items[i];
        const struct npt__quantity *quantity = &quantities->items.items[item];
        const double low = ranges->low[item];
        double high = ranges->high[item];
        if (!quantity->is_sum && high > quantity->value + FAR)
            high = quantity->value + FAR;
        set_bounds(part->program, (int)i + 1, low < quantity->value ? low : quantity->value,
                   high > quantity->value ? high : quantity->value);
    }
    int *columns = npt__allocate((longest + 1) * sizeof *columns);
    double *factors = npt__allocate((longest + 1) * sizeof *factors);
    for (size_t i = 0; i < part->relations.count; i++)
        add_row(part, &quantities->relations.items[part->relations.items[i]], columns, factors);
    npt__release(columns);
    npt__release(factors);
}

/* ---- witnesses ------------------------------------------------------------------------------- */

static void take_witness(struct part *part, double (*value_of)(glp_prob *program, int column))
{
    struct npt__ranges *ranges = part->ranges;
    for (size_t i = 0; i < part->items.count; i++) {
        const uint32_t item = part->items.items[i];
        const struct npt__quantity *quantity = &ranges->quantities->items.items[item];
        double value = value_of(part->program, (int)i + 1);
        if (quantity->is_sum) {
            if (quantity->of == NPT__NOWHERE)
                continue;
            const uint32_t people = ranges->place[quantity->of];
            const double n = people == NPT__NOWHERE
                                 ? ranges->quantities->items.items[quantity->of].value
                                 : value_of(part->program, (int)people + 1);
            if (n < 1 - CLOSE)
                continue;
            value /= n;
        }
        if (value < ranges->seen_low[item])
            ranges->seen_low[item] = value;
        if (value > ranges->seen_high[item])
            ranges->seen_high[item] = value;
    }
}

static bool is_whole(const struct part *part)
{
    for (size_t i = 0; i < part->items.count; i++) {
        const double value = glp_get_col_prim(part->program, (int)i + 1);
        if (!part->ranges->quantities->items.items[part->items.items[i]].is_sum &&
            fabs(value - nearbyint(value)) > CLOSE)
            return false;
    }
    return true;
}

static void count_nodes(glp_tree *tree, void *user)
{
    struct part *part = user;
    if (glp_ios_reason(tree) == GLP_ISELECT && ++part->nodes > MOST_NODES)
        glp_ios_terminate(tree);
}

static void search_whole(struct part *part)
{
    for (size_t i = 0; i < part->items.count; i++)
        glp_set_col_kind(
            part->program, (int)i + 1,
            part->ranges->quantities->items.items[part->items.items[i]].is_sum ? GLP_CV : GLP_IV);
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.cb_func = count_nodes;
    how.cb_info = part;
    part->nodes = 0;
    glp_intopt(part->program, &how);
    const int status = glp_mip_status(part->program);
    if (status == GLP_OPT || status == GLP_FEAS)
        take_witness(part, glp_mip_col_val);
}

/* Takes the item as far as it goes, or its sum less `ratio` times the people. */
static void push(struct part *part, uint32_t item, int direction, double ratio)
{
    struct npt__ranges *ranges = part->ranges;
    const struct npt__quantity *quantity = &ranges->quantities->items.items[item];
    const int column = (int)ranges->place[item] + 1;
    const uint32_t people = quantity->is_sum ? ranges->place[quantity->of] : NPT__NOWHERE;
    glp_set_obj_dir(part->program, direction > 0 ? GLP_MAX : GLP_MIN);
    glp_set_obj_coef(part->program, column, 1);
    if (people != NPT__NOWHERE)
        glp_set_obj_coef(part->program, (int)people + 1, -ratio);
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.it_lim = MOST_PIVOTS;
    const int failed = glp_simplex(part->program, &how);
    const int status = glp_get_status(part->program);
    if (!failed && status == GLP_OPT) {
        if (is_whole(part))
            take_witness(part, glp_get_col_prim);
        else
            search_whole(part);
    }
    glp_set_obj_coef(part->program, column, 0);
    if (people != NPT__NOWHERE)
        glp_set_obj_coef(part->program, (int)people + 1, 0);
}

/* A mean over an unknown number is a ratio: each step takes the best ratio so far for granted and betters it
   (Dinkelbach 1967, Management Science 13:492-498). */
static void push_far(struct part *part, uint32_t item, int direction)
{
    const struct npt__quantity *quantity = &part->ranges->quantities->items.items[item];
    const bool is_ratio =
        quantity->is_sum && npt__is_open(&part->ranges->quantities->items.items[quantity->of]);
    for (size_t step = 0; step < (is_ratio ? MOST_RATIO_STEPS : 1); step++) {
        const double *best =
            direction > 0 ? &part->ranges->seen_high[item] : &part->ranges->seen_low[item];
        const double before = *best;
        push(part, item, direction, before);
        if (npt__ranges_proven(part->ranges, item) || fabs(*best - before) < CLOSE)
            return;
    }
}

static void solve_part(struct part *part)
{
    build(part);
    for (size_t i = 0; i < part->items.count; i++) {
        const uint32_t item = part->items.items[i];
        if (!npt__ranges_wanted(part->ranges, item))
            continue;
        if (!npt__ranges_proven(part->ranges, item))
            push_far(part, item, 1);
        if (!npt__ranges_proven(part->ranges, item))
            push_far(part, item, -1);
    }
    glp_delete_prob(part->program);
}

void npt__ranges_solve(struct npt__ranges *ranges)
{
    const struct npt__quantities *quantities = ranges->quantities;
    const size_t relations = quantities->relations.count;
    bool *taken = npt__allocate(relations + 1);
    for (size_t i = 0; i < relations; i++)
        taken[i] = false;
    struct part part = {.ranges = ranges};
    const int talks = glp_term_out(GLP_OFF);
    for (uint32_t i = 0; i < quantities->items.count; i++) {
        if (ranges->place[i] != NPT__NOWHERE || !npt__ranges_wanted(ranges, i) ||
            npt__ranges_proven(ranges, i))
            continue;
        collect(&part, i, taken);
        solve_part(&part);
    }
    glp_term_out(talks);
    for (size_t i = 0; i < quantities->items.count; i++)
        ranges->place[i] = NPT__NOWHERE;
    npt__release(taken);
    npt__array_release(&part.items);
    npt__array_release(&part.relations);
}
