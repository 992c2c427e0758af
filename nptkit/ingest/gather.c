/* gather.c - what is known only while a study is being put together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gather.h"

#include <string.h>

#define MOST_ATTRIBUTES 1000u

uint32_t npt__gather_attribute(struct npt__gather *gather, const char *name)
{
    npt_study *study = gather->study;
    const char *folded = npt__fold_name(study->arena, name);
    for (uint32_t i = 0; i < study->attributes.count; i++)
        if (strcmp(study->attributes.items[i].folded, folded) == 0)
            return i;
    if (study->attributes.count == MOST_ATTRIBUTES)
        return NPT__NONE;
    *npt__array_add(&study->attributes) =
        (struct npt__study_attribute){npt__arena_string(study->arena, name), folded, NULL};
    return (uint32_t)study->attributes.count - 1;
}

bool npt__gather_is_no_value(const char *text)
{
    return !*text || strcmp(text, "Unassigned") == 0 || strcmp(text, "Not Applicable") == 0;
}

void npt__gather_release(struct npt__gather *gather)
{
    npt__array_release(&gather->values);
    npt__array_release(&gather->members);
    npt__array_release(&gather->holdings);
}
