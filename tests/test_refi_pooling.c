/* test_refi_pooling.c - one study of several exports: interviews, codes, cases and coders that are the same.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#define STUDY(inside) "<study xmlns=\"urn:nptkit:study:1\">\n" inside "</study>\n"
#define CODED(start, end, code, user) SELECTION(start, end, user, CODING(code, user))

static struct fixture open_study(const char *xml)
{
    fixture_write_text("study.xml", xml);
    return fixture_open(".");
}

/* The same interview coded by Ann in NVivo and by Ben in QualCoder: no GUID agrees (FORMATS 1.7). */
static void write_two_coders(const char *text_of_ben)
{
    const struct fixture_project ann = {
        .origin = "NVivo for Windows 12.6",
        .users = USER("A1", "Ann"),
        .codes = PARENT("C1", "Themes", CODE("C2", "Coherence") CODE("C3", "Time")),
        .sources = TEXT_SOURCE("51", "Interview 1", CODED(0, 4, "C2", "A1"))};
    const struct fixture_entry ann_text[] = {TEXT_FILE("51", "Some words.")};
    fixture_qdpx("ann.qdpx", &ann, ann_text, 1);
    const struct fixture_project ben = {
        .origin = "QualCoder",
        .users = USER("A2", "Ben"),
        .codes = PARENT("C5", "themes", CODE("C6", "COHERENCE") CODE("C7", "Trust")),
        .sources =
            TEXT_SOURCE("52", "interview  1", CODED(5, 10, "C6", "A2") CODED(0, 4, "C7", "A2"))};
    const struct fixture_entry ben_text[] = {
        {"sources/" GUID("52") ".txt", text_of_ben, strlen(text_of_ben), false, NULL}};
    fixture_qdpx("ben.qdpx", &ben, ben_text, 1);
}

static void one_interview_coded_in_two_programs_at_one_site_is_one_source(void **state)
{
    (void)state;
    write_two_coders("Some other words.");
    struct fixture opened =
        open_study(STUDY("<site id=\"n\"/>\n<coding file=\"ann.qdpx\" site=\"n\"/>\n"
                         "<coding file=\"ben.qdpx\" site=\"n\"/>\n"));
    assert_string_equal(opened.text, "");
    const npt_study *study = opened.study;
    assert_int_equal(study->sources.items[1].same_as, 0);
    fixture_expect_cases(study, "Interview 1: Interview 1, interview  1\n");
    fixture_expect_segments(study, "Interview 1 text 0-4 Ann: Themes > Coherence\n"
                                   "interview  1 text 5-10 Ben: Themes > Coherence\n"
                                   "interview  1 text 0-4 Ben: Themes > Trust\n");
    fixture_close(&opened);
}

/* Ben worked on in a copy of Ann's project: his export holds her coding too, once as it was and once with
   another code. Only what is the same to the last is the same coding. */
static void a_coding_that_two_exports_hold_counts_once(void **state)
{
    (void)state;
    const struct fixture_entry text[] = {TEXT_FILE("51", "Some words.")};
    const struct fixture_project ann = {
        .users = USER("A1", "Ann"),
        .codes = CODE("C2", "Coherence") CODE("C3", "Time"),
        .sources =
            TEXT_SOURCE("51", "Interview 1", CODED(0, 4, "C2", "A1") CODED(5, 10, "C2", "A1"))};
    fixture_qdpx("ann.qdpx", &ann, text, 1);
    const struct fixture_project ben = {
        .users = USER("A1", "Ann") USER("A2", "Ben"),
        .codes = CODE("C2", "Coherence") CODE("C3", "Time"),
        .sources = TEXT_SOURCE("51", "Interview 1",
                               CODED(0, 4, "C2", "A1") CODED(5, 10, "C3", "A1")
                                   CODED(0, 4, "C2", "A2") CODED(0, 4, "C2", "A1"))};
    fixture_qdpx("ben.qdpx", &ben, text, 1);
    struct fixture opened =
        open_study(STUDY("<coding file=\"ann.qdpx\"/>\n<coding file=\"ben.qdpx\"/>\n"));
    fixture_expect_segments(opened.study, "Interview 1 text 0-4 Ann: Coherence\n"
                                          "Interview 1 text 5-10 Ann: Coherence\n"
                                          "Interview 1 text 5-10 Ann: Time\n"
                                          "Interview 1 text 0-4 Ben: Coherence\n"
                                          "Interview 1 text 0-4 Ann: Coherence\n");
    assert_int_equal(opened.study->exports.items[1].repeated, 1);
    fixture_close(&opened);
}

