/* test_batch.c - batches of reports: the same folder whatever the way to it, and resumption that redoes what it must.
 *
 * What a folder should be is never written down here: it is what one undisturbed run gives.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batch_run.h"

static const char *const three[] = {"North", "South", "East End"};

/* ---- the plan -------------------------------------------------------------------------------- */

static void every_planned_file_appears(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    const struct npt_batch_options options = batch_options("out");
    const struct npt_batch_result result = batch_expect(&world, &options, NPT_OK);
    static const char *const files[] = {"all.html",      "north.html",    "south.html",
                                        "east-end.html", "index.html",    "manifest.csv",
                                        "all-csv",       "north-csv",     "south-csv/contents.csv",
                                        "east-end-csv",  "disclosure.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_true(batch_is_there("out", files[i]));
    assert_int_equal(result.reports, 4);
    assert_int_equal(result.files, 8);
    assert_int_equal(result.written, 8);
    assert_int_equal(result.unchanged + result.failed, 0);
    assert_false(result.stopped);
    npt__buffer index = fixture_read("out/index.html"), manifest = fixture_read("out/manifest.csv");
    for (size_t i = 0; i < 4; i++) {
        fixture_expect_in(npt__buffer_string(&index), files[i]);
        fixture_expect_in(npt__buffer_string(&manifest), files[i]);
    }
    fixture_expect_in(npt__buffer_string(&manifest), ",site.xml,East End\n");
    npt__buffer_release(&index);
    npt__buffer_release(&manifest);
    batch_close(&world);
}

/* A cell that two recipes share is one cell. */
static void cells_that_reports_share_are_counted_once(void **state)
{
    (void)state;
    npt__buffer csv = batch_csv(three, 3, 30);
    struct fixture opened = open_survey(BATCH_STUDY, "w.csv", npt__buffer_string(&csv));
    static const char *const one[] = {"all.xml", NULL};
    struct batch_world world = batch_open_with(opened, one);
    struct npt_batch_options options = batch_options("one");
    const size_t cells = batch_expect(&world, &options, NPT_OK).cells;
    opened = world.opened;
    world.opened = (struct fixture){.diags = NULL};
    npt_reports_free(world.reports);
    npt_recipe_free(world.recipes[0]);
    npt_diags_free(world.diags);
    world = batch_open_with(opened, batch_both);
    options.folder = "two";
    assert_int_equal(batch_expect(&world, &options, NPT_OK).cells, cells);
    assert_true(cells > 0);
    npt__buffer_release(&csv);
    batch_close(&world);
}

static void any_number_of_jobs_gives_the_same_bytes(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    static const unsigned jobs[] = {1, 2, 5, 1000};
    static const char *const folders[] = {"j1", "j2", "j5", "j1000"};
    for (size_t i = 0; i < 4; i++) {
        struct npt_batch_options options = batch_options(folders[i]);
        options.jobs = jobs[i];
        batch_expect(&world, &options, NPT_OK);
        batch_expect_same(folders[0], folders[i]);
    }
    batch_close(&world);
}

static void parts_and_a_last_run_over_all_give_the_same_folder(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    batch_whole(&world, "whole", false);
    for (unsigned shards = 3; shards <= 7; shards += 4) {
        const char *folder = shards == 3 ? "parts3" : "parts7";
        struct npt_batch_options options = batch_options(folder);
        size_t files = 0;
        for (options.shard = shards, options.shards = shards; options.shard; options.shard--) {
            const struct npt_batch_result result = batch_expect(&world, &options, NPT_OK);
            assert_int_equal(result.files, result.written);
            files += result.files;
        }
        assert_int_equal(files, 8);
        assert_true(
            batch_is_there(folder, shards == 3 ? "manifest-2-of-3.csv" : "manifest-2-of-7.csv"));
        assert_false(batch_is_there(folder, "index.html"));
        options = batch_options(folder);
        options.resume = true;
        const struct npt_batch_result last = batch_expect(&world, &options, NPT_OK);
        assert_int_equal(last.written, 0);
        assert_int_equal(last.unchanged, 8);
        batch_expect_same("whole", folder);
    }
    batch_close(&world);
}

static void a_part_that_is_none_is_refused(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    static const unsigned parts[][2] = {{0, 3}, {4, 3}};
    for (size_t i = 0; i < 2; i++) {
        struct npt_batch_options options = batch_options("out");
        options.shard = parts[i][0];
        options.shards = parts[i][1];
        batch_expect(&world, &options, NPT_USAGE);
    }
    assert_false(batch_is_there(".", "out"));
    batch_close(&world);
}

static void a_dry_run_writes_nothing(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    npt__buffer before = {0}, after = {0};
    batch_list(&before, ".", true);
    struct npt_batch_options options = batch_options("out");
    options.dry_run = true;
    const struct npt_batch_result result = batch_expect(&world, &options, NPT_OK);
    assert_int_equal(result.reports, 4);
    assert_int_equal(result.written, 0);
    batch_list(&after, ".", true);
    assert_string_equal(npt__buffer_string(&before), npt__buffer_string(&after));
    assert_false(batch_is_there(".", "out"));
    npt__buffer_release(&before);
    npt__buffer_release(&after);
    batch_close(&world);
}

/* ---- resumption ------------------------------------------------------------------------------ */

/* For a folder of which no manifest tells. */
static bool force;

/* Resumes, expects so many files to be written and the folder to be as "whole", and all others to be left alone. */
static void expect_resumed(struct batch_world *world, size_t written, size_t touched)
{
    npt__buffer before = {0}, after = {0};
    batch_list(&before, "out", true);
    struct npt_batch_options options = batch_options("out");
    options.resume = true;
    options.force = force;
    const struct npt_batch_result result = batch_expect(world, &options, NPT_OK);
    batch_list(&after, "out", true);
    assert_int_equal(result.written, written);
    assert_int_equal(result.unchanged, 8 - written);
    batch_expect_same("whole", "out");
    /* Four are written in any case: index.html, manifest.csv, disclosure.csv and the mark. */
    const size_t fresh = batch_count_new(npt__buffer_string(&before), npt__buffer_string(&after));
    assert_int_equal(fresh, touched + 4);
    npt__buffer_release(&before);
    npt__buffer_release(&after);
}

/* A report has one file as HTML, and three as CSV: its table, contents and sentences. */
#define FILES_OF_A_REPORT 4u

static void resumption_writes_nothing_that_is_there(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    batch_whole(&world, "whole", false);
    batch_whole(&world, "out", false);
    expect_resumed(&world, 0, 0);
    expect_resumed(&world, 0, 0);
    batch_close(&world);
}

static void what_was_removed_cut_or_changed_is_written_again(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    batch_whole(&world, "whole", false);
    batch_whole(&world, "out", false);
    assert_int_equal(unlink("out/north.html"), 0);
    expect_resumed(&world, 2, FILES_OF_A_REPORT);
    assert_int_equal(truncate("out/south.html", 100), 0);
    expect_resumed(&world, 2, FILES_OF_A_REPORT);
    assert_int_equal(truncate("out/all.html", 0), 0);
    expect_resumed(&world, 2, FILES_OF_A_REPORT);
    npt__buffer page = fixture_read("out/east-end.html");
    *strchr(npt__buffer_string(&page), '>') = ' ';
    fixture_write("out/east-end.html", page.bytes, page.length);
    npt__buffer_release(&page);
    expect_resumed(&world, 2, FILES_OF_A_REPORT);
    assert_int_equal(unlink("out/north-csv/sentences.csv"), 0);
    expect_resumed(&world, 2, FILES_OF_A_REPORT);
    assert_int_equal(unlink("out/north.html") || unlink("out/all.html"), 0);
    expect_resumed(&world, 4, 2 * FILES_OF_A_REPORT);
    batch_close(&world);
}

/* The digest of the file of responses stands in each report: all of them are other ones. */
static void one_changed_answer_is_seen(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    batch_whole(&world, "out", false);
    batch_close(&world);
    npt__buffer csv = fixture_read("w.csv");
    char *first = strstr(npt__buffer_string(&csv), "\",");
    assert_int_equal(first[2], '1');
    first[2] = '2';
    struct fixture opened = open_survey(BATCH_STUDY, "w.csv", npt__buffer_string(&csv));
    world = batch_open_with(opened, batch_both);
    batch_whole(&world, "whole", false);
    expect_resumed(&world, 8, 4 * FILES_OF_A_REPORT);
    npt__buffer_release(&csv);
    batch_close(&world);
}

/* Two recipes can differ in nothing that a plain text of the report shows: in the kind of a picture. */
static void a_changed_recipe_is_seen(void **state)
{
    (void)state;
    npt__buffer csv = batch_csv(three, 3, 30);
    static const char *const kinds[] = {"dots", "heat"};
    static const char *const mine[] = {"mine.xml", NULL};
    const npt_report_format *html = npt_report_format_find("html");
    for (size_t i = 0; i < 2; i++) {
        char recipe[1024];
        snprintf(
            recipe, sizeof recipe,
            "<report xmlns=\"urn:nptkit:report:1\" title=\"T\"><section title=\"S\"><analysis "
            "name=\"score\"><option name=\"by\" value=\"site\"/><plot kind=\"%s\" caption=\"C\"/>"
            "</analysis></section></report>",
            kinds[i]);
        fixture_write_text("mine.xml", recipe);
        struct batch_world world =
            batch_open_with(open_survey(BATCH_STUDY, "w.csv", npt__buffer_string(&csv)), mine);
        struct npt_batch_options options = batch_options("out");
        options.formats = &html;
        options.format_count = 1;
        options.resume = true;
        assert_int_equal(batch_expect(&world, &options, NPT_OK).written, 1);
        if (batch_expect(&world, &options, NPT_OK).missing_pictures == 0) /* there is a gnuplot */
            assert_int_equal(batch_expect(&world, &options, NPT_OK).unchanged, 1);
        batch_close(&world);
    }
    npt__buffer_release(&csv);
}

/* ---- nothing to do ---------------------------------------------------------------------------- */

static bool is_done(const struct batch_world *world, struct npt_batch_options options)
{
    struct npt_batch_result result;
    options.resume = true;
    const bool done =
        npt_batch_is_done(world->opened.study, (const npt_recipe *const *)world->recipes,
                          world->count, &options, &result);
    assert_int_equal(result.unchanged, done ? 8 : 0);
    assert_int_equal(result.reports, done ? 4 : 0);
    return done;
}

static void a_batch_is_done_only_as_long_as_every_file_is_what_it_was(void **state)
{
    (void)state;
    static const char *const files[] = {"all.html",   "north-csv/sentences.csv", "manifest.csv",
                                        "index.html", "disclosure.csv",          ".nptkit-made",
                                        "south.html"};
    struct batch_world world = batch_open(three, 3, 30);
    const struct npt_batch_options options = batch_options("out");
    assert_false(is_done(&world, options));
    batch_whole(&world, "out", false);
    assert_true(is_done(&world, options));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[64];
        snprintf(path, sizeof path, "out/%s", files[i]);
        npt__buffer file = fixture_read(path);
        file.bytes[file.length / 2] ^= 1;
        fixture_write(path, file.bytes, file.length);
        assert_false(is_done(&world, options));
        file.bytes[file.length / 2] ^= 1;
        fixture_write(path, file.bytes, file.length);
        assert_true(is_done(&world, options));
        assert_int_equal(unlink(path), 0);
        assert_false(is_done(&world, options));
        fixture_write(path, file.bytes, file.length);
        npt__buffer_release(&file);
    }
    assert_true(is_done(&world, options));
    batch_close(&world);
}

