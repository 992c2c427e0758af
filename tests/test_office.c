/* test_office.c - LibreOffice is run without a shell, waited for no longer than said, and leaves nothing behind.
 *
 * In its place stand scripts that do what a bad program could do. make check-office runs the real one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "../nptkit/report/office.h"
#include "fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char *old_path;

static int enter(void **state)
{
    old_path = strdup(getenv("PATH"));
    const int entered = fixture_enter(state);
    char folder[2048], below[4096];
    assert_non_null(getcwd(folder, sizeof folder));
    assert_int_equal(mkdir("bin", 0700) | mkdir("temporary", 0700), 0);
    snprintf(below, sizeof below, "%s/bin", folder);
    setenv("PATH", below, 1);
    snprintf(below, sizeof below, "%s/temporary", folder);
    setenv("TMPDIR", below, 1);
    return entered;
}

static int leave(void **state)
{
    setenv("PATH", old_path, 1);
    free(old_path);
    unsetenv("TMPDIR");
    return fixture_leave(state);
}

/* A program of this name that runs these commands. $8 is the folder, $9 the report. */
static void pretend(const char *commands)
{
    FILE *file = fopen("bin/soffice", "w");
    fprintf(file, "#!/bin/sh\n%s\n", commands);
    fclose(file);
    assert_int_equal(chmod("bin/soffice", 0700), 0);
}

static bool is_empty(const char *folder)
{
    DIR *open = opendir(folder);
    size_t entries = 0;
    while (open && readdir(open))
        entries++;
    if (open)
        closedir(open);
    return entries == 2;
}

/* Runs it; the message is compared with what it must hold, the temporary folder must be empty again. */
static void expect(enum npt_status status, const char *text, unsigned patience, const char *content)
{
    npt_diags *diags = npt_diags_new();
    npt__buffer pdf = {0};
    assert_int_equal(npt__office_pdf(&pdf, "docx bytes", 10, patience, diags), status);
    const char *said = npt_diags_text(diags, false);
    if (!strstr(said, text))
        fail_msg("'%s' says nothing of '%s'", said, text);
    assert_string_equal(npt__buffer_string(&pdf), content);
    assert_true(is_empty("temporary"));
    npt__buffer_release(&pdf);
    npt_diags_free(diags);
}

static void what_it_makes_is_given(void **state)
{
    (void)state;
    pretend("printf '%%PDF-' >\"$8/report.pdf\"; cat \"$9\" >>\"$8/report.pdf\"");
    expect(NPT_OK, "", 10000, "%PDF-docx bytes");
}

static void its_folder_is_its_own_and_its_profile_is_in_it(void **state)
{
    (void)state;
    pretend("mkdir \"$8/profile\"; echo x >\"$8/profile/x\"\n"
            "test \"$1\" = \"-env:UserInstallation=file://$8/profile\" || exit 1\n"
            "test \"$(stat -c %a \"$8\")\" = 700 || exit 1\n"
            "test \"$HOME\" = \"$8\" || exit 1\n"
            "test \"$(ls /proc/self/fd | wc -l)\" -le 5 || exit 1\n"
            "printf '%%PDF-' >\"$8/report.pdf\"");
    expect(NPT_OK, "", 10000, "%PDF-");
}

static void where_it_is_missing_the_message_says_what_to_do(void **state)
{
    (void)state;
    expect(NPT_NO_HELPER, "libreoffice-writer-nogui), or write .html and print that", 10000, "");
    setenv("PATH", "bin:.", 1); /* what lies in a folder of data is not run */
    pretend("printf '%%PDF-' >\"$8/report.pdf\"");
    expect(NPT_NO_HELPER, "is not installed", 10000, "");
}

static void a_failure_is_told_and_leaves_nothing(void **state)
{
    (void)state;
    pretend("printf '%%PDF-' >\"$8/report.pdf\"; exit 1");
    expect(NPT_NO_HELPER, "it failed", 10000, "");
    pretend("exit 0");
    expect(NPT_NO_HELPER, "it gave no PDF", 10000, "");
    pretend("ln -s /etc/passwd \"$8/report.pdf\"");
    expect(NPT_NO_HELPER, "it gave no PDF", 10000, "");
    pretend("kill -9 $$");
    expect(NPT_NO_HELPER, "it failed", 10000, "");
}

static void what_takes_too_long_is_ended_with_all_that_it_started(void **state)
{
    (void)state;
    pretend("sleep 60 & echo $! >../../seen; wait");
    expect(NPT_NO_HELPER, "took too long", 1500, "");
    FILE *file = fopen("seen", "r");
    int child = 0;
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%d", &child), 1);
    fclose(file);
    char path[64], line[256] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", child);
    /* Gone, or not yet taken leave of; a busy machine takes a while to end it. */
    bool ended = false;
    for (int i = 0; i < 500 && !ended; i++) {
        file = fopen(path, "r");
        ended = !file || !fgets(line, sizeof line, file) || strstr(line, ") Z");
        if (file)
            fclose(file);
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    assert_true(ended);
}

#define OFFICE_TEST(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(what_it_makes_is_given),
        OFFICE_TEST(its_folder_is_its_own_and_its_profile_is_in_it),
        OFFICE_TEST(where_it_is_missing_the_message_says_what_to_do),
        OFFICE_TEST(a_failure_is_told_and_leaves_nothing),
        OFFICE_TEST(what_takes_too_long_is_ended_with_all_that_it_started),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
