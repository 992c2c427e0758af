/* test_offsets.c - positions as each program counts them become characters of the text (FORMATS 1.5).
 *
 * One text serves most tests; its words stand at these characters, a line end counted as one:
 *
 *     One two three.   0-3 4-7 8-13
 *     😀 Four seven.   17-21 22-27        (the emoji is character 15)
 *     Eight nine ten.  29-34 35-39 40-43
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include "../nptkit/base/unicode.h"

#define EMOJI "\xF0\x9F\x98\x80"
#define BOM "\xEF\xBB\xBF"
#define LINES(end) "One two three." end EMOJI " Four seven." end "Eight nine ten."
#define WORDS 8

typedef unsigned positions[2 * WORDS];

static const positions characters = {0, 3, 4, 7, 8, 13, 17, 21, 22, 27, 29, 34, 35, 39, 40, 43};
/* The emoji is two, the line ends before it and after it are one each. */
static const positions utf16 = {0, 3, 4, 7, 8, 13, 18, 22, 23, 28, 30, 35, 36, 40, 41, 44};
/* CRLF is two: one more after the first line end, two more after the second. */
static const positions utf16_crlf = {0, 3, 4, 7, 8, 13, 19, 23, 24, 29, 32, 37, 38, 42, 43, 46};
static const positions characters_crlf = {0,  3,  4,  7,  8,  13, 18, 22,
                                          23, 28, 31, 36, 37, 41, 42, 45};
/* The BOM is one before everything. */
static const positions bom_characters_crlf = {1,  4,  5,  8,  9,  14, 19, 23,
                                              24, 29, 32, 37, 38, 42, 43, 46};

/* A text source with a segment at each pair of positions. */
static void add_source(npt__buffer *sources, const char *id, const unsigned *at, size_t count)
{
    npt__buffer_print(sources, "<TextSource guid=\"%s\" name=\"%s\" plainTextPath=\"%s.txt\">", id,
                      id, id);
    for (size_t i = 0; i < count; i++)
        npt__buffer_print(sources,
                          "<PlainTextSelection guid=\"1\" startPosition=\"%u\" endPosition=\"%u\">"
                          "<Coding guid=\"2\"><CodeRef targetGUID=\"C1\"/></Coding>"
                          "</PlainTextSelection>",
                          at[2 * i], at[2 * i + 1]);
    npt__buffer_puts(sources, "</TextSource>");
}

static void write_export(const char *origin, const char *sources, const char *text)
{
    const struct fixture_project project = {
        .origin = origin, .codes = "<Code guid=\"C1\" name=\"Time\"/>", .sources = sources};
    const struct fixture_entry files[] = {{"sources/a.txt", text, strlen(text), false, NULL},
                                          {"sources/b.txt", text, strlen(text), false, NULL}};
    fixture_qdpx("a.qdpx", &project, files, 2);
}

static void expect_choice(const npt_study *study, size_t document, const char *reading,
                          enum npt__offsets_basis basis)
{
    const struct npt__offsets_choice *how = &study->documents.items[document].how;
    npt__buffer shown = {0};
    npt__offsets_show(&shown, how->offsets);
    assert_string_equal(npt__buffer_string(&shown), reading);
    assert_int_equal(how->basis, basis);
    npt__buffer_release(&shown);
}

static void expect_words(const npt_study *study)
{
    assert_int_equal(study->segments.count, WORDS);
    for (size_t i = 0; i < WORDS; i++) {
        assert_int_equal(study->segments.items[i].start, characters[2 * i]);
        assert_int_equal(study->segments.items[i].end, characters[2 * i + 1]);
    }
}

/* The words of this text are found at these positions, and the reading is measured. */
static void expect_measured(const char *origin, const char *text, const positions at,
                            const char *reading)
{
    npt__buffer sources = {0};
    add_source(&sources, "a", at, WORDS);
    write_export(origin, sources.bytes, text);
    struct fixture opened = fixture_open("a.qdpx");
    assert_string_equal(opened.text, "");
    expect_words(opened.study);
    expect_choice(opened.study, 0, reading, NPT__OFFSETS_MEASURED);
    const struct npt__offsets_choice *how = &opened.study->documents.items[0].how;
    assert_int_equal(how->checked, 2 * WORDS);
    assert_int_equal(how->fitting, 2 * WORDS);
    assert_int_equal(how->beyond, 0);
    assert_true(how->runner_up <= 2 * WORDS - 3);
    assert_int_equal(opened.study->documents.items[0].characters, 44);
    fixture_close(&opened);
    npt__buffer_release(&sources);
}

