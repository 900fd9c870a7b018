"""The README says how many operations the document has and that all of them answer, and so it is."""

from __future__ import annotations

import re
from pathlib import Path

from mockserver.behaviours import OPERATIONS
from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_readme_says_how_many_operations_there_are_and_all_of_them_answer() -> None:
    operations = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics").operations
    text = " ".join(README.read_text("utf-8").split())
    found = re.search(r"describes all (\d+) operations .+? All of them answer", text)
    assert found, "got no `describes all N operations ... All of them answer` in the README, wanted it"
    assert int(found[1]) == len(operations)
    assert all(operation.behaviour in OPERATIONS for operation in operations.values())
