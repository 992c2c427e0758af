/* guess_shape.c - a short name as letters and numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_shape.h"

#include <string.h>

#define LONGEST_NAME 60 /* bytes; with its dots a name still fits a shape */
#define MOST_PARTS 10
#define MOST_DIGITS 6

struct part {
    char text[LONGEST_NAME + 1];
    size_t length;
    bool is_number;
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Splits a name; 0 where it is no such name: other letters, too long, nothing in it. */
static size_t split(const char *name, struct part parts[MOST_PARTS])
{
    size_t count = 0;
    if (strnlen(name, LONGEST_NAME + 1) > LONGEST_NAME)
        return 0;
    while (*name) {
        if ((unsigned char)*name >= 0x80)
            return 0;
        if (!is_digit(*name) && !is_letter(*name)) {
            name++;
            continue;
        }
        if (count == MOST_PARTS)
            return 0;
        struct part *part = &parts[count++];
        *part = (struct part){.is_number = is_digit(*name)};
        while (part->is_number && *name == '0' && is_digit(name[1]))
            name++;
        while (part->is_number ? is_digit(*name) : is_letter(*name)) {
            bool is_upper = *name >= 'A' && *name <= 'Z';
            part->text[part->length++] = (char)(is_upper ? *name - 'A' + 'a' : *name);
            name++;
        }
        if (part->is_number && part->length > MOST_DIGITS)
            return 0;
    }
    return count;
}

static bool is_one_of(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}
#define IS_ONE_OF(text, words) is_one_of(text, words, sizeof(words) / sizeof *(words))

/* Letters that only say that a number follows; "sq" is LimeSurvey's. */
static bool says_nothing(const struct part *part)
{
    static const char *const words[] = {"q", "question", "item", "sq", "no", "number"};
    return !part->is_number && IS_ONE_OF(part->text, words);
}

static void add(char *text, const char *dot, const struct part *part)
{
    size_t used = strlen(text);
    if (used && *dot)
        text[used++] = *dot;
    memcpy(text + used, part->text, part->length + 1);
}

static void fill(struct npt__shape *shape, const struct part *parts, size_t count,
                 const char *prefix)
{
    size_t stem = shape->is_numbered ? count - 1 : count;
    bool stem_has_number = false;
    shape->has_plain_stem = stem > 0;
    for (size_t i = 0; i < count; i++) {
        bool nothing = says_nothing(&parts[i]);
        bool is_prefix = !parts[i].is_number && strcmp(parts[i].text, prefix) == 0;
        if (i + 1 == count && shape->is_numbered)
            shape->whole_stem = strlen(shape->whole) + (shape->whole[0] != '\0');
        add(shape->parts, ".", &parts[i]);
        if (!nothing)
            add(shape->whole, ".", &parts[i]);
        if (!nothing && !is_prefix)
            add(shape->bare, ".", &parts[i]);
        if (i >= stem)
            continue;
        add(shape->stem, ".", &parts[i]);
        stem_has_number |= parts[i].is_number;
        shape->has_plain_stem &= nothing || is_prefix;
        shape->has_inner_stem = nothing;
        if (!nothing && !is_prefix)
            add(shape->letters, "", &parts[i]);
    }
    if (stem_has_number)
        shape->letters[0] = '\0';
}

void npt__shape_read(struct npt__shape *shape, const char *name, const char *prefix)
{
    static const char *const marks[] = {"r", "rev", "reverse", "reversed", "recode", "recoded"};
    struct part parts[MOST_PARTS];
    size_t count = split(name, parts);
    *shape = (struct npt__shape){0};
    if (count > 1 && parts[count - 2].is_number && IS_ONE_OF(parts[count - 1].text, marks)) {
        shape->is_marked = true;
        count--;
    }
    shape->is_numbered = count && parts[count - 1].is_number;
    fill(shape, parts, count, prefix);
    for (size_t i = 0; shape->is_numbered && i < parts[count - 1].length; i++)
        shape->number = shape->number * 10 + (uint32_t)(parts[count - 1].text[i] - '0');
}
