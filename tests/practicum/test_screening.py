import doctest
import json
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practicum import screening as sc
from practicum.errors import PracticumError
from scipy.stats import mannwhitneyu

PUBLISHED = {row["id"]: row
             for row in json.loads((Path(__file__).parent / "published" / "screening.json").read_text("utf-8"))}
READING = {"scores": [8, 12, 15, 15, 20, 24, 31, 33, 40, 44], "has_need": [1, 1, 0, 1, 0, 1, 0, 0, 0, 0]}

modest = settings(deadline=None, max_examples=60)
shares = st.floats(0.01, 0.99)
groups = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=2, max_size=40).filter(
    lambda pupils: len({need for _score, need in pupils}) == 2).map(lambda pupils: tuple(map(list, zip(*pupils))))


def test_the_examples_in_the_docstrings_come_out():
    assert doctest.testmod(sc).failed == 0


# ---- published examples

def test_published_accuracy_is_reproduced_from_the_four_counts():
    row = PUBLISHED["pedialabs-colonoscopy"]
    found = sc.Accuracy(**row["data"])
    values = [found.sensitivity, found.specificity, found.positive_predictive_value, found.negative_predictive_value]
    assert [100 * value for value in values] == pytest.approx(row["expected"], abs=row["tolerance"])


def test_published_predictive_values_are_reproduced_from_sensitivity_and_base_rate():
    row = PUBLISHED["pedialabs-colonoscopy"]
    found = sc.predictive_values(2 / 3, 182 / 200, 3 / 203)
    assert [100 * found.positive, 100 * found.negative] == pytest.approx(row["expected"][2:], abs=row["tolerance"])


def test_published_area_is_reproduced():
    row = PUBLISHED["sklearn-auc"]
    assert sc.roc(**row["data"]).area == pytest.approx(row["expected"], abs=row["tolerance"])


# ---- predictive values

@modest
@given(shares, shares, shares)
def test_predictive_values_are_bayes_rule(sensitivity, specificity, base_rate):
    found = sc.predictive_values(sensitivity, specificity, base_rate)
    odds = base_rate / (1 - base_rate) * sensitivity / (1 - specificity)
    assert found.positive / (1 - found.positive) == pytest.approx(odds)
    assert 0 < found.positive < 1 and 0 < found.negative < 1


@modest
@given(shares, shares, shares)
def test_swapping_need_and_no_need_swaps_the_predictive_values(sensitivity, specificity, base_rate):
    found = sc.predictive_values(sensitivity, specificity, base_rate)
    swapped = sc.predictive_values(specificity, sensitivity, 1 - base_rate)
    assert (found.positive, found.negative) == pytest.approx((swapped.negative, swapped.positive))


@modest
@given(shares, shares, shares, shares)
def test_the_rarer_the_need_the_fewer_flags_are_right(sensitivity, specificity, one, other):
    rare, common = sorted([one, other])
    assert sc.predictive_values(sensitivity, specificity, rare).positive <= \
        sc.predictive_values(sensitivity, specificity, common).positive + 1e-12


@modest
@given(shares, shares)
def test_a_screening_no_better_than_chance_leaves_the_base_rate(sensitivity, base_rate):
    assert sc.predictive_values(sensitivity, 1 - sensitivity, base_rate).positive == pytest.approx(base_rate)


def test_the_sentence_counts_pupils():
    assert str(sc.predictive_values(0.9, 0.8, 0.1)) == (
        "Of 100 pupils, 10 need help and 9 of these are flagged. Of the 90 who do not need it, 18 are flagged too. "
        "So 9 of the 27 flagged pupils need help.")


def test_rare_needs_are_told_of_more_pupils_so_that_the_counts_are_not_all_zero():
    assert str(sc.predictive_values(0.9, 0.91, 0.01)).startswith("Of 1000 pupils, 10 need help and 9")
    assert "So 10 of the 19 flagged" in str(sc.predictive_values(0.01, 0.999, 0.1))


@modest
@given(shares, shares, shares)
def test_the_counts_of_the_sentence_are_close_to_the_shares(sensitivity, specificity, base_rate):
    found = sc.predictive_values(sensitivity, specificity, base_rate)
    numbers = [int(word) for word in str(found).replace(",", "").replace(".", "").split() if word.isdigit()]
    size, need, caught, others, alarms, again, flagged = numbers
    assert need + others == size and caught == again and caught + alarms == flagged > 0
    assert abs(caught / need - sensitivity) <= 0.5 / need + 1e-9
    assert abs(alarms / others - (1 - specificity)) <= 0.5 / others + 1e-9


