"""What chance alone does: how often a measure looks large without an effect, and how the lowest scores rise by themselves."""

from dataclasses import dataclass, field

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.results import Sentence
from practicum.series import as_count, as_number
from practicum.single_case.effect import check_choice
from practicum.single_case.judgement import conservative_dual_criterion
from practicum.single_case.overlap import nap, pnd
from practicum.single_case.taus import tau, tau_bc, tau_u


def _dual_criterion(baseline, treatment):
    return 1 - conservative_dual_criterion(baseline, treatment).p


# name: (what is computed, the value from which on it is called large here)
MEASURES = {"nap": (nap, 0.9), "tau": (tau, 0.8), "tau-u": (tau_u, 0.8), "tau-bc": (tau_bc, 0.8), "pnd": (pnd, 0.9), "dual-criterion": (_dual_criterion, 0.95)}


@dataclass(frozen=True)
class LargeByChance(Sentence):
    """In what ``share`` of ``series`` simulated AB series the ``measure`` reached ``large``, with this true ``trend`` and ``step``."""

    measure: str
    large: float
    trend: float
    step: float
    share: float
    series: int

    def __str__(self):
        return _("In {percent:.0f} of 100 simulated series the measure {measure} is {large:g} or more.").format(
            percent=100 * self.share, measure=self.measure, large=self.large)


def how_often_large(measure, *, large=None, trend=0.0, step=0.0, autocorrelation=0.0, worst_of=1, baseline=6, treatment=10, series=2000, seed=1):
    """How often a measure of one AB series looks large, as ``LargeByChance``: by chance, where ``step`` is 0, or rightly, where it is not.

    ``measure``: "nap", "tau", "tau-u" (A vs B - trend A, over m n), "tau-bc", "pnd" or "dual-criterion". ``large``: the value from
    which on we call it large; by default .90 for NAP and PND, .80 for the Taus (a NAP of .90), and p of at most .05 for the dual
    criterion. These lines are ours: published ones differ.

    A series has ``baseline`` and ``treatment`` points. Each point is normal noise with standard deviation 1, plus ``trend`` a session
    through both phases, plus ``step`` in the treatment; more is better. ``autocorrelation`` links each point to the one before.
    ``worst_of``: the help begins after the lowest of so many stretches as long as the baseline, as it does when people wait for a bad
    time before they act.

    >>> how_often_large("nap", trend=0.3, series=200).share > how_often_large("nap", series=200).share
    True
    """
    check_choice(measure, MEASURES, "measure")
    function, usual = MEASURES[measure]
    large = usual if large is None else as_number(large, "large")
    trend, step = as_number(trend, "trend"), as_number(step, "step")
    baseline, treatment = as_count(baseline, "baseline", minimum=2), as_count(treatment, "treatment")
    series, worst_of = as_count(series, "series"), as_count(worst_of, "worst_of")
    link = as_number(autocorrelation, "autocorrelation", minimum=0, below=1)
    noise = _noise(series, worst_of * baseline + treatment, link, np.random.default_rng(seed))
    stretches = noise[:, :worst_of * baseline].reshape(series, worst_of, baseline)
    lowest = stretches[np.arange(series), stretches.mean(axis=2).argmin(axis=1)]
    a = lowest + trend * np.arange(baseline)
    b = noise[:, worst_of * baseline:] + trend * np.arange(baseline, baseline + treatment) + step
    hits = sum(function(*phases) >= large - 1e-9 for phases in zip(a, b))
    return LargeByChance(measure, large, trend, step, hits / series, series)


def _noise(series, length, link, rng):
    """Normal noise with standard deviation 1 in which neighbours correlate by ``link``; one row for each series."""
    noise = rng.standard_normal((series, length))
    for place in range(1, length if link else 0):
        noise[:, place] = link * noise[:, place - 1] + np.sqrt(1 - link ** 2) * noise[:, place]
    return noise


@dataclass(frozen=True)
class RegressionToMean(Sentence):
    """What happens without any help to the pupils with the lowest scores; means over all simulated groups, in the scores' units.

    ``first``: their score in the test by which they were chosen; ``second`` and ``third``: in the next two tests;
    ``improved``: the share of them whose second score is higher; ``gains``: second less first, the mean of each simulated group.
    """

    chosen: int
    pupils: int
    first: float
    second: float
    third: float
    improved: float
    gains: np.ndarray = field(repr=False, compare=False)

    @property
    def gain(self):
        """From the choosing test to the next: what looks like success."""
        return self.second - self.first

    @property
    def fair_gain(self):
        """From a second, fresh baseline to the third test."""
        return self.third - self.second

    def __str__(self):
        return _("The {chosen} lowest of {pupils} pupils score {first:.1f}, then {second:.1f}, then {third:.1f}, although nobody was helped.").format(
            chosen=self.chosen, pupils=self.pupils, first=self.first, second=self.second, third=self.third)


def regression_to_mean(*, pupils, chosen, mean, true_sd, noise_sd, groups=2000, seed=1):
    """How the lowest scores rise by themselves, as ``RegressionToMean``.

    Every one of ``groups`` simulated groups has ``pupils`` pupils whose true scores are normal around ``mean`` with standard deviation
    ``true_sd`` and stay the same; each test adds noise with standard deviation ``noise_sd``. The ``chosen`` pupils with the lowest first
    test are followed. In the long run they come back from their first score towards the mean by
    noise_sd^2 / (true_sd^2 + noise_sd^2) of the distance. Source: barnett2005rtm.

    >>> result = regression_to_mean(pupils=60, chosen=6, mean=50, true_sd=10, noise_sd=8, groups=500)
    >>> result.gain > 4, abs(result.fair_gain) < 0.5
    (True, True)
    """
    pupils, chosen, groups = (as_count(value, name) for value, name in ((pupils, "pupils"), (chosen, "chosen"), (groups, "groups")))
    if chosen >= pupils:
        raise PracticumError(_("chosen is {chosen} of {pupils} pupils. Choose fewer than all.").format(chosen=chosen, pupils=pupils))
    mean, true_sd, noise_sd = as_number(mean, "mean"), as_number(true_sd, "true_sd", minimum=0), as_number(noise_sd, "noise_sd", above=0)
    rng = np.random.default_rng(seed)
    true = mean + true_sd * rng.standard_normal((groups, pupils))
    tests = true + noise_sd * rng.standard_normal((3, groups, pupils))
    lowest = np.argsort(tests[0], axis=1)[:, :chosen]
    first, second, third = (np.take_along_axis(test, lowest, axis=1) for test in tests)
    return RegressionToMean(chosen, pupils, float(first.mean()), float(second.mean()), float(third.mean()),
                            float(np.mean(second > first)), (second - first).mean(axis=1))
