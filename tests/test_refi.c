/* test_refi.c - who coded, which code, and what a segment is, as each program exports it (FORMATS 1.5-1.7).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#define TWO_USERS USER("A1", "Ann") USER("A2", "Ben")
#define TWO_CODES CODE("C1", "Coherence") CODE("C2", "Time")
#define NVIVO "NVivo for Windows 12.6"

/* Opens the project as a bare .qde, without a message; close it. */
static struct fixture open_silent(const struct fixture_project *project)
{
    fixture_qde("a.qde", project);
    struct fixture opened = fixture_open("a.qde");
    assert_string_equal(opened.text, "");
    assert_int_equal(opened.status, NPT_OK);
    return opened;
}

static struct fixture_project with_sources(const char *sources)
{
    return (struct fixture_project){
        .origin = "QualCoder", .users = TWO_USERS, .codes = TWO_CODES, .sources = sources};
}

static void expect_segments(const char *sources, const char *lines)
{
    const struct fixture_project project = with_sources(sources);
    struct fixture opened = open_silent(&project);
    fixture_expect_segments(opened.study, lines);
    fixture_close(&opened);
}

/* ---- who coded ------------------------------------------------------------------------------- */

static void the_coder_is_the_selections_user_in_nvivo(void **state)
{
    (void)state;
    struct fixture_project project = with_sources(
        INLINE_SOURCE("51", "S1", "Some words.", SELECTION(0, 4, "A2", CODING("C1", "A1"))));
    project.origin = NVIVO;
    struct fixture opened = open_silent(&project);
    assert_true(opened.study->exports.items[0].coder_on_selection);
    fixture_expect_segments(opened.study, "S1 text 0-4 Ben: Coherence\n");
    fixture_close(&opened);
    project.origin = "NVivo for Mac 14.23";
    opened = open_silent(&project);
    fixture_expect_segments(opened.study, "S1 text 0-4 Ben: Coherence\n");
    fixture_close(&opened);
}

static void the_coder_is_the_codings_user_elsewhere(void **state)
{
    (void)state;
    static const char *const others[] = {"ATLAS.ti 8.4", "MAXQDA 24", "QualCoder", "qc", NULL};
    struct fixture_project project = with_sources(
        INLINE_SOURCE("51", "S1", "Some words.", SELECTION(0, 4, "A2", CODING("C1", "A1"))));
    for (size_t i = 0; i < 5; i++) {
        project.origin = others[i];
        struct fixture opened = open_silent(&project);
        fixture_expect_segments(opened.study, "S1 text 0-4 Ann: Coherence\n");
        fixture_close(&opened);
    }
}

static void a_coding_without_a_user_is_the_selections_users(void **state)
{
    (void)state;
    expect_segments(INLINE_SOURCE("51", "S1", "Some words.",
                                  SELECTION(0, 4, "A2",
                                            "<Coding guid=\"x\"><CodeRef targetGUID=\"" GUID(
                                                "C1") "\"/></Coding>")),
                    "S1 text 0-4 Ben: Coherence\n");
}

static void a_passage_that_two_coded_is_two_segments(void **state)
{
    (void)state;
    expect_segments(
        INLINE_SOURCE(
            "51", "S1", "Some words.",
            SELECTION(0, 4, "A1", CODING("C1", "A1") CODING("C1", "A2") CODING("C2", "A1"))),
        "S1 text 0-4 Ann: Coherence, Time\nS1 text 0-4 Ben: Coherence\n");
}

static void a_passage_that_one_coded_twice_is_one_segment_with_both_codes(void **state)
{
    (void)state;
    expect_segments(
        INLINE_SOURCE(
            "51", "S1", "Some words.",
            SELECTION(0, 4, "A1", CODING("C1", "A1") CODING("C2", "A1") CODING("C1", "A1"))),
        "S1 text 0-4 Ann: Coherence, Time\n");
}

static void two_selections_of_one_passage_are_two_segments(void **state)
{
    (void)state; /* NVivo writes one coding per selection, always */
    expect_segments(INLINE_SOURCE("51", "S1", "Some words.",
                                  SELECTION(0, 4, "A1", CODING("C1", "A1"))
                                      SELECTION(0, 4, "A1", CODING("C2", "A1"))),
                    "S1 text 0-4 Ann: Coherence\nS1 text 0-4 Ann: Time\n");
}

