"""What a Word document says of its text once all styles are followed: level, language, colours, size."""

import functools
import re
from dataclasses import dataclass

from docx.oxml.ns import qn

DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
HIGHLIGHTS = {"black": "#000000", "blue": "#0000ff", "cyan": "#00ffff", "green": "#00ff00", "magenta": "#ff00ff", "red": "#ff0000",
              "yellow": "#ffff00", "white": "#ffffff", "darkBlue": "#000080", "darkCyan": "#008080", "darkGreen": "#008000",
              "darkMagenta": "#800080", "darkRed": "#800000", "darkYellow": "#808000", "darkGray": "#808080", "lightGray": "#c0c0c0"}


@dataclass(frozen=True)
class Run:
    """A piece of text in one look. ``colour`` is None where Word chooses it; ``size`` is in points."""

    text: str
    bold: bool
    size: float
    colour: str
    background: str
    language: str


@dataclass(frozen=True)
class Paragraph:
    """``level`` is 1 to 9 for a heading, 0 for other text."""

    text: str
    level: int
    in_table: bool
    runs: tuple


def paragraphs(document):
    """The paragraphs of the document's body in their order, also those in tables and text boxes, as `Paragraph`."""
    styles = _Styles(document)
    return [_paragraph(element, styles) for element in document.element.body.iter(qn("w:p")) if not _is_second_copy(element)]


def pictures(document):
    """For each picture a pair: its description (None where there is none), and whether it is marked as decoration."""
    for drawing in document.element.body.iter(qn("wp:docPr")):
        if not _is_second_copy(drawing) and drawing.getparent().xpath(".//*[local-name()='pic' or local-name()='chart' or local-name()='relIds']"):
            yield drawing.get("descr"), any(mark.get("val") in ("1", "true") for mark in drawing.iter(DECORATIVE))
    for picture in document.element.body.iter(qn("w:pict")):
        if not _is_second_copy(picture):
            for shape in picture.xpath("./*[local-name()='shape'][.//*[local-name()='imagedata']]"):
                yield shape.get("alt"), False


def _is_second_copy(element):
    """Whether it stands in the copy of a drawing that Word keeps for old programs."""
    return any(True for _ in element.iterancestors("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"))


def _paragraph(element, styles):
    properties = element.find(qn("w:pPr"))
    style = styles.of(properties, "w:pStyle")
    style = styles.default if style is None else style
    runs = tuple(_run(run, element, style, styles) for run in element.iter(qn("w:r")) if _nearest_paragraph(run) is element)
    level = styles.level(properties, style)
    in_table = any(True for _ in element.iterancestors(qn("w:tbl")))
    return Paragraph(" ".join("".join(run.text for run in runs).split()), level, in_table, runs)


def _nearest_paragraph(run):
    return next(run.iterancestors(qn("w:p")))


def _run(run, paragraph, paragraph_style, styles):
    properties = run.find(qn("w:rPr"))
    chain = [properties, *styles.run_chain(styles.of(properties, "w:rStyle")), *styles.run_chain(paragraph_style), styles.run_defaults]
    half_points = _first(chain, "w:sz")
    colour = _first(chain, "w:color")
    text = "".join(part.text or "" if part.tag == qn("w:t") else " " for part in run if part.tag in (qn("w:t"), qn("w:tab"), qn("w:br")))
    return Run(text, _is_on(_first(chain, "w:b", whole=True)), _points(half_points),
               None if colour in (None, "auto") or not re.fullmatch("[0-9a-fA-F]{6}", colour) else f"#{colour.lower()}",
               _background(chain, paragraph, paragraph_style, styles), _first(chain, "w:lang"))


def _points(half_points):
    """A size as Word writes it: half points without a unit, or points with one."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(pt)?", half_points or "")
    return None if found is None else float(found[1]) if found[2] else float(found[1]) / 2


def _first(chain, tag, whole=False):
    """The value of the first of these properties that has it; the element itself if it may be without one."""
    for properties in chain:
        found = None if properties is None else properties.find(qn(tag))
        if found is not None and (whole or found.get(qn("w:val"))):
            return found if whole else found.get(qn("w:val"))
    return None


def _is_on(element):
    return element is not None and element.get(qn("w:val")) not in ("0", "false", "off")


def _background(chain, paragraph, paragraph_style, styles):
    highlight = _first(chain[:1], "w:highlight")
    if highlight in HIGHLIGHTS:
        return HIGHLIGHTS[highlight]
    cells = [cell.find(qn("w:tcPr")) for cell in paragraph.iterancestors(qn("w:tc"))]
    shades = [*chain[:-1], paragraph.find(qn("w:pPr")), *(style.find(qn("w:pPr")) for style in styles.line(paragraph_style)), *cells]
    for properties in shades:
        shade = None if properties is None else properties.find(qn("w:shd"))
        fill = None if shade is None else shade.get(qn("w:fill"))
        if fill and re.fullmatch("[0-9a-fA-F]{6}", fill):
            return f"#{fill.lower()}"
    return "#ffffff"


class _Styles:
    """The styles of a document, each with those that it is based on."""

    def __init__(self, document):
        root = document.styles.element
        self.by_id = {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}
        self.default = next((style for style in self.by_id.values() if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")), None)
        defaults = root.xpath("w:docDefaults/w:rPrDefault/w:rPr")
        self.run_defaults = defaults[0] if defaults else None
        self.line = functools.cache(self._line)

    def of(self, properties, tag):
        """The style that these properties name, None where they name none."""
        name = _first([properties], tag)
        return self.by_id.get(name)

    def _line(self, style):
        found = []
        while style is not None and style not in found:
            found.append(style)
            style = self.of(style, "w:basedOn")
        return found

    def run_chain(self, style):
        return [part.find(qn("w:rPr")) for part in self.line(style)]

    def level(self, properties, style):
        """1 to 9 for a heading, 0 for other text."""
        outline = _first([properties, *(part.find(qn("w:pPr")) for part in self.line(style))], "w:outlineLvl")
        if outline is not None:
            return int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0
        names = [part.find(qn("w:name")).get(qn("w:val"), "") for part in self.line(style) if part.find(qn("w:name")) is not None]
        found = next(filter(None, (re.fullmatch(r"heading ([1-9])", name, re.I) for name in names)), None)
        return int(found[1]) if found else 0
