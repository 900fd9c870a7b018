"""Made-up bodies and queries against every create, update, bulk and list: documented statuses, no half writes."""

from __future__ import annotations

import json
import string
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockserver.inprocess import MockClient
from tests.robustness.conftest import DOCUMENT, address, check_diagnostics, documented, example_of, resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.app import Mock
    from mockserver.document.model import Operation
    from mockserver.inprocess import Response

OPERATIONS = [each for each in DOCUMENT.operations.values() if each.method != "PATCH"]
BULKS = [each for each in OPERATIONS if each.behaviour.endswith("bulk")]
WRITES = [each for each in OPERATIONS if each.request and each not in BULKS]
LISTS = [each for each in OPERATIONS if each.behaviour == "list"]
READS = [
    each
    for each in OPERATIONS
    if each.method == "GET" and each not in LISTS and each.path.count("{") == each.path.count("{id}")
]
WORLD = "fuzz"
MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(MANY, max_examples=10)

WORDS = st.sampled_from(
    [
        "", " ", "0", "-1", "1.5", "1e5", "9" * 40, "true", "false", "null", "abc", "a@example.com", "http://x.y",
        "2024-01-31", "2024-02-31",
        "9999-12-31", "0000-00-00", "99999999999", "VolejRejNm", "Wpmbk5ezJn", "zzzzzzzzzz", "840", "draft",
        ":MONTH", ":YEAR+99", "a|asc", "gt:1",
        "1:2", "\x00", "\x7f", "\U0001f600", "\u202e", "\u0663", "</sc", "%", "_", "'", "\\", "../x", "{$counter}",
        "\r\nX: y", "x" * 3000,
    ]
)  # fmt: skip
TEXT = st.one_of(WORDS, st.text(max_size=20), st.text(alphabet=st.characters(codec=None), max_size=5))
NUMBERS = st.one_of(
    st.integers(-100, 100),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.sampled_from([0.1, 1.005, 1e15, 2**53, 2**63, 2**64 - 1, 1e300, -1e300, 5e-324, -0.0]),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXT)
ROWS = st.lists(SCALARS, max_size=2)
JUNK = st.one_of(SCALARS, SCALARS, ROWS, st.dictionaries(TEXT, SCALARS, max_size=2), st.lists(ROWS, max_size=2))


def fitting(schema: Mapping[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Values that mostly have the type of the schema, and now and then do not."""
    schema = resolved(schema)
    kind = schema.get("type")
    if depth > 3 or kind is None:
        return JUNK
    if "enum" in schema:
        return st.one_of(st.sampled_from(schema["enum"]), SCALARS)
    if kind == "object":
        members = {name: later(each, depth + 1) for name, each in schema.get("properties", {}).items()}
        return st.one_of(some(members), JUNK) if members else JUNK
    if kind == "array":
        return st.one_of(st.lists(fitting(schema["items"], depth + 1), max_size=3), JUNK)
    plain: dict[str, st.SearchStrategy[Any]] = {"boolean": st.booleans(), "number": NUMBERS, "integer": NUMBERS}
    return st.one_of(plain.get(kind, TEXT), JUNK)


def later(schema: Mapping[str, Any], depth: int) -> st.SearchStrategy[Any]:
    """As `fitting`, worked out when it is drawn from: most members never are."""
    return st.deferred(lambda: fitting(schema, depth))


def some(members: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with a few of the members."""
    names = st.lists(st.sampled_from(sorted(members)), unique=True, max_size=4)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: members[name] for name in chosen}))


def body_of(operation: Operation) -> st.SearchStrategy[Any]:
    """Bodies of the operation: a few members in place of those of the example, or alone."""
    properties = DOCUMENT.schemas[operation.request].get("properties", {})
    members = {name: fitting(schema, 1) for name, schema in properties.items()} or {"x": SCALARS}
    base = st.sampled_from([{}, example_of(operation)])
    return st.builds(lambda below, above: {**below, **above}, base, some(members))


