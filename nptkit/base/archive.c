/* archive.c - reading members of a zip archive that may be hostile, over libzip.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "archive.h"

#include "arena.h"

#include <libdeflate.h>
#include <string.h>
#include <zip.h>

#define MOST_MEMBERS 100000
#define LARGEST_RATIO 200u
#define RATIO_MATTERS_FROM ((uint64_t)8 << 20)
#define CHUNK ((size_t)128 * 1024)

static const char bomb[] = "unpacks to more than any real export does; it is refused as a bomb";

struct npt__archive {
    zip_t *zip;
    size_t count;
    char *chunk;
    struct libdeflate_decompressor *inflater; /* made when first needed */
    npt__buffer packed;
};

static enum npt_status refuse(npt_diags *diags, const char *path, const char *fault,
                              const char *hint)
{
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path}, "%s", fault);
    if (hint)
        npt__hint(diags, "%s", hint);
    return NPT_BAD_INPUT;
}

static bool climbs(const char *name)
{
    if (name[0] == '/' || name[0] == '\\' || (name[0] && name[1] == ':'))
        return true;
    for (const char *at = name; *at; at++) {
        bool starts = at == name || at[-1] == '/' || at[-1] == '\\';
        if (starts && at[0] == '.' && at[1] == '.' &&
            (at[2] == '\0' || at[2] == '/' || at[2] == '\\'))
            return true;
    }
    return false;
}

static enum npt_status inspect(npt__archive *archive, const char *path, npt_diags *diags)
{
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);
    if (count > MOST_MEMBERS)
        return refuse(diags, path, "holds more than 100,000 files; no export does", NULL);
    archive->count = count > 0 ? (size_t)count : 0;
    for (size_t i = 0; i < archive->count; i++) {
        zip_stat_t status;
        const char *name = npt__archive_name(archive, i);
        if (!name || zip_stat_index(archive->zip, i, 0, &status) != 0)
            return refuse(diags, path, "its table of contents is damaged", "export it again");
        if (climbs(name)) {
            npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path},
                     "holds a file with an unsafe name: '%s'", name);
            npt__hint(diags, "no program exports such a name; do not trust where it came from");
            return NPT_BAD_INPUT;
        }
        if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) && status.encryption_method != ZIP_EM_NONE)
            return refuse(diags, path, "is encrypted",
                          "export it without a password, and protect the folder it lies in");
    }
    return NPT_OK;
}

enum npt_status npt__archive_open(npt__archive **archive, const char *path, npt_diags *diags)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &code);
    if (!zip) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        if (code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS)
            refuse(diags, path, "is not a whole zip archive",
                   "it may have been cut short when copied; copy or export it again");
        else
            refuse(diags, path, zip_error_strerror(&error), NULL);
        zip_error_fini(&error);
        return NPT_BAD_INPUT;
    }
    npt__archive *opened = npt__allocate(sizeof *opened);
    *opened = (npt__archive){.zip = zip, .chunk = npt__allocate(CHUNK)};
    enum npt_status status = inspect(opened, path, diags);
    if (status == NPT_OK)
        *archive = opened;
    else
        npt__archive_close(opened);
    return status;
}

void npt__archive_close(npt__archive *archive)
{
    if (!archive)
        return;
    zip_discard(archive->zip);
    if (archive->inflater)
        libdeflate_free_decompressor(archive->inflater);
    npt__buffer_release(&archive->packed);
    npt__release(archive->chunk);
    npt__release(archive);
}

size_t npt__archive_count(const npt__archive *archive)
{
    return archive->count;
}

const char *npt__archive_name(const npt__archive *archive, size_t index)
{
    return zip_get_name(archive->zip, index, ZIP_FL_ENC_GUESS);
}

void npt__archive_header(const npt__archive *archive, size_t index, uint64_t *size,
                         uint32_t *checksum)
{
    zip_stat_t status;
    *size = 0;
    *checksum = 0;
    if (zip_stat_index(archive->zip, index, 0, &status) != 0)
        return;
    *size = status.size;
    *checksum = status.crc;
}

