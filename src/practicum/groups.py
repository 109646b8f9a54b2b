"""How well people hide among others in a table, and what a table of counts gives away.

A group is all people who share one combination of values in the columns that others may know. An empty cell counts as a
value. Groups say nothing about columns that are not named.
"""

import itertools
import math
from collections import Counter
from dataclasses import dataclass
from numbers import Integral, Real

import numpy as np
import pandas as pd

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.privacy import _known_columns, suppress_small_counts

MOST_STEPS = 10_000


def group_sizes(table, columns):
    """For each row of the table the number of people in its group, itself included: a pandas Series of whole numbers.

    ``columns`` names the columns that others may know. 1 means that nobody else has this combination. Larger is safer.
    Source: sweeney2002kanonymity.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sex": ["f", "f", "m", "m"], "device": ["no", "no", "no", "yes"]})
    >>> group_sizes(table, ["sex", "device"]).tolist()
    [2, 2, 1, 1]
    """
    columns = _known_columns(table, [columns] if isinstance(columns, str) else columns)
    rows = list(map(tuple, _comparable(table[columns]).to_numpy()))
    sizes = Counter(rows)
    return pd.Series([sizes[row] for row in rows], index=table.index, dtype=int)


def _comparable(frame):
    """The cells as text, so that 9 and 9.0 are one value and all empty cells are another."""
    return frame.astype(object).map(
        lambda value: "" if _is_empty(value) else str(int(value) if isinstance(value, float) and value.is_integer() else value))


def _is_empty(value):
    return value is None or value is pd.NaT or value is pd.NA or value != value


@dataclass(frozen=True)
class Combination:
    """One line of `every_combination`.

    ``columns``: the columns looked at together. ``k``: the size of the smallest group (larger is safer). ``alone``: how many
    people share their combination with nobody. ``few``: how many are in groups smaller than the minimum.
    """

    columns: tuple
    k: int
    alone: int
    few: int


def every_combination(table, columns, minimum=5):
    """The smallest group for every combination of the columns: a list of `Combination`, single columns first.

    Columns that are harmless one by one can point at one child together. With ten columns there are 1,023 combinations;
    more than ten are refused. ``minimum`` is the smallest group that you would show.
    Source: sweeney2002kanonymity.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sex": ["f", "f", "m", "m"], "grade": [3, 4, 3, 4]})
    >>> [(found.columns, found.k) for found in every_combination(table, ["sex", "grade"])]
    [(('sex',), 2), (('grade',), 2), (('sex', 'grade'), 1)]
    """
    columns = _known_columns(table, [columns] if isinstance(columns, str) else columns)
    minimum = _whole(minimum, "minimum", least=2)
    subsets = (names for count in range(1, len(columns) + 1) for names in itertools.combinations(columns, count))
    found = []
    for names in subsets:
        sizes = group_sizes(table, names)
        found.append(Combination(names, int(sizes.min()), int((sizes == 1).sum()), int((sizes < minimum).sum())))
    return found


def bands(values, edges):
    """The numbers as bands, such as "9–10" for an age: text, in the order of ``values``; None for a missing number.

    ``edges`` are the first numbers of the bands, in rising order; the last band is open upwards, and what lies below the first
    edge is "under" it. For whole numbers such as ages and grades.

    >>> bands([8, 9, 10, 12], [9, 11])
    ['under 9', '9–10', '9–10', '11 or more']
    """
    edges = [_whole(edge, "edges", least=0) for edge in edges]
    if not edges or sorted(set(edges)) != edges:
        raise PracticumError(_("edges must be whole numbers in rising order, such as [9, 11]."))
    names = [_("under {edge}").format(edge=edges[0])]
    names += [str(low) if high - low == 1 else f"{low}–{high - 1}" for low, high in itertools.pairwise(edges)]
    names.append(_("{edge} or more").format(edge=edges[-1]))
    return [None if _is_empty(value) else names[int(np.searchsorted(edges, _number(value), side="right"))] for value in values]


