/* form.h - a hand-written XML file checked against a table of what stands where.
 *
 * A form's author gives one rule for each element. The reader of a form calls npt__form_start(), _text()
 * and _end() first in its handlers and files only what they accept; everything else was reported, with
 * what is allowed at that place and "did you mean". Text is compared and kept without blanks at its ends.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__FORM_H
#define NPT__FORM_H

#include "arena.h"
#include "buffer.h"
#include "diags.h"
#include "xml.h"

/* A value with its place, for faults that show only when the files are read. An attribute that is not
   given, or is empty, has value NULL. */
struct npt__setting {
    const char *value;
    struct npt__place place;
};

#define NPT__FORM_ATTRIBUTES 12
#define NPT__FORM_DEPTH 8

struct npt__form_rule {
    int parent; /* the token of the element it stands in; -1: it is the root, and the first rule */
    size_t required; /* so many of the attributes, the first ones, must be given */
    const char *attributes[NPT__FORM_ATTRIBUTES + 1]; /* ended by NULL */
    bool has_text;
};

/* Give the first group; the rest begins zeroed. */
struct npt__form {
    const char *const *names; /* of the elements, ended by NULL, as in the handler of the XML */
    const struct npt__form_rule *rules;
    const char *space; /* the namespace; a root without one is accepted with a warning */
    const char *kind;  /* "study": what the file describes, for messages */
    const char *path;
    const npt__buffer *text; /* the file: messages quote it */
    npt__arena *arena;       /* for values and messages */
    npt_diags *diags;

    bool faulty;  /* something was reported as an error */
    bool stopped; /* nothing after this place was read */
    bool refused; /* an element was refused, and with it all that stands in it */
    bool is_plain, text_refused;
    size_t fault_count;
    struct npt__place root;
    int open[NPT__FORM_DEPTH]; /* the open elements that were accepted */
    size_t depth, skipped;     /* how many of those, and how many are open below a fault */
};

/* Whether the element may stand here; then its attributes were checked too. */
bool npt__form_start(struct npt__form *form, npt__xml *xml, const struct npt__element *element);
/* Whether the element that ends was accepted. */
bool npt__form_end(struct npt__form *form);
/* Whether the open element was accepted and holds text. */
bool npt__form_text(struct npt__form *form, const npt__xml *xml, const char *bytes, size_t length);
/* Ends the reading where going on would be of no use. */
void npt__form_stop(struct npt__form *form, npt__xml *xml);
/* Where `count` has reached `most`, reports "more than 1000 sites" and stops; else true. */
bool npt__form_has_room(struct npt__form *form, npt__xml *xml, size_t count, size_t most,
                        const char *what);

/* The trimmed value of an attribute, and where it stands. */
struct npt__setting npt__form_setting(const struct npt__form *form, const npt__xml *xml,
                                      const struct npt__element *element, const char *name);

/* For messages. Marks the form as faulty and returns its collection:
   npt__say(npt__form_fault(form), NPT_ERROR, ...). */
npt_diags *npt__form_fault(struct npt__form *form);
/* The string in quotes, cut where it is longer than people read. */
const char *npt__form_quote(const struct npt__form *form, const char *string);
/* "did you mean 'x'? ", or "" where no candidate is near. */
const char *npt__form_near(const struct npt__form *form, const char *wanted,
                           const char *const *candidates, size_t count);
/* "a, b and c", each between `before` and `after`. */
const char *npt__form_list(const struct npt__form *form, const char *before, const char *after,
                           const char *const *items, size_t count);

#endif
