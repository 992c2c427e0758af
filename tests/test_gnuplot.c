/* test_gnuplot.c - one gnuplot for many pictures: texts are never commands, and what goes wrong is said.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "../nptkit/report/gnuplot.h"
#include "../nptkit/report/lettering.h"
#include "../nptkit/report/svg.h"
#include "fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

/* ---- helpers --------------------------------------------------------------------------------- */

static npt__gnuplot *gnuplot;
static npt_diags *diags;

static int enter(void **state)
{
    diags = npt_diags_new();
    gnuplot = npt__gnuplot_open(diags);
    return fixture_enter(state);
}

static int leave(void **state)
{
    npt__gnuplot_close(gnuplot);
    npt_diags_free(diags);
    return fixture_leave(state);
}

/* Where gnuplot is not installed, its tests are skipped. */
static void need_gnuplot(void)
{
    if (!gnuplot)
        skip();
}

struct sheet {
    npt__arena *arena;
    struct npt__canvas canvas;
};

static struct sheet new_sheet(void)
{
    struct sheet sheet = {.arena = npt__arena_new()};
    sheet.canvas.arena = sheet.arena;
    sheet.canvas.width = 300;
    sheet.canvas.height = 100;
    return sheet;
}

static void free_sheet(struct sheet *sheet)
{
    npt__canvas_release(&sheet->canvas);
    npt__arena_free(sheet->arena);
}

static const struct npt__font font = {13, false, 0x1A1A1A};

static npt__buffer draw(const struct sheet *sheet, enum npt__picture_format format)
{
    npt__buffer picture = {0};
    const enum npt_status status =
        npt__gnuplot_draw(&picture, gnuplot, &sheet->canvas, format, diags);
    if (status != NPT_OK)
        assert_string_equal(npt_diags_text(diags, false), "");
    return picture;
}

/* The text of the first element of this name. */
static char *first_text(xmlNode *node, const char *name)
{
    for (; node; node = node->next) {
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0)
            return (char *)xmlNodeGetContent(node);
        char *within = first_text(node->children, name);
        if (within)
            return within;
    }
    return NULL;
}

static bool folder_is_empty(void)
{
    DIR *open = opendir(".");
    size_t count = 0;
    while (readdir(open))
        count++;
    closedir(open);
    return count == 2;
}

/* ---- texts are never commands ---------------------------------------------------------------- */

/* %s is the path of a file that must not appear. */
static const char *const attacks[] = {
    "`touch %s`",
    "\"`touch %s`\"",
    "'`touch %s`'",
    "'; system 'touch %s'; '",
    "it's '' it's '",
    "'",
    "''",
    "'t Gooi",
    "it's @m 'x' @n \" ' ` ' \"",
    "'\n!touch %s\n'",
    "'\r!touch %s\r'",
    "x\\\n!touch %s\n",
    "x\\",
    "'\\",
    "NPT_END_OF_DATA\n!touch %s\n",
    "\nNPT_END_OF_DATA\n!touch %s\n",
    "@m #c %% %%d {a}_b^c ~x{.8-} &{y} /:Bold",
    "%%s%%n%%d",
    "<touch %s",
    "|touch %s",
    "<b>&amp;&lt;&bogus;&#65;</b>]]>",
    "\x01\x02\x1b[31m\x7f",
    "\xff\xfe\xc3(",
    "\xEF\xBF\xBE",
    "a\tb",
    "caf\xC3\xA9 \xE4\xB8\xAD\xE6\x96\x87",
    "print 'NPT-DONE 2'\nNPT-DONE 2\n",
};

static void expect_text(const npt__buffer *picture, const char *text)
{
    const struct npt__svg_options how = {"title", "description", NULL, false};
    npt__buffer svg = {0};
    assert_true(npt__svg_finish(&svg, picture->bytes, picture->length, &how));
    xmlDoc *document = xmlReadMemory(svg.bytes, (int)svg.length, NULL, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    char *arrived = first_text(xmlDocGetRootElement(document), "text");
    assert_string_equal(arrived, text);
    xmlFree(arrived);
    xmlFreeDoc(document);
    npt__buffer_release(&svg);
}

static void attack(const char *pattern)
{
    char folder[1024], path[1100], text[2048];
    assert_non_null(getcwd(folder, sizeof folder));
    snprintf(path, sizeof path, "%s/pwned", folder);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, sizeof text, pattern, path);
#pragma GCC diagnostic pop
    for (int format = NPT__SVG; format <= NPT__PDF; format++) {
        struct sheet sheet = new_sheet();
        npt__write(&sheet.canvas, 10, 50, NPT__LEFT, &font, text);
        npt__buffer picture = draw(&sheet, (enum npt__picture_format)format);
        if (format == NPT__SVG)
            expect_text(&picture, npt__lettering(sheet.arena, text));
        assert_true(picture.length > 100);
        npt__buffer_release(&picture);
        free_sheet(&sheet);
    }
    assert_true(folder_is_empty());
}

