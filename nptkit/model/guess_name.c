/* guess_name.c - which item the name of a column stands for: ids, codes, blocks by construct.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_name.h"

#include <string.h>

#define LONGEST_ID 100

static void claim(struct npt__names *names, size_t column, enum npt__name_kind kind, uint32_t item,
                  enum npt__certainty certainty, const char *reason)
{
    names->claims[column] = (struct npt__name_claim){kind, item, certainty, reason, NPT__NONE};
}

static const char *id_of(const struct npt__names *names, uint32_t item)
{
    return names->instrument->items[item].id;
}

/* Lowers what is said of a column by its name; `why` follows on "named like nomad.4". */
static void lower(struct npt__names *names, size_t column, enum npt__certainty certainty,
                  const char *why)
{
    struct npt__name_claim *found = &names->claims[column];
    if (found->certainty <= certainty)
        return;
    found->certainty = certainty;
    found->reason = npt__arena_print(names->arena, "%s, but %s", found->reason, why);
}

/* ---- ids ------------------------------------------------------------------------------------- */

/* Whether `inner` stands in `outer` as parts of it, with others around. */
static bool holds_parts(const char *outer, const char *inner)
{
    size_t length = strlen(inner);
    for (const char *at = outer; (at = strstr(at, inner)); at++)
        if ((at == outer || at[-1] == '.') && (at[length] == '.' || !at[length]))
            return true;
    return false;
}

static void claim_id(struct npt__names *names, size_t column)
{
    const struct npt__shape *shape = &names->shapes[column];
    for (uint32_t i = 0; i < names->instrument->item_count; i++) {
        const struct npt__shape *id = &names->ids[i];
        if (!id->whole[0] || (id->is_numbered && !id->whole_stem) ||
            !holds_parts(shape->whole, id->whole))
            continue;
        if (strcmp(shape->whole, id->whole) == 0)
            claim(names, column, NPT__NAME_ID, i, NPT__CERTAIN,
                  npt__arena_print(names->arena, "named like %s", id_of(names, i)));
        else if (id->is_numbered)
            claim(names, column, NPT__NAME_ID, i, NPT__POSSIBLE,
                  npt__arena_print(names->arena, "its name holds %s and more", id_of(names, i)));
        if (names->claims[column].certainty == NPT__CERTAIN)
            return;
    }
}

static bool has_stem(const struct npt__shape *shape, const struct npt__shape *id)
{
    return shape->is_numbered && shape->whole_stem == id->whole_stem &&
           memcmp(shape->whole, id->whole, id->whole_stem) == 0;
}

/* Items whose ids begin like that of `first`: "nomad.1" to "nomad.23". Names of that kind that are no ids, or
   that stop at the number of items on constructs, may be numbered in another way. */
static void judge_ids(struct npt__names *names, uint32_t first)
{
    const npt_instrument *instrument = names->instrument;
    const struct npt__shape *like = &names->ids[first];
    size_t total = 0, found = 0, low = 0, strays = 0;
    bool *is_found = npt__arena_array(names->arena, instrument->item_count, sizeof *is_found);
    for (size_t c = 0; c < names->count; c++) {
        const struct npt__name_claim *claimed = &names->claims[c];
        if (!has_stem(&names->shapes[c], like))
            continue;
        if (claimed->certainty == NPT__CERTAIN)
            is_found[claimed->item] = true;
        else
            strays++;
    }
    for (uint32_t i = first; i < instrument->item_count; i++) {
        total += has_stem(&names->ids[i], like);
        found += is_found[i];
        low += is_found[i] && names->ids[i].number <= names->core_count;
    }
    bool from_one =
        names->core_count < instrument->item_count && found == names->core_count && low == found;
    for (size_t c = 0; c < names->count; c++) {
        if (!has_stem(&names->shapes[c], like) || names->claims[c].certainty != NPT__CERTAIN)
            continue;
        if (strays)
            lower(names, c, found == total ? NPT__LIKELY : NPT__POSSIBLE,
                  "there are such names with numbers that no item has");
        else if (from_one)
            lower(
                names, c, NPT__POSSIBLE,
                "only as many as there are items on constructs: numbered from the first of them?");
    }
}

static void claim_ids(struct npt__names *names)
{
    for (size_t c = 0; c < names->count; c++)
        if (names->shapes[c].whole[0])
            claim_id(names, c);
    for (uint32_t i = 0; i < names->instrument->item_count; i++) {
        bool is_first = names->ids[i].is_numbered && names->ids[i].whole_stem;
        for (uint32_t j = 0; is_first && j < i; j++)
            is_first = !has_stem(&names->ids[j], &names->ids[i]);
        if (is_first)
            judge_ids(names, i);
    }
}

