/* results.c - what recipes ask of a study: run, and protected together, as it leaves together.
 *
 * Whatever stands in a report comes from tables that npt_protect() made, all of them at once: those of every recipe,
 * for every site. Sentences, pictures and tables see nothing else.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "results.h"

#include "../analysis/registry.h"
#include "../base/file.h"
#include "../base/unicode.h"
#include "../tables/table.h"
#include "sentences.h"

#include <string.h>

#define MOST_FILE_NAME 60u

bool npt__results_show(const struct npt_reports *reports, const npt_recipe *recipe,
                       const struct npt__recipe_part *part)
{
    return npt__study_meets(reports->study, part->condition) &&
           npt__study_meets(reports->study, recipe->sections.items[part->section].condition) &&
           (part->analysis == SIZE_MAX ||
            npt__study_meets(reports->study, recipe->analyses.items[part->analysis].condition));
}

bool npt__table_may_lack(const struct npt__result *result, const struct npt__recipe_part *part)
{
    const char *analysis = npt_analysis_name(result->analysis);
    const size_t length = strlen(analysis);
    return part->table.value && strncmp(part->table.value, analysis, length) == 0 &&
           part->table.value[length] == '_';
}

size_t npt__result_table(const struct npt__result *result, const struct npt__recipe_part *part,
                         npt_diags *diags)
{
    npt__buffer list = {0};
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < result->count && found == SIZE_MAX; i++) {
        const char *name = npt_table_name(result->raw[i]);
        npt__buffer_print(&list, "%s%s", i ? ", " : "", name);
        const bool fits = !part->plot || npt_plot_fits(part->plot, result->raw[i]);
        if (part->table.value ? strcmp(name, part->table.value) == 0 : fits)
            found = i;
    }
    const bool told =
        diags && found == SIZE_MAX && result->count && !npt__table_may_lack(result, part);
    if (told && part->table.value) {
        npt__say(diags, NPT_ERROR, &part->table.place, "the analysis gives no table '%s'",
                 part->table.value);
        npt__hint(diags, "it gives %s", npt__buffer_string(&list));
    } else if (told) {
        npt__say(diags, NPT_ERROR, &part->place,
                 "no table of the analysis has what the picture '%s' needs",
                 npt_plot_name(part->plot));
        npt__hint(diags, "nptkit help plot %s tells what it draws", npt_plot_name(part->plot));
    }
    npt__buffer_release(&list);
    return found;
}

/* ---- protection ------------------------------------------------------------------------------ */

static void drop_made(struct npt_reports *reports)
{
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < NPT_MOST_TABLES; j++) {
            npt_table_free(reports->results.items[i]->made[j]);
            reports->results.items[i]->made[j] = NULL;
        }
    npt_table_free(reports->disclosure);
    reports->disclosure = NULL;
}

/* All at once: what is withheld in one table must not be had from another. Returns how many withheld counts could
   still be worked out. */
static size_t protect_once(struct npt_reports *reports)
{
    const size_t most = reports->results.count * NPT_MOST_TABLES + 1;
    const npt_table **tables = npt__arena_array(reports->arena, most, sizeof *tables);
    npt_table **made = npt__arena_array(reports->arena, most, sizeof *made);
    struct npt_protected *summaries = npt__arena_array(reports->arena, most, sizeof *summaries);
    size_t count = 0, exposed = 0;
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < reports->results.items[i]->count; j++)
            if (reports->results.items[i]->used[j])
                tables[count++] = reports->results.items[i]->raw[j];
    reports->disclosure = npt_protect(made, tables, count, &reports->limits, summaries);
    count = 0;
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < reports->results.items[i]->count; j++) {
            struct npt__result *result = reports->results.items[i];
            if (!result->used[j])
                continue;
            exposed += summaries[count].exposed;
            result->summaries[j] = summaries[count];
            result->made[j] = made[count++];
        }
    return exposed;
}

/* The analysis from which most could be worked out. */
static struct npt__result *most_exposed(const struct npt_reports *reports)
{
    struct npt__result *worst = NULL;
    size_t most = 0;
    for (size_t i = 0; i < reports->results.count; i++) {
        struct npt__result *result = reports->results.items[i];
        size_t exposed = 0;
        for (size_t j = 0; j < result->count; j++)
            exposed += result->used[j] ? result->summaries[j].exposed : 0;
        if (exposed > most)
            worst = result;
        most = exposed > most ? exposed : most;
    }
    return worst;
}

/* What cannot be protected beside the rest is left out as a whole, and said to be. */
static void protect(struct npt_reports *reports)
{
    struct npt__result *worst;
    while (protect_once(reports) && (worst = most_exposed(reports)) != NULL) {
        drop_made(reports);
        for (size_t i = 0; i < worst->count; i++)
            npt_table_free(worst->raw[i]);
        worst->count = 0;
        worst->left_out = "withheld numbers could be worked out from it and the rest together";
    }
}

