"""Phase graphs: what was measured session by session while something was changed on purpose.

`phase_chart` shows one series with its phases, `phase_panels_chart` several series below one another with one time axis (a
multiple baseline), `alternating_chart` two or three conditions that take turns.
"""

import textwrap
from dataclasses import dataclass

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from practicum.charts.drawing import ACCENT, INK, PAPER, SOFT, STYLE, THINK
from practicum.charts.shown import Chart, Table, readable
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_series, as_times
from practicum.single_case import consistency, nap, pnd, tau, tau_bc, tau_u, trend
from practicum.single_case.effect import check_choice, percent

LOOKS = (("o", SOFT, PAPER, (1, 0)), ("s", THINK, THINK, (5, 2)), ("D", ACCENT, ACCENT, (1.5, 1.5)))
LINES = ("median", "mean", "trend", "none")
# So many letters of a phase's name fit over the whole width of the drawing.
LETTERS_ACROSS = 62
SEVERAL_GAPS = 8


@dataclass(frozen=True)
class _Phase:
    """Sessions in a row under one condition: ``times`` and ``scores`` of those measured, ``missing`` times of the others."""

    name: str
    times: np.ndarray
    scores: np.ndarray
    missing: np.ndarray

    def level(self, line):
        return float((np.mean if line == "mean" else np.median)(self.scores))

    def slope(self):
        """The least-squares change from one session to the next, None for a phase too short for it."""
        return trend(self.scores, times=self.times).rate if len(set(self.times)) > 1 else None

    def at(self, times, line):
        """The values of the phase's line at ``times``; None where there is no line."""
        if line == "trend":
            return trend(self.scores, times=self.times).at(times) if len(set(self.times)) > 1 else None
        return None if line == "none" else np.full(len(times), self.level(line))


@matplotlib.rc_context(STYLE)
def phase_chart(sessions, scores, phases, *, measure, title, x_label=None, improvement="increase", line="median", reference=None,
                reference_label=None, sentence=None):
    """One series with its phases: points, a line at each change, the name of each phase, and each phase's level or trend.

    ``sessions`` (numbers or dates), ``scores`` (None where nothing was measured, which leaves a gap) and ``phases`` (the name of
    the condition) have one entry for each session, in order; a name that comes back, as in A, B, A, B, is a new phase with the
    same marker.
    ``measure`` and ``x_label`` ("school day") name the axes. ``improvement``: "increase" or "decrease". ``line`` drawn in each
    phase: "median", "mean", "trend" (least squares) or "none". ``reference`` is a level, such as a goal, drawn as a thin line and
    named ``reference_label``. ``sentence`` reads the chart; without one it compares the phases. Returns a `Chart`.
    """
    check_choice(line, LINES, "line")
    x_label, parts = x_label or _("session"), _phases(sessions, scores, phases)
    figure = Figure(figsize=(6.4, 3.9), layout="constrained")
    axes = figure.subplots()
    _draw(axes, parts, line, reference, reference_label)
    _from_zero(axes, parts)
    _name_axes(axes, x_label, measure)
    if line != "none" or reference_label:
        figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    alt = " ".join([_("Line chart with phases."), _axes_in_words([parts], x_label, measure, improvement),
                    *_in_words(parts, x_label, improvement), *_lines_in_words(line, len(parts)), *_reference_in_words(reference, reference_label)])
    return Chart(title, alt, sentence or _sentence(parts, measure, improvement, line), _heads(x_label, measure, line), tuple(_rows(parts, line)), figure)


