/* test_csv_blocks.c - blocks of records give the same rows and faults wherever they are cut.
 *
 * Thousands of generated texts are read by a parser that is written here for clarity, a character
 * at a time, and then by the two readers of the library: row by row, and in blocks of a few bytes
 * by one to five threads. All must agree on every field, its line and column, and on the fault that
 * ends the reading.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/buffer.h"
#include "../nptkit/ingest/csv.h"
#include "../nptkit/ingest/csv_blocks.h"
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- the parser to compare with -------------------------------------------------------------- */

struct cursor {
    const char *at;
    size_t line, column;
};

/* Moves on by a byte; columns count characters. */
static void step(struct cursor *cursor)
{
    const char byte = *cursor->at++;
    if (byte == '\n' || (byte == '\r' && *cursor->at != '\n')) {
        cursor->line++;
        cursor->column = 1;
    } else if ((*cursor->at & 0xC0) != 0x80) {
        cursor->column++;
    }
}

static void skip_line_end(struct cursor *cursor)
{
    if (*cursor->at == '\r' && cursor->at[1] == '\n')
        step(cursor);
    if (*cursor->at)
        step(cursor);
}

static bool skip_blank_line(struct cursor *cursor)
{
    struct cursor ahead = *cursor;
    while (*ahead.at == ' ')
        step(&ahead);
    if (!*cursor->at || (*ahead.at && *ahead.at != '\n' && *ahead.at != '\r'))
        return false;
    skip_line_end(&ahead);
    *cursor = ahead;
    return true;
}

/* Adds a field as [line:column value]; false at a fault, which then is all of `field`. */
static bool parse_field(struct cursor *cursor, npt__buffer *field)
{
    npt__buffer_clear(field);
    npt__buffer_print(field, "[%zu:%zu ", cursor->line, cursor->column);
    const struct cursor start = *cursor;
    const bool quoted = *cursor->at == '"';
    if (quoted)
        step(cursor);
    while (quoted || !strchr(",\n\r", *cursor->at)) { /* strchr() finds the NUL, too */
        if (quoted && !*cursor->at) {
            npt__buffer_clear(field);
            npt__buffer_print(field, "!%zu:%zu opened", start.line, start.column);
            return false;
        }
        if (quoted && *cursor->at == '"') {
            step(cursor);
            if (*cursor->at != '"')
                break;
        }
        npt__buffer_putc(field, *cursor->at);
        step(cursor);
    }
    if (!strchr(",\n\r", *cursor->at)) {
        npt__buffer_clear(field);
        npt__buffer_print(field, "!%zu:%zu after", cursor->line, cursor->column);
        return false;
    }
    npt__buffer_putc(field, ']');
    return true;
}

/* All rows of a text as [line:column value]...[end line:column], then a fault. */
static void parse(const char *text, npt__buffer *all)
{
    struct cursor cursor = {text, 1, 1};
    npt__buffer row = {0}, field = {0};
    bool good = true;
    while (good && *cursor.at) {
        if (skip_blank_line(&cursor))
            continue;
        npt__buffer_clear(&row);
        bool more = true;
        while (more && good) {
            good = parse_field(&cursor, &field);
            npt__buffer_puts(&row, field.bytes);
            more = *cursor.at == ',';
            if (good && more)
                step(&cursor);
        }
        npt__buffer_puts(all, good ? row.bytes : field.bytes);
        if (good)
            npt__buffer_print(all, "%zu:%zu\n", cursor.line, cursor.column);
        skip_line_end(&cursor);
    }
    npt__buffer_release(&row);
    npt__buffer_release(&field);
}

/* ---- the readers ----------------------------------------------------------------------------- */

static void add_fault(npt_diags *diags, npt__buffer *all)
{
    struct npt__place place;
    enum npt_severity severity;
    const char *text, *hint;
    if (!npt__diags_at(diags, 0, &severity, &place, &text, &hint))
        return;
    assert_null(npt__diags_message(diags, 1));
    npt__buffer_print(all, "!%zu:%zu %s", place.line, place.column,
                      strstr(text, "opened")  ? "opened"
                      : strstr(text, "after") ? "after"
                                              : text);
}

