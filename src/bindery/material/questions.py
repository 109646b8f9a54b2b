"""Practice items as questions for Moodle (XML) and for other learning platforms (GIFT).

An item whose numbers vary is exported with its first example. A checklist for one's own school is no question and is left out.
"""

import html
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

from practicum._practice_values import Texts

ANCHOR = re.compile(r'<a href="#[^"]*">(.*?)</a>', re.S)


@dataclass(frozen=True)
class Answer:
    """``text`` (HTML, or a number as text), ``fraction`` of the points in per cent, ``feedback`` (HTML)."""

    text: str
    fraction: float
    feedback: str = ""


@dataclass(frozen=True)
class Question:
    """One question: ``kind`` is "choice", "number", "match" or "essay"; all texts are HTML.

    ``pairs`` of a match question are (row, its match, feedback); ``answers`` are those of the other kinds.
    """

    kind: str
    name: str
    text: str
    answers: tuple = ()
    pairs: tuple = ()
    single: bool = True
    tolerance: float = 0
    general: str = ""


def questions_of(practice):
    """The questions of a chapter, in its order."""
    makers = {"one": _choice, "several": _choice, "number": _number, "order": _order, "sort": _sort, "watch": _watch, "write": _essay}
    return [makers[item.kind](item, _Words(item)) for item in practice if item.kind in makers]


class _Words:
    """The texts of an item as HTML, with the values of its first example, without links into a page that is not there."""

    def __init__(self, item):
        self.item, self.texts = item, Texts(item.examples[:1])

    def html(self, text, inline=False):
        rendered = self.texts.html(text, self.item.place, inline)
        return ANCHOR.sub(r"\1", rendered)

    def common(self):
        entry = self.item.entry
        return {"name": f"{self.item.stem}: {self.item.title}", "text": self.html(entry["prompt"]),
                "general": self.html(entry["solution"]) if "solution" in entry else ""}


def _choice(item, words):
    right = item.key["right"][0]
    share = {1: 100 / sum(right), 0: -100 / max(len(right) - sum(right), 1) if item.kind == "several" else 0}
    answers = tuple(Answer(words.html(option["text"], inline=True), share[yes], words.html(option["feedback"]))
                    for option, yes in zip(item.entry["options"], right))
    return Question("choice", answers=answers, single=item.kind == "one", **words.common())


def _number(item, words):
    wrong = zip(item.entry.get("wrong", []), item.key["wrong"][0])
    answers = (Answer(f"{item.key['answer'][0]:.10g}", 100), *(Answer(f"{value:.10g}", 0, words.html(part["feedback"])) for part, value in wrong))
    common = words.common()
    common["text"] += f"<p>({html.escape(item.entry['unit'])})</p>"
    return Question("number", answers=answers, tolerance=item.entry["tolerance"], **common)


def _order(item, words):
    pairs = tuple((words.html(step["text"], inline=True), str(place), words.html(step["feedback"])) for place, step in enumerate(item.entry["steps"], 1))
    return Question("match", pairs=pairs, **words.common())


def _sort(item, words):
    pairs = tuple((words.html(card["text"], inline=True), card["group"], words.html(card["feedback"])) for card in item.entry["cards"])
    return Question("match", pairs=pairs, **words.common())


def _watch(item, words):
    pairs = tuple((f"{html.escape(moment['time'])} {words.html(moment['text'], inline=True)}", moment["code"], "") for moment in item.entry["moments"])
    return Question("match", pairs=pairs, **words.common())


def _essay(item, words):
    common = words.common()
    common["general"] = words.html(item.entry["model"])
    return Question("essay", **common)


# ---- Moodle XML ----

def moodle_xml(practice, questions):
    """The questions as a Moodle question bank, UTF-8 bytes; feedback that matching cannot show goes into the general one."""
    quiz = ElementTree.Element("quiz")
    category = ElementTree.SubElement(quiz, "question", type="category")
    _text(category, "category", f"$course$/top/{practice.title}")
    kinds = {"choice": "multichoice", "number": "numerical", "match": "matching", "essay": "essay"}
    for question in questions:
        element = ElementTree.SubElement(quiz, "question", type=kinds[question.kind])
        _text(element, "name", question.name)
        _html(element, "questiontext", question.text)
        _html(element, "generalfeedback", general_feedback(question))
        ElementTree.SubElement(element, "defaultgrade").text = "1"
        {"choice": _xml_choice, "number": _xml_number, "match": _xml_match, "essay": _xml_essay}[question.kind](element, question)
    ElementTree.indent(quiz)
    return ElementTree.tostring(quiz, encoding="utf-8", xml_declaration=True)


