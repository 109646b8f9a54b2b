"""Every number that the text of the chapter states is computed here from the chapter's data and functions."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn

from practicum import charts, improvement, own_data
from practicum.goals import goal_parts
from practicum.improvement import cascade, run_chart_errors, run_signals
from practicum.job_aid import case_values, fill

FOLDER = Path(__file__).parents[2] / "chapters" / "action-plan"
WEEKS = pd.read_csv(FOLDER / "data" / "weeks.csv")
COSTS = pd.read_csv(FOLDER / "data" / "costs.csv")
AIMS = pd.read_csv(FOLDER / "data" / "aims.csv")
HOURS = improvement.cost_in_hours(COSTS.people, COSTS.times, COSTS.minutes_each)
PRINTED = ("in-a-row", "trend", "runs")
BEFORE, CARDS, COACHED = (WEEKS[WEEKS.what_was_done == name] for name in ("before", "cards", "cards and coaching"))


@pytest.fixture(scope="module")
def prose():
    cells = json.loads((FOLDER / "action-plan.ipynb").read_text(encoding="utf-8"))["cells"]
    text = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def practice():
    return re.sub(r"\s+", " ", (FOLDER / "practice.yml").read_text(encoding="utf-8"))


def alarms(**options):
    return round(100 * run_chart_errors(**options).false_alarm)


def misses(**options):
    return round(100 * run_chart_errors(**options).miss)


def test_the_parts_of_the_year_and_the_checks(prose):
    assert len(BEFORE) == 8 and BEFORE.starts.notna().all() and "eight weeks of counting only" in prose
    assert WEEKS.starts.max() <= 25 and "That makes 25 checks a week" in prose
    assert COACHED.week.min() <= 18 and set(WEEKS.note[WEEKS.week.isin([17, 18])]) == {"winter holiday"}
    assert WEEKS.note[WEEKS.week == 20].str.contains("assistant ill, no cards on three days").item() and "In week 20 Ruslan was ill" in prose
    assert list(BEFORE.cards_on_desk) == [0] * 8


def test_only_the_third_sentence_has_all_parts(prose):
    parts = [goal_parts(sentence) for sentence in AIMS.aim]
    assert [len(part.missing) for part in parts] == [4, 3, 0] and "Only the third sentence can be checked in May" in prose
    assert (parts[0].vague, parts[1].vague) == ("Improve", "know") and "what teachers know" in prose


def test_the_medians_and_the_prediction(prose):
    assert (BEFORE.starts.median(), CARDS.starts.median(), COACHED.starts.median()) == (12, 11, 19)
    assert "From a median of 12 in the autumn the starts stayed at 11 with cards alone; with cards and coaching the median is 19" in prose
    assert CARDS.starts.count() == 6 and "the median of the six weeks with cards was 11, not the 15" in prose and "median will be 15 of 25" in prose
    assert (CARDS[CARDS.week <= 15].cards_on_desk.median(), CARDS.cards_on_desk.median()) == (8, 8) and "the median is 8 of 25 checks" in prose
    assert COACHED.cards_on_desk.median() == 21 and "in 8 of 25 checks, with coaching in 21 of 25" in prose


def test_the_row_that_rises_began_before_the_cards(prose):
    december = run_signals(WEEKS.starts[WEEKS.week <= 15], baseline=8, rules=PRINTED)
    assert december.signals == ("trend",) and december.rising == 6
    places = WEEKS.iloc[list(december.places["trend"])]
    assert list(places.starts)[::5] == [8, 14] and list(places.week)[::5] == [8, 15] and "The points rise from 8 to 14" in prose
    assert "begins in week 8, **before** any card" in prose and WEEKS.what_was_done[places.index[0]] == "before"
    alone = run_signals(CARDS.starts[CARDS.week <= 15], rules="trend")
    assert alone.signals == ("trend",) and alone.rising == 5 and "Even the five weeks with cards alone all rise, and that is enough for the rule" in prose
    assert december.points + 1 <= WEEKS.starts[WEEKS.week <= 15].count() == 13 and alarms(points=13, rules="trend") == 12
    assert "rings in about 12 of 100 charts of 13 points" in prose
    assert sorted(BEFORE.starts)[:2] == list(BEFORE.starts[-2:]) == [8, 8] and "were the lowest of all" in prose


def test_the_agreed_rule_on_the_agreed_days(prose):
    first, second = (run_signals(WEEKS.starts[WEEKS.week <= week], baseline=8) for week in (16, 30))
    assert first.signals == () and WEEKS.starts[WEEKS.week == 16].item() == 9 and "In week 16 the count fell back to 9" in prose
    best = run_signals([*BEFORE.starts, *[25] * 6], baseline=8)
    assert best.signals == () and "even six weeks of 25 of 25 would not have made the rule ring" in prose
    assert second.signals == ("shift",) and (second.longest_run, second.longest_usual) == (9, 7)
    assert "the last nine points all lie above the old line" in prose and (WEEKS.starts.dropna()[-9:] > second.centre).all()
    assert improvement.run_limits(22) == (7, 7) and "With 22 points a run longer than 7 is a **shift**, and fewer than 7 crossings are too few" in prose
    assert WEEKS.starts[WEEKS.week == 20].item() == 10 and WEEKS.cards_on_desk[WEEKS.week == 20].item() == 9
    assert "cards were missing, and somebody else counted" in prose


def test_false_alarms_where_nothing_changed(prose):
    assert [alarms(points=points, rules="trend") for points in (15, 30)] == [15, 32]
    assert "With 15 points the trend rule rings in 15 of 100 schools where nothing changed, and with 30 points in 32" in prose
    assert alarms(points=30, rules=PRINTED) == 48 and "ring in 48 of 100 schools with 30 points" in prose
    assert {alarms(points=points) for points in (10, 12, 15, 20, 25, 30)} == {1, 2, 3} and "stays at 1 to 3 of 100" in prose
    assert alarms(points=25, rules="trend") == 26 and "In our simulation it is 26" in prose


def test_the_price_of_a_short_start(prose):
    chart = {"points": int(WEEKS.starts.count()), "baseline": 8}
    assert chart["points"] == 25 and "25 points, a line from the first eight" in prose
    assert (alarms(**chart), alarms(**chart, looks="every-point")) == (12, 18)
    assert "the pair rings in 12 of 100 schools where nothing changed, and in 18 when one looks every week" in prose
    assert alarms(points=28, baseline=16) == 5 and "With 16 weeks for the line and 12 after it, 5 of 100 would ring" in prose
    assert alarms(**chart, rules=PRINTED) == 55 and misses(**chart, rules=PRINTED) < 5 and "The printed rules ring in 55 of 100, and miss almost nothing" in prose
    assert misses(**chart) == 18 and "overlooks 18 of 100 real changes" in prose
    assert [alarms(**chart, autocorrelation=related) for related in (0, 0.4)] == [12, 39]
    assert "correlated by 0.4, false alarms of the pair rise from 12 to 39 of 100 in her chart" in prose
    assert "Of 100 schools where nothing changed, at least 12 would ring too" in prose


def test_counts_with_ties_and_both_looks_ring_a_little_more_often(prose):
    rng = np.random.default_rng(1)
    level = np.clip(0.47 + rng.normal(0, 0.06, (4000, 25)), 0.05, 0.95)   # as in make_data.py, where nothing changes
    schools = rng.binomial(25, level)
    rings = [bool(run_signals(row[:14], baseline=8).signals or run_signals(row, baseline=8).signals) for row in schools]
    assert 0.145 < np.mean(rings) < 0.175 and "both of her looks, and counts of 25 that sometimes lie on the line, it is about 16" in prose


def test_the_limits_on_the_printed_page():
    page = (FOLDER / "job-aid.md").read_text(encoding="utf-8")
    for points in (12, 14, 16, 18, 20, 22, 24, 25):
        run, crossings = improvement.run_limits(points)
        errors = alarms(points=points, baseline=8), misses(points=points, baseline=8)
        assert f"\n{points}: {run}, {crossings}; {errors[0]}, {errors[1]}.\n" in page


def test_what_the_cascade_leaves(prose):
    plain, coached, one = cascade([6, 5]), cascade([6, 5], coaching=0.49, coaching_hours=3), cascade([36])
    assert plain.planned == one.planned == 36 and (plain.start, plain.enough) == (0.95, 0.8)
    assert [round(plan.well) for plan in (plain, coached, one)] == [9, 17, 15] and "leaves 9 of 36 teachers" in prose
    assert [round(100 * plan.steps[-1].fidelity) for plan in (plain, coached)] == [59, 74]
    assert "the mean falls to 59 %" in prose and "it is 74 %, and 17 teachers do enough" in prose
    assert [round(plan.hours) for plan in (plain, coached, one)] == [143, 359, 113] and "costs 359 hours in place of 143" in prose
    assert "One step in place of two gives 15 teachers in 113 hours" in prose
    assert coached.hours_each > plain.hours_each and "costs more for each of them" in prose
    assert round(0.49 * 20) == 10 and "about 10 percentage points" in prose
    few = [round(cascade([6, 5], kept=0.6, **options).well) for options in ({}, {"coaching": 0.49})]
    assert few == [1, 4] and "leaves 1 of 36 teachers, and coaching raises this to 4" in prose
    wide = cascade([36], coaching=0.49, coaching_hours=3)
    assert (round(wide.well), round(wide.hours)) == (22, 329) and "With coaching it gives 22 in 329 hours" in prose
    assert [round(cascade([6, 5], enough=enough).well) for enough in (0.9, 0.6)] == [5, 20]
    assert "If 90 % is called enough in place of 80 %, it leaves 5; with 60 % it leaves 20" in prose
    for kept in (0.6, 0.7, 0.8, 0.9):
        assert cascade([36], kept=kept).well > cascade([6, 5], kept=kept).well


def test_the_hours_of_the_next_step(prose):
    coaching, counting = (HOURS[COSTS.work.str.contains(word)].item() for word in ("Coaching", "Counting"))
    assert (round(HOURS.sum()), coaching, round(counting)) == (123, 36, 37)
    assert "Together these are 123 working hours, of which coaching takes 36 and counting 37" in prose and "fourteen weeks, 123 hours" in prose
    assert COSTS.times[COSTS.work.str.contains("Counting")].item() == 8 + 14 and "for eight weeks" in prose
    assert [alarms(points=22, baseline=8, autocorrelation=related) for related in (0, 0.4)] == [14, 41] and misses(points=22, baseline=8) == 20
    assert "has 22 points; 14 of 100 such charts ring where nothing changed, or 41 if neighbouring weeks" in prose and "It misses 20 of 100" in prose
    training, cards, other = (HOURS[COSTS.work.str.contains(words)].sum() for words in ("Training", "Making", "Preparing|meetings"))
    assert (training + cards, other) == (42, 8) and "Training and cards, 42 hours," in prose and "The last eight hours" in prose
    assert round(training + cards + other) == 50 and "37 for counting, and 50 for meetings and cards" in prose
    assert "six coaching visits to each" in prose and COSTS.times[COSTS.work.str.contains("Coaching")].item() == 6 * 6


def test_the_example_of_a_colleague_has_gaps_and_no_signal(prose):
    table = own_data.load(FOLDER / "data" / "own-data-example.csv", own_data.WEEKLY_COLUMNS).table
    assert run_signals(table["count"], baseline=8).signals == () and "In the example no rule rings" in prose
    assert table["count"][8:].notna().sum() == 8 and "Eight points after the change are few" in prose
    assert table["count"][8:].median() > table["count"][:8].median()


def test_the_practice_items_state_what_the_chapter_computes(practice):
    assert "With 8 weeks and 17 after them 12 of 100 charts ring, with 16 weeks and 12 after them 5" in practice and "from 12 to 18 of 100" in practice
    assert "The rule rings in about 12 of 100 charts of 13 points where nothing changed" in practice
    december = CARDS[CARDS.week <= 15]
    assert "six points in a row rise, from 8 to 14" in practice
    assert december.starts.median() <= BEFORE.starts.median() and "the median with cards is no higher than in the autumn" in practice


# The form


def text(path):
    return "\n".join("".join(part.text or "" for part in paragraph.iter(qn("w:t"))) for paragraph in Document(path).element.body.iter(qn("w:p")))


@pytest.fixture(scope="module")
def plan():
    costs = COSTS.assign(hours=HOURS.round(1))
    numbers = {"signals": run_signals(WEEKS.starts, baseline=8), "errors": run_chart_errors(points=22, baseline=8),
               "related": run_chart_errors(points=22, baseline=8, autocorrelation=0.4), "coached": COACHED.starts.median(),
               "cards": COACHED.cards_on_desk.median(), "hours": HOURS.sum()}
    return case_values(FOLDER / "job-aid.yml", **numbers) | {"costs": costs.to_dict("records"), "total_hours": costs.hours.sum()}


def test_perizats_form_is_what_the_template_gives_with_her_texts_and_numbers(plan, tmp_path):
    fill(FOLDER / "job-aid.docx", plan, tmp_path / "plan.docx")
    filled = text(FOLDER / "job-aid-filled.docx")
    assert filled == text(tmp_path / "plan.docx"), "Delete job-aid-filled.docx and make it again as the chapter does under “Take it to your school”."
    assert "__" not in filled and "14% (41% if weeks are correlated, 0.4); misses 20%" in filled and "first group 12, now 19" in filled and "122.7" in filled


def test_the_chart_on_the_form_is_the_one_of_the_chapter():
    description, = Document(FOLDER / "job-aid-filled.docx").element.body.xpath(".//wp:docPr[@name='chart']/@descr")
    chart = charts.run_chart(WEEKS.week, WEEKS.starts, phases=WEEKS.what_was_done, baseline=8, goal=18, measure="starts, of 25 checks", title="Starts")
    assert description == chart.alt


def test_every_place_of_the_form_has_a_row_in_the_readers_table_and_an_empty_row_stays_a_line(tmp_path):
    read = own_data.load(FOLDER / "data" / "plan-template.csv", own_data.PLAN_COLUMNS).table
    texts = yaml.safe_load((FOLDER / "job-aid.yml").read_text(encoding="utf-8"))
    assert set(read.place) == set(texts) and read.your_words.isna().all()
    work = own_data.load(FOLDER / "data" / "costs-template.csv", own_data.COST_COLUMNS).table
    work["hours"] = improvement.cost_in_hours(work.people, work.times, work.minutes_each).round(1)
    values = dict(zip(read.place, read.your_words)) | {"costs": work.to_dict("records"), "total_hours": work.hours.sum(), "aim": "By May, 18 of 25"}
    fill(FOLDER / "job-aid.docx", values, tmp_path / "mine.docx")
    mine = text(tmp_path / "mine.docx")
    assert "By May, 18 of 25" in mine and mine.count("_" * 10) == len(texts) - 1 and "First meeting" in mine


def test_the_two_sentences_for_the_meeting_fit_the_plan(prose, plan):
    assert "Please decide today on 123 working hours for six teachers, 36 of them coaching" in prose
    assert plan["request"].startswith("123 working hours for six teachers")
    assert "begin 19 of 25 tasks by themselves, and in the autumn it was 12" in prose
