/* test_attack_reports.c - whole sets of reports, attacked with all their tables at once, and read for what they let slip.
 *
 * Studies are made up at random around the limits: sites of a few people, just below min-n, and with nobody in a wave.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "attack_reports.h"

#include "../nptkit/compose/results.h"
#include "../nptkit/tables/cell.h"
#include "reference_data.h"

#include <nptkit/report.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_TABLES_OF_SET 64u

struct set {
    struct fixture opened;
    npt_recipe *recipes[2];
    npt_reports *reports;
    const npt_table *tables[MOST_TABLES_OF_SET], *raw[MOST_TABLES_OF_SET];
    size_t count;
};

static void open_set(struct set *set, const struct invented_study *invented)
{
    static const char *const names[] = {"site-comparison", "site"};
    *set = (struct set){.opened = open_invented_study(invented)};
    npt_diags *diags = npt_diags_new();
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(npt_recipe_open(&set->recipes[i], names[i], diags), NPT_OK);
    if (npt_reports_new(&set->reports, (const npt_recipe *const *)set->recipes, 2,
                        set->opened.study, diags) != NPT_OK)
        fail_msg("%s", npt_diags_text(diags, false));
    npt_diags_free(diags);
    for (size_t i = 0; i < set->reports->results.count; i++)
        for (size_t j = 0; j < set->reports->results.items[i]->count; j++) {
            const struct npt__result *result = set->reports->results.items[i];
            if (!result->made[j])
                continue;
            assert_true(set->count < MOST_TABLES_OF_SET);
            set->raw[set->count] = result->raw[j];
            set->tables[set->count++] = result->made[j];
        }
}

static void close_set(struct set *set)
{
    npt_reports_free(set->reports);
    for (size_t i = 0; i < 2; i++)
        npt_recipe_free(set->recipes[i]);
    fixture_close(&set->opened);
}

static unsigned below(uint64_t *state, unsigned most)
{
    return (unsigned)(reference_random(state) >> 33) % most;
}

/* The effect of a test of all sites, which is of sums of squares, tells two means that are withheld. */
static void expect_no_test(const struct set *set, const npt_table *test)
{
    static const char *const keys[] = {"statistic", "p", "p_adjusted", "effect", "low", "high"};
    for (size_t i = 0; i < set->count; i++) {
        const npt_table *sites = set->tables[i];
        const size_t mean = npt_table_find_column(sites, "mean");
        if (strcmp(npt_table_name(sites), "compare_sites") != 0)
            continue;
        for (size_t row = 0; row < npt_table_row_count(sites); row++)
            for (size_t j = 0; j < npt_table_row_count(test); j++)
                for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
                    if (npt_table_row(sites, row)[mean].kind == NPT_CELL_WITHHELD &&
                        strcmp(npt_table_row(sites, row)[0].text, npt_table_row(test, j)[0].text) ==
                            0)
                        assert_int_equal(
                            npt_table_row(test, j)[npt_table_find_column(test, keys[k])].kind,
                            NPT_CELL_WITHHELD);
    }
}

static void attack(const struct invented_study *invented, struct tried *tried)
{
    struct set set;
    open_set(&set, invented);
    assert_true(set.count > 4);
    for (size_t i = 0; i < set.count; i++)
        if (strcmp(npt_table_name(set.tables[i]), "compare") == 0)
            expect_no_test(&set, set.tables[i]);
    attack_reports(invented, set.tables, set.count, tried);
    close_set(&set);
}

static void tell(const struct tried *tried)
{
    printf("attacked: %zu counts, %zu means; not decided: %zu\n", tried->counts, tried->means,
           tried->given_up);
}

/* ---- at random ------------------------------------------------------------------------------- */

/* Sizes around the limits. */
static unsigned size_at_random(uint64_t *state)
{
    static const unsigned sizes[] = {0, 1, 3, 4, 5, 7, 9, 10, 11, 14, 20, 30};
    return sizes[below(state, sizeof sizes / sizeof *sizes)];
}

static void nothing_withheld_can_be_worked_out_from_all_reports(void **state)
{
    (void)state;
    const char *more = getenv("NPT_LONG");
    const size_t studies = getenv("VALGRIND") ? 1 : more ? 60 : 2;
    struct invented_study *invented = malloc(sizeof *invented);
    struct tried tried = {0};
    assert_non_null(invented);
    for (size_t i = 0; i < studies; i++) {
        uint64_t random = 100 + i;
        unsigned sizes[MOST_SITES][WAVES] = {{0}}, cases[MOST_SITES];
        const unsigned sites = 2 + (unsigned)i % 3;
        for (unsigned s = 0; s < sites; s++) {
            for (unsigned w = 0; w < WAVES; w++)
                sizes[s][w] = s ? size_at_random(&random) : 20 + below(&random, 20);
            cases[s] = below(&random, 9);
        }
        sizes[1][1] += sizes[1][1] ? 0 : 6; /* with one site there is nothing to compare */
        invent_people(invented, sites, (const unsigned(*)[WAVES])sizes, i % 4 == 1, &random);
        if (i % 2)
            invent_cases(invented, cases, &random);
        if (more)
            printf("study %zu\n", i);
        attack(invented, &tried);
    }
    free(invented);
    tell(&tried);
    assert_true(tried.counts > 0);
}

