/* compare_survey.c - scores of a survey compared between sites: what is asked, and each construct.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_survey.h"

#include "../stats/anova.h"
#include "../stats/bootstrap.h"
#include "verdict.h"

#include <stdlib.h>
#include <string.h>

#define MOST_DUELS 20000u /* of one construct: nobody reads a table of more rows */
#define LEAST_REPLICATES 100u
/* Scores drawn for one construct, over all its comparisons and replicates: all constructs take a minute. */
#define MOST_DRAWN UINT64_C(2500000000)

/* ---- options --------------------------------------------------------------------------------- */

/* The place of an option's value among those it may have; `fallback` where it is not given, SIZE_MAX after a
   fault. */
static size_t choose(const npt_options *options, const char *option, const char *const *names,
                     size_t count, size_t fallback, npt_diags *diags)
{
    const char *text = npt__option(options, option);
    if (!text)
        return fallback;
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], text) == 0)
            return i;
    npt__buffer list = {0};
    for (size_t i = 0; i < count; i++)
        npt__buffer_print(&list, "%s%s", i == 0 ? "" : (i + 1 < count ? ", " : " or "), names[i]);
    npt__say(diags, NPT_ERROR, NULL, "--%s takes %s here, not '%s'", option,
             npt__buffer_string(&list), text);
    npt__buffer_release(&list);
    return SIZE_MAX;
}

static enum npt_status read_choices(struct npt__survey_comparison *comparison,
                                    const npt_options *options, npt_diags *diags)
{
    static const char *const tests[] = {"welch", "kruskal", "anova", "permutation"};
    static const char *const models[] = {"mixed"};
    static const char *const adjustments[] = {"holm", "hochberg", "bonferroni", "bh", "by"};
    static const char *const called[] = {"Holm's (1979)", "Hochberg's (1988)", "Bonferroni's",
                                         "Benjamini and Hochberg's (1995)",
                                         "Benjamini and Yekutieli's (2001)"};
    static const enum npt__adjustment meant[] = {
        NPT__ADJUST_HOLM, NPT__ADJUST_HOCHBERG, NPT__ADJUST_BONFERRONI,
        NPT__ADJUST_BENJAMINI_HOCHBERG, NPT__ADJUST_BENJAMINI_YEKUTIELI};
    const bool by_levels = npt__option(options, "adjust") != NULL;
    const size_t test =
        choose(options, "test", tests, 4,
               by_levels ? NPT__COMPARE_PERMUTATION : (size_t)NPT__COMPARE_WELCH, diags);
    const size_t adjustment = choose(options, "p-adjust", adjustments, 5, 0, diags);
    const size_t model = choose(options, "model", models, 1, 1, diags);
    if (test == SIZE_MAX || adjustment == SIZE_MAX || model == SIZE_MAX)
        return NPT_USAGE;
    comparison->test = (enum npt__compare_test)test;
    comparison->adjustment = meant[adjustment];
    comparison->adjustment_name = called[adjustment];
    comparison->mixed = model == 0;
    comparison->items = npt__option(options, "items") != NULL;
    if (by_levels && test != NPT__COMPARE_PERMUTATION) {
        npt__say(diags, NPT_ERROR, NULL,
                 "--adjust goes with --test permutation (its default), not '%s'", tests[test]);
        return NPT_USAGE;
    }
    if (!by_levels || !comparison->mixed)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--adjust and --model mixed do not go together");
    npt__hint(diags, "--where looks at one value only: --model mixed --where %s=...",
              npt__option(options, "adjust"));
    return NPT_USAGE;
}

static enum npt_status read_options(struct npt__survey_comparison *comparison,
                                    const npt_options *options, npt_diags *diags)
{
    static const char *const others[] = {"level", "coder"};
    comparison->replicates = 10000;
    comparison->seed = 1;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (npt__option(options, others[i])) {
            npt__say(diags, NPT_ERROR, NULL, "--%s is for interviews: it goes with --of",
                     others[i]);
            return NPT_USAGE;
        }
    enum npt_status status = read_choices(comparison, options, diags);
    if (status == NPT_OK)
        status = npt__read_least(options, &comparison->least, diags);
    if (status == NPT_OK)
        status = npt__option_number(options, "replicates", LEAST_REPLICATES, NPT__MOST_REPLICATES,
                                    &comparison->replicates, diags);
    if (status == NPT_OK)
        status = npt__option_number(options, "seed", 0, 999999999, &comparison->seed, diags);
    return status;
}

/* ---- what is compared ------------------------------------------------------------------------ */

