"""What holds in every world that a scenario makes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from mockserver.clock import EPOCH
from mockserver.derive.dates import at
from tests.seeding.garden import EVERYTHING, client, lists, rows, shared

FILLED = ["agency", "freelancer", "overdue", "shop"]
OPEN = ("2", "3")
LEDGER = "/api/v1/company_ledger"


def total(values: list[Any]) -> Decimal:
    return sum((Decimal(str(value)) for value in values), Decimal(0))


def day(moment: int) -> str:
    """The date in the company's time zone."""
    return at(moment, "Europe/London").strftime("%Y-%m-%d")


@pytest.mark.parametrize("seed", [1, 2, 77])
@pytest.mark.parametrize("name", FILLED)
def test_balances_are_the_sums_of_their_parts(name: str, seed: int) -> None:
    world = shared(name, seed)
    for each in rows(world, "clients"):
        owed = [
            invoice["balance"]
            for invoice in rows(world, "invoices")
            if invoice["client_id"] == each["id"] and invoice["status_id"] in OPEN and not invoice["is_deleted"]
        ]
        paid = [payment["amount"] for payment in rows(world, "payments") if payment["client_id"] == each["id"]]
        booked = [row for row in rows(world, "company_ledger") if row["client_id"] == each["id"]]
        assert Decimal(str(each["balance"])) == total(owed) == total([row["adjustment"] for row in booked])
        assert each["balance"] == (booked[-1]["balance"] if booked else 0)
        assert Decimal(str(each["paid_to_date"])) == total(paid)


@pytest.mark.parametrize("name", FILLED)
def test_an_invoice_is_paid_by_its_payments(name: str) -> None:
    world = shared(name)
    paid: dict[str, list[Any]] = {}
    for share in rows(world, "paymentables"):
        paid.setdefault(share["invoice_id"], []).append(share["amount"])
    for invoice in rows(world, "invoices"):
        amount, balance = Decimal(str(invoice["amount"])), Decimal(str(invoice["balance"]))
        assert Decimal(str(invoice["paid_to_date"])) == total(paid.get(invoice["id"], []))
        if invoice["status_id"] in OPEN:
            assert balance == amount - Decimal(str(invoice["paid_to_date"]))
        else:
            assert balance == 0


@pytest.mark.parametrize("name", ["empty", *FILLED])
def test_every_record_is_what_the_document_says(name: str) -> None:
    """The engine checks each record that it answers with; a wrong one would raise."""
    world = shared(name)
    ours = client(world)
    for path in lists():
        status, answer = ours.call("GET", f"{path}?{EVERYTHING}")
        assert status == 200
        for record in answer["data"] if path != LEDGER else ():  # rows of the ledger have none
            status, one = ours.call("GET", f"{path}/{record['id']}", headers={"X-API-PASSWORD": "password"})
            assert (status, one["data"]["id"]) == (200, record["id"])


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
    numbers = [each["number"].removesuffix("_Deleted") for each in rows(world, "invoices")]
    assert numbers == sorted(numbers)
    for invoice in rows(world, "invoices"):
        assert invoice["date"] == day(invoice["created_at"])


@pytest.mark.parametrize("name", FILLED)
def test_mail_goes_nowhere(name: str) -> None:
    reserved = re.compile(r"@([a-z0-9]+\.)?example\.com$")
    for contact in rows(shared(name), "client_contacts"):
        assert reserved.search(contact["email"])
