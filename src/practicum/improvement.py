"""A small change at school: run charts with their signal rules and false alarms, cascades of training, cost in hours.

A run chart shows one number a day or week with a median line. Missing numbers (None, NaN) are left out and do not
break a run. Shares are numbers from 0 to 1. Bad input raises PracticumError.
"""

from dataclasses import dataclass
from math import comb, log2

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.results import Sentence
from practicum.series import as_count, as_number, as_series

__all__ = ["Cascade", "CascadeStep", "RunChartErrors", "RunSignals", "cascade", "cost_in_hours", "run_chart_errors", "run_limits", "run_signals"]

RULES = ("shift", "crossings", "in-a-row", "trend", "runs", "outlier")
ANHOEJ = ("shift", "crossings")
IN_A_ROW, TREND = 6, 5
LEAST_POINTS = 10   # fewer points say too little; the published limits begin here
SHARE_OF_CHANCE = 0.05
# Three standard deviations, estimated from the mean distance of neighbouring points: 3 / (2 / sqrt(pi)).
MOVING_RANGE = 1.5 * np.sqrt(np.pi)


# ---- What counts as unusual -------------------------------------------------------------------------------

def run_limits(points):
    """The longest run and the fewest crossings that are still usual among ``points`` points: two whole numbers.

    A *run* is a row of points on the same side of the median; a *crossing* is where the line changes sides. A run longer than
    the first number is a shift signal; fewer crossings than the second are a crossings signal. Points on the median do not count
    in ``points``. Longest run: log2(n) + 3, rounded; crossings: the 5 % point of the binomial distribution with n - 1 and 0.5.
    Source: anhoej2014runcharts, anhoej_runcharts.

    >>> run_limits(24)
    (8, 8)
    """
    n = as_count(points, "points", minimum=2)
    return round(log2(n) + 3), _binomial_point(n - 1)


def _binomial_point(n):
    """The smallest number of heads, of n coins, up to which the probability reaches 5 %."""
    below = 0
    for heads in range(n + 1):
        below += comb(n, heads)
        if below / 2**n >= SHARE_OF_CHANCE:
            return heads
    return n


def _usual_runs(above, below):
    """The fewest and the most runs that are usual for so many points above and below the median; each tail has at most 2.5 %."""
    total = comb(above + below, above)
    shares = {}
    for runs in range(2, above + below + 1):
        half, odd = divmod(runs, 2)
        ways = (comb(above - 1, half) * comb(below - 1, half - 1) + comb(above - 1, half - 1) * comb(below - 1, half) if odd
                else 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1))
        shares[runs] = ways / total
    tail = SHARE_OF_CHANCE / 2
    # A tail is added from its own end, so that rounding errors of the rest cannot tip it.
    low = min((runs for runs in shares if sum(share for r, share in shares.items() if r <= runs) > tail), default=1)
    high = max((runs for runs in shares if sum(share for r, share in shares.items() if r >= runs) > tail), default=above + below)
    return low, high


# ---- One chart --------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class RunSignals(Sentence):
    """What rules say about one run chart; made by ``run_signals``.

    ``centre``: the median line. ``points``: points that do not lie on it. ``longest_run`` and ``crossings`` with what is usual:
    ``longest_usual``, ``fewest_usual``. ``rising`` and ``falling``: the longest row of points each higher (lower) than the one
    before. ``signals``: the names of the rules that give a signal. ``places``: for each of them the places in the series that
    belong to it, counted from 0 (none for crossings and runs, which belong to the whole chart).
    """

    centre: float
    points: int
    longest_run: int
    longest_usual: int
    crossings: int
    fewest_usual: int
    rising: int
    falling: int
    signals: tuple
    places: dict
    rules: tuple

    def __str__(self):
        facts = _("Longest run on one side of the median: {run}, up to {usual} is usual. Crossings: {crossings}, {fewest} or more is usual.").format(
            run=self.longest_run, usual=self.longest_usual, crossings=self.crossings, fewest=self.fewest_usual)
        names = rule_names()
        if not self.signals:
            return _("No signal by these rules: {rules}. {facts}").format(rules=", ".join(names[rule] for rule in self.rules), facts=facts)
        return ngettext("Signal: {signals}. {facts}", "Signals: {signals}. {facts}", len(self.signals)).format(
            signals=", ".join(names[rule] for rule in self.signals), facts=facts)


def rule_names():
    """The names of the rules in the reader's language."""
    return {"shift": _("shift"), "crossings": _("few crossings"), "in-a-row": _("many points in a row on one side"), "trend": _("trend"),
            "runs": _("too few or too many runs"), "outlier": _("outlier")}


