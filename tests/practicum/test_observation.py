import doctest
import json
from datetime import date, datetime, timezone
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practicum import observation as ob
from practicum.errors import PracticumError

PUBLISHED = {row["id"]: row
             for row in json.loads((Path(__file__).parent / "published" / "observation.json").read_text("utf-8"))}
AGREEMENTS = [ob.total_count_ioa, ob.partial_agreement_ioa, ob.exact_agreement_ioa, ob.interval_ioa,
              ob.scored_interval_ioa, ob.unscored_interval_ioa, ob.total_duration_ioa, ob.mean_duration_ioa]
COUNT_AGREEMENTS = AGREEMENTS[:3]

modest = settings(deadline=None, max_examples=60)
spells = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)).map(lambda pair: tuple(sorted(pair))),
                  max_size=6)
marks = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=30).map(
    lambda pairs: [list(side) for side in zip(*pairs)])
amounts = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30).map(
    lambda pairs: [list(side) for side in zip(*pairs)])


def test_the_examples_in_the_docstrings_come_out():
    assert doctest.testmod(ob).failed == 0


# ---- published examples

@pytest.mark.parametrize("name, agreement", [
    ("S31", ob.total_count_ioa), ("S32", ob.partial_agreement_ioa), ("S33", ob.exact_agreement_ioa),
    ("S34", ob.interval_ioa), ("S35", ob.scored_interval_ioa), ("triad-intervals", ob.unscored_interval_ioa)])
def test_published_agreement_is_reproduced(name, agreement):
    row = PUBLISHED[name]
    observer1, observer2 = row["data"].values()
    assert 100 * agreement(observer1, observer2) == pytest.approx(row["expected"], abs=row["tolerance"] + 1e-12)


def test_published_kappa_is_reproduced():
    row = PUBLISHED["S36"]
    found = ob.kappa(row["data"]["table_2x2"])
    assert [found.observed, found.expected, found.kappa] == pytest.approx(row["expected"], abs=row["tolerance"])
    assert float(found) == found.kappa and found.n == 20


# ---- recording

@modest
@given(spells, st.sampled_from([1, 2, 5, 10, 30, 60, 120]))
def test_partial_overstates_and_whole_understates_the_time(events, interval):
    true = ob.duration_share(events, length=120)
    partial = ob.record(events, "partial", interval=interval, length=120).mean()
    whole = ob.record(events, "whole", interval=interval, length=120).mean()
    assert whole <= true + 1e-12 and true <= partial + 1e-12


@modest
@given(spells, st.sampled_from([2, 5, 10, 30]))
def test_momentary_is_right_on_average_over_all_moments_to_start(events, interval):
    shares = [ob.record(_turned(events, by, 120), "momentary", interval=interval, length=120).mean()
              for by in range(120)]
    assert np.mean(shares) == pytest.approx(ob.duration_share(events, length=120))


def _turned(events, by, length):
    """The events on a session that starts ``by`` seconds later and runs in a circle."""
    pieces = []
    for start, end in events:
        start, end = start + by, end + by
        pieces += [(low - lap, high - lap) for lap in (0, length)
                   if (high := min(end, lap + length)) > (low := max(start, lap))]
    return pieces


@modest
@given(spells, st.randoms(use_true_random=False))
def test_the_record_does_not_depend_on_the_order_of_the_events(events, chance):
    mixed = chance.sample(events, len(events))
    for method in ("partial", "whole", "momentary"):
        np.testing.assert_array_equal(ob.record(events, method, interval=10, length=120),
                                      ob.record(mixed, method, interval=10, length=120))


def test_intervals_of_a_tenth_of_a_second_are_not_lost_to_rounding():
    assert ob.record([(0, 0.3)], "whole", interval=0.1, length=0.6).tolist() == [1, 1, 1, 0, 0, 0]
    assert ob.record([(0, 0.3)], "momentary", interval=0.1, length=0.6).tolist() == [1, 1, 1, 0, 0, 0]
    assert ob.record([(0, 0.3)], "partial", interval=0.1, length=0.6).tolist() == [1, 1, 1, 0, 0, 0]


