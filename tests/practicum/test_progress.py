"""Published examples, closed forms, properties and refusals of ``practicum.progress``."""

import doctest
import json
import re
from datetime import date, timedelta
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from practicum import progress
from practicum.errors import PracticumError
from practicum.progress import (
    baseline, decide, decision_errors, goal_line, growth, local_norms, needed_rate, percentile_rank,
    standard_error_band,
)
from scipy import stats

PUBLISHED = json.loads((Path(__file__).parent / "published" / "progress.json").read_text(encoding="utf-8"))
FUNCTION_OF = {
    "S37": lambda fall, spring, weeks, **_cell: needed_rate(fall, spring, weeks),
    "S38": lambda fall, spring, weeks, **_cell: needed_rate(fall, spring, weeks),
    "S39": needed_rate,
    "S40": needed_rate,
    "S41": baseline,
}
pytestmark = pytest.mark.filterwarnings("error")
WEEKS = [1, 2, 3, 5, 6, 7, 8, 9, 10, 12]
WORDS = [41, 43, 40, 44, 47, 44, 49, 48, 47, 52]
METHODS = pytest.mark.parametrize("method", progress.METHODS)
few_examples = settings(max_examples=60, deadline=None)
whole = st.integers(-200, 200)


@st.composite
def probes(draw, least=3, most=20):
    """Whole weeks without repetition, in order, and whole scores."""
    times = sorted(draw(st.sets(st.integers(0, 60), min_size=least, max_size=most)))
    return np.array(times, float), np.array(draw(st.lists(whole, min_size=len(times), max_size=len(times))), float)


# Goals


@pytest.mark.parametrize("example", PUBLISHED, ids=lambda example: f"{example['id']} {example['source_key']}")
def test_published_example_is_reproduced(example):
    assert FUNCTION_OF[example["id"]](**example["data"]) == pytest.approx(example["expected"], abs=example["tolerance"])


def test_the_misprinted_cell_of_the_norm_page_is_not_reproduced():
    # readnaturally_orf prints 1.9 for grade 5, percentile 10.
    assert needed_rate(64, 102, 32) == 1.1875


@few_examples
@given(start=whole, goal=whole, weeks=st.integers(1, 60))
def test_going_back_needs_the_opposite_rate(start, goal, weeks):
    assert needed_rate(start, goal, weeks) == -needed_rate(goal, start, weeks)


def test_the_baseline_is_the_median_without_missing_probes():
    assert baseline([38, None, 45, 41]) == 41
    assert baseline([38, 45]) == 41.5


@few_examples
@given(start=whole, goal=whole, weeks=st.integers(1, 60))
def test_the_goal_line_joins_start_and_goal_and_goes_on(start, goal, weeks):
    line = goal_line(start, goal, weeks, [0, weeks, 2 * weeks])
    np.testing.assert_allclose(line, [start, goal, 2 * goal - start], atol=1e-9)


def test_the_goal_line_takes_dates_and_a_single_week():
    np.testing.assert_allclose(goal_line(40, 70, 20, [date(2026, 9, 1), date(2026, 9, 15)]), [40, 43])
    assert goal_line(40, 70, 20, 2) == 43


# Growth


@METHODS
@few_examples
@given(points=probes(), start=whole, rate=st.integers(-20, 20))
def test_every_method_recovers_an_exact_line(method, points, start, rate):
    times, _scores = points
    line = growth(times, start + rate * times, method=method)
    assert (line.rate, line.start) == pytest.approx((rate, start), abs=1e-6)
    np.testing.assert_allclose(line.at(times), start + rate * times, atol=1e-6)


@METHODS
@few_examples
@given(points=probes(), shift=whole, factor=st.integers(-9, 9), later=st.integers(0, 50))
def test_rates_follow_shifts_and_scales_of_scores_and_times(method, points, shift, factor, later):
    times, scores = points
    line = growth(times, scores, method=method)
    changed = growth(times + later, factor * scores + shift, method=method)
    assert changed.rate == pytest.approx(factor * line.rate, abs=1e-6)
    np.testing.assert_allclose(changed.at(times + later), factor * line.at(times) + shift, atol=1e-5)
    assert growth(7 * times, scores, method=method).rate == pytest.approx(line.rate / 7, abs=1e-9)


@METHODS
@few_examples
@given(points=probes(), random=st.randoms(use_true_random=False))
def test_the_order_of_the_probes_does_not_matter(method, points, random):
    times, scores = points
    order = list(range(len(times)))
    random.shuffle(order)
    assert growth(times[order], scores[order], method=method).rate == pytest.approx(
        growth(times, scores, method=method).rate, abs=1e-9)