/* Of the tables that a recipe uses: each once. */
static void add_up(struct npt__recipe_results *results)
{
    const size_t count = results->recipe->analyses.count;
    for (size_t i = 0; i < count; i++) {
        const struct npt__result *result = results->of[i];
        bool seen = !result;
        for (size_t j = 0; j < i; j++)
            seen |= results->of[j] == result;
        for (size_t j = 0; !seen && j < result->count; j++) {
            results->cells += result->summaries[j].cells;
            results->withheld += result->summaries[j].small + result->summaries[j].complement;
        }
    }
}

/* ---- sites ----------------------------------------------------------------------------------- */

size_t npt__site_column(const npt_table *table)
{
    for (size_t i = 0; i < npt_table_column_count(table); i++) {
        const struct npt_column *column = npt_table_column(table, i);
        if (column->dimension &&
            (strcmp(column->key, "site") == 0 || strcmp(column->key, "Site") == 0))
            return i;
    }
    return SIZE_MAX;
}

static void add_site(struct npt_reports *reports, const char *name)
{
    npt__intern *seen = &reports->site_numbers;
    const size_t known = seen->strings.count, length = strlen(name);
    const uint32_t site =
        npt__intern_add(seen, reports->arena, name, length, npt__intern_hash(name, length));
    if (site == known)
        *npt__array_add(&reports->sites) = (struct npt__report_site){
            .name = seen->strings.items[site],
            .folded = npt__fold_name(reports->arena, seen->strings.items[site])};
}

/* Those of study.xml in its order, then others in the order in which tables name them. */
static void list_sites(struct npt_reports *reports)
{
    for (size_t i = 0; i < reports->study->sites.count; i++)
        add_site(reports, reports->study->sites.items[i].name);
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < reports->results.items[i]->count; j++) {
            const npt_table *table = reports->results.items[i]->raw[j];
            const size_t column = npt__site_column(table);
            for (size_t row = 0; column != SIZE_MAX && row < npt_table_row_count(table); row++)
                if (npt_table_row(table, row)[column].kind == NPT_CELL_TEXT)
                    add_site(reports, npt_table_row(table, row)[column].text);
        }
}

/* Two sites whose names differ in signs only get numbers: a file must not replace another one. */
static void name_files(struct npt_reports *reports)
{
    npt__intern seen = {0};
    for (size_t i = 0; i < reports->sites.count; i++) {
        struct npt__report_site *site = &reports->sites.items[i];
        const char *wanted = npt__fold_file_name(reports->arena, site->name, MOST_FILE_NAME);
        if (!*wanted)
            wanted = npt__arena_print(reports->arena, "site-%zu", i + 1);
        site->file = wanted;
        for (size_t number = 2;; number++) {
            const size_t known = seen.strings.count, length = strlen(site->file);
            if (npt__intern_add(&seen, reports->arena, site->file, length,
                                npt__intern_hash(site->file, length)) == known)
                break;
            site->file = npt__arena_print(reports->arena, "%s-%zu", wanted, number);
        }
    }
    npt__intern_release(&seen);
}

uint32_t npt__site_number(const struct npt_reports *reports, const char *name)
{
    const size_t length = strlen(name);
    return npt__intern_find(&reports->site_numbers, name, length, npt__intern_hash(name, length));
}

uint32_t npt__site_meant(const struct npt_reports *reports, const char *name)
{
    uint32_t found = npt__site_number(reports, name);
    for (size_t i = 0; i < reports->study->sites.count && found == UINT32_MAX; i++)
        if (strcmp(reports->study->sites.items[i].id, name) == 0)
            found = npt__site_number(reports, reports->study->sites.items[i].name);
    npt__arena *arena = npt__arena_new();
    const char *folded = npt__fold_name(arena, name);
    size_t alike = 0;
    for (uint32_t i = 0; i < reports->sites.count && found == UINT32_MAX; i++)
        alike += strcmp(reports->sites.items[i].folded, folded) == 0;
    for (uint32_t i = 0; i < reports->sites.count && alike == 1 && found == UINT32_MAX; i++)
        if (strcmp(reports->sites.items[i].folded, folded) == 0)
            found = i;
    npt__arena_free(arena);
    return found;
}

/* ---- what reports on one site ask again and again --------------------------------------------- */

/* The number of a row's site, `count` where it is on all sites; UINT32_MAX. */
static uint32_t site_of_row(const struct npt_reports *reports, const struct npt_cell *cell)
{
    if (cell->kind == NPT_CELL_TOTAL)
        return (uint32_t)reports->sites.count;
    return cell->kind == NPT_CELL_TEXT ? npt__site_number(reports, cell->text) : UINT32_MAX;
}

