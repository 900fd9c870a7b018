"""Whatever is called in whatever order, the ledger of a client adds up to what the client owes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockserver.clock import EPOCH, Clock
from mockserver.inprocess import MockClient
from tests.api.shop import PASSWORD, TODAY, Shop

if TYPE_CHECKING:
    from mockserver.app import Mock
    from tests.api.shop import JSON

ON_INVOICES = ("mark_sent", "mark_paid", "cancel", "delete", "restore")
OPEN = ("2", "3")
VERBS = (*ON_INVOICES, "draft", "sent", "paid", "credit", "edit", "pay", "pay_some", "use", "reverse", "void", "refund")


@dataclass(frozen=True)
class Step:
    """One call: which records it takes, counted round the ones that are there, and how much money."""

    verb: str
    pick: int
    amount: float


STEPS = st.builds(
    Step, st.sampled_from((*VERBS, "merge")), st.integers(0, 5), st.sampled_from([0.1, 7, 33.33, 60, 100, -20])
)


def lines(cost: float) -> list[JSON]:
    return [{"quantity": 1, "cost": cost}]


def take(shop: Shop, resource: str, step: Step, **where: Any) -> JSON | None:
    """One of the rows that have these values."""
    found = [row for row in shop.stored(resource) if all(row[name] == value for name, value in where.items())]
    return found[step.pick % len(found)] if found else None


def run(shop: Shop, step: Step) -> None:
    """Make the call; the service may refuse it."""
    client = take(shop, "clients", step)
    invoice = take(shop, "invoices", step)
    payment = take(shop, "payments", step)
    assert client is not None
    owner = {"client_id": client["id"]}
    if step.verb in ("draft", "sent", "paid"):
        flag = {"draft": "", "sent": "?mark_sent=true", "paid": "?paid=true"}[step.verb]
        shop.post(f"invoices{flag}", {**owner, "line_items": lines(step.amount)})
    elif step.verb == "credit":
        shop.post("credits?mark_sent=true", {**owner, "line_items": lines(step.amount)})
    elif step.verb == "merge":
        others = [each["id"] for each in shop.stored("clients") if each["id"] != client["id"]]
        for other in others[:1]:
            shop.post(f"clients/{client['id']}/{other}/merge", headers=PASSWORD)
    elif invoice is not None and step.verb not in ("void", "refund"):
        on_invoice(shop, step, invoice)
    elif payment is not None and step.verb == "void":
        shop.delete(f"payments/{payment['id']}")
    elif payment is not None:
        shares = [each for each in shop.stored("paymentables") if each["payment_id"] == payment["id"]]
        back = [{"invoice_id": each["invoice_id"], "amount": 0.1} for each in shares if each["invoice_id"]]
        shop.post("payments/refund", {"id": payment["id"], "amount": 0.1, "date": TODAY, "invoices": back})


def on_invoice(shop: Shop, step: Step, invoice: JSON) -> None:
    """A call about one invoice."""
    path, owner = f"invoices/{invoice['id']}", {"client_id": invoice["client_id"]}
    if step.verb in ON_INVOICES:
        shop.post("invoices/bulk", {"action": step.verb, "ids": [invoice["id"]]})
    elif step.verb == "edit":
        shop.put(path, {"line_items": lines(step.amount)})
    elif step.verb == "pay_some":
        shop.put(f"{path}?amount_paid={step.amount}", {})
    elif step.verb == "reverse":
        shop.post("credits", {**owner, "invoice_id": invoice["id"], "line_items": lines(step.amount)})
    else:
        credit = take(shop, "credits", step, client_id=invoice["client_id"]) if step.verb == "use" else None
        due = invoice["amount"] if invoice["status_id"] == "1" else invoice["balance"]
        used = min(credit["balance"], due) if credit is not None else 0
        given_up = [{"credit_id": credit["id"], "amount": used}] if credit is not None else []
        listed = [{"invoice_id": invoice["id"], "amount": due}]
        shop.post("payments", {**owner, "invoices": listed, "credits": given_up})


def check(shop: Shop) -> None:
    """Each row carries on from the one before, and the last one is what open invoices come to (R-STAT-3)."""
    booked: dict[str, list[JSON]] = {}
    for row in shop.stored("company_ledger"):
        booked.setdefault(row["client_id"], []).append(row)
    clients = {each["id"]: each for each in shop.stored("clients")}
    invoices = [each for each in shop.stored("invoices") if each["status_id"] in OPEN]
    assert set(booked) <= set(clients)
    for hashed, client in clients.items():
        owed = Decimal(0)
        for row in booked.get(hashed, []):
            assert row["adjustment"]
            owed += Decimal(str(row["adjustment"]))
            assert owed == Decimal(str(row["balance"]))
        assert owed == Decimal(str(client["balance"]))
        due = [each["balance"] for each in invoices if each["client_id"] == hashed and not each["is_deleted"]]
        assert owed == sum((Decimal(str(balance)) for balance in due), Decimal(0))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=5, max_size=15))
def test_the_ledger_adds_up_after_any_calls(mock_app: Mock, steps: list[Step]) -> None:
    """R-SIDE-19."""
    world = mock_app.worlds.reset("ledger")
    world.clock = Clock(frozen=EPOCH)
    shop = Shop(MockClient(mock_app, world))
    for name in ("Ada", "Bob", "Cid"):
        shop.sent(shop.client(name=name))
    for step in steps:
        shop.later(seconds=60)
        run(shop, step)
    check(shop)
