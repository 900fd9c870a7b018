"""Amounts that the service works out itself are not taken from the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.documents import Account

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill",))]


def test_sent_totals_are_not_believed(target: Target, spec: Spec, noun: Noun) -> None:
    """Amounts in the body that the service works out itself change nothing."""
    with target.world() as client:
        account = Account(client, spec, noun)
        right = {"amount": 100, "balance": 100 if account.opens_at_once else 0, "total_taxes": 0, "paid_to_date": 0}
        taken = noun.writable("create").keys() | noun.facts.get("input", {}).keys()
        right = {name: value for name, value in right.items() if name in noun.fields and name not in taken}
        lie = dict.fromkeys(right, 7)
        body = {
            **account.owner_fields,
            **lie,
            "line_items": [{"cost": 50, "quantity": 2, "line_total": 7, "gross_line_total": 7}],
        }
        record = client.call(noun.operations["create"], body=body, want=200).data
        assert {name: record[name] for name in lie} == right
        record = client.call(noun.operations["update"], path={"id": record["id"]}, body=lie, want=200).data
        assert {name: record[name] for name in lie} == right
