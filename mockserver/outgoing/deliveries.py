"""Webhooks: each event is told to those who wait for it, once the answer to the call is out (R-SIDE-7..13).

A delivery that fails is due again a pause later on the clock of its world. While that clock runs, a timer waits as
long; when it is moved on, what fell due on the way is called at once; while it stands still, nothing is.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from mockserver import ids
from mockserver.behaviours.service.webhooks import note_delivery
from mockserver.encode import compact
from mockserver.headers import DELIVERY_HEADER
from mockserver.outgoing.calling import Caller, headers_of
from mockserver.outgoing.payload import payload
from mockserver.outgoing.targets import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.flow import Engine
    from mockserver.store.journal import Happened
    from mockserver.store.table import Data, Table
    from mockserver.world import World, Worlds

JOURNAL = 1000
WAITING = 1000
"""Deliveries that may be on their way, and those of a world that may wait for their next call; above it, new ones are
dropped and the journal says so."""
PAUSES = (10, 30, 60, 180)
"""Seconds on the clock of the world before the second call and each one after it."""
GONE = frozenset({404, 405, 410})
SECRET = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key", "x-api-token"})


@dataclass(slots=True)
class Delivery:
    """One event on its way to one webhook: its entry of the journal, and what each call sends."""

    entry: dict[str, Any]
    event: Happened
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Told:
    """What is known of one world: the last event that was looked at, and its deliveries, the newest last.

    `waiting` is a heap of those that are to be called again: (moment, number, delivery).
    """

    last: int = 0
    count: int = 0
    journal: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=JOURNAL))
    waiting: list[tuple[int, int, Delivery]] = field(default_factory=list)
    loop: asyncio.AbstractEventLoop | None = None
    timer: asyncio.TimerHandle | None = None


class Deliveries:
    """Tells webhooks of a server. `pauses`: seconds of the world's clock before each further attempt."""

    def __init__(
        self,
        engine: Engine,
        worlds: Worlds,
        *,
        allowed: frozenset[str] = frozenset(),
        pauses: tuple[int, ...] = PAUSES,
    ) -> None:
        self._engine = engine
        self._worlds = worlds
        self._allowed = allowed
        self._pauses = pauses
        self._caller = Caller()
        self._told: WeakKeyDictionary[World, Told] = WeakKeyDictionary()
        self._tasks: set[asyncio.Task[None]] = set()

    def of(self, world: World) -> Told:
        """What was told of a world; a world that was reset is another one. It is forgotten with its world."""
        found = self._told.get(world)
        if found is None:
            found = self._told[world] = Told()
        return found

    def after(self, world: World | None) -> None:
        """Look at what happened since the last time, and begin to tell it; call again where it is time to."""
        if world is None or "webhooks" not in world.state.tables:
            return  # nobody has ever asked to be told; what happens until somebody does is passed over then
        events = world.state.events
        told = self.of(world)
        if events.last != told.last:
            fresh, told.last = events.after(told.last), events.last
            for _, event in fresh:
                hooks = event.tables.get("webhooks")
                if hooks is not None and (event.event_id or event.webhook):
                    for webhook in self._waiting_for(event, hooks):
                        self._start(world, told, event, webhook)
        if told.waiting and told.loop is not None:
            with suppress(RuntimeError):  # the server has stopped, and its loop with it
                told.loop.call_soon_threadsafe(self._wake, world, told)

    @staticmethod
    def _waiting_for(event: Happened, hooks: Table) -> Iterator[Data]:
        """Live webhooks of the company that the event is for; none of a company that is switched off."""
        company = event.tables["companies"].get(event.company)
        if company is None or company.data["is_disabled"]:
            return
        if event.webhook:
            record = hooks.get(ids.decode(event.webhook) or 0)
            yield from [record.data] if record is not None else []
            return
        for row in hooks.find(str(event.event_id), "event_id", company=event.company):
            record = hooks.get(row)
            if record is not None and not record.data["archived_at"] and not record.data["is_deleted"]:
                yield record.data

    def _start(self, world: World, told: Told, event: Happened, webhook: Data) -> None:
        told.count += 1
        entry = {
            "number": told.count,
            "at": event.at,
            "webhook_id": webhook["id"],
            "event_id": int(webhook["event_id"]),
            "entity": event.entity,
            "id": ids.encode(event.row),
            "method": str(webhook["rest_method"]).upper() or "POST",
            "url": webhook["target_url"],
            "state": "waiting",
            "next_at": event.at,
            "attempts": [],
        }
        told.journal.append(entry)
        reason = refused(webhook["target_url"], self._allowed)
        if reason or len(self._tasks) >= WAITING or len(told.waiting) >= WAITING:
            entry |= {"state": "refused", "next_at": None, "reason": reason or f"{WAITING} deliveries wait already."}
            return
        try:
            told.loop = asyncio.get_running_loop()
        except RuntimeError:
            reason = "There is no server: calls inside a process are not delivered."
            entry |= {"state": "not sent", "next_at": None, "reason": reason}
            return
        headers = {
            **headers_of(webhook),
            "Accept": "application/json",
            "Content-Type": "application/json",
            DELIVERY_HEADER: str(entry["number"]),
        }
        entry["headers"] = {name: "***" if name.lower() in SECRET else value for name, value in headers.items()}
        body = compact(payload(self._engine, event, world.base_url))
        self._send(world, told, event.at, Delivery(entry, event, headers, body))

    def _send(self, world: World, told: Told, moment: int, delivery: Delivery) -> None:
        assert told.loop is not None
        task = told.loop.create_task(self._attempt(world, told, moment, delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _attempt(self, world: World, told: Told, moment: int, delivery: Delivery) -> None:
        """Call once; a failure waits for its next turn, while there is one. `moment` is when this one was due."""
        entry, event = delivery.entry, delivery.event
        status, noted = await self._caller.call(entry["method"], entry["url"], delivery.headers, delivery.body)
        entry["attempts"].append({"at": moment, **noted})
        if not self._worlds.holds(world):
            return
        delivered, tries = 200 <= status < 300, len(entry["attempts"])
        if not delivered and tries <= len(self._pauses):
            entry["next_at"] = moment + self._pauses[tries - 1]
            heappush(told.waiting, (entry["next_at"], entry["number"], delivery))
            self._wake(world, told)
            return
        entry["state"], entry["next_at"] = "delivered" if delivered else "failed", None
        outcome = {"status": status, "url": entry["url"], **noted}
        self._engine.apply(
            world,
            lambda draft: note_delivery(
                draft, entry["webhook_id"], event.entity, entry["id"], outcome, gone=status in GONE
            ),
            company=event.company,
        )

    def _wake(self, world: World, told: Told) -> None:
        """Call those whose moment has come; a timer waits for the next one while the clock of the world runs."""
        if told.timer is not None:
            told.timer.cancel()
            told.timer = None
        if not self._worlds.holds(world):
            told.waiting.clear()
            return
        now = world.clock.now()
        while told.waiting and told.waiting[0][0] <= now:
            moment, _, delivery = heappop(told.waiting)
            self._send(world, told, moment, delivery)
        if told.waiting and world.clock.frozen is None:
            assert told.loop is not None
            told.timer = told.loop.call_later(told.waiting[0][0] - now, self._wake, world, told)