/* ---- codes ----------------------------------------------------------------------------------- */

/* Whether two names differ in their numbers only. */
static bool same_pattern(const char *a, const char *b)
{
    static const char digits[] = "0123456789";
    while (*a && *b) {
        size_t of_a = strspn(a, digits), of_b = strspn(b, digits);
        if (!of_a != !of_b || (!of_a && *a != *b))
            return false;
        a += of_a ? of_a : 1;
        b += of_b ? of_b : 1;
    }
    return *a == *b;
}

/* The item with the code that is this name. *is_stray: it is like a code, but is none. */
static uint32_t find_code(const struct npt__names *names, const char *bare, bool *is_stray)
{
    *is_stray = false;
    for (uint32_t i = 0; i < names->instrument->item_count; i++) {
        if (!names->codes[i].whole[0])
            continue;
        if (strcmp(names->codes[i].whole, bare) == 0) {
            *is_stray = false;
            return i;
        }
        *is_stray |= same_pattern(names->codes[i].whole, bare);
    }
    return NPT__NONE;
}

static void claim_codes(struct npt__names *names)
{
    size_t coded = 0, found = 0, strays = 0;
    bool *is_found =
        npt__arena_array(names->arena, names->instrument->item_count, sizeof *is_found);
    for (size_t i = 0; i < names->instrument->item_count; i++)
        coded += names->codes[i].whole[0] != '\0';
    for (size_t c = 0; c < names->count; c++) {
        bool is_stray;
        if (!names->shapes[c].bare[0] || names->claims[c].kind != NPT__NAME_NONE)
            continue;
        uint32_t item = find_code(names, names->shapes[c].bare, &is_stray);
        strays += is_stray;
        if (item == NPT__NONE)
            continue;
        found += !is_found[item];
        is_found[item] = true;
        claim(names, c, NPT__NAME_CODE, item, NPT__CERTAIN,
              npt__arena_print(names->arena, "its name is the code of %s", id_of(names, item)));
    }
    for (size_t c = 0; c < names->count; c++) {
        if (names->claims[c].kind != NPT__NAME_CODE)
            continue;
        if (found * 2 < coded)
            lower(names, c, NPT__POSSIBLE, "most other codes are missing");
        else if (found * 4 < coded * 3)
            lower(names, c, NPT__LIKELY, "other codes are missing");
        else if (strays)
            lower(names, c, NPT__LIKELY, "there are such names that are no codes");
    }
}

/* ---- blocks by construct --------------------------------------------------------------------- */

#define GENERAL(instrument) ((uint32_t)(instrument)->construct_count)

/* Whether `letters` is made of the beginnings of all of a name's words, in order: "cp", "cogpart",
   "cognitiveparticipation"; or, of two letters at least, is the beginning of its first word: "cog". */
static bool abbreviates(const char *letters, const char *name)
{
    size_t words = 0, shared = 0;
    const char *left = letters;
    for (const char *at = name; *at;) {
        size_t length = strcspn(at, " -");
        size_t same = 0;
        while (same < length && left[same] && (at[same] | 0x20) == left[same])
            same++;
        if (words++ == 0)
            shared = same;
        left += same;
        if (!same)
            return false;
        if (!*left && words == 1 && shared >= 2)
            return true;
        at += length;
        at += strspn(at, " -");
    }
    return !*left && words > 0;
}

/* The construct whose block a name may belong to; GENERAL; NPT__NONE where none or two are meant. */
static uint32_t find_block(const npt_instrument *instrument, const char *letters)
{
    uint32_t found = NPT__NONE;
    bool is_general =
        strcmp(letters, "g") == 0 || strcmp(letters, "gen") == 0 || strcmp(letters, "general") == 0;
    for (uint32_t k = 0; k < instrument->construct_count; k++) {
        if (!abbreviates(letters, instrument->constructs[k].name))
            continue;
        if (found != NPT__NONE || is_general)
            return NPT__NONE;
        found = k;
    }
    return is_general ? GENERAL(instrument) : found;
}

/* The item with this number, from 1, in a block; NPT__NONE. */
static uint32_t item_in_block(const npt_instrument *instrument, uint32_t block, uint32_t number)
{
    for (uint32_t i = 0; i < instrument->item_count; i++) {
        uint32_t of = instrument->items[i].construct;
        if ((of == NPT__NONE ? GENERAL(instrument) : of) == block && number-- == 1)
            return i;
    }
    return NPT__NONE;
}

