"""Streams of behaviour over a lesson: when it went on, what interval sheets and two observers would have recorded."""

import matplotlib
import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from practicum import observation
from practicum.charts.drawing import ACCENT, INK, PAPER, SOFT, STYLE, THINK, axes_with
from practicum.charts.dots import dots_chart
from practicum.charts.shown import Chart, Table, short
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext

BAR = 0.3  # half the height of a row of bars or cells
METHOD_LOOKS = {"partial": ("-", "s", THINK, THINK), "whole": ("--", "o", SOFT, PAPER), "momentary": (":", "D", ACCENT, ACCENT)}


def method_name(method):
    """The name of a way of recording of `practicum.observation` in the reader's language."""
    return {"partial": _("partial interval"), "whole": _("whole interval"), "momentary": _("momentary sampling")}[method]


@matplotlib.rc_context(STYLE)
def streams_chart(streams, *, length, parts=None, differences=False, behaviour=None, title=None, sentence=None):
    """When one behaviour went on: a row of bars for each stream, over the minutes of the session.

    ``streams`` is a dictionary from labels to events as `practicum.observation` takes them: (start, end) pairs in seconds, or a
    table with these two columns. An event without an end, or with an empty one, is drawn as a mark. ``length``: the seconds
    of the session. ``parts``: a dictionary from the names of the lesson's parts to their (start, end). With ``differences``, for
    two streams, a third row shows when only one of the two was going on. ``behaviour`` names what went on, for the sentence.
    Returns a `Chart`.
    """
    title, read = title or _("When it went on"), {str(label): split_events(events) for label, events in streams.items()}
    if differences:
        read = read | _only_one(read, length)
    figure, axes = _timeline(list(read), length, parts, height=1.5 + 0.52 * len(read) + 0.3 * bool(parts))
    for place, (label, (spells, moments)) in zip(range(len(read))[::-1], read.items()):
        odd = differences and place == 0
        axes.broken_barh([(start / 60, (end - start) / 60) for start, end in spells], (place - BAR, 2 * BAR), linewidth=0.8,
                         facecolor="none" if odd else ACCENT, edgecolor=THINK if odd else ACCENT, hatch="////" if odd else None)
        axes.plot(np.asarray(moments) / 60, [place + BAR + 0.08] * len(moments), "v", color=THINK, markersize=7)
    told = [_stream_in_words(label, *events, length, parts) for label, events in read.items()]
    alt = " ".join([_("Timeline chart. Horizontal axis: minutes 0 to {last}.").format(last=short(length / 60)), *_parts_in_words(parts), *told])
    return Chart(title, alt, sentence or _streams_sentence(read, length, differences, behaviour), (_("record"), _("from"), _("to"), _("seconds")),
                 tuple(_stream_rows(read)), figure)


def split_events(events):
    """The spells, with start and end, and the start times of the events without an end."""
    rows = [tuple(np.atleast_1d(row)) for row in (events.to_numpy() if hasattr(events, "to_numpy") else events)]
    timed = [len(row) > 1 and row[1] is not None and row[1] == row[1] for row in rows]
    spells = sorted((float(row[0]), float(row[1])) for row, has_end in zip(rows, timed) if has_end)
    return spells, sorted(float(row[0]) for row, has_end in zip(rows, timed) if not has_end)


def _only_one(read, length):
    """A row with the times in which just one of two streams went on."""
    if len(read) != 2:
        raise PracticumError(_("Differences can be shown for two streams; {count} were given.").format(count=len(read)))
    borders = sorted({0.0, float(length), *(time for spells, _moments in read.values() for spell in spells for time in spell)})
    inside = [[any(start <= time < end for start, end in spells) for time in borders[:-1]] for spells, _moments in read.values()]
    only = [pair for pair, one, other in zip(zip(borders, borders[1:]), *inside) if one != other]
    return {_("only one of them"): (only, [])}


def _timeline(labels, length, parts, *, height):
    figure, axes = axes_with(_("Minutes"), "", height=height)
    axes.set_xlim(0, length / 60)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    axes.set_ylim(-0.7, len(labels) - 0.3 + 0.45 * bool(parts))
    axes.set_yticks(range(len(labels))[::-1], labels)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    axes.spines["left"].set_visible(False)
    for number, (name, (start, end)) in enumerate((parts or {}).items()):
        if number:
            axes.axvline(start / 60, color=INK, linewidth=1.2, linestyle=":")
        axes.text((start + end) / 120, len(labels) - 0.3, name, ha="center", va="center", fontsize=10)
    return figure, axes


