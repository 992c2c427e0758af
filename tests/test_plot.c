/* test_plot.c - every kind of picture: nothing overlaps or leaves the picture, numbers stand where they belong,
 * and what is absent or withheld is never a nought.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "../nptkit/report/lettering.h"
#include "../nptkit/report/palette.h"
#include "../nptkit/report/plot.h"
#include "fixture.h"
#include "plot_table.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LONG_NAME \
    "The Royal Borough of Kensington & Chelsea's early help and family support partnership hub"

/* ---- helpers --------------------------------------------------------------------------------- */

static npt_table *table_of(const npt_plot *plot, const struct plot_table *how)
{
    static const struct {
        const char *analysis;
        npt_table *(*make)(const struct plot_table *how);
    } makers[] = {{"score", plot_table_score},           {"items", plot_table_items},
                  {"tally", plot_table_tally},           {"cooccur", plot_table_cooccur},
                  {"saturation", plot_table_saturation}, {"agree", plot_table_agree}};
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (strcmp(npt_plot_analysis(plot), makers[i].analysis) == 0)
            return makers[i].make(how);
    fail_msg("no test makes a table of %s", npt_plot_analysis(plot));
    return NULL;
}

struct composed {
    npt_table *table;
    npt_diags *diags;
    struct npt__drawing drawing;
    enum npt_status status;
};

static struct composed compose_table(const char *kind, npt_table *table,
                                     const struct npt_plot_options *options)
{
    struct composed made = {.table = table, .diags = npt_diags_new()};
    made.drawing = (struct npt__drawing){
        .table = table, .options = options, .arena = npt__arena_new(), .diags = made.diags};
    made.status = npt__plot_compose(&made.drawing, npt_plot_find(kind));
    return made;
}

static struct composed compose(const char *kind, const struct plot_table *how,
                               const struct npt_plot_options *options)
{
    return compose_table(kind, table_of(npt_plot_find(kind), how), options);
}

static void drop(struct composed *made)
{
    npt__canvas_release(&made->drawing.canvas);
    npt__arena_free(made->drawing.arena);
    npt_diags_free(made->diags);
    npt_table_free(made->table);
}

static void expect_refused(struct composed made, const char *part)
{
    assert_int_equal(made.status, NPT_USAGE);
    fixture_expect_in(npt_diags_text(made.diags, false), part);
    drop(&made);
}

struct field {
    double left, right, top, bottom;
};

static struct field field_of(const struct npt__label *label)
{
    const double width = npt__lettering_width(label->text, label->font.size, label->font.bold);
    const double left = label->anchor == NPT__LEFT     ? label->x
                        : label->anchor == NPT__CENTRE ? label->x - width / 2
                                                       : label->x - width;
    return (struct field){left, left + width, label->y - label->font.size / 2,
                          label->y + label->font.size / 2};
}

static const struct npt__label *find_label(const struct npt__canvas *canvas, const char *text)
{
    for (size_t i = 0; i < canvas->labels.count; i++)
        if (strcmp(canvas->labels.items[i].text, text) == 0)
            return &canvas->labels.items[i];
    fail_msg("there is no text '%s'", text);
    return NULL;
}

static size_t count_labels(const struct npt__canvas *canvas, const char *text)
{
    size_t count = 0;
    for (size_t i = 0; i < canvas->labels.count; i++)
        count += strcmp(canvas->labels.items[i].text, text) == 0;
    return count;
}

/* ---- layout ---------------------------------------------------------------------------------- */

static void expect_apart(const struct npt__canvas *canvas, const char *what)
{
    struct field *fields = calloc(canvas->labels.count, sizeof *fields);
    for (size_t i = 0; i < canvas->labels.count; i++) {
        fields[i] = field_of(&canvas->labels.items[i]);
        for (size_t j = 0; j < i; j++)
            if (fields[i].left < fields[j].right && fields[j].left < fields[i].right &&
                fields[i].top < fields[j].bottom && fields[j].top < fields[i].bottom)
                fail_msg("%s: '%s' lies on '%s'", what, canvas->labels.items[i].text,
                         canvas->labels.items[j].text);
    }
    free(fields);
}

static void expect_within(const struct npt__canvas *canvas, const char *what)
{
    for (size_t i = 0; i < canvas->labels.count; i++) {
        const struct field field = field_of(&canvas->labels.items[i]);
        if (field.left < 2 || field.top < 2 || field.right > canvas->width - 2 ||
            field.bottom > canvas->height - 2)
            fail_msg("%s: '%s' leaves the picture", what, canvas->labels.items[i].text);
    }
    for (size_t i = 0; i < canvas->points.count; i++) {
        const struct npt__point *point = &canvas->points.items[i];
        if (!(point->x >= 0 && point->x <= canvas->width && point->y >= 0 &&
              point->y <= canvas->height))
            fail_msg("%s: a point leaves the picture", what);
    }
}

