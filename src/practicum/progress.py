"""Curriculum-based measurement: the goal line, the rate of growth, the decision rules, and how often these err.

Times are weeks, or dates, which become weeks since the first one; time 0 is where the goal line starts. Scores
are in the units of the probe, for example words read correctly in a minute. A rate is units per week. Missing
scores (None, NaN) are left out. Bad input raises PracticumError.
"""

from dataclasses import dataclass
from numbers import Number
from statistics import NormalDist

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.results import Sentence
from practicum.series import as_count, as_number, as_pair, as_series, as_times

__all__ = [
    "Decision", "DecisionErrors", "Growth", "LocalNorms", "baseline", "decide", "decision_errors", "goal_line",
    "growth", "local_norms", "needed_rate", "percentile_rank", "standard_error_band", "weeks_since_first",
]

METHODS = ("ols", "theil-sen", "tukey")
RULES = {
    "four-point": {"below": 4, "above": 4},
    "median": {"probes": 3},
    "trend-line": {"method": "ols", "minimum": 8, "margin": 0},
}
# Weeks: half a second. Probes closer than this are taken at the same time.
SAME_TIME = 1e-6
# What is smaller than this share of the scores' size is rounding error, so that a score on the line is on it.
ROUNDING = 1e-9


# Goals


def needed_rate(start, goal, weeks):
    """The growth per week that leads from ``start`` to ``goal`` in ``weeks`` weeks.

    The same number, taken between two seasons, is the average weekly improvement of a norm table. It is
    negative when the goal lies below the start. ``weeks`` must be above 0.
    Source: aimsweb_goal, classworks_goal.

    >>> round(needed_rate(58, 92, 15), 2)
    2.27
    """
    start, goal = as_number(start, "start"), as_number(goal, "goal")
    return (goal - start) / as_number(weeks, "weeks", above=0)


def baseline(scores):
    """Where the goal line starts: the median of the first probes, in practice of three.

    >>> baseline([38, 45, 41])
    41.0
    """
    return float(np.median(as_series(scores, "scores")))


def weeks_since_first(dates):
    """The dates as weeks since the earliest of them, an array; numbers are taken as weeks already.

    >>> from datetime import date
    >>> weeks_since_first([date(2025, 9, 1), date(2025, 9, 15)])
    array([0., 2.])
    """
    return as_times(dates, "dates")


def goal_line(start, goal, weeks, times):
    """The scores expected at ``times`` on the way from ``start`` (time 0) to ``goal`` (time ``weeks``).

    An array, or a float for one time. The line goes on with the same rate after ``weeks``. Dates count from
    the earliest of ``times``.

    >>> goal_line(40, 70, 20, [0, 10, 20, 22])
    array([40., 55., 70., 73.])
    """
    return as_number(start, "start") + needed_rate(start, goal, weeks) * _known_times(times)


# Growth


@dataclass(frozen=True)
class Growth(Sentence):
    """A straight line through the probes of one pupil.

    ``rate``: units per week. ``start``: the line's value at time 0. ``n``: probes used.
    ``standard_error`` of the rate and ``residual_sd`` around the line, in the scores' units, belong to the OLS
    line of three or more probes; otherwise they are None. ``interval``: the 95% confidence interval (low, high)
    of the Theil-Sen rate; otherwise None.
    """

    method: str
    rate: float
    start: float
    n: int
    standard_error: float | None = None
    residual_sd: float | None = None
    interval: tuple | None = None

    def at(self, times):
        """The line's values at ``times`` (weeks): an array, or a float for one time."""
        return self.start + self.rate * _known_times(times, dates=False)

    def __str__(self):
        digits = 1 if abs(self.rate) >= 1 else 2
        probes = ngettext("from {n} probe", "from {n} probes", self.n).format(n=self.n)
        words = {"size": f"{abs(self.rate):.{digits}f}", "probes": probes, "doubt": self._doubt(digits)}
        if self.rate < 0:
            return _("About {size} fewer per week{doubt}, {probes}.").format(**words)
        return _("About {size} more per week{doubt}, {probes}.").format(**words)

    def _doubt(self, digits):
        if self.standard_error is not None:
            return _(" (standard error {error})").format(error=f"{self.standard_error:.{digits}f}")
        if self.interval is not None:
            low, high = (f"{bound:.{digits}f}" for bound in self.interval)
            return _(" (95% interval {low} to {high})").format(low=low, high=high)
        return ""


