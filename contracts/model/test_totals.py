"""Totals, taxes and line totals of a bill follow the rules (R-CALC-2..12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.contract.trade.documents import Account, bodies, lines
from mockserver.contract.trade.money import problems

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill",))]
MORE = 4
"""Money is where a fault costs most and a try least."""


def check_totals(record: dict[str, Any], places: int) -> None:
    found = problems(record, record, places)
    assert not found, "; ".join(found)


def test_totals_follow_the_rules(target: Target, spec: Spec, noun: Noun) -> None:
    @settings(max_examples=MORE * settings().max_examples)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            account = Account(client, spec, noun)
            body = data.draw(bodies(account.owner_fields))
            record = client.call(noun.operations["create"], body=body, want=200).data
            check_totals(record, account.places)
            first = record["amount"] if account.opens_at_once else 0
            assert record["balance"] == first, f"balance of a draft: got {record['balance']}, wanted {first}"
            change = {"line_items": data.draw(lines()), "discount": data.draw(st.sampled_from([0, 5, 12.5]))}
            record = client.call(noun.operations["update"], path={"id": record["id"]}, body=change, want=200).data
            check_totals(record, account.places)

    check()
