/* xml.c - reading XML that may be hostile, as it arrives, over libxml2's push parser.
 *
 * SAX2 hands attribute values over as pointers into its input, so nothing is copied, and their place
 * is found by looking back through the input, but only when a message needs it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "xml.h"

#include "arena.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#define MOST_NAMES 64
#define MOST_ATTRIBUTES 64
#define DEEPEST 100
#define LARGEST_PIECE \
    ((size_t)1 << 20) /* the parser refuses to look further ahead than ten times this */

#define KNOWN_NAMES 127u

struct known_name {
    const xmlChar *name;
    int token;
};

struct npt__xml {
    const struct npt__xml_handler *handler;
    void *user;
    const char *label;
    npt_diags *diags;
    xmlParserCtxtPtr context;
    const xmlChar *names[MOST_NAMES]; /* the handler's names, interned by the parser */
    size_t name_count;
    struct known_name known[KNOWN_NAMES];
    int tokens[DEEPEST + 1]; /* of the open elements */
    size_t depth;
    const char *source; /* the whole document, where messages may quote it */
    size_t source_length;
    const char *mark; /* a line of the source at or before the element being started ... */
    size_t mark_line; /* ... and its number: lines are not counted from the top each time */
    struct npt__attribute attributes[MOST_ATTRIBUTES];
    xmlGenericErrorFunc previous_handler; /* put back when the parser is freed */
    void *previous_user;
    bool faulty, stopped;
};

static void fault(npt__xml *xml, const struct npt__place *place, const char *message,
                  const char *hint)
{
    if (xml->faulty)
        return;
    npt__say(xml->diags, NPT_ERROR, place, "%s", message);
    if (hint)
        npt__hint(xml->diags, "%s", hint);
    xml->faulty = true;
    xmlStopParser(xml->context);
}

/* Names are interned, so a pointer tells a name; a small table remembers the last look-ups. */
static int find_token(npt__xml *xml, const xmlChar *name)
{
    struct known_name *known = &xml->known[((uintptr_t)name >> 3) % KNOWN_NAMES];
    if (known->name == name)
        return known->token;
    known->name = name;
    known->token = -1;
    for (size_t i = 0; i < xml->name_count; i++)
        if (xml->names[i] == name)
            known->token = (int)i;
    return known->token;
}

/* Without entity substitution libxml2 hands "&" in attribute values over as "&#38;" (and only "&"). Such
   a value lies in memory of its own, never in the input, so it can be mended in place. */
static size_t mend_ampersands(const xmlChar *value, size_t length)
{
    static const char written[] = "&#38;";
    const size_t size = sizeof written - 1;
    char *mended = (char *)(uintptr_t)value;
    size_t kept = 0;
    for (size_t at = 0; at < length; kept++) {
        bool found = length - at >= size && memcmp(mended + at, written, size) == 0;
        mended[kept] = mended[at];
        at += found ? size : 1;
    }
    return kept;
}

/* The start of a line of the source, or of the last line before it that there is. */
static const char *find_line(const npt__xml *xml, size_t wanted, size_t *number)
{
    const bool marked = xml->mark && xml->mark_line <= wanted;
    const char *line = marked ? xml->mark : xml->source, *end = xml->source + xml->source_length;
    *number = marked ? xml->mark_line : 1;
    while (*number < wanted) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        if (!next)
            break;
        line = next + 1;
        ++*number;
    }
    return line;
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
                     int space_count, const xmlChar **spaces, int count, int defaulted,
                     const xmlChar **values)
{
    (void)prefix, (void)space_count, (void)spaces, (void)defaulted;
    npt__xml *xml = user;
    if (xml->faulty || xml->stopped)
        return;
    if (xml->depth == DEEPEST || count > MOST_ATTRIBUTES) {
        struct npt__place place = npt__xml_place(xml, NULL);
        fault(xml, &place,
              count > MOST_ATTRIBUTES ? "an element has too many attributes"
                                      : "elements are nested too deeply",
              "no program exports this; the file is damaged or was made to do harm");
        return;
    }
    const xmlParserInput *input = xml->context->input;
    size_t kept = 0;
    for (int i = 0; i < count; i++) {
        const xmlChar **value = values + (size_t)i * 5;
        if (value[1]) /* z:name is another vocabulary's, not our name */
            continue;
        struct npt__attribute *attribute = &xml->attributes[kept++];
        *attribute = (struct npt__attribute){(const char *)value[0], (const char *)value[3],
                                             (size_t)(value[4] - value[3])};
        bool copied = value[3] < input->base || value[3] > input->cur;
        if (copied && attribute->length) /* libxml2 copies a value to change it */
            attribute->length = mend_ampersands(value[3], attribute->length);
    }
    struct npt__element element = {.token = find_token(xml, name),
                                   .name = (const char *)name,
                                   .space = (const char *)space,
                                   .attributes = xml->attributes,
                                   .attribute_count = kept,
                                   .depth = xml->depth + 1};
    xml->tokens[xml->depth++] = element.token;
    xml->handler->start(xml->user, xml, &element);
    if (xml->source)
        xml->mark = find_line(xml, npt__xml_line(xml), &xml->mark_line);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    (void)name, (void)prefix, (void)space;
    npt__xml *xml = user;
    if (xml->faulty || xml->stopped || !xml->depth)
        return;
    int token = xml->tokens[--xml->depth];
    if (xml->handler->end)
        xml->handler->end(xml->user, xml, token);
}

