"""Numbers are unique within a company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


TAKEN = {"number": ["The number has already been taken."]}


def take(shop: Shop, client: JSON, count: int = 1) -> list[str]:
    return [shop.invoice(client)["number"] for _ in range(count)]


def test_taken_numbers_are_passed_over(shop: Shop) -> None:
    """R-NUM-4, R-NUM-8: a posted number is kept and moves nothing, archived ones count as taken."""
    client = shop.client()
    posted = shop.invoice(client, number="0002")
    shop.post("invoices/bulk", {"action": "archive", "ids": [posted["id"]]})
    assert take(shop, client, 2) == ["0001", "0003"]
    assert shop.company()["settings"]["invoice_number_counter"] == 4


def test_numbers_of_invoices_are_unique_on_create_and_update(shop: Shop) -> None:
    """X-117: also without asking for JSON, where it is a redirect."""
    client = shop.client()
    shop.invoice(client, number="test")
    invoice = shop.invoice(client, number="dude")
    assert invoice["number"] == "dude"
    path = f"invoices/{invoice['id']}"
    assert errors(shop.put(path, {"number": "test"})) == TAKEN
    assert shop.but(X_Requested_With=None).put(path, {"number": "test"}).status_code == 302
    for _ in range(2):
        assert record(shop.put(path, {"number": "style"}))["number"] == "style"
    assert errors(shop.post("invoices", {"client_id": client["id"], "number": "test"})) == TAKEN


def test_numbers_of_another_company_do_not_count(shop: Shop) -> None:
    """R-NUM-10."""
    other = shop.found()
    assert shop.invoice(shop.client(number="7"), number="7")["number"] == "7"
    assert other.invoice(other.client(number="7"), number="7")["number"] == "7"
    assert other.client()["number"] == "0001"


def test_deleted_clients_keep_their_numbers(shop: Shop) -> None:
    """R-NUM-10, R-NUM-13."""
    client = shop.client(number="7", id_number="R-7")
    record(shop.delete(f"clients/{client['id']}"))
    refused = errors(shop.post("clients", {"number": "7", "id_number": "R-7"}))
    assert refused == {**TAKEN, "id_number": ["The id number has already been taken."]}
