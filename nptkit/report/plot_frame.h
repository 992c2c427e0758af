/* plot_frame.h - what pictures share: the heading, the key, scales, and cells that hold no number.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PLOT_FRAME_H
#define NPT__PLOT_FRAME_H

#include "plot_cube.h"

#include "../base/number.h"

#define NPT__PICTURE_WIDTH 860.0
#define NPT__EDGE 16.0 /* between the border of a picture and what is in it */
#define NPT__GAP 12.0
#define NPT__FEW 15 /* answers: with fewer, a mean is drawn hollow */

extern const struct npt__font npt__font_title, npt__font_heading, npt__font_plain, npt__font_small,
    npt__font_faint;

/* The title, and the canvas's width. */
void npt__frame_begin(struct npt__drawing *drawing, double width, const char *title);
/* A remark below everything, in faint letters. */
void npt__frame_remark(struct npt__drawing *drawing, const char *text);
/* Sets the height. NPT_USAGE, with a message, where that is beyond what can be read. */
enum npt_status npt__frame_end(struct npt__drawing *drawing);

/* Says that there is more side by side than can be read. */
void npt__say_too_wide(struct npt__drawing *drawing);

/* "Mean score, wave 2". */
const char *npt__frame_title(struct npt__drawing *drawing, const struct npt__cube *cube,
                             const char *title);

/* The key: signs with words after them, in as many lines as it takes. */
enum npt__sign {
    NPT__SIGN_BOX,
    NPT__SIGN_DISC,
    NPT__SIGN_RING,
    NPT__SIGN_DASHES,
    NPT__SIGN_HATCH,
    NPT__SIGN_SERIES,
    NPT__SIGN_OWN, /* one's own site among others */
};
struct npt__entry {
    enum npt__sign sign;
    uint32_t colour; /* of a series its index */
    const char *text;
};
/* How a series looks: colour, marker and dash all differ. */
struct npt__pen npt__series_pen(const struct npt__drawing *drawing, size_t index, double width);
enum npt__marker npt__series_marker(size_t index);
void npt__frame_key(struct npt__drawing *drawing, const struct npt__entry *entries, size_t count);

/* From values to pixels. */
struct npt__scale {
    double low, high, step; /* of values; a mark at every step */
    double start, length;   /* in pixels */
};
double npt__scaled(const struct npt__scale *scale, double value);
/* All that the scores can be, as the table says. Of a table that does not: 1 to 5 where no mean and no spread speaks
   against it; else 0 to 10, or round numbers around the means. */
struct npt__scale npt__score_scale(const struct npt__cube *cube, size_t row);
/* The line of an interval; where it passes an end of the scale it ends there, without a cap. */
void npt__draw_interval(struct npt__drawing *drawing, const struct npt__scale *scale, double low,
                        double high, double y, const struct npt__pen *pen, double cap);
/* Lines through a panel and numbers below it; `shares`: as percentages, without a sign before them. */
void npt__draw_scale(struct npt__drawing *drawing, const struct npt__scale *scale, double top,
                     double bottom, bool shares);

/* Whether a cell says nothing or must not: writes that into the field where it fits, and hatches the field where
   withheld. */
bool npt__draw_no_number(struct npt__drawing *drawing, const struct npt_cell *cell, double x,
                         double y, double width, double height);

/* Whether any cell of this column of the table is withheld. */
bool npt__any_withheld(const npt_table *table, size_t table_column);

/* A heading in bold of at most two lines, standing on `bottom`. */
void npt__draw_heading(struct npt__drawing *drawing, double x, double bottom, double width,
                       enum npt__anchor anchor, const char *text);
/* A name beside a row: as many lines as fit into `height`. */
void npt__draw_name(struct npt__drawing *drawing, double x, double y, double width, double height,
                    enum npt__anchor anchor, const struct npt__font *font, const char *name);
/* "St Mary's (n 44 to 46)": the name of a column with how many its numbers are of, which can differ by row. */
const char *npt__name_with_n(struct npt__drawing *drawing, const struct npt__cube *cube,
                             size_t column);
/* The width that names need, at most `most`. */
double npt__names_width(const struct npt__axis *axis, const struct npt__font *font, double most);
/* A cell for people, in the drawing's arena. */
const char *npt__cell_words(struct npt__drawing *drawing, const struct npt_cell *cell,
                            size_t table_column);

/* ---- in words -------------------------------------------------------------------------------- */

/* "1 construct", "3 constructs". */
const char *npt__counted(struct npt__drawing *drawing, size_t count, const char *one,
                         const char *many);
/* "3 sites", or "3 groups" where the columns are not sites, or sites by something else. */
const char *npt__counted_columns(struct npt__drawing *drawing, const struct npt__cube *cube);
/* With more columns npt__speak_means() does not name each. */
#define NPT__MOST_SPOKEN 12
/* What a picture of means says: each mean with its interval and n, or the range where there are many. */
void npt__speak_mean(struct npt__drawing *drawing, const struct npt__cube *cube, size_t row,
                     size_t column);
void npt__speak_means(struct npt__drawing *drawing, const struct npt__cube *cube, size_t row);

#endif
