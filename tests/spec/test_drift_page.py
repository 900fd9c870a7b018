"""docs/drift.md says what the comparison with the published reference finds today."""

from __future__ import annotations

import json
from pathlib import Path

from mockserver.document.drift import counts
from mockserver.document.drift_page import read_page

CHECKOUT = Path(__file__).resolve().parents[2]
SPEC = CHECKOUT / "spec" / "invoiceninja-v5"


def test_the_page_is_fresh() -> None:
    document = json.loads((SPEC / "openapi.json").read_text("utf-8"))
    fresh = (CHECKOUT / "docs" / "drift.md").read_text("utf-8") == read_page(SPEC, document)
    assert fresh, "docs/drift.md is older than the document: run `mockserver spec drift --out docs/drift.md`"


def test_the_numbers_of_the_readme_are_those_of_the_comparison() -> None:
    document = json.loads((SPEC / "openapi.json").read_text("utf-8"))
    published = json.loads((SPEC / "drift" / "published.json").read_text("utf-8"))
    found = counts(document, published)
    section = (CHECKOUT / "README.md").read_text("utf-8").partition("## The document")[2].partition("\n## ")[0]
    for number, words in (
        (found["operations here"], "operations of version"),
        (found["answers there of another shape"], "answers have another shape"),
        (found["operations there without any answer body"], "operations have no answer body"),
        (found["operations that are only here"], "are missing;"),
        (found["operations there that do not exist"], "that are there do not exist"),
        (found["fields that are sent but not documented there"], "fields that the service sends"),
        (found["fields documented there but never sent"], "are there that it never sends"),
    ):
        assert f"{number} {words}" in section, f"got no `{number} {words}` in the README, wanted the number of today"