static void read_rows(npt__buffer *all)
{
    npt_diags *diags = npt_diags_new();
    npt__csv *csv;
    assert_int_equal(npt__csv_open(&csv, "a.csv", diags), NPT_OK);
    while (npt__csv_next(csv)) {
        for (size_t i = 0; i < npt__csv_count(csv); i++) {
            const struct npt__place place = npt__csv_place(csv, i);
            npt__buffer_print(all, "[%zu:%zu %s]", place.line, place.column,
                              npt__csv_field(csv, i));
        }
        npt__buffer_putc(all, '\n');
    }
    npt__csv_close(csv);
    add_fault(diags, all);
    npt_diags_free(diags);
}

/* How many rows are taken as the head, and what came of all. */
struct reading {
    size_t head, ended;
    npt__buffer *all;
};

static void add_row(npt__buffer *all, const struct npt__row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        const struct npt__spot spot = npt__row_spot(row, i);
        assert_int_equal(row->fields[i].length, strlen(row->fields[i].text));
        npt__buffer_print(all, "[%zu:%zu %s]", spot.line, spot.column, row->fields[i].text);
    }
    const struct npt__spot end = npt__row_spot(row, row->count);
    npt__buffer_print(all, "%zu:%zu\n", end.line, end.column);
}

static enum npt__csv_head take_head(void *user, const struct npt__row *row)
{
    struct reading *reading = user;
    if (!row)
        return NPT__CSV_HEAD_STOP;
    add_row(reading->all, row);
    return --reading->head ? NPT__CSV_HEAD_GOES_ON : NPT__CSV_HEAD_WAS_LAST;
}

static void *begin(void *user)
{
    (void)user;
    return calloc(1, sizeof(npt__buffer));
}

static void take(void *block, const struct npt__row *row)
{
    add_row(block, row);
}

static void end(void *user, void *block)
{
    struct reading *reading = user;
    npt__buffer *rows = block;
    npt__buffer_puts(reading->all, npt__buffer_string(rows));
    npt__buffer_release(rows);
    free(rows);
    reading->ended++;
}

static const struct npt__csv_blocks_handler handler = {take_head, begin, take, end};

static enum npt_status read_blocks(npt__buffer *all, size_t head, unsigned threads,
                                   size_t block_size, npt_diags *diags)
{
    struct reading reading = {.head = head, .all = all};
    const struct npt__csv_blocks_options options = {.threads = threads, .block_size = block_size};
    return npt__csv_blocks_read("a.csv", &options, &handler, &reading, diags);
}

/* ---- generated texts ------------------------------------------------------------------------- */

static uint64_t random_state;

static size_t pick(size_t count)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(random_state >> 33) % count;
}

#define PICK(pieces) (pieces)[pick(sizeof(pieces) / sizeof *(pieces))]

static void add_field(npt__buffer *text)
{
    static const char *const plain[] = {"",    "1",      "x y", "né",   " ",
                                        "5\"", "a\"\"b", "☃☃",  "x\" ", "."};
    static const char *const quoted[] = {"",     "1", "a, b",      "\n", "\r\n", "\r",
                                         "\"\"", "é", "\"\",\"\"", " ",  "\n\n", "☃\r"};
    if (pick(3)) {
        npt__buffer_puts(text, PICK(plain));
        return;
    }
    npt__buffer_putc(text, '"');
    for (size_t i = pick(4); i > 0; i--)
        npt__buffer_puts(text, PICK(quoted));
    npt__buffer_putc(text, '"');
}

/* Rows that are mostly right, or mere pieces in a row. */
static void make_text(npt__buffer *text)
{
    static const char *const ends[] = {"\n", "\n", "\r\n", "\r", "\n\n", "\n  \n", "\r\r\n"};
    static const char *const soup[] = {"\"", ",", "\n", "\r", "x", "é", " ", "\"\"", "\",\""};
    npt__buffer_puts(text, "h,h,h,h,h\n");
    const bool is_soup = pick(3) == 0;
    for (size_t rows = pick(12); rows > 0; rows--) {
        for (size_t fields = pick(5); fields > 0; fields--) {
            add_field(text);
            npt__buffer_puts(text, is_soup ? PICK(soup) : ",");
        }
        add_field(text);
        npt__buffer_puts(text, PICK(ends));
    }
    if (pick(2))
        add_field(text);
}

