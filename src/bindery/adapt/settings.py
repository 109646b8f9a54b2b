"""The settings of an edition: one YAML file, read with a sentence for every mistake in it."""

import csv
import difflib
import json
from dataclasses import dataclass, field
from pathlib import Path

from bindery.adapt.chapter import headings, occurs
from bindery.adapt.slots import slots_of
from bindery.check import chapter_folders
from bindery.page import read_rows
from practicum._practice_file import read, validate
from practicum.errors import PracticumError
from practicum.i18n import gettext as _

SCHEMA = Path(__file__).parent / "settings.schema.json"
KINDS_OF_FILES = ("job-aid*.docx", "job-aid*.md", "job-aid*.yml", "countries/*.yml", "practice.yml", "instructor.md", "opening.svg")


class SettingsError(Exception):
    """One or several mistakes in the settings, each a sentence that names file, line, reason and mend."""

    def __init__(self, sentences):
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass
class Settings:
    """What an edition changes. All files are whole paths; ``swaps`` are the names of people and places together."""

    path: Path
    title: str
    organiser: str
    chapters: list
    contact: str = ""
    language: str = "en"
    repository: str = ""
    welcome: Path | None = None
    names: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)
    data: dict = field(default_factory=dict)      # "chapter/file.csv" -> {"file": Path, "origin": text}
    sections: list = field(default_factory=list)  # {"chapter", "heading", "file"}
    add: list = field(default_factory=list)       # {"chapter", "after", "file"}
    files: dict = field(default_factory=dict)     # "chapter/file" -> Path

    @property
    def swaps(self):
        return {**self.names, **self.places}

    def files_of(self, stem):
        """The replaced files of a chapter that are no data, as pairs of name in the folder and path."""
        return [(name.partition("/")[2], path) for name, path in self.files.items() if name.partition("/")[0] == stem]

    def data_of(self, stem):
        """The replaced data files of a chapter, as pairs of file name and {"file", "origin"}."""
        return [(name.partition("/")[2], entry) for name, entry in self.data.items() if name.partition("/")[0] == stem]


def read_settings(path, original):
    """The `Settings` in the file, checked against the original project. Raises `SettingsError` with all mistakes."""
    path, original = Path(path).resolve(), Path(original)
    if not path.is_file():
        raise SettingsError([_("There is no settings file {path}. Check the name and the folder.").format(path=path.name)])
    try:
        source, place = read(path, path.name)
        if source is None:
            raise place.fault(_("the file is empty. Copy the example and change it."))
        validate(source, place, json.loads(SCHEMA.read_text(encoding="utf-8")))
    except PracticumError as error:
        raise SettingsError([str(error)]) from None
    checker = _Checker(source, place, path.parent, original)
    mistakes = checker.mistakes()
    if mistakes:
        raise SettingsError(mistakes)
    whole = lambda name: (path.parent / name).resolve()  # noqa: E731
    source["data"] = {key: {**entry, "file": whole(entry["file"])} for key, entry in source.get("data", {}).items()}
    source["files"] = {key: whole(name) for key, name in source.get("files", {}).items()}
    for group in ("sections", "add"):
        source[group] = [{**entry, "file": whole(entry["file"])} for entry in source.get(group, [])]
    source["welcome"] = whole(source["welcome"]) if "welcome" in source else None
    return Settings(path=path, **source)


