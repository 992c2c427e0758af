/* xml.h - reading XML that may be hostile, as it arrives, with places for messages.
 *
 * No document type, no entities beyond the five of XML, no network, depth and name lengths bounded.
 * Elements are told apart by local name: exports disagree about namespaces (FORMATS: 1.0, 0:10, 1:0,
 * 0:4), so the namespace of the root is handed over once and the reader decides.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__XML_H
#define NPT__XML_H

#include "diags.h"

#include <stddef.h>
#include <stdint.h>

typedef struct npt__xml npt__xml;

/* An attribute of the element being started; the value is not NUL-terminated. */
struct npt__attribute {
    const char *name, *value;
    size_t length;
};

struct npt__element {
    int token;         /* the index of the name among the handler's names; -1: another name */
    const char *name;  /* local name */
    const char *space; /* namespace, or NULL */
    const struct npt__attribute *attributes;
    size_t attribute_count;
    size_t depth; /* 1 for the root */
};

struct npt__xml_handler {
    const char *const *names; /* the elements of interest, ended by NULL */
    void (*start)(void *user, npt__xml *xml, const struct npt__element *element);
    void (*end)(void *user, npt__xml *xml, int token);
    /* A piece of text; an element's text can come in several. NULL: not wanted. */
    void (*text)(void *user, npt__xml *xml, const char *bytes, size_t length);
};

/* `label` names the file in messages. Free with npt__xml_free(). */
npt__xml *npt__xml_new(const struct npt__xml_handler *handler, void *user, const char *label,
                       npt_diags *diags);
void npt__xml_free(npt__xml *xml);

/* Feeds a piece; false once nothing more is wanted (a fault, or npt__xml_stop()). */
bool npt__xml_feed(npt__xml *xml, const char *bytes, size_t length);
/* Ends the input: faults that only the end shows are reported. NPT_BAD_INPUT after any fault of XML. */
enum npt_status npt__xml_finish(npt__xml *xml);
/* Stops parsing without a fault. */
void npt__xml_stop(npt__xml *xml);

/* Parses a whole document that lies in memory; messages then show the line itself when `by_hand`. */
enum npt_status npt__xml_parse(const struct npt__xml_handler *handler, void *user,
                               const char *label, const char *bytes, size_t length, bool by_hand,
                               npt_diags *diags);

/* The attribute of this name, or NULL. */
const struct npt__attribute *npt__xml_find(const struct npt__element *element, const char *name);

/* The place of the element being started (its "<"), or of one of its attributes' values. Call within
   the start handler. */
struct npt__place npt__xml_place(const npt__xml *xml, const struct npt__attribute *attribute);
/* Its line alone: a place costs as much as its line is long, and some programs write one line. */
uint32_t npt__xml_start_line(const npt__xml *xml);
/* The current line, cheaply: where the start tag ends. */
uint32_t npt__xml_line(const npt__xml *xml);

#endif
