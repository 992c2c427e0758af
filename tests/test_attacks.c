/* test_attacks.c - files made to mislead: each of these once gave a wrong number or a wrong word.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis_run.h"

#include <unistd.h>

#define QUOTES "construct,codes,case,source,coder,start,end,text\n"
#define ONE_QUOTE(text) QUOTES "Coherence,Coherence,Talk,Talk,Ann,0,4," text "\n"
#define ANN(start, end) SELECTION(start, end, "A1", CODING("C1", "A1"))

static void expect_quote(const struct fixture_project *project, const struct fixture_entry *files,
                         size_t count, const char *text)
{
    fixture_qdpx("a.qdpx", project, files, count);
    struct fixture opened = open_quietly("a.qdpx", "npt-core");
    expect_rows(opened.study, "quotes", NO_OPTIONS, text);
    fixture_close(&opened);
}

/* Texts within the XML are told apart by their number: links and graphs must not shift it. */
static void a_text_within_a_link_is_not_taken_for_a_sources(void **state)
{
    (void)state;
    fixture_write_text(
        "a.qde",
        "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"x\" origin=\"qc\">"
        "<Users>" USER("A1", "Ann") "</Users><CodeBook><Codes>" CODE(
            "C1",
            "Coherence") "</Codes></CodeBook>"
                         "<Links><Link><PlainTextContent>WRONG words</PlainTextContent></Link></Links>"
                         "<Sources><TextSource guid=\"" GUID(
                             "51") "\" name=\"Talk\">"
                                   "<PlainTextContent>Some words.</PlainTextContent>" ANN(
                                       0, 4) "</TextSource></Sources></Project>");
    struct fixture opened = open_quietly("a.qde", "npt-core");
    expect_rows(opened.study, "quotes", NO_OPTIONS, ONE_QUOTE("Some"));
    fixture_close(&opened);
}

static struct fixture_entry entry(const char *name, const char *text)
{
    return (struct fixture_entry){name, text, strlen(text), false, NULL};
}

static void a_decoy_outside_the_folder_of_sources_is_not_read(void **state)
{
    (void)state;
    const struct fixture_project project = {.origin = "qc",
                                            .users = USER("A1", "Ann"),
                                            .codes = CODE("C1", "Coherence"),
                                            .sources = TEXT_SOURCE("51", "Talk", ANN(0, 4))};
    const struct fixture_entry files[] = {entry("x/" GUID("51") ".TXT", "Evil words."),
                                          entry("sources/" GUID("51") ".txt", "Some words."),
                                          entry("y/" GUID("51") ".txt", "More evil.")};
    expect_quote(&project, files, 3, ONE_QUOTE("Some"));
}

static void two_files_that_fit_equally_are_a_fault(void **state)
{
    (void)state;
    const struct fixture_project project = {.users = USER("A1", "Ann"),
                                            .codes = CODE("C1", "Coherence"),
                                            .sources = TEXT_SOURCE("51", "Talk", ANN(0, 4))};
    const struct fixture_entry files[] = {entry("x/" GUID("51") ".txt", "Some words."),
                                          entry("y/" GUID("51") ".txt", "Other words.")};
    fixture_qdpx("a.qdpx", &project, files, 2);
    fixture_expect_fault("a.qdpx", "holds two files that");
}

static void an_attribute_of_another_vocabulary_is_not_ours(void **state)
{
    (void)state;
    fixture_write_text(
        "a.qde",
        "<Project xmlns=\"urn:QDA-XML:project:1.0\" xmlns:z=\"urn:z\" name=\"x\">"
        "<CodeBook><Codes><Code z:name=\"Barriers\" guid=\"" GUID(
            "C1") "\" name=\"Coherence\" isCodable=\"true\"/></Codes></CodeBook></Project>");
    struct fixture opened = open_quietly("a.qde", "npt-core");
    assert_string_equal(opened.study->codes.items[0].name, "Coherence");
    fixture_close(&opened);
}

static void a_text_with_nul_bytes_is_no_text(void **state)
{
    (void)state;
    const struct fixture_project project = {.users = USER("A1", "Ann"),
                                            .codes = CODE("C1", "Coherence"),
                                            .sources = TEXT_SOURCE("51", "Talk", ANN(0, 4))};
    const struct fixture_entry files[] = {
        {"sources/" GUID("51") ".txt", "So\0me words", 11, false, NULL}};
    fixture_qdpx("a.qdpx", &project, files, 1);
    fixture_expect_fault("a.qdpx", "source 'Talk': its text holds NUL bytes");
}

static void two_codebooks_are_a_fault(void **state)
{
    (void)state;
    fixture_write_text("a.qde",
                       "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"x\">"
                       "<CodeBook><Codes>" CODE("C1", "Coherence") "</Codes></CodeBook>"
                                                                   "<CodeBook/></Project>");
    fixture_expect_fault("a.qde", "holds two codebooks");
}

/* Every file a study rests on is known, by whatever name, so that no output replaces it. */
static void a_study_knows_its_own_files(void **state)
{
    (void)state;
    fixture_qde("a.qde", &(struct fixture_project){.codes = CODE("C1", "Coherence")});
    fixture_write_text("study.xml",
                       "<study xmlns=\"urn:nptkit:study:1\"><coding file=\"a.qde\"/></study>");
    fixture_write_text("other.txt", "x");
    assert_int_equal(symlink("a.qde", "link.qde"), 0);
    struct fixture opened = fixture_open(".");
    assert_true(npt_study_reads(opened.study, "a.qde"));
    assert_true(npt_study_reads(opened.study, "./study.xml"));
    assert_true(npt_study_reads(opened.study, "link.qde"));
    assert_false(npt_study_reads(opened.study, "other.txt"));
    assert_false(npt_study_reads(opened.study, "new.csv"));
    fixture_close(&opened);
}

/* The first that is wrong is named with what is near it, however many there are. */
static void a_long_line_of_another_file_is_not_repeated_in_a_message(void **state)
{
    (void)state;
    fixture_qde("a.qde", &(struct fixture_project){.codes = CODE("C1", "Coherence"),
                                                   .sources = TEXT_SOURCE("51", "Talk", "")});
    fixture_write_text("sheet.csv",
                       "Name\nWhat she said was long and hers alone and nobody's to print\n");
    fixture_write_text("study.xml", "<study xmlns=\"urn:nptkit:study:1\"><coding file=\"a.qde\">"
                                    "<cases file=\"sheet.csv\"/></coding></study>");
    fixture_expect_fault(
        "study.xml", "no case or source is called 'What she said was long and hers alone an'...\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_text_within_a_link_is_not_taken_for_a_sources),
        FIXTURE_TEST(a_decoy_outside_the_folder_of_sources_is_not_read),
        FIXTURE_TEST(two_files_that_fit_equally_are_a_fault),
        FIXTURE_TEST(an_attribute_of_another_vocabulary_is_not_ours),
        FIXTURE_TEST(a_text_with_nul_bytes_is_no_text),
        FIXTURE_TEST(two_codebooks_are_a_fault),
        FIXTURE_TEST(a_study_knows_its_own_files),
        FIXTURE_TEST(a_long_line_of_another_file_is_not_repeated_in_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
