"""Parts that plants are made of: change the answer, the request, the world, or the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours import OPERATIONS
from mockserver.behaviours.core.registry import ACTIONS, HOOKS
from tests.planted.fault import Plant

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.store.table import Data
    from tests.planted.exchange import Exchange

    Row = dict[str, Any]

SERVER_ERROR = {"message": "Server Error"}


# the answer ------------------------------------------------------------------------------------------------------


def rows(change: Callable[[Row], object], when: Callable[[Row], object] | None = None) -> Plant:
    """Change each record of the answer, or those of a kind."""

    def after(exchange: Exchange) -> None:
        for record in exchange.records():
            if when is None or when(record):
                change(record)

    return Plant(after=after)


def nth(place: int, change: Callable[[Row], object]) -> Plant:
    """Change one record of a list, counted from 0."""

    def after(exchange: Exchange) -> None:
        for number, record in enumerate(exchange.records()):
            if number == place:
                change(record)

    return Plant(after=after)


def inner(part: str, change: Callable[[Row], object]) -> Plant:
    """Change the entries of a list inside each record."""

    def after(exchange: Exchange) -> None:
        for record in exchange.records():
            for entry in record.get(part) or ():
                change(entry)

    return Plant(after=after)


def drop(*names: str) -> Callable[[Row], object]:
    """Take fields out of a record."""
    return lambda record: [record.pop(name, None) for name in names]


def put(**values: Any) -> Callable[[Row], object]:
    """Set fields of a record, whatever they are."""
    return lambda record: record.update(values)


def cast(name: str, make: Callable[[Any], Any]) -> Callable[[Row], object]:
    """Make another value of a field."""
    return lambda record: record.update({name: make(record[name])}) if name in record else None


def whole(change: Callable[[Any], object]) -> Plant:
    """Change the JSON of the answer as a whole."""
    return Plant(after=lambda exchange: change(exchange.document))


def wrapped(make: Callable[[Any], Any]) -> Plant:
    """Answer another JSON that is made of the one of the answer."""
    return Plant(after=lambda exchange: exchange.say(exchange.status, make(exchange.document)))


def status(code: int) -> Plant:
    """Another status, all else the same."""
    return Plant(after=lambda exchange: setattr(exchange, "status", code))


def header(name: str, value: str | None) -> Plant:
    """Another header, or none of that name."""
    return Plant(after=lambda exchange: exchange.header(name, value))


# the request -----------------------------------------------------------------------------------------------------


def asked(change: Callable[[dict[str, str]], object]) -> Plant:
    """Change the query before it is looked at."""
    return Plant(before=lambda exchange: change(exchange.query) and None)


def sent(change: Callable[[Row], object]) -> Plant:
    """Change the JSON object that was sent before it is looked at."""

    def before(exchange: Exchange) -> None:
        body = exchange.sent
        if isinstance(body, dict) and exchange.body:
            change(body)
            exchange.send(body)

    return Plant(before=before)


def breaks(when: Callable[[Exchange], object]) -> Plant:
    """Break down on some requests."""

    def before(exchange: Exchange) -> None:
        if when(exchange):
            exchange.say(500, SERVER_ERROR)

    return Plant(before=before)


def with_header(name: str, value: str) -> Plant:
    """Read another header than the one that was sent."""
    return Plant(before=lambda exchange: exchange.headers.update({name: value}))


# the world -------------------------------------------------------------------------------------------------------


def remember(exchange: Exchange) -> None:
    exchange.kept["state"] = exchange.world.state


def forget(exchange: Exchange) -> None:
    """Put the world back to what it was before the call."""
    exchange.world.state = exchange.kept["state"]


LOST = Plant(before=remember, after=forget)
"""Answered as if it had been done, and undone."""


def stored(exchange: Exchange, noun: str) -> dict[str, Data]:
    """All records of a noun in the world by id."""
    table = exchange.world.state.table(exchange.mock.document.entities[noun].resource)
    return {record.data["id"]: record.data for record in table.records(1)}


def rewrite(exchange: Exchange, noun: str, hashed: str, **changes: Any) -> None:
    """Change a stored record behind the back of the engine."""
    exchange.mock.engine.apply(exchange.world, lambda draft: draft.patch(noun, hashed, changes, touch=False), company=1)


def moved(noun: str, change: Callable[[Data, Data], Row], when: Callable[[Exchange], object] | None = None) -> Plant:
    """After the call, change records of a noun that the call has changed: `change(before, after)` gives the fields."""

    def before(exchange: Exchange) -> None:
        exchange.kept["rows"] = stored(exchange, noun)

    def after(exchange: Exchange) -> None:
        if when is not None and not when(exchange):
            return
        known = exchange.kept["rows"]
        for hashed, data in stored(exchange, noun).items():
            if hashed in known and known[hashed] is not data and (changes := change(known[hashed], data)):
                rewrite(exchange, noun, hashed, **changes)

    return Plant(before=before, after=after)


def keeps(noun: str, *names: str, when: Callable[[Exchange], object] | None = None) -> Plant:
    """Fields of records stay as they were, whatever the call did to them."""
    return moved(noun, lambda was, now: {name: was[name] for name in names if now[name] != was[name]}, when)


def twice(noun: str, name: str) -> Plant:
    """What the call adds to a field is added once more."""
    return moved(noun, lambda was, now: {name: round(2 * now[name] - was[name], 2)} if now[name] != was[name] else {})


# the engine ------------------------------------------------------------------------------------------------------


def swap(holder: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Put something else in the place of a function or value of the engine, made of what is there."""
    setattr(holder, name, make(getattr(holder, name)))


def swapped(holder: Any, name: str, make: Callable[[Any], Any]) -> Plant:
    """The swap as a plant."""
    assert hasattr(holder, name), name
    return Plant(patch=lambda: swap(holder, name, make))


def without(shelf: dict[str, Any], name: str, result: Callable[..., Any] = lambda *_: None) -> Plant:
    """A verb that does nothing, or something else."""
    assert name in shelf, name
    return Plant(patch=lambda: shelf.__setitem__(name, result))


def verb(shelf: dict[str, Any], name: str, make: Callable[[Any], Any]) -> Plant:
    """A verb made of the one that is there."""
    assert name in shelf, name
    return Plant(patch=lambda: shelf.__setitem__(name, make(shelf[name])))


__all__ = ["ACTIONS", "HOOKS", "OPERATIONS"]
