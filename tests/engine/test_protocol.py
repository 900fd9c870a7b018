"""A connection: calls that came whole are answered at once, others as tasks; idle connections are closed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from uvicorn.server import ServerState

from mockserver.protocol import BoundedProtocol
from mockserver.server import configured

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

OK = b"HTTP/1.1 200 OK\r\n"
GET = b"GET /a HTTP/1.1\r\nhost: x\r\n\r\n"
POST = b"POST /b HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n"


class Pipe(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""
        self.closed = False

    def write(self, data: Any) -> None:
        self.sent += data

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    def pause_reading(self) -> None:
        """Nothing to read from."""

    def resume_reading(self) -> None:
        """Nothing to read from."""


class Loop:
    """An event loop's clock, moved by hand, and its timers; tasks go to the real one."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[tuple[float, Callable[[], None], asyncio.TimerHandle]] = []

    def time(self) -> float:
        return self.now

    def create_task(self, call: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return asyncio.get_running_loop().create_task(call)

    def call_later(self, delay: float, run: Callable[[], None]) -> asyncio.TimerHandle:
        handle = asyncio.TimerHandle(self.now + delay, run, (), asyncio.get_running_loop())
        self.timers.append((self.now + delay, run, handle))
        return handle

    def wait(self, seconds: float) -> None:
        """Move on, and run what is due."""
        self.now += seconds
        due = [each for each in self.timers if each[0] <= self.now]
        self.timers = [each for each in self.timers if each[0] > self.now]
        for _, run, handle in due:
            if not handle.cancelled():
                run()


class Talk:
    """A connection to an application that answers the method and the body, as soon as its gate lets it."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.ends: list[str] = []
        config = configured(self)
        config.load()
        self.state = ServerState()
        self.loop = Loop()
        clock: Any = self.loop
        self.protocol = BoundedProtocol(config, self.state, {}, clock)
        self.pipe = Pipe()
        self.protocol.connection_made(self.pipe)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.ends.append("cancelled")
            raise
        text = scope["method"].encode() + body
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(text))]})
        await send({"type": "http.response.body", "body": text})
        self.ends.append(text.decode())

    def say(self, *parts: bytes) -> None:
        for part in parts:
            self.protocol.data_received(part)

    @property
    def answers(self) -> list[bytes]:
        """Bodies of the answers so far."""
        return [each.partition(b"\r\n\r\n")[2] for each in self.pipe.sent.split(OK)[1:]]


def talking(test: Callable[[Talk], Awaitable[None]]) -> Callable[[], None]:
    """A test of a connection, in an event loop."""

    def run() -> None:
        async def inside() -> None:
            await test(Talk())

        asyncio.run(inside())

    return run


async def turn(times: int = 5) -> None:
    for _ in range(times):
        await asyncio.sleep(0)


@pytest.mark.parametrize(("said", "answer"), [(GET, b"GET"), (POST + b"full", b"POSTfull")])
def test_a_call_that_came_whole_is_answered_where_it_is_read(said: bytes, answer: bytes) -> None:
    @talking
    async def test(talk: Talk) -> None:
        talk.say(said)
        assert talk.answers == [answer]
        assert not talk.state.tasks

    test()


def test_a_call_in_parts_is_a_task() -> None:
    @talking
    async def test(talk: Talk) -> None:
        talk.say(POST, b"fu")
        assert len(talk.state.tasks) == 1
        await turn()
        assert talk.answers == []
        talk.say(b"ll")
        await turn()
        assert talk.answers == [b"POSTfull"]
        assert not talk.state.tasks

    test()


def test_calls_that_came_together_are_answered_in_order() -> None:
    @talking
    async def test(talk: Talk) -> None:
        talk.say(POST + b"full" + GET + POST + b"once" + GET)
        assert talk.answers == [b"POSTfull"]
        await turn(20)
        assert talk.answers == [b"POSTfull", b"GET", b"POSTonce", b"GET"]
        assert talk.state.total_requests == 4

    test()


def test_a_call_that_has_to_wait_goes_on_as_a_task() -> None:
    @talking
    async def test(talk: Talk) -> None:
        talk.gate.clear()
        talk.say(GET)
        assert len(talk.state.tasks) == 1
        await turn()
        assert talk.answers == []
        talk.gate.set()
        await turn()
        assert talk.answers == [b"GET"]
        assert not talk.state.tasks

    test()


def test_a_task_that_is_cancelled_says_so_where_the_call_waits() -> None:
    @talking
    async def test(talk: Talk) -> None:
        talk.gate.clear()
        talk.say(GET)
        (task,) = talk.state.tasks
        await turn()
        task.cancel()
        await turn()
        assert talk.ends == ["cancelled"]
        assert task.done()

    test()


def test_an_idle_connection_is_closed_five_seconds_after_its_last_answer() -> None:
    @talking
    async def test(talk: Talk) -> None:
        talk.say(GET)
        for _ in range(3):
            talk.loop.wait(4.9)
            assert not talk.pipe.closed
            talk.say(GET)
        assert len(talk.loop.timers) == 1, "a timer a connection, not one an answer"
        talk.loop.wait(4.9)
        assert not talk.pipe.closed
        talk.loop.wait(0.2)
        assert talk.pipe.closed

    test()


def test_a_call_that_comes_slowly_keeps_its_connection() -> None:
    @talking
    async def test(talk: Talk) -> None:
        talk.say(GET, POST[:20])
        talk.loop.wait(30)
        talk.say(POST[20:], b"fu")
        talk.loop.wait(30)
        assert not talk.pipe.closed
        talk.say(b"ll")
        await turn()
        assert talk.answers == [b"GET", b"POSTfull"]
        talk.loop.wait(5)
        assert talk.pipe.closed

    test()
