/* test_match.c - which construct a project's code is taken for, and why.
 *
 * Codes of the project have GUIDs of their own unless told otherwise, so that names decide.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis_run.h"

/* Of Coherence and Sustainment in codebooks/npt.qdc. */
#define COHERENCE "68968F5D-9292-4CF5-AA9E-6692F84024AD"
#define NO_TEXT INLINE_SOURCE("51", "one", "Some words.", "")
#define CODE_WITH(guid, name) "<Code guid=\"" guid "\" name=\"" name "\" isCodable=\"true\"/>"

static struct fixture open_codes_with(const char *codes, const char *codebook)
{
    const struct fixture_project project = {.codes = codes, .sources = NO_TEXT};
    fixture_qde("a.qde", &project);
    return open_quietly("a.qde", codebook);
}

static struct fixture open_codes(const char *codes)
{
    return open_codes_with(codes, "npt");
}

static const struct npt__study_code *find_code(const npt_study *study, const char *path)
{
    for (size_t i = 0; i < study->codes.count; i++)
        if (strcmp(study->codes.items[i].path, path) == 0)
            return &study->codes.items[i];
    fail_msg("no code '%s'", path);
    return NULL;
}

static const char *name_of(const npt_study *study, uint32_t construct)
{
    return construct == NPT__NONE ? "" : study->codebook->constructs[construct].code.name;
}

/* Expects the names of the construct and of the suggestion; "" for none. */
static void expect_match(const npt_study *study, const char *path, enum npt__match match,
                         const char *construct, const char *suggestion)
{
    const struct npt__study_code *code = find_code(study, path);
    assert_string_equal(name_of(study, code->construct), construct);
    assert_string_equal(name_of(study, code->suggestion), suggestion);
    assert_int_equal(code->match, match);
}

/* For a project of one code. */
static void expect_name(const char *name, enum npt__match match, const char *construct,
                        const char *suggestion)
{
    npt__buffer code = {0};
    npt__buffer_print(&code, "<Code guid=\"" GUID("C1") "\" name=\"%s\"/>", name);
    struct fixture opened = open_codes(code.bytes);
    const char *path = opened.study->codes.items[0].path;
    expect_match(opened.study, path, match, construct, suggestion);
    fixture_close(&opened);
    npt__buffer_release(&code);
}

/* ---- by what --------------------------------------------------------------------------------- */

static void a_guid_is_known_whatever_the_name(void **state)
{
    (void)state;
    struct fixture opened = open_codes(CODE_WITH(COHERENCE, "Verstehen") CODE_WITH(
        "{68968f5d-9292-4cf5-aa9e-6692f84024ae}", "Collective action"));
    expect_match(opened.study, "Verstehen", NPT__BY_GUID, "Coherence", "");
    expect_match(opened.study, "Collective action", NPT__BY_NAME, "Collective action", "");
    fixture_close(&opened);
    /* In braces and lower case, and under another construct's name: the GUID wins. */
    opened = open_codes(CODE_WITH("{68968f5d-9292-4cf5-aa9e-6692f84024ad}", "Sustainment"));
    expect_match(opened.study, "Sustainment", NPT__BY_GUID, "Coherence", "");
    fixture_close(&opened);
}

static void the_path_of_the_codebook_is_known(void **state)
{
    (void)state;
    struct fixture opened = open_codes(
        FOLDER("C1", "Mechanisms", PARENT("C2", "Coherence", CODE("C3", "Differentiation"))));
    expect_match(opened.study, "Mechanisms", NPT__BY_PATH, "Mechanisms", "");
    expect_match(opened.study, "Mechanisms > Coherence", NPT__BY_PATH, "Coherence", "");
    expect_match(opened.study, "Mechanisms > Coherence > Differentiation", NPT__BY_PATH,
                 "Differentiation", "");
    fixture_close(&opened);
}

