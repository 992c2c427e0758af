/* test_docx_blocks.c - tables, pictures and colours of Word files: what the HTML tells is told here, too, and fits the
 * page.
 *
 * Witnesses: the paper's size, and WCAG 2.2 (1.4.3) for contrast.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "docx_file.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
/* ---- tables ---------------------------------------------------------------------------------- */

static void headers_and_spans_are_those_of_the_layout(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "en");
    npt_table *table = docx_small_table("First", "North");
    npt__add_table(document, table, "The numbers");
    struct docx_file file = docx_make(document);
    assert_true(docx_has_paragraph(&file, "Caption", "Table 1. The numbers"));
    xmlNode *root = docx_nth(docx_body(&file), "tbl", 0);
    assert_int_equal(docx_count(root, "tr"), 5);
    assert_int_equal(docx_count(root, "tc"), 20);
    assert_int_equal(docx_count(root, "tblHeader"), 1);
    assert_int_equal(docx_count(root, "cantSplit"), 5);
    assert_int_equal(docx_count(root, "vMerge"), 4); /* two labels of two rows */
    docx_expect_attribute(docx_nth(root, "vMerge", 0), "val", "restart");
    docx_expect_attribute(docx_nth(root, "vMerge", 1), "val", "(none)");
    docx_expect_attribute(docx_nth(root, "tblLook", 0), "firstRow", "1");
    docx_expect_attribute(docx_nth(root, "tblLook", 0), "firstColumn", "1");
    docx_expect_attribute(docx_nth(root, "tblCaption", 0), "val", "Table 1. The numbers");
    docx_expect_attribute(docx_nth(root, "tblDescription", 0), "val",
                          "4 rows and 4 columns: Construct, Site, n, In words");
    xmlNode *withheld = docx_nth(root, "tc", 10); /* South, n */
    docx_expect_content(withheld, "withheld");
    docx_expect_attribute(docx_nth(withheld, "pStyle", 0), "val", "TableNumber");
    docx_expect_attribute(docx_nth(withheld, "rStyle", 0), "val", "Withheld");
    docx_close(&file);
    npt__document_free(document);
    npt_table_free(table);
}

static void a_matrix_is_one_table_with_one_caption_for_each_measure(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "en");
    npt_table *table = docx_small_table("First", "North"), *none = npt__table_new("t", "T");
    npt__table_set_layout(table, &(struct npt__layout){.across = 1});
    npt__table_dimension(none, "site", "Site");
    npt__add_table(document, table, "The numbers");
    npt__add_table(document, none, "Nobody");
    struct docx_file file = docx_make(document);
    assert_int_equal(docx_count(docx_body(&file), "tbl"), 2);
    assert_true(docx_has_paragraph(&file, "Caption", "Table 1a. The numbers: n"));
    assert_true(docx_has_paragraph(&file, "Caption", "Table 1b. The numbers: In words"));
    assert_true(docx_has_paragraph(&file, "Normal", "Table 2. Nobody: no rows."));
    docx_expect_attribute(docx_nth(docx_body(&file), "fldSimple", 0), "instr",
                          " SEQ Table \\* ARABIC ");
    docx_expect_attribute(docx_nth(docx_body(&file), "fldSimple", 1), "instr", " SEQ Table \\c ");
    docx_close(&file);
    npt__document_free(document);
    npt_table_free(table);
    npt_table_free(none);
}

/* The widths of a table's columns, which must be those of its cells. */
static long width_of(xmlNode *table)
{
    long sum = 0;
    size_t columns = 0;
    for (xmlNode *node = docx_nth(table, "gridCol", 0); node; node = node->next, columns++) {
        char *width = docx_value(node, "w");
        sum += strtol(width, NULL, 10);
        xmlFree(width);
    }
    for (xmlNode *row = table->children; row; row = row->next) {
        size_t cells = 0;
        for (xmlNode *cell = docx_is(row, "tr") ? row->children : NULL; cell; cell = cell->next)
            cells += docx_is(cell, "tc");
        assert_true(!docx_is(row, "tr") || cells == columns);
    }
    assert_true(columns <= 63);
    return sum;
}

static void no_table_runs_off_the_page(void **state)
{
    (void)state;
    for (size_t measures = 1; measures < 140; measures += 7) {
        struct npt__report_document *document = npt__document_new("T", "en");
        npt_table *table = docx_wide_table(measures);
        npt__add_table(document, table, "Wide");
        struct docx_file file = docx_make(document);
        const bool across = docx_count(docx_body(&file), "sectPr") > 1;
        size_t headings = 0;
        for (xmlNode *node = docx_body(&file); node; node = docx_next(node))
            if (docx_is(node, "tbl")) {
                /* A4, 210 by 297 mm, less twice 20 mm: in twentieths of a point. */
                assert_true((double)width_of(node) <= (across ? 257 : 170) * 1440 / 25.4 + 1);
                headings += 1;
            }
        assert_int_equal(docx_count(docx_body(&file), "tblHeader"), headings);
        assert_int_equal(across,
                         measures > 12); /* so many of 4 digits under "measure10" stay upright */
        for (size_t i = 0; i < measures; i++) { /* each is there once */
            char text[32];
            snprintf(text, sizeof text, "measure%zu", i);
            assert_true(docx_has_paragraph(&file, "TableHeadingNumber", text));
            snprintf(text, sizeof text, "%zu,%03zu", (1000 + i) / 1000, i % 1000);
            assert_true(docx_has_paragraph(&file, "TableNumber", text));
        }
        docx_close(&file);
        npt__document_free(document);
        npt_table_free(table);
    }
}

