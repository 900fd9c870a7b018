"""Seeded worlds kept on disk, so that a second start with the same arguments makes no calls and needs no Faker.

A snapshot lies in the user's cache folder (MOCKSERVER_CACHE_DIR, else XDG_CACHE_HOME, else ~/.cache), named by
a digest of all that the world depends on: arguments, scenario, fixtures, document and the code of this package.
One that can't be read is made again; one that can't be written is done without.

The file holds the columns of all pages (mockserver/store/stored.py), then JSON that says where they lie, and the sizes
of both. A start reads the latter; columns are read as far as they are asked for.
"""

from __future__ import annotations

import mmap
import os
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from mockserver.content import cache_dir
from mockserver.store.ids import Ids
from mockserver.store.pages import SIZE, Pages
from mockserver.store.state import State
from mockserver.store.stored import Column, Stored, encoded
from mockserver.store.table import Record, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

ENDING = ".world"
KEPT = 20
KEPT_BYTES = 1 << 30
"""Snapshots in the folder and their size together; older ones go."""
DIGITS = 16
"""Figures of a size at the end of the file."""
SMALL = 1 << 23
"""Bytes up to which a file is read at once instead of being mapped, which takes a file handle as long as it lasts."""


def digest(arguments: Iterable[Any], places: Iterable[Path]) -> str:
    """Name of a snapshot: arguments, and path, size and time of every file in the places."""
    made = blake2b(repr(tuple(arguments)).encode(), digest_size=16)
    for place in places:
        for line in sorted(_facts(place)) if place.is_dir() else [_line(str(place), place.stat())]:
            made.update(line.encode())
    return made.hexdigest()


def _line(path: str, facts: os.stat_result) -> str:
    return f"{path}|{facts.st_size}|{facts.st_mtime_ns}\n"


def _facts(folder: str | Path) -> Iterator[str]:
    """A line for each file in the folder and those inside it, in no order."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _facts(entry.path)
            elif entry.name.endswith((".py", ".yaml", ".json")):
                yield _line(entry.path, entry.stat())


def load(name: str) -> State | None:
    """The state of a snapshot, or None when there is none that can be read."""
    try:
        content = _content(cache_dir() / f"{name}{ENDING}")
        body, head = (int(bytes(each)) for each in (content[-2 * DIGITS : -DIGITS], content[-DIGITS:]))
        if len(content) != body + head + 2 * DIGITS:
            return None
        tables = orjson.loads(content[body : body + head])
        return fresh({resource: _table(content, kept) for resource, kept in tables.items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def fresh(tables: Mapping[str, Table]) -> State:
    """The state that a server starts with: nothing has happened yet."""
    return State(tables, 1)


def _content(path: Path) -> memoryview:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > SMALL:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        return memoryview(file.read())


def _table(content: memoryview, kept: dict[str, Any]) -> Table:
    tenants = {
        int(company): Ids([row for first, last in runs for row in range(first, last + 1)])
        for company, runs in kept["tenants"].items()
    }
    pages: list[Any] = []
    for number, (count, columns) in enumerate(kept["pages"]):
        length = min(SIZE, kept["length"] - number * SIZE)
        pages.append(Stored(Record, content, columns, count, length, pages, number) if count else [None] * length)
    return Table.stored(Pages(pages, kept["length"]), tenants)


def save(name: str, state: State) -> None:
    """Write a snapshot in one step; a folder that can't be written to is left alone."""
    place = cache_dir()
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        draft = place / f"{name}.{os.getpid()}.tmp"
        with draft.open("wb") as file:
            tables = {resource: _kept(table, file) for resource, table in state.tables.items()}
            body = file.tell()
            file.write(orjson.dumps(tables, option=orjson.OPT_NON_STR_KEYS))
            file.write(f"{body:0{DIGITS}}{file.tell() - body:0{DIGITS}}".encode())
        draft.replace(place / f"{name}{ENDING}")
        prune(place)


def _kept(table: Table, file: BinaryIO) -> dict[str, Any]:
    """Write the pages of a table; gives what is needed to find them."""
    pages: list[tuple[int, list[Column]]] = []
    for records in table.parts():
        columns, text = encoded(records, file.tell()) if records else ([], b"")
        file.write(text)
        pages.append((len(records), columns))
    return {
        "length": table.next_row if pages else 0,
        "pages": pages,
        "tenants": {company: runs(rows) for company, rows in table.tenants.items()},
    }


def runs(rows: Iterable[int]) -> list[list[int]]:
    """Ascending numbers as [first, last] of each run without a gap."""
    found: list[list[int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return found


def prune(place: Path) -> None:
    """Remove the oldest snapshots beyond the limits, and those of former versions; the newest always stays."""
    size = 0
    newest_first = sorted(place.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for position, path in enumerate(newest_first):
        size += path.stat().st_size
        if position and (position >= KEPT or size > KEPT_BYTES):
            path.unlink(missing_ok=True)
    for path in place.glob("*.json"):
        path.unlink(missing_ok=True)
