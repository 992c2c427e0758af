/* render_text.c - tables in their layouts, and quotes as cards, for people at a terminal.
 *
 * A panel that is too wide first wraps its headings and long labels, then is split into parts that
 * repeat the labels; a number is never broken. Furniture is ASCII; every text from the data passes
 * npt__one_line(), so that none of it can drive the terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "format.h"
#include "wrap.h"

#include "../tables/cell.h"
#include "../tables/grid.h"

#include <string.h>

#define GAP 2            /* blanks between columns */
#define LEAST_WIDTH 20   /* of the terminal */
#define LEAST_COLUMN 6   /* a label is not squeezed below this */
#define HEADING_WIDTH 10 /* to which a heading is wrapped where place is short */
#define LONG_WORD 16     /* longer words may be broken */
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

struct text_column {
    const char *heading;
    bool right;
    size_t width; /* as printed */
    size_t body;  /* of the widest cell below the heading */
    size_t word;  /* of the longest word, at most LONG_WORD: narrower than this breaks words */
    /* What is left to print of the cell at hand. */
    npt__buffer cell;
    size_t at, lines_above;
};

/* A panel on its way to the terminal: the first `fixed` columns stand in every part of it. */
struct sheet {
    npt_output *output;
    const struct npt__panel *panel;
    struct text_column *columns;
    size_t count, fixed;
    npt__buffer line;
};

/* ---- widths ---------------------------------------------------------------------------------- */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* The width of a text as shown; *word becomes that of its longest word if it is larger. */
static size_t shown_width(npt__buffer *scratch, const char *text, size_t *word)
{
    npt__buffer_clear(scratch);
    npt__one_line(scratch, text);
    size_t width = 0;
    const char *at = npt__buffer_string(scratch);
    while (*at) {
        size_t length = strcspn(at, " "), blanks = strspn(at + length, " ");
        size_t columns = npt__line_width(at, length);
        *word = most(*word, least(columns, LONG_WORD));
        width += columns + blanks;
        at += length + blanks;
    }
    return width;
}

/* The width of the columns from `first` to before `end` with the gaps between them. */
static size_t span(const struct sheet *sheet, size_t first, size_t end)
{
    size_t width = 0;
    for (size_t i = first; i < end; i++)
        width += sheet->columns[i].width + (i > first ? GAP : 0);
    return width;
}

static void measure(struct sheet *sheet)
{
    const struct npt__panel *panel = sheet->panel;
    for (size_t i = 0; i < sheet->count; i++) {
        struct text_column *column = &sheet->columns[i];
        column->heading = panel->columns[i].heading;
        column->right = panel->columns[i].right;
        for (size_t row = 0; row < panel->row_count; row++) {
            const char *text = panel->rows[row].texts[i];
            column->body = most(column->body, shown_width(&sheet->line, text, &column->word));
        }
        size_t heading = shown_width(&sheet->line, column->heading, &column->word);
        column->width = most(column->body, heading);
        column->width = most(column->width, 1);
    }
    npt__buffer_clear(&sheet->line);
}

/* Below this a column is not narrowed: numbers are never broken, words only where `words` is false. */
static size_t least_width(const struct text_column *column, bool words)
{
    if (column->right)
        return most(column->body, words ? column->word : 1);
    return words ? most(column->word, LEAST_COLUMN) : LEAST_COLUMN;
}

/* Narrows the widest of the first `count` columns until they fit, or cannot be narrowed. */
static void squeeze(struct sheet *sheet, size_t count, size_t width, bool words)
{
    for (size_t total = span(sheet, 0, count); total > width; total--) {
        struct text_column *widest = NULL;
        for (size_t i = 0; i < count; i++) {
            struct text_column *column = &sheet->columns[i];
            if (column->width > least_width(column, words) &&
                (!widest || column->width > widest->width))
                widest = column;
        }
        if (!widest)
            return;
        widest->width--;
    }
}

