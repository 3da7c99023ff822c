"""Request: what a function may know of who calls it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Client(NamedTuple):
    """Where a request came from."""

    host: str
    port: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """The request that a call came with, for a function that asks for it: `def fn(x, request: Request)`.

    `headers` are those of HTTP, by their names in lower case; `username` is who is logged in, `session_hash` names the
    page load. A call without a request, such as `demo(...)`, has an empty one.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    query_params: Mapping[str, str] = field(default_factory=dict)
    path_params: Mapping[str, str] = field(default_factory=dict)
    client: Client | None = None
    username: str | None = None
    session_hash: str | None = None
