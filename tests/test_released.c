/* test_released.c - released quotes: what is read of them, what of them is shown where, and that nobody can be singled out
 * by what is shown beside them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "released_study.h"

#include <stdlib.h>

/* ---- reading --------------------------------------------------------------------------------- */

static const struct interviewed three[] = {
    {"P1", "North", "nurse", "We know why we do it, we do."},
    {"P2", "North", "nurse", "It is clear to me, mostly."},
    {"P3", "South", "manager", "Nobody told us what it is."}};

static struct fixture open_three(const char *csv)
{
    write_interviews(three, 3);
    return open_released("<disclosure min-n=\"2\"/>\n", QUOTES_BY_ROLE, csv);
}

static void expect_messages(const char *csv, const char *messages)
{
    struct fixture opened = open_three(csv);
    assert_string_equal(opened.text, messages);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_close(&opened);
}

static void a_row_is_a_quote_in_whatever_order_of_columns(void **state)
{
    (void)state;
    struct fixture opened = open_three("\xEF\xBB\xBFQuote;approved by;Construct; CASE \r\n"
                                       "\"It is   clear\r\n to me\";HL;sense making;p2\r\n"
                                       "\" Nobody told us \";HL;COLLECTIVE ACTION;P3\r\n");
    assert_string_equal(opened.text, "");
    const struct npt__released *released = &opened.study->released;
    assert_int_equal(released->items.count, 2);
    const struct npt__released_quote *first = &released->items.items[0];
    assert_string_equal(first->text, "It is clear to me");
    assert_string_equal(opened.study->codebook->constructs[first->construct].code.name,
                        "Coherence");
    assert_string_equal(opened.study->cases.items[first->case_index].name, "P2");
    assert_int_equal(first->line, 2);
    assert_string_equal(released->items.items[1].text, "Nobody told us");
    assert_int_equal(released->items.items[1].line, 4);
    assert_string_equal(opened.study->attributes.items[released->by].name, "Role");
    fixture_close(&opened);
}

static void a_construct_is_named_as_the_program_shows_it(void **state)
{
    (void)state;
    write_interviews(three, 3);
    fixture_write_text("released.csv", "case,construct,quote\n"
                                       "P1,Coherence > Differentiation,a\n"
                                       "P1,Differentiation,b\n"
                                       "P1,Mechanisms > Coherence > Differentiation,c\n");
    fixture_write_text("study.xml", "<study xmlns=\"urn:nptkit:study:1\"><coding file=\"a.qde\" "
                                    "codebook=\"npt\"/>" QUOTES "</study>");
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(
            opened.study->codebook->constructs[opened.study->released.items.items[i].construct]
                .code.name,
            "Differentiation");
    fixture_close(&opened);
}

static void the_file_is_one_of_those_that_the_study_rests_on(void **state)
{
    (void)state;
    struct fixture opened = open_three("case,construct,quote\nP1,Coherence,We know why\n");
    bool found = false;
    for (size_t i = 0; i < opened.study->inputs.count; i++)
        found |= strcmp(opened.study->inputs.items[i].path, "released.csv") == 0 &&
                 strlen(opened.study->inputs.items[i].digest) == 64;
    assert_true(found);
    assert_true(npt_study_reads(opened.study, "released.csv"));
    fixture_close(&opened);
    opened = fixture_open_with("study.xml", &(struct npt_study_options){.skip = NPT_RESPONSES});
    assert_int_equal(opened.status, NPT_OK);
    fixture_close(&opened);
}

