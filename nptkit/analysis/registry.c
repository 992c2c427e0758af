/* registry.c - the one list of analyses, and the options that users give them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "registry.h"

#include <assert.h>
#include <string.h>

/* In the order in which help lists them, under what they are about; one a line. */
static const struct {
    const char *group;
    const npt_analysis *analysis;
} analyses[] = {
    {"Interviews", &npt__tally},
    {"Interviews", &npt__codes},
    {"Interviews", &npt__cases},
    {"Interviews", &npt__quotes},
    {"Interviews", &npt__cooccur},
    {"Interviews", &npt__saturation},
    {"Interviews", &npt__agree_analysis},
    {"Survey", &npt__score},
    {"Survey", &npt__items},
    {"Survey", &npt__reliability},
    {"Survey", &npt__correlations},
    {"Survey", &npt__responses_analysis},
    {"Compare", &npt__compare_analysis},
    {"Compare", &npt__trend_analysis},
    {"Compare", &npt__joint_display},
    {"Compare", &npt__rank_analysis},
};

#define ANALYSIS_COUNT (sizeof analyses / sizeof *analyses)

const npt_analysis *npt_analysis_at(size_t index)
{
    return index < ANALYSIS_COUNT ? analyses[index].analysis : NULL;
}

const char *npt_analysis_group(size_t index)
{
    return index < ANALYSIS_COUNT ? analyses[index].group : NULL;
}

const npt_analysis *npt_analysis_find(const char *name)
{
    for (size_t i = 0; i < ANALYSIS_COUNT; i++)
        if (strcmp(analyses[i].analysis->name, name) == 0)
            return analyses[i].analysis;
    return NULL;
}

const char *npt_analysis_name(const npt_analysis *analysis)
{
    return analysis->name;
}

const char *npt_analysis_summary(const npt_analysis *analysis)
{
    return analysis->summary;
}

const char *npt_analysis_description(const npt_analysis *analysis)
{
    return analysis->description;
}

const struct npt_option *npt_analysis_options(const npt_analysis *analysis)
{
    return analysis->options;
}

bool npt_analysis_needs_positions(const npt_analysis *analysis, const npt_options *options)
{
    return analysis->needs_positions && analysis->needs_positions(options);
}

static enum npt__needs needs_of(const npt_analysis *analysis, const npt_options *options)
{
    return analysis->needs_for ? analysis->needs_for(options) : analysis->needs;
}

unsigned npt_analysis_reads(const npt_analysis *analysis, const npt_options *options)
{
    static const unsigned reads[] = {
        [NPT__NEEDS_CODING] = NPT_CODING,
        [NPT__NEEDS_SURVEY] = NPT_RESPONSES,
        [NPT__NEEDS_RATINGS] = NPT_RATINGS,
        [NPT__NEEDS_RANKING] = NPT_RANKINGS,
        [NPT__NEEDS_BOTH] = NPT_CODING | NPT_RESPONSES,
        [NPT__NEEDS_CODING_OR_RATINGS] = NPT_CODING | NPT_RATINGS,
    };
    return reads[needs_of(analysis, options)];
}

void npt_analysis_prepare(const npt_analysis *analysis, const npt_options *options,
                          struct npt_study_options *study)
{
    const unsigned reads = npt_analysis_reads(analysis, options);
    study->positions = npt_analysis_needs_positions(analysis, options);
    study->skip = (NPT_CODING | NPT_RESPONSES | NPT_RATINGS | NPT_RANKINGS) & ~reads;
    study->table = (enum npt_material)(reads & (NPT_RATINGS | NPT_RANKINGS));
    /* An analysis of both halves has one option for the levels of a codebook and of measurement. */
    enum npt__measurement measured;
    const char *level = npt__option(options, "level");
    if (reads & NPT_RATINGS && level && npt__level_find(level, &measured))
        study->level = level;
}

/* ---- options --------------------------------------------------------------------------------- */

struct given {
    const char *name, *value;
};

struct npt_options {
    npt__arena *arena;
    NPT__ARRAY(struct given) given;
};

npt_options *npt_options_new(void)
{
    npt_options *options = npt__allocate(sizeof *options);
    *options = (npt_options){.arena = npt__arena_new()};
    return options;
}

void npt_options_free(npt_options *options)
{
    if (!options)
        return;
    npt__array_release(&options->given);
    npt__arena_free(options->arena);
    npt__release(options);
}

void npt_options_add(npt_options *options, const char *name, const char *value)
{
    *npt__array_add(&options->given) = (struct given){npt__arena_string(options->arena, name),
                                                      npt__arena_string(options->arena, value)};
}

const char *npt__option_at(const npt_options *options, const char *name, size_t index)
{
    for (size_t i = 0; i < options->given.count; i++)
        if (strcmp(options->given.items[i].name, name) == 0 && index-- == 0)
            return options->given.items[i].value;
    return NULL;
}

