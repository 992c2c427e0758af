/* survey_plan.c - which column of a file of responses is what, and how its answers are read.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_plan.h"

#include "../base/file.h"

#include <string.h>

#define MOST_LISTED 12u
#define LONGEST_SHOWN 60u /* characters of a header in a message */

static struct npt__survey *survey_of(const struct npt__survey_plan *plan)
{
    return &plan->study->responses.surveys.items[plan->survey];
}

static const char *file_name(const struct npt__survey_plan *plan)
{
    return npt__path_base(survey_of(plan)->path);
}

/* ---- columns --------------------------------------------------------------------------------- */

static void refuse_name(const struct npt__survey_plan *plan, const struct npt__columns *columns,
                        const struct npt__setting *name, size_t same)
{
    npt__arena *arena = plan->study->arena;
    if (same) {
        npt__say(plan->diags, NPT_ERROR, &name->place, "'%s' has %zu columns called '%s'",
                 file_name(plan), same, name->value);
        npt__hint(plan->diags, "tell them apart by number=\"...\", counted from 1");
        return;
    }
    npt__say(plan->diags, NPT_ERROR, &name->place, "'%s' has no column '%s'", file_name(plan),
             name->value);
    const char **folded = npt__arena_array(arena, columns->count, sizeof *folded);
    for (size_t i = 0; i < columns->count; i++)
        folded[i] = npt__fold_name(arena, npt__shown_name(arena, columns->items[i].name));
    const uint32_t near = npt__nearest(npt__fold_name(arena, name->value), folded, columns->count);
    if (near != NPT__NONE)
        npt__hint(plan->diags, "did you mean '%s'",
                  npt__shown_name(arena, columns->items[near].name));
    else
        npt__hint(plan->diags, "see its columns with: nptkit init DIR --survey %s --instrument %s",
                  file_name(plan), survey_of(plan)->instrument->id);
}

/* Every header is folded once, and only where a name is not found as it is. */
static const char *folded_name(const struct npt__survey_plan *plan,
                               const struct npt__columns *columns, size_t at)
{
    if (!plan->folded[at])
        plan->folded[at] = npt__fold_name(plan->study->arena, columns->items[at].name);
    return plan->folded[at];
}

/* The column that a declaration means; SIZE_MAX after a fault. */
static size_t find_column(const struct npt__survey_plan *plan, const struct npt__columns *columns,
                          const struct npt__manifest_column *declared)
{
    npt__arena *arena = plan->study->arena;
    if (declared->index != SIZE_MAX) {
        const bool there = declared->index < columns->count;
        if (there && (!declared->name.value ||
                      strcmp(npt__fold_name(arena, columns->items[declared->index].name),
                             npt__fold_name(arena, declared->name.value)) == 0))
            return declared->index;
        npt__say(plan->diags, NPT_ERROR, &declared->number.place, "column %zu of '%s' is %s%s%s",
                 declared->index + 1, file_name(plan), there ? "called '" : "not there",
                 there ? npt__shown_name(arena, columns->items[declared->index].name) : "",
                 there ? "'" : "");
        return SIZE_MAX;
    }
    size_t found = SIZE_MAX, exact = 0, same = 0;
    const char *folded = npt__fold_name(arena, declared->name.value);
    for (size_t i = 0; i < columns->count; i++)
        if (strcmp(columns->items[i].name, declared->name.value) == 0) {
            exact++;
            found = i;
        }
    for (size_t i = 0; i < columns->count && !exact; i++)
        if (strcmp(folded_name(plan, columns, i), folded) == 0) {
            same++;
            found = i;
        }
    if (exact + same == 1)
        return found;
    refuse_name(plan, columns, &declared->name, exact + same);
    return SIZE_MAX;
}

/* The study's item for an id; NPT__NONE after a fault. */
static uint32_t find_item(const struct npt__survey_plan *plan, const struct npt__setting *id)
{
    const npt_instrument *instrument = survey_of(plan)->instrument;
    const uint32_t index = npt__instrument_find(instrument, id->value);
    const struct npt__responses *responses = &plan->study->responses;
    if (index == NPT__NONE) {
        npt__say(plan->diags, NPT_ERROR, &id->place, "'%s' is no item of the instrument '%s'",
                 id->value, instrument->id);
        const char *near = npt__instrument_nearest(instrument, id->value);
        if (near)
            npt__hint(plan->diags, "did you mean '%s'", near);
        else
            npt__hint(plan->diags, "see: nptkit instrument show %s", instrument->id);
        return NPT__NONE;
    }
    for (uint32_t i = 0; i < responses->items.count; i++)
        if (strcmp(responses->items.items[i].item->id, instrument->items[index].id) == 0)
            return i;
    return NPT__NONE;
}

