"""compare_docx.py - what stands in the HTML of a report stands in its Word file, as LibreOffice read it:
python3 compare_docx.py REPORT...

For each REPORT there are REPORT.html, REPORT.docx, REPORT.txt (the text of its PDF), docx/REPORT.docx and odt/REPORT.odt.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import sys
import unicodedata
import xml.etree.ElementTree as tree
import zipfile

HTML = "{http://www.w3.org/1999/xhtml}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"


def text_of(node):
    return " ".join("".join(node.itertext()).split())


def bare(text):
    """Without blanks, line ends and kinds of hyphens: a PDF wraps lines where it likes."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]", "", unicodedata.normalize("NFKC", text))


def fail(report, what):
    sys.exit(f"FAILED: {report}: {what}")


def page_of(report):
    return tree.fromstring(open(report + ".html", encoding="utf-8").read().split("\n", 1)[1])


def expect_all(report, kind, wanted, text):
    if not wanted:
        fail(report, f"the HTML has no {kind}")
    for one in wanted:
        if bare(one) not in text:
            fail(report, f"the {kind} '{one}' is not in the PDF")
    return len(wanted)


def check_text(report):
    page = page_of(report)
    text = bare(open(report + ".txt", encoding="utf-8").read())
    expect_all(report, "title", [text_of(n) for n in page.iter(HTML + "h1")], text)
    # The list of contents is the page's own: Word makes one from the headings where somebody wants it.
    headings = [text_of(n) for level in "23456" for n in page.iter(HTML + "h" + level) if text_of(n) != "Contents"]
    captions = [text_of(n) for n in page.iter(HTML + "caption")]
    captions += [text_of(n).split(" In words")[0].split(" The numbers are")[0]
                 for n in page.iter(HTML + "figcaption")]
    headings = expect_all(report, "heading", headings, text)
    captions = expect_all(report, "caption", captions, text)
    print(f"ok: {report}: title, {headings} headings and {captions} captions are in the PDF")


def rows_of_html(page):
    """The cells of each row that stand in this row; those that a label stands for from above are ''."""
    for table in page.iter(HTML + "table"):
        columns = len(next(table.iter(HTML + "tr")))
        rows = []
        for row in table.iter(HTML + "tr"):
            cells = [text_of(cell) for cell in row]
            rows.append([""] * (columns - len(cells)) + cells)
        yield rows


def rows_of_word(name):
    document = tree.fromstring(zipfile.ZipFile(name).read("word/document.xml"))
    for table in document.iter(WORD + "tbl"):
        yield [[text_of(cell) for cell in row.findall(WORD + "tc")]
               for row in table.iter(WORD + "tr")]


def check_cells(report):
    """Of our own file, and of that which LibreOffice wrote from what it understood."""
    wanted = list(rows_of_html(page_of(report)))
    cells = sum(len(row) for table in wanted for row in table)
    if cells < 100:
        fail(report, "the HTML has hardly any cells")
    for name in (report + ".docx", f"docx/{report}.docx"):
        found = list(rows_of_word(name))
        for number, (ours, theirs) in enumerate(zip(wanted, found)):
            if ours != theirs:
                row = next(i for i, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1])
                fail(report, f"{name}: table {number}, row {row}: {theirs[row]}, not {ours[row]}")
        if len(wanted) != len(found):
            fail(report, f"{name} has {len(found)} tables, not {len(wanted)}")
    print(f"ok: {report}: {cells} cells of {len(wanted)} tables are those of the HTML")


def check_counts(report):
    page = page_of(report)
    tables = len(list(page.iter(HTML + "table")))
    pictures = len(list(page.iter(HTML + "figure")))
    odt = tree.fromstring(zipfile.ZipFile(f"odt/{report}.odt").read("content.xml"))
    docx = tree.fromstring(zipfile.ZipFile(f"docx/{report}.docx").read("word/document.xml"))
    # A picture that comes as PNG and SVG is one frame with two images.
    found = {"odt tables": len(list(odt.iter(TABLE + "table"))),
             "docx tables": len(list(docx.iter(WORD + "tbl")))}
    drawn = {"odt pictures": sum(any(c.tag == DRAW + "image" for c in frame)
                                 for frame in odt.iter(DRAW + "frame")),
             "docx pictures": len(list(docx.iter(PICTURE + "pic")))}
    for what, number in found.items():
        if number != tables:
            fail(report, f"{number} {what}, not {tables}")
    for what, number in drawn.items():
        if number != pictures or not number:
            fail(report, f"{number} {what}, not {pictures}")
    described = [n for n in docx.iter() if n.tag.endswith("}docPr") and n.get("descr")]
    if len(described) != pictures:
        fail(report, f"{len(described)} of {pictures} pictures have kept their words")
    print(f"ok: {report}: {tables} tables and {pictures} pictures come back from docx and odt")


for name in sys.argv[1:]:
    check_text(name)
    check_cells(name)
    check_counts(name)