static void sort_rows(struct npt_reports *reports, const npt_table *table,
                      struct npt__site_rows *made)
{
    const size_t column = npt__site_column(table), count = npt_table_row_count(table),
                 sites = reports->sites.count;
    if (column == SIZE_MAX)
        return;
    size_t *first = npt__arena_array(reports->arena, sites + 3, sizeof *first), *next = first + 1;
    size_t *rows = npt__arena_array(reports->arena, count + 1, sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        const uint32_t site = site_of_row(reports, &npt_table_row(table, i)[column]);
        if (site != UINT32_MAX)
            next[site + 1]++;
    }
    for (size_t i = 1; i <= sites; i++)
        next[i + 1] += next[i];
    for (size_t i = 0; i < count; i++) {
        const uint32_t site = site_of_row(reports, &npt_table_row(table, i)[column]);
        if (site != UINT32_MAX)
            rows[next[site]++] = i; /* so that each ends where the next one began */
    }
    *made = (struct npt__site_rows){rows, first};
}

static void add_texts(struct npt__site_names *names, const npt_table *table)
{
    const struct npt__input *inputs;
    const size_t count = npt__table_inputs(table, &inputs);
    const char *note;
    npt__site_names_add(names, npt_table_title(table));
    npt__site_names_add(names, npt__table_command(table));
    for (size_t i = 0; i < count; i++)
        npt__site_names_add(names, inputs[i].name);
    for (size_t i = 0; (note = npt_table_note(table, i)) != NULL; i++)
        npt__site_names_add(names, note);
    for (size_t i = 0; i < npt_table_row_count(table); i++)
        for (size_t j = 0; j < npt_table_column_count(table); j++)
            if (npt_table_row(table, i)[j].kind == NPT_CELL_TEXT)
                npt__site_names_add(names, npt_table_row(table, i)[j].text);
}

static void find_sites(struct npt_reports *reports)
{
    npt__site_names_init(&reports->names, reports->arena, reports->sites.items,
                         reports->sites.count);
    npt__site_names_add(&reports->names, reports->study->title);
    for (size_t i = 0; i < reports->study->inputs.count; i++)
        npt__site_names_add(&reports->names, npt__path_base(reports->study->inputs.items[i].path));
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < reports->results.items[i]->count; j++) {
            struct npt__result *result = reports->results.items[i];
            npt__site_names_add(&reports->names, npt__table_command(result->raw[j]));
            if (!result->made[j])
                continue;
            add_texts(&reports->names, result->made[j]);
            sort_rows(reports, result->made[j], &result->rows[j]);
        }
    npt__site_names_find(&reports->names);
}

void npt__results_list_sites(struct npt_reports *reports, bool for_site)
{
    list_sites(reports);
    name_files(reports);
    if (for_site)
        find_sites(reports);
}

size_t npt_reports_site_count(const npt_reports *reports)
{
    return reports->sites.count;
}

const char *npt_reports_site(const npt_reports *reports, size_t index)
{
    return index < reports->sites.count ? reports->sites.items[index].name : NULL;
}

/* ---- from start to end ----------------------------------------------------------------------- */

const npt_table *npt_reports_disclosure(const npt_reports *reports)
{
    return reports->disclosure;
}

enum npt_status npt_reports_new(npt_reports **reports, const npt_recipe *const *recipes,
                                size_t count, const npt_study *study, npt_diags *diags)
{
    npt__arena *arena = npt__arena_new();
    struct npt_reports *made = npt__arena_take(arena, sizeof *made);
    *made = (struct npt_reports){.arena = arena,
                                 .study = study,
                                 .limits = npt_study_protection(study),
                                 .recipe_count = count};
    made->limits.min_n = made->limits.min_n ? made->limits.min_n : NPT_MIN_N;
    made->limits.min_cell = made->limits.min_cell ? made->limits.min_cell : NPT_MIN_CELL;
    made->recipes = npt__arena_array(arena, count + 1, sizeof *made->recipes);
    npt__released_rule_open(&made->quotes, study, made->limits.min_n);
    bool for_site = false;
    for (size_t i = 0; i < count; i++) {
        made->recipes[i] = (struct npt__recipe_results){.recipe = recipes[i]};
        for_site |= recipes[i]->for_site;
    }
    const enum npt_status status = npt__results_run(made, diags);
    if (status == NPT_OK)
        protect(made);
    for (size_t i = 0; i < count; i++)
        add_up(&made->recipes[i]);
    npt__results_list_sites(made, status == NPT_OK && for_site);
    *reports = made;
    if (status != NPT_OK) {
        npt_reports_free(made);
        *reports = NULL;
    }
    return status;
}

void npt_reports_free(npt_reports *reports)
{
    if (!reports)
        return;
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < NPT_MOST_TABLES; j++) {
            const struct npt__result *result = reports->results.items[i];
            npt_table_free(j < result->count ? result->raw[j] : NULL);
        }
    drop_made(reports);
    npt__released_rule_release(&reports->quotes);
    npt__array_release(&reports->results);
    npt__array_release(&reports->sites);
    npt__intern_release(&reports->site_numbers);
    npt__site_names_release(&reports->names);
    npt__arena_free(reports->arena);
}
