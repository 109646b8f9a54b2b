import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practicum import behaviour as bh
from practicum.errors import PracticumError
from practicum.observation import conditional_probability

quick = settings(deadline=None, max_examples=25)
marks = st.lists(st.integers(0, 1), min_size=12, max_size=40).filter(lambda row: 0 < sum(row) < len(row))
shares = st.lists(st.sampled_from([1, 0, None]), min_size=3, max_size=8)


# ---- all events at once

def test_each_event_has_the_chances_that_the_single_measure_gives():
    behaviour, event = [1, 1, 1, 0, 0, 0, 0, 0], [1, 1, 0, 1, 0, 0, 0, None]
    found = bh.contingencies(behaviour, {"praise": event}, resamples=200)["praise"]
    assert found.chances == conditional_probability(behaviour, event, resamples=200)
    assert (found.with_behaviour, found.without, found.chances.n_no_behaviour) == (2, 1, 4)


def test_a_common_event_is_told_from_one_that_comes_with_the_behaviour():
    behaviour = [1] * 30 + [0] * 70
    common, linked = [1, 1, 1, 1, 0] * 20, [1] * 20 + [0] * 77 + [1] * 3
    found = bh.contingencies(behaviour, {"adult speaks": common, "task put off": linked})
    assert found["adult speaks"].chances.given_behaviour > found["task put off"].chances.given_behaviour
    assert (found["adult speaks"].verdict, found["task put off"].verdict) == ("unclear", "more")
    assert "Clearly more with the behaviour: task put off." in str(found) and "not prove a cause" in str(found)


def test_small_numbers_are_called_few():
    rare = [1, 0, 1] + [0] * 97
    found = bh.contingencies([1] * 30 + [0] * 70, {"rare": rare, "constant": [1 - mark for mark in rare], "half": [0, 1] * 50})
    assert [one.verdict for one in found.each] == ["few", "few", "unclear"]
    assert bh.contingencies([1] * 9 + [0] * 91, {"half": [0, 1] * 50})["half"].few
    assert "Too few to say: rare, constant." in str(found)


@quick
@given(marks, st.data())
def test_counts_and_shares_belong_together(behaviour, data):
    event = data.draw(st.lists(st.integers(0, 1), min_size=len(behaviour), max_size=len(behaviour)))
    one = bh.contingencies(behaviour, {"event": event}, resamples=20)["event"]
    assert one.with_behaviour + one.without == sum(event)
    assert one.with_behaviour == sum(b * e for b, e in zip(behaviour, event))


@pytest.mark.parametrize("events, words", [
    ([[1, 0]], "give a dictionary"), ({}, "give a dictionary"), ({"praise": [1, 0, 2]}, "praise: event holds a number"), ({"praise": [1, 0]}, "praise: ")])
def test_events_that_cannot_be_read_are_named(events, words):
    with pytest.raises(PracticumError, match=words):
        bh.contingencies([1, 0, 1], events)


def test_an_unknown_event_is_answered_with_the_known_ones():
    with pytest.raises(PracticumError, match="The events are: praise"):
        bh.contingencies([1, 0, 1], {"praise": [1, 0, 0]}, resamples=5)["noise"]


def test_labels_become_lists_of_marks():
    assert bh.each_label(pd.Series(["писали", "читали", np.nan, "писали "])) == {"писали": [1, 0, None, 1], "читали": [0, 1, None, 0]}
    with pytest.raises(PracticumError, match="no word"):
        bh.each_label([None, np.nan])


# ---- times

def test_a_share_of_the_time_watched_is_not_a_count():
    times = ["2026-03-02 08:10"] * 8 + ["2026-03-03 08:10"] * 2 + ["2026-03-03 09:10"]
    found = bh.share_by_time(times, [1, 1, 0, 0, 0, 0, 0, 0, 1, 0, None], borders=["08:00", "09:00", "10:00"])
    assert found.seen[0, 0] > found.seen[1, 0] and found.share(0, 0) == 0.25 < found.share(1, 0) == 0.5
    assert found.share(1, 1) is None and found.watched.sum() == 10


def test_times_without_the_behaviour_give_zeros():
    assert bh.share_by_time(["2026-03-02 08:10", "2026-03-02 09:10"], [0, 0]).seen.sum() == 0


@pytest.mark.parametrize("marks, words", [([1], "2 times and 1 marks"), ([1, 3], "other than 0 and 1")])
def test_times_and_marks_must_fit(marks, words):
    with pytest.raises(PracticumError, match=words):
        bh.share_by_time(["2026-03-02 08:10", "2026-03-02 09:10"], marks)


# ---- fidelity

