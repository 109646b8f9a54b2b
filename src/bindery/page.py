"""The pages and chapters of the book as the checks see them, read so that no broken file stops a check.

Whatever a file holds, either its content comes out or a `Breach` that says what is wrong with it.
"""

import ast
import csv
import json
import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from html.parser import HTMLParser
from io import StringIO
from itertools import takewhile
from pathlib import Path

import yaml

from bindery.outputs import is_stale
from practicum.i18n import gettext as _

CITATION = re.compile(r"\{cite(?::\w+)*\}`([^`]+)`")
OBJECTIVE = re.compile(r"([A-Z]{2,3}\d+)\b[\s.:–—·-]*(.*)", re.S)
URL = re.compile(r"(?:https?://|www\.)\S+")
WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
# What stands in these directives is not read as sentences.
WITHOUT_PROSE = ("bibliography", "code", "code-block", "code-cell", "image", "math", "raw", "toctree")


@dataclass(frozen=True)
class Breach:
    """One fault: in which file, at which place in it, what is wrong, and how to mend it. As text it is one line."""

    file: str
    place: str
    what: str
    mend: str

    def __str__(self):
        where = ", ".join(part for part in (self.file, self.place) if part)
        return " ".join(f"{where}: {self.what} {self.mend}".split())


# ---- reading: whatever a file holds, either its content comes out or a breach ----

@dataclass(frozen=True)
class Cell:
    """A cell of a notebook; ``html`` and ``kinds`` are the HTML texts and the media types among its outputs."""

    number: int
    kind: str
    source: str
    tags: frozenset = frozenset()
    count: int | None = None
    failed: bool = False
    html: tuple = ()
    kinds: frozenset = frozenset()

    @cached_property
    def tree(self):
        """The syntax tree of a code cell, None when it is no plain Python."""
        try:
            return ast.parse(self.source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    @cached_property
    def nodes(self):
        return list(ast.walk(self.tree)) if self.tree else []

    def find(self, *kinds):
        """All parts of the code that are of these kinds, in no certain order."""
        return [node for node in self.nodes if isinstance(node, kinds)]

    @property
    def strings(self):
        return [node.value for node in self.find(ast.Constant) if isinstance(node.value, str)]

    @property
    def items(self):
        """The ids of the practice items that the cell shows."""
        calls = [node for node in self.find(ast.Call) if getattr(node.func, "id", "") == "practice" and node.args]
        return [call.args[0].value for call in calls if isinstance(getattr(call.args[0], "value", None), str)]


@dataclass(frozen=True)
class Block:
    """A piece of a page in reading order: heading, text, item (of a list), term, table, tr, column, cell, directive, html, code.

    ``text`` is what a reader sees and ``source`` what was written (for a directive its name and options). ``box`` holds
    the options of the admonitions around it, ``links`` pairs of words and address; a bare address has no words.
    """

    kind: str
    text: str
    source: str = ""
    level: int = 0
    box: str = ""
    links: tuple = ()
    section: str = ""
    cell: int = 0


@dataclass(frozen=True)
class Item:
    """What the rules need of a practice item; ``texts`` are all its texts."""

    id: str
    objective: str
    kind: str
    prompt: str
    minutes: int
    texts: tuple


class Page:
    """A notebook or Markdown file of the book. ``cells`` is None when there is none that can be read."""

    def __init__(self, path, root, references=None):
        self.path, self.root, self.name = path, root, _name(path, root)
        self.unread = []
        read = read_cells if path.suffix == ".ipynb" else lambda text: (Cell(1, "markdown", text),)
        self.cells = self.read(path, read, _("Open it in Jupyter, run all cells and save it."))
        self.references = references

    def read(self, path, parse, mend):
        """What ``parse`` makes of the text of the file; None without a file, or with a breach when it cannot be read."""
        if not path.exists():
            return None
        content, unread = read_file(path, parse, self.root, mend)
        self.unread += unread
        return content

    @property
    def code(self):
        return [cell for cell in self.cells if cell.kind == "code"]

    @cached_property
    def blocks(self):
        blocks, section = [], ""
        for cell in self.cells:
            found = [Block("code", "", cell.source)] if cell.kind == "code" else read_blocks(cell.source)
            for block in found if cell.kind in ("code", "markdown") else ():
                if block.kind == "heading" and block.level <= 2:
                    section = block.text if block.level == 2 else ""
                blocks.append(replace(block, section=section, cell=cell.number))
        return blocks

    def section(self, name, *kinds):
        return [block for block in self.blocks if block.section == name and (not kinds or block.kind in kinds)]

    def text(self, section=None):
        """The words of the page, or of one section, as a reader sees them."""
        return "\n".join(block.text for block in self.blocks if section in (None, block.section))

    def breach(self, what, mend, *, section="", cell=0, at=""):
        """A breach in the page; without a section, the last heading before ``at`` in the cell says where."""
        before = "\n".join(c.source.partition(at)[0] if at and c.number == cell else c.source
                           for c in self.cells or () if c.number <= cell and c.kind == "markdown")
        section = section or (re.findall(r"^## +(.+?)\s*$", before, re.M) or [""])[-1]
        place = [_("section “{name}”").format(name=section)] if section else []
        place += [_("cell {number}").format(number=cell)] if cell and self.path.suffix == ".ipynb" else []
        return Breach(self.name, ", ".join(place) or _("whole page"), what, mend)


class Chapter(Page):
    """A chapter's folder. ``items`` is None when practice.yml cannot be read, ``guide`` without an instructor's page."""

    def __init__(self, folder, references=None, glossary=None):
        self.folder = Path(folder).resolve()
        self.stem = self.folder.name
        super().__init__(self.folder / f"{self.stem}.ipynb", self.folder.parent.parent, references)
        self.glossary = glossary
        self.practice = self.read(self.folder / "practice.yml", read_practice,
                                  _("Check the indentation, and put a text with a colon in quotation marks."))

    @cached_property
    def items(self):
        return None if self.practice is None else read_items(self.practice)

    @cached_property
    def guide(self):
        return self.read(self.folder / "instructor.md", read_blocks, _("Save it as text in UTF-8."))

    @cached_property
    def dictionary(self):
        return self.read(self.folder / "data" / "README.md", str, _("Save it as text in UTF-8."))

    @cached_property
    def tables(self):
        """The heading and the rows of each CSV file under its path."""
        files = sorted(self.folder.glob("data/*.csv"))
        return {path: self.read(path, read_rows, _("Save it as CSV in UTF-8, headings in the first row."))
                for path in files}

    @cached_property
    def stale(self):
        """Whether the outputs were made from other code or data than the folder holds now."""
        return self.read(self.path, lambda _text: is_stale(self.path), _("Open it in Jupyter, run all cells and save it."))

    @cached_property
    def objectives(self):
        """Pairs of id and what follows it, as written in their section."""
        found = [OBJECTIVE.match(block.text) for block in self.section("You will be able to", "item", "text")]
        return [match.groups() for match in found if match]

    @cached_property
    def shown(self):
        """The ids of the practice items in the order of the page."""
        return [item for cell in self.code for item in cell.items]

    def file(self, name):
        return (self.folder / name).relative_to(self.root).as_posix()


def read_file(path, parse, root, mend):
    """What ``parse`` makes of the text of the file and no breach; or None and the breach that says what is wrong."""
    try:
        return parse(path.read_text(encoding="utf-8-sig")), []
    except FileNotFoundError:
        what = _("the file is missing.")
    except Exception as error:  # broken files fail in more ways than one can list
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())[:120] or type(error).__name__
        what = _("the file cannot be read ({reason}).").format(reason=reason)
    return None, [Breach(_name(path, root), "", what, mend)]


