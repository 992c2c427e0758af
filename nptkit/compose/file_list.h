/* file_list.h - manifest.csv of a batch: every file with its digest.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__FILE_LIST_H
#define NPT__FILE_LIST_H

#include "../base/arena.h"
#include "../base/buffer.h"
#include "../base/file.h"
#include "../base/intern.h"

#include <nptkit/base.h>
#include <nptkit/study.h>

/* How our lists begin. */
#define NPT__FILE_LIST_HEADER "file,sha256,made_from,bytes,recipe,site\n"
#define NPT__DISCLOSURE_HEADER "table,row,column,reason"

struct npt__listed_file {
    const char *file;               /* seen from the folder */
    char digest[NPT__DIGEST_SIZE];  /* of the file; "" while it is being made */
    char content[NPT__DIGEST_SIZE]; /* of what it was made from; likewise */
    size_t bytes;
    const char *recipe, *site; /* "" where a file that was read tells of none */
};

struct npt__file_list {
    npt__arena *arena; /* of the texts */
    NPT__ARRAY(struct npt__listed_file) entries;
    npt__intern known; /* what a folder tells: the files of the first entries, by number */
};

/* What manifest.csv and manifest-I-of-N.csv in the folder tell, for an empty list: of each file the first that is told.
   What does not read as our own is left out. */
void npt__file_list_read(struct npt__file_list *list, const char *folder);
void npt__file_list_release(struct npt__file_list *list);
/* Of those that were read; NULL. */
const struct npt__listed_file *npt__file_list_find(const struct npt__file_list *list,
                                                   const char *file);
/* What the list tells of a file, or of a folder of files. */
void npt__listed_digest(char digest[NPT__DIGEST_SIZE], size_t *bytes, const char *path);
enum npt_status npt__file_list_write(const struct npt__file_list *list, const char *path,
                                     npt_diags *diags);
/* Removes the manifests of parts and what a killed run left; a file that the study was read from stays, whatever it is called. */
void npt__file_list_tidy(const char *folder, const npt_study *study);

#endif
