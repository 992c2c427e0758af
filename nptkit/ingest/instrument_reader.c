/* instrument_reader.c - questionnaires: opening shipped ones and one's own.
 *
 * instrument_form.c reads what the file says; here items find their scales, the names of answers are
 * gathered, and a name that tells two answers is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/file.h"
#include "../model/instrument.h"
#include "../base/embedded.h"
#include "instrument_form.h"

#include <stdlib.h>
#include <string.h>

#define LARGEST_FILE ((size_t)4 << 20)
#define MOST_NAMES 100u /* of one answer, besides its label */
#define MOST_LISTED 12u /* ids shown in a message */

/* A name of an answer: a point's or a kind's label, or another name of it. */
struct name {
    struct npt__answer_label label;
    const struct npt__place *place;
    const char *kind; /* the id of a kind that is not relevant; NULL: a point's */
    size_t order;
};

struct names {
    struct npt__instrument_form *form;
    NPT__ARRAY(struct name) list;  /* of the scale at hand, or of the kinds */
    NPT__ARRAY(struct name) kinds; /* these stand beside every scale */
};

/* ---- the names of answers -------------------------------------------------------------------- */

/* Numbers are read as values before any name is looked up. */
static void check_word(struct names *names, const struct name *name)
{
    struct npt__form *form = &names->form->form;
    const char *text = name->label.label;
    if (text[strspn(text, "0123456789")])
        return;
    if (name->kind) {
        npt__say(npt__form_fault(form), NPT_ERROR, name->place,
                 "an answer that is not relevant is called %s", npt__form_quote(form, text));
        npt__hint(form->diags, "name it in words; which number stands for it, a study says");
    } else if (strcmp(text, npt__arena_print(form->arena, "%d", name->label.value)) != 0) {
        npt__say(npt__form_fault(form), NPT_ERROR, name->place, "the point %d is called %s",
                 name->label.value, npt__form_quote(form, text));
        npt__hint(form->diags, "name it in words: a number is read as the value itself");
    }
}

/* Adds a name, unless the answer, whose names begin at `first`, has it already. */
static void add_name(struct names *names, size_t first, struct name name, const char *text,
                     size_t length)
{
    length = npt__trim(&text, length);
    if (!length)
        return;
    npt__arena *arena = names->form->arena;
    name.label.label = npt__arena_copy(arena, text, length);
    name.label.folded = npt__fold_name(arena, name.label.label);
    name.order = names->list.count;
    for (size_t i = first; i < names->list.count; i++)
        if (strcmp(names->list.items[i].label.folded, name.label.folded) == 0)
            return;
    check_word(names, &name);
    *npt__array_add(&names->list) = name;
}

/* Adds the label of an answer and its other names. */
static void add_names(struct names *names, struct name name, const char *label,
                      const struct npt__setting *also)
{
    struct npt__form *form = &names->form->form;
    const size_t first = names->list.count;
    size_t count = 0;
    add_name(names, first, name, label, strlen(label));
    name.place = &also->place;
    for (const char *at = also->value; at && *at; count++) {
        size_t length = strcspn(at, ";");
        if (count == MOST_NAMES) {
            npt__say(npt__form_fault(form), NPT_ERROR, &also->place,
                     "an answer has more than %u other names", MOST_NAMES);
            npt__hint(form->diags, "keep the names that files really hold");
            return;
        }
        add_name(names, first, name, at, length);
        at += length + (at[length] == ';');
    }
}