struct block {
    size_t total, found, strays;
};

static bool is_complete(const struct block *block)
{
    return block->total && block->found == block->total && !block->strays;
}

/* What a name in a block is worth, when the others are known too. */
static void judge_block(struct npt__names *names, size_t column, const struct block *block,
                        bool all_complete, bool is_general)
{
    bool is_letter = names->shapes[column].letters[1] == '\0';
    if (block->found * 2 < block->total)
        claim(names, column, NPT__NAME_NONE, NPT__NONE, NPT__UNSURE, "");
    else if (block->strays)
        lower(names, column, NPT__POSSIBLE, "there are such names with numbers that no item has");
    else if (!is_complete(block))
        lower(names, column, NPT__POSSIBLE, "others of its block are missing");
    else if (is_general)
        lower(names, column, all_complete ? NPT__LIKELY : NPT__POSSIBLE,
              "general items have no letters of their own");
    else if (!all_complete || (is_letter && names->instrument->construct_count < 2))
        lower(names, column, is_letter ? NPT__POSSIBLE : NPT__LIKELY,
              "blocks of other constructs are missing");
}

static void claim_blocks(struct npt__names *names)
{
    const npt_instrument *instrument = names->instrument;
    size_t count = instrument->construct_count + 1;
    struct block *blocks = npt__arena_array(names->arena, count, sizeof *blocks);
    bool *is_found = npt__arena_array(names->arena, instrument->item_count, sizeof *is_found);
    uint32_t *of_column = npt__arena_array(names->arena, names->count, sizeof *of_column);
    for (uint32_t i = 0; i < instrument->item_count; i++) {
        uint32_t of = instrument->items[i].construct;
        blocks[of == NPT__NONE ? GENERAL(instrument) : of].total++;
    }
    for (size_t c = 0; c < names->count; c++) {
        const struct npt__shape *shape = &names->shapes[c];
        of_column[c] = NPT__NONE;
        if (!shape->is_numbered || !shape->letters[0] || names->claims[c].kind != NPT__NAME_NONE)
            continue;
        uint32_t block = of_column[c] = find_block(instrument, shape->letters);
        if (block == NPT__NONE)
            continue;
        uint32_t item = item_in_block(instrument, block, shape->number);
        if (item == NPT__NONE) {
            blocks[block].strays++;
            continue;
        }
        blocks[block].found += !is_found[item];
        is_found[item] = true;
        claim(names, c, NPT__NAME_BLOCK, item, NPT__CERTAIN,
              npt__arena_print(names->arena, "lettered and numbered like %s", id_of(names, item)));
    }
    bool all_complete = true;
    for (size_t k = 0; k < instrument->construct_count; k++)
        all_complete &= is_complete(&blocks[k]);
    for (size_t c = 0; c < names->count; c++)
        if (names->claims[c].kind == NPT__NAME_BLOCK)
            judge_block(names, c, &blocks[of_column[c]], all_complete,
                        of_column[c] == GENERAL(instrument));
}

/* ---- ids as they stand ----------------------------------------------------------------------- */

/* The item whose id is this name, but for case and blanks around it; NPT__NONE. */
static uint32_t item_called(const npt_instrument *instrument, npt__arena *scratch, const char *name)
{
    if (strnlen(name, LONGEST_ID + 1) > LONGEST_ID)
        return NPT__NONE;
    return npt__instrument_find(instrument, npt__fold_name(scratch, name));
}

/* Names that are ids letter for letter leave no doubt where all items have such a column, or all on constructs:
   somebody called the items after the columns. So "CA3r" is not an item CA3 that is reversed already. */
static void claim_exact_ids(struct npt__names *names, const char *const *columns)
{
    const npt_instrument *instrument = names->instrument;
    npt__arena *scratch = npt__arena_new();
    bool *is_found = npt__arena_array(scratch, instrument->item_count, sizeof *is_found);
    uint32_t *called = npt__arena_array(scratch, names->count, sizeof *called);
    size_t found = 0, core = 0;
    for (size_t c = 0; c < names->count; c++) {
        uint32_t item = called[c] = item_called(instrument, scratch, columns[c]);
        if (item == NPT__NONE || is_found[item])
            continue;
        is_found[item] = true;
        found++;
        core += instrument->items[item].construct != NPT__NONE;
    }
    bool all = found == instrument->item_count || (core && core == names->core_count);
    for (size_t c = 0; all && c < names->count; c++) {
        if (called[c] == NPT__NONE)
            continue;
        /* An id that is little more than a number ("Q4") does not stand against another wording. */
        const struct npt__shape *id = &names->ids[called[c]];
        bool is_word = !id->is_numbered || id->whole_stem;
        claim(names, c, is_word ? NPT__NAME_ID : NPT__NAME_CODE, called[c], NPT__CERTAIN,
              npt__arena_print(names->arena, "its name is the id of %s", id_of(names, called[c])));
    }
    npt__arena_free(scratch);
}

