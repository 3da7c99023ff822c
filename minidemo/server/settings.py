"""Settings: the arguments of an application, checked while it is built."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from fastapi import Request

from minidemo.auth.login import Login
from minidemo.errors import ConfigurationError
from minidemo.page.appearance import appearance_of
from minidemo.schemas.calls import ChangesResponse
from minidemo.server.options import AppOptions, AuthDependency, Place
from minidemo.server.static_paths import static_paths
from minidemo.stores.addresses import AddressPolicy
from minidemo.utils.checks import is_count
from minidemo.utils.sizes import FileSize, bytes_of

MAX_FILE = 100 * FileSize.MB


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """One version of a demo that changes while it is served, and what tells the newest."""

    version: str
    news: Callable[[], ChangesResponse]


class Settings:
    """The checked arguments of an application; `AppOptions` says what they mean."""

    def __init__(self, **options: Unpack[AppOptions]) -> None:
        auth, size, hosts = options.get("auth"), options.get("max_file_size"), options.get("allowed_hosts")
        self.allowed = [
            *_paths("allowed_paths", options.get("allowed_paths")),
            *_paths("set_static_paths", static_paths()),
        ]
        self.allowed_frames = list(options.get("allowed_frames", ()))
        self.allowed_hosts = None if hosts is None else list(hosts)
        self.allowed_urls = AddressPolicy(options.get("allowed_urls"))
        self.app_kwargs = dict(options.get("app_kwargs") or {})
        self.auth_dependency = options.get("auth_dependency")
        self.auth_message = options.get("auth_message")
        self.blocked = _paths("blocked_paths", options.get("blocked_paths"))
        self.favicon_path = options.get("favicon_path")
        self.file_limit = MAX_FILE if size is None else bytes_of(size, "max_file_size")
        self.login = None if auth is None else Login(auth)
        self.max_threads = _count("max_threads", options.get("max_threads", 40))
        self.mcp_server = _switch("mcp_server", options.get("mcp_server"))
        self.quiet = options.get("quiet", False)
        self.announces_flags = False
        """True to print where the first flag was saved."""
        self.root = _root(options.get("root_path"))
        self.show_error = options.get("show_error", False)
        self.state_session_capacity = _count("state_session_capacity", options.get("state_session_capacity", 10_000))
        self.appearance = appearance_of(
            theme=options.get("theme"),
            css=options.get("css"),
            css_paths=options.get("css_paths"),
            js=options.get("js"),
            head=options.get("head"),
            head_paths=options.get("head_paths"),
        )
        _check_access(self.login, self.auth_dependency)


async def identify(dependency: AuthDependency, request: Request) -> str | None:
    """Return the user of a request, as an `auth_dependency` says."""
    result = dependency(request)
    name = await result if inspect.isawaitable(result) else result
    return name if isinstance(name, str) and name else None


def _check_access(login: Login | None, dependency: object) -> None:
    if login is not None and dependency is not None:
        raise ConfigurationError("Both auth and auth_dependency are given. Keep the one that knows who may come in.")
    if dependency is not None and not callable(dependency):
        raise ConfigurationError(
            f"auth_dependency is {dependency!r}; expected a function from a request to a name or None."
        )


def _count(name: str, count: int) -> int:
    if not is_count(count):
        raise ConfigurationError(f"{name} is {count!r}; expected a whole number from 1.")
    return count


def _switch(name: str, value: bool | None) -> bool:
    if not isinstance(value, bool | None):
        raise ConfigurationError(f"{name} is {value!r}; expected True or False.")
    return bool(value)


def _root(path: str | None) -> str:
    """Return the path under which a proxy serves the application, without a slash at the end."""
    path = path or ""
    if "://" in path:
        path = "/" + path.partition("://")[2].partition("/")[2]
    return f"/{path.strip('/')}" if path.strip("/") else ""


def _paths(name: str, places: Sequence[Place] | Place | None) -> list[Path]:
    listed = [places] if isinstance(places, str | Path) else places or ()
    given = [place for item in listed for place in (item if isinstance(item, list | tuple) else [item])]
    for place in given:
        if not isinstance(place, str | Path):
            raise ConfigurationError(f"{name} holds {place!r}; expected paths of folders or files.")
    return [Path(place).expanduser().resolve() for place in given]
