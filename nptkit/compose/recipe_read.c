/* recipe_read.c - reading a recipe's XML: each fault is told at its place.
 *
 * What stands where is a table that form.c checks; reports/recipe.xsd says the same for editors.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recipe.h"

#include "../base/form_values.h"
#include "../base/unicode.h"
#include "sentences.h"

#include <string.h>

#define MOST_PARTS 1000u
#define MOST_NAMES 64
#define MOST_QUOTES 100 /* on a construct */

enum token {
    REPORT,
    SUMMARY,
    PARAMETER,
    SECTION,
    TEXT,
    QUESTIONS,
    IN_SHORT,
    QUOTES,
    PROTECTION,
    METHODS,
    ANALYSIS,
    OPTION,
    SAY,
    TABLE,
    PLOT,
    TOKENS
};

static const char *const names[TOKENS + 1] = {
    "report",     "summary", "parameter", "section", "text", "questions", "in-short", "quotes",
    "protection", "methods", "analysis",  "option",  "say",  "table",     "plot",     NULL};

static const struct npt__form_rule rules[TOKENS] = {
    [REPORT] = {-1, 1, {"title", "subtitle", "lang", "for", "others"}, false},
    [SUMMARY] = {REPORT, 0, {NULL}, true},
    [PARAMETER] = {REPORT, 1, {"name", "value", "help"}, false},
    [SECTION] = {REPORT, 1, {"title", "if"}, false},
    [TEXT] = {SECTION, 0, {"if"}, true},
    [QUESTIONS] = {SECTION, 0, {NULL}, false},
    [IN_SHORT] = {SECTION, 0, {NULL}, false},
    [QUOTES] = {SECTION, 0, {"construct", "max", "if"}, false},
    [PROTECTION] = {SECTION, 0, {NULL}, false},
    [METHODS] = {SECTION, 0, {NULL}, false},
    [ANALYSIS] = {SECTION, 1, {"name", "if"}, false},
    [OPTION] = {ANALYSIS, 1, {"name", "value"}, false},
    [SAY] = {ANALYSIS, 0, {NULL}, false},
    [TABLE] = {ANALYSIS, 0, {"table", "caption", "columns", "across", "sites"}, false},
    [PLOT] = {ANALYSIS, 1, {"kind", "table", "caption", "construct"}, false},
};

static const char *const conditions[] = {"survey",  "interviews", "both",  "waves",
                                         "ratings", "rankings",   "sites", NULL};
static const char *const readers[] = {"all-sites", "site", NULL};
static const char *const others[] = {"unnamed", "named", NULL};
static const char *const rows[] = {"own-and-all", "own", "all", NULL}; /* as enum npt__rows */
const char *const npt__recipe_values[] = {"study",     "intervention", "sites", "waves",
                                          "last-wave", "first-wave",   "min-n", "min-cell",
                                          "site",      "construct",    NULL};

/* A text in which values in braces are looked up once all parameters are known. */
struct braced {
    const char *text;
    struct npt__place place;
    bool is_option;    /* of an analysis, which is run once for all sites */
    bool of_construct; /* the caption of a picture of one construct */
};

struct reader {
    struct npt__form *form;
    npt_recipe *recipe;
    bool known;              /* the open analysis is one, so that its options can be checked */
    struct npt__place place; /* of the element that was opened last */
    npt__buffer text;        /* of the open element */
    NPT__ARRAY(struct braced) braced;
};

static size_t length_of(const char *const *list)
{
    size_t count = 0;
    while (list[count])
        count++;
    return count;
}

static struct npt__setting get(struct reader *reader, const npt__xml *xml,
                               const struct npt__element *element, const char *name)
{
    return npt__form_setting(reader->form, xml, element, name);
}

static struct npt__setting get_braced(struct reader *reader, const npt__xml *xml,
                                      const struct npt__element *element, const char *name)
{
    struct npt__setting setting = get(reader, xml, element, name);
    if (setting.value)
        *npt__array_add(&reader->braced) =
            (struct braced){.text = setting.value, .place = setting.place};
    return setting;
}

