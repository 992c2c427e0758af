/* test_xlsx_faults.c - workbooks that are damaged, hostile, or no workbooks: what is said, and where.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/archive.h"
#include "../nptkit/ingest/xlsx.h"
#include "xlsx_file.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DAMAGED \
    "  hint: the workbook is damaged; open it in a spreadsheet program and save it again\n"
#define SAVE_AS \
    "  hint: open it in a spreadsheet program and save it as .xlsx (Excel Workbook) or as CSV UTF-8\n"
#define ONE_CELL "<row><c><v>1</v></c></row>"

static void expect_refused(const char *path, const char *text)
{
    xlsx_expect(path, NULL, NPT_BAD_INPUT, "", text);
}

/* ---- files of other kinds -------------------------------------------------------------------- */

static void files_that_are_no_archive_are_named(void **state)
{
    (void)state;
    static const char not_one[] = "a.xlsx: error: is not a workbook (.xlsx)\n" SAVE_AS;
    expect_refused("none.xlsx", "none.xlsx: error: cannot read: No such file or directory\n");
    fixture_write_text("a.xlsx", "");
    expect_refused("a.xlsx", "a.xlsx: error: is empty\n");
    fixture_write_text("a.xlsx", "id,q1\n1,4\n");
    expect_refused("a.xlsx", not_one);
    fixture_write_text("a.xlsx", "<html><table><tr><td>an .xls of a web page</td></tr></table>");
    expect_refused("a.xlsx", not_one);
    fixture_write_text("a.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A");
    expect_refused("a.xlsx", not_one);
}

