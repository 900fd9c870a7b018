"""Records to what clients read: whatever order a record holds its fields in."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
