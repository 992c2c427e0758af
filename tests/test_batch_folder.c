/* test_batch_folder.c - what lies in a batch's folder before: what goes, what stays, and what is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batch_run.h"

#include <fcntl.h>
#include <sys/file.h>

static const char *const three[] = {"North", "South", "East End"};
static const char *const two[] = {"North", "East End"};

static struct npt_batch_result run(const char *const *sites, size_t count,
                                   struct npt_batch_options options, enum npt_status expected,
                                   npt__buffer *messages)
{
    struct batch_world world = batch_open(sites, count, 30);
    const struct npt_batch_result result = batch_expect(&world, &options, expected);
    npt__buffer_clear(messages);
    npt__buffer_puts(messages, npt_diags_text(world.diags, false));
    batch_close(&world);
    return result;
}

/* ---- what an older batch left ------------------------------------------------------------------ */

static void reports_that_were_not_protected_with_the_rest_go(void **state)
{
    (void)state;
    npt__buffer messages = {0};
    for (size_t resume = 0; resume < 2; resume++) {
        struct npt_batch_options options = batch_options("out");
        run(three, 3, options, NPT_OK, &messages);
        assert_true(batch_is_there("out", "south-csv/contents.csv"));
        options.resume = resume == 1;
        options.format_count = 1; /* HTML only */
        const struct npt_batch_result result = run(two, 2, options, NPT_OK, &messages);
        assert_int_equal(result.removed, 5); /* south.html, and four folders */
        assert_string_equal(npt__buffer_string(&messages), "");
        assert_false(batch_is_there("out", "south.html") || batch_is_there("out", "south-csv") ||
                     batch_is_there("out", "north-csv"));
        options.folder = "fresh";
        run(two, 2, options, NPT_OK, &messages);
        batch_expect_same("fresh", "out");
    }
    npt__buffer_release(&messages);
}

static void what_was_edited_or_is_in_no_manifest_is_named_and_stays(void **state)
{
    (void)state;
    npt__buffer messages = {0};
    struct npt_batch_options options = batch_options("out");
    run(three, 3, options, NPT_OK, &messages);
    fixture_write_text("out/south.html", "edited");
    fixture_write_text("out/south-csv/mine.csv", "mine");
    fixture_write_text("out/west.docx", "older");
    fixture_write_text("out/Notes.txt", "notes");
    const struct npt_batch_result result = run(two, 2, options, NPT_OK, &messages);
    assert_int_equal(result.removed, 1); /* the report of the folder, but not what else is in it */
    assert_false(batch_is_there("out", "south-csv/contents.csv"));
    fixture_expect_in(npt__buffer_string(&messages),
                      "out: warning: holds what may be reports that were not protected together "
                      "with these: south.html, west.docx\n");
    npt__buffer edited = fixture_read("out/south.html");
    assert_string_equal(npt__buffer_string(&edited), "edited");
    assert_true(batch_is_there("out", "south-csv/mine.csv") && batch_is_there("out", "Notes.txt"));
    npt__buffer_release(&edited);
    npt__buffer_release(&messages);
}

static void a_part_removes_nothing_and_forgets_nothing(void **state)
{
    (void)state;
    npt__buffer messages = {0};
    struct npt_batch_options options = batch_options("out");
    run(three, 3, options, NPT_OK, &messages);
    for (options.shard = 1, options.shards = 2; options.shard <= 2; options.shard++) {
        assert_int_equal(run(two, 2, options, NPT_OK, &messages).removed, 0);
        assert_true(batch_is_there("out", "south.html"));
    }
    options = batch_options("out");
    options.resume = true;
    assert_int_equal(run(two, 2, options, NPT_OK, &messages).removed, 2);
    assert_false(batch_is_there("out", "south.html"));
    npt__buffer_release(&messages);
}

static volatile int stop_now = 1;

/* Nothing goes before the new ones are there, and then it is still known whose it is. */
static void a_stopped_run_leaves_the_older_ones_to_the_next(void **state)
{
    (void)state;
    npt__buffer messages = {0};
    struct npt_batch_options options = batch_options("out");
    run(three, 3, options, NPT_OK, &messages);
    options.stop = &stop_now;
    assert_int_equal(run(two, 2, options, NPT_OK, &messages).removed, 0);
    assert_true(batch_is_there("out", "south.html"));
    options.stop = NULL;
    options.dry_run = true;
    assert_int_equal(run(two, 2, options, NPT_OK, &messages).removed, 0);
    assert_true(batch_is_there("out", "south.html"));
    options.dry_run = false;
    assert_int_equal(run(two, 2, options, NPT_OK, &messages).removed, 2);
    npt__buffer_release(&messages);
}

