"""A new chapter builds, keeps the contract and passes the tests of chapters on the day it is made."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bindery.check import check_chapter
from bindery.new_chapter import blanks, new_chapter

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project with the two chapters that pages around them name, in which new ones are made."""
    copy = tmp_path_factory.mktemp("project")
    skip = shutil.ignore_patterns("my-files", ".ipynb_checkpoints", "__pycache__", "*.egg-info")
    for name in ("assets", "book", "chapters", "src", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    for name in ("_config.yml", "_toc.yml", "index.md", "pyproject.toml"):
        shutil.copy(ROOT / name, copy)
    told, done = new_chapter(copy, "peer-inclusion")
    assert done, told
    return copy


def run(project, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["PYTHONPATH"] = str(project / "src")
    return subprocess.run([sys.executable, *arguments], cwd=project, env=environment, capture_output=True, text=True, encoding="utf-8")


def test_a_new_chapter_keeps_the_contract_and_its_blanks_are_counted(project):
    folder = project / "chapters" / "peer-inclusion"
    assert check_chapter(folder, project / "book" / "references.bib", project / "book" / "terms.csv") == []
    told, = blanks(project)
    assert told.startswith("chapters/peer-inclusion: ") and int(told.split(": ")[1].split()[0]) > 50
    assert blanks(ROOT) == []


def test_a_new_chapter_has_its_names_from_the_plan_of_the_course(project):
    folder = project / "chapters" / "peer-inclusion"
    assert "# Peer inclusion" in (folder / "peer-inclusion.ipynb").read_text(encoding="utf-8")
    assert "objective: PI1" in (folder / "practice.yml").read_text(encoding="utf-8")
    support = (project / "_toc.yml").read_text(encoding="utf-8").partition("- caption: 4 · Support")[2].partition("- caption:")[0]
    assert "      - file: chapters/peer-inclusion/peer-inclusion\n        sections:\n          - file: chapters/peer-inclusion/job-aid\n" in support
    for path in folder.rglob("*"):
        if path.suffix in (".md", ".yml", ".ipynb"):
            text = path.read_text(encoding="utf-8")
            assert "STEM" not in text and "XX1" not in text and "TITLE" not in text and "about READ" not in text, path


def test_a_new_chapter_builds_without_a_warning_and_passes_the_tests_of_chapters(project):
    built = run(project, "-m", "bindery", "build")
    assert built.returncode == 0, built.stdout + built.stderr
    assert (project / "_build" / "html" / "chapters" / "peer-inclusion" / "peer-inclusion.html").is_file()
    tested = run(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=--nbval --import-mode=importlib",
                 "tests/chapters/test_contract.py", "tests/chapters/test_data.py", "tests/chapters/test_job_aids.py", "chapters/peer-inclusion")
    assert tested.returncode == 0, tested.stdout[-3000:]


@pytest.mark.parametrize(("stem", "sentence"), [("Peer Inclusion", "is no name for a chapter"), ("3-peers", "is no name for a chapter"),
                                                ("progress-monitoring", "is a folder chapters/progress-monitoring already")])
def test_a_name_that_cannot_be_used_gets_a_sentence_and_nothing_is_made(project, stem, sentence):
    before = sorted(path.name for path in (project / "chapters").iterdir())
    told, done = new_chapter(project, stem)
    assert not done and sentence in told[0]
    assert sorted(path.name for path in (project / "chapters").iterdir()) == before
