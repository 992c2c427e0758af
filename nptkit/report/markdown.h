/* markdown.h - what writers of Markdown share: text that stays text, and tables.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MARKDOWN_H
#define NPT__MARKDOWN_H

#include "../base/buffer.h"

#include <nptkit/table.h>

struct npt__markdown {
    npt_output *output;
    npt__buffer line, plain, joined; /* line: the one that is being made */
};

/* Adds text as part of the line, everything escaped that Markdown or HTML could take for its own; `starts` where
   it may stand at the start of one. */
void npt__markdown_text(struct npt__markdown *writer, const char *text, bool starts);
void npt__markdown_end_line(struct npt__markdown *writer);
/* The table in its layout, each part after an empty line; without title and notes. */
void npt__markdown_body(struct npt__markdown *writer, const npt_table *table);
void npt__markdown_release(struct npt__markdown *writer);

#endif
