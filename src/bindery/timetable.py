"""``{timetable} NAME``: a timetable of ``book/instructors/timetables.yml``, its times computed from the chapters' routes."""

import html
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from bindery.check import _guide_tables, _minutes, _sums
from bindery.page import Chapter
from practicum.i18n import gettext as _

FILE = Path("book/instructors/timetables.yml")


@dataclass
class Minutes:
    """What the pages of a chapter say of its minutes: reading, practising, and the sums of its routes."""

    folder: Path

    @cached_property
    def chapter(self):
        return Chapter(self.folder)

    @property
    def title(self):
        return next(block.text for block in self.chapter.blocks if block.kind == "heading")

    @property
    def read(self):
        return _minutes(self.chapter, r"read(?:ing)?")

    @property
    def practise(self):
        return _minutes(self.chapter, r"practi[sc](?:e|ing)")

    @property
    def routes(self):
        return [total for table in _guide_tables(self.chapter.guide) for total in _sums(table)]


def rows_of(plan, root):
    """The rows (time, what, minutes) of one plan and its sum of minutes without breaks.

    A plan has ``days``: lists of entries, each ``{chapter, route}``, ``{study}`` (a chapter read and practised alone),
    ``{talk, minutes}`` or ``{break}``; with ``start`` each row gets its time by the clock.
    """
    rows, total = [], 0
    for number, entries in enumerate(plan["days"], 1):
        clock = _clock(plan.get("start"))
        for entry in entries:
            what, minutes, is_break = _entry(entry, root)
            when = "" if clock is None else f"{clock // 60}:{clock % 60:02}"
            rows.append((plan.get("unit", _("Day {number}")).format(number=number), when, what, minutes))
            total += 0 if is_break else minutes
            clock = None if clock is None else clock + minutes
    return rows, total


def _clock(text):
    if text is None:
        return None
    hours, minutes = re.fullmatch(r"(\d{1,2}):(\d{2})", str(text)).groups()
    return 60 * int(hours) + int(minutes)


def _entry(entry, root):
    """What a row says, its minutes, and whether it is a break."""
    if "break" in entry:
        return _("Break"), entry["break"], True
    if "talk" in entry:
        return entry["talk"], entry["minutes"], False
    stem = entry.get("chapter") or entry["study"]
    minutes = Minutes(Path(root) / "chapters" / stem)
    if "study" in entry:
        return _("{title}, read and practised alone").format(title=minutes.title), minutes.read + minutes.practise, False
    if entry["route"] not in minutes.routes:
        raise ValueError(f"{FILE}: the instructor's page of {stem} has no route of {entry['route']} minutes.")
    return _("{title}, the route of {minutes} minutes").format(title=minutes.title, minutes=entry["route"]), entry["route"], False


class Timetable(SphinxDirective):
    required_arguments = 1

    def run(self):
        root = Path(self.env.srcdir)
        self.env.note_dependency(str(root / FILE))
        plan = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))[self.arguments[0]]
        for entry in (entry for day in plan["days"] for entry in day if "chapter" in entry or "study" in entry):
            stem = entry.get("chapter") or entry["study"]
            for name in (f"{stem}.ipynb", "instructor.md"):
                self.env.note_dependency(str(root / "chapters" / stem / name))
        rows, total = rows_of(plan, root)
        timed = bool(plan.get("start"))
        heads = [plan.get("head", _("Day")), *([_("Begins")] if timed else []), _("What"), _("Minutes")]
        cells = [[day, *([when] if timed else []), what, str(minutes)] for day, when, what, minutes in rows]
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in heads)
        body = "\n".join(f'<tr><th scope="row">{html.escape(row[0])}</th>' + "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:]) + "</tr>"
                         for row in cells)
        caption = _("{title}: {hours} hours and {minutes} minutes of work, breaks not counted").format(
            title=plan["title"], hours=total // 60, minutes=total % 60)
        return [nodes.raw("", f'<div class="scroll-x"><table class="timetable"><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead>'
                              f"<tbody>\n{body}\n</tbody></table></div>", format="html")]
