"""Grids: a sign in every cell, a stronger shade for more; steps by sessions, pupils by lesson steps, hours by days."""

import textwrap

import matplotlib
import numpy as np
from matplotlib.patches import Patch, Rectangle

from practicum.charts.drawing import ACCENT, INK, LINE, PAPER, SOFT, STYLE, axes_with
from practicum.charts.shown import Chart
from practicum.errors import PracticumError
from practicum.i18n import gettext as _

LABEL_LETTERS = 26
MOST_LEVEL_COLUMNS = 12  # more column labels than this are drawn small
LIGHTEST, DARKEST_WITH_INK = 0.0, 0.42  # shares of the accent colour on which a sign in ink is still easy to read


@matplotlib.rc_context(STYLE)
def grid_chart(rows, columns, values, *, levels, title, row_label, column_label, sentence=None):
    """A grid with a shade and a sign in each cell, so that it can be read in grey and without colour.

    ``rows`` and ``columns`` are the labels; ``values[row][column]`` is a key of ``levels`` or None where nothing is known.
    ``levels`` is a dictionary from keys to pairs (sign, words), in order from the lightest to the darkest shade: the sign of one
    to three characters stands in the cell, the words in the legend and the table. ``row_label`` and ``column_label`` say what
    rows and columns are. ``sentence`` reads the chart; without one it compares the darkest level in the first and the last
    column. Returns a `Chart`.
    """
    rows, columns, values = list(map(str, rows)), list(map(str, columns)), [list(row) for row in values]
    _check(rows, columns, values, levels)
    figure, axes = axes_with(column_label[:1].upper() + column_label[1:], "", height=1.6 + 0.34 * len(rows) + 0.1 * len(levels))
    shades = _shades(levels)
    for row, cells in enumerate(values):
        for column, key in enumerate(cells):
            _cell(axes, column, len(rows) - 1 - row, key, levels, shades)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(-0.5, len(rows) - 0.5)
    axes.set_xticks(range(len(columns)), columns, fontsize=11 if len(columns) <= MOST_LEVEL_COLUMNS else 8.5)
    axes.set_yticks(range(len(rows))[::-1], [textwrap.fill(label, LABEL_LETTERS) for label in rows], fontsize=10)
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    key = [Patch(facecolor=(ACCENT, shades[name]), edgecolor=SOFT, label=f"{sign} · {words}") for name, (sign, words) in levels.items()]
    figure.legend(handles=key, loc="outside upper left", ncols=2)
    table = tuple((label, *[levels[name][1] if name is not None else _("no data") for name in cells]) for label, cells in zip(rows, values))
    return Chart(title, _alt(rows, columns, values, levels, row_label, column_label), sentence or _sentence(columns, values, levels, column_label),
                 (row_label, *columns), table, figure)


def _check(rows, columns, values, levels):
    if len(values) != len(rows) or any(len(cells) != len(columns) for cells in values):
        raise PracticumError(_("The grid has {rows} rows and {columns} columns of labels, but the values have another size. "
                               "Give one value for each cell, None where nothing is known.").format(rows=len(rows), columns=len(columns)))
    unknown = {name for cells in values for name in cells if name is not None and name not in levels}
    if unknown:
        raise PracticumError(_("The grid has no level “{name}”. The levels are: {levels}.").format(
            name=sorted(map(str, unknown))[0], levels=", ".join(map(str, levels))))


def _shades(levels):
    """How much of the accent colour each level has: ink on the light ones, paper on the darkest."""
    if len(levels) == 1:
        return dict.fromkeys(levels, LIGHTEST)
    steps = np.linspace(LIGHTEST, DARKEST_WITH_INK, max(len(levels) - 1, 1)) if len(levels) > 2 else [LIGHTEST]
    return dict(zip(levels, [*map(float, steps), 1.0]))


def _cell(axes, x, y, name, levels, shades):
    if name is None:
        axes.add_patch(Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, facecolor="none", edgecolor=LINE, hatch="//", linewidth=0.6))
        return
    axes.add_patch(Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, facecolor=(ACCENT, shades[name]), edgecolor=LINE, linewidth=0.6))
    axes.text(x, y, levels[name][0], ha="center", va="center", fontsize=10, color=PAPER if shades[name] == 1 else INK)


def _count(values, column, name):
    return sum(cells[column] == name for cells in values), sum(cells[column] is not None for cells in values)


def _alt(rows, columns, values, levels, row_label, column_label):
    keys = list(levels)
    parts = [_("Grid chart. Rows: {row_label}, {rows} of them. Columns: {column_label}, {first} to {last}. Each cell has a sign and a shade; levels from the "
               "weakest to the strongest shade: {levels}.").format(row_label=row_label, rows=len(rows), column_label=column_label, first=columns[0], last=columns[-1],
                                            levels=", ".join(words for _sign, words in levels.values()))]
    for label, cells in zip(rows, values):
        known = [name for name in cells if name is not None]
        told = [_("{words} {count}").format(words=levels[name][1], count=known.count(name)) for name in keys if name in known]
        parts.append(f"{label}: {', '.join(told) or _('no data')}.")
    return " ".join(parts)


def _sentence(columns, values, levels, column_label):
    darkest = list(levels)[-1]
    (first, of_first), (last, of_last) = _count(values, 0, darkest), _count(values, -1, darkest)
    return _("Read in one sentence: “{level}” stands in {first} of {of_first} rows in the first column ({start}) and in {last} of {of_last} in the last "
             "({end}).").format(level=levels[darkest][1], first=first, of_first=of_first, start=columns[0], last=last, of_last=of_last, end=columns[-1])
