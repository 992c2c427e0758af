/* saturation_table.c - new codes by interview, and after how many interviews little is new: options and tables.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "passages.h"
#include "saturation_state.h"

static bool needs_positions(const npt_options *options)
{
    (void)options;
    return true; /* which passages are a case's */
}

struct tables {
    npt_table *by_interview, *by_rule;
};

/* ---- tables ---------------------------------------------------------------------------------- */

static void show(struct npt__layout *layout, size_t column)
{
    layout->shown[layout->shown_count++] = (struct npt__shown){.column = column, .of = SIZE_MAX};
}

static void show_of(struct npt__layout *layout, size_t column, size_t of, const char *heading)
{
    layout->shown[layout->shown_count++] =
        (struct npt__shown){.column = column, .of = of, .heading = heading, .pair = NPT__PART};
}

static void add_range(npt_table *table, struct npt__layout *layout)
{
    const size_t low = npt__table_measure(table, "orders_low", "5% of orders", NPT_UNIT_MEAN);
    const size_t high = npt__table_measure(table, "orders_high", "95% of orders", NPT_UNIT_MEAN);
    layout->shown[layout->shown_count++] = (struct npt__shown){
        .column = low, .of = high, .heading = "5% to 95% of orders", .pair = NPT__RANGE};
}

/* Returns the place of the first measure. */
static size_t start_by_interview(const struct npt__saturation_analysis *saturation,
                                 npt_table *table)
{
    npt__arena *arena = npt__table_arena(table);
    const struct npt__saturation_rule *rule = &saturation->rules[0];
    const uint32_t attribute = saturation->order.attribute;
    struct npt__layout layout = {.across = SIZE_MAX};
    npt__dimensions_columns(&saturation->scope.dimensions, table);
    const size_t labels = npt__table_dimension(table, "interview", "Interview") + 1;
    const size_t number = npt__table_measure(table, "number", "Number", NPT_UNIT_COUNT);
    npt__table_counts(table, number, NPT__SINGLE, "interview");
    show(&layout, number);
    if (attribute != NPT__NONE)
        show(&layout, npt__table_measure(table, "ordered_by",
                                         saturation->study->attributes.items[attribute].name,
                                         NPT_UNIT_TEXT));
    show(&layout, npt__table_measure(table, "new_codes", "New", NPT_UNIT_COUNT));
    show(&layout, npt__table_measure(table, "codes", "So far", NPT_UNIT_COUNT));
    show(&layout, npt__table_measure(table, "run_codes",
                                     npt__arena_print(arena, "New in run of %zu", rule->run),
                                     NPT_UNIT_COUNT));
    show(&layout, npt__table_measure(table, "new_information",
                                     npt__arena_print(arena, "As share of first %zu", rule->base),
                                     NPT_UNIT_SHARE));
    if (saturation->orders) {
        show(&layout, npt__table_measure(table, "orders_mean", "Mean of orders", NPT_UNIT_MEAN));
        add_range(table, &layout);
    }
    npt__table_set_layout(table, &layout);
    return labels;
}

/* The interviews of all, where each is the one of its case: then they are as many as a tally's cases, a number that may have
   to be withheld. */
static bool are_cases(const struct npt__saturation_analysis *saturation)
{
    const npt_study *study = saturation->study;
    size_t held = 0;
    for (size_t i = 0; i < study->cases.count; i++)
        held += study->cases.items[i].part_count > 0;
    return !saturation->scope.dimensions.count && saturation->of_cell[0] == held;
}

/* For protection. When a rule was met, and all codes, are of all interviews; what a base or a run had is of a few of them, and
   not declared. Nor is anything of a part of the interviews. */
static void declare_rules(const struct npt__saturation_analysis *saturation, npt_table *table,
                          size_t first)
{
    enum { REACHED, INTERVIEWS, OF_INTERVIEWS, OF_CODES = 7, ORDERS };
    for (size_t i = 0; i < first; i++)
        npt__table_role(table, i, NPT__LABEL);
    if (!are_cases(saturation))
        return;
    npt__table_counts(table, first + OF_INTERVIEWS, NPT__COUNTS_CASES, "cases");
    npt__table_facetless(table, first + OF_INTERVIEWS);
    npt__table_depends(table, first + REACHED, first + OF_INTERVIEWS);
    npt__table_depends(table, first + INTERVIEWS, first + OF_INTERVIEWS);
    npt__table_depends(table, first + OF_CODES, first + OF_INTERVIEWS);
    for (size_t i = 0; saturation->orders && i < 4; i++)
        npt__table_depends(table, first + ORDERS + i, first + OF_INTERVIEWS);
}