/* ---- chosen to be hard ----------------------------------------------------------------------- */

static void attack_sizes(unsigned sites, const unsigned sizes[MOST_SITES][WAVES], bool linked)
{
    struct invented_study *invented = malloc(sizeof *invented);
    struct tried tried = {0};
    uint64_t random = 5;
    assert_non_null(invented);
    invent_people(invented, sites, sizes, linked, &random);
    attack(invented, &tried);
    free(invented);
    tell(&tried);
    assert_true(tried.counts + tried.means > 0);
}

static void one_site_of_very_few_people(void **state)
{
    (void)state;
    attack_sizes(3, (const unsigned[MOST_SITES][WAVES]){{30, 31}, {12, 15}, {1, 3}}, false);
}

static void two_sites_just_below_the_limit(void **state)
{
    (void)state;
    attack_sizes(4, (const unsigned[MOST_SITES][WAVES]){{30, 31}, {25, 20}, {9, 9}, {9, 8}}, false);
}

static void a_site_with_nobody_in_one_wave(void **state)
{
    (void)state;
    attack_sizes(3, (const unsigned[MOST_SITES][WAVES]){{30, 31}, {0, 15}, {4, 0}}, false);
}

/* No site of the last wave is small, but means of it are withheld for the sake of the wave before. */
static void a_site_that_was_small_before(void **state)
{
    (void)state;
    attack_sizes(3, (const unsigned[MOST_SITES][WAVES]){{30, 30}, {12, 12}, {7, 14}}, false);
}

/* The changes of linked people once added up over sites, so that the one of six people followed from the others. */
static void the_change_of_a_few_linked_people(void **state)
{
    (void)state;
    attack_sizes(3, (const unsigned[MOST_SITES][WAVES]){{24, 24}, {15, 15}, {6, 6}}, true);
}

/* ---- what is written ------------------------------------------------------------------------- */

#define MOST_NUMBERS 20000u
#define LONGEST 24u

/* Numbers as they are printed: "3.07", "1,204", "45%". */
struct numbers {
    size_t count;
    char list[MOST_NUMBERS][LONGEST];
};

static bool has(const struct numbers *numbers, const char *number)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (strcmp(numbers->list[i], number) == 0)
            return true;
    return false;
}

/* The next number in a text that is not a part of a word; NULL. Moves `at` behind it. */
static const char *next_number(const char **at, char number[LONGEST])
{
    for (const char *text = *at; *text; text++) {
        size_t length = strspn(text, "0123456789.,");
        if (!length)
            continue;
        const bool in_word = text > *at && (isalpha((unsigned char)text[-1]) || text[-1] == '-');
        const char *start = text; /* "SHA-256", "S1" */
        text += length - 1;
        while (length && !isdigit((unsigned char)start[length - 1]))
            length--;
        if (!length || in_word || isalpha((unsigned char)start[length]) || length + 2 > LONGEST)
            continue;
        memcpy(number, start, length);
        number[length + 1] = 0;
        number[length] = start[length] == '%' ? '%' : 0;
        *at = start + length;
        return number;
    }
    return NULL;
}

static void add_numbers(struct numbers *numbers, const char *text)
{
    char number[LONGEST];
    while (next_number(&text, number))
        if (!has(numbers, number)) {
            assert_true(numbers->count < MOST_NUMBERS);
            memcpy(numbers->list[numbers->count++], number, LONGEST);
        }
}

/* The numbers of all cells that are shown, or of those that are withheld and stand nowhere else. */
static void list_numbers(struct numbers *numbers, const struct set *set, const struct numbers *but)
{
    npt__buffer text = {0};
    for (size_t i = 0; i < set->count; i++) {
        assert_int_equal(npt_table_row_count(set->raw[i]), npt_table_row_count(set->tables[i]));
        for (size_t row = 0; row < npt_table_row_count(set->tables[i]); row++)
            for (size_t c = 0; c < npt_table_column_count(set->tables[i]); c++) {
                const struct npt_cell *cell = &npt_table_row(set->tables[i], row)[c];
                if (cell->kind == NPT_CELL_TEXT || (but && cell->kind != NPT_CELL_WITHHELD))
                    continue;
                npt__buffer_clear(&text);
                npt__cell_show(&text, &npt_table_row(but ? set->raw[i] : set->tables[i], row)[c],
                               npt_table_column(set->tables[i], c)->unit);
                const char *shown = npt__buffer_string(&text), *at = shown;
                char number[LONGEST];
                if (but && (!next_number(&at, number) || has(but, number) ||
                            (strlen(number) < 3 && !strchr(number, '.'))))
                    continue; /* one or two digits can be anything */
                add_numbers(numbers, shown);
            }
    }
    npt__buffer_release(&text);
}

