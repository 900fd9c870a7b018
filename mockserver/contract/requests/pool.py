"""What is on the server: real ids for paths and links, ids of lookup rows, and records made where there are none."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec

    Row = dict[str, Any]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""A picture of one pixel."""

WORDS = frozenset({"text", "html", "email"})
"""Kinds of fields that take any text, unless a rule says otherwise; others take the example of the document."""

ANY_TEXT = frozenset({"required", "string", "email", "unique", "attachable_user", "max", "max_length"})
"""Rules that a text of our own keeps."""

NOWHERE = "zzzzzzzzzz"
"""An id that leads nowhere."""

_numbers = itertools.count(1)


class Pool:
    """Records of one world as lists show them, fetched once."""

    def __init__(self, spec: Spec, client: Client) -> None:
        self.spec = spec
        self.client = client
        self._rows: dict[str, list[Row]] = {}
        self.begun: dict[str, str] = {}
        """Operation that collects what another one began -> the text to collect it by."""

    def at(self, client: Client) -> Pool:
        """The same knowledge for another client, whose world is a copy of the one that this pool knows."""
        made = Pool(self.spec, client)
        made._rows = {name: list(rows) for name, rows in self._rows.items()}
        made.begun = dict(self.begun)
        return made

    def forget(self) -> None:
        """Fetch anew what is asked for next; lookup rows never change."""
        self._rows.clear()

    def rows(self, noun: str) -> list[Row]:
        """Rows of the noun's list, the first 100 and the last, so that what was made just now is among them."""
        if noun not in self._rows:
            known = self.spec.nouns.get(noun)
            found = known.operations if known is not None else {}
            operation = found.get("list") or found.get(f"{noun}_list")
            self._rows[noun] = [] if operation is None else self._listed(operation)
        return self._rows[noun]

    def _listed(self, operation: Operation) -> list[Row]:
        """Rows of the first page and of the last."""
        query = {"per_page": 100}
        shown = self.client.call(operation, query=query, want=200, judged=False).json()
        rows: list[Row] = shown["data"]
        pages = shown.get("meta", {}).get("pagination", {}).get("total_pages", 1)
        if pages > 1:
            rows += self.client.call(operation, query={**query, "page": pages}, want=200, judged=False).data
        return rows

    def live(self, noun: str) -> list[Row]:
        """Rows that are neither archived nor deleted, nor stock of the service that nobody may change."""
        known = self.spec.nouns.get(noun)
        stock = known is not None and known.facts.get("stock")
        return [
            row
            for row in self.rows(noun)
            if not row.get("archived_at") and not row.get("is_deleted") and not (stock and not row["is_custom"])
        ]

    def ids(self, noun: str) -> list[str]:
        return [row["id"] for row in self.live(noun)]

    def kept(self, noun: Noun, body: Row) -> Row:
        """The body of a create as it is kept: some fields come from the owner, where the facts say so."""
        found = dict(body)
        for name, link in noun.facts.get("from_owner", {}).items():
            owners = self.rows(noun.fields[link]["to"])
            told = next((row[name] for row in owners if row["id"] == body.get(link)), None)
            found |= {name: told} if told else {}
        return found

    def lookup(self, table: str) -> list[str]:
        """Ids of a table of fixed rows; none when the server does not show it."""
        known = self.client.lookups
        if not known:
            operation = next((each for each in self.spec.operations.values() if each.behaviour == "statics"), None)
            if operation is not None:
                shown = self.client.call(operation, want=200, judged=False).json()
                known |= {
                    name: [str(row["id"]) for row in rows if "id" in row]
                    for name, rows in shown.items()
                    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
                }
        return known.get(table, [])

    def named(self, operation: Operation, name: str) -> list[str]:
        """Values of a path parameter of an operation that stands in a document without facts."""
        raise LookupError(f"the facts of {operation.id} tell what {name} is")

    def ready(self, operation: Operation) -> None:
        """Make the ground ready for calls of such an operation."""
        raise LookupError(f"the facts of {operation.id} tell what it needs")

    def good_body(self, operation: Operation) -> Any:
        """A body that such an operation may well take."""
        raise LookupError(f"the facts of {operation.id} tell its body")

    def secret(self, noun: str, name: str) -> list[str]:
        """Values called `name` in the records that rows of the noun hold, such as the keys of invitations."""
        prefix, _, member = name.rpartition("_")
        return [
            inner[member]
            for row in self.live(noun)
            for part, rows in row.items()
            if part.startswith(prefix) and isinstance(rows, list)
            for inner in rows
            if member in inner
        ]

    def provide(self, *, files: bool = False) -> None:
        """Make records of nouns that have none; with `files`, attach some, and make a second of what has only one.

        With `files` what is made in the background is begun as well, so that there is something to collect.

        The only user, token or company is the branch that the caller sits on: calls that delete need another one.
        """
        if not self.client.may_write:
            return
        for noun in self.spec.nouns.values():
            operation = maker(noun)
            wanted = 2 if files else 1 if "create" in noun.operations else 0
            while operation is not None and len(self.live(noun.name)) < wanted:
                self.client.call(operation, body=self.minimal(noun, operation), want=200, judged=False)
                before = len(self._rows.pop(noun.name))
                if len(self.rows(noun.name)) == before:
                    break  # the list does not show what was made
        if files:
            self.attach()
            self._begin()

    def provide_for(self, noun: Noun) -> None:
        """Make a record of each noun that records of this one may name, where there is none."""
        if not self.client.may_write:
            return
        for field in {**noun.fields, **noun.facts.get("input", {})}.values():
            if field["kind"] == "link" and field.get("write", True) and not self.live(field["to"]):
                self.first(field["to"])

    def attach(self) -> None:
        """Attach some files to a record, when there are no documents."""
        if "document" in self.spec.nouns and not self.live("document"):
            holder = next(noun for noun in self.spec.nouns_with("list", "upload") if self.live(noun.name))
            self.client.call(
                holder.operations["upload"],
                path={"id": self.ids(holder.name)[0]},
                body={"_method": "PUT"},
                files=[("documents[]", f"proof{number}.png", PNG) for number in (1, 2, 3)],
                want=200,
                judged=False,
            )
            self._rows.pop("document")

    def _begin(self) -> None:
        """Make the calls that the facts of collecting operations name."""
        for operation in self.spec.operations.values():
            facts = operation.facts.get("with", {}).get("begun")
            if facts is not None:
                beginning = self.spec.operations[facts["by"]]
                body = dict(facts.get("body") or {})
                body |= {"ids": self.ids(facts["ids"])[:1]} if "ids" in facts else {}
                reply = self.client.call(beginning, query=facts.get("query"), body=body, want=200, judged=False)
                self.begun[operation.id] = reply.json()[facts["text"]].rpartition("/")[2]

    def first(self, noun: str) -> list[str]:
        """Id of a record of the noun that is made because there is none; nothing when it can't be made."""
        known = self.spec.nouns.get(noun)
        if known is None or not self.client.may_write or (operation := maker(known)) is None:
            return []
        self.client.call(operation, body=self.minimal(known, operation), want=200, judged=False)
        self._rows.pop(noun, None)
        return self.ids(noun)

    def minimal(self, noun: Noun, operation: Operation | None = None) -> Row:
        """A body with just what the rules of create and the schema ask for."""
        operation = operation or noun.operations["create"]
        schema, example = self.spec.resolved(operation.body() or {}), operation.example()
        rules = noun.rules("create")
        body: Row = {}
        for name, field in {**noun.fields, **noun.facts.get("input", {})}.items():
            if not noun.required("create", name) and name not in schema.get("required", ()):
                continue
            if field["kind"] == "link":
                owners = self.ids(field["to"]) or self.first(field["to"])
                if owners:
                    body[name] = owners[0]
            elif name in example and (field["kind"] not in WORDS or not any_text(rules.get(name, ()))):
                body[name] = example[name]
            elif field.get("values"):
                body[name] = next(value for value in field["values"] if value)
            else:
                text = f"{self.client.tag}-proof-{next(_numbers)}"
                body[name] = f"{text}@example.com" if field["kind"] == "email" else text
        return body


def any_text(rules: Iterable[Any]) -> bool:
    """Whether text of our own passes the rules of a field."""
    return all((next(iter(rule)) if isinstance(rule, dict) else rule) in ANY_TEXT for rule in rules)


def maker(noun: Noun) -> Operation | None:
    """The operation that makes records of a noun that has a list: POST to where the list is."""
    listing = noun.operations.get("list")
    if listing is None:
        return None
    return next(
        (
            each
            for each in noun.operations.values()
            if each.method == "POST" and each.path == listing.path and each.response(200) is not None
        ),
        None,
    )
