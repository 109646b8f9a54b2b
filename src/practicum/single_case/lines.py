"""Straight lines through the points of one phase."""

from dataclasses import dataclass

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_pair, as_series
from practicum.single_case.effect import check_choice, session_times
from practicum.single_case.kendall import trend_s

LINES = ("ols", "theil-sen", "bi-split", "tri-split")
# Up to this many points all pairs are listed; beyond it the median slope is found without listing them.
LISTED = 2000


@dataclass(frozen=True)
class Line:
    """A straight line: ``start`` is its value at time 0, ``rate`` the change per session (or per week)."""

    start: float
    rate: float

    def at(self, times):
        """The line's values at ``times``."""
        return self.start + self.rate * np.asarray(times, dtype=float)

    def __str__(self):
        return _("The line starts at {start:.2f} and changes by {rate:+.2f} from one session to the next."
                 ).format(start=self.start, rate=self.rate)


def trend(series, *, times=None, method="ols"):
    """The straight line through the points of one phase, as a ``Line``.

    Without ``times`` the sessions count 0, 1, 2, ...; a missing point keeps its session.

    ``"ols"``: least squares. ``"theil-sen"``: the median slope of all pairs of points at different times, through
    the median of what is left (theil1950rank, sen1968tau). ``"bi-split"``: joins the median times and points of
    the two halves; with an odd number the middle point belongs to neither. ``"tri-split"``: the same for the
    outer thirds; of two points left over, each outer third takes one (hutton1992trend).

    >>> trend([58, 56, 60, 63, 51, 45, 44, 59, 45, 39]).rate
    -1.915151515151515
    """
    points = as_series(series, "series", missing="keep")
    return line_through(*as_pair(session_times(times, len(points)), points, scores_name="series"), method, "series")


def line_through(times, points, method, name):
    """The line of ``method`` through clean points; ``name`` is the argument they came from."""
    check_choice(method, LINES, "line" if name == "baseline" else "method")
    least = 3 if method == "tri-split" else 2
    if len(points) < least or times[0] == times[-1]:
        raise PracticumError(
            _("{name}: a trend line needs at least {least} points at different times.").format(name=name, least=least))
    if method in ("bi-split", "tri-split"):
        return _split_line(times, points, len(points) // 2 if method == "bi-split" else (len(points) + 1) // 3, name)
    if method == "theil-sen":
        rate = median_slope(times, points)
        return Line(float(np.median(points - rate * times)), rate)
    apart = times - times.mean()
    rate = float(apart @ (points - points.mean()) / (apart @ apart))
    return Line(float(points.mean() - rate * times.mean()), rate)


def _split_line(times, points, outer, name):
    first, last = np.median(times[:outer]), np.median(times[-outer:])
    if first == last:
        raise PracticumError(_("{name}: too many points at the same time for a trend line.").format(name=name))
    level = np.median(points[:outer])
    rate = float((np.median(points[-outer:]) - level) / (last - first))
    return Line(float(level - rate * first), rate)


def median_slope(times, points):
    """The median of the slopes of all pairs of points at different times."""
    if len(points) > LISTED and np.all(np.diff(times) > 0):
        return _searched_median_slope(times, points)
    first, second = np.triu_indices(len(points), k=1)
    apart = times[second] - times[first]
    kept = apart > 0
    return float(np.median((points[second] - points[first])[kept] / apart[kept]))


def _searched_median_slope(times, points):
    """The median slope, by halving the range of slopes: Kendall's S tells how many pairs are steeper than a slope."""
    steps = np.diff(points) / np.diff(times)
    low, high = (_turn(times, points, steps.min(), steps.max(), bound) for bound in (0, -1))
    return float((low + high) / 2)


def _turn(times, points, low, high, bound):
    """Where the steeper pairs less the flatter ones cease to outnumber ``bound``."""
    for _step in range(60):
        middle = (low + high) / 2
        if trend_s(points - middle * times) > bound:
            low = middle
        else:
            high = middle
    return high
