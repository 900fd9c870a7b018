"""An expense keeps the amounts that it is given: its amount and its three taxes, by rate or by amount, are stored as
they are, and an edit of one leaves the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade, unlike

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", "update", facts=("fields.tax_amount1", "fields.calculate_tax_by_amount")),
]


def test_an_expense_keeps_its_amounts(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        for inside in (False, True):
            for by_amount in (False, True):
                body: dict[str, Any] = {
                    "amount": 1_234_567.89,
                    "uses_inclusive_taxes": inside,
                    "calculate_tax_by_amount": by_amount,
                    **{f"tax_name{n}": f"Tax {n}" for n in (1, 2, 3)},
                    **{f"tax_rate{n}": 7.125 * n for n in (1, 2, 3)},
                    **{f"tax_amount{n}": 10.55 * n for n in (1, 2, 3)},
                }
                said = f"taxes {'inside' if inside else 'on top'}, {'by amount' if by_amount else 'by rate'}"
                made = trade.make(noun.name, body)
                kept = {name: value for name, value in body.items() if name in noun.writable("create")}
                trade.must(unlike(kept, made), operation=noun.operations["create"].id, after=f"a create with {said}")
                change = {"tax_amount3": 1, "amount": 100}
                trade.change(noun.name, made["id"], change)
                now = trade.show(noun.name, made["id"])
                trade.must(unlike({**kept, **change}, now), operation=noun.operations["update"].id, after="an update")
