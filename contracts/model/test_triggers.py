"""A flag of a create or an update does what the action does that is made afterwards, for the record and its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import FIGURES, Trade, lines, unlike

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill", "triggers")),
]


def test_a_flag_is_its_action(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        offered = noun.facts["bulk"]
        actions = {value: name for name, value in offered.items()}
        moves = noun.facts.get("moves", {})
        for flag, behaviour in noun.facts["triggers"].items():
            action = actions.get(behaviour) or actions.get(behaviour.replace("_anyway", ""), "")
            if action not in moves:
                continue
            wanted, _ = outcome(trade, noun, ["bulk", action])
            for way in (["create", flag], ["update", flag]):
                got, operation = outcome(trade, noun, way)
                trade.must(
                    unlike(wanted, got), operation=operation, after=f"{way[0]} with {flag}=true, beside {action}"
                )


def outcome(trade: Trade, noun: Noun, way: list[str]) -> tuple[dict[str, Any], str]:
    """The figures of a new record and of its new owner after the action or flag."""
    link, owner, record = trade.party(noun.name)
    cost = -100 if noun.told("bill.sums") == "credit" else 100
    body = {link: record["id"], "line_items": lines(1, 2, cost)}
    verb, name = way
    if verb == "create":
        made = trade.make(noun.name, body, **{name: "true"})
        answer = made
    else:
        made = trade.make(noun.name, body)
        if verb == "update":
            answer = trade.change(noun.name, made["id"], {}, **{name: "true"})
        else:
            answer = trade.bulk(noun.name, name, made["id"]).data[0]
    shown = trade.show(noun.name, made["id"])
    trade.must(unlike({"status_id": shown["status_id"]}, answer, "the answer"), after=f"{verb} with {name}")
    sums = trade.show(owner, record["id"])
    figures = {member: shown[member] for member in FIGURES if member in shown}
    return {
        **figures,
        **{f"{member} of the {owner}": sums[member] for member in FIGURES if member in sums},
    }, noun.operations[verb].id
