"""Behaviour support: what goes along with a behaviour, when it happens, and whether the plan was delivered."""

from dataclasses import replace

import matplotlib
import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from practicum.behaviour import Contingencies
from practicum.charts.dots import dots_chart
from practicum.charts.drawing import ACCENT, INK, LINE, PAPER, SOFT, STYLE, THINK, axes_with
from practicum.charts.grid import grid_chart
from practicum.charts.labels import label_of
from practicum.charts.shown import Chart, Foreign, Table, short
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_series

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# From which share of the watched time on a cell of the week is darker, and the sign that stands in it.
OFTEN, MOSTLY = 0.1, 0.25


def verdict_words(verdict):
    """The verdict of a `practicum.behaviour.Contingency` in the reader's language."""
    return {"more": _("more with the behaviour"), "less": _("less with the behaviour"), "unclear": _("no clear difference"),
            "few": _("too few to say")}[verdict]


def contingency_table(found, title=None):
    """Every event with and without the behaviour, with its counts, the difference and its interval. Returns a `Table`.

    ``found``: `practicum.behaviour.Contingencies`. The difference is in percentage points.
    """
    return Table(title or _("With and without the behaviour"), _table_heads(found), tuple(map(_table_row, found.each)))


def _table_heads(found):
    interval = _("{level:.0%} interval").format(level=found.each[0].chances.level)
    return (_("event"), _("with the behaviour"), _("without it"), _("difference, points"), interval, _("reading"))


def _table_row(one):
    share = _("{part} of {whole} ({share:.0%})")
    low, high = (100 * edge for edge in one.chances.interval)
    return (label_of(one.name),
            share.format(part=one.with_behaviour, whole=one.chances.n_behaviour, share=one.chances.given_behaviour),
            share.format(part=one.without, whole=one.chances.n_no_behaviour, share=one.chances.given_no_behaviour),
            _points(100 * one.chances.difference), _("{low} to {high}").format(low=_points(low), high=_points(high)), verdict_words(one.verdict))


def _points(number):
    return "0" if abs(number) < 0.5 else f"{number:+.0f}".replace("-", "−")


@matplotlib.rc_context(STYLE)
def contingency_space_chart(found, *, title=None, sentence=None):
    """How likely each event is with the behaviour (up) and without it (across): the operant contingency space.

    ``found``: `practicum.behaviour.Contingencies`. On the diagonal an event is equally likely both ways: no contingency. Above it
    comes more with the behaviour. A vertical line shows the interval of the difference. Returns a `Chart`. Source: eckert2005abc.
    """
    figure, axes = axes_with(_("Without the behaviour"), _("With the behaviour"), height=5.2)
    axes.plot([0, 1], [0, 1], color=SOFT, linewidth=1.2, dashes=(5, 3))
    for letter, one in zip(LETTERS, found.each):
        _space_mark(axes, letter, one)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set(xlim=(-0.06, 1.06), ylim=(-0.06, 1.06))
    named = [Line2D([], [], marker=f"${letter}$", linestyle="", color=INK, markersize=9, label=label_of(one.name))
             for letter, one in zip(LETTERS, found.each)]
    looks = [Line2D([], [], marker="o", linestyle="", markersize=10, color=ACCENT, label=_("a clear difference")),
             Line2D([], [], marker="o", linestyle="", markersize=10, color=SOFT, markerfacecolor=PAPER, label=_("no clear difference, or few")),
             Line2D([], [], color=SOFT, dashes=(5, 3), label=_("diagonal: equally likely"))]
    figure.legend(handles=named + looks, loc="outside lower center", ncols=2)
    told = "; ".join(_("{name} {without:.0%} without and {with_it:.0%} with, {verdict}").format(
        name=label_of(one.name), without=one.chances.given_no_behaviour, with_it=one.chances.given_behaviour, verdict=verdict_words(one.verdict))
        for one in found.each)
    alt = _("Point chart, the contingency space. Horizontal axis: how often the event came when the behaviour was not seen, 0 to 100 %. "
            "Vertical axis: the same when the behaviour was seen. A dashed diagonal marks equal shares. {told}.").format(told=told)
    return Chart(title or _("The contingency space"), alt, sentence or _space_sentence(found), _table_heads(found), tuple(map(_table_row, found.each)), figure)


