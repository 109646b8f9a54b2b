"""Which rows of a learner's table hold data, and what the cells of a wanted column mean there.

Rows and places are counted from 0 here; sentences for the reader count as Excel does.
"""

import datetime as dt
import re

from practicum import _cells, privacy
from practicum._cells import is_blank, letters, tidy
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext


def cell_at(cells, place):
    """The value at that place of a row, None where the row is shorter."""
    return cells[place] if place < len(cells) else None


def enumerated(things):
    """The first things with commas between them, and how many more there are."""
    things = [str(thing) for thing in things]
    shown = ", ".join(things[:8])
    return shown if len(things) <= 8 else _("{shown} and {more} more").format(shown=shown, more=len(things) - 8)


def row_list(rows):
    """ "Row 5" or "Rows 5, 7, 9", for rows counted from 1."""
    rows = list(rows)
    return ngettext("Row {rows}", "Rows {rows}", len(rows)).format(rows=enumerated(rows))


def data_rows(rows, start, places):
    """The rows from ``start`` on that hold data, and notes on those that were left out. ``places``: column → place."""
    kept, left = [], {}
    for row in range(start, len(rows)):
        if all(map(is_blank, rows[row])):
            continue
        wanted = {column: cell_at(rows[row], place) for column, place in places.items()}
        reason = _reason_to_leave_out(rows[row], wanted)
        if reason:
            left.setdefault(reason, []).append(row + 1)
        else:
            kept.append(row)
    if _is_total_without_a_word(kept, rows, places):
        left.setdefault("total", []).append(kept.pop() + 1)
    if not kept:
        raise PracticumError(_("There are headings in row {row} but no data below them. "
                               "Fill in the rows below and save.").format(row=start))
    return kept, [_why_left_out(reason).format(rows=row_list(found)) for reason, found in left.items()]


def _why_left_out(reason):
    return {
        "total": _("{rows}: looks like a total and was left out."),
        "heading": _("{rows}: repeats the headings and was left out."),
        "text": _("{rows}: holds text below or between the data and was left out."),
        "empty": _("{rows}: has neither date nor number and was left out."),
    }[reason]


def _reason_to_leave_out(cells, wanted):
    """Why the row is no data: "total", "heading", "text" or "empty"; None for data."""
    dates = [value for column, value in wanted.items() if column.kind == "date"]
    no_number = all(is_blank(value) for column, value in wanted.items() if column.kind == "number")
    headings = [column.accepts(value) for column, value in wanted.items() if not is_blank(value)]
    if _is_total_row(cells, dates):
        return "total"
    if headings and all(headings):
        return "heading"
    if dates and no_number and all(map(_cells.is_missing, dates)):
        return "empty"
    return "text" if dates and no_number and not any(map(_has_digit, dates)) else None


def _is_total_row(cells, dates):
    """True where the row has no date and its first filled cell begins with a word such as "Total"."""
    dated = any(_has_digit(value) and not _cells.is_total(value) for value in dates)
    return not dated and _cells.is_total(next(value for value in cells if not is_blank(value)))


def _has_digit(value):
    return re.search(r"\d", tidy(value)) is not None


def _is_total_without_a_word(kept, rows, places):
    """True where the last row holds nothing but numbers, and the first is the sum or the mean of three or more above.

    A pupil's score may equal the sum or the mean by chance: a sum counts only where it is more than twice any score,
    a mean only below a blank row and with decimals that the scores do not have.
    """
    numbered = {place for column, place in places.items() if column.kind == "number"}
    filled = [place for place, value in enumerate(rows[kept[-1]]) if not is_blank(value)] if len(kept) > 3 else []
    if not filled or not numbered.issuperset(filled):
        return False
    try:
        *above, last = [_cells.number(cell_at(rows[row], filled[0])) for row in kept]
    except PracticumError:
        return False
    above = [number for number in above if number == number] or [0]
    is_sum = abs(last - sum(above)) < 0.01 and last > 2 * max(above)
    is_mean = kept[-1] - kept[-2] > 1 and abs(last - sum(above) / len(above)) < 0.05
    return is_sum or is_mean and last % 1 > 0 and all(number % 1 == 0 for number in above)


