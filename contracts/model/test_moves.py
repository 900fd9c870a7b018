"""A record moves from state to state as the facts say: a legal move leads to its state, any other changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade, lines, unlike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("moves", "bill")),
]


def test_moves_lead_where_the_facts_say(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, _, record = trade.party(noun.name)
        start = str(noun.fields["status_id"]["default"])
        body = {link: record["id"], "line_items": lines(100) if not negative(noun) else lines(-100)}
        for status, way in ways(noun, start).items():
            for move, facts in noun.facts["moves"].items():
                made = trade.make(noun.name, body)
                for step in way:
                    trade.bulk(noun.name, step, made["id"])
                before = trade.show(noun.name, made["id"])
                trade.must(unlike({"status_id": status}, before), after=" and ".join(way) or "create")
                legal = status in facts["from"]
                trade.ask(
                    noun.operations["bulk"], body={"action": move, "ids": [made["id"]]}, want=200 if legal else ()
                )
                after = trade.show(noun.name, made["id"])
                said = f"{move} of what is {noun.facts['statuses'][status]}"
                trade.must(unlike({"status_id": facts["to"] if legal else status}, after), after=said)
                if not legal:
                    trade.must(unlike(told(before), told(after)), after=said)


def told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("updated_at", "invitations")}


def negative(noun: Noun) -> bool:
    """Whether only a bill below zero can be paid out, such as a credit (R-STAT-28)."""
    sums: str | None = noun.told("bill.sums")
    return sums == "credit"


def ways(noun: Noun, start: str) -> dict[str, Sequence[str]]:
    """The shortest legal way to every state that moves lead to."""
    found: dict[str, Sequence[str]] = {start: ()}
    fresh = [start]
    while fresh:
        status = fresh.pop(0)
        for move, facts in noun.facts["moves"].items():
            if status in facts["from"] and facts["to"] not in found:
                found[facts["to"]] = (*found[status], move)
                fresh.append(facts["to"])
    return found