@few_examples
@given(points=probes())
def test_ols_agrees_with_scipy(points):
    expected = stats.linregress(*points)
    line = growth(*points)
    assert (line.rate, line.start) == pytest.approx((expected.slope, expected.intercept), abs=1e-8)
    # SciPy has no standard error for a flat line without noise.
    assert line.standard_error == pytest.approx(np.nan_to_num(expected.stderr), rel=1e-4, abs=1e-4)


def test_the_residual_spread_is_in_the_units_of_the_scores():
    line = growth(WEEKS, WORDS)
    left_over = WORDS - line.at(WEEKS)
    assert line.residual_sd == pytest.approx(np.sqrt(np.sum(left_over**2) / (len(WORDS) - 2)))


@few_examples
@given(points=probes(least=2), repeated=st.booleans())
def test_theil_sen_agrees_with_scipy(points, repeated):
    times, scores = points
    assume(np.ptp(scores) > 0)  # SciPy takes the root of a negative number otherwise
    if repeated:
        times, scores = np.append(times, times[0]), np.append(scores, scores[-1])
    expected = stats.theilslopes(scores, times, alpha=0.95, method="joint")
    line = growth(times, scores, method="theil-sen")
    assert (line.rate, line.start) == pytest.approx((expected.slope, expected.intercept), abs=1e-9)
    if line.interval:
        assert line.interval == pytest.approx((expected.low_slope, expected.high_slope), abs=1e-9)
    else:
        assert len(scores) < 8


def test_theil_sen_agrees_with_scipy_where_many_probes_share_a_day():
    times, scores = np.repeat([0, 1, 2], 8), np.array([3, 9, 4, 1, 7, 5, 2, 8] * 3) + np.arange(24)
    expected = stats.theilslopes(scores, times, alpha=0.95, method="joint")
    assert growth(times, scores, method="theil-sen").interval == (expected.low_slope, expected.high_slope)


def test_theil_sen_gives_an_interval_only_where_the_probes_suffice_for_95_percent():
    assert growth(WEEKS[:4], WORDS[:4], method="theil-sen").interval is None
    assert growth(range(5), [1, 3, 2, 5, 6], method="theil-sen").interval is not None


def test_theil_sen_intervals_hold_the_true_rate_about_95_times_in_100():
    rng = np.random.default_rng(4)
    weeks = np.arange(12)
    intervals = [growth(weeks, 1.5 * weeks + rng.standard_normal(12), method="theil-sen").interval for _ in range(500)]
    assert np.mean([low <= 1.5 <= high for low, high in intervals]) == pytest.approx(0.95, abs=0.03)


def test_one_wild_score_moves_ols_but_hardly_theil_sen():
    weeks = np.arange(12)
    steady = 40 + 1.5 * weeks
    wild = steady.copy()
    wild[-1] -= 60
    assert growth(weeks, wild).rate < 0
    assert growth(weeks, wild, method="theil-sen").rate == 1.5


@pytest.mark.parametrize("scores, rate", [
    ([10, 20, 40], 15),                       # thirds of 1, 1, 1
    ([10, 20, 0, 40], 10),                    # 1, 2, 1: the middle third gets the one left over
    ([10, 30, 99, 40, 60], 10),               # 2, 1, 2: the outer thirds get one each
    ([10, 30, 99, 99, 99, 40, 60], 6),        # 2, 3, 2
    ([10, 30, 20, 99, 99, 40, 70, 60], 8),    # 3, 2, 3
])
def test_tukey_shares_left_over_probes_as_stated(scores, rate):
    line = growth(range(len(scores)), scores, method="tukey")
    assert line.rate == rate
    outer = (len(scores) + 1) // 3
    assert line.at(np.median(range(outer))) == np.median(scores[:outer])


@pytest.mark.parametrize("n", range(3, 30))
def test_tukey_outer_thirds_are_equal_and_the_middle_differs_by_one_at_most(n):
    outer = progress._outer_third(n)
    assert abs(n - 2 * outer - outer) <= 1


@METHODS
def test_missing_scores_and_dates_give_the_same_line_as_the_numbers_that_are_there(method):
    days = [date(2026, 9, 1) + timedelta(weeks=week) for week in [0, *WEEKS, 13]]
    table = pd.DataFrame({"date": pd.to_datetime(days), "words": [None, *WORDS, None]})
    expected = growth(WEEKS, WORDS, method=method)
    assert growth(table["date"], table["words"], method=method) == expected
    assert growth([0, *WEEKS, None], [float("nan"), *WORDS, 99], method=method) == expected


