"""Naming: what an endpoint is called in the API, and what is said of it there."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from minidemo.endpoints.signature import target_of
from minidemo.errors import ConfigurationError

Visibility: TypeAlias = Literal["public", "undocumented", "private"]
VISIBILITIES = ("public", "undocumented", "private")
NAME = "predict"
"""What an endpoint is called whose function has no name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Api:
    """How an endpoint appears in the API: under the name of its function, with its docstring, unless said otherwise.

    One that is "undocumented" can be called, but is not written about; a "private" one is for the page alone.
    """

    name: str | Literal[False] | None = None
    description: str | Literal[False] | None = None
    visibility: Visibility = "public"

    def __post_init__(self) -> None:
        """Refuse a name that no address could hold, and a visibility that there is not."""
        if self.name is not None and self.name is not False and not re.fullmatch(r"/?[\w-]+", str(self.name)):
            raise ConfigurationError(
                f"api_name is {self.name!r}; expected letters, digits, _ and -, such as 'predict'."
            )
        if self.visibility not in VISIBILITIES:
            expected = ", ".join(map(repr, VISIBILITIES))
            raise ConfigurationError(f"api_visibility is {self.visibility!r}; expected one of {expected}.")
        if not isinstance(self.description, str | None) and self.description is not False:
            raise ConfigurationError(f"api_description is {self.description!r}; expected text, or False for none.")

    def name_of(self, fn: Callable[..., Any]) -> str:
        """Return the name of the endpoint."""
        if self.name:
            return self.name.removeprefix("/")
        name = str(getattr(target_of(fn), "__name__", type(fn).__name__))
        return NAME if name == "<lambda>" else re.sub(r"\W+", "_", name)

    def description_of(self, fn: Callable[..., Any]) -> str | None:
        """Return what the API says of the endpoint."""
        return inspect.getdoc(target_of(fn)) if self.description is None else self.description or None

    @property
    def api_visibility(self) -> Visibility:
        """The visibility; older scripts say by the name False that an endpoint is private."""
        return "private" if self.name is False else self.visibility