static void expect_layout(const npt_plot *plot, const struct plot_table *how, const char *own)
{
    const struct npt_plot_options options = {.own = own};
    struct composed made = compose(npt_plot_name(plot), how, &options);
    char what[200];
    snprintf(what, sizeof what, "%s of %zu sites%s%s%s", npt_plot_name(plot), how->sites,
             how->name ? ", long names" : "", how->valence ? ", valence" : "",
             how->holes ? ", holes" : "");
    if (made.status == NPT_OK) {
        expect_within(&made.drawing.canvas, what);
        expect_apart(&made.drawing.canvas, what);
        assert_true(made.drawing.canvas.spoken.length > 40);
    } else if (strcmp(npt_plot_name(plot), "radar") == 0) {
        assert_true(how->sites > 4);
    } else { /* a panel for each site, one below the other */
        assert_string_equal(npt_plot_name(plot), "saturation");
        assert_true(how->sites > 30);
    }
    drop(&made);
}

static void nothing_overlaps_or_leaves_the_picture(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 3, 5, 8, 2, 4, 7, 12, 13, 60};
    const size_t count = getenv("VALGRIND") ? 3 : sizeof sizes / sizeof *sizes;
    const npt_plot *plot;
    for (size_t kind = 0; (plot = npt_plot_at(kind)) != NULL; kind++)
        for (size_t i = 0; i < count; i++)
            for (int way = 0; way < 8; way++) {
                const struct plot_table how = {
                    .sites = sizes[i],
                    .constructs = way & 1 ? 5 : 4,
                    .waves = strcmp(npt_plot_name(plot), "slope") == 0 ? (way & 1 ? 2 : 3) : 0,
                    .name = way & 2 ? LONG_NAME : NULL,
                    .valence = way & 1,
                    .holes = way & 4,
                };
                expect_layout(plot, &how, NULL);
                if (strcmp(npt_plot_name(plot), "slope") == 0 ||
                    strcmp(npt_plot_name(plot), "caterpillar") == 0)
                    expect_layout(plot, &how, way & 2 ? LONG_NAME " 1" : "site 1");
            }
}

static void twelve_constructs_fit_too(void **state)
{
    (void)state;
    const npt_plot *plot;
    for (size_t kind = 0; (plot = npt_plot_at(kind)) != NULL; kind++)
        expect_layout(plot,
                      &(struct plot_table){.sites = 4, .constructs = 12, .waves = 6, .holes = true},
                      NULL);
}

static void what_cannot_be_read_is_refused(void **state)
{
    (void)state;
    expect_refused(compose("dots", &(struct plot_table){.sites = 401, .constructs = 1}, NULL),
                   "more rows than a picture can show (400)");
    expect_refused(compose("likert", &(struct plot_table){.sites = 200, .constructs = 6}, NULL),
                   "too tall to be read");
    expect_refused(compose("heat", &(struct plot_table){.sites = 30, .constructs = 30}, NULL),
                   "too wide to be read");
    expect_refused(compose("radar", &(struct plot_table){.sites = 5, .constructs = 4}, NULL),
                   "more than four groups");
    expect_refused(compose("radar", &(struct plot_table){.sites = 2, .constructs = 2}, NULL),
                   "fewer than three scores");
    expect_refused(compose("dots", &(struct plot_table){.sites = 2, .constructs = 0}, NULL),
                   "has nothing to draw");
    expect_refused(
        compose("slope", &(struct plot_table){.sites = 2, .constructs = 2, .waves = 1}, NULL),
        "one wave only");
}

/* ---- options and columns --------------------------------------------------------------------- */

static void a_table_without_the_columns_is_refused(void **state)
{
    (void)state;
    const struct plot_table how = {.sites = 2, .constructs = 2};
    expect_refused(
        compose_table("dots", plot_table_tally(&how), NULL),
        "needs a column 'mean', which the table 'How strongly each construct is present'");
    expect_refused(compose_table("slope", plot_table_score(&how), NULL), "needs a column 'wave'");
    npt_table *table = plot_table_score(&how);
    assert_true(npt_plot_fits(npt_plot_find("heat"), table));
    assert_false(npt_plot_fits(npt_plot_find("likert"), table));
    npt_table_free(table);
}

static void a_site_or_construct_that_is_not_there_is_refused(void **state)
{
    (void)state;
    const struct plot_table how = {.sites = 3, .constructs = 2, .waves = 2};
    expect_refused(compose("caterpillar", &how, &(struct npt_plot_options){.own = "Site 9"}),
                   "there is no 'Site 9' in this picture");
    expect_refused(compose("slope", &how, &(struct npt_plot_options){.own = "Total"}),
                   "there is no 'Total'");
    expect_refused(
        compose("caterpillar", &how, &(struct npt_plot_options){.construct = "Cohesion"}),
        "there are Coherence, Cognitive participation");
}

static void a_construct_is_found_whatever_its_case(void **state)
{
    (void)state;
    const struct npt_plot_options options = {.construct = " cognitive  PARTICIPATION",
                                             .own = "SITE 2"};
    struct composed made =
        compose("caterpillar", &(struct plot_table){.sites = 3, .constructs = 2}, &options);
    assert_string_equal(made.drawing.canvas.title, "Cognitive participation: Site 2 among 3 sites");
    drop(&made);
}

static void a_title_of_ones_own_stands_above(void **state)
{
    (void)state;
    struct composed made = compose("dots", &(struct plot_table){.sites = 2, .constructs = 2},
                                   &(struct npt_plot_options){.title = "What\nwe found"});
    assert_string_equal(made.drawing.canvas.title, "What we found");
    assert_int_equal(count_labels(&made.drawing.canvas, "What we found"), 1);
    drop(&made);
}

