/* archive.c - reading members of a zip archive that may be hostile, over libzip.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "archive.h"

#include "arena.h"

#include <string.h>
#include <zip.h>

#define MOST_MEMBERS 100000
#define LARGEST_RATIO 200u
#define RATIO_MATTERS_FROM ((uint64_t)8 << 20)
#define CHUNK ((size_t)128 * 1024)

struct npt__archive {
    zip_t *zip;
    size_t count;
    char *chunk;
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
        return refuse(diags, path, "holds more than 100,000 files; no coded project does", NULL);
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
            refuse(diags, path, "is not a whole zip archive, so not a .qdpx export",
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
            *fault = "unpacks to more than any real export does; it is refused as a bomb";
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

enum npt_status npt__archive_read(npt__archive *archive, size_t index, uint64_t ceiling,
                                  npt__buffer *bytes, const char **fault)
{
    npt__buffer_clear(bytes);
    if (bytes->ceiling < ceiling)
        bytes->ceiling = (size_t)ceiling;
    return npt__archive_stream(archive, index, ceiling, append, bytes, fault);
}
