"""Slides of a chapter: one HTML file with reveal.js beside it, with notes for the person who speaks.

What is shown is short: questions, steps, figures, practice items. The whole text stands in the notes of each slide.
"""

import html
import re
import shutil
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape

from bindery.adapt.chapter import read_notebook, text_of
from bindery.check import _guide_tables, _part
from bindery.material.questions import questions_of
from bindery.page import Chapter
from practicum._practice_values import shuffled
from practicum.i18n import gettext as _

TEMPLATES = Path(__file__).parents[1] / "templates" / "material"
REVEAL = ("dist/reveal.js", "dist/reset.css", "dist/reveal.css", "plugin/notes/notes.js", "LICENSE")
FIGURE = re.compile(r'<p class="chart-title">(.*?)</p>.*?(<svg.*?</svg>).*?<figcaption>(.*?)</figcaption>', re.S)
MOST_ON_A_SLIDE = 4
LONGEST_STEP, MOST_ROWS, MOST_WORDS, LONG_ITEM = 22, 8, 150, 110


@dataclass(frozen=True)
class Slide:
    """``title`` and ``body`` (HTML) are shown; ``notes`` (HTML) are for the person who speaks."""

    title: str
    body: str
    notes: str = ""


def copy_reveal(root, folder):
    """Put reveal.js, its licence and the style of the slides into ``folder``: nothing is asked of the network."""
    source = files("sphinx_revealjs") / "_static" / "revealjs"
    (folder / "reveal").mkdir(parents=True, exist_ok=True)
    for name in REVEAL:
        shutil.copyfile(str(source / name), folder / "reveal" / Path(name).name)
    shutil.copyfile(TEMPLATES / "slides.css", folder / "reveal" / "slides.css")
    for font in (root / "assets" / "fonts").glob("*.woff2"):
        shutil.copyfile(font, folder / "reveal" / font.name)


