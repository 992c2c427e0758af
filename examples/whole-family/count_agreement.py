#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Count how far the two coders of interviews.qdpx agree, straight from its XML: a witness that shares no code with
nptkit or with generate.py. Every character is marked, and kappa is an exact fraction until it is written.

    python3 count_agreement.py            writes expected_agreement.csv
    python3 count_agreement.py --check    compares with it instead; exit status 1 if they differ

The rules: an interview counts where both coders coded anything in it; a character is coded to a construct where any
passage with one of its codes, or of codes below, holds it.
"""

import csv
import io
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
P = "{urn:QDA-XML:project:1.0}"
CONSTRUCTS = ["Strategic intentions", "Adaptive execution", "Negotiating capability", "Reframing organisational logics",
              "Coherence", "Cognitive participation", "Collective action", "Reflexive monitoring",
              "Intervention mobilisation", "Normative restructuring", "Relational restructuring", "Sustainment"]
SAME = {"Making sense of it": "Coherence"}

path = {}       # code GUID -> the names from the top down to it


def walk(node, above):
    for code in node.findall(P + "Code"):
        name = code.get("name")
        path[code.get("guid")] = above + [SAME.get(name, name)]
        walk(code, path[code.get("guid")])


counts = Counter()
interviews = 0
with zipfile.ZipFile(HERE / "interviews.qdpx") as z:
    root = ET.fromstring(z.read("project.qde"))
    walk(root.find(f"{P}CodeBook/{P}Codes"), [])
    coders = [user.get("guid") for user in root.iter(P + "User")]
    names = [user.get("name") for user in root.iter(P + "User")]
    for source in root.iter(P + "TextSource"):
        selections = source.findall(P + "PlainTextSelection")
        if {s.get("creatingUser") for s in selections if s.find(P + "Coding") is not None} != set(coders):
            continue
        interviews += 1
        text = z.read(source.get("plainTextPath").replace("internal://", "sources/")).decode("utf-8-sig")
        marked = defaultdict(set)   # (construct, coder) -> characters
        for s in selections:
            extent = range(int(s.get("startPosition")), int(s.get("endPosition")))  # in characters
            for coding in s.findall(P + "Coding"):
                for c in set(CONSTRUCTS) & set(path[coding.find(P + "CodeRef").get("targetGUID")]):
                    marked[c, s.get("creatingUser")].update(extent)
        for c in CONSTRUCTS:
            first, second = (marked[c, coder] for coder in coders)
            counts[c, "both"] += len(first & second)
            counts[c, "first"] += len(first - second)
            counts[c, "second"] += len(second - first)
            counts[c, "all"] += len(text)

table = io.StringIO()
out = csv.writer(table, lineterminator="\n")
out.writerow(["construct", "coder", "with", "interviews", "units", "both", "coder_only", "with_only", "neither",
              "kappa"])
for c in CONSTRUCTS:
    both, one, other, n = (counts[c, key] for key in ("both", "first", "second", "all"))
    neither = n - both - one - other
    observed = Fraction(both + neither, n)
    chance = Fraction((both + one) * (both + other) + (neither + one) * (neither + other), n * n)
    out.writerow([c, *names, interviews, n, both, one, other, neither, float((observed - chance) / (1 - chance))])

if "--check" in sys.argv[1:]:
    if (HERE / "expected_agreement.csv").read_text(encoding="utf-8") != table.getvalue():
        sys.exit("expected_agreement.csv differs from interviews.qdpx")
else:
    (HERE / "expected_agreement.csv").write_text(table.getvalue(), encoding="utf-8", newline="\n")
