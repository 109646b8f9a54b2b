"""Write an edition: a Jupyter Book project of its own, with the chapters, names, data, texts and forms of its settings."""

import json
import re
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import yaml

from bindery.adapt import chapter, record
from bindery.adapt.settings import SettingsError, read_settings
from bindery.check import chapter_folders
from bindery.outputs import refresh
from practicum.i18n import gettext as _

# What every edition takes from the original; chapters, contents and the tests of single chapters are chosen.
TAKEN = ("assets", "binder", "book", "src", "Makefile", "pyproject.toml", "requirements.txt", "LICENSE", "LICENSE-CONTENT", "ACCESSIBILITY.md",
         ".gitignore", "_config.yml", "tests/conftest.py", "tests/browser", "tests/chapters")
LEFT = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints", "my-files", "_build", ".venv", ".pytest_cache")
ADDRESS = "https://github.com/inclusive-practicum/inclusive-practicum"


def adapt(settings_path, original, output, *, update=False):
    """Write the edition of the settings into ``output``; returns a list of sentences that say what was done.

    The original is never changed. Until everything is written and all notebooks have run, nothing stands in ``output``. A
    folder that exists is left alone unless ``update`` is true; then the old one is kept under another name.
    """
    original, output = Path(original).resolve(), Path(output).resolve()
    settings = read_settings(settings_path, original)
    _refuse(output, original, update)
    before = record.read_record(output) if output.exists() else None
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}-") as scratch:
        project = Path(scratch) / output.name
        _copy(original, project, settings)
        _change_chapters(project, settings)
        if refresh(project):
            raise SettingsError([_("A notebook does not run with the data or texts of this edition; the line above says which cell. Nothing was written.")])
        for stem in settings.chapters:
            chapter.renew_forms(project / "chapters" / stem)
        parts = record.original_parts(original, settings.chapters)
        found = record.differences(before["parts"], parts, settings) if before else []
        told = _write_record(project, original, settings, parts, found)
        kept = _put_in_place(project, output)
    return [*told, *kept, _("The edition is in {folder}. Build it there with “make book”, test it with “make test”.").format(folder=output)]


def _refuse(output, original, update):
    if output == original or original in output.parents and (original / "chapters") in output.parents:
        raise SettingsError([_("The edition cannot be written into the original. Choose another folder with --output.")])
    if output.exists() and not update:
        raise SettingsError([_("The folder {folder} is there already, and it was left as it is. Choose another one with --output, or take later "
                               "corrections into it with --update.").format(folder=output)])
    if output.exists() and not (output / record.RECORD).is_file():
        raise SettingsError([_("The folder {folder} was not made by this command: it has no {file}. Choose another one with --output.").format(
            folder=output, file=record.RECORD)])
    if not output.parent.is_dir():
        raise SettingsError([_("There is no folder {folder} to write the edition into. Make it first.").format(folder=output.parent)])


def _copy(original, project, settings):
    project.mkdir()
    for name in TAKEN:
        source = original / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=LEFT)
        elif source.is_file():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, project / name)
    for stem in settings.chapters:
        shutil.copytree(original / "chapters" / stem, project / "chapters" / stem, ignore=LEFT)
    _choose_tests(project, original, settings)
    _write_config(project, settings)
    _write_contents(project, original, settings)
    _fit_timetables(project, settings)
    _write_pages(project, original, settings)


def _choose_tests(project, original, settings):
    """The tests of a chapter's own numbers go along where the numbers do: chapters with the original's data and texts."""
    for folder in chapter_folders(original):
        stem = folder.name
        own = bool(settings.data_of(stem) or settings.files_of(stem) or [entry for entry in settings.sections if entry["chapter"] == stem])
        for path in (project / "tests" / "chapters").glob(f"test_{stem.replace('-', '_')}*.py"):
            if stem not in settings.chapters or own:
                path.unlink()
            else:
                path.write_text(chapter.swapped(path.read_text(encoding="utf-8"), settings.swaps), encoding="utf-8")


