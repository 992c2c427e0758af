/* test_refi_container.c - how exports are packed: names, folders, compression, files that are not there.
 * Each oddity is a real program's (FORMATS 1.4).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

static const struct fixture_project plain = {
    .origin = "QualCoder",
    .users = USER("A1", "Ann"),
    .codes = CODE("C1", "Coherence"),
    .sources = TEXT_SOURCE("51", "S1_nurse", SELECTION(0, 4, "A1", CODING("C1", "A1")))};
static const char segment[] = "S1_nurse text 0-4 Ann: Coherence\n";

/* Packs `plain` under this name beside these files and expects its one segment with its text. */
static void expect_read(const char *project, const struct fixture_entry *files, size_t count,
                        bool stored)
{
    npt__buffer xml = {0};
    fixture_project(&xml, &plain);
    struct fixture_entry entries[4] = {{project, xml.bytes, xml.length, stored, NULL}};
    for (size_t i = 0; i < count; i++) {
        entries[i + 1] = files[i];
        entries[i + 1].stored = stored;
    }
    fixture_zip("a.qdpx", entries, count + 1);
    struct fixture opened = fixture_open("a.qdpx");
    assert_string_equal(opened.text, "");
    fixture_expect_segments(opened.study, segment);
    assert_int_equal(opened.study->documents.items[0].presence, NPT__TEXT_MEMBER);
    assert_int_equal(opened.study->documents.items[0].characters, 11);
    assert_int_equal(opened.study->exports.items[0].missing_files.count, 0);
    fixture_close(&opened);
    npt__buffer_release(&xml);
}

static void the_project_may_have_any_name_and_case(void **state)
{
    (void)state;
    const struct fixture_entry text[] = {TEXT_FILE("51", "Some words.")};
    expect_read("project.qde", text, 1, false);
    expect_read("Project.qde", text, 1, false);            /* ATLAS.ti for Mac 8.4 */
    expect_read("Whole Family Study.qde", text, 1, false); /* ATLAS.ti 26 */
    expect_read("PROJECT.QDE", text, 1, false);
}

static void sources_lie_in_folders_of_either_case_or_in_none(void **state)
{
    (void)state;
    const struct fixture_entry lower[] = {FILE_ENTRY("sources/" GUID("51") ".txt", "Some words.")};
    expect_read("project.qde", lower, 1, false);
    const struct fixture_entry none[] = {FILE_ENTRY(GUID("51") ".txt", "Some words.")};
    expect_read("project.qde", none, 1, false);
    const struct fixture_entry shouted[] = {
        FILE_ENTRY("SOURCES/" GUID("51") ".TXT", "Some words.")};
    expect_read("project.qde", shouted, 1, false);
    const struct fixture_entry folder[] = {{.name = "Sources/"}, TEXT_FILE("51", "Some words.")};
    expect_read("project.qde", folder, 2, false);
    const struct fixture_entry backslash[] = {
        FILE_ENTRY("Sources\\" GUID("51") ".txt", "Some words.")};
    expect_read("project.qde", backslash, 1, false);
}

static void an_empty_root_entry_of_nvivo_for_mac_does_no_harm(void **state)
{
    (void)state;
    const struct fixture_entry files[] = {{.name = "sources/.root", .bytes = ""},
                                          FILE_ENTRY("sources/" GUID("51") ".txt", "Some words.")};
    expect_read("project.qde", files, 2, false);
}

static void stored_members_are_read_like_deflated_ones(void **state)
{
    (void)state;
    const struct fixture_entry text[] = {TEXT_FILE("51", "Some words.")};
    expect_read("project.qde", text, 1, true);
}

static void the_order_of_members_does_not_matter(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    fixture_project(&xml, &plain);
    const struct fixture_entry entries[] = {TEXT_FILE("51", "Some words."),
                                            {"project.qde", xml.bytes, xml.length, false, NULL}};
    fixture_zip("a.qdpx", entries, 2);
    struct fixture opened = fixture_open("a.qdpx");
    fixture_expect_segments(opened.study, segment);
    fixture_close(&opened);
    npt__buffer_release(&xml);
}

static void a_plain_text_path_may_lack_its_scheme(void **state)
{
    (void)state; /* qc 1.3 */
    const struct fixture_project project = {
        .codes = CODE("C1", "Coherence"),
        .sources = "<TextSource guid=\"" GUID("51") "\" name=\"a\" plainTextPath=\"" GUID(
            "51") ".txt\"/><TextSource guid=\"" GUID("52") "\" name=\"b\" plainTextPath=\"relative:///b.txt\"/>"};
    const struct fixture_entry files[] = {FILE_ENTRY("sources/" GUID("51") ".txt", "one"),
                                          FILE_ENTRY("sources/b.txt", "three")};
    fixture_qdpx("a.qdpx", &project, files, 2);
    struct fixture opened = fixture_open("a.qdpx");
    assert_string_equal(opened.text, "");
    assert_int_equal(opened.study->documents.items[0].characters, 3);
    assert_int_equal(opened.study->documents.items[1].characters, 5);
    fixture_close(&opened);
}

