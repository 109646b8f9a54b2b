"""The learner's own file: one call reads it, whatever program made it, or says in plain words what to mend.

    data = own_data.load("my-files/probes.csv", own_data.PROGRESS_COLUMNS)
    data.table["words_correct"]

The file is only read, never changed, and nothing leaves the computer.
"""

import csv
import difflib
import functools
import html
import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from practicum import _cells, _reading, privacy
from practicum._cells import fold, is_blank, letters, tidy
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext

_HEADING_ROWS = 30
_KINDS = ("number", "date", "text", "category")


@dataclass(frozen=True)
class Column:
    """A column that an analysis needs.

    ``name`` is the column's name in the table, ``kind`` "number", "date", "text" or "category". A number outside
    ``minimum`` … ``maximum`` is refused. ``names`` are the headings that are accepted beside the name itself; case,
    punctuation, ё or е and look-alike Latin and Cyrillic letters make no difference.
    """

    name: str
    kind: str = "number"
    required: bool = True
    minimum: float = None
    maximum: float = None
    names: tuple = ()

    def __post_init__(self):
        object.__setattr__(self, "names", (self.names,) if isinstance(self.names, str) else tuple(self.names))
        if self.kind not in _KINDS:
            raise PracticumError(_('Column "{name}" has the kind "{kind}". Choose from: {kinds}.').format(
                name=self.name, kind=self.kind, kinds=", ".join(_KINDS)))

    @property
    def label(self):
        """The column's name as people write it, in their language where a heading in that language is accepted."""
        plain = self.name.replace("_", " ")
        return _(plain) if self.accepts(_(plain)) else plain

    def accepts(self, heading):
        """True where the heading is one of the column's, with or without what stands in brackets."""
        return fold(heading) in _accepted(self) or fold(re.sub(r"\(.*?\)", "", tidy(heading))) in _accepted(self)


@functools.cache
def _accepted(column):
    return frozenset(fold(name) for name in (column.name, *column.names)) - {""}


PROGRESS_COLUMNS = (
    Column("date", "date", names=("day", "probe date", "date of probe", "дата", "день", "дата пробы", "дата проверки",
                                  "дата проведения", "күні", "күн", "мерзімі", "өткізілген күні", "תאריך")),
    Column("words_correct", minimum=0, maximum=400, names=(
        "words correct per minute", "correct words", "correct words per minute", "words per minute", "wcpm", "cwpm", "wpm", "wc",
        "правильно прочитанные слова", "правильно прочитано слов", "правильно прочитано", "прочитано правильно", "правильных слов",
        "верно прочитанные слова", "верно прочитано слов", "слов в минуту", "слов в минуту правильно", "слова в минуту", "сл/мин",
        "дұрыс оқылған сөздер", "дұрыс оқылған сөз саны", "дұрыс оқылған сөздер саны", "дұрыс оқыған сөз саны", "дұрыс сөздер",
        "минутына сөз", "бір минуттағы сөз саны", "מילים נכונות", "מילים נכונות בדקה")),
    Column("errors", required=False, minimum=0, maximum=400, names=(
        "error", "mistakes", "words wrong", "ошибки", "ошибок", "кол-во ошибок", "количество ошибок", "число ошибок",
        "қате", "қателер", "қате саны", "қателер саны", "שגיאות", "טעויות")),
    Column("phase", "text", required=False, names=(
        "condition", "фаза", "этап", "период", "условие", "кезең", "кезеңі", "фазасы", "שלב")),
)
CLASS_COLUMNS = (
    Column("score", names=(
        "scores", "points", "result", "mark", "words correct", "words correct per minute", "wcpm", "балл", "баллы", "оценка", "оценки",
        "результат", "очки", "слов в минуту", "ұпай", "ұпайы", "балы", "бағасы", "баға", "нәтиже", "нәтижесі", "ציון", "ציונים")),
)