def growth(times, scores, *, method="ols"):
    """The straight line through the probes, as a ``Growth``.

    ``"ols"``: least squares. Standard error of the rate: residual_sd / sqrt(sum of squared distances of the
    times from their mean). Source: christ2006slope.

    ``"theil-sen"``: the median of the slopes of all pairs of probes at different times; start = the median
    of score - rate * time, so that half of the probes lie above the line. One wild score hardly moves it. The
    interval is made of two of the ordered slopes, by the variance of Kendall's S with ties; it is None when the
    probes are too few for 95%. Source: theil1950rank, sen1968tau.

    ``"tukey"``: the probes in time order are cut in thirds; the line joins the median time and score of the
    first third with those of the last. One probe left over goes to the middle third, two go one to each outer
    third. Probes at the same time stay in the order given. For real use have nine probes or more.
    Source: hutton1992trend, nclack_tukey.

    Needs two probes ("tukey": three), at different times.

    >>> growth([0, 1, 2, 3], [40, 43, 43, 46]).rate
    1.8
    """
    _check_choice(method, METHODS, "method")
    times, scores = _in_time_order(*as_pair(times, scores, minimum=3 if method == "tukey" else 2))
    return {"ols": _ols_growth, "theil-sen": _theil_sen_growth, "tukey": _tukey_growth}[method](times, scores)


def _ols_growth(times, scores):
    rate, error, residual_sd = (None if number is None else number.item() for number in _ols(times, scores))
    start = scores.mean() - rate * times.mean()
    return Growth("ols", rate, float(start), len(scores), error, residual_sd)


def _theil_sen_growth(times, scores):
    slopes = np.sort(_pair_slopes(times, scores))
    rate = float(np.median(slopes))
    start = np.median(scores - rate * times)
    return Growth("theil-sen", rate, float(start), len(scores), interval=_sen_interval(times, scores, slopes))


def _tukey_growth(times, scores):
    rate = _tukey(times, scores).item()
    outer = _outer_third(len(scores))
    start = np.median(scores[:outer]) - rate * np.median(times[:outer])
    return Growth("tukey", rate, float(start), len(scores))


# The three slopes work along the last axis of the scores, for one pupil or for many with the same times.


def _rates(times, scores, method):
    """The rate of each pupil; the last axis has length 1."""
    if method == "ols":
        return _ols(times, scores)[0]
    if method == "tukey":
        return _tukey(times, scores)
    return np.median(_pair_slopes(times, scores), axis=-1, keepdims=True)


def _ols(times, scores):
    """Rates, their standard errors and the residual standard deviations (these two None for two probes)."""
    _check_spread(times[-1] - times[0])
    x = times - times.mean()
    y = scores - scores.mean(axis=-1, keepdims=True)
    rates = (x * y).sum(axis=-1, keepdims=True) / (x @ x)
    if len(times) == 2:
        return rates, None, None
    squares = ((y - rates * x) ** 2).sum(axis=-1, keepdims=True)
    residual_sd = np.sqrt(squares / (len(times) - 2))
    return rates, residual_sd / np.sqrt(x @ x), residual_sd


def _pair_slopes(times, scores):
    first, second = np.triu_indices(len(times), k=1)
    apart = times[second] - times[first]
    first, second, apart = (part[apart > SAME_TIME] for part in (first, second, apart))
    _check_spread(apart.max(initial=0))
    return (scores[..., second] - scores[..., first]) / apart


