/* quantities.h - the numbers behind a set of tables, each once, and how they add up: what an attacker knows.
 *
 * A quantity is a count, or the sum behind a mean (n times the mean). It may stand in several tables, or in none
 * (how many were asked). A relation says that quantities with coefficients come to 0, or to 0 at least:
 * sites to their total, answers to n, a sum to what n and the ends of the scale allow.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__QUANTITIES_H
#define NPT__QUANTITIES_H

#include "../base/intern.h"
#include "table.h"

#define NPT__NOWHERE UINT32_MAX
#define NPT__UNION "\6" /* between the values of a filter that lets several through */

/* Why something is withheld; the first reason found counts. */
enum npt__why {
    NPT__SHOWN,
    NPT__SMALL,
    NPT__SMALL_GROUP,
    NPT__COMPLEMENT,
    NPT__DEPENDS,
    NPT__UNKNOWN
};

struct npt__label_pair {
    const char *key, *value;
    bool overlaps, filter;
};

struct npt__quantity {
    enum npt__counted counted; /* NPT__HARMLESS: a sum */
    bool is_sum, published, exposed;
    bool settled; /* 0, as there is nobody: never withheld */
    bool implied; /* in no table: the rest beside a part that a filter lets through */
    enum npt__why why;
    double value;
    uint32_t group; /* of the people that it counts, all facets together; NPT__NOWHERE: no people */
    uint32_t of;    /* a sum: the count of those it sums over */
    double least, most;                  /* a sum: the ends of the scale, which can be infinite */
    const char *stem;                    /* what is counted, with facets */
    const struct npt__label_pair *pairs; /* of partitions, in the order of keys */
    size_t pair_count;
};

struct npt__relation {
    size_t first, count; /* among the terms */
    bool at_least;       /* 0 or more; else exactly 0 */
};
struct npt__relation_term {
    uint32_t quantity;
    double factor;
};

/* Two sums that are one, by what they sum: of an item, and of a construct that has no other. */
struct npt__same_sums {
    const char *stem, *other;
};

/* One table of the set with the quantity of each of its cells. */
struct npt__source_table {
    const npt_table *table;
    const struct npt__population *population;
    size_t width, rows;
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
    npt__intern bounded;            /* stems of sums whose squares are withheld */
    NPT__ARRAY(bool) hidden_groups; /* by group: its number is withheld */
    NPT__ARRAY(bool) small_groups;  /* by group: what describes it is withheld */
    npt__intern keys, groups;       /* keys: numbers of items, but for those that clash */
    uint32_t *of_key;               /* the item of each key */
    size_t of_key_room;
};

/* Collects what stands in tables, none of them protected yet, and how it adds up. */
void npt__quantities_collect(struct npt__quantities *quantities, const npt_table *const *tables,
                             size_t count);
void npt__quantities_release(struct npt__quantities *quantities);

/* For quantities_relate.c: the item of a stem and pairs; NPT__NOWHERE. And a new one. */
uint32_t npt__quantities_find(const struct npt__quantities *quantities, const char *stem,
                              const struct npt__label_pair *pairs, size_t count);
uint32_t npt__quantities_add(struct npt__quantities *quantities,
                             const struct npt__quantity *quantity);
/* Adds the relations of everything collected. */
void npt__quantities_relate(struct npt__quantities *quantities);

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
