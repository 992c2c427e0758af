/* nptkit/report.h - reports: a recipe names analyses, pictures and text; a study gives the numbers.
 *
 * Everything in a report went through npt_protect(): all its tables at once, before any sentence or picture was made.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_REPORT_H
#define NPTKIT_REPORT_H

#include <nptkit/base.h>
#include <nptkit/plot.h>
#include <nptkit/study.h>
#include <nptkit/table.h>

typedef struct npt_recipe npt_recipe;

/* The recipes that come with nptkit, by number; NULL past the end. And what each is for, in one line. */
NPT_API const char *npt_recipe_shipped(size_t index);
NPT_API const char *npt_recipe_summary(size_t index);
/* Whether it makes a report for each site, and not one for all. */
NPT_API bool npt_recipe_for_site(const npt_recipe *recipe);
/* Whether this is the name of a shipped recipe, or a file that begins as a recipe does. */
NPT_API bool npt_recipe_is(const char *name_or_path);

/* Opens a shipped recipe by name, or a file. All faults that were found are in `diags`. */
NPT_API enum npt_status npt_recipe_open(npt_recipe **recipe, const char *name_or_path,
                                        npt_diags *diags);
NPT_API void npt_recipe_free(npt_recipe *recipe);
/* Sets a parameter of the recipe, as "name=value". NPT_USAGE where it has none of this name. */
NPT_API enum npt_status npt_recipe_set(npt_recipe *recipe, const char *name_and_value,
                                       npt_diags *diags);
/* What is in it, in order, as a table. Free it before the recipe. */
NPT_API npt_table *npt_recipe_table(const npt_recipe *recipe);
/* Its XML, as it was written. */
NPT_API void npt_recipe_write(npt_output *output, const npt_recipe *recipe);
/* Sets what its analyses need of the study that is opened for it: `positions`. */
NPT_API void npt_recipe_prepare(const npt_recipe *recipe, struct npt_study_options *study);

/* A format of reports. The formats in the order in which help lists them; NULL past the end. */
typedef struct npt_report_format npt_report_format;
NPT_API const npt_report_format *npt_report_format_at(size_t index);
NPT_API const npt_report_format *npt_report_format_find(const char *name);
NPT_API const char *npt_report_format_name(const npt_report_format *format);
/* How its files end: ".html". */
NPT_API const char *npt_report_format_extension(const npt_report_format *format);
/* For whom it is, in one line. */
NPT_API const char *npt_report_format_summary(const npt_report_format *format);

/* What became of a report. */
struct npt_report_result {
    size_t tables, pictures, missing_pictures;
    size_t cells, withheld; /* of all its tables */
};

/* ---- from a study to reports ------------------------------------------------------------------- */

/* What the analyses of recipes gave for a study, protected together: of it, any number of reports is made. Nothing
   changes it, so that several threads can make reports of it at once. The study and the recipes must outlive it. */
typedef struct npt_reports npt_reports;

/* Runs every analysis of the recipes once and protects all their tables in one go: they may leave together. Where
   withheld counts could still be worked out, the analysis from which most could is left out. A fault of a recipe that only the
   study shows is reported at its place. */
NPT_API enum npt_status npt_reports_new(npt_reports **reports, const npt_recipe *const *recipes,
                                        size_t count, const npt_study *study, npt_diags *diags);
NPT_API void npt_reports_free(npt_reports *reports);
/* The sites of the study, in order; NULL past the end. */
NPT_API const char *npt_reports_site(const npt_reports *reports, size_t index);
NPT_API size_t npt_reports_site_count(const npt_reports *reports);
/* What was withheld and why, without values: for whoever answers for the data. It tells which cells are small and must
   not be published. Borrowed. */
NPT_API const npt_table *npt_reports_disclosure(const npt_reports *reports);

struct npt_report_options {
    const char *site; /* of a recipe for one site: which, by name or id; NULL: a report on all */
    /* What it will be written as decides which pictures are drawn. */
    const npt_report_format *const *formats;
    size_t format_count;
    npt_plotter
        *plotter; /* to draw with, by one thread at a time; NULL: one of its own, if it needs one */
};

/* One report: of the recipe with this number. */
typedef struct npt_report npt_report;
NPT_API enum npt_status npt_report_make(npt_report **report, const npt_reports *reports,
                                        size_t recipe, const struct npt_report_options *options,
                                        npt_diags *diags);
NPT_API void npt_report_free(npt_report *report);
/* What its files are called, without an ending: "site-comparison"; of a site, by its name: "north-hub". */
NPT_API const char *npt_report_name(const npt_report *report);
NPT_API const struct npt_report_result *npt_report_outcome(const npt_report *report);
/* Writes it in one of the formats that it was made for. NPT_NO_HELPER where a program that the format needs is missing
   or failed: then nothing was written. */
NPT_API enum npt_status npt_report_write(npt_output *output, const npt_report *report,
                                         const npt_report_format *format, npt_diags *diags);
/* Writes it into a folder that exists, as its name with the format's ending. */
NPT_API enum npt_status npt_report_save(const npt_report *report, const npt_report_format *format,
                                        const char *folder, npt_diags *diags);

#endif
