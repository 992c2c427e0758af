/* results_run.c - running the analyses of recipes: each once, several at a time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../analysis/registry.h"
#include "../base/parallel.h"
#include "../base/unicode.h"
#include "../tables/table.h"
#include "results.h"
#include "sentences.h"

#include <string.h>
#include <unistd.h>

/* The options of an analysis with their values filled in; `text` gets them as one text. */
static npt_options *make_options(const struct npt__values *values,
                                 const struct npt__recipe_analysis *analysis, npt__buffer *text)
{
    npt_options *options = npt_options_new();
    for (size_t i = 0; i < analysis->options.count; i++) {
        const struct npt__recipe_option *option = &analysis->options.items[i];
        const char *value = option->value.value;
        const char *filled = value ? npt__values_fill(values, value) : "";
        if (value && !*filled)
            continue; /* a value that is not set: as if the option were not there */
        npt_options_add(options, option->name, filled);
        npt__buffer_print(text, "--%s=%s\n", option->name, filled);
    }
    return options;
}

/* Whether the study has what the analysis looks at with these options. */
static bool has_data(const npt_study *study, const npt_analysis *analysis,
                     const npt_options *options)
{
    const unsigned holds = (npt_study_has_coding(study) ? NPT_CODING : 0u) |
                           (npt_study_has_responses(study) ? NPT_RESPONSES : 0u) |
                           (npt_study_has_ratings(study) ? NPT_RATINGS : 0u) |
                           (npt_study_has_rankings(study) ? NPT_RANKINGS : 0u);
    const unsigned reads = npt_analysis_reads(analysis, options);
    const enum npt__needs needs =
        analysis->needs_for ? analysis->needs_for(options) : analysis->needs;
    return needs == NPT__NEEDS_BOTH ? (holds & reads) == reads : (holds & reads) != 0;
}

static struct npt__result *find_result(const struct npt_reports *reports,
                                       const npt_analysis *analysis, const char *options)
{
    for (size_t i = 0; i < reports->results.count; i++)
        if (reports->results.items[i]->analysis == analysis &&
            strcmp(reports->results.items[i]->options, options) == 0)
            return reports->results.items[i];
    return NULL;
}

/* An analysis that is to be run, for the recipe that asked for it first. */
struct task {
    struct npt__result *result;
    const struct npt__recipe_analysis *analysis;
    const npt_recipe *recipe;
    npt_options *options;
    npt_diags *diags;
    enum npt_status status;
};

struct tasks {
    struct npt_reports *reports;
    NPT__ARRAY(struct task) items;
};

static void add_task(struct tasks *tasks, const npt_recipe *recipe, size_t index,
                     struct npt__result **result)
{
    struct npt_reports *reports = tasks->reports;
    const struct npt__recipe_analysis *analysis = &recipe->analyses.items[index];
    const struct npt__values values = {.arena = reports->arena,
                                       .study = reports->study,
                                       .title = reports->study->title,
                                       .recipe = recipe,
                                       .limits = reports->limits};
    npt__buffer text = {0};
    npt_options *options = make_options(&values, analysis, &text);
    *result = find_result(reports, analysis->analysis, npt__buffer_string(&text));
    if (*result) {
        npt_options_free(options);
    } else {
        *result = npt__arena_take(reports->arena, sizeof **result);
        **result = (struct npt__result){
            .analysis = analysis->analysis,
            .options = npt__arena_string(reports->arena, npt__buffer_string(&text))};
        *npt__array_add(&reports->results) = *result;
        *npt__array_add(&tasks->items) =
            (struct task){*result, analysis, recipe, options, NULL, NPT_OK};
    }
    npt__buffer_release(&text);
}

static void plan_recipe(struct tasks *tasks, struct npt__recipe_results *results)
{
    const npt_recipe *recipe = results->recipe;
    const npt_study *study = tasks->reports->study;
    results->of = npt__arena_array(tasks->reports->arena, recipe->analyses.count + 1,
                                   sizeof(struct npt__result *));
    for (size_t i = 0; i < recipe->analyses.count; i++)
        if (npt__study_meets(study, recipe->analyses.items[i].condition) &&
            npt__study_meets(study,
                             recipe->sections.items[recipe->analyses.items[i].section].condition))
            add_task(tasks, recipe, i, &results->of[i]);
}

/* By any thread: what it writes is the task's own. */
static void run(void *user, size_t index)
{
    const struct tasks *tasks = user;
    struct task *task = &tasks->items.items[index];
    task->diags = npt_diags_new();
    if (has_data(tasks->reports->study, task->analysis->analysis, task->options))
        task->status =
            npt_analysis_run_all(task->result->raw, &task->result->count, task->analysis->analysis,
                                 tasks->reports->study, task->options, task->diags);
    else
        task->result->left_out = "it does not hold what that looks at";
}

