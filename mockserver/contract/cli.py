"""`mockserver check URL`: the contract suite on a running server."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mockserver.content import contracts_dir
from mockserver.contract.suite.options import FLAGS, Options, add_options
from mockserver.errors import StartError

if TYPE_CHECKING:
    import argparse

EXITS = {0: 0, 1: 1, 2: 130}
"""Exit codes of pytest that have one of ours: all held, something did not, stopped by Ctrl-C. Any other is a 2."""


def add_check_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`check`, with the options of the suite."""
    text = "test a running server for what the document and the rules say"
    check = commands.add_parser(
        "check",
        help=text,
        description=f"{text[0].upper()}{text[1:]}. A server that is not a mock of ours is only read, unless --allow "
        "says more. Exit codes: 0 all contracts hold, 1 some do not, 2 the run could not be made.",
    )
    check.add_argument("url", metavar="URL", help="where the server is, such as https://staging.example.com")
    add_options(check.add_argument)
    check.add_argument("--junit", metavar="FILE", help="write the results as JUnit XML too")
    check.add_argument("-k", dest="keyword", metavar="WORDS", help="run only contracts whose names match, as in pytest")
    check.add_argument("-n", dest="processes", metavar="N", help="processes to run in; needs pytest-xdist")
    check.add_argument("-x", dest="first", action="store_true", help="stop at the first finding")
    check.set_defaults(run=check_command)


def check_command(parsed: argparse.Namespace) -> int:
    """Run the contracts; gives the exit code. Raises StartError."""
    import pytest

    if urlsplit(parsed.url).scheme not in ("http", "https"):
        raise StartError(f"Got {parsed.url!r} for the URL, wanted one that begins with http:// or https://.")
    told = vars(parsed)
    try:
        Options.of(lambda flag: told.get(flag[2:].replace("-", "_")))
    except ValueError as error:
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
    code = pytest.main([*apart, "-p", "no:cacheprovider", *words, str(contracts)])
    return EXITS.get(int(code), 2)