static void names_are_known_in_their_spellings(void **state)
{
    (void)state;
    expect_name("Coherence", NPT__BY_NAME, "Coherence", "");
    expect_name("COGNITIVE  PARTICIPATION", NPT__BY_NAME, "Cognitive participation", "");
    expect_name("Internalisation", NPT__BY_NAME, "Internalization", "");
    expect_name("internalization", NPT__BY_NAME, "Internalization", "");
    expect_name("Systematisation", NPT__BY_NAME, "Systematization", "");
    expect_name("Reframing organizational logics", NPT__BY_NAME, "Reframing organisational logics",
                "");
    expect_name("Skill set workability", NPT__BY_NAME, "Skill-set workability", "");
    expect_name("Skill\xE2\x80\x93set workability", NPT__BY_NAME, "Skill-set workability", "");
    expect_name("3.2 Enrolment", NPT__BY_NAME, "Enrolment", "");
    expect_name("C1 - Coherence", NPT__BY_NAME, "Coherence", "");
    expect_name("iv. Reflexive monitoring", NPT__BY_NAME, "Reflexive monitoring", "");
    expect_name("(3) Collective action", NPT__BY_NAME, "Collective action", "");
}

/* The other names that codebooks/npt.qdc gives, read from its descriptions. */
static void every_other_name_is_known(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_codebook *codebook = NULL;
    assert_int_equal(npt_codebook_open(&codebook, "npt", diags), NPT_OK);
    size_t names = 0;
    for (size_t i = 0; i < codebook->count; i++)
        for (size_t j = 0; j < codebook->constructs[i].alias_count; j++, names++)
            expect_name(codebook->constructs[i].aliases[j], NPT__BY_NAME,
                        codebook->constructs[i].code.name, "");
    assert_true(names >= 6);
    npt_codebook_free(codebook);
    npt_diags_free(diags);
    expect_name("Sense-making", NPT__BY_NAME, "Coherence", "");
    expect_name("Coherence-building", NPT__BY_NAME, "Coherence", "");
    expect_name("Enrollment", NPT__BY_NAME, "Enrolment", "");
    expect_name("Intervention performance", NPT__BY_NAME, "Intervention mobilisation", "");
}

/* ---- places ---------------------------------------------------------------------------------- */

static void what_is_below_a_matched_code_belongs_to_it(void **state)
{
    (void)state;
    struct fixture opened = open_codes(PARENT("C1", "Coherence",
                                              PARENT("C2", "Our own theme", CODE("C3", "Detail"))
                                                  CODE("C4", "Differentiation")));
    expect_match(opened.study, "Coherence > Our own theme", NPT__BY_PARENT, "Coherence", "");
    expect_match(opened.study, "Coherence > Our own theme > Detail", NPT__BY_PARENT, "Coherence",
                 "");
    expect_match(opened.study, "Coherence > Differentiation", NPT__BY_NAME, "Differentiation", "");
    fixture_close(&opened);
}

/* Folders of one's own above the constructs say nothing about these; domains do not either. */
static void folders_above_decide_nothing(void **state)
{
    (void)state;
    struct fixture opened = open_codes(
        FOLDER("C1", "Nodes", PARENT("C2", "NPT", CODE("C3", "Coherence") CODE("C4", "Other")))
            FOLDER("C5", "Outcomes", CODE("C6", "Collective action") CODE("C7", "Weather")));
    expect_match(opened.study, "Nodes", NPT__UNMATCHED, "", "");
    expect_match(opened.study, "Nodes > NPT > Coherence", NPT__BY_NAME, "Coherence", "");
    expect_match(opened.study, "Nodes > NPT > Other", NPT__UNMATCHED, "", "");
    expect_match(opened.study, "Outcomes > Collective action", NPT__BY_NAME, "Collective action",
                 "");
    expect_match(opened.study, "Outcomes > Weather", NPT__UNMATCHED, "", "");
    fixture_close(&opened);
}

