"""What an invoice is given when it is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import TODAY, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.mark.parametrize("flag", [True, False, 1, 0, "1", "0", "true", "false"])
def test_a_truth_value_comes_in_many_forms(shop: Shop, flag: Any) -> None:
    """R-VAL-1."""
    invoice = shop.invoice(shop.client(), is_amount_discount=flag)
    assert invoice["is_amount_discount"] is (flag in (True, 1, "1", "true"))


def test_a_plain_invoice_is_filled_in(shop: Shop) -> None:
    """R-VAL-1, R-VAL-8..10, R-CALC-18."""
    shop.settings(inclusive_taxes=True, invoice_design_id="Wpmbk5ezJn")
    client = shop.client(public_notes="Rear gate", settings={"currency_id": "1"})
    invoice = shop.invoice(client, public_notes="Front door", exchange_rate=7)
    wanted: JSON = {
        "date": TODAY,
        "due_date": "",
        "number": "0001",
        "public_notes": "Rear gate",
        "design_id": "Wpmbk5ezJn",
        "exchange_rate": 1,
        "uses_inclusive_taxes": True,
        "entity_type": "invoice",
        "user_id": shop.user()["id"],
    }
    assert part(wanted, invoice) == wanted
    assert shop.invoice(client, uses_inclusive_taxes=False)["uses_inclusive_taxes"] is False


@pytest.mark.parametrize("text", ["2019/12/12", "12 December 2019", "2019-12-12 10:00:00"])
def test_dates_come_in_many_forms(shop: Shop, text: str) -> None:
    """R-WIRE-42."""
    invoice = shop.invoice(shop.client(), date=text)
    assert shop.show(f"invoices/{invoice['id']}")["date"] == "2019-12-12"


def test_a_part_is_kept_on_a_draft_and_bounded_once_sent(shop: Shop) -> None:
    """R-CALC-16."""
    client = shop.client()
    draft = shop.invoice(client, partial=500)
    assert draft["partial"] == 500
    sent = record(shop.put(f"invoices/{shop.sent(client)['id']}", {"partial": 500}))
    assert sent["partial"] == 100
    cleared = shop.invoice(client, partial=0, partial_due_date="2026-01-20")
    assert cleared["partial_due_date"] == ""