def merge_rare(values, minimum=5, *, other=None):
    """The labels with the rare ones joined under one name, so that each label left is shared by ``minimum`` people or more.

    When the rare ones together are still too few, the next rarest joins them. A list of text in the order of ``values``; None
    for an empty cell, which is not counted. ``other`` is the name of the joined labels; "other" without it.

    >>> merge_rare(["bus", "bus", "bus", "taxi", "car", "car"], 2)
    ['bus', 'bus', 'bus', 'other', 'other', 'other']
    """
    minimum, other = _whole(minimum, "minimum", least=2), other or _("other")
    texts = [None if _is_empty(value) else str(value) for value in values]
    counts = sorted(Counter(filter(None, texts)).items(), key=lambda pair: (pair[1], pair[0]))
    joined, people = set(), 0
    for label, count in counts:
        if count >= minimum and (people == 0 or people >= minimum):
            break
        joined.add(label)
        people += count
    return [other if text in joined else text for text in texts]


def work_back(shown, total):
    """What a reader can find out about hidden counts from the totals: each hidden place with its lowest and highest value.

    ``shown`` is a table of counts as `practicum.privacy.suppress_small_counts` gives it, a dict or a DataFrame: text or
    numbers, where what is no number is hidden. ``total`` is the total that is shown with it; for a DataFrame a pair, the
    totals of the rows and those of the columns, in their order. The answer is a dict: place (for a DataFrame a pair of row and
    column) → (lowest, highest). When both are the same, the number is not hidden at all. The limits are exact: all rows
    and columns are looked at together, since several lines can tell more than each of them. A reader who knows more, for
    example which counts are hidden by the rule or what an earlier table showed, may find narrower limits.

    >>> work_back({"class A": "12", "class B": "hidden", "class C": "9"}, 24)
    {'class B': (3, 3)}
    >>> work_back({"class A": "12", "class B": "hidden", "class C": "hidden"}, 24)
    {'class B': (0, 12), 'class C': (0, 12)}
    """
    if not isinstance(shown, pd.DataFrame):
        frame = pd.Series(shown, dtype=object).to_frame()
        low, high = _limits(frame, [None] * len(frame), [_whole(total, "total", least=0)])
        return {place: (int(low[row, 0]), int(high[row, 0])) for row, place in enumerate(frame.index) if _is_hidden(frame.iat[row, 0])}
    rows, columns = ([_whole(number, "total", least=0) for number in side] for side in total)
    low, high = _exact_limits(shown, rows, columns)
    places = itertools.product(range(shown.shape[0]), range(shown.shape[1]))
    return {(shown.index[row], shown.columns[column]): (int(low[row, column]), int(high[row, column]))
            for row, column in places if _is_hidden(shown.iat[row, column])}


@dataclass(frozen=True)
class Leaks:
    """The answer of `leaks`: shares from 0 to 1 of ``tables``; smaller is safer.

    ``small_only``: how often a small number could be worked back when nothing but small numbers is hidden. ``complementary``: how
    often with further numbers hidden as well.
    """

    tables: int
    small_only: float
    complementary: float


def leaks(shares, *, columns=2, people=48, minimum=5, tables=500, seed=1):
    """How often hidden small numbers can be worked back from the totals: simulated, a `Leaks`.

    Made-up tables: each of ``people`` falls by chance into one of the rows, with the probabilities ``shares``, and into one of
    equally large ``columns``. Only tables with a number from 1 to ``minimum`` - 1 count. Each is hidden in two ways by
    `practicum.privacy.suppress_small_counts`, shown with all its totals, and taken to `work_back`. Counts that the totals leave
    open may still be found with other knowledge. Source: nces2010aggregate.

    >>> leaks([0.6, 0.3, 0.1], tables=100)
    Leaks(tables=100, small_only=0.98, complementary=0.0)
    """
    parts = np.asarray(shares, float)
    if parts.ndim != 1 or len(parts) < 2 or (parts <= 0).any() or abs(parts.sum() - 1) > 0.001:
        raise PracticumError(_("shares must be two or more numbers above 0 that add up to 1, such as [0.6, 0.3, 0.1]."))
    sizes = {"columns": columns, "people": people, "minimum": minimum, "tables": tables}
    columns, people, minimum, tables = (_whole(number, name, least=2) for name, number in sizes.items())
    chance, found = np.random.default_rng(seed), {True: 0, False: 0}
    cells, counted = np.repeat(parts / parts.sum() / columns, columns), 0
    for _step in range(MOST_STEPS):
        real = pd.DataFrame(chance.multinomial(people, cells).reshape(len(parts), columns))
        if ((real > 0) & (real < minimum)).any(axis=None):
            counted += 1
            for complementary in found:
                shown = suppress_small_counts(real, minimum, complementary=complementary)
                limits = work_back(shown, (real.sum(axis=1), real.sum()))
                found[complementary] += any(low == high and 0 < low < minimum for low, high in limits.values())
        if counted == tables:
            return Leaks(tables, found[False] / tables, found[True] / tables)
    raise PracticumError(_("Hardly any table of this kind holds a small number. Take fewer people, more rows, or a larger minimum."))


