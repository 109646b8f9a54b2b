"""Published examples, definitions, properties and refusals of ``practicum.single_case``."""

import copy
import json
import math
import pickle
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from practicum import single_case
from practicum.errors import PracticumError
from practicum.single_case import (
    autocorrelation, binomial_p, combine_tau, conservative_dual_criterion, consistency, design_comparable_smd, ird,
    lrm, lrr, nap, pand, pand_of_cases, pem, pet, phase_summary, piecewise_regression, pnd, pogo,
    randomization_test, randomization_test_of_cases, reliable_change, smd, tau, tau_bc, tau_u, trend,
    visual_analysis,
)
from practicum.single_case import lines
from scipy import stats

pytestmark = pytest.mark.filterwarnings("error")
few_examples = settings(max_examples=60, deadline=None)
whole = st.integers(-50, 50)
phase = st.lists(whole, min_size=1, max_size=15)
longer_phase = st.lists(whole, min_size=3, max_size=12)
ways = st.sampled_from(["increase", "decrease"])

# Measures of two phases that need no more than the phases.
PLAIN = {
    "pnd": pnd, "pem": pem, "pet": pet, "pand": pand, "ird": ird, "nap": nap, "tau": tau, "tau_u": tau_u,
    "tau_bc": tau_bc, "smd": smd, "lrr": lrr, "lrm": lrm,
    "reliable_change": lambda a, b, **way: reliable_change(a, b, reliability=0.8, **way),
}
SHARES = {"pnd": pnd, "pem": pem, "pand": pand, "ird": ird, "nap": nap}
every_plain = pytest.mark.parametrize("measure", PLAIN.values(), ids=PLAIN)
A, B = [54, 53, 56, 58, 52], [61, 62, 71, 66, 64, 78, 70, 74, 82, 77, 86, 68, 80, 86, 87]


# Published examples

PUBLISHED = {example["id"]: example for example in json.loads(
    (Path(__file__).parent / "published" / "single_case.json").read_text(encoding="utf-8"))}


def _phases(data):
    return data["A"], data["B"]


def _of_both(*measures):
    return lambda data: [float(measure(*_phases(data))) for measure in measures]


def _summary(data):
    of = phase_summary(*_phases(data), times=data["time"])
    a, b = of.baseline, of.treatment
    return [a.mean, b.mean, a.median, a.sd, b.sd, a.trend.rate, b.trend.rate]


def _smds(data):
    a, b = _phases(data)
    of = phase_summary(a, b)
    return [of.baseline.mean, of.treatment.mean, of.baseline.sd, of.treatment.sd, smd(a, b),
            smd(a, b, method="hedges", correction="none"), smd(a, b, method="hedges"), smd(a, b, method="cohen")]


def _smd_errors(data):
    effects = [smd(*_phases(data), method=method, correction="hedges") for method in ("glass", "hedges")]
    return [number for effect in effects for number in (effect, effect.standard_error, *effect.interval)]


def _pieces(data):
    model = piecewise_regression(*_phases(data))
    return [model.start, model.trend, model.level_change, model.slope_change, model.r_squared]


def _pand_with_phi(data):
    effect = pand_of_cases({name: _phases(case) for name, case in data["cases"].items()}, method="sorted")
    assert [list(row) for row in effect.table] == data["counts_2x2"]
    return [100 * effect, effect.phi, effect.chi_squared]


def _tau_family(data):
    effect = tau_bc(*_phases(data), method="tau-b")
    return [effect.baseline_tau, tau(*_phases(data), method="tau-b"), effect]


def _start_points(data):
    test = randomization_test(*_phases(data), statistic="median", minimum=data["minimum_phase_length"])
    return [test.observed, test.arrangements, test.distribution.mean(), test.distribution.std(ddof=1), test.p]


def _dual_criterion(data):
    result = conservative_dual_criterion(
        *_phases(data), improvement="decrease", line="bi-split", shift=data["shift_sd"])
    assert result.p == pytest.approx(0.00317, abs=5e-6)
    return [result.points, result.total]


def _reversal_cases():
    cases = {}
    for cell, points in PUBLISHED["S30"]["data"]["cells_case|phase|condition"].items():
        name, pair, condition = cell.split("|")
        cases.setdefault(name, {}).setdefault(pair, {})[condition] = points
    return {name: [(pair["baseline"], pair["treatment"]) for pair in pairs.values()] for name, pairs in cases.items()}


def _uncorrected(_data):
    effect = design_comparable_smd(_reversal_cases())
    return [effect.difference, effect.variance, effect.unadjusted]


def _corrected(effect):
    return [effect.autocorrelation, effect.icc, effect.freedom, effect, effect.standard_error ** 2]


def _with_error(measure):
    def numbers(data):
        effect = measure(*_phases(data))
        return [effect, effect.standard_error]
    return numbers


def _lrm_interval(data):
    effect = lrm(*_phases(data))
    return [math.exp(number) for number in (effect, *effect.interval)]


def _lrr_with_zero(data):
    effects = [lrr(*_phases(data), floor=floor) for floor in data["floors"]]
    assert effects[0].standard_error == pytest.approx(effects[1].standard_error)
    return [*effects, effects[0].standard_error]


