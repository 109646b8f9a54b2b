"""The contract of a chapter, rule by rule: what breaks it, where, and how to mend it.

``python -m bindery.check`` looks through the whole book. Each rule is a function that takes a `Page` or `Chapter` and
yields a `Breach` for every fault, so that one run names them all. A file that cannot be read is a breach as well.
"""

import ast
import re
import sys
from pathlib import Path

from bindery.page import (CITATION, OBJECTIVE, URL, Breach, Chapter, Page, count_words, read_contents, read_file, read_references,
                          read_terms, tags, term_forms)
from practicum.i18n import gettext as _

MINIMUM_PYTHON = (3, 11)
TO_BE_WRITTEN = "[BLANK"
HEADINGS = (
    "At a glance", "In plain words", "You will be able to", "The case", "The method", "Work the case",
    "How sure can we be", "Practise", "Your own data", "Take it to your school", "Back to your first thoughts",
    "Words to know", "Sources",
)
FIRST_THOUGHTS = "First thoughts"
ACTION_MARKS = ("do this first", "before you read on")
VAGUE_VERBS = ("know", "understand", "learn", "appreciate", "be aware of", "realise", "realize")
CHECKED_KINDS = ("one", "several", "number", "order", "sort", "watch")
EVIDENCE_LETTERS = "ABCDF"
VAGUE_LINKS = ("here", "click here", "link", "this link", "this")
LABELS = ("suffers from", "the disabled", "wheelchair-bound", "low-functioning", "normal children", "retarded", "autistics")
MODULES = ("practicum", "pandas", "numpy")
HIDING_TAGS = {"hide-input", "remove-input", "hide-cell", "remove-cell"}
WORDS, PLAIN_WORDS, WORDS_A_MINUTE = (2500, 4500), 120, (130, 220)
WORDS_TO_ACTION, ALT_WORDS, CODE_LINES = 300, 8, 10
SENTENCE_WORDS, LONG_SENTENCES = 25, 0.15


# ---- rules: the folder ----

