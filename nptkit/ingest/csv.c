/* csv.c - rows of a delimited text file, one by one.
 *
 * The file is read whole as UTF-8; that text then stays as it is, so a place and the line to quote
 * are found in it when a message asks for them. A row is walked over in the text, and split in a
 * copy.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv.h"

#include "../base/arena.h"
#include "../base/buffer.h"
#include "../base/unicode.h"
#include "csv_split.h"
#include "csv_text.h"

#include <assert.h>
#include <string.h>

#define LARGEST_FILE ((size_t)1 << 30)
#define PIECE ((size_t)256 * 1024)

struct npt__csv {
    char *path;
    npt_diags *diags;
    npt__buffer text; /* UTF-8 without BOM */
    size_t at, line;  /* the next byte to read, and its line */
    bool faulty;
    enum npt__csv_ending ending;
    struct npt__csv_fault final; /* where the text breaks off */
    struct npt__csv_dialect dialect;
    npt__buffer copy; /* of the row */
    struct npt__field *fields;
    struct npt__row row;
    size_t row_start, row_length; /* in the text */
};

/* ---- places ---------------------------------------------------------------------------------- */

static struct npt__place place_at(const npt__csv *csv, struct npt__spot spot, size_t offset)
{
    const char *const text = csv->text.bytes;
    size_t start = offset;
    while (start && text[start - 1] != '\n' && text[start - 1] != '\r')
        start--;
    return (struct npt__place){.file = csv->path,
                               .line = spot.line,
                               .column = spot.column,
                               .excerpt = text + start,
                               .excerpt_length = strcspn(text + start, "\r\n")};
}

static void say(npt__csv *csv, enum npt_severity severity, const struct npt__csv_fault *fault)
{
    const struct npt__spot spot = npt__csv_spot(csv->text.bytes, fault->at, 1);
    const struct npt__place place = place_at(csv, spot, fault->at);
    npt__say(csv->diags, severity, &place, "%s", fault->message);
    npt__hint(csv->diags, "%s", fault->hint);
    csv->faulty |= severity == NPT_ERROR;
}

/* ---- opening --------------------------------------------------------------------------------- */

/* Reads the text to its end, or to where nothing more can be read. */
static enum npt_status load(npt__csv *csv, npt__csv_text *text)
{
    struct npt__csv_fault conversion = {0};
    enum npt__csv_event event = NPT__CSV_MORE;
    csv->text.ceiling = LARGEST_FILE + 2 * PIECE;
    while (event == NPT__CSV_MORE || event == NPT__CSV_CONVERTED) {
        if (csv->text.length > LARGEST_FILE || !npt__buffer_reserve(&csv->text, PIECE)) {
            npt__say(csv->diags, NPT_ERROR, &(struct npt__place){.file = csv->path},
                     "is larger than %zu MB, the limit for such a file", LARGEST_FILE >> 20);
            return NPT_BAD_INPUT;
        }
        csv->text.length +=
            npt__csv_text_read(text, csv->text.bytes + csv->text.length, PIECE, &event);
        csv->text.bytes[csv->text.length] = '\0';
        const struct npt__csv_fault here = {npt__csv_text_message(text), npt__csv_text_hint(text),
                                            csv->text.length};
        if (event == NPT__CSV_CONVERTED)
            conversion = here;
        csv->final = here;
    }
    csv->ending = event == NPT__CSV_END ? NPT__CSV_COMPLETE : NPT__CSV_BREAKS_OFF;
    if (conversion.message)
        say(csv, NPT_WARNING, &conversion);
    npt__csv_find_dialect(&csv->dialect, csv->text.bytes);
    return NPT_OK;
}

enum npt_status npt__csv_open(npt__csv **csv, const char *path, npt_diags *diags)
{
    *csv = NULL;
    npt__csv_text *text;
    enum npt_status status = npt__csv_text_open(&text, path, diags);
    if (status != NPT_OK)
        return status;
    const size_t size = strlen(path) + 1;
    npt__csv *opened = npt__allocate(sizeof *opened);
    *opened = (npt__csv){.path = npt__allocate(size), .diags = diags, .line = 1, .row.line = 1};
    memcpy(opened->path, path, size);
    opened->copy.ceiling = SIZE_MAX / 4;
    opened->fields = npt__allocate(NPT__CSV_ROOM_FOR_FIELDS * sizeof *opened->fields);
    status = load(opened, text);
    npt__csv_text_close(text);
    if (status == NPT_OK)
        *csv = opened;
    else
        npt__csv_close(opened);
    return status;
}

enum npt_status npt__csv_close(npt__csv *csv)
{
    if (!csv)
        return NPT_BAD_INPUT;
    const enum npt_status status = csv->faulty ? NPT_BAD_INPUT : NPT_OK;
    npt__buffer_release(&csv->text);
    npt__buffer_release(&csv->copy);
    npt__release(csv->fields);
    npt__release(csv->path);
    npt__release(csv);
    return status;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* Walks over the next record; false at the end or a fault. */
static bool walk(npt__csv *csv)
{
    struct npt__csv_fault fault = csv->final;
    csv->row_start = csv->at;
    const enum npt__csv_extent extent = npt__csv_walk(
        &csv->dialect, csv->text.bytes, csv->text.length, csv->ending, &csv->at, &fault);
    csv->row_length = csv->at - csv->row_start;
    if (extent != NPT__CSV_WHOLE)
        say(csv, NPT_ERROR, &fault);
    return extent == NPT__CSV_WHOLE;
}

/* Splits a copy of the record; false where it is a blank line. */
static bool split(npt__csv *csv)
{
    npt__buffer_clear(&csv->copy);
    npt__buffer_add(&csv->copy, csv->text.bytes + csv->row_start, csv->row_length);
    struct npt__csv_splitter splitter = {
        .dialect = &csv->dialect, .at = csv->copy.bytes, .line = csv->line, .fields = csv->fields};
    const bool found = npt__csv_split(&splitter, &csv->row);
    csv->line = splitter.line;
    return found;
}

/* Whether the row has more fields than it may; that is said where the first beyond them begins. */
static bool is_too_wide(npt__csv *csv)
{
    if (csv->row.count <= NPT__CSV_MOST_FIELDS)
        return false;
    const struct npt__place place = npt__csv_place(csv, NPT__CSV_MOST_FIELDS);
    npt__say(csv->diags, NPT_ERROR, &place, "a row has more than 10,000 fields");
    npt__hint(csv->diags, "is this a table of answers, one respondent a row?");
    return csv->faulty = true;
}

bool npt__csv_next(npt__csv *csv)
{
    bool found = false;
    while (!found && !csv->faulty &&
           (csv->at < csv->text.length || csv->ending == NPT__CSV_BREAKS_OFF))
        found = walk(csv) && split(csv);
    if (!found || is_too_wide(csv))
        csv->row.count = 0;
    return csv->row.count > 0;
}

size_t npt__csv_count(const npt__csv *csv)
{
    return csv->row.count;
}

const char *npt__csv_field(const npt__csv *csv, size_t index)
{
    assert(index < csv->row.count);
    return csv->row.fields[index].text;
}

struct npt__place npt__csv_place(const npt__csv *csv, size_t index)
{
    /* splitting moves the inside of a quoted field, never where one begins */
    const size_t offset =
        index < csv->row.count ? (size_t)(csv->row.fields[index].raw - csv->row.raw) : 0;
    const char *const text = csv->text.bytes + csv->row_start;
    return place_at(csv, npt__csv_spot(text, offset, csv->row.line), csv->row_start + offset);
}
