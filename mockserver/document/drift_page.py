"""docs/drift.md: the differences that a comparison finds and those that a person noted, as one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document.drift import Difference, counts, differences
from mockserver.document.errors import DocumentError, did_you_mean
from mockserver.document.sources import load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEAD = """\
# Drift

Where what is written about the API and what the service does disagree. "Published" is the OpenAPI document of the
service's makers ({published}), "guide" their pages for developers, "service" the behaviour of version {version}.
**The mock and its document follow the service**, except where the last section says otherwise.

`mockserver spec drift` makes this page from the document, from the facts of the published one in
`spec/invoiceninja-v5/drift/`, and from the notes beside them; a test keeps it fresh.
"""
_WHERE = ("operation or schema", "written", "service")


def page(document: dict[str, Any], published: dict[str, Any], notes: dict[str, Any]) -> str:
    """The page as Markdown. Raises DocumentError for notes about a section that is no tag of the document."""
    tags = [tag["name"] for tag in document["tags"]]
    for name in notes["sections"]:
        if name not in tags:
            raise DocumentError("drift/notes.yaml: sections", f"`{name}`", "a tag", did_you_mean(name, tags))
    rows = differences(document, published)
    sums = [
        (what.replace("there", f"in {published['version']}"), str(number))
        for what, number in _told(document, published)
    ]
    parts = [
        HEAD.format(published=published["version"], version=document["info"]["version"]),
        "## In numbers\n\n" + table(("what", "how many"), sums),
        "## All operations\n\n" + table(("what", "written", "service"), notes["everywhere"]),
    ]
    for name in [*tags, ""]:
        found = [_row(each) for each in rows if each.section == name]
        noted = notes["sections"].get(name, [])
        if found or noted:
            parts.append(f"## {name.capitalize() or 'Elsewhere'}\n\n" + table(_WHERE, [*found, *noted]))
    parts.append(
        "## Where the mock differs from the service\n\n" + table(("what", "service", "mock", "why"), notes["mock"])
    )
    return "\n".join(parts)


def read_page(folder: Path, document: dict[str, Any]) -> str:
    """The page of a document folder, which holds drift/published.json and drift/notes.yaml."""
    import json

    published = json.loads((folder / "drift" / "published.json").read_text("utf-8"))
    return page(document, published, load_yaml(folder / "drift" / "notes.yaml"))


def _told(document: dict[str, Any], published: dict[str, Any]) -> Iterable[tuple[str, int]]:
    return counts(document, published).items()


def _row(row: Difference) -> tuple[str, str, str]:
    where = row.where if row.where.startswith("`") else f"`{row.where}`"
    return where, f"published: {row.published}" if row.published else "", row.service


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
