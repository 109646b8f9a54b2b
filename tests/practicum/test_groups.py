"""Groups of people who share a combination, and what a table of counts gives away."""

import itertools
import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practicum import groups, privacy
from practicum.errors import PracticumError

CLASS = pd.DataFrame({
    "grade": [3, 3, 3, 3, 4, 4, 4, 4],
    "sex": ["f", "f", "m", "m", "f", "f", "m", "m"],
    "device": ["no", "no", "no", "no", "no", "no", "no", "yes"],
})


def test_columns_that_are_harmless_one_by_one_point_at_one_child_together():
    found = {one.columns: one for one in groups.every_combination(CLASS, ["grade", "sex", "device"], minimum=3)}
    assert len(found) == 7
    assert (found["grade",].k, found["sex",].k, found["grade", "sex"].k) == (4, 4, 2)
    assert found["grade", "sex"].alone == 0 and found["grade", "sex"].few == 8
    assert (found["device",].k, found["device",].alone, found["device",].few) == (1, 1, 1)
    assert found["grade", "sex", "device"].alone == 2


def test_an_empty_cell_is_a_value_and_nine_is_nine():
    table = pd.DataFrame({"age": [9, 9.0, None, None], "home": ["kk", "kk", None, np.nan]})
    assert groups.group_sizes(table, ["age", "home"]).tolist() == [2, 2, 2, 2]


rows = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("ab"), st.sampled_from(["x", None])), min_size=1, max_size=20)


@settings(deadline=None, max_examples=60)
@given(rows=rows)
def test_sizes_agree_with_counting_by_hand_and_with_the_smallest_group(rows):
    table = pd.DataFrame(rows, columns=["one", "two", "three"])
    sizes = groups.group_sizes(table, list(table))
    assert sizes.tolist() == [Counter(rows)[row] for row in rows]
    assert sizes.min() == privacy.smallest_group(table, list(table)).k


@settings(deadline=None, max_examples=40)
@given(rows=rows)
def test_one_more_column_never_makes_anybody_safer(rows):
    found = {one.columns: one for one in groups.every_combination(pd.DataFrame(rows, columns=["one", "two", "three"]), ["one", "two", "three"])}
    for small, large in itertools.permutations(found, 2):
        if set(small) < set(large):
            assert found[small].k >= found[large].k and found[small].alone <= found[large].alone and found[small].few <= found[large].few


def test_ages_become_bands_with_an_open_end():
    assert groups.bands([8, 9, 10, 11, 12, None, float("nan")], [9, 11, 12]) == ["under 9", "9–10", "9–10", "11", "12 or more", None, None]
    assert groups.bands(pd.array([9, pd.NA], dtype="Int64"), [9]) == ["9 or more", None]


@pytest.mark.parametrize("values, edges, words", [
    ([9], [], "rising order"), ([9], [11, 9], "rising order"), ([9], [9, 9], "rising order"), ([9], ["9"], "edges must be a whole number"),
    (["nine"], [9], "made of numbers"), ([True], [9], "made of numbers"), ([float("inf")], [9], "made of numbers")])
def test_bands_refuse_what_has_no_place(values, edges, words):
    with pytest.raises(PracticumError, match=words):
        groups.bands(values, edges)


def test_the_next_rarest_joins_when_the_rare_ones_are_still_too_few():
    assert groups.merge_rare(["a"] * 9 + ["b"] * 6 + ["c"], 5) == ["a"] * 9 + ["other"] * 7
    assert groups.merge_rare(["a"] * 9 + ["b"] * 3 + ["c"] * 2, 5, other="rest") == ["a"] * 9 + ["rest"] * 5
    assert groups.merge_rare(["a"] * 6 + ["b"] * 5) == ["a"] * 6 + ["b"] * 5
    assert groups.merge_rare(["a", None, "b"], 2) == ["other", None, "other"]


@settings(deadline=None, max_examples=100)
@given(values=st.lists(st.sampled_from("abcdefg"), max_size=40), minimum=st.integers(2, 8))
def test_every_label_left_is_shared_by_enough_people(values, minimum):
    counts = Counter(groups.merge_rare(values, minimum))
    assert sum(counts.values()) == len(values)
    assert len(counts) <= 1 or min(counts.values()) >= minimum
    kept = set(counts) - {"other"}
    assert all(counts[label] == values.count(label) for label in kept)


def test_one_hidden_number_is_worked_back_from_the_total():
    shown = {"A": 12, "B": "hidden", "C": 9}
    assert groups.work_back(shown, 24) == {"B": (3, 3)}
    assert groups.work_back(privacy.suppress_small_counts({"A": 12, "B": 3, "C": 9}), 24) == {"B": (0, 12), "C": (0, 12)}


