/* invented_study.c - invented studies of sites, two waves and interviews, written and opened.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "attack_reports.h"

#include "reference_data.h"
#include "survey_file.h"

/* ---- studies --------------------------------------------------------------------------------- */

static unsigned below(uint64_t *state, unsigned most)
{
    return (unsigned)(reference_random(state) >> 33) % most;
}

static void answer(struct respondent *person, unsigned wave, uint64_t *state)
{
    const unsigned lean = 1 + person->site % 3;
    person->there[wave] = true;
    for (size_t j = 0; j < G; j++)
        person->answers[wave][j] = below(state, 10) ? lean + below(state, 3) : NO_ANSWER;
    person->answers[wave][G] = lean + below(state, 8); /* everybody answers this one */
}

void invent_people(struct invented_study *invented, unsigned sites,
                   const unsigned sizes[MOST_SITES][WAVES], bool linked, uint64_t *state)
{
    *invented = (struct invented_study){.sites = sites, .linked = linked};
    for (unsigned s = 0; s < sites; s++) {
        const unsigned both = linked ? (sizes[s][0] < sizes[s][1] ? sizes[s][0] : sizes[s][1]) : 0;
        for (unsigned i = 0; i < sizes[s][0] + sizes[s][1] - both; i++) {
            struct respondent *person = &invented->people[invented->people_count++];
            assert_true(invented->people_count <= MOST_PEOPLE);
            *person = (struct respondent){.site = s};
            if (i < sizes[s][0])
                answer(person, 0, state);
            if (i < both || i >= sizes[s][0])
                answer(person, 1, state);
        }
    }
}

void invent_cases(struct invented_study *invented, const unsigned *sizes, uint64_t *state)
{
    for (unsigned s = 0; s < invented->sites; s++)
        for (unsigned i = 0; i < sizes[s]; i++) {
            assert_true(invented->case_count < MOST_CASES);
            invented->cases[invented->case_count++] =
                (struct interviewed){s, {below(state, 5), below(state, 2) * below(state, 5)}};
        }
}

static void write_responses(const struct invented_study *invented, npt__buffer *csv)
{
    npt__buffer_print(csv, "%ssite,wave,a1,a2,b1,g\n", invented->linked ? "id," : "");
    for (size_t i = 0; i < invented->people_count; i++)
        for (unsigned w = 0; w < WAVES; w++) {
            const struct respondent *person = &invented->people[i];
            if (!person->there[w])
                continue;
            if (invented->linked)
                npt__buffer_print(csv, "P%zu,", i);
            npt__buffer_print(csv, "S%u,%u", person->site + 1, w + 1);
            for (size_t j = 0; j < ITEMS_ASKED; j++)
                if (person->answers[w][j] == NO_ANSWER)
                    npt__buffer_puts(csv, ",");
                else
                    npt__buffer_print(csv, ",%u", person->answers[w][j]);
            npt__buffer_puts(csv, "\n");
        }
}

static void put_code(npt__buffer *sources, unsigned start, const char *code)
{
    npt__buffer_print(
        sources,
        "<PlainTextSelection guid=\"" GUID(
            "01") "\" startPosition=\"%u\" endPosition=\"%u\" creatingUser=\"" GUID("A1") "\">",
        start, start + 4);
    npt__buffer_print(
        sources,
        "<Coding guid=\"" GUID("00") "\" creatingUser=\"" GUID(
            "A1") "\"><CodeRef targetGUID=\"" GUID("%s") "\"/></Coding></PlainTextSelection>",
        code);
}

static void write_interviews(const struct invented_study *invented)
{
    npt__buffer cases = {0}, sources = {0};
    for (size_t i = 0; i < invented->case_count; i++) {
        npt__buffer_print(
            &cases, "<Case guid=\"00000000-0000-4000-8000-0000000001%02zX\" name=\"C%zu\">", i, i);
        npt__buffer_print(&cases, VALUE("E1", "Text", "S%u"), invented->cases[i].site + 1);
        npt__buffer_print(
            &cases, "<SourceRef targetGUID=\"00000000-0000-4000-8000-0000000002%02zX\"/></Case>",
            i);
        npt__buffer_print(
            &sources,
            "<TextSource guid=\"00000000-0000-4000-8000-0000000002%02zX\" name=\"T%zu\">"
            "<PlainTextContent>0123456789012345678901234567890123456789</PlainTextContent>",
            i, i);
        for (unsigned j = 0; j < 2; j++) {
            const unsigned code = invented->cases[i].codes[j];
            if (code)
                put_code(&sources, 10 * j, j ? "C2" : "C1");
            if (code == 2 || code == 4)
                put_code(&sources, 10 * j, "B2");
            if (code == 3 || code == 4)
                put_code(&sources, 10 * j, "B1");
        }
        npt__buffer_puts(&sources, "</TextSource>");
    }
    fixture_write_text("tiny.qdc", "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>" CODE(
                                       "C1", "Alpha") CODE("C2", "Beta") "</Codes></CodeBook>");
    fixture_qde("p.qde", &(struct fixture_project){.users = USER("A1", "Ann"),
                                                   .codes = CODE("C1", "Alpha") CODE("C2", "Beta")
                                                       CODE("B1", "Against") CODE("B2", "For"),
                                                   .variables = VARIABLE("E1", "Site", "Text"),
                                                   .cases = npt__buffer_string(&cases),
                                                   .sources = npt__buffer_string(&sources)});
    npt__buffer_release(&cases);
    npt__buffer_release(&sources);
}

struct fixture open_invented_study(const struct invented_study *invented)
{
    npt__buffer csv = {0}, study = {0};
    write_responses(invented, &csv);
    if (invented->case_count)
        write_interviews(invented);
    npt__buffer_print(
        &study,
        "<study xmlns=\"urn:nptkit:study:1\" intervention=\"the new way\">\n"
        "<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">%s"
        "<column name=\"site\" as=\"site\"/><column name=\"wave\" as=\"wave\"/>" ITEM_COLUMNS
        "</survey>\n%s</study>\n",
        invented->linked ? "<column name=\"id\" as=\"id\"/>" : "",
        invented->case_count
            ? "<coding file=\"p.qde\" codebook=\"tiny.qdc\"><attribute name=\"Site\" as=\"site\"/>"
              "<valence barrier=\"Against\" facilitator=\"For\"/></coding>\n"
            : "");
    struct fixture opened =
        open_survey(npt__buffer_string(&study), "w.csv", npt__buffer_string(&csv));
    npt__buffer_release(&csv);
    npt__buffer_release(&study);
    if (opened.status != NPT_OK)
        fail_msg("%s", opened.text);
    return opened;
}
