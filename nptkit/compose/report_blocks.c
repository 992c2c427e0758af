/* report_blocks.c - the document of a report, part by part.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report.h"

#include "../base/file.h"
#include "../base/unicode.h"
#include "../tables/table.h"
#include "report_quotes.h"
#include "wording.h"

#include <string.h>

/* The number that a table will have: of the first part that shows it as it is drawn; 0: it is not shown. */
static size_t number_of(struct npt_report *report, const struct npt__result *result, size_t table)
{
    const npt_recipe *recipe = report->recipe;
    size_t number = 0;
    for (size_t i = 0; i < recipe->parts.count; i++) {
        const struct npt__recipe_part *part = &recipe->parts.items[i];
        const struct npt__result *shown = npt__report_result(report, part);
        if (part->kind != NPT__PART_TABLE || !npt__report_shows(report, part) || !shown->count)
            continue;
        const size_t index = npt__result_table(shown, part, NULL);
        if (index == SIZE_MAX || !npt__report_lay_out(report, part)->table)
            continue;
        number++;
        if (shown == result && index == table)
            return number;
    }
    return 0;
}

static void add_sentences(struct npt_report *report, const struct npt__recipe_part *part,
                          size_t heading)
{
    const struct npt__telling *telling = &report->tellings[part->analysis];
    struct npt__document_item items[NPT__MOST_SENTENCES] = {{0}};
    for (size_t i = 0; i < telling->sentence_count; i++)
        items[i].text = telling->sentences[i];
    npt__add_items(report->document, NPT__LEAD, items, telling->sentence_count);
    const size_t last = telling->short_count < telling->sentence_count ? telling->short_count
                                                                       : telling->sentence_count;
    for (size_t i = 0; i < last; i++)
        *npt__array_add(&report->short_items) =
            (struct npt__document_item){telling->sentences[i], i + 1 == last ? heading : 0};
}

static enum npt_status add_table(struct npt_report *report, const struct npt__recipe_part *part)
{
    const struct npt__laid_out *laid = npt__report_lay_out(report, part);
    if (laid->status != NPT_OK)
        return laid->status;
    if (laid->table) {
        npt__add_table(report->document, laid->table, laid->caption);
        *npt__array_add(&report->tables) = laid->table;
    }
    for (size_t i = 0; i < laid->remark_count; i++)
        npt__add_paragraph(report->document, laid->remarks[i]);
    return NPT_OK;
}

/* ---- pictures -------------------------------------------------------------------------------- */

static const char *sentence_of(const struct npt_report *report, const char *summary)
{
    const char *copy = npt__arena_string(report->arena, summary);
    const char *bracket = strstr(copy, "?");
    return bracket ? npt__arena_copy(report->arena, copy, (size_t)(bracket - copy) + 1) : copy;
}

/* Nobody reads a report to its end before sending it: that it has no pictures is said at once. */
static void warn_of_no_pictures(npt_diags *diags, const npt_diags *own)
{
    enum npt_severity severity;
    struct npt__place place;
    const char *text, *hint = NULL;
    if (!npt__diags_at(own, 0, &severity, &place, &text, &hint))
        return;
    npt__say(diags, NPT_WARNING, &place, "no pictures are drawn: %s", text);
    if (hint)
        npt__hint(diags, "%s", hint);
}

/* Starts gnuplot once; why it cannot be had is kept. */
static npt_plotter *get_plotter(struct npt_report *report)
{
    if (report->plotter || report->no_plotter)
        return report->plotter;
    npt_diags *own = npt_diags_new();
    report->plotter = report->own_plotter = npt_plotter_open(own);
    const char *message = npt__diags_message(own, 0);
    if (!report->plotter) {
        report->no_plotter =
            npt__arena_string(report->arena, message ? message : "gnuplot cannot be run");
        warn_of_no_pictures(report->diags, own);
    }
    npt_diags_free(own);
    return report->plotter;
}

static void add_missing(struct npt_report *report, const npt_plot *plot, const char *message)
{
    *npt__array_add(&report->missing) =
        npt__arena_print(report->arena, "Picture %zu, %s: %s", report->document->figures + 1,
                         npt_plot_name(plot), message ? message : "it could not be drawn");
    report->result.missing_pictures++;
}

/* Whether it could be drawn; why not is kept for the end of the report. */
static bool draw(struct npt_report *report, const npt_plot *plot, const npt_table *table,
                 const struct npt_plot_options *options, npt_output *picture)
{
    npt_diags *own = npt_diags_new();
    npt_plotter *plotter = get_plotter(report);
    const bool drawn =
        plotter && npt_plot_draw(picture, plotter, plot, table, options, own) == NPT_OK;
    if (!drawn)
        add_missing(report, plot, plotter ? npt__diags_message(own, 0) : report->no_plotter);
    npt_diags_free(own);
    return drawn;
}

