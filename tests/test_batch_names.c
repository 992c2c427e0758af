/* test_batch_names.c - batches where they could do harm: hostile names of sites, places that are taken, folders that
 * cannot be written, studies with next to nothing in them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batch_run.h"

#include <sys/resource.h>
#include <sys/wait.h>

static const char *const three[] = {"North", "South", "East End"};

/* ---- names ----------------------------------------------------------------------------------- */

static size_t count_files(const char *folder, const char *end)
{
    size_t count = 0;
    struct dirent **entries;
    const int all = scandir(folder, &entries, batch_not_a_link, alphasort);
    assert_true(all >= 0);
    for (int i = 0; i < all; i++) {
        const char *name = entries[i]->d_name;
        const size_t length = strlen(name), size = strlen(end);
        if (length >= size && strcmp(name + length - size, end) == 0) {
            count++;
            assert_true(length <= 80);
            assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-."), length);
            assert_int_not_equal(name[0], '-');
            assert_int_not_equal(name[0], '.');
        }
        free(entries[i]);
    }
    free(entries);
    return count;
}

/* The site is the title of its report: which file is whose can be seen in it. */
static void expect_title(const char *folder, const char *title)
{
    struct dirent **entries;
    const int all = scandir(folder, &entries, batch_not_a_link, alphasort);
    npt__buffer heading = {0};
    size_t found = 0;
    npt__buffer_print(&heading, "# %s\n", title);
    for (int i = 0; i < all; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (strstr(path, ".md")) {
            npt__buffer page = fixture_read(path);
            found += strncmp(npt__buffer_string(&page), heading.bytes, heading.length) == 0;
            npt__buffer_release(&page);
        }
        free(entries[i]);
    }
    free(entries);
    if (found != 1)
        fail_msg("%zu reports on '%s'", found, title);
    npt__buffer_release(&heading);
}

