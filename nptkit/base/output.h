/* output.h - files that the program names itself, in a folder that may hold anything; the rest is in nptkit/base.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__OUTPUT_H
#define NPT__OUTPUT_H

#include <nptkit/base.h>

/* As npt_output_open(), but what is called so is replaced and never written into: a link that lies there is replaced
   itself, so that nothing outside of the folder is. */
npt_output *npt__output_replace(const char *path, npt_diags *diags);

#endif