REPRODUCED = {
    "S01": _of_both(pnd), "S02": _of_both(pem), "S03": _of_both(pand), "S04": _of_both(ird), "S05": _of_both(nap),
    "S06": _of_both(tau), "S07": lambda data: pogo(*_phases(data), goal=data["goal"]),
    "S08": _of_both(tau), "S09": _of_both(tau_u), "S10": _of_both(tau), "S11": _of_both(tau_u), "S12": _of_both(tau_bc),
    "S13": _of_both(tau, tau_u), "S14": lambda data: tau(*_phases(data)).s_variance,
    "S15": lambda data: [100 * nap(*_phases(data), improvement="decrease"),
                         100 * tau(*_phases(data), improvement="decrease")],
    "S16": _pand_with_phi, "S17": _tau_family, "S18": _summary,
    "S19": lambda data: [100 * nap(*_phases(data)), 78 * (1 - nap(*_phases(data))), tau(*_phases(data))],
    "S20": _smds, "S21": _pieces,
    "S22": lambda data: [reliable_change(*_phases(data), reliability=data["reliability"], method=method)
                         for method in ("measurement", "difference")],
    "S23": lambda data: [tau_u(*_phases(data), denominator=over) for over in ("mn", "pairs")],
    "S24": lambda data: binomial_p(data["exceeding"], data["total"]),
    "S25": lambda data: [trend(data["A"]).start, trend(data["A"]).rate],
    "S26": lambda data: [autocorrelation(data["A"], lag) for lag in (1, 2)],
    "S27": _start_points, "S28": _dual_criterion,
    "S29": lambda data: nap(data["baseline1"], data["baseline2"], improvement="decrease"),
    "S30": _uncorrected,
    "P01": lambda data: [nap(*_phases(data), se=se).standard_error for se in ("unbiased", "hanley", "null")],
    "P02": lambda data: [nap(*_phases(data), level=level).interval for level in data["levels"]],
    "P03": _with_error(nap), "P04": _with_error(nap), "P05": _with_error(tau), "P06": _with_error(tau_bc),
    "P07": _of_both(tau_u), "P08": _smd_errors,
    "P09": lambda data: [lrr(*_phases(data)), lrr(*_phases(data)).standard_error, *lrr(*_phases(data)).interval],
    "P10": _lrr_with_zero, "P11": _lrm_interval,
    "P12": lambda _data: _corrected(design_comparable_smd(_reversal_cases())),
    "P13": lambda data: _corrected(design_comparable_smd([[pair] for pair in data["cases"]],
                                                         design="multiple-baseline")),
}


@pytest.mark.parametrize("example", PUBLISHED.values(), ids=lambda example: f"{example['id']}-{example['source_key']}")
def test_published_example_is_reproduced(example):
    ours = np.ravel(np.array(REPRODUCED[example["id"]](example["data"]), dtype=float))
    theirs = np.ravel(example["expected"])
    assert ours.shape == theirs.shape
    assert np.all(np.abs(ours - theirs) <= np.broadcast_to(example["tolerance"], theirs.shape)), (ours, theirs)


def test_third_printed_form_of_tau_u_is_the_tie_adjusted_one():
    assert tau_u(A, B, denominator="tie-adjusted") == pytest.approx(0.59, abs=0.005)  # book_scan, note of S23


# Definitions, written out plainly, and second opinions


@few_examples
@given(phase, phase, ways)
def test_nap_is_the_mann_whitney_u_over_the_number_of_pairs(a, b, way):
    u = stats.mannwhitneyu(b, a, method="asymptotic").statistic if len({*a, *b}) > 1 else len(a) * len(b) / 2
    share = u / (len(a) * len(b))
    assert nap(a, b, improvement=way) == pytest.approx(share if way == "increase" else 1 - share)


@few_examples
@given(phase, phase)
def test_tau_counts_pairs(a, b):
    signs = [np.sign(y - x) for x, y in product(a, b)]
    effect = tau(a, b)
    assert effect == pytest.approx(np.mean(signs))
    assert effect.s == sum(signs)
    assert effect == pytest.approx(2 * nap(a, b) - 1)


@few_examples
@given(longer_phase, longer_phase)
def test_tau_b_agrees_with_scipy(a, b):
    assume(len({*a, *b}) > 1)
    theirs = stats.kendalltau(a + b, [0] * len(a) + [1] * len(b)).statistic
    assert tau(a, b, method="tau-b") == pytest.approx(theirs)


@few_examples
@given(longer_phase, longer_phase)
def test_trend_forms_of_tau_u_count_pairs_within_phases(a, b):
    def s(points):
        return sum(np.sign(points[j] - points[i]) for j in range(len(points)) for i in range(j))
    between = sum(np.sign(y - x) for x, y in product(a, b))
    for form, total in (("A vs B", between), ("trend A", s(a)), ("trend B", s(b)), ("A vs B - trend A", between - s(a)),
                        ("A vs B + trend B", between + s(b)), ("A vs B + trend B - trend A", between + s(b) - s(a))):
        assert tau_u(a, b, form=form).s == total
        assert abs(tau_u(a, b, form=form, denominator="pairs")) <= 1
        assert abs(tau_u(a, b, form=form, denominator="tie-adjusted")) <= 1 + 1e-12


def test_tie_adjusted_tau_u_is_kendalls_tau_b_with_the_baseline_in_reverse():
    time = [*range(len(A), 0, -1), *[len(A) + 1] * len(B)]
    assert tau_u(A, B, denominator="tie-adjusted") == pytest.approx(stats.kendalltau(A + B, time).statistic)


@few_examples
@given(st.lists(whole, min_size=70, max_size=200))
def test_kendalls_s_of_a_long_phase_is_counted_as_that_of_a_short_one(points):
    plain = int(np.triu(np.sign(np.subtract.outer(points, points).T)).sum())
    assert tau_u(points, [0], form="trend A").s == plain


@few_examples
@given(phase, phase)
def test_pand_removes_the_fewest_points(a, b):
    kept = max(sum(x <= cut for x in a) + sum(y > cut for y in b) for cut in [-math.inf, *a])
    assert pand(a, b) == pytest.approx(kept / (len(a) + len(b)))
    m, n = len(a), len(b)
    assert ird(a, b) == pytest.approx(1 - (m + n) ** 2 / (2 * m * n) * (1 - kept / (m + n)))


@few_examples
@given(phase, phase)
def test_sorted_pand_of_one_case_is_one_less_twice_the_misplaced(a, b):
    effect = pand(a, b, method="sorted")
    misplaced = effect.table[0][1]
    assert effect == pytest.approx(1 - 2 * misplaced / (len(a) + len(b)))
    assert effect.chi_squared == pytest.approx((len(a) + len(b)) * effect.phi ** 2)
    assert -1 <= effect.phi <= 1


def test_original_ird_is_the_difference_of_two_rates():
    assert ird([1, 2, 3, 9], [4, 5, 6, 7, 2], method="original") == pytest.approx(4 / 5 - 1 / 4)


