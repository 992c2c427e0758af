/* hostile_document.c - documents of hostile texts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hostile_document.h"

const char *const hostile_texts[HOSTILE_COUNT] = {"=1+1",
                                                  "<script>alert(\"1\")</script>",
                                                  "+cmd|' /C calc'!A0",
                                                  "-2",
                                                  "@SUM(A1)",
                                                  "https://example.org/?a=1&b=2",
                                                  "_x0041_ and _x005F_",
                                                  "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
                                                  "\xE6\xBC\xA2\xE5\xAD\x97",
                                                  "quote \" comma , semicolon ;",
                                                  "12",
                                                  "TRUE",
                                                  "#N/A",
                                                  "]]> &amp; 'x'"};

npt_table *hostile_table(const char *name)
{
    npt_table *table = npt__table_new(name, hostile_texts[1]);
    npt__table_dimension(table, "place", "Site");
    npt__table_dimension(table, "hub", "site");
    npt__table_measure(table, "words", hostile_texts[1], NPT_UNIT_TEXT);
    npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "share", "Share", NPT_UNIT_SHARE);
    npt__table_measure(table, "mean", "", NPT_UNIT_MEAN);
    npt__table_measure(table, "p", "p", NPT_UNIT_P);
    for (size_t i = 0; i <= HOSTILE_COUNT; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        const bool total = i == HOSTILE_COUNT;
        row[0] = total ? npt__total() : npt__text(hostile_texts[i]);
        row[1] = npt__text("a");
        row[2] = npt__text(hostile_texts[i % HOSTILE_COUNT]);
        row[3] = npt__count(i * 1000003);
        row[4] = npt__number(1.0 / (double)(i + 3));
        row[5] = npt__number(0.1 + 0.2 * (double)i); /* 0.1 + 0.2 has 17 digits */
        row[6] = npt__number(1e-9 / (double)(i + 7));
        for (size_t j = 3; j < 7 && i >= 1 && i <= 3; j++)
            row[j] = i == 1 ? npt__withheld(j == 3 ? "fewer than 10 people" : "withheld, for once")
                     : i == 2 ? npt__absent("nobody answered")
                              : npt__absent(NULL);
    }
    npt__table_add_note(table, "%s", hostile_texts[0]);
    return table;
}

struct npt__report_document *hostile_document(const npt_table *const *tables, size_t count)
{
    struct npt__report_document *document = npt__document_new(hostile_texts[1], "en");
    const struct npt__document_item items[] = {{hostile_texts[0], 0}, {hostile_texts[9], 1}};
    document->subtitle = hostile_texts[0];
    document->closing = hostile_texts[13];
    npt__add_heading(document, 2, hostile_texts[2]);
    npt__add_items(document, NPT__LEAD, items, 2);
    npt__add_paragraph(document, hostile_texts[3]);
    for (size_t i = 0; i < count; i++)
        npt__add_table(document, tables[i], hostile_texts[4]);
    npt__add_figure(document, &(struct npt__figure){.kind = "dots", .of = count ? 1 : 0},
                    hostile_texts[5], hostile_texts[6]);
    npt__add_items(document, NPT__LIST, items, 2);
    npt__add_quote(document, hostile_texts[7], hostile_texts[8]);
    npt__add_quote(document, "Nobody's", NULL);
    npt__add_box(document, 3, hostile_texts[10], items, 2);
    if (count)
        npt__add_table(document, tables[0], "The first once more");
    return document;
}
