"""Stock of products: what invoices take and give back, and who hears of it when little is left (R-EP-56)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.passing import advance
from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def line(key: str, quantity: float = 10, **fields: Any) -> JSON:
    return {"product_key": key, "quantity": quantity, "cost": 1, **fields}


@pytest.fixture
def client(shop: Shop) -> JSON:
    return shop.client()


@pytest.fixture
def beam(shop: Shop) -> JSON:
    """A product of which there are a hundred, of a company that tracks stock."""
    company(shop, track_inventory=True)
    return shop.product(product_key="BEAM", in_stock_quantity=100)


def company(shop: Shop, **changes: Any) -> None:
    own = shop.company()
    record(shop.put(f"companies/{own['id']}", {"settings": own["settings"], **changes}))


def left(shop: Shop, product: JSON) -> int:
    found: int = shop.show(f"products/{product['id']}")["in_stock_quantity"]
    return found


def bulk(shop: Shop, noun: str, action: str, *records: JSON) -> None:
    assert shop.post(f"{noun}/bulk", {"action": action, "ids": [each["id"] for each in records]}).status_code == 200


def test_an_invoice_takes_from_the_stock_and_its_deletion_gives_back(shop: Shop, client: JSON, beam: JSON) -> None:
    made = shop.invoice(client, line("BEAM"))
    seen = [left(shop, beam)]
    for action in ("delete", "restore", "archive", "restore", "cancel"):
        bulk(shop, "invoices", action, made)
        seen.append(left(shop, beam))
    assert seen == [90, 100, 90, 90, 90, 90]


def test_the_routes_for_one_record_do_the_same(shop: Shop, client: JSON, beam: JSON) -> None:
    made = shop.sent(client, line("BEAM", 4))
    assert left(shop, beam) == 96
    record(shop.delete(f"invoices/{made['id']}"))
    assert left(shop, beam) == 100
    record(shop.delete(f"invoices/{made['id']}"))
    assert left(shop, beam) == 100


def test_an_update_moves_the_difference(shop: Shop, client: JSON, beam: JSON) -> None:
    nail = shop.product(product_key="NAIL", in_stock_quantity=5)
    made = shop.invoice(client, line("BEAM"), line("BEAM", 2))
    path, seen = f"invoices/{made['id']}", [(left(shop, beam), left(shop, nail))]
    for lines in ([line("BEAM", 3)], [line("NAIL", 7), line("BEAM", 3)], [line("NAIL", -1)], []):
        record(shop.put(path, {"line_items": lines}))
        seen.append((left(shop, beam), left(shop, nail)))
    record(shop.put(path, {"po_number": "7"}))
    seen.append((left(shop, beam), left(shop, nail)))
    assert seen == [(88, 5), (97, 5), (97, -2), (100, 6), (100, 5), (100, 5)]


def test_a_company_that_does_not_track_stock_keeps_its_numbers(shop: Shop, client: JSON) -> None:
    beam = shop.product(product_key="BEAM", in_stock_quantity=100)
    shop.invoice(client, line("BEAM"))
    assert left(shop, beam) == 100


def test_only_lines_of_products_count(shop: Shop, client: JSON, beam: JSON) -> None:
    """Not work, nor a key that no product or a deleted one has; nothing is made of these."""
    company(shop, update_products=False)
    gone = shop.product(product_key="GONE", in_stock_quantity=5)
    record(shop.delete(f"products/{gone['id']}"))
    before = len(shop.stored("products"))
    shop.invoice(client, line("BEAM", type_id="2"), line("NONE"), line("GONE"), line(""))
    assert (left(shop, beam), left(shop, gone), len(shop.stored("products"))) == (100, 5, before)


def test_each_company_has_its_own_stock(shop: Shop, beam: JSON) -> None:
    other = shop.found()
    company(other, track_inventory=True)
    theirs = other.product(product_key="BEAM", in_stock_quantity=3)
    other.invoice(other.client(), line("BEAM", 1))
    assert (left(shop, beam), left(other, theirs)) == (100, 2)


def test_other_bills_leave_the_stock_alone_until_they_become_invoices(shop: Shop, client: JSON, beam: JSON) -> None:
    body = {"client_id": client["id"], "line_items": [line("BEAM")]}
    quote = record(shop.post("quotes", body))
    record(shop.post("credits", body))
    template = {**body, "frequency_id": 5, "next_send_date": "2026-01-20", "remaining_cycles": 2}
    record(shop.post("recurring_invoices?start=true", template))
    assert left(shop, beam) == 100
    assert shop.get(f"quotes/{quote['id']}/convert_to_invoice").status_code == 200
    assert left(shop, beam) == 90
    assert len(advance(shop, "3 months")) == 2
    assert left(shop, beam) == 70


def outbox(shop: Shop) -> list[JSON]:
    found: list[JSON] = shop.mock.get("/__mock__/outbox").json()["data"]
    return found


@pytest.mark.parametrize(
    ("product", "own", "told"),
    [
        ({"stock_notification_threshold": 90}, {}, True),
        ({"stock_notification_threshold": 89}, {}, False),
        ({"stock_notification_threshold": 0}, {"inventory_notification_threshold": 90}, True),
        ({"stock_notification_threshold": 0}, {"inventory_notification_threshold": 89}, False),
        ({"stock_notification_threshold": 80}, {"inventory_notification_threshold": 95}, False),
        ({"stock_notification_threshold": 90, "stock_notification": False}, {}, False),
        ({"stock_notification_threshold": 90}, {"stock_notification": False}, False),
        ({}, {}, False),
    ],
)
def test_low_stock_is_told_by_e_mail(shop: Shop, client: JSON, product: JSON, own: JSON, told: bool) -> None:
    """The threshold of the product goes before that of the company, and either may switch the e-mail off."""
    company(shop, track_inventory=True, **own)
    shop.product(product_key="BEAM", in_stock_quantity=100, **product)
    record(
        shop.put(
            f"company_users/{shop.user()['id']}", {"company_user": {"notifications": {"email": ["inventory_all"]}}}
        )
    )
    made = shop.invoice(client, line("BEAM"))
    wanted = [("low_stock", "product", ["user@example.com"], "Low stock of BEAM")] * told
    assert [(each["kind"], each["entity"], each["to"], each["subject"]) for each in outbox(shop)] == wanted
    bulk(shop, "invoices", "delete", made)
    assert len(outbox(shop)) == len(wanted)  # what comes back is no news


@pytest.mark.parametrize(
    ("notifications", "mine", "told"),
    [
        ({"email": ["all_notifications"]}, False, True),
        ({"email": ["inventory_threshold_all"]}, False, True),
        ({"email": ["inventory_user"]}, True, True),
        ({"email": ["inventory_user", "all_user_notifications"]}, False, False),
        ({"email": ["invoice_sent_all"]}, True, False),
        ({"email": "all_notifications"}, True, False),
        ([], True, False),
    ],
)
def test_users_choose_of_which_stock_they_hear(
    shop: Shop, client: JSON, notifications: Any, mine: bool, told: bool
) -> None:
    company(shop, track_inventory=True)
    clerk = shop.hire("create_all", notifications=notifications)
    company(shop, update_products=False)  # it would make the product that of whoever makes the invoice
    maker = clerk if mine else shop
    maker.product(product_key="BEAM", in_stock_quantity=10, stock_notification_threshold=5)
    shop.invoice(client, line("BEAM"))
    heard = [each["to"] for each in outbox(shop) if each["kind"] == "low_stock"]
    assert heard == [["clerk@example.com"]] * told
