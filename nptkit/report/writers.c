/* writers.c - the list of the formats of reports.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers.h"

#include <string.h>

static const npt_report_format *const all[] = {
    &npt__report_html, &npt__report_docx, &npt__report_markdown, &npt__report_pdf,
    &npt__report_xlsx, &npt__report_json, &npt__report_csv,
};

const npt_report_format *npt_report_format_at(size_t index)
{
    return index < sizeof all / sizeof *all ? all[index] : NULL;
}

const npt_report_format *npt_report_format_find(const char *name)
{
    const npt_report_format *format = NULL;
    for (size_t i = 0; (format = npt_report_format_at(i)) != NULL; i++)
        if (strcmp(format->name, name) == 0)
            break;
    return format;
}

const char *npt_report_format_name(const npt_report_format *format)
{
    return format->name;
}

const char *npt_report_format_extension(const npt_report_format *format)
{
    return format->extension;
}

const char *npt_report_format_summary(const npt_report_format *format)
{
    return format->summary;
}