/* ---- numbers where they belong --------------------------------------------------------------- */

/* The middle of the marker with this colour that was drawn as number `index`. */
static struct npt__point marker(const struct npt__canvas *canvas, uint32_t colour, size_t index)
{
    for (size_t i = 0; i < canvas->shapes.count; i++) {
        const struct npt__shape *shape = &canvas->shapes.items[i];
        if (shape->kind != NPT__AREA || shape->pen.colour != colour || index-- > 0)
            continue;
        struct npt__point sum = {0, 0};
        for (size_t j = 0; j < shape->count; j++) {
            sum.x += canvas->points.items[shape->first + j].x / (double)shape->count;
            sum.y += canvas->points.items[shape->first + j].y / (double)shape->count;
        }
        return sum;
    }
    fail_msg("there is no such marker");
    return (struct npt__point){0, 0};
}

/* Means of one construct: 1.5 and 2.6 at two sites; the first marker is that of the key. */
static void a_dot_stands_at_its_mean(void **state)
{
    (void)state;
    struct composed made = compose("dots", &(struct plot_table){.sites = 2, .constructs = 1}, NULL);
    const struct npt__canvas *canvas = &made.drawing.canvas;
    const double one = find_label(canvas, "1")->x, five = find_label(canvas, "5")->x;
    static const double means[] = {1.5, 2.6};
    for (size_t site = 0; site < 2; site++) {
        /* The key has a dot and a ring; site 1 has 5 answers, so a ring. */
        const struct npt__point at = marker(canvas, npt__palette_find(NULL)->series[0], 2 + site);
        assert_true(fabs(at.x - (one + (five - one) * (means[site] - 1) / 4)) < 0.01);
    }
    assert_true(fabs(find_label(canvas, "Site 1 (n 5)")->y -
                     marker(canvas, npt__palette_find(NULL)->series[0], 2).y) < 0.01);
    drop(&made);
}

/* A table of one construct at two sites. */
static npt_table *two_means(double first, double second, double spread)
{
    npt_table *table = npt__table_new("score", "Construct scores");
    const size_t construct = npt__table_dimension(table, "construct", "Construct"),
                 site = npt__table_dimension(table, "site", "Site"),
                 n = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT),
                 mean = npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN),
                 sd = npt__table_measure(table, "sd", "SD", NPT_UNIT_MEAN),
                 low = npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN),
                 high = npt__table_measure(table, "high", "High", NPT_UNIT_MEAN);
    for (int i = 0; i < 2; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[construct] = npt__text("Familiarity");
        row[site] = npt__text(i ? "B" : "A");
        row[n] = npt__count(20);
        row[mean] = npt__number(i ? second : first);
        row[sd] = npt__number(spread);
        row[low] = npt__number((i ? second : first) - 1);
        row[high] = npt__number((i ? second : first) + 1);
    }
    return table;
}

static void expect_scale(double first, double second, double spread, const char *low,
                         const char *high)
{
    struct composed made = compose_table("dots", two_means(first, second, spread), NULL);
    assert_int_equal(made.status, NPT_OK);
    find_label(&made.drawing.canvas, low);
    find_label(&made.drawing.canvas, high);
    expect_within(&made.drawing.canvas, "a scale");
    drop(&made);
}

/* Scores of 1 to 5 with mean 4.5 have a variance of at most 3.5 * 0.5 * 20/19 = 1.84: a deviation of 1.36. */
static void a_scale_is_one_that_the_numbers_can_have(void **state)
{
    (void)state;
    expect_scale(1, 5, 0, "1", "5");
    expect_scale(4.5, 4.5, 1.35, "1", "5");
    expect_scale(4.5, 4.5, 1.37, "0", "10");
    expect_scale(4.5, 6, 0.5, "0", "10");
    expect_scale(9.9, 9.9, 0.5, "0", "10");
    expect_scale(40, 60, 5, "40", "70");
    expect_scale(-3, 2, 1, "-3", "3");
    expect_scale(1000, 1000, 0, "1000", "1000.001");
}

/* The same means on scales that the table tells: all of each is shown, in round steps; so is that of a copy, which
   npt_protect() makes. */
static void a_scale_that_the_table_tells_is_shown_as_a_whole(void **state)
{
    (void)state;
    static const struct {
        double least, most;
        const char *low, *next, *high;
    } scales[] = {{1, 7, "1", "2", "7"},    {0, 10, "0", "2", "10"},    {1, 4, "1", "2", "4"},
                  {-2, 2, "-2", "-1", "2"}, {0, 100, "0", "20", "100"}, {1, 10, "1", "4", "10"}};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        npt_table *table = two_means(1, 2, 0.5);
        npt__table_scale(table, scales[i].least, scales[i].most);
        npt_table *copy = npt__table_copy(table);
        npt_table_free(table);
        struct composed made = compose_table("dots", copy, NULL);
        const double low = find_label(&made.drawing.canvas, scales[i].low)->x,
                     high = find_label(&made.drawing.canvas, scales[i].high)->x;
        assert_true(find_label(&made.drawing.canvas, scales[i].next)->x > low);
        assert_true(find_label(&made.drawing.canvas, scales[i].next)->x < high);
        drop(&made);
    }
}