/* Whether the user chose among waves, or compares them. */
static bool speaks_of_waves(const npt_study *study, const npt_options *options,
                            const char *const *names, size_t count)
{
    const struct npt__responses *responses = &study->responses;
    const uint32_t wave = npt__responses_find(responses, "wave");
    const char *text;
    if (npt__option(options, "wave"))
        return true;
    for (size_t i = 0; i < count; i++)
        if (names[i] && npt__responses_find(responses, names[i]) == wave)
            return true;
    npt__arena *scratch = npt__arena_new();
    bool speaks = false;
    for (size_t i = 0; (text = npt__option_at(options, "where", i)) != NULL; i++) {
        const char *name = npt__arena_copy(scratch, text, strcspn(text, "="));
        speaks |= npt__responses_find(responses, name) == wave;
    }
    npt__arena_free(scratch);
    return speaks;
}

static enum npt_status check_levels(const npt_study *study, const char *by, const char *adjust,
                                    npt_diags *diags)
{
    if (strchr(adjust, ',')) {
        npt__say(diags, NPT_ERROR, NULL, "--adjust takes one attribute, not '%s'", adjust);
        return NPT_USAGE;
    }
    const uint32_t levels = npt__survey_attribute(study, "adjust", adjust, diags);
    if (levels == NPT__NONE)
        return NPT_USAGE;
    if (levels != npt__responses_find(&study->responses, by))
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL,
             "--adjust names what is compared, '%s': it takes another attribute", by);
    return NPT_USAGE;
}

static enum npt_status open_scope(struct npt__survey_comparison *comparison,
                                  const npt_options *options, npt_diags *diags)
{
    static const char *const shared[] = {"where", "site", "wave"};
    const npt_study *study = comparison->study;
    const char *by = npt__compare_by(options, diags), *adjust = npt__option(options, "adjust");
    if (!by || (adjust && check_levels(study, by, adjust, diags) != NPT_OK))
        return NPT_USAGE;
    npt__buffer dimensions = {0};
    npt__buffer_print(&dimensions, "%s%s%s", by, adjust ? "," : "", adjust ? adjust : "");
    npt_options *own = npt_options_new();
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        npt__options_copy(own, options, shared[i]);
    npt_options_add(own, "by", npt__buffer_string(&dimensions));
    npt__buffer_release(&dimensions);
    const char *const names[] = {by, adjust};
    if (!speaks_of_waves(study, options, names, 2) && (comparison->wave = npt__last_wave(study)))
        npt_options_add(own, "wave", comparison->wave);
    const enum npt_status status =
        npt__survey_scope_open(&comparison->scope, study, own, false, diags);
    npt_options_free(own);
    if (status != NPT_OK)
        return status;
    comparison->sites = &comparison->scope.dimensions.items[0];
    comparison->levels = adjust ? &comparison->scope.dimensions.items[1] : NULL;
    comparison->by_site =
        comparison->sites->attribute == npt__responses_find(&study->responses, "site");
    return NPT_OK;
}

/* Each item as a measure of its own, as it was answered. */
static void list_items(struct npt__survey_comparison *comparison)
{
    const struct npt__responses *responses = &comparison->study->responses;
    npt__arena *arena = comparison->scope.arena;
    struct npt__measure *made = npt__arena_array(arena, responses->items.count + 1, sizeof *made);
    uint32_t *numbers = npt__arena_array(arena, responses->items.count + 1, sizeof *numbers);
    for (uint32_t i = 0; i < responses->items.count; i++) {
        const struct npt__study_item *item = &responses->items.items[i];
        numbers[i] = i;
        made[i] = (struct npt__measure){.name = item->item->id,
                                        .items = &numbers[i],
                                        .item_count = 1,
                                        .least = item->scale->least,
                                        .most = item->scale->most,
                                        .unit = 1,
                                        .share = 1};
    }
    comparison->measures = made;
    comparison->measure_count = responses->items.count;
}

/* How many scores one replicate of every comparison draws, at most; a hundred more for each stand for what it takes
   besides. */
static uint64_t count_drawn(const struct npt__survey_comparison *comparison, size_t duels)
{
    const struct npt__dimension *sites = comparison->sites;
    const struct npt__survey_scope *scope = &comparison->scope;
    uint64_t *rows = npt__allocate((sites->count + 1) * sizeof *rows), all = 0, drawn = 0;
    memset(rows, 0, (sites->count + 1) * sizeof *rows);
    for (uint32_t i = 0; i < comparison->study->responses.count; i++)
        if (scope->cell[i] != NPT__NONE && sites->of_row[i] < sites->count) {
            rows[sites->of_row[i]]++;
            all++;
        }
    for (size_t i = 0; i < duels; i++) {
        size_t site, other;
        npt__rivals_at(&comparison->rivals, sites->count, i, &site, &other);
        drawn += 100 + (other == SIZE_MAX ? all : rows[site] + rows[other]);
    }
    npt__release(rows);
    return drawn;
}

