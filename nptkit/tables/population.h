/* population.h - what a table's counts are counts of, so that small ones can be protected.
 *
 * An analysis declares, for each measure, whom or what it counts and what it is worked out from:
 *
 *     npt__table_counts(table, n, NPT__COUNTS_PEOPLE, "scored");
 *     npt__table_describes(table, mean, n);            withheld where n is, and where n is small
 *     npt__table_mean(table, mean, n);                 n x mean is a sum, which adds up over sites
 *     npt__table_depends(table, share, agree);         withheld where agree is
 *     npt__table_role(table, site, NPT__PARTITION);    its rows add up to the total
 *
 * A count is the same count wherever it stands: in two tables with the same `what`, the same labels of facets
 * and the same values of partitions (a total is no value) and the same number. A measure about which nothing
 * is declared is withheld as a whole by npt_protect(): what is not known to be harmless does not leave.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__POPULATION_H
#define NPT__POPULATION_H

#include "../base/arena.h"

#include <nptkit/table.h>

enum npt__counted {
    NPT__UNDECLARED,
    NPT__HARMLESS,      /* says nothing of single people: a wording, the number of items */
    NPT__COUNTS_PEOPLE, /* the size of a group; 0 is shown: nobody there whom it could disclose */
    NPT__COUNTS_ANSWERS, /* people of a group who gave an answer; 0 is withheld, too: "nobody agreed" tells of each */
    NPT__COUNTS_CASES, /* interviewed cases that were coded so; 0 is shown: silence is no statement */
    NPT__COUNTS_GAPS, /* people without an answer: no secret by itself, withheld where it would give one away */
    NPT__COUNTS_THINGS, /* segments, characters, answers: withheld with, or for, what counts people */
    NPT__SINGLE, /* tells of one person, case or interview, or the order of rows does: withheld with all of its row */
    NPT__WORDS,  /* what people said or wrote: withheld unless released, with all of its row */
};

/* What the values of a dimension are to the counts of its rows. */
enum npt__role {
    NPT__FACET, /* another question to the same people: construct, item; part of what is counted */
    NPT__PARTITION, /* groups that add up to the total: site, wave, role */
    NPT__OVERLAPS, /* groups that share members: constructs of a tally; together at least the total */
    NPT__LABEL,    /* tells nothing that is not told by another dimension */
    NPT__DIMENSION, /* the name of a partition, of which the next column has the value (cases) */
};

/* The declarations. Columns are indices; strings are copied. All come before the first row. */
void npt__table_counts(npt_table *table, size_t column, enum npt__counted counted,
                       const char *what);
void npt__table_role(npt_table *table, size_t dimension, enum npt__role role);
/* For this column a dimension has another role, and name: a table of changes has `from`, a label, and its
   "n before" is by wave. */
void npt__table_counts_by(npt_table *table, size_t column, size_t dimension, const char *key,
                          enum npt__role role);
/* The count is the same for all facets, such as how many were asked. */
void npt__table_facetless(npt_table *table, size_t column);
/* The measure is worked out from the count: withheld where that is. */
void npt__table_depends(npt_table *table, size_t column, size_t on);
/* The measure describes the group that `group` counts: withheld where the group is too small. */
void npt__table_describes(npt_table *table, size_t column, size_t group);
/* The measure is the mean over those that `group` counts; it describes them. */
void npt__table_mean(npt_table *table, size_t column, size_t group);
/* The measure is the mean change of those that `linked` counts, from one mean to another: of these two the others who
   were counted had only one part each. Its scale goes as far down as up. */
void npt__table_change(npt_table *table, size_t column, size_t linked, size_t mean_from,
                       size_t mean_to);
/* The ends of the scale of the means in the row added last. Readers know the questionnaire. */
void npt__table_scale(npt_table *table, double least, double most);
/* The mean of answers that the row counts below, at and above the middle of its scale, which bound it. */
void npt__table_sides(npt_table *table, size_t mean, size_t below, size_t at, size_t above);
/* The measure tells, with n and the mean, the sum of squares, which adds up over groups: withheld in all rows where
   any answer of which `mean` is the mean is. Squares would bound answers far better than sums do. Withheld, too, where
   squares would bound the withheld mean of a small group; they are taken from the SD of a table in the set. */
