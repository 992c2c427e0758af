/* report.c - one report of the results: for all sites or for one, made once and written in any number of formats.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report.h"

#include "../analysis/registry.h"
#include "../base/diags.h"
#include "../base/file.h"
#include "../base/output.h"
#include "../base/unicode.h"
#include "../model/study.h"
#include "../tables/table.h"

#include <string.h>

#define MOST_FILE_NAME 60u

const char *npt__report_fill(const struct npt_report *report, const char *text)
{
    return npt__values_fill(&report->values, text);
}

bool npt__report_shows(const struct npt_report *report, const struct npt__recipe_part *part)
{
    return npt__results_show(report->reports, report->recipe, part);
}

const struct npt__result *npt__report_result(const struct npt_report *report,
                                             const struct npt__recipe_part *part)
{
    return part->analysis == SIZE_MAX ? NULL : report->results->of[part->analysis];
}

/* ---- sentences ------------------------------------------------------------------------------- */

/* Made before all else: the first ones of each section stand at the head of the report. */
static void tell(struct npt_report *report, size_t index)
{
    const struct npt__result *result = report->results->of[index];
    const npt_table *tables[NPT_MOST_TABLES] = {NULL};
    const struct npt__population *declared[NPT_MOST_TABLES];
    const size_t *rows[NPT_MOST_TABLES] = {NULL};
    for (size_t i = 0; i < result->count; i++) {
        const struct npt__view *view =
            result->made[i] ? npt__report_view(report, result, i, NPT__OWN_ROWS) : NULL;
        tables[i] = view ? view->table : NULL;
        rows[i] = view ? view->kept : NULL;
        declared[i] = npt__table_counted(result->raw[i]);
    }
    struct npt__telling *telling = &report->tellings[index];
    *telling = (struct npt__telling){.arena = report->arena,
                                     .tables = tables,
                                     .declared = declared,
                                     .rows = rows,
                                     .count = result->count,
                                     .own = report->site,
                                     .min_n = report->values.limits.min_n};
    npt__tell(telling, npt_analysis_name(result->analysis));
    telling->tables = NULL;
    telling->declared = NULL;
    telling->rows = NULL;
}

static void tell_all(struct npt_report *report)
{
    for (size_t i = 0; i < report->recipe->parts.count; i++) {
        const struct npt__recipe_part *part = &report->recipe->parts.items[i];
        if (part->kind == NPT__PART_SAY && npt__report_shows(report, part) &&
            !report->tellings[part->analysis].sentence_count)
            tell(report, part->analysis);
    }
}

/* ---- from start to end ----------------------------------------------------------------------- */

/* The site that was probably meant; NULL. */
static const char *nearest_site(const npt_reports *reports, const char *name)
{
    npt__arena *arena = npt__arena_new();
    const size_t count = reports->sites.count;
    const char **folded = npt__arena_array(arena, count + 1, sizeof *folded);
    for (size_t i = 0; i < count; i++)
        folded[i] = reports->sites.items[i].folded;
    const uint32_t near = npt__nearest(npt__fold_name(arena, name), folded, count);
    npt__arena_free(arena);
    return near == NPT__NONE ? NULL : reports->sites.items[near].name;
}

/* A recipe for one site needs one, and the others need none. */
static enum npt_status check_site(const npt_reports *reports, const npt_recipe *recipe,
                                  const char *site, uint32_t number, npt_diags *diags)
{
    if (!site && !recipe->for_site)
        return NPT_OK;
    npt__buffer list = {0};
    for (size_t i = 0; i < reports->sites.count && i < 20; i++)
        npt__buffer_print(&list, "%s%s", i ? ", " : "", reports->sites.items[i].name);
    enum npt_status status = NPT_OK;
    if (site && !recipe->for_site) {
        npt__say(diags, NPT_ERROR, NULL, "the recipe %s is on all sites, not on one",
                 recipe->label);
        npt__hint(diags, "the recipe 'site' is on one; or write <report for=\"site\"> in it");
        status = NPT_USAGE;
    } else if (!site) {
        npt__say(diags, NPT_ERROR, NULL, "the recipe %s is on one site: which?", recipe->label);
        npt__hint(diags, "--site NAME; the sites are %s%s", npt__buffer_string(&list),
                  reports->sites.count > 20 ? ", ..." : "");
        status = NPT_USAGE;
    } else if (number == UINT32_MAX) {
        const char *near = nearest_site(reports, site);
        npt__say(diags, NPT_ERROR, NULL, "no site is called '%s'", site);
        npt__hint(diags, "%s%s%sthe sites are %s%s", near ? "did you mean '" : "", near ? near : "",
                  near ? "'? " : "", npt__buffer_string(&list),
                  reports->sites.count > 20 ? ", ..." : "");
        status = NPT_USAGE;
    }
    npt__buffer_release(&list);
    return status;
}

