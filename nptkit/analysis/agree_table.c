/* agree_table.c - the table of agreement in coded interviews: a row for each construct or code and pair of coders.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../stats/agreement.h"
#include "agree.h"

#include <math.h>
#include <string.h>

#define FEW_INTERVIEWS 20u /* for intervals from them to be wide enough */
#define FEW_WITH_IT 5u     /* interviews in which a code was used */
#define RARE 0.01          /* a share of the units */
#define MOST_NAMED 8u

enum {
    ROW,
    CODER,
    WITH,
    INTERVIEWS,
    UNITS,
    BOTH,
    FIRST_ONLY,
    SECOND_ONLY,
    NEITHER,
    PERCENT,
    POSITIVE,
    KAPPA,
    KAPPA_LOW,
    KAPPA_HIGH,
    ALPHA,
    ALPHA_LOW,
    ALPHA_HIGH,
    AC1,
    PREVALENCE,
    FIRST_SHARE,
    SECOND_SHARE,
    CAUTION,
    COLUMNS
};

static const char nobody[] = "none of them used it";
static const char only_pairs[] = "it is of two coders";

/* ---- cells ----------------------------------------------------------------------------------- */

struct npt_cell npt__agree_row_name(const struct npt__agree *agree, uint32_t row, npt_table *table)
{
    return npt__text(npt__arena_string(npt__table_arena(table), agree->rows.items[row]));
}

void npt__agree_label(const struct npt__agree *agree, const struct npt__comparison *comparison,
                      struct npt_cell *cells)
{
    const struct npt__coder *coders = agree->study->coders.items;
    const bool all = comparison->first == NPT__NONE;
    cells[0] = all ? npt__total() : npt__text(coders[comparison->first].name);
    cells[1] = all ? npt__total() : npt__text(coders[comparison->second].name);
}

static void fill_interval(const struct npt__bootstrap_interval *interval, double estimate,
                          const char *undefined, struct npt_cell *low)
{
    const char *reason = "too few interviews with it to resample";
    if (interval->fault == NPT__BOOTSTRAP_TOO_FEW)
        reason = "only one interview was read by both";
    else if (interval->fault == NPT__BOOTSTRAP_CONSTANT)
        reason = "it is the same whichever interviews are drawn";
    reason = isfinite(estimate) ? reason : undefined;
    low[0] = interval->defined ? npt__number(interval->low) : npt__absent(reason);
    low[1] = interval->defined ? npt__number(interval->high) : npt__absent(reason);
}

/* What makes the numbers of a row rest on little. */
static const char *caution_of(const struct npt__agree *agree,
                              const struct npt__comparison *comparison,
                              const struct npt__agree_estimate *estimate, npt__arena *arena)
{
    const struct npt__agree_count *sum = &estimate->sum;
    if (!sum->ones)
        return "not used";
    if (comparison->first != NPT__NONE) {
        const uint64_t first = sum->both + sum->first, second = sum->both + sum->second;
        if (!first || !second)
            return npt__arena_print(
                arena, "only %s used it",
                agree->study->coders.items[first ? comparison->first : comparison->second].name);
    }
    const bool few = sum->place < FEW_WITH_IT, rare = estimate->prevalence < RARE;
    if (few)
        return rare ? "few interviews; rare" : "few interviews";
    return rare ? "rare" : NULL;
}

