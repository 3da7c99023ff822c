"""The demos that this program serves; a notebook may hold no other reference to them."""

from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from minidemo.errors import ConfigurationError
from minidemo.utils.terminal import say

if TYPE_CHECKING:
    from minidemo.interfaces.launch import LaunchSettings


class _Demo(Protocol):
    """A demo that is served."""

    @property
    def url(self) -> str | None:
        """The address."""

    def close(self) -> None:
        """Stop serving."""


_DEMOS: dict[_Demo, "LaunchSettings"] = {}


def close_all(verbose: bool = True) -> None:
    """Stop serving all demos of this program.

    Args:
        verbose: Print the address of each. Default: True.
    """
    for demo in [*_DEMOS]:
        if verbose:
            say(f"Closing {demo.url}")
        demo.close()


def add(demo: _Demo, settings: "LaunchSettings") -> None:
    """Note that a demo is served from now on."""
    _DEMOS[demo] = settings


def remove(demo: _Demo) -> None:
    """Note that a demo is no longer served."""
    _DEMOS.pop(demo, None)


def make_room(settings: "LaunchSettings") -> None:
    """Close the demos that a launch replaces: of a cell that runs again, and at the same port in a notebook.

    Raises `ConfigurationError` for a port that another demo of a script has.
    """
    for demo, earlier in [*_DEMOS.items()]:
        port = urlsplit(demo.url or "").port or 0
        if settings.runs_again(earlier):
            demo.close()
        elif settings.ports == range(port, port + 1):
            if not settings.interactive:
                raise ConfigurationError(
                    f"server_port is {port}, where this program serves another demo: {demo.url}. Close that one first, "
                    "with its close() or with close_all(), or pick another server_port."
                )
            demo.close()
