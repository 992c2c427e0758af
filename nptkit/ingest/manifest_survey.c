/* manifest_survey.c - the survey half of study.xml.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "manifest_survey.h"

#include <string.h>

#define MOST_SURVEYS 1000u
#define MOST_COLUMNS 10000u /* of a survey */
#define MOST_VALUES 10000u  /* of a column */
#define MOST_CODES 1000u    /* of missing or not-relevant answers, for a survey */
#define MOST_INVITED 100000u
#define MOST_PEOPLE 1000000000u
#define MOST_LIMIT 1000u /* of <disclosure> */

static struct npt__manifest_survey *last_survey(struct npt__manifest *manifest)
{
    return &manifest->surveys.items[manifest->surveys.count - 1];
}

/* A whole number up to `most`; anything else is reported with what is allowed. */
static bool read_number(struct npt__form *form, const struct npt__setting *setting,
                        const char *name, size_t least, size_t most, size_t *number)
{
    const char *text = setting->value;
    const size_t digits = strspn(text, "0123456789");
    size_t value = 0;
    for (size_t i = 0; i < digits && i < 10; i++)
        value = value * 10 + (size_t)(text[i] - '0');
    if (digits && digits <= 10 && !text[digits] && value >= least && value <= most) {
        *number = value;
        return true;
    }
    npt__say(npt__form_fault(form), NPT_ERROR, &setting->place, "'%s' is %s", name,
             npt__form_quote(form, text));
    npt__hint(form->diags, "write a whole number from %zu to %zu", least, most);
    return false;
}

void npt__manifest_check_key(struct npt__form *form, const struct npt__setting *key)
{
    static const char allowed[] = "0123456789_"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const char *text = key->value;
    if (strspn(text, "0123456789") == 0 && *text && !text[strspn(text, allowed)])
        return;
    npt__say(npt__form_fault(form), NPT_ERROR, &key->place, "'as' is %s, which is not a key",
             npt__form_quote(form, text));
    npt__hint(form->diags, "a key has letters a-z, digits and _ only, and does not begin with a "
                           "digit: site, role, wave_2");
}

void npt__manifest_add_survey(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                              const struct npt__element *element)
{
    if (!npt__form_has_room(form, xml, manifest->surveys.count, MOST_SURVEYS, "surveys"))
        return;
    struct npt__manifest_survey survey = {.file = npt__form_setting(form, xml, element, "file"),
                                          .instrument =
                                              npt__form_setting(form, xml, element, "instrument"),
                                          .wave = npt__form_setting(form, xml, element, "wave"),
                                          .agree = npt__form_setting(form, xml, element, "agree"),
                                          .site = npt__form_setting(form, xml, element, "site"),
                                          .sheet = npt__form_setting(form, xml, element, "sheet"),
                                          .agreement = -1,
                                          .site_index = NPT__NONE};
    size_t number;
    if (survey.agree.value && read_number(form, &survey.agree, "agree", 0, 100, &number))
        survey.agreement = (int)number;
    const struct npt__setting rows = npt__form_setting(form, xml, element, "header-rows");
    if (rows.value && strcmp(rows.value, "1") != 0 && strcmp(rows.value, "3") != 0) {
        npt__say(npt__form_fault(form), NPT_ERROR, &rows.place, "'header-rows' is %s",
                 npt__form_quote(form, rows.value));
        npt__hint(form->diags,
                  "write 1, or 3 for an export of Qualtrics; without it the file tells");
    } else if (rows.value) {
        survey.header_rows = (size_t)(rows.value[0] - '0');
    }
    *npt__array_add(&manifest->surveys) = survey;
}

/* Reports what is said twice of columns: a name, an item, a key. */
static void check_unique(struct npt__form *form, const struct npt__manifest_survey *survey,
                         const struct npt__manifest_column *added)
{
    for (size_t i = 0; i < survey->columns.count; i++) {
        const struct npt__manifest_column *other = &survey->columns.items[i];
        const struct {
            const struct npt__setting *mine, *theirs;
            const char *what, *hint;
        } pairs[] = {
            {&added->item, &other->item, "item", "an item has one column in a file"},
            {&added->as, &other->as, "key", "give each column a key of its own"},
            {&added->number, &other->number, "column number", "a column is one thing only"},
            {&added->name,
             added->number.value || other->number.value ? &added->number : &other->name, "column",
             "a column is one thing only; several of one name are told apart by number"},
        };
        for (size_t j = 0; j < sizeof pairs / sizeof *pairs; j++) {
            const char *mine = pairs[j].mine->value, *theirs = pairs[j].theirs->value;
            if (!mine || !theirs || pairs[j].mine == pairs[j].theirs || strcmp(mine, theirs) != 0)
                continue;
            npt__say(npt__form_fault(form), NPT_ERROR, &pairs[j].mine->place,
                     "the %s %s is declared already, on line %zu", pairs[j].what,
                     npt__form_quote(form, mine), pairs[j].theirs->place.line);
            npt__hint(form->diags, "%s", pairs[j].hint);
            return;
        }
    }
}

