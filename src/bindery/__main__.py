"""The makers' commands: ``python -m bindery build | outputs | check | test | bench``."""

import argparse
import subprocess
import sys
from pathlib import Path


def build(options):
    """Refresh stale outputs, then build the book with warnings as errors."""
    from bindery.book import build_book
    return build_book(options.root)


def outputs(options):
    """Run notebooks whose code or data have changed and store their outputs."""
    from bindery.outputs import refresh
    return refresh(options.root, everything=options.all)


def check(options):
    """Explain every breach of the chapter standard, then report on the practice items of the whole book."""
    from bindery.check import main as check_chapters
    from bindery.practice_report import main as report_on_items
    return max(check_chapters([str(options.root)]), report_on_items(options.root))


def test(options):
    """Build the book, then run every test, among them that each stored output is what the code gives."""
    return build(options) or subprocess.call([sys.executable, "-m", "pytest", "-q"], cwd=options.root)


def bench(options):
    """Measure builds, tests and pages."""
    from bindery.bench import main
    return main(options.root)


def main():
    parser = argparse.ArgumentParser(prog="python -m bindery", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in (build, outputs, check, test, bench):
        sub = commands.add_parser(command.__name__, help=command.__doc__)
        sub.set_defaults(run=command)
        if command is outputs:
            sub.add_argument("--all", action="store_true", help="also those whose code and data have not changed")
    options = parser.parse_args()
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
