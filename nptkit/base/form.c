/* form.c - a hand-written XML file checked against a table of what stands where.
 *
 * A schema validator could find the same faults, but not say them so that people can mend the file: which
 * value, what is allowed at this place, what was probably meant. Below an element that cannot stand where
 * it stands nothing is checked: one mistake should give one message.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "form.h"

#include "unicode.h"

#include <string.h>

#define MOST_ELEMENTS 64
#define MOST_FAULTS 1000u  /* 20 are shown; counting further helps nobody */
#define LONGEST_QUOTED 80u /* characters of a value shown in a message */

static const char *quote(const struct npt__form *form, const char *bytes, size_t length)
{
    size_t shown = npt__utf8_offset(bytes, length, LONGEST_QUOTED);
    return npt__arena_print(form->arena, "'%.*s%s'", (int)shown, bytes,
                            shown < length ? "..." : "");
}

const char *npt__form_quote(const struct npt__form *form, const char *string)
{
    return quote(form, string, strlen(string));
}

const char *npt__form_near(const struct npt__form *form, const char *wanted,
                           const char *const *candidates, size_t count)
{
    const char **folded = npt__arena_array(form->arena, count, sizeof *folded);
    for (size_t i = 0; i < count; i++)
        folded[i] = npt__fold_name(form->arena, candidates[i]);
    uint32_t index = npt__nearest(npt__fold_name(form->arena, wanted), folded, count);
    return index == NPT__NONE ? ""
                              : npt__arena_print(form->arena, "did you mean %s? ",
                                                 npt__form_quote(form, candidates[index]));
}

const char *npt__form_list(const struct npt__form *form, const char *before, const char *after,
                           const char *const *items, size_t count)
{
    npt__buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        npt__buffer_puts(&text, i == 0 ? "" : (i + 1 < count ? ", " : " and "));
        npt__buffer_print(&text, "%s%s%s", before, items[i], after);
    }
    const char *result = npt__arena_string(form->arena, npt__buffer_string(&text));
    npt__buffer_release(&text);
    return result;
}

npt_diags *npt__form_fault(struct npt__form *form)
{
    form->faulty = true;
    form->fault_count++;
    return form->diags;
}

void npt__form_stop(struct npt__form *form, npt__xml *xml)
{
    form->stopped = true;
    npt__xml_stop(xml);
}

bool npt__form_has_room(struct npt__form *form, npt__xml *xml, size_t count, size_t most,
                        const char *what)
{
    if (count < most)
        return true;
    struct npt__place place = npt__xml_place(xml, NULL);
    npt__say(npt__form_fault(form), NPT_ERROR, &place, "more than %zu %s; no study has as many",
             most, what);
    npt__hint(form->diags, "%s", "was the file written by a program? check that program");
    npt__form_stop(form, xml);
    return false;
}

struct npt__setting npt__form_setting(const struct npt__form *form, const npt__xml *xml,
                                      const struct npt__element *element, const char *name)
{
    const struct npt__attribute *attribute = npt__xml_find(element, name);
    if (!attribute)
        return (struct npt__setting){.place = npt__xml_place(xml, NULL)};
    const char *value = attribute->value;
    size_t length = attribute->length;
    length = npt__trim(&value, length);
    return (struct npt__setting){length ? npt__arena_copy(form->arena, value, length) : NULL,
                                 npt__xml_place(xml, attribute)};
}

static size_t children_of(const struct npt__form *form, int parent, const char **children)
{
    size_t count = 0;
    for (size_t token = 0; form->names[token] && count < MOST_ELEMENTS; token++)
        if (form->rules[token].parent == parent)
            children[count++] = form->names[token];
    return count;
}

