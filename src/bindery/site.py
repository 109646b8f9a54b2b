"""The pages of the built book."""

from pathlib import Path

SITE = Path.cwd() / "_build" / "html"
# Made by Sphinx, not by us; the search page works only with scripts.
MADE_BY_SPHINX = ("genindex.html", "search.html", "py-modindex.html")


def book_pages(site=SITE):
    """The pages that a reader can reach, as paths inside the site."""
    pages = sorted(path.relative_to(site) for path in site.rglob("*.html") if "_static" not in path.parts and "_sources" not in path.parts)
    return [page for page in pages if page.name not in MADE_BY_SPHINX]
