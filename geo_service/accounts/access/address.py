"""From where somebody comes, for counting tries; it is hashed before it is kept."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Annotated

from fastapi import Depends, Request


def _address(request: Request) -> str:
    """Of a visitor with IPv6 the network of their house: it has more addresses than we count."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((address, 64), strict=False))
    return str(address)


TheAddress = Annotated[str, Depends(_address)]
"""The address of the visitor; behind a proxy, what the proxy says."""
