"""State: what a demo remembers of one visitor."""

import copy
from collections.abc import Callable
from typing import Any, ClassVar

from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, Held
from minidemo.errors import ConfigurationError
from minidemo.utils.checks import is_number


class State(Component):
    """A value that is kept on the server for each page load: an input gets it, an output changes it.

    It is seen by nobody and never stored with a flag. Each visitor begins with a deep copy of `value`, which may be
    anything that `copy.deepcopy` takes, or a function that makes it. What was not used for `time_to_live` seconds, an
    hour by default, is forgotten; `delete_callback` is called with it then.
    """

    widget: ClassVar = "state"
    seen: ClassVar = False
    private = True
    stays: ClassVar = True

    def __init__(
        self,
        value: object = None,
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
        """Return what a visitor begins with; raise `ConfigurationError` if it cannot be copied."""
        if callable(self.value):
            return self.value()
        try:
            return copy.deepcopy(self.value)
        except Exception as error:
            raise ConfigurationError(
                f"State got the value {self.value!r:.60}, which cannot be copied for each visitor ({error}). "
                "Give a function that makes it."
            ) from error

    def schema(self) -> Schema:
        """Return that of nothing: the value does not travel."""
        return {"type": "null"}

    def initial(self) -> Held:
        """Return nothing: the value does not travel."""
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
        """Return nothing: nobody puts it right by hand."""