class _Checker:
    """Holds the settings against the original project and gathers every mistake as a sentence."""

    def __init__(self, source, place, folder, original):
        self.source, self.place, self.folder, self.original = source, place, folder, original
        self.written = [found.name for found in chapter_folders(original)]

    def mistakes(self):
        found = []
        for rule in (self._chapters, self._files_exist, self._data, self._sections, self._other_files, self._names):
            found += [str(place.fault(sentence)) for place, sentence in rule()]
        return list(dict.fromkeys(found))

    def _chapters(self):
        for number, stem in enumerate(self.source["chapters"]):
            if stem not in self.written:
                yield self.place.at("chapters", number), _('there is no chapter "{stem}". {near}').format(stem=stem, near=_near(stem, self.written))

    def _files_exist(self):
        named = [(("welcome",), self.source.get("welcome"))]
        named += [(("data", key, "file"), entry["file"]) for key, entry in self.source.get("data", {}).items()]
        named += [(("files", key), name) for key, name in self.source.get("files", {}).items()]
        named += [((group, number, "file"), entry["file"]) for group in ("sections", "add") for number, entry in enumerate(self.source.get(group, []))]
        for path, name in named:
            if name is not None and not (self.folder / name).is_file():
                yield self.place.at(*path), _('there is no file "{name}". Mend the path, seen from the folder of the settings.').format(name=name)

    def _folder(self, stem, place):
        """The chapter's folder in the original, or None after saying that the edition does not have this chapter."""
        if stem in self.source["chapters"] and stem in self.written:
            return self.original / "chapters" / stem, []
        return None, [(place, _('the chapter "{stem}" is not in this edition. Add it under chapters, or take this line out.').format(stem=stem))]

    def _data(self):
        for key, entry in self.source.get("data", {}).items():
            place = self.place.at("data", key)
            stem, _slash, name = key.partition("/")
            folder, unknown = self._folder(stem, place)
            yield from unknown
            if folder is None:
                continue
            tables = sorted(path.name for path in (folder / "data").glob("*.csv"))
            if name not in tables:
                yield place, _('the chapter has no data file "{name}". {near}').format(name=name, near=_near(name, tables))
            elif (self.folder / entry["file"]).is_file():
                yield from self._columns(folder / "data" / name, self.folder / entry["file"], place.at("file"))

    @staticmethod
    def _columns(old, new, place):
        try:
            head, *rows = read_rows(new.read_text(encoding="utf-8-sig"))
        except (ValueError, csv.Error):
            yield place, _('"{name}" cannot be read as a table. Save it as "CSV UTF-8".').format(name=new.name)
            return
        wanted = read_rows(old.read_text(encoding="utf-8-sig"))[0]
        missing, more = [name for name in wanted if name not in head], [name for name in head if name not in wanted]
        if missing:
            yield place, _('"{name}" lacks the column "{column}". {near}').format(name=new.name, column=missing[0], near=_near(missing[0], more or head))
        for column in more[:0 if missing else 1]:
            yield place, _('"{name}" has a column "{column}" that the chapter does not use. Take it out.').format(name=new.name, column=column)
        for number, row in enumerate(rows, 2):
            if len(row) != len(head):
                yield place, _('"{name}", row {number}: it has {found} values and the table {wanted} columns. Mend the row.').format(
                    name=new.name, number=number, found=len(row), wanted=len(head))

    def _sections(self):
        for group, field_ in (("sections", "heading"), ("add", "after")):
            for number, entry in enumerate(self.source.get(group, [])):
                place = self.place.at(group, number)
                folder, unknown = self._folder(entry["chapter"], place.at("chapter"))
                yield from unknown
                known = headings(folder / f"{entry['chapter']}.ipynb") if folder else []
                if folder and entry[field_] not in known:
                    yield place.at(field_), _('the chapter has no heading or box "{name}". {near}').format(
                        name=entry[field_], near=_near(entry[field_], known))

    def _other_files(self):
        for key in self.source.get("files", {}):
            place = self.place.at("files", key)
            stem, _slash, name = key.partition("/")
            folder, unknown = self._folder(stem, place)
            yield from unknown
            if folder is None:
                continue
            known = sorted(path.relative_to(folder).as_posix() for pattern in KINDS_OF_FILES for path in folder.glob(pattern))
            if name not in known:
                yield place, _('the chapter has no file "{name}" that can be replaced. {near}').format(name=name, near=_near(name, known))

    def _names(self):
        stems = [stem for stem in self.source["chapters"] if stem in self.written]
        for group in ("names", "places"):
            for name in self.source.get(group, {}):
                if not any(occurs(name, self.original / "chapters" / stem) for stem in stems):
                    declared = [word for stem in stems for word in slots_of(self.original / "chapters" / stem).get(group, [])]
                    yield self.place.at(group, name), _('the name "{name}" does not occur in the chapters of this edition. '
                                                         "Write it as the chapter does, or take the line out. {near}").format(
                                                             name=name, near=_near(name, sorted(set(declared))))


def _near(name, names):
    close = difflib.get_close_matches(str(name), names, n=3, cutoff=0.5) or list(names)
    return _("There is: {names}.").format(names=", ".join(close[:12])) if close else _("There is none at all.")
