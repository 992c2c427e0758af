/* agree_ratings.c - agreement in plain tables of ratings: units down, coders across, blanks missing.
 *
 * Here: the coefficients, for each pair of coders and for all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agree_ratings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FEW_UNITS 20u
#define MOST_RATERS_IN_PAIRS 12u

/* ---- gathering ------------------------------------------------------------------------------- */

static void gather(struct npt__rated_tables *tables, struct npt__rated *rated,
                   const struct npt__rating_table *table)
{
    const size_t cells = table->unit_count * table->rater_count;
    rated->table = table;
    rated->too_many = table->value_count > NPT__RATINGS_MOST_CATEGORIES ||
                      table->rater_count > NPT__RATINGS_MOST_RATERS;
    rated->codes = npt__arena_array(tables->arena, cells, 1);
    for (size_t i = 0; i < cells && !rated->too_many; i++)
        rated->codes[i] = table->cells[i] == NPT__NONE ? NPT__NO_CODE : (uint8_t)table->cells[i];
    if (table->level >= NPT__LEVEL_INTERVAL) {
        rated->numbers =
            npt__arena_array(tables->arena, table->value_count, sizeof *rated->numbers);
        for (size_t i = 0; i < table->value_count; i++)
            rated->numbers[i] = table->values[i].number;
    }
    tables->weighted |= table->level >= NPT__LEVEL_ORDINAL;
}

static enum npt_status choose(struct npt__rated_tables *tables, npt_diags *diags)
{
    const npt_study *study = tables->study;
    const char *wanted = tables->request->name;
    tables->items = npt__arena_array(tables->arena, study->ratings.count, sizeof *tables->items);
    const char **names = npt__arena_array(tables->arena, study->ratings.count, sizeof *names);
    for (size_t i = 0; i < study->ratings.count; i++) {
        const struct npt__rating_table *table = &study->ratings.items[i];
        names[i] = table->source.name;
        if (!wanted || strcmp(wanted, table->source.name) == 0)
            gather(tables, &tables->items[tables->count++], table);
    }
    tables->several = tables->count > 1;
    if (tables->count)
        return NPT_OK;
    if (!study->ratings.count) {
        npt__say(diags, NPT_ERROR, NULL, "--ratings: the study has no table of ratings");
        return NPT_USAGE;
    }
    const uint32_t near = npt__nearest(wanted, names, study->ratings.count);
    npt__say(diags, NPT_ERROR, NULL, "no table of ratings is called '%s'", wanted);
    npt__hint(diags, "did you mean '%s'", names[near == NPT__NONE ? 0 : near]);
    return NPT_USAGE;
}

/* The columns of some coders as the kernels take them. */
static struct npt__ratings ratings_of(const struct npt__rated *rated, const size_t *raters,
                                      size_t count, npt__arena *arena)
{
    const struct npt__rating_table *table = rated->table;
    uint8_t *codes = npt__arena_array(arena, table->unit_count * count, 1);
    for (size_t i = 0; i < table->unit_count; i++)
        for (size_t j = 0; j < count; j++)
            codes[i * count + j] = rated->codes[i * table->rater_count + raters[j]];
    return (struct npt__ratings){.codes = codes,
                                 .units = table->unit_count,
                                 .raters = count,
                                 .categories = table->value_count};
}

/* ---- coefficients ---------------------------------------------------------------------------- */

/* Columns; before them stands the table's name, where there are several. */
enum {
    CODER,
    WITH,
    UNITS,
    MISSING,
    PERCENT,
    KAPPA,
    KAPPA_LOW,
    KAPPA_HIGH,
    LINEAR,
    LINEAR_LOW,
    LINEAR_HIGH,
    QUADRATIC,
    QUADRATIC_LOW,
    QUADRATIC_HIGH,
    FLEISS,
    FLEISS_LOW,
    FLEISS_HIGH,
    AC1,
    AC1_LOW,
    AC1_HIGH,
    PREDIGER,
    ALPHA,
    ALPHA_LOW,
    ALPHA_HIGH,
    COLUMNS
};

static const char *reason_of(enum npt__agreement_fault fault)
{
    switch (fault) {
    case NPT__AGREEMENT_EMPTY:
        return "no unit was rated by two of them";
    case NPT__AGREEMENT_CONSTANT:
        return "all ratings are the same";
    case NPT__AGREEMENT_SIZE:
        return "too many categories or coders";
    default:
        return "the ratings do not fit";
    }
}

