"""Procedures of countries, from their `practicum.country.Country`: the path, the bodies, the words, what changed, what is criticised."""

import textwrap

import matplotlib
import numpy as np

from practicum.charts.drawing import ACCENT, PAPER, SOFT, STYLE, THINK, axes_with
from practicum.charts.flow import Box, flow_chart
from practicum.charts.shown import Chart, Foreign, Link, Table, short
from practicum.country import questions
from practicum.errors import PracticumError
from practicum.i18n import gettext as _

MARKS = (("D", ACCENT, ACCENT), ("o", THINK, PAPER), ("s", SOFT, SOFT))
LABEL_LETTERS = 34


def path_chart(country, *, title=None):
    """The country's path as a `flow_chart`: the lanes of its file, decisions with a thick edge, terms where a source gives them."""
    boxes = [Box(step.name, step.lane, step.text, step.who, step.what, step.when, "decision" if step.decision else "step")
             for step in country.steps]
    return flow_chart(boxes, country.arrows, lanes=country.lanes, title=title or _("The path in {country}").format(country=country.name))


def steps_table(country):
    """Each step with who is heard and the page where it was read. Returns a `Table`."""
    rows = tuple((str(number), step.text, ", ".join(_(whom) for whom in step.heard) or _("nobody named as heard"),
                  Link(step.source.title, step.source.url) if step.source else _("no source"))
                 for number, step in enumerate(country.steps, 1))
    return Table(_("Where the steps in {country} were read").format(country=country.name),
                 (_("step"), _("what"), _("who is heard or decides for the child"), _("source")), rows)


def bodies_table(countries):
    """The same questions to each country, side by side; an empty answer is called not found, and nothing is called the same."""
    rows = tuple((words, *(country.answers.get(key) or _("not found in the sources that we read") for country in countries))
                 for key, words in questions().items())
    return Table(_("The same questions, two answers"), (_("question"), *(country.name for country in countries)), rows)


def words_of_table(countries):
    """The words of each country in its own languages, each marked for a screen reader."""
    names = {"he": _("Hebrew"), "kk": _("Kazakh"), "ru": _("Russian"), "ar": _("Arabic"), "en": _("English")}
    rows = tuple((country.name, term.word, names[code], Foreign(word, code))
                 for country in countries for term in country.terms for code, word in term.languages.items())
    return Table(_("Words of the two countries"), (_("country"), _("in English"), _("language"), _("in this language")), rows)


def events_table(countries, kind):
    """What ``kind`` "changed" or "criticised" lists in each country, with its date and source."""
    captions = {"changed": _("What changed"), "criticised": _("What is criticised")}
    rows = tuple((f"{country.name}, {event.when}", event.what, Link(event.source.title, event.source.url))
                 for country in countries for event in getattr(country, kind))
    return Table(captions[kind], (_("country and date"), _("what"), _("source")), rows)


def counts_table(counts, caption):
    """Published counts with their words and sources. ``counts``: a frame with the columns of the chapter's counts.csv."""
    exactness = {"about": _("about {number}"), "over": _("over {number}"), "exact": "{number}"}
    rows = tuple((row.category, row.country, str(row.date), f"{exactness[row.exactness].format(number=f'{row.number:,.10g}')} {row.unit}",
                  Link(row.publisher, row.link)) for row in counts.itertuples())
    return Table(caption, (_("what was counted"), _("country"), _("date"), _("number"), _("source")), rows)


@matplotlib.rc_context(STYLE)
def definitions_chart(ranges, *, measure, title, sentence=None):
    """One question, several definitions: for each place a bar from its lowest to its highest number, and under it each definition.

    ``ranges``: a dictionary from the name of a place to its `practicum.comparison.DefinitionRange`, three places at most;
    ``measure`` names the horizontal axis. Returns a `Chart`.
    """
    if not 1 <= len(ranges) <= len(MARKS):
        raise PracticumError(_("This chart has room for {most} places; {count} were given.").format(most=len(MARKS), count=len(ranges)))
    lines = [(name, found) for name, one in ranges.items() for found in (None, *one.values.items())]
    figure, axes = axes_with(measure[:1].upper() + measure[1:], "", height=1.1 + 0.42 * len(lines))
    place = np.arange(len(lines))[::-1]
    for y, (name, found) in zip(place, lines):
        marker, colour, fill = MARKS[list(ranges).index(name)]
        if found is None:
            axes.plot([ranges[name].low, ranges[name].high], [y, y], "-|", color=colour, linewidth=5, markersize=14, markeredgewidth=2)
        else:
            axes.plot([found[1]], [y], marker, color=colour, markerfacecolor=fill)
            axes.annotate(short(found[1]), (found[1], y), xytext=(8, 0), textcoords="offset points", va="center", fontsize=10)
    axes.set_yticks(place, [textwrap.fill(name if found is None else found[0], LABEL_LETTERS) for name, found in lines])
    for label, (_name, found) in zip(axes.get_yticklabels(), lines):
        label.set_fontweight("bold" if found is None else "normal")
    axes.set_ylim(-0.6, len(lines) - 0.4)
    axes.margins(x=0.09)
    axes.grid(axis="y", visible=False)
    parts = [_("{place}: from {low} to {high}; {each}.").format(
        place=name, low=short(one.low), high=short(one.high),
        each=", ".join(f"{definition} {short(value)}" for definition, value in one.values.items())) for name, one in ranges.items()]
    rows = tuple((name, definition, short(value)) for name, one in ranges.items() for definition, value in one.values.items())
    return Chart(title, _("Dot chart with a range bar for each place. Horizontal axis: {measure}. {parts}").format(measure=measure, parts=" ".join(parts)),
                 sentence or _("Read in one sentence: {parts}, by what one counts.").format(parts="; ".join(
                     _("{place} from {low} to {high}").format(place=name, low=short(one.low), high=short(one.high)) for name, one in ranges.items())),
                 (_("place"), _("definition"), measure), rows, figure)
