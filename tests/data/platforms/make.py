#!/usr/bin/env python3
"""make.py - writes the exports beside it: what eight invented people answered, in the shapes of five platforms.

Run it in any folder: the files come to stand beside the script, with the same bytes each time.
SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import struct
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
HUDDLE = "the morning huddle"

# ---- what people answered -------------------------------------------------------------------------

# Site and role, then the three general items and the constructs. 5: strongly agree; r, s, i: not relevant
# to the role, at this stage, to the intervention; -: passed over. The seventh stopped half way, the eighth
# looked at the first page.
PEOPLE = [
    ("North", "Nurse", "7 8 9", "4 4 5 5", "5 4 4 5", "4 2 4 3 3 2 4", "4 4 5 4 3"),
    ("North", "Doctor", "3 2 5", "2 3 2 4", "3 3 4 4", "2 4 3 3 1 1 2", "2 3 3 4 4"),
    ("North", "Nurse", "10 9 10", "5 5 5 5", "5 5 5 5", "5 1 5 5 4 5 5", "5 5 5 5 5"),
    ("North", "Manager", "6 5 7", "4 3 r 4", "4 r 4 4", "r 3 4 4 3 3 4", "3 4 s 4 i"),
    ("South", "Nurse", "0 0 4", "1 2 1 3", "2 2 3 2", "1 5 2 2 1 1 1", "s s s 3 2"),
    ("South", "Other", "8 7 8", "4 - 4 5", "4 4 5 5", "3 2 - 4 4 3 3", "4 4 4 5 4"),
    ("South", "Doctor", "- - -", "- - - 3", "3 - - -", "- - - - - - -", "- - - - -"),
    ("", "", "- - -", "- - - -", "- - - -", "- - - - - - -", "- - - - -"),
]
GENERAL, CORE = 3, 20
LEFT = len(PEOPLE) - 2  # the first who did not come to the end
ROLES = ["Nurse", "Doctor", "Manager", "Other"]
EMAILS = {0: "person.one@example.org", 4: "person.five@example.org"}
COMMENTS = {1: 'Too early in the day, says "the ward"', 4: "It takes time; we have none,\nand nobody asked us"}

# The items of surveys/nomad.xml with the name of what is evaluated.
QUESTIONS = [
    f"When you use {HUDDLE}, how familiar does it feel?",
    f"Do you feel {HUDDLE} is currently a normal part of your work?",
    f"Do you feel {HUDDLE} will become a normal part of your work?",
]
STATEMENTS = [
    f"I can see how {HUDDLE} differs from usual ways of working",
    f"Staff in this organisation have a shared understanding of the purpose of {HUDDLE}",
    f"I understand how {HUDDLE} affects the nature of my own work",
    f"I can see the potential value of {HUDDLE} for my work",
    f"There are key people who drive {HUDDLE} forward and get others involved",
    f"I believe that participating in {HUDDLE} is a legitimate part of my role",
    f"I'm open to working with colleagues in new ways to use {HUDDLE}",
    f"I will continue to support {HUDDLE}",
    f"I can easily integrate {HUDDLE} into my existing work",
    f"{HUDDLE[0].upper()}{HUDDLE[1:]} disrupts working relationships",
    f"I have confidence in other people's ability to use {HUDDLE}",
    f"Work is assigned to those with skills appropriate to {HUDDLE}",
    f"Sufficient training is provided to enable staff to use {HUDDLE}",
    f"Sufficient resources are available to support {HUDDLE}",
    f"Management adequately support {HUDDLE}",
    f"I am aware of reports about the effects of {HUDDLE}",
    f"The staff agree that {HUDDLE} is worthwhile",
    f"I value the effects {HUDDLE} has had on my work",
    f"Feedback about {HUDDLE} can be used to improve it in the future",
    f"I can modify how I work with {HUDDLE}",
]
ADDRESS = "If you would like to hear of the results, please enter your e-mail address"
STEM = f"How far do you agree with these statements about {HUDDLE}?"
WORDS = {
    "5": "Strongly agree",
    "4": "Agree",
    "3": "Neither agree nor disagree",
    "2": "Disagree",
    "1": "Strongly disagree",
    "r": "Not relevant to my role",
    "s": "Not relevant at this stage",
    "i": f"Not relevant to {HUDDLE}",
}
UPWARDS = {answer: answer for answer in "12345"} | {"r": "6", "s": "7", "i": "8"}
DOWNWARDS = {answer: str(6 - int(answer)) for answer in "12345"} | {"r": "6", "s": "7", "i": "8"}


def general(person):
    """The answers to the general items, "" where there is none."""
    return [answer.replace("-", "") for answer in PEOPLE[person][2].split()]


def core(person, codes, blank=""):
    """The answers to the items on constructs, as `codes` write them."""
    answers = " ".join(PEOPLE[person][3:]).split()
    return [codes.get(answer, blank) for answer in answers]


def moment(person, minute):
    return f"2026-03-{person + 2:02d} 09:{minute:02d}:05"


# ---- text files -----------------------------------------------------------------------------------


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


def quoted_unless_empty(cell):
    return quoted(cell) if cell else ""


def quoted_at_need(cell):
    return quoted(cell) if any(mark in cell for mark in ' ,"\n\t') else cell


def write_text(name, rows, quote, delimiter=",", line_end="\n", mark=False):
    width = len(rows[0])
    assert all(len(row) == width for row in rows), name
    text = "".join(delimiter.join(map(quote, row)) + line_end for row in rows)
    (HERE / name).write_bytes((b"\xef\xbb\xbf" if mark else b"") + text.encode())


# ---- LimeSurvey -----------------------------------------------------------------------------------


def limesurvey_rows(codes, roles, sites, other):
    for person, (site, role, *_) in enumerate(PEOPLE):
        done = person < LEFT
        yield (
            [str(person + 1), moment(person, 20) if done else ""]
            + ["4" if done else str(LEFT + 2 - person), "en", str(1480000000 + 7919 * person)]
            + [moment(person, 5), moment(person, 20)]
            + [f"192.0.2.{person + 11}", "https://intranet.example.org/huddle"]
            + [sites.get(site, ""), roles.get(role, ""), other if role == "Other" else ""]
            + general(person)
            + core(person, codes)
            + [EMAILS.get(person, "")]
        )


def write_limesurvey():
    options = {"Nurse": "AO01", "Doctor": "AO02", "Manager": "AO03", "Other": "-oth-"}
    names = (
        ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl"]
        + ["site", "role", "role[other]"]
        + [f"GEN[SQ{number:03d}]" for number in range(1, GENERAL + 1)]
        + [f"NPT[SQ{number:03d}]" for number in range(1, CORE + 1)]
        + ["email", "interviewtime", "groupTime71"]
    )
    sites = {"North": "AO01", "South": "AO02"}
    times = ["614.2", "580.71"]
    rows = [row + times for row in limesurvey_rows(UPWARDS, options, sites, "Physiotherapist")]
    write_text("limesurvey-codes.csv", [names] + rows, quoted, mark=True)

    # The codes that LimeSurvey itself suggests, AO01 for the first answer.
    letters = {answer: f"AO{int(code):02d}" for answer, code in DOWNWARDS.items()}
    rows = [row + times for row in limesurvey_rows(letters, options, sites, "Physiotherapist")]
    write_text("limesurvey-letters.csv", [names] + rows, quoted, mark=True)

    headers = (
        ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started"]
        + ["Date last action", "IP address", "Referrer URL"]
        + ["Which site do you work at?", "What is your role?", "What is your role? [Other]"]
        + QUESTIONS
        + [f"{STEM} [{statement}]" for statement in STATEMENTS]
        + [ADDRESS, "Do you agree to take part?"]
    )
    same = {word: word for word in ROLES + ["North", "South"]}
    rows = list(limesurvey_rows(WORDS, same, same, "Physiotherapist"))
    rows = [row + ["Yes" if person <= LEFT else "N/A"] for person, row in enumerate(rows)]
    write_text("limesurvey-text.csv", [headers] + rows, quoted, ";", "\r\n", True)

    # Codes and texts in one header.
    codes = names[: 12 + GENERAL + CORE] + ["email", "consent"]
    both = [f"{code}. {header}" for code, header in zip(codes, headers)]
    write_text("limesurvey-both.csv", [both] + rows, quoted, mark=True)


# ---- REDCap ---------------------------------------------------------------------------------------

# Who answered as which record at which event.
REDCAP_ROWS = [(1, 1, 1), (1, 2, 2), (2, 1, 0), (3, 1, 3), (4, 1, 4), (4, 2, 5), (5, 1, 6), (6, 1, 7)]
BLOCKS = [("coherence", 4), ("cogpart", 4), ("collact", 7), ("refmon", 5)]


def redcap_rows(labelled):
    status = ["Incomplete", "Unverified", "Complete"] if labelled else ["0", "1", "2"]
    events = ["baseline_arm_1", "follow_up_arm_1"]
    if labelled:
        events = ["Baseline (Arm 1: Staff)", "Follow-up (Arm 1: Staff)"]
    boxes = ["Unchecked", "Checked"] if labelled else ["0", "1"]
    unknown = "Asked but unknown" if labelled else "ASKU"
    for record, event, person in REDCAP_ROWS:
        site, role, *_ = PEOPLE[person]
        done = person < LEFT
        number = str(ROLES.index(role) + 1) if role else ""
        group = (site if labelled else f"{site.lower()}_site") if site else ""
        # Those who came to the end were asked why they had passed over an item.
        answers = core(person, WORDS if labelled else UPWARDS, unknown if done else "")
        yield (
            [str(record), events[event - 1], group, EMAILS.get(person, "")]
            + [moment(person, 4) if role else "", role if labelled else number]
            + [boxes[person % 2], boxes[person % 3 == 0], f"person.{person}@example.org" if role else ""]
            + [status[2 if role else 0]]
            + [moment(person, 16) if done else "[not completed]" if role else ""]
            + general(person)
            + answers
            + [COMMENTS.get(person, ""), status[2 if done else 0]]
        )


def write_redcap():
    names = (
        ["record_id", "redcap_event_name", "redcap_data_access_group", "redcap_survey_identifier"]
        + ["about_you_timestamp", "role", "learnt___1", "learnt___2", "contact_email", "about_you_complete"]
        + ["nomad_timestamp", "general_1", "general_2", "general_3"]
        + [f"{block}_{number}" for block, count in BLOCKS for number in range(1, count + 1)]
        + ["comments", "nomad_complete"]
    )
    write_text("redcap-raw.csv", [names] + list(redcap_rows(False)), quoted_at_need)
    learnt = f"How did you learn about {HUDDLE}?"
    headers = (
        ["Record ID", "Event Name", "Data Access Group", "Survey Identifier", "Survey Timestamp"]
        + ["What is your role?", f"{learnt} (choice=Training)", f"{learnt} (choice=Colleagues)"]
        + ["Your e-mail address", "Complete?", "Survey Timestamp"]
        + QUESTIONS
        + STATEMENTS
        + ["Any other comments?", "Complete?"]
    )
    write_text("redcap-labels.csv", [headers] + list(redcap_rows(True)), quoted_at_need)


# ---- Jisc Online Surveys --------------------------------------------------------------------------


def jisc_number(person):
    return f"914201-914192-8861{person + 3:04d}"


def write_jisc():
    headers = (
        ["Unique Response Number", "1. I have read the information sheet and agree to take part"]
        + ["2. Which site do you work at?", "3. What is your role?", "3.a. If you selected Other, please specify:"]
        + [f"{number}. {question}" for number, question in enumerate(QUESTIONS, 4)]
        + [f"7. {STEM}"]
        + [f"7.{number}.a. {statement}" for number, statement in enumerate(STATEMENTS, 1)]
        + ["8. Any other comments?", f"9. {ADDRESS}"]
    )
    rows = [
        [jisc_number(person), "I agree", site, role, "Physiotherapist" if role == "Other" else ""]
        + general(person)
        + [""]
        + core(person, WORDS)
        + [COMMENTS.get(person, ""), EMAILS.get(person, "")]
        for person, (site, role, *_) in enumerate(PEOPLE)
    ]
    write_text("jisc-text.csv", [headers] + rows, quoted_unless_empty)

    names = (
        ["URN", "Q1", "Q2", "Q3", "Q3_a", "Q4", "Q5", "Q6", "Q7"]
        + [f"Q7_{number}_a" for number in range(1, CORE + 1)]
        + ["Q8", "Q9"]
    )
    rows = [
        [jisc_number(person), "1", {"North": "1", "South": "2"}.get(site, "")]
        + [str(ROLES.index(role) + 1) if role else "", "Physiotherapist" if role == "Other" else ""]
        # An answer is coded by its place in the list: "0" is the first.
        + [str(int(answer) + 1) if answer else "" for answer in general(person)]
        + [""]
        + core(person, DOWNWARDS)
        + [COMMENTS.get(person, ""), EMAILS.get(person, "")]
        for person, (site, role, *_) in enumerate(PEOPLE)
    ]
    write_text("jisc-coded.csv", [names] + rows, quoted_unless_empty)


# ---- Qualtrics ------------------------------------------------------------------------------------


def write_qualtrics():
    stem = f"Please think of {HUDDLE} as it is now.\nHow far do you agree?"
    columns = [
        ("StartDate", "Start Date", "startDate"),
        ("EndDate", "End Date", "endDate"),
        ("Status", "Response Type", "status"),
        ("IPAddress", "IP Address", "ipAddress"),
        ("Progress", "Progress", "progress"),
        ("Duration (in seconds)", "Duration (in seconds)", "duration"),
        ("Finished", "Finished", "finished"),
        ("RecordedDate", "Recorded Date", "recordedDate"),
        ("ResponseId", "Response ID", "_recordId"),
        ("RecipientLastName", "Recipient Last Name", "recipientLastName"),
        ("RecipientFirstName", "Recipient First Name", "recipientFirstName"),
        ("RecipientEmail", "Recipient Email", "recipientEmail"),
        ("ExternalReference", "External Data Reference", "externalDataReference"),
        ("LocationLatitude", "Location Latitude", "locationLatitude"),
        ("LocationLongitude", "Location Longitude", "locationLongitude"),
        ("DistributionChannel", "Distribution Channel", "distributionChannel"),
        ("UserLanguage", "User Language", "userLanguage"),
        ("Q2", "Which site do you work at?", "QID2"),
        ("Q3", "What is your role? - Selected Choice", "QID3"),
        ("Q3_4_TEXT", "What is your role? - Other - Text", "QID3_4_TEXT"),
    ]
    for number, question in enumerate(QUESTIONS, 1):
        columns.append((f"Q4_{number}", f"Please move each slider. - {question}", f"QID4_{number}"))
    for number, statement in enumerate(STATEMENTS, 1):
        columns.append((f"Q5_{number}", f"{stem} - {statement}", f"QID5_{number}"))
    columns += [
        ("Q6_First Click", "Timing - First Click", "QID6_FIRST_CLICK"),
        ("Q6_Click Count", "Timing - Click Count", "QID6_CLICK_COUNT"),
        ("Q7", "Any other comments?", "QID7_TEXT"),
    ]
    heads = [[name for name, _, _ in columns], [wording for _, wording, _ in columns]]
    zone = ',"timeZone":"Europe/London"'
    heads.append([f'{{"ImportId":"{key}"{zone if key.endswith("Date") else ""}}}' for _, _, key in columns])
    rows = []
    for person, (site, role, *_) in enumerate(PEOPLE):
        done, began = person < LEFT, bool(site)
        unanswered = "-99" if began else ""  # seen and not answered
        rows.append(
            [moment(person, 5), moment(person, 17), "0", f"192.0.2.{person + 31}"]
            + ["100" if done else "64" if began else "4", "720", "1" if done else "0"]
            + [moment(person, 18), f"R_3kQ0invented{person}"]
            + [f"Surname{person}", f"Forename{person}", f"person.{person}@example.org", f"staff-{4711 + person}"]
            + [f"0.{person}25", f"10.{person}75", "email", "EN"]
            + [{"North": "1", "South": "2"}.get(site, ""), str(ROLES.index(role) + 1) if role else ""]
            + ["Physiotherapist" if role == "Other" else ""]
            + [answer or unanswered for answer in general(person)]
            + core(person, DOWNWARDS, unanswered)
            + ["3.5", "27", COMMENTS.get(person, "")]
        )
    write_text("qualtrics.csv", heads + rows, quoted_at_need, mark=True)


# ---- Microsoft Forms ------------------------------------------------------------------------------

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def escaped(text):
    for mark, entity in [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#10;")]:
        text = text.replace(mark, entity)
    return text


def letters(column):
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


def sheet_of(rows, strings):
    """The rows of a sheet: text goes to `strings`, numbers stand in cells, ("date", number) has a style."""
    text = ""
    for number, row in enumerate(rows, 1):
        text += f'<row r="{number}">'
        for column, cell in enumerate(row, 1):
            place = f"{letters(column)}{number}"
            if isinstance(cell, tuple):
                text += f'<c r="{place}" s="1"><v>{cell[1]}</v></c>'
            elif isinstance(cell, int):
                text += f'<c r="{place}"><v>{cell}</v></c>'
            elif cell:
                text += f'<c r="{place}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'
        text += "</row>"
    return text


def relations(*pairs):
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{TYPES}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="m/d/yy h:mm:ss"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
PARTS = [
    ("/xl/workbook.xml", "sheet.main"),
    ("/xl/worksheets/sheet1.xml", "worksheet"),
    ("/xl/sharedStrings.xml", "sharedStrings"),
    ("/xl/styles.xml", "styles"),
    ("/xl/tables/table1.xml", "table"),
]


def content_types():
    parts = "".join(f'<Override PartName="{part}" ContentType="{KIND}.{kind}+xml"/>' for part, kind in PARTS)
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def write_workbook(name, rows):
    strings = {}
    last = f"{letters(len(rows[0]))}{len(rows)}"
    data = sheet_of(rows, strings)
    columns = "".join(
        f'<tableColumn id="{number}" name="{escaped(title)}"/>' for number, title in enumerate(rows[0], 1)
    )
    texts = "".join(f'<si><t xml:space="preserve">{escaped(text)}</t></si>' for text in strings)
    files = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{TYPES}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{TYPES}"><dimension ref="A1:{last}"/>'
        f'<sheetData>{data}</sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("table", "../tables/table1.xml")),
        "xl/tables/table1.xml": f'<table xmlns="{MAIN}" id="1" name="Table1" displayName="Table1" ref="A1:{last}">'
        f'<autoFilter ref="A1:{last}"/><tableColumns count="{len(rows[0])}">{columns}</tableColumns></table>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">{texts}</sst>',
    }
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_STORED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), XML + text)


def write_forms():
    # Pasted from a word processor: curly apostrophes, and a blank that does not break at the end of one.
    statements = [statement.replace("'", "\u2019") for statement in STATEMENTS]
    statements[6] += "\u00a0"
    headers = (
        ["ID", "Start time", "Completion time", "Email", "Name", "Which site do you work at?", "What is your role?"]
        + QUESTIONS
        + statements
        + ["Any other comments?"]
    )
    rows = []
    for person, (site, role, *_) in enumerate(PEOPLE[:-1]):  # who does not submit leaves no row
        chosen = {"Other": "Physiotherapist;", "Doctor": "Doctor;Manager;"}.get(role, f"{role};")
        known = person in EMAILS
        rows.append(
            [person + 1, ("date", f"{46083 + person}.375"), ("date", f"{46083 + person}.3854166667")]
            + [EMAILS.get(person, "anonymous"), f"Person {person + 1} Surname" if known else "", site, chosen]
            + [int(answer) if answer else "" for answer in general(person)]
            + core(person, WORDS)
            + [COMMENTS.get(person, "")]
        )
    write_workbook("forms.xlsx", [headers] + rows)


# ---- SPSS -----------------------------------------------------------------------------------------

NOTHING = -sys.float_info.max


class Variable:
    def __init__(self, name, label, width=0, labels=(), missing=None, datetime=False):
        self.name, self.label, self.width = name, label, width
        self.labels, self.missing = labels, missing
        self.slots = max(1, -(-width // 8))
        if width:
            self.format = 1 << 16 | width << 8  # A
        else:
            self.format = 22 << 16 | 20 << 8 if datetime else 5 << 16 | 8 << 8  # DATETIME20, F8.0

    def cell(self, value):
        if self.width:
            return str(value).encode().ljust(8 * self.slots)
        return struct.pack("<d", NOTHING if value == "" else float(value))


def extension(subtype, size, count, content):
    return struct.pack("<4i", 7, subtype, size, count) + content


def write_sav(name, variables, rows):
    slots = sum(variable.slots for variable in variables)
    out = b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60)
    out += struct.pack("<5id", 2, slots, 0, 0, len(rows), 100.0)
    out += b"02 Mar 26" + b"09:00:00" + b" " * 64 + b"\0" * 3
    index, places = 1, []
    for number, variable in enumerate(variables):
        label = variable.label.encode()[:255]
        shown = variable.format
        out += struct.pack("<6i", 2, variable.width, 1, variable.missing is not None, shown, shown)
        out += b"V%07d" % number + struct.pack("<i", len(label)) + label.ljust(-(-len(label) // 4) * 4)
        out += struct.pack("<d", variable.missing) if variable.missing is not None else b""
        out += struct.pack("<6i8s", 2, -1, 0, 0, 0, 0, b"") * (variable.slots - 1)
        places.append(index)
        index += variable.slots
    for variable, place in zip(variables, places):
        if variable.labels:
            out += struct.pack("<2i", 3, len(variable.labels))
            for value, label in variable.labels:
                text = label.encode()
                out += struct.pack("<dB", value, len(text)) + text.ljust(-(-(len(text) + 1) // 8) * 8 - 1)
            out += struct.pack("<3i", 4, 1, place)
    out += extension(3, 4, 8, struct.pack("<8i", 20, 0, 0, -1, 1, 1, 2, 65001))
    out += extension(4, 8, 3, struct.pack("<3d", NOTHING, sys.float_info.max, -sys.float_info.max))
    names = "\t".join(f"V{number:07d}={variable.name}" for number, variable in enumerate(variables)).encode()
    out += extension(13, 1, len(names), names) + extension(20, 1, 5, b"UTF-8")
    out += struct.pack("<2i", 999, 0)
    for row in rows:
        assert len(row) == len(variables), name
        out += b"".join(variable.cell(value) for variable, value in zip(variables, row))
    (HERE / name).write_bytes(out)


def labels_of(codes):
    return [(int(code), WORDS[answer]) for answer, code in sorted(codes.items(), key=lambda pair: int(pair[1]))]


def write_jisc_sav():
    # Somebody declared 9 as missing in SPSS.
    agreement = labels_of(DOWNWARDS) + [(9, "No answer given")]
    ten = [(number + 1, str(number)) for number in range(11)]
    variables = [
        Variable("URN", "Unique Response Number", 24),
        Variable("Q1", "I have read the information sheet and agree to take part", labels=[(1, "I agree")]),
        Variable("Q2", "Which site do you work at?", labels=[(1, "North"), (2, "South")]),
        Variable("Q3", "What is your role?", labels=list(enumerate(ROLES, 1))),
        Variable("Q3_a", "If you selected Other, please specify:", 40),
    ]
    variables += [Variable(f"Q{number}", question, labels=ten) for number, question in enumerate(QUESTIONS, 4)]
    variables += [Variable("Q7", STEM)]
    for number, statement in enumerate(STATEMENTS, 1):
        variables.append(Variable(f"Q7_{number}_a", statement, labels=agreement, missing=9))
    variables += [
        Variable("Q8", "Any other comments?", 80),
        Variable("Q9", ADDRESS, 40),
    ]
    rows = [
        [jisc_number(person), 1, {"North": 1, "South": 2}.get(site, "")]
        + [ROLES.index(role) + 1 if role else "", "Physiotherapist" if role == "Other" else ""]
        + [int(answer) + 1 if answer else "" for answer in general(person)]
        + [""]
        + core(person, DOWNWARDS, "9" if site else "")
        + [COMMENTS.get(person, ""), EMAILS.get(person, "")]
        for person, (site, role, *_) in enumerate(PEOPLE)
    ]
    write_sav("jisc.sav", variables, rows)


def write_limesurvey_sav():
    # Of an array, LimeSurvey labels a variable with the statement in brackets, then the question.
    variables = [
        Variable("id", "Response ID"),
        Variable("submitdate", "Date submitted", datetime=True),
        Variable("lastpage", "Last page"),
        Variable("startlanguage", "Start language", 8),
        Variable("ipaddr", "IP address", 16),
        Variable("site", "Which site do you work at?", 24),
        Variable("role", "What is your role?", 24),
    ]
    for number, question in enumerate(QUESTIONS, 1):
        variables.append(Variable(f"GEN_SQ{number:03d}", f"[{question}] Please give a number from 0 to 10."))
    for number, statement in enumerate(STATEMENTS, 1):
        variables.append(Variable(f"NPT_SQ{number:03d}", f"[{statement}] {STEM}", labels=labels_of(UPWARDS)))
    rows = [
        # 2 March 2026 is 161,942 days after 14 October 1582.
        [person + 1, (161942 + person) * 86400 + 33605 if person < LEFT else "", 4 if person < LEFT else 1, "en"]
        + [f"192.0.2.{person + 11}", site, role]
        + general(person)
        + core(person, UPWARDS)
        for person, (site, role, *_) in enumerate(PEOPLE)
    ]
    write_sav("limesurvey.sav", variables, rows)


def main():
    write_limesurvey()
    write_redcap()
    write_jisc()
    write_qualtrics()
    write_forms()
    write_jisc_sav()
    write_limesurvey_sav()


if __name__ == "__main__":
    main()