static void a_coder_that_the_export_does_not_list_is_unknown(void **state)
{
    (void)state;
    expect_segments(INLINE_SOURCE("51", "S1", "Some words.",
                                  SELECTION(0, 4, "A1", CODING("C1", "A9"))
                                      SELECTION(5, 10, "A1", CODING("C1", "A1"))),
                    "S1 text 0-4 ?: Coherence\nS1 text 5-10 Ann: Coherence\n");
}

static void nvivos_author_of_a_code_is_not_taken_for_an_unknown_coder(void **state)
{
    (void)state;
    struct fixture_project project = with_sources(
        INLINE_SOURCE("51", "S1", "Some words.", SELECTION(0, 4, "A9", CODING("C1", "A1"))));
    project.origin = NVIVO;
    struct fixture opened = open_silent(&project);
    fixture_expect_segments(opened.study, "S1 text 0-4 ?: Coherence\n");
    fixture_close(&opened);
}

static void a_user_without_a_name_goes_by_initials(void **state)
{
    (void)state; /* NVivo for Mac writes both, others one */
    struct fixture_project project = with_sources(INLINE_SOURCE(
        "51", "S1", "Some words.",
        SELECTION(0, 4, "A1", CODING("C1", "A1")) SELECTION(0, 4, "A1", CODING("C1", "A2"))));
    project.users = "<User guid=\"" GUID("A1") "\" id=\"AB\"/><User guid=\"" GUID("A2") "\"/>";
    struct fixture opened = open_silent(&project);
    fixture_expect_segments(opened.study, "S1 text 0-4 AB: Coherence\n"
                                          "S1 text 0-4 (unnamed user, line 3): Coherence\n");
    fixture_close(&opened);
}

/* ---- codes ----------------------------------------------------------------------------------- */

static void codes_of_one_name_under_different_parents_stay_apart(void **state)
{
    (void)state; /* NVivo: 'Midwives' eight times in one project */
    struct fixture_project project = with_sources(INLINE_SOURCE(
        "51", "S1", "Some words.",
        SELECTION(0, 4, "A1", CODING("C3", "A1")) SELECTION(5, 10, "A1", CODING("C4", "A1"))));
    project.codes = PARENT("C1", "Support", CODE("C3", "Midwives"))
        PARENT("C2", "Needs", CODE("C4", "Midwives"));
    struct fixture opened = open_silent(&project);
    assert_int_equal(opened.study->codes.count, 4);
    fixture_expect_segments(opened.study, "S1 text 0-4 Ann: Support > Midwives\n"
                                          "S1 text 5-10 Ann: Needs > Midwives\n");
    fixture_close(&opened);
}

static void two_codes_of_one_path_are_counted_together_with_a_warning(void **state)
{
    (void)state;
    struct fixture_project project = with_sources(
        INLINE_SOURCE("51", "S1", "Some words.", SELECTION(0, 4, "A1", CODING("C2", "A1"))));
    project.codes = CODE("C1", "citizenship") "\n" CODE("C2", "Citizenship");
    fixture_qde("a.qde", &project);
    struct fixture opened = fixture_open("a.qde");
    assert_string_equal(opened.text,
                        "a.qde:5: warning: two codes have the same path 'Citizenship'; "
                        "their segments are counted together\n");
    assert_int_equal(opened.study->codes.count, 1);
    fixture_expect_segments(opened.study, "S1 text 0-4 Ann: citizenship\n");
    fixture_close(&opened);
}

static void guids_are_compared_without_case_and_braces(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = "<User guid=\"{AAAAAAAA-0000-4000-8000-00000000000A}\" name=\"Ann\"/>",
        .codes = "<Code guid=\"cccccccc-0000-4000-8000-00000000000c\" name=\"Coherence\"/>",
        .sources = "<TextSource guid=\"51\" name=\"S1\"><PlainTextContent>Some words."
                   "</PlainTextContent><PlainTextSelection guid=\"1\" startPosition=\"0\" "
                   "endPosition=\"4\"><Coding guid=\"2\" "
                   "creatingUser=\"aaaaaaaa-0000-4000-8000-00000000000a\"><CodeRef "
                   "targetGUID=\"{CCCCCCCC-0000-4000-8000-00000000000C}\"/></Coding>"
                   "</PlainTextSelection></TextSource>"};
    struct fixture opened = open_silent(&project);
    fixture_expect_segments(opened.study, "S1 text 0-4 Ann: Coherence\n");
    fixture_close(&opened);
}

