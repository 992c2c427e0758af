/* data_file_fault.c - what a child says of the file that it could not read, in words for people.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_file_wire.h"

#include "../base/buffer.h"
#include "../base/unicode.h"

#include <inttypes.h>
#include <readstat.h>
#include <string.h>

#define TOO_EARLY "it ends too early"

/* Where ReadStat's own words would not help. */
static const char *readstat_words(uint32_t code)
{
    switch (code) {
    case READSTAT_ERROR_READ:
    case READSTAT_ERROR_SEEK:
    case READSTAT_ERROR_ROW_COUNT_MISMATCH:
        return TOO_EARLY;
    case READSTAT_ERROR_PARSE:
        return "it is damaged, or has features that are not supported";
    case READSTAT_ERROR_MALLOC:
        return "it is damaged, or asks for more memory than such a file needs";
    case READSTAT_ERROR_CONVERT:
    case READSTAT_ERROR_CONVERT_BAD_STRING:
    case READSTAT_ERROR_CONVERT_SHORT_STRING:
        return "it holds text that is not in the encoding that it declares";
    case READSTAT_ERROR_CONVERT_LONG_STRING:
        return "it holds a text that is longer than it declares";
    case READSTAT_ERROR_UNSUPPORTED_CHARSET:
        return "its texts are in an encoding that is not known here";
    default:
        return NULL;
    }
}

/* ReadStat begins its sentences with a capital. */
static char to_lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static void say_readstat(const struct npt__place *place, uint32_t code, npt_diags *diags)
{
    const char *words = readstat_words(code);
    if (!words && code <= READSTAT_ERROR_BAD_TIMESTAMP_VALUE) /* the child may send any number */
        words = readstat_error_message((readstat_error_t)code);
    if (!words)
        words = "it is damaged";
    npt__say(diags, NPT_ERROR, place, "could not be read: %c%s", to_lower(*words), words + 1);
    npt__hint(diags, "%s", strcmp(words, TOO_EARLY) == 0 ? NPT__DATA_TO_ITS_END : NPT__DATA_AS_CSV);
}

void npt__data_say_fault(const struct npt__data_fault *fault, const char *path,
                         const char *variable, npt_diags *diags)
{
    static const struct {
        const char *text, *hint;
    } words[] = {
        [NPT__FAULT_COLUMNS] = {"has more than 10,000 variables", "keep those that are needed"},
        [NPT__FAULT_LABELS] = {"has more than 1,000,000 value labels or missing values",
                               "keep the variables that are needed"},
        [NPT__FAULT_ROWS] = {"has more than 10,000,000 rows", "keep those that are needed"},
        [NPT__FAULT_ROW] = {"this row holds more than 63 MB of text",
                            "keep the variables that are needed"},
        [NPT__FAULT_CELL] = {"this value is longer than 1 MB", "shorten it"},
        [NPT__FAULT_ENCODING] = {"this text is not in the encoding that the file declares",
                                 NPT__DATA_AS_CSV},
        [NPT__FAULT_NO_ENCODING] = {"this text is not UTF-8, and the file does not say in which "
                                    "encoding its texts are",
                                    "in SPSS, switch to Unicode and save it again, or save it as "
                                    "CSV (UTF-8)"},
        [NPT__FAULT_ORDER] = {"could not be read: it is damaged", NPT__DATA_AS_CSV},
    };
    npt__buffer where = {0};
    if (variable) /* the name of a variable whose own texts are at fault has not come */
        npt__buffer_puts(&where, variable);
    else if (fault->column != NPT__NONE)
        npt__buffer_print(&where, "variable %" PRIu64, (uint64_t)fault->column + 1);
    if (fault->row)
        npt__buffer_print(&where, "%srow %" PRIu64, where.length ? ", " : "", fault->row);
    const struct npt__place place = {.file = path, .cell = where.bytes};
    if (fault->kind == NPT__FAULT_READSTAT) {
        say_readstat(&place, fault->detail, diags);
    } else {
        const bool known = fault->kind < sizeof words / sizeof *words && words[fault->kind].text;
        const uint32_t kind = known ? fault->kind : NPT__FAULT_ORDER;
        npt__say(diags, NPT_ERROR, &place, "%s", words[kind].text);
        npt__hint(diags, "%s", words[kind].hint);
    }
    npt__buffer_release(&where);
}
