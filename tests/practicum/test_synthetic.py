"""A synthetic twin is like the real table column by column, repeats nobody who is rare, and does not promise anonymity."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from practicum import privacy, synthetic
from practicum.errors import PracticumError

CHANCE = np.random.default_rng(4)
SCORES = np.where(np.arange(60) % 3 == 0, 40, 80) + CHANCE.integers(-9, 10, 60)
REAL = pd.DataFrame({
    "code": [f"P-{number:04d}" for number in range(60)],
    "class": ["4A", "4B"] * 30,
    "help": ["yes", "no", "no"] * 20,
    "language": ["kk"] * 40 + ["ru"] * 19 + ["de"],
    "score": [*SCORES[:-1], 300],
})


def shares(values):
    return pd.Series(values).value_counts(normalize=True)


def test_the_same_seed_gives_the_same_twin_and_another_seed_another():
    assert synthetic.twin(REAL, seed=1).table.equals(synthetic.twin(REAL, seed=1).table)
    assert not synthetic.twin(REAL, seed=1).table.equals(synthetic.twin(REAL, seed=2).table)


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_shares_and_spread_are_about_kept_and_nobody_rare_comes_up(seed):
    made = synthetic.twin(REAL, seed=seed).table
    assert len(made) == 60
    for column in ("class", "help"):
        assert (shares(made[column]) - shares(REAL[column])).abs().max() <= 0.04
    assert abs(made.score.median() - REAL.score.median()) < 12
    assert synthetic.repeats(REAL, made) == 0


def test_rare_labels_far_off_scores_and_columns_of_names_do_not_come_along():
    made = synthetic.twin(REAL, seed=3)
    assert "de" not in set(made.table.language) and "other" in set(made.table.language)
    assert made.table.score.max() < 300 and "code" not in made.table
    low, *_middle, second, high = sorted(REAL.score)
    many = synthetic.twin(REAL, seed=3, rows=3000).table.score
    assert many.max() <= (second + high) / 2 and many.min() >= low
    assert any("joined in language" in line for line in made.lost) and any("of its own: code" in line for line in made.lost)


def test_how_the_columns_go_together_is_lost_as_it_says():
    gap = REAL[:-1].groupby("help").score.mean().diff().iloc[-1]
    made = synthetic.twin(REAL, seed=5, rows=600)
    assert abs(gap) > 30 > 10 > abs(made.table.groupby("help").score.mean().diff().iloc[-1])
    assert any("how the columns go together" in line for line in made.lost) and any("No proof of anonymity" in line for line in made.lost)


def test_empty_cells_stay_about_as_frequent():
    table = REAL.assign(score=REAL.score.where(np.arange(60) % 4 > 0))
    made = synthetic.twin(table, seed=6, rows=400).table
    assert 0.15 < made.score.isna().mean() < 0.35


def test_a_twin_that_would_repeat_a_rare_row_swaps_a_cell_and_keeps_the_shares():
    table = pd.DataFrame({"a": ["x"] * 6 + ["y"] * 6, "b": ["p"] * 5 + ["q"] + ["q"] * 5 + ["p"]})
    made = synthetic.twin(table, seed=0, rows=100)
    assert made.swapped > 10 and synthetic.repeats(table, made.table) == 0
    assert abs(shares(made.table.a)["x"] - 0.5) <= 0.02
    assert synthetic.repeats(table, table) == 2


def test_a_table_that_can_only_repeat_rare_rows_is_refused():
    table = pd.DataFrame({"a": list("xy") * 6, "b": list("ppqq") * 3})
    with pytest.raises(PracticumError, match="Widen the columns"):
        synthetic.twin(table, seed=0)


def test_dates_and_notes_are_left_out_and_nothing_left_is_refused():
    table = pd.DataFrame({"came": pd.date_range("2016-01-01", periods=12), "said": [f"word {number}" for number in range(12)]})
    with pytest.raises(PracticumError, match="No column is left"):
        synthetic.twin(table, seed=1)


def test_what_a_notebook_stores_of_a_twin_holds_no_row():
    made = synthetic.twin(REAL, seed=1)
    assert repr(made) == str(made) and "4A" not in str(made) + made._repr_html_() and "60 invented rows" in str(made)


@pytest.mark.parametrize("table, rows, words", [
    (REAL.head(9), None, "at least 10 rows"), ([1], None, "at least 10 rows"), (REAL, 0, "whole number from 1"), (REAL, True, "whole number from 1"),
    (REAL.assign(name="Айгерим Серикова"), None, "Clean it before")])
def test_twin_refuses_what_it_cannot_imitate_or_should_not(table, rows, words):
    with pytest.raises(PracticumError, match=words) as error:
        synthetic.twin(table, seed=1, rows=rows)
    assert "Серикова" not in str(error.value)


def test_tables_without_a_common_column_cannot_be_compared():
    with pytest.raises(PracticumError, match="no column in common"):
        synthetic.repeats(REAL, pd.DataFrame({"x": [1]}))


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(labels=st.lists(st.sampled_from("aaaabc"), min_size=12, max_size=30), seed=st.integers(0, 99))
def test_no_label_of_fewer_than_the_minimum_comes_up(labels, seed):
    table = pd.DataFrame({"label": labels, "number": np.arange(len(labels)) * 1.5})
    try:
        made = synthetic.twin(table, seed=seed).table
    except PracticumError as error:
        assert "Widen the columns" in str(error)
    else:
        rare = {label for label in set(labels) if labels.count(label) < 5}
        assert not rare & set(made.get("label", []))
        assert privacy.scan(made) == []