/* The first interval reaches from 4 to 6: it ends with the scale, at 5, and has one cap only. */
static void an_interval_ends_with_the_scale(void **state)
{
    (void)state;
    struct composed made = compose_table("dots", two_means(5, 3, 0), NULL);
    const struct npt__canvas *canvas = &made.drawing.canvas;
    const double five = find_label(canvas, "5")->x;
    size_t lines = 0;
    for (size_t i = 0; i < canvas->shapes.count; i++) {
        const struct npt__shape *shape = &canvas->shapes.items[i];
        if (shape->kind != NPT__PATH || shape->pen.colour != npt__palette_find(NULL)->series[0])
            continue;
        lines++;
        assert_true(canvas->points.items[shape->first + 1].x <= five + 0.01);
    }
    assert_int_equal(lines, 5); /* two lines and three caps */
    drop(&made);
}

/* The widths of the boxes of a colour, in the order in which they were drawn. */
static size_t box_widths(const struct npt__canvas *canvas, uint32_t colour, double widths[],
                         size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < canvas->shapes.count && count < most; i++) {
        const struct npt__shape *shape = &canvas->shapes.items[i];
        const struct npt__point *corners = &canvas->points.items[shape->first];
        if (shape->kind == NPT__BOX && shape->pen.colour == colour)
            widths[count++] = corners[1].x - corners[0].x;
    }
    return count;
}

/* Two items at one site: of 20, none and 3 disagree, 4 and 4 do neither, 16 and 13 agree; on one scale, so that
   all widths are in proportion. */
static void bars_are_as_long_as_their_shares(void **state)
{
    (void)state;
    struct composed made =
        compose("likert", &(struct plot_table){.sites = 1, .constructs = 1}, NULL);
    double against[4], neither[4], agree[4];
    const struct npt__canvas *canvas = &made.drawing.canvas;
    /* The first of each colour is that of the key. */
    assert_int_equal(box_widths(canvas, npt__palette_find(NULL)->low, against, 4), 2);
    assert_int_equal(box_widths(canvas, NPT__NEUTRAL_COLOUR, neither, 4), 3);
    assert_int_equal(box_widths(canvas, npt__palette_find(NULL)->high, agree, 4), 3);
    memmove(against, against + 1, sizeof against - sizeof *against);
    memmove(neither, neither + 1, sizeof neither - sizeof *neither);
    memmove(agree, agree + 1, sizeof agree - sizeof *agree);
    assert_true(fabs(agree[0] / agree[1] - 16.0 / 13.0) < 1e-9);
    assert_true(fabs(against[0] / agree[0] - 3.0 / 16.0) < 1e-9);
    assert_true(fabs(neither[0] / agree[0] - 4.0 / 16.0) < 1e-9);
    find_label(canvas, "65%");
    find_label(canvas, "0%");
    drop(&made);
}

/* Of the second item's 20 answers 1 and 2 disagree (strongly first), 4 do neither, 9 and 4 agree. */
static void each_answer_is_a_piece_of_its_bar(void **state)
{
    (void)state;
    const struct plot_table how = {.sites = 1, .constructs = 1};
    for (int full = 0; full < 2; full++) {
        struct composed made = compose_table(
            "likert", plot_table_answers(&how),
            &(struct npt_plot_options){.full_bars = full, .others_unnamed = full, .own = "Site 1"});
        assert_int_equal(made.status, NPT_OK);
        const struct npt__canvas *canvas = &made.drawing.canvas;
        const struct npt__palette *palette = npt__palette_find(NULL);
        double strongly[6], weakly[6], neither[6];
        assert_true(box_widths(canvas, palette->low, strongly, 6) >= 2);
        assert_true(box_widths(canvas, palette->pale_low, weakly, 6) >= 2);
        assert_true(box_widths(canvas, NPT__NEUTRAL_COLOUR, neither, 6) >= 3);
        assert_true(fabs(weakly[1] / strongly[1] - 2) < 1e-9);
        assert_true(fabs(neither[1] / strongly[1] - 4) < 1e-9);
        find_label(canvas, "Strongly disagree");
        find_label(canvas, "15%");
        find_label(canvas, "65%");
        expect_apart(canvas, "answers");
        drop(&made);
    }
}

/* The cases of two constructs at a site: 0 and 5 of 20; barriers 0 and 5, facilitators 7 and 12. */
static void bars_of_cases_are_as_long_as_their_shares(void **state)
{
    (void)state;
    double bars[4];
    struct composed made =
        compose("tally", &(struct plot_table){.sites = 1, .constructs = 2}, NULL);
    assert_int_equal(box_widths(&made.drawing.canvas, npt__palette_find(NULL)->high, bars, 4),
                     2); /* one: the key */
    find_label(&made.drawing.canvas, "0/20");
    find_label(&made.drawing.canvas, "5/20");
    drop(&made);
    made =
        compose("tally", &(struct plot_table){.sites = 1, .constructs = 2, .valence = true}, NULL);
    assert_int_equal(box_widths(&made.drawing.canvas, npt__palette_find(NULL)->high, bars, 4), 3);
    assert_true(fabs(bars[1] / bars[2] - 7.0 / 12.0) < 1e-9);
    const double seven = bars[1];
    assert_int_equal(box_widths(&made.drawing.canvas, npt__palette_find(NULL)->low, bars, 4), 2);
    assert_true(fabs(bars[1] / seven - 5.0 / 7.0) < 1e-9);
    drop(&made);
}