static void nvivo_counts_utf16_units_and_a_crlf_as_two(void **state)
{
    (void)state;
    expect_measured("NVivo for Windows 12.6", BOM LINES("\r\n"), utf16_crlf, "UTF-16 units");
    expect_measured("NVivo for Mac 12.7", LINES("\n"), utf16, "UTF-16 units");
}

static void qualcoder_counts_characters(void **state)
{
    (void)state;
    expect_measured("QualCoder", BOM LINES("\n"), characters, "characters");
    expect_measured("qc", LINES("\n"), characters, "characters");
    expect_measured("QualCoder", BOM LINES("\r\n"), characters_crlf, "characters");
}

static void atlas_ti_counts_a_crlf_as_one(void **state)
{
    (void)state;
    expect_measured("ATLAS.ti Windows 9.1", LINES("\r\n"), characters, "characters, CRLF as one");
    expect_measured("ATLAS.ti Windows 9.1", LINES("\r\n"), utf16, "UTF-16 units, CRLF as one");
}

static void an_export_made_for_maxqda_counts_an_lf_as_two(void **state)
{
    (void)state;
    expect_measured("QualCoder", LINES("\n"), characters_crlf, "characters, LF as two");
    expect_measured("MAXQDA 24", LINES("\n"), utf16_crlf, "UTF-16 units, LF as two");
}

static void a_bom_may_be_counted(void **state)
{
    (void)state;
    expect_measured("Unheard of", BOM LINES("\r\n"), bom_characters_crlf,
                    "characters, BOM counted");
}

static void the_text_decides_against_what_the_program_usually_does(void **state)
{
    (void)state;
    expect_measured("NVivo for Windows 12.6", BOM LINES("\r\n"), characters_crlf, "characters");
    expect_measured(NULL, BOM LINES("\r\n"), utf16_crlf, "UTF-16 units");
}

static void snippets_decide_where_every_position_is_at_the_edge_of_a_word(void **state)
{
    (void)state;
    write_export("QualCoder",
                 "<TextSource guid=\"a\" name=\"a\" plainTextPath=\"a.txt\"><PlainTextSelection "
                 "guid=\"1\" name=\"c d e f\" startPosition=\"7\" endPosition=\"14\"><Coding "
                 "guid=\"2\"><CodeRef targetGUID=\"C1\"/></Coding></PlainTextSelection>"
                 "<PlainTextSelection guid=\"1\" name=\"g h i...\" startPosition=\"15\" "
                 "endPosition=\"22\"><Coding guid=\"2\"><CodeRef targetGUID=\"C1\"/></Coding>"
                 "</PlainTextSelection></TextSource>",
                 EMOJI " a b c d e f g h i j");
    struct fixture opened = fixture_open("a.qdpx");
    expect_choice(opened.study, 0, "UTF-16 units", NPT__OFFSETS_MEASURED);
    fixture_expect_segments(opened.study, "a text 6-13 ?: Time\na text 14-21 ?: Time\n");
    fixture_close(&opened);
}

/* ---- texts that cannot tell ------------------------------------------------------------------ */

static void readings_that_agree_on_a_text_need_no_choice(void **state)
{
    (void)state; /* nothing beyond ASCII, no line end, no BOM */
    npt__buffer sources = {0};
    add_source(&sources, "a", (unsigned[]){1, 2}, 1);
    write_export("NVivo", sources.bytes, "One two three.");
    struct fixture opened = fixture_open("a.qdpx");
    assert_int_equal(opened.study->documents.items[0].how.basis, NPT__OFFSETS_SAME);
    fixture_expect_segments(opened.study, "a text 1-2 ?: Time\n");
    fixture_close(&opened);
    npt__buffer_release(&sources);
}

