"""A run chart marks each signal by sign and word, and its table and description say the same."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from practicum import charts
from practicum.errors import PracticumError
from practicum.improvement import cascade, run_chart_errors

WEEKS = list(range(1, 17))
VALUES = [8, 12, 9, 11, 12, 9, None, 12, 13, 14, 15, 13, 14, 12, 15, 10]
PHASES = ["before"] * 7 + ["cards"] * 9


def drawn(**options):
    return charts.run_chart(WEEKS, VALUES, **{"baseline": 6, "phases": PHASES, "measure": "starts of 25", "title": "A chart", **options})


def words(chart):
    root = ElementTree.fromstring(chart.svg())
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def test_a_signal_is_ringed_and_named_in_the_drawing_the_table_and_the_description():
    chart = drawn()
    assert "shift" in words(chart)
    rings = [line for line in chart.figure.axes[0].lines if line.get_markersize() == 13]
    assert len(rings) == 1 and rings[0].get_markerfacecolor() == "none" and len(rings[0].get_xdata()) == 8
    assert "Ringed and named “shift”: 8 points, week 8 to 15, with the values 12, 13, 14, 15, 13, 14, 12, 15." in chart.alt
    assert [row[0] for row in chart.rows if row[3] == "shift"] == [str(week) for week in range(8, 16)]


def test_the_description_names_axes_median_phases_and_missing_weeks():
    alt = drawn(goal=18).alt
    assert "Run chart. Horizontal axis: week, 1 to 16. Vertical axis: starts of 25, 8 to 15." in alt
    assert "The median line lies at 10, from the first 6 points." in alt and "Nothing measured at week 7." in alt
    assert "Cards, week 8 to 16: 9 points, values from 10 to 15, median 13, 8 above the median line." in alt and "the goal, 18" in alt
    assert drawn().rows[6] == ("7", "not measured", "", "", "before") and drawn().rows[15][2] == "on the median line"


def test_a_phase_in_cyrillic_letters_is_called_by_its_number():
    alt = drawn(phases=["до"] * 7 + ["с карточками"] * 9).alt
    assert "Part 1 of 2, week 1 to 6" in alt and "Part 2 of 2, week 8 to 16" in alt and "карточками" not in alt


def test_the_sentence_counts_sides_and_says_what_is_usual():
    assert drawn().sentence == ("Read in one sentence: of 15 points 11 lie above the median line of 10 and 3 below it; the longest run is 8, "
                                "and up to 7 is usual; signal: shift.")


def test_without_a_signal_nothing_is_ringed():
    chart = charts.run_chart(WEEKS, [8, 12] * 8, measure="starts", title="Calm")
    assert "No signal is marked." in chart.alt and chart.sentence.endswith("no rule gives a signal.")
    assert not [line for line in chart.figure.axes[0].lines if line.get_markersize() == 13]


def test_a_row_that_is_interrupted_gets_two_brackets():
    values = [1, 9, 1, 9, 9, 9, 9, 1, 1, 9, 9, 9, 9, 9, 1, 1]
    chart = charts.run_chart(WEEKS, values, measure="m", title="Two", rules=["in-a-row"], baseline=4)
    assert words(chart).count("many points in a row on one side") == 0   # five and five are no six
    chart = charts.run_chart(range(1, 19), [1, 9, 1, 9, 9, 9, 9, 9, 9, 1, 1, 9, 9, 9, 9, 9, 9, 1], measure="m", title="Two", rules=["in-a-row"], baseline=4)
    assert words(chart).count("many points in a row on one side") == 2


def test_dates_may_stand_for_weeks_and_unequal_lengths_are_refused():
    dates = pd.date_range("2026-09-07", periods=16, freq="7D")
    assert [row[0] for row in charts.run_chart(dates, VALUES, measure="m", title="Dates").rows][:2] == ["0", "1"]
    with pytest.raises(PracticumError, match="15 weeks, 16 values and 16 phases"):
        charts.run_chart(WEEKS[1:], VALUES, measure="m", title="Short")


def test_the_table_of_rules_knows_only_the_points_until_then():
    table = charts.signals_table(VALUES, baseline=6, rule_sets={"two rules": ["shift"], "five": ["in-a-row"]}, weeks=WEEKS)
    assert table.columns == ("week", "value", "two rules", "five") and table.rows[0][0] == "11"
    assert [row[2] for row in table.rows][-2:] == ["shift", "shift"] and table.rows[0][2] == "no signal"
    assert table.rows[1][3] == "no signal" and table.rows[2][3] != "no signal"


def test_cascades_stand_beside_each_other_with_their_price():
    table = charts.cascade_table({"alone": cascade([6, 5], cascades=200), "nobody": cascade([6], takes_place=0, cascades=50)})
    assert [row[0] for row in table.rows] == ["alone", "nobody"] and table.rows[1][-1] == "nobody" and table.rows[0][1] == "36"


def test_the_parts_of_an_aim_stand_in_a_row_and_what_is_missing_is_said():
    table = charts.goal_parts_table(["wish", "aim"], ["Improve inclusion.", "By May, when a card lies on the desk, pupils will begin the task in 18 of 25 checks."])
    assert table.rows[0][1:] == ("missing",) * 4 and table.rows[1][1:3] == ("By May", "when a card lies on the desk") and "18 of 25" in table.rows[1][4]


def test_the_errors_drawn_are_those_computed():
    results = [run_chart_errors(points=12, schools=400), run_chart_errors(points=12, schools=400, rules="trend", looks="every-point")]
    chart = charts.signal_errors_chart(results)
    assert [row[0] for row in chart.rows] == ["shift, few crossings, one look", "trend, a look every week"]
    assert [row[1:] for row in chart.rows] == [(f"{100 * one.false_alarm:.0f}", f"{100 * one.miss:.0f}") for one in results]
    assert all(f"{row[0]}: {row[1]} false alarms, {row[2]} misses" in chart.alt for row in chart.rows)


def test_a_row_that_turns_at_equal_points_has_one_bracket():
    chart = charts.run_chart(range(1, 9), [9, 8, 8, 9, 10, 10, 12, 13], measure="m", title="Equal", rules=["trend"])
    assert words(chart).count("trend") == 1 and "Ringed and named “trend”: 5 points, week 3 to 8, with the values" in chart.alt


def test_false_alarms_and_cascades_are_read_with_their_ends():
    chart = charts.false_alarms_chart({"pair": [run_chart_errors(points=n, schools=2000) for n in (10, 24)],
                                       "trend": [run_chart_errors(points=n, schools=2000, rules="trend") for n in (10, 24)]})
    assert "with 24 points, from 3 (pair) to 24 (trend) of 100 schools" in chart.sentence and chart.figure.axes[0].get_xticks().tolist() == [10, 24]
    chart = charts.cascade_chart({"alone": cascade([1, 1], start=1, kept=0.8, spread=0, cascades=1)})
    assert "between 64 % (alone)" in chart.sentence and [row[1] for row in chart.rows] == ["100", "80", "64"]