/* Resampling each of very many comparisons would take minutes or hours. */
static enum npt_status check_drawn(const struct npt__survey_comparison *comparison, size_t duels,
                                   npt_diags *diags)
{
    if (comparison->test != NPT__COMPARE_PERMUTATION || comparison->levels || !duels)
        return NPT_OK;
    const uint64_t most = MOST_DRAWN / count_drawn(comparison, duels);
    if (comparison->replicates <= most)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL,
             "--test permutation: %zu comparisons of %zu replicates each take too long", duels,
             comparison->replicates);
    if (most >= LEAST_REPLICATES)
        npt__hint(diags, "take fewer: --replicates %zu, or compare by ranks: --test kruskal",
                  (size_t)most);
    else
        npt__hint(diags, "compare by ranks: --test kruskal");
    return NPT_USAGE;
}

static enum npt_status open_comparison(struct npt__survey_comparison *comparison,
                                       const npt_options *options, npt_diags *diags)
{
    enum npt_status status = read_options(comparison, options, diags);
    if (status == NPT_OK)
        status = open_scope(comparison, options, diags);
    if (status == NPT_OK)
        status = npt__measures(comparison->scope.arena, comparison->study, options,
                               &comparison->measures, &comparison->measure_count, diags);
    if (status != NPT_OK)
        return status;
    if (comparison->items)
        list_items(comparison);
    const struct npt__dimension *sites = comparison->sites;
    status = npt__rivals_read(&comparison->rivals, options, sites->values, sites->count, diags);
    const size_t duels = npt__rivals_count(&comparison->rivals, sites->count);
    if (status == NPT_OK && duels <= MOST_DUELS)
        return check_drawn(comparison, duels, diags);
    if (status != NPT_OK)
        return status;
    npt__say(diags, NPT_ERROR, NULL, "--against all: there are too many pairs of %zu",
             sites->count);
    npt__hint(diags, "compare each with all others together: --against rest");
    return NPT_USAGE;
}

/* ---- the scores of one measure --------------------------------------------------------------- */

/* Drops scores whose response has no level, and gives items back as they were answered. */
static void settle_scores(struct npt__compared *compared, struct npt__survey_comparison *comparison)
{
    const struct npt__dimension *levels = comparison->levels;
    const struct npt__measure *measure = compared->measure;
    struct npt__score_groups *groups = &compared->groups;
    const struct npt__study_item *item =
        &comparison->study->responses.items.items[measure->items[0]];
    const bool turn = comparison->items && item->item->reversed;
    size_t kept = 0;
    for (size_t i = 0; i < groups->count; i++) {
        if (levels && levels->of_row[groups->response[i]] >= levels->count)
            continue;
        const int64_t score =
            turn ? measure->least + measure->most - groups->scores[i] : groups->scores[i];
        groups->scores[kept] = score;
        groups->values[kept] = (double)score / (double)groups->unit;
        groups->group_of[kept] = groups->group_of[i];
        groups->response[kept++] = groups->response[i];
    }
    if (groups->groupless > comparison->siteless)
        comparison->siteless = groups->groupless;
    if (groups->count - kept > comparison->levelless)
        comparison->levelless = groups->count - kept;
    groups->count = kept;
}

