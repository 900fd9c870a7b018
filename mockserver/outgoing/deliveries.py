"""Webhooks: each event is told to those who wait for it, once the answer to the call is out (R-SIDE-7..13)."""

from __future__ import annotations

import asyncio
import ssl
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from mockserver import ids
from mockserver.behaviours.service.webhooks import note_delivery
from mockserver.encode import compact
from mockserver.headers import DELIVERY_HEADER
from mockserver.outgoing.payload import payload
from mockserver.outgoing.targets import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.flow import Engine
    from mockserver.store.journal import Happened
    from mockserver.store.table import Data, Table
    from mockserver.world import World

JOURNAL = 1000
WORLDS = 1000
AT_ONCE = 8
WAITING = 1000
"""Deliveries that may wait; above it, new ones are dropped and the journal says so."""
TIMEOUT = 10.0
EXCERPT = 2000
GONE = frozenset({404, 405, 410})
SECRET = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key", "x-api-token"})
OURS = frozenset(
    {"connection", "content-length", "content-type", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade"}
)
"""Headers of a delivery that a webhook can't set."""


@dataclass(slots=True)
class Told:
    """What is known of one world: the last event that was looked at, and its deliveries, the newest last."""

    last: int = 0
    count: int = 0
    journal: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=JOURNAL))


class Deliveries:
    """Tells webhooks of a server. `backoff`: seconds to wait before each further attempt."""

    def __init__(
        self, engine: Engine, *, allowed: frozenset[str] = frozenset(), backoff: tuple[float, ...] = (1.0, 5.0, 15.0)
    ) -> None:
        self._engine = engine
        self._allowed = allowed
        self._backoff = backoff
        self._told: OrderedDict[int, tuple[World, Told]] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._gates: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
        self._trust: ssl.SSLContext | None = None

    def of(self, world: World) -> Told:
        """What was told of a world; a world that was reset is another one."""
        found = self._told.get(id(world))
        if found is None or found[0] is not world:
            found = self._told[id(world)] = (world, Told())
            if len(self._told) > WORLDS:
                self._told.popitem(last=False)
        return found[1]

    def after(self, world: World | None) -> None:
        """Look at what happened since the last time, and begin to tell it."""
        if world is None or "webhooks" not in world.state.tables:
            return  # nobody has ever asked to be told; what happens until somebody does is passed over then
        events = world.state.events
        told = self.of(world)
        if events.last == told.last:
            return
        fresh, told.last = events.after(told.last), events.last
        for _, event in fresh:
            hooks = event.tables.get("webhooks")
            if hooks is not None and (event.event_id or event.webhook):
                for webhook in self._waiting_for(event, hooks):
                    self._start(world, told, event, webhook)

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
            "attempts": [],
        }
        told.journal.append(entry)
        reason = refused(webhook["target_url"], self._allowed)
        if reason or len(self._tasks) >= WAITING:
            entry["state"], entry["reason"] = "refused", reason or f"{WAITING} deliveries wait already."
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            entry["state"], entry["reason"] = (
                "not sent",
                "There is no server: calls inside a process are not delivered.",
            )
            return
        body = compact(payload(self._engine, event, world.base_url))
        task = loop.create_task(self._deliver(world, entry, event, webhook, body))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, world: World, entry: dict[str, Any], event: Happened, webhook: Data, body: bytes) -> None:
        headers = {
            **headers_of(webhook),
            "Accept": "application/json",
            "Content-Type": "application/json",
            DELIVERY_HEADER: str(entry["number"]),
        }
        entry["headers"] = {name: "***" if name.lower() in SECRET else value for name, value in headers.items()}
        status = 0
        for wait in (0.0, *self._backoff):
            await asyncio.sleep(wait)
            status, told = await self._call(entry["method"], entry["url"], headers, body)
            entry["attempts"].append(told)
            if 200 <= status < 300:
                break
        delivered = 200 <= status < 300
        entry["state"] = "delivered" if delivered else "failed"
        outcome = {"status": status, "url": entry["url"], **entry["attempts"][-1]}
        self._engine.apply(
            world,
            lambda draft: note_delivery(draft, webhook["id"], event.entity, entry["id"], outcome, gone=status in GONE),
            company=event.company,
        )

    async def _call(self, method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        """(status, what to note); status 0 when nothing came back."""
        import httpx  # only servers with webhooks need it

        if self._trust is None:  # making one takes longer than a delivery
            self._trust = ssl.create_default_context()
        gate = self._gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
        client = httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False, trust_env=False, verify=self._trust)
        try:
            async with gate, client, client.stream(method, url, headers=headers, content=body) as response:
                part = b""
                async for chunk in response.aiter_bytes():
                    part += chunk
                    if len(part) >= EXCERPT:
                        break
                return response.status_code, {"status": response.status_code, "answer": excerpt(part)}
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            return 0, {"status": None, "error": f"{type(error).__name__}: {error}"}


def headers_of(webhook: Data) -> dict[str, str]:
    """The webhook's own headers that can be sent."""
    own = webhook["headers"] if isinstance(webhook["headers"], dict) else {}
    return {
        name: str(value)
        for name, value in own.items()
        if name
        and name.isascii()
        and name.replace("-", "").replace("_", "").isalnum()
        and name.lower() not in OURS
        and str(value).isascii()
        and str(value).isprintable()
    }


def excerpt(content: bytes) -> str:
    return content[:EXCERPT].decode("utf-8", "replace")
