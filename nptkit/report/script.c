/* script.c - a canvas in the language of gnuplot.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "script.h"

#include "lettering.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define END_OF_DATA "NPT_END_OF_DATA"
#define FONT "Liberation Sans"
/* Ends the text, joins a quote to it, and begins the text again. gnuplot 5.4 takes a doubled quote that begins a text
   for an empty text; and after a quote within other quotes it looks for macros in the text that follows. */
#define QUOTED_QUOTE "'.\"\\047\".'"

/* ---- numbers: most of a script --------------------------------------------------------------- */

#define NUMBER_ROOM 24 /* of one, and what stands after it */

/* Returns where the digits end. */
static char *write_digits(char *at, uint64_t number)
{
    size_t count = 1;
    for (uint64_t more = 10; number >= more && count < 19; more *= 10)
        count++;
    for (size_t i = count; i-- > 0; number /= 10)
        at[i] = (char)('0' + number % 10);
    return at + count;
}

/* Two decimals, with a point whatever the locale. */
static char *write_number(char *at, double number)
{
    assert(isfinite(number) && fabs(number) < 1e9);
    const double size = fabs(number) * 100;
    uint64_t hundredths = (uint64_t)size;
    hundredths += size - (double)hundredths >= 0.5; /* halves away from nought, as llround() */
    if (number < 0 && hundredths > 0)
        *at++ = '-';
    at = write_digits(at, hundredths / 100);
    *at++ = '.';
    *at++ = (char)('0' + hundredths / 10 % 10);
    *at++ = (char)('0' + hundredths % 10);
    return at;
}

/* Adds numbers with a blank after each, but for the last one. */
static void put_numbers(npt__buffer *script, const double *numbers, size_t count, char last)
{
    if (!npt__buffer_reserve(script, count * NUMBER_ROOM))
        return;
    char *at = script->bytes + script->length;
    for (size_t i = 0; i < count; i++) {
        at = write_number(at, numbers[i]);
        *at++ = i + 1 < count ? ' ' : last;
    }
    *at = '\0';
    script->length = (size_t)(at - script->bytes);
}

static void put_number(npt__buffer *script, double number, char after)
{
    put_numbers(script, &number, 1, after);
}

static void put_whole(npt__buffer *script, size_t number, char after)
{
    char digits[NUMBER_ROOM], *end = write_digits(digits, number);
    *end++ = after;
    npt__buffer_add(script, digits, (size_t)(end - digits));
}

/* "'#1A1A1A'" */
static void put_colour(npt__buffer *script, uint32_t colour)
{
    char text[] = "'#000000'";
    for (size_t i = 0; i < 6; i++)
        text[2 + i] = "0123456789ABCDEF"[colour >> (20 - 4 * i) & 0xF];
    npt__buffer_add(script, text, sizeof text - 1);
}

void npt__script_quote(npt__buffer *script, npt__arena *arena, const char *text)
{
    npt__buffer_putc(script, '\'');
    for (const char *at = npt__lettering(arena, text); *at; at++) {
        if (*at == '\'')
            npt__buffer_puts(script, QUOTED_QUOTE);
        else
            npt__buffer_putc(script, *at);
    }
    npt__buffer_putc(script, '\'');
}

/* ---- the terminal ---------------------------------------------------------------------------- */

/* Sizes of letters are pixels in SVG and points elsewhere, a point being 4/3 pixels. */
static double font_size(enum npt__picture_format format, double pixels)
{
    return format == NPT__SVG ? pixels : pixels * 0.75;
}

static void set_terminal(npt__buffer *script, const struct npt__canvas *canvas,
                         enum npt__picture_format format)
{
    const double width = canvas->width, height = canvas->height;
    static const char *const common = " noenhanced butt background rgb 'white' font '" FONT ",";
    switch (format) {
    case NPT__SVG:
        npt__buffer_print(script, "set terminal svg size %d,%d dynamic", (int)width, (int)height);
        npt__buffer_puts(script, common);
        npt__buffer_puts(script, "13'\n");
        break;
    case NPT__PNG:
        npt__buffer_print(script, "set terminal pngcairo size %d,%d", 2 * (int)width,
                          2 * (int)height);
        npt__buffer_puts(script, common);
        npt__buffer_puts(script, "9.75' fontscale 2 linewidth 2\n");
        break;
    case NPT__PDF:
        npt__buffer_puts(script, "set terminal pdfcairo size ");
        put_number(script, width / 96, 'i');
        npt__buffer_puts(script, "n,");
        put_number(script, height / 96, 'i');
        npt__buffer_puts(script, "n");
        npt__buffer_puts(script, common);
        npt__buffer_puts(script, "9.75' fontscale 0.75 linewidth 1\n");
        break;
    }
}

static void set_axes(npt__buffer *script, const struct npt__canvas *canvas)
{
    npt__buffer_puts(script,
                     "set encoding utf8\nunset key\nset border 0\nunset xtics\nunset ytics\n"
                     "set lmargin at screen 0\nset rmargin at screen 1\n"
                     "set tmargin at screen 1\nset bmargin at screen 0\n");
    npt__buffer_print(script, "set xrange [0:%d]\nset yrange [%d:0]\n", (int)canvas->width,
                      (int)canvas->height);
}

