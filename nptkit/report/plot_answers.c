/* plot_answers.c - how the answers to one item are spread, as pieces of a bar.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plot_answers.h"

#include "lettering.h"

#include <string.h>

static const char *const side_names[NPT__SIDES] = {"disagree", "neutral", "agree"};

void npt__answers_open(struct npt__answers_view *view, struct npt__drawing *drawing,
                       const struct npt__cube *cube)
{
    const npt_table *table = drawing->table;
    *view = (struct npt__answers_view){.drawing = drawing,
                                       .cube = cube,
                                       .single = npt_table_find_column(table, "answer") != SIZE_MAX,
                                       .share = npt_table_find_column(table, "share"),
                                       .side = npt_table_find_column(table, "side"),
                                       .label = npt_table_find_column(table, "label"),
                                       .shares = {npt_table_find_column(table, "disagree_share"),
                                                  npt_table_find_column(table, "neutral_share"),
                                                  npt_table_find_column(table, "agree_share")}};
}

/* The outermost answer of a side has its full colour, the innermost the pale one. */
static void set_colours(struct npt__answers *answers, const struct npt__palette *palette)
{
    size_t counts[NPT__SIDES] = {0}, before = 0;
    for (size_t i = 0; i < answers->count; i++)
        counts[answers->pieces[i].side]++;
    for (size_t i = 0; i < answers->count; i++) {
        struct npt__piece *piece = &answers->pieces[i];
        const double most = (double)counts[piece->side] - 1;
        const double out = piece->side == NPT__FOR ? (double)before : most - (double)i;
        before += piece->side == NPT__FOR;
        piece->colour =
            piece->side == NPT__NEITHER
                ? NPT__NEUTRAL_COLOUR
                : npt__palette_tone(palette, piece->side == NPT__FOR, most > 0 ? out / most : 1);
    }
}

static void add_piece(struct npt__answers *answers, enum npt__side side, const char *label,
                      const struct npt_cell *share)
{
    if (answers->count == NPT__MOST_ANSWERS)
        return;
    struct npt__piece *piece = &answers->pieces[answers->count++];
    *piece = (struct npt__piece){.side = side, .label = label};
    if (npt__cell_value(share, &piece->share))
        answers->sides[side] += piece->share;
    else if (!answers->instead || share->kind == NPT_CELL_WITHHELD)
        answers->instead = share;
}

static bool read_groups(struct npt__answers *answers, const struct npt__answers_view *view,
                        size_t item, size_t column)
{
    static const char *const labels[NPT__SIDES] = {"Disagree", "Neither", "Agree"};
    for (size_t i = 0; i < NPT__SIDES; i++)
        add_piece(answers, (enum npt__side)i, labels[i],
                  npt__cube_cell(view->cube, item, column, 0, view->shares[i]));
    const size_t n = npt_table_find_column(view->drawing->table, "n");
    double answered = 0;
    npt__cell_value(npt__cube_cell(view->cube, item, column, 0, n), &answered);
    return !(answers->instead && answers->instead->kind == NPT_CELL_ABSENT && answered > 0.5);
}

/* The answers that this item's scale has, in their order, which is that of the table's rows. */
static size_t list_parts(const struct npt__answers_view *view, size_t item, size_t column,
                         size_t parts[NPT__MOST_ANSWERS])
{
    const struct npt__cube *cube = view->cube;
    size_t rows[NPT__MOST_ANSWERS], count = 0;
    for (size_t part = 0; part < cube->parts.count && count < NPT__MOST_ANSWERS; part++) {
        const size_t at = npt__cube_row(cube, item, column, part);
        if (at == SIZE_MAX)
            continue;
        size_t place = count++;
        for (; place > 0 && rows[place - 1] > at; place--) {
            rows[place] = rows[place - 1];
            parts[place] = parts[place - 1];
        }
        rows[place] = at;
        parts[place] = part;
    }
    return count;
}

static bool read_single(struct npt__answers *answers, const struct npt__answers_view *view,
                        size_t item, size_t column)
{
    size_t parts[NPT__MOST_ANSWERS];
    const struct npt__cube *cube = view->cube;
    const size_t count = list_parts(view, item, column, parts);
    for (size_t i = 0; i < count; i++) {
        const struct npt_cell *side = npt__cube_cell(cube, item, column, parts[i], view->side);
        const struct npt_cell *label = npt__cube_cell(cube, item, column, parts[i], view->label);
        size_t which = 0;
        while (which < NPT__SIDES &&
               !(side->kind == NPT_CELL_TEXT && strcmp(side->text, side_names[which]) == 0))
            which++;
        if (which == NPT__SIDES)
            return false;
        add_piece(answers, (enum npt__side)which,
                  label->kind == NPT_CELL_TEXT ? npt__lettering(view->drawing->arena, label->text)
                                               : npt__arena_print(view->drawing->arena, "answer %s",
                                                                  cube->parts.names[parts[i]]),
                  npt__cube_cell(cube, item, column, parts[i], view->share));
    }
    return count > 0;
}

bool npt__answers_read(struct npt__answers *answers, const struct npt__answers_view *view,
                       size_t item, size_t column)
{
    *answers = (struct npt__answers){.count = 0};
    const bool found = view->single ? read_single(answers, view, item, column)
                                    : read_groups(answers, view, item, column);
    set_colours(answers, view->drawing->palette);
    return found;
}

static void add_entry(struct npt__entry *entries, size_t *count, size_t most,
                      const struct npt__piece *piece)
{
    for (size_t i = 0; i < *count; i++)
        if (entries[i].colour == piece->colour && strcmp(entries[i].text, piece->label) == 0)
            return;
    if (*count < most)
        entries[(*count)++] = (struct npt__entry){NPT__SIGN_BOX, piece->colour, piece->label};
}

void npt__answers_entries(struct npt__entry *entries, size_t *count, size_t most,
                          const struct npt__answers_view *view, bool sides, bool middle)
{
    for (size_t item = 0; item < view->cube->rows.count; item++) {
        struct npt__answers answers;
        if (!npt__answers_read(&answers, view, item, 0))
            continue;
        for (size_t i = 0; i < answers.count; i++)
            if (answers.pieces[i].side == NPT__NEITHER ? middle : sides)
                add_entry(entries, count, most, &answers.pieces[i]);
    }
}