static void a_batch_of_anything_else_is_not_done(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    struct npt_batch_options options = batch_options("out");
    batch_whole(&world, "out", false);
    options.format_count = 1;
    assert_false(is_done(&world, options));
    options = batch_options("out");
    options.shard = 1, options.shards = 2;
    assert_false(is_done(&world, options));
    options = batch_options("out");
    options.dry_run = true;
    assert_false(is_done(&world, options));
    options = batch_options("out");
    world.count = 1;
    assert_false(is_done(&world, options));
    world.count = 2;
    assert_true(is_done(&world, options));
    batch_close(&world);
    /* A recipe, an answer, and an option with which the study is opened. */
    npt__buffer csv = fixture_read("w.csv");
    world =
        batch_open_with(open_survey(BATCH_STUDY, "w.csv", npt__buffer_string(&csv)), batch_both);
    assert_true(is_done(&world, options));
    memcpy(world.opened.study->opened, "other", 5);
    assert_false(is_done(&world, options));
    batch_close(&world);
    csv.bytes[csv.length - 2] ^= 1;
    world =
        batch_open_with(open_survey(BATCH_STUDY, "w.csv", npt__buffer_string(&csv)), batch_both);
    assert_false(is_done(&world, options));
    *world.opened.study->inputs.items[0].digest = '\0'; /* nobody knows what it held */
    batch_whole(&world, "new", false);
    assert_false(is_done(&world, batch_options("new")));
    npt__buffer_release(&csv);
    batch_close(&world);
}

