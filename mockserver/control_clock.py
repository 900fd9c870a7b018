"""The clock of a world in the control API: what it shows, and how users freeze, set and advance it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.clock import Clock
from mockserver.derive.dates import at, moment
from mockserver.derive.moments import LATEST, moved_on
from mockserver.errors import Diagnosis, Refused
from mockserver.passing import MOST_RUNS, first_company, next_due, pass_time

if TYPE_CHECKING:
    from mockserver.flow import Engine
    from mockserver.world import World

WORDS = ("freeze", "set", "advance")
SPAN = 'a span such as "45 days", "1 month" or "2 weeks 3 hours", or a number of seconds from 0 on'
INSTANT = 'unix seconds, or a moment such as "2026-03-01T09:00:00Z", from 1970 to 2199'


def shown(world: World) -> dict[str, Any]:
    """The clock of a world; `date` is the day in the zone of its first company, `next` what falls due next."""
    now = world.clock.now()
    draft = first_company(world, now)
    after = now if world.played is None else world.played
    coming = next_due(world, after)
    return {
        "world": world.name,
        "now": now,
        "iso": iso(now),
        "date": draft.today,
        "zone": draft.zone,
        "frozen": world.clock.frozen is not None,
        "offset": world.clock.ahead(),
        "next": coming and {"iso": iso(coming["at"]), **coming},
    }


def move(engine: Engine, world: World, body: dict[str, Any]) -> dict[str, Any]:
    """Freeze, set or advance the clock; tells what happened on the way.

    Going back runs nothing. Raises Refused for anything that is not understood, and changes nothing then.
    """
    unknown = [name for name in body if name not in (*WORDS, "world")]
    if unknown:
        raise wrong("a member", unknown[0], f"one of {', '.join(WORDS)}", "leave it out")
    if not any(name in body for name in WORDS):
        raise wrong("no member", None, f"at least one of {', '.join(WORDS)}", 'send for example {"advance": "45 days"}')
    if "set" in body and "advance" in body:
        raise wrong("both set and advance", "set, advance", "one of the two", "make two calls")
    freeze = body.get("freeze", world.clock.frozen is not None)
    if not isinstance(freeze, bool):
        raise wrong("freeze", freeze, "true or false", "send true to stop the clock, false to let it run")
    now = world.clock.now()
    zone = first_company(world, now).zone
    target = now
    if "set" in body:
        target = instant(body["set"], zone)
    elif "advance" in body:
        target = later(now, body["advance"], zone)
    return moved(engine, world, now, target, frozen=freeze)


def moved(engine: Engine, world: World, now: int, target: int, *, frozen: bool) -> dict[str, Any]:
    """The clock after it went to a moment, with what happened."""
    happened, bound = [], None
    if target < now:
        world.clock, world.played, world.since = Clock.at(target, frozen=frozen), target, None
    else:
        passed = pass_time(engine, world, target, frozen=frozen)
        happened = [{"iso": iso(each["at"]), **each} for each in passed.happened]
        if passed.bound:
            bound = {"runs": MOST_RUNS, "reached": iso(passed.now), "wanted": iso(target)}
    return {**shown(world), "count": len(happened), "bound": bound, "happened": happened}


def instant(value: Any, zone: str) -> int:
    """The moment that `set` names; a text without an offset is read in the zone of the company."""
    found = value if isinstance(value, int) and not isinstance(value, bool) else None
    if isinstance(value, str):
        found = moment(value, zone=zone)
    if found is None or not 0 <= found < LATEST:
        raise wrong("set", value, INSTANT, "write the moment in one of these ways")
    return found


def later(now: int, value: Any, zone: str) -> int:
    """The moment that `advance` leads to; days and longer spans keep the time of day in the zone of the company."""
    found = now + value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
    if isinstance(value, str):
        found = moved_on(now, value, zone)
    if found is None:
        raise wrong("advance", value, SPAN, "use set to go back")
    if found >= LATEST:
        raise wrong("advance", value, "a moment before 2200", "advance by less")
    return found


def wrong(what: str, got: Any, wanted: str, hint: str) -> Refused:
    """A 400 that says what came, what was wanted and what to do."""
    diagnosis = Diagnosis("body", "clock", got, wanted, hint)
    message = f"The clock can't be moved by {what}: got {got!r}, wanted {wanted}; {hint}."
    return Refused("bad_request", message, diagnoses=(diagnosis,))


def iso(seconds: int) -> str:
    """A moment as `2026-03-01T09:00:00Z`."""
    return at(seconds).isoformat().replace("+00:00", "Z")
