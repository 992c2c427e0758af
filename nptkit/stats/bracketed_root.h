/* bracketed_root.h - where a function that changes sign between two points is 0.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__BRACKETED_ROOT_H
#define NPT__BRACKETED_ROOT_H

/* `function` is monotonic, and finite at `low` and `high`, where its signs differ; NAN where they do not. By the
   method of Illinois (Dowell & Jarratt 1971, "A modified regula falsi method for computing the root of an
   equation", BIT 11, 168-174), to the last digits. */
double npt__bracketed_root(double (*function)(double at, const void *user), const void *user,
                           double low, double high);

#endif
