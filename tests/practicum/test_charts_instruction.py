"""The grid of steps and sessions says each level in a letter and in words."""

from practicum import charts
from practicum.instruction import step_record

RECORD = step_record([1, 1, 2, 2, 3, 3], [1, 2] * 3, ["physical", "words", "showing", "declined", "independent", "independent"])


def test_every_level_has_a_letter_and_words_and_no_is_told_apart():
    chart = charts.steps_chart(RECORD, names=["take the card", "get on"])
    assert chart.rows == (("1 take the card", "physical help or done by an adult", "showing", "independent"), ("2 get on", "words", "the pupil said no", "independent"))
    assert "in session 1 the pupil did 0 of 2 steps alone, in session 3 it was 2 of 2" in chart.sentence and "“1 take the card”" in chart.sentence
    assert "N · the pupil said no" in chart.svg() and "I · independent" in chart.svg()


def test_no_is_not_in_the_key_where_nobody_said_it():
    assert "said no" not in charts.steps_chart(step_record([1, 2], ["a", "a"], ["words", "independent"])).svg()


def test_what_differs_most_between_lessons_and_probes_is_told():
    lessons = step_record([1, 1, 2, 2], [1, 2, 1, 2], ["words", "words", "gesture", "independent"])
    chart = charts.lessons_and_probes_chart(lessons, step_record([3, 3], [2, 1], ["words", "independent"]), names=["tap", "soap"])
    assert "1 of 2 steps were done alone more often in probes than in lessons, most of all “1 tap”: 0 per cent in lessons, 100 in probes" in chart.sentence
    assert chart.rows == (("1 tap", "0", "100"), ("2 soap", "50", "0"))


def test_steps_with_equal_need_are_counted_and_not_picked_at_will():
    record = step_record([1] * 3, [1, 2, 3], ["words"] * 3)
    assert "most often at 3 steps" in charts.steps_chart(record).sentence


def test_the_shares_drawn_are_those_computed():
    chart = charts.levels_chart(step_record([1, 1, 2, 2], [1, 2, 1, 2], ["physical", "words", "words", "independent"]))
    assert chart.rows == (("1", "0", "0", "50", "0", "50"), ("2", "50", "0", "50", "0", "0"))
    assert "from 0 to 50 per cent, and the middle level of help from “words” to “independent”" in chart.sentence


def test_the_row_of_a_step_is_told_in_the_order_of_time():
    record = step_record(range(1, 8), ["tap"] * 7, ["words", "words", "independent", None, "independent", "gesture", "independent"])
    assert "tap: first words, words, independent; alone in 3 of 6 tries, in sessions 3 to 5, 7; last independent, gesture or picture, independent." in (
        charts.steps_chart(record).alt)


def test_a_step_never_done_alone_is_told_so():
    assert "tap: first words, words; never alone; last words, words." in charts.steps_chart(step_record([1, 2], ["tap"] * 2, ["words"] * 2)).alt
