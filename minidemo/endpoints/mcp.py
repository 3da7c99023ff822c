"""Decorators that say how agents see a function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from minidemo.endpoints.signature import target_of

Fn = TypeVar("Fn", bound=Callable[..., Any])
_MARK = "__minidemo_tool__"


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolDescription:
    """A function as a tool; None for its endpoint's words."""

    name: str | None = None
    description: str | None = None


def tool(
    name: str | None = None,
    description: str | None = None,
    structured_output: bool = False,
    _meta: dict[str, Any] | None = None,
) -> Callable[[Fn], Fn]:
    """Give a function a name and a description for agents.

    Args:
        name: Name of the tool. By default the name of the endpoint.
        description: Description of the tool. By default the docstring.
        structured_output: Accepted without effect.
        _meta: Accepted without effect.
    """
    return _marked(ToolDescription(name=name, description=description))


def resource(uri_template: str, description: str | None = None, mime_type: str | None = None) -> Callable[[Fn], Fn]:
    """Offer a function to agents, as a tool: there are no resources.

    Args:
        uri_template: Accepted without effect.
        description: Description of the tool. By default the docstring.
        mime_type: Accepted without effect.
    """
    return _marked(ToolDescription(description=description))


def prompt(name: str | None = None, description: str | None = None) -> Callable[[Fn], Fn]:
    """Offer a function to agents, as a tool: there are no prompts.

    Args:
        name: Name of the tool. By default the name of the endpoint.
        description: Description of the tool. By default the docstring.
    """
    return _marked(ToolDescription(name=name, description=description))


def tool_description(fn: Callable[..., Any]) -> ToolDescription:
    """Return the author's name and description of a tool."""
    found = getattr(target_of(fn), _MARK, None)
    return found if isinstance(found, ToolDescription) else ToolDescription()


def _marked(description: ToolDescription) -> Callable[[Fn], Fn]:
    def mark(fn: Fn) -> Fn:
        setattr(fn, _MARK, description)
        return fn

    return mark