static void a_text_that_cannot_tell_is_read_as_its_program_usually_counts(void **state)
{
    (void)state; /* all segments lie before the emoji and the first line end */
    static const struct {
        const char *origin, *text, *reading;
    } cases[] = {{"NVivo for Mac 12.7", LINES("\n"), "UTF-16 units"},
                 {"QualCoder", LINES("\n"), "characters"},
                 {"ATLAS.ti", LINES("\r\n"), "characters, CRLF as one"}};
    for (size_t i = 0; i < 3; i++) {
        npt__buffer sources = {0};
        add_source(&sources, "a", characters, 3);
        write_export(cases[i].origin, sources.bytes, cases[i].text);
        struct fixture opened = fixture_open("a.qdpx");
        expect_choice(opened.study, 0, cases[i].reading, NPT__OFFSETS_USUAL);
        fixture_expect_segments(opened.study,
                                "a text 0-3 ?: Time\na text 4-7 ?: Time\na text 8-13 ?: Time\n");
        fixture_close(&opened);
        npt__buffer_release(&sources);
    }
}

static void a_text_that_cannot_tell_follows_the_other_texts_of_its_export(void **state)
{
    (void)state;
    npt__buffer sources = {0};
    add_source(&sources, "a", (unsigned[]){0, 3, 18, 22}, 2);
    add_source(&sources, "b", utf16, WORDS);
    write_export("QualCoder", sources.bytes, LINES("\n"));
    struct fixture opened = fixture_open("a.qdpx");
    expect_choice(opened.study, 0, "UTF-16 units", NPT__OFFSETS_POOLED);
    expect_choice(opened.study, 1, "UTF-16 units", NPT__OFFSETS_MEASURED);
    assert_int_equal(opened.study->segments.items[1].start, 17);
    assert_int_equal(opened.study->segments.items[1].end, 21);
    fixture_close(&opened);
    npt__buffer_release(&sources);
}

/* ---- what the user says ---------------------------------------------------------------------- */

static void what_the_user_says_overrides_what_is_measured(void **state)
{
    (void)state;
    npt__buffer sources = {0};
    add_source(&sources, "a", utf16, WORDS);
    write_export("NVivo", sources.bytes, LINES("\n"));
    struct npt_study_options options = {.positions = true, .offsets = "characters"};
    struct fixture opened = fixture_open_with("a.qdpx", &options);
    expect_choice(opened.study, 0, "characters", NPT__OFFSETS_OVERRIDDEN);
    assert_int_equal(opened.study->segments.items[3].start, 18);
    assert_int_equal(opened.study->segments.items[3].end, 22);
    fixture_close(&opened);
    fixture_write_text("study.xml", "<study xmlns=\"urn:nptkit:study:1\">\n<coding file=\"a.qdpx\" "
                                    "offsets=\"characters,lf-as-two\"/>\n</study>\n");
    opened = fixture_open("study.xml");
    expect_choice(opened.study, 0, "characters, LF as two", NPT__OFFSETS_OVERRIDDEN);
    assert_int_equal(opened.study->segments.items[3].start, 17); /* 18 less one line end */
    assert_int_equal(opened.study->segments.items[5].start, 28); /* 30 less two */
    fixture_close(&opened);
    npt__buffer_release(&sources);
}

static void an_unknown_reading_is_a_fault_of_usage(void **state)
{
    (void)state;
    write_export("NVivo", "", "One two.");
    struct npt_study_options options = {.offsets = "utf-16"};
    struct fixture opened = fixture_open_with("a.qdpx", &options);
    assert_int_equal(opened.status, NPT_USAGE);
    fixture_expect_in(opened.text,
                      "error: 'utf-16' is no way of counting positions\n  hint: utf16");
    fixture_close(&opened);
}

static void without_positions_no_text_is_read(void **state)
{
    (void)state;
    npt__buffer sources = {0};
    add_source(&sources, "a", utf16, WORDS);
    write_export("NVivo", sources.bytes, "\xFF is no UTF-8");
    struct npt_study_options options = {.positions = false};
    struct fixture opened = fixture_open_with("a.qdpx", &options);
    assert_int_equal(opened.status, NPT_OK);
    assert_false(opened.study->has_positions);
    assert_int_equal(opened.study->documents.items[0].how.basis, NPT__OFFSETS_NOT_READ);
    fixture_close(&opened);
    npt__buffer_release(&sources);
}

