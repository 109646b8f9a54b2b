"""Who does what, and what comes next: boxes in lanes with arrows between them, and the same as an ordered table."""

from dataclasses import dataclass

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch
from matplotlib.textpath import text_to_path

from practicum.charts.drawing import ACCENT, INK, LINE, PAPER, SOFT, STYLE
from practicum.charts.shown import Chart
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext

# All measures are points: 72 to an inch.
TEXT, SMALL, LEADING, PAD = 12, 10.5, 15, 8
LANE, GUTTER, GAP, HEAD = 158, 26, 30, 34
LABEL_WORDS = 14
FIELDS = ("name", "lane", "text", "who", "what", "when", "kind")


@dataclass(frozen=True)
class Box:
    """One box of a flow chart.

    ``name`` is what arrows call it; ``lane`` the column it stands in; ``text`` the short label drawn, 14 words at most.
    ``what`` is the full text for the table (without it the label stands there), ``who`` the person or body (without it the
    lane), ``when`` a date or a term, ``kind`` "step" or "decision" (drawn with a thick edge).
    """

    name: str
    lane: str
    text: str
    who: str = ""
    what: str = ""
    when: str = ""
    kind: str = "step"


@dataclass(frozen=True)
class _Placed:
    """A box with its number and the place of its middle, in points from the left upper corner."""

    box: Box
    number: int
    lane: int
    row: int
    lines: tuple
    x: float
    y: float
    height: float

    @property
    def top(self):
        return self.y - self.height / 2

    @property
    def bottom(self):
        return self.y + self.height / 2

    def side(self, x):
        """The edge that looks towards ``x``."""
        return self.x + (LANE - GUTTER) / 2 * (1 if x > self.x else -1)


@matplotlib.rc_context(STYLE)
def flow_chart(boxes, arrows=None, *, title, lanes=None, layout="steps", sentence=None):
    """Boxes in lanes with arrows: a procedure, or a driver diagram. Returns a `Chart`.

    ``boxes``: a list of `Box`, or of dictionaries with the same names, in the order in which they are read.
    ``arrows``: a list of pairs (from, to) or triples (from, to, label) with names of boxes; without it each box leads to the
    next one. ``lanes``: the columns from left to right; without it in the order in which the boxes name them.
    ``layout`` "steps": time runs downwards, an arrow back to an earlier box is dashed. ``layout`` "tree": no time; boxes stand
    beside those they are joined to, for example with the lanes aim, drivers, change ideas.

    The table of the chart is its text equivalent: number, who, what, by when (if any box says so), what comes next.
    PracticumError names the box or arrow that does not fit.

    >>> chart = flow_chart([{"name": "ask", "lane": "Family", "text": "Asks for a meeting"},
    ...                     {"name": "meet", "lane": "School", "text": "Meets and decides", "kind": "decision"}], title="A path")
    >>> chart.rows
    (('1', 'Family', 'Asks for a meeting', '2'), ('2', 'School', 'Decision: Meets and decides', 'end'))
    """
    boxes = _as_boxes(boxes)
    lanes = _as_lanes(lanes, boxes)
    arrows = _as_arrows(arrows, boxes)
    if layout not in ("steps", "tree"):
        raise PracticumError(_('There is no layout "{layout}". Choose "steps" or "tree".').format(layout=layout))
    placed, height = (_in_steps if layout == "steps" else _in_tree)(boxes, arrows, lanes)
    figure, axes = _sheet(lanes, height)
    for start, end, label in arrows:
        (_step_arrow if layout == "steps" else _tree_arrow)(axes, placed, placed[start], placed[end], label)
    for one in placed.values():
        _draw_box(axes, one)
    columns, rows = _as_table(placed, arrows, layout)
    return Chart(title, _alt(placed, arrows, lanes, layout), sentence or _sentence(placed, lanes, layout), columns, rows, figure,
                 least_width=0.064 * LANE * len(lanes))


# ---- what is given ----