/* "unknown X 'y'" with what was meant and what there is. */
static void refuse(struct reader *reader, const struct npt__setting *setting, const char *what,
                   const char *const *known, size_t count)
{
    struct npt__form *form = reader->form;
    npt__say(npt__form_fault(form), NPT_ERROR, &setting->place, "unknown %s %s", what,
             npt__form_quote(form, setting->value));
    npt__hint(form->diags, "%sthere are %s", npt__form_near(form, setting->value, known, count),
              npt__form_list(form, "", "", known, count));
}

static enum npt__condition get_condition(struct reader *reader, const npt__xml *xml,
                                         const struct npt__element *element)
{
    const struct npt__setting setting = get(reader, xml, element, "if");
    if (!setting.value)
        return NPT__ALWAYS;
    for (size_t i = 0; conditions[i]; i++)
        if (strcmp(conditions[i], setting.value) == 0)
            return (enum npt__condition)(NPT__IF_SURVEY + i);
    refuse(reader, &setting, "condition", conditions, length_of(conditions));
    return NPT__ALWAYS;
}

/* The number of a word in a list, 0 where the attribute is not there. */
static size_t get_word(struct reader *reader, const npt__xml *xml,
                       const struct npt__element *element, const char *name,
                       const char *const *words)
{
    const struct npt__setting setting = get(reader, xml, element, name);
    for (size_t i = 0; setting.value && words[i]; i++)
        if (strcmp(words[i], setting.value) == 0)
            return i;
    if (setting.value)
        refuse(reader, &setting, name, words, length_of(words));
    return 0;
}

static const char *get_language(struct reader *reader, const npt__xml *xml,
                                const struct npt__element *element)
{
    const struct npt__setting setting = get(reader, xml, element, "lang");
    return npt__form_check_language(reader->form, &setting) ? setting.value : NULL;
}

/* Which rows a report on one site shows; one on all sites shows them all. */
static enum npt__rows get_rows(struct reader *reader, const npt__xml *xml,
                               const struct npt__element *element)
{
    const struct npt__setting setting = get(reader, xml, element, "sites");
    if (setting.value && !reader->recipe->for_site) {
        npt__say(reader->form->diags, NPT_WARNING, &setting.place,
                 "'sites' chooses rows in a report on one site; this one is on all");
        npt__hint(reader->form->diags, "leave it out, or write <report for=\"site\" ...>");
    }
    return (enum npt__rows)get_word(reader, xml, element, "sites", rows);
}

/* ---- elements -------------------------------------------------------------------------------- */

static void add_parameter(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    npt_recipe *recipe = reader->recipe;
    const struct npt__setting name = get(reader, xml, element, "name");
    const char *value = get(reader, xml, element, "value").value;
    if (!name.value || !npt__form_has_room(reader->form, xml, recipe->parameters.count,
                                           MOST_NAMES / 2, "parameters"))
        return;
    npt__form_check_id(reader->form, &name);
    for (size_t i = 0; npt__recipe_values[i]; i++)
        if (strcmp(npt__recipe_values[i], name.value) == 0) {
            npt__say(npt__form_fault(reader->form), NPT_ERROR, &name.place,
                     "'%s' is a value that every recipe has", name.value);
            npt__hint(reader->form->diags, "give the parameter another name");
        }
    for (size_t i = 0; i < recipe->parameters.count; i++)
        if (strcmp(recipe->parameters.items[i].name, name.value) == 0) {
            npt__say(npt__form_fault(reader->form), NPT_ERROR, &name.place,
                     "two parameters are called '%s'; the first is on line %zu", name.value,
                     recipe->parameters.items[i].place.line);
            npt__hint(reader->form->diags, "give each a name of its own");
        }
    *npt__array_add(&recipe->parameters) = (struct npt__recipe_parameter){
        name.value, value ? value : "", get(reader, xml, element, "help").value, name.place};
}

static void add_analysis(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    const char *known[MOST_NAMES];
    size_t count = 0;
    const npt_analysis *analysis;
    const struct npt__setting name = get(reader, xml, element, "name");
    while (count < MOST_NAMES && (analysis = npt_analysis_at(count)) != NULL)
        known[count++] = npt_analysis_name(analysis);
    analysis = name.value ? npt_analysis_find(name.value) : NULL;
    if (name.value && !analysis)
        refuse(reader, &name, "analysis", known, count);
    reader->known = analysis != NULL;
    *npt__array_add(&reader->recipe->analyses) =
        (struct npt__recipe_analysis){.analysis = analysis,
                                      .condition = get_condition(reader, xml, element),
                                      .section = reader->recipe->sections.count - 1,
                                      .place = reader->place};
}

