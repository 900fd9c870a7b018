"""Records to what clients read: whatever order a record holds its fields in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.inprocess import MockClient
from mockserver.render import Lens, Renderer

if TYPE_CHECKING:
    from mockserver.app import Mock


def test_a_record_in_another_order_is_shown_in_that_of_the_document(mock_app: Mock) -> None:
    state = mock_app.worlds.default.state
    renderer = Renderer(mock_app.document, mock_app.engine.schemas.named)
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
