/* quantities.h - the numbers behind a set of tables, each once, and how they add up: what an attacker knows.
 *
 * A quantity is a count, or the sum behind a mean (n times the mean). It may stand in several tables, or in none
 * (how many were asked). A relation says that quantities with coefficients come to 0, or to 0 at least:
 * sites to their total, answers to n, a sum to what n and the ends of the scale allow.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__QUANTITIES_H
#define NPT__QUANTITIES_H

#include "../base/index.h"
#include "../base/intern.h"
#include "table.h"

#define NPT__NOWHERE UINT32_MAX
#define NPT__MEAN_OF "mean of " /* before what a sum is of */
#define NPT__UNION "\6"         /* between the values of a filter that lets several through */

/* Why something is withheld; the first reason found counts. */
enum npt__why {
    NPT__SHOWN,
    NPT__SMALL,
    NPT__SMALL_GROUP,
    NPT__COMPLEMENT,
    NPT__DEPENDS,
    NPT__UNKNOWN
};

/* Names are numbers: what is counted, keys, and values of labels, of which these two are no text ("=text" is). */
enum { NPT__NAME_TOTAL, NPT__NAME_NONE, NPT__NAME_TEXTS };

/* One label: names of its key and its value. */
struct npt__label {
    uint32_t key, value;
};
#define NPT__MOST_LABELS 16u
#define NPT__NO_LABELS 0u /* the list of none */

struct npt__quantity {
    enum npt__counted counted; /* NPT__HARMLESS: a sum */
    enum npt__why why;
    bool is_sum, published, exposed;
    bool settled; /* 0, as there is nobody: never withheld */
    bool implied; /* in no table: the rest beside a part that a filter lets through */
    uint16_t overlaps,
        filters; /* of labels, a bit each: they share members; they are of a filter */
    double value;
    double least, most; /* a sum: the ends of the scale, which can be infinite */
    uint32_t group; /* of the people that it counts, all facets together; NPT__NOWHERE: no people */
    uint32_t of;    /* a sum: the count of those it sums over */
    uint32_t stem;  /* what is counted, with facets; NPT__NOWHERE: a rest */
    uint32_t labels; /* list of those of partitions, in the order of keys */
};

struct npt__relation {
    uint32_t first, count; /* among the terms */
    bool at_least;         /* 0 or more; else exactly 0 */
};
struct npt__relation_term {
    uint32_t quantity;
    double factor;
};

/* Two sums that are one, by what they sum: of an item, and of a construct that has no other. */
struct npt__same_sums {
    uint32_t stem, other;
};

/* One table of the set with the quantity of each of its cells. */
struct npt__source_table {
    const npt_table *table;
    const struct npt__population *population;
    size_t width, rows, dimensions;
    uint32_t *names;    /* row x dimension: of the labels; while quantities are collected */
    uint32_t *quantity; /* row x column; NPT__NOWHERE */
    enum npt__why *why; /* row x column: what is withheld so far */
};

struct npt__quantities {
    npt__arena *arena;
    struct npt__source_table *tables; /* in an order of their content, not of the caller */
    size_t table_count;
    NPT__ARRAY(struct npt__quantity) items;
    NPT__ARRAY(struct npt__relation) relations;
    NPT__ARRAY(struct npt__relation_term) terms;
    NPT__ARRAY(struct npt__same_sums) same_sums;
    NPT__ARRAY(bool) bounded;       /* by stem: squares of these sums are withheld */
    NPT__ARRAY(bool) hidden_groups; /* by group: its number is withheld */
    NPT__ARRAY(bool) small_groups;  /* by group: what describes it is withheld */
    npt__intern names;
    npt__lists labels;                   /* keys and values by turns */
    npt__lists stems;                    /* what is counted, of which family, list of facets */
    NPT__ARRAY(const char *) stem_texts; /* by stem */
    npt__lists groups;                   /* what is counted, of which family, list of labels */
    npt__index seen;                     /* relations; this and the next while they are collected */
    npt__index keys;                     /* items by stem and labels, but for those that clash */
};

/* Collects what stands in tables, none of them protected yet, and how it adds up. */
void npt__quantities_collect(struct npt__quantities *quantities, const npt_table *const *tables,
                             size_t count);
/* Leaves only tables and items: the cells that are withheld, and what was exposed. */
void npt__quantities_decided(struct npt__quantities *quantities);
void npt__quantities_release(struct npt__quantities *quantities);

/* For the files that collect: the item of a stem and labels; NPT__NOWHERE. And a new one. */
uint32_t npt__quantities_find(const struct npt__quantities *quantities, uint32_t stem,
                              uint32_t labels);
uint32_t npt__quantities_add(struct npt__quantities *quantities,
                             const struct npt__quantity *quantity);
/* A term of a relation, and the relation of all terms from `first` on: several tables say the same of the same numbers,
   and once is enough. */
void npt__add_term(struct npt__quantities *quantities, uint32_t item, double factor);
void npt__end_relation(struct npt__quantities *quantities, size_t first, bool at_least);
/* Adds the relations of everything collected. */
void npt__quantities_relate(struct npt__quantities *quantities);

/* The number of a name; a value's name is its text after "=". */
uint32_t npt__quantities_name(struct npt__quantities *quantities, const char *text);
uint32_t npt__quantities_value(struct npt__quantities *quantities, const char *text);

/* The labels of an item, until the next list is added. */
static inline const struct npt__label *npt__labels_of(const struct npt__quantities *quantities,
                                                      const struct npt__quantity *quantity,
                                                      size_t *count)
{
    const uint32_t *words = npt__lists_words(&quantities->labels, quantity->labels, count);
    *count /= 2;
    return (const struct npt__label *)words;
}
static inline const char *npt__name_text(const struct npt__quantities *quantities, uint32_t name)
{
    return quantities->names.strings.items[name];
}

static inline bool npt__is_withheld(const struct npt__quantity *quantity)
{
    return quantity->why != NPT__SHOWN;
}
/* Whether an attacker does not know it. */
static inline bool npt__is_open(const struct npt__quantity *quantity)
{
    return quantity->why != NPT__SHOWN || !quantity->published;
}
static inline bool npt__counts_people(enum npt__counted counted)
{
    return counted == NPT__COUNTS_PEOPLE || counted == NPT__COUNTS_ANSWERS ||
           counted == NPT__COUNTS_CASES;
}

#endif
