"""Designs: eleven stock rows, own ones, and templates among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import record, rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_templates_can_be_left_out(shop: Shop) -> None:
    """testDesignTemplatesExcluded."""
    body = {"name": "Own", "is_template": True, "design": {"body": "<p>x</p>"}, "entities": "invoice"}
    made = record(shop.post("designs", body))
    assert [len(rows(shop.get("designs", **query))) for query in ({"template": "false"}, {})] == [11, 12]
    assert made["id"] not in shop.ids("designs", template="false")
