/* refi_codes.c - the tree of <Code> elements, which projects and codebooks share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "refi.h"

#include <string.h>

#define MOST_CODES 20000u /* and in a message below */
#define LONGEST_DESCRIPTION ((size_t)1 << 20)

const char *npt__refi_name(npt__arena *arena, npt__xml *xml, const struct npt__element *element,
                           const char *attribute, npt_diags *diags)
{
    const struct npt__attribute *found = npt__xml_find(element, attribute);
    if (!found)
        return "";
    if (found->length > NPT__LONGEST_NAME) {
        struct npt__place place = npt__xml_place(xml, found);
        npt__say(diags, NPT_ERROR, &place, "the name of a %s is %zu bytes long; the limit is %u",
                 element->name, found->length, NPT__LONGEST_NAME);
        npt__hint(diags, "shorten it in the program that wrote the export, and export again");
        return NULL;
    }
    return npt__arena_copy(arena, found->value, found->length);
}

bool npt__refi_guid(const struct npt__element *element, const char *attribute,
                    struct npt__guid *guid)
{
    const struct npt__attribute *found = npt__xml_find(element, attribute);
    if (found)
        npt__guid_read(guid, found->value, found->length);
    return found != NULL;
}

static const char *copy_attribute(npt__arena *arena, const struct npt__element *element,
                                  const char *attribute)
{
    const struct npt__attribute *found = npt__xml_find(element, attribute);
    return found && found->length <= NPT__LONGEST_NAME
               ? npt__arena_copy(arena, found->value, found->length)
               : NULL;
}

static void fault(struct npt__refi_codes *codes, npt__xml *xml, const char *message)
{
    struct npt__place place = npt__xml_place(xml, NULL);
    npt__say(codes->diags, NPT_ERROR, &place, "%s", message);
}

void npt__refi_code_start(struct npt__refi_codes *codes, npt__xml *xml,
                          const struct npt__element *element)
{
    struct npt__code code = {
        .parent = codes->open, .line = npt__xml_start_line(xml), .codable = true};
    code.name = npt__refi_name(codes->arena, xml, element, "name", codes->diags);
    code.guid_text = copy_attribute(codes->arena, element, "guid");
    code.colour = copy_attribute(codes->arena, element, "color");
    const struct npt__attribute *codable = npt__xml_find(element, "isCodable");
    if (codable && codable->length)
        code.codable = codable->value[0] != 'f' && codable->value[0] != '0';
    if (!npt__refi_guid(element, "guid", &code.guid))
        fault(codes, xml, "a code has no guid");
    if (!code.name)
        code.name = "";
    else if (!*code.name)
        fault(codes, xml, "a code has no name");
    if (codes->codes.count == MOST_CODES) {
        fault(codes, xml, "holds more than 20,000 codes");
        npt__xml_stop(xml);
        return;
    }
    codes->open = (uint32_t)codes->codes.count;
    *npt__array_add(&codes->codes) = code;
    npt__buffer_clear(&codes->description);
    codes->description.ceiling = LONGEST_DESCRIPTION;
}

void npt__refi_code_end(struct npt__refi_codes *codes)
{
    if (codes->open != NPT__NONE)
        codes->open = codes->codes.items[codes->open].parent;
}

void npt__refi_description_end(struct npt__refi_codes *codes)
{
    codes->in_description = false;
    if (codes->wants_descriptions && codes->open != NPT__NONE)
        codes->codes.items[codes->open].description = npt__arena_copy(
            codes->arena, npt__buffer_string(&codes->description), codes->description.length);
    npt__buffer_clear(&codes->description);
}

void npt__refi_codes_release(struct npt__refi_codes *codes)
{
    npt__array_release(&codes->codes);
    npt__buffer_release(&codes->description);
}
