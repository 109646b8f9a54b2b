"""Why a behaviour happens and whether the plan was carried out: all consequences at once, times of day, fidelity, replacement.

The records describe a setting, not a child. What goes along with a behaviour is a first idea about its reason, not a proof.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.observation import ConditionalProbability, conditional_probability, time_of_day
from practicum.results import Sentence
from practicum.series import as_count, as_number, as_series

# Fewer than this, and an interval from resampling says less than it seems to.
FEW = 10
RESAMPLES = 2000


# ---- What goes along with the behaviour -------------------------------------------------------------------

@dataclass(frozen=True)
class Contingency:
    """One event beside the behaviour: its ``name``, the ``chances``, and how many intervals they rest on.

    ``chances`` is a `ConditionalProbability`. ``with_behaviour`` and ``without`` count the intervals with the event: of
    ``chances.n_behaviour`` and of ``chances.n_no_behaviour``.
    """

    name: str
    chances: ConditionalProbability
    with_behaviour: int
    without: int

    @property
    def few(self):
        """True where fewer than 10 intervals are with the behaviour, without it, with the event, or without it. Our limit."""
        counts = (self.chances.n_behaviour, self.chances.n_no_behaviour)
        there = self.with_behaviour + self.without
        return min(*counts, there, sum(counts) - there) < FEW

    @property
    def verdict(self):
        """ "more" or "less" with the behaviour, "unclear" where 0 lies in the interval, "few" where the numbers are small."""
        low, high = self.chances.interval
        if self.few:
            return "few"
        return "more" if low > 0 else "less" if high < 0 else "unclear"


@dataclass(frozen=True)
class Contingencies(Sentence):
    """What goes along with a behaviour; made by `contingencies`. ``each`` is a tuple of `Contingency`, in the order given."""

    each: tuple

    def __getitem__(self, name):
        found = {one.name: one for one in self.each}
        if name not in found:
            raise PracticumError(_("There is no event “{name}”. The events are: {names}.").format(name=name, names=", ".join(found)))
        return found[name]

    def __str__(self):
        groups = {"more": _("Clearly more with the behaviour: {names}."), "less": _("Clearly less with it: {names}."),
                  "unclear": _("No clear difference: {names}."), "few": _("Too few to say: {names}.")}
        told = [sentence.format(names=", ".join(one.name for one in self.each if one.verdict == verdict))
                for verdict, sentence in groups.items() if any(one.verdict == verdict for one in self.each)]
        return " ".join([*told, _("This describes; it does not prove a cause.")])


def contingencies(behaviour, events, *, level=0.95, resamples=RESAMPLES, block=1, seed=1):
    """Several events beside one behaviour, each with and without it, as `Contingencies`.

    ``behaviour`` holds 1 or 0 for each observed interval, in the order of time; ``events`` is a dictionary from names to
    such lists: consequences seen in or right after the interval, or antecedents seen right before it. An empty place means
    that this was not seen, and that interval is left out for that event. The chances and the interval of their
    difference are those of `conditional_probability`, which explains ``level``, ``resamples``, ``block`` and ``seed``.

    An event that follows the behaviour often may follow everything often; only the difference speaks. With many events
    some differences look clear by chance: at 95 % about one event in twenty. Source: eckert2005abc.

    >>> found = contingencies([1, 1, 1, 0, 0, 0, 0, 0], {"adult speaks": [1, 1, 1, 1, 1, 1, 1, 0], "task put off": [1, 1, 0, 0, 0, 0, 0, 0]})
    >>> found["adult speaks"].with_behaviour, found["adult speaks"].without, found["adult speaks"].verdict
    (3, 4, 'few')
    """
    if not isinstance(events, Mapping) or not events:
        raise PracticumError(_('events: give a dictionary from names to lists of 0 and 1, such as {"adult speaks": [1, 0, 1]}.'))
    each = []
    for name, event in events.items():
        try:
            chances = conditional_probability(behaviour, event, level=level, resamples=resamples, block=block, seed=seed)
        except PracticumError as error:
            raise PracticumError(_("{event}: {problem}").format(event=name, problem=error)) from None
        counts = [round(share * number) for share, number in ((chances.given_behaviour, chances.n_behaviour),
                                                              (chances.given_no_behaviour, chances.n_no_behaviour))]
        each.append(Contingency(str(name), chances, *counts))
    return Contingencies(tuple(each))


def each_label(labels):
    """A list of 0 and 1 for each label, as a dictionary: what `contingencies` needs from a column such as the activity.

    Labels are words and come in their order of appearance. Anything else, such as an empty place, gives None in all lists:
    nothing is known there.

    >>> each_label(["writing", "talking", None])
    {'writing': [1, 0, None], 'talking': [0, 1, None]}
    """
    labels = [label.strip() or None if isinstance(label, str) else None for label in labels]
    names = [name for name in dict.fromkeys(labels) if name]
    if not names:
        raise PracticumError(_("labels has no word in it. Give at least one, such as the activity of each interval."))
    return {name: [None if label is None else int(label == name) for label in labels] for name in names}


@dataclass(frozen=True)
class ShareByTime:
    """How often a behaviour was seen of the time watched, by weekday and period; made by `share_by_time`.

    ``seen`` and ``watched`` have a row for each weekday, Monday first, and a column for each period: intervals with the
    behaviour, and all intervals. ``periods`` are (start, end) in hours.
    """

    seen: np.ndarray
    watched: np.ndarray
    periods: tuple

    def share(self, day, period):
        """The share of the watched intervals with the behaviour, 0 to 1; None where nobody watched. Monday is day 0."""
        return float(self.seen[day, period] / self.watched[day, period]) if self.watched[day, period] else None


def share_by_time(times, behaviour, borders=None):
    """When a behaviour happens in the week, as a share of the time watched: a `ShareByTime`.

    ``times`` and ``borders`` as in `time_of_day`; ``behaviour`` holds 1 or 0 for each of the times. Counts alone mislead where
    some hours are watched longer than others; shares mislead where a cell rests on a few minutes. Source: touchette1985scatter.

    >>> found = share_by_time(["2026-03-02 10:15", "2026-03-02 10:16", "2026-03-03 10:15"], [1, 0, 0])
    >>> found.share(0, 0), found.share(1, 0), found.share(2, 0)
    (0.5, 0.0, None)
    """
    times, behaviour = list(times), as_series(behaviour, "behaviour", missing="keep")
    if len(times) != len(behaviour):
        raise PracticumError(_("There are {times} times and {marks} marks of the behaviour. Give one mark, 1 or 0, for each time.").format(
            times=len(times), marks=len(behaviour)))
    if not np.isin(behaviour[~np.isnan(behaviour)], (0, 1)).all():
        raise PracticumError(_("behaviour holds a number other than 0 and 1. Write 1 where it was seen and 0 where it was not."))
    known = [moment for moment, mark in zip(times, behaviour) if mark == mark]
    whole = time_of_day(known, borders)
    edges = [*(start for start, _end in whole.periods), whole.periods[-1][1]]
    with_it = [moment for moment, mark in zip(times, behaviour) if mark == 1]
    seen = time_of_day(with_it, edges).counts if with_it else np.zeros_like(whole.counts)
    return ShareByTime(seen, whole.counts, whole.periods)


# ---- Was the plan carried out? ----------------------------------------------------------------------------

@dataclass(frozen=True)
class Fidelity(Sentence):
    """How much of a plan was delivered; made by `fidelity`. All shares go from 0 (nothing) to 1 (all).

    ``by_day``: a share for each day, None where no step had an occasion. ``by_step``: a dictionary from steps to shares.
    ``overall``: of all occasions. ``delivered`` and ``planned`` count them.
    """

    by_day: tuple
    by_step: dict
    overall: float
    delivered: int
    planned: int

    def __str__(self):
        least = min(self.by_step, key=self.by_step.get)
        return _("{delivered} of {planned} planned steps were delivered ({overall:.0%}). Least often: {step} ({share:.0%}).").format(
            delivered=self.delivered, planned=self.planned, overall=self.overall, step=least.replace("_", " "), share=self.by_step[least])


def fidelity(steps):
    """The share of a plan's steps that were delivered, by day and by step, as `Fidelity`.

    ``steps`` is a dictionary from the names of the steps to lists with one entry for each day: 1 delivered, 0 not
    delivered, empty where the day gave no occasion for the step. A plan that was not delivered has not been tried: read the
    outcome beside it. The number says how much was done, not how well, and whoever ticks their own steps may tick too many.

    >>> print(fidelity({"short tasks": [1, 1, 0], "answer the card": [1, None, 0]}))
    3 of 5 planned steps were delivered (60%). Least often: answer the card (50%).
    """
    if hasattr(steps, "to_dict"):
        steps = steps.to_dict("list")
    if not isinstance(steps, Mapping) or not steps:
        raise PracticumError(_('steps: give a dictionary from steps to lists of 0 and 1, such as {"short tasks": [1, 0, 1]}.'))
    table = [as_series(marks, str(name), minimum=0, missing="keep") for name, marks in steps.items()]
    if len({len(marks) for marks in table}) > 1:
        raise PracticumError(_("The steps have lists of different lengths. Give one entry for each day, and leave it empty "
                               "where there was no occasion."))
    table = np.array(table)
    if not np.isin(table[~np.isnan(table)], (0, 1)).all():
        raise PracticumError(_("steps holds a number other than 0 and 1. Write 1 for delivered, 0 for not delivered."))
    for name, marks in zip(steps, table):
        if np.isnan(marks).all():
            raise PracticumError(_("The step “{step}” had no occasion on any day. Leave it out, or correct the marks.").format(step=name))
    done, planned = np.nansum(table, axis=0), (~np.isnan(table)).sum(axis=0)
    by_day = tuple(float(d / p) if p else None for d, p in zip(done, planned))
    return Fidelity(by_day, {str(name): float(np.nanmean(marks)) for name, marks in zip(steps, table)},
                    float(done.sum() / planned.sum()), int(done.sum()), int(planned.sum()))


@dataclass(frozen=True)
class OutcomeByFidelity(Sentence):
    """The outcome on days with much and with little of the plan; made by `outcome_by_fidelity`.

    ``much`` and ``little`` are mean outcomes, in the unit of the outcome; ``n_much`` and ``n_little`` count the days;
    ``cut`` is the share of steps from which a day counts as much.
    """

    much: float
    little: float
    n_much: int
    n_little: int
    cut: float

    def __str__(self):
        return _("The outcome was {much:.1f} on average with at least {cut:.0%} of the steps (days: {n_much}), and {little:.1f} with fewer "
                 "(days: {n_little}). Days differ in other ways, too: this is no proof.").format(**vars(self))


def outcome_by_fidelity(shares, outcome, *, cut=0.8):
    """The mean outcome on days with at least ``cut`` of the plan and on the other days, as `OutcomeByFidelity`.

    ``shares``: the plan's share for each day, 0 to 1, such as ``fidelity(...).by_day``; ``outcome``: one number for each day. Days on
    which either is missing are left out. The cut of 0.8 is a convention; choose it before you look.
    Raises PracticumError when one side has no day.

    >>> print(outcome_by_fidelity([1.0, 0.8, 0.2], [2, 3, 7]))
    The outcome was 2.5 on average with at least 80% of the steps (days: 2), and 7.0 with fewer (days: 1). Days differ in other ways, too: this is no proof.
    """
    cut = as_number(cut, "cut", above=0, below=1 + 1e-9)
    shares, outcome = as_series(shares, "shares", missing="keep"), as_series(outcome, "outcome", missing="keep")
    if len(shares) != len(outcome):
        raise PracticumError(_("There are {shares} shares and {outcomes} outcomes. Give one of each for every day.").format(
            shares=len(shares), outcomes=len(outcome)))
    known = ~np.isnan(shares + outcome)
    shares, outcome = shares[known], outcome[known]
    much = shares >= cut - 1e-9
    if much.all() or not much.any():
        raise PracticumError(_("All days lie on one side of the cut {cut:.0%}, so there is nothing to compare. "
                               "Choose another cut, or wait for more days.").format(cut=cut))
    return OutcomeByFidelity(float(outcome[much].mean()), float(outcome[~much].mean()), int(much.sum()), int((~much).sum()), cut)


@dataclass(frozen=True)
class MeanOfDays(Sentence):
    """How often the mean of some days to come lies on each side of a limit; made by `mean_of_days`.

    ``at_most`` and ``above`` are shares of the draws, 0 to 1, that together make 1, as if the days seen told the mean exactly;
    ``at_most_unsure`` and ``above_unsure`` the same, where the days seen are themselves only a sample. ``days`` and ``limit`` are those
    of the rule; ``n`` counts the days that were drawn from.
    """

    at_most: float
    above: float
    at_most_unsure: float
    above_unsure: float
    days: int
    limit: float
    n: int

    def __str__(self):
        return _("If the coming {days} days are like these {n}, their mean is at most {limit:g} in {low:.0f} of 100 cases and above it in {high:.0f}. "
                 "These {n} days are only a sample; with this counted in, it is {low_unsure:.0f} and {high_unsure:.0f}.").format(
            low=100 * self.at_most, high=100 * self.above, low_unsure=100 * self.at_most_unsure, high_unsure=100 * self.above_unsure, **vars(self))


def mean_of_days(outcomes, limit, *, days, resamples=10_000, seed=1):
    """How often a rule "on average more than ``limit`` in ``days`` days" errs, from days already seen: a `MeanOfDays`.

    ``outcomes`` are numbers of days of one kind, in the unit of ``limit``. Whole days are drawn from them with replacement. Give the days
    before a plan to see how often a plan that changes nothing would seem to help; give days on which it was delivered to see
    how often a plan that goes on like this would be given up. A few days do not tell their mean exactly: the second pair of
    shares draws the days seen anew before each draw of days to come, and is the one to trust. Days are taken as independent; when
    bad days come in runs, and with fewer than about ten days to draw from, the real errors are larger still.

    >>> print(mean_of_days([4, 6, 2, 8, 5], 3, days=10))
    If the coming 10 days are like these 5, their mean is at most 3 in 0 of 100 cases and above it in 100. These 5 days are only a sample; with this counted in, it is 3 and 97.
    """
    outcomes, limit, days = as_series(outcomes, "outcomes", minimum=2), as_number(limit, "limit"), as_count(days, "days")
    resamples, rng = as_count(resamples, "resamples"), np.random.default_rng(seed)
    known = rng.choice(outcomes, (resamples, days))
    samples = rng.choice(outcomes, (resamples, len(outcomes)))
    unsure = np.take_along_axis(samples, rng.integers(len(outcomes), size=(resamples, days)), axis=1)
    at_most, at_most_unsure = (float(np.mean(draws.mean(axis=1) <= limit + 1e-9)) for draws in (known, unsure))
    return MeanOfDays(at_most, 1 - at_most, at_most_unsure, 1 - at_most_unsure, days, limit, len(outcomes))


# ---- Does the replacement replace? ------------------------------------------------------------------------

@dataclass(frozen=True)
class ReplacementShare(Sentence):
    """How often the new way was used, of both ways together; made by `replacement_share`.

    ``share`` 0 (only the old way) to 1 (only the new one) with its ``interval`` (low, high) at ``level``; ``by_day`` a share for each
    day, None where neither was seen; ``replacement`` and ``problem`` are the totals.
    """

    share: float
    interval: tuple
    level: float
    by_day: tuple
    replacement: int
    problem: int

    def __str__(self):
        low, high = self.interval
        return _("Of {total} times the new way was used in {replacement}: {share:.0%} ({level:.0%} interval {low:.0%} to {high:.0%}).").format(
            total=self.replacement + self.problem, low=low, high=high, **vars(self))


def replacement_share(replacement, problem, *, level=0.95, resamples=RESAMPLES, seed=1):
    """The share of the replacement among all times the pupil asked in the new or the old way, as `ReplacementShare`.

    ``replacement`` and ``problem`` are counts for the same days; higher is better. The interval comes from drawing whole days
    with replacement, because what happens on one day hangs together. It is too narrow with fewer than about ten days.

    >>> replacement_share([0, 2, 3], [4, 2, 1]).by_day
    (0.0, 0.5, 0.75)
    """
    new, old = (as_series(values, name, missing="keep") for values, name in ((replacement, "replacement"), (problem, "problem")))
    if len(new) != len(old):
        raise PracticumError(_("replacement has {new} days and problem has {old}. Give both counts for each day.").format(new=len(new), old=len(old)))
    if (new < 0).any() or (old < 0).any():
        raise PracticumError(_("A count is below 0. Counts start at 0."))
    level = as_number(level, "level", above=0, below=1)
    total = new + old
    by_day = tuple(float(n / t) if t > 0 else None for n, t in zip(new, total))
    known = total > 0
    if not known.any():
        raise PracticumError(_("Neither the replacement nor the problem was seen on any day, so there is no share."))
    new, total = new[known], total[known]
    draws = np.random.default_rng(seed).integers(len(new), size=(resamples, len(new)))
    low, high = np.quantile(new[draws].sum(axis=1) / total[draws].sum(axis=1), [(1 - level) / 2, (1 + level) / 2])
    return ReplacementShare(float(new.sum() / total.sum()), (float(low), float(high)), level, by_day, int(new.sum()), int(total.sum() - new.sum()))
