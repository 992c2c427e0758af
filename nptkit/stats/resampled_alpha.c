/* resampled_alpha.c - the bootstrap of Cronbach's alpha, made quick.
 *
 * Alpha needs few sums over respondents: each item's answers, all squared answers, and the squared totals.
 * All that a respondent adds to them is packed side by side into one or a few 64-bit words, so that
 * drawing a respondent is an addition for each word. Every so many draws, before any field could
 * overflow into the next, the fields are taken out and added to sums of full width.
 *
 * Respondents with the same answers are one *pattern*. Patterns are sorted, which makes the result
 * independent of the order of the rows; where they are few, how often each is drawn comes from one
 * binomial number instead of many draws.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reliability.h"
#include "../base/arena.h"

#include <math.h>
#include <string.h>

#define FEWEST_DRAWS 30u
#define MOST_DRAWS 240u
#define MOST_FIELDS (NPT__MOST_SCALE_ITEMS + 2) /* the items, all squares, the squared total */

__extension__ typedef __int128 wide;

struct field {
    uint32_t word, shift;
    uint64_t mask;
};

struct scale {
    size_t items, fields, words;
    struct field layout[MOST_FIELDS];
    uint32_t draws; /* that the fields have room for */
    size_t count;   /* respondents */
    size_t patterns;
    uint32_t *times;    /* of each pattern */
    uint64_t *packed;   /* patterns x words */
    uint64_t *expanded; /* count x words, where respondents are drawn singly; NULL */
    uint64_t sums[MOST_FIELDS];
};

/* ---- patterns -------------------------------------------------------------------------------- */

/* Sorts rows by their answers: one pass of counting for each item, last item first. Returns the order. */
static uint32_t *sort_rows(const uint8_t *rows, size_t count, size_t items)
{
    uint32_t *order = npt__allocate(count * sizeof *order);
    uint32_t *next = npt__allocate(count * sizeof *next);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    for (size_t item = items; item-- > 0;) {
        uint32_t starts[NPT__LARGEST_VALUE + 2] = {0};
        for (size_t i = 0; i < count; i++)
            starts[rows[i * items + item] + 1]++;
        for (size_t i = 1; i <= NPT__LARGEST_VALUE; i++)
            starts[i] += starts[i - 1];
        for (size_t i = 0; i < count; i++)
            next[starts[rows[order[i] * items + item]]++] = order[i];
        uint32_t *swapped = order;
        order = next;
        next = swapped;
    }
    npt__release(next);
    return order;
}

/* Keeps one row of each kind, sorted; returns how many there are. */
static size_t find_patterns(uint8_t **patterns, uint32_t **times, const uint8_t *rows, size_t count,
                            size_t items)
{
    uint32_t *order = sort_rows(rows, count, items);
    *patterns = npt__allocate(count * items);
    *times = npt__allocate(count * sizeof **times);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *row = rows + order[i] * items;
        if (!found || memcmp(row, *patterns + (found - 1) * items, items) != 0) {
            memcpy(*patterns + found * items, row, items);
            (*times)[found++] = 0;
        }
        (*times)[found - 1]++;
    }
    npt__release(order);
    return found;
}

/* Alpha does not change when an item's answers are shifted; answers from 0 need fewer bits. */
static void shift_to_zero(uint8_t *patterns, size_t count, size_t items)
{
    for (size_t item = 0; item < items; item++) {
        uint8_t least = UINT8_MAX;
        for (size_t i = 0; i < count; i++)
            if (patterns[i * items + item] < least)
                least = patterns[i * items + item];
        for (size_t i = 0; i < count; i++)
            patterns[i * items + item] = (uint8_t)(patterns[i * items + item] - least);
    }
}

/* ---- packing --------------------------------------------------------------------------------- */

static void fields_of(uint64_t *fields, const uint8_t *row, size_t items)
{
    uint64_t squares = 0, total = 0;
    for (size_t i = 0; i < items; i++) {
        fields[i] = row[i];
        squares += (uint64_t)row[i] * row[i];
        total += row[i];
    }
    fields[items] = squares;
    fields[items + 1] = total * total;
}

/* Gives each field room for `draws` times its largest value; returns the number of words. */
static size_t place_fields(struct field *layout, const uint64_t *largest, size_t count,
                           uint32_t draws)
{
    uint32_t used = 0;
    for (size_t f = 0; f < count; f++) {
        uint32_t bits = 1;
        while (largest[f] * draws >> bits)
            bits++;
        if (used % 64 + bits > 64)
            used += 64 - used % 64;
        layout[f] = (struct field){used / 64, used % 64, ((uint64_t)1 << bits) - 1};
        used += bits;
    }
    return (used + 63) / 64;
}