static void on_text(void *user, const xmlChar *bytes, int length)
{
    npt__xml *xml = user;
    if (!xml->faulty && !xml->stopped && xml->handler->text && length > 0)
        xml->handler->text(xml->user, xml, (const char *)bytes, (size_t)length);
}

static void on_document_type(void *user, const xmlChar *name, const xmlChar *public_id,
                             const xmlChar *system_id)
{
    (void)name, (void)public_id, (void)system_id;
    npt__xml *xml = user;
    struct npt__place place = {.file = xml->label, .line = npt__xml_line(xml)};
    fault(xml, &place, "declares a document type (DTD), which no export needs; it is refused",
          "do not trust where the file came from; an honest export has no <!DOCTYPE>");
}

static xmlEntityPtr on_entity(void *user, const xmlChar *name)
{
    (void)user;
    return xmlGetPredefinedEntity(name);
}

static void quote_line(const npt__xml *xml, struct npt__place *place);

/* libxml2's own messages are for programmers; keep their place and the gist. */
static void on_error(void *user, xmlErrorPtr error)
{
    npt__xml *xml = user;
    if (xml->faulty || error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE)
        return;
    char message[256] = "is not well-formed XML: ";
    size_t start = strlen(message), length = error->message ? strcspn(error->message, "\n") : 0;
    if (length > sizeof message - start - 1)
        length = sizeof message - start - 1;
    if (length)
        memcpy(message + start, error->message, length);
    message[start + length] = '\0';
    struct npt__place place = {.file = xml->label,
                               .line = error->line > 0 ? (size_t)error->line : 0,
                               .column = error->int2 > 0 ? (size_t)error->int2 : 0};
    const char *hint = xml->source
                           ? "every tag must be closed, & is written &amp;, and quotes are straight"
                           : "export it again";
    if (error->code == XML_ERR_DOCUMENT_END || error->code == XML_ERR_DOCUMENT_EMPTY ||
        error->code == XML_ERR_TAG_NOT_FINISHED)
        hint =
            xml->source ? "a tag is not closed" : "the file is cut short; copy or export it again";
    else if (error->code == XML_ERR_INVALID_CHAR || error->code == XML_ERR_INVALID_ENCODING)
        hint = "the file is not UTF-8 text, or holds characters that XML does not allow";
    if (xml->source && place.line)
        quote_line(xml, &place);
    fault(xml, &place, message, hint);
}

/* libxml2 writes what it cannot attribute to a parser to standard error, bytes of the file included. */
static void say_nothing(void *user, const char *format, ...)
{
    (void)user, (void)format;
}

npt__xml *npt__xml_new(const struct npt__xml_handler *handler, void *user, const char *label,
                       npt_diags *diags)
{
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .cdataBlock = on_text,
                         .internalSubset = on_document_type,
                         .getEntity = on_entity,
                         .serror = on_error};
    npt__xml *xml = npt__allocate(sizeof *xml);
    *xml = (npt__xml){.handler = handler, .user = user, .label = label, .diags = diags};
    xml->previous_handler = xmlGenericError;
    xml->previous_user = xmlGenericErrorContext;
    xmlSetGenericErrorFunc(NULL, say_nothing);
    xml->context = xmlCreatePushParserCtxt(&sax, xml, NULL, 0, NULL);
    if (!xml->context)
        npt__out_of_memory(sizeof *xml->context);
    xmlCtxtUseOptions(xml->context, XML_PARSE_NONET);
    for (; handler->names[xml->name_count] && xml->name_count < MOST_NAMES; xml->name_count++)
        xml->names[xml->name_count] =
            xmlDictLookup(xml->context->dict, (const xmlChar *)handler->names[xml->name_count], -1);
    return xml;
}

void npt__xml_free(npt__xml *xml)
{
    if (!xml)
        return;
    if (xml->context->myDoc)
        xmlFreeDoc(xml->context->myDoc);
    xmlFreeParserCtxt(xml->context);
    xmlSetGenericErrorFunc(xml->previous_user, xml->previous_handler);
    npt__release(xml);
}

bool npt__xml_feed(npt__xml *xml, const char *bytes, size_t length)
{
    if (!xml->faulty && !xml->stopped)
        xmlParseChunk(xml->context, bytes, (int)length, 0);
    return !xml->faulty && !xml->stopped;
}