/* Sites 1, 2 and 3 have 1.5, 2.6 and 3.7 in the first construct: the highest stands first. */
static void a_caterpillar_is_in_order(void **state)
{
    (void)state;
    struct composed made =
        compose("caterpillar", &(struct plot_table){.sites = 3, .constructs = 1}, NULL);
    const struct npt__canvas *canvas = &made.drawing.canvas;
    assert_true(find_label(canvas, "Site 3")->y < find_label(canvas, "Site 2")->y);
    assert_true(find_label(canvas, "Site 2")->y < find_label(canvas, "Site 1")->y);
    drop(&made);
}

/* ---- absent and withheld --------------------------------------------------------------------- */

/* One construct, 12 sites: the places 3 and 10 are withheld, 5 is absent. */
static void what_is_withheld_is_hatched_and_never_a_number(void **state)
{
    (void)state;
    const struct plot_table how = {.sites = 12, .constructs = 1, .holes = true};
    static const char *const kinds[] = {"dots", "heat"};
    for (size_t i = 0; i < 2; i++) {
        struct composed made = compose(kinds[i], &how, NULL);
        const struct npt__canvas *canvas = &made.drawing.canvas;
        assert_int_equal(count_labels(canvas, "withheld"), 2);
        assert_int_equal(count_labels(canvas, "no answers"), 1);
        assert_int_equal(count_labels(canvas, "0.00"), 0);
        fixture_expect_in(canvas->spoken.bytes, "Site 4 withheld; ");
        fixture_expect_in(canvas->spoken.bytes, "Site 6 no answers; ");
        drop(&made);
    }
}

static void a_tally_hatches_what_is_withheld(void **state)
{
    (void)state;
    const struct plot_table how = {.sites = 4, .constructs = 1, .holes = true};
    struct composed made = compose("tally", &how, NULL);
    double bars[8];
    assert_int_equal(count_labels(&made.drawing.canvas, "withheld"), 2); /* and in the key */
    assert_int_equal(box_widths(&made.drawing.canvas, npt__palette_find(NULL)->high, bars, 8), 3);
    fixture_expect_in(made.drawing.canvas.spoken.bytes, "Site 4 withheld");
    drop(&made);
}

/* Three constructs: 1 and 2 are together in 5 cases, 1 and 3 never, 2 and 3 in 3. */
static void pairs_stand_in_a_triangle(void **state)
{
    (void)state;
    struct composed made = compose("cooccur", &(struct plot_table){.constructs = 3}, NULL);
    const struct npt__canvas *canvas = &made.drawing.canvas;
    fixture_expect_in(canvas->spoken.bytes,
                      "together: Coherence with Cognitive participation 5; Cognitive participation "
                      "with Collective action 3.");
    assert_true(find_label(canvas, "5")->y < find_label(canvas, "Collective action  3")->y);
    assert_true(
        fabs(find_label(canvas, "5")->y - find_label(canvas, "Cognitive participation  2")->y) < 2);
    assert_int_equal(count_labels(canvas, "0"), 0);
    drop(&made);
}

/* The first interviews bring 12, 6, 4 and 3 codes. */
static void bars_of_new_codes_are_as_high_as_they_are_many(void **state)
{
    (void)state;
    struct composed made =
        compose("saturation", &(struct plot_table){.sites = 1, .constructs = 1}, NULL);
    const struct npt__canvas *canvas = &made.drawing.canvas;
    double heights[5];
    size_t count = 0;
    for (size_t i = 0; i < canvas->shapes.count && count < 5; i++) {
        const struct npt__shape *shape = &canvas->shapes.items[i];
        const struct npt__point *corners = &canvas->points.items[shape->first];
        if (shape->kind == NPT__BOX && shape->pen.colour == npt__palette_find(NULL)->series[1])
            heights[count++] = corners[1].y - corners[0].y;
    }
    assert_int_equal(count, 5); /* the first is the key's */
    assert_true(fabs(heights[1] / heights[2] - 2) < 1e-9);
    assert_true(fabs(heights[1] / heights[4] - 4) < 1e-9);
    fixture_expect_in(canvas->spoken.bytes, " 12 after interview 1, 18 after interview 2, 25 after "
                                            "interview 4.");
    drop(&made);
}

/* Kappa 0.9 and 0.6, the latter with a caution: the scale ends at 0 and 1. */
static void a_dot_of_kappa_stands_at_its_value(void **state)
{
    (void)state;
    struct composed made =
        compose("agreement", &(struct plot_table){.sites = 1, .constructs = 2}, NULL);
    const struct npt__canvas *canvas = &made.drawing.canvas;
    const double none = find_label(canvas, "0")->x, full = find_label(canvas, "1")->x;
    static const double kappas[] = {0.9, 0.6};
    for (size_t i = 0; i < 2; i++)
        assert_true(fabs(marker(canvas, npt__palette_find(NULL)->series[0], 2 + i).x -
                         (none + (full - none) * kappas[i])) < 0.01);
    assert_non_null(find_label(canvas, "with caution: the table says why"));
    drop(&made);
}

