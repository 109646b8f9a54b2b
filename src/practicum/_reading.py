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
from practicum._cells import fold, is_blank, letters
from practicum.errors import PracticumError
from practicum.i18n import gettext as _

MOST_MEGABYTES = 20
MOST_ROWS = 50_000
MOST_COLUMNS = 200
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
        raise PracticumError(_('The path must be text in quotation marks, such as "my-files/probes.csv".')) from None
    try:
        _refuse_what_is_no_file(path)
        _refuse_large(path)
        data = path.read_bytes()
    except PracticumError:
        raise
    except PermissionError:
        raise PracticumError(_('"{file}" may not be read. If it is open in Excel or another program, '
                               "close it there and try again.").format(file=path.name)) from None
    except (OSError, ValueError):
        raise PracticumError(_('"{file}" could not be opened. Copy it into the folder of this notebook '
                               "and give it a short name.").format(file=path.name[:60])) from None
    if not data.strip(b"\0\r\n\t ;,\xef\xbb\xbf\xfe\xff"):
        raise PracticumError(_('"{file}" is empty. Check that it is the right file, '
                               "and save it with your data.").format(file=path.name))
    return path, data


def _refuse_what_is_no_file(path):
    if path.name.startswith(("~$", ".~lock.")):
        raise PracticumError(_('"{file}" is only a sign that the real file is open in Excel. Load "{real}".').format(
            file=path.name, real=re.sub(r"^~\$|^\.~lock\.|#$", "", path.name)))
    if path.is_dir():
        tables = [inside.name for inside in path.iterdir() if inside.suffix.lower() in (".csv", ".xlsx", ".txt")]
        raise PracticumError(_('"{folder}" is a folder. '
                               "Add the name of the file; the tables in it are: {files}.").format(
            folder=path, files=_listed(tables) or _("none")))
    if not path.exists():
        raise PracticumError(_missing_file(path))
    if not path.is_file():
        raise PracticumError(_('"{file}" is not a file with a table. Give the path of a CSV or XLSX file.').format(
            file=path.name))


def _missing_file(path):
    folder = path.parent
    if not folder.is_dir():
        return _('There is no folder "{folder}". Check the first part of the path; '
                 'this notebook runs in "{here}".').format(folder=folder, here=Path.cwd())
    told = _('There is no file "{file}" in the folder "{folder}".').format(file=path.name, folder=folder.resolve())
    names = [inside.name for inside in folder.iterdir() if not inside.name.startswith((".", "~$"))]
    similar = difflib.get_close_matches(path.name, names, n=3, cutoff=0.5)
    similar += [name for name in names if Path(name).stem == path.stem]
    if similar:
        return told + " " + _("Files with a similar name there: {files}.").format(files=_listed(similar))
    return told + " " + _("Copy your file there, or write the full path.")


def _listed(names):
    return ", ".join(f'"{name}"' for name in sorted(set(names))[:5])


def _refuse_large(path):
    size = path.stat().st_size / 1_000_000
    if size > MOST_MEGABYTES:
        raise PracticumError(_('"{file}" has {size:.0f} MB, and files up to {limit} MB are read. '
                               "Save a copy with only the columns and rows you need.").format(
            file=path.name, size=size, limit=MOST_MEGABYTES))


def _refuse_other_kinds(name, data):
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise PracticumError(_what_to_do_with_old_office(name, data))
    start = data.lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ")[:8]
    if start.startswith(b"<"):
        raise PracticumError(_('"{file}" is a web page, whatever the end of its name says. '
                               "Open it in Excel and save it as an Excel workbook (.xlsx).").format(file=name))
    kinds = {
        b"%PDF": _("a PDF document"), b"{\\rtf": _("a text document"), b"SQLite": _("a database"),
        b"\x89PNG": _("an image"), b"\xff\xd8\xff": _("an image"), b"GIF8": _("an image"), b"RIFF": _("an image"),
        b"{": _("a JSON file"), b"[{": _("a JSON file"), b"[[": _("a JSON file"),
        b"\x1f\x8b": _("a packed file"), b"7z\xbc\xaf": _("a packed file"), b"Rar!": _("a packed file"),
    }
    kind = next((kinds[magic] for magic in kinds if data.startswith(magic) or start.startswith(magic)), None)
    if kind or data[4:8] == b"ftyp":
        raise PracticumError(_not_a_table(name, kind or _("an image")))


