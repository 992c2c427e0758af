/* report.c - from a recipe and a study to a report: run, protect, say, write.
 *
 * Whatever stands in a report comes from tables that npt_protect() made, all of them at once: sentences, pictures and
 * tables see nothing else.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report.h"

#include "../analysis/registry.h"
#include "../analysis/survey_scope.h"
#include "../tables/table.h"

#include <string.h>

/* ---- conditions and values ------------------------------------------------------------------- */

bool npt__report_holds(const struct npt__report *report, enum npt__condition condition)
{
    const npt_study *study = report->study;
    switch (condition) {
    case NPT__IF_SURVEY:
        return npt_study_has_responses(study);
    case NPT__IF_INTERVIEWS:
        return npt_study_has_coding(study);
    case NPT__IF_BOTH:
        return npt_study_has_responses(study) && npt_study_has_coding(study);
    case NPT__IF_WAVES:
        return npt__last_wave(study) != NULL;
    case NPT__IF_RATINGS:
        return npt_study_has_ratings(study);
    case NPT__IF_RANKINGS:
        return npt_study_has_rankings(study);
    case NPT__ALWAYS:
        break;
    }
    return true;
}

bool npt__report_shows(const struct npt__report *report, const struct npt__recipe_part *part)
{
    const npt_recipe *recipe = report->recipe;
    if (!npt__report_holds(report, part->condition) ||
        !npt__report_holds(report, recipe->sections.items[part->section].condition))
        return false;
    return part->analysis == SIZE_MAX ||
           npt__report_holds(report, recipe->analyses.items[part->analysis].condition);
}

/* Their names, "" where study.xml names none. */
static const char *sites_of(const struct npt__report *report)
{
    const npt_study *study = report->study;
    npt__buffer list = {0};
    for (size_t i = 0; i < study->sites.count; i++)
        npt__buffer_print(&list, "%s%s",
                          i == 0                       ? ""
                          : i + 1 < study->sites.count ? ", "
                                                       : " and ",
                          study->sites.items[i].name);
    const char *copy = npt__arena_string(report->arena, npt__buffer_string(&list));
    npt__buffer_release(&list);
    return copy;
}

/* The first or the last wave, or all of them ("1 and 2"); "" where there are none. */
static const char *waves_of(const struct npt__report *report, const char *which)
{
    const struct npt__responses *responses = &report->study->responses;
    const uint32_t wave = npt__responses_key(responses, "wave");
    const char *last = npt__last_wave(report->study), *first = last;
    if (!last)
        return "";
    const npt__intern *values = &responses->attributes.items[wave].values;
    for (size_t i = 0; i < values->strings.count; i++)
        if (npt__compare_naturally(values->strings.items[i], first) < 0)
            first = values->strings.items[i];
    if (strcmp(which, "last-wave") == 0)
        return last;
    if (strcmp(which, "first-wave") == 0)
        return first;
    return npt__arena_print(report->arena, values->strings.count == 2 ? "%s and %s" : "%s to %s",
                            first, last);
}

static const char *value_of(void *user, const char *name, size_t length)
{
    const struct npt__report *report = user;
    const npt_study *study = report->study;
    const char *wanted = npt__arena_copy(report->arena, name, length);
    for (size_t i = 0; i < report->recipe->parameters.count; i++)
        if (strcmp(report->recipe->parameters.items[i].name, wanted) == 0)
            return report->recipe->parameters.items[i].value;
    if (strcmp(wanted, "study") == 0)
        return study->title && *study->title ? study->title : "This study";
    if (strcmp(wanted, "intervention") == 0)
        return study->intervention && *study->intervention ? study->intervention
                                                           : "the intervention";
    if (strcmp(wanted, "sites") == 0)
        return sites_of(report);
    if (strcmp(wanted, "min-n") == 0)
        return npt__arena_print(report->arena, "%zu", report->limits.min_n);
    if (strcmp(wanted, "min-cell") == 0)
        return npt__arena_print(report->arena, "%zu", report->limits.min_cell);
    return waves_of(report, wanted);
}

const char *npt__report_fill(const struct npt__report *report, const char *text)
{
    npt__buffer filled = {0};
    struct npt__report user = *report;
    npt__recipe_fill(&filled, text, value_of, &user);
    const char *copy = npt__arena_string(report->arena, npt__buffer_string(&filled));
    npt__buffer_release(&filled);
    return copy;
}

/* ---- running --------------------------------------------------------------------------------- */

