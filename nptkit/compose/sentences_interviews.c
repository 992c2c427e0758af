/* sentences_interviews.c - sentences on coded interviews, alone and beside the survey.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wording.h"

#include <string.h>

/* ---- tally ----------------------------------------------------------------------------------- */

struct tally {
    const struct npt__telling *telling;
    const npt_table *table;
    size_t construct, site, cases, of_cases;
};

static const struct npt_cell *cell_of(const struct tally *tally, size_t row, size_t column)
{
    return npt__told_cell(tally->table, row, column);
}

static bool is_construct(const struct tally *tally, size_t row)
{
    return cell_of(tally, row, tally->construct)->kind == NPT_CELL_TEXT;
}

static bool is_all(const struct tally *tally, size_t row)
{
    return tally->site == SIZE_MAX || npt__is_all(tally->telling, cell_of(tally, row, tally->site));
}

/* How many were interviewed, and where: from the rows of the first construct, or of all. */
static void tell_interviewed(struct npt__telling *telling, const struct tally *tally)
{
    const npt_table *table = tally->table;
    struct npt__names places = {0};
    size_t total = SIZE_MAX;
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        if (strcmp(npt__text_of(cell_of(tally, i, tally->construct)),
                   npt__text_of(cell_of(tally, 0, tally->construct))) != 0)
            continue;
        if (is_all(tally, i))
            total = i;
        else if (npt__is_number(cell_of(tally, i, tally->of_cases)))
            npt__name(&places,
                      npt__arena_print(telling->arena, "%lld in %s",
                                       (long long)cell_of(tally, i, tally->of_cases)->count,
                                       npt__text_of(cell_of(tally, i, tally->site))));
    }
    if (total == SIZE_MAX || !npt__is_number(cell_of(tally, total, tally->of_cases)))
        return;
    npt__put_cell(telling, table, total, tally->of_cases);
    npt__put_text(telling, " cases were interviewed");
    if (places.count) {
        npt__put_text(telling, ": ");
        npt__put_names(telling, &places);
    }
    npt__put_text(telling, ".");
    npt__end_sentence(telling);
}

static void put_part(struct npt__telling *telling, const struct tally *tally, size_t row)
{
    npt__put_cell(telling, tally->table, row, tally->cases);
    npt__put_text(telling, " of ");
    npt__put_cell(telling, tally->table, row, tally->of_cases);
}

/* Whether the row tells how many of all cases speak of a construct. */
static bool is_told(const struct tally *tally, size_t row)
{
    return is_construct(tally, row) && is_all(tally, row) &&
           npt__is_number(cell_of(tally, row, tally->cases)) &&
           npt__is_number(cell_of(tally, row, tally->of_cases));
}

/* "A, B and 3 more (12 of 12)": all constructs that as many cases speak of as of the one in this row. */
static void put_as_many(struct npt__telling *telling, const struct tally *tally, size_t row)
{
    struct npt__names names = {0};
    for (size_t i = 0; i < npt_table_row_count(tally->table); i++)
        if (is_told(tally, i) &&
            cell_of(tally, i, tally->cases)->count == cell_of(tally, row, tally->cases)->count)
            npt__name(&names, npt__text_of(cell_of(tally, i, tally->construct)));
    npt__put_few_names(telling, &names);
    npt__put_text(telling, " (");
    put_part(telling, tally, row);
    npt__put_text(telling, ")");
}

static void tell_most(struct npt__telling *telling, const struct tally *tally)
{
    size_t most = SIZE_MAX, fewest = SIZE_MAX, told = 0;
    bool hidden = false;
    for (size_t i = 0; i < npt_table_row_count(tally->table); i++) {
        const struct npt_cell *cases = cell_of(tally, i, tally->cases);
        hidden |= is_construct(tally, i) && is_all(tally, i) && npt__is_hidden(cases);
        if (!is_told(tally, i))
            continue;
        told++;
        if (most == SIZE_MAX || cases->count > cell_of(tally, most, tally->cases)->count)
            most = i;
        if (fewest == SIZE_MAX || cases->count < cell_of(tally, fewest, tally->cases)->count)
            fewest = i;
    }
    if (told < 2)
        return;
    if (most == fewest) {
        npt__put_text(telling, "As many cases speak of each construct%s (",
                      hidden ? " that is shown" : "");
        put_part(telling, tally, most);
        npt__put_text(telling, ").");
        npt__end_sentence(telling);
        return;
    }
    npt__put_text(telling, "%s cases speak of ", hidden ? "Of what is shown, most" : "Most");
    put_as_many(telling, tally, most);
    npt__put_text(telling, ", fewest of ");
    put_as_many(telling, tally, fewest);
    npt__put_text(telling, ".");
    npt__end_sentence(telling);
}

static double share(const struct tally *tally, size_t row)
{
    return npt__number_of(cell_of(tally, row, tally->cases)) /
           npt__number_of(cell_of(tally, row, tally->of_cases));
}

static bool has_share(const struct tally *tally, size_t row)
{
    return is_construct(tally, row) && !is_all(tally, row) &&
           npt__is_number(cell_of(tally, row, tally->cases)) &&
           npt__is_number(cell_of(tally, row, tally->of_cases)) &&
           npt__number_of(cell_of(tally, row, tally->of_cases)) > 0;
}

