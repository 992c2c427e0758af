/* manifest.c - reading study.xml: what its elements say, and whether that fits together.
 *
 * What stands where is a table that form.c checks; here the values are filed as they come. What needs the
 * whole document (a coding's site may be declared after it) is checked at the end. study.xsd says the same
 * for editors.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "manifest.h"

#include "../base/file.h"
#include "manifest_quotes.h"
#include "manifest_survey.h"
#include "manifest_table.h"

#include <string.h>

#define LARGEST_FILE ((size_t)16 << 20)
#define MOST_SITES 1000u
#define MOST_CODINGS 1000u
#define MOST_MAPS 10000u
#define MOST_ATTRIBUTES 1000u
#define MOST_CASES 1000u
#define MOST_LISTED 12u /* ids shown in a message */

enum token {
    STUDY,
    SITE,
    CODING,
    ATTRIBUTE,
    MAP,
    VALENCE,
    CASES,
    SURVEY,
    COLUMN,
    VALUE,
    ANSWER,
    NOT_RELEVANT,
    MISSING,
    ABSENT,
    INVITED,
    RATINGS,
    RANKING,
    DISCLOSURE,
    QUOTES,
    TOKENS
};

static const char *const names[TOKENS + 1] = {
    "study",   "site",    "coding",  "attribute",  "map",          "valence", "cases",
    "survey",  "column",  "value",   "answer",     "not-relevant", "missing", "absent",
    "invited", "ratings", "ranking", "disclosure", "quotes",       NULL};

static const struct npt__form_rule rules[TOKENS] = {
    [STUDY] = {-1, 0, {"title", "intervention"}, false},
    [SITE] = {STUDY, 1, {"id", "name", "match"}, true},
    [CODING] = {STUDY, 1, {"file", "codebook", "site", "offsets"}, false},
    [ATTRIBUTE] = {CODING, 2, {"name", "as"}, false},
    [MAP] = {CODING, 2, {"code", "to"}, false},
    [VALENCE] = {CODING, 0, {"barrier", "facilitator"}, false},
    [CASES] = {CODING, 1, {"file", "key"}, false},
    [SURVEY] = {STUDY,
                2,
                {"file", "instrument", "wave", "agree", "site", "sheet", "header-rows"},
                false},
    [COLUMN] = {SURVEY, 0, {"name", "number", "item", "as", "already-reversed"}, false},
    [VALUE] = {COLUMN, 2, {"from", "to"}, false},
    [ANSWER] = {SURVEY, 2, {"value", "means"}, false},
    [NOT_RELEVANT] = {SURVEY, 2, {"value", "kind"}, false},
    [MISSING] = {SURVEY, 1, {"value"}, false},
    [ABSENT] = {SURVEY, 1, {"item"}, false},
    [INVITED] = {STUDY, 1, {"n", "site", "wave"}, false},
    [RATINGS] = {STUDY, 1, {"file", "level", "units", "name", "missing", "ignore", "sheet"}, false},
    [DISCLOSURE] = {STUDY, 0, {"min-n", "min-cell"}, false},
    [QUOTES] = {STUDY, 1, {"file", "by"}, false},
    [RANKING] = {STUDY, 1, {"file", "judge", "group", "name", "missing", "ignore", "sheet"}, false},
};

struct reader {
    struct npt__form form;
    struct npt__manifest *manifest;
    size_t map_count, valence_line; /* valence_line: of the open coding; 0: none yet */
    npt__buffer description;
    NPT__ARRAY(const char *) folded_ids;  /* of the sites */
    NPT__ARRAY(const char *) folded_keys; /* of the open coding's attributes */
};

/* ---- what each element says ------------------------------------------------------------------ */

static void add_study(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    const char *title = npt__form_setting(&reader->form, xml, element, "title").value;
    const char *intervention = npt__form_setting(&reader->form, xml, element, "intervention").value;
    reader->manifest->title = title ? title : "";
    reader->manifest->intervention = intervention ? intervention : "";
}