/* Wide fields are taken out seldom, narrow ones need few words: takes what costs least for each draw. */
static void lay_out(struct scale *scale, const uint8_t *patterns)
{
    uint64_t largest[MOST_FIELDS] = {0}, fields[MOST_FIELDS];
    for (size_t i = 0; i < scale->patterns; i++) {
        fields_of(fields, patterns + i * scale->items, scale->items);
        for (size_t f = 0; f < scale->fields; f++)
            if (fields[f] > largest[f])
                largest[f] = fields[f];
    }
    size_t least = SIZE_MAX;
    for (uint32_t draws = FEWEST_DRAWS; draws <= MOST_DRAWS; draws *= 2) {
        size_t words = place_fields(scale->layout, largest, scale->fields, draws);
        size_t cost = words * MOST_DRAWS + 2 * scale->fields * (MOST_DRAWS / draws);
        if (cost < least) {
            least = cost;
            scale->draws = draws;
        }
    }
    scale->words = place_fields(scale->layout, largest, scale->fields, scale->draws);
}

static void add_fields(uint64_t *sums, const struct scale *scale, const uint64_t *words,
                       uint64_t times)
{
    for (size_t f = 0; f < scale->fields; f++) {
        const struct field *field = &scale->layout[f];
        sums[f] += times * (words[field->word] >> field->shift & field->mask);
    }
}

static void pack(struct scale *scale, const uint8_t *patterns)
{
    size_t words = scale->words;
    scale->packed = npt__allocate(scale->patterns * words * sizeof *scale->packed);
    memset(scale->packed, 0, scale->patterns * words * sizeof *scale->packed);
    for (size_t i = 0; i < scale->patterns; i++) {
        uint64_t fields[MOST_FIELDS], *row = scale->packed + i * words;
        fields_of(fields, patterns + i * scale->items, scale->items);
        for (size_t f = 0; f < scale->fields; f++)
            row[scale->layout[f].word] |= fields[f] << scale->layout[f].shift;
        add_fields(scale->sums, scale, row, scale->times[i]);
    }
}

static void expand(struct scale *scale)
{
    size_t words = scale->words;
    uint64_t *to = scale->expanded = npt__allocate(scale->count * words * sizeof *to);
    for (size_t i = 0; i < scale->patterns; i++)
        for (uint32_t time = 0; time < scale->times[i]; time++, to += words)
            memcpy(to, scale->packed + i * words, words * sizeof *to);
}

/* ---- alpha of sums --------------------------------------------------------------------------- */

/* Whole numbers up to the one division. NaN where the total does not vary. */
static double alpha_of_sums(const uint64_t *sums, size_t items, size_t count)
{
    wide total = 0, item_squares = 0;
    for (size_t i = 0; i < items; i++) {
        total += sums[i];
        item_squares += (wide)sums[i] * sums[i];
    }
    wide items_vary = (wide)count * sums[items] - item_squares;
    wide total_varies = (wide)count * sums[items + 1] - total * total;
    if (total_varies <= 0)
        return NAN;
    return (double)items * (double)(total_varies - items_vary) /
           ((double)(items - 1) * (double)total_varies);
}

/* Alpha without one respondent, for each pattern. */
static double jackknife(const struct scale *scale)
{
    double *alphas = npt__allocate(scale->patterns * sizeof *alphas);
    for (size_t i = 0; i < scale->patterns; i++) {
        uint64_t fields[MOST_FIELDS] = {0};
        add_fields(fields, scale, scale->packed + i * scale->words, 1);
        for (size_t f = 0; f < scale->fields; f++)
            fields[f] = scale->sums[f] - fields[f];
        alphas[i] = alpha_of_sums(fields, scale->items, scale->count - 1);
    }
    double acceleration = npt__acceleration(alphas, scale->times, scale->patterns);
    npt__release(alphas);
    return acceleration;
}

/* ---- replicates ------------------------------------------------------------------------------ */

/* One word of each of the five rows that 64 random bits draw. */
static inline uint64_t five_rows(const uint64_t *rows, size_t words, uint64_t bits, uint64_t mask)
{
    return rows[words * (bits & mask)] + rows[words * (bits >> NPT__DRAW_BITS & mask)] +
           rows[words * (bits >> 2 * NPT__DRAW_BITS & mask)] +
           rows[words * (bits >> 3 * NPT__DRAW_BITS & mask)] +
           rows[words * (bits >> 4 * NPT__DRAW_BITS & mask)];
}