const char *npt__option(const npt_options *options, const char *name)
{
    const char *last = NULL, *next;
    for (size_t i = 0; (next = npt__option_at(options, name, i)) != NULL; i++)
        last = next;
    return last;
}

enum npt_status npt__option_number(const npt_options *options, const char *name, size_t least,
                                   size_t most, size_t *value, npt_diags *diags)
{
    const char *text = npt__option(options, name);
    if (!text)
        return NPT_OK;
    size_t number = 0, digits = strspn(text, "0123456789");
    for (size_t i = 0; i < digits && i < 12; i++)
        number = number * 10 + (size_t)(text[i] - '0');
    if (digits && digits <= 12 && !text[digits] && number >= least && number <= most) {
        *value = number;
        return NPT_OK;
    }
    npt__say(diags, NPT_ERROR, NULL, "--%s takes a whole number from %zu to %zu, not '%s'", name,
             least, most, text);
    return NPT_USAGE;
}

size_t npt__option_list(npt__arena *arena, const char *list, const char ***items)
{
    size_t count = 0, most = 1;
    for (const char *at = list; *at; at++)
        most += *at == ',';
    *items = npt__arena_array(arena, most, sizeof **items);
    while (*list) {
        list += strspn(list, " ");
        size_t length = strcspn(list, ","), trimmed = length;
        while (trimmed && list[trimmed - 1] == ' ')
            trimmed--;
        if (trimmed)
            (*items)[count++] = npt__arena_copy(arena, list, trimmed);
        list += length + (list[length] == ',');
    }
    return count;
}

void npt__options_copy(npt_options *to, const npt_options *from, const char *name)
{
    const char *value;
    for (size_t i = 0; (value = npt__option_at(from, name, i)) != NULL; i++)
        npt_options_add(to, name, value);
}

/* "tally --by Site --valence": what was run, in the order in which it was asked. */
static void add_command(npt_table *table, const npt_analysis *analysis, const npt_options *options)
{
    npt__buffer command = {0};
    npt__buffer_puts(&command, analysis->name);
    for (size_t i = 0; i < options->given.count; i++) {
        const struct given *given = &options->given.items[i];
        npt__buffer_print(&command, " --%s", given->name);
        if (*given->value)
            npt__buffer_print(&command, " '%s'", given->value);
    }
    npt__table_set_command(table, command.bytes);
    npt__buffer_release(&command);
}

/* For protection: the difference between a table of a part and one of all is a table, too. */
static void declare_filter(npt_table *table, const npt_study *study, const char *name,
                           const char *value)
{
    const char *equals = strcmp(name, "where") == 0 ? strchr(value, '=') : NULL;
    if (equals) {
        name = npt__arena_copy(npt__table_arena(table), value, (size_t)(equals - value));
        value = equals + 1;
    }
    for (size_t i = 0; i < study->sites.count; i++)
        if (strcmp(name, "site") == 0 && strcmp(study->sites.items[i].id, value) == 0)
            value = study->sites.items[i].name;
    npt__table_filter(table, name, value);
}

/* Which part of the data a table shows must stand in it. */
static void note_filters(npt_table *table, const npt_study *study, const npt_options *options)
{
    static const char *const filters[] = {"where", "site", "wave", "coder", "coders"};
    npt__buffer list = {0};
    for (size_t i = 0; i < options->given.count; i++)
        for (size_t j = 0; j < sizeof filters / sizeof *filters; j++) {
            const struct given *given = &options->given.items[i];
            if (strcmp(given->name, filters[j]) != 0)
                continue;
            declare_filter(table, study, given->name, given->value);
            npt__buffer_print(&list, "%s%s%s%s", list.length ? ", " : "",
                              j ? given->name : given->value, j ? " = " : "",
                              j ? given->value : "");
        }
    if (list.length)
        npt__table_add_note(table, "Only a part of the data: %s.", npt__buffer_string(&list));
    npt__buffer_release(&list);
}

static bool takes_option(const npt_analysis *analysis, const char *name)
{
    for (size_t i = 0; analysis->options && analysis->options[i].name; i++)
        if (strcmp(analysis->options[i].name, name) == 0)
            return true;
    return false;
}