static struct npt__recipe_analysis *last_analysis(struct reader *reader)
{
    return &reader->recipe->analyses.items[reader->recipe->analyses.count - 1];
}

static void check_value(struct reader *reader, const struct npt_option *option,
                        const struct npt__setting *value)
{
    if ((option->argument != NULL) == (value->value != NULL))
        return;
    npt__say(npt__form_fault(reader->form), NPT_ERROR,
             value->value ? &value->place : &reader->place,
             value->value ? "the option '%s' takes no value" : "the option '%s' needs a value",
             option->name);
    npt__hint(reader->form->diags, "%s%s%s: %s", option->name, option->argument ? " " : "",
              option->argument ? option->argument : "", option->help);
}

static void add_option(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    const struct npt__setting name = get(reader, xml, element, "name"),
                              value = get_braced(reader, xml, element, "value");
    if (value.value)
        reader->braced.items[reader->braced.count - 1].is_option = true;
    if (!name.value || !reader->known)
        return;
    const struct npt_option *options = npt_analysis_options(last_analysis(reader)->analysis);
    const char *known[MOST_NAMES];
    size_t count = 0;
    for (; options && options[count].name && count < MOST_NAMES; count++) {
        known[count] = options[count].name;
        if (strcmp(known[count], name.value) != 0)
            continue;
        check_value(reader, &options[count], &value);
        *npt__array_add(&last_analysis(reader)->options) =
            (struct npt__recipe_option){name.value, value};
        return;
    }
    npt__buffer what = {0};
    npt__buffer_print(&what, "option of %s:", npt_analysis_name(last_analysis(reader)->analysis));
    refuse(reader, &name, npt__buffer_string(&what), known, count);
    npt__buffer_release(&what);
}

static void check_plot(struct reader *reader, const struct npt__setting *kind,
                       const npt_plot **plot)
{
    const char *known[MOST_NAMES];
    size_t count = 0;
    for (const npt_plot *each; count < MOST_NAMES && (each = npt_plot_at(count)) != NULL;)
        known[count++] = npt_plot_name(each);
    if (!kind->value)
        return;
    *plot = npt_plot_find(kind->value);
    if (!*plot) {
        refuse(reader, kind, "picture", known, count);
    } else if (reader->known && strcmp(npt_plot_analysis(*plot),
                                       npt_analysis_name(last_analysis(reader)->analysis)) != 0) {
        npt__say(npt__form_fault(reader->form), NPT_ERROR, &kind->place,
                 "the picture '%s' cannot be drawn from '%s'", kind->value,
                 npt_analysis_name(last_analysis(reader)->analysis));
        npt__hint(reader->form->diags, "it shows <analysis name=\"%s\">", npt_plot_analysis(*plot));
    }
}

static void check_say(struct reader *reader)
{
    if (!reader->known || npt__can_say(npt_analysis_name(last_analysis(reader)->analysis)))
        return;
    npt__say(npt__form_fault(reader->form), NPT_ERROR, &reader->place,
             "there are no sentences for '%s'", npt_analysis_name(last_analysis(reader)->analysis));
    npt__hint(reader->form->diags, "there are some for %s",
              npt__form_list(reader->form, "", "", npt__sayable, length_of(npt__sayable)));
}

/* How many quotes on a construct; 0 where that is not said. */
static size_t get_most(struct reader *reader, const npt__xml *xml,
                       const struct npt__element *element)
{
    const struct npt__setting setting = get(reader, xml, element, "max");
    const int number = npt__form_whole(reader->form, &setting, "max", MOST_QUOTES);
    if (number == 0) {
        npt__say(npt__form_fault(reader->form), NPT_ERROR, &setting.place, "'max' is '0'");
        npt__hint(reader->form->diags, "leave <quotes/> out where nothing is to be quoted");
    }
    return number > 0 ? (size_t)number : 0;
}

static const enum npt__recipe_kind kinds[TOKENS] = {
    [QUESTIONS] = NPT__PART_QUESTIONS,
    [TEXT] = NPT__PART_TEXT,
    [IN_SHORT] = NPT__PART_IN_SHORT,
    [QUOTES] = NPT__PART_QUOTES,
    [PROTECTION] = NPT__PART_PROTECTION,
    [METHODS] = NPT__PART_METHODS,
    [SAY] = NPT__PART_SAY,
    [TABLE] = NPT__PART_TABLE,
    [PLOT] = NPT__PART_PLOT,
};

