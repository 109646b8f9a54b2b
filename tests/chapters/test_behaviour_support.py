"""Every number that the text of the chapter states is computed here from the chapter's data."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from docx import Document
from practicum import behaviour, observation, own_data
from practicum.job_aid import case_values, fill

FOLDER = Path(__file__).parents[2] / "chapters" / "behaviour-support"
ABC = pd.read_csv(FOLDER / "data" / "abc.csv")
DAYS = pd.read_csv(FOLDER / "data" / "plan.csv")
STEPS = ["short_parts", "first_look", "card_practised", "card_answered", "work_waits"]
CONSEQUENCES = ["adult_attention", "task_put_off", "classmates_react", "got_object"]
BORDERS = ["08:00", "08:55", "10:05", "11:00", "12:10", "13:00"]
DAYS["per_30"] = 30 * DAYS.walked_away / DAYS.minutes_watched
BEFORE, PLAN = DAYS[DAYS.phase != "plan"], DAYS[(DAYS.phase == "plan") & (DAYS.date <= "2026-02-18")]
DONE = behaviour.fidelity(PLAN[STEPS])
AWAY = PLAN.note == "another adult taught"


@pytest.fixture(scope="module")
def prose():
    cells = json.loads((FOLDER / "behaviour-support.ipynb").read_text(encoding="utf-8"))["cells"]
    text = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def after():
    return behaviour.contingencies(ABC.behaviour, ABC[CONSEQUENCES].to_dict("list"), block=5)


@pytest.fixture(scope="module")
def inside():
    writing = ABC[ABC.activity == "writing alone"]
    return behaviour.contingencies(writing.behaviour, writing[CONSEQUENCES].to_dict("list"), block=5)


@pytest.fixture(scope="module")
def before():
    return behaviour.contingencies(ABC.behaviour, {**behaviour.each_label(ABC.activity), "adult_busy": ABC.adult_busy, "noise": ABC.noise}, block=5)


def percent(one):
    return round(100 * one.chances.given_behaviour), round(100 * one.chances.given_no_behaviour)


def interval(one):
    return tuple(round(100 * edge) for edge in one.chances.interval)


def test_the_record_and_the_second_observer(prose):
    assert (len(ABC), ABC.behaviour.sum()) == (412, 55) and "55 of the 412 minutes, 13 of 100" in prose and round(5500 / 412) == 13
    assert list(ABC.time[92:102].str[:10].unique()) == ["2026-01-07"] and ABC.behaviour[92:102].nunique() == 2
    both = ABC.dropna(subset="second_observer")
    assert len(both) == 45 and (both.behaviour != both.second_observer).sum() == 4 and both.time.max() < "2026-01-08"
    assert both.time.str[:13].nunique() == 3 and "In the first week the counsellor marked three lessons, too" in prose and "differ in four of 45 minutes" in prose
    assert both.time.str[:10].max() == DAYS.date[3] and "after the fourth day" in prose
    assert round(observation.kappa(ABC.behaviour, ABC.second_observer).kappa, 2) == 0.79 and "Forty-five minutes are few" in prose
    assert BEFORE.minutes_watched.isna().sum() == 1 and "On one day nobody could watch" in prose


def test_attention_follows_everything_and_the_postponed_task_does_not(prose, after):
    assert percent(after["adult_attention"]) == (91, 87) and interval(after["adult_attention"]) == (-5, 12)
    assert "In 91 % of these minutes an adult came" in prose and "in 87 % of the minutes **without**" in prose
    assert round(100 * after["adult_attention"].chances.difference) == 4 and "4 percentage points, and its interval reaches from −5 to +12" in prose
    assert percent(after["task_put_off"]) == (62, 3) and "in 62 % of the minutes with the behaviour and in 3 % of the others" in prose
    assert after["task_put_off"].verdict == "more" and after["adult_attention"].verdict == after["classmates_react"].verdict == "unclear"
    assert after["got_object"].verdict == "few" and after["got_object"].with_behaviour + after["got_object"].without == 4
    assert "an object was seen four times in all" in prose


def test_what_was_there_before(prose, before):
    writing = ABC[ABC.activity == "writing alone"]
    assert before["writing alone"].with_behaviour == 44 and "Of the 55 minutes, 44 were minutes of writing alone" in prose
    assert round(100 * writing.behaviour.mean()) == 28 and round(100 * ABC[ABC.activity != "writing alone"].behaviour.mean()) == 4
    assert "in 28 % of the minutes with writing alone and in 4 % of all other minutes" in prose
    attention = ABC.groupby("adult_busy").adult_attention.mean()
    assert (round(100 * attention[1]), round(100 * attention[0])) == (87, 88) and "in 87 % of the busy minutes and in 88 % of the others" in prose
    assert before["noise"].verdict == "unclear" and "Noise made no difference that we could see" in prose


def test_the_comparison_inside_writing_leaves_attention_open(prose, inside):
    assert percent(inside["task_put_off"]) == (70, 5) and "70 % against 5 %" in prose
    assert percent(inside["adult_attention"]) == (93, 82) and interval(inside["adult_attention"]) == (-1, 22)
    assert inside["adult_attention"].verdict == "unclear" and "93 % against 82 %, a difference of 11 points with an interval from −1 to +22" in prose


def test_counts_and_shares_of_the_week_point_to_different_cells(prose):
    week = behaviour.share_by_time(ABC.time, ABC.behaviour, BORDERS)
    assert (week.seen[2, 0], week.watched[2, 0], week.seen[0, 1], week.watched[0, 1]) == (7, 30, 5, 15)
    assert "On Wednesday at 8:00 Rim counted 7 minutes with the behaviour, on Monday at 8:55 only 5; but 7 of 30 is 23 %, and 5 of 15 is 33 %" in prose
    assert np.median(week.watched[week.watched > 0]) == 15 and "most rest on 15 minutes" in prose
    seen, watched = week.seen.sum(axis=0), week.watched.sum(axis=0)
    assert [(seen[p], watched[p]) for p in (0, 2, 4)] == [(14, 90), (3, 75), (2, 75)]
    assert min((seen / watched)[[0, 1, 3]]) > 2 * max((seen / watched)[[2, 4]]) and "14 of 90 at 8:00, than at 10:05 (3 of 75) and 12:10 (2 of 75)" in prose
    writes = [(ABC.activity[ABC.time.str[11:13] == hour] == "writing alone").mean() for hour in ("08", "09", "10", "11", "12")]
    assert min(writes[0], writes[1], writes[3]) > max(writes[2], writes[4]) and "The first three are the lessons in which the class writes most" in prose


def test_the_outcome_alone_speaks_against_the_plan(prose):
    assert len(PLAN) == 14 and "14 school days" in prose
    assert f"{BEFORE.per_30.mean():.1f}" == "4.0" and f"{PLAN.per_30.mean():.1f}" == "3.9" and "in 4.0 of 30 minutes, and during the plan in 3.9" in prose
    assert PLAN.per_30.dropna().tail(6).mean() == 6.5 and "In the last six days it was 6.5" in prose
    assert PLAN.per_30.dropna().head(6).mean() < BEFORE.per_30.mean() and "In the first days Nadav walked away less" in prose
    assert DAYS[DAYS.note.fillna("").str.startswith("fire drill")].minutes_watched.tolist() == [22] and "Rim saw 22 minutes" in prose
    assert f"{BEFORE.per_30.tail(3).mean():.1f}" == "6.2" and "the last three days were high, 6.2 on average" in prose
    assert PLAN.per_30.isna().sum() == 1 and "so 13 days count" in prose


def test_fidelity_tells_another_story(prose):
    split = behaviour.outcome_by_fidelity(DONE.by_day, PLAN.per_30)
    assert (split.much, f"{split.little:.1f}", split.n_much, split.n_little) == (1.8, "5.2", 5, 8)
    assert "On the 5 days with at least 80 % of the steps it was 1.8 minutes, and on the 8 other days 5.2" in prose
    shares = np.array([np.nan if share is None else share for share in DONE.by_day])
    much, little = PLAN[shares >= 0.8], PLAN[shares < 0.8]
    assert (much.cards.sum(), much.walked_away.sum(), little.cards.sum(), little.walked_away.sum()) == (19, 9, 9, 42)
    assert "he used the card in 19 minutes and walked away in 9; on the 8 others it was 9 and 42" in prose
    assert (PLAN.breaks.sum(), PLAN.cards.sum()) == (18, 28) and "a break in 18 of 28 minutes" in prose
    used = PLAN[AWAY & (PLAN.cards > 0)]
    assert (len(used), (used.card_answered == 0).sum()) == (3, 2) and "On two of the three days with a card with Dina" in prose
    assert min(DONE.by_step, key=DONE.by_step.get) == "first_look" and (PLAN.first_look == 1).sum() == 6 and "on 6 of 13 days" in prose


def test_what_the_plan_days_do_not_prove(prose):
    shares = np.array([np.nan if share is None else share for share in DONE.by_day])
    assert PLAN.per_30[shares == 0.75].tolist() == [3, 0, 2] and "Three of the 8 other days had 75 %, and then he walked away in 3, 0 and 2 minutes" in prose
    other = behaviour.outcome_by_fidelity(DONE.by_day, PLAN.per_30, cut=0.75)
    assert (other.much, round(other.little, 1), other.n_much, other.n_little) == (1.75, 7.4, 8, 5) and "1.8 on 8 days and 7.4 on 5" in prose
    assert (shares[AWAY] <= 0.5).sum() == 5 and AWAY.sum() == 6 and "on five of Dina's six days at most half of the plan was delivered" in prose
    assert f"{PLAN.per_30[:7].mean():.1f}" == "1.7" and not AWAY[:7].any() and "4.0 before the plan and 1.7 on its first seven days" in prose


def test_a_step_without_an_occasion_is_left_empty():
    plan = DAYS[(DAYS.phase == "plan") & DAYS.minutes_watched.notna()]
    assert (plan.work_waits.isna() == (plan.walked_away == 0)).all() and (plan.card_answered.isna() == (plan.cards == 0)).all()
    assert (plan.breaks.fillna(0) <= plan.cards).all()


def test_how_often_the_rule_for_the_ten_days_errs(prose):
    shares = np.array([np.nan if share is None else share for share in DONE.by_day])
    as_before = behaviour.mean_of_days(BEFORE.per_30, 3, days=8)
    good = behaviour.mean_of_days(PLAN.per_30[shares >= 0.8], 3, days=8)
    assert (as_before.n, good.n) == (14, 5) and "14 and 5 days do not tell their mean exactly" in prose
    assert round(100 * as_before.at_most_unsure) == 15 and "kept by luck in about 15 of 100 cases" in prose
    assert round(100 * good.above_unsure) == 16 and "would be given up in about 16" in prose


def test_the_first_six_of_the_ten_days(prose):
    later = DAYS[DAYS.date > "2026-02-18"]
    assert len(later) == 6 and min(behaviour.fidelity(later[STEPS]).by_day) >= 0.8 and later.per_30.mean() == 1.5
    assert later.note.isna().all() and "Shira came back on the first of them" in prose


def test_the_numbers_in_the_practice_items_are_those_of_the_record(after, inside):
    text = (FOLDER / "practice.yml").read_text(encoding="utf-8")
    assert "In 49 of the 54 minutes in which Nadav walked away and Rim could see what followed (91 %)" in text
    one = after["adult_attention"]
    assert (one.with_behaviour, one.chances.n_behaviour) == (49, 54) and percent(one)[0] == 91
    assert "came 11 points more often with the behaviour. The 95 % interval goes from −1 to +22" in text
    assert round(100 * inside["adult_attention"].chances.difference) == 11 and interval(inside["adult_attention"]) == (-1, 22)
    assert "He walked away in 44 of 155 minutes of writing alone" in text and (ABC.activity == "writing alone").sum() == 155
    assert "in 87 % of the minutes without the behaviour" in text and "in about two of 30 minutes, on the others in about five" in text


def test_the_colleagues_file_is_read_and_something_else_stands_out(prose):
    mine = own_data.load(FOLDER / "data" / "own-data-example.csv", own_data.ABC_COLUMNS)
    assert mine.warnings == [] and len(mine.table) == 120 and mine.table.behaviour.isna().sum() == 3
    found = behaviour.contingencies(mine.table.behaviour, mine.table[CONSEQUENCES].to_dict("list"), block=5)
    one = found["classmates_react"]
    assert one.verdict == "more" and (one.with_behaviour, one.chances.n_behaviour, one.without, one.chances.n_no_behaviour) == (8, 12, 12, 105)
    assert "react in 8 of 12 minutes with the behaviour and in 12 of 105 without it" in prose
    assert {found[name].verdict for name in CONSEQUENCES if name != "classmates_react"} <= {"unclear", "few"}


def test_the_template_has_the_headings_that_the_program_accepts():
    headings = (FOLDER / "data" / "template.csv").read_text(encoding="utf-8-sig").strip().split(";")
    assert len(headings) == len(own_data.ABC_COLUMNS) and all(column.accepts(heading) for column, heading in zip(own_data.ABC_COLUMNS, headings))


# ---- the form

@pytest.fixture(scope="module")
def numbers(after, before):
    return {
        "agreement": observation.kappa(ABC.behaviour, ABC.second_observer), "watched": len(ABC), "seen": ABC.behaviour.sum(),
        "attention": after["adult_attention"].chances, "put_off": after["task_put_off"].chances, "writing": ABC.behaviour[ABC.activity == "writing alone"].mean(),
        "other": ABC.behaviour[ABC.activity != "writing alone"].mean(), "breaks": PLAN.breaks.sum(),
        "start": BEFORE.per_30.mean(), "split": behaviour.outcome_by_fidelity(DONE.by_day, PLAN.per_30), "done": DONE,
        "new_way": behaviour.replacement_share(PLAN.cards, PLAN.walked_away),
    }


def cells(path):
    return [cell.text for table in Document(path).tables for row in table.rows for cell in row.cells]


def test_the_filled_form_is_what_the_template_gives_with_the_case(numbers, tmp_path):
    fill(FOLDER / "job-aid.docx", case_values(FOLDER / "job-aid.yml", **numbers), tmp_path / "filled.docx")
    assert cells(FOLDER / "job-aid-filled.docx") == cells(tmp_path / "filled.docx"), (
        "Delete job-aid-filled.docx and make it again as the chapter does under “Take it to your school”.")
    assert "__" not in " ".join(cells(tmp_path / "filled.docx"))


def test_the_form_states_what_was_computed(numbers):
    text = " ".join(cells(FOLDER / "job-aid-filled.docx"))
    for part in ("412 minutes, seen in 55", "In 28% of writing minutes, 4% of others", "Task put off: with it 62%, without 3%. Attention: 91%, 87%", "37 of 59 steps",
                 "1.8 on 5 days", "5.2 on 8 others", "28 minutes (break 18), walks 51"):
        assert part in text
    assert (numbers["done"].delivered, numbers["done"].planned) == (37, 59)


def test_no_output_of_the_chapter_names_a_condition():
    notebook = json.loads((FOLDER / "behaviour-support.ipynb").read_text(encoding="utf-8"))
    outputs = json.dumps([cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"]).lower()
    for word in ("adhd", "autis", "disorder", "diagnos", "syndrome"):
        assert word not in outputs


def test_the_filled_tick_sheet_holds_the_first_six_of_the_ten_days():
    later = DAYS[DAYS.date > "2026-02-18"]
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in Document(FOLDER / "job-aid-filled.docx").tables[-1].rows[1:]}
    for number, step in enumerate(STEPS, start=1):
        assert rows[f"Step {number}"] == ["" if mark != mark else f"{mark:.0f}" for mark in later[step]] + [""] * 4
    assert rows["Behaviour"][:6] == [f"{minutes:.0f}" for minutes in later.walked_away]
    assert rows["New way: help, break"][:6] == [f"{cards - breaks:.0f}, {breaks:.0f}" for cards, breaks in zip(later.cards, later.breaks)]


def test_the_record_sheet_has_a_row_for_each_of_thirty_minutes_and_a_box_to_compare():
    sheet = Document(FOLDER / "record-sheet.docx")
    assert sheet.paragraphs[0].style.name == "Heading 1" and sheet.core_properties.language
    heads = [cell.text for cell in sheet.tables[1].rows[0].cells]
    assert heads == ["Minute", "What the class does", "Behaviour", "Adult attention", "Task put off", "Classmates react", "Gets an object"]
    assert [row.cells[0].text for row in sheet.tables[1].rows[1:]] == [str(minute) for minute in range(1, 31)]
    assert "With the behaviour" in sheet.tables[2].rows[1].cells[0].text and "Without it" in sheet.tables[2].rows[1].cells[1].text