static void fill_pair(const struct npt__agree_estimate *estimate, uint64_t units,
                      struct npt_cell *row)
{
    const struct npt__agree_count *sum = &estimate->sum;
    const uint64_t neither = units - sum->both - sum->first - sum->second;
    const uint64_t counts[] = {neither, sum->second, sum->first, sum->both};
    const struct npt__agreement_table table = {.counts = counts, .categories = 2};
    struct npt__agreement agreement;
    npt__agreement_of_two(&agreement, &table, NPT__WEIGHTS_NONE, NPT__AGREE_CONFIDENCE);
    const struct npt__category_agreement present = npt__category_agreement(&table, 1);
    const char *undefined = sum->ones ? "both coded everything" : nobody;
    row[BOTH] = npt__count((size_t)sum->both);
    row[FIRST_ONLY] = npt__count((size_t)sum->first);
    row[SECOND_ONLY] = npt__count((size_t)sum->second);
    row[NEITHER] = npt__count((size_t)neither);
    row[POSITIVE] = present.positive_defined ? npt__number(present.positive) : npt__absent(nobody);
    row[KAPPA] =
        agreement.kappa.defined ? npt__number(agreement.kappa.value) : npt__absent(undefined);
    fill_interval(&estimate->kappa_interval, estimate->kappa, undefined, row + KAPPA_LOW);
    row[AC1] = agreement.ac.defined ? npt__number(agreement.ac.value) : npt__absent(undefined);
    row[FIRST_SHARE] = npt__number((double)(sum->both + sum->first) / (double)units);
    row[SECOND_SHARE] = npt__number((double)(sum->both + sum->second) / (double)units);
}

static void fill_row(const struct npt__agree *agree, const struct npt__comparison *comparison,
                     const struct npt__agree_estimate *estimate, npt_table *table)
{
    struct npt_cell *row = npt__table_add_row(table);
    row[ROW] = npt__agree_row_name(agree, estimate->sum.row, table);
    npt__agree_label(agree, comparison, row + CODER);
    row[INTERVIEWS] = npt__count(comparison->interviews.count);
    row[UNITS] = npt__count((size_t)comparison->units);
    for (size_t i = BOTH; i < CAUTION; i++)
        row[i] = npt__absent(only_pairs);
    if (comparison->first != NPT__NONE)
        fill_pair(estimate, comparison->units, row);
    const char *undefined = estimate->sum.ones ? "all coded everything" : nobody;
    row[PERCENT] = npt__number(estimate->percent);
    row[ALPHA] = npt__number_or(estimate->alpha, undefined);
    fill_interval(&estimate->alpha_interval, estimate->alpha, undefined, row + ALPHA_LOW);
    row[PREVALENCE] = npt__number(estimate->prevalence);
    const char *caution = caution_of(agree, comparison, estimate, npt__table_arena(table));
    row[CAUTION] = caution ? npt__text(caution) : npt__absent(NULL);
    npt__table_describes_few(table, estimate->sum.ones ? estimate->sum.place : 0);
}

/* ---- columns --------------------------------------------------------------------------------- */

static void add_columns(const struct npt__agree *agree, npt_table *table)
{
    static const char *const keys[] = {"domain", "construct", "component", "code"};
    static const char *const labels[] = {"Domain", "Construct", "Component", "Code"};
    static const char *const units[] = {"Characters", "Sentences", "Paragraphs", "Interviews"};
    static const struct {
        const char *key, *label;
        enum npt_unit unit;
    } measures[] = {
        {"interviews", "Interviews", NPT_UNIT_COUNT},
        {"units", "Units", NPT_UNIT_COUNT},
        {"both", "Both", NPT_UNIT_COUNT},
        {"coder_only", "Coder only", NPT_UNIT_COUNT},
        {"with_only", "With only", NPT_UNIT_COUNT},
        {"neither", "Neither", NPT_UNIT_COUNT},
        {"percent", "Agree", NPT_UNIT_SHARE},
        {"positive", "Of coded", NPT_UNIT_SHARE},
        {"kappa", "kappa", NPT_UNIT_MEAN},
        {"kappa_low", "Low", NPT_UNIT_MEAN},
        {"kappa_high", "High", NPT_UNIT_MEAN},
        {"alpha", "alpha", NPT_UNIT_MEAN},
        {"alpha_low", "Low", NPT_UNIT_MEAN},
        {"alpha_high", "High", NPT_UNIT_MEAN},
        {"ac1", "AC1", NPT_UNIT_MEAN},
        {"prevalence", "Coded", NPT_UNIT_SHARE},
        {"coder_prevalence", "By coder", NPT_UNIT_SHARE},
        {"with_prevalence", "By with", NPT_UNIT_SHARE},
        {"caution", "Caution", NPT_UNIT_TEXT},
    };
    npt__table_dimension(table, keys[agree->level], labels[agree->level]);
    npt__table_dimension(table, "coder", "Coder");
    npt__table_dimension(table, "with", "With");
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        npt__table_measure(table, measures[i].key,
                           i == UNITS - INTERVIEWS ? units[agree->unit] : measures[i].label,
                           measures[i].unit);
}

