"""One table: records by row number, rows by tenant, and secondary indexes built on first use."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Any

from immutables import Map

from mockserver.store.ids import EMPTY, Ids
from mockserver.store.pages import Pages
from mockserver.store.stored import COMPANIES, ROWS, Stored

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

Data = dict[str, Any]


class Record:
    """A stored row. `data` is in wire form and never changed in place; `rendered` memoises encodings of it."""

    __slots__ = ("company", "data", "rendered", "row")

    def __init__(self, row: int, company: int, data: Data) -> None:
        self.row = row
        self.company = company
        self.data = data
        self.rendered: dict[Hashable, Any] | None = None


class Index:
    """Value of one or more fields -> row numbers, of the rows below `end`. `scoped` indexes keep the tenants apart."""

    __slots__ = ("end", "fields", "rows", "scoped")

    def __init__(self, fields: tuple[str, ...], end: int, rows: Map[Hashable, Ids], *, scoped: bool) -> None:
        self.fields = fields
        self.scoped = scoped
        self.end = end
        self.rows = rows

    def key(self, record: Record) -> Hashable:
        data = record.data
        value = data.get(self.fields[0]) if len(self.fields) == 1 else tuple(data.get(f) for f in self.fields)
        return (record.company, value) if self.scoped else value

    def grown(self, records: Iterable[Record | None], end: int) -> Index:
        """The index with the records of the rows from its end to another one."""
        rows = self.rows
        for record in records:
            if record is not None:
                key = self.key(record)
                rows = rows.set(key, rows.get(key, EMPTY).add(record.row))
        return Index(self.fields, end, rows, scoped=self.scoped)

    def replaced(self, before: Record, after: Record | None) -> Index:
        """The index after a record took the place of one that it knows, or none did."""
        old = self.key(before)
        new = self.key(after) if after is not None else None
        if after is not None and old == new:
            return self
        left = self.rows[old].discard(before.row)
        rows = self.rows.set(old, left) if len(left) else self.rows.delete(old)
        if after is not None:
            rows = rows.set(new, rows.get(new, EMPTY).add(after.row))
        return Index(self.fields, self.end, rows, scoped=self.scoped)


def _column(page: Any, end: int, memo: dict[Any, Any], name: str) -> list[Any]:
    """One field of the records of a page up to `end`; what is kept of it is replaced by a longer one, never changed."""
    values: list[Any]
    covered, values = memo.get(name, (0, []))
    if not covered and page.__class__ is Stored:
        covered, values = memo[name] = page.column(name)
    if covered < end:
        more = [record for record in page[covered:end] if record is not None]
        if name == ROWS:
            values = values + [each.row for each in more]
        elif name == COMPANIES:
            values = values + [each.company for each in more]
        else:
            values = values + [each.data.get(name) for each in more]
        memo[name] = (end, values)
    elif covered > end:  # another version of the table goes further
        values = values[: sum(1 for record in page[:end] if record is not None)]
    return values


class Table:
    """Immutable table; `put` and `remove` give a new one. Row numbers start at 1 and are never used again."""

    __slots__ = ("_indexes", "_pages", "_tenants")

    def __init__(
        self,
        pages: Pages[Record] | None = None,
        tenants: Mapping[int, Ids] | None = None,
        indexes: dict[tuple[tuple[str, ...], bool], Index] | None = None,
    ) -> None:
        self._pages: Pages[Record] = pages if pages is not None else Pages()
        self._tenants = tenants if tenants is not None else {}
        self._indexes = indexes if indexes is not None else {}

    @classmethod
    def filled(cls, records: Iterable[Record]) -> Table:
        """A table of many records at once, in ascending order of their row numbers."""
        rows: list[Record | None] = [None]
        tenants: dict[int, list[int]] = {}
        for record in records:
            rows.extend([None] * (record.row - len(rows)))
            rows.append(record)
            tenants.setdefault(record.company, []).append(record.row)
        return cls(Pages.filled(rows), {company: Ids(numbers) for company, numbers in tenants.items()})

    @classmethod
    def stored(cls, pages: Pages[Record], tenants: Mapping[int, Ids]) -> Table:
        """A table whose pages and tenants were kept."""
        return cls(pages, tenants)

    def parts(self) -> Iterator[list[Record]]:
        """The records of each page."""
        length = len(self._pages)
        for start, page, _ in self._pages.parts():
            yield [record for record in page[: length - start] if record is not None]

    @property
    def tenants(self) -> Mapping[int, Ids]:
        """Row numbers by tenant."""
        return self._tenants

    @property
    def next_row(self) -> int:
        """The number that the next new row gets."""
        return self._pages.length or 1

    @property
    def size(self) -> int:
        """How many records there are, of all tenants."""
        return sum(len(rows) for rows in self._tenants.values())

    def get(self, row: int) -> Record | None:
        return self._pages.get(row)

    def some(self, rows: Iterable[int]) -> list[Record]:
        """The records of those of the rows that there are, in the order of the rows."""
        return [record for record in self._pages.some(rows) if record is not None]

    def __iter__(self) -> Iterator[Record]:
        return (record for record in self._pages if record is not None)

    def count(self, company: int) -> int:
        return len(self._tenants.get(company, EMPTY))

    def rows(self, company: int) -> Ids:
        """Row numbers of the tenant, ascending."""
        return self._tenants.get(company, EMPTY)

    def records(self, company: int) -> Iterable[Record]:
        """All records of the tenant in row order, to be walked once; at list speed when the table has one tenant."""
        if len(self._tenants) == 1:
            return filter(None, self._pages) if company in self._tenants else ()
        return self.some(self.rows(company))

    def scan(self, company: int, fields: tuple[str, ...], test: Callable[..., bool]) -> list[int]:
        """Row numbers of the tenant's records whose values of the fields pass the test, ascending.

        Goes by columns, which are made on first use and kept until a record of their page changes.
        """
        if company not in self._tenants:
            return []
        found: list[int] = []
        length = len(self._pages)
        for start, page, memo in self._pages.parts():
            end = min(length - start, len(page))
            rows = _column(page, end, memo, ROWS)
            found.extend(compress(rows, map(test, *(_column(page, end, memo, name) for name in fields))))
        if len(self._tenants) > 1:
            found = [record.row for record in self.some(found) if record.company == company]
        return found

    def find(self, value: Hashable, *fields: str, company: int | None = None) -> Ids:
        """Rows whose field(s) hold the value (a tuple for several fields), of one tenant or of all."""
        scoped = company is not None
        name = fields, scoped
        index = self._indexes.get(name)
        if index is None:
            index = self._build(fields, scoped=scoped)
        elif index.end < self._pages.length:
            index = self._current(name)
        return index.rows.get((company, value) if scoped else value, EMPTY)

    def _current(self, name: tuple[tuple[str, ...], bool]) -> Index:
        """An index of all rows: new ones are entered when it is asked next, not when they come."""
        index, length = self._indexes[name], self._pages.length
        if index.end < length:
            index = self._indexes[name] = index.grown(self._pages.some(range(index.end, length)), length)
        return index

    def _build(self, fields: tuple[str, ...], *, scoped: bool) -> Index:
        gathered: dict[Hashable, list[int]] = {}
        length = len(self._pages)
        for start, page, memo in self._pages.parts():
            end = min(length - start, len(page))
            columns = [_column(page, end, memo, name) for name in fields]
            values: Iterable[Any] = columns[0] if len(fields) == 1 else zip(*columns, strict=True)
            if scoped:
                values = zip(_column(page, end, memo, COMPANIES), values, strict=True)
            for row, value in zip(_column(page, end, memo, ROWS), values, strict=True):
                gathered.setdefault(value, []).append(row)
        index = Index(fields, length, Map({key: Ids(rows) for key, rows in gathered.items()}), scoped=scoped)
        self._indexes[(fields, scoped)] = index
        return index

    def put(self, record: Record) -> Table:
        row, company = record.row, record.company
        pages, tenants = self._pages, self._tenants
        before = pages.get(row) if row < pages.length else None
        if before is None:
            rows = tenants.get(company, EMPTY).add(row)
            # a table of its own has indexes of its own, because those that are asked for first are added to them
            indexes = self._indexes.copy()
            if row < pages.length:  # into a gap, which they have passed
                indexes = {name: self._current(name).grown((record,), pages.length) for name in indexes}
            return Table(pages.set(row, record), {**tenants, company: rows}, indexes)
        if before.company != company:
            left = tenants[before.company].discard(row)
            tenants = {**tenants, before.company: left, company: tenants.get(company, EMPTY).add(row)}
        indexes = {name: self._current(name).replaced(before, record) for name in self._indexes}
        return Table(pages.set(row, record), tenants, indexes)

    def remove(self, row: int) -> Table:
        before = self._pages.get(row)
        if before is None:
            return self
        indexes = {name: self._current(name).replaced(before, None) for name in self._indexes}
        tenants = {**self._tenants, before.company: self._tenants[before.company].discard(row)}
        return Table(self._pages.set(row, None), tenants, indexes)