/* A manifest that somebody wrote: only what a report could be called, and lies in the folder itself, goes. */
static void a_manifest_removes_nothing_outside(void **state)
{
    (void)state;
    static const char *const names[] = {"../victim.html", "out/../victim.html", "notes.txt",
                                        "link.html"};
    npt__buffer messages = {0}, manifest = {0};
    char digest[NPT__DIGEST_SIZE];
    assert_int_equal(mkdir("out", 0777), 0);
    fixture_write_text("victim.html", "mine");
    fixture_write_text("out/notes.txt", "mine");
    assert_int_equal(symlink("../victim.html", "out/link.html"), 0);
    npt__digest(digest, "mine", 4);
    npt__buffer_puts(&manifest, "file,sha256,made_from,bytes,recipe,site\n");
    for (size_t i = 0; i < 4; i++)
        npt__buffer_print(&manifest, "%s,%s,%s,4,,\n", names[i], digest, digest);
    fixture_write_text("out/manifest.csv", npt__buffer_string(&manifest));
    assert_int_equal(run(two, 2, batch_options("out"), NPT_OK, &messages).removed, 0);
    assert_true(batch_is_there(".", "victim.html") && batch_is_there("out", "notes.txt") &&
                batch_is_there("out", "link.html"));
    npt__buffer_release(&manifest);
    npt__buffer_release(&messages);
}

/* What is called as the manifest of a part, and is none of ours, tells nothing and stays. */
static void a_list_of_somebody_else_is_not_obeyed(void **state)
{
    (void)state;
    npt__buffer messages = {0}, list = {0};
    char digest[NPT__DIGEST_SIZE];
    assert_int_equal(mkdir("out", 0777), 0);
    fixture_write_text("out/paper.pdf", "mine");
    npt__digest(digest, "mine", 4);
    npt__buffer_print(&list, "name,sha256,remark\npaper.pdf,%s,,x\n", digest);
    fixture_write_text("out/manifest-1-of-2.csv", npt__buffer_string(&list));
    assert_int_equal(run(two, 2, batch_options("out"), NPT_OK, &messages).removed, 0);
    assert_true(batch_is_there("out", "paper.pdf") && batch_is_there("out", "manifest-1-of-2.csv"));
    struct npt_batch_options options = batch_options("out");
    options.force =
        true; /* replaces what is in the way, and takes nobody's word for what is ours */
    fixture_write_text("out/manifest.csv", npt__buffer_string(&list));
    assert_int_equal(run(two, 2, options, NPT_OK, &messages).removed, 0);
    assert_true(batch_is_there("out", "paper.pdf"));
    npt__buffer_release(&list);
    npt__buffer_release(&messages);
}

/* The responses lie where the CSV of a report would go. */
static void a_folder_that_holds_a_file_of_the_study_is_refused(void **state)
{
    (void)state;
    static const char *const recipes[] = {"site.xml", NULL};
    const npt_report_format *csv = npt_report_format_find("csv");
    npt__buffer responses = batch_csv(three, 3, 30);
    assert_int_equal(mkdir("out", 0777) || mkdir("out/north-csv", 0777), 0);
    struct batch_world world = batch_open_with(
        open_survey(STUDY("<survey file=\"out/north-csv/sentences.csv\" instrument=\"q.xml\" "
                          "agree=\"5\"><column name=\"site\" as=\"site\"/>" ITEM_COLUMNS
                          "</survey>"),
                    "out/north-csv/sentences.csv", npt__buffer_string(&responses)),
        recipes);
    struct npt_batch_options options = batch_options("out");
    options.formats = &csv;
    options.format_count = 1;
    options.force = true;
    batch_expect(&world, &options, NPT_USAGE);
    const struct npt_report_options how = {.site = "North", .formats = &csv, .format_count = 1};
    npt_report *report;
    assert_int_equal(npt_report_make(&report, world.reports, 0, &how, world.diags), NPT_OK);
    assert_int_equal(npt_report_save(report, csv, "out", world.diags), NPT_USAGE);
    fixture_expect_in(npt_diags_text(world.diags, false),
                      "out/north-csv: error: is a file of the study: a report would replace it");
    npt__buffer left = fixture_read("out/north-csv/sentences.csv");
    assert_string_equal(npt__buffer_string(&left), npt__buffer_string(&responses));
    npt__buffer_release(&left);
    npt__buffer_release(&responses);
    npt_report_free(report);
    batch_close(&world);
}

