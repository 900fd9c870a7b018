"""docs/coverage.md: every operation of the document, what answers it, and which tests and contracts touch it.

What answers is read from the document and the registry of behaviours, what touches from the record that
`pytest --touched` keeps beside the tests, and the cases from their ledger.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from mockserver.behaviours import OPERATIONS
from mockserver.behaviours.core.agreement import check_agreement
from mockserver.content import fixtures_dir
from mockserver.document.drift_page import table
from mockserver.document.errors import DocumentError
from mockserver.document.load import load_document
from mockserver.document.sources import load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mockserver.document.model import Operation

Record = dict[str, dict[str, str]]
"""Operation id -> module -> the statuses that it saw, in one text."""
SWEEPS = "tests/robustness/"
"""Folder whose tests call whatever the document has."""
FAULTY = "tests/contracts/"
"""Folder whose tests call servers that are broken on purpose: they prove nothing about ours."""
SHOWN = 3
"""Test modules that a row names; it counts the others."""
HEAD = """\
# Coverage

Every operation of the document: the function of `mockserver/behaviours/` that answers it, the tests and contracts that
call it, and which of the documented statuses they saw. "Standard" is what many nouns have
(`spec/invoiceninja-v5/source/operations/`). Tests of `tests/robustness` call whatever there is with made-up input:
their statuses count, but a row names other tests, first those that are named for the noun, then those that call few
operations.

`mockserver spec coverage --out docs/coverage.md` makes this page from `tests/touched.json` and
`tests/cases/ledger.yaml`; `tox -e touched` records anew what touches what. Tests keep all of it fresh.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One operation as the page tells it. `kind` is standard or own."""

    operation: Operation
    answer: str
    kind: str
    tests: tuple[str, ...]
    """Modules other than sweeps: those named for the noun first, then those that call the fewest operations."""
    swept: bool
    contracts: tuple[str, ...]
    seen: tuple[str, ...]
    unseen: tuple[str, ...]
    """Documented statuses that nobody saw."""


def rows(operations: Iterable[Operation], record: Record, standard: frozenset[str]) -> list[Row]:
    """A row for each operation, in the order of the document. `standard` holds names of standard operations."""
    calls = Counter(module for modules in record.values() for module in modules)
    made = []
    for operation in operations:
        touched = {each: seen for each, seen in record.get(operation.id, {}).items() if not each.startswith(FAULTY)}
        documented = set(operation.raw["responses"])
        swept = [module for module in touched if module.startswith(SWEEPS)]
        tests = [module for module in touched if module.startswith("tests/") and module not in swept]
        seen = documented & {status for statuses in touched.values() for status in statuses.split()}
        noun = operation.entity.name if operation.entity is not None else operation.raw["tags"][0].rstrip("s")
        function = OPERATIONS[operation.behaviour]
        made.append(
            Row(
                operation,
                f"{function.__module__.rpartition('.')[2]}.{function.__name__}",
                "standard" if operation.behaviour in standard else "own",
                tuple(sorted(tests, key=partial(rank, noun, calls))),
                bool(swept),
                tuple(sorted(module for module in touched if module.startswith("contracts/"))),
                tuple(sorted(seen)),
                tuple(sorted(documented - seen)),
            )
        )
    return made


def rank(noun: str, calls: Mapping[str, int], module: str) -> tuple[bool, int, str]:
    """Where a module stands among those that touch an operation of the noun."""
    return not module.rpartition("/test_")[2].startswith(noun), calls[module], module


def totals(found: Sequence[Row], ledger: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The numbers at the head of the page."""
    kinds = Counter(row.kind for row in found)
    statuses = [(len(row.operation.raw["responses"]), len(row.unseen)) for row in found]
    documented = sum(all_ for all_, _ in statuses)
    run, silent = len(ledger["run"]), len(ledger["not_expressible"])
    told_of = [
        ("operations", len(found)),
        ("... answered by the behaviour of a standard operation", kinds["standard"]),
        ("... answered by one of their own", kinds["own"]),
        ("touched by tests", sum(bool(row.tests) or row.swept for row in found)),
        ("... by tests beyond those that call everything", sum(bool(row.tests) for row in found)),
        ("touched by contracts", sum(bool(row.contracts) for row in found)),
        ("seen to succeed", sum(any(status < "3" for status in row.seen) for row in found)),
        ("documented statuses", documented),
        ("... seen", documented - sum(unseen for _, unseen in statuses)),
        ("cases of the service's own suite and worked examples", run + silent),
        ("... run as tests", run),
        ("... that no call can express", silent),
    ]
    return [(what, str(number)) for what, number in told_of]


def page(
    tags: Sequence[str],
    operations: Iterable[Operation],
    record: Record,
    ledger: Mapping[str, Any],
    standard: frozenset[str],
) -> str:
    """The page as Markdown: totals, cases that are not run, then a table for each tag."""
    found = rows(operations, record, standard)
    parts = [HEAD, "## In numbers\n\n" + table(("what", "how many"), totals(found, ledger))]
    silent = ((f"`{case}`", why) for case, why in ledger["not_expressible"].items())
    parts.append("## Cases that no call can express\n\n" + table(("case", "why"), silent))
    sections: defaultdict[str, list[Row]] = defaultdict(list)
    for row in found:
        sections[row.operation.raw["tags"][0]].append(row)
    head = ("operation", "answered by", "kind", "tests", "contracts", "seen", "not seen")
    parts += [f"## {tag.capitalize()}\n\n" + table(head, map(cells, sections[tag])) for tag in tags if sections[tag]]
    return "\n".join(parts)


def cells(row: Row) -> tuple[str, ...]:
    """A row of a table."""
    path = row.operation.path.removeprefix("/api/v1")
    named = [module.removeprefix("tests/").replace("test_", "") for module in row.tests[:SHOWN]]
    more = len(row.tests) - len(named)
    tests = ", ".join(named) + (f" and {more} more" if more else "") or ("made-up calls only" if row.swept else "none")
    contracts = ", ".join(module.removeprefix("contracts/test_") for module in row.contracts) or "none"
    numbers = (" ".join(row.seen) or "none", " ".join(row.unseen))
    return (f"`{row.operation.method} {path}`", f"`{row.answer}`", row.kind, tests, contracts, *numbers)


def read_page(spec: Path, tests: Path) -> str:
    """The page of a document folder and a folder of tests.

    Raises DocumentError for a file that is not there, StartError for a document that names what is not written.
    """
    record, ledger = tests / "touched.json", tests / "cases" / "ledger.yaml"
    for path in (record, ledger):
        if not path.is_file():
            raise DocumentError(str(path), "no such file", "the record of a checkout", "name the folder by --tests")
    document = load_document(spec / "openapi.json", fixtures_dir() / "statics")
    check_agreement(document)
    standard = frozenset(path.stem for path in (spec / "source" / "operations").glob("*.yaml"))
    tags = [tag["name"] for tag in document.raw["tags"]]
    touched: Record = json.loads(record.read_text("utf-8"))
    return page(tags, document.operations.values(), touched, load_yaml(ledger), standard)
