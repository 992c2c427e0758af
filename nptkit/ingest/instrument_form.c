/* instrument_form.c - a questionnaire's XML as its author wrote it.
 *
 * What stands where is a table that form.c checks; here the values are filed as they come, each checked
 * for itself. surveys/instrument.xsd says the same for editors.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "instrument_form.h"

#include "../base/unicode.h"
#include "../model/instrument.h"
#include "../base/form_values.h"

#include <string.h>

#define MOST_SCALES 100u
#define MOST_POINTS 201u
#define MOST_KINDS 20u
#define MOST_CONSTRUCTS 200u
#define MOST_ITEMS 1000u

enum token {
    INSTRUMENT,
    SUMMARY,
    SOURCE,
    TERMS,
    SCALE,
    POINT,
    NOT_RELEVANT,
    GENERAL,
    CONSTRUCT,
    ITEM,
    SCORING,
    TOKENS
};

static const char *const names[TOKENS + 1] = {"instrument", "summary", "source",       "terms",
                                              "scale",      "point",   "not-relevant", "general",
                                              "construct",  "item",    "scoring",      NULL};

static const struct npt__form_rule rules[TOKENS] = {
    [INSTRUMENT] = {-1, 2, {"id", "title"}, false},
    [SUMMARY] = {INSTRUMENT, 0, {NULL}, true},
    [SOURCE] = {INSTRUMENT, 0, {NULL}, true},
    [TERMS] = {INSTRUMENT, 0, {NULL}, true},
    [SCALE] = {INSTRUMENT, 3, {"id", "least", "most", "direction"}, false},
    [POINT] = {SCALE, 1, {"value", "also"}, true},
    [NOT_RELEVANT] = {INSTRUMENT, 1, {"id", "also"}, true},
    [GENERAL] = {INSTRUMENT, 0, {NULL}, false},
    [CONSTRUCT] = {INSTRUMENT, 2, {"id", "name"}, false},
    [ITEM] = {CONSTRUCT, 2, {"id", "scale", "number", "code", "component", "reversed"}, true},
    [SCORING] = {INSTRUMENT, 0, {"min-answered", "total"}, true},
};

static const char an_id[] = "id", a_name[] = "name";

struct known {
    const char *folded, *what; /* what: an_id or a_name */
    size_t line;
};

struct reader {
    struct npt__form *form;
    struct npt__instrument_form *made;
    struct npt__form_rule rules[TOKENS];
    NPT__ARRAY(struct known) known[TOKENS]; /* ids and names of the elements of each kind */
    size_t lines[TOKENS];                   /* of elements that stand once; 0: none yet */
    struct npt__place place;                /* of the element that was opened last */
    struct npt__place block;                /* of the open <general> or <construct> */
    size_t block_items;                     /* how many items came before it */
    uint32_t construct;                     /* the open one; NPT__NONE */
    npt__buffer text;                       /* of the open element */
};

/* ---- values ---------------------------------------------------------------------------------- */

static struct npt__setting get(struct reader *reader, const npt__xml *xml,
                               const struct npt__element *element, const char *name)
{
    return npt__form_setting(reader->form, xml, element, name);
}

/* Refuses an id or a name that another element of its kind has. */
static void add_known(struct reader *reader, int token, const struct npt__setting *setting,
                      const char *what)
{
    const char *folded = npt__fold_name(reader->made->arena, setting->value);
    for (size_t i = 0; i < reader->known[token].count; i++) {
        if (strcmp(reader->known[token].items[i].folded, folded) != 0 ||
            reader->known[token].items[i].what != what)
            continue;
        npt__say(npt__form_fault(reader->form), NPT_ERROR, &setting->place,
                 "two <%s> have the %s %s; the first is on line %zu", names[token], what,
                 npt__form_quote(reader->form, setting->value), reader->known[token].items[i].line);
        npt__hint(reader->form->diags, "give each <%s> %s %s of its own (case makes no difference)",
                  names[token], *what == 'i' ? "an" : "a", what);
        break;
    }
    *npt__array_add(&reader->known[token]) = (struct known){folded, what, setting->place.line};
}

static void add_id(struct reader *reader, int token, const struct npt__setting *id)
{
    if (!id->value)
        return;
    npt__form_check_id(reader->form, id);
    add_known(reader, token, id, an_id);
}

