"""Every number that the text of the chapter states is computed here from the chapter's data and functions."""

import importlib.util
import json
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from docx import Document
from practicum import charts, own_data, single_case
from practicum.job_aid import case_values, fill
from practicum.single_case import (
    conservative_dual_criterion, draw_order, draw_starts, draw_starts_of_cases, how_often_large, nap, randomization_test,
    randomization_test_of_cases, randomization_test_of_phases, regression_to_mean, tau_bc, tau_u, trend)

FOLDER = Path(__file__).parents[2] / "chapters" / "single-case-designs"
AUTUMN, WINTER, LESSONS, CARDS = (pd.read_csv(FOLDER / "data" / f"{name}.csv") for name in ("autumn", "winter", "three-pupils", "two-cards"))
BEFORE, AFTER = (AUTUMN.tasks_begun[AUTUMN.part == part] for part in (1, 2))
PARTS = [WINTER.tasks_begun[WINTER.part == part] for part in (1, 2, 3, 4)]
WITHOUT, WITH = pd.concat(PARTS[::2]), pd.concat(PARTS[1::2])


def made_with():
    """The settings of the script that made the data."""
    spec = importlib.util.spec_from_file_location("make_single_case_data", FOLDER / "data" / "make_data.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MADE = made_with()


@pytest.fixture(scope="module")
def prose():
    cells = json.loads((FOLDER / "single-case-designs.ipynb").read_text(encoding="utf-8"))["cells"]
    text = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"\s+", " ", text.replace("**", ""))


def as_printed(number):
    """0.98, as the text writes shares."""
    return f"{number:.2f}".replace("-", "−")


def test_the_autumn(prose):
    assert (len(BEFORE), len(AFTER)) == (8, 10) and "eight without the card, ten with the printed card" in prose
    assert list(AUTUMN.day[AUTUMN.tasks_begun.isna()]) == [5, 14] and "On day 5 Noga was ill; on day 14 the class was on a trip" in prose
    assert (BEFORE.median(), AFTER.median()) == (3, 6) and "from 3 to 6" in prose
    assert as_printed(nap(BEFORE, AFTER)) == "0.98" and "Read the row NAP: 0.98" in prose and "In 98 of 100 pairs, with ties counted by half" in prose
    assert as_printed(tau_bc(BEFORE, AFTER)) == "−0.02" and "Read the row Tau-BC: −0.02" in prose
    assert [as_printed(tau_u(BEFORE, AFTER, denominator=name)) for name in ("mn", "pairs")] == ["0.79", "0.60"] and [row[1] for row in charts.overlap_table(BEFORE, AFTER).rows][3:5] == ["0.79", "0.60"]
    assert [row[0] for row in charts.overlap_table(BEFORE, AFTER).rows][1::4] == ["NAP", "Tau-BC"]
    assert float(nap(BEFORE, [100] * 9)) == 1


def test_the_published_values_that_are_all_printed_as_tau_u(prose):
    a, b = [54, 53, 56, 58, 52], [61, 62, 71, 66, 64, 78, 70, 74, 82, 77, 86, 68, 80, 86, 87]
    values = [as_printed(tau_u(a, b, denominator=name)) for name in ("mn", "pairs", "tie-adjusted")]
    assert values == ["1.00", "0.88", "0.59"] and "the values 1.00, 0.88 and 0.59 are all printed as Tau-U" in prose


def test_a_trend_foretells_most_of_the_rise(prose):
    line = trend(BEFORE)
    assert f"{line.rate:.2f}" == "0.27" and "seemed to gain 0.27 tasks a day" in prose
    here = np.flatnonzero(AFTER.notna()) + len(BEFORE)
    foretold = line.at(here).mean() - BEFORE.mean()
    assert foretold > 0.6 * (AFTER.mean() - BEFORE.mean()) and "most of the rise is there without any card" in prose
    residuals = np.concatenate([part.dropna() - trend(part).at(np.flatnonzero(part.notna())) for part in (BEFORE, AFTER)])
    assert 0.8 < residuals.std(ddof=4) < 1.2 and "jump by about one task around her trend" in prose