static size_t start_by_rule(const struct npt__saturation_analysis *saturation, npt_table *table)
{
    struct npt__layout layout = {.across = SIZE_MAX};
    npt__dimensions_columns(&saturation->scope.dimensions, table);
    npt__table_dimension(table, "base", "Base");
    npt__table_dimension(table, "run", "Run");
    const size_t labels = npt__table_dimension(table, "threshold", "At most") + 1;
    show(&layout, npt__table_measure(table, "reached", "Reached at", NPT_UNIT_TEXT));
    npt__table_measure(table, "interviews", "Interviews before the run", NPT_UNIT_COUNT);
    npt__table_measure(table, "of_interviews", "All interviews", NPT_UNIT_COUNT);
    const size_t run =
        npt__table_measure(table, "run_codes", "New codes of that run", NPT_UNIT_COUNT);
    const size_t base =
        npt__table_measure(table, "base_codes", "Codes of the base", NPT_UNIT_COUNT);
    show_of(&layout, run, base, "New / in the base");
    show(&layout, npt__table_measure(table, "new_information", "Share", NPT_UNIT_SHARE));
    const size_t codes = npt__table_measure(table, "codes", "Codes by its end", NPT_UNIT_COUNT);
    const size_t all = npt__table_measure(table, "of_codes", "All codes", NPT_UNIT_COUNT);
    show_of(&layout, codes, all, "Found by its end / in all");
    if (saturation->orders) {
        show(&layout,
             npt__table_measure(table, "orders_reached", "Orders that reach it", NPT_UNIT_SHARE));
        show(&layout,
             npt__table_measure(table, "orders_median", "Median of orders", NPT_UNIT_MEAN));
        add_range(table, &layout);
    }
    npt__table_set_layout(table, &layout);
    declare_rules(saturation, table, labels);
    return labels;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static const char too_many[] = "too many interviews and codes for random orders";

static struct npt_cell new_information(const struct npt__saturation_sequence *sequence,
                                       struct npt__saturation_rule rule, size_t end)
{
    const uint32_t base = npt__run_codes(sequence->fresh, rule.base, rule.base);
    if (!base)
        return npt__absent("no codes in the base");
    return npt__number((double)npt__run_codes(sequence->fresh, end, rule.run) / base);
}

static void add_interviews(const struct npt__saturation_analysis *saturation, npt_table *table,
                           size_t labels, const struct npt__saturation_sequence *sequence)
{
    const npt_study *study = saturation->study;
    const struct npt__saturation_rule rule = saturation->rules[0];
    size_t codes = 0;
    for (size_t i = 0; i < sequence->data.interviews; i++) {
        const uint32_t interview = saturation->order.interviews[sequence->ranks[i]];
        struct npt_cell *row = npt__table_add_row(table);
        npt__dimensions_label(&saturation->scope.dimensions, sequence->cell, row);
        row[labels - 1] = npt__text(study->sources.items[interview].name);
        size_t column = labels;
        row[column++] = npt__count(i + 1);
        if (saturation->order.attribute != NPT__NONE) {
            const char *value = saturation->order.values[interview];
            row[column++] = value ? npt__text(value) : npt__absent("not told");
        }
        codes += sequence->fresh[i];
        row[column++] = npt__count(sequence->fresh[i]);
        row[column++] = npt__count(codes);
        const bool has_run = i + 1 >= rule.base + rule.run;
        const struct npt_cell none = npt__absent(i < rule.base ? "an interview of the base"
                                                               : "the first run is not complete");
        row[column++] =
            has_run ? npt__count(npt__run_codes(sequence->fresh, i + 1, rule.run)) : none;
        row[column++] = has_run ? new_information(sequence, rule, i + 1) : none;
        if (!saturation->orders)
            continue;
        const struct npt__orders_step *step = &sequence->steps[i];
        const bool has = sequence->has_orders;
        row[column++] = has ? npt__number(step->mean) : npt__absent(too_many);
        row[column++] = has ? npt__number(step->low) : npt__absent(too_many);
        row[column++] = has ? npt__number(step->high) : npt__absent(too_many);
    }
}

static const char *why_not(enum npt__saturation_fault fault)
{
    switch (fault) {
    case NPT__SATURATION_TOO_FEW:
        return "fewer interviews than a base and a run";
    case NPT__SATURATION_EMPTY_BASE:
        return "no codes in the base";
    case NPT__SATURATION_NOT_REACHED:
        return "not reached";
    case NPT__SATURATION_FINE:
        break;
    }
    return NULL;
}

static struct npt_cell of_orders(const struct npt__saturation_sequence *sequence, bool has,
                                 double number)
{
    if (!sequence->has_orders)
        return npt__absent(too_many);
    return has ? npt__number(number) : npt__absent("not reached in so many of the orders");
}

static void add_orders(const struct npt__saturation_sequence *sequence, size_t number,
                       struct npt_cell *cells)
{
    const struct npt__orders_rule *rule = &sequence->rules[number];
    cells[0] = of_orders(sequence, true, rule->reached);
    cells[1] = of_orders(sequence, rule->has_median, rule->median);
    cells[2] = of_orders(sequence, rule->has_low, rule->low);
    cells[3] = of_orders(sequence, rule->has_high, rule->high);
}

static void add_rules(const struct npt__saturation_analysis *saturation, npt_table *table,
                      size_t labels, const struct npt__saturation_sequence *sequence)
{
    npt__arena *arena = npt__table_arena(table);
    for (size_t i = 0; i < saturation->rule_count; i++) {
        const struct npt__saturation_rule rule = saturation->rules[i];
        const struct npt__saturation found =
            npt__saturation_find(sequence->fresh, sequence->data.interviews, rule);
        const struct npt_cell none = npt__absent(why_not(found.fault));
        struct npt_cell *row = npt__table_add_row(table);
        npt__table_describes_few(table, sequence->data.interviews);
        npt__dimensions_label(&saturation->scope.dimensions, sequence->cell, row);
        row[labels - 3] = npt__text(npt__arena_print(arena, "%zu", rule.base));
        row[labels - 2] = npt__text(npt__arena_print(arena, "%zu", rule.run));
        row[labels - 1] = npt__text(npt__arena_string(arena, saturation->thresholds[i]));
        row += labels;
        row[0] = found.reached
                     ? npt__text(npt__arena_print(arena, "%zu+%zu", found.interviews, rule.run))
                     : none;
        row[1] = found.reached ? npt__count(found.interviews) : none;
        row[2] = npt__count(sequence->data.interviews);
        row[3] = found.reached ? npt__count(found.run_codes) : none;
        row[4] = found.fault == NPT__SATURATION_TOO_FEW ? none : npt__count(found.base_codes);
        row[5] = found.reached ? npt__number((double)found.run_codes / found.base_codes) : none;
        row[6] = found.reached ? npt__count(found.codes) : none;
        row[7] = npt__count(sequence->codes);
        if (saturation->orders)
            add_orders(sequence, i, row + 8);
    }
}

static void add_rows(const struct npt__saturation_analysis *saturation, const struct tables *tables)
{
    const struct npt__dimensions *dimensions = &saturation->scope.dimensions;
    const size_t labels = start_by_interview(saturation, tables->by_interview);
    const size_t rule_labels = start_by_rule(saturation, tables->by_rule);
    size_t at = 0;
    for (uint32_t c = 0; c < dimensions->cell_count; c++) {
        if (!saturation->of_cell[c])
            continue;
        npt__arena *arena = npt__arena_new();
        const struct npt__saturation_sequence sequence =
            npt__saturation_sequence(saturation, arena, c, &at);
        if (npt__dimensions_shows(dimensions, saturation->of_cell, c)) {
            add_interviews(saturation, tables->by_interview, labels, &sequence);
            add_rules(saturation, tables->by_rule, rule_labels, &sequence);
        }
        npt__arena_free(arena);
    }
}

/* ---- notes ----------------------------------------------------------------------------------- */

static void note_orders(const struct npt__saturation_analysis *saturation, npt_table *table)
{
    if (saturation->orders)
        npt__table_add_note(table,
                            "Random orders of these interviews: %zu (seed %zu). They tell how much "
                            "depends on the order, and nothing of interviews that were not held.",
                            saturation->orders, saturation->seed);
}

static void note_interviews(const struct npt__saturation_analysis *saturation, npt_table *table)
{
    const struct npt__saturation_rule *rule = &saturation->rules[0];
    npt__interview_order_note(&saturation->order, table);
    npt__table_add_note(
        table,
        "New information: what is new in a run of %zu interviews in a row, the last of them this "
        "one, as a share of the %ss found in the first %zu, the base.",
        rule->run, npt__units_key(&saturation->units), rule->base);
    if (saturation->silent)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, "Interviews in which nothing was coded count as interviews.",
            "Interviews in which nothing was coded count as interviews: %zu.", saturation->silent);
    npt__note_segments_left_out(table, saturation->unitless, saturation->only_valence,
                                saturation->homeless);
    if (saturation->units.level == NPT__BY_COMPONENT)
        npt__table_add_note(table,
                            "A construct among components is what was coded to the construct "
                            "itself.");
    if (saturation->units.level == NPT__BY_CODE)
        npt__table_add_note(table,
                            "A code is what was coded to itself, without the codes below it.");
    if (saturation->scope.dimensions.count)
        npt__table_add_note(table, "The interviews of each value are taken by themselves: what is "
                                   "new is new there.");
    if (!saturation->scope.all_coders)
        npt__table_add_note(table, "With --coder, interviews are those in which that person coded "
                                   "anything.");
    note_orders(saturation, table);
}

