"""Safe data: what a scan found, how well pupils hide in groups, what a table of counts gives away."""

import matplotlib
import numpy as np

from practicum._columns import row_list
from practicum.charts.dots import dots_chart
from practicum.charts.drawing import ACCENT, STYLE, THINK, axes_with
from practicum.charts.labels import label_of
from practicum.charts.shown import Chart, Table, readable
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.privacy import describe, masked


@matplotlib.rc_context(STYLE)
def group_sizes_chart(before, after=None, *, minimum=5, before_label=None, after_label=None, title=None):
    """How many people are in groups of which size, before and after a table was made coarser.

    ``before`` and ``after`` hold for each person the size of their group, as `practicum.groups.group_sizes` gives it; ``after`` may
    be left out. Groups smaller than ``minimum`` have a bar for each size; the others are joined. Returns a `Chart`.
    """
    series = {before_label or _("before"): np.asarray(before, float)}
    if after is not None:
        series[after_label or _("after")] = np.asarray(after, float)
    if any(not len(sizes) or (sizes < 1).any() for sizes in series.values()):
        raise PracticumError(_("Give for each person the size of their group: whole numbers from 1 up."))
    title = title or _("How many people share a combination")
    edges = [*range(1, minimum), minimum, 2 * minimum]
    names = [*map(str, range(1, minimum)), f"{minimum}–{2 * minimum - 1}", _("{size} or more").format(size=2 * minimum)]
    counts = {name: [int(np.sum((sizes >= low) & (sizes < high))) for low, high in zip(edges, [*edges[1:], np.inf])]
              for name, sizes in series.items()}
    figure, axes = axes_with(_("Size of the group"), _("Pupils"))
    looks = ({"facecolor": THINK, "edgecolor": THINK}, {"facecolor": "none", "edgecolor": ACCENT, "hatch": "////"})
    width = 0.8 / len(series)
    for number, (name, bars) in enumerate(counts.items()):
        place = np.arange(len(names)) - 0.4 + width * (number + 0.5)
        axes.bar(place, bars, width * 0.9, label=name, **looks[number])
        for x, value in zip(place, bars):
            axes.text(x, value, str(value), ha="center", va="bottom", fontsize=10)
    axes.set_xticks(range(len(names)), names)
    axes.margins(y=0.12)
    axes.grid(axis="x", visible=False)
    if len(series) > 1:
        figure.legend(loc="outside upper left", ncols=1)
    return Chart(title, _groups_alt(counts, names), _groups_sentence(counts, minimum), (_("size of the group"), *counts),
                 tuple((name, *(str(bars[row]) for bars in counts.values())) for row, name in enumerate(names)), figure)


def _groups_alt(counts, names):
    told = "; ".join(_("{name}: {bars}").format(
        name=name, bars=", ".join(_("{count} in groups of {size}").format(count=count, size=size) for size, count in zip(names, bars) if count))
        for name, bars in counts.items())
    return _("Bar chart. Horizontal axis: size of the group, from 1 to {last}. Vertical axis: pupils. {told}.").format(
        last=names[-1], told=told[:1].upper() + told[1:])


def _groups_sentence(counts, minimum):
    told = []
    for name, bars in counts.items():
        few = sum(bars[:minimum - 1])
        some = _("in “{name}”, {alone} of {all} pupils share their combination with nobody, and {few} are in groups smaller than {minimum}")
        none = _("in “{name}”, nobody is in a group smaller than {minimum}")
        told.append((some if few else none).format(name=name, alone=bars[0], all=sum(bars), few=few, minimum=minimum))
    return _("Read in one sentence: {told}.").format(told="; ".join(told))


def combinations_table(found, title=None, *, minimum=5):
    """One row for each of ``found``, a list of `practicum.groups.Combination`: columns, smallest group, people alone, people in
    groups smaller than ``minimum``. Shows no value of the table. Returns a `Table`."""
    heads = (_("columns taken together"), _("smallest group"), _("pupils alone"), _("pupils in groups smaller than {minimum}").format(minimum=minimum))
    rows = tuple((" + ".join(label_of(masked(name)) for name in one.columns), str(one.k), str(one.alone), str(one.few)) for one in found)
    return Table(title or _("The smallest group for every combination"), heads, rows)


