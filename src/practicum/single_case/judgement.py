"""Rules and tests that ask whether a change could be chance: dual criterion, binomial, randomization."""

from dataclasses import dataclass
from itertools import permutations
from math import comb, factorial, isfinite, prod

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_count, as_number, as_series
from practicum.single_case.effect import ROUNDING, beyond, check_choice, direction, timed_phases
from practicum.single_case.lines import line_through
from practicum.single_case.overlap import as_cases


def binomial_p(successes, total):
    """The chance of at least this many successes in ``total`` even throws: a one-sided p.

    Source: book_scan.

    >>> round(binomial_p(15, 15), 7)
    3.05e-05
    """
    successes, total = as_count(successes, "successes", minimum=0), as_count(total, "total")
    if successes > total:
        raise PracticumError(_("successes is {successes}, more than total, {total}. Give the part first, then the "
                               "whole.").format(successes=successes, total=total))
    # The shorter of the two tails keeps long series fast and exact.
    if successes > total // 2:
        return sum(comb(total, k) for k in range(successes, total + 1)) / 2 ** total
    return 1 - sum(comb(total, k) for k in range(successes)) / 2 ** total


@dataclass(frozen=True)
class DualCriterion:
    """How many of the ``total`` treatment ``points`` are beyond both lines, and the binomial ``p`` of that."""

    points: int
    total: int
    p: float

    def __str__(self):
        return _("{points} of {total} treatment points are better than both lines (p = {p:.3f}).").format(
            points=self.points, total=self.total, p=self.p)


def conservative_dual_criterion(baseline, treatment, *, improvement="increase", line="ols", shift=0.25, times=None):
    """Treatment points better than both the baseline's mean line and its trend line, each moved by ``shift`` sd.

    Below .05, p is read as a systematic change; the binomial p takes the points as independent, which they
    seldom are. ``shift=0`` is the plain dual criterion. ``line`` is a method of ``trend``: "ols" or, as in one
    worked example, "bi-split". Needs two baseline points. Source: fisher2003cdc, pkg_scan.

    >>> print(conservative_dual_criterion([4, 5, 4, 6], [8, 9, 11, 9, 12]))
    5 of 5 treatment points are better than both lines (p = 0.031).
    """
    times_a, a, times_b, b = timed_phases(baseline, treatment, improvement, times)
    trend_line = line_through(times_a, a, line, "baseline").at(times_b)
    up = as_number(shift, "shift", minimum=0) * a.std(ddof=1)
    points = np.count_nonzero(beyond(b, trend_line + up) & beyond(b, np.full(len(b), a.mean() + up)))
    return DualCriterion(points, len(b), binomial_p(points, len(b)))


# Randomization tests

STATISTICS = {"mean": np.mean, "median": np.median}


@dataclass(frozen=True, eq=False)
class RandomizationTest:
    """Where the observed difference stands among those of all admissible arrangements.

    ``observed`` difference of treatment and baseline, plus meaning improvement; ``p``: share of arrangements
    with a difference at least as large; ``arrangements`` that the design admitted; ``distribution``: their
    differences (or those of the arrangements drawn); ``exact``: whether all of them were computed.
    """

    observed: float
    p: float
    arrangements: int
    distribution: np.ndarray
    exact: bool

    @property
    def smallest_p(self):
        """The smallest p that this design can give."""
        return 1 / (self.arrangements if self.exact else len(self.distribution) + 1)

    def __str__(self):
        return _("p = {p:.3f}: that share of {arrangements} possible arrangements gives a difference at least as "
                 "large as the observed {observed:+.2f}. The smallest possible p is {smallest:.3f}.").format(
                     p=self.p, arrangements=self.arrangements, observed=self.observed, smallest=self.smallest_p)


def randomization_test(baseline, treatment, *, improvement="increase", statistic="mean", minimum=5,
                       start_points=None):
    """Randomization test of one AB series whose first treatment session was drawn by lot.

    The test is right only if the start really was drawn. ``minimum`` sessions had to be in each phase, or the
    draw was among ``start_points`` (numbers of the first treatment session, from 1). ``statistic``: "mean" or
    "median", or a function of two phases whose result is higher for the better. A missing point keeps its
    session. Source: onghena2020onebyone, book_scan.

    >>> test = randomization_test([2, 3, 2, 3], [7, 8, 7, 9], minimum=2)
    >>> test.arrangements, test.p
    (5, 0.2)
    """
    points, start = _sessions(baseline, treatment, improvement)
    starts = _admissible(start, len(points), minimum, start_points)
    differences = np.array([_difference(points, one, statistic) for one in starts])
    return tested(differences[starts.index(start)], differences, len(starts))