def _sen_interval(times, scores, slopes, level=0.95):
    """Two of the sorted slopes, or None when the rank asked for lies outside them."""
    spread = NormalDist().inv_cdf((1 + level) / 2) * np.sqrt(_variance_of_s(times, scores))
    low, high = round((len(slopes) - spread) / 2) - 1, round((len(slopes) + spread) / 2)
    if low < 0 or high >= len(slopes):
        return None
    return float(slopes[low]), float(slopes[high])


def _variance_of_s(times, scores):
    """The variance of Kendall's S when nothing grows, with ties in times and scores. Source: sen1968tau."""
    def part(counts):
        return (counts * (counts - 1) * (2 * counts + 5)).sum() / 18
    ties = (np.unique(values, return_counts=True)[1] for values in (times, scores))
    return max(part(np.array([len(scores)])) - sum(part(counts) for counts in ties), 0)


def _tukey(times, scores):
    outer = _outer_third(len(times))
    apart = np.median(times[-outer:]) - np.median(times[:outer])
    _check_spread(apart)
    last = np.median(scores[..., -outer:], axis=-1, keepdims=True)
    return (last - np.median(scores[..., :outer], axis=-1, keepdims=True)) / apart


def _outer_third(n):
    """How many probes the first and the last third have: of two left over, each gets one."""
    return (n + 1) // 3


# Decisions


@dataclass(frozen=True)
class Decision(Sentence):
    """What a rule says about one pupil's probes.

    ``verdict`` is "raise-goal", "change-teaching", "keep-going" or "wait"; ``reason`` is a sentence or two
    with the numbers behind it.
    """

    rule: str
    verdict: str
    reason: str

    def __str__(self):
        sentence = {
            "raise-goal": _("Raise the goal: make it more ambitious."),
            "change-teaching": _("Change the teaching."),
            "keep-going": _("Keep going."),
            "wait": _("Wait for more probes."),
        }[self.verdict]
        return f"{sentence} {self.reason}"


@dataclass(frozen=True)
class _Target:
    """The goal line; ``start`` and what follows from it may hold one row for each pupil."""

    start: float | np.ndarray
    goal: float
    weeks: float
    direction: int

    @property
    def rate(self):
        return (self.goal - self.start) / self.weeks

    @property
    def rounding(self):
        return ROUNDING * max(np.abs(self.start).max(), abs(self.goal))

    def gaps(self, times, scores):
        """How far each score is on the better side of the line (negative: on the worse side)."""
        gaps = self.direction * (scores - self.start - self.rate * times)
        return np.where(np.abs(gaps) <= self.rounding, 0, gaps)


def decide(times, scores, *, start, goal, weeks, rule="four-point", **options):
    """What the rule says now, as a ``Decision``. The goal line runs from ``start`` (time 0) to ``goal`` (``weeks``).

    ``"four-point"``: the last four probes all below the goal line: change the teaching; all above: raise the
    goal; otherwise keep going; fewer than four: wait. A probe on the line is neither below nor above.
    Options ``below=4``, ``above=4`` set the numbers; a variant with 3 below and 6 above is also in use.
    Source: nextpath_rules, ncrti2012brief3; the variant: umn_dhh_rules.

    ``"median"``: the median of the last three probes below the goal line's value at the middle one of them: change
    the teaching; above it: raise the goal; on it: keep going. Option ``probes=3``, an odd number; with fewer: wait.
    Source: vannorman2018strategies.

    ``"trend-line"``: the trend line flatter than the goal line: change the teaching; steeper: raise the goal;
    the same: keep going. Options: ``method="ols"`` (see ``growth``); ``minimum=8`` probes, with fewer: wait;
    ``margin=0``: keep going unless the OLS rate differs from the needed rate by more than so many of its
    standard errors (0 is the rule as printed). Source: ncrti2012brief3.

    When the goal lies below the start (fewer errors, say), the sides change places.

    >>> decide([1, 2, 3, 4], [41, 41, 42, 40], start=40, goal=70, weeks=20).verdict
    'change-teaching'
    """
    options = _rule_options(rule, options)
    target = _target(start, goal, weeks)
    times, scores = _in_time_order(*as_pair(times, scores))
    least = _least_probes(rule, options)
    if len(scores) < least:
        reason = ngettext("There is {n} probe; the rule needs {least}.",
                          "There are {n} probes; the rule needs {least}.",
                          len(scores)).format(n=len(scores), least=least)
        return Decision(rule, "wait", reason)
    signal = int(_signals(rule, options, times, scores, target))
    verdict = {-1: "change-teaching", 0: "keep-going", 1: "raise-goal"}[signal]
    reason = {"four-point": _four_point_reason, "median": _median_reason, "trend-line": _trend_line_reason}[rule]
    return Decision(rule, verdict, reason(times, scores, target, signal, **options))


