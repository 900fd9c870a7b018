"""What two servers that are compared stand on: worlds of their own, one clock, the same settings of the company."""

from __future__ import annotations

import time
from calendar import timegm
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from mockserver.contract.differential.cast import parts
from mockserver.contract.differential.comparison import Moment
from mockserver.contract.differential.pair import Pair
from mockserver.contract.differential.twins import Twins
from mockserver.contract.target.server import CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

    Row = dict[str, Any]

CLOSE = 5
"""Seconds by which clocks may differ without being set."""
AGAIN = 1000
"""Names that a repeated run makes up begin above this number, so that they are none of those that it repeats."""
KEPT_APART = ("_number_counter", "design_id", "user_id", "company_logo")
"""Ends of names of settings that are not carried over: they lead to rows of one server, or count them."""


@dataclass
class Ground:
    """What the servers stand on, read once: settings of the target's company, lookup rows, and what the clocks show."""

    company: Row = field(default_factory=dict)
    statics: Row = field(default_factory=dict)
    own: str = ""
    """Id of the company on the model."""
    ahead: tuple[int, int] = (0, 0)
    """Seconds by which the clock of the target, and that of the model, is ahead of ours."""
    skewed: bool = False
    """Whether the model is a mock of ours whose clock must be set."""

    def moments(self) -> tuple[Moment, Moment]:
        """What the clocks show now."""
        first, second = self.ahead
        return moment(first), moment(first if self.skewed else second)


@contextmanager
def pair(
    spec: Spec, target: Target, model: Target, ground: Ground, against: str, *, again: bool = False
) -> Iterator[Pair]:
    """A world on either server, standing on the same ground; what was made in them is gone afterwards.

    `again` says that calls of an earlier run are repeated, with the names that they were made with.
    """
    with target.world() as left, model.world() as right:
        stamp, left.stamp, right.stamp = left.stamp, None, None
        if not ground.statics:
            _read(spec, left, ground)
            ground.ahead = (ahead(target, left), ahead(model, right))
            ground.skewed = model.ours and abs(ground.ahead[0] - ground.ahead[1]) > CLOSE
        if model.ours:
            _level(spec, right, ground)
        twins = Twins(AGAIN if again else 0)
        try:
            yield Pair(spec, target, (left, right), ground.moments(), against, twins, stamp)
        finally:
            for side, (server, client) in enumerate(((target, left), (model, right))):
                if not server.ours:
                    client.made += _strays(
                        spec, client, [twins.ids(name)[side] for name in twins.made.get("client", ())]
                    )


def _strays(spec: Spec, client: Client, owners: list[str]) -> Iterator[tuple[str, str]]:
    """Bills and payments of clients of the run: some are made on the way, and no answer says so."""
    nouns = [each for each in spec.nouns_with("list", "create") if each.told("bill") or parts(spec, each)]
    for noun in nouns if owners else ():
        if "client_id" in noun.facts.get("base_filters", ()) and noun.fields.get("client_id"):
            for owner in owners:
                query = {"client_id": owner, "per_page": 5000}
                reply = client.call(noun.operations["list"], query=query, judged=False)
                yield from ((noun.name, row["id"]) for row in (reply.data if reply.ok else ()) if not row["is_deleted"])


def _read(spec: Spec, client: Client, ground: Ground) -> None:
    """Read the settings of the company, and lookup rows."""
    for operation in spec.operations.values():
        if operation.behaviour == "company_list":
            ground.company = client.call(operation, want=200, judged=False).data[0]
        elif operation.behaviour == "statics":
            ground.statics = client.call(operation, want=200, judged=False).json()


def moment(seconds: int = 0) -> Moment:
    """Now, by a clock that is so far ahead of ours."""
    shown = timegm(time.gmtime()) + seconds
    return Moment(shown, time.strftime("%Y-%m-%d", time.gmtime(shown)))


def ahead(target: Target, client: Client) -> int:
    """Seconds by which a server is ahead of us: its world where it has one, else the Date header of an answer."""
    if target.ours:
        shown = int(client.send("GET", f"{CONTROL}/clock").json()["now"])
    else:
        told = client.send("GET", "/").headers.get("date", "")
        shown = int(parsedate_to_datetime(told).timestamp()) if told else moment().now
    return shown - moment().now


def _level(spec: Spec, client: Client, ground: Ground) -> None:
    """Give a mock of ours the clock and the company settings of the target, as far as they can be set."""
    if ground.skewed:
        client.send("PUT", f"{CONTROL}/clock", body={"set": ground.moments()[0].now})
    noun = spec.nouns.get("company")
    if noun is None or not ground.company or "company_update" not in noun.operations:
        return
    if not ground.own:
        ground.own = client.call(noun.operations["company_list"], want=200, judged=False).data[0]["id"]
    told = ground.company
    body = {name: told[name] for name in noun.writable("update") if name in told and name != "id"}
    body["settings"] = {name: value for name, value in told["settings"].items() if not name.endswith(KEPT_APART)}
    reply = client.call(noun.operations["company_update"], path={"id": ground.own}, body=body, judged=False)
    assert reply.ok, f"the settings of the target are not taken by the mock: {reply}"
