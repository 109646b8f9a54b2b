"""Made-up streams follow the model they claim, and the errors of recording are those that the model implies."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practicum.errors import PracticumError
from practicum.observation import duration_share
from practicum.streams import gap_by_chance, recording_error, simulate_stream

modest = settings(deadline=None, max_examples=60)
shares, spells = st.floats(0.05, 0.95), st.floats(2, 300)


@modest
@given(share=shares, spell=spells, seed=st.integers(0, 10_000))
def test_spells_are_in_order_apart_and_inside_the_session(share, spell, seed):
    stream = simulate_stream(share=share, spell=spell, length=600, seed=seed)
    times = stream.ravel()
    assert stream.shape == (len(stream), 2) and (stream[:, 1] > stream[:, 0]).all()
    assert (np.diff(times) >= 0).all() and (times >= 0).all() and (times <= 600).all()
    np.testing.assert_array_equal(stream, simulate_stream(share=share, spell=spell, length=600, seed=seed))


@pytest.mark.parametrize("share, spell", [(0.3, 10), (0.65, 40), (0.9, 60)])
def test_share_and_mean_spell_of_a_long_stream_are_those_asked_for(share, spell):
    stream = simulate_stream(share=share, spell=spell, length=200_000, seed=1)
    assert duration_share(stream, length=200_000) == pytest.approx(share, abs=0.03)
    assert np.mean(stream[:, 1] - stream[:, 0]) == pytest.approx(spell, rel=0.08)


# For spells and pauses without memory the expected records are known: of all intervals, partial marks those in which not one
# pause lasts throughout, whole those in which one spell lasts throughout.
@pytest.mark.parametrize("share, spell, interval", [(0.65, 40, 10), (0.65, 40, 60), (0.3, 15, 20), (0.85, 90, 30)])
def test_the_mean_records_are_those_of_the_theory(share, spell, interval):
    pause = spell * (1 - share) / share
    expected = {"partial": 1 - (1 - share) * math.exp(-interval / pause), "whole": share * math.exp(-interval / spell), "momentary": share}
    for method, value in expected.items():
        result = recording_error(method, interval=interval, share=share, spell=spell, length=1200, streams=600)
        assert result.recorded == pytest.approx(value, abs=0.025), method
        assert result.bias == pytest.approx(result.recorded - result.true)


@modest
@given(share=shares, spell=spells, interval=st.sampled_from([5, 10, 60, 100]), seed=st.integers(0, 50))
def test_partial_never_says_too_little_and_whole_never_too_much(share, spell, interval, seed):
    errors = {method: recording_error(method, interval=interval, share=share, spell=spell, length=600, streams=15, seed=seed)
              for method in ("partial", "whole", "momentary")}
    assert errors["partial"].low >= -1e-9 and errors["whole"].high <= 1e-9
    assert all(error.low <= error.high and 0 <= error.recorded <= 1 for error in errors.values())
    assert len({error.true for error in errors.values()}) == 1


def test_the_result_reads_as_a_sentence():
    assert str(recording_error("whole", interval=60, share=0.5, spell=20, length=600, streams=50)).startswith("True share of time ")


@pytest.mark.parametrize("change, words", [
    ({"share": 0}, "share is 0"), ({"share": 1}, "between 0 and 1"), ({"share": "half"}, "share"), ({"spell": 0}, "spell is 0"),
    ({"length": -1}, "length is -1"), ({"spell": None}, "spell"), ({"interval": 7}, "whole number of intervals"),
    ({"method": "often"}, "Choose"), ({"streams": 0}, "streams is 0"), ({"streams": 2.5}, "streams is 2.5")])
def test_what_cannot_be_is_refused(change, words):
    values = {"method": "partial", "interval": 10, "share": 0.5, "spell": 20, "length": 600} | change
    with pytest.raises(PracticumError, match=words):
        recording_error(values.pop("method"), **values)


def test_a_gap_by_chance_is_that_of_two_independent_shares():
    """Spells of one second make looks 20 seconds apart independent, so the gap has the spread of two binomial shares."""
    result = gap_by_chance(0.2, share=0.5, interval=20, first=(1, 400, 1), second=(1, 400, 1), pairs=4000)
    spread = math.sqrt(2 * 0.25 / 20)
    assert result.high == pytest.approx(1.645 * spread, abs=0.05) and result.low == pytest.approx(-1.645 * spread, abs=0.05)
    assert result.either_way == pytest.approx(0.27, abs=0.04) and result.above == pytest.approx(result.either_way / 2, abs=0.02)


def test_more_sessions_make_gaps_smaller_and_long_spells_larger():
    def chance(spell, sessions):
        return gap_by_chance(0.15, share=0.6, interval=20, first=(spell, 400, sessions), second=(spell, 400, sessions)).either_way
    assert chance(30, 4) < chance(30, 1) < chance(120, 1)
    assert str(gap_by_chance(0.1, share=0.6, interval=20, first=(5, 200, 1), second=(5, 200, 1), pairs=20)).startswith("By chance alone ")


@pytest.mark.parametrize("change, words", [({"gap": 0}, "gap is 0"), ({"gap": 15}, "gap is 15"), ({"pairs": 0}, "pairs is 0"), ({"share": 1}, "share is 1"),
                                           ({"first": (30, 400, 0)}, "sessions is 0"), ({"second": (0, 400, 1)}, "spell is 0")])
def test_a_gap_that_cannot_be_is_refused(change, words):
    values = {"gap": 0.1, "share": 0.5, "interval": 20, "first": (30, 400, 1), "second": (30, 400, 1)} | change
    with pytest.raises(PracticumError, match=words):
        gap_by_chance(values.pop("gap"), **values)
