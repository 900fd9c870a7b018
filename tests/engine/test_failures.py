"""A fault of ours is answered as the service answers its own, keeps nothing, and leaves the server alive."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.behaviours.core.registry import OPERATIONS

if TYPE_CHECKING:
    from mockserver.app import Mock
    from mockserver.inprocess import MockClient


def test_an_unforeseen_exception_is_a_500_in_the_services_words(
    mock_client: MockClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("on purpose")

    before = mock_client.world.state
    monkeypatch.setitem(OPERATIONS, "ping", fails)
    with caplog.at_level(logging.ERROR, logger="mockserver"):
        answer = mock_client.get("/api/v1/ping")
    assert (answer.status_code, answer.json()) == (500, {"message": "Server Error"})
    assert answer.headers["x-app-version"] == "5.12.28"
    assert "on purpose" in caplog.text
    assert "on purpose" not in answer.text
    assert mock_client.world.state is before
    monkeypatch.undo()
    assert mock_client.get("/api/v1/ping").status_code == 200


def test_a_call_that_is_no_http_is_told_so(mock_app: Mock) -> None:
    """Servers take it for: no lifespan here."""

    async def silent(*_: Any) -> Any:
        raise AssertionError("nothing is read and nothing is sent")

    with pytest.raises(ValueError, match="got a call of type lifespan, wanted http"):
        mock_app.asgi({"type": "lifespan"}, silent, silent).send(None)
