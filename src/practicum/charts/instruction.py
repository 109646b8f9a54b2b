"""Systematic instruction: the help that each step needed, session by session."""

from dataclasses import replace

import matplotlib
import numpy as np

from practicum.charts.dots import dots_chart
from practicum.charts.drawing import ACCENT, INK, PAPER, SOFT, STYLE, axes_with
from practicum.charts.grid import grid_chart
from practicum.charts.shown import Chart, short
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.instruction import DECLINED, LETTERS, LEVELS, independent_by_step, level_shares, middle_level

# How much of the accent colour each level has, as in the grid: more for less help.
SHADES = {"independent": 1.0, "gesture": 0.42, "words": 0.28, "showing": 0.14, "physical": 0.0}
TALL_ENOUGH = 9  # per cent: room for a letter


def level_name(level):
    """The name of a level of `practicum.instruction` in the reader's language."""
    return {"independent": _("independent"), "gesture": _("gesture or picture"), "words": _("words"), "showing": _("showing"),
            "physical": _("physical help or done by an adult"), DECLINED: _("the pupil said no")}[level]


def steps_chart(record, *, names=None, title=None, sentence=None):
    """Steps by sessions: the letter of the help in every cell, darker for less help. ``record``: a `practicum.instruction.StepRecord`.

    ``names`` are the words for the steps, a list in the order of ``record.steps``. The letters are I, G, W, S, P, and N where the pupil
    said no. Returns a `Chart`.
    """
    names = record.steps if names is None else [f"{step} {name}" for step, name in zip(record.steps, names)]
    levels = {level: (LETTERS[level], level_name(level)) for level in reversed(LEVELS)}
    if (record.ranks == -2).any():
        levels = {DECLINED: (LETTERS[DECLINED], level_name(DECLINED)), **levels}
    chart = grid_chart(names, record.sessions, record.levels(), levels=levels, title=title or _("Steps and sessions"), row_label=_("step"),
                       column_label=_("session"), sentence=sentence or _sentence(record, names))
    told = " ".join(_told(name, record.sessions, row) for name, row in zip(names, record.levels()))
    return replace(chart, alt=_("Grid chart. Rows: step, {steps} of them. Columns: session, {first} to {last}. Each cell has a letter and a shade, darker for "
                                "less help. {told}").format(steps=len(names), first=record.sessions[0], last=record.sessions[-1], told=told))


def _told(name, sessions, levels):
    """One row in the order of time: how it began, in which sessions the step was done alone, how it ended."""
    tried = [level_name(level) for level in levels if level is not None]
    alone = [session for session, level in zip(sessions, levels) if level == LEVELS[0]]
    if not alone or len(alone) == len(tried):
        when = _("never alone") if not alone else _("always alone")
    else:
        when = _("alone in {count} of {tried} tries, in sessions {sessions}").format(
            count=len(alone), tried=len(tried), sessions=_spans(sessions, levels))
    return _("{name}: first {first}; {when}; last {last}.").format(name=name, first=", ".join(tried[:3]), when=when, last=", ".join(tried[-3:]))


def _spans(sessions, levels):
    """The sessions done alone, those in a row as “9 to 15”; a session without a record does not end the row."""
    spans, going = [], False
    for session, level in zip(sessions, levels):
        if level == LEVELS[0]:
            spans = [*spans[:-1], (spans[-1][0], session)] if going else [*spans, (session, session)]
        going = level == LEVELS[0] or (going and level is None)
    return ", ".join(str(a) if a == b else _("{first} to {last}").format(first=a, last=b) for a, b in spans)


def _sentence(record, names):
    alone, tried = (record.ranks == 0).sum(axis=0), (record.ranks >= 0).sum(axis=0)
    share = (record.ranks > 0).sum(axis=1) / (record.ranks >= 0).sum(axis=1).clip(1)
    most = np.flatnonzero(share == share.max())
    told = _(" and ").join(f"“{names[step]}”" for step in most) if len(most) < 3 else ngettext("{n} step", "{n} steps", len(most)).format(n=len(most))
    return _("Read in one sentence: in session {first} the pupil did {a} of {of_a} steps alone, in session {last} it was {b} of {of_b}; help was given "
             "most often at {steps}.").format(first=record.sessions[0], last=record.sessions[-1], a=alone[0], of_a=tried[0], b=alone[-1],
                                              of_b=tried[-1], steps=told)


