/* test_archive.c - zip archives that are damaged, hostile or not archives at all, and what is read of good
 * ones. Each fault is seen through npt_study_open(), as a user meets it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include "../nptkit/base/archive.h"

#include <stdio.h>

static const struct fixture_project plain = {
    .codes = CODE("C1", "Coherence"),
    .sources = TEXT_SOURCE("51", "S1", SELECTION(0, 4, "A1", CODING("C1", "A1")))};

static void write_plain(const char *text, size_t length, bool stored)
{
    const struct fixture_entry files[] = {
        {"sources/" GUID("51") ".txt", text, length, stored, NULL}};
    fixture_qdpx("a.qdpx", &plain, files, 1);
}

/* Where this signature stands for the (n+1)th time. */
static size_t find(const npt__buffer *zip, const char *signature, size_t n)
{
    for (size_t i = 0; i + 4 <= zip->length; i++)
        if (memcmp(zip->bytes + i, signature, 4) == 0 && n-- == 0)
            return i;
    fail_msg("no such record");
    return 0;
}

/* ---- what is no archive ---------------------------------------------------------------------- */

static void what_only_begins_like_a_zip_is_refused(void **state)
{
    (void)state;
    fixture_write_text("a.qdpx", "PK");
    fixture_expect_fault("a.qdpx", "a.qdpx: error: is not a whole zip archive\n");
    npt__buffer junk = {0};
    npt__buffer_puts(&junk, "PK\3\4");
    npt__buffer_fill(&junk, 'x', 100000);
    fixture_write("a.qdpx", junk.bytes, junk.length);
    fixture_expect_fault("a.qdpx", "a.qdpx: error: is not a whole zip archive\n");
    npt__buffer_release(&junk);
}

static void a_truncated_archive_is_refused(void **state)
{
    (void)state;
    write_plain("Some words.", 11, false);
    npt__buffer zip = fixture_read("a.qdpx");
    fixture_write("a.qdpx", zip.bytes, zip.length / 2);
    fixture_expect_fault("a.qdpx",
                         "a.qdpx: error: is not a whole zip archive\n"
                         "  hint: it may have been cut short when copied; copy or export it "
                         "again\n");
    npt__buffer_release(&zip);
}

static void an_nvivo_project_is_told_from_an_export(void **state)
{
    (void)state;
    fixture_write_text("a.nvp", "\xD0\xCF\x11\xE0 not for us");
    fixture_expect_fault("a.nvp",
                         "hint: export the coded project as REFI-QDA; an .nvp or .nvpx file "
                         "cannot be read\n");
}

/* ---- members --------------------------------------------------------------------------------- */

static void an_encrypted_archive_is_refused(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    fixture_project(&xml, &plain);
    const struct fixture_entry entries[] = {
        {"project.qde", xml.bytes, xml.length, false, "secret"}};
    fixture_zip("a.qdpx", entries, 1);
    fixture_expect_fault("a.qdpx", "a.qdpx: error: is encrypted\n");
    const struct fixture_entry texts[] = {
        {"project.qde", xml.bytes, xml.length, false, NULL},
        {"sources/" GUID("51") ".txt", "Some words.", 11, true, "secret"}};
    fixture_zip("a.qdpx", texts, 2);
    fixture_expect_fault("a.qdpx", "a.qdpx: error: is encrypted\n");
    npt__buffer_release(&xml);
}

static void names_that_are_absolute_or_climb_are_refused(void **state)
{
    (void)state;
    static const char *const unsafe[] = {"/etc/passwd", "../a.txt",     "sources/../../a.txt",
                                         "..",          "sources/..",   "..\\a.txt",
                                         "\\a.txt",     "C:\\a.txt",    "c:a.txt",
                                         "a\\..\\b",    "sources/../a", "//host/a"};
    npt__buffer xml = {0};
    fixture_project(&xml, &plain);
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++) {
        const struct fixture_entry entries[] = {{"project.qde", xml.bytes, xml.length, false, NULL},
                                                {unsafe[i], "x", 1, false, NULL}};
        fixture_zip("a.qdpx", entries, 2);
        npt__buffer wanted = {0};
        npt__buffer_print(&wanted, "a.qdpx: error: holds a file with an unsafe name: '%s'\n",
                          unsafe[i]);
        fixture_expect_fault("a.qdpx", wanted.bytes);
        npt__buffer_release(&wanted);
    }
    npt__buffer_release(&xml);
}

