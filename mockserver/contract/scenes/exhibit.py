"""One resource of another API in the hands of a contract: records made, shown, listed, changed, and compared."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.contract.calls.findings import Broken
from mockserver.contract.calls.left_out import NotHere
from mockserver.contract.reading.plain import flat, marked
from mockserver.contract.requests.plain_pool import SECRET, PlainPool
from mockserver.contract.values.differences import differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.resources import Resource
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

    Row = dict[str, Any]

SIZES = ("limit", "per_page", "page_size", "pageSize", "perPage", "size", "count", "top", "first")
"""Parameters that tell how many rows a page has."""
STEPS = {"page": 1, "page_number": 1, "pageNumber": 1, "offset": 0, "skip": 0, "start": 0}
"""Parameters that tell which page it is -> whether it counts pages, from one, or rows, from nought."""
CURSOR = re.compile(r"cursor|after|before|token|marker", re.IGNORECASE)
MOST = 40
"""Pages that are looked at."""


class Listed(NamedTuple):
    """Rows of a list, and whether they are all of it."""

    rows: list[dict[str, Any]]
    whole: bool


class Exhibit:
    """A resource, and a client whose records are gone afterwards."""

    def __init__(self, target: Target, client: Client, resource: Resource) -> None:
        self.client, self.resource = client, resource
        self.spec = target.spec
        self.pool = PlainPool(target.spec, client)
        self._outer = self.pool.outer(resource["create"])
        """Values of the path of the list, where that lies below another record."""

    # calls --------------------------------------------------------------------------------------------------------

    def create(self, body: Row) -> Row:
        """A new record, as the create answers it; the contract is left out where the server does not take the body."""
        operation = self.resource["create"]
        reply = self.client.call(operation, path=self._outer, body=body)
        if not reply.ok and body != (least := self.pool.good_body(operation)):
            reply = self.client.call(operation, path=self._outer, body=least)
        if not reply.ok:
            raise NotHere(
                f"{operation.label} takes no body that is made from the document", "an example in it would help"
            )
        made = self.resource.record("create", reply)
        if made is None or not self.resource.id_of(made):
            raise NotHere(
                f"{operation.label} answers no record with an id, by which it could be found again",
                "an id in the answer would help",
            )
        return made

    def on(self, behaviour: str, record: Row, body: Any = None, *, judged: bool = True) -> Reply:
        """A call to the address of a record."""
        operation = self.resource[behaviour]
        path = {**self._outer, self.resource.key: self.resource.id_of(record)}
        return self.client.call(operation, path=path, body=body, judged=judged)

    def show(self, record: Row) -> Row:
        """The record as its address answers it."""
        reply = self.on("show", record)
        found = self.resource.record("show", reply)
        if not reply.ok or found is None:
            hashed = self.resource.id_of(record)
            raise Broken(
                f"{self.resource.name} {hashed}, which was created: got {reply.status}, wanted the record",
                operation=self.resource["show"].id,
            )
        return found

    def change(self, verb: str, record: Row, body: Row) -> Reply:
        """An update or a patch."""
        return self.on(verb, record, body)

    def listed(self) -> Listed:
        """The rows of the list, page by page where the document tells how to turn them."""
        operation = self.resource["list"]
        offered = operation.parameters("query")
        size = next((name for name in SIZES if name in offered), "")
        step = next((name for name in STEPS if name in offered), "")
        query: dict[str, Any] = {size: offered[size]["schema"].get("maximum", 100)} if size else {}
        rows: list[Row] = []
        seen: set[str] = set()
        for number in range(MOST):
            if step:
                query[step] = number + 1 if STEPS[step] else len(rows)
            reply = self.client.call(operation, path=self._outer, query=query)
            page = self.resource.rows(reply) if reply.ok else None
            if page is None:
                return Listed(rows, whole=bool(rows) and number > 0)
            new = [row for row in page if number == 0 or self.resource.id_of(row) not in seen]
            rows += new
            seen |= {self.resource.id_of(row) for row in new}
            if not new or not step:
                break
        else:
            return Listed(rows, whole=False)
        return Listed(rows, whole=bool(step) or not (size or any(CURSOR.search(name) for name in offered)))

    # bodies and what comes of them ----------------------------------------------------------------------------------

    def changes(self, verb: str, record: Row) -> Iterator[tuple[str, Row]]:
        """(member, body) that changes one member of a record each; a PUT brings the others as they are."""
        kept = {name: record[name] for name in self.shared(verb, "show") if record.get(name) is not None}
        required = self.spec.resolved(self.resource[verb].body() or {}).get("required", ())
        other = self.pool.full_body(self.resource[verb], 1)
        for name in self.shared(verb, "show"):
            if name in other and name in record and other[name] != record[name]:
                base = (
                    {**other, **kept}
                    if verb == "update"
                    else {each: kept.get(each, other.get(each)) for each in required}
                )
                body = {each: base[each] for each in base if each in kept or each in required or verb == "update"}
                yield name, {**body, name: other[name]}
                kept[name] = other[name]

    def shared(self, sent: str, answered: str) -> list[str]:
        """Members that a request may set and an answer shows as what they were: same type, no secret, no id."""
        schema = self.spec.resolved(self.resource[sent].body() or {}).get("properties", {})
        shown = self.resource.schema(answered).get("properties", {})
        return [
            name
            for name, member in schema.items()
            if name in shown
            and name != self.resource.key
            and not SECRET.search(name)
            and not marked(self.spec, member, "writeOnly")
            and flat(self.spec, member).get("type") == flat(self.spec, shown[name]).get("type")
        ]

    def differences(self, sent: str, answered: str, body: Mapping[str, Any], record: Mapping[str, Any]) -> list[str]:
        """Where a record is not what was sent, member by member."""
        return [
            found
            for name in self.shared(sent, answered)
            if name in body and name in record and not same_moment(body[name], record[name])
            for found in differences(body[name], record[name], name)
        ]

    def compare(self, sent: str, answered: str, body: Row, record: Row, when: str = "answered") -> None:
        """Raises Broken where a record does not show what was sent."""
        found = self.differences(sent, answered, body, record)
        if found:
            operation = self.resource[answered if answered != "show" else sent]
            raise Broken(f"{when}: {'; '.join(found)}", operation=operation.id)


def same_moment(sent: Any, got: Any) -> bool:
    """Whether two texts are one moment, written in two ways."""
    try:
        return datetime.fromisoformat(sent) == datetime.fromisoformat(got)
    except (TypeError, ValueError):
        return False


@contextmanager
def exhibited(target: Target, resource: Resource) -> Iterator[Exhibit]:
    """A resource in the hands of a contract; what it makes is gone afterwards."""
    with target.world() as client:
        yield Exhibit(target, client, resource)
