/* test_xlsx.c - workbooks as different programs write them, their rows, and which sheet is read.
 *
 * Rows are expected as one string: the row's number, its fields in [], rows ended by /. What cells come to
 * is in test_xlsx_values.c, faults are in test_xlsx_faults.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/ingest/xlsx.h"
#include "xlsx_file.h"

#define RELATIONSHIPS(inside) \
    "<Relationships xmlns=\"" XLSX_RELATIONS "\">" inside "</Relationships>"
#define RELATION(id, kind, target) \
    "<Relationship Id=\"" id "\" Type=\"" XLSX_TYPES "/" kind "\" Target=\"" target "\"/>"
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- programs -------------------------------------------------------------------------------- */

/* Rich text, how it is pronounced, a formula, a date by a format of the file, a merged cell, a hidden row, a chart
   sheet, relations in any order. */
static void a_workbook_of_excel_is_read(void **state)
{
    (void)state;
    static const struct fixture_entry entries[] = {
        FILE_ENTRY("[Content_Types].xml", "<Types xmlns=\"urn:never:looked:at\"/>"),
        XLSX_PACKAGE,
        FILE_ENTRY("xl/workbook.xml",
                   "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
                   "<workbook xmlns=\"" XLSX_MAIN "\" xmlns:r=\"" XLSX_TYPES
                   "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
                   "mc:Ignorable=\"x15\"><fileVersion appName=\"xl\" lastEdited=\"7\"/>"
                   "<workbookPr defaultThemeVersion=\"166925\"/><mc:AlternateContent>"
                   "<mc:Choice Requires=\"x15\"/></mc:AlternateContent><bookViews>"
                   "<workbookView xWindow=\"0\"/></bookViews><sheets>"
                   "<sheet name=\"Chart1\" sheetId=\"3\" r:id=\"rId1\"/>"
                   "<sheet name=\"R&amp;D staff\" sheetId=\"1\" r:id=\"rId2\"/></sheets>"
                   "<definedNames><definedName name=\"a\">'R&amp;D staff'!$A$1</definedName>"
                   "</definedNames></workbook>"),
        FILE_ENTRY("xl/_rels/workbook.xml.rels",
                   RELATIONSHIPS(RELATION("rId8", "sharedStrings", "sharedStrings.xml")
                                     RELATION("rId2", "worksheet", "worksheets/sheet1.xml")
                                         RELATION("rId1", "chartsheet", "chartsheets/sheet1.xml")
                                             RELATION("rId7", "styles", "styles.xml"))),
        FILE_ENTRY("xl/chartsheets/sheet1.xml", "<chartsheet xmlns=\"" XLSX_MAIN "\"/>"),
        FILE_ENTRY(
            "xl/worksheets/sheet1.xml",
            "<worksheet xmlns=\"" XLSX_MAIN "\" xmlns:x14ac=\"urn:x14ac\"><dimension ref=\"A1\"/>"
            "<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews>"
            "<sheetFormatPr defaultRowHeight=\"15\"/><cols><col min=\"1\" max=\"4\"/></cols>"
            "<sheetData><row r=\"1\" spans=\"1:4\" x14ac:dyDescent=\"0.25\">"
            "<c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"/>"
            "<c r=\"D1\" t=\"s\"><v>1</v></c></row>"
            "<row r=\"2\" spans=\"1:4\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\"><v>4</v></c>"
            "<c r=\"C2\" s=\"2\"><v>46348.586805555555</v></c>"
            "<c r=\"D2\" t=\"str\"><f>IF(B2&gt;3,\"agree\",\"\")</f><v>agree</v></c></row>"
            "<row r=\"3\" hidden=\"1\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\" t=\"e\">"
            "<f>NA()</f><v>#N/A</v></c><c r=\"C3\" s=\"3\"><v>46348</v></c>"
            "<c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" s=\"1\"/></row>"
            "<row r=\"4\"><c r=\"A4\" s=\"1\"/></row><row r=\"5\" ht=\"20\"/></sheetData>"
            "<mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>"),
        FILE_ENTRY("xl/sharedStrings.xml",
                   "<sst xmlns=\"" XLSX_MAIN "\" count=\"4\" uniqueCount=\"3\">"
                   "<si><r><rPr><b/></rPr><t>Job</t></r><r><t xml:space=\"preserve\"> title</t>"
                   "</r><rPh sb=\"0\" eb=\"3\"><t>jahb</t></rPh><phoneticPr fontId=\"1\"/></si>"
                   "<si><t>Agrees</t></si><si><t>Nurse &lt;7&gt;_x000D_\nward</t></si></sst>"),
        FILE_ENTRY("xl/styles.xml",
                   "<styleSheet xmlns=\"" XLSX_MAIN "\"><numFmts count=\"1\">"
                   "<numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/></numFmts>"
                   "<cellStyleXfs count=\"2\"><xf numFmtId=\"14\"/><xf numFmtId=\"14\"/>"
                   "</cellStyleXfs><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"0\"/>"
                   "<xf numFmtId=\"164\" applyNumberFormat=\"1\"/><xf numFmtId=\"14\"/></cellXfs>"
                   "<dxfs><dxf><numFmt numFmtId=\"0\" formatCode=\"yyyy\"/></dxf></dxfs>"
                   "</styleSheet>")};
    fixture_zip("a.xlsx", entries, COUNT(entries));
    xlsx_expect("a.xlsx", NULL, NPT_OK,
                "1:[Job title][][][Agrees]/"
                "2:[Nurse <7>\r\nward][4][2026-11-22T14:05:00][agree]/"
                "3:[Nurse <7>\r\nward][#N/A][2026-11-22][TRUE]/4:/",
                "");
}