def test_two_probes_give_a_line_without_a_standard_error():
    line = growth([0, 4], [40, 46])
    assert (line.rate, line.start, line.standard_error, line.residual_sd) == (1.5, 40, None, None)


@pytest.mark.parametrize("line, sentence", [
    (growth([0, 1, 2, 3], [40, 43, 43, 46]), "About 1.8 more per week (standard error 0.4), from 4 probes."),
    (growth([0, 1, 2, 3], [6, 5.8, 5.4, 5.2]), "About 0.28 fewer per week (standard error 0.03), from 4 probes."),
    (growth([0, 4], [40, 46]), "About 1.5 more per week, from 2 probes."),
    (growth(WEEKS, WORDS, method="theil-sen"),
     "About 1.0 more per week (95% interval 0.5 to 1.3), from 10 probes."),
    (growth(WEEKS, WORDS, method="tukey"), "About 0.88 more per week, from 10 probes."),
])
def test_growth_reads_as_a_sentence(line, sentence):
    assert str(line) == sentence


# Decisions

GOAL = {"start": 40, "goal": 70, "weeks": 20}  # 1.5 a week


def off_the_line(*gaps):
    weeks = np.arange(1, len(gaps) + 1)
    return weeks, 40 + 1.5 * weeks + np.array(gaps)


@pytest.mark.parametrize("gaps, verdict", [
    ([5, 5, 5, -1, -1, -1, -1], "change-teaching"),
    ([-5, -5, -5, 1, 1, 1, 1], "raise-goal"),
    ([-1, -1, -1, 1], "keep-going"),
    ([-1, -1, -1, -1, 1], "keep-going"),
    ([-1, -1, -1, 0], "keep-going"),
    ([0, 1, 1, 1], "keep-going"),
    ([0, 0, 0, 0], "keep-going"),
    ([-1, -1, -1], "wait"),
])
def test_the_four_point_rule_looks_at_the_last_four_probes(gaps, verdict):
    assert decide(*off_the_line(*gaps), **GOAL).verdict == verdict


def test_a_score_on_the_line_counts_as_neither_in_spite_of_rounding():
    # Exactly on the line; in floating point all four are below it, by about 1e-15.
    assert decide([6, 9, 12, 15], [58.4, 64.6, 70.8, 77], start=46, goal=77, weeks=15).verdict == "keep-going"
    assert decide([1, 2, 3, 4], [41.1, 42.2, 43.3, 44.4], start=40, goal=51, weeks=10, rule="trend-line",
                  minimum=4).verdict == "keep-going"


@pytest.mark.parametrize("gaps, verdict", [
    ([1, -1, -1, -1], "change-teaching"),
    ([-1, 1, 1, 1, 1, 1], "keep-going"),
    ([1, 1, 1, 1], "keep-going"),
    ([1, 1, 1, 1, 1, 1], "raise-goal"),
    ([1, -1], "wait"),
])
def test_the_variant_with_three_below_and_six_above(gaps, verdict):
    assert decide(*off_the_line(*gaps), **GOAL, below=3, above=6).verdict == verdict


def test_too_few_probes_for_one_side_do_not_decide_for_that_side():
    assert decide(*off_the_line(-1, -1, -1, -1), **GOAL, below=5, above=3).verdict == "keep-going"


def test_missing_probes_do_not_break_the_four_in_a_row():
    weeks, scores = off_the_line(-1, -1, 3, -1, -1)
    assert decide(weeks, [*scores[:2], None, *scores[3:]], **GOAL).verdict == "change-teaching"
    assert decide(weeks, scores, **GOAL).verdict == "keep-going"


def test_the_last_four_are_the_last_in_time_in_whatever_order_they_come():
    weeks, scores = off_the_line(1, -1, -1, -1, -1)
    assert decide(weeks[::-1], scores[::-1], **GOAL).verdict == "change-teaching"


@pytest.mark.parametrize("rate, verdict", [(1.0, "change-teaching"), (1.5, "keep-going"), (2.0, "raise-goal")])
@METHODS
def test_the_trend_line_rule_compares_the_rate_with_the_needed_rate(method, rate, verdict):
    weeks = np.arange(1, 9)
    decided = decide(weeks, 44 + rate * weeks, **GOAL, rule="trend-line", method=method)
    assert (decided.rule, decided.verdict) == ("trend-line", verdict)


def test_the_trend_line_rule_waits_for_its_minimum():
    assert decide(range(7), range(40, 47), **GOAL, rule="trend-line").verdict == "wait"
    assert decide(range(7), range(40, 47), **GOAL, rule="trend-line", minimum=7).verdict == "change-teaching"