def test_sums_of_tenths_fill_their_intervals_exactly():
    events = [(round(0.3 * k + 0.1, 1), round(0.3 * k + 0.3, 1)) for k in range(20)]
    assert ob.record(events, "whole", interval=0.1, length=6).tolist() == [0, 1, 1] * 20


def test_touching_events_fill_an_interval_together():
    assert ob.record([(0, 4), (4, 10)], "whole", interval=10, length=20).tolist() == [1, 0]


def test_an_event_within_another_does_not_end_it():
    assert ob.record([(0, 20), (2, 3)], "momentary", interval=10, length=20).tolist() == [1, 1]
    assert ob.total_duration([(0, 20), (2, 3)]) == 20


def test_point_events_are_marked_where_they_happen_and_the_last_second_counts():
    assert ob.record([0, 10, 30], interval=10, length=30).tolist() == [1, 1, 1]
    assert ob.counts([0, 10, 30], interval=10, length=30).tolist() == [1, 1, 1]


@pytest.mark.parametrize("method", ["partial", "whole", "momentary"])
def test_a_session_without_the_behaviour_has_no_marks(method):
    assert ob.record([], method, interval=5, length=15).tolist() == [0, 0, 0]
    assert ob.counts([], interval=5, length=15).tolist() == [0, 0, 0]
    assert ob.rate([], length=60) == ob.total_duration([]) == ob.duration_share([], length=60) == 0


@pytest.mark.parametrize("events", [
    np.array([[3, 12], [14, 15]]), [[3, 12], (14, 15)], pd.DataFrame({"start": [3, 14], "end": [12, 15]})], ids=type)
def test_events_are_read_from_lists_arrays_and_tables(events):
    assert ob.record(events, interval=5, length=20).tolist() == [1, 1, 1, 0]


def test_rate_is_per_minute_unless_said_otherwise():
    assert ob.rate([1, 2, 3], length=90) == 2
    assert ob.rate([1, 2, 3], length=90, per=3600) == 120


@pytest.mark.parametrize("events, words", [
    ([(12, 3)], "place 1 ends before it starts"), ([1, (2, 3, 4)], "place 2 is neither"),
    ([(1, 2), (19, 21)], "place 2 is later"), ([-1], "place 1 starts before 0"), ([(3, None)], "place 1 lacks"),
    (["early"], "'early'"), ("3-12", "list of"), (7, "list of"), ([[[1]]], "place 1 is neither"), ([()], "place 1"),
    ({3: 12}, "list of")])
def test_events_that_cannot_be_are_refused_with_their_place(events, words):
    with pytest.raises(PracticumError, match=words):
        ob.record(events, interval=5, length=20)


@pytest.mark.parametrize("change, words", [
    ({"interval": 7}, "whole number of intervals"), ({"interval": 0}, "interval is 0"),
    ({"length": -5}, "length is -5"),
    ({"interval": 40}, "whole number"), ({"interval": "5 s"}, "interval"), ({"method": "often"}, "Choose"),
    ({"method": "whole"}, "no end"), ({"method": "momentary"}, "no end"), ({"interval": None}, "interval")])
def test_sheets_that_cannot_be_are_refused(change, words):
    with pytest.raises(PracticumError, match=words):
        ob.record(**({"events": [3, (4, 5)], "interval": 5, "length": 20} | change))


def test_durations_need_events_with_an_end():
    with pytest.raises(PracticumError, match="no end"):
        ob.total_duration([3, 4])


# ---- agreement

@modest
@given(marks)
def test_agreement_on_marks_is_symmetric_and_a_share(pair):
    for agreement in AGREEMENTS:
        try:
            value = agreement(*pair)
        except PracticumError:
            assert agreement in (ob.scored_interval_ioa, ob.unscored_interval_ioa)
            continue
        assert 0 <= value <= 1 and value == agreement(*pair[::-1])


@modest
@given(amounts)
def test_exact_is_never_above_partial_agreement(pair):
    assert ob.exact_agreement_ioa(*pair) <= ob.partial_agreement_ioa(*pair) + 1e-12


@modest
@given(amounts)
def test_full_partial_agreement_means_the_same_counts(pair):
    assert (ob.partial_agreement_ioa(*pair) == 1) == (pair[0] == pair[1])