static void a_workbook_of_libreoffice_is_read(void **state)
{
    (void)state;
    static const struct fixture_entry entries[] = {
        FILE_ENTRY("_rels/.rels",
                   RELATIONSHIPS(RELATION("rId1", "officeDocument", "xl/workbook.xml"))),
        FILE_ENTRY("xl/_rels/workbook.xml.rels",
                   RELATIONSHIPS(RELATION("rId1", "theme", "theme/theme1.xml")
                                     RELATION("rId2", "styles", "styles.xml") RELATION(
                                         "rId3", "worksheet", "worksheets/sheet1.xml")
                                         RELATION("rId4", "sharedStrings", "sharedStrings.xml"))),
        FILE_ENTRY("xl/worksheets/sheet1.xml",
                   "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetPr filterMode=\"false\"/><sheetData>"
                   "<row r=\"1\" customFormat=\"false\" ht=\"12.8\" hidden=\"false\" "
                   "customHeight=\"false\" outlineLevel=\"0\" collapsed=\"false\">"
                   "<c r=\"A1\" s=\"0\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\" t=\"n\">"
                   "<v>46348</v></c><c r=\"C1\" s=\"0\" t=\"n\"><f aca=\"false\">2+2</f><v>4</v>"
                   "</c><c r=\"D1\" s=\"0\" t=\"b\"><f aca=\"false\">FALSE()</f><v>0</v></c>"
                   "<c r=\"E1\" s=\"2\" t=\"n\"><v>0.25</v></c></row></sheetData></worksheet>"),
        FILE_ENTRY("xl/workbook.xml",
                   "<workbook xmlns=\"" XLSX_MAIN "\" xmlns:r=\"" XLSX_TYPES
                   "\"><workbookPr backupFile=\"false\" showObjects=\"all\" date1904=\"false\"/>"
                   "<sheets><sheet name=\"Sheet1\" sheetId=\"1\" state=\"visible\" "
                   "r:id=\"rId3\"/></sheets></workbook>"),
        FILE_ENTRY("xl/styles.xml",
                   "<styleSheet xmlns=\"" XLSX_MAIN "\"><numFmts count=\"3\">"
                   "<numFmt numFmtId=\"164\" formatCode=\"General\"/>"
                   "<numFmt numFmtId=\"165\" formatCode=\"[$-809]dd\\ mmmm\\ yyyy;@\"/>"
                   "<numFmt numFmtId=\"166\" formatCode=\"0.00%\"/></numFmts>"
                   "<cellXfs count=\"3\"><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"
                   "<xf numFmtId=\"166\"/></cellXfs></styleSheet>"),
        FILE_ENTRY("xl/sharedStrings.xml", "<sst xmlns=\"" XLSX_MAIN "\"><si><t "
                                           "xml:space=\"preserve\"> Größe ☃</t></si></sst>")};
    fixture_zip("a.xlsx", entries, COUNT(entries));
    xlsx_expect("a.xlsx", NULL, NPT_OK, "1:[ Größe ☃][2026-11-22][4][FALSE][0.25]/", "");
}

