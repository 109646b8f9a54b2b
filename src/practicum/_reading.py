"""From a learner's file (CSV or XLSX, however it was made) to the rows of one sheet, without touching the file."""

import csv
import datetime as dt
import difflib
import io
import itertools
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from practicum import privacy
from practicum._cells import fold, is_blank
from practicum.errors import PracticumError
from practicum.i18n import gettext as _

MOST_MEGABYTES = 20
MOST_ROWS = 50_000
_EXCEL_ROWS = 1_048_576
_UNPACKED_MEGABYTES = 200
_SEPARATORS = (";", ",", "\t", "|")
_HEAD = 60


@dataclass
class Sheet:
    """The rows of one sheet as lists of cell values; row 1 of the file is ``rows[0]``."""

    rows: list
    separator: str = None
    epoch: dt.datetime = dt.datetime(1899, 12, 30)
    notes: list = field(default_factory=list)


def read(path, sheet, fit):
    """The `Sheet` in the file at ``path``.

    ``sheet`` is the name or the number (from 1) of a sheet of a workbook, or None. ``fit(rows)`` says how well the
    rows fit what is wanted: a tuple that begins with True where they fit, the larger the better.
    """
    path, data = _contents(path)
    if data.startswith(b"PK"):
        return _read_workbook(path.name, data, sheet, fit)
    _refuse_other_kinds(path.name, data)
    if sheet is not None:
        raise PracticumError(_('"{file}" is a text file and has no sheets. Leave out sheet=.').format(file=path.name))
    return _read_text(path.name, data, fit)


def _contents(path):
    try:
        path = Path(path).expanduser()
    except (TypeError, RuntimeError):
        raise PracticumError(_("The path must be text in quotation marks, such as \"my-files/probes.csv\".")) from None
    if path.name.startswith(("~$", ".~lock.")):
        raise PracticumError(_('"{file}" is only a sign that Excel has the real file open. Load "{real}", without the first characters.').format(
            file=path.name, real=re.sub(r"^~\$|^\.~lock\.|#$", "", path.name)))
    try:
        _refuse_what_is_no_file(path)
        size = path.stat().st_size
        if size > MOST_MEGABYTES * 1_000_000:
            raise PracticumError(_('"{file}" has {size} MB; files up to {limit} MB are read. Save a copy with only the columns and rows you need.').format(
                file=path.name, size=round(size / 1_000_000), limit=MOST_MEGABYTES))
        data = path.read_bytes()
    except PermissionError:
        raise PracticumError(_('"{file}" may not be read. If it is open in Excel or another program, close it there and try again.').format(
            file=path.name)) from None
    except (OSError, ValueError) as error:
        if isinstance(error, PracticumError):
            raise
        raise PracticumError(_('"{file}" could not be opened. Copy it into the folder of this notebook and give it a short name.').format(
            file=path.name[:60])) from None
    if not data.strip(b"\0\r\n\t ;,\xef\xbb\xbf\xfe\xff"):
        raise PracticumError(_('"{file}" is empty. Open it, check that it is the right file, and save it with your data.').format(file=path.name))
    return path, data


def _refuse_what_is_no_file(path):
    if path.is_dir():
        inside = _listed(p.name for p in path.iterdir() if p.suffix.lower() in (".csv", ".xlsx", ".txt"))
        raise PracticumError(_('"{folder}" is a folder. Add the name of the file; the tables in it are: {files}.').format(
            folder=path.name, files=inside or _("none")))
    folder = path.parent
    if not path.exists() and not folder.is_dir():
        raise PracticumError(_('There is no folder "{folder}". Check the first part of the path; this notebook runs in "{here}".').format(
            folder=folder, here=Path.cwd()))
    if not path.exists():
        names = [p.name for p in folder.iterdir()]
        similar = _listed(difflib.get_close_matches(path.name, names, n=3, cutoff=0.5) + [n for n in names if n.startswith(path.name)])
        raise PracticumError(_('There is no file "{file}" in the folder "{folder}". {mend}').format(
            file=path.name, folder=folder.resolve(), mend=_("Similar names there: {files}.").format(files=similar) if similar
            else _("Copy your file there, or write the full path.")))
    if not path.is_file():
        raise PracticumError(_('"{file}" is not a file with a table. Give the path of a CSV or XLSX file.').format(file=path.name))