def _space_mark(axes, letter, one):
    x, y = one.chances.given_no_behaviour, one.chances.given_behaviour
    clear = one.verdict in ("more", "less")
    colour = ACCENT if clear else SOFT
    axes.vlines(x, *np.clip([x + edge for edge in one.chances.interval], 0, 1), color=colour, linewidth=1.4)
    axes.plot([x], [y], "o", color=colour, markerfacecolor=colour if clear else PAPER, markersize=15)
    axes.text(x, y, letter, ha="center", va="center", fontsize=10, color=PAPER if clear else INK)


def _space_sentence(found):
    often = max(found.each, key=lambda one: one.chances.given_behaviour)
    apart = max(found.each, key=lambda one: abs(one.chances.difference))
    numbers = {"apart": label_of(apart.name), "with_it": apart.chances.given_behaviour, "without": apart.chances.given_no_behaviour,
               "often": label_of(often.name), "often_with": often.chances.given_behaviour, "often_without": often.chances.given_no_behaviour}
    if often is apart:
        return _("Read in one sentence: {apart} is the most frequent with the behaviour and lies farthest from the diagonal, {with_it:.0%} with it "
                 "and {without:.0%} without.").format(**numbers)
    return _("Read in one sentence: most frequent with the behaviour is {often} ({often_with:.0%}, without it {often_without:.0%}); farthest from "
             "the diagonal lies {apart}, {with_it:.0%} with it and {without:.0%} without.").format(**numbers)


def differences_chart(found, *, title, sentence=None, language=None):
    """How much more or less of each event there is with the behaviour, in percentage points, with intervals.

    ``found`` is `practicum.behaviour.Contingencies`, or a dictionary from names to up to three of them with the same events, for
    example all lessons and one activity only. ``language`` ("ru") is that of the events' names where it is not the page's, so that
    a screen reader chooses the voice in the table. Returns a `Chart`.
    """
    series = {"": found} if isinstance(found, Contingencies) else dict(found)
    names = [[one.name for one in group.each] for group in series.values()]
    if any(these != names[0] for these in names):
        raise PracticumError(_("The groups hold different events. Compute all of them from the same list of events."))
    columns = {name: [np.round([100 * edge for edge in (one.chances.difference, *one.chances.interval)]) + 0.0 for one in group.each]
               for name, group in series.items()}
    value, low, high = ({name: [row[place] for row in rows] for name, rows in columns.items()} for place in range(3))
    if "" in series:
        value, low, high = value[""], low[""], high[""]
    measure = _("percentage points more with the behaviour")
    chart = dots_chart([label_of(name) for name in names[0]], value, low=low, high=high, reference=0, reference_label=_("no difference"),
                       measure=measure, title=title, sentence=sentence or _differences_sentence(series))
    level = next(iter(series.values())).each[0].chances.level
    heads = [head for name in series for head in ((name, _("{name}, interval from").format(name=name), _("{name}, interval to").format(name=name)) if name
                                                  else (measure, _("interval from"), _("interval to")))]
    alt = _("{chart} In brackets stands the {level:.0%} interval.").format(chart=chart.alt, level=level)
    rows = tuple((Foreign(row[0], language), *row[1:]) for row in chart.rows) if language else chart.rows
    return replace(chart, columns=(_("event"), *heads), alt=alt, rows=rows)


def _differences_sentence(series):
    told = []
    for name, group in series.items():
        parts = [_("clearly {verdict}: {names}").format(verdict=verdict_words(verdict), names=", ".join(label_of(one.name) for one in group.each if one.verdict == verdict))
                 for verdict in ("more", "less") if any(one.verdict == verdict for one in group.each)]
        read = "; ".join(parts) or _("nothing is clearly more or less with the behaviour")
        told.append(_("in “{group}” {read}").format(group=name, read=read) if name else read)
    return _("Read in one sentence: {told}.").format(told="; ".join(told))


