"""A webhook is called for its event and no other: by its method, with its headers, with the record alone as the body;
one that was archived or deleted is not called any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, lines
from mockserver.contract.values.differences import differences
from mockserver.contract.wire.receiver import Receiver, receiving

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "delete", facts=("fields.target_url", "fields.event_id")),
]


def test_webhooks_are_called_for_their_event(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client, receiving(Receiver) as receiver:
        trade = Trade(client, spec)
        events = {name: spec.nouns[name].facts["events"] for name in ("client", "invoice")}

        def hook(path: str, event: int, **more: object) -> str:
            body = {"target_url": f"{receiver.url}/{path}", "event_id": str(event), "rest_method": "post", **more}
            hashed: str = trade.make(noun.name, body)["id"]
            return hashed

        hook("made", events["client"]["created"], headers={"X-Shop-Key": "s3cr3t"})
        hook("changed", events["client"]["updated"], rest_method="put")
        hook("billed", events["invoice"]["created"])
        gone, filed = hook("gone", events["client"]["created"]), hook("filed", events["client"]["created"])
        trade.drop(noun.name, gone)
        trade.bulk(noun.name, "archive", filed)
        made = trade.make("client")
        changed = trade.change("client", made["id"], {"custom_value1": "told"})
        billed = trade.make("invoice", {"client_id": made["id"], "line_items": lines(10)})
        trade.bulk("client", "archive", made["id"])
        got = receiver.wait(3, lambda: any(each["state"] == "waiting" for each in trade.feed("deliveries")))
        calls = {call.path: call for call in got}
        wanted = {"/made": ("POST", made), "/changed": ("PUT", changed), "/billed": ("POST", billed)}
        assert sorted(calls) == sorted(wanted), f"webhooks called: got {sorted(calls)}, wanted {sorted(wanted)}"
        for path, (method, record) in wanted.items():
            call = calls[path]
            assert call.method == method, f"{path} was called by {call.method}, wanted {method}"
            trade.must([f"body of {path}{each}" for each in differences(record, call.body)])
        assert calls["/made"].headers.get("x-shop-key") == "s3cr3t", "the call lacks the header of the webhook"
        assert calls["/billed"].body["client"]["id"] == made["id"], "the invoice came without its client"
        assert len(receiver.calls) == len(wanted), f"calls: got {len(receiver.calls)}, wanted {len(wanted)}"