def convert(column, place, values, epoch):
    """The column's values in the order of ``values`` (row → cell), and notes on them."""
    if column.kind == "number":
        return _numbers(column, place, values)
    return _dates(column, place, values, epoch) if column.kind == "date" else _texts(column, values)


def _numbers(column, place, values):
    marks = _cells.decimal_marks(values.values())
    found = {row: _parsed(column, place, row, value, _cells.number, marks) for row, value in values.items()}
    missing = [row for row, value in found.items() if value != value]
    if len(missing) == len(found) and column.required:
        raise PracticumError(_('Column {column} "{label}" holds no numbers. '
                               "Check that the scores are in this column.").format(
            column=letters(place), label=column.label))
    for row, value in found.items():
        _check_range(column, place, row, value, values[row])
    notes = _check_percent(column, place, {row: value for row, value in values.items() if row not in set(missing)})
    if missing:
        words = dict.fromkeys(privacy.masked(values[row]) or _("empty") for row in missing)
        notes.append(_('{rows}: no number for "{label}" ({words}); counted as missing.').format(
            rows=row_list(row + 1 for row in missing), label=column.label, words=enumerated(words)))
    return list(found.values()), notes


def _check_range(column, place, row, number, written):
    low, high = column.minimum, column.maximum
    if low is not None and number < low:
        mend = _("The number cannot be less than {limit:g}: correct it.").format(limit=low)
        raise _problem(column, place, row, written, mend)
    if high is not None and number > high:
        mend = _("The number cannot be more than {limit:g}: correct it.").format(limit=high)
        raise _problem(column, place, row, written, mend)


def _check_percent(column, place, values):
    plain = [row for row, value in values.items() if not _cells.has_percent(value)]
    if len(plain) == len(values):
        return []
    if plain:
        mend = _("Other rows of this column have a percent sign: write all rows the same way.")
        raise _problem(column, place, plain[0], values[plain[0]], mend)
    return [_('"{label}" is in percent: 45 % is read as 45.').format(label=column.label)]


def _dates(column, place, values, epoch):
    found = {row: _parsed(column, place, row, value, _cells.date, epoch) for row, value in values.items()}
    for row, value in found.items():
        if value is None and column.required:
            mend = _("Write the date of this row, or delete the row if it is a total; if cells are merged, unmerge them.")
            raise _problem(column, place, row, values[row], mend)
    forms = {form: row for row, (_day, form) in reversed([(row, value) for row, value in found.items() if value])}
    notes = [_note_on_dates(form, row, values[row], found[row][0]) for form, row in forms.items()
             if form == "serial" or form.startswith("either") and form.replace("either", "day first") not in forms]
    return [value[0] if value else None for value in found.values()], notes


def _note_on_dates(form, row, written, day):
    if form == "serial":
        return _("Numbers in the date column were read as Excel's count of days: row {row} is {day}.").format(
            row=row + 1, day=f"{day:%d.%m.%Y}")
    return _("Dates were read with the day first: {written} in row {row} is day {day} of month {month}.").format(
        written=tidy(written), row=row + 1, day=day.day, month=day.month)


def _texts(column, values):
    """Labels with single spaces; the same label in other letters (а Cyrillic and a Latin A) becomes the first one."""
    first, changed, labels = {}, [], []
    for row, value in values.items():
        text = tidy(int(value) if isinstance(value, float) and value.is_integer() else value)
        label = first.setdefault(text.casefold().translate(_cells.LOOKALIKES), text) if text else None
        if text and label != text:
            changed.append(row + 1)
        labels.append(label)
    note = _('{rows}: "{label}" is written in other letters than above and was read as the same.').format(
        rows=row_list(changed), label=column.label)
    return labels, [note] if changed else []


def _parsed(column, place, row, value, parse, context):
    try:
        return parse(value, context)
    except PracticumError as error:
        raise _problem(column, place, row, value, str(error)) from None


def _problem(column, place, row, value, mend):
    where = _('Row {row}, column {column} "{label}"').format(row=row + 1, column=letters(place), label=column.label)
    shown = privacy.masked(f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else value)
    if not shown:
        return PracticumError(_("{where} is empty. {mend}").format(where=where, mend=mend))
    return PracticumError(_('{where} says "{value}". {mend}').format(where=where, value=shown[:60], mend=mend))