static void identifiers_that_are_no_guids_are_compared_as_names(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = "<User guid=\"ann\" name=\"Ann\"/>",
        .codes = "<Code guid=\"code-1\" name=\"Coherence\"/><Code guid=\"code-11\" name=\"Time\"/>",
        .sources = "<TextSource guid=\"s\" name=\"S1\"><PlainTextContent>Some words."
                   "</PlainTextContent><PlainTextSelection guid=\"1\" startPosition=\"0\" "
                   "endPosition=\"4\"><Coding guid=\"2\" creatingUser=\"ANN\"><CodeRef "
                   "targetGUID=\"CODE-11\"/></Coding></PlainTextSelection></TextSource>"};
    struct fixture opened = open_silent(&project);
    fixture_expect_segments(opened.study, "S1 text 0-4 Ann: Time\n");
    fixture_close(&opened);
}

static void guids_that_stand_twice_are_counted_and_the_first_is_meant(void **state)
{
    (void)state;
    struct fixture_project project = with_sources(
        INLINE_SOURCE("51", "S1", "Some words.", SELECTION(0, 4, "A1", CODING("C1", "A1")))
            INLINE_SOURCE("51", "S2", "More words.", ""));
    project.users = TWO_USERS USER("A1", "Cem");
    project.codes = TWO_CODES CODE("C1", "Trust") CODE("C1", "Load");
    struct fixture opened = open_silent(&project);
    assert_int_equal(opened.study->exports.items[0].repeated_guids, 4);
    fixture_expect_segments(opened.study, "S1 text 0-4 Ann: Coherence\n");
    fixture_close(&opened);
}

static void a_folder_of_codes_is_not_codable_and_still_a_code(void **state)
{
    (void)state;
    struct fixture_project project = with_sources("");
    project.codes = FOLDER("C1", "Nodes", CODE("C2", "Time"));
    struct fixture opened = open_silent(&project);
    assert_false(opened.study->codes.items[0].codable);
    assert_false(opened.study->codes.items[0].is_case);
    assert_true(opened.study->codes.items[1].codable);
    assert_int_equal(opened.study->codes.items[1].parent, 0);
    fixture_close(&opened);
}

/* ---- what is a segment ----------------------------------------------------------------------- */

static void a_coding_directly_on_a_source_is_a_segment_of_the_whole(void **state)
{
    (void)state;
    expect_segments(INLINE_SOURCE("51", "S1", "Some words.", CODING("C1", "A1") CODING("C2", "A2")),
                    "S1 source 0-11 Ann: Coherence\nS1 source 0-11 Ben: Time\n");
}

static void a_selection_without_coding_is_no_segment(void **state)
{
    (void)state; /* NVivo: annotations; MAXQDA: comments */
    const struct fixture_project project = with_sources(INLINE_SOURCE(
        "51", "S1", "Some words.",
        SELECTION(0, 4, "A1", "") SELECTION(5, 10, "A1", "<Description>hm</Description>")));
    struct fixture opened = open_silent(&project);
    fixture_expect_segments(opened.study, "");
    assert_int_equal(opened.study->exports.items[0].uncoded, 2);
    assert_int_equal(opened.study->exports.items[0].codings, 0);
    fixture_close(&opened);
}

static void codings_in_memos_are_counted_but_are_no_segments(void **state)
{
    (void)state;
    struct fixture_project project = with_sources(
        INLINE_SOURCE("51", "S1", "Some words.", SELECTION(0, 4, "A1", CODING("C1", "A1"))));
    project.notes =
        "<Note guid=\"" GUID("61") "\" name=\"memo\"><PlainTextContent>A thought."
                                   "</PlainTextContent>" SELECTION(2, 9, "A1", CODING("C2", "A1"))
                                       CODING("C1", "A1") "</Note>";
    struct fixture opened = open_silent(&project);
    fixture_expect_segments(opened.study, "S1 text 0-4 Ann: Coherence\n");
    assert_int_equal(opened.study->exports.items[0].codings, 3);
    assert_int_equal(opened.study->exports.items[0].note_codings, 2);
    assert_int_equal(opened.study->sources.count, 1);
    fixture_close(&opened);
}

