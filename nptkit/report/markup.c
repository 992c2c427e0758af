/* markup.c - text from files as content of XML: the one place that escapes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "markup.h"

#include "wrap.h"

#include <string.h>

/* U+FFFE and U+FFFF are valid UTF-8 and no characters of XML. */
static size_t no_character(const char *at)
{
    return (unsigned char)at[0] == 0xEF && (unsigned char)at[1] == 0xBF &&
                   ((unsigned char)at[2] | 1u) == 0xBF
               ? 3
               : 0;
}

void npt__markup_text(npt__buffer *markup, const char *text)
{
    npt__buffer line = {0};
    npt__one_line(&line, text);
    const char *at = npt__buffer_string(&line);
    while (*at) {
        const size_t plain = strcspn(at, "&<>\"'\xEF");
        npt__buffer_add(markup, at, plain);
        at += plain;
        const size_t skipped = no_character(at);
        if (skipped)
            npt__buffer_puts(markup, "\xEF\xBF\xBD");
        else if (*at == '\xEF')
            npt__buffer_putc(markup, *at);
        else if (*at)
            npt__buffer_puts(markup, *at == '&'   ? "&amp;"
                                     : *at == '<' ? "&lt;"
                                     : *at == '>' ? "&gt;"
                                     : *at == '"' ? "&quot;"
                                                  : "&#39;");
        at += skipped ? skipped : *at != '\0';
    }
    npt__buffer_release(&line);
}
