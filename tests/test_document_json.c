/* test_document_json.c - reports as JSON, read back by Python's reader of JSON.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"
#include "hostile_document.h"

#include <stdlib.h>

/* What Python is to find in the file a.json, besides that it is JSON. */
static void expect_in_python(const char *assertion)
{
    npt__buffer command = {0};
    npt__buffer_print(&command,
                      "python3 -c 'import json\n"
                      "d = json.load(open(\"a.json\", encoding=\"utf-8\"))\n"
                      "assert d[\"schema\"] == \"nptkit.report/1\"\n"
                      "%s'",
                      assertion);
    assert_int_equal(system(npt__buffer_string(&command)), 0);
    npt__buffer_release(&command);
}

static void write_document(const struct npt__report_document *document)
{
    npt_output *output = npt_output_memory(NULL);
    size_t length;
    npt__report_json.write(output, document);
    const char *bytes = npt_output_bytes(output, &length);
    fixture_write("a.json", bytes, length);
    npt_output_discard(output);
}

static void everything_is_read_back(void **state)
{
    (void)state;
    npt_table *table = hostile_table("tally");
    const npt_table *const tables[] = {table};
    struct npt__report_document *document = hostile_document(tables, 1);
    write_document(document);
    expect_in_python(
        "b = d[\"blocks\"]\n"
        "assert [x[\"kind\"] for x in b] == [\"heading\", \"lead\", \"paragraph\", \"table\", "
        "\"figure\", \"list\", \"quote\", \"quote\", \"box\", \"table\"]\n"
        "assert d[\"title\"] == \"<script>alert(\\\"1\\\")</script>\"\n"
        "assert d[\"subtitle\"] == \"=1+1\" and d[\"language\"] == \"en\"\n"
        "assert b[0][\"number\"] == 1 and b[0][\"level\"] == 2\n"
        "assert b[1][\"items\"] == [{\"text\": \"=1+1\"}, {\"text\": \"quote \\\" comma , "
        "semicolon ;\", \"heading\": 1}]\n"
        "assert b[3][\"table\"] == 0 and b[9][\"table\"] == 0 and b[9][\"number\"] == 2\n"
        "assert b[4][\"picture\"] == \"dots\" and b[4][\"of_table\"] == 1\n"
        "assert b[6][\"whose\"] == \"\\u6f22\\u5b57\" and b[7][\"whose\"] is None\n"
        "assert b[8][\"level\"] == 3 and len(b[8][\"items\"]) == 2\n"
        "t, = d[\"tables\"]\n"
        "assert t[\"name\"] == \"tally\" and len(t[\"rows\"]) == 15\n"
        "assert t[\"rows\"][0][\"place\"] == \"=1+1\" and t[\"rows\"][0][\"share\"] == 1 / 3\n"
        "assert t[\"rows\"][1][\"n\"] is None and t[\"rows\"][4][\"n\"] == 4000012\n"
        "assert {\"row\": 2, \"column\": \"p\", \"reason\": \"nobody answered\"} in t[\"absent\"]\n");
    npt__document_free(document);
    npt_table_free(table);
}

static void a_document_without_anything_is_json(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("\x01\x1b[31m\xE2\x80\xA8", "en");
    write_document(document);
    expect_in_python("assert d[\"blocks\"] == [] and d[\"tables\"] == []\n"
                     "assert d[\"closing\"] is None and d[\"subtitle\"] is None\n"
                     "assert d[\"title\"] == \"\\x01\\x1b[31m\\u2028\"\n");
    npt__document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(everything_is_read_back),
        FIXTURE_TEST(a_document_without_anything_is_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
