"""The makers' commands: ``python -m bindery build | outputs | check | test | new | slots | adapt | material | bench``."""

import argparse
import subprocess
import sys
from pathlib import Path


def build(options):
    """Refresh stale outputs, then build the book with warnings as errors."""
    from bindery.book import build_book
    return build_book(options.root, getattr(options, "edition", "learner"))


def outputs(options):
    """Run notebooks whose code or data have changed and store their outputs."""
    from bindery.outputs import refresh
    return refresh(options.root, everything=options.all)


def check(options):
    """Explain every breach of the chapter standard, then report on the practice items of the whole book."""
    from bindery.adapt.record import reminders
    from bindery.check import main as check_chapters
    from bindery.new_chapter import blanks
    from bindery.practice_report import main as report_on_items
    worst = max(check_chapters([str(options.root)]), report_on_items(options.root))
    notes = [*blanks(options.root), *reminders(options.root)]
    print(*notes, sep="\n", end="\n" if notes else "")
    return worst


def test(options):
    """Build the book, then run every test, among them that each stored output is what the code gives."""
    return build(options) or subprocess.call([sys.executable, "-m", "pytest", "-q"], cwd=options.root)


def slots(options):
    """List what an edition can swap in each chapter."""
    from bindery.adapt.slots import listing
    from bindery.check import chapter_folders
    print(*listing(chapter_folders(options.root)), sep="\n")
    return 0


def adapt(options):
    """Write an edition with other chapters, names, data, texts and forms: one settings file says which."""
    from bindery.adapt import SettingsError, adapt as write_edition
    output = options.output or options.settings.with_suffix("")
    try:
        told = write_edition(options.settings, options.root, output, update=options.update)
    except SettingsError as error:
        print(error)
        return 1
    print(*told, sep="\n")
    return 0


def new(options):
    """Make the folder of a new chapter, which builds at once; what is to be written is marked."""
    from bindery.new_chapter import new_chapter
    told, done = new_chapter(options.root, options.stem)
    print(*told, sep="\n")
    return 0 if done else 1


def material(options):
    """Make slides, worksheets, answer sheets and questions for Moodle from the chapters."""
    from bindery.material import make_material
    told, done = make_material(options.root, options.chapters)
    print(*told, sep="\n")
    return 0 if done else 1


def bench(options):
    """Measure builds, tests and pages."""
    from bindery.bench import main
    return main(options.root)


def main():
    parser = argparse.ArgumentParser(prog="python -m bindery", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in (build, outputs, check, test, new, slots, adapt, material, bench):
        sub = commands.add_parser(command.__name__, help=command.__doc__)
        sub.set_defaults(run=command)
        if command is outputs:
            sub.add_argument("--all", action="store_true", help="also those whose code and data have not changed")
        if command is build:
            sub.add_argument("--edition", choices=("learner", "instructor"), default="learner",
                             help="instructor: with the instructors' pages, and with all solutions open (default: learner)")
        if command is new:
            sub.add_argument("stem", help="the chapter's short name: small letters and hyphens")
        if command is material:
            sub.add_argument("chapters", nargs="*", help="the chapters (default: all)")
        if command is adapt:
            sub.add_argument("settings", type=Path, help="the settings file of the edition (YAML)")
            sub.add_argument("--output", type=Path, help="the folder to write (default: named like the settings file, beside it)")
            sub.add_argument("--update", action="store_true", help="take later corrections of the original into an edition that is there already")
    options = parser.parse_args()
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
