"""Student's t distribution, for intervals from few values; NumPy and the standard library only."""

import math


def t_quantile(level, degrees):
    """The half-width, in standard errors, of a two-sided interval of this level with so many degrees of freedom.

    >>> round(t_quantile(0.95, 10), 3)
    2.228
    """
    low, high = 0.0, 1.0
    while _inside(high, degrees) < level:
        high *= 2
    for _step in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside(middle, degrees) < level else (low, middle)
    return (low + high) / 2


def _inside(t, degrees):
    """The probability that a value lies between -t and t."""
    return 1 - _incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t))


def _incomplete_beta(a, b, x):
    """The regularised incomplete beta function, by its continued fraction."""
    if x in (0, 1):
        return float(x)
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(b, a, 1 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    tiny, c, d, value = 1e-300, 1.0, 0.0, 1.0
    for step in range(400):
        m = step // 2
        if step == 0:
            term = 1.0
        elif step % 2 == 0:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / (1 + term * d or tiny)
        c = 1 + term / c or tiny
        value *= c * d
        if abs(1 - c * d) < 1e-15:
            break
    return front * (value - 1)
