"""Dot charts: one row for each thing compared, with an interval where it is known how sure the number is."""

import textwrap

import matplotlib
import numpy as np

from practicum.charts.drawing import ACCENT, INK, PAPER, SOFT, STYLE, THINK, axes_with
from practicum.charts.shown import Chart, readable
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_series

MARKS = (("o", SOFT, PAPER), ("D", ACCENT, ACCENT), ("s", THINK, THINK))
LABEL_LETTERS = 30
MOST_IN_WORDS = 12


@matplotlib.rc_context(STYLE)
def dots_chart(labels, values, *, low=None, high=None, reference=None, reference_label=None, measure, title, sentence=None):
    """A row for each of ``labels`` with one mark, or one mark for each series, and an interval where it is given.

    ``values`` is a list of numbers, one for each label, or a dictionary from the names of up to three series to such lists;
    ``low`` and ``high`` have the same form, and a missing number leaves its interval out. ``reference`` is a number drawn as a
    dashed line, named ``reference_label``. ``measure`` names the horizontal axis. ``sentence`` reads the chart; without one it
    names the highest and the lowest row, or the largest change from the first to the last series. Returns a `Chart`.
    """
    series, lows, highs = (_as_series_of(part, labels) for part in (values, low, high))
    if len(series) > len(MARKS):
        raise PracticumError(_("A dot chart has room for {most} series; {count} were given. Draw two charts.").format(
            most=len(MARKS), count=len(series)))
    figure, axes = axes_with(measure[:1].upper() + measure[1:], "", height=1.3 + 0.5 * len(labels) + 0.25 * (len(series) > 1))
    place = np.arange(len(labels))[::-1]
    for number, (name, numbers) in enumerate(series.items()):
        shift = (len(series) - 1) / 2 * 0.2 - number * 0.2
        marker, colour, fill = MARKS[number] if len(series) > 1 else MARKS[1]
        if name in lows and name in highs:
            axes.hlines(place + shift, lows[name], highs[name], color=colour, linewidth=1.6)
        axes.plot(numbers, place + shift, marker, color=colour, markerfacecolor=fill, label=name or None)
    if reference is not None:
        axes.axvline(reference, color=INK, linewidth=1.2, dashes=(5, 3), label=reference_label)
    axes.set_yticks(place, [textwrap.fill(str(label), LABEL_LETTERS) for label in labels])
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.margins(x=0.06)
    axes.grid(axis="y", visible=False)
    if len(series) > 1 or reference_label:
        figure.legend(loc="outside upper left", ncols=2)
    words, table = _in_words(labels, series, lows, highs), _rows(labels, series, lows, highs)
    alt = _("Dot chart. Horizontal axis: {measure}. {rows}.").format(measure=measure, rows=words)
    if reference is not None:
        alt += " " + _("A dashed line marks {label}, {value}.").format(label=reference_label or _("the reference"), value=readable(reference, reference))
    return Chart(title, alt, sentence or _sentence(labels, series, measure), _columns(series, lows, measure), table, figure)


def _as_series_of(values, labels):
    """A dictionary from the name of a series to its numbers; a plain list has the name ""."""
    if values is None:
        return {}
    series = values if isinstance(values, dict) else {"": values}
    series = {str(name): as_series(numbers, name or "values", missing="keep") for name, numbers in series.items()}
    for name, numbers in series.items():
        if len(numbers) != len(labels):
            raise PracticumError(_("There are {labels} labels and {numbers} numbers{series}. Give one number for each label.").format(
                labels=len(labels), numbers=len(numbers), series=_(" in “{name}”").format(name=name) if name else ""))
    return series


def _value(series, lows, highs, name, row):
    """The number of a row in words, with its interval; empty where it is missing."""
    numbers = series[name]
    if np.isnan(numbers[row]):
        return _("not known")
    text = readable(numbers[row], *numbers)
    if name in lows and name in highs and not np.isnan(lows[name][row] + highs[name][row]):
        text += _(" ({low} to {high})").format(low=readable(lows[name][row], *numbers), high=readable(highs[name][row], *numbers))
    return text


def _in_words(labels, series, lows, highs):
    rows = range(len(labels))
    if len(labels) > MOST_IN_WORDS:  # a description that goes on for minutes helps nobody: the table has the rest
        order = np.argsort(np.nan_to_num(next(iter(series.values()))), kind="stable")
        rows = [*order[:-4:-1], *order[2::-1]]
    parts = []
    for row in rows:
        told = [f"{name} {_value(series, lows, highs, name, row)}".strip() for name in series]
        parts.append(f"{labels[row]}: {', '.join(told)}")
    text = "; ".join(parts)
    return text if len(labels) <= MOST_IN_WORDS else _("Of {count} rows the three highest and the three lowest are {rows}").format(
        count=len(labels), rows=text)


def _columns(series, lows, measure):
    heads = [""]
    for name in series:
        heads.append(name or measure)
        heads += [_("from"), _("to")] if name in lows else []
    return (_("row"), *heads[1:])


def _rows(labels, series, lows, highs):
    rows = []
    for row, label in enumerate(labels):
        cells = [str(label)]
        for name, numbers in series.items():
            shown = [numbers] + ([lows[name], highs[name]] if name in lows else [])
            cells += ["" if np.isnan(column[row]) else readable(column[row], *numbers) for column in shown]
        rows.append(tuple(cells))
    return tuple(rows)


def _sentence(labels, series, measure):
    names, numbers = list(series), list(series.values())
    if len(names) == 1:
        top, bottom = int(np.nanargmax(numbers[0])), int(np.nanargmin(numbers[0]))
        return _("Read in one sentence: {measure} is highest for {top} ({high}) and lowest for {bottom} ({low}).").format(
            measure=measure, top=labels[top], bottom=labels[bottom], high=readable(numbers[0][top], *numbers[0]),
            low=readable(numbers[0][bottom], *numbers[0]))
    change = numbers[-1] - numbers[0]
    most = int(np.nanargmax(np.abs(change)))
    return _("Read in one sentence: from {first} to {last}, {measure} rises in {up} of {count} rows and falls in {down}; it changes most for "
             "{label}, from {start} to {end}.").format(
                 first=names[0], last=names[-1], measure=measure, up=int(np.sum(change > 0)), down=int(np.sum(change < 0)), count=len(labels),
                 label=labels[most], start=readable(numbers[0][most], *numbers[0]), end=readable(numbers[-1][most], *numbers[-1]))