static void texts_arrive_as_they_are_and_run_nothing(void **state)
{
    (void)state;
    need_gnuplot();
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++)
        attack(attacks[i]);
}

/* The same program does run a command when it is told to: what is tested above is not asleep. */
static void a_command_would_have_run(void **state)
{
    (void)state;
    need_gnuplot();
    char folder[1024], script[1200];
    assert_non_null(getcwd(folder, sizeof folder));
    const int length =
        snprintf(script, sizeof script, "set label 1 \"`touch %s/pwned`\"\n", folder);
    npt__buffer answer = {0};
    assert_true(npt__gnuplot_run(&answer, gnuplot, script, (size_t)length));
    npt__buffer_release(&answer);
    assert_int_equal(unlink("pwned"), 0);
}

static void quotes_are_joined_in_by_their_number(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    npt__buffer script = {0};
    npt__script_quote(&script, arena, "'t \\ \"x\"\n");
    assert_string_equal(script.bytes, "''.\"\\047\".'t \\ \"x\" '");
    npt__buffer_release(&script);
    npt__arena_free(arena);
}

/* All texts of up to four of these pieces, as gnuplot prints them: the two are the same. */
static const char *const pieces[] = {"'", "\"", "@m", "`echo X`", "\\", "#", " ", "b"};
#define PIECES (sizeof pieces / sizeof *pieces)

static void make_text(npt__buffer *text, size_t number, size_t length)
{
    npt__buffer_clear(text);
    for (size_t i = 0; i < length; i++, number /= PIECES)
        npt__buffer_puts(text, pieces[number % PIECES]);
}

static void expect_printed(size_t length, size_t first, size_t count)
{
    npt__arena *arena = npt__arena_new();
    npt__buffer script = {0}, expected = {0}, answer = {0}, text = {0};
    npt__buffer_puts(&script, "m = 'MACRO'\n");
    for (size_t i = first; i < first + count; i++) {
        make_text(&text, i, length);
        npt__buffer_puts(&script, "print ");
        npt__script_quote(&script, arena, text.bytes);
        npt__buffer_putc(&script, '\n');
        npt__buffer_print(&expected, "%s\n", text.bytes);
    }
    assert_true(npt__gnuplot_run(&answer, gnuplot, script.bytes, script.length));
    assert_true(answer.length > expected.length); /* and the mark after it */
    answer.bytes[expected.length] = '\0';
    assert_string_equal(answer.bytes, expected.bytes);
    npt__buffer_release(&script);
    npt__buffer_release(&expected);
    npt__buffer_release(&answer);
    npt__buffer_release(&text);
    npt__arena_free(arena);
}

static void every_short_text_of_what_is_special_arrives(void **state)
{
    (void)state;
    need_gnuplot();
    size_t all = PIECES;
    for (size_t length = 1; length <= 4; length++, all *= PIECES)
        for (size_t first = 0; first < all; first += 512)
            expect_printed(length, first, all - first < 512 ? all - first : 512);
}

/* ---- the same bytes -------------------------------------------------------------------------- */

static void draw_something(struct sheet *sheet)
{
    const struct npt__pen pen = {0x0072B2, 1.5, NPT__DASHED};
    npt__draw_box(&sheet->canvas, 10, 10, 50, 20, 0x92C5DE);
    npt__draw_line(&sheet->canvas, 10, 40, 200, 60, &pen);
    npt__draw_marker(&sheet->canvas, NPT__TRIANGLE, 100, 50, 5, 0xD55E00, true);
    npt__draw_hatch(&sheet->canvas, 200, 10, 60, 30);
    npt__write(&sheet->canvas, 20, 80, NPT__LEFT, &font, "0.5");
}

static void a_picture_does_not_depend_on_those_before_it(void **state)
{
    (void)state;
    need_gnuplot();
    struct sheet sheet = new_sheet(), other = new_sheet();
    draw_something(&sheet);
    npt__write(&other.canvas, 20, 80, NPT__RIGHT, &font, "other");
    for (int format = NPT__SVG; format <= NPT__PDF; format++) {
        npt__buffer first = draw(&sheet, (enum npt__picture_format)format);
        npt__buffer between = draw(&other, NPT__PDF);
        npt__buffer again = draw(&sheet, (enum npt__picture_format)format);
        npt__gnuplot *second = npt__gnuplot_open(diags);
        npt__buffer fresh = {0};
        assert_int_equal(npt__gnuplot_draw(&fresh, second, &sheet.canvas,
                                           (enum npt__picture_format)format, diags),
                         NPT_OK);
        npt__gnuplot_close(second);
        assert_int_equal(first.length, again.length);
        assert_memory_equal(first.bytes, again.bytes, first.length);
        assert_int_equal(first.length, fresh.length);
        assert_memory_equal(first.bytes, fresh.bytes, first.length);
        npt__buffer_release(&first);
        npt__buffer_release(&between);
        npt__buffer_release(&again);
        npt__buffer_release(&fresh);
    }
    free_sheet(&sheet);
    free_sheet(&other);
}

