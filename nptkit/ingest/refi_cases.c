/* refi_cases.c - the variables, cases and sets of a project.
 *
 * A case's sources and a set's members come before or after the sources themselves, so they are kept as
 * pending and settled at the end of the file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "refi_reader.h"

#include <string.h>

#define MOST_CASES 1000000u

/* ---- variables and their values -------------------------------------------------------------- */

void npt__refi_add_variable(struct npt__refi_reader *reader, npt__xml *xml,
                            const struct npt__element *element)
{
    struct npt__guid guid;
    const char *name = npt__refi_name(reader->arena, xml, element, "name", reader->diags);
    if (!name || !*name || !npt__refi_guid(element, "guid", &guid))
        return;
    uint32_t attribute = npt__gather_attribute(reader->gather, name);
    if (attribute == NPT__NONE)
        npt__refi_fault(reader, npt__xml_line(xml), "the study has more than 1,000 attributes");
    else
        npt__guid_map_add(&reader->variable_map, guid, attribute);
}

void npt__refi_refer_to_variable(struct npt__refi_reader *reader, npt__xml *xml,
                                 const struct npt__element *element)
{
    struct npt__guid guid;
    reader->value_attribute = npt__refi_guid(element, "targetGUID", &guid)
                                  ? npt__guid_map_find(&reader->variable_map, guid)
                                  : NPT__NONE;
    if (reader->value_attribute == NPT__NONE) {
        struct npt__place place = npt__xml_place(xml, npt__xml_find(element, "targetGUID"));
        npt__say(reader->diags, NPT_ERROR, &place,
                 "a value refers to a variable that the export does not hold");
    }
}

static bool is_number(const char *text, bool fraction)
{
    text += *text == '-' || *text == '+';
    size_t whole = strspn(text, "0123456789");
    const char *rest = text + whole;
    size_t digits = whole;
    if (fraction && *rest == '.') {
        digits += strspn(rest + 1, "0123456789");
        rest += 1 + strspn(rest + 1, "0123456789");
    }
    if (fraction && digits && (*rest == 'e' || *rest == 'E')) {
        const char *exponent = rest + 1 + (rest[1] == '-' || rest[1] == '+');
        size_t length = strspn(exponent, "0123456789");
        rest = length ? exponent + length : rest;
    }
    return digits && !*rest;
}

static bool is_date(const char *text)
{
    static const char pattern[] = "0000-00-00";
    for (size_t i = 0; pattern[i]; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (pattern[i] == '0' ? !digit : text[i] != '-')
            return false;
    }
    return true;
}

static const char *kind_of_value(int token)
{
    switch (token) {
    case T_INTEGER_VALUE:
        return "whole number";
    case T_FLOAT_VALUE:
        return "number";
    case T_BOOLEAN_VALUE:
        return "true or false";
    default:
        return "date (YYYY-MM-DD)";
    }
}

static bool value_is_valid(int token, const char *text)
{
    switch (token) {
    case T_INTEGER_VALUE:
        return is_number(text, false);
    case T_FLOAT_VALUE:
        return is_number(text, true);
    case T_BOOLEAN_VALUE:
        return strcmp(text, "true") == 0 || strcmp(text, "false") == 0 || strcmp(text, "1") == 0 ||
               strcmp(text, "0") == 0;
    case T_DATE_VALUE:
    case T_DATE_TIME_VALUE:
        return is_date(text);
    default:
        return true;
    }
}

void npt__refi_close_value(struct npt__refi_reader *reader, npt__xml *xml, int token)
{
    reader->capturing = false;
    const char *start = npt__buffer_string(&reader->captured);
    size_t length = npt__trim(&start, reader->captured.length);
    char *text = npt__arena_copy(reader->arena, start, length);
    uint32_t attribute = reader->value_attribute;
    bool of_case = reader->open_case != NPT__NONE;
    uint32_t owner = of_case ? reader->open_case : reader->open_source;
    if (attribute == NPT__NONE || owner == NPT__NONE || npt__gather_is_no_value(text))
        return;
    if (!value_is_valid(token, text)) {
        npt__refi_fault(reader, npt__xml_line(xml), "the value of '%.80s' is no %s: '%.40s'",
                        reader->study->attributes.items[attribute].name, kind_of_value(token),
                        text);
        return;
    }
    if (token == T_BOOLEAN_VALUE)
        text = npt__arena_string(reader->arena, *text == 't' || *text == '1' ? "true" : "false");
    *npt__array_add(&reader->gather->values) = (struct npt__value){
        .owner = owner, .attribute = attribute, .text = text, .of_case = of_case};
}