def _parts_in_words(parts):
    if not parts:
        return []
    told = [_("{name} from minute {start} to {end}").format(name=name, start=short(start / 60), end=short(end / 60))
            for name, (start, end) in parts.items()]
    return [_("Parts of the lesson: {parts}.").format(parts=", ".join(told))]


def _seconds(spells):
    return sum(end - start for start, end in spells)


def _within(spells, start, end):
    """The seconds of the spells that lie between ``start`` and ``end``."""
    return sum(max(0.0, min(last, end) - max(first, start)) for first, last in spells)


def _stream_in_words(label, spells, moments, length, parts=None):
    words = ngettext("{label}: {count} spell, {seconds} of {length} seconds ({share:.0%}).",
                     "{label}: {count} spells, {seconds} of {length} seconds ({share:.0%}).", len(spells)).format(
        label=label, count=len(spells), seconds=f"{_seconds(spells):.0f}", length=short(length), share=_seconds(spells) / length)
    if spells:
        start, end = max(spells, key=lambda spell: spell[1] - spell[0])
        words += " " + _("The longest from {start} to {end}; the middle length is {middle:.0f} seconds.").format(
            start=clock(start), end=clock(end), middle=np.median([last - first for first, last in spells]))
    if parts and spells:
        words += " " + _("In the parts: {parts}.").format(parts=", ".join(
            _("{name} {seconds:.0f} of {length} seconds ({share:.0%})").format(
                name=name, seconds=_within(spells, *part), length=short(part[1] - part[0]), share=_within(spells, *part) / (part[1] - part[0]))
            for name, part in parts.items()))
    if moments:
        words += " " + ngettext("{count} single event as a mark.", "{count} single events as marks.", len(moments)).format(count=len(moments))
    return words


def _streams_sentence(read, length, differences, behaviour):
    shares = [_("{label} {share:.0%}").format(label=label, share=_seconds(spells) / length) for label, (spells, _moments) in read.items()]
    if differences:
        return _("Read in one sentence: {behaviour}: {shares} of the time; in {odd} of the time the two records differ.").format(
            behaviour=behaviour or _("the behaviour went on"), shares=_(" and ").join(shares[:2]), odd=shares[2].split()[-1])
    return _("Read in one sentence: {behaviour} for this part of the time: {shares}.").format(
        behaviour=behaviour or _("the behaviour went on"), shares="; ".join(shares))


def _stream_rows(read):
    for label, (spells, moments) in read.items():
        for start, end in sorted([*spells, *((moment, None) for moment in moments)], key=lambda row: row[0]):
            yield label, clock(start), "" if end is None else clock(end), "" if end is None else short(end - start)


