"""Where a request comes from, and where a person is led after a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Address
from ipaddress import IPv4Network
from ipaddress import IPv6Address
from ipaddress import IPv6Network
from ipaddress import ip_address

OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""A path: one slash, and nothing a browser would read as another host.

Browsers drop tabs and line ends and take a backslash for a slash.
"""

Networks = Sequence[IPv4Network | IPv6Network]


def own_path(wanted: str, otherwise: str) -> str:
    """Give the path somebody wants to go back to, when it is one of ours."""
    return wanted if OWN.fullmatch(wanted) else otherwise


def is_within(address: str, networks: Networks) -> bool:
    """Tell whether an address lies in one of some networks; junk lies in none."""
    found = _parsed(address)
    return found is not None and any(found in network for network in networks)


def client_address(peer: str, forwarded: str, proxies: Networks) -> str:
    """Give the address a request really came from.

    Args:
        peer: Who holds the other end of the connection.
        forwarded: ``X-Forwarded-For``: each proxy adds at the right whom it heard.
        proxies: Whose word counts; anybody else may write what he likes.
    """
    heard = [part.strip() for part in forwarded.split(",") if part.strip()]
    while heard and is_within(peer, proxies):
        said = _parsed(heard.pop())
        if said is None:
            break
        peer = str(said)
    return peer


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
