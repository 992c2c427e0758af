/* csv_folder.h - which files of a folder are those of a report as CSV.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CSV_FOLDER_H
#define NPT__CSV_FOLDER_H

#include "../base/arena.h"

/* The files of the report that lies in the folder: contents.csv, what that lists, and sentences.csv; none where contents.csv
   is not as a report writes it. What else lies there is other people's. The names are the arena's. */
size_t npt__csv_folder_files(npt__arena *arena, const char *path, const char *const **names);

#endif
