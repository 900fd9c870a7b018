"""`amount_paid` is a payment: it sends a draft, lowers what is open and the deposit that is asked for, and stands in
the list of payments with its amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade, Watch, lines, unlike

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill.settles", "triggers.amount_paid")),
]


def test_an_amount_paid_is_a_payment(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, owner, record = trade.party(noun.name)
        body = {link: record["id"], "line_items": lines(100)}
        first = trade.make(noun.name, {**body, "partial": 40}, amount_paid="15.5")
        wanted = {"status_id": "3", "balance": 84.5, "paid_to_date": 15.5, "partial": 24.5}
        trade.must(
            unlike(wanted, first), operation=noun.operations["create"].id, after="a create with amount_paid=15.5"
        )
        watch = Watch(trade, first=(noun.name, first["id"]), **{owner: (owner, record["id"])})
        trade.must(
            unlike({"balance": 84.5, "paid_to_date": 15.5}, watch.before[owner], owner), after="amount_paid=15.5"
        )
        steps: list[tuple[str, str, dict[str, Any]]] = [
            ("a second part", "24.5", {"status_id": "3", "balance": 60, "paid_to_date": 40, "partial": 0}),
            ("nothing", "0", {}),
            ("all the rest", "60", {"status_id": "4", "balance": 0, "paid_to_date": 100}),
            ("something on what is paid", "5", {}),
        ]
        for what, amount, changes in steps:
            trade.change(noun.name, first["id"], {}, amount_paid=amount)
            sums: dict[str, Any] = {name: changes[name] for name in ("balance", "paid_to_date") if name in changes}
            trade.must(
                watch.moved(first=changes, **{owner: sums}),
                operation=noun.operations["update"].id,
                after=f"an update with amount_paid={amount}, {what}",
            )
        rows = trade.rows("payment", client_id=record["id"])
        paid = sorted((each["amount"], each["applied"], each["status_id"]) for each in rows)
        right = [(15.5, 15.5, "4"), (24.5, 24.5, "4"), (60, 60, "4")]
        assert paid == right, f"payments (amount, applied, status): got {paid}, wanted {right}"
