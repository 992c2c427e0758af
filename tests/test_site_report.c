/* test_site_report.c - what goes to one site names no other: in no format, and nowhere in the file.
 *
 * Seven sites with names that stand in no text of nptkit, with a survey in two waves and interviews. Searched are all
 * bytes of a file, the parts of packages too; bitmaps are not read. One file of the study has another site's name.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/tables/table.h"
#include "batch_run.h"
#include "report_texts.h"

#include <ctype.h>
#include <strings.h>

#define SITES 7u
#define PEOPLE 22u
#define CASES 5u

static const char *const names[SITES] = {"Quarrybank",     "Eastmoor", "\303\226dland", "A",
                                         "St Mary's & Co", "Site 1",   "Site 11"};
/* By what each would be known in whatever way its signs are written; in small letters. NULL: a word of every text. */
static const char *const marks[SITES] = {"quarrybank", "eastmoor", "dland",  NULL,
                                         "mary",       "site 1",   "site 11"};

/* ---- the study ------------------------------------------------------------------------------- */

static void write_wave(const char *file, unsigned wave)
{
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "site,a1,a2,b1,g\n");
    for (unsigned i = 0; i < SITES * PEOPLE; i++) {
        const unsigned site = i / PEOPLE;
        npt__buffer_print(&csv, "\"%s\",%u,%u,%u,%u\n", names[site],
                          1 + (site % 3 + wave) % 4 + i % 2, 1 + (i + site) % 5, 1 + i * 7 % 5,
                          i * 3 % 11);
    }
    fixture_write(file, csv.bytes, csv.length);
    npt__buffer_release(&csv);
}

static void write_interviews(void)
{
    npt__buffer cases = {0}, sources = {0};
    for (unsigned i = 0; i < SITES * CASES; i++) {
        npt__buffer site = {0};
        for (const char *at = names[i / CASES]; *at; at++)
            if (*at == '&')
                npt__buffer_puts(&site, "&amp;");
            else
                npt__buffer_putc(&site, *at);
        npt__buffer_print(
            &cases,
            "<Case guid=\"00000000-0000-4000-8000-0000000001%02X\" name=\"%s nurse %u\">" VALUE(
                "E1", "Text",
                "%s") "<SourceRef "
                      "targetGUID=\"00000000-0000-4000-8000-0000000000%02X\"/></Case>",
            i + 16, npt__buffer_string(&site), i, npt__buffer_string(&site), i + 16);
        npt__buffer_print(
            &sources,
            "<TextSource guid=\"00000000-0000-4000-8000-0000000000%02X\" name=\"%s %u\">"
            "<PlainTextContent>0123456789012345678901234567890123456789</PlainTextContent>%s%s"
            "</TextSource>",
            i + 16, npt__buffer_string(&site), i,
            SELECTION(0, 10, "A1", CODING("C1", "A1")) SELECTION(5, 8, "A1", CODING("B2", "A1")),
            i % 3 ? SELECTION(12, 20, "A1", CODING("C2", "A1"))
                        SELECTION(12, 20, "A1", CODING("B1", "A1"))
                  : "");
        npt__buffer_release(&site);
    }
    fixture_write_text("tiny.qdc", "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>" CODE(
                                       "C1", "Alpha") CODE("C2", "Beta") "</Codes></CodeBook>");
    fixture_qde("p.qde", &(struct fixture_project){.users = USER("A1", "Ann"),
                                                   .codes = CODE("C1", "Alpha") CODE("C2", "Beta")
                                                       CODE("B1", "Against") CODE("B2", "For"),
                                                   .variables = VARIABLE("E1", "Site", "Text"),
                                                   .cases = npt__buffer_string(&cases),
                                                   .sources = npt__buffer_string(&sources)});
    npt__buffer_release(&cases);
    npt__buffer_release(&sources);
}

