/* xlsx_file.h - small workbooks for tests, and what was read of them.
 *
 * A workbook is laid out as Excel does it; what stands in the parts is up to the test. Other layouts are
 * written with fixture_zip().
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef XLSX_FILE_H
#define XLSX_FILE_H

#include "fixture.h"

#define XLSX_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define XLSX_TYPES "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define XLSX_RELATIONS "http://schemas.openxmlformats.org/package/2006/relationships"
/* The xl/workbook.xml's relation from _rels/.rels. */
#define XLSX_PACKAGE \
    FILE_ENTRY("_rels/.rels", "<Relationships xmlns=\"" XLSX_RELATIONS \
                              "\"><Relationship Id=\"rId1\" Type=\"" XLSX_TYPES \
                              "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")

struct xlsx_sheet {
    const char *name;
    const char *state; /* NULL: visible */
    const char *data;  /* in <sheetData>; NULL: the part is missing */
    const char *kind;  /* "chartsheet"; NULL: "worksheet" */
};

#define XLSX_MOST_SHEETS 5

struct xlsx_file {
    struct xlsx_sheet sheets[XLSX_MOST_SHEETS]; /* the first one without a name ends them */
    const char *properties;                     /* attributes of <workbookPr>; NULL */
    const char *strings;                        /* in <sst>; NULL: no such part */
    const char *styles;                         /* in <styleSheet>; NULL: no such part */
    const char *relations;                      /* more of the workbook's relations; NULL */
};

/* Writes a workbook. */
void xlsx_write(const char *path, const struct xlsx_file *file);

/* Reads a sheet and expects these rows, each with its number: "1:[id][q1]/2:[R1][4]/"; this status and these
   messages. */
void xlsx_expect(const char *path, const char *sheet, enum npt_status status, const char *rows,
                 const char *text);
/* The same of a workbook with one sheet, "Answers", with these rows in it. */
void xlsx_expect_data(const char *data, const char *rows, const char *text);
/* Expects NPT_BAD_INPUT and this text among the messages. */
void xlsx_expect_fault(const char *path, const char *message);

#endif
