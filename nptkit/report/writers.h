/* writers.h - the formats of reports: each writes a whole document into one file.
 *
 * A format is a file of this folder with a constant `npt__report_NAME`, a line below, and a line in writers.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__WRITERS_H
#define NPT__WRITERS_H

#include "document.h"

#include <nptkit/report.h>

struct npt_report_format {
    const char *name;      /* "html" */
    const char *extension; /* of the file, with the full stop: ".html" */
    const char *summary;   /* for whom, in one line without a full stop */
    bool svg, png;         /* the pictures that it shows */
    void (*write)(npt_output *output, const struct npt__report_document *document);
    /* In place of `write`, where it can fail. */
    enum npt_status (*make)(npt_output *output, const struct npt__report_document *document,
                            npt_diags *diags);
    /* Of a format that is a folder of files, which `path` names; NULL: one file. It is made where there is none. */
    enum npt_status (*write_folder)(const char *path, const struct npt__report_document *document,
                                    npt_diags *diags);
};

extern const npt_report_format npt__report_docx;
extern const npt_report_format npt__report_html;
extern const npt_report_format npt__report_markdown;
extern const npt_report_format npt__report_pdf;
extern const npt_report_format npt__report_xlsx;
extern const npt_report_format npt__report_json;
extern const npt_report_format npt__report_csv;

#endif
