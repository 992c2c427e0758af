/* reliability_table.c - how well the items of each construct hang together: alpha, omega, and what each item
 * adds.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../stats/omega.h"
#include "../stats/reliability.h"
#include "resampling.h"
#include "survey_scores.h"

#include <math.h>
#include <string.h>

#define CONFIDENCE 0.95
#define FEW_RESPONSES 30u
#define FEW_ITEMS 3u
#define MOST_ITEMS 200u

struct reliability {
    struct npt__survey_scope scope;
    const npt_study *study;
    npt_table *table;
    struct npt__resampling resampling;
    bool by_item, pairwise;
    const size_t *first; /* of each cell, into members */
    const uint32_t *members;
    bool few_responses, few_items;
    size_t n, items, alpha, low, high, standardised, mean_correlation, omega; /* of scales */
    size_t mean, sd, rest, without;                                           /* of items */
};

/* One scale: a construct, or the total over several. */
struct scale {
    const char *name;
    uint32_t items[MOST_ITEMS]; /* those that some response was asked */
    size_t count;
};

/* ---- columns --------------------------------------------------------------------------------- */

/* What n counts, for protection, and that the columns from `first` on describe it. */
static void declare(const struct reliability *reliability, size_t first)
{
    npt_table *table = reliability->table;
    npt__table_counts(table, reliability->n, NPT__COUNTS_PEOPLE,
                      reliability->pairwise ? "answered any item" : "answered all items");
    for (size_t i = first; i < npt_table_column_count(table); i++)
        npt__table_describes(table, i, reliability->n);
}

static void add_scale_columns(struct reliability *reliability)
{
    npt_table *table = reliability->table;
    reliability->n = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    reliability->items = npt__table_measure(table, "items", "Items", NPT_UNIT_COUNT);
    reliability->alpha = npt__table_measure(table, "alpha", "Alpha", NPT_UNIT_MEAN);
    reliability->low = npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN);
    reliability->high = npt__table_measure(table, "high", "High", NPT_UNIT_MEAN);
    reliability->standardised =
        npt__table_measure(table, "standardised", "Standardised alpha", NPT_UNIT_MEAN);
    reliability->mean_correlation =
        npt__table_measure(table, "mean_correlation", "Mean correlation of items", NPT_UNIT_MEAN);
    reliability->omega = npt__table_measure(table, "omega", "Omega total", NPT_UNIT_MEAN);
    const struct npt__layout layout = {
        .across = SIZE_MAX,
        .shown = {{reliability->n, SIZE_MAX, NULL, NPT__PART},
                  {reliability->items, SIZE_MAX, NULL, NPT__PART},
                  {reliability->alpha, SIZE_MAX, NULL, NPT__PART},
                  {reliability->low, reliability->high, "95% interval", NPT__RANGE},
                  {reliability->standardised, SIZE_MAX, NULL, NPT__PART},
                  {reliability->omega, SIZE_MAX, NULL, NPT__PART}},
        .shown_count = 6};
    npt__table_set_layout(table, &layout);
    npt__table_counts(table, reliability->items, NPT__HARMLESS, "items");
    declare(reliability, reliability->alpha);
}

static void add_item_columns(struct reliability *reliability)
{
    npt_table *table = reliability->table;
    reliability->n = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    reliability->mean = npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    reliability->sd = npt__table_measure(table, "sd", "SD", NPT_UNIT_MEAN);
    reliability->rest =
        npt__table_measure(table, "item_rest", "Correlation with the rest", NPT_UNIT_MEAN);
    reliability->alpha = npt__table_measure(table, "alpha", "Alpha", NPT_UNIT_MEAN);
    reliability->without =
        npt__table_measure(table, "alpha_without", "Alpha without it", NPT_UNIT_MEAN);
    declare(reliability, reliability->mean);
    if (!reliability->pairwise) /* where pairs differ, the mean is of others than n */
        npt__table_mean(table, reliability->mean, reliability->n);
}

/* ---- answers --------------------------------------------------------------------------------- */

static bool is_asked(const struct npt__survey_scope *scope, const struct npt__study_item *item)
{
    for (uint32_t i = 0; i < scope->responses->count; i++)
        if (scope->cell[i] != NPT__NONE && item->answers[i] != NPT__NOT_ASKED)
            return true;
    return false;
}