static void formats_are_what_they_are_called(void **state)
{
    (void)state;
    need_gnuplot();
    struct sheet sheet = new_sheet();
    draw_something(&sheet);
    npt__buffer svg = draw(&sheet, NPT__SVG), png = draw(&sheet, NPT__PNG),
                pdf = draw(&sheet, NPT__PDF);
    assert_memory_equal(svg.bytes, "<?xml ", 6);
    assert_non_null(strstr(svg.bytes, "viewBox=\"0 0 300 100\""));
    assert_memory_equal(png.bytes, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x58\0\0\0\xC8",
                        24); /* 600 x 200 */
    assert_memory_equal(pdf.bytes, "%PDF-", 5);
    assert_non_null(memmem(pdf.bytes, pdf.length, "/CreationDate (D:19800101000000", 31));
    npt__buffer_release(&svg);
    npt__buffer_release(&png);
    npt__buffer_release(&pdf);
    free_sheet(&sheet);
}

/* ---- where there is none, and where it fails -------------------------------------------------- */

static void expect_none(const char *path, const char *part)
{
    char *before = strdup(getenv("PATH"));
    setenv("PATH", path, 1);
    npt_diags *own = npt_diags_new();
    assert_null(npt__gnuplot_open(own));
    fixture_expect_in(npt_diags_text(own, false), part);
    npt_diags_free(own);
    setenv("PATH", before, 1);
    free(before);
}

static void where_there_is_no_gnuplot_it_says_what_to_install(void **state)
{
    (void)state;
    expect_none("", "apt-get install gnuplot-nox");
    expect_none("/nowhere:/neither", "is not installed");
}

static void write_program(const char *name, const char *text)
{
    fixture_write_text(name, text);
    assert_int_equal(chmod(name, 0755), 0);
}

static void what_lies_in_the_folder_of_the_data_is_not_run(void **state)
{
    (void)state;
    write_program("gnuplot", "#!/bin/sh\ntouch pwned\n");
    expect_none("", "is not installed");
    expect_none(".", "is not installed");
    expect_none(":.:", "is not installed");
    assert_int_not_equal(access("pwned", F_OK), 0);
}

static void a_program_that_does_not_answer_is_reported(void **state)
{
    (void)state;
    char folder[1024];
    assert_non_null(getcwd(folder, sizeof folder));
    write_program("gnuplot", "#!/bin/sh\nexit 3\n");
    expect_none(folder, "cannot be run: it does not answer");
    write_program("gnuplot", "no program at all");
    expect_none(folder, "cannot be run");
}

static void a_program_that_hangs_is_ended(void **state)
{
    (void)state;
    char folder[1024];
    assert_non_null(getcwd(folder, sizeof folder));
    write_program("gnuplot", "#!/bin/sh\nexec /bin/sleep 60\n");
    char *before = strdup(getenv("PATH"));
    setenv("PATH", folder, 1);
    assert_null(npt__gnuplot_open_patiently(100, diags));
    fixture_expect_in(npt_diags_text(diags, false), "it does not answer");
    setenv("PATH", before, 1);
    free(before);
}

/* A stand-in that acknowledges everything, draws nothing, and says `words` after the first picture. */
static void expect_fault(const char *words, const char *part)
{
    char folder[1024], program[1024];
    assert_non_null(getcwd(folder, sizeof folder));
    snprintf(
        program, sizeof program,
        "#!/bin/sh\nfirst=1\nwhile read -r word rest; do\n"
        "    if [ \"$word\" = print ]; then rest=${rest#\\'}; echo \"${rest%%\\'}\"; fi\n"
        "    if [ \"$word\" = load ]; then [ \"$first\" ] || printf '%%s\\n' '%s'; first=; fi\n"
        "done\n",
        words);
    write_program("gnuplot", program);
    char *before = strdup(getenv("PATH"));
    setenv("PATH", folder, 1);
    npt_diags *own = npt_diags_new();
    npt__gnuplot *other = npt__gnuplot_open(own);
    assert_non_null(other);
    struct sheet sheet = new_sheet();
    npt__buffer picture = {0};
    assert_int_equal(npt__gnuplot_draw(&picture, other, &sheet.canvas, NPT__SVG, own),
                     NPT_NO_HELPER);
    fixture_expect_in(npt_diags_text(own, false), part);
    npt__buffer_release(&picture);
    free_sheet(&sheet);
    npt__gnuplot_close(other);
    npt_diags_free(own);
    setenv("PATH", before, 1);
    free(before);
}

