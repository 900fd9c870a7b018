"""Uploads that are cut, forged, too big, too many or named like a path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.inprocess import BOUNDARY, multipart
from tests.robustness.conftest import DOCUMENT, address, check_diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.document.model import Operation
    from mockserver.inprocess import MockClient, Response
    from mockserver.world import World
    from tests.robustness.conftest import Wire

UPLOADS = [each for each in DOCUMENT.operations.values() if each.behaviour == "upload" and each.method == "PUT"]
KIND = {"Content-Type": "multipart/form-data; boundary=b"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


@pytest.fixture
def target(make: Callable[..., dict[str, Any]]) -> str:
    """Upload address of a new product."""
    return f"/api/v1/products/{make('products', product_key='files')['id']}/upload"


def part(name: str = "documents[]", filename: str = "a.txt", content: bytes = b"hello") -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
    return head.encode() + content + b"\r\n"


END = b"--b--\r\n"
FIELD = b'--b\r\nContent-Disposition: form-data; name="_method"\r\n\r\nPUT\r\n'


def test_a_whole_multipart_body_is_taken(mock_client: MockClient, target: str) -> None:
    data = mock_client.put(target, content=part() + END, headers=KIND).json()["data"]
    assert [(each["name"], each["size"]) for each in data["documents"]] == [("a.txt", 5)]


@pytest.mark.parametrize("operation", UPLOADS, ids=lambda operation: operation.id)
def test_every_upload_takes_a_whole_body_and_nothing_of_half_a_one(
    refused: Callable[..., Response], mock_client: MockClient, mock_world: World, operation: Operation
) -> None:
    url = address(operation, mock_world)
    refused("PUT", url, status=400, content=part() + part(filename="b.txt")[:-9], headers=KIND)
    taken = mock_client.put(url, content=part() + END, headers=KIND)
    assert taken.status_code == 200, taken
    assert "a.txt" in [each["name"] for each in mock_client.get("/api/v1/documents").json()["data"]]


@pytest.mark.parametrize("verb", ["PUT", "POST"])
@pytest.mark.parametrize(
    "body",
    [
        FIELD + part()[:-30],
        FIELD + part()[:-2],
        FIELD + part(),
        FIELD + part() + b"--b",
        FIELD + part() + b"--b-",
        FIELD + part(content=b"x" * 2_000_000),
        FIELD + part() + part("documents[]", "b.txt", b"cut"),
        FIELD + b'--b\r\nContent-Disposition: form-data; name="documents[]"; file',
    ],
    ids=[
        "in the head", "before the line end", "before the boundary", "after --b", "after --b-", "large file",
        "second file",
        "in a name",
    ],
)  # fmt: skip
def test_a_multipart_body_that_breaks_off_is_refused_whole(
    refused: Callable[..., Response], target: str, verb: str, body: bytes
) -> None:
    url = f"{target}?_method=PUT" if verb == "POST" else target
    answer = refused(verb, url, status=400, content=body, headers=KIND)
    assert answer.json() == {"message": "Malformed multipart payload."}
    assert check_diagnostics(answer.headers)[0]["rule"] == "multipart"


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data", "multipart/form-data; boundary=", 'multipart/form-data; boundary=""',
        "multipart/form-data; boundary=other", "multipart/form-data;;;",
        "multipart/form-data; boundary=" + "x" * 10_000,
    ],
)  # fmt: skip
def test_multipart_without_its_boundary_is_refused(refused: Callable[..., Response], target: str, kind: str) -> None:
    refused("PUT", target, status=400, content=part() + END, headers={"Content-Type": kind})


@pytest.mark.parametrize(
    "body",
    [
        b"garbage " + END,
        b"--b\r\nno colon\r\n\r\nx\r\n" + END,
        b"--b\r\nContent-Type: text/plain\r\n\r\nno name\r\n" + END,
        b"--b\r\nContent-Disposition: form-data; filename=a.txt\r\n\r\nno name\r\n" + END,
        b"--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n" + END,
        b"--b\r\n" + b"X: y\r\n" * 5000 + b"\r\nx\r\n" + END,
        b"--b\r\nContent-Disposition: form-data; name=" + b"x" * 100_000 + b"\r\n\r\nx\r\n" + END,
        b"--b\r\n\r\n\r\n" + END,
        END,
        b"--b\n" + END,
        b"\r\n" * 1000 + END,
        b"--b" * 10_000 + b"--",
        b"--b\r\nContent-Disposition: form-data; name=x\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n" + END,
        b"--b\r\nContent-Disposition: form-data; name=x\r\nContent-Transfer-Encoding: nonsense\r\n\r\nx\r\n" + END,
        b'--b\r\nContent-Disposition: form-data; name="\xff\xfe"; filename="\xff"\r\n\r\n\xff\r\n' + END,
    ],
    ids=[
        "garbage", "no colon", "no disposition", "no name", "attachment", "many headers", "long name", "empty part",
        "end only",
        "bare line feed", "blank lines", "boundaries", "broken base64", "encoding", "bytes in names",
    ],
)  # fmt: skip
def test_forged_multipart_bodies_change_nothing(
    mock_client: MockClient, mock_world: World, target: str, body: bytes
) -> None:
    before = mock_world.state
    answer = mock_client.put(target, content=body, headers=KIND)
    assert answer.status_code in (200, 400, 422)
    check_diagnostics(answer.headers)
    assert mock_world.state is before


def test_10_000_fields_are_read(mock_client: MockClient, target: str) -> None:
    fields = b"".join(b'--b\r\nContent-Disposition: form-data; name="x%d"\r\n\r\n1\r\n' % n for n in range(10_000))
    assert mock_client.put(target, content=fields + END, headers=KIND).status_code == 200


def test_1_000_files_in_one_upload_are_kept(mock_client: MockClient, target: str) -> None:
    body = b"".join(part(filename=f"{number}.txt") for number in range(1000)) + END
    assert len(mock_client.put(target, content=body, headers=KIND).json()["data"]["documents"]) == 1000


def test_more_than_20_000_parts_are_refused(refused: Callable[..., Response], target: str) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n' * 20_001 + END
    answer = refused("PUT", target, status=400, content=body, headers=KIND)
    assert check_diagnostics(answer.headers)[0]["got"] == 20_001


def test_a_file_of_30_mb_is_refused_with_413(wire: Wire) -> None:
    product = wire.call("POST", "/api/v1/products", {"product_key": "big"}).json()["data"]
    before = wire.state()
    body = multipart([("_method", "PUT")], [("documents[]", ("big.pdf", b"x" * 30 * 1024 * 1024))])
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    assert wire.call("POST", f"/api/v1/products/{product['id']}/upload", body, kind).status == 413
    assert wire.state() == before


def test_a_file_above_20_mb_is_refused_by_name(refused: Callable[..., Response], target: str) -> None:
    big = b"x" * (20 * 1024 * 1024 + 1)
    answer = refused(
        "PUT", target, status=422, files=[("documents[]", ("big.pdf", big)), ("documents[]", ("a.txt", b"x"))]
    )
    assert list(answer.json()["errors"]) == ["documents.0"]


def test_a_file_of_20_mb_is_kept_to_the_byte(mock_client: MockClient, target: str) -> None:
    content = bytes(range(256)) * (20 * 1024 * 4)
    data = mock_client.put(target, data={}, files=[("documents[]", ("big.pdf", content))]).json()["data"]
    answer = mock_client.get(f"/api/v1/documents/{data['documents'][0]['id']}/download")
    assert answer.content == content


@pytest.mark.parametrize(
    "name",
    ["a.exe", "a.php", "a.png.php", "a.html", "a.svg", "a", ".png.", "a.", "a.PHP", "a.p\u00f6f", "a.png\x00.php"],
)
def test_forbidden_types_are_refused(refused: Callable[..., Response], target: str, name: str) -> None:
    answer = refused("PUT", target, status=422, files=[("documents[]", (name, PNG))])
    assert list(answer.json()["errors"]) == ["documents.0"]


def test_one_forbidden_file_refuses_all(refused: Callable[..., Response], target: str) -> None:
    refused("PUT", target, status=422, files=[("documents[]", ("a.png", PNG)), ("documents[]", ("a.exe", b"MZ"))])


def test_a_form_without_a_chosen_file_changes_nothing(mock_client: MockClient, mock_world: World, target: str) -> None:
    before = mock_world.state
    answer = mock_client.put(target, content=part(filename="", content=b"") + END, headers=KIND)
    assert answer.status_code == 200
    assert answer.json()["data"]["documents"] == []
    assert mock_world.state is before


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt", "/etc/passwd.txt", "..\\..\\boot.txt", "C:\\boot.txt", "....//....//x.txt",
        "%2e%2e%2fx.txt",
        "a\x00b.txt", "a\r\nSet-Cookie: x.txt", "\u202egpj.txt", "\U0001f600.txt", "x" * 5000 + ".txt", "a;b.txt",
        "'a'.txt",
        "con.txt", "-rf.txt", "a\x7fb.txt",
    ],
    ids=ascii,
)  # fmt: skip
def test_file_names_stay_names(mock_client: MockClient, target: str, name: str) -> None:
    body = multipart([], [("documents[]", (name, b"hello"))])
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    answer = mock_client.put(target, content=body, headers=headers)
    if answer.status_code != 200:
        assert answer.status_code in (400, 422), answer
        return
    (document,) = answer.json()["data"]["documents"]
    assert "/" not in document["name"]
    assert "\\" not in document["name"]
    assert document["type"] == "txt"
    assert ".." not in document["hash"]
    got = mock_client.get(f"/api/v1/documents/{document['id']}/download")
    assert got.content == b"hello"
    disposition = got.headers["content-disposition"]
    assert disposition.isascii()
    assert disposition.isprintable()
    assert disposition.startswith("attachment; filename=")


def test_a_renamed_document_cannot_forge_headers(mock_client: MockClient, target: str) -> None:
    data = mock_client.put(target, content=part() + END, headers=KIND).json()["data"]
    url = f"/api/v1/documents/{data['documents'][0]['id']}"
    assert mock_client.put(url, json={"name": 'x"\r\nSet-Cookie: a=b\x7f'}).status_code == 200
    disposition = mock_client.get(f"{url}/download").headers["content-disposition"]
    assert disposition.isprintable()
    assert disposition.count('"') == 2


def test_parts_of_other_names_are_no_documents(mock_client: MockClient, mock_world: World, target: str) -> None:
    before = mock_world.state
    for name in ("avatar", "documents_x", "", "files[]"):
        assert mock_client.put(target, content=part(name) + END, headers=KIND).status_code in (200, 400)
    assert mock_world.state is before


@pytest.mark.parametrize("name", ["../x", "zzzzzzzzzz", "1", "%2e%2e"])
def test_uploads_to_nothing_are_refused(refused: Callable[..., Response], name: str) -> None:
    refused("PUT", f"/api/v1/products/{name}/upload", status=(400, 404), files=[("documents[]", ("a.txt", b"x"))])


def test_a_company_logo_that_is_no_picture_is_refused(refused: Callable[..., Response], mock_world: World) -> None:
    company = next(iter(mock_world.state.table("companies"))).data["id"]
    refused("PUT", f"/api/v1/companies/{company}", status=422, files=[("company_logo", ("logo.php", b"<?php"))])
