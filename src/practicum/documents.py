"""A Word document on its way to readers: is it built so that everybody can get through it?

What is looked at are the things that a program can see: headings and their levels, descriptions of pictures, header rows of
tables, the language, the contrast of coloured text, the size of print. What no program sees: whether a heading says what
follows, whether a description is true, whether the order makes sense, whether the words are understood. The file is only read.
"""

import html
import re
import unicodedata
from bisect import bisect
from collections import Counter
from colorsys import rgb_to_hls
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from practicum import _word
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.text import KAZAKH_LETTERS, contrast_ratio, cyrillic_language

TEXT, LARGE_TEXT = 4.5, 3.0              # the least contrast, to 1
LARGE, LARGE_BOLD = 18, 14               # from these points on text is large
SMALLEST = 12                            # points; a convention of this book for worksheets
MOST_UNPACKED = 300_000_000              # bytes; a worksheet is far below, a trap far above
HEADING_WORDS = 10                       # a bold line of more words is hardly meant as a heading
OTHER_SCRIPT = 0.2                       # share of letters that do not fit the language
PASSWORD_OR_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
SCRIPTS = {"CYRILLIC": {"ru", "kk", "uk", "be", "bg", "ky", "mn", "tg", "mk", "sr", "uz"}, "HEBREW": {"he", "yi"},
           "LATIN": {"en", "de", "fr", "es", "it", "pl", "cs", "tr", "az", "uz", "kk", "sr", "la"}, "ARABIC": {"ar", "fa", "ur"}}
ENOUGH_KAZAKH = 0.05
HUES = (15, 45, 70, 170, 260, 340)          # degrees: red to 15, orange to 45, yellow, green, blue, purple, and red again
NEARLY, LIGHT, DARK, GREY = 0.97, 0.55, 0.35, 0.12  # lightness of white, light and dark colours; below this saturation all is grey
NO_DESCRIPTION = re.compile(
    r"(picture|image|photo|graphic|рисунок|изображение|картинка|фото|сурет|תמונה)?[\s_-]*\d*|.*\.(png|jpe?g|gif|bmp|svg|emf|wmf|tiff?|webp)", re.I)


@dataclass(frozen=True)
class Finding:
    """One thing to mend. ``kind`` is language, heading, picture, table, contrast or size; the rest are sentences.

    ``place`` says where, ``what`` what is wrong, ``mend`` how to mend it in Word.
    """

    kind: str
    place: str
    what: str
    mend: str

    def __str__(self):
        return f"{self.place}: {self.what} {self.mend}"


@dataclass(frozen=True)
class DocumentCheck:
    """What `check_document` found. ``name`` is the file's name, ``findings`` a tuple of `Finding`, ``headings`` a tuple of pairs (level, text)."""

    name: str
    findings: tuple
    headings: tuple

    @property
    def passed(self):
        """True where nothing is to be mended, as far as a program can see."""
        return not self.findings

    def of_kind(self, kind):
        """The findings of one kind, a list."""
        return [finding for finding in self.findings if finding.kind == kind]

    def _head(self):
        if self.passed:
            return _("{name}: a program finds nothing to mend. Whether people can follow it, people must try.").format(name=self.name)
        return ngettext("{name}: {count} thing to mend.", "{name}: {count} things to mend.", len(self.findings)).format(
            name=self.name, count=len(self.findings))

    def __str__(self):
        return "\n".join([self._head(), *(f"{number}. {finding}" for number, finding in enumerate(self.findings, 1))])

    def _repr_html_(self):
        items = "".join(f"<li><strong>{_spoken(finding.place)}:</strong> {_spoken(finding.what)} {html.escape(finding.mend)}</li>"
                        for finding in self.findings)
        return f'<div class="document-check"><p class="result">{html.escape(self._head())}</p>' + (f"<ol>{items}</ol>" if items else "") + "</div>"


def _spoken(text):
    """HTML of a sentence in which quoted Cyrillic text is marked as Kazakh or Russian, so that a reading voice can say it."""
    return re.sub("“(.*?)”", lambda found: f'“<span lang="{cyrillic_language(found[1])}">{found[1]}</span>”' if cyrillic_language(found[1]) else found[0],
                  html.escape(text))


def check_document(path, *, smallest=SMALLEST):
    """Look through the Word document (.docx) at ``path`` for barriers that a program can see: a `DocumentCheck`.

    Asked are: a language that fits the letters; headings made with heading styles, from level 1 down without a gap; a description
    for every picture that is not marked as decoration; a header row for every table of two or more rows; a contrast of at least
    4.5 to 1 where a colour is set (3 to 1 for large print); print of at least ``smallest`` points. The levels of contrast are
    those of the web guidelines; the size is our convention, as they name none. Headers, footers, drawings and the text inside
    pictures are not looked at. The file is never changed.

    Raises PracticumError for a file that is missing, broken, protected with a password or no Word document.
    Source: w3c2023wcag22.

    >>> from docx import Document
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     document = Document()
    ...     _heading = document.add_heading("Water", level=2)
    ...     document.save(f"{folder}/water.docx")
    ...     check_document(f"{folder}/water.docx").of_kind("heading")[0].what
    'the first heading has level 2.'
    """
    path = Path(path)
    document = _open(path)
    paragraphs = _word.paragraphs(document)
    found = [*_language(paragraphs), *_headings(paragraphs), *_pictures(document), *_tables(document),
             *_contrasts(paragraphs), *_sizes(paragraphs, smallest)]
    return DocumentCheck(path.name, tuple(found), tuple((paragraph.level, paragraph.text) for paragraph in paragraphs if paragraph.level))


