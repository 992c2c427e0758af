#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Count site-ranking.csv and double-coded.csv, as a witness that shares no code with nptkit or with
generate_tables.py.

    python3 count_ranking.py            writes expected_ranking.csv and prints what else there is to check against
    python3 count_ranking.py --check    compares with expected_ranking.csv instead of writing it; exit status 1 if
                                        they differ

Totals, Kendall's W and Friedman's chi-square are exact fractions until they are printed, with 12 significant digits.
W is by its definition: the spread of the candidates' rank totals, over the largest that the judges' own ties allow.
"""

import csv
import io
import math
import sys
from collections import Counter
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOTAL = "Total"


def digits(number):
    with localcontext() as context:
        context.prec = 30
        return f"{Decimal(number.numerator) / Decimal(number.denominator):.12g}"


def spread(values):
    mean = sum(values, Fraction(0)) / len(values)
    return sum((v - mean) ** 2 for v in values)


def concordance(judges):
    """Kendall's W, Friedman's chi-square and its degrees of freedom."""
    count = len(judges[0])
    totals = [sum(ranks) for ranks in zip(*judges)]
    w = spread(totals) / (len(judges) * sum(spread(ranks) for ranks in judges))
    return w, len(judges) * (count - 1) * w, count - 1


def tail(chi_square, freedom):
    """P of a chi-square variable beyond this; for odd degrees of freedom a finite sum (Abramowitz & Stegun 26.4.4)."""
    assert freedom % 2 == 1
    x = float(chi_square)
    term, terms = math.sqrt(x), 0.0
    for r in range(1, (freedom - 1) // 2 + 1):
        terms += term
        term *= x / (2 * r + 1)
    return math.erfc(math.sqrt(x / 2)) + 2 * math.exp(-x / 2) / math.sqrt(2 * math.pi) * terms


def ranks_of(values):
    return [Fraction(1 + 2 * sum(v < value for v in values) + sum(v == value for v in values), 2) for value in values]


def correlation(x, y):
    """Pearson's r; the root is taken of an exact fraction."""
    mean_x, mean_y = (sum(v, Fraction(0)) / len(v) for v in (x, y))
    product = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y))
    with localcontext() as context:
        context.prec = 30
        square = spread(x) * spread(y)
        root = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
        return f"{Decimal(product.numerator) / Decimal(product.denominator) / root:.12g}"


def tau_b(x, y):
    def sign(pair):
        return (pair[0] > pair[1]) - (pair[0] < pair[1])
    pairs = [(sign(a), sign(b)) for a, b in zip(combinations(x, 2), combinations(y, 2))]
    score = sum(a * b for a, b in pairs)
    return f"{score / math.sqrt(sum(a != 0 for a, _ in pairs) * sum(b != 0 for _, b in pairs)):.12g}"


with open(HERE / "site-ranking.csv", encoding="utf-8", newline="") as file:
    header, *rows = csv.reader(file)
areas = header[2:]
panels = list(dict.fromkeys(row[1] for row in rows))
judges = {panel: [[Fraction(r) for r in row[2:]] for row in rows if row[1] == panel] for panel in panels}
judges[TOTAL] = [ranks for panel in panels for ranks in judges[panel]]
totals = {panel: [sum(ranks) for ranks in zip(*judges[panel])] for panel in judges}

table = io.StringIO()
out = csv.writer(table, lineterminator="\n")
out.writerow(["candidate", "group", "judges", "total", "mean_rank", "place", "sharing"])
for i in sorted(range(len(areas)), key=lambda i: totals[TOTAL][i]):
    for panel in [*panels, TOTAL]:
        mine, all_of = totals[panel][i], totals[panel]
        out.writerow([areas[i], panel, len(judges[panel]), digits(mine), digits(mine / len(judges[panel])),
                      1 + sum(t < mine for t in all_of), sum(t == mine for t in all_of) - 1])

expected = HERE / "expected_ranking.csv"
if "--check" in sys.argv[1:]:
    if expected.read_text(encoding="utf-8") != table.getvalue():
        sys.exit("expected_ranking.csv differs from site-ranking.csv")
else:
    expected.write_text(table.getvalue(), encoding="utf-8", newline="\n")

for panel in [*panels, TOTAL]:
    w, chi_square, freedom = concordance(judges[panel])
    print(panel, "judges", len(judges[panel]), "W", w, "=", digits(w), "chi-square", digits(chi_square), "df", freedom,
          "p", f"{tail(chi_square, freedom):.12g}")
for one, other in combinations(panels, 2):
    print(one, "and", other, "rho", correlation(ranks_of(totals[one]), ranks_of(totals[other])), "tau-b",
          tau_b(totals[one], totals[other]))
chosen = sorted(range(len(areas)), key=lambda i: totals[TOTAL][i])[:3]
print("chosen", [areas[i] for i in chosen])

with open(HERE / "double-coded.csv", encoding="utf-8", newline="") as file:
    header, *rows = csv.reader(file)
coders = header[1:]
print("segments", len(rows), "different", len({row[0] for row in rows}), "rated twice or more",
      sum(sum(map(bool, row[1:])) > 1 for row in rows), "blank", sum(row[1:].count("") for row in rows))
for i, coder in enumerate(coders, 1):
    counts = Counter(row[i] for row in rows)
    print(coder, {value: counts[value] for value in sorted(counts, key=lambda v: (v == "", v and int(v)))})
for i, j in combinations(range(len(coders)), 2):
    both = [(row[i + 1], row[j + 1]) for row in rows if row[i + 1] and row[j + 1]]
    print(coders[i], "and", coders[j], "the same value in", sum(a == b for a, b in both), "of", len(both))
