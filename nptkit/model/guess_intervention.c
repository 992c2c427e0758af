/* guess_intervention.c - what a study implements, by its name in the wordings of a survey export.
 *
 * Each header that holds an item's wording word for word holds a name in its gap. Nothing is said where few
 * items do, or where two of them hold different names.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_evidence.h"

#include <string.h>

#define FEWEST_ITEMS 3

static bool has_name(const struct npt__evidence *evidence)
{
    return evidence->likeness.kind == NPT__EXACT && evidence->likeness.has_gap;
}

/* What one column's gap may hold that has this hash; NULL. */
static const char *find_fill(const struct npt__likeness *likeness, uint64_t hash)
{
    for (size_t i = 0; i < likeness->fill_count; i++)
        if (likeness->fills[i].hash == hash)
            return likeness->fills[i].text;
    return NULL;
}

/* The name with this hash, if all gaps may hold it and enough items do; NULL. Within a sentence it is written
   as it should be: a wording that begins with it may have given it a capital. */
static const char *common_name(const npt_instrument *instrument,
                               const struct npt__evidence *evidence, size_t count, uint64_t hash)
{
    const char *name = NULL;
    size_t items = 0;
    bool begins = true;
    bool *is_found = npt__allocate(instrument->item_count * sizeof *is_found);
    memset(is_found, 0, instrument->item_count * sizeof *is_found);
    for (size_t c = 0; c < count; c++) {
        if (!has_name(&evidence[c]))
            continue;
        const uint32_t item = evidence[c].likeness.item;
        const char *found = find_fill(&evidence[c].likeness, hash);
        if (!found) {
            items = 0;
            break;
        }
        items += !is_found[item];
        is_found[item] = true;
        if (!name || begins) {
            name = found;
            begins = strncmp(instrument->items[item].wording, NPT__INTERVENTION,
                             strlen(NPT__INTERVENTION)) == 0;
        }
    }
    npt__release(is_found);
    return items >= FEWEST_ITEMS ? name : NULL;
}

const char *npt__guess_intervention(npt__arena *arena, const npt_instrument *instrument,
                                    const char *const *names, const char *const *wordings,
                                    size_t count)
{
    npt__arena *scratch = npt__arena_new();
    const struct npt__wordings prepared = npt__wordings_read(scratch, instrument);
    struct npt__evidence *evidence = npt__arena_array(scratch, count, sizeof *evidence);
    const struct npt__evidence *first = NULL;
    const char *name = NULL;
    for (size_t c = 0; c < count; c++) {
        npt__evidence_read(&evidence[c], instrument, &prepared, names[c], wordings[c]);
        if (!first && has_name(&evidence[c]))
            first = &evidence[c];
    }
    for (size_t i = 0; first && !name && i < first->likeness.fill_count; i++)
        if (first->likeness.fills[i].hash)
            name = common_name(instrument, evidence, count, first->likeness.fills[i].hash);
    if (name)
        name = npt__arena_string(arena, name);
    npt__arena_free(scratch);
    return name;
}
