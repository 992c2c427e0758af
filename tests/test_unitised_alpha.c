/* test_unitised_alpha.c - alpha for unitised continua against a published example, another program, and a count made
 * character by character.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/unitised_alpha.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reference_data.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MOST_LENGTH 128u
#define MOST_CATEGORIES 8u
#define MOST_OBSERVERS 6u

static struct npt__unitising unitising_of(const struct npt__coded_unit *units, size_t count,
                                          uint32_t observers, uint32_t categories, uint64_t length)
{
    return (struct npt__unitising){.units = units,
                                   .count = count,
                                   .observers = observers,
                                   .categories = categories,
                                   .length = length};
}

static struct npt__unitised_alpha measure(const struct npt__unitising *unitising,
                                          struct npt__unitised_category *categories)
{
    struct npt__unitised_alpha alpha = npt__unitised_alpha(unitising, categories);
    assert_int_equal(alpha.fault, NPT__UNITISED_FINE);
    return alpha;
}

/* ---- examples of others ---------------------------------------------------------------------- */

static void the_example_of_the_book_has_its_values(void **state)
{
    (void)state;
    /* Krippendorff 2019, figure 12.11: three observers, a continuum of 60. The boundaries are those that the tests of
       the R package quallmer (test file for alpha_u) read off the drawing; category k of the book is k - 1 here. */
    const struct npt__coded_unit units[] = {
        {0, 0, 0, 7},   {0, 1, 7, 13},  {0, 4, 30, 32}, {0, 5, 32, 37},
        {0, 5, 37, 44}, {0, 6, 44, 60}, {1, 0, 0, 7},   {1, 2, 7, 13},
        {1, 4, 13, 21}, {1, 5, 32, 44}, {2, 0, 0, 7},   {2, 3, 7, 13},
        {2, 4, 13, 21}, {2, 5, 32, 37}, {2, 5, 37, 41}, {2, 5, 41, 44},
    };
    struct npt__unitising book = unitising_of(units, COUNT(units), 3, 7, 60);
    struct npt__unitised_category of[7];
    struct npt__unitised_alpha alpha = measure(&book, of);
    reference_expect(alpha.u.alpha, 0.510, 0.0005 / 0.510);
    reference_expect(alpha.binary.alpha, 0.413, 0.002);
    reference_expect(alpha.cu.alpha, 0.724, 0.0005 / 0.724);
    const double expected[] = {1, 0, 0, 0, 1, 1};
    for (size_t k = 0; k < 6; k++)
        reference_expect(of[k].alpha.alpha, expected[k], 1e-15);
    assert_false(of[6].alpha.defined); /* meets nothing but gaps */
    assert_true(of[6].covered == 0);
    reference_expect(of[4].covered, 8.0 / 18, 1e-15);
    /* cu's last digit was what chose among five readings of S (see the header): no independent witness.
       Fractions: the formulas of the header, by Python, character by character. */
    reference_expect(alpha.u.alpha, 16349.0 / 32058, 1e-14);
    reference_expect(alpha.binary.alpha, 144038.0 / 348255, 1e-14);
    reference_expect(alpha.cu.alpha, 24944.0 / 34445, 1e-14);
    reference_expect(alpha.covered, 83.0 / 180, 1e-15);
    assert_int_equal(alpha.units, 16);
}