/* A compound file: its signature, then what stands in its directory, at `offset`. */
static void write_compound(const char *name, size_t length, size_t offset)
{
    npt__buffer bytes = {0};
    npt__buffer_add(&bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    npt__buffer_fill(&bytes, 'E', offset - 8); /* as a name that begins over and over */
    npt__buffer_add(&bytes, name, length);
    npt__buffer_fill(&bytes, '\0', 512);
    fixture_write("a.xlsx", bytes.bytes, bytes.length);
    npt__buffer_release(&bytes);
}

static void old_and_protected_workbooks_are_told_apart(void **state)
{
    (void)state;
    static const char old[] =
        "W\0o\0r\0k\0b\0o\0o\0k\0E\0n\0c\0r\0y\0p\0t\0e\0d\0 \0P\0a\0c\0k\0a\0g\0e";
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    static const char protected_text[] =
        "a.xlsx: error: is protected by a password\n"
        "  hint: save a copy without a password, and protect the folder it lies in\n";
    write_compound(old, sizeof old, 1024);
    expect_refused("a.xlsx",
                   "a.xlsx: error: is an old Office file (.xls), which is not read\n" SAVE_AS);
    write_compound(encrypted, sizeof encrypted, 1024);
    expect_refused("a.xlsx", protected_text);
    write_compound(encrypted, sizeof encrypted, 262144 - 7); /* across two reads */
    expect_refused("a.xlsx", protected_text);
}

static void expect_foreign(const char *member, const char *text)
{
    const struct fixture_entry entries[] = {{"aside.txt", "x", 1, false, NULL},
                                            {member, "<x/>", 4, false, NULL}};
    fixture_zip("a.xlsx", entries, COUNT(entries));
    expect_refused("a.xlsx", text);
}

static void archives_of_other_programs_are_named(void **state)
{
    (void)state;
    expect_foreign("xl/workbook.bin",
                   "a.xlsx: error: is a binary workbook (.xlsb), which is not read\n" SAVE_AS);
    expect_foreign(
        "content.xml",
        "a.xlsx: error: is an OpenDocument file (.ods, .odt), which is not read\n" SAVE_AS);
    expect_foreign("word/document.xml",
                   "a.xlsx: error: is a document (.docx), not a workbook\n"
                   "  hint: a survey is read from .xlsx or CSV; an interview from a coded export "
                   "(.qdpx)\n");
    expect_foreign("ppt/presentation.xml",
                   "a.xlsx: error: is a presentation (.pptx), not a workbook\n"
                   "  hint: a survey is read from .xlsx or CSV\n");
    expect_foreign("project.qde", "a.xlsx: error: is a coded project (.qdpx), not a workbook\n"
                                  "  hint: in study.xml it belongs into <coding file=\"...\">\n");
    expect_foreign("Index/Document.iwa",
                   "a.xlsx: error: is a file of Apple's Numbers or its kin, which is not read\n"
                   "  hint: in Numbers: File > Export To > Excel or CSV\n");
    static const char nothing[] =
        "a.xlsx: error: is a zip archive without a workbook\n  hint: if the workbook lies in it, take "
        "it out first; else save the table as .xlsx or CSV\n";
    expect_foreign("survey.xlsx", nothing);
    expect_foreign("xl/workbook.xml", nothing); /* its root is another element */
}

static void relations_to_other_documents_are_no_workbook(void **state)
{
    (void)state;
    static const struct fixture_entry entries[] = {
        FILE_ENTRY("_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" "
                                  "Target=\"word/document.xml\"/></Relationships>"),
        FILE_ENTRY("word/document.xml", "<document/>"),
        FILE_ENTRY("word/embeddings/table.xlsx", "PK")};
    fixture_zip("a.xlsx", entries, COUNT(entries));
    xlsx_expect_fault("a.xlsx", "is a document (.docx), not a workbook");
}

/* ---- damaged containers ---------------------------------------------------------------------- */

static void a_workbook_that_is_cut_short_is_refused(void **state)
{
    (void)state;
    xlsx_write("a.xlsx", &(struct xlsx_file){.sheets = {{.name = "a", .data = ONE_CELL}}});
    npt__buffer whole = fixture_read("a.xlsx");
    fixture_write("a.xlsx", whole.bytes, whole.length / 2);
    npt__buffer_release(&whole);
    xlsx_expect_fault("a.xlsx", "a.xlsx: error: is not a whole zip archive");
}

static void encrypted_members_are_refused(void **state)
{
    (void)state;
    static const struct fixture_entry entries[] = {
        {"xl/workbook.xml", "<workbook/>", 11, false, "secret"}};
    fixture_zip("a.xlsx", entries, COUNT(entries));
    xlsx_expect_fault("a.xlsx", "a.xlsx: error: is encrypted");
}

/* libzip writes no name twice, so the second is changed in the file: a name of the same length. */
static void two_parts_of_one_name_are_refused(void **state)
{
    (void)state;
    static const struct fixture_entry cased[] = {XLSX_PACKAGE, FILE_ENTRY("xl/a.xml", "<a/>"),
                                                 FILE_ENTRY("XL/A.xml", "<a/>")};
    fixture_zip("a.xlsx", cased, COUNT(cased));
    expect_refused(
        "a.xlsx",
        "a.xlsx: error: holds two parts called 'XL/A.xml'\n  hint: no spreadsheet program "
        "writes this; do not trust where the file came from\n");
    static const struct fixture_entry twins[] = {XLSX_PACKAGE, FILE_ENTRY("xl/a.xml", "<a/>"),
                                                 FILE_ENTRY("xl/b.xml", "<a/>")};
    fixture_zip("a.xlsx", twins, COUNT(twins));
    npt__buffer bytes = fixture_read("a.xlsx");
    for (size_t i = 0; i + 8 <= bytes.length; i++)
        if (memcmp(bytes.bytes + i, "xl/b.xml", 8) == 0)
            bytes.bytes[i + 3] = 'a';
    fixture_write("a.xlsx", bytes.bytes, bytes.length);
    npt__buffer_release(&bytes);
    xlsx_expect_fault("a.xlsx", "holds two parts called 'xl/a.xml'");
}

/* Writes a workbook with one part in place of its own, or none (NULL). */
static void write_with(const char *name, const char *text)
{
    xlsx_write("b.xlsx", &(struct xlsx_file){.sheets = {{.name = "a", .data = ONE_CELL}},
                                             .strings = "<si><t>x</t></si>",
                                             .styles = "<cellXfs/>"});
    npt__archive *archive;
    npt_diags *diags = npt_diags_new();
    assert_int_equal(npt__archive_open(&archive, "b.xlsx", diags), NPT_OK);
    struct fixture_entry entries[10];
    npt__buffer texts[10] = {{.ceiling = 0}};
    size_t count = 0;
    for (size_t i = 0; i < npt__archive_count(archive); i++) {
        const char *fault, *member = npt__archive_name(archive, i);
        const bool replaced = strcmp(member, name) == 0;
        assert_int_equal(npt__archive_read(archive, i, 100000, &texts[i], &fault), NPT_OK);
        if (replaced && !text)
            continue;
        entries[count++] =
            (struct fixture_entry){member, replaced ? text : texts[i].bytes,
                                   replaced ? strlen(text) : texts[i].length, false, NULL};
    }
    fixture_zip("a.xlsx", entries, count);
    for (size_t i = 0; i < COUNT(texts); i++)
        npt__buffer_release(&texts[i]);
    npt__archive_close(archive);
    npt_diags_free(diags);
}

static const char *const part_names[] = {
    "_rels/.rels",   "xl/workbook.xml",      "xl/_rels/workbook.xml.rels",
    "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"};

static void expect_label(const char *part, const char *message)
{
    char text[200];
    snprintf(text, sizeof text, "a.xlsx(%s)%s", part, message);
    xlsx_expect_fault("a.xlsx", text);
}

static void a_document_type_is_refused_in_any_part(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(part_names); i++) {
        write_with(part_names[i], "<?xml version=\"1.0\"?>\n<!DOCTYPE worksheet [<!ENTITY a SYSTEM "
                                  "\"file:///etc/passwd\">]>\n<worksheet>&a;</worksheet>");
        expect_label(part_names[i], ":2: error: declares a document type (DTD)");
    }
}