/* No shared strings; targets from the top; the prefix r declared where it is used. */
static void a_workbook_of_openpyxl_is_read(void **state)
{
    (void)state;
    static const struct fixture_entry entries[] = {
        XLSX_PACKAGE,
        FILE_ENTRY("xl/workbook.xml", "<workbook xmlns=\"" XLSX_MAIN
                                      "\"><workbookPr/><sheets><sheet xmlns:r=\"" XLSX_TYPES
                                      "\" name=\"survey\" sheetId=\"1\" state=\"visible\" "
                                      "r:id=\"rId1\"/></sheets></workbook>"),
        FILE_ENTRY("xl/_rels/workbook.xml.rels",
                   RELATIONSHIPS(RELATION("rId1", "worksheet", "/xl/worksheets/sheet1.xml"))),
        FILE_ENTRY("xl/worksheets/sheet1.xml",
                   "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetData><row r=\"1\">"
                   "<c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c>"
                   "<c r=\"B1\" t=\"inlineStr\"><is><r><t>q</t></r><r><t>1</t></r>"
                   "<rPh sb=\"0\" eb=\"1\"><t>kju</t></rPh></is></c></row>"
                   "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>=cmd()</t></is></c>"
                   "<c r=\"B2\" t=\"n\"><v>4</v></c></row>"
                   "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>@SUM(1)</t></is></c></row>"
                   "</sheetData></worksheet>")};
    fixture_zip("a.xlsx", entries, COUNT(entries));
    xlsx_expect("a.xlsx", NULL, NPT_OK, "1:[id][q1]/2:[=cmd()][4]/3:[@SUM(1)]/", "");
}

/* The .NET libraries behind survey services prefix every element. Headers hold no-break spaces. */
static void an_export_of_microsoft_forms_is_read(void **state)
{
    (void)state;
    static const struct fixture_entry entries[] = {
        FILE_ENTRY("_rels/.rels",
                   RELATIONSHIPS(RELATION("R1", "officeDocument", "/xl/workbook.xml"))),
        FILE_ENTRY("xl/workbook.xml",
                   "\xEF\xBB\xBF<x:workbook xmlns:x=\"" XLSX_MAIN "\" xmlns:rel=\"" XLSX_TYPES
                   "\"><x:sheets><x:sheet name=\"Form1\" sheetId=\"1\" rel:id = 'Ra1'/>"
                   "</x:sheets></x:workbook>"),
        FILE_ENTRY("xl/_rels/workbook.xml.rels",
                   RELATIONSHIPS(RELATION("Ra1", "worksheet", "/xl/worksheets/sheet.xml")
                                     RELATION("Ra2", "styles", "/xl/styles.xml"))),
        FILE_ENTRY("xl/styles.xml",
                   "<x:styleSheet xmlns:x=\"" XLSX_MAIN "\"><x:numFmts count=\"1\"><x:numFmt "
                   "numFmtId=\"165\" formatCode=\"m/d/yy h:mm:ss\"/></x:numFmts><x:cellXfs>"
                   "<x:xf numFmtId=\"0\"/><x:xf numFmtId=\"165\"/></x:cellXfs></x:styleSheet>"),
        FILE_ENTRY(
            "xl/worksheets/sheet.xml",
            "<x:worksheet xmlns:x=\"" XLSX_MAIN "\"><x:sheetData><x:row>"
            "<x:c t=\"inlineStr\"><x:is><x:t>ID</x:t></x:is></x:c>"
            "<x:c t=\"inlineStr\"><x:is><x:t>Start time</x:t></x:is></x:c>"
            "<x:c t=\"inlineStr\"><x:is><x:t>Completion time</x:t></x:is></x:c>"
            "<x:c t=\"inlineStr\"><x:is><x:t>Email</x:t></x:is></x:c>"
            "<x:c t=\"inlineStr\"><x:is><x:t>Name</x:t></x:is></x:c>"
            "<x:c t=\"inlineStr\"><x:is><x:t>I\xC2\xA0value the\xC2\xA0work.</x:t></x:is></x:c>"
            "</x:row><x:row><x:c><x:v>1</x:v></x:c><x:c s=\"1\"><x:v>46329.38384259259</x:v></x:c>"
            "<x:c s=\"1\"><x:v>46329.38894675926</x:v></x:c>"
            "<x:c t=\"str\"><x:v>anonymous</x:v></x:c><x:c/>"
            "<x:c t=\"str\"><x:v>Agree</x:v></x:c></x:row></x:sheetData></x:worksheet>")};
    fixture_zip("a.xlsx", entries, COUNT(entries));
    xlsx_expect("a.xlsx", "form1", NPT_OK,
                "1:[ID][Start time][Completion time][Email][Name][I\xC2\xA0value "
                "the\xC2\xA0work.]/"
                "2:[1][2026-11-03T09:12:44][2026-11-03T09:20:05][anonymous][][Agree]/",
                "");
}

