"""How far the points of two phases overlap: PND, PEM, PET, PAND, IRD and NAP."""

from functools import partial
from math import sqrt

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.single_case.effect import (
    Effect, beyond, check_choice, critical_value, percent, timed_phases, two_phases)
from practicum.single_case.kendall import cross_s
from practicum.single_case.lines import line_through

STANDARD_ERRORS = ("unbiased", "hanley", "null")


def pnd(baseline, treatment, *, improvement="increase"):
    """Percentage of nonoverlapping data: the share of treatment points better than the best baseline point.

    From 0 to 1; higher is better. One unusual baseline point rules it, and it falls as the baseline grows
    longer. No standard error is published. Source: scruggs1987pnd.

    >>> round(pnd([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29]), 3)
    0.714
    """
    a, b = two_phases(baseline, treatment, improvement)
    share = float(np.mean(b > a.max()))
    return Effect(share, _("PND: {percent}% of the treatment points are better than every baseline point.")
                  .format(percent=percent(share)))


def pem(baseline, treatment, *, improvement="increase", ties="half"):
    """Percentage exceeding the median: the share of treatment points better than the baseline's median.

    From 0 to 1; higher is better; 0.5 is what no effect gives. A point on the median counts one half
    (``ties="half"``, pkg_singlecasees) or not at all (``ties="none"``, pkg_scan). It knows neither spread nor
    trend. Source: ma2006pem.

    >>> float(pem([12, 14, 9, 10], [11, 6], improvement="decrease"))
    0.75
    """
    check_choice(ties, ("half", "none"), "ties")
    a, b = two_phases(baseline, treatment, improvement)
    middle = np.median(a)
    share = float(np.mean(b > middle) + (np.mean(b == middle) / 2 if ties == "half" else 0))
    return Effect(share, _("PEM: {percent}% of the treatment points are better than the middle of the baseline.")
                  .format(percent=percent(share)))


def pet(baseline, treatment, *, improvement="increase", line="ols", times=None):
    """Percentage exceeding the trend: the share of treatment points better than the baseline's line foretells.

    From 0 to 1; higher is better. ``line`` is a method of ``trend``: "ols" (pkg_scan) or "bi-split". A point on
    the line does not count. A line from few points, drawn far on, is a weak forecast. Needs two baseline
    points. Source: pkg_scan.

    >>> float(pet([1, 2, 3, 4], [6, 6, 7, 9]))
    0.5
    """
    times_a, a, times_b, b = timed_phases(baseline, treatment, improvement, times)
    share = float(np.mean(beyond(b, line_through(times_a, a, line, "baseline").at(times_b))))
    return Effect(share, _("PET: {percent}% of the treatment points are better than the baseline's trend foretells.")
                  .format(percent=percent(share)))


def pand(baseline, treatment, *, improvement="increase", method="fewest-removed"):
    """Percentage of all nonoverlapping data: the share of all points that need not be removed to end overlap.

    From 0 to 1; higher is better. Two algorithms are published and differ:

    ``"fewest-removed"``: the fewest points are taken out, from either phase, until every baseline point is worse
    than every treatment point. Source: parker2011review, pustejovsky2019procedural.

    ``"sorted"``: all points are put in order and cut where the baseline's length ends; the share of points on
    their own side. Ties go to their own side. It adds the attributes ``table`` (rows: placed low, placed high;
    columns: baseline, treatment), ``phi`` and ``chi_squared``. Source: parker2007pand.

    Several cases are taken together with ``pand_of_cases``.

    >>> round(pand([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29]), 4)
    0.8462
    """
    return pand_of_cases([(baseline, treatment)], improvement=improvement, method=method)


def pand_of_cases(cases, *, improvement="increase", method="fewest-removed"):
    """PAND of several cases: the counts of all cases are added up. See ``pand``.

    ``cases`` is a list of (baseline, treatment) pairs, or a dict of them by name. Source: parker2007pand.

    >>> pand_of_cases([([20, 18, 20], [20, 21, 23]), ([18, 17], [19, 16])], method="sorted").table
    ((4, 1), (1, 4))
    """
    check_choice(method, ("fewest-removed", "sorted"), "method")
    phases = [two_phases(*pair, improvement) for pair in as_cases(cases)]
    lengths = np.array([[len(a), len(b)] for a, b in phases]).sum(axis=0)
    if method == "fewest-removed":
        return _pand(sum(sum(_most_kept(a, b)) for a, b in phases) / lengths.sum())
    misplaced = int(sum(_misplaced(a, b) for a, b in phases))
    m, n = (int(length) for length in lengths)
    phi = ((m - misplaced) * (n - misplaced) - misplaced ** 2) / (m * n)
    return _pand((m + n - 2 * misplaced) / (m + n), phi=phi, chi_squared=(m + n) * phi ** 2,
                 table=((m - misplaced, misplaced), (misplaced, n - misplaced)))


def _pand(share, **details):
    return Effect(share, _("PAND: {percent}% of all points can stay when those that overlap are taken out.")
                  .format(percent=percent(share)), **details)


def as_cases(cases):
    """A list of (baseline, treatment) pairs from a list or a dict of them."""
    pairs = list(cases.values() if isinstance(cases, dict) else cases)
    if not pairs or not all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in pairs):
        raise PracticumError(_("cases must be pairs of a baseline and a treatment, one pair for each case. "
                               "Write for example [([3, 4], [6, 7]), ([2, 5], [6, 8])]."))
    return pairs


