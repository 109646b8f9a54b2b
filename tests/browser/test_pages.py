"""Every page of the built book, as readers meet it: eyes, keyboard, small screens, no connection."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

import pytest

from bindery.site import SITE, book_pages

PAGES = book_pages()
CHAPTERS = [page for page in PAGES if page.parts[0] == "chapters" and page.stem == page.parts[1]]
LARGEST_CHAPTER_KB = 250


@pytest.fixture(scope="module", params=PAGES, ids=str)
def opened(request, browser):
    """A page opened as by a double-click, with all it asked for and complained about. Tests leave it as it was."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.name, page.requests, page.complaints = request.param, [], []
    page.on("request", lambda sent: page.requests.append(sent.url))
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto((SITE / request.param).as_uri(), wait_until="load")
    yield page
    page.context.close()


def test_the_book_is_built():
    assert PAGES, "There is no built book. Run `make book` or `jupyter-book build .` first."


def test_a_page_asks_nobody_else_and_complains_of_nothing(opened):
    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []
    assert opened.complaints == []


def test_every_picture_is_described_in_words(opened):
    texts = opened.evaluate("""() => [...document.querySelectorAll('article svg[role=img], article img')]
        .map(picture => picture.getAttribute('alt') ?? picture.getAttribute('aria-label') ?? '')""")
    for text in texts:
        assert len(text.split()) >= 8 and not re.search(r"\.(svg|png|jpe?g)$", text), f"{text!r} describes no picture"
    bare = opened.evaluate("""() => [...document.querySelectorAll('article svg:not([role=img])')]
        .filter(picture => !picture.closest('[aria-hidden=true]')).map(picture => picture.outerHTML.slice(0, 100))""")
    assert bare == []


def test_every_chart_comes_with_its_sentence_and_its_table(opened):
    charts = opened.locator("figure.chart").all()
    assert charts or opened.name not in CHAPTERS
    for chart in charts:
        assert len(chart.locator("figcaption").text_content().split()) >= 6
        assert chart.locator("details table tbody tr").count() >= 2
        assert chart.locator("svg[role=img]").count() == 1


def test_headings_start_with_one_title_and_skip_no_level(opened):
    levels = opened.evaluate("[...document.querySelectorAll('article :is(h1,h2,h3,h4,h5,h6)')].map(h => +h.tagName[1])")
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:]))


def test_a_chapter_is_light_to_load(opened):
    size = sum(len(gzip.compress(local(url).read_bytes(), 9)) for url in set(opened.requests) if url.startswith("file:"))
    assert size <= LARGEST_CHAPTER_KB * 1000, f"{opened.name} loads {size / 1000:.0f} KB packed"


def test_the_focus_can_be_seen_wherever_the_tab_key_leads(opened):
    for _step in range(25):
        opened.keyboard.press("Tab")
        element, seen = opened.evaluate("""() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.outerHTML.slice(0, 120), e === document.body || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)] }""")
        assert seen, f"no visible focus on {element}"
    # A button of the theme shows a label while it has the focus: leave the page without it.
    opened.evaluate("document.activeElement.blur()")
    opened.wait_for_function("!document.querySelector('.tooltip')")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_page_has_no_fault_that_axe_finds(opened, axe, mode):
    opened.emulate_media(color_scheme=mode, reduced_motion="reduce")
    opened.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    opened.wait_for_function("mode => document.documentElement.dataset.theme === mode", arg=mode)
    # axe must not measure colours that are still changing, nor text that a late font still moves
    opened.evaluate("""async () => { await document.fonts.ready;
        await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        await Promise.allSettled(document.getAnimations().map(change => change.finished)) }""")
    assert axe(opened) == []


def test_a_page_fits_a_screen_of_320_pixels(opened):
    opened.set_viewport_size({"width": 320, "height": 640})
    width = opened.evaluate("document.documentElement.scrollWidth")
    opened.set_viewport_size({"width": 1280, "height": 900})
    assert width <= 320


@pytest.mark.parametrize("name", CHAPTERS, ids=str)
def test_a_chapter_can_be_read_without_scripts(browser, name):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((SITE / name).as_uri())
    items = page.locator("[data-practice]").all()
    assert items
    for item in items:
        assert item.is_visible() and len(item.inner_text().split()) >= 8
        if item.get_attribute("data-kind") != "do":
            assert item.locator("details").count() >= 1
    page.context.close()


@pytest.mark.parametrize("name", [page for page in PAGES if page.stem == "job-aid"], ids=str)
def test_a_form_prints_on_one_sheet(browser, name):
    page = browser.new_context().new_page()
    page.goto((SITE / name).as_uri())
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    page.context.close()


class Links(HTMLParser):
    """The addresses a page leads to, and the places inside it that can be led to."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.places = [], {"", "top"}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.addresses += [attributes[name] for name in ("href", "src") if attributes.get(name)]
        self.places |= {attributes[name] for name in ("id", "name") if attributes.get(name)}


@pytest.mark.parametrize("name", PAGES, ids=str)
def test_internal_links_lead_somewhere(name):
    source = SITE / name
    for address in Links(source.read_text(encoding="utf-8")).addresses:
        target, place = urldefrag(address)
        if urlparse(target).scheme or target.startswith("//"):
            continue
        path = (source.parent / unquote(urlparse(target).path)).resolve() if urlparse(target).path else source
        assert path.exists(), f"{name} links to {address}, which is not there"
        if place and path.suffix == ".html":
            assert unquote(place) in Links(path.read_text(encoding="utf-8")).places, f"{name}: no place #{place} in {path.name}"


def local(url):
    """The file behind a file: address."""
    return Path(unquote(urlparse(url).path))


def test_the_search_finds_a_word_of_a_chapter(browser):
    page = browser.new_context().new_page()
    page.goto((SITE / "search.html").as_uri() + "?q=median")
    page.wait_for_selector("#search-results li a")
    assert any("Progress monitoring" in title for title in page.locator("#search-results li a").all_inner_texts())
    page.context.close()