def _as_boxes(boxes):
    found = [box if isinstance(box, Box) else _as_box(box, number) for number, box in enumerate(boxes, 1)]
    if len(found) < 2:
        raise PracticumError(_("A flow chart needs two boxes at least."))
    names = [box.name for box in found]
    for box in found:
        if names.count(box.name) > 1:
            raise PracticumError(_('Two boxes have the name "{name}". Give each a name of its own.').format(name=box.name))
        if box.kind not in ("step", "decision"):
            raise PracticumError(_('Box "{name}" has the kind "{kind}". Choose "step" or "decision".').format(name=box.name, kind=box.kind))
        if len(box.text.split()) > LABEL_WORDS:
            raise PracticumError(_('The label of box "{name}" has {count} words, and {limit} fit. Put the rest into "what".').format(
                name=box.name, count=len(box.text.split()), limit=LABEL_WORDS))
    return found


def _as_box(entry, number):
    if not isinstance(entry, dict):
        raise PracticumError(_("Box {number} is no list of fields. Give it a name, a lane and a text.").format(number=number))
    for field in ("name", "lane", "text"):
        if not str(entry.get(field) or "").strip():
            raise PracticumError(_('Box {number} has no "{field}". Add it.').format(number=number, field=field))
    unknown = sorted(str(field) for field in entry if field not in FIELDS)
    if unknown:
        raise PracticumError(_('Box "{name}" has fields that nobody reads: {unknown}. The fields are: {fields}.').format(
            name=entry["name"], unknown=", ".join(unknown), fields=", ".join(FIELDS)))
    return Box(**{field: " ".join(str(value).split()) for field, value in entry.items() if value is not None})


def _as_lanes(lanes, boxes):
    lanes = list(lanes or dict.fromkeys(box.lane for box in boxes))
    for box in boxes:
        if box.lane not in lanes:
            raise PracticumError(_('Box "{name}" stands in the lane "{lane}", which is not one of: {lanes}.').format(
                name=box.name, lane=box.lane, lanes=", ".join(lanes)))
    return lanes


def _as_arrows(arrows, boxes):
    names = [box.name for box in boxes]
    if arrows is None:
        arrows = list(zip(names, names[1:]))
    found = []
    for arrow in arrows:
        if isinstance(arrow, str) or len(arrow) not in (2, 3):
            raise PracticumError(_("The arrow {arrow} is none. Give the names of two boxes and, if you like, a label.").format(arrow=arrow))
        start, end, label = (*arrow, "")[:3]
        for name in (start, end):
            if name not in names:
                raise PracticumError(_('The arrow from "{start}" to "{end}": there is no box "{name}". The boxes are: {names}.').format(
                    start=start, end=end, name=name, names=", ".join(names)))
        if start == end:
            raise PracticumError(_('The arrow at "{name}" leads to the same box. Let it lead to another one.').format(name=start))
        found.append((start, end, label or ""))
    return found


# ---- where each box stands ----

