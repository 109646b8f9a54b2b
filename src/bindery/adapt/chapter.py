"""One chapter of an edition: names swapped, texts replaced and added, data and forms put in place of the original's."""

import json
import re
import shutil

from bindery.page import read_blocks, read_items, read_practice
from practicum import job_aid
from practicum.i18n import gettext as _

HEADING = re.compile(r"^(#{1,4}) +(.+?)\s*$", re.M)
BOX = re.compile(r"^(:{3,})\{admonition\} *(.+?)\s*$", re.M)
FIGURE = re.compile(r"#figure-[\w-]+")
TEXTS = ("*.md", "*.yml", "*.svg", "data/README.md", "countries/*.yml")
# Sections that speak of the pupil; the others are about the method, whoever the pupil is.
ABOUT_THE_CASE = ("The case", "Work the case", "Take it to your school", "Back to your first thoughts")
NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|half|third|quarter|hundred"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
PLACEHOLDER = re.compile(r"\{[^}]*\}")
STATES_A_NUMBER = re.compile(rf"\d|\b(?:{NUMBER_WORDS})\b", re.I)


def read_notebook(path):
    return json.loads(path.read_text(encoding="utf-8"))


def write_notebook(path, book):
    path.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def text_of(cell):
    return "".join(cell["source"])


def headings(path):
    """The headings and boxes of a chapter that a text can be put under, in their order."""
    texts = [text_of(cell) for cell in read_notebook(path)["cells"] if cell["cell_type"] == "markdown"]
    return [match[2] for text in texts for match in sorted([*HEADING.finditer(text), *BOX.finditer(text)], key=lambda found: found.start())]


def pattern_of(names):
    """Matches each of the names where it stands as a word of its own."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def swapped(text, swaps):
    """The text with every name of ``swaps`` replaced at once, so that two names can also change places.

    Addresses of figures are made of their titles, so the names are swapped in them too.
    """
    if not swaps:
        return text
    text = pattern_of(swaps).sub(lambda found: swaps[found[0]], text)
    in_addresses = {_slug(old): _slug(new) for old, new in swaps.items()}
    return FIGURE.sub(lambda address: pattern_of(in_addresses).sub(lambda found: in_addresses[found[0]], address[0]), text)


def _slug(name):
    # as practicum.charts makes the anchor of a figure
    return re.sub(r"\W+", "-", name.lower()).strip("-")


def occurs(name, folder):
    """Whether the name stands in a text of the chapter."""
    pattern = pattern_of([name])
    texts = [text_of(cell) for cell in read_notebook(folder / f"{folder.name}.ipynb")["cells"]]
    # The declaration of the slots proves nothing, and a broken file is told of elsewhere.
    files = [path for kind in TEXTS for path in folder.glob(kind) if path.is_file() and path.name != "slots.yml"]
    texts += [path.read_text(encoding="utf-8", errors="replace") for path in files]
    return any(pattern.search(text) for text in texts)


def swap_names(folder, swaps):
    """Swap the names in all texts of the chapter, in its notebook's cells too."""
    for path in (path for kind in TEXTS for path in folder.glob(kind)):
        path.write_text(swapped(path.read_text(encoding="utf-8"), swaps), encoding="utf-8")
    path = folder / f"{folder.name}.ipynb"
    book = read_notebook(path)
    for cell in book["cells"]:
        cell["source"] = swapped(text_of(cell), swaps).splitlines(keepends=True)
    write_notebook(path, book)


def replace_text(folder, heading, new):
    """Put ``new`` in place of the words under a heading (down to the next heading) or inside a box."""
    path = folder / f"{folder.name}.ipynb"
    book = read_notebook(path)
    for cell in book["cells"]:
        text = text_of(cell)
        span = _span(text, heading) if cell["cell_type"] == "markdown" else None
        if span:
            cell["source"] = f"{text[:span[0]]}\n{new.strip()}\n{text[span[1]:]}".rstrip("\n").splitlines(keepends=True)
            return write_notebook(path, book)


def _span(text, heading):
    """Where the words under a heading, or inside a box, begin and end in the text; None when it is not there."""
    for match in HEADING.finditer(text):
        if match[2] == heading:
            # A label in brackets belongs to the heading that it stands above.
            following = re.compile(r"^(?:\([\w-]+\)=\n)?#{1,4} ", re.M).search(text, match.end())
            return match.end() + 1, following.start() if following else len(text)
    for match in BOX.finditer(text):
        if match[2] == heading:
            options = re.compile(r"(?:\n:[\w-]+:.*)*\n").match(text, match.end())
            end = re.compile(rf"^{match[1]}\s*$", re.M).search(text, options.end())
            return options.end(), end.start()
    return None


