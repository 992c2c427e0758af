/* recipe.h - a recipe as its author wrote it: sections, what is in them, and where each thing stands.
 *
 * reports/README.md tells the format. What can be checked without a study was checked when the recipe was read: names
 * of analyses, options, pictures, conditions and values.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RECIPE_H
#define NPT__RECIPE_H

#include "../base/form.h"

#include <nptkit/analysis.h>
#include <nptkit/plot.h>
#include <nptkit/report.h>

/* What a section or a part of it is shown for. */
enum npt__condition {
    NPT__ALWAYS,
    NPT__IF_SURVEY,
    NPT__IF_INTERVIEWS,
    NPT__IF_BOTH,
    NPT__IF_WAVES, /* responses of two waves at least */
    NPT__IF_RATINGS,
    NPT__IF_RANKINGS,
    NPT__IF_SITES, /* two at least, in study.xml or, where it names none, in the responses */
};

enum npt__recipe_kind {
    NPT__PART_TEXT,       /* `text` */
    NPT__PART_SAY,        /* the sentences of an analysis */
    NPT__PART_TABLE,      /* a table of an analysis */
    NPT__PART_PLOT,       /* a picture of a table of an analysis */
    NPT__PART_QUESTIONS,  /* to discuss, made from the numbers */
    NPT__PART_IN_SHORT,   /* the first sentences of the whole report */
    NPT__PART_QUOTES,     /* what people said, where it is released */
    NPT__PART_PROTECTION, /* how this was protected */
    NPT__PART_METHODS,    /* how the numbers and the sentences were made */
};

/* Which rows of a table the report on one site shows. */
enum npt__rows {
    NPT__OWN_AND_ALL, /* its own, and the totals over all sites */
    NPT__OWN_ROWS,
    NPT__EVERY_ROW, /* the others are "another site", unless the recipe names them */
};

/* A part of a section. Settings that were not given have value NULL. */
struct npt__recipe_part {
    enum npt__recipe_kind kind;
    enum npt__condition condition;
    struct npt__place place;
    size_t section, analysis; /* analysis: SIZE_MAX, or the one it shows */
    const char *text;
    struct npt__setting table;   /* the name of the table: "compare_pairs"; NULL: the main one */
    struct npt__setting caption; /* NULL: the table's title, or the picture's question */
    struct npt__setting columns, across; /* of a table: another layout */
    enum npt__rows rows;
    const npt_plot *plot;
    struct npt__setting construct; /* of a picture of one construct: its name, or "each"; NULL: the
                                      first. Of quotes: its name; NULL: every one */
    size_t most;                   /* quotes on a construct; 0: as many as usual */
};

struct npt__recipe_option {
    const char *name;
    struct npt__setting value;
};

struct npt__recipe_analysis {
    const npt_analysis *analysis;
    enum npt__condition condition; /* its own or its section's; both must hold */
    size_t section;
    struct npt__place place;
    NPT__ARRAY(struct npt__recipe_option) options;
};

struct npt__recipe_section {
    struct npt__setting title;
    enum npt__condition condition;
};

struct npt__recipe_parameter {
    const char *name, *value, *help; /* value: "" where it is not set */
    struct npt__place place;
};

struct npt_recipe {
    npt__arena *arena;
    npt__buffer text; /* the XML; places refer to it */
    const char *label, *language, *summary;
    bool for_site;     /* a report on one site */
    bool names_others; /* which may hold the names of others */
    struct npt__setting title, subtitle;
    NPT__ARRAY(struct npt__recipe_parameter) parameters;
    NPT__ARRAY(struct npt__recipe_section) sections;
    NPT__ARRAY(struct npt__recipe_analysis) analyses;
    NPT__ARRAY(struct npt__recipe_part) parts; /* in the order of the file */
};

/* Reads recipe->text into the rest of the recipe; `label` names it in messages. */
enum npt_status npt__recipe_read(npt_recipe *recipe, const char *label, npt_diags *diags);

/* The names of values that a text can hold in braces, beside parameters; ended by NULL. */
extern const char *const npt__recipe_values[];
/* Adds the text with each {name} replaced by what `value` gives for it; it is asked for known names only. */
void npt__recipe_fill(npt__buffer *filled, const char *text,
                      const char *(*value)(void *user, const char *name, size_t length),
                      void *user);

#endif
