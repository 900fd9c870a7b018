"""Every write tells webhooks once: the event of the facts for that record, with the record as it is then and what the
facts put beside it; a call that is refused or changes nothing tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade
from mockserver.contract.values.differences import differences

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("events.created",)),
]
SENT = ("mark_sent", "sent")


def test_a_write_tells_its_event_once(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        other = trade.make(noun.name)
        last = trade.last("events")
        record = trade.make(noun.name, {"amount": 2} if noun.name == "payment" else {})
        last = check(trade, noun, record["id"], last, "created")
        trade.change(noun.name, record["id"], {"custom_value1": "told"})
        last = check(trade, noun, record["id"], last, "updated")
        steps = [("archive", "archived"), ("restore", "restored"), ("delete", "deleted"), ("delete", "")]
        for action, word in steps:
            trade.bulk(noun.name, action, record["id"], other["id"]) if action == "archive" else trade.bulk(
                noun.name, action, record["id"]
            )
            last = check(trade, noun, record["id"], last, word)
        action, word = SENT
        if word in noun.facts["events"] and action in noun.facts.get("triggers", {}):
            bill = trade.make(noun.name)
            last = check(trade, noun, bill["id"], last, "created")
            trade.change(noun.name, bill["id"], {}, **{action: "true"})
            last = check(trade, noun, bill["id"], last, word)
        trade.ask(noun.operations["update"], hashed=record["id"], body={"custom_value1": "no"}, want=())
        count = [each["event"] for each in trade.feed("events", last) if each["id"] == record["id"]]
        edited = trade.show(noun.name, record["id"]).get("custom_value1") == "no"
        assert len(count) == edited, f"events of an edit of a deleted {noun.name}: got {count}"


def check(trade: Trade, noun: Noun, hashed: str, last: int, word: str) -> int:
    """The last number of the feed, after one event of that word about that record, or none when there is no word."""
    entries = trade.feed("events", last)
    mine = [each for each in entries if (each["entity"], each["id"]) == (noun.name, hashed)]
    counted = [each for each in mine if each["event_id"] is not None]
    if word == "sent":
        counted = [each for each in counted if each["event"] == "sent"]
    got, wanted = [each["event_id"] for each in counted], [noun.facts["events"][word]] if word else []
    assert got == wanted, f"events after the {noun.name} was {word or 'deleted again'}: got {got}, wanted {wanted}"
    for each in counted:
        include = noun.facts.get("payload", "")
        now = trade.show(noun.name, hashed, **({"include": include} if include else {}))
        problems = told_differently(each["payload"], now)
        assert not problems, f"payload of event {each['event_id']}: {'; '.join(problems[:5])}"
    return max((each["number"] for each in entries), default=last)


def told_differently(payload: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Where the payload is not the record as it is shown now: everything but time stamps that went on."""
    lacking = [f"{name}: missing" for name in now.keys() - payload.keys()]
    kept = {name: value for name, value in now.items() if name != "updated_at"}
    return lacking + differences(kept, payload)
