/* csv_split.c - the grammar of delimited text: where records end, and their fields.
 *
 * Most fields are a digit or a word, so they are split byte by byte, with a table: what is clever
 * about longer runs costs more than it saves there. Boundaries and lines, which concern whole
 * blocks and are found while other threads wait, are looked for eight bytes at a step. Lines are
 * counted as editors count them: LF, CRLF and CR each end one, in quotes or not.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_split.h"

#include "../base/unicode.h"

#include <stdint.h>
#include <string.h>

static bool ends_field(const struct npt__csv_dialect *dialect, char byte)
{
    return dialect->ends_field[(unsigned char)byte];
}

static bool is_line_end(char byte)
{
    return byte == '\n' || byte == '\r';
}

/* The length of the line end at `at`; 0 where there is none. */
static size_t line_end(const char *at)
{
    return at[0] == '\r' && at[1] == '\n' ? 2 : is_line_end(at[0]) ? 1 : 0;
}

/* ---- the dialect ----------------------------------------------------------------------------- */

bool npt__csv_find_dialect(struct npt__csv_dialect *dialect, const char *text)
{
    static const char delimiters[] = ",;\t"; /* the first wins a tie */
    size_t counts[3] = {0};
    const char *at = text + strspn(text, " \r\n");
    bool quoted = false, starts_field = true;
    for (; *at && (quoted || !is_line_end(*at)); at++) {
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
    *dialect = (struct npt__csv_dialect){.delimiter = delimiters[best]};
    const char ends[] = {delimiters[best], '\n', '\r', '\0'};
    for (size_t i = 0; i < sizeof ends; i++)
        dialect->ends_field[(unsigned char)ends[i]] = dialect->ends_run[(unsigned char)ends[i]] =
            true;
    dialect->ends_run['"'] = true;
    dialect->ends_quoted_run['"'] = true;
    dialect->ends_quoted_run['\n'] = dialect->ends_quoted_run['\r'] = true;
    return *at != '\0';
}

/* ---- walking --------------------------------------------------------------------------------- */

static enum npt__csv_extent faulty(struct npt__csv_fault *fault, size_t at, const char *message,
                                   const char *hint)
{
    *fault = (struct npt__csv_fault){message, hint, at};
    return NPT__CSV_FAULTY;
}

static enum npt__csv_extent too_large(struct npt__csv_fault *fault, size_t at)
{
    return faulty(fault, at, "a field is larger than 1 MB",
                  "a quote that is not closed swallows what follows; look for one here");
}

/* Walks from the opening quote at *at to what follows the closing one. */
static enum npt__csv_extent walk_quoted(const struct npt__csv_dialect *dialect, const char *text,
                                        size_t length, enum npt__csv_ending ending, size_t *at,
                                        struct npt__csv_fault *fault)
{
    const size_t opening = *at;
    size_t doubled = 0;
    for (size_t from = opening + 1;; from += 2) {
        const char *quote = memchr(text + from, '"', length - from);
        if (!quote && ending == NPT__CSV_COMPLETE)
            return faulty(fault, opening, "a quote is opened here and never closed",
                          "close it, or write it twice (\"\") where it belongs to the text");
        from = quote ? (size_t)(quote - text) : length;
        if (from - opening - 1 - doubled > NPT__CSV_LARGEST_FIELD)
            return too_large(fault, opening);
        if (!quote)
            return NPT__CSV_PARTIAL;
        if (text[from + 1] != '"') {
            *at = from + 1;
            break;
        }
        doubled++;
    }
    if (!ends_field(dialect, text[*at]))
        return faulty(fault, *at, "text after a closing quote",
                      "write a quote within a quoted field twice (\"\"), and nothing after the "
                      "last one");
    return NPT__CSV_WHOLE;
}

enum npt__csv_extent npt__csv_walk(const struct npt__csv_dialect *dialect, const char *text,
                                   size_t length, enum npt__csv_ending ending, size_t *at,
                                   struct npt__csv_fault *fault)
{
    size_t here = *at;
    for (;; here++) {
        if (text[here] == '"') {
            const enum npt__csv_extent extent =
                walk_quoted(dialect, text, length, ending, &here, fault);
            if (extent != NPT__CSV_WHOLE)
                return extent;
        } else {
            const size_t start = here;
            while (!ends_field(dialect, text[here]))
                here++;
            if (here - start > NPT__CSV_LARGEST_FIELD)
                return too_large(fault, start);
        }
        if (text[here] != dialect->delimiter)
            break;
    }
    const bool at_end = here == length;
    if (at_end && ending != NPT__CSV_COMPLETE)
        return NPT__CSV_PARTIAL;
    if (here + 1 == length && text[here] == '\r' && ending == NPT__CSV_GOES_ON)
        return NPT__CSV_PARTIAL; /* its LF may follow */
    *at = here + line_end(text + here);
    return NPT__CSV_WHOLE;
}

/* ---- eight bytes at a step ------------------------------------------------------------------- */

#define ONES UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)
#define STEP sizeof(uint64_t)

/* The bytes as a word in which the first is the lowest, whatever the machine. */
static uint64_t load_word(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* 1 in each byte that equals `byte`, 0 in the others. */
static inline uint64_t equal_bytes(uint64_t word, char byte)
{
    word ^= ONES * (unsigned char)byte;
    return (~(((word & ~TOPS) + ~TOPS) | word) & TOPS) >> 7;
}

/* ---- boundaries ------------------------------------------------------------------------------ */

/* What is known of the quotes before a word. Each is 0 or 1. */
struct quotes {
    uint64_t odd;     /* whether there were an odd number: text is in quotes */
    uint64_t closing; /* whether the last byte is a quote that closes */
};

/* Looks at a word that has quotes, or follows one; 0 if they are regular. `border` is 1 if a quote
   that opens may stand after the byte before, `beyond` has 1 in the bytes that are not the
   text's. */
static inline uint64_t find_irregular(struct quotes *state, uint64_t word, char delimiter,
                                      uint64_t border, uint64_t beyond)
{
    const uint64_t quotes = equal_bytes(word, '"');
    const uint64_t borders = quotes | equal_bytes(word, delimiter) | equal_bytes(word, '\n') |
                             equal_bytes(word, '\r') | beyond;
    /* a byte of the product is the number of quotes up to that byte */
    const uint64_t counts = (quotes + state->odd) * ONES;
    const uint64_t opens = quotes & counts, closes = quotes & ~counts;
    const uint64_t irregular =
        (opens & ~(borders << 8 | border)) | ((closes << 8 | state->closing) & ~borders);
    state->odd = counts >> 56 & 1;
    state->closing = closes >> 56;
    return irregular;
}

/* Whether every quote of a text opens or closes a field or is doubled in one, and none is within a
   plain field. Then a byte is in quotes if there is an odd number of them before it; `is_open` says
   so of the end. */
static bool has_regular_quotes(const struct npt__csv_dialect *dialect, const char *text,
                               size_t length, bool *is_open)
{
    struct quotes state = {0};
    uint64_t irregular = 0;
    for (size_t at = 0; at < length && !irregular; at += STEP) {
        const size_t left = length - at;
        char rest[STEP] = {0};
        if (left < STEP)
            memcpy(rest, text + at, left);
        const uint64_t word = load_word(left < STEP ? rest : text + at);
        if (!state.closing && !equal_bytes(word, '"')) {
            const char *quote = memchr(text + at, '"', left);
            if (!quote)
                break;
            const size_t skipped = (size_t)(quote - text) - at;
            at += skipped - skipped % STEP - STEP; /* so that the next word holds it */
            continue;
        }
        const uint64_t border = at == 0 || dialect->ends_run[(unsigned char)text[at - 1]];
        irregular = find_irregular(&state, word, dialect->delimiter, border,
                                   left < STEP ? ONES << 8 * left : 0);
    }
    *is_open = state.odd != 0;
    return irregular == 0;
}

size_t npt__csv_boundary(const struct npt__csv_dialect *dialect, const char *text, size_t length)
{
    bool is_open = false;
    if (memchr(text, '"', length) && !has_regular_quotes(dialect, text, length, &is_open))
        return NPT__CSV_LOOK_CLOSELY;
    for (size_t end = length; end > 0; end--) {
        const char last = text[end - 1];
        if (last == '"')
            is_open = !is_open;
        /* after a CR that is the last byte of all its LF may follow */
        else if (!is_open && (last == '\n' || (last == '\r' && end < length)))
            return end;
    }
    return 0;
}

/* ---- lines ----------------------------------------------------------------------------------- */

#define MOST_STEPS 255u /* what a byte can count */

static size_t add_bytes(uint64_t sums)
{
    const uint64_t pairs = UINT64_C(0x00FF00FF00FF00FF);
    sums = (sums & pairs) + ((sums >> 8) & pairs);
    return (size_t)((sums * UINT64_C(0x0001000100010001)) >> 48);
}

size_t npt__csv_count_lines(const char *text, size_t length)
{
    const bool has_cr = memchr(text, '\r', length) != NULL;
    size_t count = 0, at = 0;
    while (length - at >= STEP) {
        size_t steps = (length - at) / STEP;
        steps = steps < MOST_STEPS ? steps : MOST_STEPS;
        uint64_t sums = 0;
        for (size_t i = 0; i < steps && !has_cr; i++, at += STEP)
            sums += equal_bytes(load_word(text + at), '\n');
        /* a CR counts unless LF follows; the byte after the text is the next or a NUL */
        for (size_t i = 0; i < steps && has_cr; i++, at += STEP)
            sums += equal_bytes(load_word(text + at), '\n') |
                    (equal_bytes(load_word(text + at), '\r') &
                     ~equal_bytes(load_word(text + at + 1), '\n'));
        count += add_bytes(sums);
    }
    for (; at < length; at++)
        count += text[at] == '\n' || (text[at] == '\r' && text[at + 1] != '\n');
    return count;
}

struct npt__spot npt__csv_spot(const char *text, size_t at, size_t line)
{
    size_t start = at;
    while (start && !is_line_end(text[start - 1]))
        start--;
    return (struct npt__spot){.line = line + npt__csv_count_lines(text, at),
                              .column = 1 + npt__utf8_count(text + start, at - start)};
}

/* ---- splitting ------------------------------------------------------------------------------- */

/* Makes a string of a quoted field, without its quotes; returns what follows it. */
static char *unquote(struct npt__csv_splitter *splitter, char *opening, struct npt__field *field)
{
    const struct npt__csv_dialect *const dialect = splitter->dialect;
    char *const text = opening + 1;
    char *to = text, *at = text;
    for (;;) {
        char *const from = at;
        while (*at != '"') {
            while (!dialect->ends_quoted_run[(unsigned char)*at])
                at++;
            if (*at == '"')
                break;
            splitter->line += *at == '\n' || at[1] != '\n';
            at++;
        }
        const bool doubled = at[1] == '"';
        const size_t length = (size_t)(at - from) + doubled;
        if (to != from)
            memmove(to, from, length);
        to += length;
        at += 1 + doubled;
        if (!doubled)
            break;
    }
    *to = '\0';
    *field = (struct npt__field){.text = text, .length = (size_t)(to - text), .raw = opening};
    return at;
}

/* Splits a field that has a quote at `at`: it is quoted, or the quote is one of its characters. */
static char *split_quotes(struct npt__csv_splitter *splitter, char *start, char *at,
                          struct npt__field *field)
{
    if (at == start)
        return unquote(splitter, at, field);
    while (!ends_field(splitter->dialect, *at))
        at++;
    *field = (struct npt__field){start, (size_t)(at - start), start};
    return at;
}

/* Moves to the next record that is no blank line; false at the end of the text. */
static bool skip_blank_lines(struct npt__csv_splitter *splitter)
{
    for (;;) {
        char *const end = splitter->at + strspn(splitter->at, " ");
        const size_t length = line_end(end);
        if (!length)
            return *end != '\0';
        splitter->at = end + length;
        splitter->line++;
    }
}

bool npt__csv_split(struct npt__csv_splitter *splitter, struct npt__row *row)
{
    if ((unsigned char)*splitter->at <= ' ' && !skip_blank_lines(splitter))
        return false;
    const struct npt__csv_dialect *const dialect = splitter->dialect;
    const char delimiter = dialect->delimiter;
    struct npt__field *field = splitter->fields;
    const struct npt__field *const last = field + NPT__CSV_ROOM_FOR_FIELDS - 1;
    char *at = splitter->at;
    *row = (struct npt__row){.fields = splitter->fields, .line = splitter->line, .raw = at};
    for (;;) {
        char *const start = at;
        while (!dialect->ends_run[(unsigned char)*at])
            at++;
        if (*at == '"')
            at = split_quotes(splitter, start, at, field);
        else
            *field = (struct npt__field){start, (size_t)(at - start), start};
        field += field < last;
        if (*at != delimiter)
            break;
        *at++ = '\0';
    }
    const size_t length = line_end(at);
    *at = '\0';
    splitter->at = at + length;
    splitter->line += length > 0;
    row->count = (size_t)(field - splitter->fields);
    return true;
}