def _write_config(project, settings):
    """The original's settings of Jupyter Book with the edition's title, makers and address; comments stay as they are."""
    path = project / "_config.yml"
    text = path.read_text(encoding="utf-8")
    quoted = json.dumps(settings.title, ensure_ascii=False)
    text = re.sub(r"^title: .*$", lambda _m: f"title: {quoted}", text, flags=re.M)
    text = re.sub(r"^author: .*$", lambda _m: f"author: {json.dumps(settings.organiser, ensure_ascii=False)}", text, flags=re.M)
    text = re.sub(r"^( +)(project|text): The Inclusive Practicum$", lambda m: f"{m[1]}{m[2]}: {quoted}", text, flags=re.M)
    text = re.sub(r"^( +)language: .*$", lambda m: f"{m[1]}language: {settings.language}", text, flags=re.M)
    if settings.repository:
        text = text.replace(ADDRESS, settings.repository.rstrip("/"))
    else:  # buttons that lead to the original would show its chapters, not these
        text = re.sub(r"^repository:\n(?: .*\n)+", "", text, flags=re.M)
        text = re.sub(r"^  binderhub_url: .*\n", "", text, flags=re.M)
        text = re.sub(r"^  use_(repository|issues)_button: true$", r"  use_\1_button: false", text, flags=re.M)
    path.write_text(text, encoding="utf-8")


