"""The forms of the chapters: open to all readers, in step with their template, true to the data."""

import re
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from practicum import progress
from practicum.job_aid import case_values, fill

CHAPTERS = Path(__file__).parents[2] / "chapters"
TEMPLATES = sorted(CHAPTERS.glob("*/job-aid.docx"))
FORMS = sorted(CHAPTERS.glob("*/job-aid*.docx"))
MONITORING = CHAPTERS / "progress-monitoring"


def name(path):
    return f"{path.parent.name}/{path.name}"


def paragraphs(path):
    document = Document(path)
    return [*document.element.body.iter(qn("w:p")), *document.sections[0].footer._element.iter(qn("w:p"))]


def text(path):
    return "\n".join("".join(part.text or "" for part in paragraph.iter(qn("w:t"))) for paragraph in paragraphs(path))


def contents(path):
    with ZipFile(path) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def used_styles(path):
    return {"Normal", *(style for paragraph in paragraphs(path) for style in paragraph.xpath(".//w:pStyle/@w:val | .//w:rStyle/@w:val"))}


def growing_tables(path):
    return [table for table in Document(path).tables if table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader")]


every_form = pytest.mark.parametrize("form", FORMS, ids=name)
every_template = pytest.mark.parametrize("template", TEMPLATES, ids=name)


@every_form
def test_a_form_says_its_title_and_language_and_begins_with_a_heading(form):
    document = Document(form)
    assert document.core_properties.title and document.core_properties.language
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == [document.core_properties.language]
    assert document.paragraphs[0].style.name == "Heading 1" and document.paragraphs[0].text
    assert not document.element.body.xpath(".//w:txbxContent")


@every_form
def test_every_picture_of_a_form_is_described_in_words(form):
    descriptions = Document(form).element.body.xpath(".//wp:docPr/@descr")
    assert len(descriptions) == len(Document(form).element.body.xpath(".//w:drawing"))
    assert all(len(description.split()) > 12 for description in descriptions)


@every_form
def test_a_table_that_grows_has_a_name_and_a_header_row_that_repeats(form):
    tables = growing_tables(form)
    assert tables
    for table in tables:
        assert all(cell.text for cell in table.rows[0].cells)
        assert len(table._tbl.xpath("w:tr/w:trPr/w:tblHeader")) == 1
        assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val")[0]


@every_form
def test_a_form_is_a4_in_a_font_with_kazakh_letters_and_no_print_is_small(form):
    document = Document(form)
    section = document.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    used = used_styles(form)
    styles = [style for style in document.styles if style.style_id in used]
    assert len(styles) > 3 and {style.font.name for style in styles} <= {"Calibri", "Arial"}
    sizes = [style.font.size for style in styles if style.font.size] + [
        Pt(int(size) / 2) for size in document.element.body.xpath(".//w:rPr/w:sz/@w:val")]
    assert min(sizes) >= Pt(10.5)
    # Where Calibri is missing (Linux), the next names are tried.
    assert {"Carlito", "Liberation Sans"} <= set(re.findall(r'w:altName w:val="([^"]+)"', contents(form)["word/fontTable.xml"].decode()))


@every_template
def test_the_blank_form_is_what_the_template_gives_without_values(template, tmp_path):
    fill(template, {}, tmp_path / "blank.docx")
    kept, fresh = contents(template.with_stem("job-aid-blank")), contents(tmp_path / "blank.docx")
    assert [part for part in kept.keys() | fresh.keys() if kept.get(part) != fresh.get(part)] == [], (
        f"{name(template)} was changed. Delete its job-aid-blank.docx and job-aid-filled.docx, and make them again with practicum.job_aid.fill.")
    assert "{" not in text(tmp_path / "blank.docx")


@every_template
def test_the_page_for_printing_offers_the_three_forms_and_has_the_same_log(template):
    page = template.with_suffix(".md").read_text(encoding="utf-8")
    links = re.findall(r"\[[^\]]{10,}\]\(([\w-]+\.docx)\)", page)
    assert sorted(links) == ["job-aid-blank.docx", "job-aid-filled.docx", "job-aid.docx"]
    assert all((template.parent / link).is_file() for link in links)
    first_rows = [part.partition("\n* -\n")[0] for part in page.split(":header-rows: 1")[1:]]
    printed = [re.findall(r"^[* ] - (.+)", row, re.M) for row in first_rows]
    assert all([cell.text for cell in table.rows[0].cells] in printed for table in growing_tables(template))


@pytest.fixture(scope="module")
def dana():
    """What the chapter computes from Dana's probes."""
    probes = pd.read_csv(MONITORING / "data" / "probes.csv").dropna(subset="words_correct")
    start, goal, weeks = progress.baseline(probes.query("week == 0").words_correct), 65, 16
    rate = progress.needed_rate(start, goal, weeks)
    first, later = probes.query("1 <= week <= 7"), probes.query("week > 0")
    recent = probes.words_correct.tail(3)
    line = {"start": start, "goal": goal, "weeks": weeks, "rule": "four-point"}
    noise = {"rule": "four-point", "needed": rate, "noise_sd": 10, "looks": "at-end"}
    return {
        "start": start, "goal": goal, "goal_week": weeks, "rate": rate, "low": recent.min(), "high": recent.max(),
        "decision": progress.decide(first.week, first.words_correct, **line),
        "errors": progress.decision_errors(weeks=7, **noise),
        "later": progress.decide(later.week, later.words_correct, **line),
        "later_errors": progress.decision_errors(weeks=16, **noise),
    }


def test_danas_form_is_what_the_template_gives_with_her_texts_and_numbers(dana, tmp_path):
    fill(MONITORING / "job-aid.docx", case_values(MONITORING / "job-aid.yml", **dana), tmp_path / "dana.docx")
    assert text(MONITORING / "job-aid-filled.docx") == text(tmp_path / "dana.docx"), (
        "Delete job-aid-filled.docx and make it again as the chapter does under “Take it to your school”.")
    assert "__" not in text(tmp_path / "dana.docx") and "☐" not in text(tmp_path / "dana.docx")


def test_the_numbers_and_verdicts_that_danas_form_states_are_those_of_the_rules(dana):
    assert (dana["start"], dana["rate"], dana["low"], dana["high"]) == (41, 1.5, 52, 67)
    assert (dana["decision"].verdict, dana["later"].verdict) == ("change-teaching", "keep-going")
    filled = text(MONITORING / "job-aid-filled.docx")
    for verdict, decision, errors in (("Change the teaching.", dana["decision"], dana["errors"]),
                                      ("Keep going.", dana["later"], dana["later_errors"])):
        assert f"{verdict} {decision.reason}" in filled
        assert f"{errors.false_alarm:.0%} false alarms, {errors.miss:.0%} misses (probes jump by 10)" in filled


def test_the_dates_in_danas_log_are_those_of_the_probes_in_these_weeks():
    probes = pd.read_csv(MONITORING / "data" / "probes.csv", parse_dates=["date"]).set_index("week")
    log, = growing_tables(MONITORING / "job-aid-filled.docx")
    for row in log.rows[1:3]:
        assert f"{probes.date[int(row.cells[1].text)]:%d.%m.%Y}" == row.cells[0].text


def test_danas_chart_is_described_with_the_start_the_goal_and_the_last_of_her_probes(dana):
    description, = Document(MONITORING / "job-aid-filled.docx").element.body.xpath(".//wp:docPr[@name='chart']/@descr")
    for number in (dana["start"], dana["goal"], dana["goal_week"], dana["high"]):
        assert re.search(rf"\b{number:g}\b", description)


def test_the_sentence_for_the_family_in_the_form_is_the_one_that_the_chapter_quotes():
    filled = text(MONITORING / "job-aid-filled.docx")
    sentence = re.search(r"In September .+weeks of school\.", filled)[0]
    assert sentence in (MONITORING / "progress-monitoring.ipynb").read_text(encoding="utf-8")
