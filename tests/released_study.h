/* released_study.h - studies of interviews with released quotes for tests: the cases as a list, the quotes as a CSV.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef RELEASED_STUDY_H
#define RELEASED_STUDY_H

#include "analysis_run.h"

#include <stdio.h>

/* A case with an interview of its own, which is coded to Coherence from end to end; "": no value. */
struct interviewed {
    const char *name, *site, *role, *words;
};

#define LONG_GUID "00000000-0000-4000-8000-0000000000"

static inline void print_value(npt__buffer *xml, const char *variable, const char *value)
{
    if (*value)
        npt__buffer_print(xml,
                          "<VariableValue><VariableRef targetGUID=\"" LONG_GUID "%s\"/>"
                          "<TextValue>%s</TextValue></VariableValue>",
                          variable, value);
}

/* Writes a.qde with these cases (at most 60), whose words are plain. */
static inline void write_interviews(const struct interviewed *list, size_t count)
{
    npt__buffer cases = {0}, sources = {0};
    for (size_t i = 0; i < count; i++) {
        const unsigned source = 0x10 + (unsigned)i, owner = 0x50 + (unsigned)i;
        npt__buffer_print(&cases, "<Case guid=\"" LONG_GUID "%02X\" name=\"%s\">", owner,
                          list[i].name);
        print_value(&cases, "E1", list[i].site);
        print_value(&cases, "E2", list[i].role);
        npt__buffer_print(&cases, "<SourceRef targetGUID=\"" LONG_GUID "%02X\"/></Case>", source);
        npt__buffer_print(&sources,
                          "<TextSource guid=\"" LONG_GUID "%02X\" name=\"%s talk\">"
                          "<PlainTextContent>%s</PlainTextContent><PlainTextSelection guid=\"" GUID(
                              "01") "\" startPosition=\"0\" endPosition=\"%zu\" "
                                    "creatingUser=\"" GUID("A1") "\">" CODING(
                                        "C1", "A1") "</PlainTextSelection></TextSource>",
                          source, list[i].name, list[i].words, strlen(list[i].words));
    }
    const struct fixture_project project = {
        .origin = "QualCoder",
        .users = USER("A1", "Ann"),
        .codes = CODE("C1", "Coherence") CODE("C4", "Collective action"),
        .variables = VARIABLE("E1", "Site", "Text") VARIABLE("E2", "Role", "Text"),
        .cases = cases.bytes,
        .sources = sources.bytes};
    fixture_qde("a.qde", &project);
    npt__buffer_release(&cases);
    npt__buffer_release(&sources);
}

/* Writes a study.xml on them; `more` stands before the coding, `quotes` in its place. */
static inline void write_study(const char *more, const char *quotes)
{
    npt__buffer xml = {0};
    npt__buffer_print(&xml,
                      "<study xmlns=\"urn:nptkit:study:1\" title=\"T\">\n%s<coding file=\"a.qde\" "
                      "codebook=\"npt-core\"><attribute name=\"Site\" as=\"site\"/>"
                      "<attribute name=\"Role\" as=\"role\"/></coding>\n%s\n</study>\n",
                      more, quotes);
    fixture_write_text("study.xml", npt__buffer_string(&xml));
    npt__buffer_release(&xml);
}

#define QUOTES "<quotes file=\"released.csv\"/>"
#define QUOTES_BY_ROLE "<quotes file=\"released.csv\" by=\"role\"/>"

static inline struct fixture open_released(const char *more, const char *quotes, const char *csv)
{
    fixture_write_text("released.csv", csv);
    write_study(more, quotes);
    return fixture_open("study.xml");
}

#endif
