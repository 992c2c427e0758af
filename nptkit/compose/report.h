/* report.h - a report in the making: what of the results is shown, for which site, and the document.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__REPORT_H
#define NPT__REPORT_H

#include "../report/writers.h"
#include "../tables/table.h"
#include "results.h"
#include "sentences.h"

/* One of each column that is left out, of the scales, and of the whole. */
#define NPT__MOST_REMARKS (NPT__MOST_SHOWN + 2)

/* A table as a part of the recipe shows it, made once. */
struct npt__laid_out {
    bool done;
    enum npt_status status; /* NPT_BAD_INPUT: the recipe asks for a column that is not there */
    bool whole;             /* false: it would show no number and is left out */
    const npt_table *table; /* NULL: it is left out */
    const char *caption;
    const char *remarks[NPT__MOST_REMARKS]; /* below it, or in its place */
    size_t remark_count;
};

/* What a site's report sees of a table, made once. */
struct npt__view {
    const npt_table *of;
    enum npt__rows rows;
    const npt_table *table; /* the copy, or the table itself where the report is on all sites */
    npt_table *copy;        /* it borrows the texts */
    const size_t *kept;     /* which row of the table each of its rows is; NULL: the same */
};

struct npt_report {
    const npt_reports *reports;
    const struct npt__recipe_results *results;
    const npt_recipe *recipe;
    const char *site; /* NULL: all sites */
    uint32_t number;  /* of the site */
    const char *name; /* of its files */
    npt_diags *diags;
    npt__arena *arena;
    struct npt__values values;
    struct npt__telling *tellings;  /* one for each analysis of the recipe */
    bool *explained;                /* likewise: why it is left out was said */
    struct npt__laid_out *laid_out; /* one for each part of the recipe: npt__report_lay_out() */
    bool quotes_explained;          /* how quotes were chosen was said */
    struct npt__report_document *document;
    NPT__ARRAY(struct npt__view *) views;
    NPT__ARRAY(npt_table *) own;                       /* copies with another layout; to be freed */
    NPT__ARRAY(const npt_table *) tables;              /* that are shown, in order */
    NPT__ARRAY(struct npt__document_item) short_items; /* of <in-short/> */
    NPT__ARRAY(const char *) missing; /* which pictures could not be drawn, and why */
    bool svg, png;                    /* the pictures that are drawn */
    npt_plotter *plotter, *own_plotter;
    const char *no_plotter; /* why there is none; NULL */
    struct npt_report_result result;
};

/* How the files of a recipe's report are called, without an ending: "site-comparison", or by the site. */
const char *npt__report_file(npt__arena *arena, const npt_reports *reports, size_t recipe,
                             const struct npt__report_site *site);
/* The text with its values filled in; lives as long as the report. */
const char *npt__report_fill(const struct npt_report *report, const char *text);
/* Whether the part is shown. */
bool npt__report_shows(const struct npt_report *report, const struct npt__recipe_part *part);
/* The results of the analysis that a part shows. */
const struct npt__result *npt__report_result(const struct npt_report *report,
                                             const struct npt__recipe_part *part);

/* Makes the document from what was protected: report_blocks.c. */
enum npt_status npt__report_compose(struct npt_report *report);
/* What the report sees of a table, a protected one: report_view.c. */
const struct npt__view *npt__report_view(struct npt_report *report,
                                         const struct npt__result *result, size_t index,
                                         enum npt__rows rows);
/* Whether the text holds the name of a site that the report must not name. */
bool npt__report_names_others(const struct npt_report *report, const char *text);
/* A protected table in the layout that a part asks for: report_layout.c. */
const struct npt__laid_out *npt__report_lay_out(struct npt_report *report,
                                                const struct npt__recipe_part *part);
/* Takes columns that would hold no number out of the layout and says which, and why: report_remarks.c. */
void npt__report_prune(struct npt_report *report, const char *caption, const npt_table *table,
                       struct npt__layout *layout, struct npt__laid_out *laid);
/* Says on what scales the rows are, where they differ. */
void npt__report_remark_scales(struct npt_report *report, const struct npt__result *result,
                               size_t index, const struct npt__view *view,
                               struct npt__laid_out *laid);
/* How many cells the layout of a table shows, and in how many of them "withheld" stands. */
void npt__report_count_shown(const npt_table *table, size_t *cells, size_t *withheld);
/* Whether a reader of the table needs this note of its; and the note without hints on options: report_notes.c. */
bool npt__report_has_note(const npt_table *table, const char *wanted);
const char *npt__report_plain_note(npt__arena *arena, const char *note);
/* Questions to discuss, made from what the report shows: questions.c. */
void npt__report_add_questions(struct npt_report *report);
/* The box and the sections at the end: report_methods.c. */
void npt__report_add_protection(struct npt_report *report);
void npt__report_add_methods(struct npt_report *report);

/* Says so where a file, or one in a folder, is what the study was read from: no output may replace it. */
bool npt__replaces_input(const npt_study *study, const char *path, npt_diags *diags);

#endif
