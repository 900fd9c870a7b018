"""`X-Mock-Diagnostics`: compact JSON of printable ASCII that fits a header, whatever was sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockserver.errors import ContractBreach, Diagnosis, Refused
from mockserver.respond import breach, diagnostics, refusal
from tests.robustness.conftest import LONGEST_HEADER, check_diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.inprocess import MockClient, Response
    from tests.robustness.conftest import Wire

EVIL = [
    "\r\nSet-Cookie: a=b",
    "\n",
    "\x00",
    "\x7f",
    "\u2028",
    "\u00fc",
    "\U0001f600",
    '"',
    "\\",
    "</script>",
    "x" * 100_000,
    "\u00e9" * 5000,
]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**80), 2**80),
    st.floats(),
    st.text(),
    st.sampled_from(EVIL),
    st.lists(st.text()),
)
TEXTS = st.one_of(st.text(), st.sampled_from(EVIL)).map(lambda text: text or "x")


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(found=st.lists(st.builds(Diagnosis, TEXTS, TEXTS, VALUES, TEXTS, TEXTS), min_size=1, max_size=12))
def test_any_diagnosis_fits_a_header(found: list[Diagnosis]) -> None:
    text = diagnostics([each.as_dict() for each in found])
    assert len(text) <= LONGEST_HEADER
    assert text.isascii()
    assert text.isprintable()
    assert json.loads(text)
    assert set(json.loads(text)[0]) <= {"where", "rule", "got", "wanted", "hint"}


@pytest.mark.parametrize("text", EVIL, ids=lambda text: ascii(text)[:20])
def test_a_refusal_and_a_breach_send_headers_that_uvicorn_lets_through(text: str) -> None:
    diagnosis = Diagnosis(text, text, text, text, text)
    replies = [
        refusal(Refused("invalid", "m", errors={"a": [text]}, diagnoses=(diagnosis,) * 20), wants_json=True),
        refusal(
            Refused("invalid", "m", errors={"a": [text]}, diagnoses=(diagnosis,)), wants_json=False, back="http://x"
        ),
        breach(ContractBreach(text, 200, text)),
    ]
    for reply in replies:
        assert all(value.isascii() and value.isprintable() for value in reply.headers.values())
        check_diagnostics({"x-mock-diagnostics": reply.headers["X-Mock-Diagnostics"]})


@pytest.mark.parametrize("text", EVIL, ids=lambda text: ascii(text)[:20])
def test_what_was_sent_is_quoted_safely_over_the_socket(wire: Wire, text: str) -> None:
    for method, path, body in (
        ("POST", "/api/v1/clients", {"name": "x", "classification": text, "contacts": [{"email": text + "@"}]}),
        ("POST", "/api/v1/invoices", {"client_id": text}),
        ("POST", "/api/v1/clients/bulk", {"action": text, "ids": [text]}),
        ("POST", "/api/v1/login", {"email": text, "password": text}),
    ):
        answer = wire.call(method, path, body)
        assert answer.status in (200, 401, 422), answer
        if answer.status != 200:
            assert check_diagnostics(answer.headers)


def test_the_diagnosis_says_where_which_rule_what_came_and_what_was_wanted(refused: Callable[..., Response]) -> None:
    answer = refused("POST", "/api/v1/products", status=422, json={"price": "abc", "tax_id": "99"})
    found = {each["where"]: each for each in check_diagnostics(answer.headers)}
    assert found["/price"] == {"where": "/price", "rule": "type", "got": "abc", "wanted": "number"}
    assert found["/tax_id"]["rule"] == "enum"
    assert found["/tax_id"]["got"] == "99"
    assert "one of 1, 2" in found["/tax_id"]["wanted"]


def test_a_pointer_names_keys_with_slashes_as_json_pointer_wants(refused: Callable[..., Response]) -> None:
    body = {"client_id": "zzzzzzzzzz", "line_items": [{}, {"cost": []}]}
    answer = refused("POST", "/api/v1/invoices", status=422, json=body)
    assert {"/client_id", "/line_items/1/cost"} <= {each["where"] for each in check_diagnostics(answer.headers)}


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/api/v1/client", "did you mean /api/v1/clients?"),
        ("/api/v1/invoicez", "did you mean /api/v1/invoices?"),
        ("/xyz", None),
    ],
)
def test_an_unknown_route_gets_a_suggestion(mock_client: MockClient, path: str, hint: str | None) -> None:
    answer = mock_client.get(path)
    assert answer.status_code == 404
    assert check_diagnostics(answer.headers)[0].get("hint") == hint


@pytest.mark.parametrize("options", [{}, {"json": {"name": "fine"}}, {"data": {"name": "fine"}}])
def test_good_answers_carry_no_diagnosis(mock_client: MockClient, options: dict[str, Any]) -> None:
    answer = mock_client.post("/api/v1/clients", **options)
    assert answer.status_code == 200
    assert "x-mock-diagnostics" not in answer.headers


def test_a_browser_page_escapes_what_it_repeats(mock_client: MockClient) -> None:
    headers = {"X-Requested-With": None, "Accept": "text/html", "Referer": 'http://x/"><script>alert(1)</script>'}
    answer = mock_client.post("/api/v1/invoices", json={}, headers=headers)
    assert answer.status_code == 302
    assert "<script>" not in answer.text
    assert answer.headers["location"].isprintable()