static void broken_xml_is_located_in_any_part(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(part_names); i++) {
        write_with(part_names[i], i == 1 ? "<workbook>\n<sheets>" : "<worksheet>\n<sheetData>");
        expect_label(part_names[i], ":2:");
    }
}

static bool count_row(void *user, const struct npt__row *row)
{
    size_t *rows = user;
    assert_int_equal(row->line, ++*rows);
    return true;
}

static void a_sheet_that_is_cut_short_gives_what_came_before(void **state)
{
    (void)state;
    write_with("xl/worksheets/sheet1.xml",
               "<worksheet><sheetData>" ONE_CELL "\n" ONE_CELL "\n<row><c>");
    npt_diags *diags = npt_diags_new();
    npt__arena *arena = npt__arena_new();
    struct npt__xlsx_account account;
    size_t rows = 0;
    assert_int_equal(npt__xlsx_read("a.xlsx", NULL, arena, &account, count_row, &rows, diags),
                     NPT_BAD_INPUT);
    fixture_expect_in(npt_diags_text(diags, false), "a.xlsx(xl/worksheets/sheet1.xml):3:");
    assert_int_equal(rows, 2);
    assert_string_equal(account.sheet, "a");
    npt__arena_free(arena);
    npt_diags_free(diags);
}

static void parts_that_are_not_what_they_should_be_are_refused(void **state)
{
    (void)state;
    write_with("xl/worksheets/sheet1.xml", "<chartsheet/>");
    expect_refused("a.xlsx",
                   "a.xlsx(xl/worksheets/sheet1.xml):1: error: is no sheet of cells\n" DAMAGED);
    write_with("xl/worksheets/sheet1.xml", NULL);
    expect_refused("a.xlsx", "a.xlsx: error: lists the sheet 'a', but does not hold it\n" DAMAGED);
    write_with("xl/_rels/workbook.xml.rels", NULL);
    expect_refused("a.xlsx", "a.xlsx: error: lists the sheet 'a', but does not hold it\n" DAMAGED);
    write_with("xl/workbook.xml", "<workbook><sheets/></workbook>");
    expect_refused("a.xlsx", "a.xlsx: error: is a workbook without a sheet\n" DAMAGED);
    write_with("xl/workbook.xml", "<workbook><sheets><sheet name=\"\"/></sheets></workbook>");
    expect_label("xl/workbook.xml", ":1:19: error: a sheet has no name");
}

/* ---- sheets ---------------------------------------------------------------------------------- */

