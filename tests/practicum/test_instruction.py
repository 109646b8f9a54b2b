"""Systematic instruction: hand-counted records, known probabilities, what must always hold, and errors that can be mended."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practicum import instruction
from practicum.errors import PracticumError
from practicum.instruction import (LEVELS, chance_of_run, early_help, fading, helped_though_able, independent_by_step, level_of,
                                   level_shares, lost_steps, mastered_steps, middle_level, percent_independent, step_record, stuck_errors,
                                   stuck_steps, to_criterion)

few_examples = settings(max_examples=40, deadline=None)
one_level = st.sampled_from([*LEVELS, "declined", None])


def one_step(*levels):
    return step_record(range(1, len(levels) + 1), ["tap"] * len(levels), levels)


@st.composite
def records(draw):
    steps, sessions = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    places = list(product(range(sessions), range(steps)))
    return step_record([s for s, _t in places], [t for _s, t in places], [draw(one_level) for _place in places])


def test_a_record_puts_steps_in_order_and_keeps_what_was_not_recorded_apart():
    record = step_record([1, 1, 2], [2, 1, 1], ["words", "independent", "declined"])
    assert (record.steps, record.sessions) == ((1, 2), (1, 2))
    assert record.levels() == [["independent", "declined"], ["words", None]]
    assert percent_independent(record) == [50, None]


@few_examples
@given(records())
def test_the_shares_of_the_levels_add_up_and_agree_with_the_percentage_alone(record):
    shares = level_shares(record)
    for session, alone in enumerate(percent_independent(record)):
        column = [shares[level][session] for level in LEVELS]
        if alone is None:
            assert column == [None] * 5 and middle_level(record)[session] is None
        else:
            assert sum(column) == pytest.approx(100) and column[0] == alone
            upto = sum(column[:LEVELS.index(middle_level(record)[session]) + 1])
            assert upto >= 50 - 1e-9


@few_examples
@given(records())
def test_no_is_neither_success_nor_failure(record):
    gone = step_record(*zip(*[(s, t, None if level == "declined" else level) for t, row in zip(record.steps, record.levels())
                              for s, level in zip(record.sessions, row)]))
    assert percent_independent(gone) == percent_independent(record)
    assert mastered_steps(gone) == mastered_steps(record) and lost_steps(gone) == lost_steps(record)
    assert stuck_steps(gone, window=4) == stuck_steps(record, window=4)
    assert independent_by_step(gone) == independent_by_step(record)


@few_examples
@given(records(), st.integers(1, 4))
def test_a_stricter_criterion_never_comes_earlier(record, in_a_row):
    easy, hard = to_criterion(record, percent=60, in_a_row=in_a_row), to_criterion(record, percent=90, in_a_row=in_a_row + 1)
    assert hard.sessions is None or easy.sessions < hard.sessions
    assert all(step in instruction.mastered_steps(record, in_a_row=2) for step in lost_steps(record, in_a_row=2).steps)


def test_sessions_and_trials_to_criterion_counted_by_hand():
    levels = ["words", "independent", "independent", "independent", "independent", "independent", "declined", "declined", "independent", "independent"]
    record = step_record([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], [1, 2] * 5, levels)
    assert percent_independent(record) == [50, 100, 100, None, 100]
    met = to_criterion(record)
    assert (met.sessions, met.trials) == (4, 8)
    assert "met after 4 sessions and 8 trials" in str(met)
    assert "not met in 5 sessions" in str(to_criterion(record, in_a_row=5))


def test_mastered_and_lost_counted_by_hand():
    record = one_step("independent", "independent", None, "independent", "words", "independent", "gesture", "words")
    assert mastered_steps(record) == {"tap": 4} and lost_steps(record).steps == ("tap",)
    assert lost_steps(record, later=3).steps == () and mastered_steps(record, in_a_row=4) == {"tap": None}


# Three heads in a row in ten throws: 520 of the 1024 sequences (OEIS A050231); small cases counted one by one.
@pytest.mark.parametrize("tries, sequences", [(3, 1), (4, 3), (5, 8), (10, 520)])
def test_the_chance_of_three_heads_in_a_row(tries, sequences):
    assert chance_of_run(0.5, tries) == pytest.approx(sequences / 2**tries)


@few_examples
@given(st.floats(0, 1), st.integers(1, 9), st.integers(1, 4))
def test_the_chance_of_a_row_agrees_with_counting_all_sequences(chance, tries, in_a_row):
    total = sum(chance ** sum(go) * (1 - chance) ** (tries - sum(go)) for go in product([0, 1], repeat=tries)
                if "1" * in_a_row in "".join(map(str, go)))
    assert chance_of_run(chance, tries, in_a_row=in_a_row) == pytest.approx(total, abs=1e-9)


def test_a_step_with_less_and_less_help_is_not_stuck_and_one_with_few_tries_is_not_judged():
    falls, stays = ("physical", "physical", "showing", "words", "gesture", "gesture"), ("showing",) * 6
    assert stuck_steps(one_step(*falls), window=6).steps == ()
    assert stuck_steps(one_step(*falls), window=6, watch_help=False).steps == ("tap",)
    assert stuck_steps(one_step(*stays), window=6).steps == ("tap",)
    early = stuck_steps(one_step(*stays), window=8)
    assert early.too_early == ("tap",) and early.steps == () and "Too early to say: step tap" in str(early)
    assert stuck_steps(one_step(*stays[:4], "independent", "independent"), window=6).steps == ()


def test_the_errors_of_the_stuck_rule_agree_with_an_exact_count_where_there_is_no_noise():
    still = stuck_errors(noise_sd=0, pupils=200)
    assert still.miss == 0
    assert stuck_errors(noise_sd=0, fall=1, pupils=200).false_alarm == 0


def test_the_simulation_of_the_stuck_rule_is_the_rule_of_the_record():
    rng = np.random.default_rng(3)
    ranks = instruction._simulated_help(rng, (50, 10), 0.25, 0.8)
    called = instruction._is_stuck(ranks, 1, True)
    for row, said in zip(ranks, called):
        assert (stuck_steps(one_step(*[LEVELS[rank] for rank in row])).steps == ("tap",)) == said


@few_examples
@given(st.integers(4, 12), st.integers(0, 2), st.booleans(), st.integers(1, 12))
def test_the_errors_of_the_stuck_rule_are_shares_and_grow_with_the_steps(window, at_most, watch_help, steps):
    errors = stuck_errors(window=window, at_most=at_most, watch_help=watch_help, steps=steps, pupils=200)
    assert 0 <= errors.false_alarm <= errors.any_false_alarm <= 1 and 0 <= errors.miss <= 1


def test_help_before_the_wait_was_over_is_counted_among_tries_with_help_only():
    found = early_help(["independent", "words", "words", "gesture", "physical", "declined", None], [0, 2, 5, 4.9, None, 1, 1], delay=5)
    assert (found.early, found.prompted, found.unknown) == (2, 3, 1) and found.share == pytest.approx(2 / 3)
    assert "2 of 3" in str(found) and "1 more" in str(found)
    assert early_help(["independent"], [None], delay=5).share is None


def test_helped_though_able_needs_both_sides():
    lessons = step_record([1, 2, 1, 2, 1, 2], ["a", "a", "b", "b", "c", "c"], ["words", "gesture", "words", "words", "independent", "independent"])
    probes = step_record([1, 2, 1, 2, 1, 2], ["a", "a", "b", "b", "c", "c"], ["independent", "independent", "words", "independent", "independent", "independent"])
    assert helped_though_able(lessons, probes).steps == ("a",)
    with pytest.raises(PracticumError, match="Only in one of them: c"):
        helped_though_able(lessons, step_record([1, 1], ["a", "b"], ["words"] * 2))


def test_fading_without_chance_follows_the_rule_to_the_trial():
    sure = fading(1, start=1, pupils=50)
    assert (sure.trials, sure.errors, sure.helped) == (7, 0, 4)      # four levels down, then three alone
    slow = fading(3, start=1, pupils=50)
    assert (slow.trials, slow.errors, slow.helped) == (15, 0, 12)    # three tries at each of four levels, then three alone


def test_the_two_rules_change_places_with_the_assumptions():
    quick = [fading(n, pupils=800) for n in (1, 3)]
    careful = [fading(n, pupils=800, error_cost=0.2, from_help=1) for n in (1, 3)]
    assert quick[0].trials < quick[1].trials and careful[0].trials > careful[1].trials
    assert all(first.errors > third.errors and first.skill < third.skill for first, third in (quick, careful))


def test_pupils_who_do_not_get_there_are_counted():
    never = fading(1, start=0, learn=0, most_trials=40, pupils=50)
    assert never.not_mastered == 1 and never.trials == 40 and "100% of the simulated pupils" in str(never)


@pytest.mark.parametrize("word, level", [("сам", "independent"), ("  ЖЕСТ ", "gesture"), ("сөз", "words"), ("показ", "showing"),
                                         ("Физ. помощь", "physical"), ("отказ", "declined"), ("לבד", "independent"), ("", None), (None, None),
                                         ("н/б", None), ("absent", None)])
def test_the_words_of_schools_are_understood(word, level):
    assert level_of(word) == level


def test_no_word_stands_for_two_levels():
    words = [name for level, names in instruction.WRITTEN.items() for name in (level, *names.split(", "))]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("call, complaint", [
    (lambda: step_record([1], [1, 2], ["words"]), "1 sessions, 2 steps and 1 levels"),
    (lambda: step_record([1, 1], ["tap", "tap"], ["words", "words"]), "stands twice in session 1"),
    (lambda: step_record([1], ["tap"], ["a lot"]), "place 1: “a lot” is no level"),
    (lambda: step_record([], [], []), "is empty"),
    (lambda: step_record("1", "2", "3"), "must be a list"),
    (lambda: stuck_steps(one_step("words"), window=3, at_most=3), "every step is stuck"),
    (lambda: chance_of_run(1.2, 3), "from 0 to 1"),
    (lambda: fading(1, error_cost=2), "error_cost is 2"),
    (lambda: to_criterion(one_step("words"), percent=120), "up to 100"),
    (lambda: early_help(["words"], [1, 2], delay=5), "1 levels and 2 waits"),
])
def test_what_cannot_be_right_is_refused_with_the_way_to_mend_it(call, complaint):
    with pytest.raises(PracticumError, match=complaint):
        call()


def test_what_is_exactly_at_the_limit_counts():
    half = step_record([1, 1], [1, 2], ["independent", "words"])
    assert to_criterion(half, percent=50, in_a_row=1).sessions == 1
    once = one_step(*["words"] * 5, "independent")
    assert stuck_steps(once, window=6, at_most=1).steps == ("tap",) and stuck_steps(once, window=6, at_most=0).steps == ()
