/* gnuplot.h - one gnuplot process that draws many pictures.
 *
 * The program is found in the absolute folders of PATH, started without a shell, in a clean environment,
 * reading nobody's settings. It acknowledges each picture through a socket. Commands and pictures lie in memory
 * that the two processes share: nothing is written to a disk.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GNUPLOT_H
#define NPT__GNUPLOT_H

#include "script.h"

#include <nptkit/base.h>

typedef struct npt__gnuplot npt__gnuplot;

/* NULL, with a message that says what to install, where there is no gnuplot (NPT_NO_HELPER). */
npt__gnuplot *npt__gnuplot_open(npt_diags *diags);
/* The same with so many milliseconds for each picture, instead of a minute. */
npt__gnuplot *npt__gnuplot_open_patiently(unsigned patience, npt_diags *diags);
void npt__gnuplot_close(npt__gnuplot *gnuplot);

/* Draws a canvas and adds the bytes of the picture. NPT_NO_HELPER, with a message, where gnuplot fails,
   ends or takes more than a minute; after the latter two it draws no more. The same canvas gives the same bytes. */
enum npt_status npt__gnuplot_draw(npt__buffer *picture, npt__gnuplot *gnuplot,
                                  const struct npt__canvas *canvas, enum npt__picture_format format,
                                  npt_diags *diags);

/* Runs commands as they are: for tests of what npt__gnuplot_draw() builds on. `script` has to end in a line
   end; `answer` gets what gnuplot says to it. */
bool npt__gnuplot_run(npt__buffer *answer, npt__gnuplot *gnuplot, const char *script,
                      size_t length);

#endif
