"""LoginStore: logged-in users, in memory."""

import time
from collections.abc import Callable

from minidemo.utils.lru import LRU

IDLE = 7 * 24 * 3600.0
"""Seconds until an idle login expires."""
MAX_LOGINS = 10_000
MAX_PER_USER = 1_000
"""Logins of one user, so that no user can end those of others."""


class LoginStore:
    """Stores the latest logins in memory.

    Args:
        clock: Returns seconds, never going back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._logins: LRU[bytes, tuple[str, float]] = LRU(MAX_LOGINS)

    async def add(self, token: bytes, name: str) -> None:
        """Store the user of a hashed token."""
        earlier = [key for key, (user, _) in self._logins.items() if user == name]
        if len(earlier) >= MAX_PER_USER:
            self._logins.pop(earlier[0])
        self._logins.put(token, (name, self._clock()))

    async def user(self, token: bytes) -> str | None:
        """Return the user of a hashed token, or None."""
        name, last_used = self._logins.get(token) or (None, 0.0)
        if name is None:
            return None
        if self._clock() - last_used > IDLE:
            self._logins.pop(token)
            return None
        self._logins.put(token, (name, self._clock()))
        return name

    async def remove(self, token: bytes) -> None:
        """Delete a hashed token, if it is stored."""
        self._logins.pop(token)
