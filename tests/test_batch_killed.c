/* test_batch_killed.c - a batch that is killed at any moment leaves whole files only, and can be gone on with.
 *
 * It runs the program itself, which lies beside the folder of the test programs.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batch_run.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#define SITES 60

static char program[1024];

/* build/nptkit of build/tests/test_batch_killed. */
static bool find_program(void)
{
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    for (int i = 0; i < 2 && length > 0; i++) {
        char *slash = strrchr(program, '/');
        if (!slash)
            return false;
        *slash = '\0';
    }
    strncat(program, "/nptkit", sizeof program - strlen(program) - 1);
    return length > 0 && access(program, X_OK) == 0;
}

static void write_study(void)
{
    char names[SITES][16];
    const char *sites[SITES];
    for (size_t i = 0; i < SITES; i++) {
        snprintf(names[i], sizeof names[i], "Place %zu", i + 1);
        sites[i] = names[i];
    }
    npt__buffer csv = batch_csv(sites, SITES, 12);
    write_questionnaire();
    fixture_write_text("w.csv", npt__buffer_string(&csv));
    fixture_write_text("study.xml", BATCH_STUDY);
    fixture_write_text("all.xml", BATCH_ALL);
    fixture_write_text("site.xml", BATCH_SITE);
    npt__buffer_release(&csv);
}

static pid_t start(const char *folder, bool resume)
{
    const pid_t child = fork();
    if (child == 0) {
        const char *const words[] = {program,    "batch",
                                     "--quiet",  "--recipe",
                                     "all.xml",  "--recipe",
                                     "site.xml", "--format",
                                     "html,md",  "-o",
                                     folder,     "--jobs",
                                     "2",        resume ? "--resume" : NULL,
                                     NULL};
        execv(program, (char *const *)(uintptr_t)words);
        _exit(127);
    }
    assert_true(child > 0);
    return child;
}

static int end_of(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* ---- what is there --------------------------------------------------------------------------- */

static void expect_end(const char *path, const char *end)
{
    npt__buffer page = fixture_read(path);
    const size_t length = strlen(end);
    if (page.length < length || strcmp(page.bytes + page.length - length, end) != 0)
        fail_msg("%s is cut", path);
    npt__buffer_release(&page);
}

/* Every line is of six fields, and tells the digest of a file that is there. */
static size_t expect_manifest(const char *path)
{
    npt__buffer manifest = fixture_read(path);
    size_t lines = 0;
    for (char *at = manifest.bytes; *at; lines++) {
        char file[256], digest[128], from[128], real[NPT__DIGEST_SIZE], name[512];
        const size_t length = strcspn(at, "\n");
        assert_int_equal(at[length], '\n');
        at[length] = '\0';
        const int fields = sscanf(at, "%255[^,],%127[^,],%127[^,],", file, digest, from);
        if (fields == 1) { /* it was being made */
            lines--;
            at += length + 1;
            continue;
        }
        assert_int_equal(fields, 3);
        if (lines) {
            snprintf(name, sizeof name, "out/%s", file);
            npt__file_digest(real, name);
            if (*real || strcmp(file, "place-1.html") != 0) /* which this test removes */
                assert_string_equal(real, digest);
            assert_int_equal(strlen(from), 64);
        } else {
            assert_string_equal(file, "file");
        }
        at += length + 1;
    }
    npt__buffer_release(&manifest);
    return lines ? lines - 1 : 0;
}

/* Whatever has a name is whole; also what had not got its final one yet. */
static size_t expect_whole(void)
{
    struct dirent **entries;
    const int count = scandir("out", &entries, batch_not_a_link, alphasort);
    size_t pages = 0;
    for (int i = 0; i < count; i++) {
        char path[512];
        snprintf(path, sizeof path, "out/%s", entries[i]->d_name);
        if (strstr(path, ".html")) {
            expect_end(path, "</html>\n");
            pages++;
        } else if (strstr(path, ".md")) {
            expect_end(path, ".xml.\n");
        } else if (strcmp(path, "out/manifest.csv") == 0) {
            expect_manifest(path);
        } else if (strcmp(path, "out/.nptkit-made") == 0) {
            expect_end(path, "\n");
        } else if (strcmp(path, "out/disclosure.csv") != 0) {
            struct stat status;
            assert_non_null(strstr(path, ".part"));
            assert_int_equal(stat(path, &status), 0);
            assert_true(status.st_size > 0);
        }
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return pages;
}

static void wait_for(long milliseconds)
{
    const struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

static void a_killed_batch_leaves_whole_files_and_goes_on(void **state)
{
    (void)state;
    if (!find_program())
        skip();
    write_study();
    assert_int_equal(end_of(start("whole", false)), 0);
    const long most = getenv("VALGRIND") ? 60 : 300; /* the program itself runs without it */
    size_t killed = 0;
    for (long delay = 10; delay <= most; delay += delay < 100 ? 15 : 50) {
        const pid_t child = start("out", killed % 2 == 1);
        wait_for(delay);
        kill(child, SIGKILL);
        killed += end_of(child) == -SIGKILL;
        expect_whole();
        if (killed % 3 == 0) { /* now and then to the end, then from the beginning */
            assert_int_equal(end_of(start("out", true)), 0);
            batch_expect_same("whole", "out");
            assert_int_equal(expect_whole(), SITES + 2);
            assert_int_equal(unlink("out/place-1.html"), 0);
        }
    }
    assert_true(killed > 0);
    assert_int_equal(end_of(start("out", true)), 0);
    batch_expect_same("whole", "out");
    assert_int_equal(expect_manifest("out/manifest.csv"), 2 * (SITES + 1));
}

/* Asked to end, it ends by itself, with what is said of it in the manifest. */
static void a_batch_that_is_asked_to_end_knows_what_it_wrote(void **state)
{
    (void)state;
    if (!find_program())
        skip();
    write_study();
    assert_int_equal(end_of(start("whole", false)), 0);
    bool stopped = false;
    for (long delay = 20; delay < 2000 && !stopped; delay += 10) {
        const pid_t child = start("out", false);
        wait_for(delay);
        kill(child, SIGTERM);
        const int end = end_of(child);
        assert_true(end == 130 || end == 0 || end == -SIGTERM); /* the last: before it began */
        const size_t pages = expect_whole();
        stopped = end == 130 && pages > 1 && pages < SITES + 1;
        if (stopped)
            assert_int_equal(expect_manifest("out/manifest.csv"), 2 * pages);
        else if (pages == SITES + 2)
            break; /* too quick to be stopped in the middle */
    }
    assert_int_equal(end_of(start("out", true)), 0);
    batch_expect_same("whole", "out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_killed_batch_leaves_whole_files_and_goes_on),
        FIXTURE_TEST(a_batch_that_is_asked_to_end_knows_what_it_wrote),
    };
    return cmocka_run_group_tests_name("killed batches", tests, NULL, NULL);
}
