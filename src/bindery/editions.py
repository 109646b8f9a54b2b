"""Two editions of the book: the learners', which holds no instructor's text, and the instructors', with solutions open.

The instructors' edition adds each chapter's ``instructor.md`` and the pages that ``book/instructors/contents.yml`` names.
"""

import re
from pathlib import Path

import yaml

from practicum.i18n import gettext as _

EDITIONS = ("learner", "instructor")
CONTENTS = Path("book/instructors/contents.yml")
INSTRUCTORS_ONLY = ("**/instructor.md", "book/instructors")
FOLDER = Path("_build/instructor")  # of the instructors' edition, inside the project


def site(root, edition="learner"):
    """Where the pages of an edition are built."""
    return Path(root) / (FOLDER / "_build/html" if edition == "instructor" else "_build/html")


def instructor_project(root):
    """Write settings and contents of the instructors' edition; returns their paths, to be given to Jupyter Book."""
    root = Path(root)
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    config["exclude_patterns"] = [pattern for pattern in config["exclude_patterns"] if pattern not in INSTRUCTORS_ONLY]
    config["title"] = config["sphinx"]["config"]["project"] = _("{title}, for instructors").format(title=config["title"])
    config["sphinx"]["config"]["practicum_edition"] = "instructor"
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    files = {"_config.yml": config, "_toc.yml": instructor_contents(root)}
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return tuple(folder / name for name in files)


def instructor_contents(root):
    """The contents of the book with each chapter's instructor's page after it, and the pages for instructors first."""
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    for entry in (entry for part in contents["parts"] for entry in part["chapters"]):
        folder = Path(entry["file"]).parent
        if folder.parent.name == "chapters" and (root / folder / "instructor.md").is_file():
            entry["sections"] = [{"file": (folder / "instructor").as_posix()}, *entry.get("sections", [])]
    pages = yaml.safe_load((root / CONTENTS).read_text(encoding="utf-8"))["pages"]
    contents["parts"].insert(0, {"caption": _("For instructors"), "chapters": [{"file": f"book/instructors/{name}"} for name in pages]})
    return contents


def open_solutions(app, pagename, templatename, context, doctree):
    """In the instructors' edition, show every solution and model answer from the start."""
    if app.config.practicum_edition == "instructor" and "body" in context:
        body = re.sub(r'<details data-part="(solution|model)">', r'<details data-part="\1" class="always-open" open>', context["body"])
        context["body"] = re.sub(r'<p class="practice-note" data-part="locked">.*?</p>\n?', "", body)