def check_files(chapter):
    """One stem, without a number in front, for folder and notebook; every file of a chapter is there."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", chapter.stem):
        yield Breach(chapter.file(""), _("name of the folder"), _("“{stem}” is no stem.").format(stem=chapter.stem),
                     _("Use small letters and hyphens, no number at the start: _toc.yml holds the order."))
    for other in sorted(set(chapter.folder.glob("*.ipynb")) - {chapter.path}):
        yield Breach(chapter.file(other.name), "", _("the notebook has another name than its folder."),
                     _("Name it {stem}.ipynb, or move it out of the folder.").format(stem=chapter.stem))
    needed = {
        f"{chapter.stem}.ipynb": _("Add the chapter's notebook."),
        "practice.yml": _("Add the practice items."),
        "data/*.csv": _("Add the case's data."),
        "data/README.md": _("Add the data dictionary: columns, units, how the data were made, licence."),
        "instructor.md": _("Add the instructor's page."),
        "job-aid.*": _("Add the form that readers take home."),
    }
    for pattern, mend in needed.items():
        if not any(chapter.folder.glob(pattern)):
            yield Breach(chapter.file(""), pattern, _("the file is missing."), mend)


def check_slots(chapter):
    """slots.yml declares what an edition may swap, and all of it is there; an edition itself may have swapped it away."""
    if (chapter.root / "edition.json").is_file():
        return
    from bindery.adapt.slots import FILE, faults  # imported late: the editions use these checks
    if not (chapter.folder / FILE).is_file():
        yield Breach(chapter.file(FILE), "", _("the file is missing."), _("Add it: the names, places, texts, data and forms that an edition may swap."))
        return
    for what in faults(chapter.folder):
        yield Breach(chapter.file(FILE), "", what, _("Mend the line, or take the entry out."))


def check_contents(chapter):
    """The chapter stands in _toc.yml."""
    pages, unread = _shared(chapter.root / "_toc.yml", read_contents, chapter.root)
    name = chapter.name.removesuffix(".ipynb")
    yield from unread
    if not unread and name not in pages:
        yield Breach("_toc.yml", "", _("the chapter {stem} is not in it.").format(stem=chapter.stem),
                     _("Add the line “- file: {name}” where it belongs.").format(name=name))


def check_data(chapter):
    """CSV files have as many values in each row as columns, data/README.md names every column, one file is a template."""
    for path, rows in chapter.tables.items():
        for number, row in enumerate(rows or (), 1):
            if row and len(row) != len(rows[0]):
                yield Breach(chapter.file(path), _("row {number}").format(number=number),
                             _("the number of values is {found}, that of columns {expected}.").format(found=len(row), expected=len(rows[0])),
                             _("Mend the row, and put a text with a comma in quotation marks."))
        for column in rows[0] if rows else ():
            if _plain(column) not in _plain(chapter.dictionary or ""):
                yield Breach(chapter.file("data/README.md"), "",
                             _("it does not name the column “{column}” of {file}.").format(column=column, file=path.name),
                             _("Add the column with its unit and meaning."))
    if not any(rows is not None and len(rows) == 1 for rows in chapter.tables.values()):
        yield Breach(chapter.file("data"), "", _("there is no empty template for the reader's own data."),
                     _("Add a CSV file with headings only, such as template.csv."))


def _plain(text):
    return " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])


def check_origin(chapter):
    """data/README.md says how the data were made, and under which licence they are."""
    text = (chapter.dictionary or "").lower()
    if not re.search("simulated|fictional", text):
        yield Breach(chapter.file("data/README.md"), "", _("it does not say how the data were made."),
                     _("Say that they are simulated or fictional, and by which script."))
    if not re.search("licen[cs]e|cc by", text):
        yield Breach(chapter.file("data/README.md"), "", _("it names no licence."), _("Add one, such as CC BY 4.0."))


# ---- rules: the sections ----

def check_headings(page):
    """One H1 comes first, then the thirteen sections as H2 in their order; no level is skipped."""
    headings = [block for block in page.blocks if block.kind == "heading"]
    titles = [block for block in headings if block.level == 1]
    if len(titles) != 1 or headings[0] != titles[0]:
        yield page.breach(_("headings of level 1 (#): {count}, where one has to come first.").format(count=len(titles)),
                          _("Keep one as the title, at the top."))
    found = [block.text for block in headings if block.level == 2]
    for name in HEADINGS:
        if found.count(name) != 1:
            yield page.breach(_("the heading “## {name}” is there {count} times.").format(name=name, count=found.count(name)),
                              _("Have it once, written just like this."))
    for name in (name for name in found if name not in HEADINGS):
        yield page.breach(_("“{name}” is no section of a chapter.").format(name=name),
                          _("Make it a heading of level 3 (###) inside a section, or take it out."), section=name)
    known = [name for name in dict.fromkeys(found) if name in HEADINGS]
    if known != sorted(known, key=HEADINGS.index):
        yield page.breach(_("the sections are not in their order."), _("The order is: {names}.").format(names=", ".join(HEADINGS)))
    for before, block in zip(headings, headings[1:]):
        if block.level > before.level + 1:
            yield page.breach(_("the heading “{name}” skips a level.").format(name=block.text),
                              _("Give it {marks}.").format(marks="#" * (before.level + 1)), section=block.section)


def check_question(page):
    """Under the title stands the question as a practitioner would ask it."""
    lead = [block.text for block in page.section("") if block.kind == "text"]
    if not any(re.search(r"\?\W*$", text) for text in lead):
        yield page.breach(_("no question stands under the title."),
                          _("Add one line that a practitioner would ask, with a question mark at its end."))


def check_plain_words(page):
    """“In plain words” has at most 120 words."""
    count = count_words("\n".join(block.text for block in page.section("In plain words") if block.kind != "heading"))
    if count > PLAIN_WORDS:
        yield page.breach(_("it has {count} words; {limit} are allowed.").format(count=count, limit=PLAIN_WORDS),
                          _("Shorten it."), section="In plain words")


def check_length(page):
    """2,500 to 4,500 words, code and tags not counted; a chapter with places still to be written may be shorter."""
    count = count_words(page.text())
    if count < WORDS[0] and TO_BE_WRITTEN in page.text():
        return
    if not WORDS[0] <= count <= WORDS[1]:
        yield page.breach(_("the chapter has {count} words, where {low} to {high} are meant.").format(
            count=count, low=WORDS[0], high=WORDS[1]), _("Add what is missing, or cut or split it."))


def check_reading_minutes(page):
    """“At a glance” says how many minutes reading takes: the words at 130 to 220 a minute."""
    count, minutes = count_words(page.text()), _minutes(page, r"read(?:ing)?")
    low, high = count // WORDS_A_MINUTE[1], -(-count // WORDS_A_MINUTE[0])
    if minutes is None:
        yield page.breach(_("it does not say how many minutes reading takes."),
                          _("Write “{low} minutes to read” or more.").format(low=low), section="At a glance")
    elif not low <= minutes <= high:
        yield page.breach(_("it says {minutes} minutes to read for {count} words.").format(minutes=minutes, count=count),
                          _("Write a number from {low} to {high}.").format(low=low, high=high), section="At a glance")


def check_practice_minutes(chapter):
    """“At a glance” says how many minutes practising takes: the sum over the items."""
    minutes, total = _minutes(chapter, r"practi[sc](?:e|ing)"), sum(item.minutes for item in chapter.items)
    if minutes != total:
        said = _("no number") if minutes is None else minutes
        yield chapter.breach(_("it says {said} for the minutes to practise; the items take {total}.").format(said=said, total=total),
                             _("Write “{total} minutes to practise”.").format(total=total), section="At a glance")


def _minutes(page, verb):
    """The number in “20 minutes to read”, “Reading: 20 minutes”, or “Minutes to read” and “20” in a table."""
    text = "\n".join(block.text for block in page.section("At a glance"))
    forms = (rf"(\d+) *min\w* *(?:to|of|for)? *\b{verb}\b",
             rf"\b{verb}\b[^\d·;|.,]{{0,30}}?(\d+) *min",
             rf"\bminutes (?:to|of|for) {verb}\b\W{{0,6}}(\d+)")
    found = next(filter(None, (re.search(form, text, re.I) for form in forms)), None)
    return int(found[1][:4]) if found else None


def check_first_action(page):
    """Within 300 words of the top the reader does something: an item, “First thoughts”, or a line that says so."""
    words = 0
    for block in page.blocks:
        if _is_action(page, block):
            break
        words += count_words(block.text)
    if words > WORDS_TO_ACTION:
        yield page.breach(_("the reader has nothing to do before word {count}; {limit} is the limit.").format(
            count=words, limit=WORDS_TO_ACTION),
            _("Put “First thoughts”, an item, or a line that begins “Before you read on” earlier."))


def _is_action(page, block):
    if block.kind == "code":
        return bool(page.cells[block.cell - 1].items)
    if block.kind == "heading":
        return block.text == FIRST_THOUGHTS
    return block.text.lower().startswith(ACTION_MARKS)


def check_first_thoughts(chapter):
    """“The case” ends with “First thoughts”: at least two questions, in the text or as items."""
    blocks = chapter.section("The case")
    starts = [number for number, block in enumerate(blocks) if block.kind == "heading" and block.text == FIRST_THOUGHTS]
    after = blocks[starts[0] + 1:] if starts else []
    shown = {item for block in after if block.kind == "code" for item in chapter.cells[block.cell - 1].items}
    questions = sum(block.text.count("?") for block in after)
    questions += sum(max(1, item.prompt.count("?")) for item in chapter.items or () if item.id in shown)
    if questions < 2:
        yield chapter.breach(_("too few questions under “### First thoughts”: {count}.").format(count=questions),
                             _("End the section with that heading and two questions to answer before reading on."),
                             section="The case")


def check_two_systems(page):
    """“The method” has a box of class two-systems that speaks of Israel and of Kazakhstan."""
    box = "\n".join(block.text for block in page.section("The method")
                    if re.search(r":class:.*\btwo-systems\b", block.box))
    if not ("Israel" in box and "Kazakhstan" in box):
        yield page.breach(_("no box of class two-systems says who does this in Israel and who in Kazakhstan."),
                          _("Add an admonition with the line “:class: two-systems” that names both."), section="The method")


def check_evidence_letter(page):
    """“How sure can we be” gives the evidence letter: “Evidence: **A**”, one of A, B, C, D, F."""
    letters = re.findall(r"Evidence(?: letter)?:?\s+([A-Z])\b", page.text("How sure can we be"))
    if not letters or set(letters) - set(EVIDENCE_LETTERS):
        yield page.breach(_("there is no evidence letter."), _("Write “Evidence: **B**” with one of A, B, C, D, F."),
                          section="How sure can we be")


# ---- rules: objectives and practice items ----

def check_objectives(chapter):
    """Three to five objectives, each with an id of its own and a verb that one can watch."""
    section, ids = "You will be able to", [objective for objective, _text in chapter.objectives]
    for block in chapter.section(section, "item"):
        if not OBJECTIVE.match(block.text):
            yield chapter.breach(_("the line “{text}” has no id.").format(text=block.text[:60]),
                                 _("Begin it with two or three capital letters and a number, such as **PM1**."), section=section)
    if not 3 <= len(ids) <= 5 or len(set(ids)) < len(ids):
        yield chapter.breach(_("the number of objectives is {count} ({ids}).").format(count=len(ids), ids=", ".join(ids) or "–"),
                             _("Have three to five, each with an id of its own."), section=section)
    for objective, text in chapter.objectives:
        vague = next((verb for verb in VAGUE_VERBS if re.match(rf"{verb}\b", text, re.I)), None)
        if vague:
            yield chapter.breach(_("nobody can watch “{verb}” in {id}.").format(verb=vague, id=objective),
                                 _("Begin with a verb that one can see done, such as draw, compute, choose, explain."), section=section)


def check_objectives_are_served(chapter):
    """Every objective has an item, and every item an objective of the chapter."""
    known, served = [objective for objective, _text in chapter.objectives], {item.objective for item in chapter.items}
    for objective in known:
        if objective not in served:
            yield chapter.breach(_("there is no item for objective {id}.").format(id=objective),
                                 _("Add one to practice.yml."), section="Practise")
    for item in chapter.items:
        if item.objective not in known:
            yield _item_breach(chapter, item, _("the chapter has no objective “{id}”.").format(id=item.objective),
                               _("Name one of: {ids}.").format(ids=", ".join(known) or "–"))


def check_kinds(chapter):
    """At least five items: three that check themselves, one to write, one to do in the reader's own school."""
    kinds = [item.kind for item in chapter.items]
    counts = (
        (len(kinds), 5, _("items")),
        (sum(kind in CHECKED_KINDS for kind in kinds), 3, _("items that check themselves ({kinds})").format(kinds=", ".join(CHECKED_KINDS))),
        (kinds.count("write"), 1, _("items of kind write")),
        (kinds.count("do"), 1, _("items of kind do")),
    )
    for count, least, name in counts:
        if count < least:
            yield Breach(chapter.file("practice.yml"), "",
                         _("{name}: {count}.").format(count=count, name=name),
                         _("Have at least {least}.").format(least=least))


