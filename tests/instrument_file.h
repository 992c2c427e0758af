/* instrument_file.h - helpers of the tests that read an instrument's XML: they write it into a folder of
 * their own (fixture.h) and expect its messages as people see them.
 *
 * Most files are HEAD, one line of the test's own (line 2 of the file), and REST, which is valid. Lines and
 * columns are counted by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef INSTRUMENT_FILE_H
#define INSTRUMENT_FILE_H

#include "../nptkit/model/instrument.h"
#include "fixture.h"

#include <stdio.h>

#define HEAD "<instrument xmlns=\"urn:nptkit:instrument:1\" id=\"x\" title=\"X\">\n"
#define LAST \
    "<scale id=\"s\" least=\"1\" most=\"5\"/><general><item id=\"q\" scale=\"s\">Why?</item></general>"
#define REST "\n" LAST "\n</instrument>\n"

/* Expects this status and these messages, all of them. */
static inline void expect_text(const char *xml, enum npt_status status, const char *text)
{
    fixture_write_text("a.xml", xml);
    npt_diags *diags = npt_diags_new();
    npt_instrument *instrument = NULL;
    enum npt_status came = npt_instrument_open(&instrument, "a.xml", diags);
    assert_string_equal(npt_diags_text(diags, false), text);
    assert_int_equal(came, status);
    assert_true((instrument != NULL) == (status == NPT_OK));
    npt_instrument_free(instrument);
    npt_diags_free(diags);
}

/* Expects one error at this place, whose line is `excerpt`. */
static inline void expect_at(const char *xml, size_t line, size_t column, const char *what,
                             const char *excerpt, const char *hint)
{
    npt__buffer text = {0};
    npt__buffer_print(&text, "a.xml:%zu:%zu: error: %s\n", line, column, what);
    npt__buffer_print(&text, "%6zu | %s\n       | ", line, excerpt);
    npt__buffer_fill(&text, ' ', column - 1);
    npt__buffer_print(&text, "^\n  hint: %s\n", hint);
    expect_text(xml, NPT_BAD_INPUT, text.bytes);
    npt__buffer_release(&text);
}

/* The same for the second line of an instrument that is valid otherwise. */
static inline void expect_one(const char *second, size_t column, const char *what, const char *hint)
{
    npt__buffer xml = {0};
    npt__buffer_print(&xml, HEAD "%s" REST, second);
    expect_at(xml.bytes, 2, column, what, second, hint);
    npt__buffer_release(&xml);
}

/* Expects so many errors, and `part` among the messages. */
static inline void expect_among(const char *xml, size_t errors, const char *part)
{
    fixture_write_text("a.xml", xml);
    npt_diags *diags = npt_diags_new();
    npt_instrument *instrument = NULL;
    assert_int_equal(npt_instrument_open(&instrument, "a.xml", diags), NPT_BAD_INPUT);
    assert_null(instrument);
    fixture_expect_in(npt_diags_text(diags, false), part);
    assert_int_equal(npt_diags_count(diags, NPT_ERROR), errors);
    npt_diags_free(diags);
}

/* Opens what gives no message; free it. */
static inline npt_instrument *open_good(const char *xml)
{
    fixture_write_text("a.xml", xml);
    npt_diags *diags = npt_diags_new();
    npt_instrument *instrument = NULL;
    assert_int_equal(npt_instrument_open(&instrument, "a.xml", diags), NPT_OK);
    assert_string_equal(npt_diags_text(diags, false), "");
    npt_diags_free(diags);
    return instrument;
}

#endif