/* Whether an element that may stand once does. */
static bool is_first(struct reader *reader, int token)
{
    if (reader->lines[token]) {
        npt__say(npt__form_fault(reader->form), NPT_ERROR, &reader->place,
                 "a second <%s>; the first is on line %zu", names[token], reader->lines[token]);
        npt__hint(reader->form->diags, "write one <%s> that says it all", names[token]);
        return false;
    }
    reader->lines[token] = reader->place.line;
    return true;
}

/* {Intervention} or {name} would be asked of people as it stands. */
static void check_braces(struct reader *reader, const char *text, const struct npt__place *place)
{
    for (const char *at = text; at && (at = strpbrk(at, "{}")) != NULL; at++) {
        if (strncmp(at, NPT__INTERVENTION, strlen(NPT__INTERVENTION)) == 0) {
            at += strlen(NPT__INTERVENTION) - 1;
            continue;
        }
        size_t length = *at == '{' ? 1 + strcspn(at + 1, "{}") : 1;
        length += *at == '{' && at[length] == '}';
        npt__say(npt__form_fault(reader->form), NPT_ERROR, place, "%s stands for nothing",
                 npt__form_quote(reader->form, npt__arena_copy(reader->made->arena, at, length)));
        npt__hint(reader->form->diags,
                  "the name of what is implemented is written " NPT__INTERVENTION
                  "; braces have no other use");
        return;
    }
}

/* ---- what each element says ------------------------------------------------------------------ */

static void add_instrument(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    struct npt__setting id = get(reader, xml, element, "id");
    add_id(reader, INSTRUMENT, &id);
    reader->made->id = id.value;
    reader->made->title = get(reader, xml, element, "title").value;
}

static void add_scale(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    struct npt__instrument_form *made = reader->made;
    if (!npt__form_has_room(reader->form, xml, made->scales.count, MOST_SCALES, "scales"))
        return;
    struct npt__setting least = get(reader, xml, element, "least"),
                        most = get(reader, xml, element, "most"),
                        direction = get(reader, xml, element, "direction");
    struct npt__drafted_scale scale = {.id = get(reader, xml, element, "id")};
    add_id(reader, SCALE, &scale.id);
    scale.least = npt__form_whole(reader->form, &least, "least", NPT__LARGEST_ANSWER);
    scale.most = npt__form_whole(reader->form, &most, "most", NPT__LARGEST_ANSWER);
    scale.declared = npt__form_choice(reader->form, &direction, "direction", "fixed", "declared");
    if (scale.least >= 0 && scale.most >= 0 && scale.least >= scale.most) {
        npt__say(npt__form_fault(reader->form), NPT_ERROR, &most.place,
                 "the scale runs from %d to %d, which is not upwards", scale.least, scale.most);
        npt__hint(reader->form->diags,
                  "'most' is the strongest agreement; direction=\"declared\" says that the numbers "
                  "of a study may run the other way");
        scale.least = scale.most = -1;
    }
    *npt__array_add(&made->scales) = scale;
}

static void check_point(struct reader *reader, const struct npt__drafted_scale *scale,
                        struct npt__drafted_point *point)
{
    if (scale->least >= 0 && scale->most >= 0 && point->number >= 0 &&
        (point->number < scale->least || point->number > scale->most)) {
        npt__say(npt__form_fault(reader->form), NPT_ERROR, &point->value.place,
                 "the point %d is not on the scale, which runs from %d to %d", point->number,
                 scale->least, scale->most);
        npt__hint(reader->form->diags,
                  "correct the value, or 'least' and 'most' of the scale on line %zu",
                  scale->id.place.line);
        point->number = -1;
    }
    for (size_t i = 0; point->number >= 0 && i < scale->points.count; i++) {
        if (scale->points.items[i].number != point->number)
            continue;
        npt__say(npt__form_fault(reader->form), NPT_ERROR, &point->value.place,
                 "two points have the value %d; the first is on line %zu", point->number,
                 scale->points.items[i].value.place.line);
        npt__hint(reader->form->diags, "other names of a point stand in also=\"...; ...\"");
        break;
    }
}

static void add_point(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    struct npt__drafted_scale *scale = &reader->made->scales.items[reader->made->scales.count - 1];
    if (!npt__form_has_room(reader->form, xml, scale->points.count, MOST_POINTS,
                            "points in a scale"))
        return;
    struct npt__drafted_point point = {.value = get(reader, xml, element, "value"),
                                       .also = get(reader, xml, element, "also"),
                                       .label = ""};
    point.number = npt__form_whole(reader->form, &point.value, "value", NPT__LARGEST_ANSWER);
    check_braces(reader, point.also.value, &point.also.place);
    check_point(reader, scale, &point);
    *npt__array_add(&scale->points) = point;
}