static void add_part(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    npt_recipe *recipe = reader->recipe;
    const bool of_analysis = element->token >= SAY;
    if (!npt__form_has_room(reader->form, xml, recipe->parts.count, MOST_PARTS, "parts"))
        return;
    const struct npt__setting caption = get_braced(reader, xml, element, "caption");
    const struct npt__setting construct = get(reader, xml, element, "construct");
    if (caption.value && construct.value)
        reader->braced.items[reader->braced.count - 1].of_construct = true;
    struct npt__recipe_part part = {.kind = kinds[element->token],
                                    .place = reader->place,
                                    .section = recipe->sections.count - 1,
                                    .analysis = of_analysis ? recipe->analyses.count - 1 : SIZE_MAX,
                                    .condition = get_condition(reader, xml, element),
                                    .table = get(reader, xml, element, "table"),
                                    .caption = caption,
                                    .construct = construct,
                                    .columns = get(reader, xml, element, "columns"),
                                    .across = get_braced(reader, xml, element, "across"),
                                    .rows = get_rows(reader, xml, element)};
    if (element->token == PLOT) {
        const struct npt__setting kind = get(reader, xml, element, "kind");
        check_plot(reader, &kind, &part.plot);
    } else if (element->token == SAY) {
        check_say(reader);
    } else if (element->token == QUOTES) {
        part.most = get_most(reader, xml, element);
    }
    *npt__array_add(&recipe->parts) = part;
}

/* ---- the walk -------------------------------------------------------------------------------- */

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct reader *reader = user;
    npt_recipe *recipe = reader->recipe;
    if (!npt__form_start(reader->form, xml, element))
        return;
    reader->place = npt__xml_place(xml, NULL);
    npt__buffer_clear(&reader->text);
    switch (element->token) {
    case REPORT:
        recipe->title = get_braced(reader, xml, element, "title");
        recipe->subtitle = get_braced(reader, xml, element, "subtitle");
        recipe->language = get_language(reader, xml, element);
        recipe->for_site = get_word(reader, xml, element, "for", readers) == 1;
        recipe->names_others = get_word(reader, xml, element, "others", others) == 1;
        break;
    case SUMMARY:
        break;
    case PARAMETER:
        add_parameter(reader, xml, element);
        break;
    case SECTION:
        *npt__array_add(&recipe->sections) = (struct npt__recipe_section){
            get_braced(reader, xml, element, "title"), get_condition(reader, xml, element)};
        break;
    case ANALYSIS:
        add_analysis(reader, xml, element);
        break;
    case OPTION:
        add_option(reader, xml, element);
        break;
    default:
        add_part(reader, xml, element);
    }
}

static void end_text(struct reader *reader, int token)
{
    npt_recipe *recipe = reader->recipe;
    const char *text = npt__buffer_string(&reader->text);
    const size_t length = npt__trim(&text, strlen(text));
    text = npt__arena_copy(recipe->arena, text, length);
    if (token == SUMMARY) {
        recipe->summary = text;
        return;
    }
    if (!length) {
        npt__say(npt__form_fault(reader->form), NPT_ERROR, &reader->place, "<text> is empty");
        npt__hint(reader->form->diags, "write a paragraph, or leave the element out");
    }
    *npt__array_add(&reader->braced) = (struct braced){.text = text, .place = reader->place};
    if (recipe->parts.count)
        recipe->parts.items[recipe->parts.count - 1].text = text;
}

static void on_end(void *user, npt__xml *xml, int token)
{
    struct reader *reader = user;
    (void)xml;
    if (npt__form_end(reader->form) && rules[token].has_text)
        end_text(reader, token);
}

/* A paragraph is wrapped and indented like the XML around it: runs of blanks are one. */
static void on_text(void *user, npt__xml *xml, const char *bytes, size_t length)
{
    struct reader *reader = user;
    npt__buffer *text = &reader->text;
    if (!npt__form_text(reader->form, xml, bytes, length))
        return;
    for (size_t i = 0; i < length; i++) {
        const bool blank = bytes[i] == ' ' || (bytes[i] >= '\t' && bytes[i] <= '\r');
        if (!blank)
            npt__buffer_putc(text, bytes[i]);
        else if (text->length && text->bytes[text->length - 1] != ' ')
            npt__buffer_putc(text, ' ');
    }
}

