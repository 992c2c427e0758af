/* csv.c - rows of a delimited text file, whatever program wrote it.
 *
 * The file is read whole and turned into UTF-8; that text then stays as it is, so a place and the line to
 * quote are found in it when a message asks for them, and a row costs no more than one copy of its fields
 * into a buffer that is used again. Lines are counted as editors count them: LF, CRLF and CR each end one,
 * in quotes or not.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv.h"

#include "../base/arena.h"
#include "../base/buffer.h"
#include "../base/file.h"
#include "../base/unicode.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

#define LARGEST_FILE ((size_t)1 << 30)
#define LARGEST_FIELD ((size_t)1 << 20)
#define MOST_FIELDS 10000u

struct field {
    size_t value; /* its offset in the row's buffer */
    size_t start; /* where it begins in the text, with its quote */
};

struct npt__csv {
    char *path;
    npt_diags *diags;
    npt__buffer text; /* UTF-8 without BOM */
    size_t at;        /* the next byte to read */
    size_t line;      /* the number of its line */
    size_t nul;       /* the first NUL byte; the length of the text where there is none */
    bool ends_field[256];
    char delimiter;
    bool faulty, has_no_converter;
    npt__buffer row;
    NPT__ARRAY(struct field) fields;
    size_t row_start, row_line;
};

/* ---- places ---------------------------------------------------------------------------------- */

/* The number of line ends that begin in a part of the text. */
static size_t count_lines(const npt__buffer *text, size_t from, size_t to)
{
    const char *const end = text->bytes + to;
    size_t count = 0;
    for (const char *at = text->bytes + from; (at = memchr(at, '\n', (size_t)(end - at))); at++)
        count++;
    for (const char *at = text->bytes + from; (at = memchr(at, '\r', (size_t)(end - at))); at++)
        count += at[1] != '\n'; /* the text is NUL-terminated */
    return count;
}

/* The place of a byte, whose line number is `line` more than those that end between `from` and it. */
static struct npt__place place_of(const npt__csv *csv, size_t offset, size_t from, size_t line)
{
    const char *text = csv->text.bytes;
    size_t start = offset, stop = offset;
    while (start && text[start - 1] != '\n' && text[start - 1] != '\r')
        start--;
    while (stop < csv->text.length && text[stop] != '\n' && text[stop] != '\r')
        stop++;
    return (struct npt__place){.file = csv->path,
                               .line = line + count_lines(&csv->text, from, offset),
                               .column = 1 + npt__utf8_count(text + start, offset - start),
                               .excerpt = text + start,
                               .excerpt_length = stop - start};
}

static void row_fault(npt__csv *csv, size_t offset, const char *message, const char *hint)
{
    const struct npt__place place = place_of(csv, offset, csv->row_start, csv->row_line);
    npt__say(csv->diags, NPT_ERROR, &place, "%s", message);
    npt__hint(csv->diags, "%s", hint);
    csv->faulty = true;
}

static enum npt_status refuse(const npt__csv *csv, const char *message, const char *hint)
{
    npt__say(csv->diags, NPT_ERROR, &(struct npt__place){.file = csv->path}, "%s", message);
    npt__hint(csv->diags, "%s", hint);
    return NPT_BAD_INPUT;
}

/* ---- characters ------------------------------------------------------------------------------ */

#define SAVE_AS_UTF8 "open it in a spreadsheet and save it as \"CSV UTF-8\""

/* Adds `bytes` to the text as UTF-8; false at the first that mean nothing in this encoding. */
static bool convert(npt__csv *csv, const char *encoding, const char *bytes, size_t length)
{
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1) {
        csv->has_no_converter = true; /* a small system, without the tables of its libc */
        return false;
    }
    char chunk[8192], *from = (char *)(uintptr_t)bytes;
    bool valid = true;
    while (length && valid) {
        char *to = chunk;
        size_t room = sizeof chunk;
        const size_t result = iconv(converter, &from, &length, &to, &room);
        valid = result != (size_t)-1 || errno == E2BIG;
        npt__buffer_add(&csv->text, chunk, sizeof chunk - room);
    }
    iconv_close(converter);
    return valid;
}

static enum npt_status refuse_here(npt__csv *csv, const char *message)
{
    if (csv->has_no_converter)
        return refuse(csv, "is not UTF-8 text, and this system cannot convert it", SAVE_AS_UTF8);
    npt__buffer_add(&csv->text, "", 0); /* so that there are bytes */
    const struct npt__place place = place_of(csv, csv->text.length, 0, 1);
    npt__say(csv->diags, NPT_ERROR, &place, "%s", message);
    npt__hint(csv->diags, SAVE_AS_UTF8);
    return NPT_BAD_INPUT;
}

static enum npt_status read_windows_1252(npt__csv *csv, const char *bytes, size_t length,
                                         size_t first)
{
    const bool before = convert(csv, "WINDOWS-1252", bytes, first);
    const size_t offset = csv->text.length;
    if (!before || !convert(csv, "WINDOWS-1252", bytes + first, length - first))
        return refuse_here(csv, "is neither UTF-8 nor Windows-1252 text");
    const struct npt__place place = place_of(csv, offset, 0, 1);
    npt__say(csv->diags, NPT_WARNING, &place, "is not UTF-8 text; it is read as Windows-1252");
    npt__hint(csv->diags, "check that accents and dashes are right; to be sure, " SAVE_AS_UTF8);
    return NPT_OK;
}