def add_text(folder, after, new):
    """Add ``new`` as a cell of its own at the end of the section with the heading ``after``."""
    path = folder / f"{folder.name}.ipynb"
    book = read_notebook(path)
    start = next(number for number, cell in enumerate(book["cells"]) if cell["cell_type"] == "markdown" and _span(text_of(cell), after))
    level = len(next(match[1] for match in HEADING.finditer(text_of(book["cells"][start])) if match[2] == after))
    ends = (number for number, cell in enumerate(book["cells"][start + 1:], start + 1)
            if cell["cell_type"] == "markdown" and any(len(match[1]) <= level for match in HEADING.finditer(text_of(cell))))
    place = next(ends, len(book["cells"]))
    taken = {cell.get("id") for cell in book["cells"]}
    name = next(name for name in (f"added-{number}" for number in range(1, 1000)) if name not in taken)
    book["cells"].insert(place, {"cell_type": "markdown", "id": name, "metadata": {}, "source": new.strip().splitlines(keepends=True)})
    write_notebook(path, book)


def replace_data(folder, replaced):
    """Put the edition's data files in place, and say in the data dictionary where they come from."""
    for name, entry in replaced:
        shutil.copyfile(entry["file"], folder / "data" / name)
    if not replaced:
        return
    # The script would no longer make the files that lie here.
    (folder / "data" / "make_data.py").unlink(missing_ok=True)
    dictionary = folder / "data" / "README.md"
    lines, names = [], dict(replaced)
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        lines.append(line)
        file = next((word for word in re.findall(r"[\w-]+\.csv", line)), None) if line.startswith("#") else None
        if file:
            lines += ["", _("In this edition the file was replaced. It comes from the edition's makers: {origin}").format(origin=names[file]["origin"])
                      if file in names else _("Taken from the original, where a script made it.")]
    dictionary.write_text("\n".join(lines) + "\n", encoding="utf-8")


def renew_forms(folder):
    """Make the blank and filled forms anew from the templates, the filled ones as the notebook filled them last."""
    code = "\n".join(text_of(cell) for cell in read_notebook(folder / f"{folder.name}.ipynb")["cells"] if cell["cell_type"] == "code")
    for template in sorted(folder.glob("job-aid*.docx")):
        if template.stem.endswith(("-blank", "-filled")):
            continue
        blank, filled = (template.with_stem(f"{template.stem}-{kind}") for kind in ("blank", "filled"))
        blank.unlink(missing_ok=True)
        job_aid.fill(template, {}, blank)
        made = re.search(rf'fill\(\s*"{re.escape(template.name)}".*?"(my-files/[^"]+\.docx)"', code, re.S)
        if made and (folder / made[1]).is_file():
            shutil.copyfile(folder / made[1], filled)
    shutil.rmtree(folder / "my-files", ignore_errors=True)


def number_sentences(folder):
    """The sentences of a chapter's text and practice items that state a number, as pairs of place and sentence.

    The place is a heading or an item's id. Sections on the method and its evidence are left out: the pupil's data do not change
    them.
    """
    found, section, heading = [], "", ""
    for cell in read_notebook(folder / f"{folder.name}.ipynb")["cells"]:
        for block in read_blocks(text_of(cell)) if cell["cell_type"] == "markdown" else ():
            if block.kind == "heading":
                heading, section = block.text, block.text if block.level == 2 else section
            elif section in ABOUT_THE_CASE and block.kind in ("text", "item", "cell"):
                found += [(heading, line.strip()) for line in block.text.splitlines()]
    for item in read_items(read_practice((folder / "practice.yml").read_text(encoding="utf-8"))):
        found += [(item.id, line.strip()) for text in item.texts for line in text.splitlines()]
    return list(dict.fromkeys(pair for pair in found if STATES_A_NUMBER.search(PLACEHOLDER.sub("", pair[1])) and " " in pair[1]))


def shown_under(folder):
    """What the stored outputs of a chapter say in plain text, for each heading; under "" what its data files hold."""
    shown, heading = {"": "\n".join(path.read_text(encoding="utf-8-sig") for path in sorted((folder / "data").glob("*.csv")))}, ""
    for cell in read_notebook(folder / f"{folder.name}.ipynb")["cells"]:
        if cell["cell_type"] == "markdown":
            heading = ([heading] + [match[2] for match in HEADING.finditer(text_of(cell))])[-1]
        for output in cell.get("outputs", []):
            shown[heading] = shown.get(heading, "") + "".join(output.get("data", {}).get("text/plain", ""))
    return shown


def outdated(sentences, before, now):
    """Of the sentences those that repeat a number of the original's figures where the figures have changed.

    ``before`` and ``now`` are what `shown_under` gives for the original and for the edition. A sentence without a figure under its
    heading, as in the story of the case or in a practice item, is held against the data files.
    """
    found = []
    for heading, sentence in sentences:
        place = heading if heading in before else ""
        numbers = set(NUMBER.findall(PLACEHOLDER.sub("", sentence)))
        if before[place] != now.get(place) and numbers & {number for number in NUMBER.findall(before[place]) if place or len(number) > 1}:
            found.append((heading, sentence))
    return found


def without_links(text, stems):
    """The text without links to chapters that the edition does not have: their words stay."""
    gone = "|".join(map(re.escape, stems))
    return re.sub(rf"\[([^\]]+)\]\((?:\.\./|chapters/)*(?:{gone})/[^)]*\)", r"\1", text) if stems else text