def test_fidelity_counts_only_occasions():
    found = bh.fidelity(pd.DataFrame({"short": [1, 1, 0, np.nan], "card": [np.nan, 1, 0, np.nan]}))
    assert found.by_day == (1.0, 1.0, 0.0, None) and found.by_step == {"short": pytest.approx(2 / 3), "card": 0.5}
    assert (found.delivered, found.planned, found.overall) == (3, 5, 0.6)


@quick
@given(shares, st.data())
def test_fidelity_lies_between_its_days_and_between_its_steps(first, data):
    second = data.draw(st.lists(st.sampled_from([1, 0, None]), min_size=len(first), max_size=len(first)))
    if not any(mark is not None for mark in first) or not any(mark is not None for mark in second):
        return
    found = bh.fidelity({"a": first, "b": second})
    days = [share for share in found.by_day if share is not None]
    assert min(days) <= found.overall <= max(days)
    assert min(found.by_step.values()) - 1e-12 <= found.overall <= max(found.by_step.values()) + 1e-12


@pytest.mark.parametrize("steps, words", [
    ({}, "give a dictionary"), ({"a": [1, 0], "b": [1]}, "different lengths"), ({"a": [1, 0.5]}, "other than 0 and 1"),
    ({"a": [1, 0], "b": [None, None]}, "“b” had no occasion")])
def test_steps_that_cannot_be_read_are_named(steps, words):
    with pytest.raises(PracticumError, match=words):
        bh.fidelity(steps)


def test_the_outcome_is_split_at_the_cut():
    found = bh.outcome_by_fidelity([1, 0.8, 0.6, None, 0.2], [2, 4, 6, 99, 8])
    assert (found.much, found.little, found.n_much, found.n_little) == (3, 7, 2, 2) and "no proof" in str(found)
    assert bh.outcome_by_fidelity([4 / 5, 0], [1, 2]).n_much == 1


@pytest.mark.parametrize("values, words", [(([1, 1], [2, 3]), "one side of the cut"), (([1], [2, 3]), "1 shares and 2 outcomes")])
def test_an_outcome_without_two_sides_is_refused(values, words):
    with pytest.raises(PracticumError, match=words):
        bh.outcome_by_fidelity(*values)


def test_the_mean_of_days_to_come_by_hand():
    # Two days drawn from 0 and 10: means 0, 5, 5, 10, each pair equally likely.
    found = bh.mean_of_days([0, 10], 4, days=2, resamples=40_000)
    assert found.at_most == pytest.approx(0.25, abs=0.01) and found.above == 1 - found.at_most and (found.days, found.n) == (2, 2)
    assert bh.mean_of_days([0, 10, None], 5, days=2, resamples=40_000).at_most == pytest.approx(0.75, abs=0.01)
    assert bh.mean_of_days([3, 3], 3, days=5).at_most == 1
    # The two days are drawn anew first: 0 and 0 or 10 and 10 (a quarter each) give one mean; 0 and 10 (a half) give 0 in a quarter.
    assert found.at_most_unsure == pytest.approx(0.25 + 0.5 * 0.25, abs=0.01) and found.above_unsure == 1 - found.at_most_unsure


@pytest.mark.parametrize("values, options, words", [([1], {"days": 3}, "at least 2 needed"), ([1, 2], {"days": 0}, "whole number")])
def test_days_that_cannot_be_drawn_are_refused(values, options, words):
    with pytest.raises(PracticumError, match=words):
        bh.mean_of_days(values, 1, **options)


# ---- replacement

def test_the_replacement_share_by_hand():
    found = bh.replacement_share([0, 3, 3, None, 0], [4, 1, 9, 2, 0])
    assert found.by_day == (0, 0.75, 0.25, None, None) and found.share == pytest.approx(6 / 20) and (found.replacement, found.problem) == (6, 14)


@quick
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=15).filter(lambda rows: sum(map(sum, rows)) > 0))
def test_the_share_of_the_new_and_of_the_old_way_add_up(rows):
    new, old = zip(*rows)
    one, other = bh.replacement_share(new, old, resamples=200), bh.replacement_share(old, new, resamples=200)
    assert one.share + other.share == pytest.approx(1)
    assert one.interval == pytest.approx([1 - edge for edge in other.interval[::-1]], abs=1e-9)
    assert 0 <= one.interval[0] <= one.interval[1] <= 1


@pytest.mark.parametrize("values, words", [
    (([0, 0], [0, 0]), "no share"), (([1], [1, 2]), "1 days and problem has 2"), (([-1, 2], [1, 2]), "below 0")])
def test_counts_that_give_no_share_are_refused(values, words):
    with pytest.raises(PracticumError, match=words):
        bh.replacement_share(*values)
