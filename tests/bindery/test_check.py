import json
import subprocess
import sys

import pytest
import yaml
from bindery.check import Breach, check_book, check_chapter, check_python, main, preflight
from bindery.outputs import fingerprint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

STEM = "small-steps"
PAGE = f"chapters/{STEM}/{STEM}.ipynb"
SENTENCE = "The team looks at the chart together and writes down what it sees. "
FIGURE = ('<figure><svg role="img" aria-label="Line chart of four weekly scores that rise from 40 to 52."></svg>'
          "<figcaption>Read in one sentence: the score rises.</figcaption><table><tr><td>40</td></tr></table></figure>")
CELLS = [
    """# Small steps

Is Aru's reading growing?

## At a glance

20 minutes to read, 14 minutes to practise.

## In plain words

A child reads. We count.

## You will be able to

- **SS1** Draw a chart of weekly scores.
- **SS2** Choose a goal.
- **SS3** Explain a decision to a family.

## The case

Aru, her school and all data are fictional.

### First thoughts

What do you see? What would you ask?""",
    ('practice("first-look")', "<form></form>"),
    """## The method

Count once a week {cite:p}`known2020`.

:::{admonition} Two systems
:class: tip two-systems
In Israel the integration teacher does this, in Kazakhstan the special pedagogue.
:::

![A hand-drawn chart with four points](chart.svg)

Read [the guide of the method](https://example.org/guide) first.

## Work the case
""" + SENTENCE * 210,
    ('from practicum import charts\nimport pandas as pd\nscores = pd.read_csv("data/scores.csv")\ncharts.progress_chart(scores)', FIGURE),
    """## How sure can we be

Evidence: **B** for counting {cite:t}`other2021`.

## Practise""",
    ('practice("goal")\n', "<form></form>"),
    ('practice("line")', "<form></form>"),
    ('practice("steps")', "<form></form>"),
    ('practice("at-school")', "<form></form>"),
    """## Your own data

Bring a file.

## Take it to your school

Print the form.

## Back to your first thoughts

Look again.

## Words to know

Probes
: Short measurements.

- **CBM**: counting once a week.

## Sources

```{bibliography}
:filter: docname in docnames
```""",
]
PRACTICE = """
items:
  - {id: first-look, objective: SS3, kind: write, minutes: 2, prompt: 'What is missing?', model: The goal., checklist: [I named the goal.]}
  - {id: goal, objective: SS2, kind: one, minutes: 2, prompt: 'Which goal?', hint: Look at the start., solution: The second.,
     options: [{text: '40', right: false, feedback: This is the start.}, {text: '60', right: true, feedback: This is more.}]}
  - {id: line, objective: SS1, kind: one, minutes: 2, prompt: 'Which line?', hint: Look at the end., solution: The first.,
     options: [{text: up, right: true, feedback: It rises.}, {text: down, right: false, feedback: It does not fall.}]}
  - id: steps
    objective: SS1
    kind: order
    minutes: 3
    prompt: Put the steps in order.
    hint: The baseline comes first.
    solution: Baseline, goal, line.
    steps: [{text: baseline, feedback: first}, {text: goal, feedback: then}, {text: line, feedback: last}]
  - {id: at-school, objective: SS2, kind: do, minutes: 5, prompt: Try it., checklist: [I asked the pupil.]}
data:
  scores: {file: data/scores.csv, column: words}
"""
GUIDE = """# For instructors

## Why this order

The case comes first.

## Routes

| part | minutes |
|---|---|
| case | 20 |
| items | 25 |
| total | 45 |

| part | 90-minute route |
|---|---|
| case | 40 min |
| items | 50 min |

## Likely wrong answers

- `first-look`, `goal`, `line`: they look at the last point.

### steps

The line first.

### at-school

Nothing ticked.

## Discussion

Who decides? Who pays?

## What to swap

The names, in the notebook.

## What to resist explaining

The formula.

## Checklist

- Everybody had a form.
"""
FILES = {
    "_toc.yml": f"format: jb-book\nroot: index\nparts:\n- chapters:\n  - file: chapters/{STEM}/{STEM}\n  - file: book/words.md\n",
    "index.md": "# Welcome\n\nRead {cite}`known2020`.\n",
    "book/words.md": "# Words\n",
    "book/references.bib": "@book{known2020,\n  title = {T},\n  keywords = {verified}\n}\n\n"
                           "@article{other2021,\n  keywords = {reading, verified},\n}\n\n@misc{doubtful,\n  note = {unverified}\n}\n",
    "book/terms.csv": "en,ru\nprobe,проба\ncurriculum-based measurement (CBM),измерение\n",
    f"chapters/{STEM}/practice.yml": PRACTICE,
    f"chapters/{STEM}/instructor.md": GUIDE,
    f"chapters/{STEM}/slots.yml": "names: [Aru]\nplaces: []\ncase: The case\nbox: Two systems\ndata: [scores.csv]\nfiles: [practice.yml]\n",
    f"chapters/{STEM}/job-aid.md": "# Form\n",
    f"chapters/{STEM}/data/README.md": "Simulated. Licence: CC BY 4.0. Columns: `week` (weeks) and `words` (words per minute).\n",
    f"chapters/{STEM}/data/scores.csv": "week,words\n1,40\n2,44\n",
    f"chapters/{STEM}/data/template.csv": "\ufeffweek;words\n",
}


