"""Every number that the text of the chapter states is computed here from the chapter's data."""

import csv
import json
import math
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
    assert max(-result["momentary", 60].low, result["momentary", 60].high) == pytest.approx(0.15, abs=0.005) and "can be 15 points away from its own lesson" in prose
    assert max(-result["momentary", 20].low, result["momentary", 20].high) == pytest.approx(0.05, abs=0.006) and "every 20 seconds it is about 5" in prose
    partial, whole = ([result[method, interval].recorded for interval in (5, 20, 60, 120)] for method in ("partial", "whole"))
    assert sorted(partial) == partial and sorted(whole)[::-1] == whole
    assert all(abs(result["momentary", interval].bias) < 0.01 for interval in (5, 20, 60, 120))


def every_second(lesson, observer):
    return marked(lesson, "momentary", observer, 1)


def test_the_agreement_of_the_two_observers(prose):
    kappas = {lesson: observation.kappa(every_second(lesson, "A"), every_second(lesson, "B")) for lesson in TALK}
    assert [per_cent(kappas[lesson].observed) for lesson in TALK] == [89, 85] and "Interval by interval: 89 % and 85 %" in prose
    assert [round(kappas[lesson].kappa, 2) for lesson in TALK] == [0.60, 0.66] and "Kappa: 0.60 and 0.66" in prose
    assert [per_cent(kappas[lesson].expected) for lesson in TALK] == [72, 57] and "In Haifa chance alone gives 72 %, in Karaganda 57 %" in prose
    assert round(17 / 28, 1) == 0.6 and "(89 − 72) ÷ (100 − 72) = 17 ÷ 28, about 0.60" in prose


def test_a_kappa_from_every_tenth_second_depends_on_where_one_begins(prose):
    reach = {}
    for lesson in TALK:
        one, two = every_second(lesson, "A"), every_second(lesson, "B")
        found = [observation.kappa(one[start::10], two[start::10]).kappa for start in range(10)]
        reach[lesson] = (round(min(found), 2), round(max(found), 2))
    assert reach == {"Haifa": (0.46, 0.72), "Karaganda": (0.58, 0.72)}
    assert "between 0.46 and 0.72 in Haifa and between 0.58 and 0.72 in Karaganda" in prose


def test_what_orly_counted_otherwise_in_haifa():
    one, two = every_second("Haifa", "A"), every_second("Haifa", "B")
    assert (two > one).sum() > 60 and (one > two).sum() > 40


def test_total_counts_agree_although_few_events_were_seen_by_both(prose):
    for lesson in TALK:
        assert observation.total_count_ioa(*(observation.counts(asks(lesson, who), interval=60, length=LENGTH) for who in "AB")) == 1
    one, two = asks("Karaganda", "A").to_numpy(), asks("Karaganda", "B").to_numpy()
    assert len(one) == len(two) == 4 and "each observer noted four questions" in prose
    assert sum(np.abs(two - moment).min() <= 3 for moment in one) == 2 and "only two of the four were the same moments" in prose


def test_chance_in_the_table_and_in_the_first_thought(prose):
    assert 90 ** 2 / 100 + 10 ** 2 / 100 == 82 and "mark 90 % of the moments, 82 % agreement is worth nothing" in prose
    assert 74 < 100 * (0.85 ** 2 + 0.15 ** 2) < 75


def test_the_pupil_and_the_classmates(prose):
    parts = MOMENTS.groupby(["lesson", "part"])[["pupil", "classmate"]]
    shares, sums = 100 * parts.mean(), parts.sum()
    gap = shares.classmate - shares.pupil
    assert round(gap["Karaganda", "small groups"]) == 10 and "Timur lies about 10 points below: 17 of 21 looks, and 19 of 21" in prose
    assert sums.loc["Karaganda", "small groups"].tolist() == [17, 19] and parts.count().loc["Karaganda", "small groups"].tolist() == [21, 21]
    assert all(abs(gap[lesson, "whole class"]) < 4 for lesson in TALK) and "the two pupils are much like their classmates" in prose
    assert all(shares.loc[lesson, "whole class"].max() < shares.loc[lesson, "small groups"].min() for lesson in TALK)
    assert MOMENTS.classmate.isna().sum() == 3 and "Three times somebody blocked the view" in prose
    assert (sums.classmate["Karaganda", "whole class"], parts.count().classmate["Karaganda", "whole class"]) == (22, 38)
    assert (FOLDER / "practice.yml").read_text(encoding="utf-8").count("22 of 38 looks") == 2


def test_looks_and_watch_tell_the_same_story():
    for lesson, end in TALK.items():
        for first, last in ((0, end), (end, LENGTH)):
            looks = MOMENTS.pupil[(MOMENTS.lesson == lesson) & (MOMENTS.second > first) & (MOMENTS.second <= last)].mean()
            assert looks == pytest.approx(every_second(lesson, "A")[first:last].mean(), abs=0.1)


def test_gaps_by_chance(prose):
    peers = streams.gap_by_chance(2 / 21, share=0.88, interval=20, first=(60, 420, 1), second=(1, 420, 1))
    assert peers.either_way == pytest.approx(0.47, abs=0.03) and "in almost every second such part" in prose
    rule = streams.gap_by_chance(0.15, share=0.58, interval=20, first=(24, 780, 3), second=(24, 300, 3))
    assert per_cent(rule.above) == 6 and "In 6 of 100 such comparisons nothing has changed" in prose