static void a_line_is_broken_where_a_mean_is_withheld(void **state)
{
    (void)state;
    const struct plot_table whole = {.sites = 4, .constructs = 1, .waves = 2},
                            holes = {.sites = 4, .constructs = 1, .waves = 2, .holes = true};
    struct composed all = compose("slope", &whole, NULL), some = compose("slope", &holes, NULL);
    assert_true(some.drawing.canvas.shapes.count < all.drawing.canvas.shapes.count);
    find_label(&some.drawing.canvas,
               "A line is broken where nobody answered, or where the mean is withheld.");
    fixture_expect_in(some.drawing.canvas.spoken.bytes, "withheld");
    drop(&all);
    drop(&some);
}

/* ---- in words -------------------------------------------------------------------------------- */

static void a_picture_is_told_in_words(void **state)
{
    (void)state;
    struct composed made = compose("dots", &(struct plot_table){.sites = 2, .constructs = 1}, NULL);
    assert_string_equal(made.drawing.canvas.spoken.bytes,
                        "Dots for 1 score by 2 sites. Coherence: Site 1 1.50 (1.20 to "
                        "1.80), n 5; Site 2 2.60 (2.30 to 2.90), n 18.");
    drop(&made);
    made = compose("dots", &(struct plot_table){.sites = 30, .constructs = 1}, NULL);
    fixture_expect_in(made.drawing.canvas.spoken.bytes,
                      "Coherence: from Site 1 1.50 (1.20 to 1.80)");
    drop(&made);
    made = compose("likert", &(struct plot_table){.sites = 1, .constructs = 1}, NULL);
    fixture_expect_in(made.drawing.canvas.spoken.bytes,
                      " item 2: 65% agree, 20% neither, 15% disagree, n 20.");
    drop(&made);
}

static void of_several_waves_the_last_is_drawn(void **state)
{
    (void)state;
    struct composed made =
        compose("dots", &(struct plot_table){.sites = 1, .constructs = 1, .waves = 3}, NULL);
    assert_string_equal(made.drawing.canvas.title, "Mean scores and their intervals, wave 3");
    fixture_expect_in(made.drawing.canvas.spoken.bytes, "Site 1 2.50 "); /* 1.5 + 2 * 5 / 10 */
    drop(&made);
}

/* ---- drawn ----------------------------------------------------------------------------------- */

static npt_plotter *open_plotter(npt_diags *diags)
{
    npt_plotter *plotter = npt_plotter_open(diags);
    if (!plotter) {
        npt_diags_free(diags);
        skip();
    }
    return plotter;
}

static npt_output *draw(npt_plotter *plotter, const npt_plot *plot, const struct plot_table *how,
                        const struct npt_plot_options *options, npt_diags *diags)
{
    npt_table *table = table_of(plot, how);
    npt_output *output = npt_output_memory(diags);
    const enum npt_status status = npt_plot_draw(output, plotter, plot, table, options, diags);
    if (status != NPT_OK)
        assert_string_equal(npt_diags_text(diags, false), "");
    npt_table_free(table);
    return output;
}

static void the_same_table_gives_the_same_bytes(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_plotter *plotter = open_plotter(diags), *second = npt_plotter_open(diags);
    const struct plot_table how = {.sites = 3, .constructs = 4, .waves = 2, .holes = true};
    const npt_plot *plot;
    for (size_t kind = 0; (plot = npt_plot_at(kind)) != NULL; kind++)
        for (int format = NPT_PICTURE_SVG; format <= NPT_PICTURE_PDF; format++) {
            const struct npt_plot_options options = {.format = (enum npt_picture)format};
            npt_output *one = draw(plotter, plot, &how, &options, diags);
            setlocale(LC_ALL, "de_DE.UTF-8"); /* writes 0,5 where it is there */
            npt_output *other = draw(second, plot, &how, &options, diags);
            setlocale(LC_ALL, "C");
            size_t length, again;
            const char *bytes = npt_output_bytes(one, &length);
            const char *bytes_again = npt_output_bytes(other, &again);
            assert_int_equal(length, again);
            assert_memory_equal(bytes, bytes_again, length);
            npt_output_discard(one);
            npt_output_discard(other);
        }
    npt_plotter_close(plotter);
    npt_plotter_close(second);
    npt_diags_free(diags);
}

/* Names of sites, constructs and items, and the title, that would run a command if they could. */
static void hostile_names_run_nothing(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_plotter *plotter = open_plotter(diags);
    char folder[1024], name[1200];
    assert_non_null(getcwd(folder, sizeof folder));
    static const char *const before[] = {"`touch %s/pwned`",
                                         "'\n!touch %s/pwned\n'",
                                         "x\\\n!touch %s/pwned\n",
                                         "NPT_END_OF_DATA\n!touch %s/pwned\n",
                                         "'; system 'touch %s/pwned'; '",
                                         "<touch %s/pwned"};
    const npt_plot *plot;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(name, sizeof name, before[i], folder);
#pragma GCC diagnostic pop
        const struct plot_table how = {.sites = 3, .constructs = 4, .waves = 2, .name = name};
        const struct npt_plot_options options = {.title = name};
        for (size_t kind = 0; (plot = npt_plot_at(kind)) != NULL; kind++) {
            npt_output *output = draw(plotter, plot, &how, &options, diags);
            fixture_expect_in(npt_output_bytes(output, NULL), "<title id=\"npt-title\">");
            npt_output_discard(output);
        }
    }
    assert_int_not_equal(access("pwned", F_OK), 0);
    npt_plotter_close(plotter);
    npt_diags_free(diags);
}

