"""Lots that can be drawn again, the test that belongs to them, and what chance alone does to measures and to low scores."""

from collections import Counter
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practicum import single_case
from practicum.errors import PracticumError
from practicum.single_case import (
    draw_order, draw_starts, draw_starts_of_cases, how_often_large, nap, randomization_test, randomization_test_of_phases, regression_to_mean)

few_examples = settings(max_examples=40, deadline=None)


# ---- lots ----

def test_the_same_number_gives_the_same_lot_in_every_version():
    assert draw_starts(24, number=4711, phases=4, minimum=4).starts == (5, 11, 20)
    assert draw_starts(20, number=1).starts == (7,)
    assert draw_starts_of_cases({"Ann": (5, 8), "Ben": (9, 12), "Cy": (13, 16)}, number=3).starts == {"Ann": 5, "Ben": 11, "Cy": 14}
    assert draw_order(["paper", "tablet"], 5, number=7).conditions == ("paper", "tablet", "tablet", "paper", "tablet")


@few_examples
@given(st.integers(2, 5), st.integers(1, 5), st.integers(0, 8), st.integers(0, 10 ** 9))
def test_every_lot_keeps_the_limits(phases, minimum, spare, number):
    sessions = phases * minimum + spare
    lot = draw_starts(sessions, number=number, phases=phases, minimum=minimum)
    lengths = np.diff([1, *lot.starts, sessions + 1])
    assert len(lengths) == phases and min(lengths) >= minimum
    assert lot.choices == comb(spare + phases - 1, phases - 1) and lot.smallest_p == 1 / lot.choices


def test_all_lots_are_equally_likely():
    counts = Counter(draw_starts(10, number=number, phases=3, minimum=2).starts for number in range(6000))
    assert len(counts) == comb(6, 2) == 15
    assert max(abs(count - 400) for count in counts.values()) < 4 * np.sqrt(400)


def test_the_lots_of_cases_do_not_hang_together():
    counts = Counter(tuple(draw_starts_of_cases({"Ann": (2, 3), "Ben": (4, 6)}, number=number).starts.values()) for number in range(3000))
    assert len(counts) == 6 and max(abs(count - 500) for count in counts.values()) < 4 * np.sqrt(500)


@few_examples
@given(st.integers(2, 4), st.integers(1, 20), st.integers(0, 10 ** 6))
def test_conditions_take_turns_within_each_block(kinds, sessions, number):
    names = [f"c{kind}" for kind in range(kinds)]
    order = draw_order(names, sessions, number=number).conditions
    assert len(order) == sessions
    for start in range(0, sessions - kinds + 1, kinds):
        assert sorted(order[start:start + kinds]) == names


def test_a_lot_reads_as_a_sentence():
    assert str(draw_starts(20, number=1)) == ("Drawn with the number 1: new phases begin in session 7. Possible draws: 11; "
                                              "the smallest possible p is 0.091.")
    assert "Ann: 5, Ben: 11" in str(draw_starts_of_cases({"Ann": (5, 8), "Ben": (9, 12)}, number=3))
    assert "<p class=" in draw_order(["paper", "tablet"], 2, number=7)._repr_html_()


# ---- the test ----

SCORES = [3, 2, 3, 7, 8, 7, 4, 3, 2, 8, 9, 8]


@few_examples
@given(st.lists(st.integers(0, 10), min_size=8, max_size=14), st.data())
def test_with_two_phases_it_is_the_test_of_an_ab_series(scores, data):
    start = data.draw(st.integers(4, len(scores) - 2))
    one = randomization_test_of_phases(scores, [start], minimum=3)
    two = randomization_test(scores[:start - 1], scores[start - 1:], minimum=3)
    assert (one.p, one.arrangements) == (two.p, two.arrangements) and one.observed == pytest.approx(two.observed)


def test_the_difference_is_that_of_all_b_and_all_a_points():
    test = randomization_test_of_phases(SCORES, (4, 7, 10), minimum=3)
    assert test.observed == pytest.approx(np.mean([7, 8, 7, 8, 9, 8]) - np.mean([3, 2, 3, 4, 3, 2]))
    assert (test.arrangements, test.p) == (1, 1)  # no session to spare, so nothing was drawn
    assert randomization_test_of_phases([-score for score in SCORES], (4, 7, 10), minimum=2, improvement="decrease").p == pytest.approx(1 / 35)
    assert randomization_test_of_phases([*SCORES[:7], None, *SCORES[8:]], (4, 7, 10), minimum=2).p == pytest.approx(1 / 35)


