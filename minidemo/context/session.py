"""Session: the states of one page load."""

import logging
import threading
from typing import Any

from minidemo.components.state import State
from minidemo.utils.failures import propagates

logger = logging.getLogger("minidemo")
HOUR = 3_600.0
"""Default lifetime of an idle state, in seconds."""


class Session:
    """The states of one page load; thread-safe."""

    def __init__(self) -> None:
        self._values: dict[State, Any] = {}
        self._lock = threading.Lock()
        self.last_used = 0.0
        """Clock time of the last call, in seconds."""

    def get(self, state: State) -> Any:
        """Return the value of a state, initially a fresh copy."""
        with self._lock:
            if state not in self._values:
                self._values[state] = state.fresh()
            return self._values[state]

    def set(self, state: State, value: Any) -> None:
        """Store the value of a state."""
        with self._lock:
            self._values[state] = value

    def expire(self, idle: float) -> bool:
        """Delete states idle for too long; return True without any left."""
        with self._lock:
            old = {state: value for state, value in self._values.items() if idle >= (state.time_to_live or HOUR)}
            self._values = {state: value for state, value in self._values.items() if state not in old}
            empty = not self._values
        for state, value in old.items():
            _call_delete_callback(state, value)
        return empty


def _call_delete_callback(state: State, value: Any) -> None:
    if state.delete_callback is not None:
        try:
            state.delete_callback(value)
        except BaseException as error:
            if propagates(error):
                raise
            logger.exception("The delete_callback of a State failed")
