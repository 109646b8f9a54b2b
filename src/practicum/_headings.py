"""Where the wanted columns stand in a learner's table, and what to say when one cannot be found."""

import difflib
import itertools
from dataclasses import dataclass, field

from practicum import privacy
from practicum._cells import fold, is_blank, letters, tidy
from practicum._columns import cell_at, enumerated
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext

_SEARCHED = 30


@dataclass(frozen=True)
class Heading:
    """Rows ``first`` to ``last`` (counted from 0) hold the headings; ``places`` are column → its places in them."""

    first: int = 0
    last: int = 0
    places: dict = field(default_factory=dict)


def find(rows, columns):
    """The `Heading`: the row near the top, or the pair of rows with merged cells, with most of the wanted columns."""
    best = Heading()
    for span, first in itertools.product((1, 2), range(min(len(rows), _SEARCHED))):
        cells = list(itertools.zip_longest(*rows[first:first + span]))
        found = {column: [place for place, parts in enumerate(cells) if _names(column, parts)] for column in columns}
        places = {column: where for column, where in found.items() if where}
        if len(places) > len(best.places):
            best = Heading(first, min(first + span, len(rows)) - 1, places)
    return best


def _names(column, parts):
    """True where the lowest filled one of the cells above each other, or all of them together, is its heading."""
    texts = [part for part in parts if isinstance(part, str) and not is_blank(part)]
    return any(column.accepts(text) for text in (*texts[-1:], " ".join(texts)))


def fit(rows, columns):
    """How well the rows fit: (True where all required columns are found, number of columns found)."""
    places = find(rows, columns).places
    return all(column in places for column in columns if column.required), len(places)


def check(heading, read, columns):
    """Raise PracticumError with the way to mend headings that are missing or do not match the rows below them."""
    missing = [column for column in columns if column.required and column not in heading.places]
    turned = list(itertools.zip_longest(*read.rows[:_SEARCHED]))
    if missing and fit(turned, columns)[0]:
        raise PracticumError(_("The headings stand one below the other. In Excel copy the table, choose Paste Special, "
                               "Transpose, and save: each probe needs a row of its own."))
    if not heading.places:
        raise PracticumError(_("No headings were found in the first {rows} rows. "
                               "Write them in the first row, one in each column: {headings}.").format(
            rows=_SEARCHED, headings=_quoted(column.label for column in missing or columns)))
    if missing:
        raise PracticumError(_missing_column(missing[0], heading, read.rows))
    if read.separator == ",":
        _check_commas(read.rows, heading)


def _missing_column(column, heading, rows):
    seen = [value for value in rows[heading.last] if isinstance(value, str) and not is_blank(value)]
    wanted = [fold(name) for name in (column.name, column.label, *column.names)]
    near = [value for value in seen if difflib.get_close_matches(fold(value), wanted, n=1, cutoff=0.75)]
    told = _('Row {row} has no heading for "{label}".').format(row=heading.last + 1, label=column.label)
    if near:
        return told + " " + _('If "{near}" is meant, write "{label}" in its place.').format(
            near=privacy.masked(near[0]), label=column.label)
    return told + " " + _("Its headings are {seen}; give the right column one of these: {names}.").format(
        seen=_quoted(privacy.masked(value)[:40] for value in seen[:8]),
        names=_quoted((column.label, *column.names[:4])))


def _quoted(texts):
    return ", ".join(f'"{text}"' for text in texts)


def _check_commas(rows, heading):
    width = max(place for place, value in enumerate(rows[heading.last]) if not is_blank(value)) + 1
    for row, cells in enumerate(rows[heading.last + 1:], start=heading.last + 2):
        if not all(map(is_blank, cells[width:])):
            raise PracticumError(_("Row {row} has more cells than there are headings, because commas stand between the "
                                   "cells. If the comma is your decimal mark, save the file with semicolons, or write "
                                   "a point in the numbers.").format(row=row))


def one_place_each(heading, rows):
    """Column → its place. Two columns with a heading for the same thing count as one only where they agree."""
    def below(place):
        return [tidy(cell_at(cells, place)) for cells in rows[heading.last + 1:]]

    chosen = {}
    for column, places in heading.places.items():
        filled = [place for place in places if any(below(place))] or places[:1]
        if any(below(place) != below(filled[0]) for place in filled):
            raise PracticumError(_('Columns {columns} all have a heading for "{label}". '
                                   "Rename or delete what is not meant.").format(
                columns=enumerated(map(letters, filled)), label=column.label))
        chosen[column] = filled[0]
    return chosen


def notes(heading, rows, columns):
    """What was left out above and beside the wanted columns, and which columns the file does not have."""
    told = []
    if heading.first:
        told.append(_("The headings are in row {row}; what stands above them was left out.").format(
            row=heading.first + 1))
    taken = set(itertools.chain(*heading.places.values()))
    others = [place for place in range(max(map(len, rows))) if place not in taken
              and any(not is_blank(cell_at(cells, place)) for cells in rows[heading.first:])]
    if others:
        told.append(ngettext("Column {columns} is not needed and was left out: free text can tell who a child is.",
                             "Columns {columns} are not needed and were left out: free text can tell who a child is.",
                             len(others)).format(columns=enumerated(map(letters, others))))
    absent = [column.label for column in columns if column not in heading.places]
    if absent:
        told.append(_("The file has no column for {columns}; the analysis can do without.").format(
            columns=_quoted(absent)))
    return told
