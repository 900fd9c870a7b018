"""States of invoices and of what pays them, where a setting or an odd moment decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import TODAY, errors, part, record, rows
from tests.money.cash import bill, credit, lines, money, only_payment, pay, refund, sent, spread, sums

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_the_balance_of_a_client_is_what_is_open(shop: Shop) -> None:
    """R-STAT-3: drafts, paid, cancelled and deleted invoices are not."""
    client = shop.client()
    shop.invoice(client)
    shop.invoice(client, query="?paid=true")
    shop.invoice(client, query="?mark_sent=true&cancel=true")
    open_one, partly, gone = (
        sent(shop, client, 10),
        shop.invoice(client, query="?amount_paid=70"),
        sent(shop, client, 5),
    )
    assert sums(shop, client)[0] == 45
    shop.delete(f"invoices/{gone['id']}")
    assert sums(shop, client)[0] == 40
    record(shop.put(f"invoices/{open_one['id']}", {"line_items": lines(12.5)}))
    assert sums(shop, client)[0] == 42.5
    shop.show(f"invoices/{partly['id']}/mark_paid")
    assert sums(shop, client)[0] == 12.5


def test_an_edit_of_a_cancelled_invoice_settles_it(shop: Shop) -> None:
    """R-STAT-7."""
    client = shop.client()
    invoice = shop.invoice(client, query="?mark_sent=true&cancel=true")
    assert record(shop.put(f"invoices/{invoice['id']}", {"po_number": "7"}))["status_id"] == "4"
    assert (bill(shop, invoice), sums(shop, client)) == ([0, 0, "4"], [0, 0, 0, 0])


def test_an_edit_of_a_reversed_invoice_settles_it_when_all_was_paid(shop: Shop) -> None:
    """R-STAT-7, R-CALC-14."""
    client = shop.client()
    invoice = shop.invoice(client, query="?paid=true")
    body = {"client_id": client["id"], "invoice_id": invoice["id"], "line_items": lines(100)}
    record(shop.post("credits", body))
    record(shop.put(f"invoices/{invoice['id']}", {"po_number": "7"}))
    assert (bill(shop, invoice), sums(shop, client)) == ([0, 100, "4"], [0, 0, 100, 0])


def test_a_part_payment_brings_the_due_date_that_was_missing(shop: Shop) -> None:
    """R-STAT-9: of the terms that hold by then."""
    client = shop.client()
    invoice, untouched = sent(shop, client, 100), sent(shop, client, 100)
    assert invoice["due_date"] == ""
    shop.settings(payment_terms="10")
    pay(shop, client, invoices={invoice["id"]: 40})
    assert shop.show(f"invoices/{invoice['id']}")["due_date"] == "2026-01-25"
    pay(shop, client, invoices={untouched["id"]: 100})
    assert shop.show(f"invoices/{untouched['id']}")["due_date"] == ""


def auto_billed(shop: Shop, client: JSON, cost: float, **fields: object) -> JSON:
    return shop.invoice(client, *lines(cost), query="?auto_bill=true", **fields)


def test_without_anything_to_pay_with_auto_billing_only_sends(shop: Shop) -> None:
    """R-STAT-16, R-TRIG-9: the settings are off, and there is no stored payment method; that is no error."""
    client = shop.client()
    credit(shop, client, 50)
    pay(shop, client, 50)
    assert bill(shop, auto_billed(shop, client, 100)) == [100, 0, "2"]
    assert sums(shop, client) == [100, 50, 50, 50]


def test_auto_billing_uses_open_credits(shop: Shop) -> None:
    """R-STAT-16: the oldest first, in a payment without money; drafts and deleted ones are no use."""
    shop.settings(use_credits_payment="always")
    client = shop.client()
    draft, one, two = credit(shop, client, 500, ""), credit(shop, client, 30), credit(shop, client, 90)
    invoice = auto_billed(shop, client, 100)
    assert bill(shop, invoice) == [0, 100, "4"]
    assert [bill(shop, each, "credits") for each in (draft, one, two)] == [[0, 0, "1"], [0, 30, "4"], [20, 70, "3"]]
    assert (money(shop, only_payment(shop)), only_payment(shop)["type_id"]) == ([0, 0, 0, False], "32")
    assert sums(shop, client) == [0, 100, 20, 0]
    shop.delete(f"payments/{only_payment(shop)['id']}")
    assert (bill(shop, invoice), sums(shop, client)) == ([100, 0, "2"], [100, 0, 120, 0])


def test_auto_billing_uses_payments_that_are_not_applied(shop: Shop) -> None:
    """R-STAT-16: of the same client, as far as they reach, after the credits."""
    shop.settings(use_unapplied_payment="always", use_credits_payment="option")
    client, other = shop.client(), shop.client(name="Other")
    credit(shop, client, 10)
    pay(shop, other, 500)
    first, second = pay(shop, client, 25), pay(shop, client, 40)
    invoice = auto_billed(shop, client, 60)
    assert (bill(shop, invoice), sums(shop, client)) == ([0, 60, "4"], [0, 75, 0, 15])
    assert (money(shop, first), money(shop, second)) == ([25, 25, 0, False], [40, 25, 0, False])
    assert bill(shop, auto_billed(shop, client, 100)) == [85, 15, "3"]
    assert sums(shop, other) == [0, 500, 0, 500]


def test_auto_billing_takes_the_part_that_was_asked_for(shop: Shop) -> None:
    """R-STAT-16, R-STAT-8."""
    shop.settings(use_unapplied_payment="always")
    client = shop.client()
    pay(shop, client, 500)
    invoice = auto_billed(shop, client, 100, partial=30)
    assert (bill(shop, invoice), sums(shop, client)) == ([70, 30, "3"], [70, 500, 0, 470])
    shop.show(f"invoices/{invoice['id']}/auto_bill")
    assert bill(shop, invoice) == [0, 100, "4"]


def test_an_email_marks_invitations_as_sent_and_nobody_has_viewed_them(shop: Shop) -> None:
    """R-STAT-17, R-TRIG-3: the e-mail is in the history, and sending alone is not."""
    client = shop.client(contacts=[{"email": "ann@example.com", "send_email": True}])
    mailed = shop.invoice(client, query="?send_email=true")
    plain = shop.invoice(client, query="?mark_sent=true")
    guests = [shop.show(f"invoices/{each['id']}")["invitations"][0] for each in (mailed, plain)]
    assert [each["sent_date"][:10] for each in guests] == [TODAY, TODAY]
    assert [each["viewed_date"] for each in guests] == ["", ""]
    told = [row["invoice_id"] for row in shop.stored("activities") if row["activity_type_id"] == "6"]
    assert told == [mailed["id"]]
    assert shop.mock.world.document.entities["invoice"].facts["events"]["sent"] == 60


def test_no_call_accepts_a_purchase_order(shop: Shop) -> None:
    """R-STAT-38: only the vendor does, in the portal (tests/api/test_portal.py)."""
    vendor = record(shop.post("vendors", {"name": "Mill"}))
    order = record(shop.post("purchase_orders?mark_sent=true", {"vendor_id": vendor["id"]}))
    assert shop.get(f"purchase_orders/{order['id']}/accept").status_code == 400
    refused = shop.post("purchase_orders/bulk", {"action": "accept", "ids": [order["id"]]})
    assert errors(refused) == {"action": ["The selected action is invalid."]}
    record(shop.put(f"purchase_orders/{order['id']}?accept=true", {"po_number": "7"}))
    assert shop.show(f"purchase_orders/{order['id']}")["status_id"] == "2"


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_task_is_invoiced_by_hand_or_by_a_line(shop: Shop, *, by_hand: bool) -> None:
    """R-STAT-44."""
    client = shop.client()
    task = record(shop.post("tasks", {"client_id": client["id"]}))
    assert shop.ids("tasks", client_status="invoiced") == []
    if by_hand:
        record(shop.put(f"tasks/{task['id']}", {"invoice_id": shop.invoice(client)["id"]}))
    else:
        shop.invoice(client, {"quantity": 1, "cost": 10, "task_id": task["id"]})
    assert shop.ids("tasks", client_status="invoiced") == [task["id"]]


def test_flags_of_quotes_act_in_their_order(shop: Shop) -> None:
    """R-TRIG-4: the answer is the quote; converting once more is refused, and nothing of that call stays."""
    client = shop.client()
    body: JSON = {"client_id": client["id"], "line_items": lines(10), "terms": "Now", "footer": "Bye"}
    flags = "mark_sent=true&convert=true&save_default_terms=true&save_default_footer=true"
    quote = record(shop.post(f"quotes?{flags}", body))
    wanted = {"entity_type": "quote", "status_id": "4"}
    assert part(wanted, quote) == wanted
    assert shop.show(f"invoices/{quote['invoice_id']}")["status_id"] == "1"
    settings = shop.company()["settings"]
    assert (settings["quote_terms"], settings["quote_footer"]) == ("Now", "Bye")
    again = shop.put(f"quotes/{quote['id']}?convert=true", {"po_number": "7"})
    assert (again.status_code, again.json()["message"]) == (
        400,
        "This quote has already been converted. Cannot convert again.",
    )
    assert shop.show(f"quotes/{quote['id']}")["po_number"] == ""
    assert record(shop.post("quotes?approve=true", body))["status_id"] == "3"
    mailed = record(shop.post("quotes?send_email=true", body))
    assert (mailed["status_id"], mailed["last_sent_date"][:10]) == ("2", TODAY)


def test_what_was_refunded_stays_applied(shop: Shop) -> None:
    """R-PAY-13: of 500, 300 are applied and refunded; 200 may still be applied, and no more."""
    client = shop.client()
    first, second = sent(shop, client, 300), sent(shop, client, 500)
    payment = pay(shop, client, 500, invoices={first["id"]: 300})
    record(shop.post("payments/refund", refund(payment, (first, 300))))
    assert (money(shop, payment), sums(shop, client)) == ([500, 300, 300, False], [800, 200, 0, 200])
    path = f"payments/{payment['id']}"
    assert list(errors(shop.put(path, spread({second["id"]: 200.01})))) == ["invoices"]
    record(shop.put(path, spread({second["id"]: 200})))
    assert (money(shop, payment), bill(shop, second)) == ([500, 500, 300, False], [300, 200, "3"])
    assert sums(shop, client) == [600, 200, 0, 0]


def test_archiving_a_payment_moves_nothing(shop: Shop) -> None:
    """R-PAY-21."""
    client = shop.client()
    invoice = sent(shop, client, 100)
    payment = pay(shop, client, 60, invoices={invoice["id"]: 50})

    def now() -> list[list[object]]:
        return [bill(shop, invoice), money(shop, payment), [*sums(shop, client)]]

    def act(action: str) -> list[list[object]]:
        rows(shop.post("payments/bulk", {"action": action, "ids": [payment["id"]]}))
        return now()

    before = now()
    assert before == [[50, 50, "3"], [60, 50, 0, False], [50, 60, 0, 10]]
    assert [act("archive"), act("restore")] == [before, before]
    gone = act("delete")
    assert gone == [[100, 0, "2"], [60, 50, 0, True], [100, 0, 0, 0]]
    assert act("restore") == gone
