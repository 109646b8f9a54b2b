"""Progress monitoring: probes and goal line, what decision rules say and how often they err, where a score stands in a class."""

import matplotlib
import numpy as np

from practicum.charts.drawing import ACCENT, INK, LINE, PAPER, SOFT, STYLE, THINK, axes_with
from practicum.charts.labels import label_of
from practicum.charts.shown import Chart, Foreign, Table, short
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.progress import decide
from practicum.series import as_pair, as_series, as_times
from practicum.text import words


@matplotlib.rc_context(STYLE)
def progress_chart(weeks, scores, *, start, goal, goal_week, start_week=0, phases=None, trend=None, measure=None, title=None):
    """A pupil's probes against the goal line.

    ``weeks`` (numbers, or dates) and ``scores`` are the probes (same length, missing scores are left out); ``phases`` names
    the teaching at each probe; the goal line runs from ``start`` in ``start_week`` to ``goal`` in ``goal_week``.
    ``trend`` is None or a list of `practicum.progress.Growth`, drawn over the weeks of the last phase.
    ``measure`` labels the vertical axis, for example "words correct per minute". Returns a `Chart`.
    """
    measure = measure or _("words correct per minute")
    title = title or _("Probes and goal line")
    weeks, scores, phases = _present(weeks, scores, phases)
    line = start + (goal - start) / (goal_week - start_week) * (weeks - start_week)
    figure, axes = axes_with(_("School week"), measure[:1].upper() + measure[1:])
    axes.plot([start_week, goal_week], [start, goal], color=SOFT, dashes=(5, 3), label=_("goal line"))
    names = list(dict.fromkeys(phases))
    for number, name in enumerate(names):
        _phase(axes, weeks[phases == name], scores[phases == name], number, name)
        if number:
            edge = (weeks[phases == names[number - 1]].max() + weeks[phases == name].min()) / 2
            axes.axvline(edge, color=SOFT, linewidth=1, linestyle=":")
    for number, growth in enumerate(trend or []):
        inside = weeks[phases == names[-1]]
        axes.plot(inside, growth.at(inside), color=INK, linewidth=2.2, dashes=((1, 0), (2, 1.5))[number % 2],
                  label=_("trend, {method}").format(method=method_name(growth.method)))
    axes.set_xlim(min(weeks.min(), start_week) - 0.6, max(weeks.max(), goal_week) + 0.6)
    figure.legend(loc="outside upper left", ncols=3)
    below = np.sign(scores - line)
    side = {-1: _("below"), 0: _("on the line"), 1: _("above")}
    lines = [growth.at(weeks) if growth else None for growth in trend or []]
    rows = [(short(w), short(y), short(g), side[int(sign)], *[short(values[i]) if phases[i] == names[-1] else "" for values in lines], str(p))
            for i, (w, y, g, sign, p) in enumerate(zip(weeks, scores, line, below, phases))]
    heads = (_("week"), measure, _("goal line"), _("probe is"), *[_("trend, {method}").format(method=method_name(growth.method)) for growth in trend or []],
             _("teaching"))
    return Chart(title, _progress_alt(measure, weeks, scores, phases, below, start, goal, start_week, goal_week, trend),
                 _progress_sentence(weeks, scores, below, start, measure, trend), heads, tuple(rows), figure)


def method_name(method):
    """The name of a trend line of `practicum.progress` in the reader's language."""
    return {"ols": _("least squares"), "theil-sen": _("Theil–Sen"), "tukey": _("Tukey")}[method]


def _present(weeks, scores, phases):
    """The probes that were measured, with the teaching at each."""
    weeks, scores = as_times(weeks, "weeks"), as_series(scores, "scores", missing="keep")
    phases = [_("probes")] * len(scores) if phases is None else [str(phase) for phase in phases]
    if not len(weeks) == len(scores) == len(phases):
        raise PracticumError(_("There are {weeks} weeks, {scores} scores and {phases} phases. Give as many of each; leave a missing score empty.").format(
            weeks=len(weeks), scores=len(scores), phases=len(phases)))
    here = ~np.isnan(scores)
    return weeks[here], scores[here], np.asarray(phases)[here]