def check_items_are_shown(chapter):
    """Every item is shown once by ``practice("id")``, and the notebook shows no other."""
    ids = [item.id for item in chapter.items]
    for item in chapter.items:
        if chapter.shown.count(item.id) != 1:
            yield _item_breach(chapter, item, _("the notebook shows it {count} times.").format(count=chapter.shown.count(item.id)),
                               _("Have one cell with practice(\"{id}\").").format(id=item.id))
    for cell in chapter.code:
        for unknown in (item for item in cell.items if item not in ids):
            yield chapter.breach(_("practice.yml has no item “{id}”.").format(id=unknown),
                                 _("Mend the name, or add the item."), cell=cell.number)


def check_practice_file(chapter):
    """practice.yml follows its schema, and every item can be made."""
    from practicum.practice import chapter as open_practice
    try:
        list(open_practice(chapter.stem, chapter.folder))
    except Exception as error:  # a PracticumError says where; what else a broken file causes is told as well
        place, colon, what = str(error).removeprefix(f"{chapter.stem}/practice.yml, ").partition(": ")
        yield Breach(chapter.file("practice.yml"), place if colon else "", what or place or type(error).__name__, "")


def _item_breach(chapter, item, what, mend):
    return Breach(chapter.file("practice.yml"), _("item “{id}”").format(id=item.id), what, mend)


