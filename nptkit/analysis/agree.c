/* agree.c - do the coders agree: in coded interviews, and in plain tables of ratings.
 *
 * What of the two a study holds is shown; with both, interviews come first.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agree.h"

#include "../stats/bootstrap.h"
#include "passages.h"
#include "resampling.h"

#include <string.h>

#define MOST_CODERS 100u
#define MOST_LISTED 100000u

/* ---- options --------------------------------------------------------------------------------- */

static const char *const unit_names[] = {"characters", "sentences", "paragraphs", "sources", NULL};
static const char *const level_names[] = {"domain", "construct", "component", "code", NULL};

/* Which of the names an option gives; `chosen` stays where it was not given. */
static bool read_name(const char *given, const char *const *names, size_t *chosen)
{
    for (size_t i = 0; given && names[i]; i++)
        if (strcmp(names[i], given) == 0) {
            *chosen = i;
            return true;
        }
    return !given;
}

static bool needs_positions(const npt_options *options)
{
    const char *unit = npt__option(options, "unit");
    return !unit || strcmp(unit, "sources") != 0;
}

static enum npt_status read_options(struct npt__agree *agree, const npt_options *options,
                                    npt_diags *diags)
{
    size_t unit = NPT__AGREE_CHARACTERS, level = NPT__CONSTRUCT;
    const char *unit_given = npt__option(options, "unit"),
               *level_given = npt__option(options, "level");
    enum npt__measurement measured; /* of ratings: npt_analysis_prepare() hands it on */
    if (!read_name(unit_given, unit_names, &unit)) {
        npt__say(diags, NPT_ERROR, NULL,
                 "--unit takes characters, sentences, paragraphs or sources, not '%s'", unit_given);
        return NPT_USAGE;
    }
    if (!read_name(level_given, level_names, &level) && !npt__level_find(level_given, &measured)) {
        npt__say(diags, NPT_ERROR, NULL,
                 "--level takes domain, construct, component or code, not '%s'", level_given);
        npt__hint(diags, "of a table of ratings: nominal, ordinal, interval or ratio");
        return NPT_USAGE;
    }
    enum npt_status status = npt__option_number(options, "replicates", 100, NPT__MOST_REPLICATES,
                                                &agree->replicates, diags);
    if (status == NPT_OK)
        status = npt__option_number(options, "seed", 0, 999999999, &agree->seed, diags);
    if (status == NPT_OK)
        status = npt__option_number(options, "max", 1, MOST_LISTED, &agree->most, diags);
    agree->unit = (enum npt__agree_unit)unit;
    agree->level = (int)level;
    agree->filtered = npt__option(options, "where") || npt__option(options, "site");
    agree->wants_disagreements = npt__option(options, "disagreements") != NULL;
    agree->wants_unitised = npt__option(options, "unitised") != NULL;
    if (status == NPT_OK && agree->wants_unitised && unit != NPT__AGREE_CHARACTERS) {
        npt__say(diags, NPT_ERROR, NULL, "--unitised measures characters, not %s",
                 unit_names[unit]);
        return NPT_USAGE;
    }
    return status;
}

/* "--coders A,B" is "--coder A --coder B". */
static void copy_coders(npt_options *own, const npt_options *options)
{
    npt__arena *arena = npt__arena_new();
    const char *list, **names;
    npt__options_copy(own, options, "coder");
    for (size_t i = 0; (list = npt__option_at(options, "coders", i)) != NULL; i++) {
        const size_t count = npt__option_list(arena, list, &names);
        for (size_t j = 0; j < count; j++)
            npt_options_add(own, "coder", names[j]);
    }
    npt__arena_free(arena);
}

/* Where one person is named, the scope is that of all, and pairs are those with that person. */
static enum npt_status open_scope(struct npt__agree *agree, const npt_options *options,
                                  npt_diags *diags)
{
    npt_options *everybody = npt_options_new(), *named = npt_options_new();
    npt__options_copy(everybody, options, "where");
    npt__options_copy(everybody, options, "site");
    npt__options_copy(named, options, "where");
    npt__options_copy(named, options, "site");
    copy_coders(named, options);
    enum npt_status status = npt__scope_open(&agree->scope, agree->study, named, diags);
    size_t count = 0;
    for (uint32_t i = 0; status == NPT_OK && i < agree->study->coders.count; i++) {
        count += agree->scope.coder_in[i];
        agree->focus = agree->scope.coder_in[i] ? i : agree->focus;
    }
    if (count == 1) {
        npt__scope_release(&agree->scope);
        status = npt__scope_open(&agree->scope, agree->study, everybody, diags);
    } else {
        agree->focus = NPT__NONE;
    }
    npt_options_free(everybody);
    npt_options_free(named);
    return status;
}

