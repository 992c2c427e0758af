# compare_sheets.py - sheets that LibreOffice wrote as CSV against our own CSV: compare_sheets.py XLSX SHEETS CSV
#
# Also looks at the workbook with Python's own readers of archives and XML: no merged cells, no filters, no formulas, no
# links that leave the workbook, each table marked where its header is.
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import glob
import os
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

workbook, sheets, folder = sys.argv[1:4]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def fail(what):
    sys.exit("check_xlsx: " + what)


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def plain(text):
    """As it was before the CSV's guard against formulas, on one line."""
    if text.startswith("'") and re.match(r"[=+\-@]", text[1:].lstrip(" \u00a0")):
        text = text[1:]
    return re.sub(r"\s*[\r\n]+\s*", " ", text)


def same(shown, written):
    if written == "withheld" or written == "":
        return shown == "withheld" if written else shown != "" and not re.fullmatch(r"[-\d.]+", shown)
    if written == "Total" and shown == "All":
        return True
    if plain(written) == plain(shown):
        return True
    try:
        # LibreOffice writes 15 digits and at most 20 decimals, and what is shown as a percentage as one.
        if shown.endswith("%"):
            return abs(float(shown[:-1]) / 100 - float(written)) <= 1e-14
        return abs(float(shown) - float(written)) <= max(1e-19, 1e-14 * abs(float(written)))
    except ValueError:
        return False


def check_parts():
    marked = 0
    with zipfile.ZipFile(workbook) as archive:
        if archive.testzip():
            fail("the archive is damaged")
        for name in archive.namelist():
            root = xml.fromstring(archive.read(name))
            for banned in ("mergeCell", "autoFilter", "f"):
                if root.find(".//" + MAIN + banned) is not None:
                    fail("%s has <%s>" % (name, banned))
            if b'TargetMode="External"' in archive.read(name):
                fail(name + " leads out of the workbook")
            marked += name.startswith("xl/tables/")
    return marked


def main():
    marked = check_parts()
    contents = rows_of(os.path.join(folder, "contents.csv"))[1:]
    if marked != len(contents) + 2:
        fail("%d tables are marked, not %d" % (marked, len(contents) + 2))
    cells = 0
    for file, number, caption, _ in contents:
        found = [path for path in glob.glob(os.path.join(sheets, "*.csv"))
                 if os.path.basename(path).startswith("report-%s " % number)]
        if len(found) != 1:
            fail("table %s has %d sheets" % (number, len(found)))
        shown, written = rows_of(found[0]), rows_of(os.path.join(folder, file))
        if shown[0][0] != "Table %s: %s" % (number, plain(caption)):
            fail("table %s is called '%s'" % (number, shown[0][0]))
        if len(shown) != len(written) + 3:
            fail("table %s has %d rows, not %d" % (number, len(shown) - 3, len(written)))
        for at, (row, expected) in enumerate(zip(shown[4:], written[1:]), 5):
            for column, text in enumerate(expected):
                if not same(row[column], text):
                    fail("table %s, row %d, column %d: '%s', not '%s'"
                         % (number, at, column + 1, row[column], text))
                cells += 1
            if "" in row[len(expected):len(shown[3])]:
                fail("table %s, row %d: an empty cell" % (number, at))
    notes = rows_of(os.path.join(sheets, "report-Notes.csv"))[4:]
    sentences = rows_of(os.path.join(folder, "sentences.csv"))[1:]
    if len(notes) != len(sentences):
        fail("%d notes, not %d" % (len(notes), len(sentences)))
    for note, sentence in zip(notes, sentences):
        if plain(note[2]) != plain(sentence[2]):
            fail("'%s', not '%s'" % (note[2], sentence[2]))
        cells += 1
    print("check_xlsx: %d cells of %d tables compared." % (cells, len(contents)))


main()