static void codings_count_where_a_source_file_is_missing_and_the_file_is_named(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = USER("A1", "Ann"),
        .codes = CODE("C1", "Coherence"),
        .sources = TEXT_SOURCE("51", "here", SELECTION(0, 4, "A1", CODING("C1", "A1")))
            TEXT_SOURCE("52", "gone", SELECTION(5, 9, "A1", CODING("C1", "A1"))) "<AudioSource guid=\"" GUID(
                "53") "\" name=\"tape\" path=\"internal://" GUID("53") ".mp3\"/>"
                                                                       "<VideoSource guid=\"" GUID(
                                                                           "54") "\" name=\"film\" path=\"absolute:///C:/film.mp4\"/>"};
    const struct fixture_entry files[] = {TEXT_FILE("51", "Some words.")};
    fixture_qdpx("a.qdpx", &project, files, 1);
    struct fixture opened = fixture_open("a.qdpx");
    assert_int_equal(opened.status, NPT_OK);
    /* Positions of a text that is not there stay as the export has them. */
    fixture_expect_segments(opened.study, "here text 0-4 Ann: Coherence\n"
                                          "gone text 5-9 Ann: Coherence\n");
    assert_int_equal(opened.study->documents.items[1].presence, NPT__TEXT_MISSING);
    /* What lies outside the export by intention is not missing from it. */
    const struct npt__export *export = &opened.study->exports.items[0];
    assert_int_equal(export->missing_files.count, 2);
    assert_string_equal(export->missing_files.items[0], "internal://" GUID("52") ".txt");
    assert_string_equal(export->missing_files.items[1], "internal://" GUID("53") ".mp3");
    fixture_close(&opened);
}

static void a_bare_project_has_the_texts_that_stand_in_it(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = USER("A1", "Ann"),
        .codes = CODE("C1", "Coherence"),
        .sources =
            INLINE_SOURCE("51", "a", "R&amp;D &lt;3", SELECTION(0, 3, "A1", CODING("C1", "A1")))
                TEXT_SOURCE("52", "b", SELECTION(1, 2, "A1", CODING("C1", "A1")))
                    INLINE_SOURCE("53", "c", "words", "")};
    fixture_qde("a.qde", &project);
    struct fixture opened = fixture_open("a.qde");
    assert_int_equal(opened.status, NPT_OK);
    fixture_expect_segments(opened.study, "a text 0-3 Ann: Coherence\n"
                                          "b text 1-2 Ann: Coherence\n");
    const struct npt__document *documents = opened.study->documents.items;
    assert_int_equal(documents[0].presence, NPT__TEXT_INLINE);
    assert_int_equal(documents[0].characters, 6); /* R&D <3 */
    assert_int_equal(documents[1].presence, NPT__TEXT_MISSING);
    assert_int_equal(documents[2].characters, 5);
    fixture_close(&opened);
}

static void texts_within_a_packed_project_are_read(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = USER("A1", "Ann"),
        .codes = CODE("C1", "Coherence"),
        .sources = INLINE_SOURCE("51", "a", "inline", "") TEXT_SOURCE("52", "b", "")
            INLINE_SOURCE("53", "c", "again", SELECTION(0, 5, "A1", CODING("C1", "A1")))};
    const struct fixture_entry files[] = {TEXT_FILE("52", "in a file")};
    fixture_qdpx("a.qdpx", &project, files, 1);
    struct fixture opened = fixture_open("a.qdpx");
    assert_string_equal(opened.text, "");
    assert_int_equal(opened.study->documents.items[0].characters, 6);
    assert_int_equal(opened.study->documents.items[1].characters, 9);
    assert_int_equal(opened.study->documents.items[2].characters, 5);
    fixture_expect_segments(opened.study, "c text 0-5 Ann: Coherence\n");
    fixture_close(&opened);
}

static void a_project_is_told_by_its_content_not_its_extension(void **state)
{
    (void)state;
    const struct fixture_entry text[] = {TEXT_FILE("51", "Some words.")};
    fixture_qdpx("a.zip", &plain, text, 1);
    struct fixture opened = fixture_open("a.zip");
    fixture_expect_segments(opened.study, segment);
    fixture_close(&opened);
    fixture_qde("a.xml", &plain);
    opened = fixture_open("a.xml");
    fixture_expect_segments(opened.study, segment);
    fixture_close(&opened);
}

