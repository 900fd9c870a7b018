"""A server that is not ours: the mock without its control API, as a server of the service looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mockserver.app import Mock


class Foreign:
    """The mock without its control API; notes what it is asked."""

    def __init__(self, mock: Mock) -> None:
        self.mock = mock
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/__mock__"):
            self.asked.append((scope.get("method", ""), scope.get("path", "")))
            await self.mock.asgi(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    def live(self, table: str) -> list[str]:
        """Ids of the records of a table that are not deleted, or archived where that is all that a deletion does."""
        world = self.mock.worlds.default
        entity = next(each for each in world.document.entities.values() if each.resource == table)
        mark = "archived_at" if entity.delete == "archive" else "is_deleted"
        return [row.data["id"] for row in world.state.table(table) if not row.data.get(mark)]
