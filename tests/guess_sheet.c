/* guess_sheet.c - header rows of survey exports for tests, guessed and looked at.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_sheet.h"
#include "../nptkit/base/buffer.h"

#include <stdio.h>
#include <string.h>

/* ---- instruments ----------------------------------------------------------------------------- */

/* Finch et al. (2018), BMC Medical Research Methodology 18:135. */
static const struct npt__item all_items[] = {
    {"nomad.1", "1", "", "When you use {intervention}, how familiar does it feel?", "", NPT__NONE,
     0, false},
    {"nomad.2", "2", "", "Do you feel {intervention} is currently a normal part of your work?", "",
     NPT__NONE, 0, false},
    {"nomad.3", "3", "", "Do you feel {intervention} will become a normal part of your work?", "",
     NPT__NONE, 0, false},
    {"nomad.4", "4", "C1.1", "I can see how {intervention} differs from usual ways of working", "",
     0, 0, false},
    {"nomad.5", "5", "C1.2",
     "Staff in this organisation have a shared understanding of the purpose of {intervention}", "",
     0, 0, false},
    {"nomad.6", "6", "C1.3", "I understand how {intervention} affects the nature of my own work",
     "", 0, 0, false},
    {"nomad.7", "7", "C1.4", "I can see the potential value of {intervention} for my work", "", 0,
     0, false},
    {"nomad.8", "8", "C2.1",
     "There are key people who drive {intervention} forward and get others involved", "", 1, 0,
     false},
    {"nomad.9", "9", "C2.2",
     "I believe that participating in {intervention} is a legitimate part of my role", "", 1, 0,
     false},
    {"nomad.10", "10", "C2.3",
     "I'm open to working with colleagues in new ways to use {intervention}", "", 1, 0, false},
    {"nomad.11", "11", "C2.4", "I will continue to support {intervention}", "", 1, 0, false},
    {"nomad.12", "12", "C3.1", "I can easily integrate {intervention} into my existing work", "", 2,
     0, false},
    {"nomad.13", "13", "C3.2", "{intervention} disrupts working relationships", "", 2, 0, true},
    {"nomad.14", "14", "C3.3", "I have confidence in other people's ability to use {intervention}",
     "", 2, 0, false},
    {"nomad.15", "15", "C3.4",
     "Work is assigned to those with skills appropriate to {intervention}", "", 2, 0, false},
    {"nomad.16", "16", "C3.5",
     "Sufficient training is provided to enable staff to use {intervention}", "", 2, 0, false},
    {"nomad.17", "17", "C3.6", "Sufficient resources are available to support {intervention}", "",
     2, 0, false},
    {"nomad.18", "18", "C3.7", "Management adequately support {intervention}", "", 2, 0, false},
    {"nomad.19", "19", "C4.1", "I am aware of reports about the effects of {intervention}", "", 3,
     0, false},
    {"nomad.20", "20", "C4.2", "The staff agree that {intervention} is worthwhile", "", 3, 0,
     false},
    {"nomad.21", "21", "C4.3", "I value the effects {intervention} has had on my work", "", 3, 0,
     false},
    {"nomad.22", "22", "C4.4",
     "Feedback about {intervention} can be used to improve it in the future", "", 3, 0, false},
    {"nomad.23", "23", "C4.5", "I can modify how I work with {intervention}", "", 3, 0, false},
};

