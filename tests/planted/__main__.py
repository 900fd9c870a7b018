"""`python -m tests.planted`: serve one fault, list them all, or see which of them the suite catches."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.planted import catalog
from tests.planted.benign import VARIANTS
from tests.planted.fault import LAYERS
from tests.planted.score import Score, score
from tests.planted.worker import served, warm

if TYPE_CHECKING:
    from collections.abc import Sequence


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tests.planted", description=__doc__)
    commands = made.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="serve the mock with one fault until Ctrl-C")
    serve.add_argument("name", help="name of a fault or variant, or healthy")
    serve.add_argument("--port", type=int, default=8080)
    serve.set_defaults(run=serve_command)
    listing = commands.add_parser("list", help="all faults, with the contract that must catch each")
    listing.set_defaults(run=list_command)
    scoring = commands.add_parser("score", help="run the suite on each and tell what it caught")
    scoring.add_argument("--profile", choices=("focused", "quick", "default"), default="focused")
    scoring.add_argument("--layers", nargs="+", default=[], choices=LAYERS)
    scoring.add_argument("--only", nargs="+", default=[], metavar="TEXT", help="faults with this in their names")
    scoring.add_argument("--seeds", nargs="+", type=int, default=[1])
    scoring.add_argument("--jobs", type=int, default=2)
    scoring.add_argument("--no-benign", action="store_true", help="leave the variants that break nothing out")
    scoring.add_argument("--no-faults", action="store_true", help="run only the healthy server and the variants")
    scoring.add_argument("--limit", type=float, default=0, metavar="SECONDS", help="the longest that one run may take")
    scoring.add_argument("--json", type=Path, metavar="FILE", help="write the outcomes there too")
    scoring.set_defaults(run=score_command)
    return made


def serve_command(told: argparse.Namespace) -> int:
    server = served(catalog.named(told.name), warm(), told.port)
    sys.stdout.write(f"{told.name} on {server.url}\n")
    sys.stdout.flush()
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
    server.stop()
    return 0


def list_command(_: argparse.Namespace) -> int:
    for each in (*catalog.FAULTS, *VARIANTS):
        words = f"{each.layer:9}{each.operator:34}{each.contract:28}{each.name}"
        sys.stdout.write(f"{words}{f' ({each.trigger})' if each.trigger else ''}\n")
    return 0


def score_command(told: argparse.Namespace) -> int:
    faults = [] if told.no_faults else catalog.chosen(told.layers, told.only)
    variants = [] if told.no_benign or told.only or told.layers else list(VARIANTS)
    found = Score(told.profile)
    for job, outcome in score(faults, variants, told.profile, told.seeds, told.jobs, told.limit):
        found.add(job, outcome)
        sys.stdout.write(found.line(job, outcome))
        sys.stdout.flush()
    sys.stdout.write(found.table())
    if told.json:
        told.json.write_text(json.dumps([asdict(each) for _, each in found.results], indent=1), "utf-8")
    return 0 if found.good else 1


def main(words: Sequence[str] | None = None) -> int:
    """Gives the exit code: 0 when all faults are caught and nothing else is complained about."""
    arguments = parser()
    told = arguments.parse_args(words)
    try:
        code: int = told.run(told)
    except ValueError as error:
        arguments.error(str(error))
    return code


if __name__ == "__main__":
    sys.exit(main())