def clock(seconds):
    """Seconds as a stopwatch shows them: 85.4 is "1:25"."""
    whole = int(round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


@matplotlib.rc_context(STYLE)
def marks_chart(marks, *, interval, stream=None, stream_label=None, behaviour=None, title=None, sentence=None):
    """What was marked in each interval: a row of cells for each record, full where it was marked, empty where it was not.

    ``marks`` is a dictionary from labels (or "partial", "whole", "momentary") to lists of 1 and 0, all of one length; None or
    NaN, nobody looked, is a crossed cell. ``interval``: the seconds of one interval. ``stream`` is drawn above the cells: the
    (start, end) pairs of what really happened, named ``stream_label``. ``behaviour`` names what went on, for the sentence.
    Returns a `Chart`.
    """
    title = title or _("What was marked")
    marks = {method_name(label) if label in METHOD_LOOKS else str(label): [None if value is None or value != value else int(value) for value in row]
             for label, row in marks.items()}
    count = len(next(iter(marks.values())))
    if any(len(row) != count for row in marks.values()):
        raise PracticumError(_("The records have different lengths. Give one mark for each interval, None where nobody looked."))
    length, spells = count * interval, None if stream is None else split_events(stream)[0]
    name = stream_label or _("what happened")
    shares = {label: _share_in_words(row) for label, row in marks.items()}
    labels = [f"{label}\n{shares[label]}" for label in marks]
    figure, axes = _timeline(([] if stream is None else [f"{name}\n{_seconds(spells) / length:.0%}"]) + labels, length, None,
                             height=1.2 + 0.62 * (len(labels) + (stream is not None)))
    if stream is not None:
        axes.broken_barh([(start / 60, (end - start) / 60) for start, end in spells], (len(labels) - BAR, 2 * BAR), facecolor=THINK, edgecolor=THINK)
    for place, row in zip(range(len(labels))[::-1], marks.values()):
        for number, value in enumerate(row):
            axes.add_patch(Rectangle((number * interval / 60, place - BAR), interval / 60, 2 * BAR, linewidth=0.7, edgecolor=SOFT,
                                     facecolor=ACCENT if value else "none", hatch="xxx" if value is None else None))
    told = [] if stream is None else [_stream_in_words(name, spells, [], length)]
    told += [_("{label}: marked in {share}.").format(label=label, share=share) for label, share in shares.items()]
    alt = _("Cell chart. Horizontal axis: minutes 0 to {last}, a cell for every {interval} seconds, {count} cells in a row. {rows}").format(
        last=short(length / 60), interval=short(interval), count=count, rows=" ".join(told))
    return Chart(title, alt, sentence or _marks_sentence(shares, spells, length, behaviour), (_("from"), *marks), tuple(_mark_rows(marks, interval)), figure)


def _share_in_words(row):
    seen = [value for value in row if value is not None]
    return _("{marked} of {all}").format(marked=sum(seen), all=len(seen))


def _marks_sentence(shares, spells, length, behaviour):
    told = "; ".join(_("{label}: {share}").format(label=label, share=share) for label, share in shares.items())
    if spells is None:
        return _("Read in one sentence: so much was marked. {rows}.").format(rows=told)
    return _("Read in one sentence: {behaviour} for {true:.0%} of the time; so much was marked. {rows}.").format(
        behaviour=behaviour or _("the behaviour went on"), true=_seconds(spells) / length, rows=told)


def _mark_rows(marks, interval):
    words = {1: _("marked"), 0: _("not marked"), None: _("nobody looked")}
    for number, values in enumerate(zip(*marks.values())):
        yield clock(number * interval), *[words[value] for value in values]


@matplotlib.rc_context(STYLE)
def recording_errors_chart(results, *, at=None, title=None):
    """Recorded share against the length of the interval, a line for each way of recording, with the range of single records.

    ``results``: a list of `practicum.streams.RecordingError`, all from the same streams. The bar at each point holds what 9 of
    10 single records said: it holds the error of the record and the differences between the streams. The table gives the error
    alone, too. ``at``: the interval, in seconds, that the sentence tells; the longest if not given. Returns a `Chart`.
    """
    title = title or _("What each way of recording says, by length of interval")
    true = 100 * float(np.mean([result.true for result in results]))
    methods = dict.fromkeys(result.method for result in results)
    intervals = sorted({result.interval for result in results})
    figure, axes = axes_with(_("Seconds of one interval"), _("Recorded, % of intervals"), height=4.2)
    axes.axhline(true, color=INK, linewidth=1.2, dashes=(5, 3), label=_("true share of time"))
    told = []
    for number, method in enumerate(methods):
        own = sorted((result for result in results if result.method == method), key=lambda result: result.interval)
        line, marker, colour, fill = METHOD_LOOKS[method]
        middle = np.array([100 * result.recorded for result in own])
        reach = np.array([[100 * (result.recorded - result.least), 100 * (result.most - result.recorded)] for result in own]).T
        place = np.array([intervals.index(result.interval) for result in own]) + (number - 1) * 0.08
        axes.errorbar(place, middle, np.maximum(reach, 0), linestyle=line, marker=marker, color=colour, markerfacecolor=fill, elinewidth=1.1,
                      capsize=3, label=method_name(method))
        told.append(_("{method}: {points}.").format(method=method_name(method), points=", ".join(map(_error_in_words, own))))
    axes.set_xticks(range(len(intervals)), [short(interval) for interval in intervals])
    axes.set_ylim(-3, 103)
    figure.legend(loc="outside lower center", ncols=2)
    rows = tuple((short(result.interval), method_name(result.method), f"{100 * result.recorded:.0f}", f"{100 * result.least:.0f}",
                  f"{100 * result.most:.0f}", _("{low:.0f} to {high:.0f}").format(low=100 * result.low, high=100 * result.high)) for result in sorted(results, key=lambda result: result.interval))
    return Chart(title, _("Line chart. Horizontal axis: seconds of one interval, {first} to {last}. Vertical axis: recorded share, 0 to 100 %. A dashed "
                          "line marks the true share, {true:.0f} %. {lines}").format(first=short(intervals[0]), last=short(intervals[-1]), true=true,
                                                                                 lines=" ".join(told)),
                 _errors_sentence(results, true, intervals[-1] if at is None else at),
                 (_("seconds of one interval"), _("way of recording"), _("recorded, %"), _("9 of 10 records from"), _("to"), _("error in points, 9 of 10")), rows, figure)


def _error_in_words(result):
    return _("{interval} seconds {recorded:.0f} % (9 of 10 from {least:.0f} to {most:.0f})").format(
        interval=short(result.interval), recorded=100 * result.recorded, least=100 * result.least, most=100 * result.most)


def _errors_sentence(results, true, interval):
    told = [_("{method} {share:.0f} %").format(method=method_name(result.method), share=100 * result.recorded)
            for result in results if result.interval == interval]
    return _("Read in one sentence: the true share is {true:.0f} %; with intervals of {interval} seconds the records say on average {rows}.").format(
        true=true, interval=short(interval), rows=", ".join(told))


def peers_chart(labels, pupil, classmates, *, names=None, measure=None, title=None):
    """One pupil beside classmates: a row for each of ``labels``, such as the parts of a lesson, with a mark for each.

    ``pupil`` and ``classmates``: per cent of the moments in which the pupil, and the classmates looked at in turn, were engaged.
    ``names`` are other names for the two, when other things are compared. Returns a `Chart`.
    """
    first, second = names or (_("the pupil"), _("the classmates"))
    gaps = np.asarray(classmates, float) - np.asarray(pupil, float)
    most = int(np.argmax(np.abs(gaps)))
    sentence = _("Read in one sentence: {first} lies below {second} in {below} of {count} rows and above in {above}; the largest difference is "
                 "{gap:.0f} points, for {label}.").format(first=first, second=second, below=int(np.sum(np.round(gaps) > 0)), count=len(gaps),
                                                        above=int(np.sum(np.round(gaps) < 0)), gap=abs(gaps[most]), label=labels[most])
    return dots_chart(labels, {first: np.round(pupil, 0), second: np.round(classmates, 0)}, measure=measure or _("engaged, % of moments"),
                      title=title or _("One pupil and the classmates"), sentence=sentence)


def agreement_table(pairs, *, interval, length, counting=60, method="momentary", title=None):
    """All indices of agreement side by side, for one or more pairs of records. Returns a `Table`.

    ``pairs`` is a dictionary from names to the records of two observers, each as in `streams_chart`. The count indices compare
    the events without an end, in intervals of ``counting`` seconds; where there are none, the starts of the spells. The
    interval indices and kappa compare what the two would have marked by ``method`` in intervals of ``interval`` seconds. The
    duration indices compare the lengths of the spells; single ones only when both saw equally many. ``length``: seconds of
    the session. Source: reed2011ioa, easycalc_kappa.
    """
    columns = [_agreements(pair, interval, length, counting, method) for pair in pairs.values()]
    rows = tuple((name, compared, *[column[number] for column in columns]) for number, (name, compared) in enumerate(_index_names()))
    return Table(title or _("Agreement of two observers, every index"), (_("index"), _("what it compares"), *map(str, pairs)), rows)


def _index_names():
    return ((_("total count"), _("all events of the session")), (_("partial agreement"), _("counts, interval by interval")),
            (_("exact agreement"), _("intervals with the same count")), (_("interval by interval (or trial by trial)"), _("all marks, seen or not")),
            (_("scored interval"), _("intervals that at least one marked")), (_("unscored interval"), _("intervals that at least one left empty")),
            (_("total duration"), _("seconds of the session")), (_("mean duration"), _("seconds of each spell")),
            (_("expected by chance"), _("all marks, if the two did not look")), (_("kappa"), _("agreement beyond chance")))


def _agreements(pair, interval, length, counting, method):
    """The cells of one column of the agreement table, in the order of the index names."""
    spells, moments = zip(*map(split_events, pair))
    events = moments if all(moments) else [[start for start, _end in side] for side in spells]
    counts = [observation.counts(side, interval=counting, length=length) for side in events]
    marks = [observation.record(side, method, interval=interval, length=length) for side in spells]
    durations = [[end - start for start, end in side] for side in spells]
    beyond = observation.kappa(*marks)
    unequal = _("not possible: {one} and {other} spells").format(one=len(spells[0]), other=len(spells[1]))
    shares = [observation.total_count_ioa(*counts), observation.partial_agreement_ioa(*counts), observation.exact_agreement_ioa(*counts),
              observation.interval_ioa(*marks), observation.scored_interval_ioa(*marks), observation.unscored_interval_ioa(*marks),
              observation.total_duration_ioa(*([sum(side)] for side in durations)),
              observation.mean_duration_ioa(*durations) if len(spells[0]) == len(spells[1]) else None, beyond.expected]
    return [*[unequal if share is None else f"{share:.0%}" for share in shares], f"{beyond.kappa:.2f}"]
