"""Line charts: how one or several numbers change along an axis."""

import matplotlib
import numpy as np
from matplotlib.ticker import MaxNLocator

from practicum.charts.drawing import ACCENT, INK, PAPER, SOFT, STYLE, THINK, axes_with
from practicum.charts.shown import Chart, readable
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_series

LOOKS = (("-", "o", ACCENT, ACCENT), ("--", "s", THINK, THINK), (":", "^", SOFT, PAPER), ("-.", "D", INK, PAPER))
MOST_MARKERS = 25


@matplotlib.rc_context(STYLE)
def lines_chart(x, series, *, x_label, measure, title, reference=None, reference_label=None, sentence=None):
    """A line for each of up to four ``series``, a dictionary from names to numbers, one for each number of ``x``.

    Missing numbers leave a gap. ``x_label`` and ``measure`` name the axes. ``reference`` is a number of the vertical axis drawn
    as a thin line, named ``reference_label``. ``sentence`` reads the chart; without one it compares the lines at their end.
    Returns a `Chart`.
    """
    x = as_series(x, "x")
    series = {str(name): as_series(numbers, str(name), missing="keep") for name, numbers in series.items()}
    if len(series) > len(LOOKS):
        raise PracticumError(_("A line chart has room for {most} lines; {count} were given. Draw two charts.").format(
            most=len(LOOKS), count=len(series)))
    for name, numbers in series.items():
        if len(numbers) != len(x):
            raise PracticumError(_("“{name}” has {count} numbers and the axis has {places}. Give one number for each place.").format(
                name=name, count=len(numbers), places=len(x)))
    figure, axes = axes_with(x_label[:1].upper() + x_label[1:], measure[:1].upper() + measure[1:])
    if np.all(x == np.round(x)):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))  # sessions and schools are counted, not divided
    for (dash, marker, colour, fill), (name, numbers) in zip(LOOKS, series.items()):
        axes.plot(x, numbers, dash, marker=marker if len(x) <= MOST_MARKERS else None, color=colour, markerfacecolor=fill, label=name)
    if reference is not None:
        axes.axhline(reference, color=INK, linewidth=1, dashes=(6, 3, 1, 3), label=reference_label)
    if len(series) > 1 or reference_label:
        figure.legend(loc="outside upper left", ncols=1 if max(map(len, series)) > 28 else 2)
    return Chart(title, _alt(x, series, x_label, measure, reference, reference_label), sentence or _sentence(x, series, x_label, measure),
                 (x_label, *series), _rows(x, series), figure)


def _ends(numbers):
    here = np.flatnonzero(~np.isnan(numbers))
    return here[0], here[-1]


def _alt(x, series, x_label, measure, reference, reference_label):
    everything = np.concatenate(list(series.values()))
    parts = [_("Line chart. Horizontal axis: {x_label}, {first} to {last}. Vertical axis: {measure}, {low} to {high}.").format(
        x_label=x_label, measure=measure, first=readable(x[0], *x), last=readable(x[-1], *x),
        low=readable(np.nanmin(everything), *everything), high=readable(np.nanmax(everything), *everything))]
    for name, numbers in series.items():
        start, end = _ends(numbers)
        low, high = int(np.nanargmin(numbers)), int(np.nanargmax(numbers))
        text = _("{name}: from {a} at {xa} to {b} at {xb}").format(name=name, a=readable(numbers[start], *everything), xa=readable(x[start], *x),
                                                                 b=readable(numbers[end], *everything), xb=readable(x[end], *x))
        # A turn is told only where the line leaves the span of its two ends.
        turns = [_("highest {value} at {place}").format(value=readable(numbers[high], *everything), place=readable(x[high], *x))] if high not in (start, end) else []
        turns += [_("lowest {value} at {place}").format(value=readable(numbers[low], *everything), place=readable(x[low], *x))] if low not in (start, end) else []
        parts.append("; ".join([text, *turns]) + ".")
    if reference is not None:
        parts.append(_("A thin line marks {label}, {value}.").format(label=reference_label or _("the reference"), value=readable(reference, *everything)))
    return " ".join(parts)


def _sentence(x, series, x_label, measure):
    everything = np.concatenate(list(series.values()))
    names, numbers = list(series), list(series.values())
    if len(names) == 1:
        start, end = _ends(numbers[0])
        return _("Read in one sentence: from {xa} to {xb} on the axis “{x_label}”, {measure} goes from {a} to {b}.").format(
            xa=readable(x[start], *x), xb=readable(x[end], *x), x_label=x_label, measure=measure,
            a=readable(numbers[0][start], *everything), b=readable(numbers[0][end], *everything))
    last = [line[_ends(line)[1]] for line in numbers]
    top, bottom = int(np.argmax(last)), int(np.argmin(last))
    return _("Read in one sentence: at the end of the axis “{x_label}”, {measure} is highest for {top} ({high}) and lowest for {bottom} ({low}).").format(
        x_label=x_label, measure=measure, top=names[top], bottom=names[bottom], high=readable(last[top], *everything), low=readable(last[bottom], *everything))


def _rows(x, series):
    everything = np.concatenate(list(series.values()))
    return tuple((readable(place, *x), *["" if np.isnan(numbers[row]) else readable(numbers[row], *everything) for numbers in series.values()])
                 for row, place in enumerate(x))
