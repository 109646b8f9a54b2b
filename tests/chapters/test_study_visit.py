"""Every number that the text of the chapter states is computed here from the chapter's data."""

import csv
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from practicum import observation, own_data, streams
from practicum.job_aid import case_values, fill
from practicum.practice import chapter

FOLDER = Path(__file__).parents[2] / "chapters" / "study-visit"
RECORDS = pd.read_csv(FOLDER / "data" / "records.csv")
MOMENTS = pd.read_csv(FOLDER / "data" / "classmates.csv")
LENGTH, TALK = 1200, {"Haifa": 300, "Karaganda": 780}
METHODS = ("partial", "whole", "momentary")


def spells(lesson, observer="A"):
    rows = RECORDS[(RECORDS.lesson == lesson) & (RECORDS.observer == observer) & (RECORDS.behaviour == "engaged")]
    return rows[["start", "end"]]


def asks(lesson, observer):
    return RECORDS.start[(RECORDS.lesson == lesson) & (RECORDS.observer == observer) & (RECORDS.behaviour == "asks")]


def marked(lesson, method, observer="A", interval=60):
    return observation.record(spells(lesson, observer), method, interval=interval, length=LENGTH)


def per_cent(share):
    return round(100 * share)


@pytest.fixture(scope="module")
def prose():
    cells = json.loads((FOLDER / "study-visit.ipynb").read_text(encoding="utf-8"))["cells"]
    text = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"\s+", " ", text)


def test_only_spells_have_an_end():
    assert (RECORDS.end.notna() == (RECORDS.behaviour == "engaged")).all()


def test_the_two_sheets_and_the_true_shares(prose):
    assert marked("Haifa", "partial").sum() == 20 and "Lina was engaged in 20 of 20 minutes" in prose
    assert marked("Karaganda", "whole").sum() == 3 and "Timur was engaged in 3 of 20 minutes" in prose
    shares = [per_cent(observation.duration_share(spells(lesson), length=LENGTH)) for lesson in TALK]
    assert shares == [83, 70] and "Lina was engaged for 83 % of the time, mostly in long stretches; Timur for 70 %" in prose
    assert marked("Karaganda", "partial").sum() == 19 and "On the Haifa sheet Timur would have 19 of 20" in prose
    assert marked("Haifa", "whole").sum() == 8 and "On the Karaganda sheet Lina would have 8 of 20" in prose
    assert [marked(lesson, "momentary").sum() for lesson in TALK] == [16, 14] and "A look once a minute gives 16 and 14" in prose
    lengths = [float((spells(lesson).end - spells(lesson).start).mean()) for lesson in TALK]
    assert lengths[0] > 1.5 * lengths[1]


def test_how_far_each_way_of_recording_is_from_the_truth(prose):
    made_up = {"share": 0.65, "spell": 40, "length": LENGTH}
    result = {(method, interval): streams.recording_error(method, interval=interval, **made_up) for method in METHODS for interval in (5, 20, 60, 120)}
    assert (per_cent(result["partial", 60].recorded), per_cent(result["whole", 60].recorded)) == (98, 15)
    assert '"engaged" in 98 % or in 15 % of the intervals' in prose
    assert max(-result["momentary", 60].low, result["momentary", 60].high) == pytest.approx(0.15, abs=0.005) and "can be 15 points off" in prose
    assert max(-result["momentary", 20].low, result["momentary", 20].high) == pytest.approx(0.05, abs=0.006) and "every 20 seconds it is about 5" in prose
    partial, whole = ([result[method, interval].recorded for interval in (5, 20, 60, 120)] for method in ("partial", "whole"))
    assert sorted(partial) == partial and sorted(whole)[::-1] == whole
    assert all(abs(result["momentary", interval].bias) < 0.01 for interval in (5, 20, 60, 120))


