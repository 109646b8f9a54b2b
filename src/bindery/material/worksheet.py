"""A worksheet with the practice items of a chapter, to print or to change in Word, and its answer sheet."""

import re

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from practicum._practice_values import shuffled
from practicum.i18n import gettext as _

LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
MARKS = re.compile(r"(\*\*|\*|`)(.+?)\1")
WRITING_LINE = "_" * 80
INK, ACCENT = RGBColor(0x1C, 0x28, 0x33), RGBColor(0x0B, 0x5F, 0x6B)


def worksheet(practice):
    """A Word document with every item, room to answer, and no solution. Returns a python-docx document."""
    document = _document(_("Worksheet: {title}").format(title=practice.title))
    document.add_paragraph(_("Name or code: ____________________        Date: ____________________"))
    for number, item in enumerate(practice, 1):
        _head(document, number, item)
        {"one": _options, "several": _options, "number": _line, "order": _places, "sort": _groups, "watch": _moments, "write": _lines,
         "do": _ticks}[item.kind](document, item)
    document.add_paragraph(_("From The Inclusive Practicum, CC BY 4.0."))
    return document


def answer_sheet(practice):
    """A Word document with the answer, the solution and the feedback for every wrong option of each item."""
    document = _document(_("Answers: {title}").format(title=practice.title))
    document.add_paragraph(_("For the person who teaches. Items whose numbers vary in the page stand here with their first example, as on the worksheet."))
    for number, item in enumerate(practice, 1):
        _head(document, number, item, prompt=False)
        for line in _answers(item):
            document.add_paragraph(line, style="List Bullet")
        for name in ("solution", "model"):
            if name in item.entry:
                document.add_paragraph(plain(item, item.entry[name]))
    return document


def plain(item, text):
    """The Markdown text as plain words, with the values of the first example."""
    text = LINK.sub(r"\1", item.texts.plain(text, item.place))
    return MARKS.sub(r"\2", text).strip()


def _document(title):
    document = Document()
    document.core_properties.title, document.core_properties.language = title, "en"
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    for name, size, colour in (("Normal", 11, INK), ("Heading 1", 18, ACCENT), ("Heading 2", 13, ACCENT)):
        font = document.styles[name].font
        font.name, font.size, font.color.rgb = "Calibri", Pt(size), colour
        # Without this, Word takes the font of the theme for Cyrillic letters.
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if "Theme" in attribute:
                del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), "Calibri")
    document.add_heading(title, level=1)
    return document


def _head(document, number, item, prompt=True):
    document.add_heading(f"{number}. {item.title}", level=2)
    document.add_paragraph(f"{item.label} · {item.objective}").paragraph_format.keep_with_next = True
    if prompt:
        for part in plain(item, item.entry["prompt"]).split("\n"):
            if part.strip():
                document.add_paragraph(part.strip()).paragraph_format.keep_with_next = True


def _options(document, item):
    for option in item.entry["options"]:
        document.add_paragraph(f"☐  {plain(item, option['text'])}")


def _line(document, item):
    document.add_paragraph(f"____________________ {item.entry['unit']}")


def _places(document, item):
    document.add_paragraph(_("Write the number of the place before each step."))
    for step in shuffled(item.entry["steps"], item.name):
        document.add_paragraph(f"____  {plain(item, step['text'])}")


def _groups(document, item):
    document.add_paragraph(_("Write the group before each: {groups}.").format(groups=", ".join(item.entry["groups"])))
    for card in item.entry["cards"]:
        document.add_paragraph(f"______________  {plain(item, card['text'])}")


def _moments(document, item):
    document.add_paragraph(_("Write the code before each moment: {codes}.").format(codes=", ".join(item.entry["codes"])))
    for moment in item.entry["moments"]:
        document.add_paragraph(f"________  {moment['time']}  {plain(item, moment['text'])}")


def _lines(document, item):
    for _number in range(5):
        document.add_paragraph(WRITING_LINE)


def _ticks(document, item):
    for line in item.entry["checklist"]:
        document.add_paragraph(f"☐  {plain(item, line)}")


def _answers(item):
    """What is right, and for each wrong option what to say of it."""
    entry = item.entry
    if item.kind in ("one", "several"):
        for option, right in zip(entry["options"], item.key["right"][0]):
            yield f"{'☒' if right else '☐'} {plain(item, option['text'])} – {plain(item, option['feedback'])}"
    elif item.kind == "number":
        yield f"{item.key['answer'][0]:g} {entry['unit']} (± {entry['tolerance']:g})"
        for part, value in zip(entry.get("wrong", []), item.key["wrong"][0]):
            yield f"{value:g}: {plain(item, part['feedback'])}"
    elif item.kind == "order":
        for place, step in enumerate(entry["steps"], 1):
            yield f"{place}. {plain(item, step['text'])} – {plain(item, step['feedback'])}"
    elif item.kind == "sort":
        for card in entry["cards"]:
            yield f"{card['group']}: {plain(item, card['text'])} – {plain(item, card['feedback'])}"
    elif item.kind == "watch":
        for moment in entry["moments"]:
            yield f"{moment['time']} {moment['code']}: {plain(item, moment['text'])}"
    for line in entry.get("checklist", []) if item.kind == "write" else ():
        yield _("A good answer: {text}").format(text=plain(item, line))