@pytest.mark.parametrize("values, words", [
    ((90, 0.8, 0.1), "sensitivity is 90"), ((0.9, -0.1, 0.1), "specificity is -0.1"), ((0.9, 0.8, 0), "base_rate is 0"),
    ((0.9, 0.8, 1), "base_rate is 1"), ((0, 1, 0.1), "no pupil is flagged"), ((1, 0, 0.1), "every pupil is flagged"),
    (("0.9", 0.8, 0.1), "sensitivity"), ((0.9, None, 0.1), "specificity"), ((0.9, 0.8, float("nan")), "base_rate")])
def test_shares_that_cannot_be_are_refused(values, words):
    with pytest.raises(PracticumError, match=words):
        sc.predictive_values(*values)


# ---- one cut

def test_low_scores_at_or_below_the_cut_are_flagged():
    found = sc.accuracy_at(**READING, cut=15, direction="low")
    assert (found.true_positives, found.false_positives, found.false_negatives, found.true_negatives) == (3, 1, 1, 5)
    assert str(found) == ("Of 10 pupils, 4 need help. The screening finds 3 of them and misses 1. "
                          "It also flags 1 of the 6 who do not need it.")


@modest
@given(groups, st.integers(-1, 13))
def test_turning_the_scores_round_turns_the_direction(pupils, cut):
    scores, need = pupils
    turned = [-score for score in scores]
    assert sc.accuracy_at(scores, need, cut) == sc.accuracy_at(turned, need, -cut, direction="low")


@modest
@given(groups, st.integers(-1, 13))
def test_every_pupil_is_counted_once(pupils, cut):
    found = sc.accuracy_at(*pupils, cut)
    assert found.n == len(pupils[0])
    assert found.base_rate == pytest.approx(np.mean(pupils[1]))
    assert 0 <= found.sensitivity <= 1 and 0 <= found.specificity <= 1


@modest
@given(groups, st.integers(0, 12))
def test_predictive_values_in_the_group_follow_from_its_base_rate(pupils, cut):
    found = sc.accuracy_at(*pupils, cut)
    try:
        expected = sc.predictive_values(found.sensitivity, found.specificity, found.base_rate)
    except PracticumError:
        return
    assert (found.positive_predictive_value, found.negative_predictive_value) == pytest.approx(
        (expected.positive, expected.negative))


def test_pupils_without_a_score_or_a_judgement_are_left_out():
    found = sc.accuracy_at(pd.Series([8, None, 30, 40]), [True, True, None, False], 15, direction="low")
    assert (found.n, found.true_positives, found.true_negatives) == (2, 1, 1)


def test_a_group_without_need_still_has_counts_but_no_sensitivity():
    found = sc.accuracy_at([1, 2], [0, 0], 2)
    assert found.specificity == 0.5
    with pytest.raises(PracticumError, match="no pupil is in need"):
        found.sensitivity


@pytest.mark.parametrize("change, words", [
    ({"scores": [1]}, "scores has 1 entries"), ({"has_need": [2] * 10}, "other than 0 and 1"),
    ({"scores": []}, "scores"),
    ({"has_need": [None] * 10}, "has_need"), ({"cut": "low"}, "cut"), ({"direction": "up"}, "direction is 'up'"),
    ({"scores": ["a"] * 10}, "scores: place 1"), ({"scores": [1, None], "has_need": [None, 1]}, "No pupil has both")])
def test_groups_that_cannot_be_screened_are_refused(change, words):
    with pytest.raises(PracticumError, match=words):
        sc.accuracy_at(**(READING | {"cut": 15, "direction": "low"} | change))


@pytest.mark.parametrize("counts, words", [
    ((1, -1, 0, 0), "false_positives is -1"), (("x", 0, 0, 0), "true_positives")])
def test_counts_of_pupils_cannot_be_negative_or_words(counts, words):
    with pytest.raises(PracticumError, match=words):
        sc.Accuracy(*counts)


# ---- all cuts

@modest
@given(groups)
def test_the_area_is_mann_whitney_u_by_the_number_of_pairs(pupils):
    scores, need = np.array(pupils[0]), np.array(pupils[1])
    u = mannwhitneyu(scores[need], scores[~need], method="asymptotic").statistic
    assert sc.roc(scores, need).area == pytest.approx(u / (need.sum() * (~need).sum()))


@modest
@given(groups)
def test_the_area_is_the_area_under_the_points(pupils):
    found = sc.roc(*pupils)
    assert np.trapezoid(found.sensitivity, found.false_alarm_rate) == pytest.approx(found.area)
    assert (found.sensitivity[0], found.false_alarm_rate[0]) == (0, 0)
    assert (found.sensitivity[-1], found.false_alarm_rate[-1]) == (1, 1)
    assert np.all(np.diff(found.sensitivity) >= 0) and np.all(np.diff(found.false_alarm_rate) >= 0)


