"""Every number that the text of the chapter states is computed here from the chapter's data."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practicum import progress
from practicum.text import words

FOLDER = Path(__file__).parents[2] / "chapters" / "progress-monitoring"
PROBES = pd.read_csv(FOLDER / "data" / "probes.csv")
CLASS = pd.read_csv(FOLDER / "data" / "class.csv")
LINE = {"start": 41, "goal": 65, "weeks": 16}
PAIRED = PROBES[PROBES.week > 7]


@pytest.fixture(scope="module")
def prose():
    cells = json.loads((FOLDER / "progress-monitoring.ipynb").read_text(encoding="utf-8"))["cells"]
    text = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"\s+", " ", text)


def errors(**options):
    result = progress.decision_errors(needed=1.5, **{"weeks": 16, "noise_sd": 10, **options})
    return round(100 * result.false_alarm), round(100 * result.miss)


def test_the_first_probes_the_baseline_and_the_needed_rate(prose):
    assert list(PROBES.words_correct[PROBES.week == 0]) == [38, 44, 41] and "38, 44 and 41 words" in prose
    assert progress.baseline([38, 44, 41]) == 41 and "From a median of 41 in September" in prose
    assert progress.needed_rate(**LINE) == 1.5


def test_what_is_said_of_december_and_of_single_weeks(prose):
    december = PROBES.words_correct[PROBES.date.str.startswith("2025-12")]
    assert (december.min(), december.max()) == (52, 67) and "between 52 and 67 in December" in prose
    score = PROBES.set_index("week").words_correct
    assert score[[5, 11]].isna().all() and "Weeks 5 and 11 are empty" in prose
    assert score[9] == score[8] and "Week 9 has the same score as week 8" in prose
    assert score[16] > 65 and "the last probe, 67, lies above the line" in prose


def test_the_rules_say_what_the_text_reports(prose):
    verdicts = {}
    for rule in ("four-point", "trend-line"):
        for week in PROBES.week[PROBES.words_correct.notna() & (PROBES.week > 0)]:
            known = PROBES[PROBES.week.between(1, week)]
            verdicts[rule, week] = progress.decide(known.week, known.words_correct, rule=rule, **LINE).verdict
    assert verdicts["four-point", 7] == "change-teaching" and 'The rule said "change"' in prose
    assert {verdicts["four-point", week] for week in (8, 9, 10, 12, 13)} == {"change-teaching"}
    trend = [verdict for (rule, _week), verdict in verdicts.items() if rule == "trend-line" and verdict != "wait"]
    changes = sum(earlier != later for earlier, later in zip(trend, trend[1:]))
    assert changes >= 4 and set(trend) == {"change-teaching", "raise-goal"} and "The trend-line rule flips" in prose


def test_the_growth_since_the_change(prose):
    line = progress.growth(PAIRED.week, PAIRED.words_correct, method="theil-sen")
    assert line.n == 8 and "With eight probes" in prose
    assert np.allclose(line.interval, (0, 3), atol=0.05) and "one who grows by 3 words a week" in prose
    without = PAIRED[PAIRED.week != 15]
    pulled = [progress.growth(data.week, data.words_correct).rate for data in (PAIRED, without)]
    steady = [progress.growth(data.week, data.words_correct, method="theil-sen").rate for data in (PAIRED, without)]
    assert pulled[1] - pulled[0] > 0.5 > 2 * (steady[1] - steady[0]) and "pulled down by week 15" in prose


def test_the_error_rates_of_looking_every_week(prose):
    four = [errors(rule="four-point", noise_sd=noise, looks="every-week")[0] for noise in (5, 10)]
    trend = [errors(rule="trend-line", noise_sd=noise, looks="every-week")[0] for noise in (5, 10)]
    assert all(35 <= alarm <= 44 for alarm in four) and "about 4 of 10 pupils who are on track" in prose
    assert all(76 <= alarm <= 84 for alarm in trend) and "does so to about 8 of 10" in prose


def test_the_error_rates_of_looking_once(prose):
    alarm, miss = errors(rule="four-point", looks="at-end")
    assert alarm < 10 and 40 <= miss < 50 and "overlooks almost half of the slow pupils" in prose
    for rule in ("trend-line", "median"):
        alarm, miss = errors(rule=rule, looks="at-end")
        assert 48 <= alarm <= 52 and miss < 10 and "send half of the others to a change too" in prose
    assert errors(rule="trend-line", margin=1, looks="at-end")[0] < 20 and "fewer than 2 in 10" in prose
    early, late = (errors(rule="trend-line", margin=1, minimum=5, looks="at-end", weeks=weeks) for weeks in (6, 20))
    assert early[1] - late[1] > 5 * (early[0] - late[0]) and "Waiting helps mainly against misses" in prose


def test_the_class_and_the_sentence_in_three_languages(prose):
    assert len(CLASS) == 24 and "24 pupils" in prose
    assert round(progress.local_norms(CLASS.winter)[25]) == 66 and "fewer than about 66 words in winter" in prose
    counts = pd.read_csv(FOLDER / "data" / "same-sentence.csv").sentence.map(lambda sentence: len(words(sentence)))
    assert list(counts) == [8, 8, 5] and "takes 8 words in English and in Russian, and 5 in Kazakh" in prose


def test_the_misprinted_growth_in_a_public_norm_table(prose):
    assert round(progress.needed_rate(64, 102, 32), 2) == 1.19 and "1.9 where its own numbers give 1.19" in prose
