"""The standardized mean difference of several cases, comparable with that of a trial between groups."""

from dataclasses import dataclass
from functools import partial
from math import sqrt

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_number, as_series
from practicum.single_case.effect import (
    ROUNDING, Effect, check_choice, critical_value, direction, normal_uncertainty)
from practicum.single_case.overlap import as_cases

# An autocorrelation of 1 would leave no within-case variance to estimate.
LARGEST_AUTOCORRELATION = 0.99
# Every two points have a place in the matrices.
MOST_POINTS = 4000


def design_comparable_smd(cases, *, improvement="increase", design="reversal", autocorrelation=None, icc=None,
                          level=0.95):
    """Design-comparable standardized mean difference of several cases, on the scale of a trial between groups.

    0 is no change, higher is better. ``cases``: a list, or a dict by name, with one entry for each case: the list
    of its (baseline, treatment) pairs in order, two for ABAB, one for AB. Missing points keep their session.

    The mean difference over cases and pairs is divided by sqrt(variance), where the variance is that between
    cases at the same time, pooled, and holds spread between and within pupils. Then follows the correction for
    few cases, with the degrees of freedom ``freedom``.

    ``design``: "reversal" compares cases at the same place of the same phase, where every case has a point
    (hedges2012dces); "multiple-baseline" compares them at the same session and condition (hedges2013dces).

    The model: level without trend, effect alike in all cases, autocorrelation of first order. ``autocorrelation``
    and ``icc`` (between-case share of the variance) are estimated unless given; an estimate is held within
    -0.99 and 0.99. Attributes: ``difference``, ``variance``, ``unadjusted``, ``autocorrelation``, ``icc``,
    ``freedom``. Use at least three cases. Source: hedges2012dces, hedges2013dces.

    >>> cases = [[([2, 4, 3, 5], [7, 9, 8, 10])], [([5, 3, 6, 4], [8, 9, 11, 9])], [([1, 3, 2, 2], [4, 6, 5, 7])]]
    >>> effect = design_comparable_smd(cases)
    >>> round(effect.difference, 2), round(effect, 2)
    (4.42, 1.87)
    """
    check_choice(design, ("reversal", "multiple-baseline"), "design")
    points = _points(cases, direction(improvement))
    weights = _difference_weights(points)
    difference = float(weights @ points.y)
    compared, centering = _comparisons(points, design)
    freed = np.trace(centering)
    variance = float(points.y[compared] @ centering @ points.y[compared] / freed)
    if sqrt(max(variance, 0)) <= ROUNDING * np.abs(points.y).max():
        raise PracticumError(_("cases: at each session all cases have the same score, so there is no spread between "
                               "them to divide by."))
    neighbours = points.cell if design == "reversal" else points.case
    phi, rho = _nuisance(points, neighbours, variance, autocorrelation, icc)
    correlation = _correlation(points, phi, rho)
    among = centering @ correlation[np.ix_(compared, compared)]
    freedom = float(freed ** 2 / np.sum(among * among.T))
    if freedom <= 1:
        raise PracticumError(_("cases: too few points can be compared between pupils to correct for small numbers. "
                               "Add cases or sessions."))
    theta = sqrt(max(weights @ correlation @ weights, 0))
    value, error = _corrected(difference / sqrt(variance), theta, freedom)
    return Effect(value, _("The level moves by {value:+.2f} standard deviations between pupils; plus means "
                           "improvement.").format(value=value),
                  uncertainty=partial(normal_uncertainty, value, error, critical_value(level)), level=level,
                  difference=difference, variance=variance, unadjusted=difference / sqrt(variance),
                  autocorrelation=phi, icc=rho, freedom=freedom)


@dataclass(frozen=True)
class _Points:
    """All points of all cases, one array for each column; ``cell`` numbers the phases of all cases."""

    case: np.ndarray
    pair: np.ndarray
    treated: np.ndarray
    place: np.ndarray
    session: np.ndarray
    cell: np.ndarray
    y: np.ndarray