/* Western text in UTF-16 without a mark: every other byte is NUL. */
static bool looks_like_utf16(const char *bytes, size_t length)
{
    size_t odd = 0, even = 0, pairs = (length < 32 ? length : 32) / 2;
    for (size_t i = 0; i < pairs; i++) {
        even += !bytes[2 * i];
        odd += !bytes[2 * i + 1];
    }
    return pairs >= 2 && ((even == pairs && !odd) || (odd == pairs && !even));
}

/* Makes the text from the bytes of the file. */
static enum npt_status decode(npt__csv *csv, npt__buffer *file)
{
    const char *bytes = npt__buffer_string(file);
    const size_t length = file->length;
    csv->text.ceiling = SIZE_MAX / 4;
    if (length >= 4 && (memcmp(bytes, "\xFF\xFE\0\0", 4) == 0))
        return refuse(csv, "is UTF-32 text, which no survey program writes", SAVE_AS_UTF8);
    const bool little = length >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0;
    if (little || (length >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        if (convert(csv, little ? "UTF-16LE" : "UTF-16BE", bytes + 2, length - 2))
            return NPT_OK;
        return refuse_here(csv, "is marked as UTF-16, but this is not; it may be cut short");
    }
    const bool marked = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    if (!marked && looks_like_utf16(bytes, length))
        return refuse(csv, "is UTF-16 text without a byte order mark", SAVE_AS_UTF8);
    const size_t valid = npt__utf8_valid(bytes, length);
    if (valid < length && !marked)
        return read_windows_1252(csv, bytes, length, valid);
    if (marked) {
        memmove(file->bytes, file->bytes + 3, length - 3 + 1);
        file->length -= 3;
    }
    csv->text = *file;
    *file = (npt__buffer){0};
    if (valid == length)
        return NPT_OK;
    csv->text.length = valid - 3;
    return refuse_here(csv, "is marked as UTF-8, but here it is not");
}

/* ---- opening --------------------------------------------------------------------------------- */

/* The delimiter that stands most often outside quotes in the first line that is not empty. */
static char find_delimiter(const npt__buffer *text)
{
    static const char delimiters[] = ",;\t"; /* the first wins a tie */
    size_t counts[3] = {0};
    const char *at = text->bytes + strspn(text->bytes, " \r\n");
    bool quoted = false, starts_field = true;
    for (; *at && (quoted || (*at != '\n' && *at != '\r')); at++) {
        const char *found = strchr(delimiters, *at);
        if (*at == '"' && (quoted || starts_field))
            quoted = !quoted;
        else if (found && !quoted)
            counts[found - delimiters]++;
        /* a doubled quote closes and opens again */
        starts_field = !quoted && (found || *at == '"');
    }
    size_t best = 0;
    for (size_t i = 1; i < 3; i++)
        if (counts[i] > counts[best])
            best = i;
    return delimiters[best];
}

static enum npt_status load(npt__csv *csv)
{
    npt__buffer file = {0};
    enum npt_status status = npt__file_read(&file, csv->path, LARGEST_FILE, csv->diags);
    const char *bytes = npt__buffer_string(&file);
    if (status != NPT_OK) {
        /* said already */
    } else if (file.length >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || //
                                    memcmp(bytes, "PK\5\6", 4) == 0)) {
        status = refuse(csv, "is a zip archive (an .xlsx?), not delimited text", SAVE_AS_UTF8);
    } else if (file.length >= 4 && memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0) {
        status = refuse(csv, "is an old Excel workbook (.xls), not delimited text", SAVE_AS_UTF8);
    } else {
        status = decode(csv, &file);
        if (status == NPT_OK && !csv->text.length)
            status = refuse(csv, "is empty", "was it saved or copied to its end?");
    }
    npt__buffer_release(&file);
    return status;
}

enum npt_status npt__csv_open(npt__csv **csv, const char *path, npt_diags *diags)
{
    const size_t size = strlen(path) + 1;
    npt__csv *opened = npt__allocate(sizeof *opened);
    *opened = (npt__csv){.path = npt__allocate(size), .diags = diags, .line = 1};
    memcpy(opened->path, path, size);
    opened->row.ceiling = SIZE_MAX / 4;
    *csv = NULL;
    const enum npt_status status = load(opened);
    if (status != NPT_OK) {
        npt__csv_close(opened);
        return status;
    }
    const char *nul = memchr(opened->text.bytes, '\0', opened->text.length);
    opened->nul = nul ? (size_t)(nul - opened->text.bytes) : opened->text.length;
    opened->delimiter = find_delimiter(&opened->text);
    const char ends[] = {opened->delimiter, '\n', '\r', '\0'};
    for (size_t i = 0; i < sizeof ends; i++)
        opened->ends_field[(unsigned char)ends[i]] = true;
    *csv = opened;
    return NPT_OK;
}

