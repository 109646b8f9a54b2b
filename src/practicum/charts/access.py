"""Access to a lesson: who takes part in which step, who is shut out before and after a repair, who gains from an accommodation."""

from dataclasses import replace

from matplotlib.ticker import MaxNLocator

from practicum.access import SHUT_OUT, TAKES_PART, WITH_HELP, before_after_effect
from practicum.charts.dots import dots_chart
from practicum.charts.grid import grid_chart
from practicum.charts.lines import lines_chart
from practicum.charts.shown import Foreign, Table
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.text import cyrillic_language, lix, sentences, words


def barrier_chart(matrix, *, title=None):
    """Pupils by steps, for a `practicum.access.BarrierMatrix`; only pupils who meet a barrier have a row. Returns a `Chart`.

    Who takes part in all steps without help is counted in the sentence and left out of the grid. The description and the last two
    rows of the table count by step, because the steps are what is to be repaired.
    """
    title = title or _("Who takes part in which step")
    rows = [place for place, row in enumerate(matrix.values) if any(value in (SHUT_OUT, WITH_HELP) for value in row)]
    shown = rows or range(len(matrix.pupils))
    levels = {TAKES_PART: ("·", _("takes part")), WITH_HELP: ("h", _("with help")), SHUT_OUT: ("X", _("shut out"))}
    values = [[None if value != value else int(value) for value in matrix.values[place]] for place in shown]
    chart = grid_chart([matrix.pupils[place] for place in shown], matrix.steps, values, levels=levels, title=title,
                       row_label=_("pupil"), column_label=_("step of the lesson"), sentence=_sentence(matrix))
    sums = [(_("all: {words}").format(words=levels[state][1]), *[str(counts[number]) for counts in matrix.by_step])
            for number, state in enumerate((SHUT_OUT, WITH_HELP))]
    return replace(chart, alt=_by_step(matrix, len(shown)), rows=(*chart.rows, *sums))


def _by_step(matrix, drawn):
    """The description of the grid: by steps, then who is shut out of which."""
    steps = "; ".join(_("{step}: {shut} and {helped}").format(step=step, shut=shut, helped=helped)
                      for step, (shut, helped, *_others) in zip(matrix.steps, matrix.by_step))
    pupils = "; ".join(_("{pupil} in {steps}").format(pupil=pupil, steps=", ".join(steps)) for pupil, steps in matrix.shut_out.items())
    return _("Grid chart. Rows: {drawn} of {pupils} pupils. Columns: {number} steps of the lesson. Each cell has a sign and a shade for takes part, with help or "
             "shut out. By step, shut out and with help: {steps}. Shut out: {who}.").format(
                 drawn=drawn, pupils=len(matrix.pupils), number=len(matrix.steps), steps=steps, who=pupils or _("nobody"))


def _sentence(matrix):
    shut = len(matrix.shut_out)
    absent = sum(all(value != value for value in row) for row in matrix.values)
    others = sum(all(value != value or value == TAKES_PART for value in row) for row in matrix.values) - absent
    closed = [(step, counts[0]) for step, counts in zip(matrix.steps, matrix.by_step) if counts[0]]
    told = ngettext("Read in one sentence: {shut} pupil of {pupils} is shut out of at least one step", "Read in one sentence: {shut} pupils of {pupils} are shut out of "
                    "at least one step", shut).format(shut=shut, pupils=len(matrix.pupils))
    if closed:
        told += " (" + "; ".join(_("“{step}”: {count}").format(step=step, count=count) for step, count in closed) + ")"
    if absent:
        told += ", " + ngettext("{absent} was absent", "{absent} were absent", absent).format(absent=absent)
    told += ", " + ngettext("and {others} pupil takes part in all steps without help.", "and {others} pupils take part in all steps without help.",
                            others).format(others=others)
    return told + " " + _("Only pupils who meet a barrier are drawn.") if others + absent < len(matrix.pupils) and others + absent else told


def barriers_by_step_chart(before, after, *, title=None):
    """How many pupils are shut out of each step, before and after a repair: two `practicum.access.BarrierMatrix`. Returns a `Chart`."""
    counts = {name: [shut for shut, *_others in matrix.by_step] for name, matrix in ((_("before"), before), (_("after"), after))}
    totals = [sum(numbers) for numbers in counts.values()]
    chart = dots_chart(before.steps, counts, measure=_("pupils shut out"), title=title or _("Pupils shut out of each step"),
                      sentence=_("Read in one sentence: places from which a pupil is shut out fall from {first} to {last}, and steps open to all rise from "
                                 "{open_before} to {open_after} of {steps}.").format(
                                     first=totals[0], last=totals[1], open_before=len(before.open_steps), open_after=len(after.open_steps),
                                     steps=len(before.steps)) if totals[1] < totals[0] and len(after.open_steps) > len(before.open_steps) else None)
    chart.figure.axes[0].xaxis.set_major_locator(MaxNLocator(integer=True))   # there are no half pupils
    return chart


