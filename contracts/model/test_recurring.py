"""A template makes bills of its own lines: starting and stopping make nothing, sending now makes one bill of the same
total, moves the next date on by its rhythm without leaving the month, and takes one cycle."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, Watch, unlike
from mockserver.contract.trade.special import DOCUMENTS

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "sends"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill", "moves.send_now")),
]
DAYS = {"1": 1, "2": 7, "3": 14, "4": 28}
MONTHS = {"5": 1, "6": 2, "7": 3, "8": 4, "9": 6, "10": 12, "11": 24, "12": 36}


def test_a_template_makes_bills_of_its_lines(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, owner, record = trade.party(noun.name)
        body = {link: record["id"], **DOCUMENTS["a quantity on the third line only"], "po_number": "7"}
        first = month_end(trade)
        for frequency in (*DAYS, *MONTHS):
            made = trade.make(
                noun.name,
                {**body, "frequency_id": frequency, "next_send_date": first.isoformat(), "remaining_cycles": 2},
            )
            watch = Watch(trade, **{owner: (owner, record["id"])})
            before = {each["id"] for each in trade.rows("invoice", client_id=record["id"])}
            trade.bulk(noun.name, "send_now", made["id"])
            now = trade.show(noun.name, made["id"])
            after = f"send_now of a template of rhythm {frequency} that is due on {first}"
            wanted = {"status_id": noun.facts["moves"]["send_now"]["to"], "remaining_cycles": 1}
            trade.must(unlike(wanted, now, "the template"), after=after)
            day = now["next_send_date"][:10]
            assert day == following(first, frequency).isoformat(), (
                f"next_send_date after {after}: got {day}, wanted {following(first, frequency)}"
            )
            rows = [each for each in trade.rows("invoice", client_id=record["id"]) if each["id"] not in before]
            assert len(rows) == 1, f"{after}: got {len(rows)} invoices, wanted 1"
            same = {name: made[name] for name in ("amount", "total_taxes", "po_number", "discount")}
            trade.must(unlike({**same, "recurring_id": made["id"]}, rows[0], "the invoice"), after=after)
            owed = watch.before[owner]["balance"] + (made["amount"] if rows[0]["status_id"] != "1" else 0)
            trade.must(watch.moved(**{owner: {"balance": owed}}), after=after)
            trade.bulk(noun.name, "send_now", made["id"])
            again = len(trade.rows("invoice", client_id=record["id"])) - len(before)
            assert again == 1, f"{after}, twice: got {again} invoices, wanted 1"


def test_starting_and_stopping_make_nothing(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, _, record = trade.party(noun.name)
        made = trade.make(noun.name, {link: record["id"], **DOCUMENTS["surcharges"], "frequency_id": "5"})["id"]
        names = {name: status for status, name in noun.facts["statuses"].items()}
        for way, what, state in (
            ("bulk", "start", "active"),
            ("flag", "stop", "paused"),
            ("flag", "start", "active"),
            ("bulk", "stop", "paused"),
        ):
            if way == "bulk":
                trade.bulk(noun.name, what, made)
            else:
                trade.change(noun.name, made, {}, **{what: "true"})
            trade.must(unlike({"status_id": names[state]}, trade.show(noun.name, made)), after=f"{what} by {way}")
        for cycles, state in ((0, "completed"), (3, "active")):
            now = trade.change(noun.name, made, {"remaining_cycles": cycles})
            trade.must(unlike({"status_id": names[state]}, now), after=f"an update to {cycles} cycles")
        assert not trade.rows("invoice", client_id=record["id"]), "a template that only started and stopped made a bill"


def month_end(trade: Trade) -> dt.date:
    """The last day of a month of 31 days whose next month has fewer, from the day on that the server has."""
    blank = trade.ask(trade.noun("invoice").operations["blank"]).data["date"]
    year = dt.date.fromisoformat(blank).year + 1
    return dt.date(year, 1, 31)


def following(day: dt.date, frequency: str) -> dt.date:
    """The day on which it is due next; months do not overflow."""
    if frequency in DAYS:
        return day + dt.timedelta(days=DAYS[frequency])
    years, month = divmod(day.month - 1 + MONTHS[frequency], 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
