/* report.h - a report in the making: what was run, what of it is shown, and the document.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__REPORT_H
#define NPT__REPORT_H

#include "../model/study.h"
#include "../report/writers.h"
#include "recipe.h"
#include "sentences.h"

/* One analysis of the recipe. */
struct npt__report_run {
    npt_table *raw[NPT_MOST_TABLES];
    npt_table *made[NPT_MOST_TABLES]; /* protected; NULL: not used */
    struct npt_protected summaries[NPT_MOST_TABLES];
    bool used[NPT_MOST_TABLES];
    size_t count;
    const char *left_out; /* why there is nothing; NULL */
    struct npt__telling telling;
};

/* A table that is shown, for its notes and for what was withheld from it. */
struct npt__report_table {
    const npt_table *table;
    struct npt_protected summary;
};

struct npt__report {
    const npt_recipe *recipe;
    const npt_study *study;
    npt_diags *diags;
    const npt_report_format *format;
    npt__arena *arena;
    struct npt__report_run *runs; /* one for each analysis of the recipe */
    struct npt__report_document *document;
    struct npt_protection limits;
    NPT__ARRAY(npt_table *) own; /* copies with another layout; to be freed */
    NPT__ARRAY(struct npt__report_table) tables;
    NPT__ARRAY(struct npt__document_item) short_items; /* of <in-short/> */
    NPT__ARRAY(const char *) missing; /* which pictures could not be drawn, and why */
    npt_plotter *plotter;
    const char *no_plotter; /* why there is none; NULL */
    size_t exposed;
    struct npt_report_result result;
};

/* Whether a condition holds; the words for one that does not. */
bool npt__report_holds(const struct npt__report *report, enum npt__condition condition);
/* Whether the part is shown. */
bool npt__report_shows(const struct npt__report *report, const struct npt__recipe_part *part);
/* The text with its values filled in; lives as long as the report. */
const char *npt__report_fill(const struct npt__report *report, const char *text);
/* Which of an analysis' tables a part names; SIZE_MAX with a message where it has none of this name. */
size_t npt__report_find_table(const struct npt__report *report,
                              const struct npt__recipe_part *part);

/* Runs what is shown, and protects it: report.c. */
enum npt_status npt__report_run_all(struct npt__report *report);
/* Makes the document from what was protected: report_blocks.c. */
enum npt_status npt__report_compose(struct npt__report *report);
/* A copy of a protected table in the layout that a part asks for: report_layout.c. */
enum npt_status npt__report_lay_out(struct npt__report *report, const struct npt__recipe_part *part,
                                    const npt_table **table);
/* The box and the sections at the end: report_methods.c. */
void npt__report_add_protection(struct npt__report *report);
void npt__report_add_methods(struct npt__report *report);

#endif
