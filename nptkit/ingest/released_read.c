/* released_read.c - the file of quotes that a person released for reports.
 *
 * A row for each quote, with the columns case, construct and quote in any order; others (who approved it, when) are not
 * looked at. Messages show names of cases and constructs, cut short, and never a quote or a line of the file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "released_read.h"

#include "../base/file.h"
#include "../base/intern.h"
#include "csv.h"

#include <string.h>

#define MOST_QUOTES 10000u
#define LONGEST_QUOTE 2000u /* characters */
#define LONGEST_SHOWN 40u   /* characters of a name in a message: it may be no name at all */
#define MOST_HINTS 20u

enum column { CASE, CONSTRUCT, QUOTE, COLUMNS };

static const char *const column_names[COLUMNS] = {"case", "construct", "quote"};

struct reading {
    npt_study *study;
    npt_diags *diags;
    npt__arena *arena;
    npt__csv *csv;
    size_t columns[COLUMNS], column_count, hints;
    const char **folded_cases;
    npt__intern rows; /* what was read, to find what stands twice */
};

const char *npt__released_path(npt_study *study, const struct npt__manifest *manifest)
{
    return npt__path_beside(study->arena, study->label, manifest->quotes.value);
}

/* The place of a field, without its line: that holds what people said. */
static struct npt__place place_of(const struct reading *reading, size_t field)
{
    struct npt__place place = npt__csv_place(reading->csv, field);
    place.excerpt = NULL;
    return place;
}

static const char *shown(const struct reading *reading, const char *name)
{
    const size_t length = npt__utf8_offset(name, strlen(name), LONGEST_SHOWN);
    return npt__arena_print(reading->arena, "'%.*s%s'", (int)length, name,
                            name[length] ? "..." : "");
}

/* ---- the header ------------------------------------------------------------------------------ */

