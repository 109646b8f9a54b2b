"""What all drawings share: colours that follow the page, the style of the lines, the way from a figure to SVG."""

import html
import re
import zlib

from matplotlib.figure import Figure

INK, ACCENT, THINK, SOFT, LINE, PAPER = "#1c2833", "#0b5f6b", "#8a4b08", "#4a5560", "#cbbfa6", "#fffdf8"

# In a page the drawing follows light and dark mode; anywhere else the colour after the comma is used.
PAGE_COLOURS = {
    INK: "currentColor",
    ACCENT: f"var(--ip-accent, {ACCENT})",
    THINK: f"var(--ip-think, {THINK})",
    SOFT: f"var(--ip-soft, {SOFT})",
    LINE: f"var(--ip-line, {LINE})",
    PAPER: f"var(--ip-paper, {PAPER})",
}
STYLE = {
    "svg.fonttype": "none",        # text stays text: smaller, sharper, in the font of the page
    "svg.hashsalt": "practicum",   # the same data give the same file
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that every machine lays out alike
    "font.size": 11,
    "text.color": INK, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK,
    "axes.edgecolor": SOFT, "axes.linewidth": 0.8, "axes.grid": True, "axes.axisbelow": True,
    "axes.spines.top": False, "axes.spines.right": False,
    "grid.color": LINE, "grid.linewidth": 0.6,
    "figure.facecolor": "none", "axes.facecolor": "none", "savefig.facecolor": "none",
    "lines.linewidth": 1.8, "lines.markersize": 7,
    "legend.frameon": False, "legend.fontsize": 10.5, "legend.handlelength": 2.6,
}


def axes_with(x_label, y_label, *, height=3.9):
    figure = Figure(figsize=(6.4, height), layout="constrained")
    axes = figure.subplots()
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    return figure, axes


def for_page(svg, alt, least_width=None):
    """The SVG as a web page needs it: described, without a fixed size, in the page's colours, with identifiers of its own."""
    svg = svg[svg.index("<svg"):]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    prefix = f"c{zlib.crc32(svg.encode()):08x}"
    # The drawing program names every group alike in every figure: keep only the names that are referred to, made unique.
    used = set(re.findall(r"(?:url\(|href=\")#([^\")]+)", svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{prefix}-{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r"(url\(#|href=\"#)", rf"\1{prefix}-", svg)
    svg = re.sub(r"font: ([\d.]+px) [^;\"]+", r"font: \1 sans-serif", svg)
    for colour, page_colour in PAGE_COLOURS.items():
        svg = svg.replace(colour, page_colour)
    box = re.search(r'viewBox="[^"]+"', svg)[0]
    style = f' style="min-width:{least_width:g}rem"' if least_width else ""
    svg = re.sub(r"<svg[^>]*>", f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {box}{style} '
                 f'role="img" aria-label="{html.escape(alt)}">', svg, count=1)
    return re.sub(r"\n\s*", "\n", svg).strip()
