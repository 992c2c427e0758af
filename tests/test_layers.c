/* test_layers.c - a picture put together of layers is, byte for byte, the one that gnuplot draws whole.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/report/layers.h"
#include "../nptkit/report/svg_lines.h"
#include "fixture.h"

#include <string.h>

struct drawn {
    npt__arena *arena;
    npt_diags *diags;
    npt__gnuplot *gnuplot;
    struct npt__layers layers;
    struct npt__canvas canvas;
};

static struct drawn begin(void)
{
    struct drawn drawn = {.diags = npt_diags_new()};
    drawn.gnuplot = npt__gnuplot_open(drawn.diags);
    if (!drawn.gnuplot) {
        npt_diags_free(drawn.diags);
        skip();
    }
    drawn.arena = npt__arena_new();
    return drawn;
}

static void end(struct drawn *drawn)
{
    npt__canvas_release(&drawn->canvas);
    npt__layers_release(&drawn->layers);
    npt__gnuplot_close(drawn->gnuplot);
    npt__arena_free(drawn->arena);
    npt_diags_free(drawn->diags);
}

static const struct npt__pen thin = {0x808080, 1, NPT__SOLID},
                             dashed = {0x404040, 1.4, NPT__DASHED},
                             thick = {0xD55E00, 2.6, NPT__SOLID};

/* Below: a box and, where the common shapes begin, one of their own pen. `common` moves what is common; `own` where the
   shapes above it are, and whether there are any. */
static void compose(struct drawn *drawn, double width, double common, double own)
{
    struct npt__canvas *canvas = &drawn->canvas;
    npt__canvas_clear(canvas);
    canvas->arena = drawn->arena;
    canvas->width = width;
    canvas->height = 300;
    npt__draw_box(canvas, 10, own, 300, 14, 0xFFF3D6);
    npt__draw_line(canvas, 5, 5, 20, 5, &thin);
    npt__common_begin(canvas);
    for (double y = 20; y < 280; y += 2) /* one path in the SVG, over several lines */
        npt__draw_line(canvas, 40 + common, y, 200 + y / 3, y, &thin);
    npt__draw_line(canvas, 100, 10, 100, 290, &dashed);
    npt__draw_box(canvas, 220, 30, 20, 20, 0x123456);
    for (double y = 20; y < 280; y += 9)
        npt__draw_marker(canvas, NPT__DISC, 120 + common, y, 4, 0x808080, true);
    npt__common_end(canvas);
    if (own > 0) {
        npt__draw_line(canvas, 60, own, 260, own, &thick);
        npt__draw_marker(canvas, NPT__DIAMOND, 130, own, 5.5, 0xD55E00, false);
    }
    npt__write(canvas, 8, own + 6, NPT__LEFT, &(struct npt__font){.size = 11},
               "<g id=\"gnuplot_plot_2\"></g> & own");
}

static npt__buffer finish(const npt__buffer *picture)
{
    const struct npt__svg_options how = {.title = "A title", .description = "What it shows"};
    npt__buffer svg = {0};
    assert_true(npt__svg_lines(&svg, picture->bytes, picture->length, &how));
    return svg;
}

static void expect_as_whole(struct drawn *drawn)
{
    npt__buffer layered = {0}, whole = {0};
    assert_int_equal(
        npt__layers_draw(&layered, &drawn->layers, drawn->gnuplot, &drawn->canvas, drawn->diags),
        NPT_OK);
    assert_int_equal(
        npt__gnuplot_draw(&whole, drawn->gnuplot, &drawn->canvas, NPT__SVG, drawn->diags), NPT_OK);
    npt__buffer one = finish(&layered), other = finish(&whole);
    assert_string_equal(npt__buffer_string(&one), npt__buffer_string(&other));
    npt__buffer_release(&one);
    npt__buffer_release(&other);
    npt__buffer_release(&layered);
    npt__buffer_release(&whole);
}

static void common_shapes_are_drawn_once(void **state)
{
    (void)state;
    struct drawn drawn = begin();
    for (double own = 20; own < 280; own += 50) {
        compose(&drawn, 400, 0, own);
        expect_as_whole(&drawn);
    }
    assert_int_equal(drawn.layers.drawn, 1);
    compose(&drawn, 400, 0, 0); /* none above them */
    expect_as_whole(&drawn);
    assert_int_equal(drawn.layers.drawn, 1);
    end(&drawn);
}

static void others_are_drawn_anew(void **state)
{
    (void)state;
    struct drawn drawn = begin();
    compose(&drawn, 400, 0, 50);
    expect_as_whole(&drawn);
    compose(&drawn, 420, 0, 50); /* another scale of the same numbers */
    expect_as_whole(&drawn);
    for (size_t i = 1; i <= NPT__MOST_LAYERS + 3; i++) { /* the first are forgotten */
        compose(&drawn, 400, (double)i / 10, 50);
        expect_as_whole(&drawn);
    }
    compose(&drawn, 400, 0.1, 50);
    expect_as_whole(&drawn);
    assert_int_equal(drawn.layers.drawn, NPT__MOST_LAYERS + 6);
    compose(&drawn, 400, 0.1, 90);
    drawn.canvas.shapes.items[drawn.canvas.common_first + 3].pen.colour = 0x808081;
    expect_as_whole(&drawn);
    assert_int_equal(drawn.layers.drawn, NPT__MOST_LAYERS + 7);
    end(&drawn);
}

static void what_has_nothing_in_common_is_drawn_whole(void **state)
{
    (void)state;
    struct drawn drawn = begin();
    compose(&drawn, 400, 0, 50);
    drawn.canvas.common_first = drawn.canvas.common_end = 0;
    expect_as_whole(&drawn);
    compose(&drawn, 400, 0, 50);
    drawn.canvas.common_first = 0; /* nothing is below them */
    expect_as_whole(&drawn);
    assert_int_equal(drawn.layers.drawn, 0);
    end(&drawn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(common_shapes_are_drawn_once),
        FIXTURE_TEST(others_are_drawn_anew),
        FIXTURE_TEST(what_has_nothing_in_common_is_drawn_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
