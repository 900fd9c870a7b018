"""Which addresses webhooks may call."""

from __future__ import annotations

import pytest

from mockserver.outgoing.targets import refused

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "url",
    ["http://localhost:9000/x", "https://127.0.0.1/", "http://127.8.9.1", "http://[::1]:80/a?b", "http://LOCALHOST/"],
)
def test_this_machine_is_called(url: str) -> None:
    assert refused(url, NONE) == ""


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.com/", "http://localhost.example.com/", "http://127.0.0.1.example.com/", "http://10.0.0.1/"),
        *(
            "http://localhost@example.com/",
            "http://0.0.0.0/",
            "http://[::]/",
            "http://169.254.169.254/",
            "http://2130706433/",
        ),
    ],
)
def test_any_other_host_is_not(url: str) -> None:
    assert "is not this machine: start the server with --allow-webhooks" in refused(url, NONE)


@pytest.mark.parametrize(
    "url", ["", "ftp://localhost/", "file:///etc/passwd", "//localhost/", "localhost:80", "http://"]
)
def test_other_ways_of_calling_are_not_known(url: str) -> None:
    assert refused(url, frozenset("*")) == "Only http and https addresses are called."


@pytest.mark.parametrize("url", ["http://[::1", "http://localhost:99999/", "http://localhost:x/"])
def test_what_is_no_address_is_told(url: str) -> None:
    assert refused(url, frozenset("*")) == "The address can't be read."


def test_a_host_is_allowed_by_its_name() -> None:
    assert refused("https://hooks.example.com:8443/x", frozenset({"hooks.example.com"})) == ""
    assert refused("https://example.com/", frozenset({"hooks.example.com"})) != ""
    assert refused("https://anything.example/", frozenset({"*"})) == ""
