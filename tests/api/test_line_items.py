"""Lines of an invoice are completed, cast and cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_line_gets_every_property_it_lacks(shop: Shop) -> None:
    """R-CALC-19."""
    stored = shop.invoice(shop.client(), {"cost": "10", "quantity": "3"})["line_items"]
    assert stored == [
        {
            "quantity": 3,
            "net_cost": 0,
            "cost": 10,
            "product_key": "",
            "product_cost": 0,
            "notes": "",
            "discount": 0,
            "is_amount_discount": True,
            "tax_name1": "",
            "tax_rate1": 0,
            "tax_name2": "",
            "tax_rate2": 0,
            "tax_name3": "",
            "tax_rate3": 0,
            "sort_id": "0",
            "line_total": 30,
            "gross_line_total": 30,
            "tax_amount": 0,
            "date": "",
            "custom_value1": "",
            "custom_value2": "",
            "custom_value3": "",
            "custom_value4": "",
            "type_id": "1",
            "tax_id": "1",
            "task_id": "",
            "expense_id": "",
            "unit_code": "C62",
        }
    ]


def test_the_discount_kind_of_the_invoice_replaces_that_of_the_line(shop: Shop) -> None:
    """R-CALC-2."""
    line = {"cost": 10, "quantity": 1, "discount": 10, "is_amount_discount": True}
    invoice = shop.invoice(shop.client(), line, is_amount_discount=False)
    assert (invoice["line_items"][0]["is_amount_discount"], invoice["amount"]) == (False, 9)


def test_services_get_the_tax_category_of_services(shop: Shop) -> None:
    """R-CALC-19, R-CALC-20."""
    found = shop.invoice(shop.client(), {"cost": 1, "type_id": "2"}, {"cost": 1, "type_id": "0"})["line_items"]
    assert [(each["type_id"], each["tax_id"]) for each in found] == [("2", "2"), ("1", "1")]


def test_gateway_fees_are_dropped_from_a_new_invoice(shop: Shop) -> None:
    """Since 5.12 lines of the kinds 3 and 4 are not taken on create."""
    invoice = shop.invoice(shop.client(), {"cost": 20, "quantity": 1}, {"cost": 5, "quantity": 1, "type_id": "3"})
    assert ([each["cost"] for each in invoice["line_items"]], invoice["amount"]) == ([20], 20)


def test_lines_must_be_a_list_and_an_update_without_them_keeps_them(shop: Shop) -> None:
    """R-CALC-21."""
    client = shop.client()
    refused = shop.post("invoices", {"client_id": client["id"], "line_items": "soap"})
    assert list(errors(refused)) == ["line_items"]
    invoice = shop.invoice(client)
    assert record(shop.put(f"invoices/{invoice['id']}", {"po_number": "7"}))["line_items"] == invoice["line_items"]
    assert record(shop.post("invoices", {"client_id": client["id"]}))["line_items"] == []


def test_words_for_dates_in_notes_are_filled_in(shop: Shop) -> None:
    """R-CALC-22: the month of the test world is January 2026."""
    notes = ["Hosting :MONTH :YEAR", "Colour: blue"]
    found = shop.invoice(shop.client(), *[{"cost": 1, "notes": each} for each in notes])["line_items"]
    assert [each["notes"] for each in found] == ["Hosting January 2026", "Colour: blue"]


def test_script_fragments_are_taken_out(shop: Shop) -> None:
    """R-WIRE-50."""
    client = shop.client()
    invoice = shop.invoice(client, {"cost": 1, "notes": "a</script>", "product_key": "onerror=b"}, terms="c</script>")
    line = invoice["line_items"][0]
    assert (line["notes"], line["product_key"], invoice["terms"]) == ("a<-ript>", "<-=b", "c<-ript>")


def test_an_empty_object_is_a_list_without_lines(shop: Shop) -> None:
    """R-WIRE-54: the service does not tell the two apart."""
    made = record(shop.post("invoices", {"client_id": shop.client()["id"], "line_items": {}}))
    assert (made["line_items"], made["amount"]) == ([], 0)
    assert list(errors(shop.post("invoices", {"client_id": made["client_id"], "line_items": {"a": 1}}))) == [
        "line_items"
    ]
