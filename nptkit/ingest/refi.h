/* refi.h - REFI-QDA projects (.qdpx, .qde) and codebooks (.qdc).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__REFI_H
#define NPT__REFI_H

#include "gather.h"
#include "../base/xml.h"

#define NPT__LONGEST_NAME 4096u
#define NPT__LARGEST_PROJECT ((uint64_t)4 << 30) /* bytes of XML; they are streamed */
#define NPT__LARGEST_TEXT ((uint64_t)256 << 20)

/* ---- codes, in projects and codebooks alike (refi_codes.c) ----------------------------------- */

struct npt__refi_codes {
    npt__arena *arena;
    npt_diags *diags;
    NPT__ARRAY(struct npt__code) codes;
    uint32_t open; /* the code whose element is open; NPT__NONE */
    bool wants_descriptions;
    bool in_description;
    npt__buffer description;
};

void npt__refi_code_start(struct npt__refi_codes *codes, npt__xml *xml,
                          const struct npt__element *element);
void npt__refi_code_end(struct npt__refi_codes *codes);
void npt__refi_description_end(struct npt__refi_codes *codes);
void npt__refi_codes_release(struct npt__refi_codes *codes);

/* ---- attributes of elements (refi_codes.c) --------------------------------------------------- */

/* A copy of a name, at most NPT__LONGEST_NAME bytes; longer ones are a fault and NULL. A missing
   attribute is "" . */
const char *npt__refi_name(npt__arena *arena, npt__xml *xml, const struct npt__element *element,
                           const char *attribute, npt_diags *diags);
/* A GUID; false where the attribute is missing. */
bool npt__refi_guid(const struct npt__element *element, const char *attribute,
                    struct npt__guid *guid);

/* ---- a project (refi_project.c, refi_selections.c) ------------------------------------------- */

/* Reads the export at `path` into the study. `export_index` is prepared: path, label, site. */
enum npt_status npt__refi_read_project(struct npt__gather *gather, uint32_t export_index);

/* ---- texts (refi_texts.c) -------------------------------------------------------------------- */

npt__text_reader npt__refi_read_texts;

/* The one *.qde at the top of an archive; a message and NPT__NONE otherwise. */
struct npt__archive;
uint32_t npt__refi_find_project(const struct npt__archive *archive, const char *label,
                                npt_diags *diags);

#endif
