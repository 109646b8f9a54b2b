import doctest
from datetime import date, datetime, timezone
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from practicum import series
from practicum.errors import PracticumError
from practicum.series import as_pair, as_series, as_times

TWO_DATES_TWO_WEEKS_APART = [
    pd.to_datetime(["2026-09-01", "2026-09-15", None]),
    pd.Series(pd.to_datetime(["2026-09-01", "2026-09-15", None])),
    pd.to_datetime(["2026-09-01", "2026-09-15", None]).tz_localize("Asia/Almaty"),
    np.array(["2026-09-01", "2026-09-15", "NaT"], dtype="datetime64[D]"),
    [date(2026, 9, 1), datetime(2026, 9, 15), None],
    [np.datetime64("2026-09-01"), pd.Timestamp("2026-09-15"), pd.NaT],
]


@pytest.mark.parametrize("values", [
    [1, None, 3], (1.0, float("nan"), 3.0), np.array([1, np.nan, 3]), pd.Series([1, None, 3]),
    pd.Series([1, pd.NA, 3], dtype="Int64"), [1, pd.NA, 3], [np.int8(1), pd.NaT, np.float32(3)],
    np.ma.array([1, 2, 3], mask=[False, True, False]), [Decimal(1), Decimal("nan"), Fraction(3)],
], ids=lambda values: type(values).__name__)
def test_numbers_of_every_kind_are_read_and_the_missing_one_is_dropped_or_kept(values):
    np.testing.assert_array_equal(as_series(values, "scores"), [1, 3])
    np.testing.assert_array_equal(as_series(values, "scores", missing="keep"), [1, np.nan, 3])


def test_the_readers_array_is_not_changed_by_what_is_done_with_the_series():
    given = np.array([1.0, 2.0])
    as_series(given, "scores", missing="keep")[0] = 99
    assert given[0] == 1


@pytest.mark.parametrize("values", [
    [4, "5"], ["4"], [4, "True"], [4, [5]], np.eye(2), pd.DataFrame({"a": [1]}), [4, 5j], [date(2026, 9, 1)],
    [4, float("inf")], [4, -np.inf], [4, 10**400], [4, 1e200],
], ids=str)
def test_what_is_no_usable_number_is_refused_with_its_place(values):
    place = len(values) if isinstance(values, list) else 1
    with pytest.raises(PracticumError, match=f"scores: place {place} is .* (Write|Give)"):
        as_series(values, "scores")


@pytest.mark.parametrize("values", ["12", b"12", 12, None, {1: 2}, {1, 2}, np.array(12.0)], ids=str)
def test_what_is_no_list_is_refused(values):
    with pytest.raises(PracticumError, match="scores is .* Give a list of numbers"):
        as_series(values, "scores")


@pytest.mark.parametrize("values", [[], [None], [float("nan")], pd.Series([], dtype=float)], ids=str)
@pytest.mark.parametrize("missing", ["drop", "keep"])
def test_a_series_without_numbers_is_refused(values, missing):
    with pytest.raises(PracticumError, match="scores has no numbers. Give at least 1."):
        as_series(values, "scores", missing=missing)


def test_missing_numbers_do_not_count_towards_the_minimum():
    with pytest.raises(PracticumError, match="scores: 2 given, at least 3 needed"):
        as_series([1, None, 2], "scores", minimum=3)
    assert len(as_series([1, None, 2], "scores", minimum=2)) == 2
    assert len(as_series([], "scores", minimum=0)) == 0


def test_an_unknown_way_with_missing_numbers_is_refused():
    with pytest.raises(PracticumError, match='Choose "drop" or "keep"'):
        as_series([1], "scores", missing="mean")


@pytest.mark.parametrize("times", TWO_DATES_TWO_WEEKS_APART, ids=lambda times: type(times).__name__)
def test_dates_of_every_kind_become_weeks_since_the_first(times):
    np.testing.assert_array_equal(as_times(times, "times"), [0, 2, np.nan])


def test_weeks_count_from_the_earliest_date_in_whatever_order_the_dates_come():
    np.testing.assert_array_equal(as_times([date(2026, 9, 15), date(2026, 9, 1)], "times"), [2, 0])


def test_numbers_are_weeks_already():
    np.testing.assert_array_equal(as_times([3, None, 5.5], "times"), [3, np.nan, 5.5])


@pytest.mark.parametrize("times, message", [
    ([date(2026, 9, 1), 3], "times: place 2 is 3, but other places are dates"),
    (["2026-09-01"], "times: place 1 is '2026-09-01'"),
    ([datetime(2026, 9, 1), datetime(2026, 9, 2, tzinfo=timezone.utc)], "some times have a time zone"),
    ([pd.NaT, None], "times has no numbers"),
])
def test_times_that_cannot_be_read_are_refused(times, message):
    with pytest.raises(PracticumError, match=message):
        as_times(times, "times")


def test_a_pair_loses_the_places_where_either_is_missing():
    times, scores = as_pair([0, None, 2, 3], [40, 41, None, 43])
    np.testing.assert_array_equal(times, [0, 3])
    np.testing.assert_array_equal(scores, [40, 43])


def test_weeks_of_a_pair_count_from_the_first_date_also_when_its_score_is_missing():
    times, _scores = as_pair([date(2026, 9, 1), date(2026, 9, 8)], [None, 40])
    np.testing.assert_array_equal(times, [1])


def test_a_pair_of_different_lengths_is_refused():
    with pytest.raises(PracticumError, match="weeks has 2 places and words has 1"):
        as_pair([0, 1], [40], "weeks", "words")


def test_a_pair_needs_enough_places_where_both_are_there():
    with pytest.raises(PracticumError, match="scores: 1 given, at least 2 needed"):
        as_pair([0, None], [40, 41], minimum=2)


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(series).failed == 0 < doctest.testmod(series).attempted