/* Adds `draws` of mask + 1 rows to `added`. */
static void add_drawn(uint64_t *added, const uint64_t *rows, size_t words, uint64_t mask,
                      uint32_t draws, struct npt__random *random)
{
    struct npt__random local = *random; /* this and the sums stay in registers */
    uint64_t first = 0, second = 0;
    uint32_t left = draws;
    for (; left >= NPT__DRAWS_FROM_64; left -= NPT__DRAWS_FROM_64) {
        uint64_t bits = npt__random_next(&local);
        first += five_rows(rows, words, bits, mask);
        if (words > 1)
            second += five_rows(rows + 1, words, bits, mask);
        for (size_t w = 2; w < words; w++)
            added[w] += five_rows(rows + w, words, bits, mask);
    }
    added[0] += first;
    if (words > 1)
        added[1] += second;
    uint64_t bits = left ? npt__random_next(&local) : 0;
    for (; left; left--, bits >>= NPT__DRAW_BITS)
        for (size_t w = 0; w < words; w++)
            added[w] += rows[words * (bits & mask) + w];
    *random = local;
}

static double alpha_of_draws(const void *user, struct npt__random *random)
{
    const struct scale *scale = user;
    uint64_t sums[MOST_FIELDS] = {0}, added[MOST_FIELDS];
    struct npt__random_blocks blocks = npt__random_blocks((uint32_t)scale->count);
    while (npt__random_block(random, &blocks)) {
        const uint64_t *rows = scale->expanded + blocks.first * scale->words;
        for (uint32_t left = blocks.draws, run; left; left -= run) {
            run = left < scale->draws ? left : scale->draws;
            memset(added, 0, scale->words * sizeof *added);
            if (scale->words == 1)
                add_drawn(added, rows, 1, blocks.mask, run, random);
            else if (scale->words == 2)
                add_drawn(added, rows, 2, blocks.mask, run, random);
            else
                add_drawn(added, rows, scale->words, blocks.mask, run, random);
            add_fields(sums, scale, added, 1);
        }
    }
    return alpha_of_sums(sums, scale->items, scale->count);
}

static double alpha_by_counts(const void *user, struct npt__random *random)
{
    const struct scale *scale = user;
    uint64_t sums[MOST_FIELDS] = {0};
    struct npt__random_shares shares = {(uint32_t)scale->count, (uint32_t)scale->count};
    for (size_t i = 0; shares.draws; i++)
        add_fields(sums, scale, scale->packed + i * scale->words,
                   npt__random_share(random, &shares, scale->times[i]));
    return alpha_of_sums(sums, scale->items, scale->count);
}

static struct npt__bootstrap_interval resample(struct scale *scale,
                                               const struct npt__bootstrap_options *options)
{
    bool by_counts = npt__bootstrap_by_counts(scale->count, scale->patterns);
    if (!by_counts)
        expand(scale);
    double *results = npt__allocate(options->replicates * sizeof *results);
    npt__bootstrap(results, options->replicates, options->seed, options->threads,
                   by_counts ? alpha_by_counts : alpha_of_draws, scale);
    struct npt__bootstrap_interval interval = npt__bootstrap_bca(
        results, options->replicates, alpha_of_sums(scale->sums, scale->items, scale->count),
        jackknife(scale), options->confidence);
    npt__release(results);
    npt__release(scale->expanded);
    return interval;
}

static void prepare(struct scale *scale, const uint8_t *rows)
{
    uint8_t *patterns;
    scale->fields = scale->items + 2;
    scale->patterns = find_patterns(&patterns, &scale->times, rows, scale->count, scale->items);
    shift_to_zero(patterns, scale->patterns, scale->items);
    lay_out(scale, patterns);
    pack(scale, patterns);
    npt__release(patterns);
}

struct npt__bootstrap_interval npt__alpha_bootstrap(const struct npt__item_answers *answers,
                                                    const struct npt__bootstrap_options *options)
{
    struct npt__bootstrap_interval interval = {
        .fault = NPT__BOOTSTRAP_TOO_FEW, .estimate = NAN, .low = NAN, .high = NAN};
    if (answers->items < 2 || answers->items > NPT__MOST_SCALE_ITEMS)
        return interval;
    struct scale scale = {.items = answers->items};
    uint8_t *rows = npt__complete_answers(answers, &scale.count);
    if (scale.count >= 2 && scale.count <= UINT32_MAX) {
        prepare(&scale, rows);
        interval.estimate = alpha_of_sums(scale.sums, scale.items, scale.count);
        if (isnan(interval.estimate))
            interval.fault = NPT__BOOTSTRAP_CONSTANT;
        else if (options->replicates < 2 || options->replicates > NPT__MOST_REPLICATES)
            interval.fault = NPT__BOOTSTRAP_REPLICATES;
        else
            interval = resample(&scale, options);
        npt__release(scale.times);
        npt__release(scale.packed);
    }
    npt__release(rows);
    return interval;
}