static void another_program_prints_the_same(void **state)
{
    (void)state;
    /* "Krippendorff's unitized alpha", a Python program that cites the equations of the paper of 2016 by number: the
       example in its code (three observers, a continuum of 20) and the output in its description, which stands there
       next to other data. For cu and (k)u it reads equation 10 otherwise than the header here (0.7789 for 0.7786): three
       digits do not tell the readings apart, so they witness u, |u and the shares covered, not that choice.
       Fractions below: the formulas of the header, by Python, character by character. */
    const struct npt__coded_unit units[] = {{0, 0, 2, 5},  {0, 0, 9, 11}, {0, 1, 12, 20},
                                            {1, 0, 2, 5},  {1, 1, 7, 15}, {2, 0, 2, 5},
                                            {2, 1, 10, 15}};
    struct npt__unitising example = unitising_of(units, COUNT(units), 3, 2, 20);
    struct npt__unitised_category of[2];
    struct npt__unitised_alpha alpha = measure(&example, of);
    reference_expect(alpha.u.alpha, 0.474, 0.0005 / 0.474);
    reference_expect(alpha.binary.alpha, 0.433, 0.0005 / 0.433);
    reference_expect(alpha.cu.alpha, 0.779, 0.0005 / 0.779);
    reference_expect(alpha.covered, 0.3833, 0.00005 / 0.3833);
    reference_expect(of[0].alpha.alpha, 0.769, 0.0005 / 0.769);
    reference_expect(of[1].alpha.alpha, 0.787, 0.0005 / 0.787);
    reference_expect(alpha.cu.alpha, 3134.0 / 4025, 1e-14);
    reference_expect(of[0].alpha.alpha, 942.0 / 1225, 1e-14);
    reference_expect(of[1].alpha.alpha, 3442.0 / 4375, 1e-14);
    reference_expect(of[0].covered, 0.9545, 0.00005 / 0.9545);
    reference_expect(of[1].covered, 0.5952, 0.00005 / 0.5952);
}

static void a_small_case_done_by_hand(void **state)
{
    (void)state;
    /* Ten characters: AAAA..BBBB and AAAAABBBBB. Ordered pairs: A with A 8, B with B 8, A with gap 1 each way, B with gap
       1 each way. All 20, of A 9, of B 9, of gaps 2; S = 4 * 4 + 4 * 4 + 5 * 5 + 5 * 5 + 2 = 84.
       u: 1 - 4 * (400 - 84) / (20 * (400 - 81 - 81 - 4)); |u: 1 - 2 * 316 / (20 * 2 * 18).
       cu: no disagreement. A: nothing else is said where both mark. */
    const struct npt__coded_unit units[] = {
        {1, 1, 5, 10}, {0, 0, 0, 4}, {0, NPT__UNITISED_GAP, 4, 6}, {0, 1, 6, 10}, {1, 0, 0, 5}};
    struct npt__unitising small = unitising_of(units, COUNT(units), 2, 2, 10);
    struct npt__unitised_category of[2];
    struct npt__unitised_alpha alpha = measure(&small, of);
    reference_expect(alpha.u.alpha, 1 - 4 * 316.0 / (20 * 234.0), 1e-15);
    reference_expect(alpha.binary.alpha, 1 - 2 * 316.0 / (20 * 2 * 18.0), 1e-15);
    reference_expect(alpha.cu.alpha, 1, 1e-15);
    reference_expect(of[0].alpha.alpha, 1, 1e-15);
    reference_expect(of[0].covered, 8.0 / 9, 1e-15);
    reference_expect(alpha.covered, 0.8, 1e-15);
    assert_int_equal(of[1].length, 9);
    assert_int_equal(alpha.units, 4);
}

/* ---- character by character ------------------------------------------------------------------ */

struct characters {
    uint32_t observers, categories, length;
    uint32_t category[MOST_OBSERVERS][MOST_LENGTH]; /* 0: a gap */
    uint32_t unit[MOST_OBSERVERS][MOST_LENGTH];     /* number of the unit, from 1; 0: a gap */
};

static void spell_out(const struct npt__unitising *unitising, struct characters *characters)
{
    memset(characters, 0, sizeof *characters);
    characters->observers = unitising->observers;
    characters->categories = unitising->categories + 1;
    characters->length = (uint32_t)unitising->length;
    for (size_t i = 0; i < unitising->count; i++) {
        const struct npt__coded_unit *unit = &unitising->units[i];
        for (uint64_t at = unit->start; at < unit->end; at++) {
            characters->category[unit->observer][at] = unit->category + 1;
            characters->unit[unit->observer][at] = (uint32_t)i + 1;
        }
    }
}

struct matrix {
    double of[MOST_CATEGORIES + 1][MOST_CATEGORIES + 1];
};