static struct npt_cell coefficient_cell(const struct npt__coefficient *coefficient)
{
    return coefficient->defined ? npt__number(coefficient->value)
                                : npt__absent(reason_of(coefficient->fault));
}

/* Value, low and high. */
void npt__fill_coefficient(const struct npt__coefficient *coefficient, struct npt_cell *row)
{
    const char *reason =
        coefficient->defined ? "agreement is complete" : reason_of(coefficient->fault);
    const bool bounded = coefficient->interval.defined;
    row[0] = coefficient_cell(coefficient);
    row[1] = bounded ? npt__number(coefficient->interval.low) : npt__absent(reason);
    row[2] = bounded ? npt__number(coefficient->interval.high) : npt__absent(reason);
}

static void fill_kappas(const struct npt__rated *rated, const struct npt__ratings *pair,
                        npt__arena *arena, struct npt_cell *row)
{
    static const char no_order[] = "the categories have no order";
    const size_t categories = pair->categories;
    uint64_t *counts = npt__arena_array(arena, categories * categories, sizeof *counts);
    for (size_t i = 0; i < pair->units; i++)
        if (pair->codes[2 * i] < categories && pair->codes[2 * i + 1] < categories)
            counts[pair->codes[2 * i] * categories + pair->codes[2 * i + 1]]++;
    const struct npt__agreement_table table = {.counts = counts, .categories = categories};
    static const size_t columns[] = {KAPPA, LINEAR, QUADRATIC};
    const bool ordered = rated->table->level >= NPT__LEVEL_ORDINAL;
    for (size_t i = 0; i < 3; i++) {
        struct npt__agreement found;
        npt__agreement_of_two(&found, &table, (enum npt__agreement_weights)i,
                              NPT__AGREE_CONFIDENCE);
        if (i && !ordered)
            for (size_t j = 0; j < 3; j++)
                row[columns[i] + j] = npt__absent(no_order);
        else
            npt__fill_coefficient(&found.kappa, row + columns[i]);
    }
}

static void fill_alpha(const struct npt__rated_tables *tables, const struct npt__rated *rated,
                       const struct npt__ratings *ratings, struct npt_cell *row)
{
    static const char *const reasons[] = {
        [NPT__BOOTSTRAP_TOO_FEW] = "fewer than two units were rated by two of them",
        [NPT__BOOTSTRAP_CONSTANT] = "it does not vary between units",
        [NPT__BOOTSTRAP_NOT_FINITE] = "alpha is not defined",
        [NPT__BOOTSTRAP_REPLICATES] = "too many resamples hold one category only",
        [NPT__BOOTSTRAP_EXTREME] = "too few units for resampling"};
    const struct npt__bootstrap_options options = {.replicates = tables->request->replicates,
                                                   .seed = tables->request->seed,
                                                   .threads = tables->study->threads,
                                                   .confidence = NPT__AGREE_CONFIDENCE};
    const struct npt__resampled_krippendorff found = npt__krippendorff_bootstrap(
        ratings, (enum npt__metric)rated->table->level, rated->numbers, &options);
    const char *undefined = reason_of(found.alpha.fault);
    const char *reason = found.alpha.defined ? reasons[found.bca.fault] : undefined;
    row[0] = found.alpha.defined ? npt__number(found.alpha.alpha) : npt__absent(undefined);
    row[1] = found.bca.defined ? npt__number(found.bca.low) : npt__absent(reason);
    row[2] = found.bca.defined ? npt__number(found.bca.high) : npt__absent(reason);
}

