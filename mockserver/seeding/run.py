"""Makes the calls of a scenario in the order of their time, on a world whose clock goes with them.

All time is counted from the clock's EPOCH, so the result is the same on every day.
"""

from __future__ import annotations

import gc
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.clock import EPOCH, Clock
from mockserver.errors import ContractBreach, Refused
from mockserver.identity import caller_for
from mockserver.local import LocalClient
from mockserver.seeding.calls import WRITE
from mockserver.seeding.rows import token_text, write_row
from mockserver.seeding.scenario import Step
from mockserver.seeding.site import EPOCH_DAY, Site
from mockserver.seeding.trouble import trouble
from mockserver.seeding.values import WHOLE

if TYPE_CHECKING:
    from mockserver.draft import Caller
    from mockserver.errors import StartError
    from mockserver.flow import Engine
    from mockserver.routes import Routes
    from mockserver.seeding.calls import Call
    from mockserver.seeding.scale import Scale
    from mockserver.seeding.scenario import Later, Scenario
    from mockserver.world import World

    Pending = tuple[int, int, int, Step | Later, int]
    """Moment, order of arrival, number of the record in its step, what to do, row (0 before it is made)."""

DAY = 86_400
WORKDAY = 8 * 3600
"""Calls of a day come within these seconds from the hour of EPOCH on."""


class Runner:
    """Runs one scenario on one world."""

    def __init__(self, engine: Engine, routes: Routes, world: World, scenario: Scenario, scale: Scale) -> None:
        self._engine = engine
        self._client = LocalClient(engine, routes, world)
        self._world = world
        self._scenario = scenario
        self._scale = scale
        self._pending: list[Pending] = []
        self._arrived = 0

    def run(self) -> None:
        """Make all calls. Raises StartError when one does not answer 200."""
        collecting = gc.isenabled()
        gc.disable()  # records are kept, so that looking for garbage among them is a fifth of the time for nothing
        try:
            self._run()
        finally:
            if collecting:
                gc.enable()

    def _run(self) -> None:
        steps = self._scenario.steps
        for step, count in zip(steps, self._scale.counts(steps), strict=True):
            first, last = step.on
            for number in range(count):
                day = first + (last - first + 1) * (2 * number + 1) // (2 * count)
                moment = EPOCH + day * DAY + (step.draw(number) % WORKDAY if day else 0)
                self._arrive(moment, number, step, 0)
        heapify(self._pending)
        while self._pending:
            moment, _, number, what, row = heappop(self._pending)
            self._world.clock = Clock(frozen=moment)
            caller = self._caller(what.call, number)
            site = self._site(what.call, moment, row, number, caller.company)
            if isinstance(what, Step):
                if self._make(what.call, site, number, caller, known=False):
                    self._plan(what, site.row, number, moment)
            elif what.due(site.objects[0]):
                self._make(what.call, site, number, caller, known=True)

    def _arrive(self, moment: int, number: int, what: Step | Later, row: int) -> None:
        self._arrived += 1
        self._pending.append((moment, self._arrived, number, what, row))

    def _plan(self, step: Step, row: int, number: int, moment: int) -> None:
        """Note the later calls about a new record, unless they fall after the scenario's day."""
        for later in step.then:
            start = later.draw(0) / WHOLE
            if int((number + 1) * later.share + start) == int(number * later.share + start):
                continue
            low, high = later.after
            chance = later.draw(row)
            when = moment + (low + chance % (high - low + 1)) * DAY + 60 + chance // DAY % 1800
            if when <= EPOCH:
                self._arrived += 1
                heappush(self._pending, (when, self._arrived, number, later, row))

    def _caller(self, call: Call, number: int) -> Caller:
        """Who makes the call. Raises StartError when nobody has the token yet, or when it does not work."""
        token = token_text(self._world, call.caller)
        try:
            return caller_for(self._world, token)
        except Refused as refused:
            made = "write a row of tokens, or mend its user, on an earlier day"
            got = f"`{call.caller}`: {refused.message}"
            raise trouble(f"{call.where}.as, record {number + 1}", got, "a token that works", made) from None

    def _site(self, call: Call, moment: int, row: int, number: int, company: int) -> Site:
        day = moment // DAY + EPOCH_DAY
        table = self._world.state.table(call.resource)
        if not row:
            return Site(self._world, table.next_row, day, company=company, number=number)
        record = table.get(row)
        data = record.data if record is not None else {}
        return Site(self._world, row, day, data, company=company, number=number)

    def _make(self, call: Call, site: Site, number: int, caller: Caller, *, known: bool) -> bool:
        """Make the call; False when it is left out because no record was found for it."""
        body = call.body(site) if call.body is not None else None
        if call.only_with and call.only_with not in (body or {}):
            return False
        if call.method == WRITE:
            write_row(self._engine, call, body or {}, site, caller)
        else:
            self._call(call, body, site, number, caller, known=known)
        return True

    def _call(
        self, call: Call, body: dict[str, Any] | None, site: Site, number: int, caller: Caller, *, known: bool
    ) -> None:
        hashed = ids.encode(site.row) if known else ""
        target = call.target(site, hashed)
        try:
            reply = self._client.reply(
                call.method,
                target,
                body,
                headers={"X-API-PASSWORD": caller.user.data["password"]},
                files=call.files,
                token=caller.token.data["token"],
            )
        except AssertionError as error:
            if not isinstance(error.__cause__, ContractBreach):
                raise
            raise failure(call, target, number, f"an answer that is not documented: {error}", "200") from error
        if reply.status != 200:
            text = reply.body[:500].decode("utf-8", "replace")
            raise failure(call, target, number, f"{reply.status} {text}", "200")
        if not known and self._world.state.table(call.resource).get(site.row) is None:
            raise failure(call, target, number, "no new record", f"one of {call.resource}, as `make` says")


def failure(call: Call, target: str, number: int, got: str, wanted: str) -> StartError:
    """What a call answered, for which record of its step."""
    return trouble(f"{call.where} ({call.method} {target}), record {number + 1}", got, wanted, "mend the call")