static void add_kind(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    struct npt__instrument_form *made = reader->made;
    if (!npt__form_has_room(reader->form, xml, made->kinds.count, MOST_KINDS,
                            "kinds of answers that are not relevant"))
        return;
    struct npt__drafted_kind kind = {.id = get(reader, xml, element, "id"),
                                     .also = get(reader, xml, element, "also"),
                                     .label = ""};
    add_id(reader, NOT_RELEVANT, &kind.id);
    check_braces(reader, kind.also.value, &kind.also.place);
    *npt__array_add(&made->kinds) = kind;
}

/* An item stands in <general> or in <construct>: its rule names the one that is open. */
static void open_block(struct reader *reader, int token, uint32_t construct)
{
    reader->rules[ITEM].parent = token;
    reader->construct = construct;
    reader->block = reader->place;
    reader->block_items = reader->made->items.count;
}

static void add_construct(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    struct npt__instrument_form *made = reader->made;
    if (!npt__form_has_room(reader->form, xml, made->constructs.count, MOST_CONSTRUCTS,
                            "constructs"))
        return;
    struct npt__drafted_construct construct = {.id = get(reader, xml, element, "id"),
                                               .name = get(reader, xml, element, "name")};
    add_id(reader, CONSTRUCT, &construct.id);
    if (construct.name.value)
        add_known(reader, CONSTRUCT, &construct.name, a_name);
    open_block(reader, CONSTRUCT, (uint32_t)made->constructs.count);
    *npt__array_add(&made->constructs) = construct;
}

static void add_item(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    static const char *const taken[] = {"respondent", "site", "role", "wave"};
    struct npt__instrument_form *made = reader->made;
    if (!npt__form_has_room(reader->form, xml, made->items.count, MOST_ITEMS, "items"))
        return;
    struct npt__setting reversed = get(reader, xml, element, "reversed");
    struct npt__drafted_item item = {.id = get(reader, xml, element, "id"),
                                     .scale = get(reader, xml, element, "scale"),
                                     .number = get(reader, xml, element, "number").value,
                                     .code = get(reader, xml, element, "code").value,
                                     .component = get(reader, xml, element, "component").value,
                                     .wording = "",
                                     .construct = reader->construct};
    add_id(reader, ITEM, &item.id);
    item.reversed = npt__form_choice(reader->form, &reversed, "reversed", "no", "yes");
    for (size_t i = 0; item.id.value && i < sizeof taken / sizeof *taken; i++) {
        if (strcmp(npt__fold_name(made->arena, item.id.value), taken[i]) != 0)
            continue;
        npt__say(npt__form_fault(reader->form), NPT_ERROR, &item.id.place,
                 "an item cannot have the id '%s'", taken[i]);
        npt__hint(reader->form->diags, "a sheet for answers has that column besides its items");
    }
    *npt__array_add(&made->items) = item;
}

static void add_scoring(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    if (!is_first(reader, SCORING))
        return;
    struct npt__setting share = get(reader, xml, element, "min-answered");
    reader->made->total = get(reader, xml, element, "total").value;
    npt__form_share(reader->form, &share, "min-answered", &reader->made->min_answered);
}

/* ---- the walk -------------------------------------------------------------------------------- */

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct reader *reader = user;
    if (!npt__form_start(reader->form, xml, element))
        return;
    static void (*const readers[TOKENS])(struct reader *, npt__xml *,
                                         const struct npt__element *) = {
        [INSTRUMENT] = add_instrument, [SCALE] = add_scale,         [POINT] = add_point,
        [NOT_RELEVANT] = add_kind,     [CONSTRUCT] = add_construct, [ITEM] = add_item,
        [SCORING] = add_scoring,
    };
    reader->place = npt__xml_place(xml, NULL);
    npt__buffer_clear(&reader->text);
    if (readers[element->token])
        readers[element->token](reader, xml, element);
    else if (element->token == GENERAL)
        open_block(reader, GENERAL, NPT__NONE);
    else
        is_first(reader, element->token);
}