static void faults_stand_at_their_places_and_quote_nobody(void **state)
{
    (void)state;
    expect_messages(
        "case,construct,quote\n"
        "P9999,Coherence,SECRET\n"
        "P1,Coherance,SECRET\n"
        "P1,Coherence, \n"
        "\"P1\",Coherence,SECRET one\n"
        "P1, sense-making ,secret  ONE\n"
        ",Coherence,SECRET\n"
        "P1,,SECRET\n"
        "P1,Coherence,SECRET,more\n",
        "released.csv:2:1: error: no case is called 'P9999'\n"
        "  hint: write the name of a case of the study; nptkit quotes shows them\n"
        "released.csv:3:4: error: 'Coherance' is no construct of the codebook 'npt-core'\n"
        "  hint: did you mean 'Coherence'\n"
        "released.csv:4:14: error: the quote is empty\n"
        "  hint: write the words to print, or take the row out\n"
        "released.csv:6:1: error: the row repeats line 5\n"
        "  hint: a quote of a case on a construct has one row\n"
        "released.csv:7:1: error: the case is empty\n"
        "  hint: each quote is of one case of the study: name it\n"
        "released.csv:8:4: error: the construct is empty\n"
        "  hint: see: nptkit codebook show npt-core\n"
        "released.csv:9:1: error: the row has 4 fields, the header has 3\n"
        "  hint: a field that holds the delimiter or a quote must stand in quotes\n");
}

static void a_missing_column_is_told_with_what_was_meant(void **state)
{
    (void)state;
    expect_messages("case,constuct,SECRET words\n",
                    "released.csv:1:1: error: has no column 'construct'\n"
                    "  hint: did you mean the column 'constuct'\n"
                    "released.csv:1:1: error: has no column 'quote'\n"
                    "  hint: the first row names the columns: case, construct, quote\n");
    expect_messages("case,case,construct,quote\n",
                    "released.csv:1:6: error: two columns are called 'case'\n");
    expect_messages("\n \n", "released.csv: error: has no header row\n");
}

static void a_quote_of_more_than_2000_characters_is_refused(void **state)
{
    (void)state;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "case,construct,quote\nP1,Coherence,");
    for (size_t i = 0; i < 2000; i++)
        npt__buffer_puts(&csv, "\xC3\xA9"); /* two bytes each */
    npt__buffer_puts(&csv, "\n");
    struct fixture opened = open_three(csv.bytes);
    assert_int_equal(opened.status, NPT_OK);
    fixture_close(&opened);
    csv.length--;
    npt__buffer_puts(&csv, "x\n");
    expect_messages(csv.bytes,
                    "released.csv:2:14: error: the quote has 2001 characters, more than 2000\n"
                    "  hint: cut it, with ... where something is left out: the longer, the easier "
                    "it is to recognise\n");
    npt__buffer_release(&csv);
}

static void more_quotes_than_anybody_reads_are_refused(void **state)
{
    (void)state;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "case,construct,quote\n");
    for (unsigned i = 0; i < 10000; i++)
        npt__buffer_print(&csv, "P1,Coherence,%u\n", i);
    struct fixture opened = open_three(csv.bytes);
    assert_int_equal(opened.status, NPT_OK);
    assert_int_equal(opened.study->released.items.count, 10000);
    fixture_close(&opened);
    npt__buffer_puts(&csv, "P1,Coherence,x\nP1,Coherence,y\n");
    expect_messages(csv.bytes, "released.csv:10002:1: error: more than 10000 quotes\n"
                               "  hint: release those that reports are to show\n");
    npt__buffer_release(&csv);
}

static void what_may_be_told_of_people_is_an_attribute_and_never_the_site(void **state)
{
    (void)state;
    static const struct {
        const char *quotes, *message;
    } faults[] = {
        {"<quotes file=\"released.csv\" by=\"rolle\"/>",
         "no case or source has the attribute 'rolle'"},
        {"<quotes file=\"released.csv\" by=\"Site\"/>", "'by' is 'Site', which is never told"},
        {"<quotes file=\"gone.csv\"/>", "there is no file 'gone.csv'"}};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        write_interviews(three, 3);
        struct fixture opened =
            open_released("", faults[i].quotes, "case,construct,quote\nP1,Coherence,We know\n");
        assert_int_equal(opened.status, NPT_BAD_INPUT);
        fixture_expect_in(opened.text, faults[i].message);
        fixture_close(&opened);
    }
}

/* Another name of the site attribute is the site all the same. */
static void the_site_is_told_under_no_other_name(void **state)
{
    (void)state;
    write_interviews(three, 3);
    fixture_write_text("released.csv", "case,construct,quote\nP1,Coherence,We know\n");
    fixture_write_text(
        "study.xml",
        "<study xmlns=\"urn:nptkit:study:1\"><coding file=\"a.qde\" codebook=\"npt-core\">"
        "<attribute name=\"Role\" as=\"site\"/></coding>"
        "<quotes file=\"released.csv\" by=\"Role\"/></study>");
    fixture_expect_fault("study.xml", "'Role' is the site, which is never told with a quote");
}

