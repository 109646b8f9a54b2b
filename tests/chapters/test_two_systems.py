"""Every number and day that the text of the chapter states is found in its data and country files, or computed from them."""

import json
import re
from math import comb
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from pybtex.database import parse_file

from practicum import charts, comparison, country, own_data, privacy
from practicum.errors import PracticumError
from practicum.job_aid import case_values, fill

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "chapters" / "two-systems"
COUNTS = pd.read_csv(FOLDER / "data" / "counts.csv", index_col="id")
N = COUNTS.number
SOURCES = parse_file(ROOT / "book" / "references.bib").entries
ISRAEL, KAZAKHSTAN = (country.load(FOLDER / "countries" / f"{name}.yml") for name in ("israel", "kazakhstan"))


@pytest.fixture(scope="module")
def prose():
    cells = json.loads((FOLDER / "two-systems.ipynb").read_text(encoding="utf-8"))["cells"]
    text = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def ranges():
    kazakhstan = [comparison.share(N[part], N[whole]) for part in ("kz-2025-inclusive", "kz-2025-inclusive-over")
                  for whole in ("kz-2025-registered", "kz-2025-education")]
    israel = [comparison.share(N["il-2012-ordinary"], N["il-2012-needs"]), N["il-2013-ordinary-share"], 100 - N["il-2019-outside-share"]]
    return [dict(enumerate(map(float, values))) for values in (israel, kazakhstan)]


def test_every_count_has_a_source_in_the_book_with_the_same_address():
    assert COUNTS.index.is_unique and len(COUNTS) == 38
    for row in COUNTS.itertuples():
        assert SOURCES[row.source].fields["url"] == row.link, row.Index
        assert "verified" in SOURCES[row.source].fields["keywords"]


def test_every_step_change_and_criticism_was_read_on_a_page_that_is_in_the_list_of_references():
    known = {entry.fields.get("url") for entry in SOURCES.values()}
    for place in (ISRAEL, KAZAKHSTAN):
        read = {step.source.url for step in place.steps} | {event.source.url for event in (*place.changed, *place.criticised)}
        assert not read - known


def test_both_countries_get_the_same_room(prose):
    assert [len(place.changed) for place in (ISRAEL, KAZAKHSTAN)] == [4, 4] == [len(place.criticised) for place in (ISRAEL, KAZAKHSTAN)]
    assert "each has four entries" in prose
    assert all(step.source and step.call for place in (ISRAEL, KAZAKHSTAN) for step in place.steps)


def test_who_is_heard_and_who_decides_in_the_sources(prose):
    heard = {step.name for step in ISRAEL.steps if "parents" in step.heard}
    assert heard == {"team", "parent-refers", "committee", "objection", "choice", "split", "programme"} and len(ISRAEL.heard("pupil")) == 2
    assert "the parents are invited and have one vote" in prose and "so do not count the rows against each other" in prose
    decisions = [(number, step.name) for number, step in enumerate(KAZAKHSTAN.steps, 1) if step.decision]
    assert decisions == [(5, "consent")] and KAZAKHSTAN.steps[3].name == "examination" and "On paper step 4 recommends, so its edge is thin" in prose
    assert {step.name for step in ISRAEL.steps if step.decision} >= {"team", "committee", "choice", "placement"}


def test_each_answer_names_its_source():
    for place in (ISRAEL, KAZAKHSTAN):
        assert all("(" in answer for key, answer in place.answers.items() if answer and key not in ("disagree", "lasts"))


def test_the_days_of_the_text_are_those_of_the_country_file(prose):
    days = {step.name: step.when for step in ISRAEL.steps}
    for name, said in {"school-refers": "by 31 March", "parent-refers": "by 31 March", "papers": "14 days before", "objection": "within 21 days",
                       "choice": "by 25 June", "programme": "end of October"}.items():
        assert said in days[name]
    assert "15 May" in days["committee"] and "31 May" in days["committee"]
    for said in ("prints 31 March for referrals", "end by 15 May", "by 31 May", "at least 14 days before", "within 21 days", "until 25 June"):
        assert said in prose
    assert [step.name for step in KAZAKHSTAN.steps if step.when] == ["end"] and "Apart from the life of a conclusion" in prose
    assert KAZAKHSTAN.answers["disagree"] == "" and "none says how parents object" in prose


def test_the_two_bodies_are_never_set_equal():
    files = [FOLDER / "two-systems.ipynb", FOLDER / "practice.yml", *(FOLDER / "countries").glob("*.yml")]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"PMPK (is|equals|corresponds to) (the|an?) (eligibility|committee)", text, re.I), file.name
    assert not {term.word for term in ISRAEL.terms} & {term.word for term in KAZAKHSTAN.terms}