/* All bytes of an SVG and a PNG; the text of a PDF as another program reads it. */
static void expect_nowhere(const char *bytes, size_t length, const char *name, const char *what)
{
    if (memmem(bytes, length, name, strlen(name)))
        fail_msg("%s: '%s' is in it", what, name);
}

static char *read_pdf(const char *bytes, size_t length, size_t *read)
{
    FILE *file = fopen("picture.pdf", "wb");
    fwrite(bytes, 1, length, file);
    fclose(file);
    char *text = calloc(1, 1 << 20);
    *read = 0;
    if (system("pdftotext picture.pdf picture.txt 2>/dev/null") == 0) {
        file = fopen("picture.txt", "rb");
        *read = fread(text, 1, (1 << 20) - 1, file);
        fclose(file);
    }
    return text;
}

static void expect_own_only(npt_plotter *plotter, const npt_plot *plot, npt_diags *diags)
{
    const struct plot_table how = {.sites = 4, .constructs = 4, .waves = 2, .site = "Harbour"};
    npt_table *tables[] = {table_of(plot, &how), plot_table_answers(&how)};
    for (size_t table = 0; table < (strcmp(npt_plot_name(plot), "likert") == 0 ? 2 : 1); table++)
        for (int format = NPT_PICTURE_SVG; format <= NPT_PICTURE_PDF; format++) {
            struct npt_plot_options options = {
                .format = (enum npt_picture)format, .own = "HARBOUR 2", .others_unnamed = true};
            npt_output *output = npt_output_memory(diags);
            assert_int_equal(npt_plot_draw(output, plotter, plot, tables[table], &options, diags),
                             NPT_OK);
            size_t length;
            const char *bytes = npt_output_bytes(output, &length);
            char *text = format == NPT_PICTURE_PDF ? read_pdf(bytes, length, &length) : NULL;
            if (format == NPT_PICTURE_SVG)
                fixture_expect_in(bytes, "Harbour 2");
            expect_nowhere(text ? text : bytes, length, "Harbour 1", npt_plot_name(plot));
            expect_nowhere(text ? text : bytes, length, "Harbour 3", npt_plot_name(plot));
            free(text);
            npt_output_discard(output);
        }
    npt_table_free(tables[0]);
    npt_table_free(tables[1]);
}

static void a_picture_for_one_site_names_no_other(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_plotter *plotter = open_plotter(diags);
    static const char *const kinds[] = {"likert",      "dots",  "heat",       "slope",
                                        "caterpillar", "tally", "saturation", "radar"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        expect_own_only(plotter, npt_plot_find(kinds[i]), diags);
    npt_plotter_close(plotter);
    npt_diags_free(diags);
}

static void in_words_no_other_site_is_named(void **state)
{
    (void)state;
    struct npt_plot_options options = {.own = "Site 2", .others_unnamed = true};
    struct composed made =
        compose("dots", &(struct plot_table){.sites = 3, .constructs = 1}, &options);
    assert_string_equal(made.drawing.canvas.spoken.bytes,
                        "Dots for 1 score by 3 sites. Coherence: another site 1.50 "
                        "(1.20 to 1.80); Site 2 2.60 (2.30 to 2.90), n 18; another site 3.70 "
                        "(3.40 to 4.00).");
    drop(&made);
    const char *const kinds[] = {"heat", "tally", "likert", "dots", "caterpillar"};
    options.own = "Site 9";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        made = compose(kinds[i], &(struct plot_table){.sites = 3, .constructs = 1}, &options);
        assert_null(strstr(npt_diags_text(made.diags, false), "Site 1"));
        expect_refused(made, "there is no 'Site 9' in this picture");
    }
}

static const char *words_of(const struct composed *made)
{
    assert_int_equal(made->status, NPT_OK);
    return made->drawing.canvas.spoken.bytes;
}

/* What is known of a table from the picture before, for another site or before it had all rows, is not drawn. */
static void a_table_that_was_drawn_before_is_drawn_as_it_is(void **state)
{
    (void)state;
    const struct plot_table how = {.sites = 3, .constructs = 2};
    npt_table *table = plot_table_score(&how);
    struct npt_plot_options options = {.own = "Site 1", .others_unnamed = true};
    struct composed before = compose_table("dots", table, &options);
    options.own = "Site 3";
    struct composed again = compose_table("dots", table, &options),
                    fresh = compose("dots", &how, &options);
    assert_string_equal(words_of(&again), words_of(&fresh));
    assert_non_null(strstr(words_of(&again), "another site 1.50"));
    again.table = before.table = NULL;
    drop(&before);
    drop(&again);
    drop(&fresh);
    struct npt_cell *row = npt__table_add_row(table);
    memcpy(row, npt_table_row(table, 0), npt_table_column_count(table) * sizeof *row);
    row[npt_table_find_column(table, "site")] = npt__text("Site 4");
    before = compose_table("dots", table, NULL);
    assert_non_null(strstr(words_of(&before), "4 sites"));
    npt__table_row(table, 0)[npt_table_find_column(table, "mean")] = npt__number(4.25);
    again = compose_table("dots", table, NULL);
    assert_non_null(strstr(words_of(&again), "Site 1 4.25"));
    before.table = NULL;
    drop(&before);
    drop(&again);
}

