"""The book's own directives: the map of the course, the glossary, the reader's progress."""

import csv
import html
from pathlib import Path

import yaml
from docutils import nodes
from pybtex.plugin import find_plugin
from sphinx.util.docutils import SphinxDirective

from bindery.portfolio import book_practices
from practicum.practice import progress_html


class CourseMap(SphinxDirective):
    """``{course-map}``: the parts, days and chapters of ``book/course.yml``; written chapters are links."""

    def run(self):
        root = Path(self.env.srcdir)
        plan = root / "book" / "course.yml"
        self.env.note_dependency(str(plan))
        parts = yaml.safe_load(plan.read_text(encoding="utf-8"))["parts"]
        return [nodes.container("", *[self._part(number, part) for number, part in enumerate(parts, 1)],
                                classes=["course-map"])]

    def _part(self, number, part):
        section = nodes.container(classes=["course-part", f"course-part-{number}"])
        if part.get("name"):  # an edition of a few chapters has no parts
            section += nodes.raw("", f'<h3 class="course-part-name">{html.escape(part["name"])} <span>· days {part["days"]}</span></h3>', format="html")
            section += nodes.paragraph(text=part["about"], classes=["course-part-about"])
        items = nodes.bullet_list(classes=["course-chapters"])
        for chapter in part["chapters"]:
            items += self._chapter(chapter)
        section += items
        return section

    def _chapter(self, chapter):
        docname = f"chapters/{chapter['stem']}/{chapter['stem']}"
        if docname in self.env.found_docs:
            uri = self.env.app.builder.get_relative_uri(self.env.docname, docname)
            title, status, kind = nodes.reference("", chapter["title"], refuri=uri, internal=True), "", "written"
        else:
            title, status, kind = nodes.Text(chapter["title"]), " (not written yet)", "planned"
        line = nodes.paragraph("", "", nodes.strong("", "", title), nodes.inline(text=status, classes=["status"]))
        return nodes.list_item("", line, nodes.paragraph(text=chapter["question"]), classes=[kind])


class GlossaryTable(SphinxDirective):
    """``{glossary-table} FILE``: the terms of a CSV file in four languages, with what they mean."""

    required_arguments = 1
    LANGUAGES = {"en": "English", "kk": "Kazakh", "ru": "Russian", "he": "Hebrew"}

    def run(self):
        path = Path(self.env.doc2path(self.env.docname)).parent / self.arguments[0]
        self.env.note_dependency(str(path))
        with open(path, encoding="utf-8", newline="") as file:
            rows = sorted(csv.DictReader(file), key=lambda row: row["en"].lower())
        english, *others = self.LANGUAGES.values()
        head = "".join(f'<th scope="col">{name}</th>' for name in [english, "Meaning", *others, "Attested"])
        body = "\n".join(self._row(row) for row in rows)
        return [nodes.raw("", '<div class="scroll-x"><table class="glossary">'
                              f'<caption>{len(rows)} terms in the order of the English alphabet</caption><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>',
                          format="html")]

    def _row(self, row):
        cells = [f'<th scope="row">{html.escape(row["en"])}</th>', f'<td class="meaning">{html.escape(row["meaning"])}</td>']
        for code in list(self.LANGUAGES)[1:]:
            direction = ' dir="rtl"' if code == "he" else ""
            text = html.escape(row[code]) or '<span lang="en" dir="ltr">no counterpart</span>'
            cells.append(f'<td lang="{code}"{direction}>{text}</td>')
        cells.append(f"<td>{'yes' if row['attested'] == 'yes' else 'not yet checked'}</td>")
        return f"<tr>{''.join(cells)}</tr>"


class ChapterSources(SphinxDirective):
    """``{chapter-sources}``: what this page cites, in full; `list_sources` fills it when all citations are known."""

    def run(self):
        return [nodes.container(classes=["chapter-sources"])]


def list_sources(app, doctree, docname):
    """Fill the place that ``{chapter-sources}`` left with the entries cited on the page, in the order of the alphabet."""
    for reference in doctree.findall(nodes.reference):
        reference.attributes.pop("reftitle", None)  # a screen reader would read the whole entry at each citation
    places = [node for node in doctree.findall(nodes.container) if "chapter-sources" in node["classes"]]
    if not places:
        return
    domain = app.env.get_domain("cite")
    keys = {target.key for reference in domain.citation_refs if reference.docname == docname for target in reference.targets}
    entries = [entry for entry in domain.get_entries(list(domain.bibdata.bibfiles)) if entry.key in keys]
    style, backend = find_plugin("pybtex.style.formatting", "book")(), find_plugin("pybtex.backends", "docutils")()
    items = nodes.bullet_list()
    for entry in style.sort(entries):
        text = style.format_entry("", entry).text.render(backend)
        items += nodes.list_item("", nodes.paragraph("", "", *text))
    places[0] += items


class MyProgress(SphinxDirective):
    """``{my-progress}``: every practice item of the book, to be ticked off by the reader's own record."""

    def run(self):
        return [nodes.raw("", progress_html(book_practices(self.env), link="../chapters/{stem}/{stem}.html#{anchor}"), format="html")]
