/* xlsx_write_cells.c - cells, rows and names of sheets: nothing that a text says is ever taken for more than a text.
 *
 * Texts are shared strings, which no program takes for formulas or links. Numbers have the fewest digits from which the
 * same double is read back, whatever the locale.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/unicode.h"
#include "../tables/cell.h"
#include "markup.h"
#include "wrap.h"
#include "xlsx_write.h"

#include <string.h>

/* ---- texts ----------------------------------------------------------------------------------- */

/* The bytes of the start of `text` that take at most `most` UTF-16 units; `units`: those of all of it. */
static size_t measure(const char *text, size_t most, size_t *units)
{
    size_t fits = 0;
    *units = 0;
    for (size_t i = 0; text[i]; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if ((byte & 0xC0) == 0x80)
            continue;
        if (*units <= most)
            fits = i;
        *units += byte >= 0xF0 ? 2 : 1;
    }
    return *units <= most ? strlen(text) : fits;
}

bool npt__book_fit(npt__buffer *fit, const char *text, size_t most)
{
    static const char mark[] = " [cut: too long for a cell]", dots[] = "\xE2\x80\xA6";
    const bool is_short = most < 300;
    const size_t room = is_short ? 1 : sizeof mark - 1;
    npt__buffer line = {0};
    size_t units;
    npt__one_line(&line, text);
    const char *whole = npt__buffer_string(&line);
    measure(whole, most, &units);
    const bool cut = units > most;
    npt__buffer_add(fit, whole, measure(whole, cut ? most - room : most, &units));
    if (cut)
        npt__buffer_puts(fit, is_short ? dots : mark);
    npt__buffer_release(&line);
    return cut;
}

static bool is_escape(const char *at)
{
    return at[0] == '_' && at[1] == 'x' && strspn(at + 2, "0123456789abcdefABCDEF") >= 4 &&
           at[6] == '_';
}

/* Adds a string to those of the workbook and returns its number. "_x0041_" would be read as "A". */
static size_t add_string(struct npt__book *book, const char *text, size_t *length)
{
    npt__buffer fit = {0};
    book->cut += npt__book_fit(&fit, text, NPT__BOOK_MOST_TEXT);
    *length = npt__utf8_width(npt__buffer_string(&fit), fit.length);
    npt__buffer_clear(&book->plain);
    for (const char *at = npt__buffer_string(&fit); *at; at++) {
        if (is_escape(at))
            npt__buffer_puts(&book->plain, "_x005F");
        npt__buffer_putc(&book->plain, *at);
    }
    npt__buffer_puts(&book->strings, "<si><t xml:space=\"preserve\">");
    npt__markup_text(&book->strings, npt__buffer_string(&book->plain));
    npt__buffer_puts(&book->strings, "</t></si>\n");
    npt__buffer_release(&fit);
    return book->string_count++;
}

/* ---- rows and cells -------------------------------------------------------------------------- */

struct npt__book_sheet *npt__book_add(struct npt__book *book, const char *name, size_t width)
{
    struct npt__book_sheet *sheet = npt__arena_take(book->arena, sizeof *sheet);
    sheet->name = name;
    sheet->width = width;
    sheet->rows.ceiling = SIZE_MAX / 2;
    sheet->widest = npt__arena_array(book->arena, width, sizeof *sheet->widest);
    *npt__array_add(&book->sheets) = sheet;
    return sheet;
}

void npt__book_start_row(struct npt__book_sheet *sheet)
{
    sheet->column = 0;
    sheet->longest = 0;
    sheet->row++;
}

/* Not every program makes rows as high as wrapped texts: they are told. A text that is short enough for the widest
   column has one that is wide enough. */
void npt__book_end_row(struct npt__book_sheet *sheet)
{
    const size_t whole = NPT__BOOK_MOST_WIDTH - 2, line = NPT__BOOK_MOST_WIDTH + 4;
    size_t lines = sheet->longest > whole ? (sheet->longest + line - 1) / line : 1;
    if (lines > 27) /* 409 points are the most */
        lines = 27;
    npt__buffer_print(&sheet->rows, "<row r=\"%zu\"", sheet->row);
    if (lines > 1)
        npt__buffer_print(&sheet->rows, " ht=\"%zu\" customHeight=\"1\"", 15 * lines);
    npt__buffer_puts(&sheet->rows, ">");
    npt__buffer_add(&sheet->rows, npt__buffer_string(&sheet->cells), sheet->cells.length);
    npt__buffer_puts(&sheet->rows, "</row>\n");
    npt__buffer_clear(&sheet->cells);
}