def _name(path, root):
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def read_cells(text):
    return tuple(_read_cell(number, raw) for number, raw in enumerate(json.loads(text)["cells"], 1))


def _read_cell(number, raw):
    outputs = raw.get("outputs", [])
    data = [pair for output in outputs for pair in output.get("data", {}).items()]
    count = raw.get("execution_count")
    return Cell(
        number, raw["cell_type"], "".join(raw["source"]), frozenset(raw["metadata"].get("tags", [])),
        count if isinstance(count, int) else None, any(output["output_type"] == "error" for output in outputs),
        tuple("".join(content) for kind, content in data if kind == "text/html"), frozenset(kind for kind, _content in data))


def read_yaml(text):
    # The compiled reader takes an eighth of the time, but crashes on a file nested thousands deep, and is not everywhere.
    nested = len(re.findall(r"[\[{]|[-?]\s", text)) > 5000
    return yaml.load(text, yaml.SafeLoader if nested else getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def read_practice(text):
    practice = read_yaml(text)
    if not isinstance(practice, dict) or not isinstance(practice.get("items"), list):
        raise ValueError(_("it has no list of items"))
    return practice


def read_items(practice):
    """The items as far as they are readable; the schema of practicum.practice speaks of the rest."""
    return [_read_item(raw) for raw in practice["items"] if isinstance(raw, dict)]


def _read_item(raw):
    words = [str(raw.get(name)) if isinstance(raw.get(name), (str, int)) else "" for name in ("id", "objective", "kind", "prompt")]
    minutes = raw["minutes"] if isinstance(raw.get("minutes"), int) else 0
    return Item(*words, minutes, tuple(part for part in _parts(raw, set()) if isinstance(part, str)))


def _parts(value, seen):
    """The value and all that it holds. In YAML a list can hold itself, so each is entered once."""
    yield value
    if isinstance(value, (dict, list)) and id(value) not in seen:
        seen.add(id(value))
        for part in value.values() if isinstance(value, dict) else value:
            yield from _parts(part, seen)


def read_rows(text):
    first = text.partition("\n")[0]
    if not first.strip():
        raise ValueError(_("its first row is empty"))
    delimiter = ";" if first.count(";") > first.count(",") else ","
    return [row for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True) if row]