/* l[c][k], over all characters or those where both observers mark. */
static struct matrix observed_pairs(const struct characters *characters, bool marked_only)
{
    struct matrix pairs = {{{0}}};
    for (uint32_t i = 0; i < characters->observers; i++)
        for (uint32_t j = 0; j < characters->observers; j++)
            for (uint32_t at = 0; at < characters->length && i != j; at++) {
                uint32_t c = characters->category[i][at], k = characters->category[j][at];
                if (!marked_only || (c && k))
                    pairs.of[c][k] += 1.0 / (characters->observers - 1);
            }
    return pairs;
}

/* The share of the other observers who mark this character, or 1. */
static double weight(const struct characters *characters, uint32_t observer, uint32_t at,
                     bool marked_only)
{
    uint32_t marking = 0;
    for (uint32_t j = 0; j < characters->observers; j++)
        marking += j != observer && (!marked_only || characters->unit[j][at]);
    return marking / (characters->observers - 1.0);
}

/* S[c]: a unit's characters, each with each, count against it. */
static void self_pairs(const struct characters *characters, bool marked_only, double *self)
{
    memset(self, 0, (MOST_CATEGORIES + 1) * sizeof *self);
    for (uint32_t i = 0; i < characters->observers; i++)
        for (uint32_t a = 0; a < characters->length; a++)
            for (uint32_t b = 0; b < characters->length; b++) {
                const uint32_t unit = characters->unit[i][a];
                if (unit ? characters->unit[i][b] == unit : a == b && !marked_only)
                    self[characters->category[i][a]] += weight(characters, i, a, marked_only) *
                                                        weight(characters, i, b, marked_only);
            }
}

static double row_sum(const struct matrix *matrix, uint32_t row)
{
    double sum = 0;
    for (uint32_t k = 0; k <= MOST_CATEGORIES; k++)
        sum += matrix->of[row][k];
    return sum;
}

static struct matrix expected_pairs(const struct characters *characters, bool marked_only)
{
    const struct matrix observed = observed_pairs(characters, marked_only);
    double self[MOST_CATEGORIES + 1], all = 0, all_self = 0;
    self_pairs(characters, marked_only, self);
    for (uint32_t c = 0; c < characters->categories; c++) {
        all += row_sum(&observed, c);
        all_self += self[c];
    }
    struct matrix expected = {{{0}}};
    for (uint32_t c = 0; c < characters->categories; c++)
        for (uint32_t k = 0; k < characters->categories; k++)
            expected.of[c][k] =
                all * (row_sum(&observed, c) * row_sum(&observed, k) - (c == k) * self[c]) /
                (all * all - all_self);
    return expected;
}

/* Disagreement among all categories, or of one with the others. */
static double disagreement(const struct matrix *matrix, uint32_t categories, int with)
{
    double sum = 0;
    for (uint32_t c = 0; c < categories; c++)
        for (uint32_t k = 0; k < categories; k++)
            if (c != k && (with < 0 || (int)c == with))
                sum += matrix->of[c][k];
    return sum;
}

static void expect_coefficient(struct npt__unitised_coefficient actual, double observed,
                               double expected)
{
    if (!(expected > 1e-9)) {
        assert_false(actual.defined);
        assert_true(isnan(actual.alpha));
        return;
    }
    assert_true(actual.defined);
    /* 1 - x of numbers near 1 may lose digits of the difference. */
    reference_expect(1 - actual.alpha, observed / expected, 1e-12);
    assert_true(actual.alpha <= 1);
}

static void expect_by_characters(const struct npt__unitising *unitising)
{
    static struct characters characters;
    struct npt__unitised_category of[MOST_CATEGORIES];
    struct npt__unitised_alpha alpha = measure(unitising, of);
    spell_out(unitising, &characters);
    const uint32_t n = characters.categories;
    struct matrix observed = observed_pairs(&characters, false);
    struct matrix expected = expected_pairs(&characters, false);
    expect_coefficient(alpha.u, disagreement(&observed, n, -1), disagreement(&expected, n, -1));
    expect_coefficient(alpha.binary, disagreement(&observed, n, 0), disagreement(&expected, n, 0));
    observed = observed_pairs(&characters, true);
    expected = expected_pairs(&characters, true);
    expect_coefficient(alpha.cu, disagreement(&observed, n, -1), disagreement(&expected, n, -1));
    for (uint32_t k = 1; k < n; k++) {
        const double share = row_sum(&expected, k) / row_sum(&observed, k);
        expect_coefficient(of[k - 1].alpha, share * disagreement(&observed, n, (int)k),
                           disagreement(&expected, n, (int)k));
    }
}

