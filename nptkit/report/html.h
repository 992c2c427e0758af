/* html.h - what the writers of HTML share: escaped text, and tables.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__HTML_H
#define NPT__HTML_H

#include "../base/buffer.h"
#include "document.h"

struct npt__html {
    npt_output *output;
    const struct npt__report_document *document;
    size_t notes; /* the heading of tables' notes; 0: none */
    npt__buffer plain, joined;
};

/* Writes text as the content of an element or of a quoted attribute: the one place that escapes. */
void npt__html_text(struct npt__html *html, const char *text);
/* Writes `format`, which is our own, with the number for each @. */
void npt__html_print(struct npt__html *html, const char *format, size_t number);
/* The page from its first line to the link that skips to #report. */
void npt__html_head(struct npt__html *html, const char *title, const char *language);
/* A table with its caption: one <table> for each panel; quotes where it is laid out as cards. */
void npt__html_table(struct npt__html *html, const struct npt__block *block);

#endif
