#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Count which constructs of interviews.qdpx occur together, and which codes are new in each interview, straight from
its XML: a witness that shares no code with nptkit or with generate.py. Every pair of segments is looked at, and
every character is marked.

    python3 count_together.py            writes expected_together.csv and expected_new.csv
    python3 count_together.py --check    compares with them instead; exit status 1 if they differ

The rules: overlap, at least one common character; inclusion, one segment within the other, with those of the first
construct within the second and the other way round; proximity, at most 200 characters between them.
"""

import csv
import io
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).resolve().parent
P = "{urn:QDA-XML:project:1.0}"
CONSTRUCTS = ["Strategic intentions", "Adaptive execution", "Negotiating capability", "Reframing organisational logics",
              "Coherence", "Cognitive participation", "Collective action", "Reflexive monitoring",
              "Intervention mobilisation", "Normative restructuring", "Relational restructuring", "Sustainment"]
SAME = {"Making sense of it": "Coherence"}
REACH = 200

with zipfile.ZipFile(HERE / "interviews.qdpx") as z:
    root = ET.fromstring(z.read("project.qde"))

variable = {v.get("guid"): v.get("name") for v in root.iter(P + "Variable")}
path = {}       # code GUID -> the names from the top down to it


def walk(node, above):
    for code in node.findall(P + "Code"):
        name = code.get("name")
        path[code.get("guid")] = above + [SAME.get(name, name)]
        walk(code, path[code.get("guid")])


walk(root.find(f"{P}CodeBook/{P}Codes"), [])

facts, case_of = {}, {}
for case in root.iter(P + "Case"):
    values = {}
    for v in case.findall(P + "VariableValue"):
        ref, value = list(v)
        values[variable[ref.get("targetGUID")]] = value.text
    facts[case.get("name")] = values
    for ref in case.findall(P + "SourceRef"):
        case_of[ref.get("targetGUID")] = case.get("name")

# Each interview: its segments as (start, end, constructs, codes). A selection that two people coded is a segment of
# each of them, with what that person coded.
interviews = []
for source in root.iter(P + "TextSource"):
    segments = []
    for s in source.findall(P + "PlainTextSelection"):
        by_coder = defaultdict(set)
        for coding in s.findall(P + "Coding"):
            by_coder[s.get("creatingUser")].add(coding.find(P + "CodeRef").get("targetGUID"))
        for codes in by_coder.values():
            found = {c for c in CONSTRUCTS for code in codes if c in path[code]}
            segments.append((int(s.get("startPosition")), int(s.get("endPosition")), found, codes))
    interviews.append((source.get("name"), case_of[source.get("guid")], segments))


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def within(a, b):
    return b[0] <= a[0] and a[1] <= b[1]


def near(a, b):
    return max(a[0] - b[1], b[0] - a[1], 0) <= REACH


RULES = {"overlap": overlap, "inclusion": lambda a, b: within(a, b) or within(b, a), "proximity": near}

counts = Counter()
has = defaultdict(set)      # (construct, site) -> cases
together = defaultdict(set)  # (rule, first, second, site) -> cases
for name, case, segments in interviews:
    for site in (facts[case]["Site"], "Total"):
        marked = defaultdict(set)
        for start, end, found, codes in segments:
            for c in found:
                has[c, site].add(case)
                marked[c].update(range(start, end))
        for first, second in combinations(CONSTRUCTS, 2):
            counts["characters_both", first, second, site] += len(marked[first] & marked[second])
            counts["characters_either", first, second, site] += len(marked[first] | marked[second])
            for a in segments:
                for b in segments:
                    if first not in a[2] or second not in b[2]:
                        continue
                    for rule, holds in RULES.items():
                        if holds(a, b):
                            counts[rule, first, second, site] += 1
                            together[rule, first, second, site].add(case)
                    counts["first_within", first, second, site] += within(a, b)
                    counts["second_within", first, second, site] += within(b, a)

table = io.StringIO()
out = csv.writer(table, lineterminator="\n")
MEASURES = ["overlap", "inclusion", "proximity", "first_within", "second_within", "characters_both",
            "characters_either"]
out.writerow(["construct", "with", "site", "cases_both", "cases_either", "cases_overlap", "cases_inclusion",
              "cases_proximity"] + MEASURES)
for first, second in combinations(CONSTRUCTS, 2):
    for site in ("Site 1", "Site 2", "Site 3", "Total"):
        key = (first, second, site)
        out.writerow([*key, len(has[first, site] & has[second, site]), len(has[first, site] | has[second, site])]
                     + [len(together[rule, *key]) for rule in RULES] + [counts[m, *key] for m in MEASURES])

# New codes and constructs by interview, in the order of dates; those of one day as they stand.
new = io.StringIO()
out = csv.writer(new, lineterminator="\n")
out.writerow(["interview", "new_codes", "codes", "new_constructs", "constructs"])
seen_codes, seen_constructs = set(), set()
for name, case, segments in sorted(interviews, key=lambda i: facts[i[1]]["Interview date"]):
    codes = {c for s in segments for c in s[3]}
    constructs = {c for s in segments for c in s[2]}
    fresh = len(codes - seen_codes), len(constructs - seen_constructs)
    seen_codes |= codes
    seen_constructs |= constructs
    out.writerow([name, fresh[0], len(seen_codes), fresh[1], len(seen_constructs)])

for file, text in (("expected_together.csv", table.getvalue()), ("expected_new.csv", new.getvalue())):
    if "--check" in sys.argv[1:]:
        if (HERE / file).read_text(encoding="utf-8") != text:
            sys.exit(f"{file} differs from interviews.qdpx")
    else:
        (HERE / file).write_text(text, encoding="utf-8", newline="\n")
