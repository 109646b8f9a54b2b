"""Procedures of countries, from their `practicum.country.Country`: the path, the bodies, the words, what changed, what is criticised."""

from practicum.charts.flow import Box, flow_chart
from practicum.charts.shown import Foreign, Link, Table
from practicum.country import questions
from practicum.i18n import gettext as _


def path_chart(country, *, title=None):
    """The country's path as a `flow_chart`: the lanes of its file, decisions with a thick edge, terms where a source gives them."""
    boxes = [Box(step.name, step.lane, step.text, step.who, step.what, step.when, "decision" if step.decision else "step")
             for step in country.steps]
    return flow_chart(boxes, country.arrows, lanes=country.lanes, title=title or _("The path in {country}").format(country=country.name))


def steps_table(country):
    """Each step with who is heard and the page where it was read. Returns a `Table`."""
    rows = tuple((str(number), step.text, ", ".join(_(whom) for whom in step.heard) or _("nobody named"),
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
    rows = tuple((country.name, event.when, event.what, Link(event.source.title, event.source.url))
                 for country in countries for event in getattr(country, kind))
    return Table(captions[kind], (_("country"), _("when"), _("what"), _("source")), rows)