def _is_hidden(value):
    return not (isinstance(value, Integral) or str(value).isdigit())


def _limits(shown, row_totals, column_totals):
    """The lowest and the highest value of every cell, made narrower line by line until nothing changes."""
    if len(row_totals) != shown.shape[0] or len(column_totals) != shown.shape[1]:
        raise PracticumError(_("Give as many totals as the table has rows and columns."))
    hidden = shown.map(_is_hidden).to_numpy(bool)
    known = np.where(hidden, 0, shown.to_numpy()).astype(float)
    low, high = known.copy(), np.where(hidden, max(total for total in (*row_totals, *column_totals) if total is not None), known)
    lines = [((row, slice(None)), total) for row, total in enumerate(row_totals) if total is not None]
    lines += [((slice(None), column), total) for column, total in enumerate(column_totals)]
    for _step in range(MOST_STEPS):
        before = low.copy(), high.copy()
        for line, total in lines:
            # What is left for one cell when all others of its line take as much, or as little, as they can.
            low[line] = np.maximum(low[line], total - high[line].sum() + high[line])
            high[line] = np.minimum(high[line], total - low[line].sum() + low[line])
        if (low > high).any():
            raise PracticumError(_("The totals do not fit the counts that are shown. Check them."))
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            break
    return low, high


def _exact_limits(shown, row_totals, column_totals):
    """The lowest and the highest value that each cell has in any table of whole numbers with these totals."""
    low, high = _limits(shown, row_totals, column_totals)
    hidden = shown.map(_is_hidden).to_numpy(bool)
    known = np.where(hidden, 0, low)
    counts = _one_table(hidden, row_totals - known.sum(axis=1), column_totals - known.sum(axis=0))
    room = np.where(hidden, int(high.sum()) + 1, 0)
    for cell in map(tuple, np.argwhere(low < high)):
        low[cell] = max(0, counts[cell] - _most_moved(room.copy(), counts.copy(), *cell))
        high[cell] = counts[cell] + _most_moved(counts.copy(), room.copy(), *cell)
    return low, high


def _one_table(hidden, row_rest, column_rest):
    """Whole numbers for the hidden cells that add up to what the totals leave.

    A further row and column hold what is not yet placed; it is moved to their corner, so that nothing is left there.
    """
    total = int(row_rest.sum())
    counts = np.zeros(np.add(hidden.shape, 1), int)
    counts[:-1, -1], counts[-1, :-1] = row_rest, column_rest
    room = np.where(np.pad(hidden, (0, 1), constant_values=True), total, 0)
    if total != column_rest.sum() or _most_moved(counts, room, len(row_rest), len(column_rest)) < total:
        raise PracticumError(_("The totals do not fit the counts that are shown. Check them."))
    return counts[:-1, :-1]


def _most_moved(first, second, row, column):
    """How much can be moved around the cell in ``row`` and ``column``, while the totals of all lines stay.

    A way leads from the row to the column, over one cell that has to give from ``first``, one that gives from ``second``, and so
    on; what a cell gives to one it adds to the other. Both are changed.
    """
    first[row, column] = second[row, column] = moved = 0
    while way := _way(first, second, row, column):
        size = min((second if place % 2 else first)[cell] for place, cell in enumerate(way))
        for place, cell in enumerate(way):
            change = -size if place % 2 else size
            first[cell] -= change
            second[cell] += change
        moved += size
    return int(moved)


def _way(first, second, row, column):
    """The shortest way as a list of cells, or None."""
    ways, seen = [(row, [])], {row}
    for here, cells in ways:
        for over in map(int, np.flatnonzero(first[here])):
            if over == column:
                return [*cells, (here, over)]
            for below in map(int, np.flatnonzero(second[:, over])):
                if below not in seen:
                    seen.add(below)
                    ways.append((below, [*cells, (here, over), (below, over)]))
    return None


def _number(value):
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise PracticumError(_("Bands are made of numbers, such as ages. Take out what is no number."))
    return value


def _whole(value, name, *, least):
    if isinstance(value, bool) or not isinstance(value, (Integral, np.integer)) or value < least:
        raise PracticumError(_("{name} must be a whole number from {least} up.").format(name=name, least=least))
    return int(value)
