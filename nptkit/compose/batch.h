/* batch.h - a batch that runs: its plan, and what became of it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__BATCH_H
#define NPT__BATCH_H

#include "file_list.h"
#include "report.h"

#include <nptkit/batch.h>

#include <pthread.h>

struct npt__batch_file {
    const char *name, *path; /* within the folder, and with it */
    char digest[NPT__DIGEST_SIZE];
    size_t bytes;
};

/* One report of the plan. */
struct npt__batch_item {
    size_t recipe;
    const char *site, *name;        /* site: NULL for one on all */
    char content[NPT__DIGEST_SIZE]; /* of what it was made from */
    struct npt__batch_file *files;  /* one for each format */
    size_t missing_pictures;
    bool begun; /* by this run */
    bool done;  /* its files are there */
};

struct npt__batch {
    const npt_reports *reports;
    const struct npt_batch_options *options;
    npt__arena *arena;                 /* not used by threads */
    const char *manifest;              /* what it is called */
    char (*digests)[NPT__DIGEST_SIZE]; /* one for each recipe */
    NPT__ARRAY(struct npt__batch_item) items;
    npt__intern planned;          /* the files of all parts, format by format of each report */
    struct npt__file_list before; /* what is there already */
    bool draws;
    /* What threads share, under the lock. */
    pthread_mutex_t lock;
    struct npt_batch_result *result;
    npt_diags *diags;
    size_t next, finished, unsaved;
    bool ended;
    bool running, older_removed;
    bool warned; /* that pictures are missing */
};

/* Of one report, by any thread: whether all its files are there and would be the same; else makes them. `digests` of the
   recipes come first. batch_item.c */
void npt__batch_digest_recipe(struct npt__batch *batch, size_t index);
bool npt__batch_is_unchanged(struct npt__batch *batch, struct npt__batch_item *item,
                             npt_diags *diags);
enum npt_batch_state npt__batch_write_item(struct npt__batch *batch, struct npt__batch_item *item,
                                           npt_plotter *plotter, npt_diags *diags);
/* Writes manifest.csv, or that of a part, of what is done so far; under the lock: batch_files.c. */
enum npt_status npt__batch_save_manifest(struct npt__batch *batch);
/* Before anything is written: the part and the recipes; then, of what is planned, that it replaces no file of the study,
   and none that no batch is known to have written. batch_check.c */
enum npt_status npt__batch_check(const struct npt__batch *batch);
enum npt_status npt__batch_check_files(struct npt__batch *batch);
/* Removes what an older batch left, or tells what would be removed; then warns of what else looks like a report.
   batch_older.c */
void npt__batch_remove_older(struct npt__batch *batch);
void npt__batch_name_strange(struct npt__batch *batch);
/* Whether a file or folder there is called as a report of ours could be ("north-hub.html"; "north-hub-csv" that holds one), and
   is no file of the study. */
bool npt__looks_like_report(const npt_study *study, const char *folder, const char *name);
/* At the end: that, disclosure.csv and index.html, and the mark where all is done. */
enum npt_status npt__batch_write_rest(struct npt__batch *batch);
/* What npt_batch_is_done() looks for: batch_mark.c. */
#define NPT__BATCH_MARK ".nptkit-made"
enum npt_status npt__batch_write_mark(const struct npt__batch *batch);
/* How many threads the options ask for. */
unsigned npt__batch_jobs(const struct npt_batch_options *options);

#endif