static int compare_names(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    int order = strcmp(x->label.folded, y->label.folded);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void refuse_name(struct npt__form *form, const struct name *first, const struct name *second)
{
    const char *text = npt__form_quote(form, second->label.label);
    npt_diags *diags = npt__form_fault(form);
    if (first->kind && second->kind)
        npt__say(diags, NPT_ERROR, second->place,
                 "%s is a name of two answers that are not relevant, '%s' and '%s'", text,
                 first->kind, second->kind);
    else if (first->kind || second->kind)
        npt__say(diags, NPT_ERROR, second->place,
                 "%s is a name of the point %d and of the answer '%s' that is not relevant", text,
                 first->kind ? second->label.value : first->label.value,
                 first->kind ? first->kind : second->kind);
    else
        npt__say(diags, NPT_ERROR, second->place, "%s is a name of two points, %d and %d", text,
                 first->label.value, second->label.value);
    npt__hint(diags, "a name must tell one answer (case makes no difference)");
}

/* Refuses names of two answers; pairs of kinds only where `kinds`, as they stand beside every scale. */
static void check_names(struct names *names, bool kinds)
{
    size_t count = names->list.count;
    if (count)
        qsort(names->list.items, count, sizeof *names->list.items, compare_names);
    for (size_t i = 1; i < count; i++) {
        const struct name *first = &names->list.items[i - 1], *second = &names->list.items[i];
        bool same_kind = (first->kind != NULL) == (second->kind != NULL);
        if (strcmp(first->label.folded, second->label.folded) == 0 &&
            (!same_kind || first->label.value != second->label.value) &&
            (kinds || !first->kind || !second->kind))
            refuse_name(&names->form->form, first, second);
    }
}

static const struct npt__answer_label *keep_labels(const struct names *names)
{
    struct npt__answer_label *labels =
        npt__arena_array(names->form->arena, names->list.count, sizeof *labels);
    for (size_t i = 0; i < names->list.count; i++)
        labels[i] = names->list.items[i].label;
    return labels;
}

/* ---- putting the instrument together --------------------------------------------------------- */

static void build_kinds(npt_instrument *instrument, struct names *names)
{
    const struct npt__instrument_form *form = names->form;
    const size_t count = form->kinds.count;
    struct npt__not_relevant *kinds = npt__arena_array(form->arena, count, sizeof *kinds);
    for (size_t i = 0; i < count; i++) {
        const struct npt__drafted_kind *kind = &form->kinds.items[i];
        kinds[i] = (struct npt__not_relevant){kind->id.value, kind->label};
        struct name name = {.label = {.value = (int)i},
                            .place = &kind->id.place,
                            .kind = kind->id.value ? kind->id.value : ""};
        add_names(names, name, kind->label, &kind->also);
    }
    instrument->not_relevant = kinds;
    instrument->not_relevant_count = count;
    instrument->not_relevant_labels = keep_labels(names);
    instrument->not_relevant_label_count = names->list.count;
    for (size_t i = 0; i < names->list.count; i++)
        *npt__array_add(&names->kinds) = names->list.items[i];
    check_names(names, true);
}

/* Gathers the names of a scale, its points in order. */
static void build_scale(struct npt__scale *scale, struct names *names,
                        const struct npt__drafted_scale *drafted)
{
    npt__arena *arena = names->form->arena;
    size_t width = (size_t)(drafted->most - drafted->least) + 1;
    const char **points = npt__arena_array(arena, width, sizeof *points);
    names->list.count = 0;
    for (int number = drafted->least; number <= drafted->most; number++)
        for (size_t i = 0; i < drafted->points.count; i++) {
            const struct npt__drafted_point *point = &drafted->points.items[i];
            if (point->number != number)
                continue;
            points[number - drafted->least] = point->label;
            struct name name = {.label = {.value = number}, .place = &point->value.place};
            add_names(names, name, point->label, &point->also);
        }
    *scale = (struct npt__scale){.id = drafted->id.value,
                                 .least = drafted->least,
                                 .most = drafted->most,
                                 .declared = drafted->declared,
                                 .labels = keep_labels(names),
                                 .label_count = names->list.count,
                                 .points = points};
}

static void build_scales(npt_instrument *instrument, struct names *names)
{
    const struct npt__instrument_form *form = names->form;
    struct npt__scale *scales = npt__arena_array(form->arena, form->scales.count, sizeof *scales);
    for (size_t i = 0; i < form->scales.count; i++) {
        const struct npt__drafted_scale *drafted = &form->scales.items[i];
        if (drafted->least < 0 || drafted->most < 0)
            continue; /* was reported */
        build_scale(&scales[i], names, drafted);
        for (size_t k = 0; k < names->kinds.count; k++) {
            struct name kind = names->kinds.items[k];
            kind.order = names->list.count;
            *npt__array_add(&names->list) = kind;
        }
        check_names(names, false);
    }
    instrument->scales = scales;
    instrument->scale_count = form->scales.count;
}

static uint32_t find_scale(struct npt__instrument_form *form, const struct npt__setting *wanted)
{
    const char *ids[MOST_LISTED];
    size_t count = 0, shown = 0;
    const char *folded = npt__fold_name(form->arena, wanted->value);
    for (size_t i = 0; i < form->scales.count; i++) {
        const char *id = form->scales.items[i].id.value;
        if (id && strcmp(npt__fold_name(form->arena, id), folded) == 0)
            return (uint32_t)i;
        if (id && shown < MOST_LISTED)
            ids[shown++] = id;
        count += id != NULL;
    }
    if (form->form.refused) /* that may have been the scale, spelled wrongly */
        return NPT__NONE;
    npt__say(npt__form_fault(&form->form), NPT_ERROR, &wanted->place, "no scale has the id %s",
             npt__form_quote(&form->form, wanted->value));
    if (count)
        npt__hint(form->form.diags, "%sthe scales are %s%s",
                  npt__form_near(&form->form, wanted->value, ids, shown),
                  npt__form_list(&form->form, "'", "'", ids, shown), shown < count ? ", ..." : "");
    else
        npt__hint(form->form.diags, "declare it: <scale id=%s least=\"1\" most=\"5\"/>",
                  npt__form_quote(&form->form, wanted->value));
    return NPT__NONE;
}

static void build_items(npt_instrument *instrument, struct npt__instrument_form *form)
{
    struct npt__item *items = npt__arena_array(form->arena, form->items.count, sizeof *items);
    for (size_t i = 0; i < form->items.count; i++) {
        const struct npt__drafted_item *item = &form->items.items[i];
        items[i] = (struct npt__item){
            .id = item->id.value,
            .number = item->number ? item->number : npt__arena_print(form->arena, "%zu", i + 1),
            .code = item->code ? item->code : "",
            .wording = item->wording,
            .component = item->component ? item->component : "",
            .construct = item->construct,
            .scale = item->scale.value ? find_scale(form, &item->scale) : NPT__NONE,
            .reversed = item->reversed};
    }
    instrument->items = items;
    instrument->item_count = form->items.count;
    if (form->items.count || form->form.faulty)
        return;
    npt__say(npt__form_fault(&form->form), NPT_ERROR, &form->form.root,
             "the instrument holds no item");
    npt__hint(form->form.diags, "items stand in <construct>, or in <general> where they measure "
                                "none");
}

static void build_constructs(npt_instrument *instrument, const struct npt__instrument_form *form)
{
    struct npt__measured_construct *constructs =
        npt__arena_array(form->arena, form->constructs.count, sizeof *constructs);
    for (size_t i = 0; i < form->constructs.count; i++)
        constructs[i] = (struct npt__measured_construct){form->constructs.items[i].id.value,
                                                         form->constructs.items[i].name.value};
    instrument->constructs = constructs;
    instrument->construct_count = form->constructs.count;
}

/* Everything is put together even after a fault: what else is wrong should be said at once. */
static npt_instrument *build(struct npt__instrument_form *form, const char *path)
{
    npt_instrument *instrument = npt__arena_take(form->arena, sizeof *instrument);
    *instrument = (npt_instrument){.arena = form->arena,
                                   .id = form->id,
                                   .title = form->title,
                                   .summary = form->summary ? form->summary : "",
                                   .source = form->source ? form->source : "",
                                   .terms = form->terms ? form->terms : "",
                                   .scoring = form->scoring ? form->scoring : "",
                                   .total = form->total,
                                   .min_answered = form->min_answered};
    struct names names = {.form = form};
    build_kinds(instrument, &names);
    build_scales(instrument, &names);
    build_constructs(instrument, form);
    build_items(instrument, form);
    npt__array_release(&names.list);
    npt__array_release(&names.kinds);
    if (form->form.faulty)
        return NULL;
    instrument->path = path ? npt__arena_string(form->arena, path) : NULL;
    instrument->xml = npt__arena_copy(form->arena, form->text.bytes, form->text.length);
    instrument->xml_length = form->text.length;
    return instrument;
}

/* ---- opening --------------------------------------------------------------------------------- */

/* Reads the XML in form->text; the form is released. */
static enum npt_status read_instrument(npt_instrument **instrument,
                                       struct npt__instrument_form *form, const char *label,
                                       const char *path, npt_diags *diags)
{
    enum npt_status status = NPT_BAD_INPUT;
    if (form->text.length) {
        status = npt__instrument_form_read(form, label, diags);
        npt_instrument *built = form->whole ? build(form, path) : NULL;
        if (built && status == NPT_OK) {
            *instrument = built;
            form->arena = NULL; /* the instrument's now */
        } else {
            status = NPT_BAD_INPUT;
        }
    } else {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = label}, "is empty");
        npt__hint(diags, "nptkit instrument export nomad --format xml writes one to begin with");
    }
    npt__instrument_form_release(form);
    return status;
}