/* The answers of one cell as rows, with reversed items turned round; release the values. */
static struct npt__item_answers gather(const struct reliability *reliability,
                                       const struct scale *scale, uint32_t cell)
{
    const struct npt__responses *responses = reliability->scope.responses;
    const size_t first = reliability->first[cell];
    const size_t count = reliability->first[cell + 1] - first;
    uint8_t *values = npt__allocate((count + 1) * scale->count);
    for (size_t j = 0; j < scale->count; j++) {
        const struct npt__study_item *item = &responses->items.items[scale->items[j]];
        const int turn = item->scale->least + item->scale->most;
        for (size_t i = 0; i < count; i++) {
            const uint8_t answer = item->answers[reliability->members[first + i]];
            values[i * scale->count + j] =
                npt__is_value(answer) ? (uint8_t)(item->item->reversed ? turn - answer : answer)
                                      : NPT__BLANK;
        }
    }
    return (struct npt__item_answers){.values = values, .count = count, .items = scale->count};
}

/* ---- rows ------------------------------------------------------------------------------------ */

static const char *why_no_alpha(enum npt__alpha_fault fault)
{
    static const char *const reasons[] = {[NPT__ALPHA_FINE] = NULL,
                                          [NPT__ALPHA_ITEMS] = "a scale needs at least two items",
                                          [NPT__ALPHA_ROWS] =
                                              "fewer than two responses with all items",
                                          [NPT__ALPHA_CONSTANT] = "the answers do not differ"};
    return reasons[fault];
}

static const char *why_no_omega(enum npt__omega_fault fault)
{
    static const char *const reasons[] = {
        [NPT__OMEGA_FINE] = NULL,
        [NPT__OMEGA_ITEM_COUNT] = "omega needs at least three items",
        [NPT__OMEGA_SINGULAR] = "an item does not vary, or repeats others",
        [NPT__OMEGA_HEYWOOD] = "one factor does not fit: an item would keep no variance of its own",
        [NPT__OMEGA_UNDETERMINED] = "one factor is not determined by these answers",
        [NPT__OMEGA_NOT_CONVERGED] = "the fit of one factor did not converge"};
    return reasons[fault];
}

static void fill_interval(const struct reliability *reliability,
                          const struct npt__item_answers *answers, const struct npt__alpha *alpha,
                          struct npt_cell *row)
{
    const char *reason = why_no_alpha(alpha->fault);
    double low = alpha->low, high = alpha->high;
    if (reliability->pairwise)
        reason = "no interval: no single number of responses stands behind a pairwise alpha";
    if (reliability->resampling.wanted && alpha->defined) {
        const struct npt__bootstrap_interval made = npt__alpha_bootstrap(
            answers,
            &(struct npt__bootstrap_options){.replicates = reliability->resampling.replicates,
                                             .seed = reliability->resampling.seed,
                                             .threads = reliability->study->threads,
                                             .confidence = CONFIDENCE});
        low = made.defined ? made.low : NAN;
        high = made.defined ? made.high : NAN;
        reason = "the bootstrap gives no interval for these answers";
    }
    row[reliability->low] = npt__number_or(low, reason);
    row[reliability->high] = npt__number_or(high, reason);
}

static struct npt_cell find_omega(const struct npt__item_answers *answers)
{
    const size_t items = answers->items;
    double *covariances = npt__allocate(items * items * sizeof *covariances);
    double *parts = npt__allocate(2 * items * sizeof *parts);
    const size_t count = npt__item_covariances(answers, covariances);
    struct npt_cell cell = npt__absent(why_no_alpha(NPT__ALPHA_ROWS));
    if (count >= 2) {
        const struct npt__omega omega = npt__omega_fit(covariances, items, parts, parts + items);
        cell = omega.defined ? npt__number(omega.omega) : npt__absent(why_no_omega(omega.fault));
    }
    npt__release(covariances);
    npt__release(parts);
    return cell;
}