static void add_site(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    struct npt__manifest *manifest = reader->manifest;
    if (!npt__form_has_room(&reader->form, xml, manifest->sites.count, MOST_SITES, "sites"))
        return;
    struct npt__manifest_site site = {
        .id = npt__form_setting(&reader->form, xml, element, "id"),
        .name = npt__form_setting(&reader->form, xml, element, "name"),
        .match = npt__form_setting(&reader->form, xml, element, "match"),
        .description = ""};
    const char *folded = site.id.value ? npt__fold_name(manifest->arena, site.id.value) : "";
    for (size_t i = 0; *folded && i < reader->folded_ids.count; i++) {
        if (strcmp(reader->folded_ids.items[i], folded) != 0)
            continue;
        npt__say(npt__form_fault(&reader->form), NPT_ERROR, &site.id.place,
                 "two sites have the id %s; the first is on line %zu",
                 npt__form_quote(&reader->form, site.id.value),
                 manifest->sites.items[i].id.place.line);
        npt__hint(reader->form.diags, "give each site an id of its own (case makes no difference)");
        break;
    }
    if (!site.name.value)
        site.name = site.id;
    *npt__array_add(&reader->folded_ids) = folded;
    *npt__array_add(&manifest->sites) = site;
    npt__buffer_clear(&reader->description);
}

static void add_coding(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    struct npt__manifest *manifest = reader->manifest;
    if (!npt__form_has_room(&reader->form, xml, manifest->codings.count, MOST_CODINGS, "codings"))
        return;
    struct npt__manifest_coding coding = {
        .file = npt__form_setting(&reader->form, xml, element, "file"),
        .codebook = npt__form_setting(&reader->form, xml, element, "codebook"),
        .site = npt__form_setting(&reader->form, xml, element, "site"),
        .offsets = npt__form_setting(&reader->form, xml, element, "offsets"),
        .site_index = NPT__NONE};
    for (size_t i = 0; coding.codebook.value && i < manifest->codings.count; i++) {
        const struct npt__setting *first = &manifest->codings.items[i].codebook;
        if (!first->value)
            continue;
        if (strcmp(first->value, coding.codebook.value) != 0) {
            npt__say(npt__form_fault(&reader->form), NPT_ERROR, &coding.codebook.place,
                     "codebook %s differs from %s on line %zu",
                     npt__form_quote(&reader->form, coding.codebook.value),
                     npt__form_quote(&reader->form, first->value), first->place.line);
            npt__hint(reader->form.diags, "all codings of a study use one codebook");
        }
        break;
    }
    *npt__array_add(&manifest->codings) = coding;
    reader->valence_line = 0;
    reader->folded_keys.count = 0;
}

static struct npt__manifest_coding *last_coding(struct reader *reader)
{
    return &reader->manifest->codings.items[reader->manifest->codings.count - 1];
}

static void check_key(struct reader *reader, const struct npt__setting *key, const char *folded)
{
    struct npt__form *form = &reader->form;
    npt__manifest_check_key(form, key);
    for (size_t i = 0; i < reader->folded_keys.count; i++) {
        if (strcmp(reader->folded_keys.items[i], folded) != 0)
            continue;
        npt__say(npt__form_fault(form), NPT_ERROR, &key->place,
                 "%s is already the key of another attribute, on line %zu",
                 npt__form_quote(form, key->value),
                 last_coding(reader)->attributes.items[i].as.place.line);
        npt__hint(form->diags, "give each attribute of a coding a key of its own (case makes no "
                               "difference)");
        break;
    }
}

static void add_attribute(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    struct npt__manifest_coding *coding = last_coding(reader);
    if (!npt__form_has_room(&reader->form, xml, coding->attributes.count, MOST_ATTRIBUTES,
                            "attributes in a coding"))
        return;
    struct npt__manifest_attribute added = {
        .name = npt__form_setting(&reader->form, xml, element, "name"),
        .as = npt__form_setting(&reader->form, xml, element, "as")};
    const char *folded = "";
    if (added.as.value) {
        folded = npt__fold_name(reader->manifest->arena, added.as.value);
        check_key(reader, &added.as, folded);
    }
    *npt__array_add(&reader->folded_keys) = folded;
    *npt__array_add(&coding->attributes) = added;
}