def _phase(axes, weeks, scores, number, name):
    marker, colour, fill = (("o", SOFT, PAPER), ("s", THINK, THINK), ("D", ACCENT, ACCENT))[number % 3]
    # The line stops at a missed week: what was not measured is not drawn.
    for part in np.split(np.arange(len(weeks)), np.flatnonzero(np.diff(weeks) > 1) + 1):
        axes.plot(weeks[part], scores[part], color=colour, linewidth=1.2)
    axes.plot(weeks, scores, marker, color=colour, markerfacecolor=fill, label=name)


def _progress_alt(measure, weeks, scores, phases, below, start, goal, start_week, goal_week, trend):
    ends = {"first": short(min(weeks.min(), start_week)), "last": short(max(weeks.max(), goal_week))}
    parts = [_("Line chart. Horizontal axis: school weeks {first} to {last}. Vertical axis: {measure}, {low} to {high}.").format(
                 **ends, measure=measure, low=short(scores.min()), high=short(scores.max())),
             _("A dashed goal line rises from {start} in week {first} to {goal} in week {last}.").format(
                 start=short(start), first=short(start_week), goal=short(goal), last=short(goal_week))]
    for name in dict.fromkeys(phases):
        here = phases == name
        parts.append(ngettext("{phase}, week {first}: {count} probe, {below} below the goal line.",
                              "{phase}, weeks {first} to {last}: {count} probes from {low} to {high}, {below} below the goal line.", int(here.sum())).format(
            phase=name[:1].upper() + name[1:], first=short(weeks[here].min()), last=short(weeks[here].max()), count=int(here.sum()),
            low=short(scores[here].min()), high=short(scores[here].max()), below=int((below[here] < 0).sum())))
    whole = set(range(int(weeks.min()), int(weeks.max()) + 1)) - set(weeks.round().astype(int))
    if whole:
        parts.append(_("No probe in week {weeks}.").format(weeks=_(" and ").join(map(str, sorted(whole)))))
    inside = weeks[phases == phases[-1]]
    parts += [_("The trend line by {method} goes from {low} to {high}, {rate} a week.").format(
        method=method_name(growth.method), low=short(growth.at(inside)[0]), high=short(growth.at(inside)[-1]), rate=short(growth.rate))
        for growth in trend or []]
    return " ".join(parts)


def _progress_sentence(weeks, scores, below, start, measure, trend):
    if trend:
        return _("Read in one sentence: since the last change the trend gains {rates}.").format(
            rates=_(" and ").join(_rate_in_words(growth) for growth in trend))
    last = slice(-min(4, len(scores)), None)
    way = {1: _("rose"), 0: _("stayed level"), -1: _("fell")}[int(np.sign(np.median(scores[last]) - start))]
    return _("Read in one sentence: from a start of {start} the probes {way}; of the last {count}, between {low} and {high} {measure}, "
             "{above} lie above the goal line and {below} below.").format(
                 way=way, start=short(start), count=len(scores[last]), low=short(scores[last].min()), high=short(scores[last].max()), measure=measure,
                 above=int((below[last] > 0).sum()), below=int((below[last] < 0).sum()))


def _rate_in_words(growth):
    words_ = _("{rate} a week by {method}").format(rate=short(growth.rate), method=method_name(growth.method))
    if growth.interval:
        words_ += _(" (anything from {low} to {high} fits)").format(low=short(growth.interval[0]), high=short(growth.interval[1]))
    return words_