def run_signals(values, *, baseline=None, rules=ANHOEJ, in_a_row=IN_A_ROW, trend=TREND):
    """What rules say about the points of a run chart, as ``RunSignals``.

    ``values``: one number for each day or week, in time order. ``baseline``: how many of the first points (missing ones not
    counted) make the median line; None takes all. A point on the median neither breaks nor lengthens a run.

    ``rules`` are names from this list. ``"shift"``, ``"crossings"``: see ``run_limits``; the default.
    Source: anhoej2014runcharts.

    ``"in-a-row"``: ``in_a_row`` points or more on one side, 6 as printed; ``"trend"``: ``trend`` points or more in a row, each
    higher, or each lower, than the one before, 5 as printed, equal neighbours counted as one point; ``"runs"``: too few or
    too many runs, 2.5 % at each end by the exact distribution for so many points above and below. Source: perla2011runchart.

    ``"outlier"``: a point further from the mean than three standard deviations, estimated from the distances of
    neighbouring points; with a baseline, both from the baseline. Source: anhoej2018sense.

    >>> run_signals([5, 4, 6, 5, 7, 8, 9, 8, 9, 8, 10, 9, 8, 9], baseline=4).signals
    ('shift', 'crossings')
    """
    rules = _checked_rules(rules)
    in_a_row, trend = as_count(in_a_row, "in_a_row", minimum=2), as_count(trend, "trend", minimum=3)
    values = as_series(values, "values", minimum=2, missing="keep")
    here = np.flatnonzero(~np.isnan(values))
    present = values[here]
    centre = _centre(present, _first(baseline, len(present)))
    side = np.sign(present - centre)
    stretches, steps = _stretches(side), _steps(present)
    useful = int(np.count_nonzero(side))
    longest = max(map(len, stretches), default=0)
    crossings = max(len(stretches) - 1, 0)
    usual, fewest = run_limits(useful) if useful >= 2 else (useful, 0)
    rows = {sign: max((len(row) for way, row in steps if way == sign), default=1) for sign in (1, -1)}
    found = {
        "shift": _joined(row for row in stretches if len(row) > usual),
        "crossings": () if crossings < fewest else None,
        "in-a-row": _joined(row for row in stretches if len(row) >= in_a_row),
        "trend": _joined(row for _way, row in steps if len(row) >= trend),
        "runs": () if _unusual_runs(side, len(stretches)) else None,
        "outlier": _joined([_outliers(present, _first(baseline, len(present)))]),
    }
    places = {rule: tuple(int(here[place]) for place in found[rule]) for rule in rules if found[rule] is not None}
    return RunSignals(centre, useful, longest, usual, crossings, fewest, rows[1], rows[-1],
                      tuple(places), places, rules)


def _checked_rules(rules):
    rules = (rules,) if isinstance(rules, str) else tuple(rules)
    for rule in rules:
        if rule not in RULES:
            raise PracticumError(_("There is no run-chart rule “{rule}”. Choose from: {rules}.").format(rule=rule, rules=", ".join(RULES)))
    if not rules:
        raise PracticumError(_("No rule was chosen. Choose from: {rules}.").format(rules=", ".join(RULES)))
    return rules


def _first(baseline, points):
    """How many of the first points make the median line."""
    if baseline is None:
        return points
    count = as_count(baseline, "baseline", minimum=2)
    if count > points:
        raise PracticumError(_("baseline is {baseline}, but there are only {points} points. Give a smaller number.").format(
            baseline=count, points=points))
    return count


def _centre(present, first):
    return float(np.median(present[:first]))


def _stretches(side):
    """The runs as lists of places; points on the median are in none."""
    rows = []
    for place in np.flatnonzero(side):
        if rows and side[rows[-1][-1]] == side[place]:
            rows[-1].append(int(place))
        else:
            rows.append([int(place)])
    return rows


def _steps(present):
    """Rows of points that go one way, as (1 or -1, places); of equal neighbours the first counts."""
    kept = [0, *(place for place in range(1, len(present)) if present[place] != present[place - 1])]
    rows = []
    for before, place in zip(kept, kept[1:]):
        way = 1 if present[place] > present[before] else -1
        if rows and rows[-1][0] == way:
            rows[-1][1].append(place)
        else:
            # A row that turns at equal neighbours begins with the last of them, so that its points stand side by side.
            last = max(other for other in range(before, place) if present[other] == present[before])
            rows.append((way, [last, place]))
    return rows


def _joined(rows):
    """The places of all rows in order, None where there is none."""
    places = sorted({place for row in rows for place in row})
    return places or None


