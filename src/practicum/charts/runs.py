"""Run charts: one number a week against its median line, with the signals of the rules marked by sign and word."""

import matplotlib
import numpy as np
from matplotlib.ticker import MaxNLocator

from practicum.charts.drawing import ACCENT, INK, PAPER, SOFT, STYLE, THINK, axes_with
from practicum.charts.lines import lines_chart
from practicum.charts.shown import Chart, Foreign, Table, readable
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.improvement import rule_names, run_signals
from practicum.series import as_series, as_times
from practicum.text import cyrillic_language

LOOKS = (("o", SOFT, PAPER), ("s", THINK, THINK), ("D", ACCENT, ACCENT))


@matplotlib.rc_context(STYLE)
def run_chart(weeks, values, *, measure, title, baseline=None, rules=None, phases=None, goal=None, x_label=None, sentence=None):
    """One number for each week against the median line; what a rule finds unusual is ringed and named.

    ``weeks`` (numbers, or dates) and ``values`` have one entry for each week, in time order; a missing value leaves a gap.
    ``baseline``: how many of the first points make the median line, which then goes on dashed; ``rules``: see
    `practicum.improvement.run_signals`, without them its default. ``phases`` names what was done in each week. ``goal`` is a number
    of the vertical axis, drawn as a thin line. Returns a `Chart`.
    """
    weeks, values, phases = _same_length(weeks, values, phases)
    signals = run_signals(values, baseline=baseline, **({} if rules is None else {"rules": rules}))
    x_label = x_label or _("week")
    here = ~np.isnan(values)
    figure, axes = axes_with(x_label[:1].upper() + x_label[1:], measure[:1].upper() + measure[1:])
    _lines(axes, weeks, values, here, signals.centre, baseline, goal)
    names = list(dict.fromkeys(phases[here]))
    for number, name in enumerate(names):
        marker, colour, fill = LOOKS[number % len(LOOKS)]
        inside = here & (phases == name)
        axes.plot(weeks[inside], values[inside], marker, color=colour, markerfacecolor=fill, label=name if len(names) > 1 else None, zorder=3)
        if number:
            axes.axvline((weeks[here & (phases == names[number - 1])].max() + weeks[inside].min()) / 2, color=SOFT, linewidth=1, linestyle=":")
    _mark(axes, weeks, values, here, signals)
    if (values[here] == values[here].round()).all():
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    figure.legend(loc="outside upper left", ncols=2)
    return Chart(title, _alt(weeks, values, here, phases, names, signals, baseline, goal, measure, x_label),
                 sentence or _sentence(values, signals), *_table(weeks, values, here, phases, names, signals, measure, x_label), figure)


def _same_length(weeks, values, phases):
    weeks, values = as_times(weeks, "weeks"), as_series(values, "values", minimum=2, missing="keep")
    phases = [""] * len(values) if phases is None else [str(phase) for phase in phases]
    if not len(weeks) == len(values) == len(phases):
        raise PracticumError(_("There are {weeks} weeks, {values} values and {phases} phases. Give as many of each; leave a missing value empty.").format(
            weeks=len(weeks), values=len(values), phases=len(phases)))
    return weeks, values, np.asarray(phases)


def _lines(axes, weeks, values, here, centre, baseline, goal):
    """The line through the points, broken at missing weeks, the median line, and the goal."""
    places = np.flatnonzero(here)
    for part in np.split(places, np.flatnonzero((np.diff(places) > 1) | (np.diff(weeks[places]) > 1.5)) + 1):
        axes.plot(weeks[part], values[part], color=SOFT, linewidth=1.2, zorder=1)
    first, last = weeks[places[0]] - 0.5, weeks[places[-1]] + 0.5
    known = last if baseline is None else weeks[places[baseline - 1]] + 0.5
    label = _("median line") if baseline is None else _("median of the first {count} points").format(count=baseline)
    axes.plot([first, known], [centre, centre], color=INK, linewidth=1.6, label=label)
    if known < last:
        axes.plot([known, last], [centre, centre], color=INK, linewidth=1.6, dashes=(4, 3))
    if goal is not None:
        axes.axhline(goal, color=ACCENT, linewidth=1.2, dashes=(6, 3, 1, 3), label=_("goal"))


def _mark(axes, weeks, values, here, signals):
    """A ring round each point of a signal, and above the drawing a bracket with the name of the rule."""
    low, high = axes.get_ylim()
    step = (high - low) * 0.09
    rows = [(rule, part) for rule, places in signals.places.items() if places for part in _neighbours(places, values)]
    for number, rule in enumerate(dict.fromkeys(rule for rule, _part in rows)):
        height = high + step * (number + 0.6)
        for part in (part for name, part in rows if name == rule):
            start, end = weeks[part[0]] - 0.3, weeks[part[-1]] + 0.3
            axes.plot([start, start, end, end], [height - step / 4, height, height, height - step / 4], color=INK, linewidth=1.3)
            axes.text((start + end) / 2, height + step / 8, rule_names()[rule], ha="center", va="bottom", fontsize=10)
            axes.plot(weeks[part], values[part], "o", color=INK, markerfacecolor="none", markersize=13, markeredgewidth=1.2, zorder=2)
    axes.set_ylim(low, high + step * (1.2 * len({rule for rule, _part in rows}) + 0.3))


