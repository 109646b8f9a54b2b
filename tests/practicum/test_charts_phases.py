"""Phase graphs and reference distributions say in words what the eye sees: level, trend and overlap of each phase."""

import numpy as np
import pandas as pd
import pytest

from practicum import charts
from practicum.errors import PracticumError
from practicum.single_case import nap, randomization_test

SCORES = [3, 2, 4, 7, 6, 8, 4, None, 3, 8, 7, 9]
ABAB = ["A"] * 3 + ["B"] * 3 + ["A"] * 3 + ["B"] * 3


def reversal(**options):
    return charts.phase_chart(range(1, 13), SCORES, ABAB, **{"measure": "tasks begun", "title": "A reversal", **options})


def test_each_phase_is_told_with_level_trend_and_overlap():
    alt = reversal().alt
    assert "A, session 1 to 3: points 3, from 2 to 4, median 3, rising by 0.5 each time." in alt
    assert "B, session 4 to 6: points 3, from 6 to 8, median 7, rising by 0.5 each time; better than the phase before in 100 of 100 pairs, ties by half." in alt
    assert "A, session 7 to 9: points 2, from 3 to 4, median 3.5, falling by 0.5 each time; better than the phase before in 0 of 100" in alt
    assert "Nothing was measured at session 8." in alt and "more is better" in alt


def test_less_can_be_better():
    chart = reversal(improvement="decrease")
    assert "less is better" in chart.alt and "median 7, rising by 0.5 each time; better than the phase before in 0 of 100 pairs" in chart.alt
    assert "from each phase to the next, 0 and 100 and 0 of 100 pairs of points improve, ties by half" in chart.sentence


def test_a_name_that_comes_back_is_a_phase_of_its_own_with_the_same_marker():
    axes = reversal().figure.axes[0]
    markers = [line.get_marker() for line in axes.lines if line.get_marker() != "None"]
    assert markers == ["o", "s", "o", "s"]
    edges = [line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == ":"]
    assert edges == [3.5, 6.5, 9.5]
    assert [text.get_text() for text in axes.texts] == ["A", "B", "A", "B"]


def test_the_line_of_points_stops_where_nothing_was_measured_and_at_each_change():
    pieces = [tuple(line.get_xdata()) for line in reversal(line="none").figure.axes[0].lines if line.get_marker() == "None" and line.get_linestyle() == "-"]
    assert [piece for piece in pieces if piece] == [(1, 2, 3), (4, 5, 6), (7,), (9,), (10, 11, 12)]


def test_the_table_holds_every_session_and_the_line_drawn():
    chart = reversal(line="trend")
    assert len(chart.rows) == 12 and chart.columns[-1] == "trend in the phase"
    assert chart.rows[7] == ("8", "not measured", "A", "3.5") and chart.rows[3] == ("4", "7", "B", "6.5")
    assert len(reversal(line="none").columns) == 3


def test_the_lines_drawn_are_told_and_a_trend_is_read_as_a_trend():
    assert "A dotted line stands at each change. A dashed line marks the median of each phase." in reversal().alt
    steep = reversal(line="trend")
    assert "A dashed trend line runs through each phase." in steep.alt and "is +0.5 (A) and +0.5 (B) and −0.5 (A) and +0.5 (B)" in steep.sentence
    plain = charts.phase_chart([1, 2], [3, 4], ["A", "A"], measure="m", title="t", line="none").alt
    assert "dotted" not in plain and "dashed" not in plain


def test_a_flat_phase_has_no_trend_and_a_single_point_none_to_tell():
    alt = charts.phase_chart([1, 2, 3, 4], [5, 5, 5, 9], ["A", "A", "A", "B"], measure="words", title="t").alt
    assert "median 5, no trend." in alt and "B, session 4 to 4: points 1, from 9 to 9, median 9; better" in alt


def test_the_axis_of_what_cannot_be_negative_begins_at_zero():
    assert -1 < reversal().figure.axes[0].get_ylim()[0] <= 0
    bottom = charts.phase_chart([1, 2], [-3, 4], ["A", "A"], measure="change", title="t").figure.axes[0].get_ylim()[0]
    assert bottom < -3


def test_panels_share_their_axes_and_tell_where_each_changes():
    chart = charts.phase_panels_chart({"Ann": (range(1, 13), SCORES, ["A"] * 3 + ["B"] * 9), "Ben": (range(1, 13), SCORES, ["A"] * 6 + ["B"] * 6)},
                                      measure="tasks begun", title="t", panel_label="pupil")
    first, second = chart.figure.axes
    assert first.get_xlim() == second.get_xlim() and first.get_ylim() == second.get_ylim()
    assert "Ann: A, session 1 to 3" in chart.alt and "Ben: A, session 1 to 6" in chart.alt
    assert chart.sentence.endswith("the phases change at session 4 and 7.")
    assert chart.columns[0] == "pupil" and len(chart.rows) == 24 and chart.rows[-1][0] == "Ben"


def test_conditions_that_take_turns_are_compared_by_all_their_pairs():
    chart = charts.alternating_chart(range(1, 7), [3, 5, 4, None, 2, 6], ["paper", "tablet"] * 3, measure="tasks begun", title="t")
    assert "Paper: 3 points from 2 to 4, median 3. Tablet: 2 points from 5 to 6, median 5.5." in chart.alt
    assert f"Paper is better than tablet in {100 * nap([5, 6], [3, 4, 2]):.0f} of 100 pairs, ties by half." in chart.alt
    assert "Nothing was measured at session 4." in chart.alt and chart.rows[3] == ("4", "not measured", "tablet")


