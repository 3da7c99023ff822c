"""Request: the HTTP request of a call, as the function sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Client(NamedTuple):
    """Address of a client."""

    host: str
    port: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """The request of a call, for functions that take one: `def fn(x, request: Request)`.

    Calls without HTTP, such as `demo(...)`, get an empty one.

    Args:
        headers: HTTP headers by lower-case name.
        cookies: Cookies by name.
        query_params: Query parameters by name.
        path_params: Path parameters by name.
        client: Address of the client, or None.
        username: Name of the logged-in user, or None.
        session_hash: Id of the page load, or None.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    query_params: Mapping[str, str] = field(default_factory=dict)
    path_params: Mapping[str, str] = field(default_factory=dict)
    client: Client | None = None
    username: str | None = None
    session_hash: str | None = None
