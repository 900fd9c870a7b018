"""What is on the server of another API: ids from its lists, and records of the run, made where a call changes them."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from mockserver.contract.calls.findings import Broken
from mockserver.contract.calls.left_out import NotAllowed
from mockserver.contract.reading.needs import DELETES
from mockserver.contract.reading.plain import flat
from mockserver.contract.reading.resources import singular
from mockserver.contract.reading.samples import samples
from mockserver.contract.requests.pool import NOWHERE, Pool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.resources import Resource

    Row = dict[str, Any]

_numbers = itertools.count(1)
SECRET = re.compile(r"pass|secret|token", re.IGNORECASE)


class PlainPool(Pool):
    """Records of a server whose document has no facts. A call that changes a record gets one that the run has made."""

    def provide(self, *, files: bool = False) -> None:
        """Nothing: a record is made when a call needs one."""

    def at(self, client: Any) -> PlainPool:
        """The same for another client."""
        return PlainPool(self.spec, client)

    def rows(self, noun: str) -> list[Row]:
        """Rows of the first page of a list."""
        if noun not in self._rows:
            resource = self.spec.resources.get(noun)
            found = None
            if resource is not None and resource.has("list"):
                path = self.outer(resource["list"])
                found = resource.rows(self.client.call(resource["list"], path=path, judged=False))
            self._rows[noun] = found or []
        return self._rows[noun]

    def ids(self, noun: str) -> list[str]:
        resource = self.spec.resources.get(noun)
        found = [resource.id_of(row) for row in self.rows(noun)] if resource is not None else []
        return [hashed for hashed in found if hashed]

    def ready(self, operation: Operation) -> None:
        """A list has something to show."""
        resource = self.spec.resources.get(operation.noun)
        if operation.behaviour == "list" and resource is not None and not self.rows(resource.name):
            self.make(resource)

    def own(self, resource: Resource) -> list[str]:
        """The id of a record that the run has made, newest first; one is made when there is none left."""
        paths = [path for noun, path in self.client.made if noun == resource.name][::-1]
        for path in paths:
            if not resource.has("show") or self._there(resource, path):
                return [unquote(path.rpartition("/")[2])]
        made = self.make(resource)
        return [] if made is None else [resource.id_of(made)]

    def _there(self, resource: Resource, path: str) -> bool:
        show = resource["show"]
        values = zip(show.path.split("/"), path.split("/"), strict=True)
        found = {name[1:-1]: unquote(value) for name, value in values if name.startswith("{")}
        return self.client.call(show, path=found, judged=False).ok

    def undone(self, resource: Resource) -> bool:
        """Whether what is made can be taken away, and may be."""
        return resource.has("create", "delete") and self.client.may_write and DELETES in self.client.allow

    def make(self, resource: Resource) -> Row | None:
        """A new record, as the create answers it; None when none can be made and taken away again."""
        if not self.undone(resource):
            return None
        operation = resource["create"]
        try:
            reply = self.client.call(
                operation, path=self.outer(operation), body=self.good_body(operation), judged=False
            )
        except (Broken, NotAllowed):
            return None
        self._rows.pop(resource.name, None)
        return resource.record("create", reply) if reply.ok else None

    def outer(self, operation: Operation) -> dict[str, str]:
        """Values of the path parameters of an operation."""
        return {name: next(iter(self.named(operation, name)), NOWHERE) for name in operation.parameters("path")}

    def named(self, operation: Operation, name: str) -> list[str]:
        """Ids for a path parameter: of a record of the run for a call that changes it, else of any; or an example."""
        resource = self.spec.resource_at(operation.path.partition(f"{{{name}}}")[0])
        if resource is not None:
            nested = len(operation.parameters("path")) > 1  # what is made lies below what is made
            changing = not operation.reads_only or (nested and self.undone(resource))
            ids = self.own(resource) if changing and resource.has("create") else []
            # a record of somebody else is not changed
            ids = ids or ([] if changing and operation.behaviour != "create" else self.ids(resource.name))
            ids = ids or (self.own(resource) if not changing else [])
            if ids or changing:
                return ids[:1]
        parameter = operation.parameters("path")[name]
        return [str(parameter["example"])] if "example" in parameter else []

    def good_body(self, operation: Operation) -> Any:
        """The example of the document, or what is required, with texts of the run and ids that are there."""
        example = operation.example()
        schema = self.spec.resolved(operation.body() or {})
        if not isinstance(example, dict) or schema.get("type") != "object":
            return example
        return {name: self._told(schema["properties"].get(name, {}), name, value) for name, value in example.items()}

    def full_body(self, operation: Operation, turn: int = 0) -> Row:
        """A body with every member that a value can be made up for; another turn gives other values."""
        schema = self.spec.resolved(operation.body() or {})
        good = self.good_body(operation)
        body: Row = dict(good) if isinstance(good, dict) else {}
        for name, member in schema.get("properties", {}).items():
            value = self.value(member, name, turn)
            if value is not None:
                body[name] = value
        return body

    def value(self, member: Any, name: str, turn: int) -> Any:
        """A value of a member that stands for itself; None for a link to what is not there, and what can't be made."""
        schema = flat(self.spec, member)
        linked = self._linked(name)
        if linked is not None:
            ids = self.ids(linked.name) or self.own(linked)
            return typed(schema, ids[turn % len(ids)]) if ids else None
        if free(schema):
            text = f"{self.client.tag} {next(_numbers)} {'b' if turn else 'a'}"
            return text[: schema.get("maxLength", 60)].ljust(schema.get("minLength", 0), "x").strip()
        if not {"type", "enum"} & schema.keys() or re.search(r"_?ids?$|Ids?$", name) or SECRET.search(name):
            return None
        found = samples(self.spec, schema)
        return found[turn % len(found)] if found else None

    def _told(self, member: Any, name: str, value: Any) -> Any:
        """A value of an example, made our own: free texts with the tag of the run, links to what is there."""
        schema = flat(self.spec, member)
        linked = self._linked(name)
        if linked is not None:
            ids = self.ids(linked.name) or self.own(linked)
            return typed(schema, ids[0]) if ids else value
        if free(schema) and "example" not in schema:
            return self.value(member, name, 0)
        return value

    def _linked(self, name: str) -> Resource | None:
        """The resource that a member such as `shop_id` or `shopId` leads to."""
        stem = re.sub(r"(_id|Id)$", "", name)
        if stem == name:
            return None
        return next((each for each in self.spec.resources.values() if singular(each.name) == stem.lower()), None)


def free(schema: Mapping[str, Any]) -> bool:
    """Whether a member is a text that may say anything."""
    return schema.get("type") == "string" and not {"enum", "format", "pattern"} & schema.keys()


def typed(schema: Mapping[str, Any], hashed: str) -> Any:
    """An id as its schema has it."""
    return int(hashed) if schema.get("type") == "integer" and hashed.isdecimal() else hashed
