/* fixture.h - small coded projects for tests: written into a folder of the test's own, opened, looked at.
 *
 *     static void two_coders_make_two_segments(void **state)
 *     {
 *         (void)state;
 *         const struct fixture_project project = {
 *             .origin = "NVivo for Windows 12.6",
 *             .users = USER("A1", "Ann"),
 *             .codes = CODE("C1", "Coherence") PARENT("C2", "Barriers", CODE("C3", "Time")),
 *             .sources = TEXT_SOURCE("51", "S1_nurse", SELECTION(0, 4, "A1", CODING("C1", "A1")))};
 *         const struct fixture_entry files[] = {TEXT_FILE("51", "Some words.")};
 *         fixture_qdpx("a.qdpx", &project, files, 1);
 *         struct fixture opened = fixture_open("a.qdpx");
 *         assert_int_equal(opened.status, NPT_OK);
 *         ... opened.study->segments.count, opened.text ...
 *         fixture_close(&opened);
 *     }
 *     int main(void) { const struct CMUnitTest tests[] = {FIXTURE_TEST(two_coders_make_two_segments)}; ... }
 *
 * GUIDs are made of two hexadecimal digits. The macros are string literals, to be put side by side.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "../nptkit/base/buffer.h"
#include "../nptkit/base/diags.h"
#include "../nptkit/model/study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* ---- a folder of the test's own -------------------------------------------------------------- */

/* Makes a new folder and goes there; leaves it and removes it with all that is in it. */
int fixture_enter(void **state);
int fixture_leave(void **state);
#define FIXTURE_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_enter, fixture_leave)

/* The path of a file as seen from the folder in which the test program was started (the project's), good
   after fixture_enter(); borrowed, until the next call. */
const char *fixture_beside(const char *path);

/* ---- files ----------------------------------------------------------------------------------- */

void fixture_write(const char *path, const char *bytes, size_t length);
void fixture_write_text(const char *path, const char *text);
/* Reads a file; release the buffer. */
npt__buffer fixture_read(const char *path);

/* A member of a zip archive; a folder where the name ends in a slash. */
struct fixture_entry {
    const char *name, *bytes;
    size_t length;
    bool stored;          /* not deflated */
    const char *password; /* NULL: not encrypted; else AES-256 */
};
#define FILE_ENTRY(name, text) \
    { \
        (name), (text), sizeof(text) - 1, false, NULL \
    }
/* The text of a source in an export by NVivo for Windows: Sources/GUID.txt. */
#define TEXT_FILE(id, text) FILE_ENTRY("Sources/" GUID(id) ".txt", text)

/* Writes an archive of these members, in this order. */
void fixture_zip(const char *path, const struct fixture_entry *entries, size_t count);

/* ---- projects -------------------------------------------------------------------------------- */

/* What stands in a <Project>; a part that is NULL is left out, with the element around it. */
struct fixture_project {
    const char *origin;    /* NULL: no such attribute */
    const char *space;     /* the namespace; NULL: urn:QDA-XML:project:1.0 */
    const char *users;     /* in <Users> */
    const char *codes;     /* in <CodeBook><Codes> */
    const char *variables; /* in <Variables> */
    const char *cases;     /* in <Cases> */
    const char *sources;   /* in <Sources> */
    const char *notes;     /* in <Notes> */
    const char *rest;      /* after them as it is: <Links>, <Sets>, <Graphs> */
};

/* The text of project.qde. Line 1 is the XML declaration, line 2 is <Project>; users, codes, variables,
   cases, sources, notes and the rest begin on lines 3 to 9, whether they are there or not. */
void fixture_project(npt__buffer *xml, const struct fixture_project *project);
/* Writes it as a bare .qde, or as project.qde in a .qdpx with these other members. */
void fixture_qde(const char *path, const struct fixture_project *project);
void fixture_qdpx(const char *path, const struct fixture_project *project,
                  const struct fixture_entry *files, size_t count);

#define GUID(id) "00000000-0000-4000-8000-0000000000" id
#define FIXTURE__TEXT(number) #number

