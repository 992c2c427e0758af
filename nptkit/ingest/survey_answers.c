/* survey_answers.c - how the answers of a column are read: what the study and the file say of its values.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_plan.h"

#include <string.h>

#define LONGEST_SHOWN 60u /* characters of a header in a message */
#define MOST_LISTED 12u

static struct npt__survey *survey_of(const struct npt__survey_plan *plan)
{
    return &plan->study->responses.surveys.items[plan->survey];
}

const char *npt__shown_name(npt__arena *arena, const char *name)
{
    const size_t length = strlen(name), cut = npt__utf8_offset(name, length, LONGEST_SHOWN);
    return npt__arena_print(arena, "%.*s%s", (int)cut, name, cut < length ? "..." : "");
}

struct words {
    NPT__ARRAY(struct npt__answer_word) list;
};

static void add_word(struct words *words, const char *folded, uint8_t answer)
{
    *npt__array_add(&words->list) = (struct npt__answer_word){folded, answer};
}

static const struct npt__answer_word *keep(npt__arena *arena, struct words *words, size_t *count)
{
    struct npt__answer_word *kept = npt__arena_array(arena, words->list.count, sizeof *kept);
    for (size_t i = 0; i < words->list.count; i++)
        kept[i] = words->list.items[i];
    *count = words->list.count;
    npt__array_release(&words->list);
    return kept;
}

static uint32_t find_kind(const struct npt__responses *responses, const char *id)
{
    for (uint32_t i = 0; i < responses->kinds.count; i++)
        if (strcmp(responses->kinds.items[i].id, id) == 0)
            return i;
    return NPT__NONE;
}

static void refuse_kind(const struct npt__survey_plan *plan,
                        const struct npt__manifest_not_relevant *declared)
{
    const struct npt__responses *responses = &plan->study->responses;
    npt__buffer list = {0};
    for (size_t i = 0; i < responses->kinds.count; i++)
        npt__buffer_print(&list, "%s'%s'", i ? ", " : "", responses->kinds.items[i].id);
    npt__say(plan->diags, NPT_ERROR, &declared->kind.place,
             "'%s' is no kind of not-relevant answer of '%s'", declared->kind.value,
             survey_of(plan)->instrument->id);
    npt__hint(plan->diags,
              "the kinds are %s; a value that is no answer at all is declared by "
              "<missing value=\"...\"/>",
              npt__buffer_string(&list));
    npt__buffer_release(&list);
}

static bool declare_values(const struct npt__survey_plan *plan, struct npt__answer_reader *reader)
{
    const struct npt__manifest_survey *declared = plan->declared;
    npt__arena *arena = plan->study->arena;
    struct words words = {0};
    bool good = true;
    for (size_t i = 0; i < declared->not_relevant.count; i++) {
        const struct npt__manifest_not_relevant *value = &declared->not_relevant.items[i];
        const uint32_t kind = find_kind(&plan->study->responses, value->kind.value);
        if (kind == NPT__NONE && plan->item_count == 0) /* once, not for every column */
            refuse_kind(plan, value);
        good &= kind != NPT__NONE;
        add_word(&words, npt__fold_name(arena, value->value.value),
                 (uint8_t)(NPT__NOT_RELEVANT + (kind == NPT__NONE ? 0 : kind)));
    }
    for (size_t i = 0; i < declared->missing.count; i++)
        add_word(&words, npt__fold_name(arena, declared->missing.items[i].value),
                 NPT__CODED_MISSING);
    reader->declared = keep(arena, &words, &reader->declared_count);
    return good;
}

/* A reader of the same answers before what the study and the file say of single values. */
static struct npt__answer_reader plain_reader(const struct npt__answer_reader *reader)
{
    struct npt__answer_reader plain = *reader;
    plain.already_reversed = plain.labels_only = false;
    plain.recoded_count = plain.labelled_count = plain.declared_count = 0;
    npt__answer_reader_prepare(&plain);
    return plain;
}

/* What the study says a value means, for the items on whose scale that stands: <value> in a column, <answer> in
   the whole file. */
