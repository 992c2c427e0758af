/* test_refi_damage.c - hundreds of damaged copies of one good export, seeded: each is opened and closed.
 *
 * A copy may be refused, or read where the damage does not show (a letter in a name). What matters: it
 * ends, there is a message where it is refused, and the sanitizers of `make asan` find nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <stdlib.h>

#define FILE_NAME "damaged"

/* A bit of everything that is read. */
static const struct fixture_project rich = {
    .origin = "NVivo for Mac 20.5",
    .users = USER("A1", "Ann") USER("A2", "Ben"),
    .codes = PARENT("C1", "Themes", CODE("C2", "Coherence") CODE("C3", "Time"))
        FOLDER("C4", "Cases", CODE("B1", "Nurse")),
    .variables = VARIABLE("F1", "Person:Role", "Text") VARIABLE("F2", "Years", "Integer"),
    .cases = CASE("B1", "Nurse", VALUE("F1", "Text", "nurse"))
        CASE("B2", "Doctor", VALUE("F2", "Integer", "12") SOURCE_REF("52")),
    .sources = INLINE_SOURCE("51", "Group", "Nurse: yes. \xF0\x9F\x98\x80 Doctor: no.",
                             SELECTION(0, 11, "A1", CODING("B1", "A1")) SELECTION(
                                 7, 10, "A2", CODING("C2", "A1")) VALUE("F1", "Text", "both"))
        TEXT_SOURCE("52", "Letter", SELECTION(0, 4, "A1", CODING("C3", "A1"))) "<PDFSource guid=\"" GUID("53") "\" name=\"P\"><PDFSelection guid=\"" GUID(
            "E1") "\" page=\"0\">" CODING("C2",
                                          "A1") "</PDFSelection><Representation guid=\"" GUID("53") "\"><PlainTextContent>Some words.</PlainTextContent><PlainTextSelection "
                                                                                                    "guid=\"" GUID("E1") "\" startPosition=\"0\" endPosition=\"4\">" CODING(
                                                                                                        "C2",
                                                                                                        "A1") "</PlainTextSelection></Representation></PDFSource>",
    .notes = "<Note guid=\"" GUID("61") "\">" SELECTION(0, 1, "A1", CODING("C2", "A1")) "</Note>",
    .rest = "<Sets><Set guid=\"" GUID("71") "\" name=\"North\"><MemberSource targetGUID=\"" GUID(
        "51") "\"/></Set></Sets>"};

static uint32_t seed;

/* valgrind is slow, and `make asan` has seen them all. */
static size_t rounds(void)
{
    return getenv("VALGRIND") ? 30 : 300;
}

static uint32_t draw(size_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return (uint32_t)(seed % below);
}

static npt__buffer write_good(bool packed)
{
    const struct fixture_entry files[] = {TEXT_FILE("52", "Some words in a letter.")};
    if (packed)
        fixture_qdpx("good", &rich, files, 1);
    else
        fixture_qde("good", &rich);
    struct fixture opened = fixture_open("good");
    assert_string_equal(opened.text, "");
    assert_int_equal(opened.study->segments.count, 3);
    fixture_close(&opened);
    return fixture_read("good");
}

/* fixture_open_with() fails the test where a status and its messages disagree. */
static enum npt_status open_damaged(const char *bytes, size_t length)
{
    fixture_write(FILE_NAME, bytes, length);
    struct fixture opened = fixture_open(FILE_NAME);
    const enum npt_status status = opened.status;
    fixture_close(&opened);
    return status;
}

static void expect_truncations_refused(bool packed)
{
    npt__buffer good = write_good(packed);
    const size_t whole = good.length - (packed ? 0 : 1); /* its last byte is a line end */
    seed = 1;
    for (size_t i = 0; i < rounds(); i++)
        assert_int_equal(open_damaged(good.bytes, draw(whole)), NPT_BAD_INPUT);
    npt__buffer_release(&good);
}

static void survive_changed_bytes(bool packed)
{
    npt__buffer good = write_good(packed);
    size_t refused = 0;
    seed = 2;
    for (size_t i = 0; i < rounds(); i++) {
        const size_t at = draw(good.length);
        const char kept = good.bytes[at];
        good.bytes[at] = (char)(kept ^ (1 + (int)draw(255)));
        const enum npt_status status = open_damaged(good.bytes, good.length);
        assert_true(status == NPT_OK || status == NPT_BAD_INPUT);
        refused += status == NPT_BAD_INPUT;
        good.bytes[at] = kept;
    }
    assert_true(refused > rounds() / 4); /* the damage does reach the reader */
    npt__buffer_release(&good);
}

static void every_truncated_project_is_refused(void **state)
{
    (void)state;
    expect_truncations_refused(false);
}

static void every_truncated_archive_is_refused(void **state)
{
    (void)state;
    expect_truncations_refused(true);
}

static void a_changed_byte_in_a_project_does_no_harm(void **state)
{
    (void)state;
    survive_changed_bytes(false);
}

static void a_changed_byte_in_an_archive_does_no_harm(void **state)
{
    (void)state;
    survive_changed_bytes(true);
}

/* Damage that keeps the XML well-formed reaches deeper: elements that are gone, doubled or exchanged. */
static void projects_with_elements_gone_or_doubled_do_no_harm(void **state)
{
    (void)state;
    npt__buffer good = write_good(false), damaged = {0};
    seed = 3;
    for (size_t i = 0; i < rounds(); i++) {
        const char *start = strchr(good.bytes + draw(good.length), '<');
        const char *end = start ? strchr(start, '>') : NULL;
        if (!end)
            continue;
        const char *place = strchr(good.bytes + draw(good.length), '<');
        npt__buffer_clear(&damaged);
        if (place && place > end) { /* moved */
            npt__buffer_add(&damaged, good.bytes, (size_t)(start - good.bytes));
            npt__buffer_add(&damaged, end + 1, (size_t)(place - end) - 1);
            npt__buffer_add(&damaged, start, (size_t)(end - start) + 1);
            npt__buffer_puts(&damaged, place);
        } else { /* doubled */
            npt__buffer_add(&damaged, good.bytes, (size_t)(end - good.bytes) + 1);
            npt__buffer_puts(&damaged, start);
        }
        open_damaged(damaged.bytes, damaged.length);
    }
    npt__buffer_release(&good);
    npt__buffer_release(&damaged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(every_truncated_project_is_refused),
        FIXTURE_TEST(every_truncated_archive_is_refused),
        FIXTURE_TEST(a_changed_byte_in_a_project_does_no_harm),
        FIXTURE_TEST(a_changed_byte_in_an_archive_does_no_harm),
        FIXTURE_TEST(projects_with_elements_gone_or_doubled_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
