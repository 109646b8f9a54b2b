"""Slides, worksheets and exported questions: read back by other programs, looked at in a browser, without a key where learners look."""

import html
import io
import re
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import moodle_xml_parser.parser as moodle
import pytest
from docx import Document
from pygiftparser import parser as gift_reader

from bindery.check import chapter_folders
from bindery.material import FOLDER, make_material
from bindery.material.questions import escaped, gift, moodle_xml, questions_of
from practicum.practice import chapter

ROOT = Path(__file__).parents[2]
FOLDERS = chapter_folders(ROOT)
every_chapter = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
KAZAKH = "Әр оқушыға {{ұлы}} «ғылым», ~ 50% = #1: қай жауап дұрыс?"
PRACTICE = """
title: Қазақша тараул
items:
  - id: one-of
    objective: KK1
    kind: one
    minutes: 1
    prompt: "%s"
    options:
      - {text: "Ия: ә і ң ғ ү ұ қ ө һ", right: true, feedback: "Дұрыс = иә"}
      - {text: "Нет, ё и ъ", right: false, feedback: "Почему? ~ подумайте"}
    hint: ойлан
    solution: "Бірінші -> дұрыс"
  - id: some-of
    objective: KK1
    kind: several
    minutes: 1
    prompt: Которые?
    options:
      - {text: один, right: true, feedback: да}
      - {text: два, right: true, feedback: да}
      - {text: три, right: false, feedback: нет}
    hint: думай
    solution: один и два
  - id: how-many
    objective: KK1
    kind: number
    minutes: 1
    prompt: Сколько?
    values: {whole: 3}
    answer: whole / 2
    tolerance: 0.1
    unit: слов
    wrong: [{value: whole, feedback: "Это вдвое больше"}]
    hint: раздели
    solution: полтора
  - id: put-right
    objective: KK1
    kind: order
    minutes: 1
    prompt: Ретімен
    steps:
      - {text: бірінші, feedback: алдымен}
      - {text: екінші, feedback: содан кейін}
      - {text: үшінші, feedback: соңында}
    hint: ойлан
    solution: 1, 2, 3
  - id: write-it
    objective: KK1
    kind: write
    minutes: 1
    prompt: Жазыңыз
    model: Үлгі жауап
    checklist: [бар]
""" % KAZAKH


@pytest.fixture(scope="module")
def material():
    told, done = make_material(ROOT)
    assert done, told
    return ROOT / FOLDER


@pytest.fixture
def kazakh(tmp_path):
    (tmp_path / "practice.yml").write_text(PRACTICE, encoding="utf-8")
    return chapter("kazakh", tmp_path)


def text_of(markup):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup))).strip()


def read_gift(text):
    # This reader knows no negative answers, which Moodle takes; the sign is left out for it.
    return gift_reader.parseFile(io.StringIO(re.sub(r"(?<=[=%])-(?=\d+(\.\d+)?:)", "", text)))


def unescaped(text):
    return re.sub(r"\\([~=#{}:\\])", r"\1", text)


# ---- questions, read back by parsers that we did not write ----

def test_kazakh_and_russian_letters_and_the_signs_of_gift_come_back_as_they_were(kazakh):
    questions = read_gift(gift(kazakh, questions_of(kazakh)))
    assert [question.valid for question in questions] == [True] * 5
    first = questions[0]
    assert text_of(unescaped(first.text)) == KAZAKH.replace("{{", "{").replace("}}", "}")
    answers = first.answers.answers
    assert [unescaped(answer.answer) for answer in answers] == ["Ия: ә і ң ғ ү ұ қ ө һ", "Нет, ё и ъ"]
    assert [answer.fraction for answer in answers] == [100, 0]
    assert text_of(unescaped(answers[1].feedback)) == "Почему? ~ подумайте"


def test_the_other_kinds_of_gift_keep_their_keys(kazakh):
    _one, several, number, order, essay = read_gift(gift(kazakh, questions_of(kazakh)))
    assert [round(answer.fraction) for answer in several.answers.answers] == [50, 50, -100]
    right, wrong = number.answers.answers
    assert (float(right.value), float(right.tolerance), right.fraction, float(wrong.value), wrong.fraction) == (1.5, 0.1, 100, 3, 0)
    assert [(unescaped(pair.question).strip(), unescaped(pair.answer).strip()) for pair in order.answers.answers] == [("бірінші", "1"), ("екінші", "2"), ("үшінші", "3")]
    assert type(essay.answers).__name__ == "Essay"


