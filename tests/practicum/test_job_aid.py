import re
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from practicum.errors import PracticumError
from practicum.job_aid import LINE, case_values, fill


def picture(width, height, colour="white"):
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "png")
    return buffer.getvalue()


@pytest.fixture
def chart():
    return SimpleNamespace(png=lambda: picture(40, 10, "black"), alt="Line chart. It rises <fast> & far.")


@pytest.fixture
def template(tmp_path):
    document = Document()
    document.add_heading("Log of {{ pupil }}", 1)
    document.add_paragraph("Goal: {{ goal }}. {{ '☒' if agrees else '☐' }} agrees")
    table = document.add_table(4, 2)
    for row, texts in zip(table.rows, [("Date", "Decided"), ("{%tr for look in log or range(2) %}", ""),
                                       ("{{ look.date }}", "{{ look.decided }}"), ("{%tr endfor %}", "")]):
        for cell, text in zip(row.cells, texts):
            cell.text = text
    shape = document.add_picture(BytesIO(picture(20, 10)), width=Mm(100))
    shape._inline.docPr.set("name", "chart")
    shape._inline.docPr.set("descr", "Empty chart.")
    document.sections[0].footer.paragraphs[0].text = "School: {{ school }}"
    document.save(tmp_path / "form.docx")
    return tmp_path / "form.docx"


def text_of(path):
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells, document.sections[0].footer.paragraphs[0].text])


def rows_of(path):
    return [[cell.text for cell in row.cells] for row in Document(path).tables[0].rows]


def test_without_values_every_place_becomes_a_line_to_write_on_and_the_table_keeps_empty_rows(template, tmp_path):
    fill(template, {}, tmp_path / "blank.docx")
    text = text_of(tmp_path / "blank.docx")
    assert f"Log of {LINE}" in text and f"Goal: {LINE}. ☐ agrees" in text and f"School: {LINE}" in text
    assert rows_of(tmp_path / "blank.docx") == [["Date", "Decided"], ["", ""], ["", ""]]


def test_values_rows_and_ticks_are_put_in_their_places(template, tmp_path):
    values = {"pupil": "Dana", "goal": 65, "agrees": True, "school": "No. 7",
              "log": [{"date": "20.10.2025", "decided": "Pairs"}, {"date": "22.12.2025"}]}
    fill(template, values, tmp_path / "dana.docx")
    text = text_of(tmp_path / "dana.docx")
    assert "Log of Dana" in text and "Goal: 65. ☒ agrees" in text and "School: No. 7" in text
    assert rows_of(tmp_path / "dana.docx")[1:] == [["20.10.2025", "Pairs"], ["22.12.2025", ""]]


@pytest.mark.parametrize("value", [None, float("nan"), np.nan, pd.NA, pd.NaT, "", "  "], ids=repr)
def test_a_missing_value_is_a_line_to_write_on_never_the_word_nan(template, tmp_path, value):
    fill(template, {"goal": value}, tmp_path / "blank.docx")
    assert f"Goal: {LINE}." in text_of(tmp_path / "blank.docx")


@pytest.mark.parametrize("value, shown", [(41.0, "41"), (np.float64(1.5), "1.5"), (np.float32(2.5), "2.5"), (np.int64(65), "65")], ids=repr)
def test_numbers_are_printed_without_empty_decimals(template, tmp_path, value, shown):
    fill(template, {"goal": value}, tmp_path / "filled.docx")
    assert f"Goal: {shown}." in text_of(tmp_path / "filled.docx")


