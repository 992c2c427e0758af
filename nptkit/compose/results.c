/* results.c - running the analyses of recipes on a study, and protecting all that leaves together.
 *
 * Whatever stands in a report comes from tables that npt_protect() made, all of them at once: those of every recipe,
 * for every site. Sentences, pictures and tables see nothing else.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "results.h"

#include "../analysis/registry.h"
#include "../base/intern.h"
#include "../base/unicode.h"
#include "../tables/table.h"
#include "sentences.h"

#include <string.h>

#define MOST_FILE_NAME 60u

bool npt__results_show(const struct npt_reports *reports, const npt_recipe *recipe,
                       const struct npt__recipe_part *part)
{
    return npt__study_meets(reports->study, part->condition) &&
           npt__study_meets(reports->study, recipe->sections.items[part->section].condition) &&
           (part->analysis == SIZE_MAX ||
            npt__study_meets(reports->study, recipe->analyses.items[part->analysis].condition));
}

size_t npt__result_table(const struct npt__result *result, const struct npt__recipe_part *part,
                         npt_diags *diags)
{
    npt__buffer list = {0};
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < result->count && found == SIZE_MAX; i++) {
        const char *name = npt_table_name(result->raw[i]);
        npt__buffer_print(&list, "%s%s", i ? ", " : "", name);
        const bool fits = !part->plot || npt_plot_fits(part->plot, result->raw[i]);
        if (part->table.value ? strcmp(name, part->table.value) == 0 : fits)
            found = i;
    }
    if (found == SIZE_MAX && result->count && part->table.value) {
        npt__say(diags, NPT_ERROR, &part->table.place, "the analysis gives no table '%s'",
                 part->table.value);
        npt__hint(diags, "it gives %s", npt__buffer_string(&list));
    } else if (found == SIZE_MAX && result->count) {
        npt__say(diags, NPT_ERROR, &part->place,
                 "no table of the analysis has what the picture '%s' needs",
                 npt_plot_name(part->plot));
        npt__hint(diags, "nptkit help plot %s tells what it draws", npt_plot_name(part->plot));
    }
    npt__buffer_release(&list);
    return found;
}

/* ---- running --------------------------------------------------------------------------------- */

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

static void pass_on(npt_diags *to, const npt_diags *from)
{
    enum npt_severity severity;
    struct npt__place place;
    const char *text, *hint;
    for (size_t i = 0; npt__diags_at(from, i, &severity, &place, &text, &hint); i++) {
        npt__say(to, severity, &place, "%s", text);
        if (hint)
            npt__hint(to, "%s", hint);
    }
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

/* A wrong option is the recipe's fault and told at its place; what the study does not hold is left out. */
static enum npt_status run(struct npt_reports *reports, struct npt__result *result,
                           const npt_options *options, const struct npt__recipe_analysis *analysis,
                           const npt_recipe *recipe, npt_diags *diags)
{
    if (!has_data(reports->study, analysis->analysis, options)) {
        result->left_out = "it does not hold what that looks at";
        return NPT_OK;
    }
    npt_diags *own = npt_diags_new();
    const enum npt_status status = npt_analysis_run_all(
        result->raw, &result->count, analysis->analysis, reports->study, options, own);
    const char *message = npt__diags_message(own, 0), *name = npt_analysis_name(analysis->analysis);
    if (status == NPT_OK) {
        pass_on(diags, own);
    } else if (status == NPT_USAGE) {
        npt__say(diags, NPT_ERROR, &analysis->place, "%s: %s", name,
                 message ? message : "cannot be run so");
        npt__hint(diags, "%s%snptkit help %s lists its options",
                  recipe->parameters.count ? "--set changes the recipe's parameters (" : "",
                  recipe->parameters.count ? "nptkit report show); " : "", name);
    } else {
        result->left_out =
            npt__arena_string(reports->arena, message ? message : "it could not be made");
    }
    npt_diags_free(own);
    return status == NPT_USAGE ? NPT_BAD_INPUT : NPT_OK;
}

static enum npt_status run_one(struct npt_reports *reports, const npt_recipe *recipe, size_t index,
                               struct npt__result **result, npt_diags *diags)
{
    const struct npt__recipe_analysis *analysis = &recipe->analyses.items[index];
    const struct npt__values values = {.arena = reports->arena,
                                       .study = reports->study,
                                       .recipe = recipe,
                                       .limits = reports->limits};
    npt__buffer text = {0};
    npt_options *options = make_options(&values, analysis, &text);
    enum npt_status status = NPT_OK;
    *result = find_result(reports, analysis->analysis, npt__buffer_string(&text));
    if (!*result) {
        *result = npt__arena_take(reports->arena, sizeof **result);
        **result = (struct npt__result){
            .analysis = analysis->analysis,
            .options = npt__arena_string(reports->arena, npt__buffer_string(&text))};
        *npt__array_add(&reports->results) = *result;
        status = run(reports, *result, options, analysis, recipe, diags);
    }
    npt__buffer_release(&text);
    npt_options_free(options);
    return status;
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
        if (table == SIZE_MAX && result->count)
            status = NPT_BAD_INPUT;
    }
    return status;
}

