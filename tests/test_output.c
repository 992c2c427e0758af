/* test_output.c - a file appears whole or not at all; everything else is written as it comes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "fixture.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEGABYTE ((size_t)1 << 20)

/* ---- helpers --------------------------------------------------------------------------------- */

/* How many files a folder holds. */
static size_t count_files(const char *folder)
{
    DIR *open = opendir(folder);
    assert_non_null(open);
    size_t count = 0;
    const struct dirent *entry;
    while ((entry = readdir(open)) != NULL)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(open);
    return count;
}

static void expect_content(const char *path, const char *content)
{
    npt__buffer bytes = fixture_read(path);
    assert_string_equal(npt__buffer_string(&bytes), content);
    npt__buffer_release(&bytes);
}

static void write_many(npt_output *output, size_t bytes)
{
    char block[4096];
    memset(block, 'x', sizeof block);
    for (size_t i = 0; i < bytes; i += sizeof block)
        npt_output_write(output, block, sizeof block);
}

/* Writes a file and returns its messages; free the collection. */
static npt_diags *write_file(const char *path, size_t bytes, enum npt_status expected)
{
    npt_diags *diags = npt_diags_new();
    npt_output *output = npt_output_open(path, diags);
    if (output) {
        write_many(output, bytes);
        assert_int_equal(npt_output_close(output), expected);
    } else {
        assert_int_equal(expected, NPT_CANNOT_WRITE);
    }
    return diags;
}

/* ---- files ----------------------------------------------------------------------------------- */

static void a_file_is_there_only_when_it_is_whole(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_output *output = npt_output_open("a.csv", diags);
    assert_non_null(output);
    npt_output_write(output, "one,", 4);
    write_many(output, MEGABYTE); /* more than the buffer holds: some of it is on the disk now */
    assert_int_equal(access("a.csv", F_OK), -1);
    assert_int_equal(npt_output_close(output), NPT_OK);
    npt__buffer bytes = fixture_read("a.csv");
    assert_int_equal(bytes.length, MEGABYTE + 4);
    assert_memory_equal(bytes.bytes, "one,xxxx", 8);
    npt__buffer_release(&bytes);
    assert_int_equal(count_files("."), 1);
    assert_string_equal(npt_diags_text(diags, false), "");
    npt_diags_free(diags);
}

static void an_existing_file_is_replaced_at_the_end_and_not_before(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "a much longer old content");
    npt_diags *diags = npt_diags_new();
    npt_output *output = npt_output_open("a.csv", diags);
    npt_output_write(output, "new", 3);
    expect_content("a.csv", "a much longer old content");
    assert_int_equal(npt_output_close(output), NPT_OK);
    expect_content("a.csv", "new");
    assert_int_equal(count_files("."), 1);
    npt_diags_free(diags);
}