def test_the_agreement_of_the_two_observers(prose):
    kappas = {lesson: observation.kappa(marked(lesson, "momentary", "A", 10), marked(lesson, "momentary", "B", 10)) for lesson in TALK}
    assert [per_cent(kappas[lesson].observed) for lesson in TALK] == [85, 86] and "Interval by interval: 85 % and 86 %" in prose
    assert [round(kappas[lesson].kappa, 2) for lesson in TALK] == [0.46, 0.68] and "Kappa: 0.46 and 0.68" in prose
    assert [per_cent(kappas[lesson].expected) for lesson in TALK] == [72, 55] and "In Haifa chance alone gives 72 %, in Karaganda 55 %" in prose
    assert 100 - 72 == 28 and "from 72 to 85, out of 28 points" in prose
    empty = observation.unscored_interval_ioa(marked("Haifa", "momentary", "A", 10), marked("Haifa", "momentary", "B", 10))
    assert per_cent(empty) == 38 and "they share only 38 %" in prose


def test_total_counts_agree_although_few_events_were_seen_by_both(prose):
    for lesson in TALK:
        assert observation.total_count_ioa(*(observation.counts(asks(lesson, who), interval=60, length=LENGTH) for who in "AB")) == 1
    one, two = asks("Karaganda", "A").to_numpy(), asks("Karaganda", "B").to_numpy()
    assert len(one) == len(two) == 4 and "each observer noted four questions" in prose
    assert sum(np.abs(two - moment).min() <= 3 for moment in one) == 2 and "only two of the four were the same moments" in prose


def test_chance_in_the_table_and_in_the_first_thought(prose):
    assert 90 ** 2 / 100 + 10 ** 2 / 100 == 82 and "fills 90 % of the time, 82 % agreement is worth nothing" in prose
    assert 74 < 100 * (0.85 ** 2 + 0.15 ** 2) < 75


def test_the_pupil_and_the_classmates(prose):
    shares = 100 * MOMENTS.groupby(["lesson", "part"])[["pupil", "classmate"]].mean()
    gap = shares.classmate - shares.pupil
    assert round(gap["Karaganda", "small groups"]) == 14 and "Timur lies 14 points below" in prose
    assert all(abs(gap[lesson, "whole class"]) < 2 for lesson in TALK) and "the two pupils are just like their classmates" in prose
    assert all(shares.loc[lesson, "whole class"].max() < shares.loc[lesson, "small groups"].min() for lesson in TALK)
    assert ((MOMENTS.lesson == "Karaganda") & (MOMENTS.part == "small groups")).sum() == 14 and "only 14 looks" in prose
    assert MOMENTS.classmate.isna().sum() == 3 and "Three times somebody blocked the view" in prose
    error = streams.recording_error("momentary", interval=30, share=0.85, spell=60, length=420)
    assert error.low == pytest.approx(-0.11, abs=0.01) and error.high == pytest.approx(0.1, abs=0.01) and "can be about 10 points off" in prose


def test_the_pupil_in_classmates_csv_is_the_one_of_the_record():
    for lesson in TALK:
        assert MOMENTS.pupil[MOMENTS.lesson == lesson].tolist() == marked(lesson, "momentary", interval=30).tolist()


def test_like_with_like(prose):
    talk = {lesson: observation.duration_share(spells(lesson).clip(0, end), length=end) for lesson, end in TALK.items()}
    work = {lesson: observation.duration_share((spells(lesson) - end).clip(0), length=LENGTH - end) for lesson, end in TALK.items()}
    assert [per_cent(value) for value in talk.values()] == [57, 59] and "for a little less than 60 % of the time" in prose
    assert [per_cent(value) for value in work.values()] == [91, 90] and "in small groups for 90 %" in prose
    assert per_cent((780 * talk["Haifa"] + 420 * work["Haifa"]) / LENGTH) == 69 and "Haifa would have come to 69 %, and Karaganda had 70 %" in prose
    assert TALK["Haifa"] / 60 == 5 and TALK["Karaganda"] / 60 == 13 and "five minutes of whole-class talk in Haifa, thirteen in Karaganda" in prose
    debrief = (FOLDER / "practice.yml").read_text(encoding="utf-8")
    assert "engaged for 70 % of the twenty minutes, 59 % of the talk and 90 % of the time in groups" in debrief


