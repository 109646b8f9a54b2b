"""Every number that the text of the chapter states is computed here from the chapter's data and functions."""

import json
import re
from math import comb
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from docx import Document

from practicum import instruction, job_aid, own_data
from practicum.instruction import chance_of_run, early_help, fading, percent_independent, step_record, stuck_errors, stuck_steps, to_criterion

FOLDER = Path(__file__).parents[2] / "chapters" / "systematic-instruction"
BUS, DISHES = (pd.read_csv(FOLDER / "data" / f"{name}.csv") for name in ("bus", "dishes"))
STEPS = pd.read_csv(FOLDER / "data" / "bus-steps.csv")
BUS_LESSONS = BUS[BUS.kind == "lesson"]


def record(frame):
    return step_record(frame.session, frame.step, frame.level)


EVERYTHING, TAUGHT = record(BUS), record(BUS_LESSONS)
EARLY = DISHES[DISHES.session <= 16]
LESSON, PROBE = EARLY[EARLY.kind == "lesson"], EARLY[EARLY.kind == "probe"]
LATE = DISHES[(DISHES.session > 16) & (DISHES.kind == "lesson")]


@pytest.fixture(scope="module")
def prose():
    cells = json.loads((FOLDER / "systematic-instruction.ipynb").read_text(encoding="utf-8"))["cells"]
    return re.sub(r"\s+", " ", " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"))


def at(frame, session, step):
    return frame.level[(frame.session == session) & (frame.step == step)].item()


def test_what_the_text_says_of_the_sessions_on_the_bus(prose):
    kinds = BUS.drop_duplicates("session").set_index("session").kind
    assert list(kinds) == ["baseline"] * 3 + ["lesson"] * 17 + ["other line"] * 2
    assert "Sessions 1 to 3 are the baseline" in prose and "Sessions 4 to 20 are lessons" in prose and "Sessions 21 and 22" in prose
    assert BUS[BUS.session == 11].level.notna().sum() == 3 and "only three steps could be tried" in prose
    assert at(BUS, 7, 12) == "declined" and (BUS.level == "declined").sum() == 1 and "In session 7 Eitan said no" in prose
    months = BUS.drop_duplicates("session").set_index("session").date.str[5:7]
    assert [list(months.index[months == month])[-1] for month in ("10", "11", "12", "01")] == [4, 12, 17, 22]
    assert "Sessions 1 to 4 were in October, 5 to 12 in November, 13 to 17 in December" in prose
    gap = pd.to_datetime(BUS.date[BUS.session == 16].iloc[0]) - pd.to_datetime(BUS.date[BUS.session == 15].iloc[0])
    assert gap.days >= 14 and "Between sessions 15 and 16 lay two weeks of holiday" in prose
    assert set(STEPS.step[STEPS.danger == "yes"]) == {2, 3, 8, 11, 12} and len(STEPS) == 12 and "twelve steps" in prose


def test_the_criterion_is_met_with_the_same_two_steps_missing(prose):
    met = to_criterion(TAUGHT, percent=80)
    assert TAUGHT.sessions[met.sessions - 1] == 15 and "criterion was met in session 15" in prose
    for session in (13, 14, 15):
        rows = BUS[BUS.session == session]
        assert set(rows.step[rows.level != "independent"]) == {10, 12}
    percent = dict(zip(EVERYTHING.sessions, percent_independent(EVERYTHING)))
    assert [round(percent[s]) for s in (13, 14, 15)] == [83, 83, 83] and "83 per cent, three times in a row" in prose
    assert "By December ten of twelve steps were done alone, but not pressing the button and not crossing" in prose
    assert percent[11] == 100 and "its 100 per cent means three of three steps" in prose
    assert to_criterion(TAUGHT, percent=90).sessions is None and "the criterion of 90 per cent was never met" in prose
    assert all(at(BUS, s, step) == "words" for s in (21, 22) for step in (4, 9)) and "he needed words for the number and the landmark" in prose


def test_three_in_a_row_and_twenty_in_a_row(prose):
    assert len(TAUGHT.sessions) == 17 and round(100 * chance_of_run(0.5, 17)) == 73 and "a chance of 73 in 100" in prose
    assert round(100 * chance_of_run(0.9, 3)) == 73 and "passes three crossings without an error 73 times in 100" in prose
    assert round(100 * chance_of_run(0.9, 20, in_a_row=20)) == 12 and "Twenty of twenty such a person passes 12 times in 100" in prose
    assert round(100 * chance_of_run(0.9, 5 * 20, in_a_row=20)) == 78 and "twenty in a row come 78 times in 100" in prose
    assert round(100 * (6 / 7) ** 20) == 5 and "errs at one crossing in seven passes them 5 times in 100" in prose


