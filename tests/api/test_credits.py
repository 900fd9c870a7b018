"""Credits and the client's credit_balance (R-STAT-25..28, R-LIFE-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.shop import errors, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def credited(shop: Shop, client: JSON, query: str = "", cost: float = 10, **fields: Any) -> JSON:
    lines = [{"quantity": 1, "cost": cost}]
    return record(shop.post(f"credits{query}", {"client_id": client["id"], "line_items": lines, **fields}))


def sums(shop: Shop, client: JSON) -> tuple[float, float, float]:
    """balance, paid_to_date and credit_balance of a client."""
    now = shop.show(f"clients/{client['id']}")
    return now["balance"], now["paid_to_date"], now["credit_balance"]


def test_a_draft_is_worth_nothing_and_invites_everybody(shop: Shop) -> None:
    """R-SIDE-1, R-CALC-18."""
    client = shop.client(contacts=[{"email": "a@example.com", "send_email": True}, {"email": "b@example.com"}])
    credit = credited(shop, client, uses_inclusive_taxes=True)
    wanted = {"status_id": "1", "amount": 10, "balance": 0, "number": "0001", "date": "2026-01-15"}
    assert part(wanted, credit) == wanted
    assert (credit["uses_inclusive_taxes"], len(credit["invitations"])) == (False, 2)
    assert sums(shop, client) == (0, 0, 0)


def test_sending_an_edit_and_deleting_move_the_credit_balance(shop: Shop) -> None:
    """R-STAT-25, R-STAT-26, R-LIFE-20."""
    client = shop.client()
    credit = credited(shop, client, cost=20)
    sent = shop.show(f"credits/{credit['id']}/mark_sent")
    assert (sent["status_id"], sent["balance"], sent["due_date"]) == ("2", 20, "")
    assert sums(shop, client) == (0, 0, 20)
    changed = record(shop.put(f"credits/{credit['id']}", {"line_items": [{"quantity": 1, "cost": 30}]}))
    assert (changed["balance"], changed["status_id"]) == (30, "2")
    assert sums(shop, client) == (0, 0, 30)
    shop.delete(f"credits/{credit['id']}")
    assert sums(shop, client) == (0, 0, 0)
    shop.post("credits/bulk", {"action": "restore", "ids": [credit["id"]]})
    assert sums(shop, client) == (0, 0, 30)
    shop.post("credits/bulk", {"action": "archive", "ids": [credit["id"]]})
    shop.post("credits/bulk", {"action": "restore", "ids": [credit["id"]]})
    assert sums(shop, client) == (0, 0, 30)


def test_a_credit_against_a_paid_invoice_reverses_it(shop: Shop) -> None:
    """R-STAT-11, R-LIFE-20: the money stays applied, so that it is not there twice, as a credit and as free money."""
    client = shop.client()
    invoice = shop.invoice(client, query="?paid=true")
    assert sums(shop, client) == (0, 100, 0)
    credit = credited(shop, client, cost=100, invoice_id=invoice["id"])
    assert (credit["status_id"], credit["balance"], credit["invoice_id"]) == ("2", 100, invoice["id"])
    assert sums(shop, client) == (0, 0, 100)
    reversed_ = shop.show(f"invoices/{invoice['id']}")
    assert (reversed_["status_id"], reversed_["balance"], reversed_["paid_to_date"]) == ("6", 0, 100)
    assert shop.stored("payments")[0]["applied"] == 100
    shop.delete(f"credits/{credit['id']}")
    assert sums(shop, client) == (0, 100, 0)
    shop.show(f"credits/{credit['id']}/restore")
    assert sums(shop, client) == (0, 0, 100)


def test_lines_that_are_no_list_are_named_beside_an_invoice_to_reverse(shop: Shop) -> None:
    client = shop.client()
    paid = shop.invoice(client, query="?paid=true")
    for lines in (5, "x", True, {"a": 1}):
        body = {"client_id": client["id"], "invoice_id": paid["id"], "line_items": lines}
        assert "line_items" in errors(shop.post("credits", body))


def test_invoices_that_no_credit_can_reverse(shop: Shop) -> None:
    """R-VAL-5."""
    client = shop.client()
    paid, part_paid = shop.invoice(client, query="?paid=true"), shop.invoice(client, query="?amount_paid=40")

    def said(invoice: str, cost: float = 10) -> list[str]:
        body = {"client_id": client["id"], "invoice_id": invoice, "line_items": [{"quantity": 1, "cost": cost}]}
        found: list[str] = errors(shop.post("credits", body))["invoice_id"]
        return found

    assert said("VolejRejNmX") == ["Invoice not found."]
    assert said(shop.sent(client)["id"]) == ["Cannot reverse an invoice with no payment applied."]
    too_much = ["Credit cannot exceed the payment / credits already applied to invoice."]
    assert said(part_paid["id"], 41) == too_much
    credited(shop, client, cost=30, invoice_id=paid["id"])
    assert said(paid["id"]) == ["Cannot reverse an invoice that has already been reversed."]
    shop.delete(f"invoices/{part_paid['id']}")
    assert said(part_paid["id"]) == ["Cannot reverse an invoice that has already been deleted."]


def test_a_negative_credit_is_paid_out(shop: Shop) -> None:
    """R-STAT-28."""
    client = shop.client()
    credit = credited(shop, client, "?mark_sent=true", cost=-50)
    assert sums(shop, client) == (0, 0, -50)
    closed = shop.show(f"credits/{credit['id']}/mark_paid")
    assert (closed["status_id"], closed["balance"], closed["paid_to_date"]) == ("4", 0, -50)
    assert sums(shop, client) == (0, -50, 0)
    payment, share = shop.stored("payments")[0], shop.stored("paymentables")[0]
    assert (payment["amount"], payment["applied"], payment["type_id"]) == (-50, -50, "32")
    assert (share["payment_id"], share["credit_id"]) == (payment["id"], credit["id"])


def test_a_credit_that_is_worth_something_is_not_paid_out(shop: Shop) -> None:
    """R-STAT-28."""
    credit = credited(shop, shop.client(), "?mark_sent=true&mark_paid=true")
    assert (credit["status_id"], credit["balance"]) == ("2", 10)
    assert shop.stored("payments") == []


def test_what_can_be_used_now(shop: Shop) -> None:
    """R-WIRE-28."""
    client = shop.client()
    draft = credited(shop, client)
    usable = credited(shop, client, "?mark_sent=true")
    later = credited(shop, client, "?mark_sent=true", due_date="2026-02-01")
    credited(shop, client, "?mark_sent=true", due_date="2026-01-10")
    assert shop.ids("credits", applicable="true") == [usable["id"], later["id"]]
    assert shop.ids("credits", client_status="draft") == [draft["id"]]


def test_a_deleted_client_may_get_one_and_an_unknown_action_is_refused(shop: Shop) -> None:
    """R-VAL-5, R-BULK-3."""
    client = shop.client()
    shop.delete(f"clients/{client['id']}")
    credit = credited(shop, client)
    refused = shop.post("credits/bulk", {"action": "cancel", "ids": [credit["id"]]})
    assert errors(refused) == {"action": ["The selected action is invalid."]}


def test_mails_and_copies(shop: Shop) -> None:
    """R-EP-11, R-EP-12."""
    client = shop.client()
    credit = credited(shop, client)
    assert shop.get(f"credits/{credit['id']}/send_email").json() == {"message": "email sent"}
    after = shop.show(f"credits/{credit['id']}")
    assert (after["status_id"], after["last_sent_date"]) == ("2", "2026-01-15 09:00:00")
    copy = shop.show(f"credits/{credit['id']}/clone_to_credit")
    assert (copy["id"], copy["status_id"], copy["client_id"], copy["amount"]) == ("", "1", client["id"], 10)


def test_a_merge_adds_up_what_is_left_of_credits(shop: Shop) -> None:
    """R-LIFE-14 as of 5.12."""
    ada, bob = shop.client(), shop.client()
    credited(shop, ada, "?mark_sent=true")
    moved = credited(shop, bob, "?mark_sent=true", cost=5)
    shop.post(f"clients/{ada['id']}/{bob['id']}/merge", headers={"X-API-PASSWORD": "password"})
    assert sums(shop, ada) == (0, 0, 15)
    assert shop.show(f"credits/{moved['id']}")["client_id"] == ada["id"]


def test_the_electronic_form_is_a_credit_note(shop: Shop) -> None:
    """R-EP-13."""
    key = credited(shop, shop.client(), due_date="2026-02-01")["invitations"][0]["key"]
    answer = shop.get(f"credit/{key}/download_e_credit")
    assert answer.headers["content-type"].startswith("application/xml")
    text = answer.text
    assert "CreditNote-2" in text
    assert "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>" in text
    assert '<cbc:CreditedQuantity unitCode="C62">1</cbc:CreditedQuantity>' in text
    assert "DueDate" not in text


def test_a_purge_takes_the_credits_of_the_client_along(shop: Shop) -> None:
    """R-LIFE-13."""
    client = shop.client()
    credited(shop, client)
    shop.post(f"clients/{client['id']}/purge", headers={"X-API-PASSWORD": "password"})
    assert (shop.stored("credits"), shop.stored("credit_invitations")) == ([], [])


def test_refunding_a_reversed_invoice_uses_up_its_credit(shop: Shop) -> None:
    """5.12: the invoice stays reversed, and nothing is owed again."""
    client = shop.client()
    invoice = shop.sent(client)
    paid = {"client_id": client["id"], "amount": 100, "date": "2026-01-15"}
    payment = record(shop.post("payments", {**paid, "invoices": [{"invoice_id": invoice["id"], "amount": 100}]}))
    lines = [{"cost": 100, "quantity": 1}]
    body = {"client_id": client["id"], "invoice_id": invoice["id"], "line_items": lines}
    credit = record(shop.post("credits", body))

    def refund(amount: float) -> Any:
        rows_ = [{"invoice_id": invoice["id"], "amount": amount}]
        return shop.post("payments/refund", {"id": payment["id"], "date": "2026-01-15", "invoices": rows_})

    assert errors(refund(101)) == {
        "id": [
            f"Attempting to refund more than allowed for invoice id {invoice['id']}, maximum refundable amount is 100"
        ]
    }
    part_back = record(refund(40))
    assert (part_back["refunded"], part_back["status_id"]) == (40, "5")
    left = shop.show(f"credits/{credit['id']}")
    assert (left["balance"], left["paid_to_date"], left["status_id"]) == (60, 40, "3")
    assert record(refund(60))["status_id"] == "6"
    left = shop.show(f"credits/{credit['id']}")
    assert (left["balance"], left["status_id"]) == (0, "4")
    after = shop.show(f"clients/{client['id']}")
    assert [after[name] for name in ("balance", "paid_to_date", "credit_balance")] == [0, 0, 0]
    assert shop.show(f"invoices/{invoice['id']}")["status_id"] == "6"
    assert list(errors(refund(1))) == ["id"]