/* Units and gaps of 1 to `longest` characters. */
static struct npt__unitising draw(struct npt__coded_unit *units, uint32_t observers,
                                  uint32_t categories, uint32_t longest, uint64_t *chance)
{
    const uint64_t length = 20 + reference_random(chance) % (MOST_LENGTH - 20);
    size_t count = 0;
    for (uint32_t i = 0; i < observers; i++) {
        for (uint64_t at = 0; at < length;) {
            uint64_t end = at + 1 + reference_random(chance) % longest;
            end = end > length ? length : end;
            if (reference_random(chance) % 3)
                units[count++] = (struct npt__coded_unit){
                    i, (uint32_t)(reference_random(chance) % categories), at, end};
            at = end;
        }
    }
    return unitising_of(units, count, observers, categories, length);
}

static void coefficients_are_those_counted_character_by_character(void **state)
{
    (void)state;
    uint64_t chance = 4;
    struct npt__coded_unit units[MOST_OBSERVERS * MOST_LENGTH];
    const size_t rounds = getenv("VALGRIND") ? 5 : 60;
    for (size_t round = 0; round < rounds; round++) {
        for (uint32_t observers = 2; observers <= 5; observers++) {
            const uint32_t categories = 1 + (uint32_t)(reference_random(&chance) % 5);
            struct npt__unitising drawn =
                draw(units, observers, categories, round % 2 ? 4 : 30, &chance);
            expect_by_characters(&drawn);
        }
    }
}

/* ---- what must not matter -------------------------------------------------------------------- */

static void expect_same(const struct npt__unitising *a, const struct npt__unitising *b)
{
    struct npt__unitised_alpha left = measure(a, NULL), right = measure(b, NULL);
    assert_true(reference_same(left.u.alpha, right.u.alpha));
    assert_true(reference_same(left.binary.alpha, right.binary.alpha));
    assert_true(reference_same(left.cu.alpha, right.cu.alpha));
    assert_true(reference_same(left.covered, right.covered));
}

static void order_and_names_change_no_digit(void **state)
{
    (void)state;
    uint64_t chance = 6;
    struct npt__coded_unit units[MOST_OBSERVERS * MOST_LENGTH],
        turned[MOST_OBSERVERS * MOST_LENGTH];
    for (size_t round = 0; round < 20; round++) {
        struct npt__unitising drawn = draw(units, 4, 5, 12, &chance), other = drawn;
        for (size_t i = 0; i < drawn.count; i++) {
            turned[i] = units[drawn.count - 1 - i];
            turned[i].observer = (turned[i].observer + 1) % 4;
            turned[i].category = (turned[i].category + 2) % 5;
        }
        other.units = turned;
        expect_same(&drawn, &other);
        for (size_t i = 0; i < drawn.count; i++) { /* and from right to left */
            turned[i].start = drawn.length - units[i].end;
            turned[i].end = drawn.length - units[i].start;
            turned[i].observer = units[i].observer;
            turned[i].category = units[i].category;
        }
        expect_same(&drawn, &other);
        other.categories += 7; /* that nobody uses */
        expect_same(&drawn, &other);
    }
}

static void two_interviews_may_be_laid_end_to_end_in_either_order(void **state)
{
    (void)state;
    uint64_t chance = 16;
    struct npt__coded_unit first[400], second[400], there[800], back[800];
    struct npt__unitising a = draw(first, 3, 4, 9, &chance), b = draw(second, 3, 4, 9, &chance);
    memcpy(there, first, a.count * sizeof *first);
    memcpy(there + a.count, second, b.count * sizeof *second);
    memcpy(back, there, (a.count + b.count) * sizeof *there);
    for (size_t i = 0; i < a.count; i++) {
        back[i].start += b.length;
        back[i].end += b.length;
    }
    for (size_t i = a.count; i < a.count + b.count; i++) {
        there[i].start += a.length;
        there[i].end += a.length;
    }
    struct npt__unitising pooled =
        unitising_of(there, a.count + b.count, 3, 4, a.length + b.length);
    struct npt__unitising turned = pooled;
    turned.units = back;
    expect_same(&pooled, &turned);
}