@modest
@given(groups)
def test_the_other_direction_mirrors_the_area(pupils):
    high, low = sc.roc(*pupils), sc.roc(*pupils, direction="low")
    assert high.area + low.area == pytest.approx(1)
    assert high.standard_error == pytest.approx(low.standard_error, abs=1e-9)


@modest
@given(groups)
def test_stretching_the_scores_changes_no_area(pupils):
    scores, need = pupils
    assert sc.roc([3 * score ** 3 + 5 for score in scores], need).area == pytest.approx(sc.roc(scores, need).area)


@modest
@given(groups)
def test_the_standard_error_is_the_one_of_all_triples(pupils):
    scores, need = np.array(pupils[0]), np.array(pupils[1])
    worry, calm = scores[need], scores[~need]
    area = np.mean([(x > y) + (x == y) / 2 for x, y in product(worry, calm)])
    q1 = np.mean([_both(x1 - y, x2 - y) for x1, x2, y in product(worry, worry, calm)])
    q2 = np.mean([_both(x - y1, x - y2) for x, y1, y2 in product(worry, calm, calm)])
    m, n = len(worry), len(calm)
    variance = (area * (1 - area) + (m - 1) * (q1 - area ** 2) + (n - 1) * (q2 - area ** 2)) / (m * n)
    assert sc.roc(scores, need).standard_error ** 2 == pytest.approx(max(variance, 0), abs=1e-12)


def _both(one, other):
    """The chance that both differences come out positive when ties are parted at random."""
    if one < 0 or other < 0:
        return 0
    return 1 / (1 + [one, other].count(0))


def test_the_standard_error_is_about_the_spread_of_areas_over_many_groups():
    rng = np.random.default_rng(4)
    need = np.arange(60) < 20
    found = [sc.roc(rng.normal(np.where(need, 1, 0)), need) for _group in range(400)]
    assert np.mean([one.standard_error for one in found]) == pytest.approx(np.std([one.area for one in found]), rel=0.1)


def test_scores_that_say_nothing_have_half_the_area():
    assert sc.roc([5, 5, 5], [1, 0, 1]).area == 0.5


def test_an_area_below_half_asks_for_the_direction():
    assert "direction" in str(sc.roc(**READING))
    assert "direction" not in str(sc.roc(**READING, direction="low"))


# ---- choosing a cut

@modest
@given(groups, st.sampled_from(["high", "low"]))
def test_no_cut_beats_the_chosen_one_by_its_rule(pupils, direction):
    table = [sc.accuracy_at(*pupils, cut, direction=direction) for cut in set(pupils[0])]
    best = sc.cut_scores(*pupils, direction=direction).accuracy
    assert best.sensitivity + best.specificity >= max(one.sensitivity + one.specificity for one in table) - 1e-9
    enough = sc.cut_scores(*pupils, direction=direction, rule="minimum-sensitivity", minimum=0.7).accuracy
    assert enough.sensitivity >= 0.7
    assert enough.specificity == max(one.specificity for one in table if one.sensitivity >= 0.7)


@modest
@given(groups, st.sampled_from(["high", "low"]))
def test_the_table_of_cuts_is_what_each_cut_does(pupils, direction):
    found = sc.cut_scores(*pupils, direction=direction)
    for cut, sensitivity, specificity in zip(found.cuts, found.sensitivity, found.specificity):
        one = sc.accuracy_at(*pupils, cut, direction=direction)
        assert (one.sensitivity, one.specificity) == pytest.approx((sensitivity, specificity))
    assert sorted(found.cuts) == sorted(set(pupils[0]))


def test_equal_cuts_go_to_the_one_that_finds_more():
    found = sc.cut_scores([1, 2, 3, 4], [1, 0, 1, 0], direction="low")
    assert found.cut == 3 and found.accuracy.sensitivity == 1


def test_a_cut_is_told_with_its_range_and_a_warning():
    text = str(sc.cut_scores(**READING, direction="low", rule="minimum-sensitivity", minimum=1))
    assert text.startswith("Flag scores at or below 24. Of 10 pupils, 4 need help.")
    assert "somewhat worse" in text
    assert str(sc.cut_scores([1, 2], [0, 1])).startswith("Flag scores at or above 2.")


@pytest.mark.parametrize("make", [sc.roc, sc.cut_scores])
def test_cuts_need_pupils_with_need_and_without(make):
    for need in ([1, 1], [0, 0]):
        with pytest.raises(PracticumError, match="same for all"):
            make([1, 2], need)


@pytest.mark.parametrize("change, words", [
    ({"rule": "best"}, "rule is 'best'"), ({"minimum": 80}, "minimum is 80"),
    ({"direction": None}, "direction is None")])
def test_unknown_rules_are_refused(change, words):
    with pytest.raises(PracticumError, match=words):
        sc.cut_scores(**READING, **change)