enum npt_status npt__csv_close(npt__csv *csv)
{
    if (!csv)
        return NPT_BAD_INPUT;
    const enum npt_status status = csv->faulty ? NPT_BAD_INPUT : NPT_OK;
    npt__buffer_release(&csv->text);
    npt__buffer_release(&csv->row);
    npt__array_release(&csv->fields);
    npt__release(csv->path);
    npt__release(csv);
    return status;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* Adds a part of the open field to the row, and a NUL that is not counted. */
static bool add_part(npt__csv *csv, const struct field *field, const char *bytes, size_t length)
{
    const bool fits =
        length <= LARGEST_FIELD && csv->row.length - field->value + length <= LARGEST_FIELD;
    if (fits && npt__buffer_reserve(&csv->row, length + 1)) {
        memcpy(csv->row.bytes + csv->row.length, bytes, length);
        csv->row.length += length;
        csv->row.bytes[csv->row.length] = '\0';
        return true;
    }
    row_fault(csv, field->start, "a field is larger than 1 MB",
              "a quote that is not closed swallows what follows; look for one here");
    return false;
}

static void nul_fault(npt__csv *csv)
{
    row_fault(csv, csv->nul, "a NUL byte, which no text holds",
              "the file is damaged or not text; export it again");
}

/* Reads a quoted field from the byte after its opening quote. */
static bool read_quoted(npt__csv *csv, const struct field *field)
{
    const char *text = csv->text.bytes;
    size_t at = field->start + 1;
    for (;;) {
        const char *quote = memchr(text + at, '"', csv->text.length - at);
        if (!quote) {
            row_fault(csv, field->start, "a quote is opened here and never closed",
                      "close it, or write it twice (\"\") where it belongs to the text");
            return false;
        }
        size_t length = (size_t)(quote - text) - at;
        const bool doubled = quote[1] == '"';
        if (at + length > csv->nul) {
            nul_fault(csv);
            return false;
        }
        if (!add_part(csv, field, text + at, length + doubled))
            return false;
        at += length + 1 + doubled;
        if (!doubled)
            break;
    }
    csv->line += count_lines(&csv->text, field->start, at);
    csv->at = at;
    if (csv->ends_field[(unsigned char)text[at]])
        return true;
    row_fault(csv, at, "text after a closing quote",
              "write a quote within a quoted field twice (\"\"), and nothing after the last one");
    return false;
}

static bool read_field(npt__csv *csv)
{
    if (csv->fields.count == MOST_FIELDS) {
        row_fault(csv, csv->at, "a row has more than 10,000 fields",
                  "is this a table of answers, one respondent a row?");
        return false;
    }
    const struct field field = {.value = csv->row.length, .start = csv->at};
    const char *start = csv->text.bytes + csv->at, *at = start;
    if (*at == '"') {
        if (!read_quoted(csv, &field))
            return false;
    } else {
        while (!csv->ends_field[(unsigned char)*at])
            at++;
        if (!add_part(csv, &field, start, (size_t)(at - start)))
            return false;
        csv->at += (size_t)(at - start);
    }
    csv->row.length++; /* the NUL that ends the buffer now ends the field */
    *npt__array_add(&csv->fields) = field;
    return true;
}

static void skip_line_end(npt__csv *csv)
{
    const char *at = csv->text.bytes + csv->at;
    if (!*at)
        return;
    csv->at += at[0] == '\r' && at[1] == '\n' ? 2 : 1;
    csv->line++;
}

static void skip_empty_lines(npt__csv *csv)
{
    for (;;) {
        const char *text = csv->text.bytes;
        const size_t end = csv->at + strspn(text + csv->at, " ");
        if (text[end] != '\n' && text[end] != '\r' && end != csv->text.length)
            return;
        csv->at = end;
        if (end == csv->text.length)
            return;
        skip_line_end(csv);
    }
}

bool npt__csv_next(npt__csv *csv)
{
    csv->fields.count = 0;
    npt__buffer_clear(&csv->row);
    if (csv->faulty)
        return false;
    skip_empty_lines(csv);
    csv->row_start = csv->at;
    csv->row_line = csv->line;
    if (csv->at == csv->text.length)
        return false;
    while (read_field(csv)) {
        const char next = csv->text.bytes[csv->at];
        if (next == csv->delimiter) {
            csv->at++;
            continue;
        }
        if (next || csv->at == csv->text.length) {
            skip_line_end(csv);
            return true;
        }
        nul_fault(csv);
        break;
    }
    csv->fields.count = 0;
    return false;
}

size_t npt__csv_count(const npt__csv *csv)
{
    return csv->fields.count;
}

const char *npt__csv_field(const npt__csv *csv, size_t index)
{
    assert(index < csv->fields.count);
    return csv->row.bytes + csv->fields.items[index].value;
}

struct npt__place npt__csv_place(const npt__csv *csv, size_t index)
{
    const size_t offset =
        index < csv->fields.count ? csv->fields.items[index].start : csv->row_start;
    return place_of(csv, offset, csv->row_start, csv->row_line);
}
