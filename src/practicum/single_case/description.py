"""What one sees on the graph, in numbers: level, trend, variability, immediacy, overlap, consistency."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_count, as_series
from practicum.single_case.effect import Effect, alike, direction, timed_phases
from practicum.single_case.lines import Line, line_through
from practicum.single_case.overlap import nap, pnd


@dataclass(frozen=True)
class Phase:
    """One phase in numbers, in the scores' units.

    ``n`` points and ``missing`` ones; ``sd`` (n - 1) is None for one point, ``trend`` (a least-squares ``Line``)
    for fewer than two points at different times. ``stable`` is the share of the points within 25% of the median;
    80% or more is called stable (lane2014visual).
    """

    n: int
    missing: int
    mean: float
    median: float
    sd: float | None
    minimum: float
    maximum: float
    trend: Line | None
    stable: float


@dataclass(frozen=True)
class PhaseSummary:
    """The numbers of two phases: ``baseline`` and ``treatment``, each a ``Phase``."""

    baseline: Phase
    treatment: Phase

    def __str__(self):
        return _("Baseline: mean {mean_a:.2f}, median {median_a:.2f} (points: {m}). "
                 "Treatment: mean {mean_b:.2f}, median {median_b:.2f} (points: {n}).").format(
                     m=self.baseline.n, mean_a=self.baseline.mean, median_a=self.baseline.median,
                     n=self.treatment.n, mean_b=self.treatment.mean, median_b=self.treatment.median)


def phase_summary(baseline, treatment, *, times=None):
    """Counts, means, medians, spreads and trends of both phases, as a ``PhaseSummary``.

    Without ``times`` the sessions count 0, 1, 2, ... through both phases. Source: book_scan.

    >>> phase_summary([54, 53, 56, 58, 52], [61, 62, 71]).baseline.mean
    54.6
    """
    baseline = as_series(baseline, "baseline", missing="keep")
    treatment = as_series(treatment, "treatment", missing="keep")
    times_a, a, times_b, b = timed_phases(baseline, treatment, "increase", times)
    return PhaseSummary(_phase(times_a, a, len(baseline)), _phase(times_b, b, len(treatment)))


def _phase(times, points, sessions):
    middle = float(np.median(points))
    return Phase(
        n=len(points), missing=sessions - len(points), mean=float(points.mean()), median=middle,
        sd=float(points.std(ddof=1)) if len(points) > 1 else None,
        minimum=float(points.min()), maximum=float(points.max()),
        trend=line_through(times, points, "ols", "series") if times[0] < times[-1] else None,
        stable=float(np.mean(np.abs(points - middle) <= abs(middle) / 4)))


def autocorrelation(series, lag=1):
    """How alike points are that lie ``lag`` sessions apart: from -1 to 1, 0 when they are unrelated.

    The sum of lagged products of deviations from the mean over the sum of squares. A missing point keeps its
    session; the products it belongs to are left out. Short series pull it below 0. Source: book_scan.

    >>> round(autocorrelation([58, 56, 60, 63, 51, 45, 44, 59, 45, 39]), 2)
    0.29
    """
    points = as_series(series, "series", minimum=2, missing="keep")
    lag = as_count(lag, "lag")
    if lag >= len(points):
        raise PracticumError(_("lag is {lag}, but the series has {count} sessions. Give a smaller lag.")
                             .format(lag=lag, count=len(points)))
    apart = points - np.nanmean(points)
    if alike(points[~np.isnan(points)]):
        raise PracticumError(_("series: all points are alike, so they have no autocorrelation."))
    return float(np.nansum(apart[lag:] * apart[:-lag]) / np.nansum(apart ** 2))


@dataclass(frozen=True)
class VisualAnalysis:
    """The features of a graph of two phases; ``summary`` holds each phase's level, trend and variability.

    ``level``: median of treatment less median of baseline. ``immediacy``: median of the first three treatment
    points less median of the last three baseline points. ``trend_change``: difference of the least-squares
    rates, None where a phase has no trend. These three are turned so that plus is improvement.
    ``variability``: sd of treatment / sd of baseline, below 1 where treatment is steadier, None where unknown.
    ``overlap``: NAP; ``pnd``: PND.
    """

    summary: PhaseSummary
    level: float
    trend_change: float | None
    variability: float | None
    immediacy: float
    overlap: Effect
    pnd: Effect

    def __str__(self):
        return _("The level moves by {level:+.2f} and at once by {immediacy:+.2f} (plus means improvement). {overlap}"
                 ).format(level=self.level, immediacy=self.immediacy, overlap=self.overlap.sentence)


def visual_analysis(baseline, treatment, *, improvement="increase", times=None, recent=3):
    """The features that analysts look for on a graph of two phases, as a ``VisualAnalysis``.

    ``recent`` points on each side of the change make the immediacy. Analysts agree only moderately: use it to
    look more closely, not to decide. Consistency needs several phases: see ``consistency``.
    Source: wwc2022handbook, lane2014visual, ninci2015visual.

    >>> visual_analysis([3, 1, 0, 1, 3], [16, 11, 13, 15, 10]).immediacy
    12.0
    """
    sign, recent = direction(improvement), as_count(recent, "recent")
    _times_a, a, _times_b, b = timed_phases(baseline, treatment, improvement, times)
    summary = phase_summary(baseline, treatment, times=times)
    lines = summary.baseline.trend, summary.treatment.trend
    return VisualAnalysis(
        summary=summary, level=float(np.median(b) - np.median(a)),
        trend_change=None if None in lines else sign * (lines[1].rate - lines[0].rate),
        variability=float(b.std(ddof=1) / a.std(ddof=1)) if len(a) > 1 < len(b) and not alike(a) else None,
        immediacy=float(np.median(b[:recent]) - np.median(a[-recent:])),
        overlap=nap(a, b), pnd=pnd(a, b))


def consistency(*phases):
    """How alike phases of the same condition are: 1 where they overlap wholly, 0 where they lie apart.

    Give two or more phases, for example both baselines of an ABAB design. The result is 1 - |2 NAP - 1| of the
    two phases that differ most. The handbook looks at NAP between two baselines (wwc2022handbook); no cut-off
    is given here.

    >>> round(consistency([15, 10, 14, 17, 13, 12], [9, 9, 11, 15, 20]), 3)
    0.767
    """
    if len(phases) < 2:
        raise PracticumError(_("Consistency compares two or more phases of the same condition. Give at least two."))
    phases = [as_series(phase, _("phase {number}").format(number=number)) for number, phase in enumerate(phases, 1)]
    value = min(1 - abs(2 * nap(*pair) - 1) for pair in combinations(phases, 2))
    return Effect(value, _("Consistency {value:.2f}: 1 means that phases of the same condition overlap wholly.")
                  .format(value=value))