def test_a_margin_keeps_going_while_the_difference_is_within_so_many_standard_errors():
    line = growth(WEEKS, WORDS)
    margin = (1.5 - line.rate) / line.standard_error
    verdicts = [decide(WEEKS, WORDS, **GOAL, rule="trend-line", margin=margin + step).verdict for step in (-0.01, 0.01)]
    assert verdicts == ["change-teaching", "keep-going"]


@few_examples
@given(points=probes(least=4), start=whole, gain=st.integers(1, 100), weeks=st.integers(1, 60),
       rule=st.sampled_from([{"rule": "four-point"}, {"rule": "four-point", "below": 3, "above": 6},
                             {"rule": "median"}, {"rule": "median", "probes": 5},
                             {"rule": "trend-line", "minimum": 4}, {"rule": "trend-line", "minimum": 4, "margin": 1},
                             {"rule": "trend-line", "minimum": 4, "method": "theil-sen"},
                             {"rule": "trend-line", "minimum": 4, "method": "tukey"}]))
def test_mirrored_scores_with_a_mirrored_goal_get_the_same_verdict(points, start, gain, weeks, rule):
    times, scores = points
    upward = decide(times, scores, start=start, goal=start + gain, weeks=weeks, **rule)
    downward = decide(times, -scores, start=-start, goal=-start - gain, weeks=weeks, **rule)
    assert upward.verdict == downward.verdict


@few_examples
@given(points=probes(least=4), gain=st.integers(1, 100), rule=st.sampled_from(["four-point", "trend-line"]))
def test_scores_mirrored_at_the_goal_line_get_the_opposite_verdict(points, gain, rule):
    times, scores = points
    opposite = {"raise-goal": "change-teaching", "change-teaching": "raise-goal"}
    goal = {"start": 0, "goal": gain, "weeks": 16, "rule": rule}
    mirrored = 2 * goal_line(0, gain, 16, times) - scores
    verdict = decide(times, scores, **goal).verdict
    assert decide(times, mirrored, **goal).verdict == opposite.get(verdict, verdict)


@pytest.mark.parametrize("decision, sentence", [
    (decide(*off_the_line(3, -3, -2, -4, -8), **GOAL),
     "Change the teaching. The last 4 probes are all below the goal line, by 2.0 to 8.0."),
    (decide(*off_the_line(1, 2, 3, 4), **GOAL),
     "Raise the goal: make it more ambitious. The last 4 probes are all above the goal line, by 1.0 to 4.0."),
    (decide([1, 2, 3, 4], [9, 9, 9, 9], start=8, goal=2, weeks=20),
     "Change the teaching. The last 4 probes are all above the goal line, by 1.3 to 2.2."),
    (decide(*off_the_line(-1, -1, 0, 4), **GOAL),
     "Keep going. Of the last 4 probes, 2 are below the goal line, 1 on it and 1 above it."),
    (decide(*off_the_line(3, -4, -2, -3), **GOAL, below=3, above=6),
     "Change the teaching. The last 3 probes are all below the goal line, by 2.0 to 4.0."),
    (decide(*off_the_line(-1, -1, 0, 4, 4, 4), **GOAL, below=3, above=6),
     "Keep going. Of the last 6 probes, 2 are below the goal line, 1 on it and 3 above it."),
    (decide([1], [41], **GOAL), "Wait for more probes. There is 1 probe; the rule needs 4."),
    (decide(WEEKS, WORDS, **GOAL, rule="trend-line"),
     "Change the teaching. The trend line changes by +0.93 a week (from 10 probes); the goal needs +1.50 a week. "
     "That is slower than needed."),
    (decide(WEEKS, WORDS, start=40, goal=46, weeks=20, rule="trend-line"),
     "Raise the goal: make it more ambitious. The trend line changes by +0.93 a week (from 10 probes); the goal needs "
     "+0.30 a week. That is faster than needed."),
    (decide(WEEKS, WORDS, **GOAL, rule="trend-line", margin=5),
     "Keep going. The trend line changes by +0.93 a week (from 10 probes); the goal needs +1.50 a week. "
     "The difference is not more than 5 times the standard error of 0.16."),
    (decide(range(8), range(8), start=0, goal=20, weeks=20, rule="trend-line"),
     "Keep going. The trend line changes by +1.00 a week (from 8 probes); the goal needs +1.00 a week. "
     "That is as fast as needed."),
])
def test_a_decision_states_the_numbers_behind_it(decision, sentence):
    assert str(decision) == sentence