static uint32_t add_attribute(const struct npt__survey_plan *plan, const char *name,
                              const char *key)
{
    struct npt__responses *responses = &plan->study->responses;
    npt__arena *arena = plan->study->arena;
    struct npt__response_attribute *added = npt__array_add(&responses->attributes);
    *added = (struct npt__response_attribute){.name = npt__arena_string(arena, name),
                                              .folded = npt__fold_name(arena, name),
                                              .key = key ? npt__arena_string(arena, key) : NULL};
    if (responses->room) {
        added->of_response = npt__allocate(responses->room * sizeof *added->of_response);
        for (uint32_t i = 0; i < responses->count; i++)
            added->of_response[i] = NPT__NONE;
    }
    return (uint32_t)responses->attributes.count - 1;
}

/* The study's attribute for a column; it is added where no file had it. */
static uint32_t find_attribute(const struct npt__survey_plan *plan, const char *name,
                               const char *key)
{
    struct npt__responses *responses = &plan->study->responses;
    npt__arena *arena = plan->study->arena;
    const char *folded = npt__fold_name(arena, name);
    for (uint32_t i = 0; i < responses->attributes.count; i++) {
        const struct npt__response_attribute *other = &responses->attributes.items[i];
        if (key ? other->key && strcmp(other->key, key) == 0
                : !other->key && strcmp(other->folded, folded) == 0)
            return i;
    }
    return add_attribute(plan, name, key);
}
static bool declare_column(struct npt__survey_plan *plan, const struct npt__columns *columns,
                           const struct npt__manifest_column *declared)
{
    const size_t at = find_column(plan, columns, declared);
    const uint32_t item = declared->item.value ? find_item(plan, &declared->item) : NPT__NONE;
    if (at == SIZE_MAX || (declared->item.value && item == NPT__NONE))
        return false;
    struct npt__planned_column *planned = &plan->columns[at];
    if (planned->role != NPT__IS_UNUSED) {
        npt__say(plan->diags, NPT_ERROR, &declared->name.place,
                 "column %zu of '%s' is declared already, on line %zu", at + 1, file_name(plan),
                 planned->declared->name.place.line);
        return false;
    }
    for (size_t i = 0; declared->item.value && i < plan->count; i++)
        if (plan->columns[i].role == NPT__IS_ITEM && plan->columns[i].index == item) {
            npt__say(plan->diags, NPT_ERROR, &declared->item.place,
                     "the item '%s' is declared already, on line %zu", declared->item.value,
                     plan->columns[i].declared->item.place.line);
            return false;
        }
    if (declared->already_reversed && !plan->study->responses.items.items[item].item->reversed) {
        npt__say(plan->diags, NPT_ERROR, &declared->item.place,
                 "'already-reversed' is for items that scores turn round; '%s' is none",
                 declared->item.value);
        return false;
    }
    planned->declared = declared;
    if (declared->item.value) {
        planned->role = NPT__IS_ITEM;
        planned->index = item;
    } else if (strcmp(declared->as.value, "id") == 0) {
        planned->role = NPT__IS_ID;
    } else {
        planned->role = NPT__IS_ATTRIBUTE;
        planned->index = find_attribute(plan, columns->items[at].name, declared->as.value);
    }
    return true;
}

static struct npt__column_guess *guess(const struct npt__survey_plan *plan,
                                       const struct npt__columns *columns)
{
    npt__arena *arena = plan->study->arena;
    const char **names = npt__arena_array(arena, columns->count, sizeof *names);
    const char **wordings = npt__arena_array(arena, columns->count, sizeof *wordings);
    npt_study *study = plan->study;
    struct npt__column_guess *guesses = npt__arena_array(arena, columns->count, sizeof *guesses);
    for (size_t i = 0; i < columns->count; i++) {
        names[i] = columns->items[i].name;
        wordings[i] = columns->items[i].wording;
    }
    npt__guess_columns(arena, survey_of(plan)->instrument, names, wordings, columns->count,
                       guesses);
    /* Without a study.xml the questions themselves say what was put into practice. */
    const char *name = plan->guess && !*study->intervention
                           ? npt__guess_intervention(arena, survey_of(plan)->instrument, names,
                                                     wordings, columns->count)
                           : NULL;
    if (name) {
        study->intervention = name;
        survey_of(plan)->named = name;
    }
    return guesses;
}