static void the_number_of_threads_changes_nothing(void **state)
{
    (void)state;
    npt__buffer sources = {0};
    add_source(&sources, "a", (unsigned[]){0, 3}, 1);
    add_source(&sources, "b", utf16, WORDS);
    write_export("QualCoder", sources.bytes, LINES("\n"));
    for (unsigned threads = 1; threads <= 8; threads *= 2) {
        struct npt_study_options options = {.positions = true, .threads = threads};
        struct fixture opened = fixture_open_with("a.qdpx", &options);
        expect_choice(opened.study, 0, "UTF-16 units", NPT__OFFSETS_POOLED);
        assert_int_equal(opened.study->segments.items[4].start, 17);
        fixture_close(&opened);
    }
    npt__buffer_release(&sources);
}

static void readings_are_written_and_shown(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"utf16", "UTF-16 units"},
        {"characters", "characters"},
        {"utf16,crlf-as-one", "UTF-16 units, CRLF as one"},
        {"characters,lf-as-two", "characters, LF as two"},
        {"characters,bom", "characters, BOM counted"},
        {"utf16,bom,crlf-as-one", "UTF-16 units, CRLF as one, BOM counted"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct npt__offsets offsets;
        npt__buffer shown = {0};
        assert_true(npt__offsets_read(&offsets, names[i][0]));
        npt__offsets_show(&shown, offsets);
        assert_string_equal(shown.bytes, names[i][1]);
        npt__buffer_release(&shown);
    }
    static const char *const wrong[] = {"",         "UTF16",           "utf16,",      "bom",
                                        "utf16bom", "characters,,bom", "utf16,utf16", " utf16"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct npt__offsets offsets;
        assert_false(npt__offsets_read(&offsets, wrong[i]));
    }
}

/* ---- every position of many texts, against counting one by one ------------------------------- */

static uint32_t seed;

static uint32_t draw(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % below;
}

/* Around `length` bytes of letters, characters of 2, 3 and 4 bytes, and line ends of every kind. */
static void draw_text(npt__buffer *text, size_t length)
{
    static const char *const pieces[] = {"a",   "b",  " ",  "\xC3\xA9", "\xE2\x82\xAC",
                                         EMOJI, "\r", "\n", "\r\n"};
    npt__buffer_clear(text);
    npt__buffer_puts(text, "");
    while (text->length < length)
        npt__buffer_puts(text, pieces[draw(9)]);
}

/* What the character at this byte counts. */
static unsigned count_one(const char *text, size_t byte, struct npt__offsets offsets)
{
    const bool follows = byte && text[byte - 1] == '\r';
    if (text[byte] == '\n' && follows)
        return offsets.lines == NPT__CRLF_AS_ONE ? 0 : 1;
    if (text[byte] == '\n')
        return offsets.lines == NPT__LF_AS_TWO ? 2 : 1;
    return offsets.unit == NPT__UTF16 && (unsigned char)text[byte] >= 0xF0 ? 2 : 1;
}

/* The farthest place in the text whose count does not pass the position. */
static bool walk(const char *text, size_t length, bool had_bom, struct npt__offsets offsets,
                 uint64_t position, uint32_t *character, size_t *byte)
{
    uint64_t counted = had_bom && offsets.counts_bom;
    uint32_t passed = 0;
    *character = 0;
    *byte = 0;
    for (size_t at = 0; at < length;) {
        const bool pair = text[at] == '\n' && at && text[at - 1] == '\r';
        uint32_t ignored;
        counted += count_one(text, at, offsets);
        passed += !pair;
        at += npt__utf8_read(text + at, length - at, &ignored);
        if (counted <= position) {
            *character = passed;
            *byte = at;
        }
    }
    return position <= counted;
}

