/* instrument_form.h - a questionnaire's XML as its author wrote it, before its parts are put together.
 *
 *     <instrument xmlns="urn:nptkit:instrument:1" id="nomad" title="NoMAD (23 items)">
 *       <summary>one line</summary> <source>citation</source> <terms>terms of use</terms>
 *       <scale id="agreement" least="1" most="5" direction="declared">
 *         <point value="1" also="Disagree strongly; Totally disagree">Strongly disagree</point>
 *       </scale>
 *       <not-relevant id="role">Not relevant to my role</not-relevant>
 *       <general> <item id="nomad.1" scale="normality">...</item> </general>
 *       <construct id="coherence" name="Coherence">
 *         <item id="nomad.4" number="4" code="C1.1" scale="agreement" component="Differentiation"
 *               reversed="no">I can see how {intervention} differs from usual ways of working</item>
 *       </construct>
 *       <scoring min-answered="0.5" total="All 20 items">where the rule comes from</scoring>
 *     </instrument>
 *
 * The form checks each element for itself and that ids differ; what refers to what, and whether every
 * name of an answer tells one answer, is instrument_reader.c's business.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__INSTRUMENT_FORM_H
#define NPT__INSTRUMENT_FORM_H

#include "../base/arena.h"
#include "../base/buffer.h"
#include "../base/diags.h"
#include "../base/form.h"

#include <stdint.h>

#define NPT__INSTRUMENT_SPACE "urn:nptkit:instrument:1"

struct npt__drafted_point {
    struct npt__setting value, also; /* also: other names, separated by ; */
    int number;                      /* of value; -1: it is none, or not on the scale */
    const char *label;
};

struct npt__drafted_scale {
    struct npt__setting id;
    int least, most; /* -1: the attribute is faulty */
    bool declared;
    NPT__ARRAY(struct npt__drafted_point) points;
};

struct npt__drafted_kind {
    struct npt__setting id, also;
    const char *label;
};

struct npt__drafted_construct {
    struct npt__setting id, name;
};

struct npt__drafted_item {
    struct npt__setting id, scale;
    const char *number, *code, *component; /* NULL when not given */
    const char *wording;
    uint32_t construct; /* NPT__NONE: a general item */
    bool reversed;
};

/* Begins zeroed. */
struct npt__instrument_form {
    struct npt__form form;
    npt__arena *arena; /* owns all strings */
    npt__buffer text;  /* the file itself: messages quote it */
    bool whole;        /* it was read to its end, whatever was wrong in it */
    const char *id, *title;
    const char *summary, *source, *terms, *scoring, *total; /* NULL when not given */
    double min_answered;
    NPT__ARRAY(struct npt__drafted_scale) scales;
    NPT__ARRAY(struct npt__drafted_kind) kinds;
    NPT__ARRAY(struct npt__drafted_construct) constructs;
    NPT__ARRAY(struct npt__drafted_item) items;
};

/* Reads the XML in form->text, named `label` in messages. NPT_BAD_INPUT after any fault. Release it
   whatever the status. */
enum npt_status npt__instrument_form_read(struct npt__instrument_form *form, const char *label,
                                          npt_diags *diags);
void npt__instrument_form_release(struct npt__instrument_form *form);

#endif
