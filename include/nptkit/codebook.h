/* nptkit/codebook.h - theories as codebooks in REFI-QDA (.qdc), shipped or one's own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_CODEBOOK_H
#define NPTKIT_CODEBOOK_H

#include <nptkit/base.h>
#include <nptkit/table.h>

typedef struct npt_codebook npt_codebook;

/* The names of the codebooks that are part of nptkit ("npt", "npt-core", ...); NULL past the end. */
NPT_API const char *npt_codebook_shipped(size_t index);

/* One line on each of them. */
NPT_API const char *npt_codebook_summary(size_t index);

/* Opens a shipped codebook by name, or a .qdc file by path. Free with npt_codebook_free(). */
NPT_API enum npt_status npt_codebook_open(npt_codebook **codebook, const char *name_or_path,
                                          npt_diags *diags);
NPT_API void npt_codebook_free(npt_codebook *codebook);

/* Writes it as REFI-QDA 1.0, ready for import into NVivo, ATLAS.ti, MAXQDA and others. */
NPT_API void npt_codebook_write(npt_output *output, const npt_codebook *codebook);
/* Its constructs with definition, source and other names. Free with npt_table_free(). */
NPT_API npt_table *npt_codebook_table(const npt_codebook *codebook);

#endif