static const char *const shipped[] = {"nomad", "nomad-core", "aim-iam-fim"};
#define SHIPPED_COUNT (sizeof shipped / sizeof *shipped)

const char *npt_instrument_shipped(size_t index)
{
    return index < SHIPPED_COUNT ? shipped[index] : NULL;
}

const char *npt_instrument_summary(size_t index)
{
    static const char *const summaries[SHIPPED_COUNT] = {
        "the Normalization MeAsure Development questionnaire: 20 items on four constructs, 3 general ones",
        "the 20 items of NoMAD on the four constructs, without the general ones",
        "acceptability, appropriateness and feasibility of an intervention, 4 items each"};
    return index < SHIPPED_COUNT ? summaries[index] : NULL;
}

/* The file of a shipped instrument; "NoMAD" is found too. */
static const struct npt__embedded *find_shipped(npt__arena *arena, const char *name)
{
    const char *folded = npt__fold_name(arena, name);
    for (size_t i = 0; i < SHIPPED_COUNT; i++) {
        if (strcmp(shipped[i], folded) != 0)
            continue;
        const char *wanted = npt__arena_print(arena, "%s.xml", folded);
        for (const struct npt__embedded *file = npt__embedded_files; file->name; file++)
            if (strcmp(file->name, wanted) == 0)
                return file;
    }
    return NULL;
}