def test_how_often_a_trend_looks_like_an_effect(prose):
    def out_of_100(measure, **options):
        return round(100 * how_often_large(measure, baseline=8, series=1000, **options).share)

    assert out_of_100("nap", trend=0.3) == 82 and "There NAP calls 82 of 100 series large" in prose and "In our figure it is 82 with a trend of 0.3, and 9 with a trend of 0.1" in prose
    assert (out_of_100("nap", trend=0.2), out_of_100("nap", trend=0.1)) == (46, 9) and "at 0.2 it is 46, at 0.1 it is 9" in prose
    assert out_of_100("dual-criterion", trend=0.3) == 20 and "and the conservative dual criterion 20" in prose
    assert out_of_100("tau-u", trend=0.3) == 31 and "still calls 31 large" in prose
    assert {out_of_100("tau-bc", trend=rate) for rate in (0, 0.1, 0.2, 0.3, 0.4)} == {15} and "15 of 100 are called large even when there is no trend" in prose
    assert (out_of_100("nap", step=2), out_of_100("tau-bc", step=2)) == (72, 60) and "NAP calls 72 large, Tau-BC 60" in prose


def test_the_lowest_come_back(prose):
    result = regression_to_mean(pupils=60, chosen=6, mean=6, true_sd=1.5, noise_sd=1.5)
    assert f"go from {result.first:.1f} to {result.second:.1f} tasks" in prose and len(result.gains) == 2000 and "2,000 grades of 60 pupils" in prose
    assert round(100 * np.mean(result.gains >= 2)) == 41 and "In 41 of 100 grades the gain is 2 or more" in prose
    small = single_case.regression_to_mean(pupils=60, chosen=6, mean=6, true_sd=1.5, noise_sd=1.0)
    assert round(100 * np.mean(small.gains >= 2)) == 2 and "comes up in 2 of 100 grades" in prose
    assert f"{abs(result.fair_gain):.1f}" == "0.0" and "nothing, 0.0 tasks" in prose


def test_the_draw_is_the_one_in_the_data(prose):
    lot = draw_starts(24, phases=4, minimum=4, number=5635)
    assert MADE.LOT == 5635 and "5, 6, 3 and 5" in prose and "number 5635" in prose
    assert [int(WINTER.day[WINTER.part == part].min()) for part in (2, 3, 4)] == list(lot.starts) == [7, 13, 18]
    assert lot.choices == 165 and "all 165 possible plans" in prose and "Here it is 1/165" in prose
    assert len(WINTER) == 24 and "24 days, four phases, at least four days in each" in prose
    windows = draw_starts_of_cases(MADE.WINDOWS, number=MADE.PUPILS_LOT)
    assert windows.starts == {pupil: int(rows.session[rows.phase == "plan in pictures"].min()) for pupil, rows in LESSONS.groupby("pupil")}
    assert list(draw_order(MADE.CARDS, 12, number=MADE.CARDS_LOT).conditions) == list(CARDS.card) and "for twelve days" in prose


def test_slips_from_a_bag_draw_each_plan_with_the_same_chance(prose):
    plans = [(low + 4, middle + 7, high + 10) for low, middle, high in combinations(range(1, 24 - 4 * 4 + 3 + 1), 3)]
    possible = [starts for starts in combinations(range(1, 25), 3) if np.diff([1, *starts, 25]).min() >= 4]
    assert sorted(plans) == possible and (3 + 4, 6 + 7, 8 + 10) == (7, 13, 18) and "Slips 3, 6 and 8 give days 7, 13 and 18" in prose
    assert "slips 1 to 11" in prose and "the slips go up to days − 4 × least + 3; add least, 2 × least − 1, and 3 × least − 2" in prose