/* For protection. Kappa and alpha of characters, sentences and paragraphs, over ten interviews with the code or more, tell
   of coders. They do not tell how often it was given; together with any of the other numbers they would, and of whole
   interviews each alone tells counts of these: all that is not declared. */
static void declare(const struct npt__agree *agree, npt_table *table)
{
    for (size_t i = ROW; i <= WITH; i++)
        npt__table_role(table, i, NPT__LABEL);
    if (agree->unit == NPT__AGREE_SOURCES)
        return;
    for (size_t i = KAPPA; i <= ALPHA_HIGH; i++)
        npt__table_counts(table, i, NPT__HARMLESS, "agreement");
}

/* The interval is the message: it comes first. */
static void set_layout(npt_table *table, bool several)
{
    static const struct npt__shown all[] = {{KAPPA, SIZE_MAX, NULL, NPT__PART},
                                            {KAPPA_LOW, KAPPA_HIGH, "95%", NPT__RANGE},
                                            {POSITIVE, SIZE_MAX, NULL, NPT__PART},
                                            {CAUTION, SIZE_MAX, NULL, NPT__PART},
                                            {ALPHA, SIZE_MAX, NULL, NPT__PART},
                                            {ALPHA_LOW, ALPHA_HIGH, "95% of alpha", NPT__RANGE},
                                            {BOTH, SIZE_MAX, NULL, NPT__PART},
                                            {FIRST_ONLY, SIZE_MAX, NULL, NPT__PART},
                                            {SECOND_ONLY, SIZE_MAX, NULL, NPT__PART},
                                            {PERCENT, SIZE_MAX, NULL, NPT__PART},
                                            {PREVALENCE, SIZE_MAX, NULL, NPT__PART}};
    struct npt__layout layout = {.across = SIZE_MAX};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (several || (all[i].column != ALPHA && all[i].column != ALPHA_LOW))
            layout.shown[layout.shown_count++] = all[i];
    npt__table_set_layout(table, &layout);
}

/* ---- notes ----------------------------------------------------------------------------------- */

static void note_units(const struct npt__agree *agree, npt_table *table)
{
    static const char *const texts[] = {
        "Counted are the characters of the texts; passages of one coder that overlap count once.",
        "Counted are sentences: what ends at . ! ? or an ellipsis with a blank or a line end after it (so \"Dr. X\" "
        "is cut in two, for both coders alike). One is coded where a passage holds any character of it.",
        "Counted are paragraphs: lines with anything in them. One is coded where a passage holds any character of "
        "it.",
        "Counted are whole interviews: one is coded where any passage of it is."};
    npt__table_add_note(table, "%s", texts[agree->unit]);
}

static size_t fewest_interviews(const struct npt__agree *agree)
{
    size_t fewest = SIZE_MAX;
    for (size_t i = 0; i < agree->compared.count; i++) {
        const size_t count = agree->compared.items[i].interviews.count;
        fewest = count && count < fewest ? count : fewest;
    }
    return fewest;
}

static void note_left_out(const struct npt__agree *agree, npt_table *table)
{
    npt__buffer names = {0};
    const size_t count = agree->left_out.count;
    for (size_t i = 0; i < count && i < MOST_NAMED; i++)
        npt__buffer_print(&names, "%s%s", i ? ", " : "", agree->left_out.items[i]);
    if (count > MOST_NAMED)
        npt__buffer_print(&names, " and %zu more", count - MOST_NAMED);
    if (count)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, "Interviews coded by one person are left out.",
            "Coded by one person, and left out: %zu (%s).", count, npt__buffer_string(&names));
    npt__buffer_release(&names);
}