/* Each would take the files of the other for those of an older one. */
static void two_batches_do_not_write_at_once(void **state)
{
    (void)state;
    npt__buffer messages = {0};
    run(three, 3, batch_options("out"), NPT_OK, &messages);
    const int other = open("out", O_RDONLY | O_CLOEXEC);
    assert_true(other >= 0 && flock(other, LOCK_EX | LOCK_NB) == 0);
    run(two, 2, batch_options("out"), NPT_CANNOT_WRITE, &messages);
    fixture_expect_in(npt__buffer_string(&messages),
                      "out: error: another batch is writing into this folder");
    assert_true(batch_is_there("out", "south.html"));
    assert_int_equal(close(other), 0);
    run(two, 2, batch_options("out"), NPT_OK, &messages);
    npt__buffer_release(&messages);
}

/* ---- what is not ours --------------------------------------------------------------------------- */

static void files_that_no_batch_wrote_are_not_replaced(void **state)
{
    (void)state;
    static const char *const names[] = {"index.html", "north.html", "manifest.csv",
                                        "disclosure.csv"};
    npt__buffer messages = {0};
    for (size_t i = 0; i < 4; i++) {
        char path[64], folder[16];
        snprintf(folder, sizeof folder, "out%zu", i);
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(mkdir(folder, 0777), 0);
        fixture_write_text(path, "mine");
        struct npt_batch_options options = batch_options(folder);
        run(three, 3, options, NPT_CANNOT_WRITE, &messages);
        fixture_expect_in(npt__buffer_string(&messages), names[i]);
        fixture_expect_in(npt__buffer_string(&messages), "error: exists already");
        assert_false(batch_is_there(folder, "south.html"));
        npt__buffer left = fixture_read(path);
        assert_string_equal(npt__buffer_string(&left), "mine");
        npt__buffer_release(&left);
        options.force = true;
        run(three, 3, options, NPT_OK, &messages);
        options.force = false; /* now they are ours */
        run(three, 3, options, NPT_OK, &messages);
        batch_expect_same("out0", folder);
    }
    npt__buffer_release(&messages);
}

/* What lies outside is not replaced, and a link in the place of a report becomes the report. */
static void a_link_in_the_folder_is_not_written_through(void **state)
{
    (void)state;
    static const char *const names[] = {"out/north.html", "out/index.html", "out/manifest.csv",
                                        "out/disclosure.csv", "out/.nptkit-made"};
    npt__buffer messages = {0};
    run(three, 3, batch_options("whole"), NPT_OK, &messages);
    run(three, 3, batch_options("out"), NPT_OK, &messages);
    fixture_write_text("victim", "mine");
    for (size_t i = 0; i < 5; i++) {
        struct stat status;
        struct npt_batch_options options = batch_options("out");
        assert_int_equal(unlink(names[i]) || symlink("../victim", names[i]), 0);
        options.force = true;
        run(three, 3, options, NPT_OK, &messages);
        assert_true(lstat(names[i], &status) == 0 && S_ISREG(status.st_mode));
        npt__buffer victim = fixture_read("victim");
        assert_string_equal(npt__buffer_string(&victim), "mine");
        npt__buffer_release(&victim);
        batch_expect_same("whole", "out");
    }
    npt__buffer_release(&messages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(reports_that_were_not_protected_with_the_rest_go),
        FIXTURE_TEST(what_was_edited_or_is_in_no_manifest_is_named_and_stays),
        FIXTURE_TEST(a_part_removes_nothing_and_forgets_nothing),
        FIXTURE_TEST(a_stopped_run_leaves_the_older_ones_to_the_next),
        FIXTURE_TEST(a_manifest_removes_nothing_outside),
        FIXTURE_TEST(a_list_of_somebody_else_is_not_obeyed),
        FIXTURE_TEST(two_batches_do_not_write_at_once),
        FIXTURE_TEST(a_folder_that_holds_a_file_of_the_study_is_refused),
        FIXTURE_TEST(files_that_no_batch_wrote_are_not_replaced),
        FIXTURE_TEST(a_link_in_the_folder_is_not_written_through),
    };
    const int failed = cmocka_run_group_tests_name("folders of batches", tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