static void one_export_named_twice_is_a_fault(void **state)
{
    (void)state;
    write_two_coders("Some words.");
    fixture_write_text("study.xml",
                       STUDY("<coding file=\"ann.qdpx\"/>\n<coding file=\"./ann.qdpx\"/>\n"));
    fixture_expect_fault("study.xml", "is the same file as");
}

static void codes_are_reconciled_by_path_and_those_in_one_tree_are_known(void **state)
{
    (void)state;
    write_two_coders("Some words.");
    struct fixture opened =
        open_study(STUDY("<coding file=\"ann.qdpx\"/>\n<coding file=\"ben.qdpx\"/>\n"));
    const npt_study *study = opened.study;
    assert_int_equal(study->codes.count, 4);
    const struct npt__study_code *codes = study->codes.items;
    assert_int_equal(codes[fixture_code(study, "Themes")].exports, 2);
    assert_int_equal(codes[fixture_code(study, "Themes > Coherence")].exports, 2);
    assert_int_equal(codes[fixture_code(study, "Themes > Time")].exports, 1);
    assert_int_equal(codes[fixture_code(study, "Themes > Time")].first_export, 0);
    assert_int_equal(codes[fixture_code(study, "Themes > Trust")].exports, 1);
    assert_int_equal(codes[fixture_code(study, "Themes > Trust")].first_export, 1);
    fixture_close(&opened);
}

static void sources_of_one_name_and_one_text_are_one_without_a_site(void **state)
{
    (void)state;
    write_two_coders("Some words.");
    struct fixture opened =
        open_study(STUDY("<coding file=\"ann.qdpx\"/>\n<coding file=\"ben.qdpx\"/>\n"));
    assert_string_equal(opened.text, "");
    fixture_expect_cases(opened.study, "Interview 1: Interview 1, interview  1\n");
    fixture_close(&opened);
}

static void sources_of_one_name_and_two_texts_are_kept_apart_with_a_warning(void **state)
{
    (void)state; /* every site has an "Interview 1" */
    write_two_coders("Some other words.");
    struct fixture opened =
        open_study(STUDY("<coding file=\"ann.qdpx\"/>\n<coding file=\"ben.qdpx\"/>\n"));
    fixture_expect_in(opened.text, "./ben.qdpx:7: warning: source 'interview  1' is also in "
                                   "./ann.qdpx, with another text; they are kept apart\n");
    fixture_expect_cases(opened.study, "Interview 1: Interview 1\ninterview  1: interview  1\n");
    fixture_close(&opened);
}

static void sources_of_one_name_at_two_sites_are_two_even_with_one_text(void **state)
{
    (void)state;
    write_two_coders("Some words.");
    struct fixture opened = open_study(
        STUDY("<site id=\"n\"/>\n<site id=\"s\"/>\n<coding file=\"ann.qdpx\" site=\"n\"/>\n"
              "<coding file=\"ben.qdpx\" site=\"s\"/>\n"));
    assert_string_equal(opened.text, "");
    const npt_study *study = opened.study;
    fixture_expect_cases(study, "Interview 1: Interview 1\ninterview  1: interview  1\n");
    const uint32_t site = npt__study_find_attribute(study, "site");
    assert_string_equal(npt__part_value(study, &study->parts.items[0], site), "n");
    assert_string_equal(npt__part_value(study, &study->parts.items[1], site), "s");
    fixture_close(&opened);
}

