"""Who decides what, by when: a country's procedure, read from a plain YAML file that anybody can rewrite for another country.

    israel = country.load("countries/israel.yml")

What the file holds, entry by entry, stands in the empty one, ``countries/empty.yml`` of the chapter "Two systems".
"""

from dataclasses import dataclass
from pathlib import Path

from practicum._texts_file import read_texts
from practicum.errors import PracticumError
from practicum.i18n import gettext as _

HEARD = ("parents", "pupil")
LANGUAGES = ("he", "kk", "ru", "ar", "en")


@dataclass(frozen=True)
class Source:
    """Where a statement was read: the ``title`` of the page and its address ``url``."""

    title: str
    url: str


@dataclass(frozen=True)
class Step:
    """One step: ``text`` the short label, ``what`` the whole, ``who`` acts, ``when`` at the latest, ``heard`` whose voice is asked for.

    ``decision`` is True where something is decided; ``call`` says whom to call about it; what no source says is empty.
    """

    name: str
    lane: str
    text: str
    what: str = ""
    who: str = ""
    when: str = ""
    decision: bool = False
    heard: tuple = ()
    call: str = ""
    source: Source = None


@dataclass(frozen=True)
class Term:
    """A word of the country: ``word`` in English and in the country's ``languages``, a dictionary from "he", "kk", "ru" to the word."""

    word: str
    languages: dict


@dataclass(frozen=True)
class Event:
    """A change of the rules, or something that is criticised: ``when``, ``what`` and the `Source`."""

    when: str
    what: str
    source: Source


@dataclass(frozen=True)
class Country:
    """A country's procedure; ``answers`` goes from a question about its bodies to the answer, empty where no source gave one."""

    name: str
    checked: str
    lanes: tuple
    steps: tuple
    arrows: tuple
    answers: dict
    terms: tuple
    changed: tuple
    criticised: tuple

    def __repr__(self):
        return _("{name}: {steps} steps, sources read {checked}").format(name=self.name, steps=len(self.steps), checked=self.checked)

    def heard(self, whom):
        """The numbers of the steps at which ``whom`` ("parents" or "pupil") is heard or decides, counted from 1."""
        if whom not in HEARD:
            raise PracticumError(_('Nobody is called "{whom}" here. Choose from: {known}.').format(whom=whom, known=", ".join(HEARD)))
        return tuple(number for number, step in enumerate(self.steps, 1) if whom in step.heard)

    def form_values(self):
        """The values of this country for the form "Who decides what", for `practicum.job_aid.fill`; what no source says is "ask"."""
        rows = [{"step": str(number), "who": step.who or step.lane, "what": step.text, "when": step.when or _("ask"),
                 "heard": ", ".join(_(whom) for whom in step.heard) or _("ask"), "call": step.call or _("ask")} for number, step in enumerate(self.steps, 1)]
        return {"country": self.name, "checked": self.checked, "steps": rows, "disagree": self.answers.get("disagree", "")}


def questions():
    """The questions about a country's bodies, a dictionary from their names in the file to the words that readers see."""
    return {
        "asks": _("Who may ask for support?"),
        "sits": _("Who sits at the table?"),
        "decides": _("What is decided there?"),
        "chooses": _("Who chooses the class or school?"),
        "heard": _("When are parents and pupil heard?"),
        "lasts": _("How long does it hold?"),
        "disagree": _("What if the parents disagree?"),
        "programme": _("Who writes the programme?"),
    }


def load(path):
    """Read the country file at ``path`` and return a `Country`.

    PracticumError says in one or two sentences what is missing or wrong in the file, and in which step.
    """
    name = Path(path).name
    texts = read_texts(path)
    _only(texts, ("country", "checked", "lanes", "steps", "arrows", "answers", "terms", "changed", "criticised"), name)
    for entry in ("country", "checked"):
        _text(texts, entry, name, required=True)
    steps = tuple(_step(entry, _("{name}, step {number}").format(name=name, number=number))
                  for number, entry in enumerate(_list(texts, "steps", name), 1))
    if len(steps) < 2:
        raise PracticumError(_("{name} has no path yet: write two steps at least.").format(name=name))
    answers = texts.get("answers") or {}
    _only(answers, questions(), _("{name}, answers").format(name=name))
    return Country(
        _text(texts, "country", name), _text(texts, "checked", name), _lanes(texts, steps, name), steps, _arrows(texts, steps, name),
        {key: _text(answers, key, name) for key in questions()},
        tuple(_term(entry, _("{name}, word {number}").format(name=name, number=number)) for number, entry in enumerate(_list(texts, "terms", name), 1)),
        *(tuple(_event(entry, _("{name}, {kind}, entry {number}").format(name=name, kind=kind, number=number))
                for number, entry in enumerate(_list(texts, kind, name), 1)) for kind in ("changed", "criticised")))


