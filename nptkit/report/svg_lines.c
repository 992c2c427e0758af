/* svg_lines.c - gnuplot's SVG rewritten line by line, without a tree.
 *
 * Each line that gnuplot writes is one of few kinds, and every other is refused: nothing passes that was not looked
 * for. In texts gnuplot escapes "<" and "&"; what has come through npt__lettering() has no line ends.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "svg_lines.h"

#include <string.h>

struct span {
    const char *start, *end;
};

struct lines {
    npt__buffer *out;
    struct span rest;
    struct span pending; /* a group that is open, and may be empty; start NULL: none */
    size_t depth;
};

static bool starts(struct span text, const char *start)
{
    const size_t length = strlen(start);
    return (size_t)(text.end - text.start) >= length && memcmp(text.start, start, length) == 0;
}

static bool ends(struct span text, const char *end)
{
    const size_t length = strlen(end);
    return (size_t)(text.end - text.start) >= length && memcmp(text.end - length, end, length) == 0;
}

/* What is looked for begins with a byte that is rare: it is found by many bytes at once. */
static const char *find(struct span text, const char *part)
{
    const size_t length = strlen(part);
    for (const char *at = text.start;; at++) {
        at = (size_t)(text.end - at) < length
                 ? NULL
                 : memchr(at, *part, (size_t)(text.end - at) - length + 1);
        if (!at || memcmp(at, part, length) == 0)
            return at;
    }
}

/* The next line, without blanks at its ends. */
static bool next_line(struct lines *lines, struct span *line)
{
    struct span *rest = &lines->rest;
    if (rest->start == rest->end)
        return false;
    const char *end = memchr(rest->start, '\n', (size_t)(rest->end - rest->start));
    *line = (struct span){rest->start, end ? end : rest->end};
    rest->start = end ? end + 1 : rest->end;
    while (line->start < line->end && (*line->start == ' ' || *line->start == '\t'))
        line->start++;
    while (line->end > line->start && line->end[-1] == ' ')
        line->end--;
    return true;
}

static void put(npt__buffer *out, const char *start, const char *end)
{
    npt__buffer_add(out, start, (size_t)(end - start));
}

/* The value of an attribute in double quotes. */
static bool value_of(struct span line, const char *name, struct span *value)
{
    const char *at = find(line, name);
    if (!at)
        return false;
    value->start = at + strlen(name);
    value->end = memchr(value->start, '"', (size_t)(line.end - value->start));
    return value->end != NULL;
}

/* <g fill="none" color="black" stroke="currentColor" ...>: with the colour itself. */
static bool put_group(struct lines *lines, struct span line)
{
    static const char first[] = "<g fill=\"none\" color=\"", current[] = "currentColor";
    struct span colour, stroke;
    if (!starts(line, first) || !value_of(line, " color=\"", &colour) ||
        !value_of(line, " stroke=\"", &stroke))
        return false;
    npt__buffer_puts(lines->out, "<g fill=\"none\" stroke=\"");
    if ((size_t)(stroke.end - stroke.start) == sizeof current - 1 && starts(stroke, current))
        put(lines->out, colour.start, colour.end);
    else
        put(lines->out, stroke.start, stroke.end);
    put(lines->out, stroke.end, line.end);
    npt__buffer_putc(lines->out, '\n');
    return !find((struct span){stroke.end, line.end}, current);
}

/* A group is written when something is in it. */
static bool flush(struct lines *lines)
{
    const struct span group = lines->pending;
    lines->pending.start = NULL;
    return !group.start || put_group(lines, group);
}

static bool open_group(struct lines *lines, struct span line)
{
    if (!flush(lines))
        return false;
    lines->depth++;
    if (starts(line, "<g fill=\"none\" color=")) {
        lines->pending = line;
        return true;
    }
    if (starts(line, "<g id=\"gnuplot_plot_") && ends(line, "</title>"))
        return npt__buffer_puts(lines->out, "<g>\n");
    if (starts(line, "<g stroke='none' shape-rendering='crispEdges'>"))
        return npt__buffer_puts(lines->out, "<g stroke=\"none\">\n");
    struct span font;
    if (!starts(line, "<g transform=\"") || !value_of(line, " font-family=\"", &font))
        return false;
    put(lines->out, line.start, font.start);
    npt__buffer_puts(lines->out, NPT__SVG_FONTS);
    put(lines->out, font.end, line.end);
    return npt__buffer_putc(lines->out, '\n');
}

static bool close_group(struct lines *lines)
{
    if (!lines->depth)
        return false;
    lines->depth--;
    if (lines->pending.start)
        lines->pending.start = NULL;
    else
        npt__buffer_puts(lines->out, "</g>\n");
    return true;
}

/* "]]>" must not stand in a text of XML. */
static void put_text(npt__buffer *out, struct span line)
{
    const char *found;
    while ((found = find(line, "]]>")) != NULL) {
        put(out, line.start, found + 2);
        npt__buffer_puts(out, "&gt;");
        line.start = found + 3;
    }
    put(out, line.start, line.end);
    npt__buffer_putc(out, '\n');
}

