"""Turns what a reader gives (lists, arrays, columns of a table) into clean number series."""

import math
from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime, time, timedelta
from numbers import Number

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _

# Squares of larger numbers and their sums would overflow.
LARGEST = 1e100


def as_series(values, name, *, minimum=1, missing="drop"):
    """The numbers in ``values`` as a one-dimensional float array.

    ``values`` is any sequence, NumPy array or pandas Series of numbers. None and NaN stand for a missing
    number: they are left out (``missing="drop"``) or kept as NaN (``missing="keep"``). True and False count
    as 1 and 0. ``name`` is the argument's name for messages, ``minimum`` how many numbers must be there.

    Raises PracticumError, with the place counted from 1, for text, infinite numbers, nested lists, and
    when fewer than ``minimum`` numbers are left.

    >>> as_series([12, None, 15], "scores")
    array([12., 15.])
    """
    if missing not in ("drop", "keep"):
        raise PracticumError(_('missing is {value!r}. Choose "drop" or "keep".').format(value=missing))
    series = _floats(values, name)
    _check_size(series, name)
    present = ~np.isnan(series)
    _check_count(np.count_nonzero(present), name, minimum)
    return series[present] if missing == "drop" else series


def as_times(values, name):
    """The times in ``values`` as weeks, a float array; a missing time is NaN.

    Numbers are weeks already. Dates (``date``, ``datetime``, NumPy ``datetime64``, pandas ``Timestamp``)
    become weeks since the earliest of them: days / 7.

    >>> from datetime import date
    >>> as_times([date(2026, 9, 1), date(2026, 9, 8), date(2026, 9, 22)], "times")
    array([0., 1., 3.])
    """
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf":
        return as_series(values, name, missing="keep")
    entries = [_plain(value) for value in _entries(values, name)]
    if not any(isinstance(value, date) for value in entries):
        return as_series(entries, name, missing="keep")
    for place, value in enumerate(entries, start=1):
        if value is not None and not isinstance(value, date):
            raise PracticumError(
                _("{name}: place {place} is {value}, but other places are dates. "
                  "Give dates in all places, or numbers of weeks in all places.")
                .format(name=name, place=place, value=_shown(value)))
    return _weeks_since_first(entries, name)


def as_pair(times, scores, times_name="times", scores_name="scores", *, minimum=1):
    """``times`` in weeks (see ``as_times``) and ``scores``, both without the places where either is missing.

    Dates count from the earliest date given, also where the score of that day is missing. The order of the
    places stays as given.

    >>> as_pair([0, 1, 2], [40, None, 44])
    (array([0., 2.]), array([40., 44.]))
    """
    times = as_times(times, times_name)
    scores = as_series(scores, scores_name, missing="keep")
    if len(times) != len(scores):
        raise PracticumError(
            _("{times_name} has {times} places and {scores_name} has {scores}. "
              "Give one score for each time; write None where a score is missing.")
            .format(times_name=times_name, times=len(times), scores_name=scores_name, scores=len(scores)))
    present = ~(np.isnan(times) | np.isnan(scores))
    _check_count(np.count_nonzero(present), scores_name, minimum)
    return times[present], scores[present]


def as_number(value, name, *, above=None, below=None, minimum=None):
    """One number as a float.

    Where these are given it must be more than ``above``, less than ``below``, and at least ``minimum``.

    >>> as_number(12, "weeks", above=0)
    12.0
    """
    number = _plain(value)
    if not isinstance(number, Number) or isinstance(number, complex):
        raise PracticumError(
            _("{name} is {value}, which is not a number. Give one number, such as 12.")
            .format(name=name, value=_shown(value)))
    if abs(number) > LARGEST:
        raise PracticumError(_("{name} is infinite or too large to compute with. Give the real number.")
                             .format(name=name))
    for outside, bound, sentence in (
            (above is not None and number <= above, above, _("{name} is {value}. Give a number above {bound}.")),
            (below is not None and number >= below, below, _("{name} is {value}. Give a number below {bound}.")),
            (minimum is not None and number < minimum, minimum, _("{name} is {value}. Give {bound} or more."))):
        if outside:
            raise PracticumError(sentence.format(name=name, value=number, bound=bound))
    return float(number)


