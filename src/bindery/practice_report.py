"""The practice items of the whole book at a glance: could one guess right without reading, and is each objective served?

``python -m bindery.practice_report [FOLDER]`` prints it for the book in the folder.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bindery.check import chapter_folders
from bindery.page import Chapter
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.practice import chapter as open_practice

# A pattern can be told from chance only when there are some items to see it in.
FEWEST_ITEMS, LARGEST_SHARE = 5, 0.4


@dataclass(frozen=True)
class Row:
    """One practice item. Of an item with one answer also where the right option stands, counted from 1, and whether it
    is longer than every other; None for other kinds."""

    chapter: str
    id: str
    objective: str
    kind: str
    minutes: int
    position: int | None = None
    longest: bool | None = None


def report(folders):
    """The rows of all items in these chapter folders, and what is to be mended, a list of sentences."""
    rows, breaches = [], []
    for folder in map(Path, folders):
        try:
            own = [_row(item) for item in open_practice(folder.name, folder)]
        except PracticumError as error:
            breaches.append(str(error))
            continue
        rows += own
        breaches += _unserved(folder, own)
    return rows, [*breaches, *_guessable([row for row in rows if row.kind == "one"])]


def _row(item):
    place = {}
    if item.kind == "one":
        right = [option_right for _text, option_right in item.options].index(True)
        lengths = [len(text) for text, _right in item.options]
        place = {"position": right + 1, "longest": lengths[right] > max(lengths[:right] + lengths[right + 1:])}
    return Row(item.stem, item.id, item.objective, item.kind, item.minutes, **place)


def _unserved(folder, rows):
    """A sentence for each objective of the chapter that no item serves."""
    chapter, served = Chapter(folder), {row.objective for row in rows}
    if chapter.cells is None:
        yield _("{chapter}: without a notebook that can be read its objectives are not known.").format(chapter=folder.name)
        return
    for objective, _text in chapter.objectives:
        if objective not in served:
            yield _("{chapter}: no practice item serves the objective {objective}. Add one to practice.yml.").format(
                chapter=folder.name, objective=objective)


def _guessable(rows):
    """Sentences on what would let one guess: the right option too often in one position, or too often the longest."""
    if len(rows) < FEWEST_ITEMS:
        return
    for position, count in sorted(Counter(row.position for row in rows).items()):
        if count / len(rows) > LARGEST_SHARE:
            yield _("The right option is number {position} in {count} of {all} items with one answer. "
                    "Move it in some of them, until no position has more than {share:.0%}.").format(
                        position=position, count=count, all=len(rows), share=LARGEST_SHARE)
    longest = sum(row.longest for row in rows)
    if longest / len(rows) > LARGEST_SHARE:
        yield _("The right option is the longest in {count} of {all} items with one answer. "
                "Shorten some, or say more in the others, until it is {share:.0%} or less.").format(
                    count=longest, all=len(rows), share=LARGEST_SHARE)


def _table(rows):
    """The report as lines of text: the items of each chapter, kinds and minutes, positions and lengths."""
    for chapter in dict.fromkeys(row.chapter for row in rows):
        own = [row for row in rows if row.chapter == chapter]
        yield _("{chapter}: {count} items, {minutes} minutes").format(
            chapter=chapter, count=len(own), minutes=sum(row.minutes for row in own))
        for row in own:
            place = "" if row.position is None else _("right option: {position}").format(position=row.position)
            longest = _(", the longest") if row.longest else ""
            yield f"  {row.objective:<6}{row.kind:<9}{row.minutes:>3} min  {row.id:<28}{place}{longest}".rstrip()
    kinds = Counter(row.kind for row in rows)
    yield _("Kinds: {kinds}").format(kinds=", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def main(root="."):
    """Prints the report of the book in ``root``; 1 when something is to be mended, otherwise 0."""
    rows, breaches = report(folder for folder in chapter_folders(root) if (folder / "practice.yml").exists())
    print("\n".join([*_table(rows), *breaches]))
    return int(bool(breaches))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