def test_original_ird_keeps_the_most_equal_shares_of_both_phases():
    # Two points end the overlap: both baseline points, or the two treatment points beside them.
    assert ird([1, 1], [1, 1, 2, 2], method="original") == 2 / 4


def test_pem_counts_a_point_on_the_median_one_half_or_not_at_all():
    assert pem([1, 2, 3], [2, 2, 3, 4]) == 0.75
    assert pem([1, 2, 3], [2, 2, 3, 4], ties="none") == 0.5


def test_pet_does_not_count_points_on_the_line_in_spite_of_rounding():
    assert pet([0.1, 0.2, 0.3], [0.4, 0.5, 0.6]) == 0
    assert pet([0.3, 0.2, 0.1], [0.0, -0.1, -0.3], improvement="decrease") == pytest.approx(1 / 3)


def test_pet_uses_the_times_given():
    assert pet([1, 2], [3], times=[0, 1, 3]) == 0
    assert pet([1, 2], [3], times=[0, 2, 3]) == 1


@few_examples
@given(longer_phase, longer_phase, st.sampled_from(["unbiased", "hanley"]))
def test_standard_error_of_nap_is_the_published_formula_over_pairs(a, b, se):
    m, n, q = len(a), len(b), np.array([[(y > x) + (y == x) / 2 for y in b] for x in a])
    value = q.mean()
    held = min(max(value, 0.5 / (m * n)), 1 - 0.5 / (m * n))
    q1, q2 = np.mean((q.mean(axis=1) - value) ** 2), np.mean((q.mean(axis=0) - value) ** 2)
    if se == "hanley":
        variance = (held * (1 - held) + (n - 1) * q1 + (m - 1) * q2) / (m * n)
    else:
        variance = (held * (1 - held) + n * q1 + m * q2 - 2 * q.var()) / ((m - 1) * (n - 1))
    assert nap(a, b, se=se).standard_error == pytest.approx(math.sqrt(max(variance, 0)), abs=1e-7)


@few_examples
@given(phase, phase, st.floats(0.5, 0.999))
def test_interval_of_nap_holds_the_value_and_solves_newcombes_equation(a, b, level):
    effect, m, n = nap(a, b, level=level), len(a), len(b)
    low, high = effect.interval
    assert 0 <= low <= effect <= high <= 1
    z, half = stats.norm.ppf((1 + level) / 2), (m + n) / 2 - 1
    for theta in (low, high):
        variance = theta * (1 - theta) * (1 + half * ((1 - theta) / (2 - theta) + theta / (1 + theta))) / (m * n)
        assert (effect - theta) ** 2 == pytest.approx(z ** 2 * variance, abs=1e-9)


def test_interval_at_the_ceiling_is_not_a_point():
    low, high = nap([1, 2, 3], [4, 5, 6]).interval
    assert low < 0.7 and high == 1


def test_null_standard_error_of_tau_comes_from_the_variance_of_s():
    effect = tau(A, B, se="null")
    assert effect.standard_error == pytest.approx(math.sqrt(effect.s_variance) / (len(A) * len(B)))
    assert tau_u(A, B, form="A vs B").standard_error == pytest.approx(effect.standard_error)


@pytest.mark.parametrize("form, ties", [("A vs B", (5, 15)), ("A vs B - trend A", (15,)), ("A vs B + trend B", (5,)),
                                        ("A vs B + trend B - trend A", ())])
def test_variance_of_s_is_kendalls_with_the_sessions_that_are_not_compared_as_ties(form, ties):
    def part(count):
        return count * (count - 1) * (2 * count + 5) / 18
    assert tau_u(A, B, form=form).s_variance == pytest.approx(part(20) - sum(part(count) for count in ties))


def test_standard_error_of_kendalls_tau_is_tarlows():
    effect = tau_bc(A, B, method="tau-b")
    assert effect.standard_error == pytest.approx(math.sqrt(2 * (1 - effect ** 2) / 20))


@few_examples
@given(st.lists(whole, min_size=3, max_size=9), phase)
def test_baseline_corrected_tau_is_tau_of_what_the_median_slope_leaves(a, b):
    slope = stats.theilslopes(a, np.arange(len(a))).slope
    left = np.round(np.array(a + b) - slope * np.arange(len(a) + len(b)), 9)
    effect = tau_bc(a, b)
    assert effect.rate == pytest.approx(slope, abs=1e-12)
    assert effect == pytest.approx(tau(left[:len(a)], left[len(a):]))


@few_examples
@given(st.permutations(range(7)))
def test_pretest_of_a_baseline_without_ties_is_scipys_exact_p(a):
    assert tau_bc(a, [1]).baseline_p == pytest.approx(stats.kendalltau(range(7), a, method="exact").pvalue)


def test_a_falling_baseline_is_reported_as_falling_whatever_is_wished():
    for way in ("increase", "decrease"):
        effect = tau_bc([9, 7, 5, 4], [3, 2], improvement=way)
        assert (effect.rate, effect.baseline_tau) == (pytest.approx(-5 / 3, abs=0.2), -1)


def test_pretest_with_ties_and_its_use():
    a, b = [1, 1, 3, 3, 5, 5], [5, 6, 4, 8, 9]
    s_variance = (6 * 5 * 17 - 3 * 2 * 1 * 9) / 18
    assert tau_bc(a, b).baseline_p == pytest.approx(2 * stats.norm.sf((12 - 1) / math.sqrt(s_variance)))
    assert tau_bc(a, b, pretest=0.05).corrected
    assert not tau_bc(a, b, pretest=0.01).corrected
    assert tau_bc(a, b, pretest=0.01) == tau(a, b)


def test_baseline_corrected_tau_of_any_straight_line_is_zero():
    line = 0.1 + 0.3 * np.arange(30)
    assert tau_bc(line[:11], line[11:]) == 0
    assert tau_bc(line[:11] * 1e7, line[11:] * 1e7) == 0