static void links_sets_and_graphs_change_nothing(void **state)
{
    (void)state;
    struct fixture_project project = with_sources(
        INLINE_SOURCE("51", "S1", "Some words.", SELECTION(0, 4, "A1", CODING("C1", "A1"))));
    project.rest =
        "<Links><Link guid=\"" GUID("71") "\" originGUID=\"" GUID("C1") "\" targetGUID=\"" GUID("51") "\"/></Links><Sets><Set guid=\"" GUID("72") "\" name=\"Empty\"/><Set guid=\"" GUID("73") "\" name=\"Group\"><MemberCode targetGUID=\"" GUID(
            "C1") "\"/><MemberSource targetGUID=\"" GUID("51") "\"/></Set></Sets><Graphs><Graph guid=\"" GUID("74") "\"><Vertex guid=\"" GUID("75") "\" representedGUID=\"" GUID("C1") "\" firstX=\"1\" firstY=\"2\"/>"
                                                                                                                                                                                       "</Graph></Graphs>";
    struct fixture opened = open_silent(&project);
    fixture_expect_segments(opened.study, "S1 text 0-4 Ann: Coherence\n");
    assert_int_equal(opened.study->codes.count, 2);
    fixture_close(&opened);
}

static void a_pdf_passage_brings_its_own_words(void **state)
{
    (void)state;
    const struct fixture_project project =
        with_sources("<PDFSource guid=\"" GUID("51") "\" name=\"P\"><PDFSelection guid=\"" GUID(
            "52") "\" page=\"0\" firstX=\"1\" firstY=\"2\" secondX=\"3\" secondY=\"4\" name=\"cut sh\">"
                  "<Representation guid=\"" GUID(
                      "53") "\"><PlainTextContent>cut shorter</PlainTextContent>"
                            "</Representation>" CODING("C1", "A1") "</PDFSelection></PDFSource>");
    struct fixture opened = open_silent(&project);
    fixture_expect_segments(opened.study, "P pdf Ann: Coherence\n");
    assert_string_equal(opened.study->segments.items[0].name, "cut shorter");
    assert_int_equal(opened.study->documents.count, 0);
    fixture_close(&opened);
}

#define PDF_SELECTION(id, inside) \
    "<PDFSelection guid=\"" GUID(id) "\" page=\"0\" firstX=\"1\" firstY=\"2\" secondX=\"3\" " \
                                     "secondY=\"4\">" inside "</PDFSelection>"
#define WITHIN_TEXT(id, start, end, inside) \
    "<PlainTextSelection guid=\"" GUID(id) "\" startPosition=\"" #start "\" endPosition=\"" #end \
                                           "\">" inside "</PlainTextSelection>"

static void a_pdf_passage_that_stands_twice_under_one_guid_is_one_segment(void **state)
{
    (void)state; /* ATLAS.ti: as a region and in the text of the PDF */
    const struct fixture_project project = with_sources(
        "<PDFSource guid=\"" GUID("51") "\" name=\"P\">" PDF_SELECTION(
            "E1", CODING("C1", "A1")) PDF_SELECTION("E2", CODING("C1", "A1"))
            PDF_SELECTION("E3", CODING("C1", "A1")) "<Representation guid=\"" GUID(
                "51") "\"><PlainTextContent>Some words here.</PlainTextContent>" WITHIN_TEXT("E1",
                                                                                             0, 4,
                                                                                             CODING(
                                                                                                 "C2",
                                                                                                 "A1"))
                WITHIN_TEXT("E2", 5, 10, CODING("C1", "A1")) WITHIN_TEXT(
                    "E4", 11, 15,
                    CODING("C1",
                           "A1")) "</Representation></PDFSource>"
                                  "<PDFSource guid=\"" GUID("52") "\" name=\"Q\">" PDF_SELECTION(
                                      "E1", CODING("C1", "A1")) "</PDFSource>");
    struct fixture opened = open_silent(&project);
    /* What the two writings of a passage are coded with is united; another source's is another passage. */
    fixture_expect_segments(opened.study, "P pdf Ann: Coherence\n"
                                          "P text 0-4 Ann: Time, Coherence\n"
                                          "P text 5-10 Ann: Coherence\n"
                                          "P text 11-15 Ann: Coherence\n"
                                          "Q pdf Ann: Coherence\n");
    assert_int_equal(opened.study->exports.items[0].merged, 2);
    assert_int_equal(opened.study->documents.items[0].first_segment, 1);
    assert_int_equal(opened.study->documents.items[0].segment_count, 3);
    assert_int_equal(opened.study->sources.items[0].segment_count, 4);
    assert_int_equal(opened.study->sources.items[1].first_segment, 4);
    fixture_close(&opened);
}