static void note_rules(const struct npt__saturation_analysis *saturation, npt_table *table)
{
    npt__table_add_note(
        table,
        "After Guest, Namey & Chen 2020 (PLoS ONE 15(5), e0232076). 6+2: after 6 interviews, a run "
        "of 2 brought at most the threshold of new %ss, as a share of those in the base. Runs begin "
        "after the base, each one interview later; the first that fits is shown.",
        npt__units_key(&saturation->units));
    npt__table_add_note(
        table,
        "Code saturation is not meaning saturation: Hennink, Kaiser & Marconi 2017 (Qualitative "
        "Health Research 27, 591-608) had the range of issues after 9 interviews, and needed 16 to "
        "24 to understand what they meant.");
    if (saturation->units.level != NPT__BY_CODE)
        npt__table_add_note(table,
                            "The method was made for codes that grow from the interviews. Of "
                            "a theory's constructs it tells when each was first met, not "
                            "that nothing outside the theory is left.");
    npt__interview_order_note(&saturation->order, table);
    note_orders(saturation, table);
    npt__table_add_protected_note(
        table,
        are_cases(saturation)
            ? "What a base or a run brought is withheld: it describes a few interviews."
            : "Withheld as a whole: how many interviews these are could tell how many cases there are elsewhere.");
}