def test_the_three_numbers_called_included_and_the_one_that_counts_schools(prose):
    assert (N["kz-2025-inclusive"], N["kz-2025-education"], N["kz-2025-inclusive-over"]) == (94_527, 199_200, 100_000)
    assert "94,527 children in an inclusive setting, over 100,000 in inclusive education, and 199,200 in education" in prose
    assert N["kz-2025-conditions-schools"] == 95.2 and "The number 95.2 % does not belong here" in prose
    parts = N[["kz-2025-preschool", "kz-2025-school", "kz-2025-vocational", "kz-2025-special"]].sum()
    assert parts == N["kz-2025-education"]
    assert 11_194 + 62_217 + 149_748 == 223_159 != N["kz-2025-limited"] and "make 223,159, and the printed sum is 223,160" in prose
    assert 36_040 + 123_710 + 75_490 == N["il-2017-needs"] and N["il-2012-ordinary"] + N["il-2012-separate"] == N["il-2012-needs"]


def test_the_ranges_and_the_verdict_on_who_includes_more(prose, ranges):
    israel, kazakhstan = (comparison.DefinitionRange(values) for values in ranges)
    assert [round(value) for value in (israel.low, israel.high, kazakhstan.low, kazakhstan.high)] == [44, 60, 40, 50]
    assert "44 to 60 of 100 in Israel, and 40 to 50 of 100 in Kazakhstan" in prose
    found = comparison.compare(israel, kazakhstan, names=("Israel", "Kazakhstan"))
    assert found.verdict == "open" and found.pairs == (10, 2, 0) and "10 of the 12 pairs put Israel higher, 2 put Kazakhstan higher" in prose
    outside = comparison.share(N["kz-2025-education"] - N["kz-2025-special"], N["kz-2025-education"])
    wider = {**kazakhstan.values, "outside": outside}
    assert round(outside, 1) == 89.5 and "(199,200 − 20,900) ÷ 199,200 × 100 = 89.5" in prose
    assert comparison.compare(israel, wider, names=("Israel", "Kazakhstan")).pairs == (10, 5, 0) and "10 to 2 becomes 10 to 5" in prose
    assert round(comparison.share(94_527, 235_000), 1) == 40.2 and "94,527 ÷ 235,000 × 100 = 40.2" in prose


def test_how_often_the_strict_rule_would_speak_by_chance(prose):
    assert comb(4, 2) == 2 * 3 and "two lists of two would lie apart in one of three cases" in prose
    assert comb(7, 3) == 35 and "Lists of three and four would lie apart in two of 35." in prose


def test_the_rates_of_those_who_are_counted(prose):
    israel = {"a": comparison.rate(N["il-2012-needs"], N["il-2012-pupils"]), "b": 10 * N["il-2019-needs-share"],
              "c": comparison.rate(N["il-2024-special"], N["il-2024-pupils"])}
    most = comparison.rate(N["kz-2025-registered"], min(comparison.implied_whole(N["kz-2023-registered"], 3)))
    kazakhstan = {"a": comparison.rate(N["kz-2025-school"], N["kz-2023-pupils"]),
                  "b": comparison.rate(N["kz-2025-school"] + N["kz-2025-special"], N["kz-2023-pupils"]), "c": 10 * N["kz-2023-share"], "d": most}
    assert [round(value) for value in (*israel.values(), *kazakhstan.values())] == [84, 110, 138, 32, 37, 30, 51]
    assert "Israel has 84, 110 and 138 of 1,000" in prose and "Kazakhstan has 32, 37, 30 and 51" in prose
    assert "160,000 of 1.9 million and 354,000 of 2,558,000 pupils" in prose and "124,700 of 3.9 million pupils, the second adds 20,900" in prose
    assert comparison.compare(israel, kazakhstan, names=("a", "b")).verdict == "first-higher" and "every definition that we found points one way" in prose


