"""Barrier matrices, the boost of an accommodation, and two ways of reading an effect."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practicum._student import t_quantile
from practicum.access import (barrier_change, barrier_matrix, before_after_effect, boost_errors, differential_boost, share_above_average)
from practicum.errors import PracticumError
from scipy import stats

PUPILS, STEPS = ["P1", "P2", "P3"], ["tell", "read", "write"]
BEFORE = [[0, 2, 2], [2, 0, 0], [2, 1, None]]
states = st.lists(st.lists(st.sampled_from([0, 1, 2]), min_size=3, max_size=3), min_size=2, max_size=8)
gains = st.lists(st.integers(-5, 9), min_size=2, max_size=30)


def lesson(values, pupils=None, steps=STEPS):
    return barrier_matrix(pupils or [f"P{number}" for number in range(1, len(values) + 1)], steps, values)


def test_who_is_shut_out_of_what():
    matrix = lesson(BEFORE)
    assert matrix.shut_out == {"P1": ["tell"], "P2": ["read", "write"]}
    assert matrix.by_step == [(1, 0, 2, 0), (1, 1, 1, 0), (1, 0, 1, 1)]
    assert matrix.open_steps == [] and matrix.share_open == 0 and matrix.share_without_help == 4 / 8
    assert str(matrix).startswith("2 of 3 pupils are shut out of at least one step. 0 of 3 steps are open to all.")


def test_a_table_of_pandas_is_read_like_a_list():
    assert np.array_equal(lesson(pd.DataFrame(BEFORE)).values, lesson(BEFORE).values, equal_nan=True)


@settings(deadline=None, max_examples=60)
@given(states)
def test_every_place_is_counted_once(values):
    matrix = lesson(values)
    assert all(sum(counts) == len(values) for counts in matrix.by_step)
    assert sum(map(len, matrix.shut_out.values())) == sum(counts[0] for counts in matrix.by_step)
    assert (matrix.share_open == 1) == (not matrix.shut_out)


@settings(deadline=None, max_examples=60)
@given(states, st.integers(0, 7), st.integers(0, 2))
def test_removing_a_barrier_never_closes_a_step(values, row, column):
    row %= len(values)
    mended = [list(line) for line in values]
    mended[row][column] = 2
    assert lesson(mended).share_open >= lesson(values).share_open
    assert lesson(mended).share_without_help >= lesson(values).share_without_help


def test_the_change_names_what_opened_what_stayed_and_what_is_new():
    change = barrier_change(lesson(BEFORE), lesson([[2, 2, 2], [2, 0, 1], [0, 2, 0]]))
    assert change.opened == (("P1", "tell"), ("P2", "write")) and change.remaining == (("P2", "read"),)
    assert change.new == (("P3", "tell"),)  # P3 was absent in "write" before, so nothing is known there
    assert change.shut_out == (2, 2) and change.share_open == (0, 0)
    assert "P3 in “tell”" in str(change)


def test_the_change_looks_only_at_pupils_of_both_lessons():
    change = barrier_change(lesson([[0, 2, 2], [2, 2, 2]]), lesson([[2, 2, 2], [0, 0, 0]], ["P1", "P9"]))
    assert change.opened == (("P1", "tell"),) and change.new == ()
    with pytest.raises(PracticumError, match="No pupil is in both"):
        barrier_change(lesson([[2, 2, 2]]), lesson([[2, 2, 2]], ["P9"]))
    with pytest.raises(PracticumError, match="different steps"):
        barrier_change(lesson([[2, 2, 2]]), lesson([[2, 2, 2]], steps=["a", "b", "c"]))


@pytest.mark.parametrize("pupils, steps, values, told", [
    (["P1"], ["read"], [[3]], "P1, step “read”: 3 is not 0, 1 or 2"),
    (["P1"], ["read"], [[1.5]], "1.5 is not"),
    (["P1", "P1"], ["read"], [[1], [2]], "“P1” is there 2 times in pupils"),
    (["P1"], ["read", "read"], [[1, 2]], "“read” is there 2 times in steps"),
    (["P1", "P2"], ["read"], [[1]], "2 pupils and 1 steps"),
    (["P1"], ["read"], [[1, 2]], "another size"),
    (["P1", "P2"], ["read"], [[None], [None]], "Nothing is known of the step “read”"),
    ([], ["read"], [], "pupils is empty"),
    (["P1"], ["read"], [["yes"]], "the row of P1: place 1 is 'yes'"),
])
def test_a_record_with_a_fault_says_where(pupils, steps, values, told):
    with pytest.raises(PracticumError, match=told):
        barrier_matrix(pupils, steps, values)


@settings(deadline=None, max_examples=40)
@given(gains, gains)
def test_the_boost_and_its_interval_are_those_of_another_program(first, second):
    if np.ptp(first) == np.ptp(second) == 0:
        with pytest.raises(PracticumError, match="all gains are alike"):
            differential_boost(first, second)
        return
    boost = differential_boost(first, second)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of one group without spread
        other = stats.ttest_ind(first, second, equal_var=False).confidence_interval()
    assert boost.boost == pytest.approx(np.mean(first) - np.mean(second))
    assert boost.interval == pytest.approx((other.low, other.high), abs=1e-7)
    assert boost.interval[0] <= boost.boost <= boost.interval[1]


@settings(deadline=None, max_examples=40)
@given(gains, gains, st.integers(-3, 3))
def test_a_gain_that_all_have_changes_no_boost_and_swapped_groups_turn_it_round(first, second, more):
    if np.ptp(first) == np.ptp(second) == 0:
        return
    boost = differential_boost(first, second)
    assert differential_boost([g + more for g in first], [g + more for g in second]).interval == pytest.approx(boost.interval, abs=1e-9)
    assert differential_boost(second, first).boost == pytest.approx(-boost.boost, abs=1e-12)


def test_the_verdict_follows_the_interval():
    assert differential_boost([3, 2, 4], [0, 1, 1, -1]).verdict == "more"
    assert differential_boost([0, 1, 1, -1], [3, 2, 4]).verdict == "less"
    assert differential_boost([3, -2, 4], [0, 1, 1, -1]).verdict == "open"
    assert "It stays open" in str(differential_boost([3, -2, 4], [0, 1, 1, -1]))


@pytest.mark.parametrize("first, second, told", [
    ([1], [1, 2], "gains_with_need: 1 given, at least 2 needed"), ([1, 2], [], "gains_others has no numbers"),
    ([1, None], [1, 2], "Missing ones do not count"), ([1, 1], [2, 2], "all gains are alike")])
def test_a_boost_that_cannot_be_found_says_why(first, second, told):
    with pytest.raises(PracticumError, match=told):
        differential_boost(first, second)


def test_the_simulated_false_alarms_are_those_that_the_level_promises():
    errors = boost_errors(boost=2, noise_sd=1.5, with_need=6, others=16)
    assert errors.false_alarm == pytest.approx(0.025, abs=0.006)
    assert boost_errors(boost=2, noise_sd=1.5, with_need=12, others=32).miss < errors.miss
    assert boost_errors(boost=4, noise_sd=1.5, with_need=6, others=16).miss < errors.miss
    assert boost_errors(boost=2, noise_sd=1.5, with_need=6, others=16) == errors


def test_the_simulated_misses_are_those_of_the_rule_itself():
    rng = np.random.default_rng(5)
    verdicts = [differential_boost(rng.normal(2, 1.5, 6), rng.normal(0, 1.5, 16)).verdict for _class in range(400)]
    missed = np.mean([verdict != "more" for verdict in verdicts])
    assert boost_errors(boost=2, noise_sd=1.5, with_need=6, others=16).miss == pytest.approx(missed, abs=0.07)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95, 0.99])
@pytest.mark.parametrize("degrees", [1, 1.7, 3, 10, 41.5, 300])
def test_the_t_quantile_is_that_of_another_program(level, degrees):
    assert t_quantile(level, degrees) == pytest.approx(stats.t.ppf((1 + level) / 2, degrees), rel=1e-9)


def test_an_effect_as_a_share_of_a_group():
    assert share_above_average(0) == 0.5
    assert share_above_average(0.43) == pytest.approx(stats.norm.cdf(0.43))


def test_the_effect_of_one_class_is_the_mean_gain_over_the_spread_of_the_gains():
    rng = np.random.default_rng(1)
    first = rng.normal(50, 10, 200_000)
    second = 50 + 8 + 0.9 * (first - 50) + rng.normal(0, 10 * np.sqrt(1 - 0.81), 200_000)
    change = second - first
    assert before_after_effect(8, spread=10, correlation=0.9) == pytest.approx(change.mean() / change.std(), rel=0.01)
    assert before_after_effect(8, spread=10, correlation=0.5) == 0.8
    with pytest.raises(PracticumError, match="below 1"):
        before_after_effect(8, spread=10, correlation=1)
