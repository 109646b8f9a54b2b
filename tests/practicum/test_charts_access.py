"""The charts and tables of access to a lesson say what their records hold."""

from xml.etree import ElementTree

import pytest
from docx import Document
from practicum import charts
from practicum.access import barrier_matrix, differential_boost
from practicum.documents import check_document

STEPS = ["tell", "read", "write"]
BEFORE = barrier_matrix(["P1", "P2", "P3"], STEPS, [[0, 2, 1], [2, 0, None], [2, 2, 2]])
AFTER = barrier_matrix(["P1", "P2", "P3"], STEPS, [[2, 2, 2], [2, 0, 2], [2, 2, 2]])
BOOST = differential_boost([3, 2, 4], [0, 1, 1, -1])
EACH = {
    "barriers": lambda: charts.barrier_chart(BEFORE),
    "barriers by step": lambda: charts.barriers_by_step_chart(BEFORE, AFTER),
    "boost": lambda: charts.boost_chart(BOOST),
    "one class": lambda: charts.one_class_chart([0.5, 0.8], mark=3.56, mark_label="a review"),
    "reading": lambda: charts.reading_chart({"English": "It was a long and unbelievably complicated day."}, {"English": "It was a day. It was long."}),
}
each_chart = pytest.mark.parametrize("draw", EACH.values(), ids=EACH)


@each_chart
def test_a_chart_is_the_same_each_time_and_brings_description_sentence_and_table(draw):
    chart = draw()
    assert draw()._repr_html_() == chart._repr_html_()
    assert len(chart.alt.split()) >= 9 and chart.sentence.startswith("Read in one sentence: ") and chart.rows
    assert all(len(row) == len(chart.columns) for row in chart.rows)


@each_chart
def test_the_drawing_is_well_formed_and_holds_no_sentence(draw):
    root = ElementTree.fromstring(draw().svg())
    assert root.get("role") == "img" and root.get("viewBox") and root.get("width") is None
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts and max(len(text.split()) for text in texts) <= 9 and not any(text.endswith(".") for text in texts)


def test_who_meets_no_barrier_has_no_row_but_is_counted():
    chart = EACH["barriers"]()
    assert [row[0] for row in chart.rows] == ["P1", "P2", "all: shut out", "all: with help"] and chart.rows[1][3] == "no data"
    assert chart.rows[2][1:] == ("1", "1", "0") and chart.rows[3][1:] == ("0", "0", "1")
    assert "By step, shut out and with help: tell: 1 and 0; read: 1 and 0; write: 0 and 1. Shut out: P1 in tell; P2 in read." in chart.alt
    assert chart.sentence == ("Read in one sentence: 2 pupils of 3 are shut out of at least one step (“tell”: 1; “read”: 1), "
                              "and 1 pupil takes part in all steps without help. Only pupils who meet a barrier are drawn.")


def test_who_was_absent_is_not_counted_among_those_who_take_part():
    matrix = barrier_matrix(["P1", "P2", "P3"], STEPS, [[0, 2, 1], [None] * 3, [2, 2, None]])
    assert charts.barrier_chart(matrix).sentence.endswith("1 was absent, and 1 pupil takes part in all steps without help. Only pupils who meet a barrier are drawn.")


def test_the_reading_load_of_texts():
    table = charts.reading_table({"Kazakh": "Балалар мектепке барды. Олар ән айтты."})
    assert table.rows == (("Kazakh", "36", "3.0", "33%", "6"),)


def test_a_lesson_open_to_all_still_gives_a_chart():
    everyone = barrier_matrix(["P1", "P2"], STEPS, [[2, 2, 2], [2, 2, 2]])
    assert len(charts.barrier_chart(everyone).rows) == 2 + 2
    assert charts.barriers_by_step_chart(BEFORE, BEFORE).sentence.startswith("Read in one sentence: from before to after")


def test_the_steps_before_and_after():
    chart = EACH["barriers by step"]()
    assert [row[1:] for row in chart.rows] == [("1", "0"), ("1", "1"), ("0", "0")]
    assert "fall from 2 to 1, and steps open to all rise from 1 to 2 of 3" in chart.sentence


def test_the_boost_that_is_drawn_is_the_one_computed():
    chart = EACH["boost"]()
    assert [row[1] for row in chart.rows] == ["3", "0.25", "2.75"]
    assert f"anything from {BOOST.interval[0]:.1f} to {BOOST.interval[1]:.1f} fits" in chart.sentence


def test_a_class_that_simply_learns_shows_a_number_without_an_effect():
    chart = EACH["one class"]()
    assert chart.rows == (("0.5", "1", "0"), ("0.8", "1.58", "0")) and "grows from 1.0 to 1.6" in chart.sentence and "3.56" in chart.alt


def test_the_reading_load_is_told_for_each_language():
    assert "English 33 before, 4 after" in EACH["reading"]().sentence


def test_tables_of_a_document(tmp_path):
    document = Document()
    document.add_heading("Water", 1)
    document.add_heading("Try", 3)
    document.save(tmp_path / "sheet.docx")
    check = check_document(tmp_path / "sheet.docx")
    assert charts.headings_table(check).rows == (("1", "Water"), ("3", "Try"))
    assert charts.findings_table([check]).rows[0][:3] == ("sheet.docx", "0", "1")
    Document().save(tmp_path / "empty.docx")
    assert charts.headings_table(check_document(tmp_path / "empty.docx")).rows[0][0] == "none"