def _listed(names):
    return ", ".join(f'"{name}"' for name in sorted(set(names))[:5])


def _refuse_other_kinds(name, data):
    kinds = {
        b"%PDF": _("a PDF document"), b"\x89PNG": _("an image"), b"\xff\xd8\xff": _("an image"), b"GIF8": _("an image"),
        b"{\\rtf": _("a text document"), b"{": _("a JSON file"), b"[{": _("a JSON file"), b"[[": _("a JSON file"),
        b"\x1f\x8b": _("a packed file"), b"7z\xbc\xaf": _("a packed file"), b"Rar!": _("a packed file"), b"SQLite": _("a database"),
    }
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise PracticumError(_what_to_do_with_ole(name, data))
    start = data.lstrip(b"\xef\xbb\xbf\r\n\t ")[:8]
    if start.startswith(b"<") or start.startswith(b"\xff\xfe<"):
        raise PracticumError(_('"{file}" is a web page, whatever the end of its name says. Open it in Excel and save it as an Excel workbook (.xlsx).')
                             .format(file=name))
    kind = next((kinds[magic] for magic in kinds if start.startswith(magic)), _("an image") if data[4:8] == b"ftyp" else None)
    if kind:
        raise PracticumError(_not_a_table(name, kind))


def _what_to_do_with_ole(name, data):
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _('"{file}" is protected with a password. Open it in Excel, take the password off in a copy, and load the copy.').format(file=name)
    if "WordDocument".encode("utf-16-le") in data:
        return _not_a_table(name, _("a Word document"))
    return _('"{file}" is in the old Excel format (.xls). Open it in Excel and save it as an Excel workbook (.xlsx).').format(file=name)


def _not_a_table(name, kind):
    return _('"{file}" is {kind}, not a table, whatever the end of its name says. Copy the table into Excel and save it as CSV or XLSX.').format(
        file=name, kind=kind)


def _read_text(name, data, fit):
    if re.search(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]", data[:4000]) and _utf16(data) is None:
        raise PracticumError(_not_a_table(name, _("a file of another kind")))
    candidates = []
    for text, note in _decoded(data):
        text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a\n") + "\n"
        told = re.match("sep=(.)\n", text, re.IGNORECASE)
        text = text[told.end():] if told else text
        for separator in (told[1] if told else _SEPARATORS):
            head = list(csv.reader(text.split("\n", _HEAD)[:_HEAD], delimiter=separator))
            candidates.append((fit(head), text, separator, note))
    score, text, separator, note = max(candidates, key=lambda candidate: candidate[0])
    return Sheet(_records(text, separator), separator, notes=[note] if note else [])


