/* report_texts.h - all texts that a report holds, whatever its format, for tests that look for what must not be there.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef REPORT_TEXTS_H
#define REPORT_TEXTS_H

#include "fixture.h"

#include <zip.h>

/* As it is, or all parts of a package (with their names) but its bitmaps. Release it. */
static inline npt__buffer report_texts(const char *bytes, size_t length)
{
    npt__buffer texts = {0};
    if (strncmp(bytes, "PK", 2) != 0) {
        npt__buffer_add(&texts, bytes, length);
        return texts;
    }
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
    assert_non_null(zip);
    for (zip_uint64_t i = 0; i < (zip_uint64_t)zip_get_num_entries(zip, 0); i++) {
        zip_stat_t status;
        assert_int_equal(zip_stat_index(zip, i, 0, &status), 0);
        npt__buffer_print(&texts, "%s\n", status.name);
        if (strstr(status.name, ".png"))
            continue;
        zip_file_t *member = zip_fopen_index(zip, i, 0);
        assert_true(npt__buffer_reserve(&texts, status.size));
        assert_int_equal(zip_fread(member, texts.bytes + texts.length, status.size), status.size);
        texts.length += status.size;
        texts.bytes[texts.length] = '\0';
        zip_fclose(member);
    }
    zip_discard(zip);
    return texts;
}

#endif