def as_count(value, name, *, minimum=1):
    """One whole number of at least ``minimum`` as an int.

    >>> as_count(4.0, "below")
    4
    """
    number = as_number(value, name)
    if number != int(number) or number < minimum:
        raise PracticumError(
            _("{name} is {value}. Give a whole number, {minimum} or more.")
            .format(name=name, value=_shown(value), minimum=minimum))
    return int(number)


def _floats(values, name):
    """``values`` as a float array with NaN for what is missing."""
    if isinstance(values, np.ndarray) and values.ndim == 1 and values.dtype.kind in "iufb" \
            and not isinstance(values, np.ma.MaskedArray):
        return values.astype(float)
    entries = _entries(values, name)
    # A list of plain numbers, by far the commonest case, needs no look at each entry.
    if all(type(value) in (int, float) for value in entries):
        try:
            return np.array(entries, dtype=float)
        except OverflowError:
            pass
    return np.array([_number(value, name, place) for place, value in enumerate(entries, start=1)], dtype=float)


def _entries(values, name):
    """``values`` as a list of Python objects."""
    if isinstance(values, (str, bytes, Mapping, Set)) or not isinstance(values, Iterable) \
            or getattr(values, "ndim", 1) == 0:
        raise PracticumError(
            _("{name} is {value}. Give a list of numbers, such as [12, 15, 14].")
            .format(name=name, value=_shown(values)))
    if hasattr(values, "to_numpy"):
        values = values.to_numpy(dtype=object, na_value=None)
    return values.tolist() if isinstance(values, np.ndarray) else list(values)


def _plain(value):
    """A missing value of any library as None, a NumPy scalar as the Python object it stands for."""
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]")
    if isinstance(value, np.generic):
        value = value.item()
    # Asking pandas' NA whether it equals itself raises an error, so it is known by the name of its type.
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    return None if isinstance(value, Number) and value != value else value


def _number(value, name, place):
    """One entry as a float, NaN when it is missing."""
    value = _plain(value)
    if value is None:
        return math.nan
    if not isinstance(value, Number) or isinstance(value, complex):
        raise PracticumError(
            _("{name}: place {place} is {value}, which is not a number. "
              "Write a number there, or None if it is missing.")
            .format(name=name, place=place, value=_shown(value)))
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _check_size(series, name):
    too_large = np.flatnonzero(np.abs(series) > LARGEST)
    if too_large.size:
        raise PracticumError(
            _("{name}: place {place} is infinite or too large to compute with. "
              "Write the number that was measured, or None if it is missing.")
            .format(name=name, place=too_large[0] + 1))


def _check_count(count, name, minimum):
    if count == 0 < minimum:
        raise PracticumError(_("{name} has no numbers. Give at least {minimum}.").format(name=name, minimum=minimum))
    if count < minimum:
        raise PracticumError(
            _("{name}: {count} given, at least {minimum} needed. Missing ones do not count.")
            .format(name=name, count=count, minimum=minimum))


def _weeks_since_first(entries, name):
    """Weeks since the earliest of the dates, NaN for None."""
    moments = [None if day is None else _moment(day) for day in entries]
    try:
        first = min(moment for moment in moments if moment is not None)
        return np.array([math.nan if moment is None else (moment - first) / timedelta(weeks=1)
                         for moment in moments])
    except TypeError:
        raise PracticumError(
            _("{name}: some times have a time zone and some have none. Give plain dates in all places.")
            .format(name=name)) from None


def _moment(day):
    return day if isinstance(day, datetime) else datetime.combine(day, time())


def _shown(value):
    """The value as the reader would recognise it, cut short."""
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"
