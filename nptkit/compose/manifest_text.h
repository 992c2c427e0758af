/* manifest_text.h - writing the text of a study.xml.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MANIFEST_TEXT_H
#define NPT__MANIFEST_TEXT_H

#include "../model/study.h"

/* The value of an attribute: escaped; control characters become blanks, as XML allows none. */
void npt__put_value(npt__buffer *xml, const char *text);
/* Within a comment two hyphens must not meet. */
void npt__put_comment(npt__buffer *xml, const char *text);
/* A key from a name: "Service role" becomes service_role; "" where nothing is left. */
const char *npt__make_key(npt__arena *arena, const char *name);
/* A <site> for each value, in order; `what` says where they come from ("the attribute", "the column"). */
void npt__put_sites(npt__buffer *xml, const char *const *values, size_t count, const char *what,
                    const char *name);

/* The <survey> of a draft and what it holds. */
void npt__put_survey(npt__buffer *xml, const npt_study *draft, npt__arena *arena,
                     const char *folder);
/* The values of the column that is probably the site, sorted; 0 where there is none. */
size_t npt__draft_sites(const npt_study *draft, npt__arena *arena, const char *const **values,
                        const char **name);

#endif
