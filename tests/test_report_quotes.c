/* test_report_quotes.c - released quotes in reports: in every format as words, and never more than the report may tell.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "released_study.h"

#include <nptkit/report.h>

#include <zip.h>

#define ALL_SITES(inside) \
    "<report xmlns=\"urn:nptkit:report:1\" title=\"R\"><section title=\"S\">" inside \
    "</section></report>"
#define ONE_SITE(inside) \
    "<report xmlns=\"urn:nptkit:report:1\" title=\"R\" for=\"site\"><section title=\"S\">" inside \
    "</section></report>"

/* Three are needed: six nurses are told, the other three share a label that is not. */
static const struct interviewed dozen[] = {
    {"P1", "North", "nurse", "a"}, {"P2", "North", "nurse", "a"},
    {"P3", "North", "nurse", "a"}, {"P4", "North", "manager", "a"},
    {"P5", "South", "nurse", "a"}, {"P6", "South", "nurse", "a"},
    {"P7", "South", "nurse", "a"}, {"P8", "South", "manager", "a"},
    {"P9", "South", "chief", "a"}};

static struct fixture open_dozen(const char *quotes, const char *csv)
{
    write_interviews(dozen, sizeof dozen / sizeof *dozen);
    struct fixture opened = open_released(
        "<site id=\"North\"/><site id=\"South\"/><disclosure min-n=\"3\"/>\n", quotes, csv);
    assert_string_equal(opened.text, "");
    return opened;
}

/* The report as this format, the parts of a package one after the other; release it. */
static npt__buffer make(const npt_study *study, const char *recipe_xml, const char *site,
                        const char *format, enum npt_status wanted, const char *message)
{
    npt__buffer text = {0};
    npt_diags *diags = npt_diags_new();
    npt_recipe *recipe = NULL;
    npt_reports *reports = NULL;
    npt_report *report = NULL;
    const npt_report_format *as = npt_report_format_find(format);
    const struct npt_report_options options = {.site = site, .formats = &as, .format_count = 1};
    fixture_write_text("r.xml", recipe_xml);
    enum npt_status status = npt_recipe_open(&recipe, "r.xml", diags);
    if (status == NPT_OK)
        status = npt_reports_new(&reports, (const npt_recipe *const *)&recipe, 1, study, diags);
    if (status == NPT_OK)
        status = npt_report_make(&report, reports, 0, &options, diags);
    if (status == NPT_OK && strcmp(format, "csv") == 0) {
        assert_int_equal(npt_report_save(report, as, ".", diags), NPT_OK);
        char path[64];
        snprintf(path, sizeof path, "%s-csv/sentences.csv", npt_report_name(report));
        text = fixture_read(path);
    } else if (status == NPT_OK) {
        npt_output *output = npt_output_memory(diags);
        size_t length;
        assert_int_equal(npt_report_write(output, report, as, diags), NPT_OK);
        const char *bytes = npt_output_bytes(output, &length);
        npt__buffer_add(&text, bytes, length);
        npt_output_discard(output);
    }
    if (strstr(npt_diags_text(diags, false), message) == NULL)
        fail_msg("%s", npt_diags_text(diags, false));
    assert_int_equal(status, wanted);
    npt_report_free(report);
    npt_reports_free(reports);
    npt_recipe_free(recipe);
    npt_diags_free(diags);
    return text;
}

static void expect(const npt_study *study, const char *recipe, const char *site, const char *part,
                   const char *never)
{
    npt__buffer text = make(study, recipe, site, "md", NPT_OK, "");
    if (*part)
        fixture_expect_in(text.bytes, part);
    if (*never && strstr(text.bytes, never))
        fail_msg("'%s' stands in %s", never, text.bytes);
    npt__buffer_release(&text);
}

/* ---- what is shown --------------------------------------------------------------------------- */

static const char quotes_of_dozen[] = "case,construct,quote\n"
                                      "P5,Coherence,in the south\n"
                                      "P1,Coherence,zeal\n"
                                      "P4,Coherence,my plan\n"
                                      "P4,Collective action,we work\n";

static void a_construct_is_a_heading_and_a_quote_tells_whose_it_may(void **state)
{
    (void)state;
    struct fixture opened = open_dozen(QUOTES_BY_ROLE, quotes_of_dozen);
    expect(opened.study, ALL_SITES("<quotes max=\"3\"/>"), NULL,
           "### Coherence\n\n"
           "> my plan\n>\n> \xE2\x80\x94 a participant\n\n"
           "> zeal\n>\n> \xE2\x80\x94 nurse\n\n"
           "### Collective action\n\n"
           "> we work\n>\n> \xE2\x80\x94 a participant\n\n"
           "### How these quotes were chosen\n\n",
           "south"); /* it names a site */
    fixture_close(&opened);
}

