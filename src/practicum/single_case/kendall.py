"""Kendall's S: pairs of points that rise less pairs that fall."""

from functools import cache
from math import comb, factorial, sqrt
from statistics import NormalDist

import numpy as np


def cross_s(a, b):
    """Pairs in which b is the higher less pairs in which a is, as an int."""
    a = np.sort(a)
    return int(a.searchsorted(b, side="left").sum() + a.searchsorted(b, side="right").sum()) - len(a) * len(b)


def trend_s(points):
    """Kendall's S of the points with their order: pairs that rise less pairs that fall, as an int."""
    if len(points) <= 64:
        return int(np.triu(np.sign(points - points[:, None])).sum())
    half = len(points) // 2
    return trend_s(points[:half]) + trend_s(points[half:]) + cross_s(points[:half], points[half:])


def tied_pairs(points):
    counts = np.unique(points, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def s_variance(count, ties=()):
    """The variance of S when nothing grows; ``ties`` are the sizes of groups of points or times that are alike."""
    return sum(sign * size * (size - 1) * (2 * size + 5) / 18
               for sign, sizes in ((1, [count]), (-1, ties)) for size in sizes)


def trend_p(points):
    """The two-sided p of a rise or fall of the points: exact without ties, else normal with S drawn in by one."""
    s, counts = abs(trend_s(points)), np.unique(points, return_counts=True)[1]
    if s == 0:
        return 1.0
    if counts.max() == 1 and len(points) <= 50:
        return _exact_p(len(points), s)
    z = (s - 1) / sqrt(s_variance(len(points), counts.tolist()))
    return 2 * NormalDist().cdf(-z)


def _exact_p(count, s):
    """Twice the share of the orders of ``count`` points whose S is at least ``s``, above 0."""
    falling = (comb(count, 2) - s) // 2
    return min(2 * sum(_orders_by_falls(count)[:falling + 1]) / factorial(count), 1.0)


@cache
def _orders_by_falls(count):
    """How many orders of ``count`` points have 0, 1, 2, ... falling pairs."""
    ways = [1]
    for size in range(2, count + 1):
        ways = [sum(ways[max(fall - size + 1, 0):fall + 1]) for fall in range(comb(size, 2) + 1)]
    return ways
