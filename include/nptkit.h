/* nptkit.h - comparing sites through Normalization Process Theory: the whole public interface.
 *
 *     npt_diags *diags = npt_diags_new();
 *     npt_study *study;
 *     struct npt_study_options how = {.positions = true};
 *     if (npt_study_open(&study, "interviews.qdpx", &how, diags) == NPT_OK) {
 *         npt_options *options = npt_options_new();
 *         npt_options_add(options, "by", "Site");
 *         npt_table *table;
 *         if (npt_analysis_run(&table, npt_analysis_find("tally"), study, options, diags) == NPT_OK)
 *             ... npt_table_row(table, 0) ..., npt_render() ..., npt_table_free(table)
 *     }
 *     fputs(npt_diags_text(diags, false), stderr);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_H
#define NPTKIT_H

#include <nptkit/analysis.h>
#include <nptkit/base.h>
#include <nptkit/codebook.h>
#include <nptkit/instrument.h>
#include <nptkit/plot.h>
#include <nptkit/render.h>
#include <nptkit/report.h>
#include <nptkit/batch.h>
#include <nptkit/study.h>
#include <nptkit/table.h>

#endif
