"""What a call leaves behind beside its record: entries of the event log, events for webhooks, who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import part, record, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.shop import JSON, Shop

LINES = [{"quantity": 1, "cost": 10}]
STEPS = ("create", "update", "archive", "restore", "delete", "restore")


def made(shop: Shop, noun: str) -> JSON:
    """A record of a kind, of a client or vendor of its own."""
    bodies: dict[str, Callable[[], JSON]] = {
        "clients": lambda: {"name": "Harbour"},
        "vendors": lambda: {"name": "Mill"},
        "payments": lambda: {"client_id": shop.client()["id"], "amount": 5},
        "purchase_orders": lambda: {
            "vendor_id": record(shop.post("vendors", {"name": "Mill"}))["id"],
            "line_items": LINES,
        },
        "expenses": lambda: {"amount": 5},
        "recurring_expenses": lambda: {"amount": 5, "frequency_id": 5},
        "tasks": lambda: {"description": "Dig"},
        "products": lambda: {"product_key": "BEAM"},
        "projects": lambda: {"name": "Garden", "client_id": shop.client()["id"]},
    }
    bill: JSON = {"line_items": LINES, "frequency_id": 5}
    body = bodies[noun]() if noun in bodies else {**bill, "client_id": shop.client()["id"]}
    return record(shop.post(noun, body))


def lived(shop: Shop, noun: str) -> JSON:
    """A record that went through all steps of a life."""
    found = made(shop, noun)
    path, fields = f"{noun}/{found['id']}", {"frequency_id": 5} if noun.startswith("recurring") else {}
    record(shop.put(path, {**fields, "custom_value1": "Blue", "name": found.get("name", "")}))
    for action in STEPS[2:]:
        rows(shop.post(f"{noun}/bulk", {"action": action, "ids": [found["id"]]}))
    return found


@pytest.mark.parametrize(
    ("noun", "types"),
    [
        ("clients", "1 61 2 26 3 26"),
        ("invoices", "4 5 8 25 9 25"),
        ("payments", "10 11 12 27 13"),
        ("credits", "14 15 16 28 17 28"),
        ("quotes", "18 19 22 24 23 24"),
        ("vendors", "30 62 31 33 32 33"),
        ("expenses", "34 47 35 37 36 37"),
        ("tasks", "42 43 44 46 45 46"),
        ("recurring_invoices", "100 101 102 104 103 104"),
        ("recurring_quotes", "110 111 112 114 113 114"),
        ("recurring_expenses", "120 121 122 124 123 124"),
        ("purchase_orders", "130 131 132 134 133 134"),
    ],
)
def test_each_step_of_a_life_is_an_entry_of_the_event_log(shop: Shop, noun: str, types: str) -> None:
    """R-SIDE-3, R-SIDE-4; by the user of the token. A deleted payment is not restored (R-PAY-21)."""
    found = lived(shop, noun)
    own = f"{noun.removesuffix('s')}_id"
    mine = [each for each in shop.stored("activities") if each[own] == found["id"]]
    assert [each["activity_type_id"] for each in mine if each["activity_type_id"] in types.split()] == types.split()
    assert {(each["user_id"], each["is_system"], bool(each["token_id"])) for each in mine} == {
        (shop.user()["id"], False, True)
    }


@pytest.mark.parametrize(
    ("noun", "events"),
    [
        ("clients", "1 10 37 45 11 45"),
        ("invoices", "2 8 33 41 9 41"),
        ("quotes", "3 6 34 42 7 42"),
        ("payments", "4 31 32 40 12"),
        ("vendors", "5 13 48 49 14 49"),
        ("expenses", "15 16 39 47 17 47"),
        ("tasks", "18 19 36 44 20 44"),
        ("projects", "25 26 38 46 30 46"),
        ("credits", "27 28 35 43 29 43"),
        ("products", "50 51 54 53 52 53"),
        ("purchase_orders", "55 56 59 58 57 58"),
    ],
)
def test_each_step_of_a_life_is_told_once(shop: Shop, noun: str, events: str) -> None:
    """R-SIDE-9, R-SIDE-10: a step is told as what it is, never as an update too."""
    found = lived(shop, noun)
    kind = noun.removesuffix("s")
    told: list[JSON] = shop.mock.get("/__mock__/events?limit=1000").json()["data"]
    assert [
        str(each["event_id"]) for each in told if (each["entity"], each["id"]) == (kind, found["id"])
    ] == events.split()


def test_an_invoice_that_is_paid_at_once_leaves_three_entries(shop: Shop) -> None:
    """R-SIDE-5, but for the further entry that is inferred there."""
    paid = shop.invoice(shop.client(), query="?paid=true")
    (payment,) = rows(shop.get("payments"))
    mine = [each for each in shop.stored("activities") if each["invoice_id"] or each["payment_id"]]
    told = [(each["activity_type_id"], each["invoice_id"], each["payment_id"]) for each in mine]
    assert sorted(told) == [("10", "", payment["id"]), ("4", paid["id"], ""), ("54", paid["id"], "")]


def test_the_history_of_an_entry_can_be_included(shop: Shop) -> None:
    """R-SIDE-6."""
    sent = shop.sent(shop.client())
    activities = shop.show(f"invoices/{sent['id']}", include="activities.history")["activities"]
    assert activities
    for each in activities:
        blank = {"id": "", "activity_id": "", "json_backup": "", "html_backup": "", "amount": 0}
        assert each["history"] == {**blank, "created_at": 0, "updated_at": 0}


def test_sending_does_not_say_how_the_mail_fared(shop: Shop) -> None:
    """R-SIDE-15: only a mail provider would tell."""
    client = shop.client(contacts=[{"email": "a@b.co"}])
    sent = shop.invoice(client, query="?send_email=true")
    assert [(each["email_status"], each["email_error"]) for each in sent["invitations"]] == [("", "")]


def test_a_client_that_changes_its_currency_keeps_its_bills(shop: Shop) -> None:
    """R-SIDE-18: old documents stay, new ones get the new defaults."""
    client = shop.client()
    old = shop.sent(client)
    shop.put(f"clients/{client['id']}", {"name": "Harbour", "settings": {"currency_id": "3", "invoice_terms": "Euro"}})
    kept = ("exchange_rate", "terms", "amount", "balance", "updated_at")
    now = shop.show(f"invoices/{old['id']}")
    assert {name: now[name] for name in kept} == {name: old[name] for name in kept}
    assert (old["terms"], shop.invoice(client)["terms"]) == ("", "Euro")


def test_a_file_is_fetched_by_its_address(shop: Shop) -> None:
    """R-SIDE-21: with the token; the address names the file by its hash."""
    client = shop.client()
    (document,) = shop.attach(f"clients/{client['id']}", "plan.txt", content=b"north wall")["documents"]
    assert document["url"]
    got = shop.get(f"documents/{document['id']}/download")
    assert (got.status_code, got.content) == (200, b"north wall")
    assert shop.but(X_API_TOKEN="none").get(f"documents/{document['id']}/download").status_code == 403


@pytest.mark.parametrize(
    "noun", ["clients", "invoices", "quotes", "payments", "expenses", "tasks", "projects", "vendors"]
)
def test_a_record_belongs_to_who_made_it(shop: Shop, noun: str) -> None:
    """R-SIDE-22: it is assigned to nobody unless the body says so; an update by another changes neither."""
    clerk = shop.hire("create_all,view_all,edit_all")
    found = made(clerk, noun)
    who = {"user_id": clerk.user()["id"], "assigned_user_id": ""}
    assert part(who, found) == who
    changed = record(shop.put(f"{noun}/{found['id']}", {"custom_value1": "Blue", "name": found.get("name", "")}))
    assert part(who, changed) == who
    given: dict[str, Any] = {"assigned_user_id": shop.user()["id"], "name": found.get("name", "")}
    assert record(shop.put(f"{noun}/{found['id']}", given))["assigned_user_id"] == shop.user()["id"]


@pytest.mark.parametrize("query", ["?paid=true", "?amount_paid=10"])
def test_a_payment_by_a_flag_is_one_like_any_other(shop: Shop, query: str) -> None:
    """R-SIDE-23: listed, refunded and deleted with all that follows."""
    client = shop.client()
    invoice = shop.invoice(client, LINES[0], query=query)
    (payment,) = rows(shop.get("payments", client_id=client["id"]))
    back = {"id": payment["id"], "date": "2026-01-15", "invoices": [{"invoice_id": invoice["id"], "amount": 4}]}
    assert part({"refunded": 4, "status_id": "5"}, record(shop.post("payments/refund", back))) == {
        "refunded": 4,
        "status_id": "5",
    }
    assert shop.show(f"invoices/{invoice['id']}")["balance"] == 4
    shop.delete(f"payments/{payment['id']}")
    assert shop.show(f"invoices/{invoice['id']}")["balance"] == 10
    assert part({"balance": 0, "paid_to_date": 0}, shop.show(f"clients/{client['id']}")) == {
        "balance": 10,
        "paid_to_date": 0,
    }
