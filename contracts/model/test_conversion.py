"""A converted bill makes another one of the same lines, discount, taxes and total, once: the two know each other, a
second conversion makes nothing, and deleting what was made gives the first one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade, unlike
from mockserver.contract.trade.special import DOCUMENTS

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("moves.convert", "clones.invoice")),
]
COPIED = (
    *("line_items", "amount", "total_taxes", "discount", "is_amount_discount", "uses_inclusive_taxes", "po_number"),
    *(f"tax_{what}{n}" for what in ("name", "rate") for n in "123"),
    *(f"custom_{what}{n}" for what in ("value", "surcharge") for n in "1234"),
    *("public_notes", "client_id"),
)


def test_a_conversion_makes_the_same_bill_once(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, owner, record = trade.party(noun.name)
        converted = noun.facts["moves"]["convert"]["to"]
        body = {link: record["id"], "po_number": "PO-7", "custom_value3": "third", "public_notes": "As agreed"}
        for what, route in (
            ("a quantity on the third line only", "bulk"),
            ("taxes of line and document", "action"),
            ("surcharges", "flag"),
        ):
            quote = trade.make(noun.name, {**body, **DOCUMENTS[what]})
            count = len(trade.rows("invoice", client_id=record["id"]))
            convert(trade, noun, route, quote["id"])
            after = f"conversion by {route} of a quote with {what}"
            now = trade.show(noun.name, quote["id"])
            trade.must(unlike({"status_id": converted}, now, noun.name), after=after)
            invoice = trade.show("invoice", now["invoice_id"])
            wanted: dict[str, Any] = {name: quote[name] for name in COPIED if name in quote}
            trade.must(
                unlike({**wanted, "status_id": "1", "balance": 0, "paid_to_date": 0}, invoice, "the invoice"),
                after=after,
            )
            convert(trade, noun, route, quote["id"], want=(200, 400, 422))
            rows = trade.rows("invoice", client_id=record["id"])
            assert len(rows) == count + 1, f"{after}, twice: got {len(rows) - count} invoices, wanted 1"
            assert trade.show(noun.name, quote["id"])["invoice_id"] == invoice["id"], f"{after}, twice: the link moved"
        assert trade.show(owner, record["id"])["balance"] == 0, "a conversion moved the balance of the owner"
        trade.bulk("invoice", "delete", invoice["id"])
        back = trade.show(noun.name, quote["id"])
        trade.must(unlike({"invoice_id": "", "status_id": "2"}, back, noun.name), after="deletion of the invoice")


def convert(trade: Trade, noun: Noun, route: str, hashed: str, want: int | tuple[int, ...] = 200) -> None:
    if route == "flag":
        trade.ask(noun.operations["update"], hashed=hashed, body={}, query={"convert": "true"}, want=want)
    elif route == "action":
        trade.ask(noun.operations["action"], hashed=hashed, path={"action": "convert"}, want=want)
    else:
        trade.ask(noun.operations["bulk"], body={"action": "convert", "ids": [hashed]}, want=want)
