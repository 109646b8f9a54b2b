"""From a class list with names to a table with codes: a new file, made on the reader's own computer.

    mine = cleaning.clean("my-files/class-list.xlsx", "my-files/class-safe.csv")
    mine                      # what was changed, by row and column, never the value

The file that is read is never changed, no file is written over, and nothing leaves the computer. Codes are drawn by chance. The
list that joins names and codes goes into a folder of its own, with a first line that says to keep it apart.
"""

import csv
import html
import os
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import pandas as pd

from practicum import _cells, _columns, _reading, privacy
from practicum._cells import fold, folded, is_blank, letters, tidy
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.own_data import RECORD_COLUMNS, _free_name, _html_list

CODE, AGE, YEAR = "code", "age", "year"
KEY_FOLDER = "keep-apart"
_SEARCHED = 30
_MOST_LABEL = 30           # characters of a label; what is longer is a sentence about somebody
_NOTES = folded("""note, notes, remark, remarks, comment, comments, observations, characteristics, примечание, примечания,
    комментарий, комментарии, заметки, характеристика, особенности, ескерту, ескертпе, түсініктеме, мінездеме, הערה, הערות""")
_DIAGNOSES = folded("""diagnosis, medical conclusion, conclusion, диагноз, заключение, заключение пмпк, пмпк, медицинское заключение,
    диагнозы, қорытынды, қорытындысы, пмпк қорытындысы, инвалидность, группа инвалидности, אבחון, אבחנה""")
_PEOPLE = folded("""teacher, class teacher, form teacher, tutor, assistant, psychologist, therapist, doctor, contact, family,
    учитель, классный руководитель, кл рук, педагог, педагог-ассистент, тьютор, ассистент, психолог, логопед, врач, семья, контакт,
    мұғалім, сынып жетекшісі, психолог маман, дәрігер, отбасы, מורה, מחנכת, מחנך, סייעת""")
_YES_NO = folded("yes, no, y, n, да, нет, иә, ия, жоқ, бар, есть, כן, לא, 0, 1") | {""}
_TELLING = ("12-digit number", "9-digit number", "phone", "e-mail", "address", "photo")


@dataclass(frozen=True, eq=False, repr=False)
class Cleaned:
    """The answer of `clean`.

    ``table``: the new table, in an order of its own. ``changes``: sentences on what was changed, by row and column, never
    the value. ``kept``: the headings that stayed. ``path`` and ``key_path``: the new file and the list of codes.
    """

    table: pd.DataFrame
    changes: list
    kept: list
    path: Path
    key_path: Path

    def __str__(self):
        return "\n".join([self._written(), *self.changes, *self._advice()])

    __repr__ = __str__  # a notebook stores this text: it must not hold the data

    def _repr_html_(self):
        advice = "".join(f"<p><strong>{html.escape(line)}</strong></p>" for line in self._advice())
        return f'<p>{html.escape(self._written())}</p>{_html_list(self.changes)}<div role="note">{advice}</div>'

    def _written(self):
        return ngettext("{rows} row was written to the new file {file}. Your own file was not changed.",
                        "{rows} rows were written to the new file {file}. Your own file was not changed.", len(self.table)).format(
            rows=len(self.table), file=self.path.as_posix())

    def _advice(self):
        advice = [_("Look through the new file before you use it: the program finds what has the usual form, and no more.")]
        if self.key_path:
            advice.append(_("The list of codes is {file}. Move it to a place apart from the data, locked away, and keep no copy here.").format(
                file=self.key_path.as_posix()))
        return advice


