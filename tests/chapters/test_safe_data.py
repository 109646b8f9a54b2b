"""Every number that the text of the chapter states is computed here from its data; and nobody in the data can exist."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn
from practicum import cleaning, groups, own_data, privacy, synthetic
from practicum.job_aid import case_values, fill

FOLDER = Path(__file__).parents[2] / "chapters" / "safe-data"
LISTED = pd.read_csv(FOLDER / "data" / "grade-list.csv", dtype=str)
EXAMPLE = (FOLDER / "data" / "own-data-example.csv").read_text(encoding="utf-8-sig")
TRAPS = pd.read_csv(FOLDER / "data" / "traps.csv", dtype=str)
KNOWN = ["class", "sex", "age", "language", "support"]


@pytest.fixture(scope="module")
def prose():
    cells = json.loads((FOLDER / "safe-data.ipynb").read_text(encoding="utf-8"))["cells"]
    text = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def safe(tmp_path_factory):
    return cleaning.clean(FOLDER / "data" / "grade-list.csv", tmp_path_factory.mktemp("safe") / "safe.csv", on="2026-10-01").table


@pytest.fixture(scope="module")
def coarse(safe):
    return safe.assign(support=groups.merge_rare(safe.support), age=groups.bands(safe.age, [10]))


# ---- nobody in the data can exist

EVERY_TEXT = [*LISTED.fillna("").astype(str).to_numpy().ravel(), *re.split("[;\n]", EXAMPLE), *TRAPS.cell]


def test_every_number_of_twelve_digits_has_a_month_and_a_seventh_digit_that_no_person_has():
    numbers = [number for text in EVERY_TEXT for number in re.findall(r"(?<!\d)\d{12}(?!\d)", text)]
    assert len(numbers) == 48 + 24 + 2
    for number in numbers:
        assert 13 <= int(number[2:4]) <= 24 and number[6] == "9" and not privacy._is_iin(number)


def test_every_telephone_number_begins_with_a_code_that_is_given_to_nobody():
    numbers = [number for text in EVERY_TEXT for number in re.findall(r"(?:\+7|(?<!\d)8)[ -]\(?\d{3}\)?[ -][\d -]{5,}", text)]
    assert len(numbers) == 48 + 24 + 1 + 3
    assert all(re.sub(r"\D", "", number)[1:4] == "799" for number in numbers)
    assert all(len(re.sub(r"\D", "", number)) == 9 for number in [*LISTED.phone, *re.findall(r"\+7[\d ]+", EXAMPLE)])


def test_every_address_of_e_mail_is_in_the_domain_for_examples():
    assert {address.partition("@")[2] for text in EVERY_TEXT for address in re.findall(r"\S+@\S+\.\S+", text)} == {"example.org"}


def test_no_name_comes_twice():
    assert LISTED.pupil_name.is_unique


# ---- the list and the scan

def test_the_list_has_its_traps(prose):
    assert len(LISTED) == 48 and "Grade 4 has 48 pupils in two classes" in prose and len(LISTED.columns) == 13 and "its thirteen columns" in prose
    kamila = LISTED[LISTED.pupil_name == "Sarsenova Kamila"].iloc[0]
    assert kamila.support == "hearing support" and (LISTED.support == "hearing support").sum() == 1
    assert (LISTED.support == "movement support").sum() == 2 and (LISTED.support == "speech therapy").sum() == 6
    assert "hearing support (1) and movement support (2) draw speech therapy (6)" in prose
    assert 33 <= LISTED.index[LISTED.pupil_name == "Sarsenova Kamila"][0] + 1 <= 40 and "Here are eight rows" in prose


def test_what_the_scan_found_and_overlooked(prose):
    found = privacy.scan(LISTED)
    assert len({one.column for one in found}) == 5 and "It found something in five of the thirteen columns" in prose
    assert not {one.column for one in found} & {"L"} and LISTED.columns[11] == "note"
    assert "father drives the school bus" in set(LISTED.note) and kamila_note() and "It did not find the notes" in prose
    hits = TRAPS.assign(found=[bool(privacy.scan([[cell]])) for cell in TRAPS.cell])
    telling, harmless = hits[hits.telling == "yes"], hits[hits.telling == "no"]
    assert (len(hits), len(telling), len(harmless)) == (50, 32, 18) and "50 cells as they occur in lists: 32 tell who somebody is, 18 do not" in prose
    assert telling.found.sum() == 19 and "found 19 of 32, and passed over 13" in prose and "In our own 50 cells, 13 of 32" in prose
    assert harmless.found.sum() == 4 and "rang at 4 of 18 harmless cells" in prose
    missed = set(telling[~telling.found].cell)
    assert {"Камилка", "Камила", "נועה", "@kamila-4b", "born 23 April 2015", "23.04.2015 г.р.", "the blue house by the bridge"} <= missed
    assert "passed over first names alone, a pet name, a name in a social network, two birth dates, one of them in figures" in prose
    facts = telling[telling.why.str.contains("fact|family that|event")]
    assert len(facts) == 5 and not facts.found.any() and "all five facts that only neighbours can read" in prose
    assert "Golden Autumn" in set(harmless[harmless.found].cell)


def kamila_note():
    return LISTED.note[LISTED.pupil_name == "Sarsenova Kamila"].str.contains("the only one with a hearing device").all()


# ---- groups

def test_how_many_stand_alone(safe, prose):
    found = {one.columns: one for one in groups.every_combination(safe, KNOWN)}
    whole = found[tuple(KNOWN)]
    assert (whole.alone, whole.few) == (27, 42) and "27 of 48 pupils share their combination with nobody**, and 42 are in groups smaller than five" in prose
    born = [groups.group_sizes(LISTED, names) for names in (["born"], ["class", "sex", "born"])]
    assert [(sizes == 1).sum() for sizes in born] == [42, 48]
    assert "42 of 48 pupils share their birth date with nobody; with class and sex, all 48 stand alone" in prose
    assert prose.count("27 of 48") >= 2 and "It is 27." in prose
    assert sum(found[(name,)].alone > 0 for name in KNOWN) == 3 and "three of them already hold a pupil who is alone" in prose
    kamila = safe[safe.support == "hearing support"].iloc[0]
    assert kamila.age == 11 and (safe.age == 11).sum() == 1 and "nobody else is eleven, and nobody else has hearing support" in prose


def test_what_joining_and_widening_change(coarse, prose):
    smallest = {names: privacy.smallest_group(coarse, list(names)).k for names in
                [("support",), ("class", "support"), ("sex", "support"), ("age", "support")]}
    assert smallest.pop(("support",)) == 9 and "With support alone, nine pupils are in the smallest group" in prose
    assert set(smallest.values()) == {2, 3} and "Add class, sex or age, and the smallest group has two or three" in prose
    assert groups.every_combination(coarse, ["language", "support"])[-1].alone == 2 and "add home language, and two pupils are alone" in prose
    alone = (groups.group_sizes(coarse, ["support", "words"]) == 1).sum()
    absent = coarse[coarse.words.isna()]
    assert alone == 38 and "38 of 48 pupils are alone again" in prose
    assert len(absent) == 2 and (groups.group_sizes(coarse, ["support", "words"])[absent.index] == 1).all() and "two of them are the two who were absent" in prose
    other = coarse[coarse.support == "other"].words
    assert (len(other), other.min(), other.max()) == (9, 50, 69) and 'All nine pupils in "other" read between 50 and 69 words' in prose


def test_the_numbers_that_come_back(coarse, prose):
    counts = pd.crosstab(coarse.support, coarse["class"])
    totals = (counts.sum(axis=1), counts.sum())
    assert list(counts.sum()) == [24, 24] and "Each class has 24 pupils" in prose
    assert counts.loc[["none", "reading group"], "4A"].tolist() == [15, 7] and counts.loc["other", "4A"] == 2 and "24 − 15 − 7 = 2" in prose
    assert counts.loc[["none", "other"], "4B"].tolist() == [13, 7] and counts.loc["reading group", "4B"] == 4 and "24 − 13 − 7 = 4" in prose
    bare = groups.work_back(privacy.suppress_small_counts(counts, complementary=False), totals)
    assert all(low == high for low, high in bare.values())
    limits = groups.work_back(privacy.suppress_small_counts(counts), totals)
    assert set(limits.values()) == {(0, 9), (2, 11)} and 'nobody can say more than "up to 9", or "2 to 11"' in prose
    assert len(limits) == 4 and "four of six numbers are gone" in prose


def test_how_often_hidden_numbers_come_back(coarse, prose):
    shares = coarse.support.value_counts(normalize=True)
    rates = [groups.leaks(shares, columns=classes, people=24 * classes, tables=200) for classes in (2, 3, 4, 6)]
    assert min(rate.small_only for rate in rates) == 0.96 and "in at least 96 of 100 tables" in prose
    assert sum(rate.tables for rate in rates) == 800 and not any(rate.complementary for rate in rates) and "none of the 800 tables" in prose
    assert 1 - 0.05 ** (1 / 800) < 1 / 250 and "it may still happen in up to 1 of 250" in prose


# ---- the twin and the answer

def test_what_the_twin_loses(coarse, prose):
    table = coarse[["class", "sex", "support", "words"]]
    made = synthetic.twin(table, seed=7)
    labels = ["none", "reading group", "other"]
    assert [coarse.groupby("support").words.median()[label] for label in labels] == [82, 65, 62]
    assert "without extra support read 82 words, those in the reading group 65, the others 62" in prose
    assert [made.table.groupby("support").words.median()[label] for label in labels] == [70, 75, 69] and "these medians are 70, 75 and 69" in prose
    assert made.swapped == 6 and "6 of 48 rows repeated a real row" in prose and synthetic.repeats(table, made.table) == 0
    mean = sum(synthetic.twin(table, seed=seed).swapped for seed in range(200)) / 200
    assert round(mean) == 8 and "In 200 twins it was about 8 rows on average" in prose


def counted(coarse):
    part = coarse[(coarse.agreed == "yes") & coarse.words.notna()]
    return part.assign(group=part.support.where(part.support == "reading group", "all others"))


def test_only_those_with_two_yeses_are_counted(coarse, prose):
    assert LISTED.agreed.value_counts().to_dict() == {"yes": 45, "no": 2} and LISTED.agreed.isna().sum() == 1
    assert "all 48 families" in prose and "46 say yes, one says no, one has not answered" in prose and "the 46 children. One says no" in prose
    assert len(counted(coarse)) == 43 and "two yeses are counted: 45, of whom 43 read that week" in prose
    assert coarse.words.isna().sum() == 2 and "the two who were absent" in prose
    assert (LISTED[LISTED.pupil_name == "Sarsenova Kamila"].agreed == "yes").all()
    texts = yaml.safe_load((FOLDER / "job-aid.yml").read_text(encoding="utf-8"))
    assert [texts[name] for name in ("families_yes", "families_no", "families_open", "children_asked", "children_yes", "children_no")] == [
        "46", "1", "1", "46", "45", "1"]


def test_the_answer_has_two_groups_and_rounded_medians_that_are_no_childs_score(coarse, prose):
    parts = {name: part.words for name, part in counted(coarse).groupby("group")}
    assert {name: (len(words), words.median()) for name, words in parts.items()} == {"reading group": (9, 63), "all others": (34, 74)}
    assert (parts["reading group"] == 63).sum() == 1 and "here 63, and only one child read 63" in prose
    assert "Nine pupils of the reading group are counted" in prose and "34 pupils are counted together, and Kamila is one of them" in prose
    cells = json.loads((FOLDER / "safe-data.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = next(json.dumps(cell["outputs"]) for cell in cells if "answer = counted" in "".join(cell["source"]))
    assert ">65<" in shown and ">75<" in shown and ">63<" not in shown


# ---- own data

def test_the_colleagues_list_runs_through_the_cleaner_and_own_data_without_a_warning(tmp_path):
    mine = cleaning.clean(FOLDER / "data" / "own-data-example.csv", tmp_path / "safe.csv", on="2026-10-01")
    data = own_data.load(mine.path, own_data.RECORD_COLUMNS)
    assert data.warnings == [] and len(data.table) == 24 and data.table.score.isna().sum() == 2
    written = mine.path.read_text(encoding="utf-8-sig") + str(mine) + str(data)
    names = re.findall(r"^\d+;([^;]+);", EXAMPLE, re.M)
    assert len(names) == 24 and not any(name in written for name in names)


def test_no_stored_output_of_the_own_data_part_repeats_a_value_or_a_code():
    cells = json.loads((FOLDER / "safe-data.ipynb").read_text(encoding="utf-8"))["cells"]
    start = next(number for number, cell in enumerate(cells) if "## Your own data" in "".join(cell["source"]))
    stored = json.dumps([cell.get("outputs") for cell in cells[start:]], ensure_ascii=False)
    own = [value for row in EXAMPLE.split("\n")[3:-2] for value in row.split(";") if len(value) > 4 and not value.isdigit()]
    assert len(own) > 100 and not [value for value in own if value in stored]
    assert not re.search(r"P-[2-9BCDFGHJKMNPQRSTVWXYZ]{4}\b", stored.replace("P-7Q2K", ""))


# ---- the card

def text(path):
    document = Document(path)
    return "\n".join("".join(part.text or "" for part in paragraph.iter(qn("w:t"))) for paragraph in document.element.body.iter(qn("w:p")))


def test_the_filled_card_is_what_the_template_gives_with_the_texts_and_numbers_of_the_case(coarse, tmp_path):
    part = counted(coarse)
    smallest = groups.group_sizes(part, ["group"]).min()
    values = case_values(FOLDER / "job-aid.yml", asked=len(coarse), counted=len(part), smallest=smallest)
    fill(FOLDER / "job-aid.docx", values, tmp_path / "card.docx")
    filled = text(FOLDER / "job-aid-filled.docx")
    assert filled == text(tmp_path / "card.docx") and "__" not in filled and "☐" not in filled
    assert "one number for at least five children together" in filled and "43 pupils, no names" in filled and "Families asked: 48 · yes: 46" in filled


def test_the_page_for_printing_says_what_the_card_says():
    page = re.sub(r"<[^>]+>", "", (FOLDER / "job-aid.md").read_text(encoding="utf-8"))
    page = re.sub(r"_+", "…", page)
    blank = re.sub(r"_+", "…", text(FOLDER / "job-aid-blank.docx"))
    for line in re.findall(r"☐ (.+?)\.$", blank, re.M):
        assert f"☐ {line}." in page
    for sentence in ("You may say no, now or later.", "Then nothing changes for your child.", "It goes to another country: yes / no.",
                     "You can say yes, no, or later.", "No is all right, and nothing changes."):
        assert sentence in page and sentence in blank


def test_what_kamila_says_on_the_card_does_not_name_her_device(prose):
    says = yaml.safe_load((FOLDER / "job-aid.yml").read_text(encoding="utf-8"))["child_says"]
    assert says.startswith("They may count me.") and "They may count me." in prose
    assert "myself, when I know them" in says and "myself, when I know them" in prose and "device" not in says
