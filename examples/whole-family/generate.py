#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write interviews.qdpx, a REFI-QDA project with 53 invented and coded interviews.

The study is invented. No person, place, organisation or interview behind it is real; every sentence comes from the text
bank in bank/ and is chosen by a pseudo-random generator with a fixed seed, so each run writes the same project.

    python3 generate.py [OUTPUT]

The codes come from ../../codebooks/npt.qdc, with the changes that a study would make to them (see own_codes).
"""

import datetime
import hashlib
import random
import re
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path

SEED = "whole-family 7"
HERE = Path(__file__).resolve().parent
CODEBOOK = HERE.parent.parent / "codebooks" / "npt.qdc"
CODEBOOK_NS = "{urn:QDA-XML:codebook:1.0}"
PROJECT_NS = "urn:QDA-XML:project:1.0"
PROJECT_TIME = "2024-12-13T12:00:00Z"
ZIP_TIME = (2024, 12, 13, 12, 0, 0)
USES = 6            # interviews that may share one passage
FEWEST, MOST = (12, 16), 25     # coded passages of an interview; the fewest differs from one to the next
WORDS = 470         # an interview shorter than this gets more small talk

LEVELS = {"L": "Senior leader", "M": "Manager", "F": "Front-line"}
SECTORS = {"health": "Health", "care": "Social care and local government", "housing": "Housing",
           "probation": "Probation", "vcs": "Voluntary and community"}
FOCUS = {"child": "Child-focused", "adult": "Adult-focused"}

# Who was interviewed: site -> rows of level, sector, focus, how many.
PEOPLE = {
    1: [("L", "care", "child", 2), ("L", "care", "adult", 1), ("L", "vcs", "adult", 1),
        ("M", "care", "child", 2), ("M", "care", "adult", 1), ("M", "vcs", "child", 1), ("M", "probation", "adult", 1),
        ("F", "care", "child", 4), ("F", "care", "adult", 1), ("F", "health", "child", 1), ("F", "vcs", "child", 2),
        ("F", "vcs", "adult", 3), ("F", "housing", "adult", 1), ("F", "probation", "adult", 1)],
    2: [("L", "care", "child", 1), ("L", "care", "adult", 1), ("L", "vcs", "adult", 1),
        ("M", "care", "child", 2), ("M", "vcs", "adult", 1),
        ("F", "care", "child", 2), ("F", "care", "adult", 1), ("F", "health", "adult", 1), ("F", "vcs", "child", 1),
        ("F", "vcs", "adult", 1)],
    3: [("L", "care", "child", 1), ("L", "care", "adult", 1),
        ("M", "care", "child", 2), ("M", "care", "adult", 1), ("M", "vcs", "adult", 1), ("M", "housing", "adult", 1),
        ("F", "care", "child", 3), ("F", "care", "adult", 1), ("F", "health", "child", 1), ("F", "vcs", "child", 2),
        ("F", "vcs", "adult", 3), ("F", "housing", "adult", 1), ("F", "probation", "adult", 1)],
}
EMOJI = {1: ("M", "care"), 2: ("F", "vcs"), 3: ("F", "care")}   # one interview a site reads out a message
SECOND_CODER = {1: "LMFF", 2: "LMFF", 3: "LMFF"}                # levels of the four that coder B reads too

PARTS = {
    "Coherence": ["Differentiation", "Communal specification", "Individual specification", "Internalization"],
    "Cognitive participation": ["Initiation", "Enrolment", "Legitimation", "Activation"],
    "Collective action": ["Interactional workability", "Relational integration", "Skill-set workability",
                          "Contextual integration", "Information sharing", "Data protection worries"],
    "Reflexive monitoring": ["Systematization", "Communal appraisal", "Individual appraisal", "Reconfiguration"],
}
# Topic of the interview -> its constructs, each with the chance that it comes up at sites 1, 2, 3.
TOPICS = {
    "contexts": {"Strategic intentions": (.70, .55, .65), "Adaptive execution": (.45, .50, .40),
                 "Negotiating capability": (.50, .40, .65), "Reframing organisational logics": (.45, .40, .45)},
    "coherence": {"Coherence": (.95, 1, .90)},
    "participation": {"Cognitive participation": (.82, 1, .60)},
    "action": {"Collective action": (.90, 1, .85), "Children's voices": (.20, .30, .10)},
    "monitoring": {"Reflexive monitoring": (.58, 1, .24)},
    "outcomes": {"Intervention mobilisation": (.50, .90, .20), "Normative restructuring": (.34, .72, .12),
                 "Relational restructuring": (.50, .84, .22), "Sustainment": (.40, .92, .30),
                 "Covid-19": (.12, .10, .15)},
}
# Chances of a facilitator and of a barrier; the rest is neither. Keyed by site and level.
STANCE = {1: {"L": (.68, .20), "M": (.50, .36), "F": (.34, .52)},
          2: {"L": (.84, .06), "M": (.82, .08), "F": (.80, .10)},
          3: {"L": (.30, .55), "M": (.18, .70), "F": (.10, .78)}}
NUMBERS = ("no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
           "seventeen eighteen nineteen twenty twenty-one twenty-two").split()
SLOTS = {
    "meeting": ["the weekly hub meeting", "the Tuesday case discussion", "the steering group",
                "the monthly partnership meeting", "the allocation meeting", "the multi-agency meeting"],
    "team": ["the safeguarding team", "the early help team", "the duty team", "the assessment team",
             "the family support team"],
    "partner": ["housing", "probation", "mental health", "the drug and alcohol service", "the health visiting service"],
    "month": ["January", "February", "March", "May", "June", "September", "October", "November"],
    "n": ["six", "seven", "eight", "nine", "eleven", "fourteen"],
}
OWN_SLOT = {"housing": "housing", "probation": "probation", "health": "the health visiting service"}


def guid(*parts):
    """A GUID that depends on nothing but the seed and PARTS."""
    h = hashlib.sha256("|".join((SEED,) + parts).encode()).hexdigest().upper()
    h = h[:12] + "4" + h[13:16] + "89AB"[int(h[16], 16) % 4] + h[17:32]
    return "-".join((h[:8], h[8:12], h[12:16], h[16:20], h[20:]))


# ---- the text bank ------------------------------------------------------------------------------------------------

class Line:
    """One passage of the bank: its text, its code (or kind of talk), stance, second code and who may say it."""

    def __init__(self, key, raw):
        m = re.fullmatch(r"(?:([-+=]) )?(?:\[([^]]*)\] )?(?:\{([^}]*)\} )?(.+)", raw)
        self.key, self.stance, self.second, self.text = key, m[1], m[3], m[4]
        tags = (m[2] or "").split()
        self.sites = {int(t[1]) for t in tags if re.fullmatch(r"s[123]", t)}
        self.levels = {c for t in tags if re.fullmatch(r"[LMF]+", t) for c in t}
        self.sectors = {t for t in tags if t in SECTORS}
        self.focus = {t for t in tags if t in FOCUS}
        known = len(self.sites) + len(self.sectors) + len(self.focus) + bool(self.levels)
        if known != len(tags):
            raise ValueError(f"unknown tag in [{m[2]}] before: {self.text}")

    def fits(self, who):
        return all(not allowed or is_ in allowed for allowed, is_ in
                   ((self.sites, who.site), (self.levels, who.level), (self.sectors, who.sector), (self.focus, who.focus)))


def read_bank():
    bank = {}
    for path in sorted((HERE / "bank").glob("*.txt")):
        for raw in path.read_text(encoding="utf-8").splitlines():
            if raw.startswith("## "):
                lines = bank.setdefault(raw[3:], [])
                key = raw[3:]
            elif raw and not raw.startswith("#"):
                lines.append(Line(key, raw))
    return bank


class Chooser:
    """Hands out passages, the least used first, none to more than USES interviews and none twice to one."""

    def __init__(self, bank):
        self.bank, self.used = bank, Counter()

    def take(self, key, who, stance=None):
        lines = [x for x in self.bank[key] if x.fits(who) and x not in who.said and self.used[x] < USES
                 and (stance is None or x.stance == stance)]
        if not lines:
            return None
        least = min(self.used[x] for x in lines)
        line = who.rng.choice([x for x in lines if self.used[x] == least])
        self.used[line] += 1
        who.said.add(line)
        return line

    def ask(self, key, who):
        """A question: these may recur between interviews, not within one."""
        line = who.rng.choice([x for x in self.bank[key] if x not in who.said] or self.bank[key])
        who.said.add(line)
        return line


# ---- the people and what they say ---------------------------------------------------------------------------------

class Person:
    def __init__(self, site, number, level, sector, focus):
        self.site, self.level, self.sector, self.focus = site, level, sector, focus
        self.name = f"S{site}-{number:02d}"
        self.rng = random.Random(f"{SEED}|{self.name}")
        self.said = set()
        self.years = min(22, 1 + int(self.rng.expovariate(1 / {"L": 8, "M": 6, "F": 4}[level])))
        day = datetime.date(2024, 1, 15) + datetime.timedelta(days=self.rng.randrange(190))
        self.date = day - datetime.timedelta(days=max(0, day.weekday() - 4))
        self.curly = self.rng.random() < .45        # this transcriber types curly quotes
        self.chatty = self.rng.choice((.15, .25, .35, .5))
        self.emoji = self.second_coder = False


def people():
    rng = random.Random(f"{SEED}|people")
    everyone = []
    for site, rows in PEOPLE.items():
        profiles = [row[:3] for row in rows for _ in range(row[3])]
        rng.shuffle(profiles)
        group = [Person(site, i, *profile) for i, profile in enumerate(profiles, 1)]
        reader = next(p for p in group if (p.level, p.sector) == EMOJI[site])
        reader.emoji, reader.curly = True, site != 3
        for level in SECOND_CODER[site]:
            left = [p for p in group if p.level == level and not p.second_coder]
            # the interview with the emoji of site 2 is read by both coders
            pick = next((p for p in left if p.emoji and site == 2), None) or rng.choice(left)
            pick.second_coder = True
        everyone += group
    for person in rng.sample([p for p in everyone if p.level != "L"], 2):
        person.years = None
    return everyone


def stance_of(who, topic):
    good, bad = STANCE[who.site][who.level]
    if topic == "contexts":
        good, bad = (good + .42) / 2, (bad + .42) / 2
    if topic == "outcomes" and who.site == 3:
        good, bad = .05, .85
    if topic == "coherence" and who.site == 1 and who.level == "L":
        good, bad = .88, .06
    r = who.rng.random()
    return "+" if r < good else "-" if r < good + bad else "="


def plan(who, chooser):
    """The coded passages of an interview, as topic -> lines."""
    rng, said = who.rng, {}

    def add(topic, construct):
        keys = PARTS.get(construct, [construct])
        if construct in PARTS:
            asked = [x.key for x in said.get(topic, [])]
            keys = [k for k in keys if asked.count(k) < 2 and (k not in asked or rng.random() < .3)] or keys
            if construct not in asked and rng.random() < .07:
                keys = [construct]
        stance = stance_of(who, topic)
        if (line := chooser.take(rng.choice(keys), who, stance)):
            said.setdefault(topic, []).append(line)

    present = []
    for topic, constructs in TOPICS.items():
        for construct, chances in constructs.items():
            chance = chances[who.site - 1]
            if who.site == 1 and construct in PARTS and who.level == "L":
                chance = min(1, chance + .15)
            if rng.random() >= chance:
                continue
            present.append((topic, construct))
            if construct in PARTS:
                times = rng.choice({1: (2, 3, 3, 4), 2: (3, 3, 4, 4), 3: (2, 3, 4)}[who.site])
            else:
                times = 1 if construct in ("Children's voices", "Covid-19") else rng.choice((1, 1, 2))
            for _ in range(times):
                add(topic, construct)
    fewest = rng.randint(*FEWEST)
    for _ in range(200):
        total = sum(map(len, said.values()))
        if total < fewest:
            add(*rng.choice(present or [("contexts", "Strategic intentions")]))
        elif total > MOST:
            max(said.values(), key=len).pop()
        else:
            break
    return said


class Transcript:
    """The text of an interview while it grows, and where each passage stands in it (in code points)."""

    def __init__(self, who):
        self.who, self.text, self.passages = who, "", []

    def fill(self, text):
        rng, who = self.who.rng, self.who

        def slot(m):
            if m[1] == "years":
                value = "just over a year" if who.years == 1 else NUMBERS[who.years] + " years"
            else:
                value = rng.choice([v for v in SLOTS[m[1]] if v != OWN_SLOT.get(who.sector)])
            start = m.start() == 0 or re.search(r"[.?!] $", text[:m.start()])
            return value[0].upper() + value[1:] if start else value

        text = re.sub(r"<(\w+)>", slot, text)
        if who.curly:
            text = re.sub(r'"([^"]*)"', "\u201c\\1\u201d", text).replace("'", "\u2019")
        return text

    def turn(self, speaker, lines, topic=None):
        self.text += ("\n\n" if self.text else "") + speaker + ":"
        for line in lines:
            self.text += " "
            start = len(self.text)
            self.text += self.fill(line.text)
            if speaker == "Participant":
                self.passages.append((line, topic, start, len(self.text)))


def interview(who, chooser):
    rng, t = who.rng, Transcript(who)
    said = plan(who, chooser)

    def aside():
        line = chooser.take("Aside", who)
        return [line] if line else []

    t.turn("Interviewer", [chooser.ask("Q open", who)])
    role = chooser.take("Role", who)
    t.turn("Participant", [role, chooser.take("Since" if who.years else "New", who)])
    if who.emoji:
        t.turn("Interviewer", [chooser.ask("Q mood", who)])
        t.turn("Participant", [chooser.take("Emoji", who)], "action")
    for topic in TOPICS:
        lines = said.get(topic, [])
        if not lines and rng.random() < .5:
            continue
        t.turn("Interviewer", [chooser.ask("Q " + topic, who)])
        if not lines:
            t.turn("Participant", [chooser.ask("Lead", who)] + aside(), topic)
        while lines:
            size = rng.choice((1, 2, 2, 3))
            answer, lines = lines[:size], lines[size:]
            if rng.random() < who.chatty:
                answer = answer + aside() if rng.random() < .6 else aside() + answer
            if rng.random() < .4:
                answer = [chooser.ask("Lead", who)] + answer
            t.turn("Participant", answer, topic)
            if lines:
                t.turn("Interviewer", [chooser.ask("Q probe", who)])
    while len(t.text.split()) < WORDS and (talk := aside() + aside()):
        t.turn("Interviewer", [chooser.ask("Q probe", who)])
        t.turn("Participant", talk, topic)
    t.turn("Interviewer", [chooser.ask("Q close", who)])
    t.turn("Participant", [chooser.take("Close", who)])
    t.text += "\n"
    return t


# ---- the coding ---------------------------------------------------------------------------------------------------

TALK = ("Role", "Since", "New", "Aside", "Lead", "Close")


class Selection:
    def __init__(self, coder, start, end, codes):
        self.coder, self.start, self.end, self.codes = coder, start, end, codes


def family(code):
    """The codes with which CODE might be confused."""
    groups = list(PARTS.values()) + [list(TOPICS["contexts"]),
                                     [c for c in TOPICS["outcomes"] if c != "Covid-19"]]
    return next(([c for c in g if c != code] for g in groups if code in g), [])


def sentences(text, start, end):
    """The [start, end) of each sentence of a passage."""
    cuts = [start] + [start + m.end() for m in re.finditer(r"[.?!][\u201d\"]? ", text[start:end])] + [end]
    return [(a, b - (b < end)) for a, b in zip(cuts, cuts[1:])]


def stance_selection(rng, coder, t, line, start, end):
    span = (start, end)
    if rng.random() < .35:
        span = rng.choice(sentences(t.text, start, end))
    return Selection(coder, *span, ["Enablers" if line.stance == "+" else "Barriers"])


def code_first(t):
    """What coder A makes of a transcript."""
    rng, done = t.who.rng, []
    for line, topic, start, end in t.passages:
        if line.key in TALK:
            continue
        if line.key == "Emoji":
            done.append(Selection("A", start, end, ["Interactional workability"]))
            continue
        codes = [line.key]
        parent = next((c for c, parts in PARTS.items() if line.key in parts), None)
        if parent and rng.random() < .03:
            codes = [parent]
        if line.second:
            codes.append(line.second)
        elif rng.random() < .07 and family(line.key):
            codes.append(rng.choice(family(line.key)))
        if len(codes) == 1 and rng.random() < .045:
            codes.append("Great quotes")
        done.append(Selection("A", start, end, codes))
        if line.stance in "+-" and rng.random() < .7:
            done.append(stance_selection(rng, "A", t, line, start, end))
    return done


def code_second(t, first):
    """What coder B makes of it, without having seen A's work: the same for about four passages in five."""
    rng, done = t.who.rng, []
    for line, topic, start, end in t.passages:
        if line.key in TALK:
            if line.key == "Aside" and rng.random() < .15 and TOPICS[topic]:
                done.append(Selection("B", start, end, [next(iter(TOPICS[topic]))]))
            continue
        theirs = [s for s in first if s.start >= start and s.end <= end]
        main = next(s for s in theirs if (s.start, s.end) == (start, end))
        stance = [s for s in theirs if s.codes[0] in ("Barriers", "Enablers")]
        r = rng.random()
        codes = list(main.codes)
        if r < .80 and len(codes) > 1 and rng.random() < .35:
            codes.pop()
        elif .80 <= r < .91:
            codes = [rng.choice(family(codes[0]) or codes)]
        if r < .91:
            a, b = start, end
            if rng.random() < .18:
                parts = sentences(t.text, start, end)
                after = re.match(r" [^\n]*?[.?!](?= |\n)", t.text[end:])
                if len(parts) > 1 and rng.random() < .6:
                    a, b = rng.choice(((parts[0][0], parts[-2][1]), (parts[1][0], parts[-1][1])))
                elif after:
                    b = end + after.end()
            done.append(Selection("B", a, b, codes))
        if line.stance in ("+", "-") and rng.random() < (.83 if stance else .14):
            done.append(Selection("B", stance[0].start, stance[0].end, stance[0].codes) if stance
                        else stance_selection(rng, "B", t, line, start, end))
    return done