/* ---- what only the whole shows ---------------------------------------------------------------- */

static bool is_named(const char *name, const char *at, size_t length)
{
    return strlen(name) == length && memcmp(name, at, length) == 0;
}

/* {site} stands in reports on one site, {sites} names all of them, and {construct} is one where one is drawn. */
static void check_place(struct reader *reader, const struct braced *braced, const char *name,
                        size_t length)
{
    const npt_recipe *recipe = reader->recipe;
    const char *fault = NULL, *hint = NULL;
    if (is_named("site", name, length) && braced->is_option) {
        fault = "an analysis is run once for all sites: its options cannot hold {site}";
        hint = "the rows of the site are chosen where they are shown: <table sites=\"own\"/>";
    } else if (is_named("site", name, length) && !recipe->for_site) {
        fault = "{site} is known in a report on one site only";
        hint = "write <report for=\"site\" ...>, or {sites}";
    } else if (is_named("sites", name, length) && recipe->for_site && !recipe->names_others) {
        fault = "{sites} would name the other sites in a report on one";
        hint = "write {site}; or, where the others may be named, <report others=\"named\" ...>";
    } else if (is_named("construct", name, length) && !braced->of_construct) {
        fault = "{construct} is known in the caption of a picture of one construct only";
        hint = "write <plot ... construct=\"each\" caption=\"{construct}: ...\"/>";
    }
    if (!fault)
        return;
    npt__say(npt__form_fault(reader->form), NPT_ERROR, &braced->place, "%s", fault);
    npt__hint(reader->form->diags, "%s", hint);
}

static void check_braces(struct reader *reader, const struct braced *braced)
{
    const npt_recipe *recipe = reader->recipe;
    const char *known[MOST_NAMES];
    size_t count = 0;
    for (; npt__recipe_values[count]; count++)
        known[count] = npt__recipe_values[count];
    for (size_t i = 0; i < recipe->parameters.count && count < MOST_NAMES; i++)
        known[count++] = recipe->parameters.items[i].name;
    for (const char *at = braced->text; (at = strchr(at, '{')) != NULL; at++) {
        const size_t length = strcspn(at + 1, "{}");
        bool found = false;
        for (size_t i = 0; i < count && at[length + 1] == '}'; i++)
            found |= is_named(known[i], at + 1, length);
        if (found)
            check_place(reader, braced, at + 1, length);
        if (found)
            continue;
        const struct npt__setting setting = {
            npt__arena_copy(recipe->arena, at + 1, length < 60 ? length : 60), braced->place};
        refuse(reader, &setting, "value in braces:", known, count);
    }
}

static void check_whole(struct reader *reader)
{
    for (size_t i = 0; i < reader->braced.count; i++)
        check_braces(reader, &reader->braced.items[i]);
    if (reader->form->faulty || reader->recipe->parts.count)
        return;
    npt__say(npt__form_fault(reader->form), NPT_ERROR, &reader->form->root,
             "the report holds nothing");
    npt__hint(reader->form->diags,
              "write a <section title=\"...\"> with text, or with an <analysis>");
}

enum npt_status npt__recipe_read(npt_recipe *recipe, const char *label, npt_diags *diags)
{
    static const struct npt__xml_handler handler = {names, on_start, on_end, on_text};
    struct npt__form form = {.names = names,
                             .rules = rules,
                             .space = "urn:nptkit:report:1",
                             .kind = "report",
                             .path = npt__arena_string(recipe->arena, label),
                             .text = &recipe->text,
                             .arena = recipe->arena,
                             .diags = diags};
    struct reader reader = {.form = &form, .recipe = recipe};
    recipe->label = form.path;
    enum npt_status status =
        npt__xml_parse(&handler, &reader, form.path, npt__buffer_string(&recipe->text),
                       recipe->text.length, true, diags);
    if (status == NPT_OK && !form.stopped)
        check_whole(&reader);
    npt__array_release(&reader.braced);
    npt__buffer_release(&reader.text);
    return form.faulty ? NPT_BAD_INPUT : status;
}