@dataclass(frozen=True, eq=False)
class OwnData:
    """What `load` understood.

    ``table`` has exactly the wanted columns, in date order where there is a date; missing numbers are NaN. ``notes``
    say what was understood or left out, ``warnings`` where the file seems to tell who a child is. ``source`` is the
    file's name. Printing it shows the warnings first.
    """

    table: pd.DataFrame
    notes: list
    warnings: list
    source: str

    def __str__(self):
        return "\n".join([*self._warned(), *self.notes, self._size()])

    def _repr_html_(self):
        def listed(sentences):
            items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in sentences)
            return f"<ul>{items}</ul>" if items else ""

        warned = self._warned()
        alarm = f'<div role="note"><p><strong>{html.escape(warned[0])}</strong></p>{listed(warned[1:])}</div>' if warned else ""
        return f"{alarm}{listed(self.notes)}<p>{html.escape(self._size())}</p>"

    def _warned(self):
        if not self.warnings:
            return []
        return [_("Before you show or share this: the file seems to tell who a child is. "
                  "Take this out of the file, or put codes in its place."), *self.warnings]

    def _size(self):
        rows = len(self.table)
        return ngettext('{rows} row was read from "{file}".', '{rows} rows were read from "{file}".', rows).format(
            rows=rows, file=privacy.masked(self.source))


def load(path, columns, *, sheet=None):
    """Read the CSV or XLSX file at ``path`` and return `OwnData` with the wanted ``columns``.

    ``columns`` is a sequence of `Column`, such as ``PROGRESS_COLUMNS``. ``sheet`` is the name or the number (from 1) of
    the sheet where a workbook has several. Columns that are not wanted, free text above all, are left out.

    Raises PracticumError with the row and column as they are seen in Excel, and the way to mend them.
    """
    columns = _checked(columns)
    read = _reading.read(path, sheet, lambda rows: _fit(_heading(rows, columns), columns))
    heading = _heading(read.rows, columns)
    _check_heading(heading, read, columns)
    notes = read.notes + _notes_on_columns(heading, read.rows, columns)
    places = _one_place_each(heading, read.rows, columns)
    rows, left_out = _data_rows(read.rows, heading, places, columns)
    cells = {column: {row: read.rows[row][place] if place < len(read.rows[row]) else None for row in rows}
             for column, place in places.items()}
    found = {column: _convert(column, places[column], values, read.epoch) for column, values in cells.items()}
    table, order = _table(columns, {column: values for column, (values, _told) in found.items()}, len(rows))
    notes += left_out + [note for _values, told in found.values() for note in told] + order
    return OwnData(table, notes, _warnings(read.rows, path), Path(path).name)


def _checked(columns):
    columns = (columns,) if isinstance(columns, Column) else tuple(columns)
    if not columns or not all(isinstance(column, Column) for column in columns):
        raise PracticumError(_("columns must be a list of own_data.Column, such as own_data.PROGRESS_COLUMNS."))
    return columns


def template(columns, path):
    """Write an empty CSV file with the headings of ``columns`` for the learner to fill in, and return its path.

    A file that exists already is never written over.
    """
    path = Path(path)
    if path.suffix.lower() != ".csv":
        raise PracticumError(_('A template is a CSV file. Give it a name that ends in .csv, such as "{free}".').format(
            free=path.with_suffix(".csv").name if path.name else "probes.csv"))
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerow(column.label for column in _checked(columns))
    except FileExistsError:
        free = next(name for number in itertools.count(2) if not (name := path.with_stem(f"{path.stem}-{number}")).exists())
        raise PracticumError(_('"{file}" is there already and was not touched. Use another name, such as "{free}".').format(
            file=path.name, free=free.name)) from None
    except OSError:
        raise PracticumError(_('"{file}" cannot be written in the folder "{folder}". Choose a folder that exists and is yours.').format(
            file=path.name, folder=path.parent)) from None
    return path


@dataclass(frozen=True)
class _Heading:
    """Where the headings are: rows ``first`` to ``last`` (from 0), and for each column its places in them."""

    first: int = 0
    last: int = 0
    places: dict = field(default_factory=dict)


def _heading(rows, columns):
    """The row near the top, or the pair of rows with merged cells, in which most wanted columns are found."""
    best = _Heading()
    for span, first in itertools.product((1, 2), range(min(len(rows), _HEADING_ROWS))):
        cells = list(itertools.zip_longest(*rows[first:first + span]))
        found = {column: [place for place, parts in enumerate(cells) if _is_heading_of(column, parts)] for column in columns}
        places = {column: places for column, places in found.items() if places}
        if len(places) > len(best.places):
            best = _Heading(first, min(first + span, len(rows)) - 1, places)
    return best