# ---- the project file ---------------------------------------------------------------------------------------------

def own_codes():
    """The code tree of the study as an element, and name of a bank key -> GUID."""
    codes = ET.Element("Codes")
    names = {}

    def put(parent, name, key=None, guid_=None, codable=True, colour=None, text=None):
        guid_ = guid_ or guid("code", name)
        e = ET.SubElement(parent, "Code", guid=guid_, name=name, isCodable="true" if codable else "false")
        if colour:
            e.set("color", colour)
        if text:
            ET.SubElement(e, "Description").text = text
        names[key or name] = guid_
        return e

    renamed = {"Coherence": ("Making sense of it", "What people understand by the approach, alone and together."),
               "Internalization": ("Internalisation", "Seeing the worth of the approach for one's own work."),
               "Enrolment": ("3.2 Enrolment", "Who joins in, who does not, and how they were asked.")}

    def copy(source, parent):
        for code in source.findall(CODEBOOK_NS + "Code"):
            name = code.get("name")
            if name in renamed:
                new, text = renamed[name]
                e = put(parent, new, key=name, colour=code.get("color"), text=text)
            else:
                e = put(parent, name, guid_=code.get("guid"), codable=code.get("isCodable") == "true",
                        colour=code.get("color"), text=code.findtext(CODEBOOK_NS + "Description"))
            copy(code, e)
            if name == "Relational integration":
                sharing = put(e, "Information sharing", colour="#7FD1BB",
                              text="Passing on what one service knows to another.")
                put(sharing, "Data protection worries", colour="#4FB79B",
                    text="Doubts about what the law or the employer allows one to pass on.")

    copy(ET.parse(CODEBOOK).getroot().find(CODEBOOK_NS + "Codes"), codes)
    put(codes, "Barriers", colour="#8C510A", text="Anything said to stand in the way.")
    put(codes, "Enablers", colour="#01665E", text="Anything said to help.")
    put(codes, "Great quotes", colour="#F6C141", text="For the report.")
    put(codes, "Children's voices", colour="#E7298A", text="What children said, and how it is heard.")
    put(codes, "Covid-19", colour="#7F7F7F")
    return codes, names