@pytest.mark.parametrize("count", range(4, 12))
def test_median_slope_that_is_searched_for_is_that_of_all_pairs(count, monkeypatch):
    points = np.random.default_rng(count).normal(size=count)
    listed = trend(points, method="theil-sen").rate
    monkeypatch.setattr(lines, "LISTED", 3)
    assert trend(points, method="theil-sen").rate == pytest.approx(listed, rel=1e-9)
    assert listed == pytest.approx(stats.theilslopes(points).slope)


def test_a_very_long_baseline_has_a_median_slope():
    noise = np.random.default_rng(1).normal(size=5000)
    assert trend(0.5 * np.arange(5000) + noise, method="theil-sen").rate == pytest.approx(0.5, abs=1e-4)


def test_combined_tau_weighs_by_precision():
    effect = combine_tau([0.5, 0.9], [0.1, 0.3])
    assert effect == pytest.approx((0.5 * 100 + 0.9 / 0.09) / (100 + 1 / 0.09))
    assert effect.standard_error == pytest.approx(1 / math.sqrt(100 + 1 / 0.09))
    assert effect.interval == pytest.approx((effect - 1.959964 * effect.standard_error,
                                             effect + 1.959964 * effect.standard_error))


def test_combined_tau_takes_the_standard_errors_that_effects_bring():
    effects = [tau(A, B), tau([3, 3, 4, 5], [4, 5, 6, 7, 7])]
    assert combine_tau(effects) == combine_tau([float(one) for one in effects], [one.standard_error for one in effects])


@few_examples
@given(longer_phase, longer_phase)
def test_standardized_differences_divide_the_mean_difference(a, b):
    assume(len(set(a)) > 1)
    change, sd_a, sd_b = np.mean(b) - np.mean(a), np.std(a, ddof=1), np.std(b, ddof=1)
    m, n = len(a), len(b)
    pooled = math.sqrt(((m - 1) * sd_a ** 2 + (n - 1) * sd_b ** 2) / (m + n - 2))
    assert smd(a, b) == pytest.approx(change / sd_a)
    assert smd(a, b, correction="hedges") == pytest.approx(change / sd_a * (1 - 3 / (4 * m - 5)))
    assert smd(a, b, method="hedges", correction="none") == pytest.approx(change / pooled)
    assert smd(a, b, method="hedges") == pytest.approx(change / pooled * (1 - 3 / (4 * (m + n) - 9)))
    assert smd(a, b, method="hedges", correction="durlak") == pytest.approx(
        change / pooled * (m + n - 3) / (m + n - 2.25) * math.sqrt((m + n - 2) / (m + n)))
    assert smd(a, b, method="cohen") == pytest.approx(change / math.sqrt((sd_a ** 2 + sd_b ** 2) / 2))


def test_log_response_ratio_with_and_without_correction():
    a, b = np.array([4, 6, 5]), np.array([2, 1, 3, 2])
    plain = math.log(b.mean() / a.mean())
    parts = b.var(ddof=1) / (4 * b.mean() ** 2), a.var(ddof=1) / (3 * a.mean() ** 2)
    assert lrr(a, b, corrected=False) == pytest.approx(plain)
    assert lrr(a, b) == pytest.approx(plain + (parts[0] - parts[1]) / 2)
    assert lrr(a, b).standard_error == pytest.approx(math.sqrt(sum(parts)))


def test_ratios_turn_their_sign_but_not_their_percent_for_a_decrease():
    for ratio in (lrm, lambda *phases, **way: lrr(*phases, corrected=False, **way)):
        up, down = (ratio([8, 10, 12], [4, 5, 6], improvement=way) for way in ("increase", "decrease"))
        assert up == -down < 0
        assert up.percent_change == down.percent_change == pytest.approx(-50)


def test_ratio_of_single_points_has_no_standard_error():
    assert lrr([4], [8], corrected=False).standard_error is None
    assert lrm([4], [8]).interval is None
    assert lrm([0, 4, 5], [8, 9, 9]).standard_error is None


def test_percent_of_goal_is_positive_on_the_way_down_too():
    assert pogo([10, 10], [4, 6], goal=0) == 50
    assert pogo([10, 10], [4, 6], goal=0, improvement="decrease") == 50


def test_standard_error_of_percent_of_goal_is_that_of_a_ratio():
    a, b, goal = np.array([2, 4, 3, 3]), np.array([7, 8, 9]), 13
    way, error_a, error_b = goal - a.mean(), a.var(ddof=1) / 4, b.var(ddof=1) / 3
    share = (b.mean() - a.mean()) / way
    expected = 100 / way * math.sqrt(error_a + error_b + share ** 2 * error_a)
    assert pogo(a, b, goal=goal).standard_error == pytest.approx(expected)  # patrona2022pogo
    assert pogo([2], b, goal=goal).standard_error is None


# Lines and description


@few_examples
@given(st.sampled_from(["ols", "theil-sen", "bi-split", "tri-split"]), whole, whole, st.integers(3, 20))
def test_every_method_finds_an_exact_line(method, start, rate, count):
    line = trend(start + rate * np.arange(count), method=method)
    assert (line.start, line.rate) == pytest.approx((start, rate), abs=1e-9)


@few_examples
@given(longer_phase)
def test_least_squares_line_is_scipys(points):
    theirs = stats.linregress(np.arange(len(points)), points)
    assert trend(points).rate == pytest.approx(theirs.slope, abs=1e-9)
    assert trend(points).start == pytest.approx(theirs.intercept, abs=1e-9)


def test_bi_split_leaves_the_middle_point_to_neither_half():
    line = trend([1, 3, 99, 5, 7], method="bi-split")
    assert (line.start, line.rate) == pytest.approx((2 - 0.5 * 4 / 3, 4 / 3))


def test_tri_split_gives_two_points_left_over_to_the_outer_thirds():
    line = trend([0, 0, 50, 60, 10], method="tri-split")
    assert line.rate == pytest.approx((35 - 0) / 3)


def test_median_slope_takes_all_pairs_at_different_times():
    times, points = [0, 0, 0.5, 0.75, 2], [1, 4, 2, 5, 3]
    slopes = [(points[j] - points[i]) / (times[j] - times[i])
              for j in range(5) for i in range(j) if times[j] > times[i]]
    assert trend(points, times=times, method="theil-sen").rate == pytest.approx(np.median(slopes))