@matplotlib.rc_context(STYLE)
def times_chart(found, *, days=None, title=None, sentence=None):
    """When in the week a behaviour was seen, as a share of the time watched: the scatter plot of times.

    ``found``: `practicum.behaviour.ShareByTime`. ``days`` are the numbers of the weekdays shown, Monday is 0, in the order of the
    school week; without it, Monday to Friday. Returns a `Chart` whose table gives the counts. Source: touchette1985scatter.
    """
    days = list(range(5)) if days is None else list(days)
    columns = [_weekday(day) for day in days]
    periods = range(len(found.periods))
    levels = {"never": ("0", _("watched, never seen")), "some": ("+", _("up to {often:.0%} of the time").format(often=OFTEN)),
              "often": ("++", _("up to {mostly:.0%}").format(mostly=MOSTLY)), "mostly": ("+++", _("more than {mostly:.0%}").format(mostly=MOSTLY))}
    rows = [_clock(start) for start, _end in found.periods]
    cells = [[_level(found.share(day, period)) for day in days] for period in periods]
    counts = tuple((row, *[_("{seen} of {watched}").format(seen=found.seen[day, period], watched=found.watched[day, period])
                           if found.watched[day, period] else _("not watched") for day in days]) for row, period in zip(rows, periods))
    chart = grid_chart(rows, columns, cells, levels=levels, title=title or _("When it happens, as a share of the time watched"),
                       row_label=_("lesson from"), column_label=_("day"), sentence=sentence or _times_sentence(found, days, rows))
    if any(level is None for line in cells for level in line):
        legend = chart.figure.legends[0]
        handles = [*legend.legend_handles, Patch(facecolor="none", edgecolor=LINE, hatch="//", label=_("not watched"))]
        legend.remove()
        chart.figure.legend(handles=handles, loc="outside upper left", ncols=2)
    told = " ".join(_("From {time}: {cells}.").format(time=row[0], cells=", ".join(f"{day} {cell}" for day, cell in zip(columns, row[1:]))) for row in counts)
    alt = _("Grid chart. Rows: lessons by the time of their start. Columns: days, {first} to {last}. A stronger shade and more plus signs stand for a larger "
            "share of the time watched. {told}").format(first=columns[0], last=columns[-1], told=told)
    return replace(chart, rows=counts, alt=alt)


def _times_sentence(found, days, rows):
    """The lessons with the largest and the smallest share over all days; single cells rest on too little to be named."""
    seen, watched = found.seen[days].sum(axis=0), found.watched[days].sum(axis=0)
    share = np.divide(seen, watched, out=np.full(len(seen), np.nan), where=watched > 0)
    most, least = (_(" and ").join(_("{time} ({seen} of {watched})").format(time=rows[p], seen=seen[p], watched=watched[p])
                                   for p in np.flatnonzero(np.isclose(share, edge))) for edge in (np.nanmax(share), np.nanmin(share)))
    return _("Read in one sentence: over all days the share is largest in the lesson from {most} and smallest in the one from {least}.").format(most=most, least=least)


def _level(share):
    if share is None:
        return None
    return "never" if share == 0 else "some" if share <= OFTEN else "often" if share <= MOSTLY else "mostly"


def _weekday(day):
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")][day]


def _clock(hours):
    minutes = round(hours * 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


@matplotlib.rc_context(STYLE)
def plan_chart(problem, replacement, shares, *, phases, measure, problem_label, replacement_label, cut=0.8, title=None):
    """The behaviour and its replacement day by day, and below them how much of the plan was delivered.

    ``problem`` and ``replacement`` are counts for each school day, empty where nobody watched; ``shares`` is the share of the plan that was
    delivered, 0 to 1, empty before the plan; ``phases`` names the phase of each day. ``cut`` is the share that the team agreed on.
    The two panels have one axis, so that a bad day can be read against what was delivered. Returns a `Chart`.
    """
    problem, replacement, shares = (as_series(values, name, minimum=0, missing="keep") for values, name in (
        (problem, "problem"), (replacement, "replacement"), (shares, "shares")))
    phases = [str(phase) for phase in phases]
    if len({len(problem), len(replacement), len(shares), len(phases)}) > 1:
        raise PracticumError(_("The counts, shares and phases have different lengths. Give one of each for every school day."))
    days = np.arange(1, len(problem) + 1)
    figure, above = axes_with("", measure[:1].upper() + measure[1:], height=5.4)
    above.remove()
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(2, 1))
    above.plot(days, problem, "-o", color=THINK, label=problem_label)
    above.plot(days, replacement, "--s", color=ACCENT, markerfacecolor=PAPER, label=replacement_label)
    above.set_ylabel(measure[:1].upper() + measure[1:])
    low = np.nan_to_num(shares, nan=1) < cut
    below.bar(days[~low], shares[~low], 0.7, facecolor=ACCENT, edgecolor=ACCENT, label=_("delivered, {cut:.0%} or more").format(cut=cut))
    below.bar(days[low], shares[low], 0.7, facecolor="none", edgecolor=THINK, hatch="////", label=_("delivered, less"))
    for day in days[shares == 0]:  # a bar of no height would look like a day on which nobody watched
        below.text(day, 0.03, "0", ha="center", fontsize=10)
    below.axhline(cut, color=INK, linewidth=1, dashes=(5, 3))
    below.set(ylim=(0, 1.05), xlabel=_("School day"), ylabel=_("Plan"))
    below.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    _phases(above, below, phases)
    figure.legend(loc="outside upper left", ncols=2)
    heads = (_("school day"), _("phase"), problem_label, replacement_label, _("plan delivered"))
    rows = tuple(zip(map(str, days), phases, _cells(problem, short, _("not watched")), _cells(replacement, short, _("not watched"), _("not yet")),
                     _cells(shares, "{:.0%}".format, _("not known"), _("not yet"))))
    return Chart(title or _("The behaviour and the plan"), _plan_alt(problem, replacement, shares, phases, measure, problem_label, replacement_label, cut),
                 _plan_sentence(problem, shares, phases, problem_label, cut), heads, rows, figure)


