"""State: a value kept on the server for one visitor."""

import copy
from collections.abc import Callable
from typing import Any, ClassVar

from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, Held
from minidemo.errors import ConfigurationError
from minidemo.utils.awaiting import finished
from minidemo.utils.checks import is_number


class State(Component):
    """A value on the server, kept for each page load.

    An input gets it, an output changes it. It is invisible, and never stored in flags.

    Args:
        value: The initial value, of which each visitor gets a deep copy, or a function that returns it.
        render: Accepted without effect.
        time_to_live: Seconds until an unused value is deleted. By default an hour.
        delete_callback: Called with a value that is deleted.
    """

    widget: ClassVar = "state"
    seen: ClassVar = False
    private = True
    stays: ClassVar = True

    def __init__(
        self,
        value: object = None,
        render: bool = True,
        *,
        time_to_live: float | None = None,
        delete_callback: Callable[[Any], object] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(value, **options | {"visible": False, "flag": False})
        if time_to_live is not None and not is_number(time_to_live, above=0):
            raise ConfigurationError(f"State got time_to_live={time_to_live!r}; expected seconds above 0, or None.")
        if delete_callback is not None and not callable(delete_callback):
            raise ConfigurationError(f"State got delete_callback={delete_callback!r:.60}; expected a function.")
        self.time_to_live = time_to_live
        self.delete_callback = delete_callback
        if not callable(value):
            self.fresh()

    def fresh(self) -> Any:
        """Return a new visitor's value.

        Raises `ConfigurationError` if it cannot be copied.
        """
        if callable(self.value):
            return finished(self.value())
        try:
            return copy.deepcopy(self.value)
        except Exception as error:
            raise ConfigurationError(
                f"State got the value {self.value!r:.60}, which cannot be copied for each visitor ({error}). "
                "Give a function that makes it."
            ) from error

    def schema(self) -> Schema:
        """Return the JSON schema of null; the value is never sent."""
        return {"type": "null"}

    def initial(self) -> Held:
        """Return None; the value is never sent."""
        return None

    def example(self) -> Held:
        """Return nothing."""
        return None

    def preprocess(self, value: Held) -> Any:
        """Take nothing from a visitor."""
        return None

    def postprocess(self, value: Any) -> Held:
        """Show nothing."""
        return None

    def read_from_flag(self, cell: Cell) -> Held:
        """Read nothing."""
        return None

    def flag(self, value: Held) -> Cell:
        """Store nothing."""
        return None

    def correction(self) -> None:
        """Return None: the value is invisible."""
