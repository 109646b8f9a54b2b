"""A synthetic twin: a table of invented rows that looks like a real one, to practise on and to show.

A twin is no proof of anonymity. It keeps the share of each value, column by column, and loses how the columns go together.
"""

import html
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from practicum import privacy
from practicum.errors import PracticumError
from practicum.groups import _comparable, _is_empty, merge_rare
from practicum.i18n import gettext as _
from practicum.i18n import ngettext

MOST_TRIES = 500
FEWEST_ROWS = 10


@dataclass(frozen=True, eq=False, repr=False)
class Twin:
    """The answer of `twin`.

    ``table``: the invented rows. ``kept`` and ``lost``: sentences on what is like the real table and what is not.
    ``swapped``: how many invented rows were changed because they repeated a real row that is rare.
    """

    table: pd.DataFrame
    kept: list
    lost: list
    swapped: int

    def __str__(self):
        return "\n".join([self._size(), *self.kept, *self.lost])

    __repr__ = __str__  # a notebook stores this text

    def _size(self):
        told = ngettext("The twin has {rows} invented row.", "The twin has {rows} invented rows.", len(self.table)).format(rows=len(self.table))
        changed = ngettext("{rows} of them repeated a real row of a small group by chance and was changed.",
                           "{rows} of them repeated a real row of a small group by chance and were changed.", self.swapped).format(rows=self.swapped)
        return f"{told} {changed}" if self.swapped else told

    def _repr_html_(self):
        items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in (*self.kept, *self.lost))
        return f"<p>{html.escape(self._size())}</p><ul>{items}</ul>"


def twin(table, *, seed, minimum=5, rows=None):
    """Invented rows in the likeness of ``table``: a `Twin`.

    Each column is drawn for itself. A label is drawn as often as it is frequent; labels of fewer than ``minimum`` people are
    joined under "other" first. A number is drawn between two neighbours among the real numbers, never further out than half-way
    between the two lowest and the two highest, so that a far-off score does not come up. Empty cells stay as frequent. Columns of dates, and columns in which nearly every row has a value of its own
    (names, codes, notes), are left out. A row that repeats a real row which fewer than ``minimum`` people share swaps a cell with another row.
    ``seed`` makes the twin come out the same again; ``rows`` is the number of rows, as many as in the table without it.

    A table in which `practicum.privacy.scan` is sure of an identifier is refused: clean it first. What the scan only suspects, or
    overlooks, is not refused. The way of drawing each column
    for itself loses what the columns have to do with each other, and that is meant.

    >>> import pandas as pd
    >>> real = pd.DataFrame({"grade": [3, 4] * 20, "bus": ["yes", "yes", "no", "no", "no"] * 8})
    >>> twin(real, seed=1).table.bus.value_counts().to_dict()
    {'no': 24, 'yes': 16}
    """
    _check(table, rows)
    chance = np.random.default_rng(seed)
    drawn = {column: _Column(table[column], minimum) for column in table.columns}
    columns = {name: column for name, column in drawn.items() if column.way}
    if not columns:
        raise PracticumError(_("No column is left to make a twin of: in each nearly every row has a value of its own. Widen the columns first."))
    made = pd.DataFrame({name: column.draw(chance, rows or len(table)) for name, column in columns.items()})
    swapped = _swap_rare(made, _rare_rows(table, columns, minimum), chance)
    return Twin(made.infer_objects(), *_told(drawn), swapped)


def _check(table, rows):
    if not isinstance(table, pd.DataFrame) or len(table) < FEWEST_ROWS:
        raise PracticumError(_("twin takes a table with at least {least} rows: fewer cannot hide anybody.").format(least=FEWEST_ROWS))
    if rows is not None and (isinstance(rows, bool) or not isinstance(rows, int) or rows < 1):
        raise PracticumError(_("rows must be a whole number from 1 up."))
    sure = [finding for finding in privacy.scan(table) if finding.confidence == "high"]
    if sure:
        raise PracticumError(_("The table seems to tell who a person is: {finding}. Clean it before you make a twin.").format(finding=sure[0]))