def _wrapped(text, width, size):
    """The text cut into lines that are not wider than ``width`` points."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _width(text, size):
    return text_to_path.get_text_width_height_descent(text, FontProperties(family="DejaVu Sans", size=size), False)[0]


def _lines(box, number):
    """The lines of a box, each with its size: number and label, then the term."""
    width = LANE - GUTTER - 2 * PAD
    label = [(line, TEXT) for line in _wrapped(f"{number} {box.text}", width, TEXT)]
    return tuple(label + [(line, SMALL) for line in (_wrapped(box.when, width, SMALL) if box.when else ())])


def _in_steps(boxes, arrows, lanes):
    """Each box in a row below those that lead to it; an arrow against the order of the boxes does not count."""
    order = {box.name: number for number, box in enumerate(boxes)}
    rows, taken = {}, set()
    for box in boxes:
        row = 1 + max((rows[start] for start, end, _label in arrows if end == box.name and order[start] < order[end]), default=-1)
        while (row, box.lane) in taken:
            row += 1
        rows[box.name] = row
        taken.add((row, box.lane))
    lines = {box.name: _lines(box, number) for number, box in enumerate(boxes, 1)}
    tall = {row: max(_height(lines[name]) for name in rows if rows[name] == row) for row in set(rows.values())}
    placed, y = {}, HEAD
    for row in sorted(tall):
        for number, box in enumerate(boxes, 1):
            if rows[box.name] == row:
                lane = lanes.index(box.lane)
                height = _height(lines[box.name])
                placed[box.name] = _Placed(box, number, lane, row, lines[box.name], (lane + 0.5) * LANE, y + (GAP + height) / 2, height)
        y += tall[row] + GAP
    return {box.name: placed[box.name] for box in boxes}, y


def _height(lines):
    return LEADING * len(lines) + 2 * PAD


def _in_tree(boxes, arrows, lanes):
    """Each box at the middle height of those in the next lane that it is joined to, and never on its neighbour."""
    lines = {box.name: _lines(box, number) for number, box in enumerate(boxes, 1)}
    height, middle = {name: _height(lines[name]) for name in lines}, {}
    for lane in reversed(lanes):
        free = HEAD
        for box in (box for box in boxes if box.lane == lane):
            joined = [middle[other] for start, end, _label in arrows for other in (start, end)
                      if box.name in (start, end) and other != box.name and other in middle]
            wanted = sum(joined) / len(joined) if joined else 0
            middle[box.name] = max(wanted, free + GAP / 4 + height[box.name] / 2)
            free = middle[box.name] + height[box.name] / 2 + GAP / 4
    placed = {box.name: _Placed(box, number, lanes.index(box.lane), 0, lines[box.name], (lanes.index(box.lane) + 0.5) * LANE,
                                middle[box.name], height[box.name]) for number, box in enumerate(boxes, 1)}
    return placed, max(one.bottom for one in placed.values()) + GAP / 2


# ---- drawing ----

def _sheet(lanes, height):
    width = LANE * len(lanes)
    figure = Figure(figsize=(width / 72, height / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    for number, lane in enumerate(lanes):
        lines = _wrapped(lane, LANE - PAD, TEXT)
        axes.text((number + 0.5) * LANE, HEAD / 2, "\n".join(lines[:2]), ha="center", va="center", fontsize=TEXT, fontweight="bold")
        if number:
            axes.plot([number * LANE] * 2, [4, height - 4], color=LINE, linewidth=1, linestyle=":")
    axes.plot([4, width - 4], [HEAD, HEAD], color=LINE, linewidth=1)
    return figure, axes


def _draw_box(axes, one):
    decision = one.box.kind == "decision"
    axes.add_patch(FancyBboxPatch((one.x - (LANE - GUTTER) / 2, one.top), LANE - GUTTER, one.height, boxstyle="round,pad=0,rounding_size=5",
                                  facecolor=PAPER, edgecolor=ACCENT if decision else SOFT, linewidth=3 if decision else 1.2, zorder=3))
    for number, (line, size) in enumerate(one.lines):
        axes.text(one.x - (LANE - GUTTER) / 2 + PAD, one.top + PAD + LEADING * (number + 0.5), line, fontsize=size, va="center",
                  color=INK, fontstyle="normal" if size == TEXT else "italic", zorder=4)


def _step_arrow(axes, placed, start, end, label):
    way, words_at = _way(placed, start, end)
    xs, ys = zip(*way)
    axes.plot(xs, ys, color=SOFT, linewidth=1.5, solid_joinstyle="round", zorder=2, **({} if end.row > start.row else {"dashes": (4, 3)}))
    axes.plot([end.x], [end.top - 4], "v", color=SOFT, markersize=7, zorder=2)
    if label:
        last = words_at[0] > axes.get_xlim()[1] - LANE / 2
        axes.text(words_at[0] - 12 * last, words_at[1], label, fontsize=SMALL, ha="right" if last else "left", va="center", zorder=2.5,
                  bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1})


def _way(placed, start, end):
    """The corners of an arrow that crosses no box, and the place of its label."""
    def free(lane, first, last):
        return not any(one.lane == lane and first <= one.row <= last for one in placed.values())
    gap = end.top - GAP / 2
    foot, beside = (end.x, end.top), (start.side(end.x), start.y)
    between = range(min(start.lane, end.lane) + 1, max(start.lane, end.lane))
    if end.lane == start.lane and end.row > start.row and free(start.lane, start.row + 1, end.row - 1):
        return [(start.x, start.bottom), foot], (start.x + 6, gap)
    if end.lane != start.lane and end.row > start.row and free(end.lane, start.row, end.row - 1) and all(
            free(lane, start.row, start.row) for lane in between):
        return [beside, (end.x, start.y), foot], (end.x + 6, start.y + SMALL)
    if end.lane != start.lane and end.row > start.row and free(start.lane, start.row + 1, end.row - 1):
        return [(start.x, start.bottom), (start.x, gap), (end.x, gap), foot], (end.x + 6, gap)
    right = end.x > start.x or end.lane == start.lane and start.lane == 0
    gutter = (start.lane + right) * LANE + (-4 if right else 4) * (1 if end.row > start.row else 2)
    edge = start.side(gutter)
    return [(edge, start.y), (gutter, start.y), (gutter, gap), (end.x, gap), foot], (end.x + 6, gap)


def _tree_arrow(axes, placed, start, end, label):
    if start.lane == end.lane:
        tips = ((start.x, start.bottom), (end.x, end.top)) if start.y < end.y else ((start.x, start.top), (end.x, end.bottom))
    else:
        tips = (start.side(end.x), start.y), (end.side(start.x), end.y)
    axes.annotate("", xy=tips[1], xytext=tips[0], zorder=2,
                  arrowprops={"arrowstyle": "-|>", "color": SOFT, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 1})
    if label:
        axes.text((tips[0][0] + tips[1][0]) / 2, (tips[0][1] + tips[1][1]) / 2, label, fontsize=SMALL, ha="center", va="center",
                  zorder=2.5, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1})


# ---- the same in words ----

def _as_table(placed, arrows, layout):
    dated = any(one.box.when for one in placed.values())
    rows = [(str(one.number), one.box.who or one.box.lane, _told(one.box), *([one.box.when] if dated else []), _next(one, placed, arrows))
            for one in placed.values()]
    heads = ((_("step"), _("who"), _("what"), *([_("by when")] if dated else []), _("next step")) if layout == "steps" else
             (_("box"), _("column"), _("what"), *([_("by when")] if dated else []), _("leads to box")))
    return heads, tuple(rows)


def _told(box):
    return _("Decision: {what}").format(what=box.what or box.text) if box.kind == "decision" else box.what or box.text


def _next(one, placed, arrows):
    ways = [(placed[end].number, label) for start, end, label in arrows if start == one.box.name]
    return ", ".join(f"{number} ({label})" if label else str(number) for number, label in sorted(ways)) or _("end")


def _alt(placed, arrows, lanes, layout):
    boxes = list(placed.values())
    kind = _("Flow chart, read from top to bottom.") if layout == "steps" else _("Tree chart, read from left to right.")
    parts = [kind, ngettext("{count} column: {lanes}.", "{count} columns: {lanes}.", len(lanes)).format(count=len(lanes), lanes=", ".join(lanes)),
             " ".join(_("{number} {text} ({place}).").format(number=one.number, text=one.box.text, place=", ".join(filter(None, (one.box.lane, one.box.when))))
                      for one in boxes)]
    decisions = [f"{one.number} {one.box.text}" for one in boxes if one.box.kind == "decision"]
    if decisions:
        parts.append(_("Decisions, drawn with a thick edge: {decisions}.").format(decisions="; ".join(decisions)))
    ways = [(placed[start].number, placed[end].number, label) for start, end, label in arrows]
    parts.append(_("Arrows: {ways}.").format(ways=", ".join(
        (_("{start} to {end} ({label})") if label else _("{start} to {end}")).format(start=start, end=end, label=label)
        for start, end, label in sorted(ways))))
    return " ".join(parts)


def _sentence(placed, lanes, layout):
    boxes = list(placed.values())
    if layout == "tree":
        counts = [(sum(one.box.lane == lane for one in boxes), lane) for lane in lanes]
        return _("Read in one sentence: {counts}, joined by arrows.").format(
            counts=", ".join(_("{count} under “{lane}”").format(count=count, lane=lane) for count, lane in counts))
    decisions = sum(one.box.kind == "decision" for one in boxes)
    return ngettext(
        "Read in one sentence: the way goes in {steps} steps from “{first}” to “{last}”, and {count} of them is a decision.",
        "Read in one sentence: the way goes in {steps} steps from “{first}” to “{last}”, and {count} of them are decisions.", decisions).format(
        steps=len(boxes), first=boxes[0].box.text, last=boxes[-1].box.text, count=decisions)
