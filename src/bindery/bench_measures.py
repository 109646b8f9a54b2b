"""How fast the single-case measures are, as ratios measured in one run.

Each row compares one of our functions with the plain definition in NumPy, which checks nothing and gives no more
than the number, or with a library that offers the same; libraries that are not installed are left out. The
comparison stops where the two sides give different numbers.
"""

from importlib import import_module
from importlib.util import find_spec
from timeit import Timer

import numpy as np

from practicum.single_case import autocorrelation, nap, pand, piecewise_regression, tau, tau_u, trend

SIZES = (20, 200, 20_000)
SMALL_SERIES = 10_000
# Seconds: what takes less is run again and again for that long, and the best of three such tries counts.
LEAST = 0.05


def rows():
    """Yield pairs of texts: what was compared, and the ratio of the times."""
    rng = np.random.default_rng(1)
    small = [_phases(rng, 20) for _series in range(SMALL_SERIES)]
    for name, ours, others in _comparisons():
        for size in SIZES:
            phases = _phases(rng, size)
            for other, theirs, largest in others:
                if size <= largest:
                    yield f"{name}, one series of {size:,} points, beside {other}", _ratio(
                        ours, theirs, [phases], f"{name} and {other}")
        for other, theirs, _largest in others:
            yield f"{name}, {SMALL_SERIES:,} series of 20 points, beside {other}", _ratio(
                ours, theirs, small, f"{name} and {other}")


def _phases(rng, size):
    """A baseline of two fifths and a treatment of three fifths, whole numbers with ties."""
    return rng.integers(0, 20, 2 * size // 5), rng.integers(5, 25, size - 2 * size // 5)


def _comparisons():
    """Name, our function, and the others with the largest size whose pairs still fit in memory."""
    scipy, plain = _of("scipy", "stats"), "plain NumPy"
    acf = _of("statsmodels", "tsa.stattools")
    ols = _of("statsmodels", "regression.linear_model")
    return [
        ("NAP", nap, [(plain, _plain_nap, 20_000)] + [("SciPy", lambda a, b: stats.mannwhitneyu(
            b, a, method="asymptotic").statistic / (len(a) * len(b)), 20_000) for stats in scipy]),
        ("Tau-b", lambda a, b: tau(a, b, method="tau-b"), [("SciPy", lambda a, b: stats.kendalltau(
            np.concatenate((a, b)), np.repeat([0, 1], [len(a), len(b)])).statistic, 20_000) for stats in scipy]),
        ("Tau-U", tau_u, [(plain, _plain_tau_u, 20_000)]),
        ("PAND", pand, [(plain, _plain_pand, 20_000)]),
        ("Theil-Sen slope", lambda a, b: trend(b, method="theil-sen").rate,
         [("SciPy", lambda a, b: stats.theilslopes(b, np.arange(len(b))).slope, 200) for stats in scipy]),
        ("autocorrelation", lambda a, b: autocorrelation(b), [(plain, _plain_autocorrelation, 20_000)] + [
            ("statsmodels", lambda a, b: module.acf(b, nlags=1)[1], 20_000) for module in acf]),
        ("piecewise regression", lambda a, b: piecewise_regression(a, b).level_change,
         [(plain, _plain_regression, 20_000)] + [("statsmodels", lambda a, b: module.OLS(
             np.concatenate((a, b)), _design(a, b)).fit().params[2], 20_000) for module in ols]),
    ]


def _of(package, module):
    """The module in a list, or an empty list where the package is not installed."""
    return [import_module(f"{package}.{module}")] if find_spec(package) else []


def _plain_nap(a, b):
    return (b[:, None] > a).mean() + (b[:, None] == a).mean() / 2


def _plain_tau_u(a, b):
    between = (b[:, None] > a).sum() - (b[:, None] < a).sum()
    within = np.triu(a > a[:, None]).sum() - np.triu(a < a[:, None]).sum()
    return (between - within) / (len(a) * len(b))


def _plain_pand(a, b):
    cuts = np.concatenate(([-np.inf], a))[:, None]
    return ((a <= cuts).sum(axis=1) + (b > cuts).sum(axis=1)).max() / (len(a) + len(b))


def _plain_autocorrelation(_a, b):
    apart = b - b.mean()
    return (apart[1:] * apart[:-1]).sum() / (apart * apart).sum()


def _design(a, b):
    time, phase = np.arange(len(a) + len(b)), np.repeat([0, 1], [len(a), len(b)])
    return np.column_stack((np.ones(len(time)), time, phase, phase * (time - len(a))))


def _plain_regression(a, b):
    return np.linalg.lstsq(_design(a, b), np.concatenate((a, b)), rcond=None)[0][2]


def _ratio(ours, theirs, series, names):
    """How our time compares with theirs, in words; both must give the same numbers."""
    for phases in series[:100]:
        if not np.isclose(float(ours(*phases)), float(theirs(*phases))):
            raise AssertionError(f"{names} differ")
    ratio = _seconds(theirs, series) / _seconds(ours, series)
    return f"{ratio:.1f} times as fast" if ratio >= 1 else f"takes {1 / ratio:.1f} times as long"


def _seconds(measure, series):
    """Seconds for one pass over the series."""
    timer = Timer(lambda: [measure(*phases) for phases in series])
    once = timer.timeit(1)
    if once > LEAST:
        return once
    number = int(LEAST / once) + 1
    return min(timer.timeit(number) / number for _try in range(3))


if __name__ == "__main__":
    for what, ratio in rows():
        print(f"{what}: {ratio}")
