/* joint.h - the evidence of a joint display: what the survey and the interviews say of one construct at one site.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__JOINT_H
#define NPT__JOINT_H

#include "../stats/interval.h"
#include "registry.h"

/* What a source of evidence says of a construct. */
enum npt__reading { NPT__SILENT, NPT__UNFAVOURABLE, NPT__MIXED, NPT__FAVOURABLE };

/* How two readings go together. */
enum npt__together {
    NPT__AGREE,
    NPT__PARTLY_AGREE,
    NPT__DISAGREE,
    NPT__SURVEY_SILENT,
    NPT__INTERVIEWS_SILENT,
    NPT__BOTH_SILENT,
};

struct npt__survey_evidence {
    bool asked;                 /* the questionnaire has items on the construct */
    size_t count;               /* respondents with a score */
    double mean, least, middle; /* least, middle: of the scale */
    struct npt__interval interval;
};

struct npt__interview_evidence {
    size_t cases, of_cases; /* coded to the construct, of all */
    size_t against, favour; /* with a passage that is a barrier, or a facilitator, too */
};

/* One construct at one site. */
struct npt__joint_cell {
    struct npt__survey_evidence survey;
    struct npt__interview_evidence interviews;
};

struct npt__joint {
    const npt_study *study;
    npt__arena *arena;
    const char **sites; /* in the order of the study; the last is NULL: all sites together */
    size_t site_count;  /* with the last */
    const uint32_t *constructs; /* of the codebook */
    size_t construct_count;
    struct npt__joint_cell *cells;  /* construct x site */
    const char *wave;               /* of the survey; NULL: all */
    size_t unmeasured;              /* constructs that are left out: not in the questionnaire */
    const uint32_t *response_cells; /* of each response; NPT__NONE where it is not looked at */
    size_t least;                   /* respondents below which the survey is silent */
    bool has_direction;             /* codes tell barriers from facilitators */
};

/* From the options site, wave, coder, min-answered, least, all. The joint's arena is the caller's. */
enum npt_status npt__joint_collect(struct npt__joint *joint, const npt_options *options,
                                   npt_diags *diags);

/* The rules, which the notes of the table print. */
enum npt__reading npt__read_survey(const struct npt__survey_evidence *evidence, size_t least);
enum npt__reading npt__read_interviews(const struct npt__interview_evidence *evidence);
enum npt__together npt__put_together(enum npt__reading survey, enum npt__reading interviews);

#endif