/* One construct is drawn of the sites that have it. */
static void sites_without_the_construct_are_not_in_its_caterpillar(void **state)
{
    (void)state;
    npt_table *table = plot_table_score(&(struct plot_table){.sites = 3, .constructs = 1});
    struct npt_cell *row = npt__table_add_row(table);
    memcpy(row, npt_table_row(table, 0), npt_table_column_count(table) * sizeof *row);
    row[npt_table_find_column(table, "construct")] = npt__text("Reach");
    struct composed made =
        compose_table("caterpillar", table, &(struct npt_plot_options){.construct = "Reach"});
    assert_int_equal(made.status, NPT_OK);
    assert_string_equal(made.drawing.canvas.title, "Reach: 1 site");
    drop(&made);
}

/* The measures of a picture of 300 sites. */
static void a_caterpillar_of_many_sites_is_small(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_plotter *plotter = open_plotter(diags);
    const struct npt_plot_options options = {.own = "Site 150"};
    npt_output *output = draw(plotter, npt_plot_find("caterpillar"),
                              &(struct plot_table){.sites = 300, .constructs = 1}, &options, diags);
    size_t length;
    const char *svg = npt_output_bytes(output, &length);
    assert_true(length < 60000);
    fixture_expect_in(svg, ">Site 150</text>");
    assert_null(strstr(svg, ">Site 149</text>"));
    npt_output_discard(output);
    npt_plotter_close(plotter);
    npt_diags_free(diags);
}

static void a_picture_can_stand_within_a_page(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_plotter *plotter = open_plotter(diags);
    const struct npt_plot_options options = {.prefix = "fig2", .element = true};
    npt_output *output = draw(plotter, npt_plot_find("heat"),
                              &(struct plot_table){.sites = 3, .constructs = 2}, &options, diags);
    const char *svg = npt_output_bytes(output, NULL);
    assert_memory_equal(svg, "<svg ", 5);
    fixture_expect_in(svg, "role=\"img\" aria-labelledby=\"fig2-title fig2-desc\"");
    fixture_expect_in(svg, "<title id=\"fig2-title\">Mean scores by construct and site</title>");
    assert_null(strstr(svg, "currentColor"));
    assert_null(strstr(svg, "nuplot"));
    npt_output_discard(output);
    npt_plotter_close(plotter);
    npt_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_or_leaves_the_picture),
        cmocka_unit_test(twelve_constructs_fit_too),
        cmocka_unit_test(what_cannot_be_read_is_refused),
        cmocka_unit_test(a_table_without_the_columns_is_refused),
        cmocka_unit_test(a_site_or_construct_that_is_not_there_is_refused),
        cmocka_unit_test(a_construct_is_found_whatever_its_case),
        cmocka_unit_test(a_title_of_ones_own_stands_above),
        cmocka_unit_test(a_dot_stands_at_its_mean),
        cmocka_unit_test(a_scale_is_one_that_the_numbers_can_have),
        cmocka_unit_test(an_interval_ends_with_the_scale),
        cmocka_unit_test(bars_are_as_long_as_their_shares),
        cmocka_unit_test(bars_of_cases_are_as_long_as_their_shares),
        cmocka_unit_test(a_caterpillar_is_in_order),
        cmocka_unit_test(what_is_withheld_is_hatched_and_never_a_number),
        cmocka_unit_test(a_tally_hatches_what_is_withheld),
        cmocka_unit_test(pairs_stand_in_a_triangle),
        cmocka_unit_test(bars_of_new_codes_are_as_high_as_they_are_many),
        cmocka_unit_test(a_dot_of_kappa_stands_at_its_value),
        cmocka_unit_test(a_line_is_broken_where_a_mean_is_withheld),
        cmocka_unit_test(a_picture_is_told_in_words),
        cmocka_unit_test(of_several_waves_the_last_is_drawn),
        cmocka_unit_test(the_same_table_gives_the_same_bytes),
        FIXTURE_TEST(hostile_names_run_nothing),
        FIXTURE_TEST(a_picture_for_one_site_names_no_other),
        cmocka_unit_test(in_words_no_other_site_is_named),
        cmocka_unit_test(a_table_that_was_drawn_before_is_drawn_as_it_is),
        cmocka_unit_test(sites_without_the_construct_are_not_in_its_caterpillar),
        cmocka_unit_test(a_caterpillar_of_many_sites_is_small),
        cmocka_unit_test(each_answer_is_a_piece_of_its_bar),
        cmocka_unit_test(a_scale_that_the_table_tells_is_shown_as_a_whole),
        cmocka_unit_test(a_picture_can_stand_within_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
