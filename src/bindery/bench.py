"""Measure what a maker waits for and what a reader downloads. Prints a table; run it with ``make bench``."""

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bindery.bench_measures import rows as measure_rows
from bindery.outputs import notebooks
from bindery.site import book_pages

COPIES = (3, 12, 48)


def main(root):
    """Print all figures for the project in ``root``; the project itself is copied, not touched. Returns 0."""
    root = Path(root).resolve()
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_project(root, Path(folder) / "book")
        for section in (builds(copy), weights(copy / "_build" / "html"), growth(root, Path(folder)), tests(copy)):
            for what, figure in section:
                print(f"{what:<62} {figure}", flush=True)
    for what, figure in measure_rows():
        print(f"{what:<62} {figure}", flush=True)
    return 0


def copy_project(root, target):
    """The project without what is built or installed, for measuring."""
    shutil.copytree(root, target, ignore=shutil.ignore_patterns(".git", ".venv", "_build", "__pycache__", ".pytest_cache", ".hypothesis"))
    return target


def builds(project):
    """Seconds of builds: cold, with nothing changed, after an edit of text, and after an edit of code."""
    chapter = notebooks(project)[0]
    yield "cold build, outputs as stored", build(project)
    yield "build with nothing changed", build(project)
    edit(chapter, "markdown", "\n\nOne more sentence.")
    yield "build after one edited text cell", build(project)
    edit(chapter, "code", "\n")
    yield "build after one edited code cell (the notebook runs again)", build(project)


def build(project):
    """Seconds that ``python -m bindery build`` takes in ``project``."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "bindery", "build"], cwd=project, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"The book could not be built for measuring:\n{done.stdout}{done.stderr}")
    return f"{time.perf_counter() - started:.1f} s"


def edit(notebook, kind, addition):
    """Add to the last cell of a kind, as an author would."""
    book = json.loads(notebook.read_text(encoding="utf-8"))
    cell = [cell for cell in book["cells"] if cell["cell_type"] == kind][-1]
    cell["source"] = "".join(cell["source"]) + addition
    notebook.write_text(json.dumps(book, ensure_ascii=False, indent=1), encoding="utf-8")


def weights(site):
    """Kilobytes, packed as a web server sends them, and requests of each page's first load; size of the whole site."""
    for page in book_pages(site):
        files = loaded_files(site / page)
        kilobytes = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) / 1000
        yield f"first load of {page}", f"{kilobytes:.0f} KB in {len(files)} requests"
    total = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
    yield "whole site on disk", f"{total / 1e6:.1f} MB"


def loaded_files(page):
    """The page and the files it names as script, style, picture, and the fonts of Latin letters that styles name."""
    text = page.read_text(encoding="utf-8")
    names = re.findall(r'<(?:script|img)[^>]+src="([^"#?]+)', text) + re.findall(r'<link[^>]+rel="(?:stylesheet|icon)"[^>]+href="([^"#?]+)', text)
    names += re.findall(r'<link[^>]+href="([^"#?]+)"[^>]+rel="(?:stylesheet|icon)"', text)
    files = {page, *((page.parent / name).resolve() for name in names if "://" not in name)}
    for sheet in [file for file in files if file.suffix == ".css"]:
        fonts = re.findall(r"url\(\"?([^)\"]+\.woff2)", sheet.read_text(encoding="utf-8"))
        files |= {(sheet.parent / name).resolve() for name in fonts if "cyrillic" not in name}
    return {file for file in files if file.exists()}


def growth(root, folder):
    """Seconds of a cold build and of one with nothing changed, when the first chapter is copied 3, 12 and 48 times."""
    for count in COPIES:
        project = copy_project(root, folder / f"book-{count}")
        source = notebooks(project)[0].parent
        stems = [f"{source.name}-copy-{number}" for number in range(1, count)]
        for stem in stems:
            shutil.copytree(source, source.parent / stem)
            (source.parent / stem / f"{source.name}.ipynb").rename(source.parent / stem / f"{stem}.ipynb")
            for name in (f"{stem}.ipynb", "job-aid.md"):
                retarget(source.parent / stem / name, source.name, stem)
        toc = project / "_toc.yml"
        lines = "".join(f"      - file: chapters/{stem}/{stem}\n        sections:\n          - file: chapters/{stem}/job-aid\n" for stem in stems)
        toc.write_text(toc.read_text(encoding="utf-8").replace("  - caption: At hand\n", f"  - caption: Copies\n    chapters:\n{lines}  - caption: At hand\n")
                       if stems else toc.read_text(encoding="utf-8"), encoding="utf-8")
        yield f"{count} chapters: build with every notebook run again", build(project)
        yield f"{count} chapters: build with nothing changed", build(project)
        started = time.perf_counter()
        nbval = subprocess.run([sys.executable, "-m", "pytest", "-q", "chapters"], cwd=project, capture_output=True, text=True)
        seconds = time.perf_counter() - started
        yield f"{count} chapters: nbval, two at a time", f"{seconds:.1f} s, {seconds / count:.1f} s each{'' if nbval.returncode == 0 else ' (FAILED)'}"
        shutil.rmtree(project)


def retarget(file, old, new):
    """Let a copied file name its chapter, practice items and labels anew."""
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def tests(project):
    """Seconds of the whole test command."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "pytest", "-q"], cwd=project, capture_output=True, text=True)
    yield "all tests", f"{time.perf_counter() - started:.0f} s: {done.stdout.strip().splitlines()[-1]}"