def _unusual_runs(side, runs):
    above, below = int(np.sum(side > 0)), int(np.sum(side < 0))
    if not above or not below:
        return False
    low, high = _usual_runs(above, below)
    return not low <= runs <= high


def _outliers(present, first):
    known = present[:first]
    reach = MOVING_RANGE * np.mean(np.abs(np.diff(known)))
    return np.flatnonzero(np.abs(present - known.mean()) > reach + 1e-9).tolist()


# ---- How often the rules err ------------------------------------------------------------------------------

@dataclass(frozen=True)
class RunChartErrors(Sentence):
    """How often rules err with simulated schools; see ``run_chart_errors``. Shares run from 0 to 1; lower is better.

    The standard errors are those of the simulation: more schools make them smaller.
    """

    rules: tuple
    points: int
    baseline: int | None
    false_alarm: float
    miss: float
    false_alarm_standard_error: float
    miss_standard_error: float
    shift: float
    looks: str
    schools: int

    def __str__(self):
        names = rule_names()
        when = _("looked at after every point") if self.looks == "every-point" else _("looked at one time")
        return _("{rules}; {points} points, {when}. False alarm: about {alarms} of 100 schools where nothing changed. "
                 "Miss: about {misses} of 100 schools where the level rose by {shift:g} standard deviations.").format(
                     rules=" + ".join(names[rule] for rule in self.rules), points=self.points, when=when,
                     alarms=round(100 * self.false_alarm), misses=round(100 * self.miss), shift=self.shift)


def run_chart_errors(*, points, rules=ANHOEJ, baseline=None, shift=1.5, shift_after=None, looks="at-end", schools=10_000, seed=1,
                     autocorrelation=0.0, in_a_row=IN_A_ROW, trend=TREND):
    """How often the rules err, from simulated schools, as ``RunChartErrors``.

    Every school has ``points`` points of normal noise with standard deviation 1. False alarm: of the schools where nothing
    changes, the share for which at least one of the rules gives a signal. Miss: of the schools whose level rises by ``shift``
    standard deviations after ``shift_after`` points (None: after the baseline, or after half of the points), the share for which
    none does. The rules and ``baseline`` are as in ``run_signals``.

    ``looks="at-end"``: one look at all points. ``"every-point"``: a look after each point from the tenth on (or from the first
    after a longer baseline); one signal is enough. ``autocorrelation``: of the noise from one point to the next, between -1 and
    1. The same ``seed`` gives the same answer.

    >>> errors = run_chart_errors(points=24, rules="trend", schools=2000)
    >>> round(errors.false_alarm, 1)
    0.2
    """
    rules = _checked_rules(rules)
    points, schools = as_count(points, "points", minimum=LEAST_POINTS), as_count(schools, "schools")
    first = None if baseline is None else _first(baseline, points)
    if looks not in ("at-end", "every-point"):
        raise PracticumError(_('looks is {value!r}. Choose "at-end" or "every-point".').format(value=looks))
    shift, change = as_number(shift, "shift"), shift_after if shift_after is not None else first or points // 2
    change = as_count(change, "shift_after", minimum=0)
    options = {"rules": rules, "first": first, "in_a_row": as_count(in_a_row, "in_a_row", minimum=2),
               "trend": as_count(trend, "trend", minimum=3), "looks": looks}
    noise = _noise(np.random.default_rng(as_count(seed, "seed", minimum=0)), schools, points,
                   as_number(autocorrelation, "autocorrelation", above=-1, below=1))
    alarm = _signalled(noise, **options).mean()
    miss = 1 - _signalled(noise + shift * (np.arange(points) >= change), **options).mean()
    return RunChartErrors(rules, points, first, float(alarm), float(miss), _share_error(alarm, schools), _share_error(miss, schools),
                          shift, looks, schools)


def _share_error(share, n):
    return float(np.sqrt(share * (1 - share) / n))


def _noise(rng, schools, points, autocorrelation):
    noise = rng.standard_normal((schools, points))
    for place in range(1, points):
        noise[:, place] = autocorrelation * noise[:, place - 1] + np.sqrt(1 - autocorrelation**2) * noise[:, place]
    return noise


def _signalled(values, *, rules, first, in_a_row, trend, looks):
    """For each row of ``values`` whether a rule gives a signal, at the end or at one of the looks."""
    points = values.shape[1]
    start = points if looks == "at-end" else min(points, max(LEAST_POINTS, (first or 0) + 1))
    told = np.zeros(len(values), bool)
    for count in range(start, points + 1):
        told |= _signal(values[:, :count], rules, first or count, in_a_row, trend)
    return told


