"""The stored outputs are compared with what the code gives: a copy with numbers changed must fail, in a figure."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bindery.check import chapter_folders

FOLDERS = chapter_folders(Path(__file__).resolve().parents[2])


def code_cells(folder):
    notebook = json.loads((folder / f"{folder.name}.ipynb").read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def cells_that_differ(folder):
    """The numbers, from 0, of the code cells whose outputs differ from the stored ones, and what pytest printed."""
    report = folder / "report.xml"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
               "--rootdir", str(folder), f"--junitxml={report}", f"{folder.name}.ipynb"]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    cases = ElementTree.parse(report).findall(".//testcase")
    assert len(cases) == len(code_cells(folder)), run.stdout
    failed = [case.get("name") for case in cases if case.find("failure") is not None or case.find("error") is not None]
    return {int(re.search(r"\d+$", name)[0]) for name in failed}, run.stdout


NUMBER = re.compile(r"-?\d{1,7}(\.\d+)?")


def number_columns(path):
    """Pairs of spread and place for the columns that hold at least two numbers; long ones, as of a pupil's card, are no measures."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    for place in range(len(rows[0])):
        numbers = [float(row[place]) for row in rows[1:] if NUMBER.fullmatch(row[place])]
        if len(numbers) > 1:
            yield max(numbers) - min(numbers), place


def change_numbers(path):
    """Adds 3, or a fifth where that is more, to every second number, from the last one back, of the column that spreads most.

    One number alone may be drawn nowhere, and the same change in all of them leaves shares as they were.
    """
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    _spread, place = max(number_columns(path))
    for row in [row for row in rows[1:] if NUMBER.fullmatch(row[place])][::-2]:
        row[place] = f"{float(row[place]) + max(3, round(float(row[place]) / 5)):.10g}"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def first_data_file(folder):
    """The first CSV file with measures that the notebook reads."""
    code = "\n".join("".join(cell["source"]) for cell in code_cells(folder))
    files = [folder / name for name in re.findall(r"data/[\w-]+\.csv", code)]
    return next(path for path in files if any(number_columns(path)))


@pytest.fixture
def copy(request, tmp_path):
    """A copy of the chapter's folder that stands alone."""
    return Path(shutil.copytree(request.param, tmp_path / request.param.name))


chapters = pytest.mark.parametrize("copy", FOLDERS, ids=lambda folder: folder.name, indirect=True)


@chapters
def test_an_unchanged_copy_of_the_chapter_passes_in_its_own_folder(copy):
    differing, printed = cells_that_differ(copy)
    assert not differing, printed[-3000:]


@chapters
def test_changed_numbers_make_a_figure_differ(copy):
    change_numbers(first_data_file(copy))
    differing, printed = cells_that_differ(copy)
    figures = {number for number, cell in enumerate(code_cells(copy)) if "<svg" in json.dumps(cell["outputs"])}
    assert differing & figures, printed[-3000:]
