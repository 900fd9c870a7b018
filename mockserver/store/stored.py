"""Pages of a snapshot: columns that are decoded when they are asked for, and records when one of them is.

A page is written field by field. Of a field whose rows share few values each value is written once, so that a world
takes less room on disk, and in memory one object for all that are equal.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import orjson

from mockserver.store.pages import SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from mockserver.store.table import Record

ROWS, COMPANIES = "", "/"
"""The columns of row numbers and of tenants."""
WHOLE = "*"
"""The column of whole records, when those of a page have different fields."""
PLAIN, ONE, FEW = 0, 1, 2
"""How a column is written: value by value, one value for all rows, or a list of values and their places."""
SHARED = 4
"""A value is kept once when it comes at least so often on average."""
BYTES = "$bytes"

Column = list[Any]
"""[name, offset, size, way of writing]"""


def encoded(records: Sequence[Record], start: int) -> tuple[list[Column], bytes]:
    """Columns of the records of a page, and their bytes, which lie from `start` on."""
    values: dict[str, list[Any]] = {
        ROWS: [each.row for each in records],
        COMPANIES: [each.company for each in records],
    }
    names = list(records[0].data)
    if all(list(each.data) == names for each in records):
        values |= {name: [each.data[name] for each in records] for name in names}
    else:
        values[WHOLE] = [each.data for each in records]
    columns: list[Column] = []
    parts: list[bytes] = []
    for name, column in values.items():
        way, text = _written(column)
        columns.append([name, start, len(text), way])
        parts.append(text)
        start += len(text)
    return columns, b"".join(parts)


def _written(values: list[Any]) -> tuple[int, bytes]:
    """How a column is written, and its text. Values are told apart by type too: 1, 1.0 and true are three."""
    keys: list[Hashable] = [(value.__class__, value) for value in values]
    try:
        first = {key: place for place, key in zip(reversed(range(len(keys))), reversed(keys), strict=True)}
    except TypeError:  # lists and objects
        keys = [orjson.dumps(value, default=in_text) for value in values]
        first = {key: place for place, key in zip(reversed(range(len(keys))), reversed(keys), strict=True)}
    if len(first) == 1:
        return ONE, orjson.dumps(values[0], default=in_text)
    if len(first) * SHARED > len(values):
        return PLAIN, orjson.dumps(values, default=in_text)
    places = {key: place for place, key in enumerate(first)}
    few = [values[place] for place in first.values()]
    return FEW, orjson.dumps([few, [places[key] for key in keys]], default=in_text)


def in_text(value: Any) -> Any:
    """Bytes as JSON can hold them."""
    if isinstance(value, bytes):
        return {BYTES: b64encode(value).decode()}
    raise TypeError(type(value).__name__)


def out_of_text(value: Any) -> Any:
    """A value as it was: bytes are bytes again."""
    return b64decode(value[BYTES]) if isinstance(value, dict) and BYTES in value else value


class Stored:
    """A page of records that is read from a snapshot bit by bit; once a record is asked for it is a list.

    It holds `count` records in `length` places. `pages` is the list that it lies in at `number`, and where its records
    take its place; `make` makes a record.
    """

    __slots__ = ("_columns", "_content", "_count", "_length", "_make", "_number", "_pages", "_records")

    def __init__(
        self,
        make: Callable[[int, int, dict[str, Any]], Record],
        content: memoryview,
        columns: Sequence[Column],
        count: int,
        length: int,
        pages: list[Any],
        number: int,
    ) -> None:
        self._make = make
        self._content = content
        self._columns = {name: (offset, size, way) for name, offset, size, way in columns}
        self._count = count
        self._length = length
        self._pages = pages
        self._number = number
        self._records: list[Record | None] | None = None

    def column(self, name: str) -> tuple[int, list[Any]]:
        """How many places the page has, and one field of the records in them; None for a field that there is not."""
        return self._length, self._column(name)

    def _column(self, name: str) -> list[Any]:
        if name not in self._columns:
            whole = self._column(WHOLE) if WHOLE in self._columns else [{}] * self._count
            return [out_of_text(data.get(name)) for data in whole]
        offset, size, way = self._columns[name]
        read = orjson.loads(self._content[offset : offset + size])
        if way == PLAIN:
            return [out_of_text(value) for value in read] if any(value.__class__ is dict for value in read) else read
        if way == ONE:
            return [out_of_text(read)] * self._count
        few, places = [out_of_text(value) for value in read[0]], read[1]
        return [few[place] for place in places]

    def records(self) -> list[Record | None]:
        """The whole page, with None for a place without a record."""
        if self._records is None:
            rows = self._column(ROWS)
            made = list(map(self._make, rows, self._column(COMPANIES), self._data()))
            if len(made) < self._length:
                first = self._number * SIZE
                held = dict(zip(rows, made, strict=True))
                self._records = [held.get(first + place) for place in range(self._length)]
            else:
                self._records = list(made)
            self._pages[self._number] = self._records
        return self._records

    def _data(self) -> list[dict[str, Any]]:
        if WHOLE in self._columns:
            whole = self._column(WHOLE)
            return [{name: out_of_text(value) for name, value in data.items()} for data in whole]
        names = [name for name in self._columns if name not in (ROWS, COMPANIES)]
        columns = [self._column(name) for name in names]
        return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]

    def append(self, record: Record | None) -> None:
        self.records().append(record)

    def __len__(self) -> int:
        return self._length if self._records is None else len(self._records)

    def __iter__(self) -> Iterator[Record | None]:
        return iter(self.records())

    def __getitem__(self, at: Any) -> Any:
        return self.records()[at]
