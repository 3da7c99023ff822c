"""LoginStore: logged-in users, in memory."""

import time
from collections.abc import Callable

from minidemo.utils.lru import LRU

IDLE = 7 * 24 * 3600.0
"""Seconds until an idle login expires."""


class LoginStore:
    """Stores the latest logins in memory; at the limit, the user with the most loses the oldest.

    Args:
        clock: Returns seconds, never going back.
        max_logins: The largest number of logins.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, max_logins: int = 10_000) -> None:
        self._clock = clock
        self._logins: LRU[bytes, tuple[str, float]] = LRU(max_logins)

    async def add(self, token: bytes, name: str) -> None:
        """Store the user of a hashed token."""
        self._logins.put(token, (name, self._clock()), share=name)

    async def user(self, token: bytes) -> str | None:
        """Return the user of a hashed token, or None."""
        name, last_used = self._logins.get(token) or (None, 0.0)
        if name is None:
            return None
        if self._clock() - last_used > IDLE:
            self._logins.pop(token)
            return None
        self._logins.put(token, (name, self._clock()), share=name)
        return name

    async def remove(self, token: bytes) -> None:
        """Delete a hashed token, if it is stored."""
        self._logins.pop(token)
