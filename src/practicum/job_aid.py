"""Job aids: Word forms of one page, filled with the numbers and charts of a case, or left blank to write on.

A form is an ordinary Word file that can be changed in Word. ``{{ pupil }}`` is the place of a value. A table row between
``{%tr for look in log %}`` and ``{%tr endfor %}`` is repeated for each entry of ``log``. A picture named "chart" (in Word:
Home, Select, Selection Pane) is the place of a chart. A value that is not given becomes a line to write on, in the rows of
a table an empty cell; a picture that is not given stays as it is.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import count
from numbers import Integral, Real
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, Undefined, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing
from lxml.etree import XMLSyntaxError

from practicum._texts_file import read_texts
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.instruction import LETTERS

LINE = "_" * 10
# The same form must give the same bytes on any day: this is the first day that a zip file can hold.
FIRST_DAY = datetime(1980, 1, 1)
NOT_IN_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class JobAid:
    """A form that was saved: ``path`` is where; shown in a notebook it says so in a sentence."""

    path: Path

    def __str__(self):
        return _("The form is saved as {path}. Open it in Word or LibreOffice, change what you like, and print it.").format(
            path=self.path.as_posix())

    def _repr_html_(self):
        return f'<p class="job-aid-saved">{html.escape(str(self))}</p>'


def fill(template, values, path, *, pictures=None):
    """Fill a Word form and save it under a new name. Returns a `JobAid`.

    ``template``: the form. ``values``: a dictionary from the form's placeholders to text, numbers, or True for a tick; a
    placeholder of repeated rows takes a list of dictionaries. What is missing (left out, None, NaN, empty text) becomes a line
    to write on, so ``fill(template, {}, path)`` gives the blank form. ``pictures``: a dictionary from the names of the form's
    pictures to a `practicum.charts.Chart`; the chart takes the width of the picture and brings its alternative text.

    A file is never overwritten; one with this very content is left as it is, so that a notebook can be run again. The same
    input gives the same bytes. PracticumError says what cannot be filled, and why.
    """
    name = Path(template).name
    form = _open(Path(template))
    environment = SandboxedEnvironment(undefined=_Blank)
    try:
        _check(values, _placeholders(form, environment), name)
        form.render(_given(values), environment, autoescape=True)
    except (TemplateError, TypeError) as error:
        raise PracticumError(
            _("{name}: a placeholder is broken ({reason}). Open the form in Word, delete that placeholder, and type it again in "
              "one go, such as {example}.").format(name=name, reason=getattr(error, "message", error), example="{{ pupil }}")) from None
    _draw(form.docx, pictures or {}, name)
    return JobAid(_save(_bytes(form), Path(path)))


def case_values(path, **numbers):
    """The values of a case for `fill`: the texts of a YAML file, with the numbers put where the texts name them.

    A text may hold ``{goal:g}``, ``{line.rate:.1f}`` or any other place that ``str.format`` knows; ``goal`` and ``line`` are then
    given by name. PracticumError names the text whose number is missing.
    """
    return _with_numbers(read_texts(path), numbers, Path(path).name)


def _with_numbers(text, numbers, place):
    if isinstance(text, dict):
        return {key: _with_numbers(part, numbers, f"{place}, {key}") for key, part in text.items()}
    if isinstance(text, list):
        return [_with_numbers(part, numbers, _("{place}, entry {number}").format(place=place, number=number))
                for number, part in enumerate(text, 1)]
    if not isinstance(text, str):
        return text
    try:
        return text.format(**numbers)
    except (LookupError, AttributeError, ValueError, TypeError) as error:
        raise PracticumError(_("{place}: the text “{text}” asks for a number that is not there ({reason}). The numbers given are: "
                               "{names}.").format(place=place, text=text, reason=error, names=", ".join(sorted(numbers)))) from None


def step_sheet(names, record=None, *, days=None, columns=10):
    """The tables of a task-analysis data sheet for `fill`: ``rows`` of steps, ``days`` above them and ``sums`` below.

    ``names`` are the reader's own steps in order. With ``record``, a `practicum.instruction.StepRecord` of the same steps, its last
    ``columns`` sessions are filled in (s1, s2 and so on) with the letters of the help, and below them how many steps were done alone of
    how many that were tried; ``days`` are the dates of all its sessions, as text. Without a record the cells stay empty to write in.
    """
    names = list(names)
    if record is not None and len(record.steps) != len(names):
        raise PracticumError(_("There are {names} names and {steps} steps in the record. Give one name for each step.").format(
            names=len(names), steps=len(record.steps)))
    letters = [[]] * len(names) if record is None else [[LETTERS.get(level, "") for level in row[-columns:]] for row in record.levels()]
    sheet = {"rows": [{"number": number, "step": name, **_sessions(row)} for number, (name, row) in enumerate(zip(names, letters), 1)]}
    if record is not None:
        alone, tried = (record.ranks == 0).sum(axis=0), (record.ranks >= 0).sum(axis=0)
        sheet["sums"] = [_sessions([f"{a}/{t}" for a, t in zip(alone, tried)][-columns:])]
        sheet["days"] = [_sessions(list(record.sessions if days is None else days)[-columns:])]
    return sheet


def _sessions(cells):
    return {f"s{place}": str(cell) for place, cell in enumerate(cells, 1)}


class _Blank(Undefined):
    """A value that was not given: a line to write on; in the row of a table nothing, as the cell is there to write in."""

    def __str__(self):
        return LINE if self._undefined_obj is missing else ""


def _open(template):
    if not template.is_file():
        raise PracticumError(_("There is no form {name}. Check the name and the folder.").format(name=template.as_posix()))
    form = DocxTemplate(template)
    try:
        form.init_docx()
    except (PackageNotFoundError, BadZipFile, XMLSyntaxError, KeyError, ValueError):
        raise PracticumError(_("{name} is not a Word form. Open it in Word or LibreOffice and save it as “Word document (.docx)”.").format(
            name=template.name)) from None
    return form


def _placeholders(form, environment):
    """The form's placeholders; those of repeated rows with the set of their columns, the others with None."""
    parts = [form.get_xml(), *(form.get_part_xml(part) for uri in (form.HEADER_URI, form.FOOTER_URI)
                               for _key, part in form.get_headers_footers(uri))]
    tree = environment.parse("".join(map(form.patch_xml, parts)))
    found = dict.fromkeys(sorted(meta.find_undeclared_variables(tree)))
    for loop in tree.find_all(nodes.For):
        columns = {field.attr for field in loop.find_all(nodes.Getattr)
                   if isinstance(field.node, nodes.Name) and field.node.name == loop.target.name}
        for name in (loop.iter, *loop.iter.find_all(nodes.Name)):
            if isinstance(name, nodes.Name) and name.name in found:
                found[name.name] = columns
    return found


