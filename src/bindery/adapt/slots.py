"""What an edition may swap in a chapter, as the chapter's ``slots.yml`` declares it."""

from pathlib import Path

from bindery.adapt.chapter import headings, occurs
from bindery.page import read_yaml
from practicum.i18n import gettext as _

FILE = "slots.yml"
KEYS = ("names", "places", "case", "box", "data", "files")


def slots_of(folder):
    """The slots of a chapter: names, places, heading of the case, country box, data files, other files; {} without the file."""
    path = Path(folder) / FILE
    return read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {}


def faults(folder):
    """Sentences on what ``slots.yml`` declares and the chapter does not have."""
    folder = Path(folder)
    slots = slots_of(folder)
    missing = [key for key in KEYS if key not in slots]
    if missing:
        return [_("it lacks “{key}”.").format(key=missing[0])]
    told = [_("the name “{name}” does not occur in the chapter.").format(name=name)
            for name in [*slots["names"], *slots["places"]] if not occurs(name, folder)]
    known = headings(folder / f"{folder.name}.ipynb")
    told += [_("the chapter has no heading or box “{name}”.").format(name=slots[key]) for key in ("case", "box") if slots[key] not in known]
    files = [*(f"data/{name}" for name in slots["data"]), *slots["files"]]
    return told + [_("there is no file {name}.").format(name=name) for name in files if not (folder / name).is_file()]


def listing(folders):
    """What can be swapped in each chapter, as lines of text."""
    lines = []
    for folder in folders:
        slots = slots_of(folder)
        lines.append(folder.name)
        for key, words in (("names", _("people")), ("places", _("places")), ("data", _("data files")), ("files", _("other files"))):
            if slots.get(key):
                lines.append(f"  {words}: {', '.join(slots[key])}")
        lines.append(_("  texts: under any heading, above all “{case}” and the box “{box}”").format(case=slots.get("case"), box=slots.get("box")))
    return lines
