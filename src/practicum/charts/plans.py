"""Tables of an action plan: what a cascade of training leaves and costs, and which parts an aim names."""

from practicum.charts.lines import lines_chart
from practicum.charts.shown import Table
from practicum.goals import goal_parts
from practicum.i18n import gettext as _


def cascade_table(results, *, title=None):
    """Cascades beside each other, one row for each: ``results`` is a dictionary from a name to `practicum.improvement.Cascade`."""
    rows = tuple((name, str(one.planned), f"{one.reached:.0f}", f"{one.steps[-1].fidelity:.0%}", f"{one.well:.0f}", f"{one.hours:.0f}",
                  f"{one.hours_each:.0f}" if one.well else _("nobody")) for name, one in results.items())
    return Table(title or _("What is left at the end of a cascade"),
                 (_("plan"), _("people planned"), _("people reached"), _("carried out in the last step, mean"),
                  _("people who carry out enough"), _("working hours"), _("hours for each of these")), rows)


def cascade_chart(results, *, title=None):
    """How much of a practice is left at each step of cascades with the same number of steps; the line of "enough" is marked.

    ``results`` is a dictionary from a name to `practicum.improvement.Cascade`. Returns a `Chart`.
    """
    first = next(iter(results.values()))
    series = {name: [100 * share for share in (one.start, *(step.fidelity for step in one.steps))] for name, one in results.items()}
    low, high = (pick(series, key=lambda name: series[name][-1]) for pick in (min, max))
    chart = lines_chart(range(len(first.steps) + 1), series, x_label=_("step of the cascade"), measure=_("carried out, % on average"),
                        title=title or _("What is left at each step"), reference=100 * first.enough, reference_label=_("enough"),
                        sentence=_("Read in one sentence: in the last step between {low:.0f} % ({low_name}) and {high:.0f} % ({high_name}) of the practice is "
                                   "carried out on average.").format(low=series[low][-1], low_name=low, high=series[high][-1], high_name=high))
    chart.figure.axes[0].set_xticks(range(len(first.steps) + 1))
    return chart


def goal_parts_table(names, sentences, *, language="en", title=None):
    """Which parts of a measurable goal each sentence names, one row for each: see `practicum.goals.goal_parts`. Returns a `Table`.

    ``names`` are short names for the ``sentences``; a part that was not found is said to be missing.
    """
    rows = []
    for name, sentence in zip(names, sentences):
        parts = goal_parts(sentence, language)
        rows.append((name, *[getattr(parts, part) or _("missing") for part in ("date", "condition", "behaviour", "criterion")]))
    return Table(title or _("Which parts the sentences name"),
                 (_("sentence"), _("by when"), _("in which situation"), _("what one will see"), _("how much")), tuple(rows))