def _utf16(data):
    for code, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
        if data.startswith({"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[code]) or data[zero:400:2].count(0) > len(data[:400]) / 4:
            return code
    return None


def _decoded(data):
    """The texts that the bytes can mean, each with a note for the reader, the likeliest first."""
    code = _utf16(data)
    if code:
        return [(data.decode(code, "replace").lstrip("\ufeff"), None)]
    try:
        return [(data.decode("utf-8-sig"), None)]
    except UnicodeDecodeError:
        old = _('The file is in an old encoding and was read as {name}. If letters look wrong, save it in Excel as "CSV UTF-8".')
        return [(data.decode(code, "replace"), old.format(name=name))
                for code, name in (("cp1251", _("Russian")), ("kz1048", _("Kazakh")), ("cp1255", _("Hebrew")), ("utf-8-sig", "UTF-8"))]


def _records(text, separator):
    try:
        return _no_more_than_allowed(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error:
        pass  # a quotation mark inside a cell, as people type it; what only an open quotation mark explains is refused below
    rows = []
    try:
        rows = _no_more_than_allowed(csv.reader(io.StringIO(text), delimiter=separator))
        row = next((r for r, cells in enumerate(rows, 1) if any("\n" in cell for cell in cells)), None)
    except csv.Error:
        row = len(rows) + 1
    if row:
        raise PracticumError(_("In row {row} or below it a quotation mark is opened and not closed. Take the quotation mark out or close it.").format(row=row))
    return rows


def _no_more_than_allowed(rows):
    """The rows as lists, without the blank ones at the end."""
    kept = []
    for number, row in enumerate(itertools.islice(rows, _EXCEL_ROWS), 1):
        if all(map(is_blank, row)):
            continue
        if number > MOST_ROWS:
            raise PracticumError(_("There is something in row {row}; tables of up to {limit} rows are read. Delete what is not needed there and save.").format(
                row=number, limit=MOST_ROWS))
        kept.extend([] for _gap in range(number - 1 - len(kept)))
        kept.append(list(row))
    return kept


def _read_workbook(name, data, sheet, fit):
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as package:
            warnings.simplefilter("ignore")
            _refuse_other_packages(name, package)
            sheets, epoch = _sheets(data)
    except PracticumError:
        raise
    except Exception:  # a damaged workbook makes openpyxl fail in ways without number; to the reader they are one
        raise PracticumError(_('"{file}" is damaged or was not saved by Excel. Open it in Excel, save it as a new Excel workbook (.xlsx), and load that.').format(
            file=name)) from None
    rows, notes = _chosen(name, sheets, sheet, fit)
    return Sheet(rows, epoch=epoch, notes=notes)


def _refuse_other_packages(name, package):
    members = package.namelist()
    if sum(member.file_size for member in package.infolist()) > _UNPACKED_MEGABYTES * 1_000_000:
        raise PracticumError(_('"{file}" is far larger inside than it looks. Copy the cells you need into a new workbook and load that.').format(file=name))
    if any(m.startswith("word/") for m in members):
        raise PracticumError(_not_a_table(name, _("a Word document")))
    if any(m.startswith("ppt/") for m in members):
        raise PracticumError(_not_a_table(name, _("a presentation")))
    if "xl/workbook.bin" in members or "mimetype" in members or any(m.startswith("Index/") for m in members):
        raise PracticumError(_('"{file}" is a table of another program. Open it there and save it as an Excel workbook (.xlsx).').format(file=name))
    if "[Content_Types].xml" not in members:
        raise PracticumError(_('"{file}" is a packed folder (zip). Unpack it and load the table that is in it.').format(file=name))


def _sheets(data):
    """The visible sheets as (name, rows) pairs, formulas without a stored result as their text; and the day 0 of dates."""
    def load(values):
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)

    def rows(worksheet):
        worksheet.reset_dimensions()
        return worksheet.iter_rows()

    found = []
    book, formulas = load(True), load(False)
    for worksheet in book.worksheets:
        if worksheet.sheet_state != "visible":
            continue
        pairs = (itertools.zip_longest(*pair) for pair in itertools.zip_longest(rows(worksheet), rows(formulas[worksheet.title]), fillvalue=()))
        found.append((worksheet.title, _no_more_than_allowed([_seen(*pair) for pair in row] for row in pairs)))
    return found, book.epoch


def _seen(cell, formula):
    """What the reader sees in the cell: 45 % where 0.45 is stored, the formula where no result is."""
    value = cell.value if cell is not None else None
    if value is None:
        return formula.value if formula is not None else None
    if isinstance(value, float | int) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return f"{value * 100:.10g} %"
    return value


def _chosen(name, sheets, wanted, fit):
    filled = [(number, title, rows) for number, (title, rows) in enumerate(sheets, 1) if rows]
    listed = ", ".join(f'{number} "{privacy.masked(title)}"' for number, title, rows in filled)
    if wanted is not None:
        for number, title, rows in filled:
            if number == wanted if isinstance(wanted, int) else fold(title) == fold(wanted):
                return rows, []
        raise PracticumError(_("There is no sheet {sheet} with something in it. The sheets are: {sheets}.").format(sheet=wanted, sheets=listed or _("none")))
    if not filled:
        raise PracticumError(_('"{file}" has no filled cells. Check that it is the right file, and save it with your data.').format(file=name))
    fitting = [found for found in filled if fit(found[2][:_HEAD])[0]]
    if len(fitting) > 1:
        raise PracticumError(_("More than one sheet has the right headings ({sheets}). Say which to read, such as sheet={number}.").format(
            sheets=listed, number=fitting[0][0]))
    number, title, rows = (fitting or filled)[0]
    return rows, [_('Only sheet {number} "{title}" was read.').format(number=number, title=privacy.masked(title))] if len(filled) > 1 else []
