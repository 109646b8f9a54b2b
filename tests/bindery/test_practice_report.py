"""The report on all practice items: what could be guessed, and what is served."""

import json

import pytest
import yaml

from bindery.practice_report import main, report


def one(number, right, texts=("aaaa", "bbb", "cc", "d")):
    options = [{"text": text, "right": place == right, "feedback": "f"} for place, text in enumerate(texts, 1)]
    return {"id": f"item-{number}", "objective": "PM1", "kind": "one", "minutes": 2, "prompt": "p",
            "options": options, "hint": "h", "solution": "s"}


DO = {"id": "at-school", "objective": "PM2", "kind": "do", "minutes": 9, "prompt": "p", "checklist": ["c"]}


@pytest.fixture
def write(tmp_path):
    """Writes the folder of a chapter with these items and these objectives."""
    def write(stem, items, objectives=("PM1",)):
        folder = tmp_path / "chapters" / stem
        folder.mkdir(parents=True)
        (folder / "practice.yml").write_text(yaml.safe_dump({"items": items}), encoding="utf-8")
        text = "# T\n\n## You will be able to\n\n" + "\n".join(f"- **{name}** draw a line" for name in objectives)
        notebook = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": text}], "metadata": {},
                    "nbformat": 4, "nbformat_minor": 5}
        (folder / f"{stem}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        return folder
    return write


def test_each_item_has_a_row(write):
    rows, breaches = report([write("reading", [one(1, right=1), one(2, right=3), DO], ["PM1", "PM2"])])
    assert [(row.chapter, row.id, row.objective, row.kind, row.minutes, row.position, row.longest) for row in rows] == [
        ("reading", "item-1", "PM1", "one", 2, 1, True),
        ("reading", "item-2", "PM1", "one", 2, 3, False),
        ("reading", "at-school", "PM2", "do", 9, None, None)]
    assert breaches == []


def test_a_position_that_is_right_too_often_is_told(write):
    rights = [2, 2, 2, 3, 4]
    _rows, breaches = report([write("reading", [one(number, right) for number, right in enumerate(rights)])])
    assert len(breaches) == 1
    assert breaches[0].startswith("The right option is number 2 in 3 of 5 items with one answer.")


def test_two_of_five_in_one_position_are_no_breach(write):
    rights = [2, 2, 3, 3, 4]
    assert report([write("reading", [one(number, right) for number, right in enumerate(rights)])])[1] == []


def test_right_options_that_are_the_longest_too_often_are_told(write):
    texts = {1: ("aaaa", "b", "b", "b"), 2: ("b", "aaaa", "b", "b"), 3: ("b", "b", "aaaa", "b"), 4: ("b", "b", "b", "b")}
    items = [one(number, right, texts[right]) for number, right in enumerate([1, 2, 3, 4, 4])]
    _rows, breaches = report([write("reading", items)])
    assert len(breaches) == 1
    assert breaches[0].startswith("The right option is the longest in 3 of 5 items with one answer.")


def test_fewer_than_five_items_show_no_pattern(write):
    assert report([write("reading", [one(number, right=1) for number in range(4)])])[1] == []


def test_the_book_is_judged_as_a_whole(write):
    folders = [write(stem, [one(number, right=1) for number in range(3)]) for stem in ("reading", "writing")]
    _rows, breaches = report(folders)
    assert [sentence[:40] for sentence in breaches] == [
        "The right option is number 1 in 6 of 6 i", "The right option is the longest in 6 of "]


def test_an_objective_without_an_item_is_told(write):
    _rows, breaches = report([write("reading", [DO], ["PM1", "PM2", "PM3"])])
    assert breaches == [f"reading: no practice item serves the objective {name}. Add one to practice.yml."
                        for name in ("PM1", "PM3")]


def test_an_item_without_minutes_is_told_and_the_other_chapters_are_still_read(write):
    without = {name: value for name, value in DO.items() if name != "minutes"}
    rows, breaches = report([write("reading", [without]), write("writing", [DO], ["PM2"])])
    assert [row.chapter for row in rows] == ["writing"]
    assert breaches == ['reading/practice.yml, line 2, item "at-school", field "minutes": this field is missing. Add it.']


def test_a_chapter_without_a_notebook_is_told_and_does_not_stop_the_report(write):
    folder = write("reading", [DO])
    (folder / "reading.ipynb").unlink()
    rows, breaches = report([folder])
    assert len(rows) == 1
    assert breaches == ["reading: without a notebook that can be read its objectives are not known."]


def test_the_command_prints_items_kinds_and_sentences(write, capsys):
    folder = write("reading", [one(1, right=1), DO], ["PM1", "PM2", "PM3"])
    (folder.parent / "draft").mkdir()
    assert main(folder.parent.parent) == 1
    printed = capsys.readouterr().out
    assert "reading: 2 items, 11 minutes" in printed and "Kinds: one 1, do 1" in printed
    assert "right option: 1, the longest" in printed
    assert printed.endswith("no practice item serves the objective PM3. Add one to practice.yml.\n")


def test_a_sound_book_ends_without_complaint(write):
    assert main(write("reading", [one(1, right=1), DO], ["PM1", "PM2"]).parent.parent) == 0
