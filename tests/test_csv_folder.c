/* test_csv_folder.c - reports as folders of CSV files: what is in them, what stays, what goes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"
#include "hostile_document.h"

#include <sys/stat.h>
#include <unistd.h>

static void expect_file_in(const char *path, const char *part)
{
    npt__buffer bytes = fixture_read(path);
    fixture_expect_in(npt__buffer_string(&bytes), part);
    npt__buffer_release(&bytes);
}

static void a_folder_holds_each_table_once_and_says_what_it_holds(void **state)
{
    (void)state;
    npt_table *table = hostile_table("Tally & more");
    const npt_table *const tables[] = {table};
    struct npt__report_document *document = hostile_document(tables, 1);
    npt_diags *diags = npt_diags_new();
    assert_int_equal(npt__report_csv.write_folder("out", document, diags), NPT_OK);
    struct stat status;
    assert_int_equal(stat("out", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    npt__buffer contents = fixture_read("out/contents.csv");
    assert_string_equal(npt__buffer_string(&contents),
                        "file,table,caption,section\n"
                        "table-1-tally-more.csv,1,'@SUM(A1),'+cmd|' /C calc'!A0\n");
    npt__buffer_release(&contents);
    expect_file_in("out/table-1-tally-more.csv",
                   "place,hub,words,n,share,mean,p\n'=1+1,a,'=1+1,0,");
    expect_file_in("out/table-1-tally-more.csv", ",withheld,withheld,withheld,withheld\n");
    expect_file_in("out/sentences.csv", "section,kind,text\n'+cmd|' /C calc'!A0,finding,'=1+1\n");
    npt_diags_free(diags);
    npt__document_free(document);
    npt_table_free(table);
}

static void files_of_an_older_report_go_and_other_peoples_stay(void **state)
{
    (void)state;
    static const char *const ours[] = {"out/table-9-tally.csv", "out/table-2.csv"};
    static const char *const others[] = {
        "out/table-of-mine.csv", "out/table-1-x.csv.bak", "out/notes.txt", "out/Table-1.csv",
        "out/table-3x.csv",      "out/table-12-mine.csv", "mine.csv"};
    struct npt__report_document *document = npt__document_new("Empty", "en");
    npt_diags *diags = npt_diags_new();
    assert_int_equal(mkdir("out", 0755), 0);
    fixture_write_text("out/contents.csv", "file,table,caption,section\n"
                                           "table-9-tally.csv,9,Tally,Counts\n"
                                           "table-2.csv,2,,\n"
                                           "notes.txt,3,,\n../mine.csv,4,,\n");
    fixture_write_text("mine.csv", "mine");
    for (size_t i = 0; i < 2; i++)
        fixture_write_text(ours[i], "old");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        fixture_write_text(others[i], "mine");
    assert_int_equal(npt__report_csv.write_folder("out", document, diags), NPT_OK);
    for (size_t i = 0; i < 2; i++)
        assert_int_not_equal(access(ours[i], F_OK), 0);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        expect_file_in(others[i], "mine");
    npt__buffer contents = fixture_read("out/contents.csv");
    assert_string_equal(npt__buffer_string(&contents), "file,table,caption,section\n");
    npt__buffer_release(&contents);
    npt_diags_free(diags);
    npt__document_free(document);
}

/* They are called as ours would be, but no contents.csv of ours says that they are. */
static void files_that_no_report_wrote_are_not_replaced(void **state)
{
    (void)state;
    static const char *const mine[] = {"out/sentences.csv", "out/contents.csv", "out/table-1.csv"};
    struct npt__report_document *document = npt__document_new("Empty", "en");
    assert_int_equal(mkdir("out", 0755), 0);
    for (size_t i = 0; i < sizeof mine / sizeof *mine; i++) {
        npt_diags *diags = npt_diags_new();
        fixture_write_text(mine[i], "mine");
        assert_int_equal(npt__report_csv.write_folder("out", document, diags), NPT_CANNOT_WRITE);
        fixture_expect_in(npt_diags_text(diags, false), "which no report is known to have written");
        expect_file_in(mine[i], "mine");
        assert_int_equal(unlink(mine[i]), 0);
        npt_diags_free(diags);
    }
    npt__document_free(document);
}

static void what_is_no_folder_is_refused(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("Empty", "en");
    npt_diags *diags = npt_diags_new();
    fixture_write_text("out", "a file");
    assert_int_equal(npt__report_csv.write_folder("out", document, diags), NPT_CANNOT_WRITE);
    fixture_expect_in(npt_diags_text(diags, false), "out: error: cannot write: File exists");
    expect_file_in("out", "a file");
    npt_diags_free(diags);
    npt__document_free(document);
}

/* What lies elsewhere is not ours to replace, whatever leads to it from here. */
static void links_are_replaced_or_refused_and_never_followed(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("Empty", "en");
    npt_diags *diags = npt_diags_new();
    struct stat status;
    fixture_write_text("mine.csv", "mine");
    assert_int_equal(npt__report_csv.write_folder("out", document, diags), NPT_OK);
    assert_int_equal(unlink("out/sentences.csv") || symlink("../mine.csv", "out/sentences.csv"), 0);
    assert_int_equal(npt__report_csv.write_folder("out", document, diags), NPT_OK);
    expect_file_in("mine.csv", "mine");
    assert_true(lstat("out/sentences.csv", &status) == 0 && S_ISREG(status.st_mode));
    assert_int_equal(mkdir("elsewhere", 0777) || symlink("elsewhere", "linked"), 0);
    assert_int_equal(npt__report_csv.write_folder("linked", document, diags), NPT_CANNOT_WRITE);
    fixture_expect_in(npt_diags_text(diags, false), "a link lies there");
    assert_int_equal(rmdir("elsewhere"), 0);
    npt_diags_free(diags);
    npt__document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_folder_holds_each_table_once_and_says_what_it_holds),
        FIXTURE_TEST(files_of_an_older_report_go_and_other_peoples_stay),
        FIXTURE_TEST(files_that_no_report_wrote_are_not_replaced),
        FIXTURE_TEST(what_is_no_folder_is_refused),
        FIXTURE_TEST(links_are_replaced_or_refused_and_never_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