/* ---- the analysis ---------------------------------------------------------------------------- */

static void make_tables(struct npt__saturation_analysis *saturation, struct npt__tables *given)
{
    static const char *const titles[][2] = {
        {"New constructs by interview", "After how many interviews few constructs are new"},
        {"New components by interview", "After how many interviews few components are new"},
        {"New codes by interview", "After how many interviews few codes are new"}};
    const char *const *title = titles[saturation->units.level];
    npt__saturation_gather(saturation);
    struct tables tables;
    tables.by_interview = npt__tables_add(given, "saturation", title[0]);
    tables.by_rule = npt__tables_add(given, "saturation_reached", title[1]);
    add_rows(saturation, &tables);
    note_interviews(saturation, tables.by_interview);
    note_rules(saturation, tables.by_rule);
    npt__add_provenance(tables.by_interview, saturation->study);
    npt__add_provenance(tables.by_rule, saturation->study);
    npt__array_release(&saturation->held);
}

static enum npt_status run(struct npt__tables *tables, const npt_study *study,
                           const npt_options *options, npt_diags *diags)
{
    struct npt__saturation_analysis saturation = {.study = study};
    enum npt_status status = npt__scope_open(&saturation.scope, study, options, diags);
    if (status == NPT_OK && !npt__option(options, "by")) /* one order of all, unless asked */
        saturation.scope.dimensions = (struct npt__dimensions){.cell_count = 1};
    if (status == NPT_OK)
        status = npt__saturation_options(&saturation, options, diags);
    if (status == NPT_OK) {
        npt__units_any(&saturation.units, diags);
        make_tables(&saturation, tables);
    }
    npt__scope_release(&saturation.scope);
    return status;
}

static const struct npt_option options_of_saturation[] = {
    NPT__OPTION_ORDER,
    {"level", "LEVEL", "code (the default), construct or component"},
    {"base", "N[,...]", "interviews whose codes new ones are compared with (4,5,6)"},
    {"run", "N[,...]", "interviews in a row in which new codes are counted (2,3)"},
    {"threshold", "SHARE[,...]", "at most this share of new codes (5%,0%)"},
    {"orders", "N", "N random orders beside the given one: mean, and 5% to 95% of them"},
    {"seed", "N", "of the random orders (1): the same seed gives the same orders"},
    {"by", "ATTRIBUTE[,...]", "by these attributes of cases, such as Site, each in its own order"},
    NPT__OPTION_WHERE,
    NPT__OPTION_SITE,
    NPT__OPTION_CODER,
    {NULL, NULL, NULL}};

const npt_analysis npt__saturation = {
    .name = "saturation",
    .summary = "new codes by interview, and after how many interviews few are new",
    .description =
        "Counts, for each interview in a given order, the codes (or constructs) that no interview before\n"
        "it has; and finds after how many interviews a run of them brought little that was new: base\n"
        "size, run length and new information threshold of Guest, Namey & Chen (2020). The first of\n"
        "--base and of --run are those of the table by interview. An interview is a source of the export.",
    .options = options_of_saturation,
    .needs_positions = needs_positions,
    .run_several = run,
    .needs = NPT__NEEDS_CODING,
};
