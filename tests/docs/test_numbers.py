"""What the README counts is so: operations, all of which answer, and what the document mends of the published one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mockserver.behaviours import OPERATIONS
from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document

CHECKOUT = Path(__file__).resolve().parents[2]
README = CHECKOUT / "README.md"
MENDED = {
    "answers in 5.12.55 of another shape": r"(\d+) answers have another shape",
    "operations in 5.12.55 without any answer body": r"(\d+) operations have no answer body",
    "operations that are only here": r"(\d+) are missing",
    "operations in 5.12.55 that do not exist": r"(\d+) that are there do not exist",
    "fields that are sent but not documented in 5.12.55": r"(\d+) fields that the service sends are missing",
    "fields documented in 5.12.55 but never sent": r"(\d+) are there that it never sends",
}
"""Row of the page of differences -> how the README says it."""


def test_the_readme_says_how_many_operations_there_are_and_all_of_them_answer() -> None:
    operations = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics").operations
    text = " ".join(README.read_text("utf-8").split())
    found = re.search(r"describes all (\d+) operations .+? All of them answer", text)
    assert found, "got no `describes all N operations ... All of them answer` in the README, wanted it"
    assert int(found[1]) == len(operations)
    assert all(operation.behaviour in OPERATIONS for operation in operations.values())


@pytest.mark.parametrize("row", MENDED)
def test_the_readme_counts_what_the_page_of_differences_counts(row: str) -> None:
    counted = re.search(rf"^\| {row} \| (\d+) \|$", (CHECKOUT / "docs" / "drift.md").read_text("utf-8"), re.MULTILINE)
    told = re.search(MENDED[row], " ".join(README.read_text("utf-8").split()))
    assert counted
    assert told
    assert told[1] == counted[1]
