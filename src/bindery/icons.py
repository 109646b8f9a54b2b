"""Cut the theme's icon fonts and their style rules down to the icons that the book uses: 300 KB less on a first visit."""

import logging
import re
from pathlib import Path

# fontTools reports every glyph that it leaves out, among the lines that a reader of the build needs to see.
logging.getLogger("fontTools").setLevel(logging.WARNING)

FONTS = ("fa-solid-900", "fa-brands-400", "fa-regular-400")
RULE = re.compile(r"((?:\.fa-[\w-]+(?::{1,2}before)?,?)+)\{(?:--fa:|content:)\"\\([0-9a-f]+)\"[^}]*\}")


def keep_used_icons(app, exception):
    """On ``build-finished``: subset fonts and style sheet, if the theme's full ones were just copied."""
    static = Path(app.outdir) / "_static"
    sheet = static / "styles" / "pydata-sphinx-theme.css"
    if exception or not sheet.exists() or len(RULE.findall(sheet.read_text(encoding="utf-8"))) < 200:
        return
    used = _icons_in(Path(app.outdir))
    css, codes = sheet.read_text(encoding="utf-8"), set()

    def keep(match):
        names = set(re.findall(r"\.fa-([\w-]+)", match[1]))
        if names & used:
            codes.add(int(match[2], 16))
            return match[0]
        return ""

    css = RULE.sub(keep, css)
    codes |= {int(code, 16) for code in re.findall(r'"\\([ef][0-9a-f]{3})"', css + _book_theme(static))}
    sheet.write_text(css, encoding="utf-8")
    for name in FONTS:
        for path in static.rglob(f"{name}.woff2"):
            _subset(path, codes)


def _icons_in(outdir):
    pages = [path for path in outdir.rglob("*.html") if "_static" not in path.parts]
    scripts = list((outdir / "_static" / "scripts").glob("*-theme.js"))
    return {name for path in [*pages, *scripts] for name in re.findall(r"\bfa-([\w-]+)", path.read_text(encoding="utf-8"))}


def _book_theme(static):
    return (static / "styles" / "sphinx-book-theme.css").read_text(encoding="utf-8")


def _subset(path, codes):
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=[])
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    subset.save_font(font, str(path), options)