static uint64_t largest_allowed(npt__archive *archive, size_t index, uint64_t ceiling)
{
    zip_stat_t status;
    if (zip_stat_index(archive->zip, index, 0, &status) != 0 ||
        !(status.valid & ZIP_STAT_COMP_SIZE) || status.comp_size > ceiling / LARGEST_RATIO)
        return ceiling;
    uint64_t by_ratio = status.comp_size * LARGEST_RATIO;
    return by_ratio < RATIO_MATTERS_FROM ? RATIO_MATTERS_FROM : by_ratio;
}

enum npt_status npt__archive_stream(npt__archive *archive, size_t index, uint64_t ceiling,
                                    bool (*take)(void *user, const char *bytes, size_t length),
                                    void *user, const char **fault)
{
    zip_file_t *member = zip_fopen_index(archive->zip, index, 0);
    if (!member) {
        *fault = "cannot be unpacked: its header is damaged or its compression is not known";
        return NPT_BAD_INPUT;
    }
    uint64_t allowed = largest_allowed(archive, index, ceiling), total = 0;
    enum npt_status status = NPT_OK;
    for (;;) {
        zip_int64_t length = zip_fread(member, archive->chunk, CHUNK);
        if (length < 0) {
            *fault = "is damaged: it cannot be unpacked to its end";
            status = NPT_BAD_INPUT;
        }
        if (length <= 0)
            break;
        total += (uint64_t)length;
        if (total > allowed) {
            *fault = bomb;
            status = NPT_BAD_INPUT;
            break;
        }
        if (!take(user, archive->chunk, (size_t)length))
            break;
    }
    zip_fclose(member);
    return status;
}

static bool append(void *user, const char *bytes, size_t length)
{
    return npt__buffer_add(user, bytes, length);
}

static bool read_packed(npt__archive *archive, size_t index, size_t size)
{
    npt__buffer_clear(&archive->packed);
    zip_file_t *member = zip_fopen_index(archive->zip, index, ZIP_FL_COMPRESSED);
    if (!member || !npt__buffer_reserve(&archive->packed, size)) {
        if (member)
            zip_fclose(member);
        return false;
    }
    zip_int64_t length = zip_fread(member, archive->packed.bytes, size);
    archive->packed.length = length > 0 ? (size_t)length : 0;
    zip_fclose(member);
    return archive->packed.length == size;
}

/* A whole member at once, by libdeflate, which takes a third of zlib's time. The header's size is where
   the text must end, no more: a member that is larger or smaller than it says is damaged. */
static enum npt_status inflate_whole(npt__archive *archive, size_t index, const zip_stat_t *status,
                                     npt__buffer *bytes, const char **fault)
{
    *fault = "is damaged: it cannot be unpacked to its end";
    if (!archive->inflater)
        archive->inflater = libdeflate_alloc_decompressor();
    if (!archive->inflater)
        npt__out_of_memory(0);
    if (!read_packed(archive, index, (size_t)status->comp_size) ||
        !npt__buffer_reserve(bytes, (size_t)status->size))
        return NPT_BAD_INPUT;
    size_t length = 0;
    enum libdeflate_result result =
        libdeflate_deflate_decompress(archive->inflater, archive->packed.bytes,
                                      archive->packed.length, bytes->bytes, status->size, &length);
    if (result != LIBDEFLATE_SUCCESS || length != status->size ||
        libdeflate_crc32(0, bytes->bytes, length) != status->crc)
        return NPT_BAD_INPUT;
    bytes->length = length;
    bytes->bytes[length] = '\0';
    *fault = NULL;
    return NPT_OK;
}

enum npt_status npt__archive_read(npt__archive *archive, size_t index, uint64_t ceiling,
                                  npt__buffer *bytes, const char **fault)
{
    const zip_uint64_t needed =
        ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
    zip_stat_t status;
    npt__buffer_clear(bytes);
    if (bytes->ceiling < ceiling)
        bytes->ceiling = (size_t)ceiling;
    if (zip_stat_index(archive->zip, index, 0, &status) != 0 || (status.valid & needed) != needed ||
        status.comp_method != ZIP_CM_DEFLATE || !status.size)
        return npt__archive_stream(archive, index, ceiling, append, bytes, fault);
    if (status.size > largest_allowed(archive, index, ceiling)) {
        *fault = bomb;
        return NPT_BAD_INPUT;
    }
    return inflate_whole(archive, index, &status, bytes, fault);
}
