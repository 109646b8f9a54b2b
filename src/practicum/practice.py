"""Practice items: questions and tasks of ``practice.yml``, shown as forms that check themselves in the page.

A chapter opens its items once, ``practice = chapter("progress-monitoring")``, and shows one with
``practice("needed-rate")``. The form is plain HTML and carries its own key, feedback and words, so the same stored
output works in the built book and in a live notebook: ``static/practice.js`` does the checking there.
Numeric keys are formulas, computed from the chapter's data when the item is made.
What ``practice.yml`` may hold is described in ``static/practice.schema.json``.
"""

import re
from pathlib import Path

from practicum._practice_file import by_id, columns, read, similar, validate, with_moments, words
from practicum._practice_html import item_html, kind_name, progress_html
from practicum._practice_values import Formulas, Texts, examples, key, shuffled
from practicum.errors import PracticumError
from practicum.i18n import gettext as _

STATIC = Path(__file__).parent / "static"
__all__ = ["Item", "Practice", "chapter", "progress_html"]


def chapter(stem, folder="."):
    """The practice items of one chapter, a `Practice`.

    ``stem`` is the chapter's short name; ``folder`` holds its ``practice.yml`` (a notebook runs in its own folder, so
    it needs no second argument).

    Raises PracticumError, naming file, line, item and field, when the file is missing or does not follow its schema.
    """
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", str(stem)):
        raise PracticumError(
            _('"{stem}" is not the name of a chapter. Use small letters, digits and hyphens, '
              'such as "progress-monitoring".').format(stem=stem))
    return Practice(stem, Path(folder))


class Practice:
    """The practice items of one chapter: call it with an item's id, or go through all with a for loop.

    As the last line of a cell it puts the script and the style of practice items into a live notebook.
    """

    def __init__(self, stem, folder):
        path = folder / "practice.yml"
        self.stem = stem
        source, place = read(path, f"{stem}/practice.yml")
        validate(source, place)
        self.title = source.get("title") or words(stem)
        self._entries = {name: (with_moments(entry, folder, here), here) for name, (entry, here) in by_id(source["items"], place).items()}
        self._names = columns(source.get("data", {}), folder, place)
        self._formulas = Formulas(source.get("functions", []), place)

    def __call__(self, item_id):
        """The item with this id. Raises PracticumError, naming similar ids, when there is none."""
        if item_id not in self._entries:
            raise PracticumError(
                _('The chapter {stem} has no practice item "{id}". {similar}')
                .format(stem=self.stem, id=item_id, similar=similar(item_id, self._entries)))
        entry, place = self._entries[item_id]
        return Item(self.stem, entry, place, self._names, self._formulas)

    def __iter__(self):
        return map(self, self._entries)

    def __len__(self):
        return len(self._entries)

    def __repr__(self):
        return _("{count} practice items of the chapter {title}").format(count=len(self), title=self.title)

    def _repr_html_(self):
        style, script = ((STATIC / name).read_text(encoding="utf-8") for name in ("practice.css", "practice.js"))
        ready = _("The practice items of this chapter are ready.")
        return f'<div class="practice-setup"><style>{style}</style><script>{script}</script><p>{ready}</p></div>'


class Item:
    """One practice item. A notebook shows it as a form, a terminal as plain text.

    ``name`` is "stem/id", ``title`` a short name for lists, ``anchor`` the id of the form in the page; ``kind``,
    ``objective`` and ``minutes`` are as in practice.yml. The other attributes are what the form is made of.
    """

    def __init__(self, stem, entry, place, names, formulas):
        self.stem, self.id, self.kind = stem, entry["id"], entry["kind"]
        self.objective, self.minutes = entry["objective"], entry["minutes"]
        self.name = f"{stem}/{self.id}"
        self.anchor = f"practice-{stem}-{self.id}"
        self.title = entry.get("title") or words(self.id)
        self.entry, self.place = entry, place
        self.examples = examples(entry, place, names, formulas, seed=self.name)
        self.texts = Texts(self.examples)
        self.key = key(entry, place, self.examples, formulas, seed=self.name)
        self._html = item_html(self)

    @property
    def label(self):
        """What the reader is asked for: "Practise · one answer · 2 min"."""
        return _("Practise · {kind} · {minutes} min").format(kind=kind_name(self.kind), minutes=self.minutes)

    @property
    def options(self):
        """The options as (text, right) pairs, those of the first example; empty for kinds without options."""
        options = [self.texts.plain(option["text"], self.place.at("options", number, "text"))
                   for number, option in enumerate(self.entry.get("options", []))]
        return list(zip(options, map(bool, self.key.get("right", [[]])[0])))

    def html(self, field, inline=False, at=()):
        """The Markdown text ``field`` of the item (or of the part of it at ``at``) as HTML."""
        part = self.entry
        for step in at:
            part = part[step]
        return self.texts.html(part[field], self.place.at(*at, field), inline)

    def _repr_html_(self):
        return self._html

    def __repr__(self):
        answers = [text for text, right in self.options]
        rows = shuffled(self.entry.get("steps", []), self.name) + self.entry.get("cards", []) + self.entry.get("moments", [])
        answers += [self.texts.plain(row["text"], self.place) for row in rows]
        answers += self.entry.get("checklist", [])
        lines = [f"{self.label} · {self.objective}",
                 self.texts.plain(self.entry["prompt"], self.place.at("prompt")).strip()]
        return "\n".join(lines + [f"- {answer.strip()}" for answer in answers])
