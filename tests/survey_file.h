/* survey_file.h - small studies of responses for tests: a questionnaire of four items, a study.xml around
 * what a test gives, and the responses written out as text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SURVEY_FILE_H
#define SURVEY_FILE_H

#include "fixture.h"

/* Items a1, a2 (construct Alpha), b1 (Beta, worded the other way), g (general, 0 to 10). */
#define QUESTIONNAIRE \
    "<instrument xmlns=\"urn:nptkit:instrument:1\" id=\"q\" title=\"A small one\">\n" \
    "<scale id=\"agreement\" least=\"1\" most=\"5\" direction=\"declared\">\n" \
    "<point value=\"1\">No</point><point value=\"2\">Rather not</point>\n" \
    "<point value=\"4\">Rather</point><point value=\"5\">Yes</point></scale>\n" \
    "<scale id=\"ten\" least=\"0\" most=\"10\"><point value=\"10\">Full</point></scale>\n" \
    "<not-relevant id=\"role\">Not relevant to my role</not-relevant>\n" \
    "<not-relevant id=\"stage\">Not relevant at this stage</not-relevant>\n" \
    "<general><item id=\"g\" number=\"4\" scale=\"ten\" component=\"Overall\">How far is " \
    "{intervention}?</item></general>\n" \
    "<construct id=\"alpha\" name=\"Alpha\">\n" \
    "<item id=\"a1\" number=\"1\" scale=\"agreement\">I like {intervention}</item>\n" \
    "<item id=\"a2\" number=\"2\" scale=\"agreement\">We like {intervention}</item></construct>\n" \
    "<construct id=\"beta\" name=\"Beta\">\n" \
    "<item id=\"b1\" number=\"3\" scale=\"agreement\" reversed=\"yes\">{intervention} is in the " \
    "way</item></construct>\n" \
    "<scoring min-answered=\"0.5\" total=\"All 3 items\"/>\n</instrument>\n"

#define STUDY(inside) \
    "<study xmlns=\"urn:nptkit:study:1\" intervention=\"the new way\">\n" inside "\n</study>\n"
/* Columns named as their items are. */
#define ITEM_COLUMNS \
    "<column name=\"a1\" item=\"a1\"/><column name=\"a2\" item=\"a2\"/>" \
    "<column name=\"b1\" item=\"b1\"/><column name=\"g\" item=\"g\"/>"

static inline void write_questionnaire(void)
{
    fixture_write_text("q.xml", QUESTIONNAIRE);
}

/* Writes and opens a study.xml beside the questionnaire and a file of responses. */
static inline struct fixture open_survey(const char *study, const char *name, const char *csv)
{
    write_questionnaire();
    fixture_write_text(name, csv);
    fixture_write_text("study.xml", study);
    return fixture_open("study.xml");
}

static inline void expect_faults(const char *study, const char *csv, const char *text)
{
    struct fixture opened = open_survey(study, "w.csv", csv);
    assert_string_equal(opened.text, text);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_close(&opened);
}

static inline void show_answer(npt__buffer *text, const struct npt__responses *responses,
                               uint8_t answer)
{
    if (npt__is_value(answer))
        npt__buffer_print(text, "%u", answer);
    else if (npt__is_not_relevant(answer))
        npt__buffer_puts(text, responses->kinds.items[answer - NPT__NOT_RELEVANT].id);
    else
        npt__buffer_puts(text, answer == NPT__BLANK           ? "-"
                               : answer == NPT__CODED_MISSING ? "missing"
                                                              : "not asked");
}

/* Expects these responses, one a line: "2 R1 site=A wave=1: g=7 a1=4 a2=- b1=role\n"; the line in the file,
   the id where there is one, the attributes by key, the items in the order of the study. */
static inline void expect_responses(const npt_study *study, const char *lines)
{
    const struct npt__responses *responses = &study->responses;
    npt__buffer text = {0};
    for (uint32_t i = 0; i < responses->count; i++) {
        npt__buffer_print(&text, "%u", responses->line[i]);
        if (responses->respondent[i] != NPT__NONE)
            npt__buffer_print(&text, " %s",
                              responses->respondents.strings.items[responses->respondent[i]]);
        for (uint32_t j = 0; j < responses->attributes.count; j++) {
            const char *value = npt__response_value(responses, j, i);
            if (value)
                npt__buffer_print(&text, " %s=%s", npt__response_attribute_key(responses, j),
                                  value);
        }
        npt__buffer_puts(&text, ":");
        for (size_t j = 0; j < responses->items.count; j++) {
            npt__buffer_print(&text, " %s=", responses->items.items[j].item->id);
            show_answer(&text, responses, responses->items.items[j].answers[i]);
        }
        npt__buffer_puts(&text, "\n");
    }
    assert_string_equal(npt__buffer_string(&text), lines);
    npt__buffer_release(&text);
}

#endif