static void coders_are_pooled_by_name(void **state)
{
    (void)state;
    const struct fixture_project one = {
        .users = USER("A1", "Ann") USER("A2", "Ben"),
        .codes = CODE("C1", "Time"),
        .sources = INLINE_SOURCE("51", "a", "Some words.", CODED(0, 4, "C1", "A2"))};
    const struct fixture_project two = {.users = USER("A3", "Ben") USER("A1", "Cem"),
                                        .codes = CODE("C1", "Time"),
                                        .sources = INLINE_SOURCE("52", "b", "Some words.",
                                                                 CODED(0, 4, "C1", "A3")
                                                                     CODED(5, 10, "C1", "A1"))};
    fixture_qde("one.qde", &one);
    fixture_qde("two.qde", &two);
    struct fixture opened =
        open_study(STUDY("<coding file=\"one.qde\"/>\n<coding file=\"two.qde\"/>\n"));
    assert_int_equal(opened.study->coders.count, 3);
    fixture_expect_segments(opened.study, "a text 0-4 Ben: Time\nb text 0-4 Ben: Time\n"
                                          "b text 5-10 Cem: Time\n");
    fixture_close(&opened);
}

static void guids_of_one_export_mean_nothing_in_another(void **state)
{
    (void)state;
    const struct fixture_project one = {
        .users = USER("A1", "Ann"),
        .codes = CODE("C1", "Time"),
        .sources = INLINE_SOURCE("51", "a", "Some words.", CODED(0, 4, "C1", "A1"))};
    struct fixture_project two = one;
    two.users = USER("A1", "Ben");
    two.codes = CODE("C1", "Trust");
    two.sources = INLINE_SOURCE("52", "b", "Some words.", CODED(5, 10, "C1", "A1"));
    fixture_qde("one.qde", &one);
    fixture_qde("two.qde", &two);
    struct fixture opened =
        open_study(STUDY("<coding file=\"one.qde\"/>\n<coding file=\"two.qde\"/>\n"));
    fixture_expect_segments(opened.study, "a text 0-4 Ann: Time\nb text 5-10 Ben: Trust\n");
    fixture_close(&opened);
}

static void a_case_in_two_exports_is_one_with_the_values_of_both(void **state)
{
    (void)state;
    const struct fixture_project one = {
        .variables = VARIABLE("F1", "Role", "Text"),
        .cases = CASE("B1", "R1", VALUE("F1", "Text", "nurse") SOURCE_REF("51")),
        .sources = INLINE_SOURCE("51", "a", "Some words.", "")};
    const struct fixture_project two = {
        .variables = VARIABLE("F2", "Age", "Integer"),
        .cases = CASE("B2", "r1", VALUE("F2", "Integer", "40") SOURCE_REF("51")),
        .sources = INLINE_SOURCE("51", "a", "Some words.", "")};
    fixture_qde("one.qde", &one);
    fixture_qde("two.qde", &two);
    struct fixture opened =
        open_study(STUDY("<coding file=\"one.qde\"/>\n<coding file=\"two.qde\"/>\n"));
    assert_string_equal(opened.text, "");
    fixture_expect_cases(opened.study, "R1 [Role=nurse, Age=40]: a, a\n");
    fixture_close(&opened);
}

static void cases_of_one_name_without_a_source_in_common_are_two(void **state)
{
    (void)state;
    const struct fixture_project one = {.cases = CASE("B1", "R1", SOURCE_REF("51")),
                                        .sources = INLINE_SOURCE("51", "a", "Some words.", "")};
    const struct fixture_project two = {.cases = CASE("B2", "R1", SOURCE_REF("52")),
                                        .sources = INLINE_SOURCE("52", "b", "Some words.", "")};
    fixture_qde("one.qde", &one);
    fixture_qde("two.qde", &two);
    struct fixture opened =
        open_study(STUDY("<coding file=\"one.qde\"/>\n<coding file=\"two.qde\"/>\n"));
    fixture_expect_cases(opened.study, "R1: a\nR1: b\n");
    fixture_close(&opened);
}