/* What the row reader does not tell. */
static void remove_ends(npt__buffer *all)
{
    char *to = all->bytes;
    for (const char *at = all->bytes; *at; at++) {
        if (at > all->bytes && at[-1] == ']') {
            const size_t length = strspn(at, "0123456789:");
            at += at[length] == '\n' ? length : 0;
        }
        *to++ = *at;
    }
    all->length = (size_t)(to - all->bytes);
    *to = '\0';
}

static void compare(const char *text)
{
    npt__buffer expected = {0}, rows = {0};
    fixture_write_text("a.csv", text);
    parse(text, &expected);
    static const unsigned threads[] = {1, 2, 5};
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        npt__buffer blocks = {0};
        npt_diags *diags = npt_diags_new();
        read_blocks(&blocks, 1 + pick(3), threads[i], 8 + pick(pick(2) ? 30 : 200), diags);
        add_fault(diags, &blocks);
        assert_string_equal(npt__buffer_string(&blocks), npt__buffer_string(&expected));
        npt_diags_free(diags);
        npt__buffer_release(&blocks);
    }
    remove_ends(&expected);
    read_rows(&rows);
    assert_string_equal(npt__buffer_string(&rows), npt__buffer_string(&expected));
    npt__buffer_release(&rows);
    npt__buffer_release(&expected);
}

static void generated_texts_are_read_alike_by_all(void **state)
{
    (void)state;
    random_state = 20261122;
    const size_t count = getenv("VALGRIND") ? 15 : 1500;
    for (size_t i = 0; i < count; i++) {
        npt__buffer text = {0};
        make_text(&text);
        compare(text.bytes);
        npt__buffer_release(&text);
    }
}

static void the_parser_to_compare_with_is_right(void **state)
{
    (void)state;
    npt__buffer all = {0};
    parse("a,b\r\n\n\"x\r\"\"y\",é \"\r\"\",\"é\"x", &all);
    assert_string_equal(all.bytes, "[1:1 a][1:3 b]1:4\n"
                                   "[3:1 x\r\"y][4:6 é \"]4:9\n"
                                   "!5:7 after");
    npt__buffer_release(&all);
}

/* ---- every cut ------------------------------------------------------------------------------- */

/* Expects these rows (without places) and messages, for every size of blocks up to some. */
static void expect_for_every_cut(const char *bytes, size_t length, const char *rows,
                                 const char *text)
{
    fixture_write("a.csv", bytes, length);
    for (size_t size = 8; size < length + 12; size++)
        for (unsigned threads = 1; threads <= 2; threads++) {
            npt__buffer all = {0};
            npt_diags *diags = npt_diags_new();
            const enum npt_status status = read_blocks(&all, 1, threads, size, diags);
            assert_int_equal(status, strstr(text, "error") ? NPT_BAD_INPUT : NPT_OK);
            assert_string_equal(npt__buffer_string(&all), rows);
            assert_string_equal(npt_diags_text(diags, false), text);
            npt_diags_free(diags);
            npt__buffer_release(&all);
        }
}

#define BYTES(literal) literal, sizeof(literal) - 1
#define AS_UTF8 "open it in a spreadsheet and save it as \"CSV UTF-8\"\n"
#define PASTED "were two files pasted together? save each as \"CSV UTF-8\" before\n"
#define TWO_ROWS "[1:1 id][1:4 b]1:5\n[2:1 1][2:3 2]2:4\n"
#define NUL_BYTE \
    "a NUL byte, which no text holds\n  hint: the file is damaged or not text; export it again\n"
#define AFTER_QUOTE \
    "text after a closing quote\n  hint: write a quote within a quoted field twice (\"\"), and " \
    "nothing after the last one\n"