/* A wrong option is the recipe's fault and told at its place; what the study does not hold is left out. */
static enum npt_status finish(struct tasks *tasks, struct task *task, npt_diags *diags)
{
    const char *message = npt__diags_message(task->diags, 0),
               *name = npt_analysis_name(task->analysis->analysis);
    const bool parameters = task->recipe->parameters.count > 0;
    if (task->status == NPT_OK) {
        npt__pass_on(diags, task->diags);
    } else if (task->status == NPT_USAGE) {
        npt__say(diags, NPT_ERROR, &task->analysis->place, "%s: %s", name,
                 message ? message : "cannot be run so");
        npt__hint(diags, "%s%snptkit help %s lists its options",
                  parameters ? "--set changes the recipe's parameters (" : "",
                  parameters ? "nptkit report show); " : "", name);
    } else {
        task->result->left_out =
            npt__arena_string(tasks->reports->arena, message ? message : "it could not be made");
    }
    npt_diags_free(task->diags);
    npt_options_free(task->options);
    return task->status == NPT_USAGE ? NPT_BAD_INPUT : NPT_OK;
}

static bool is_construct(const npt_study *study, const npt_table *table, const char *folded,
                         npt__arena *arena)
{
    const size_t column = npt_table_find_column(table, "construct");
    for (size_t i = 0; column != SIZE_MAX && i < npt_table_row_count(table); i++) {
        const struct npt_cell *cell = &npt_table_row(table, i)[column];
        if (cell->kind == NPT_CELL_TEXT && strcmp(npt__fold_name(arena, cell->text), folded) == 0)
            return true;
    }
    for (size_t i = 0; i < study->responses.constructs.count; i++)
        if (strcmp(npt__fold_name(arena, study->responses.constructs.items[i].name), folded) == 0)
            return true;
    return npt__construct_find(study->codebook, folded) != NPT__NONE;
}

/* A picture of a construct that the study does not know; one that only its table lacks is told in the report. */
static enum npt_status check_construct(const npt_study *study, const npt_table *table,
                                       const struct npt__setting *construct, npt_diags *diags)
{
    if (!construct->value || strcmp(construct->value, "each") == 0)
        return NPT_OK;
    npt__arena *arena = npt__arena_new();
    const char *folded = npt__fold_name(arena, construct->value);
    const bool known = is_construct(study, table, folded, arena);
    if (!known) {
        const size_t count = study->responses.constructs.count;
        const char **names = npt__arena_array(arena, count + 1, sizeof *names);
        for (size_t i = 0; i < count; i++)
            names[i] = npt__fold_name(arena, study->responses.constructs.items[i].name);
        const uint32_t near = npt__nearest(folded, names, count);
        npt__say(diags, NPT_ERROR, &construct->place, "'%s' is no construct of this study",
                 construct->value);
        if (near != NPT__NONE)
            npt__hint(diags, "did you mean '%s'", study->responses.constructs.items[near].name);
        else
            npt__hint(diags, "the table '%s' names them; or write construct=\"each\"",
                      npt_table_name(table));
    }
    npt__arena_free(arena);
    return known ? NPT_OK : NPT_BAD_INPUT;
}

/* Which tables leave: those that are shown, drawn or told. */
static enum npt_status mark_used(struct npt_reports *reports, struct npt__recipe_results *results,
                                 npt_diags *diags)
{
    const npt_recipe *recipe = results->recipe;
    enum npt_status status = NPT_OK;
    for (size_t i = 0; i < recipe->parts.count; i++) {
        const struct npt__recipe_part *part = &recipe->parts.items[i];
        if (part->analysis == SIZE_MAX || !npt__results_show(reports, recipe, part))
            continue;
        struct npt__result *result = results->of[part->analysis];
        const bool told = part->kind == NPT__PART_SAY;
        const bool all = told && npt__tells_all(npt_analysis_name(result->analysis));
        const size_t table = told ? 0 : npt__result_table(result, part, diags);
        for (size_t j = 0; j < result->count; j++)
            result->used[j] |= all || j == table;
        if (table == SIZE_MAX && result->count && !npt__table_may_lack(result, part))
            status = NPT_BAD_INPUT;
        if (part->kind == NPT__PART_PLOT && table < result->count &&
            check_construct(reports->study, result->raw[table], &part->construct, diags) != NPT_OK)
            status = NPT_BAD_INPUT;
    }
    return status;
}

enum npt_status npt__results_run(struct npt_reports *reports, npt_diags *diags)
{
    struct tasks tasks = {.reports = reports};
    enum npt_status status = NPT_OK;
    for (size_t i = 0; i < reports->recipe_count; i++)
        plan_recipe(&tasks, &reports->recipes[i]);
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    npt__parallel(processors > 1 ? (unsigned)processors : 1, tasks.items.count, run, &tasks);
    for (size_t i = 0; i < tasks.items.count; i++) {
        const enum npt_status one = finish(&tasks, &tasks.items.items[i], diags);
        status = status == NPT_OK ? one : status;
    }
    for (size_t i = 0; i < reports->recipe_count; i++) {
        const enum npt_status used = mark_used(reports, &reports->recipes[i], diags);
        status = status == NPT_OK ? used : status;
    }
    npt__array_release(&tasks.items);
    return status;
}
