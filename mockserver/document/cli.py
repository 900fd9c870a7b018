"""`spec bundle`, `lint`, `diff` and `drift`: 0 all well, 1 there is something to say, 2 it can't be done."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockserver.document.errors import DocumentError

if TYPE_CHECKING:
    import argparse

DEFAULT_SPEC = Path("spec/invoiceninja-v5")


def add_spec_commands(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], spec: Path = DEFAULT_SPEC
) -> None:
    """Adds the commands to a parser; each sets `run`, a function from arguments to exit code.

    `spec` is the folder that is taken when the caller names none.
    """
    bundle = _command(subparsers, "bundle", bundle_command, "write openapi.yaml and openapi.json from source/", spec)
    bundle.add_argument("--format", choices=("json", "yaml"), help="write only this form, to standard output or --out")
    bundle.add_argument("--strip-x-mock", action="store_true", help="leave out the facts that only the mock reads")
    bundle.add_argument(
        "--strict-query", action="store_true", help="write the grammar of query parameters as pattern and enum"
    )
    bundle.add_argument("--out", type=Path, metavar="FILE", help="file to write instead of standard output")
    lint = _command(subparsers, "lint", lint_command, "check source/ and the document", spec)
    for parser in (bundle, lint):
        parser.add_argument(
            "--draft", action="store_true", help="go on when files break the vocabulary or name what is not written yet"
        )
    diff = _command(subparsers, "diff", diff_command, "say what changed between two documents, and what breaks clients")
    diff.add_argument("old", type=Path, metavar="OLD", help="document that clients were made from, JSON or YAML")
    diff.add_argument("new", type=Path, metavar="NEW", help="document that takes its place")
    diff.add_argument("--breaking", action="store_true", help="show only what breaks a client")
    drift = _command(
        subparsers, "drift", drift_command, "write how the published reference differs from this one", spec
    )
    drift.add_argument("--out", type=Path, metavar="FILE", help="file to write instead of standard output")


def _command(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Any,
    text: str,
    spec: Path | None = None,
) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    if spec is not None:
        parser.add_argument(
            "--spec", type=Path, default=spec, metavar="DIR", help="folder that holds source/ (default: %(default)s)"
        )
    parser.set_defaults(run=told(run))
    return parser


def told(run: Any) -> Any:
    """The command with its DocumentError as one line and exit code 2."""

    def run_told(args: argparse.Namespace) -> int:
        try:
            return int(run(args))
        except DocumentError as error:
            sys.stderr.write(f"error: {error}\n")
            return 2

    return run_told


def bundle_command(args: argparse.Namespace) -> int:
    """Writes the document next to source/, or one form of it where the caller wants it."""
    from mockserver.document.bundle import bundle, source_problems, write  # `serve` shares the command line, not this
    from mockserver.document.grammar import strict
    from mockserver.document.publish import stripped
    from mockserver.document.sources import read
    from mockserver.document.writing import FORMS

    alone = args.format or args.strip_x_mock or args.strict_query or args.out
    if alone:
        document = bundle(args.spec / "source", draft=args.draft)
        form = args.format or (args.out.suffix.lstrip(".") if args.out else "") or "yaml"
        if form not in FORMS:
            raise DocumentError(
                "spec bundle --out", f"`{args.out}`", "a name that ends in .json or .yaml", "or say --format"
            )
        document = strict(document) if args.strict_query else document
        put(FORMS[form](stripped(document) if args.strip_x_mock else document), args.out)
    else:
        document = write(args.spec / "source", args.spec, draft=args.draft)
    for warning in source_problems(read(args.spec / "source")) if args.draft else []:
        sys.stderr.write(f"warning: {warning}\n")
    if not alone or args.out:
        operations = sum(len(item) for item in document["paths"].values())
        place = args.out or args.spec / "openapi.yaml"
        sys.stdout.write(f"{place}: {operations} operations, {len(document['components']['schemas'])} schemas\n")
    return 0


def lint_command(args: argparse.Namespace) -> int:
    """Prints one problem a line."""
    from mockserver.document.bundle import bundle
    from mockserver.document.lint import lint  # heavy validators, only wanted here

    source = args.spec / "source"
    problems = lint(bundle(source, draft=args.draft), source)
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{len(problems)} problem{'s' if len(problems) != 1 else ''}\n")
    return 1 if problems else 0


def diff_command(args: argparse.Namespace) -> int:
    """Prints one change a line, those that break clients first; 1 when there is such a one."""
    from mockserver.document.diff import changes, read_document

    found = changes(read_document(args.old), read_document(args.new))
    breaking = sum(change.breaking for change in found)
    for change in found:
        if change.breaking or not args.breaking:
            sys.stdout.write(f"{change}\n")
    sys.stdout.write(f"{breaking} breaking, {len(found) - breaking} other\n")
    return 1 if breaking else 0


def drift_command(args: argparse.Namespace) -> int:
    """Writes the page."""
    from mockserver.document.bundle import bundle
    from mockserver.document.drift_page import read_page

    put(read_page(args.spec, bundle(args.spec / "source")), args.out)
    return 0


def put(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DocumentError(str(out), str(error), "a file that can be written", "check the folder") from error