@modest
@given(marks)
def test_unscored_is_scored_agreement_on_the_swapped_marks(pair):
    swapped = [[1 - mark for mark in side] for side in pair]
    try:
        assert ob.scored_interval_ioa(*pair) == ob.unscored_interval_ioa(*swapped)
    except PracticumError:
        assert not np.any(pair)


@pytest.mark.parametrize("agreement", [*COUNT_AGREEMENTS, ob.interval_ioa, ob.total_duration_ioa, ob.mean_duration_ioa])
def test_two_observers_who_saw_nothing_agree_fully(agreement):
    assert agreement([0, 0], [0, 0]) == 1


def test_scored_agreement_of_two_who_saw_nothing_is_refused_and_unscored_is_full():
    with pytest.raises(PracticumError, match="nothing to compare"):
        ob.scored_interval_ioa([0, 0], [0, 0])
    assert ob.unscored_interval_ioa([0, 0], [0, 0]) == 1
    with pytest.raises(PracticumError, match="nothing to compare"):
        ob.unscored_interval_ioa([1, 1], [1, 1])


@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_intervals_that_one_observer_missed_are_left_out(agreement):
    assert agreement([1, None, 1, 0], [0, 1, 1, float("nan")]) == agreement([1, 1], [0, 1])


@pytest.mark.parametrize("agreement", AGREEMENTS)
@pytest.mark.parametrize("observer1, observer2, words", [
    ([1, 0], [1], "observer1 has 2 entries and observer2 has 1"), ([], [], "observer1"), ([None], [1], "observer1"),
    ([1, None], [None, 1], "no interval in common"), ([1, "x"], [1, 0], "observer1: place 2"),
    ([1, 0], [1, -1], "observer2"), ([1, 0], [1, float("inf")], "observer2: place 2"), ("10", [1, 0], "observer1")])
def test_observers_that_cannot_be_compared_are_refused(agreement, observer1, observer2, words):
    with pytest.raises(PracticumError, match=words):
        agreement(observer1, observer2)


@pytest.mark.parametrize("agreement", [ob.interval_ioa, ob.scored_interval_ioa, ob.unscored_interval_ioa])
def test_marks_are_zero_or_one(agreement):
    with pytest.raises(PracticumError, match="other than 0 and 1"):
        agreement([1, 2], [1, 0])
    assert agreement([True, False, True], [1, 0, 0]) == agreement([1, 0, 1], [1, 0, 0])


# ---- kappa

codes = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=25).map(
    lambda pairs: [list(side) for side in zip(*pairs)])


@modest
@given(codes)
def test_kappa_is_one_exactly_for_the_same_codes_with_variation(pair):
    if pair[0] == pair[1] and len(set(pair[0])) == 1:
        with pytest.raises(PracticumError, match="undefined"):
            ob.kappa(*pair)
        return
    found = ob.kappa(*pair)
    assert -1 <= found.kappa <= 1 + 1e-12 and found.kappa == pytest.approx(ob.kappa(*pair[::-1]).kappa)
    assert (found.kappa > 1 - 1e-12) == (pair[0] == pair[1])


@modest
@given(codes)
def test_kappa_from_codes_is_kappa_from_their_table(pair):
    table = [[sum(one == a and other == b for one, other in zip(*pair)) for b in "abc"] for a in "abc"]
    try:
        assert ob.kappa(*pair).kappa == pytest.approx(ob.kappa(table).kappa)
    except PracticumError:
        with pytest.raises(PracticumError, match="undefined"):
            ob.kappa(table)


def test_one_observer_without_variation_gives_kappa_zero():
    assert ob.kappa(["on", "on", "off"], ["on", "on", "on"]).kappa == pytest.approx(0)


def test_kappa_leaves_out_records_that_either_left_empty():
    found = ob.kappa(["on", None, "off", "on", "off"], ["on", "on", "off", float("nan"), "on"])
    assert found.n == 3 and found.observed == pytest.approx(2 / 3)


@pytest.mark.parametrize("pair", [
    (np.array([1, 0, 1]), np.array([1, 0, 0])), (pd.Series(["a", "b", "a"]), ["a", "b", "b"]),
    ([True, False, True], [1, 0, 0])], ids=["arrays", "column", "booleans"])
