#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write wave1.csv and wave2.xlsx, invented answers to the NoMAD questionnaire from the three sites of the example.

Nobody answered it: a pseudo-random generator with a fixed seed makes the answers up, so each run writes the same
files. They look as if two survey platforms had exported them, with what makes real exports awkward; README.md lists it.

    python3 generate_survey.py [FOLDER]

The wordings of the items come from ../../surveys/nomad.xml.
"""

import csv
import datetime
import io
import random
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

SEED = "whole-family survey 10"
HERE = Path(__file__).resolve().parent
INSTRUMENT = HERE.parent.parent / "surveys" / "nomad.xml"
INSTRUMENT_NS = "{urn:nptkit:instrument:1}"
INTERVENTION = "the whole-family approach"
ZIP_TIME = (2025, 3, 10, 12, 0, 0)
FIRST_DAY = {1: datetime.datetime(2024, 2, 5), 2: datetime.datetime(2025, 2, 3)}
DAYS = 33           # that a wave is open

# How many people of a site answer in the first wave, in the second, and in both.
PEOPLE = {1: (69, 61, 45), 2: (28, 26, 20), 3: (52, 43, 28)}
ROLES = {"Senior leader": .10, "Manager": .20, "Front-line": .70}

# Where answers lie, from 1 (unfavourable) to 5: by site and wave, then what each construct, role and item adds.
LEVEL = {1: {1: 3.45, 2: 3.62}, 2: {1: 4.10, 2: 4.15}, 3: {1: 2.80, 2: 3.25}}
CONSTRUCTS = {"coherence": (range(4, 8), .20), "participation": (range(8, 12), .35),
              "action": (range(12, 19), -.40), "monitoring": (range(19, 24), -.10)}
ROLE_ADDS = {"Senior leader": .40, "Manager": .12, "Front-line": -.10}
ITEM_ADDS = {4: .15, 5: -.30, 7: .20, 9: .10, 10: .25, 13: .20, 16: -.15, 17: -.35, 18: .15, 19: -.30, 22: .30}
REVERSED = 13
GENERAL_ADDS = {1: 0, 2: -.4, 3: 1.1}     # on the scales from 0 to 10

# "Not relevant": the chance by site and wave, how it differs by item, and which of the three answers it is.
NOT_RELEVANT = {1: {1: .045, 2: .04}, 2: {1: .03, 2: .03}, 3: {1: .075, 2: .055}}
ITEM_FACTORS = {4: .5, 7: .6, 8: .7, 15: 1.4, 16: 1.3, 19: 1.6, 20: 1.2, 21: 1.7, 22: .8}
KINDS = {1: (.50, .30, .20), 2: (.60, .10, .30), 3: (.35, .50, .15)}     # my role, this stage, the intervention
OUTSIDERS = {1: 2, 2: 2}    # people in a wave for whom half of it is not relevant
BLANK = .025
STOPS = {1: (0, 9, 13, 14, 15), 2: (3, 9, 15)}      # the last item that someone who stops half way answers

AGREEMENT = {1: "Strongly disagree", 2: "Disagree", 3: "Neither agree nor disagree", 4: "Agree", 5: "Strongly agree"}
NOT_RELEVANT_WORDS = ["Not relevant to my role", "Not relevant at this stage", f"Not relevant to {INTERVENTION}"]
MISSING = 99        # what the second platform writes for some of the blanks
CODED_MISSING = .15
ON_PAPER = 3        # responses of Site 3 that were typed in by hand, with the site as they had it on paper

REMARKS = [
    "Nothing to add.",
    "No.",
    "n/a",
    "I answer for the day team; the night team does not exist, like everybody here.",
    "Good questions, but too many of them.\nI answered between two invented meetings.",
    "The tea urn supports the approach more than I do.",
    'We call it "the family thing" in the office.',
    "Ask me again when the whole-family stapler has arrived.",
    "=1+1 is two, and two of us turned up for the training.",
    "Question 13 made me read it twice. Is it meant to be the other way round?",
    "I like it; my calendar does not.",
    "1. more time\n2. more biscuits\n3. more time",
    "See my previous answer, which I did not give.",
    "My team has two people, and both are me.",
    "It’s early days – ask the made-up people who started it.",
    "The form; the meeting; the form about the meeting.",
    "We have a café corner for families now, at least on paper.",
    "I was on leave for most of this, and so was the leave planner.",
    "Happy to talk, if the interviewer is as imaginary as I am.",
    "Our shared spreadsheet is shared by nobody.",
    '"Disrupts" is a strong word. "Rearranges", perhaps.',
    "None, thank you, and good luck with the invented results!",
    "I have worked here for seven pretend years and this is my first questionnaire.",
    "Please could the next one have pictures?",
    "Fine so far.\n\nThe lift is still broken.",
    "Could not find the button for question 17, then I found it.",
]


def read_items():
    """The wordings of the 23 items, by number."""
    root = ET.parse(INSTRUMENT).getroot()
    wordings = {}
    for item in root.iter(INSTRUMENT_NS + "item"):
        text = item.text.replace("{intervention}", INTERVENTION)
        wordings[int(item.get("number"))] = text[0].upper() + text[1:]
    return wordings


# ---- who answers what ---------------------------------------------------------------------------------------------

class Person:
    def __init__(self, site, role):
        self.site, self.role, self.waves, self.name = site, role, set(), None

    def settle(self, name):
        rng = random.Random(f"{SEED}|{name}")
        self.name = name
        self.adds = ROLE_ADDS[self.role] * (1.5 if self.site == 1 else 1) + rng.gauss(0, .45)
        self.construct_adds = {c: rng.gauss(0, .25) for c in CONSTRUCTS}


def people():
    rng = random.Random(f"{SEED}|people")
    everyone = []
    for site, (first, second, both) in PEOPLE.items():
        count = first + second - both
        leaders, managers = (round(count * ROLES[r]) for r in ("Senior leader", "Manager"))
        roles = (["Senior leader"] * leaders + ["Manager"] * managers + ["Front-line"] * (count - leaders - managers))
        rng.shuffle(roles)
        for i, role in enumerate(roles):
            person = Person(site, role)
            person.waves = {1, 2} if i < both else {1} if i < first else {2}
            everyone.append(person)
    rng.shuffle(everyone)
    everyone.sort(key=lambda p: 1 not in p.waves)       # who joins in the second wave has a later number
    for i, person in enumerate(everyone, 1):
        person.settle(f"R{i:03d}")
    return everyone


class Response:
    """One person's answers in one wave, by item: a number, "blank", ("not relevant", kind), or None after a stop."""

    def __init__(self, person, wave, outsider, extra=""):
        rng = random.Random(f"{SEED}|{person.name}|{wave}{extra}")
        self.person, self.answers, self.remark, self.site = person, {}, "", f"Site {person.site}"
        day = min(int(rng.expovariate(1 / 9)), DAYS - 1)       # most answer soon
        minutes = rng.randrange(8 * 60, 18 * 60)
        self.start = FIRST_DAY[wave] + datetime.timedelta(days=day, minutes=minutes)
        if self.start.weekday() > 4:
            self.start += datetime.timedelta(days=2)
        level = LEVEL[person.site][wave] + person.adds + rng.gauss(0, .15)
        for item, adds in GENERAL_ADDS.items():
            value = round((level - 1) * 2.5 + adds + rng.gauss(0, 1.3))
            self.answers[item] = "blank" if rng.random() < BLANK / 2 else max(0, min(10, value))
        for construct, (items, adds) in CONSTRUCTS.items():
            for item in items:
                chance = .5 if outsider else NOT_RELEVANT[person.site][wave] * ITEM_FACTORS.get(item, 1)
                value = round(level + adds + person.construct_adds[construct] + ITEM_ADDS.get(item, 0) +
                              rng.gauss(0, .75))
                value = max(1, min(5, value))
                draw = rng.random()
                if draw < BLANK:
                    self.answers[item] = "blank"
                elif draw < BLANK + chance:
                    kind = rng.choices((0, 1, 2), KINDS[person.site])[0]
                    self.answers[item] = ("not relevant", kind)
                else:
                    self.answers[item] = 6 - value if item == REVERSED else value

    def stop_after(self, last):
        for item in self.answers:
            if item > last:
                self.answers[item] = None