# How often the rules err

PLAN = {"needed": 1.5, "noise_sd": 8, "weeks": 12}


def within_chance(share, expected, pupils=10_000):
    """Whether a simulated share lies within four standard errors of what it should be."""
    return abs(share - expected) <= 4 * np.sqrt(expected * (1 - expected) / pupils)


def rate_sd(noise_sd, times):
    return noise_sd / np.sqrt(np.sum((times - np.mean(times)) ** 2))


def test_at_the_end_the_trend_line_rule_errs_for_half_of_the_pupils_on_track():
    errors = decision_errors(rule="trend-line", **PLAN, looks="at-end")
    assert within_chance(errors.false_alarm, 0.5)


@pytest.mark.parametrize("ratio", [0.75, 0.5, 0.0])
@pytest.mark.parametrize("per_week", [1, 2])
def test_at_the_end_the_trend_line_rule_misses_as_the_normal_distribution_says(ratio, per_week):
    errors = decision_errors(rule="trend-line", **PLAN, looks="at-end", growth_ratio=ratio, probes_per_week=per_week)
    sd = rate_sd(8, np.arange(1, 12 * per_week + 1) / per_week)
    assert within_chance(errors.miss, 1 - NormalDist().cdf(1.5 * (1 - ratio) / sd))


def test_a_margin_makes_false_alarms_as_rare_as_the_t_distribution_says():
    errors = decision_errors(rule="trend-line", **PLAN, looks="at-end", margin=1)
    assert within_chance(errors.false_alarm, stats.t(12 - 2).sf(1))


def test_one_look_at_four_points_errs_once_in_sixteen():
    errors = decision_errors(rule="four-point", **PLAN, looks="at-end")
    assert within_chance(errors.false_alarm, 1 / 16)
    assert within_chance(errors.false_alarm_by_week[3], 1 / 16)
    three = decision_errors(rule="four-point", **PLAN, looks="at-end", below=3, above=6)
    assert within_chance(three.false_alarm, 1 / 8)


def test_four_points_below_in_a_run_are_found_as_often_as_tosses_of_a_coin_show_them():
    # Heads in a run of four in n tosses: one minus (tetranacci number) / 2**n.
    free_of_runs = [1, 2, 4, 8]
    while len(free_of_runs) <= 12:
        free_of_runs.append(sum(free_of_runs[-4:]))
    errors = decision_errors(rule="four-point", **PLAN)
    for week in range(1, 13):
        assert within_chance(errors.false_alarm_by_week[week - 1], 1 - free_of_runs[week] / 2**week)


def test_four_points_miss_as_the_product_of_normal_probabilities_says():
    errors = decision_errors(rule="four-point", **PLAN, looks="at-end", growth_ratio=0.5)
    below = [NormalDist().cdf(0.75 * week / 8) for week in (9, 10, 11, 12)]
    assert within_chance(errors.miss, 1 - np.prod(below))


def test_four_points_with_an_uncertain_baseline_err_as_integration_over_the_baseline_says():
    # One baseline probe: the line starts b too high and comes back to the goal, b * (1 - week / 12) at each week.
    errors = decision_errors(rule="four-point", **PLAN, looks="at-end", baseline_probes=1)
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    for last in (4, 12):
        below = np.prod([stats.norm.cdf(nodes * (1 - week / 12)) for week in range(last - 3, last + 1)], axis=0)
        assert within_chance(errors.false_alarm_by_week[last - 1], below @ weights / weights.sum())


def test_correlated_noise_errs_as_the_multivariate_normal_distribution_says():
    errors = decision_errors(rule="four-point", **PLAN, looks="at-end", autocorrelation=0.4)
    correlations = 0.4 ** np.abs(np.subtract.outer(range(4), range(4)))
    noise = stats.multivariate_normal(np.zeros(4), correlations, seed=1)
    assert within_chance(errors.false_alarm, noise.cdf(np.zeros(4)))
    assert within_chance(errors.miss, 1 - noise.cdf(0.75 * np.arange(9, 13) / 8))


def test_without_noise_nothing_errs():
    for rule in ({"rule": "four-point"}, {"rule": "trend-line"}, {"rule": "trend-line", "margin": 1}):
        errors = decision_errors(**rule, needed=1.5, noise_sd=0, weeks=10, pupils=20)
        assert (errors.false_alarm, errors.miss) == (0, 0)