static void observers_who_agree_throughout_have_alpha_1_and_chance_gives_0(void **state)
{
    (void)state;
    uint64_t chance = 2;
    struct npt__coded_unit units[3 * MOST_LENGTH];
    struct npt__unitising one = draw(units, 1, 3, 6, &chance);
    for (size_t i = 0; i < one.count; i++)
        for (uint32_t copy = 1; copy < 3; copy++) {
            units[i + copy * one.count] = units[i];
            units[i + copy * one.count].observer = copy;
        }
    struct npt__unitising three = unitising_of(units, 3 * one.count, 3, 3, one.length);
    struct npt__unitised_alpha same = measure(&three, NULL);
    assert_true(same.u.alpha == 1 && same.binary.alpha == 1 && same.cu.alpha == 1);
    /* Observers who mark at random: alphas average 0. */
    double sum[3] = {0};
    const size_t rounds = getenv("VALGRIND") ? 20 : 2000;
    for (size_t round = 0; round < rounds; round++) {
        struct npt__unitising drawn = draw(units, 2, 3, 1, &chance);
        struct npt__unitised_alpha alpha = measure(&drawn, NULL);
        sum[0] += alpha.u.alpha;
        sum[1] += alpha.binary.alpha;
        sum[2] += alpha.cu.alpha;
    }
    for (size_t i = 0; i < 3; i++) /* one has a deviation of some 0.13 */
        assert_true(fabs(sum[i] / (double)rounds) < 5 * 0.13 / sqrt((double)rounds));
}

static void one_category_makes_u_and_the_binary_coefficient_the_same(void **state)
{
    (void)state;
    uint64_t chance = 7;
    struct npt__coded_unit units[3 * MOST_LENGTH];
    struct npt__unitising drawn = draw(units, 3, 1, 9, &chance);
    struct npt__unitised_alpha alpha = measure(&drawn, NULL);
    reference_expect(alpha.u.alpha, alpha.binary.alpha, 1e-14);
    assert_false(alpha.cu.defined);
}

static void long_texts_and_many_observers_stay_exact(void **state)
{
    (void)state;
    /* The case done by hand, stretched: squares go with the stretch, but for those of gaps. */
    const uint64_t stretch = 100000000;
    const struct npt__coded_unit units[] = {{1, 1, 5 * stretch, 10 * stretch},
                                            {0, 0, 0, 4 * stretch},
                                            {0, 1, 6 * stretch, 10 * stretch},
                                            {1, 0, 0, 5 * stretch}};
    struct npt__unitising large = unitising_of(units, COUNT(units), 2, 2, 10 * stretch);
    const double pairable = 400 - 82 - 2 / (double)stretch;
    reference_expect(measure(&large, NULL).u.alpha, 1 - 4 * pairable / (20 * 234.0), 1e-15);
    struct npt__coded_unit many[100];
    for (uint32_t i = 0; i < 100;
         i++) /* half say A, half say B, all over: all pairs, 50 * 49 of each */
        many[i] = (struct npt__coded_unit){i, i % 2, 0, NPT__UNITISED_LENGTH};
    struct npt__unitising crowd = unitising_of(many, 100, 100, 2, NPT__UNITISED_LENGTH);
    /* Observed: 5000 / 99 of 100; expected: (10000 - 100) in place of 10000 pairs, 5000 of them unequal. */
    reference_expect(measure(&crowd, NULL).u.alpha, 1 - (5000.0 / 99) / (100 * 5000.0 / 9900),
                     1e-13);
    reference_expect(measure(&crowd, NULL).cu.alpha, 0, 1e-13);
}

/* ---- what cannot be measured ----------------------------------------------------------------- */

