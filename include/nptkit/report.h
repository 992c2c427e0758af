/* nptkit/report.h - reports: a recipe names analyses, pictures and text; a study gives the numbers.
 *
 * Everything in a report went through npt_protect(): all its tables at once, before any sentence or picture was made.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_REPORT_H
#define NPTKIT_REPORT_H

#include <nptkit/base.h>
#include <nptkit/study.h>
#include <nptkit/table.h>

typedef struct npt_recipe npt_recipe;

/* The recipes that come with nptkit, by number; NULL past the end. And what each is for, in one line. */
NPT_API const char *npt_recipe_shipped(size_t index);
NPT_API const char *npt_recipe_summary(size_t index);
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

/* Makes the report and writes it. A fault of the recipe that only the study shows is reported at its place. Where
   withheld counts could still be worked out, nothing is written (NPT_FAULTS). `result` may be NULL. */
NPT_API enum npt_status npt_report_write(npt_output *output, const npt_recipe *recipe,
                                         const npt_study *study, const npt_report_format *format,
                                         struct npt_report_result *result, npt_diags *diags);

#endif