def test_kappa_takes_codes_of_any_kind(pair):
    assert ob.kappa(*pair).kappa == pytest.approx(ob.kappa(["x", "y", "x"], ["x", "y", "y"]).kappa)


@pytest.mark.parametrize("arguments, words", [
    (([[1, 2], [3]],), "columns as rows"), (([[5]],), "at least two"), (([[0, 0], [0, 0]],), "not only zeros"),
    (([[1, -1], [0, 3]],), "0 or more"), (([[1, None], [0, 3]],), "0 or more"), (([1, 0, 1],), "observer1"),
    ((["a"], ["a", "b"]), "has 1 entries"), (([None], ["a"]), "in common"), (([], []), "in common"),
    (("aab", "abb"), "not a list"), (([[1, 2], [3, 4]], [1, 2]), "one code"), ((np.array(3), [1]), "not a list")])
def test_kappa_refuses_what_it_cannot_read(arguments, words):
    with pytest.raises(PracticumError, match=words):
        ob.kappa(*arguments)


# ---- conditional probabilities

def test_conditional_probabilities_are_the_shares_of_the_two_groups():
    found = ob.conditional_probability([1] * 12 + [0] * 48, [1] * 9 + [0] * 3 + [1] * 12 + [0] * 36)
    assert (found.given_behaviour, found.given_no_behaviour, found.base_rate) == (0.75, 0.25, 0.35)
    assert found.difference == 0.5 and found.interval[0] < 0.5 < found.interval[1]
    assert "75% of the 12 intervals" in str(found) and "25% of the 48" in str(found)


@modest
@given(marks.filter(lambda pair: len(set(pair[0])) == 2))
def test_the_base_rate_lies_between_the_two_chances_and_the_difference_has_its_sign(pair):
    found = ob.conditional_probability(*pair, resamples=20)
    low, high = sorted([found.given_behaviour, found.given_no_behaviour])
    assert low - 1e-12 <= found.base_rate <= high + 1e-12
    assert np.sign(round(found.difference, 12)) == np.sign(round(found.given_behaviour - found.base_rate, 12))
    assert -1 <= found.interval[0] <= found.interval[1] <= 1


def test_an_event_as_common_without_the_behaviour_shows_no_link():
    found = ob.conditional_probability([1] * 20 + [0] * 40, ([1] * 9 + [0]) * 6)
    assert found.given_behaviour == 0.9 and found.difference == 0
    assert found.interval[0] < 0 < found.interval[1]


def test_the_bootstrap_interval_covers_the_true_difference_about_as_often_as_it_says():
    rng = np.random.default_rng(5)
    covered = 0
    for seed in range(200):
        behaviour = rng.random(80) < 0.4
        event = rng.random(80) < np.where(behaviour, 0.7, 0.3)
        low, high = ob.conditional_probability(behaviour, event, level=0.9, resamples=200, seed=seed).interval
        covered += low <= 0.4 <= high
    assert 0.83 <= covered / 200 <= 0.96


def test_runs_of_behaviour_need_blocks_for_an_honest_width():
    rng = np.random.default_rng(2)
    behaviour, event = (np.repeat(rng.random(30) < 0.5, 10) for _side in range(2))
    widths = [np.ptp(ob.conditional_probability(behaviour, event, block=block).interval) for block in (1, 10)]
    assert widths[1] > 2 * widths[0]


def test_a_block_as_long_as_the_record_leaves_nothing_to_vary():
    found = ob.conditional_probability([1, 0, 1, 1, 0, 0], [1, 0, 0, 1, 0, 1], block=6)
    assert found.interval == pytest.approx((found.difference, found.difference))


def test_the_interval_of_a_long_record_is_the_normal_one():
    behaviour, event = [1] * 1000 + [0] * 1000, ([1] * 600 + [0] * 400) + ([1] * 300 + [0] * 700)
    error = (0.6 * 0.4 / 1000 + 0.3 * 0.7 / 1000) ** 0.5
    low, high = ob.conditional_probability(behaviour, event).interval
    assert (low, high) == pytest.approx((0.3 - 1.96 * error, 0.3 + 1.96 * error), abs=0.15 * error)