def identifiers_table(findings, title=None):
    """What a scan found, one row for each column and kind, never the value. ``findings``: as `practicum.privacy.scan` gives them."""
    groups = {}
    for finding in findings:
        groups.setdefault((finding.column, finding.kind, finding.confidence), []).append(finding.row)
    rows = tuple((column, describe(kind, confidence), str(len(found)), row_list(found))
                 for (column, kind, confidence), found in sorted(groups.items(), key=lambda item: (len(item[0][0]), item[0])))
    return Table(title or _("What the scan found"), (_("column"), _("what it looks like"), _("cells"), _("where")), rows)


def limits_table(limits, title=None):
    """What a reader can work out of hidden counts: ``limits`` as `practicum.groups.work_back` gives them. Returns a `Table`."""
    rows = []
    for place, (low, high) in limits.items():
        name = ", ".join(map(str, place)) if isinstance(place, tuple) else str(place)
        known = _("known: {number}").format(number=low) if low == high else _("anything from {low} to {high}").format(low=low, high=high)
        rows.append((name, str(low), str(high), known))
    return Table(title or _("What can be worked out"), (_("hidden count"), _("at least"), _("at most"), _("a reader knows")), tuple(rows))


def leaks_chart(rates, title=None):
    """How often a small number came back, when only small numbers are hidden and when further ones are.

    ``rates`` is a dictionary from the number of classes in a table to its `practicum.groups.Leaks`. Returns a `Chart`.
    """
    small, further = ([100 * getattr(rate, kind) for rate in rates.values()] for kind in ("small_only", "complementary"))
    labels = [ngettext("{count} class", "{count} classes", count).format(count=count) for count in rates]
    told = _("Read in one sentence: with only small numbers hidden, one came back in {small} of 100 tables; with further numbers hidden too, in "
             "{further}.").format(small=_span(small), further=_span(further))
    return dots_chart(labels, {_("only small numbers hidden"): small, _("further numbers hidden too"): further},
                      measure=_("tables of 100 that give a number away"), title=title or _("How often a hidden number comes back"),
                      sentence=told)


def _span(numbers):
    low, high = readable(min(numbers), 100), readable(max(numbers), 100)
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def twin_chart(real, made, *, by, value, measure, title=None):
    """The median of the column ``value`` for each label of ``by``, in the real table and in its twin. Returns a `Chart`.

    ``real`` and ``made`` are frames with both columns; labels that one of them lacks are left out.
    """
    first, second = (frame.groupby(by, observed=True)[value].median() for frame in (real, made))
    labels = [label for label in first.index if label in second.index]
    if not labels:
        raise PracticumError(_("The real table and the twin have no label of {column} in common.").format(column=by))
    gaps = [part[labels].max() - part[labels].min() for part in (first, second)]
    told = _("Read in one sentence: among the real pupils the medians lie {real} apart, and the highest is that of “{first}”; among the invented "
             "pupils they lie {made} apart, and the highest is that of “{second}”.").format(
        real=readable(gaps[0], 100), made=readable(gaps[1], 100), first=first[labels].idxmax(), second=second[labels].idxmax())
    return dots_chart(labels, {_("real pupils"): [float(first[label]) for label in labels],
                               _("invented pupils"): [float(second[label]) for label in labels]},
                      measure=measure, title=title or _("What a twin does not keep"), sentence=told)


def hits_table(cells, title=None):
    """How often a scan was right: ``cells`` is a frame with the columns telling (yes or no), found (True or False). A `Table`."""
    rows = []
    for telling, name in (("yes", _("tells who somebody is")), ("no", _("tells nobody"))):
        part = cells[cells.telling == telling]
        found = int(part.found.sum())
        rows.append((name, str(len(part)), str(found), str(len(part) - found)))
    return Table(title or _("How often the scan was right"), (_("what the cell does"), _("cells"), _("found"), _("passed over")), tuple(rows))