static void refuse_element(struct npt__form *form, const npt__xml *xml,
                           const struct npt__element *element)
{
    const struct npt__place place = npt__xml_place(xml, NULL);
    const int parent = form->open[form->depth - 1];
    const int home = element->token < 0 ? parent : form->rules[element->token].parent;
    const char *children[MOST_ELEMENTS], *holder = form->names[parent];
    const size_t count = children_of(form, parent, children);
    const char *allowed = count ? npt__form_list(form, "<", ">", children, count) : "no elements";
    npt_diags *diags = npt__form_fault(form);
    form->refused = true;
    if (element->token < 0) {
        npt__say(diags, NPT_ERROR, &place, "unknown element %s",
                 npt__form_quote(form, element->name));
        npt__hint(diags, "%s<%s> holds %s", npt__form_near(form, element->name, children, count),
                  holder, allowed);
    } else if (home == parent) {
        npt__say(diags, NPT_ERROR, &place, "element '%s' is in another namespace than <%s>",
                 element->name, form->names[0]);
        npt__hint(diags, "write it without a prefix and without xmlns");
    } else {
        npt__say(diags, NPT_ERROR, &place, "element '%s' cannot stand in <%s>", element->name,
                 holder);
        if (home < 0)
            npt__hint(diags, "one file describes one %s; <%s> holds %s", form->kind, holder,
                      allowed);
        else
            npt__hint(diags, "it stands in <%s>; <%s> holds %s", form->names[home], holder,
                      allowed);
    }
}

/* The attributes by which an editor finds a schema may stand on the root. */
static bool is_known_attribute(const struct npt__form *form, int token, const char *name)
{
    const char *const *known = form->rules[token].attributes;
    for (size_t i = 0; known[i]; i++)
        if (strcmp(known[i], name) == 0)
            return true;
    return token == 0 &&
           (strcmp(name, "schemaLocation") == 0 || strcmp(name, "noNamespaceSchemaLocation") == 0);
}

static void refuse_attribute(struct npt__form *form, const npt__xml *xml,
                             const struct npt__element *element,
                             const struct npt__attribute *attribute)
{
    const struct npt__place place = npt__xml_place(xml, attribute);
    const char *const *known = form->rules[element->token].attributes;
    size_t count = 0;
    while (known[count])
        count++;
    npt__say(npt__form_fault(form), NPT_ERROR, &place, "unknown attribute %s",
             npt__form_quote(form, attribute->name));
    npt__hint(form->diags, "%s<%s> takes %s", npt__form_near(form, attribute->name, known, count),
              element->name, npt__form_list(form, "", "", known, count));
}

static void check_attributes(struct npt__form *form, const npt__xml *xml,
                             const struct npt__element *element)
{
    const struct npt__form_rule *rule = &form->rules[element->token];
    for (size_t i = 0; i < element->attribute_count; i++) {
        const struct npt__attribute *attribute = &element->attributes[i];
        const char *value = attribute->value;
        size_t length = attribute->length;
        length = npt__trim(&value, length);
        if (!is_known_attribute(form, element->token, attribute->name)) {
            refuse_attribute(form, xml, element, attribute);
        } else if (!length) {
            const struct npt__place place = npt__xml_place(xml, attribute);
            npt__say(npt__form_fault(form), NPT_ERROR, &place, "the value of '%s' is empty",
                     attribute->name);
            npt__hint(form->diags, "write a value, or leave the attribute out");
        }
    }
    for (size_t i = 0; i < rule->required; i++) {
        if (npt__xml_find(element, rule->attributes[i]))
            continue;
        const struct npt__place place = npt__xml_place(xml, NULL);
        npt__say(npt__form_fault(form), NPT_ERROR, &place, "<%s> has no attribute '%s'",
                 element->name, rule->attributes[i]);
        npt__hint(form->diags, "<%s> needs %s", element->name,
                  npt__form_list(form, "", "", rule->attributes, rule->required));
    }
}

/* ---- the walk -------------------------------------------------------------------------------- */

/* The root decides whether this is such a file at all; if not, nothing else in it means anything. */
static bool accept_root(struct npt__form *form, npt__xml *xml, const struct npt__element *element)
{
    const struct npt__place place = form->root = npt__xml_place(xml, NULL);
    const char *name = form->names[0];
    form->is_plain = !element->space;
    if (element->token != 0) {
        npt__say(npt__form_fault(form), NPT_ERROR, &place, "the root element is %s, not '%s'",
                 npt__form_quote(form, element->name), name);
        npt__hint(form->diags, "%sa %s begins <%s xmlns=\"%s\">",
                  npt__form_near(form, element->name, &name, 1), form->kind, name, form->space);
    } else if (form->is_plain) {
        npt__say(form->diags, NPT_WARNING, &place, "<%s> names no namespace", name);
        npt__hint(form->diags, "write <%s xmlns=\"%s\">: editors and later versions need it", name,
                  form->space);
    } else if (strcmp(element->space, form->space) != 0) {
        npt__say(npt__form_fault(form), NPT_ERROR, &place, "the namespace of <%s> is %s, not '%s'",
                 name, npt__form_quote(form, element->space), form->space);
        npt__hint(form->diags, "write <%s xmlns=\"%s\">, unless a later nptkit wrote this file",
                  name, form->space);
    }
    if (form->faulty)
        npt__form_stop(form, xml);
    return !form->faulty;
}

