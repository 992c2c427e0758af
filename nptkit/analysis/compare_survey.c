/* compare_survey.c - scores of a survey compared between sites.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare.h"

enum npt_status npt__compare_survey(struct npt__tables *tables, const npt_study *study,
                                    const npt_options *options, npt_diags *diags)
{
    (void)tables, (void)study, (void)options;
    npt__say(diags, NPT_ERROR, NULL, "scores are not compared yet");
    return NPT_USAGE;
}
