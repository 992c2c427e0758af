/* guess_evidence.c - what a column of a survey export says by itself.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_evidence.h"

#include <string.h>

#define FEW_WORDS 4 /* fewer are no wording */
#define LONGEST_ID 100
#define LONGEST_CODE 60
#define LONGEST_STATEMENT 1000 /* bytes; no wording is so long */

/* ---- whose wording it holds ------------------------------------------------------------------ */

/* Of what two texts are like, what says more. Two items that fit exactly are none. */
static struct npt__likeness stronger(struct npt__likeness a, struct npt__likeness b)
{
    if (a.kind == NPT__EXACT && b.kind == NPT__EXACT && a.item != b.item) {
        a.kind = NPT__BETWEEN;
        a.other = b.item;
        return a;
    }
    return b.kind > a.kind ? b : a;
}

/* The statement in "[I like the [new] tool] How far do you agree?", as LimeSurvey labels variables in SPSS
   files; NULL. */
static const char *statement_before(npt__arena *scratch, const char *text)
{
    size_t depth = 0;
    if (*text != '[')
        return NULL;
    for (size_t i = 0; i < LONGEST_STATEMENT && text[i]; i++) {
        depth += text[i] == '[';
        if (text[i] == ']' && --depth == 0)
            return npt__arena_copy(scratch, text + 1, i - 1);
    }
    return NULL;
}

/* Which item a text is like, or the statement before it. Of one item, the statement: without it, a gap at its
   end would hold the question too. */
static struct npt__likeness likeness_of(const struct npt__wordings *wordings, npt__arena *scratch,
                                        const char *text, const struct npt__header *header)
{
    const struct npt__likeness likeness = npt__wordings_compare(wordings, header);
    const char *statement = statement_before(scratch, text);
    if (!statement)
        return likeness;
    struct npt__header alone;
    npt__header_read(&alone, scratch, statement);
    return stronger(npt__wordings_compare(wordings, &alone), likeness);
}

/* ---- its use --------------------------------------------------------------------------------- */

/* Of what two texts say of a column's use, what is surer: whatever is personal wins. */
static struct npt__use stronger_use(struct npt__use a, struct npt__use b)
{
    bool a_is_personal = a.use == NPT__COLUMN_PERSONAL;
    bool b_is_personal = b.use == NPT__COLUMN_PERSONAL;
    if (a_is_personal != b_is_personal)
        return a_is_personal ? a : b;
    return b.certainty > a.certainty ? b : a;
}

/* Whether a name is an item's id as it stands: then it is nothing else, whatever the word means. */
static bool is_id(const npt_instrument *instrument, const char *name)
{
    return strnlen(name, LONGEST_ID + 1) <= LONGEST_ID &&
           npt__instrument_find(instrument, name) != NPT__NONE;
}

/* The length of the code in "ipaddr. IP address", as LimeSurvey writes "code & text"; 0. */
static size_t code_length(const char *name)
{
    const size_t length = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                       "0123456789_-[]");
    return length <= LONGEST_CODE && strncmp(name + length, ". ", 2) == 0 ? length : 0;
}

static struct npt__use use_of(npt__arena *scratch, const char *text)
{
    struct npt__header header;
    npt__header_read(&header, scratch, text);
    return npt__use_of(&header);
}

/* What is said by the text behind a code. The code itself counts where the text says nothing, and where the
   code is personal; that a column only goes with a question ("role[other]") is left to the text. */
static struct npt__use use_behind_code(const npt_instrument *instrument, npt__arena *scratch,
                                       const char *name, size_t length)
{
    const char *code = npt__arena_copy(scratch, name, length);
    const struct npt__use by_text = use_of(scratch, name + length + 2);
    const struct npt__use by_code = use_of(scratch, code);
    if (is_id(instrument, code) || by_text.use == NPT__COLUMN_PERSONAL)
        return by_text;
    if (by_code.use == NPT__COLUMN_PERSONAL)
        return by_code;
    bool goes_with = by_code.use == NPT__COLUMN_UNUSED && by_code.certainty < NPT__CERTAIN;
    return by_text.certainty == NPT__UNSURE && !goes_with ? by_code : by_text;
}

void npt__evidence_read(struct npt__evidence *evidence, const npt_instrument *instrument,
                        const struct npt__wordings *wordings, const char *name, const char *wording)
{
    struct npt__header of_name, of_wording;
    npt__arena *scratch = npt__arena_new();
    const size_t code = code_length(name);
    npt__header_read(&of_name, scratch, name);
    npt__header_read(&of_wording, scratch, wording);
    evidence->has_text = of_wording.count >= FEW_WORDS;
    evidence->use = npt__use_of(&of_wording);
    if (!is_id(instrument, name))
        evidence->use = stronger_use(npt__use_of(&of_name), evidence->use);
    if (code)
        evidence->use =
            stronger_use(use_behind_code(instrument, scratch, name, code), evidence->use);
    evidence->likeness = (struct npt__likeness){.item = NPT__NONE, .other = NPT__NONE};
    if (!evidence->use.is_final)
        evidence->likeness = stronger(likeness_of(wordings, scratch, name, &of_name),
                                      likeness_of(wordings, scratch, wording, &of_wording));
    npt__arena_free(scratch);
}