/* "AB12" of the cell in the column with this number, from 1. */
static void add_reference(npt__buffer *text, size_t column, size_t row)
{
    char letters[8];
    size_t at = sizeof letters;
    for (; column && at; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    npt__buffer_add(text, letters + at, sizeof letters - at);
    npt__buffer_print(text, "%zu", row);
}

static void start_cell(struct npt__book_sheet *sheet, enum npt__book_style style)
{
    npt__buffer_puts(&sheet->cells, "<c r=\"");
    add_reference(&sheet->cells, ++sheet->column, sheet->row);
    npt__buffer_print(&sheet->cells, "\" s=\"%d\"", (int)style);
}

void npt__book_text(struct npt__book *book, struct npt__book_sheet *sheet,
                    enum npt__book_style style, const char *text)
{
    size_t length;
    start_cell(sheet, style);
    npt__buffer_print(&sheet->cells, " t=\"s\"><v>%zu</v></c>", add_string(book, text, &length));
    if (sheet->header && length > sheet->longest)
        sheet->longest = length;
    if (sheet->header && length > sheet->widest[sheet->column - 1])
        sheet->widest[sheet->column - 1] = length;
}

void npt__book_number(struct npt__book_sheet *sheet, enum npt__book_style style,
                      const struct npt_cell *cell)
{
    start_cell(sheet, style);
    npt__buffer_puts(&sheet->cells, "><v>");
    npt__cell_write(&sheet->cells, cell);
    npt__buffer_puts(&sheet->cells, "</v></c>");
}

void npt__book_line(struct npt__book *book, struct npt__book_sheet *sheet,
                    enum npt__book_style style, const char *text)
{
    npt__book_start_row(sheet);
    npt__book_text(book, sheet, style, text);
    npt__book_end_row(sheet);
}

void npt__book_link(struct npt__book_sheet *sheet, const char *target)
{
    npt__buffer_puts(&sheet->links, "<hyperlink ref=\"");
    add_reference(&sheet->links, sheet->column, sheet->row);
    npt__buffer_puts(&sheet->links, "\" location=\"'");
    npt__markup_text(&sheet->links, target);
    npt__buffer_puts(&sheet->links, "'!A1\"/>");
}

void npt__book_headers(struct npt__book *book, struct npt__book_sheet *sheet, const char *marked,
                       const char *const *headers, size_t count)
{
    sheet->marked = marked;
    sheet->headers = headers;
    sheet->width = count;
    npt__book_start_row(sheet);
    sheet->header = sheet->row;
    for (size_t i = 0; i < count; i++)
        npt__book_text(book, sheet, NPT__BOOK_HEADER, headers[i]);
    npt__book_end_row(sheet);
}

/* ---- names ----------------------------------------------------------------------------------- */

static bool is_taken(npt__arena *arena, const char *const *headers, size_t count, const char *name)
{
    const char *folded = npt__fold_name(arena, name);
    for (size_t i = 0; i < count; i++)
        if (strcmp(npt__fold_name(arena, headers[i]), folded) == 0)
            return true;
    return false;
}

/* The name, or with what tells it from others after it. */
static const char *distinct(npt__arena *arena, const char *const *headers, size_t count,
                            const char *label, const char *key)
{
    npt__buffer fit = {0};
    npt__book_fit(&fit, *label ? label : key, NPT__BOOK_MOST_HEADER - 40);
    const char *base = npt__arena_string(arena, npt__buffer_string(&fit)), *name = base;
    npt__buffer_clear(&fit);
    npt__book_fit(&fit, key, 30);
    if (is_taken(arena, headers, count, name) || strspn(name, " ") == strlen(name))
        name = npt__arena_print(arena, "%s (%s)", base, npt__buffer_string(&fit));
    for (size_t i = 2; is_taken(arena, headers, count, name); i++)
        name = npt__arena_print(arena, "%s (%zu)", base, i);
    npt__buffer_release(&fit);
    return name;
}

const char *const *npt__book_distinct(npt__arena *arena, const npt_table *table, bool notes,
                                      size_t *count)
{
    const size_t columns = npt_table_column_count(table);
    const char **headers = npt__arena_array(arena, columns + 1, sizeof *headers);
    for (size_t i = 0; i < columns; i++) {
        const struct npt_column *column = npt_table_column(table, i);
        headers[i] = distinct(arena, headers, i, column->label, column->key);
    }
    if (notes)
        headers[columns] = distinct(arena, headers, columns, "Notes", "why there is no number");
    *count = columns + notes;
    return headers;
}

const char *npt__book_sheet_name(npt__arena *arena, size_t number, const char *table)
{
    npt__buffer legal = {0}, fit = {0};
    npt__buffer_print(&legal, "%zu ", number);
    for (const char *at = table; *at; at++)
        npt__buffer_putc(&legal, strchr("[]:*?/\\'", *at) ? ' ' : *at);
    npt__book_fit(&fit, npt__buffer_string(&legal), NPT__BOOK_MOST_NAME);
    const char *name = npt__arena_string(arena, npt__buffer_string(&fit));
    npt__buffer_release(&legal);
    npt__buffer_release(&fit);
    return name;
}