def _signal(values, rules, first, in_a_row, trend):
    """For each row of ``values`` whether a rule gives a signal; the same rules as in ``run_signals``, for many rows at once."""
    side = np.sign(values - np.median(values[:, :first], axis=1, keepdims=True))
    longest, crossings = _runs_of_many(side)
    useful = np.count_nonzero(side, axis=1)
    limits = np.array([run_limits(n) if n >= 2 else (n, 0) for n in range(values.shape[1] + 1)])
    told = np.zeros(len(values), bool)
    for rule in rules:
        told |= {
            "shift": lambda: longest > limits[useful, 0],
            "crossings": lambda: crossings < limits[useful, 1],
            "in-a-row": lambda: longest >= in_a_row,
            "trend": lambda: _longest_row_one_way(values) >= trend,
            "runs": lambda: _unusual_runs_of_many(side, crossings + 1),
            "outlier": lambda: _has_outlier(values, first),
        }[rule]()
    return told


def _runs_of_many(side):
    """The longest run and the number of crossings of each row."""
    last, length, longest, crossings = (np.zeros(len(side), int) for _part in range(4))
    for now in side.T.astype(int):
        counts, same = now != 0, now == last
        crossings += counts & ~same & (last != 0)
        length = np.where(counts, np.where(same, length + 1, 1), length)
        last = np.where(counts, now, last)
        longest = np.maximum(longest, length)
    return longest, crossings


def _longest_row_one_way(values):
    """The most points in a row that go one way; the noise has no equal neighbours."""
    way, length, longest = np.zeros(len(values), int), np.ones(len(values), int), np.ones(len(values), int)
    for now in np.sign(np.diff(values, axis=1)).T.astype(int):
        length = np.where(now == way, length + 1, 2)
        way, longest = now, np.maximum(longest, length)
    return longest


def _unusual_runs_of_many(side, runs):
    above, below = (side > 0).sum(axis=1), (side < 0).sum(axis=1)
    told = np.zeros(len(side), bool)
    for pair in set(zip(above.tolist(), below.tolist())):
        if min(pair):
            low, high = _usual_runs(*pair)
            told |= (above == pair[0]) & (below == pair[1]) & ((runs < low) | (runs > high))
    return told


def _has_outlier(values, first):
    known = values[:, :first]
    reach = MOVING_RANGE * np.abs(np.diff(known, axis=1)).mean(axis=1, keepdims=True)
    return (np.abs(values - known.mean(axis=1, keepdims=True)) > reach).any(axis=1)


# ---- A cascade of training --------------------------------------------------------------------------------

@dataclass(frozen=True)
class CascadeStep:
    """One step of a cascade, on average over the simulated cascades.

    ``planned`` and ``reached``: people. ``fidelity``: the mean share of the practice that those who were reached carry out as
    meant. ``well``: how many of them carry out at least the share called ``enough``. ``hours``: working hours of all.
    """

    step: int
    planned: int
    reached: float
    fidelity: float
    well: float
    hours: float


@dataclass(frozen=True)
class Cascade(Sentence):
    """A simulated cascade of training: its ``steps`` and, over all of them, ``planned``, ``reached``, ``well`` and ``hours``.

    ``start`` is the share that the first trainer carries out, ``coaching`` the effect in standard deviations, ``enough`` the
    share from which the practice counts as carried out.
    """

    steps: tuple
    start: float
    coaching: float
    enough: float
    planned: int
    reached: float
    well: float
    hours: float

    @property
    def hours_each(self):
        """Working hours spent for each person who carries out enough; infinite where there is none."""
        return self.hours / self.well if self.well else float("inf")

    def __str__(self):
        last = self.steps[-1]
        return _("Of {planned} people {reached:.0f} are reached, and {well:.0f} carry out {enough:.0%} or more. In the last step the mean is {fidelity:.0%}. "
                 "Cost: {hours:.0f} working hours.").format(planned=self.planned, reached=self.reached, well=self.well, enough=self.enough,
                                                          fidelity=last.fidelity, hours=self.hours)