enum npt_status npt__xml_finish(npt__xml *xml)
{
    if (!xml->faulty && !xml->stopped)
        xmlParseChunk(xml->context, NULL, 0, 1);
    if (!xml->faulty && !xml->stopped && !xml->context->wellFormed) {
        struct npt__place place = {.file = xml->label, .line = npt__xml_line(xml)};
        fault(xml, &place, "is not well-formed XML", NULL);
    }
    return xml->faulty ? NPT_BAD_INPUT : NPT_OK;
}

void npt__xml_stop(npt__xml *xml)
{
    xml->stopped = true;
    xmlStopParser(xml->context);
}

enum npt_status npt__xml_parse(const struct npt__xml_handler *handler, void *user,
                               const char *label, const char *bytes, size_t length, bool by_hand,
                               npt_diags *diags)
{
    npt__xml *xml = npt__xml_new(handler, user, label, diags);
    if (by_hand) {
        xml->source = bytes;
        xml->source_length = length;
    }
    while (length) {
        size_t piece = length < LARGEST_PIECE ? length : LARGEST_PIECE;
        if (!npt__xml_feed(xml, bytes, piece))
            break;
        bytes += piece;
        length -= piece;
    }
    enum npt_status status = npt__xml_finish(xml);
    npt__xml_free(xml);
    return status;
}

const struct npt__attribute *npt__xml_find(const struct npt__element *element, const char *name)
{
    for (size_t i = 0; i < element->attribute_count; i++)
        if (element->attributes[i].name[0] == name[0] &&
            strcmp(element->attributes[i].name, name) == 0)
            return &element->attributes[i];
    return NULL;
}

uint32_t npt__xml_line(const npt__xml *xml)
{
    const xmlParserInput *input = xml->context->input;
    return input && input->line > 0 ? (uint32_t)input->line : 0;
}

static void quote_line(const npt__xml *xml, struct npt__place *place)
{
    size_t number;
    const char *line = find_line(xml, place->line, &number),
               *end = xml->source + xml->source_length;
    if (number != place->line)
        return;
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    place->excerpt = line;
    place->excerpt_length = (size_t)((stop ? stop : end) - line);
    if (place->excerpt_length && line[place->excerpt_length - 1] == '\r')
        place->excerpt_length--;
}

static bool is_blank(xmlChar byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Where the value of the attribute `name` begins in the start tag at `tag`; NULL. Its value as handed
   over can lie elsewhere: libxml2 copies what is not plain ASCII. */
static const xmlChar *find_value(const xmlChar *tag, const xmlChar *end, const char *name)
{
    const size_t length = strlen(name);
    const xmlChar *at = tag;
    while (at < end && !is_blank(*at))
        at++;
    while (at < end) {
        while (at < end && is_blank(*at))
            at++;
        const xmlChar *start = at;
        for (; at < end && *at != '=' && !is_blank(*at); at++)
            if (*at == ':')
                start = at + 1;
        const bool found = (size_t)(at - start) == length && memcmp(start, name, length) == 0;
        while (at < end && *at != '"' && *at != '\'')
            at++;
        const xmlChar *value = at + 1;
        const xmlChar *close = value < end ? memchr(value, *at, (size_t)(end - value)) : NULL;
        if (found && value < end)
            return value;
        at = close ? close + 1 : end;
    }
    return NULL;
}

/* The "<" of the start tag that was read last, or the start of what the parser still holds. */
static const xmlChar *find_tag(const xmlParserInput *input)
{
    const xmlChar *tag = input->cur;
    while (tag > input->base && *tag != '<')
        tag--;
    return tag;
}

uint32_t npt__xml_start_line(const npt__xml *xml)
{
    const xmlParserInput *input = xml->context->input;
    uint32_t line = npt__xml_line(xml);
    if (!input || !input->base)
        return line;
    for (const xmlChar *byte = find_tag(input); byte < input->cur; byte++)
        line -= *byte == '\n' && line > 1;
    return line;
}

struct npt__place npt__xml_place(const npt__xml *xml, const struct npt__attribute *attribute)
{
    struct npt__place place = {.file = xml->label, .line = npt__xml_line(xml)};
    const xmlParserInput *input = xml->context->input;
    if (!input || !input->base)
        return place;
    const xmlChar *at = input->cur;
    const xmlChar *target = find_tag(input);
    const xmlChar *value = attribute ? find_value(target, at, attribute->name) : NULL;
    target = value ? value : target;
    for (const xmlChar *byte = target; byte < at; byte++)
        place.line -= *byte == '\n' && place.line > 1;
    place.column = 1;
    const xmlChar *line_start = target;
    while (line_start > input->base && line_start[-1] != '\n') {
        line_start--;
        place.column += (*line_start & 0xC0) != 0x80;
    }
    if (line_start == input->base && (place.line > 1 || input->consumed))
        place.column = 0; /* the line began before what the parser still holds */
    if (xml->source)
        quote_line(xml, &place);
    return place;
}
