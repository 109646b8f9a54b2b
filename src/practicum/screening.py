"""How well a screening finds the pupils who need help, and whom it flags without need.

All shares run from 0 to 1. ``direction`` says which scores show need: "high" (errors, ratings of difficulty;
flagged are scores at or above the cut) or "low" (words read; flagged are scores at or below the cut).
"""

from dataclasses import dataclass

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_series


@dataclass(frozen=True)
class Accuracy:
    """What one cut does to one group of pupils, as the four counts of pupils.

    >>> Accuracy(true_positives=9, false_positives=14, false_negatives=3, true_negatives=74).sensitivity
    0.75
    """

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int

    def __post_init__(self):
        for name, pupils in vars(self).items():
            if as_series([pupils], name)[0] < 0:
                raise PracticumError(_("{name} is {value}. Give a number of pupils, 0 or more.")
                                     .format(name=name, value=pupils))

    @property
    def n(self):
        """How many pupils were screened."""
        return sum(vars(self).values())

    @property
    def sensitivity(self):
        """The share of the pupils in need who are flagged."""
        return _share(self.true_positives, self.false_negatives, _("no pupil is in need"))

    @property
    def specificity(self):
        """The share of the pupils without need who are not flagged."""
        return _share(self.true_negatives, self.false_positives, _("every pupil is in need"))

    @property
    def base_rate(self):
        """The share of all pupils who are in need."""
        return _share(self.true_positives + self.false_negatives, self.false_positives + self.true_negatives,
                      _("no pupil was screened"))

    @property
    def positive_predictive_value(self):
        """The share of the flagged pupils who are in need, in this group."""
        return _share(self.true_positives, self.false_positives, _("no pupil is flagged"))

    @property
    def negative_predictive_value(self):
        """The share of the pupils not flagged who are without need, in this group."""
        return _share(self.true_negatives, self.false_negatives, _("every pupil is flagged"))

    def __str__(self):
        return _("Of {all} pupils, {need} need help. The screening finds {found} of them and misses {missed}. "
                 "It also flags {alarms} of the {others} who do not need it.").format(
            all=self.n, need=self.true_positives + self.false_negatives, found=self.true_positives,
            missed=self.false_negatives, alarms=self.false_positives,
            others=self.false_positives + self.true_negatives)


def accuracy_at(scores, has_need, cut, *, direction="high"):
    """How a cut sorts pupils whose need is known, as an ``Accuracy``.

    ``scores`` are the screening scores, ``has_need`` tells of the same pupils 1 (or True) for need and 0 for
    none, by a better judgement than the screening. Pupils without a score or judgement are left out. A score
    equal to the cut is flagged. ``direction`` is "high" or "low", see above.

    >>> accuracy_at([3, 5, 6, 9], [1, 1, 0, 0], 5, direction="low").sensitivity
    1.0
    """
    scores, need = _pupils(scores, has_need, direction)
    cut = as_series([cut], "cut")[0]
    flagged = scores <= cut if direction == "low" else scores >= cut
    return Accuracy(*(int(np.sum(group)) for group in
                      (flagged & need, flagged & ~need, ~flagged & need, ~flagged & ~need)))


@dataclass(frozen=True)
class PredictiveValues:
    """What a flag and its absence mean at a base rate; made by ``predictive_values``.

    ``positive``: the chance of need in a flagged pupil. ``negative``: the chance of no need in a pupil not flagged.
    ``sensitivity``, ``specificity`` and ``base_rate`` are as given. All run from 0 to 1.
    """

    positive: float
    negative: float
    sensitivity: float
    specificity: float
    base_rate: float

    def __str__(self):
        flagged = self.sensitivity * self.base_rate + (1 - self.specificity) * (1 - self.base_rate)
        size = _group_size(self.base_rate, 1 - self.base_rate, flagged)
        need = round(size * self.base_rate)
        found, alarms = round(need * self.sensitivity), round((size - need) * (1 - self.specificity))
        return _("Of {size} pupils, {need} need help and {found} of these are flagged. Of the {others} who do not "
                 "need it, {alarms} are flagged too. So {found} of the {flagged} flagged pupils need help.").format(
            size=size, need=need, found=found, others=size - need, alarms=alarms, flagged=found + alarms)


