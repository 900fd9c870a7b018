"""Short calls in the words of the trade: make, change, show and act on records of a noun; every answer is judged."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from mockserver.contract.calls.findings import Broken
from mockserver.contract.requests.pool import Pool
from mockserver.contract.target.server import CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.wire.reply import Reply

    Row = dict[str, Any]

FIGURES = (
    *("status_id", "amount", "balance", "paid_to_date", "partial", "is_deleted"),
    *("credit_balance", "payment_balance", "applied", "refunded"),
)
"""Members of bills, payments and clients that money moves."""
MILLIONTH = 1e-6
PAGE = 1000
"""Entries of a feed that one call brings at most."""
OWED = {"owed": "balance", "credit": "credit_balance"}
"""Member of the owner that sums up what is open, by what the facts of a bill say that it counts for."""


class Trade:
    """One company, as a test deals with it."""

    def __init__(self, client: Client, spec: Spec) -> None:
        self.client = client
        self.spec = spec
        self.pool = Pool(spec, client)
        self.wrote = ""
        """Id of the operation that changed something last: what is wrong afterwards is its work."""

    # calls ---------------------------------------------------------------------------------------------------

    def ask(
        self,
        operation: Operation,
        *,
        hashed: str = "",
        body: Any = None,
        query: Mapping[str, Any] | None = None,
        want: int | tuple[int, ...] = 200,
        path: Mapping[str, str] | None = None,
        files: Sequence[tuple[str, str, bytes]] = (),
    ) -> Reply:
        """A call; one that a guard against repeats refuses is made again once the guard lets go."""
        named = {"id": hashed, **(path or {})}
        self.wrote = self.wrote if operation.reads_only else operation.id
        for more in (0.5, 2, 0):
            reply = self.client.call(operation, path=named, body=body, query=query, files=files)
            if reply.status != 400 or b"Duplicate request" not in reply.body or not more:
                break
            time.sleep(self._guarded(operation, body) + more)
        wanted = (want,) if isinstance(want, int) else want
        if wanted and reply.status not in wanted:
            wants = " or ".join(map(str, wanted))
            raise Broken(f"{operation.id}: got {reply.status}, wanted {wants}\n{reply}", operation=operation.id)
        return reply

    def _guarded(self, operation: Operation, body: Any) -> float:
        """Seconds for which the facts let a repetition of the call be refused."""
        known = self.spec.nouns.get(operation.noun)
        guard = known.told(f"guards.{operation.behaviour}") if known is not None else None
        if guard is None:
            return 1
        action = body.get("action") if isinstance(body, dict) else None
        seconds: float = guard.get("longer", {}).get(action, guard["seconds"])
        return seconds

    def noun(self, name: str) -> Noun:
        return self.spec.nouns[name]

    def make(self, noun: str, body: Row | None = None, **flags: Any) -> Row:
        """The record that a create with what is needed and this body answers; flags stand in the query."""
        return self._record(self.ask(self.noun(noun).operations["create"], body=self.full(noun, body), query=flags))

    def full(self, noun: str, body: Row | None) -> Row:
        """The body with what the rules need, unless it brings that itself."""
        body = body or {}
        known = self.noun(noun)
        lacks = [name for name in known.rules("create") if known.required("create", name) and name not in body]
        return {**(self.pool.minimal(known) if any("*" not in name for name in lacks) else {}), **body}

    def refused(self, noun: str, body: Row, *, hashed: str = "", **flags: Any) -> Reply:
        """The refusal of a create, or of an update of the record with this id."""
        verb = "update" if hashed else "create"
        return self.ask(self.noun(noun).operations[verb], hashed=hashed, body=body, query=flags, want=(400, 422))

    def party(self, noun: str, **fields: Any) -> tuple[str, str, Row]:
        """A new owner for bills of the noun: the member that links to it, its noun, and itself."""
        known = self.noun(noun)
        links = ((name, each["to"]) for name, each in known.writable("create").items() if "to" in each)
        link, owner = next((name, to) for name, to in links if known.required("create", name))
        return link, owner, self.make(owner, fields)

    def change(self, noun: str, hashed: str, body: Row, **flags: Any) -> Row:
        return self._record(self.ask(self.noun(noun).operations["update"], hashed=hashed, body=body, query=flags))

    def show(self, noun: str, hashed: str, **query: Any) -> Row:
        return self._record(self.ask(self.noun(noun).operations["show"], hashed=hashed, query=query))

    def rows(self, noun: str, **query: Any) -> list[Row]:
        """Rows of the list, as many as the largest page holds."""
        found: list[Row] = self.ask(self.noun(noun).operations["list"], query={"per_page": 5000, **query}).data
        return found

    def bulk(self, noun: str, action: str, *ids: str, **more: Any) -> Reply:
        return self.ask(self.noun(noun).operations["bulk"], body={"action": action, "ids": list(ids), **more})

    def drop(self, noun: str, hashed: str) -> Reply:
        """DELETE, whatever the behaviour behind it is called."""
        own = self.noun(noun).operations.values()
        operation = next(each for each in own if each.method == "DELETE" and each.path.endswith("{id}"))
        return self.ask(operation, hashed=hashed)

    def run(self, noun: str, behaviour: str, body: Any = None, *, hashed: str = "", **path: str) -> Reply:
        """An operation that only this noun has, by the name of its behaviour."""
        return self.ask(self.noun(noun).operations[behaviour], hashed=hashed, body=body, path=path)

    def must(self, *problems: Iterable[str], operation: str = "", after: str = "") -> None:
        """Raise Broken when there is any problem, and blame the last call that changed something."""
        must(*problems, operation=operation or self.wrote, after=after)

    @staticmethod
    def _record(reply: Reply) -> Row:
        record: Row = reply.data
        return record

    # settings and time, only where each test has a world of its own ---------------------------------------------

    def company(self) -> Row:
        return self._record(self.run("company", "company_current"))

    def settings(self, **changes: Any) -> Row:
        """Change settings of the company; the settings afterwards."""
        settings: Row = self.configure(settings=changes)["settings"]
        return settings

    def configure(self, settings: Row | None = None, **changes: Any) -> Row:
        """Change the company: members of its settings, and fields of its own."""
        own = self.company()
        body = {"settings": {**own["settings"], **(settings or {})}, **changes}
        return self._record(self.run("company", "company_update", body, hashed=own["id"]))

    def clock(self, **body: Any) -> Row:
        """Move the clock of the world; what happened on the way is in the answer."""
        return self._control("PUT", "clock", body)

    def feed(self, name: str, after: int = 0) -> list[Row]:
        """All entries of a feed of the control API, such as events, from behind a number on."""
        found: list[Row] = self._control("GET", f"{name}?after={after}&limit={PAGE}")["data"]
        return found if len(found) < PAGE else [*found, *self.feed(name, found[-1]["number"])]

    def last(self, name: str) -> int:
        """The number of the last entry of a feed; 0 while there is none."""
        return max((each["number"] for each in self.feed(name)), default=0)

    def _control(self, method: str, path: str, body: Any = None) -> Row:
        reply = self.client.send(method, f"{CONTROL}/{path}", body=body)
        if not reply.ok:
            raise Broken(f"the control API does not answer as it should: {reply}")
        told: Row = reply.json()
        return told


def lines(*costs: float, **more: Any) -> list[Row]:
    """One line for each cost."""
    return [{"quantity": 1, "cost": cost, **more} for cost in costs]


def owned(trade: Trade, noun: str, client: str) -> Row:
    """A body for something that belongs to a client: a bill of 100, 25 that were paid ahead, or a name."""
    fields = trade.noun(noun).writable("create")
    body: Row = {"client_id": client}
    body |= {"line_items": lines(100)} if "line_items" in fields else {}
    body |= {"amount": 25} if noun == "payment" else {}
    body |= {"frequency_id": "5"} if "frequency_id" in fields else {}
    body |= {"name": f"of {client}"} if "name" in fields else {}
    return body


class Watch:
    """Records whose figures a test follows, by names of its own."""

    def __init__(self, trade: Trade, **records: tuple[str, str]) -> None:
        self.trade = trade
        self.records = records
        """Noun and id of each."""
        self.before = self.read()

    def read(self) -> dict[str, Row]:
        """The figures of each record as they are now."""
        shown = {name: self.trade.show(noun, hashed) for name, (noun, hashed) in self.records.items()}
        return {name: {member: row[member] for member in FIGURES if member in row} for name, row in shown.items()}

    def moved(self, **changes: Row) -> list[str]:
        """What is not as it was, but for these changes; from here on, what is now counts as before."""
        now = self.read()
        wanted = {name: {**row, **changes.get(name, {})} for name, row in self.before.items()}
        self.before = now
        return [problem for name, row in wanted.items() for problem in unlike(row, now[name], name)]


def unlike(wanted: Mapping[str, Any], got: Mapping[str, Any], about: str = "") -> list[str]:
    """The members that are not as they were wanted, in words."""
    of = f" of {about}" if about else ""
    return [
        f"{name}{of}: got {got.get(name)!r}, wanted {value!r}"
        for name, value in wanted.items()
        if not same(got.get(name), value)
    ]


def same(got: Any, wanted: Any) -> bool:
    """Whether two values are the same; numbers to a millionth, so that a sum of floats counts as what it is."""
    if isinstance(got, bool) or isinstance(wanted, bool):
        return got is wanted
    numbers = isinstance(got, int | float) and isinstance(wanted, int | float)
    return bool(abs(got - wanted) < MILLIONTH if numbers else got == wanted)


def must(*problems: Iterable[str], operation: str = "", after: str = "") -> None:
    """Raise Broken when there is any problem."""
    found = [problem for each in problems for problem in each]
    if found:
        raise Broken((f"after {after}: " if after else "") + "; ".join(found), operation=operation)