/* ---- manifests that are none ------------------------------------------------------------------ */

static void a_damaged_manifest_does_no_harm(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    batch_whole(&world, "whole", false);
    batch_whole(&world, "out", false);
    npt__buffer manifest = fixture_read("out/manifest.csv");
    /* In the line of the first file of the second report: only the first report is known. */
    const char *second = strstr(npt__buffer_string(&manifest), "east-end.html");
    fixture_write("out/manifest.csv", manifest.bytes, (size_t)(second - manifest.bytes) + 30);
    struct npt_batch_options options = batch_options("out");
    batch_expect(&world, &options, NPT_CANNOT_WRITE); /* whose are the others? */
    force = true;
    expect_resumed(&world, 6, 3 * FILES_OF_A_REPORT);
    char noise[5000];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(i * 2654435761u >> 13);
    fixture_write("out/manifest.csv", noise, sizeof noise);
    expect_resumed(&world, 8, 4 * FILES_OF_A_REPORT);
    fixture_write("out/manifest.csv", "", 0);
    expect_resumed(&world, 8, 4 * FILES_OF_A_REPORT);
    force = false;
    npt__buffer_release(&manifest);
    batch_close(&world);
}

static void a_manifest_leads_out_of_no_folder(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    batch_whole(&world, "whole", false);
    batch_whole(&world, "out", false);
    fixture_write_text("victim.html", "mine");
    npt__buffer manifest = fixture_read("out/manifest.csv"), hostile = {0};
    npt__buffer_puts(&hostile, npt__buffer_string(&manifest));
    for (const char *at = strstr(manifest.bytes, "all.html"); at; at = strstr(at + 1, "north.html"))
        npt__buffer_print(&hostile, "../victim.html%.*s\n/etc/passwd%.*s\n",
                          (int)strcspn(at + 10, "\n"), at + 10, (int)strcspn(at + 10, "\n"),
                          at + 10);
    fixture_write("out/manifest.csv", hostile.bytes, hostile.length);
    expect_resumed(&world, 0, 0);
    npt__buffer victim = fixture_read("victim.html");
    assert_string_equal(npt__buffer_string(&victim), "mine");
    npt__buffer_release(&victim);
    npt__buffer_release(&hostile);
    npt__buffer_release(&manifest);
    batch_close(&world);
}