static bool belongs(const struct npt__form *form, const struct npt__element *element)
{
    if (element->token < 0 || form->rules[element->token].parent != form->open[form->depth - 1])
        return false;
    return form->is_plain ? !element->space
                          : element->space && strcmp(element->space, form->space) == 0;
}

bool npt__form_start(struct npt__form *form, npt__xml *xml, const struct npt__element *element)
{
    form->text_refused = false;
    if (form->fault_count > MOST_FAULTS)
        npt__form_stop(form, xml);
    if (form->stopped)
        return false;
    if (form->skipped) {
        form->skipped++;
        return false;
    }
    if (!form->depth) {
        if (!accept_root(form, xml, element))
            return false;
    } else if (!belongs(form, element)) {
        refuse_element(form, xml, element);
        form->skipped = 1;
        return false;
    }
    form->open[form->depth++] = element->token;
    check_attributes(form, xml, element);
    return true;
}

bool npt__form_end(struct npt__form *form)
{
    form->text_refused = false;
    if (form->skipped) {
        form->skipped--;
        return false;
    }
    form->depth--;
    return true;
}

/* The place of `word`, which stands in the text on this line: the parser knows lines only. */
static struct npt__place text_place(const struct npt__form *form, size_t line, const char *word,
                                    size_t length)
{
    struct npt__place place = {.file = form->path, .line = line};
    const npt__buffer *text = form->text;
    const char *start = text->bytes, *end = text->bytes + text->length;
    for (size_t number = 1; start && number < line; number++) {
        start = memchr(start, '\n', (size_t)(end - start));
        start = start ? start + 1 : NULL;
    }
    if (!start)
        return place;
    const char *stop = memchr(start, '\n', (size_t)(end - start));
    stop = stop ? stop : end;
    stop -= stop > start && stop[-1] == '\r';
    place.excerpt = start;
    place.excerpt_length = (size_t)(stop - start);
    bool in_tag = false;
    for (const char *at = start; at < stop && !place.column; at++) {
        in_tag = *at == '<' || (in_tag && *at != '>');
        if (!in_tag && (size_t)(stop - at) >= length && memcmp(at, word, length) == 0)
            place.column = 1 + npt__utf8_count(start, (size_t)(at - start));
    }
    return place;
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static void refuse_text(struct npt__form *form, const npt__xml *xml, const char *bytes,
                        size_t length)
{
    size_t start = 0;
    while (start < length && is_blank(bytes[start]))
        start++;
    if (start == length)
        return;
    form->text_refused = true;
    size_t end = start, line = npt__xml_line(xml);
    while (end < length && !is_blank(bytes[end]))
        end++;
    for (size_t i = end; i < length; i++)
        line -= bytes[i] == '\n' && line > 1;
    struct npt__place place = text_place(form, line, bytes + start, end - start);
    /* The parser hands text over in pieces; the file has the word whole. */
    const char *word = bytes + start;
    size_t size = end - start;
    if (place.column) {
        word =
            place.excerpt + npt__utf8_offset(place.excerpt, place.excerpt_length, place.column - 1);
        const char *stop = place.excerpt + place.excerpt_length;
        for (size = 0; word + size < stop && !is_blank(word[size]) && word[size] != '<';)
            size++;
    }
    npt__say(npt__form_fault(form), NPT_ERROR, &place, "text where none belongs: %s",
             quote(form, word, size));
    npt__hint(form->diags, "<%s> holds no text; write remarks as <!-- ... -->",
              form->names[form->open[form->depth - 1]]);
}

bool npt__form_text(struct npt__form *form, const npt__xml *xml, const char *bytes, size_t length)
{
    if (form->skipped || form->stopped || !form->depth)
        return false;
    if (form->rules[form->open[form->depth - 1]].has_text)
        return true;
    if (!form->text_refused)
        refuse_text(form, xml, bytes, length);
    return false;
}