static void add_map(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    if (!npt__form_has_room(&reader->form, xml, reader->map_count, MOST_MAPS, "maps"))
        return;
    reader->map_count++;
    *npt__array_add(&last_coding(reader)->maps) =
        (struct npt__manifest_map){.code = npt__form_setting(&reader->form, xml, element, "code"),
                                   .to = npt__form_setting(&reader->form, xml, element, "to")};
}

static void add_valence(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    struct npt__manifest_coding *coding = last_coding(reader);
    struct npt__place place = npt__xml_place(xml, NULL);
    if (reader->valence_line) {
        npt__say(npt__form_fault(&reader->form), NPT_ERROR, &place,
                 "a second <valence> in a coding; the first is on line %zu", reader->valence_line);
        npt__hint(reader->form.diags, "name both codes in one: <valence barrier=\"...\" "
                                      "facilitator=\"...\"/>");
        return;
    }
    reader->valence_line = place.line;
    coding->barrier = npt__form_setting(&reader->form, xml, element, "barrier");
    coding->facilitator = npt__form_setting(&reader->form, xml, element, "facilitator");
    if (element->attribute_count)
        return;
    npt__say(npt__form_fault(&reader->form), NPT_ERROR, &place, "<valence> has no attribute");
    npt__hint(reader->form.diags, "name the code for barriers, for facilitators, or both: "
                                  "<valence barrier=\"...\" facilitator=\"...\"/>");
}

static void add_cases(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    if (!npt__form_has_room(&reader->form, xml, last_coding(reader)->cases.count, MOST_CASES,
                            "files of cases in a coding"))
        return;
    *npt__array_add(&last_coding(reader)->cases) =
        (struct npt__manifest_cases){.file = npt__form_setting(&reader->form, xml, element, "file"),
                                     .key = npt__form_setting(&reader->form, xml, element, "key")};
}

/* ---- the walk -------------------------------------------------------------------------------- */

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct reader *reader = user;
    if (!npt__form_start(&reader->form, xml, element))
        return;
    static void (*const readers[TOKENS])(struct reader *, npt__xml *,
                                         const struct npt__element *) = {
        [STUDY] = add_study,         [SITE] = add_site, [CODING] = add_coding,
        [ATTRIBUTE] = add_attribute, [MAP] = add_map,   [VALENCE] = add_valence,
        [CASES] = add_cases,
    };
    static void (*const other_readers[TOKENS])(struct npt__form *, struct npt__manifest *,
                                               npt__xml *, const struct npt__element *) = {
        [SURVEY] = npt__manifest_add_survey,
        [COLUMN] = npt__manifest_add_column,
        [VALUE] = npt__manifest_add_value,
        [NOT_RELEVANT] = npt__manifest_add_not_relevant,
        [ANSWER] = npt__manifest_add_answer,
        [MISSING] = npt__manifest_add_missing,
        [ABSENT] = npt__manifest_add_absent,
        [INVITED] = npt__manifest_add_invited,
        [RATINGS] = npt__manifest_add_ratings,
        [RANKING] = npt__manifest_add_ranking,
        [DISCLOSURE] = npt__manifest_add_disclosure,
        [QUOTES] = npt__manifest_add_quotes,
    };
    if (readers[element->token])
        readers[element->token](reader, xml, element);
    else
        other_readers[element->token](&reader->form, reader->manifest, xml, element);
}