def predictive_values(sensitivity, specificity, base_rate):
    """The chance of need in a flagged pupil, and of no need in a pupil not flagged, as ``PredictiveValues``.

    ``base_rate`` is the share of pupils in need where the screening will be used. All three are shares, 0 to 1;
    the base rate lies between them. Bayes' rule: positive = sensitivity x base rate / (that + (1 - specificity)
    x (1 - base rate)). The rarer the need, the fewer flags are right, however good the screening. The printed
    sentence counts pupils and rounds to whole ones. Raises PracticumError when nobody or everybody is flagged.

    >>> round(predictive_values(0.9, 0.8, 0.1).positive, 3)
    0.333
    """
    for value, name in ((sensitivity, "sensitivity"), (specificity, "specificity"), (base_rate, "base_rate")):
        _check_share(value, name)
    if base_rate in (0, 1):
        raise PracticumError(_("base_rate is {value}: then nobody or everybody needs help, and there is nothing to "
                               "screen for. Give a share between 0 and 1.").format(value=base_rate))
    found, missed = sensitivity * base_rate, (1 - sensitivity) * base_rate
    cleared, alarms = specificity * (1 - base_rate), (1 - specificity) * (1 - base_rate)
    return PredictiveValues(_share(found, alarms, _("no pupil is flagged")),
                            _share(cleared, missed, _("every pupil is flagged")),
                            float(sensitivity), float(specificity), float(base_rate))


@dataclass(frozen=True)
class Roc:
    """How finding and false alarms trade off over all cuts; made by ``roc``.

    ``cuts``, ``sensitivity`` and ``false_alarm_rate`` (1 - specificity) are arrays, one place for each cut, from
    the cut that flags nobody (infinite, the point 0, 0) to the one that flags everybody (1, 1).
    """

    cuts: np.ndarray
    sensitivity: np.ndarray
    false_alarm_rate: np.ndarray
    area: float
    standard_error: float

    def __str__(self):
        sentence = _("A pupil in need has the more worrying score than a pupil without need in {area:.0%} of all such "
                     "pairs, ties counted half (standard error {error:.0f} points).").format(
            area=self.area, error=100 * self.standard_error)
        if self.area < 0.5:
            sentence += " " + _("Less than half: check which scores show need (direction).")
        return sentence


def roc(scores, has_need, *, direction="high"):
    """The receiver operating characteristic of a screening, as a ``Roc``.

    Arguments as in ``accuracy_at``. ``area`` is the share of pairs of a pupil in need and one without in which the
    first has the more worrying score, ties counted half: 0.5 is chance, 1 is best. It is the Mann-Whitney U
    divided by the number of pairs, and so the same number as the nonoverlap of all pairs. ``standard_error`` is
    that of the area; it is 0, and says nothing, when all pupils are sorted rightly. Source: hanley1982roc.

    >>> roc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]).area
    0.75
    """
    scores, need = _pupils(scores, has_need, direction)
    _check_both_kinds(need)
    cuts, found, alarms = _tallies(scores, need, direction)
    worry = -scores if direction == "low" else scores
    area, error = _area(worry[need], worry[~need])
    end = np.inf if direction == "high" else -np.inf
    return Roc(np.append(end, cuts), np.append(0, found / need.sum()), np.append(0, alarms / (~need).sum()),
               area, error)


@dataclass(frozen=True)
class CutScores:
    """All cuts of a screening and the one a rule chose; made by ``cut_scores``.

    ``cuts``, ``sensitivity`` and ``specificity`` are arrays, one place for each cut, from few pupils flagged to all.
    ``cut`` is the chosen cut, ``accuracy`` what it does to these pupils, ``rule`` the rule's name.
    """

    cuts: np.ndarray
    sensitivity: np.ndarray
    specificity: np.ndarray
    cut: float
    accuracy: Accuracy
    direction: str
    rule: str

    def __str__(self):
        flagged = _("at or below {cut:g}") if self.direction == "low" else _("at or above {cut:g}")
        return _("Flag scores {range}. {accuracy} Other pupils will be sorted somewhat worse than those the cut "
                 "was chosen on.").format(range=flagged.format(cut=self.cut), accuracy=self.accuracy)