def test_the_winter_read_aloud(prose):
    assert [part.median() for part in PARTS] == [4, 7, 5, 7] and "the middle is 4, with it 7, without it 5, with it 7 again" in prose
    table = {row[0][0]: row[1:] for row in charts.phases_table(WINTER.day, WINTER.tasks_begun, WINTER.phase).rows}
    assert table["4"] == ("none before", "+2", "−2", "+1") and "by 2 up, by 2 down, by 1 up" in prose
    assert table["5"] == ("none before", "85", "25", "87") and "0.85 up, 0.25 on the way back, 0.87 up" in prose
    assert table["2"][0] == "+0.26" and table["2"][1].startswith("−") and "rise by 0.26 a day, as steeply as in autumn; before the second they fall" in prose
    assert abs(trend(PARTS[0]).rate - trend(BEFORE).rate) < 0.02
    assert float(single_case.consistency(PARTS[1], PARTS[3])) > 0.95 > 0.7 > float(single_case.consistency(PARTS[0], PARTS[2]))
    assert int(WINTER.tasks_begun[WINTER.day == 10].iloc[0]) == 4 and "On day 10 a substitute gave the tasks aloud only, and Noga began 4" in prose


def test_the_randomization_test(prose):
    test = randomization_test_of_phases(WINTER.tasks_begun, (7, 13, 18), minimum=4)
    assert (round(test.p * 165), test.arrangements) == (4, 165) and "of 165 plans only 4 give a difference" in prose
    assert f"{test.p:.3f}" == "0.024" and "So p is 0.024" in prose and "about twice in 100 draws" in prose
    assert f"{test.observed:.1f}" == "1.7" and "the one that was drawn, 1.7 tasks" in prose
    assert np.min(test.distribution) > 0 and "All plans show a plus" in prose
    short = randomization_test(range(10), range(10, 20), minimum=5)
    assert short.arrangements == 11 and 0.09 < short.smallest_p < 0.1 and "there are 11 possible starts: p can never be below 0.09" in prose


def test_the_table_of_autumn_and_winter(prose):
    autumn = conservative_dual_criterion(BEFORE, AFTER)
    winter = [conservative_dual_criterion(PARTS[start], PARTS[start + 1]) for start in (0, 2)]
    assert (autumn.points, autumn.total) == (5, 9) and autumn.p > 0.05 and "no: 5 of 9 points, 8 needed" in prose
    assert [(one.points, one.total) for one in winter] == [(2, 6), (4, 6)] and min(one.p for one in winter) > 0.05 and "no: 2 of 6 and 4 of 6, 6 needed" in prose
    assert [min(k for k in range(n + 1) if single_case.binomial_p(k, n) <= 0.05) for n in (9, 6)] == [8, 6]
    assert (MADE.FIRST_CARD_EFFECT, MADE.OWN_CARD_EFFECT, MADE.LEFT_OVER) == (0, 2.6, 0.6)
    assert "added nothing, and the own card 2.6 tasks, of which 0.6 stayed" in prose


def test_three_pupils_and_two_cards(prose):
    cases = [tuple(rows.steps[rows.phase == phase] for phase in ("usual lessons", "plan in pictures")) for _name, rows in LESSONS.groupby("pupil", sort=False)]
    test = randomization_test_of_cases(cases, start_points=[range(first, last + 1) for first, last in MADE.WINDOWS.values()])
    assert (round(test.p * 64), test.arrangements, f"{test.p:.2f}") == (2, 64, "0.03") and "gives p = 0.03, 2 of 64" in prose and "4 × 4 × 4 = 64 draws" in prose
    temir, polina, alua = cases
    assert temir[1].median() > temir[0].max() and polina[1].min() > polina[0].max()
    assert alua[0].min() <= alua[1].min() and alua[1].max() <= alua[0].max() and "stay within her earlier range" in prose
    assert trend(polina[0]).rate > 0.2 and polina[0].dropna().iloc[:3].eq(2).all() and polina[0].iloc[-3:].eq(4).all() and "had gone from 2 to 4 before hers" in prose
    assert polina[1].median() == 6 and "then to about 6" in prose
    assert temir[1].iloc[-2:].max() <= temir[0].max() and "Temir's last points are low again" in prose
    paper, tablet = (CARDS.tasks_begun[CARDS.card == card] for card in ("paper", "tablet"))
    signs = np.sign(np.subtract.outer(tablet.to_numpy(), paper.to_numpy()))
    assert [int((signs == sign).sum()) for sign in (1, -1, 0)] == [15, 13, 8] and "Of 36 pairs the tablet is better in 15, paper in 13, and 8 are equal" in prose


