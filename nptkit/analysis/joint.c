/* joint.c - the joint display: for each construct and site the survey's mean beside what was coded, and whether
 * they agree.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "joint.h"

#include "joint_quotes.h"
#include "scope.h"
#include "survey_scores.h"

static const char *const readings[] = {"silent", "unfavourable", "mixed", "favourable"};
static const char *const together[] = {"agree",         "partly agree",      "disagree",
                                       "survey silent", "interviews silent", "both silent"};

enum column {
    CONSTRUCT,
    SITE,
    COUNT,
    MEAN,
    LOW,
    HIGH,
    SURVEY_SAYS,
    FAVOUR,
    AGAINST,
    CASES,
    OF_CASES,
    INTERVIEWS_SAY,
    TOGETHER
};

static void add_columns(npt_table *table)
{
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "site", "Site");
    npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN);
    npt__table_measure(table, "high", "High", NPT_UNIT_MEAN);
    npt__table_measure(table, "survey_says", "Survey", NPT_UNIT_TEXT);
    npt__table_measure(table, "cases_for", "Cases for", NPT_UNIT_COUNT);
    npt__table_measure(table, "cases_against", "Cases against", NPT_UNIT_COUNT);
    npt__table_measure(table, "cases", "Cases with it", NPT_UNIT_COUNT);
    npt__table_measure(table, "of_cases", "All cases", NPT_UNIT_COUNT);
    npt__table_measure(table, "interviews_say", "Interviews", NPT_UNIT_TEXT);
    npt__table_measure(table, "together", "Together", NPT_UNIT_TEXT);
    npt__table_set_layout(
        table, &(struct npt__layout){.across = SIZE_MAX,
                                     .shown = {{.column = COUNT, .of = SIZE_MAX},
                                               {.column = MEAN, .of = SIZE_MAX},
                                               {LOW, HIGH, "95% interval", NPT__RANGE},
                                               {.column = SURVEY_SAYS, .of = SIZE_MAX},
                                               {.column = FAVOUR, .of = SIZE_MAX},
                                               {.column = AGAINST, .of = SIZE_MAX},
                                               {CASES, OF_CASES, "Cases with it / all", NPT__PART},
                                               {.column = INTERVIEWS_SAY, .of = SIZE_MAX},
                                               {.column = TOGETHER, .of = SIZE_MAX}},
                                     .shown_count = 9});
}

/* What the counts count, for protection: the survey's of its last wave, the interviews' as in a tally. */
static void declare(const struct npt__joint *joint, npt_table *table)
{
    static const enum column counts[] = {COUNT, FAVOUR, AGAINST, CASES, OF_CASES};
    static const char *const whats[] = {"scored", "cases for", "cases against", "cases coded",
                                        "cases"};
    npt__table_role(table, SITE, NPT__PARTITION);
    for (size_t i = 0; i < 5; i++) {
        npt__table_counts(table, counts[i], i ? NPT__COUNTS_CASES : NPT__COUNTS_PEOPLE, whats[i]);
        if (i)
            npt__table_counts_by(table, counts[i], CONSTRUCT, "construct", NPT__OVERLAPS);
    }
    npt__table_facetless(table, OF_CASES);
    npt__table_mean(table, MEAN, COUNT);
    for (size_t i = LOW; i <= SURVEY_SAYS; i++) {
        npt__table_describes(table, i, COUNT);
        npt__table_depends(table, i, MEAN);
    }
    npt__table_at_most(table, CASES, OF_CASES);
    npt__table_at_most(table, FAVOUR, CASES);
    npt__table_at_most(table, AGAINST, CASES);
    npt__table_depends(table, INTERVIEWS_SAY, FAVOUR);
    npt__table_depends(table, INTERVIEWS_SAY, AGAINST);
    npt__table_depends(table, TOGETHER, SURVEY_SAYS);
    npt__table_depends(table, TOGETHER, INTERVIEWS_SAY);
    if (joint->wave)
        npt__table_filter(table, "wave", joint->wave);
}

static void fill_survey(struct npt_cell *row, const struct npt__survey_evidence *survey)
{
    const char *none = survey->asked ? "nobody has a score" : "no item of the questionnaire";
    row[COUNT] = survey->asked ? npt__count(survey->count) : npt__absent(none);
    row[MEAN] = survey->count ? npt__number(survey->mean) : npt__absent(none);
    if (survey->count && !survey->interval.defined)
        none = "no interval: the scores do not differ, or there is one only";
    row[LOW] = survey->interval.defined ? npt__number(survey->interval.low) : npt__absent(none);
    row[HIGH] = survey->interval.defined ? npt__number(survey->interval.high) : npt__absent(none);
}

