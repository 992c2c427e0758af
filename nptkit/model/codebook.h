/* codebook.h - a theory as a tree of constructs, and matching a project's codes to it.
 *
 * A codebook is a REFI-QDA codebook: folders at the top (codes that cannot be coded to) are its domains,
 * below them come constructs, below these components. `Also known as: a; b` in a description gives other
 * names, `Source: ...` the reference.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CODEBOOK_H
#define NPT__CODEBOOK_H

#include "../base/arena.h"
#include "guid.h"

#include <nptkit/codebook.h>

enum npt__level { NPT__DOMAIN, NPT__CONSTRUCT, NPT__COMPONENT };

/* A code as a codebook or an export tells it, in the order of the file; a parent precedes its children. */
struct npt__code {
    struct npt__guid guid;
    const char *guid_text, *name, *description, *colour; /* description and colour may be NULL */
    uint32_t parent;                                     /* NPT__NONE at the top */
    uint32_t line;
    bool codable;
};

struct npt__construct {
    struct npt__code code;
    const char *path;                /* names from the top, joined by " > " */
    const char *definition, *source; /* "" where the description has none */
    const char *const *aliases;
    size_t alias_count;
    enum npt__level level;
    uint32_t construct;        /* the construct this is or belongs to; NPT__NONE for a domain */
    uint32_t domain;           /* NPT__NONE where the codebook has no domains */
    const char *const *folded; /* npt__fold_code() of the name and the aliases */
    size_t folded_count;
};

struct npt_codebook {
    npt__arena *arena;
    const char *name, *origin;
    struct npt__construct *constructs;
    size_t count;
};

/* Makes a codebook from codes (which must outlive it, or lie in `arena`, which it takes over). */
npt_codebook *npt__codebook_new(npt__arena *arena, const char *name, const struct npt__code *codes,
                                size_t count);
/* Whether `index` is `ancestor` or stands below it. */
bool npt__construct_within(const npt_codebook *codebook, uint32_t index, uint32_t ancestor);
/* A construct as a user names it: a path, a name or another name; NPT__NONE. */
uint32_t npt__construct_find(const npt_codebook *codebook, const char *name);
/* The name nearest to what the user wrote, for "did you mean"; NULL. */
const char *npt__construct_nearest(const npt_codebook *codebook, const char *name);

#endif