@pytest.mark.parametrize("rule", progress.RULES)
def test_falling_targets_err_as_often_as_rising_ones(rule):
    rising = decision_errors(rule=rule, **PLAN)
    falling = decision_errors(rule=rule, **(PLAN | {"needed": -1.5, "seed": 2}))
    assert falling.false_alarm == pytest.approx(rising.false_alarm, abs=0.03)
    assert falling.miss == pytest.approx(rising.miss, abs=0.03)


def test_noise_and_rate_matter_only_through_their_ratio():
    errors = decision_errors(rule="trend-line", **PLAN)
    tenfold = decision_errors(rule="trend-line", **(PLAN | {"needed": 15, "noise_sd": 80}))
    np.testing.assert_array_equal(errors.miss_by_week, tenfold.miss_by_week)


def test_curves_end_at_the_shares_and_move_one_way_when_looked_at_every_week():
    errors = decision_errors(rule="four-point", **PLAN, probes_per_week=2)
    assert len(errors.false_alarm_by_week) == len(errors.miss_by_week) == 12
    assert (errors.false_alarm_by_week[-1], errors.miss_by_week[-1]) == (errors.false_alarm, errors.miss)
    assert np.all(np.diff(errors.false_alarm_by_week) >= 0) and np.all(np.diff(errors.miss_by_week) <= 0)
    assert errors.false_alarm_by_week[0] == 0 < errors.false_alarm_by_week[1]


def test_the_standard_errors_are_those_of_a_share_and_describe_other_seeds():
    errors = [decision_errors(rule="four-point", **PLAN, pupils=400, seed=seed) for seed in range(200)]
    share = np.mean([each.false_alarm for each in errors])
    assert errors[0].false_alarm_standard_error == pytest.approx(
        np.sqrt(errors[0].false_alarm * (1 - errors[0].false_alarm) / 400))
    assert np.std([each.false_alarm for each in errors]) == pytest.approx(np.sqrt(share * (1 - share) / 400), rel=0.2)
    assert errors[0].miss_standard_error == pytest.approx(np.sqrt(errors[0].miss * (1 - errors[0].miss) / 400))