def _is_heading_of(column, parts):
    whole = " ".join(tidy(part) for part in parts)
    return any(column.accepts(text) for text in (*parts, whole) if isinstance(text, str))


def _fit(heading, columns):
    return all(column in heading.places for column in columns if column.required), len(heading.places)


def _check_heading(heading, read, columns):
    missing = [column for column in columns if column.required and column not in heading.places]
    if missing and _fit(_heading(list(itertools.zip_longest(*read.rows[:_HEADING_ROWS])), columns), columns)[0]:
        raise PracticumError(_("The headings stand one below the other. In Excel copy the table, choose Paste Special, "
                               "Transpose, and save: each probe needs a row of its own."))
    if missing and not heading.places:
        raise PracticumError(_("No headings were found in the first {rows} rows. Write them in the first row, one in each column: {headings}.").format(
            rows=_HEADING_ROWS, headings=", ".join(f'"{column.label}"' for column in columns if column.required)))
    if missing:
        raise PracticumError(_missing_column(missing[0], heading, read.rows))
    width = max(place for place, value in enumerate(read.rows[heading.last]) if not is_blank(value)) + 1
    for row, cells in enumerate(read.rows[heading.last + 1:], heading.last + 2) if read.separator == "," else ():
        if not all(map(is_blank, cells[width:])):
            raise PracticumError(_("Row {row} has more cells than there are headings, because commas stand between the cells. "
                                   "If the comma is your decimal mark, save the file with semicolons (in Excel: CSV UTF-8).").format(row=row))


def _missing_column(column, heading, rows):
    seen = [value for value in rows[heading.last] if isinstance(value, str) and not is_blank(value)]
    wanted = {fold(name): name for name in (column.name, column.label, *column.names)}
    near = [value for value in seen if difflib.get_close_matches(fold(value), wanted, n=1, cutoff=0.75)]
    told = _('Row {row} has no heading for "{label}".').format(row=heading.last + 1, label=column.label)
    if near:
        return told + " " + _('If "{near}" is meant, write "{label}" in its place.').format(near=privacy.masked(near[0]), label=column.label)
    return told + " " + _("Its headings are {seen}; give the right column one of these: {names}.").format(
        seen=", ".join(f'"{privacy.masked(value)[:40]}"' for value in seen[:8]), names=", ".join((column.label, *column.names[:4])))


def _one_place_each(heading, rows, columns):
    """Each found column's place. Two columns with headings for the same thing are one only where they agree."""
    def below(place):
        return [tidy(cells[place]) if place < len(cells) else "" for cells in rows[heading.last + 1:]]

    chosen = {}
    for column, places in heading.places.items():
        filled = [place for place in places if any(below(place))] or places[:1]
        if any(below(place) != below(filled[0]) for place in filled):
            raise PracticumError(_('Columns {columns} both have a heading for "{label}". Rename or delete the one that is not meant.').format(
                columns=", ".join(map(letters, filled)), label=column.label))
        chosen[column] = filled[0]
    return chosen


def _notes_on_columns(heading, rows, columns):
    notes = []
    if heading.first:
        notes.append(_("The headings are in row {row}; what stands above them was left out.").format(row=heading.first + 1))
    taken = set(itertools.chain(*heading.places.values()))
    width = max(map(len, rows))
    others = [place for place in range(width) if place not in taken
              and any(place < len(cells) and not is_blank(cells[place]) for cells in rows[heading.first:])]
    if others:
        notes.append(ngettext("Column {columns} is not needed and was left out: free text can tell who a child is.",
                              "Columns {columns} are not needed and were left out: free text can tell who a child is.",
                              len(others)).format(columns=_enumerated(map(letters, others))))
    absent = [column.label for column in columns if column not in heading.places]
    if absent:
        notes.append(_("The file has no column for {columns}; the analysis can do without.").format(columns=", ".join(absent)))
    return notes


