/* test_unicode.c - comparing names, showing text safely, and telling valid UTF-8 from other bytes.
 *
 * What a name becomes is written beside it; where the folding is utf8proc's, the Unicode data say so
 * (CaseFolding.txt, status C and F).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define FFFD "\xEF\xBF\xBD"

struct pair {
    const char *from, *to;
};

static void expect_folded(char *(*fold)(npt__arena *, const char *), const struct pair *pairs,
                          size_t count)
{
    npt__arena *arena = npt__arena_new();
    for (size_t i = 0; i < count; i++)
        assert_string_equal(fold(arena, pairs[i].from), pairs[i].to);
    npt__arena_free(arena);
}
#define EXPECT_NAMES(...) \
    expect_folded(npt__fold_name, (const struct pair[]){__VA_ARGS__}, \
                  sizeof((const struct pair[]){__VA_ARGS__}) / sizeof(struct pair))
#define EXPECT_CODES(...) \
    expect_folded(npt__fold_code, (const struct pair[]){__VA_ARGS__}, \
                  sizeof((const struct pair[]){__VA_ARGS__}) / sizeof(struct pair))

/* ---- names of sites, cases, files ------------------------------------------------------------ */

static void names_are_compared_without_case_and_with_single_blanks(void **state)
{
    (void)state;
    EXPECT_NAMES({"Site 1", "site 1"}, {"  SITE \t\n 1 ", "site 1"}, {"", ""}, {" \t ", ""},
                 {"a\xC2\xA0"
                  "b",
                  "a b"}, /* no-break space */
                 {"S1_A-b.txt", "s1_a-b.txt"});
}

static void composed_and_decomposed_letters_are_the_same(void **state)
{
    (void)state;
    EXPECT_NAMES({"caf\xC3\xA9", "caf\xC3\xA9"}, {"cafe\xCC\x81", "caf\xC3\xA9"},
                 {"CAFE\xCC\x81", "caf\xC3\xA9"}, {"\xC3\x85", "\xC3\xA5"},
                 {"A\xCC\x8A", "\xC3\xA5"},     /* A and a ring above */
                 {"\xE2\x84\xAB", "\xC3\xA5"}); /* the Angstrom sign */
}

/* 00DF and 1E9E fold to ss; 0130 to i and a dot above; 0131 (dotless) stays. */
static void german_and_turkish_letters_fold_as_unicode_says(void **state)
{
    (void)state;
    EXPECT_NAMES({"Stra\xC3\x9F"
                  "e",
                  "strasse"},
                 {"STRASSE", "strasse"},
                 {"STRA\xE1\xBA\x9E"
                  "E",
                  "strasse"},
                 {"\xC3\x84\xC3\x96\xC3\x9C", "\xC3\xA4\xC3\xB6\xC3\xBC"},
                 {"\xC4\xB0stanbul", "i\xCC\x87stanbul"}, {"\xC4\xB1stanbul", "\xC4\xB1stanbul"},
                 {"ISTANBUL", "istanbul"},
                 {"\xCE\xA3\xCE\xAF\xCF\x82", "\xCF\x83\xCE\xAF\xCF\x83"}); /* final sigma */
}

static void invalid_names_are_kept_as_they_are(void **state)
{
    (void)state;
    EXPECT_NAMES({"A\xFF"
                  "B",
                  "A\xFF"
                  "B"});
}

/* ---- names of codes -------------------------------------------------------------------------- */

static void numbering_before_a_code_is_dropped(void **state)
{
    (void)state;
    EXPECT_CODES({"1 Coherence", "coherence"}, {"1.2 Coherence", "coherence"},
                 {"1.2.3. Coherence", "coherence"}, {"1) Coherence", "coherence"},
                 {"(3) Coherence", "coherence"}, {"[3] Coherence", "coherence"},
                 {"C1 - Coherence", "coherence"}, {"C1: Coherence", "coherence"},
                 {"c1.2 Coherence", "coherence"}, {"a) Coherence", "coherence"},
                 {"B. Coherence", "coherence"}, {"iv. Coherence", "coherence"},
                 {"(ii) Coherence", "coherence"}, {"XIV: Coherence", "coherence"},
                 {" 3.2  Enrolment ", "enrolment"}, {"01_Coherence", "01 coherence"});
}