# ---- rules: sources, links, language ----

def check_citations(page):
    """Every key cited is in book/references.bib and its entry is marked as verified."""
    for cell in page.cells if page.references is not None else ():
        keys = [key.strip() for found in CITATION.findall(cell.source if cell.kind == "markdown" else "") for key in found.split(",")]
        for key in dict.fromkeys(keys):
            if key not in page.references:
                yield page.breach(_("the source “{key}” is not in book/references.bib.").format(key=key),
                                  _("Mend the key, or look the source up and add it."), cell=cell.number, at=key)
            elif not page.references[key]:
                yield page.breach(_("the source “{key}” is not marked as verified.").format(key=key),
                                  _("Look it up, and add keywords = {verified} to its entry."), cell=cell.number, at=key)


def check_method_is_cited(page):
    """“The method” cites at least one source."""
    if not any(CITATION.search(block.source) for block in page.section("The method")):
        yield page.breach(_("it cites no source."), _("Say where the method comes from: {cite}`key`."), section="The method")


def check_sources(page):
    """“Sources” lists what this chapter cites, and no more."""
    own = r"chapter-sources|bibliography\n(.*\n)*:(filter|list):"
    if not any(re.match(own, block.source) for block in page.section("Sources", "directive")):
        yield page.breach(_("there is no list of this chapter's own sources."),
                          _("Add the directive {chapter-sources}, or {bibliography} with a filter."), section="Sources")