def clean(path, out, *, key=None, known=None, keep=None, on=None, sheet=None, seed=None):
    """Write a copy of a class list without what tells who a child is, and return `Cleaned`, the report of it.

    ``path`` is a CSV or XLSX file; ``out`` a new name that ends with .csv. In the copy

    - names are replaced by random codes, and the rows stand in the order of what is left, not of the alphabet
    - a date of birth becomes the age in full years on the day ``on`` ("2026-09-01"), without ``on`` the year of birth; other
      dates become years
    - names of other people, identity numbers, phones, addresses, e-mail, pictures, diagnoses, notes and running numbers are left out, and so is a column
      of texts in which nearly every row has its own
    - any other cell that looks as if it told who somebody is becomes empty
    - titles, totals and remarks below the table are left out.

    ``keep`` names the headings that may stay (beside the code and the age): with it all others are left out, which is safest.
    ``key`` is the new file for the list of codes, in another folder than ``out``; without it, the folder "keep-apart" beside it.
    A list that is there already is read and kept, so that the same call gives the same file; ``known`` is an earlier list whose
    codes are to be used again. ``sheet`` is the name or number of a sheet. ``seed`` is for tests only: codes drawn with it can
    be drawn again by anybody.

    Nothing is ever written over. On the public Binder only files in folders named data, where the book's own lists lie, are opened. Raises PracticumError with the way to mend it.
    """
    path, out = Path(path), _new_csv(out)
    _refuse_on_binder(path)
    key = Path(key) if key else out.parent / KEY_FOLDER / f"{out.stem}-codes.csv"
    if key.resolve().parent == out.resolve().parent:
        raise PracticumError(_("The list of codes must not lie beside the data. Give key= a file in another folder."))
    rows, first, last, epoch = _rows(path, sheet)
    headings = rows[first]
    body = {row: rows[row] for row in range(first + 1, last)}
    body, changes = _people(body)
    plan = _plan(headings, body, keep)
    known_codes = _read_key(known) if known else _read_key(key) if key.exists() else {}
    day = _day(on)
    table, names, more = _carried_out(plan, body, known_codes, day, epoch, seed)
    changes += [_what_was_done(step, letters(place), day) for place, step in sorted(plan.items())] + more
    table = _in_new_order(table)
    content = _csv_text(table, "," if _has_decimal_comma(body) else ".")
    _refuse_other_content(out, content)
    if names:
        _write_key(key, names, known_codes)
    _write(out, content)
    kept = [privacy.masked(step.heading) for step in plan.values() if step.way == "keep"]
    return Cleaned(table, changes, kept, out, key if names else None)


def _refuse_on_binder(path):
    """On the public Binder only the book's own lists, in folders named data, may be opened."""
    if path.parent.name != "data" and ("BINDER_LAUNCH_HOST" in os.environ or "BINDER_REPO_URL" in os.environ):
        raise PracticumError(_("This notebook runs on Binder, a public server. Your list was not opened. Delete it here, "
                               "and run this notebook on your own computer."))


# ---- reading -----------------------------------------------------------------------------------------------------

def _rows(path, sheet):
    """All rows of the sheet with a class list; the place of its headings; the end of its rows; day 0 of its dates."""
    read = _reading.read(path, sheet, lambda rows: (_heading_row(rows)[1] > 1, _heading_row(rows)[1]))
    first, score = _heading_row(read.rows)
    if score < 1:
        raise PracticumError(_("No headings were found in the first {rows} rows. Write one above each column, such as Name, Class, Age.").format(
            rows=_SEARCHED))
    width = max(map(len, read.rows))
    rows = [[*cells, *[None] * (width - len(cells))] for cells in read.rows]
    return rows, first, len(rows), read.epoch


def _heading_row(rows):
    """The place of the row near the top with most headings that are known, and how many they are."""
    scores = [sum(map(_is_heading, cells)) for cells in rows[:_SEARCHED]]
    best = max(scores, default=0)
    return (scores.index(best) if scores else 0), best


def _is_heading(value):
    if not isinstance(value, str) or is_blank(value):
        return False
    words = fold(re.sub(r"\(.*?\)", "", value))
    return privacy.heading_kind(value) is not None or words in _NOTES | _DIAGNOSES | _NUMBERS | _PEOPLE or _is_record(value)


_NUMBERS = folded("no, nr, number, iin, id, identity number, e-mail, email, № п/п, п/п, номер, иин, жсн, р/с, эл почта, почта, מספר, תז")


def _people(body):
    """The rows that stand for people, and sentences on those that were left out."""
    kept, left = {}, {"total": [], "text": []}
    for row, cells in body.items():
        filled = [value for value in cells if not is_blank(value)]
        if not filled:
            continue
        if any(map(_cells.is_total, filled[:2])):
            left["total"].append(row + 1)
        elif len(filled) == 1:
            left["text"].append(row + 1)
        else:
            kept[row] = cells
    if not kept:
        raise PracticumError(_("There are headings but no rows below them. Check that it is the right file or sheet."))
    told = {"total": _("{rows}: looks like a total and was left out."),
            "text": _("{rows}: holds a single text or number and was left out.")}
    return kept, [told[why].format(rows=_columns.row_list(rows)) for why, rows in left.items() if rows]


