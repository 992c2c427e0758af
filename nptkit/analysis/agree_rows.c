/* agree_rows.c - the rows of a table of agreement: the constructs of one level of the codebook, or the codes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agree.h"

static uint32_t add_row(struct npt__agree *agree, const char *name)
{
    *npt__array_add(&agree->rows) = name;
    return (uint32_t)agree->rows.count - 1;
}

static const char *construct_name(struct npt__agree *agree, uint32_t index)
{
    const struct npt__construct *all = agree->study->codebook->constructs;
    if (all[index].level != NPT__COMPONENT)
        return all[index].code.name;
    return npt__arena_print(agree->scope.arena, "%s > %s", all[all[index].construct].code.name,
                            all[index].code.name);
}

/* The construct of the codebook in whose row one is counted; NPT__NONE. */
static uint32_t holder_of(const struct npt__agree *agree, uint32_t index)
{
    const struct npt__construct *found = &agree->study->codebook->constructs[index];
    if (agree->level == NPT__DOMAIN)
        return found->level == NPT__DOMAIN ? index : found->domain;
    if (found->level == NPT__DOMAIN)
        return NPT__NONE;
    return agree->level == NPT__CONSTRUCT ? found->construct : index;
}

static void make_construct_rows(struct npt__agree *agree)
{
    const npt_study *study = agree->study;
    const size_t count = study->codebook->count;
    uint32_t *row_of = npt__arena_array(agree->scope.arena, count, sizeof *row_of);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t holder = holder_of(agree, i);
        row_of[i] = holder == NPT__NONE ? NPT__NONE
                    : holder == i       ? add_row(agree, construct_name(agree, i))
                                        : row_of[holder];
    }
    for (size_t i = 0; i < study->codes.count; i++) {
        const uint32_t construct = study->codes.items[i].construct;
        agree->row_of_code[i] = construct == NPT__NONE ? NPT__NONE : row_of[construct];
    }
}

static void make_code_rows(struct npt__agree *agree)
{
    const npt_study *study = agree->study;
    bool *used = npt__arena_array(agree->scope.arena, study->codes.count, sizeof *used);
    for (size_t i = 0; i < study->segment_codes.count; i++)
        used[study->segment_codes.items[i]] = true;
    for (size_t i = 0; i < study->codes.count; i++) {
        const struct npt__study_code *code = &study->codes.items[i];
        if ((used[i] || code->codable) && !code->is_case)
            agree->row_of_code[i] = add_row(agree, code->path);
    }
}

bool npt__agree_make_rows(struct npt__agree *agree)
{
    const size_t count = agree->study->codes.count;
    agree->row_of_code = npt__arena_array(agree->scope.arena, count, sizeof *agree->row_of_code);
    for (size_t i = 0; i < count; i++)
        agree->row_of_code[i] = NPT__NONE;
    if (agree->level == NPT__AGREE_CODES)
        make_code_rows(agree);
    else
        make_construct_rows(agree);
    return agree->rows.count > 0;
}