static void a_byte_order_mark_before_the_xml_does_no_harm(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    npt__buffer_puts(&xml, "\xEF\xBB\xBF");
    fixture_project(&xml, &plain);
    fixture_write("a.qde", xml.bytes, xml.length);
    struct fixture opened = fixture_open("a.qde");
    fixture_expect_segments(opened.study, segment);
    fixture_close(&opened);
    const struct fixture_entry entries[] = {{"project.qde", xml.bytes, xml.length, false, NULL},
                                            TEXT_FILE("51", "Some words.")};
    fixture_zip("a.qdpx", entries, 2);
    opened = fixture_open("a.qdpx");
    fixture_expect_segments(opened.study, segment);
    fixture_close(&opened);
    npt__buffer_release(&xml);
}

static void a_namespace_of_an_older_draft_is_accepted_with_a_note(void **state)
{
    (void)state;
    static const char *const spaces[] = {"urn:QDA-XML:project:0:10", "urn:QDA-XML:project:1:0", ""};
    for (size_t i = 0; i < 3; i++) {
        struct fixture_project project = plain;
        project.space = spaces[i];
        fixture_qde("a.qde", &project);
        struct fixture opened = fixture_open("a.qde");
        fixture_expect_segments(opened.study, segment);
        assert_int_equal(npt_diags_count(opened.diags, NPT_NOTE), 1);
        assert_int_equal(npt_diags_count(opened.diags, NPT_WARNING), 0);
        fixture_expect_in(opened.text, "a.qde:2:1: note: the namespace is '");
        fixture_expect_in(opened.text, spaces[i]);
        fixture_close(&opened);
    }
}

static void elements_may_carry_a_prefix(void **state)
{
    (void)state;
    fixture_write_text(
        "a.qde", "<?xml version=\"1.0\"?><q:Project xmlns:q=\"urn:QDA-XML:project:1.0\" name=\"a\">"
                 "<q:CodeBook><q:Codes><q:Code guid=\"" GUID("C1") "\" name=\"Time\"/></q:Codes>"
                                                                   "</q:CodeBook></q:Project>");
    struct fixture opened = fixture_open("a.qde");
    assert_string_equal(opened.text, "");
    assert_int_equal(fixture_code(opened.study, "Time"), 0);
    fixture_close(&opened);
}

/* ---- zip64 ----------------------------------------------------------------------------------- */

static void add_number(npt__buffer *zip, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        npt__buffer_putc(zip, (char)(value >> 8 * i & 0xFF));
}

static uint32_t checksum(const char *bytes, size_t length)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        sum ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320u : 0);
    }
    return ~sum;
}

/* The fields that a local header and an entry of the directory share; sizes are in the extra field. */
static void add_common(npt__buffer *zip, const struct fixture_entry *entry, size_t extra)
{
    add_number(zip, 45, 2); /* needs version 4.5 */
    add_number(zip, 0, 2);  /* no flags */
    add_number(zip, 0, 2);  /* stored */
    add_number(zip, 0x21, 4);
    add_number(zip, checksum(entry->bytes, entry->length), 4);
    add_number(zip, UINT32_MAX, 4);
    add_number(zip, UINT32_MAX, 4);
    add_number(zip, strlen(entry->name), 2);
    add_number(zip, extra, 2);
}

static void add_extra(npt__buffer *zip, const struct fixture_entry *entry, size_t size)
{
    add_number(zip, 1, 2); /* zip64 */
    add_number(zip, size, 2);
    add_number(zip, entry->length, 8);
    add_number(zip, entry->length, 8);
}