static void on_end(void *user, npt__xml *xml, int token)
{
    (void)xml;
    struct reader *reader = user;
    struct npt__manifest *manifest = reader->manifest;
    if (!npt__form_end(&reader->form) || token != SITE)
        return;
    const char *bytes = npt__buffer_string(&reader->description);
    size_t length = reader->description.length;
    length = npt__trim(&bytes, length);
    manifest->sites.items[manifest->sites.count - 1].description =
        npt__arena_copy(manifest->arena, bytes, length);
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static void on_text(void *user, npt__xml *xml, const char *bytes, size_t length)
{
    struct reader *reader = user;
    if (!npt__form_text(&reader->form, xml, bytes, length))
        return;
    /* A description is wrapped and indented like the XML around it: runs of blanks are one. */
    npt__buffer *text = &reader->description;
    for (size_t i = 0; i < length; i++)
        if (!is_blank(bytes[i]))
            npt__buffer_putc(text, bytes[i]);
        else if (text->length && text->bytes[text->length - 1] != ' ')
            npt__buffer_putc(text, ' ');
}

/* ---- what only the end shows ----------------------------------------------------------------- */

static void refuse_site(struct reader *reader, const struct npt__setting *site)
{
    const struct npt__manifest *manifest = reader->manifest;
    const char *ids[MOST_SITES], *meant = NULL;
    size_t count = 0;
    const char *folded = npt__fold_name(manifest->arena, site->value);
    for (size_t i = 0; i < manifest->sites.count; i++) {
        const struct npt__manifest_site *other = &manifest->sites.items[i];
        if (!other->id.value)
            continue;
        ids[count++] = other->id.value;
        if (!meant && strcmp(npt__fold_name(manifest->arena, other->name.value), folded) == 0)
            meant = other->id.value;
    }
    npt__say(npt__form_fault(&reader->form), NPT_ERROR, &site->place, "no site has the id %s",
             npt__form_quote(&reader->form, site->value));
    const size_t shown = count < MOST_LISTED ? count : MOST_LISTED;
    if (meant)
        npt__hint(reader->form.diags, "that is the name of a site; write its id: site=\"%s\"",
                  meant);
    else if (!count)
        npt__hint(reader->form.diags, "declare it: <site id=%s name=\"...\"/>",
                  npt__form_quote(&reader->form, site->value));
    else
        npt__hint(reader->form.diags, "%sthe sites are %s%s",
                  npt__form_near(&reader->form, site->value, ids, count),
                  npt__form_list(&reader->form, "'", "'", ids, shown),
                  shown < count ? ", ..." : "");
}

/* The site that a setting names by its id; NPT__NONE where it names none. */
static uint32_t find_site(struct reader *reader, const struct npt__setting *site)
{
    if (!site->value)
        return NPT__NONE;
    const char *folded = npt__fold_name(reader->manifest->arena, site->value);
    for (uint32_t i = 0; i < reader->folded_ids.count; i++)
        if (strcmp(reader->folded_ids.items[i], folded) == 0)
            return i;
    refuse_site(reader, site);
    return NPT__NONE;
}

/* Data name a site by its id or its name: neither may be another site's. */
static void check_names(struct reader *reader)
{
    const struct npt__manifest *manifest = reader->manifest;
    const size_t count = manifest->sites.count;
    const char **folded = npt__arena_array(manifest->arena, count, sizeof *folded);
    for (size_t i = 0; i < count; i++)
        folded[i] = manifest->sites.items[i].name.value
                        ? npt__fold_name(manifest->arena, manifest->sites.items[i].name.value)
                        : "";
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            if (strcmp(reader->folded_ids.items[i], reader->folded_ids.items[j]) == 0)
                continue; /* itself, or said already */
            const bool same_name = j < i && *folded[i] && strcmp(folded[i], folded[j]) == 0;
            const bool is_id = *folded[i] && strcmp(folded[i], reader->folded_ids.items[j]) == 0;
            if (!same_name && !is_id)
                continue;
            npt__say(npt__form_fault(&reader->form), NPT_ERROR,
                     &manifest->sites.items[i].name.place,
                     "%s is also the %s of the site on line %zu",
                     npt__form_quote(&reader->form, manifest->sites.items[i].name.value),
                     is_id ? "id" : "name", manifest->sites.items[j].id.place.line);
            npt__hint(reader->form.diags, "data name sites by id or name: no two may share one");
        }
}