def _points(cases, sign):
    cases = list(cases.values() if isinstance(cases, dict) else cases)
    if len(cases) < 2:
        raise PracticumError(_("cases: at least two cases are needed to compare pupils, and three are advised."))
    rows, cell = [], 0
    for case, pairs in enumerate(cases):
        session = 0
        for pair, phases in enumerate(as_cases(pairs)):
            for treated, (phase, name) in enumerate(zip(phases, ("baseline", "treatment"))):
                for place, y in enumerate(as_series(phase, name, missing="keep")):
                    rows.append((case, pair, treated, place, session, cell, sign * y))
                    session += 1
                cell += 1
    if len(rows) > MOST_POINTS:
        raise PracticumError(_("cases: {count} points are more than the {most} that this measure can take."
                               ).format(count=len(rows), most=MOST_POINTS))
    table = np.array(rows)
    *labels, y = table[~np.isnan(table[:, -1])].T
    return _Points(*(label.astype(int) for label in labels), y)


def _difference_weights(points):
    """What each point counts in the mean over cases and pairs of treatment mean less baseline mean."""
    sizes = np.bincount(points.cell)
    return np.where(points.treated == 1, 1, -1) / sizes[points.cell] / (len(sizes) / 2)


def _comparisons(points, design):
    """Which points are compared between cases, and the matrix that takes the mean of each comparison out."""
    columns = ((points.pair, points.treated, points.place) if design == "reversal"
               else (points.session, points.treated))
    group, size = np.unique(np.column_stack(columns), axis=0, return_inverse=True, return_counts=True)[1:]
    group = group.ravel()
    full = size[group] == points.case.max() + 1 if design == "reversal" else np.full(len(group), True)
    compared = np.flatnonzero(full)
    if np.all(size[group[compared]] == 1):
        raise PracticumError(_("cases: no two cases have a point at the same place, so they cannot be compared."))
    same = group[compared][:, None] == group[compared]
    return compared, np.eye(len(compared)) - same / size[group[compared]]


def _nuisance(points, neighbours, variance, autocorrelation, icc):
    """Autocorrelation and intraclass correlation: as given, else by moments of the deviations within phases.

    Points that follow one another within the same of ``neighbours`` (phase, or case) make the autocorrelation.
    """
    sizes = np.bincount(points.cell)
    apart = points.y - (np.bincount(points.cell, points.y) / sizes)[points.cell]
    squares = apart @ apart
    if (autocorrelation is None or icc is None) and not squares > 0:
        raise PracticumError(_("cases: no phase has any spread, so autocorrelation and icc cannot be estimated. "
                               "Give both."))
    if autocorrelation is None:
        lagged = (apart[1:] * apart[:-1])[neighbours[1:] == neighbours[:-1]].sum()
        phi = lagged / squares + np.sum(1 - 1 / sizes) / np.sum(sizes - 1)
        phi = min(max(float(phi), -LARGEST_AUTOCORRELATION), LARGEST_AUTOCORRELATION)
    else:
        phi = as_number(autocorrelation, "autocorrelation", above=-1, below=1)
    if icc is not None:
        return phi, as_number(icc, "icc", minimum=0, below=1)
    same = points.cell[:, None] == points.cell
    within = squares / (len(apart) - np.sum(_correlation(points, phi, 0) * same / sizes[points.cell]))
    return phi, max(0.0, float(1 - within / variance))


def _correlation(points, phi, rho):
    """The correlation of every two points: none between cases, rho + (1 - rho) phi^distance within a case."""
    distance = np.abs(points.session[:, None] - points.session)
    return np.where(points.case[:, None] == points.case, rho + (1 - rho) * float(phi) ** distance, 0)


def _corrected(unadjusted, theta, freedom):
    """The effect size corrected for few cases, and its standard error."""
    factor = 1 - 3 / (4 * freedom - 1)
    value = float(factor * unadjusted)
    held = max(freedom, 2.001)
    ratio = held / (held - 2)
    return value, sqrt(max(factor ** 2 * (theta ** 2 * ratio + value ** 2 * (ratio - 1 / factor ** 2)), 0))
