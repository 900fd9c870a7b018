"""Who takes part in a run around one noun: the nouns that its records need, hold, or are held by; and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.contract.requests.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.contract.differential.pair import Pair
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec


class Named(Pool):
    """Names of the records of a run in place of ids, so that bodies can be sent to both servers."""

    def __init__(self, pair: Pair, statics: Mapping[str, Any]) -> None:
        super().__init__(pair.spec, pair.clients[0])
        self._pair = pair
        self._tables = statics
        self.gone: set[str] = set()
        """Names of records that were deleted."""

    def ids(self, noun: str) -> list[str]:
        """Names of the records of the run that are not deleted; of all when there is no other."""
        made = self._pair.twins.made.get(noun, [])
        return [name for name in made if name not in self.gone] or list(made)

    def first(self, noun: str) -> list[str]:
        return self.ids(noun)

    def lookup(self, table: str) -> list[str]:
        return [str(row["id"]) for row in self._tables.get(table, ()) if isinstance(row, dict) and "id" in row]


def links(noun: Noun) -> dict[str, str]:
    """Fields of a create that lead to other records, and the nouns that they lead to."""
    return {name: each["to"] for name, each in noun.writable("create").items() if each["kind"] == "link"}


def parts(spec: Spec, noun: Noun) -> dict[str, dict[str, str]]:
    """Lists of a body whose entries say how much of another record, as the invoices of a payment do.

    Name -> field of an entry -> noun that it leads to.
    """
    found = {}
    for name, member in spec.resolved(noun.operations["create"].body() or {}).get("properties", {}).items():
        entry = spec.resolved(spec.resolved(member).get("items", {})).get("properties", {})
        inner = {each: each.removesuffix("_id") for each in entry if each.removesuffix("_id") in spec.nouns}
        if inner and "amount" in entry:
            found[name] = inner
    return found


def cast(spec: Spec, noun: Noun) -> list[Noun]:
    """The noun, those that its records need or hold in lists, and those that hold its records in lists."""
    found = {noun.name: noun}

    def take(each: Noun) -> None:
        needed = [to for name, to in links(each).items() if each.required("create", name)]
        held = [to for inner in parts(spec, each).values() for to in inner.values()]
        for name in (*needed, *held):
            other = spec.nouns[name]
            if name not in found and "create" in other.operations and not other.facts.get("stock"):
                found[name] = other
                take(other)

    take(noun)
    for each in spec.nouns_with("create", "show"):
        if any(noun.name in inner.values() for inner in parts(spec, each).values()):
            found.setdefault(each.name, each)
    return list(found.values())
