import doctest
import json
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practicum import goals
from practicum.errors import PracticumError
from practicum.goals import gas_t_score, goal_parts

PUBLISHED = json.loads((Path(__file__).parent / "published" / "goals.json").read_text("utf-8"))
PARTS = ("condition", "behaviour", "criterion", "date")

modest = settings(deadline=None, max_examples=80)
levels = st.lists(st.integers(-2, 2), min_size=1, max_size=8)
weighted = st.lists(st.tuples(st.integers(-2, 2), st.integers(1, 5)), min_size=1, max_size=8).map(
    lambda rows: tuple(map(list, zip(*rows))))


def test_the_examples_in_the_docstrings_come_out():
    assert doctest.testmod(goals).failed == 0


# ---- the parts of a goal sentence

# For each language: conditions, behaviours, criteria, dates, what to say without a behaviour, and the order of words.
WORDINGS = {
    "en": (["Given a Grade 2 text,", "When the teacher asks a question,", "During the lesson", "Without reminders",
            "In the canteen", "Using his communication board,"],
           ["will read aloud", "will be able to raise his hand", "starts the task", "will learn to write"],
           ["at least 60 words per minute", "with no more than one prompt in each lesson", "in 4 of 5 lessons", "with 80% accuracy", "without errors", "8/10"],
           ["by May 2027", "by the end of the school year", "within ten weeks", "by 30.05.2027", "until 15 December"],
           "will understand texts better", "{condition} Dana {behaviour} {criterion} {date}."),
    "ru": (["Когда учитель раздаёт текст,", "На уроке чтения", "С опорой на картинки", "Без напоминания",
            "Если шумно,", "При напоминании"],
           ["прочитает вслух", "будет поднимать руку", "научится писать", "сможет сам начать работу"],
           ["не менее 60 слов в минуту", "в четырёх случаях из пяти", "8 из 10 предметов", "без ошибок", "на 80%"],
           ["к концу учебного года", "к маю", "до 30 мая 2027 года", "за 10 недель", "к 30.05.2027"],
           "будет лучше понимать тексты", "{condition} Дана {behaviour} {criterion} {date}."),
    "kk": (["Мұғалім мәтін бергенде,", "Математика сабағында", "Суретке қарап", "Үзілісте", "Ескертусіз"],
           ["оқиды", "қолын көтереді", "жаза алады", "досынан сұрайды"],
           ["минутына 60 сөз", "5 сабақтың 4-інде", "кемінде 3 рет", "қатесіз", "80%"],
           ["мамыр айының соңына дейін", "оқу жылының соңында", "10 апта ішінде", "2027 жылғы 30 мамырға дейін",
            "мамырда"],
           "мәтінді жақсы түсінеді", "{condition} Дана {date} {criterion} {behaviour}."),
}


@pytest.mark.parametrize("present", list(product([True, False], repeat=4)), ids=str)
@pytest.mark.parametrize("language", WORDINGS)
def test_just_the_parts_left_out_are_missing(language, present):
    *wordings, vague, order = WORDINGS[language]
    missing = tuple(part for part, there in zip(PARTS, present) if not there)
    choices = [wording if there else [vague if part == "behaviour" else ""]
               for part, wording, there in zip(PARTS, wordings, present)]
    for chosen in product(*choices):
        sentence = " ".join(order.format(**dict(zip(PARTS, chosen))).split())
        found = goal_parts(sentence, language)
        assert (sentence, found.missing) == (sentence, missing)
        assert (found.vague is None) == present[1]


def test_the_words_that_name_a_part_are_shown():
    found = goal_parts("By June, Timur will raise his hand when he needs help in 4 out of 5 lessons.")
    assert found == goals.GoalParts("when he needs help", "raise his hand", "in 4 out of 5 lessons", "By June", None)
    assert found.missing == ()


def test_the_bound_belongs_to_the_criterion():
    assert goal_parts("Dana will read with no more than 2 errors.").criterion == "with no more than 2 errors"
    assert goal_parts("Дана прочитает не менее 60 слов.", "ru").criterion == "не менее 60 слов"
    assert goal_parts("Дана кемінде 60 сөз оқиды.", "kk").criterion == "кемінде 60 сөз"


def test_numbers_in_the_condition_and_the_date_are_no_criterion():
    assert goal_parts("Given 10 words, Dana will read aloud within 10 weeks.").missing == ("criterion",)
    assert goal_parts("Когда дано 10 слов, Дана прочитает вслух за 10 недель.", "ru").missing == ("criterion",)
    assert goal_parts("Мұғалім 10 сөз бергенде, Дана 10 апта ішінде оқиды.", "kk").missing == ("criterion",)


def test_may_the_verb_is_no_date():
    assert "date" in goal_parts("Dana may read aloud.").missing


@pytest.mark.parametrize("sentence", ["Dana will improve her answers.", "Timur will understand the use of numbers.",
                                      "Lea will be better.", "Sam will know the names of letters.", "Sam will know names of letters.",
                                      "Dana improves her answers."])
def test_nouns_after_a_vague_verb_are_no_behaviour(sentence):
    assert "behaviour" in goal_parts(sentence).missing


def test_a_condition_without_a_comma_ends_before_will():
    found = goal_parts("When asked Dana will read aloud.")
    assert (found.condition, found.behaviour) == ("When asked Dana", "read aloud")


