"""Editions: a whole second one for a country that does not exist, later corrections of the original, and every mistake in settings."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bindery.adapt import SettingsError, adapt
from bindery.adapt.chapter import read_notebook, text_of, write_notebook
from bindery.adapt.record import reminders

ROOT = Path(__file__).parents[2]
SETTINGS = Path(__file__).parent / "edition" / "auralia.yml"
STEM = "progress-monitoring"
PARTS = ("assets", "binder", "book", "chapters", "src", "tests")


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A copy of the project that tests may change."""
    copy = tmp_path_factory.mktemp("original")
    skip = shutil.ignore_patterns("my-files", ".ipynb_checkpoints", "__pycache__", "*.egg-info")
    for name in PARTS:
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    for name in ("_config.yml", "_toc.yml", "index.md", "Makefile", "pyproject.toml", "requirements.txt", "LICENSE", "LICENSE-CONTENT", ".gitignore"):
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture(scope="module")
def edition(original, tmp_path_factory):
    """The edition for Auralia, as the command writes it, and what the command told."""
    output = tmp_path_factory.mktemp("editions") / "auralia"
    before = digest_of(original)
    told = adapt(SETTINGS, original, output)
    assert digest_of(original) == before, "the original was changed"
    return output, told


def digest_of(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


def run(folder, *arguments):
    """A command of the edition's own packages in its folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["PYTHONPATH"] = str(folder / "src")
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")


def texts_of(folder):
    """Every text that a reader of the edition can meet, by file; the record of what was swapped is left out."""
    kept = {}
    for path in folder.rglob("*"):
        if path.suffix in (".md", ".ipynb", ".yml", ".svg") and "src" not in path.parts and path.name not in ("CHANGES.md", "credits.md"):
            kept[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
    return kept


def plain_outputs(folder):
    cells = read_notebook(folder / "chapters" / STEM / f"{STEM}.ipynb")["cells"]
    return [json.dumps(cell["outputs"], ensure_ascii=False) for cell in cells if cell["cell_type"] == "code"]


# ---- the edition ----

def test_the_edition_builds_without_a_warning_and_passes_its_tests(edition):
    folder, _told = edition
    built = run(folder, "-m", "bindery", "build")
    assert built.returncode == 0, built.stdout + built.stderr
    # The tests of pages need a browser and are the same as here; the edition's chapters are what is new.
    tested = run(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=--nbval --import-mode=importlib",
                 "tests/chapters/test_contract.py", "tests/chapters/test_data.py", "tests/chapters/test_job_aids.py", "chapters")
    assert tested.returncode == 0, tested.stdout[-3000:]
    for link in (folder / "_build" / "html" / "chapters" / STEM / f"{STEM}.html", folder / "_build" / "html" / "index.html"):
        assert "Inclusive practice in Auralia" in link.read_text(encoding="utf-8")


def test_no_name_of_the_original_is_left_in_the_chapters_of_the_edition(edition):
    folder, _told = edition
    names = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))["names"]
    left = [(file, name) for file, text in texts_of(folder).items() for name in names if f" {name} " in text or f"{name}'s" in text]
    assert left == []
    assert "#figure-lio-s-probes-and-goal-line" in (folder / "chapters" / STEM / "practice.yml").read_text(encoding="utf-8")


def test_charts_decisions_keys_and_forms_follow_from_the_new_data(edition):
    folder, _told = edition
    here, there = plain_outputs(folder), plain_outputs(ROOT)
    assert sum(one != other for one, other in zip(here, there)) > 10
    whole = "".join(here)
    assert "A dashed goal line rises from 50 in week 0 to 65 in week 16" in whole and "rises from 41" not in whole
    assert "From a median of 50 in September" in whole
    from docx import Document
    filled = Document(folder / "chapters" / STEM / "job-aid-filled.docx")
    words = "\n".join(cell.text for table in filled.tables for row in table.rows for cell in row.cells)
    assert "Lio" in words and "Draws maps" in words and "Dana" not in words


def test_a_country_file_of_ones_own_changes_the_path_that_is_drawn_and_described(edition):
    folder, _told = edition
    cells = read_notebook(folder / "chapters" / "two-systems" / "two-systems.ipynb")["cells"]
    shown = "".join(json.dumps(cell.get("outputs", []), ensure_ascii=False) for cell in cells)
    assert "Island council" in shown and "before 1 March" in shown and "Decides on hours" in shown
    assert not (folder / "tests" / "chapters" / "test_two_systems.py").exists()


def test_texts_are_replaced_and_added_where_the_settings_say(edition):
    folder, _told = edition
    text = "\n".join(text_of(cell) for cell in read_notebook(folder / "chapters" / STEM / f"{STEM}.ipynb")["cells"] if cell["cell_type"] == "markdown")
    assert "Lio draws maps of every ship" in text and "village school" not in text
    assert "(progress-monitoring-first-thoughts)=\n### First thoughts" in text
    box = text.partition(":::{admonition} Two systems")[2].partition("\n:::")[0]
    assert ":class: two-systems" in box and "island council" in box and "Kol Zchut" not in box
    assert text.index("## Take it to your school") < text.index("### In our district") < text.index("## Back to your first thoughts")


def test_the_edition_credits_the_original_and_lists_what_it_changed(edition):
    folder, _told = edition
    for name in ("index.md", "README.md", "book/credits.md"):
        text = (folder / name).read_text(encoding="utf-8")
        assert "an edition by The school district of Port Auralia of [The Inclusive Practicum]" in text and "CC BY 4.0" in text
        assert "do not stand for it" in text
    changes = (folder / "CHANGES.md").read_text(encoding="utf-8")
    for line in ("Dana → Lio", "progress-monitoring/probes.csv, simulated for this edition", "“Two systems”", "File replaced: progress-monitoring/job-aid.yml"):
        assert line in changes
    assert (folder / "LICENSE-CONTENT").is_file()


def test_sentences_that_repeat_a_number_of_the_old_figures_are_named(edition):
    folder, told = edition
    named = "\n".join(reminders(folder))
    assert "From a median of 41 in September" in named and "63 is half a word below the line" in named
    assert "“A probe is one short measurement.”" not in named
    assert any("repeat a number" in sentence for sentence in told)
    assert reminders(ROOT) == []
    assert "From a median of 41 in September" in run(folder, "-m", "bindery", "check").stdout


def test_an_edition_without_an_address_has_no_buttons_that_lead_to_the_original(edition):
    folder, _told = edition
    config = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
    assert "repository" not in config and "binderhub_url" not in config["launch_buttons"]
    assert config["sphinx"]["config"]["project"] == config["title"] == "Inclusive practice in Auralia"


# ---- later corrections ----

def settings_file(folder, **changes):
    source = {"title": "A small edition", "organiser": "Somebody", "chapters": [STEM], **changes}
    path = folder / "small.yml"
    path.write_text(yaml.safe_dump(source, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def correct(original, old, new):
    path = original / "chapters" / STEM / f"{STEM}.ipynb"
    book = read_notebook(path)
    for cell in book["cells"]:
        cell["source"] = text_of(cell).replace(old, new).splitlines(keepends=True)
    write_notebook(path, book)


def test_later_corrections_are_carried_over_and_told_section_by_section(original, tmp_path):
    (tmp_path / "case.md").write_text("A pupil of ours is nine years old.\n", encoding="utf-8")
    settings = settings_file(tmp_path, sections=[{"chapter": STEM, "heading": "The case", "file": "case.md"}])
    output = tmp_path / "small"
    adapt(settings, original, output)
    (output / "index.md").write_text("changed by hand", encoding="utf-8")
    correct(original, "A **probe** is one short measurement.", "A **probe** is one brief measurement.")
    correct(original, "In grade 2 her family moved twice", "In grade 2 her family moved three times")
    with pytest.raises(SettingsError, match="is there already, and it was left as it is"):
        adapt(settings, original, output)
    told = "\n".join(adapt(settings, original, output, update=True))
    assert "section “The method”: changed in the original. Taken over." in told
    assert "section “The case”: changed in the original. Needs a look." in told
    assert "section “Practise”" not in told
    text = (output / "chapters" / STEM / f"{STEM}.ipynb").read_text(encoding="utf-8")
    assert "one brief measurement" in text and "A pupil of ours" in text and "three times" not in text
    assert "changed by hand there" in told and "index.md" in told
    kept, = (path for path in tmp_path.iterdir() if path.name.startswith("small-before"))
    assert (kept / "index.md").read_text(encoding="utf-8") == "changed by hand"


def test_a_folder_that_this_command_did_not_make_is_never_touched(original, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError, match="was not made by this command"):
        adapt(settings_file(tmp_path), original, tmp_path / "mine", update=True)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    with pytest.raises(SettingsError, match="into the original"):
        adapt(settings_file(tmp_path), original, original / "chapters" / "mine")


def test_when_a_notebook_fails_nothing_is_left_behind(original, tmp_path, capsys):
    table = (original / "chapters" / STEM / "data" / "probes.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "probes.csv").write_text("\n".join([table[0], "2025-09-09,0,baseline,many,6,"]), encoding="utf-8")
    settings = settings_file(tmp_path, data={f"{STEM}/probes.csv": {"file": "probes.csv", "origin": "made up"}})
    with pytest.raises(SettingsError, match="Nothing was written"):
        adapt(settings, original, tmp_path / "small")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["probes.csv", "small.yml"]


# ---- mistakes in the settings ----

MISTAKES = {
    "unknown chapter": ({"chapters": ["progres-monitoring"]}, 'small.yml, line 4, field "chapters 1": there is no chapter "progres-monitoring". There is: progress-monitoring'),
    "a field too many": ({"titel": "x"}, 'field "titel": there is no field of this name here'),
    "no chapters": ({"chapters": []}, "more entries are needed here: at least 1"),
    "missing file": ({"welcome": "welcom.md"}, 'field "welcome": there is no file "welcom.md"'),
    "missing data file": ({"data": {f"{STEM}/probes.csv": {"file": "no.csv", "origin": "x"}}}, 'there is no file "no.csv"'),
    "no origin": ({"data": {f"{STEM}/probes.csv": {"file": "no.csv"}}}, 'origin": this field is missing'),
    "unknown data": ({"data": {f"{STEM}/probe.csv": {"file": "table.csv", "origin": "x"}}}, 'has no data file "probe.csv". There is: probes.csv'),
    "wrong column": ({"data": {f"{STEM}/class.csv": {"file": "table.csv", "origin": "x"}}}, '"table.csv" lacks the column "autumn". There is: autum'),
    "name that does not occur": ({"names": {"Danna": "Lio"}}, 'the name "Danna" does not occur'),
    "unknown heading": ({"sections": [{"chapter": STEM, "heading": "The cases", "file": "text.md"}]}, 'no heading or box "The cases". There is: The case'),
    "chapter that is not in the edition": ({"add": [{"chapter": "two", "after": "Sources", "file": "text.md"}]}, 'the chapter "two" is not in this edition'),
    "file that cannot be replaced": ({"files": {f"{STEM}/job-aids.docx": "text.md"}}, 'no file "job-aids.docx" that can be replaced. There is: job-aid'),
}


@pytest.mark.parametrize(("changes", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_settings_gets_a_sentence_and_nothing_is_written(original, tmp_path, changes, sentence):
    (tmp_path / "table.csv").write_text("pupil,autum,winter\nC01,3,4\n", encoding="utf-8")
    (tmp_path / "text.md").write_text("A text.\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        adapt(settings_file(tmp_path, **changes), original, tmp_path / "small")
    assert sentence in str(caught.value) and "line" in str(caught.value)
    assert not (tmp_path / "small").exists()


def test_all_mistakes_are_told_in_one_run(original, tmp_path):
    with pytest.raises(SettingsError) as caught:
        adapt(settings_file(tmp_path, names={"Danna": "x", "Saulle": "y"}, welcome="no.md"), original, tmp_path / "small")
    assert len(caught.value.sentences) == 3


@pytest.mark.parametrize(("content", "sentence"), [("title: [x", "cannot be read as YAML"), ("", "the file is empty"), (None, "There is no settings file")])
def test_a_file_that_holds_no_settings_gets_a_sentence(original, tmp_path, content, sentence):
    path = tmp_path / "small.yml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=sentence):
        adapt(path, original, tmp_path / "small")


def test_the_command_prints_the_sentences_and_no_traceback(tmp_path):
    done = run(ROOT, "-m", "bindery", "adapt", str(settings_file(tmp_path, names={"Danna": "x"})))
    assert done.returncode == 1 and 'the name "Danna" does not occur' in done.stdout and "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "small").exists()
