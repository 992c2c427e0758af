/* unicode.h - UTF-8 text: validity, width on a terminal, folding for comparison, nearness.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__UNICODE_H
#define NPT__UNICODE_H

#include "arena.h"
#include "buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__NONE UINT32_MAX /* "no index", wherever an index of 32 bits may be absent */

/* The length of the longest valid UTF-8 start of `bytes`: `length` when all of it is valid. */
size_t npt__utf8_valid(const char *bytes, size_t length);
/* Reads one character of valid UTF-8 and returns its length in bytes. */
size_t npt__utf8_read(const char *bytes, size_t length, uint32_t *character);
/* The number of characters in valid UTF-8. */
size_t npt__utf8_count(const char *bytes, size_t length);
/* The byte offset of the character at `index`, at most `length`. */
size_t npt__utf8_offset(const char *bytes, size_t length, size_t index);
/* Columns on a terminal. */
size_t npt__utf8_width(const char *bytes, size_t length);
/* Adds `bytes` with control characters (terminal escapes, bidirectional overrides, line ends) and
   invalid bytes as U+FFFD, so that nothing from a file can drive a terminal. A tab becomes a blank. */
void npt__utf8_add_printable(npt__buffer *buffer, const char *bytes, size_t length);

/* A letter, mark, or digit: what stands inside a word. */
bool npt__is_word(uint32_t character);
bool npt__is_space(uint32_t character);

/* Moves *start past white space of any kind, and returns the length without what is at the end. The text is
   valid UTF-8. */
size_t npt__trim(const char **start, size_t length);

/* For comparing names of sites, cases and files: NFC, case folded, blanks trimmed and collapsed. */
char *npt__fold_name(npt__arena *arena, const char *name);
/* For names of files: small letters, digits and single hyphens, marks left out, at most `most` bytes: "Zürich (East)" is
   zurich-east. "" where nothing is left. */
char *npt__fold_file_name(npt__arena *arena, const char *name, size_t most);
/* For comparing names of codes: as above, and without leading numbering ("1.2", "C1 -", "a)"), with
   punctuation as blanks, "&" as "and", and z as s (-ise and -ize). */
char *npt__fold_code(npt__arena *arena, const char *name);
/* Whether `pattern` with * and ? matches `name`; both folded by npt__fold_name(). */
bool npt__glob(const char *pattern, const char *name);

/* The number of inserted, deleted, replaced or swapped characters between a and b, at most limit+1. */
size_t npt__distance(const char *a, const char *b, size_t limit);
/* The index of the candidate that is near enough to `wanted` to be what was meant (both folded);
   NPT__NONE where none is, or where two are equally near. */
uint32_t npt__nearest(const char *wanted, const char *const *candidates, size_t count);

#endif
