#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write a study whose names want to be more than names: the example study with markup, quotes, scripts that run from
right to left, long words and pictures of people in place of its sites, roles, constructs and codes.

    python3 hostile.py EXAMPLE SURVEYS CODEBOOKS FOLDER

FOLDER then holds study.xml with what it needs, and names.json: the names that a report on it shows.
"""

import json
import re
import sys
import zipfile
from csv import reader, writer
from pathlib import Path
from xml.sax.saxutils import escape

SITES = {"Site 1": "<script>alert(1)</script> \"North\" & 'South'",
         "Site 2": "</style></title>]]> مركز الأسرة بيت המשפחה",
         "Site 3": "日本語の名前👪" + "Unbroken" * 12}
ROLES = {"Senior leader": "<img src=x onerror=alert(1)>",
         "Manager": "\" onmouseover=\"alert(1)",
         "Front-line": "' autofocus onfocus='alert(1)"}
CONSTRUCTS = {"Coherence": "<b>Sense</b> &amp; <i>sensibility</i>",
              "Cognitive participation": "השתתפות <script>alert(2)</script>",
              "Collective action": "Zusammenarbeit" * 8,
              "Reflexive monitoring": "振り返りと評価\"><svg onload=alert(3)>"}
TITLE = "</title><script>alert(4)</script> أسرة 家族 👪 \"'"
INTERVENTION = "<style>*{display:none}</style> the approach"


def attribute(text):
    return escape(text, {'"': "&quot;"})


def replaced(text, names, show):
    """The text with every whole name changed: between quotes, tags, commas or the ends of a line."""
    for old, new in names.items():
        shown = show(new)
        text = re.sub(rf'(?<=["><,]){re.escape(old)}(?=["><,])', lambda _, shown=shown: shown, text)
    return text


def copy_zip(source, target, change):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith((".qde", ".xml")):
                data = change(data.decode()).encode()
            new.writestr(entry, data)


def main(example, surveys, codebooks, folder):
    folder.mkdir(parents=True, exist_ok=True)
    names = {**SITES, **ROLES, **CONSTRUCTS}
    in_xml = lambda text: replaced(text, names, attribute)
    for name in ("interviews.qdpx", "wave2.xlsx"):
        copy_zip(example / name, folder / name, in_xml)
    csv = (example / "wave1.csv").read_text(encoding="utf-8")
    csv = replaced(csv.replace("site 3 ", "Site 3"), names, lambda text: '"' + text.replace('"', '""') + '"')
    csv = csv.replace("the whole-family approach", INTERVENTION)
    (folder / "wave1.csv").write_text(csv, encoding="utf-8", newline="")
    quotes = (example / "released.csv").read_text(encoding="utf-8")
    quotes = replaced(quotes, names, lambda text: '"' + text.replace('"', '""') + '"')
    (folder / "released.csv").write_text(quotes, encoding="utf-8", newline="")
    for name in ("double-coded.csv", "site-ranking.csv"):
        (folder / name).write_bytes((example / name).read_bytes())
    with open(example / "released.csv", encoding="utf-8", newline="") as source, \
            open(folder / "released.csv", "w", encoding="utf-8", newline="") as target:
        rows = list(reader(source))
        for row in rows[1:]:
            row[1] = names.get(row[1].split(" > ")[0], row[1])
            row[2] = TITLE + " " + row[2]
        writer(target).writerows(rows)
    (folder / "nomad.xml").write_text(in_xml((surveys / "nomad.xml").read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "npt.qdc").write_text(in_xml((codebooks / "npt.qdc").read_text(encoding="utf-8")), encoding="utf-8")
    study = in_xml((example / "study.xml").read_text(encoding="utf-8"))
    study = study.replace('instrument="nomad"', 'instrument="nomad.xml"').replace('codebook="npt"', 'codebook="npt.qdc"')
    study = re.sub('<value from="site 3 "[^>]*>', "", study)
    study = re.sub(' title="[^"]*"', lambda _: f' title="{attribute(TITLE)}"', study, count=1)
    study = study.replace("the whole-family approach", attribute(INTERVENTION))
    (folder / "study.xml").write_text(study, encoding="utf-8")
    shown = {"title": TITLE, "sites": list(SITES.values()), "roles": list(ROLES.values()),
             "constructs": list(CONSTRUCTS.values())}
    (folder / "names.json").write_text(json.dumps(shown), encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
