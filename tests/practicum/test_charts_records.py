"""The charts and tables on safe data keep what every chart promises, and never show a value."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from practicum import charts, groups, privacy
from practicum.errors import PracticumError

BEFORE, AFTER = [1, 1, 1, 2, 2, 4, 4, 4, 4], [9] * 9
REAL = pd.DataFrame({"support": ["none", "none", "group", "group"], "words": [80, 84, 60, 62]})
MADE = pd.DataFrame({"support": ["none", "none", "group", "other"], "words": [70, 72, 68, 90]})
RATES = {2: groups.Leaks(100, 0.98, 0.0), 3: groups.Leaks(100, 0.9, 0.02)}


def twin(made=MADE):
    return charts.twin_chart(REAL, made, by="support", value="words", measure="words per minute")


EACH = {"groups": lambda: charts.group_sizes_chart(BEFORE), "groups before and after": lambda: charts.group_sizes_chart(BEFORE, AFTER),
        "leaks": lambda: charts.leaks_chart(RATES), "twin": twin}
each_chart = pytest.mark.parametrize("draw", EACH.values(), ids=EACH)


@each_chart
def test_the_same_data_give_the_same_page_and_picture(draw):
    assert draw()._repr_html_() == draw()._repr_html_() and draw().png() == draw().png()


@each_chart
def test_a_chart_brings_a_description_a_sentence_and_a_table_of_its_own(draw):
    chart = draw()
    assert len(chart.alt.split()) >= 15 and "chart" in chart.alt
    assert chart.sentence.startswith("Read in one sentence: ") and len(chart.rows) >= 2
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    assert "<figcaption>" in chart._repr_html_() and '<th scope="row">' in chart._repr_html_()


@each_chart
def test_the_drawing_is_well_formed_scales_and_holds_no_sentence(draw):
    root = ElementTree.fromstring(draw().svg())
    assert root.get("role") == "img" and root.get("viewBox") and root.get("width") is None
    words = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words and max(len(text.split()) for text in words) <= 9 and not any(text.endswith(".") for text in words)


def test_two_charts_share_no_identifier():
    found = [set(re.findall(r' id="([^"]+)"', draw().svg())) for draw in EACH.values()]
    assert sum(map(len, found)) == len(set.union(*found))


def test_the_series_differ_by_filling_and_hatch_as_well_as_by_colour():
    first, second = charts.group_sizes_chart(BEFORE, AFTER).figure.axes[0].containers
    assert first[0].get_hatch() is None and second[0].get_hatch() and first[0].get_fill() != (second[0].get_facecolor()[3] > 0)


def test_every_person_is_counted_once_in_the_right_size():
    chart = charts.group_sizes_chart(BEFORE, AFTER)
    assert chart.rows == (("1", "3", "0"), ("2", "2", "0"), ("3", "0", "0"), ("4", "4", "0"), ("5–9", "0", "9"), ("10 or more", "0", "0"))
    assert "Before: 3 in groups of 1, 2 in groups of 2, 4 in groups of 4; after: 9 in groups of 5–9" in chart.alt
    assert "in “before”, 3 of 9 pupils share their combination with nobody, and 9 are in groups smaller than 5" in chart.sentence
    assert "in “after”, nobody is in a group smaller than 5" in chart.sentence


def test_another_minimum_moves_the_joined_bars():
    assert [row[0] for row in charts.group_sizes_chart(BEFORE, minimum=3).rows] == ["1", "2", "3–5", "6 or more"]


@pytest.mark.parametrize("sizes", [[], [0, 2]])
def test_sizes_that_cannot_be_are_refused(sizes):
    with pytest.raises(PracticumError, match="whole numbers from 1 up"):
        charts.group_sizes_chart(sizes)


def test_the_tables_say_where_and_what_and_never_the_value():
    rows = [["ФИО", "contact"], ["Айгерим Серикова", "dana@example.org"], ["Иван Петров", ""]]
    found = charts.identifiers_table(privacy.scan(rows))
    assert found.rows == (("A", "a name of a person", "2", "Rows 2, 3"), ("B", "an e-mail address", "1", "Row 2"))
    table = pd.DataFrame({"sex": ["f", "f", "m"], "Иван Петров": ["x", "y", "y"]})
    combined = str(charts.combinations_table(groups.every_combination(table, list(table), minimum=2), minimum=2))
    assert "sex | 1 | 1 | 1" in combined and "Петров" not in combined and "smaller than 2" in combined


def test_limits_say_when_a_number_is_known():
    told = charts.limits_table({"B": (3, 3), ("p", "q"): (0, 4)})
    assert told.rows == (("B", "3", "3", "known: 3"), ("p, q", "0", "4", "anything from 0 to 4"))


def test_hits_and_misses_are_counted_for_both_kinds_of_cell():
    cells = pd.DataFrame({"telling": ["yes", "yes", "no"], "found": [True, False, False]})
    assert [row[1:] for row in charts.hits_table(cells).rows] == [("2", "1", "1"), ("1", "0", "1")]


def test_a_chart_of_leaks_tells_both_ways_of_hiding():
    chart = charts.leaks_chart(RATES)
    assert chart.rows == (("2 classes", "98", "0"), ("3 classes", "90", "2"))
    assert "one came back in 90 to 98 of 100 tables" in chart.sentence and "in 0 to 2." in chart.sentence


def test_a_twin_is_compared_by_medians_of_the_labels_that_both_have():
    assert twin().rows == (("group", "61", "68"), ("none", "82", "71")) and "lie 21 apart, and the highest is that of “none”; among the invented pupils they lie 3 apart" in twin().sentence
    with pytest.raises(PracticumError, match="no label of support in common"):
        twin(MADE[MADE.support == "other"])