/* ---- whether it was said --------------------------------------------------------------------- */

static void expect_findings(const char *csv, const char *const *parts, const char *never)
{
    struct fixture opened = open_three(csv);
    assert_int_equal(opened.status, NPT_OK);
    npt_table *tables[20];
    npt_diags *diags = npt_diags_new();
    const size_t count = npt_study_check(opened.study, tables, 20, diags);
    const char *text = npt_diags_text(diags, false);
    for (size_t i = 0; parts[i]; i++)
        fixture_expect_in(text, parts[i]);
    if (strstr(text, never))
        fail_msg("told: %s", text);
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    npt_diags_free(diags);
    fixture_close(&opened);
}

static void words_that_were_said_so_are_found(void **state)
{
    (void)state;
    expect_findings("case,construct,quote\n"
                 "P1,Coherence,\"we know ... we do it, we do\"\n"
                 "P1,Coherence,We know \xE2\x80\xA6 we do\n"
                 "P2,Coherence,It is [plain] to me ...\n"
                 "P3,Coherence,[They] told us what it is\n",
                 OPTIONS("quotes released for reports: 4"), "not found");
}

static void words_that_were_not_said_so_are_told_without_them(void **state)
{
    (void)state;
    expect_findings(
        "case,construct,quote\n"
        "P1,Coherence,We know why we did it\n"
        "P1,Coherence,It is clear to me\n"
        "P1,Collective action,We know why\n"
        "P1,Coherence,We kno\n"
        "P2,Coherence,clear ... not a bit\n",
        OPTIONS(
            "released.csv:2: warning: the quote of 'P1' on 'Coherence' is not found in what was coded so",
            "released.csv:3: warning", "released.csv:4: warning", "released.csv:5: warning",
            "released.csv:6: warning: the quote of 'P2' on"),
        "know");
}

static void what_could_tell_who_it_is_is_told_by_its_kind(void **state)
{
    (void)state;
    expect_findings("case,construct,quote\n"
                 "P1,Coherence,We know [a@b.example]\n"
                 "P1,Coherence,we do [in NORTH]\n"
                 "P1,Coherence,why we do it [says p1]\n"
                 "P3,Coherence,Nobody told us [24/12/1980]\n",
                 OPTIONS("released.csv:2: warning: the quote seems to hold an e-mail address",
                         "released.csv:3: warning: the quote holds the name of a site",
                         "released.csv:4: warning: the quote holds the name",
                         "released.csv:5: warning: the quote seems to hold a date of birth"),
                 "1980");
}

/* ---- what is shown --------------------------------------------------------------------------- */

static const struct interviewed dozen[] = {
    {"P1", "North", "nurse", "a"},  {"P2", "North", "nurse", "a"},
    {"P3", "North", "nurse", "a"},  {"P4", "North", "manager", "a"},
    {"P5", "South", "nurse", "a"},  {"P6", "South", "nurse", "a"},
    {"P7", "South", "nurse", "a"},  {"P8", "South", "chief", "a"},
    {"P9", "South", "manager", "a"}};

/* Three are needed. Six nurses, two managers and a chief: the last three share a label that is not told. */
static struct fixture open_dozen(const char *quotes, const char *csv)
{
    write_interviews(dozen, sizeof dozen / sizeof *dozen);
    struct fixture opened = open_released("<disclosure min-n=\"3\"/>\n", quotes, csv);
    assert_string_equal(opened.text, "");
    return opened;
}

static const char quotes_of_dozen[] = "case,construct,quote\n"
                                      "P1,Collective action,we work\n"
                                      "P4,Coherence,my plan\n"
                                      "P1,Coherence,zeal\n"
                                      "P1,Coherence,all of it\n"
                                      "P5,Coherence,other\n";

