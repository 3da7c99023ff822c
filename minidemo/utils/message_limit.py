"""MessageLimit: passes a message once a second, however often visitors cause it."""

import logging
import time
from collections.abc import Callable


class MessageLimit(logging.Filter):
    """Filter of a logger that passes each warning at most once a second.

    Errors always pass. Messages are told apart by their text before its values are filled in.

    Args:
        clock: Returns seconds, never going back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._passed: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a message passes."""
        now, text = self._clock(), str(record.msg)
        if record.levelno < logging.ERROR and now - self._passed.get(text, -1.0) < 1:
            return False
        self._passed[text] = now
        return True
