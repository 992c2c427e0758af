/* survey_scores.h - scores of constructs from answers: the rule, the scores, and what was not answered.
 *
 * A score is the mean of the answered items of a construct, where enough of those that were asked are
 * answered; items that are worded the other way are turned round. Scores are kept as whole numbers of
 * 1/unit, so that their sums are exact and do not depend on the order of the responses.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SURVEY_SCORES_H
#define NPT__SURVEY_SCORES_H

#include "survey_scope.h"

#include "../stats/describe.h"

#define NPT__NOT_SCORED INT64_MIN            /* fewer answers than the rule wants */
#define NPT__SCORE_NOT_ASKED (INT64_MIN + 1) /* no item of it was asked */

/* One thing that is scored: a construct, a total over constructs, or a general item. */
struct npt__measure {
    const char *name;
    bool general, total;
    const uint32_t *items;
    size_t item_count;
    int least, most; /* of its scale */
    int64_t unit;
    double share;    /* of the asked items that must be answered */
    size_t at_least; /* so many items, whatever the share; 0: the share counts */
};

/* The measures of a study: constructs, totals, then general items; --min-answered sets the rule. */
enum npt_status npt__measures(npt__arena *arena, const npt_study *study, const npt_options *options,
                              const struct npt__measure **measures, size_t *count,
                              npt_diags *diags);
/* The scores of responses [first, first + count) in units of 1/unit, NPT__NOT_SCORED or NPT__SCORE_NOT_ASKED;
   count is at most NPT__SCORES_AT_ONCE. `complete`: all items that were asked must be answered. */
#define NPT__SCORES_AT_ONCE 4096u
void npt__scores(const npt_study *study, const struct npt__measure *measure, bool complete,
                 uint32_t first, uint32_t count, int64_t *scores);

/* The scores of all responses of the study; release them with npt__release(). */
int64_t *npt__list_scores(const npt_study *study, const struct npt__measure *measure);

/* What was not answered among the items of each measure, by cell of the scope, totals included: the counts of
   measure m in a cell begin at [(m * cell_count + cell) * npt__unanswered_size()]: missing, then one for each
   kind of not-relevant answer. In the arena of the scope. */
size_t npt__unanswered_size(const struct npt__survey_scope *scope);
const size_t *npt__count_unanswered(const struct npt__survey_scope *scope,
                                    const struct npt__measure *measures, size_t count);

/* Declares of the row added last what its counts are made of in tables of items; SIZE_MAX: no such column. The sums
   of answers that are missing or not relevant are those of the items; where there is one item only, so are n and the
   mean. */
struct npt__score_columns {
    size_t n, mean, missing, not_relevant;
};
void npt__declare_items(npt_table *table, const npt_study *study,
                        const struct npt__measure *measure,
                        const struct npt__score_columns *columns);

/* The rule in words, for a note. */
void npt__note_scoring(npt_table *table, const npt_study *study, const npt_options *options);

#define NPT__OPTION_MIN_ANSWERED \
    { \
        "min-answered", "SHARE|COUNT", \
            "score where so many of the items are answered: 0.5 (half) or 3 (items)" \
    }

#endif