def test_what_is_stuck_and_what_was_lost(prose):
    assert instruction.lost_steps(TAUGHT).steps == (7,) and "Step 7 was lost" in prose
    assert stuck_steps(TAUGHT).steps == (10,) and "Step 10 is stuck" in prose
    assert stuck_steps(TAUGHT, watch_help=False).steps == (10, 12) and "Step 12 is stuck if one only counts successes" in prose
    row = list(BUS.level[(BUS.step == 12) & (BUS.session <= 20)])
    told = ", ".join("no bus" if level != level else instruction.LETTERS[level] for level in row)
    assert told in (FOLDER / "practice.yml").read_text(encoding="utf-8")
    crossing = list(BUS_LESSONS.level[BUS_LESSONS.step == 12])
    assert crossing[0] == "physical" and set(crossing[-6:]) == {"gesture", "words"} and "from physical help it came down to words and gestures" in prose


def test_how_often_the_rules_for_stuck_steps_err(prose):
    alarm = {(w, watch): round(100 * stuck_errors(window=w, watch_help=watch).false_alarm) for w in (6, 10) for watch in (False, True)}
    assert alarm == {(6, False): 76, (10, False): 42, (6, True): 31, (10, True): 7}
    assert "76 of 100 learning steps stuck after six tries, and 42 after ten" in prose and "brings this down to 31 and 7" in prose
    assert all(abs(100 * stuck_errors(window=w).miss - 30) < 2 for w in (6, 10)) and "about 30 of 100 stuck steps are overlooked" in prose
    assert stuck_errors(window=6).any_false_alarm > 0.97 and round(100 * stuck_errors().any_false_alarm) == 56
    assert "nearly every task of twelve learning steps" in prose and "with ten tries it is 56 of 100 tasks" in prose
    assert stuck_errors().fall == 0.25 and round(100 * stuck_errors(fall=0.125).false_alarm) == 30
    assert "Steps that are learned half as fast are called stuck 30 times in 100, and not 7" in prose


def test_madinas_lessons_and_probes(prose):
    lessons, probes = percent_independent(record(LESSON)), percent_independent(record(PROBE))
    assert (min(lessons), max(lessons), len(lessons)) == (10, 30, 12) and (min(probes), max(probes)) == (70, 80)
    assert "In probes Madina did 70 to 80 per cent of the steps alone, in lessons 10 to 30" in prose and "one to three of the ten steps alone" in prose
    assert list(record(PROBE).sessions) == [4, 8, 12, 16] and "sessions 4, 8, 12 and 16 were something else" in prose
    assert len(stuck_steps(record(LESSON)).steps) == 8 and "eight of the ten steps are stuck" in prose
    assert len(instruction.helped_though_able(record(LESSON), record(PROBE)).steps) == 7 and "Seven such steps of ten" in prose
    assert early_help(LESSON.level, LESSON.waited, delay=5).share > 0.9
    assert not (EARLY.level[EARLY.step == 3] == "independent").any() and "never alone, in lessons or in probes" in prose


def test_how_often_lost_and_the_signs_of_too_much_help_err(prose):
    assert round(100 * 0.1**2) == 1 and "is helped in two given tries 1 time in 100" in prose
    assert round(100 * 0.5**2) == 25 and "is called lost only 25 times in 100" in prose
    able = sum(comb(3, n) for n in (2, 3)) / 2**3
    helped = sum(comb(6, n) for n in (4, 5, 6)) / 2**6
    assert round(100 * able * helped) == 17 and 'is called "helped though able" 17 times in 100' in prose
    assert sum(comb(10, n) * 0.17**n * 0.83**(10 - n) for n in range(7, 11)) < 0.001 and "Seven such steps of ten" in prose
    assert [early_help(LESSON.level, LESSON.waited, delay=delay).early for delay in (5, 4)] == [95, 85]
    assert early_help(LESSON.level, LESSON.waited, delay=5).prompted == 101 and "in 85 of the 101 tries, and not in 95" in prose


