/* xlsx_styles.c - which styles of cells show numbers as dates or times.
 *
 * A cell names a style, a style a number format by its number, and the format is built in or written out in
 * the file. Nothing else of a style matters here.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "xlsx_parts.h"

#include <string.h>

#define MOST_STYLES 100000u /* Excel allows 65,490 */
#define FORMATS 65536u

struct reader {
    npt_diags *diags;
    unsigned char formats[FORMATS]; /* by number, enum npt__xlsx_format */
    NPT__ARRAY(uint32_t) styles;    /* the number of each style's format */
    bool in_styles;
};

enum token { NUMBER_FORMAT, CELL_STYLES, STYLE };
static const char *const tokens[] = {"numFmt", "cellXfs", "xf", NULL};

/* The formats that every program knows by number (ISO/IEC 29500-1, 18.8.30), those of East Asian languages
   among them. */
static void add_built_in(unsigned char formats[FORMATS])
{
    static const struct {
        unsigned char first, last, format;
    } runs[] = {{14, 17, NPT__XLSX_DATE}, {18, 21, NPT__XLSX_TIME},     {22, 22, NPT__XLSX_DATE},
                {27, 31, NPT__XLSX_DATE}, {32, 35, NPT__XLSX_TIME},     {36, 36, NPT__XLSX_DATE},
                {45, 45, NPT__XLSX_TIME}, {46, 46, NPT__XLSX_DURATION}, {47, 47, NPT__XLSX_TIME},
                {50, 54, NPT__XLSX_DATE}, {55, 56, NPT__XLSX_TIME},     {57, 58, NPT__XLSX_DATE}};
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        for (unsigned format = runs[i].first; format <= runs[i].last; format++)
            formats[format] = runs[i].format;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* [h], [mm] and [s] count on beyond a day or an hour; what else stands in brackets is a colour, a condition
   or a currency. */
static bool is_elapsed(const char *text, size_t length)
{
    const char first = length ? lower(*text) : '\0';
    bool same = first == 'h' || first == 'm' || first == 's';
    for (size_t i = 1; i < length; i++)
        same = same && lower(text[i]) == first;
    return same;
}

/* What a number with this format stands for, by the letters that are not quoted. An m beside hours or seconds
   is a minute, or half of AM/PM. */
static enum npt__xlsx_format classify(const char *code, size_t length)
{
    bool has_day = false, has_month = false, has_time = false;
    for (size_t i = 0; i < length; i++) {
        const char *close = NULL;
        if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
            i++; /* the next character is shown, or as wide as a blank, or repeated */
        } else if (code[i] == '"' || code[i] == '[') {
            close = memchr(code + i + 1, code[i] == '"' ? '"' : ']', length - i - 1);
            const size_t end = close ? (size_t)(close - code) : length;
            if (code[i] == '[' && is_elapsed(code + i + 1, end - i - 1))
                return NPT__XLSX_DURATION;
            i = end;
        } else {
            const char letter = lower(code[i]);
            has_day |= letter == 'y' || letter == 'd';
            has_month |= letter == 'm';
            has_time |= letter == 'h' || letter == 's';
        }
    }
    if (has_day || (has_month && !has_time))
        return NPT__XLSX_DATE;
    return has_time ? NPT__XLSX_TIME : NPT__XLSX_NUMBER;
}

/* The number of a format; FORMATS where it is none. */
static uint32_t read_number(const struct npt__attribute *attribute)
{
    uint32_t number = 0;
    if (!attribute || !attribute->length)
        return FORMATS;
    for (size_t i = 0; i < attribute->length; i++) {
        if (attribute->value[i] < '0' || attribute->value[i] > '9')
            return FORMATS;
        number = number * 10 + (uint32_t)(attribute->value[i] - '0');
        if (number >= FORMATS)
            return FORMATS;
    }
    return number;
}

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct reader *reader = user;
    if (element->depth == 2)
        reader->in_styles = element->token == CELL_STYLES;
    if (element->depth != 3)
        return;
    const uint32_t number = read_number(npt__xml_find(element, "numFmtId"));
    const struct npt__attribute *code = npt__xml_find(element, "formatCode");
    if (element->token == NUMBER_FORMAT && code && number < FORMATS)
        reader->formats[number] = (unsigned char)classify(code->value, code->length);
    if (!reader->in_styles || element->token != STYLE)
        return;
    if (reader->styles.count == MOST_STYLES) {
        const struct npt__place place = npt__xml_place(xml, NULL);
        npt__say(reader->diags, NPT_ERROR, &place, "holds more than %u styles", MOST_STYLES);
        npt__xml_stop(xml);
        return;
    }
    *npt__array_add(&reader->styles) = number;
}

enum npt_status npt__xlsx_read_styles(struct npt__workbook *workbook)
{
    static const struct npt__xml_handler handler = {tokens, on_start, NULL, NULL};
    const struct npt__xlsx_package *package = workbook->package;
    if (workbook->styles == NPT__NONE)
        return NPT_OK;
    struct reader *reader = npt__allocate(sizeof *reader);
    *reader = (struct reader){.diags = package->diags};
    add_built_in(reader->formats);
    const size_t faults = npt_diags_count(package->diags, NPT_ERROR);
    npt__xlsx_parse(package, workbook->styles, &handler, reader, NULL);
    unsigned char *formats = npt__arena_array(package->arena, reader->styles.count, 1);
    for (size_t i = 0; i < reader->styles.count; i++)
        if (reader->styles.items[i] < FORMATS)
            formats[i] = reader->formats[reader->styles.items[i]];
    workbook->formats = formats;
    workbook->format_count = reader->styles.count;
    npt__array_release(&reader->styles);
    npt__release(reader);
    return npt_diags_count(package->diags, NPT_ERROR) > faults ? NPT_BAD_INPUT : NPT_OK;
}
