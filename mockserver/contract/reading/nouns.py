"""One kind of record by the facts of the document: its fields, rules and standard operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.contract.reading.operations import Operation


@dataclass(frozen=True)
class Noun:
    """One kind of record: its facts, and its standard operations by behaviour (`update` is the PUT)."""

    name: str
    facts: Mapping[str, Any] = field(repr=False)
    operations: Mapping[str, Operation] = field(repr=False)

    @property
    def fields(self) -> Mapping[str, Mapping[str, Any]]:
        fields: Mapping[str, Mapping[str, Any]] = self.facts["fields"]
        return fields

    @property
    def remover(self) -> Operation | None:
        """The operation that deletes a record by its address, whatever its behaviour is called."""
        shown = self.operations.get("show")
        removers = (each for each in self.operations.values() if each.method == "DELETE")
        return next((each for each in removers if shown is not None and each.path == shown.path), None)

    def writable(self, verb: str) -> dict[str, Mapping[str, Any]]:
        """Fields that a create or an update may set."""
        return {name: facts for name, facts in self.fields.items() if facts.get("write") in ("both", verb)}

    def told(self, path: str) -> Any:
        """A fact, or a member of one such as `bill.settles`; None when nothing is said."""
        value: Any = self.facts
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def rules(self, verb: str) -> Mapping[str, list[Any]]:
        rules: Mapping[str, list[Any]] = self.facts.get("rules", {}).get(verb, {})
        return rules

    def required(self, verb: str, path: str) -> bool:
        """Whether the rules ask for the field, alone or unless another is sent."""
        return any(
            rule == "required" or (isinstance(rule, dict) and "required_without" in rule)
            for rule in self.rules(verb).get(path, ())
        )