/* ---- cases and sets -------------------------------------------------------------------------- */

/* A case whose GUID is also a code's makes that code a case: NVivo lists its cases in both places. */
void npt__refi_open_case(struct npt__refi_reader *reader, npt__xml *xml,
                         const struct npt__element *element)
{
    npt_study *study = reader->study;
    struct npt__case found = {.export_index = reader->export_index,
                              .line = npt__xml_start_line(xml)};
    found.name = npt__refi_name(reader->arena, xml, element, "name", reader->diags);
    if (!found.name)
        found.name = "";
    found.folded = npt__fold_name(reader->arena, found.name);
    if (study->cases.count >= MOST_CASES) {
        npt__refi_fault(reader, found.line, "holds more than %u cases", MOST_CASES);
        npt__xml_stop(xml);
        return;
    }
    reader->open_case = (uint32_t)study->cases.count;
    *npt__array_add(&study->cases) = found;
    if (!npt__refi_guid(element, "guid", &study->cases.items[reader->open_case].guid))
        return;
    struct npt__guid guid = study->cases.items[reader->open_case].guid;
    npt__guid_map_add(&reader->case_map, guid, reader->open_case);
    uint32_t local = npt__guid_map_find(&reader->code_map, guid);
    if (local != NPT__NONE && reader->study_code)
        study->codes.items[reader->study_code[local]].is_case = true;
}

void npt__refi_add_pending(struct npt__refi_reader *reader, npt__xml *xml,
                           const struct npt__element *element)
{
    struct npt__pending pending = {.owner = reader->open_case, .line = npt__xml_line(xml)};
    bool target = npt__refi_guid(element, "targetGUID", &pending.guid) ||
                  npt__refi_guid(element, "guid", &pending.guid); /* Transana: MemberSource@guid */
    if (!target)
        return;
    if (element->token == T_SOURCE_REF && reader->open_case != NPT__NONE)
        *npt__array_add(&reader->case_sources) = pending;
    else if (element->token == T_SELECTION_REF && reader->open_case != NPT__NONE)
        npt__guid_map_add(&reader->case_selections, pending.guid, reader->open_case);
    else if (element->token == T_MEMBER_SOURCE && reader->set_names.count) {
        pending.owner = (uint32_t)reader->set_names.count - 1;
        *npt__array_add(&reader->set_members) = pending;
    }
}

void npt__refi_open_set(struct npt__refi_reader *reader, npt__xml *xml,
                        const struct npt__element *element)
{
    const char *name = npt__refi_name(reader->arena, xml, element, "name", reader->diags);
    *npt__array_add(&reader->set_names) = npt__fold_name(reader->arena, name ? name : "");
}

void npt__refi_settle(struct npt__refi_reader *reader)
{
    npt__refi_export(reader)->repeated_guids =
        npt__guid_map_repeats(&reader->code_map) + npt__guid_map_repeats(&reader->user_map) +
        npt__guid_map_repeats(&reader->case_map) + npt__guid_map_repeats(&reader->source_map);
    for (size_t i = 0; i < reader->case_sources.count; i++) {
        const struct npt__pending *pending = &reader->case_sources.items[i];
        uint32_t source = npt__guid_map_find(&reader->source_map, pending->guid);
        if (source == NPT__NONE) {
            npt__refi_fault(reader, pending->line,
                            "a case refers to a source that the export does not hold");
            continue;
        }
        *npt__array_add(&reader->gather->holdings) =
            (struct npt__holding){.case_index = pending->owner, .source = source, .whole = true};
    }
    for (size_t i = 0; i < reader->set_members.count; i++) {
        const struct npt__pending *pending = &reader->set_members.items[i];
        uint32_t source = npt__guid_map_find(&reader->source_map, pending->guid);
        if (source != NPT__NONE)
            *npt__array_add(&reader->gather->members) =
                (struct npt__member){source, reader->set_names.items[pending->owner]};
    }
}