static int compare_values(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void npt__compared_open(struct npt__compared *compared, struct npt__survey_comparison *comparison,
                        size_t measure)
{
    *compared =
        (struct npt__compared){.comparison = comparison, .measure = &comparison->measures[measure]};
    struct npt__score_groups *groups = &compared->groups;
    npt__score_groups_open(groups, &comparison->scope, compared->measure);
    settle_scores(compared, comparison);
    const size_t sites = groups->group_count;
    compared->sites = npt__allocate((sites + 1) * sizeof *compared->sites);
    compared->first = npt__allocate((sites + 1) * sizeof *compared->first);
    compared->sorted = npt__allocate((groups->count + 1) * sizeof *compared->sorted);
    npt__describe_scores(groups, compared->sites);
    compared->sums = npt__allocate((sites + 1) * sizeof *compared->sums);
    for (size_t i = 0; i <= sites; i++)
        compared->sums[i] = (struct npt__sums){0};
    for (size_t i = 0; i < groups->count; i++) {
        npt__sums_add(&compared->sums[groups->group_of[i]], groups->scores[i]);
        npt__sums_add(&compared->sums[sites], groups->scores[i]);
    }
    size_t *next = npt__allocate((sites + 1) * sizeof *next), total = 0;
    for (size_t i = 0; i < sites; i++) {
        compared->first[i] = next[i] = total;
        total += compared->sites[i].count;
    }
    compared->first[sites] = total;
    for (size_t i = 0; i < groups->count; i++)
        compared->sorted[next[groups->group_of[i]]++] = groups->values[i];
    for (size_t i = 0; i < sites; i++)
        if (compared->sites[i].count)
            qsort(compared->sorted + compared->first[i], compared->sites[i].count,
                  sizeof *compared->sorted, compare_values);
    npt__release(next);
}

void npt__compared_release(struct npt__compared *compared)
{
    npt__score_groups_release(&compared->groups);
    npt__release(compared->sites);
    npt__release(compared->sorted);
    npt__release(compared->first);
    npt__release(compared->sums);
}

/* Whether any response that is looked at was asked an item of it. */
static bool is_asked(const struct npt__survey_scope *scope, const struct npt__measure *measure)
{
    for (size_t j = 0; j < measure->item_count; j++) {
        const uint8_t *answers = scope->responses->items.items[measure->items[j]].answers;
        for (uint32_t i = 0; i < scope->responses->count; i++)
            if (scope->cell[i] != NPT__NONE && answers[i] != NPT__NOT_ASKED)
                return true;
    }
    return false;
}

/* ---- from start to end ----------------------------------------------------------------------- */

static void add_rest(const struct npt__compare_tables *made, const struct npt__compared *compared)
{
    const struct npt__score_groups *groups = &compared->groups;
    struct npt__mixed_model *model = NULL;
    struct npt__mixed_group *shrunken = NULL;
    if (made->model) {
        model = npt__allocate(sizeof *model);
        shrunken = npt__allocate((groups->group_count + 1) * sizeof *shrunken);
        npt__mixed_model(&(struct npt__mixed_data){.y = groups->values,
                                                   .group = groups->group_of,
                                                   .count = groups->count,
                                                   .groups = groups->group_count},
                         &(struct npt__mixed_options){.method = NPT__MIXED_REML,
                                                      .confidence = NPT__COMPARE_CONFIDENCE},
                         model, shrunken);
        npt__add_model(made->model, compared, model);
    }
    npt__add_sites(made->sites, compared, model, shrunken);
    if (made->duels)
        npt__add_duels(made->duels, compared);
    npt__release(model);
    npt__release(shrunken);
}

static void compare_all(struct npt__tables *tables, struct npt__survey_comparison *comparison)
{
    struct npt__compare_tables made;
    comparison->smallest = SIZE_MAX;
    npt__add_compare_tables(&made, tables, comparison);
    struct npt__overall *overall = npt__allocate((comparison->measure_count + 1) * sizeof *overall);
    size_t count = 0;
    for (size_t i = 0; i < comparison->measure_count; i++) {
        struct npt__compared compared;
        if (!is_asked(&comparison->scope, &comparison->measures[i]))
            continue;
        npt__compared_open(&compared, comparison, i);
        overall[count++] = npt__compare_overall(&compared);
        for (size_t j = 0; j < compared.groups.group_count; j++) {
            const size_t scores = compared.sites[j].count;
            if (scores && scores < comparison->smallest)
                comparison->smallest = scores;
        }
        add_rest(&made, &compared);
        npt__compared_release(&compared);
    }
    npt__add_overall(made.overall, comparison, overall, count);
    npt__release(overall);
    npt__note_sites(made.sites, comparison);
    if (made.duels)
        npt__note_duels(made.duels, comparison);
    if (made.model)
        npt__note_model(made.model, comparison);
}

enum npt_status npt__compare_survey(struct npt__tables *tables, const npt_study *study,
                                    const npt_options *options, npt_diags *diags)
{
    struct npt__survey_comparison comparison = {.study = study};
    const enum npt_status status = open_comparison(&comparison, options, diags);
    if (status == NPT_OK) {
        compare_all(tables, &comparison);
        if (!comparison.items)
            npt__note_scoring(tables->items[0], study, options);
        for (size_t i = 0; i < tables->count; i++)
            npt__add_provenance(tables->items[i], study);
        npt__survey_notes(tables->items[0], study, comparison.scope.cell);
    }
    if (comparison.scope.arena)
        npt__survey_scope_release(&comparison.scope);
    return status;
}
