"""Tau and its kin: Tau, Tau-U, baseline-corrected Tau, and the mean of several."""

from functools import partial
from math import comb, sqrt

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_number, as_series
from practicum.single_case.effect import (
    ROUNDING, Effect, check_choice, critical_value, direction, normal_uncertainty, timed_phases, two_phases)
from practicum.single_case.kendall import cross_s, s_variance, tied_pairs, trend_p, trend_s
from practicum.single_case.lines import median_slope
from practicum.single_case.overlap import nap_uncertainty


def tau(baseline, treatment, *, improvement="increase", method="nonoverlap", se="unbiased", level=0.95):
    """Tau for A against B: the share of pairs in which treatment is better less the share in which it is worse.

    From -1 to 1; 0 is what no effect gives; higher is better. No correction for a trend in the baseline.

    ``"nonoverlap"``: 2 NAP - 1, over all m n pairs. Standard error and interval are those of ``nap``, stretched;
    ``se="null"`` is sqrt(variance of S) / (m n). Source: parker2011tauu.

    ``"tau-b"``: Kendall's tau-b of points and phase, which stays away from 1 and -1 while points within a phase
    differ. ``se`` is not used: the standard error is sqrt(2 (1 - tau^2) / (m + n)). Source: tarlow2017bctau.

    The attributes ``s`` (Kendall's S) and ``s_variance`` (m n (m + n + 1) / 3, no ties) are added.

    >>> round(tau([3, 3, 4, 5], [4, 5, 6, 7, 7]), 2)
    0.8
    """
    a, b = two_phases(baseline, treatment, improvement)
    return _phase_tau(a, b, "Tau", method, se, level)


def _phase_tau(a, b, name, method, se, level, **details):
    """Tau of two phases in which higher is better."""
    check_choice(method, ("nonoverlap", "tau-b"), "method")
    m, n, s = len(a), len(b), cross_s(a, b)
    if method == "nonoverlap":
        value = s / (m * n)
        uncertainty = partial(_stretched, nap_uncertainty(a, b, (value + 1) / 2, se, level))
    else:
        value = s / (sqrt(m * n * (comb(m + n, 2) - tied_pairs(np.concatenate((a, b))))) or 1.0)
        uncertainty = partial(_tarlow, value, m + n, critical_value(level))
    sentence = _("{name} {value:.2f}, where 1 means that all pairs improve, 0 no change and -1 that all get worse.")
    return Effect(value, sentence.format(name=name, value=value), uncertainty=uncertainty, level=level,
                  s=s, s_variance=m * n * (m + n + 1) / 3, **details)


def _stretched(uncertainty):
    error, (low, high) = uncertainty()
    return None if error is None else 2 * error, (2 * low - 1, 2 * high - 1)


def _tarlow(value, count, z):
    error = sqrt(max(2 * (1 - value ** 2) / count, 0))
    return error, (max(value - z * error, -1.0), min(value + z * error, 1.0))


# Tau-U

# Signs of: pairs between the phases, pairs within the baseline, pairs within the treatment.
FORMS = {
    "A vs B": (1, 0, 0),
    "trend A": (0, 1, 0),
    "trend B": (0, 0, 1),
    "A vs B - trend A": (1, -1, 0),
    "A vs B + trend B": (1, 0, 1),
    "A vs B + trend B - trend A": (1, -1, 1),
}


def tau_u(baseline, treatment, *, improvement="increase", form="A vs B - trend A", denominator="mn"):
    """Tau-U: Kendall's S between the phases, less that of the baseline's own trend, over a number of pairs.

    Higher is better. Say in every report which form and which denominator was used; they differ greatly.

    ``form``: which of S(A vs B), S(trend A) and S(trend B) are added or subtracted; the trend of A is always
    subtracted. "A vs B" is plain Tau.

    ``denominator``: "mn", the pairs between the phases, can leave -1 to 1, and a pure trend of 1 to 10 gives 0.60
    (parker2011tauu); "pairs", all pairs that are compared, stays within -1 to 1 (book_scan); "tie-adjusted",
    the square root of compared pairs times untied pairs of all points, as tau-b does (brossart2018tau,
    book_scan). For "trend A" or "trend B" alone "mn" means the pairs of that phase.

    ``standard_error`` is sqrt(variance of S under no effect) / denominator. The attributes ``s``, ``s_variance``
    (without ties) and ``denominator`` are added. No interval is published. Source: parker2011tauu.

    >>> round(tau_u([2, 3, 5, 3], [4, 5, 5, 7, 6]), 2)
    0.65
    """
    check_choice(form, FORMS, "form")
    check_choice(denominator, ("mn", "pairs", "tie-adjusted"), "denominator")
    a, b = two_phases(baseline, treatment, improvement, minimum=1)
    between, within_a, within_b = FORMS[form]
    s = between * cross_s(a, b) + within_a * trend_s(a) + within_b * trend_s(b)
    over = _tau_u_denominator(a, b, FORMS[form], denominator)
    variance = _tau_u_variance(len(a), len(b), FORMS[form])
    value = s / over
    return Effect(value, _("Tau-U ({form}, over {denominator}) {value:.2f}; 0 means no change, more is better.")
                  .format(form=form, denominator=denominator, value=value),
                  uncertainty=partial(_no_interval, sqrt(variance) / over), s=s, s_variance=variance, denominator=over)


