"""What is said about a file that is no scenario."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.errors import StartError
from tests.seeding.garden import grown, written

if TYPE_CHECKING:
    from pathlib import Path

STEP = {"make": "products", "count": 1, "on": -9, "post": "/api/v1/products"}
DELETE = "/api/v1/products/{id}"


def call(**words: Any) -> str:
    """A scenario of one good call, with these words in place of its own; one that is None is left out."""
    made = {word: value for word, value in {**STEP, **words}.items() if value is not None}
    return json.dumps({"calls": [made]})


def later(**words: Any) -> str:
    """A scenario of one good call with another one after it."""
    return call(then=[words])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scenari: x", ": got `scenari`, wanted a part of a scenario; did you mean `scenario`?"),
        ("calls: {a: b}", ": calls: got `{'a': 'b'}`, wanted a list of calls; start each with `- make:`"),
        ("calls: [3]", ": call 1: got `3`, wanted a mapping; write make: ..."),
        ("- a", ": got list, wanted a mapping; start the file with `key: value`"),
        ("a: 1\na: 2", ": line 2: got the key `a` a second time, wanted each key once; remove one of the two"),
        (
            "calls: [{make: products}]",
            ": call 1: got no `count`, wanted the words make, count, on; add `count:`",
        ),
        (
            call(bodi=3),
            ": call 1: got `bodi`, wanted a word of a call; did you mean `body`?",
        ),
        (
            call(make="product"),
            ": call 1.make: got `product`, wanted a resource of the document; did you mean `products`?",
        ),
        (
            call(count=[1, 2]),
            ": call 1.count: got `[1, 2]`, wanted a number from 0; write count: 10 or count: {exactly: 10}",
        ),
        (
            call(on=[-9, 1]),
            ": call 1.on: got `[-9, 1]`, wanted days up to 0, the scenario's own; write on: [-90, 0]",
        ),
        (
            call(post="/api/v1/product"),
            ": call 1.post: got `/api/v1/product`, wanted a path that takes POST; did you mean `/api/v1/products`?",
        ),
        (
            call(query={"includes": "a"}),
            ": call 1.query: got `includes`, wanted a field that the document has here; did you mean `include`?",
        ),
        (
            call(on=-99999),
            ": call 1.on: got `-99999`, wanted at most 36500 days; a century is enough",
        ),
        (
            call(post="/api/v1/products/{id}"),
            ": call 1.post: got `/api/v1/products/{id}`, wanted a path without {id}; write later calls under `then`",
        ),
        (
            call(fill="city"),
            ": call 1.body: got `city`, wanted a list of fields under `fill`; write fill: [city, phone]",
        ),
        (
            call(fill=["price"]),
            ": call 1.body: got `price`, wanted a field that hints.yaml knows; did you mean `service`?",
        ),
        (
            call(files=[3]),
            ": call 1.files: got `[3]`, wanted a list of names of files in fixtures/assets; write files: [logo.png]",
        ),
        (
            call(write="products"),
            ": call 1: got post and write, wanted one of post, write; write METHOD: PATH",
        ),
        (
            call(post=None, write="product"),
            ": call 1.write: got `product`, wanted a resource of the document; did you mean `products`?",
        ),
        (
            call(post=None, write="products", query={"include": "a"}),
            ": call 1: got `query`, wanted only `body` beside `write`; leave `query` out",
        ),
        (
            call(body=[3]),
            ": call 1.body: got `3`, wanted a mapping of fields; write one field a line",
        ),
        (
            later(after=3, when=3, delete=DELETE),
            ": call 1.then 1.when: got `3`, wanted a mapping; write {status_id: ['2', '3']}",
        ),
        (
            later(after=3, when={"prise": 3}, delete=DELETE),
            ": call 1.then 1.when: got `prise`, wanted a field that stands before this one; did you mean `price`?",
        ),
        (
            later(after=3, delete="/api/v1/products/{idd}"),
            ": call 1.then 1.delete: got `idd`, wanted a field that stands before this one; did you mean `id`?",
        ),
        (
            later(after=3, post="/api/v1/products", only_with="price", body={"notes": "a"}),
            ": call 1.then 1.only_with: got `price`, wanted a field of `body`; known: notes",
        ),
        (
            call(then=3),
            ": call 1.then: got `3`, wanted a list of calls; start each with `- after:`",
        ),
        (
            later(after=3),
            ": call 1.then 1: got no method, wanted one of get, post, put, delete, write; write METHOD: PATH",
        ),
        (
            later(after=-3, get="/api/v1/products"),
            ": call 1.then 1.after: got `-3`, wanted days from 0; a record must be there before it is changed",
        ),
        (
            later(after=3, share=2, get="/api/v1/products"),
            ": call 1.then 1.share: got `2`, wanted a part of the records; write a number from 0 to 1",
        ),
        (
            "company: {payment_terms: 30}",
            ": company.payment_terms: got `30`, wanted string; see CompanySettings in the document",
        ),
        (
            "user: {is_deleted: true}",
            ": user: got `is_deleted`, wanted a field that the document has here; known: ",
        ),
    ],
)
def test_what_is_not_a_scenario_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(StartError) as caught:
        grown(written(tmp_path, text))
    told = str(caught.value)
    assert told.startswith(f"mine.yaml{message}") if message.endswith(": ") else told == f"mine.yaml{message}"


@pytest.mark.parametrize("content", [b"about: \xff", b"about: \x00"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    with pytest.raises(StartError, match=r"^mine\.yaml: got .*, wanted YAML in UTF-8; save it as plain text$"):
        grown(path)
