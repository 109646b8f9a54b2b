"""How far the level moves: mean differences, response ratios, percent of goal, reliable change."""

from functools import partial
from math import comb, exp, hypot, log, sqrt
from statistics import NormalDist

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_number
from practicum.single_case.effect import (
    Effect, alike, check_choice, critical_value, direction, normal_uncertainty, percent, spread, two_phases)

# The ratio itself must be a number too.
LARGEST_LOG = 700


def smd(baseline, treatment, *, improvement="increase", method="glass", correction="default", level=0.95):
    """Standardized mean difference within one case, in standard deviations; 0 is no change, higher is better.

    Never compare it with the standardized difference between groups of a trial.

    ``method``, the standard deviation divided by: "glass", the baseline's; "hedges", the pooled one (n - 1
    weights); "cohen", the root of the mean of the two variances.

    ``correction`` for few points: "hedges", 1 - 3 / (4 df - 1) with df = m - 1 for "glass" and m + n - 2
    otherwise; "durlak", (N - 3) / (N - 2.25) * sqrt((N - 2) / N); "none". "default" corrects "hedges" only.

    Standard error and interval, for independent points, as in pkg_singlecasees; None for "cohen" and "durlak".
    Source: book_scan, pkg_singlecasees.

    >>> a, b = [54, 53, 56, 58, 52], [61, 62, 71, 66, 64, 78, 70, 74, 82, 77, 86, 68, 80, 86, 87]
    >>> round(smd(a, b), 2), round(smd(a, b, method="hedges", correction="none"), 2)
    (8.11, 2.45)
    """
    check_choice(method, ("glass", "hedges", "cohen"), "method")
    check_choice(correction, ("default", "none", "hedges", "durlak"), "correction")
    a, b = two_phases(baseline, treatment, improvement, minimum=2)
    if correction == "default":
        correction = "hedges" if method == "hedges" else "none"
    factor = _small_sample(correction, len(a), len(b), method)
    value = float(factor * (b.mean() - a.mean()) / _divisor(a, b, method))
    known = method != "cohen" and correction != "durlak"
    return Effect(value, _("The level moves by {value:+.2f} standard deviations; plus means improvement.")
                  .format(value=value),
                  uncertainty=partial(_smd_uncertainty, a, b, value, method, factor, critical_value(level))
                  if known else None, level=level)


def _divisor(a, b, method):
    if method == "glass":
        return spread(a, "baseline")
    if alike(a) and alike(b):
        raise PracticumError(_("baseline and treatment: the points of each phase are all alike, so there is no spread "
                               "to divide by. Use a measure that needs none, such as nap or tau."))
    weights = (len(a) - 1, len(b) - 1) if method == "hedges" else (1, 1)
    return sqrt((weights[0] * a.var(ddof=1) + weights[1] * b.var(ddof=1)) / sum(weights))


def _small_sample(correction, m, n, method):
    if correction == "none":
        return 1.0
    if correction == "durlak":
        return (m + n - 3) / (m + n - 2.25) * sqrt((m + n - 2) / (m + n))
    freedom = m - 1 if method == "glass" else m + n - 2
    return 1 - 3 / (4 * freedom - 1)


def _smd_uncertainty(a, b, value, method, factor, z):
    m, n = len(a), len(b)
    if method == "glass":
        parts = 1 / sqrt(m), b.std(ddof=1) / a.std(ddof=1) / sqrt(n), value / sqrt(2 * (m - 1))
    else:
        parts = 1 / sqrt(m), 1 / sqrt(n), value / sqrt(2 * (m + n - 2))
    return normal_uncertainty(value, factor * hypot(*parts), z)


def lrr(baseline, treatment, *, improvement="increase", corrected=True, floor=None, level=0.95):
    """Log response ratio: ln(mean of treatment / mean of baseline); 0 is no change, higher is better.

    For counts, rates and times, where zero means none at all; points may not be negative. For "decrease" the
    sign is turned, so that plus is improvement. The attribute ``percent_change`` is the change itself, from
    -100 upwards, with the sign of the change in the points.

    ``corrected`` adds the small-sample term s^2 / (2 n mean^2) for each phase. ``floor`` is the constant D that
    keeps a mean of zero computable: means are held at 1 / (2 D n) and variances at 1 / (D^2 n^3); D is 1 for
    counts, the minutes observed for rates per minute, the number of intervals for proportions, a hundredth of
    that number for percentages. Without it a mean of zero is an error. The corrected form and the standard
    error need two points in each phase.
    Source: pustejovsky2018lrr.

    >>> effect = lrr([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29], corrected=False)
    >>> round(effect, 4), round(effect.percent_change, 1)
    (0.1959, 21.6)
    """
    a, b = _ratio_phases(baseline, treatment, minimum=2 if corrected else 1)
    floor = None if floor is None else as_number(floor, "floor", above=0)
    (log_a, variance_a), (log_b, variance_b) = _log_mean(a, floor, "baseline"), _log_mean(b, floor, "treatment")
    ratio = log_b - log_a + ((variance_b - variance_a) / 2 if corrected else 0)
    value = direction(improvement) * ratio
    known = min(len(a), len(b)) > 1
    return _ratio_effect("LRR", ratio, value, sqrt(variance_a + variance_b) if known else None, level)


def _ratio_phases(baseline, treatment, *, minimum=1):
    phases = two_phases(baseline, treatment, "increase", minimum=minimum)
    for name, points in zip(("baseline", "treatment"), phases):
        if points.min() < 0:
            raise PracticumError(_("{name} has a negative point. A ratio needs a scale whose zero means none at all."
                                   ).format(name=name))
    return phases


