/* csv_split.h - the grammar of delimited text: where records end, and their fields.
 *
 * RFC 4180 with , or ; or TAB, records ended by LF, CRLF or CR, and lenient in one point: a quote
 * that is not a field's first character is one like any other. Two passes share this grammar.
 * Walking leaves the text as it is, finds where records end, and finds every fault. Splitting takes
 * records that are known to be whole and without a fault, and makes strings of their fields within
 * the text itself.
 *
 * Text is valid UTF-8 without NUL bytes, and a NUL that is not counted follows it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CSV_SPLIT_H
#define NPT__CSV_SPLIT_H

#include "rows.h"

#define NPT__CSV_LARGEST_FIELD ((size_t)1 << 20)
#define NPT__CSV_MOST_FIELDS ((size_t)10000)

struct npt__csv_dialect {
    char delimiter;
    bool ends_field[256];      /* the delimiter, line ends, and the NUL that ends the text */
    bool ends_run[256];        /* these and quotes */
    bool ends_quoted_run[256]; /* quotes and line ends */
};

/* How the text at hand ends. */
enum npt__csv_ending {
    NPT__CSV_GOES_ON,    /* more of the file follows */
    NPT__CSV_COMPLETE,   /* with the file: the last record needs no line end */
    NPT__CSV_BREAKS_OFF, /* at a fault: the last record is good only with a line end */
};

/* Takes the delimiter that stands most often outside quotes in the first line that is not blank;
   false where that line is not there to its end. */
bool npt__csv_find_dialect(struct npt__csv_dialect *dialect, const char *text);

struct npt__csv_fault {
    const char *message, *hint;
    size_t at; /* its offset in the text */
};

enum npt__csv_extent {
    NPT__CSV_WHOLE,
    NPT__CSV_PARTIAL, /* the text ends within the record */
    NPT__CSV_FAULTY,
};

/* Walks over the record at *at (blank lines are records too). WHOLE: *at is where the next one
   begins. */
enum npt__csv_extent npt__csv_walk(const struct npt__csv_dialect *dialect, const char *text,
                                   size_t length, enum npt__csv_ending ending, size_t *at,
                                   struct npt__csv_fault *fault);

/* The end of the last whole record of a text that goes on; 0 where none is whole. The same that
   walking finds, but quicker, and blind to the size of fields. NPT__CSV_LOOK_CLOSELY where only
   walking can tell. */
size_t npt__csv_boundary(const struct npt__csv_dialect *dialect, const char *text, size_t length);
#define NPT__CSV_LOOK_CLOSELY SIZE_MAX

/* The number of line ends (LF, CRLF, CR) that begin in a part of a text. */
size_t npt__csv_count_lines(const char *text, size_t length);
/* Where `at` is, in a text that begins with `line`. */
struct npt__spot npt__csv_spot(const char *text, size_t at, size_t line);

struct npt__csv_splitter {
    const struct npt__csv_dialect *dialect;
    char *at;                  /* the next record */
    size_t line;               /* where it begins */
    struct npt__field *fields; /* NPT__CSV_ROOM_FOR_FIELDS */
};
#define NPT__CSV_ROOM_FOR_FIELDS (NPT__CSV_MOST_FIELDS + 2)

/* Splits the next record that is no blank line, writing into the text; false at its end. A row of
   more than NPT__CSV_MOST_FIELDS counts one more than these, however many it has. */
bool npt__csv_split(struct npt__csv_splitter *splitter, struct npt__row *row);

#endif