static void a_value_that_many_share_is_told(void **state)
{
    (void)state;
    struct fixture opened = open_dozen(QUOTES_BY_ROLE, quotes_of_dozen);
    expect_rows(opened.study, "quotes", OPTIONS("released", ""),
                "construct,role,quote\n"
                "Coherence,nurse,all of it\n"
                "Coherence,a participant,my plan\n"
                "Coherence,nurse,other\n"
                "Coherence,nurse,zeal\n"
                "Collective action,nurse,we work\n");
    expect_rows(opened.study, "quotes", OPTIONS("released", "", "site", "North"),
                "construct,role,quote\n"
                "Coherence,nurse,all of it\n"
                "Coherence,nurse,zeal\n"
                "Collective action,nurse,we work\n");
    expect_rows(opened.study, "quotes", OPTIONS("released", "", "site", "south"),
                "construct,role,quote\nCoherence,nurse,other\n");
    fixture_close(&opened);
}

static void every_case_has_a_quote_before_one_has_two(void **state)
{
    (void)state;
    struct fixture opened = open_dozen(QUOTES_BY_ROLE, quotes_of_dozen);
    expect_rows(opened.study, "quotes", OPTIONS("released", "", "max", "2"),
                "construct,role,quote\n"
                "Coherence,a participant,my plan\n"
                "Coherence,nurse,zeal\n"
                "Collective action,nurse,we work\n");
    expect_rows(opened.study, "quotes",
                OPTIONS("released", "", "max", "3", "construct", "sense making"),
                "construct,role,quote\n"
                "Coherence,a participant,my plan\n"
                "Coherence,nurse,other\n"
                "Coherence,nurse,zeal\n");
    fixture_close(&opened);
}

static void without_an_attribute_only_the_words_are_shown(void **state)
{
    (void)state;
    struct fixture opened = open_dozen(QUOTES, quotes_of_dozen);
    expect_rows(opened.study, "quotes", OPTIONS("released", "", "site", "North"),
                "construct,quote\n"
                "Coherence,all of it\nCoherence,my plan\nCoherence,zeal\n"
                "Collective action,we work\n");
    fixture_close(&opened);
}

static void released_quotes_pass_protection_and_others_do_not(void **state)
{
    (void)state;
    struct fixture opened = open_dozen(QUOTES_BY_ROLE, quotes_of_dozen);
    for (int released = 0; released < 2; released++) {
        npt_table *table =
            run_analysis(opened.study, "quotes", released ? OPTIONS("released", "") : NO_OPTIONS);
        npt_table *made;
        npt_table_free(npt_protect(&made, (const npt_table *const *)&table, 1, NULL, NULL));
        const size_t last = npt_table_column_count(made) - 1;
        assert_int_equal(npt_table_row_count(made) > 0, released);
        if (released)
            assert_string_equal(npt_table_row(made, 0)[last].text, "all of it");
        npt_table_free(made);
        npt_table_free(table);
    }
    fixture_close(&opened);
}

static void a_study_of_too_few_shows_nothing(void **state)
{
    (void)state;
    write_interviews(three, 3);
    struct fixture opened =
        open_released("", QUOTES, "case,construct,quote\nP1,Coherence,We know\n");
    expect_rows(opened.study, "quotes", OPTIONS("released", ""), "construct,quote\n");
    fixture_close(&opened);
}

static void what_names_a_site_or_its_own_case_is_shown_nowhere(void **state)
{
    (void)state;
    struct fixture opened = open_dozen(QUOTES, "case,construct,quote\n"
                                               "P1,Coherence,\"here, in north.\"\n"
                                               "P1,Coherence,I am P1\n"
                                               "P1,Coherence,the P1 talk\n"
                                               "P2,Coherence,northern and southward\n");
    expect_rows(opened.study, "quotes", OPTIONS("released", ""),
                "construct,quote\nCoherence,northern and southward\n");
    expect_rows(opened.study, "quotes", OPTIONS("released", "", "site", "North"),
                "construct,quote\nCoherence,northern and southward\n");
    fixture_close(&opened);
}