def _rule_options(rule, options):
    """The rule's options, checked, with its defaults filled in."""
    _check_choice(rule, RULES, "rule")
    for name in options:
        if name not in RULES[rule]:
            raise PracticumError(
                _("The {rule} rule has no option {name}. Its options are: {options}.")
                .format(rule=rule, name=name, options=", ".join(RULES[rule])))
    options = RULES[rule] | options
    if rule == "four-point":
        return {name: as_count(value, name, minimum=2) for name, value in options.items()}
    if rule == "median":
        return {"probes": _odd_count(options["probes"], "probes")}
    _check_choice(options["method"], METHODS, "method")
    margin = as_number(options["margin"], "margin", minimum=0)
    if margin > 0 and options["method"] != "ols":
        raise PracticumError(_('margin is {margin}, but only method="ols" has a standard error. '
                               'Choose method="ols", or margin=0.').format(margin=margin))
    least = 3 if margin > 0 or options["method"] == "tukey" else 2
    return options | {"minimum": as_count(options["minimum"], "minimum", minimum=least), "margin": margin}


def _odd_count(value, name):
    number = as_count(value, name, minimum=3)
    if number % 2 == 0:
        raise PracticumError(_("{name} is {value}. Give an odd number, such as 3, so that one probe is in the middle.")
                             .format(name=name, value=number))
    return number


def _target(start, goal, weeks):
    rate = needed_rate(start, goal, weeks)
    if rate == 0:
        raise PracticumError(_("start and goal are both {start}. Give a goal above or below the start.")
                             .format(start=start))
    return _Target(float(start), float(goal), float(weeks), direction=1 if rate > 0 else -1)


def _least_probes(rule, options):
    if rule == "four-point":
        return min(options["below"], options["above"])
    return options["probes"] if rule == "median" else options["minimum"]


def _signals(rule, options, times, scores, target):
    """-1 where the rule says "change the teaching", 1 where "raise the goal", else 0; one for each pupil."""
    if rule == "four-point":
        return _four_point(target.gaps(times, scores), **options)
    if rule == "median":
        return np.sign(_median_gap(times, scores, target, **options)).astype(int)
    return _trend_line(times, scores, target, options["method"], options["margin"])


def _four_point(gaps, below, above):
    n = gaps.shape[-1]
    worse = (n >= below) & np.all(gaps[..., -below:] < 0, axis=-1)
    better = (n >= above) & np.all(gaps[..., -above:] > 0, axis=-1)
    return better.astype(int) - worse


def _median_gap(times, scores, target, probes):
    """How far the median of the last probes is on the better side of the line at the middle one's time."""
    recent = np.median(scores[..., -probes:], axis=-1, keepdims=True)
    return target.gaps(np.median(times[-probes:]), recent)[..., 0]


def _trend_line(times, scores, target, method, margin):
    rates = _rates(times, scores, method)
    band = target.rounding / target.weeks
    if margin > 0:
        band = band + margin * _ols(times, scores)[1]
    ahead = target.direction * (rates - target.rate)
    return np.where(ahead > band, 1, np.where(ahead < -band, -1, 0))[..., 0]


