"""``{portfolio}``: what the reader has done in the book, as a portfolio, a certificate and a file that an organiser can sign.

Everything is put together in the reader's browser by ``assets/scripts/portfolio.js``, from the record of practice items that
is kept there; this directive gives it the chapters, their objectives and all words.
"""

import json
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from bindery.check import CHECKED_KINDS
from bindery.page import Chapter
from practicum.i18n import gettext as _
from practicum.practice import chapter as open_practice

CAPSTONE = "action-plan"


class Portfolio(SphinxDirective):
    """The place of the portfolio in a page; without scripts it says what is missing."""

    def run(self):
        self.env.metadata[self.env.docname]["portfolio"] = True
        data = {"chapters": chapters_of(self.env), "capstone": CAPSTONE, "texts": _texts(), "book": {
            "title": self.config.project, "version": self.config.release,
            "address": self.config.html_theme_options.get("repository_url", "")}}
        return [nodes.raw("", portfolio_html(data), format="html")]


def book_practices(env):
    """The `Practice` of every chapter in the book, in the order of the names; the page that asks is made again when one changes."""
    practices = []
    for docname in sorted(env.found_docs):
        file = Path(env.srcdir) / Path(docname).parent / "practice.yml"
        if file.exists() and Path(docname).name == file.parent.name:
            env.note_dependency(str(file))
            env.note_dependency(str(file.parent / f"{file.parent.name}.ipynb"))
            practices.append(open_practice(file.parent.name, folder=file.parent))
    return practices


def chapters_of(env):
    """What the script needs of each chapter: title, objectives, items with kind, minutes and whether the page checks them."""
    return [{"stem": practice.stem, "title": practice.title,
             "objectives": [f"{name} {text}".rstrip(";.") for name, text in Chapter(Path(env.srcdir) / "chapters" / practice.stem).objectives],
             "items": [{"name": item.name, "title": item.title, "minutes": item.minutes, "checked": item.kind in CHECKED_KINDS,
                        "written": item.kind == "write"} for item in practice]}
            for practice in book_practices(env)]


def portfolio_html(data):
    """The form and the empty places that the script fills."""
    script_data = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    labels = {name: escape(text) for name, text in {
        "scripts": _("The certificate is put together by a script in this page, and scripts are switched off here. "
                     "The list of all practice items is on the page My progress."),
        "name": _("Your name, as it should stand on the certificate"),
        "plan": _("Your finished action plan (Word file), if you have one"),
        "answers": _("Put my written answers in. I have read them again: they name no pupil."),
        "print": _("Print, or save as PDF"),
        "save": _("Save the evidence file"),
    }.items()}
    return """<div class="portfolio practice-progress" data-portfolio>
<script type="application/json" data-part="data">{data}</script>
<p data-part="scripts">{scripts}</p>
<form data-live class="portfolio-form" autocomplete="off">
<p><label>{name} <input type="text" data-part="name" maxlength="100" autocomplete="name"></label></p>
<p><label>{plan} <input type="file" data-part="plan" accept=".docx"></label></p>
<p><label class="portfolio-tick"><input type="checkbox" data-part="answers"> {answers}</label></p>
<p class="practice-buttons"><button type="button" data-action="print">{print}</button>
<button type="button" data-action="save">{save}</button></p>
<div role="status" data-part="status"></div>
</form>
<div data-live data-part="certificate" class="certificate"></div>
<div data-live data-part="record" class="portfolio-record"></div>
</div>""".format(data=script_data, **labels)


def add_portfolio_files(app, pagename, templatename, context, doctree):
    """Give the page of the portfolio its script and style; no other page carries them."""
    if app.env.metadata.get(pagename, {}).get("portfolio"):
        app.add_js_file("portfolio.js", priority=900, defer="defer")  # after practice.js, whose record it reads
        app.add_css_file("portfolio.css")


def _texts():
    return {
        "complete": _("Certificate of completion"),
        "begun": _("Record of practice"),
        "nobody": _("(no name given)"),
        "whoDid": _("{name} has worked through the practice items of these chapters of {book}, version {version}."),
        "whoBegan": _("{name} has begun to work with {book}, version {version}. A certificate of completion needs one chapter with all items done."),
        "date": _("Put together on {date}, on the reader's own device."),
        "chapterTable": _("Chapters with all practice items done"),
        "begunTable": _("Chapters with some practice items done"),
        "chapter": _("Chapter"), "checked": _("Answers that the page checked"), "own": _("Written or ticked by the reader"),
        "minutes": _("Minutes planned for it"),
        "count": _("{done} of {all} right in the end"), "ownCount": _("{done} of {all} done"),
        "sum": _("Together: {items} items done, planned for {minutes} minutes."),
        "plan": _("Action plan: the file {file}, {size} bytes, fingerprint (SHA-256) {hash}."),
        "noPlan": _("Action plan: none was named."),
        "meaningTitle": _("What this page certifies, and what it does not"),
        "meaning": [
            _("“Right in the end” means: the script in the page found the answer right, after as many tries, hints and looks at the solution as the reader liked."),
            _("What the reader wrote or ticked was checked by nobody."),
            _("Nobody watched, and nobody checked the name."),
            _("This is no state qualification, no licence and no academic credit, and it does not stand for any course of an institution."),
        ],
        "signature": _("For an organiser who has seen the portfolio: name, place, date, signature"),
        "recordTitle": _("Portfolio"), "can": _("The objectives of this chapter"), "item": _("Practice item"), "state": _("Done"),
        "answer": _("My answer: {title}"),
        "states": {"": _("not yet"), "tried": _("tried"), "done": _("done"), "right": _("right in the end")},
        "nothing": _("There is no answer on this device yet. Do some practice items, and come back."),
        "refused": _("This browser keeps no record, so there is nothing to certify."),
        "planRead": _("The plan {file} was read for its fingerprint. It stays on this device."),
        "planFailed": _("The file {file} cannot be read. Choose it again, or leave it out."),
        "saved": _("The evidence is saved as {file}. It holds your name, the list of items and, if you ticked it, your written answers."),
        "achievement": _("Practice in inclusive education: {chapters}"),
        "achievementText": _("The holder did all practice items of the chapters named, on their own device, with as many tries as they liked. "
                             "Written items were checked by nobody. No state qualification."),
        "criteria": _("All practice items of these chapters are marked as done: {chapters}."),
        "evidenceName": _("Record of practice items"), "planName": _("Action plan"),
        "notice": _("This file is not signed and proves nothing by itself. An organiser who has seen the portfolio can complete “credential” "
                    "with issuer and date and sign it as an Open Badge 3.0."),
    }
