/* attack.h - an attacker: what counts can be, given sums that are known of them. Shares nothing with protect.c.
 *
 * Unknowns are whole numbers from 0; what was published makes equations with whole coefficients. The attacker looks for
 * solutions in which a sum of unknowns has a certain value. Every solution found is checked against all equations in
 * whole numbers, so that no error of a solver can make a leak look safe.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef ATTACK_H
#define ATTACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ATTACK_MOST 160u /* unknowns */
#define ATTACK_EQUATIONS 600u

struct attack_equation {
    int64_t factors[ATTACK_MOST];
    int64_t low, high; /* what the sum lies between */
};

struct attack {
    size_t unknowns, equations;
    struct attack_equation *list;
    int64_t most; /* of any unknown */
    int64_t
        hint[ATTACK_MOST]; /* a solution to start from; where to look first, not what to believe */
};

enum attack_found { ATTACK_IMPOSSIBLE, ATTACK_POSSIBLE, ATTACK_GAVE_UP };

void attack_open(struct attack *attack, size_t unknowns, int64_t most);
void attack_close(struct attack *attack);
/* A new equation, all factors 0. */
struct attack_equation *attack_add(struct attack *attack, int64_t low, int64_t high);
/* Whether the equation `target` can hold with all the others; fills in the solution, which is checked exactly. By a
   whole-number program (GLPK), or where that takes too long by the search below. */
enum attack_found attack_try(const struct attack *attack, const struct attack_equation *target,
                             int64_t solution[ATTACK_MOST]);
/* The same by trying values and passing bounds on, without any library. */
enum attack_found attack_search(const struct attack *attack, const struct attack_equation *target,
                                int64_t solution[ATTACK_MOST]);

#endif
