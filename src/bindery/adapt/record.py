"""What an edition was made from: kept beside it, so that a later run can say what changed underneath, section by section."""

import hashlib
import json
import re

from bindery.adapt import chapter
from bindery.adapt.chapter import HEADING, read_notebook, text_of
from bindery.page import read_yaml
from practicum.i18n import gettext as _

RECORD, CHANGES = "edition.json", "CHANGES.md"


def digest(content):
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode("utf-8")).hexdigest()[:16]


def parts_of(folder):
    """The parts of a chapter with a digest each: sections of the text, practice items, data, forms, other files."""
    parts, section, texts = {}, _("the beginning"), {}
    for cell in read_notebook(folder / f"{folder.name}.ipynb")["cells"]:
        text = text_of(cell)
        if cell["cell_type"] == "code":
            texts[section] = texts.get(section, "") + text
            continue
        pieces = HEADING.split(text)  # before, then marks, words and text of each heading
        texts[section] = texts.get(section, "") + pieces[0]
        for words, after in zip(pieces[2::3], pieces[3::3]):
            section = words
            texts[section] = texts.get(section, "") + after
    parts |= {_("section “{name}”").format(name=name): digest(text) for name, text in texts.items()}
    for item in read_yaml((folder / "practice.yml").read_text(encoding="utf-8"))["items"]:
        parts[_("practice item “{name}”").format(name=item["id"])] = digest(json.dumps(item, sort_keys=True, default=str))
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".ipynb" and path.name != "practice.yml"):
        if not {"__pycache__", ".ipynb_checkpoints", "my-files"} & set(path.parts):
            parts[_("file {name}").format(name=path.relative_to(folder).as_posix())] = digest(path.read_bytes())
    return parts


def original_parts(original, chapters):
    return {stem: parts_of(original / "chapters" / stem) for stem in chapters}


def differences(old, new, settings):
    """What changed in the original since the last run: (chapter, part, what happened, whether it needs a look)."""
    found = []
    for stem in settings.chapters:
        before, now = old.get(stem), new[stem]
        if before is None:
            found.append((stem, _("the whole chapter"), _("new in this edition"), False))
            continue
        for part in {**before, **now}:
            if before.get(part) != now.get(part):
                what = _("new in the original") if part not in before else _("gone from the original") if part not in now else _("changed in the original")
                found.append((stem, part, what, _is_ours(stem, part, settings)))
    return found


def _is_ours(stem, part, settings):
    """Whether the edition itself replaces this part, so that the original's change does not show in it."""
    ours = [entry["heading"] for entry in settings.sections if entry["chapter"] == stem]
    ours += [f"data/{name}" for name, _entry in settings.data_of(stem)] + [name for name, _path in settings.files_of(stem)]
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", part) for name in ours)


def hand_made(folder):
    """The files of an edition that somebody changed or added after it was written."""
    record = read_record(folder)
    now = file_digests(folder)
    return sorted(name for name in {**record["files"], **now} if record["files"].get(name) != now.get(name))


def file_digests(folder):
    """The digest of every file of an edition that is written by us: builds, environments and readers' files left out."""
    skip = {".git", ".venv", "_build", "my-files", "__pycache__", ".pytest_cache", ".hypothesis", ".ipynb_checkpoints"}
    paths = (path for path in folder.rglob("*") if path.is_file() and not skip & set(path.relative_to(folder).parts))
    return {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in sorted(paths)
            if path.name != RECORD and not any(part.endswith(".egg-info") for part in path.parts)}


def read_record(folder):
    return json.loads((folder / RECORD).read_text(encoding="utf-8"))


def sentences_to_read(folder, original, settings):
    """For each chapter with other data than the original two lists of (place, sentence).

    "outdated": sentences that repeat a number of the original's data or figures where these have changed; "others": the other
    sentences about the case and the items that state a number.
    """
    told = {}
    for stem in (stem for stem in settings.chapters if settings.data_of(stem)):
        ours, theirs = folder / "chapters" / stem, original / "chapters" / stem
        sentences = chapter.number_sentences(ours)
        first = chapter.outdated(sentences, chapter.shown_under(theirs), chapter.shown_under(ours))
        told[stem] = {"outdated": first, "others": [pair for pair in sentences if pair not in first]}
    return told


def reminders(root):
    """Sentences for the makers of an edition: what its texts still say in the original's numbers. Empty for the original."""
    if not (root / RECORD).is_file():
        return []
    found = []
    for stem, lists in read_record(root)["sentences"].items():
        here = {sentence for _place, sentence in chapter.number_sentences(root / "chapters" / stem)}
        found += [_("chapters/{stem}, {place}: “{sentence}” states a number of the original's data. Compare it with the figures, and replace the text "
                    "in the settings if it is wrong.").format(stem=stem, place=place, sentence=sentence)
                  for place, sentence in lists["outdated"] if sentence in here]
    return found


def changes_page(settings, version, found, sentences):
    """CHANGES.md: what this edition changed against which version, what changed underneath, which sentences to read."""
    lines = [f"# {_('What this edition changes')}", "",
             _("{title} is made by {organiser} from The Inclusive Practicum, version {version}, under CC BY 4.0.").format(
                 title=settings.title, organiser=settings.organiser, version=version),
             _("The authors of the original have not checked it and do not stand for it."), "", f"## {_('Changed by this edition')}", ""]
    lines += [f"- {line}" for line in own_changes(settings)] or [_("Nothing but the choice and the order of the chapters.")]
    if found:
        lines += ["", f"## {_('Changed in the original since the last time')}", ""]
        lines += [f"- {stem}, {part}: {what}. " + (_("**Needs a look:** this edition has a text or file of its own here.") if look else _("Taken over."))
                  for stem, part, what, look in found]
    for stem, lists in sentences.items():
        lines += ["", f"## {_('Sentences that state a number: {chapter}').format(chapter=stem)}", "",
                  _("The data of this chapter were replaced. Charts, tables, decisions and the keys of practice items follow by themselves; sentences do not."), ""]
        lines += [_("These repeat a number of the original's data or figures, which have changed. Compare each with the new figures:"), ""]
        lines += [f"- {place}: {sentence}" for place, sentence in lists["outdated"]] or [_("None.")]
        lines += ["", _("These state a number, too. Read them beside the new figures:"), ""]
        lines += [f"- {place}: {sentence}" for place, sentence in lists["others"]] or [_("None.")]
    return "\n".join(lines) + "\n"


def own_changes(settings):
    """One line for everything that the settings change."""
    lines = [_("Chapters: {chapters}.").format(chapters=", ".join(settings.chapters))]
    if settings.swaps:
        lines.append(_("Names: {names}.").format(names="; ".join(f"{old} → {new}" for old, new in settings.swaps.items())))
    lines += [_("Data: {name}, {origin}").format(name=name, origin=entry["origin"]) for name, entry in settings.data.items()]
    lines += [_("Text replaced: {chapter}, “{heading}”.").format(**entry) for entry in settings.sections]
    lines += [_("Text added: {chapter}, at the end of “{after}”.").format(**entry) for entry in settings.add]
    lines += [_("File replaced: {name}.").format(name=name) for name in settings.files]
    return lines + ([_("The first page.")] if settings.welcome else [])