/* Narrows columns where the panel is wider than the terminal. */
static void fit(struct sheet *sheet, size_t width)
{
    if (span(sheet, 0, sheet->count) <= width)
        return;
    for (size_t i = 0; i < sheet->fixed; i++)
        sheet->columns[i].width = least(sheet->columns[i].width, most(width * 2 / 5, LEAST_COLUMN));
    size_t labels = sheet->fixed < sheet->count ? width * 3 / 5 : width;
    squeeze(sheet, sheet->fixed, labels, true);
    squeeze(sheet, sheet->fixed, labels, false);
    size_t taken = span(sheet, 0, sheet->fixed) + (sheet->fixed ? GAP : 0);
    size_t rest = width > taken ? width - taken : 1;
    for (size_t i = sheet->fixed; i < sheet->count; i++) {
        struct text_column *column = &sheet->columns[i];
        size_t heading = most(column->word, HEADING_WIDTH);
        size_t wanted = most(column->body, least(column->width, heading));
        column->width = most(least(wanted, rest), least_width(column, false));
    }
    /* Fewer parts are worth more than long lines of labels. */
    size_t values = span(sheet, sheet->fixed, sheet->count) + GAP;
    if (sheet->fixed < sheet->count)
        squeeze(sheet, sheet->fixed, width > values ? width - values : 0, true);
    bool texts = false;
    size_t narrowest = sheet->count ? (sheet->count - 1) * GAP : 0;
    for (size_t i = 0; i < sheet->count; i++) {
        texts |= i >= sheet->fixed && !sheet->columns[i].right;
        narrowest += least(sheet->columns[i].width, least_width(&sheet->columns[i], true));
    }
    if (texts && narrowest <= width) /* texts wrap where that keeps the panel whole */
        squeeze(sheet, sheet->count, width, true);
}

/* Where the part that begins at column `first` ends; it holds at least one column. */
static size_t end_of_part(const struct sheet *sheet, size_t first, size_t width)
{
    size_t used = span(sheet, 0, sheet->fixed) + (sheet->fixed ? GAP : 0);
    size_t end = first;
    while (end < sheet->count) {
        size_t wanted = sheet->columns[end].width + (end > first ? GAP : 0);
        if (end > first && used + wanted > width)
            break;
        used += wanted;
        end++;
    }
    return end;
}

/* ---- lines of a panel ------------------------------------------------------------------------ */

/* The next piece of the cell at hand that fits its column. */
static size_t next_piece(struct text_column *column, const char **piece)
{
    *piece = npt__buffer_string(&column->cell) + column->at;
    if (column->lines_above) {
        column->lines_above--;
        return 0;
    }
    size_t next;
    size_t length = npt__wrap(*piece, column->cell.length - column->at, column->width, &next);
    column->at += next;
    return length;
}

static void print_piece(struct sheet *sheet, struct text_column *column, size_t *pending)
{
    const char *piece;
    size_t length = next_piece(column, &piece);
    size_t used = npt__line_width(piece, length);
    size_t pad = column->width > used ? column->width - used : 0;
    if (length) {
        npt__buffer_fill(&sheet->line, ' ', *pending + (column->right ? pad : 0));
        npt__buffer_add(&sheet->line, piece, length);
        *pending = column->right ? 0 : pad;
    } else {
        *pending += column->width;
    }
    *pending += GAP;
}

/* The column at `index` of the part from `first`: the fixed columns stand before it. */
static struct text_column *part_column(struct sheet *sheet, size_t first, size_t index)
{
    return &sheet->columns[index < sheet->fixed ? index : first + index - sheet->fixed];
}

/* Prints the cells at hand of the columns of a part, in as many lines as they need. */
static void print_cells(struct sheet *sheet, size_t first, size_t end)
{
    size_t count = sheet->fixed + end - first;
    bool more = true;
    while (more) {
        size_t pending = 0; /* blanks are held back: none end a line */
        more = false;
        for (size_t i = 0; i < count; i++) {
            struct text_column *column = part_column(sheet, first, i);
            print_piece(sheet, column, &pending);
            more = more || column->at < column->cell.length;
        }
        npt__buffer_putc(&sheet->line, '\n');
        npt__put_buffer(sheet->output, &sheet->line);
    }
}

