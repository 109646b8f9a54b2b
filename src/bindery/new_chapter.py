"""``python -m bindery new STEM``: a chapter's folder with all its files, which builds at once; what is to be written is marked."""

import importlib.util
import re
import shutil
from pathlib import Path

import yaml

from bindery.adapt.chapter import renew_forms
from bindery.check import TO_BE_WRITTEN as BLANK
from bindery.outputs import run
from bindery.page import Page, count_words
from practicum.i18n import gettext as _

TEMPLATE = Path(__file__).parent / "templates" / "chapter"
WORDS_A_MINUTE = 180


def new_chapter(root, stem):
    """Make ``chapters/<stem>`` from the template and put it into ``_toc.yml``. Returns sentences, and whether it was done."""
    root, folder = Path(root).resolve(), Path(root).resolve() / "chapters" / stem
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", stem):
        return [_("“{stem}” is no name for a chapter. Use small letters and hyphens, such as peer-inclusion.").format(stem=stem)], False
    if folder.exists():
        return [_("There is a folder chapters/{stem} already, and it was left as it is. Choose another name.").format(stem=stem)], False
    entry = _planned(root, stem)
    words = {"STEM": stem, "TITLE": entry["title"], "XX": _letters(stem)}
    shutil.copytree(TEMPLATE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "STEM.ipynb").rename(folder / f"{stem}.ipynb")
    _fill_in(folder, words)
    minutes = max(1, round(count_words(Page(folder / f"{stem}.ipynb", root).text()) / WORDS_A_MINUTE))
    _fill_in(folder, {"READ": str(minutes)})
    _make_data(folder)
    problem, _seconds = run(folder / f"{stem}.ipynb")
    if problem:
        shutil.rmtree(folder)
        return [problem], False
    renew_forms(folder)
    _enter(root / "_toc.yml", stem, entry["part"])
    return [_("The chapter chapters/{stem} is there and builds. What you have to write is marked with {mark}; python -m bindery check counts the marks.").format(
        stem=stem, mark=BLANK)], True


def _planned(root, stem):
    """Title and part of a chapter as the plan of the course has them; else made from the stem, at the end."""
    parts = yaml.safe_load((root / "book" / "course.yml").read_text(encoding="utf-8"))["parts"]
    for number, part in enumerate(parts, 1):
        for entry in part["chapters"]:
            if entry["stem"] == stem:
                return {"title": entry["title"], "part": f"{number} · {part['name']}" if part.get("name") else _("The chapters")}
    return {"title": stem.replace("-", " ").capitalize(), "part": _("More chapters")}


def _letters(stem):
    """Two or three capital letters for the objectives: "peer-inclusion" gives PI, "coaching" CO."""
    first = "".join(word[0] for word in stem.split("-"))[:3]
    return (first if len(first) > 1 else stem[:2]).upper()


def _fill_in(folder, words):
    pattern = re.compile("|".join(rf"{word}(?=\d)" if word == "XX" else word for word in words))
    for path in (path for path in folder.rglob("*") if path.suffix in (".md", ".yml", ".ipynb")):
        path.write_text(pattern.sub(lambda found: words[found[0]], path.read_text(encoding="utf-8")), encoding="utf-8")


def _make_data(folder):
    spec = importlib.util.spec_from_file_location("make_data", folder / "data" / "make_data.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(folder=folder / "data")


def _enter(path, stem, caption):
    """Put the chapter at the end of its part in _toc.yml; a part that is not there yet comes before the last one."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    entry = [f"      - file: chapters/{stem}/{stem}", "        sections:", f"          - file: chapters/{stem}/job-aid"]
    starts = [number for number, line in enumerate(lines) if re.match(r" {2}- caption:", line)]
    here = [start for start in starts if lines[start].partition("caption:")[2].strip(" '\"") == caption]
    if here:
        end = next((start for start in starts if start > here[0]), len(lines))
        lines[end:end] = entry
    else:
        lines[starts[-1]:starts[-1]] = [f"  - caption: {caption}", "    chapters:", *entry]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def blanks(root):
    """For each chapter with marks a sentence that counts them."""
    told = []
    for folder in sorted(path for path in (Path(root) / "chapters").glob("[!._]*") if path.is_dir()):
        count = sum(path.read_text(encoding="utf-8").count(BLANK) for path in folder.rglob("*") if path.suffix in (".md", ".yml"))
        notebook = folder / f"{folder.name}.ipynb"
        count += sum(block.source.count(BLANK) or block.text.count(BLANK) for block in Page(notebook, Path(root)).blocks) if notebook.is_file() else 0
        told += [_("chapters/{stem}: {count} places are still to be written.").format(stem=folder.name, count=count)] if count else []
    return told