def _what_to_do_with_old_office(name, data):
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _('"{file}" is protected with a password. Open it in Excel, take the password off in a copy, '
                 "and load the copy.").format(file=name)
    if "WordDocument".encode("utf-16-le") in data:
        return _not_a_table(name, _("a Word document"))
    return _('"{file}" is in the old Excel format (.xls). '
             "Open it in Excel and save it as an Excel workbook (.xlsx).").format(file=name)


def _not_a_table(name, kind):
    return _('"{file}" is {kind}, not a table, whatever the end of its name says. '
             "Copy the table into Excel and save it as CSV or XLSX.").format(file=name, kind=kind)


def _read_text(name, data, fit):
    candidates = []
    for text, note in _decoded(name, data):
        text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a\n") + "\n"
        told = re.match("sep=(.)\n", text, re.IGNORECASE)  # a line for Excel, which does not show it as a row
        text = text[told.end():] if told else text
        candidates += [(fit(_head(text, separator)), text, separator, note)
                       for separator in (told[1] if told else _SEPARATORS)]
    _score, text, separator, note = max(candidates, key=lambda candidate: candidate[0])
    return Sheet(_records(text, separator), separator, notes=[note] if note else [])


def _head(text, separator):
    try:
        return [cells[:MOST_COLUMNS] for cells in csv.reader(text.split("\n", _HEAD)[:_HEAD], delimiter=separator)]
    except csv.Error:  # a cell of more than 131,072 characters: no table that a person made
        return []


def _decoded(name, data):
    """The texts that the bytes can mean, each with a note for the reader, the likeliest first."""
    code = _utf16(data)
    start = data[:4000].decode(code or "latin-1", "replace")
    if re.search(r"[\x00-\x08\x0e-\x19\x1b-\x1f]", start):
        raise PracticumError(_not_a_table(name, _("a file of another kind")))
    if code:
        return [(data.decode(code, "replace").lstrip("\ufeff"), None)]
    try:
        return [(data.decode("utf-8-sig"), None)]
    except UnicodeDecodeError:
        note = _("The file is in an old encoding and was read as {name}. "
                 'If letters look wrong, save it in Excel as "CSV UTF-8".')
        codes = {"cp1251": _("Russian"), "kz1048": _("Kazakh"), "cp1255": _("Hebrew"), "utf-8-sig": "UTF-8"}
        return [(data.decode(code, "replace"), note.format(name=codes[code])) for code in codes]


def _utf16(data):
    for code, mark, zeros in (("utf-16-le", b"\xff\xfe", data[1:400:2]), ("utf-16-be", b"\xfe\xff", data[0:400:2])):
        if data.startswith(mark) or zeros.count(0) > len(zeros) / 2:
            return code
    return None