static void refuse_name_of_none(const char *name, npt__arena *arena, npt_diags *diags)
{
    uint32_t near = npt__nearest(npt__fold_name(arena, name), shipped, SHIPPED_COUNT);
    npt__say(diags, NPT_ERROR, NULL, "no instrument is called '%s'", name);
    npt__hint(diags,
              "%s%s%snomad, nomad-core and aim-iam-fim are part of nptkit; or give the path of an "
              ".xml file",
              near == NPT__NONE ? "" : "did you mean '", near == NPT__NONE ? "" : shipped[near],
              near == NPT__NONE ? "" : "'? ");
}

enum npt_status npt_instrument_open(npt_instrument **instrument, const char *name_or_path,
                                    npt_diags *diags)
{
    *instrument = NULL;
    npt__arena *arena = npt__arena_new();
    struct npt__instrument_form form = {0};
    const struct npt__embedded *file = find_shipped(arena, name_or_path);
    enum npt_status status = NPT_BAD_INPUT;
    if (file) {
        npt__buffer_add(&form.text, (const char *)file->bytes, file->length);
        status = read_instrument(instrument, &form, file->name, NULL, diags);
    } else if (!strchr(name_or_path, '.') && !strchr(name_or_path, '/')) {
        refuse_name_of_none(name_or_path, arena, diags);
    } else {
        status = npt__file_read(&form.text, name_or_path, LARGEST_FILE, diags);
        if (status == NPT_OK)
            status = read_instrument(instrument, &form, name_or_path, name_or_path, diags);
        else
            npt__buffer_release(&form.text);
    }
    npt__arena_free(arena);
    return status;
}

void npt_instrument_free(npt_instrument *instrument)
{
    if (instrument)
        npt__arena_free(instrument->arena);
}
