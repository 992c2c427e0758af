/* data_file_write.h - small SPSS and Stata files for tests, written by ReadStat.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef DATA_FILE_WRITE_H
#define DATA_FILE_WRITE_H

#include <readstat.h>
#include <stddef.h>

struct written_label {
    const char *value, *label; /* "4", ".a", or text */
};

struct written_variable {
    const char *name, *label, *format; /* NULL: none */
    readstat_type_t type;
    size_t width; /* of text */
    const struct written_label *labels;
    size_t label_count;
    const double (*missing)[2]; /* from, to */
    size_t missing_count;
    const char *missing_text;
};

enum written_as { AS_SAV, AS_PLAIN_SAV, AS_ZSAV, AS_DTA };

struct written_file {
    enum written_as as;
    int version; /* of .dta: 118 */
    const struct written_variable *variables;
    size_t variable_count;
    /* Cells with "|" between them: numbers and text as they are, nothing (or a text without letters), ".a"
       for a missing value with a letter. */
    const char *const *rows;
    size_t row_count;
};

/* Fails the test where ReadStat refuses. */
void data_file_write(const char *path, const struct written_file *file);

#endif