@matplotlib.rc_context(STYLE)
def levels_chart(record, *, title=None):
    """The share of each level of help in every session, stacked bars with letters. ``record``: a `practicum.instruction.StepRecord`.

    Shares show what a mean of levels would hide. Returns a `Chart`.
    """
    shares = {level: np.array([share or 0 for share in numbers]) for level, numbers in level_shares(record).items()}
    place, bottom = np.arange(len(record.sessions)), np.zeros(len(record.sessions))
    figure, axes = axes_with(_("Session"), _("Per cent of the steps tried"), height=4.2)
    for level in LEVELS:
        axes.bar(place, shares[level], 0.86, bottom=bottom, facecolor=(ACCENT, SHADES[level]), edgecolor=SOFT, linewidth=0.7,
                 label=f"{LETTERS[level]} · {level_name(level)}")
        for x in np.flatnonzero(shares[level] >= TALL_ENOUGH):
            axes.text(x, bottom[x] + shares[level][x] / 2, LETTERS[level], ha="center", va="center", fontsize=9.5,
                      color=PAPER if SHADES[level] == 1 else INK)
        bottom = bottom + shares[level]
    axes.set_xticks(place, map(str, record.sessions), fontsize=11 if len(place) <= 12 else 9)
    axes.grid(axis="x", visible=False)
    figure.legend(loc="outside upper left", ncols=2)
    middle = middle_level(record)
    ends = {"first": record.sessions[0], "last": record.sessions[-1], "a": short(shares["independent"][0]), "b": short(shares["independent"][-1]),
            "ma": level_name(middle[0]) if middle[0] else _("nothing"), "mb": level_name(middle[-1]) if middle[-1] else _("nothing")}
    most = "; ".join(_("{level} from {low} to {high}").format(level=level_name(level), low=short(shares[level].min()), high=short(shares[level].max()))
                     for level in LEVELS)
    return Chart(title or _("The share of each level of help"),
                 _("Stacked bar chart. Horizontal axis: session, {first} to {last}. Vertical axis: per cent of the steps tried, 0 to 100. {most}. "
                   "Independent, session by session: {alone}.").format(most=most, alone=", ".join(map(short, shares["independent"])), **ends),
                 _("Read in one sentence: from session {first} to session {last} the steps done alone go from {a} to {b} per cent, and the middle level of "
                   "help from “{ma}” to “{mb}”.").format(**ends),
                 (_("session"), *map(level_name, LEVELS)),
                 tuple((str(session), *[short(shares[level][n]) for level in LEVELS]) for n, session in enumerate(record.sessions)), figure)


def lessons_and_probes_chart(lessons, probes, *, names=None, title=None):
    """For each step how often it was done alone in lessons and in probes without help; both are `practicum.instruction.StepRecord`."""
    names = lessons.steps if names is None else [f"{step} {name}" for step, name in zip(lessons.steps, names)]
    place = [probes.steps.index(step) for step in lessons.steps]
    probed, taught = independent_by_step(probes), independent_by_step(lessons)
    probed = [probed[n] for n in place]
    rise = np.array([np.nan if None in pair else pair[1] - pair[0] for pair in zip(taught, probed)])
    most = int(np.nanargmax(rise))
    sentence = _("Read in one sentence: {more} of {count} steps were done alone more often in probes than in lessons, most of all “{step}”: {a} per cent in "
                 "lessons, {b} in probes.").format(more=int((rise > 0).sum()), count=len(names), step=names[most], a=short(taught[most]), b=short(probed[most]))
    return dots_chart(names, {_("in lessons"): taught, _("in probes without help"): probed}, measure=_("per cent of the tries done alone"),
                      title=title or _("Alone in lessons and in probes"), sentence=sentence)


def stuck_errors_chart(results, *, title=None):
    """How often rules for stuck steps err: ``results``, a list of `practicum.instruction.StuckErrors`. Returns a `Chart`."""
    labels = [(_("last {window}, counts and help") if result.watch_help else _("last {window}, counts only")).format(window=result.window)
              for result in results]
    alarms, misses = ([round(100 * getattr(result, kind)) for result in results] for kind in ("false_alarm", "miss"))
    return dots_chart(labels, {_("false alarm (learned, called stuck)"): alarms, _("miss (stuck, not called so)"): misses},
                      measure=_("steps out of 100"), title=title or _("How often each rule for stuck steps is wrong"),
                      sentence=_("Read in one sentence: of 100 steps that are being learned the rules call {a0} to {a1} stuck, and of 100 steps that are "
                                 "stuck they overlook {m0} to {m1}.").format(a0=min(alarms), a1=max(alarms), m0=min(misses), m1=max(misses)))


def fading_chart(results, *, title=None):
    """Tries until mastery under rules for taking help away: ``results``, a list of `practicum.instruction.Fading`. Returns a `Chart`."""
    labels = [ngettext("after {n} success", "after {n} successes", result.fade_after).format(n=result.fade_after)
              + ", " + (_("errors cost little") if result.error_cost == 0 else _("errors stick"))
              + ", " + (_("help teaches little") if result.from_help < 0.5 else _("help teaches much")) for result in results]
    best, worst = (pick(results, key=lambda result: result.trials) for pick in (min, max))
    return dots_chart(labels, [result.trials for result in results], low=[result.trials_low for result in results],
                      high=[result.trials_high for result in results], measure=_("tries until mastery"),
                      title=title or _("Two rules for taking help away"),
                      sentence=_("Read in one sentence: the middle number of tries until mastery goes from {low:.0f} ({best}) to {high:.0f} ({worst}).").format(
                          low=best.trials, high=worst.trials, best=labels[results.index(best)], worst=labels[results.index(worst)]))