def responses(everyone, wave):
    """The responses of a wave in the order in which they came in."""
    rng = random.Random(f"{SEED}|wave {wave}")
    answering = [p for p in everyone if wave in p.waves]
    some = rng.sample(answering, OUTSIDERS[wave] + len(STOPS[wave]))
    outsiders, stopping = some[:OUTSIDERS[wave]], some[OUTSIDERS[wave]:]
    found = {p: Response(p, wave, p in outsiders) for p in answering}
    for person, last in zip(stopping, STOPS[wave]):
        found[person].stop_after(last)
    result = list(found.values())
    if wave == 1:
        # One person breaks off and comes back three days later: the same id twice.
        person = next(p for p in answering if p.site == 1 and p.waves == {1, 2} and p not in some)
        found[person].stop_after(11)
        again = Response(person, wave, False, " again")
        again.start = found[person].start + datetime.timedelta(days=3, minutes=47)
        result.append(again)
        at_the_end = [r for r in result if r.answers[23] is not None]
        for response, remark in zip(rng.sample(at_the_end, len(REMARKS)), REMARKS):
            response.remark = remark
        for response in rng.sample([r for r in result if r.person.site == 3], ON_PAPER):
            response.site = "site 3 "
    return sorted(result, key=lambda r: (r.start, r.person.name))


