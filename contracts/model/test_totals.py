"""Totals, taxes and line totals of a bill follow the rules (R-CALC-2..12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mockserver.contract.documents import Account, bodies, lines
from mockserver.contract.money import Sum
from mockserver.contract.values import exact

if TYPE_CHECKING:
    from mockserver.contract.spec import Noun, Spec
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill",))]
MORE = 4
"""Money is where a fault costs most and a try least."""


def check_totals(record: dict[str, Any], places: int) -> None:
    wanted = Sum(record, places)
    assume(not wanted.doubtful)
    assert exact(record["amount"]) == wanted.amount, f"amount: got {record['amount']}, wanted {float(wanted.amount)}"
    assert exact(record["total_taxes"]) == wanted.taxes, (
        f"total_taxes: got {record['total_taxes']}, wanted {float(wanted.taxes)}"
    )
    for number, (line, right) in enumerate(zip(record["line_items"], wanted.lines, strict=True)):
        got = tuple(exact(line[name]) for name in ("line_total", "tax_amount", "gross_line_total"))
        assert got == tuple(right), (
            f"line {number}: got total, tax, gross {tuple(map(float, got))}, wanted {tuple(map(float, right))}"
        )


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
