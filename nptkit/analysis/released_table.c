/* released_table.c - the table of quotes that are released for reports: nptkit quotes --released.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "released_table.h"

#include "released_rule.h"

#include <string.h>

#define MOST_QUOTES ((size_t)10000000)

struct request {
    const npt_study *study;
    const char *site; /* NULL: a report on all */
    uint32_t construct;
    size_t most;
};

/* Released quotes are a person's choice, not a selection of segments: what selects those is refused. */
static enum npt_status refuse_others(const npt_options *options, npt_diags *diags)
{
    static const char *const others[] = {"valence", "code", "coder", "where", "context"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (!npt__option(options, others[i]))
            continue;
        npt__say(diags, NPT_ERROR, NULL, "--%s does not go with --released", others[i]);
        npt__hint(diags, "released quotes are chosen by --construct, --site and --max");
        return NPT_USAGE;
    }
    return NPT_OK;
}

/* The name of a site that the study declares or a case has: by its name, or by its id. */
static enum npt_status find_site(struct request *request, const struct npt__released_rule *rule,
                                 const char *wanted, npt_diags *diags)
{
    const npt_study *study = request->study;
    const char *folded = npt__fold_name(rule->arena, wanted);
    for (size_t i = 0; i < study->sites.count; i++)
        if (strcmp(npt__fold_name(rule->arena, study->sites.items[i].name), folded) == 0 ||
            strcmp(npt__fold_name(rule->arena, study->sites.items[i].id), folded) == 0)
            request->site = study->sites.items[i].name;
    for (size_t i = 0; i < study->cases.count && !request->site; i++)
        if (rule->site[i] && strcmp(npt__fold_name(rule->arena, rule->site[i]), folded) == 0)
            request->site = rule->site[i];
    if (request->site)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--site: no case is of a site '%s'", wanted);
    npt__hint(diags, "see: nptkit cases --by site");
    return NPT_USAGE;
}

static const char *name_of(npt__arena *arena, const npt_codebook *codebook, uint32_t number)
{
    const struct npt__construct *construct = &codebook->constructs[number];
    return construct->level == NPT__COMPONENT
               ? npt__arena_print(arena, "%s > %s",
                                  codebook->constructs[construct->construct].code.name,
                                  construct->code.name)
               : construct->code.name;
}

static void fill_table(const struct request *request, const struct npt__released_choices *choices,
                       npt_table *table)
{
    const npt_study *study = request->study;
    const bool told = study->released.by != NPT__NONE;
    npt__table_dimension(table, "construct", "Construct");
    if (told)
        npt__table_dimension(table, npt__study_attribute_key(study, study->released.by),
                             study->attributes.items[study->released.by].name);
    const size_t column = npt__table_measure(table, "quote", "Quote", NPT_UNIT_TEXT);
    npt__table_counts(table, column, NPT__HARMLESS, "released");
    npt__table_set_layout(table, &(struct npt__layout){.across = SIZE_MAX, .cards = true});
    for (size_t i = 0; i < choices->list.count; i++) {
        const struct npt__released_choice *choice = &choices->list.items[i];
        struct npt_cell *row = npt__table_add_row(table);
        row[0] =
            npt__text(name_of(npt__table_arena(table), study->codebook, choice->quote->construct));
        if (told)
            row[1] = npt__text(choice->whose ? choice->whose : NPT__RELEASED_PARTICIPANT);
        row[column] = npt__text(choice->quote->text);
    }
}

static void add_notes(const struct request *request, const struct npt__released_rule *rule,
                      const struct npt__released_choices *choices, npt_table *table)
{
    if (!request->study->released.path)
        npt__table_add_note(table,
                            "The study names no file of released quotes: in study.xml, write "
                            "<quotes file=\"released.csv\"/>.");
    else
        npt__table_add_note(
            table, "Shown as in a report on %s: %zu of the %zu quotes that the study released%s.",
            request->site ? request->site : "all sites", choices->list.count, choices->released,
            request->construct == NPT__NONE ? "" : " on it");
    npt__table_add_note(
        table,
        "Whose words they are is told only where at least %zu cases fit all that reports tell of a quote, "
        "those on all sites and those on one taken together; %swhat names a site or its own interview is "
        "not shown.",
        rule->min_n, request->site ? "a quote of fewer in its site is not shown there, and " : "");
    npt__add_provenance(table, request->study);
}

enum npt_status npt__released_table(npt_table *table, const npt_study *study,
                                    const npt_options *options, uint32_t construct,
                                    npt_diags *diags)
{
    struct request request = {.study = study, .construct = construct, .most = MOST_QUOTES};
    struct npt__released_rule rule;
    struct npt__released_choices choices = {0};
    const char *site = npt__option(options, "site");
    enum npt_status status = refuse_others(options, diags);
    if (status == NPT_OK)
        status = npt__option_number(options, "max", 1, MOST_QUOTES, &request.most, diags);
    npt__released_rule_open(&rule, study, study->disclosure.min_n);
    if (status == NPT_OK && site)
        status = find_site(&request, &rule, site, diags);
    if (status == NPT_OK) {
        npt__released_choose(&rule, request.site, construct, request.most, &choices);
        fill_table(&request, &choices, table);
        add_notes(&request, &rule, &choices, table);
    }
    npt__array_release(&choices.list);
    npt__released_rule_release(&rule);
    return status;
}
