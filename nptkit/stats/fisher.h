/* fisher.h - Fisher's exact test of two classifications of the same cases, and the odds ratio.
 *
 * Given the totals of rows and columns, every table that has these totals has a known probability under
 * independence. The two-sided p is the sum of those of all tables as probable as the observed one or less. Tables
 * count as equally probable up to a relative difference of 1e-7, as in R's fisher.test().
 *
 * Sources: Fisher 1935, "The logic of inductive inference", Journal of the Royal Statistical Society 98, 39-82;
 * Freeman & Halton 1951, Biometrika 38, 141-149, for more than 2 x 2.
 *
 *     struct npt__fisher_options options = {.replicates = 100000, .seed = 1, .threads = threads};
 *     struct npt__fisher test = npt__fisher(&table, &options);
 *     if (test.defined) ... test.p, and +- test.error where !test.exact ...
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__FISHER_H
#define NPT__FISHER_H

#include "bootstrap.h" /* NPT__MOST_REPLICATES */
#include "contingency.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__FISHER_MOST_CASES 1000000u
/* Steps of the exact way before it gives up: some tenths of a second, and some 200 megabytes at most. Within it are
   tables of 2 x 2 of any size, 4 x 4 with 100 cases, 2 x 10 with 27 cases in a column, 2 x 30 with 9, 2 x 60 with 3. */
#define NPT__FISHER_WORK 40000000u
/* Steps of all random tables together: some tens of seconds. */
#define NPT__FISHER_MOST_DRAWS 4000000000u

/* Why there is no result. */
enum npt__fisher_fault {
    NPT__FISHER_FINE,
    NPT__FISHER_EMPTY,      /* no rows, no columns, or no case in them */
    NPT__FISHER_ONE_ROW,    /* all cases are in one row, so there is nothing to compare */
    NPT__FISHER_ONE_COLUMN, /* all cases are in one column (and in more than one row) */
    NPT__FISHER_TOO_LARGE, /* more cells (NPT__CONTINGENCY_MOST_CELLS) or cases than the ceilings */
    NPT__FISHER_WORK_BOUND, /* the exact way is too long, and no replicates were allowed, or too many of them */
    NPT__FISHER_REPLICATES, /* more than NPT__MOST_REPLICATES asked for */
};

struct npt__fisher_options {
    uint64_t work; /* bound on the exact way; 0: NPT__FISHER_WORK; 1: never exact */
    size_t
        replicates; /* random tables where the exact way is too long; 100000 do; 0: none, a fault instead */
    uint64_t seed;
    unsigned threads; /* the digits do not depend on it */
};

struct npt__fisher {
    bool defined; /* where false, p and error are 0 */
    enum npt__fisher_fault fault;
    size_t rows, columns;             /* those with cases in them */
    size_t empty_rows, empty_columns; /* those left out */
    uint64_t cases;

    bool exact; /* false: estimated from random tables */
    double p;   /* two-sided; estimated as (1 + tables as probable or less) / (1 + replicates) */
    double
        error; /* standard error of an estimated p, sqrt(p (1 - p) / replicates); 0 where exact */
    size_t replicates; /* random tables drawn; 0 where exact */
};

/* Tables of any size. The same digits for any order of rows and columns, for rows and columns exchanged, and for any
   number of threads. A p below 1e-300 is 0. */
struct npt__fisher npt__fisher(const struct npt__count_table *table,
                               const struct npt__fisher_options *options);

/* ---- tables of 2 x 2, in odds_ratio.c ---------------------------------------------------------- */

struct npt__fourfold {
    bool defined;                 /* all four totals are above 0 */
    enum npt__fisher_fault fault; /* FINE, EMPTY, ONE_ROW, ONE_COLUMN or TOO_LARGE */
    double two_sided;             /* as npt__fisher() */
    double less,
        greater; /* the chance of the first cell's count or a lesser / greater one: an odds ratio below /
                             above 1 in all cases */

    /* (a d) / (b c) of the counts a b / c d: 0 where a or d is 0, INFINITY where b or c is. */
    double sample_odds_ratio;
    /* The one under which the first cell's expected count, given the totals, is the observed one (conditional
       maximum likelihood): 0 where a or d is 0, INFINITY where b or c is. */
    double odds_ratio;
    /* The exact interval (Cornfield 1956, "A statistical problem arising from retrospective studies", Proceedings of
       the Third Berkeley Symposium 4, 135-148): ends under which the chance of the first cell's count or more (low),
       or less (high), is (1 - confidence) / 2. `low` is 0 where a or d is 0, `high` INFINITY where b or c is. Not
       defined where the confidence is not within 0 and 1. */
    struct npt__interval interval;
};

/* counts: a, b of the first row, c, d of the second. */
struct npt__fourfold npt__fourfold(const uint32_t counts[4], double confidence);

#endif
