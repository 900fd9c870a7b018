"""An answer goes out in one piece: its head waits for the first of its body."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mockserver.server import Joined

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


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


@pytest.mark.parametrize("body", [b"{}", b""])
def test_head_and_body_go_out_at_once(body: bytes) -> None:
    noted = Noted()
    joined = Joined(noted)
    joined.write(HEAD)
    assert noted.calls == []
    joined.write(body)
    assert noted.calls == [HEAD + body]


def test_what_comes_later_goes_out_as_it_comes() -> None:
    noted = Noted()
    joined = Joined(noted)
    for part in (HEAD, b"{", b"}", HEAD):
        joined.write(part)
    assert noted.calls == [HEAD + b"{", b"}", HEAD]


def test_asking_for_a_body_waits_for_nothing() -> None:
    noted = Noted()
    joined = Joined(noted)
    joined.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert noted.calls == [b"HTTP/1.1 100 Continue\r\n\r\n"]
    joined.write(HEAD)
    joined.write(b"{}")
    assert noted.calls[1:] == [HEAD + b"{}"]


def test_a_head_without_a_body_goes_out_before_the_end() -> None:
    noted = Noted()
    joined = Joined(noted)
    joined.write(HEAD)
    joined.close()
    assert noted.calls == [HEAD, "closed"]
