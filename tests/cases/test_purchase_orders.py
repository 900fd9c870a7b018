"""Purchase orders: taken with any spare fields, numbered once, found by their state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.fixture
def body(vendor: JSON) -> JSON:
    """What a form sends: numbers for texts and booleans, fields that nobody may write, one that does not exist."""
    values = {f"custom_value{number}": 0 for number in range(1, 5)}
    return {
        "status_id": 1, "discount": 0, "is_amount_discount": 1, "number": "34343xx43", "public_notes": "notes",
        "is_deleted": 0, **values, "status": 1, "vendor_id": vendor["id"],
    }  # fmt: skip


def test_an_order_with_spare_fields_is_taken(shop: Shop, body: JSON) -> None:
    """testPostNewPurchaseOrder."""
    made = record(shop.post("purchase_orders", body))
    assert (made["number"], made["public_notes"], made["status_id"], made["is_amount_discount"]) == (
        "34343xx43",
        "notes",
        "1",
        True,
    )


def test_a_number_is_taken_once(shop: Shop, body: JSON) -> None:
    """testPurchaseOrderUpdate: the order itself may be sent with it again, a second one may not."""
    made = record(shop.post("purchase_orders", {**body, "number": ""}))
    sent = {**body, "number": "3434343"}
    found = [record(shop.put(f"purchase_orders/{made['id']}", sent))["number"] for _ in range(2)]
    assert found == ["3434343"] * 2
    assert shop.but(X_Requested_With=None).post("purchase_orders", sent).status_code == 302
    assert list(errors(shop.post("purchase_orders", sent))) == ["number"]


def test_sent_orders(shop: Shop, body: JSON) -> None:
    """testPurchaseOrderGetWithClientStatus; a word with an id behind it is no state that anybody has."""
    sent = record(shop.post("purchase_orders?mark_sent=true", {**body, "number": "a"}))
    record(shop.post("purchase_orders", {**body, "number": "b"}))
    assert shop.ids("purchase_orders", client_status="sent") == [sent["id"]]
    assert shop.get("purchase_orders", client_status=f"sent{sent['id']}").status_code == 200


def test_an_order_is_downloaded_by_the_key_of_its_invitation(shop: Shop, body: JSON) -> None:
    """testPurchaseOrderDownloadPDF."""
    made = record(shop.post("purchase_orders", body))
    answer = shop.get(f"purchase_order/{made['invitations'][0]['key']}/download")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert "34343xx43.pdf" in answer.headers["content-disposition"]