/* What people read of a page: no tags but their texts, no style; the part on notes of tables is left out. */
static void read_page(npt__buffer *read, const char *page)
{
    const char *notes = strstr(page, "Notes to the tables</h");
    const char *after = notes ? strstr(notes + 10, "<h") : NULL;
    for (const char *at = page; *at; at++) {
        if (notes && at == notes)
            at = after ? after : at + strlen(at) - 1;
        if (strncmp(at, "<style", 6) == 0)
            at = strstr(at, "</style>");
        if (*at != '<') {
            npt__buffer_putc(read, *at);
            continue;
        }
        const char *end = strchr(at, '>');
        static const char *const spoken[] = {" alt=\"", " aria-label=\"", " title=\""};
        for (size_t i = 0; i < 3; i++) {
            const char *found = strstr(at, spoken[i]);
            if (found && found < end) {
                found += strlen(spoken[i]);
                npt__buffer_add(read, found, strcspn(found, "\""));
            }
        }
        npt__buffer_putc(read, ' ');
        at = end;
    }
}

static void read_markdown(npt__buffer *read, const char *text)
{
    const char *notes = strstr(text, "# Notes to the tables"),
               *after = notes ? strstr(notes + 10, "\n#") : NULL;
    npt__buffer_add(read, text, notes ? (size_t)(notes - text) : strlen(text));
    npt__buffer_puts(read, after ? after : "");
}

/* Fails where a number that is withheld everywhere stands in a report. Returns how many numbers were read. */
static size_t read_report(const struct set *set, size_t recipe, const char *site,
                          const char *format, const struct numbers *secret)
{
    const npt_report_format *as = npt_report_format_find(format);
    npt_diags *diags = npt_diags_new();
    npt_report *report = NULL;
    npt_output *output = npt_output_memory(diags);
    const struct npt_report_options options = {.site = site, .formats = &as, .format_count = 1};
    assert_int_equal(npt_report_make(&report, set->reports, recipe, &options, diags), NPT_OK);
    assert_int_equal(npt_report_write(output, report, as, diags), NPT_OK);
    npt__buffer read = {0};
    (strcmp(format, "md") == 0 ? read_markdown : read_page)(&read, npt_output_bytes(output, NULL));
    npt__buffer_puts(&read, "");
    char *cells = read.bytes ? strstr(read.bytes, "Withheld are ") : NULL; /* how many cells */
    while (cells && strncmp(cells, "That a cell is withheld", 23) != 0)
        *cells++ = ' ';
    const char *text = npt__buffer_string(&read), *at = text;
    char number[LONGEST];
    size_t count = 0;
    while (next_number(&at, number)) {
        count++;
        if (strcmp(number, "0.05") != 0 && has(secret, number)) /* the limit of tests */
            fail_msg("%s, %s: %s is withheld everywhere, but: %.*s", site ? site : "all sites",
                     format, number, 160, at - text > 100 ? at - 100 : text);
    }
    npt__buffer_release(&read);
    npt_report_free(report);
    npt_output_discard(output);
    npt_diags_free(diags);
    return count;
}

static void read_set(const struct invented_study *invented)
{
    static const char *const formats[] = {"md", "html"};
    struct numbers *shown = calloc(1, sizeof *shown), *secret = calloc(1, sizeof *secret);
    struct set set;
    size_t count = 0;
    assert_non_null(shown);
    assert_non_null(secret);
    open_set(&set, invented);
    list_numbers(shown, &set, NULL);
    list_numbers(secret, &set, shown);
    for (size_t i = 0; i < 2; i++) {
        count += read_report(&set, 0, NULL, formats[i], secret);
        for (size_t j = 0; j < npt_reports_site_count(set.reports); j++)
            count += read_report(&set, 1, npt_reports_site(set.reports, j), formats[i], secret);
    }
    printf("%zu numbers read, %zu withheld\n", count, secret->count);
    assert_true(secret->count > 10);
    close_set(&set);
    free(shown);
    free(secret);
}

static void what_is_withheld_is_written_nowhere(void **state)
{
    (void)state;
    static const unsigned sizes[][MOST_SITES][WAVES] = {{{137, 152}, {61, 23}, {17, 7}},
                                                        {{113, 127}, {31, 42}, {3, 2}, {26, 0}},
                                                        {{141, 104}, {103, 21}, {13, 9}}};
    struct invented_study *invented = malloc(sizeof *invented);
    uint64_t random = 8;
    assert_non_null(invented);
    for (size_t i = 0; i < (getenv("VALGRIND") ? 1 : 3); i++) {
        invent_people(invented, i == 1 ? 4 : 3, sizes[i], i == 2, &random);
        if (i)
            invent_cases(invented, (const unsigned[]){12, 9, 3, 5}, &random);
        read_set(invented);
    }
    free(invented);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(nothing_withheld_can_be_worked_out_from_all_reports),
        FIXTURE_TEST(one_site_of_very_few_people),
        FIXTURE_TEST(two_sites_just_below_the_limit),
        FIXTURE_TEST(a_site_with_nobody_in_one_wave),
        FIXTURE_TEST(a_site_that_was_small_before),
        FIXTURE_TEST(the_change_of_a_few_linked_people),
        FIXTURE_TEST(what_is_withheld_is_written_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
