/* write_manifest.c - a commented study.xml for a coded export, a file of responses, or both, with what was
 * found in them filled in.
 *
 * People edit this file, they do not author it: everything that could be known stands in it, everything
 * that was guessed says so, everything that was not matched is there as a comment to be completed.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/file.h"
#include "manifest_text.h"

#include <stdlib.h>
#include <string.h>

#define MOST_VALUES_SHOWN 12u
#define MOST_SITES 60u

static void put(npt__buffer *xml, const char *text)
{
    npt__buffer_puts(xml, text);
}

/* XML allows no control characters, however they are written. */
static bool is_control(char byte)
{
    return (unsigned char)byte < 0x20;
}

void npt__put_value(npt__buffer *xml, const char *text)
{
    for (; *text; text++) {
        if (*text == '&')
            put(xml, "&amp;");
        else if (*text == '<')
            put(xml, "&lt;");
        else if (*text == '"')
            put(xml, "&quot;");
        else if (strncmp(text, "\xEF\xBF\xBE", 3) == 0 || strncmp(text, "\xEF\xBF\xBF", 3) == 0)
            put(xml, "?"), text += 2; /* characters that XML does not know */
        else
            npt__buffer_putc(xml, is_control(*text) ? ' ' : *text);
    }
}

void npt__put_comment(npt__buffer *xml, const char *text)
{
    for (; *text; text++) {
        npt__buffer_putc(xml, is_control(*text) ? ' ' : *text);
        if (*text == '-' && (text[1] == '-' || !text[1]))
            npt__buffer_putc(xml, ' ');
    }
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The distinct values of an attribute, sorted. */
static size_t list_values(const npt_study *study, npt__arena *arena, uint32_t attribute,
                          const char ***values)
{
    *values = npt__arena_array(arena, study->parts.count, sizeof **values);
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < study->parts.count; i++) {
        const char *value = npt__part_value(study, &study->parts.items[i], attribute);
        if (value)
            (*values)[count++] = value;
    }
    if (count)
        qsort(*values, count, sizeof **values, compare_strings);
    for (size_t i = 0; i < count; i++)
        if (!i || strcmp((*values)[i], (*values)[kept - 1]) != 0)
            (*values)[kept++] = (*values)[i];
    return kept;
}

/* The attribute that seems to hold the site, by its name. */
static uint32_t guess_site(const npt_study *study)
{
    static const char *const names[] = {
        "site",     "sites",   "organisation", "organization", "local authority",
        "location", "setting", "hospital",     "practice",     "team",
        "area"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t found = npt__study_find_attribute(study, names[i]);
        if (found != NPT__NONE)
            return found;
    }
    return NPT__NONE;
}

const char *npt__make_key(npt__arena *arena, const char *name)
{
    const char *colon = strchr(name, ':');
    char *key = npt__arena_string(arena, colon && colon[1] ? colon + 1 : name), *to = key;
    for (const char *from = key; *from; from++) {
        char letter = *from >= 'A' && *from <= 'Z' ? (char)(*from | 0x20) : *from;
        bool plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (plain)
            *to++ = letter;
        else if (to > key && to[-1] != '_')
            *to++ = '_';
    }
    while (to > key && to[-1] == '_')
        to--;
    *to = '\0';
    return (*key >= 'a' && *key <= 'z') ? key : "";
}

void npt__put_sites(npt__buffer *xml, const char *const *values, size_t count, const char *what,
                    const char *name)
{
    put(xml, "  <!-- The sites to compare, in the order in which tables show them. -->\n");
    if (count && count <= MOST_SITES) {
        npt__buffer_print(xml, "  <!-- A guess: the values of %s '", what);
        npt__put_comment(xml, name);
        put(xml,
            "'. The id stays as it is in the data; the name is what\n       tables show. Add what kind of place each one is. -->\n");
        for (size_t i = 0; i < count; i++) {
            put(xml, "  <site id=\"");
            npt__put_value(xml, values[i]);
            put(xml, "\" name=\"");
            npt__put_value(xml, values[i]);
            put(xml, "\"/>\n");
        }
    } else {
        put(xml,
            "  <!-- No attribute looks like a site. Name the sites by a pattern on the names of\n"
            "       sources, of their sets or of their folders:\n"
            "  <site id=\"s1\" name=\"Site 1\" match=\"S1_*\"/>\n  -->\n");
    }
    put(xml, "\n");
}

