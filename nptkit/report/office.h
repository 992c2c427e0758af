/* office.h - LibreOffice, which makes a PDF of a Word file: found on PATH, run without a shell.
 *
 * It works in a folder of its own, which nobody else can read and which is gone afterwards, and knows nothing of its
 * user's settings.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__OFFICE_H
#define NPT__OFFICE_H

#include "../base/buffer.h"

#include <nptkit/base.h>

#define NPT__OFFICE_PATIENCE \
    180000u /* milliseconds: its first start on a slow machine takes long */

/* Adds the PDF of a .docx file. NPT_NO_HELPER where LibreOffice is not there, fails, or takes longer than `patience`
   milliseconds. */
enum npt_status npt__office_pdf(npt__buffer *pdf, const char *docx, size_t length,
                                unsigned patience, npt_diags *diags);

#endif