def query_of(operation: Operation) -> st.SearchStrategy[dict[str, str]]:
    """Query strings with parameters that the operation knows, and some that it does not."""
    entity = operation.entity
    known = {"filter", "sort", "page", "per_page", "include", "index"}
    known |= {each["name"] for each in operation.raw.get("parameters", ()) if each.get("in") == "query"}
    columns, included = ["nope"], ["client", "nope"]
    if entity is not None:
        known |= {*entity.filters, *entity.triggers, *entity.base_filters}
        columns += entity.fields
        included += entity.includes
    includes = st.lists(st.sampled_from(included), max_size=4).map(".".join)
    sorts = st.builds("{}|{}".format, st.sampled_from(columns), st.sampled_from(["asc", "desc", "sideways"]))
    values = st.one_of(TEXT, includes, sorts)
    names = st.one_of(st.sampled_from(sorted(known)), st.text(string.printable, max_size=8))
    return st.dictionaries(names, values, max_size=4)


def encoded(value: Any) -> bytes:
    """JSON as a careless client writes it: NaN, huge integers and half surrogate pairs come through."""
    return json.dumps(value).encode()


def call(mock: Mock, operation: Operation, **options: Any) -> Response:
    """The call on a fresh world. The status is documented; unless it is 200, nothing was written."""
    world = mock.worlds.reset(WORLD)
    before = world.state
    headers = {"X-API-PASSWORD": "password", "Content-Type": "application/json"}
    params = {
        name.encode("utf-8", "replace"): text.encode("utf-8", "replace")
        for name, text in options.pop("params", {}).items()
    }
    answer = MockClient(mock, world).request(
        operation.method, address(operation, world), params=params, headers=headers, **options
    )
    assert str(answer.status_code) in documented(operation), answer
    assert answer.status_code < 500, answer
    check_diagnostics(answer.headers)
    if answer.status_code >= 300:
        assert world.state is before
    elif operation.behaviour == "list":
        assert world.state.version == before.version
    return answer


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.id)
def test_made_up_bodies(mock_app: Mock, operation: Operation) -> None:
    @MANY
    @given(body=body_of(operation))
    def run(body: Any) -> None:
        call(mock_app, operation, content=encoded(body))

    run()


@pytest.mark.parametrize("operation", BULKS, ids=lambda operation: operation.id)
def test_made_up_bulk_calls_with_real_records(mock_app: Mock, operation: Operation) -> None:
    assert operation.entity is not None
    properties = DOCUMENT.schemas[operation.request]["properties"]
    ids = st.sampled_from(["VolejRejNm", "Wpmbk5ezJn", "Opnel5aKBz", "zzzzzzzzzz", "1", ""])
    base = {"action": st.sampled_from(sorted(operation.entity.bulk)), "ids": st.lists(ids, max_size=4)}
    rest = some({name: fitting(schema, 1) for name, schema in properties.items() if name not in base} or {"x": SCALARS})

    @MANY
    @given(body=st.fixed_dictionaries(base), more=rest)
    def run(body: dict[str, Any], more: dict[str, Any]) -> None:
        call(mock_app, operation, content=encoded({**more, **body}))

    run()


@pytest.mark.parametrize("operation", [*LISTS, *READS], ids=lambda operation: operation.id)
def test_made_up_query_strings(mock_app: Mock, operation: Operation) -> None:
    @(MANY if operation in LISTS else FEW)
    @given(params=query_of(operation))
    def run(params: dict[str, str]) -> None:
        call(mock_app, operation, params=params)

    run()


TRIGGERED = [each for each in WRITES if each.entity is not None and each.entity.triggers]


@pytest.mark.parametrize("operation", TRIGGERED, ids=lambda operation: operation.id)
def test_made_up_bodies_and_query_strings_together(mock_app: Mock, operation: Operation) -> None:
    @MANY
    @given(body=body_of(operation), params=query_of(operation))
    def run(body: Any, params: dict[str, str]) -> None:
        call(mock_app, operation, content=encoded(body), params=params)

    run()


@MANY
@given(
    content=st.one_of(
        st.binary(max_size=200), JUNK.map(encoded), JUNK.map(encoded).map(lambda text: text[: len(text) // 2])
    )
)
def test_made_up_bytes(mock_app: Mock, content: bytes) -> None:
    for operation in (DOCUMENT.operations["createClient"], DOCUMENT.operations["updateInvoice"]):
        call(mock_app, operation, content=content)