def cascade(groups, *, start=0.95, kept=0.8, spread=0.2, takes_place=1.0, coaching=0.0, enough=0.8, training_hours=3.0,
            preparation_hours=2.0, coaching_hours=0.0, cascades=2_000, seed=1):
    """Who is trained by whom in a cascade, what is left of the practice, and in how many hours, as a ``Cascade``.

    ``groups``: how many people each trainer trains, for each step: [6, 5] means that one person trains 6, and each of these
    trains 5 more. **Every number below is an assumption, except a coaching effect taken from a study.** ``start``: the share of
    the practice that the first trainer carries out. A person carries out what the trainer carries out times ``kept``, give or
    take ``spread`` (one standard deviation, normal), plus ``coaching`` times ``spread``: so ``coaching`` is an effect in standard
    deviations. All shares stay between 0 and 1. ``takes_place``: the probability that a planned group takes place; below it
    nobody is trained. ``enough``: the share from which the practice counts as carried out.

    Hours: a group costs its trainer ``training_hours`` + ``preparation_hours`` and each member ``training_hours``;
    ``coaching_hours`` are spent for each member by two people, the coach and the member.
    Source: kraft2018coaching (0.49 standard deviations on teaching, much less in large programmes).

    >>> cascade([6, 5], cascades=500).planned
    36
    """
    groups = [as_count(size, _("groups, step {step}").format(step=step)) for step, size in enumerate(groups, 1)]
    if not groups:
        raise PracticumError(_("groups is empty. Give how many people each trainer trains, such as [6, 5]."))
    shares = {name: _share(value, name) for name, value in (("start", start), ("kept", kept), ("takes_place", takes_place), ("enough", enough))}
    spread = as_number(spread, "spread", minimum=0)
    gain = as_number(coaching, "coaching") * spread
    times = [as_number(value, name, minimum=0) for value, name in (
        (training_hours, "training_hours"), (preparation_hours, "preparation_hours"), (coaching_hours, "coaching_hours"))]
    rng = np.random.default_rng(as_count(seed, "seed", minimum=0))
    trainers = np.full((as_count(cascades, "cascades"), 1), shares["start"])
    steps, planned = [], 1
    for number, size in enumerate(groups, 1):
        planned *= size
        groups_held = ~np.isnan(trainers) & (rng.random(trainers.shape) < shares["takes_place"])
        people = _trained(trainers, groups_held, size, shares["kept"], spread, gain, rng)
        steps.append(_step(number, planned, people, groups_held, size, shares["enough"], *times))
        trainers = people
    return Cascade(tuple(steps), shares["start"], float(coaching), shares["enough"], sum(step.planned for step in steps),
                   *(float(sum(getattr(step, name) for step in steps)) for name in ("reached", "well", "hours")))


def _share(value, name):
    number = as_number(value, name, minimum=0)
    if number > 1:
        raise PracticumError(_("{name} is {value}. Give a share from 0 to 1, such as 0.8.").format(name=name, value=number))
    return number


def _trained(trainers, groups_held, size, kept, spread, gain, rng):
    """What each member of each group carries out, one row for each cascade; NaN where the group did not take place."""
    members = np.repeat(np.where(groups_held, trainers, np.nan), size, axis=1)
    return np.clip(members * kept + spread * rng.standard_normal(members.shape) + gain, 0, 1)


def _step(number, planned, people, groups_held, size, enough, training, preparation, coaching):
    reached = int(np.sum(~np.isnan(people)))
    hours = np.sum(groups_held) * (training + preparation + size * training + 2 * size * coaching)
    return CascadeStep(number, planned, reached / len(people), float(np.nansum(people) / reached) if reached else 0.0,
                       float(np.sum(people >= enough) / len(people)), float(hours / len(people)))


# ---- Cost in hours ----------------------------------------------------------------------------------------

def cost_in_hours(people, times, minutes):
    """The working hours that a plan costs: for each piece of work people x times x minutes / 60, an array.

    The three lists name, for each piece of work, how many people do it, how many times, and how many minutes it takes each of
    them. A piece of work where a number is missing raises an error, because its cost would be hidden.

    >>> cost_in_hours([2, 1], [10, 4], [30, 45])
    array([10.,  3.])
    """
    parts = [as_series(values, name, missing="keep") for values, name in ((people, "people"), (times, "times"), (minutes, "minutes"))]
    if len({len(part) for part in parts}) > 1:
        raise PracticumError(_("people, times and minutes have {lengths} places. Give one number in each for each piece of work.").format(
            lengths=", ".join(str(len(part)) for part in parts)))
    product = parts[0] * parts[1] * parts[2] / 60
    missing = np.flatnonzero(np.isnan(product))
    if missing.size:
        raise PracticumError(_("A number is missing for piece of work {place}. Write people, times and minutes, so that its cost is not hidden.").format(
            place=missing[0] + 1))
    if any((part < 0).any() for part in parts):
        raise PracticumError(_("people, times and minutes cannot be less than 0. Correct the number."))
    return product
