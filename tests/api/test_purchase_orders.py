"""Purchase orders: totals, invitations of vendor contacts, states, stock and expenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import TODAY, errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

LINE = {"quantity": 2, "cost": 10, "product_key": "BEAM", "notes": "Oak", "tax_name1": "VAT", "tax_rate1": 10}


@pytest.fixture
def vendor(shop: Shop) -> JSON:
    contacts = [{"email": "a@b.co"}, {"email": "c@d.co", "send_email": True}]
    return record(shop.post("vendors", {"name": "Timber", "public_notes": "Gate 3", "contacts": contacts}))


def order(shop: Shop, vendor: JSON, query: str = "", **fields: object) -> JSON:
    return record(shop.post(f"purchase_orders{query}", {"vendor_id": vendor["id"], "line_items": [LINE], **fields}))


def test_a_new_order_is_a_draft_with_totals_number_and_invitations(shop: Shop, vendor: JSON) -> None:
    """R-CALC-1, R-NUM-7, R-SIDE-1 (every contact), R-STAT-34 (notes of the vendor)."""
    made = order(shop, vendor, amount=99, balance=99)
    wanted = {
        "amount": 22,
        "balance": 0,
        "total_taxes": 2,
        "status_id": "1",
        "number": "0001",
        "date": TODAY,
        "public_notes": "Gate 3",
        "entity_type": "purchaseOrder",
        "exchange_rate": 1,
    }
    assert part(wanted, made) == wanted
    invited = [each["vendor_contact_id"] for each in made["invitations"]]
    assert invited == [each["id"] for each in vendor["contacts"]]
    assert "/vendor/purchase_order/" in made["invitations"][0]["link"]
    assert order(shop, vendor, public_notes="Ours")["public_notes"] == "Ours"


def test_terms_and_footer_come_from_the_settings(shop: Shop, vendor: JSON) -> None:
    """R-STAT-34, R-TRIG-5."""
    order(shop, vendor, "?save_default_terms=true", terms="30 days")
    assert shop.company()["settings"]["purchase_order_terms"] == "30 days"
    assert order(shop, vendor)["terms"] == "30 days"


def test_only_listed_contacts_of_the_vendor_are_invited(shop: Shop, vendor: JSON) -> None:
    """R-LIFE-26."""
    wanted = vendor["contacts"][1]["id"]
    made = order(shop, vendor, invitations=[{"vendor_contact_id": wanted}])
    assert [each["vendor_contact_id"] for each in made["invitations"]] == [wanted]
    twice = {"vendor_id": vendor["id"], "invitations": [{"vendor_contact_id": wanted}] * 2}
    assert "invitations.0.vendor_contact_id" in errors(shop.post("purchase_orders", twice))


def test_a_contact_that_leaves_takes_its_invitations_along(shop: Shop, vendor: JSON) -> None:
    """R-SIDE-2."""
    made, kept = order(shop, vendor), vendor["contacts"][0]
    shop.put(f"vendors/{vendor['id']}", {"contacts": [kept]})
    left = shop.show(f"purchase_orders/{made['id']}")["invitations"]
    assert [each["vendor_contact_id"] for each in left] == [kept["id"]]


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"vendor_id": ""}, "vendor_id", "The vendor id field is required."),
        ({"vendor_id": "Opnel5aKBz"}, "vendor_id", "The selected vendor id is invalid."),
        ({"status_id": 6}, "status_id", "The selected status id is invalid."),
        ({"number": "0001"}, "number", "The number has already been taken."),
        (
            {"custom_surcharge1": 1e15},
            "custom_surcharge1",
            "The custom surcharge1 may not be greater than 99999999999999.",
        ),
    ],
)
def test_what_is_sent_is_checked(shop: Shop, vendor: JSON, sent: JSON, field: str, message: str) -> None:
    """R-VAL-5, R-NUM-10."""
    order(shop, vendor)
    assert errors(shop.post("purchase_orders", {"vendor_id": vendor["id"], **sent})) == {field: [message]}


def test_an_order_to_a_deleted_vendor_is_refused(shop: Shop, vendor: JSON) -> None:
    """R-VAL-5."""
    shop.post("vendors/bulk", {"action": "delete", "ids": [vendor["id"]]})
    assert list(errors(shop.post("purchase_orders", {"vendor_id": vendor["id"]}))) == ["vendor_id"]


def test_the_location_is_one_of_the_vendor(shop: Shop, vendor: JSON) -> None:
    location = record(shop.post("locations", {"name": "Yard", "vendor_id": vendor["id"]}))
    assert order(shop, vendor, location_id=location["id"])["location_id"] == location["id"]
    other = shop.location(shop.client())
    sent = {"vendor_id": vendor["id"], "location_id": other["id"]}
    assert errors(shop.post("purchase_orders", sent)) == {"location_id": ["The selected location id is invalid."]}


def test_the_state_may_be_written(shop: Shop, vendor: JSON) -> None:
    """R-VAL-5; the vendor may not change."""
    made = order(shop, vendor, status_id=2, paid_to_date=2)
    assert (made["status_id"], made["balance"]) == ("2", 20)
    path = f"purchase_orders/{made['id']}"
    assert record(shop.put(path, {"status_id": "3"}))["status_id"] == "3"
    other = record(shop.post("vendors", {"name": "B"}))
    assert errors(shop.put(path, {"vendor_id": other["id"]})) == {"vendor_id": ["The selected vendor id is invalid."]}


def test_sending_makes_the_amount_the_balance(shop: Shop, vendor: JSON) -> None:
    """R-STAT-34, R-CALC-14; no due date is filled."""
    made = order(shop, vendor, "?mark_sent=true")
    wanted = {"status_id": "2", "balance": 22, "due_date": ""}
    assert part(wanted, made) == wanted
    assert all(each["sent_date"] for each in made["invitations"])
    changed = record(shop.put(f"purchase_orders/{made['id']}", {"line_items": [{**LINE, "quantity": 1}]}))
    assert (changed["amount"], changed["balance"]) == (11, 11)


def test_the_number_may_wait_for_sending(shop: Shop, vendor: JSON) -> None:
    """R-NUM-7."""
    shop.settings(counter_number_applied="when_sent")
    made = order(shop, vendor)
    assert made["number"] == ""
    assert shop.show(f"purchase_orders/{made['id']}/mark_sent")["number"] == "0001"


@pytest.mark.parametrize(("status", "after"), [("1", "5"), ("2", "5"), ("3", "3"), ("4", "4")])
def test_drafts_and_sent_orders_can_be_cancelled(shop: Shop, vendor: JSON, status: str, after: str) -> None:
    """R-STAT-35."""
    made = order(shop, vendor, status_id=status)
    (each,) = rows(shop.post("purchase_orders/bulk", {"action": "cancel", "ids": [made["id"]]}))
    assert each["status_id"] == after


def test_goods_are_added_to_the_stock_once(shop: Shop, vendor: JSON) -> None:
    """R-STAT-36; a product that is missing gets the cost as its cost since 5.12."""
    beam = shop.product(product_key="BEAM", in_stock_quantity=1)
    made = order(shop, vendor, line_items=[LINE, {"quantity": 5, "cost": 3, "product_key": "NAIL"}])
    assert shop.show(f"purchase_orders/{made['id']}/add_to_inventory")["status_id"] == "4"
    shop.get(f"purchase_orders/{made['id']}/add_to_inventory")
    assert shop.show(f"products/{beam['id']}")["in_stock_quantity"] == 3
    (nail,) = rows(shop.get("products", product_key="NAIL"))
    assert (nail["in_stock_quantity"], nail["cost"], nail["price"]) == (5, 3, 0)


def test_an_order_becomes_an_expense_once(shop: Shop, vendor: JSON) -> None:
    """R-STAT-37."""
    path = f"purchase_orders/{order(shop, vendor)['id']}"
    shown = record(shop.get(f"{path}/expense", include="expense"))
    expense = shown["expense"]
    wanted = {"amount": 20, "tax_name1": "Tax", "tax_amount1": 2, "vendor_id": vendor["id"], "date": TODAY}
    assert part(wanted, expense) == wanted
    assert expense["public_notes"] == "2 x BEAM [ Oak ]\n"
    again = shop.get(f"{path}/expense")
    assert (again.status_code, again.json()["message"]) == (400, "Already converted to an expense.")
    (same,) = rows(shop.post("purchase_orders/bulk", {"action": "expense", "ids": [shown["id"]]}))
    assert same["expense_id"] == expense["id"]


def test_mail_by_get_answers_a_message(shop: Shop, vendor: JSON) -> None:
    """R-EP-11, R-EP-7."""
    path = f"purchase_orders/{order(shop, vendor)['id']}"
    assert shop.get(f"{path}/email").json() == {"message": "email sent"}
    assert shop.show(path)["status_id"] == "2"
    assert shop.get(f"{path}/mark_paid").json()["message"] == "The requested action `mark_paid` is not available."


def test_the_pdf_is_behind_the_key_of_an_invitation(shop: Shop, vendor: JSON) -> None:
    """R-EP-13."""
    key = order(shop, vendor)["invitations"][0]["key"]
    found = shop.get(f"purchase_order/{key}/download")
    assert found.headers["content-type"] == "application/pdf"
    assert shop.get("purchase_order/none/download").json()["message"] == "no record found"
    electronic = shop.get(f"purchase_order/{key}/download_e_purchase_order")
    assert (electronic.status_code, electronic.headers["content-type"]) == (200, "application/xml")
    assert b"<cbc:OrderTypeCode>220</cbc:OrderTypeCode>" in electronic.content
    assert shop.get("purchase_order/none/download_e_purchase_order").json()["message"] == "no record found"


@pytest.mark.parametrize(
    ("params", "numbers"),
    [
        ({"client_status": "draft"}, ["d"]),
        ({"client_status": "sent"}, ["s", "a"]),
        ({"client_status": "accepted,cancelled"}, ["a", "c"]),
        ({"client_status": "all"}, ["d", "s", "a", "c"]),
        ({"filter": "oak"}, ["d", "s", "a", "c"]),
        ({"filter": "timb"}, ["d", "s", "a", "c"]),
        ({"number": "a"}, ["a"]),
    ],
)
def test_the_list_is_filtered(shop: Shop, vendor: JSON, params: JSON, numbers: list[str]) -> None:
    """R-WIRE-32, R-WIRE-20."""
    for number, status, due in (("d", 1, ""), ("s", 2, ""), ("a", 3, "2026-02-01"), ("c", 5, "2025-02-01")):
        order(shop, vendor, number=number, status_id=status, due_date=due)
    assert [each["number"] for each in rows(shop.get("purchase_orders", **params))] == numbers


def test_a_bulk_call_without_matches_says_so(shop: Shop) -> None:
    """R-BULK-7, R-BULK-3."""
    sent = {"action": "archive", "ids": ["Opnel5aKBz"]}
    assert shop.post("purchase_orders/bulk", sent).json() == {"message": "No Purchase Orders Found"}
    assert list(errors(shop.post("purchase_orders/bulk", {**sent, "action": "mark_paid"}))) == ["action"]


def test_what_is_paid_and_a_drafts_balance_may_be_written(shop: Shop, vendor: JSON) -> None:
    """R-VAL-5."""
    path = f"purchase_orders/{order(shop, vendor)['id']}"
    assert record(shop.put(path, {"balance": 7}))["balance"] == 7
    shop.put(path, {"balance": 0})
    shop.get(f"{path}/mark_sent")
    assert record(shop.put(path, {"paid_to_date": 2, "balance": 7}))["balance"] == 20
    assert record(shop.put(path, {"is_deleted": True}))["is_deleted"] is True
    assert shop.put(path, {"po_number": "7"}).status_code == 400


@pytest.mark.parametrize(
    ("status", "paid", "asked", "wanted"),
    [("2", 0, 30, 22), ("2", 4, 30, 18), ("2", 22, 30, 0), ("2", 4, 20, 20), ("5", 0, 30, 0), ("1", 0, 30, 30)],
)
def test_no_more_is_asked_for_first_than_is_open(
    shop: Shop, vendor: JSON, status: str, paid: float, asked: float, wanted: float
) -> None:
    """R-CALC-16: above an amount of 22 it is what is open; a draft keeps what was posted."""
    sent: JSON = {"status_id": status, "paid_to_date": paid, "partial": asked}
    made = order(shop, vendor, **sent)
    assert (made["amount"], made["partial"]) == (22, wanted)
    changed = record(shop.put(f"purchase_orders/{order(shop, vendor)['id']}", sent))
    assert (changed["amount"], changed["partial"]) == (22, wanted)