static void every_site_has_a_legal_file_of_its_own(void **state)
{
    (void)state;
    char longest[301], longer[302], dots[301];
    memset(longest, 'L', 300);
    longest[300] = '\0';
    memset(longer, 'L', 301);
    longer[301] = '\0';
    memset(dots, '.', 300);
    dots[300] = '\0';
    const char *const names[] = {"index",    "all",      "manifest",
                                 "../x",     "a/b",      "a-b",
                                 "\xC3\x84", "\xC3\xA4", "\xE4\xB8\xAD\xE6\x96\x87",
                                 "north",    "NORTH",    longest,
                                 longer,     dots,       "index-2",
                                 "all-2",    "nul",      "disclosure.csv",
                                 "/etc",     "~root",    "$(id)",
                                 "a\\b",     "A",        "site-3",
                                 "-rf",      "=1+1"};
    const size_t count = sizeof names / sizeof *names;
    struct batch_world world = batch_open(names, count, 12);
    assert_int_equal(npt_reports_site_count(world.reports), count);
    assert_int_equal(mkdir("deep", 0777) || mkdir("deep/er", 0777), 0);
    npt__buffer before = {0}, after = {0};
    struct npt_batch_options options = batch_options("deep/er/out");
    const npt_report_format *markdown = npt_report_format_find("md");
    options.formats = &markdown;
    options.format_count = 1;
    assert_int_equal(batch_expect(&world, &options, NPT_OK).written, count + 1);
    assert_int_equal(count_files("deep/er/out", ".md"), count + 1);
    /* Names that Markdown need not escape. */
    static const char *const plain[] = {"index", "all",   "manifest", "../x",
                                        "a/b",   "north", "NORTH"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        expect_title("deep/er/out", plain[i]);
    /* Nothing is outside of it, and a second run takes each for what it is. */
    batch_list(&before, ".", true);
    options.resume = true;
    assert_int_equal(batch_expect(&world, &options, NPT_OK).unchanged, count + 1);
    batch_list(&after, ".", true);
    assert_int_equal(batch_count_new(npt__buffer_string(&before), npt__buffer_string(&after)), 4);
    assert_int_equal(count_files("deep/er", ".md") + count_files("deep", ".md"), 0);
    npt__buffer_release(&before);
    npt__buffer_release(&after);
    batch_close(&world);
}

/* What a recipe's file is called stands in names of files, in the manifest and in links. */
static void recipes_with_odd_names_are_resumed_too(void **state)
{
    (void)state;
    npt__buffer csv = batch_csv(three, 3, 30);
    static const char *const names[] = {"=a, b#\"c\".xml", "\xE4\xB8\xAD.xml", NULL};
    fixture_write_text(names[0], BATCH_SITE);
    fixture_write_text(names[1], BATCH_ALL);
    struct batch_world world =
        batch_open_with(open_survey(BATCH_STUDY, "w.csv", npt__buffer_string(&csv)), names);
    struct npt_batch_options options = batch_options("out");
    batch_expect(&world, &options, NPT_OK);
    assert_int_equal(count_files("out", ".html"), 5); /* four and the index */
    options.resume = true;
    assert_int_equal(batch_expect(&world, &options, NPT_OK).unchanged, 8);
    npt__buffer_release(&csv);
    batch_close(&world);
}

/* ---- failures -------------------------------------------------------------------------------- */

static void a_failing_report_stops_the_batch_or_not(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    batch_whole(&world, "whole", false);
    assert_int_equal(mkdir("out", 0777) || mkdir("out/all.html", 0777), 0);
    struct npt_batch_options options = batch_options("out");
    options.jobs = 1;
    struct npt_batch_result result = batch_expect(&world, &options, NPT_CANNOT_WRITE);
    assert_int_equal(result.failed, 1);
    assert_int_equal(result.written, 0);
    assert_false(batch_is_there("out", "north.html"));
    fixture_expect_in(npt_diags_text(world.diags, false), "the report all failed: ");
    options.keep_going = true;
    result = batch_expect(&world, &options, NPT_FAULTS);
    assert_int_equal(result.failed, 1);
    assert_int_equal(result.written, 6);
    npt__buffer index = fixture_read("out/index.html");
    assert_null(strstr(npt__buffer_string(&index), "all.html"));
    fixture_expect_in(npt__buffer_string(&index), "north.html");
    npt__buffer_release(&index);
    assert_int_equal(rmdir("out/all.html"), 0);
    options.resume = true;
    result = batch_expect(&world, &options, NPT_OK);
    assert_int_equal(result.written, 2);
    batch_expect_same("whole", "out");
    batch_close(&world);
}

static void a_file_in_place_of_the_folder_is_told(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    fixture_write_text("out", "x");
    struct npt_batch_options options = batch_options("out");
    batch_expect(&world, &options, NPT_CANNOT_WRITE);
    fixture_expect_in(npt_diags_text(world.diags, false), "out: error: cannot make this folder");
    options.folder = "none/out";
    batch_expect(&world, &options, NPT_CANNOT_WRITE);
    batch_close(&world);
}

/* A disk that is full, as a limit on the size of files in a process of its own. */
static void nothing_half_written_is_left_where_there_is_no_room(void **state)
{
    (void)state;
    if (getenv("VALGRIND")) /* to which what the child leaves to the system at its end is lost */
        skip();
    struct batch_world world = batch_open(three, 3, 30);
    const pid_t child = fork();
    if (child == 0) {
        const struct rlimit limit = {4096, 4096};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        struct npt_batch_options options = batch_options("out");
        const npt_report_format *html = npt_report_format_find("html");
        options.formats = &html;
        options.format_count = 1;
        options.keep_going = true;
        struct npt_batch_result result;
        const enum npt_status status = npt_batch_run(world.reports, &options, &result, world.diags);
        _exit(status == NPT_OK || result.written || result.failed != 4);
    }
    int ended;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), 0);
    assert_int_equal(count_files("out", ".html"), 0);
    assert_int_equal(count_files("out", ".part"), 0);
    batch_close(&world);
}

static void no_file_of_the_study_is_replaced(void **state)
{
    (void)state;
    static const char *const sheets[] = {"manifest.csv", "disclosure.csv", "north.html",
                                         "manifest-1-of-2.csv"};
    for (size_t i = 0; i < 4; i++) {
        char study[2048];
        snprintf(study, sizeof study,
                 STUDY("<survey file=\"%s\" instrument=\"q.xml\" agree=\"5\"><column name=\"site\" "
                       "as=\"site\"/>" ITEM_COLUMNS "</survey>"),
                 sheets[i]);
        npt__buffer csv = batch_csv(three, 3, 30);
        struct batch_world world =
            batch_open_with(open_survey(study, sheets[i], npt__buffer_string(&csv)), batch_both);
        struct npt_batch_options options = batch_options(".");
        const bool part = i == 3;
        options.shard = part ? 1 : 0;
        options.shards = part ? 2 : 0;
        batch_expect(&world, &options, NPT_USAGE);
        fixture_expect_in(npt_diags_text(world.diags, false), "is a file of the study");
        assert_false(batch_is_there(".", "south.html"));
        if (part) { /* nor is it removed with the manifests of parts */
            options = batch_options(".");
            options.force = true; /* the other sheets lie here, too */
            batch_expect(&world, &options, NPT_OK);
        }
        npt__buffer left = fixture_read(sheets[i]);
        assert_string_equal(npt__buffer_string(&left), npt__buffer_string(&csv));
        npt__buffer_release(&left);
        npt__buffer_release(&csv);
        batch_close(&world);
    }
}

