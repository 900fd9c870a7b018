"""The engine and the books side by side: each call goes to both, and afterwards both must say the same."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mockserver.clock import EPOCH, Clock
from mockserver.local import LocalClient
from tests.money.books import Books
from tests.money.records import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockserver.app import Mock
    from tests.money.books import Pairs

JSON = dict[str, Any]
API = "/api/v1/"
TODAY = "2026-01-15"


def exact(value: float) -> Decimal:
    return Decimal(str(value))


class Both:
    """A company with two clients, in the engine and in the books."""

    def __init__(self, mock: Mock) -> None:
        world = mock.worlds.default.fork("money")
        world.clock = Clock(frozen=EPOCH)
        self.http = LocalClient(mock.engine, mock.routes, world)
        self.books = Books(2)
        self.calls: list[str] = []
        """The calls so far in words, to read when one goes wrong."""
        for name in ("Ada", "Bob"):
            self.call("POST", "clients", {"name": name})
        self.world = self.http.world

    def call(self, method: str, path: str, body: JSON | None = None) -> bool:
        """Whether the service takes the call; anything but a plain refusal is an error."""
        status, answer = self.http.call(method, f"{API}{path}", body)
        self.calls.append(f"{method} {path} {body or ''} -> {status}")
        assert status in (200, 400, 422), (method, path, body, status, answer)
        return status == 200

    def rows(self, resource: str) -> list[JSON]:
        return [record.data for record in self.http.world.state.table(resource)]

    def id(self, resource: str, place: int) -> str:
        hashed: str = self.rows(resource)[place]["id"]
        return hashed

    def listed(self, kind: str, pairs: Pairs) -> list[JSON]:
        return [{f"{kind}_id": self.id(f"{kind}s", place), "amount": float(amount)} for place, amount in pairs]

    # calls ---------------------------------------------------------------------------------------------------

    def invoice(self, client: int, amount: Decimal, partial: Decimal, flag: str, paid: Decimal) -> None:
        body = {"client_id": self.id("clients", client), "line_items": lines(amount), "partial": float(partial)}
        taken = self.call("POST", f"invoices{query(flag, paid)}", body)
        self.agree(taken=taken, wanted=self.books.invoice(client, amount, partial, flag, paid))

    def edit(self, place: int, amount: Decimal | None, partial: Decimal | None, flag: str, paid: Decimal) -> None:
        body: JSON = {} if amount is None else {"line_items": lines(amount)}
        body |= {} if partial is None else {"partial": float(partial)}
        taken = self.call("PUT", f"invoices/{self.id('invoices', place)}{query(flag, paid)}", body)
        self.agree(taken=taken, wanted=self.books.edit(place, amount, partial, flag, paid))

    def act(self, kind: str, places: Iterable[int], action: str, *, single: bool = False) -> None:
        """A bulk action, or one action on each by its own route."""
        places = sorted(set(places))
        ids = [self.id(kind, place) for place in places]
        if not single:
            assert self.call("POST", f"{kind}/bulk", {"action": action, "ids": ids})
        for hashed in ids if single else ():
            if action == "delete":
                assert self.call("DELETE", f"{kind}/{hashed}")
            else:
                self.call("GET", f"{kind}/{hashed}/{action}")
        for place in places:
            self.act_in_books(kind, place, action)
        self.agree()

    def act_in_books(self, kind: str, place: int, action: str) -> None:
        books = self.books
        if kind == "clients":
            client = books.clients[place]
            {"archive": client.archive, "delete": client.drop, "restore": client.revive}[action]()
        elif kind == "invoices":
            books.act(books.invoices[place], action)
        elif kind == "credits":
            books.act_on_credit(books.credits[place], action)
        else:
            books.act_on_payment(books.payments[place], action)

    def credit(self, client: int, amount: Decimal, flag: str = "") -> None:
        body = {"client_id": self.id("clients", client), "line_items": lines(amount)}
        taken = self.call("POST", f"credits{query(flag, NONE)}", body)
        self.agree(taken=taken, wanted=self.books.credit(client, amount, flag))

    def edit_credit(self, place: int, amount: Decimal) -> None:
        taken = self.call("PUT", f"credits/{self.id('credits', place)}", {"line_items": lines(amount)})
        self.agree(taken=taken, wanted=self.books.edit_credit(place, amount))

    def reverse(self, place: int, amount: Decimal, client: int | None = None) -> None:
        owner = self.books.invoices[place].client if client is None else client
        body = {"client_id": self.id("clients", owner), "line_items": lines(amount)}
        taken = self.call("POST", "credits", {**body, "invoice_id": self.id("invoices", place)})
        self.agree(taken=taken, wanted=self.books.reverse(place, amount, owner))

    def pay(self, client: int, amount: Decimal, invoices: Pairs, used: Pairs) -> None:
        body: JSON = {"client_id": self.id("clients", client), "amount": float(amount), **self.spread(invoices, used)}
        self.agree(taken=self.call("POST", "payments", body), wanted=self.books.pay(client, amount, invoices, used))

    def spread(self, invoices: Pairs, used: Pairs) -> JSON:
        body = {"invoices": self.listed("invoice", invoices), "credits": self.listed("credit", used)}
        return {name: rows for name, rows in body.items() if rows}

    def apply(self, place: int, invoices: Pairs, used: Pairs) -> None:
        taken = self.call("PUT", f"payments/{self.id('payments', place)}", self.spread(invoices, used))
        self.agree(taken=taken, wanted=self.books.apply_more(place, invoices, used))

    def refund(self, place: int, amount: Decimal, invoices: Pairs) -> None:
        body: JSON = {"id": self.id("payments", place), "date": TODAY, "amount": float(amount)}
        taken = self.call("POST", "payments/refund", {**body, "invoices": self.listed("invoice", invoices)})
        self.agree(taken=taken, wanted=self.books.refund(place, amount, invoices))

    # what must hold ------------------------------------------------------------------------------------------

    def agree(self, *, taken: bool = True, wanted: bool = True) -> None:
        """The engine took the call when it should, and every sum is what the books say."""
        assert taken == wanted, f"taken: {taken}, wanted: {wanted}"
        assert self.stated() == self.wanted()
        self.add_up()

    def stated(self) -> JSON:
        """The sums in the tables of the engine."""
        rows = {name: self.rows(name) for name in ("clients", "invoices", "credits", "payments", "company_ledger")}
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
        rows = {name: self.rows(name) for name in ("clients", "invoices", "credits", "payments", "paymentables")}
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


def lines(amount: Decimal) -> list[JSON]:
    return [{"quantity": 1, "cost": float(amount)}]


def query(flag: str, paid: Decimal) -> str:
    """The trigger of a call."""
    return f"?{flag}={paid if flag == 'amount_paid' else 'true'}" if flag else ""
