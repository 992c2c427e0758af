/* csv_text.c - the text of a file as UTF-8, piece by piece, whatever its encoding.
 *
 * UTF-8 is read straight to where it is wanted and looked through once: eight bytes at a step as
 * long as they are ASCII. Where it turns out to be something else the descriptor goes back to that
 * byte, and the rest is converted on its way.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_text.h"

#include "../base/arena.h"
#include "../base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RAW_SIZE ((size_t)64 * 1024)
#define SAVE_AS_UTF8 "open it in a spreadsheet and save it as \"CSV UTF-8\""

enum encoding { ASCII_SO_FAR, UTF8, MARKED_UTF8, UTF16_LITTLE, UTF16_BIG, WINDOWS_1252 };

struct npt__csv_text {
    int descriptor;
    enum encoding encoding;
    enum npt__csv_event state; /* NPT__CSV_MORE, until the end or a break */
    const char *message, *hint;
    size_t raw_at, raw_end;
    unsigned char raw[RAW_SIZE]; /* what is to be converted */
};

static size_t break_off(npt__csv_text *text, size_t length, const char *message, const char *hint)
{
    text->state = NPT__CSV_BREAK;
    text->message = message;
    text->hint = hint;
    return length;
}

static size_t break_at_nul(npt__csv_text *text, size_t length)
{
    return break_off(text, length, "a NUL byte, which no text holds",
                     "the file is damaged or not text; export it again");
}

/* ---- opening --------------------------------------------------------------------------------- */

/* A file that is no text for us, by its first bytes. */
struct refusal {
    const char *start;
    size_t length;
    const char *message;
};

#define START(bytes) bytes, sizeof(bytes) - 1

static const struct refusal refusals[] = {
    {START("PK\3\4"), "is a zip archive (an .xlsx?), not delimited text"},
    {START("PK\5\6"), "is a zip archive (an .xlsx?), not delimited text"},
    {START("\xD0\xCF\x11\xE0"), "is an old Excel workbook (.xls), not delimited text"},
    {START("\xFF\xFE\0\0"), "is UTF-32 text, which no survey program writes"},
};

static const struct mark {
    const char *start;
    size_t length;
    enum encoding encoding;
} marks[] = {
    {START("\xEF\xBB\xBF"), MARKED_UTF8},
    {START("\xFF\xFE"), UTF16_LITTLE},
    {START("\xFE\xFF"), UTF16_BIG},
};

static enum npt_status refuse(const char *path, const char *message, const char *hint,
                              npt_diags *diags)
{
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path}, "%s", message);
    npt__hint(diags, "%s", hint);
    return NPT_BAD_INPUT;
}

static bool starts_with(const char *bytes, size_t length, const char *start, size_t start_length)
{
    return length >= start_length && memcmp(bytes, start, start_length) == 0;
}

/* Western text in UTF-16 without a mark: every other byte is NUL. */
static bool looks_like_utf16(const char *bytes, size_t length)
{
    size_t odd = 0, even = 0, pairs = (length < 32 ? length : 32) / 2;
    for (size_t i = 0; i < pairs; i++) {
        even += !bytes[2 * i];
        odd += !bytes[2 * i + 1];
    }
    return pairs >= 2 && ((even == pairs && !odd) || (odd == pairs && !even));
}

/* Tells the encoding by the first bytes and moves past a mark. */
static enum npt_status look_at_start(npt__csv_text *text, const char *path, npt_diags *diags)
{
    char start[32];
    const ssize_t got = pread(text->descriptor, start, sizeof start, 0);
    if (got < 0) {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path}, "cannot read: %s",
                 strerror(errno));
        return NPT_BAD_INPUT;
    }
    const size_t length = (size_t)got;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (starts_with(start, length, refusals[i].start, refusals[i].length))
            return refuse(path, refusals[i].message, SAVE_AS_UTF8, diags);
    size_t skipped = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !skipped; i++)
        if (starts_with(start, length, marks[i].start, marks[i].length)) {
            skipped = marks[i].length;
            text->encoding = marks[i].encoding;
        }
    if (length == skipped)
        return refuse(path, "is empty", "was it saved or copied to its end?", diags);
    if (!skipped && looks_like_utf16(start, length))
        return refuse(path, "is UTF-16 text without a byte order mark", SAVE_AS_UTF8, diags);
    lseek(text->descriptor, (off_t)skipped, SEEK_SET);
    return NPT_OK;
}

enum npt_status npt__csv_text_open(npt__csv_text **text, const char *path, npt_diags *diags)
{
    *text = NULL;
    const int descriptor = npt__file_open(path, diags);
    if (descriptor < 0)
        return NPT_BAD_INPUT;
    npt__csv_text *opened = npt__allocate(sizeof *opened);
    opened->descriptor = descriptor;
    opened->encoding = ASCII_SO_FAR;
    opened->state = NPT__CSV_MORE;
    opened->message = opened->hint = NULL;
    opened->raw_at = opened->raw_end = 0;
    const enum npt_status status = look_at_start(opened, path, diags);
    if (status == NPT_OK)
        *text = opened;
    else
        npt__csv_text_close(opened);
    return status;
}