static const char *caption_of(const struct npt_report *report, const struct npt__recipe_part *part,
                              const char *construct)
{
    struct npt__values values = report->values;
    values.construct = construct;
    return part->caption.value ? npt__values_fill(&values, part->caption.value)
                               : sentence_of(report, npt_plot_summary(part->plot));
}

/* `construct`: NULL, or the one that is drawn. */
static void add_figure(struct npt_report *report, const struct npt__recipe_part *part,
                       const npt_table *table, size_t number, const char *construct)
{
    npt_diags *own = npt_diags_new();
    npt_output *svg = npt_output_memory(own), *png = npt_output_memory(own);
    npt_output *words = npt_output_memory(own);
    struct npt__figure figure = {.kind = npt_plot_name(part->plot), .of = number};
    struct npt_plot_options options = {
        .own = report->site,
        .others_unnamed = report->site && !report->recipe->names_others,
        .construct = construct,
        .prefix = npt__arena_print(report->arena, "picture-%zu", report->document->figures + 1),
        .element = true};
    bool drawn = true;
    options.words = words;
    options.format = NPT_PICTURE_SVG;
    if (report->svg && (drawn = draw(report, part->plot, table, &options, svg)))
        figure.svg = npt_output_bytes(svg, &figure.svg_length);
    options.words = figure.svg ? NULL : words;
    options.format = NPT_PICTURE_PNG;
    if (drawn && report->png && (drawn = draw(report, part->plot, table, &options, png)))
        figure.png = npt_output_bytes(png, &figure.png_length);
    size_t told;
    npt_output_bytes(words, &told);
    options.words = NULL;
    if (!told && npt_plot_describe(words, part->plot, table, &options, own) != NPT_OK && drawn) {
        drawn = false; /* a format without pictures, which would show nothing either */
        add_missing(report, part->plot, npt__diags_message(own, 0));
    }
    npt__add_figure(report->document, &figure, caption_of(report, part, construct),
                    npt_output_bytes(words, NULL));
    report->result.pictures += drawn;
    npt_output_discard(svg);
    npt_output_discard(png);
    npt_output_discard(words);
    npt_diags_free(own);
}

#define MOST_EACH 8u

/* The constructs on the scale of the first, in the order of the table, each once. */
static size_t list_constructs(const struct npt__result *result, size_t index,
                              const char *constructs[MOST_EACH])
{
    const npt_table *table = result->made[index];
    const size_t column = npt_table_find_column(table, "construct");
    const struct npt__telling telling = {.declared = (const struct npt__population *const[]){
                                             npt__table_counted(result->raw[index])}};
    size_t count = 0;
    for (size_t i = 0; column != SIZE_MAX && i < npt_table_row_count(table); i++) {
        const struct npt_cell *cell = &npt_table_row(table, i)[column];
        bool known = cell->kind != NPT_CELL_TEXT || count == MOST_EACH;
        for (size_t j = 0; j < count && !known; j++)
            known = strcmp(constructs[j], cell->text) == 0;
        if (!known && npt__on_first_scale(&telling, 0, i))
            constructs[count++] = cell->text;
    }
    return count;
}

/* Whether a row is of the construct, as a picture finds it; any is where none is named. */
static bool is_of(const struct npt_report *report, const npt_table *table, size_t row,
                  const char *construct)
{
    const size_t of = npt_table_find_column(table, "construct");
    return !construct || of == SIZE_MAX ||
           strcmp(npt__fold_name(report->arena, npt__text_of(npt__told_cell(table, row, of))),
                  npt__fold_name(report->arena, construct)) == 0;
}

/* Whether a picture would show a number of the site whose report it is. Of a table without sites it need not; a construct
   that there is not is the picture's fault to tell. */
static bool shows_own(struct npt_report *report, const struct npt__recipe_part *part,
                      const struct npt__result *result, size_t index, const char *construct)
{
    const npt_table *all = result->made[index];
    const size_t measure = npt_plot_measure(part->plot, all);
    if (!report->site || measure == SIZE_MAX || !result->rows[index].first)
        return true;
    const npt_table *own = npt__report_view(report, result, index, NPT__OWN_ROWS)->table;
    for (size_t i = 0; i < npt_table_row_count(own); i++)
        if (npt__is_number(npt__told_cell(own, i, measure)) && is_of(report, own, i, construct))
            return true;
    for (size_t i = 0; i < npt_table_row_count(all); i++)
        if (is_of(report, all, i, construct))
            return false;
    return true;
}

