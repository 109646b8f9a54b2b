"""Build the book: outputs first, then the pages, with warnings as errors."""

import os
import sys
from pathlib import Path

import yaml

from bindery.check import preflight
from bindery.editions import FOLDER, instructor_project, site
from bindery.outputs import refresh


def build_book(root, edition="learner"):
    """Build the pages of an edition ("learner" or "instructor"); returns 0, or 1 after saying what is wrong."""
    root = Path(root).resolve()
    breaches = preflight(root)
    print(*breaches, sep="\n", end="\n" if breaches else "")
    if breaches or refresh(root):
        return 1
    # jsonschema would build a grammar of web addresses that nothing here asks for: 0.8 s at each start.
    sys.modules.setdefault("rfc3987_syntax", None)
    from jupyter_book.cli.main import main as jupyter_book

    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # silences a debugger's warning about frozen modules
    where = ["--all"] if _static_files_changed(root, site(root, edition)) else []
    if edition == "instructor":
        config, contents = instructor_project(root)
        where += ["--config", str(config), "--toc", str(contents), "--path-output", str(root / FOLDER)]
    try:
        jupyter_book(["build", str(root), "-W", "-n", "--keep-going", "-q", *where], standalone_mode=False)
    except Exception as error:
        print(f"The book was not built: {error}")
        return 1
    page = site(root, edition) / "index.html"
    print(f"The book is built. Open it with a double-click or in a browser: {page}")
    return 0


def _static_files_changed(root, pages):
    """Whether a style, script or font is newer than its copy: Sphinx copies them only when it builds all pages."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    files = [path for folder in config["sphinx"]["config"]["html_static_path"] for path in (root / folder).glob("*.*")]
    copies = {path: pages / "_static" / path.name for path in files}
    return any(copy.is_file() and path.stat().st_mtime > copy.stat().st_mtime for path, copy in copies.items())
