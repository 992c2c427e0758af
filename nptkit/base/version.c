/* version.c - the version of the library.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <nptkit/base.h>

const char *npt_version(void)
{
    return NPT_VERSION;
}
