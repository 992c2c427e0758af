/* guess_shape.h - a short name as letters and numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GUESS_SHAPE_H
#define NPT__GUESS_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__SHAPE_SIZE 80

/* A name as parts, joined by dots: letters in lower case, numbers without leading zeros. Of "G1_Q04r":
   parts "g.1.q.4", whole "g.1.4", stem "g.1.q", number 4, is_marked. All "" where a name has no shape. */
struct npt__shape {
    char parts[NPT__SHAPE_SIZE];
    char whole[NPT__SHAPE_SIZE]; /* without words that only say that a number follows: "question" */
    char bare[NPT__SHAPE_SIZE];  /* and without the prefix of all items' names */
    char stem[NPT__SHAPE_SIZE];  /* all parts before the number */
    char letters[NPT__SHAPE_SIZE]; /* of the bare stem, in one; "" where the stem holds a number */
    size_t whole_stem;             /* length of what is before the number in `whole`, and its dot */
    uint32_t number;
    bool is_numbered;    /* ends with a number */
    bool is_marked;      /* and then with an "r" or "rev": reversed? */
    bool has_plain_stem; /* the stem is nothing but such words and the prefix */
    bool has_inner_stem; /* the last part of the stem is such a word */
};

/* Reads a name or an id. `prefix`: letters with which all items' names may begin ("nomad"), or "". */
void npt__shape_read(struct npt__shape *shape, const char *name, const char *prefix);

#endif
