"""Numbers count: each is one more than the last, padded and in the pattern of the settings; one that was chosen by hand
moves no counter and is skipped, one that was deleted is not given again, and a shared counter counts for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("number",)),
]


def test_numbers_count_by_one(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        facts = noun.facts["number"]
        start = trade.full(noun.name, {})
        taken = 0

        def make(**more: Any) -> dict[str, Any]:
            nonlocal taken
            taken += 1
            amount = {"amount": taken} if noun.name == "payment" else {}
            return trade.make(noun.name, {**start, **amount, **more})

        def given(what: str, *wanted: str) -> None:
            got = [make()["number"] for _ in wanted]
            assert got == list(wanted), f"numbers {what}: got {got}, wanted {list(wanted)}"

        pattern, counter = facts["pattern"], facts["counter"]
        trade.settings(**{pattern: "Z-{$counter}/x", counter: 41, "counter_padding": 6})
        given("of a pattern, a padding and a counter", "Z-000041/x", "Z-000042/x", "Z-000043/x")
        left = trade.company()["settings"][counter]
        assert left == 44, f"{counter} after three numbers from 41: got {left}, wanted 44"
        make(number="Z-000044/x")
        make(number="by hand")
        given("after one that was taken by hand", "Z-000045/x")
        gone = make()
        trade.bulk(noun.name, "delete", gone["id"])
        given("after a deletion", "Z-000047/x")
        trade.settings(**{pattern: "Y-", "counter_padding": 3, counter: 998})
        given("of a pattern without a counter", "Y-998", "Y-999", "Y-1000")
        trade.settings(**{pattern: "{$counter}", "counter_padding": 5, counter: 2_000_000})
        given("above a million", "2000000", "2000001")
        year = trade.ask(trade.noun("invoice").operations["blank"]).data["date"][:4]
        trade.settings(**{pattern: "{$year}-{$counter}", counter: 1})
        given("with the year", f"{year}-00001")


def test_a_shared_counter_counts_for_both(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        start = trade.full(noun.name, {})
        facts = noun.facts["number"]
        for switch, counter in facts.get("shared", {}).items():
            owner = next(each for each in spec.nouns.values() if each.told("number.counter") == counter)
            patterns = {facts["pattern"]: "S-{$counter}", owner.facts["number"]["pattern"]: "O-{$counter}"}
            trade.settings(**patterns, **{switch: True, counter: 500, facts["counter"]: 7})
            other = trade.full(owner.name, {})
            made = [(owner, other), (noun, start), (noun, start), (owner, other)]
            got = [trade.make(each.name, body)["number"] for each, body in made]
            wanted = ["O-0500", "S-0501", "S-0502", "O-0503"]
            assert got == wanted, f"numbers of {owner.name} and {noun.name} with {switch}: got {got}, wanted {wanted}"
            own = trade.company()["settings"][facts["counter"]]
            assert own == 7, f"{facts['counter']} beside a shared counter: got {own}, wanted 7"


def test_a_number_may_wait_for_the_sending(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        applied = noun.facts["number"]["applied"]
        if applied in trade.company()["settings"]:
            trade.settings(**{applied: "when_sent", noun.facts["number"]["counter"]: 50_077})
            start = trade.full(noun.name, {})
            first, second = (trade.make(noun.name, start) for _ in range(2))
            assert [first["number"], second["number"]] == ["", ""], "a draft has its number before it is sent"
            for record, wanted in ((second, "50077"), (first, "50078")):
                trade.bulk(noun.name, "mark_sent", record["id"])
                got = trade.show(noun.name, record["id"])["number"]
                assert got == wanted, f"number of what was sent: got {got!r}, wanted {wanted!r}"
