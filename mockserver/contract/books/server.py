"""A server beside the books, over HTTP: what a step can have changed is read again, at the end everything is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mockserver.contract.books.payments import Books
from mockserver.contract.books.records import NONE, Bill, Payment
from mockserver.contract.books.sides import Both, decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.contract.books.records import Client
    from mockserver.contract.trade.calls import Trade
    from mockserver.contract.wire.reply import Reply

    JSON = dict[str, Any]
    Place = tuple[str, int]

KINDS = {"clients": "client", "invoices": "invoice", "credits": "credit", "payments": "payment"}


class Api:
    """Calls of the API, by places in the books."""

    def __init__(self, trade: Trade) -> None:
        self.trade = trade
        self.ids: dict[str, list[str]] = {kind: [] for kind in KINDS}
        self.used: set[Place] = set()
        """What the step has named so far."""
        self.said: Reply | None = None
        self._today = ""

    def create(self, kind: str, body: JSON, flags: Mapping[str, str]) -> bool:
        if self._call(kind, "create", body=self.trade.full(KINDS[kind], body), query=flags):
            assert self.said is not None
            self.ids[kind].append(self.said.data["id"])
            return True
        return False

    def update(self, kind: str, hashed: str, body: JSON, flags: Mapping[str, str]) -> bool:
        return self._call(kind, "update", hashed=hashed, body=body, query=flags)

    def bulk(self, kind: str, action: str, ids: list[str]) -> bool:
        return self._call(kind, "bulk", body={"action": action, "ids": ids})

    def single(self, kind: str, action: str, hashed: str) -> bool:
        if action == "delete":
            self.said = self.trade.drop(KINDS[kind], hashed)
            return self.said.ok
        return self._call(kind, "action", hashed=hashed, path={"action": action})

    def give_back(self, body: JSON) -> bool:
        return self._call("payments", "payment_refund", body=body)

    def id(self, kind: str, place: int) -> str:
        self.used.add((kind, place))
        return self.ids[kind][place]

    def today(self) -> str:
        if not self._today:
            payment = self.trade.noun("payment").operations["blank"]
            self._today = self.trade.ask(payment).data["date"]
        return self._today

    def _call(self, kind: str, verb: str, **call: Any) -> bool:
        operation = self.trade.noun(KINDS[kind]).operations[verb]
        self.said = self.trade.ask(operation, want=(200, 400, 422), **call)
        return self.said.ok


class Checked(Both):
    """A company with two clients on a server, and in the books."""

    server: Api

    def __init__(self, trade: Trade, clients: int = 2) -> None:
        super().__init__(Api(trade), Books(clients))
        self.told: dict[Place, JSON] = {}
        """What the books said after the last step."""
        for number in range(clients):
            self.server.create("clients", {"name": f"{trade.client.tag} {number}"}, {})
        self.server.used.clear()
        self.told = self.wanted()

    def agree(self, *, taken: bool = True, wanted: bool = True) -> None:
        said = f" ({self.server.said.shown})" if self.server.said is not None else ""
        problem = "taken and should be refused" if taken else "refused and should be taken"
        assert taken == wanted, f"the call was {problem}{said}"
        if len(self.books.payments) > len(self.server.ids["payments"]):
            self._find_payments()
        now = self.wanted()
        moved = {place for place in now if now[place] != self.told.get(place)} | self.server.used
        owners = {("clients", self.books_row(place).client) for place in moved if place[0] != "clients"}
        self.told = now
        self.server.used.clear()
        self.compare(moved | owners)

    def compare(self, places: set[Place] | None = None) -> None:
        """Raise AssertionError where the server says otherwise than the books: at these places, or anywhere."""
        found = [problem for place in sorted(places or self.told) for problem in self._problems(place)]
        assert not found, "; ".join(found)

    def books_row(self, place: Place) -> Any:
        return getattr(self.books, place[0])[place[1]]

    def wanted(self) -> dict[Place, JSON]:
        """What the books say of every record, in the words of the API."""
        books = self.books
        rows = {
            "clients": [self._client(row) for row in books.clients],
            "invoices": [bill(row) for row in books.invoices],
            "credits": [bill(row) for row in books.credits],
            "payments": [payment(row) for row in books.payments],
        }
        return {(kind, place): row for kind, each in rows.items() for place, row in enumerate(each)}

    def _client(self, row: Client) -> JSON:
        return {
            "balance": row.balance,
            "paid_to_date": row.paid,
            "credit_balance": row.credit,
            "payment_balance": self.books.unapplied(row),
            "archived_at": row.archived,
            "is_deleted": row.deleted,
        }

    def _problems(self, place: Place) -> list[str]:
        kind, number = place
        query = {"include": "ledger"} if kind == "clients" else {}
        got = self.server.trade.show(KINDS[kind], self.server.ids[kind][number], **query)
        about = f"{KINDS[kind]} {number}"
        found = [
            f"{name} of {about}: got {got[name]!r}, wanted {plain(value)!r}"
            for name, value in self.told[place].items()
            if seen(name, got[name]) != value
        ]
        if kind == "clients":
            moves = sum((decimal(row["adjustment"]) for row in got["ledger"]), NONE)
            if moves != decimal(got["balance"]):
                found.append(f"ledger of {about}: its rows sum to {float(moves)}, the balance is {got['balance']}")
        if kind == "payments":
            found += self._shares(number, got)
        return found

    def _shares(self, number: int, got: JSON) -> list[str]:
        """Payables of a live payment are what was spread over live invoices."""
        row = self.books.payments[number]
        if row.deleted or any(share.bill.deleted for share in row.invoices):
            return []
        place_of = {id(each): place for place, each in enumerate(self.books.invoices)}
        wanted = sorted(
            (self.server.ids["invoices"][place_of[id(share.bill)]], share.amount, share.refunded)
            for share in row.invoices
        )
        stated = sorted(
            (each["invoice_id"], decimal(each["amount"]), decimal(each["refunded"]))
            for each in got["paymentables"]
            if each.get("invoice_id")
        )
        if wanted == stated:
            return []
        left, right = ([(key, float(amount), float(back)) for key, amount, back in each] for each in (stated, wanted))
        return [f"invoices, amounts and refunds of payment {number}: got {left}, wanted {right}"]

    def _find_payments(self) -> None:
        """Payments that came of an action have no answer of their own: each is known by the bills that it pays."""
        known = self.server.ids["payments"]
        for row in self.books.payments[len(known) :]:
            client = self.server.ids["clients"][row.client]
            bills = {self._id(share.bill) for share in (*row.invoices, *row.credits)}
            rows = self.server.trade.rows("payment", client_id=client)
            fresh = [each for each in rows if each["id"] not in known]
            mine = [each["id"] for each in fresh if {paid_with(share) for share in each["paymentables"]} == bills]
            assert mine, f"no payment was made for what was paid: got {len(fresh)} new payments, none of this bill"
            known.append(mine[0])

    def _id(self, row: Bill) -> str:
        for kind in ("invoices", "credits"):
            for place, each in enumerate(getattr(self.books, kind)):
                if each is row:
                    return self.server.ids[kind][place]
        raise LookupError("a bill that is in no list")


def paid_with(share: JSON) -> str:
    return str(share.get("invoice_id") or share.get("credit_id") or "")


def bill(row: Bill) -> JSON:
    return {
        "status_id": row.status,
        "amount": row.amount,
        "balance": row.balance,
        "paid_to_date": row.paid,
        "partial": row.partial,
        "archived_at": row.archived,
        "is_deleted": row.deleted,
    }


def payment(row: Payment) -> JSON:
    return {
        "status_id": row.status,
        "amount": row.amount,
        "applied": row.applied,
        "refunded": row.refunded,
        "archived_at": row.archived,
        "is_deleted": row.deleted,
    }


def seen(name: str, value: Any) -> Any:
    """A value of an answer as the books write it: archived_at only as a flag, numbers exactly."""
    if name == "archived_at":
        return bool(value)
    return value if isinstance(value, bool | str) else decimal(value)


def plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
