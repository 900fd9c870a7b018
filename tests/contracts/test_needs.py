"""What a call may do to a server: told before it is sent, by its operation, its action and its flags."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.content import spec_dir
from mockserver.contract.calls.client import Client
from mockserver.contract.calls.left_out import NotAllowed
from mockserver.contract.reading.needs import needs_of
from mockserver.contract.reading.spec import Spec

SPEC = Spec.read(spec_dir() / "openapi.json")


@pytest.mark.parametrize(
    ("operation", "query", "body", "needs"),
    [
        ("listInvoices", {}, None, ""),
        ("createInvoice", {}, {}, "writes"),
        ("createInvoice", {"send_email": "true"}, {}, "writes sends"),
        ("createInvoice", {"mark_sent": "true"}, {}, "writes"),
        ("deleteInvoice", {}, None, "writes deletes"),
        ("purgeClient", {}, None, "writes deletes"),
        ("bulkInvoices", {}, {"action": "archive", "ids": []}, "writes"),
        ("bulkInvoices", {}, {"action": "mark_sent", "ids": []}, "writes"),
        ("bulkInvoices", {}, {"action": "delete", "ids": []}, "writes deletes"),
        ("bulkInvoices", {}, {"action": "email", "ids": []}, "writes sends"),
        ("sendEmail", {}, {}, "writes sends"),
    ],
)
def test_a_call_says_what_it_does(operation: str, query: dict[str, str], body: Any, needs: str) -> None:
    assert needs_of(SPEC.operations[operation], query, body) == set(needs.split())


def test_a_call_that_is_not_allowed_is_not_sent() -> None:
    client = Client("http://127.0.0.1:9", {})  # nothing answers there: to send would be an error of another kind
    client.allow = frozenset({"writes"})
    with pytest.raises(NotAllowed, match="--allow deletes lets the contract run"):
        client.call(SPEC.operations["deleteInvoice"], path={"id": "x"})
    client.allow = frozenset()
    with pytest.raises(NotAllowed, match="--allow writes"):
        client.send("POST", "/api/v1/clients")