static void put_attribute(npt__buffer *xml, const npt_study *study, npt__arena *arena,
                          uint32_t attribute, bool is_site, const char **keys, size_t *key_count)
{
    const char *name = study->attributes.items[attribute].name;
    const char *key = is_site ? "site" : npt__make_key(arena, name);
    bool taken = !*key || (!is_site && strcmp(key, "site") == 0);
    for (size_t i = 0; i < *key_count && !taken; i++)
        taken = strcmp(keys[i], key) == 0;
    if (!taken)
        keys[(*key_count)++] = key;
    put(xml, taken ? "    <!-- <attribute name=\"" : "    <attribute name=\"");
    if (taken)
        npt__put_comment(xml, name);
    else
        npt__put_value(xml, name);
    npt__buffer_print(xml, taken ? "\" as=\"...\"/> -->" : "\" as=\"%s\"/>", key);
    const char **values;
    size_t count = list_values(study, arena, attribute, &values);
    npt__buffer_print(xml, " <!-- %zu value%s", count, count == 1 ? "" : "s");
    if (count <= MOST_VALUES_SHOWN) {
        for (size_t i = 0; i < count; i++) {
            put(xml, i ? ", " : ": ");
            npt__put_comment(xml, values[i]);
        }
    }
    put(xml, " -->\n");
}

static void put_attributes(npt__buffer *xml, const npt_study *study, npt__arena *arena,
                           uint32_t site)
{
    put(xml,
        "    <!-- What is known of the cases; as=\"...\" is the name that commands use, as in: by role. "
        "-->\n");
    const char **keys = npt__arena_array(arena, study->attributes.count, sizeof *keys);
    size_t count = 0;
    if (site != NPT__NONE)
        put_attribute(xml, study, arena, site, true, keys, &count);
    for (uint32_t i = 0; i < study->attributes.count; i++)
        if (i != site)
            put_attribute(xml, study, arena, i, false, keys, &count);
    if (!study->attributes.count)
        put(xml,
            "    <!-- The export knows nothing of its cases. A sheet can tell (NVivo: export the\n"
            "         classification sheet, save it as CSV):\n"
            "    <cases file=\"classification.csv\" key=\"Name\"/>\n    -->\n");
    put(xml, "\n");
}

static void put_maps(npt__buffer *xml, const npt_study *study)
{
    size_t matched = 0, unmatched = 0;
    for (size_t i = 0; i < study->codes.count; i++) {
        const struct npt__study_code *code = &study->codes.items[i];
        if (code->is_case)
            continue;
        matched += code->match != NPT__UNMATCHED;
        unmatched += code->match == NPT__UNMATCHED;
    }
    npt__buffer_print(
        xml,
        "    <!-- %zu codes match a construct of the codebook, %zu do not. Where one of "
        "these stands for\n         a construct, complete its line and take it out of "
        "the comment; what is below it follows. to=\"none\" says that it stands for "
        "nothing. -->\n",
        matched, unmatched);
    for (size_t i = 0; i < study->codes.count; i++) {
        const struct npt__study_code *code = &study->codes.items[i];
        bool near = code->suggestion != NPT__NONE;
        if (code->is_case || code->barrier || code->facilitator ||
            (code->match != NPT__UNMATCHED && !near))
            continue;
        put(xml, "    <!-- <map code=\"");
        npt__put_comment(xml, code->path);
        put(xml, "\" to=\"");
        if (near)
            npt__put_comment(xml, study->codebook->constructs[code->suggestion].code.name);
        put(xml, near ? "\"/> a guess -->\n" : "\"/> -->\n");
    }
    put(xml, "\n");
}

static const char *top_valence(const npt_study *study, bool barrier)
{
    for (size_t i = 0; i < study->codes.count; i++) {
        const struct npt__study_code *code = &study->codes.items[i];
        if (barrier ? code->barrier : code->facilitator)
            return code->path;
    }
    return NULL;
}