# ---- what becomes of each column ---------------------------------------------------------------------------------

@dataclass(frozen=True)
class _Step:
    """What becomes of a column: ``way`` is "code", "age", "year", "keep", or the reason why it is left out."""

    way: str
    heading: str


def _plan(headings, body, keep):
    """Column place → `_Step`, for every column with something in it."""
    found = privacy.scan([headings, *body.values()])
    kinds = Counter((finding.column, finding.kind) for finding in found if finding.row > 1)
    plan, named = {}, None
    for place, heading in enumerate(headings):
        values = [cells[place] for cells in body.values() if not is_blank(cells[place])]
        if not values:
            continue
        share = {kind: count / len(values) for (column, kind), count in kinds.items() if column == letters(place)}
        way = _way(heading, values, share)
        if way == "code":
            # First name and family name stand side by side; another name further on is somebody else's.
            way = "code" if named is None or named == place - 1 else "name"
            named = place if way == "code" else named
        plan[place] = _Step(way, tidy(heading) or letters(place))
    return _only_wanted(plan, keep)


def _way(heading, values, share):
    words = fold(re.sub(r"\(.*?\)", "", tidy(heading)))
    if words in _DIAGNOSES:
        return "diagnosis"
    if words in _NOTES:
        return "text"
    if share.get("birth date", 0) > 0.5:
        return "age"
    if share.get("name", 0) > 0.5 and (privacy.heading_kind(heading) == "name" or _mostly_own(values)):
        return "code"
    if words in _PEOPLE and not all(_is_dash(value) or fold(value) in _YES_NO for value in values) or share.get("name", 0) > 0.5 and not _is_record(heading):
        return "name"
    telling = [kind for kind in _TELLING if share.get(kind, 0) > 0.5]
    if telling:
        return telling[0]
    if (words in _NUMBERS or tidy(heading) in ("№", "#")) and _runs(values, any_order=True):
        return "running number"
    return _way_of_values(values, _is_record(heading))


def _is_record(heading):
    """True for a heading that announces labels, such as Class or Support, and no people."""
    return isinstance(heading, str) and any(column.accepts(heading) for column in RECORD_COLUMNS)


def _runs(values, *, any_order=False):
    """True for whole numbers that count up or down by one, as the numbers of a register do."""
    numbers = [_as_number(value) for value in values]
    if len(numbers) < 3 or any(number is None or number != number for number in numbers):
        return False
    numbers = sorted(numbers) if any_order or numbers[0] > numbers[-1] and numbers == sorted(numbers, reverse=True) else numbers
    return all(after - before == 1 for before, after in zip(numbers, numbers[1:]))


def _way_of_values(values, is_record):
    numbers, dates = list(map(_as_number, values)), sum(map(_looks_like_date, values))
    if dates > len(values) / 2:
        return "year"
    if all(number is not None for number in numbers):
        return "running number" if _runs(values) else "keep"
    texts = [tidy(value) for value, number in zip(values, numbers) if number is None]
    if max(map(len, texts)) > _MOST_LABEL:
        return "text"
    return "own value" if _mostly_own(texts) and (len(values) > 5 or not is_record) else "keep"


def _mostly_own(values):
    """True where more than half of the rows have a text that nobody else has written."""
    counts = Counter(fold(value) for value in values)
    return sum(count == 1 for count in counts.values()) > len(values) / 2


def _as_number(value):
    """The number in a cell; NaN for a missing mark; None for text."""
    if isinstance(value, date):
        return None
    try:
        return _cells.number(value, _cells.decimal_marks([value]) or {","})
    except PracticumError:
        return None


def _looks_like_date(value):
    if isinstance(value, date):
        return True
    return isinstance(value, str) and re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}( г\.?| ж\.?)?", tidy(value)) is not None


def _only_wanted(plan, keep):
    if keep is None:
        return plan
    wanted = {fold(name): name for name in ([keep] if isinstance(keep, str) else keep)}
    missing = [name for words, name in wanted.items() if words not in {fold(step.heading) for step in plan.values()}]
    if missing:
        raise PracticumError(_('There is no column with the heading "{name}". The headings to keep must be written as in the file.').format(
            name=privacy.masked(missing[0])))
    return {place: step if step.way != "keep" or fold(step.heading) in wanted else _Step("not wanted", step.heading)
            for place, step in plan.items()}