void npt__csv_text_close(npt__csv_text *text)
{
    if (!text)
        return;
    close(text->descriptor);
    npt__release(text);
}

const char *npt__csv_text_message(const npt__csv_text *text)
{
    return text->message;
}

const char *npt__csv_text_hint(const npt__csv_text *text)
{
    return text->hint;
}

/* ---- bytes ----------------------------------------------------------------------------------- */

/* Reads until the room is full; less only at the end of the file or where it cannot be read. */
static size_t fetch(npt__csv_text *text, void *to, size_t room)
{
    size_t length = 0;
    while (length < room) {
        const ssize_t got = read(text->descriptor, (char *)to + length, room - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break_off(text, 0, "cannot be read to its end",
                      "is the disk or the network that holds it still there?");
        else if (got == 0)
            text->state = NPT__CSV_END;
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    return length;
}

/* Goes back by bytes that were fetched. */
static void give_back(npt__csv_text *text, size_t length)
{
    lseek(text->descriptor, -(off_t)length, SEEK_CUR);
    text->state = NPT__CSV_MORE;
}

/* ---- UTF-8 ----------------------------------------------------------------------------------- */

#define CUT_SHORT (-1)

/* The length of the UTF-8 sequence that begins here with a byte beyond ASCII; 0 where it is none,
   CUT_SHORT where `left` ends within. The Unicode Standard, table 3-7. */
static int sequence(const unsigned char *bytes, size_t left)
{
    const unsigned char first = bytes[0];
    if (first < 0xC2 || first > 0xF4)
        return 0;
    const int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    unsigned char least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    for (int i = 1; i < length; i++) {
        if ((size_t)i == left)
            return CUT_SHORT;
        if (bytes[i] < least || bytes[i] > most)
            return 0;
        least = 0x80;
        most = 0xBF;
    }
    return length;
}

/* How many bytes from the start are neither NUL nor beyond ASCII. */
static size_t plain_start(const char *bytes, size_t length)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = UINT64_C(0x8080808080808080);
    size_t at = 0;
    for (; length - at >= 32; at += 32) {
        uint64_t words[4];
        memcpy(words, bytes + at, sizeof words);
        uint64_t found = 0;
        for (size_t i = 0; i < 4; i++)
            found |= (words[i] - ones) | words[i];
        if (found & tops)
            break;
    }
    while (at < length && (unsigned char)(bytes[at] - 1) < 0x7F)
        at++;
    return at;
}

/* How many bytes from the start are UTF-8 without NUL; `step` is what sequence() says of the
   next. */
static size_t valid_start(npt__csv_text *text, const char *bytes, size_t length, int *step)
{
    size_t at = 0;
    for (;;) {
        at += plain_start(bytes + at, length - at);
        if (at == length || !bytes[at])
            return at;
        *step = sequence((const unsigned char *)bytes + at, length - at);
        if (*step <= 0)
            return at;
        if (text->encoding == ASCII_SO_FAR)
            text->encoding = UTF8;
        at += (size_t)*step;
    }
}

/* Windows-1252 from 0x80; 0: no character. Above 0x9F it is Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

enum rest { IS_WINDOWS_1252, HAS_UTF8, HAS_NEITHER };

/* Looks through the rest of a file that is not UTF-8. In Windows-1252, too, there are bytes that
   could be UTF-8, such as an umlaut before a quotation mark. So only those count that else were A
   with circumflex or tilde, or a with circumflex, before a sign, which no language writes. */
static enum rest look_ahead(npt__csv_text *text)
{
    enum rest rest = IS_WINDOWS_1252;
    off_t offset = lseek(text->descriptor, 0, SEEK_CUR);
    for (;;) {
        const ssize_t got = pread(text->descriptor, text->raw, RAW_SIZE, offset);
        if (got <= 0)
            return rest;
        ssize_t at = 0;
        while (at < got) {
            const unsigned char *bytes = text->raw + at;
            const int step = *bytes < 0x80 ? 1 : sequence(bytes, (size_t)(got - at));
            if (step == CUT_SHORT && at > 0)
                break; /* seen whole in the next piece, or else at its start */
            if (step <= 0 && *bytes <= 0x9F && !windows_1252[*bytes - 0x80])
                return HAS_NEITHER;
            if (step > 1 && (*bytes == 0xC2 || *bytes == 0xC3 || *bytes == 0xE2 || *bytes == 0xF0))
                rest = HAS_UTF8;
            at += step > 0 ? step : 1;
        }
        offset += at;
    }
}

/* For a byte that is no UTF-8, at the end of what is handed over. */
static size_t leave_utf8(npt__csv_text *text, size_t length, enum npt__csv_event *event)
{
    static const char pasted[] =
        "were two files pasted together? save each as \"CSV UTF-8\" before";
    if (text->encoding == MARKED_UTF8)
        return break_off(text, length, "is marked as UTF-8, but here it is not", SAVE_AS_UTF8);
    if (text->encoding == UTF8)
        return break_off(text, length, "is UTF-8 up to here and something else from here on",
                         pasted);
    const enum rest rest = look_ahead(text);
    if (rest == HAS_UTF8)
        return break_off(text, length, "is not UTF-8 here, but further down it is", pasted);
    text->encoding = WINDOWS_1252;
    if (rest == HAS_NEITHER)
        return length; /* it breaks off there */
    text->message = "is not UTF-8 text; it is read as Windows-1252";
    text->hint = "check that accents and dashes are right; to be sure, " SAVE_AS_UTF8;
    *event = NPT__CSV_CONVERTED;
    return length;
}

static size_t read_utf8(npt__csv_text *text, char *to, size_t room, enum npt__csv_event *event)
{
    const size_t length = fetch(text, to, room);
    int step = 0;
    const size_t valid = valid_start(text, to, length, &step);
    if (valid == length)
        return length;
    if (!to[valid])
        return break_at_nul(text, valid);
    const bool at_end = text->state == NPT__CSV_END;
    give_back(text, length - valid);
    if (step == CUT_SHORT && !at_end)
        return valid;
    return leave_utf8(text, valid, event);
}

/* ---- other encodings ------------------------------------------------------------------------- */

#define NO_CHARACTER UINT32_MAX

static size_t write_character(char *to, uint32_t character)
{
    if (character < 0x80) {
        to[0] = (char)character;
        return 1;
    }
    const size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--) {
        to[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    to[0] = (char)(leads[length] | character);
    return length;
}

static uint32_t utf16_unit(const npt__csv_text *text, size_t at)
{
    const uint32_t a = text->raw[at], b = text->raw[at + 1];
    return text->encoding == UTF16_LITTLE ? a | b << 8 : a << 8 | b;
}

/* Takes the next character from the raw bytes; NO_CHARACTER where they are none. */
static uint32_t take_character(npt__csv_text *text)
{
    if (text->encoding == WINDOWS_1252) {
        const uint32_t byte = text->raw[text->raw_at++];
        if (byte < 0x80 || byte > 0x9F)
            return byte;
        return windows_1252[byte - 0x80] ? windows_1252[byte - 0x80] : NO_CHARACTER;
    }
    const size_t left = text->raw_end - text->raw_at;
    if (left < 2)
        return NO_CHARACTER;
    const uint32_t unit = utf16_unit(text, text->raw_at);
    text->raw_at += 2;
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    if (unit > 0xDBFF || left < 4)
        return NO_CHARACTER;
    const uint32_t low = utf16_unit(text, text->raw_at);
    text->raw_at += 2;
    if (low < 0xDC00 || low > 0xDFFF)
        return NO_CHARACTER;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

/* Fills the raw bytes up, as long as there are more; false when none are left. */
static bool refill(npt__csv_text *text)
{
    const size_t left = text->raw_end - text->raw_at;
    if (left >= NPT__CSV_LEAST_ROOM || text->state != NPT__CSV_MORE)
        return left > 0;
    memmove(text->raw, text->raw + text->raw_at, left);
    text->raw_at = 0;
    text->raw_end = left + fetch(text, text->raw + left, RAW_SIZE - left);
    return text->raw_end > 0;
}

/* Copies what is the same in Windows-1252 and UTF-8: most of any text. */
static size_t copy_plain(npt__csv_text *text, char *to, size_t room)
{
    const size_t left = text->raw_end - text->raw_at;
    const char *from = (const char *)text->raw + text->raw_at;
    const size_t length = plain_start(from, left < room ? left : room);
    memcpy(to, from, length);
    text->raw_at += length;
    return length;
}

static size_t read_converted(npt__csv_text *text, char *to, size_t room)
{
    size_t length = 0;
    while (room - length >= NPT__CSV_LEAST_ROOM && refill(text)) {
        if (text->encoding == WINDOWS_1252) {
            const size_t plain = copy_plain(text, to + length, room - length);
            length += plain;
            if (plain)
                continue;
        }
        const uint32_t character = take_character(text);
        if (character == 0)
            return break_at_nul(text, length);
        if (character == NO_CHARACTER && text->encoding == WINDOWS_1252)
            return break_off(text, length, "is neither UTF-8 nor Windows-1252 text", SAVE_AS_UTF8);
        if (character == NO_CHARACTER)
            return break_off(text, length,
                             "is marked as UTF-16, but this is not; it may be cut short",
                             SAVE_AS_UTF8);
        length += write_character(to + length, character);
    }
    return length;
}

/* ---- reading --------------------------------------------------------------------------------- */

size_t npt__csv_text_read(npt__csv_text *text, char *to, size_t room, enum npt__csv_event *event)
{
    *event = NPT__CSV_MORE;
    size_t length = 0;
    if (text->encoding >= UTF16_LITTLE) {
        length = text->state == NPT__CSV_BREAK ? 0 : read_converted(text, to, room);
        /* the file may have ended while bytes of it are still to be converted */
        if (text->state == NPT__CSV_END && text->raw_at < text->raw_end)
            return length;
    } else if (text->state == NPT__CSV_MORE) {
        length = read_utf8(text, to, room, event);
    }
    if (*event == NPT__CSV_MORE)
        *event = text->state;
    return length;
}