static void a_case_of_one_export_is_no_code_in_another_that_lists_no_cases(void **state)
{
    (void)state; /* NVivo for Windows writes no cases, but their codes */
    const struct fixture_project with = {.users = USER("A1", "Ann"),
                                         .codes = CODE("C1", "Time") CODE("B1", "Nurse"),
                                         .cases = CASE("B1", "Nurse", ""),
                                         .sources = INLINE_SOURCE("51", "a", "Some words.",
                                                                  CODED(0, 11, "B1", "A1")
                                                                      CODED(0, 4, "C1", "A1"))};
    const struct fixture_project without = {.users = USER("A1", "Ann"),
                                            .codes = CODE("C1", "Time") CODE("C2", "Nurse"),
                                            .sources = INLINE_SOURCE("52", "b", "Some words.",
                                                                     CODED(0, 11, "C2", "A1")
                                                                         CODED(5, 10, "C1", "A1"))};
    fixture_qde("one.qde", &with);
    fixture_qde("two.qde", &without);
    struct fixture opened =
        open_study(STUDY("<coding file=\"one.qde\"/>\n<coding file=\"two.qde\"/>\n"));
    assert_string_equal(opened.text, "");
    fixture_expect_segments(opened.study, "a text 0-4 Ann: Time\nb text 5-10 Ann: Time\n");
    assert_int_equal(opened.study->exports.items[1].case_codings, 1);
    fixture_expect_cases(opened.study, "Nurse: a 0-11\nb: b\n");
    fixture_close(&opened);
}

static void each_export_is_read_in_its_own_way(void **state)
{
    (void)state; /* NVivo counts the emoji as two, QualCoder as one */
    static const char text[] = "\xF0\x9F\x98\x80 Some words of a nurse.";
    const struct fixture_project nvivo = {
        .origin = "NVivo for Windows 12.6",
        .codes = CODE("C1", "Time"),
        .sources = INLINE_SOURCE("51", "a", "\xF0\x9F\x98\x80 Some words of a nurse.",
                                 CODED(3, 7, "C1", "A1") CODED(8, 13, "C1", "A1"))};
    const struct fixture_project qualcoder = {
        .origin = "QualCoder",
        .codes = CODE("C1", "Time"),
        .sources = TEXT_SOURCE("52", "b", CODED(2, 6, "C1", "A1") CODED(7, 12, "C1", "A1"))};
    const struct fixture_entry files[] = {TEXT_FILE("52", text)};
    fixture_qde("one.qde", &nvivo);
    fixture_qdpx("two.qdpx", &qualcoder, files, 1);
    struct fixture opened =
        open_study(STUDY("<coding file=\"one.qde\"/>\n<coding file=\"two.qdpx\"/>\n"));
    assert_string_equal(opened.text, "");
    fixture_expect_segments(opened.study, "a text 2-6 ?: Time\na text 7-12 ?: Time\n"
                                          "b text 2-6 ?: Time\nb text 7-12 ?: Time\n");
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(one_interview_coded_in_two_programs_at_one_site_is_one_source),
        FIXTURE_TEST(a_coding_that_two_exports_hold_counts_once),
        FIXTURE_TEST(one_export_named_twice_is_a_fault),
        FIXTURE_TEST(codes_are_reconciled_by_path_and_those_in_one_tree_are_known),
        FIXTURE_TEST(sources_of_one_name_and_one_text_are_one_without_a_site),
        FIXTURE_TEST(sources_of_one_name_and_two_texts_are_kept_apart_with_a_warning),
        FIXTURE_TEST(sources_of_one_name_at_two_sites_are_two_even_with_one_text),
        FIXTURE_TEST(coders_are_pooled_by_name),
        FIXTURE_TEST(guids_of_one_export_mean_nothing_in_another),
        FIXTURE_TEST(a_case_in_two_exports_is_one_with_the_values_of_both),
        FIXTURE_TEST(cases_of_one_name_without_a_source_in_common_are_two),
        FIXTURE_TEST(a_case_of_one_export_is_no_code_in_another_that_lists_no_cases),
        FIXTURE_TEST(each_export_is_read_in_its_own_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