/* ---- coded interviews ------------------------------------------------------------------------ */

/* Those who coded anything. */
static void find_coders(struct npt__agree *agree)
{
    const npt_study *study = agree->study;
    bool *coded = npt__arena_array(agree->scope.arena, study->coders.count, sizeof *coded);
    for (size_t i = 0; i < study->segments.count; i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        if (segment->coder != NPT__NONE && npt__scope_has_coder(&agree->scope, segment))
            coded[segment->coder] = true;
    }
    for (uint32_t i = 0; i < study->coders.count; i++)
        if (coded[i])
            *npt__array_add(&agree->coders) = i;
}

/* Where the study has ratings as well, and nothing was asked of interviews, it is only worth a warning. */
static enum npt_severity severity_of(const struct npt__agree *agree)
{
    return agree->shows_ratings ? NPT_WARNING : NPT_ERROR;
}

static bool has_enough_coders(const struct npt__agree *agree, npt_diags *diags)
{
    const struct npt__place place = {.file = agree->study->label};
    const size_t count = agree->coders.count;
    if (count > 1 && count <= MOST_CODERS)
        return true;
    if (count > MOST_CODERS) {
        npt__say(diags, severity_of(agree), &place, "%zu people coded; at most %u are compared",
                 count, MOST_CODERS);
        npt__hint(diags, "choose them with --coder NAME, repeated for each");
        return false;
    }
    if (count)
        npt__say(diags, severity_of(agree), &place,
                 "only '%s' coded%s: agreement needs two people who coded the same interviews",
                 agree->study->coders.items[agree->coders.items[0]].name,
                 agree->scope.all_coders ? " these interviews" : " anything, of those named");
    else
        npt__say(diags, severity_of(agree), &place, "the export does not say who coded what");
    npt__hint(diags, agree->scope.all_coders
                         ? "if each coder has a project of their own, name both exports in "
                           "study.xml, <coding file=\"...\"/> for each: interviews of one name "
                           "and text are laid over each other"
                         : "name others with --coders A,B, or leave the option out");
    return false;
}

static bool has_common_interviews(const struct npt__agree *agree, npt_diags *diags)
{
    if (agree->interviews.count)
        return true;
    npt__say(diags, severity_of(agree), &(struct npt__place){.file = agree->study->label},
             "no interview%s was coded by two people",
             agree->without_text ? " with a text in the export"
             : agree->filtered   ? " of these cases"
                                 : "");
    if (agree->without_text)
        npt__hint(diags, "--unit sources compares whole interviews, which needs no text");
    else
        npt__hint(diags,
                  "%zu were coded by one; of two exports, interviews of one name and text are "
                  "laid over each other, or of one name and site",
                  agree->left_out.count);
    return false;
}

/* Adds tables where people coded the same interviews. */
static enum npt_status count_coding(struct npt__agree *agree, struct npt__tables *tables,
                                    npt_diags *diags)
{
    enum npt_status status = npt__agree_units_read(agree, diags);
    if (status != NPT_OK)
        return status;
    if (!npt__agree_count(agree)) {
        npt__say(diags, NPT_ERROR, NULL, "--level: %s has no such level",
                 agree->level == NPT__AGREE_CODES ? "the project" : "the codebook");
        return NPT_USAGE;
    }
    if (!has_common_interviews(agree, diags))
        return NPT_OK;
    npt__agree_add_table(agree, tables);
    if (agree->wants_unitised)
        npt__agree_add_unitised(agree, tables);
    return agree->wants_disagreements ? npt__agree_add_disagreements(agree, tables, diags) : NPT_OK;
}