def test_the_decision(prose):
    assert (f"{WITHOUT.mean():.1f}", f"{WITH.mean():.1f}") == ("5.2", "6.9") and "from a mean of 5.2 to 6.9" in prose
    assert f"{WITH.mean() - WITHOUT.mean():.1f}" == "1.7" and "We saw 1.7 tasks a day more" in prose
    assert WITHOUT.median() < 6 < WITH.median() and "falls below 6" in prose


def test_the_items_name_the_numbers_of_the_case():
    items = (FOLDER / "practice.yml").read_text(encoding="utf-8")
    assert list(BEFORE.dropna().astype(int)) == [1, 2, 4, 3, 3, 3, 4] and "began 1, 2, 4, 3, 3, 3 and 4 tasks" in items
    assert list(AFTER.dropna().astype(int)) == [5, 7, 4, 6, 5, 6, 8, 6, 7] and "5, 7, 4, 6, 5, 6, 8, 6 and 7" in items
    assert "NAP 0.98" in items and "NAP 0.85 and 0.87" in items and "p = 0.024" in items


def test_the_colleagues_file_is_read_and_its_graph_speaks_of_less():
    mine = own_data.load(FOLDER / "data" / "own-data-example.csv", own_data.PHASE_COLUMNS)
    assert len(mine.table) == 20 and mine.table.score.isna().sum() == 1 and 7.5 in set(mine.table.score) and not mine.warnings
    first, second = (mine.table.score[mine.table.phase == phase] for phase in mine.table.phase.unique())
    assert second.median() < first.median() and nap(first, second, improvement="decrease") > 0.8


# ---- the form ----

@pytest.fixture(scope="module")
def noga():
    return {"lot": draw_starts(24, phases=4, minimum=4, number=5635), "test": randomization_test_of_phases(WINTER.tasks_begun, (7, 13, 18), minimum=4),
            "levels": [part.median() for part in PARTS], "usual": WITHOUT.mean(), "helped": WITH.mean()}


def words_of(path):
    document = Document(path)
    return " ".join("".join(part.text or "" for part in paragraph.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))
                    for paragraph in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"))


def test_nogas_form_is_what_the_template_gives_with_her_texts_and_numbers(noga, tmp_path):
    fill(FOLDER / "job-aid.docx", case_values(FOLDER / "job-aid.yml", **noga), tmp_path / "noga.docx")
    filled = words_of(FOLDER / "job-aid-filled.docx")
    assert filled == words_of(tmp_path / "noga.docx"), (
        "Delete job-aid-filled.docx and make it again as the chapter does under “Take it to your school”.")
    assert "__" not in filled and "☐" not in filled
    for number in ("5635", "7, 13, 18", "165; 0.006", "4, 7, 5, 7", "1.7 tasks more, p = 0.024", "about 5 of 10 tasks, with it about 7"):
        assert number in filled


def test_nogas_form_says_what_the_graph_shows(noga):
    table = {row[0][0]: row[1:] for row in charts.phases_table(WINTER.day, WINTER.tasks_begun, WINTER.phase).rows}
    filled = words_of(FOLDER / "job-aid-filled.docx")
    assert ", ".join(table["3"]) == "4 to 6, 4 to 9, 5 to 7, 6 to 8" and ", ".join(table["3"]) in filled
    assert table["4"][1:] == ("+2", "−2", "+1") and "2 up, 2 down, 1 up" in filled
    description, = Document(FOLDER / "job-aid-filled.docx").element.body.xpath(".//wp:docPr[@name='chart']/@descr")
    assert all(f"median {level:g}" in description for level in noga["levels"])


def test_how_often_the_rule_of_the_team_errs(prose):
    kept = [round(100 * single_case.rule_errors(24, effect=effect).kept) for effect in (0, 1, 2, 2.6)]
    assert kept[0] == 3 and "Of 100 useless cards the rule keeps 3" in prose
    assert [100 - one for one in kept[1:]] == [59, 13, 4] and "it misses 59; of those worth two tasks 13; of those worth as much as Noga's 4" in prose
