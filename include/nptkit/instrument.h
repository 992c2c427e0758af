/* nptkit/instrument.h - questionnaires: NoMAD and its kin, shipped or one's own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_INSTRUMENT_H
#define NPTKIT_INSTRUMENT_H

#include <nptkit/base.h>
#include <nptkit/table.h>

typedef struct npt_instrument npt_instrument;

/* The names of the instruments that are part of nptkit ("nomad", ...); NULL past the end. */
NPT_API const char *npt_instrument_shipped(size_t index);
/* One line on each of them. */
NPT_API const char *npt_instrument_summary(size_t index);

/* Opens a shipped instrument by name (in any case), or an .xml file by path. Free with
   npt_instrument_free(). */
NPT_API enum npt_status npt_instrument_open(npt_instrument **instrument, const char *name_or_path,
                                            npt_diags *diags);
NPT_API void npt_instrument_free(npt_instrument *instrument);

/* Its items with wording, construct, component and scale. Free with npt_table_free(). */
NPT_API npt_table *npt_instrument_table(const npt_instrument *instrument);
/* A blank CSV sheet: a header row with respondent, site, role, wave and every item's id, and nothing
   below. */
NPT_API void npt_instrument_write_template(npt_output *output, const npt_instrument *instrument);
/* A codebook for people in Markdown: items, scales, answers that are not relevant, scoring, source, and
   what stands in the sheet. */
NPT_API void npt_instrument_write_codebook(npt_output *output, const npt_instrument *instrument);
/* The instrument's own file as it is, to be adapted. */
NPT_API void npt_instrument_write(npt_output *output, const npt_instrument *instrument);

#endif