def _four_point_reason(times, scores, target, signal, below, above):
    gaps = target.direction * target.gaps(times, scores)
    if signal == 0:
        recent = gaps[-max(below, above):]
        return _("Of the last {n} probes, {below} are below the goal line, {on} on it and {above} above it.").format(
            n=len(recent), below=np.sum(recent < 0), on=np.sum(recent == 0), above=np.sum(recent > 0))
    recent = gaps[-(below if signal < 0 else above):]
    sizes = {"n": len(recent), "least": f"{np.abs(recent).min():.1f}", "most": f"{np.abs(recent).max():.1f}"}
    if recent[0] < 0:
        return _("The last {n} probes are all below the goal line, by {least} to {most}.").format(**sizes)
    return _("The last {n} probes are all above the goal line, by {least} to {most}.").format(**sizes)


def _median_reason(times, scores, target, signal, probes):
    time = np.median(times[-probes:])
    return _("The median of the last {n} probes is {median}; the goal line stands at {line} there.").format(
        n=probes, median=f"{np.median(scores[-probes:]):g}", line=f"{target.start + target.rate * time:.1f}")


def _trend_line_reason(times, scores, target, signal, method, minimum, margin):
    line = growth(times, scores, method=method)
    rates = _("The trend line changes by {rate} a week (from {n} probes); the goal needs {needed} a week.").format(
        rate=f"{line.rate:+.2f}", n=line.n, needed=f"{target.rate:+.2f}")
    if signal:
        comparison = _("That is slower than needed.") if signal < 0 else _("That is faster than needed.")
    elif margin:
        comparison = _("The difference is not more than {margin} times the standard error of {error}.").format(
            margin=f"{margin:g}", error=f"{line.standard_error:.2f}")
    else:
        comparison = _("That is as fast as needed.")
    return f"{rates} {comparison}"


# How often the rules err


@dataclass(frozen=True, eq=False)
class DecisionErrors(Sentence):
    """How often a rule errs with simulated pupils; see ``decision_errors``.

    All shares run from 0 to 1, and lower is better. ``false_alarm_by_week`` and ``miss_by_week`` have one share
    for each week, the last of which is ``false_alarm`` or ``miss``. The standard errors are those of the
    simulation: more pupils make them smaller.
    """

    rule: str
    false_alarm: float
    miss: float
    false_alarm_standard_error: float
    miss_standard_error: float
    false_alarm_by_week: np.ndarray
    miss_by_week: np.ndarray
    pupils: int
    weeks: int
    growth_ratio: float
    looks: str
    noise_sd: float
    options: dict

    def __str__(self):
        when = (_("looked at every week for {weeks} weeks") if self.looks == "every-week"
                else _("looked at one time, after {weeks} weeks")).format(weeks=self.weeks)
        rule = {"four-point": _("Four-point rule"), "median": _("Median rule"),
                "trend-line": _("Trend-line rule")}[self.rule]
        return _(
            "{rule}, {when}. False alarm: about {alarms} of 100 pupils who grow as fast as needed. "
            "Miss: about {misses} of 100 pupils who grow at {ratio} of the needed rate."
        ).format(rule=rule, when=when, ratio=f"{self.growth_ratio:.0%}",
                 alarms=round(100 * self.false_alarm), misses=round(100 * self.miss))


