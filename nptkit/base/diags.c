/* diags.c - a collection of located messages.
 *
 * People fix a file in one pass, so a reader reports many faults; but a file with a million faults
 * must not fill the screen. So the first messages of a file and severity are kept, the rest is counted.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "diags.h"

#include "arena.h"
#include "buffer.h"
#include "unicode.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define KEPT_FOR_EACH_FILE 20
#define LONGEST_EXCERPT 200

struct message {
    enum npt_severity severity;
    const char *file;
    size_t line, column;
    const char *cell, *text, *excerpt, *hint;
};

/* How many messages of one severity a file has had. */
struct tally {
    const char *file;
    enum npt_severity severity;
    size_t count;
};

struct npt_diags {
    npt__arena *arena;
    NPT__ARRAY(struct message) messages;
    NPT__ARRAY(struct tally) tallies;
    size_t counts[3];
    bool last_was_kept;
    npt__buffer text;
};

npt_diags *npt_diags_new(void)
{
    npt_diags *diags = npt__allocate(sizeof *diags);
    *diags = (npt_diags){.arena = npt__arena_new()};
    return diags;
}

void npt_diags_free(npt_diags *diags)
{
    if (!diags)
        return;
    npt__array_release(&diags->messages);
    npt__array_release(&diags->tallies);
    npt__buffer_release(&diags->text);
    npt__arena_free(diags->arena);
    npt__release(diags);
}

size_t npt_diags_count(const npt_diags *diags, enum npt_severity severity)
{
    return diags->counts[severity];
}

static struct tally *find_tally(npt_diags *diags, const char *file, enum npt_severity severity)
{
    for (size_t i = 0; i < diags->tallies.count; i++) {
        struct tally *tally = &diags->tallies.items[i];
        if (tally->severity == severity && strcmp(tally->file, file) == 0)
            return tally;
    }
    struct tally *added = npt__array_add(&diags->tallies);
    *added = (struct tally){npt__arena_string(diags->arena, file), severity, 0};
    return added;
}

__attribute__((format(printf, 2, 0))) static char *format_text(npt__arena *arena,
                                                               const char *format,
                                                               va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    npt__buffer buffer = {0};
    if (length > 0 && npt__buffer_reserve(&buffer, (size_t)length))
        vsnprintf(buffer.bytes, (size_t)length + 1, format, arguments);
    char *text = npt__arena_string(arena, buffer.bytes && length > 0 ? buffer.bytes : "");
    npt__buffer_release(&buffer);
    return text;
}

void npt__say(npt_diags *diags, enum npt_severity severity, const struct npt__place *place,
              const char *format, ...)
{
    const char *file = place && place->file ? place->file : "";
    struct tally *tally = find_tally(diags, file, severity);
    diags->counts[severity]++;
    diags->last_was_kept = ++tally->count <= KEPT_FOR_EACH_FILE;
    if (!diags->last_was_kept)
        return;
    struct message *message = npt__array_add(&diags->messages);
    *message = (struct message){.severity = severity, .file = tally->file};
    if (place) {
        message->line = place->line;
        message->column = place->column;
        if (place->cell)
            message->cell = npt__arena_string(diags->arena, place->cell);
        if (place->excerpt && place->excerpt_length <= LONGEST_EXCERPT)
            message->excerpt = npt__arena_copy(diags->arena, place->excerpt, place->excerpt_length);
    }
    va_list arguments;
    va_start(arguments, format);
    message->text = format_text(diags->arena, format, arguments);
    va_end(arguments);
}

void npt__hint(npt_diags *diags, const char *format, ...)
{
    if (!diags->last_was_kept)
        return;
    va_list arguments;
    va_start(arguments, format);
    diags->messages.items[diags->messages.count - 1].hint =
        format_text(diags->arena, format, arguments);
    va_end(arguments);
}

const char *npt__diags_message(const npt_diags *diags, size_t index)
{
    return index < diags->messages.count ? diags->messages.items[index].text : NULL;
}

