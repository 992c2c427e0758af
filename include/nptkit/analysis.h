/* nptkit/analysis.h - the analyses: each takes a study and options and gives a table, or several.
 *
 * The registry is the one list of analyses: the subcommands of the program, its help and the tests come
 * from it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_ANALYSIS_H
#define NPTKIT_ANALYSIS_H

#include <nptkit/base.h>
#include <nptkit/study.h>
#include <nptkit/table.h>

typedef struct npt_analysis npt_analysis;

/* An option that an analysis understands. */
struct npt_option {
    const char *name;     /* "by" */
    const char *argument; /* "ATTRIBUTE[,ATTRIBUTE]"; NULL: a switch */
    const char *help;
};

/* What the user chose: values by option name; an option can be given several times. */
typedef struct npt_options npt_options;
NPT_API npt_options *npt_options_new(void);
NPT_API void npt_options_free(npt_options *options);
/* Adds a value ("" for a switch); both strings are copied. */
NPT_API void npt_options_add(npt_options *options, const char *name, const char *value);

/* An analysis by name; NULL where there is none. */
NPT_API const npt_analysis *npt_analysis_find(const char *name);
/* The analyses in the order in which help lists them; NULL past the end. */
NPT_API const npt_analysis *npt_analysis_at(size_t index);
/* What the analysis there is about: "Interviews", "Survey", "Compare"; those of a group stand together. */
NPT_API const char *npt_analysis_group(size_t index);
NPT_API const char *npt_analysis_name(const npt_analysis *analysis);
/* One line, without a full stop. */
NPT_API const char *npt_analysis_summary(const npt_analysis *analysis);
/* What it counts, for people; several lines. */
NPT_API const char *npt_analysis_description(const npt_analysis *analysis);
/* The options, ended by one without a name. */
NPT_API const struct npt_option *npt_analysis_options(const npt_analysis *analysis);

/* What it looks at with these options: enum npt_material, combined where it takes what there is of them. `options`
   NULL: whatever it may look at. */
NPT_API unsigned npt_analysis_reads(const npt_analysis *analysis, const npt_options *options);
/* Whether the analysis needs the characters of segments: then open the study with `positions`. */
NPT_API bool npt_analysis_needs_positions(const npt_analysis *analysis, const npt_options *options);
/* Sets what the analysis needs of the study that is opened for it alone: `positions`, `skip`, `table`, `level`. Texts
   are borrowed from `options`, which must live until the study is open. */
NPT_API void npt_analysis_prepare(const npt_analysis *analysis, const npt_options *options,
                                  struct npt_study_options *study);

/* How many tables an analysis gives at most. */
#define NPT_MOST_TABLES 8

/* Runs it; of an analysis that gives several tables only the first, which is the main one. NPT_USAGE when an
   option's value is wrong (the message says what is allowed). Free the table with npt_table_free(); it borrows
   names from the study and must be freed before it. */
NPT_API enum npt_status npt_analysis_run(npt_table **table, const npt_analysis *analysis,
                                         const npt_study *study, const npt_options *options,
                                         npt_diags *diags);
/* Runs it and gives all its tables, at least one; `count` is 0 where it fails. Free each of them. */
NPT_API enum npt_status npt_analysis_run_all(npt_table *tables[NPT_MOST_TABLES], size_t *count,
                                             const npt_analysis *analysis, const npt_study *study,
                                             const npt_options *options, npt_diags *diags);

#endif
