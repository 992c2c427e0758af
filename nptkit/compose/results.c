/* results.c - what recipes ask of a study: run, and protected together, as it leaves together.
 *
 * Whatever stands in a report comes from tables that npt_protect() made, all of them at once: those of every recipe,
 * for every site. Sentences, pictures and tables see nothing else.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "results.h"

#include "../analysis/registry.h"
#include "../base/intern.h"
#include "../base/unicode.h"
#include "../tables/table.h"
#include "sentences.h"

#include <ctype.h>
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

static void add_site(struct npt_reports *reports, npt__intern *seen, const char *name)
{
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
    npt__intern seen = {0};
    for (size_t i = 0; i < reports->study->sites.count; i++)
        add_site(reports, &seen, reports->study->sites.items[i].name);
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < reports->results.items[i]->count; j++) {
            const npt_table *table = reports->results.items[i]->raw[j];
            const size_t column = npt__site_column(table);
            for (size_t row = 0; column != SIZE_MAX && row < npt_table_row_count(table); row++)
                if (npt_table_row(table, row)[column].kind == NPT_CELL_TEXT)
                    add_site(reports, &seen, npt_table_row(table, row)[column].text);
        }
    npt__intern_release(&seen);
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

static bool is_in_word(char byte)
{
    return isalnum((unsigned char)byte) || (unsigned char)byte >= 0x80;
}

const char *npt__find_name(const char *text, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = text; length && (at = strstr(at, name)) != NULL; at++) {
        const bool begins = at == text || !is_in_word(at[-1]) || !is_in_word(name[0]);
        const bool ends = !is_in_word(at[length]) || !is_in_word(name[length - 1]);
        if (begins && ends)
            return at;
    }
    return NULL;
}

bool npt__name_is_short(const char *name)
{
    return strlen(name) < 4;
}

static void add_text(struct npt_reports *reports, const char *text)
{
    const size_t length = strlen(text);
    npt__intern_add(&reports->texts, reports->arena, text, length, npt__intern_hash(text, length));
}

static void add_texts(struct npt_reports *reports, const npt_table *table)
{
    const char *note;
    for (size_t i = 0; (note = npt_table_note(table, i)) != NULL; i++)
        add_text(reports, note);
    for (size_t i = 0; i < npt_table_row_count(table); i++)
        for (size_t j = 0; j < npt_table_column_count(table); j++)
            if (npt_table_row(table, i)[j].kind == NPT_CELL_TEXT)
                add_text(reports, npt_table_row(table, i)[j].text);
}

/* Found out once, as every report on one site asks it of the same texts. */
static void find_names(struct npt_reports *reports)
{
    for (size_t i = 0; i < reports->results.count; i++)
        for (size_t j = 0; j < reports->results.items[i]->count; j++)
            if (reports->results.items[i]->made[j])
                add_texts(reports, reports->results.items[i]->made[j]);
    const size_t count = reports->texts.strings.count;
    reports->naming = npt__arena_array(reports->arena, count + 1, sizeof *reports->naming);
    for (size_t i = 0; i < count; i++) {
        const char *text = reports->texts.strings.items[i],
                   *folded = npt__fold_name(reports->arena, text);
        for (size_t j = 0; j < reports->sites.count && !reports->naming[i]; j++) {
            const struct npt__report_site *site = &reports->sites.items[j];
            reports->naming[i] =
                npt__find_name(text, site->name) ||
                (!npt__name_is_short(site->name) && npt__find_name(folded, site->folded));
        }
    }
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
    for (size_t i = 0; i < count; i++)
        made->recipes[i] = (struct npt__recipe_results){.recipe = recipes[i]};
    const enum npt_status status = npt__results_run(made, diags);
    if (status == NPT_OK)
        protect(made);
    for (size_t i = 0; i < count; i++)
        add_up(&made->recipes[i]);
    list_sites(made);
    name_files(made);
    for (size_t i = 0; i < count; i++)
        if (status == NPT_OK && recipes[i]->for_site && !made->naming)
            find_names(made);
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
    npt__intern_release(&reports->texts);
    npt__arena_free(reports->arena);
}