bool npt__diags_at(const npt_diags *diags, size_t index, enum npt_severity *severity,
                   struct npt__place *place, const char **text, const char **hint)
{
    if (index >= diags->messages.count)
        return false;
    const struct message *message = &diags->messages.items[index];
    *severity = message->severity;
    *place = (struct npt__place){.file = message->file,
                                 .line = message->line,
                                 .column = message->column,
                                 .cell = message->cell,
                                 .excerpt = message->excerpt};
    place->excerpt_length = message->excerpt ? strlen(message->excerpt) : 0;
    *text = message->text;
    *hint = message->hint;
    return true;
}

void npt__pass_on(npt_diags *to, const npt_diags *from)
{
    enum npt_severity severity;
    struct npt__place place;
    const char *text, *hint;
    for (size_t i = 0; npt__diags_at(from, i, &severity, &place, &text, &hint); i++) {
        npt__say(to, severity, &place, "%s", text);
        if (hint)
            npt__hint(to, "%s", hint);
    }
}

static void write_excerpt(npt__buffer *text, const struct message *message)
{
    size_t before = text->length;
    npt__buffer_print(text, "%6zu | ", message->line);
    size_t margin = text->length - before;
    npt__utf8_add_printable(text, message->excerpt, strlen(message->excerpt));
    npt__buffer_putc(text, '\n');
    if (!message->column)
        return;
    npt__buffer_fill(text, ' ', margin - 2);
    npt__buffer_puts(text, "| ");
    /* The width of what was shown: tabs and control characters were replaced. */
    npt__buffer shown = {0};
    npt__utf8_add_printable(
        &shown, message->excerpt,
        npt__utf8_offset(message->excerpt, strlen(message->excerpt), message->column - 1));
    npt__buffer_fill(text, ' ', npt__utf8_width(npt__buffer_string(&shown), shown.length));
    npt__buffer_release(&shown);
    npt__buffer_puts(text, "^\n");
}

static void write_message(npt__buffer *text, const struct message *message, bool colour)
{
    static const char *const words[] = {"note", "warning", "error"};
    static const char *const colours[] = {"\033[36m", "\033[33m", "\033[31m"};
    if (*message->file) {
        npt__utf8_add_printable(text, message->file, strlen(message->file));
        if (message->cell) {
            npt__buffer_putc(text, ':');
            npt__utf8_add_printable(text, message->cell, strlen(message->cell));
        } else if (message->line) {
            npt__buffer_print(text, ":%zu", message->line);
        }
        if (!message->cell && message->line && message->column)
            npt__buffer_print(text, ":%zu", message->column);
        npt__buffer_puts(text, ": ");
    }
    if (colour)
        npt__buffer_puts(text, colours[message->severity]);
    npt__buffer_puts(text, words[message->severity]);
    if (colour)
        npt__buffer_puts(text, "\033[0m");
    npt__buffer_puts(text, ": ");
    npt__utf8_add_printable(text, message->text, strlen(message->text));
    npt__buffer_putc(text, '\n');
    if (message->excerpt && message->line)
        write_excerpt(text, message);
    if (message->hint) {
        npt__buffer_puts(text, "  hint: ");
        npt__utf8_add_printable(text, message->hint, strlen(message->hint));
        npt__buffer_putc(text, '\n');
    }
}

const char *npt_diags_text(npt_diags *diags, bool colour)
{
    static const char *const plurals[] = {"notes", "warnings", "errors"};
    npt__buffer_clear(&diags->text);
    for (size_t i = 0; i < diags->messages.count; i++)
        write_message(&diags->text, &diags->messages.items[i], colour);
    for (size_t i = 0; i < diags->tallies.count; i++) {
        const struct tally *tally = &diags->tallies.items[i];
        if (tally->count <= KEPT_FOR_EACH_FILE)
            continue;
        npt__utf8_add_printable(&diags->text, tally->file, strlen(tally->file));
        npt__buffer_print(&diags->text, "%sand %zu more %s\n", *tally->file ? ": " : "",
                          tally->count - KEPT_FOR_EACH_FILE, plurals[tally->severity]);
    }
    return npt__buffer_string(&diags->text);
}
