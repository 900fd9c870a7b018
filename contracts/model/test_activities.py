"""Every write leaves its trace: one activity of the type that the facts name, for that record and by this user."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("activities.created", "activities.deleted")),
]
STEPS = {"updated": "", "archived": "archive", "restored": "restore", "deleted": "delete"}
TRIES = 5
"""Where activities are written after the answer, they may be a moment late."""


def test_a_write_leaves_its_activity(target: Target, spec: Spec, noun: Noun) -> None:
    link = f"{noun.name}_id"
    if link not in spec.nouns["activity"].fields:
        return  # activities do not say which record of this kind they are about
    with target.world() as client:
        trade = Trade(client, spec)
        record = trade.make(noun.name)
        neighbour = trade.make(noun.name, {"amount": 2} if noun.name == "payment" else {})
        told: Counter[str] = Counter()
        for word, action in {"created": "", **STEPS, "restored again": "restore"}.items():
            if action:
                trade.bulk(noun.name, action, record["id"])
            elif word == "updated":
                trade.change(noun.name, record["id"], {"number": f"{client.tag}-{record['id']}"})
            kind = noun.facts["activities"].get(word.partition(" ")[0])
            if kind is None:
                continue
            if word == "restored again" and not noun_comes_back(trade, noun, record["id"]):
                continue
            told[kind] += 1
            check(trade, target, noun, record["id"], told, word)
        other = Counter(row["activity_type_id"] for row in activities(trade, noun, neighbour["id"]))
        wanted = {noun.facts["activities"]["created"]: 1}
        assert other == wanted, f"activities of a second {noun.name} that was only made: got {dict(other)}"


def check(trade: Trade, target: Target, noun: Noun, hashed: str, told: Counter[str], word: str) -> None:
    for attempt in range(TRIES):
        rows = activities(trade, noun, hashed)
        got = Counter(row["activity_type_id"] for row in rows)
        missing = {kind: (got[kind], count) for kind, count in told.items() if got[kind] != count}
        if not missing or target.ours or attempt == TRIES - 1:
            break
        time.sleep(1)
    said = "; ".join(f"type {kind}: got {left}, wanted {right}" for kind, (left, right) in missing.items())
    assert not missing, f"activities after a {noun.name} was {word}: {said}"
    nobody = [row["activity_type_id"] for row in rows if not row["user_id"]]
    assert not nobody, f"activities of types {nobody} do not say who did it"


def activities(trade: Trade, noun: Noun, hashed: str) -> list[dict[str, Any]]:
    """What happened to the record, among the last activities."""
    rows = trade.ask(trade.noun("activity").operations["activity_list"], query={"per_page": 300}).data
    return [row for row in rows if row[f"{noun.name}_id"] == hashed]


def noun_comes_back(trade: Trade, noun: Noun, hashed: str) -> bool:
    """Whether the restoration of what was deleted did something; payments do not come back."""
    return not trade.show(noun.name, hashed)["is_deleted"]
