"""The page of the measures: nothing is left out, every example runs as it is shown, and the page is well built."""

import ast
import doctest
import importlib
import inspect
import re
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from bindery import measures
from bindery.measures import Measures, anchor, call_form, cited, find, split_docstring
from lxml import html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

BOOK = Path(__file__).parents[2] / "book"
PAGE = (BOOK / "measures.md").read_text("utf-8")
ENTRIES = "\n".join(re.findall(r"```\{measures\}\n(.*?)```", PAGE, re.S)).split()
LISTED = [entry for entry in ENTRIES if "." in entry]
MODULES = ["access", "behaviour", "comparison", "documents", "goals", "groups", "improvement", "instruction", "observation",
           "privacy", "progress", "screening", "single_case", "streams", "synthetic", "text"]


def public_names(module):
    found = importlib.import_module(f"practicum.{module}")
    own = [name for name, value in vars(found).items()
           if name[0] != "_" and getattr(value, "__module__", None) == found.__name__]
    return [f"{module}.{name}" for name in getattr(found, "__all__", own)]


def test_every_public_function_and_record_is_on_the_page_once():
    assert Counter(LISTED) == Counter(name for module in MODULES for name in public_names(module))


def test_every_module_on_the_page_says_what_holds_for_its_measures():
    assert set(ENTRIES) - set(LISTED) | {"goals"} == set(MODULES)


def test_no_two_measures_share_an_anchor():
    assert len({anchor(name) for name in LISTED}) == len(LISTED)


@pytest.mark.parametrize("name", [name for name in LISTED if inspect.isfunction(find(name))])
def test_every_function_has_an_example(name):
    assert ">>> " in split_docstring(name)[1]


@pytest.mark.parametrize("name", LISTED)
def test_what_the_page_shows_of_an_example_runs_alone_and_comes_out(name):
    text, example = split_docstring(name)
    assert text and ">>>" not in text
    test = doctest.DocTestParser().get_doctest(example, {}, name, None, 0)
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def test_the_lines_of_code_in_the_text_of_the_page_run(capsys):
    code, = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    names = {}
    exec(code, names)
    assert capsys.readouterr().out == f"{names['line']}\n"


@pytest.mark.parametrize("name", [name for name in LISTED if inspect.isfunction(find(name))])
def test_the_call_form_is_python_names_all_arguments_and_fits_a_narrow_column(name):
    form = call_form(find(name))
    ast.parse(form)
    assert all(argument in form for argument in inspect.signature(find(name)).parameters)
    assert max(map(len, form.splitlines())) <= 66


def test_an_option_that_must_be_given_is_shown_with_dots():
    assert call_form(find("single_case.pogo")).startswith("pogo(baseline, treatment, goal=..., improvement=None")


def test_words_that_only_hold_a_key_are_no_citation():
    assert cited("pkg_scanner and my_pkg_scan", ["pkg_scan"]) == "pkg_scanner and my_pkg_scan"


def test_a_key_that_runs_on_over_a_line_is_one_citation():
    assert cited("(sen1968tau,\nma2006pem)", ["ma2006pem", "sen1968tau"]) == "{cite:p}`sen1968tau,ma2006pem`"


def test_the_examples_in_the_docstrings_come_out():
    assert doctest.testmod(measures).failed == 0


# ---- the page as Sphinx builds it

SMALL_PAGE = """# Measures

## Did it work?

```{measures}
single_case
single_case.nap
single_case.trend
```

## Records

```{measures}
single_case.Line
screening.Accuracy
```

[To the measure](#practicum-single-case-nap)

```{bibliography}
```
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The small page as HTML, and what Sphinx had to complain about."""
    source = tmp_path_factory.mktemp("source")
    (source / "index.md").write_text(SMALL_PAGE, "utf-8")
    (source / "sources.bib").write_bytes((BOOK / "references.bib").read_bytes())
    settings = {"extensions": ["myst_parser", "sphinxcontrib.bibtex"], "bibtex_bibfiles": ["sources.bib"],
                "bibtex_reference_style": "author_year", "html_theme": "basic"}
    warnings = StringIO()
    with docutils_namespace():
        app = Sphinx(source, None, source / "out", source / "trees", "html", settings, None, warnings)
        app.add_directive("measures", Measures)
        app.build()
    return html.parse(source / "out" / "index.html").getroot(), warnings.getvalue()


def section(page, name):
    found, = page.xpath(f"//section[@id='{anchor(name)}']")
    return found


def test_the_page_is_built_without_complaint(built):
    assert built[1] == ""


def test_a_question_is_a_second_heading_and_a_measure_a_third(built):
    headings = [(heading.tag, heading.text) for heading in built[0].xpath("//section/*[self::h1 or self::h2 or self::h3]")]
    assert headings == [("h1", "Measures"), ("h2", "Did it work?"), ("h3", "single_case.nap"), ("h3", "single_case.trend"),
                        ("h2", "Records"), ("h3", "single_case.Line"), ("h3", "screening.Accuracy")]


def test_a_function_shows_its_call_its_meaning_and_its_example(built):
    nap = section(built[0], "single_case.nap")
    call, example = (block.text_content() for block in nap.xpath(".//pre"))
    assert call.startswith("nap(baseline, treatment, improvement")
    assert example.startswith(">>> from practicum.single_case import nap\n>>> effect = nap(")
    assert nap.xpath("./p")[0].text_content().startswith("Nonoverlap of all pairs: the share")


def test_sources_are_links_to_the_list_of_sources(built):
    nap = section(built[0], "single_case.nap")
    assert "Source: Parker and Vannest [2009]" in nap.text_content()
    assert "parker2009nap" not in nap.text_content()
    targets = {link.get("href")[1:] for link in nap.xpath(".//span[@class='bibtex-citation']//a")}
    assert targets and targets <= set(built[0].xpath("//*/@id"))


def test_words_in_quotation_marks_can_be_typed_as_they_are_shown(built):
    assert 'se: "unbiased"' in section(built[0], "single_case.nap").text_content()


def test_a_record_is_a_link_where_a_function_names_it(built):
    link, = section(built[0], "single_case.trend").xpath(".//p/a[code]")
    assert link.get("href") == f"#{anchor('single_case.Line')}"


def test_a_record_lists_what_it_can_tell(built):
    accuracy = section(built[0], "screening.Accuracy")
    terms = [term.text_content() for term in accuracy.xpath(".//dt")]
    assert "sensitivity" in terms and len(terms) == len(accuracy.xpath(".//dd"))


def test_what_holds_for_all_measures_of_a_module_comes_before_them(built):
    question, = built[0].xpath("//section[@id='did-it-work']")
    assert question.xpath("./p")[0].text_content().startswith("Single-case analysis:")


def test_other_text_can_link_to_a_measure(built):
    link, = built[0].xpath("//a[contains(., 'To the measure')]")
    assert link.get("href") == "#practicum-single-case-nap"
