/* pdf.c - a document as PDF: what LibreOffice makes of our Word file.
 *
 * It writes the time into it, so that two PDFs of one report are not the same bytes: all other formats are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "office.h"
#include "writers.h"

static enum npt_status make_pdf(npt_output *output, const struct npt__report_document *document,
                                npt_diags *diags)
{
    npt_output *docx = npt_output_memory(diags);
    npt__report_docx.write(docx, document);
    size_t length;
    const char *bytes = npt_output_bytes(docx, &length);
    npt__buffer pdf = {0};
    const enum npt_status status =
        npt__office_pdf(&pdf, bytes, length, NPT__OFFICE_PATIENCE, diags);
    if (status == NPT_OK)
        npt_output_write(output, pdf.bytes, pdf.length);
    npt__buffer_release(&pdf);
    npt_output_discard(docx);
    return status;
}

const npt_report_format npt__report_pdf = {
    .name = "pdf",
    .extension = ".pdf",
    .summary = "the Word file as PDF, made by LibreOffice if it is installed",
    .svg = true,
    .png = true,
    .make = make_pdf};