# ---- the first wave: words, as a CSV ------------------------------------------------------------------------------

def in_words(item, answer):
    if answer in ("blank", None):
        return ""
    if isinstance(answer, tuple):
        return NOT_RELEVANT_WORDS[answer[1]]
    return answer if item in GENERAL_ADDS else AGREEMENT[answer]


def write_csv(path, items, found):
    header = ["Participant code", "Start date", "Email address", "Which site do you work at?", "What is your role?",
              *items.values(), "Is there anything else you would like to say?"]
    rows = [[r.person.name, r.start.strftime("%d/%m/%Y %H:%M"), r.person.name.lower() + "@example.org", r.site,
             r.person.role, *(in_words(i, r.answers[i]) for i in items), r.remark] for r in found]
    rows.insert(len(rows) // 2, [""] * len(header))
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerows([header, *rows])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


# ---- the second wave: numbers, as a workbook ----------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PLAIN, DATE, BOLD = 0, 1, 2     # the styles of cells, in the order of cellXfs
ET.register_namespace("", MAIN)

STYLES = f"""<styleSheet xmlns="{MAIN}">
  <numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>
  <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
    <font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
  <fills count="2"><fill><patternFill patternType="none"/></fill>
    <fill><patternFill patternType="gray125"/></fill></fills>
  <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
  <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
  <cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
    <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
    <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>
  <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""


def column_name(index):
    """0 -> A, 26 -> AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class Workbook:
    def __init__(self):
        self.sheets, self.strings, self.uses = [], {}, 0

    def add_cell(self, row, column, value, style):
        cell = ET.SubElement(row, "c", r=column_name(column) + row.get("r"))
        if style:
            cell.set("s", str(style))
        if isinstance(value, str):
            cell.set("t", "s")
            value = self.strings.setdefault(value, len(self.strings))
            self.uses += 1
        elif isinstance(value, datetime.date):
            value = (value - datetime.date(1899, 12, 30)).days
        ET.SubElement(cell, "v").text = str(value)

    def add_sheet(self, name, rows, widths, hidden=None):
        """Adds a sheet; None is an empty cell, `hidden` the number of a row that is not shown."""
        sheet = ET.Element("worksheet", xmlns=MAIN)
        columns = ET.SubElement(sheet, "cols")
        for i, width in enumerate(widths, 1):
            ET.SubElement(columns, "col", min=str(i), max=str(i), width=str(width), customWidth="1")
        data = ET.SubElement(sheet, "sheetData")
        for number, values in enumerate(rows, 1):
            row = ET.SubElement(data, "row", r=str(number))
            if number == hidden:
                row.set("hidden", "1")
            for i, value in enumerate(values):
                if value is not None:
                    style = BOLD if number == 1 else DATE if isinstance(value, datetime.date) else PLAIN
                    self.add_cell(row, i, value, style)
        self.sheets.append((name, sheet))

    def parts(self):
        """Path in the ZIP -> XML."""
        workbook = ET.Element("workbook", {"xmlns": MAIN, "xmlns:r": TYPES})
        relations = ET.Element("Relationships", xmlns=RELATIONS)
        contents = ET.Element("Types", xmlns="http://schemas.openxmlformats.org/package/2006/content-types")
        ET.SubElement(contents, "Default", Extension="rels",
                      ContentType="application/vnd.openxmlformats-package.relationships+xml")
        ET.SubElement(contents, "Default", Extension="xml", ContentType="application/xml")
        package = ET.Element("Relationships", xmlns=RELATIONS)
        ET.SubElement(package, "Relationship", Id="rId1", Type=TYPES + "/officeDocument", Target="xl/workbook.xml")
        found = {}

        def add(path, kind, xml):
            found["xl/" + path] = xml
            ET.SubElement(contents, "Override", PartName="/xl/" + path, ContentType=f"{CONTENT}.{kind}+xml")
            if kind != "sheet.main":
                name = f"rId{len(relations) + 1}"
                ET.SubElement(relations, "Relationship", Id=name, Type=f"{TYPES}/{kind}", Target=path)
                return name

        add("workbook.xml", "sheet.main", workbook)
        tabs = ET.SubElement(workbook, "sheets")
        for i, (name, sheet) in enumerate(self.sheets, 1):
            relation = add(f"worksheets/sheet{i}.xml", "worksheet", sheet)
            ET.SubElement(tabs, "sheet", {"name": name, "sheetId": str(i), "r:id": relation})
        strings = ET.Element("sst", xmlns=MAIN, count=str(self.uses), uniqueCount=str(len(self.strings)))
        for text in self.strings:
            ET.SubElement(ET.SubElement(strings, "si"), "t").text = text
        add("sharedStrings.xml", "sharedStrings", strings)
        add("styles.xml", "styles", ET.fromstring(STYLES))
        return {"[Content_Types].xml": contents, "_rels/.rels": package, "xl/_rels/workbook.xml.rels": relations,
                **found}

    def write(self, path):
        with zipfile.ZipFile(path, "w") as z:
            for name, xml in self.parts().items():
                info = zipfile.ZipInfo(name, ZIP_TIME)
                info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
                text = ET.tostring(xml, encoding="unicode")
                text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'
                z.writestr(info, text.encode("utf-8"), compresslevel=9)


def in_numbers(rng, item, answer):
    if answer in ("blank", None):
        return MISSING if answer and rng.random() < CODED_MISSING else None
    if isinstance(answer, tuple):
        return 6 + answer[1]
    return answer if item in GENERAL_ADDS else 6 - answer       # this platform counts from agreement


def write_workbook(path, items, found):
    rng = random.Random(f"{SEED}|workbook")
    rows = [["participant", "date", "site", "role", *(f"Q{i}" for i in items)]]
    for r in found:
        rows.append([r.person.name, r.start.date(), f"s{r.person.site}", r.person.role,
                     *(in_numbers(rng, i, r.answers[i]) for i in items)])
    key = [["Value", "Means"], *((6 - value, AGREEMENT[value]) for value in sorted(AGREEMENT, reverse=True)),
           *enumerate(NOT_RELEVANT_WORDS, 6), (MISSING, "No answer"),
           ("Q1 to Q3", "From 0 to 10 as on the questionnaire; 6, 7 and 8 are answers like the others there")]
    workbook = Workbook()
    workbook.add_sheet("Responses", rows, [12, 12, 6, 14, *[5] * len(items)], hidden=len(rows) // 3)
    workbook.add_sheet("Key", key, [12, 60])
    workbook.write(path)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    everyone, items = people(), read_items()
    write_csv(folder / "wave1.csv", items, responses(everyone, 1))
    write_workbook(folder / "wave2.xlsx", items, responses(everyone, 2))


if __name__ == "__main__":
    main()
