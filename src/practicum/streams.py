"""Made-up streams of one behaviour, whose truth is known: what would each way of recording have said?

Times are seconds since the session began. A stream is a list of spells, each with the start and the end of a time in which
the behaviour went on, as `practicum.observation` reads them.
"""

import functools
from dataclasses import dataclass

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.observation import duration_share, record
from practicum.results import Sentence
from practicum.series import as_series


def simulate_stream(*, share, spell, length, seed=1):
    """The spells of one made-up behaviour, an array with a row (start, end) in seconds for each.

    ``share``: the part of the time in which the behaviour goes on in the long run, between 0 and 1. ``spell``: the mean
    seconds of one spell. ``length``: the seconds of the session. Spells and pauses have random lengths without memory
    (exponential), and the session begins somewhere in the middle of one of them, so at every moment the chance of seeing the
    behaviour is ``share``. Times are rounded to a tenth of a second. The same ``seed`` gives the same stream.
    The model, exponential spells and pauses in turn, is our own choice; radley2020peers used another random process.

    >>> simulate_stream(share=0.5, spell=20, length=60, seed=4)
    array([[ 8.6, 60. ]])
    """
    share, spell, length = _checked(share, spell, length)
    return _stream(share, spell, length, np.random.default_rng(seed))


@dataclass(frozen=True)
class RecordingError(Sentence):
    """How far one way of recording is from the true share of time; made by ``recording_error``.

    ``method`` and ``interval`` (seconds): how it was recorded. ``true`` and ``recorded``: mean shares over all streams, 0 to 1.
    ``bias``: their difference, -1 to 1; 0 is best. ``low`` and ``high``: in 9 of 10 streams the single record errs by
    something between these two. ``least`` and ``most``: in 9 of 10 streams the record itself, 0 to 1, lies between these two.
    ``streams``: how many were made.
    """

    method: str
    interval: float
    true: float
    recorded: float
    bias: float
    low: float
    high: float
    least: float
    most: float
    streams: int

    def __str__(self):
        return _("True share of time {true:.0%}, recorded {recorded:.0%}. Single records err by {low:+.0f} to {high:+.0f} percentage points "
                 "in 9 of 10 streams.").format(true=self.true, recorded=self.recorded, low=100 * self.low, high=100 * self.high)


def recording_error(method, *, interval, share, spell, length, streams=400, seed=1):
    """How far ``method`` ("partial", "whole" or "momentary") is from the truth in many made-up streams: a `RecordingError`.

    ``interval``: the seconds of one interval; the session of ``length`` seconds is a whole number of them. ``share`` and
    ``spell`` as in ``simulate_stream``. All methods and intervals see the same streams when ``seed`` is the same.
    What to expect: "partial" says too much and "whole" too little, the more so the longer the interval and the shorter the
    spells; "momentary" is right on average, and single records scatter. Source: powell1975timesample, ledford2015interval.

    >>> print(recording_error("partial", interval=60, share=0.5, spell=20, length=1200, streams=100))
    True share of time 50%, recorded 97%. Single records err by +37 to +60 percentage points in 9 of 10 streams.
    """
    share, spell, length = _checked(share, spell, length)
    if as_series([streams], "streams")[0] < 1 or streams != int(streams):
        raise PracticumError(_("streams is {value}. Give a whole number of 1 or more.").format(value=streams))
    made = _many(share, spell, length, int(streams), seed)
    true = np.array([duration_share(stream, length=length) for stream in made])
    recorded = np.array([record(stream, method, interval=interval, length=length).mean() for stream in made])
    reach = [*np.quantile(recorded - true, [0.05, 0.95]).tolist(), *np.quantile(recorded, [0.05, 0.95]).tolist()]
    return RecordingError(method, interval, float(true.mean()), float(recorded.mean()), float((recorded - true).mean()), *reach, int(streams))