def _data_rows(rows, heading, places, columns):
    """The numbers (from 0) of the rows that hold data, and notes on the rows that were left out."""
    kept, left = [], {"total": [], "heading": [], "text": [], "empty": []}
    for row, cells in enumerate(rows[heading.last + 1:], start=heading.last + 1):
        mine = {column: cells[place] if place < len(cells) else None for column, place in places.items()}
        reason = _reason_to_leave_out(cells, mine)
        if reason:
            left[reason].append(row + 1)
        elif reason is None:
            kept.append(row)
    if _is_sum_of_the_others(kept, rows, places):
        left["total"].append(kept.pop() + 1)
    if not kept:
        raise PracticumError(_("There are headings in row {row} but no data below them. Fill in the rows below and save.").format(row=heading.last + 1))
    return kept, [_why_left_out(reason).format(rows=_row_list(found)) for reason, found in left.items() if found]


def _why_left_out(reason):
    return {
        "total": _("{rows}: looks like a total and was left out."),
        "heading": _("{rows}: repeats the headings and was left out."),
        "text": _("{rows}: holds text below or between the data and was left out."),
        "empty": _("{rows}: has nothing in the columns that are needed and was left out."),
    }[reason]


def _reason_to_leave_out(cells, mine):
    """Why the row is no data: "total", "heading", "text", "empty"; "" for a blank row; None for data."""
    dates = [value for column, value in mine.items() if column.kind == "date"]
    scores = [value for column, value in mine.items() if column.kind == "number"]
    if all(map(is_blank, cells)):
        return ""
    if _is_total_row(cells, dates):
        return "total"
    if all(is_blank(value) or column.accepts(value) for column, value in mine.items()) and not all(map(is_blank, mine.values())):
        return "heading"
    if all(map(_cells.is_missing, dates)) and all(map(is_blank, scores)):
        return "empty" if dates else None
    if dates and all(map(is_blank, scores)) and not any(map(_has_digit, dates)):
        return "text"
    return None


def _is_total_row(cells, dates):
    """A word such as "Total": anywhere in a row without a date; without a date column, in the row's first cell."""
    if dates:
        return any(map(_cells.is_total, cells)) and not any(_has_digit(value) and not _cells.is_total(value) for value in dates)
    return _cells.is_total(next(value for value in cells if not is_blank(value)))


def _has_digit(value):
    return re.search(r"\d", tidy(value)) is not None


def _is_sum_of_the_others(kept, rows, places):
    """True where the last row, without a date, holds the sum of at least three numbers above it."""
    if len(kept) < 4:
        return False
    last = {column: rows[kept[-1]][place] if place < len(rows[kept[-1]]) else None for column, place in places.items()}
    if any(not is_blank(value) for column, value in last.items() if column.kind != "number"):
        return False
    for column, value in last.items():
        if not is_blank(value):
            try:
                above = sum(_cells.number(rows[row][places[column]]) for row in kept[:-1] if places[column] < len(rows[row]))
                return abs(_cells.number(value) - above) < 0.01
            except PracticumError:
                return False
    return False


def _convert(column, place, values, epoch):
    """The column's values in the order of ``values`` (row → cell), and notes on them."""
    convert = {"number": _numbers, "date": _dates}.get(column.kind, _texts)
    return convert(column, place, values, epoch)


def _numbers(column, place, values, _epoch):
    percent = {row for row, value in values.items() if _cells.has_percent(value)}
    marks = _cells.decimal_marks(values.values())
    found = {row: _cell(column, place, row, value, _cells.number, marks) for row, value in values.items()}
    missing = [row for row, value in found.items() if value != value]
    if len(missing) == len(found) and column.required:
        raise PracticumError(_('Column {column} "{label}" holds no numbers. Check that the scores are in this column.').format(
            column=letters(place), label=column.label))
    plain = found.keys() - percent - set(missing)
    if percent and plain:
        raise _problem(column, place, min(plain), values[min(plain)], _("Other rows of this column have a percent sign. Write all rows the same way."))
    for row, value in found.items():
        _check_range(column, place, row, value, values[row])
    notes = [_('{rows}: no number for "{label}" ({words}); counted as missing.').format(
        rows=_row_list(row + 1 for row in missing), label=column.label, words=_missing_words(values, missing))] if missing else []
    if percent:
        notes.append(_('"{label}" is in percent: 45 % is read as 45.').format(label=column.label))
    return list(found.values()), notes


def _missing_words(values, missing):
    words = dict.fromkeys(tidy(values[row]) or _("empty") for row in missing)
    return ", ".join(privacy.masked(word) for word in list(words)[:5])