static void check_column(struct npt__form *form, struct npt__manifest_column *column,
                         const struct npt__place *place)
{
    size_t number;
    if (column->number.value &&
        read_number(form, &column->number, "number", 1, MOST_COLUMNS, &number))
        column->index = number - 1;
    if (!column->name.value && !column->number.value) {
        npt__say(npt__form_fault(form), NPT_ERROR, place, "<column> does not say which column");
        npt__hint(form->diags, "give its name as in the header, or its number from 1: "
                               "<column name=\"Q4\" item=\"nomad.4\"/>");
    }
    if (!column->item.value == !column->as.value) {
        npt__say(npt__form_fault(form), NPT_ERROR, place, "<column> %s",
                 column->item.value ? "is both an item and a key"
                                    : "does not say what the column is");
        npt__hint(form->diags, "write item=\"nomad.4\", or as=\"site\" (id, wave, role ...)");
    }
    if (column->as.value)
        npt__manifest_check_key(form, &column->as);
}

void npt__manifest_add_column(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                              const struct npt__element *element)
{
    struct npt__manifest_survey *survey = last_survey(manifest);
    if (!npt__form_has_room(form, xml, survey->columns.count, MOST_COLUMNS, "columns in a survey"))
        return;
    struct npt__manifest_column column = {.name = npt__form_setting(form, xml, element, "name"),
                                          .number = npt__form_setting(form, xml, element, "number"),
                                          .item = npt__form_setting(form, xml, element, "item"),
                                          .as = npt__form_setting(form, xml, element, "as"),
                                          .index = SIZE_MAX};
    const struct npt__setting turned = npt__form_setting(form, xml, element, "already-reversed");
    const struct npt__place place = npt__xml_place(xml, NULL);
    check_column(form, &column, &place);
    if (turned.value && strcmp(turned.value, "yes") != 0 && strcmp(turned.value, "no") != 0) {
        npt__say(npt__form_fault(form), NPT_ERROR, &turned.place, "'already-reversed' is %s",
                 npt__form_quote(form, turned.value));
        npt__hint(form->diags, "write yes where the file holds this item turned round, or no");
    }
    column.already_reversed = turned.value && strcmp(turned.value, "yes") == 0;
    check_unique(form, survey, &column);
    *npt__array_add(&survey->columns) = column;
}

void npt__manifest_add_value(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                             const struct npt__element *element)
{
    struct npt__manifest_survey *survey = last_survey(manifest);
    struct npt__manifest_column *column = &survey->columns.items[survey->columns.count - 1];
    if (!npt__form_has_room(form, xml, column->values.count, MOST_VALUES, "values of a column"))
        return;
    /* What stands in the data may end in a blank, which settings lose: it is kept here. */
    const struct npt__attribute *from = npt__xml_find(element, "from");
    struct npt__manifest_value value = {.from = npt__form_setting(form, xml, element, "from"),
                                        .to = npt__form_setting(form, xml, element, "to")};
    if (from)
        value.from.value = npt__arena_copy(manifest->arena, from->value, from->length);
    *npt__array_add(&column->values) = value;
}

void npt__manifest_add_answer(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                              const struct npt__element *element)
{
    struct npt__manifest_survey *survey = last_survey(manifest);
    if (npt__form_has_room(form, xml, survey->answers.count, MOST_CODES, "answers in a survey"))
        *npt__array_add(&survey->answers) =
            (struct npt__manifest_value){.from = npt__form_setting(form, xml, element, "value"),
                                         .to = npt__form_setting(form, xml, element, "means")};
}

void npt__manifest_add_not_relevant(struct npt__form *form, struct npt__manifest *manifest,
                                    npt__xml *xml, const struct npt__element *element)
{
    struct npt__manifest_survey *survey = last_survey(manifest);
    if (!npt__form_has_room(form, xml, survey->not_relevant.count, MOST_CODES,
                            "not-relevant values in a survey"))
        return;
    *npt__array_add(&survey->not_relevant) =
        (struct npt__manifest_not_relevant){.value = npt__form_setting(form, xml, element, "value"),
                                            .kind = npt__form_setting(form, xml, element, "kind")};
}