/* ---- all together ---------------------------------------------------------------------------- */

/* "CA3r": turned round already? */
static void note_marks(struct npt__names *names)
{
    for (size_t c = 0; c < names->count; c++)
        if (names->shapes[c].is_marked && names->claims[c].kind != NPT__NAME_NONE)
            lower(names, c, NPT__LIKELY, "its r may mean that it is reversed already");
}

/* Where at least half of the items found have columns named like theirs and more ("Q4" and "Q4_T2"), the file may
   hold several answers to each item, and nobody said which to use. */
static void note_echoes(struct npt__names *names)
{
    size_t items = names->instrument->item_count, found = 0, echoed = 0;
    uint32_t *column_of = npt__arena_array(names->arena, items, sizeof *column_of);
    for (size_t i = 0; i < items; i++)
        column_of[i] = NPT__NONE;
    for (size_t c = names->count; c-- > 0;)
        if (names->claims[c].certainty >= NPT__LIKELY)
            column_of[names->claims[c].item] = (uint32_t)c;
    for (size_t i = 0; i < items; i++) {
        if (column_of[i] == NPT__NONE)
            continue;
        const char *parts = names->shapes[column_of[i]].parts;
        found++;
        for (size_t c = 0; c < names->count; c++) {
            const char *other = names->shapes[c].parts;
            if (strchr(parts, '.') && strlen(other) > strlen(parts) && holds_parts(other, parts)) {
                echoed++;
                break;
            }
        }
    }
    for (size_t c = 0; echoed * 2 >= found && c < names->count; c++)
        if (found && names->claims[c].kind != NPT__NAME_NONE)
            lower(names, c, NPT__LIKELY, "there are others named like it and more: several waves?");
}

/* The letters that all ids begin with, where they are letters and a number: "nomad"; "". */
static const char *find_prefix(npt__arena *arena, const npt_instrument *instrument)
{
    struct npt__shape first, other;
    if (!instrument->item_count)
        return "";
    npt__shape_read(&first, instrument->items[0].id, "");
    if (!first.is_numbered || !first.stem[0] || strchr(first.stem, '.'))
        return "";
    for (size_t i = 1; i < instrument->item_count; i++) {
        npt__shape_read(&other, instrument->items[i].id, "");
        if (!other.is_numbered || strcmp(other.stem, first.stem) != 0)
            return "";
    }
    return npt__arena_string(arena, first.stem);
}

void npt__names_claim(npt__arena *arena, const npt_instrument *instrument, const char *const *names,
                      size_t count, struct npt__name_claim *claims)
{
    npt__arena *scratch = npt__arena_new();
    struct npt__shape *shapes = npt__arena_array(scratch, count, sizeof *shapes);
    struct npt__shape *ids = npt__arena_array(scratch, instrument->item_count, sizeof *ids);
    struct npt__shape *codes = npt__arena_array(scratch, instrument->item_count, sizeof *codes);
    struct npt__names all = {.arena = arena,
                             .instrument = instrument,
                             .count = count,
                             .shapes = shapes,
                             .claims = claims,
                             .ids = ids,
                             .codes = codes,
                             .prefix = find_prefix(scratch, instrument)};
    for (size_t i = 0; i < instrument->item_count; i++) {
        npt__shape_read(&ids[i], instrument->items[i].id, "");
        npt__shape_read(&codes[i], instrument->items[i].code, "");
        all.core_count += instrument->items[i].construct != NPT__NONE;
    }
    for (size_t c = 0; c < count; c++) {
        npt__shape_read(&shapes[c], names[c], all.prefix);
        claims[c] = (struct npt__name_claim){.item = NPT__NONE, .run = NPT__NONE, .reason = ""};
    }
    claim_ids(&all);
    claim_codes(&all);
    claim_blocks(&all);
    npt__runs_claim(&all);
    note_marks(&all);
    claim_exact_ids(&all, names);
    note_echoes(&all);
    npt__arena_free(scratch);
}