@pytest.mark.parametrize("name", ["Дана Әсет, 3 «Б»", "Қанат Ғұмар Үміт Өмір Ұлан Һ Іңкәр", "דנה", "Tom & Ann <3 {{ goal }}"])
def test_names_in_any_alphabet_and_signs_of_markup_arrive_unchanged(template, tmp_path, name):
    fill(template, {"pupil": name}, tmp_path / "filled.docx")
    assert f"Log of {name}\n" in text_of(tmp_path / "filled.docx")


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60))
def test_any_text_arrives_unchanged(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("form")
    document = Document()
    document.add_paragraph("[{{ note }}]")
    document.save(folder / "form.docx")
    fill(folder / "form.docx", {"note": text}, folder / "filled.docx")
    assert Document(folder / "filled.docx").paragraphs[0].text == f"[{text}]"


def test_a_long_text_is_kept_to_its_last_word_and_what_word_cannot_hold_is_left_out(template, tmp_path):
    long = "бір сөз " * 2000 + "соңы"
    fill(template, {"pupil": long, "goal": "6\f\x00\ud8005\nwords"}, tmp_path / "filled.docx")
    text = text_of(tmp_path / "filled.docx")
    assert long in text and "Goal: 65\nwords." in text


def test_a_chart_takes_the_place_and_width_of_the_picture_and_brings_its_alternative_text(template, tmp_path, chart):
    fill(template, {}, tmp_path / "filled.docx", pictures={"chart": chart})
    shape, = Document(tmp_path / "filled.docx").inline_shapes
    assert shape._inline.docPr.get("descr") == chart.alt
    assert (shape.width, shape.height) == (Mm(100), Mm(25))
    with ZipFile(tmp_path / "filled.docx") as archive:
        assert [archive.read(name) for name in archive.namelist() if "/media/" in name] == [chart.png()]


def test_without_a_chart_the_picture_of_the_form_stays_with_its_alternative_text(template, tmp_path):
    fill(template, {}, tmp_path / "blank.docx")
    shape, = Document(tmp_path / "blank.docx").inline_shapes
    assert shape._inline.docPr.get("descr") == "Empty chart." and shape.height == Mm(50)


def test_the_same_input_gives_the_same_bytes_without_the_hour_of_making(template, tmp_path, chart):
    for name in ("one.docx", "two.docx"):
        fill(template, {"pupil": "Dana"}, tmp_path / name, pictures={"chart": chart})
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()
    with ZipFile(tmp_path / "one.docx") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert Document(tmp_path / "one.docx").core_properties.modified.year == 1980


def test_a_file_with_the_same_content_is_left_and_one_with_other_content_is_kept(template, tmp_path):
    fill(template, {"pupil": "Dana"}, tmp_path / "my.docx")
    (tmp_path / "my-2.docx").write_bytes(b"taken")
    kept = (tmp_path / "my.docx").read_bytes()
    assert fill(template, {"pupil": "Dana"}, tmp_path / "my.docx").path == tmp_path / "my.docx"
    with pytest.raises(PracticumError, match=r"my-3\.docx"):
        fill(template, {"pupil": "Aru"}, tmp_path / "my.docx")
    assert (tmp_path / "my.docx").read_bytes() == kept


def test_the_form_itself_is_never_overwritten(template):
    before = template.read_bytes()
    with pytest.raises(PracticumError, match="kept"):
        fill(template, {}, template)
    assert template.read_bytes() == before


def test_a_new_folder_is_made_and_a_notebook_shows_where_the_form_is(template, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    aid = fill(template, {}, "my-files/a & b.docx")
    assert (tmp_path / "my-files" / "a & b.docx").is_file()
    assert "saved as my-files/a & b.docx" in str(aid) and "my-files/a &amp; b.docx" in aid._repr_html_()


@pytest.mark.parametrize("values, message", [
    ({"pupli": "Dana"}, r"no place for: pupli\. It has places for: agrees, goal, log, pupil, school"),
    ({"log": [{"date": "1"}, {"decision": "x"}]}, r"row 2 has no place for: decision\. It has places for: date, decided"),
    ({"log": "week 7"}, "log in form.docx is a table"),
    ({"log": {"date": "1"}}, "log in form.docx is a table"),
    ({"log": ["week 7"]}, "row 1: give the values as a dictionary"),
    ({"goal": [65, 70]}, "goal in form.docx takes one text or number"),
    ("Dana", "give the values as a dictionary"),
    ({1: "Dana"}, "no place for: 1"),
], ids=str)
def test_values_that_the_form_has_no_place_for_are_named(template, tmp_path, values, message):
    with pytest.raises(PracticumError, match=message):
        fill(template, values, tmp_path / "out.docx")
    assert not (tmp_path / "out.docx").exists()


@pytest.mark.parametrize("pictures, message", [
    ({"graph": None}, r"no place for: graph\. It has places for: chart"),
    ({"chart": "chart.png"}, "chart must be a chart"),
    (["chart"], "give the values as a dictionary"),
], ids=str)
def test_pictures_that_cannot_be_drawn_are_named(template, tmp_path, pictures, message):
    with pytest.raises(PracticumError, match=message):
        fill(template, {}, tmp_path / "out.docx", pictures=pictures)


@pytest.mark.parametrize("broken", ["{{ pupil }", "{{ pupil.first.second }}", "{% if pupil %}", "{{ goal + 1 }}", "{{ pupil | bold }}",
                                    "{{ ''.__class__.__mro__ }}"])
def test_a_broken_placeholder_is_reported_with_the_form_and_the_way_to_mend_it(tmp_path, broken):
    document = Document()
    document.add_paragraph(broken)
    document.save(tmp_path / "broken.docx")
    with pytest.raises(PracticumError, match=r"broken\.docx: a placeholder is broken .*type it again"):
        fill(tmp_path / "broken.docx", {"goal": "65"} if "goal" in broken else {}, tmp_path / "out.docx")


def test_a_placeholder_that_word_cut_into_pieces_is_filled_all_the_same(tmp_path):
    document = Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ pu", "pil", " }", "}"):
        paragraph.add_run(piece)
    document.save(tmp_path / "form.docx")
    fill(tmp_path / "form.docx", {"pupil": "Dana"}, tmp_path / "out.docx")
    assert Document(tmp_path / "out.docx").paragraphs[0].text == "Dana"


