/* units.h - by what an analysis tells codings apart: constructs, components, or the project's own codes.
 *
 *     struct npt__units units;
 *     status = npt__units_open(&units, arena, study, options, NPT__BY_CONSTRUCT, diags);
 *     size_t count = npt__units_of_segment(&units, &study->segments.items[i], list);
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__UNITS_H
#define NPT__UNITS_H

#include "registry.h"

enum npt__units_level { NPT__BY_CONSTRUCT, NPT__BY_COMPONENT, NPT__BY_CODE };

/* Each code belongs to one unit or none. Constructs hold what was coded to them or below them. By component
   they are told apart from their components: they hold what was coded to themselves. A code holds what was
   coded to itself. Codes that are cases are none. */
struct npt__units {
    const npt_study *study;
    enum npt__units_level level;
    const char **
        names; /* in the order of the codebook or of the tree of codes; "Coherence > Differentiation" */
    size_t count;
    uint32_t *of_code; /* NPT__NONE */
    uint8_t *stamps;
    uint32_t most_of_segment; /* room for the units of any segment */
};

/* From --level. */
enum npt_status npt__units_open(struct npt__units *units, npt__arena *arena, const npt_study *study,
                                const npt_options *options, enum npt__units_level fallback,
                                npt_diags *diags);
/* The units of a segment, each once; returns how many. */
size_t npt__units_of_segment(struct npt__units *units, const struct npt__segment *segment,
                             uint32_t *list);
/* "construct", "component" or "code"; for people, with a capital. */
const char *npt__units_key(const struct npt__units *units);
const char *npt__units_heading(const struct npt__units *units);
/* Whether any code of the project belongs to a unit; where not, a warning says what to do. */
bool npt__units_any(const struct npt__units *units, npt_diags *diags);

#endif
