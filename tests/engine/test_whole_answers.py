"""An answer goes out in one piece where the server takes it so, and the long way where it does not."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import pytest
from uvicorn.protocols.http.flow_control import FlowControl

from mockserver.answer import Reply
from mockserver.middleware.call import respond
from mockserver.protocol import WholeCycle

if TYPE_CHECKING:
    from collections.abc import Awaitable

DATE = (b"date", b"Thu, 15 Jan 2026 09:00:00 GMT")


class Noted(asyncio.Transport):
    """A transport that notes what reaches it, a call an entry."""

    def __init__(self) -> None:
        self.calls: list[Any] = []

    def write(self, data: Any) -> None:
        self.calls.append(data)

    def writelines(self, list_of_data: Any) -> None:
        self.calls.append(b"".join(list_of_data))

    def close(self) -> None:
        self.calls.append("closed")


class Call:
    """A call of a connection, and what was done about it."""

    def __init__(self, method: str = "GET", *, keep_alive: bool = True) -> None:
        self.noted = Noted()
        self.ended = 0
        scope: Any = {"method": method}
        self.cycle = WholeCycle(
            scope=scope,
            transport=self.noted,
            flow=FlowControl(self.noted),
            logger=logging.getLogger("uvicorn.error"),
            access_logger=logging.getLogger("uvicorn.access"),
            access_log=False,
            default_headers=[DATE],
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=keep_alive,
            on_response=self.end,
        )

    def end(self) -> None:
        self.ended += 1

    def answer(self, reply: Reply, *, head: bool = False) -> bytes:
        """What goes out for a reply."""
        send: Any = self.cycle.send
        play(respond(send, reply, head=head))
        return b"".join(part for part in self.noted.calls if part != "closed")


def play(call: Awaitable[None]) -> None:
    async def wait() -> None:
        await call

    asyncio.run(wait())


@pytest.mark.parametrize("body", [b"{}", b""])
def test_head_and_body_go_out_at_once(body: bytes) -> None:
    call = Call()
    sent = call.answer(Reply(200, body))
    assert len(call.noted.calls) == 1
    head, _, rest = sent.partition(b"\r\n\r\n")
    assert rest == body
    lines = head.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 200 OK"
    assert lines[1] == b": ".join(DATE)
    assert lines[-2:] == [b"content-type: application/json", b"content-length: %d" % len(body)]
    assert call.ended == 1
    assert call.cycle.response_complete


@pytest.mark.parametrize("kind", ["application/json", "text/html; charset=UTF-8"])
def test_both_ways_send_the_same_bytes(kind: str) -> None:
    """A wrapper around `send` has no `whole`, so the answer comes to it as ASGI messages."""
    reply = Reply(422, b'{"message": "no"}', kind)
    straight, around = Call(), Call()

    async def send(message: Any) -> None:
        await around.cycle.send(message)

    play(respond(send, reply))
    assert straight.answer(reply) == b"".join(around.noted.calls)
    assert (len(straight.noted.calls), len(around.noted.calls)) == (1, 2)
    assert straight.ended == around.ended == 1


def test_headers_of_its_own_are_sent_and_read_before() -> None:
    sent = Call().answer(Reply(302, b"", "text/html", {"Location": "/somewhere"}))
    assert b"\r\nlocation: /somewhere\r\n" in sent
    with pytest.raises(RuntimeError, match="Invalid HTTP header value"):
        Call().answer(Reply(302, b"", "text/html", {"Location": "/a\r\nset-cookie: b"}))


def test_a_media_type_that_would_end_its_line_is_refused() -> None:
    with pytest.raises(RuntimeError, match="Invalid HTTP header value"):
        Call().answer(Reply(200, b"", "text/html\r\nset-cookie: b"))


def test_a_head_alone_has_the_length_and_no_body() -> None:
    sent = Call("HEAD").answer(Reply(200, b"{}"), head=True)
    assert b"content-length: 2\r\n" in sent
    assert sent.endswith(b"\r\n\r\n")


def test_a_connection_that_ends_is_said_and_closed() -> None:
    call = Call(keep_alive=False)
    assert b"connection: close\r\n" in call.answer(Reply(200, b"{}"))
    assert call.noted.calls[-1] == "closed"


def test_a_client_that_went_away_gets_nothing() -> None:
    call = Call()
    call.cycle.disconnected = True
    assert call.answer(Reply(200, b"{}")) == b""
    assert call.ended == 0


def test_a_client_that_does_not_read_is_waited_for() -> None:
    call = Call()
    call.cycle.flow.write_paused = True
    assert not call.cycle.whole(200, b"content-length: ", b"{}")
    assert call.noted.calls == []