def boost_chart(boost, *, measure=None, title=None):
    """The gains of two groups and their difference with its interval: a `practicum.access.Boost`. Returns a `Chart`."""
    labels = [_("pupils with the need"), _("the others"), _("difference (boost)")]
    groups = ((boost.with_need, boost.with_need_interval), (boost.others, boost.others_interval), (boost.boost, boost.interval))
    return dots_chart(labels, [value for value, _interval in groups], low=[low for _value, (low, _high) in groups],
                      high=[high for _value, (_low, high) in groups], reference=0, reference_label=_("no gain"),
                      measure=measure or _("points gained"), title=title or _("Who gains"),
                      sentence=_("Read in one sentence: the pupils with the need gain {first:.1f} points, the others {second:.1f}; the difference is {boost:.1f}, "
                                 "and anything from {low:.1f} to {high:.1f} fits.").format(
                                     first=boost.with_need, second=boost.others, boost=boost.boost, low=boost.interval[0],
                                     high=boost.interval[1]).replace(" -", " −"))


def one_class_chart(correlations, *, gain=1, spread=1, mark=None, mark_label=None, title=None):
    """What a class shows from before to after when it gains as much as a comparison class, so that the method has no effect.

    ``correlations``: how alike the order of the pupils is both times, a list in rising order; ``gain`` and ``spread``: as in
    `practicum.access.before_after_effect`; ``mark`` is an effect drawn for comparison. Returns a `Chart`.
    """
    seen = [before_after_effect(gain, spread=spread, correlation=value) for value in correlations]
    return lines_chart(correlations, {_("one class, before and after"): seen, _("against a comparison class"): [0] * len(seen)},
                       x_label=_("correlation of the scores, before with after"), measure=_("effect"), reference=mark, reference_label=mark_label,
                       title=title or _("One class that simply learns"),
                       sentence=_("Read in one sentence: with no effect of the method at all, the number of one class before and after grows from {low:.1f} to {high:.1f} "
                                  "as the correlation goes from {first:g} to {last:g}; against a comparison class it is 0.").format(
                                      low=seen[0], high=seen[-1], first=correlations[0], last=correlations[-1]))


def reading_chart(before, after, *, title=None):
    """The LIX of texts before and after a repair: two dictionaries from the same languages to texts. Returns a `Chart`."""
    loads = [[lix(texts[language]) for language in before] for texts in (before, after)]
    told = "; ".join(_("{language} {first:.0f} before, {last:.0f} after").format(language=language, first=first, last=last)
                     for language, first, last in zip(before, *loads))
    return dots_chart(list(before), {_("before"): loads[0], _("after"): loads[1]}, measure=_("LIX"), title=title or _("Reading load"),
                      sentence=_("Read in one sentence: LIX is {told}; compare each language with itself only.").format(told=told))


def reading_table(texts, *, caption=None):
    """What makes texts long to read, one row for each: ``texts`` is a dictionary from labels to texts. Returns a `Table`.

    Columns: LIX (see `practicum.text.lix`), words per sentence, share of words with more than six letters, words.
    """
    rows = []
    for label, text in texts.items():
        found, number = words(text), len(sentences(text))
        long_words = sum(sum(map(str.isalpha, word)) > 6 for word in found)
        rows.append((label, f"{lix(text):.0f}", f"{len(found) / number:.1f}", f"{long_words / len(found):.0%}", str(len(found))))
    return Table(caption or _("Reading load"), (_("text"), _("LIX"), _("words per sentence"), _("words of more than six letters"), _("words")), tuple(rows))


def headings_table(check, *, caption=None):
    """The heading tree of a document (`practicum.documents.DocumentCheck`), one row for each heading, in order. Returns a `Table`."""
    rows = tuple((str(level), Foreign(text, cyrillic_language(text)) if cyrillic_language(text) else text) for level, text in check.headings) or ((_("none"), _("The document has no headings.")),)
    return Table(caption or _("Headings of {name}").format(name=check.name), (_("level"), _("heading")), rows)


def findings_table(checks, *, caption=None):
    """How many things of each kind are to be mended in each document of ``checks``, a list of `DocumentCheck`. Returns a `Table`."""
    kinds = {"language": _("language"), "heading": _("headings"), "picture": _("pictures"), "table": _("tables"), "contrast": _("contrast"), "size": _("size")}
    rows = tuple((check.name, *[str(len(check.of_kind(kind))) for kind in kinds], str(len(check.findings))) for check in checks)
    return Table(caption or _("Things to mend"), (_("document"), *kinds.values(), _("all")), rows)


def reviews_sentence(effects):
    """The sentence under a chart of reviews whose numbers are on different rulers: they are named and not ranked."""
    return _("Read in one sentence: the reviews give {numbers}; they measure with different rulers, so they cannot be ranked.").format(
        numbers=_(" and ").join(f"{effect:.2f}" for effect in effects))