static void guess_columns(struct npt__survey_plan *plan, const struct npt__columns *columns)
{
    const npt_instrument *instrument = survey_of(plan)->instrument;
    const struct npt__column_guess *guesses = guess(plan, columns);
    bool has_id = false;
    for (size_t i = 0; i < columns->count; i++) {
        const struct npt__column_guess *found = &guesses[i];
        struct npt__planned_column *planned = &plan->columns[i];
        struct npt__survey_column *column = &survey_of(plan)->columns.items[i];
        const bool certain = found->certainty == NPT__CERTAIN;
        column->guessed = found->use != NPT__COLUMN_UNUSED;
        column->guess = *found;
        if (plan->study->responses.is_draft) { /* to see what stands in each column */
            if (found->use == NPT__COLUMN_PERSONAL)
                continue;
            planned->role = NPT__IS_ATTRIBUTE;
            planned->index = add_attribute(plan, columns->items[i].name, NULL);
            continue;
        }
        if (found->use == NPT__COLUMN_ITEM && certain) {
            const struct npt__setting id = {.value = instrument->items[found->item].id};
            planned->role = NPT__IS_ITEM;
            planned->index = find_item(plan, &id);
        } else if (found->use == NPT__COLUMN_ID && certain && !has_id) {
            planned->role = NPT__IS_ID;
            has_id = true;
        } else if ((found->use == NPT__COLUMN_ATTRIBUTE ||
                    (found->use == NPT__COLUMN_UNUSED && found->certainty < NPT__LIKELY)) &&
                   *columns->items[i].name) {
            planned->role = NPT__IS_ATTRIBUTE;
            planned->index =
                add_attribute(plan, columns->items[i].name, certain ? found->as : NULL);
        }
    }
}

/* ---- what must be there ---------------------------------------------------------------------- */

static bool is_absent(const struct npt__survey_plan *plan, const char *id)
{
    const npt_instrument *instrument = survey_of(plan)->instrument;
    for (size_t i = 0; i < plan->declared->absent.count; i++) {
        const uint32_t item =
            npt__instrument_find(instrument, plan->declared->absent.items[i].value);
        if (item != NPT__NONE && strcmp(instrument->items[item].id, id) == 0)
            return true;
    }
    return false;
}

static const struct npt__planned_column *column_of(const struct npt__survey_plan *plan,
                                                   const char *id)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == NPT__IS_ITEM &&
            strcmp(plan->study->responses.items.items[plan->columns[i].index].item->id, id) == 0)
            return &plan->columns[i];
    return NULL;
}

static bool check_absent(const struct npt__survey_plan *plan)
{
    bool good = true;
    for (size_t i = 0; i < plan->declared->absent.count; i++) {
        const struct npt__setting *absent = &plan->declared->absent.items[i];
        const uint32_t item = find_item(plan, absent);
        if (item == NPT__NONE) {
            good = false;
        } else if (column_of(plan, plan->study->responses.items.items[item].item->id)) {
            npt__say(plan->diags, NPT_ERROR, &absent->place,
                     "the item '%s' is declared absent and has a column", absent->value);
            good = false;
        }
    }
    return good;
}

/* Every item of the instrument has a column, or is said to be absent. */
static bool check_items(const struct npt__survey_plan *plan)
{
    const npt_instrument *instrument = survey_of(plan)->instrument;
    size_t without = 0, constructs = 0;
    npt__buffer list = {0};
    for (size_t i = 0; i < instrument->item_count; i++) {
        const struct npt__item *item = &instrument->items[i];
        if (column_of(plan, item->id) || is_absent(plan, item->id))
            continue;
        if (without++ < MOST_LISTED)
            npt__buffer_print(&list, "%s%s", without > 1 ? ", " : "", item->id);
        constructs += item->construct != NPT__NONE;
    }
    /* Without a study.xml there is nobody to say that the general items were left out. */
    const bool good = plan->guess ? !constructs : !without;
    if (good && without)
        survey_of(plan)->unread = npt__arena_string(plan->study->arena, npt__buffer_string(&list));
    if (!good) {
        const struct npt__place of_file = {.file = survey_of(plan)->label};
        npt__say(plan->diags, NPT_ERROR, plan->guess ? &of_file : &plan->declared->file.place,
                 "no %scolumn for %zu item%s of %s: %s%s", plan->guess ? "certain " : "", without,
                 without == 1 ? "" : "s", instrument->id, npt__buffer_string(&list),
                 without > MOST_LISTED ? ", ..." : "");
        if (plan->guess)
            npt__hint(
                plan->diags,
                "nptkit init DIR --survey %s --instrument %s writes a study.xml with what can "
                "be guessed, to be completed",
                survey_of(plan)->path, instrument->path ? instrument->path : instrument->id);
        else
            npt__hint(plan->diags,
                      "name each column: <column name=\"...\" item=\"%s\"/>, or say "
                      "that it was not asked: <absent item=\"%s\"/>",
                      instrument->items[0].id, instrument->items[0].id);
    }
    npt__buffer_release(&list);
    return good;
}