def test_the_features_of_a_graph_come_in_a_fixed_order():
    table = charts.phases_table(range(1, 13), SCORES, ABAB)
    assert table.columns == ("feature", "A 1", "B 1", "A 2", "B 2")
    rows = {row[0][:1]: row[1:] for row in table.rows}
    assert [row[0][:1] for row in table.rows] == ["P", "1", "2", "3", "4", "5", "6"]
    assert rows["P"] == ("3", "3", "2", "3") and rows["1"] == ("3", "7", "3.5", "8")
    assert rows["2"] == ("+0.5", "+0.5", "−0.5", "+0.5") and rows["3"][0] == "2 to 4"
    assert rows["4"] == ("none before", "+4", "−3.5", "+4.5") and rows["5"] == ("none before", "100", "0", "100")
    assert rows["6"] == ("none before", "none before", f"{1 - abs(2 * nap([3, 2, 4], [4, 3]) - 1):.2f}", f"{1 - abs(2 * nap([7, 6, 8], [8, 7, 9]) - 1):.2f}")
    assert [row[1:] for row in charts.phases_table([1, 2], [5, 3], ["A", "B"], improvement="decrease").rows][5] == ("none before", "100")


def test_the_measures_of_two_phases_stand_side_by_side_with_what_they_do_not_see():
    table = charts.overlap_table([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])
    values = {row[0]: row[1] for row in table.rows}
    assert values == {"PND": "1.00", "NAP": "1.00", "Tau": "1.00", "Tau-U, over the pairs between phases": "0.60", "Tau-U, over all pairs": "0.43", "Tau-BC": "0.00"}
    assert all(len(row) == len(table.columns) and row[4] for row in table.rows) and table.rows[0][2] == "not published"
    assert charts.overlap_table([5, 6], [2, 3], improvement="decrease").rows[1][1] == "1.00"


def test_dates_may_stand_for_sessions():
    days = pd.to_datetime(["2025-09-01", "2025-09-08", "2025-09-15"])
    assert [row[0] for row in charts.phase_chart(days, [1, 2, 3], ["A", "A", "B"], measure="m", title="t", x_label="week").rows] == ["0", "1", "2"]


def test_a_distribution_counts_what_is_at_least_as_large_as_the_observed():
    test = randomization_test([2, 3, 2, 3], [7, 8, 7, 9], minimum=2)
    chart = charts.distribution_chart(test.distribution, test.observed, measure="difference of means", counted="possible starts", title="t")
    assert f"of 5 possible starts, 1 (20 %) are at least as large as {test.observed:.2f} (observed)." in chart.sentence
    assert sum(int(row[1]) for row in chart.rows) == 5 and sum(int(row[2]) for row in chart.rows) == 1


def test_a_distribution_can_count_the_other_side_and_may_be_all_alike():
    assert "2 of 5 (40 %) are at most as large" in charts.distribution_chart([1, 2, 3, 4, 5], 2, measure="m", tail="lower", title="t").alt
    assert charts.distribution_chart([4, 4, 4], 4, measure="m", title="t").rows[0][1:] == ("3", "3")
    assert "1 of 401 (0.2 %)" in charts.distribution_chart(np.linspace(0, 4, 401), 4, measure="m", title="t").alt


def test_no_bin_of_a_distribution_holds_both_kinds():
    values = np.random.default_rng(3).normal(size=2000)
    for observed, tail in ((1.1, "upper"), (-0.3, "lower"), (9, "upper"), (values[7], "upper")):
        rows = charts.distribution_chart(values, observed, measure="m", tail=tail, title="t").rows
        mixed = [row for row in rows if 0 < int(row[2]) < int(row[1])]
        assert len(mixed) <= (tail == "lower") and sum(int(row[1]) for row in rows) == 2000


@pytest.mark.parametrize("draw, complaint", [
    (lambda: charts.phase_chart([1, 2], [3], ["A", "A"], measure="m", title="t"), "2 sessions, 1 scores and 2 names"),
    (lambda: charts.phase_chart([2, 1], [3, 4], ["A", "A"], measure="m", title="t"), "not in order"),
    (lambda: charts.phase_chart([1, 2], [3, None], ["A", "B"], measure="m", title="t"), "“B” nothing was measured"),
    (lambda: charts.phase_chart([1, 2], [3, 4], ["A", "B"], measure="m", title="t", line="mode"), "line is 'mode'"),
    (lambda: charts.phase_chart([1, 2], [3, 4], ["A", "B"], measure="m", title="t", improvement="up"), "improvement is 'up'"),
    (lambda: charts.phase_panels_chart({}, measure="m", title="t"), "no panel"),
    (lambda: charts.alternating_chart([1, 2], [3, 4], ["A", "A"], measure="m", title="t"), "1 conditions"),
    (lambda: charts.distribution_chart([1, 2], 2, measure="m", title="t", tail="left"), "tail is 'left'"),
])
def test_data_that_do_not_fit_are_refused_with_the_mend(draw, complaint):
    with pytest.raises(PracticumError, match=complaint):
        draw()
