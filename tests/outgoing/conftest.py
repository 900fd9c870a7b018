"""A server whose webhooks try again at once, and a receiver that notes what it gets."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from mockserver.app import Settings, create_mock
from mockserver.contract.wire.receiver import Answer, Receiver, receiving
from mockserver.server import BackgroundServer, listen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mockserver.contract.wire.receiver import Got

HEADERS = {"X-API-TOKEN": "TOKEN", "X-Requested-With": "XMLHttpRequest"}


class Scripted(Receiver):
    """Answers with the status that the path ends with, the next one of a comma list at each call; 200 without one."""

    def answer(self, call: Got) -> Answer:
        told = call.path.rpartition("/")[2].split(",")
        at = sum(other.path == call.path for other in self.calls) - 1
        return Answer(int(told[min(at, len(told) - 1)] or 200), {"Location": f"{self.url}/elsewhere/200"}, b"noted")

    def wait(self, count: int, more: Callable[[], bool] = lambda: True) -> list[Got]:
        """The calls, once there are so many; fewer are a failure."""
        got = super().wait(count, more)
        assert len(got) >= count, got
        return got


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving(Scripted) as made:
        yield made


class Caller:
    """The owner of the company, over the socket."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, headers=HEADERS, timeout=20)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = self._http.request(method, path, json=body, headers={**headers, "X-API-PASSWORD": "password"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        return self.call("POST", f"/api/v1/{path}", body)["data"]

    def hook(self, url: str, event: int, **fields: Any) -> Any:
        return self.post("webhooks", {"target_url": url, "event_id": str(event), **fields})

    def deliveries(self, until: Callable[[list[Any]], bool] = bool) -> list[Any]:
        """The journal of deliveries, once it is as wanted."""
        pause = threading.Event()
        for _ in range(400):
            found: list[Any] = self.call("GET", "/__mock__/deliveries")["data"]
            if until(found):
                return found
            pause.wait(0.05)
        raise AssertionError(found)

    def ended(self) -> list[Any]:
        """The journal of deliveries, once none of them waits."""
        return self.deliveries(lambda found: bool(found) and all(each["state"] != "waiting" for each in found))

    def close(self) -> None:
        self._http.close()


@pytest.fixture
def pauses() -> tuple[int, ...]:
    """Seconds before further calls of a webhook; override it where they matter."""
    return 0, 0


@pytest.fixture
def caller(pauses: tuple[int, ...]) -> Iterator[Caller]:
    bound = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    settings = Settings(scenario="empty", base_url=url, allow_webhooks=("not-there.invalid",), webhook_pauses=pauses)
    server = BackgroundServer(create_mock(settings).asgi, bound)
    server.start()
    made = Caller(url)
    yield made
    made.close()
    server.stop()