static void a_recipe_chooses_the_construct_and_how_many(void **state)
{
    (void)state;
    struct fixture opened = open_dozen(QUOTES_BY_ROLE, quotes_of_dozen);
    expect(opened.study, ALL_SITES("<quotes construct=\"sense-making\" max=\"1\"/>"), NULL,
           "### Coherence\n\n> zeal\n", "my plan");
    expect(opened.study, ALL_SITES("<quotes construct=\"Coherence\" max=\"1\"/>"), NULL,
           "### How these quotes were chosen", "we work");
    npt__buffer text = make(opened.study,
                            ALL_SITES("<quotes construct=\"Coherence\" max=\"1\"/>"
                                      "<quotes construct=\"Collective action\"/>"),
                            NULL, "md", NPT_OK, "");
    const char *how = strstr(text.bytes, "### How these quotes were chosen");
    assert_non_null(how);
    fixture_expect_in(how, "> we work");
    assert_null(strstr(how + 1, "### How these quotes")); /* it is told once */
    npt__buffer_release(&text);
    npt__buffer none = make(opened.study, ALL_SITES("<quotes construct=\"Coherance\"/>"), NULL,
                            "md", NPT_BAD_INPUT, "hint: did you mean 'Coherence'");
    npt__buffer_release(&none);
    fixture_close(&opened);
}

/* Nurses: three in each site. Managers and the chief: one in the north, two in the south. */
static void the_report_on_a_site_shows_its_own_words_only(void **state)
{
    (void)state;
    struct fixture opened = open_dozen(QUOTES_BY_ROLE, quotes_of_dozen);
    expect(opened.study, ONE_SITE("<quotes/>"), "North", "> zeal\n>\n> \xE2\x80\x94 nurse\n",
           "my plan");
    expect(opened.study, ONE_SITE("<quotes/>"), "North", "", "we work");
    expect(opened.study, ONE_SITE("<quotes/>"), "South", "", "zeal");
    fixture_close(&opened);
}

static void why_nothing_is_quoted_is_told(void **state)
{
    (void)state;
    struct fixture opened = open_dozen("", quotes_of_dozen);
    expect(opened.study, ALL_SITES("<quotes/>"), NULL,
           "no passage of this study is marked as released", ">");
    fixture_close(&opened);
    opened = open_dozen(QUOTES, "case,construct,quote\n");
    expect(opened.study, ALL_SITES("<quotes/>"), NULL,
           "no passage of this study is marked as released", ">");
    fixture_close(&opened);
    opened = open_dozen(QUOTES_BY_ROLE, "case,construct,quote\nP1,Coherence,here in South\n");
    expect(opened.study, ALL_SITES("<quotes construct=\"Collective action\"/>"), NULL,
           "no passage on Collective action is marked as released", ">");
    expect(opened.study, ALL_SITES("<quotes/>"), NULL, "none can be shown in this one", "South");
    fixture_close(&opened);
}

/* The report on all sites shows a manager's words. Were South's report to tell that something of its own is held back, or
   that nothing is, whoever has it would know whether they are from there. */
static void a_site_without_quotes_is_told_the_same_as_one_whose_quotes_are_held_back(void **state)
{
    (void)state;
    npt__buffer texts[2];
    static const char *const csvs[] = {"case,construct,quote\nP4,Coherence,my plan\n",
                                       "case,construct,quote\nP8,Coherence,my plan\n"};
    for (size_t i = 0; i < 2; i++) {
        struct fixture opened = open_dozen(QUOTES_BY_ROLE, csvs[i]);
        expect(opened.study, ALL_SITES("<quotes/>"), NULL, "> my plan", "");
        texts[i] = make(opened.study, ONE_SITE("<quotes/>"), "South", "md", NPT_OK, "");
        fixture_close(&opened);
    }
    assert_string_equal(texts[0].bytes, texts[1].bytes);
    fixture_expect_in(texts[0].bytes, "none can be shown in this one");
    npt__buffer_release(&texts[0]);
    npt__buffer_release(&texts[1]);
}