def check_links(page):
    """Every link has words that say where it leads."""
    for block in page.blocks:
        for words, address in block.links:
            if not words and URL.match(address):  # without an address of the web, the book puts in the page's title
                yield page.breach(_("the address {address} stands bare.").format(address=address[:60]),
                                  _("Write [words that say where it leads](address)."), section=block.section, cell=block.cell)
            elif words.strip().lower().rstrip(".") in VAGUE_LINKS:
                yield page.breach(_("the link “{words}” does not say where it leads.").format(words=words),
                                  _("Use words that make sense alone."), section=block.section, cell=block.cell)


def check_images(page):
    """Every picture in the text has a description in words."""
    for block in page.blocks:
        described = re.findall(r"!\[(.*?)\]\(", block.source) if block.kind != "code" else []
        described += [attributes.get("alt", "") for tag, attributes in tags(block.source if "<img" in block.source else "") if tag == "img"]
        if block.kind == "directive" and re.match("(image|figure)", block.source):
            described.append(" ".join(re.findall(r"^:alt:(.*)", block.source, re.M)))
        if not all(_describes(words) for words in described):
            yield page.breach(_("a picture has no description in words."),
                              _("Say what it shows in its alternative text."), section=block.section, cell=block.cell)


def _describes(words):
    return bool(words.strip()) and not re.search(r"\.(png|svg|jpe?g|gif|webp)\b", words, re.I)


def check_fiction(page):
    """The chapter says that its people, schools and data are fictional."""
    if "fictional" not in page.text().lower():
        yield page.breach(_("it does not say that people, schools and data are fictional."),
                          _("Say so once, best in “The case”."))


def check_dignity(chapter):
    """The person comes before the label, on all pages of the chapter."""
    guide = [Breach(chapter.file("instructor.md"), "", block.text, "") for block in chapter.guide or ()]
    items = [_item_breach(chapter, item, text, "") for item in chapter.items or () for text in item.texts]
    page = [chapter.breach(block.text, "", section=block.section, cell=block.cell) for block in chapter.blocks]
    for found in [*page, *items, *guide]:
        for label in (label for label in LABELS if re.search(rf"\b{label}\b", found.what, re.I)):
            yield Breach(found.file, found.place, _("“{label}” makes a label of a person.").format(label=label),
                         _("Name the person first, then what the person needs or does."))


def check_sentences(page):
    """At most 15 % of the sentences have more than 25 words."""
    texts = [block.text for block in page.blocks if block.kind in ("text", "item")]
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.!?…])[”\"’)]*\s+", text) if sentence.strip()]
    long = sorted((sentence for sentence in sentences if count_words(sentence) > SENTENCE_WORDS), key=count_words)
    if len(long) > LONG_SENTENCES * len(sentences):
        yield page.breach(_("{share:.0%} of the sentences have more than {limit} words; up to {most:.0%} is fine.").format(
            share=len(long) / len(sentences), limit=SENTENCE_WORDS, most=LONG_SENTENCES),
            _("Split the longest, such as “{start} …”.").format(start=" ".join(long[-1].split()[:8])))


def check_glossary(chapter):
    """Every term of “Words to know” is a word of the glossary, if one is given."""
    if chapter.glossary is None:
        return
    terms = [block.text for block in chapter.section("Words to know", "term")]
    terms += [match[1] for block in chapter.section("Words to know", "item", "cell")
              if (match := re.match(r"\*\*(.+?)\*\*", block.source))]
    for term in terms:
        if not set(term_forms(term)) & chapter.glossary:
            yield chapter.breach(_("the glossary does not have “{term}”.").format(term=term),
                                 _("Use the glossary's word, or add the term to book/terms.csv."), section="Words to know")


# ---- rules: code and outputs ----