/* "site-comparison" of reports/site-comparison.xml; of letters, digits and hyphens, whatever the file is called. */
static const char *recipe_name(npt__arena *arena, const npt_recipe *recipe)
{
    const char *base = npt__path_base(recipe->label), *dot = strrchr(base, '.');
    const char *name = npt__fold_file_name(
        arena, dot && dot > base ? npt__arena_copy(arena, base, (size_t)(dot - base)) : base,
        MOST_FILE_NAME);
    return *name ? name : "report";
}

const char *npt__report_file(npt__arena *arena, const npt_reports *reports, size_t recipe,
                             const struct npt__report_site *site)
{
    const char *name = recipe_name(arena, reports->recipes[recipe].recipe);
    if (!site)
        return name;
    return strcmp(name, "site") == 0 ? site->file
                                     : npt__arena_print(arena, "%s-%s", site->file, name);
}

enum npt_status npt_report_make(npt_report **report, const npt_reports *reports, size_t recipe,
                                const struct npt_report_options *options, npt_diags *diags)
{
    const struct npt__recipe_results *results = &reports->recipes[recipe];
    const size_t analyses = results->recipe->analyses.count;
    const npt_study *study = reports->study;
    *report = NULL;
    const uint32_t number = options->site ? npt__site_meant(reports, options->site) : UINT32_MAX;
    enum npt_status status = check_site(reports, results->recipe, options->site, number, diags);
    if (status != NPT_OK)
        return status;
    npt__arena *arena = npt__arena_new();
    npt_report *made = npt__arena_take(arena, sizeof *made);
    *made = (npt_report){.reports = reports,
                         .results = results,
                         .recipe = results->recipe,
                         .site = options->site ? reports->sites.items[number].name : NULL,
                         .number = number,
                         .diags = diags,
                         .arena = arena,
                         .plotter = options->plotter};
    made->values = (struct npt__values){
        .arena = arena,
        .study = reports->study,
        .title = npt__report_names_others(made, study->title) ? NULL : study->title,
        .recipe = results->recipe,
        .limits = reports->limits,
        .site = made->site};
    made->tellings = npt__arena_array(arena, analyses + 1, sizeof *made->tellings);
    made->explained = npt__arena_array(arena, analyses + 1, sizeof *made->explained);
    made->laid_out =
        npt__arena_array(arena, results->recipe->parts.count + 1, sizeof *made->laid_out);
    for (size_t i = 0; i < options->format_count; i++) {
        made->svg |= options->formats[i]->svg;
        made->png |= options->formats[i]->png;
    }
    made->result.cells = results->cells;
    made->result.withheld = results->withheld;
    made->name = npt__report_file(arena, reports, recipe,
                                  options->site ? &reports->sites.items[made->number] : NULL);
    tell_all(made);
    status = npt__report_compose(made);
    if (status == NPT_OK)
        *report = made;
    else
        npt_report_free(made);
    return status;
}

const char *npt_report_name(const npt_report *report)
{
    return report->name;
}

const struct npt_report_result *npt_report_outcome(const npt_report *report)
{
    return &report->result;
}

enum npt_status npt_report_write(npt_output *output, const npt_report *report,
                                 const npt_report_format *format, npt_diags *diags)
{
    if (format->make)
        return format->make(output, report->document, diags);
    format->write(output, report->document);
    return NPT_OK;
}

bool npt__replaces_input(const npt_study *study, const char *path, npt_diags *diags)
{
    if (!npt__study_reads_within(study, path))
        return false;
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path},
             "is a file of the study: a report would replace it");
    npt__hint(diags, "name another folder for the reports");
    return true;
}

enum npt_status npt_report_save(const npt_report *report, const npt_report_format *format,
                                const char *folder, npt_diags *diags)
{
    npt__buffer path = {0};
    npt__buffer_print(&path, "%s/%s%s", folder, report->name, format->extension);
    if (npt__replaces_input(report->reports->study, npt__buffer_string(&path), diags)) {
        npt__buffer_release(&path);
        return NPT_USAGE;
    }
    if (format->write_folder) {
        const enum npt_status status =
            format->write_folder(npt__buffer_string(&path), report->document, diags);
        npt__buffer_release(&path);
        return status;
    }
    npt_output *output = npt__output_replace(npt__buffer_string(&path), diags);
    npt__buffer_release(&path);
    if (!output)
        return NPT_CANNOT_WRITE;
    const enum npt_status status = npt_report_write(output, report, format, diags);
    if (status == NPT_OK)
        return npt_output_close(output);
    npt_output_discard(output);
    return status;
}

void npt_report_free(npt_report *report)
{
    if (!report)
        return;
    for (size_t i = 0; i < report->own.count; i++)
        npt_table_free(report->own.items[i]);
    for (size_t i = 0; i < report->views.count; i++)
        npt_table_free(report->views.items[i]->copy);
    npt__document_free(report->document);
    npt__array_release(&report->own);
    npt__array_release(&report->views);
    npt__array_release(&report->tables);
    npt__array_release(&report->short_items);
    npt__array_release(&report->missing);
    npt_plotter_close(report->own_plotter);
    npt__arena_free(report->arena);
}