def _neighbours(places, values):
    """The places cut where a measured point lies between that does not belong; one equal to the point before it does no harm."""
    parts = [[places[0]]]
    for before, place in zip(places, places[1:]):
        between = values[before + 1:place]
        if np.all(np.isnan(between) | (between == values[before])):
            parts[-1].append(place)
        else:
            parts.append([place])
    return parts


# ---- the same in words ----

def _alt(weeks, values, here, phases, names, signals, baseline, goal, measure, x_label):
    present = values[here]
    parts = [_("Run chart. Horizontal axis: {x_label}, {first} to {last}. Vertical axis: {measure}, {low} to {high}.").format(
                 x_label=x_label, first=readable(weeks[here].min(), *weeks), last=readable(weeks[here].max(), *weeks), measure=measure,
                 low=readable(present.min(), *present), high=readable(present.max(), *present)),
             _("The median line lies at {centre}, from {points}.").format(
                 centre=readable(signals.centre, *present),
                 points=_("all points") if baseline is None else _("the first {count} points").format(count=baseline))]
    for name in names if len(names) > 1 else ():
        inside = here & (phases == name)
        parts.append(ngettext(
            "{phase}, {x_label} {first}: {count} point, {value}.",
            "{phase}, {x_label} {first} to {last}: {count} points, values from {low} to {high}, median {median}, {above} above the median line.",
            int(inside.sum())).format(
                phase=_phase_in_words(name, names), x_label=x_label, median=readable(float(np.median(values[inside])), *present), first=readable(weeks[inside].min(), *weeks), last=readable(weeks[inside].max(), *weeks),
                count=int(inside.sum()), value=readable(values[inside][0], *present), low=readable(values[inside].min(), *present),
                high=readable(values[inside].max(), *present), above=int((values[inside] > signals.centre).sum())))
    if not here.all():
        parts.append(_("Nothing measured at {x_label} {weeks}.").format(x_label=x_label, weeks=", ".join(readable(week, *weeks) for week in weeks[~here])))
    if goal is not None:
        parts.append(_("A thin line marks the goal, {goal}.").format(goal=readable(goal, goal)))
    parts += [_signal_in_words(rule, places, weeks, values, x_label) for rule, places in signals.places.items()] or [_("No signal is marked.")]
    return " ".join(parts)


def _phase_in_words(name, names):
    """The phase by its name, or by its number where the name is in Cyrillic letters, which an English voice cannot say."""
    if cyrillic_language(name):
        return _("Part {number} of {count}").format(number=names.index(name) + 1, count=len(names))
    return name[:1].upper() + name[1:]


def _signal_in_words(rule, places, weeks, values, x_label):
    if not places:
        return _("Signal of the whole chart: {rule}.").format(rule=rule_names()[rule])
    return _("Ringed and named “{rule}”: {count} points, {x_label} {first} to {last}, with the values {values}.").format(
        rule=rule_names()[rule], count=len(places), x_label=x_label, first=readable(weeks[places[0]], *weeks), last=readable(weeks[places[-1]], *weeks),
        values=", ".join(readable(values[place], *values[~np.isnan(values)]) for place in places))


def _sentence(values, signals):
    present = values[~np.isnan(values)]
    facts = _("Read in one sentence: of {count} points {above} lie above the median line of {centre} and {below} below it; the longest run is {run}, "
              "and up to {usual} is usual").format(
                  count=len(present), above=int((present > signals.centre).sum()), below=int((present < signals.centre).sum()),
                  centre=readable(signals.centre, *present), run=signals.longest_run, usual=signals.longest_usual)
    names = ", ".join(rule_names()[rule] for rule in signals.signals)
    return facts + (_("; signal: {names}.").format(names=names) if names else _("; no rule gives a signal."))


def _table(weeks, values, here, phases, names, signals, measure, x_label):
    sides = {1: _("above"), 0: _("on the median line"), -1: _("below")}
    marked = {place: [rule_names()[rule] for rule, places in signals.places.items() if place in places] for place in np.flatnonzero(here)}
    heads = (x_label, measure, _("point is"), _("part of a signal"), *([_("what was done")] if len(names) > 1 else []))
    rows = []
    for place, (week, value) in enumerate(zip(weeks, values)):
        known = here[place]
        rows.append((readable(week, *weeks), readable(value, *values[here]) if known else _("not measured"),
                     sides[int(np.sign(value - signals.centre))] if known else "", ", ".join(marked.get(place, [])),
                     *([_phase_cell(str(phases[place]))] if len(names) > 1 else [])))
    return heads, tuple(rows)


def _phase_cell(name):
    language = cyrillic_language(name)
    return Foreign(name, language) if language else name


