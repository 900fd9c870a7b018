"""Documents come to what they should in special places too: half cents, the third line, large values, every kind of
tax and discount, in currencies without decimals, with two and with three, and rounded to five hundredths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade, must
from mockserver.contract.trade.money import problems
from mockserver.contract.trade.special import DOCUMENTS, MODES

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill",)),
    pytest.mark.parametrize("places", [0, 2, 3]),
]
NICKELS = "enable_rappen_rounding"


def test_special_documents_come_to_what_they_should(target: Target, spec: Spec, noun: Noun, places: int) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        _, owner, _ = trade.party(noun.name)
        settled = "settings" in trade.noun(owner).fields
        currency = {"currency_id": currency_with(trade, places)}
        link, _, record = trade.party(noun.name, **({"settings": currency} if settled else currency))
        for mode in MODES if places == 2 else MODES[::3]:
            for what, body in DOCUMENTS.items():
                made = trade.make(noun.name, {link: record["id"], **of_mode(body, mode)})
                check(noun, of_mode(body, mode), made, places, f"{what} ({in_words(mode)})")
        changed = of_mode(DOCUMENTS["a discount of line and document"], MODES[0])
        now = trade.change(noun.name, made["id"], changed)
        check(noun, changed, now, places, "an edit to a discount of line and document", verb="update")
        if settled and places == 2:
            settings = {**currency, NICKELS: True}
            link, _, record = trade.party(noun.name, settings=settings)
            for what in ("half a cent in a price", "a tax on the third line only", "more than a million"):
                body = of_mode(DOCUMENTS[what], MODES[0])
                made = trade.make(noun.name, {link: record["id"], **body})
                check(noun, body, made, places, f"{what}, rounded to five hundredths", nickels=True)


def check(
    noun: Noun, body: dict[str, Any], got: dict[str, Any], places: int, what: str, *, verb: str = "create", **more: bool
) -> None:
    """What was sent decides, where the noun takes it; the rest is as the answer says."""
    taken = noun.writable(verb)
    sent = {name: value for name, value in body.items() if name in taken}
    lines = [{**stored, **line} for stored, line in zip(got["line_items"], body["line_items"], strict=True)]
    document = {**got, **sent, "line_items": lines}
    must(problems(document, got, places, **more), operation=noun.operations[verb].id, after=what)


def of_mode(body: dict[str, Any], mode: tuple[bool, bool]) -> dict[str, Any]:
    inside, by_amount = mode
    return {
        **body,
        "uses_inclusive_taxes": inside,
        "is_amount_discount": by_amount,
        "discount": body.get("discount", 0),
    }


def in_words(mode: tuple[bool, bool]) -> str:
    inside, by_amount = mode
    return f"taxes {'inside' if inside else 'on top'}, discounts {'by amount' if by_amount else 'per cent'}"


def currency_with(trade: Trade, places: int) -> str:
    """Id of a currency with so many decimals."""
    operation = next(each for each in trade.spec.operations.values() if each.behaviour == "statics")
    rows = trade.ask(operation).json()["currencies"]
    return next(str(row["id"]) for row in rows if int(row["precision"]) == places)
