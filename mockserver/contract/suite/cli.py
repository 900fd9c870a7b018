"""`mockserver check URL`: the contract suite on a running server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.options import add_options

if TYPE_CHECKING:
    import argparse


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
    check.add_argument(
        "--clean-up",
        action="store_true",
        help="run nothing, and delete what an interrupted run has left on the server, by its ledger",
    )
    check.add_argument("--junit", metavar="FILE", help="write the results as JUnit XML too")
    check.add_argument("-k", dest="keyword", metavar="WORDS", help="run only contracts whose names match, as in pytest")
    check.add_argument("-n", dest="processes", metavar="N", help="processes to run in; needs pytest-xdist")
    check.add_argument("-x", dest="first", action="store_true", help="stop at the first finding")
    check.set_defaults(run=run)


def run(parsed: argparse.Namespace) -> int:
    """Run the command, whose modules no other command has to load."""
    from mockserver.contract.suite.check import check_command

    return check_command(parsed)