def test_a_verb_to_watch_is_found_after_several_vague_ones():
    assert goal_parts("Dana will learn and will know how to read words.").behaviour == "read words"
    assert goal_parts("Дана научится понимать и читать слова.", "ru").behaviour == "читать слова"


def test_a_vague_verb_is_named_and_the_text_says_that_it_is_only_a_first_check():
    text = str(goal_parts("Sam will understand fractions better by May."))
    assert "“understand” cannot be watched" in text and "“by May”" in text
    assert text.count("not found") == 3 and text.endswith("It does not judge whether the goal is a good one.")
    assert "cannot be watched" not in str(goal_parts("Sam will read 60 words per minute."))


@modest
@given(st.text(max_size=200).filter(str.strip), st.sampled_from(["en", "ru", "kk"]))
def test_any_text_has_an_answer_made_of_its_own_words(sentence, language):
    found = goal_parts(sentence, language)
    for part in PARTS:
        words = getattr(found, part)
        assert (words is None) == (part in found.missing)
        assert words is None or words in " ".join(sentence.split())


@pytest.mark.parametrize("unit", ["a ", "мама ", "бергенде ", "10 ", "in the ", "до ", "will be able to "])
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_longest_sentence_is_read_without_running_away(unit, language):
    goal_parts((unit * 1000)[:1000], language)


@pytest.mark.parametrize("sentence, language, words", [
    ("", "en", "sentence is ''"), ("  ", "en", "sentence"), (None, "en", "sentence is None"),
    (60, "en", "sentence is 60"),
    ("Dana will read.", "he", "language is 'he'"), ("Dana reads. " * 100, "en", "one goal at a time")])
def test_what_is_no_goal_sentence_is_refused(sentence, language, words):
    with pytest.raises(PracticumError, match=words):
        goal_parts(sentence, language)


# ---- goal attainment scaling

@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["id"])
def test_published_t_scores_are_reproduced(row):
    assert gas_t_score(**row["data"]) == pytest.approx(row["expected"], abs=row["tolerance"])


def test_weights_and_correlation_enter_as_in_the_formula():
    # Sum of w x is 7, of w^2 91, of w 21, so the root is that of 196.
    assert gas_t_score([-2, 0, -1, 2, 0, 1], [3, 5, 1, 4, 2, 6]) == pytest.approx(55)
    assert gas_t_score([1, 2], [1, 3], correlation=0) == pytest.approx(50 + 10 * 7 / 10 ** 0.5)
    assert gas_t_score([1, 2], [1, 3], correlation=1) == pytest.approx(50 + 10 * 7 / 4)


@modest
@given(levels)
def test_all_goals_as_expected_is_fifty_and_more_is_more(scores):
    assert gas_t_score([0] * len(scores)) == 50
    better = [min(score + 1, 2) for score in scores]
    assert gas_t_score(better) >= gas_t_score(scores)
    assert (gas_t_score(scores) > 50) == (sum(scores) > 0)


@modest
@given(weighted, st.sampled_from([0, 0.3, 1]))
def test_turned_scores_mirror_the_t_score_and_the_scale_of_weights_does_not_matter(goals_set, correlation):
    scores, weights = goals_set
    t = gas_t_score(scores, weights, correlation)
    assert gas_t_score([-score for score in scores], weights, correlation) == pytest.approx(100 - t)
    assert gas_t_score(scores, [7 * weight for weight in weights], correlation) == pytest.approx(t)
    assert 50 - 20 * len(scores) ** 0.5 - 1e-9 <= t <= 50 + 20 * len(scores) ** 0.5 + 1e-9


@modest
@given(levels)
def test_with_full_correlation_the_t_score_is_the_mean_level(scores):
    assert gas_t_score(scores, correlation=1) == pytest.approx(50 + 10 * np.mean(scores))


def test_the_t_score_has_the_spread_of_ten_when_goals_go_together_as_assumed():
    rng = np.random.default_rng(3)
    shared, own = rng.normal(size=(20000, 1)), rng.normal(size=(20000, 4))
    levels = np.clip(0.3 ** 0.5 * shared + 0.7 ** 0.5 * own, -2, 2)
    spread = np.std([gas_t_score(row) for row in levels[:2000]])
    assert spread == pytest.approx(10, rel=0.06)


def test_goals_without_a_score_or_a_weight_are_left_out():
    assert gas_t_score(pd.Series([1, None, 2, 1]), [1, 5, 3, None]) == gas_t_score([1, 2], [1, 3])
    assert gas_t_score([1, 2], [1, 0]) == gas_t_score([1])


@pytest.mark.parametrize("arguments, words", [
    (([3],), "outside -2 to 2"), (([],), "scores"), (([None],), "scores"), (([1, 0], [1]), "scores has 2 goals"),
    (([1], [0]), "weights needs"), (([1, 1], [1, -1]), "weights needs"), (([1, None], [None, 1]), "weights needs"),
    (([1], None, 1.5), "correlation is 1.5"), (([1], None, -0.1), "correlation"), ((["high"],), "scores: place 1"),
    (([1], None, None), "correlation")])
def test_scores_and_weights_that_cannot_be_are_refused(arguments, words):
    with pytest.raises(PracticumError, match=words):
        gas_t_score(*arguments)