def check_code(page):
    """Code cells are plain Python of ten lines or fewer, without helpers, with three modules at most."""
    for cell in page.code:
        lines = sum(bool(line.strip()) for line in cell.source.splitlines())
        modules = [node.module or "" for node in cell.find(ast.ImportFrom)]
        modules += [alias.name for node in cell.find(ast.Import) for alias in node.names]
        faults = [
            (cell.tree is None, _("the code is no plain Python."), _("Take out magic commands, and mend what cannot be read.")),
            (lines > CODE_LINES, _("the code has {count} lines; {limit} are allowed.").format(count=lines, limit=CODE_LINES),
             _("Split the cell, or move work to practicum.")),
            (cell.find(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda), _("the code makes a helper of its own."),
             _("Move def, class and lambda to practicum.")),
            (any(name.split(".")[0] not in MODULES for name in modules),
             _("the code imports {names}.").format(names=", ".join(modules)),
             _("Import from {allowed} only.").format(allowed=", ".join(MODULES))),
            (any(map(_is_sentence, cell.strings)), _("a sentence for readers sits in the code."),
             _("Move it to a Markdown cell, or to practicum, where it can be translated.")),
            (not cell.tags & HIDING_TAGS, _("the code is shown to every reader."),
             _("Give the cell the tag hide-input, so that it opens on request.")),
        ]
        yield from (page.breach(what, mend, cell=cell.number) for found, what, mend in faults if found)


def _is_sentence(text):
    words = text.split()
    return len(words) >= 7 or (len(words) >= 4 and words[-1][-1] in ".!?…")


def check_data_files(chapter):
    """Every data file that the code or practice.yml names is in the folder."""
    for cell in chapter.code if chapter.cells else ():
        named = [text for text in cell.strings if re.fullmatch(r"(\./)?data/[^\n]+\.\w+", text)]
        for name in (name for name in named if not (chapter.folder / name).is_file()):
            yield chapter.breach(_("there is no file {name}.").format(name=name), _("Add it, or mend its name."), cell=cell.number)
    data = (chapter.practice or {}).get("data")
    for source in data.values() if isinstance(data, dict) else ():
        name = source.get("file") if isinstance(source, dict) else None
        if isinstance(name, str) and not (chapter.folder / name).is_file():
            yield Breach(chapter.file("practice.yml"), "data", _("there is no file {name}.").format(name=name),
                         _("Add it, or mend its name."))


def check_outputs(page):
    """Outputs are stored, from one run from top to bottom, without an error."""
    again, last = _("Run “make outputs” (python -m bindery outputs)."), 0
    for cell in page.code:
        if cell.count is None:
            yield page.breach(_("the cell was never run."), again, cell=cell.number)
        elif cell.count <= last:
            yield page.breach(_("the cell was run before the cell above it."), again, cell=cell.number)
        if cell.failed:
            yield page.breach(_("the cell ended in an error."), _("Mend the cell. ") + again, cell=cell.number)
        elif cell.count and cell.items and not cell.html:
            yield page.breach(_("the output of the cell is not stored."), again, cell=cell.number)
        last = cell.count or last


def check_outputs_are_fresh(chapter):
    """The outputs were made from the code and data that the chapter has now."""
    if chapter.stale:
        yield chapter.breach(_("code or data have changed since the outputs were stored."),
                             _("Run “make outputs” (python -m bindery outputs)."))


def check_figures(page):
    """A figure is SVG with a description of eight words or more, a sentence and a table."""
    for cell in page.code:
        if any(kind.startswith("image/") for kind in cell.kinds):
            yield page.breach(_("the output is a bare picture."),
                              _("Draw it with practicum.charts, which adds description, sentence and table."), cell=cell.number)
        for found in map(tags, cell.html):
            yield from (page.breach(what, mend, cell=cell.number) for what, mend in _figure_faults(found))


def _figure_faults(found):
    names = {tag for tag, _attributes in found}
    drawings = [attributes for tag, attributes in found if tag == "svg" and attributes.get("aria-hidden") != "true"]
    for drawing in drawings:
        words = drawing.get("aria-label", "")
        if drawing.get("role") != "img" or count_words(words) < ALT_WORDS or not _describes(words):
            yield (_("a figure has no description (role=\"img\" and an aria-label of {least} words or more).").format(least=ALT_WORDS),
                   _("Say in words what it shows, with the number that matters."))
    for tag, mend in (("figcaption", _("Add the sentence that reads it.")), ("table", _("Add its data as a table."))):
        if drawings and tag not in names:
            yield _("a figure has no <{tag}>.").format(tag=tag), mend
    if not all(_describes(attributes.get("alt", "")) for tag, attributes in found if tag == "img"):
        yield _("a picture has no description in words."), _("Say what it shows in its alternative text.")


# ---- rules: the instructor's page ----

