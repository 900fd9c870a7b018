"""`_method` and its like: a word in a text or in a file never turns one verb into another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.inprocess import BOUNDARY, multipart

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.inprocess import MockClient
    from mockserver.world import World

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PARTS = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
NOT_SUPPORTED = {"message": "Method not supported for this route"}


@pytest.fixture
def url(make: Callable[..., dict[str, Any]]) -> str:
    return f"/api/v1/products/{make('products', product_key='before')['id']}"


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b'{"_method": "PUT", "product_key": "after"}', JSON),
        (b"_method=PUT&product_key=after", FORM),
        (b"product_key=after&_method=put", FORM),
        (multipart([("_method", "PUT"), ("product_key", "after")], []), PARTS),
        (multipart([("product_key", "after"), ("_method", "PUT")], []), PARTS),
        (b'{"product_key": "after"}', {**JSON, "X-HTTP-Method-Override": "PUT"}),
    ],
    ids=["JSON", "form", "form, last", "multipart", "multipart, last", "header"],
)
def test_a_post_that_says_put_is_a_put(
    mock_client: MockClient, url: str, content: bytes, headers: dict[str, str]
) -> None:
    answer = mock_client.post(url, content=content, headers=headers)
    assert answer.status_code == 200
    assert answer.json()["data"]["product_key"] == "after"


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b'{"notes": "_method", "product_key": "DELETE"}', JSON),
        (b'{"notes": "\\"_method\\": \\"DELETE\\"", "a": "DELETE"}', JSON),
        (b'{"inner": {"_method": "DELETE"}}', JSON),
        (b'{"_methods": "DELETE"}', JSON),
        (b'{"_method": ["DELETE"]}', JSON),
        (b'{"_method": {"a": "DELETE"}}', JSON),
        (b'{"_method": null}', JSON),
        (b'["_method", "DELETE"]', JSON),
        (b"notes=_method=DELETE", FORM),
        (b"x_method=DELETE", FORM),
        (b"_method[]=DELETE", FORM),
        (b"inner[_method]=DELETE", FORM),
        (multipart([("notes", '"_method"\r\n\r\nDELETE')], []), PARTS),
        (multipart([("x_method", "DELETE")], []), PARTS),
        (multipart([], [("documents[]", ("a.txt", b'name="_method"\r\n\r\nDELETE\r\n'))]), PARTS),
        (multipart([], [("_method", ("DELETE", b"DELETE"))]), PARTS),
        (b"_method=DELETE", {"Content-Type": "text/plain"}),
    ],
)
def test_the_word_elsewhere_changes_no_verb(
    mock_client: MockClient, mock_world: World, url: str, content: bytes, headers: dict[str, str]
) -> None:
    before = mock_world.state
    answer = mock_client.post(url, content=content, headers=headers)
    assert answer.status_code == 404
    assert answer.json() == NOT_SUPPORTED
    assert mock_world.state is before


def test_a_file_that_holds_the_word_is_stored_not_obeyed(mock_client: MockClient, url: str) -> None:
    evil = b'--x\r\nContent-Disposition: form-data; name="_method"\r\n\r\nDELETE\r\n--x--\r\n'
    answer = mock_client.post(f"{url}/upload", data={"_method": "PUT"}, files=[("documents[]", ("a.txt", evil))])
    assert answer.status_code == 200
    document = answer.json()["data"]["documents"][0]["id"]
    assert mock_client.get(f"/api/v1/documents/{document}/download").content == evil
    assert mock_client.get(url).json()["data"]["is_deleted"] is False


@pytest.mark.parametrize(
    "word",
    ["", "GET", "HEAD", "OPTIONS", "TRACE", "nonsense", "PUT ", "P\u00dcT", "PUT\x00", "x" * 10_000, "__class__"],
    ids=ascii,
)
def test_other_words_leave_a_post_a_post(mock_client: MockClient, mock_world: World, url: str, word: str) -> None:
    before = mock_world.state
    header = word if word.isascii() and word.isprintable() and len(word) < 99 else ""
    ways: tuple[dict[str, Any], ...] = (
        {"json": {"_method": word}},
        {"data": {"_method": word}},
        {"params": {"_method": word}},
        {"headers": {"X-HTTP-Method-Override": header}},
    )
    for options in ways:
        answer = mock_client.post(url, **options)
        assert answer.status_code == 404 or word.strip() == "PUT", (options, answer)
    assert mock_world.state is before or word.strip() == "PUT"


@pytest.mark.parametrize("verb", ["GET", "PUT", "DELETE", "HEAD"])
def test_only_a_post_can_stand_for_another_verb(mock_client: MockClient, url: str, verb: str) -> None:
    mock_client.request(
        verb, f"{url}?_method=DELETE", headers={"X-HTTP-Method-Override": "DELETE"}, json={"_method": "DELETE"}
    )
    deleted = mock_client.get(url).json()["data"]["is_deleted"]
    assert deleted is (verb == "DELETE")


def test_header_wins_over_body_and_body_over_nothing(mock_client: MockClient, url: str) -> None:
    headers = {"X-HTTP-Method-Override": "PUT"}
    answer = mock_client.post(url, json={"_method": "DELETE", "product_key": "after"}, headers=headers)
    assert answer.json()["data"]["is_deleted"] is False
    assert answer.json()["data"]["product_key"] == "after"


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE", "PATCH", "GET", "NONSENSE", "get", "\u00fc"])
def test_a_verb_that_the_path_does_not_take_is_404(mock_client: MockClient, mock_world: World, verb: str) -> None:
    before = mock_world.state
    answer = mock_client.request(verb, "/api/v1/clients/bulk/nothing/here")
    assert answer.status_code == 404
    assert mock_world.state is before