def deck_html(folder, practice):
    """The slides of a chapter as one HTML page."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape())
    return environment.get_template("slides.html").render(title=practice.title, slides=slides_of(folder, practice), language="en")


def slides_of(folder, practice):
    """The slides in the order of the chapter."""
    chapter = Chapter(folder)
    questions = dict(zip([item.id for item in practice if item.kind != "do"], questions_of(practice)))
    wrong = _likely_answers(chapter)
    slides = [_opening(chapter, practice)]
    slides += [Slide(_("In plain words"), _sentences(chapter, "In plain words"))]
    slides += [Slide(_("You will be able to"), _list(f"{name} {text}" for name, text in chapter.objectives))]
    slides += _case(chapter)
    for cell, section in _cells(folder):
        if cell["cell_type"] == "code":
            slides += _figures(cell)
            for item in (item for item in practice if f'practice("{item.id}")' in text_of(cell) and item.id in questions):
                slides.append(_item(item, questions[item.id], wrong.get(item.id, "")))
        elif section == "The method" and "## The method" in text_of(cell):
            slides += _steps(chapter)
    slides += [Slide(_("How sure can we be?"), _list(_evidence(chapter)), _section(chapter, "How sure can we be"))]
    slides += [Slide(_("Take it to your school"), _sentences(chapter, "Take it to your school")),
               Slide(_("Back to your first thoughts"), _list(block.text for block in chapter.section("Back to your first thoughts", "item")))]
    return slides


def _opening(chapter, practice):
    lead = next(block.text for block in chapter.section("") if block.kind == "text" and block.text.rstrip().endswith("?"))
    why = "".join(f"<p>{html.escape(block.text)}</p>" for block in _part(chapter.guide or [], "order"))
    return Slide(practice.title, f"<p class='question'>{html.escape(lead.strip())}</p>", why)


def _case(chapter):
    """The case, a few sentences a slide; the story must be heard whole, so nothing is left out."""
    lines = [line for block in chapter.section("The case", "text") for line in block.text.splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith(("Answer these", "Nobody sees"))]
    groups = [lines[start:start + MOST_ON_A_SLIDE] for start in range(0, len(lines), MOST_ON_A_SLIDE)]
    return [Slide(_("The case") if not number else _("The case, part {number}").format(number=number + 1),
                  "".join(f"<p>{html.escape(line)}</p>" for line in group)) for number, group in enumerate(groups)]


def _steps(chapter):
    """The steps of the method in a few words; the notes have each in full."""
    items = [block for block in chapter.section("The method", "item")]
    groups = [items[start:start + MOST_ON_A_SLIDE + 1] for start in range(0, len(items), MOST_ON_A_SLIDE + 1)]
    return [Slide(_("The method") if not number else _("The method, part {number}").format(number=number + 1),
                  _list(_shortened(block.text) for block in group), _list(block.text for block in group)) for number, group in enumerate(groups)]


def _shortened(text):
    """The first sentence, or two when the first is a word or two, cut at a word where they are long."""
    sentences = re.split(r"(?<=[.?!:])\s+", " ".join(text.split()))
    short = sentences[0] if len(sentences[0].split()) > 3 else " ".join(sentences[:2])
    words = short.split()
    return short if len(words) <= LONGEST_STEP else " ".join(words[:LONGEST_STEP]) + " …"


def _figures(cell):
    whole = "".join("".join(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", []))
    return [Slide(html.unescape(title), f"<div class='figure'>{drawing}</div><p class='caption'>{caption}</p>") for title, drawing, caption in FIGURE.findall(whole)]


def _item(item, question, likely):
    """A practice item: the question and its options; solution and likely wrong answers are in the notes."""
    rows = [row for row, _match, _feedback in question.pairs]
    # As written, steps stand in their right order; the moments of an observation must keep theirs.
    rows = _that_fit(rows if item.kind == "watch" else shuffled(rows, item.name), MOST_WORDS - _count(question.text))
    options = [answer.text for answer in question.answers] if question.kind == "choice" else rows
    body = question.text + (f"<ul>{''.join(f'<li>{option}</li>' for option in options)}</ul>" if options else "")
    notes = f"<p><strong>{_('Solution')}</strong></p>{question.general}" + likely
    return Slide(item.title, f"<div class='{'item long' if _count(body) > LONG_ITEM or len(re.findall('<(?:li|p|tr|br)', body)) > MOST_ROWS else 'item'}'>{body}</div>", notes)


def _that_fit(rows, most):
    """The first rows, as many as the words that a slide still holds; the others are on the worksheet."""
    return [row for number, row in enumerate(rows[:MOST_ROWS]) if sum(map(_count, rows[:number + 1])) <= most]


def _count(markup):
    """The words that are seen of an HTML text."""
    return len(re.sub("<[^>]+>", " ", markup).split())


def _likely_answers(chapter):
    """For each item what the instructor's page says of likely wrong answers, as HTML."""
    told = {}
    for table in _guide_tables(chapter.guide or []):
        heads = table[0]
        for row in table[1:]:
            told[row[0].strip("` ")] = "".join(f"<p><strong>{html.escape(head)}:</strong> {html.escape(text)}</p>" for head, text in zip(heads[1:], row[1:]))
    return told


def _evidence(chapter):
    """The lines with an evidence letter, and what to refuse."""
    lines = [line.strip() for block in chapter.section("How sure can we be") for line in block.text.splitlines()]
    return [line for line in lines if re.match(r"Evidence(?: letter)?:?\s+[ABCDF]\b", line) or line.startswith("Refuse")][:6] or lines[:3]


def _section(chapter, name):
    return "".join(f"<p>{html.escape(_tidy(block.text))}</p>" for block in chapter.section(name) if block.kind in ("text", "item"))


def _sentences(chapter, name):
    lines = [line for block in chapter.section(name, "text") for line in block.text.splitlines() if line.strip()]
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines[:8])


def _list(texts):
    return f"<ul>{''.join(f'<li>{html.escape(_tidy(text))}</li>' for text in texts)}</ul>"


def _tidy(text):
    """Without the gap that a citation leaves before a full stop."""
    return re.sub(r"\s+([.,;:])", r"\1", text)


def _cells(folder):
    """The cells of the notebook, each with the section (heading of level 2) that it stands in."""
    section = ""
    for cell in read_notebook(folder / f"{folder.name}.ipynb")["cells"]:
        if cell["cell_type"] == "markdown":
            section = (re.findall(r"^## +(.+?)\s*$", text_of(cell), re.M) or [section])[-1]
        yield cell, section