static bool read_header(struct reading *reading)
{
    const char *names[COLUMNS] = {NULL};
    const size_t count = reading->column_count = npt__csv_count(reading->csv);
    const char **headers = npt__arena_array(reading->arena, count + 1, sizeof *headers);
    for (size_t i = 0; i < count; i++)
        headers[i] = npt__fold_name(reading->arena, npt__csv_field(reading->csv, i));
    bool whole = true;
    for (size_t c = 0; c < COLUMNS; c++) {
        for (size_t i = 0; i < count; i++) {
            if (strcmp(headers[i], column_names[c]) != 0)
                continue;
            if (names[c]) {
                const struct npt__place place = place_of(reading, i);
                npt__say(reading->diags, NPT_ERROR, &place, "two columns are called '%s'",
                         column_names[c]);
                whole = false;
            }
            names[c] = headers[i];
            reading->columns[c] = i;
        }
        if (names[c])
            continue;
        const struct npt__place place = place_of(reading, count);
        const uint32_t near = npt__nearest(column_names[c], headers, count);
        npt__say(reading->diags, NPT_ERROR, &place, "has no column '%s'", column_names[c]);
        if (near != NPT__NONE)
            npt__hint(reading->diags, "did you mean the column %s",
                      shown(reading, npt__csv_field(reading->csv, near)));
        else
            npt__hint(reading->diags, "the first row names the columns: case, construct, quote");
        whole = false;
    }
    return whole;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void hint_near_case(struct reading *reading, const char *folded)
{
    if (++reading->hints > MOST_HINTS) /* nobody reads on, and looking for near names takes time */
        return;
    const npt_study *study = reading->study;
    const uint32_t near = npt__nearest(folded, reading->folded_cases, study->cases.count);
    if (near != NPT__NONE)
        npt__hint(reading->diags, "did you mean '%s'", study->cases.items[near].name);
    else
        npt__hint(reading->diags,
                  "write the name of a case of the study; nptkit quotes shows them");
}

/* The case that a row names; NPT__NONE after a fault. */
static uint32_t find_case(struct reading *reading)
{
    const npt_study *study = reading->study;
    const size_t field = reading->columns[CASE];
    const char *name = npt__csv_field(reading->csv, field);
    const char *folded = npt__fold_name(reading->arena, name);
    const struct npt__place place = place_of(reading, field);
    uint32_t found = NPT__NONE;
    bool several = false;
    for (uint32_t i = 0; i < study->cases.count; i++)
        if (strcmp(reading->folded_cases[i], folded) == 0) {
            several |= found != NPT__NONE;
            found = i;
        }
    if (!*folded) {
        npt__say(reading->diags, NPT_ERROR, &place, "the case is empty");
        npt__hint(reading->diags, "each quote is of one case of the study: name it");
        return NPT__NONE;
    }
    if (found == NPT__NONE) {
        npt__say(reading->diags, NPT_ERROR, &place, "no case is called %s", shown(reading, name));
        hint_near_case(reading, folded);
        return NPT__NONE;
    }
    if (several || !study->cases.items[found].part_count) {
        npt__say(reading->diags, NPT_ERROR, &place,
                 several ? "%s could be several cases" : "the case %s holds no interview",
                 shown(reading, name));
        npt__hint(reading->diags, "a quote is of one case that holds one");
        return NPT__NONE;
    }
    return found;
}

/* The only construct whose path ends so: "Coherence > Differentiation", as nptkit quotes writes it; NPT__NONE. */
static uint32_t find_by_end_of_path(struct reading *reading, const char *name)
{
    const npt_codebook *codebook = reading->study->codebook;
    const char *wanted = npt__fold_name(reading->arena, name);
    const size_t length = strlen(wanted);
    uint32_t found = NPT__NONE;
    for (uint32_t i = 0; i < codebook->count && strstr(wanted, " > "); i++) {
        const char *path = npt__fold_name(reading->arena, codebook->constructs[i].path);
        const size_t whole = strlen(path);
        if (whole < length + 2 || strcmp(path + whole - length, wanted) != 0 ||
            strncmp(path + whole - length - 2, "> ", 2) != 0)
            continue;
        if (found != NPT__NONE)
            return NPT__NONE;
        found = i;
    }
    return found;
}

static uint32_t find_construct(struct reading *reading)
{
    const npt_study *study = reading->study;
    const size_t field = reading->columns[CONSTRUCT];
    const char *text = npt__csv_field(reading->csv, field);
    const size_t length = npt__trim(&text, strlen(text));
    const char *name = npt__arena_copy(reading->arena, text, length);
    uint32_t found = npt__construct_find(study->codebook, name);
    if (found == NPT__NONE)
        found = find_by_end_of_path(reading, name);
    if (found != NPT__NONE)
        return found;
    const struct npt__place place = place_of(reading, field);
    if (*name)
        npt__say(reading->diags, NPT_ERROR, &place, "%s is no construct of the codebook '%s'",
                 shown(reading, name), study->codebook->name);
    else
        npt__say(reading->diags, NPT_ERROR, &place, "the construct is empty");
    const char *near = *name && ++reading->hints <= MOST_HINTS
                           ? npt__construct_nearest(study->codebook, name)
                           : NULL;
    if (near)
        npt__hint(reading->diags, "did you mean '%s'", near);
    else
        npt__hint(reading->diags, "see: nptkit codebook show %s", study->codebook->name);
    return NPT__NONE;
}

/* The wording with each run of white space as one blank; NULL after a fault. */
static const char *read_quote(struct reading *reading)
{
    const size_t field = reading->columns[QUOTE];
    const char *text = npt__csv_field(reading->csv, field);
    const size_t length = npt__trim(&text, strlen(text));
    const struct npt__place place = place_of(reading, field);
    if (!length) {
        npt__say(reading->diags, NPT_ERROR, &place, "the quote is empty");
        npt__hint(reading->diags, "write the words to print, or take the row out");
        return NULL;
    }
    char *quote = npt__arena_take(reading->study->arena, length + 1), *to = quote;
    for (size_t i = 0; i < length;) {
        uint32_t character;
        const size_t size = npt__utf8_read(text + i, length - i, &character);
        if (!npt__is_space(character)) {
            memcpy(to, text + i, size);
            to += size;
        } else if (to[-1] != ' ') {
            *to++ = ' ';
        }
        i += size;
    }
    *to = '\0';
    const size_t characters = npt__utf8_count(quote, (size_t)(to - quote));
    if (characters <= LONGEST_QUOTE)
        return quote;
    npt__say(reading->diags, NPT_ERROR, &place, "the quote has %zu characters, more than %u",
             characters, LONGEST_QUOTE);
    npt__hint(reading->diags,
              "cut it, with ... where something is left out: the longer, the easier it "
              "is to recognise");
    return NULL;
}

static void keep(struct reading *reading, const struct npt__released_quote *quote)
{
    npt_study *study = reading->study;
    const char *key =
        npt__arena_print(reading->arena, "%u %u %s", (unsigned)quote->case_index,
                         (unsigned)quote->construct, npt__fold_name(reading->arena, quote->text));
    const size_t length = strlen(key), known = reading->rows.strings.count;
    const uint32_t row =
        npt__intern_add(&reading->rows, reading->arena, key, length, npt__intern_hash(key, length));
    if (row == known) {
        *npt__array_add(&study->released.items) = *quote;
        return;
    }
    const struct npt__place place = place_of(reading, reading->columns[CASE]);
    npt__say(reading->diags, NPT_ERROR, &place, "the row repeats line %zu",
             study->released.items.items[row].line);
    npt__hint(reading->diags, "a quote of a case on a construct has one row");
}

static void read_row(struct reading *reading)
{
    const size_t count = npt__csv_count(reading->csv);
    if (count != reading->column_count) {
        const struct npt__place place = place_of(reading, count);
        npt__say(reading->diags, NPT_ERROR, &place, "the row has %zu fields, the header has %zu",
                 count, reading->column_count);
        npt__hint(reading->diags,
                  "a field that holds the delimiter or a quote must stand in quotes");
        return;
    }
    const struct npt__released_quote quote = {.case_index = find_case(reading),
                                              .construct = find_construct(reading),
                                              .text = read_quote(reading),
                                              .line = place_of(reading, 0).line};
    if (quote.case_index != NPT__NONE && quote.construct != NPT__NONE && quote.text)
        keep(reading, &quote);
}

static void read_rows(struct reading *reading)
{
    for (size_t rows = 0; npt__csv_next(reading->csv); rows++) {
        if (rows < MOST_QUOTES) {
            read_row(reading);
            continue;
        }
        const struct npt__place place = place_of(reading, 0);
        npt__say(reading->diags, NPT_ERROR, &place, "more than %u quotes", MOST_QUOTES);
        npt__hint(reading->diags, "release those that reports are to show");
        return;
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void find_by(npt_study *study, const struct npt__setting *by, npt_diags *diags)
{
    study->released.by = NPT__NONE;
    if (!by->value)
        return;
    study->released.by_value = npt__arena_string(study->arena, by->value);
    study->released.by = npt__study_find_attribute(study, by->value);
    if (study->released.by != NPT__NONE) {
        const char *key = npt__study_attribute_key(study, study->released.by);
        if (strcmp(key, "site") != 0 && strcmp(key, "wave") != 0)
            return;
        npt__say(diags, NPT_ERROR, &by->place, "'%s' is the %s, which is never told with a quote",
                 by->value, key);
        npt__hint(diags, "name what many of those who were interviewed share, such as their role");
        return;
    }
    npt__say(diags, NPT_ERROR, &by->place, "no case or source has the attribute '%s'", by->value);
    const char *near = npt__study_nearest_attribute(study, by->value);
    if (near)
        npt__hint(diags, "did you mean '%s'", near);
}

enum npt_status npt__released_read(npt_study *study, const struct npt__manifest *manifest,
                                   npt_diags *diags)
{
    const size_t faults = npt_diags_count(diags, NPT_ERROR);
    if (!manifest->quotes.value)
        return NPT_OK;
    struct reading reading = {.study = study, .diags = diags, .arena = npt__arena_new()};
    study->released.path = npt__released_path(study, manifest);
    find_by(study, &manifest->quotes_by, diags);
    reading.folded_cases =
        npt__arena_array(reading.arena, study->cases.count + 1, sizeof *reading.folded_cases);
    for (size_t i = 0; i < study->cases.count; i++)
        reading.folded_cases[i] = npt__fold_name(reading.arena, study->cases.items[i].name);
    enum npt_status status = npt__csv_open(&reading.csv, study->released.path, diags);
    if (status == NPT_OK) {
        if (!npt__csv_next(reading.csv))
            npt__say(diags, NPT_ERROR, &(struct npt__place){.file = study->released.path},
                     "has no header row");
        else if (read_header(&reading))
            read_rows(&reading);
        status = npt__csv_close(reading.csv);
    }
    npt__intern_release(&reading.rows);
    npt__arena_free(reading.arena);
    return npt_diags_count(diags, NPT_ERROR) > faults ? NPT_BAD_INPUT : status;
}