static void take_cell(struct text_column *column, const char *text)
{
    npt__buffer_clear(&column->cell);
    npt__one_line(&column->cell, text);
    column->at = column->lines_above = 0;
}

static size_t count_lines(struct text_column *column)
{
    size_t lines = 0;
    const char *piece;
    for (; column->at < column->cell.length; lines++)
        next_piece(column, &piece);
    column->at = 0;
    return lines;
}

/* Headings stand on the rule below them, however many lines they take. */
static void print_headings(struct sheet *sheet, size_t first, size_t end)
{
    size_t count = sheet->fixed + end - first, lines = 1;
    for (size_t i = 0; i < count; i++) {
        struct text_column *column = part_column(sheet, first, i);
        take_cell(column, column->heading);
        lines = most(lines, count_lines(column));
    }
    for (size_t i = 0; i < count; i++) {
        struct text_column *column = part_column(sheet, first, i);
        size_t own = most(count_lines(column), 1);
        column->lines_above = lines - own;
    }
    print_cells(sheet, first, end);
}

static void print_rule(struct sheet *sheet, size_t first, size_t end)
{
    size_t count = sheet->fixed + end - first;
    for (size_t i = 0; i < count; i++) {
        npt__buffer_fill(&sheet->line, ' ', i ? GAP : 0);
        npt__buffer_fill(&sheet->line, '-', part_column(sheet, first, i)->width);
    }
    npt__buffer_putc(&sheet->line, '\n');
    npt__put_buffer(sheet->output, &sheet->line);
}

/* The row before which a rule sets the totals at the bottom apart. */
static size_t first_total(const struct npt__panel *panel)
{
    size_t row = panel->row_count;
    while (row && panel->rows[row - 1].total)
        row--;
    return row ? row : panel->row_count;
}

static void print_part(struct sheet *sheet, size_t first, size_t end)
{
    const struct npt__panel *panel = sheet->panel;
    size_t totals = first_total(panel), count = sheet->fixed + end - first;
    print_headings(sheet, first, end);
    print_rule(sheet, first, end);
    for (size_t row = 0; row < panel->row_count; row++) {
        if (row == totals)
            print_rule(sheet, first, end);
        for (size_t i = 0; i < count; i++) {
            struct text_column *column = part_column(sheet, first, i);
            take_cell(column, panel->rows[row].texts[column - sheet->columns]);
        }
        print_cells(sheet, first, end);
    }
}

/* ---- panels ---------------------------------------------------------------------------------- */

/* A heading on lines of its own, bold where colour is wanted; `suffix` may be "". */
static void print_bold(npt_output *output, const char *text, const char *suffix,
                       const struct npt_render_options *options)
{
    npt__buffer plain = {0}, lines = {0};
    npt__one_line(&plain, text);
    npt__buffer_puts(&plain, suffix);
    if (options->colour)
        npt__put(output, BOLD);
    npt__paragraph(&lines, npt__buffer_string(&plain), options->width, "", "");
    npt_output_write(output, lines.bytes, lines.length - 1);
    npt__put(output, options->colour ? PLAIN "\n" : "\n");
    npt__buffer_release(&plain);
    npt__buffer_release(&lines);
}

/* A panel of labels only keeps its first column fixed and lets the others be split off. */
static size_t count_fixed(const struct npt__panel *panel)
{
    size_t labels = 0;
    while (labels < panel->column_count && panel->columns[labels].label)
        labels++;
    return labels < panel->column_count || labels < 2 ? labels : 1;
}

static void print_panel(npt_output *output, const struct npt__panel *panel,
                        const struct npt_render_options *options)
{
    struct sheet sheet = {.output = output,
                          .panel = panel,
                          .count = panel->column_count,
                          .fixed = count_fixed(panel)};
    sheet.columns = npt__allocate(sheet.count * sizeof *sheet.columns);
    memset(sheet.columns, 0, sheet.count * sizeof *sheet.columns);
    measure(&sheet);
    fit(&sheet, options->width);
    size_t first = sheet.fixed;
    do {
        bool continued = first > sheet.fixed;
        size_t end = end_of_part(&sheet, first, options->width);
        npt__put(output, "\n");
        if (panel->caption)
            print_bold(output, panel->caption, continued ? " (continued)" : "", options);
        else if (continued)
            print_bold(output, "(continued)", "", options);
        print_part(&sheet, first, end);
        first = end;
    } while (first < sheet.count);
    for (size_t i = 0; i < sheet.count; i++)
        npt__buffer_release(&sheet.columns[i].cell);
    npt__release(sheet.columns);
    npt__buffer_release(&sheet.line);
}