def _no_interval(standard_error):
    return standard_error, None


def _tau_u_denominator(a, b, signs, denominator):
    m, n = len(a), len(b)
    pairs = abs(signs[0]) * m * n + abs(signs[1]) * comb(m, 2) + abs(signs[2]) * comb(n, 2)
    if pairs == 0:
        raise PracticumError(_("A trend needs at least two points in its phase. Give more, or choose another form."))
    if denominator == "mn":
        return m * n if signs[0] else pairs
    if denominator == "pairs":
        return pairs
    points = np.concatenate(([] if signs == (0, 0, 1) else a, [] if signs == (0, 1, 0) else b))
    return sqrt(pairs * (comb(len(points), 2) - tied_pairs(points))) or 1.0


def _tau_u_variance(m, n, signs):
    """The variance of S without effect and without ties between points: sessions not compared count as tied."""
    if not signs[0]:
        return s_variance(m if signs[1] else n)
    return s_variance(m + n, [size for size, sign in ((m, signs[1]), (n, signs[2])) if not sign])


def tau_bc(baseline, treatment, *, improvement="increase", method="nonoverlap", pretest=None, times=None,
           se="unbiased", level=0.95):
    """Baseline-corrected Tau: the baseline's Theil-Sen trend is taken out of all points, then Tau is computed.

    From -1 to 1; 0 is what no effect gives; higher is better. It lets the trend go on for ever, which no real
    trend does. ``method``, ``se`` and ``level`` as in ``tau``; "tau-b" is what the source uses; "nonoverlap" is
    what pkg_singlecasees prefers. Standard errors leave out that the trend is an estimate.

    ``pretest``: correct only where the baseline's trend has a p (two-sided, Kendall) of at most this much, 0.05
    in the source; None corrects always. The attributes ``rate`` (the trend in the scores' own direction),
    ``baseline_tau`` (tau-b of baseline and time), ``baseline_p`` and ``corrected`` are added. Needs two baseline
    points. Source: tarlow2017bctau.

    >>> float(tau_bc([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]))
    0.0
    """
    times_a, a, times_b, b = timed_phases(baseline, treatment, improvement, times)
    if len(a) < 2 or times_a[0] == times_a[-1]:
        raise PracticumError(_("baseline: a trend needs at least two points at different times."))
    rate, p, baseline_tau = median_slope(times_a, a), trend_p(a), _trend_tau(a)
    corrected = pretest is None or p <= as_number(pretest, "pretest", above=0, below=1)
    if corrected:
        a, b = _detrended(times_a, a, times_b, b, rate)
    sign = direction(improvement)
    return _phase_tau(a, b, "Tau-BC", method, se, level, rate=sign * rate, baseline_tau=sign * baseline_tau,
                      baseline_p=p, corrected=corrected)


def _trend_tau(points):
    """Kendall's tau-b of the points with their order, 0 for points that are all alike."""
    pairs = comb(len(points), 2)
    return trend_s(points) / (sqrt(pairs * (pairs - tied_pairs(points))) or 1.0)


def _detrended(times_a, a, times_b, b, rate):
    """What is left without the trend, in units so coarse that rounding error makes no difference between points."""
    trend_a, trend_b = rate * times_a, rate * times_b
    unit = ROUNDING * max(np.abs(part).max() for part in (a, b, trend_a, trend_b)) or 1.0
    return np.round((a - trend_a) / unit), np.round((b - trend_b) / unit)


def combine_tau(taus, standard_errors=None, *, level=0.95):
    """The mean of several Taus (or other effects), each weighted by 1 / standard error squared.

    ``taus`` are results of ``tau`` and its kin, which bring their standard errors; for plain numbers give
    ``standard_errors``. The mean's own standard error is 1 / sqrt(sum of weights); it takes the cases as
    independent and their true effects as alike. Source: parker2011tauu.

    >>> round(combine_tau([0.8, 0.4], [0.1, 0.2]), 2)
    0.72
    """
    taus = list(taus) if standard_errors is None else taus
    values = as_series(taus, "taus", missing="keep")
    errors = as_series([getattr(one, "standard_error", None) for one in taus] if standard_errors is None
                       else standard_errors, "standard_errors", minimum=0, missing="keep")
    if len(values) != len(errors) or np.isnan(values).any() or not np.all(errors > 0):
        raise PracticumError(_("Each of the taus needs a standard error above 0. Leave out those without one, or "
                               "give standard_errors, one for each."))
    weights = 1 / errors ** 2
    value, z = float(weights @ values / weights.sum()), critical_value(level)
    return Effect(value, _("Mean effect {value:.2f}, weighted by precision (effects: {count}).")
                  .format(count=len(values), value=value),
                  uncertainty=partial(normal_uncertainty, value, float(1 / sqrt(weights.sum())), z), level=level)