def general_feedback(question):
    """What is shown after any answer: the solution, and for match questions why each row belongs where it does."""
    told = "".join(f"<li>{row}: {feedback}</li>" for row, _match, feedback in question.pairs if feedback)
    return question.general + (f"<ul>{told}</ul>" if told else "")


def _text(parent, tag, text):
    element = ElementTree.SubElement(parent, tag)
    ElementTree.SubElement(element, "text").text = text
    return element


def _html(parent, tag, text):
    _text(parent, tag, text).set("format", "html")


def _xml_answer(element, answer):
    found = ElementTree.SubElement(element, "answer", fraction=f"{answer.fraction:.5f}".rstrip("0").rstrip("."), format="html")
    ElementTree.SubElement(found, "text").text = answer.text
    _html(found, "feedback", answer.feedback)
    return found


def _xml_choice(element, question):
    ElementTree.SubElement(element, "single").text = "true" if question.single else "false"
    ElementTree.SubElement(element, "shuffleanswers").text = "true"
    ElementTree.SubElement(element, "answernumbering").text = "abc"
    for answer in question.answers:
        _xml_answer(element, answer)


def _xml_number(element, question):
    for answer in question.answers:
        found = _xml_answer(element, answer)
        found.set("format", "plain_text")
        ElementTree.SubElement(found, "tolerance").text = f"{question.tolerance:g}"


def _xml_match(element, question):
    ElementTree.SubElement(element, "shuffleanswers").text = "true"
    for row, match, _feedback in question.pairs:
        pair = ElementTree.SubElement(element, "subquestion", format="html")
        ElementTree.SubElement(pair, "text").text = row
        _text(pair, "answer", match)


def _xml_essay(element, question):
    ElementTree.SubElement(element, "responseformat").text = "editor"
    ElementTree.SubElement(element, "responsefieldlines").text = "10"
    _html(element, "graderinfo", question.general)


# ---- GIFT ----

def gift(practice, questions):
    """The questions in GIFT, one text. What GIFT cannot hold (feedback for each row of a match) goes into the general feedback."""
    return "\n\n".join([f"$CATEGORY: {practice.title}", *map(_gift_question, questions)]) + "\n"


def escaped(text):
    """The text with what has a meaning in GIFT marked, in one line."""
    return re.sub(r"([~=#{}:\\])", r"\\\1", " ".join(text.split()))


def _gift_question(question):
    body = {"choice": _gift_choice, "number": _gift_number, "match": _gift_match, "essay": lambda question: ""}[question.kind](question)
    after = general_feedback(question)
    # No empty line may stand inside a question: it would end there.
    after = f"\n####{escaped(after)}" if after and question.kind != "essay" else ""
    end = "\n" if body else ""
    return f"::{escaped(question.name)}::[html]{escaped(question.text)} {{{body}{after}{end}}}"


def _feedback(text):
    return f"#{escaped(text)}" if text else ""


def _gift_choice(question):
    rows = []
    for answer in question.answers:
        mark = "=" if question.single and answer.fraction > 0 else "~" if question.single else f"~%{answer.fraction:.5f}%"
        rows.append(f"\n{mark}{escaped(answer.text)}{_feedback(answer.feedback)}")
    return "".join(rows)


def _gift_number(question):
    first, *wrong = question.answers
    rows = [f"\n={first.text}:{question.tolerance:g}"] + [f"\n=%0%{answer.text}:{question.tolerance:g}{_feedback(answer.feedback)}" for answer in wrong]
    return "#" + "".join(rows)


def _gift_match(question):
    return "".join(f"\n={escaped(row)} -> {escaped(match)}" for row, match, _feedback_ in question.pairs)
