/* xlsx_parts.h - what the files that read workbooks share: parts, relations, styles, strings, values.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__XLSX_PARTS_H
#define NPT__XLSX_PARTS_H

#include "../base/archive.h"
#include "../base/arena.h"
#include "../base/unicode.h"
#include "xlsx.h"
#include "../base/xml.h"

#define NPT__LARGEST_CELL ((size_t)1 << 20)

/* ---- the container (xlsx_parts.c) ------------------------------------------------------------ */

/* A member of the archive. Parts of a workbook are told apart without regard to case. */
struct npt__xlsx_part {
    const char *key; /* lower case, with slashes */
    uint32_t member;
};

struct npt__xlsx_package {
    const char *path;
    npt_diags *diags;
    npt__arena *arena; /* for as long as the package is open */
    npt__archive *archive;
    struct npt__xlsx_part *parts; /* sorted by key */
    size_t part_count;
};

/* How one part refers to another. */
struct npt__xlsx_relation {
    const char *id, *kind; /* "rId1", "worksheet": the last word of its type */
    const char *target;    /* the key of a part */
};

struct npt__xlsx_relations {
    struct npt__xlsx_relation *items;
    size_t count;
};

/* Opens what should be a workbook and says what it is instead where it is something else. Close it whatever
   the status. */
enum npt_status npt__xlsx_open(struct npt__xlsx_package *package, const char *path,
                               npt_diags *diags);
void npt__xlsx_close(struct npt__xlsx_package *package);
/* Says that the file is no workbook, but what its members show it to be. */
void npt__xlsx_foreign(const struct npt__xlsx_package *package);

/* The member that holds a part; NPT__NONE. */
uint32_t npt__xlsx_find(const struct npt__xlsx_package *package, const char *key);
/* "survey.xlsx(xl/workbook.xml)", for messages. */
const char *npt__xlsx_label(const struct npt__xlsx_package *package, uint32_t member);
/* The relations of the part with this key; "": those of the package. None is fine and NPT_OK. */
enum npt_status npt__xlsx_relate(const struct npt__xlsx_package *package, const char *key,
                                 struct npt__xlsx_relations *relations);

/* Parses a part that is small. `prepare` may change its bytes before; NULL. */
enum npt_status npt__xlsx_parse(const struct npt__xlsx_package *package, uint32_t member,
                                const struct npt__xml_handler *handler, void *user,
                                void (*prepare)(npt__buffer *bytes));
/* Parses a part of any size as it inflates; faults go to `diags`. */
enum npt_status npt__xlsx_stream(const struct npt__xlsx_package *package, uint32_t member,
                                 uint64_t ceiling, const struct npt__xml_handler *handler,
                                 void *user, npt_diags *diags);

/* Whether an attribute has this value. */
bool npt__xlsx_is(const struct npt__attribute *attribute, const char *value);
/* Whether it says yes. */
bool npt__xlsx_is_true(const struct npt__attribute *attribute);

/* ---- the workbook (xlsx_workbook.c) ---------------------------------------------------------- */

struct npt__xlsx_sheet {
    const char *name, *folded;
    const char *relation; /* its id; NULL: none was given */
    const char *kind;     /* "worksheet", "chartsheet"; NULL: nothing is known of it */
    uint32_t member;      /* NPT__NONE: the part is missing */
    bool hidden;
};

struct npt__workbook {
    struct npt__xlsx_package *package;
    NPT__ARRAY(struct npt__xlsx_sheet) sheets;
    uint32_t strings, styles; /* members; NPT__NONE */
    bool from_1904;
    const unsigned char
        *formats; /* of each style, an enum npt__xlsx_format; in the package's arena */
    size_t format_count;
};

/* Reads what stands above the cells. Release it whatever the status. */
enum npt_status npt__workbook_read(struct npt__workbook *workbook,
                                   struct npt__xlsx_package *package);
void npt__workbook_release(struct npt__workbook *workbook);

/* ---- styles (xlsx_styles.c) ------------------------------------------------------------------ */

/* What a number stands for. */
enum npt__xlsx_format {
    NPT__XLSX_NUMBER,
    NPT__XLSX_DATE,    /* with or without a time */
    NPT__XLSX_TIME,    /* of day */
    NPT__XLSX_DURATION /* hours that go on beyond 24 */
};

enum npt_status npt__xlsx_read_styles(struct npt__workbook *workbook);

/* ---- strings (xlsx_strings.c) ---------------------------------------------------------------- */

/* The strings that cells share, one after the other, each ended by a NUL. */
struct npt__xlsx_strings {
    npt__buffer text;
    NPT__ARRAY(uint32_t) starts;
};

enum npt_status npt__xlsx_read_strings(struct npt__xlsx_strings *strings,
                                       const struct npt__xlsx_package *package, uint32_t member);
void npt__xlsx_release_strings(struct npt__xlsx_strings *strings);
/* Replaces escapes of characters, _x000D_, where they stand; the new length. */
size_t npt__xlsx_unescape(char *text, size_t length);

/* ---- values (xlsx_value.c) ------------------------------------------------------------------- */

#define NPT__XLSX_LONGEST_VALUE 32 /* of what is written here, with its NUL */

/* Writes a whole number as its digits; 0: it is none, or its text says it as well. */
size_t npt__xlsx_number(char written[NPT__XLSX_LONGEST_VALUE], const char *text, size_t length);
/* Writes a number as the date or time that it stands for; 0: it stands for none. */
size_t npt__xlsx_date(char written[NPT__XLSX_LONGEST_VALUE], const char *text, size_t length,
                      enum npt__xlsx_format format, bool from_1904);
/* The length of what is worth keeping of a date that is written out: no zone, no fraction of a second, no
   midnight. */
size_t npt__xlsx_iso_date(const char *text, size_t length);

/* ---- cells (xlsx_sheet.c) -------------------------------------------------------------------- */

struct npt__sheet_reading {
    const struct npt__workbook *workbook;
    const struct npt__xlsx_strings *strings;
    const struct npt__xlsx_sheet *sheet;
    bool (*row)(void *user, const struct npt__row *row);
    void *user;
    size_t hidden_rows; /* set */
};

enum npt_status npt__sheet_read(struct npt__sheet_reading *reading);
/* Whether the sheet has a value, or cannot be read so far. */
bool npt__sheet_has_values(const struct npt__workbook *workbook,
                           const struct npt__xlsx_sheet *sheet);

#endif
