"""What holds in every world that a scenario makes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from mockserver import ids
from mockserver.clock import EPOCH
from mockserver.derive.dates import at
from mockserver.seeding import scenario_names
from tests.seeding.garden import rows, shared

FILLED = [name for name in scenario_names() if name != "empty"]
OPEN = ("2", "3")

if TYPE_CHECKING:
    from collections.abc import Iterable


def exact(value: Any) -> Decimal:
    return Decimal(str(value))


def total(values: Iterable[Any]) -> Decimal:
    return sum((exact(value) for value in values), Decimal(0))


def by(found: list[dict[str, Any]], field: str) -> dict[str, list[dict[str, Any]]]:
    """Records by what a field of theirs holds."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        groups.setdefault(each[field], []).append(each)
    return groups


def is_open(bill: dict[str, Any]) -> bool:
    return bill["status_id"] in OPEN and not bill["is_deleted"]


def day(moment: int) -> str:
    """The date in the company's time zone."""
    return at(moment, "Europe/London").strftime("%Y-%m-%d")


@pytest.mark.parametrize("seed", [1, 2, 77])
@pytest.mark.parametrize("name", FILLED)
def test_what_a_client_owes_is_the_sum_of_the_open_invoices_and_of_the_ledger(name: str, seed: int) -> None:
    world = shared(name, seed)
    owed, booked = by(rows(world, "invoices"), "client_id"), by(rows(world, "company_ledger"), "client_id")
    for each in rows(world, "clients"):
        invoices, entries = owed.get(each["id"], []), booked.get(each["id"], [])
        assert exact(each["balance"]) == total(one["balance"] for one in invoices if is_open(one))
        assert exact(each["balance"]) == total(entry["adjustment"] for entry in entries)
        assert each["balance"] == (entries[-1]["balance"] if entries else 0)


@pytest.mark.parametrize("seed", [1, 2, 77])
@pytest.mark.parametrize("name", FILLED)
def test_what_a_client_paid_is_the_sum_of_payments_and_of_used_credits(name: str, seed: int) -> None:
    """What was given back is not paid, and neither is what a reversal turned into a credit."""
    world = shared(name, seed)
    payments, credit_notes = by(rows(world, "payments"), "client_id"), by(rows(world, "credits"), "client_id")
    shares = by(rows(world, "paymentables"), "payment_id")
    for each in rows(world, "clients"):
        live = [payment for payment in payments.get(each["id"], []) if not payment["is_deleted"]]
        paid = total(payment["amount"] for payment in live) - total(payment["refunded"] for payment in live)
        used = total(share["amount"] for one in live for share in shares.get(one["id"], []) if share["credit_id"])
        notes = credit_notes.get(each["id"], [])
        reversed_ = total(note["amount"] for note in notes if note["invoice_id"])
        assert exact(each["paid_to_date"]) == paid + used - reversed_
        assert exact(each["credit_balance"]) == total(note["balance"] for note in notes if is_open(note))


@pytest.mark.parametrize("seed", [1, 2, 77])
@pytest.mark.parametrize("name", FILLED)
def test_a_payment_is_applied_by_its_shares(name: str, seed: int) -> None:
    world = shared(name, seed)
    shares = by(rows(world, "paymentables"), "payment_id")
    for payment in rows(world, "payments"):
        own = shares.get(payment["id"], [])
        given = total(share["amount"] for share in own if share["invoice_id"])
        credited = total(share["amount"] for share in own if share["credit_id"])
        assert exact(payment["applied"]) == given - credited
        assert 0 <= payment["applied"] <= payment["amount"]
        assert exact(payment["refunded"]) >= total(share["refunded"] for share in own)


@pytest.mark.parametrize("seed", [1, 2, 77])
@pytest.mark.parametrize("name", FILLED)
def test_an_invoice_is_paid_by_its_payments(name: str, seed: int) -> None:
    world = shared(name, seed)
    shares = by(rows(world, "paymentables"), "invoice_id")
    for invoice in rows(world, "invoices"):
        own = shares.get(invoice["id"], [])
        amount, balance = exact(invoice["amount"]), exact(invoice["balance"])
        net = total(share["amount"] for share in own) - total(share["refunded"] for share in own)
        assert exact(invoice["paid_to_date"]) == net
        if is_open(invoice):
            assert balance == amount - net
        else:
            assert balance == 0


@pytest.mark.parametrize("name", FILLED)
def test_relations_lead_somewhere(name: str) -> None:
    world = shared(name)
    clients = {each["id"]: each for each in rows(world, "clients")}
    contacts = {each["id"]: each for each in rows(world, "client_contacts")}
    invoices = {each["id"]: each for each in rows(world, "invoices")}
    locations = {each["id"]: each for each in rows(world, "locations")}
    assert all(each["client_id"] in clients for each in contacts.values())
    for invitation in rows(world, "invoice_invitations"):
        invoice = invoices[invitation["invoice_id"]]
        assert contacts[invitation["client_contact_id"]]["client_id"] == invoice["client_id"]
    for invoice in invoices.values():
        place = locations.get(invoice["location_id"])
        assert place is None or place["client_id"] == invoice["client_id"]


@pytest.mark.parametrize("name", FILLED)
def test_time_goes_forwards(name: str) -> None:
    world = shared(name)
    for resource in ("clients", "products", "invoices", "payments"):
        made = [each["created_at"] for each in rows(world, resource)]
        assert made == sorted(made)
        assert all(each["created_at"] <= each["updated_at"] <= EPOCH for each in rows(world, resource))
    for company in by(rows(world, "companies"), "id"):
        row = ids.decode(company)
        own = [record.data for record in world.state.table("invoices") if record.company == row]
        numbers = [each["number"].removesuffix("_Deleted") for each in own if each["number"]]
        assert numbers == sorted(numbers)
    for invoice in rows(world, "invoices"):
        assert invoice["date"] == day(invoice["created_at"])


@pytest.mark.parametrize("name", FILLED)
def test_mail_goes_nowhere(name: str) -> None:
    reserved = re.compile(r"@([a-z0-9]+\.)?example\.com$")
    for contact in rows(shared(name), "client_contacts"):
        assert reserved.search(contact["email"])