static enum npt_status run_recipe(struct npt_reports *reports, struct npt__recipe_results *results,
                                  npt_diags *diags)
{
    const npt_recipe *recipe = results->recipe;
    enum npt_status status = NPT_OK;
    results->of =
        npt__arena_array(reports->arena, recipe->analyses.count + 1, sizeof(struct npt__result *));
    for (size_t i = 0; i < recipe->analyses.count; i++) {
        const struct npt__recipe_analysis *analysis = &recipe->analyses.items[i];
        if (!npt__study_meets(reports->study, analysis->condition) ||
            !npt__study_meets(reports->study, recipe->sections.items[analysis->section].condition))
            continue;
        const enum npt_status one = run_one(reports, recipe, i, &results->of[i], diags);
        status = status == NPT_OK ? one : status;
    }
    const enum npt_status used = mark_used(reports, results, diags);
    return status != NPT_OK ? status : used;
}

/* ---- protection ------------------------------------------------------------------------------ */

/* All at once: what is withheld in one table must not be had from another. Returns how many withheld counts could
   still be worked out. */
static size_t protect(struct npt_reports *reports)
{
    const size_t most = reports->results.count * NPT_MOST_TABLES + 1;
    const npt_table **tables = npt__arena_array(reports->arena, most, sizeof *tables);
    npt_table **made = npt__arena_array(reports->arena, most, sizeof *made);
    struct npt_protected *summaries = npt__arena_array(reports->arena, most, sizeof *summaries);
    size_t count = 0, exposed = 0;
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < reports->results.items[i]->count; j++)
            if (reports->results.items[i]->used[j])
                tables[count++] = reports->results.items[i]->raw[j];
    reports->disclosure = npt_protect(made, tables, count, &reports->limits, summaries);
    count = 0;
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < reports->results.items[i]->count; j++) {
            struct npt__result *result = reports->results.items[i];
            if (!result->used[j])
                continue;
            exposed += summaries[count].exposed;
            result->summaries[j] = summaries[count];
            result->made[j] = made[count++];
        }
    return exposed;
}

/* Of the tables that a recipe uses: each once. */
static void add_up(struct npt__recipe_results *results)
{
    const size_t count = results->recipe->analyses.count;
    for (size_t i = 0; i < count; i++) {
        const struct npt__result *result = results->of[i];
        bool seen = !result;
        for (size_t j = 0; j < i; j++)
            seen |= results->of[j] == result;
        for (size_t j = 0; !seen && j < result->count; j++) {
            results->cells += result->summaries[j].cells;
            results->withheld += result->summaries[j].small + result->summaries[j].complement;
        }
    }
}

/* ---- sites ----------------------------------------------------------------------------------- */

size_t npt__site_column(const npt_table *table)
{
    for (size_t i = 0; i < npt_table_column_count(table); i++) {
        const struct npt_column *column = npt_table_column(table, i);
        if (column->dimension &&
            (strcmp(column->key, "site") == 0 || strcmp(column->key, "Site") == 0))
            return i;
    }
    return SIZE_MAX;
}

static void add_site(struct npt_reports *reports, npt__intern *seen, const char *name)
{
    const size_t known = seen->strings.count, length = strlen(name);
    const uint32_t site =
        npt__intern_add(seen, reports->arena, name, length, npt__intern_hash(name, length));
    if (site == known)
        *npt__array_add(&reports->sites) =
            (struct npt__report_site){.name = seen->strings.items[site]};
}

