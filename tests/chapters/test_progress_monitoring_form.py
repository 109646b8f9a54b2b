"""The form of the chapter on progress monitoring says what the chapter computes from Dana's probes."""

import re
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from practicum import progress
from practicum.job_aid import case_values, fill

MONITORING = Path(__file__).parents[2] / "chapters" / "progress-monitoring"


def text(path):
    return "\n".join("".join(part.text or "" for part in paragraph.iter(qn("w:t"))) for paragraph in Document(path).element.body.iter(qn("w:p")))


def log_of(path):
    return next(table for table in Document(path).tables if table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader"))


@pytest.fixture(scope="module")
def dana():
    """What the chapter computes from Dana's probes."""
    probes = pd.read_csv(MONITORING / "data" / "probes.csv").dropna(subset="words_correct")
    start, goal, weeks = progress.baseline(probes.query("week == 0").words_correct), 65, 16
    rate = progress.needed_rate(start, goal, weeks)
    first, later = probes.query("1 <= week <= 7"), probes.query("week > 0")
    recent = probes.words_correct.tail(3)
    line = {"start": start, "goal": goal, "weeks": weeks, "rule": "four-point"}
    noise = {"rule": "four-point", "needed": rate, "noise_sd": 10, "looks": "at-end"}
    return {
        "start": start, "goal": goal, "goal_week": weeks, "rate": rate, "low": recent.min(), "high": recent.max(),
        "decision": progress.decide(first.week, first.words_correct, **line),
        "errors": progress.decision_errors(weeks=7, **noise),
        "later": progress.decide(later.week, later.words_correct, **line),
        "later_errors": progress.decision_errors(weeks=16, **noise),
    }


def test_danas_form_is_what_the_template_gives_with_her_texts_and_numbers(dana, tmp_path):
    fill(MONITORING / "job-aid.docx", case_values(MONITORING / "job-aid.yml", **dana), tmp_path / "dana.docx")
    assert text(MONITORING / "job-aid-filled.docx") == text(tmp_path / "dana.docx"), (
        "Delete job-aid-filled.docx and make it again as the chapter does under “Take it to your school”.")
    assert "__" not in text(tmp_path / "dana.docx") and "☐" not in text(tmp_path / "dana.docx")


def test_the_numbers_and_verdicts_that_danas_form_states_are_those_of_the_rules(dana):
    assert (dana["start"], dana["rate"], dana["low"], dana["high"]) == (41, 1.5, 52, 67)
    assert (dana["decision"].verdict, dana["later"].verdict) == ("change-teaching", "keep-going")
    filled = text(MONITORING / "job-aid-filled.docx")
    for verdict, decision, errors in (("Change the teaching.", dana["decision"], dana["errors"]),
                                      ("Keep going.", dana["later"], dana["later_errors"])):
        assert f"{verdict} {decision.reason}" in filled
        assert f"{errors.false_alarm:.0%} false alarms, {errors.miss:.0%} misses (probes jump by 10)" in filled


def test_the_dates_in_danas_log_are_those_of_the_probes_in_these_weeks():
    probes = pd.read_csv(MONITORING / "data" / "probes.csv", parse_dates=["date"]).set_index("week")
    log = log_of(MONITORING / "job-aid-filled.docx")
    for row in log.rows[1:3]:
        assert f"{probes.date[int(row.cells[1].text)]:%d.%m.%Y}" == row.cells[0].text


def test_danas_chart_is_described_with_the_start_the_goal_and_the_last_of_her_probes(dana):
    description, = Document(MONITORING / "job-aid-filled.docx").element.body.xpath(".//wp:docPr[@name='chart']/@descr")
    for number in (dana["start"], dana["goal"], dana["goal_week"], dana["high"]):
        assert re.search(rf"\b{number:g}\b", description)


def test_the_sentence_for_the_family_in_the_form_is_the_one_that_the_chapter_quotes():
    filled = text(MONITORING / "job-aid-filled.docx")
    sentence = re.search(r"In September .+weeks of school\.", filled)[0]
    assert sentence in (MONITORING / "progress-monitoring.ipynb").read_text(encoding="utf-8")
