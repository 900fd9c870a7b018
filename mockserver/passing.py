"""Time passes in a world: what falls due runs in the order of its moments, each at its own, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.behaviours.core.due import DUES, TICK
from mockserver.clock import Clock
from mockserver.draft import Caller, Draft
from mockserver.flow import follow
from mockserver.store.table import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.behaviours.core.due import Due
    from mockserver.flow import Engine
    from mockserver.store.table import Data
    from mockserver.world import World

MOST_RUNS = 10_000
"""Runs after which a move of the clock stops; a long one is made in several moves then."""

Entry = tuple[int, str, int]
"""Moment, kind and row of what is due."""


@dataclass(slots=True)
class Passed:
    """What a move of the clock did: the moment that it came to, and what ran; `bound` when it had to stop before."""

    now: int
    happened: list[dict[str, Any]] = field(default_factory=list)
    bound: bool = False


class Agenda:
    """What is due in a world after a moment, the next one first. Entries that no longer hold are passed over.

    `since`: what was due by then, on a record that nobody has changed from then on, is left alone; None for nothing.
    """

    def __init__(self, world: World, after: int, since: int | None = None) -> None:
        self._world = world
        self._since = since
        self._planned: dict[tuple[str, int], int] = {}
        self._heap: list[Entry] = []
        self._heap = list(self._all(after))
        heapify(self._heap)

    def _all(self, after: int) -> Iterator[Entry]:
        drafts: dict[int, Draft] = {}
        for name, due in sorted(DUES.items()):
            for record in table_of(self._world, due):
                draft = drafts.get(record.company)
                if draft is None:
                    draft = drafts[record.company] = view(self._world, record.company, after)
                moment = self._moment(due, draft, record, after)
                if moment is not None:
                    self._planned[name, record.row] = moment
                    yield moment, name, record.row

    def _moment(self, due: Due, draft: Draft, record: Record, after: int) -> int | None:
        if self._since is not None and record.data["updated_at"] < self._since:
            first = due.when(draft, record.data, 0)
            if first is None or first <= self._since:
                return None
        return due.when(draft, record.data, after)

    def plan(self, name: str, record: Record, after: int) -> None:
        """Note when a record is due next."""
        key = name, record.row
        moment = self._moment(DUES[name], view(self._world, record.company, after), record, after)
        if moment is None:
            self._planned.pop(key, None)
        elif self._planned.get(key) != moment:
            self._planned[key] = moment
            heappush(self._heap, (moment, *key))

    def next(self) -> tuple[Entry, Record] | None:
        """The next one, which stays where it is; None when nothing is due any more."""
        while self._heap:
            moment, name, row = entry = self._heap[0]
            record = table_of(self._world, DUES[name]).get(row)
            if record is not None and self._planned.get((name, row)) == moment:
                self.plan(name, record, moment - 1)
                if self._planned.get((name, row)) == moment:
                    return entry, record
            heappop(self._heap)
        return None

    def ran(self, draft: Draft) -> None:
        """Take out what `next` gave and plan anew what its run touched, at the same moment when its turn is to come."""
        moment, name, row = heappop(self._heap)
        self._planned.pop((name, row), None)
        touched = dict.fromkeys((effect.resource, effect.row) for effect in draft.effects)
        for kind, due in DUES.items():
            resource = draft.entity(due.entity).resource
            rows = {at for where, at in touched if where == resource} | ({row} if kind == name else set())
            rows |= set(self._woken(due, touched))
            for each in sorted(rows):
                record = table_of(self._world, due).get(each)
                if record is not None:
                    self.plan(kind, record, moment - 1 if (kind, each) > (name, row) else moment)

    def _woken(self, due: Due, touched: dict[tuple[str, int], None]) -> Iterator[int]:
        for entity, link in due.woken.items():
            resource = self._world.document.entities[entity].resource
            for where, at in touched:
                record = self._world.state.table(where).get(at) if where == resource else None
                row = ids.decode(record.data[link]) if record is not None and record.data[link] else None
                if row is not None:
                    yield row


def table_of(world: World, due: Due) -> Any:
    """The records of one kind of what falls due."""
    return world.state.table(world.document.entities[due.entity].resource)


def view(world: World, company: int, now: int) -> Draft:
    """A draft of a company at a moment, without a caller."""
    draft = Draft(world, now=now)
    draft.company_row = company
    return draft


def first_company(world: World, now: int) -> Draft:
    """A draft of the company that a world began with."""
    company = next(iter(world.state.table("companies")), None)
    return view(world, company.row if company is not None else 0, now)


def job_caller(world: World, company: int, data: Data) -> Caller:
    """The user that a record belongs to, or else the owner of the company, with all rights and no token."""
    links = [each.data for each in world.state.table("company_users").records(company)]
    owner = next((each["user_id"] for each in links if each["is_owner"]), "")
    users = world.state.table("users")
    row = ids.decode(str(data.get("user_id") or owner)) or 0
    user = users.get(row) or next(iter(users))
    return Caller(Record(0, company, {"id": ""}), user, company, {"is_owner": True, "is_admin": True})


def next_due(world: World, after: int) -> dict[str, Any] | None:
    """What is due first after a moment, in short; None when nothing is."""
    found = Agenda(world, after, world.since).next()
    return None if found is None else described(*found)


def described(entry: Entry, record: Record) -> dict[str, Any]:
    """When what is due, in the form of the control API."""
    moment, name, _ = entry
    return {"at": moment, "what": name, "entity": DUES[name].entity, "id": record.data["id"]}


def pass_time(
    engine: Engine, world: World, until: int, *, frozen: bool, most: int = MOST_RUNS, since: int | None = None
) -> Passed:
    """Move the clock forward and run what falls due on the way, up to `until` (unix seconds); `since` as of Agenda.

    It stops between two moments when `most` runs are made, with the clock at the last of them; another move goes on
    from there. When a run fails, the world stays as it was and the failure is raised.
    """
    before = world.state
    after = world.clock.now() if world.played is None else world.played
    passed = Passed(until)
    try:
        agenda = Agenda(world, after, since)
        while (found := agenda.next()) is not None and found[0][0] <= until:
            entry, record = found
            if len(passed.happened) >= most and entry[0] > passed.happened[-1]["at"]:
                passed.now, passed.bound = passed.happened[-1]["at"], True
                break
            passed.happened.append(run(engine, world, agenda, entry, record))
    except BaseException:
        world.state = before
        raise
    world.clock, world.played, world.since = Clock.at(passed.now, frozen=frozen), passed.now, since
    return passed


def run(engine: Engine, world: World, agenda: Agenda, entry: Entry, record: Record) -> dict[str, Any]:
    """Do what is due at its moment; tells what came of it."""
    moment, name, _ = entry
    draft = Draft(world, job_caller(world, record.company, record.data), now=moment)
    told = DUES[name].run(draft, draft.entity(DUES[name].entity), record.data)
    follow(engine, world, draft)
    draft.commit()
    agenda.ran(draft)
    return {**described(entry, record), **told}


def catch_up(engine: Engine, world: World) -> None:
    """Run what fell due since the last time, while the clock of a world runs by itself.

    Jobs act at multiples of TICK, so all calls between two of these cost one comparison.
    """
    now, clock = world.clock.now(), world.clock
    if world.played is None or now // TICK <= world.played // TICK:
        return
    try:
        pass_time(engine, world, now, frozen=False, since=world.since)
    except Exception:
        world.played = now  # what fails is not tried again with each call to come
        raise
    finally:
        world.clock = clock  # the runs took a while, which passed in the world too
