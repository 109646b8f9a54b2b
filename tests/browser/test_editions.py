"""The learners' edition holds no instructor's text; the instructors' edition holds it all, with solutions open and times that add up."""

import re
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from bindery.book import build_book
from bindery.check import chapter_folders
from bindery.editions import CONTENTS, instructor_contents, site
from bindery.page import read_blocks
from bindery.site import SITE, book_pages
from bindery.timetable import FILE, Minutes, rows_of
from practicum.practice import chapter

ROOT = Path(__file__).parents[2]
FOLDERS = chapter_folders(ROOT)
PLANS = yaml.safe_load((ROOT / FILE).read_text(encoding="utf-8"))
every_chapter = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def words(text):
    return " ".join(re.findall(r"\w+", text))


def sentences(path):
    """The longer sentences of a Markdown page, as rows of words."""
    blocks = read_blocks(path.read_text(encoding="utf-8"))
    found = [words(sentence) for block in blocks for sentence in re.split(r"(?<=[.?!])\s", block.text)]
    return [sentence for sentence in found if len(sentence.split()) >= 8]


@pytest.fixture(scope="module")
def learners_pages():
    """All that the learners' site says, page by page, as rows of words; the source notebooks that it offers too."""
    texts = {path: BeautifulSoup((SITE / path).read_text(encoding="utf-8"), "lxml").get_text(" ") for path in book_pages()}
    for path in (SITE / "_sources").rglob("*"):
        if path.is_file():
            texts[path] = path.read_text(encoding="utf-8")
    assert len(texts) > 10, "There is no built book."
    return {path: words(text) for path, text in texts.items()}


@pytest.fixture(scope="module")
def instructors_site():
    assert build_book(ROOT, "instructor") == 0
    return site(ROOT, "instructor")


@pytest.mark.parametrize("page", [*(folder / "instructor.md" for folder in FOLDERS), *sorted((ROOT / CONTENTS).parent.glob("*.md"))],
                         ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_sentence_for_instructors_leaks_into_the_learners_edition(page, learners_pages):
    told = sentences(page)
    assert told
    shared = {sentence for path in ROOT.glob("book/*.md") for sentence in sentences(path)}  # some sentences stand on a page of the book as well
    leaked = [(path, sentence) for path, text in learners_pages.items() for sentence in told if sentence in text and sentence not in shared]
    assert leaked == []


@every_chapter
def test_no_worked_solution_stands_outside_the_practice_items(folder):
    page = BeautifulSoup((SITE / "chapters" / folder.name / f"{folder.name}.html").read_text(encoding="utf-8"), "lxml")
    for item in page.select(".practice"):
        item.decompose()
    text = words(page.get_text(" "))
    solutions = [(item.id, words(item.texts.plain(item.entry["solution"], item.place))) for item in chapter(folder.name, folder) if "solution" in item.entry]
    assert solutions and [name for name, solution in solutions if len(solution.split()) >= 5 and solution in text] == []


@every_chapter
def test_the_instructors_edition_shows_the_chapters_page_and_opens_its_solutions(folder, instructors_site):
    guide = BeautifulSoup((instructors_site / "chapters" / folder.name / "instructor.html").read_text(encoding="utf-8"), "lxml")
    assert "What to swap to make it local" in guide.get_text(" ") and len(guide.select("table")) >= 3
    page = BeautifulSoup((instructors_site / "chapters" / folder.name / f"{folder.name}.html").read_text(encoding="utf-8"), "lxml")
    solutions = page.select("details[data-part=solution], details[data-part=model]")
    assert solutions and all(fold.has_attr("open") for fold in solutions)
    assert not page.select("[data-part=locked]")


def test_in_a_browser_the_solutions_of_the_instructors_edition_can_be_seen(instructors_site, page, axe):
    stem = FOLDERS[0].name
    page.goto((instructors_site / "chapters" / stem / f"{stem}.html").as_uri())
    assert page.locator("[data-part=solution]").first.is_visible()
    for name in (f"chapters/{stem}/instructor.html", "book/instructors/timetables.html", "index.html"):
        page.goto((instructors_site / name).as_uri())
        page.wait_for_timeout(300)
        assert axe(page) == []


def test_every_page_for_instructors_is_in_the_contents_of_their_edition():
    named = [entry["file"] for part in instructor_contents(ROOT)["parts"] for entry in part["chapters"] if "instructors" in entry["file"]]
    assert sorted(named) == sorted(f"book/instructors/{path.stem}" for path in (ROOT / CONTENTS).parent.glob("*.md"))


# ---- timetables ----

@pytest.mark.parametrize("name", PLANS)
def test_a_timetable_adds_up_from_the_minutes_that_the_chapters_state(name):
    rows, total = rows_of(PLANS[name], ROOT)
    entries = [entry for day in PLANS[name]["days"] for entry in day]
    expected = 0
    for entry in entries:
        if "chapter" in entry:
            expected += entry["route"]
            assert entry["route"] in Minutes(ROOT / "chapters" / entry["chapter"]).routes
        elif "study" in entry:
            minutes = Minutes(ROOT / "chapters" / entry["study"])
            expected += minutes.read + minutes.practise
        else:
            expected += entry.get("minutes", 0)
    assert len(rows) == len(entries) and total == expected
    # By the clock, each row of a day begins when the one before it ends.
    for before, after in zip(rows, rows[1:]):
        if before[1] and before[0] == after[0]:
            assert _minutes(after[1]) - _minutes(before[1]) == before[3]


def _minutes(clock):
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


def test_a_route_that_a_chapter_does_not_have_is_named():
    with pytest.raises(ValueError, match="has no route of 77 minutes"):
        rows_of({"days": [[{"chapter": FOLDERS[0].name, "route": 77}]]}, ROOT)