static void a_pdf_passage_of_two_coders_is_merged_coder_by_coder(void **state)
{
    (void)state;
    const struct fixture_project project = with_sources(
        "<PDFSource guid=\"" GUID("51") "\" name=\"P\">" PDF_SELECTION("E1", CODING("C1", "A1") CODING("C1", "A2")) "<Representation guid=\"" GUID(
            "51") "\"><PlainTextContent>Some words here.</PlainTextContent>" WITHIN_TEXT("E1", 0, 4,
                                                                                         CODING(
                                                                                             "C1",
                                                                                             "A1")
                                                                                             CODING(
                                                                                                 "C2",
                                                                                                 "A2")) "</Representation></PDFSource>");
    struct fixture opened = open_silent(&project);
    fixture_expect_segments(opened.study, "P text 0-4 Ann: Coherence\n"
                                          "P text 0-4 Ben: Time, Coherence\n");
    assert_int_equal(opened.study->exports.items[0].merged, 2);
    fixture_close(&opened);
}

static void pictures_sound_and_film_have_segments_without_text(void **state)
{
    (void)state;
    expect_segments(
        "<PictureSource guid=\"" GUID(
            "51") "\" name=\"Pic\" currentPath=\"\"><PictureSelection "
                  "guid=\"" GUID("52") "\" firstX=\"1\" firstY=\"2\" secondX=\"3\" secondY=\"4\">" CODING("C1", "A1") "</PictureSelection></PictureSource><AudioSource guid=\"" GUID("53") "\" name=\"Tape\"><AudioSelection guid=\"" GUID("54") "\" begin=\"1500\" end=\"60000\">" CODING(
                      "C1",
                      "A1") "</AudioSelection></AudioSource><VideoSource guid=\"" GUID("55") "\" name=\"Film\"><VideoSelection guid=\"" GUID("56") "\" begin=\"0\" end=\"7\">" CODING("C2",
                                                                                                                                                                                      "A2") "</VideoSelection>" CODING("C1",
                                                                                                                                                                                                                       "A1") "</VideoSource>",
        "Pic picture Ann: Coherence\nTape audio 1500-60000 Ann: Coherence\n"
        "Film video 0-7 Ben: Time\nFilm source Ann: Coherence\n");
}

static void the_description_of_a_picture_is_a_text(void **state)
{
    (void)state;
    expect_segments(
        "<PictureSource guid=\"" GUID("51") "\" name=\"Pic\"><TextDescription guid=\"" GUID(
            "52") "\"><PlainTextContent>A ward at night.</PlainTextContent>" SELECTION(2, 6, "A1",
                                                                                       CODING(
                                                                                           "C1",
                                                                                           "A1")) "</TextDescription></PictureSource>",
        "Pic text 2-6 Ann: Coherence\n");
}

#define SYNC(id, position) \
    "<SyncPoint guid=\"" GUID(id) "\" timeStamp=\"9\" position=\"" #position "\"/>"