static struct fixture open_both(void)
{
    npt__buffer study = {0};
    npt__buffer_puts(&study,
                     "<study xmlns=\"urn:nptkit:study:1\" title=\"Eastmoor and its kin\">\n");
    for (unsigned i = 0; i < SITES; i++)
        npt__buffer_print(&study, "<site id=\"s%u\" name=\"%s\"/>\n", i,
                          i == 4 ? "St Mary's &amp; Co" : names[i]);
    npt__buffer_puts(&study,
                     "<coding file=\"p.qde\" codebook=\"tiny.qdc\"><attribute name=\"Site\" "
                     "as=\"site\"/><valence barrier=\"Against\" facilitator=\"For\"/></coding>\n");
    for (unsigned wave = 1; wave <= 2; wave++) {
        npt__buffer_print(&study,
                          "<survey file=\"%s\" instrument=\"q.xml\" agree=\"5\" wave=\"%u\">"
                          "<column name=\"site\" as=\"site\"/>" ITEM_COLUMNS "</survey>\n",
                          wave == 1 ? "EASTMOOR_and_the_rest.csv" : "w2.csv", wave);
        for (unsigned i = 0; i < SITES; i++)
            npt__buffer_print(&study, "<invited n=\"%u\" site=\"s%u\" wave=\"%u\"/>\n", 30 + 10 * i,
                              i, wave);
    }
    npt__buffer_puts(&study, "<disclosure min-n=\"3\" min-cell=\"1\"/>\n</study>\n");
    write_questionnaire();
    write_interviews();
    write_wave("EASTMOOR_and_the_rest.csv", 1);
    write_wave("w2.csv", 2);
    fixture_write("study.xml", study.bytes, study.length);
    npt__buffer_release(&study);
    return fixture_open("study.xml");
}

/* ---- looking --------------------------------------------------------------------------------- */

static bool is_word(char byte)
{
    return isalnum((unsigned char)byte);
}

/* In whatever case. Site 11 is no mention of Site 1. */
static const char *find_mark(const char *text, const char *mark)
{
    const size_t length = strlen(mark);
    for (const char *at = text; *at; at++)
        if (strncasecmp(at, mark, length) == 0 && !is_word(at[length]) &&
            (at == text || !is_word(at[-1])))
            return at;
    return NULL;
}

static void expect_unnamed(npt__buffer *texts, size_t own, const char *format)
{
    for (size_t i = 0; i < texts->length; i++)
        if (!texts->bytes[i])
            texts->bytes[i] = ' ';
    for (size_t i = 0; i < SITES; i++) {
        const char *at =
            i != own && marks[i] ? find_mark(npt__buffer_string(texts), marks[i]) : NULL;
        if (at)
            fail_msg("%s of %s names %s: ...%.80s[here]%.80s...", format, names[own], names[i],
                     at - texts->bytes > 80 ? at - 80 : texts->bytes, at);
    }
}

static size_t list_formats(const npt_report_format *formats[16])
{
    size_t count = 0;
    const npt_report_format *format;
    for (size_t i = 0; (format = npt_report_format_at(i)) != NULL; i++)
        if (strcmp(npt_report_format_name(format), "pdf") != 0) /* it is the Word file, drawn */
            formats[count++] = format;
    return count;
}

static npt_report *make(struct batch_world *world, size_t site,
                        const npt_report_format *const *formats, size_t count)
{
    npt_report *report;
    const struct npt_report_options options = {
        .site = names[site], .formats = formats, .format_count = count};
    const enum npt_status status =
        npt_report_make(&report, world->reports, 0, &options, world->diags);
    assert_string_equal(npt_diags_text(world->diags, false), "");
    assert_int_equal(status, NPT_OK);
    return report;
}

static npt__buffer write_texts(struct batch_world *world, const npt_report *report,
                               const npt_report_format *format)
{
    size_t length;
    npt_output *output = npt_output_memory(world->diags);
    assert_int_equal(npt_report_write(output, report, format, world->diags), NPT_OK);
    const char *bytes = npt_output_bytes(output, &length);
    npt__buffer texts = report_texts(bytes, length);
    npt_output_discard(output);
    return texts;
}

