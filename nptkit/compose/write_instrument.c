/* write_instrument.c - what an instrument is exported as: a blank sheet for answers, a codebook for
 * people, its own XML.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../analysis/instrument_table.h"

#include <nptkit/render.h>

#include <string.h>

/* What the sheet holds beside the items; the reader of instruments keeps items from these names. */
static const struct {
    const char *name, *holds;
} columns[] = {
    {"respondent", "who answered: a number or a code that is no name; the same in every wave"},
    {"site", "where: the id or the name of a site of the study"},
    {"role", "what they do, where the study compares roles"},
    {"wave", "when, where the study asks more than once: 1, 2, ..."},
};

#define COLUMN_COUNT (sizeof columns / sizeof *columns)

static void put(npt_output *output, const char *text)
{
    npt_output_write(output, text, strlen(text));
}

/* Ids are plain words, so nothing has to be quoted. */
void npt_instrument_write_template(npt_output *output, const npt_instrument *instrument)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        put(output, i ? "," : "");
        put(output, columns[i].name);
    }
    for (size_t i = 0; i < instrument->item_count; i++) {
        put(output, ",");
        put(output, instrument->items[i].id);
    }
    put(output, "\n");
}

static npt_table *sheet_table(void)
{
    npt_table *table = npt__table_new("sheet", "The sheet for answers");
    npt__table_dimension(table, "column", "Column");
    npt__table_measure(table, "holds", "Holds", NPT_UNIT_TEXT);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(columns[i].name);
        row[1] = npt__text(columns[i].holds);
    }
    struct npt_cell *row = npt__table_add_row(table);
    row[0] = npt__text("(an item)");
    row[1] = npt__text("the answer: a value of the item's scale or its label, or an answer that is "
                       "not relevant; blank where there is none");
    npt__table_add_note(table, "One row for each respondent and wave; columns that a study does "
                               "not need can go");
    return table;
}

void npt_instrument_write_codebook(npt_output *output, const npt_instrument *instrument)
{
    npt_table *tables[4] = {npt_instrument_table(instrument), npt__instrument_scales(instrument)};
    size_t count = 2;
    npt__table_set_layout(tables[0], &(struct npt__layout){.across = SIZE_MAX}); /* every column */
    if (instrument->not_relevant_count)
        tables[count++] = npt__instrument_not_relevant(instrument);
    tables[count++] = sheet_table();
    npt_render(output, (const npt_table *const *)tables, count, npt_format_find("md"), NULL);
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
}

void npt_instrument_write(npt_output *output, const npt_instrument *instrument)
{
    npt_output_write(output, instrument->xml, instrument->xml_length);
}