def _write_contents(project, original, settings):
    """_toc.yml and the course map: the original's pages, and the chosen chapters in the edition's order."""
    contents = yaml.safe_load((original / "_toc.yml").read_text(encoding="utf-8"))
    pages = {entry["file"].split("/")[1]: entry for part in contents["parts"] for entry in part["chapters"] if entry["file"].startswith("chapters/")}
    missing = [stem for stem in settings.chapters if stem not in pages]
    for stem in missing:
        pages[stem] = {"file": f"chapters/{stem}/{stem}"}
    parts = [part for part in contents["parts"] if not any(entry["file"].startswith("chapters/") for entry in part["chapters"])]
    parts.insert(1, {"caption": _("The chapters"), "chapters": [pages[stem] for stem in settings.chapters]})
    (project / "_toc.yml").write_text(yaml.safe_dump({**contents, "parts": parts}, sort_keys=False, allow_unicode=True), encoding="utf-8")
    plan = yaml.safe_load((original / "book" / "course.yml").read_text(encoding="utf-8"))
    known = {entry["stem"]: entry for part in plan["parts"] for entry in part["chapters"]}
    chosen = [json.loads(chapter.swapped(json.dumps(known.get(stem, {"stem": stem, "title": stem, "question": ""}), ensure_ascii=False), settings.swaps))
              for stem in settings.chapters]
    plan["parts"] = [{"chapters": chosen}]
    (project / "book" / "course.yml").write_text(yaml.safe_dump(plan, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _fit_timetables(project, settings):
    """Keep of the timetables what the edition's chapters fill; comments of the file go with the rest."""
    path = project / "book" / "instructors" / "timetables.yml"
    plans = yaml.safe_load(path.read_text(encoding="utf-8"))
    for plan in plans.values():
        kept = [[entry for entry in day if entry.get("chapter", entry.get("study", settings.chapters[0])) in settings.chapters] for day in plan["days"]]
        plan["days"] = [day for day in kept if day]
    path.write_text(yaml.safe_dump(plans, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _write_pages(project, original, settings):
    """The first page, the credits, README, and links to chapters that the edition does not have."""
    welcome = settings.welcome.read_text(encoding="utf-8").strip() if settings.welcome else _(
        "A course in special and inclusive education, arranged by {organiser}.\nEach chapter starts with a pupil and a question, and ends with a form.").format(
            organiser=settings.organiser)
    contact = "\n\n" + _("Questions about this edition: {contact}").format(contact=settings.contact) if settings.contact else ""
    credit = credit_text(settings, _version(original))
    (project / "index.md").write_text(
        f"# {settings.title}\n\n{welcome}{contact}\n\n## {_('The chapters')}\n\n```{{course-map}}\n```\n\n## {_('Where it comes from')}\n\n{credit}\n",
        encoding="utf-8")
    credits = project / "book" / "credits.md"
    credits.write_text(credits.read_text(encoding="utf-8").rstrip() + f"\n\n## {_('This edition')}\n\n{credit}\n\n"
                       + "\n".join(f"- {line}" for line in record.own_changes(settings)) + "\n", encoding="utf-8")
    (project / "README.md").write_text(
        f"# {settings.title}\n\n{credit}\n\n```\nmake book     # sets everything up, builds the book into _build/html\n"
        f"make test     # sets everything up and runs all tests\n```\n\n{_('What this edition changes: see {file}.').format(file=record.CHANGES)}\n",
        encoding="utf-8")
    absent = [folder.name for folder in chapter_folders(original) if folder.name not in settings.chapters]
    for path in [*project.glob("book/**/*.md"), *project.glob("chapters/*/*.md")]:
        path.write_text(chapter.without_links(path.read_text(encoding="utf-8"), absent), encoding="utf-8")
    for stem in settings.chapters:
        path = project / "chapters" / stem / f"{stem}.ipynb"
        book = chapter.read_notebook(path)
        for cell in book["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = chapter.without_links(chapter.text_of(cell), absent).splitlines(keepends=True)
        chapter.write_notebook(path, book)


def credit_text(settings, version):
    """The credit that CC BY 4.0 asks for: whose work, where, under which licence, changed by whom."""
    return _("{title} is an edition by {organiser} of [The Inclusive Practicum]({address}), version {version}, by its authors.\n"
             "Text, figures and data are used and changed under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/), the code under the MIT licence.\n"
             "The authors of the original have not checked this edition and do not stand for it.").format(
                 title=settings.title, organiser=settings.organiser, address=ADDRESS, version=version)


def _change_chapters(project, settings):
    for stem in settings.chapters:
        folder = project / "chapters" / stem
        for name, path in settings.files_of(stem):
            shutil.copyfile(path, folder / name)
        for entry in (entry for entry in settings.sections if entry["chapter"] == stem):
            chapter.replace_text(folder, entry["heading"], entry["file"].read_text(encoding="utf-8-sig"))
        for entry in (entry for entry in settings.add if entry["chapter"] == stem):
            chapter.add_text(folder, entry["after"], entry["file"].read_text(encoding="utf-8-sig"))
        chapter.swap_names(folder, settings.swaps)
        chapter.replace_data(folder, settings.data_of(stem))


def _version(original):
    """The release of the original, with the commit where git knows it."""
    release = re.search(r'^ +release: "?([^"\n]+)', (original / "_config.yml").read_text(encoding="utf-8"), re.M)[1]
    try:
        commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=original, capture_output=True, text=True).stdout.strip()
    except OSError:
        commit = ""
    return f"{release} ({commit})" if commit else release


def _write_record(project, original, settings, parts, found):
    version = _version(original)
    sentences = record.sentences_to_read(project, original, settings)
    (project / record.CHANGES).write_text(record.changes_page(settings, version, found, sentences), encoding="utf-8")
    (project / record.RECORD).write_text(json.dumps({
        "original": {"title": "The Inclusive Practicum", "address": ADDRESS, "version": version},
        "settings": settings.path.name, "parts": parts, "sentences": sentences,
        "files": record.file_digests(project)}, ensure_ascii=False, indent=1), encoding="utf-8")
    told = [f"{stem}, {part}: {what}. " + (_("Needs a look.") if look else _("Taken over.")) for stem, part, what, look in found]
    counts = [sum(len(lists[kind]) for lists in sentences.values()) for kind in ("outdated", "others")]
    return told + ([_("In chapters with replaced data {outdated} sentences repeat a number of the original's figures, and {others} more state a number: "
                      "{file} lists them.").format(outdated=counts[0], others=counts[1], file=record.CHANGES)] if sentences else [])


def _put_in_place(project, output):
    """Move the finished project to its place; an older one is kept beside it, its git history goes along."""
    told = []
    if output.exists():
        changed = record.hand_made(output)
        old = next(path for number in range(1, 1000)
                   if not (path := output.with_name(f"{output.name}-before-{date.today():%Y-%m-%d}-{number}")).exists())
        output.rename(old)
        if (old / ".git").exists():
            (old / ".git").rename(project / ".git")
        told.append(_("The edition as it was is kept in {folder}.").format(folder=old))
        if changed:
            told.append(_("These files had been changed by hand there, and the new edition does not have the changes: {files}. "
                          "Put them into the settings if they are to stay.").format(files=", ".join(changed)))
    project.rename(output)
    return told
