/* test_document.c - documents as Markdown, worked out by hand; blocks and their numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/report/writers.h"
#include "../nptkit/tables/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void expect_markdown(const struct npt__report_document *document, const char *expected)
{
    npt_output *output = npt_output_memory(NULL);
    npt__report_markdown.write(output, document);
    assert_string_equal(npt_output_bytes(output, NULL), expected);
    npt_output_discard(output);
}

static npt_table *small_table(void)
{
    npt_table *table = npt__table_new("t", "A table");
    npt__table_dimension(table, "site", "Site");
    npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    struct npt_cell *row = npt__table_add_row(table);
    row[0] = npt__text("North");
    row[1] = npt__count(1200);
    row = npt__table_add_row(table);
    row[0] = npt__text("South");
    row[1] = npt__withheld("few");
    return table;
}

static void blocks_come_out_in_order_as_markdown(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("A *study*", "en");
    npt_table *table = small_table();
    document->subtitle = "North & South";
    document->closing = "Made by hand.";
    npt__add_heading(document, 2, "Numbers");
    npt__add_items(document, NPT__LEAD,
                   (struct npt__document_item[]){{"One is.", 0}, {"Two are.", 0}}, 2);
    npt__add_table(document, table, "Who answered");
    npt__add_figure(document, &(struct npt__figure){.of = 1}, "Dots", "North 1, South 2.");
    npt__add_items(document, NPT__LIST,
                   (struct npt__document_item[]){{"- first", 0}, {"second", 1}}, 2);
    npt__add_quote(document, "# We did", "Nurse | North");
    npt__add_box(document, 3, "Protected",
                 (struct npt__document_item[]){{"So.", 0}, {"And so.", 0}}, 2);
    expect_markdown(document,
                    "# A \\*study\\*\n"
                    "\nNorth &amp; South\n"
                    "\n## Numbers\n"
                    "\nOne is. Two are.\n"
                    "\n**Table 1.** Who answered\n"
                    "\n| Site | n |\n| --- | ---: |\n| North | 1,200 |\n| South | withheld |\n"
                    "\n**Picture 1.** Dots\n"
                    "\nIn words: North 1, South 2. The numbers are in table 1.\n"
                    "\n- \\- first\n- second\n"
                    "\n> \\# We did\n>\n> \xE2\x80\x94 Nurse \\| North\n"
                    "\n### Protected\n"
                    "\nSo.\n"
                    "\nAnd so.\n"
                    "\nMade by hand.\n");
    npt__document_free(document);
    npt_table_free(table);
}

static void a_list_without_items_is_not_shown_and_can_be_filled_later(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "en");
    const size_t list = npt__add_items(document, NPT__LIST, NULL, 0);
    npt__add_paragraph(document, "Below.");
    expect_markdown(document, "# T\n\nBelow.\n");
    npt__fill_items(document, list, &(struct npt__document_item){"Above", 0}, 1);
    expect_markdown(document, "# T\n\n- Above\n\nBelow.\n");
    npt__document_free(document);
}

static void headings_tables_and_figures_are_numbered_each_for_itself(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "en");
    npt_table *table = small_table();
    assert_int_equal(npt__add_heading(document, 2, "a"), 1);
    assert_int_equal(npt__add_table(document, table, "x"), 1);
    assert_int_equal(npt__add_box(document, 3, "b", NULL, 0), 2);
    assert_int_equal(npt__add_figure(document, &(struct npt__figure){.of = 0}, "y", "z"), 1);
    assert_int_equal(npt__add_table(document, table, "x"), 2);
    assert_int_equal(npt__add_heading(document, 2, "c"), 3);
    assert_int_equal(npt__add_figure(document, &(struct npt__figure){.of = 0}, "y", "z"), 2);
    npt__document_free(document);
    npt_table_free(table);
}

static void what_is_given_is_copied_but_for_tables(void **state)
{
    (void)state;
    char text[] = "before";
    struct npt__report_document *document = npt__document_new(text, "en");
    npt__add_paragraph(document, text);
    npt__add_items(document, NPT__LIST, &(struct npt__document_item){text, 0}, 1);
    memcpy(text, "after!", sizeof text);
    expect_markdown(document, "# before\n\nbefore\n\n- before\n");
    npt__document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_come_out_in_order_as_markdown),
        cmocka_unit_test(a_list_without_items_is_not_shown_and_can_be_filled_later),
        cmocka_unit_test(headings_tables_and_figures_are_numbered_each_for_itself),
        cmocka_unit_test(what_is_given_is_copied_but_for_tables),
    };
    return cmocka_run_group_tests_name("documents", tests, NULL, NULL);
}
