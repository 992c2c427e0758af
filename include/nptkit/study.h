/* nptkit/study.h - opening a study: a study.xml, one coded export, or one table file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_STUDY_H
#define NPTKIT_STUDY_H

#include <nptkit/base.h>
#include <nptkit/table.h>

/* A study that was read; nothing changes it afterwards. */
typedef struct npt_study npt_study;

/* What a study holds; bits, to be combined. */
enum npt_material {
    NPT_CODING = 1,    /* coded interviews */
    NPT_RESPONSES = 2, /* responses to a questionnaire */
    NPT_RATINGS = 4,   /* plain tables of ratings: units down, coders across */
    NPT_RANKINGS = 8,  /* rankings: judges down, candidates across */
};

/* Any of them may change what a study is: a new one also goes into the digest that npt_study_open() makes of them. */
struct npt_study_options {
    const char *codebook; /* a shipped codebook or a .qdc file; NULL: the study's, or "npt" */
    const char
        *cases; /* a case sheet (CSV) for an export that is opened without study.xml; or NULL */
    const char *offsets; /* how positions count: "utf16", "characters", ... (NULL: found out) */
    /* For a file of responses (CSV, .xlsx, .sav, .dta) that is opened without study.xml: */
    const char *instrument; /* a shipped instrument or an .xml file; required */
    const char *agree; /* what the file's numbers write for the strongest agreement: "5" or "1" */
    const char *intervention; /* its name as questions and labels have it: "the new pathway" */
    const char *sheet;        /* of a workbook: a name, or a number from 1; NULL: the only one */
    const char *missing;      /* values that are no answers: "-9,N/A" */
    const char *not_relevant; /* values that mean not relevant, with the kind: "6=role,7=stage" */
    /* For a table file (CSV, .xlsx, .sav, .dta) that is opened without study.xml: what it holds, one of
       NPT_RESPONSES (0 stands for that, too), NPT_RATINGS or NPT_RANKINGS. */
    enum npt_material table;
    const char
        *level; /* of ratings: nominal, ordinal, interval or ratio; NULL: nominal, as a guess */
    const char *units; /* the column that names the units: a name, or "none"; NULL: found out */
    const char *judge,
        *group;         /* of rankings: the columns of judges and of their groups; likewise */
    const char *ignore; /* columns of ratings or rankings that are neither: "Date,Remarks" */
    unsigned skip;      /* of a study.xml: enum npt_material that is not to be read */
    bool draft;         /* only to write a study.xml: columns that are not certain are no fault */
    bool positions;     /* find the characters of each segment: reads every text once */
    bool no_digests;    /* nobody will look at the SHA-256 of its files: no table then has them */
    unsigned threads;   /* 0: as many as the machine has processors, at most 8 */
};

/* Opens `path`: a study.xml, a folder that holds one, a .qdpx or a bare .qde, or a table file, told apart by
   their content. All faults that were found are in `diags`. Free with npt_study_free(). */
NPT_API enum npt_status npt_study_open(npt_study **study, const char *path,
                                       const struct npt_study_options *options, npt_diags *diags);
NPT_API void npt_study_free(npt_study *study);
/* Whether it holds coded interviews; responses of a survey. */
NPT_API bool npt_study_has_coding(const npt_study *study);
NPT_API bool npt_study_has_responses(const npt_study *study);
/* Whether it holds plain tables of ratings; rankings. */
NPT_API bool npt_study_has_ratings(const npt_study *study);
NPT_API bool npt_study_has_rankings(const npt_study *study);
/* The limits that study.xml sets for npt_protect(); 0 where it sets none. */
NPT_API struct npt_protection npt_study_protection(const npt_study *study);
/* Whether `path` is one of the files that the study was read from, under whatever name: an output must
   not replace it. */
NPT_API bool npt_study_reads(const npt_study *study, const char *path);

/* Writes a commented study.xml for one coded export, one file of responses (opened as a draft), or both (the
   other NULL), with what was found in them filled in and every guess marked as one. Files are named as seen
   from the folder in which study.xml will stand. */
NPT_API enum npt_status npt_study_write_manifest(npt_output *output, const npt_study *coding,
                                                 const npt_study *survey, const char *folder,
                                                 npt_diags *diags);

/* What each column of a draft was taken for, and how sure that is. Free with npt_table_free(). */
NPT_API npt_table *npt_study_guesses(const npt_study *draft);

/* What `nptkit check` shows: a summary, sources, codes and what needs attention, as tables. Adds a
   warning to `diags` for everything a person should look at. `tables` has room for `room` pointers;
   returns how many were made. Open the study with `positions`. */
NPT_API size_t npt_study_check(const npt_study *study, npt_table **tables, size_t room,
                               npt_diags *diags);

#endif