def _check(values, placeholders, name):
    _check_names(values, placeholders, name)
    for key, value in values.items():
        columns = placeholders[key]
        is_list = isinstance(value, (list, tuple))
        if columns is None and (is_list or isinstance(value, (Mapping, set))):
            raise PracticumError(_("{key} in {name} takes one text or number, not several.").format(key=key, name=name))
        if columns is not None and value is not None:
            if not is_list:
                raise PracticumError(_("{key} in {name} is a table. Give a list with one dictionary for each row.").format(key=key, name=name))
            for number, row in enumerate(value, 1):
                _check_names(row, columns, _("{name}, {key}, row {number}").format(name=name, key=key, number=number))


def _check_names(values, known, place):
    if not isinstance(values, Mapping):
        raise PracticumError(_("{place}: give the values as a dictionary, such as {example}.").format(place=place, example='{"pupil": "Dana"}'))
    unknown = sorted(str(key) for key in values if key not in known)
    if unknown:
        raise PracticumError(_("{place} has no place for: {unknown}. It has places for: {known}.").format(
            place=place, unknown=", ".join(unknown), known=", ".join(sorted(known))))


def _given(value):
    """The value as the form prints it; in a dictionary what is missing is left out."""
    if isinstance(value, Mapping):
        return {key: _given(part) for key, part in value.items() if not _is_missing(part)}
    if isinstance(value, (list, tuple)):
        return [_given(part) for part in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, Real) and not isinstance(value, Integral):
        return f"{value:g}"
    return NOT_IN_XML.sub("", str(value))


def _is_missing(value):
    # A missing number of pandas is told by its type: asked whether it equals itself, it raises an error.
    return (value is None or type(value).__name__ in ("NAType", "NaTType") or isinstance(value, Real) and value != value
            or isinstance(value, str) and not value.strip())


def _draw(document, pictures, name):
    """Put each chart in place of the picture of that name: same width, height by the chart, alternative text from the chart."""
    shapes = {shape._inline.docPr.name: shape for shape in document.inline_shapes}
    _check_names(pictures, shapes, _("{name} (pictures)").format(name=name))
    for key, chart in pictures.items():
        if not (hasattr(chart, "png") and hasattr(chart, "alt")):
            raise PracticumError(_("The picture {key} must be a chart, as the chart functions of this book draw it.").format(key=key))
        shape = shapes[key]
        picture = shape._inline.graphic.graphicData.pic.blipFill.blip
        document.part.drop_rel(picture.embed)
        picture.embed, image = document.part.get_or_add_image(BytesIO(chart.png()))
        shape.height = round(shape.width * image.px_height / image.px_width)
        shape._inline.docPr.set("descr", chart.alt)


def _bytes(form):
    """The Word file, without the hour at which it was made."""
    form.docx.core_properties.created = form.docx.core_properties.modified = FIRST_DAY
    saved, fixed = BytesIO(), BytesIO()
    form.save(saved)
    with ZipFile(saved) as parts, ZipFile(fixed, "w") as archive:
        for part in parts.namelist():
            entry = ZipInfo(part, FIRST_DAY.timetuple()[:6])
            entry.create_system = 0  # otherwise Windows and Linux each write their own
            archive.writestr(entry, parts.read(part), ZIP_DEFLATED)
    return fixed.getvalue()


def _save(content, path):
    if path.suffix.lower() != ".docx":
        raise PracticumError(_("{path} does not end with .docx. Write {path}.docx.").format(path=path.as_posix()))
    try:
        if path.exists():
            if path.read_bytes() != content:
                raise PracticumError(_("There is a file {path} already, and it is kept. Use another name, such as {free}.").format(
                    path=path.as_posix(), free=_free(path).as_posix()))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError:
        raise PracticumError(_("The form cannot be saved as {path}. Choose another folder or another name.").format(
            path=path.as_posix())) from None
    return path


def _free(path):
    return next(free for free in (path.with_stem(f"{path.stem}-{number}") for number in count(2)) if not free.exists())
