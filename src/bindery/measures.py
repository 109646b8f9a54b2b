"""The page of the measures: what each one means and an example, from its docstring."""

import importlib
import inspect
import re
import textwrap

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Measures(SphinxDirective):
    """``{measures}``: what the docstrings say about the names in the body, one to a line.

    A function or record (``single_case.nap``) gets a section of its own; of a module (``single_case``) the text is
    shown, which holds for all that follows.
    """

    has_content = True

    def run(self):
        shown = []
        for name in self.content:
            self.env.note_dependency(inspect.getsourcefile(find(name)))
            shown += [self._section(name)] if "." in name else self._paragraphs(inspect.getdoc(find(name)), name)
        return shown

    def _section(self, name):
        measure = find(name)
        text, example = split_docstring(name)
        section = nodes.section("", nodes.title(text=name), ids=[anchor(name)], names=[anchor(name)])
        self.state.document.note_explicit_target(section, section)
        if inspect.isfunction(measure):
            section += nodes.literal_block(text=call_form(measure), language="python")
        section += self._paragraphs(text, name)
        section += self._members(measure, name)
        if example:
            section += nodes.literal_block(text=example, language="pycon")
        return section

    def _paragraphs(self, text, name):
        """The text of a docstring as nodes: its sources are citations, the records that it names are links."""
        found = nodes.Element("", *self.parse_text_to_nodes(cited(text, self._sources())))
        module = name.partition(".")[0]
        for literal in list(found.findall(nodes.literal)):
            record = home_of(module, literal.astext()) if literal.astext()[:1].isupper() else None
            if record and record != name:
                literal.replace_self(nodes.reference("", "", literal.deepcopy(), refid=anchor(record)))
        for paragraph in found.findall(nodes.paragraph):
            # What stands in quotation marks is often an argument to be typed, and Python knows straight ones only.
            paragraph["support_smartquotes"] = False
        return found.children

    def _members(self, measure, name):
        """What a record can tell besides its fields, as a definition list."""
        if inspect.isfunction(measure):
            return []
        members = [(member, inspect.getdoc(value)) for member, value in vars(measure).items()
                   if member[0] != "_" and (isinstance(value, property) or inspect.isfunction(value))]
        items = [nodes.definition_list_item("", nodes.term("", "", nodes.literal(text=member)),
                                            nodes.definition("", *self._paragraphs(text, name)))
                 for member, text in members if text]
        return [nodes.definition_list("", *items)] if items else []

    def _sources(self):
        domain = self.env.get_domain("cite")
        return [entry.key for entry in domain.get_entries(list(domain.bibdata.bibfiles))]


def find(name):
    """The module ``single_case`` of practicum, or the function or record ``single_case.nap``."""
    module, _dot, measure = name.partition(".")
    found = importlib.import_module(f"practicum.{module}")
    return getattr(found, measure) if measure else found


def home_of(module, record):
    """The name under which the page shows a record that ``module`` has or uses; None without such a record.

    >>> home_of("single_case", "Effect"), home_of("single_case", "True")
    ('single_case.Effect', None)
    """
    found = getattr(find(module), record, None)
    home = getattr(found, "__module__", "").split(".")
    return f"{home[1]}.{record}" if inspect.isclass(found) and home[0] == "practicum" and len(home) > 1 else None


def anchor(name):
    """Where a measure is found on the page; records are marked, as capitals make no difference there.

    >>> anchor("progress.growth"), anchor("progress.Growth")
    ('practicum-progress-growth', 'practicum-progress-growth-record')
    """
    record = name.rpartition(".")[2][:1].isupper()
    return nodes.make_id(f"practicum-{name}{'-record' if record else ''}")


def split_docstring(name):
    """The text of a docstring, and its example with the import that it needs ("" without an example)."""
    module, _dot, measure = name.partition(".")
    text, prompt, example = inspect.getdoc(find(name)).partition(">>> ")
    return text.rstrip(), prompt and f">>> from practicum.{module} import {measure}\n>>> {example}"


def call_form(function):
    """How a function is called: all arguments, with ``...`` for the options that must be given.

    >>> call_form(find("single_case.pem"))
    'pem(baseline, treatment, improvement="increase", ties="half")'
    """
    arguments = map(_argument, inspect.signature(function).parameters.values())
    # A line may end after an argument, not inside one.
    unbroken = ", ".join(argument.replace(" ", "\0") for argument in arguments)
    lines = textwrap.wrap(f"{function.__name__}({unbroken})", 66, subsequent_indent="    ", break_on_hyphens=False,
                          break_long_words=False)
    return "\n".join(lines).replace("\0", " ")


def _argument(parameter):
    if parameter.default is parameter.empty:
        return f"{parameter.name}=..." if parameter.kind is parameter.KEYWORD_ONLY else str(parameter)
    default = parameter.default
    return f'{parameter.name}="{default}"' if isinstance(default, str) else f"{parameter.name}={default!r}"


def cited(text, keys):
    """The text with its source keys as citations.

    >>> cited("Ties count (ma2006pem). Source: pkg_scan, ma2006pem.", ["ma2006pem", "pkg_scan"])
    'Ties count {cite:p}`ma2006pem`. Source: {cite:t}`pkg_scan,ma2006pem`.'
    """
    key = rf"\b(?:{'|'.join(map(re.escape, keys))})\b"
    row = rf"{key}(?:,\s+{key})*"

    def citation(match):
        role = "cite:p" if match[1] else "cite:t"
        return f"{{{role}}}`{','.join(re.findall(key, match[0]))}`"

    return re.sub(rf"\(({row})\)|{row}", citation, text)
