"""What `mockserver check` does: runs pytest on the contracts, or takes away what an interrupted run has left."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from mockserver.content import cache_dir, contracts_dir
from mockserver.contract.calls.tally import Tally
from mockserver.contract.options import FLAGS, Options
from mockserver.contract.reading.spec import Spec
from mockserver.contract.target.server import Target
from mockserver.errors import StartError

if TYPE_CHECKING:
    import argparse

EXITS = {0: 0, 1: 1, 2: 130}
"""Exit codes of pytest that have one of ours: all held, something did not, stopped by Ctrl-C. Any other is a 2."""


def check_command(parsed: argparse.Namespace) -> int:
    """Run the contracts; gives the exit code. Raises StartError."""
    if urlsplit(parsed.url).scheme not in ("http", "https"):
        raise StartError(f"Got {parsed.url!r} for the URL, wanted one that begins with http:// or https://.")
    told = vars(parsed)
    told["base_url"] = parsed.url
    try:
        options = Options.of(lambda flag: told.get(flag[2:].replace("-", "_")))
        spec = Spec.read(options.spec)
        if parsed.clean_up:
            return clean_up(options, spec)
    except (ValueError, ConnectionError) as error:
        raise StartError(str(error)) from None
    words = ["--base-url", parsed.url]
    for flag in FLAGS:
        value = told[flag[2:].replace("-", "_")]
        if value:
            words += [flag] if value is True else [f"{flag}={value}"]
    words += [f"--junitxml={parsed.junit}"] if parsed.junit else []
    words += ["-k", parsed.keyword] if parsed.keyword else []
    words += ["-n", parsed.processes] if parsed.processes else []
    words += ["-x"] if parsed.first else []
    contracts = contracts_dir()
    apart = ["-c", str(contracts / "pytest.ini"), "--rootdir", str(contracts), "--import-mode=importlib"]
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(cache_dir() / "hypothesis"))  # not where we are called
    code = pytest.main([*apart, "-p", "no:cacheprovider", *words, str(contracts)])
    return EXITS.get(int(code), 2)


def clean_up(options: Options, spec: Spec) -> int:
    """Delete what the ledger names; 1 when something can't be deleted. Raises ConnectionError, ValueError."""
    target = Target.at(options.base_url, spec, options, Tally())
    before = len(target.ledger.left())
    left = target.sweep()
    sys.stdout.write(f"{before - len(left)} of {before} records that {options.ledger} names are deleted.\n")
    for noun, hashed in left:
        sys.stdout.write(f"still there: {noun} {hashed}\n")
    return 1 if left else 0