/* Strict OOXML: other namespaces, and dates that are written out. */
static void a_strict_workbook_of_online_surveys_is_read(void **state)
{
    (void)state;
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"
    static const struct fixture_entry entries[] = {
        FILE_ENTRY("_rels/.rels", RELATIONSHIPS("<Relationship Id=\"r\" Type=\"" STRICT
                                                "/officeDocument\" Target=\"XL\\Book.XML\"/>")),
        FILE_ENTRY(
            "xl/book.xml",
            "<workbook xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:r=\"" STRICT
            "\" conformance=\"strict\"><workbookPr/><sheets>"
            "<sheet name=\"Data\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"),
        FILE_ENTRY("xl/_rels/book.xml.rels",
                   RELATIONSHIPS("<Relationship Id=\"s\" Type=\"" STRICT
                                 "/worksheet\" Target=\"./../tables/./data.xml\"/>")),
        FILE_ENTRY("tables/data.xml",
                   "<worksheet xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><sheetData>"
                   "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Unique response number</t></is>"
                   "</c><c r=\"B1\" t=\"inlineStr\"><is><t>4.1.a. I can see the potential value"
                   "</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>Completion</t></is></c></row>"
                   "<row r=\"2\"><c r=\"A2\"><v>1104520</v></c><c r=\"B2\"><v>5</v></c>"
                   "<c r=\"C2\" t=\"d\"><v>2026-11-22T14:05:00.000Z</v></c></row>"
                   "<row r=\"3\"><c r=\"C3\" t=\"d\"><v>2026-11-22T00:00:00</v></c></row>"
                   "<row r=\"4\"><c r=\"C4\" t=\"d\"><v>2026-11-22</v></c>"
                   "<c r=\"D4\" t=\"d\"><v>2026-11-22T14:05:00+01:00</v></c></row>"
                   "</sheetData></worksheet>")};
    fixture_zip("a.xlsx", entries, COUNT(entries));
    xlsx_expect("a.xlsx", NULL, NPT_OK,
                "1:[Unique response number][4.1.a. I can see the potential value][Completion]/"
                "2:[1104520][5][2026-11-22T14:05:00]/3:[][][2026-11-22]/"
                "4:[][][2026-11-22][2026-11-22T14:05:00+01:00]/",
                "");
}