def _in_new_order(table):
    """The rows in the order of what stays: the order of the alphabet, or of the class register, would give the names away."""
    columns = [name for name in table.columns if name != CODE] + [name for name in table.columns if name == CODE]
    return table.sort_values(columns, ignore_index=True, kind="stable")


# ---- the new table -----------------------------------------------------------------------------------------------

def _carried_out(plan, body, known, day, epoch, seed):
    """The new table, the key (name → code; empty without names), and sentences on single cells and rows."""
    names, changes = _names(plan, body)
    rows = [row for row in body if row in names or not names]
    codes, key = privacy.pseudonyms([names[row] for row in rows], known=known, seed=seed) if names else ([], {})
    columns, emptied = {}, []
    if names:
        columns[CODE] = codes
    for place, step in plan.items():
        if step.way in ("age", "year", "keep"):
            cells = {row: body[row][place] for row in rows}
            name, values, lost = _column(step, cells, day, epoch)
            columns[_free_heading(name, columns)] = values
            emptied += [(row + 1, letters(place), why) for row, why in lost]
    changes += [_("Row {row}, column {column}: {why}; the cell was emptied.").format(row=row, column=column, why=why) for row, column, why in emptied]
    if not set(columns) - {CODE}:
        raise PracticumError(_("Nothing is left beside the codes. Name the headings that may stay with keep=."))
    return pd.DataFrame(columns), key, changes


def _names(plan, body):
    """Row → the name in it, joined from the columns side by side; sentences on rows without a name and on names that come twice."""
    places = [place for place, step in plan.items() if step.way == "code"]
    if not places:
        return {}, [_("No column of names was found, so no codes were made.")]
    whole = {row: " ".join(tidy(cells[place]) for place in places if not is_blank(cells[place])) for row, cells in body.items()}
    nameless = [row + 1 for row, name in whole.items() if not name]
    names = {row: name for row, name in whole.items() if name}
    same = Counter(name.casefold() for name in names.values())
    twice = [row + 1 for row, name in names.items() if same[name.casefold()] > 1]
    told = []
    if nameless:
        told.append(_("{rows}: no name, left out.").format(rows=_columns.row_list(nameless)))
    if twice:
        told.append(_("{rows}: the same name, so the same code. If these are different children, tell them apart in your file first.").format(
            rows=_columns.row_list(twice)))
    return names, told


def _column(step, cells, day, epoch):
    """The new heading and values of a column, and the rows whose cell was emptied, each with the reason."""
    if step.way == "keep":
        return (privacy.masked(step.heading), *_kept(cells, _is_record(step.heading)))
    is_birth = step.way == "age"
    made, lost = [], []
    for row, value in cells.items():
        try:
            found = _cells.date(value, epoch)
        except PracticumError:
            found = None
            lost.append((row, _("no date that can be read")))
        made.append(None if found is None else _full_years(found[0], day) if is_birth and day else found[0].year)
    name = AGE if is_birth and day else _("year of birth") if is_birth else f"{privacy.masked(step.heading)}, {YEAR}"
    return name, pd.array(made, dtype="Int64"), lost


def _kept(cells, is_record):
    """The cells as numbers or labels, and the rows whose cell was emptied, each with the reason."""
    numbers = {row: _as_number(value) for row, value in cells.items()}
    if all(number is not None for number in numbers.values()) and any(number == number for number in numbers.values()):
        return pd.array([None if number != number else number for number in numbers.values()], dtype="Float64"), []
    made, lost, first = [], [], {}
    often = Counter(fold(value) for value in cells.values())
    for row, value in cells.items():
        # Two words with capital letters may be a name, or a label such as Reading Group: under Support, and when it comes again.
        found = [one for one in privacy.scan([[value]]) if one.confidence == "high" or often[fold(value)] < 3 or not is_record]
        text = "" if found or _is_dash(value) else tidy(int(value) if isinstance(value, float) and value.is_integer() else value)
        lost += [(row, privacy.describe(found[0].kind, found[0].confidence))] if found else []
        made.append(first.setdefault(text.casefold().translate(_cells.LOOKALIKES), text) or None)
    return made, lost