size_t npt__report_find_table(const struct npt__report *report, const struct npt__recipe_part *part)
{
    const struct npt__report_run *run = &report->runs[part->analysis];
    npt__buffer list = {0};
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < run->count && found == SIZE_MAX; i++) {
        const char *name = npt_table_name(run->raw[i]);
        npt__buffer_print(&list, "%s%s", i ? ", " : "", name);
        const bool fits = !part->plot || npt_plot_fits(part->plot, run->raw[i]);
        if (part->table.value ? strcmp(name, part->table.value) == 0 : fits)
            found = i;
    }
    if (found == SIZE_MAX && run->count && part->table.value) {
        npt__say(report->diags, NPT_ERROR, &part->table.place, "the analysis gives no table '%s'",
                 part->table.value);
        npt__hint(report->diags, "it gives %s", npt__buffer_string(&list));
    } else if (found == SIZE_MAX && run->count) {
        npt__say(report->diags, NPT_ERROR, &part->place,
                 "no table of the analysis has what the picture '%s' needs",
                 npt_plot_name(part->plot));
        npt__hint(report->diags, "nptkit help plot %s tells what it draws",
                  npt_plot_name(part->plot));
    }
    npt__buffer_release(&list);
    return found;
}

static npt_options *make_options(const struct npt__report *report,
                                 const struct npt__recipe_analysis *analysis)
{
    npt_options *options = npt_options_new();
    for (size_t i = 0; i < analysis->options.count; i++) {
        const struct npt__recipe_option *option = &analysis->options.items[i];
        const char *value = option->value.value;
        const char *filled = value ? npt__report_fill(report, value) : "";
        if (!value || *filled) /* a value that is not set: as if the option were not there */
            npt_options_add(options, option->name, filled);
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
static bool has_data(const struct npt__report *report, const npt_analysis *analysis,
                     const npt_options *options)
{
    const npt_study *study = report->study;
    const unsigned holds = (npt_study_has_coding(study) ? NPT_CODING : 0u) |
                           (npt_study_has_responses(study) ? NPT_RESPONSES : 0u) |
                           (npt_study_has_ratings(study) ? NPT_RATINGS : 0u) |
                           (npt_study_has_rankings(study) ? NPT_RANKINGS : 0u);
    const unsigned reads = npt_analysis_reads(analysis, options);
    const enum npt__needs needs =
        analysis->needs_for ? analysis->needs_for(options) : analysis->needs;
    return needs == NPT__NEEDS_BOTH ? (holds & reads) == reads : (holds & reads) != 0;
}

/* A wrong option is the recipe's fault and told at its place; what the study does not hold is left out. */
static enum npt_status run_one(struct npt__report *report, size_t index)
{
    const struct npt__recipe_analysis *analysis = &report->recipe->analyses.items[index];
    struct npt__report_run *run = &report->runs[index];
    npt_options *options = make_options(report, analysis);
    if (!has_data(report, analysis->analysis, options)) {
        run->left_out = "it does not hold what that looks at";
        npt_options_free(options);
        return NPT_OK;
    }
    npt_diags *own = npt_diags_new();
    const enum npt_status status = npt_analysis_run_all(run->raw, &run->count, analysis->analysis,
                                                        report->study, options, own);
    const char *message = npt__diags_message(own, 0);
    npt_options_free(options);
    if (status == NPT_OK) {
        pass_on(report->diags, own);
    } else if (status == NPT_USAGE) {
        npt__say(report->diags, NPT_ERROR, &analysis->place, "%s: %s",
                 npt_analysis_name(analysis->analysis), message ? message : "cannot be run so");
        npt__hint(report->diags, "%s%snptkit help %s lists its options",
                  report->recipe->parameters.count ? "--set changes the recipe's parameters (" : "",
                  report->recipe->parameters.count ? "nptkit report show); " : "",
                  npt_analysis_name(analysis->analysis));
    } else {
        run->left_out =
            npt__arena_string(report->arena, message ? message : "it could not be made");
    }
    npt_diags_free(own);
    return status == NPT_USAGE ? NPT_BAD_INPUT : NPT_OK;
}

/* Which tables leave: those that are shown, drawn or told. */
static enum npt_status mark_used(struct npt__report *report)
{
    const npt_recipe *recipe = report->recipe;
    enum npt_status status = NPT_OK;
    for (size_t i = 0; i < recipe->parts.count; i++) {
        const struct npt__recipe_part *part = &recipe->parts.items[i];
        if (part->analysis == SIZE_MAX || !npt__report_shows(report, part))
            continue;
        struct npt__report_run *run = &report->runs[part->analysis];
        const bool told = part->kind == NPT__PART_SAY;
        const bool all =
            told &&
            npt__tells_all(npt_analysis_name(recipe->analyses.items[part->analysis].analysis));
        const size_t table = told ? 0 : npt__report_find_table(report, part);
        for (size_t j = 0; j < run->count; j++)
            run->used[j] |= all || j == table;
        if (table == SIZE_MAX && run->count)
            status = NPT_BAD_INPUT;
    }
    return status;
}

static void tell_all(struct npt__report *report)
{
    for (size_t i = 0; i < report->recipe->analyses.count; i++) {
        struct npt__report_run *run = &report->runs[i];
        const struct npt__population *declared[NPT_MOST_TABLES];
        for (size_t j = 0; j < run->count; j++)
            declared[j] = npt__table_counted(run->raw[j]);
        bool told = false;
        for (size_t j = 0; j < report->recipe->parts.count; j++) {
            const struct npt__recipe_part *part = &report->recipe->parts.items[j];
            told |= part->kind == NPT__PART_SAY && part->analysis == i &&
                    npt__report_shows(report, part);
        }
        run->telling = (struct npt__telling){.arena = report->arena,
                                             .tables = (const npt_table *const *)run->made,
                                             .declared = declared,
                                             .count = run->count};
        if (told)
            npt__tell(&run->telling, npt_analysis_name(report->recipe->analyses.items[i].analysis));
        run->telling.declared = NULL;
    }
}

/* All at once: what is withheld in one table must not be had from another. */
static void protect(struct npt__report *report)
{
    const size_t most = report->recipe->analyses.count * NPT_MOST_TABLES + 1;
    const npt_table **tables = npt__arena_array(report->arena, most, sizeof *tables);
    npt_table **made = npt__arena_array(report->arena, most, sizeof *made);
    struct npt_protected *summaries = npt__arena_array(report->arena, most, sizeof *summaries);
    size_t count = 0;
    for (size_t i = 0; i < report->recipe->analyses.count; i++)
        for (size_t j = 0; j < report->runs[i].count; j++)
            if (report->runs[i].used[j])
                tables[count++] = report->runs[i].raw[j];
    npt_table_free(npt_protect(made, tables, count, &report->limits, summaries));
    count = 0;
    for (size_t i = 0; i < report->recipe->analyses.count; i++)
        for (size_t j = 0; j < report->runs[i].count; j++) {
            if (!report->runs[i].used[j])
                continue;
            report->exposed += summaries[count].exposed;
            report->result.cells += summaries[count].cells;
            report->result.withheld += summaries[count].small + summaries[count].complement;
            report->runs[i].summaries[j] = summaries[count];
            report->runs[i].made[j] = made[count++];
        }
}

enum npt_status npt__report_run_all(struct npt__report *report)
{
    const npt_recipe *recipe = report->recipe;
    enum npt_status status = NPT_OK;
    for (size_t i = 0; i < recipe->analyses.count; i++) {
        const struct npt__recipe_analysis *analysis = &recipe->analyses.items[i];
        if (!npt__report_holds(report, analysis->condition) ||
            !npt__report_holds(report, recipe->sections.items[analysis->section].condition))
            continue;
        const enum npt_status one = run_one(report, i);
        status = status == NPT_OK ? one : status;
    }
    const enum npt_status used = mark_used(report);
    if (status != NPT_OK || used != NPT_OK)
        return status != NPT_OK ? status : used;
    protect(report);
    if (report->exposed) {
        npt__say(
            report->diags, NPT_ERROR, &(struct npt__place){.file = report->recipe->label},
            "%zu withheld counts could still be worked out from what this report shows: it is not written",
            report->exposed);
        npt__hint(report->diags, "show fewer tables at once, or raise the limits: <disclosure "
                                 "min-n=\"...\" min-cell=\"...\"/> in study.xml");
        return NPT_FAULTS;
    }
    tell_all(report);
    return NPT_OK;
}

/* ---- from start to end ----------------------------------------------------------------------- */

static void release(struct npt__report *report)
{
    for (size_t i = 0; i < report->recipe->analyses.count; i++)
        for (size_t j = 0; j < NPT_MOST_TABLES; j++) {
            npt_table_free(j < report->runs[i].count ? report->runs[i].raw[j] : NULL);
            npt_table_free(report->runs[i].made[j]);
        }
    for (size_t i = 0; i < report->own.count; i++)
        npt_table_free(report->own.items[i]);
    npt__document_free(report->document);
    npt__array_release(&report->own);
    npt__array_release(&report->tables);
    npt__array_release(&report->short_items);
    npt__array_release(&report->missing);
    npt_plotter_close(report->plotter);
    npt__arena_free(report->arena);
}

enum npt_status npt_report_write(npt_output *output, const npt_recipe *recipe,
                                 const npt_study *study, const npt_report_format *format,
                                 struct npt_report_result *result, npt_diags *diags)
{
    struct npt__report report = {.recipe = recipe,
                                 .study = study,
                                 .diags = diags,
                                 .format = format,
                                 .arena = npt__arena_new(),
                                 .limits = npt_study_protection(study)};
    report.limits.min_n = report.limits.min_n ? report.limits.min_n : NPT_MIN_N;
    report.limits.min_cell = report.limits.min_cell ? report.limits.min_cell : NPT_MIN_CELL;
    report.runs = npt__arena_array(report.arena, recipe->analyses.count + 1, sizeof *report.runs);
    enum npt_status status = npt__report_run_all(&report);
    if (status == NPT_OK)
        status = npt__report_compose(&report);
    if (status == NPT_OK)
        format->write(output, report.document);
    if (result)
        *result = report.result;
    release(&report);
    return status;
}
