"""Session: the states of one page load."""

import logging
import threading
from typing import Any

from minidemo.components.state import State

logger = logging.getLogger("minidemo")


HOUR = 3_600.0


class Session:
    """The states of one page load."""

    def __init__(self) -> None:
        self._values: dict[State, Any] = {}
        self._lock = threading.Lock()
        self.used = 0.0

    def get(self, state: State) -> Any:
        """Return the value of a state; the first time it is a fresh one."""
        with self._lock:
            if state not in self._values:
                self._values[state] = state.fresh()
            return self._values[state]

    def set(self, state: State, value: Any) -> None:
        """Keep a value from now on."""
        with self._lock:
            self._values[state] = value

    def forget(self, idle: float) -> bool:
        """Forget what was not used for so many seconds and is not to be kept longer, and tell whether that is all."""
        with self._lock:
            old = {state: value for state, value in self._values.items() if idle >= (state.time_to_live or HOUR)}
            self._values = {state: value for state, value in self._values.items() if state not in old}
            empty = not self._values
        for state, value in old.items():
            _tell(state, value)
        return empty


def _tell(state: State, value: Any) -> None:
    if state.delete_callback is not None:
        try:
            state.delete_callback(value)
        except Exception:
            logger.exception("The delete_callback of a State failed")
