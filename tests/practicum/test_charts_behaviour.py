"""What the charts of behaviour support draw and say comes from the numbers given."""

import pytest
from practicum import charts
from practicum.behaviour import contingencies, share_by_time
from practicum.errors import PracticumError

BEHAVIOUR = [1] * 20 + [0] * 40
EVENTS = {"adult_attention": [1, 1, 1, 0] * 15, "task_put_off": [1] * 12 + [0] * 48, "got_object": [1] + [0] * 59}
FOUND = contingencies(BEHAVIOUR, EVENTS, resamples=400)
PLAN = {"phases": ["before", "before", "plan", "plan", "plan"], "measure": "minutes of 30", "problem_label": "walked away", "replacement_label": "card used"}


def plan(problem=(5, 6, None, 2, 4), cards=(None, None, None, 3, 0), shares=(None, None, 1, 0.8, 0.4), **options):
    return charts.plan_chart(problem, cards, shares, **{**PLAN, **options})


def test_the_table_gives_counts_difference_interval_and_reading():
    rows = charts.contingency_table(FOUND).rows
    assert rows[0][:4] == ("adult attention", "15 of 20 (75%)", "30 of 40 (75%)", "0") and rows[0][-1] == "no clear difference"
    assert rows[1][:4] == ("task put off", "12 of 20 (60%)", "0 of 40 (0%)", "+60") and rows[1][-1] == "more with the behaviour"
    assert rows[2][-1] == "too few to say"


def test_the_space_tells_the_frequent_from_the_linked():
    chart = charts.contingency_space_chart(FOUND)
    assert "adult attention 75% without and 75% with, no clear difference" in chart.alt and "got object" not in chart.alt
    assert "most frequent with the behaviour is adult attention (75%, without it 75%); farthest from the diagonal lies task put off, 60% with it and 0% without" in chart.sentence
    axes, = chart.figure.axes
    assert [text.get_text() for text in axes.texts] == ["A", "B", "C"]
    filled = [line.get_markerfacecolor() != "#fffdf8" for line in axes.lines if line.get_marker() == "o"]
    assert filled == [False, True, False]


def test_the_interval_of_a_difference_hangs_on_the_point_without_the_behaviour():
    axes, = charts.contingency_space_chart(FOUND).figure.axes
    for one, lines in zip(FOUND.each, axes.collections):
        (x, low), (_x, high) = lines.get_segments()[0]
        assert x == pytest.approx(one.chances.given_no_behaviour)
        assert (low, high) == pytest.approx([min(max(x + edge, 0), 1) for edge in one.chances.interval])


def test_an_event_both_frequent_and_linked_is_told_once():
    only = contingencies(BEHAVIOUR, {"task_put_off": EVENTS["task_put_off"]}, resamples=200)
    assert "is the most frequent with the behaviour and lies farthest from the diagonal, 60% with it and 0% without" in charts.contingency_space_chart(only).sentence


def test_differences_are_drawn_in_points_with_their_intervals():
    chart = charts.differences_chart(FOUND, title="t")
    assert chart.rows[1][1] == "60" and chart.columns[1:] == ("percentage points more with the behaviour", "interval from", "interval to")
    assert "In brackets stands the 95% interval." in chart.alt
    assert chart.sentence == "Read in one sentence: clearly more with the behaviour: task put off."
    assert '<span lang="ru">adult attention</span>' in charts.differences_chart(FOUND, title="t", language="ru")._repr_html_()
    both = charts.differences_chart({"all lessons": FOUND, "one lesson": contingencies(BEHAVIOUR, {name: [0, 1] * 30 for name in EVENTS}, resamples=200)}, title="t")
    assert "in “all lessons” clearly more with the behaviour: task put off; in “one lesson” nothing is clearly more or less" in both.sentence
    with pytest.raises(PracticumError, match="different events"):
        charts.differences_chart({"a": FOUND, "b": contingencies(BEHAVIOUR, {"noise": [0, 1] * 30}, resamples=50)}, title="t")


def test_the_week_is_drawn_as_shares_and_its_table_counts():
    times = ["2026-03-01 08:10"] * 4 + ["2026-03-02 09:10"] * 10 + ["2026-03-01 09:10"] * 2
    chart = charts.times_chart(share_by_time(times, [1, 1, 0, 0] + [1] + [0] * 11), days=[6, 0])
    assert chart.columns == ("lesson from", "Sun", "Mon") and chart.rows == (("8:00", "2 of 4", "not watched"), ("9:00", "0 of 2", "1 of 10"))
    assert "largest in the lesson from 8:00 (2 of 4) and smallest in the one from 9:00 (1 of 12)" in chart.sentence
    assert "From 8:00: Sun 2 of 4, Mon not watched. From 9:00: Sun 0 of 2, Mon 1 of 10." in chart.alt
    assert [text.get_text() for text in chart.figure.legends[0].get_texts()][-1] == "not watched"
    assert [text.get_text() for text in chart.figure.axes[0].texts] == ["+++", "0", "+"]


def test_the_plan_is_read_beside_what_was_delivered():
    chart = plan()
    assert chart.sentence == ("Read in one sentence: walked away was 5.5 on average before the plan, 2.0 with at least 80% of the plan (days: 2) "
                              "and 4.0 with less (days: 1).")
    assert "Plan, days 3 to 5: walked away 3.0 on average, card used 1.5 on average. Days 3 to 4: walked away 2, card used 3, 80% to 100% delivered. " in chart.alt
    assert "Day 5: walked away 4, card used 0, 40% delivered." in chart.alt and "Days 1 to 2: walked away 5 to 6." in chart.alt
    assert chart.rows[0][3:] == ("not yet", "not yet") and chart.rows[2][2:] == ("not watched", "not yet", "100%")
    assert plan(cards=(None, None, 1, None, 2), shares=(None, None, 1, None, 1)).rows[3][3:] == ("not watched", "not known")


def test_a_day_with_little_of_the_plan_looks_different_without_colour():
    hatches = [bar.get_hatch() for bar in plan().figure.axes[1].patches]
    assert hatches == [None, None, None, None, "////"][-len(hatches):]


def test_phases_are_named_over_their_days_and_a_day_with_nothing_delivered_is_marked():
    above, below = plan(shares=[None, None, 1, 0.8, 0]).figure.axes
    assert [(text.get_text(), text.get_position()[0]) for text in above.texts] == [("before", 1.5), ("plan", 4)]
    assert [(text.get_text(), text.get_position()[0]) for text in below.texts] == [("0", 5)]
    assert [line.get_xdata()[0] for line in below.lines if line.get_linestyle() == ":"] == [2.5]


def test_counts_of_other_days_are_refused():
    with pytest.raises(PracticumError, match="different lengths"):
        plan(shares=[1, 1])