def _records(text, separator):
    try:
        return _filled(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error:
        pass  # perhaps only quotation marks inside a cell, as people type them
    try:
        rows = _filled(csv.reader(io.StringIO(text), delimiter=separator))
        swallowed = next((row for row, cells in enumerate(rows, start=1) if any("\n" in cell for cell in cells)), None)
    except csv.Error:
        swallowed = 1
    if swallowed:
        raise PracticumError(_("A cell in row {row} or below it does not end. Perhaps a quotation mark is opened there: "
                               "close it or take it out.").format(row=swallowed))
    return rows


def _filled(rows):
    """The rows as lists, without blank cells and blank rows at the end."""
    kept = []
    for number, row in enumerate(itertools.islice(rows, _EXCEL_ROWS), start=1):
        if all(map(is_blank, row)):
            continue
        if number > MOST_ROWS:
            raise PracticumError(_("There is something in row {row}, and tables of up to {limit} rows are read. "
                                   "Delete what is not needed there and save.").format(row=number, limit=MOST_ROWS))
        last = max(place for place, value in enumerate(row) if not is_blank(value))
        if last >= MOST_COLUMNS:
            raise PracticumError(_("There is something in row {row}, column {column}, and tables of up to {limit} "
                                   "columns are read. Delete what is not needed there and save.").format(
                row=number, column=letters(last), limit=MOST_COLUMNS))
        kept.extend([] for _gap in range(number - 1 - len(kept)))
        kept.append(list(row[:last + 1]))
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
        raise PracticumError(_('"{file}" is damaged or was not saved by Excel. Open it in Excel, '
                               "save it as a new Excel workbook (.xlsx), and load that.").format(file=name)) from None
    rows, notes = _chosen(name, sheets, sheet, fit)
    return Sheet(rows, epoch=epoch, notes=notes)


def _refuse_other_packages(name, package):
    members = package.namelist()
    if sum(member.file_size for member in package.infolist()) > _UNPACKED_MEGABYTES * 1_000_000:
        raise PracticumError(_('"{file}" is far larger inside than it looks. '
                               "Copy the cells you need into a new workbook and load that.").format(file=name))
    folders = {member.partition("/")[0] for member in members}
    if {"word", "ppt"} & folders:
        raise PracticumError(_not_a_table(name, _("a Word document") if "word" in folders else _("a presentation")))
    if "xl/workbook.bin" in members or {"mimetype", "Index"} & folders:
        raise PracticumError(_('"{file}" is a table of another program. '
                               "Open it there and save it as an Excel workbook (.xlsx).").format(file=name))
    if "[Content_Types].xml" not in members:
        raise PracticumError(_('"{file}" is a packed folder (zip). Unpack it and load the table that is in it.').format(
            file=name))


def _sheets(data):
    """The visible sheets as (name, rows) pairs, and the day 0 of Excel's dates in this workbook."""
    results, formulas = (openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=stored, keep_links=False)
                         for stored in (True, False))
    visible = [sheet for sheet in results.worksheets if sheet.sheet_state == "visible"]
    return [(sheet.title, _filled(_seen_rows(sheet, formulas[sheet.title]))) for sheet in visible], results.epoch


def _seen_rows(results, formulas):
    for sheet in (results, formulas):
        sheet.reset_dimensions()  # the stored size of the sheet is often wrong, and then cells would be lost
    for cells, sources in itertools.zip_longest(results.iter_rows(), formulas.iter_rows(), fillvalue=()):
        yield [_seen(*pair) for pair in itertools.zip_longest(cells, sources)]


def _seen(cell, source):
    """What the reader sees in the cell: 45 % where 0.45 is stored; a formula without a stored result as it is."""
    value = cell.value if cell is not None else None
    if value is None:
        return source.value if source is not None else None
    if isinstance(value, (int, float)) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return f"{value * 100:.10g} %"
    return value


def _chosen(name, sheets, wanted, fit):
    """The rows of the sheet that is meant, and a note where others were left aside."""
    filled = [(number, title, rows) for number, (title, rows) in enumerate(sheets, start=1) if rows]
    listed = ", ".join(f'{number} "{privacy.masked(title)}"' for number, title, _rows in filled)
    if wanted is not None:
        for number, title, rows in filled:
            if wanted == number if isinstance(wanted, int) else fold(wanted) == fold(title):
                return rows, []
        raise PracticumError(_("There is no sheet {sheet} with something in it. The sheets are: {sheets}.").format(
            sheet=wanted, sheets=listed or _("none")))
    if not filled:
        raise PracticumError(_('"{file}" has no filled cells. Check that it is the right file, '
                               "and save it with your data.").format(file=name))
    fitting = [found for found in filled if fit(found[2][:_HEAD])[0]]
    if len(fitting) > 1:
        raise PracticumError(_("More than one sheet has the right headings ({sheets}). "
                               "Say which to read, such as sheet={number}.").format(
            sheets=listed, number=fitting[0][0]))
    number, title, rows = (fitting or filled)[0]
    note = _('Only sheet {number} "{title}" was read.').format(number=number, title=privacy.masked(title))
    return rows, [note] if len(filled) > 1 else []