static void fill_row(const struct npt__rated_tables *tables, const struct npt__rated *rated,
                     const size_t *raters, size_t count, struct npt_cell *row)
{
    const struct npt__rating_table *table = rated->table;
    const bool all = count == table->rater_count && count > 2;
    if (tables->several)
        *row++ = npt__text(table->source.name);
    row[CODER] = all ? npt__total() : npt__text(table->raters[raters[0]]);
    row[WITH] = all ? npt__total() : npt__text(table->raters[raters[1]]);
    for (size_t i = UNITS; i < COLUMNS; i++)
        row[i] =
            npt__absent(rated->too_many ? reason_of(NPT__AGREEMENT_SIZE) : "it is of two coders");
    if (rated->too_many)
        return;
    npt__arena *arena = npt__arena_new();
    const struct npt__ratings ratings = ratings_of(rated, raters, count, arena);
    struct npt__agreement_many many;
    npt__agreement_of_many(&many, &ratings, NPT__AGREE_CONFIDENCE);
    size_t missing = 0;
    for (size_t i = 0; i < ratings.units * count; i++)
        missing += ratings.codes[i] == NPT__NO_CODE;
    row[UNITS] = npt__count((size_t)many.count.pairable);
    row[MISSING] = npt__count(missing);
    row[PERCENT] = coefficient_cell(&many.percent);
    npt__fill_coefficient(&many.fleiss, row + FLEISS);
    npt__fill_coefficient(&many.ac, row + AC1);
    row[PREDIGER] = coefficient_cell(&many.brennan_prediger);
    if (!all)
        fill_kappas(rated, &ratings, arena, row);
    fill_alpha(tables, rated, &ratings, row + ALPHA);
    npt__arena_free(arena);
}

static void fill_pairs(const struct npt__rated_tables *tables, const struct npt__rated *rated,
                       npt_table *made)
{
    const size_t raters = rated->table->rater_count;
    const bool pairs = raters < 3 || (raters <= MOST_RATERS_IN_PAIRS && !rated->too_many);
    for (size_t i = 0; pairs && i < raters; i++)
        for (size_t j = i + 1; j < raters; j++)
            fill_row(tables, rated, (const size_t[]){i, j}, 2, npt__table_add_row(made));
    if (raters < 3)
        return;
    size_t *all = npt__allocate(raters * sizeof *all);
    for (size_t i = 0; i < raters; i++)
        all[i] = i;
    fill_row(tables, rated, all, raters, npt__table_add_row(made));
    npt__release(all);
}

static void add_columns(const struct npt__rated_tables *tables, npt_table *made)
{
    static const struct {
        const char *key, *label;
        enum npt_unit unit;
    } measures[] = {
        {"units", "Units", NPT_UNIT_COUNT},
        {"missing", "Missing", NPT_UNIT_COUNT},
        {"percent", "Agree", NPT_UNIT_SHARE},
        {"kappa", "kappa", NPT_UNIT_MEAN},
        {"kappa_low", "Low", NPT_UNIT_MEAN},
        {"kappa_high", "High", NPT_UNIT_MEAN},
        {"kappa_linear", "Linear kappa", NPT_UNIT_MEAN},
        {"kappa_linear_low", "Low", NPT_UNIT_MEAN},
        {"kappa_linear_high", "High", NPT_UNIT_MEAN},
        {"kappa_quadratic", "Quadratic kappa", NPT_UNIT_MEAN},
        {"kappa_quadratic_low", "Low", NPT_UNIT_MEAN},
        {"kappa_quadratic_high", "High", NPT_UNIT_MEAN},
        {"fleiss", "Fleiss", NPT_UNIT_MEAN},
        {"fleiss_low", "Low", NPT_UNIT_MEAN},
        {"fleiss_high", "High", NPT_UNIT_MEAN},
        {"ac1", "AC1", NPT_UNIT_MEAN},
        {"ac1_low", "Low", NPT_UNIT_MEAN},
        {"ac1_high", "High", NPT_UNIT_MEAN},
        {"brennan_prediger", "Brennan-Prediger", NPT_UNIT_MEAN},
        {"alpha", "alpha", NPT_UNIT_MEAN},
        {"alpha_low", "Low", NPT_UNIT_MEAN},
        {"alpha_high", "High", NPT_UNIT_MEAN},
    };
    if (tables->several)
        npt__table_dimension(made, "ratings", "Ratings");
    npt__table_dimension(made, "coder", "Coder");
    npt__table_dimension(made, "with", "With");
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        npt__table_measure(made, measures[i].key, measures[i].label, measures[i].unit);
}

