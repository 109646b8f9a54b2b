"""The grid of steps and sessions says each level in a letter and in words."""

from practicum import charts
from practicum.instruction import step_record

RECORD = step_record([1, 1, 2, 2, 3, 3], [1, 2] * 3, ["physical", "words", "showing", "declined", "independent", "independent"])


def test_every_level_has_a_letter_and_words_and_no_is_told_apart():
    chart = charts.steps_chart(RECORD, names=["take the card", "get on"])
    assert chart.rows == (("1 take the card", "physical, or an adult does it", "showing", "independent"), ("2 get on", "words", "the pupil said no", "independent"))
    assert "in session 1 the pupil did 0 of 2 steps alone, in session 3 it was 2 of 2" in chart.sentence and "“1 take the card”" in chart.sentence
    assert "N · the pupil said no" in chart.svg() and "I · independent" in chart.svg()


def test_no_is_not_in_the_key_where_nobody_said_it():
    assert "said no" not in charts.steps_chart(step_record([1, 2], ["a", "a"], ["words", "independent"])).svg()