/* A component of Collective action below Coherence: it belongs to Coherence, and a person is asked. */
static void a_name_that_contradicts_the_code_above_is_only_suggested(void **state)
{
    (void)state;
    struct fixture opened = open_codes(PARENT(
        "C1", "Coherence",
        PARENT("C2", "Contextual integration", CODE("C3", "Money")) CODE("C4", "Activation")));
    expect_match(opened.study, "Coherence > Contextual integration", NPT__BY_PARENT, "Coherence",
                 "Contextual integration");
    expect_match(opened.study, "Coherence > Contextual integration > Money", NPT__BY_PARENT,
                 "Coherence", "");
    expect_match(opened.study, "Coherence > Activation", NPT__BY_PARENT, "Coherence", "Activation");
    npt_table *tables[8];
    size_t count = npt_study_check(opened.study, tables, 8, opened.diags);
    fixture_expect_in(npt_diags_text(opened.diags, false),
                      "codes with nearly the name of a construct, or in another's place: 2 (");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* ---- near misses ----------------------------------------------------------------------------- */

static void near_misses_are_suggested_and_not_believed(void **state)
{
    (void)state;
    expect_name("Coherance", NPT__UNMATCHED, "", "Coherence");
    expect_name("Colective action", NPT__UNMATCHED, "", "Collective action");
    expect_name("Coherence (team)", NPT__UNMATCHED, "", "Coherence");
    expect_name("Lack of coherence", NPT__UNMATCHED, "", "Coherence");
    expect_name("Incoherence", NPT__UNMATCHED, "", "Coherence");
    expect_name("Weather", NPT__UNMATCHED, "", "");
    expect_name("Action", NPT__UNMATCHED, "", "");
}

static void check_lists_what_is_unmatched(void **state)
{
    (void)state;
    struct fixture opened = open_codes(CODE("C1", "Coherence") CODE("C2", "Coherance")
                                           CODE("C3", "Weather") CODE("C4", "Enablers"));
    npt_table *tables[8];
    size_t count = npt_study_check(opened.study, tables, 8, opened.diags);
    const npt_table *codes = NULL;
    for (size_t i = 0; i < count; i++)
        if (strcmp(npt_table_name(tables[i]), "codes") == 0)
            codes = tables[i];
    assert_non_null(codes);
    expect_csv(codes, "code,segments,construct,match,remark\n"
                      "Coherence,0,Mechanisms > Coherence,same name,\n"
                      "Coherance,0,,no construct,did you mean 'Mechanisms > Coherence'?\n"
                      "Weather,0,,no construct,\n"
                      "Enablers,0,,no construct,facilitator\n");
    const char *messages = npt_diags_text(opened.diags, false);
    fixture_expect_in(messages, "codes that match no construct: 2 (");
    fixture_expect_in(messages,
                      "codes with nearly the name of a construct, or in another's place: 1 (");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* ---- study.xml ------------------------------------------------------------------------------- */

static struct fixture open_study(const char *codes, const char *coding)
{
    const struct fixture_project project = {.codes = codes, .sources = NO_TEXT};
    fixture_qde("a.qde", &project);
    npt__buffer xml = {0};
    npt__buffer_print(&xml,
                      "<study xmlns=\"urn:nptkit:study:1\">\n<coding file=\"a.qde\">\n%s\n"
                      "</coding>\n</study>\n",
                      coding);
    fixture_write_text("study.xml", xml.bytes);
    npt__buffer_release(&xml);
    return fixture_open("study.xml");
}

static void a_map_to_none_ends_the_question(void **state)
{
    (void)state;
    struct fixture opened = open_study(
        CODE_WITH(COHERENCE, "By identifier")
            PARENT("C3", "Great quotes", CODE("C4", "For the report") CODE("C5", "Initiation")),
        "<map code=\"Great quotes\" to=\"none\"/>"
        "<map code=\"By identifier\" to=\"none\"/>");
    assert_string_equal(opened.text, "");
    expect_match(opened.study, "By identifier", NPT__BY_MAP, "", "");
    expect_match(opened.study, "Great quotes", NPT__BY_MAP, "", "");
    expect_match(opened.study, "Great quotes > For the report", NPT__BY_PARENT, "", "");
    expect_match(opened.study, "Great quotes > Initiation", NPT__BY_NAME, "Initiation", "");
    npt_table *tables[8];
    size_t count = npt_study_check(opened.study, tables, 8, opened.diags);
    assert_null(strstr(npt_diags_text(opened.diags, false), "match no construct: "));
    while (count)
        npt_table_free(tables[--count]);
    fixture_close(&opened);
}

static void a_code_mapped_twice_is_a_fault(void **state)
{
    (void)state;
    fixture_qde("a.qde",
                &(struct fixture_project){.codes = CODE("C2", "Trust") CODE("C3", "Time")});
    fixture_write_text("study.xml",
                       "<study xmlns=\"urn:nptkit:study:1\">\n<coding file=\"a.qde\">\n"
                       "<map code=\"Trust\" to=\"Coherence\"/>\n"
                       "<map code=\"trust\" to=\"Sustainment\"/>\n</coding></study>\n");
    fixture_expect_fault("study.xml", "study.xml:4:12: error: the code 'trust' is mapped twice\n");
}

static void a_map_wins_over_all(void **state)
{
    (void)state;
    struct fixture opened =
        open_study(CODE_WITH(COHERENCE, "By identifier") CODE("C2", "Sustainment")
                       PARENT("C3", "Making sense", CODE("C4", "Detail") CODE("C5", "Initiation")),
                   "<map code=\"by identifier\" to=\"Collective action\"/>"
                   "<map code=\"Sustainment\" to=\"Coherence\"/>"
                   "<map code=\"Making sense\" to=\"mechanisms > coherence\"/>"
                   "<map code=\"Making sense > Initiation\" to=\"Initiation\"/>");
    assert_string_equal(opened.text, "");
    expect_match(opened.study, "By identifier", NPT__BY_MAP, "Collective action", "");
    expect_match(opened.study, "Sustainment", NPT__BY_MAP, "Coherence", "");
    expect_match(opened.study, "Making sense", NPT__BY_MAP, "Coherence", "");
    expect_match(opened.study, "Making sense > Detail", NPT__BY_PARENT, "Coherence", "");
    expect_match(opened.study, "Making sense > Initiation", NPT__BY_MAP, "Initiation", "");
    fixture_close(&opened);
}

/* ---- barriers and facilitators --------------------------------------------------------------- */

static void expect_valence(const npt_study *study, const char *path, bool barrier, bool facilitator)
{
    assert_int_equal(find_code(study, path)->barrier, barrier);
    assert_int_equal(find_code(study, path)->facilitator, facilitator);
}

static void valence_is_known_by_its_names(void **state)
{
    (void)state;
    struct fixture opened =
        open_codes(PARENT("C1", "Barriers", CODE("C2", "Time")) CODE("C3", "2. ENABLERS")
                       CODE("C4", "Facilitator") CODE("C5", "Hindering factors")
                           PARENT("C6", "Coherence", CODE("C7", "Challenges")));
    expect_valence(opened.study, "Barriers", true, false);
    expect_valence(opened.study, "Barriers > Time", true, false);
    expect_valence(opened.study, "2. ENABLERS", false, true);
    expect_valence(opened.study, "Facilitator", false, true);
    expect_valence(opened.study, "Hindering factors", true, false);
    expect_valence(opened.study, "Coherence", false, false);
    expect_valence(opened.study, "Coherence > Challenges", true, false);
    assert_true(opened.study->has_valence);
    fixture_close(&opened);
    opened = open_codes(CODE("C1", "Coherence"));
    assert_false(opened.study->has_valence);
    fixture_close(&opened);
}

/* What the study declares holds alone: other codes are not guessed beside it. */
static void valence_that_is_declared_holds_alone(void **state)
{
    (void)state;
    struct fixture opened =
        open_study(PARENT("C1", "What hinders", CODE("C2", "Time")) CODE("C3", "What helps")
                       CODE("C4", "Barriers"),
                   "<valence barrier=\"What hinders\" facilitator=\"What helps\"/>");
    assert_string_equal(opened.text, "");
    expect_valence(opened.study, "What hinders", true, false);
    expect_valence(opened.study, "What hinders > Time", true, false);
    expect_valence(opened.study, "What helps", false, true);
    expect_valence(opened.study, "Barriers", false, false);
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_guid_is_known_whatever_the_name),
        FIXTURE_TEST(the_path_of_the_codebook_is_known),
        FIXTURE_TEST(names_are_known_in_their_spellings),
        FIXTURE_TEST(every_other_name_is_known),
        FIXTURE_TEST(what_is_below_a_matched_code_belongs_to_it),
        FIXTURE_TEST(folders_above_decide_nothing),
        FIXTURE_TEST(a_name_that_contradicts_the_code_above_is_only_suggested),
        FIXTURE_TEST(near_misses_are_suggested_and_not_believed),
        FIXTURE_TEST(check_lists_what_is_unmatched),
        FIXTURE_TEST(a_code_mapped_twice_is_a_fault),
        FIXTURE_TEST(a_map_wins_over_all),
        FIXTURE_TEST(a_map_to_none_ends_the_question),
        FIXTURE_TEST(valence_is_known_by_its_names),
        FIXTURE_TEST(valence_that_is_declared_holds_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