static void what_gnuplot_says_of_an_error_is_told(void **state)
{
    (void)state;
    expect_fault("\"/proc/self/fd/4\" line 3: no such thing",
                 "gnuplot could not draw the picture: line 3: no such thing\n");
    expect_fault("         line 3: warning: odd",
                 "gnuplot could not draw the picture: it gave nothing");
    expect_fault("", "gnuplot could not draw the picture: it gave nothing");
}

static void an_error_is_that_pictures_own(void **state)
{
    (void)state;
    need_gnuplot();
    npt__buffer answer = {0};
    static const char wrong[] = "plot nonsense(\n";
    assert_true(npt__gnuplot_run(&answer, gnuplot, wrong, sizeof wrong - 1));
    assert_non_null(strstr(answer.bytes, "line 1: "));
    npt__buffer_release(&answer);
    struct sheet sheet = new_sheet();
    draw_something(&sheet);
    npt__buffer picture = draw(&sheet, NPT__SVG);
    assert_true(picture.length > 100);
    npt__buffer_release(&picture);
    free_sheet(&sheet);
}

static void a_gnuplot_that_ends_is_reported_and_draws_no_more(void **state)
{
    (void)state;
    need_gnuplot();
    npt__buffer answer = {0};
    assert_false(npt__gnuplot_run(&answer, gnuplot, "exit gnuplot\n", 13));
    npt__buffer_release(&answer);
    struct sheet sheet = new_sheet();
    draw_something(&sheet);
    for (int i = 0; i < 2; i++) {
        npt__buffer picture = {0};
        assert_int_equal(npt__gnuplot_draw(&picture, gnuplot, &sheet.canvas, NPT__SVG, diags),
                         NPT_NO_HELPER);
        assert_int_equal(picture.length, 0);
        npt__buffer_release(&picture);
    }
    fixture_expect_in(npt_diags_text(diags, false), "gnuplot could not draw the picture");
    free_sheet(&sheet);
}

static void a_large_script_and_a_large_answer_do_not_block(void **state)
{
    (void)state;
    need_gnuplot();
    npt__buffer script = {0}, answer = {0};
    for (int i = 0; i < 20000; i++)
        npt__buffer_print(&script, "print 'line of an answer that nobody reads, number %d'\n", i);
    assert_true(npt__gnuplot_run(&answer, gnuplot, script.bytes, script.length));
    assert_true(answer.length < 200000); /* what is beyond all measure is dropped */
    npt__buffer_release(&script);
    npt__buffer_release(&answer);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)

/* Even a command that got into its script runs nothing, after an SVG; root is not limited by the kernel. */
static void while_it_draws_svg_it_starts_no_program(void **state)
{
    (void)state;
    need_gnuplot();
    struct sheet sheet = new_sheet();
    npt__write(&sheet.canvas, 20, 50, NPT__LEFT, &font, "text");
    static const char script[] = "print system('echo alive')\n";
    for (int format = NPT__SVG; format <= NPT__PDF; format++) {
        npt__buffer picture = draw(&sheet, (enum npt__picture_format)format), answer = {0};
        assert_true(picture.length > 0);
        npt__gnuplot_run(&answer, gnuplot, script, sizeof script - 1);
        const bool ran = strstr(npt__buffer_string(&answer), "alive") != NULL;
        assert_int_equal(ran, format != NPT__SVG || geteuid() == 0);
        npt__buffer_release(&answer);
        npt__buffer_release(&picture);
    }
    free_sheet(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_arrive_as_they_are_and_run_nothing),
        TEST(a_command_would_have_run),
        TEST(quotes_are_joined_in_by_their_number),
        TEST(every_short_text_of_what_is_special_arrives),
        TEST(a_picture_does_not_depend_on_those_before_it),
        TEST(formats_are_what_they_are_called),
        TEST(where_there_is_no_gnuplot_it_says_what_to_install),
        TEST(what_lies_in_the_folder_of_the_data_is_not_run),
        TEST(a_program_that_does_not_answer_is_reported),
        TEST(a_program_that_hangs_is_ended),
        TEST(what_gnuplot_says_of_an_error_is_told),
        TEST(an_error_is_that_pictures_own),
        TEST(a_gnuplot_that_ends_is_reported_and_draws_no_more),
        TEST(while_it_draws_svg_it_starts_no_program),
        TEST(a_large_script_and_a_large_answer_do_not_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