@pytest.mark.parametrize("content", [b"", b"old Word", b"PK\x05\x06" + bytes(18), "zip", "workbook"])
def test_a_file_that_is_no_word_form_is_refused_with_the_way_to_save_it(tmp_path, content):
    path = tmp_path / "form.docx"
    if content == "zip":
        with ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", "<not a form>")
    elif content == "workbook":
        pd.DataFrame({"a": [1]}).to_excel(tmp_path / "book.xlsx")
        path.write_bytes((tmp_path / "book.xlsx").read_bytes())
    else:
        path.write_bytes(content)
    with pytest.raises(PracticumError, match=r"form\.docx is not a Word form.*save it as"):
        fill(path, {}, tmp_path / "out.docx")


def test_a_missing_form_a_wrong_ending_and_a_place_that_cannot_be_written_are_told(template, tmp_path):
    with pytest.raises(PracticumError, match=r"no form .*nothing\.docx"):
        fill(tmp_path / "nothing.docx", {}, tmp_path / "out.docx")
    with pytest.raises(PracticumError, match=r"out\.pdf\.docx"):
        fill(template, {}, tmp_path / "out.pdf")
    with pytest.raises(PracticumError, match="Choose another folder"):
        fill(template, {}, template / "out.docx")


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_the_texts_of_a_case_get_their_numbers_at_every_depth(tmp_path):
    path = write(tmp_path / "case.yml", 'pupil: Дана\ngoal: "{goal:g}"\nagrees: true\nlog:\n  - sure: "{line.rate:.1f} to {line.interval[1]:.1f}"\n')
    line = SimpleNamespace(rate=1.96, interval=(0, 3))
    assert case_values(path, goal=65.0, line=line) == {"pupil": "Дана", "goal": "65", "agrees": True, "log": [{"sure": "2.0 to 3.0"}]}


@pytest.mark.parametrize("text, message", [
    ('goal: "{goal}"', r"case\.yml, goal: .*\{goal\}.*The numbers given are: rate"),
    ('log:\n  - sure: "{rate.low}"', r"case\.yml, log, entry 1, sure"),
    ('goal: "{rate:.1f"', r"case\.yml, goal"),
    ('goal: "{rate:%Y}"', r"case\.yml, goal"),
    ("goal: 6: 5", "cannot be read at line 1.*quotation marks"),
    ("a: 1\nb: {rate", "cannot be read at line 2"),
    ("- Dana", "holds no texts"),
    ("", "holds no texts"),
])
def test_a_text_that_cannot_be_filled_is_named_with_its_place(tmp_path, text, message):
    with pytest.raises(PracticumError, match=re.compile(message, re.S)):
        case_values(write(tmp_path / "case.yml", text), rate=1.5)


def test_a_case_that_is_missing_or_not_in_utf8_is_told(tmp_path):
    with pytest.raises(PracticumError, match=r"no file case\.yml"):
        case_values(tmp_path / "case.yml")
    (tmp_path / "case.yml").write_bytes("pupil: Дана".encode("cp1251"))
    with pytest.raises(PracticumError, match="UTF-8"):
        case_values(tmp_path / "case.yml")