/* As programs write it that do not know beforehand how large an archive becomes (APPNOTE 4.3.14 - 4.5.3). */
static void zip64(const char *path, const struct fixture_entry *entries, size_t count)
{
    npt__buffer zip = {0};
    size_t offsets[4];
    for (size_t i = 0; i < count; i++) {
        offsets[i] = zip.length;
        npt__buffer_puts(&zip, "PK\3\4");
        add_common(&zip, &entries[i], 20);
        npt__buffer_puts(&zip, entries[i].name);
        add_extra(&zip, &entries[i], 16);
        npt__buffer_add(&zip, entries[i].bytes, entries[i].length);
    }
    const size_t directory = zip.length;
    for (size_t i = 0; i < count; i++) {
        npt__buffer_puts(&zip, "PK\1\2");
        add_number(&zip, 45, 2);
        add_common(&zip, &entries[i], 28);
        add_number(&zip, 0, 8); /* comment, disk, attributes */
        add_number(&zip, 0, 2);
        add_number(&zip, UINT32_MAX, 4);
        npt__buffer_puts(&zip, entries[i].name);
        add_extra(&zip, &entries[i], 24);
        add_number(&zip, offsets[i], 8);
    }
    const size_t end = zip.length;
    npt__buffer_puts(&zip, "PK\6\6");
    add_number(&zip, 44, 8);
    add_number(&zip, 45, 2);
    add_number(&zip, 45, 2);
    add_number(&zip, 0, 8); /* disks */
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
    add_number(&zip, 0xFFFF, 2);
    add_number(&zip, 0xFFFF, 2);
    add_number(&zip, UINT32_MAX, 4);
    add_number(&zip, UINT32_MAX, 4);
    add_number(&zip, 0, 2);
    fixture_write(path, zip.bytes, zip.length);
    npt__buffer_release(&zip);
}

static void a_zip64_archive_is_read(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    fixture_project(&xml, &plain);
    const struct fixture_entry entries[] = {{"project.qde", xml.bytes, xml.length, true, NULL},
                                            TEXT_FILE("51", "Some words.")};
    zip64("a.qdpx", entries, 2);
    struct fixture opened = fixture_open("a.qdpx");
    assert_string_equal(opened.text, "");
    fixture_expect_segments(opened.study, segment);
    assert_int_equal(opened.study->documents.items[0].characters, 11);
    fixture_close(&opened);
    npt__buffer_release(&xml);
}

/* ---- which project --------------------------------------------------------------------------- */

static void two_projects_in_one_archive_are_refused_by_name(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    fixture_project(&xml, &plain);
    const struct fixture_entry entries[] = {{"north.qde", xml.bytes, xml.length, false, NULL},
                                            {"south.QDE", xml.bytes, xml.length, false, NULL}};
    fixture_zip("a.qdpx", entries, 2);
    fixture_expect_fault("a.qdpx",
                         "a.qdpx: error: holds two projects: 'north.qde' and 'south.QDE'\n");
    npt__buffer_release(&xml);
}

static void an_archive_without_a_project_at_its_top_is_refused(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    fixture_project(&xml, &plain);
    const struct fixture_entry none[] = {TEXT_FILE("51", "Some words.")};
    fixture_zip("a.qdpx", none, 1);
    fixture_expect_fault("a.qdpx", "a.qdpx: error: holds no project file (*.qde) at its top");
    const struct fixture_entry below[] = {{"a/project.qde", xml.bytes, xml.length, false, NULL}};
    fixture_zip("a.qdpx", below, 1);
    fixture_expect_fault("a.qdpx", "a.qdpx: error: holds no project file (*.qde) at its top");
    npt__buffer_release(&xml);
}

static void a_project_below_does_not_compete_with_the_one_at_the_top(void **state)
{
    (void)state;
    const struct fixture_entry files[] = {FILE_ENTRY("__MACOSX/._project.qde", "junk"),
                                          TEXT_FILE("51", "Some words.")};
    expect_read("project.qde", files, 2, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(the_project_may_have_any_name_and_case),
        FIXTURE_TEST(sources_lie_in_folders_of_either_case_or_in_none),
        FIXTURE_TEST(an_empty_root_entry_of_nvivo_for_mac_does_no_harm),
        FIXTURE_TEST(stored_members_are_read_like_deflated_ones),
        FIXTURE_TEST(the_order_of_members_does_not_matter),
        FIXTURE_TEST(a_plain_text_path_may_lack_its_scheme),
        FIXTURE_TEST(codings_count_where_a_source_file_is_missing_and_the_file_is_named),
        FIXTURE_TEST(a_bare_project_has_the_texts_that_stand_in_it),
        FIXTURE_TEST(texts_within_a_packed_project_are_read),
        FIXTURE_TEST(a_project_is_told_by_its_content_not_its_extension),
        FIXTURE_TEST(a_byte_order_mark_before_the_xml_does_no_harm),
        FIXTURE_TEST(a_namespace_of_an_older_draft_is_accepted_with_a_note),
        FIXTURE_TEST(elements_may_carry_a_prefix),
        FIXTURE_TEST(a_zip64_archive_is_read),
        FIXTURE_TEST(two_projects_in_one_archive_are_refused_by_name),
        FIXTURE_TEST(an_archive_without_a_project_at_its_top_is_refused),
        FIXTURE_TEST(a_project_below_does_not_compete_with_the_one_at_the_top),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
