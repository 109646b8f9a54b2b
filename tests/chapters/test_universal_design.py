"""Every number that the text of the chapter states is computed here from the chapter's data and documents."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from docx import Document
from practicum import access, observation
from practicum.documents import check_document, running_text
from practicum.job_aid import case_values, fill
from practicum.text import contrast_ratio, flesch, lix, sentences, words
from pybtex.database import parse_file

FOLDER = Path(__file__).parents[2] / "chapters" / "universal-design"
LANGUAGES = ("en", "ru", "kk")
OLD, NEW = ([FOLDER / "data" / f"worksheet-{version}-{code}.docx" for code in LANGUAGES] for version in ("before", "after"))
TEMPLATES = [FOLDER / f"worksheet-template-{code}.docx" for code in LANGUAGES]
QUIZ = pd.read_csv(FOLDER / "data" / "quiz.csv")
GAINS = QUIZ.aloud - QUIZ.silent


@pytest.fixture(scope="module")
def prose():
    cells = json.loads((FOLDER / "universal-design.ipynb").read_text(encoding="utf-8"))["cells"]
    text = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"\s+", " ", text)


def lesson(name):
    rows = pd.read_csv(FOLDER / "data" / f"{name}.csv", index_col="pupil")
    return access.barrier_matrix(rows.index, rows.columns, rows)


BEFORE, AFTER, SECOND = lesson("before"), lesson("after"), lesson("second-observer")


def test_the_class_and_the_four_pupils_of_the_story(prose):
    assert len(BEFORE.pupils) == 24 and "with 24 pupils in her class" in prose and len(BEFORE.steps) == 7 and "the same seven steps" in prose
    assert list(BEFORE.shut_out) == ["P05", "P11", "P17", "P22"] and "P05 is Nazym, P11 Davit, P17 Sanzhar, P22 Lera" in prose
    assert BEFORE.shut_out["P05"] == ["read", "label"] and "write" in BEFORE.shut_out["P17"]
    assert {"read", "write"} <= set(BEFORE.shut_out["P11"]) and {"tell", "film", "quiz"} == set(BEFORE.shut_out["P22"])
    absent = [counts[3] for counts in BEFORE.by_step]
    assert absent == [1, 1, 1, 1, 1, 1, 2] and "One pupil was absent, and one left before the quiz" in prose


def test_what_is_read_from_the_columns_of_the_first_lesson(prose):
    counts = dict(zip(BEFORE.steps, BEFORE.by_step))
    assert BEFORE.open_steps == ["try"] and "Only one step, the saucers, was open to all" in prose
    assert sum(shut > 0 for shut, *_rest in counts.values()) == 6 and "Six steps shut somebody out" in prose
    assert sum(shut for shut, *_rest in counts.values()) == 9 and "in 9 places together" in prose
    assert counts["read"][:2] == counts["write"][:2] == (2, 5) and "cost five other pupils help in each step" in prose
    assert "a repair for two pupils could help up to seven" in prose
    assert sorted(counts, key=lambda step: -sum(counts[step][:2]))[:2] == ["read", "write"] and "Here these are *read* and *write*" in prose


def test_how_far_two_observers_agree(prose):
    kappa = observation.kappa(BEFORE.values.ravel(), SECOND.values.ravel())
    assert kappa.n == 160 and round(kappa.observed * kappa.n) == 153 and "agree on 153 of 160 places" in prose
    closed = [[step for step, counts in zip(matrix.steps, matrix.by_step) if counts[0]] for matrix in (BEFORE, SECOND)]
    assert closed[0] == closed[1]
    hers, his = np.array(BEFORE.values), np.array(SECOND.values)
    assert (his[hers == 0] == 0).sum() == (hers == 0).sum() == 9 and 'All 9 of her places "shut out"' in prose
    assert ((hers == 1).sum(), (his[hers == 1] == 1).sum()) == (18, 11) and 'only 11 of her 18 "with help"' in prose
    his_counts = {step: shut + helped for step, (shut, helped, *_rest) in zip(SECOND.steps, SECOND.by_step)}
    assert sorted(his_counts, key=lambda step: -his_counts[step])[:2] == ["read", "write"] and his_counts["read"] == his_counts["write"] == 6
    assert "with six pupils each" in prose
    assert (len(BEFORE.shut_out), len(SECOND.shut_out)) == (4, 5) and "Zhibek counts four who were shut out, Arsen five" in prose
    assert set(SECOND.shut_out) - set(BEFORE.shut_out) == {"P19"} and "P19 had copied the text" in prose


def test_the_old_worksheets_have_the_faults_that_are_named(prose):
    checks = [check_document(path) for path in OLD]
    assert [len(check.findings) for check in checks] == [10] * 3 and "On each old page ten things are to be mended" in prose
    told = [check.of_kind("language")[0].what for check in checks]
    assert "does not say" in told[0] and "“en”" in told[1] and "“ru”" in told[2] and "the Kazakh page says that it is Russian" in prose
    assert checks[0].headings == ((3, "Results of the observation"),) and "this page has one heading, in the middle" in prose
    assert f"{contrast_ratio('#9a9a9a', '#ffffff'):.1f}" == "2.8" and "a contrast of 2.8 to 1" in prose
    assert "light grey on white" in checks[0].of_kind("contrast")[0].what
    legend = running_text(OLD[0])
    assert "Red arrows" in legend and "a legend that spoke of colours only" in prose


@pytest.mark.parametrize("path", [*NEW, *TEMPLATES], ids=lambda path: path.stem)
def test_the_repaired_worksheets_and_the_templates_pass_their_own_check(path):
    check = check_document(path)
    assert check.passed, str(check)
    assert [level for level, _text in check.headings] == [1, 2, 2, 2, 2, 2]
    document = Document(path)
    assert document.core_properties.language[:2] == path.stem[-2:] and document.core_properties.title
    assert len(document.tables) == 2


@pytest.mark.parametrize("path", NEW, ids=lambda path: path.stem)
def test_the_template_is_the_repaired_worksheet_without_its_content(path):
    template = check_document(TEMPLATES[NEW.index(path)])
    assert [text for _level, text in template.headings][1:] == [text for _level, text in check_document(path).headings][1:]


def test_the_description_that_is_quoted_is_that_of_the_picture(prose):
    description, = Document(NEW[0]).element.body.xpath(".//wp:docPr/@descr")
    assert f'"{description}"' in prose


def long_share(text):
    """The share of words with more than six letters, as LIX counts them."""
    return sum(sum(map(str.isalpha, word)) > 6 for word in words(text)) / len(words(text))


def test_the_reading_load(prose):
    old, new = ([running_text(path) for path in paths] for paths in (OLD, NEW))
    assert all(lix(after) < lix(before) for before, after in zip(old, new)) and "The load fell in each language" in prose
    per_sentence = [round(len(words(text)) / len(sentences(text))) for text in (old[0], new[0])]
    assert per_sentence == [31, 6] and "from 31 words to 6" in prose
    assert min(map(long_share, old[1:])) > 0.5 and "More than half of the words of the old Russian and Kazakh pages" in prose
    assert [[round(100 * long_share(text)) for text in pair] for pair in list(zip(old, new))[1:]] == [[53, 21], [54, 15]]
    assert "from 53% to 21% and from 54% to 15%" in prose
    assert [round(lix(text)) for text in new[1:]] == [25, 19] and "A LIX of 25 in Russian and of 19 in Kazakh" in prose
    with pytest.raises(Exception, match="Kazakh"):
        flesch(new[2], "kk")


def test_what_the_repair_kept_and_dropped(prose):
    old, new = running_text(OLD[0]), running_text(NEW[0])
    for word in ("evaporates", "water vapour", "droplets"):
        assert word in new
    for cause in ("warm", "wind", "wide"):
        assert cause in new and "kept the three causes" in prose
    for word in ("gaseous state", "precipitation"):
        assert word in old and word not in new and f"*{word}*" in prose


def test_what_lix_cannot_tell(prose):
    found = pd.read_csv(FOLDER / "data" / "same-lix.csv").sentence
    first, mixed, rare, known = map(lix, found)
    assert sorted(found[0].lower().strip(".").split()) == sorted(found[1].lower().strip(".").split())
    assert first == mixed and "Words in another order have the same LIX" in prose
    assert rare < 20 and known > 60 and "words that every child knows look very hard" in prose


def test_the_second_lesson(prose):
    change = access.barrier_change(BEFORE, AFTER)
    assert len(change.opened) == 8 and "Eight barriers are gone" in prose
    assert change.remaining == (("P22", "quiz"),) and "One is left: Lera in the quiz" in prose
    assert change.new == (("P09", "write"),) and "And one is **new**: P09, Emil, in the writing step" in prose
    assert change.shut_out == (4, 2) and "four of 24 pupils were shut out of some step, in the second two" in prose


def test_what_the_repairs_cost(prose):
    repairs = pd.read_csv(FOLDER / "data" / "repairs.csv").set_index("step")
    assert tuple(repairs.index) == BEFORE.steps
    assert repairs.minutes.sum() == 55 and "All repairs together take 55 minutes" in prose and "the 40 that Zhibek has" in prose
    assert repairs.minutes["read"] == 25 and "The worksheet alone takes 25" in prose
    assert list(repairs.minutes[["tell", "film", "quiz"]]) == [5, 5, 5] and "*Tell*, *film* and *quiz* take five minutes each" in prose
    assert repairs.minutes["label"] == 10 and "*Label* takes ten minutes" in prose
    change = access.barrier_change(BEFORE, AFTER)
    assert [change.count(kind, "read") for kind in ("opened", "eased")] == [2, 3] and AFTER.values[AFTER.pupils.index("P11"), 2] == 1
    assert "it opens the step for two pupils, one of them still with help, and spares three others help" in prose
    assert [change.count(kind, "write") for kind in ("opened", "new", "eased")] == [2, 1, 3]
    assert repairs.minutes[["tell", "film", "quiz", "label"]].sum() + 5 == 30 and repairs.minutes["read"] / 2 == 12.5
    assert "quiz, label and write take 30" in prose and "makes it 42.5 the first time, and 32.5 when" in prose
    assert repairs.minutes["quiz"] == 5 and "37.5 of the 40 minutes are needed, and later 32.5" in prose


def test_who_gains_when_the_quiz_is_read_aloud(prose):
    boost = access.differential_boost(GAINS[QUIZ.need == "yes"], GAINS[QUIZ.need == "no"])
    assert boost.n[0] == 7 and "wrote down seven pupils" in prose
    assert (round(boost.with_need, 1), round(boost.others, 1)) == (1.7, 0.3) and "The seven gained 1.7 points on average, the others 0.3" in prose
    assert boost.verdict == "open" and boost.interval[0] < 0 and boost.interval[1] > 3 and "from below zero to above three" in prose
    assert QUIZ["first"].value_counts().tolist() == [12, 12] and "Half of the class began with the one" in prose
    assert GAINS[QUIZ.pupil == "P13"].item() == -2 and "P13 lost two points" in prose
    without = QUIZ.pupil != "P13"
    assert access.differential_boost(GAINS[without & (QUIZ.need == "yes")], GAINS[QUIZ.need == "no"]).verdict == "more"
    assert QUIZ.silent[(QUIZ.need == "no") & GAINS.notna()].ge(9).sum() == 5
    assert "Five of the others already had nine or ten points" in prose


def test_how_often_the_rule_of_the_boost_errs(prose):
    one, four = (access.boost_errors(boost=1.3, noise_sd=1.3, with_need=7 * classes, others=16 * classes) for classes in (1, 4))
    assert round(100 * one.false_alarm) == 2 and 45 <= 100 * one.miss < 50 and "it misses a true boost in almost half of the classes" in prose
    assert round(100 * four.miss) == 1 and "Four classes together would miss 1 of 100" in prose
    near = [access.boost_errors(boost=1.3, noise_sd=1.3, with_need=need, others=others, gain=1.8, room=(5, 2)) for need, others in ((7, 16), (28, 64))]
    assert [round(100 * errors.false_alarm) for errors in near] == [17, 56] and "17 of 100 classes" in prose and "56 of 100 when four classes" in prose
    room = (10 - QUIZ.silent).groupby(QUIZ.need).mean().round()
    assert (room["yes"], room["no"]) == (5, 2) and "the seven have about five points of room, the others about two" in prose
    first = QUIZ[GAINS.notna()].groupby("need")["first"].apply(lambda order: ((order == "aloud").sum(), len(order)))
    assert first["yes"] == (5, 7) and first["no"] == (7, 16) and "Five of the seven began with the quiz read aloud, but seven of the sixteen" in prose


def test_the_published_effects_and_what_they_would_mean(prose):
    effects = pd.read_csv(FOLDER / "data" / "effects.csv").set_index("source").effect
    assert effects["kingsears2023udl"] == 0.43 and "g = 0.43 from 50 effects" in prose
    assert effects["almeqdad2023udl"] == 3.56 and "Another review gives 3.56" in prose
    assert round(100 * access.share_above_average(0.43)) == 67 and "67 of 100 pupils with UDL lie above the average" in prose
    assert round(10_000 * access.share_above_average(3.56)) == 9998 and "9,998 of 10,000 pupils" in prose
    assert access.before_after_effect(1, spread=1, correlation=0.95) > 3 and "the number passes 3" in prose
    assert round(access.before_after_effect(0.5, spread=1, correlation=0.8), 1) == 0.8 and "a correlation of 0.8 it is 0.8" in prose
    aloud = pd.read_csv(FOLDER / "data" / "read-aloud.csv")
    assert list(aloud.effect) == [0.27, 0.14, 0.56, 0.13, 0.20, 0.44]
    assert all(f"{value:.2f}" in prose for value in aloud.effect)
    assert round(0.27 - 0.14, 2) == 0.13 and "the difference was 0.13" in prose


def test_every_source_in_the_data_is_in_the_book():
    known = parse_file(FOLDER.parents[1] / "book" / "references.bib").entries
    for name in ("effects", "read-aloud"):
        assert set(pd.read_csv(FOLDER / "data" / f"{name}.csv").source) <= set(known)


def test_no_output_and_no_file_names_a_diagnosis():
    labels = r"\b(dyslexi\w*|autis\w*|ADHD|cerebral|hearing.impair\w*|deaf\w*|blind\w*|low vision|dysgraph\w*|disorder)\b"
    cells = json.loads((FOLDER / "universal-design.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = " ".join(json.dumps(cell.get("outputs", "")) + "".join(cell["source"]) for cell in cells)
    shown += " ".join(path.read_text(encoding="utf-8") for path in [*FOLDER.glob("data/*.csv"), FOLDER / "job-aid.yml", FOLDER / "practice.yml"])
    assert re.findall(labels, re.sub(r"teachers of the deaf or of the blind", "", shown), re.I) == []


def test_the_filled_planner_holds_the_numbers_of_the_two_lessons(tmp_path):
    values = case_values(FOLDER / "job-aid.yml", before=BEFORE, after=AFTER, change=access.barrier_change(BEFORE, AFTER))
    assert [step["before"] for step in values["steps"]] == [f"{shut} / {helped}" for shut, helped, *_rest in BEFORE.by_step]
    fill(FOLDER / "job-aid.docx", values, tmp_path / "planner.docx")
    text = {path: "\n".join(cell.text for table in Document(path).tables for row in table.rows for cell in row.cells)
            for path in (FOLDER / "job-aid-filled.docx", tmp_path / "planner.docx")}
    assert len(set(text.values())) == 1, "Delete job-aid-filled.docx and make it again as the chapter does."
    minutes = pd.read_csv(FOLDER / "data" / "repairs.csv").minutes
    assert [int(step["minutes"]) for step in values["steps"]] == list(minutes)


def test_the_class_sheet_has_a_row_for_each_pupil_and_room_for_eight_steps():
    check = check_document(FOLDER / "class-sheet.docx")
    assert {finding.kind for finding in check.findings} <= {"size"}, str(check)   # forms have 10.5 points, as the planner has
    table, = Document(FOLDER / "class-sheet.docx").tables
    assert len(table.rows) == 29 and len(table.columns) == 9
    assert "class-sheet.docx" in (FOLDER / "job-aid.md").read_text(encoding="utf-8")


def test_the_item_on_two_languages_has_the_numbers_of_the_worksheets():
    russian, kazakh = (round(lix(running_text(path))) for path in NEW[1:])
    assert f"has a LIX of {russian} in Russian and of {kazakh} in Kazakh" in (FOLDER / "practice.yml").read_text(encoding="utf-8")
