"""Every chapter keeps the contract: one test for each chapter and group of rules, so that a failure names both."""

from pathlib import Path

import pytest
from bindery.check import RULES, chapter_folders, check_book, check_group, open_chapter

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = chapter_folders(ROOT)


def opened(folder):
    return open_chapter(folder, ROOT / "book" / "references.bib", ROOT / "book" / "terms.csv")


def test_there_is_a_chapter_to_look_at():
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("group", RULES)
def test_the_chapter_keeps_the_rules_on(group, folder):
    chapter, unread = opened(folder)
    breaches = check_group(chapter, group)
    # What cannot be read escapes the rules, so it fails here.
    told = "\n".join(map(str, [*unread, *chapter.unread, *breaches]))
    assert not told, f"\n{told}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_rule_is_passed_over_because_a_file_is_missing(folder):
    chapter, _unread = opened(folder)
    assert [need for need in ("cells", "items", "guide", "dictionary") if getattr(chapter, need) is None] == []


def test_the_pages_around_the_chapters_keep_the_rules():
    told = "\n".join(str(breach) for breach in check_book(ROOT) if not breach.file.startswith("chapters/"))
    assert not told, f"\n{told}"
