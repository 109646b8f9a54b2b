"""A Word document is looked through for barriers, whatever program or person made it, and never changed."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from practicum.documents import PASSWORD_OR_OLD, check_document, running_text
from practicum.errors import PracticumError
from practicum.text import contrast_ratio

DESCRIPTION = "Two saucers of water, one in the sun and one in the shade."


def sound(language="en-GB", size=12):
    """A document in which nothing is to be mended."""
    document = Document()
    document.styles["Normal"].font.size = Pt(size)
    defaults, = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    for lang in defaults.findall(qn("w:lang")):
        defaults.remove(lang)
    if language:
        lang = OxmlElement("w:lang")
        lang.set(qn("w:val"), language)
        defaults.append(lang)
    for style in document.styles.element.xpath("w:style[starts-with(@w:styleId, 'Heading')]//w:color"):
        style.set(qn("w:val"), "1C2833")
    document.add_heading("Where does the puddle go?", 1)
    document.add_paragraph("Water dries in the sun. Nobody sees it go.")
    document.add_heading("Try it", 2)
    return document


def picture(document, description):
    buffer = BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "png")
    shape = document.add_picture(BytesIO(buffer.getvalue()))
    shape._inline.docPr.set("descr", description)
    return shape


def table(document, header):
    made = document.add_table(2, 2)
    for cell, text in zip([*made.rows[0].cells, *made.rows[1].cells], ["Saucer", "Water left", "In the sun", "None"]):
        cell.text = text
    if header:
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return made


@pytest.fixture
def check(tmp_path):
    def run(document, **options):
        document.save(tmp_path / "sheet.docx")
        return check_document(tmp_path / "sheet.docx", **options)
    return run


def kinds(result):
    return [finding.kind for finding in result.findings]


def test_nothing_is_found_where_nothing_is_to_be_mended(check):
    document = sound()
    picture(document, DESCRIPTION)
    table(document, header=True)
    result = check(document)
    assert result.passed and "a program finds nothing to mend" in str(result), str(result)
    assert result.headings == ((1, "Where does the puddle go?"), (2, "Try it"))


def test_each_barrier_is_found_alone(check):
    def without_language(document): document.styles.element.xpath("w:docDefaults//w:lang")[0].set(qn("w:val"), "")
    def skipped(document): document.add_heading("Measure", 4)
    def fake(document): document.add_paragraph().add_run("Measure the water").bold = True
    def silent(document): picture(document, "")
    def headless(document): table(document, header=False)
    def pale(document): document.add_paragraph().add_run("Write ten lines.").font.color.rgb = RGBColor(0xA6, 0xA6, 0xA6)
    def small(document): document.add_paragraph().add_run("Write ten lines.").font.size = Pt(9)

    for barrier, kind in ((without_language, "language"), (skipped, "heading"), (fake, "heading"), (silent, "picture"), (headless, "table"),
                          (pale, "contrast"), (small, "size")):
        document = sound()
        barrier(document)
        assert kinds(check(document)) == [kind], barrier.__name__


def test_a_finding_says_where_what_and_how_to_mend(check):
    document = sound()
    document.add_heading("Measure", 4)
    finding, = check(document).findings
    assert str(finding) == "Heading “Measure”: it jumps from level 2 to level 4. Give it the style Heading 3."
    assert "1 thing to mend" in str(check(document)) and "<li><strong>Heading “Measure”:" in check(document)._repr_html_()


def test_a_language_that_does_not_fit_the_letters_is_named(check):
    document = sound("en-US")
    for _line in range(3):
        document.add_paragraph("Вода высыхает на солнце, и никто не видит, куда она уходит.")
    finding, = check(document).of_kind("language")
    assert "its language is “en”, but" in finding.what and "Cyrillic" in finding.what
    russian = sound("ru-RU")
    for paragraph in russian.paragraphs:
        paragraph.runs[0].text = "Куда уходит лужа, когда выходит солнце?"
    assert not check(russian).of_kind("language")


def test_kazakh_that_says_it_is_russian_is_named(check):
    document = sound("ru-RU")
    for paragraph in document.paragraphs:
        paragraph.runs[0].text = "Жаңбырдан кейін аулада шалшық бар, түсте ол жоқ."
    assert "only Kazakh has" in check(document).of_kind("language")[0].what
    russian = sound("ru-RU")
    for paragraph in russian.paragraphs:
        paragraph.runs[0].text = "Куда уходит лужа? По-казахски вода: су, лужа: шалшық, дождь: жаңбыр."
    assert check(russian).passed
    kazakh = sound("kk-KZ")
    for paragraph in kazakh.paragraphs:
        paragraph.runs[0].text = "Жаңбырдан кейін аулада шалшық бар, түсте ол жоқ."
    assert check(kazakh).passed


def test_quoted_words_of_another_language_are_marked_for_a_reading_voice(check):
    document = sound("en-GB")
    document.add_heading("Қара", 4)
    assert '“<span lang="kk">Қара</span>”' in check(document)._repr_html_()
    document = sound("en-GB")
    document.add_heading("Try & look", 4)
    assert "“Try &amp; look”" in check(document)._repr_html_()


def test_a_word_in_another_language_is_no_barrier_and_a_marked_part_fits(check):
    document = sound("en-GB")
    run = document.add_paragraph().add_run("Вода высыхает на солнце. " * 9)
    assert check(document).of_kind("language")
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "ru-RU")
    run._r.get_or_add_rPr().append(lang)
    assert not check(document).of_kind("language")
    document = sound("en-GB")
    document.add_paragraph("Water is “су” in Kazakh, and it dries quickly when the sun shines on the yard.")
    assert not check(document).of_kind("language")


def test_the_first_heading_has_to_be_of_level_1(check):
    document = Document()
    document.add_heading("Try it", 2)
    assert check(document).of_kind("heading")[0].mend == "Give it the style Heading 1."


def test_a_heading_may_come_from_a_style_of_ones_own_or_from_the_outline(check):
    document = sound()
    own = document.styles.add_style("Aufgabe", 1)
    own.base_style = document.styles["Heading 3"]
    document.add_paragraph("Task one", style=own)
    outlined = document.add_paragraph("Task two")
    outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))
    assert check(document).headings[2:] == ((3, "Task one"), (2, "Task two"))


@pytest.mark.parametrize("description", ["", "   ", "image1.png", "Picture 3", "Рисунок 12", "42", "IMG.JPG"])
def test_a_description_that_says_nothing_is_none(check, description):
    document = sound()
    picture(document, description)
    assert kinds(check(document)) == ["picture"]


def test_a_picture_marked_as_decoration_needs_no_description(check):
    document = sound()
    shape = picture(document, "")
    shape._inline.docPr.append(parse_xml(
        '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'))
    assert check(document).passed


def test_a_table_of_one_row_needs_no_header(check):
    document = sound()
    document.add_table(1, 2)
    assert check(document).passed


@pytest.mark.parametrize("grey, size, bold, found", [
    ("777777", 12, False, True), ("767676", 12, False, False),      # the last grey that is enough on white
    ("949494", 18, False, False), ("949494", 14, True, False), ("949494", 14, False, True), ("959595", 18, False, True)])
def test_the_contrast_needed_depends_on_the_size_of_print(check, grey, size, bold, found):
    document = sound()
    run = document.add_paragraph("The water, ").add_run("the sun.")
    run.font.color.rgb, run.font.size, run.bold = RGBColor.from_string(grey), Pt(size), bold
    assert bool(check(document).of_kind("contrast")) == found


def test_the_background_may_be_a_highlight_a_shaded_run_paragraph_or_cell(check):
    def shaded(parent):
        parent.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="1C2833"/>'))

    for place in ("run", "paragraph", "cell", "highlight"):
        document = sound()
        cell = table(document, header=True).rows[1].cells[0]
        run = cell.paragraphs[0].runs[0]
        run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
        assert kinds(check(document)) == ["contrast"]
        if place == "highlight":
            run.font.highlight_color = WD_COLOR_INDEX.DARK_BLUE
        else:
            shaded({"run": run._r.get_or_add_rPr(), "paragraph": cell.paragraphs[0]._p.get_or_add_pPr(), "cell": cell._tc.get_or_add_tcPr()}[place])
        assert check(document).passed, place


def test_the_same_weak_colour_is_told_once_with_the_number_of_places(check):
    document = sound()
    for _line in range(3):
        document.add_paragraph().add_run("Write ten lines.").font.color.rgb = RGBColor(0xA6, 0xA6, 0xA6)
    finding, = check(document).of_kind("contrast")
    assert finding.place == "Text “Write ten lines.” and 2 more places"
    assert finding.what.startswith("light grey on white has a contrast of") and "#" not in str(finding)


@pytest.mark.parametrize(("code", "words"), [("#000000", "black"), ("#ffffff", "white"), ("#9a9a9a", "light grey"), ("#555555", "dark grey"), ("#e08a00", "orange"),
                                             ("#c00000", "red"), ("#ff0055", "red"), ("#ffd700", "yellow"), ("#00b050", "green"), ("#0070c0", "blue")])
def test_a_colour_is_told_in_words_that_a_voice_can_say(code, words):
    from practicum.documents import _colour
    assert _colour(code) in (words, f"dark {words}", f"light {words}") and ("grey" not in words or _colour(code) == words)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 0xFFFFFF))
def test_the_shade_that_is_offered_is_enough(colour):
    from practicum.documents import _enough
    assert contrast_ratio(_enough(f"#{colour:06x}", "#ffffff", 4.5), "#ffffff") >= 4.5


def test_the_size_may_come_from_a_style_and_its_limit_from_the_caller(check):
    document = sound(size=11)
    finding, = check(document).of_kind("size")
    assert "smaller than 12 points; the smallest has 11" in finding.what
    assert check(document, smallest=11).passed


@pytest.mark.parametrize("written, found", [("18", ["size"]), ("9pt", ["size"]), ("24.0", []), ("12pt", []), ("large", [])])
def test_a_size_may_be_written_in_several_ways(check, written, found):
    document = sound()
    document.paragraphs[1].runs[0]._r.get_or_add_rPr().append(parse_xml(f'<w:sz {nsdecls("w")} w:val="{written}"/>'))
    assert kinds(check(document)) == found


def test_text_boxes_are_read_and_their_copies_for_old_programs_are_not(check):
    document = sound()
    box = (f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent><mc:{{0}}><w:pict><w:txbxContent>'
           '<w:p><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>Tiny words in a box</w:t></w:r></w:p></w:txbxContent></w:pict></mc:{0}></mc:AlternateContent></w:r>')
    document.paragraphs[1]._p.append(parse_xml(box.format("Choice Requires='wps'").replace("</mc:Choice Requires='wps'>", "</mc:Choice>")))
    assert kinds(check(document)) == ["size"]
    assert document.paragraphs[1].text == "Water dries in the sun. Nobody sees it go."
    document = sound()
    document.paragraphs[1]._p.append(parse_xml(box.format("Fallback")))
    assert check(document).passed


def test_running_text_leaves_headings_and_tables_out(tmp_path):
    document = sound()
    table(document, header=True)
    document.add_paragraph().add_run("Measure the water").bold = True
    document.save(tmp_path / "sheet.docx")
    assert running_text(tmp_path / "sheet.docx") == "Water dries in the sun. Nobody sees it go."
    Document().save(tmp_path / "empty.docx")
    with pytest.raises(PracticumError, match="empty.docx has no running text"):
        running_text(tmp_path / "empty.docx")
    assert check_document(tmp_path / "empty.docx").passed


def test_the_file_stays_as_it_is(tmp_path):
    sound(size=9).save(tmp_path / "sheet.docx")
    before = (tmp_path / "sheet.docx").read_bytes()
    (tmp_path / "sheet.docx").chmod(0o444)
    check_document(tmp_path / "sheet.docx")
    assert (tmp_path / "sheet.docx").read_bytes() == before and [path.name for path in tmp_path.iterdir()] == ["sheet.docx"]


def a_zip(**parts):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return buffer.getvalue()


@pytest.mark.parametrize("content, told", [
    (PASSWORD_OR_OLD + b"\0" * 600, "protected with a password, or it is an old Word file"),
    (b"", "is not a Word document, or it is damaged"), (b"Hello", "is not a Word document"), (a_zip(xl__workbook="<a/>"), "is not a Word document"),
    (a_zip(word__document="<a/>"), "is not a Word document"), (a_zip(word__document="purl.oclc.org/ooxml"), "Strict Open XML"), (b"PK\x03\x04" + b"\0" * 60, "is not a Word document")])
def test_a_file_that_cannot_be_opened_is_told_with_the_way_out(tmp_path, content, told):
    (tmp_path / "sheet.docx").write_bytes(content)
    with pytest.raises(PracticumError, match=told) as error:
        check_document(tmp_path / "sheet.docx")
    assert "sheet.docx" in str(error.value) and "Word document (.docx)" in str(error.value)


def test_a_missing_file_a_folder_and_a_cut_file_are_told(tmp_path):
    for name in ("none.docx", "."):
        with pytest.raises(PracticumError, match="There is no file"):
            check_document(tmp_path / name)
    sound().save(tmp_path / "whole.docx")
    content = (tmp_path / "whole.docx").read_bytes()
    for share in (0.2, 0.5, 0.9):
        (tmp_path / "cut.docx").write_bytes(content[:int(share * len(content))])
        with pytest.raises(PracticumError, match="cut.docx is not a Word document, or it is damaged"):
            check_document(tmp_path / "cut.docx")