static void add_scale_row(struct reliability *reliability, const struct scale *scale, uint32_t cell,
                          const struct npt__item_answers *answers, const struct npt__alpha *alpha)
{
    struct npt_cell *row = npt__table_add_row(reliability->table);
    const char *reason = why_no_alpha(alpha->fault);
    row[0] = npt__text(scale->name);
    npt__dimensions_label(&reliability->scope.dimensions, cell, row + 1);
    row[reliability->n] = npt__count(alpha->count);
    row[reliability->items] = npt__count(scale->count);
    row[reliability->alpha] = alpha->defined ? npt__number(alpha->alpha) : npt__absent(reason);
    fill_interval(reliability, answers, alpha, row);
    reason = reason ? reason : "an item does not vary";
    row[reliability->standardised] =
        npt__number_or(alpha->defined ? alpha->standardised : NAN, reason);
    row[reliability->mean_correlation] =
        npt__number_or(alpha->defined ? alpha->mean_correlation : NAN, reason);
    row[reliability->omega] = find_omega(answers);
    reliability->few_responses |= alpha->count < FEW_RESPONSES;
    reliability->few_items |= scale->count < FEW_ITEMS;
}

static void add_item_rows(struct reliability *reliability, const struct scale *scale, uint32_t cell,
                          const struct npt__alpha *alpha, const struct npt__item_reliability *items)
{
    const char *reason = why_no_alpha(alpha->fault);
    for (size_t i = 0; i < scale->count; i++) {
        struct npt_cell *row = npt__table_add_row(reliability->table);
        const struct npt__scale *ends =
            reliability->scope.responses->items.items[scale->items[i]].scale;
        npt__table_scale(reliability->table, ends->least, ends->most);
        row[0] = npt__text(scale->name);
        row[1] = npt__text(reliability->scope.responses->items.items[scale->items[i]].item->id);
        npt__dimensions_label(&reliability->scope.dimensions, cell, row + 2);
        row[reliability->n] = npt__count(alpha->count);
        row[reliability->mean] = npt__number_or(items[i].mean, reason);
        row[reliability->sd] = npt__number_or(items[i].sd, reason);
        row[reliability->rest] =
            npt__number_or(items[i].rest_correlation, reason ? reason : "the item does not vary");
        row[reliability->alpha] = alpha->defined ? npt__number(alpha->alpha) : npt__absent(reason);
        row[reliability->without] =
            npt__number_or(items[i].alpha_without, reason ? reason : "one item would be left");
    }
    reliability->few_responses |= alpha->count < FEW_RESPONSES;
    reliability->few_items |= scale->count < FEW_ITEMS;
}

static void add_scale(struct reliability *reliability, const struct scale *scale)
{
    struct npt__item_reliability items[MOST_ITEMS];
    for (uint32_t i = 0; i < reliability->scope.dimensions.cell_count; i++) {
        if (!npt__survey_scope_shows(&reliability->scope, i))
            continue;
        const struct npt__item_answers answers = gather(reliability, scale, i);
        const struct npt__alpha alpha = reliability->pairwise
                                            ? npt__alpha_pairwise(&answers, items)
                                            : npt__alpha_listwise(&answers, CONFIDENCE, items);
        if (reliability->by_item)
            add_item_rows(reliability, scale, i, &alpha, items);
        else
            add_scale_row(reliability, scale, i, &answers, &alpha);
        npt__release((void *)(uintptr_t)answers.values);
    }
}

static void add_scales(struct reliability *reliability)
{
    const struct npt__responses *responses = reliability->scope.responses;
    for (size_t i = 0; i < responses->constructs.count; i++) {
        const struct npt__study_construct *construct = &responses->constructs.items[i];
        struct scale scale = {.name = construct->name};
        for (size_t j = 0; j < construct->items.count && scale.count < MOST_ITEMS; j++)
            if (is_asked(&reliability->scope, &responses->items.items[construct->items.items[j]]))
                scale.items[scale.count++] = construct->items.items[j];
        if (construct->items.count > MOST_ITEMS)
            npt__table_add_note(reliability->table,
                                "Of '%s' only the first %u of %zu items are looked at.",
                                construct->name, MOST_ITEMS, construct->items.count);
        if (scale.count)
            add_scale(reliability, &scale);
    }
}

/* ---- the table ------------------------------------------------------------------------------- */

