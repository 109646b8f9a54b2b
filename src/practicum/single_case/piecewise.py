"""Piecewise regression: a line through each phase, and the step between them."""

from dataclasses import dataclass

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.single_case.effect import timed_phases


@dataclass(frozen=True)
class PiecewiseRegression:
    """Two lines through two phases, in the scores' units and own direction.

    ``start``: level at time 0; ``trend``: change per session in the baseline; ``level_change``: the step at the
    first treatment session; ``slope_change``: how much the change per session differs in the treatment.
    ``standard_errors`` of these four in this order (ordinary least squares, independent points), None when no
    points are left over; ``r_squared``; ``freedom``: points less four.
    """

    start: float
    trend: float
    level_change: float
    slope_change: float
    standard_errors: tuple | None
    r_squared: float
    freedom: int

    def __str__(self):
        return _("When treatment starts the level changes by {level:+.2f}, and from then on the change per session "
                 "by {slope:+.2f}.").format(level=self.level_change, slope=self.slope_change)


def piecewise_regression(baseline, treatment, *, times=None):
    """Least squares of y = start + trend * time + level_change * phase + slope_change * phase * (time - first).

    ``phase`` is 0 in the baseline and 1 in the treatment; ``first`` is the time of the first treatment point.
    Without ``times`` the sessions count 0, 1, 2, ... Each phase needs points at two different times. Points of
    one pupil are seldom independent, so the standard errors are usually too small.
    Source: huitema2000design, book_scan.

    >>> round(piecewise_regression([1, 2, 3], [7, 9, 11]).slope_change, 6)
    1.0
    """
    times_a, a, times_b, b = timed_phases(baseline, treatment, "increase", times)
    for name, when in (("baseline", times_a), ("treatment", times_b)):
        if when[0] == when[-1]:
            raise PracticumError(_("{name}: a line needs at least two points at different times.").format(name=name))
    time, y = np.concatenate((times_a, times_b)), np.concatenate((a, b))
    phase = np.repeat([0.0, 1.0], [len(a), len(b)])
    design = np.column_stack((np.ones(len(y)), time, phase, phase * (time - times_b[0])))
    coefficients = np.linalg.lstsq(design, y, rcond=None)[0]
    residual = ((y - design @ coefficients) ** 2).sum()
    total, freedom = ((y - y.mean()) ** 2).sum(), len(y) - 4
    errors = None
    if freedom > 0:
        errors = tuple(np.sqrt(residual / freedom * np.diag(np.linalg.inv(design.T @ design))).tolist())
    return PiecewiseRegression(*coefficients.tolist(), errors,
                               float(1 - residual / total) if total > 0 else 1.0, freedom)