def test_the_bootstrap_gives_the_same_interval_for_the_same_seed():
    rows = [1, 0, 1, 1, 0, 0, 1, 0], [1, 0, 0, 1, 0, 1, 1, 0]
    assert ob.conditional_probability(*rows).interval == ob.conditional_probability(*rows).interval
    assert ob.conditional_probability(*rows, seed=2, resamples=50) != ob.conditional_probability(*rows, resamples=50)


@pytest.mark.parametrize("behaviour, event, options, words", [
    ([1, 1], [1, 0], {}, "same in all"), ([0, 0], [1, 0], {}, "same in all"), ([1, 0], [1], {}, "behaviour has 2"),
    ([1, 3], [1, 0], {}, "behaviour holds"), ([1, 0], [1, 0], {"level": 1}, "level is 1"),
    ([1, 0], [1, 0], {"block": 0}, "block is 0"), ([1, 0], [1, 0], {"resamples": 1.5}, "resamples is 1.5"),
    ([1, 0, 0, 0], [1, 0, 0, 0], {"resamples": 1, "seed": 0}, "more resamples"), ([None], [1], {}, "behaviour")])
def test_conditional_probability_refuses_what_has_no_answer(behaviour, event, options, words):
    with pytest.raises(PracticumError, match=words):
        ob.conditional_probability(behaviour, event, **options)


# ---- time of day

MOMENTS = ["2026-03-02 10:15", "2026-03-02 10:40", "2026-03-06 08:05"]


@pytest.mark.parametrize("times", [
    MOMENTS, [datetime.fromisoformat(text) for text in MOMENTS], pd.to_datetime(MOMENTS),
    pd.Series(pd.to_datetime(MOMENTS)),
    np.array(MOMENTS, dtype="datetime64[ns]"), np.array(MOMENTS, dtype="datetime64[m]"),
    [datetime.fromisoformat(MOMENTS[0]).replace(tzinfo=timezone.utc), *MOMENTS[1:], None, pd.NaT]],
    ids=["text", "datetime", "index", "column", "nanoseconds", "minutes", "mixed"])
def test_moments_of_every_kind_are_counted_by_weekday_and_hour(times):
    found = ob.time_of_day(times)
    assert found.periods == ((8, 9), (9, 10), (10, 11)) and found.outside == 0
    assert found.counts.shape == (7, 3) and found.counts.sum() == 3
    assert found.counts[0, 2] == 2 and found.counts[4, 0] == 1


def test_lessons_can_be_the_periods_and_an_event_on_the_border_belongs_to_the_later():
    found = ob.time_of_day([*MOMENTS, "2026-03-03 09:15", "2026-03-03 11:30"], ["08:30", "09:15", "10:30", "11:30"])
    assert found.counts[1].tolist() == [0, 1, 0] and found.counts[0].tolist() == [0, 1, 1] and found.outside == 2


def test_the_map_says_when_no_time_stands_out():
    assert "No single time stands out" in str(ob.time_of_day(["2026-03-02 10:15", "2026-03-03 10:15"]))
    assert "No event" in str(ob.time_of_day(["2026-03-02 10:15"], [8, 9]))


@pytest.mark.parametrize("times, borders, words", [
    (["2026-03-02"], None, "place 1"), (["soon enough"], None, "place 1"), ([date(2026, 3, 2)], None, "place 1"),
    ([np.datetime64("2026-03-02")], None, "place 1"), ([10.5], None, "place 1"), ([], None, "no moments"),
    ([None], None, "no moments"), ("2026-03-02 10:15", None, "not a list"), (MOMENTS, [9], "borders"),
    (MOMENTS, [9, 8], "borders must rise"), (MOMENTS, ["9 o'clock", 10], "not a time of day"),
    (MOMENTS, [8, 25], "24")])
def test_times_that_cannot_be_read_are_refused(times, borders, words):
    with pytest.raises(PracticumError, match=words):
        ob.time_of_day(times, borders)


def test_long_sessions_and_many_events_stay_quick_to_record():
    starts = np.arange(0, 1e6, 20)
    events = np.column_stack([starts, starts + 5])
    assert ob.record(events, "momentary", interval=10, length=1e6).mean() == 0
    assert ob.record(events, "partial", interval=10, length=1e6).mean() == 0.5
