"""Vendors and their contacts: defaults, checks, the list, and the operations that only vendors have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import PASSWORD, errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def vendor(shop: Shop, **fields: object) -> JSON:
    return record(shop.post("vendors", {"name": "Timber", **fields}))


def test_a_vendor_needs_only_a_name(shop: Shop) -> None:
    """R-VAL-15, R-NUM-7; the country of the company since 5.12."""
    settings = shop.company()["settings"]
    made = vendor(shop, name="<b>Timber</b>")
    wanted = {
        "name": "Timber",
        "number": "0001",
        "display_name": "Timber",
        "currency_id": settings["currency_id"] or "1",
        "country_id": settings["country_id"],
        "is_deleted": False,
        "archived_at": 0,
        "documents": [],
    }
    assert part(wanted, made) == wanted
    assert vendor(shop)["number"] == "0002"
    assert errors(shop.post("vendors", {})) == {"name": ["The name field is required."]}


def test_a_vendor_without_contacts_gets_a_blank_one(shop: Shop) -> None:
    """R-VAL-13: its e-mail is empty, and nobody has to take e-mail."""
    (contact,) = vendor(shop)["contacts"]
    wanted = {"first_name": "", "email": "", "is_primary": True, "send_email": False, "password": ""}
    assert part(wanted, contact) == wanted
    assert "/vendor/key_login/" in contact["link"]


def test_contacts_follow_the_list_that_is_sent(shop: Shop) -> None:
    """R-VAL-13, R-LIFE-25."""
    made = vendor(
        shop, contacts=[{"email": "a@b.co"}, {"email": "c@d.co", "is_primary": True, "password": "Timber5yard"}]
    )
    first, second = made["contacts"]
    assert [first["email"], second["email"]] == ["c@d.co", "a@b.co"]
    assert [first["is_primary"], second["is_primary"]] == [True, False]
    assert [first["password"], second["password"]] == ["**********", ""]
    kept = record(shop.put(f"vendors/{made['id']}", {"contacts": [{"id": second["id"], "first_name": "Ann"}]}))
    assert [(each["id"], each["first_name"], each["email"]) for each in kept["contacts"]] == [
        (second["id"], "Ann", "a@b.co")
    ]
    assert record(shop.put(f"vendors/{made['id']}", {"phone": "1"}))["contacts"] == kept["contacts"]


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"contacts": [{"email": "x"}]}, "contacts.0.email", "The contacts.0.email must be a valid email address."),
        ({"classification": "crowd"}, "classification", "The selected classification is invalid."),
        ({"currency_id": "9999"}, "currency_id", "The selected currency id is invalid."),
        ({"language_id": "9999"}, "language_id", "The selected language id is invalid."),
        ({"number": "0001"}, "number", "The number has already been taken."),
    ],
)
def test_what_is_sent_is_checked(shop: Shop, sent: JSON, field: str, message: str) -> None:
    """R-VAL-15, R-NUM-10."""
    vendor(shop)
    assert errors(shop.post("vendors", {"name": "B", **sent})) == {field: [message]}
    other = vendor(shop)
    assert errors(shop.put(f"vendors/{other['id']}", sent)) == {field: [message]}


def test_the_blank_form_names_a_country(shop: Shop) -> None:
    """R-EP-2."""
    assert part({"id": "", "country_id": "4"}, shop.show("vendors/create")) == {"id": "", "country_id": "4"}


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"filter": "beam"}, ["Beams"]),
        ({"filter": "ann"}, ["Timber"]),
        ({"number": "0002"}, ["Beams"]),
        ({"sort": "number|desc"}, ["Beams", "Timber"]),
        ({"filter": "none of them"}, []),
    ],
)
def test_the_list_is_filtered_and_sorted(shop: Shop, params: JSON, names: list[str]) -> None:
    vendor(shop, contacts=[{"first_name": "Ann"}])
    vendor(shop, name="Beams")
    assert [each["name"] for each in rows(shop.get("vendors", **params))] == names


def test_delete_only_archives_and_bulk_delete_marks(shop: Shop) -> None:
    """R-LIFE-7, R-LIFE-4."""
    made = vendor(shop)
    gone = record(shop.delete(f"vendors/{made['id']}"))
    assert (gone["is_deleted"], gone["archived_at"] > 0) == (False, True)
    (marked,) = rows(shop.post("vendors/bulk", {"action": "delete", "ids": [made["id"]]}))
    assert marked["is_deleted"] is True
    assert shop.put(f"vendors/{made['id']}", {"name": "B"}).status_code == 400
    (back,) = rows(shop.post("vendors/bulk", {"action": "restore", "ids": [made["id"]]}))
    assert (back["is_deleted"], back["archived_at"]) == (False, 0)


def test_locations_come_on_request(shop: Shop) -> None:
    """Live ones only, since 5.12."""
    made = vendor(shop)
    location = record(shop.post("locations", {"name": "Yard", "vendor_id": made["id"]}))
    other = record(shop.post("locations", {"name": "Gate", "vendor_id": made["id"]}))
    shop.delete(f"locations/{other['id']}")
    assert "locations" not in shop.show(f"vendors/{made['id']}")
    shown = shop.show(f"vendors/{made['id']}", include="locations")
    assert [each["id"] for each in shown["locations"]] == [location["id"]]


def test_a_merge_moves_everything_and_removes_the_second(shop: Shop) -> None:
    first, second = vendor(shop), vendor(shop, contacts=[{"email": "a@b.co"}])
    shop.attach(f"vendors/{second['id']}", "deal.pdf")
    path = f"vendors/{first['id']}/{second['id']}/merge"
    assert shop.post(path).status_code == 412
    merged = record(shop.post(path, headers=PASSWORD))
    assert [each["email"] for each in merged["contacts"]] == ["", "a@b.co"]
    assert [each["is_primary"] for each in merged["contacts"]] == [True, False]
    assert [each["name"] for each in merged["documents"]] == ["deal.pdf"]
    assert shop.get(f"vendors/{second['id']}").status_code == 400
    activities = shop.show(f"vendors/{first['id']}", include="activities")["activities"]
    assert [each["activity_type_id"] for each in activities] == ["30", "30", "152"]
    assert shop.post(path, headers=PASSWORD).json()["message"] == "Vendor not found"
    same = shop.post(f"vendors/{first['id']}/{first['id']}/merge", headers=PASSWORD)
    assert (same.status_code, same.json()["message"]) == (400, "Attempting to merge the same vendor is not possible.")
