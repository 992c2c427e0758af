/* refi_reader.c - what every part of reading a project uses: faults, numbers, users, codes of a segment.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "refi_reader.h"

#include <stdarg.h>
#include <stdio.h>

#define MOST_CODES_OF_SEGMENT 10000u

struct npt__export *npt__refi_export(struct npt__refi_reader *reader)
{
    return &reader->study->exports.items[reader->export_index];
}

void npt__refi_fault(struct npt__refi_reader *reader, uint32_t line, const char *format, ...)
{
    char message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    npt__say(reader->diags, NPT_ERROR, &(struct npt__place){.file = reader->label, .line = line},
             "%s", message);
}

bool npt__refi_number(struct npt__refi_reader *reader, npt__xml *xml,
                      const struct npt__element *element, const char *attribute, uint32_t *number)
{
    const struct npt__attribute *found = npt__xml_find(element, attribute);
    uint64_t value = 0;
    bool valid = found && found->length > 0 && found->length <= 10;
    for (size_t i = 0; valid && i < found->length; i++) {
        valid = found->value[i] >= '0' && found->value[i] <= '9';
        value = value * 10 + (uint64_t)(found->value[i] - '0');
    }
    if (valid && value < UINT32_MAX) {
        *number = (uint32_t)value;
        return true;
    }
    struct npt__place place = npt__xml_place(xml, found);
    if (!found)
        npt__say(reader->diags, NPT_ERROR, &place, "a %s has no %s", element->name, attribute);
    else
        npt__say(reader->diags, NPT_ERROR, &place, "the %s of a %s is no whole number: '%.*s'",
                 attribute, element->name, (int)(found->length < 40 ? found->length : 40),
                 found->value);
    return false;
}

uint32_t npt__refi_user(struct npt__refi_reader *reader, const struct npt__element *element,
                        const char *attribute)
{
    const struct npt__attribute *found = npt__xml_find(element, attribute);
    if (!found)
        return NPT__NONE;
    uint32_t coder = npt__guid_map_find_text(&reader->user_map, &reader->user_cache, found->value,
                                             found->length);
    return coder == NPT__NONE ? NPT__UNLISTED : coder;
}

void npt__refi_add_code(npt_study *study, struct npt__segment *segment, uint32_t code)
{
    for (uint16_t i = 0; i < segment->code_count; i++)
        if (study->segment_codes.items[segment->first_code + i] == code)
            return;
    if (segment->code_count == MOST_CODES_OF_SEGMENT)
        return;
    *npt__array_add(&study->segment_codes) = code;
    segment->code_count++;
}