void npt__table_spread(npt_table *table, size_t column, size_t mean);
/* The same; the measure is the standard deviation itself, which divides by n - 1. */
void npt__table_sd(npt_table *table, size_t column, size_t mean);
/* The measure tells how the means of parts, by `key`, lie around that of those whom `group` counts: a test, or an effect,
   of all of them together. Withheld where the mean of a part is: two means that are withheld could be had from it. */
void npt__table_compares(npt_table *table, size_t column, size_t group, const char *key);
/* What is no count in the row added last describes so many people or cases: withheld where they are fewer than min_n, but not
   where they are none. For rows that do not tell how many they are. */
void npt__table_describes_few(npt_table *table, size_t count);
/* Only a part of the data: as if each row had this value of a partition. */
void npt__table_filter(npt_table *table, const char *key, const char *value);

/* One count of a sum: a column, or what is not in the table but may be in another, or known to who took part. */
struct npt__term {
    size_t column;    /* the column; or, where `what` is given, the column whose labels it shares */
    const char *what; /* NULL: the column itself */
    bool facetless;   /* the same for all facets: how many were asked */
};
#define NPT__MOST_TERMS 8u

/* In each row the parts add up to the whole, or: the part is at most the whole. */
void npt__table_sum(npt_table *table, struct npt__term whole, const struct npt__term *parts,
                    size_t count);
void npt__table_at_most(npt_table *table, size_t part, size_t whole);
/* Those whom `what` counts, for any facet and in any table, are among those whom the column counts; or, `turned`, these
   are among those: who has a score answered something, who answered all has every score. */
void npt__table_among(npt_table *table, size_t column, const char *what, bool turned);

/* In the row added last a count is the sum of others, one for each value of a facet: the answers missing from a
   construct are those missing from its items. `turned`: the sum of scores is that of answers turned round. */
void npt__table_made_of(npt_table *table, size_t column, const char *what, const char *facet,
                        const char *const *values, size_t count, bool turned);

/* ---- reading them ---------------------------------------------------------------------------- */

struct npt__count_column {
    enum npt__counted counted;
    const char *what;
    size_t mean_of; /* the group's column; SIZE_MAX: not a mean */
    bool facetless;
};
struct npt__count_by {
    size_t column, dimension;
    const char *key;
    enum npt__role role;
};
struct npt__sides {
    size_t mean, sides[3];
};
struct npt__dependence {
    size_t column, on;
    bool describes;
};
struct npt__spread {
    size_t column, mean;
    bool is_sd;
};
struct npt__comparing {
    size_t column, group;
    const char *key;
};
struct npt__among {
    size_t column;
    const char *what;
    bool turned;
};
struct npt__change {
    size_t column, linked, means[2]; /* before and after */
};
struct npt__sum {
    struct npt__term whole, parts[NPT__MOST_TERMS];
    size_t count;
    bool at_most; /* else exactly */
};
struct npt__row_scale {
    size_t row;
    double least, most;
};
/* What a count is the sum of, the same for many rows. */
struct npt__items {
    const char *what, *facet;
    const char *const *values;
    size_t count;
};
struct npt__made_of {
    size_t row;
    const struct npt__items *items;
    uint32_t column;
    bool turned;
};
struct npt__described {
    size_t row, count;
};
struct npt__filter {
    const char *key, *value;
};

struct npt__population {
    NPT__ARRAY(struct npt__count_column) columns; /* by column; shorter where the last have none */
    NPT__ARRAY(enum npt__role) roles;             /* by dimension; the same */
    NPT__ARRAY(struct npt__count_by) by;
    NPT__ARRAY(struct npt__dependence) dependences;
    NPT__ARRAY(struct npt__sum) sums;
    NPT__ARRAY(struct npt__sides) sides;
    NPT__ARRAY(struct npt__spread) spreads;
    NPT__ARRAY(struct npt__change) changes;
    NPT__ARRAY(struct npt__among) among;
    NPT__ARRAY(struct npt__comparing) comparing;
    NPT__ARRAY(struct npt__row_scale) scales; /* in the order of rows */
    NPT__ARRAY(struct npt__made_of) made_of;
    NPT__ARRAY(struct npt__described) described;
    NPT__ARRAY(struct npt__filter) filters; /* in the order of keys */
};

enum npt__counted npt__population_counted(const struct npt__population *population, size_t column);
enum npt__role npt__population_role(const struct npt__population *population, size_t dimension);
/* The group's column of a mean; SIZE_MAX. */
size_t npt__population_mean_of(const struct npt__population *population, size_t column);
void npt__population_release(struct npt__population *population);

#endif
