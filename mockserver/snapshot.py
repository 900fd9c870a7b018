"""Seeded worlds kept on disk, so that a second start with the same arguments makes no calls and needs no Faker.

A snapshot is JSON in the user's cache folder (MOCKSERVER_CACHE_DIR, else XDG_CACHE_HOME, else ~/.cache), named by
a digest of all that the world depends on: arguments, scenario, fixtures, document and the code of this package.
One that can't be read is made again; one that can't be written is done without.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from mockserver.store.state import State
from mockserver.store.table import Record, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BYTES = "$bytes"
KEPT = 20
KEPT_BYTES = 1 << 30
"""Snapshots in the folder and their size together; older ones go."""


def folder() -> Path:
    """Where snapshots lie."""
    own = os.environ.get("MOCKSERVER_CACHE_DIR")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "mockserver"


def digest(arguments: Iterable[Any], places: Iterable[Path]) -> str:
    """Name of a snapshot: arguments, and path, size and time of every file in the places."""
    made = blake2b(repr(tuple(arguments)).encode(), digest_size=16)
    for place in places:
        for path in sorted(_files(place)):
            facts = path.stat()
            made.update(f"{path}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return made.hexdigest()


def _files(place: Path) -> Iterable[Path]:
    if place.is_file():
        return [place]
    return [
        Path(top) / name
        for top, _, names in os.walk(place)
        for name in names
        if name.endswith((".py", ".yaml", ".json"))
    ]


def load(name: str) -> State | None:
    """The state of a snapshot, or None when there is none that can be read."""
    try:
        tables = orjson.loads((folder() / f"{name}.json").read_bytes())
        return fresh({resource: Table.filled(_record(*each) for each in rows) for resource, rows in tables.items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def fresh(tables: Mapping[str, Table]) -> State:
    """The state that a server starts with: nothing has happened yet."""
    return State(tables, 1)


def _record(row: int, company: int, data: dict[str, Any]) -> Record:
    for key, value in data.items():
        if isinstance(value, dict) and BYTES in value:
            data[key] = b64decode(value[BYTES])
    return Record(row, company, data)


def save(name: str, state: State) -> None:
    """Write a snapshot in one step; a folder that can't be written to is left alone."""
    tables = {
        resource: [[record.row, record.company, record.data] for record in table]
        for resource, table in state.tables.items()
    }
    place = folder()
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        draft = place / f"{name}.{os.getpid()}.tmp"
        draft.write_bytes(orjson.dumps(tables, default=_encoded))
        draft.replace(place / f"{name}.json")
        prune(place)


def prune(place: Path) -> None:
    """Remove the oldest snapshots beyond the limits; the newest always stays."""
    size = 0
    newest_first = sorted(place.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for position, path in enumerate(newest_first):
        size += path.stat().st_size
        if position and (position >= KEPT or size > KEPT_BYTES):
            path.unlink(missing_ok=True)


def _encoded(value: Any) -> Any:
    if isinstance(value, bytes):
        return {BYTES: b64encode(value).decode()}
    raise TypeError(type(value).__name__)