def test_a_table_with_both_totals_gives_more_away_than_its_rows():
    # Two hidden in the first row, one of them alone in its column: the column gives it away, and then the row gives the other.
    real = pd.DataFrame({"x": [2, 7], "y": [4, 6], "z": [9, 8]}, index=["p", "q"])
    shown = real.astype(object)
    shown.loc["p", ["x", "y"]] = "hidden"
    assert groups.work_back(shown, (real.sum(axis=1), real.sum())) == {("p", "x"): (2, 2), ("p", "y"): (4, 4)}


def test_several_lines_together_give_away_what_no_line_gives_away():
    # Rows 1 and 2 hide 3s in columns 1 and 2, rows 3 and 4 in columns 3 and 4; in row 2 a 2 is hidden in column 3 as well.
    # What is hidden in rows 1 and 2, less what is hidden in columns 1 and 2, is that 2.
    real = pd.DataFrame([[3, 3, 9, 9], [3, 3, 2, 9], [9, 9, 3, 3], [9, 9, 3, 3]])
    shown = privacy.suppress_small_counts(real)
    hidden = [(row, column) for row in range(4) for column in range(4) if shown.iat[row, column] == "hidden"]
    assert (1, 2) in hidden and len(hidden) == 9
    limits = groups.work_back(shown, (real.sum(axis=1), real.sum()))
    assert limits[1, 2] == (2, 2) and limits[0, 0] == (0, 6)


@settings(deadline=None, max_examples=60)
@given(counts=st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=3), hide=st.integers(0, 511))
def test_the_limits_are_those_of_all_tables_with_these_totals(counts, hide):
    real = pd.DataFrame(counts)
    places = [(row, column) for row in real.index for column in real.columns if hide >> (3 * row + column) & 1]
    shown = real.astype(object)
    for place in places:
        shown.loc[place] = "hidden"
    fitting = _fillings(real.mask(shown == "hidden", 0).to_numpy(int).copy(), places, real.sum(axis=1).to_numpy(), real.sum().to_numpy())
    expected = {place: (min(column), max(column)) for place, column in zip(places, zip(*fitting))}
    assert groups.work_back(shown, (real.sum(axis=1), real.sum())) == expected


def _fillings(table, places, rows, columns):
    """All ways to fill the places so that the totals come out."""
    if not places:
        if (table.sum(axis=1) == rows).all() and (table.sum(axis=0) == columns).all():
            yield ()
        return
    (row, column), *others = places
    for value in range(min(rows[row] - table[row].sum(), columns[column] - table[:, column].sum()) + 1):
        table[row, column] = value
        yield from ((value, *rest) for rest in _fillings(table, others, rows, columns))
    table[row, column] = 0


@settings(deadline=None, max_examples=80)
@given(counts=st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=4), minimum=st.integers(2, 6))
def test_the_true_number_lies_in_the_limits_and_suppression_leaves_no_line_with_one_hidden(counts, minimum):
    real = pd.DataFrame(counts)
    shown = privacy.suppress_small_counts(real, minimum)
    limits = groups.work_back(shown, (real.sum(axis=1), real.sum()))
    assert all(low <= real.loc[place] <= high for place, (low, high) in limits.items())
    for row in real.index:
        alone = groups.work_back(shown.loc[row], int(real.loc[row].sum()))
        assert len(alone) != 1


@pytest.mark.parametrize("shown, total, words", [
    ({"A": 5, "B": "hidden"}, 3, "do not fit"), ({"A": 5}, "x", "whole number"), (pd.DataFrame([[1, "hidden"]]), ([3], [1]), "as many totals")])
def test_totals_that_cannot_be_are_refused(shown, total, words):
    with pytest.raises(PracticumError, match=words):
        groups.work_back(shown, total)


@pytest.mark.parametrize("minimum", [1, 2.5, "5", True])
def test_the_minimum_is_a_whole_number_from_two_up(minimum):
    for call in (lambda: groups.every_combination(CLASS, ["sex"], minimum), lambda: groups.merge_rare(["a"], minimum)):
        with pytest.raises(PracticumError, match=re.escape("minimum must be a whole number from 2 up")):
            call()


def test_hiding_only_small_numbers_gives_most_of_them_away_and_hiding_more_does_not():
    found = groups.leaks([0.58, 0.23, 0.19], tables=60)
    assert found.small_only > 0.5 > 0.1 > found.complementary
    assert found == groups.leaks([0.58, 0.23, 0.19], tables=60)


def test_without_a_total_row_of_its_own_a_small_number_among_many_hidden_ones_stays_open():
    assert groups.leaks([0.25] * 4, columns=4, people=30, tables=20).small_only < 0.5


@pytest.mark.parametrize("shares, options, words", [
    ([1.0], {}, "add up to 1"), ([0.5, 0.4], {}, "add up to 1"), ([1.2, -0.2], {}, "add up to 1"), ([0.5, 0.5], {"people": 1}, "people must be"),
    ([0.5, 0.5], {"people": 100_000}, "Hardly any table")])
def test_leaks_refuse_what_cannot_be_simulated(shares, options, words):
    with pytest.raises(PracticumError, match=words):
        groups.leaks(shares, **options)