def decision_errors(*, rule, needed, noise_sd, weeks, growth_ratio=0.5, on_track=1, pupils=10_000, seed=1, probes_per_week=1,
                    looks="every-week", baseline_probes=None, autocorrelation=0.0, **options):
    """How often the rule errs, from simulated pupils, as ``DecisionErrors``.

    Each pupil grows in a straight line from the start of the goal line; each probe lies off that line by normal
    noise with standard deviation ``noise_sd`` (the scores' units). ``needed`` is the needed rate per week.

    False alarm: of the pupils whose true growth is ``on_track`` times the needed rate (1 or more; 1 is the hardest
    case: exactly as fast as needed), the share for whom the rule says "change the teaching" at some look. Miss: of the pupils whose true growth is ``growth_ratio`` times the needed
    rate (below 1), the share for whom it says so at no look.

    ``looks="every-week"``: a look after each week; week k of the curves counts the looks up to week k.
    ``"at-end"``: one look; week k of the curves is what that look would say after week k. The goal is not moved
    after a "raise the goal". Probes are spread evenly, ``probes_per_week`` of them, the last at the week's end.
    ``baseline_probes=3`` starts the goal line from the median of three noisy probes at time 0, while the goal
    stays where it is; None takes the start as known. ``autocorrelation``: of the noise from one probe to the
    next, between -1 and 1. ``options``: those of the rule, see ``decide``. The same ``seed`` gives the same answer.

    >>> errors = decision_errors(rule="trend-line", needed=1.5, noise_sd=10, weeks=8, looks="at-end")
    >>> round(errors.false_alarm, 1)
    0.5
    """
    options = _rule_options(rule, options)
    _check_choice(looks, ("every-week", "at-end"), "looks")
    weeks, pupils = as_count(weeks, "weeks"), as_count(pupils, "pupils")
    growth_ratio, on_track = as_number(growth_ratio, "growth_ratio", below=1), as_number(on_track, "on_track", minimum=1)
    needed, noise_sd = as_number(needed, "needed"), as_number(noise_sd, "noise_sd", minimum=0)
    probes_per_week = as_count(probes_per_week, "probes_per_week")
    rng = np.random.default_rng(as_count(seed, "seed", minimum=0))
    times = np.arange(1, weeks * probes_per_week + 1) / probes_per_week
    target = _simulated_target(needed, weeks, noise_sd, baseline_probes, pupils, rng)
    noise = noise_sd * _unit_noise(rng, pupils, len(times), autocorrelation)
    alarm, hit = (
        _told_to_change(rule, options, times, rate * times + noise, target, weeks, looks)
        for rate in (on_track * needed, growth_ratio * needed))
    return DecisionErrors(
        rule, alarm[-1].item(), 1 - hit[-1].item(), _share_error(alarm[-1], pupils), _share_error(hit[-1], pupils),
        alarm, 1 - hit, pupils, weeks, growth_ratio, looks, noise_sd, options)


def _simulated_target(needed, weeks, noise_sd, baseline_probes, pupils, rng):
    """The goal line of each pupil: true start 0, goal ``needed * weeks``."""
    if needed == 0:
        raise PracticumError(_("needed is 0. Give the needed rate per week, above or below 0."))
    target = _target(0, needed * weeks, weeks)
    if baseline_probes is None:
        return target
    probes = noise_sd * rng.standard_normal((pupils, as_count(baseline_probes, "baseline_probes")))
    return _Target(np.median(probes, axis=1, keepdims=True), target.goal, target.weeks, target.direction)


def _unit_noise(rng, pupils, probes, autocorrelation):
    """Normal noise of variance 1, one row a pupil, each probe correlated with the one before."""
    autocorrelation = as_number(autocorrelation, "autocorrelation", above=-1, below=1)
    noise = rng.standard_normal((pupils, probes))
    for probe in range(1, probes):
        noise[:, probe] *= np.sqrt(1 - autocorrelation**2)
        noise[:, probe] += autocorrelation * noise[:, probe - 1]
    return noise


def _told_to_change(rule, options, times, scores, target, weeks, looks):
    """The share of pupils told to change the teaching, by week."""
    told = np.zeros((weeks, len(scores)), dtype=bool)
    per_week = len(times) // weeks
    for week in range(weeks):
        n = (week + 1) * per_week
        if n >= _least_probes(rule, options):
            told[week] = _signals(rule, options, times[:n], scores[:, :n], target) < 0
    if looks == "every-week":
        told = np.logical_or.accumulate(told)
    return told.mean(axis=1)


