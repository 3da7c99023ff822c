"""Settings: what may be set of an application, checked while it is built."""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from fastapi import Request

from minidemo.auth.login import Auth, Login
from minidemo.errors import ConfigurationError
from minidemo.page.appearance import APPEARANCE_ARGUMENTS, Appearance, PathsArgument, ThemeArgument, appearance_of
from minidemo.schemas.calls import ChangesResponse
from minidemo.utils.checks import is_count
from minidemo.utils.sizes import FileSize, bytes_of

AuthDependency: TypeAlias = Callable[[Request], "str | Awaitable[str | None] | None"]
"""Tells who makes a request, by the means of an application of your own; None for nobody who may come in."""
Place: TypeAlias = str | Path
MAX_FILE = 100 * FileSize.MB
MAX_THREADS = 40
CAPACITY = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """One version of a demo that changes while it is served, and what tells the newest."""

    version: str
    news: Callable[[], ChangesResponse]


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """The settings of an application; for their meaning see `create_app`."""

    max_file_size: str | int | None = None
    max_threads: int = MAX_THREADS
    show_error: bool = False
    allowed_paths: Sequence[Place] | Place | None = None
    blocked_paths: Sequence[Place] | Place | None = None
    allowed_hosts: Iterable[str] | None = None
    allowed_frames: Iterable[str] = ()
    root_path: str | None = None
    favicon_path: Place | None = None
    auth: Auth | None = None
    auth_message: str | None = None
    auth_dependency: AuthDependency | None = None
    state_session_capacity: int = CAPACITY
    app_kwargs: Mapping[str, Any] | None = None
    quiet: bool = False
    mcp_server: bool = False
    theme: ThemeArgument = None
    css: Place | None = None
    css_paths: PathsArgument = None
    js: Place | bool | None = None
    head: Place | None = None
    head_paths: PathsArgument = None
    watched: Watched | None = None
    """Set where the demo changes while it is served."""
    login: Login | None = field(init=False)
    appearance: Appearance = field(init=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        for name in ("max_threads", "state_session_capacity"):
            _check_count(name, getattr(self, name))
        if not isinstance(self.mcp_server, bool):
            raise ConfigurationError(f"mcp_server is {self.mcp_server!r}; expected True or False.")
        if self.auth is not None and self.auth_dependency is not None:
            raise ConfigurationError(
                "Both auth and auth_dependency are given. Keep the one that knows who may come in."
            )
        if self.auth_dependency is not None and not callable(self.auth_dependency):
            raise ConfigurationError(
                f"auth_dependency is {self.auth_dependency!r}; expected a function from a request to a name or None."
            )
        object.__setattr__(self, "login", None if self.auth is None else Login(self.auth))
        object.__setattr__(
            self, "appearance", appearance_of(**{name: getattr(self, name) for name in APPEARANCE_ARGUMENTS})
        )

    @property
    def file_limit(self) -> int:
        """How large a file may be, in bytes."""
        return MAX_FILE if self.max_file_size is None else bytes_of(self.max_file_size, "max_file_size")

    @property
    def allowed(self) -> list[Path]:
        """The folders and files outside the usual ones that may be shown."""
        return _paths("allowed_paths", self.allowed_paths)

    @property
    def blocked(self) -> list[Path]:
        """The folders and files that are never shown."""
        return _paths("blocked_paths", self.blocked_paths)

    @property
    def root(self) -> str:
        """The path under which a proxy offers the application, without a slash at the end."""
        path = self.root_path or ""
        if "://" in path:
            path = "/" + path.partition("://")[2].partition("/")[2]
        return f"/{path.strip('/')}" if path.strip("/") else ""


async def who(dependency: AuthDependency, request: Request) -> str | None:
    """Ask an `auth_dependency` who makes a request."""
    found = dependency(request)
    name = await found if inspect.isawaitable(found) else found
    return name if isinstance(name, str) and name else None


def _check_count(name: str, count: object) -> None:
    if not is_count(count):
        raise ConfigurationError(f"{name} is {count!r}; expected a whole number from 1.")


def _paths(name: str, places: Sequence[Place] | Place | None) -> list[Path]:
    given = [places] if isinstance(places, str | Path) else places or ()
    for place in given:
        if not isinstance(place, str | Path):
            raise ConfigurationError(f"{name} holds {place!r}; expected paths of folders or files.")
    return [Path(place).expanduser().resolve() for place in given]