def test_the_practice_observation_is_what_its_texts_say():
    with open(FOLDER / "data" / "moments.csv", encoding="utf-8", newline="") as file:
        rows = {row["time"]: row for row in csv.DictReader(file)}
    codes = [row["code"] for row in rows.values()]
    assert len(codes) == 24 and codes.count("engaged") == 15
    item = chapter("study-visit", FOLDER)("watch-sasha")
    assert "engaged at 15 of 24 moments" in item.entry["solution"] and "all 24 moments" in item.entry["prompt"]
    for time, word, code in (("0:50", "hand", "engaged"), ("1:10", "still", "not engaged"), ("1:40", "wall", "not engaged"), ("2:40", "stork", "engaged")):
        assert word in rows[time]["seen"] and rows[time]["code"] == code
    assert "write" in rows["1:40"]["why"] + rows["2:10"]["seen"] and "partner" in rows["2:50"]["seen"]


def test_the_colleagues_sheet_is_read_with_its_gaps():
    sheet = own_data.load(FOLDER / "data" / "own-data-example.csv", own_data.OBSERVATION_COLUMNS)
    assert len(sheet.table) == 30 and sheet.table.observer2.isna().sum() == sheet.table.classmate.isna().sum() == 1
    assert any("total" in note for note in sheet.notes) and not sheet.warnings
    empty = own_data.template(own_data.OBSERVATION_COLUMNS, FOLDER / "data" / "made-by-test.csv")
    try:
        assert empty.read_text(encoding="utf-8-sig").lower().replace("observer1", "observer 1").replace("observer2", "observer 2").split() == \
            (FOLDER / "data" / "template.csv").read_text(encoding="utf-8-sig").split()
    finally:
        empty.unlink()


# ---- the two forms

def text(path):
    document = Document(path)
    parts = [*document.element.body.iter(qn("w:p")), *document.sections[0].footer._element.iter(qn("w:p"))]
    return "\n".join("".join(part.text or "" for part in paragraph.iter(qn("w:t"))) for paragraph in parts)


@pytest.fixture(scope="module")
def ten_moments():
    one, two = (marked("Karaganda", "momentary", who)[10:] for who in "AB")
    mates = MOMENTS[(MOMENTS.lesson == "Karaganda") & (MOMENTS.second > 600) & (MOMENTS.second % 60 == 0)].classmate.astype(int).to_numpy()
    return {"one": one, "two": two, "mate": mates, "same": observation.interval_ioa(one, two), "seen": one.sum()}


def test_the_filled_forms_are_what_the_templates_give(ten_moments, tmp_path):
    fill(FOLDER / "job-aid.docx", case_values(FOLDER / "job-aid.yml", **ten_moments), tmp_path / "visit.docx")
    fill(FOLDER / "job-aid-meeting.docx", case_values(FOLDER / "job-aid-meeting.yml"), tmp_path / "meeting.docx")
    for kept, fresh in (("job-aid-filled.docx", "visit.docx"), ("job-aid-meeting-filled.docx", "meeting.docx")):
        assert text(FOLDER / kept) == text(tmp_path / fresh), f"Delete {kept} and make it again as the chapter does."
        assert "__" not in text(FOLDER / kept) and "☐" not in text(FOLDER / kept)


def test_what_the_visit_protocol_states_is_in_the_record(ten_moments):
    filled = text(FOLDER / "job-aid-filled.docx")
    assert "90% of the ten moments. I saw him engaged at 8." in filled
    assert (round(ten_moments["same"], 2), ten_moments["seen"]) == (0.9, 8)
    values = case_values(FOLDER / "job-aid.yml", **ten_moments)
    notes = {look["minute"]: look for look in values["moments"]}
    assert notes["12"]["second"] == "0" and "Orly" in notes["12"]["think"] and notes["16"]["pupil"] == "0" and "shoe" in notes["16"]["saw"]
    assert "wing" in notes["17"]["saw"] and notes["17"]["pupil"] == "1"
