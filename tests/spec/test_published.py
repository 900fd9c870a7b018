"""The published document is what its sources say today, in both forms, and standard OpenAPI."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from mockserver.document.bundle import bundle
from mockserver.document.writing import to_json, to_yaml

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(path.parent for path in CHECKOUT.glob("spec/*/source"))
FORMS = {"openapi.yaml": to_yaml, "openapi.json": to_json}

pytestmark = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.name))


@pytest.fixture
def document(folder: Path) -> dict[str, Any]:
    return bundle(folder / "source")


@pytest.mark.parametrize("form", FORMS)
def test_the_published_file_is_fresh(folder: Path, document: dict[str, Any], form: str) -> None:
    fresh = (folder / form).read_text("utf-8") == FORMS[form](document)
    assert fresh, f"{folder.name}/{form} is older than its sources: run `mockserver spec bundle`, commit both files"


def test_the_published_file_is_valid_openapi_3_0_3(folder: Path) -> None:
    document = json.loads((folder / "openapi.json").read_text("utf-8"))
    assert document["openapi"] == "3.0.3"
    assert [error.message for error in OpenAPIV30SpecValidator(document).iter_errors()] == []