static void a_report_on_one_site_names_no_other_in_any_format(void **state)
{
    (void)state;
    static const char *const recipes[] = {"site", NULL};
    struct batch_world world = batch_open_with(open_both(), recipes);
    const npt_report_format *formats[16];
    const size_t count = list_formats(formats), sites = getenv("VALGRIND") ? 1 : SITES;
    assert_true(count >= 6);
    for (size_t i = 0; i < sites; i++) {
        npt_report *report = make(&world, i, formats, count);
        for (size_t j = 0; j < count; j++) {
            const char *format = npt_report_format_name(formats[j]);
            npt__buffer texts = write_texts(&world, report, formats[j]);
            expect_unnamed(&texts, i, format);
            if (i != 4) /* whose sign is written in many ways */
                assert_non_null(strstr(npt__buffer_string(&texts), names[i]));
            npt__buffer_release(&texts);
        }
        npt_report_free(report);
    }
    batch_close(&world);
}

/* A is a word of many texts: it is looked for as the whole of a cell, and as the whole of a label in a picture. */
static void a_name_that_is_a_word_is_no_cell_and_no_label(void **state)
{
    (void)state;
    static const char *const recipes[] = {"site", NULL};
    struct batch_world world = batch_open_with(open_both(), recipes);
    const npt_report_format *formats[16];
    const size_t count = list_formats(formats);
    npt_report *report = make(&world, 0, formats, count);
    static const char *const cells[] = {"\"A\"", "| A |", ">A<", "\nA,", ",A,"};
    for (size_t j = 0; j < count; j++) {
        npt__buffer texts = write_texts(&world, report, formats[j]);
        for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
            assert_null(strstr(npt__buffer_string(&texts), cells[i]));
        npt__buffer_release(&texts);
    }
    npt_report_free(report);
    batch_close(&world);
}

#define SHOWN(others) \
    "<report xmlns=\"urn:nptkit:report:1\" title=\"{site}\" for=\"site\" " others ">" \
    "<section title=\"S\"><analysis name=\"score\"><option name=\"by\" value=\"site\"/>" \
    "<table sites=\"all\"/></analysis><methods/></section></report>"

/* The witness: they would be there. */
static void others_are_named_where_the_recipe_says_so(void **state)
{
    (void)state;
    static const char *const recipes[] = {"mine.xml", NULL};
    for (int named = 0; named < 2; named++) {
        fixture_write_text("mine.xml", named ? SHOWN("others=\"named\"") : SHOWN(""));
        struct batch_world world = batch_open_with(open_both(), recipes);
        const npt_report_format *markdown = npt_report_format_find("md");
        npt_report *report = make(&world, 0, &markdown, 1);
        npt__buffer texts = write_texts(&world, report, markdown);
        const char *text = npt__buffer_string(&texts);
        for (size_t i = 1; i < SITES; i++)
            if (marks[i])
                assert_true((find_mark(text, marks[i]) != NULL) == (named == 1));
        assert_true((strstr(text, "| another site |") != NULL) == (named == 0));
        assert_true((strstr(text, "EASTMOOR\\_and\\_the\\_rest.csv, SHA-256 ") != NULL) ==
                    (named == 1));
        assert_true((strstr(text, "named after another site, SHA-256 ") != NULL) == (named == 0));
        npt__buffer_release(&texts);
        npt_report_free(report);
        batch_close(&world);
    }
}

