"""Documents in the body of a client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import Shop


@pytest.mark.parametrize(("value", "status"), [([], 200), ("wut", 422), (None, 422)])
def test_documents_in_a_body_must_be_a_list(shop: Shop, value: Any, status: int) -> None:
    """testDocumentValidation, testDocumentValidationFails, R-VAL-14."""
    assert shop.post("clients", {"name": "N", "documents": value}).status_code == status


@pytest.mark.parametrize("value", [[], "wut", None])
def test_documents_in_an_update_are_ignored(shop: Shop, value: Any) -> None:
    """Since 5.12; before, text and null were refused (testDocumentValidationPutFails)."""
    client = shop.client()
    changed = record(shop.put(f"clients/{client['id']}", {"name": "N", "documents": value}))
    assert (changed["name"], changed["documents"]) == ("N", [])
