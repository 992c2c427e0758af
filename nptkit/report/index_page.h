/* index_page.h - the page that leads to many reports.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__INDEX_PAGE_H
#define NPT__INDEX_PAGE_H

#include "writers.h"

/* By which a page of ours is known. */
#define NPT__INDEX_PAGE_SAYS "<p>All reports that were made together</p>"

struct npt__index_entry {
    const char *site;  /* NULL: a report on all sites */
    const char *about; /* what it is, of one on all sites; may be NULL */
    const char *name;  /* of its files, without ending */
};

struct npt__index_page {
    const char *title, *language;
    const npt_report_format *const *formats;
    size_t format_count;
    const struct npt__index_entry *entries;
    size_t entry_count;
};

void npt__index_page(npt_output *output, const struct npt__index_page *page);

#endif