@matplotlib.rc_context(STYLE)
def errors_chart(results, *, title=None):
    """How often decision rules err: a pair of bars for each of ``results``, a list of `practicum.progress.DecisionErrors`."""
    title = title or _("How often each rule is wrong: {looks}").format(looks=_looks(results[0]))
    labels = [_rule_label(result) for result in results]
    alarms, misses = _out_of_100(results)
    figure, axes = axes_with(_("Pupils out of 100"), "", height=1.4 + 0.72 * len(labels))
    place = np.arange(len(labels))[::-1]
    kinds = ((alarms, 0.19, {"facecolor": THINK, "edgecolor": THINK}, _("false alarm: on track, told to change")),
             (misses, -0.19, {"facecolor": "none", "edgecolor": ACCENT, "hatch": "////"}, _("miss: needs a change, not told")))
    for values, shift, look, label in kinds:
        axes.barh(place + shift, values, 0.34, label=label, **look)
        for y, value in zip(place + shift, values):
            axes.text(value + 1.2, y, f"{value:.0f}", va="center", fontsize=10)
    axes.set_yticks(place, labels)
    axes.set_xlim(0, 108)
    axes.grid(axis="y", visible=False)
    figure.legend(loc="outside lower center", ncols=1)
    pairs = [_("{label}: {alarm:.0f} false alarms, {miss:.0f} misses").format(label=label.replace("\n", ", "), alarm=a, miss=m)
             for label, a, m in zip(labels, alarms, misses)]
    low, high = int(np.argmin(alarms)), int(np.argmax(alarms))
    return Chart(title, _("Bar chart. Horizontal axis: pupils out of 100. Two bars for each rule. {pairs}.").format(pairs="; ".join(pairs)),
                 _("Read in one sentence: of 100 pupils on track, from {a0:.0f} ({r0}) to {a1:.0f} ({r1}) would be told to change; "
                   "of 100 who need a change, from {m0:.0f} to {m1:.0f} would be overlooked.").format(
                     a0=alarms[low], r0=labels[low].replace("\n", ", "), a1=alarms[high], r1=labels[high].replace("\n", ", "),
                     m0=misses.min(), m1=misses.max()),
                 (_("rule"), _("false alarms out of 100"), _("misses out of 100")),
                 tuple((label.replace("\n", ", "), f"{a:.0f}", f"{m:.0f}") for label, a, m in zip(labels, alarms, misses)), figure)


@matplotlib.rc_context(STYLE)
def errors_by_week_chart(results, *, title=None):
    """How the errors of one rule change with the weeks of data: ``results``, a list of `practicum.progress.DecisionErrors`."""
    title = title or _("More weeks of data: {rule}").format(rule=_rule_label(results[0]).replace("\n", ", "))
    weeks = [result.weeks for result in results]
    alarms, misses = _out_of_100(results)
    figure, axes = axes_with(_("Weeks of data"), _("Pupils out of 100"))
    axes.plot(weeks, alarms, "-s", color=THINK, label=_("false alarm: on track, told to change"))
    axes.plot(weeks, misses, "--o", color=ACCENT, markerfacecolor=PAPER, label=_("miss: needs a change, not told"))
    axes.set_ylim(0, 100)
    axes.set_xticks(weeks)
    figure.legend(loc="outside lower center", ncols=1)
    numbers = {"first": weeks[0], "last": weeks[-1], "a0": alarms[0], "a1": alarms[-1], "m0": misses[0], "m1": misses[-1]}
    return Chart(title, _("Line chart. Horizontal axis: weeks of data, {first} to {last}. Vertical axis: pupils out of 100, 0 to 100. False alarms go "
                          "from {a0:.0f} to {a1:.0f}, misses from {m0:.0f} to {m1:.0f}.").format(**numbers),
                 _("Read in one sentence: after {first} weeks {a0:.0f} of 100 pupils on track are told to change, and {m0:.0f} of 100 who need a change "
                   "are overlooked; after {last} weeks it is {a1:.0f} and {m1:.0f}.").format(**numbers),
                 (_("weeks of data"), _("false alarms out of 100"), _("misses out of 100")),
                 tuple((str(w), f"{a:.0f}", f"{m:.0f}") for w, a, m in zip(weeks, alarms, misses)), figure)


def _out_of_100(results):
    return tuple(100 * np.array([getattr(result, kind) for result in results]) for kind in ("false_alarm", "miss"))


def _looks(result):
    when = _("looked at every week, {weeks} weeks") if result.looks == "every-week" else _("looked at one time, after {weeks} weeks")
    return when.format(weeks=result.weeks)


def _rule_label(result):
    name = rule_name(result.rule)
    if result.options.get("margin"):
        name = _("{rule} with a margin").format(rule=name)
    return _("{rule}\nprobes jump by {noise:g}").format(rule=name, noise=result.noise_sd)


def rule_name(rule):
    """The name of a decision rule of `practicum.progress` in the reader's language."""
    return {"four-point": _("four-point rule"), "median": _("median rule"), "trend-line": _("trend-line rule")}[rule]