static void sheets_that_are_not_there_are_named(void **state)
{
    (void)state;
    xlsx_write("a.xlsx", &(struct xlsx_file){.sheets = {{"Answers", NULL, ONE_CELL, NULL},
                                                        {"Notes", NULL, "", NULL},
                                                        {"Plot", NULL, "", "chartsheet"},
                                                        {"Old", "hidden", "", NULL},
                                                        {"Macro", "hidden", "", "xlMacrosheet"}}});
    xlsx_expect("a.xlsx", "answer", NPT_BAD_INPUT, "",
                "a.xlsx: error: has no sheet 'answer'\n  hint: did you mean 'Answers'\n");
    static const char *const wanted[] = {"Survey", "0", "6", "99999999999999999999", "", "1x"};
    for (size_t i = 0; i < COUNT(wanted); i++) {
        char text[200];
        snprintf(text, sizeof text,
                 "a.xlsx: error: has no sheet '%s'\n  hint: its sheets are 'Answers', 'Notes' and "
                 "'Plot'\n",
                 wanted[i]);
        xlsx_expect("a.xlsx", wanted[i], NPT_BAD_INPUT, "", text);
    }
    xlsx_expect("a.xlsx", "Plot", NPT_BAD_INPUT, "",
                "a.xlsx: error: 'Plot' is no sheet of cells but a chart\n"
                "  hint: its sheets are 'Answers', 'Notes' and 'Plot'\n");
    xlsx_expect("a.xlsx", "5", NPT_BAD_INPUT, "",
                "a.xlsx: error: 'Macro' is no sheet of cells but a macro sheet\n"
                "  hint: its sheets are 'Answers', 'Notes' and 'Plot'\n");
}

static void a_workbook_with_hidden_values_only_is_refused(void **state)
{
    (void)state;
    xlsx_write("a.xlsx", &(struct xlsx_file){.sheets = {{"One", NULL, "", NULL},
                                                        {"Two", NULL, "", NULL},
                                                        {"Old", "hidden", ONE_CELL, NULL},
                                                        {"Older", "veryHidden", ONE_CELL, NULL}}});
    expect_refused(
        "a.xlsx",
        "a.xlsx: error: has no visible sheet with values\n  hint: hidden sheets are 'Old' "
        "and 'Older'; choose one with --sheet NAME, or sheet=\"NAME\" in study.xml\n");
}

static void a_sheet_that_cannot_be_looked_into_is_not_passed_over(void **state)
{
    (void)state;
    xlsx_write("a.xlsx", &(struct xlsx_file){.sheets = {{"One", NULL, "<row>", NULL},
                                                        {"Two", NULL, ONE_CELL, NULL}}});
    xlsx_expect_fault("a.xlsx", "a.xlsx(xl/worksheets/sheet1.xml):2:");
    xlsx_write("a.xlsx", &(struct xlsx_file){
                             .sheets = {{"One", NULL, NULL, NULL}, {"Two", NULL, ONE_CELL, NULL}}});
    xlsx_expect_fault("a.xlsx", "lists the sheet 'One', but does not hold it");
}

static void a_workbook_has_at_most_a_thousand_sheets(void **state)
{
    (void)state;
    npt__buffer text = {0};
    npt__buffer_puts(&text, "<workbook><sheets>");
    for (size_t i = 0; i < 1001; i++)
        npt__buffer_print(&text, "\n<sheet name=\"s%zu\"/>", i);
    npt__buffer_puts(&text, "</sheets></workbook>");
    write_with("xl/workbook.xml", text.bytes);
    npt__buffer_release(&text);
    expect_label("xl/workbook.xml", ":1002:1: error: holds more than 1,000 sheets");
}

/* ---- rows and cells -------------------------------------------------------------------------- */

#define ROW_PLACE "a.xlsx(xl/worksheets/sheet1.xml):2: error: "

static void rows_must_come_in_order(void **state)
{
    (void)state;
    static const char order[] = ROW_PLACE "rows stand twice or out of order\n" DAMAGED;
    static const char number[] =
        ROW_PLACE "a row has a number that is none, or beyond 1,048,576\n" DAMAGED;
    xlsx_expect_data("<row r=\"2\"><c><v>1</v></c></row><row r=\"2\"><c><v>2</v></c></row>",
                     "2:[1]/", order);
    xlsx_expect_data("<row r=\"2\"><c><v>1</v></c></row><row r=\"1\"/>", "2:[1]/", order);
    static const char *const wrong[] = {"0",  "-1", "1048577", "",
                                        "1x", "+1", " 1",      "18446744073709551617"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        char data[100];
        snprintf(data, sizeof data, ONE_CELL "<row r=\"%s\"><c><v>2</v></c></row>", wrong[i]);
        xlsx_expect_data(data, "1:[1]/", number);
    }
    xlsx_expect_data("<row r=\"1048576\"><c><v>1</v></c></row><row><c><v>2</v></c></row>",
                     "1048576:[1]/", number);
}