def test_its_false_alarms_keep_to_p_even_with_a_strong_trend():
    rng, alarms = np.random.default_rng(7), 0
    for number in range(400):
        scores = rng.standard_normal(20) + 0.5 * np.arange(20)
        starts = draw_starts(20, number=number, phases=4, minimum=3).starts
        alarms += randomization_test_of_phases(scores, starts, minimum=3).p <= 0.05
    assert alarms / 400 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)
    # The same series fool an index of overlap.
    assert np.mean([nap(row[:10], row[10:]) for row in rng.standard_normal((400, 20)) + 0.5 * np.arange(20)]) > 0.95


# ---- chance ----

def test_without_effect_and_trend_a_large_value_is_rare_and_with_a_trend_it_is_common():
    assert how_often_large("nap").share < 0.02
    shares = [how_often_large("nap", trend=trend).share for trend in (0, 0.1, 0.2, 0.3)]
    assert shares == sorted(shares) and shares[-1] > 0.6
    assert how_often_large("tau").share == how_often_large("nap").share  # Tau is 2 NAP - 1
    assert how_often_large("tau-bc", trend=0.4, series=300).share == how_often_large("tau-bc", series=300).share


def test_the_share_is_that_of_the_true_distribution():
    # Two points before, one after: NAP is 1 when the last is the largest of three, which happens in one of three cases.
    assert how_often_large("nap", large=1, baseline=2, treatment=1, series=20_000).share == pytest.approx(1 / 3, abs=0.012)
    assert how_often_large("nap", large=1, baseline=2, treatment=1, series=20_000, step=50).share == 1


def test_waiting_for_a_bad_time_and_related_noise_make_large_values_more_frequent():
    plain = how_often_large("nap", large=0.8, series=4000).share
    assert how_often_large("nap", large=0.8, series=4000, worst_of=4).share > 1.5 * plain
    assert how_often_large("nap", large=0.8, series=4000, autocorrelation=0.4).share > 1.5 * plain


def test_the_lowest_come_back_by_the_share_of_noise():
    result = regression_to_mean(pupils=60, chosen=6, mean=50, true_sd=10, noise_sd=8, groups=4000)
    assert result.gain == pytest.approx((50 - result.first) * 8 ** 2 / (10 ** 2 + 8 ** 2), abs=0.25)
    assert result.fair_gain == pytest.approx(0, abs=0.25)
    assert len(result.gains) == 4000 and result.gains.mean() == pytest.approx(result.gain)
    steady = regression_to_mean(pupils=60, chosen=6, mean=50, true_sd=10, noise_sd=0.001, groups=200)
    assert abs(steady.gain) < 0.01 and steady.improved == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("call, words", [
    (lambda: draw_starts(9, number=1), "2 phases of at least 5 sessions need 10"),
    (lambda: draw_starts(20, number=1.5), "number is 1.5"),
    (lambda: draw_starts(20, number=True), "number is True"),
    (lambda: draw_starts(20, number=-3), "number is -3"),
    (lambda: draw_starts(400, number=1, phases=4), "more than 200000 possible draws"),
    (lambda: draw_starts(20, number=1, phases=1), "phases is 1"),
    (lambda: draw_starts_of_cases([(6, 9)], number=1), "Give the windows as a dictionary"),
    (lambda: draw_starts_of_cases({"Ann": (9, 6)}, number=1), "window of Ann ends before"),
    (lambda: draw_order(["paper", "paper"], 4, number=1), "one condition only"),
    (lambda: randomization_test_of_phases(SCORES, (2, 7, 10), minimum=2), "do not leave 2 sessions"),
    (lambda: randomization_test_of_phases([None] * 6 + [3] * 6, (7,), minimum=2), "missing points only"),
    (lambda: randomization_test_of_phases(SCORES, (4, 7, 10), minimum=2, statistic="mode"), "statistic is 'mode'"),
    (lambda: how_often_large("d"), "measure is 'd'"),
    (lambda: how_often_large("nap", autocorrelation=1), "autocorrelation is 1"),
    (lambda: regression_to_mean(pupils=6, chosen=6, mean=50, true_sd=10, noise_sd=8), "6 of 6 pupils"),
])
def test_what_cannot_be_drawn_or_computed_is_refused_with_the_mend(call, words):
    with pytest.raises(PracticumError, match=words):
        call()


def test_a_rule_on_drawn_plans_keeps_few_useless_helps_and_more_of_the_stronger_ones():
    kept = [single_case.rule_errors(20, effect=effect, series=300).kept for effect in (0, 1.5, 3)]
    assert kept[0] <= 0.05 and kept[0] < kept[1] < kept[2]
    # A trend that all plans share does not raise the false alarms above p.
    assert single_case.rule_errors(20, effect=0, trend=0.3, series=300).kept <= 0.05
