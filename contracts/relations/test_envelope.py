"""`index` renames the envelope or takes it off, `include_static` adds lookup tables; the records stay what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = pytest.mark.nouns("create", "show", "list", "update")


def test_another_envelope_holds_the_same_records(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        if target.writable:
            stage.make()
        rows = stage.rows()
        calls: list[tuple[str, dict[str, Any]]] = [("list", {})] + [
            ("show", {"path": {"id": hashed}}) for hashed in list(rows)[-1:]
        ]
        for behaviour, where in calls:
            operation = stage.operation(behaviour)
            plain = stage.client.call(operation, **where, want=200).json()
            for query, wanted in (
                ({"index": "rows"}, {("rows" if name == "data" else name): value for name, value in plain.items()}),
                ({"index": "none"}, plain["data"]),
                ({"serializer": "sideways"}, plain),
                ({"include_static": "true"}, plain),
            ):
                name, text = next(iter(query.items()))
                if name == "include_static" and name not in operation.parameters("query"):
                    continue
                got = stage.client.call(operation, **where, query=query, judged=False, want=200).json()
                if name == "include_static" and not isinstance(got.pop("static", None), dict):
                    raise Broken(f"include_static={text} brings no `static`", operation=operation.id)
                if got != wanted:
                    kind = f"the members {sorted(got)}" if isinstance(got, dict) else f"{type(got).__name__}"
                    raise Broken(
                        f"{name}={text} gives other records than the plain call, or another shape: {kind}",
                        operation=operation.id,
                    )