def _most_kept(a, b):
    """How many baseline and treatment points stay when the fewest are removed; the most even of equal ways."""
    cuts = np.concatenate(([-np.inf], np.unique(a)))
    low = np.searchsorted(np.sort(a), cuts, side="right")
    high = len(b) - np.searchsorted(np.sort(b), cuts, side="right")
    kept = low + high
    shares = np.abs(low / len(a) - high / len(b))
    best = np.lexsort((shares, -kept))[0]
    return int(low[best]), int(high[best])


def _misplaced(a, b):
    """Baseline points that are not among the lowest m of all points, ties being given to their own phase."""
    order = np.lexsort((np.repeat([0, 1], [len(a), len(b)]), np.concatenate((a, b))))
    return np.count_nonzero(order[len(a):] < len(a))


def ird(baseline, treatment, *, improvement="increase", method="robust"):
    """Improvement rate difference: the share of improved treatment points less that of "improved" baseline points.

    From 0 to 1; higher is better; a change for the worse gives 0 as no change does. What overlaps is found by
    removing the fewest points.

    ``"robust"``: the removals are shared out evenly between the phases, 1 - (m + n)^2 / (2 m n) * (1 - PAND).
    Source: parker2011review.

    ``"original"``: improved treatment points / n - improved baseline points / m; where several removals are
    equally few, the one that keeps the most equal shares of both phases. Source: parker2009ird.

    >>> round(ird([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29]), 4)
    0.6905
    """
    check_choice(method, ("robust", "original"), "method")
    a, b = two_phases(baseline, treatment, improvement)
    m, n = len(a), len(b)
    low, high = _most_kept(a, b)
    value = 1 - (m + n) * (m + n - low - high) / (2 * m * n) if method == "robust" else low / m + high / n - 1
    return Effect(value, _("IRD {value:.2f}: the difference between the rates of improved points in the treatment "
                           "and in the baseline.").format(value=value))


def nap(baseline, treatment, *, improvement="increase", se="unbiased", level=0.95):
    """Nonoverlap of all pairs: the share of pairs of a baseline and a treatment point in which treatment is better.

    From 0 to 1; 0.5 is what no effect gives; ties count one half. It equals U / (m n) of Mann and Whitney.

    ``se``: "unbiased" (Sen 1967, with NAP held 1 / (2 m n) away from 0 and 1; None for a phase of one point),
    "hanley" (hanley1982roc) or "null", right only if there is no effect: sqrt((m + n + 1) / (12 m n)). The
    interval is Newcombe's fifth method (newcombe2006mannwhitney). All of them take the points as independent.
    Source: parker2009nap; standard errors as in pkg_singlecasees.

    >>> effect = nap([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29])
    >>> round(effect, 4), round(effect.standard_error, 4)
    (0.9167, 0.069)
    """
    a, b = two_phases(baseline, treatment, improvement)
    s, pairs = cross_s(a, b), len(a) * len(b)
    value = (s + pairs) / (2 * pairs)
    return Effect(value, _("NAP {value:.2f}: in {percent} of 100 pairs of a baseline and a treatment point, the "
                           "treatment point is better, ties counted by half.").format(value=value, percent=percent(value)),
                  uncertainty=nap_uncertainty(a, b, value, se, level), level=level)


def nap_uncertainty(a, b, value, se, level):
    """What computes the standard error and the interval of NAP, for phases in which higher is better."""
    check_choice(se, STANDARD_ERRORS, "se")
    return partial(_nap_uncertainty, a, b, value, se, critical_value(level))


def _nap_uncertainty(a, b, value, se, z):
    return _nap_error(a, b, value, se), _newcombe(value, len(a), len(b), z)


def _nap_error(a, b, value, se):
    m, n = len(a), len(b)
    if se == "null":
        return sqrt((m + n + 1) / (12 * m * n))
    if se == "unbiased" and min(m, n) == 1:
        return None
    below, upto = (np.searchsorted(np.sort(a), b, side=side) for side in ("left", "right"))
    share_b = (below + upto) / (2 * m)
    sorted_b = np.sort(b)
    share_a = 1 - sum(np.searchsorted(sorted_b, a, side=side) for side in ("left", "right")) / (2 * n)
    per_a, per_b = (np.mean((share - value) ** 2) for share in (share_a, share_b))
    held = min(max(value, 1 / (2 * m * n)), 1 - 1 / (2 * m * n))
    if se == "hanley":
        return sqrt((held * (1 - held) + (n - 1) * per_a + (m - 1) * per_b) / (m * n))
    wins, ties = below.sum() / (m * n), (upto - below).sum() / (m * n)
    within_pairs = wins + ties / 4 - value ** 2
    variance = (held * (1 - held) + n * per_a + m * per_b - 2 * within_pairs) / ((m - 1) * (n - 1))
    return sqrt(max(variance, 0))


def _newcombe(value, m, n, z):
    """The two solutions theta of (value - theta)^2 = variance that method 5 gives to theta."""
    half = (m + n) / 2 - 1

    def excess(theta):
        bracket = 1 + half * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return (value - theta) ** 2 - z ** 2 * theta * (1 - theta) / (m * n) * bracket

    return _edge(excess, 0.0, value), _edge(excess, 1.0, value)


def _edge(excess, outside, inside):
    """Where ``excess`` changes from positive (outside) to zero or less (inside), by halving."""
    for _step in range(60):
        middle = (outside + inside) / 2
        if excess(middle) > 0:
            outside = middle
        else:
            inside = middle
    return inside
