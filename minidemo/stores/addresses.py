"""Addresses that the server may download files from."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from minidemo.errors import ConfigurationError

PORTS = {"http": 80, "https": 443}
_UNICAST = ipaddress.ip_network("2000::/3")
_SPECIAL = [ipaddress.ip_network(each) for each in ("192.0.0.0/24", "192.88.99.0/24", "2002::/16", "3fff::/20")]
"""Networks that Python counts as public, but that are reserved or lead on to other addresses."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """An address without its query; the path is decoded."""

    scheme: str
    host: str
    port: int
    path: str

    def is_below(self, other: "Address") -> bool:
        """Return whether it begins with another address; one without a host covers its scheme."""
        if not other.host:
            return self.scheme == other.scheme
        if (self.scheme, self.host, self.port) != (other.scheme, other.host, other.port):
            return False
        folder = other.path.rstrip("/")
        is_plain = ".." not in self.path and "\\" not in self.path
        return not folder or (is_plain and f"{self.path}/".startswith(f"{folder}/"))


class AddressPolicy:
    """The addresses that the server may ask.

    Args:
        urls: Beginnings of addresses. By default all addresses are listed.
    """

    def __init__(self, urls: Sequence[str] | str | None = None) -> None:
        entries = urls if isinstance(urls, list | tuple | set) else [urls]
        self._entries = None if urls is None else [_parse(url) for url in entries]

    def lists(self, address: Address) -> bool:
        """Return whether the author listed an address, or no list was given."""
        return self._entries is None or any(address.is_below(entry) for entry in self._entries)

    def trusts(self, address: Address) -> bool:
        """Return whether the author listed the host, which may then be private."""
        return any(entry.host and address.is_below(entry) for entry in self._entries or ())


def is_public(ip: str) -> bool:
    """Return whether an IP address belongs to the public internet."""
    address = ipaddress.ip_address(ip)
    if any(address in network for network in _SPECIAL) or address.is_multicast:
        return False
    return address.is_global and (address.version == 4 or address in _UNICAST)


def _parse(url: object) -> Address:
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        raise _not_an_address(url) from None
    is_odd = "@" in parts.netloc or parts.query or parts.fragment or not host.isascii()
    if is_odd or (not host and (parts.netloc or parts.path.strip("/"))):
        raise _not_an_address(url)
    return Address(scheme=parts.scheme, host=host.rstrip("."), port=port, path=unquote(parts.path))


def _not_an_address(url: object) -> ConfigurationError:
    return ConfigurationError(
        f"allowed_urls has {url!r:.100}; expected the beginning of addresses, such as 'https://example.org/pictures', "
        "or 'https://' for all public hosts."
    )
