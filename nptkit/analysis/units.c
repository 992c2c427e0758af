/* units.c - by what an analysis tells codings apart: constructs, components, or the project's own codes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "units.h"

#include <string.h>

static const char *const keys[] = {"construct", "component", "code"};
static const char *const headings[] = {"Construct", "Component", "Code"};

static enum npt_status read_level(struct npt__units *units, const npt_options *options,
                                  npt_diags *diags)
{
    const char *name = npt__option(options, "level");
    for (size_t i = 0; name && i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], name) == 0) {
            units->level = (enum npt__units_level)i;
            return NPT_OK;
        }
    if (!name)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--level takes construct, component or code, not '%s'", name);
    return NPT_USAGE;
}

/* The component that something below a construct is or belongs to: a codebook may go deeper. */
static uint32_t component_of(const npt_codebook *codebook, uint32_t index)
{
    while (codebook->constructs[index].code.parent != codebook->constructs[index].construct)
        index = codebook->constructs[index].code.parent;
    return index;
}

static uint32_t add_unit(struct npt__units *units, const char *name)
{
    units->names[units->count] = name;
    return (uint32_t)units->count++;
}

static void take_codebook(struct npt__units *units, npt__arena *arena)
{
    const npt_study *study = units->study;
    const npt_codebook *codebook = study->codebook;
    units->names = npt__arena_array(arena, codebook->count, sizeof *units->names);
    uint32_t *of_construct = npt__arena_array(arena, codebook->count, sizeof *of_construct);
    for (uint32_t i = 0; i < codebook->count; i++) {
        const struct npt__construct *found = &codebook->constructs[i];
        of_construct[i] = NPT__NONE;
        if (found->level == NPT__CONSTRUCT) {
            of_construct[i] = add_unit(units, found->code.name);
        } else if (found->level == NPT__COMPONENT && units->level == NPT__BY_CONSTRUCT) {
            of_construct[i] = of_construct[found->construct];
        } else if (found->level == NPT__COMPONENT) {
            const uint32_t component = component_of(codebook, i);
            of_construct[i] =
                component == i
                    ? add_unit(units,
                               npt__arena_print(arena, "%s > %s",
                                                codebook->constructs[found->construct].code.name,
                                                found->code.name))
                    : of_construct[component];
        }
    }
    for (size_t i = 0; i < study->codes.count; i++) {
        const uint32_t construct = study->codes.items[i].construct;
        units->of_code[i] = construct == NPT__NONE ? NPT__NONE : of_construct[construct];
    }
}

static void take_codes(struct npt__units *units, npt__arena *arena)
{
    const npt_study *study = units->study;
    units->names = npt__arena_array(arena, study->codes.count, sizeof *units->names);
    for (size_t i = 0; i < study->codes.count; i++) {
        const struct npt__study_code *code = &study->codes.items[i];
        units->of_code[i] = code->is_case ? NPT__NONE : add_unit(units, code->path);
    }
}

enum npt_status npt__units_open(struct npt__units *units, npt__arena *arena, const npt_study *study,
                                const npt_options *options, enum npt__units_level fallback,
                                npt_diags *diags)
{
    *units = (struct npt__units){.study = study, .level = fallback};
    const enum npt_status status = read_level(units, options, diags);
    if (status != NPT_OK)
        return status;
    units->of_code = npt__arena_array(arena, study->codes.count, sizeof *units->of_code);
    if (units->level == NPT__BY_CODE)
        take_codes(units, arena);
    else
        take_codebook(units, arena);
    units->stamps = npt__arena_array(arena, units->count, sizeof *units->stamps);
    for (size_t i = 0; i < study->segments.count; i++)
        if (study->segments.items[i].code_count > units->most_of_segment)
            units->most_of_segment = study->segments.items[i].code_count;
    return NPT_OK;
}

size_t npt__units_of_segment(struct npt__units *units, const struct npt__segment *segment,
                             uint32_t *list)
{
    const npt_study *study = units->study;
    size_t count = 0;
    for (uint32_t i = 0; i < segment->code_count; i++) {
        const uint32_t code = study->segment_codes.items[segment->first_code + i];
        const uint32_t unit = units->of_code[code];
        if (unit == NPT__NONE || units->stamps[unit])
            continue;
        units->stamps[unit] = 1;
        list[count++] = unit;
    }
    for (size_t i = 0; i < count; i++)
        units->stamps[list[i]] = 0;
    return count;
}

const char *npt__units_key(const struct npt__units *units)
{
    return keys[units->level];
}

const char *npt__units_heading(const struct npt__units *units)
{
    return headings[units->level];
}

bool npt__units_any(const struct npt__units *units, npt_diags *diags)
{
    const npt_study *study = units->study;
    for (size_t i = 0; i < study->codes.count; i++)
        if (units->of_code[i] != NPT__NONE)
            return true;
    if (units->level != NPT__BY_CODE) {
        npt__say(diags, NPT_WARNING, &(struct npt__place){.file = study->label},
                 "no code stands for a construct of the codebook '%s', so nothing is counted",
                 study->codebook->name);
        npt__hint(diags,
                  "map the codes in study.xml, choose another codebook with --codebook, or look "
                  "at the project's own codes with --level code");
    }
    return false;
}
