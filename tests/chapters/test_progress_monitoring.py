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


def test_what_is_said_of_the_last_weeks_and_of_single_ones(prose):
    last = PROBES[PROBES.week > 12]
    assert (last.words_correct.min(), last.words_correct.max()) == (52, 67) and "of the last four, between 52 and 67" in prose
    above = (last.words_correct > progress.goal_line(41, 65, 16, last.week)).sum()
    assert above == 2 and "two lie above the goal line and two below" in prose
    assert last.words_correct.tail(3).median() == 63 and "the median of the last three, 63" in prose
    score = PROBES.set_index("week").words_correct
    assert score[[5, 11]].isna().all() and "Weeks 5 and 11 are empty" in prose
    assert score[9] == score[8] and "Week 9 has the same score as week 8" in prose
    assert score[16] > 65 and "reached by the last probe, 67" in prose


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


def test_the_three_rules_disagree_in_the_end(prose):
    known = PROBES[PROBES.week > 0]
    verdicts = [progress.decide(known.week, known.words_correct, rule=rule, **LINE).verdict for rule in ("four-point", "trend-line", "median")]
    assert verdicts == ["keep-going", "raise-goal", "change-teaching"] and "three rules disagree" in prose
    whole = progress.growth(known.week, known.words_correct)
    assert f"because {whole.rate:.2f} words a week are more than 1.50" in prose
    assert progress.goal_line(41, 65, 16, 15) == 63.5 and "63 is half a word below the line of week 15, 63.5" in prose
    assert (whole.n, f"{whole.standard_error:.1f}") == (14, "0.2") and "all 14 weekly probes together give about 1.5" in prose


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
    assert alarm < 10 and 40 <= miss < 50 and "overlooks almost half of the pupils who need a change" in prose
    assert errors(rule="four-point", looks="at-end", noise_sd=5)[1] == 6 and "only 6 of 100" in prose
    for rule in ("trend-line", "median"):
        alarm, miss = errors(rule=rule, looks="at-end")
        assert 48 <= alarm <= 52 and miss < 10 and "send half of the others to a change too" in prose
    assert errors(rule="trend-line", margin=1, looks="at-end")[0] < 20 and "fewer than 2 in 10" in prose
    assert (errors(rule="trend-line", looks="at-end")[1], errors(rule="trend-line", margin=1, looks="at-end")[1]) == (8, 35)
    assert "misses then rise from 8 to 35" in prose
    early, late = (errors(rule="trend-line", margin=1, minimum=5, looks="at-end", weeks=weeks) for weeks in (6, 20))
    assert early[1] - late[1] > 5 * (early[0] - late[0]) and "Waiting helps mainly against misses" in prose


def test_the_look_after_week_7(prose):
    noisy, quiet = (errors(rule="four-point", looks="at-end", weeks=7, noise_sd=noise) for noise in (10, 5))
    assert noisy[0] == quiet[0] == 6 and "exactly on track 6 would get this verdict" in prose
    assert (100 - noisy[1], 100 - quiet[1]) == (19, 40) and "19 would get it when probes jump by 10, and 40 when they jump by 5" in prose


def test_what_the_numbers_leave_out(prose):
    weekly = {"rule": "four-point", "looks": "every-week"}
    assert (errors(**weekly)[0], errors(**weekly, on_track=1.25)[0]) == (39, 18) and "stops 18 of 100 and not 39" in prose
    margin = {"rule": "trend-line", "margin": 1, "looks": "at-end"}
    assert errors(**margin, baseline_probes=3) == (22, 37) and errors(**margin) == (17, 35)
    assert "errs 22 and 37 times, in place of 17 and 35" in prose
    assert errors(**weekly, autocorrelation=0.3)[0] == 55 and "sounds 55 false alarms in place of 39" in prose
    assert errors(rule="four-point", looks="at-end", growth_ratio=0.75)[1] > errors(rule="four-point", looks="at-end")[1]


def test_how_unsure_the_norms_of_one_class_are(prose):
    draws = np.random.default_rng(1).choice(CLASS.winter, (10_000, len(CLASS)))
    low, high = np.percentile(np.percentile(draws, 25, axis=1), [2.5, 97.5])
    assert f"anywhere from about {low:.0f} to {high:.0f}" in prose


def test_the_class_and_the_sentence_in_three_languages(prose):
    assert len(CLASS) == 24 and "24 pupils" in prose
    assert round(progress.local_norms(CLASS.winter)[25]) == 66 and "fewer than about 66 words in winter" in prose
    counts = pd.read_csv(FOLDER / "data" / "same-sentence.csv").sentence.map(lambda sentence: len(words(sentence)))
    assert list(counts) == [8, 8, 6] and "takes 8 words in English and in Russian, and 6 in Kazakh" in prose


def test_the_misprinted_growth_in_a_public_norm_table(prose):
    assert round(progress.needed_rate(64, 102, 32), 2) == 1.19 and "1.9 where its own numbers give 1.19" in prose
