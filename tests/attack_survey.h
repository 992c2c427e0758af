/* attack_survey.h - invented surveys, the tables of them, and what an attacker learns from those about one item.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef ATTACK_SURVEY_H
#define ATTACK_SURVEY_H

#include "attack.h"
#include "fixture.h"

#include <nptkit.h>

#define MOST_PEOPLE 400u
#define ITEMS 3u   /* a1, a2, b1 */
#define ANSWERS 8u /* 1 to 5 as 0 to 4, none, and two kinds of not relevant */
#define MOST_TABLES_OF_SET 24u

struct person {
    unsigned site, wave, role, answers[ITEMS];
};

struct invented {
    size_t count;
    unsigned sites, waves, roles;
    struct person people[MOST_PEOPLE];
};

/* People at random: sites of very different sizes, answers that lean to one side. */
void invent(struct invented *invented, size_t count, unsigned sites, unsigned waves, unsigned roles,
            uint64_t *state);
/* Writes and opens a study of them. */
struct fixture open_invented(const struct invented *invented);

/* Runs one analysis after the other, each a name and its options in turns, ended by NULL. Returns how many tables. */
size_t run_set(npt_table *tables[MOST_TABLES_OF_SET], const npt_study *study,
               const char *const *const *runs);
void free_set(npt_table *const *tables, size_t count);

/* What protected tables tell of the answers to one item, by groups of site, wave and role. Fails where a share is
   shown beside a withheld count. */
void learn(struct attack *attack, const struct invented *invented, unsigned item,
           npt_table *const *tables, size_t count);
/* Fails where a withheld count of the item can take fewer than `width` values, or a withheld mean of a known number
   below `min_n` lies in less than a quarter of the scale. Counts how many were attacked. */
void attack_withheld(const struct attack *attack, const struct invented *invented, unsigned item,
                     npt_table *const *tables, size_t count, size_t width, size_t min_n,
                     size_t *attacked, size_t *given_up);

#endif
