"""What a chart function returns: a drawing with its description, sentence and table; a table; a few named numbers."""

import html
import re
from dataclasses import dataclass, field
from io import BytesIO, StringIO

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from practicum.charts.drawing import STYLE, for_page
from practicum.charts.labels import label_of
from practicum.i18n import gettext as _


@dataclass(frozen=True)
class Chart:
    """A drawing with everything that lets one do without seeing it.

    ``alt`` describes the drawing (kind, axes, pattern, the number that matters); ``sentence`` reads it in one sentence;
    ``columns`` and ``rows`` are the data drawn. ``save(path)`` writes the drawing as PNG or SVG, for a form or a letter.
    ``least_width``: on a narrow screen the drawing keeps at least this width, in rem, and is slid sideways; None for the usual one.
    """

    title: str
    alt: str
    sentence: str
    columns: tuple
    rows: tuple
    figure: Figure = field(repr=False, compare=False)
    least_width: float = field(default=None, repr=False, compare=False)

    def __str__(self):
        return f"{self.title}\n{self.alt}\n{self.sentence}"

    @property
    def anchor(self):
        """The place of the figure in a page, made of its title: "figure-probes-and-goal-line"."""
        return "figure-" + re.sub(r"\W+", "-", self.title.lower()).strip("-")

    def svg(self):
        """The drawing as SVG text for a web page: no fixed size, colours that follow the page, no identifiers to clash."""
        buffer = StringIO()
        with matplotlib.rc_context(STYLE):
            FigureCanvasSVG(self.figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
        return for_page(buffer.getvalue(), self.alt, self.least_width)

    def save(self, path):
        """Write the drawing to ``path`` (PNG on white, 200 dots per inch, or SVG, by the ending of the name)."""
        with matplotlib.rc_context(STYLE):
            self.figure.savefig(path, dpi=200, facecolor="white", metadata={} if str(path).endswith(".png") else {"Date": None})

    def png(self):
        """The drawing as PNG bytes on white, 200 dots per inch."""
        buffer = BytesIO()
        with matplotlib.rc_context(STYLE):
            FigureCanvasAgg(self.figure).print_figure(buffer, format="png", dpi=200, facecolor="white")
        return buffer.getvalue()

    def _repr_html_(self):
        return (
            f'<figure class="chart" id="{self.anchor}" aria-labelledby="{self.anchor}-title">'
            f'<p class="chart-title" id="{self.anchor}-title">{html.escape(self.title)}</p>'
            '<div class="chart-drawing">'
            f"{self.svg()}</div>"
            f'<p class="slide-hint" aria-hidden="true">{html.escape(_("Slide the drawing sideways to see all of it."))}</p>'
            f"<figcaption>{html.escape(self.sentence)}</figcaption>"
            f"<details><summary>{html.escape(_('The data of this figure as a table'))}"
            f'<span class="unseen">: {html.escape(self.title)}</span></summary>'
            f"{table_html(self.columns, self.rows, self.title)}</details></figure>"
        )


@dataclass(frozen=True)
class Table:
    """A small table that a screen reader can walk: a caption, column headings, the first column as row headings."""

    caption: str
    columns: tuple
    rows: tuple

    def __str__(self):
        return "\n".join([self.caption, " | ".join(self.columns), *(" | ".join(map(_cell, row)) for row in self.rows)])

    def _repr_html_(self):
        return table_html(self.columns, self.rows, self.caption)


def table(frame, caption):
    """Show a pandas frame as a `Table`; a missing number is called "not measured", another missing value is left empty."""
    numbers = set(frame.select_dtypes("number").columns)
    rows = tuple(tuple(_("not measured") if name in numbers and value != value else value for name, value in zip(frame.columns, row))
                 for row in frame.itertuples(index=False))
    return Table(caption, tuple(label_of(name) for name in frame.columns), rows)


def table_html(columns, rows, caption):
    """HTML of a table with a caption and headings for columns and rows."""
    head = "".join(f'<th scope="col">{html.escape(str(column))}</th>' for column in columns)
    body = "\n".join(
        f'<tr><th scope="row">{_cell_html(row[0])}</th>'
        + "".join(f"<td>{_cell_html(value)}</td>" for value in row[1:]) + "</tr>"
        for row in rows)
    label = html.escape(caption)
    return (f'<div class="scroll-x"><table><caption>{label}</caption>'
            f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>")


@dataclass(frozen=True)
class Foreign:
    """A text in another language than the page: its ``language`` ("ru") lets a screen reader choose the voice."""

    text: str
    language: str

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Link:
    """A text in a table that leads to the page at ``address``."""

    text: str
    address: str

    def __str__(self):
        return self.text


def _cell(value):
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    return short(value) if isinstance(value, float) else str(value)


def _cell_html(value):
    text = html.escape(_cell(value))
    if isinstance(value, Link):
        return f'<a href="{html.escape(value.address)}">{text}</a>'
    if not isinstance(value, Foreign):
        return text
    direction = ' dir="rtl"' if value.language in ("he", "ar") else ""
    return f'<span lang="{value.language}"{direction}>{text}</span>'


def short(number):
    """A number with one decimal at most: what can be read aloud."""
    return f"{number:.1f}".removesuffix(".0")


def readable(number, *others):
    """A number as text, as fine as its neighbours ask for: two decimals where all are below 10, else one.

    >>> readable(0.426, 3.56), readable(54.4, 40), readable(12.0, 40)
    ('0.43', '54.4', '12')
    """
    known = [abs(value) for value in (number, *others) if value == value]
    text = f"{number:.2f}" if max(known) < 10 else f"{number:.1f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def facts(**numbers):
    """Show named numbers as a small list, for example ``facts(baseline=41, goal=65)``."""
    return Facts(tuple((label_of(name), f"{value:.3g}") for name, value in numbers.items()))


@dataclass(frozen=True)
class Facts:
    """Named numbers, shown as a list."""

    items: tuple

    def __str__(self):
        return "; ".join(f"{name}: {value}" for name, value in self.items)

    def _repr_html_(self):
        terms = "".join(f"<div><dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd></div>" for name, value in self.items)
        return f'<dl class="facts">{terms}</dl>'