/* Numbers are names of sites in many files: a wave that is called 2 is no mention of site 2. */
static void names_that_are_numbers_hide_no_waves_and_no_constructs(void **state)
{
    (void)state;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "site,wave,a1,a2,b1,g\n");
    for (unsigned i = 0; i < 240; i++)
        npt__buffer_print(&csv, "%s,%u,%u,%u,%u,%u\n",
                          i % 3 == 0   ? "1"
                          : i % 3 == 1 ? "2"
                                       : "Beta",
                          1 + i / 120, 1 + i % 5, 1 + i * 3 % 5, 1 + i * 7 % 5, i % 11);
    static const char *const recipes[] = {"trend.xml", NULL};
    fixture_write_text("trend.xml",
                       "<report xmlns=\"urn:nptkit:report:1\" title=\"{site}\" for=\"site\">"
                       "<section title=\"S\"><analysis name=\"trend\">"
                       "<table columns=\"mean_from, mean_to\"/></analysis></section></report>");
    struct batch_world world = batch_open_with(
        open_survey(
            STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\"><column "
                  "name=\"site\" as=\"site\"/><column name=\"wave\" as=\"wave\"/>" ITEM_COLUMNS
                  "</survey>"),
            "w.csv", npt__buffer_string(&csv)),
        recipes);
    const npt_report_format *markdown = npt_report_format_find("md");
    const struct npt_report_options options = {
        .site = "1", .formats = &markdown, .format_count = 1};
    npt_report *report;
    assert_int_equal(npt_report_make(&report, world.reports, 0, &options, world.diags), NPT_OK);
    npt__buffer texts = write_texts(&world, report, markdown);
    fixture_expect_in(npt__buffer_string(&texts), "| Alpha | 1 | 1 | 2 |");
    fixture_expect_in(npt__buffer_string(&texts), "| Beta | 1 | 1 | 2 |");
    assert_null(strstr(npt__buffer_string(&texts), "another site"));
    npt_report_free(report);
    npt__buffer_release(&texts);
    npt__buffer_release(&csv);
    batch_close(&world);
}

/* One name can be the beginning of another; files are told by name at the end of a report. */
static void names_within_names_are_told_apart(void **state)
{
    (void)state;
    static const char *const sites[] = {"Site 1", "Site 1 North", "Site 1 North Wing"};
    static const struct {
        const char *file;
        bool shown;
    } files[] = {{"site 1.csv", false},
                 {"Site 1 North.csv", true},
                 {"Site 1 North Wing.csv", false},
                 {"Site 1 north, site 1.csv", false},
                 {"Site 12.csv", true}};
    static const char *const recipes[] = {"site.xml", NULL};
    const npt_report_format *markdown = npt_report_format_find("md");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char study[2048], line[128];
        npt__buffer csv = batch_csv(sites, 3, 30);
        snprintf(study, sizeof study,
                 STUDY("<survey file=\"%s\" instrument=\"q.xml\" agree=\"5\"><column name=\"site\" "
                       "as=\"site\"/>" ITEM_COLUMNS "</survey>"),
                 files[i].file);
        struct batch_world world =
            batch_open_with(open_survey(study, files[i].file, npt__buffer_string(&csv)), recipes);
        const struct npt_report_options options = {
            .site = "Site 1 North", .formats = &markdown, .format_count = 1};
        npt_report *report;
        assert_int_equal(npt_report_make(&report, world.reports, 0, &options, world.diags), NPT_OK);
        npt__buffer texts = write_texts(&world, report, markdown);
        snprintf(line, sizeof line, "- %s, SHA-256",
                 files[i].shown ? files[i].file : "A file that is named after another site");
        fixture_expect_in(npt__buffer_string(&texts), line);
        npt__buffer_release(&texts);
        npt__buffer_release(&csv);
        npt_report_free(report);
        batch_close(&world);
    }
}

/* In a picture by site and role, "Ward" is the site and not the role of that name in others. */
static void a_role_called_as_the_site_names_no_other_site(void **state)
{
    (void)state;
    static const char *const sites[] = {"Clinic", "Northgate", "Ward"}, *const roles[] = {"Nurse",
                                                                                          "Ward"};
    npt_table *table = npt__table_new("score", "Scores");
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "site", "Site");
    npt__table_dimension(table, "role", "Role");
    npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    for (size_t i = 0; i < 6; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text("Coherence");
        row[1] = npt__text(sites[i / 2]);
        row[2] = npt__text(roles[i % 2]);
        row[3] = npt__count(20);
        row[4] = npt__number(3 + (double)i / 10);
    }
    npt_diags *diags = npt_diags_new();
    npt_output *words = npt_output_memory(diags);
    const struct npt_plot_options options = {.own = "Ward", .others_unnamed = true};
    assert_int_equal(npt_plot_describe(words, npt_plot_find("heat"), table, &options, diags),
                     NPT_OK);
    const char *text = npt_output_bytes(words, NULL);
    fixture_expect_in(text, "Ward, Nurse");
    assert_null(strstr(text, "Clinic"));
    assert_null(strstr(text, "Northgate"));
    npt_output_discard(words);
    npt_diags_free(diags);
    npt_table_free(table);
}