/* Weiner et al. (2017), Implementation Science 12:108. */
static const struct npt__item measure_items[] = {
    {"aim.1", "1", "AIM1", "{intervention} meets my approval", "", 0, 0, false},
    {"aim.2", "2", "AIM2", "{intervention} is appealing to me", "", 0, 0, false},
    {"aim.3", "3", "AIM3", "I like {intervention}", "", 0, 0, false},
    {"aim.4", "4", "AIM4", "I welcome {intervention}", "", 0, 0, false},
    {"iam.1", "5", "IAM1", "{intervention} seems fitting", "", 1, 0, false},
    {"iam.2", "6", "IAM2", "{intervention} seems suitable", "", 1, 0, false},
    {"iam.3", "7", "IAM3", "{intervention} seems applicable", "", 1, 0, false},
    {"iam.4", "8", "IAM4", "{intervention} seems like a good match", "", 1, 0, false},
    {"fim.1", "9", "FIM1", "{intervention} seems implementable", "", 2, 0, false},
    {"fim.2", "10", "FIM2", "{intervention} seems possible", "", 2, 0, false},
    {"fim.3", "11", "FIM3", "{intervention} seems doable", "", 2, 0, false},
    {"fim.4", "12", "FIM4", "{intervention} seems easy to use", "", 2, 0, false},
};

static const struct npt__measured_construct constructs[] = {
    {"coherence", "Coherence"},
    {"cognitive-participation", "Cognitive participation"},
    {"collective-action", "Collective action"},
    {"reflexive-monitoring", "Reflexive monitoring"}};
static const struct npt__measured_construct outcomes[] = {{"acceptability", "Acceptability"},
                                                          {"appropriateness", "Appropriateness"},
                                                          {"feasibility", "Feasibility"}};

const npt_instrument nomad_23 = {.id = "nomad",
                                 .items = all_items,
                                 .item_count = 23,
                                 .constructs = constructs,
                                 .construct_count = 4};
/* Filled by fill_core(). */
static struct npt__item core_items[20];
const npt_instrument nomad_20 = {.id = "nomad-core",
                                 .items = core_items,
                                 .item_count = 20,
                                 .constructs = constructs,
                                 .construct_count = 4};
const npt_instrument three_measures = {.id = "aim-iam-fim",
                                       .items = measure_items,
                                       .item_count = 12,
                                       .constructs = outcomes,
                                       .construct_count = 3};

/* The items on constructs, numbered from 1. */
static void fill_core(void)
{
    for (size_t i = 0; i < 20; i++) {
        core_items[i] = all_items[i + 3];
        core_items[i].number = all_items[i].number;
    }
}

/* ---- sheets ---------------------------------------------------------------------------------- */

void sheet_put(struct sheet *sheet, const char *name, const char *wording)
{
    assert_true(sheet->count < MOST_COLUMNS);
    sheet->names[sheet->count] = name;
    sheet->wordings[sheet->count++] = wording;
}

void sheet_put_all(struct sheet *sheet, ...)
{
    va_list arguments;
    va_start(arguments, sheet);
    const char *name;
    while ((name = va_arg(arguments, const char *)))
        sheet_put(sheet, name, "");
    va_end(arguments);
}

static npt__arena *arena_of(struct sheet *sheet)
{
    if (!sheet->arena)
        sheet->arena = npt__arena_new();
    return sheet->arena;
}

/* `text` with numbers[0] for its first run of "#", numbers[1] for the next. */
static const char *with_numbers(struct sheet *sheet, const char *text, const size_t *numbers)
{
    npt__buffer result = {0};
    while (*text) {
        size_t digits = strspn(text, "#");
        if (digits)
            npt__buffer_print(&result, "%0*zu", (int)digits, *numbers++);
        else
            npt__buffer_putc(&result, *text);
        text += digits ? digits : 1;
    }
    const char *copy = npt__arena_string(arena_of(sheet), npt__buffer_string(&result));
    npt__buffer_release(&result);
    return copy;
}

void sheet_put_numbered(struct sheet *sheet, const char *name, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++)
        sheet_put(sheet, with_numbers(sheet, name, &i), "");
}

void sheet_put_codes(struct sheet *sheet, const char *name)
{
    static const size_t sizes[] = {4, 4, 7, 5};
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < sizes[i]; j++)
            sheet_put(sheet, with_numbers(sheet, name, (const size_t[]){i + 1, j + 1}), "");
}

/* `text` with `value` for the first `mark`. */
static const char *with_text(struct sheet *sheet, const char *text, const char *mark,
                             const char *value)
{
    const char *at = strstr(text, mark);
    assert_non_null(at);
    return npt__arena_print(arena_of(sheet), "%.*s%s%s", (int)(at - text), text, value,
                            at + strlen(mark));
}