static void set_labels(npt__buffer *script, const struct npt__canvas *canvas,
                       enum npt__picture_format format)
{
    static const char *const anchors[] = {"left", "center", "right"};
    for (size_t i = 0; i < canvas->labels.count; i++) {
        const struct npt__label *label = &canvas->labels.items[i];
        npt__buffer_puts(script, "set label ");
        put_whole(script, i + 1, ' ');
        npt__script_quote(script, canvas->arena, label->text);
        npt__buffer_puts(script, " at ");
        put_number(script, label->x, ',');
        put_number(script, label->y, ' ');
        npt__buffer_puts(script, anchors[label->anchor]);
        npt__buffer_puts(script, " front font '" FONT);
        npt__buffer_puts(script, label->font.bold ? " Bold," : ",");
        put_number(script, font_size(format, label->font.size), '\'');
        npt__buffer_puts(script, " textcolor rgb ");
        put_colour(script, label->font.colour);
        npt__buffer_putc(script, '\n');
    }
}

/* ---- shapes ---------------------------------------------------------------------------------- */

static bool same_pen(const struct npt__pen *a, const struct npt__pen *b)
{
    return a->colour == b->colour && fabs(a->width - b->width) < 1e-9 && a->dash == b->dash;
}

/* Whether two shapes can stand in one data block: boxes carry their colour with them. */
static bool go_together(const struct npt__shape *a, const struct npt__shape *b)
{
    return a->kind == b->kind && (a->kind == NPT__BOX || same_pen(&a->pen, &b->pen));
}

static void put_box(npt__buffer *script, const struct npt__point *corners, uint32_t colour)
{
    const double numbers[] = {(corners[0].x + corners[1].x) / 2,
                              (corners[0].y + corners[1].y) / 2,
                              corners[0].x,
                              corners[1].x,
                              corners[0].y,
                              corners[1].y};
    put_numbers(script, numbers, 6, ' ');
    put_whole(script, colour, '\n');
}

static void put_points(npt__buffer *script, const struct npt__point *points, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_numbers(script, (const double[]){points[i].x, points[i].y}, 2, '\n');
    npt__buffer_putc(script, '\n');
}

/* Piece by piece: what gnuplot draws as one line begins askew in PNG and PDF. */
static void put_pieces(npt__buffer *script, const struct npt__point *points, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        const double numbers[] = {points[i].x, points[i].y, points[i + 1].x - points[i].x,
                                  points[i + 1].y - points[i].y};
        put_numbers(script, numbers, 4, '\n');
    }
}

static size_t group_end(const struct npt__canvas *canvas, size_t first)
{
    size_t end = first + 1;
    while (end < canvas->shapes.count && end != canvas->common_first && end != canvas->common_end &&
           go_together(&canvas->shapes.items[first], &canvas->shapes.items[end]))
        end++;
    return end;
}

size_t npt__script_groups(const struct npt__canvas *canvas, size_t end)
{
    size_t groups = 0;
    for (size_t first = 0; first < canvas->shapes.count && first < end; groups++)
        first = group_end(canvas, first);
    return groups;
}

static void put_blocks(npt__buffer *script, const struct npt__canvas *canvas)
{
    size_t block = 0;
    for (size_t first = 0, end; first < canvas->shapes.count; first = end) {
        end = group_end(canvas, first);
        npt__buffer_puts(script, "$b");
        put_whole(script, block++, ' ');
        npt__buffer_puts(script, "<< " END_OF_DATA "\n");
        for (size_t i = first; i < end; i++) {
            const struct npt__shape *shape = &canvas->shapes.items[i];
            const struct npt__point *points = &canvas->points.items[shape->first];
            if (shape->kind == NPT__BOX)
                put_box(script, points, shape->pen.colour);
            else if (shape->kind == NPT__PATH)
                put_pieces(script, points, shape->count);
            else
                put_points(script, points, shape->count);
        }
        npt__buffer_puts(script, END_OF_DATA "\n");
    }
}

static void put_style(npt__buffer *script, const struct npt__shape *shape)
{
    static const char *const dashes[] = {"solid", "(8,5)", "(3,4)"};
    switch (shape->kind) {
    case NPT__BOX:
        npt__buffer_puts(script, "using 1:2:3:4:5:6:7 with boxxyerror lc rgb variable "
                                 "fs solid noborder");
        break;
    case NPT__AREA:
        npt__buffer_puts(script, "using 1:2 with filledcurves closed lc rgb ");
        put_colour(script, shape->pen.colour);
        npt__buffer_puts(script, " fs solid noborder");
        break;
    case NPT__PATH:
        npt__buffer_puts(script, "using 1:2:3:4 with vectors nohead lc rgb ");
        put_colour(script, shape->pen.colour);
        npt__buffer_puts(script, " lw ");
        put_number(script, shape->pen.width, ' ');
        npt__buffer_puts(script, "dt ");
        npt__buffer_puts(script, dashes[shape->pen.dash]);
        break;
    }
}

void npt__script(npt__buffer *script, const struct npt__canvas *canvas,
                 enum npt__picture_format format, const char *output)
{
    set_terminal(script, canvas, format);
    npt__buffer_print(script, "set output '%s'\n", output);
    set_axes(script, canvas);
    set_labels(script, canvas, format);
    put_blocks(script, canvas);
    npt__buffer_puts(script, "plot ");
    size_t block = 0;
    for (size_t first = 0; first < canvas->shapes.count; first = group_end(canvas, first)) {
        npt__buffer_puts(script, block ? ", $b" : "$b");
        put_whole(script, block++, ' ');
        put_style(script, &canvas->shapes.items[first]);
    }
    npt__buffer_puts(script, block ? "\n" : "-1\n"); /* nothing is drawn outside the picture */
    npt__buffer_puts(script, "set output\n");
}