static void set_layout(const struct npt__rated_tables *tables, npt_table *made)
{
    static const struct npt__shown all[] = {{UNITS, SIZE_MAX, NULL, NPT__PART},
                                            {MISSING, SIZE_MAX, NULL, NPT__PART},
                                            {PERCENT, SIZE_MAX, NULL, NPT__PART},
                                            {KAPPA, SIZE_MAX, NULL, NPT__PART},
                                            {KAPPA_LOW, KAPPA_HIGH, "95%", NPT__RANGE},
                                            {ALPHA, SIZE_MAX, NULL, NPT__PART},
                                            {ALPHA_LOW, ALPHA_HIGH, "95% of alpha", NPT__RANGE},
                                            {LINEAR, SIZE_MAX, NULL, NPT__PART},
                                            {QUADRATIC, SIZE_MAX, NULL, NPT__PART},
                                            {FLEISS, SIZE_MAX, NULL, NPT__PART},
                                            {AC1, SIZE_MAX, NULL, NPT__PART},
                                            {PREDIGER, SIZE_MAX, NULL, NPT__PART}};
    struct npt__layout layout = {.across = SIZE_MAX};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!tables->weighted && (all[i].column == LINEAR || all[i].column == QUADRATIC))
            continue;
        struct npt__shown *shown = &layout.shown[layout.shown_count++];
        *shown = all[i];
        shown->column += tables->several;
        shown->of += all[i].of == SIZE_MAX ? 0 : tables->several;
    }
    npt__table_set_layout(made, &layout);
}

static void note_table(const struct npt__rated_tables *tables, const struct npt__rated *rated,
                       npt_table *made)
{
    const struct npt__rating_table *table = rated->table;
    const char *named = tables->several ? table->source.name : NULL;
    const char *before = named ? named : "", *between = named ? ": " : "";
    npt__table_add_note(
        made,
        "%s%sThe categories are %s, so alpha is that of %s values%s; %zu "
        "categories occur, which is how many AC1 and Brennan-Prediger reckon "
        "with.",
        before, between, npt__level_name(table->level), npt__level_name(table->level),
        table->level_declared ? "" : " (nobody declared the level)", table->value_count);
    if (table->rater_count > MOST_RATERS_IN_PAIRS)
        npt__table_add_note(made, "%s%sMore than %u coders: pairs of them are not shown.", before,
                            between, MOST_RATERS_IN_PAIRS);
    if (table->unit_count < FEW_UNITS)
        npt__table_add_people_note(made, NPT__NEVER_SHOWN,
                                   "From few units intervals come out too narrow.",
                                   "%s%sFrom few units (here %zu) intervals come out too narrow.",
                                   before, between, table->unit_count);
    npt__add_source_notes(made, &table->source, named);
}

static void fill_coefficients(const struct npt__rated_tables *tables, struct npt__tables *list)
{
    npt_table *made = npt__tables_add(list, "agree_ratings", "Agreement of ratings");
    add_columns(tables, made);
    set_layout(tables, made);
    for (size_t i = 0; i < tables->count; i++)
        fill_pairs(tables, &tables->items[i], made);
    npt__table_add_note(
        made, "Units are those that at least two of the coders rated; missing are blanks. Kappa is "
              "Cohen's, of two; the others take any number of coders and blanks: Fleiss' kappa, "
              "Gwet's AC1, Brennan & Prediger's, Krippendorff's alpha. 0 is agreement by "
              "chance, 1 complete agreement.");
    if (tables->weighted)
        npt__table_add_note(made,
                            "Weighted kappas count a disagreement by how many of the categories "
                            "that occur lie between (linear), or by the square of that.");
    npt__table_add_note(made,
                        "The interval of kappa is from its standard error (Fleiss, Cohen & Everitt "
                        "1969), that of alpha from units drawn again %zu times (BCa, seed %zu); "
                        "both take units to be independent of each other.",
                        tables->request->replicates, tables->request->seed);
    npt__table_add_note(made, "Total: all coders together.");
    npt__table_add_protected_note(
        made, "Withheld as a whole: even kappa tells how many units have which rating.");
    for (size_t i = 0; i < tables->count; i++)
        note_table(tables, &tables->items[i], made);
    npt__table_add_note(made, "No word such as \"substantial\" stands beside kappa: its limits "
                              "(Landis & Koch 1977) are arbitrary, as these authors wrote.");
    npt__add_provenance(made, tables->study);
}

/* ---- all ------------------------------------------------------------------------------------- */

enum npt_status npt__agree_add_ratings(const struct npt__ratings_request *request,
                                       struct npt__tables *tables, const npt_study *study,
                                       npt_diags *diags)
{
    struct npt__rated_tables found = {
        .study = study, .request = request, .arena = npt__arena_new()};
    const enum npt_status status = choose(&found, diags);
    if (status == NPT_OK) {
        fill_coefficients(&found, tables);
        npt__fill_categories(&found, tables);
        if (request->wants_disagreements)
            npt__fill_rating_disagreements(&found, tables);
    }
    npt__arena_free(found.arena);
    return status;
}