void sheet_put_wordings(struct sheet *sheet, const char *header, const char *intervention,
                        const npt_instrument *instrument, size_t first, size_t count)
{
    fill_core();
    for (size_t i = first; i < first + count; i++) {
        const char *wording =
            with_text(sheet, instrument->items[i].wording, "{intervention}", intervention);
        sheet_put(sheet, with_text(sheet, header, "@", wording), "");
    }
}

void sheet_name(struct sheet *sheet, size_t column, const char *name, size_t number)
{
    sheet->wordings[column] = sheet->names[column];
    sheet->names[column] = with_numbers(sheet, name, &number);
}

void sheet_rename(struct sheet *sheet, size_t column, const char *name)
{
    sheet->names[column] = name;
}

void sheet_guess(struct sheet *sheet, const npt_instrument *instrument)
{
    fill_core();
    npt__guess_columns(arena_of(sheet), instrument, sheet->names, sheet->wordings, sheet->count,
                       sheet->guesses);
    sheet->instrument = instrument;
}

void sheet_free(struct sheet *sheet)
{
    npt__arena_free(sheet->arena);
    *sheet = (struct sheet){0};
}

/* ---- expectations ---------------------------------------------------------------------------- */

/* Says which column is meant where something is not as expected. */
static void expect_same(const struct sheet *sheet, size_t column, const char *use,
                        const char *expected_use, enum npt__certainty certainty)
{
    static const char *const words[] = {"unsure", "possible", "likely", "certain"};
    const struct npt__column_guess *found = &sheet->guesses[column];
    char is[200], should[200];
    snprintf(is, sizeof is, "%zu %.60s: %s, %s", column, sheet->names[column], use,
             words[found->certainty]);
    snprintf(should, sizeof should, "%zu %.60s: %s, %s", column, sheet->names[column], expected_use,
             words[certainty]);
    if (strcmp(is, should) != 0)
        print_error("reason: %s\n", found->reason);
    assert_string_equal(is, should);
}

void expect_item(const struct sheet *sheet, size_t column, const char *id,
                 enum npt__certainty certainty)
{
    const struct npt__column_guess *found = &sheet->guesses[column];
    const char *is =
        found->use == NPT__COLUMN_ITEM ? sheet->instrument->items[found->item].id : "none";
    assert_null(found->as);
    assert_true(found->reason[0] != '\0');
    expect_same(sheet, column, is, id, certainty);
}

void expect_items(const struct sheet *sheet, size_t column, const char *id, size_t count,
                  enum npt__certainty certainty)
{
    size_t item = 0;
    while (strcmp(sheet->instrument->items[item].id, id) != 0)
        assert_true(++item < sheet->instrument->item_count);
    assert_true(item + count <= sheet->instrument->item_count);
    for (size_t i = 0; i < count; i++)
        expect_item(sheet, column + i, sheet->instrument->items[item + i].id, certainty);
}

void expect_use(const struct sheet *sheet, size_t column, enum npt__column_use use, const char *as,
                enum npt__certainty certainty)
{
    static const char *const words[] = {"unused", "item", "id", "attribute", "personal"};
    const struct npt__column_guess *found = &sheet->guesses[column];
    char is[40], should[40];
    snprintf(is, sizeof is, "%s %s", words[found->use], found->as ? found->as : "-");
    snprintf(should, sizeof should, "%s %s", words[use], as ? as : "-");
    expect_same(sheet, column, is, should, certainty);
    assert_int_equal(found->item, NPT__NONE);
}

void expect_nothing(const struct sheet *sheet, size_t column)
{
    expect_use(sheet, column, NPT__COLUMN_UNUSED, NULL, NPT__UNSURE);
}

void expect_reason(const struct sheet *sheet, size_t column, const char *reason)
{
    assert_string_equal(sheet->guesses[column].reason, reason);
}