static void a_transcripts_selection_lies_between_sync_points(void **state)
{
    (void)state;
    expect_segments(
        "<AudioSource guid=\"" GUID("51") "\" name=\"Tape\"><Transcript guid=\"" GUID(
            "52") "\"><PlainTextContent>Some words here.</PlainTextContent>" SYNC("D1",
                                                                                  0) SYNC("D2", 5)
            SYNC("D3", 10) "<TranscriptSelection guid=\"" GUID("53") "\" fromSyncPoint=\"" GUID("D2") "\" toSyncPoint=\"" GUID("D3") "\">" CODING(
                "C1",
                "A1") "</TranscriptSelection>"
                      "</Transcript><Transcript guid=\"" GUID(
                          "54") "\"><PlainTextContent>Other text."
                                "</PlainTextContent>" SYNC("D2", 6)
                                    SYNC("D4", 10) "<TranscriptSelection guid=\"" GUID("55") "\" fromSyncPoint=\"" GUID("D2") "\" toSyncPoint=\"" GUID(
                                        "D4") "\">" CODING("C2",
                                                           "A1") "</TranscriptSelection></Transcript><AudioSelection guid=\"" GUID("56") "\" begin=\"3\" end=\"4\">" CODING("C2",
                                                                                                                                                                            "A1") "</AudioSelection></AudioSource>",
        "Tape text 5-10 Ann: Coherence\nTape text 6-10 Ann: Time\nTape audio 3-4 Ann: Time\n");
}

static void a_passage_of_no_length_is_a_segment(void **state)
{
    (void)state; /* ATLAS.ti 26 */
    expect_segments(
        INLINE_SOURCE("51", "S1", "Some words.", SELECTION(4, 4, "A1", CODING("C1", "A1"))),
        "S1 text 4-4 Ann: Coherence\n");
}

static void an_export_without_codes_or_sources_is_read(void **state)
{
    (void)state;
    const struct fixture_project project = {.origin = NVIVO};
    struct fixture opened = open_silent(&project);
    assert_int_equal(opened.study->segments.count, 0);
    assert_string_equal(opened.study->exports.items[0].origin, NVIVO);
    fixture_expect_cases(opened.study, "");
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(the_coder_is_the_selections_user_in_nvivo),
        FIXTURE_TEST(the_coder_is_the_codings_user_elsewhere),
        FIXTURE_TEST(a_coding_without_a_user_is_the_selections_users),
        FIXTURE_TEST(a_passage_that_two_coded_is_two_segments),
        FIXTURE_TEST(a_passage_that_one_coded_twice_is_one_segment_with_both_codes),
        FIXTURE_TEST(two_selections_of_one_passage_are_two_segments),
        FIXTURE_TEST(a_coder_that_the_export_does_not_list_is_unknown),
        FIXTURE_TEST(nvivos_author_of_a_code_is_not_taken_for_an_unknown_coder),
        FIXTURE_TEST(a_user_without_a_name_goes_by_initials),
        FIXTURE_TEST(codes_of_one_name_under_different_parents_stay_apart),
        FIXTURE_TEST(two_codes_of_one_path_are_counted_together_with_a_warning),
        FIXTURE_TEST(guids_are_compared_without_case_and_braces),
        FIXTURE_TEST(identifiers_that_are_no_guids_are_compared_as_names),
        FIXTURE_TEST(guids_that_stand_twice_are_counted_and_the_first_is_meant),
        FIXTURE_TEST(a_folder_of_codes_is_not_codable_and_still_a_code),
        FIXTURE_TEST(a_coding_directly_on_a_source_is_a_segment_of_the_whole),
        FIXTURE_TEST(a_selection_without_coding_is_no_segment),
        FIXTURE_TEST(codings_in_memos_are_counted_but_are_no_segments),
        FIXTURE_TEST(links_sets_and_graphs_change_nothing),
        FIXTURE_TEST(a_pdf_passage_brings_its_own_words),
        FIXTURE_TEST(a_pdf_passage_that_stands_twice_under_one_guid_is_one_segment),
        FIXTURE_TEST(a_pdf_passage_of_two_coders_is_merged_coder_by_coder),
        FIXTURE_TEST(pictures_sound_and_film_have_segments_without_text),
        FIXTURE_TEST(the_description_of_a_picture_is_a_text),
        FIXTURE_TEST(a_transcripts_selection_lies_between_sync_points),
        FIXTURE_TEST(a_passage_of_no_length_is_a_segment),
        FIXTURE_TEST(an_export_without_codes_or_sources_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
