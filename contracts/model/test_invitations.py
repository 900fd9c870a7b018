"""Who is to be written to gets one invitation to a bill, with a key of its own: every contact, or those that want
e-mail, as the facts say; sending dates them all; a contact that leaves takes its own along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill", "includes.invitations")),
]


def test_each_contact_is_invited_once(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        people = [
            {"first_name": f"C{n}", "email": f"{client.tag}-{noun.name}-{n}@example.com", "send_email": n != 1}
            for n in range(3)
        ]
        link, owner, record = trade.party(noun.name, contacts=people)
        everybody = noun.told("bill.invites") == "all"
        guests = {each["id"] for each in record["contacts"] if everybody or each["send_email"]}
        keys: set[str] = set()
        for what in ("a bill", "a second bill"):
            bill = trade.make(noun.name, {link: record["id"], "line_items": lines(10)})
            invited(guests, bill, what)
            fresh = {each["key"] for each in bill["invitations"]}
            assert len(fresh) == len(guests), f"{what} has invitations of one key: {fresh}"
            assert not fresh & keys, f"{what} has keys of another bill: {fresh & keys}"
            assert all(each["key"] in each["link"] for each in bill["invitations"]), f"a link of {what} lacks its key"
            assert not any(each["sent_date"] for each in bill["invitations"]), f"{what} was sent before it was"
            keys |= fresh
        trade.change(noun.name, bill["id"], {"po_number": "7"})
        shown = trade.show(noun.name, bill["id"])
        assert {each["key"] for each in shown["invitations"]} == fresh, "an edit changed the invitations"
        if "mark_sent" in noun.facts.get("moves", {}):
            trade.bulk(noun.name, "mark_sent", bill["id"])
            dates = [each["sent_date"] for each in trade.show(noun.name, bill["id"])["invitations"]]
            assert all(dates), f"sent_date of the invitations of what was sent: got {dates}"
        left = [each for each in record["contacts"] if each["first_name"] != "C2"]
        trade.change(owner, record["id"], {"contacts": left})
        invited(guests & {each["id"] for each in left}, trade.show(noun.name, bill["id"]), "a bill whose contact left")


def invited(wanted: set[str], bill: dict[str, Any], what: str) -> None:
    got = sorted(each.get("client_contact_id") or each.get("vendor_contact_id") for each in bill["invitations"])
    assert got == sorted(wanted), f"contacts invited to {what}: got {got}, wanted {sorted(wanted)}"