static void print_panels(npt_output *output, const npt_table *table,
                         const struct npt_render_options *options)
{
    npt__arena *arena = npt__arena_new();
    const struct npt__panel *panels;
    size_t count = npt__grid(table, arena, &panels);
    for (size_t i = 0; i < count; i++)
        print_panel(output, &panels[i], options);
    npt__arena_free(arena);
}

/* ---- cards, notes, tables -------------------------------------------------------------------- */

static void add_card_text(npt__buffer *text, const npt_table *table, const struct npt_cell *cell)
{
    if (cell->kind == NPT_CELL_ABSENT) {
        npt__buffer_print(text, "[%s]", cell->reason ? cell->reason : "no text");
    } else if (cell->kind == NPT_CELL_WITHHELD) {
        npt__buffer_puts(text, "[withheld]");
    } else {
        npt__buffer_putc(text, '"');
        npt__cell_show(text, cell, npt_table_column(table, npt__card_text(table))->unit);
        npt__buffer_putc(text, '"');
    }
}

static void print_cards(npt_output *output, const npt_table *table, size_t width)
{
    npt__buffer text = {0}, plain = {0}, lines = {0}, number = {0};
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *cells = npt_table_row(table, i);
        npt__buffer_clear(&number);
        npt__buffer_print(&number, "%zu. ", i + 1);
        npt__buffer_clear(&text);
        npt__buffer_clear(&plain);
        add_card_text(&text, table, &cells[npt__card_text(table)]);
        npt__one_line(&plain, npt__buffer_string(&text));
        npt__buffer_putc(&lines, '\n');
        npt__paragraph(&lines, npt__buffer_string(&plain), width, npt__buffer_string(&number),
                       "  ");
        npt__buffer_clear(&text);
        npt__buffer_clear(&plain);
        npt__card_line(&text, table, cells);
        npt__one_line(&plain, npt__buffer_string(&text));
        if (plain.length)
            npt__paragraph(&lines, npt__buffer_string(&plain), width, "    ", "    ");
        npt__put_buffer(output, &lines);
    }
    npt__buffer_release(&text);
    npt__buffer_release(&plain);
    npt__buffer_release(&lines);
    npt__buffer_release(&number);
}

static void print_notes(npt_output *output, const npt_table *table,
                        const struct npt_render_options *options)
{
    if (!npt_table_note(table, 0))
        return;
    npt__put(output, "\n");
    print_bold(output, "Notes", "", options);
    npt__buffer plain = {0}, lines = {0};
    const char *note;
    for (size_t i = 0; (note = npt_table_note(table, i)) != NULL; i++) {
        npt__one_line(&plain, note);
        npt__paragraph(&lines, npt__buffer_string(&plain), options->width, "- ", "  ");
        npt__put_buffer(output, &lines);
        npt__buffer_clear(&plain);
    }
    npt__buffer_release(&plain);
    npt__buffer_release(&lines);
}

static void write_text(npt_output *output, const npt_table *const *tables, size_t count,
                       const struct npt_render_options *options)
{
    struct npt_render_options wide = *options;
    wide.width = most(wide.width, LEAST_WIDTH);
    for (size_t i = 0; i < count; i++) {
        if (i)
            npt__put(output, "\n");
        print_bold(output, npt_table_title(tables[i]), "", &wide);
        if (npt_table_row_count(tables[i]) == 0)
            npt__put(output, "\n(no rows)\n");
        else if (npt__table_layout(tables[i])->cards)
            print_cards(output, tables[i], wide.width);
        else
            print_panels(output, tables[i], &wide);
        print_notes(output, tables[i], &wide);
    }
}

const struct npt_format npt__format_text = {.name = "text", .write = write_text};