static void a_package_without_relations_is_looked_through(void **state)
{
    (void)state;
    static const struct fixture_entry entries[] = {
        FILE_ENTRY("xl\\workbook.xml",
                   "<workbook xmlns:r=\"" XLSX_TYPES "\"><sheets><odd>"
                   "<sheet name=\"b\" r:id=\"y\"/></odd><sheet name=\"a\" r:id=\"x\"/>"
                   "</sheets></workbook>"),
        FILE_ENTRY("xl\\_rels\\workbook.xml.rels",
                   RELATIONSHIPS(RELATION("x", "worksheet", "worksheets/Sheet1.xml"))),
        FILE_ENTRY("xl\\worksheets\\sheet1.xml", "<worksheet><sheetData><row><c><v>7</v></c></row>"
                                                 "</sheetData></worksheet>")};
    fixture_zip("a.xlsx", entries, COUNT(entries));
    xlsx_expect("a.xlsx", NULL, NPT_OK, "1:[7]/", "");
}

/* ---- rows and cells -------------------------------------------------------------------------- */

static void rows_and_cells_without_a_place_follow_on(void **state)
{
    (void)state;
    xlsx_expect_data("<row r=\"3\"><c><v>1</v></c><c r=\"D3\"><v>2</v></c><c><v>3</v></c></row>"
                     "<row><c r=\"B4\"><v>4</v></c></row><row r=\"9\"><c><v>5</v></c></row>",
                     "3:[1][][][2][3]/4:[][4]/9:[5]/", "");
}

static void fields_end_with_the_last_value(void **state)
{
    (void)state;
    xlsx_expect_data("<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>"
                     "<row><c/><c><v>4</v></c><c s=\"1\"/><c r=\"XFD2\" s=\"1\"/></row>"
                     "<row><c t=\"str\"><v></v></c></row><row/>"
                     "<row><c r=\"C5\"><v>5</v></c></row>",
                     "1:[1][2][3]/2:[][4]/3:/5:[][][5]/", "");
}

static void ten_thousand_columns_are_read(void **state)
{
    (void)state;
    xlsx_write("a.xlsx", &(struct xlsx_file){
                             .sheets = {{.name = "a",
                                         .data = "<row><c r=\"NTP1\"><v>1</v></c></row>"
                                                 "<row r=\"1048576\"><c><v>2</v></c></row>"}}});
    npt__buffer rows = {0};
    npt__buffer_puts(&rows, "1:");
    for (size_t i = 0; i < 9999; i++)
        npt__buffer_puts(&rows, "[]");
    npt__buffer_puts(&rows, "[1]/1048576:[2]/");
    xlsx_expect("a.xlsx", NULL, NPT_OK, rows.bytes, "");
    npt__buffer_release(&rows);
}

static void formulas_give_what_was_stored_with_them(void **state)
{
    (void)state;
    xlsx_expect_data("<row><c><f>1+1</f><v>2</v></c><c t=\"str\"><f>\"\"</f><v></v></c>"
                     "<c><f t=\"shared\" si=\"0\"/><v>3.0</v></c><c t=\"b\"><f>A1</f><v>1</v></c>"
                     "</row>",
                     "1:[2][][3][TRUE]/", "");
}

/* Elements of other vocabularies, comments and CDATA; texts where none belong. */
static void what_stands_around_values_is_no_value(void **state)
{
    (void)state;
    xlsx_expect_data(
        "<other><row><c><v>0</v></c></row></other>no<row>no<c>"
        "no<v>1<!-- 2 --><?x 3?></v>no<extLst><ext><v>5</v></ext></extLst>"
        "</c><other><c r=\"D1\"><v>6</v></c></other><c t=\"inlineStr\"><is>no<t><![CDATA[<7>]]>"
        "</t>no</is><v>8</v></c></row>",
        "1:[1][<7>]/", "");
}

struct stopping {
    const struct npt__xlsx_account *account;
    size_t wanted, rows;
};

static bool stop_after(void *user, const struct npt__row *row)
{
    struct stopping *stopping = user;
    assert_int_equal(row->line, ++stopping->rows);
    assert_null(row->raw);
    assert_string_equal(stopping->account->sheet, "Answers"); /* messages about rows need it */
    return stopping->rows < stopping->wanted;
}

