"""How sources are printed: full references without raw addresses, as plain paragraphs."""

from urllib.parse import urlparse

from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style
from pybtex.style.template import href, optional, sentence


class BookStyle(Style):
    """Authors, title, place, year, and one link with words: the DOI, or else the name of the site."""

    default_sorting_style = "author_year_title"

    def format_web_refs(self, entry):
        if "doi" in entry.fields:
            return sentence[optional[self.format_doi(entry)]]
        if "url" not in entry.fields:
            return sentence[""]
        address = entry.fields["url"]
        site = (urlparse(address).hostname or "").removeprefix("www.")
        return sentence[href(address)[f"At {site}"]]


def visit_citation(self, node):
    # The writer's own gives roles that ARIA has dropped (doc-biblioentry) or that lack their children (list).
    self.body.append(self.starttag(node, "div", CLASS="citation"))


def depart_citation(self, node):
    self.body.append("</div>\n")


def visit_label(self, node):
    # In the text a source is named by author and year, so that a label in the list would say nothing.
    self.body.append("<span hidden>")


def depart_label(self, node):
    self.body.append("</span>")


def setup(app):
    from docutils import nodes

    register_plugin("pybtex.style.formatting", "book", BookStyle)
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    app.add_node(nodes.label, override=True, html=(visit_label, depart_label))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