static void a_cell_of_ten_thousand_characters_is_wrapped(void **state)
{
    (void)state;
    char *text = calloc(1, 10001);
    memset(text, 'x', 10000);
    struct npt__report_document *document = npt__document_new(text, "en");
    npt_table *table = docx_small_table(text, text);
    npt__add_table(document, table, text);
    npt__add_figure(document, &docx_drawn, text, text);
    struct docx_file file = docx_make(document);
    assert_true((double)width_of(docx_nth(docx_body(&file), "tbl", 0)) <= 170 * 1440 / 25.4 + 1);
    assert_true(docx_has_paragraph(&file, "TableText", text));
    char *words = docx_value(docx_nth(docx_body(&file), "docPr", 0), "descr");
    assert_int_equal(strlen(words), 4000 + strlen(" ..."));
    xmlFree(words);
    docx_close(&file);
    npt__document_free(document);
    npt_table_free(table);
    free(text);
}

/* ---- pictures -------------------------------------------------------------------------------- */

static void a_picture_says_what_it_shows_and_fits_the_page(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "en");
    npt__add_figure(document, &docx_drawn, "Dots", "In \"words\"");
    struct docx_file file = docx_make(document);
    xmlNode *words = docx_nth(docx_body(&file), "docPr", 0);
    docx_expect_attribute(words, "descr", "In \"words\"");
    docx_expect_attribute(words, "title", "Dots");
    assert_int_equal(docx_count(docx_body(&file), "svgBlip"), 1);
    /* 860 pixels are 22.8 cm: drawn on 17 cm, the height in proportion. 360,000 to the centimetre. */
    char *width = docx_value(docx_nth(docx_body(&file), "extent", 0), "cx");
    char *height = docx_value(docx_nth(docx_body(&file), "extent", 0), "cy");
    assert_true(fabs(strtod(width, NULL) / 360000 - 17) < 0.01);
    assert_true(fabs(strtod(height, NULL) / 360000 - 17 * 1120 / 1720.) < 0.01);
    xmlFree(width);
    xmlFree(height);
    assert_true(docx_part(&file, "word/media/picture1.png")->length == docx_drawn.png_length);
    docx_close(&file);
    npt__document_free(document);
}

static void no_missing_picture_goes_unsaid(void **state)
{
    (void)state;
    static const char broken[] =
        "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\0\0\0\x04\x60\x08\x02\0\0\0\0\0\0\0";
    const struct npt__figure figures[] = {
        {.of = 0},
        {.svg = svg, .svg_length = sizeof svg - 1},
        {.png = "no", .png_length = 2},
        {.png = broken, .png_length = sizeof broken - 1},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        struct npt__report_document *document = npt__document_new("T", "en");
        npt__add_figure(document, &figures[i], "Dots", "North 3.1");
        struct docx_file file = docx_make(document);
        assert_true(docx_has_paragraph(&file, "Missing", "This picture could not be drawn."));
        assert_true(docx_has_paragraph(&file, "Small", "In words: North 3.1"));
        assert_true(docx_has_paragraph(&file, "PictureCaption", "Picture 1. Dots."));
        assert_int_equal(docx_count(docx_body(&file), "drawing"), 0);
        docx_close(&file);
        npt__document_free(document);
    }
}

/* ---- colours --------------------------------------------------------------------------------- */

static double channel(long byte)
{
    const double share = (double)byte / 255;
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static double luminance(const char *colour)
{
    const long all = strtol(colour, NULL, 16);
    return 0.2126 * channel(all >> 16) + 0.7152 * channel(all >> 8 & 255) +
           0.0722 * channel(all & 255);
}

/* WCAG 2.2, 1.4.3: text of any style on any ground that styles give, and on white. */
static void text_can_be_read_on_every_ground(void **state)
{
    (void)state;
    struct docx_world world = docx_everything("x");
    struct docx_file file = docx_make(world.document);
    xmlNode *styles = docx_root(&file, "word/styles.xml");
    double darkest = 1;
    for (xmlNode *node = styles; node; node = docx_next(node)) {
        char *fill = docx_is(node, "shd") ? docx_value(node, "fill") : NULL;
        if (fill && luminance(fill) < darkest)
            darkest = luminance(fill);
        xmlFree(fill);
    }
    size_t colours = 0;
    for (xmlNode *node = styles; node; node = docx_next(node)) {
        char *colour = docx_is(node, "color") ? docx_value(node, "val") : NULL;
        if (colour)
            assert_true((darkest + 0.05) / (luminance(colour) + 0.05) >= 4.5);
        colours += colour != NULL;
        xmlFree(colour);
    }
    assert_true(colours >= 5 && darkest < 1);
    docx_close(&file);
    docx_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_and_spans_are_those_of_the_layout),
        cmocka_unit_test(a_matrix_is_one_table_with_one_caption_for_each_measure),
        cmocka_unit_test(no_table_runs_off_the_page),
        cmocka_unit_test(a_cell_of_ten_thousand_characters_is_wrapped),
        cmocka_unit_test(a_picture_says_what_it_shows_and_fits_the_page),
        cmocka_unit_test(no_missing_picture_goes_unsaid),
        cmocka_unit_test(text_can_be_read_on_every_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