/* Those of study.xml in its order, then others in the order in which tables name them. */
static void list_sites(struct npt_reports *reports)
{
    npt__intern seen = {0};
    for (size_t i = 0; i < reports->study->sites.count; i++)
        add_site(reports, &seen, reports->study->sites.items[i].name);
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < reports->results.items[i]->count; j++) {
            const npt_table *table = reports->results.items[i]->raw[j];
            const size_t column = npt__site_column(table);
            for (size_t row = 0; column != SIZE_MAX && row < npt_table_row_count(table); row++)
                if (npt_table_row(table, row)[column].kind == NPT_CELL_TEXT)
                    add_site(reports, &seen, npt_table_row(table, row)[column].text);
        }
    npt__intern_release(&seen);
}

/* Two sites whose names differ in signs only get numbers: a file must not replace another one. */
static void name_files(struct npt_reports *reports)
{
    npt__intern seen = {0};
    for (size_t i = 0; i < reports->sites.count; i++) {
        struct npt__report_site *site = &reports->sites.items[i];
        const char *wanted = npt__fold_file_name(reports->arena, site->name, MOST_FILE_NAME);
        if (!*wanted)
            wanted = npt__arena_print(reports->arena, "site-%zu", i + 1);
        site->file = wanted;
        for (size_t number = 2;; number++) {
            const size_t known = seen.strings.count, length = strlen(site->file);
            if (npt__intern_add(&seen, reports->arena, site->file, length,
                                npt__intern_hash(site->file, length)) == known)
                break;
            site->file = npt__arena_print(reports->arena, "%s-%zu", wanted, number);
        }
    }
    npt__intern_release(&seen);
}

size_t npt_reports_site_count(const npt_reports *reports)
{
    return reports->sites.count;
}

const char *npt_reports_site(const npt_reports *reports, size_t index)
{
    return index < reports->sites.count ? reports->sites.items[index].name : NULL;
}

/* ---- from start to end ----------------------------------------------------------------------- */

const npt_table *npt_reports_disclosure(const npt_reports *reports)
{
    return reports->disclosure;
}

enum npt_status npt_reports_new(npt_reports **reports, const npt_recipe *const *recipes,
                                size_t count, const npt_study *study, npt_diags *diags)
{
    npt__arena *arena = npt__arena_new();
    struct npt_reports *made = npt__arena_take(arena, sizeof *made);
    *made = (struct npt_reports){.arena = arena,
                                 .study = study,
                                 .limits = npt_study_protection(study),
                                 .recipe_count = count};
    made->limits.min_n = made->limits.min_n ? made->limits.min_n : NPT_MIN_N;
    made->limits.min_cell = made->limits.min_cell ? made->limits.min_cell : NPT_MIN_CELL;
    made->recipes = npt__arena_array(arena, count + 1, sizeof *made->recipes);
    npt__released_rule_open(&made->quotes, study, made->limits.min_n);
    enum npt_status status = NPT_OK;
    for (size_t i = 0; i < count; i++) {
        made->recipes[i] = (struct npt__recipe_results){.recipe = recipes[i]};
        const enum npt_status one = run_recipe(made, &made->recipes[i], diags);
        status = status == NPT_OK ? one : status;
    }
    const size_t exposed = status == NPT_OK ? protect(made) : 0;
    if (exposed) {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = recipes[0]->label},
                 "%zu withheld counts could still be worked out from what %s: nothing is written",
                 exposed, count > 1 ? "these reports show" : "this report shows");
        npt__hint(diags, "show fewer tables at once, or raise the limits: <disclosure "
                         "min-n=\"...\" min-cell=\"...\"/> in study.xml");
        status = NPT_FAULTS;
    }
    for (size_t i = 0; i < count; i++)
        add_up(&made->recipes[i]);
    list_sites(made);
    name_files(made);
    *reports = made;
    if (status != NPT_OK) {
        npt_reports_free(made);
        *reports = NULL;
    }
    return status;
}

void npt_reports_free(npt_reports *reports)
{
    if (!reports)
        return;
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < NPT_MOST_TABLES; j++) {
            struct npt__result *result = reports->results.items[i];
            npt_table_free(j < result->count ? result->raw[j] : NULL);
            npt_table_free(result->made[j]);
        }
    npt_table_free(reports->disclosure);
    npt__released_rule_release(&reports->quotes);
    npt__array_release(&reports->results);
    npt__array_release(&reports->sites);
    npt__arena_free(reports->arena);
}
