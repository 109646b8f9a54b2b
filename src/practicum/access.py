"""Who can take part in a lesson, who gains from a change in it, and how far a published effect may be trusted.

In a barrier matrix a row is a pupil and a column a step of the lesson. 2 means that the pupil takes part, 1 that the pupil
takes part with help that others do not need, 0 that the pupil is shut out; None means that the pupil was absent. The numbers
describe the step for this pupil. They are no marks, and their sum over a row says nothing about the pupil.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from practicum._student import t_quantile
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.results import Sentence
from practicum.series import as_count, as_number, as_series

SHUT_OUT, WITH_HELP, TAKES_PART = 0, 1, 2
ROOM_SD = 1.5  # points by which pupils of one group differ in their distance from the top of a test


# ---- Barriers: pupils by steps ------------------------------------------------------------------------------

@dataclass(frozen=True, eq=False)
class BarrierMatrix(Sentence):
    """Who takes part in which step of a lesson.

    ``pupils`` and ``steps`` are the labels; ``values`` is an array with a row for each pupil and a column for each step: 0 shut
    out, 1 with help, 2 takes part, NaN absent.
    """

    pupils: tuple
    steps: tuple
    values: np.ndarray

    @property
    def shut_out(self):
        """A dictionary from each pupil who is shut out of a step to the list of these steps, pupils in the order given."""
        found = {pupil: [step for step, value in zip(self.steps, row) if value == SHUT_OUT] for pupil, row in zip(self.pupils, self.values)}
        return {pupil: steps for pupil, steps in found.items() if steps}

    @property
    def by_step(self):
        """For each step a tuple: how many pupils are shut out, take part with help, take part, are absent."""
        return [tuple(int(np.sum(column == state)) for state in (SHUT_OUT, WITH_HELP, TAKES_PART)) + (int(np.isnan(column).sum()),)
                for column in self.values.T]

    @property
    def open_steps(self):
        """The steps out of which nobody who was there is shut."""
        return [step for step, (shut, *_others) in zip(self.steps, self.by_step) if shut == 0]

    @property
    def share_open(self):
        """The share of the steps that are open to all, 0 to 1, higher is better."""
        return len(self.open_steps) / len(self.steps)

    @property
    def share_without_help(self):
        """The share of all places (pupil and step) in which a pupil who was there takes part without help, 0 to 1."""
        there = self.values[~np.isnan(self.values)]
        return float(np.mean(there == TAKES_PART))

    def __str__(self):
        shut = len(self.shut_out)
        told = ngettext("{shut} of {pupils} pupils is shut out of at least one step.", "{shut} of {pupils} pupils are shut out of at least one step.",
                        shut).format(shut=shut, pupils=len(self.pupils))
        opened = ngettext("{open} of {steps} steps is open to all.", "{open} of {steps} steps are open to all.", len(self.open_steps)).format(
            open=len(self.open_steps), steps=len(self.steps))
        return told + " " + opened + " " + _("{share:.0%} of the places are taken without help.").format(share=self.share_without_help)


def barrier_matrix(pupils, steps, values):
    """The record of a lesson as a `BarrierMatrix`.

    ``pupils`` are codes and ``steps`` names, no two alike; ``values`` has a row for each pupil and in it a number for each step:
    0 shut out, 1 takes part with help, 2 takes part, None where the pupil was absent. Raises PracticumError with the pupil and
    the step where another number stands, where a row has another length, and for a step or a class of which nothing is known.

    >>> print(barrier_matrix(["P1", "P2"], ["read", "build"], [[0, 2], [1, 2]]))
    1 of 2 pupils is shut out of at least one step. 1 of 2 steps is open to all. 50% of the places are taken without help.
    """
    pupils, steps = _labels(pupils, "pupils"), _labels(steps, "steps")
    rows = [as_series(row, _("the row of {pupil}").format(pupil=pupil), minimum=0, missing="keep")
            for pupil, row in zip(pupils, _rows(values))]
    if len(_rows(values)) != len(pupils) or any(len(row) != len(steps) for row in rows):
        raise PracticumError(_("There are {pupils} pupils and {steps} steps, but the values have another size. Give one row for each pupil, "
                               "and in it one number for each step.").format(pupils=len(pupils), steps=len(steps)))
    table = np.array(rows, dtype=float)
    for row, column in np.argwhere(~np.isin(table, (0, 1, 2)) & ~np.isnan(table)):
        raise PracticumError(_("{pupil}, step “{step}”: {value:g} is not 0, 1 or 2. Write 0 for shut out, 1 for with help, 2 for takes part, and "
                               "nothing for absent.").format(pupil=pupils[row], step=steps[column], value=table[row, column]))
    for column in np.flatnonzero(np.isnan(table).all(axis=0)):
        raise PracticumError(_("Nothing is known of the step “{step}”. Fill it in, or leave the step out.").format(step=steps[column]))
    return BarrierMatrix(pupils, steps, table)


def _labels(names, what):
    names = tuple(str(name) for name in names)
    if not names:
        raise PracticumError(_("{what} is empty. Give at least one.").format(what=what))
    for name in names:
        if names.count(name) > 1:
            raise PracticumError(_("“{name}” is there {count} times in {what}. Give each one a name of its own.").format(
                name=name, count=names.count(name), what=what))
    return names


def _rows(values):
    return values.to_numpy(dtype=float, na_value=np.nan).tolist() if hasattr(values, "to_numpy") else list(values)


@dataclass(frozen=True)
class BarrierChange(Sentence):
    """What changed from one lesson to the next.

    ``opened``, ``remaining``, ``new`` and ``eased`` are tuples of pairs (pupil, step): shut out before and not after, in both, only
    after; with help before and without it after. They hold pupils and steps that are in both lessons. ``share_open`` holds the
    share of steps open to all before and after, ``shut_out`` the number of pupils shut out of a step: each time of those who were
    there, so a pupil who was shut out and is absent later looks like a change for the better.
    """

    opened: tuple
    remaining: tuple
    new: tuple
    share_open: tuple
    shut_out: tuple
    eased: tuple = ()

    def count(self, kind, step):
        """How many pupils of ``kind`` ("opened", "remaining", "new" or "eased") there are in a step."""
        return sum(place[1] == step for place in getattr(self, kind))

    def __str__(self):
        told = _("Pupils shut out of at least one step: {before} before, {after} after. Barriers removed: {opened}; still there: {remaining}; "
                 "new: {new}.").format(before=self.shut_out[0], after=self.shut_out[1], opened=len(self.opened),
                                       remaining=len(self.remaining), new=len(self.new))
        if not self.new:
            return told
        places = ", ".join(_("{pupil} in “{step}”").format(pupil=pupil, step=step) for pupil, step in self.new)
        return told + " " + _("The new ones: {places}.").format(places=places)


def barrier_change(before, after):
    """Compare two `BarrierMatrix` records of the same class and the same steps: a `BarrierChange`.

    A place counts only where the pupil was there both times. Nothing here says that the repair was the cause: the two lessons
    differ in more than the repair.

    >>> from practicum.access import barrier_matrix
    >>> before = barrier_matrix(["P1", "P2"], ["read", "build"], [[0, 2], [2, 2]])
    >>> after = barrier_matrix(["P1", "P2"], ["read", "build"], [[2, 2], [2, 0]])
    >>> barrier_change(before, after).new
    (('P2', 'build'),)
    """
    if before.steps != after.steps:
        raise PracticumError(_("The two lessons have different steps. Give the steps the same names in the same order."))
    both = [pupil for pupil in before.pupils if pupil in after.pupils]
    if not both:
        raise PracticumError(_("No pupil is in both lessons. Use the same codes both times."))
    places = [(pupil, step, before.values[before.pupils.index(pupil), column], after.values[after.pupils.index(pupil), column])
              for pupil in both for column, step in enumerate(before.steps)]
    known = [(pupil, step, old == SHUT_OUT, now == SHUT_OUT) for pupil, step, old, now in places if not np.isnan(old + now)]
    opened, remaining, new = (tuple((pupil, step) for pupil, step, old, now in known if (old, now) == wanted)
                              for wanted in ((True, False), (True, True), (False, True)))
    eased = tuple((pupil, step) for pupil, step, old, now in places if (old, now) == (WITH_HELP, TAKES_PART))
    return BarrierChange(opened, remaining, new, (before.share_open, after.share_open), (len(before.shut_out), len(after.shut_out)), eased)


# ---- Who gains from an accommodation ------------------------------------------------------------------------

@dataclass(frozen=True)
class Boost(Sentence):
    """Whether pupils with a need gain more from a change than the others.

    ``with_need`` and ``others`` are the mean gains, ``boost`` is the first minus the second; each has an interval (low, high) of the
    given ``level`` under ``with_need_interval``, ``others_interval`` and ``interval``. ``n`` holds the numbers of pupils. ``verdict``
    is "more" where the whole interval of the boost lies above zero, "less" where it lies below, and "open" otherwise.
    """

    with_need: float
    with_need_interval: tuple
    others: float
    others_interval: tuple
    boost: float
    interval: tuple
    n: tuple
    level: float

    @property
    def verdict(self):
        low, high = self.interval
        return "more" if low > 0 else "less" if high < 0 else "open"

    def __str__(self):
        says = {"more": _("The pupils with the need gain more than the others."), "less": _("The pupils with the need gain less than the others."),
                "open": _("It stays open whether the pupils with the need gain more than the others.")}
        return _("Mean gain of the {n} pupils with the need {with_need:.1f}, of the {m} others {others:.1f}; the difference is {boost:.1f}, and anything "
                 "from {low:.1f} to {high:.1f} fits ({level:.0%} interval).").format(
                     n=self.n[0], m=self.n[1], with_need=self.with_need, others=self.others, boost=self.boost, low=self.interval[0],
                     high=self.interval[1], level=self.level).replace(" -", " −") + " " + says[self.verdict]


def differential_boost(gains_with_need, gains_others, *, level=0.95):
    """The gain of pupils with a need minus the gain of the others: a `Boost`, in the unit of the scores.

    A gain is a pupil's score with the change minus the same pupil's score without it, on two equal tests whose order was
    changed about. Missing gains are left out; each group needs two. The interval is Welch's, for groups of unequal spread.
    A boost above zero speaks for a change that removes a barrier; it does not show that the score still means the same.
    Source: li2014readaloud for the idea.

    >>> print(differential_boost([3, 2, 4], [0, 1, 1, -1]).verdict)
    more
    """
    groups = [as_series(gains, name, minimum=2) for gains, name in ((gains_with_need, "gains_with_need"), (gains_others, "gains_others"))]
    level = as_number(level, "level", above=0, below=1)
    if all(np.ptp(group) == 0 for group in groups):
        raise PracticumError(_("In both groups all gains are alike, so there is nothing to tell chance by. Check that these are gains of single pupils."))
    means, variances, counts = (np.array([f(group) for group in groups]) for f in (np.mean, lambda group: group.var(ddof=1) / len(group), len))
    own = [tuple(float(mean + side * t_quantile(level, count - 1) * np.sqrt(variance)) for side in (-1, 1))
           for mean, variance, count in zip(means, variances, counts)]
    boost, half = float(means[0] - means[1]), t_quantile(level, _welch_degrees(variances, counts)) * float(np.sqrt(variances.sum()))
    return Boost(float(means[0]), own[0], float(means[1]), own[1], boost, (boost - half, boost + half), tuple(int(count) for count in counts), level)


def _welch_degrees(variances, counts):
    """The degrees of freedom for the difference of two means; ``variances`` are those of the means."""
    return variances.sum(axis=0) ** 2 / (variances ** 2 / (counts - 1)).sum(axis=0)


@dataclass(frozen=True)
class BoostErrors(Sentence):
    """How often the rule of `differential_boost` errs: ``false_alarm`` and ``miss`` are shares of simulated classes."""

    false_alarm: float
    miss: float
    boost: float
    noise_sd: float
    n: tuple
    classes: int

    def __str__(self):
        return _("Of 100 classes with {n} pupils with the need and {m} others, {alarm:.0f} are told that the first gain more although nobody does; where "
                 "they truly gain {boost:g} more, {miss:.0f} do not learn it (gains jump by {noise:.2g}).").format(
                     n=self.n[0], m=self.n[1], alarm=100 * self.false_alarm, boost=self.boost, miss=100 * self.miss, noise=self.noise_sd)


def boost_errors(*, boost, noise_sd, with_need, others, gain=0, room=None, level=0.95, classes=10_000, seed=1):
    """How often the interval of `differential_boost` misleads, by simulation: `BoostErrors`.

    ``noise_sd`` is the spread of single gains around the group's true gain, in both groups; ``with_need`` and ``others`` say how many
    pupils there are. A false alarm is the verdict "more" where the true boost is zero; a miss is any other verdict where the
    true boost is ``boost``. Gains follow the normal distribution: real gains on a short test are coarser.

    Without ``room`` nobody is near the top of the test. ``room`` holds how far the two groups are from the top on average, the group
    with the need first; each pupil's room lies around it with a standard deviation of 1.5 points, and no gain goes beyond it.
    ``gain`` is then the true gain of both groups, to which the boost is added: equal gains look unequal where one group has less
    room, and more pupils make that error more frequent, not less.

    >>> print(boost_errors(boost=2, noise_sd=1.5, with_need=6, others=16))
    Of 100 classes with 6 pupils with the need and 16 others, 2 are told that the first gain more although nobody does; where they truly gain 2 more, 31 do not learn it (gains jump by 1.5).
    """
    boost, noise_sd = as_number(boost, "boost", above=0), as_number(noise_sd, "noise_sd", above=0)
    counts = np.array([as_count(with_need, "with_need", minimum=2), as_count(others, "others", minimum=2)])
    level, classes = as_number(level, "level", above=0, below=1), as_count(classes, "classes")
    rng = np.random.default_rng(seed)
    drawn = [rng.normal(gain, noise_sd, (classes, count)) for count in counts]
    rooms = [np.inf, np.inf] if room is None else [np.maximum(rng.normal(mean, ROOM_SD, (classes, count)), 0) for mean, count in zip(room, counts)]
    alike = _says_more([np.minimum(group, free) for group, free in zip(drawn, rooms)], counts, level)
    boosted = _says_more([np.minimum(drawn[0] + boost, rooms[0]), np.minimum(drawn[1], rooms[1])], counts, level)
    return BoostErrors(float(np.mean(alike)), float(np.mean(~boosted)), boost, noise_sd, tuple(int(count) for count in counts), classes)


def _says_more(groups, counts, level):
    """For each simulated class whether the whole interval of the boost lies above zero."""
    means = [group.mean(axis=1) for group in groups]
    variances = np.array([group.var(axis=1, ddof=1) / count for group, count in zip(groups, counts)])
    degrees = _welch_degrees(variances, counts[:, None])
    grid = np.linspace(degrees.min(), degrees.max(), 60)
    half = np.interp(degrees, grid, [t_quantile(level, value) for value in grid]) * np.sqrt(variances.sum(axis=0))
    return means[0] - means[1] > half


# ---- Reading a published effect -----------------------------------------------------------------------------

def share_above_average(effect):
    """The share of a group that lies above the average of the comparison group, 0 to 1, when both are normally distributed.

    ``effect`` is a standardized difference between two groups, such as g. 0 gives one half.

    >>> round(share_above_average(0.43), 2)
    0.67
    """
    return NormalDist().cdf(as_number(effect, "effect"))


def before_after_effect(gain, *, spread, correlation):
    """The effect that a single class shows from before to after, when the gain is divided by the spread of the gains.

    ``gain`` is the mean gain and ``spread`` the standard deviation of the scores, in the same unit, equal before and after;
    ``correlation`` says how alike the order of the pupils is both times (-1 to below 1). The result is gain / (spread x square root of
    (2 - 2 x correlation)). It grows without bound as the correlation nears 1, and it holds everything that happened in between: ordinary
    teaching, practice, growing older. It is on another scale than a difference between two groups. Source: morris2002combining.

    >>> before_after_effect(8, spread=10, correlation=0.5)
    0.8
    """
    gain, spread = as_number(gain, "gain"), as_number(spread, "spread", above=0)
    correlation = as_number(correlation, "correlation", minimum=-1, below=1)
    return float(gain / (spread * np.sqrt(2 - 2 * correlation)))
