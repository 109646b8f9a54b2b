"""Shares, rates and ranges over definitions: against printed figures, for what must always hold, and for their errors."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practicum import comparison as cp
from practicum.errors import PracticumError

PUBLISHED = {row["id"]: row for row in json.loads((Path(__file__).parent / "published" / "comparison.json").read_text("utf-8"))}
counts = st.integers(1, 10**7)
percents = st.floats(1, 99)
ranges = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.floats(0, 100), min_size=2, max_size=5)


def close(row):
    return pytest.approx(row["expected"], abs=row["tolerance"])


def test_printed_shares_are_reproduced():
    row = PUBLISHED["comptroller-2012"]
    assert cp.share(row["data"]["part"], row["data"]["whole"]) == close(row)
    assert row["data"]["part"] + row["data"]["rest"] == row["data"]["whole"]
    row = PUBLISHED["letter-2025"]
    assert cp.share(**row["data"]) == close(row)


@pytest.mark.parametrize("name", ["ynet-special", "ynet-all"])
def test_printed_growth_is_reproduced(name):
    assert cp.change(**PUBLISHED[name]["data"]) == close(PUBLISHED[name])


def test_a_printed_percentage_gives_the_whole_that_fits_it():
    assert list(cp.implied_whole(**PUBLISHED["taub-2019"]["data"])) == close(PUBLISHED["taub-2019"])


@given(counts, counts)
def test_a_part_and_the_rest_make_a_hundred(part, rest):
    assert cp.share(part, part + rest) + cp.share(rest, part + rest) == pytest.approx(100)


@given(counts, counts)
def test_a_rate_and_children_for_each_post_tell_the_same(children, posts):
    assert cp.rate(posts, children) * cp.per_post(children, posts) == pytest.approx(1000)


@given(counts, counts)
def test_growth_leads_from_the_old_count_to_the_new_one(before, after):
    assert before * (1 + cp.change(before, after) / 100) == pytest.approx(after)


@given(counts, st.floats(0.02, 1))
def test_the_true_whole_lies_in_what_a_rounded_percentage_implies(whole, fraction):
    part = whole * fraction
    printed = round(100 * part / whole)
    low, high = cp.implied_whole(part, printed)
    assert low - 1e-6 <= whole <= high + 1e-6


@given(ranges, ranges)
def test_the_verdict_does_not_depend_on_the_order_and_is_strict(first, second):
    one, other = cp.compare(first, second, names=("a", "b")), cp.compare(second, first, names=("b", "a"))
    turned = {"open": "open", "first-higher": "second-higher", "second-higher": "first-higher"}
    assert turned[one.verdict] == other.verdict and one.pairs == (other.pairs[1], other.pairs[0], other.pairs[2])
    assert sum(one.pairs) == len(first) * len(second)
    assert (one.verdict == "first-higher") == (one.first.low > one.second.high)
    assert (one.verdict == "open") == ("cannot say" in str(one))


@given(ranges)
def test_a_range_runs_from_its_lowest_to_its_highest_definition(values):
    found = cp.DefinitionRange(values)
    assert found.low == min(values.values()) and found.high == max(values.values()) and found.width == pytest.approx(found.high - found.low)


def test_definitions_may_be_named_in_a_dictionary_or_one_by_one():
    assert cp.over_definitions({"of all": 40}, of_some=50).values == {"of all": 40, "of some": 50}


def test_a_clear_difference_is_called_one_and_told_with_a_doubt():
    found = cp.compare({"a": 50, "b": 60}, {"c": 10, "d": 49}, names=("here", "there"))
    assert found.verdict == "first-higher" and found.pairs == (4, 0, 0)
    assert "With every definition here is higher; ask still" in str(found)


@pytest.mark.parametrize("call, said", [
    (lambda: cp.share(3, 2), "larger than the whole"),
    (lambda: cp.share(1, 0), "whole"),
    (lambda: cp.share(-1, 5), "part"),
    (lambda: cp.share(float("nan"), 5), "part"),
    (lambda: cp.rate(5, 0), "population"),
    (lambda: cp.rate(5, 10, per=0), "per"),
    (lambda: cp.per_post(5, 0), "posts"),
    (lambda: cp.per_post("many", 2), "children"),
    (lambda: cp.change(0, 5), "before"),
    (lambda: cp.implied_whole(5, 101), "more than the whole"),
    (lambda: cp.implied_whole(5, 0.4), "too small for this rounding"),
    (lambda: cp.over_definitions(only=5), "One definition gives no range"),
    (lambda: cp.over_definitions([1, 2]), "as a dictionary"),
    (lambda: cp.compare([1, 2], {"a": 1, "b": 2}, names=("a", "b")), "as a dictionary"),
    (lambda: cp.compare({"a": 1, "b": 2}, {"a": 1, "b": 2}, names="ab"), "two texts"),
])
def test_what_cannot_be_compared_is_said(call, said):
    with pytest.raises(PracticumError, match=said):
        call()


@pytest.mark.parametrize("first, second, apart", [(2, 2, 2 / 6), (3, 4, 2 / 35)])
def test_how_often_the_strict_rule_speaks_if_both_lists_come_from_one_pot(first, second, apart):
    pot = range(first + second)
    spoken = [cp.compare({str(n): n for n in taken}, {str(n): n for n in pot if n not in taken}, names=("a", "b")).verdict
              for taken in itertools.combinations(pot, first)]
    assert sum(verdict != "open" for verdict in spoken) / len(spoken) == pytest.approx(apart)
