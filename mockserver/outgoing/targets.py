"""Which addresses webhooks may call: this machine, and hosts that were allowed by name."""

from __future__ import annotations

from urllib.parse import urlsplit

from mockserver.addresses import is_loopback

ANY = "*"


def refused(url: str, allowed: frozenset[str]) -> str:
    """Why an address is not called; empty when it is.

    This machine is meant by `localhost` or a loopback address, and by no other name: a name can lead anywhere.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "The address can't be read."
    if parts.scheme not in ("http", "https") or not host:
        return "Only http and https addresses are called."
    if ANY in allowed or host in allowed or is_loopback(host):
        return ""
    return f"{host} is not this machine: start the server with --allow-webhooks {host} to let webhooks call it."