def signals_table(values, *, baseline=None, rule_sets, title=None, weeks=None, least=10):
    """What sets of rules would have said after each point, knowing only the points until then. Returns a `Table`.

    ``rule_sets``: a dictionary from a name to a list of rules; ``least``: the first look comes after so many points.
    ``weeks`` are the numbers in the first column.
    """
    values = as_series(values, "values", minimum=2, missing="keep")
    weeks = np.arange(1, len(values) + 1) if weeks is None else as_times(weeks, "weeks")
    rows, seen = [], 0
    for count, (week, value) in enumerate(zip(weeks, values), 1):
        if np.isnan(value):
            continue
        seen += 1
        if seen >= max(least, (baseline or 0) + 1):
            said = [run_signals(values[:count], baseline=baseline, rules=rules).signals for rules in rule_sets.values()]
            rows.append((readable(week, *weeks), readable(value, *values[~np.isnan(values)]),
                         *[", ".join(rule_names()[rule] for rule in one) or _("no signal") for one in said]))
    return Table(title or _("What the rules say after each point"), (_("week"), _("value"), *rule_sets), tuple(rows))


def false_alarms_chart(results, *, title=None):
    """How false alarms grow with the points on a run chart, a line for each set of rules.

    ``results`` is a dictionary from the name of a set to a list of `practicum.improvement.RunChartErrors`, one for each number of
    points, the same numbers for all. Returns a `Chart`.
    """
    points = [result.points for result in next(iter(results.values()))]
    series = {name: np.round([100 * result.false_alarm for result in found]) for name, found in results.items()}
    low, high = (pick(series, key=lambda name: series[name][-1]) for pick in (min, max))
    chart = lines_chart(points, series, x_label=_("points on the chart"), measure=_("schools out of 100"), title=title or _("False alarms by number of points"),
                        sentence=_("Read in one sentence: with {points} points, from {low:.0f} ({low_name}) to {high:.0f} ({high_name}) of 100 schools where nothing "
                                   "changed would see a signal.").format(points=points[-1], low=series[low][-1], low_name=low, high=series[high][-1], high_name=high))
    chart.figure.axes[0].set_xticks(points)
    return chart


@matplotlib.rc_context(STYLE)
def signal_errors_chart(results, *, title=None):
    """How often run-chart rules err: two bars for each of ``results``, a list of `practicum.improvement.RunChartErrors`."""
    title = title or _("How often run-chart rules err")
    labels = [_errors_label(result) for result in results]
    alarms, misses = (100 * np.array([getattr(result, kind) for result in results]) for kind in ("false_alarm", "miss"))
    figure, axes = axes_with(_("Schools out of 100"), "", height=1.4 + 0.72 * len(labels))
    place = np.arange(len(labels))[::-1]
    kinds = ((alarms, 0.19, {"facecolor": THINK, "edgecolor": THINK}, _("false alarm: nothing changed, a rule rings")),
             (misses, -0.19, {"facecolor": "none", "edgecolor": ACCENT, "hatch": "////"}, _("miss: the level rose, no rule rings")))
    for numbers, shift, look, label in kinds:
        axes.barh(place + shift, numbers, 0.34, label=label, **look)
        for y, number in zip(place + shift, numbers):
            axes.text(number + 1.2, y, f"{number:.0f}", va="center", fontsize=10)
    axes.set_yticks(place, [f"{rules}\n{look}" for rules, look in labels])
    axes.set_xlim(0, 108)
    axes.grid(axis="y", visible=False)
    figure.legend(loc="outside lower center", ncols=1)
    rows = tuple((", ".join(label), f"{alarm:.0f}", f"{miss:.0f}") for label, alarm, miss in zip(labels, alarms, misses))
    pairs = "; ".join(_("{label}: {alarm} false alarms, {miss} misses").format(label=label, alarm=alarm, miss=miss) for label, alarm, miss in rows)
    low, high = int(np.argmin(alarms)), int(np.argmax(alarms))
    return Chart(title, _("Bar chart. Horizontal axis: schools out of 100. Two bars for each row. {pairs}.").format(pairs=pairs),
                 _("Read in one sentence: of 100 schools where nothing changed, a rule rings in {a0} ({r0}) to {a1} ({r1}); of 100 where the level rose, "
                   "no rule rings in {m0:.0f} to {m1:.0f}.").format(a0=rows[low][1], r0=rows[low][0], a1=rows[high][1], r1=rows[high][0],
                                                                    m0=misses.min(), m1=misses.max()),
                 (_("rules and looks"), _("false alarms out of 100"), _("misses out of 100")), rows, figure)


def _errors_label(result):
    """The rules and the looks of a simulation, short enough for two lines beside a bar."""
    if set(result.rules) == {"shift", "crossings"}:
        rules = _("shift, few crossings")
    elif set(result.rules) == {"in-a-row", "trend", "runs"}:
        rules = _("three printed rules")
    else:
        rules = ", ".join(rule_names()[rule] for rule in result.rules)
    return rules, _("a look every week") if result.looks == "every-point" else _("one look")