class _Column:
    """How one column is drawn: ``way`` is "number", "label", or None for a column that is left out."""

    def __init__(self, values, minimum):
        self.name, self.joined = values.name, False
        present = values[~values.map(_is_empty).to_numpy(bool)]
        self.missing = 1 - len(present) / len(values)
        self.way = self._way(present)
        if self.way == "label":
            labels = merge_rare(present, minimum)
            self.joined = labels != [str(value) for value in present]
            self.labels = list(labels if self.joined else present)
        elif self.way == "number":
            self.labels = np.sort(present.to_numpy(float))
            self.decimals = 0 if np.all(self.labels % 1 == 0) else 1

    @staticmethod
    def _way(present):
        if not len(present) or pd.api.types.is_datetime64_any_dtype(present):
            return None
        few_labels = present.nunique() <= max(2, len(present) // 4)
        if pd.api.types.is_numeric_dtype(present) and not pd.api.types.is_bool_dtype(present) and not few_labels:
            return "number"
        return "label" if few_labels else None

    def draw(self, chance, count):
        # One draw from each of as many equal parts as rows are wanted: so even a small twin comes close to the real shares.
        parts = chance.permutation((np.arange(count) + chance.random(count)) / count)
        if self.way == "number":
            places = 0.5 + parts * (len(self.labels) - 2)
            drawn = np.round(np.interp(places, np.arange(len(self.labels)), self.labels), self.decimals).astype(object)
        else:
            drawn = np.array(sorted(self.labels, key=str), dtype=object)[(parts * len(self.labels)).astype(int)]
        drawn[chance.random(count) < self.missing] = None
        return pd.Series(drawn, dtype=object)


def _rare_rows(table, columns, minimum):
    """The real rows, as text, that fewer than ``minimum`` people share in the columns of the twin."""
    return {row for row, size in _sizes(table[list(columns)]).items() if size < minimum}


def _sizes(frame):
    return Counter(_as_rows(frame))


def _as_rows(frame):
    return list(map(tuple, _comparable(frame).to_numpy()))


def _swap_rare(made, rare, chance):
    """Swap one cell of every row that repeats a rare one with another row, so that neither is rare and all shares stay.

    Changes ``made``; the answer is how many rows were swapped.
    """
    texts, swapped = [list(row) for row in _as_rows(made)], 0
    for row in range(len(texts)):
        if tuple(texts[row]) in rare:
            swapped += 1
            other, column = _partner(texts, row, rare, chance)
            texts[row][column], texts[other][column] = texts[other][column], texts[row][column]
            made.iloc[[row, other], column] = made.iloc[[other, row], column].to_numpy()
    return swapped


def _partner(texts, row, rare, chance):
    """Another row and a column: when both rows swap their cells there, neither repeats a rare row."""
    for _attempt in range(MOST_TRIES):
        other, column = int(chance.integers(len(texts))), int(chance.integers(len(texts[row])))
        mine, theirs = list(texts[row]), list(texts[other])
        mine[column], theirs[column] = theirs[column], mine[column]
        # A partner that is rare itself, and comes later, has its own turn.
        if tuple(mine) not in rare and (tuple(theirs) not in rare or other > row):
            return other, column
    raise PracticumError(_("Nearly every row that can be drawn repeats a rare real one. Widen the columns, or leave some out."))


def _told(columns):
    names = {way: [str(name) for name, column in columns.items() if column.way == way] for way in ("label", "number", None)}
    joined = [str(name) for name, column in columns.items() if column.joined]
    kept, lost = [], []
    if names["label"]:
        kept.append(_("About kept: how often each label occurs in {columns}.").format(columns=", ".join(names["label"])))
    if names["number"]:
        kept.append(_("About kept: the spread of the numbers in {columns}.").format(columns=", ".join(names["number"])))
    if joined:
        lost.append(_("Rare labels were joined in {columns}.").format(columns=", ".join(joined)))
    if names[None]:
        lost.append(_("Left out, because the column holds dates or nearly every row has a value of its own: {columns}.").format(
            columns=", ".join(privacy.masked(name) for name in names[None])))
    lost.append(_("Not kept: how the columns go together. Nothing that compares groups can be learned from the twin."))
    lost.append(_("No proof of anonymity: whoever made the twin had the real table, and shares of small groups can still tell something."))
    return kept, lost


def repeats(real, made, minimum=5):
    """How many rows of ``made`` repeat a row of ``real`` that fewer than ``minimum`` people share: a whole number; 0 is best.

    Only the columns that both tables have are compared.

    >>> import pandas as pd
    >>> real = pd.DataFrame({"sex": ["f", "f", "m"], "device": ["no", "no", "yes"]})
    >>> repeats(real, pd.DataFrame({"sex": ["m", "f"], "device": ["yes", "no"]}), minimum=2)
    1
    """
    shared = [column for column in real.columns if column in made.columns]
    if not shared:
        raise PracticumError(_("The two tables have no column in common."))
    rare = {row for row, size in _sizes(real[shared]).items() if size < minimum}
    return sum(row in rare for row in _as_rows(made[shared]))
