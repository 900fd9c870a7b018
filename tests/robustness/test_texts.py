"""Texts of every script and with every odd character come back as they were sent, or are refused as a whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.inprocess import MockClient, Response
    from tests.robustness.conftest import Wire

TEXTS = {
    "latin": "Gr\u00fc\u00dfe aus K\u00f6ln",
    "cyrillic": "\u041f\u0440\u0438\u0432\u0435\u0442",
    "chinese": "\u4f60\u597d\u4e16\u754c",
    "arabic, right to left": "\u0645\u0631\u062d\u0628\u0627",
    "direction marks": "\u202eabc\u202c\u200f",
    "combining": "e\u0301 a\u0308\u0323",
    "not normalised twice": "\u00e9 e\u0301",
    "astral": "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 \U00020000",
    "last of all": "\U0010ffff",
    "no character": "\ufffe\uffff",
    "zero width": "a\u200bb\ufeffc",
    "NUL": "a\x00b",
    "controls": "a\x01\x02\x1b[31mb\x7fc",
    "line breaks": "a\r\nb\nc\u2028d\u2029e",
    "quotes": "\"'`\\ / </script> <b> & %s %d {0} ${x} $1 \\1 \\u0041",
    "SQL": "'; DROP TABLE clients; --",
    "replacement": "\ufffd",
    "long": "\u00e9" * 50_000,
    "many combining": "a" + "\u0301" * 5000,
}


@pytest.mark.parametrize("case", TEXTS)
def test_a_text_comes_back_as_it_was_sent(mock_client: MockClient, case: str) -> None:
    text = TEXTS[case]
    made = mock_client.post("/api/v1/clients", json={"name": "x", "custom_value1": text, "public_notes": text})
    assert made.status_code == 200, made
    data = made.json()["data"]
    assert data["custom_value1"] == text
    read = mock_client.get(f"/api/v1/clients/{data['id']}")
    assert read.json()["data"]["custom_value1"] == text
    assert read.content.isascii()


@pytest.mark.parametrize("case", TEXTS)
def test_a_text_in_a_form_comes_back_as_it_was_sent(mock_client: MockClient, case: str) -> None:
    made = mock_client.post("/api/v1/products", data={"custom_value1": TEXTS[case], "product_key": "form"})
    assert made.json()["data"]["custom_value1"] == TEXTS[case]


@pytest.mark.parametrize("case", [name for name in TEXTS if "long" not in name])
def test_a_text_can_be_searched_for(mock_client: MockClient, case: str) -> None:
    mock_client.post("/api/v1/products", json={"product_key": "found", "custom_value1": TEXTS[case]})
    answer = mock_client.get("/api/v1/products", params={"filter": TEXTS[case]})
    assert answer.status_code == 200
    assert answer.json()["data"] or "\\" in TEXTS[case]


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\udc00\\ud800", "\\ud800\\ud800", "x\\ud83d", "\\ud83dx"])
def test_half_a_surrogate_pair_is_malformed(refused: Callable[..., Response], escape: str) -> None:
    body = b'{"name": "%s"}' % escape.encode()
    answer = refused("POST", "/api/v1/clients", status=400, content=body, headers={"Content-Type": "application/json"})
    assert answer.json()["message"] == "Malformed JSON payload."


def test_a_surrogate_pair_is_one_character(mock_client: MockClient) -> None:
    body = b'{"name": "\\ud83d\\ude00"}'
    answer = mock_client.post("/api/v1/clients", content=body, headers={"Content-Type": "application/json"})
    assert answer.json()["data"]["name"] == "\U0001f600"


@pytest.mark.parametrize("field", ["number", "id_number", "name", "vat_number", "phone", "website"])
@pytest.mark.parametrize("text", ["\x00", "\U0001f600", "a" * 10_000, "\u202e", "%00", "../x", "\r\nX: y"], ids=ascii)
def test_texts_in_fields_with_rules_are_taken_or_refused(mock_client: MockClient, field: str, text: str) -> None:
    answer = mock_client.post("/api/v1/clients", json={"name": "x", field: text})
    assert answer.status_code in (200, 422), answer
    if answer.status_code == 200:
        assert answer.json()["data"][field] == text.strip()


@pytest.mark.parametrize(
    "address",
    [
        "a@b",
        "a@@b.c",
        "@",
        "a b@c.d",
        "a@b.c\r\nBcc: x@y.z",
        "\x00@b.c",
        "a" * 10_000 + "@b.c",
        "a@" + "b." * 5000 + "c",
        "\u00fc@b.de",
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_odd_addresses_are_taken_or_refused_soon(mock_client: MockClient, address: str) -> None:
    answer = mock_client.post("/api/v1/clients", json={"name": "x", "contacts": [{"email": address}]})
    assert answer.status_code in (200, 422)
    assert "\r" not in address or answer.status_code == 422


@pytest.mark.parametrize("value", [" x ", "\tx\n", "\u00a0x\u00a0"])
def test_space_around_a_text_is_dropped_and_space_alone_is_nothing(mock_client: MockClient, value: str) -> None:
    data = mock_client.post("/api/v1/products", json={"product_key": value, "notes": " \n\t "}).json()["data"]
    assert data["product_key"].strip("\u00a0") == "x"
    assert data["notes"] == ""


def test_texts_survive_the_real_socket(wire: Wire) -> None:
    body: Any = {f"custom_value{number}": text for number, text in enumerate(list(TEXTS.values())[:4], 1)}
    made = wire.call("POST", "/api/v1/clients", {"name": "x", **body}).json()["data"]
    assert {name: made[name] for name in body} == body
    raw = json.dumps(body, ensure_ascii=False).encode()
    again = wire.call("PUT", f"/api/v1/clients/{made['id']}", raw, {"Content-Type": "application/json"}).json()["data"]
    assert {name: again[name] for name in body} == body
