"""Broken sources end a build with a sentence that names the file and the mend, in both ways of building."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHAPTER = Path("chapters/progress-monitoring")
WAYS = {"make": [sys.executable, "-m", "bindery", "build"],
        "plain": [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "."]}


@pytest.fixture
def project(tmp_path):
    """A copy of what a build reads, to be broken."""
    for name in ("chapters", "book", "assets"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("my-files", ".ipynb_checkpoints"))
    for name in ("_config.yml", "_toc.yml", "index.md"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def drop_outputs(project):
    path = project / CHAPTER / "progress-monitoring.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
    book["metadata"].pop("practicum")
    path.write_text(json.dumps(book), encoding="utf-8")


BROKEN = [
    ("make", lambda project: (project / CHAPTER / "data/class.csv").unlink(), "there is no file data/class.csv. Add it"),
    ("make", lambda project: replace(project / CHAPTER / "practice.yml", "kind: number", "kind: [number"), "practice.yml: the file cannot be read"),
    ("make", lambda project: replace(project / CHAPTER / "progress-monitoring.ipynb", "deno1985cbm", "nobody1900"), "“nobody1900” is not in book/references.bib"),
    ("plain", lambda project: replace(project / CHAPTER / "progress-monitoring.ipynb", "deno1985cbm", "nobody1900"), "“nobody1900” is not in book/references.bib"),
    ("plain", drop_outputs, "Run: python -m bindery outputs"),
]


@pytest.mark.parametrize(("way", "harm", "sentence"), BROKEN)
def test_a_broken_source_is_named_with_its_mend(project, way, harm, sentence):
    harm(project)
    done = subprocess.run(WAYS[way], cwd=project, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode != 0
    assert sentence in done.stdout + done.stderr
    if way == "make":
        assert "Traceback" not in done.stdout + done.stderr