void npt__manifest_add_missing(struct npt__form *form, struct npt__manifest *manifest,
                               npt__xml *xml, const struct npt__element *element)
{
    struct npt__manifest_survey *survey = last_survey(manifest);
    if (npt__form_has_room(form, xml, survey->missing.count, MOST_CODES,
                           "missing values in a survey"))
        *npt__array_add(&survey->missing) = npt__form_setting(form, xml, element, "value");
}

void npt__manifest_add_absent(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                              const struct npt__element *element)
{
    struct npt__manifest_survey *survey = last_survey(manifest);
    if (npt__form_has_room(form, xml, survey->absent.count, MOST_CODES, "absent items in a survey"))
        *npt__array_add(&survey->absent) = npt__form_setting(form, xml, element, "item");
}

void npt__manifest_add_invited(struct npt__form *form, struct npt__manifest *manifest,
                               npt__xml *xml, const struct npt__element *element)
{
    if (!npt__form_has_room(form, xml, manifest->invited.count, MOST_INVITED, "invitations"))
        return;
    struct npt__manifest_invited invited = {.site = npt__form_setting(form, xml, element, "site"),
                                            .wave = npt__form_setting(form, xml, element, "wave"),
                                            .site_index = NPT__NONE};
    for (size_t i = 0; i < manifest->invited.count; i++) {
        const struct npt__manifest_invited *other = &manifest->invited.items[i];
        const char *site = invited.site.value ? invited.site.value : "";
        const char *wave = invited.wave.value ? invited.wave.value : "";
        if (strcmp(site, other->site.value ? other->site.value : "") != 0 ||
            strcmp(wave, other->wave.value ? other->wave.value : "") != 0)
            continue;
        npt__say(npt__form_fault(form), NPT_ERROR,
                 &(struct npt__place){.file = form->path, .line = npt__xml_start_line(xml)},
                 "who was invited to this site and wave is declared already");
        npt__hint(form->diags, "keep one <invited> for a site and wave, with all people");
        break;
    }
    const struct npt__setting people = npt__form_setting(form, xml, element, "n");
    size_t number;
    if (people.value && read_number(form, &people, "n", 1, MOST_PEOPLE, &number))
        invited.count = (uint32_t)number;
    *npt__array_add(&manifest->invited) = invited;
}

/* <disclosure>: the limits under which numbers of people are withheld. */
void npt__manifest_add_disclosure(struct npt__form *form, struct npt__manifest *manifest,
                                  npt__xml *xml, const struct npt__element *element)
{
    const struct npt__place place = {.file = form->path, .line = npt__xml_start_line(xml)};
    if (manifest->disclosure_place.line) {
        npt__say(npt__form_fault(form), NPT_ERROR, &place,
                 "a second <disclosure>; the first is on line %zu",
                 manifest->disclosure_place.line);
        npt__hint(form->diags, "one for the study: <disclosure min-n=\"%d\" min-cell=\"%d\"/>",
                  NPT_MIN_N, NPT_MIN_CELL);
        return;
    }
    manifest->disclosure_place = place;
    const struct npt__setting min_n = npt__form_setting(form, xml, element, "min-n");
    const struct npt__setting min_cell = npt__form_setting(form, xml, element, "min-cell");
    size_t number;
    if (min_n.value && read_number(form, &min_n, "min-n", 1, MOST_LIMIT, &number))
        manifest->disclosure.min_n = number;
    if (min_cell.value && read_number(form, &min_cell, "min-cell", 1, MOST_LIMIT, &number))
        manifest->disclosure.min_cell = number;
}

void npt__manifest_forget_surveys(struct npt__manifest *manifest)
{
    for (size_t i = 0; i < manifest->surveys.count; i++) {
        struct npt__manifest_survey *survey = &manifest->surveys.items[i];
        for (size_t j = 0; j < survey->columns.count; j++)
            npt__array_release(&survey->columns.items[j].values);
        npt__array_release(&survey->columns);
        npt__array_release(&survey->answers);
        npt__array_release(&survey->not_relevant);
        npt__array_release(&survey->missing);
        npt__array_release(&survey->absent);
    }
    npt__array_release(&manifest->surveys);
    npt__array_release(&manifest->invited);
}