static void note_reading(const struct npt__agree *agree, npt_table *table)
{
    npt__table_add_people_note(
        table, NPT__NEVER_SHOWN,
        "Only what both coders have read counts: interviews in which both coded "
        "anything. (An export does not tell who read without coding.)",
        "Only what both coders have read counts: interviews in which both coded "
        "anything, here %zu. (An export does not tell who read without coding.)",
        agree->interviews.count);
    note_left_out(agree, table);
    if (npt__agree_has_total(agree))
        npt__table_add_note(table, "Total: all coders together, over the interviews that two or "
                                   "more of them read.");
    for (size_t i = 0; i < agree->compared.count; i++) {
        const struct npt__comparison *found = &agree->compared.items[i];
        if (!found->interviews.count)
            npt__table_add_note(table, "%s and %s coded no interview in common.",
                                agree->study->coders.items[found->first].name,
                                agree->study->coders.items[found->second].name);
    }
    if (agree->without_text)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN,
            "Interviews that two coded are left out where the export does not hold what they coded as text.",
            "Interviews that two coded, left out as the export does not hold what they coded as "
            "text: %zu; --unit sources counts them.",
            agree->without_text);
    if (agree->without_coder)
        npt__table_add_people_note(
            table, agree->without_coder, "Of some segments the export does not say who coded them.",
            "Segments of which the export does not say who coded them: %zu.", agree->without_coder);
    if (agree->unmatched)
        npt__table_add_people_note(
            table, agree->unmatched,
            "Passages none of whose codes stands for a construct are not counted; --level code looks at every code.",
            "Passages none of whose codes stands for a construct, not counted: "
            "%zu; --level code looks at every code.",
            agree->unmatched);
}

static void add_notes(const struct npt__agree *agree, npt_table *table)
{
    note_units(agree, table);
    note_reading(agree, table);
    npt__table_add_note(
        table,
        "Kappa and alpha are 0 where coders agree as often as by chance, 1 where they always "
        "do. The share on which they agree is high wherever a code is seldom given, as both "
        "left most of the text alone; \"of coded\" leaves that out: twice both, of what each "
        "of the two coded.");
    npt__table_add_note(table,
                        "Intervals: whole interviews drawn again %zu times (BCa, seed %zu), since "
                        "what stands in one interview is coded alike.",
                        agree->replicates, agree->seed);
    const size_t fewest = fewest_interviews(agree);
    if (fewest < FEW_INTERVIEWS)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, "From few interviews such intervals come out too narrow.",
            "From few interviews (here %zu) such intervals come out too narrow.", fewest);
    npt__table_add_note(table,
                        "Caution: rare is below 1%% of the units in the mean of the coders, few "
                        "interviews is fewer than %u in which any of them used it.",
                        FEW_WITH_IT);
    npt__table_add_note(
        table, "No word such as \"substantial\" stands beside kappa: its limits (Landis & Koch "
               "1977) are arbitrary, as these authors wrote. Whether coders need to agree at all "
               "depends on what coding is for; disagreements are worth a talk (O'Connor & Joffe "
               "2020, International Journal of Qualitative Methods 19). --disagreements lists "
               "them.");
}

/* ---- the table ------------------------------------------------------------------------------- */

void npt__agree_add_table(const struct npt__agree *agree, struct npt__tables *tables)
{
    npt_table *table = npt__tables_add(tables, "agree", "Agreement of coders");
    const size_t rows = agree->rows.count, count = agree->compared.count;
    struct npt__agree_estimate *estimates =
        npt__arena_array(agree->scope.arena, rows * count, sizeof *estimates);
    add_columns(agree, table);
    declare(agree, table);
    for (size_t i = 0; i < count; i++)
        if (agree->compared.items[i].interviews.count)
            npt__agree_estimate(agree, &agree->compared.items[i], estimates + i * rows);
    for (size_t row = 0; row < rows; row++)
        for (size_t i = 0; i < count; i++)
            if (agree->compared.items[i].interviews.count)
                fill_row(agree, &agree->compared.items[i], &estimates[i * rows + row], table);
    set_layout(table, npt__agree_has_total(agree));
    add_notes(agree, table);
    npt__table_add_protected_note(
        table,
        agree->unit == NPT__AGREE_SOURCES
            ? "Withheld as a whole: of whole interviews even kappa tells in how many each code is."
            : "Kappa and alpha are shown where a code is in enough interviews. All else would, with them, tell how "
              "often it was given.");
    npt__add_provenance(table, agree->study);
}
