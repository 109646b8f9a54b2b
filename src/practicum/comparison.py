"""Counts compared honestly: shares, rates and people for each post, as a range over definitions and not as one number.

Published counts of children differ because they count different things. A measure here divides two counts; `over_definitions`
puts the answers side by side that come from different, equally sensible definitions; `compare` says "more" only where every
definition says so. Shares are in per cent, from 0 to 100.
"""

from dataclasses import dataclass

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.results import Sentence
from practicum.series import as_number


def share(part, whole):
    """The part in per cent of the whole, from 0 to 100.

    ``part`` must be counted inside ``whole``: a part that is larger than its whole is refused, because then the two counts
    have different bases. Counts of Israel's State Comptroller for 2012. Source: mevaker2013.

    >>> round(share(87_000, 160_000), 1)
    54.4
    """
    part, whole = as_number(part, "part", minimum=0), as_number(whole, "whole", above=0)
    if part > whole:
        raise PracticumError(_("The part, {part:g}, is larger than the whole, {whole:g}. The two numbers count different things: "
                               "look for the whole that holds this part.").format(part=part, whole=whole))
    return 100 * part / whole


def rate(count, population, *, per=1000):
    """How many there are for each ``per`` of a population, for example pupils with extra support per 1,000 pupils.

    ``count`` need not be a part of ``population``: posts per 1,000 pupils are a rate as well. Not negative. The numbers of
    the example are Israel's for 2025/26. Source: ynet2025special.

    >>> round(rate(391_000, 2_587_000))
    151
    """
    return as_number(per, "per", above=0) * as_number(count, "count", minimum=0) / as_number(population, "population", above=0)


def per_post(children, posts):
    """How many children there are for one post (or one person, if people were counted); fewer is more help for each.

    ``posts`` may have a fraction, such as 2.5. The numbers of the example are Kazakhstan's for 2025.
    Source: zakon_letter2025, kazinform2025staff.

    >>> round(per_post(235_000, 10_275), 1)
    22.9
    """
    return as_number(children, "children", minimum=0) / as_number(posts, "posts", above=0)


def change(before, after):
    """How much a count has grown, in per cent of what it was before; negative if it shrank.

    It says nothing about the reason: a register that gets better grows, too. Source: ynet2025special.

    >>> round(change(2_558_000, 2_587_000), 1)
    1.1
    """
    before, after = as_number(before, "before", above=0), as_number(after, "after", minimum=0)
    return 100 * (after - before) / before


def implied_whole(part, percent, *, rounded_to=1):
    """The lowest and the highest whole that fit a count and its printed percentage: a check whether the two belong together.

    ``percent`` was rounded to steps of ``rounded_to`` (1 for "3 %", 0.1 for "95.2 %"). For "162,000, that is 3 % of all
    children" the number of all children must lie between these two. Source: kazinform2023.

    >>> [round(whole / 1e6, 1) for whole in implied_whole(162_000, 3)]
    [4.6, 6.5]
    """
    part, half = as_number(part, "part", minimum=0), as_number(rounded_to, "rounded_to", above=0) / 2
    percent = as_number(percent, "percent", above=0)
    if percent > 100:
        raise PracticumError(_("{percent:g} per cent is more than the whole. Look the percentage up again.").format(percent=percent))
    if percent <= half:
        raise PracticumError(_("{percent:g} per cent is too small for this rounding. Give it with more decimals.").format(percent=percent))
    return part / min(percent + half, 100) * 100, part / (percent - half) * 100


@dataclass(frozen=True)
class DefinitionRange(Sentence):
    """One question, answered with several definitions: ``values`` is a dictionary from the definition to its number."""

    values: dict

    @property
    def low(self):
        """The lowest number."""
        return min(self.values.values())

    @property
    def high(self):
        """The highest number."""
        return max(self.values.values())

    @property
    def width(self):
        """How far the definitions lie apart."""
        return self.high - self.low

    def __str__(self):
        low, high = (next(name for name, value in self.values.items() if value == end) for end in (self.low, self.high))
        return _("From {low:.1f} ({low_name}) to {high:.1f} ({high_name}), by what one counts.").format(
            low=self.low, low_name=low, high=self.high, high_name=high)