static bool recode_values(const struct npt__survey_plan *plan,
                          const struct npt__manifest_column *declared,
                          struct npt__answer_reader *reader)
{
    npt__arena *arena = plan->study->arena;
    const struct npt__answer_reader plain = plain_reader(reader);
    struct words words = {0};
    bool good = true;
    for (size_t i = 0; declared && i < declared->values.count; i++) {
        const struct npt__manifest_value *value = &declared->values.items[i];
        const uint8_t answer = npt__answer_read(&plain, value->to.value, strlen(value->to.value));
        if (answer >= NPT__CONTRADICTION && answer <= NPT__NO_ANSWER) {
            npt__say(plan->diags, NPT_ERROR, &value->to.place,
                     answer == NPT__NO_DIRECTION
                         ? "'%s' is a number of a scale whose direction is not declared"
                         : "'%s' is no answer on the scale of the item '%s'",
                     value->to.value, declared->item.value);
            good = false;
        }
        add_word(&words, npt__fold_name(arena, value->from.value), answer);
    }
    for (size_t i = 0; i < plan->declared->answers.count; i++) {
        const struct npt__manifest_value *value = &plan->declared->answers.items[i];
        const uint8_t answer = npt__answer_read(&plain, value->to.value, strlen(value->to.value));
        if (answer < NPT__CONTRADICTION || answer > NPT__NO_ANSWER)
            add_word(&words, npt__fold_name(arena, value->from.value), answer);
    }
    reader->recoded = keep(arena, &words, &reader->recoded_count);
    return good;
}

static bool is_number(const char *text)
{
    return *text && !text[strspn(text, "0123456789")];
}

static void refuse_label(const struct npt__survey_plan *plan, const struct npt__column *column,
                         const struct npt__value_label *label,
                         const struct npt__answer_reader *reader)
{
    npt__arena *arena = plan->study->arena;
    const struct npt__place of_file = {.file = survey_of(plan)->label};
    if (reader->scale->declared) {
        npt__say(plan->diags, NPT_ERROR, &plan->declared->agree.place,
                 "the file labels %s of '%s' as '%s', which contradicts agree=\"%d\"", label->value,
                 npt__shown_name(arena, column->name), npt__shown_name(arena, label->label),
                 reader->agreement);
        npt__hint(plan->diags, "turn agree round, or leave it out: the labels tell");
        return;
    }
    npt__say(plan->diags, NPT_ERROR, &of_file,
             "labels %s of '%s' as '%s', which is another number of the scale", label->value,
             npt__shown_name(arena, column->name), npt__shown_name(arena, label->label));
    npt__hint(plan->diags,
              "say in its <column> what each number means: <value from=\"%s\" "
              "to=\"%s\"/>",
              label->value, npt__shown_name(arena, label->label));
}

/* Takes over what a data file says its numbers mean, where that is known: labels settle the direction, and
   numbers that stand for others ("1" labelled "0") are read by their labels only. */
static bool take_labels(const struct npt__survey_plan *plan, const struct npt__column *column,
                        struct npt__answer_reader *reader)
{
    npt__arena *arena = plan->study->arena;
    const struct npt__answer_reader plain = plain_reader(reader);
    struct words words = {0};
    bool good = true;
    for (size_t i = 0; i < column->missing_count; i++)
        add_word(&words, npt__fold_name(arena, column->missing[i]), NPT__CODED_MISSING);
    for (size_t i = 0; i < column->label_count && good; i++) {
        const struct npt__value_label *label = &column->labels[i];
        const char *folded = npt__fold_name(arena, label->label);
        const uint8_t answer = npt__answer_read(&plain, folded, strlen(folded));
        const uint8_t counted = npt__answer_read(&plain, label->value, strlen(label->value));
        const bool differs = npt__is_value(answer) && npt__is_value(counted) && answer != counted;
        if ((answer >= NPT__CONTRADICTION && answer <= NPT__NO_ANSWER) || answer == NPT__BLANK)
            continue;
        if (is_number(folded) && reader->scale->declared)
            continue; /* says nothing: "1" labelled "1" */
        if (is_number(folded))
            reader->labels_only |= strcmp(folded, label->value) != 0;
        else if (differs) {
            refuse_label(plan, column, label, reader);
            good = false;
        }
        add_word(&words, npt__fold_name(arena, label->value), answer);
    }
    reader->labelled = keep(arena, &words, &reader->labelled_count);
    return good;
}

