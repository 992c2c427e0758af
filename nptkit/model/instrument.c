/* instrument.c - finding items by id, and texts with the name of what a study implements.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "instrument.h"

#include <string.h>

#define LONGEST_FILLED ((size_t)64 << 10) /* a name may be as long as its file, and stand often */

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* Ids are ASCII: the reader sees to that. */
static bool same_id(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return !*a && !*b;
}

uint32_t npt__instrument_find(const npt_instrument *instrument, const char *id)
{
    for (size_t i = 0; i < instrument->item_count; i++)
        if (same_id(instrument->items[i].id, id))
            return (uint32_t)i;
    return NPT__NONE;
}

const char *npt__instrument_nearest(const npt_instrument *instrument, const char *id)
{
    npt__arena *arena = npt__arena_new();
    const char **folded = npt__arena_array(arena, instrument->item_count, sizeof *folded);
    for (size_t i = 0; i < instrument->item_count; i++)
        folded[i] = npt__fold_name(arena, instrument->items[i].id);
    uint32_t near = npt__nearest(npt__fold_name(arena, id), folded, instrument->item_count);
    npt__arena_free(arena);
    return near == NPT__NONE ? NULL : instrument->items[near].id;
}

/* ---- the name of the intervention ------------------------------------------------------------ */

/* Whether what follows `before` begins a sentence. */
static bool begins_sentence(const char *before, size_t length)
{
    size_t end = length;
    while (end && before[end - 1] == ' ')
        end--;
    return !end || (end < length && strchr(".?!", before[end - 1]));
}

/* "the approach" becomes "The approach"; "eHealth" is written so everywhere. */
static void add_capitalised(npt__buffer *text, const char *name)
{
    bool plain = name[0] >= 'a' && name[0] <= 'z' && !(name[1] >= 'A' && name[1] <= 'Z');
    npt__buffer_putc(text, plain ? (char)(name[0] & ~0x20) : name[0]);
    npt__buffer_puts(text, name + 1);
}

const char *npt__fill_intervention(npt__arena *arena, const char *text, const char *intervention)
{
    const char *name = intervention && *intervention ? intervention : "the intervention";
    const char *at = strstr(text, NPT__INTERVENTION);
    if (!at)
        return npt__arena_string(arena, text);
    npt__buffer filled = {.ceiling = LONGEST_FILLED};
    const char *rest = text;
    for (; at; at = strstr(rest, NPT__INTERVENTION)) {
        npt__buffer_add(&filled, rest, (size_t)(at - rest));
        if (begins_sentence(text, (size_t)(at - text)))
            add_capitalised(&filled, name);
        else
            npt__buffer_puts(&filled, name);
        rest = at + strlen(NPT__INTERVENTION);
    }
    npt__buffer_puts(&filled, rest);
    const char *result = npt__arena_copy(arena, npt__buffer_string(&filled), filled.length);
    npt__buffer_release(&filled);
    return result;
}

const char *npt__item_wording(npt__arena *arena, const struct npt__item *item,
                              const char *intervention)
{
    return npt__fill_intervention(arena, item->wording, intervention);
}

const char *npt__label_folded(npt__arena *arena, const struct npt__answer_label *label,
                              const char *intervention)
{
    if (!strstr(label->label, NPT__INTERVENTION))
        return label->folded;
    return npt__fold_name(arena, npt__fill_intervention(arena, label->label, intervention));
}