def test_what_happened_after_the_change(prose):
    before, after = percent_independent(record(LESSON)), percent_independent(record(LATE))
    assert record(LATE).sessions[0] == 17 and "From session 17 on Zhanar stood half a step behind" in prose
    assert (before[-1], after[0]) == (10, 80) and "does not grow from 10 to 80 per cent in one lesson" in prose
    assert list(LATE.level[LATE.step == 7]).count("showing") == 5 and "the pan, still needs showing in five of six lessons" in prose
    basin = [list(frame.level[frame.step == 3]) for frame in (LESSON, LATE)]
    assert [(levels.count("physical"), len(levels)) for levels in basin] == [(10, 12), (5, 6)]
    assert "an adult filled the basin in 10 of 12 lessons, then in 5 of 6" in prose
    late = early_help(LATE.level, LATE.waited, delay=5)
    assert (late.early, late.prompted, late.unknown) == (3, 14, 0) and "in 3 tries of 14, before in 95 of 101" in prose
    later_probes = percent_independent(record(DISHES[(DISHES.session > 16) & (DISHES.kind == "probe")]))
    assert later_probes == [80, 80] and "In probes she went on doing 80 per cent alone" in prose


def test_the_two_rules_for_fading(prose):
    pairs = [[fading(n, error_cost=cost, from_help=learned) for n in (1, 3)] for cost in (0, 0.2) for learned in (0.3, 1)]
    assert [[r.trials for r in pair] for pair in pairs] == [[30, 49], [22, 31], [147, 173], [62, 52]]
    assert "30 tries in place of 49, and 22 in place of 31" in prose and "147 in place of 173" in prose and "62 in place of 52" in prose
    assert [round(100 * r.not_mastered) for r in pairs[2]] == [22, 27] and "22 and 27 of 100 pupils are not there after 300 tries" in prose
    assert all(slow.errors < quick.errors for quick, slow in pairs) and [r.errors for r in pairs[3]] == [26, 8] and "8 in place of 26" in prose
    quick, slow = ([round(100 * pair[rule].skill) for pair in pairs] for rule in (0, 1))
    assert (min(quick), max(quick)) == (43, 74) and "only 43 to 74 in 100" in prose
    assert (min(slow), max(slow)) == (68, 91) and "with the slow rule it is 68 to 91" in prose


def test_nobody_takes_the_arm_after_the_no_and_an_adult_does_what_is_not_begun_in_the_baseline(prose):
    crossing = BUS[(BUS.step == 12) & (BUS.session > 7)]
    assert "physical" not in set(crossing.level) and "Since then nobody has taken his arm" in prose
    assert set(BUS.level[BUS.kind == "baseline"]) == {"independent", "physical"} and "P stands for it" in prose


def test_the_colleagues_file_goes_through_the_whole_analysis():
    mine = own_data.load(FOLDER / "data" / "own-data-example.csv", own_data.STEP_COLUMNS)
    found = step_record(mine.table.date.dt.strftime("%d.%m"), mine.table.step, mine.table.level)
    assert len(mine.table) == 72 and len(found.steps) == 6 and percent_independent(found)[4] is None
    assert any("total" in note for note in mine.notes)
    assert stuck_steps(found).steps == ("застегнуть липучки",)
    assert np.isnan(mine.table.waited[mine.table.level == "сам"]).all()


def sheet_table(path):
    return next(table for table in Document(path).tables if table.rows[0].cells[0].text == "No.")


def test_eitans_sheet_shows_his_last_ten_lessons_and_the_numbers_of_the_rules(tmp_path):
    days = pd.to_datetime(BUS_LESSONS.date.unique()).strftime("%d.%m")
    told = {"stuck": stuck_steps(TAUGHT), "lost": instruction.lost_steps(TAUGHT), "mastery": to_criterion(TAUGHT, percent=80)}
    values = {**job_aid.case_values(FOLDER / "job-aid.yml", **told), **job_aid.step_sheet(STEPS.name, TAUGHT, days=days)}
    job_aid.fill(FOLDER / "job-aid.docx", values, tmp_path / "eitan.docx")
    assert (tmp_path / "eitan.docx").read_bytes() == (FOLDER / "job-aid-filled.docx").read_bytes()
    rows = [[cell.text for cell in row.cells] for row in sheet_table(tmp_path / "eitan.docx").rows]
    assert len(rows) == 15 and rows[1][2:] == list(days[-10:]) and rows[13][1] == "cross at the light"
    letters = [instruction.LETTERS.get(level, "") for level in TAUGHT.levels()[11][-10:]]
    assert rows[13][2:] == letters and rows[14][3] == "9/12"


def test_the_readers_own_steps_become_a_sheet_to_write_on(tmp_path):
    own = pd.read_csv(FOLDER / "data" / "own-steps-example.csv").step
    job_aid.fill(FOLDER / "job-aid.docx", job_aid.step_sheet(own), tmp_path / "own.docx")
    rows = [[cell.text for cell in row.cells] for row in sheet_table(tmp_path / "own.docx").rows]
    assert [row[1] for row in rows[2:-1]] == list(own) and all(cell == "" for row in rows[2:-1] for cell in row[2:])