def clock(who, coder):
    """Times of day, one after the other, on the day that CODER coded the interview."""
    rng = random.Random(f"{SEED}|{who.name}|{coder}")
    days = rng.randrange(14, 60) + (70 if coder == "B" else 0)
    now = datetime.datetime.combine(who.date + datetime.timedelta(days=days),
                                    datetime.time(rng.randrange(9, 15), rng.randrange(60)))
    while True:
        now += datetime.timedelta(seconds=rng.randrange(20, 240))
        yield now.strftime("%Y-%m-%dT%H:%M:%SZ")


def snippet(text):
    return text if len(text) <= 60 else text[:60].rstrip()


def build(transcripts):
    user = {c: guid("user", c) for c in "AB"}
    root = ET.Element("Project", xmlns=PROJECT_NS, name="Whole-family approach", origin="nptkit example 1",
                      creatingUserGUID=user["A"], creationDateTime="2024-01-08T09:00:00Z",
                      modifyingUserGUID=user["A"], modifiedDateTime=PROJECT_TIME)
    users = ET.SubElement(root, "Users")
    for c in "AB":
        ET.SubElement(users, "User", guid=user[c], name=f"Coder {c}", id=c)
    codes, code_guid = own_codes()
    ET.SubElement(root, "CodeBook").append(codes)
    variables = ET.SubElement(root, "Variables")
    kinds = {"Site": "Text", "Level": "Text", "Sector": "Text", "Focus": "Text", "Years in post": "Integer",
             "Interview date": "Date"}
    for name, kind in kinds.items():
        ET.SubElement(variables, "Variable", guid=guid("variable", name), name=name, typeOfVariable=kind)
    cases = ET.SubElement(root, "Cases")
    sources = ET.SubElement(root, "Sources")
    files = {}
    for t in transcripts:
        who = t.who
        source_guid, text_guid = guid("source", who.name), guid("text", who.name)
        files[f"sources/{text_guid}.txt"] = t.text
        case = ET.SubElement(cases, "Case", guid=guid("case", who.name), name=who.name)
        values = {"Site": f"Site {who.site}", "Level": LEVELS[who.level], "Sector": SECTORS[who.sector],
                  "Focus": FOCUS[who.focus], "Years in post": who.years, "Interview date": who.date}
        for name, value in values.items():
            if value is not None:
                v = ET.SubElement(case, "VariableValue")
                ET.SubElement(v, "VariableRef", targetGUID=guid("variable", name))
                ET.SubElement(v, kinds[name] + "Value").text = str(value)
        ET.SubElement(case, "SourceRef", targetGUID=source_guid)
        source = ET.SubElement(sources, "TextSource", guid=source_guid, name=f"{who.name} interview",
                               plainTextPath=f"internal://{text_guid}.txt", creatingUser=user["A"],
                               creationDateTime=f"{who.date + datetime.timedelta(days=7)}T10:00:00Z")
        selections = code_first(t)
        if who.second_coder:
            selections += code_second(t, selections)
        clocks = {c: clock(who, c) for c in "AB"}
        for n, s in enumerate(sorted(selections, key=lambda s: (s.coder, s.start, -s.end))):
            when = next(clocks[s.coder])
            e = ET.SubElement(source, "PlainTextSelection", guid=guid("selection", who.name, str(n)),
                              name=snippet(t.text[s.start:s.end]), startPosition=str(s.start), endPosition=str(s.end),
                              creatingUser=user[s.coder], creationDateTime=when)
            for code in s.codes:
                c = ET.SubElement(e, "Coding", guid=guid("coding", who.name, str(n), code),
                                  creatingUser=user[s.coder], creationDateTime=when)
                ET.SubElement(c, "CodeRef", targetGUID=code_guid[code])
    ET.SubElement(root, "Description").text = ("An invented study, written to try nptkit on. No interview, person, "
                                               "place or organisation in it is real.")
    ET.indent(root)
    qde = '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    return {"project.qde": qde, **files}


def main():
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "interviews.qdpx"
    chooser = Chooser(read_bank())
    files = build([interview(who, chooser) for who in people()])
    with zipfile.ZipFile(out, "w") as z:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            z.writestr(info, files[name].encode("utf-8"), compresslevel=9)


if __name__ == "__main__":
    main()