@dataclass(frozen=True)
class GapByChance(Sentence):
    """How far two records of the same share lie apart by chance alone; made by ``gap_by_chance``.

    ``gap``: the difference asked about, 0 to 1. ``low`` and ``high``: in 9 of 10 pairs the second record minus the first lies
    between these two, -1 to 1. ``either_way`` and ``above``: the share of pairs, 0 to 1, in which the two lie ``gap`` or more
    apart in either direction, and in which the second lies that far above the first. ``pairs``: how many were made.
    """

    gap: float
    low: float
    high: float
    either_way: float
    above: float
    pairs: int

    def __str__(self):
        return _("By chance alone the second record lies between {low:.0f} points below and {high:.0f} above the first in 9 of 10 pairs. "
                 "It lies {gap:.0f} points or more away in {either:.0f} of 100 pairs, and {gap:.0f} or more above in {above:.0f}.").format(
            low=-100 * self.low, high=100 * self.high, gap=100 * self.gap, either=100 * self.either_way, above=100 * self.above)


def gap_by_chance(gap, *, share, interval, first, second, pairs=1000, seed=1):
    """How often two momentary records of one and the same true ``share`` lie ``gap`` (0 to 1) or more apart: a `GapByChance`.

    ``first`` and ``second`` say how each was recorded: (mean seconds of a spell, seconds of one session, number of sessions).
    Looks at another classmate each time hardly hang together: a spell of 1 second stands for them. ``share`` is between 0 and
    1, ``interval`` the seconds from look to look. What to expect: few looks, long spells and few sessions make large gaps. Real
    sessions differ more than made-up ones, because the share itself changes from day to day. The simulation is our own.

    >>> print(gap_by_chance(0.2, share=0.5, interval=20, first=(30, 400, 1), second=(30, 400, 1), pairs=200))
    By chance alone the second record lies between 30 points below and 35 above the first in 9 of 10 pairs. It lies 20 points or more away in 41 of 100 pairs, and 20 or more above in 24.
    """
    if not 0 < as_series([gap], "gap")[0] < 1:
        raise PracticumError(_("gap is {gap}. Give a difference of shares above 0 and below 1, such as 0.1 for 10 percentage points.").format(gap=gap))
    if as_series([pairs], "pairs")[0] < 1 or pairs != int(pairs):
        raise PracticumError(_("pairs is {value}. Give a whole number of 1 or more.").format(value=pairs))
    one, two = (_mean_records(share, interval, *how, int(pairs), seed + number) for number, how in enumerate((first, second)))
    apart = two - one
    enough = gap - 1e-9
    low, high = np.quantile(apart, [0.05, 0.95]).tolist()
    return GapByChance(float(gap), low, high, float((np.abs(apart) >= enough).mean()), float((apart >= enough).mean()), int(pairs))


def _mean_records(share, interval, spell, length, sessions, pairs, seed):
    """The mean share of ``sessions`` momentary records, once for each pair."""
    share, spell, length = _checked(share, spell, length)
    if as_series([sessions], "sessions")[0] < 1 or sessions != int(sessions):
        raise PracticumError(_("The number of sessions is {value}. Give a whole number of 1 or more.").format(value=sessions))
    rng = np.random.default_rng(seed)
    looks = [record(_stream(share, spell, length, rng), "momentary", interval=interval, length=length).mean() for _one in range(pairs * int(sessions))]
    return np.reshape(looks, (pairs, int(sessions))).mean(axis=1)


def _checked(share, spell, length):
    share, spell, length = (float(as_series([value], name)[0])
                            for value, name in ((share, "share"), (spell, "spell"), (length, "length")))
    if not 0 < share < 1:
        raise PracticumError(_("share is {value:g}. Give a part of the time between 0 and 1, such as 0.6.").format(value=share))
    for name, value in (("spell", spell), ("length", length)):
        if value <= 0:
            raise PracticumError(_("{name} is {value:g}. Give seconds above 0.").format(name=name, value=value))
    return share, spell, length


def _stream(share, spell, length, rng):
    mean = {True: spell, False: spell * (1 - share) / share}
    on, time, borders = bool(rng.random() < share), 0.0, []
    if on:
        borders.append(0.0)
    while time < length:
        time += rng.exponential(mean[on])
        borders.append(min(time, length))
        on = not on
    spells = np.round(np.reshape(borders[:len(borders) // 2 * 2], (-1, 2)), 1)
    return spells[spells[:, 1] > spells[:, 0]]


@functools.lru_cache(maxsize=8)
def _many(share, spell, length, streams, seed):
    rng = np.random.default_rng(seed)
    return tuple(_stream(share, spell, length, rng) for _number in range(streams))