static void a_link_stays_a_link_and_what_it_leads_to_is_replaced(void **state)
{
    (void)state;
    struct stat status;
    fixture_write_text("a.csv", "old");
    assert_int_equal(symlink("a.csv", "link.csv"), 0);
    npt_diags *diags = npt_diags_new();
    npt_output *output = npt_output_open("link.csv", diags);
    npt_output_write(output, "new", 3);
    assert_int_equal(npt_output_close(output), NPT_OK);
    assert_int_equal(lstat("link.csv", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    expect_content("a.csv", "new");
    npt_diags_free(diags);
}

static void a_discarded_output_leaves_what_was_there(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "old");
    npt_diags *diags = npt_diags_new();
    npt_output *output = npt_output_open("a.csv", diags);
    write_many(output, MEGABYTE);
    npt_output_discard(output);
    expect_content("a.csv", "old");
    assert_int_equal(count_files("."), 1);
    npt_output_discard(NULL);
    npt_diags_free(diags);
}

static void only_its_owner_can_read_it_whatever_the_umask(void **state)
{
    (void)state;
    mode_t before = umask(0);
    npt_diags_free(write_file("a.csv", 4096, NPT_OK));
    umask(before);
    struct stat status;
    assert_int_equal(stat("a.csv", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
}

static void two_outputs_to_one_file_do_not_mix(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_output *first = npt_output_open("a.csv", diags);
    npt_output *second = npt_output_open("a.csv", diags);
    npt_output_write(first, "first", 5);
    npt_output_write(second, "second", 6);
    assert_int_equal(npt_output_close(second), NPT_OK);
    expect_content("a.csv", "second");
    assert_int_equal(npt_output_close(first), NPT_OK);
    expect_content("a.csv", "first");
    assert_int_equal(count_files("."), 1);
    npt_diags_free(diags);
}

/* ---- what cannot be written ------------------------------------------------------------------ */

static void a_folder_is_no_target(void **state)
{
    (void)state;
    assert_int_equal(mkdir("results", 0700), 0);
    npt_diags *diags = write_file("results", 10, NPT_CANNOT_WRITE);
    assert_string_equal(npt_diags_text(diags, false),
                        "results: error: cannot write: Is a directory\n");
    assert_int_equal(count_files("."), 1);
    assert_int_equal(count_files("results"), 0);
    npt_diags_free(diags);
}

static void a_folder_that_is_not_there_is_asked_for(void **state)
{
    (void)state;
    npt_diags *diags = write_file("results/a.csv", 10, NPT_CANNOT_WRITE);
    assert_string_equal(npt_diags_text(diags, false),
                        "results/a.csv: error: cannot write: No such file or directory\n"
                        "  hint: make the folder first\n");
    npt_diags_free(diags);
}

/* A file may not grow beyond 100 kB: write() fails with EFBIG as the disk would with ENOSPC. */
static void write_with_a_limit(const char *path)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){100000, 100000});
        npt_diags *diags = npt_diags_new();
        npt_output *output = npt_output_open(path, diags);
        if (!output)
            _exit(10);
        write_many(output, MEGABYTE);
        enum npt_status status = npt_output_close(output);
        bool told = strstr(npt_diags_text(diags, false), "cannot write: File too large") != NULL &&
                    npt_diags_count(diags, NPT_ERROR) == 1;
        npt_diags_free(diags);
        _exit(status == NPT_CANNOT_WRITE && told ? 0 : 11);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_write_that_fails_leaves_nothing(void **state)
{
    (void)state;
    write_with_a_limit("a.csv");
    assert_int_equal(count_files("."), 0);
}

static void a_write_that_fails_leaves_the_old_file(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "old");
    write_with_a_limit("a.csv");
    expect_content("a.csv", "old");
    assert_int_equal(count_files("."), 1);
}

static void a_full_disk_leaves_nothing(void **state)
{
    (void)state;
    assert_int_equal(mkdir("disk", 0700), 0);
    if (mount("none", "disk", "tmpfs", 0, "size=64k") != 0)
        skip(); /* only root can, and not everywhere */
    npt_diags *diags = write_file("disk/a.csv", MEGABYTE, NPT_CANNOT_WRITE);
    size_t left = count_files("disk");
    assert_int_equal(umount("disk"), 0);
    assert_int_equal(left, 0);
    assert_string_equal(npt_diags_text(diags, false),
                        "disk/a.csv: error: cannot write: No space left on device\n"
                        "  hint: the disk is full; nothing was left half-written\n");
    npt_diags_free(diags);
}

/* ---- devices, pipes, descriptors, memory ----------------------------------------------------- */

static void a_device_is_written_directly_also_through_a_link(void **state)
{
    (void)state;
    assert_int_equal(symlink("/dev/full", "full"), 0);
    npt_diags *diags = write_file("full", MEGABYTE, NPT_CANNOT_WRITE);
    fixture_expect_in(npt_diags_text(diags, false), "full: error: cannot write: No space left");
    assert_int_equal(npt_diags_count(diags, NPT_ERROR), 1);
    npt_diags_free(diags);
    assert_int_equal(symlink("/dev/null", "null"), 0);
    npt_diags_free(write_file("null", MEGABYTE, NPT_OK));
    struct stat status;
    assert_int_equal(lstat("null", &status), 0); /* it was not replaced by a file */
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(count_files("."), 2);
}