/* Whether the study has what the analysis looks at. */
static bool has_data(const npt_analysis *analysis, const npt_study *study,
                     const npt_options *options, npt_diags *diags)
{
    static const struct {
        const char *what, *does, *hint;
    } texts[] = {
        [NPT__NEEDS_CODING] = {"has no coded interviews", "counts",
                               "name a coded export in study.xml: <coding "
                               "file=\"interviews.qdpx\"/>; for responses: nptkit score, items"},
        [NPT__NEEDS_SURVEY] = {"has no responses", "looks at",
                               "name a file of responses in study.xml: <survey file=\"wave1.csv\" "
                               "instrument=\"nomad\">; nptkit init DIR --survey FILE writes one"},
        [NPT__NEEDS_RATINGS] = {"has no table of ratings", "looks at",
                                "name one in study.xml: <ratings file=\"double-coded.csv\" "
                                "level=\"ordinal\"/>, units down and coders across"},
        [NPT__NEEDS_RANKING] = {"has no rankings", "looks at",
                                "name them in study.xml: <ranking file=\"sites.csv\" "
                                "group=\"Panel\"/>, judges down and candidates across"},
        [NPT__NEEDS_CODING_OR_RATINGS] =
            {"has neither coded interviews nor a table of ratings", "looks at",
             "name them in study.xml: <coding file=\"interviews.qdpx\"/>, or <ratings "
             "file=\"double-coded.csv\" level=\"ordinal\"/>"},
    };
    const unsigned holds = (npt_study_has_coding(study) ? NPT_CODING : 0u) |
                           (npt_study_has_responses(study) ? NPT_RESPONSES : 0u) |
                           (npt_study_has_ratings(study) ? NPT_RATINGS : 0u) |
                           (npt_study_has_rankings(study) ? NPT_RANKINGS : 0u);
    const enum npt__needs needs = needs_of(analysis, options);
    if (holds & npt_analysis_reads(analysis, options) || needs == NPT__NEEDS_BOTH)
        return true; /* one that needs both says itself which it lacks */
    const struct npt__place place = {.file = study->label};
    npt__say(diags, NPT_ERROR, &place, "%s, which '%s' %s", texts[needs].what, analysis->name,
             texts[needs].does);
    if (needs == NPT__NEEDS_SURVEY && holds & NPT_CODING && takes_option(analysis, "of"))
        npt__hint(diags, "to compare the coded interviews: nptkit %s --of cases", analysis->name);
    else
        npt__hint(diags, "%s", texts[needs].hint);
    return false;
}

npt_table *npt__tables_add(struct npt__tables *tables, const char *name, const char *title)
{
    assert(tables->count < NPT_MOST_TABLES);
    return tables->items[tables->count++] = npt__table_new(name, title);
}

static void free_tables(struct npt__tables *tables, size_t first)
{
    for (size_t i = first; i < tables->count; i++)
        npt_table_free(tables->items[i]);
    tables->count = tables->count < first ? tables->count : first;
}

static enum npt_status run(struct npt__tables *tables, const npt_analysis *analysis,
                           const npt_study *study, const npt_options *options, npt_diags *diags)
{
    if (!has_data(analysis, study, options, diags))
        return NPT_USAGE;
    enum npt_status status;
    if (analysis->run_several) {
        status = analysis->run_several(tables, study, options, diags);
    } else {
        status = analysis->run(&tables->items[0], study, options, diags);
        tables->count = status == NPT_OK;
    }
    if (status != NPT_OK)
        free_tables(tables, 0);
    for (size_t i = 0; i < tables->count; i++) {
        note_filters(tables->items[i], study, options);
        npt__table_note_absences(tables->items[i]);
        add_command(tables->items[i], analysis, options);
    }
    return status;
}

enum npt_status npt_analysis_run(npt_table **table, const npt_analysis *analysis,
                                 const npt_study *study, const npt_options *options,
                                 npt_diags *diags)
{
    struct npt__tables tables = {.count = 0};
    const enum npt_status status = run(&tables, analysis, study, options, diags);
    if (status == NPT_OK)
        *table = tables.items[0];
    free_tables(&tables, 1);
    return status;
}

enum npt_status npt_analysis_run_all(npt_table *given[NPT_MOST_TABLES], size_t *count,
                                     const npt_analysis *analysis, const npt_study *study,
                                     const npt_options *options, npt_diags *diags)
{
    struct npt__tables tables = {.count = 0};
    const enum npt_status status = run(&tables, analysis, study, options, diags);
    *count = tables.count;
    for (size_t i = 0; i < tables.count; i++)
        given[i] = tables.items[i];
    return status;
}

void npt__add_provenance(npt_table *table, const npt_study *study)
{
    for (size_t i = 0; i < study->inputs.count; i++) {
        const char *path = study->inputs.items[i].path, *slash = strrchr(path, '/');
        if (study->inputs.items[i].not_read)
            continue;
        npt__table_add_input(table, slash ? slash + 1 : path, study->inputs.items[i].digest);
    }
}

/* They can name judges and count them: none stands below a protected table. */
void npt__add_source_notes(npt_table *table, const struct npt__table_source *source,
                           const char *named)
{
    const char *before = named ? named : "", *between = named ? ": " : "";
    for (size_t i = 0; i < source->guesses.count; i++)
        npt__table_add_people_note(table, NPT__NEVER_SHOWN, NULL, "%s%s%s.", before, between,
                                   source->guesses.items[i]);
    for (size_t i = 0; i < source->doubts.count; i++)
        npt__table_add_people_note(table, NPT__NEVER_SHOWN, NULL, "%s%s%s.", before, between,
                                   source->doubts.items[i]);
}
