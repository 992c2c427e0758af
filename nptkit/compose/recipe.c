/* recipe.c - recipes: those that come with nptkit, files of one's own, and what is in them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recipe.h"

#include "../base/embedded.h"
#include "../base/file.h"
#include "../base/unicode.h"
#include "../tables/table.h"

#include <string.h>

#define LARGEST_FILE ((size_t)4 << 20)

static const struct {
    const char *name, *summary;
} shipped[] = {
    {"site-comparison",
     "all sites: who took part, survey, interviews, side by side, what differs and how surely"},
    {"site",
     "one site, for its lead: where we stand, what changed, what was said, questions to discuss"},
    {"methods", "for those who check: responses, reliability, items, correlations, codes"},
};
#define SHIPPED_COUNT (sizeof shipped / sizeof *shipped)

const char *npt_recipe_shipped(size_t index)
{
    return index < SHIPPED_COUNT ? shipped[index].name : NULL;
}

const char *npt_recipe_summary(size_t index)
{
    return index < SHIPPED_COUNT ? shipped[index].summary : NULL;
}

bool npt_recipe_for_site(const npt_recipe *recipe)
{
    return recipe->for_site;
}

#define FOLDER "reports/"

static const struct npt__embedded *find_shipped(const char *name)
{
    for (size_t i = 0; i < SHIPPED_COUNT; i++) {
        if (strcmp(shipped[i].name, name) != 0)
            continue;
        const size_t folder = strlen(FOLDER), length = strlen(name);
        for (const struct npt__embedded *file = npt__embedded_files; file->name; file++)
            if (strncmp(file->name, FOLDER, folder) == 0 &&
                strncmp(file->name + folder, name, length) == 0 &&
                strcmp(file->name + folder + length, ".xml") == 0)
                return file;
    }
    return NULL;
}

/* ---- what a file is --------------------------------------------------------------------------- */

static void see_root(void *user, npt__xml *xml, const struct npt__element *element)
{
    bool *is_recipe = user;
    *is_recipe = element->token == 0;
    npt__xml_stop(xml);
}

static void see_end(void *user, npt__xml *xml, int token)
{
    (void)user;
    (void)xml;
    (void)token;
}

struct looking {
    npt__xml *xml;
};

static bool look(void *user, const char *bytes, size_t length)
{
    struct looking *looking = user;
    return npt__xml_feed(looking->xml, bytes, length);
}

bool npt_recipe_is(const char *name_or_path)
{
    static const char *const names[] = {"report", NULL};
    static const struct npt__xml_handler handler = {names, see_root, see_end, NULL};
    if (find_shipped(name_or_path))
        return true;
    const char *dot = strrchr(name_or_path, '.');
    if (!dot || strcmp(dot, ".xml") != 0)
        return false;
    npt_diags *unheard = npt_diags_new();
    bool is_recipe = false;
    struct looking looking = {npt__xml_new(&handler, &is_recipe, name_or_path, unheard)};
    npt__file_stream(name_or_path, look, &looking, unheard);
    npt__xml_free(looking.xml);
    npt_diags_free(unheard);
    return is_recipe;
}

/* ---- opening --------------------------------------------------------------------------------- */

static void refuse_name(const char *name, npt_diags *diags)
{
    npt__arena *arena = npt__arena_new();
    const char *names[SHIPPED_COUNT];
    for (size_t i = 0; i < SHIPPED_COUNT; i++)
        names[i] = shipped[i].name;
    const uint32_t near = npt__nearest(npt__fold_name(arena, name), names, SHIPPED_COUNT);
    npt__say(diags, NPT_ERROR, NULL, "no recipe is called '%s'", name);
    npt__hint(
        diags,
        "%s%s%ssite-comparison, site and methods are part of nptkit; or give the path of an .xml file",
        near == NPT__NONE ? "" : "did you mean '", near == NPT__NONE ? "" : names[near],
        near == NPT__NONE ? "" : "'? ");
    npt__arena_free(arena);
}

enum npt_status npt_recipe_open(npt_recipe **recipe, const char *name_or_path, npt_diags *diags)
{
    const struct npt__embedded *file = find_shipped(name_or_path);
    npt_recipe *made = npt__allocate(sizeof *made);
    *made = (npt_recipe){.arena = npt__arena_new()};
    *recipe = NULL;
    enum npt_status status = NPT_OK;
    if (file) {
        npt__buffer_add(&made->text, (const char *)file->bytes, file->length);
    } else if (!strchr(name_or_path, '.') && !strchr(name_or_path, '/')) {
        refuse_name(name_or_path, diags);
        status = NPT_BAD_INPUT;
    } else {
        status = npt__file_read(&made->text, name_or_path, LARGEST_FILE, diags);
    }
    if (status == NPT_OK && !made->text.length) {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = name_or_path}, "is empty");
        npt__hint(diags, "nptkit report export site-comparison writes one to begin with");
        status = NPT_BAD_INPUT;
    }
    if (status == NPT_OK)
        status = npt__recipe_read(made, file ? npt__path_base(file->name) : name_or_path, diags);
    if (status == NPT_OK)
        *recipe = made;
    else
        npt_recipe_free(made);
    return status;
}