static void cells_must_come_in_order(void **state)
{
    (void)state;
#define CELL(reference, value) "<c r=\"" reference "\"><v>" value "</v></c>"
    xlsx_expect_data("<row r=\"14\">" CELL("C14", "1") CELL("C14", "2") CELL("B14", "3")
                         CELL("C14", "5") CELL("D14", "4") "</row>",
                     "14:[][][1][4]/",
                     "a.xlsx:Answers!C14: error: cells stand twice or out of order\n" DAMAGED
                     "a.xlsx:Answers!B14: error: cells stand twice or out of order\n" DAMAGED
                     "a.xlsx:Answers!C14: error: cells stand twice or out of order\n" DAMAGED);
    static const char *const wrong[] = {"A2",   "a1", "A",        "1",    "",
                                        "XFE1", "A0", "A1048577", "$A$1", "AAAAAAAAAAAAAAAA1"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        char data[100], text[200];
        snprintf(data, sizeof data, "<row>" CELL("%s", "1") CELL("B1", "2") "</row>", wrong[i]);
        snprintf(text, sizeof text,
                 "a.xlsx:Answers!A1: error: a cell calls itself '%s' here\n" DAMAGED, wrong[i]);
        xlsx_expect_data(data, "1:[][2]/", text);
    }
}

static void values_end_at_ten_thousand_columns(void **state)
{
    (void)state;
    static const char data[] = "<row><c r=\"A1\"><v>1</v></c><c r=\"NTP1\" s=\"1\"/>"
                               "<c r=\"NTQ1\"><v>2</v></c></row><row><c><v>3</v></c></row>";
    xlsx_expect_data(data, "",
                     "a.xlsx:Answers!NTQ1: error: has a value beyond column 10,000 (NTP)\n"
                     "  hint: is this a table of answers, one respondent a row?\n");
}

static void a_formula_without_a_stored_value_is_a_fault(void **state)
{
    (void)state;
#define NOT_STORED(cell) \
    "a.xlsx:Answers!" cell ": error: holds a formula whose value was not stored\n" \
    "  hint: open the workbook in a spreadsheet program and save it: that stores values\n"
    xlsx_expect_data("<row><c><f>1+1</f></c><c><f>1+1</f><v></v></c><c><f>1+1</f><v/></c>"
                     "<c t=\"str\"><f>\"a\"</f></c><c t=\"b\"><f>A1</f></c><c><v>6</v></c></row>",
                     "1:[][][][][][6]/",
                     NOT_STORED("A1") NOT_STORED("B1") NOT_STORED("C1") NOT_STORED("D1")
                         NOT_STORED("E1"));
}

static void shared_strings_must_be_there(void **state)
{
    (void)state;
#define SHARED(index) "<c t=\"s\"><v>" index "</v></c>"
    xlsx_expect_data(
        "<row>" SHARED("0") "</row>", "1:/",
        "a.xlsx:Answers!A1: error: refers to shared strings, and the file has none\n" DAMAGED);
    xlsx_write("a.xlsx",
               &(struct xlsx_file){.sheets = {{.name = "Q 1",
                                               .data = "<row>" SHARED("1") SHARED("3") SHARED("-1")
                                                   SHARED("x") SHARED("4294967296") SHARED("0")
                                                       SHARED("2") SHARED(" ") "</row>"}},
                                   .strings = "<si><t>a</t></si><si><t>b</t></si><si><t/></si>"});
#define NO_STRING(cell) \
    "a.xlsx:Q 1!" cell ": error: refers to a shared string that is not there\n" DAMAGED
    xlsx_expect("a.xlsx", NULL, NPT_BAD_INPUT, "1:[b][][][][][a]/",
                NO_STRING("B1") NO_STRING("C1") NO_STRING("D1") NO_STRING("E1"));
}

