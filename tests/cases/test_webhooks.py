"""Webhooks from the first write to the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.clock import EPOCH
from tests.api.shop import record, rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_webhook_is_made_changed_deleted_restored_and_deleted(shop: Shop) -> None:
    """testWebhookPostRoute: the method may be left out on either write."""
    body = {"target_url": "http://hook.com", "event_id": 1, "format": "JSON"}
    record(shop.post("webhooks", body))
    made = record(shop.post("webhooks", {**body, "rest_method": "post"}))
    assert (made["event_id"], made["rest_method"]) == ("1", "post")
    path = f"webhooks/{made['id']}"
    for more in ({}, {"rest_method": "post"}):
        assert record(shop.put(path, {**body, "event_id": 2, **more}))["event_id"] == "2"
    assert record(shop.delete(path))["archived_at"] == EPOCH
    (back,) = rows(shop.post("webhooks/bulk?action=restore", {"ids": [made["id"]]}))
    assert (back["archived_at"], back["is_deleted"]) == (0, False)
    (gone,) = rows(shop.post("webhooks/bulk?action=delete", {"ids": [made["id"]]}))
    assert (gone["archived_at"], gone["is_deleted"]) == (EPOCH, True)