#define USER(id, name) "<User guid=\"" GUID(id) "\" name=\"" name "\"/>"
#define CODE(id, name) "<Code guid=\"" GUID(id) "\" name=\"" name "\" isCodable=\"true\"/>"
#define PARENT(id, name, children) \
    "<Code guid=\"" GUID(id) "\" name=\"" name "\" isCodable=\"true\">" children "</Code>"
/* A code that holds others and cannot be given to a passage itself. */
#define FOLDER(id, name, children) \
    "<Code guid=\"" GUID(id) "\" name=\"" name "\" isCodable=\"false\">" children "</Code>"
#define CODING(code, user) \
    "<Coding guid=\"" GUID("00") "\" creatingUser=\"" GUID(user) "\"><CodeRef targetGUID=\"" GUID( \
        code) "\"/></Coding>"
/* Positions are written as numbers: SELECTION(0, 4, "A1", CODING("C1", "A1")). */
#define SELECTION(start, end, user, inside) \
    "<PlainTextSelection guid=\"" GUID("01") "\" startPosition=\"" FIXTURE__TEXT( \
        start) "\" endPosition=\"" FIXTURE__TEXT(end) "\" creatingUser=\"" GUID(user) "\">" inside \
                                                                                      "</PlainTextSelection>"
/* Its text is TEXT_FILE(id, ...). */
#define TEXT_SOURCE(id, name, inside) \
    "<TextSource guid=\"" GUID(id) "\" name=\"" name \
                                   "\" plainTextPath=\"internal://" GUID(id) ".txt\">" inside \
                                                                             "</TextSource>"
/* Its text stands in the project itself: no file is needed. */
#define INLINE_SOURCE(id, name, text, inside) \
    "<TextSource guid=\"" GUID(id) "\" name=\"" name "\"><PlainTextContent>" text \
                                   "</PlainTextContent>" inside "</TextSource>"
/* `type`: Text, Boolean, Integer, Float, Date, DateTime. */
#define VARIABLE(id, name, type) \
    "<Variable guid=\"" GUID(id) "\" name=\"" name "\" typeOfVariable=\"" type "\"/>"
#define VALUE(variable, type, value) \
    "<VariableValue><VariableRef targetGUID=\"" GUID(variable) "\"/><" type "Value>" value \
                                                               "</" type "Value></VariableValue>"
#define CASE(id, name, inside) "<Case guid=\"" GUID(id) "\" name=\"" name "\">" inside "</Case>"
#define SOURCE_REF(id) "<SourceRef targetGUID=\"" GUID(id) "\"/>"

/* ---- opening --------------------------------------------------------------------------------- */

struct fixture {
    enum npt_status status;
    npt_study *study; /* NULL unless status is NPT_OK */
    npt_diags *diags;
    const char *text; /* all messages */
};

/* Opens with positions, in two threads; `options` NULL: nothing else. Close it whatever the status. */
struct fixture fixture_open(const char *path);
struct fixture fixture_open_with(const char *path, const struct npt_study_options *options);
void fixture_close(struct fixture *opened);

/* Expects these segments, one a line in the order of the export: source, kind, start-end, coder, codes by
   path: "S1_nurse text 0-4 Ann: Coherence, Barriers > Time\n". "?": no coder. Regions show no positions. */
void fixture_expect_segments(const npt_study *study, const char *lines);
/* Expects these cases, one a line: "R1 [Role=nurse]: S1_nurse, Group 0-12 20-31\n"; the values are the
   case's own, the spans are those of which it holds a part only. */
void fixture_expect_cases(const npt_study *study, const char *lines);
/* The index of the code with this path; NPT__NONE. */
uint32_t fixture_code(const npt_study *study, const char *path);

/* Opens the file with positions, expects NPT_BAD_INPUT and this text among the messages. */
void fixture_expect_fault(const char *path, const char *message);
/* Fails, showing `text`, where `part` is not in it. */
void fixture_expect_in(const char *text, const char *part);

#endif
