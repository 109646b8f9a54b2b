"""Drawing by lot when a phase begins, in a way that others can repeat, and the test that belongs to such a draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod
from random import Random

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.results import Sentence
from practicum.series import as_count, as_number, as_series
from practicum.single_case.effect import check_choice, direction
from practicum.single_case.judgement import STATISTICS, tested

# So many arrangements are listed in a few seconds.
MOST_ARRANGEMENTS = 200_000


@dataclass(frozen=True)
class Lot(Sentence):
    """What was drawn: ``starts``, the session in which each new phase begins, for several cases by name.

    ``number`` is the number agreed on, ``choices`` how many draws were possible. Whoever draws again with the same number and
    the same limits gets the same lot.
    """

    number: int
    starts: tuple | dict
    choices: int

    @property
    def smallest_p(self):
        """The smallest p that a randomization test of this plan can give."""
        return 1 / self.choices

    def __str__(self):
        if isinstance(self.starts, dict):
            sessions = ", ".join(f"{name}: {start}" for name, start in self.starts.items())
        else:
            sessions = ", ".join(map(str, self.starts))
        return _("Drawn with the number {number}: new phases begin in session {sessions}. Possible draws: {choices}; "
                 "the smallest possible p is {smallest:.3f}.").format(
                     number=self.number, sessions=sessions, choices=self.choices, smallest=self.smallest_p)


@dataclass(frozen=True)
class Order(Sentence):
    """The ``conditions`` of all sessions in the order drawn with ``number``."""

    number: int
    conditions: tuple

    def __str__(self):
        return _("Drawn with the number {number}: {conditions}.").format(number=self.number, conditions=", ".join(self.conditions))


def draw_starts(sessions, *, number, phases=2, minimum=5):
    """Draw by lot in which sessions the phases after the first one begin, as a ``Lot``.

    ``sessions`` in all; ``phases``: 2 for AB, 4 for ABAB; ``minimum`` sessions in each phase. All admissible arrangements are
    equally likely. Agree on ``number`` before anybody knows what it gives, for example by throwing dice together, write it down,
    and draw one time only: who draws until the result pleases has not drawn. Source: onghena1992abab, kratochwill2010randomization.

    >>> draw_starts(20, number=4711).choices
    11
    """
    sessions, phases, minimum = _limits(sessions, phases, minimum)
    count = _count(sessions, phases, minimum)
    return Lot(number, _arrangements(sessions, phases, minimum)[int(_fraction(number) * count)], count)


def draw_starts_of_cases(windows, *, number):
    """Draw by lot in which session each case of a multiple baseline begins, as a ``Lot``.

    ``windows``: a dictionary from the name of each case to its first and last possible session, such as (6, 9). Windows that
    follow one another keep the starts apart. ``number`` as in ``draw_starts``. Source: levin2018randomization.

    >>> draw_starts_of_cases({"Ann": (6, 8), "Ben": (9, 11)}, number=5).choices
    9
    """
    if not isinstance(windows, Mapping) or not windows:
        raise PracticumError(_('Give the windows as a dictionary, such as {"Ann": (6, 9), "Ben": (10, 13)}.'))
    spans = {}
    for name, window in windows.items():
        first, last = (as_count(edge, _("window of {name}").format(name=name), minimum=2) for edge in window)
        if last < first:
            raise PracticumError(_("The window of {name} ends before it begins. Give first the earlier session.").format(name=name))
        spans[str(name)] = (first, last)
    _fraction(number)
    chance = Random(number)
    starts = {name: first + int(chance.random() * (last - first + 1)) for name, (first, last) in spans.items()}
    return Lot(number, starts, prod(last - first + 1 for first, last in spans.values()))


def draw_order(conditions, sessions, *, number):
    """Draw by lot the order of conditions that take turns, as an ``Order``.

    In every block of as many sessions as there are ``conditions``, each comes one time; so none comes more than twice in a row.
    ``number`` as in ``draw_starts``. Source: kratochwill2010randomization.

    >>> sorted(draw_order(["paper", "tablet"], 4, number=5).conditions[:2])
    ['paper', 'tablet']
    """
    conditions = [str(condition) for condition in conditions]
    if len(set(conditions)) < 2:
        raise PracticumError(_("There is one condition only. Give two or more that take turns."))
    _fraction(number)
    chance, order = Random(number), []
    while len(order) < as_count(sessions, "sessions"):
        left = list(conditions)
        while left:
            order.append(left.pop(int(chance.random() * len(left))))
    return Order(number, tuple(order[:int(sessions)]))


def randomization_test_of_phases(scores, starts, *, minimum, improvement="increase", statistic="mean"):
    """Randomization test of one series A, B, A, B, ... whose phase changes were drawn by lot together, as in ``draw_starts``.

    ``scores`` of all sessions in order (a missing one keeps its place); ``starts``: the sessions (from 1) in which the second and
    each later phase began; ``minimum`` sessions in each phase when the lot was drawn. The difference is that of all B points and
    all A points, by "mean" or "median". The test is right only if the starts really were drawn, and before the first session.
    Source: onghena1992abab.

    >>> test = randomization_test_of_phases([3, 2, 3, 7, 8, 7, 4, 3, 2, 8, 9, 8], (4, 7, 10), minimum=2)
    >>> test.arrangements, round(test.p, 3)
    (35, 0.029)
    """
    check_choice(statistic, STATISTICS, "statistic")
    points, starts = direction(improvement) * as_series(scores, "scores", missing="keep"), tuple(as_count(start, "starts") for start in starts)
    sessions, phases, minimum = _limits(len(points), len(starts) + 1, minimum)
    arrangements = _arrangements(sessions, phases, minimum)
    if starts not in arrangements:
        raise PracticumError(_("The starts {starts} do not leave {minimum} sessions in each phase. Give the minimum that the lot was "
                               "drawn with, and check the starts.").format(starts=", ".join(map(str, starts)), minimum=minimum))
    differences = np.array([_difference(points, one, STATISTICS[statistic]) for one in arrangements])
    return tested(differences[arrangements.index(starts)], differences, len(arrangements))


@dataclass(frozen=True)
class RuleErrors(Sentence):
    """How often a decision rule keeps a help: ``kept``, the share of ``series`` simulated series with this true ``effect``."""

    effect: float
    kept: float
    series: int

    def __str__(self):
        return _("Of 100 helps with a true effect of {effect:g} the rule keeps {kept:.0f}.").format(effect=self.effect, kept=100 * self.kept)


def rule_errors(sessions, *, effect, phases=4, minimum=4, noise_sd=1.0, trend=0.0, p=0.05, series=2000, seed=1):
    """How often a plan drawn by lot ends with "keep the help", by simulation: ``RuleErrors``.

    The rule: the middle of each phase lies above that of the phase without help beside it (every change goes the expected way), and
    the p of `randomization_test_of_phases` is at most ``p``. Each of ``series`` simulated pupils gets a plan of ``sessions`` drawn
    among all with ``minimum`` sessions in each of ``phases``; a point is normal noise with standard deviation ``noise_sd`` plus
    ``trend`` a session plus ``effect`` while the help is there; more is better. With an effect of 0 the share is the false alarms of
    the rule; with another one, 1 less the share is its misses. Days are independent, which real days may not be.

    >>> rule_errors(16, effect=4, minimum=3, series=50).kept > rule_errors(16, effect=0, minimum=3, series=50).kept
    True
    """
    sessions, phases, minimum = _limits(sessions, phases, minimum)
    effect, noise_sd, trend = as_number(effect, "effect"), as_number(noise_sd, "noise_sd", above=0), as_number(trend, "trend")
    plans = np.array(_arrangements(sessions, phases, minimum))
    part = (np.arange(1, sessions + 1)[:, None] >= plans[:, None, :]).sum(axis=2)  # for each plan and session its phase, from 0
    helped = part % 2
    weights = helped / helped.sum(axis=1, keepdims=True) - (1 - helped) / (1 - helped).sum(axis=1, keepdims=True)
    rng, kept = np.random.default_rng(seed), 0
    for drawn in rng.integers(len(plans), size=as_count(series, "series")):
        points = noise_sd * rng.standard_normal(sessions) + trend * np.arange(sessions) + effect * helped[drawn]
        middles = np.array([np.median(points[part[drawn] == phase]) for phase in range(phases)])
        if np.all(np.diff(middles) * (-1) ** np.arange(phases - 1) > 0):
            differences = weights @ points
            kept += np.mean(differences >= differences[drawn] - 1e-9) <= p
    return RuleErrors(effect, float(kept / series), int(series))


def _limits(sessions, phases, minimum):
    sessions, phases, minimum = as_count(sessions, "sessions"), as_count(phases, "phases", minimum=2), as_count(minimum, "minimum")
    if phases * minimum > sessions:
        raise PracticumError(_("{phases} phases of at least {minimum} sessions need {needed} sessions; there are {sessions}. "
                               "Plan more sessions, or fewer in each phase.").format(
                                   phases=phases, minimum=minimum, needed=phases * minimum, sessions=sessions))
    if _count(sessions, phases, minimum) > MOST_ARRANGEMENTS:
        raise PracticumError(_("This plan has more than {most} possible draws. Plan fewer sessions or phases.").format(most=MOST_ARRANGEMENTS))
    return sessions, phases, minimum


def _fraction(number):
    """The place of the draw, from 0 to below 1."""
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise PracticumError(_("number is {number!r}. Give a whole number from 0, such as 4711.").format(number=number))
    # Of Python's generators only random() is promised to give the same numbers in every later version.
    return Random(number).random()


def _count(sessions, phases, minimum):
    return comb(sessions - phases * minimum + phases - 1, phases - 1)


def _arrangements(sessions, phases, minimum):
    """Every admissible tuple of starts: the sessions to spare are shared out among the phases in every way."""
    spare = sessions - phases * minimum
    return [tuple(bar - place + minimum * (place + 1) + 1 for place, bar in enumerate(bars))
            for bars in combinations(range(spare + phases - 1), phases - 1)]


def _difference(points, starts, center):
    phases = np.split(points, [start - 1 for start in starts])
    both = [np.concatenate(phases[kind::2]) for kind in (0, 1)]
    both = [part[~np.isnan(part)] for part in both]
    if not all(part.size for part in both):
        raise PracticumError(_("With starts at {starts} one condition has missing points only, so the test cannot be made.").format(
            starts=", ".join(map(str, starts))))
    return float(center(both[1]) - center(both[0]))
