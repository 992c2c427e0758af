/* write_survey.c - the survey half of a new study.xml: what each column probably is, and how sure that is.
 *
 * Only guesses that are certain are written as they are; the others stand in comments, to be looked at. What
 * numbers mean is never guessed.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/file.h"
#include "../model/answers.h"
#include "manifest_text.h"

#include <stdlib.h>
#include <string.h>

#define MOST_SITES 60u
#define MOST_ODD_VALUES 40u
#define LONGEST_ODD \
    60u /* bytes: what is longer was written by somebody, and is nobody's business here */

static const char *const certainties[] = {[NPT__UNSURE] = "not sure",
                                          [NPT__POSSIBLE] = "possible",
                                          [NPT__LIKELY] = "likely",
                                          [NPT__CERTAIN] = "certain"};

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A value of a column, and how many responses have it. */
struct spelling {
    const char *value;
    size_t count;
};

static int compare_spellings(const void *a, const void *b)
{
    const struct spelling *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->value, y->value);
}

static const struct npt__survey *survey_of(const npt_study *draft)
{
    return &draft->responses.surveys.items[0];
}

static const npt__intern *values_of(const npt_study *draft, const struct npt__survey_column *column)
{
    return &draft->responses.attributes.items[column->index].values;
}

/* The values of a column, those that most responses have first: of two spellings the usual one is meant. */
static const char **usual_first(const npt_study *draft, const struct npt__survey_column *column,
                                npt__arena *arena)
{
    const struct npt__response_attribute *attribute =
        &draft->responses.attributes.items[column->index];
    const size_t count = attribute->values.strings.count;
    struct spelling *spellings = npt__arena_array(arena, count, sizeof *spellings);
    const char **values = npt__arena_array(arena, count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        spellings[i].value = attribute->values.strings.items[i];
    for (uint32_t i = 0; i < draft->responses.count; i++)
        if (attribute->of_response[i] != NPT__NONE)
            spellings[attribute->of_response[i]].count++;
    qsort(spellings, count, sizeof *spellings, compare_spellings);
    for (size_t i = 0; i < count; i++)
        values[i] = spellings[i].value;
    return values;
}

/* The first of the values that differs from this one by case and blanks only; NULL. */
static const char *same_value(npt__arena *arena, const char *const *values, size_t count,
                              const char *value)
{
    const char *folded = npt__fold_name(arena, value);
    for (size_t i = 0; i < count; i++)
        if (strcmp(npt__fold_name(arena, values[i]), folded) == 0)
            return values[i];
    return NULL;
}

size_t npt__draft_sites(const npt_study *draft, npt__arena *arena, const char *const **values,
                        const char **name)
{
    const struct npt__survey *survey = survey_of(draft);
    for (size_t i = 0; i < survey->columns.count; i++) {
        const struct npt__survey_column *column = &survey->columns.items[i];
        if (column->role != NPT__IS_ATTRIBUTE || !column->guess.as ||
            strcmp(column->guess.as, "site") != 0 || column->guess.certainty < NPT__LIKELY)
            continue;
        const npt__intern *found = values_of(draft, column);
        const size_t count = found->strings.count;
        if (!count || count > MOST_SITES)
            return 0;
        const char **kept_values = usual_first(draft, column, arena);
        size_t kept = 0;
        for (size_t j = 0; j < count; j++)
            if (!same_value(arena, kept_values, kept, kept_values[j]))
                kept_values[kept++] = kept_values[j];
        qsort(kept_values, kept, sizeof *kept_values, compare_strings);
        *values = kept_values;
        *name = column->name;
        return kept;
    }
    return 0;
}

/* Values that only case or blanks tell from one before them: probably meant as that one. */
static void put_recodings(npt__buffer *xml, const npt_study *draft,
                          const struct npt__survey_column *column, npt__arena *arena)
{
    const npt__intern *found = values_of(draft, column);
    const size_t count = found->strings.count;
    if (count > MOST_SITES)
        return;
    const char **sorted = usual_first(draft, column, arena);
    for (size_t i = 0; i < count; i++) {
        const char *same = same_value(arena, sorted, i, sorted[i]);
        if (!same)
            continue;
        npt__buffer_puts(xml, "\n      <value from=\"");
        npt__put_value(xml, sorted[i]);
        npt__buffer_puts(xml, "\" to=\"");
        npt__put_value(xml, same);
        npt__buffer_puts(xml, "\"/> <!-- a guess: they differ only by case or blanks -->");
    }
}

/* ---- what stands in the columns of items ----------------------------------------------------- */

/* What the answers of the items look like, over all columns. */
struct answers {
    bool plain_numbers; /* numbers without words, on a scale whose direction must be declared */
    NPT__ARRAY(const char *) odd; /* texts that are no answer */
    bool more_odd;
};

static void add_odd(struct answers *answers, const char *text)
{
    for (size_t i = 0; i < answers->odd.count; i++)
        if (strcmp(answers->odd.items[i], text) == 0)
            return;
    if (answers->odd.count == MOST_ODD_VALUES || strlen(text) > LONGEST_ODD)
        answers->more_odd = true;
    else
        *npt__array_add(&answers->odd) = text;
}

static void look_at_answers(const npt_study *draft, npt__arena *arena, struct answers *answers)
{
    const struct npt__survey *survey = survey_of(draft);
    const npt_instrument *instrument = survey->instrument;
    uint32_t kinds[NPT__MOST_KINDS];
    for (uint32_t i = 0; i < NPT__MOST_KINDS; i++)
        kinds[i] = i;
    for (size_t i = 0; i < survey->columns.count; i++) {
        const struct npt__survey_column *column = &survey->columns.items[i];
        if (column->role != NPT__IS_ATTRIBUTE || column->guess.use != NPT__COLUMN_ITEM)
            continue;
        const struct npt__item *item = &instrument->items[column->guess.item];
        struct npt__answer_reader reader = {.scale = &instrument->scales[item->scale],
                                            .agreement = -1};
        npt__answer_reader_name(&reader, arena, instrument, kinds, draft->intervention);
        npt__answer_reader_prepare(&reader);
        const npt__intern *values = values_of(draft, column);
        for (size_t j = 0; j < values->strings.count; j++) {
            const char *text = values->strings.items[j];
            const uint8_t answer = npt__answer_read(&reader, text, strlen(text));
            answers->plain_numbers |= answer == NPT__NO_DIRECTION;
            if (answer == NPT__NO_ANSWER || answer == NPT__CONTRADICTION)
                add_odd(answers, text);
        }
    }
}

static void put_odd(npt__buffer *xml, struct answers *answers, const npt_instrument *instrument)
{
    if (answers->odd.count) {
        qsort(answers->odd.items, answers->odd.count, sizeof *answers->odd.items, compare_strings);
        npt__buffer_puts(
            xml, "    <!-- Values in the columns of items that are no answers on their scale. "
                 "Say what each one\n         stands for: take its line out of the comment, "
                 "as missing or as one of the kinds of not relevant");
        for (size_t i = 0; i < instrument->not_relevant_count; i++)
            npt__buffer_print(xml, "%s%s", i ? ", " : "\n         (",
                              instrument->not_relevant[i].id);
        npt__buffer_puts(xml, instrument->not_relevant_count ? ").\n" : ".\n");
        for (size_t i = 0; i < answers->odd.count; i++) {
            npt__buffer_puts(xml, "    <missing value=\"");
            npt__put_comment(xml, answers->odd.items[i]);
            npt__buffer_puts(xml, "\"/>\n      or <not-relevant value=\"");
            npt__put_comment(xml, answers->odd.items[i]);
            npt__buffer_puts(xml, "\" kind=\"...\"/>\n");
        }
        npt__buffer_puts(xml, answers->more_odd ? "    and more\n    -->\n" : "    -->\n");
    }
    npt__array_release(&answers->odd);
}

/* ---- columns --------------------------------------------------------------------------------- */

/* How a column is told: by its name, and by its number too where another has the same. */
static void put_name(npt__buffer *xml, const struct npt__survey *survey, size_t at, bool comment)
{
    const char *name = survey->columns.items[at].name;
    npt__arena *scratch = npt__arena_new();
    const char *folded = npt__fold_name(scratch, name);
    bool same = !*folded;
    for (size_t i = 0; i < survey->columns.count && !same; i++)
        same =
            i != at && strcmp(npt__fold_name(scratch, survey->columns.items[i].name), folded) == 0;
    npt__arena_free(scratch);
    npt__buffer_puts(xml, "<column");
    if (same)
        npt__buffer_print(xml, " number=\"%zu\"", at + 1);
    if (!*name)
        return;
    npt__buffer_puts(xml, " name=\"");
    if (comment)
        npt__put_comment(xml, name);
    else
        npt__put_value(xml, name);
    npt__buffer_puts(xml, "\"");
}

static void put_reason(npt__buffer *xml, const struct npt__survey_column *column)
{
    if (!*column->guess.reason)
        return;
    npt__buffer_print(xml, " <!-- a guess, %s: ", certainties[column->guess.certainty]);
    npt__put_comment(xml, column->guess.reason);
    npt__buffer_puts(xml, " -->");
}

static void put_item(npt__buffer *xml, const struct npt__survey *survey, size_t at)
{
    const struct npt__survey_column *column = &survey->columns.items[at];
    const char *id = survey->instrument->items[column->guess.item].id;
    const bool certain = column->guess.certainty == NPT__CERTAIN;
    if (!certain) { /* on a line of its own: taking the next line out of its comment is enough */
        npt__buffer_print(xml, "    <!-- a guess, %s: ", certainties[column->guess.certainty]);
        npt__put_comment(xml, column->guess.reason);
        npt__buffer_puts(xml, " -->\n");
    }
    npt__buffer_puts(xml, certain ? "    " : "    <!-- ");
    put_name(xml, survey, at, !certain);
    npt__buffer_print(xml, " item=\"%s\"/>", id);
    if (certain)
        put_reason(xml, column);
    else
        npt__buffer_puts(xml, " -->");
    npt__buffer_puts(xml, "\n");
}

/* Items that no column was taken for with certainty. */
static void put_items(npt__buffer *xml, const struct npt__survey *survey)
{
    const npt_instrument *instrument = survey->instrument;
    size_t certain = 0, without = 0;
    for (size_t i = 0; i < survey->columns.count; i++)
        certain += survey->columns.items[i].guess.use == NPT__COLUMN_ITEM &&
                   survey->columns.items[i].guess.certainty == NPT__CERTAIN;
    npt__buffer_print(
        xml,
        "    <!-- Items: %zu of %zu have a column that is certain. Every item needs a "
        "column, or an <absent>.\n         Guesses that are not certain stand in "
        "comments: take out of the comment what is right. -->\n",
        certain, instrument->item_count);
    for (size_t i = 0; i < survey->columns.count; i++)
        if (survey->columns.items[i].guess.use == NPT__COLUMN_ITEM)
            put_item(xml, survey, i);
    for (uint32_t i = 0; i < instrument->item_count; i++) {
        bool found = false;
        for (size_t j = 0; j < survey->columns.count && !found; j++)
            found = survey->columns.items[j].guess.use == NPT__COLUMN_ITEM &&
                    survey->columns.items[j].guess.item == i;
        if (found)
            continue;
        if (without++ == 0)
            npt__buffer_puts(xml,
                             "    <!-- No column seems to be one of these: name it, or leave the "
                             "item out by <absent item=\"...\"/>.\n");
        npt__buffer_print(xml, "    <column name=\"...\" item=\"%s\"/>   ",
                          instrument->items[i].id);
        npt__put_comment(xml, instrument->items[i].wording);
        npt__buffer_puts(xml, "\n");
    }
    if (without)
        npt__buffer_puts(xml, "    -->\n");
}

static void put_others(npt__buffer *xml, const npt_study *draft, npt__arena *arena)
{
    const struct npt__survey *survey = survey_of(draft);
    npt__buffer_puts(
        xml, "\n    <!-- Other columns: as=\"...\" is the name that commands use, as in: by "
             "role. A column that is not\n         named here is never kept. -->\n");
    bool taken[4] = {false};
    static const char *const keys[] = {"id", "site", "wave", "role"};
    for (size_t i = 0; i < survey->columns.count; i++) {
        const struct npt__survey_column *column = &survey->columns.items[i];
        const struct npt__column_guess *guess = &column->guess;
        if (guess->use == NPT__COLUMN_ITEM)
            continue;
        const bool personal = guess->use == NPT__COLUMN_PERSONAL;
        const char *key = guess->as ? guess->as : npt__make_key(arena, column->name);
        bool live = guess->as && guess->certainty >= NPT__LIKELY && !personal;
        for (size_t k = 0; k < 4 && live; k++)
            if (strcmp(keys[k], key) == 0) {
                live = !taken[k];
                taken[k] = true;
            }
        npt__buffer_puts(xml, live ? "    " : "    <!-- ");
        put_name(xml, survey, i, !live);
        npt__buffer_print(xml, live ? " as=\"%s\">" : " as=\"%s\"/>", *key ? key : "...");
        if (live) {
            const size_t before = xml->length;
            if (strcmp(key, "id") != 0)
                put_recodings(xml, draft, column, arena);
            if (xml->length > before) {
                npt__buffer_puts(xml, "\n    </column>");
            } else { /* nothing within: an empty element */
                xml->length--;
                npt__buffer_puts(xml, "/>");
            }
            put_reason(xml, column);
        } else {
            npt__buffer_puts(xml, personal ? " personal: leave it out. " : " ");
            if (guess->as)
                npt__buffer_print(xml, "a guess, %s: ", certainties[guess->certainty]);
            npt__put_comment(xml, guess->reason);
            if (column->role == NPT__IS_ATTRIBUTE) {
                const size_t count = values_of(draft, column)->strings.count;
                npt__buffer_print(xml, " (%zu value%s)", count, count == 1 ? "" : "s");
            }
            npt__buffer_puts(xml, " -->");
        }
        npt__buffer_puts(xml, "\n");
    }
}

void npt__put_survey(npt__buffer *xml, const npt_study *draft, npt__arena *arena,
                     const char *folder)
{
    const struct npt__survey *survey = survey_of(draft);
    const npt_instrument *instrument = survey->instrument;
    struct answers answers = {0};
    look_at_answers(draft, arena, &answers);
    npt__buffer_puts(
        xml,
        "  <!-- A file of responses. A study may hold several: one <survey> for each wave or "
        "site. wave=\"1\" names\n       the wave of a whole file, site=\"...\" its site. -->\n");
    if (answers.plain_numbers)
        npt__buffer_puts(
            xml,
            "  <!-- The file holds numbers: say which one is the strongest agreement, as the "
            "survey program wrote them,\n       by agree=\"5\" or agree=\"1\" in <survey>. Until "
            "then nothing can be scored. -->\n");
    npt__buffer_puts(xml, "  <survey file=\"");
    npt__put_value(xml, npt__path_from(arena, folder, survey->path));
    npt__buffer_puts(xml, "\" instrument=\"");
    npt__put_value(xml, instrument->path ? npt__path_from(arena, folder, instrument->path)
                                         : instrument->id);
    npt__buffer_puts(xml, "\"");
    if (survey->sheet) {
        npt__buffer_puts(xml, " sheet=\"");
        npt__put_value(xml, survey->sheet);
        npt__buffer_puts(xml, "\"");
    }
    npt__buffer_puts(xml, ">\n\n");
    put_odd(xml, &answers, instrument);
    put_items(xml, survey);
    put_others(xml, draft, arena);
    npt__buffer_puts(xml, "  </survey>\n\n"
                          "  <!-- How many were asked, for response rates:\n"
                          "  <invited site=\"...\" wave=\"1\" n=\"40\"/>\n  -->\n");
}