static void a_pipe_gets_it_all(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int end = open("pipe", O_RDONLY);
        char block[4096];
        size_t bytes = 0;
        ssize_t got;
        while ((got = read(end, block, sizeof block)) > 0)
            bytes += (size_t)got;
        _exit(bytes == MEGABYTE ? 0 : 1);
    }
    npt_diags_free(write_file("pipe", MEGABYTE, NPT_OK));
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void a_descriptor_stays_open(void **state)
{
    (void)state;
    int descriptor = open("a.txt", O_WRONLY | O_CREAT, 0600);
    npt_diags *diags = npt_diags_new();
    npt_output *output = npt_output_descriptor(descriptor, "standard output", diags);
    npt_output_write(output, "one ", 4);
    assert_int_equal(npt_output_close(output), NPT_OK);
    assert_int_equal(write(descriptor, "two", 3), 3);
    close(descriptor);
    expect_content("a.txt", "one two");
    output = npt_output_descriptor(descriptor, "standard output", diags); /* closed by now */
    npt_output_write(output, "x", 1);
    assert_int_equal(npt_output_close(output), NPT_CANNOT_WRITE);
    assert_string_equal(npt_diags_text(diags, false),
                        "standard output: error: cannot write: Bad file descriptor\n");
    npt_diags_free(diags);
}

static void memory_holds_what_was_written(void **state)
{
    (void)state;
    npt_output *output = npt_output_memory(NULL);
    size_t length = 1;
    assert_string_equal(npt_output_bytes(output, &length), "");
    assert_int_equal(length, 0);
    npt_output_write(output, "a\0b", 3);
    assert_memory_equal(npt_output_bytes(output, &length), "a\0b", 4);
    assert_int_equal(length, 3);
    assert_int_equal(npt_output_close(output), NPT_OK);
}

/* Each of several threads writes files of its own; a name for a moment that two of them share would mix them up. */
#define WRITERS 16
#define FILES_EACH 100

static void *write_own_files(void *user)
{
    const int writer = *(const int *)user;
    bool *good = malloc(sizeof *good);
    if (!good)
        abort();
    *good = true;
    for (int i = 0; i < FILES_EACH; i++) {
        char text[32];
        npt_diags *diags = npt_diags_new();
        const int length = snprintf(text, sizeof text, "%d-%d", writer, i);
        npt_output *output = npt_output_open(text, diags);
        if (output)
            npt_output_write(output, text, (size_t)length);
        *good &= output && npt_output_close(output) == NPT_OK;
        npt_diags_free(diags);
    }
    return good;
}

static void files_that_threads_write_at_once_do_not_mix(void **state)
{
    (void)state;
    pthread_t threads[WRITERS];
    int numbers[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        numbers[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, write_own_files, &numbers[i]), 0);
    }
    bool all = true;
    for (int i = 0; i < WRITERS; i++) {
        void *good;
        assert_int_equal(pthread_join(threads[i], &good), 0);
        all &= *(const bool *)good;
        free(good);
    }
    assert_true(all);
    for (int i = 0; i < WRITERS * FILES_EACH; i++) {
        char name[32];
        snprintf(name, sizeof name, "%d-%d", i / FILES_EACH, i % FILES_EACH);
        npt__buffer file = fixture_read(name);
        assert_string_equal(npt__buffer_string(&file), name);
        npt__buffer_release(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_file_is_there_only_when_it_is_whole),
        FIXTURE_TEST(an_existing_file_is_replaced_at_the_end_and_not_before),
        FIXTURE_TEST(a_link_stays_a_link_and_what_it_leads_to_is_replaced),
        FIXTURE_TEST(a_discarded_output_leaves_what_was_there),
        FIXTURE_TEST(only_its_owner_can_read_it_whatever_the_umask),
        FIXTURE_TEST(two_outputs_to_one_file_do_not_mix),
        FIXTURE_TEST(a_folder_is_no_target),
        FIXTURE_TEST(a_folder_that_is_not_there_is_asked_for),
        FIXTURE_TEST(a_write_that_fails_leaves_nothing),
        FIXTURE_TEST(a_write_that_fails_leaves_the_old_file),
        FIXTURE_TEST(a_full_disk_leaves_nothing),
        FIXTURE_TEST(a_device_is_written_directly_also_through_a_link),
        FIXTURE_TEST(a_pipe_gets_it_all),
        FIXTURE_TEST(a_descriptor_stays_open),
        FIXTURE_TEST(memory_holds_what_was_written),
        FIXTURE_TEST(files_that_threads_write_at_once_do_not_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
