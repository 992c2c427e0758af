/* results.h - what the analyses of recipes gave, protected together: any number of reports is made from them.
 *
 * Once made, nothing changes it: several threads can make reports of it at once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RESULTS_H
#define NPT__RESULTS_H

#include "../analysis/released_rule.h"
#include "recipe.h"
#include "site_names.h"
#include "values.h"

/* Which rows of a table are on which site. */
struct npt__site_rows {
    const size_t
        *rows; /* those of the first site, of the second ..., and last those on all sites */
    const size_t *first; /* where those of each begin; NULL: the table has no column of sites */
};

/* One analysis with its options; recipes that ask for the same share it. */
struct npt__result {
    const npt_analysis *analysis;
    const char *options; /* as one text, to find the same again */
    npt_table *raw[NPT_MOST_TABLES];
    npt_table *made[NPT_MOST_TABLES]; /* protected; NULL: no recipe uses it */
    struct npt__site_rows
        rows[NPT_MOST_TABLES]; /* of `made`, where there are reports on one site */
    struct npt_protected summaries[NPT_MOST_TABLES];
    bool used[NPT_MOST_TABLES];
    size_t count;
    const char *left_out; /* why there is nothing; NULL */
};

/* What a recipe uses. */
struct npt__recipe_results {
    const npt_recipe *recipe;
    struct npt__result *
        *of; /* one for each of its analyses; NULL where its condition does not hold */
    size_t cells, withheld; /* of the tables that it uses */
};

struct npt_reports {
    npt__arena *arena;
    const npt_study *study;
    struct npt_protection limits;
    NPT__ARRAY(struct npt__result *) results;
    struct npt__recipe_results *recipes;
    size_t recipe_count;
    NPT__ARRAY(struct npt__report_site)
    sites;                        /* those of study.xml, then others that tables name */
    npt__intern site_numbers;     /* by name */
    struct npt__site_names names; /* in all texts of tables, where there are reports on one site */
    npt_table *disclosure;        /* what was withheld, and why */
    struct npt__released_rule quotes; /* which released quotes may be shown where */
};

/* Runs every analysis of the recipes, and marks the tables that are shown, drawn or told: results_run.c. */
enum npt_status npt__results_run(struct npt_reports *reports, npt_diags *diags);
/* Lists the sites of the study and of all tables; where reports are `for_site`, also where each stands in what was made. */
void npt__results_list_sites(struct npt_reports *reports, bool for_site);
/* Whether a part of a recipe is shown. */
bool npt__results_show(const struct npt_reports *reports, const npt_recipe *recipe,
                       const struct npt__recipe_part *part);
/* Whether the table that a part names, "compare_pairs", is one that the analysis gives of some studies and not of others. */
bool npt__table_may_lack(const struct npt__result *result, const struct npt__recipe_part *part);
/* Which of an analysis' tables a part names; SIZE_MAX where it has none of this name: with a message, unless this study
   may lack it. `diags` may be NULL. */
size_t npt__result_table(const struct npt__result *result, const struct npt__recipe_part *part,
                         npt_diags *diags);
/* The dimension that holds sites: "site", in whatever case; SIZE_MAX. */
size_t npt__site_column(const npt_table *table);
/* The number of the site that is called just so; UINT32_MAX. */
uint32_t npt__site_number(const struct npt_reports *reports, const char *name);
/* As a user names it: by its name, its id in study.xml, or its name in other letters where that is one site. */
uint32_t npt__site_meant(const struct npt_reports *reports, const char *name);

#endif