static void add_figures(struct npt_report *report, const struct npt__recipe_part *part)
{
    const struct npt__result *result = npt__report_result(report, part);
    const size_t index = npt__result_table(result, part, report->diags);
    const size_t number = number_of(report, result, index);
    const char *constructs[MOST_EACH] = {part->construct.value};
    struct npt__telling telling = {.arena = report->arena};
    struct npt__names silent = {0};
    size_t count = 1;
    if (part->construct.value && strcmp(part->construct.value, "each") == 0)
        count = list_constructs(result, index, constructs);
    for (size_t i = 0; i < count; i++)
        if (shows_own(report, part, result, index, constructs[i]))
            add_figure(report, part, result->made[index], number, constructs[i]);
        else
            npt__name(&silent, constructs[i] ? constructs[i] : caption_of(report, part, NULL));
    if (silent.count) {
        npt__put_text(&telling, "No picture, as it would show no number of this site: ");
        npt__put_names(&telling, &silent);
        npt__put_text(&telling, ".");
        npt__add_paragraph(report->document, npt__buffer_string(&telling.line));
    }
    npt__buffer_release(&telling.line);
}

/* ---- all parts ------------------------------------------------------------------------------- */

/* Whether there is something of its analysis to show; where not, why is said once. */
static bool has_result(struct npt_report *report, const struct npt__recipe_part *part)
{
    const struct npt__result *result = npt__report_result(report, part);
    const bool of_table = part->kind == NPT__PART_TABLE || part->kind == NPT__PART_PLOT;
    if (result && result->count && of_table && npt__result_table(result, part, NULL) == SIZE_MAX) {
        npt__add_paragraph(report->document,
                           npt__arena_print(report->arena,
                                            "Left out: %s, for which there are too few groups or "
                                            "answers in this study.",
                                            part->caption.value
                                                ? npt__report_fill(report, part->caption.value)
                                            : part->table.value ? part->table.value
                                                                : "a table"));
        return false;
    }
    if (!result || result->count)
        return true;
    const bool named = result->left_out && npt__report_names_others(report, result->left_out);
    if (result->left_out && !report->explained[part->analysis])
        npt__add_paragraph(report->document,
                           npt__arena_print(report->arena,
                                            "Left out: '%s' cannot be made from this study%s%s%s.",
                                            npt_analysis_name(result->analysis), named ? "" : " (",
                                            named ? "" : result->left_out, named ? "" : ")"));
    report->explained[part->analysis] = true;
    return false;
}

static enum npt_status add_part(struct npt_report *report, const struct npt__recipe_part *part,
                                size_t heading, size_t *in_short)
{
    if (!has_result(report, part))
        return NPT_OK;
    switch (part->kind) {
    case NPT__PART_TEXT:
        npt__add_paragraph(report->document, npt__report_fill(report, part->text));
        break;
    case NPT__PART_SAY:
        add_sentences(report, part, heading);
        break;
    case NPT__PART_TABLE:
        return add_table(report, part);
    case NPT__PART_PLOT:
        add_figures(report, part);
        break;
    case NPT__PART_QUESTIONS:
        npt__report_add_questions(report);
        break;
    case NPT__PART_IN_SHORT:
        *in_short = npt__add_items(report->document, NPT__LIST, NULL, 0);
        break;
    case NPT__PART_QUOTES:
        return npt__report_add_quotes(report, part);
    case NPT__PART_PROTECTION:
        npt__report_add_protection(report);
        break;
    case NPT__PART_METHODS:
        npt__report_add_methods(report);
        break;
    }
    return NPT_OK;
}

enum npt_status npt__report_compose(struct npt_report *report)
{
    const npt_recipe *recipe = report->recipe;
    size_t section = SIZE_MAX, in_short = SIZE_MAX, heading = 0;
    enum npt_status status = NPT_OK;
    report->document = npt__document_new(npt__report_fill(report, recipe->title.value),
                                         recipe->language ? recipe->language : "en");
    struct npt__report_document *document = report->document;
    const char *subtitle =
        recipe->subtitle.value ? npt__report_fill(report, recipe->subtitle.value) : "";
    document->subtitle = *subtitle ? subtitle : NULL;
    for (size_t i = 0; i < recipe->parts.count && status == NPT_OK; i++) {
        const struct npt__recipe_part *part = &recipe->parts.items[i];
        if (!npt__report_shows(report, part))
            continue;
        if (part->section != section)
            heading = npt__add_heading(
                document, 2,
                npt__report_fill(report, recipe->sections.items[part->section].title.value));
        section = part->section;
        status = add_part(report, part, heading, &in_short);
    }
    if (in_short != SIZE_MAX)
        npt__fill_items(document, in_short, report->short_items.items, report->short_items.count);
    document->closing = npt__arena_print(document->arena, "Made with nptkit %s, recipe %s.",
                                         npt_version(), npt__path_base(recipe->label));
    report->result.tables = document->tables;
    return status;
}