def _phases(above, below, phases):
    """A line at each change of phase in both panels, and the phases' names over the upper one."""
    starts = [0, *(day for day in range(1, len(phases)) if phases[day] != phases[day - 1])]
    for start, end in zip(starts, [*starts[1:], len(phases)]):
        above.text((start + end + 1) / 2, 1.02, phases[start], transform=above.get_xaxis_transform(), ha="center", fontsize=10)
        for axes in (above, below) if start else ():
            axes.axvline(start + 0.5, color=SOFT, linewidth=1, linestyle=":")


def _cells(numbers, shown, missing, early=None):
    """The cells of a column; ``early`` stands before the first number, where there was nothing to count yet."""
    first = np.flatnonzero(~np.isnan(numbers))[:1]
    return [shown(number) if number == number else early if early and (not len(first) or place < first[0]) else missing for place, number in enumerate(numbers)]


def _plan_alt(problem, replacement, shares, phases, measure, problem_label, replacement_label, cut):
    """The means of each phase, then runs of days on which the plan was, or was not, delivered: where the pattern lies."""
    parts = [_("Line chart above a bar chart with one axis, school days 1 to {last}. Above: {measure}. Below: share of the plan delivered, 0 to 100 %.").format(
        last=len(problem), measure=measure)]
    for name in dict.fromkeys(phases):
        here = np.flatnonzero(np.array(phases) == name)
        told = [_("{label} {mean:.1f} on average").format(label=label, mean=np.nanmean(numbers[here]))
                for label, numbers in ((problem_label, problem), (replacement_label, replacement)) if not np.isnan(numbers[here]).all()]
        parts.append(_("{phase}, {days}: {told}.").format(phase=name[:1].upper() + name[1:], days=_days(here), told=", ".join(told) or _("not watched")))
        kinds = np.where(np.isnan(shares[here]), 0, np.where(shares[here] < cut - 1e-9, 1, 2))
        for run in np.split(here, np.flatnonzero(np.diff(kinds)) + 1):
            told = [*(_("{label} {range}").format(label=label, range=_range(numbers[run], short)) for label, numbers in
                      ((problem_label, problem), (replacement_label, replacement)) if not np.isnan(numbers[run]).all())]
            if not np.isnan(shares[run]).all():
                told.append(_("{range} delivered").format(range=_range(shares[run], "{:.0%}".format)))
            parts.append(_("{days}: {told}.").format(days=_days(run).capitalize(), told=", ".join(told) or _("not watched")))
    return " ".join(parts)


def _days(places):
    first, last = int(places[0]) + 1, int(places[-1]) + 1
    return _("day {day}").format(day=first) if first == last else _("days {first} to {last}").format(first=first, last=last)


def _range(numbers, shown):
    low, high = shown(np.nanmin(numbers)), shown(np.nanmax(numbers))
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def _plan_sentence(problem, shares, phases, problem_label, cut):
    before = np.nanmean(problem[np.array(phases) == phases[0]])
    much, little = shares >= cut - 1e-9, shares < cut - 1e-9
    text = _("Read in one sentence: {label} was {before:.1f} on average before the plan").format(label=problem_label, before=before)
    if much.any():
        text += _(", {mean:.1f} with at least {cut:.0%} of the plan (days: {count})").format(mean=np.nanmean(problem[much]), count=int(much.sum()), cut=cut)
    if little.any():
        text += _(" and {mean:.1f} with less (days: {count})").format(mean=np.nanmean(problem[little]), count=int(little.sum()))
    return text + "."
