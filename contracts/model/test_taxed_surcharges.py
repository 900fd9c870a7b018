"""A surcharge is taxed with the document when the company says so, each by a switch of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade, unlike
from mockserver.contract.trade.money import problems
from mockserver.contract.trade.special import MODES, line, tax

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill",)),
]
SURCHARGES = {"custom_surcharge1": 10, "custom_surcharge2": 20.55, "custom_surcharge3": 0.5, "custom_surcharge4": 7}


def test_taxed_surcharges_are_taxed(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, _, record = trade.party(noun.name)
        for taxed in ({4}, {1, 3}, set[int]()):
            switches: dict[str, Any] = {f"custom_surcharge_taxes{n}": n in taxed for n in range(1, 5)}
            trade.configure(**switches)
            copied = {f"custom_surcharge_tax{n}": n in taxed for n in range(1, 5)}
            for inside, by_amount in MODES[::2]:
                body = {**SURCHARGES, **tax(5), **tax(17.5, 3), "uses_inclusive_taxes": inside, "discount": 3}
                lines = [line(100, **tax(10)), line(20)]
                made = trade.make(
                    noun.name,
                    {link: record["id"], **body, "is_amount_discount": by_amount, "line_items": lines},
                )
                wanted = {**made, **SURCHARGES, **copied}
                trade.must(
                    unlike(copied, made),
                    problems(wanted, made, 2),
                    operation=noun.operations["create"].id,
                    after=f"taxing the surcharges {sorted(taxed)}",
                )