def _log_mean(points, floor, name):
    """ln(mean), and the variance of that."""
    n, mean, variance = len(points), points.mean(), points.var(ddof=1) if len(points) > 1 else 0.0
    if floor is not None:
        mean, variance = max(mean, 1 / (2 * floor * n)), max(variance, 1 / (floor ** 2 * n ** 3))
    if not mean > 0:
        raise PracticumError(_("{name}: the mean is zero, and a ratio with zero has no logarithm. Give floor (1 for "
                               "counts), or use nap.").format(name=name))
    return log(mean), float(variance / mean ** 2 / n)


def _ratio_effect(name, ratio, value, standard_error, level):
    if abs(ratio) > LARGEST_LOG:
        raise PracticumError(_("The points are too far apart in size to compute with. Check them for slips."))
    change, z = 100 * (exp(ratio) - 1), critical_value(level)
    uncertainty = None if standard_error is None else partial(normal_uncertainty, value, standard_error, z)
    return Effect(value, _("{name} {value:.2f}: the level changes by {change:+.0f}%.").format(
        name=name, value=value, change=change), uncertainty=uncertainty, level=level, percent_change=change)


def lrm(baseline, treatment, *, improvement="increase", level=0.95):
    """Log ratio of medians: ln(median of treatment / median of baseline); 0 is no change, higher is better.

    For skewed times. Signs and ``percent_change`` as in ``lrr``. The standard error comes from two ordered points
    in each phase; it is None for a phase of one point, or where one of those ordered points is zero.
    Source: bonett2020ratio.

    >>> round(lrm([10, 12, 40], [5, 6, 30], improvement="decrease").percent_change)
    -50
    """
    a, b = _ratio_phases(baseline, treatment)
    for name, points in (("baseline", a), ("treatment", b)):
        if not np.median(points) > 0:
            raise PracticumError(_("{name}: the median is zero, and a ratio with zero has no logarithm. Use nap."
                                   ).format(name=name))
    ratio = log(np.median(b)) - log(np.median(a))
    errors = [_log_median_error(np.sort(points)) for points in (a, b)]
    error = None if None in errors else sqrt(errors[0] ** 2 + errors[1] ** 2)
    return _ratio_effect("LRM", ratio, direction(improvement) * ratio, error, level)


def _log_median_error(points):
    """The standard error of ln(median) of sorted points."""
    n = len(points)
    low = max(1, round(n / 2 - sqrt(n)))
    if n == 1 or points[low - 1] == 0:
        return None
    tail = sum(comb(n, i) for i in range(low)) / 2 ** n
    return (log(points[n - low]) - log(points[low - 1])) / (2 * NormalDist().inv_cdf(1 - tail))


def pogo(baseline, treatment, *, goal, improvement=None, level=0.95):
    """Percent of goal obtained: 100 * (mean of treatment - mean of baseline) / (goal - mean of baseline).

    0 is no change, 100 the goal reached, more than 100 the goal passed; higher is better. Set the goal before
    the treatment begins. The goal tells the direction; ``improvement``, if given, is checked against it.
    The standard error, for independent points, needs two points in each phase. Source: ferron2020pogo;
    standard error: patrona2022pogo.

    >>> round(pogo([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29], goal=25), 2)
    210.2
    """
    a, b = two_phases(baseline, treatment, "increase")
    way = as_number(goal, "goal") - float(a.mean())
    if way == 0:
        raise PracticumError(_("goal is the mean of the baseline, so there is no way to go. Give a goal that is still "
                               "to be reached."))
    if improvement is not None and way * direction(improvement) < 0:
        raise PracticumError(_("goal is {goal} and the baseline's mean {mean:.2f}: on that way the points cannot "
                               "{improvement}. Check the goal, or leave improvement out.")
                             .format(goal=goal, mean=a.mean(), improvement=improvement))
    share = float(b.mean() - a.mean()) / way
    return Effect(100 * share, _("PoGO: {percent}% of the way from the baseline to the goal.")
                  .format(percent=percent(share)),
                  uncertainty=partial(_pogo_uncertainty, a, b, share, way, critical_value(level))
                  if min(len(a), len(b)) > 1 else None, level=level)


def _pogo_uncertainty(a, b, share, way, z):
    error_a, error_b = (float(points.std(ddof=1)) / sqrt(len(points)) for points in (a, b))
    error = 100 / abs(way) * hypot(error_a, error_b, share * error_a)
    return normal_uncertainty(100 * share, error, z)


def reliable_change(baseline, treatment, *, reliability, improvement="increase", method="difference"):
    """Reliable change index: the mean difference divided by its standard error of measurement.

    0 is no change, higher is better; 1.96 or more would be rare (5%) for a pupil who has not changed.
    ``reliability`` of the test is between 0 and 1.

    ``"difference"``: divided by SEM * sqrt(2), where SEM = sd of the baseline * sqrt(1 - reliability).
    Source: jacobson1991rci. ``"measurement"``: divided by SEM. Source: book_scan. The index was made for single
    tests before and after with the sd of a norm group; with the sd of one pupil's few points read it with care.

    >>> a, b = [54, 53, 56, 58, 52], [61, 62, 71, 66, 64, 78, 70, 74, 82, 77, 86, 68, 80, 86, 87]
    >>> round(reliable_change(a, b, reliability=0.8), 3)
    12.824
    """
    check_choice(method, ("difference", "measurement"), "method")
    a, b = two_phases(baseline, treatment, improvement)
    error = spread(a, "baseline") * sqrt(1 - as_number(reliability, "reliability", above=0, below=1))
    value = float(b.mean() - a.mean()) / (error * (sqrt(2) if method == "difference" else 1))
    return Effect(value, _("Reliable change index {value:.2f}; 1.96 or more is rarely an error of measurement.")
                  .format(value=value))
