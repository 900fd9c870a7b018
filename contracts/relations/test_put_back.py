"""A record that is sent back as it was read stays as it is, with everything inside it.

Blank text is no value (R-WIRE-49): the service may put its own default there, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import changed, staged, trimmed

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]


def timeless(value: Any) -> Any:
    """A value as the service takes it, without the times of its last change: they move, inside of it as well."""
    if isinstance(value, list):
        return [timeless(each) for each in value]
    if isinstance(value, dict):
        return {name: timeless(each) for name, each in value.items() if name != "updated_at"}
    return trimmed(value)


def test_a_record_sent_back_stays_as_it_is(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        for turn in (None, 0):
            hashed = stage.make(turn=turn)["id"]
            record = stage.show(hashed)
            rows = stage.rows()
            open_ = [name for name in noun.writable("update") if record.get(name) == ""]
            for times in ("once", "twice"):
                answer, after = stage.call("update", hashed, body=record).data, stage.show(hashed)
                for what, seen in (("answered", answer), ("shown", after)):
                    if moved := changed(timeless(record), timeless(seen), but=open_):
                        raise Broken(
                            f"sent back {times} as it was read, the record is {what} otherwise: {moved}",
                            operation=stage.operation("update").id,
                        )
                record, open_ = after, []
            if stage.rows().keys() != rows.keys():
                raise Broken("an update has made or removed records", operation=stage.operation("update").id)