/* ---- stopping --------------------------------------------------------------------------------- */

static volatile int stop_now;

static void stop_after_two(void *user, const struct npt_batch_progress *progress)
{
    assert_string_equal((const char *)user, "mine");
    assert_int_equal(progress->reports, 4);
    stop_now = progress->done >= 2;
}

static void a_stopped_run_forgets_nothing(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    batch_whole(&world, "whole", false);
    batch_whole(&world, "out", false);
    struct npt_batch_options options = batch_options("out");
    stop_now = 1;
    options.stop = &stop_now;
    options.resume = true;
    const struct npt_batch_result result = batch_expect(&world, &options, NPT_OK);
    assert_true(result.stopped);
    assert_int_equal(result.written + result.unchanged, 0);
    expect_resumed(&world, 0, 0); /* what it did not look at is still known */
    batch_close(&world);
}

static void what_was_written_before_a_stop_stays(void **state)
{
    (void)state;
    struct batch_world world = batch_open(three, 3, 30);
    batch_whole(&world, "whole", false);
    struct npt_batch_options options = batch_options("out");
    stop_now = 0;
    options.stop = &stop_now;
    options.jobs = 1;
    options.progress = stop_after_two;
    static char mine[] = "mine";
    options.user = mine;
    const struct npt_batch_result result = batch_expect(&world, &options, NPT_OK);
    assert_true(result.stopped);
    assert_int_equal(result.written, 4);
    assert_false(batch_is_there("out", "index.html"));
    assert_true(batch_is_there("out", "manifest.csv"));
    options = batch_options("out");
    options.resume = true;
    const struct npt_batch_result rest = batch_expect(&world, &options, NPT_OK);
    assert_int_equal(rest.unchanged, 4);
    assert_int_equal(rest.written, 4);
    batch_expect_same("whole", "out");
    batch_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(every_planned_file_appears),
        FIXTURE_TEST(cells_that_reports_share_are_counted_once),
        FIXTURE_TEST(any_number_of_jobs_gives_the_same_bytes),
        FIXTURE_TEST(parts_and_a_last_run_over_all_give_the_same_folder),
        FIXTURE_TEST(a_part_that_is_none_is_refused),
        FIXTURE_TEST(a_dry_run_writes_nothing),
        FIXTURE_TEST(resumption_writes_nothing_that_is_there),
        FIXTURE_TEST(what_was_removed_cut_or_changed_is_written_again),
        FIXTURE_TEST(one_changed_answer_is_seen),
        FIXTURE_TEST(a_changed_recipe_is_seen),
        FIXTURE_TEST(a_batch_is_done_only_as_long_as_every_file_is_what_it_was),
        FIXTURE_TEST(a_batch_of_anything_else_is_not_done),
        FIXTURE_TEST(a_damaged_manifest_does_no_harm),
        FIXTURE_TEST(a_manifest_leads_out_of_no_folder),
        FIXTURE_TEST(a_stopped_run_forgets_nothing),
        FIXTURE_TEST(what_was_written_before_a_stop_stays),
    };
    const int failed = cmocka_run_group_tests_name("batches", tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