/* Reads until `wanted` rows came. */
static enum npt_status read_rows(size_t wanted, struct npt__xlsx_account *account,
                                 npt__arena *arena)
{
    npt_diags *diags = npt_diags_new();
    struct stopping stopping = {.wanted = wanted, .account = account};
    const enum npt_status status =
        npt__xlsx_read("a.xlsx", NULL, arena, account, stop_after, &stopping, diags);
    assert_int_equal(stopping.rows, wanted);
    npt_diags_free(diags);
    return status;
}

static void hidden_rows_are_read_and_counted_and_reading_can_stop(void **state)
{
    (void)state;
    xlsx_write("a.xlsx",
               &(struct xlsx_file){
                   .sheets = {{.name = "Answers",
                               .data = "<row><c><v>1</v></c></row><row hidden=\"1\"><c><v>2</v></c>"
                                       "</row><row hidden=\"true\"><c><v>3</v></c></row>"
                                       "<row hidden=\"1\"/><row r=\"0\"/>"}}});
    npt__arena *arena = npt__arena_new();
    struct npt__xlsx_account account;
    assert_int_equal(read_rows(3, &account, arena), NPT_OK); /* before the fault of the last row */
    assert_int_equal(account.hidden_rows, 2);
    assert_string_equal(account.sheet, "Answers");
    assert_int_equal(read_rows(2, &account, arena), NPT_OK);
    assert_int_equal(account.hidden_rows, 1);
    npt__arena_free(arena);
}

static void cells_are_named_by_letters_and_numbers(void **state)
{
    (void)state;
    static const struct {
        size_t row, column;
        const char *name;
    } cells[] = {{1, 1, "A1"},     {14, 3, "C14"},     {2, 26, "Z2"},
                 {2, 27, "AA2"},   {3, 52, "AZ3"},     {3, 702, "ZZ3"},
                 {3, 703, "AAA3"}, {9, 10000, "NTP9"}, {1048576, 16384, "XFD1048576"}};
    for (size_t i = 0; i < COUNT(cells); i++) {
        char name[32];
        npt__xlsx_cell_name(name, sizeof name, cells[i].row, cells[i].column);
        assert_string_equal(name, cells[i].name);
    }
    char small[3];
    npt__xlsx_cell_name(small, sizeof small, 14, 3);
    assert_string_equal(small, "C1");
}

/* ---- sheets ---------------------------------------------------------------------------------- */

#define ONE_CELL(value) "<row><c><v>" value "</v></c></row>"

static void the_only_visible_sheet_with_values_is_read(void **state)
{
    (void)state;
    xlsx_write("a.xlsx",
               &(struct xlsx_file){.sheets = {{"Empty", NULL, "", NULL},
                                              {"Chart", NULL, "", "chartsheet"},
                                              {"Lists", "veryHidden", ONE_CELL("1"), NULL},
                                              {"Answers", NULL, ONE_CELL("2"), NULL},
                                              {"Blank", NULL, "<row><c s=\"1\"/></row>", NULL}}});
    xlsx_expect("a.xlsx", NULL, NPT_OK, "1:[2]/", "");
}

static void a_workbook_may_be_empty(void **state)
{
    (void)state;
    xlsx_expect_data("", "", "");
    xlsx_write(
        "a.xlsx",
        &(struct xlsx_file){.sheets = {{.name = "One", .data = ""},
                                       {.name = "Old", .state = "hidden", .data = ONE_CELL("1")}}});
    xlsx_expect("a.xlsx", NULL, NPT_OK, "", "");
}