def _is_dash(value):
    """True for an empty cell or a dash. Not for letters: ж is an absent pupil in one column and a girl in another."""
    return re.fullmatch(r"[-–—_.…? ]*", tidy(value)) is not None


def _full_years(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _free_heading(name, taken):
    return name if name not in taken else next(f"{name} {number}" for number in range(2, 1000) if f"{name} {number}" not in taken)


def _what_was_done(step, column, day):
    told = {
        "code": _("Column {column}: names, replaced by random codes."),
        "age": (_("Column {column}: dates of birth, replaced by the age in full years.") if day else
                _("Column {column}: dates of birth, replaced by the year.")),
        "year": _("Column {column}: dates, replaced by their years."),
        "keep": _("Column {column}: kept."),
        "name": _("Column {column}: names of other people, left out."),
        "text": _("Column {column}: free text, left out."),
        "own value": _("Column {column}: nearly every row has a text of its own, left out."),
        "running number": _("Column {column}: a running number, which tells the place in the list, left out."),
        "diagnosis": _("Column {column}: a diagnosis or conclusion, left out."),
        "not wanted": _("Column {column}: not among the headings to keep, left out."),
    }
    if step.way in told:
        return told[step.way].format(column=column)
    return _("Column {column}: {what} in most rows, left out.").format(column=column, what=privacy.describe(step.way, "low"))


def _day(on):
    if on is None:
        return None
    try:
        return on if isinstance(on, date) else date.fromisoformat(str(on))
    except ValueError:
        raise PracticumError(_('on must be a day, written with the year first, such as "2026-09-01".')) from None


# ---- writing -----------------------------------------------------------------------------------------------------

def _new_csv(path):
    path = Path(path)
    if path.suffix.lower() != ".csv":
        raise PracticumError(_('The new file is a CSV file. Give it a name that ends in .csv, such as "my-files/class-safe.csv".'))
    return path


def _has_decimal_comma(body):
    return any(re.fullmatch(r"-?\d+,\d+", tidy(value)) for cells in body.values() for value in cells if isinstance(value, str))


def _csv_text(table, mark):
    """The table as Excel opens it, with the decimal mark of the reader's own file."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in table.columns])
    writer.writerows([["" if pd.isna(value) else f"{value:.10g}".replace(".", mark) if isinstance(value, float) else _harmless(value)
                       for value in row] for row in table.itertuples(index=False)])
    return text.getvalue()


def _harmless(value):
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    text = "".join(sign for sign in str(value) if unicodedata.category(sign) != "Cc")
    return f"'{text}" if text.startswith(("=", "+", "@")) else text


def _refuse_other_content(path, content):
    if path.exists() and path.read_bytes() != content.encode("utf-8-sig"):
        raise PracticumError(_('"{file}" is there already and was not touched. Use another name, such as "{free}".').format(
            file=path.name, free=_free_name(path)))


def _write(path, content):
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            with path.open("x", encoding="utf-8-sig", newline="") as file:
                file.write(content)
    except OSError:
        raise PracticumError(_('"{file}" cannot be written in the folder "{folder}". Choose a folder that is yours.').format(
            file=path.name, folder=path.parent.as_posix())) from None


def _write_key(path, key, known):
    if path.exists():
        new = set(key) - set(known)
        if new:
            raise PracticumError(ngettext(
                "The list of codes {file} lacks {count} name. It was not changed: give key= a new name, and known= this list.",
                "The list of codes {file} lacks {count} names. It was not changed: give key= a new name, and known= this list.",
                len(new)).format(file=path.name, count=len(new)))
        return
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("KEEP THIS LIST APART FROM THE DATA, LOCKED AWAY. It tells who the children are. Destroy it when it is no longer needed."), ""])
    writer.writerow([_("name"), _("code")])
    writer.writerows(sorted((_harmless(name), code) for name, code in key.items()))
    _write(path, text.getvalue())


def _read_key(path):
    """An earlier list of codes: name → code."""
    path = Path(path)
    try:
        rows = list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise PracticumError(_('The list of codes "{file}" cannot be read. Check the name, or save it as "CSV UTF-8".').format(file=path.name)) from None
    found = {row[0].removeprefix("'"): row[1] for row in rows[2:] if len(row) == 2 and re.fullmatch(r"P-\w{4}", row[1])}
    if not found:
        raise PracticumError(_('"{file}" holds no codes. It must be a list that this program wrote.').format(file=path.name))
    return found