static void fill_row(const struct npt__joint *joint, npt_table *table, size_t construct,
                     size_t site)
{
    static const char no_direction[] = "no codes tell barriers from facilitators";
    const struct npt__joint_cell *cell = &joint->cells[construct * joint->site_count + site];
    const struct npt__interview_evidence *interviews = &cell->interviews;
    const enum npt__reading survey = npt__read_survey(&cell->survey, joint->least);
    const enum npt__reading said = npt__read_interviews(interviews);
    struct npt_cell *row = npt__table_add_row(table);
    row[CONSTRUCT] =
        npt__text(joint->study->codebook->constructs[joint->constructs[construct]].code.name);
    row[SITE] = joint->sites[site] ? npt__text(joint->sites[site]) : npt__total();
    if (cell->survey.asked)
        npt__table_scale(table, cell->survey.least, 2 * cell->survey.middle - cell->survey.least);
    fill_survey(row, &cell->survey);
    row[SURVEY_SAYS] = npt__text(readings[survey]);
    row[FAVOUR] = joint->has_direction ? npt__count(interviews->favour) : npt__absent(no_direction);
    row[AGAINST] =
        joint->has_direction ? npt__count(interviews->against) : npt__absent(no_direction);
    row[CASES] = npt__count(interviews->cases);
    row[OF_CASES] = npt__count(interviews->of_cases);
    row[INTERVIEWS_SAY] = npt__text(readings[said]);
    row[TOGETHER] = npt__text(together[npt__put_together(survey, said)]);
}

static void add_notes(const struct npt__joint *joint, npt_table *table, const npt_options *options)
{
    npt__table_add_note(
        table,
        "Survey: favourable where the whole 95%% interval of the mean lies above the middle of the scale, "
        "unfavourable where it lies below, mixed otherwise; silent where fewer than %zu have a score "
        "(--least).",
        joint->least);
    if (joint->has_direction)
        npt__table_add_note(
            table,
            "Interviews: a case speaks for or against a construct where a passage on it is coded as a "
            "facilitator or a barrier, too, or overlaps one that is; a case can do both. Favourable where at "
            "least twice as many cases speak for as against, unfavourable the other way round, mixed "
            "otherwise; silent where no case does either.");
    else
        npt__table_add_note(
            table,
            "Interviews are silent: the codes do not tell barriers from facilitators. Name them in "
            "study.xml: <valence barrier=\"...\" facilitator=\"...\"/>.");
    npt__table_add_note(
        table, "Together: agree where both say the same, partly agree where one of them is "
               "mixed, disagree where they say the opposite. Silence is no disagreement.");
    if (joint->wave && !npt__option(options, "wave"))
        npt__table_add_note(table, "The survey's last wave, %s; --wave chooses another.",
                            joint->wave);
    if (joint->wave && !npt__option(options, "wave"))
        npt__note_waves(table, joint->study);
    if (joint->unmeasured)
        npt__table_add_note(
            table,
            "Left out: %zu construct%s on which the questionnaire has no item; --all shows "
            "them, too.",
            joint->unmeasured, joint->unmeasured == 1 ? "" : "s");
    npt__note_scoring(table, joint->study, options);
    npt__note_repeated(table, joint->study, joint->response_cells);
    npt__survey_notes(table, joint->study, joint->response_cells);
    npt__add_provenance(table, joint->study);
}

static bool needs_positions(const npt_options *options)
{
    (void)options;
    return true;
}

static enum npt_status run(struct npt__tables *tables, const npt_study *study,
                           const npt_options *options, npt_diags *diags)
{
    struct npt__joint joint = {.study = study, .arena = npt__arena_new()};
    size_t quotes = NPT__JOINT_MOST_QUOTES;
    enum npt_status status =
        npt__option_number(options, "quotes", 0, NPT__JOINT_MOST_QUOTES, &quotes, diags);
    if (status == NPT_OK)
        status = npt__joint_collect(&joint, options, diags);
    if (status == NPT_OK) {
        npt_table *table = npt__tables_add(tables, "joint", "Survey and interviews side by side");
        add_columns(table);
        declare(&joint, table);
        for (size_t i = 0; i < joint.construct_count; i++)
            for (size_t j = 0; j < joint.site_count; j++)
                fill_row(&joint, table, i, j);
        add_notes(&joint, table, options);
    }
    if (status == NPT_OK && quotes)
        status = npt__joint_quotes(tables, &joint, options, quotes, diags);
    npt__arena_free(joint.arena);
    return status;
}

static const struct npt_option options_of_joint[] = {
    NPT__OPTION_SITE,
    NPT__SURVEY_WAVE,
    NPT__OPTION_CODER,
    NPT__OPTION_MIN_ANSWERED,
    {"least", "N", "respondents below which the survey counts as silent (5)"},
    {"quotes", "N", "passages for each construct and site: 0, 1 or 2 (2)"},
    {"all", NULL, "constructs without items in the questionnaire, too"},
    {NULL, NULL, NULL}};

const npt_analysis npt__joint_display = {
    .name = "joint",
    .summary = "survey and interviews side by side: do they agree, construct by construct?",
    .description =
        "Sets beside each other, for each construct and site, the survey's mean with its interval and the\n"
        "cases whose coded passages speak for the construct and against it, says by a printed rule whether\n"
        "they agree, partly agree, disagree or one is silent, and quotes up to two passages.",
    .options = options_of_joint,
    .needs_positions = needs_positions,
    .run_several = run,
    .needs = NPT__NEEDS_BOTH,
};
