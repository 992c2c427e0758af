#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Count interviews.qdpx straight from its XML, as a witness that shares no code with nptkit or with generate.py.

    python3 count.py            writes expected.csv and prints the totals
    python3 count.py --check    compares with expected.csv instead of writing it; exit status 1 if they differ

A case has a construct when at least one selection in its source, by either coder, carries a code at or below it.
"""

import csv
import io
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
P = "{urn:QDA-XML:project:1.0}"
CONSTRUCTS = ["Strategic intentions", "Adaptive execution", "Negotiating capability", "Reframing organisational logics",
              "Coherence", "Cognitive participation", "Collective action", "Reflexive monitoring",
              "Intervention mobilisation", "Normative restructuring", "Relational restructuring", "Sustainment"]
SAME = {"Making sense of it": "Coherence"}

with zipfile.ZipFile(HERE / "interviews.qdpx") as z:
    root = ET.fromstring(z.read("project.qde"))

user = {u.get("guid"): u.get("name") for u in root.iter(P + "User")}
variable = {v.get("guid"): v.get("name") for v in root.iter(P + "Variable")}

path = {}       # code GUID -> the names from the top down to it


def walk(node, above):
    for code in node.findall(P + "Code"):
        name = code.get("name")
        path[code.get("guid")] = above + [SAME.get(name, name)]
        walk(code, path[code.get("guid")])


walk(root.find(f"{P}CodeBook/{P}Codes"), [])

facts = {}      # case name -> its variables
case_of = {}    # source GUID -> case name
for case in root.iter(P + "Case"):
    values = {}
    for v in case.findall(P + "VariableValue"):
        ref, value = list(v)
        values[variable[ref.get("targetGUID")]] = value.text
    facts[case.get("name")] = values
    for ref in case.findall(P + "SourceRef"):
        case_of[ref.get("targetGUID")] = case.get("name")

selections, codings, seconds = Counter(), Counter(), set()
cases_with, segments = defaultdict(set), Counter()
by_code = Counter()
for source in root.iter(P + "TextSource"):
    case = case_of[source.get("guid")]
    site = facts[case]["Site"]
    for s in source.findall(P + "PlainTextSelection"):
        who = user[s.get("creatingUser")]
        selections[who] += 1
        if who == "Coder B":
            seconds.add(case)
        codes = [path[c.find(P + "CodeRef").get("targetGUID")] for c in s.findall(P + "Coding")]
        codings[who] += len(codes)
        for code in codes:
            by_code[code[-1]] += 1
        for construct in CONSTRUCTS:
            if any(construct in code for code in codes):
                cases_with[construct, site].add(case)
                segments[construct, site] += 1

of_site = Counter(f["Site"] for f in facts.values())
table = io.StringIO()
out = csv.writer(table, lineterminator="\n")
out.writerow(["construct", "Site", "cases", "of_cases", "segments"])
for construct in CONSTRUCTS:
    for site in sorted(of_site):
        out.writerow([construct, site, len(cases_with[construct, site]), of_site[site], segments[construct, site]])

expected = HERE / "expected.csv"
if "--check" in sys.argv[1:]:
    if expected.read_text(encoding="utf-8") != table.getvalue():
        sys.exit("expected.csv differs from interviews.qdpx")
else:
    expected.write_text(table.getvalue(), encoding="utf-8", newline="\n")

print("sources", len(case_of), "cases", len(facts))
for name in ("Site", "Level", "Sector", "Focus"):
    print(name, dict(Counter(f[name] for f in facts.values())))
print("Level by Site", {s: dict(Counter(f["Level"] for f in facts.values() if f["Site"] == s)) for s in sorted(of_site)})
print("without Years in post", sum("Years in post" not in f for f in facts.values()))
print("selections", dict(selections), sum(selections.values()))
print("codings", dict(codings), sum(codings.values()))
print("cases of Coder B", sorted(seconds))
print("codings by code", dict(by_code))
print("construct: cases / segments at", ", ".join(sorted(of_site)))
for construct in CONSTRUCTS:
    print("  " + construct, *(f"{len(cases_with[construct, s])}/{of_site[s]} ({segments[construct, s]})"
                              for s in sorted(of_site)), sep="; ")
