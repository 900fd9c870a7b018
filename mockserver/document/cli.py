"""`spec bundle` and `spec lint`: 0 all well, 1 lint has something to say, 2 the sources can't be bundled."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver.document.errors import DocumentError

if TYPE_CHECKING:
    import argparse

DEFAULT_SPEC = Path("spec/invoiceninja-v5")


def add_spec_commands(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], spec: Path = DEFAULT_SPEC
) -> None:
    """Adds `bundle` and `lint` to a parser; each sets `run`, a function from arguments to exit code.

    `spec` is the folder that is taken when the caller names none.
    """
    commands = (
        ("bundle", bundle_command, "write openapi.yaml and openapi.json from source/"),
        ("lint", lint_command, "check source/ and the document"),
    )
    for name, run, text in commands:
        parser = subparsers.add_parser(name, help=text, description=text)
        parser.add_argument(
            "--spec",
            type=Path,
            default=spec,
            metavar="DIR",
            help="folder that holds source/ (default: %(default)s)",
        )
        parser.add_argument(
            "--draft", action="store_true", help="go on when files break the vocabulary or name what is not written yet"
        )
        parser.set_defaults(run=run)


def bundle_command(args: argparse.Namespace) -> int:
    """Writes the document next to source/."""
    from mockserver.document.bundle import source_problems, write  # `serve` shares the command line, not this
    from mockserver.document.sources import read

    try:
        document = write(args.spec / "source", args.spec, draft=args.draft)
        warnings = source_problems(read(args.spec / "source")) if args.draft else []
    except DocumentError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    for warning in warnings:
        sys.stderr.write(f"warning: {warning}\n")
    operations = sum(len(item) for item in document["paths"].values())
    sys.stdout.write(
        f"{args.spec / 'openapi.yaml'}: {operations} operations, {len(document['components']['schemas'])} schemas\n"
    )
    return 0


def lint_command(args: argparse.Namespace) -> int:
    """Prints one problem a line."""
    from mockserver.document.bundle import bundle
    from mockserver.document.lint import lint  # heavy validators, only wanted here

    source = args.spec / "source"
    try:
        problems = lint(bundle(source, draft=args.draft), source)
    except DocumentError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{len(problems)} problem{'s' if len(problems) != 1 else ''}\n")
    return 1 if problems else 0
