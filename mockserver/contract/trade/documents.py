"""Documents with lines and an owner who owes them, such as invoices of a client: data, steps, a model of balances."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.requests.pool import Pool
from mockserver.contract.trade.calls import Trade
from mockserver.contract.trade.money import NOTHING
from mockserver.contract.values.differences import exact
from mockserver.contract.values.strategies import money

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec

    Body = dict[str, Any]

RATES = st.sampled_from([0, 5, 7.5, 10, 19, 20, 21])
NAMES = st.sampled_from(["", "VAT", "City tax"])


def taxes() -> dict[str, SearchStrategy[Any]]:
    return {f"tax_name{n}": NAMES for n in "123"} | {f"tax_rate{n}": RATES for n in "123"}


def lines(low: int = 0) -> SearchStrategy[list[Body]]:
    """Lines with prices of up to four decimals, discounts and taxes."""
    prices = st.one_of(money(max(low, 0) * 100, 5000_00), st.integers(low * 10_000, 900_0000).map(lambda n: n / 10_000))
    quantities = st.one_of(st.integers(1, 20), st.sampled_from([0.25, 0.5, 1.5, 2.75]))
    extra = {**taxes(), "discount": st.sampled_from([0, 1, 2.5])} if not low else taxes()
    needed = {"cost": prices, "quantity": quantities}
    return st.lists(st.fixed_dictionaries(needed, optional=extra), min_size=1, max_size=4)


def bodies(owner: Body) -> SearchStrategy[Body]:
    """Documents in all ways of being computed: taxes inside or on top, discounts by amount or per cent, surcharges."""
    parts = {
        "line_items": lines(),
        "uses_inclusive_taxes": st.booleans(),
        "is_amount_discount": st.booleans(),
        "discount": st.sampled_from([0, 0, 3, 10, 12.5]),
    }
    extra = {**taxes(), **{f"custom_surcharge{n}": st.sampled_from([0, 5, 7.77, -2]) for n in "1234"}}
    return st.fixed_dictionaries({**{name: st.just(value) for name, value in owner.items()}, **parts}, optional=extra)


@dataclass
class Paper:
    """What the model knows about one document."""

    id: str
    status: str
    amount: Fraction
    balance: Fraction = NOTHING
    paid: Fraction = NOTHING
    deleted: bool = False


class Account:
    """An owner of its own with documents, and what must be true of them after every step (R-STAT-3..10, R-CALC-14)."""

    def __init__(self, client: Client, spec: Spec, noun: Noun) -> None:
        self.client = client
        self.trade = Trade(client, spec)
        self.noun = noun
        writable = noun.writable("create")
        self.link = next(name for name, each in writable.items() if "to" in each and noun.required("create", name))
        self.owner = spec.nouns[noun.fields[self.link]["to"]]
        self.papers: list[Paper] = []
        names = {name: status for status, name in noun.facts["statuses"].items()}
        self.sent, self.partial, self.paid = (str(names.get(name, "")) for name in ("sent", "partial", "paid"))
        self.opens_at_once = noun.told("bill.opens") == "saved"
        self.steps = [
            *noun.facts.get("moves", ()),
            "edit",
            "delete",
            "restore",
            *(["part"] if "amount_paid" in noun.facts.get("triggers", {}) else []),
        ]
        pool = Pool(spec, client)
        made = client.call(self.owner.operations["create"], body=pool.minimal(self.owner), want=200).data
        self.owner_id = made["id"]
        self.owner_fields = {**pool.minimal(noun), self.link: self.owner_id}
        self.places = self._places(spec, made)

    def _places(self, spec: Spec, owner: Body) -> int:
        """Decimals of the owner's currency."""
        operation = next((each for each in spec.operations.values() if each.behaviour == "statics"), None)
        currency = owner.get("settings", {}).get("currency_id")
        if operation is None or not currency:
            return 2
        rows = self.client.call(operation, want=200).json()["currencies"]
        return next(int(row["precision"]) for row in rows if str(row["id"]) == currency)

    def open(self, body: Body) -> None:
        """Make a draft."""
        record = self.client.call(self.noun.operations["create"], body={**self.owner_fields, **body}, want=200).data
        self.papers.append(Paper(record["id"], record["status_id"], exact(record["amount"])))

    def take(self, step: str, number: int, data: st.DataObject) -> None:
        """Do a step with a document and tell the model what must come of it; one not allowed changes nothing."""
        paper = self.papers[number]
        if step == "edit":
            self._edit(paper, data.draw(lines(low=1), label="lines"))
        elif step == "part":
            self._pay(paper, data.draw(st.integers(1, 99), label="per cent"))
        else:
            body = {"action": step, "ids": [paper.id]}
            self.trade.ask(self.noun.operations["bulk"], body=body, want=(200, 400))
            self._moved(paper, step)

    def _moved(self, paper: Paper, step: str) -> None:
        if step in ("delete", "restore"):
            paper.deleted = step == "delete"
            return
        move = self.noun.facts["moves"][step]
        if paper.deleted or paper.status not in move["from"]:
            return
        owed = paper.amount if paper.status not in (self.sent, self.partial) else paper.balance
        paper.status = move["to"]
        paper.balance = owed if paper.status == self.sent else NOTHING
        paper.paid += owed if paper.status == self.paid else NOTHING

    def _edit(self, paper: Paper, changed: list[Body]) -> None:
        """New lines. A draft owes nothing yet; what is open owes the new total less what was paid.

        What an edit of a settled document does is nowhere laid down, so none is tried.
        """
        if paper.status not in (self._draft, self.sent, self.partial):
            return
        update, want = self.noun.operations["update"], 400 if paper.deleted else 200
        reply = self.client.call(update, path={"id": paper.id}, body={"line_items": changed}, want=want)
        if paper.deleted:
            return
        paper.amount = exact(reply.data["amount"])
        if paper.status != self._draft:
            paper.balance = paper.amount - paper.paid
            paper.status = self._by_balance(paper)

    @property
    def _draft(self) -> str:
        return str(self.noun.fields["status_id"]["default"])

    def _by_balance(self, paper: Paper) -> str:
        if paper.balance == 0:
            return self.paid
        return self.partial if 0 < paper.balance < paper.amount else self.sent

    def _pay(self, paper: Paper, per_cent: int) -> None:
        """Pay a part of what is open; a draft is sent first."""
        open_now = paper.amount if paper.status == self._draft else paper.balance
        part = Fraction(round(open_now * per_cent), 100)
        if paper.deleted or paper.status not in (self._draft, self.sent, self.partial) or not 0 < part < open_now:
            return
        update = self.noun.operations["update"]
        self.client.call(update, path={"id": paper.id}, query={"amount_paid": float(part)}, body={}, want=200)
        paper.balance, paper.paid = open_now - part, paper.paid + part
        paper.status = self._by_balance(paper)

    def problems(self) -> list[str]:
        """Where the server is not as the model says."""
        found = []
        for number, paper in enumerate(self.papers):
            row = self.client.call(self.noun.operations["show"], path={"id": paper.id}, want=200).data
            got = (row["status_id"], exact(row["balance"]), exact(row["paid_to_date"]), row["is_deleted"])
            wanted = (paper.status, paper.balance, paper.paid, paper.deleted)
            names = ("status_id", "balance", "paid_to_date", "is_deleted")
            found += [
                f"{name} of document {number}: got {shown(left)}, wanted {shown(right)}"
                for name, left, right in zip(names, got, wanted, strict=True)
                if left != right
            ]
        owner = self.client.call(self.owner.operations["show"], path={"id": self.owner_id}, want=200).data
        live = [paper for paper in self.papers if not paper.deleted]
        sums = {
            "balance": sum((paper.balance for paper in live if paper.status in (self.sent, self.partial)), NOTHING),
            "paid_to_date": sum((paper.paid for paper in live), NOTHING),
        }
        return found + [
            f"{name} of the {self.owner.name}: got {owner[name]}, wanted {shown(right)}"
            for name, right in sums.items()
            if exact(owner[name]) != right
        ]

    def owed(self, pool: Pool) -> dict[str, tuple[float, Fraction]]:
        """For each owner: its balance, and the sum of its open documents; nothing where lists are too long for that."""
        rows, owners = pool.rows(self.noun.name), pool.rows(self.owner.name)
        if max(len(rows), len(owners)) >= 100:
            return {}
        open_ = [row for row in rows if not row["is_deleted"] and row["status_id"] in (self.sent, self.partial)]
        return {
            row["id"]: (
                row["balance"],
                sum((exact(each["balance"]) for each in open_ if each[self.link] == row["id"]), NOTHING),
            )
            for row in owners
        }


def shown(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else value
