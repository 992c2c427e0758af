/* ratings_data.c - ratings of several coders for tests: from a file, or drawn.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ratings_data.h"
#include "../nptkit/base/arena.h"
#include "reference_data.h"

#include <string.h>

static uint8_t *new_codes(struct npt__ratings *ratings, size_t units, size_t raters,
                          size_t categories)
{
    uint8_t *codes = npt__allocate(units * raters + 1);
    *ratings = (struct npt__ratings){
        .codes = codes, .units = units, .raters = raters, .categories = categories};
    return codes;
}

void ratings_free(struct npt__ratings *ratings)
{
    uint8_t *codes;
    memcpy(&codes, &ratings->codes, sizeof codes); /* they were allocated here */
    npt__release(codes);
    ratings->codes = NULL;
}

struct npt__ratings ratings_read(const char *path, const char *const *columns, size_t raters,
                                 size_t categories)
{
    struct reference_table *table = reference_table_read(path);
    struct npt__ratings ratings;
    uint8_t *codes = new_codes(&ratings, reference_rows(table), raters, categories);
    for (size_t unit = 0; unit < ratings.units; unit++)
        for (size_t i = 0; i < raters; i++) {
            double number;
            bool given = reference_number(table, unit, columns[i], &number);
            codes[unit * raters + i] = given ? (uint8_t)(number - 1) : NPT__NO_CODE;
        }
    reference_table_free(table);
    return ratings;
}

struct npt__ratings ratings_kripp4(void)
{
    static const char *const columns[] = {"A", "B", "C", "D"};
    return ratings_read("tests/data/kripp4.csv", columns, 4, 5);
}

struct npt__ratings ratings_diagnoses(void)
{
    static const char *const columns[] = {"rater1", "rater2", "rater3",
                                          "rater4", "rater5", "rater6"};
    return ratings_read("tests/data/diagnoses.csv", columns, 6, 5);
}

struct npt__ratings ratings_raters2(void)
{
    static const char *const columns[] = {"r1", "r2"};
    return ratings_read("tests/data/raters2.csv", columns, 2, 5);
}

static double uniform(uint64_t *seed)
{
    return (double)(reference_random(seed) >> 11) * 0x1p-53;
}

struct npt__ratings ratings_draw(size_t units, size_t raters, size_t categories, double truth,
                                 double missing, uint64_t *seed)
{
    struct npt__ratings ratings;
    uint8_t *codes = new_codes(&ratings, units, raters, categories);
    for (size_t unit = 0; unit < units; unit++) {
        uint8_t own = (uint8_t)(reference_random(seed) % categories);
        for (size_t i = 0; i < raters; i++) {
            uint8_t code = (uint8_t)(reference_random(seed) % categories);
            code = uniform(seed) < truth ? own : code;
            *codes++ = uniform(seed) < missing ? NPT__NO_CODE : code;
        }
    }
    return ratings;
}

struct npt__ratings ratings_shuffle(const struct npt__ratings *ratings, uint64_t *seed)
{
    struct npt__ratings other;
    uint8_t *codes = new_codes(&other, ratings->units, ratings->raters, ratings->categories);
    memcpy(codes, ratings->codes, ratings->units * ratings->raters);
    const size_t raters = ratings->raters;
    for (size_t unit = ratings->units; unit-- > 0;) {
        size_t partner = (size_t)(reference_random(seed) % (unit + 1));
        for (size_t i = 0; i < raters; i++) {
            uint8_t kept = codes[unit * raters + i];
            codes[unit * raters + i] = codes[partner * raters + i];
            codes[partner * raters + i] = kept;
        }
    }
    for (size_t unit = 0; unit < ratings->units; unit++)
        for (size_t i = raters; i-- > 1;) {
            uint8_t *row = codes + unit * raters, kept = row[i];
            size_t partner = (size_t)(reference_random(seed) % (i + 1));
            row[i] = row[partner];
            row[partner] = kept;
        }
    return other;
}
