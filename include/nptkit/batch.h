/* nptkit/batch.h - many reports in one go: one for each site, and those on all sites, in one folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_BATCH_H
#define NPTKIT_BATCH_H

#include <nptkit/base.h>
#include <nptkit/report.h>

/* What became of one file of a batch. */
enum npt_batch_state {
    NPT_BATCH_WRITTEN,
    NPT_BATCH_UNCHANGED, /* it is there, whole, and would be the same */
    NPT_BATCH_FAILED,
    NPT_BATCH_WOULD_WRITE,  /* a dry run */
    NPT_BATCH_WOULD_REMOVE, /* likewise: `name` is that of a file that an older batch left */
};

struct npt_batch_progress {
    size_t done, reports;       /* reports, of those that this run makes */
    const char *name;           /* of the report that was done: "north-hub" */
    const char *site;           /* NULL: one on all sites */
    enum npt_batch_state state; /* of its files together: written if one was */
};

struct npt_batch_options {
    const char *folder; /* made where it is missing */
    const npt_report_format *const *formats;
    size_t format_count;
    unsigned jobs;            /* reports at once; 0: as many as there are processors */
    unsigned shard, shards;   /* the part of this number, from 1, of so many; 0: all */
    bool resume;              /* what is there and would be the same stays */
    bool keep_going;          /* a report that fails does not stop the others */
    bool dry_run;             /* nothing is written */
    bool force;               /* files that no batch is known to have written are replaced */
    const volatile int *stop; /* not 0: no further report is begun; NULL */
    /* Called after each report, by one thread at a time; NULL. */
    void (*progress)(void *user, const struct npt_batch_progress *progress);
    void *user;
};

struct npt_batch_result {
    size_t reports, files; /* planned for this run */
    size_t written, unchanged, failed;
    size_t removed; /* files of an older batch */
    size_t missing_pictures;
    size_t cells, withheld; /* of all tables */
    size_t silent_sites; /* with reports of their own, which can show no mean of them: withheld */
    bool stopped;
};

/* Makes the reports of all recipes: of one for a site, for every site. Each file appears whole or not at all, and the
   same input gives the same bytes for any number of jobs. When all is done, `folder` also holds index.html,
   manifest.csv (every file with its SHA-256), disclosure.csv (what was withheld and why; not to be published) and
   .nptkit-made (for npt_batch_is_done(); another program, or another installation of this one, does not know it). A
   part of several writes manifest-I-of-N.csv instead; a last run over all with `resume` puts them together.
   What an older batch left in the folder, by its manifest and as that tells it, goes when all is done, as it was not
   protected together with the rest; what else looks like a report is named in a warning. Files that no batch is known to
   have written are not replaced: NPT_CANNOT_WRITE, before anything is written, unless `force` is set.
   NPT_FAULTS where reports failed and `keep_going` was set. */
NPT_API enum npt_status npt_batch_run(const npt_reports *reports,
                                      const struct npt_batch_options *options,
                                      struct npt_batch_result *result, npt_diags *diags);

/* Whether npt_batch_run() with `resume` would leave `folder` as it is, found out without any analysis: a run of this very
   program over the same files, opened and reported in the same way, made all of it, and every file is still what that
   run wrote. It then tells of as many unchanged files in `result`. False does not say that there is something to do. */
NPT_API bool npt_batch_is_done(const npt_study *study, const npt_recipe *const *recipes,
                               size_t count, const struct npt_batch_options *options,
                               struct npt_batch_result *result);

#endif
