"""Sphinx extension of the book: leaner, more accessible pages and the book's own directives."""

from pathlib import Path

from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput
from sphinx.errors import SphinxError

from bindery.check import preflight
from bindery.directives import ChapterSources, CourseMap, GlossaryTable, MyProgress, list_sources
from bindery.editions import open_solutions
from bindery.icons import keep_used_icons
from bindery.measures import Measures
from bindery.outputs import is_stale, notebooks
from bindery.portfolio import Portfolio, add_portfolio_files
from bindery.timetable import Timetable
from practicum.i18n import gettext as _

# Scripts and styles that other extensions put on every page and that no page of ours uses.
UNUSED = ("thebe", "togglebutton", "clipboard", "copybutton", "design-tabs", "sphinx-design", "tabs.js")


def stop_at_broken_sources(app):
    """Say in one sentence each what makes a build pointless, before Sphinx stumbles over it."""
    problems = [str(breach) for breach in preflight(app.srcdir)]
    problems += [_("{notebook}: the stored outputs are not those of the code and data. Run: python -m bindery outputs").format(
        notebook=path.relative_to(app.srcdir)) for path in notebooks(app.srcdir) if is_stale(path)]
    if problems:
        raise SphinxError("\n".join(problems))


def give_words(app, pagename, templatename, context, doctree):
    """The words that book.js puts into a page, in the language of the book."""
    context["book_words"] = {"sideways": _("{name}, can be moved sideways"), "slide": _("Slide the table sideways, or use the arrow keys, to see all of it.")}


def keep_used_files(app, pagename, templatename, context, doctree):
    """Leave out the scripts and styles that no page needs: 60 KB packed, and thebe fails when loaded twice."""
    for kind in ("script_files", "css_files"):
        context[kind] = [file for file in context.get(kind, []) if not _is_unused(file)]


def _is_unused(file):
    body = str(getattr(file, "attributes", {}).get("body", ""))
    name = str(getattr(file, "filename", file) or "")
    return "THEBE" in body or "togglebutton" in body or any(word in name for word in UNUSED)


def name_the_folds(app, pagename, templatename, context, doctree):
    """Give each fold of the contents list a name: the theme's have only an arrow (WCAG 4.1.2)."""
    make_toctree = context.get("generate_toctree_html")
    if make_toctree is None:
        return

    def with_names(*arguments, **options):
        contents = make_toctree(*arguments, **options)
        for fold in contents.find_all("summary") if hasattr(contents, "find_all") else ():
            chapter = fold.find_previous("a").get_text(strip=True)
            fold["aria-label"] = _("Pages inside: {chapter}").format(chapter=chapter)
        return contents

    context["generate_toctree_html"] = with_names


def visit_hidden_cell(self, node):
    # As myst_nb's own, without the aria-label that hides the visible words from speech input (WCAG 2.5.3).
    self.body.append(f'<details class="{" ".join(["admonition", "hide", *node["classes"]])}">\n')
    self.body.append(f"<summary>{self.encode(node['prompt_show'])}</summary>\n")


def setup(app):
    app.connect("config-inited", lambda app, config: config.templates_path.append(str(Path(__file__).parent / "templates")))
    app.connect("builder-inited", stop_at_broken_sources)
    app.connect("html-page-context", give_words)
    app.connect("html-page-context", keep_used_files, priority=900)
    app.connect("html-page-context", name_the_folds, priority=900)
    app.connect("build-finished", keep_used_icons)
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_HideCellInput))
    app.add_directive("course-map", CourseMap)
    app.add_directive("chapter-sources", ChapterSources)
    app.connect("doctree-resolved", list_sources)
    app.add_directive("glossary-table", GlossaryTable)
    app.add_directive("my-progress", MyProgress)
    app.add_config_value("practicum_edition", "learner", "html")
    app.connect("html-page-context", open_solutions, priority=900)
    app.add_directive("timetable", Timetable)
    app.add_directive("portfolio", Portfolio)
    app.connect("html-page-context", add_portfolio_files)
    app.add_directive("measures", Measures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
