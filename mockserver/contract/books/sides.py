"""The server and the books side by side: each call goes to both, and afterwards both must say the same."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from mockserver.contract.books.records import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockserver.contract.books.payments import Books, Pairs

JSON = dict[str, Any]


class Server(Protocol):
    """Calls of a server, by the plural of what they are about; each tells whether the server took it."""

    def create(self, kind: str, body: JSON, flags: Mapping[str, str]) -> bool: ...

    def update(self, kind: str, hashed: str, body: JSON, flags: Mapping[str, str]) -> bool: ...

    def bulk(self, kind: str, action: str, ids: list[str]) -> bool: ...

    def single(self, kind: str, action: str, hashed: str) -> bool: ...

    def give_back(self, body: JSON) -> bool:
        """A refund."""

    def id(self, kind: str, place: int) -> str:
        """The id of a record that the books know by its place."""

    def today(self) -> str:
        """A date for refunds."""


class Both(ABC):
    """A company in a server and in the books. Subclasses say how the two are compared."""

    def __init__(self, server: Server, books: Books) -> None:
        self.server = server
        self.books = books

    @abstractmethod
    def agree(self, *, taken: bool = True, wanted: bool = True) -> None:
        """Raise AssertionError unless the server took the call when it should, and says what the books say."""

    def invoice(self, client: int, amount: Decimal, partial: Decimal, flag: str, paid: Decimal) -> None:
        body = {"client_id": self.server.id("clients", client), "line_items": lines(amount), "partial": float(partial)}
        taken = self.server.create("invoices", body, flags(flag, paid))
        self.agree(taken=taken, wanted=self.books.invoice(client, amount, partial, flag, paid))

    def edit(self, place: int, amount: Decimal | None, partial: Decimal | None, flag: str, paid: Decimal) -> None:
        body: JSON = {} if amount is None else {"line_items": lines(amount)}
        body |= {} if partial is None else {"partial": float(partial)}
        taken = self.server.update("invoices", self.server.id("invoices", place), body, flags(flag, paid))
        self.agree(taken=taken, wanted=self.books.edit(place, amount, partial, flag, paid))

    def act(self, kind: str, places: Iterable[int], action: str, *, single: bool = False) -> None:
        """A bulk action, or one action on each by its own route."""
        places = sorted(set(places))
        ids = [self.server.id(kind, place) for place in places]
        if not single:
            assert self.server.bulk(kind, action, ids), f"the bulk action {action} was refused"
        for hashed in ids if single else ():
            taken = self.server.single(kind, action, hashed)
            assert taken or action != "delete", "a deletion was refused"
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
        body = {"client_id": self.server.id("clients", client), "line_items": lines(amount)}
        taken = self.server.create("credits", body, flags(flag, NONE))
        self.agree(taken=taken, wanted=self.books.credit(client, amount, flag))

    def edit_credit(self, place: int, amount: Decimal) -> None:
        taken = self.server.update("credits", self.server.id("credits", place), {"line_items": lines(amount)}, {})
        self.agree(taken=taken, wanted=self.books.edit_credit(place, amount))

    def reverse(self, place: int, amount: Decimal, client: int | None = None) -> None:
        owner = self.books.invoices[place].client if client is None else client
        body = {"client_id": self.server.id("clients", owner), "line_items": lines(amount)}
        taken = self.server.create("credits", {**body, "invoice_id": self.server.id("invoices", place)}, {})
        self.agree(taken=taken, wanted=self.books.reverse(place, amount, owner))

    def pay(self, client: int, amount: Decimal, invoices: Pairs, used: Pairs) -> None:
        body: JSON = {"client_id": self.server.id("clients", client), "amount": float(amount)}
        taken = self.server.create("payments", {**body, **self.spread(invoices, used)}, {})
        self.agree(taken=taken, wanted=self.books.pay(client, amount, invoices, used))

    def spread(self, invoices: Pairs, used: Pairs) -> JSON:
        body = {"invoices": self.listed("invoice", invoices), "credits": self.listed("credit", used)}
        return {name: rows for name, rows in body.items() if rows}

    def listed(self, kind: str, pairs: Pairs) -> list[JSON]:
        return [{f"{kind}_id": self.server.id(f"{kind}s", place), "amount": float(amount)} for place, amount in pairs]

    def apply(self, place: int, invoices: Pairs, used: Pairs) -> None:
        body = self.spread(invoices, used)
        taken = self.server.update("payments", self.server.id("payments", place), body, {})
        self.agree(taken=taken, wanted=self.books.apply_more(place, invoices, used))

    def refund(self, place: int, amount: Decimal, invoices: Pairs) -> None:
        body: JSON = {"id": self.server.id("payments", place), "date": self.server.today(), "amount": float(amount)}
        taken = self.server.give_back({**body, "invoices": self.listed("invoice", invoices)})
        self.agree(taken=taken, wanted=self.books.refund(place, amount, invoices))


def decimal(value: float) -> Decimal:
    """A JSON number as it is written."""
    return Decimal(str(value))


def lines(amount: Decimal) -> list[JSON]:
    return [{"quantity": 1, "cost": float(amount)}]


def flags(flag: str, paid: Decimal) -> dict[str, str]:
    """The trigger of a call."""
    return {flag: str(paid) if flag == "amount_paid" else "true"} if flag else {}
