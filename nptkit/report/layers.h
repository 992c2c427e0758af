/* layers.h - the part of a picture that others have, too: gnuplot draws it once for all of them.
 *
 * Reports on hundreds of sites hold pictures that are alike but for one's own site. A canvas says which of its shapes are
 * common; they are kept as gnuplot drew them, and stand in each SVG just as if they had been drawn in it. What is not
 * common is drawn for each.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__LAYERS_H
#define NPT__LAYERS_H

#include "gnuplot.h"

#define NPT__MOST_LAYERS 24

/* Common shapes that were drawn, with the bytes that gnuplot made of them. */
struct npt__layer {
    double width, height; /* of the picture */
    NPT__ARRAY(struct npt__shape) shapes;
    NPT__ARRAY(struct npt__point) points;
    npt__buffer svg;
};

/* Those of one gnuplot, the latest. */
struct npt__layers {
    struct npt__layer items[NPT__MOST_LAYERS];
    size_t drawn;
};

void npt__layers_release(struct npt__layers *layers);
/* As npt__gnuplot_draw() of a canvas as SVG: the same bytes once npt__svg_lines() has been over them. */
enum npt_status npt__layers_draw(npt__buffer *picture, struct npt__layers *layers,
                                 npt__gnuplot *gnuplot, const struct npt__canvas *canvas,
                                 npt_diags *diags);

#endif
