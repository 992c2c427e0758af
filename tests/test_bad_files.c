/* test_bad_files.c - paths that are no readable file: each is told, none is waited for.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static const struct fixture_project plain = {.codes = CODE("C1", "Coherence")};

static void a_file_that_is_not_there_is_told(void **state)
{
    (void)state;
    fixture_expect_fault("a.qdpx", "a.qdpx: error: cannot read: No such file or directory\n");
}

static void an_empty_file_is_told(void **state)
{
    (void)state;
    fixture_write("a.qdpx", "", 0);
    fixture_expect_fault("a.qdpx", "a.qdpx: error: is empty\n");
}

static void a_folder_is_no_export(void **state)
{
    (void)state;
    assert_int_equal(mkdir("a.qdpx", 0700), 0);
    fixture_expect_fault("a.qdpx", "a.qdpx: error: is a folder without a study.xml\n");
    fixture_write_text("study.xml", "<study xmlns=\"urn:nptkit:study:1\">\n"
                                    "<coding file=\"a.qdpx\"/>\n</study>\n");
    fixture_expect_fault("study.xml", "a.qdpx: error: is a folder, not a file\n");
}

static void a_file_without_permission_is_told(void **state)
{
    (void)state;
    fixture_qde("a.qde", &plain);
    assert_int_equal(chmod("a.qde", 0), 0);
    if (access("a.qde", R_OK) == 0)
        skip(); /* root may read everything */
    fixture_expect_fault("a.qde", "a.qde: error: cannot read: Permission denied\n");
}

static void a_fifo_is_refused_and_not_waited_for(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("a.qdpx", 0600), 0);
    alarm(20); /* ends the program where it hangs */
    fixture_expect_fault("a.qdpx", "a.qdpx: error: is not a regular file\n");
    fixture_write_text("study.xml", "<study xmlns=\"urn:nptkit:study:1\">\n"
                                    "<coding file=\"a.qdpx\"/>\n</study>\n");
    fixture_expect_fault("study.xml", "a.qdpx: error: is not a regular file\n");
    alarm(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_file_that_is_not_there_is_told),
        FIXTURE_TEST(an_empty_file_is_told),
        FIXTURE_TEST(a_folder_is_no_export),
        FIXTURE_TEST(a_file_without_permission_is_told),
        FIXTURE_TEST(a_fifo_is_refused_and_not_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
