"""Records to what clients read: whatever order a record holds its fields in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import ujson

from mockserver.draft import Draft
from mockserver.errors import ContractBreach
from mockserver.inprocess import MockClient
from mockserver.render import Lens, Renderer, lens_of
from mockserver.store.table import Record

if TYPE_CHECKING:
    from mockserver.app import Mock


def test_a_record_in_another_order_is_shown_in_that_of_the_document(mock_app: Mock) -> None:
    state = mock_app.worlds.default.state
    renderer = Renderer(mock_app.document, mock_app.engine.schemas)
    for name in ("product", "invoice", "client", "company_user"):
        entity = mock_app.document.entities[name]
        record = next(iter(state.table(entity.resource)))
        turned = dict(reversed(record.data.items()))
        lens = Lens(state, "http://localhost")
        shown, other = (renderer.item(entity, data, lens, {}) for data in (record.data, turned))
        assert list(shown.items()) == list(other.items())
        assert not set(shown) & set(entity.hidden)


def test_what_was_written_is_kept_as_json_once_it_is_read(mock_app: Mock) -> None:
    """A program that makes many records and reads few has memory for the records alone."""
    client = MockClient(mock_app, mock_app.worlds.get("kept-when-read"))
    made = client.post("/api/v1/products", json={"product_key": "widget"})
    table = client.world.state.table("products")
    record = table.get(table.next_row - 1)
    assert record is not None
    before = record.rendered
    assert client.get(f"/api/v1/products/{record.data['id']}").content == made.content
    assert before is None
    assert record.rendered is not None


CLOSED = ("product", "client", "expense", "task")


@pytest.mark.parametrize("name", CLOSED)
def test_members_are_counted_as_the_schema_would(mock_app: Mock, name: str) -> None:
    """One that is missing, too many, optional, in the place of another: the quick check says what the schema says."""
    renderer = Renderer(mock_app.document, mock_app.engine.schemas)
    entity, state = mock_app.document.entities[name], mock_app.worlds.default.state
    schema = mock_app.engine.schemas.named(entity.schema)
    record = next(iter(state.table(entity.resource)))
    shown = renderer.item(entity, record.data, Lens(state, "http://localhost"), {})
    properties = mock_app.document.schemas[entity.schema]["properties"]
    optional = {each: None for each in properties if each not in shown}
    whole: dict[str, Any] = {**shown, "nobody": 1}
    tried = [shown, whole, {**shown, **optional}, {**shown, "id": 5}, {}]
    tried += [{key: value for key, value in whole.items() if key not in (each, "nobody")} for each in shown]
    tried += [{key: value for key, value in whole.items() if key != each} for each in shown]
    verdicts = []
    for each in tried:
        try:
            renderer.check(entity, each)
            verdicts.append(True)
        except ContractBreach:
            verdicts.append(False)
    assert verdicts == [schema.is_valid(each) for each in tried]
    assert verdicts[0]
    assert not any(verdicts[-len(shown) :])


def test_every_kind_of_record_is_written_as_the_service_writes(mock_app: Mock) -> None:
    """Whichever way a record is encoded, for what it holds."""
    world, renderer = mock_app.worlds.default, mock_app.engine.renderer
    draft, seen = Draft(world), 0
    for entity in mock_app.document.entities.values():
        for record in [*world.state.table(entity.resource)][:20]:
            draft.company_row = record.company
            unread = Record(record.row, record.company, record.data)
            written = renderer.fragment(entity, unread, draft, "http://a", 1)
            shown = renderer.item(entity, record.data, lens_of(draft, "http://a"), {})
            assert written == ujson.dumps([shown], indent=4).encode()[6:-2]
            seen += 1
    assert seen > 100