def cut_scores(scores, has_need, *, direction="high", rule="youden", minimum=0.9):
    """Sensitivity and specificity at every score that occurs, and the cut that ``rule`` chooses, as ``CutScores``.

    Arguments as in ``accuracy_at``. Rules:

    - "youden": the largest sensitivity + specificity. A missed pupil weighs as much as a false alarm among as
      many pupils; equal cuts go to the one that finds more. Source: youden1950index.
    - "minimum-sensitivity": of the cuts that find at least the share ``minimum`` of the pupils in need, the one
      with the fewest false alarms.

    A rule chooses well for the pupils it was tried on; check the cut on other pupils before it is used.

    >>> cut_scores([3, 5, 6, 9], [1, 1, 0, 0], direction="low").cut
    5.0
    """
    scores, need = _pupils(scores, has_need, direction)
    _check_both_kinds(need)
    cuts, found, alarms = _tallies(scores, need, direction)
    sensitivity, specificity = found / need.sum(), 1 - alarms / (~need).sum()
    chosen = _RULES[_known(rule, _RULES, "rule")](sensitivity, specificity, _check_share(minimum, "minimum"))
    accuracy = accuracy_at(scores, need, cuts[chosen], direction=direction)
    return CutScores(cuts, sensitivity, specificity, float(cuts[chosen]), accuracy, direction, rule)


def _best_youden(sensitivity, specificity, minimum):
    index = np.round(sensitivity + specificity, 12)
    return np.flatnonzero(index == index.max())[-1]


def _first_to_find_enough(sensitivity, specificity, minimum):
    return np.flatnonzero(sensitivity >= minimum - 1e-12)[0]


_RULES = {"youden": _best_youden, "minimum-sensitivity": _first_to_find_enough}


def _tallies(scores, need, direction):
    """Each cut, with the pupils flagged by it: in need and without. From few flagged to all."""
    cuts, place = np.unique(scores if direction == "low" else -scores, return_inverse=True)
    found, alarms = (np.cumsum(np.bincount(place[group], minlength=len(cuts))) for group in (need, ~need))
    return cuts if direction == "low" else -cuts, found, alarms


def _area(worry, calm):
    """The area and its standard error from the scores of pupils in need and without, high being worrying."""
    below, tied = _below_and_tied(worry, calm)
    above, same = 1 - sum(_below_and_tied(calm, worry)), _below_and_tied(calm, worry)[1]
    area = np.mean(below + tied / 2)
    # Q1: two in need both above one without; Q2: one in need above two without. A tie of two with one stands
    # for three scores that a finer scale would part, so a third of it counts.
    q1, q2 = np.mean(above ** 2 + above * same + same ** 2 / 3), np.mean(below ** 2 + below * tied + tied ** 2 / 3)
    variance = (area * (1 - area) + (len(worry) - 1) * (q1 - area ** 2) + (len(calm) - 1) * (q2 - area ** 2)) \
        / (len(worry) * len(calm))
    return float(area), float(np.sqrt(variance))


def _below_and_tied(scores, others):
    """For each score the share of the others below it, and the share equal to it."""
    others = np.sort(others)
    below, up_to = (np.searchsorted(others, scores, side) / len(others) for side in ("left", "right"))
    return below, up_to - below


def _group_size(*shares):
    """The smallest round number of pupils of whom each of the shares is at least five."""
    return next((size for size in (100, 1000, 10_000, 100_000) if size * min(shares) >= 5), 1_000_000)


def _share(part, rest, reason):
    if part + rest == 0:
        raise PracticumError(_("This share is undefined, because {reason}. Change the cut or the group of pupils.")
                             .format(reason=reason))
    return float(part / (part + rest))


def _check_share(value, name):
    if not 0 <= as_series([value], name)[0] <= 1:
        raise PracticumError(_("{name} is {value}. Give a share from 0 to 1, such as 0.8 for 80%.")
                             .format(name=name, value=value))
    return value


def _known(value, allowed, name):
    if value not in tuple(allowed):
        raise PracticumError(_("{name} is {value!r}. Choose one of: {allowed}.")
                             .format(name=name, value=value, allowed=", ".join(allowed)))
    return value


def _pupils(scores, has_need, direction):
    """Scores, and need as True and False, of the pupils who have both."""
    _known(direction, ("high", "low"), "direction")
    scores, need = (as_series(values, name, missing="keep")
                    for values, name in ((scores, "scores"), (has_need, "has_need")))
    if len(scores) != len(need):
        raise PracticumError(_("scores has {scores} entries and has_need has {needs}. Give both for every pupil, "
                               "and None where one is missing.").format(scores=len(scores), needs=len(need)))
    present = ~np.isnan(scores + need)
    if not present.any():
        raise PracticumError(_("No pupil has both a score and a judgement of need. Give at least one with both."))
    if not np.isin(need[present], (0, 1)).all():
        raise PracticumError(_("has_need holds a number other than 0 and 1. Write 1 for need and 0 for none."))
    return scores[present], need[present].astype(bool)


def _check_both_kinds(need):
    if need.all() or not need.any():
        raise PracticumError(_("has_need is the same for all pupils. Give pupils with need and pupils without."))
