/* resampling.c - the options of analyses whose intervals can come from the bootstrap.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "resampling.h"

#include "../stats/bootstrap.h"

#include <string.h>

enum npt_status npt__resampling_read(struct npt__resampling *resampling, const npt_options *options,
                                     const char *other, npt_diags *diags)
{
    const char *interval = npt__option(options, "interval");
    *resampling = (struct npt__resampling){
        .wanted = interval && strcmp(interval, "bootstrap") == 0, .replicates = 2000, .seed = 1};
    if (interval && !resampling->wanted && strcmp(interval, other) != 0) {
        npt__say(diags, NPT_ERROR, NULL, "--interval takes %s or bootstrap, not '%s'", other,
                 interval);
        return NPT_USAGE;
    }
    const enum npt_status status = npt__option_number(
        options, "replicates", 100, NPT__MOST_REPLICATES, &resampling->replicates, diags);
    return status == NPT_OK
               ? npt__option_number(options, "seed", 0, 999999999, &resampling->seed, diags)
               : status;
}
