"""The store at 100,000 records: forks, resets, list pages and filters, held against a loop in plain Python."""

from __future__ import annotations

from functools import partial
from itertools import count
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.measure import Row, in_words, interleaved, ratio, timed
from mockserver import ids
from mockserver.app import Settings, create_mock
from mockserver.behaviours.records.crud import rows_of
from mockserver.draft import Draft
from mockserver.identity import caller_for
from mockserver.store.listing import select
from mockserver.store.query import Scope
from mockserver.store.state import Put
from mockserver.store.table import Record
from mockserver.world import World, Worlds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

INVOICES = 100_000
CLIENTS = 1_000
PER_PAGE = 20
LOOP = 1_000
COMPANY = 1


def filled(invoices: int = INVOICES, clients: int = CLIENTS) -> World:
    """A world with so many invoices, spread evenly over the clients; half of them are sent and open."""
    world = create_mock(Settings(scenario="empty")).worlds.default
    state, document = world.state, world.document

    def put(name: str, row: int, facts: dict[str, Any]) -> Put:
        data = {**document.entities[name].blank, "id": ids.encode(row), **facts}
        return Put(document.entities[name].resource, Record(row, COMPANY, data))

    for row in range(1, clients + 1):
        state = state.apply(put("client", row, {"name": f"Client {row}"}))
    for row in range(1, invoices + 1):
        facts: dict[str, Any] = {"number": f"{row:06}", "client_id": ids.encode(row % clients + 1), "amount": row % 977}
        if row % 2:
            facts |= {"status_id": "2", "balance": row % 977}
        state = state.apply(put("invoice", row, facts))
    world.state = state
    return world


def loop() -> int:
    """What the store is held against: 1,000 look-ups in a dict, and additions."""
    facts = {"amount": 1}
    total = 0
    for _ in range(LOOP):
        total += facts["amount"]
    return total


class Desk:
    """Asks the store as a list operation does."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._draft = Draft(world, caller_for(world, world.identity.token))
        self._invoice = world.document.entities["invoice"]
        self._numbers = count()

    def page(self, parameters: dict[str, str]) -> list[Record]:
        """The first page, selected anew."""
        draft = self._draft
        return self._records(
            select(Scope(self._invoice, draft.document, draft.state, COMPANY, draft.today), parameters)
        )

    def repeated(self, parameters: dict[str, str]) -> list[Record]:
        """The first page of a query that may have been asked before."""
        return self._records(rows_of(self._draft, self._invoice, parameters))

    def fork(self) -> World:
        """A fork under a name that no world has yet."""
        return self.world.fork(f"bench-{next(self._numbers)}")

    def write(self, world: World) -> None:
        """Store one more invoice in a world."""
        record = Record(world.state.table(self._invoice.resource).next_row, COMPANY, dict(self._invoice.blank))
        world.state = world.state.apply(Put(self._invoice.resource, record))

    def _records(self, rows: Sequence[int]) -> list[Record]:
        table = self._draft.state.table(self._invoice.resource)
        assert len(rows) > 0
        return [record for row in rows[:PER_PAGE] if (record := table.get(row)) is not None]


def cases(desk: Desk, invoices: int, clients: int) -> dict[str, tuple[Callable[[], object], int, str]]:
    """What is measured: a call, how often it is repeated in a round, and its target."""
    worlds = Worlds(desk.world, limit=1 << 30)
    client = {"client_id": ids.encode(clients // 2)}
    unpaid = {"client_status": "unpaid"}
    number = {"number": f"{invoices // 2:06}"}
    words = {"filter": f"Client {clients // 2}"}
    return {
        f"fork of a world of {invoices:,} invoices": (desk.fork, 200, "<= 100 us"),
        f"reset of a world of {invoices:,} invoices": (lambda: worlds.reset("default"), 200, "<= 100 us"),
        "fork, and first write to it": (lambda: desk.write(desk.fork()), 20, ""),
        f"page of all {invoices:,} invoices": (partial(desk.page, {}), 50, "<= 100 us"),
        f"page of the {invoices // clients} invoices of a client, by index": (
            partial(desk.page, client),
            50,
            "<= 100 us",
        ),
        "filter number=..., with total": (partial(desk.page, number), 1, "<= 25 ms"),
        "filter client_status=unpaid, half of all, with total": (partial(desk.page, unpaid), 1, "<= 25 ms"),
        "the same filter repeated": (partial(desk.repeated, unpaid), 200, "<= 20 us"),
        "search (filter=...) in 15 fields, 4 of them of client and contacts": (partial(desk.page, words), 1, ""),
    }


def run(rounds: int = 10, invoices: int = INVOICES, clients: int = CLIENTS) -> list[Row]:
    """A row a case."""
    measured = cases(Desk(filled(invoices, clients)), invoices, clients)
    contenders: dict[str, Callable[[], float]] = {"loop": partial(timed, loop, 100)}
    contenders |= {what: partial(timed, call, repeat) for what, (call, repeat, _) in measured.items()}
    for each in contenders.values():
        each()  # indexes are made on first use
    costs = interleaved(rounds, contenders)
    base = f"loop of 1,000 look-ups {in_words(median(costs['loop']))}"
    return [
        Row(what, in_words(median(costs[what])), base, ratio(costs, what, "loop"), target)
        for what, (_, _, target) in measured.items()
    ]