def check_instructor(chapter):
    """The instructor's page has all its parts: order, two prompts for discussion, what to swap, to resist, a checklist."""
    parts = {
        "order": (1, _("Say why the parts come in this order.")),
        "discuss": (2, _("Give two prompts for discussion, as questions or in a list.")),
        "swap": (1, _("Say what to swap to make the chapter local, and in which file.")),
        "resist": (1, _("Say what to resist explaining.")),
        "checklist": (1, _("Add what to fill in after teaching it.")),
    }
    for word, (least, mend) in parts.items():
        blocks = _part(chapter.guide, word)
        count = max(sum(block.kind == "item" for block in blocks), sum(block.text.count("?") for block in blocks),
                    1 if any(block.text for block in blocks) else 0)
        if count < least:
            yield Breach(chapter.file("instructor.md"), "",
                         _("no heading with the word “{word}” and enough under it.").format(word=word), mend)


def check_wrong_answers(chapter):
    """The instructor's page names for each item the likely wrong answers, under a heading with the word “wrong”."""
    text = "\n".join(f"{block.text}\n{block.source}" for block in _part(chapter.guide, "wrong"))
    for item in chapter.items:
        if not re.search(rf"(?<![\w-]){re.escape(item.id)}(?![\w-])", text):
            yield Breach(chapter.file("instructor.md"), "",
                         _("the item “{id}” is not under a heading with the word “wrong”.").format(id=item.id),
                         _("Say which wrong answers are likely, what they reveal, and what to say next."))


def check_routes(chapter):
    """The instructor's page has routes of 45 and 90 minutes: tables whose minutes add up."""
    sums = [total for table in _guide_tables(chapter.guide) for total in _sums(table)]
    for route in (45, 90):
        if route not in sums:
            found = ", ".join(map(str, sums)) or _("none")
            yield Breach(chapter.file("instructor.md"), "",
                         _("no table has minutes that add up to {route} (sums found: {found}).").format(route=route, found=found),
                         _("Give the route as a table with a column “Minutes”."))


def _part(blocks, word):
    """What stands under the headings that contain the word, down to the next heading of the same level."""
    found, level = [], 0
    for block in blocks:
        if block.kind == "heading":
            opens = word in block.text.lower()
            level = 0 if level and block.level <= level else level
            level = level or (block.level if opens else 0)
            if opens and level == block.level:
                continue
        if level:
            found.append(block)
    return found


def _guide_tables(blocks):
    """Each table as a list of rows, each row a list of texts."""
    tables = []
    for block in blocks:
        if block.kind == "table":
            tables.append([])
        elif block.kind == "tr":
            tables[-1].append([])
        elif block.kind in ("cell", "column"):
            tables[-1][-1].append(block.text)
    return tables


def _sums(table):
    """The sum of every column whose heading speaks of minutes; a row of totals does not count."""
    rows = [row for row in table[1:] if not any(re.match(r"(total|sum|together|all)\b", text, re.I) for text in row)]
    for place, heading in enumerate(table[0]):
        if "min" in heading.lower():
            yield sum(int(found[1]) for row in rows if (found := re.fullmatch(r"(\d{1,4})(?:\s*min\w*\.?)?", row[place])))


# ---- a chapter, the book, the look before a build ----

# name of the group: (what of the chapter has to be readable, rules)
RULES = {
    "files": ((), (check_files, check_contents)),
    "slots": (("cells",), (check_slots,)),
    "data": ((), (check_data, check_origin, check_data_files)),
    "sections": (("cells",), (check_headings, check_question, check_two_systems, check_evidence_letter)),
    "length": (("cells",), (check_plain_words, check_length, check_reading_minutes)),
    "first action": (("cells",), (check_first_action, check_first_thoughts)),
    "objectives": (("cells",), (check_objectives,)),
    "practice": (("items",), (check_kinds, check_practice_file)),
    "practice and notebook": (("cells", "items"), (check_objectives_are_served, check_items_are_shown, check_practice_minutes)),
    "sources": (("cells",), (check_citations, check_method_is_cited, check_sources, check_links)),
    "language": (("cells",), (check_fiction, check_dignity, check_sentences, check_glossary)),
    "code": (("cells",), (check_code,)),
    "outputs": (("cells",), (check_outputs, check_outputs_are_fresh)),
    "figures": (("cells",), (check_figures, check_images)),
    "instructor": (("guide",), (check_instructor, check_routes)),
    "instructor and practice": (("guide", "items"), (check_wrong_answers,)),
}