bool npt__survey_reader(const struct npt__survey_plan *plan, const struct npt__column *column,
                        struct npt__planned_column *planned)
{
    const struct npt__scale *scale = plan->study->responses.items.items[planned->index].scale;
    struct npt__answer_reader *reader = &planned->reader;
    *reader = (struct npt__answer_reader){.scale = scale,
                                          .agreement = plan->declared->agreement,
                                          .already_reversed = planned->declared &&
                                                              planned->declared->already_reversed};
    if (scale->declared && reader->agreement >= 0 && reader->agreement != scale->least &&
        reader->agreement != scale->most) {
        if (plan->item_count == 0)
            npt__say(plan->diags, NPT_ERROR, &plan->declared->agree.place,
                     "agree is %d, which is no end of the scale from %d to %d", reader->agreement,
                     scale->least, scale->most);
        return false;
    }
    const npt_instrument *instrument = survey_of(plan)->instrument;
    uint32_t kinds[NPT__MOST_KINDS] = {0};
    for (size_t i = 0; i < instrument->not_relevant_count && i < NPT__MOST_KINDS; i++)
        kinds[i] = find_kind(&plan->study->responses, instrument->not_relevant[i].id);
    npt__answer_reader_name(reader, plan->study->arena, instrument, kinds,
                            plan->study->intervention);
    const bool declared = declare_values(plan, reader);
    const bool recoded = recode_values(plan, planned->declared, reader);
    if (!take_labels(plan, column, reader) || !declared || !recoded)
        return false;
    npt__answer_reader_prepare(reader);
    return true;
}

/* Whether some item has the value outside its scale, so that declaring it says something. Where others have it on
   theirs, it is an answer to them: a person should know. */
static bool reaches_an_item(const struct npt__survey_plan *plan, const struct npt__setting *value)
{
    npt__buffer list = {0};
    size_t reached = 0, answers = 0;
    for (size_t i = 0; i < plan->item_count; i++) {
        const struct npt__planned_column *planned = &plan->columns[plan->items[i]];
        if (!npt__answer_is_number(&planned->reader, value->value))
            reached++;
        else if (answers++ < MOST_LISTED)
            npt__buffer_print(&list, "%s%s", answers > 1 ? ", " : "",
                              plan->study->responses.items.items[planned->index].item->id);
    }
    if (answers && reached)
        *npt__array_add(&survey_of(plan)->remarks) = npt__arena_print(
            plan->study->arena,
            "'%s' is declared to be no answer, and counts as one where it is a number of the scale: "
            "%s%s",
            value->value, npt__buffer_string(&list), answers > MOST_LISTED ? ", ..." : "");
    npt__buffer_release(&list);
    if (reached)
        return true;
    npt__say(plan->diags, NPT_ERROR, &value->place,
             "'%s' is declared to be no answer, and is a number of every item's scale",
             value->value);
    npt__hint(plan->diags,
              "what is a number of the scale counts as an answer: take the declaration "
              "out, or recode the file");
    return false;
}

/* Whether a value is said to stand for two things. */
static bool is_declared_twice(const struct npt__survey_plan *plan,
                              const struct npt__setting *const *values, size_t at)
{
    npt__arena *scratch = npt__arena_new();
    const char *folded = npt__fold_name(scratch, values[at]->value);
    bool twice = false;
    for (size_t i = 0; i < at && !twice; i++)
        twice = strcmp(npt__fold_name(scratch, values[i]->value), folded) == 0;
    npt__arena_free(scratch);
    if (!twice)
        return false;
    npt__say(plan->diags, NPT_ERROR, &values[at]->place,
             "it is said twice what '%s' stands for: as missing, not relevant or an answer",
             values[at]->value);
    npt__hint(plan->diags, "keep the one that is right");
    return true;
}

bool npt__survey_check_declared(const struct npt__survey_plan *plan)
{
    const struct npt__manifest_survey *declared = plan->declared;
    const struct npt__setting **values = npt__arena_array(
        plan->study->arena,
        declared->missing.count + declared->not_relevant.count + declared->answers.count,
        sizeof *values);
    size_t count = 0;
    bool good = true;
    for (size_t i = 0; i < declared->missing.count; i++)
        values[count++] = &declared->missing.items[i];
    for (size_t i = 0; i < declared->not_relevant.count; i++)
        values[count++] = &declared->not_relevant.items[i].value;
    for (size_t i = 0; i < count; i++)
        good &= reaches_an_item(plan, values[i]);
    for (size_t i = 0; i < declared->answers.count; i++)
        values[count++] = &declared->answers.items[i].from;
    for (size_t i = 1; i < count; i++)
        good &= !is_declared_twice(plan, values, i);
    return good;
}