def test_the_pupil_in_classmates_csv_is_the_one_of_the_record():
    for lesson in TALK:
        assert MOMENTS.pupil[MOMENTS.lesson == lesson].tolist() == marked(lesson, "momentary", interval=20).tolist()


def test_like_with_like(prose):
    every = {(lesson, who): every_second(lesson, who) for lesson in TALK for who in "AB"}
    talk = {key: one[:TALK[key[0]]].mean() for key, one in every.items()}
    work = {key: one[TALK[key[0]]:].mean() for key, one in every.items()}
    mixed = {who: per_cent((780 * talk["Haifa", who] + 420 * work["Haifa", who]) / LENGTH) for who in "AB"}
    assert [per_cent(talk[lesson, "A"]) for lesson in TALK] == [57, 59] and "for a little less than 60 % of the talk" in prose
    assert [per_cent(work[lesson, "A"]) for lesson in TALK] == [91, 90] and "for 90 % of the time in groups" in prose
    assert mixed == {"A": 69, "B": 76} and "Haifa would have come to 69 %, and Karaganda had 70 %" in prose
    assert [per_cent(every[lesson, "B"].mean()) for lesson in TALK] == [84, 67] and "84 % becomes 76 %, and Karaganda had 67 %" in prose
    assert TALK["Haifa"] / 60 == 5 and TALK["Karaganda"] / 60 == 13 and "five minutes of whole-class talk in Haifa, thirteen in Karaganda" in prose
    shorter = (300 * talk["Karaganda", "A"] + 900 * work["Karaganda", "A"]) / LENGTH
    assert int(100 * shorter) == 82 == per_cent(shorter - 0.001) and "would lift Timur from 70 to 82 %" in prose
    debrief = (FOLDER / "practice.yml").read_text(encoding="utf-8")
    assert "by the stopwatch for 70 % of the twenty minutes, 59 % of the talk and 90 % of the time in groups" in debrief


def test_how_easily_the_practice_observation_is_passed():
    def passed(right):
        total = 0
        for hits in range(16):
            for rest in range(10):
                a, b, c, d = hits, 15 - hits, 9 - rest, rest
                chance = ((a + b) * (a + c) + (c + d) * (b + d)) / 24 ** 2
                if chance < 1 and ((a + d) / 24 - chance) / (1 - chance) >= 0.6:
                    total += math.comb(15, hits) * math.comb(9, rest) * right ** (hits + rest) * (1 - right) ** (24 - hits - rest)
        return total
    solution = chapter("study-visit", FOLDER)("watch-sasha").entry["solution"]
    assert (round(1000 * passed(0.5)), per_cent(passed(0.8)), per_cent(passed(0.9))) == (1, 47, 92)
    assert "about 1 of 1,000 tries" in solution and "about 47 of 100" in solution and "in about 92" in solution
    for misses in range(5):
        a, b, c, d = 15 - misses, misses, 4 - misses, 5 + misses
        chance = ((a + b) * (a + c) + (c + d) * (b + d)) / 24 ** 2
        assert ((a + d) / 24 - chance) / (1 - chance) > 0.6


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
def numbers():
    mine, other = (marked("Karaganda", "momentary", who, 20) for who in "AB")
    mates, beyond = MOMENTS.classmate[MOMENTS.lesson == "Karaganda"], observation.kappa(mine, other)
    return {"marks": mine, "engaged": mine.sum(), "mates": f"{mates.sum():.0f}", "looks": mates.count(), "both": (mine * other).sum(),
            "only_one": (mine > other).sum(), "only_two": (mine < other).sum(), "neither": ((1 - mine) * (1 - other)).sum(),
            "same": beyond.observed, "chance": beyond.expected, "kappa": beyond.kappa}


def test_the_filled_forms_are_what_the_templates_give(numbers, tmp_path):
    fill(FOLDER / "job-aid.docx", case_values(FOLDER / "job-aid.yml", **numbers), tmp_path / "visit.docx")
    fill(FOLDER / "job-aid-meeting.docx", case_values(FOLDER / "job-aid-meeting.yml"), tmp_path / "meeting.docx")
    for kept, fresh in (("job-aid-filled.docx", "visit.docx"), ("job-aid-meeting-filled.docx", "meeting.docx")):
        assert text(FOLDER / kept) == text(tmp_path / fresh), f"Delete {kept} and make it again as the chapter does."
        assert "__" not in text(FOLDER / kept) and "☐" not in text(FOLDER / kept)


def test_what_the_visit_protocol_states_is_in_the_record(numbers):
    filled, values = text(FOLDER / "job-aid-filled.docx"), case_values(FOLDER / "job-aid.yml", **numbers)
    cells = [[look[key] for key in "abc"] for look in values["looks"]] + [[look[key] for key in "def"] for look in values["looks"]]
    assert [int(cell) for row in cells for cell in row] == numbers["marks"].tolist()
    assert "41 of 60 looks" in filled and "41 of 59 looks" in filled and "Kappa = (agreement − chance) ÷ (1 − chance): 0.71" in filled
    assert numbers["both"] + numbers["only_one"] + numbers["only_two"] + numbers["neither"] == 60
    marks = {note["time"]: numbers["marks"][(60 * (int(note["time"][2:]) - 5)) // 20 - 1] for note in values["notes"]}
    assert marks == {"9:14": 0, "9:18": 1, "9:19": 1, "9:21": 0, "9:22": 1}