def over_definitions(values=None, **named):
    """The answers that different definitions give to the same question, as a `DefinitionRange`.

    Give each number the name of its definition, in a dictionary or as ``name=number``; a low line in such a name is shown as a
    space. At least two are needed: with one definition there is no range, and no reason to think that the number is sure.

    >>> print(over_definitions(of_all_registered=40.2, of_those_in_education=47.5))
    From 40.2 (of all registered) to 47.5 (of those in education), by what one counts.
    """
    values = {} if values is None else values
    if not isinstance(values, dict):
        raise PracticumError(_("Give the numbers as a dictionary from the definition to its number."))
    return DefinitionRange(_numbers({**values, **{name.replace("_", " "): value for name, value in named.items()}}))


def _numbers(values):
    if not isinstance(values, dict):
        raise PracticumError(_("Give the numbers as a dictionary from the definition to its number."))
    if len(values) < 2:
        raise PracticumError(_("One definition gives no range. Add a second one that is as sensible, or say that you found none."))
    return {str(name): as_number(value, str(name)) for name, value in values.items()}


@dataclass(frozen=True)
class RangeComparison(Sentence):
    """Two ranges compared: ``first`` and ``second`` are `DefinitionRange`, ``names`` what they belong to.

    ``verdict`` is "first-higher", "second-higher" or "open". ``pairs`` counts the pairs of one definition from each in which
    the first is higher, the second is higher, or the two are equal.
    """

    first: DefinitionRange
    second: DefinitionRange
    names: tuple
    verdict: str
    pairs: tuple

    def __str__(self):
        counts = _("Of {all} pairs of definitions {a} put {first} higher and {b} put {second} higher.").format(
            all=sum(self.pairs), a=self.pairs[0], b=self.pairs[1], first=self.names[0], second=self.names[1])
        if self.verdict == "open":
            return counts + " " + _("These numbers cannot say which is higher.")
        higher = self.names[0] if self.verdict == "first-higher" else self.names[1]
        return counts + " " + _("With every definition {higher} is higher; ask still whether both count the same children.").format(higher=higher)


def compare(first, second, *, names):
    """Compare two ranges with a strict rule: one is called higher only if all its definitions give more than all of the other's.

    ``first`` and ``second``: `DefinitionRange`, or dictionaries from definition to number; ``names``: what they belong to, two
    texts. The rule guards against choosing the pair of definitions that pleases. It does not make two countries count the
    same children. It has no error rate of its own: it depends on how many definitions one lists. If all numbers came from one
    pot by chance, m and n of them would lie apart in 2 of C(m + n, m) cases: one of three for two and two, two of 35 for three
    and four. Each definition that is added makes the rule more silent. Returns a `RangeComparison`.

    >>> print(compare({"a": 40, "b": 90}, {"c": 44, "d": 60}, names=("here", "there")))
    Of 4 pairs of definitions 2 put here higher and 2 put there higher. These numbers cannot say which is higher.
    """
    first, second = (part if isinstance(part, DefinitionRange) else DefinitionRange(_numbers(part)) for part in (first, second))
    if isinstance(names, str) or len(names) != 2:
        raise PracticumError(_('names must be two texts, such as ("here", "there").'))
    gaps = np.subtract.outer(list(first.values.values()), list(second.values.values()))
    verdict = "first-higher" if gaps.min() > 0 else "second-higher" if gaps.max() < 0 else "open"
    return RangeComparison(first, second, tuple(names), verdict, (int((gaps > 0).sum()), int((gaps < 0).sum()), int((gaps == 0).sum())))