def _step(entry, place):
    _only(entry, ("name", "lane", "text", "what", "who", "when", "decision", "heard", "call", "source"), place)
    for field in ("name", "lane", "text"):
        _text(entry, field, place, required=True)
    heard = entry.get("heard") or []
    heard = [heard] if isinstance(heard, str) else heard
    for whom in heard:
        if whom not in HEARD:
            raise PracticumError(_('{place}: "{whom}" is nobody who is heard. Choose from: {known}.').format(
                place=place, whom=whom, known=", ".join(HEARD)))
    decision = entry.get("decision", False)
    if not isinstance(decision, bool):
        raise PracticumError(_("{place}: decision is true or false, not {value}.").format(place=place, value=decision))
    texts = {field: _text(entry, field, place) for field in ("name", "lane", "text", "what", "who", "when", "call")}
    return Step(**texts, decision=decision, heard=tuple(heard), source=_source(entry.get("source"), place))


def _source(entry, place, required=False):
    if entry is None and not required:
        return None
    _only(entry, ("title", "url"), _("{place}, source").format(place=place))
    title, url = (_text(entry, field, _("{place}, source").format(place=place), required=True) for field in ("title", "url"))
    if not url.startswith(("https://", "http://")):
        raise PracticumError(_('{place}: the address "{url}" of the source does not begin with https://. Copy it from the browser.').format(
            place=place, url=url))
    return Source(title, url)


def _term(entry, place):
    _only(entry, ("word", *LANGUAGES), place)
    _text(entry, "word", place, required=True)
    return Term(_text(entry, "word", place), {code: _text(entry, code, place) for code in LANGUAGES if entry.get(code)})


def _event(entry, place):
    _only(entry, ("when", "what", "source"), place)
    when, what = (_text(entry, field, place, required=True) for field in ("when", "what"))
    return Event(when, what, _source(entry.get("source"), place, required=True))


def _lanes(texts, steps, name):
    lanes = tuple(map(str, _list(texts, "lanes", name))) or tuple(dict.fromkeys(step.lane for step in steps))
    for number, step in enumerate(steps, 1):
        if step.lane not in lanes:
            raise PracticumError(_('{name}, step {number}: the lane "{lane}" is not one of: {lanes}.').format(
                name=name, number=number, lane=step.lane, lanes=", ".join(lanes)))
    return lanes


def _arrows(texts, steps, name):
    names = [step.name for step in steps]
    for number, step in enumerate(names, 1):
        if names.count(step) > 1:
            raise PracticumError(_('{name}, step {number}: the name "{step}" is used twice.').format(name=name, number=number, step=step))
    arrows = _list(texts, "arrows", name) or list(zip(names, names[1:]))
    for arrow in arrows:
        if not isinstance(arrow, (list, tuple)) or len(arrow) not in (2, 3):
            raise PracticumError(_("{name}, arrows: {arrow} is no arrow. Write it like this: [refer, decide], or [refer, decide, a label].").format(
                name=name, arrow=arrow))
        for end in arrow[:2]:
            if end not in names:
                raise PracticumError(_('{name}, arrows: there is no step "{end}". The steps are: {names}.').format(
                    name=name, end=end, names=", ".join(names)))
    return tuple(tuple(map(str, arrow)) for arrow in arrows)


def _only(entry, known, place):
    if not isinstance(entry, dict):
        raise PracticumError(_('{place}: entries with names are needed here, such as "lane: School".').format(place=place))
    unknown = sorted(str(key) for key in entry if key not in known)
    if unknown:
        raise PracticumError(_("{place}: nobody reads {unknown}. Known are: {known}.").format(
            place=place, unknown=", ".join(unknown), known=", ".join(known)))


def _list(texts, key, name):
    found = texts.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise PracticumError(_("{name}: {key} must be a list. Begin each entry with a hyphen.").format(name=name, key=key))
    return found


def _text(entry, key, place, required=False):
    value = entry.get(key)
    if isinstance(value, (dict, list)):
        raise PracticumError(_("{place}: {key} takes one text, not several.").format(place=place, key=key))
    text = "" if value is None else " ".join(str(value).split())
    if required and not text:
        raise PracticumError(_("{place}: {key} is empty. Write it, or take the whole entry out.").format(place=place, key=key))
    return text
