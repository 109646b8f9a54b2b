"""Recording behaviour as it is seen, how well two observers agree, and what goes along with what.

Times are seconds since the session began. Agreement is a share from 0 (none) to 1 (full).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.results import Sentence
from practicum.series import as_series

OBSERVERS = ("observer1", "observer2")
# Seconds. Keeps the dust of floating-point sums from deciding whether an interval was filled.
DUST = 1e-9


# ---- From a stream of events to a record ------------------------------------------------------------------

def record(events, method="partial", *, interval, length):
    """What an observer with an interval sheet would have marked, one 0 or 1 for each interval.

    ``events`` is a list of ``(start, end)`` pairs in seconds, or of start times alone for behaviour without
    a duration. ``interval`` and ``length`` are the seconds of one interval and of the session; the session
    is a whole number of intervals. ``method``:

    - "partial": marked if the behaviour was seen at any time in the interval. The share of marked intervals
      is never below the true share of time, usually above it.
    - "whole": marked if the behaviour filled the interval. Never above the true share of time.
    - "momentary": marked if the behaviour was going on when the interval ended. On average right, but noisy.

    "whole" and "momentary" need events with an end. Overlapping events count once.
    Source: powell1975timesample, ledford2015interval.

    >>> record([(3, 12)], "partial", interval=5, length=20)
    array([1, 1, 1, 0])
    >>> record([(3, 12)], "whole", interval=5, length=20)
    array([0, 1, 0, 0])
    >>> record([(3, 12)], "momentary", interval=5, length=20)
    array([1, 1, 0, 0])
    """
    edges = _edges(interval, length)
    starts, ends, timed = _read_events(events, length)
    if method not in _MARKED:
        raise PracticumError(
            _('method is {value!r}. Choose "partial", "whole" or "momentary".').format(value=method))
    if method != "partial" and not timed:
        raise PracticumError(
            _('events: some have no end, which "{method}" needs. Give (start, end) pairs, or choose "partial".')
            .format(method=method))
    return _MARKED[method](starts, ends, edges).astype(int)


def counts(events, *, interval, length):
    """How many events began in each interval: the form the count agreements below compare.

    An event that begins on the border of two intervals belongs to the later one.

    >>> counts([2, 4, 11], interval=5, length=15)
    array([2, 0, 1])
    """
    return _starts_in(_read_events(events, length)[0], _edges(interval, length))


def rate(events, *, length, per=60):
    """Events per ``per`` seconds (a minute unless said otherwise) in a session of ``length`` seconds.

    >>> rate([20, 70, 110], length=120)
    1.5
    """
    return len(_read_events(events, _positive(length, "length"))[0]) * _positive(per, "per") / length


def total_duration(events, *, length=None):
    """Seconds in which the behaviour went on; overlapping events count once.

    ``length``, the seconds of the session, is only needed to have late events refused.

    >>> total_duration([(0, 10), (5, 20), (30, 40)])
    30.0
    """
    starts, ends, timed = _read_events(events, length)
    if not timed:
        raise PracticumError(_("events: some have no end. Give (start, end) pairs to measure a duration."))
    starts, ends = _merged(starts, ends)
    return float(np.sum(ends - starts))


def duration_share(events, *, length):
    """The share of the session, 0 to 1, in which the behaviour went on: what the interval methods estimate.

    >>> duration_share([(0, 10), (5, 20), (30, 40)], length=60)
    0.5
    """
    return total_duration(events, length=_positive(length, "length")) / length


def _edges(interval, length):
    """The borders of the intervals in seconds, one more than there are intervals."""
    number = _positive(length, "length") / _positive(interval, "interval")
    if round(number) < 1 or abs(number - round(number)) > 1e-6:
        raise PracticumError(
            _("length is {length} seconds, which is not a whole number of intervals of {interval} seconds. "
              "Change one of the two.").format(length=length, interval=interval))
    return np.round(np.linspace(0, length, round(number) + 1), 9)


def _positive(value, name):
    if as_series([value], name)[0] <= 0:
        raise PracticumError(_("{name} is {value}. Give a number above 0.").format(name=name, value=value))
    return value


def _read_events(events, length):
    """Starts and ends in seconds, and whether all events have an end (without one, the end is the start)."""
    if isinstance(events, (str, bytes, Mapping)) or not isinstance(events, Iterable):
        raise PracticumError(_("events is {value!r}. Give a list of (start, end) pairs or of start times, "
                               "such as [(12, 20), (31, 45)].").format(value=events))
    rows = [np.atleast_1d(np.array(row, dtype=object))
            for row in (events.to_numpy() if hasattr(events, "to_numpy") else events)]
    _refuse([row.ndim > 1 or row.size not in (1, 2) for row in rows],
            _("events: place {place} is neither a start time nor a (start, end) pair."))
    starts, ends = (np.round(as_series([row[side] for row in rows], "events", minimum=0, missing="keep"), 9)
                    for side in (0, -1))
    _refuse(np.isnan(starts + ends), _("events: place {place} lacks a time. Write it, or take the event out."))
    _refuse(starts < 0, _("events: place {place} starts before 0. Count seconds from the start of the session."))
    _refuse(ends < starts, _("events: place {place} ends before it starts. Write the start first."))
    if length is not None:
        _refuse(ends > _positive(length, "length"), _("events: place {place} is later than the session's end. "
                                                      "Correct the time, or give a longer length."))
    return starts, ends, all(row.size == 2 for row in rows)


def _refuse(bad, message):
    places = np.flatnonzero(bad)
    if places.size:
        raise PracticumError(message.format(place=places[0] + 1))


def _merged(starts, ends):
    """The same events in order, with overlapping and touching ones joined."""
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(ends[order])
    fresh = np.append(True, starts[1:] > reach[:-1])[:len(starts)]
    return starts[fresh], reach[np.append(fresh[1:], True)[:len(starts)]]


def _starts_in(starts, edges):
    return np.histogram(starts, edges)[0]


def _seconds_in(starts, ends, edges):
    """Seconds of behaviour in each interval."""
    if not len(starts):
        return np.zeros(len(edges) - 1)
    starts, ends = _merged(starts, ends)
    before = np.concatenate([[0], np.cumsum(ends - starts)])
    times = np.column_stack([starts, ends]).ravel()
    return np.diff(np.interp(edges, times, np.repeat(before, 2)[1:-1]))


def _partly(starts, ends, edges):
    return (_seconds_in(starts, ends, edges) > DUST) | (_starts_in(starts, edges) > 0)


def _wholly(starts, ends, edges):
    return _seconds_in(starts, ends, edges) >= np.diff(edges) - DUST


def _at_the_end(starts, ends, edges):
    starts, ends = _merged(starts, ends)
    latest = np.searchsorted(starts, edges[1:]) - 1
    return edges[1:] <= np.append(ends, -np.inf)[latest]


_MARKED = {"partial": _partly, "whole": _wholly, "momentary": _at_the_end}


# ---- Agreement of two observers ---------------------------------------------------------------------------

def total_count_ioa(observer1, observer2):
    """The smaller total count divided by the larger. 0 to 1, higher is better, but see the example.

    Arguments are counts per interval. Two observers who saw nothing agree fully: 1. The totals can agree
    although not one event was seen by both. Source: reed2011ioa.

    >>> total_count_ioa([2, 0], [0, 2])
    1.0
    """
    return _ratio(*(np.sum(side) for side in _amounts(observer1, observer2)))


def partial_agreement_ioa(observer1, observer2):
    """The mean over intervals of the smaller count divided by the larger, 0 to 1, higher is better.

    Arguments are counts per interval. An interval in which both counted nothing agrees fully: 1.
    Source: reed2011ioa.

    >>> partial_agreement_ioa([2, 0], [1, 0])
    0.75
    """
    return float(np.mean([_ratio(one, other) for one, other in zip(*_amounts(observer1, observer2))]))


def exact_agreement_ioa(observer1, observer2):
    """The share of intervals in which both counted the same number, 0 to 1, higher is better.

    Arguments are counts per interval; both nothing is the same number. Source: reed2011ioa.

    >>> exact_agreement_ioa([2, 0], [1, 0])
    0.5
    """
    one, other = _amounts(observer1, observer2)
    return float(np.mean(one == other))


def interval_ioa(observer1, observer2):
    """The share of intervals, or of trials, that both marked alike, 0 to 1, higher is better.

    Arguments hold 1 (or True) for a marked interval and 0 for an unmarked one. With 1 for a correct trial this
    is trial-by-trial agreement. When the behaviour is rare or nearly constant, the share is high by chance
    alone: give ``scored_interval_ioa`` or ``unscored_interval_ioa`` and ``kappa`` beside it.
    Source: reed2011ioa.

    >>> interval_ioa([1, 0, 0, 0], [0, 0, 0, 0])
    0.75
    """
    one, other = _marks(observer1, observer2)
    return float(np.mean(one == other))


def scored_interval_ioa(observer1, observer2):
    """Of the intervals that at least one observer marked, the share that both marked. For rare behaviour.

    Arguments as in ``interval_ioa``; 0 to 1, higher is better. When neither marked any interval there is
    nothing to compare, so this raises PracticumError. Source: reed2011ioa.

    >>> scored_interval_ioa([1, 1, 0], [1, 0, 0])
    0.5
    """
    one, other = _marks(observer1, observer2)
    if not (one | other).any():
        raise PracticumError(_("Neither observer marked any interval, so there is nothing to compare. "
                               "Report that no behaviour was seen, or use interval_ioa."))
    return float((one & other).sum() / (one | other).sum())


def unscored_interval_ioa(observer1, observer2):
    """Of the intervals that at least one observer left unmarked, the share that both did. For frequent behaviour.

    Arguments as in ``interval_ioa``; 0 to 1, higher is better. When both marked every interval there is
    nothing to compare, so this raises PracticumError. Source: reed2011ioa.

    >>> unscored_interval_ioa([1, 1, 0], [1, 0, 0])
    0.5
    """
    one, other = _marks(observer1, observer2)
    if (one & other).all():
        raise PracticumError(_("Both observers marked every interval, so there is nothing to compare. "
                               "Report that the behaviour was always seen, or use interval_ioa."))
    return float((~one & ~other).sum() / (~one | ~other).sum())


def total_duration_ioa(observer1, observer2):
    """The smaller total of seconds divided by the larger, 0 to 1, higher is better.

    Arguments are the durations of the single occurrences, in any unit. Two observers who timed nothing agree
    fully: 1. Differences in opposite directions cancel. Source: reed2011ioa.

    >>> total_duration_ioa([30, 10], [10, 30])
    1.0
    """
    return _ratio(*(np.sum(side) for side in _amounts(observer1, observer2)))


def mean_duration_ioa(observer1, observer2):
    """The mean over occurrences of the shorter duration divided by the longer, 0 to 1, higher is better.

    Arguments are the durations of the same occurrences in the same order. Source: reed2011ioa.

    >>> mean_duration_ioa([30, 10], [15, 10])
    0.75
    """
    return partial_agreement_ioa(observer1, observer2)


@dataclass(frozen=True)
class Kappa(Sentence):
    """Agreement beyond chance: shares ``observed`` and ``expected`` by chance, ``kappa``, ``n`` records."""

    observed: float
    expected: float
    kappa: float
    n: int

    def __float__(self):
        return self.kappa

    def __str__(self):
        return _("The observers agree on {observed:.0%} of {n} records; {expected:.0%} would be expected by "
                 "chance alone. Kappa is {kappa:.2f}.").format(**vars(self))


def kappa(observer1, observer2=None):
    """Cohen's kappa of two observers, or of a table: agreement beyond chance as a ``Kappa``.

    ``observer1`` and ``observer2`` are codes of any kind (numbers, words) for the same records; records that
    either left empty (None, NaN) are left out. With one argument it is a square table of counts, one
    observer's codes down and the other's across, in the same order. Kappa = (observed - expected) /
    (1 - expected): 1 is full agreement, 0 what chance gives, below 0 less than chance. It is undefined when
    both used one and the same code throughout, which raises PracticumError. Source: easycalc_kappa.

    >>> print(kappa([[12, 2], [4, 2]]))
    The observers agree on 70% of 20 records; 62% would be expected by chance alone. Kappa is 0.21.
    """
    table = _checked_table(observer1) if observer2 is None else _cross_table(observer1, observer2)
    shares = table / table.sum()
    observed, expected = np.trace(shares), shares.sum(axis=1) @ shares.sum(axis=0)
    if expected > 1 - 1e-12:
        raise PracticumError(_("Both observers used one and the same code throughout, so chance alone gives full "
                               "agreement and kappa is undefined. Report the plain agreement instead."))
    return Kappa(float(observed), float(expected), float((observed - expected) / (1 - expected)),
                 int(round(table.sum())))


def _pair(first, second, names):
    """Two rows of numbers without the places where either is missing."""
    first, second = (as_series(values, name, missing="keep") for values, name in zip((first, second), names))
    _check_lengths(first, second, names)
    present = ~np.isnan(first + second)
    _check_present(present, names)
    return first[present], second[present]


def _check_lengths(first, second, names):
    if len(first) != len(second):
        raise PracticumError(
            _("{first} has {ones} entries and {second} has {others}. Give both for the same intervals, "
              "and None where one is missing.")
            .format(first=names[0], ones=len(first), second=names[1], others=len(second)))


def _check_present(present, names):
    if not np.any(present):
        raise PracticumError(_("{first} and {second} have no interval in common. Give at least one with both.")
                             .format(first=names[0], second=names[1]))


def _amounts(*observers):
    """Counts or durations, which cannot be negative."""
    pair = _pair(*observers, OBSERVERS)
    for amounts, name in zip(pair, OBSERVERS):
        if (amounts < 0).any():
            raise PracticumError(_("{name} holds a number below 0. Counts and durations start at 0.")
                                 .format(name=name))
    return pair


def _marks(first, second, names=OBSERVERS):
    """Marked and unmarked intervals as True and False."""
    pair = _pair(first, second, names)
    for marks, name in zip(pair, names):
        if not np.isin(marks, (0, 1)).all():
            raise PracticumError(_("{name} holds a number other than 0 and 1. Write 1 where it was seen in the "
                                   "interval and 0 where it was not.").format(name=name))
    return tuple(marks.astype(bool) for marks in pair)


def _ratio(one, other):
    """The smaller divided by the larger; two zeros agree fully."""
    return 1.0 if one == other else float(min(one, other) / max(one, other))


def _checked_table(table):
    rows = [as_series(row, "observer1", missing="keep") for row in _listed(table)]
    if len(rows) < 2 or any(len(row) != len(rows) for row in rows):
        raise PracticumError(_("observer1: a table needs as many columns as rows, and at least two of each. "
                               "To compare codes, give observer2 as well."))
    table = np.array(rows)
    if not (table >= 0).all() or not table.sum():
        raise PracticumError(_("observer1: a table holds counts of 0 or more in every cell, and not only zeros."))
    return table


def _cross_table(observer1, observer2):
    one, other = _listed(observer1), _listed(observer2)
    _check_lengths(one, other, OBSERVERS)
    if not all(isinstance(code, Hashable) for code in one + other):
        raise PracticumError(_("observer1 and observer2 need one code for each interval. "
                               "A table of counts goes alone, without observer2."))
    pairs = [pair for pair in zip(one, other) if not any(_is_missing(code) for code in pair)]
    _check_present(len(pairs), OBSERVERS)
    place = {code: number for number, code in enumerate(dict.fromkeys(code for pair in pairs for code in pair))}
    table = np.zeros((len(place), len(place)))
    np.add.at(table, tuple(zip(*((place[one], place[other]) for one, other in pairs))), 1)
    return table


def _listed(values):
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable) \
            or getattr(values, "ndim", 1) == 0:
        raise PracticumError(_("{value!r} is not a list. Give a list with one entry for each interval or event, "
                               "such as [1, 0, 1].").format(value=values))
    if hasattr(values, "to_numpy"):
        values = values.to_numpy(dtype=object)
    return list(values)


def _is_missing(code):
    return code is None or type(code).__name__ in ("NAType", "NaTType") or code != code


# ---- What goes along with what ----------------------------------------------------------------------------

@dataclass(frozen=True)
class ConditionalProbability(Sentence):
    """How often something came along with a behaviour and without it; made by ``conditional_probability``.

    ``given_behaviour`` and ``given_no_behaviour``: shares of the intervals with and without the behaviour, 0 to 1.
    ``base_rate``: the share of all intervals. ``difference`` of the first two, -1 to 1, and its ``interval`` (low,
    high) at ``level``. ``n_behaviour`` and ``n_no_behaviour``: how many intervals the shares are of.
    """

    given_behaviour: float
    given_no_behaviour: float
    base_rate: float
    difference: float
    interval: tuple
    level: float
    n_behaviour: int
    n_no_behaviour: int

    def __str__(self):
        sentence = _("It was there in {given_behaviour:.0%} of the {n_behaviour} intervals with the behaviour and in "
                     "{given_no_behaviour:.0%} of the {n_no_behaviour} without it: a difference of "
                     "{points:.0f} percentage points ({level:.0%} interval {low:.0f} to {high:.0f}). "
                     "This describes; it does not prove a cause.")
        low, high = self.interval
        return sentence.format(**vars(self), points=100 * self.difference, low=100 * low, high=100 * high)


def conditional_probability(behaviour, event, *, level=0.95, resamples=2000, block=1, seed=1):
    """How much likelier an event is with a behaviour than without it, as a ``ConditionalProbability``.

    ``behaviour`` and ``event`` hold 1 or 0 for the same observed intervals, in the order of time. The event is
    a consequence seen in or right after the interval, or an antecedent seen right before it. The result has
    P(event | behaviour), P(event | no behaviour) and the base rate P(event), all 0 to 1, and the difference
    of the first two, -1 to 1, with a percentile bootstrap interval. Above 0 the event comes more with the
    behaviour; 0 is no link, and then P(event | behaviour) is the base rate. An event that is common anyway, such
    as an adult's attention, has a high P(event | behaviour) without any link. Source: eckert2005abc.

    The bootstrap draws intervals with replacement, ``resamples`` times, in runs of ``block`` intervals;
    behaviour that lasts for several intervals needs a ``block`` about as long, or the interval is too narrow.
    It is too narrow, too, with fewer than about ten intervals with or without the behaviour, and has no width
    at all when the event was always or never there. Raises PracticumError when the behaviour was seen in all
    intervals or in none.

    >>> conditional_probability([1, 1, 1, 0, 0, 0, 0, 0], [1, 1, 0, 1, 0, 0, 0, 0]).base_rate
    0.375
    """
    behaviour, event = _marks(behaviour, event, ("behaviour", "event"))
    if behaviour.all() or not behaviour.any():
        raise PracticumError(_("behaviour is the same in all intervals, so there is nothing to compare with. "
                               "Give intervals with the behaviour and intervals without it."))
    kinds = 2 * behaviour + event
    with_it, without, difference = _chances(np.bincount(kinds, minlength=4))
    interval = _bootstrap(kinds, level, resamples, block, seed)
    return ConditionalProbability(float(with_it), float(without), float(event.mean()), float(difference), interval,
                                  level, int(behaviour.sum()), int((~behaviour).sum()))


def _chances(tallies):
    """P(event | behaviour), P(event | no behaviour) and their difference from tallies of the four kinds."""
    without, with_it = tallies[..., 1] / tallies[..., :2].sum(-1), tallies[..., 3] / tallies[..., 2:].sum(-1)
    return with_it, without, with_it - without


def _bootstrap(kinds, level, resamples, block, seed):
    if not 0 < as_series([level], "level")[0] < 1:
        raise PracticumError(_("level is {level}. Give a share between 0 and 1, such as 0.95.").format(level=level))
    size, block, resamples = len(kinds), _whole(block, "block"), _whole(resamples, "resamples")
    rng = np.random.default_rng(seed)
    within = np.arange(block)
    tallies = np.array([
        np.bincount(kinds[(rng.integers(size, size=(-(-size // block), 1)) + within).ravel()[:size] % size],
                    minlength=4)
        for _resample in range(resamples)])
    usable = (tallies[:, :2].sum(axis=1) > 0) & (tallies[:, 2:].sum(axis=1) > 0)
    if not usable.any():
        raise PracticumError(_("No resample had intervals both with and without the behaviour. "
                               "Give more resamples, or a shorter block."))
    return tuple(np.quantile(_chances(tallies[usable])[2], [(1 - level) / 2, (1 + level) / 2]).tolist())


def _whole(value, name):
    if as_series([value], name)[0] < 1 or value != int(value):
        raise PracticumError(_("{name} is {value}. Give a whole number of 1 or more.").format(name=name, value=value))
    return int(value)


@dataclass(frozen=True)
class TimeOfDay(Sentence):
    """Events by weekday and time of day; made by ``time_of_day``.

    ``counts`` has a row for each weekday, Monday first, and a column for each period. ``periods`` are the
    periods' (start, end) in hours, so 8.5 is half past eight. ``outside`` counts the events in no period.
    """

    counts: np.ndarray
    periods: tuple
    outside: int

    def __str__(self):
        total = int(self.counts.sum())
        if not total:
            return _("No event lies in the periods.")
        most = self.counts.max()
        day, column = np.argwhere(self.counts == most)[0]
        start, end = (_clock(hours) for hours in self.periods[column])
        if np.sum(self.counts == most) > 1:
            return _("No single time stands out among {total} events; the most at one time is {most}.").format(
                total=total, most=most)
        return _("Most often on {day} from {start} to {end}: {most} of {total} events.").format(
            day=_weekdays()[day], start=start, end=end, most=most, total=total)


def time_of_day(times, borders=None):
    """When events happen in the week, as a ``TimeOfDay`` map of counts.

    ``times`` are moments with a date and a time of day: ``datetime``, NumPy ``datetime64``, pandas ``Timestamp`` or
    text such as "2026-03-02 10:15"; missing ones are left out, and a time zone is ignored: the clock counts.
    ``borders`` are the borders of the periods, at least two, in hours or as text: [8, 9, 10] or
    ["08:30", "09:15", "10:00"]. An event on a border belongs to the later period. Without borders, the
    periods are the full hours from the first event of the day to the last.

    Counts say where to look, not how likely the behaviour is: some hours are watched longer than others.

    >>> print(time_of_day(["2026-03-02 10:15", "2026-03-02 10:40", "2026-03-03 08:05"]))
    Most often on Monday from 10:00 to 11:00: 2 of 3 events.
    """
    moments = [_moment(value, place) for place, value in enumerate(_listed(times), start=1)
               if not _is_missing(value)]
    if not moments:
        raise PracticumError(_("times has no moments. Give at least one date with a time, "
                               "such as \"2026-03-02 10:15\"."))
    hours = np.array([moment.hour + moment.minute / 60 + moment.second / 3600 for moment in moments])
    borders = np.arange(int(hours.min()), int(hours.max()) + 2) if borders is None else _borders(borders)
    column = np.searchsorted(borders, hours, side="right") - 1
    inside = (column >= 0) & (column < len(borders) - 1)
    table = np.zeros((7, len(borders) - 1), dtype=int)
    np.add.at(table, (np.array([moment.weekday() for moment in moments])[inside], column[inside]), 1)
    return TimeOfDay(table, tuple(zip(borders[:-1].tolist(), borders[1:].tolist())), int(np.sum(~inside)))


def _moment(value, place):
    if isinstance(value, np.datetime64) and isinstance(value.item(), int):
        value = value.astype("datetime64[us]")
    value = value.item() if isinstance(value, np.datetime64) else value
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else value
    except ValueError:
        moment = None
    if not isinstance(moment, datetime):
        raise PracticumError(_("times: place {place} is {value!r}, which is not a date with a time of day. "
                               "Write it as \"2026-03-02 10:15\".").format(place=place, value=value))
    return moment


def _borders(borders):
    hours = as_series([_hours(border) for border in _listed(borders)], "borders", minimum=2)
    if (np.diff(hours) <= 0).any() or hours[0] < 0 or hours[-1] > 24:
        raise PracticumError(_("borders must rise from 0 to 24 hours at most, such as [8, 9, 10]."))
    return hours


def _hours(border):
    if not isinstance(border, str):
        return border
    try:
        clock = datetime.strptime(border, "%H:%M")
    except ValueError:
        raise PracticumError(_("borders: {border!r} is not a time of day. Write it as \"08:30\".")
                             .format(border=border)) from None
    return clock.hour + clock.minute / 60


def _clock(hours):
    minutes = round(hours * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _weekdays():
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
