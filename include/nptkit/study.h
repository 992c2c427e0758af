/* nptkit/study.h - opening a study: a study.xml, or one coded export.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_STUDY_H
#define NPTKIT_STUDY_H

#include <nptkit/base.h>
#include <nptkit/table.h>

/* A study that was read; nothing changes it afterwards. */
typedef struct npt_study npt_study;

struct npt_study_options {
    const char *codebook; /* a shipped codebook or a .qdc file; NULL: the study's, or "npt" */
    const char
        *cases; /* a case sheet (CSV) for an export that is opened without study.xml; or NULL */
    const char *offsets; /* how positions count: "utf16", "characters", ... (NULL: found out) */
    bool positions;      /* find the characters of each segment: reads every text once */
    unsigned threads;    /* 0: as many as the machine has processors, at most 8 */
};

/* Opens `path`: a study.xml, a folder that holds one, a .qdpx or a bare .qde, told apart by their
   content. All faults that were found are in `diags`. Free with npt_study_free(). */
NPT_API enum npt_status npt_study_open(npt_study **study, const char *path,
                                       const struct npt_study_options *options, npt_diags *diags);
NPT_API void npt_study_free(npt_study *study);
/* Whether `path` is one of the files that the study was read from, under whatever name: an output must
   not replace it. */
NPT_API bool npt_study_reads(const npt_study *study, const char *path);

/* Writes a commented study.xml for one export, with what was found in it filled in. The export is named
   as seen from the folder in which study.xml will stand. */
NPT_API enum npt_status npt_study_write_manifest(npt_output *output, const npt_study *study,
                                                 const char *folder, npt_diags *diags);

/* What `nptkit check` shows: a summary, sources, codes and what needs attention, as tables. Adds a
   warning to `diags` for everything a person should look at. `tables` has room for `room` pointers;
   returns how many were made. Open the study with `positions`. */
NPT_API size_t npt_study_check(const npt_study *study, npt_table **tables, size_t room,
                               npt_diags *diags);

#endif