static void check_whole(struct reader *reader)
{
    struct npt__manifest *manifest = reader->manifest;
    check_names(reader);
    for (size_t i = 0; i < manifest->codings.count; i++) {
        struct npt__manifest_coding *coding = &manifest->codings.items[i];
        coding->site_index = find_site(reader, &coding->site);
    }
    for (size_t i = 0; i < manifest->surveys.count; i++) {
        struct npt__manifest_survey *survey = &manifest->surveys.items[i];
        survey->site_index = find_site(reader, &survey->site);
    }
    for (size_t i = 0; i < manifest->invited.count; i++) {
        struct npt__manifest_invited *invited = &manifest->invited.items[i];
        invited->site_index = find_site(reader, &invited->site);
    }
    npt__manifest_check_quotes(&reader->form, manifest);
    /* Where an element was refused, that may have been a coding that is spelled wrongly. */
    if (!manifest->codings.count && !manifest->surveys.count && !manifest->ratings.count &&
        !manifest->rankings.count && !reader->form.refused) {
        npt__say(npt__form_fault(&reader->form), NPT_ERROR, &reader->form.root,
                 "the study names no coding and no survey");
        npt__hint(reader->form.diags,
                  "name the export of your coding program: <coding file=\"interviews.qdpx\"/>, or "
                  "a file of responses: <survey file=\"wave1.csv\" instrument=\"nomad\">");
    }
}

enum npt_status npt__manifest_read(struct npt__manifest *manifest, const char *path,
                                   npt_diags *diags)
{
    static const struct npt__xml_handler handler = {names, on_start, on_end, on_text};
    manifest->arena = npt__arena_new();
    manifest->path = npt__arena_string(manifest->arena, path);
    manifest->title = manifest->intervention = "";
    enum npt_status status = npt__file_read(&manifest->text, path, LARGEST_FILE, diags);
    if (status != NPT_OK)
        return status;
    if (!manifest->text.length) {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path}, "is empty");
        npt__hint(diags, "nptkit init writes a study file to begin with");
        return NPT_BAD_INPUT;
    }
    struct reader reader = {.manifest = manifest,
                            .form = {.names = names,
                                     .rules = rules,
                                     .space = NPT__STUDY_NAMESPACE,
                                     .kind = "study",
                                     .path = manifest->path,
                                     .text = &manifest->text,
                                     .arena = manifest->arena,
                                     .diags = diags}};
    status = npt__xml_parse(&handler, &reader, manifest->path, manifest->text.bytes,
                            manifest->text.length, true, diags);
    if (status == NPT_OK && !reader.form.stopped)
        check_whole(&reader);
    npt__buffer_release(&reader.description);
    npt__array_release(&reader.folded_ids);
    npt__array_release(&reader.folded_keys);
    return reader.form.faulty ? NPT_BAD_INPUT : status;
}

void npt__manifest_forget_codings(struct npt__manifest *manifest)
{
    for (size_t i = 0; i < manifest->codings.count; i++) {
        struct npt__manifest_coding *coding = &manifest->codings.items[i];
        npt__array_release(&coding->attributes);
        npt__array_release(&coding->maps);
        npt__array_release(&coding->cases);
    }
    npt__array_release(&manifest->codings);
    manifest->quotes.value = NULL; /* they are of cases */
}

void npt__manifest_release(struct npt__manifest *manifest)
{
    npt__manifest_forget_codings(manifest);
    npt__manifest_forget_surveys(manifest);
    npt__array_release(&manifest->sites);
    npt__array_release(&manifest->ratings);
    npt__array_release(&manifest->rankings);
    npt__buffer_release(&manifest->text);
    npt__arena_free(manifest->arena);
    *manifest = (struct npt__manifest){0};
}