static void names_with_dots_that_do_not_climb_are_fine(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    fixture_project(&xml, &plain);
    const struct fixture_entry entries[] = {{"project.qde", xml.bytes, xml.length, false, NULL},
                                            {"sources/..a.txt", "x", 1, false, NULL},
                                            {"sources/a...txt", "x", 1, false, NULL},
                                            {"...", "x", 1, false, NULL},
                                            {"./a.txt", "x", 1, false, NULL}};
    fixture_zip("a.qdpx", entries, 5);
    struct fixture opened = fixture_open("a.qdpx");
    assert_int_equal(opened.status, NPT_OK);
    fixture_close(&opened);
    npt__buffer_release(&xml);
}

static void a_name_cannot_drive_the_terminal(void **state)
{
    (void)state;
    const struct fixture_entry entries[] = {{"../?[2J", "x", 1, false, NULL}};
    fixture_zip("a.qdpx", entries, 1);
    npt__buffer zip = fixture_read("a.qdpx");
    for (size_t i = 0; i + 7 < zip.length; i++)
        if (memcmp(zip.bytes + i, "../?[2J", 7) == 0)
            zip.bytes[i + 3] = '\033';
    fixture_write("a.qdpx", zip.bytes, zip.length);
    npt__buffer_release(&zip);
    struct fixture opened = fixture_open("a.qdpx");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text, "holds a file with an unsafe name: '../");
    assert_null(strchr(opened.text, '\033'));
    fixture_close(&opened);
}

static void a_member_whose_bytes_were_changed_is_refused(void **state)
{
    (void)state;
    write_plain("Some words that are kept as they are.", 37, true);
    npt__buffer zip = fixture_read("a.qdpx");
    *strstr(zip.bytes + find(&zip, "PK\3\4", 1) + 30, "words") = 'W'; /* the checksum tells */
    fixture_write("a.qdpx", zip.bytes, zip.length);
    fixture_expect_fault("a.qdpx",
                         "a.qdpx: error: source 'S1': is damaged: it cannot be unpacked to "
                         "its end\n");
    npt__buffer_release(&zip);
}

static void a_compression_that_is_not_known_is_refused(void **state)
{
    (void)state;
    write_plain("Some words.", 11, false);
    npt__buffer zip = fixture_read("a.qdpx");
    zip.bytes[find(&zip, "PK\1\2", 0) + 10] =
        77; /* the method, in the directory and before the member */
    zip.bytes[find(&zip, "PK\3\4", 0) + 8] = 77;
    fixture_write("a.qdpx", zip.bytes, zip.length);
    fixture_expect_fault("a.qdpx", "a.qdpx(project.qde): error: cannot be unpacked: its header is "
                                   "damaged or its compression is not known\n");
    npt__buffer_release(&zip);
}

/* ---- bombs ----------------------------------------------------------------------------------- */

#define BOMB ((size_t)9 << 20) /* more than 8 MiB, and packed to a thousandth */

static void a_project_that_unpacks_to_very_much_is_refused(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    npt__buffer_puts(&xml, "<Project xmlns=\"urn:QDA-XML:project:1.0\">");
    npt__buffer_fill(&xml, ' ', BOMB);
    npt__buffer_puts(&xml, "</Project>");
    const struct fixture_entry entries[] = {{"project.qde", xml.bytes, xml.length, false, NULL}};
    fixture_zip("a.qdpx", entries, 1);
    fixture_expect_fault("a.qdpx",
                         "a.qdpx(project.qde): error: unpacks to more than any real export "
                         "does; it is refused as a bomb\n");
    npt__buffer_release(&xml);
}

static void a_text_that_unpacks_to_very_much_is_refused(void **state)
{
    (void)state;
    npt__buffer text = {0};
    npt__buffer_fill(&text, 'a', BOMB);
    write_plain(text.bytes, text.length, false);
    fixture_expect_fault("a.qdpx",
                         "a.qdpx: error: source 'S1': unpacks to more than any real export "
                         "does; it is refused as a bomb\n");
    write_plain(text.bytes, text.length, true); /* large, but no bomb */
    struct fixture opened = fixture_open("a.qdpx");
    assert_int_equal(opened.study->documents.items[0].characters, BOMB);
    fixture_close(&opened);
    npt__buffer_release(&text);
}