void npt_recipe_free(npt_recipe *recipe)
{
    if (!recipe)
        return;
    for (size_t i = 0; i < recipe->analyses.count; i++)
        npt__array_release(&recipe->analyses.items[i].options);
    npt__array_release(&recipe->analyses);
    npt__array_release(&recipe->parameters);
    npt__array_release(&recipe->sections);
    npt__array_release(&recipe->parts);
    npt__buffer_release(&recipe->text);
    npt__arena_free(recipe->arena);
    npt__release(recipe);
}

enum npt_status npt_recipe_set(npt_recipe *recipe, const char *name_and_value, npt_diags *diags)
{
    const size_t length = strcspn(name_and_value, "=");
    npt__buffer list = {0};
    for (size_t i = 0; i < recipe->parameters.count; i++) {
        struct npt__recipe_parameter *parameter = &recipe->parameters.items[i];
        npt__buffer_print(&list, "%s%s", i ? ", " : "", parameter->name);
        if (!name_and_value[length] || strlen(parameter->name) != length ||
            memcmp(parameter->name, name_and_value, length) != 0)
            continue;
        parameter->value = npt__arena_string(recipe->arena, name_and_value + length + 1);
        npt__buffer_release(&list);
        return NPT_OK;
    }
    if (!name_and_value[length])
        npt__say(diags, NPT_ERROR, NULL, "--set takes NAME=VALUE, not '%s'", name_and_value);
    else
        npt__say(diags, NPT_ERROR, NULL, "the recipe %s has no parameter '%.*s'", recipe->label,
                 (int)length, name_and_value);
    npt__hint(diags, list.length ? "its parameters are: %s" : "it has no parameters%s",
              npt__buffer_string(&list));
    npt__buffer_release(&list);
    return NPT_USAGE;
}

void npt_recipe_write(npt_output *output, const npt_recipe *recipe)
{
    npt_output_write(output, recipe->text.bytes, recipe->text.length);
}

void npt_recipe_prepare(const npt_recipe *recipe, struct npt_study_options *study)
{
    for (size_t i = 0; i < recipe->analyses.count; i++) {
        const struct npt__recipe_analysis *each = &recipe->analyses.items[i];
        npt_options *options = npt_options_new();
        for (size_t j = 0; j < each->options.count; j++)
            npt_options_add(options, each->options.items[j].name,
                            each->options.items[j].value.value ? each->options.items[j].value.value
                                                               : "");
        study->positions |= npt_analysis_needs_positions(each->analysis, options);
        npt_options_free(options);
    }
}

void npt__recipe_fill(npt__buffer *filled, const char *text,
                      const char *(*value)(void *user, const char *name, size_t length), void *user)
{
    for (const char *at = text; *at;) {
        const size_t plain = strcspn(at, "{");
        npt__buffer_add(filled, at, plain);
        at += plain;
        if (!*at)
            return;
        const size_t length = strcspn(at + 1, "}");
        npt__buffer_puts(filled, value(user, at + 1, length));
        at += length + 1 + (at[length + 1] == '}');
    }
}

/* ---- as a table ------------------------------------------------------------------------------ */

static void describe_part(npt__buffer *text, const npt_recipe *recipe,
                          const struct npt__recipe_part *part)
{
    static const char *const words[] = {"text",
                                        "sentences",
                                        "table",
                                        "picture",
                                        "questions to discuss",
                                        "in short",
                                        "quotes",
                                        "how this was protected",
                                        "methods"};
    npt__buffer_puts(text, words[part->kind]);
    if (part->kind == NPT__PART_PLOT)
        npt__buffer_print(text, " %s", npt_plot_name(part->plot));
    if (part->analysis != SIZE_MAX)
        npt__buffer_print(text, " of %s",
                          npt_analysis_name(recipe->analyses.items[part->analysis].analysis));
    if (part->table.value)
        npt__buffer_print(text, " (%s)", part->table.value);
    if (part->kind == NPT__PART_QUOTES && part->construct.value)
        npt__buffer_print(text, " on %s", part->construct.value);
    if (part->kind == NPT__PART_QUOTES && part->most)
        npt__buffer_print(text, ", at most %zu", part->most);
    if (part->text)
        npt__buffer_print(text, ": %s", part->text);
}

npt_table *npt_recipe_table(const npt_recipe *recipe)
{
    npt_table *table = npt__table_new("recipe", recipe->title.value);
    npt__table_dimension(table, "section", "Section");
    npt__table_dimension(table, "part", "Part");
    npt__table_measure(table, "what", "What", NPT_UNIT_TEXT);
    for (size_t i = 0; i < recipe->parts.count; i++) {
        const struct npt__recipe_part *part = &recipe->parts.items[i];
        npt__arena *arena = npt__table_arena(table);
        npt__buffer text = {0};
        describe_part(&text, recipe, part);
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(recipe->sections.items[part->section].title.value);
        row[1] = npt__text(npt__arena_print(arena, "%zu", i + 1));
        row[2] = npt__text(npt__arena_string(arena, npt__buffer_string(&text)));
        npt__buffer_release(&text);
    }
    if (recipe->summary)
        npt__table_add_note(table, "%s", recipe->summary);
    for (size_t i = 0; i < recipe->parameters.count; i++) {
        const struct npt__recipe_parameter *each = &recipe->parameters.items[i];
        npt__table_add_note(table, "Parameter %s (%s)%s%s", each->name,
                            *each->value ? each->value : "not set", each->help ? ": " : "",
                            each->help ? each->help : "");
    }
    return table;
}
