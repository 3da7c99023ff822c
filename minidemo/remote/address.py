"""Address: where an app is, as its caller's author writes it."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from minidemo.errors import ConfigurationError


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """The host and the port of an app, and below which path it lies there."""

    url: str
    secure: bool
    host: str
    port: int
    path: str


def address_of(url: str) -> Address:
    """Return the address that a URL names, or raise `ConfigurationError` for what names none."""
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise ConfigurationError(
            f"load got {url!r:.200}; expected the address of a running app, such as 'http://localhost:7860'. "
            "That of a Space owner/name is 'https://owner-name.hf.space'."
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ConfigurationError(f"load got the address {url!r:.200}, which is none: {error}.") from None
    if parts.username is not None:
        raise ConfigurationError("load got an address with a name before the host. Give auth=(name, password) instead.")
    if not host or parts.query or parts.fragment:
        raise ConfigurationError(f"load got the address {url!r:.200}; expected a host and at most a path behind it.")
    secure = parts.scheme == "https"
    return Address(
        url=url.rstrip("/"),
        secure=secure,
        host=host,
        port=port or (443 if secure else 80),
        path=quote(parts.path.rstrip("/"), safe="/%~"),
    )
