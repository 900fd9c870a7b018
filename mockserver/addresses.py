"""Which host names and addresses are certain to be this machine."""

from __future__ import annotations

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: `localhost` or a loopback address; any other name can lead anywhere."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)  # what a socket for both kinds of addresses says of 127.0.0.1
    return address.is_loopback or (mapped is not None and mapped.is_loopback)