@matplotlib.rc_context(STYLE)
def phase_panels_chart(panels, *, measure, title, x_label=None, improvement="increase", line="median", reference=None,
                       reference_label=None, panel_label=None, sentence=None):
    """Several series below one another with one time axis, as in a multiple baseline.

    ``panels``: a dictionary from the name of each panel (a pupil, a lesson, a skill) to its (sessions, scores, phases), each as
    for `phase_chart`, as the other arguments are; ``panel_label`` heads the column of names in the table. Returns a `Chart`.
    """
    check_choice(line, LINES, "line")
    if not panels:
        raise PracticumError(_("There is no panel to draw. Give at least one series."))
    x_label = x_label or _("session")
    series = {str(name): _phases(*columns) for name, columns in panels.items()}
    figure = Figure(figsize=(6.4, 1.3 + 1.9 * len(series)), layout="constrained")
    rows = figure.subplots(len(series), sharex=True, sharey=True, squeeze=False)[:, 0]
    alike = len({tuple(part.name for part in parts) for parts in series.values()}) == 1
    for axes, (name, parts) in zip(rows, series.items()):
        _draw(axes, parts, line, reference, reference_label, names=axes is rows[0] or not alike)
        axes.set_ylabel(name, fontweight="bold")
        axes.grid(axis="x", visible=False)
    _from_zero(rows[0], [part for parts in series.values() for part in parts])
    _name_axes(rows[-1], x_label, "")
    figure.supylabel(_capital(measure), fontsize=11)
    if line != "none" or reference_label:
        figure.legend(*rows[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    told = [f"{name}: {' '.join(_in_words(parts, x_label, improvement))}" for name, parts in series.items()]
    alt = " ".join([_("Line chart with phases in {count} panels, one below the other.").format(count=len(series)),
                    _axes_in_words(series.values(), x_label, measure, improvement), *told, *_lines_in_words(line, max(map(len, series.values()))),
                    *_reference_in_words(reference, reference_label)])
    table = [(name, *row) for name, parts in series.items() for row in _rows(parts, line)]
    return Chart(title, alt, sentence or _panels_sentence(series, measure, x_label),
                 (panel_label or _("panel"), *_heads(x_label, measure, line)), tuple(table), figure)


@matplotlib.rc_context(STYLE)
def alternating_chart(sessions, scores, conditions, *, measure, title, x_label=None, improvement="increase", sentence=None):
    """Two or three conditions that take turns: a line for each, through the sessions in which it was in force.

    Arguments as for `phase_chart`, with the name of the condition of each session in ``conditions``. Returns a `Chart`.
    """
    x_label = x_label or _("session")
    times, scores, names = _columns(sessions, scores, conditions)
    lines = {name: (times[names == name], scores[names == name]) for name in dict.fromkeys(names)}
    if not 2 <= len(lines) <= len(LOOKS):
        raise PracticumError(_("There are {count} conditions, and this chart compares two or three. Check their names for slips.").format(
            count=len(lines)))
    lines = {name: _measured(name, *columns) for name, columns in lines.items()}
    figure = Figure(figsize=(6.4, 3.9), layout="constrained")
    axes = figure.subplots()
    for (marker, colour, fill, dash), (name, part) in zip(LOOKS, lines.items()):
        axes.plot(part.times, part.scores, marker=marker, color=colour, markerfacecolor=fill, dashes=dash, linewidth=1.3, label=name)
    _name_axes(axes, x_label, measure)
    _from_zero(axes, lines.values())
    figure.legend(loc="outside lower center", ncols=3)
    told = [_("{name}: {count} points from {low} to {high}, median {median}.").format(
        name=_capital(name), count=len(part.scores), **_span(part)) for name, part in lines.items()]
    alt = " ".join([_("Line chart of conditions that take turns."), _axes_in_words([list(lines.values())], x_label, measure, improvement), *told,
                    *_gaps(np.concatenate([part.missing for part in lines.values()]), x_label), _capital(_pairs_in_words(lines, improvement))])
    here = ~np.isnan(scores)
    rows = tuple((readable(time, *times), readable(score, *scores[here]) if known else _("not measured"), name)
                 for time, score, name, known in zip(times, scores, names, here))
    return Chart(title, alt, sentence or _alternating_sentence(lines, measure, improvement), (x_label, measure, _("condition")), rows, figure)


def phases_table(sessions, scores, phases, *, improvement="increase", title=None):
    """What one looks at on a graph with phases, in a fixed order, a row for each feature and a column for each phase. A `Table`.

    Level (median), trend (least squares, from one session to the next), variability (lowest to highest), immediacy (median of
    the first three points less that of the last three before), overlap (pairs with the phase before that improve), consistency
    (with the last phase of the same name: 1 where they overlap wholly). Arguments as for `phase_chart`.
    """
    parts = _phases(sessions, scores, phases)
    check_choice(improvement, ("increase", "decrease"), "improvement")
    before = [None, *parts[:-1]]
    alike = [next((old for old in parts[:place][::-1] if old.name == part.name), None) for place, part in enumerate(parts)]
    none = _("none before")
    rows = (
        (_("Points"), *[str(len(part.scores)) for part in parts]),
        (_("1. Level: median"), *[_span(part)["median"] for part in parts]),
        (_("2. Trend: change each time"), *[_("too few points") if part.slope() is None else _signed(part.slope()) for part in parts]),
        (_("3. Variability: lowest to highest"), *[_("{low} to {high}").format(**_span(part)) for part in parts]),
        (_("4. Immediacy: first three less last three"),
         *[none if old is None else _signed(np.median(part.scores[:3]) - np.median(old.scores[-3:])) for old, part in zip(before, parts)]),
        (_("5. Overlap: pairs of 100 that improve"),
         *[none if old is None else percent(nap(old.scores, part.scores, improvement=improvement)) for old, part in zip(before, parts)]),
        (_("6. Consistency with the last phase of this name; 1 is alike"),
         *[none if old is None else readable(consistency(old.scores, part.scores), 1) for old, part in zip(alike, parts)]),
    )
    return Table(title or _("What to look at, in this order"), (_("feature"), *_phase_names(parts)), rows)


def _phase_names(parts):
    """The names of the phases, numbered where a name comes back."""
    names = [part.name for part in parts]
    return [name if names.count(name) == 1 else f"{name} {names[:place + 1].count(name)}" for place, name in enumerate(names)]


def _signed(number):
    text = readable(number, number)
    return text if text == "0" or text.startswith("−") else f"+{text}"


def overlap_table(baseline, treatment, *, improvement="increase", title=None):
    """Six measures of the same two phases, with what each says and what it does not see. Returns a `Table`."""
    options = {"improvement": improvement}
    rows = (
        ("PND", pnd, {}, _("points better than the best of the baseline"), _("everything but one point of the baseline")),
        ("NAP", nap, {}, _("pairs in which the later point is better, ties by half"), _("trend; how far apart the points are")),
        ("Tau", tau, {}, _("pairs better less pairs worse"), _("trend; how far apart the points are")),
        (_("Tau-U, over the pairs between phases"), tau_u, {}, _("Tau less the pairs that rise within the baseline"), _("that it can be above 1 or below −1")),
        (_("Tau-U, over all pairs"), tau_u, {"denominator": "pairs"}, _("the same difference, divided by more"), _("that the divisor makes it smaller")),
        ("Tau-BC", tau_bc, {}, _("Tau after the baseline's trend is taken out"), _("that a trend seldom goes on for ever")),
    )
    table_rows = []
    for name, measure, more, says, blind in rows:
        effect = measure(baseline, treatment, **options, **more)
        span = _("not published") if effect.interval is None else _("{low:.2f} to {high:.2f}").format(low=effect.interval[0], high=effect.interval[1])
        table_rows.append((name, f"{effect:.2f}".replace("-", "−"), span.replace("-", "−"), says, blind))
    return Table(title or _("Six measures of the same two phases"),
                 (_("measure"), _("value"), _("95 % interval"), _("what it counts"), _("what it does not see")), tuple(table_rows))


# ---- the data ----

def _columns(sessions, scores, names):
    times, scores, names = as_times(sessions, "sessions"), as_series(scores, "scores", missing="keep"), [str(name) for name in names]
    if not len(times) == len(scores) == len(names):
        raise PracticumError(_("There are {times} sessions, {scores} scores and {names} names of phases. Give one of each for every session; "
                               "leave a missing score empty.").format(times=len(times), scores=len(scores), names=len(names)))
    if np.isnan(times).any() or np.any(np.diff(times) < 0):
        raise PracticumError(_("The sessions are not in order, or one has no number. Sort the table by session."))
    return times, scores, np.array(names)


def _phases(sessions, scores, names):
    times, scores, names = _columns(sessions, scores, names)
    starts = np.flatnonzero(names[1:] != names[:-1]) + 1
    return [_measured(str(part[0]), *columns) for part, *columns in zip(*(np.split(column, starts) for column in (names, times, scores)))]


def _measured(name, times, scores):
    here = ~np.isnan(scores)
    if not here.any():
        raise PracticumError(_("In the phase “{name}” nothing was measured. Leave it out, or check the scores.").format(name=name))
    return _Phase(name, times[here], scores[here], times[~here])


# ---- the drawing ----

def _draw(axes, parts, line, reference, reference_label, names=True):
    looks = {name: look for name, look in zip(dict.fromkeys(part.name for part in parts), LOOKS * len(parts))}
    words = {"median": _("median of the phase"), "mean": _("mean of the phase"), "trend": _("trend in the phase")}
    for number, part in enumerate(parts):
        marker, colour, fill, _dash = looks[part.name]
        # The line stops at a session that was missed: what was not measured is not drawn.
        cuts = np.searchsorted(part.times, part.missing)
        for piece in np.split(np.arange(len(part.times)), cuts):
            axes.plot(part.times[piece], part.scores[piece], color=colour, linewidth=1.2)
        axes.plot(part.times, part.scores, marker, color=colour, markerfacecolor=fill)
        ends = _ends(part)
        drawn = part.at(ends, line)
        if drawn is not None:
            axes.plot(ends, drawn, color=INK, linewidth=2, dashes=(3, 1.5), label=None if number else words[line])
        if number:
            axes.axvline((_ends(parts[number - 1])[1] + ends[0]) / 2, color=INK, linewidth=1.2, linestyle=":")
    if reference is not None:
        axes.axhline(reference, color=SOFT, linewidth=1.2, dashes=(6, 3, 1, 3), label=reference_label)
    if names:
        _name_phases(axes, parts)


def _ends(part):
    every = np.concatenate([part.times, part.missing])
    return np.array([every.min(), every.max()])


def _name_phases(axes, parts):
    first, last = _ends(parts[0])[0], _ends(parts[-1])[1]
    for part in parts:
        low, high = _ends(part)
        room = max(int(LETTERS_ACROSS * (high - low + 1) / (last - first + 1)), 4)
        axes.annotate(textwrap.fill(part.name, room, break_long_words=False), ((low + high) / 2, 1), xycoords=("data", "axes fraction"),
                      xytext=(0, 4), textcoords="offset points", ha="center", va="bottom", fontsize=10)


def _from_zero(axes, parts):
    low, high = (edge([edge(part.scores) for part in parts]) for edge in (np.min, np.max))
    # An axis that starts just below the points makes small changes look large.
    if low >= 0:
        axes.set_ylim(-0.03 * high, max(axes.get_ylim()[1], 1.08 * high) or 1)


def _name_axes(axes, x_label, measure):
    axes.set_xlabel(_capital(x_label))
    if measure:
        axes.set_ylabel(_capital(measure))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
    axes.grid(axis="x", visible=False)


def _capital(text):
    return text[:1].upper() + text[1:]


# ---- the words ----

def _axes_in_words(series, x_label, measure, improvement):
    parts = [part for phases in series for part in phases]
    scores, ends = np.concatenate([part.scores for part in parts]), np.concatenate([_ends(part) for part in parts])
    better = {"increase": _("more is better"), "decrease": _("less is better")}
    check_choice(improvement, better, "improvement")
    return _("Horizontal axis: {x_label}, {first} to {last}. Vertical axis: {measure}, {low} to {high}; {better}.").format(
        x_label=x_label, first=readable(ends.min(), *ends), last=readable(ends.max(), *ends), measure=measure,
        low=readable(scores.min(), *scores), high=readable(scores.max(), *scores), better=better[improvement])


def _span(part):
    return {"low": readable(part.scores.min(), *part.scores), "high": readable(part.scores.max(), *part.scores),
            "median": readable(np.median(part.scores), np.median(part.scores))}


def _in_words(parts, x_label, improvement):
    """Level, trend and overlap of each phase, and where nothing was measured."""
    told = []
    for before, part in zip([None, *parts], parts):
        first, last = _ends(part)
        text = _("{name}, {x_label} {first} to {last}: points {count}, from {low} to {high}, median {median}").format(
            name=_capital(part.name), x_label=x_label, first=readable(first, first), last=readable(last, last), count=len(part.scores), **_span(part))
        text += _trend_in_words(part.slope())
        if before is not None:
            text += _("; better than the phase before in {percent} of 100 pairs, ties by half").format(
                percent=percent(nap(before.scores, part.scores, improvement=improvement)))
        told.append(text + ".")
    return told + _gaps(np.concatenate([part.missing for part in parts]), x_label)


def _trend_in_words(slope):
    if slope is None:
        return ""
    rate = readable(abs(slope), slope)
    if float(rate.replace(",", ".")) == 0:
        return _(", no trend")
    return (_(", rising by {rate} each time") if slope > 0 else _(", falling by {rate} each time")).format(rate=rate)


def _gaps(missing, x_label):
    if not len(missing):
        return []
    if len(missing) > SEVERAL_GAPS:
        return [_("Nothing was measured {count} times.").format(count=len(missing))]
    return [_("Nothing was measured at {x_label} {times}.").format(x_label=x_label, times=_(" and ").join(readable(time, time) for time in np.sort(missing)))]


def _lines_in_words(line, phases):
    words = {"median": _("A dashed line marks the median of each phase."), "mean": _("A dashed line marks the mean of each phase."),
             "trend": _("A dashed trend line runs through each phase.")}
    changes = [_("A dotted line stands at each change.")] if phases > 1 else []
    return changes + ([words[line]] if line in words else [])


def _reference_in_words(reference, label):
    return [] if reference is None else [_("A thin line marks {label}, {value}.").format(
        label=label or _("the reference"), value=readable(reference, reference))]


def _medians(parts):
    return [_("{median} ({name})").format(median=_span(part)["median"], name=part.name) for part in parts]


def _sentence(parts, measure, improvement, line):
    if line == "trend" and all(part.slope() is not None for part in parts):
        rates = [_("{rate} ({name})").format(rate=_signed(part.slope()), name=part.name) for part in parts]
        return _("Read in one sentence: from one time to the next the trend of {measure} is {rates}; the median goes from {medians}.").format(
            measure=measure, rates=_(" and ").join(rates), medians=_(" to ").join(_medians(parts)))
    if len(parts) == 1:
        return _("Read in one sentence: the middle of {count} points of {measure} is {median}.").format(
            count=len(parts[0].scores), measure=measure, median=_span(parts[0])["median"])
    pairs = [percent(nap(one.scores, two.scores, improvement=improvement)) for one, two in zip(parts, parts[1:])]
    return _("Read in one sentence: the median of {measure} goes from {medians}; from each phase to the next, {pairs} of 100 pairs of points improve, ties by half.").format(
        measure=measure, medians=_(" to ").join(_medians(parts)), pairs=_(" and ").join(pairs))


def _panels_sentence(series, measure, x_label):
    told = [_("{name} from {medians}").format(name=name, medians=_(" to ").join(_medians(parts))) for name, parts in series.items()]
    starts = [readable(_ends(parts[1])[0], 0) for parts in series.values() if len(parts) > 1]
    text = _("Read in one sentence: the median of {measure} goes for {told}").format(measure=measure, told=_("; for ").join(told))
    return text + (_("; the phases change at {x_label} {starts}.").format(x_label=x_label, starts=_(" and ").join(starts)) if starts else ".")


def _pairs_in_words(lines, improvement):
    names = list(lines)
    told = [_("{one} is better than {two} in {percent} of 100 pairs, ties by half").format(
        one=one, two=two, percent=percent(nap(lines[two].scores, lines[one].scores, improvement=improvement)))
        for number, one in enumerate(names) for two in names[number + 1:]]
    return "; ".join(told) + "."


def _alternating_sentence(lines, measure, improvement):
    return _("Read in one sentence: the median of {measure} is {medians}; {pairs}").format(
        measure=measure, medians=_(" and ").join(_medians(lines.values())), pairs=_pairs_in_words(lines, improvement))


def _heads(x_label, measure, line):
    words = {"median": _("median of the phase"), "mean": _("mean of the phase"), "trend": _("trend in the phase")}
    return (x_label, measure, _("phase"), *([] if line == "none" else [words[line]]))


def _rows(parts, line):
    scores = np.concatenate([part.scores for part in parts])
    for part in parts:
        known = dict(zip(part.times, part.scores))
        for time in np.sort(np.concatenate([part.times, part.missing])):
            drawn = part.at(np.array([time]), line)
            score = readable(known[time], *scores) if time in known else _("not measured")
            yield (readable(time, 0), score, part.name, *([] if line == "none" else ["" if drawn is None else readable(drawn[0], 0.5)]))