static void characters_are_never_cut(void **state)
{
    (void)state;
    expect_for_every_cut(BYTES("\xEF\xBB\xBFid,b\né,☃☃☃\r\n😀😀,ß\n"),
                         "[1:1 id][1:4 b]1:5\n[2:1 é][2:3 ☃☃☃]2:6\n[3:1 😀😀][3:4 ß]3:5\n", "");
    /* "é,b\r\n😀,\"2\n\"" */
    expect_for_every_cut(BYTES("\xFF\xFE\xE9\0,\0b\0\r\0\n\0\x3D\xD8\x00\xDE,\0\"\0"
                               "2\0\n\0\"\0"),
                         "[1:1 é][1:3 b]1:4\n[2:1 😀][2:3 2\n]3:2\n", "");
    expect_for_every_cut(BYTES("id,b\n1,2\nx\xE9\x80y,\x93z\x94\n\xFC,3"),
                         TWO_ROWS "[3:1 xé€y][3:6 “z”]3:9\n[4:1 ü][4:3 3]4:4\n",
                         "a.csv:3:2: warning: is not UTF-8 text; it is read as Windows-1252\n"
                         "  hint: check that accents and dashes are right; to be sure, " AS_UTF8);
}

static void a_text_that_breaks_off_gives_the_rows_before(void **state)
{
    (void)state;
    expect_for_every_cut(BYTES("id,b\n1,2\nab,c\0d\n3,4\n"), TWO_ROWS,
                         "a.csv:3:5: error: " NUL_BYTE);
    expect_for_every_cut(BYTES("id,b\n1,2\nab,\"c\0d\"\n3,4\n"), TWO_ROWS,
                         "a.csv:3:6: error: " NUL_BYTE);
    expect_for_every_cut(BYTES("id,b\né,2\nab,\xE9\n3,4\n"),
                         "[1:1 id][1:4 b]1:5\n[2:1 é][2:3 2]2:4\n",
                         "a.csv:3:4: error: is UTF-8 up to here and something else from here on\n"
                         "  hint: " PASTED);
    expect_for_every_cut(BYTES("id,b\n1,2\nab,\xE9\n3,\xC3\xA9\n"), TWO_ROWS,
                         "a.csv:3:4: error: is not UTF-8 here, but further down it is\n"
                         "  hint: " PASTED);
    expect_for_every_cut(BYTES("id,b\n1,2\nab,\xE9\n3,\x81\n"), TWO_ROWS "[3:1 ab][3:4 é]3:5\n",
                         "a.csv:4:3: error: is neither UTF-8 nor Windows-1252 text\n"
                         "  hint: " AS_UTF8);
    expect_for_every_cut(BYTES("id,b\r1,2\r\0"), TWO_ROWS, "a.csv:3:1: error: " NUL_BYTE);
}

static void a_warning_never_stands_beyond_the_fault(void **state)
{
    (void)state;
    expect_for_every_cut(BYTES("id,b\n1,\"2\"x\n\xFC,3\n4,5\n"), "[1:1 id][1:4 b]1:5\n",
                         "a.csv:2:6: error: " AFTER_QUOTE);
    expect_for_every_cut(BYTES("id,b\n1,\xFC\n\"2\"x,3\n4,5\n"),
                         "[1:1 id][1:4 b]1:5\n[2:1 1][2:3 ü]2:4\n",
                         "a.csv:2:3: warning: is not UTF-8 text; it is read as Windows-1252\n"
                         "  hint: check that accents and dashes are right; to be sure, " AS_UTF8
                         "a.csv:3:4: error: " AFTER_QUOTE);
}

static void the_delimiter_is_found_in_a_header_of_many_blocks(void **state)
{
    (void)state;
    expect_for_every_cut(
        BYTES("\n\n\"one, two, three, four\";\"five\n\";c\n1,5;2;3\n"),
        "[3:1 one, two, three, four][3:25 five\n][4:3 c]4:4\n[5:1 1,5][5:5 2][5:7 3]5:8\n", "");
}

/* ---- sizes ----------------------------------------------------------------------------------- */

static void add_repeated(const char *mode, const char *start, const char *piece, size_t count,
                         const char *rest)
{
    FILE *file = fopen("a.csv", mode);
    assert_non_null(file);
    fputs(start, file);
    for (size_t i = 0; i < count; i++)
        fputs(piece, file);
    fputs(rest, file);
    assert_int_equal(fclose(file), 0);
}