def verdicts_table(weeks, scores, *, start, goal, weeks_to_goal, rules, title=None, **options):
    """What each of ``rules`` would have said after every probe, knowing only the probes until then. Returns a `Table`.

    ``weeks``, ``scores``, ``start``, ``goal``: as in `practicum.progress.decide`; ``weeks_to_goal``: its ``weeks``.
    ``options`` go to the trend-line rule.
    """
    weeks, scores = as_pair(weeks, scores)
    order = np.argsort(weeks, kind="stable")
    weeks, scores = weeks[order], scores[order]
    says = {"raise-goal": _("raise the goal"), "change-teaching": _("change"), "keep-going": _("keep going"), "wait": _("wait")}
    rows = []
    for count in range(1, len(weeks) + 1):
        verdicts = [decide(weeks[:count], scores[:count], start=start, goal=goal, weeks=weeks_to_goal, rule=rule,
                           **(options if rule == "trend-line" else {})).verdict for rule in rules]
        rows.append((short(weeks[count - 1]), short(scores[count - 1]), *[says[verdict] for verdict in verdicts]))
    return Table(title or _("What the rules say after each probe"), (_("week"), _("probe"), *[rule_name(rule) for rule in rules]), tuple(rows))


@matplotlib.rc_context(STYLE)
def norms_chart(scores, *, norms, pupil, pupil_label, foreign=None, foreign_label=None, measure=None, title=None):
    """Where a pupil stands among the pupils of a class.

    ``scores``: the scores of the class, in any order, without names; ``norms``:
    `practicum.progress.LocalNorms`; ``pupil``: the pupil's score; ``foreign``: a score from somebody else's norms, drawn
    apart. Returns a `Chart`.
    """
    measure = measure or _("words correct per minute")
    title = title or _("Where a score stands in a class")
    scores = np.sort(np.asarray(scores, float))
    figure, axes = axes_with(measure[:1].upper() + measure[1:], "", height=2.7)
    stack = np.array([np.sum(scores[:index] == value) for index, value in enumerate(scores)])
    axes.plot(scores, stack, "o", color=SOFT, markerfacecolor=PAPER, label=_("one pupil of the class"))
    axes.plot([pupil], [-1], "D", color=ACCENT, markersize=9, label=pupil_label)
    if foreign is not None:
        axes.plot([foreign], [-1], "^", color=THINK, markersize=9, label=foreign_label)
    for percentile, value in norms.scores.items():
        axes.axvline(value, color=LINE, linewidth=1)
        axes.text(value, stack.max() + 0.9, f"{percentile:g}", ha="center", fontsize=10)
    axes.text(0, 1, _("percentile"), transform=axes.transAxes, va="top", fontsize=10)
    axes.set_yticks([])
    axes.set_ylim(-1.8, stack.max() + 1.7)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False)
    figure.legend(loc="outside lower center", ncols=1)
    below = int(np.sum(scores < pupil))
    marks = ", ".join(_("{percentile:g}th: {value}").format(percentile=p, value=short(v)) for p, v in norms.scores.items())
    apart = "" if foreign is None else " " + _("Apart from the class: {label}, {value:g}.").format(label=foreign_label, value=foreign)
    marked = [(short(pupil), pupil_label), *([] if foreign is None else [(short(foreign), foreign_label)])]
    return Chart(title, _("Dot plot of {count} pupils. Horizontal axis: {measure}, {low:g} to {high:g}. Percentiles: {marks}. {label} at {pupil:g}, "
                          "with {below} of {count} pupils below.{foreign}").format(count=len(scores), measure=measure, low=scores[0], high=scores[-1],
                                                                              marks=marks, label=pupil_label, pupil=pupil, below=below, foreign=apart),
                 _("Read in one sentence: {below} of {count} pupils of the class lie below {pupil:g}.").format(
                     below=below, count=len(scores), pupil=pupil),
                 (_("pupil, lowest first"), measure),
                 tuple((str(n), short(value)) for n, value in enumerate(scores, 1)) + tuple((label, value) for value, label in marked), figure)


def words_table(frame):
    """How many words and letters the same sentence has in each language. ``frame``: columns language, sentence."""
    codes = {"English": "en", "Russian": "ru", "Kazakh": "kk", "Hebrew": "he"}
    rows = tuple((label_of(language), Foreign(sentence, codes[language]), str(len(words(sentence))), str(sum(map(str.isalpha, sentence))))
                 for language, sentence in frame[["language", "sentence"]].itertuples(index=False))
    return Table(_("One sentence in several languages"), (_("language"), _("sentence"), _("words"), _("letters")), rows)