static void put_valence(npt__buffer *xml, const npt_study *study)
{
    const char *barrier = top_valence(study, true), *facilitator = top_valence(study, false);
    put(xml,
        "    <!-- The codes that mark barriers and facilitators, for tally with the option valence. -->\n");
    if (!barrier && !facilitator) {
        put(xml, "    <!-- <valence barrier=\"...\" facilitator=\"...\"/> -->\n");
        return;
    }
    put(xml, "    <valence");
    if (barrier) {
        put(xml, " barrier=\"");
        npt__put_value(xml, barrier);
        put(xml, "\"");
    }
    if (facilitator) {
        put(xml, " facilitator=\"");
        npt__put_value(xml, facilitator);
        put(xml, "\"");
    }
    put(xml, "/>\n");
}

static void put_coding(npt__buffer *xml, const npt_study *study, npt__arena *arena,
                       const char *folder, uint32_t site)
{
    const struct npt__export *export = &study->exports.items[0];
    put(xml, "  <!-- A coded export");
    if (*export->origin) {
        put(xml, ", written by ");
        npt__put_comment(xml, export->origin);
    }
    put(xml, ". A study may hold several: one <coding> for each site or coder. -->\n  <coding "
             "file=\"");
    npt__put_value(xml, npt__path_from(arena, folder, export->path));
    put(xml, "\" codebook=\"");
    npt__put_value(xml, study->codebook->name);
    put(xml, "\">\n\n");
    put_attributes(xml, study, arena, site);
    put_maps(xml, study);
    put_valence(xml, study);
    put(xml, "  </coding>\n");
}

static void put_quotes(npt__buffer *xml)
{
    put(xml,
        "\n  <!-- Reports quote nobody, unless a person released the words. To do so, write a CSV with the columns case,\n"
        "       construct and quote, a row for each quote: cuts are marked by ..., replacements stand in [brackets].\n"
        "       by=\"...\" names what may be told of who said it, where many share it; never the site.\n"
        "  <quotes file=\"released.csv\" by=\"role\"/>\n  -->\n");
}

/* The sites of both halves come from the coded export where it tells them, else from the responses. */
static void put_all_sites(npt__buffer *xml, const npt_study *coding, const npt_study *survey,
                          npt__arena *arena, uint32_t site)
{
    const char **of_coding, *name = NULL;
    const char *const *of_survey = NULL;
    const size_t count = site == NPT__NONE ? 0 : list_values(coding, arena, site, &of_coding);
    if (count && count <= MOST_SITES) {
        npt__put_sites(xml, of_coding, count, "the attribute", coding->attributes.items[site].name);
        return;
    }
    const size_t responses = survey ? npt__draft_sites(survey, arena, &of_survey, &name) : 0;
    npt__put_sites(xml, of_survey, responses, "the column", name ? name : "");
}

static bool is_draft_of_one(const npt_study *coding, const npt_study *survey)
{
    return (coding || survey) &&
           (!coding || (!coding->from_manifest && coding->exports.count == 1)) &&
           (!survey || survey->responses.is_draft);
}

enum npt_status npt_study_write_manifest(npt_output *output, const npt_study *coding,
                                         const npt_study *survey, const char *folder,
                                         npt_diags *diags)
{
    if (!is_draft_of_one(coding, survey)) {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = coding ? coding->label : NULL},
                 "is a study already; init starts from one export");
        return NPT_USAGE;
    }
    npt__arena *arena = npt__arena_new();
    npt__buffer xml = {0};
    const uint32_t site = coding ? guess_site(coding) : NPT__NONE;
    put(&xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<!-- A study for nptkit. Edit it, then run: nptkit check -->\n"
              "<study xmlns=\"urn:nptkit:study:1\" title=\"Untitled study\" intervention=\"");
    npt__put_value(&xml,
                   survey && *survey->intervention ? survey->intervention : "the intervention");
    put(&xml, "\">\n\n");
    put_all_sites(&xml, coding, survey, arena, site);
    if (coding)
        put_coding(&xml, coding, arena, folder, site);
    if (coding)
        put_quotes(&xml);
    if (coding && survey)
        put(&xml, "\n");
    if (survey)
        npt__put_survey(&xml, survey, arena, folder);
    put(&xml, "</study>\n");
    npt_output_write(output, npt__buffer_string(&xml), xml.length);
    npt__buffer_release(&xml);
    npt__arena_free(arena);
    return NPT_OK;
}