static void expect_every_position(const struct npt__text_index *index, const char *text,
                                  size_t length, bool had_bom, struct npt__offsets offsets)
{
    for (uint64_t position = 0; position <= 2 * length + 3; position++) {
        uint32_t wanted, found = 0;
        size_t wanted_byte, found_byte = 0;
        const bool inside = walk(text, length, had_bom, offsets, position, &wanted, &wanted_byte);
        assert_int_equal(npt__text_position(index, offsets, position, &found, &found_byte), inside);
        if (!inside)
            continue;
        assert_int_equal(found, wanted);
        assert_int_equal(found_byte, wanted_byte);
    }
}

static void expect_all_readings(struct npt__text_index *index, const npt__buffer *text,
                                bool had_bom)
{
    const char *bytes = npt__buffer_string(text);
    npt__text_index_set(index, bytes, text->length, had_bom);
    for (size_t i = 0; i < NPT__READINGS; i++)
        expect_every_position(index, bytes, text->length, had_bom, npt__offsets_at(i));
    uint32_t ends = 0;
    for (size_t i = 1; i < text->length; i++)
        ends += bytes[i] == '\n' && bytes[i - 1] == '\r';
    assert_int_equal(npt__text_characters(index), npt__utf8_count(bytes, text->length) - ends);
}

static void every_position_is_where_counting_one_by_one_finds_it(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 1, 2, 63, 64, 65, 127, 128, 129, 190, 192, 193, 260};
    struct npt__text_index *index = npt__text_index_new();
    npt__buffer text = {0};
    seed = 20220501;
    for (size_t round = 0; round < 3; round++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            draw_text(&text, lengths[i]);
            expect_all_readings(index, &text, round % 2 == 0);
        }
    npt__buffer_release(&text);
    npt__text_index_free(index);
}

static void line_ends_and_emoji_may_lie_across_blocks_of_64_bytes(void **state)
{
    (void)state;
    static const char *const across[] = {"\r\n", EMOJI, "\xE2\x82\xAC", "\n", "\r\r\n\n"};
    struct npt__text_index *index = npt__text_index_new();
    npt__buffer text = {0};
    for (size_t before = 60; before <= 64; before++)
        for (size_t i = 0; i < sizeof across / sizeof *across; i++) {
            npt__buffer_clear(&text);
            npt__buffer_fill(&text, 'a', before);
            npt__buffer_puts(&text, across[i]);
            npt__buffer_fill(&text, 'b', 62);
            npt__buffer_puts(&text, across[i]);
            expect_all_readings(index, &text, true);
        }
    npt__buffer_release(&text);
    npt__text_index_free(index);
}

static void the_twelve_readings_are_all_different(void **state)
{
    (void)state;
    for (size_t i = 0; i < NPT__READINGS; i++)
        for (size_t j = 0; j < NPT__READINGS; j++)
            assert_int_equal(npt__offsets_equal(npt__offsets_at(i), npt__offsets_at(j)), i == j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(nvivo_counts_utf16_units_and_a_crlf_as_two),
        FIXTURE_TEST(qualcoder_counts_characters),
        FIXTURE_TEST(atlas_ti_counts_a_crlf_as_one),
        FIXTURE_TEST(an_export_made_for_maxqda_counts_an_lf_as_two),
        FIXTURE_TEST(a_bom_may_be_counted),
        FIXTURE_TEST(the_text_decides_against_what_the_program_usually_does),
        FIXTURE_TEST(snippets_decide_where_every_position_is_at_the_edge_of_a_word),
        FIXTURE_TEST(readings_that_agree_on_a_text_need_no_choice),
        FIXTURE_TEST(a_text_that_cannot_tell_is_read_as_its_program_usually_counts),
        FIXTURE_TEST(a_text_that_cannot_tell_follows_the_other_texts_of_its_export),
        FIXTURE_TEST(what_the_user_says_overrides_what_is_measured),
        FIXTURE_TEST(an_unknown_reading_is_a_fault_of_usage),
        FIXTURE_TEST(without_positions_no_text_is_read),
        FIXTURE_TEST(the_number_of_threads_changes_nothing),
        cmocka_unit_test(readings_are_written_and_shown),
        cmocka_unit_test(every_position_is_where_counting_one_by_one_finds_it),
        cmocka_unit_test(line_ends_and_emoji_may_lie_across_blocks_of_64_bytes),
        cmocka_unit_test(the_twelve_readings_are_all_different),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