static void shipped_recipes_have_a_place_for_them(void **state)
{
    (void)state;
    static const char *const names[] = {"site", "site-comparison"};
    for (size_t n = 0; n < 2; n++) {
        npt_recipe *recipe = NULL;
        npt_diags *diags = npt_diags_new();
        assert_int_equal(npt_recipe_open(&recipe, names[n], diags), NPT_OK);
        npt_table *table = npt_recipe_table(recipe);
        bool found = false;
        for (size_t i = 0; i < npt_table_row_count(table); i++)
            found |= strncmp(npt_table_row(table, i)[2].text, "quotes", 6) == 0;
        assert_true(found);
        npt_table_free(table);
        npt_recipe_free(recipe);
        npt_diags_free(diags);
    }
}

/* ---- formats --------------------------------------------------------------------------------- */

#define HOSTILE \
    "=1+1 <script>alert('x')</script> \"so\" & \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D [**\xE6\x97\xA5\xE6\x9C\xAC**]"

/* The texts of the parts of a package. */
static npt__buffer unpack(const npt__buffer *package)
{
    npt__buffer texts = {0};
    zip_source_t *source = zip_source_buffer_create(package->bytes, package->length, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
    assert_non_null(zip);
    for (zip_uint64_t i = 0; i < (zip_uint64_t)zip_get_num_entries(zip, 0); i++) {
        zip_stat_t status;
        assert_int_equal(zip_stat_index(zip, i, 0, &status), 0);
        zip_file_t *member = zip_fopen_index(zip, i, 0);
        assert_true(npt__buffer_reserve(&texts, status.size));
        assert_int_equal(zip_fread(member, texts.bytes + texts.length, status.size), status.size);
        texts.length += status.size;
        texts.bytes[texts.length] = '\0';
        zip_fclose(member);
    }
    zip_discard(zip);
    return texts;
}

static void hostile_words_are_words_in_every_format(void **state)
{
    (void)state;
    static const struct {
        const char *format, *quote, *whose;
    } formats[] = {
        {"html", "<blockquote>\n<p>=1+1 &lt;script&gt;alert(",
         "<footer>nurse</footer>\n</blockquote>"},
        {"md", "> \\=1+1 &lt;script&gt;", "\xE2\x80\x94 nurse"},
        {"json",
         "{\"kind\": \"quote\", \"text\": \"=1+1 <script>alert('x')<\\/script> \\\"so\\\" & ",
         "\"whose\": \"nurse\""},
        {"csv", ",quote,\"'=1+1 <script>alert('x')</script> \"\"so\"\" & ", "\xE2\x80\x94 nurse\""},
        {"docx", "&lt;script&gt;alert(", ">nurse<"},
        {"xlsx", "&lt;script&gt;alert(", "nurse"}};
    struct fixture opened =
        open_dozen(QUOTES_BY_ROLE, "case,construct,quote\n"
                                   "P1,Coherence,\"=1+1 <script>alert('x')</script> "
                                   "\"\"so\"\" & \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D "
                                   "[**\xE6\x97\xA5\xE6\x9C\xAC**]\"\n");
    assert_string_equal(opened.study->released.items.items[0].text, HOSTILE);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        npt__buffer text =
            make(opened.study, ALL_SITES("<quotes/>"), NULL, formats[i].format, NPT_OK, "");
        if (text.length > 2 && strncmp(text.bytes, "PK", 2) == 0) {
            npt__buffer parts = unpack(&text);
            npt__buffer_release(&text);
            text = parts;
            if (strstr(text.bytes, "<script"))
                fail_msg("%s: a script", formats[i].format);
        }
        fixture_expect_in(text.bytes, formats[i].quote);
        fixture_expect_in(text.bytes, formats[i].whose);
        fixture_expect_in(text.bytes, "\xE6\x97\xA5\xE6\x9C\xAC");
        npt__buffer_release(&text);
    }
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_construct_is_a_heading_and_a_quote_tells_whose_it_may),
        FIXTURE_TEST(a_recipe_chooses_the_construct_and_how_many),
        FIXTURE_TEST(the_report_on_a_site_shows_its_own_words_only),
        FIXTURE_TEST(why_nothing_is_quoted_is_told),
        FIXTURE_TEST(a_site_without_quotes_is_told_the_same_as_one_whose_quotes_are_held_back),
        cmocka_unit_test(shipped_recipes_have_a_place_for_them),
        FIXTURE_TEST(hostile_words_are_words_in_every_format),
    };
    return cmocka_run_group_tests_name("quotes in reports", tests, NULL, NULL);
}