static bool is_of_points(char byte)
{
    static const bool known[256] = {
        ['M'] = true, ['L'] = true, ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true,
        ['4'] = true, ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true,
        ['.'] = true, [','] = true, ['-'] = true, [' '] = true};
    return known[(unsigned char)byte];
}

/* Long lists of points go on over several lines of nothing but points; adds what comes before the last one. */
static bool put_points(struct lines *lines, struct span *line)
{
    while (!find(*line, "/>")) {
        put(lines->out, line->start, line->end);
        npt__buffer_putc(lines->out, ' ');
        if (!next_line(lines, line))
            return false;
        struct span after = *line;
        while (after.start < after.end && is_of_points(*after.start))
            after.start++;
        if (after.start < after.end && !starts(after, "'/>"))
            return false;
    }
    return true;
}

/* A path that becomes too long ends amid a line, where the next one begins. */
static bool put_shape(struct lines *lines, struct span line)
{
    static const char again[] = "/>\t<path stroke='rgb(";
    const bool known = starts(line, "<path stroke='rgb(") ||
                       starts(line, "<polygon fill = 'rgb(") || starts(line, "<rect x=\"");
    if (!known || find(line, "currentColor") || !flush(lines))
        return false;
    for (const char *next;;) {
        if (!put_points(lines, &line))
            return false;
        next = find(line, again);
        if (!next)
            break;
        put(lines->out, line.start, next + 2);
        npt__buffer_putc(lines->out, '\n');
        line.start = next + 3;
    }
    const bool closes = ends(line, "'/></g>");
    const char *end = line.end - (closes ? 4 : 0);
    if (find(line, "/>") != end - 2)
        return false;
    put(lines->out, line.start, end);
    npt__buffer_putc(lines->out, '\n');
    return !closes || close_group(lines);
}

static bool take_line(struct lines *lines, struct span line)
{
    if (line.start == line.end)
        return true;
    if (starts(line, "<defs>")) {
        while (next_line(lines, &line) && !starts(line, "</defs>"))
            continue;
        return lines->rest.start < lines->rest.end && !find(lines->rest, "href") &&
               !find(lines->rest, "url(");
    }
    if (starts(line, "</g>") && line.end - line.start == 4)
        return close_group(lines);
    if (starts(line, "<g "))
        return open_group(lines, line);
    if ((starts(line, "<text>") || starts(line, "<text xml:space=\"preserve\">")) &&
        ends(line, "</text>")) {
        if (!flush(lines))
            return false;
        put_text(lines->out, line);
        return true;
    }
    return put_shape(lines, line);
}

/* ---- the document ---------------------------------------------------------------------------- */

static void put_escaped(npt__buffer *out, const char *text)
{
    for (size_t plain; *text; text += plain) {
        plain = strcspn(text, "<>&");
        npt__buffer_add(out, text, plain);
        if (text[plain])
            npt__buffer_puts(out, text[plain] == '<'   ? "&lt;"
                                  : text[plain] == '>' ? "&gt;"
                                                       : "&amp;");
        plain += text[plain] != '\0';
    }
}

static bool put_head(struct lines *lines, const struct npt__svg_options *options)
{
    const char *prefix = options->prefix ? options->prefix : "npt";
    static const char first_group[] = "<g id=\"gnuplot_canvas\">\n";
    const char *canvas = find(lines->rest, first_group);
    struct span box, head = {lines->rest.start, canvas};
    if (!canvas || !starts(head, "<?xml version=\"1.0\"") || find(head, "<!") ||
        !value_of(head, "<svg \n viewBox=\"", &box))
        return false;
    if (!options->element)
        npt__buffer_puts(lines->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    npt__buffer_puts(lines->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"");
    put(lines->out, box.start, box.end);
    npt__buffer_print(lines->out,
                      "\" role=\"img\" aria-labelledby=\"%s-title %s-desc\">\n"
                      "<title id=\"%s-title\">",
                      prefix, prefix, prefix);
    put_escaped(lines->out, options->title);
    npt__buffer_print(lines->out, "</title>\n<desc id=\"%s-desc\">", prefix);
    put_escaped(lines->out, options->description);
    npt__buffer_puts(lines->out, "</desc>\n<g>\n");
    lines->rest.start = canvas + sizeof first_group - 1;
    lines->depth = 1;
    return true;
}

bool npt__svg_lines(npt__buffer *finished, const char *bytes, size_t length,
                    const struct npt__svg_options *options)
{
    const size_t before = finished->length;
    struct lines lines = {.out = finished, .rest = {bytes, bytes + length}};
    struct span line;
    npt__buffer_reserve(finished, length);
    bool good = put_head(&lines, options), closed = false;
    while (good && !closed && next_line(&lines, &line)) {
        closed = starts(line, "</svg>");
        good = closed ? lines.depth == 0 : take_line(&lines, line);
    }
    while (good && next_line(&lines, &line))
        good = line.start == line.end;
    if (good && closed)
        return npt__buffer_puts(finished, "</svg>\n");
    finished->length = before;
    if (finished->bytes)
        finished->bytes[before] = '\0';
    return false;
}