static void add_notes(struct reliability *reliability)
{
    npt_table *table = reliability->table;
    if (reliability->pairwise)
        npt__table_add_note(table,
                            "Each pair of items takes the responses that answered both; n is "
                            "who answered any. Omega takes those who answered all.");
    else
        npt__table_add_note(table,
                            "n is who answered all items of the construct; the others are left "
                            "out. Items that are worded the other way are turned round.");
    if (reliability->resampling.wanted)
        npt__table_add_note(table,
                            "95%% interval of alpha: bootstrap (BCa, %zu replicates, seed %zu).",
                            reliability->resampling.replicates, reliability->resampling.seed);
    else if (!reliability->by_item && !reliability->pairwise)
        npt__table_add_note(table, "95%% interval of alpha: Feldt (1965).");
    if (!reliability->by_item)
        npt__table_add_note(table, "Omega total: one factor, maximum likelihood (McDonald 1999).");
    if (reliability->few_responses)
        npt__table_add_note(table, "Below %u responses alpha says little: read its interval.",
                            FEW_RESPONSES);
    if (reliability->few_items)
        npt__table_add_note(table,
                            "A scale of fewer than %u items has no omega, and an alpha of "
                            "little use.",
                            FEW_ITEMS);
    npt__note_repeated(table, reliability->study, reliability->scope.cell);
    npt__survey_notes(table, reliability->study, reliability->scope.cell);
    npt__add_provenance(table, reliability->study);
}

static enum npt_status read_options(struct reliability *reliability, const npt_options *options,
                                    npt_diags *diags)
{
    reliability->by_item = npt__option(options, "items") != NULL;
    reliability->pairwise = npt__option(options, "pairwise") != NULL;
    const enum npt_status status =
        npt__resampling_read(&reliability->resampling, options, "feldt", diags);
    if (status == NPT_OK && reliability->resampling.wanted && reliability->pairwise) {
        npt__say(diags, NPT_ERROR, NULL,
                 "--interval bootstrap draws whole responses: it does not go "
                 "with --pairwise");
        return NPT_USAGE;
    }
    return status;
}

static enum npt_status run(npt_table **table, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    struct reliability reliability = {.study = study};
    enum npt_status status = read_options(&reliability, options, diags);
    if (status != NPT_OK)
        return status;
    status = npt__survey_scope_open(&reliability.scope, study, options, false, diags);
    if (status == NPT_OK) {
        npt_table *made = npt__table_new("reliability", reliability.by_item
                                                            ? "What each item adds to its construct"
                                                            : "Reliability of the constructs");
        reliability.table = made;
        npt__table_dimension(made, "construct", "Construct");
        if (reliability.by_item)
            npt__table_dimension(made, "item", "Item");
        npt__dimensions_columns(&reliability.scope.dimensions, made);
        if (reliability.by_item)
            add_item_columns(&reliability);
        else
            add_scale_columns(&reliability);
        npt__survey_scope_members(&reliability.scope, &reliability.first, &reliability.members);
        add_scales(&reliability);
        add_notes(&reliability);
        *table = made;
    }
    npt__survey_scope_release(&reliability.scope);
    return status;
}

static const struct npt_option options[] = {
    NPT__SURVEY_BY,
    NPT__SURVEY_WHERE,
    NPT__SURVEY_SITE,
    NPT__SURVEY_WAVE,
    {"items", NULL, "instead, each item: its correlation with the rest, and alpha without it"},
    {"pairwise", NULL, "use every response that answered both items of a pair"},
    {"interval", "feldt|bootstrap", "Feldt's (default), or bootstrap (BCa)"},
    NPT__OPTION_REPLICATES,
    NPT__OPTION_SEED,
    {NULL, NULL, NULL}};

const npt_analysis npt__reliability = {
    .name = "reliability",
    .summary = "alpha and omega of each construct, overall or within sites; what each item adds",
    .description =
        "Shows Cronbach's alpha with its 95% interval, the standardised alpha and omega total for each\n"
        "construct and for all items together. With --items: how each item goes with the rest of its\n"
        "construct. With --by site: within each site.",
    .options = options,
    .needs = NPT__NEEDS_SURVEY,
    .run = run,
};