static void options_of_segments_do_not_go_with_released_quotes(void **state)
{
    (void)state;
    struct fixture opened = open_dozen(QUOTES, quotes_of_dozen);
    expect_usage(opened.study, "quotes", OPTIONS("released", "", "coder", "Ann"),
                 "error: --coder does not go with --released\n"
                 "  hint: released quotes are chosen by --construct, --site and --max\n");
    expect_usage(opened.study, "quotes", OPTIONS("released", "", "site", "West"),
                 "error: --site: no case is of a site 'West'\n"
                 "  hint: see: nptkit cases --by site\n");
    expect_usage(
        opened.study, "quotes", OPTIONS("released", "", "construct", "Coherance"),
        "error: --construct: 'Coherance' is no construct of the codebook 'npt-core'\n"
        "  hint: did you mean 'Coherence'\n");
    fixture_close(&opened);
}

static void no_texts_are_needed(void **state)
{
    (void)state;
    write_interviews(dozen, 9);
    fixture_write_text("released.csv", quotes_of_dozen);
    write_study("<disclosure min-n=\"3\"/>\n", QUOTES);
    struct fixture opened =
        fixture_open_with("study.xml", &(struct npt_study_options){.threads = 1});
    assert_false(opened.study->has_positions);
    npt_options *options = make_options(OPTIONS("released", ""));
    assert_false(npt_analysis_needs_positions(npt_analysis_find("quotes"), options));
    npt_options_free(options);
    npt_table *table = run_analysis(opened.study, "quotes", OPTIONS("released", ""));
    assert_int_equal(npt_table_row_count(table), 5);
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- nobody is singled out ------------------------------------------------------------------- */

#define MOST_CASES 40
#define MOST_SITES 4

static uint32_t seed;

static uint32_t draw(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* What everybody can see of a case's quote: with which label in which report. */
struct seen {
    bool at_all, at_site[MOST_SITES];
    char label[24], label_at_site[MOST_SITES][24];
};

static void look(const npt_study *study, const char *site, size_t number, bool by_role,
                 struct seen *seen)
{
    npt_table *table = run_analysis(
        study, "quotes", site ? OPTIONS("released", "", "site", site) : OPTIONS("released", ""));
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *row = npt_table_row(table, i);
        struct seen *one = &seen[atoi(row[by_role ? 2 : 1].text + 1)]; /* "w17" */
        char *label = site ? one->label_at_site[number] : one->label;
        *(site ? &one->at_site[number] : &one->at_all) = true;
        snprintf(label, 24, "%s", by_role ? row[1].text : "-");
    }
    npt_table_free(table);
}

/* What a report tells of a quote must hold for as many cases as are needed, whatever else is known of these. */
static void expect_rule(const struct interviewed *list, size_t count, const struct seen *seen,
                        const char *const *sites, size_t min_n)
{
    for (size_t i = 0; i < count; i++) {
        size_t alike = 0, role = 0, role_at_site = 0, site = 0;
        for (size_t j = 0; j < count; j++) {
            const bool same_role = strcmp(list[i].role, list[j].role) == 0;
            const bool same_site = strcmp(list[i].site, list[j].site) == 0;
            alike += memcmp(&seen[i], &seen[j], sizeof *seen) == 0;
            role += same_role;
            site += same_site;
            role_at_site += same_role && same_site;
        }
        bool shown = seen[i].at_all;
        if (strcmp(seen[i].label, list[i].role) == 0 && seen[i].at_all)
            assert_true(role >= min_n);
        for (size_t s = 0; s < MOST_SITES; s++) {
            if (!seen[i].at_site[s])
                continue;
            shown = true;
            assert_string_equal(sites[s], list[i].site);
            assert_true(site >= min_n);
            if (strcmp(seen[i].label_at_site[s], list[i].role) == 0)
                assert_true(role_at_site >= min_n);
        }
        if (shown && alike < min_n)
            fail_msg("case %zu of %zu (%s, %s): %zu are alike, %zu are needed", i, count,
                     list[i].site, list[i].role, alike, min_n);
    }
}

static void whoever_has_all_reports_finds_enough_cases_of_whom_a_quote_can_be(void **state)
{
    (void)state;
    static const char *const sites[] = {"North", "South", "East", "West"};
    static const char *const roles[] = {"nurse", "manager", "chief", "clerk", ""};
    const unsigned rounds = getenv("VALGRIND") ? 5 : 400;
    size_t shown_at_sites = 0, told = 0;
    for (seed = 1; seed <= rounds; seed++) {
        const uint32_t round = seed;
        struct interviewed list[MOST_CASES];
        struct seen seen[MOST_CASES] = {{0}};
        char names[MOST_CASES][8], more[64];
        const size_t count = 1 + draw(MOST_CASES), min_n = 1 + draw(6);
        const uint32_t site_count = 1 + draw(MOST_SITES), role_count = 1 + draw(5);
        const bool by_role = draw(5) > 0;
        npt__buffer csv = {0};
        npt__buffer_puts(&csv, "case,construct,quote\n");
        for (size_t i = 0; i < count; i++) {
            snprintf(names[i], sizeof names[i], "C%zu", i);
            const uint32_t site = draw(site_count), role = draw(role_count);
            list[i] =
                (struct interviewed){names[i], draw(12) ? sites[site < draw(4) ? 0 : site] : "",
                                     roles[role < draw(4) ? 0 : role], "a"};
            npt__buffer_print(&csv, "C%zu,Coherence,w%zu\n", i, i);
        }
        write_interviews(list, count);
        snprintf(more, sizeof more, "<disclosure min-n=\"%zu\"/>\n", min_n);
        struct fixture opened = open_released(more, by_role ? QUOTES_BY_ROLE : QUOTES, csv.bytes);
        const bool has_roles = by_role && strstr(opened.text, "has the attribute 'role'") == NULL;
        if (opened.status == NPT_OK) {
            look(opened.study, NULL, 0, has_roles, seen);
            for (size_t s = 0; s < MOST_SITES; s++)
                for (size_t i = 0; i < count; i++)
                    if (strcmp(list[i].site, sites[s]) == 0) {
                        look(opened.study, sites[s], s, has_roles, seen);
                        break;
                    }
            expect_rule(list, count, seen, sites, min_n);
        }
        for (size_t i = 0; i < count; i++) {
            told += seen[i].at_all && strcmp(seen[i].label, list[i].role) == 0;
            for (size_t s = 0; s < MOST_SITES; s++)
                shown_at_sites += seen[i].at_site[s];
        }
        fixture_close(&opened);
        npt__buffer_release(&csv);
        seed = round;
    }
    assert_true(shown_at_sites > rounds &&
                told > rounds); /* the rule is not kept by showing nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_row_is_a_quote_in_whatever_order_of_columns),
        FIXTURE_TEST(a_construct_is_named_as_the_program_shows_it),
        FIXTURE_TEST(the_file_is_one_of_those_that_the_study_rests_on),
        FIXTURE_TEST(faults_stand_at_their_places_and_quote_nobody),
        FIXTURE_TEST(a_missing_column_is_told_with_what_was_meant),
        FIXTURE_TEST(a_quote_of_more_than_2000_characters_is_refused),
        FIXTURE_TEST(more_quotes_than_anybody_reads_are_refused),
        FIXTURE_TEST(what_may_be_told_of_people_is_an_attribute_and_never_the_site),
        FIXTURE_TEST(the_site_is_told_under_no_other_name),
        FIXTURE_TEST(words_that_were_said_so_are_found),
        FIXTURE_TEST(words_that_were_not_said_so_are_told_without_them),
        FIXTURE_TEST(what_could_tell_who_it_is_is_told_by_its_kind),
        FIXTURE_TEST(a_value_that_many_share_is_told),
        FIXTURE_TEST(every_case_has_a_quote_before_one_has_two),
        FIXTURE_TEST(without_an_attribute_only_the_words_are_shown),
        FIXTURE_TEST(released_quotes_pass_protection_and_others_do_not),
        FIXTURE_TEST(a_study_of_too_few_shows_nothing),
        FIXTURE_TEST(what_names_a_site_or_its_own_case_is_shown_nowhere),
        FIXTURE_TEST(options_of_segments_do_not_go_with_released_quotes),
        FIXTURE_TEST(no_texts_are_needed),
        FIXTURE_TEST(whoever_has_all_reports_finds_enough_cases_of_whom_a_quote_can_be),
    };
    return cmocka_run_group_tests_name("released quotes", tests, NULL, NULL);
}