static void words_that_only_look_like_numbering_stay(void **state)
{
    (void)state;
    EXPECT_CODES({"A new way", "a new way"}, {"I think", "i think"}, {"Mix", "mix"}, {"1", "1"},
                 {"1.", "1"}, {"C1", "c1"}, {"2nd thoughts", "2nd thoughts"},
                 {"Covid-19", "covid 19"}, {"5G masts", "5g masts"}, {"vivid", "vivid"});
}

static void spelling_dashes_and_ampersands_make_no_difference(void **state)
{
    (void)state;
    EXPECT_CODES(
        {"Internalization", "internalisation"}, {"Internalisation", "internalisation"},
        {"INTERNALIZATION", "internalisation"}, {"Skill-set workability", "skill set workability"},
        {"Skill\xE2\x80\x93set workability", "skill set workability"},    /* en dash */
        {"Skill \xE2\x80\x94 set_workability!", "skill set workability"}, /* em dash */
        {"Skill\xE2\x80\x91set/workability", "skill set workability"},    /* no-break hyphen */
        {"Roles & rules", "roles and rules"}, {"Roles&rules", "roles and rules"},
        {"\xE2\x80\x9CSense\xE2\x80\x9D making", "sense making"}, /* curly quotes */
        {"Coherence > Purpose", "coherence purpose"}, {"- ? -", ""}, {"", ""});
}

/* ---- patterns -------------------------------------------------------------------------------- */