static enum npt_status show_coding(struct npt__agree *agree, struct npt__tables *tables,
                                   const npt_options *options, npt_diags *diags)
{
    enum npt_status status = open_scope(agree, options, diags);
    if (status == NPT_OK)
        find_coders(agree);
    if (status == NPT_OK && has_enough_coders(agree, diags))
        status = count_coding(agree, tables, diags);
    npt__agree_release(agree);
    return status;
}

/* ---- the analysis ---------------------------------------------------------------------------- */

/* The first option given that only coded interviews have; NULL. */
static const char *find_coding_option(const npt_options *options)
{
    static const char *const names[] = {"coders", "coder", "where", "site", "unit", "unitised"};
    size_t level;
    const char *given = npt__option(options, "level");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (npt__option(options, names[i]))
            return names[i];
    return given && read_name(given, level_names, &level) ? "level" : NULL;
}

/* Whether others may have coded than those who were asked for. */
static bool chooses_part(const npt_options *options)
{
    static const char *const names[] = {"coders", "coder", "where", "site", "ratings"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (npt__option(options, names[i]))
            return true;
    return false;
}

static enum npt_status run(struct npt__tables *tables, const npt_study *study,
                           const npt_options *options, npt_diags *diags)
{
    struct npt__agree agree = {
        .study = study, .focus = NPT__NONE, .replicates = 2000, .seed = 1, .most = 50};
    const char *name = npt__option(options, "ratings"), *own = find_coding_option(options);
    const bool shows_coding = npt_study_has_coding(study) && !name;
    enum npt_status status = read_options(&agree, options, diags);
    agree.shows_ratings = study->ratings.count && (!own || !shows_coding);
    if (status == NPT_OK && own && !shows_coding) {
        npt__say(diags, NPT_ERROR, NULL, "--%s: it is for coded interviews, not for ratings%s%s",
                 own, strcmp(own, "level") == 0 ? ", which take " : "",
                 strcmp(own, "level") == 0 ? "nominal, ordinal, interval or ratio" : "");
        status = NPT_USAGE;
    }
    const struct npt__ratings_request request = {.name = name,
                                                 .replicates = agree.replicates,
                                                 .seed = agree.seed,
                                                 .most = agree.most,
                                                 .wants_disagreements = agree.wants_disagreements};
    if (status == NPT_OK && shows_coding)
        status = show_coding(&agree, tables, options, diags);
    if (status == NPT_OK && (name || agree.shows_ratings))
        status = npt__agree_add_ratings(&request, tables, study, diags);
    if (status != NPT_OK || tables->count)
        return status;
    return chooses_part(options) ? NPT_USAGE : NPT_BAD_INPUT; /* a report does without, then */
}

static const struct npt_option options_of_agree[] = {
    {"level", "LEVEL",
     "domain, construct (the default), component, code; of ratings: nominal to ratio"},
    {"unit", "UNIT", "characters (the default), sentences, paragraphs or sources"},
    {"coders", "A,B[,...]", "only these coders; one alone is compared with every other"},
    {"coder", "NAME", "the same for one name; repeat for several"},
    NPT__OPTION_WHERE,
    NPT__OPTION_SITE,
    {"disagreements", NULL, "also list where they disagree, with the words, longest first"},
    {"max", "N", "at most N of these (50)"},
    {"unitised", NULL, "also Krippendorff's alpha for unitised text, of each and over all"},
    {"ratings", "NAME", "only this table of ratings of the study"},
    NPT__OPTION_REPLICATES,
    NPT__OPTION_SEED,
    {NULL, NULL, NULL}};

const npt_analysis npt__agree_analysis = {
    .name = "agree",
    .summary = "do the coders agree: kappa, alpha and where they differ, by construct or code",
    .description =
        "Compares how people coded the same interviews, each construct or code on its own: what both\n"
        "coded, what only one did, the share that agrees, kappa, and Krippendorff's alpha where there\n"
        "are more than two; with intervals over interviews. Only interviews in which both coded anything\n"
        "count. Of a table of ratings (units down, coders across): kappa, Fleiss' kappa, alpha and more.",
    .options = options_of_agree,
    .needs_positions = needs_positions,
    .needs = NPT__NEEDS_CODING_OR_RATINGS,
    .run_several = run,
};
