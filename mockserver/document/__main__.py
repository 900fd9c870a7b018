"""The commands alone: `python -m mockserver.document bundle|lint [--spec DIR] [--draft]`."""

from __future__ import annotations

import argparse
import sys

from mockserver.document.cli import add_spec_commands


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; gives its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m mockserver.document", description="Builds and checks the OpenAPI document."
    )
    add_spec_commands(parser.add_subparsers(required=True, metavar="COMMAND"))
    args = parser.parse_args(arguments)
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(main())