def randomization_test_of_cases(cases, *, improvement="increase", statistic="mean", minimum=5, start_points=None,
                                design="start-points", draws=10_000, seed=1):
    """Randomization test of a multiple baseline across cases; the statistic is the mean difference of the cases.

    ``cases``: a list of (baseline, treatment) pairs or a dict of them by name.

    ``design``: what was drawn by lot. "start-points": each case's start on its own, among ``minimum`` or among
    ``start_points`` (one list for each case). Source: levin2018randomization. "order": which case took which of
    the given start points; all series must be equally long. Source: levin2018randomization.

    Up to ``draws`` arrangements are all computed; of more, ``draws`` are drawn (``seed``), and
    p = (1 + those at least as large) / (1 + draws).

    >>> cases = [([2, 3, 2, 3], [7, 8, 7, 9]), ([4, 4, 5, 4, 4], [8, 9, 8])]
    >>> randomization_test_of_cases(cases, minimum=3).arrangements
    9
    """
    check_choice(design, ("start-points", "order"), "design")
    draws, series = as_count(draws, "draws"), [_sessions(*pair, improvement) for pair in as_cases(cases)]
    if design == "order":
        rows, count = _by_order(series, statistic), factorial(len(series))
        real = [row[place] for place, row in enumerate(rows)]
        sums = _order_sums if count <= draws else _drawn_order_sums
    else:
        starts = _admissible_of_cases(series, minimum, start_points)
        rows = [np.array([_difference(points, one, statistic) for one in own])
                for (points, _start), own in zip(series, starts)]
        count = prod(len(row) for row in rows)
        real = [row[own.index(start)] for row, own, (_points, start) in zip(rows, starts, series)]
        sums = _all_sums if count <= draws else _drawn_sums
    totals = sums(rows, draws, np.random.default_rng(seed))
    return tested(sum(real) / len(rows), totals / len(rows), count)


def _sessions(baseline, treatment, improvement):
    """All sessions of a case, turned so that higher is better, and the place (from 0) where treatment starts."""
    sign = direction(improvement)
    a, b = as_series(baseline, "baseline", missing="keep"), as_series(treatment, "treatment", missing="keep")
    return sign * np.concatenate((a, b)), len(a)


def _admissible(start, sessions, minimum, start_points):
    """The places (from 0) at which the treatment could have started."""
    if start_points is None:
        minimum = as_count(minimum, "minimum")
        starts = list(range(minimum, sessions - minimum + 1))
    else:
        starts = sorted({as_count(point, "start_points", minimum=2) - 1 for point in start_points})
    if start not in starts or starts[-1] >= sessions:
        raise PracticumError(
            _("The treatment starts at session {start} of {sessions}, which is not among the starts that you allow, or "
              "these go past the end. Change minimum or start_points to what the lot was drawn from.")
            .format(start=start + 1, sessions=sessions))
    return starts


def _admissible_of_cases(series, minimum, start_points):
    lists = [None] * len(series) if start_points is None else list(start_points)
    if len(lists) != len(series):
        raise PracticumError(_("start_points needs one list of sessions for each of the {count} cases.")
                             .format(count=len(series)))
    return [_admissible(start, len(points), minimum, own) for (points, start), own in zip(series, lists)]


def _difference(points, start, statistic):
    phases = [part[~np.isnan(part)] for part in (points[:start], points[start:])]
    if not all(phase.size for phase in phases):
        raise PracticumError(_("With the start at session {start} one phase has missing points only. "
                               "Leave this start out of start_points.").format(start=start + 1))
    if callable(statistic):
        value = float(statistic(*phases))
        if not isfinite(value):
            raise PracticumError(_("With the start at session {start} the statistic gives no number."
                                   ).format(start=start + 1))
        return value
    check_choice(statistic, STATISTICS, "statistic")
    center = STATISTICS[statistic]
    return float(center(phases[1]) - center(phases[0]))


def _by_order(series, statistic):
    """For each case (row) its difference at each of the start points of the cases (column)."""
    if len({len(points) for points, _start in series}) > 1:
        raise PracticumError(_('design="order" needs series of the same length. Use design="start-points".'))
    return np.array([[_difference(points, start, statistic) for _points, start in series] for points, _start in series])


def _all_sums(rows, _draws, _rng):
    totals = np.zeros(1)
    for row in rows:
        totals = np.add.outer(totals, row).ravel()
    return totals


def _drawn_sums(rows, draws, rng):
    return sum(row[rng.integers(len(row), size=draws)] for row in rows)


def _order_sums(rows, _draws, _rng):
    orders = np.array(list(permutations(range(len(rows)))))
    return rows[np.arange(len(rows)), orders].sum(axis=1)


def _drawn_order_sums(rows, draws, rng):
    orders = rng.permuted(np.tile(np.arange(len(rows)), (draws, 1)), axis=1)
    return rows[np.arange(len(rows)), orders].sum(axis=1)


def tested(observed, distribution, arrangements):
    """The test's result; a distribution shorter than the arrangements was drawn from them."""
    exact = len(distribution) == arrangements
    margin = ROUNDING * np.abs(distribution).max()
    as_large = int(np.count_nonzero(distribution >= observed - margin))
    p = as_large / arrangements if exact else (1 + as_large) / (1 + len(distribution))
    return RandomizationTest(float(observed), p, arrangements, distribution, exact)
