#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write site-ranking.csv and double-coded.csv, two invented plain tables of the example.

Nobody ranked or coded anything: a pseudo-random generator with a fixed seed makes the numbers up, so each run writes
the same files.

    python3 generate_tables.py [FOLDER]

site-ranking.csv: before the study, two advisory groups, six practitioners and three people with lived experience,
ranked six candidate areas; the three with the lowest totals became the sites.
double-coded.csv: three coders said of sixty passages how far they hinder or help, from -2 (strongly hinders) to 2
(strongly helps); a blank is a passage that a coder did not get to.
"""

import csv
import random
import sys
from pathlib import Path

SEED = "whole-family tables 4"
HERE = Path(__file__).resolve().parent

AREAS = ["Area A", "Area B", "Area C", "Area D", "Area E", "Area F"]
# How much each panel is drawn to an area: high is ranked first. They agree on Area B, and differ on Area D.
PANELS = {"Practitioners": ("P", 6, [1.9, 2.4, 0.2, 1.1, -0.6, -1.2]),
          "Lived experience": ("L", 3, [0.7, 2.0, -0.3, 2.1, 0.4, -1.4])}
SPREAD = .8
NEAR = .16          # two areas that a judge sees so much alike are tied

INTERVIEWS = [f"S{site}-{number:02d}" for site, count in ((1, 22), (2, 12), (3, 19)) for number in range(1, count + 1)]
PASSAGES = 60
CODERS = {"Coder A": (0, .35, .02), "Coder B": (.1, .45, .05), "Coder C": (-.35, .65, .20)}    # leaning, spread, blanks


def mean_ranks(appeal):
    """Ranks of areas, the most appealing first; those that are near share the mean of their places."""
    order = sorted(range(len(appeal)), key=lambda i: -appeal[i])
    ranks, start = [0.0] * len(appeal), 0
    while start < len(order):
        end = start + 1
        while end < len(order) and appeal[order[end - 1]] - appeal[order[end]] < NEAR:
            end += 1
        for i in order[start:end]:
            ranks[i] = (start + 1 + end) / 2
        start = end
    return ranks


def rankings():
    yield ["Judge", "Panel", *AREAS]
    for panel, (letter, judges, appeal) in PANELS.items():
        for number in range(1, judges + 1):
            rng = random.Random(f"{SEED}|{panel}|{number}")
            ranks = mean_ranks([a + rng.gauss(0, SPREAD) for a in appeal])
            yield [f"{letter}{number}", panel, *(f"{rank:g}" for rank in ranks)]


def codings():
    yield ["Segment", *CODERS]
    rng = random.Random(f"{SEED}|passages")
    places = sorted(rng.choices(range(len(INTERVIEWS)), k=PASSAGES))
    for number, place in enumerate(places):
        index = sum(1 for p in places[:number] if p == place) + 1
        interview = INTERVIEWS[place]
        true = rng.gauss({"1": 0, "2": .9, "3": -.8}[interview[1]], 1.1)
        row = [f"{interview}/{index}"]
        for leaning, spread, blank in CODERS.values():
            value = max(-2, min(2, round(true + leaning + rng.gauss(0, spread))))
            row.append("" if rng.random() < blank else str(value))
        yield row


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, rows in (("site-ranking.csv", rankings()), ("double-coded.csv", codings())):
        with open(folder / name, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