/* More questions on another scale than a sentence names. */
static void many_rows_on_another_scale_are_told_in_few_words(void **state)
{
    (void)state;
    npt__buffer form = {0}, study = {0}, csv = {0};
    npt__buffer_puts(
        &form, "<instrument xmlns=\"urn:nptkit:instrument:1\" id=\"w\" title=\"Wide\">"
               "<scale id=\"five\" least=\"1\" most=\"5\"><point value=\"5\">Yes</point></scale>"
               "<scale id=\"ten\" least=\"0\" most=\"10\"><point value=\"10\">Yes</point></scale>"
               "<construct id=\"a\" name=\"First\"><item id=\"a\" number=\"a\" scale=\"five\">A"
               "</item></construct>");
    npt__buffer_puts(&study, "<study xmlns=\"urn:nptkit:study:1\"><survey file=\"w.csv\" "
                             "instrument=\"wide.xml\"><column name=\"site\" as=\"site\"/>"
                             "<column name=\"a\" item=\"a\"/>");
    npt__buffer_puts(&csv, "site,a");
    for (unsigned i = 0; i < 75; i++) {
        npt__buffer_print(&form,
                          "<construct id=\"c%u\" name=\"Other %u\"><item id=\"b%u\" number=\"b%u\" "
                          "scale=\"ten\">B</item></construct>",
                          i, i, i, i);
        npt__buffer_print(&study, "<column name=\"b%u\" item=\"b%u\"/>", i, i);
        npt__buffer_print(&csv, ",b%u", i);
    }
    npt__buffer_puts(&form, "</instrument>");
    npt__buffer_puts(&study, "</survey></study>");
    for (unsigned row = 0; row < 60; row++) {
        npt__buffer_print(&csv, "\n%s,%u", row % 2 ? "North" : "South", 1 + row % 5);
        for (unsigned i = 0; i < 75; i++)
            npt__buffer_print(&csv, ",%u", (row + i) % 11);
    }
    npt__buffer_putc(&csv, '\n');
    fixture_write("wide.xml", form.bytes, form.length);
    static const char *const recipes[] = {"site.xml", NULL};
    struct batch_world world = batch_open_with(
        open_survey(npt__buffer_string(&study), "w.csv", npt__buffer_string(&csv)), recipes);
    const npt_report_format *markdown = npt_report_format_find("md");
    const struct npt_report_options options = {
        .site = "North", .formats = &markdown, .format_count = 1};
    npt_report *report;
    assert_int_equal(npt_report_make(&report, world.reports, 0, &options, world.diags), NPT_OK);
    npt__buffer texts = write_texts(&world, report, markdown);
    fixture_expect_in(npt__buffer_string(&texts), "Scales: 1 to 5; Other 0, ");
    fixture_expect_in(npt__buffer_string(&texts), " more 0 to 10.");
    npt_report_free(report);
    npt__buffer_release(&texts);
    npt__buffer_release(&form);
    npt__buffer_release(&study);
    npt__buffer_release(&csv);
    batch_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_report_on_one_site_names_no_other_in_any_format),
        FIXTURE_TEST(a_name_that_is_a_word_is_no_cell_and_no_label),
        FIXTURE_TEST(others_are_named_where_the_recipe_says_so),
        FIXTURE_TEST(names_that_are_numbers_hide_no_waves_and_no_constructs),
        FIXTURE_TEST(names_within_names_are_told_apart),
        FIXTURE_TEST(a_role_called_as_the_site_names_no_other_site),
        FIXTURE_TEST(many_rows_on_another_scale_are_told_in_few_words),
    };
    const int failed = cmocka_run_group_tests_name("reports on one site", tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
