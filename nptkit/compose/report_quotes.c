/* report_quotes.c - what people said, where a person released it and the rule against recognition lets it be shown.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report_quotes.h"

#include <string.h>

static const char no_quotes[] =
    "What people said is not quoted here: words can be recognised, and no passage of this study is marked as released "
    "for reports.";

/* What there is to say where nothing is shown. Whether something of this very site was released is not said: the other
   sites' reports would tell whose the quotes are that the report on all sites shows. */
static void say_why_none(struct npt_report *report, const struct npt__released_choices *choices,
                         const char *construct, size_t min_n)
{
    const npt_study *study = report->reports->study;
    const char *on = construct ? npt__arena_print(report->arena, " on %s", construct) : "";
    const char *text = no_quotes;
    if (study->released.items.count && !choices->released)
        text = npt__arena_print(
            report->arena,
            "What people said%s is not quoted here: words can be recognised, and no passage%s is "
            "marked as released for reports.",
            on, on);
    else if (choices->released)
        text = npt__arena_print(
            report->arena,
            "What people said%s is not quoted here: passages are released for reports, but none can "
            "be shown in this one. A quote is shown only where at least %zu of those who were "
            "interviewed fit all that the reports of this study, taken together, tell of it.",
            on, min_n);
    npt__add_paragraph(report->document, text);
}

/* How the quotes were chosen: once in a report. */
static void say_how(struct npt_report *report, size_t min_n)
{
    const npt_study *study = report->reports->study;
    if (report->quotes_explained)
        return;
    report->quotes_explained = true;
    npt__add_heading(report->document, 3, "How these quotes were chosen");
    npt__add_paragraph(
        report->document,
        "A person of the study released each of these quotes for reports. A few are shown on a construct, of as many "
        "different people as there are; their order means nothing. A cut is marked by ..., and what stands in [brackets] "
        "replaces what was said. Others said things that are not quoted here: quotes show what is meant by a number, not "
        "how many think so.");
    npt__add_paragraph(
        report->document,
        npt__arena_print(
            report->arena,
            "So that nobody is recognised by what stands beside the words, at least %zu of those who were interviewed "
            "fit all that the reports of this study, taken together, tell of a quote. %sReleased quotes for which that "
            "does not hold are not shown. Words themselves can be recognised: that is for whoever releases them to "
            "judge.",
            min_n,
            study->released.by == NPT__NONE
                ? ""
                : "Whose words they are is told where that allows it; elsewhere they are a participant's. "));
}

static enum npt_status find_construct(const struct npt_report *report,
                                      const struct npt__recipe_part *part, uint32_t *construct)
{
    const npt_codebook *codebook = report->reports->study->codebook;
    *construct =
        part->construct.value ? npt__construct_find(codebook, part->construct.value) : NPT__NONE;
    if (!part->construct.value || *construct != NPT__NONE)
        return NPT_OK;
    npt__say(report->diags, NPT_ERROR, &part->construct.place,
             "'%s' is no construct of the codebook '%s'", part->construct.value, codebook->name);
    const char *near = npt__construct_nearest(codebook, part->construct.value);
    if (near)
        npt__hint(report->diags, "did you mean '%s'", near);
    else
        npt__hint(report->diags, "see: nptkit codebook show %s", codebook->name);
    return NPT_BAD_INPUT;
}

enum npt_status npt__report_add_quotes(struct npt_report *report,
                                       const struct npt__recipe_part *part)
{
    const npt_study *study = report->reports->study;
    const size_t most = part->most ? part->most : NPT__USUAL_QUOTES;
    uint32_t construct, last = NPT__NONE;
    if (find_construct(report, part, &construct) != NPT_OK)
        return NPT_BAD_INPUT;
    const struct npt__released_rule *rule = &report->reports->quotes;
    struct npt__released_choices choices = {0};
    npt__released_choose(rule, report->site, construct, most, &choices);
    for (size_t i = 0; i < choices.list.count; i++) {
        const struct npt__released_choice *choice = &choices.list.items[i];
        if (choice->construct != last)
            npt__add_heading(report->document, 3,
                             study->codebook->constructs[choice->construct].code.name);
        last = choice->construct;
        npt__add_quote(report->document, choice->quote->text,
                       choice->whose ? choice->whose : NPT__RELEASED_PARTICIPANT);
    }
    if (choices.list.count)
        say_how(report, rule->min_n);
    else
        say_why_none(report, &choices,
                     construct == NPT__NONE ? NULL
                                            : study->codebook->constructs[construct].code.name,
                     rule->min_n);
    npt__array_release(&choices.list);
    return NPT_OK;
}
