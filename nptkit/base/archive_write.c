/* archive_write.c - writing a zip archive, over libzip.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "archive_write.h"

#include "arena.h"

#include <assert.h>
#include <string.h>
#include <zip.h>

#define FIRST_DAY 0x21 /* 1980-01-01 as DOS writes it */
#define PIECE ((size_t)64 * 1024)

struct npt__archive_writer {
    zip_t *zip;
    zip_source_t *archive; /* where it is written: memory */
    size_t count;
};

/* A step that fails only when memory runs out. */
static void need(bool done)
{
    if (!done)
        npt__out_of_memory(0);
}

npt__archive_writer *npt__archive_writer_new(void)
{
    npt__archive_writer *writer = npt__allocate(sizeof *writer);
    *writer = (npt__archive_writer){.archive = zip_source_buffer_create(NULL, 0, 0, NULL)};
    need(writer->archive != NULL);
    zip_source_keep(writer->archive);
    writer->zip = zip_open_from_source(writer->archive, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    need(writer->zip != NULL);
    return writer;
}

void npt__archive_writer_add(npt__archive_writer *writer, const char *name, const char *bytes,
                             size_t length)
{
    assert(zip_name_locate(writer->zip, name, 0) < 0);
    /* libzip keeps it until the end and then frees it; of nothing, it would not. */
    char *copy = length ? npt__allocate(length) : NULL;
    if (length)
        memcpy(copy, bytes, length);
    zip_source_t *source = zip_source_buffer(writer->zip, copy, length, length > 0);
    need(source != NULL);
    const zip_int64_t index = zip_file_add(writer->zip, name, source, ZIP_FL_ENC_UTF_8);
    need(index >= 0);
    const zip_uint64_t at = (zip_uint64_t)index;
    need(zip_set_file_compression(writer->zip, at, ZIP_CM_DEFLATE, 6) == 0 &&
         zip_file_set_dostime(writer->zip, at, 0, FIRST_DAY, 0) == 0 &&
         zip_file_set_external_attributes(writer->zip, at, 0, ZIP_OPSYS_DOS, 0) == 0);
    writer->count++;
}

void npt__archive_writer_finish(npt__archive_writer *writer, npt_output *output)
{
    assert(writer->count);
    need(zip_close(writer->zip) == 0 && zip_source_open(writer->archive) == 0);
    char *piece = npt__allocate(PIECE);
    zip_int64_t length;
    while ((length = zip_source_read(writer->archive, piece, PIECE)) > 0)
        npt_output_write(output, piece, (size_t)length);
    need(length == 0);
    zip_source_close(writer->archive);
    zip_source_free(writer->archive);
    npt__release(piece);
    npt__release(writer);
}