static void patterns_have_stars_and_question_marks(void **state)
{
    (void)state;
    const struct {
        const char *pattern, *name;
        bool matches;
    } all[] = {{"s1_*", "s1_nurse", true},
               {"s1_*", "s1_", true},
               {"s1_*", "s10_nurse", false},
               {"*", "", true},
               {"", "", true},
               {"", "a", false},
               {"?", "", false},
               {"?", "a", true},
               {"?", "\xC3\xA9", true}, /* one character, two bytes */
               {"??", "\xC3\xA9", false},
               {"*\xC3\xA9", "caf\xC3\xA9", true},
               {"*a*b*", "xxaxxbxx", true},
               {"*a*b", "xxaxxbxx", false},
               {"a*a", "a", false},
               {"*nurse", "s1 nurse nurse", true},
               {"site?", "site 1", false},
               {"**", "anything", true},
               {"a.c", "abc", false}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (npt__glob(all[i].pattern, all[i].name) != all[i].matches)
            fail_msg("'%s' and '%s'", all[i].pattern, all[i].name);
}

/* A backtracking matcher would need ages. */
static void a_pattern_of_many_stars_is_quick(void **state)
{
    (void)state;
    char name[2001], pattern[4002];
    memset(name, 'a', 2000);
    name[2000] = '\0';
    for (size_t i = 0; i < 2000; i++)
        memcpy(pattern + 2 * i, "*a", 2);
    memcpy(pattern + 4000, "b", 2);
    assert_false(npt__glob(pattern, name));
}

/* ---- nearness -------------------------------------------------------------------------------- */

static void distance_counts_edits_of_characters(void **state)
{
    (void)state;
    const struct {
        const char *a, *b;
        size_t limit, distance;
    } all[] = {{"coherence", "coherence", 5, 0},
               {"coherence", "coherense", 5, 1},
               {"coherence", "cohernece", 5, 1}, /* swapped: one */
               {"coherence", "cohrence", 5, 1},
               {"", "abc", 5, 3},
               {"abc", "", 5, 3},
               {"", "", 5, 0},
               {"caf\xC3\xA9", "cafe", 5, 1}, /* characters, not bytes */
               {"kitten", "sitting", 5, 3},
               {"kitten", "sitting", 2, 3},
               {"abc", "xyz", 1, 2},
               {"ca", "abc", 5, 3}, /* swaps do not overlap */
               {"a", "abcdefgh", 2, 3}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_int_equal(npt__distance(all[i].a, all[i].b, all[i].limit), all[i].distance);
}

static void the_nearest_is_near_enough_and_the_only_one(void **state)
{
    (void)state;
    const char *const sites[] = {"site 1", "site 2", "north"};
    assert_int_equal(npt__nearest("nort", sites, 3), 2);
    assert_int_equal(npt__nearest("nroth", sites, 3), 2);
    assert_int_equal(npt__nearest("site 1", sites, 3), 0);
    assert_int_equal(npt__nearest("site 12", sites, 3), NPT__NONE); /* one from both */
    assert_int_equal(npt__nearest("site 4", sites, 3), NPT__NONE);
    assert_int_equal(npt__nearest("south-west", sites, 3), NPT__NONE);
    assert_int_equal(npt__nearest("x", sites, 0), NPT__NONE);
    const char *const twice[] = {"north", "north"};
    assert_int_equal(npt__nearest("nort", twice, 2), 0); /* the same word is no tie */
    const char *const three[] = {"abcx", "abcy", "abcd"};
    assert_int_equal(npt__nearest("abcd", three, 3), 2); /* ties further off do not matter */
    const char *const after_tie[] = {"abx", "aby", "abz"};
    assert_int_equal(npt__nearest("ab", after_tie, 3),
                     NPT__NONE); /* nor does the third settle one */
}

/* ---- for a terminal -------------------------------------------------------------------------- */

static void expect_printable(const char *bytes, size_t length, const char *shown)
{
    npt__buffer buffer = {0};
    npt__utf8_add_printable(&buffer, bytes, length);
    assert_string_equal(npt__buffer_string(&buffer), shown);
    npt__buffer_release(&buffer);
}
#define EXPECT_PRINTABLE(literal, shown) expect_printable(literal, sizeof(literal) - 1, shown)

static void nothing_from_a_file_drives_a_terminal(void **state)
{
    (void)state;
    EXPECT_PRINTABLE("plain \xC3\xA9 \xF0\x9F\x99\x82", "plain \xC3\xA9 \xF0\x9F\x99\x82");
    EXPECT_PRINTABLE("a\tb", "a b");
    EXPECT_PRINTABLE("\x1B[31mred\x1B]0;title\x07", FFFD "[31mred" FFFD "]0;title" FFFD);
    EXPECT_PRINTABLE("a\r\nb", "a" FFFD FFFD "b");
    EXPECT_PRINTABLE("a\0b\x7F", "a" FFFD "b" FFFD);
    EXPECT_PRINTABLE("\xC2\x9B"
                     "31m",
                     FFFD "31m");                     /* CSI as one character */
    EXPECT_PRINTABLE("a\xE2\x80\xA8z", "a" FFFD "z"); /* line separator */
    /* Overrides and isolates: U+202E, U+2066, U+2069. */
    EXPECT_PRINTABLE("\xE2\x80\xAE"
                     "exe\xE2\x81\xA6\xE2\x81\xA9",
                     FFFD "exe" FFFD FFFD);
    /* Each byte that begins no character; a surrogate; a character cut short. */
    EXPECT_PRINTABLE("\xFF\xC0\x80", FFFD FFFD FFFD);
    EXPECT_PRINTABLE("\xED\xA0\x80", FFFD FFFD FFFD);
    EXPECT_PRINTABLE("a\xF0\x9F\x99", "a" FFFD FFFD FFFD);
}

/* ---- validity -------------------------------------------------------------------------------- */

/* The definition, bit by bit (Unicode 15, table 3-7), to check the fast way against. */
static size_t valid_by_definition(const unsigned char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        unsigned char lead = bytes[at];
        size_t more = lead < 0x80 ? 0 : (lead < 0xE0 ? 1 : (lead < 0xF0 ? 2 : 3));
        if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || at + more >= length)
            return at;
        for (size_t i = 1; i <= more; i++)
            if (bytes[at + i] < 0x80 || bytes[at + i] > 0xBF)
                return at;
        unsigned char next = more ? bytes[at + 1] : 0;
        if ((lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) ||
            (lead == 0xF0 && next < 0x90) || (lead == 0xF4 && next > 0x8F))
            return at;
        at += more + 1;
    }
    return at;
}