def running_text(path):
    """The running text of the Word document at ``path``: its paragraphs without headings, bold lines that serve as headings, and tables.

    Paragraphs are divided by empty lines, so that `practicum.text.sentences` does not join them. Raises PracticumError as
    `check_document` does, and for a document without running text.

    >>> from docx import Document
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     document = Document()
    ...     _heading, _line = document.add_heading("Water"), document.add_paragraph("Water dries.")
    ...     document.save(f"{folder}/water.docx")
    ...     running_text(f"{folder}/water.docx")
    'Water dries.'
    """
    paragraphs = _word.paragraphs(_open(Path(path)))
    lines = [paragraph.text for paragraph in paragraphs
             if paragraph.text and not paragraph.level and not paragraph.in_table and not _looks_like_a_heading(paragraph)]
    if not lines:
        raise PracticumError(_("{name} has no running text. Is all of it a picture, or in a table?").format(name=Path(path).name))
    return "\n\n".join(lines)


# ---- Opening ------------------------------------------------------------------------------------------------

def _open(path):
    """The document; a sentence where that is not possible."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError:
        raise PracticumError(_("There is no file {name} that can be read. Check the name and the folder.").format(name=path.as_posix())) from None
    if start == PASSWORD_OR_OLD:
        raise PracticumError(_("{name} is protected with a password, or it is an old Word file (.doc). Open it in Word and save it without a "
                               "password as “Word document (.docx)”.").format(name=path.name))
    no_word = PracticumError(_("{name} is not a Word document, or it is damaged. Open it in Word or LibreOffice and save it as “Word document "
                               "(.docx)”.").format(name=path.name))
    try:
        with ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise no_word
            strict = b"purl.oclc.org/ooxml" in archive.read("word/document.xml")
        document = None if strict else Document(path)
    except (BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, AttributeError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise no_word from None
    if strict:
        raise PracticumError(_("{name} is saved in the form “Strict Open XML”, which this check cannot read. Save it in Word as “Word document "
                               "(.docx)”.").format(name=path.name))
    if getattr(document.element, "body", None) is None:
        raise no_word
    return document


# ---- What is looked at --------------------------------------------------------------------------------------

def _language(paragraphs):
    letters, unfit, unnamed, kazakh = Counter(), Counter(), 0, Counter()
    for run in (run for paragraph in paragraphs for run in paragraph.runs):
        scripts = Counter(script for letter in run.text if letter.isalpha() and (script := _script(letter)))
        tag = (run.language or "").split("-")[0].lower()
        letters.update(scripts)
        if tag == "ru":
            kazakh.update(letter in KAZAKH_LETTERS for letter in run.text if letter.isalpha())
        unnamed += 0 if tag else sum(scripts.values())
        known = any(tag in tags for tags in SCRIPTS.values())
        unfit.update({(script, tag): count for script, count in scripts.items() if known and tag not in SCRIPTS[script]})
    everywhere, total = _("The whole document"), sum(letters.values())
    mend = _("Mark all text (Ctrl+A), choose Review, Language, Set Proofing Language, and pick the language.")
    if not total:
        return
    if unnamed > OTHER_SCRIPT * total:
        yield Finding("language", everywhere, _("it does not say in which language it is, so a reading voice has to guess."), mend)
    elif sum(unfit.values()) > OTHER_SCRIPT * total:
        (script, tag), _count = unfit.most_common(1)[0]
        yield Finding("language", everywhere, _("it says that its language is “{tag}”, but {share:.0%} of its letters are {script}.").format(
            tag=tag, share=sum(unfit.values()) / total, script=script.capitalize()), mend)
    elif kazakh[True] > ENOUGH_KAZAKH * kazakh.total():
        yield Finding("language", everywhere, _("it says that its language is “ru”, but it is full of letters that only Kazakh has."), mend)


def _script(letter):
    """The script of a letter, if it is one of those we know."""
    name = unicodedata.name(letter, "").split(" ")[0]
    return name if name in SCRIPTS else None


def _headings(paragraphs):
    before = 0
    for paragraph in (paragraph for paragraph in paragraphs if paragraph.level and paragraph.text):
        place = _("Heading “{text}”").format(text=_short(paragraph.text))
        if not before and paragraph.level > 1:
            yield Finding("heading", place, _("the first heading has level {level}.").format(level=paragraph.level), _("Give it the style Heading 1."))
        elif paragraph.level > before + 1:
            yield Finding("heading", place, _("it jumps from level {before} to level {level}.").format(before=before, level=paragraph.level),
                          _("Give it the style Heading {level}.").format(level=before + 1))
        before = paragraph.level
    if not before and sum(bool(paragraph.text) for paragraph in paragraphs) > 3:
        yield Finding("heading", _("The whole document"), _("it has no headings, so nobody can jump from part to part."),
                      _("Give the title the style Heading 1 and each part the style Heading 2."))
    for paragraph in filter(_looks_like_a_heading, paragraphs):
        yield Finding("heading", _("Line “{text}”").format(text=_short(paragraph.text)), _("it looks like a heading but is only bold text."),
                      _("Give it a heading style."))


def _looks_like_a_heading(paragraph):
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and not paragraph.level and not paragraph.in_table and all(run.bold for run in runs) \
        and len(paragraph.text.split()) <= HEADING_WORDS and not paragraph.text.endswith((".", "!", ":", ";", ","))


def _pictures(document):
    for number, (description, decorative) in enumerate(_word.pictures(document), 1):
        place = _("Picture {number}").format(number=number)
        mend = _("Select it, press Shift+F10 or the right mouse button, choose View Alt Text, and say in one or two sentences what it shows.")
        if decorative or (description and not NO_DESCRIPTION.fullmatch(description.strip())):
            continue
        if not (description or "").strip():
            yield Finding("picture", place, _("it has no description in words."), mend)
        else:
            yield Finding("picture", place, _("its description is “{text}”, which says nothing.").format(text=_short(description)), mend)


def _tables(document):
    for number, table in enumerate(document.element.body.iter(qn("w:tbl")), 1):
        rows = table.findall(qn("w:tr"))
        if len(rows) > 1 and not rows[0].xpath("w:trPr/w:tblHeader[not(@w:val='0') and not(@w:val='false')]"):
            yield Finding("table", _("Table {number}").format(number=number),
                          _("its first row is not marked as a header, so a reading voice cannot name the columns."),
                          _("Mark the first row, choose Layout, Repeat Header Rows."))


def _contrasts(paragraphs):
    """One finding for each pair of colours, with the text where it is met first."""
    weak = {}
    for paragraph in paragraphs:
        for run in (run for run in paragraph.runs if run.text.strip() and run.colour):
            large = (run.size or 0) >= LARGE or (run.bold and (run.size or 0) >= LARGE_BOLD)
            needed, ratio = LARGE_TEXT if large else TEXT, contrast_ratio(run.colour, run.background)
            if ratio < needed:
                weak.setdefault((run.colour, run.background, needed, ratio), []).append(run.text)
    for (colour, background, needed, ratio), texts in weak.items():
        more = ngettext(" and one more place", " and {count} more places", len(texts) - 1).format(count=len(texts) - 1) if len(texts) > 1 else ""
        yield Finding("contrast", _("Text “{text}”{more}").format(text=_short(texts[0]), more=more),
                      _("{colour} on {background} has a contrast of {ratio:.1f} to 1, where {needed:g} to 1 is needed.").format(
                          colour=_colour(colour), background=_colour(background), ratio=ratio, needed=needed),
                      _("Use black, or the nearest shade that is enough, colour code {enough}.").format(
                          enough=_enough(colour, background, needed).strip("#"))
                      if contrast_ratio("#000", background) >= needed else _("Use white or a lighter background."))


def _colour(code):
    """A colour such as "#9a9a9a" in words that a reading voice can say: "light grey"."""
    hue, lightness, saturation = rgb_to_hls(*(int(code[place:place + 2], 16) / 255 for place in (1, 3, 5)))
    if lightness > NEARLY or lightness < 1 - NEARLY:
        return _("white") if lightness > NEARLY else _("black")
    names = [_("red"), _("orange"), _("yellow"), _("green"), _("blue"), _("purple"), _("red")]
    name = _("grey") if saturation < GREY else names[bisect(HUES, 360 * hue)]
    return _("light {colour}").format(colour=name) if lightness > LIGHT else _("dark {colour}").format(colour=name) if lightness < DARK else name


def _enough(colour, background, needed):
    """The first shade on the way from the colour to black that has the contrast."""
    channels = [int(colour[place:place + 2], 16) for place in (1, 3, 5)]
    for percent in range(100, -1, -1):
        shade = "#" + "".join(f"{channel * percent // 100:02x}" for channel in channels)
        if contrast_ratio(shade, background) >= needed:
            return shade
    return "#000000"


def _sizes(paragraphs, smallest):
    small = [(run.size, run.text) for paragraph in paragraphs for run in paragraph.runs if run.text.strip() and run.size and run.size < smallest]
    if small:
        size, text = min(small, key=lambda found: found[0])
        letters = sum(len(text.strip()) for _size, text in small)
        total = sum(len(run.text.strip()) for paragraph in paragraphs for run in paragraph.runs)
        yield Finding("size", _("Text “{text}”").format(text=_short(text)),
                      _("{share:.0%} of the text is smaller than {smallest:g} points; the smallest has {size:g}.").format(
                          share=letters / total, smallest=smallest, size=size),
                      _("Make it {smallest:g} points or more, best in the style Normal.").format(smallest=smallest))


def _short(text):
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:38].rstrip() + " …"
