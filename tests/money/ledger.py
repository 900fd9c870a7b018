"""The engine and the books side by side: each call goes to both, and afterwards both must say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from mockserver.clock import EPOCH, Clock
from mockserver.contract.books import sides
from mockserver.contract.books.payments import Books
from mockserver.contract.books.records import NONE
from mockserver.contract.books.sides import decimal as exact
from mockserver.local import LocalClient

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from mockserver.app import Mock

JSON = dict[str, Any]
API = "/api/v1/"
TODAY = "2026-01-15"


class Engine:
    """A world of the engine, called without HTTP, and its tables."""

    def __init__(self, mock: Mock) -> None:
        world = mock.worlds.default.fork("money")
        world.clock = Clock(frozen=EPOCH)
        self.http = LocalClient(mock.engine, mock.routes, world)
        self.calls: list[str] = []
        """The calls so far in words, to read when one goes wrong."""

    def call(self, method: str, path: str, body: JSON | None = None) -> bool:
        """Whether the engine takes the call; anything but a plain refusal is an error."""
        status, answer = self.http.call(method, f"{API}{path}", body)
        self.calls.append(f"{method} {path} {body or ''} -> {status}")
        assert status in (200, 400, 422), (method, path, body, status, answer)
        return status == 200

    def create(self, kind: str, body: JSON, flags: Mapping[str, str]) -> bool:
        return self.call("POST", f"{kind}?{urlencode(flags)}", body)

    def update(self, kind: str, hashed: str, body: JSON, flags: Mapping[str, str]) -> bool:
        return self.call("PUT", f"{kind}/{hashed}?{urlencode(flags)}", body)

    def bulk(self, kind: str, action: str, ids: list[str]) -> bool:
        return self.call("POST", f"{kind}/bulk", {"action": action, "ids": ids})

    def single(self, kind: str, action: str, hashed: str) -> bool:
        path = f"{kind}/{hashed}"
        return self.call("DELETE", path) if action == "delete" else self.call("GET", f"{path}/{action}")

    def give_back(self, body: JSON) -> bool:
        return self.call("POST", "payments/refund", body)

    def today(self) -> str:
        return TODAY

    def rows(self, resource: str) -> list[JSON]:
        return [record.data for record in self.http.world.state.table(resource)]

    def id(self, kind: str, place: int) -> str:
        hashed: str = self.rows(kind)[place]["id"]
        return hashed


class Both(sides.Both):
    """A company with two clients, in the engine and in the books."""

    server: Engine

    def __init__(self, mock: Mock) -> None:
        super().__init__(Engine(mock), Books(2))
        for name in ("Ada", "Bob"):
            self.server.create("clients", {"name": name}, {})

    def agree(self, *, taken: bool = True, wanted: bool = True) -> None:
        """The engine took the call when it should, and every sum is what the books say."""
        assert taken == wanted, f"taken: {taken}, wanted: {wanted}"
        assert self.stated() == self.wanted()
        self.add_up()

    def stated(self) -> JSON:
        """The sums in the tables of the engine."""
        rows = {
            name: self.server.rows(name) for name in ("clients", "invoices", "credits", "payments", "company_ledger")
        }
        bill = ("status_id", "amount", "balance", "paid_to_date", "partial", "archived_at", "is_deleted")
        sums = ("balance", "paid_to_date", "credit_balance", "payment_balance", "archived_at", "is_deleted")
        payment = ("status_id", "amount", "applied", "refunded", "archived_at", "is_deleted")
        ledger = [(row["client_id"], exact(row["adjustment"]), exact(row["balance"])) for row in rows["company_ledger"]]
        return {
            "clients": [[plain(row[name]) for name in sums] for row in rows["clients"]],
            "invoices": [[plain(row[name]) for name in bill] for row in rows["invoices"]],
            "credits": [[plain(row[name]) for name in bill if name != "partial"] for row in rows["credits"]],
            "payments": [[plain(row[name]) for name in payment] for row in rows["payments"]],
            "ledger": [
                [(change, balance) for owner, change, balance in ledger if owner == row["id"]]
                for row in rows["clients"]
            ],
        }

    def wanted(self) -> JSON:
        """The same, by the books."""
        books = self.books
        return {
            "clients": [
                [row.balance, row.paid, row.credit, books.unapplied(row), row.archived, row.deleted]
                for row in books.clients
            ],
            "invoices": [
                [row.status, row.amount, row.balance, row.paid, row.partial, row.archived, row.deleted]
                for row in books.invoices
            ],
            "credits": [
                [row.status, row.amount, row.balance, row.paid, row.archived, row.deleted] for row in books.credits
            ],
            "payments": [
                [row.status, row.amount, row.applied, row.refunded, row.archived, row.deleted] for row in books.payments
            ],
            "ledger": [running(row.ledger) for row in books.clients],
        }

    def add_up(self) -> None:
        """What the records say of each other, whatever the books think."""
        rows = {name: self.server.rows(name) for name in ("clients", "invoices", "credits", "payments", "paymentables")}
        for client in rows["clients"]:
            mine = {name: [row for row in rows[name] if row["client_id"] == client["id"]] for name in KINDS}
            live = [row for row in mine["invoices"] if not row["is_deleted"]]
            open_ones = [row for row in live if row["status_id"] in ("2", "3")]
            assert exact(client["balance"]) == total(open_ones, "balance")
            kept = [row for row in mine["payments"] if not row["is_deleted"]]
            assert exact(client["payment_balance"]) == total(kept, "amount") - total(kept, "applied")
        for payment in rows["payments"]:
            back = [row for row in rows["paymentables"] if row["payment_id"] == payment["id"]]
            assert all(exact(row["refunded"]) <= abs(exact(row["amount"])) for row in back)
        paid = {row["id"]: NONE for row in rows["invoices"]}
        for share in rows["paymentables"]:
            if share["invoice_id"] and share["payment_id"]:
                paid[share["invoice_id"]] += exact(share["amount"]) - exact(share["refunded"])
        for invoice in rows["invoices"]:
            if not invoice["is_deleted"]:
                assert exact(invoice["paid_to_date"]) == paid[invoice["id"]]


KINDS = ("invoices", "credits", "payments")


def total(rows: list[JSON], name: str) -> Decimal:
    return sum((exact(row[name]) for row in rows), NONE)


def running(moves: list[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """(movement, balance after it)."""
    return [(move, sum(moves[: place + 1], NONE)) for place, move in enumerate(moves)]


def plain(value: object) -> object:
    """Texts and flags as they are, numbers exactly; archived_at only as a flag."""
    if isinstance(value, str | bool):
        return value
    assert isinstance(value, int | float)
    return value > EPOCH / 2 or exact(value)