static void expect_fault(struct npt__unitising unitising, enum npt__unitised_fault fault)
{
    struct npt__unitised_category of[2];
    struct npt__unitised_alpha alpha = npt__unitised_alpha(&unitising, of);
    assert_int_equal(alpha.fault, fault);
    assert_false(alpha.u.defined || alpha.binary.defined || alpha.cu.defined ||
                 of[0].alpha.defined);
    assert_true(isnan(alpha.u.alpha) && isnan(of[1].alpha.alpha));
}

static void what_cannot_be_measured_is_said_to_be_so(void **state)
{
    (void)state;
    const struct npt__coded_unit units[] = {{0, 0, 2, 5}, {1, 1, 4, 8}, {0, 1, 5, 6}};
    expect_fault(unitising_of(units, 3, 1, 2, 10), NPT__UNITISED_FEW_OBSERVERS);
    expect_fault(unitising_of(units, 3, 0, 2, 10), NPT__UNITISED_FEW_OBSERVERS);
    expect_fault(unitising_of(units, 3, 101, 2, 10), NPT__UNITISED_TOO_LARGE);
    expect_fault(unitising_of(units, 3, 2, 2, NPT__UNITISED_LENGTH + 1), NPT__UNITISED_TOO_LARGE);
    expect_fault(unitising_of(units, 0, 2, 2, 0), NPT__UNITISED_NO_LENGTH);
    expect_fault(unitising_of(units, 3, 2, 2, 7), NPT__UNITISED_OUTSIDE);
    const struct npt__coded_unit empty[] = {{0, 0, 2, 2}}, turned[] = {{0, 0, 3, 2}};
    const struct npt__coded_unit stranger[] = {{2, 0, 2, 4}}, unknown[] = {{1, 2, 2, 4}};
    expect_fault(unitising_of(empty, 1, 2, 2, 7), NPT__UNITISED_OUTSIDE);
    expect_fault(unitising_of(turned, 1, 2, 2, 7), NPT__UNITISED_OUTSIDE);
    expect_fault(unitising_of(stranger, 1, 2, 2, 7), NPT__UNITISED_OUTSIDE);
    expect_fault(unitising_of(unknown, 1, 2, 2, 7), NPT__UNITISED_OUTSIDE);
    const struct npt__coded_unit twice[] = {{1, 0, 2, 4}, {0, 0, 3, 6}, {0, 1, 5, 7}};
    expect_fault(unitising_of(twice, 3, 2, 2, 7), NPT__UNITISED_OVERLAP);
}

static void nothing_marked_or_all_the_same_has_no_alpha(void **state)
{
    (void)state;
    expect_fault(unitising_of(NULL, 0, 2, 2, 10), NPT__UNITISED_FINE);
    const struct npt__coded_unit all[] = {{0, 0, 0, 10}, {1, 0, 0, 10}};
    expect_fault(unitising_of(all, 2, 2, 2, 10), NPT__UNITISED_FINE);
    /* Only one of two marked anything: u says so, cu has nothing to compare. */
    struct npt__unitising one = unitising_of(all, 1, 2, 2, 10);
    struct npt__unitised_alpha alpha = measure(&one, NULL);
    assert_true(alpha.u.defined && alpha.u.alpha < 0 && !alpha.cu.defined && alpha.covered == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_book_has_its_values),
        cmocka_unit_test(another_program_prints_the_same),
        cmocka_unit_test(a_small_case_done_by_hand),
        cmocka_unit_test(coefficients_are_those_counted_character_by_character),
        cmocka_unit_test(order_and_names_change_no_digit),
        cmocka_unit_test(two_interviews_may_be_laid_end_to_end_in_either_order),
        cmocka_unit_test(observers_who_agree_throughout_have_alpha_1_and_chance_gives_0),
        cmocka_unit_test(one_category_makes_u_and_the_binary_coefficient_the_same),
        cmocka_unit_test(long_texts_and_many_observers_stay_exact),
        cmocka_unit_test(what_cannot_be_measured_is_said_to_be_so),
        cmocka_unit_test(nothing_marked_or_all_the_same_has_no_alpha),
    };
    return reference_run("alpha for unitised text", tests);
}