/* A column that says by its own wording that it is another item than the one declared. */
static void compare_with_guesses(struct npt__survey_plan *plan, const struct npt__columns *columns)
{
    npt__arena *arena = plan->study->arena;
    const npt_instrument *instrument = survey_of(plan)->instrument;
    const struct npt__responses *responses = &plan->study->responses;
    struct npt__column_guess *guesses = guess(plan, columns);
    for (size_t i = 0; i < columns->count; i++) {
        if (plan->columns[i].role != NPT__IS_ITEM || guesses[i].use != NPT__COLUMN_ITEM ||
            guesses[i].certainty != NPT__CERTAIN)
            continue;
        const char *declared = responses->items.items[plan->columns[i].index].item->id;
        const char *guessed = instrument->items[guesses[i].item].id;
        if (strcmp(declared, guessed) != 0)
            *npt__array_add(&survey_of(plan)->doubts) =
                npt__arena_print(arena, "column '%s' is declared to be %s, and looks like %s: %s",
                                 npt__shown_name(arena, columns->items[i].name), declared, guessed,
                                 guesses[i].reason);
    }
}

static void list_columns(struct npt__survey_plan *plan, const struct npt__columns *columns)
{
    npt__arena *arena = plan->study->arena;
    struct npt__survey *survey = survey_of(plan);
    for (size_t i = 0; i < columns->count; i++)
        *npt__array_add(&survey->columns) = (struct npt__survey_column){
            .name = npt__arena_string(arena, columns->items[i].name),
            .wording = npt__arena_string(arena, columns->items[i].wording),
            .index = NPT__NONE};
}

bool npt__survey_plan(struct npt__survey_plan *plan, const struct npt__columns *columns)
{
    bool good = true;
    plan->count = columns->count;
    plan->columns = npt__arena_array(plan->study->arena, columns->count, sizeof *plan->columns);
    plan->items = npt__arena_array(plan->study->arena, columns->count, sizeof *plan->items);
    plan->digits = npt__arena_array(plan->study->arena, columns->count, sizeof *plan->digits);
    plan->attributes =
        npt__arena_array(plan->study->arena, columns->count, sizeof *plan->attributes);
    plan->folded = npt__arena_array(plan->study->arena, columns->count, sizeof *plan->folded);
    plan->id_column = SIZE_MAX;
    list_columns(plan, columns);
    if (plan->guess)
        guess_columns(plan, columns);
    for (size_t i = 0; i < plan->declared->columns.count; i++)
        good &= declare_column(plan, columns, &plan->declared->columns.items[i]);
    if (good && !plan->study->responses.is_draft)
        good = check_absent(plan) && check_items(plan);
    for (size_t i = 0; i < columns->count && good; i++) {
        struct npt__planned_column *planned = &plan->columns[i];
        struct npt__survey_column *column = &survey_of(plan)->columns.items[i];
        if (planned->role == NPT__IS_ITEM) {
            good &= npt__survey_reader(plan, &columns->items[i], planned);
            planned->lane = (uint32_t)plan->item_count;
            memcpy(plan->digits[plan->item_count], planned->reader.by_number, 10);
            plan->items[plan->item_count++] = (uint32_t)i;
        } else if (planned->role == NPT__IS_ATTRIBUTE) {
            planned->lane = (uint32_t)plan->attribute_count;
            plan->attributes[plan->attribute_count++] = (uint32_t)i;
        } else if (planned->role == NPT__IS_ID) {
            plan->id_column = i;
        }
        column->role = planned->role;
        column->index = planned->index;
    }
    if (good && !plan->guess)
        compare_with_guesses(plan, columns);
    return good && (plan->study->responses.is_draft || npt__survey_check_declared(plan));
}
