#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Score wave1.csv and wave2.xlsx, as a witness that shares no code with nptkit or with generate_survey.py.

    python3 count_survey.py            writes expected_scores.csv and prints what else there is to check against
    python3 count_survey.py --check    compares with expected_scores.csv instead of writing it; exit status 1 if
                                       they differ

A respondent's score on a construct is the mean of the items answered, item 13 turned round, if at least half of the
construct's items were answered. "Not relevant" is no answer. Means are exact fractions until they are printed.
"""

import csv
import io
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONSTRUCTS = {"Coherence": range(4, 8), "Cognitive participation": range(8, 12), "Collective action": range(12, 19),
              "Reflexive monitoring": range(19, 24), "All 20 items": range(4, 24)}
GENERAL = range(1, 4)
REVERSED = 13
MISSING, NOT_RELEVANT = "missing", "not relevant"


# ---- the first wave: a CSV with words -----------------------------------------------------------------------------

WORDS = {"strongly disagree": 1, "disagree": 2, "neither agree nor disagree": 3, "agree": 4, "strongly agree": 5,
         "": MISSING, "not relevant to my role": NOT_RELEVANT, "not relevant at this stage": NOT_RELEVANT,
         "not relevant to the whole-family approach": NOT_RELEVANT}


def read_csv(path):
    """Yields id, site, role and the answers to the 23 items; an answer is a number, MISSING or NOT_RELEVANT."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    first = next(i for i, name in enumerate(header) if name.startswith("When you use"))
    assert len(header) == first + 23 + 1 and "disrupts" in header[first + REVERSED - 1]
    for row in rows:
        if not any(row):
            continue
        assert len(row) == len(header)
        answers = {}
        for item, text in enumerate(row[first:first + 23], 1):
            answers[item] = int(text) if item in GENERAL and text else WORDS[text.lower()]
        yield row[0], row[3].strip().capitalize(), row[4], answers


# ---- the second wave: a workbook with numbers ---------------------------------------------------------------------

def read_sheet(path, name):
    """The rows of a sheet as column letters -> text."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    relation_id = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    with zipfile.ZipFile(path) as z:
        strings = ["".join(t.text for t in si.iter(main + "t")) for si in ET.fromstring(z.read("xl/sharedStrings.xml"))]
        target = {r.get("Id"): r.get("Target") for r in ET.fromstring(z.read("xl/_rels/workbook.xml.rels"))}
        sheet, = (s for s in ET.fromstring(z.read("xl/workbook.xml")).iter(main + "sheet") if s.get("name") == name)
        root = ET.fromstring(z.read("xl/" + target[sheet.get(relation_id)]))
    for row in root.iter(main + "row"):
        cells = {}
        for cell in row:
            text = cell.find(main + "v").text
            cells[cell.get("r").rstrip("0123456789")] = strings[int(text)] if cell.get("t") == "s" else text
        yield cells


def read_workbook(path):
    """As read_csv; here 1 is the strongest agreement. A hidden row counts like any other."""
    header, *rows = read_sheet(path, "Responses")
    column = {name: letters for letters, name in header.items()}
    for row in rows:
        answers = {}
        for item in range(1, 24):
            number = int(row.get(column[f"Q{item}"], 99))
            if number == 99:
                answers[item] = MISSING
            elif item in GENERAL:
                answers[item] = number
            else:
                answers[item] = NOT_RELEVANT if number in (6, 7, 8) else 6 - number
        yield row[column["participant"]], row[column["site"]].replace("s", "Site "), row[column["role"]], answers


# ---- scores -------------------------------------------------------------------------------------------------------

def is_number(answer):
    return not isinstance(answer, str)


def score(answers, items):
    """The exact score, or None."""
    given = [6 - answers[i] if i == REVERSED else answers[i] for i in items if is_number(answers[i])]
    return Fraction(sum(given), len(given)) if 2 * len(given) >= len(items) else None


def mean_and_sd(values):
    """With 12 significant digits; the standard deviation divides by n - 1."""
    mean = sum(values, Fraction(0)) / len(values)
    variance = sum((v - mean) ** 2 for v in values) / (len(values) - 1)
    with localcontext() as context:
        context.prec = 50
        sd = (Decimal(variance.numerator) / variance.denominator).sqrt()
        return [f"{x:.12g}" for x in (Decimal(mean.numerator) / mean.denominator, sd)]


responses = []      # wave, id, site, role, answers
for wave, found in (("1", read_csv(HERE / "wave1.csv")), ("2", read_workbook(HERE / "wave2.xlsx"))):
    responses += [(wave, *response) for response in found]

sites, waves = (sorted({r[i] for r in responses}) for i in (2, 0))
table = io.StringIO()
out = csv.writer(table, lineterminator="\n")
out.writerow(["construct", "site", "wave", "n", "mean", "sd", "missing", "not_relevant", "not_scored"])
for construct, items in CONSTRUCTS.items():
    for site in [*sites, "Total"]:
        for wave in [*waves, "Total"]:
            group = [r[4] for r in responses if site in (r[2], "Total") and wave in (r[0], "Total")]
            scores = [score(answers, items) for answers in group]
            scored = [s for s in scores if s is not None]
            cells = Counter(answers[i] for answers in group for i in items)
            out.writerow([construct, site, wave, len(scored), *mean_and_sd(scored), cells[MISSING], cells[NOT_RELEVANT],
                          len(scores) - len(scored)])

expected = HERE / "expected_scores.csv"
if "--check" in sys.argv[1:]:
    if expected.read_text(encoding="utf-8") != table.getvalue():
        sys.exit("expected_scores.csv differs from wave1.csv and wave2.xlsx")
else:
    expected.write_text(table.getvalue(), encoding="utf-8", newline="\n")

people = [{r[1] for r in responses if r[0] == wave} for wave in waves]
print("responses", len(responses), "people", len(people[0] | people[1]), "in both waves", len(people[0] & people[1]))
print("ids twice in a wave", [key for key, n in Counter(r[:2] for r in responses).items() if n > 1])
print("without any answer", [r[:2] for r in responses if not any(a != MISSING for a in r[4].values())])
for wave in waves:
    for site in sites:
        group = [r for r in responses if r[0] == wave and r[2] == site]
        print("wave", wave, site, len(group), dict(Counter(r[3] for r in group)))
for item in GENERAL:
    for wave in waves:
        for site in sites:
            group = [r[4][item] for r in responses if r[0] == wave and r[2] == site]
            given = [Fraction(answer) for answer in group if is_number(answer)]
            print("item", item, "wave", wave, site, "n", len(given), "mean, sd", *mean_and_sd(given))