def test_moodle_xml_comes_back_letter_by_letter_with_its_key_and_feedback(kazakh):
    content = moodle_xml(kazakh, questions_of(kazakh))
    first, second = moodle.parse_bytes(io.BytesIO(content))["multichoice"]
    assert text_of(first.text_pre_parse) == KAZAKH.replace("{{", "{").replace("}}", "}")
    assert [(text_of(option.answer), option.score_fraction) for option in first.options] == [("Ия: ә і ң ғ ү ұ қ ө һ", 100), ("Нет, ё и ъ", 0)]
    assert [round(option.score_fraction) for option in second.options] == [50, 50, -100]
    assert all(unicodedata.is_normalized("NFC", text) for text in (first.text_pre_parse, content.decode("utf-8")))
    kinds = [question.get("type") for question in ElementTree.fromstring(content).iter("question")]
    assert kinds == ["category", "multichoice", "multichoice", "numerical", "matching", "essay"]
    numerical = ElementTree.fromstring(content).findall("question")[3]
    assert [(answer.get("fraction"), answer.findtext("text"), answer.findtext("tolerance")) for answer in numerical.findall("answer")] == [
        ("100", "1.5", "0.1"), ("0", "3", "0.1")]


@every_chapter
def test_every_question_of_a_chapter_can_be_read_in_both_forms(folder, material):
    practice = chapter(folder.name, folder)
    expected = [item for item in practice if item.kind != "do"]
    found = read_gift((material / folder.name / "questions.gift").read_text(encoding="utf-8"))
    assert [question.valid for question in found] == [True] * len(expected)
    assert [unescaped(question.title) for question in found] == [f"{folder.name}: {item.title}" for item in expected]
    choices = [item for item in expected if item.kind in ("one", "several")]
    read = moodle.parse_file(str(material / folder.name / "questions-moodle.xml"))["multichoice"]
    assert [len(question.options) for question in read] == [len(item.options) for item in choices]
    for question, item in zip(read, choices):
        assert [option.score_fraction > 0 for option in question.options] == [right for _text, right in item.options]
    assert "href=\"#" not in (material / folder.name / "questions-moodle.xml").read_text(encoding="utf-8")


def test_what_has_a_meaning_in_gift_is_marked():
    assert escaped("a = b: {c} ~ #1 \\ d\ne") == r"a \= b\: \{c\} \~ \#1 \\ d e"


# ---- worksheets ----

@every_chapter
def test_the_worksheet_has_every_item_and_no_solution_and_the_answer_sheet_has_both(folder, material):
    sheet, answers = ("\n".join(paragraph.text for paragraph in Document(material / folder.name / name).paragraphs) for name in ("worksheet.docx", "answers.docx"))
    for number, item in enumerate(chapter(folder.name, folder), 1):
        assert f"{number}. {item.title}" in sheet and f"{number}. {item.title}" in answers
        if "solution" in item.entry:
            solution = re.sub(r"\[([^\]]+)\]\([^)]*\)|\*\*?|`", r"\1", item.texts.plain(item.entry["solution"], item.place)).strip()
            assert solution in answers
            assert solution not in sheet or len(solution.split()) < 4
    assert "☒" not in sheet and "{" not in sheet
    document = Document(material / folder.name / "worksheet.docx")
    assert document.core_properties.title and document.paragraphs[0].style.name == "Heading 1"


# ---- slides ----

@every_chapter
def test_the_slides_ask_nobody_else_and_every_one_fits_and_has_a_heading(folder, material, page, axe):
    asked, complaints = [], []
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((material / folder.name / "slides.html").as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == [] and complaints == []
    slides = page.evaluate("""() => Reveal.getSlides().map((slide, number) => { Reveal.slide(number);
        const heading = slide.querySelector('h1, h2'); return [heading.textContent, slide.scrollHeight - slide.clientHeight]; })""")
    assert len(slides) > 12 and all(title.strip() for title, _over in slides)
    assert [title for title, over in slides if over > 4] == []
    assert axe(page) == []
    page.evaluate("Reveal.slide(0)")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.getIndices().h") == 1


@every_chapter
def test_solutions_stand_in_the_notes_of_the_slides_only(folder, material):
    content = (material / folder.name / "slides.html").read_text(encoding="utf-8")
    notes = re.findall(r'<aside class="notes">.*?</aside>', content, re.S)
    assert any("Solution" in note for note in notes)
    shown = text_of(re.sub(r'<aside class="notes">.*?</aside>', "", content, flags=re.S))
    for question in questions_of(chapter(folder.name, folder)):
        solution = text_of(question.general)
        assert len(solution.split()) < 4 or solution not in shown


def test_an_unknown_chapter_is_named():
    told, done = make_material(ROOT, ["no-such"])
    assert not done and told == [f'There is no chapter "no-such". There is: {", ".join(folder.name for folder in FOLDERS)}.']