def read_references(text):
    """The keys of a BibTeX file, each with True when the entry is marked as verified."""
    entries = re.split(r"^\s*@\w+\s*\{", text, flags=re.M)[1:]
    return {entry.split(",")[0].strip(): bool(re.search(r"keywords\s*=.*\bverified\b", entry)) for entry in entries}


def read_terms(text):
    """All ways in which the English terms of the glossary may be written."""
    return {form for row in csv.DictReader(text.splitlines()) for form in term_forms(row["en"])}


def term_forms(term):
    """The ways one term may be written, singular and plural: “curriculum-based measurement (CBM)” is also “CBM”."""
    term = term.lower().strip(" .:")
    forms = {term, *re.findall(r"\(([^)]*)\)", term)}
    forms |= {part.strip() for part in re.sub(r"\([^)]*\)", "", term).split("/")}
    return forms | {form.removesuffix("s") for form in forms}


def read_contents(text):
    """The pages that _toc.yml names, without their endings."""
    named = [part[key] for part in _parts(read_yaml(text), set()) if isinstance(part, dict) for key in ("root", "file") if key in part]
    return [str(name).removesuffix(".ipynb").removesuffix(".md") for name in named]


def read_blocks(markdown):
    """The blocks of a Markdown text, those inside admonitions and other directives too."""
    return list(_blocks(_markdown().parse(markdown)))


@cache
def _markdown():
    # Imported late: preflight does without, and the book's own extensions take a while to load.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.colon_fence import colon_fence_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.myst_blocks import myst_block_plugin
    from mdit_py_plugins.myst_role import myst_role_plugin
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (colon_fence_plugin, deflist_plugin, myst_block_plugin, myst_role_plugin):
        parser.use(plugin)
    return parser


def _blocks(tokens, box=""):
    for number, token in enumerate(tokens):
        around = [before.type for before in tokens[max(number - 2, 0):number]]
        if token.type == "inline":
            kind = {"heading_open": "heading", "dt_open": "term", "td_open": "cell", "th_open": "column"}.get(around[-1], "text")
            kind = "item" if around == ["list_item_open", "paragraph_open"] else kind
            level = int(tokens[number - 1].tag[1]) if kind == "heading" else 0
            text, links = _seen(token.children)
            yield Block(kind, text, token.content, level, box, links)
        elif token.type == "html_block":
            yield Block("html", re.sub(r"<!--.*?-->|<[^>]*>", " ", token.content, flags=re.S).strip(), token.content, box=box)
        elif token.type in ("fence", "colon_fence"):
            yield from _directive(token, box)
        elif token.type in ("table_open", "tr_open"):
            yield Block(token.type.removesuffix("_open"), "", box=box)


def _directive(fence, box):
    found = re.match(r"\{([\w:-]+)\}\s*(.*)", fence.info)
    if not found:
        return
    name, title = found.groups()
    lines = fence.content.splitlines()
    options = list(takewhile(re.compile(r":[\w-]+:").match, lines))
    yield Block("directive", "", "\n".join([name, *options]), box=box)
    if name in WITHOUT_PROSE:
        return
    if name in ("admonition", "dropdown"):
        yield Block("text", title, title, box=box)
    yield from _blocks(_markdown().parse("\n".join(lines[len(options):])), "\n".join([box, *options]))


def _seen(children):
    """What a reader sees of a line, and its links; a citation shows nothing of its own."""
    text, links, opened = "", [], None
    for child in children:
        if child.type == "link_open":
            opened = len(text), str(child.attrs.get("href", ""))
        elif child.type == "link_close" and opened:
            links.append((text[opened[0]:], opened[1]))
            opened = None
        elif child.type == "myst_role":
            text += "" if child.meta["name"].startswith("cite") else re.sub(r"\s*<[^>]*>$", "", child.content)
        elif child.type in ("text", "code_inline", "image"):
            text += child.content
            bare = URL.findall(child.content) if child.type == "text" and not opened else ()
            links += [("", address) for address in bare]
        elif child.type in ("softbreak", "hardbreak"):
            text += "\n"
    return text.strip(), tuple(links)


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, {name: value or "" for name, value in attributes}))


def tags(html):
    """The tags of a piece of HTML with their attributes."""
    reader = _Tags()
    try:
        reader.feed(html)
    except AssertionError:  # a broken declaration, such as <![x: the tags before it count
        pass
    return reader.found


def count_words(text):
    return len(WORD.findall(text))