def test_growth_rounding_and_staff(prose):
    assert round(comparison.change(N["kz-2021-registered"], N["kz-2025-registered"])) == 68
    assert "From 139,887 in 2020/21 to over 235,000 in June 2025: growth of 68 %." in prose
    assert 37_970 + 95_497 + 2_900 + 3_520 == N["kz-2021-registered"] and "also 3,520 in universities" in prose
    assert round(comparison.change(N["kz-2021-school"], N["kz-2025-school"])) == 31 and "from 95,497 to 124,700, that is 31 %" in prose
    low, high = comparison.implied_whole(N["kz-2023-registered"], 3)
    assert f"from {low / 1e6:.1f} to {high / 1e6:.1f} million" in prose
    each = [comparison.per_post(N["kz-2025-inclusive"], N["kz-2025-assistants"]), comparison.per_post(N["kz-2025-registered"], N["kz-2025-specialists"])]
    assert [round(value) for value in each] == [25, 9] and "94,527 ÷ 3,800 gives about 25 children" in prose and "The second number, 9, is a bad example" in prose


def test_the_new_placements_and_the_number_of_counts(prose):
    assert N["il-2021-new-ordinary-share"] == 40 and "counted about 40 of 100 in ordinary classes" in prose
    assert "All 38 counts" in prose


def test_what_is_said_of_the_example_of_a_district(prose):
    mine = own_data.load(FOLDER / "data" / "own-data-example.csv", own_data.DISTRICT_COLUMNS)
    assert len(mine.table) == 7 and mine.table.registered.min() == 4 and "a category of four children" in prose
    assert any("total" in note for note in mine.notes) and mine.table.at_home.isna().sum() == 1 and mine.table.assistant_posts.sum() == 14
    assert not mine.warnings
    hidden = privacy.suppress_small_counts(mine.table.set_index("category")[["ordinary_class", "special_class", "special_school"]])
    assert (hidden == "hidden").sum().sum() > 3
    assert comparison.share(1, 20) == 5 and "fewer than 20 children are left out" in prose and "by more than five points" in prose


def test_the_template_has_the_columns_of_the_analysis():
    header = (FOLDER / "data" / "template.csv").read_text(encoding="utf-8-sig").strip().split(";")
    assert all(column.accepts(heading) for column, heading in zip(own_data.DISTRICT_COLUMNS, header, strict=True))


def test_the_empty_country_file_says_what_to_write_first():
    with pytest.raises(PracticumError, match="empty.yml: country is empty"):
        country.load(FOLDER / "countries" / "empty.yml")
    remarks = (FOLDER / "countries" / "empty.yml").read_text(encoding="utf-8")
    assert all(f"{key}:" in remarks for key in country.questions()) and all(f"{field}:" in remarks for field in ("when", "decision", "heard", "call", "source"))


@pytest.mark.parametrize("place", [ISRAEL, KAZAKHSTAN], ids=lambda place: place.name)
def test_chart_table_and_form_follow_from_the_country_file(place, tmp_path):
    chart = charts.path_chart(place)
    assert len(chart.rows) == len(place.steps) == len(charts.steps_table(place).rows)
    fill(FOLDER / "job-aid.docx", {**case_values(FOLDER / "job-aid.yml"), **place.form_values()}, tmp_path / "form.docx")
    rows = [[cell.text for cell in row.cells] for table in Document(tmp_path / "form.docx").tables for row in table.rows if len(row.cells) == 6]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, len(place.steps) + 1)]
    assert [row[3] for row in rows[1:]] == [step.when or "ask" for step in place.steps] and all(all(row) for row in rows)


def test_the_filled_form_is_what_the_template_gives_for_the_pupil(tmp_path):
    fill(FOLDER / "job-aid.docx", {**case_values(FOLDER / "job-aid.yml"), **ISRAEL.form_values()}, tmp_path / "p-07.docx")
    texts = [[cell.text for table in Document(path).tables for row in table.rows for cell in row.cells]
             for path in (FOLDER / "job-aid-filled.docx", tmp_path / "p-07.docx")]
    assert texts[0] == texts[1], "Delete job-aid-filled.docx and make it again as the chapter does under “Take it to your school”."


def test_liyas_words_are_the_same_in_letter_and_form(prose):
    said = "I answer when people wait"
    assert said in prose and said in case_values(FOLDER / "job-aid.yml")["pupil_says"]


def test_the_form_holds_a_code_and_no_name_of_a_child():
    values = case_values(FOLDER / "job-aid.yml")
    assert re.fullmatch(r"[A-Z]-\d+", values["pupil"]) and not re.search(r"Liya|Samal", " ".join(map(str, values.values())))


def test_the_example_of_a_district_has_children_in_none_of_the_places():
    lines = [line.split(";") for line in (FOLDER / "data" / "own-data-example.csv").read_text(encoding="utf-8-sig").splitlines()]
    registered, *places = map(int, lines[-1][1:6])
    assert f"Of {registered} registered children {registered - sum(places)} are in none" in (FOLDER / "data" / "README.md").read_text(encoding="utf-8")
