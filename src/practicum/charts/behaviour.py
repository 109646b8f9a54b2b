"""Behaviour support: what goes along with a behaviour, when it happens, and whether the plan was delivered."""

from dataclasses import replace

import matplotlib
import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from practicum.behaviour import Contingencies
from practicum.charts.dots import dots_chart
from practicum.charts.drawing import ACCENT, INK, PAPER, SOFT, STYLE, THINK, axes_with
from practicum.charts.grid import grid_chart
from practicum.charts.labels import label_of
from practicum.charts.shown import Chart, Table, short
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
    return Table(title or _("With and without the behaviour"), _table_heads(), tuple(map(_table_row, found.each)))


def _table_heads():
    return (_("event"), _("with the behaviour"), _("without it"), _("difference, points"), _("interval"), _("reading"))


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
    alt = _("Point chart, the contingency space. Horizontal axis: share of intervals with the event when the behaviour was not seen, 0 to 100 %. "
            "Vertical axis: the same when the behaviour was seen. A dashed diagonal marks equal shares. {told}.").format(told=told)
    return Chart(title or _("The contingency space"), alt, sentence or _space_sentence(found), _table_heads(), tuple(map(_table_row, found.each)), figure)


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


def differences_chart(found, *, title, sentence=None):
    """How much more or less of each event there is with the behaviour, in percentage points, with intervals.

    ``found`` is `practicum.behaviour.Contingencies`, or a dictionary from names to up to three of them with the same events, for
    example all lessons and one activity only. Returns a `Chart`.
    """
    series = {"": found} if isinstance(found, Contingencies) else dict(found)
    names = [[one.name for one in group.each] for group in series.values()]
    if any(these != names[0] for these in names):
        raise PracticumError(_("The groups hold different events. Compute all of them from the same list of events."))
    columns = {name: [(100 * one.chances.difference, *(100 * edge for edge in one.chances.interval)) for one in group.each]
               for name, group in series.items()}
    value, low, high = ({name: [row[place] for row in rows] for name, rows in columns.items()} for place in range(3))
    if "" in series:
        value, low, high = value[""], low[""], high[""]
    return dots_chart([label_of(name) for name in names[0]], value, low=low, high=high, reference=0, reference_label=_("no difference"),
                      measure=_("percentage points more with the behaviour"), title=title, sentence=sentence or _differences_sentence(series))


def _differences_sentence(series):
    told = []
    for name, group in series.items():
        parts = [_("clearly {verdict}: {names}").format(verdict=verdict_words(verdict), names=", ".join(label_of(one.name) for one in group.each if one.verdict == verdict))
                 for verdict in ("more", "less") if any(one.verdict == verdict for one in group.each)]
        read = "; ".join(parts) or _("nothing is clearly more or less with the behaviour")
        told.append(_("in “{group}” {read}").format(group=name, read=read) if name else read)
    return _("Read in one sentence: {told}.").format(told="; ".join(told))


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
    day, period = max(((day, period) for day in days for period in periods), key=lambda place: found.share(*place) or 0)
    read = _("Read in one sentence: the largest share is on {day} from {time}, {seen} of {watched} watched intervals.").format(
        day=_weekday(day), time=_clock(found.periods[period][0]), seen=found.seen[day, period], watched=found.watched[day, period])
    chart = grid_chart(rows, columns, cells, levels=levels, title=title or _("When it happens, as a share of the time watched"),
                       row_label=_("lesson from"), column_label=_("day"), sentence=sentence or read)
    return replace(chart, rows=counts)


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
    rows = tuple((str(day), phase, _count(p), _count(r), "" if np.isnan(share) else f"{share:.0%}")
                 for day, phase, p, r, share in zip(days, phases, problem, replacement, shares))
    return Chart(title or _("The behaviour and the plan"), _plan_alt(problem, replacement, shares, phases, measure, problem_label, replacement_label, cut),
                 _plan_sentence(problem, shares, phases, problem_label, cut), heads, rows, figure)


def _phases(above, below, phases):
    """A line at each change of phase in both panels, and the phases' names over the upper one."""
    starts = [0, *(day for day in range(1, len(phases)) if phases[day] != phases[day - 1])]
    for start, end in zip(starts, [*starts[1:], len(phases)]):
        above.text((start + end + 1) / 2, 1.02, phases[start], transform=above.get_xaxis_transform(), ha="center", fontsize=10)
        for axes in (above, below) if start else ():
            axes.axvline(start + 0.5, color=SOFT, linewidth=1, linestyle=":")


def _count(number):
    return _("not watched") if np.isnan(number) else short(number)


def _plan_alt(problem, replacement, shares, phases, measure, problem_label, replacement_label, cut):
    parts = [_("Line chart above a bar chart with one axis, school days 1 to {last}. Above: {measure}. Below: share of the plan delivered, 0 to 100 %.").format(
        last=len(problem), measure=measure)]
    for name in dict.fromkeys(phases):
        here = np.array(phases) == name
        told = [_("{label} {mean:.1f} on average").format(label=label, mean=np.nanmean(numbers[here]))
                for label, numbers in ((problem_label, problem), (replacement_label, replacement)) if not np.isnan(numbers[here]).all()]
        parts.append(_("{phase}, days {first} to {last}: {told}.").format(
            phase=name[:1].upper() + name[1:], first=int(np.flatnonzero(here)[0]) + 1, last=int(np.flatnonzero(here)[-1]) + 1,
            told=", ".join(told) or _("not watched")))
    low = [str(day + 1) for day in np.flatnonzero(shares < cut)]
    parts.append(_("Less than {cut:.0%} of the plan was delivered on days {days}.").format(cut=cut, days=", ".join(low)) if low
                 else _("On every day of the plan at least {cut:.0%} of it was delivered.").format(cut=cut))
    return " ".join(parts)


def _plan_sentence(problem, shares, phases, problem_label, cut):
    before = np.nanmean(problem[np.array(phases) == phases[0]])
    much, little = shares >= cut - 1e-9, shares < cut - 1e-9
    text = _("Read in one sentence: {label} was {before:.1f} on average before the plan").format(label=problem_label, before=before)
    if much.any():
        text += _(", {mean:.1f} with at least {cut:.0%} of the plan (days: {count})").format(mean=np.nanmean(problem[much]), count=int(much.sum()), cut=cut)
    if little.any():
        text += _(" and {mean:.1f} with less (days: {count})").format(mean=np.nanmean(problem[little]), count=int(little.sum()))
    return text + "."
