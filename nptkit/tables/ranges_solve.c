/* ranges_solve.c - witnesses for what is withheld, by linear and whole-number programs over small regions.
 *
 * The true numbers are a solution. Where all but a region of quantities stays as it truly is, any other solution of the
 * region is one of the whole: a witness. So there are many small programs and never a large one, and the work grows with
 * the number of cells. First all that is unproven in a region moves at once, up or down by the toss of a coin; what is
 * left moves one by one. What is not proven in any region counts as unsafe: that withholds too much, never too little.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ranges_region.h"

#include <glpk.h>
#include <math.h>
#include <string.h>

#define CLOSE 1e-6
#define MOST_NODES \
    20 /* of a search for whole numbers; without a witness the item counts as unsafe */
#define MOST_RATIO_STEPS 8
#define MOST_PIVOTS 200000
#define MOST_TOSSES 6
#define FAR 1000.0 /* beyond the true number, nothing need be shown: programs stay bounded */

struct part {
    struct npt__ranges *ranges;
    struct npt__region region;
    bool *tried; /* by item */
    glp_prob *program;
    int nodes;
};

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
        if (part->ranges->place[term->quantity] == NPT__NOWHERE) {
            known += value;
            continue;
        }
        open += value;
        count++;
        columns[count] = (int)part->ranges->place[term->quantity] + 1;
        factors[count] = term->factor;
    }
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
    for (size_t i = 0; i < part->region.relations.count; i++) {
        const size_t count = quantities->relations.items[part->region.relations.items[i]].count;
        longest = count > longest ? count : longest;
    }
    part->program = glp_create_prob();
    glp_add_cols(part->program, (int)part->region.items.count);
    for (size_t i = 0; i < part->region.items.count; i++) {
        const uint32_t item = part->region.items.items[i];
        const struct npt__quantity *quantity = &quantities->items.items[item];
        const double low = ranges->low[item];
        double high = ranges->high[item];
        if (!quantity->is_sum && high > quantity->value + FAR)
            high = quantity->value + FAR;
        set_bounds(part->program, (int)i + 1, fmin(low, quantity->value),
                   fmax(high, quantity->value));
    }
    int *columns = npt__allocate((longest + 1) * sizeof *columns);
    double *factors = npt__allocate((longest + 1) * sizeof *factors);
    for (size_t i = 0; i < part->region.relations.count; i++)
        add_row(part, &quantities->relations.items[part->region.relations.items[i]], columns,
                factors);
    npt__release(columns);
    npt__release(factors);
    glp_adv_basis(part->program, 0);
}

/* ---- witnesses ------------------------------------------------------------------------------- */