def _share_error(share, n):
    return float(np.sqrt(share * (1 - share) / n))


# Norms and bands


@dataclass(frozen=True)
class LocalNorms(Sentence):
    """Percentiles of one's own school: ``norms[50]`` is the score at percentile 50. ``n``: scores used."""

    scores: dict
    n: int

    def __getitem__(self, percentile):
        return self.scores[percentile]

    def __str__(self):
        listed = ", ".join(f"{percentile:g}: {score:.1f}" for percentile, score in self.scores.items())
        sentence = ngettext("Percentiles of {n} score: {listed}.", "Percentiles of {n} scores: {listed}.",
                            self.n).format(n=self.n, listed=listed)
        if self.n >= 20:
            return sentence
        return sentence + " " + _("Fewer than 20 scores: these can change much with one pupil more or less.")


def local_norms(scores, percentiles=(10, 25, 50, 75, 90)):
    """The scores at the given percentiles of a group, as ``LocalNorms``.

    Straight-line interpolation between the ordered scores: percentile 0 is the lowest score, 100 the highest,
    as PERCENTILE.INC of spreadsheets computes it.

    >>> local_norms([20, 30, 40, 50, 60], percentiles=[25, 50]).scores
    {25: 30.0, 50: 40.0}
    """
    scores = as_series(scores, "scores")
    ranks = as_series(percentiles, "percentiles")
    for rank in ranks:
        if not 0 <= rank <= 100:
            raise PracticumError(_("percentiles: {rank} is not from 0 to 100.").format(rank=f"{rank:g}"))
    keys = [int(rank) if rank == int(rank) else float(rank) for rank in ranks]
    return LocalNorms(dict(zip(keys, np.percentile(scores, ranks, method="linear").tolist())), len(scores))


def percentile_rank(score, scores):
    """The percentage of ``scores`` below ``score``, with half of those equal to it: from 0 to 100.

    >>> percentile_rank(30, [20, 30, 30, 40])
    50.0
    """
    score, scores = as_number(score, "score"), as_series(scores, "scores")
    return float(100 * (np.mean(scores < score) + np.mean(scores == score) / 2))


def standard_error_band(scores, standard_error, *, level=0.68):
    """``(low, high)``: the band around each score that holds the true score with probability ``level``.

    score -/+ z * standard error of measurement, z from the normal distribution. Arrays without the missing
    scores, or two floats for one score. Standard errors of reading aloud: christ2007sem.

    >>> low, high = standard_error_band(62, 5, level=0.95)
    >>> round(low, 1), round(high, 1)
    (52.2, 71.8)
    """
    level = as_number(level, "level", above=0, below=1)
    half = NormalDist().inv_cdf((1 + level) / 2) * as_number(standard_error, "standard_error", above=0)
    scores = as_number(scores, "scores") if isinstance(scores, Number) else as_series(scores, "scores")
    return scores - half, scores + half


# Checks


def _known_times(times, *, dates=True):
    """Weeks as an array without gaps, or as a float for one number."""
    if isinstance(times, Number):
        return as_number(times, "times")
    weeks = as_times(times, "times") if dates else as_series(times, "times", missing="keep")
    if np.isnan(weeks).any():
        raise PracticumError(_("times: place {place} is missing. Give a time for each place.")
                             .format(place=np.flatnonzero(np.isnan(weeks))[0] + 1))
    return weeks


def _in_time_order(times, scores):
    order = np.argsort(times, kind="stable")
    return times[order], scores[order]


def _check_spread(apart):
    if apart <= SAME_TIME:
        raise PracticumError(_("times: the probes lie too close together for a line. Give probes of more days."))


def _check_choice(value, choices, name):
    if value not in tuple(choices):
        raise PracticumError(_("{name} is {value!r}. Choose one of: {choices}.")
                             .format(name=name, value=value, choices=", ".join(choices)))