def test_one_wild_point_moves_least_squares_but_not_the_median_slope():
    points = [1, 2, 3, 4, 5, 6, 70, 8, 9]
    assert trend(points, method="theil-sen").rate == 1
    assert trend(points).rate > 2


def test_dates_are_times_too():
    days = pd.to_datetime(["2026-09-01", "2026-09-08", "2026-09-22", "2026-09-29", "2026-10-06"])
    assert trend([1, 2, 4], times=days[:3]).rate == 1
    assert tau_bc([1, 2, 4], [5, 6], times=list(days)) == 0
    assert tau_bc([1, 2, 4], [5, 6]) != 0


def test_a_missing_point_keeps_its_session():
    assert trend([1, None, 3, 4]).rate == 1
    assert trend([1, np.nan, 3, 4], method="theil-sen").rate == 1
    assert autocorrelation([1, None, 3, 1, 3]) == pytest.approx(-2 / 4)
    assert piecewise_regression([1, None, 3], [7, 9, 11]).trend == pytest.approx(1)
    assert tau_bc([1, None, 3, 4], [5, 6]) == 0


@few_examples
@given(st.lists(whole, min_size=2, max_size=20), st.integers(1, 5))
def test_autocorrelation_lies_between_minus_one_and_one(points, lag):
    assume(len(set(points)) > 1 and lag < len(points))
    apart = np.array(points) - np.mean(points)
    assert autocorrelation(points, lag) == pytest.approx(np.dot(apart[lag:], apart[:-lag]) / np.dot(apart, apart))
    assert -1 <= autocorrelation(points, lag) <= 1


def test_phase_summary_counts_missing_points_and_knows_what_it_cannot_know():
    of = phase_summary([3, None, 5], [8])
    assert (of.baseline.n, of.baseline.missing, of.baseline.sd) == (2, 1, pytest.approx(math.sqrt(2)))
    assert of.baseline.trend.rate == 1
    assert of.treatment.sd is None and of.treatment.trend is None


def test_share_within_a_quarter_of_the_median():
    assert phase_summary([100, 100, 100, 75, 125, 126], [4]).baseline.stable == 5 / 6


def test_visual_features_are_turned_so_that_plus_is_improvement():
    up = visual_analysis([1, 2, 3, 4], [9, 8, 9, 10])
    down = visual_analysis([-1, -2, -3, -4], [-9, -8, -9, -10], improvement="decrease")
    for seen in (up, down):
        assert (seen.level, seen.immediacy) == (9 - 2.5, 9 - 3)
        assert seen.trend_change == pytest.approx(0.4 - 1)
        assert seen.overlap == seen.pnd == 1
    assert up.variability == pytest.approx(np.std([9, 8, 9, 10]) / np.std([1, 2, 3, 4]))
    assert up.summary.baseline.median == 2.5 and down.summary.baseline.median == -2.5


def test_consistency_is_one_for_like_phases_and_zero_for_phases_apart():
    assert consistency([1, 2, 3], [3, 1, 2]) == 1
    assert consistency([1, 2, 3], [2, 3, 1], [7, 8, 9]) == 0
    assert consistency([15, 10, 14, 17, 13, 12], [9, 9, 11, 15, 20]) == pytest.approx(2 * (1 - 18.5 / 30))


# Rules and tests


