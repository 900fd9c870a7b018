"""The README says how many operations answer, and that is how many there are."""

from __future__ import annotations

import re
from pathlib import Path

from mockserver.behaviours import OPERATIONS
from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_readme_says_how_many_operations_are_alive() -> None:
    document = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics")
    alive = sum(operation.behaviour in OPERATIONS for operation in document.operations.values())
    found = re.search(r"Of the (\d+) operations it answers (\d+)", README.read_text("utf-8"))
    assert found, "got no sentence `Of the N operations it answers M` in the README, wanted one"
    assert (int(found[1]), int(found[2])) == (len(document.operations), alive)