def test_the_same_seed_gives_the_same_errors_and_another_seed_others():
    first, again, other = (decision_errors(rule="four-point", **PLAN, seed=seed).false_alarm for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize("rule", [
    {"rule": "four-point"}, {"rule": "four-point", "below": 3, "above": 6}, {"rule": "trend-line"},
    {"rule": "trend-line", "margin": 1}, {"rule": "trend-line", "method": "theil-sen"},
    {"rule": "trend-line", "method": "tukey"}, {"rule": "median"},
], ids=str)
@pytest.mark.parametrize("needed", [1.5, -1.5])
def test_simulated_verdicts_agree_with_decide_pupil_by_pupil(rule, needed):
    rng = np.random.default_rng(7)
    times = np.arange(1, 21) / 2
    scores = needed * times + 5 * rng.standard_normal((40, 20))
    baselines = rng.normal(0, 1.5, 40)
    options = dict(rule)
    name = options.pop("rule")
    told = progress._told_to_change(
        name, progress._rule_options(name, options), times, scores,
        progress._Target(baselines[:, None], 10 * needed, 10, int(np.sign(needed))), 10, "at-end")
    for week in range(1, 11):
        verdicts = [decide(times[:2 * week], pupil[:2 * week], start=start, goal=10 * needed, weeks=10, **rule).verdict
                    for pupil, start in zip(scores, baselines)]
        assert told[week - 1] == np.mean([verdict == "change-teaching" for verdict in verdicts])
    assert 0 < told[-1] < 1


def test_decision_errors_read_as_sentences():
    errors = decision_errors(rule="trend-line", needed=1.5, noise_sd=0, weeks=10, growth_ratio=0.4, pupils=10)
    assert str(errors) == (
        "Trend-line rule, looked at every week for 10 weeks. False alarm: about 0 of 100 pupils who grow as fast as "
        "needed. Miss: about 0 of 100 pupils who grow at 40% of the needed rate.")
    assert "looked at one time, after 12 weeks" in str(decision_errors(rule="four-point", **PLAN, looks="at-end"))


# Norms and bands


def test_local_norms_interpolate_between_ordered_scores():
    norms = local_norms([50, 20, None, 40, 30, 60], percentiles=[0, 12.5, 50, 100])
    assert norms.scores == {0: 20, 12.5: 25, 50: 40, 100: 60}
    assert norms[50] == 40 and norms.n == 5


@few_examples
@given(scores=st.lists(whole, min_size=1, max_size=40), shift=whole, factor=st.integers(1, 9))
def test_local_norms_rise_and_follow_shifts_and_scales(scores, shift, factor):
    norms = list(local_norms(scores).scores.values())
    assert norms == sorted(norms)
    changed = list(local_norms([factor * score + shift for score in scores]).scores.values())
    np.testing.assert_allclose(changed, [factor * score + shift for score in norms], atol=1e-9)


def test_norms_of_a_small_group_carry_a_warning():
    assert str(local_norms(range(19), percentiles=[50])) == (
        "Percentiles of 19 scores: 50: 9.0. Fewer than 20 scores: these can change much with one pupil more or less.")
    assert "Fewer" not in str(local_norms(range(20)))


@few_examples
@given(score=whole, scores=st.lists(whole, min_size=1, max_size=40))
def test_percentile_rank_agrees_with_scipy(score, scores):
    assert percentile_rank(score, scores) == pytest.approx(stats.percentileofscore(scores, score, kind="mean"))


def test_standard_error_bands_have_the_width_of_the_normal_distribution():
    low, high = standard_error_band([62, None, 70], 5, level=0.95)
    np.testing.assert_allclose((low, high), ([52.2002, 60.2002], [71.7998, 79.7998]), atol=1e-4)
    low, high = standard_error_band(62, 5)
    assert (high - low) / 2 == pytest.approx(5, rel=0.01)


# Refusals


@pytest.mark.parametrize("call, message", [
    (lambda: needed_rate(58, 92, 0), "weeks is 0. Give a number above 0."),
    (lambda: needed_rate(58, 92, -3), "weeks is -3. Give a number above 0."),
    (lambda: needed_rate("58", 92, 15), "start is '58', which is not a number."),
    (lambda: needed_rate(58, None, 15), "goal is None, which is not a number."),
    (lambda: needed_rate(58, float("nan"), 15), "goal is nan, which is not a number."),
    (lambda: needed_rate(58, float("inf"), 15), "goal is infinite or too large"),
    (lambda: baseline([]), "scores has no numbers."),
    (lambda: baseline([40, "n/a"]), "scores: place 2 is 'n/a', which is not a number."),
    (lambda: goal_line(40, 70, 20, [1, None]), "times: place 2 is missing."),
    (lambda: growth([1], [40]), "scores: 1 given, at least 2 needed."),
    (lambda: growth([1, 2], [40, 41], method="tukey"), "scores: 2 given, at least 3 needed."),
    (lambda: growth([1, 2], [40]), "times has 2 places and scores has 1."),
    (lambda: growth([1, 2], [40, 41], method="mean"), "method is 'mean'. Choose one of: ols, theil-sen, tukey."),
    (lambda: growth(WEEKS, WORDS).at([date(2026, 9, 1)]), "times: place 1 is datetime.date"),
    (lambda: decide([1], [40], start=40, goal=40, weeks=20), "start and goal are both 40."),
    (lambda: decide([1], [40], **GOAL, rule="guess"), "rule is 'guess'. Choose one of: four-point, median, trend"),
    (lambda: decide([1], [40], **GOAL, margin=1), "The four-point rule has no option margin. Its options are: below"),
    (lambda: decide([1], [40], **GOAL, below=1), "below is 1. Give a whole number, 2 or more."),
    (lambda: decide([1], [40], **GOAL, rule="trend-line", minimum=1), "minimum is 1. Give a whole number, 2 or more."),
    (lambda: decide([1], [40], **GOAL, rule="trend-line", minimum=2, margin=1), "minimum is 2. Give a whole number, 3"),
    (lambda: decide([1], [40], **GOAL, rule="trend-line", margin=-1), "margin is -1. Give 0 or more."),
    (lambda: decide([1], [40], **GOAL, rule="trend-line", margin=1, method="tukey"), 'only method="ols" has'),
    (lambda: decision_errors(rule="four-point", **(PLAN | {"needed": 0})), "needed is 0."),
    (lambda: decision_errors(rule="four-point", **(PLAN | {"noise_sd": -1})), "noise_sd is -1. Give 0 or more."),
    (lambda: decision_errors(rule="four-point", **(PLAN | {"weeks": 2.5})), "weeks is 2.5. Give a whole number"),
    (lambda: decision_errors(rule="four-point", **PLAN, growth_ratio=1), "growth_ratio is 1. Give a number below 1."),
    (lambda: decision_errors(rule="four-point", **PLAN, pupils=0), "pupils is 0. Give a whole number"),
    (lambda: decision_errors(rule="four-point", **PLAN, looks="daily"), "looks is 'daily'. Choose one of: every-week"),
    (lambda: decision_errors(rule="four-point", **PLAN, autocorrelation=1), "autocorrelation is 1."),
    (lambda: decision_errors(rule="four-point", **PLAN, baseline_probes=0), "baseline_probes is 0."),
    (lambda: decision_errors(rule="four-point", **PLAN, seed=-1), "seed is -1."),
    (lambda: local_norms([40, 50], percentiles=[50, 101]), "percentiles: 101 is not from 0 to 100."),
    (lambda: percentile_rank(40, [None]), "scores has no numbers."),
    (lambda: standard_error_band([40], -5), "standard_error is -5. Give a number above 0."),
    (lambda: standard_error_band([40], 5, level=68), "level is 68. Give a number below 1."),
])
def test_bad_input_is_refused_with_what_is_wrong_and_how_to_mend_it(call, message):
    with pytest.raises(PracticumError, match=re.escape(message)):
        call()


@METHODS
@pytest.mark.parametrize("times", [[3, 3, 3], [date(2026, 9, 1)] * 3, [0, 0, 0, 0, 0, 0, 0, 0, 1e-9]])
def test_probes_all_at_the_same_time_are_refused(method, times):
    with pytest.raises(PracticumError, match="times: the probes lie too close together for a line"):
        growth(times, range(len(times)), method=method)


@METHODS
@few_examples
@given(times=st.lists(st.floats(-1e100, 1e100) | st.none(), max_size=8),
       scores=st.lists(st.floats(allow_nan=True) | st.none(), max_size=8))
def test_whatever_the_numbers_the_answer_is_finite_or_a_plain_refusal(method, times, scores):
    try:
        line = growth(times, scores, method=method)
    except PracticumError:
        return
    assert np.isfinite([line.rate, line.start, line.standard_error or 0, *(line.interval or [])]).all()


# The median rule: line 40 to 70 in 20 weeks, so 41.5, 43, 44.5 and 46 in weeks 1 to 4.


@pytest.mark.parametrize(("scores", "verdict"), [
    ([60, 41, 41, 60], "change-teaching"),   # median 41, the line in week 3 stands at 44.5
    ([20, 46, 45, 20], "raise-goal"),        # median 45
    ([20, 44.5, 60, 20], "keep-going"),      # median 44.5, on the line
])
def test_the_median_of_the_last_three_probes_is_compared_with_the_line_at_the_middle_one(scores, verdict):
    assert decide([1, 2, 3, 4], scores, start=40, goal=70, weeks=20, rule="median").verdict == verdict


def test_the_median_rule_waits_for_its_probes_and_says_what_it_compared():
    line = {"start": 40, "goal": 70, "weeks": 20, "rule": "median"}
    assert decide([1, 2], [41, 42], **line).verdict == "wait"
    assert "median of the last 3 probes is 41" in str(decide([1, 2, 3], [40, 41, 60], **line))
    with pytest.raises(PracticumError, match="odd number"):
        decide([1, 2, 3, 4], [40, 41, 42, 43], **line, probes=4)


def test_a_pupil_exactly_on_track_has_a_median_below_the_line_half_of_the_time():
    errors = decision_errors(rule="median", needed=1.5, noise_sd=10, weeks=12, looks="at-end")
    assert errors.false_alarm == pytest.approx(0.5, abs=0.02)
    assert (errors.noise_sd, errors.options) == (10, {"probes": 3})


def test_the_median_rule_misses_as_often_as_two_of_three_probes_are_on_or_above_the_middle_of_the_line():
    errors = decision_errors(rule="median", **PLAN, looks="at-end")
    # The line in week 11 stands at 16.5; the pupil truly at 7.5, 8.25 and 9 in weeks 10 to 12.
    first, middle, last = (NormalDist(0.75 * week, 8).cdf(1.5 * 11) for week in (10, 11, 12))
    told = first * middle + first * last + middle * last - 2 * first * middle * last
    assert within_chance(errors.miss, 1 - told)


def test_dates_become_weeks_since_the_first():
    assert list(progress.weeks_since_first([date(2025, 9, 1), date(2025, 9, 15)])) == [0, 2]


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(progress).failed == 0 < doctest.testmod(progress).attempted


def test_pupils_who_grow_faster_than_needed_get_fewer_false_alarms_and_the_misses_stay():
    exactly, faster = (decision_errors(rule="four-point", **PLAN, on_track=ratio) for ratio in (1, 1.25))
    assert faster.false_alarm < exactly.false_alarm - 0.05 and faster.miss == exactly.miss
    with pytest.raises(PracticumError, match="on_track"):
        decision_errors(rule="four-point", **PLAN, on_track=0.9)
