"""The forms of the chapters: open to all readers, in step with their template, true to the data."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from practicum.job_aid import fill

CHAPTERS = Path(__file__).parents[2] / "chapters"
FORMS = sorted(CHAPTERS.glob("*/job-aid*.docx"))
# A chapter may have more than one form: job-aid.docx, job-aid-meeting.docx, each with its blank, its filled form and its page.
TEMPLATES = [form for form in FORMS if not form.stem.endswith(("-blank", "-filled"))]


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
    kept, fresh = contents(template.with_stem(f"{template.stem}-blank")), contents(tmp_path / "blank.docx")
    assert [part for part in kept.keys() | fresh.keys() if kept.get(part) != fresh.get(part)] == [], (
        f"{name(template)} was changed. Delete its job-aid-blank.docx and job-aid-filled.docx, and make them again with practicum.job_aid.fill.")
    assert "{" not in text(tmp_path / "blank.docx")


@every_template
def test_the_page_for_printing_offers_the_three_forms_and_has_the_same_log(template):
    page = template.with_suffix(".md").read_text(encoding="utf-8")
    links = re.findall(r"\[[^\]]{10,}\]\((job-aid[\w-]*\.docx)\)", page)
    assert sorted(links) == sorted(f"{template.stem}{ending}.docx" for ending in ("", "-blank", "-filled"))
    assert all((template.parent / link).is_file() for link in links)
    first_rows = ["* -" + re.split(r"^\* -", part, flags=re.M)[1] for part in page.split(":header-rows: 1")[1:]]
    printed = [re.findall(r"^[* ] - (.+)", row, re.M) for row in first_rows]
    assert all([cell.text for cell in table.rows[0].cells] in printed for table in growing_tables(template))