def check_chapter(folder, references, glossary=None):
    """All breaches of the contract in a chapter's folder, a list; empty when all is well.

    ``references`` is the path of the book's BibTeX file, ``glossary`` that of its CSV of terms with a column "en"
    (without it the rule on terms is left out). Whatever the folder holds, nothing is raised.
    """
    chapter, unread = open_chapter(folder, references, glossary)
    found = [breach for group in RULES for breach in check_group(chapter, group)]
    return list(dict.fromkeys([*unread, *chapter.unread, *found]))


def check_group(chapter, group):
    """The breaches of one group of `RULES`; none when what they need cannot be read, which is a breach of its own."""
    needs, rules = RULES[group]
    if any(getattr(chapter, need) is None for need in needs):
        return []
    return [breach for rule in rules for breach in rule(chapter)]


def open_chapter(folder, references, glossary=None):
    """The `Chapter` in the folder with the book's sources and terms, and the breaches of reading those."""
    root = Path(folder).resolve().parent.parent
    keys, unread = _shared(references, read_references, root)
    terms, more = _shared(glossary, read_terms, root) if glossary else (None, [])
    return Chapter(folder, keys, terms), unread + more


def _shared(path, parse, root):
    return read_file(Path(path).resolve(), parse, root, _("Mend it, or put it back."))


def check_book(root="."):
    """All breaches in all chapters and in the pages that _toc.yml names, a list; empty when all is well."""
    root = Path(root).resolve()
    references, glossary = root / "book" / "references.bib", root / "book" / "terms.csv"
    found = list(check_contents_exist(root))
    for folder in chapter_folders(root):
        found += check_chapter(folder, references, glossary)
    for page in pages(root, _shared(references, read_references, root)[0]):
        rules = (check_citations, check_links, check_images, check_outputs, check_figures)
        found += [*page.unread, *_breaches(page, *rules)]
    return list(dict.fromkeys(found))


def preflight(root="."):
    """The breaches that make a build pointless or dishonest, a list. Fast, because every build begins with it.

    Python too old, a page of _toc.yml missing, a notebook or YAML file that cannot be read, a data file missing,
    an unknown source, outputs missing or in error. Chapters whose outputs are stale are let off this last rule,
    because the build runs them anew.
    """
    root = Path(root).resolve()
    references, found = _shared(root / "book" / "references.bib", read_references, root)
    found += [*check_python(), *check_contents_exist(root)]
    for page in pages(root, references):
        found += [*page.unread, *_breaches(page, check_citations, check_outputs)]
    for chapter in (Chapter(folder, references) for folder in chapter_folders(root)):
        rules = (check_citations,) if chapter.stale else (check_citations, check_outputs)
        found += [*chapter.unread, *check_data_files(chapter), *_breaches(chapter, *rules)]
    return list(dict.fromkeys(found))


def _breaches(page, *rules):
    return [breach for rule in rules for breach in rule(page)] if page.cells is not None else []


def chapter_folders(root):
    return sorted(path for path in Path(root).glob("chapters/[!._]*") if path.is_dir())


def pages(root, references):
    """The pages that _toc.yml names and that are no chapter's notebook."""
    contents = _shared(root / "_toc.yml", read_contents, root)[0] or ()
    files = [root / f"{name}{ending}" for name in contents for ending in (".md", ".ipynb")]
    chapters = [folder / f"{folder.name}.ipynb" for folder in chapter_folders(root)]
    return [Page(path, root, references) for path in files if path.is_file() and path not in chapters]


def check_contents_exist(root):
    """_toc.yml can be read and every page it names is there."""
    contents, unread = _shared(root / "_toc.yml", read_contents, root)
    yield from unread
    for name in contents or ():
        if not any((root / f"{name}{ending}").is_file() for ending in (".md", ".ipynb")):
            yield Breach("_toc.yml", "", _("the page {name} is not there.").format(name=name),
                         _("Add the file, or take its line out."))


def check_python():
    """Python is new enough for the packages that the book pins."""
    if sys.version_info < MINIMUM_PYTHON:
        yield Breach("requirements.txt", "", _("this is Python {found}; the book needs {least} or later.").format(
            found=".".join(map(str, sys.version_info[:2])), least=".".join(map(str, MINIMUM_PYTHON))),
            _("Install a later Python and make the environment again."))


def main(arguments=None):
    """Print all breaches of the book in the folder given; 1 if there is any, else 0."""
    root = (sys.argv[1:] if arguments is None else arguments) or ["."]
    found = check_book(root[0])
    # Consoles that know few letters, as on Windows, must not stop the report.
    sys.stdout.reconfigure(errors="replace")
    print("\n".join(map(str, found)) or _("All is well: every chapter keeps the contract."))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