static void of_several_the_first_is_read_with_a_warning(void **state)
{
    (void)state;
    struct xlsx_file file = {
        .sheets = {{"Empty", NULL, "", NULL},
                   {"Wave 1", NULL, ONE_CELL("1"), NULL},
                   {"Wave 2", NULL, "<row><c t=\"s\"><v>0</v></c></row>", NULL},
                   {"Old", "hidden", ONE_CELL("3"), NULL},
                   {"Sums", NULL, "<row><c><f>1</f></c></row>", NULL}}};
    xlsx_write("a.xlsx", &file);
    xlsx_expect("a.xlsx", NULL, NPT_OK, "1:[1]/",
                "a.xlsx: warning: has 3 sheets with values; 'Wave 1' is read\n"
                "  hint: 'Wave 2' and 'Sums' are not read; choose with --sheet NAME, or "
                "sheet=\"NAME\" in study.xml\n");
    file.sheets[2].data = "";
    xlsx_write("a.xlsx", &file);
    xlsx_expect("a.xlsx", NULL, NPT_OK, "1:[1]/",
                "a.xlsx: warning: has 2 sheets with values; 'Wave 1' is read\n"
                "  hint: 'Sums' is not read; choose with --sheet NAME, or sheet=\"NAME\" in "
                "study.xml\n");
}

static void a_sheet_is_chosen_by_name_or_number(void **state)
{
    (void)state;
    xlsx_write("a.xlsx", &(struct xlsx_file){.sheets = {{"Wave_x0020_A", NULL, ONE_CELL("1"), NULL},
                                                        {"Chart", NULL, "", "chartsheet"},
                                                        {"1", "hidden", ONE_CELL("3"), NULL},
                                                        {"Größe", NULL, ONE_CELL("4"), NULL}}});
    xlsx_expect("a.xlsx", "Wave A", NPT_OK, "1:[1]/", "");
    xlsx_expect("a.xlsx", " wave  a ", NPT_OK, "1:[1]/", "");
    xlsx_expect("a.xlsx", "1", NPT_OK, "1:[3]/", ""); /* a name before a number */
    xlsx_expect("a.xlsx", "3", NPT_OK, "1:[3]/", "");
    xlsx_expect("a.xlsx", "4", NPT_OK, "1:[4]/", "");
    xlsx_expect("a.xlsx", "GRÖSSE", NPT_OK, "1:[4]/", "");
}

static void stored_values_of_other_workbooks_are_read_with_one_warning(void **state)
{
    (void)state;
    xlsx_write("a.xlsx",
               &(struct xlsx_file){
                   .sheets = {{.name = "a", .data = "<row><c><f>[1]b!$A$1</f><v>5</v></c></row>"}},
                   .relations = RELATION("x1", "externalLink", "externalLinks/externalLink1.xml")
                       RELATION("x2", "externalLink", "externalLinks/externalLink2.xml")});
    xlsx_expect("a.xlsx", NULL, NPT_OK, "1:[5]/",
                "a.xlsx: warning: refers to other workbooks; the values that were stored last are "
                "read\n  hint: to be sure that they are current, open it in a spreadsheet program "
                "and save it\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_workbook_of_excel_is_read),
        FIXTURE_TEST(a_workbook_of_libreoffice_is_read),
        FIXTURE_TEST(a_workbook_of_openpyxl_is_read),
        FIXTURE_TEST(an_export_of_microsoft_forms_is_read),
        FIXTURE_TEST(a_strict_workbook_of_online_surveys_is_read),
        FIXTURE_TEST(a_package_without_relations_is_looked_through),
        FIXTURE_TEST(rows_and_cells_without_a_place_follow_on),
        FIXTURE_TEST(fields_end_with_the_last_value),
        FIXTURE_TEST(ten_thousand_columns_are_read),
        FIXTURE_TEST(formulas_give_what_was_stored_with_them),
        FIXTURE_TEST(what_stands_around_values_is_no_value),
        FIXTURE_TEST(hidden_rows_are_read_and_counted_and_reading_can_stop),
        FIXTURE_TEST(cells_are_named_by_letters_and_numbers),
        FIXTURE_TEST(the_only_visible_sheet_with_values_is_read),
        FIXTURE_TEST(a_workbook_may_be_empty),
        FIXTURE_TEST(of_several_the_first_is_read_with_a_warning),
        FIXTURE_TEST(a_sheet_is_chosen_by_name_or_number),
        FIXTURE_TEST(stored_values_of_other_workbooks_are_read_with_one_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