/* Rows of one construct follow each other. */
static void tell_apart(struct npt__telling *telling, const struct tally *tally)
{
    const size_t rows = npt_table_row_count(tally->table);
    size_t high = SIZE_MAX, low = SIZE_MAX;
    double widest = 0;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; has_share(tally, i) && j < rows; j++) {
            if (!has_share(tally, j) || !(share(tally, i) - share(tally, j) > widest) ||
                strcmp(npt__text_of(cell_of(tally, i, tally->construct)),
                       npt__text_of(cell_of(tally, j, tally->construct))) != 0)
                continue;
            widest = share(tally, i) - share(tally, j);
            high = i;
            low = j;
        }
    if (high == SIZE_MAX)
        return;
    npt__put_text(telling, "By %s, what is shown is furthest apart in %s: ",
                  npt__group_word(tally->table, tally->site),
                  npt__text_of(cell_of(tally, high, tally->construct)));
    put_part(telling, tally, high);
    npt__put_text(telling, " cases in %s and ", npt__text_of(cell_of(tally, high, tally->site)));
    put_part(telling, tally, low);
    npt__put_text(telling, " in %s; whether that is more than chance was not tested.",
                  npt__text_of(cell_of(tally, low, tally->site)));
    npt__end_sentence(telling);
}

static void tell_hidden(struct npt__telling *telling, const struct tally *tally)
{
    size_t hidden = 0, all = 0;
    for (size_t i = 0; i < npt_table_row_count(tally->table); i++) {
        all += is_construct(tally, i);
        hidden += is_construct(tally, i) && npt__is_hidden(cell_of(tally, i, tally->cases));
    }
    if (!hidden)
        return;
    npt__put_text(telling, "To protect people, %zu of %zu numbers of cases are withheld.", hidden,
                  all);
    npt__end_sentence(telling);
}

void npt__tell_tally(struct npt__telling *telling)
{
    const npt_table *table = telling->tables[0];
    const struct tally tally = {telling,
                                table,
                                npt__told_column(table, "construct"),
                                npt__told_group(table),
                                npt__told_column(table, "cases"),
                                npt__told_column(table, "of_cases")};
    if (tally.construct == SIZE_MAX || tally.cases == SIZE_MAX || tally.of_cases == SIZE_MAX ||
        !npt_table_row_count(table))
        return;
    telling->short_count = 2;
    tell_interviewed(telling, &tally);
    tell_most(telling, &tally);
    if (tally.site != SIZE_MAX)
        tell_apart(telling, &tally);
    tell_hidden(telling, &tally);
}

/* ---- joint ----------------------------------------------------------------------------------- */

static const char *const verdicts[] = {"agree", "partly agree", "disagree"};

struct verdicts {
    struct npt__names of[3], silent, hidden;
    size_t count;
};

static void file(struct verdicts *found, const struct npt_cell *cell, const char *name)
{
    found->count++;
    if (npt__is_hidden(cell)) {
        npt__name(&found->hidden, name);
        return;
    }
    for (size_t i = 0; i < 3; i++)
        if (npt__is_text(cell, verdicts[i])) {
            npt__name(&found->of[i], name);
            return;
        }
    npt__name(&found->silent, name);
}

static void tell_verdicts(struct npt__telling *telling, const char *where,
                          const struct verdicts *found)
{
    bool first = true;
    npt__put_text(telling, "%s", where);
    for (size_t i = 0; i < 3; i++) {
        if (!found->of[i].count)
            continue;
        npt__put_text(telling, "%s %s for ", first ? "" : ",", verdicts[i]);
        npt__put_names_of(telling, &found->of[i], found->count, "constructs");
        first = false;
    }
    if (found->silent.count) {
        npt__put_text(telling, "%s one of them is silent on ", first ? ":" : ";");
        npt__put_names_of(telling, &found->silent, found->count, "constructs");
        first = false;
    }
    if (found->hidden.count) {
        npt__put_text(telling, "; withheld to protect people for ");
        npt__put_names(telling, &found->hidden);
    }
    npt__put_text(telling, ".");
    npt__end_sentence(telling);
}

/* One site (NULL: all together); where nothing of it is shown it is only named. */
static void tell_joint_of(struct npt__telling *telling, const npt_table *table, const char *site,
                          size_t columns[3], struct npt__names *hidden)
{
    struct verdicts found = {0};
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *place = npt__told_cell(table, i, columns[1]);
        if (site ? !npt__is_text(place, site) : !npt__is_all(telling, place))
            continue;
        file(&found, npt__told_cell(table, i, columns[2]),
             npt__text_of(npt__told_cell(table, i, columns[0])));
    }
    if (!found.count)
        return;
    if (found.hidden.count == found.count) {
        npt__name(hidden, site ? site : telling->own ? "this site" : "all together");
        return;
    }
    tell_verdicts(telling,
                  site           ? npt__arena_print(telling->arena, "In %s they", site)
                  : telling->own ? "Survey and interviews"
                                 : "Taken together, survey and interviews",
                  &found);
}

void npt__tell_joint(struct npt__telling *telling)
{
    const npt_table *table = telling->tables[0];
    size_t columns[3] = {npt__told_column(table, "construct"), npt__told_group(table),
                         npt__told_column(table, "together")};
    if (columns[0] == SIZE_MAX || columns[1] == SIZE_MAX || columns[2] == SIZE_MAX)
        return;
    struct npt__names hidden = {0};
    tell_joint_of(telling, table, NULL, columns, &hidden);
    for (size_t i = 0; !telling->own && i < npt_table_row_count(table); i++) {
        const struct npt_cell *site = npt__told_cell(table, i, columns[1]);
        if (strcmp(npt__text_of(npt__told_cell(table, i, columns[0])),
                   npt__text_of(npt__told_cell(table, 0, columns[0]))) == 0 &&
            site->kind == NPT_CELL_TEXT)
            tell_joint_of(telling, table, site->text, columns, &hidden);
    }
    if (hidden.count) {
        npt__put_text(telling,
                      "To protect people, whether survey and interviews agree is withheld in ");
        npt__put_names(telling, &hidden);
        npt__put_text(telling, ".");
        npt__end_sentence(telling);
    }
}
