"""Name and description of an endpoint in the API."""

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
"""The name of an endpoint whose function has none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Api:
    """Name, description and visibility of an endpoint in the API.

    The defaults are the function's name and docstring. An "undocumented" endpoint can be called but is not listed; a
    "private" one serves the page alone.
    """

    name: str | Literal[False] | None = None
    description: str | Literal[False] | None = None
    visibility: Visibility = "public"

    def __post_init__(self) -> None:
        """Raise `ConfigurationError` for invalid names, descriptions and visibilities."""
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
        """Return the description of the endpoint in the API."""
        return inspect.getdoc(target_of(fn)) if self.description is None else self.description or None

    @property
    def api_visibility(self) -> Visibility:
        """The visibility; `name=False` also makes an endpoint private."""
        return "private" if self.name is False else self.visibility
