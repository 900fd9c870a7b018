"""docs/drift.md says what the comparison with the published reference finds today."""

from __future__ import annotations

import json
from pathlib import Path

from mockserver.document.drift_page import read_page

CHECKOUT = Path(__file__).resolve().parents[2]
SPEC = CHECKOUT / "spec" / "invoiceninja-v5"


def test_the_page_is_fresh() -> None:
    document = json.loads((SPEC / "openapi.json").read_text("utf-8"))
    fresh = (CHECKOUT / "docs" / "drift.md").read_text("utf-8") == read_page(SPEC, document)
    assert fresh, "docs/drift.md is older than the document: run `mockserver spec drift --out docs/drift.md`"