static void take_witness(struct part *part, double (*value_of)(glp_prob *program, int column))
{
    struct npt__ranges *ranges = part->ranges;
    for (size_t i = 0; i < part->region.items.count; i++) {
        const uint32_t item = part->region.items.items[i];
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
    for (size_t i = 0; i < part->region.items.count; i++) {
        const double value = glp_get_col_prim(part->program, (int)i + 1);
        if (!part->ranges->quantities->items.items[part->region.items.items[i]].is_sum &&
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

static bool solve_relaxed(struct part *part)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.it_lim = MOST_PIVOTS;
    return glp_simplex(part->program, &how) == 0 && glp_get_status(part->program) == GLP_OPT;
}

/* How far the item has to go in one direction, in whole steps as far as it can. */
static double goal_of(const struct part *part, uint32_t item, int direction)
{
    const struct npt__ranges *ranges = part->ranges;
    const double end = glp_get_col_prim(part->program, (int)ranges->place[item] + 1);
    const double goal = direction > 0 ? ranges->seen_low[item] + ranges->width - 1
                                      : ranges->seen_high[item] - ranges->width + 1;
    return direction > 0 ? fmin(goal, floor(end + CLOSE)) : fmax(goal, ceil(end - CLOSE));
}

/* Looks for any whole solution that takes a count as far as is wanted; for a sum, one that takes it far. */
static void search_whole(struct part *part, uint32_t item, int direction)
{
    const struct npt__ranges *ranges = part->ranges;
    const bool is_sum = ranges->quantities->items.items[item].is_sum;
    const int column = (int)ranges->place[item] + 1;
    const double low = glp_get_col_lb(part->program, column);
    const double high = glp_get_col_ub(part->program, column);
    const int kind = glp_get_col_type(part->program, column);
    if (!is_sum) {
        const double goal = goal_of(part, item, direction);
        if (direction > 0 ? goal <= ranges->seen_high[item] : goal >= ranges->seen_low[item])
            return; /* known already */
        set_bounds(part->program, column, direction > 0 ? goal : low, direction > 0 ? high : goal);
        glp_set_obj_coef(part->program, column, 0);
        solve_relaxed(part);
    }
    for (size_t i = 0; i < part->region.items.count; i++)
        glp_set_col_kind(
            part->program, (int)i + 1,
            ranges->quantities->items.items[part->region.items.items[i]].is_sum ? GLP_CV : GLP_IV);
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.br_tech = GLP_BR_MFV;
    how.cb_func = count_nodes;
    how.cb_info = part;
    part->nodes = 0;
    const bool solved = glp_get_status(part->program) == GLP_OPT;
    if (solved)
        glp_intopt(part->program, &how);
    const int status = solved ? glp_mip_status(part->program) : GLP_UNDEF;
    if (status == GLP_OPT || status == GLP_FEAS)
        take_witness(part, glp_mip_col_val);
    glp_set_col_bnds(part->program, column, kind, low, high);
    for (size_t i = 0; i < part->region.items.count; i++)
        glp_set_col_kind(part->program, (int)i + 1, GLP_CV);
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
    if (solve_relaxed(part)) {
        if (is_whole(part))
            take_witness(part, glp_get_col_prim);
        else
            search_whole(part, item, direction);
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

static bool is_unproven(const struct part *part, uint32_t item)
{
    return npt__ranges_wanted(part->ranges, item) && !npt__ranges_proven(part->ranges, item);
}

static uint32_t hash_text(const char *text)
{
    return npt__intern_hash(text, strlen(text));
}

/* A coin for each group of people, or answer of them: those who are asked about one construct are asked about all. */
static bool falls_up(const struct npt__quantities *quantities, const struct npt__quantity *quantity,
                     uint32_t toss)
{
    uint32_t hash = toss * 2654435761u;
    if (quantity->counted != NPT__COUNTS_PEOPLE)
        hash ^= hash_text(
            quantity->stem == NPT__NOWHERE ? "" : quantities->stem_texts.items[quantity->stem]);
    size_t count;
    const struct npt__label *labels = npt__labels_of(quantities, quantity, &count);
    for (size_t i = 0; i < count; i++)
        hash = hash * 16777619u ^ hash_text(npt__name_text(quantities, labels[i].value));
    hash = (hash ^ hash >> 15) * 2246822519u;
    return (hash ^ hash >> 13) & 1;
}

/* Takes all that is unproven up or down at once, by the toss of a coin: one solution is a witness for many. */
static void toss(struct part *part, uint32_t number)
{
    const struct npt__quantities *quantities = part->ranges->quantities;
    for (size_t i = 0; i < part->region.items.count; i++) {
        const uint32_t item = part->region.items.items[i];
        const bool up = falls_up(quantities, &quantities->items.items[item], number / 2);
        const double sign = up == (number & 1) ? 1 : -1;
        glp_set_obj_coef(part->program, (int)i + 1, is_unproven(part, item) ? sign : 0);
    }
    glp_set_obj_dir(part->program, GLP_MAX);
    if (solve_relaxed(part) && is_whole(part))
        take_witness(part, glp_get_col_prim);
    for (size_t i = 0; i < part->region.items.count; i++)
        glp_set_obj_coef(part->program, (int)i + 1, 0);
}

static size_t count_unproven(const struct part *part)
{
    size_t count = 0;
    for (size_t i = 0; i < part->region.items.count; i++)
        count += is_unproven(part, part->region.items.items[i]);
    return count;
}

/* Pushes what is unproven of the site around which the region grew; what is near is another's turn. Where the region
   does not prove the first of them, and is not the last to be tried, a larger one will have to. */
static void push_each(struct part *part, uint32_t start)
{
    const struct npt__region *region = &part->region;
    bool proves = region->extent + 1 == NPT__REGION_EXTENTS;
    for (size_t i = 0; i < region->items.count; i++) {
        const uint32_t item = region->items.items[i];
        if (region->extent ? region->site[item] != region->own : item != start)
            continue;
        part->tried[item] = true;
        if (!is_unproven(part, item) || (item != start && !proves))
            continue;
        for (int direction = 1; direction >= -1; direction -= 2)
            if (is_unproven(part, item))
                push_far(part, item, direction);
        proves |= npt__ranges_proven(part->ranges, item);
    }
}

static void solve_region(struct part *part, uint32_t start)
{
    build(part);
    size_t unproven = count_unproven(part), before = SIZE_MAX;
    for (uint32_t i = 0; i < MOST_TOSSES && unproven > 2 && (i < 2 || unproven < before); i++) {
        toss(part, i);
        before = unproven;
        unproven = count_unproven(part);
    }
    push_each(part, start);
    glp_delete_prob(part->program);
}

void npt__ranges_solve(struct npt__ranges *ranges)
{
    const size_t items = ranges->quantities->items.count;
    struct part part = {.ranges = ranges, .tried = npt__allocate(items + 1)};
    npt__region_open(&part.region, ranges);
    const int talks = glp_term_out(GLP_OFF);
    for (size_t extent = 0; extent < NPT__REGION_EXTENTS; extent++) {
        memset(part.tried, 0, items + 1);
        for (uint32_t i = 0; i < items; i++) {
            if (part.tried[i] || !is_unproven(&part, i))
                continue;
            npt__region_grow(&part.region, i, extent);
            solve_region(&part, i);
            npt__region_leave(&part.region);
        }
    }
    glp_term_out(talks);
    npt__release(part.tried);
    npt__region_release(&part.region);
}
