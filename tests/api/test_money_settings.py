"""Payment terms, tax rates, groups, designs: rows of a company that others choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import PASSWORD, errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

NUMBERS = [0, 7, 10, 14, 15, 30, 60, 90]
LAYOUT = {"includes": "", "header": "", "body": "<p>x</p>", "product": "", "task": "", "footer": ""}


def test_a_company_starts_with_eight_payment_terms(shop: Shop) -> None:
    """R-EP-28, R-WIRE-56."""
    assert [each["num_days"] for each in rows(shop.get("payment_terms"))] == NUMBERS
    second = shop.found()
    assert [each["name"] for each in rows(second.get("payment_terms"))][:2] == ["Net 0", "Net 7"]


def test_the_name_of_a_payment_term_follows_its_days(shop: Shop) -> None:
    """R-WIRE-56, R-LIFE-5, R-LIFE-7."""
    made = record(shop.post("payment_terms", {"num_days": "50", "name": "Mine"}))
    assert (made["num_days"], made["name"]) == (50, "Net 50")
    assert list(errors(shop.put(f"payment_terms/{made['id']}", {}))) == ["num_days"]
    gone = record(shop.delete(f"payment_terms/{made['id']}"))
    assert gone["archived_at"] > 0
    assert not gone["is_deleted"]
    rows(shop.post("payment_terms/bulk", {"action": "delete", "ids": [made["id"]]}))
    assert record(shop.put(f"payment_terms/{made['id']}", {"num_days": 5000}))["name"] == "Net 5000"
    assert shop.hire("create_all").post("payment_terms", {}).status_code == 401


def test_names_of_tax_rates(shop: Shop) -> None:
    """R-VAL-22: archived ones free their name on create."""
    vat = record(shop.post("tax_rates", {"name": "VAT", "rate": "17.5"}))
    assert vat["rate"] == 17.5
    assert errors(shop.post("tax_rates", {"name": "VAT"})) == {
        "name": ["The name has already been taken."],
        "rate": ["The rate field is required."],
    }
    shop.delete(f"tax_rates/{vat['id']}")
    assert record(shop.post("tax_rates", {"name": "VAT", "rate": 20}))["id"] != vat["id"]
    assert [each["rate"] for each in rows(shop.get("tax_rates", filter="va", status="active"))] == [20]


@pytest.mark.parametrize("action", ["archive", "delete"])
def test_default_taxes_go_with_the_tax_rate(shop: Shop, action: str) -> None:
    """R-LIFE-24."""
    vat = record(shop.post("tax_rates", {"name": "VAT", "rate": 20}))
    shop.settings(tax_name1="VAT", tax_rate1=20, tax_name2="Eco", tax_rate2=5)
    rows(shop.post("tax_rates/bulk", {"action": action, "ids": [vat["id"]]}))
    wanted = {"tax_name1": "", "tax_rate1": 0, "tax_name2": "Eco", "tax_rate2": 5}
    assert part(wanted, shop.company()["settings"]) == wanted


def test_settings_of_a_group(shop: Shop) -> None:
    """R-EP-34, R-BULK-7; unknown keys go, an update merges."""
    sent: JSON = {"name": "VIP", "settings": {"payment_terms": "10", "nonsense": 1}}
    group = record(shop.post("group_settings", sent))
    assert group["settings"] == {"entity": "App\\Models\\Client", "payment_terms": "10"}
    assert list(errors(shop.post("group_settings", sent))) == ["name"]
    bad = {"name": "Other", "settings": {"payment_terms": "a"}}
    assert list(errors(shop.post("group_settings", bad))) == ["settings"]
    changed = record(shop.put(f"group_settings/{group['id']}", {"settings": {"valid_until": "30"}}))
    assert part({"payment_terms": "10", "valid_until": "30"}, changed["settings"]) == {
        "payment_terms": "10",
        "valid_until": "30",
    }
    client = shop.client(group_settings_id=group["id"])
    assert shop.sent(client, date="2026-01-01")["due_date"] == "2026-01-11"
    assert rows(shop.get("group_settings", name="ip"))[0]["id"] == group["id"]
    clerk = shop.hire()
    assert len(rows(clerk.get("group_settings"))) == 1  # R-WIRE-52: never restricted
    assert clerk.get(f"group_settings/{group['id']}").status_code == 401
    assert shop.post("group_settings/bulk", {"action": "archive", "ids": ["zzzzzzzzzz"]}).json() == {
        "message": "No group settings found"
    }
    assert shop.attach(f"group_settings/{group['id']}", "terms.pdf")["documents"][0]["name"] == "terms.pdf"


def test_stock_designs_are_everybodys_and_nobodys(shop: Shop) -> None:
    """R-EP-28, R-WIRE-32, R-EP-35; testDesignTemplates."""
    made = record(shop.post("designs", {"name": "Own", "design": {"body": "<p>x</p>"}, "is_template": True}))
    assert (made["design"], made["is_custom"]) == (LAYOUT, True)
    assert [len(rows(shop.get("designs", **query))) for query in ({}, {"template": "true"}, {"custom": "false"})] == [
        12,
        1,
        11,
    ]
    assert len(rows(shop.found().get("designs"))) == 11
    stock = rows(shop.get("designs"))[1]
    assert (stock["id"], stock["name"], stock["is_custom"]) == ("Wpmbk5ezJn", "Clean", False)
    assert shop.show(f"designs/{stock['id']}")["name"] == "Clean"
    assert shop.put(f"designs/{stock['id']}", {"name": "Mine"}).status_code == 401
    assert rows(shop.post("designs/bulk", {"action": "delete", "ids": [stock["id"]]})) == []
    assert errors(shop.post("designs", {"name": "Own"})) == {
        "name": ["The name has already been taken."],
        "design": ["The design field is required."],
    }


def test_templates_by_kind_of_record(shop: Shop) -> None:
    """R-WIRE-32, filter entities."""
    record(shop.post("designs", {"name": "A", "design": LAYOUT, "is_template": True, "entities": "client,invoice"}))
    record(shop.post("designs", {"name": "B", "design": LAYOUT, "is_template": False, "entities": "invoice"}))
    assert [each["name"] for each in rows(shop.get("designs", entities="invoice"))] == ["A"]
    assert [each["name"] for each in rows(shop.get("designs", entities="client_statement"))] == ["A"]
    assert len(rows(shop.get("designs", entities="client,invoice"))) == 13


def test_a_deleted_design_frees_its_name_and_the_defaults(shop: Shop) -> None:
    """R-LIFE-9; the name comes back since 5.12."""
    made = record(shop.post("designs", {"name": "Own", "design": LAYOUT}))
    body = {"design_id": made["id"], "entity": "invoice"}
    invoice = shop.invoice(shop.client())
    assert shop.post("designs/set/default", body).json() == {"message": "success"}
    assert shop.company()["settings"]["invoice_design_id"] == made["id"]
    assert shop.show(f"invoices/{invoice['id']}")["design_id"] == made["id"]
    gone = rows(shop.post("designs/bulk", {"action": "delete", "ids": [made["id"]]}))[0]
    assert gone["name"].startswith("Own_deleted_")
    assert shop.company()["settings"]["invoice_design_id"] == "Wpmbk5ezJn"
    assert shop.put(f"designs/{made['id']}", {"name": "New"}).status_code == 400
    assert rows(shop.post("designs/bulk", {"action": "restore", "ids": [made["id"]]}))[0]["name"] == "Own"


def test_the_default_design_of_a_client(shop: Shop) -> None:
    """R-EP-35 with settings_level of 5.12."""
    ada, bob = shop.client(name="Ada"), shop.client(name="Bob")
    mine, other = shop.invoice(ada), shop.invoice(bob)
    body = {"design_id": "VolejRejNm", "entity": "invoice", "settings_level": "client"}
    assert list(errors(shop.post("designs/set/default", body))) == ["client_id"]
    assert shop.post("designs/set/default", {**body, "client_id": ada["id"]}).status_code == 200
    assert shop.show(f"invoices/{mine['id']}")["design_id"] == "VolejRejNm"
    assert shop.show(f"invoices/{other['id']}")["design_id"] == other["design_id"]
    unknown = shop.post("designs/set/default", {"design_id": "zzzzzzzzzz", "entity": "invoice"})
    assert (unknown.status_code, unknown.json()) == (400, {"message": "Design does not exist."})


def test_the_company_shows_them(shop: Shop) -> None:
    found = shop.show(f"companies/{shop.company()['id']}", include="designs,payment_terms,tax_rates")
    assert (len(found["designs"]), len(found["payment_terms"]), found["tax_rates"]) == (11, 8, [])
    assert shop.post("tokens", {"name": "x"}, headers=PASSWORD).status_code == 200