@pytest.mark.parametrize("total", [1, 2, 7, 20, 501])
def test_binomial_p_is_scipys(total):
    for successes in {0, 1, total // 2, total - 1, total}:
        assert binomial_p(successes, total) == pytest.approx(
            stats.binomtest(successes, total, alternative="greater").pvalue)


def test_dual_criterion_needs_both_lines():
    rising = [1, 2, 3, 4, 5]
    assert conservative_dual_criterion(rising, [4, 4, 4]).points == 0
    assert conservative_dual_criterion(rising, [6, 7, 8], shift=0).points == 0
    assert conservative_dual_criterion(rising, [6.5, 7.5, 8.5], shift=0).points == 3
    assert conservative_dual_criterion(rising, [6.3, 7.5, 8.3]).points == 1
    assert conservative_dual_criterion(rising[::-1], [-1, -2, -3], improvement="decrease").points == 3


def test_dual_criterion_moves_the_mean_line_too():
    falling = [5, 4, 3, 2, 1]  # the mean is 3, a quarter of the sd 0.40
    assert conservative_dual_criterion(falling, [3.3, 3.5]).points == 1
    assert conservative_dual_criterion(falling, [3.3, 3.5], shift=0).points == 2


def test_dual_criterion_of_a_constant_baseline():
    result = conservative_dual_criterion([2, 2, 2], [3, 3, 2, 3])
    assert (result.points, result.total, result.p) == (3, 4, 5 / 16)


def test_largest_possible_difference_has_the_smallest_possible_p():
    test = randomization_test([0] * 5, [9] * 5, minimum=3)
    assert test.p == test.smallest_p == 1 / 5


def test_nothing_at_all_has_p_one():
    assert randomization_test([4] * 6, [4] * 6).p == 1


def test_start_points_may_be_listed():
    test = randomization_test([1, 2, 1, 2], [5, 6, 5, 6], start_points=[3, 5, 6, 7])
    assert test.arrangements == 4
    assert test.distribution[1] == test.observed == 4


def test_any_function_of_two_phases_may_be_the_statistic():
    test = randomization_test([1, 2, 1, 2], [5, 6, 5, 6], statistic=nap, minimum=3)
    assert (test.observed, test.p) == (1, 1 / 3)


def test_decrease_turns_the_randomization_test():
    a, b = [9, 7, 8, 9, 8], [3, 4, 2, 3, 3]
    down = randomization_test(a, b, improvement="decrease", minimum=3)
    up = randomization_test([-x for x in a], [-x for x in b], minimum=3)
    assert (down.observed, down.p) == (up.observed, up.p)


def _cases(count, seed):
    rng = np.random.default_rng(seed)
    return [(rng.integers(0, 9, 4 + i).tolist(), rng.integers(3, 12, 12 - i).tolist()) for i in range(count)]


def test_start_points_of_several_cases_are_combined():
    cases = _cases(3, 1)
    test = randomization_test_of_cases(cases, minimum=4)
    singles = [randomization_test(*case, minimum=4) for case in cases]
    sums = [sum(some) / 3 for some in product(*(single.distribution for single in singles))]
    assert test.exact and test.arrangements == len(sums) == 9 ** 3
    assert sorted(test.distribution) == pytest.approx(sorted(sums))
    assert test.p == pytest.approx(np.mean(np.array(sums) >= test.observed - 1e-9))


def test_cases_in_every_order():
    cases = _cases(3, 2)
    test = randomization_test_of_cases(cases, design="order")
    series = [np.array(a + b) for a, b in cases]
    starts = [len(a) for a, _b in cases]
    means = [np.mean([points[start:].mean() - points[:start].mean() for points, start in zip(series, order)])
             for order in ([starts[i] for i in places] for places in
                           [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])]
    assert test.arrangements == 6 and sorted(test.distribution) == pytest.approx(sorted(means))
    assert test.observed == pytest.approx(means[0])


@pytest.mark.parametrize("design", ["start-points", "order"])
def test_drawn_arrangements_come_near_all_of_them(design):
    cases = _cases(5, 3)
    exact = randomization_test_of_cases(cases, minimum=4, design=design, draws=100_000)
    drawn = randomization_test_of_cases(cases, minimum=4, design=design, draws=60 if design == "order" else 4000)
    assert exact.exact and not drawn.exact
    assert drawn.p == pytest.approx(exact.p, abs=0.15 if design == "order" else 0.03)
    assert drawn.p >= drawn.smallest_p == 1 / (len(drawn.distribution) + 1)
    again = randomization_test_of_cases(cases, minimum=4, design=design, draws=len(drawn.distribution))
    assert again.p == drawn.p


def test_piecewise_regression_finds_step_and_bend():
    model = piecewise_regression([1, 2, 3, 4], [10, 12, 14])
    assert (model.start, model.trend, model.level_change, model.slope_change) == pytest.approx((1, 1, 5, 1))
    assert model.r_squared == pytest.approx(1) and model.freedom == 3


def test_standard_errors_of_a_piece_are_those_of_its_own_line():
    model = piecewise_regression(A, B)
    line = stats.linregress(np.arange(5), A)
    residual_sd = math.sqrt(((np.array(A) - line.intercept - line.slope * np.arange(5)) ** 2).sum() / 3)
    time = np.arange(15)
    in_b = stats.linregress(time, B)
    squares = 3 * residual_sd ** 2 + ((np.array(B) - in_b.intercept - in_b.slope * time) ** 2).sum()
    assert model.standard_errors[1] == pytest.approx(line.stderr / residual_sd * math.sqrt(squares / 16))


def test_four_points_leave_no_standard_errors():
    assert piecewise_regression([1, 2], [5, 7]).standard_errors is None


def test_constant_series_is_explained_wholly():
    assert piecewise_regression([4, 4, 4], [4, 4, 4]).r_squared == 1


def test_given_correlations_are_used_in_place_of_estimates():
    effect = design_comparable_smd(_reversal_cases(), autocorrelation=0.1, icc=0.5)
    assert (effect.autocorrelation, effect.icc) == (0.1, 0.5)
    assert effect != design_comparable_smd(_reversal_cases())


def test_design_comparable_difference_turns_with_the_direction():
    up, down = (design_comparable_smd(_reversal_cases(), improvement=way) for way in ("increase", "decrease"))
    assert up == -down
    assert up.standard_error == down.standard_error


# Properties


@few_examples
@given(phase, phase, st.sampled_from(sorted(SHARES)))
def test_shares_lie_between_zero_and_one(a, b, name):
    assert 0 <= SHARES[name](a, b) <= 1


@few_examples
@given(longer_phase, longer_phase, st.sampled_from(sorted(set(PLAIN) - {"lrr", "lrm"})))
def test_mirrored_points_with_mirrored_direction_give_the_same(a, b, name):
    assume(len(set(a)) > 1)
    up = PLAIN[name](a, b)
    down = PLAIN[name]([-x for x in a], [-x for x in b], improvement="decrease")
    assert up == pytest.approx(down, abs=1e-9)
    assert up.standard_error == pytest.approx(down.standard_error) if up.standard_error else True


@few_examples
@given(phase, phase)
def test_phases_exchanged_with_the_direction_give_the_same(a, b):
    assert nap(a, b) == pytest.approx(nap(b, a, improvement="decrease"))
    assert tau(a, b, method="tau-b") == pytest.approx(tau(b, a, method="tau-b", improvement="decrease"))
    assert pand(a, b) == pand(b, a, improvement="decrease")
    assert nap(a, b) + nap(b, a) == pytest.approx(1)


@few_examples
@given(longer_phase, longer_phase, st.integers(1, 9), st.integers(-99, 99),
       st.sampled_from(sorted(set(PLAIN) - {"lrr", "lrm"})))
def test_shifted_and_stretched_points_give_the_same(a, b, factor, shift, name):
    assume(len(set(a)) > 1)
    moved = PLAIN[name]([factor * x + shift for x in a], [factor * x + shift for x in b])
    assert moved == pytest.approx(PLAIN[name](a, b), abs=1e-9)


@few_examples
@given(st.lists(st.integers(1, 50), min_size=2, max_size=9), st.lists(st.integers(1, 50), min_size=2, max_size=9),
       st.integers(2, 9))
def test_ratios_keep_their_value_in_other_units(a, b, factor):
    for ratio in (lrr, lrm):
        stretched = ratio([factor * x for x in a], [factor * x for x in b])
        assert stretched == pytest.approx(ratio(a, b), abs=1e-9)


@few_examples
@given(phase, phase)
def test_rank_measures_do_not_mind_any_rising_change_of_scale(a, b):
    bent = [[x ** 3 for x in points] for points in (a, b)]
    for measure in (pnd, pand, ird, nap, tau, tau_u):
        assert measure(*bent) == measure(a, b)


@every_plain
def test_integers_floats_arrays_and_columns_are_alike(measure):
    kinds = [(A, B), ([float(x) for x in A], [float(x) for x in B]), (np.array(A), np.array(B)),
             (pd.Series(A), pd.Series(B)), (tuple(A), [*B[:3], None, *B[3:], float("nan")])]
    if measure in (pet, tau_bc):  # where a missing point moves the sessions after it
        kinds.pop()
    assert len({float(measure(a, b)) for a, b in kinds}) == 1


@pytest.mark.parametrize("name", ["pnd", "pem", "pand", "ird", "nap", "tau"])
def test_one_point_in_each_phase_is_enough(name):
    measure = PLAIN[name]
    assert measure([1], [2]) == 1
    assert measure([1], [2]).standard_error is None
    assert measure([2], [1]) in (0, 0.5, -1)
    str(measure([1], [2]))


@pytest.mark.parametrize("name, value", [("pnd", 0), ("pem", 0.5), ("pand", 0.5), ("ird", 0), ("nap", 0.5), ("tau", 0),
                                         ("tau_u", 0), ("tau_bc", 0), ("pet", 0), ("lrr", 0), ("lrm", 0)])
def test_constant_series_shows_no_effect(name, value):
    assert PLAIN[name]([3, 3, 3], [3, 3, 3]) == value
    str(PLAIN[name]([3, 3, 3], [3, 3, 3]))


def test_very_long_series_are_measured():
    rng = np.random.default_rng(1)
    a, b = rng.normal(0, 1, 10_000), rng.normal(1, 1, 10_000)
    expected = stats.mannwhitneyu(b, a).statistic / 1e8
    assert nap(a, b) == pytest.approx(expected)
    assert nap(a, b).standard_error == pytest.approx(0.003, abs=0.001)
    assert pand(a, b, method="sorted") > 0.6 and tau_u(a, b) == pytest.approx(2 * expected - 1, abs=0.02)


# What a result is


def test_an_effect_is_a_number_that_prints_as_a_sentence():
    effect = nap([1, 2, 3], [3, 4, 5])
    assert isinstance(effect, float) and round(effect, 2) == 0.94 and f"{effect:.1f}" == "0.9"
    assert str(effect).startswith("NAP 0.94: in 94 of 100 pairs") and "95% interval: 0." in str(effect)
    assert json.dumps(effect) == repr(float(effect))
    assert "90% interval" in str(nap([1, 2, 3], [3, 4, 5], level=0.9))
    assert str(smd([1, 2, 3], [1, 2, 3], improvement="decrease")).startswith("The level moves by +0.00")


@every_plain
def test_effects_can_be_copied_and_stored(measure):
    effect = measure(A, B)
    for twin in (copy.copy(effect), pickle.loads(pickle.dumps(effect))):
        assert (twin, str(twin), twin.standard_error) == (effect, str(effect), effect.standard_error)


def test_every_result_prints_without_a_gap():
    results = [measure(A, B) for measure in PLAIN.values()]
    results += [phase_summary(A, B), visual_analysis(A, B), trend(A), piecewise_regression(A, B), consistency(A, B),
                pogo(A, B, goal=90), conservative_dual_criterion(A, B), randomization_test(A, B),
                combine_tau([tau(A, B)]), design_comparable_smd(_reversal_cases())]
    for result in results:
        assert str(result).endswith(".") and "nan" not in str(result) and "{" not in str(result)


def test_all_that_is_offered_exists():
    assert all(hasattr(single_case, name) for name in single_case.__all__)


# Refusals

BAD_PHASES = [
    ([], "no numbers"), ([None, float("nan")], "no numbers"), ([1, "two", 3], "place 2"), ("12, 14", "list of numbers"),
    ([1, [2, 3]], "place 2"), ([1, float("inf")], "place 2"), (None, "list of numbers"), (5, "list of numbers"),
]


@every_plain
@pytest.mark.parametrize("bad, words", BAD_PHASES)
def test_bad_phases_are_refused_by_name(measure, bad, words):
    for phases, name in (((bad, [4, 5]), "baseline"), (([4, 5], bad), "treatment")):
        with pytest.raises(PracticumError, match=words) as refusal:
            measure(*phases)
        assert name in str(refusal.value)


@every_plain
def test_unknown_direction_is_refused(measure):
    with pytest.raises(PracticumError, match="improvement is 'up'.*increase, decrease"):
        measure([1, 2, 3], [4, 5, 6], improvement="up")


@pytest.mark.parametrize("call, words", [
    (lambda: smd([3, 3, 3], [4, 5, 6]), "baseline: all points are alike"),
    (lambda: smd([3, 3], [4, 4], method="hedges"), "no spread"),
    (lambda: smd([3], [4, 5]), "baseline: 1 given, at least 2"),
    (lambda: smd([3, 4], [5], method="cohen"), "treatment: 1 given"),
    (lambda: smd([3, 4], [5, 6], method="g"), "method is 'g'"),
    (lambda: smd([3, 4], [5, 6], correction="some"), "correction is 'some'"),
    (lambda: reliable_change([3, 3], [4, 5], reliability=0.8), "baseline: all points are alike"),
    (lambda: reliable_change([3], [4, 5], reliability=0.8), "baseline: 1 given"),
    (lambda: reliable_change([3, 4], [4, 5], reliability=1), "reliability is 1"),
    (lambda: lrr([0, 0], [4, 5]), "baseline: the mean is zero"),
    (lambda: lrr([3, 4], [0, 0], improvement="decrease"), "treatment: the mean is zero"),
    (lambda: lrr([3, -4], [4, 5]), "baseline has a negative point"),
    (lambda: lrr([3], [4]), "baseline: 1 given"),
    (lambda: lrr([3, 4], [4, 5], floor=0), "floor is 0"),
    (lambda: lrm([0, 0, 4], [4, 5]), "baseline: the median is zero"),
    (lambda: lrm([1e-300], [1e90]), "too far apart"),
    (lambda: pogo([3, 5], [6], goal=4), "goal is the mean of the baseline"),
    (lambda: pogo([3, 5], [6], goal="high"), "goal is 'high'"),
    (lambda: pogo([3, 5], [6], goal=9, improvement="decrease"), "cannot decrease"),
    (lambda: pet([3], [4, 5]), "baseline: a trend line needs at least 2"),
    (lambda: pet([3, 4], [5], line="curve"), "line is 'curve'"),
    (lambda: pet([3, 4], [5], times=[0, 1]), "times has 2 places, but there are 3 sessions"),
    (lambda: pet([3, 4], [5], times=[0, 2, 1]), "backwards"),
    (lambda: pet([3, 4], [5], times=[0, "x", 1]), "times: place 2"),
    (lambda: tau_bc([3], [4, 5]), "baseline: a trend needs"),
    (lambda: tau_bc([3, 4], [5], times=[1, 1, 2]), "different times"),
    (lambda: tau_bc([3, 4], [5], pretest=2), "pretest is 2"),
    (lambda: tau_u([3], [4, 5], form="trend A"), "at least two points"),
    (lambda: tau_u([3, 4], [4, 5], form="U"), "form is 'U'"),
    (lambda: tau_u([3, 4], [4, 5], denominator="n"), "denominator is 'n'"),
    (lambda: tau([3, 4], [4, 5], method="c"), "method is 'c'"),
    (lambda: nap([3], [4], se="robust"), "se is 'robust'"),
    (lambda: nap([3], [4], level=95), "level is 95"),
    (lambda: pem([3], [4], ties="all"), "ties is 'all'"),
    (lambda: pand([3], [4], method="quick"), "method is 'quick'"),
    (lambda: ird([3], [4], method="quick"), "method is 'quick'"),
    (lambda: pand_of_cases([[1, 2, 3]]), "pairs of a baseline and a treatment"),
    (lambda: pand_of_cases([]), "pairs of a baseline and a treatment"),
    (lambda: combine_tau([0.5, 0.6]), "needs a standard error"),
    (lambda: combine_tau([0.5, 0.6], [0.1]), "one for each"),
    (lambda: combine_tau([0.5, 0.6], [0.1, 0]), "above 0"),
    (lambda: trend([3]), "series: a trend line needs at least 2"),
    (lambda: trend([3, 4], method="tri-split"), "at least 3"),
    (lambda: trend([3, 4, 5], times=[1, 1, 1]), "different times"),
    (lambda: trend([3, 4, 5, 6, 7, 8], times=[0, 1, 1, 1, 1, 1], method="bi-split"), "at the same time"),
    (lambda: trend([3, 4, 5], method="spline"), "method is 'spline'"),
    (lambda: autocorrelation([3, 3, 3]), "all points are alike"),
    (lambda: autocorrelation([3, 4], 2), "smaller lag"),
    (lambda: autocorrelation([3, 4], 0), "lag is 0"),
    (lambda: consistency([3, 4]), "at least two"),
    (lambda: consistency([3, 4], ["x"]), "phase 2: place 1"),
    (lambda: binomial_p(5, 4), "successes is 5"),
    (lambda: conservative_dual_criterion([3], [4]), "baseline: a trend line"),
    (lambda: conservative_dual_criterion([3, 4], [4], shift=-1), "shift is -1"),
    (lambda: randomization_test([1, 2], [3, 4]), "treatment starts at session 3 of 4"),
    (lambda: randomization_test([1, 2], [3, 4], start_points=[2, 4]), "not among"),
    (lambda: randomization_test([1, 2], [3, 4], start_points=[3, 9]), "past the end"),
    (lambda: randomization_test([1, 2], [3, 4], minimum=1, statistic="mode"), "statistic is 'mode'"),
    (lambda: randomization_test([1, 2], [3, 4], minimum=1, statistic=lambda a, b: math.nan), "gives no number"),
    (lambda: smd([1e-250, 2e-250], [1e99, 1e99]), "slips|alike"),
    (lambda: smd([0.3, 0.1 + 0.2], [4, 5]), "baseline: all points are alike"),
    (lambda: randomization_test([None, 2], [3, 4], minimum=1), "session 2 one phase has missing points only"),
    (lambda: randomization_test_of_cases([([1, 2], [3])], minimum=1, start_points=[[2], [3]]), "1 cases"),
    (lambda: randomization_test_of_cases([([1, 2], [3]), ([1], [3])], design="order"), "same length"),
    (lambda: randomization_test_of_cases([([1, 2], [3])], design="lot"), "design is 'lot'"),
    (lambda: piecewise_regression([3], [4, 5]), "baseline: a line needs"),
    (lambda: piecewise_regression([3, 4], [5]), "treatment: a line needs"),
    (lambda: design_comparable_smd([[([1], [2])]]), "at least two cases"),
    (lambda: design_comparable_smd([[([1, 2], [3, 4])]] * 2), "no spread between them"),
    (lambda: design_comparable_smd([[([1], [2])], [([3], [5])]]), "no phase has any spread"),
    (lambda: design_comparable_smd([[([1, None], [2, None])], [([None, 4], [None, 5])]]), "no two cases"),
    (lambda: design_comparable_smd([[([1, None], [2, 3])], [([None, 4], [5])]], design="multiple-baseline"), "too few"),
    (lambda: design_comparable_smd([[(range(3000), range(3000))]] * 2), "12000 points"),
    (lambda: design_comparable_smd(_reversal_cases(), icc=1), "icc is 1"),
    (lambda: design_comparable_smd(_reversal_cases(), design="AB"), "design is 'AB'"),
])
def test_what_cannot_be_computed_is_refused_with_the_mend(call, words):
    with pytest.raises(PracticumError, match=words):
        call()


@few_examples
@given(*[st.lists(st.floats(-1e90, 1e90) | st.none(), max_size=6)] * 2, st.sampled_from(sorted(PLAIN)))
def test_no_input_gives_anything_but_a_finite_answer_or_a_refusal(a, b, name):
    try:
        effect = PLAIN[name](a, b)
    except PracticumError:
        return
    assert math.isfinite(effect) and "nan" not in str(effect)
    assert effect.standard_error is None or math.isfinite(effect.standard_error)