/* A reader who believes headers would see five bytes. */
static void sizes_in_headers_are_not_believed(void **state)
{
    (void)state;
    npt__buffer text = {0};
    npt__buffer_fill(&text, 'a', BOMB);
    write_plain(text.bytes, text.length, false);
    npt__buffer_release(&text);
    npt__buffer zip = fixture_read("a.qdpx");
    memcpy(zip.bytes + find(&zip, "PK\1\2", 1) + 24, "\5\0\0\0",
           4); /* unpacked size in the directory */
    memcpy(zip.bytes + find(&zip, "PK\3\4", 1) + 22, "\5\0\0\0", 4);
    fixture_write("a.qdpx", zip.bytes, zip.length);
    fixture_expect_fault("a.qdpx", "a.qdpx: error: source 'S1': ");
    npt__buffer_release(&zip);
}

static void add_number(npt__buffer *zip, size_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        npt__buffer_putc(zip, (char)(value >> 8 * i & 0xFF));
}

/* A directory of so many empty files that all stand at the beginning, ended as zip64. */
static void write_many(size_t count)
{
    npt__buffer zip = {0};
    npt__buffer_puts(&zip, "PK\3\4");
    add_number(&zip, 10, 8);
    add_number(&zip, 0, 8);
    add_number(&zip, 0, 6);
    add_number(&zip, 1, 4); /* the name has one byte */
    npt__buffer_puts(&zip, "a");
    const size_t directory = zip.length;
    for (size_t i = 0; i < count; i++) {
        npt__buffer_puts(&zip, "PK\1\2");
        add_number(&zip, 10, 2);
        add_number(&zip, 10, 8);
        add_number(&zip, 0, 8);
        add_number(&zip, 0, 6);
        add_number(&zip, 7, 2);
        add_number(&zip, 0, 8);
        add_number(&zip, 0, 8);
        npt__buffer_print(&zip, "a%06zu", i % 1000000);
    }
    const size_t end = zip.length;
    npt__buffer_puts(&zip, "PK\6\6");
    add_number(&zip, 44, 8);
    add_number(&zip, 45, 2);
    add_number(&zip, 45, 2);
    add_number(&zip, 0, 8);
    add_number(&zip, count, 8);
    add_number(&zip, count, 8);
    add_number(&zip, end - directory, 8);
    add_number(&zip, directory, 8);
    npt__buffer_puts(&zip, "PK\6\7");
    add_number(&zip, 0, 4);
    add_number(&zip, end, 8);
    add_number(&zip, 1, 4);
    npt__buffer_puts(&zip, "PK\5\6");
    add_number(&zip, 0, 4);
    npt__buffer_puts(&zip, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
    add_number(&zip, 0, 2);
    fixture_write("a.qdpx", zip.bytes, zip.length);
    npt__buffer_release(&zip);
}

static void an_archive_of_too_many_files_is_refused(void **state)
{
    (void)state;
    write_many(100000);
    fixture_expect_fault("a.qdpx", "a.qdpx: error: holds no project file (*.qde) at its top");
    write_many(100001);
    fixture_expect_fault("a.qdpx", "a.qdpx: error: holds more than 100,000 files");
}

/* ---- reading members ------------------------------------------------------------------------- */

static npt__archive *open_archive(void)
{
    npt_diags *diags = npt_diags_new();
    npt__archive *archive = NULL;
    assert_int_equal(npt__archive_open(&archive, "a.qdpx", diags), NPT_OK);
    npt_diags_free(diags);
    return archive;
}

static bool take_until(void *user, const char *bytes, size_t length)
{
    (void)bytes;
    size_t *left = user;
    *left -= length < *left ? length : *left;
    return *left > 0;
}

/* As much as fills the ring between the two threads several times. */
static void write_large(npt__buffer *text)
{
    uint32_t seed = 7;
    while (text->length < (size_t)3 << 20) {
        seed = seed * 1664525u + 1013904223u;
        npt__buffer_print(text, "%08x\n", (unsigned)seed);
    }
    const struct fixture_entry entries[] = {{"big", text->bytes, text->length, false, NULL}};
    fixture_zip("a.qdpx", entries, 1);
}

static bool append(void *user, const char *bytes, size_t length)
{
    return npt__buffer_add(user, bytes, length);
}

static void a_second_thread_hands_over_the_same_bytes(void **state)
{
    (void)state;
    npt__buffer text = {0}, read = {0}, piped = {0};
    write_large(&text);
    npt__archive *archive = open_archive();
    const char *fault = NULL;
    assert_int_equal(npt__archive_read(archive, 0, 64u << 20, &read, &fault), NPT_OK);
    assert_int_equal(npt__archive_pipe(archive, 0, 64u << 20, append, &piped, &fault), NPT_OK);
    assert_null(fault);
    assert_int_equal(read.length, text.length);
    assert_int_equal(piped.length, text.length);
    assert_memory_equal(read.bytes, text.bytes, text.length);
    assert_memory_equal(piped.bytes, text.bytes, text.length);
    npt__archive_close(archive);
    npt__buffer_release(&text);
    npt__buffer_release(&read);
    npt__buffer_release(&piped);
}

static void a_taker_may_stop_early(void **state)
{
    (void)state;
    npt__buffer text = {0};
    write_large(&text);
    npt__archive *archive = open_archive();
    const char *fault = NULL;
    for (size_t wanted = 1; wanted <= 2048 * 1024; wanted *= 8) {
        size_t left = wanted;
        assert_int_equal(npt__archive_stream(archive, 0, 64u << 20, take_until, &left, &fault),
                         NPT_OK);
        assert_int_equal(left, 0);
        left = wanted;
        assert_int_equal(npt__archive_pipe(archive, 0, 64u << 20, take_until, &left, &fault),
                         NPT_OK);
        assert_int_equal(left, 0);
    }
    assert_null(fault);
    npt__archive_close(archive);
    npt__buffer_release(&text);
}

static void a_member_beyond_its_ceiling_is_refused(void **state)
{
    (void)state;
    npt__buffer text = {0}, read = {0};
    write_large(&text);
    npt__archive *archive = open_archive();
    const char *fault = NULL;
    assert_int_equal(npt__archive_read(archive, 0, text.length, &read, &fault), NPT_OK);
    assert_int_equal(npt__archive_read(archive, 0, text.length - 1, &read, &fault), NPT_BAD_INPUT);
    assert_string_equal(fault,
                        "unpacks to more than any real export does; it is refused as a bomb");
    size_t left = SIZE_MAX;
    assert_int_equal(npt__archive_pipe(archive, 0, text.length - 1, take_until, &left, &fault),
                     NPT_BAD_INPUT);
    npt__archive_close(archive);
    npt__buffer_release(&text);
    npt__buffer_release(&read);
}

static void a_header_tells_two_texts_apart(void **state)
{
    (void)state;
    const struct fixture_entry entries[] = {FILE_ENTRY("a", "one"), FILE_ENTRY("b", "two"),
                                            FILE_ENTRY("c", "one"), FILE_ENTRY("d", "")};
    fixture_zip("a.qdpx", entries, 4);
    npt__archive *archive = open_archive();
    uint64_t size[4];
    uint32_t checksum[4];
    assert_int_equal(npt__archive_count(archive), 4);
    for (size_t i = 0; i < 4; i++)
        npt__archive_header(archive, i, &size[i], &checksum[i]);
    assert_string_equal(npt__archive_name(archive, 1), "b");
    assert_int_equal(size[0], 3);
    assert_int_equal(size[3], 0);
    assert_int_equal(checksum[0], checksum[2]);
    assert_int_not_equal(checksum[0], checksum[1]);
    npt__archive_close(archive);
    npt__archive_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(what_only_begins_like_a_zip_is_refused),
        FIXTURE_TEST(a_truncated_archive_is_refused),
        FIXTURE_TEST(an_nvivo_project_is_told_from_an_export),
        FIXTURE_TEST(an_encrypted_archive_is_refused),
        FIXTURE_TEST(names_that_are_absolute_or_climb_are_refused),
        FIXTURE_TEST(names_with_dots_that_do_not_climb_are_fine),
        FIXTURE_TEST(a_name_cannot_drive_the_terminal),
        FIXTURE_TEST(a_member_whose_bytes_were_changed_is_refused),
        FIXTURE_TEST(a_compression_that_is_not_known_is_refused),
        FIXTURE_TEST(a_project_that_unpacks_to_very_much_is_refused),
        FIXTURE_TEST(a_text_that_unpacks_to_very_much_is_refused),
        FIXTURE_TEST(sizes_in_headers_are_not_believed),
        FIXTURE_TEST(an_archive_of_too_many_files_is_refused),
        FIXTURE_TEST(a_second_thread_hands_over_the_same_bytes),
        FIXTURE_TEST(a_taker_may_stop_early),
        FIXTURE_TEST(a_member_beyond_its_ceiling_is_refused),
        FIXTURE_TEST(a_header_tells_two_texts_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
