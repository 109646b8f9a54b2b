"""What every measure of this package shares: two clean phases, and a number that carries its uncertainty."""

from functools import cached_property
from math import isfinite
from statistics import NormalDist

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_number, as_pair, as_series, as_times

# What is smaller than this share of the scores' size is rounding error: a point there lies on the line.
ROUNDING = 1e-9
# The square of what is smaller than this underflows.
SQUARABLE = 1e-150


class Effect(float):
    """An effect size: a number to compute with, which prints as a sentence.

    ``standard_error`` is a float and ``interval`` a pair (low, high) at ``level``; they are None where none is
    published, or where the phases are too short for it. They are computed when first asked for. Some measures
    add further attributes; their own text names them.
    """

    def __new__(cls, value, sentence="", *, uncertainty=None, level=None, **details):
        self = super().__new__(cls, value + 0.0)  # a minus before a zero would puzzle the reader
        if not isfinite(self):
            raise PracticumError(_("The points are too far apart in size to compute with. Check them for slips."))
        vars(self).update(details, sentence=sentence, level=level, _uncertainty=uncertainty)
        return self

    @cached_property
    def _spread(self):
        return (None, None) if self._uncertainty is None else self._uncertainty()

    @property
    def standard_error(self):
        return self._spread[0]

    @property
    def interval(self):
        return self._spread[1]

    def __str__(self):
        if self.interval is None:
            return self.sentence
        low, high = (f"{bound:.2f}" for bound in self.interval)
        return _("{sentence} {level}% interval: {low} to {high}.").format(
            sentence=self.sentence, level=f"{100 * self.level:g}", low=low, high=high)


def direction(improvement):
    """1 where improvement means more, -1 where it means less."""
    check_choice(improvement, ("increase", "decrease"), "improvement")
    return 1 if improvement == "increase" else -1


def two_phases(baseline, treatment, improvement, *, minimum=1):
    """Both phases without missing points, turned so that higher is better."""
    sign = direction(improvement)
    return (sign * as_series(baseline, "baseline", minimum=minimum),
            sign * as_series(treatment, "treatment", minimum=minimum))


def timed_phases(baseline, treatment, improvement, times=None, *, minimum=1):
    """Times and points of both phases, ``(times_a, a, times_b, b)``, turned so that higher is better.

    Without ``times`` the sessions count 0, 1, 2, ... through both phases, and a missing point keeps its session.
    """
    sign = direction(improvement)
    a, b = as_series(baseline, "baseline", missing="keep"), as_series(treatment, "treatment", missing="keep")
    when = session_times(times, len(a) + len(b))
    times_a, a = as_pair(when[:len(a)], a, scores_name="baseline", minimum=minimum)
    times_b, b = as_pair(when[-len(b):], b, scores_name="treatment", minimum=minimum)
    return times_a, sign * a, times_b, sign * b


def session_times(times, count):
    """``times`` in weeks, or the session numbers from 0 where there are none; they may not run backwards."""
    if times is None:
        return np.arange(count, dtype=float)
    when = as_times(times, "times")
    if len(when) != count:
        raise PracticumError(
            _("times has {times} places, but there are {count} sessions. Give one time for each session, "
              "first those of the baseline, then those of the treatment.").format(times=len(when), count=count))
    if np.any(np.diff(when[~np.isnan(when)]) < 0):
        raise PracticumError(_("times run backwards. Give the sessions in the order in which they took place."))
    return when


def check_choice(value, choices, name):
    if value not in choices:
        raise PracticumError(
            _("{name} is {value!r}. Choose one of: {choices}.")
            .format(name=name, value=value, choices=", ".join(choices)))


def critical_value(level):
    """The normal quantile that belongs to a two-sided interval of this level."""
    return NormalDist().inv_cdf((1 + as_number(level, "level", above=0, below=1)) / 2)


def normal_uncertainty(value, standard_error, z):
    """Standard error and the interval value - z * SE to value + z * SE."""
    return standard_error, (value - z * standard_error, value + z * standard_error)


def spread(points, name):
    """The standard deviation (n - 1) of one phase, which must not be zero."""
    as_series(points, name, minimum=2)
    if alike(points):
        raise PracticumError(
            _("{name}: all points are alike, so there is no spread to divide by. "
              "Use a measure that needs none, such as nap or tau.").format(name=name))
    return float(points.std(ddof=1))


def alike(points):
    """Whether the points differ by no more than rounding error, or so little that the square is nothing."""
    return np.ptp(points) <= max(ROUNDING * np.abs(points).max(), SQUARABLE)


def beyond(points, line):
    """Where the points lie above the line by more than rounding error."""
    size = max(np.abs(points).max(initial=0), np.abs(line).max(initial=0))
    return points - line > ROUNDING * size


def percent(share):
    return f"{100 * share:.0f}"