static void validity_agrees_with_the_definition_around_every_border(void **state)
{
    (void)state;
    static const char *const pieces[] = {"\xC3\xA9",
                                         "\xE2\x82\xAC",
                                         "\xF0\x9F\x99\x82",
                                         "\xC3",
                                         "\xE2\x82",
                                         "\xF0\x9F\x99",
                                         "\x80",
                                         "\xFF",
                                         "\xC0\xAF",
                                         "\xED\xA0\x80",
                                         "\xF4\x90\x80\x80",
                                         "\xE0\x9F\xBF",
                                         "\xF0\x8F\xBF\xBF",
                                         "\xED\x9F\xBF",
                                         "\xF4\x8F\xBF\xBF",
                                         "\xC1\xBF",
                                         "\xF5\x80\x80\x80"};
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++)
        for (size_t before = 0; before <= 17; before++)
            for (size_t after = 0; after <= 17; after++)
                for (size_t again = 0; again < 2; again++) {
                    char text[64];
                    size_t length = before, piece = strlen(pieces[p]);
                    memset(text, 'a', sizeof text);
                    memcpy(text + length, pieces[p], piece);
                    length += piece + after;
                    if (again) {
                        memcpy(text + length, pieces[p], piece);
                        length += piece;
                    }
                    assert_int_equal(npt__utf8_valid(text, length),
                                     valid_by_definition((const unsigned char *)text, length));
                }
}

static void every_two_and_three_bytes_are_judged_rightly(void **state)
{
    (void)state;
    size_t differ = 0;
    for (unsigned value = 0; value < 1u << 24; value += value < 1u << 16 ? 1 : 37) {
        const unsigned char bytes[] = {(unsigned char)(value >> 16), (unsigned char)(value >> 8),
                                       (unsigned char)value, 'a'};
        differ += npt__utf8_valid((const char *)bytes, 4) != valid_by_definition(bytes, 4);
        differ += npt__utf8_valid((const char *)bytes + 1, 2) != valid_by_definition(bytes + 1, 2);
    }
    assert_int_equal(differ, 0);
}

static void characters_are_counted_and_found(void **state)
{
    (void)state;
    const char text[] = "a\xC3\xA9\xF0\x9F\x99\x82z"; /* four characters, eight bytes */
    assert_int_equal(npt__utf8_count(text, 8), 4);
    assert_int_equal(npt__utf8_offset(text, 8, 0), 0);
    assert_int_equal(npt__utf8_offset(text, 8, 2), 3);
    assert_int_equal(npt__utf8_offset(text, 8, 3), 7);
    assert_int_equal(npt__utf8_offset(text, 8, 4), 8);
    assert_int_equal(npt__utf8_offset(text, 8, 99), 8);
    assert_int_equal(npt__utf8_width(text, 8), 5);                    /* the emoji is two wide */
    assert_int_equal(npt__utf8_width("e\xCC\x81\xE4\xB8\xAD", 6), 3); /* an accent is none */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_compared_without_case_and_with_single_blanks),
        cmocka_unit_test(composed_and_decomposed_letters_are_the_same),
        cmocka_unit_test(german_and_turkish_letters_fold_as_unicode_says),
        cmocka_unit_test(invalid_names_are_kept_as_they_are),
        cmocka_unit_test(numbering_before_a_code_is_dropped),
        cmocka_unit_test(words_that_only_look_like_numbering_stay),
        cmocka_unit_test(spelling_dashes_and_ampersands_make_no_difference),
        cmocka_unit_test(patterns_have_stars_and_question_marks),
        cmocka_unit_test(a_pattern_of_many_stars_is_quick),
        cmocka_unit_test(distance_counts_edits_of_characters),
        cmocka_unit_test(the_nearest_is_near_enough_and_the_only_one),
        cmocka_unit_test(nothing_from_a_file_drives_a_terminal),
        cmocka_unit_test(validity_agrees_with_the_definition_around_every_border),
        cmocka_unit_test(every_two_and_three_bytes_are_judged_rightly),
        cmocka_unit_test(characters_are_counted_and_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