/* A cell of `length` letters in front of one more. */
static void expect_long(const char *before, const char *after, size_t length, const char *row,
                        const char *text)
{
    npt__buffer data = {0}, rows = {0};
    npt__buffer_puts(&data, before);
    npt__buffer_fill(&data, 'x', length);
    npt__buffer_puts(&data, after);
    npt__buffer_puts(&rows, "1:[");
    npt__buffer_fill(&rows, 'x', *text ? 0 : length);
    npt__buffer_puts(&rows, row);
    xlsx_expect_data(data.bytes, rows.bytes, text);
    npt__buffer_release(&data);
    npt__buffer_release(&rows);
}

static void a_cell_holds_at_most_a_megabyte(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"<row><c t=\"str\"><v>", "</v></c><c><v>2</v></c></row>"},
        {"<row><c t=\"inlineStr\"><is><t>", "</t></is></c><c><v>2</v></c></row>"}};
    for (size_t i = 0; i < COUNT(pairs); i++) {
        expect_long(pairs[i][0], pairs[i][1], 1048576, "][2]/", "");
        expect_long(pairs[i][0], pairs[i][1], 1048577, "][2]/",
                    "a.xlsx:Answers!A1: error: is longer than 1 MB\n" DAMAGED);
    }
}

static void a_shared_string_holds_at_most_a_megabyte(void **state)
{
    (void)state;
    npt__buffer strings = {0};
    npt__buffer_puts(&strings, "<si><t>y</t></si>\n<si><t>");
    npt__buffer_fill(&strings, 'x', 1048577);
    npt__buffer_puts(&strings, "</t></si>");
    xlsx_write("a.xlsx", &(struct xlsx_file){.sheets = {{.name = "a", .data = ONE_CELL}},
                                             .strings = strings.bytes});
    npt__buffer_release(&strings);
    expect_refused("a.xlsx",
                   "a.xlsx(xl/sharedStrings.xml):3: error: a shared string is longer than "
                   "1 MB\n");
}

/* Nine megabytes of blanks pack to a few thousand bytes. */
static void bombs_are_refused(void **state)
{
    (void)state;
    npt__buffer text = {0};
    npt__buffer_puts(&text, "<worksheet><sheetData>");
    npt__buffer_fill(&text, ' ', 9u << 20);
    npt__buffer_puts(&text, "</sheetData></worksheet>");
    write_with("xl/worksheets/sheet1.xml", text.bytes);
    npt__buffer_release(&text);
    expect_label("xl/worksheets/sheet1.xml", ": error: unpacks to more than any real export does");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(files_that_are_no_archive_are_named),
        FIXTURE_TEST(old_and_protected_workbooks_are_told_apart),
        FIXTURE_TEST(archives_of_other_programs_are_named),
        FIXTURE_TEST(relations_to_other_documents_are_no_workbook),
        FIXTURE_TEST(a_workbook_that_is_cut_short_is_refused),
        FIXTURE_TEST(encrypted_members_are_refused),
        FIXTURE_TEST(two_parts_of_one_name_are_refused),
        FIXTURE_TEST(a_document_type_is_refused_in_any_part),
        FIXTURE_TEST(broken_xml_is_located_in_any_part),
        FIXTURE_TEST(a_sheet_that_is_cut_short_gives_what_came_before),
        FIXTURE_TEST(parts_that_are_not_what_they_should_be_are_refused),
        FIXTURE_TEST(sheets_that_are_not_there_are_named),
        FIXTURE_TEST(a_workbook_with_hidden_values_only_is_refused),
        FIXTURE_TEST(a_sheet_that_cannot_be_looked_into_is_not_passed_over),
        FIXTURE_TEST(a_workbook_has_at_most_a_thousand_sheets),
        FIXTURE_TEST(rows_must_come_in_order),
        FIXTURE_TEST(cells_must_come_in_order),
        FIXTURE_TEST(values_end_at_ten_thousand_columns),
        FIXTURE_TEST(a_formula_without_a_stored_value_is_a_fault),
        FIXTURE_TEST(shared_strings_must_be_there),
        FIXTURE_TEST(a_cell_holds_at_most_a_megabyte),
        FIXTURE_TEST(a_shared_string_holds_at_most_a_megabyte),
        FIXTURE_TEST(bombs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