static void write_repeated(const char *start, const char *piece, size_t count, const char *rest)
{
    add_repeated("wb", start, piece, count, rest);
}

static void count_row(void *block, const struct npt__row *row)
{
    npt__buffer *rows = block;
    npt__buffer_clear(rows);
    npt__buffer_print(rows, "%zu:%zu", row->line, row->count);
}

/* Expects that the last row has this line and number of fields, and these messages. */
static void expect_last(const char *last, const char *text)
{
    static const struct npt__csv_blocks_handler counting = {take_head, begin, count_row, end};
    for (unsigned threads = 1; threads <= 3; threads++) {
        npt__buffer all = {0};
        npt_diags *diags = npt_diags_new();
        struct reading reading = {.head = 1, .all = &all};
        const struct npt__csv_blocks_options options = {.threads = threads};
        npt__csv_blocks_read("a.csv", &options, &counting, &reading, diags);
        const char *found = npt__buffer_string(&all);
        const size_t length = strlen(found), wanted = strlen(last);
        assert_true(length >= wanted);
        assert_string_equal(found + length - wanted, last);
        assert_string_equal(npt_diags_text(diags, false), text);
        assert_true(reading.ended > 0);
        npt_diags_free(diags);
        npt__buffer_release(&all);
    }
}

static void large_files_keep_their_line_numbers(void **state)
{
    (void)state;
    write_repeated("a,b\n", "1,2\n", 1000000, "3,4,5");
    expect_last("1000002:3", "");
    write_repeated("a,b\r\n", "\"x\r\ny\",2\r\n", 200000, "3,4,5");
    expect_last("400002:3", "");
    write_repeated("a,b\r", "1,height 5\"\r\r", 100000, "3,4,5");
    expect_last("200002:3", "");
}

#define SIXTEEN "0123456789abcdef"

static void fields_have_a_ceiling_and_rows_too(void **state)
{
    (void)state;
    static const char large[] = "a.csv:2:3: error: a field is larger than 1 MB\n"
                                "  hint: a quote that is not closed swallows what follows; look "
                                "for one here\n";
    write_repeated("a,b\n1,", SIXTEEN, 65536, "\n3,4,5\n");
    expect_last("3:3", "");
    write_repeated("a,b\n1,\"\"\"", SIXTEEN, 65535, "\"\n3,4,5\n");
    expect_last("3:3", "");
    /* the second field ends with a CR where two million bytes of the row were read, before its
       LF */
    write_repeated("a,b\n123456789abcdef", SIXTEEN, 65535, "");
    add_repeated("ab", ",123456789abcdef", SIXTEEN, 65535, "\r\n3,4,5");
    expect_last("3:3", "");
    write_repeated("a,b\n1,x", SIXTEEN, 65536, "\n3,4,5\n");
    expect_last("", large);
    write_repeated("a,b\n1,\"", SIXTEEN, 200000, "");
    expect_last("", large);
    write_repeated("a,b\n1,", SIXTEEN ",", 600000, "\n3,4,5\n");
    expect_last("", "a.csv:2:1: error: a row is longer than 8 MB\n"
                    "  hint: is this a table of answers, one respondent a row?\n");
    write_repeated("a,b\n1,", SIXTEEN ",", 200000, "\n");
    expect_last("2:10001", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(the_parser_to_compare_with_is_right),
        FIXTURE_TEST(generated_texts_are_read_alike_by_all),
        FIXTURE_TEST(characters_are_never_cut),
        FIXTURE_TEST(a_text_that_breaks_off_gives_the_rows_before),
        FIXTURE_TEST(a_warning_never_stands_beyond_the_fault),
        FIXTURE_TEST(the_delimiter_is_found_in_a_header_of_many_blocks),
        FIXTURE_TEST(large_files_keep_their_line_numbers),
        FIXTURE_TEST(fields_have_a_ceiling_and_rows_too),
    };
    return cmocka_run_group_tests_name("csv_blocks", tests, NULL, NULL);
}