def _check_range(column, place, row, number, written):
    low, high = column.minimum, column.maximum
    if low is not None and number < low:
        raise _problem(column, place, row, written, _("The number cannot be less than {limit:g}. Correct it.").format(limit=low))
    if high is not None and number > high:
        raise _problem(column, place, row, written, _("The number cannot be more than {limit:g}. Correct it.").format(limit=high))


def _dates(column, place, values, epoch):
    found = {row: _cell(column, place, row, value, _cells.date, epoch) for row, value in values.items()}
    for row, value in found.items():
        if value is None and column.required:
            raise _problem(column, place, row, values[row], _("Write the date of this row. If cells are merged in Excel, unmerge them."))
    forms = {form: row for row, (_day, form) in reversed([(row, value) for row, value in found.items() if value])}
    notes = [_note_on_dates(form, row, values[row], found[row][0]) for form, row in forms.items()
             if form == "serial" or form.startswith("either") and form.replace("either", "day first") not in forms]
    return [value[0] if value else None for value in found.values()], notes


def _note_on_dates(form, row, written, day):
    if form == "serial":
        return _("Numbers in the date column were read as Excel's count of days: row {row} is {day:%d.%m.%Y}.").format(
            row=row + 1, day=day)
    return _("Dates were read with the day first: {written} in row {row} is day {day.day} of month {day.month}.").format(
        written=tidy(written), row=row + 1, day=day)


def _texts(column, _place, values, _epoch):
    """Labels with single spaces; the same label in other letters (а Cyrillic and a Latin A) becomes the first one."""
    first, changed, labels = {}, [], []
    for row, value in values.items():
        text = tidy(int(value) if isinstance(value, float) and value.is_integer() else value)
        label = first.setdefault(text.casefold().translate(_cells.LOOKALIKES), text) if text else None
        if text and label != text:
            changed.append(row + 1)
        labels.append(label)
    note = _('{rows}: "{label}" is written in another way than above and was read as the same.').format(
        rows=_row_list(changed), label=column.label)
    return labels, [note] if changed else []


def _cell(column, place, row, value, parse, context):
    try:
        return parse(value, context)
    except PracticumError as error:
        raise _problem(column, place, row, value, str(error)) from None


def _problem(column, place, row, value, mend):
    where = _('Row {row}, column {column} "{label}"').format(row=row + 1, column=letters(place), label=column.label)
    shown = privacy.masked(value)
    if not shown:
        return PracticumError(_("{where} is empty. {mend}").format(where=where, mend=mend))
    return PracticumError(_('{where} says "{value}". {mend}').format(where=where, value=shown[:40], mend=mend))


def _table(columns, values, rows):
    """The table with exactly the wanted columns, in the order of the first date column, and a note if that moved rows."""
    dtypes = {"number": "float64", "date": "datetime64[ns]", "text": "str", "category": "category"}
    table = pd.DataFrame({column.name: pd.Series(values.get(column, [None] * rows), dtype=dtypes[column.kind]) for column in columns})
    date = next((column.name for column in columns if column.kind == "date"), None)
    if date is None or table[date].is_monotonic_increasing:
        return table, []
    return table.sort_values(date, kind="stable", ignore_index=True), [_("The rows were put in the order of their dates.")]


def _warnings(rows, path):
    """One sentence for each kind of identifier in each column, and one for a name in the file's name."""
    groups = {}
    for finding in privacy.scan(rows):
        groups.setdefault((finding.column, finding.kind, finding.confidence), []).append(finding)
    told = [str(found[0]) if len(found) == 1 else _("{what} in column {column}, {rows}").format(
        what=privacy.describe(*key[1:]), column=key[0], rows=_row_list(finding.row for finding in found)) for key, found in groups.items()]
    if any(finding.confidence == "high" for finding in privacy.scan([[Path(path).stem]])):
        told.append(_("the name of the file looks like the name of a person"))
    return [sentence[:1].upper() + sentence[1:] + "." for sentence in told]


def _row_list(rows):
    rows = list(rows)
    return ngettext("Row {rows}", "Rows {rows}", len(rows)).format(rows=_enumerated(rows))


def _enumerated(things):
    """The first things with commas between them, and how many more there are."""
    things = [str(thing) for thing in things]
    shown = ", ".join(things[:8])
    return shown if len(things) <= 8 else _("{shown} and {more} more").format(shown=shown, more=len(things) - 8)