@pytest.fixture
def root(tmp_path):
    """A book with one small chapter that keeps the contract."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    write_notebook(tmp_path, notebook())
    return tmp_path


def notebook():
    cells = []
    for cell in CELLS:
        if isinstance(cell, str):
            cells.append({"cell_type": "markdown", "metadata": {}, "source": cell})
        else:
            count = 1 + sum(before["cell_type"] == "code" for before in cells)
            output = {"output_type": "execute_result", "execution_count": count, "metadata": {}, "data": {"text/html": cell[1]}}
            cells.append({"cell_type": "code", "metadata": {"tags": ["hide-input"]}, "source": cell[0].splitlines(keepends=True),
                          "execution_count": count, "outputs": [output]})
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def write_notebook(root, content):
    path = root / PAGE
    path.write_text(json.dumps(content), encoding="utf-8")
    content["metadata"]["practicum"] = {"made_from": fingerprint(path)}
    path.write_text(json.dumps(content), encoding="utf-8")


def replace(root, name, old, new):
    """Replace text in a file; in the notebook, in the sources of its cells."""
    if name != PAGE:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), encoding="utf-8")
    content = json.loads((root / PAGE).read_text(encoding="utf-8"))
    if name == PAGE:
        assert any(old in "".join(cell["source"]) for cell in content["cells"])
        for cell in content["cells"]:
            cell["source"] = "".join(cell["source"]).replace(old, new)
    write_notebook(root, content)


def change_cell(root, number, **changes):
    content = json.loads((root / PAGE).read_text(encoding="utf-8"))
    content["cells"][number - 1].update(changes)
    write_notebook(root, content)


def told(root):
    return [str(breach) for breach in check_chapter(root / "chapters" / STEM, root / "book/references.bib", root / "book/terms.csv")]


def test_a_breach_is_one_line_with_file_place_fault_and_mend():
    breach = Breach("chapters/x/x.ipynb", "section “Practise”", "there is no item for objective PM3.", "Add one to practice.yml.")
    assert str(breach) == "chapters/x/x.ipynb, section “Practise”: there is no item for objective PM3. Add one to practice.yml."
    assert "\n" not in str(Breach("x", "", "two\nlines.", ""))


def test_a_chapter_that_keeps_the_contract_has_no_breach(root):
    assert told(root) == [] and check_book(root) == [] and preflight(root) == []


# file, what is replaced, by what, the only sentences that must come out
N, P, G, D, S = (PAGE, f"chapters/{STEM}/practice.yml", f"chapters/{STEM}/instructor.md", f"chapters/{STEM}/data/README.md",
                 f"chapters/{STEM}/slots.yml")
BROKEN = {
    "not in the contents": ("_toc.yml", f"chapters/{STEM}/{STEM}", "chapters/other/other", [
        f"_toc.yml: the chapter {STEM} is not in it. Add the line “- file: chapters/{STEM}/{STEM}” where it belongs."]),
    "a name that nobody has": (S, "names: [Aru]", "names: [Aru, Zoe]", [
        f"{S}: the name “Zoe” does not occur in the chapter. Mend the line, or take the entry out."]),
    "a slot that is not declared": (S, "data: [scores.csv]\n", "", [f"{S}: it lacks “data”. Mend the line, or take the entry out."]),
    "a slot for a file that is not there": (S, "files: [practice.yml]", "files: [job-aids.docx]", [
        f"{S}: there is no file job-aids.docx. Mend the line, or take the entry out."]),
    "two titles": (N, "## At a glance", "# Again\n\n## At a glance", [
        f"{N}, whole page: headings of level 1 (#): 2, where one has to come first. Keep one as the title, at the top."]),
    "a section is missing": (N, "## Your own data", "**Own data**", [
        f"{N}, whole page: the heading “## Your own data” is there 0 times. Have it once, written just like this."]),
    "a section of its own": (N, "Print the form.", "## More\n\nPrint the form.", [
        f"{N}, section “More”: “More” is no section of a chapter. Make it a heading of level 3 (###) inside a section, or take it out."]),
    "a level is skipped": (N, "Look again.", "#### Deep\n\nLook again.", [
        f"{N}, section “Back to your first thoughts”: the heading “Deep” skips a level. Give it ###."]),
    "no question under the title": (N, "Is Aru's reading growing?", "Aru's reading grows.", [
        f"{N}, whole page: no question stands under the title. Add one line that a practitioner would ask, with a question mark at its end."]),
    "too many plain words": (N, "A child reads. We count.", "A child reads. We count. " * 30, [
        f"{N}, section “In plain words”: it has 150 words; 120 are allowed. Shorten it."]),
    "too short": (N, SENTENCE * 210, SENTENCE * 180, [
        f"{N}, whole page: the chapter has 2487 words, where 2500 to 4500 are meant. Add what is missing, or cut or split it."]),
    "too fast to be read": (N, "20 minutes to read", "11 minutes to read", [
        f"{N}, section “At a glance”: it says 11 minutes to read for 2877 words. Write a number from 13 to 23."]),
    "no minutes to read": (N, "20 minutes to read", "Little to read", [
        f"{N}, section “At a glance”: it does not say how many minutes reading takes. Write “13 minutes to read” or more."]),
    "minutes of practice do not add up": (N, "14 minutes to practise", "15 minutes to practise", [
        f"{N}, section “At a glance”: it says 15 for the minutes to practise; the items take 14. Write “14 minutes to practise”."]),
    "nothing to do at first": (N, "Aru, her school", SENTENCE * 25 + "Aru, her school", [
        f"{N}, whole page: the reader has nothing to do before word 383; 300 is the limit. "
        "Put “First thoughts”, an item, or a line that begins “Before you read on” earlier."]),
    "no systems box": (N, ":class: tip two-systems", ":class: tip", [
        f"{N}, section “The method”: no box of class two-systems says who does this in Israel and who in Kazakhstan. "
        "Add an admonition with the line “:class: two-systems” that names both."]),
    "no evidence letter": (N, "Evidence: **B**", "Evidence: **E**", [
        f"{N}, section “How sure can we be”: there is no evidence letter. Write “Evidence: **B**” with one of A, B, C, D, F."]),
    "objective without an id": (N, "- **SS3** Explain", "- **SS3** Explain a choice.\n- Explain", [
        f"{N}, section “You will be able to”: the line “Explain a decision to a family.” has no id. "
        "Begin it with two or three capital letters and a number, such as **PM1**."]),
    "objective that nobody can watch": (N, "**SS2** Choose", "**SS2** Be aware of", [
        f"{N}, section “You will be able to”: nobody can watch “be aware of” in SS2. "
        "Begin with a verb that one can see done, such as draw, compute, choose, explain."]),
    "two objectives of one name": (N, "- **SS3** Explain", "- **SS2** Name a chart.\n- **SS3** Explain", [
        f"{N}, section “You will be able to”: the number of objectives is 4 (SS1, SS2, SS2, SS3). Have three to five, each with an id of its own."]),
    "objective without an item": (P, "objective: SS3", "objective: SS2", [
        f"{N}, section “Practise”: there is no item for objective SS3. Add one to practice.yml."]),
    "item without an objective": (P, "id: goal, objective: SS2", "id: goal, objective: SS9", [
        f"{P}, item “goal”: the chapter has no objective “SS9”. Name one of: SS1, SS2, SS3."]),
    "item that is not shown": (N, 'practice("line")', 'practice("steps")', [
        f"{P}, item “line”: the notebook shows it 0 times. Have one cell with practice(\"line\").",
        f"{P}, item “steps”: the notebook shows it 2 times. Have one cell with practice(\"steps\")."]),
    "item that nobody wrote": (N, 'practice("goal")\n', 'practice("goal")\npractice("gaol")', [
        f"{N}, section “Practise”, cell 6: practice.yml has no item “gaol”. Mend the name, or add the item."]),
    "item that breaks the schema": (P, "hint: The baseline comes first.", "hunt: The baseline comes first.", [
        f'{P}, line 8, item "steps", field "hint": this field is missing. Add it. Is "hunt" meant to be it?']),
    "unknown source": (N, "known2020", "known2020, unknown1999", [
        f"{N}, section “The method”, cell 3: the source “unknown1999” is not in book/references.bib. "
        "Mend the key, or look the source up and add it."]),
    "source that nobody saw": (N, "other2021", "doubtful", [
        f"{N}, section “How sure can we be”, cell 5: the source “doubtful” is not marked as verified. "
        "Look it up, and add keywords = {verified} to its entry."]),
    "method without a source": (N, " {cite:p}`known2020`", "", [
        f"{N}, section “The method”: it cites no source. Say where the method comes from: {{cite}}`key`."]),
    "all sources of the book": (N, ":filter: docname in docnames", ":cited:", [
        f"{N}, section “Sources”: there is no list of this chapter's own sources. "
        "Add the directive {chapter-sources}, or {bibliography} with a filter."]),
    "bare address": (N, "Bring a file.", "Bring a file, see https://example.org/file.", [
        f"{N}, section “Your own data”, cell 10: the address https://example.org/file. stands bare. "
        "Write [words that say where it leads](address)."]),
    "link without meaning": (N, "[the guide of the method]", "[Here]", [
        f"{N}, section “The method”, cell 3: the link “Here” does not say where it leads. Use words that make sense alone."]),
    "picture without words": (N, "![A hand-drawn chart with four points]", "![chart.svg]", [
        f"{N}, section “The method”, cell 3: a picture has no description in words. Say what it shows in its alternative text."]),
    "HTML picture without words": (N, "Print the form.", '<img src="form.svg">', [
        f"{N}, section “Take it to your school”, cell 10: a picture has no description in words. Say what it shows in its alternative text."]),
    "not said that it is fiction": (N, "fictional", "real", [
        f"{N}, whole page: it does not say that people, schools and data are fictional. Say so once, best in “The case”."]),
    "label in the text": (N, "Bring a file.", "Arman suffers from autism.", [
        f"{N}, section “Your own data”, cell 10: “suffers from” makes a label of a person. Name the person first, then what the person needs or does."]),
    "label in an item": (P, "Which goal?", "Which goal for normal children?", [
        f"{P}, item “goal”: “normal children” makes a label of a person. Name the person first, then what the person needs or does."]),
    "label on the instructor's page": (G, "The formula.", "The words of the disabled.", [
        f"{G}: “the disabled” makes a label of a person. Name the person first, then what the person needs or does."]),
    "long sentences": (N, SENTENCE * 210, (SENTENCE.replace(". ", " ") * 3 + ". ") * 70, [
        f"{N}, whole page: 77% of the sentences have more than 25 words; up to 15% is fine. "
        "Split the longest, such as “The team looks at the chart together and …”."]),
    "word of no glossary": (N, "Probes\n:", "Prods\n:", [
        f"{N}, section “Words to know”: the glossary does not have “Prods”. Use the glossary's word, or add the term to book/terms.csv."]),
    "long code": (N, 'practice("line")', 'a = 1\n' * 10 + 'practice("line")', [
        f"{N}, section “Practise”, cell 7: the code has 11 lines; 10 are allowed. Split the cell, or move work to practicum."]),
    "helper in the code": (N, 'practice("line")', 'f = lambda x: x\npractice("line")', [
        f"{N}, section “Practise”, cell 7: the code makes a helper of its own. Move def, class and lambda to practicum."]),
    "foreign module": (N, 'practice("line")', 'import numpy.linalg, os\npractice("line")', [
        f"{N}, section “Practise”, cell 7: the code imports numpy.linalg, os. Import from practicum, pandas, numpy only."]),
    "magic": (N, "import pandas as pd", "%matplotlib inline", [
        f"{N}, section “Work the case”, cell 4: the code is no plain Python. Take out magic commands, and mend what cannot be read."]),
    "sentence in the code": (N, "charts.progress_chart(scores)", 'charts.progress_chart(scores, title="This is the chart.")', [
        f"{N}, section “Work the case”, cell 4: a sentence for readers sits in the code. "
        "Move it to a Markdown cell, or to practicum, where it can be translated."]),
    "data file that the code misses": (N, "data/scores.csv", "data/score.csv", [
        f"{N}, section “Work the case”, cell 4: there is no file data/score.csv. Add it, or mend its name."]),
    "column that nobody explains": (D, "`words` (words per minute)", "more", [
        f"{D}: it does not name the column “words” of scores.csv. Add the column with its unit and meaning.",
        f"{D}: it does not name the column “words” of template.csv. Add the column with its unit and meaning."]),
    "data from nowhere": (D, "Simulated", "Data", [
        f"{D}: it does not say how the data were made. Say that they are simulated or fictional, and by which script."]),
    "data without a licence": (D, "Licence: CC BY 4.0.", "", [f"{D}: it names no licence. Add one, such as CC BY 4.0."]),
    "row too long": (f"chapters/{STEM}/data/scores.csv", "2,44", "2,44,5", [
        f"chapters/{STEM}/data/scores.csv, row 3: the number of values is 3, that of columns 2. Mend the row, and put a text with a comma in quotation marks."]),
    "template that is not empty": (f"chapters/{STEM}/data/template.csv", "words\n", "words\n1;40\n", [
        f"chapters/{STEM}/data: there is no empty template for the reader's own data. Add a CSV file with headings only, such as template.csv."]),
    "route that does not add up": (G, "| items | 50 min |", "| items | 55 min |", [
        f"{G}: no table has minutes that add up to 90 (sums found: 45, 95). Give the route as a table with a column “Minutes”."]),
    "item whose wrong answers nobody foresees": (G, "### steps", "### other", [
        f"{G}: the item “steps” is not under a heading with the word “wrong”. "
        "Say which wrong answers are likely, what they reveal, and what to say next."]),
    "one prompt for discussion": (G, "Who decides? Who pays?", "Who decides?", [
        f"{G}: no heading with the word “discuss” and enough under it. Give two prompts for discussion, as questions or in a list."]),
    "nothing to resist": (G, "## What to resist explaining\n\nThe formula.\n", "", [
        f"{G}: no heading with the word “resist” and enough under it. Say what to resist explaining."]),
    "nothing to swap": (G, "The names, in the notebook.", "", [
        f"{G}: no heading with the word “swap” and enough under it. Say what to swap to make the chapter local, and in which file."]),
    "no checklist": (G, "## Checklist", "## Later", [
        f"{G}: no heading with the word “checklist” and enough under it. Add what to fill in after teaching it."]),
    "no reason for the order": (G, "## Why this order", "## Why", [
        f"{G}: no heading with the word “order” and enough under it. Say why the parts come in this order."]),
}


@pytest.mark.parametrize("file, old, new, sentences", BROKEN.values(), ids=BROKEN)
def test_each_broken_rule_gives_its_sentence_and_no_other(root, file, old, new, sentences):
    replace(root, file, old, new)
    assert told(root) == sentences


def test_sections_in_another_order_are_told_with_the_right_order(root):
    replace(root, PAGE, "## Your own data", "## X")
    replace(root, PAGE, "## Take it to your school", "## Your own data")
    replace(root, PAGE, "## X", "## Take it to your school")
    (sentence,) = told(root)
    assert sentence.startswith(f"{PAGE}, whole page: the sections are not in their order. The order is: At a glance, In plain words,")


def test_too_few_items_are_told_by_kind(root):
    replace(root, P, "kind: do, minutes: 5, prompt: Try it., checklist: [I asked the pupil.]",
            "kind: write, minutes: 5, prompt: Try it., model: Done., checklist: [I asked the pupil.]")
    replace(root, P, PRACTICE[PRACTICE.index("  - id: steps"):PRACTICE.index("  - {id: at-school")], "")
    replace(root, PAGE, 'practice("steps")', "scores")
    replace(root, PAGE, "14 minutes to practise", "11 minutes to practise")
    assert told(root) == [
        f"{P}: items: 4. Have at least 5.",
        f"{P}: items that check themselves (one, several, number, order, sort, watch): 2. Have at least 3.",
        f"{P}: items of kind do: 0. Have at least 1."]


def test_first_thoughts_ask_two_questions_in_the_text_or_by_items(root):
    replace(root, PAGE, "What do you see? What would you ask?", "Write first.")
    assert told(root) == [f"{PAGE}, section “The case”: too few questions under “### First thoughts”: 1. "
                          "End the section with that heading and two questions to answer before reading on."]
    replace(root, P, "What is missing?", "What is missing? Who knows it?")
    assert told(root) == []


@pytest.mark.parametrize("action", ["**Do this first.** Take a pen.", "Before you read on, take a pen."])
def test_a_line_that_asks_for_an_action_counts_as_the_first_action(root, action):
    replace(root, PAGE, "Aru, her school", SENTENCE * 25 + "Aru, her school")
    replace(root, PAGE, "## In plain words", f"{action}\n\n## In plain words")
    assert told(root) == []


@pytest.mark.parametrize("glance", [
    "20 minutes to read · 14 minutes to practise", "Reading: about 20 minutes. Practising: about 14 minutes.",
    "For whom\n: Those who teach reading in grade 3\n\nReading\n: 20 minutes\n\nPractising\n: 14 minutes",
    "Read: 20 min\nPractise: 14 min", "| what | how much |\n|---|---|\n| Minutes to read | 20 |\n| Minutes to practise | 14 |",
])
def test_minutes_are_found_however_they_are_written(root, glance):
    replace(root, PAGE, "20 minutes to read, 14 minutes to practise.", glance)
    assert told(root) == []


def test_code_that_every_reader_sees_is_told(root):
    change_cell(root, 6, metadata={})
    assert told(root) == [f"{PAGE}, section “Practise”, cell 6: the code is shown to every reader. "
                          "Give the cell the tag hide-input, so that it opens on request."]


AGAIN = "Run “make outputs” (python -m bindery outputs)."
OUTPUTS = {
    "never run": ({"execution_count": None}, f"the cell was never run. {AGAIN}"),
    "run out of order": ({"execution_count": 1}, f"the cell was run before the cell above it. {AGAIN}"),
    "error": ({"outputs": [{"output_type": "error", "ename": "KeyError"}]}, f"the cell ended in an error. Mend the cell. {AGAIN}"),
    "not stored": ({"outputs": []}, f"the output of the cell is not stored. {AGAIN}"),
}


@pytest.mark.parametrize("changes, sentence", OUTPUTS.values(), ids=OUTPUTS)
def test_missing_and_broken_outputs_are_told_by_the_check_and_before_a_build(root, changes, sentence):
    change_cell(root, 6, **changes)
    assert told(root) == list(map(str, preflight(root))) == [f"{PAGE}, section “Practise”, cell 6: {sentence}"]


def test_outputs_of_other_data_are_told_by_the_check_and_left_to_the_build(root):
    scores = root / f"chapters/{STEM}/data/scores.csv"
    scores.write_text(scores.read_text(encoding="utf-8").replace("44", "45"), encoding="utf-8")
    assert told(root) == [f"{PAGE}, whole page: code or data have changed since the outputs were stored. {AGAIN}"]
    assert preflight(root) == []


NO_WORDS = ("a figure has no description (role=\"img\" and an aria-label of 8 words or more). "
            "Say in words what it shows, with the number that matters.")
FIGURES = {
    "no role": ({"text/html": FIGURE.replace('role="img"', "")}, NO_WORDS),
    "few words": ({"text/html": FIGURE.replace("of four weekly scores that rise from", "")}, NO_WORDS),
    "file name": ({"text/html": FIGURE.replace("Line chart", "See chart.svg: a line chart")}, NO_WORDS),
    "no sentence": ({"text/html": FIGURE.replace("figcaption", "p")}, "a figure has no <figcaption>. Add the sentence that reads it."),
    "no table": ({"text/html": FIGURE.replace("table", "div")}, "a figure has no <table>. Add its data as a table."),
    "picture": ({"image/png": "AAAA", "text/html": ""},
                "the output is a bare picture. Draw it with practicum.charts, which adds description, sentence and table."),
    "img": ({"text/html": '<img src="x.png" alt="x.png">'}, "a picture has no description in words. Say what it shows in its alternative text."),
}


@pytest.mark.parametrize("data, sentence", FIGURES.values(), ids=FIGURES)
def test_a_figure_without_its_words_is_told(root, data, sentence):
    change_cell(root, 4, outputs=[{"output_type": "display_data", "data": data}])
    assert told(root) == [f"{PAGE}, section “Work the case”, cell 4: {sentence}"]


def test_a_hidden_decoration_needs_no_words(root):
    change_cell(root, 6, outputs=[{"output_type": "display_data", "data": {"text/html": '<svg aria-hidden="true"></svg>'}}])
    assert told(root) == []


# ---- the folder and broken files ----

@pytest.mark.parametrize("name, mend", [
    ("instructor.md", "Add the instructor's page."), ("job-aid.md", "Add the form that readers take home."),
    (f"{STEM}.ipynb", "Add the chapter's notebook."), ("practice.yml", "Add the practice items."),
])
def test_a_missing_file_is_told_and_the_other_rules_still_run(root, name, mend):
    (root / "chapters" / STEM / name).unlink()
    pattern = name.replace(".md", ".*") if name.startswith("job-aid") else name
    assert f"chapters/{STEM}, {pattern}: the file is missing. {mend}" in told(root)


def test_an_empty_folder_misses_everything(root):
    folder = root / "chapters" / "empty"
    folder.mkdir()
    sentences = [str(breach) for breach in check_chapter(folder, root / "book/references.bib")]
    assert sum("the file is missing" in sentence for sentence in sentences) == 6
    assert any("data/README.md: it does not say how the data were made" in sentence for sentence in sentences)


def test_a_number_in_front_of_the_name_is_told(root):
    (root / "chapters" / STEM).rename(root / "chapters" / "01-steps")
    sentences = "\n".join(map(str, check_chapter(root / "chapters/01-steps", root / "book/references.bib")))
    assert "chapters/01-steps, name of the folder: “01-steps” is no stem. Use small letters and hyphens" in sentences
    assert f"chapters/01-steps/{STEM}.ipynb: the notebook has another name than its folder. Name it 01-steps.ipynb" in sentences


GARBAGE = {
    "empty": b"", "half JSON": b'{"cells": [', "no UTF-8": b"\xff\xfe\x00x", "a list": b"[]", "a number": b"3", "null": b"null",
    "binary": bytes(range(256)), "cells of numbers": b'{"cells": [1, 2]}',
    "output of nothing": b'{"cells": [{"cell_type": "code", "metadata": {}, "source": "", "outputs": [{"output_type": "x", "data": [null]}]}]}',
    "YAML in knots": b"a: &a [*a]\nitems: *a",
    "tabs": b"items:\n\t- a", "deep": b"[" * 6_000, "quotes": b'"a,b\n1,2',
}
KEPT = [f"{STEM}.ipynb", "practice.yml", "data/scores.csv", "data/README.md", "instructor.md"]


@pytest.mark.parametrize("name", [*(f"chapters/{STEM}/{name}" for name in KEPT), "_toc.yml", "book/references.bib", "book/terms.csv"])
@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
def test_whatever_a_file_holds_the_author_gets_sentences(root, name, content):
    (root / name).write_bytes(content)
    sentences = list(map(str, [*check_book(root), *preflight(root)]))
    assert not any("\n" in sentence or str(root) in sentence for sentence in sentences)
    if name in (N, P, "_toc.yml"):
        assert any(sentence.startswith(f"{name}:") for sentence in sentences)


def test_an_unreadable_notebook_is_told_once_with_its_mend(root):
    (root / PAGE).write_text("{", encoding="utf-8")
    first, *others = told(root)
    assert first.startswith(f"{PAGE}: the file cannot be read (") and first.endswith("Open it in Jupyter, run all cells and save it.")
    assert others == []


def test_a_folder_in_the_place_of_a_file_is_told(root):
    (root / P).unlink()
    (root / P).mkdir()
    assert any(sentence.startswith(f"{P}: the file cannot be read (Is a directory)") for sentence in told(root))


junk = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.sampled_from(["<![x", "```{a}", ":::{div}", "{cite}`"]),
                    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["source", "data", "text/html"]), inner, max_size=2))


def spots(value, path=()):
    yield path
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from spots(part, (*path, key))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data(), value=junk)
@pytest.mark.parametrize("name", [N, P])
def test_a_notebook_or_practice_file_with_a_wrong_part_never_raises(root, name, draw, value):
    content = notebook() if name == N else yaml.safe_load(PRACTICE)
    *way, last = draw.draw(st.sampled_from(list(spots(content))[1:]))
    place = content
    for key in way:
        place = place[key]
    place[last] = value
    (root / name).write_text(json.dumps(content) if name == N else yaml.safe_dump(content), encoding="utf-8")
    assert all(isinstance(breach, Breach) for breach in [*check_book(root), *preflight(root)])


# ---- the book and the look before a build ----

def test_a_page_of_the_contents_that_is_not_there_is_told(root):
    (root / "book/words.md").unlink()
    sentence = "_toc.yml: the page book/words is not there. Add the file, or take its line out."
    assert list(map(str, check_book(root))) == list(map(str, preflight(root))) == [sentence]


def test_pages_around_the_chapters_are_checked_for_sources_and_addresses(root):
    replace(root, "index.md", "{cite}`known2020`", "{cite}`lost1` at https://example.org, [again](https://example.org)")
    assert list(map(str, check_book(root))) == [
        "index.md, whole page: the source “lost1” is not in book/references.bib. Mend the key, or look the source up and add it.",
        "index.md, whole page: the address https://example.org, stands bare. Write [words that say where it leads](address)."]


def test_a_missing_list_of_sources_is_told_once_and_blames_no_citation(root):
    (root / "book/references.bib").unlink()
    assert list(map(str, check_book(root))) == ["book/references.bib: the file is missing. Mend it, or put it back."]


def test_before_a_build_a_missing_data_file_and_an_unknown_source_are_told(root):
    replace(root, P, "file: data/scores.csv", "file: data/lost.csv")
    replace(root, PAGE, "other2021", "lost2021")
    assert list(map(str, preflight(root))) == [
        f"{P}, data: there is no file data/lost.csv. Add it, or mend its name.",
        f"{PAGE}, section “How sure can we be”, cell 5: the source “lost2021” is not in book/references.bib. "
        "Mend the key, or look the source up and add it."]


def test_a_python_that_is_too_old_is_told(monkeypatch):
    assert list(check_python()) == []
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    assert [str(breach) for breach in check_python()] == [
        "requirements.txt: this is Python 3.10; the book needs 3.11 or later. Install a later Python and make the environment again."]


def test_preflight_loads_no_heavy_module(root):
    code = ("import sys, bindery.check; bindery.check.preflight('.'); "
            "print([name for name in ('pandas', 'numpy', 'matplotlib', 'nbformat', 'sphinx', 'markdown_it') if name in sys.modules])")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root).stdout.strip() == "[]"


def test_the_command_prints_all_breaches_and_fails_or_says_that_all_is_well(root, capsys):
    assert main([str(root)]) == 0
    assert capsys.readouterr().out == "All is well: every chapter keeps the contract.\n"
    replace(root, "index.md", "known2020", "lost1, lost2")
    assert main([str(root)]) == 1
    assert [line.split(" is ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "index.md, whole page: the source “lost1”", "index.md, whole page: the source “lost2”"]
