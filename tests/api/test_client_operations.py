"""What only clients can do: purge, merge, settings in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import PASSWORD, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_a_purge_removes_the_client_and_all_that_is_its_own(shop: Shop) -> None:
    """R-LIFE-13."""
    client, other = shop.client(), shop.client()
    invoice = shop.invoice(client, query="?paid=true")
    shop.location(client)
    shop.attach(f"invoices/{invoice['id']}", "a.txt")
    kept = shop.invoice(other)
    answer = shop.post(f"clients/{client['id']}/purge", headers=PASSWORD)
    assert (answer.status_code, answer.json()) == (200, {"message": "Success"})
    assert shop.get(f"clients/{client['id']}").status_code == 400
    assert shop.ids("clients") == [other["id"]]
    assert shop.ids("invoices") == [kept["id"]]
    for resource in ("payments", "paymentables", "locations", "documents"):
        assert shop.stored(resource) == []
    assert len(shop.stored("client_contacts")) == len(shop.stored("invoice_invitations")) == 1


def contacts(*emails: str) -> list[JSON]:
    return [{"first_name": f"C{n}", "email": email} for n, email in enumerate(emails)]


def test_a_merge_moves_everything_to_the_first_client(shop: Shop) -> None:
    """R-LIFE-14: two contacts and three more, one of them blank, make four."""
    target = shop.client(contacts=contacts("a@example.com", "b@example.com"))
    source = shop.client(contacts=contacts("c@example.com", "d@example.com", ""))
    first, second = shop.sent(target), shop.invoice(source, query="?amount_paid=30")
    shop.attach(f"clients/{source['id']}", "a.txt")
    answer = record(shop.post(f"clients/{target['id']}/{source['id']}/merge", headers=PASSWORD))
    wanted: JSON = {"id": target["id"], "balance": 170, "paid_to_date": 30}
    assert part(wanted, answer) == wanted
    now = shop.show(f"clients/{target['id']}")
    assert [each["email"] for each in now["contacts"]] == [f"{letter}@example.com" for letter in "abcd"]
    assert [each["is_primary"] for each in now["contacts"]].count(True) == 1
    assert [each["name"] for each in now["documents"]] == ["a.txt"]
    assert shop.ids("invoices", client_id=target["id"]) == [first["id"], second["id"]]
    assert shop.get(f"clients/{source['id']}").status_code == 400
    assert {each["client_id"] for each in shop.stored("payments")} == {target["id"]}


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ("same", "Attempting to merge the same client is not possible."),
        ("zzz", "Client not found"),
        ("Opnel5aKBz", "Client not found"),
    ],
)
def test_some_merges_are_impossible(shop: Shop, other: str, message: str) -> None:
    """R-LIFE-14."""
    client = shop.client()
    source = client["id"] if other == "same" else other
    answer = shop.post(f"clients/{client['id']}/{source}/merge", headers=PASSWORD)
    assert (answer.status_code, answer.json()) == (400, {"message": message})


def test_settings_can_be_shown_in_words(shop: Shop) -> None:
    """5.12: without an envelope."""
    client = shop.client(settings={"payment_terms": "7"})
    found = shop.post(f"clients/{client['id']}/show_settings").json()
    assert set(found) == {"group_settings", "client_settings"}
    assert found["group_settings"] == {}
    assert "7" in found["client_settings"].values()


def test_looking_up_taxes_answers_the_client(shop: Shop) -> None:
    """R-EP-15."""
    client = shop.client()
    assert record(shop.post(f"clients/{client['id']}/updateTaxData")) == client
