"""`python -m bench`: takes the benchmarks and prints the table, or writes it into docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench import calls, large, start, store
from bench.measure import table

if TYPE_CHECKING:
    from collections.abc import Sequence

SUITES = {"calls": calls.run, "start": start.run, "store": store.run, "large": large.run}
HEAD, FOOT = "<!-- table -->\n", "<!-- end of table -->\n"


def machine() -> str:
    """What the numbers were taken on."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"Taken with {python} on {platform.system()}, {platform.machine()}, {os.cpu_count()} CPUs."


def into(page: str, text: str) -> str:
    """The page with the text between its two marks. Raises ValueError when it has none."""
    before, head, rest = page.partition(HEAD)
    _, foot, after = rest.partition(FOOT)
    if not (head and foot):
        raise ValueError(f"got a page without the lines {HEAD!r} and {FOOT!r}, wanted both: add them")
    return f"{before}{head}{text}{foot}{after}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Take the chosen benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "suites", nargs="*", metavar="SUITE", help=f"which benchmarks: {', '.join(SUITES)} (default: all)"
    )
    parser.add_argument("--write", type=Path, metavar="PAGE", help="a Markdown page to put the table into")
    options = parser.parse_args(arguments)
    if unknown := set(options.suites) - set(SUITES):
        parser.error(f"got {', '.join(sorted(unknown))}, wanted some of {', '.join(SUITES)}")
    rows = [row for name in options.suites or SUITES for row in SUITES[name]()]
    text = f"{table(rows)}\n{machine()}\n"
    sys.stdout.write(text)
    if options.write:
        options.write.write_text(into(options.write.read_text(encoding="utf-8"), text), encoding="utf-8")


if __name__ == "__main__":
    main()
