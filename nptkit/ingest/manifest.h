/* manifest.h - study.xml as its author wrote it, before anything it names is opened.
 *
 *     <study xmlns="urn:nptkit:study:1" title="..." intervention="...">
 *       <site id="s1" name="Site 1" match="S1_*">what kind of place it is</site>
 *       <coding file="interviews.qdpx" codebook="npt" site="s1" offsets="utf16">
 *         <attribute name="Site" as="site"/>
 *         <map code="Making sense of it" to="Coherence"/>
 *         <valence barrier="Barriers" facilitator="Enablers"/>
 *         <cases file="classification.csv" key="Name"/>
 *       </coding>
 *     </study>
 *
 * The reader checks what can be checked in the file alone: known elements and attributes ("did you
 * mean"), required ones, ids that are unique and refer to something, one valence for a coding. It
 * reports every fault it finds with line, column and the line itself.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MANIFEST_H
#define NPT__MANIFEST_H

#include "../base/arena.h"
#include "../base/diags.h"
#include "../base/unicode.h"
#include "form.h"

#define NPT__STUDY_NAMESPACE "urn:nptkit:study:1"

struct npt__manifest_site {
    struct npt__setting id, name, match; /* id is required; name defaults to the id */
    const char *description;             /* trimmed, runs of blanks as one; "" when there is none */
};

struct npt__manifest_attribute {
    struct npt__setting name, as; /* as: a key such as site, role: letters, digits, _ */
};

struct npt__manifest_map {
    struct npt__setting code, to;
};

struct npt__manifest_cases {
    struct npt__setting file, key; /* key: the column that names the case; default: the first */
};

struct npt__manifest_coding {
    struct npt__setting file, codebook, site, offsets;
    uint32_t site_index; /* into sites; NPT__NONE */
    NPT__ARRAY(struct npt__manifest_attribute) attributes;
    NPT__ARRAY(struct npt__manifest_map) maps;
    NPT__ARRAY(struct npt__manifest_cases) cases;
    struct npt__setting barrier, facilitator;
};

struct npt__manifest {
    npt__arena *arena; /* owns all strings */
    npt__buffer text;  /* the file itself: excerpts point into it */
    const char *path;
    const char *title, *intervention; /* "" when not given */
    NPT__ARRAY(struct npt__manifest_site) sites;
    NPT__ARRAY(struct npt__manifest_coding) codings;
};

/* Reads `path` into a zeroed manifest; release it whatever the status. */
enum npt_status npt__manifest_read(struct npt__manifest *manifest, const char *path,
                                   npt_diags *diags);
void npt__manifest_release(struct npt__manifest *manifest);

#endif