/* ---- studies with little in them --------------------------------------------------------------- */

#define TEXT_ONLY(readers) \
    "<report xmlns=\"urn:nptkit:report:1\" title=\"T\"" readers "><section title=\"S\">" \
    "<text>x</text></section></report>"

static void a_study_without_sites_has_one_report(void **state)
{
    (void)state;
    static const char *const recipes[] = {"whole.xml", "each.xml", NULL};
    fixture_write_text("whole.xml", TEXT_ONLY(""));
    fixture_write_text("each.xml", TEXT_ONLY(" for=\"site\""));
    struct batch_world world = batch_open_with(
        open_survey(STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">" ITEM_COLUMNS
                          "</survey>"),
                    "w.csv", "a1,a2,b1,g\n1,2,3,4\n"),
        recipes);
    const struct npt_batch_options options = batch_options("out");
    assert_int_equal(npt_reports_site_count(world.reports), 0);
    assert_null(npt_reports_site(world.reports, 0));
    assert_int_equal(batch_expect(&world, &options, NPT_OK).written, 2);
    fixture_expect_in(npt_diags_text(world.diags, false),
                      "warning: the study has no sites: there is no report by the recipe each.xml");
    assert_true(batch_is_there("out", "index.html"));
    batch_close(&world);
}

/* Nobody answered: what a study is before it begins. */
static void a_study_without_answers_has_reports_that_say_so(void **state)
{
    (void)state;
    struct batch_world world = batch_open_with(
        open_survey(STUDY("<site id=\"n\" name=\"North\"/>"
                          "<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">"
                          "<column name=\"site\" as=\"site\"/>" ITEM_COLUMNS "</survey>"),
                    "w.csv", "site,a1,a2,b1,g\nNorth,,,,\n"),
        batch_both);
    const struct npt_batch_options options = batch_options("out");
    assert_int_equal(batch_expect(&world, &options, NPT_OK).reports, 2);
    assert_true(batch_is_there("out", "north.html"));
    batch_close(&world);
}

static void a_study_with_one_site_has_two(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 1, 30);
    const struct npt_batch_options options = batch_options("out");
    assert_int_equal(batch_expect(&world, &options, NPT_OK).reports, 2);
    assert_true(batch_is_there("out", "north.html"));
    batch_close(&world);
}

/* 56 sites of 3 people, too few to show anything of them, and four of 30. */
static void many_sites_of_few_people_have_reports_that_say_so(void **state)
{
    (void)state;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "site,a1,a2,b1,g\n");
    for (unsigned i = 0; i < 56 * 3 + 4 * 30; i++)
        npt__buffer_print(&csv, "S%u,%u,%u,%u,%u\n", i < 168 ? i / 3 : 56 + (i - 168) / 30,
                          1 + i % 2, 1 + i / 2 % 2, 5 - i % 2, i % 2);
    struct batch_world world =
        batch_open_with(open_survey(BATCH_STUDY, "w.csv", npt__buffer_string(&csv)), batch_both);
    struct npt_batch_options options = batch_options("out");
    const npt_report_format *markdown = npt_report_format_find("md");
    options.formats = &markdown;
    options.format_count = 1;
    const struct npt_batch_result result = batch_expect(&world, &options, NPT_OK);
    assert_int_equal(result.written, 61);
    assert_int_equal(count_files("out", ".md"), 61);
    npt__buffer small = fixture_read("out/s7.md"), large = fixture_read("out/s59.md");
    fixture_expect_in(npt__buffer_string(&small), "| Alpha | S7 | withheld |");
    fixture_expect_in(npt__buffer_string(&large), "| Alpha | S59 | 30 |");
    npt__buffer_release(&small);
    npt__buffer_release(&large);
    npt__buffer_release(&csv);
    batch_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(every_site_has_a_legal_file_of_its_own),
        FIXTURE_TEST(recipes_with_odd_names_are_resumed_too),
        FIXTURE_TEST(a_failing_report_stops_the_batch_or_not),
        FIXTURE_TEST(a_file_in_place_of_the_folder_is_told),
        FIXTURE_TEST(nothing_half_written_is_left_where_there_is_no_room),
        FIXTURE_TEST(no_file_of_the_study_is_replaced),
        FIXTURE_TEST(a_study_without_sites_has_one_report),
        FIXTURE_TEST(a_study_without_answers_has_reports_that_say_so),
        FIXTURE_TEST(a_study_with_one_site_has_two),
        FIXTURE_TEST(many_sites_of_few_people_have_reports_that_say_so),
    };
    const int failed = cmocka_run_group_tests_name("names of batches", tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
