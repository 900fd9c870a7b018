"""Strict mode, in which a second judge reads every answer, has nothing against the odd ones."""

from __future__ import annotations

import pytest

from mockserver.app import Settings, create_mock
from mockserver.inprocess import MockClient
from tests.api.shop import Shop


@pytest.fixture(scope="module")
def strict() -> Shop:
    mock = create_mock(Settings(scenario="empty", strict=True))
    return Shop(MockClient(mock, mock.worlds.default))


def test_empty_answers_and_files_pass(strict: Shop) -> None:
    invoice = strict.sent(strict.client())
    key = invoice["invitations"][0]["key"]
    strict.attach(f"invoices/{invoice['id']}", "a.txt")
    for path in (
        f"invoices/{invoice['id']}/history",
        f"invoices/{invoice['id']}/cancel",
        f"invoice/{key}/download",
        f"invoice/{key}/download_e_invoice",
        "documents/create",
        "documents/VolejRejNm/download",
        "companies/VolejRejNm/logo",
    ):
        assert (path, strict.get(path).status_code) == (path, 200)


def test_renamed_and_narrowed_answers_pass(strict: Shop) -> None:
    strict.client()
    for query in ("index=crates", "index=none", "serializer=json", "include_static=true", "filter_details=true"):
        assert (query, strict.get(f"clients?{query}").status_code) == (query, 200)


def test_refusals_pass(strict: Shop) -> None:
    answers = [
        strict.post("invoices", {}),
        strict.but(X_Requested_With=None).post("invoices", {}),
        strict.get("clients/zzz"),
        strict.but(X_API_TOKEN="nope").get("clients"),
        strict.post("tokens", {"name": "T"}),
        strict.post("login", {}),
    ]
    assert [each.status_code for each in answers] == [422, 302, 400, 403, 412, 422]
