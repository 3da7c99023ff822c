"""Addresses: networks of clients, and proxies."""

import ipaddress
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from minidemo.errors import ConfigurationError

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
EVERYWHERE = ("0.0.0.0/0", "::/0")


@lru_cache(256)
def network(address: str) -> str:
    """Return the network that limits apply to: an IPv4 address or an IPv6 /64.

    One subscriber has all 2^64 addresses of the latter. Other texts are returned as they are.
    """
    parsed = _parse(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(parsed), 64), strict=False))
    return address if parsed is None else str(parsed)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address or a host name."""
    parsed = _parse(host)
    return host == "localhost" if parsed is None else parsed.is_loopback


def is_in(address: str, networks: Iterable[Network]) -> bool:
    """Tell whether one of the networks contains an address."""
    parsed = _parse(address)
    return parsed is not None and any(parsed in each for each in networks)


def networks(parameter: str, addresses: Iterable[str] | str) -> list[Network]:
    """Return addresses and networks as networks, or raise `ConfigurationError`.

    Args:
        parameter: Name of the parameter, for the message.
        addresses: Addresses or networks, as text possibly separated by commas; "*" is every address.
    """
    texts = addresses.split(",") if isinstance(addresses, str) else addresses
    try:
        stripped = [text.strip() for text in texts]
        return [
            ipaddress.ip_network(each) for text in stripped if text for each in (EVERYWHERE if text == "*" else [text])
        ]
    except (AttributeError, TypeError, ValueError):
        raise ConfigurationError(
            f'{parameter} is {addresses!r}; expected addresses such as "10.0.0.1", or networks such as "10.0.0.0/8".'
        ) from None


def _parse(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