/* The text of the element that ends; "" where it has none, with a fault where it should. */
static const char *take_text(struct reader *reader, int token)
{
    const char *bytes = npt__buffer_string(&reader->text);
    size_t length = reader->text.length;
    length = npt__trim(&bytes, length);
    const char *text = npt__arena_copy(reader->made->arena, bytes, length);
    if (!length && token != SCORING) {
        bool needed = token == ITEM || token == POINT || token == NOT_RELEVANT;
        npt__say(npt__form_fault(reader->form), NPT_ERROR, &reader->place, "<%s> has no text",
                 names[token]);
        npt__hint(reader->form->diags, "%s",
                  token == ITEM ? "write its wording between its tags"
                  : needed      ? "write what it is called between its tags"
                                : "write it, or leave the element out");
    }
    return text;
}

static struct npt__drafted_point *last_point(const struct npt__instrument_form *made)
{
    const struct npt__drafted_scale *scale = &made->scales.items[made->scales.count - 1];
    return &scale->points.items[scale->points.count - 1];
}

static void end_block(struct reader *reader, int token)
{
    if (reader->made->items.count > reader->block_items || reader->form->refused)
        return;
    npt__say(npt__form_fault(reader->form), NPT_ERROR, &reader->block, "<%s> holds no item",
             names[token]);
    npt__hint(reader->form->diags, "write its items in it: <item id=\"...\" scale=\"...\">the "
                                   "wording</item>");
}

static void on_end(void *user, npt__xml *xml, int token)
{
    (void)xml;
    struct reader *reader = user;
    struct npt__instrument_form *made = reader->made;
    if (!npt__form_end(reader->form))
        return;
    if (token == GENERAL || token == CONSTRUCT) {
        end_block(reader, token);
        return;
    }
    if (!rules[token].has_text)
        return;
    const char *text = take_text(reader, token);
    if (token == ITEM || token == POINT || token == NOT_RELEVANT)
        check_braces(reader, text, &reader->place);
    if (token == SUMMARY)
        made->summary = text;
    else if (token == SOURCE)
        made->source = text;
    else if (token == TERMS)
        made->terms = text;
    else if (token == SCORING)
        made->scoring = text;
    else if (token == NOT_RELEVANT)
        made->kinds.items[made->kinds.count - 1].label = text;
    else if (token == POINT)
        last_point(made)->label = text;
    else
        made->items.items[made->items.count - 1].wording = text;
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static void on_text(void *user, npt__xml *xml, const char *bytes, size_t length)
{
    struct reader *reader = user;
    if (!npt__form_text(reader->form, xml, bytes, length))
        return;
    /* A wording is wrapped and indented like the XML around it: runs of blanks are one. */
    npt__buffer *text = &reader->text;
    for (size_t i = 0; i < length; i++)
        if (!is_blank(bytes[i]))
            npt__buffer_putc(text, bytes[i]);
        else if (text->length && text->bytes[text->length - 1] != ' ')
            npt__buffer_putc(text, ' ');
}

enum npt_status npt__instrument_form_read(struct npt__instrument_form *form, const char *label,
                                          npt_diags *diags)
{
    static const struct npt__xml_handler handler = {names, on_start, on_end, on_text};
    form->arena = npt__arena_new();
    form->min_answered = 0.5;
    struct reader reader = {.form = &form->form, .made = form, .construct = NPT__NONE};
    memcpy(reader.rules, rules, sizeof rules);
    form->form = (struct npt__form){.names = names,
                                    .rules = reader.rules,
                                    .space = NPT__INSTRUMENT_SPACE,
                                    .kind = "instrument",
                                    .path = npt__arena_string(form->arena, label),
                                    .text = &form->text,
                                    .arena = form->arena,
                                    .diags = diags};
    enum npt_status status =
        npt__xml_parse(&handler, &reader, form->form.path, npt__buffer_string(&form->text),
                       form->text.length, true, diags);
    form->form.rules = rules;
    form->whole = status == NPT_OK && !form->form.stopped;
    for (size_t i = 0; i < TOKENS; i++)
        npt__array_release(&reader.known[i]);
    npt__buffer_release(&reader.text);
    return form->form.faulty ? NPT_BAD_INPUT : status;
}

void npt__instrument_form_release(struct npt__instrument_form *form)
{
    for (size_t i = 0; i < form->scales.count; i++)
        npt__array_release(&form->scales.items[i].points);
    npt__array_release(&form->scales);
    npt__array_release(&form->kinds);
    npt__array_release(&form->constructs);
    npt__array_release(&form->items);
    npt__buffer_release(&form->text);
    npt__arena_free(form->arena);
    *form = (struct npt__instrument_form){0};
}
