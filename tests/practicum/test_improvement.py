"""Published limits, exact probabilities, properties and refusals of ``practicum.improvement``."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practicum import own_data
from practicum.errors import PracticumError
from practicum.improvement import _signal, _usual_runs, cascade, cost_in_hours, run_chart_errors, run_limits, run_signals

pytestmark = pytest.mark.filterwarnings("error")
few_examples = settings(max_examples=80, deadline=None)
counts = st.lists(st.one_of(st.integers(0, 12), st.none()), min_size=12, max_size=30).filter(
    lambda values: sum(value is not None for value in values) >= 10)
ALL = ("shift", "crossings", "in-a-row", "trend", "runs", "outlier")


# What counts as unusual


def test_the_limits_are_the_printed_ones():
    # anhoej_runcharts: 22 useful points, at most 7 in a run and at least 7 crossings. Science Trends on crossrun: with 13
    # points a run of at least seven is said to be too long and fewer than three crossings too few. The formula of the
    # first source allows seven; the number of crossings agrees.
    assert run_limits(22) == (7, 7)
    assert run_limits(13) == (7, 3)


@pytest.mark.parametrize("points", range(2, 40))
def test_the_fewest_usual_crossings_are_the_five_percent_point_of_the_binomial(points):
    def at_most(heads):
        return sum(comb(points - 1, k) for k in range(heads + 1)) / 2 ** (points - 1)
    fewest = run_limits(points)[1]
    assert at_most(fewest) >= 0.05 and (fewest == 0 or at_most(fewest - 1) < 0.05)


@pytest.mark.parametrize("above, few, many", [(5, 2, 10), (6, 3, 11), (7, 3, 13), (8, 4, 14), (9, 5, 15), (10, 6, 16)])
def test_unusual_numbers_of_runs_are_those_of_the_printed_table_of_the_runs_test(above, few, many):
    # Critical values for the number of runs, both groups of the same size, two-sided 5 %.
    assert _usual_runs(above, above) == (few + 1, many - 1)


@pytest.mark.parametrize("above, below", [(3, 4), (5, 5), (2, 7)])
def test_the_distribution_of_runs_is_that_of_all_orders(above, below):
    orders = [order for order in product((1, -1), repeat=above + below) if order.count(1) == above]
    runs = np.array([1 + sum(a != b for a, b in zip(order, order[1:])) for order in orders])
    low, high = _usual_runs(above, below)
    assert np.mean(runs < low) <= 0.025 < np.mean(runs <= low) and np.mean(runs > high) <= 0.025 < np.mean(runs >= high)


def test_with_a_known_centre_the_two_default_rules_keep_near_five_percent():
    # anhoej2014runcharts: around 5 %, whatever the number of points. Coins stand for sides of a known median.
    flips = np.random.default_rng(3).choice([-1, 1], (4000, 30))
    for points in (12, 20, 24, 30):
        assert 0.02 < np.mean([_told(row[:points].tolist()) for row in flips]) < 0.09


def _told(row):
    runs = [[row[0]]]
    for value in row[1:]:
        if value == runs[-1][-1]:
            runs[-1].append(value)
        else:
            runs.append([value])
    usual, fewest = run_limits(len(row))
    return max(map(len, runs)) > usual or len(runs) - 1 < fewest


# One chart


def test_a_worked_example_by_hand():
    # Median of the first six: 10. Sides: - + - + + - + + + + + + + +; the point on the median does not count.
    values = [8, 12, 9, 11, 12, 9, 10, 12, 13, 12, 14, 11, 13, 12, 15]
    found = run_signals(values, baseline=6)
    assert (found.centre, found.points, found.crossings, found.longest_run) == (10, 14, 5, 8)
    assert (found.longest_usual, found.fewest_usual) == (7, 4)
    assert found.signals == ("shift",) and found.places["shift"] == (7, 8, 9, 10, 11, 12, 13, 14)


def test_a_holiday_does_not_break_a_run_and_places_count_the_missing_weeks():
    values = [1, 3, 1, 3, None, 5, 5, 5, None, 5, 5, 5]
    found = run_signals(values, baseline=4, rules="in-a-row")
    assert found.longest_run == 7 and found.places == {"in-a-row": (3, 5, 6, 7, 9, 10, 11)}


@pytest.mark.parametrize("values, rising, falling", [
    ([1, 2, 3, 4, 5], 5, 1), ([5, 4, 3, 3, 2, 6], 2, 4), ([1, 2, 2, 2, 3, 1], 3, 2), ([4, 4, 4], 1, 1), ([1, 3, 2, 4, 3], 2, 2)])
def test_points_that_go_one_way_are_counted_with_the_first_and_equal_neighbours_as_one(values, rising, falling):
    found = run_signals(values, rules="trend")
    assert (found.rising, found.falling) == (rising, falling)
    assert bool(found.signals) == (max(rising, falling) >= 5)


def test_an_outlier_lies_beyond_three_standard_deviations_of_its_neighbours():
    calm = [10, 12, 10, 12, 10, 12, 10, 12]     # distance of neighbours 2, mean 11: limits 11 ± 5.3
    assert run_signals([*calm, 16], baseline=8, rules="outlier").signals == ()
    assert run_signals([*calm, 17], baseline=8, rules="outlier").places == {"outlier": (8,)}


def test_a_zigzag_has_too_many_runs_and_equal_values_have_no_signal():
    assert run_signals([1, 9] * 8, rules=ALL).signals == ("runs",)
    assert run_signals([5] * 12, rules=("shift", "crossings", "in-a-row", "trend", "runs", "outlier")).signals == ()


def test_a_result_says_its_rule_and_what_would_be_usual():
    assert str(run_signals([1, 9] * 8)).startswith("No signal by these rules: shift, few crossings.")
    assert "Longest run on one side of the median: 8, up to 7 is usual." in str(run_signals([1] * 8 + [9] * 8))


@few_examples
@given(values=counts)
def test_upside_down_or_backwards_the_runs_are_the_same(values):
    found = run_signals(values, rules=ALL)
    turned = run_signals([None if value is None else -value for value in values], rules=ALL)
    back = run_signals(values[::-1], rules=ALL)
    for other in (turned, back):
        assert (other.signals, other.longest_run, other.crossings, other.points) == (
            found.signals, found.longest_run, found.crossings, found.points)
    assert (turned.rising, turned.falling) == (found.falling, found.rising) == (back.rising, back.falling)


@few_examples
@given(seed=st.integers(0, 10_000), points=st.integers(10, 30), baseline=st.one_of(st.none(), st.integers(4, 10)))
def test_many_charts_at_once_get_the_verdicts_of_each_alone(seed, points, baseline):
    values = np.random.default_rng(seed).standard_normal((12, points))
    for rule in ALL:
        many = _signal(values, (rule,), baseline or points, 6, 5)
        assert many.tolist() == [bool(run_signals(row, baseline=baseline, rules=rule).signals) for row in values]


# How often the rules err


def test_five_rising_points_come_by_chance_as_often_as_counting_says():
    # Ten points: six places for five in a row; the expected number of starts is a bound, and the first is exact.
    errors = run_chart_errors(points=10, rules="trend", schools=40_000)
    assert errors.false_alarm == pytest.approx(0.085, abs=0.006)
    assert errors.false_alarm < 2 * 6 / 120


def test_six_on_one_side_become_frequent_and_the_trend_rule_finds_little():
    few, many = (run_chart_errors(points=points, rules="in-a-row") for points in (12, 30))
    assert few.false_alarm < 0.02 and many.false_alarm > 0.2
    assert run_chart_errors(points=24, rules="trend", shift=2).miss > 0.6


def test_a_short_baseline_and_more_looks_mean_more_false_alarms():
    short, long = (run_chart_errors(points=24, baseline=baseline).false_alarm for baseline in (6, 12))
    assert short > long > run_chart_errors(points=24).false_alarm
    once, often = (run_chart_errors(points=20, baseline=8, looks=looks).false_alarm for looks in ("at-end", "every-point"))
    assert often > once


def test_neighbours_that_resemble_each_other_mean_more_false_alarms():
    assert run_chart_errors(points=20, autocorrelation=0.4).false_alarm > 2 * run_chart_errors(points=20).false_alarm


def test_a_larger_shift_is_missed_less_often_and_the_same_seed_gives_the_same_answer():
    misses = [run_chart_errors(points=20, baseline=8, shift=shift, schools=3000).miss for shift in (0.5, 1, 2)]
    assert misses == sorted(misses, reverse=True)
    assert run_chart_errors(points=20, schools=500) == run_chart_errors(points=20, schools=500)


# Cascades and hours


def test_without_spread_a_cascade_is_arithmetic():
    plain = cascade([6, 5], start=1, kept=0.8, spread=0, cascades=3)
    assert [step.fidelity for step in plain.steps] == pytest.approx([0.8, 0.64])
    assert (plain.planned, plain.reached, plain.well) == (36, 36, 6)
    # First step: 3 + 2 hours for the trainer, 6 x 3 for the others; second: six times 5 + 5 x 3.
    assert [step.hours for step in plain.steps] == [23, 120] and plain.hours_each == pytest.approx(143 / 6)


def test_coaching_adds_its_effect_in_standard_deviations_and_costs_two_people_hours():
    plain, coached = (cascade([200], start=0.9, kept=0.6, spread=0.1, coaching=size, coaching_hours=4 * bool(size), cascades=50)
                      for size in (0, 0.49))
    assert coached.steps[0].fidelity - plain.steps[0].fidelity == pytest.approx(0.049, abs=1e-6)
    assert coached.hours - plain.hours == 200 * 4 * 2


def test_a_group_that_does_not_take_place_reaches_nobody_below_it():
    half = cascade([10, 10], takes_place=0.5, cascades=8000)
    assert half.steps[0].reached == pytest.approx(5, abs=0.2) and half.steps[1].reached == pytest.approx(25, abs=1)
    never = cascade([10, 10], takes_place=0)
    assert (never.reached, never.well, never.hours, never.hours_each) == (0, 0, 0, float("inf"))


@few_examples
@given(kept=st.floats(0, 1), start=st.floats(0, 1), spread=st.floats(0, 0.5), coaching=st.floats(0, 1))
def test_shares_stay_between_nothing_and_all(kept, start, spread, coaching):
    found = cascade([3, 2], start=start, kept=kept, spread=spread, coaching=coaching, cascades=20)
    assert all(0 <= step.fidelity <= 1 and 0 <= step.well <= step.reached for step in found.steps)


def test_hours_are_people_times_minutes():
    assert cost_in_hours([3, 1], [8, 1], [20, 90]).tolist() == [8, 1.5]


# Errors


@pytest.mark.parametrize("call, message", [
    (lambda: run_signals([1, 2, 3], rules="runn"), "no run-chart rule “runn”.*Choose from: shift"),
    (lambda: run_signals([1, 2, 3], rules=()), "No rule was chosen"),
    (lambda: run_signals([1, None]), "at least 2 needed"),
    (lambda: run_signals([1, 2, 3], baseline=4), "baseline is 4, but there are only 3 points"),
    (lambda: run_chart_errors(points=9), "Give a whole number, 10 or more"),
    (lambda: run_chart_errors(points=20, looks="weekly"), "at-end"),
    (lambda: cascade([]), "groups is empty"),
    (lambda: cascade([0]), "groups, step 1"),
    (lambda: cascade([6], kept=80), "Give a share from 0 to 1"),
    (lambda: cost_in_hours([1], [1, 2], [3]), "1, 2, 1 places"),
    (lambda: cost_in_hours([1, None], [1, 2], [3, 4]), "missing for piece of work 2"),
    (lambda: cost_in_hours([-1], [1], [3]), "less than 0"),
])
def test_what_cannot_be_used_is_refused_in_words(call, message):
    with pytest.raises(PracticumError, match=message):
        call()


# The reader's own tables


def test_weekly_counts_in_a_schools_style_are_read(tmp_path):
    file = tmp_path / "weeks.csv"
    file.write_text("Неделя с;Сколько раз;Из скольких;Этап\n07.09.2026;11;25;до\n14.09.2026;каникулы;;\n21.09.2026;12,5;25;карточки\nИтого;23,5;50;\n", "utf-8-sig")
    table = own_data.load(file, own_data.WEEKLY_COLUMNS).table
    assert table["count"].tolist()[::2] == [11, 12.5] and np.isnan(table["count"][1])
    assert table.out_of[0] == 25 and table.phase[2] == "карточки" and len(table) == 3


def test_the_words_of_a_plan_and_its_costs_are_read_with_empty_answers(tmp_path):
    plan, costs = tmp_path / "plan.csv", tmp_path / "costs.csv"
    plan.write_text("place;what to write;your words\naim;one sentence;By May, 18 of 25\nrisks;;\n", "utf-8-sig")
    costs.write_text("жұмыс;кім;адам;рет;минут\nкарточкалар;мұғалім;3;8;20\n", "utf-8")
    read = own_data.load(plan, own_data.PLAN_COLUMNS).table
    assert dict(zip(read.place, read.your_words.fillna("")))["risks"] == "" and read.your_words[0] == "By May, 18 of 25"
    cost = own_data.load(costs, own_data.COST_COLUMNS).table
    assert cost_in_hours(cost.people, cost.times, cost.minutes_each).tolist() == [8]
